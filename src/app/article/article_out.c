// SPDX-License-Identifier: Apache-2.0
//
// What the pages of articles tell programs; see web/out.h. Who wrote something is told by the name
// that she chose, never by who she is.
#include "app/article/article_page.h"

OUT_TYPE(one_article_out, struct article);
OUT_TYPE(section_out, struct article_section);
OUT_TYPE(contribution_out, struct contribution);
OUT_TYPE(shown_section_out, struct shown_section);
OUT_TYPE(leader_out, struct article_leader);

// clang-format off
static const struct out one_article_rows[] = {
    {"id",            OUT_ID,      OUT_INT_OF(struct article,  id),            ""},
    {"title",         OUT_TEXT,    OUT_TEXT_OF(struct article, title),         ""},
    {"domain",        OUT_TEXT,    OUT_TEXT_OF(struct article, domain),        ""},
    {"intro",         OUT_TEXT,    OUT_TEXT_OF(struct article, intro),         ""},
    {"state",         OUT_TEXT,    OUT_TEXT_OF(struct article, state),         "draft, published or hidden"},
    {"language",      OUT_TEXT,    OUT_TEXT_OF(struct article, language),      "BCP 47"},
    {"contributions", OUT_INTEGER, OUT_INT_OF(struct article,  contributions), "approved"},
};
static const struct out_shape one_article_out = OUT_SHAPE("Article", struct article, one_article_rows);

static const struct out section_rows[] = {
    {"id",            OUT_ID,      OUT_INT_OF(struct article_section,  id),       ""},
    {"title",         OUT_TEXT,    OUT_TEXT_OF(struct article_section, title),    ""},
    {"body",          OUT_TEXT,    OUT_TEXT_OF(struct article_section, body),     ""},
    {"contributions", OUT_INTEGER, OUT_INT_OF(struct article_section,  approved), "approved"},
};
static const struct out_shape section_out = OUT_SHAPE("ArticleSection", struct article_section, section_rows);

static const struct out contribution_rows[] = {
    {"id",     OUT_ID,      OUT_INT_OF(struct contribution,  id),    ""},
    {"kind",   OUT_TEXT,    OUT_TEXT_OF(struct contribution, kind),  "example, story or insight"},
    {"body",   OUT_TEXT,    OUT_TEXT_OF(struct contribution, body),  ""},
    {"byline", OUT_TEXT,    OUT_TEXT_OF(struct contribution, name),  "as the writer wants to be known; empty: only by her role"},
    {"role",   OUT_TEXT,    OUT_TEXT_OF(struct contribution, role),  "mentor, mentee or member"},
    {"state",  OUT_TEXT,    OUT_TEXT_OF(struct contribution, state), ""},
    {"helped", OUT_INTEGER, OUT_INT_OF(struct contribution,  votes), "how many people"},
};
static const struct out_shape contribution_out = OUT_SHAPE("Contribution", struct contribution, contribution_rows);

static const struct out shown_section_rows[] = {
    {"section",       OUT_OBJECT, OUT_OBJECT_OF(struct shown_section, section, section_out), ""},
    {"contributions", OUT_LIST,   OUT_LIST_OF(struct shown_section, all, count, contribution_out), "the first few"},
};
static const struct out_shape shown_section_out = OUT_SHAPE("ShownSection", struct shown_section, shown_section_rows);

static const struct out leader_rows[] = {
    {"byline",   OUT_TEXT,    OUT_TEXT_OF(struct article_leader, name),     "empty: only by her role"},
    {"role",     OUT_TEXT,    OUT_TEXT_OF(struct article_leader, role),     ""},
    {"sections", OUT_INTEGER, OUT_INT_OF(struct article_leader,  sections), ""},
    {"helped",   OUT_INTEGER, OUT_INT_OF(struct article_leader,  votes),    ""},
};
static const struct out_shape leader_out = OUT_SHAPE("ArticleLeader", struct article_leader, leader_rows);

static const struct out list_rows[] = {
    {"articles", OUT_LIST, OUT_LIST_OF(struct article_view, articles, article_count, one_article_out), "the newest first"},
    {"next",     OUT_PATH, OUT_TEXT_OF(struct article_view, next), ""},
};
const struct out_shape article_list_out = OUT_SHAPE("Articles", struct article_view, list_rows);

static const struct out article_rows[] = {
    {"article",  OUT_OBJECT, OUT_OBJECT_OF(struct article_view, article, one_article_out), ""},
    {"sections", OUT_LIST,   OUT_LIST_OF(struct article_view, sections, section_count, shown_section_out), ""},
    {"leaders",  OUT_LIST,   OUT_LIST_OF(struct article_view, leaders, leader_count, leader_out), "who has added most, as of last night"},
};
const struct out_shape article_out = OUT_SHAPE("ArticlePage", struct article_view, article_rows);

static const struct out article_section_rows[] = {
    {"section",       OUT_OBJECT,  OUT_OBJECT_OF(struct article_view, section, section_out), ""},
    {"contributions", OUT_LIST,    OUT_LIST_OF(struct article_view, all, count, contribution_out), ""},
    {"next",          OUT_PATH,    OUT_TEXT_OF(struct article_view, next), ""},
};
const struct out_shape article_section_out = OUT_SHAPE("ArticleSectionPage", struct article_view, article_section_rows);

static const struct out mine_rows[] = {
    {"contributions", OUT_LIST, OUT_LIST_OF(struct article_view, all, count, contribution_out), "one's own, the newest first"},
};
const struct out_shape contributions_out = OUT_SHAPE("Contributions", struct article_view, mine_rows);

OUT_TYPE(contribution_step_out, struct contribution_step);
static const struct out step_rows[] = {
    {"state", OUT_TEXT,    OUT_TEXT_OF(struct contribution_step, to),   ""},
    {"note",  OUT_TEXT,    OUT_TEXT_OF(struct contribution_step, note), "of an editor"},
    {"at",    OUT_INSTANT, OUT_TIME_OF(struct contribution_step, at),   ""},
};
static const struct out_shape contribution_step_out = OUT_SHAPE("ContributionStep", struct contribution_step, step_rows);
static const struct out one_rows[] = {
    {"history",      OUT_LIST,   OUT_LIST_OF(struct article_view, steps, step_count, contribution_step_out), "what became of it, the first first"},
    {"contribution", OUT_OBJECT, OUT_OBJECT_OF(struct article_view, one, contribution_out), ""},
};
const struct out_shape contribution_page_out = OUT_SHAPE("ContributionPage", struct article_view, one_rows);
// clang-format on

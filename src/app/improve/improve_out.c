// SPDX-License-Identifier: Apache-2.0
//
// What the pages of measuring and improving tell programs; see web/out.h. What is of fewer than
// five people is null, as it is "not told" on the pages.
#include "app/improve/improve_page.h"

OUT_TYPE(aim_line_out, struct aim_line);
OUT_TYPE(aim_point_out, struct aim_point);
OUT_TYPE(measure_line_out, struct measure_line);
OUT_TYPE(group_line_out, struct group_line);
OUT_TYPE(month_out, struct month);
OUT_TYPE(goals_line_out, struct goals_line);
OUT_TYPE(improvement_row_out, struct improvement);
OUT_TYPE(proposal_out, struct improvement);
OUT_TYPE(told_out, struct improvement);
OUT_TYPE(compare_cell_out, struct compare_cell);
OUT_TYPE(compare_column_out, struct compare_column);
OUT_TYPE(owner_out, struct choice);
OUT_TYPE(bank_line_out, struct bank_line);
OUT_TYPE(review_row_out, struct review);
OUT_TYPE(used_line_out, struct used_line);
OUT_TYPE(evidence_story_out, struct told_story);
OUT_TYPE(evidence_item_out, struct improvement);
OUT_TYPE(review_head_out, struct review);
OUT_TYPE(review_said_out, struct review_said);
OUT_TYPE(review_action_out, struct review_action);
OUT_TYPE(written_tag_out, struct choice);
OUT_TYPE(written_one_out, struct written);
OUT_TYPE(tagged_out, struct tagged);
OUT_TYPE(bank_own_out, struct bank_question);

static bool line_is_shown(const void *from)
{
    const struct measure_line *line = from;
    return line->measured.shown;
}

static bool group_is_shown(const void *from)
{
    const struct group_line *line = from;
    return line->measured.shown;
}

static bool month_is_shown(const void *from)
{
    const struct month *month = from;
    return month->measured.shown;
}

static bool cell_is_shown(const void *from)
{
    const struct compare_cell *cell = from;
    return cell->measured.shown;
}

static bool may_decide(const void *from)
{
    const struct improve_view *view = from;
    return view->may_decide;
}

static bool was_is_shown(const void *from)
{
    const struct improvement *item = from;
    return item->was.shown;
}

static bool is_is_shown(const void *from)
{
    const struct improvement *item = from;
    return item->is.shown;
}

static bool goals_are_shown(const void *from)
{
    const struct goals_line *line = from;
    return !line->small;
}

static bool rate_is_shown(const void *from)
{
    const struct measure_line *line = from;
    return line->rated && line->rate.shown;
}

#define VALUE                                                                                      \
    "the value, times 100: percent, days, minutes, a mean or a number; null: of fewer than five people"
// clang-format off
static const struct out measure_line_rows[] = {
    {"name",        OUT_TEXT,    OUT_TEXT_OF(struct measure_line, name),           "stays the same"},
    {"label",       OUT_MESSAGE, OUT_TEXT_OF(struct measure_line, label),          "in your language"},
    {"counted",     OUT_MESSAGE, OUT_TEXT_OF(struct measure_line, top),            "what is counted"},
    {"of",          OUT_MESSAGE, OUT_TEXT_OF(struct measure_line, bottom),         "of what"},
    {"hundredths",  OUT_INTEGER, OUT_INT_OF(struct measure_line,  measured.value), VALUE, line_is_shown},
    {"n",           OUT_INTEGER, OUT_INT_OF(struct measure_line,  measured.n),     "null: fewer than five people", line_is_shown},
    {"people",      OUT_INTEGER, OUT_INT_OF(struct measure_line,  measured.people), "null: fewer than five", line_is_shown},
    {"answered_hundredths", OUT_INTEGER, OUT_INT_OF(struct measure_line, rate.value), "how many of those who were asked have answered: percent, times 100; null: it is not made of answers, or fewer than five were asked", rate_is_shown},
};
static const struct out_shape measure_line_out = OUT_SHAPE("Measure", struct measure_line, measure_line_rows);

static const struct out group_line_rows[] = {
    {"name",       OUT_TEXT,    OUT_TEXT_OF(struct group_line, name),           "the value of `group` on the page of all measures; empty: everybody"},
    {"label",      OUT_MESSAGE, OUT_TEXT_OF(struct group_line, label),          "in your language"},
    {"hundredths", OUT_INTEGER, OUT_INT_OF(struct group_line,  measured.value), VALUE, group_is_shown},
    {"n",          OUT_INTEGER, OUT_INT_OF(struct group_line,  measured.n),     "null: fewer than five people, or they would follow from another group", group_is_shown},
    {"people",     OUT_INTEGER, OUT_INT_OF(struct group_line,  measured.people), "", group_is_shown},
};
static const struct out_shape group_line_out = OUT_SHAPE("MeasureOfGroup", struct group_line, group_line_rows);

static const struct out month_rows[] = {
    {"month",      OUT_TEXT,    OUT_TEXT_OF(struct month, name),           "year and month"},
    {"hundredths", OUT_INTEGER, OUT_INT_OF(struct month,  measured.value), VALUE, month_is_shown},
    {"n",          OUT_INTEGER, OUT_INT_OF(struct month,  measured.n),     "", month_is_shown},
};
static const struct out_shape month_out = OUT_SHAPE("MeasureOfMonth", struct month, month_rows);

static const struct out goals_line_rows[] = {
    {"objective", OUT_TEXT,    OUT_TEXT_OF(struct goals_line, title),  "empty: goals without one"},
    {"goals",     OUT_INTEGER, OUT_INT_OF(struct goals_line,  goals),   "null: of fewer than five pairs", goals_are_shown},
    {"reached",   OUT_INTEGER, OUT_INT_OF(struct goals_line,  reached), "", goals_are_shown},
};
static const struct out_shape goals_line_out = OUT_SHAPE("GoalsOfObjective", struct goals_line, goals_line_rows);

static bool aim_is_shown(const void *from)
{
    const struct aim_line *aim = from;
    return aim->row != NULL && aim->now.shown;
}

static bool point_is_counted(const void *from)
{
    const struct aim_point *point = from;
    return point->n > 0;
}

static const struct out aim_rows[] = {
    {"id",         OUT_ID,      OUT_INT_OF(struct aim_line,  id),        ""},
    {"title",      OUT_TEXT,    OUT_TEXT_OF(struct aim_line, title),     ""},
    {"measure",    OUT_SOME,    OUT_TEXT_OF(struct aim_line, measure),   "the name of the measure; null: in words"},
    {"baseline",   OUT_TEXT,    OUT_TEXT_OF(struct aim_line, baseline),  "at the start, as a number of the measure; empty: not said"},
    {"target",     OUT_TEXT,    OUT_TEXT_OF(struct aim_line, target),    "as a number of the measure"},
    {"hundredths", OUT_INTEGER, OUT_INT_OF(struct aim_line,  now.value), VALUE, aim_is_shown},
    {"n",          OUT_INTEGER, OUT_INT_OF(struct aim_line,  now.n),     "null: fewer than five people", aim_is_shown},
    {"reached",    OUT_BOOLEAN, OUT_BOOL_OF(struct aim_line, reached),   "it has come from its baseline to its target"},
};
static const struct out_shape aim_line_out = OUT_SHAPE("ObjectiveMeasured", struct aim_line, aim_rows);
static const struct out aim_point_rows[] = {
    {"label",      OUT_MESSAGE, OUT_TEXT_OF(struct aim_point, label),      "a day, a cohort, or what the number is, in your language"},
    {"at",         OUT_INSTANT, OUT_TIME_OF(struct aim_point, at),         "when it was kept; null: now, or a number that somebody wrote"},
    {"hundredths", OUT_INTEGER, OUT_INT_OF(struct aim_point,  hundredths), "the value, times 100"},
    {"n",          OUT_INTEGER, OUT_INT_OF(struct aim_point,  n),          "null: somebody wrote it", point_is_counted},
};
static const struct out_shape aim_point_out = OUT_SHAPE("ObjectiveAtATime", struct aim_point, aim_point_rows);
static const struct out aim_page_rows[] = {
    {"objective", OUT_OBJECT, OUT_OBJECT_OF(struct improve_view, aim, aim_line_out), ""},
    {"points",    OUT_LIST,   OUT_LIST_OF(struct improve_view, points, point_count, aim_point_out), "from the start to the target, as far as they are told"},
};
const struct out_shape aim_out = OUT_SHAPE("ObjectivePage", struct improve_view, aim_page_rows);

static const struct out measures_rows[] = {
    {"aims",       OUT_LIST, OUT_LIST_OF(struct improve_view, aims, aim_count, aim_line_out), "the objectives, and how they stand for everybody"},
    {"group",      OUT_TEXT, OUT_TEXT_OF(struct improve_view, group), "of whom; empty: everybody"},
    {"measures",   OUT_LIST, OUT_LIST_OF(struct improve_view, lines, line_count, measure_line_out), ""},
    {"objectives", OUT_LIST, OUT_LIST_OF(struct improve_view, goals, goal_count, goals_line_out), "goals of pairs"},
};
const struct out_shape measures_out = OUT_SHAPE("Measures", struct improve_view, measures_rows);

static const struct out measure_detail_rows[] = {
    {"months", OUT_LIST, OUT_LIST_OF(struct improve_view, months, month_count, month_out), "of everybody"},
    {"groups", OUT_LIST, OUT_LIST_OF(struct improve_view, groups, group_count, group_line_out), "the first is everybody"},
};
const struct out_shape measure_detail_out = OUT_SHAPE("MeasureInDetail", struct improve_view, measure_detail_rows);

static const struct out improvement_row_rows[] = {
    {"id",       OUT_ID,      OUT_INT_OF(struct improvement,  id),         ""},
    {"cohort",   OUT_ID,      OUT_INT_OF(struct improvement,  cohort),     ""},
    {"state",    OUT_TEXT,    OUT_TEXT_OF(struct improvement, state),      "proposed, accepted, doing, done, evaluated or rejected"},
    {"finding",  OUT_TEXT,    OUT_TEXT_OF(struct improvement, finding),    ""},
    {"idea",     OUT_TEXT,    OUT_TEXT_OF(struct improvement, idea),       ""},
    {"owner",    OUT_TEXT,    OUT_TEXT_OF(struct improvement, owner_name), "a name; empty: nobody yet"},
    {"due",      OUT_TEXT,    OUT_TEXT_OF(struct improvement, due),        "a day, or empty"},
    {"why",      OUT_TEXT,    OUT_TEXT_OF(struct improvement, why),        "what was decided, and why"},
    {"expected", OUT_TEXT,    OUT_TEXT_OF(struct improvement, expected),   ""},
    {"measure",  OUT_TEXT,    OUT_TEXT_OF(struct improvement, measure),    "by which it is judged; empty: none"},
    {"effect",   OUT_TEXT,    OUT_TEXT_OF(struct improvement, effect),     ""},
};
static const struct out_shape improvement_row_out = OUT_SHAPE("Improvement", struct improvement, improvement_row_rows);

static const struct out improvements_rows[] = {
    {"improvements", OUT_LIST, OUT_LIST_OF(struct improve_view, items, item_count, improvement_row_out), "the last changed first"},
    {"next",         OUT_PATH, OUT_TEXT_OF(struct improve_view, next), ""},
};
const struct out_shape improvements_out = OUT_SHAPE("Improvements", struct improve_view, improvements_rows);

static const struct out improvement_rows[] = {
    {"improvement", OUT_OBJECT, OUT_OBJECT_OF(struct improve_view, item, improvement_row_out), ""},
};
const struct out_shape improvement_out = OUT_SHAPE("ImprovementPage", struct improve_view, improvement_rows);

static const struct out proposal_rows[] = {
    {"state",   OUT_TEXT, OUT_TEXT_OF(struct improvement, state),   "proposed, accepted, doing, done, evaluated or rejected"},
    {"finding", OUT_TEXT, OUT_TEXT_OF(struct improvement, finding), ""},
    {"idea",    OUT_TEXT, OUT_TEXT_OF(struct improvement, idea),    ""},
    {"answer",  OUT_TEXT, OUT_TEXT_OF(struct improvement, why),     "of those who run the programme"},
};
static const struct out_shape proposal_out = OUT_SHAPE("OwnProposal", struct improvement, proposal_rows);
static const struct out better_rows[] = {
    {"proposals", OUT_LIST, OUT_LIST_OF(struct improve_view, items, item_count, proposal_out), "one's own"},
};
const struct out_shape better_out = OUT_SHAPE("OwnProposals", struct improve_view, better_rows);

static const struct out told_rows[] = {
    {"said",  OUT_TEXT, OUT_TEXT_OF(struct improvement, said),  ""},
    {"did",   OUT_TEXT, OUT_TEXT_OF(struct improvement, did),   ""},
    {"state", OUT_TEXT, OUT_TEXT_OF(struct improvement, state), ""},
};
static const struct out_shape told_out = OUT_SHAPE("SaidAndDone", struct improvement, told_rows);
static const struct out changes_rows[] = {
    {"changes", OUT_LIST, OUT_LIST_OF(struct improve_view, items, item_count, told_out), "the newest first"},
};
const struct out_shape changes_out = OUT_SHAPE("SaidAndDoneAll", struct improve_view, changes_rows);

static const struct out compare_cell_rows[] = {
    {"name",       OUT_TEXT,    OUT_TEXT_OF(struct compare_cell, name),           "of the measure"},
    {"hundredths", OUT_INTEGER, OUT_INT_OF(struct compare_cell,  measured.value), VALUE, cell_is_shown},
    {"n",          OUT_INTEGER, OUT_INT_OF(struct compare_cell,  measured.n),     "null: of fewer than five people", cell_is_shown},
};
static const struct out_shape compare_cell_out = OUT_SHAPE("MeasureOfCohort", struct compare_cell, compare_cell_rows);
static const struct out compare_column_rows[] = {
    {"cohort",   OUT_ID,      OUT_INT_OF(struct compare_column,  cohort),    ""},
    {"name",     OUT_TEXT,    OUT_TEXT_OF(struct compare_column, name),      ""},
    {"kept_on",  OUT_INSTANT, OUT_TIME_OF(struct compare_column, frozen_at), "when it was closed; null: as it is now"},
    {"measures", OUT_LIST,    OUT_LIST_OF(struct compare_column, cells, cell_count, compare_cell_out), ""},
};
static const struct out_shape compare_column_out = OUT_SHAPE("CohortCompared", struct compare_column, compare_column_rows);
static const struct out compare_rows[] = {
    {"cohorts", OUT_LIST, OUT_LIST_OF(struct improve_view, columns, column_count, compare_column_out), "the oldest first"},
};
const struct out_shape cohorts_compared_out = OUT_SHAPE("CohortsCompared", struct improve_view, compare_rows);

#define REVIEW_ROWS \
    {"id",     OUT_ID,   OUT_INT_OF(struct review,  id),     ""}, \
    {"moment", OUT_TEXT, OUT_TEXT_OF(struct review, moment), "month, mid, end or other"}, \
    {"day",    OUT_DAY,  OUT_TEXT_OF(struct review, day),    ""}, \
    {"state",  OUT_TEXT, OUT_TEXT_OF(struct review, state),  "planned, held or cancelled"}
static const struct out review_row_rows[] = {
    REVIEW_ROWS,
    {"open_actions", OUT_INTEGER, OUT_INT_OF(struct review, open), "neither ticked nor in the log of improvements"},
};
static const struct out_shape review_row_out = OUT_SHAPE("ReviewMeeting", struct review, review_row_rows);
static const struct out reviews_rows[] = {
    {"reviews", OUT_LIST, OUT_LIST_OF(struct improve_view, reviews, review_count, review_row_out), "the last planned first"},
    {"next",    OUT_PATH, OUT_TEXT_OF(struct improve_view, next), ""},
};
const struct out_shape reviews_out = OUT_SHAPE("ReviewMeetings", struct improve_view, reviews_rows);

static const struct out review_head_rows[] = {
    REVIEW_ROWS,
    {"who",       OUT_TEXT,    OUT_TEXT_OF(struct review, who),       "who comes"},
    {"agenda",    OUT_TEXT,    OUT_TEXT_OF(struct review, agenda),    ""},
    {"decisions", OUT_TEXT,    OUT_TEXT_OF(struct review, decisions), ""},
    {"closed_at", OUT_INSTANT, OUT_TIME_OF(struct review, held_at),   "null: it is not closed"},
};
static const struct out_shape review_head_out = OUT_SHAPE("ReviewMeetingWritten", struct review, review_head_rows);
static const struct out review_said_rows[] = {
    {"about", OUT_MESSAGE, OUT_TEXT_OF(struct review_said, title), "a part of the programme"},
    {"said",  OUT_TEXT,    OUT_TEXT_OF(struct review_said, said),  ""},
};
static const struct out_shape review_said_out = OUT_SHAPE("ReviewMeetingSaid", struct review_said, review_said_rows);
static const struct out review_action_rows[] = {
    {"id",          OUT_ID,      OUT_INT_OF(struct review_action,  id),          ""},
    {"text",        OUT_TEXT,    OUT_TEXT_OF(struct review_action, text),        ""},
    {"owner",       OUT_TEXT,    OUT_TEXT_OF(struct review_action, owner_name),  "a name"},
    {"due",         OUT_DAY,     OUT_TEXT_OF(struct review_action, due),         ""},
    {"done_at",     OUT_INSTANT, OUT_TIME_OF(struct review_action, done_at),     "null: not ticked"},
    {"improvement", OUT_ID,      OUT_INT_OF(struct review_action,  improvement), "its row in the log; null: it is in none"},
};
static const struct out_shape review_action_out = OUT_SHAPE("ReviewAction", struct review_action, review_action_rows);
static const struct out owner_rows[] = {
    {"id",   OUT_TEXT, OUT_TEXT_OF(struct choice, value), "the value of `owner`"},
    {"name", OUT_TEXT, OUT_TEXT_OF(struct choice, label), ""},
};
static const struct out_shape owner_out = OUT_SHAPE("WhoRunsIt", struct choice, owner_rows);
static const struct out review_rows[] = {
    {"owners",  OUT_LIST,   OUT_LIST_OF(struct improve_view, owners, owner_count, owner_out), "who can do an action; null: you don't decide", may_decide},
    {"review",  OUT_OBJECT, OUT_OBJECT_OF(struct improve_view, review, review_head_out), ""},
    {"said",    OUT_LIST,   OUT_LIST_OF(struct improve_view, areas, area_count, review_said_out), ""},
    {"actions", OUT_LIST,   OUT_LIST_OF(struct improve_view, actions, action_count, review_action_out), ""},
};
const struct out_shape review_out = OUT_SHAPE("ReviewMeetingPage", struct improve_view, review_rows);

static const struct out used_line_rows[] = {
    {"kind",    OUT_MESSAGE, OUT_TEXT_OF(struct used_line, kind),     "in your language"},
    {"title",   OUT_TEXT,    OUT_TEXT_OF(struct used_line, title),    "empty: there is one of this kind"},
    {"version", OUT_INTEGER, OUT_INT_OF(struct used_line,  version),  "0: versions of these are not counted"},
    {"first",   OUT_INSTANT, OUT_TIME_OF(struct used_line, first_at), "used or made"},
    {"last",    OUT_INSTANT, OUT_TIME_OF(struct used_line, last_at),  "used or changed"},
    {"path",    OUT_PATH,    OUT_TEXT_OF(struct used_line, path),     "where it can be read; null: nowhere, or not by you"},
};
static const struct out_shape used_line_out = OUT_SHAPE("UsedVersion", struct used_line, used_line_rows);
static const struct out used_rows[] = {
    {"used", OUT_LIST, OUT_LIST_OF(struct improve_view, used, used_count, used_line_out), "by kind"},
};
const struct out_shape used_out = OUT_SHAPE("UsedVersions", struct improve_view, used_rows);

static const struct out evidence_story_rows[] = {
    {"id",    OUT_ID,   OUT_INT_OF(struct told_story,  id),    ""},
    {"title", OUT_TEXT, OUT_TEXT_OF(struct told_story, title), ""},
    {"text",  OUT_TEXT, OUT_TEXT_OF(struct told_story, text),  ""},
};
static const struct out_shape evidence_story_out = OUT_SHAPE("StoryForPrint", struct told_story, evidence_story_rows);
static const struct out evidence_item_rows[] = {
    {"id",         OUT_ID,      OUT_INT_OF(struct improvement,  id),        ""},
    {"state",      OUT_TEXT,    OUT_TEXT_OF(struct improvement, state),     "accepted, doing, done or evaluated"},
    {"finding",    OUT_TEXT,    OUT_TEXT_OF(struct improvement, finding),   ""},
    {"measure",    OUT_TEXT,    OUT_TEXT_OF(struct improvement, measure),   "by which it is judged; empty: none"},
    {"hundredths_before", OUT_INTEGER, OUT_INT_OF(struct improvement, was.value), "null: not kept, or of fewer than five people", was_is_shown},
    {"hundredths_after",  OUT_INTEGER, OUT_INT_OF(struct improvement, is.value),  "null: not kept, or of fewer than five people", is_is_shown},
    {"effect",     OUT_TEXT,    OUT_TEXT_OF(struct improvement, effect),    "in words"},
};
static const struct out_shape evidence_item_out = OUT_SHAPE("ImprovementMeasured", struct improvement, evidence_item_rows);
static const struct out evidence_rows[] = {
    {"kept_on",      OUT_INSTANT, OUT_TIME_OF(struct improve_view, frozen_at), "the day of its measures; null: now"},
    {"people",       OUT_LIST,    OUT_LIST_OF(struct improve_view, groups, group_count, group_line_out), "who took part; the first is everybody"},
    {"measures",     OUT_LIST,    OUT_LIST_OF(struct improve_view, lines, line_count, measure_line_out), "of everybody"},
    {"objectives",   OUT_LIST,    OUT_LIST_OF(struct improve_view, goals, goal_count, goals_line_out), "goals of pairs"},
    {"improvements", OUT_LIST,    OUT_LIST_OF(struct improve_view, items, item_count, evidence_item_out), "that were taken up"},
    {"reviews",      OUT_LIST,    OUT_LIST_OF(struct improve_view, reviews, review_count, review_row_out), ""},
    {"stories",      OUT_LIST,    OUT_LIST_OF(struct improve_view, stories, story_count, evidence_story_out), "of people who agreed to print"},
};
const struct out_shape evidence_out = OUT_SHAPE("Evidence", struct improve_view, evidence_rows);

static const struct out written_tag_rows[] = {
    {"tag", OUT_TEXT, OUT_TEXT_OF(struct choice, value), ""},
};
static const struct out_shape written_tag_out = OUT_SHAPE("TagOfWords", struct choice, written_tag_rows);
static const struct out written_rows[] = {
    {"kind",     OUT_TEXT,    OUT_TEXT_OF(struct written, kind),     "survey: asked in a pair; later: asked after the end"},
    {"question", OUT_TEXT,    OUT_TEXT_OF(struct written, question), "stays the same"},
    {"words",    OUT_TEXT,    OUT_TEXT_OF(struct written, words),    "as they were written"},
    {"role",     OUT_TEXT,    OUT_TEXT_OF(struct written, role),     "mentee or mentor"},
    {"at",       OUT_INSTANT, OUT_TIME_OF(struct written, at),       ""},
    {"tags",     OUT_LIST,    OUT_LIST_OF(struct written, tags, tag_count, written_tag_out), ""},
};
static const struct out_shape written_one_out = OUT_SHAPE("WordsOfSomebody", struct written, written_rows);
static const struct out tagged_rows[] = {
    {"tag",     OUT_TEXT,    OUT_TEXT_OF(struct tagged, tag),   ""},
    {"answers", OUT_INTEGER, OUT_INT_OF(struct tagged,  count), ""},
};
static const struct out_shape tagged_out = OUT_SHAPE("TagCounted", struct tagged, tagged_rows);
static const struct out words_rows[] = {
    {"tags",    OUT_LIST, OUT_LIST_OF(struct improve_view, tagged, tagged_count, tagged_out), "those most used first"},
    {"answers", OUT_LIST, OUT_LIST_OF(struct improve_view, written, written_count, written_one_out), "the newest first"},
    {"next",    OUT_PATH, OUT_TEXT_OF(struct improve_view, next), "the next page; null: none follows"},
};
const struct out_shape written_out = OUT_SHAPE("WhatPeopleWrote", struct improve_view, words_rows);
static const struct out bank_own_rows[] = {
    {"name",     OUT_TEXT,    OUT_TEXT_OF(struct bank_question, name),     "stays the same"},
    {"text",     OUT_TEXT,    OUT_TEXT_OF(struct bank_question, text),     "in the programme's own words"},
    {"kind",     OUT_TEXT,    OUT_TEXT_OF(struct bank_question, kind),     "yes_no, scale, agree or words"},
    {"moments",  OUT_TEXT,    OUT_TEXT_OF(struct bank_question, moments),  "some of pulse, mid, end and later, a space after each"},
    {"audience", OUT_TEXT,    OUT_TEXT_OF(struct bank_question, audience), "counted: nobody reads an answer alone; staff: those who run the programme do"},
    {"version",  OUT_INTEGER, OUT_INT_OF(struct bank_question, version),   "of its words"},
    {"ended_at", OUT_INSTANT, OUT_TIME_OF(struct bank_question, off_at),   "null: it is asked"},
};
static const struct out_shape bank_own_out = OUT_SHAPE("QuestionOfProgramme", struct bank_question, bank_own_rows);
static const struct out bank_line_rows[] = {
    {"name",  OUT_TEXT,    OUT_TEXT_OF(struct bank_line, name),  "stays the same"},
    {"text",  OUT_MESSAGE, OUT_TEXT_OF(struct bank_line, text),  "in your language"},
    {"asked", OUT_BOOLEAN, OUT_BOOL_OF(struct bank_line, asked), ""},
};
static const struct out_shape bank_line_out = OUT_SHAPE("QuestionOfBank", struct bank_line, bank_line_rows);
static const struct out bank_rows[] = {
    {"later", OUT_LIST, OUT_LIST_OF(struct improve_view, later, later_count, bank_line_out), "asked half a year and a year after the end"},
    {"own",   OUT_LIST, OUT_LIST_OF(struct improve_view, owns, own_count, bank_own_out), "of the programme's own, with those that ended"},
};
const struct out_shape bank_out = OUT_SHAPE("QuestionBank", struct improve_view, bank_rows);
// clang-format on

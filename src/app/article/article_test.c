// SPDX-License-Identifier: Apache-2.0
// Holds the rules of contributions to what article.h promises.
#include "app/article/article.h"

#include <stdio.h>
#include <string.h>

#include "base/tap.h"

static const int64_t day = (int64_t)86400 * 1000000;

static void try_words(void)
{
    static const struct {
        const char *text;
        size_t words;
    } rows[] = {
        {"",                                                 0},
        {"  \n ",                                            0},
        {"one",                                              1},
        {"one, two; three.",                                 3},
        {"well-known \xE2\x80\x94 yes",                      3}, // a dash that stands alone counts as written
        {"se\xC3\xB1ora, \xC2\xBFqu\xC3\xA9?",               2},
        {"\xE5\xAF\xBC\xE5\xB8\x88\xE5\xBE\x88\xE5\xA5\xBD", 2}, // four ideographs
        {"C++ \xE5\xAF\xBC\xE5\xB8\x88",                     2},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
        is_int((int64_t)article_words(rows[k].text), (int64_t)rows[k].words, "words of \"%s\"",
               rows[k].text);
}

static void try_states(void)
{
    ok(contribution_may("draft", "submitted", false), "a draft is sent");
    ok(contribution_may("changes_requested", "submitted", false), "and again after changes");
    ok(!contribution_may("draft", "approved", true), "a draft is not approved unseen");
    ok(!contribution_may("submitted", "approved", false), "nobody approves her own as a writer");
    ok(contribution_may("approved", "withdrawn", false), "a writer may always withdraw");
    ok(!contribution_may("removed", "approved", true), "what was removed stays removed");
    ok(!contribution_may("rejected", "submitted", false), "what was refused is written anew");
    ok(!contribution_may("withdrawn", "approved", true), "what was withdrawn is not brought back");
}

static const char *const text =
    "When I began as a mentor I talked far too much. My mentee came with one question and left with "
    "ten answers that she had not asked for. A colleague told me to count to five before I speak. "
    "It changed everything: she found her own way, and all I did was to ask what else she saw.";

static unsigned like(struct arena *arena, const char *a, const char *b)
{
    struct article_runs x;
    struct article_runs y;
    if (article_runs_of(arena, a, &x) != RC_OK || article_runs_of(arena, b, &y) != RC_OK)
        return 1000;
    return article_likeness(&x, &y);
}

static unsigned shared_marks(struct arena *arena, const char *a, const char *b)
{
    struct article_runs x = {0};
    struct article_runs y = {0};
    int64_t mine[ARTICLE_MARKS];
    int64_t theirs[ARTICLE_MARKS];
    unsigned shared = 0;
    (void)article_runs_of(arena, a, &x);
    (void)article_runs_of(arena, b, &y);
    article_marks(&x, mine);
    article_marks(&y, theirs);
    for (unsigned k = 0; k < ARTICLE_MARKS; k++)
        shared += mine[k] == theirs[k];
    return shared;
}

static void try_likeness(struct arena *arena)
{
    char changed[600];
    snprintf(changed, sizeof changed, "%s", text);
    memcpy(strstr(changed, "colleague"), "neighbour", 9);
    is_int(like(arena, text, text), 100, "a text is like itself");
    ok(like(arena, text, changed) >= CONTRIBUTION_LIKENESS,
       "one other word: still nearly the same");
    ok(shared_marks(arena, text, changed) > 0, "and it is found by its marks");
    snprintf(changed, sizeof changed, "  %s", text);
    for (char *c = changed; *c != '\0'; c++)
        if (*c >= 'a' && *c <= 'z' && (c - changed) % 2 == 0)
            *c = (char)(*c - 32);
    is_int(like(arena, text, changed), 100, "capitals and spaces don't matter");
    static const char other[] =
        "Our circle meets on Thursdays at noon because that is when the children are at school. "
        "We begin with what went well, and nobody has to switch her camera on. Two of us have found "
        "a new post this year, and all of us have found somebody to call when a review went badly.";
    ok(like(arena, text, other) < 5, "another story is another story");
    is_int(shared_marks(arena, text, other), 0, "and is not looked at");
    is_int(like(arena, "", text), 0, "nothing is like nothing");
    static char huge[CONTRIBUTION_BYTES_MOST + 2];
    memset(huge, 'a', sizeof huge - 1);
    struct article_runs runs;
    is_int(article_runs_of(arena, huge, &runs), RC_LIMIT, "too long a text is refused");
}

static void try_badge(void)
{
    struct contributor_badge badge = {0};
    is_int(badge_next(&badge, 2, day), BADGE_SAME, "two articles: no badge yet");
    is_int(badge_next(&badge, 3, 2 * day), BADGE_GOT, "the third brings it");
    is_int(badge.got_at, 2 * day, "with its day");
    is_int(badge_next(&badge, 5, 3 * day), BADGE_SAME, "more change nothing");
    is_int(badge_next(&badge, 2, 4 * day), BADGE_IN_DOUBT, "one is removed: thirty days");
    is_int(badge.grace_until, 34 * day, "are counted from then");
    is_int(badge_next(&badge, 2, 34 * day - 1), BADGE_SAME, "until then it stays");
    struct contributor_badge mended = badge;
    is_int(badge_next(&mended, 3, 20 * day), BADGE_SAFE, "a new one in time saves it");
    is_int(mended.got_at, 2 * day, "with its first day");
    is_int(badge_next(&badge, 2, 34 * day), BADGE_LAPSED, "else it lapses");
    is_int(badge_next(&badge, 2, 40 * day), BADGE_SAME, "once");
    is_int(badge_next(&badge, 3, 50 * day), BADGE_GOT, "and may be had again");
    ok(badge.got_at == 50 * day && badge.lapsed_at == 0, "from a new day");
}

static void try_rank(void)
{
    // clang-format off
    struct article_leader leaders[] = {
        {.person = 1, .sections = 2, .votes = 9,  .first_at = 5},
        {.person = 2, .sections = 3, .votes = 0,  .first_at = 9},
        {.person = 3, .sections = 2, .votes = 9,  .first_at = 4},
        {.person = 4, .sections = 2, .votes = 10, .first_at = 8},
        {.person = 5, .sections = 2, .votes = 9,  .first_at = 5},
    };
    // clang-format on
    static const int64_t order[] = {2, 4, 3, 1, 5};
    article_rank(leaders, 5);
    for (size_t k = 0; k < 5; k++)
        is_int(leaders[k].person, order[k], "place %zu", k + 1);
}

static void try_news(void)
{
    enum { A_DAY = 86400 };
    static const struct {
        int64_t ago_s;
        bool news;
    } rows[] = {
        {0,               true },
        {A_DAY / 2,       true },
        {A_DAY + 60,      true },
        {A_DAY + 3600,    false},
        {2 * A_DAY,       false},
        {6 * A_DAY,       false},
        {7 * A_DAY + 700, true },
        {9 * A_DAY,       false}
    };
    const int64_t now_us = 1800000000000000;
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        const int64_t sent_at[] = {now_us - 3 * (int64_t)A_DAY * 1000000,
                                   now_us - rows[k].ago_s * 1000000};
        ok(article_is_news(sent_at, 2, now_us) == rows[k].news, "editors are told after %d s",
           (int)rows[k].ago_s);
    }
    ok(!article_is_news(NULL, 0, now_us), "and not of nothing");
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 16 << 20);
    try_words();
    try_states();
    try_likeness(&arena);
    try_badge();
    try_rank();
    arena_close(&arena);
    try_news();
    return tap_done();
}

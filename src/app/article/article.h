// SPDX-License-Identifier: Apache-2.0
//
// Why: members add their examples, stories and insights to articles; editors read them before
// others do; those who add most are named, by a formula that the page shows.
//
// Promises: nothing is public that no editor has approved; the name above a contribution is the one
// that its writer chose; what is withdrawn or removed is gone from the page at once.
#ifndef TRELLIS_APP_ARTICLE_ARTICLE_H
#define TRELLIS_APP_ARTICLE_ARTICLE_H

#include "app/app.h"

extern const struct app_slice article_slice;
extern const struct route article_routes[];
extern const struct route article_write_routes[];
extern const struct route article_edit_routes[];
extern const char article_schema_1[];
extern const char article_schema_2[];
extern const char article_schema_3[];
extern const struct app_table article_tables[];

struct job_kind article_nightly_kind(const struct app *app);
enum rc article_index(const struct app_place *place);

enum {
    ARTICLE_SECTIONS_MAX = 40,
    CONTRIBUTION_WORDS_LEAST = 50,
    CONTRIBUTION_WORDS_MOST = 750,
    CONTRIBUTION_BYTES_MOST = 16000,
    CONTRIBUTIONS_A_DAY = 5,    // sent by one person
    CONTRIBUTION_LIKENESS = 60, // per cent of three-word runs shared: nearly the same text
    ARTICLE_LEADERS = 5,        // named on an article, at most
    BADGE_ARTICLES = 3,         // different articles, of any domain
    BADGE_GRACE_DAYS = 30,
};

// Words as people count them: runs of letters and digits; in scripts that put no spaces between
// words (Chinese, Japanese, Thai), two letters count as a word.
size_t article_words(const char *text);

// Which state may follow which. From and to are words of the state column.
bool contribution_may(const char *from, const char *to, bool editor);

// Runs of three words as hashes, sorted, without repeats: what near-duplicates have in common.
// RC_LIMIT: more text than CONTRIBUTION_BYTES_MOST.
struct article_runs {
    uint64_t *hashes;
    size_t count;
};
enum rc article_runs_of(struct arena *arena, const char *text, struct article_runs *ret_runs);

// Per cent of the runs of the smaller text that the other one has too.
unsigned article_likeness(const struct article_runs *a, const struct article_runs *b);

// The ARTICLE_MARKS smallest hashes by as many orders: two texts that share most of their runs
// nearly always share a mark (Broder's min-wise hashing), so that candidates are found by index.
enum { ARTICLE_MARKS = 12 };
void article_marks(const struct article_runs *runs, int64_t ret_marks[ARTICLE_MARKS]);

// The badge of those who contributed to BADGE_ARTICLES articles. Times are microseconds; 0: not.
struct contributor_badge {
    int64_t got_at;
    int64_t grace_until; // fewer articles count since, and it lapses then
    int64_t lapsed_at;
};
enum badge_change { BADGE_SAME, BADGE_GOT, BADGE_IN_DOUBT, BADGE_SAFE, BADGE_LAPSED };
enum badge_change badge_next(struct contributor_badge *badge, int64_t articles, int64_t now_us);

// One who contributed to an article, and how she is ranked: sections covered, then helpful marks by
// different people, then who was first.
struct article_leader {
    int64_t person;
    int64_t sections;
    int64_t votes;
    int64_t first_at;
    const char *name; // by her own choice of byline; "": only the role
    const char *role; // "mentor" "mentee" "member"
    size_t row;       // of the caller
};
void article_rank(struct article_leader *leaders, size_t count);

// The first article: the ten elements and what else to take into account, written for this project.
// RC_OK also when there are articles already.
enum rc article_add_first(const struct app_place *place);

// For slices above: a draft of hers that begins with a text; and what she, or whoever it tells of,
// does not want there any more: it is withdrawn, whatever its state. RC_OK also when it is gone.
enum rc article_begin_draft(const struct app_place *place, int64_t person, int64_t article,
                            int64_t section, const char *text, int64_t *ret_contribution);
enum rc article_take_back(const struct app_place *place, int64_t person, int64_t contribution);

// A letter to all editors (or, without any, the administrators): {0} is her name, {1} the address
// of `path`.
enum rc article_tell_editors(const struct app_place *place, const struct app_letter *letter,
                             const char *path);
// Whether editors are told tonight of what was sent at these instants: of what is new since last
// night, and once a week of what still waits.
bool article_is_news(const int64_t *sent_at, size_t count, int64_t now_us);

#endif

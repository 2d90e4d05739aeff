// SPDX-License-Identifier: Apache-2.0
//
// Why: pairs of a cohort: runs of the matching library over the accepted people by the cohort's
// rules, their pairs with their reasons, offers to both sides, and the matches that come of them.
//
// Promises: a run is kept as it was computed and never changed; publishing checks again that every
// person is still in the pool and every mentor has a place; pairs are proved best or say so; who is
// matched already is left as she is.
#ifndef TRELLIS_APP_MATCH_MATCH_H
#define TRELLIS_APP_MATCH_MATCH_H

#include "base/phase.h"

#include "app/app.h"
#include "app/enrolment/enrolment.h"
#include "jobs/jobs.h"
#include "mentormatch.h"

extern const struct app_slice match_slice;
extern const struct app_letter_name match_letters[];
extern const struct route match_routes[];
extern const struct route match_rules_routes[];
extern const struct route match_board_routes[];
extern const struct route match_change_routes[];
extern const struct route match_pair_routes[];
extern const struct route match_offer_routes[];
extern const struct route match_waiting_routes[];
extern const struct route match_choice_routes[];
extern const struct route match_committee_routes[];
extern const struct route match_over_routes[];
extern const struct route match_back_routes[];
// What a match carries of its two sign-ups: the people never change, their names and the key of the
// mentee's follow the people (match_renamed).
#define MATCH_PEOPLE "mentee_person, mentor_person, mentee_key, mentee_name, mentor_name"
#define MATCH_PEOPLE_OF(mentee, mentor)                                                            \
    "(SELECT person FROM enrolment WHERE id = " mentee                                             \
    "), (SELECT person FROM enrolment WHERE id = " mentor                                          \
    "), (SELECT name_key FROM enrolment WHERE id = " mentee                                        \
    "), (SELECT p.name FROM person p JOIN enrolment e ON e.person = p.id WHERE e.id = " mentee     \
    "), (SELECT p.name FROM person p JOIN enrolment e ON e.person = p.id WHERE e.id = " mentor ")"
extern const char match_schema_1[];
extern const char match_schema_2[];
extern const char match_schema_3[];
extern const char match_schema_4[];
extern const char match_schema_5[];
extern const char match_schema_6[];
extern const char match_schema_7[];
extern const char match_schema_8[];
extern const char match_schema_9[];
extern const char match_schema_10[];
extern const char match_schema_11[];
extern const char match_schema_12[];
extern const char match_schema_13[];
extern const char match_schema_14[];
extern const char match_schema_15[];
extern const struct app_table match_tables[];

// The rules of a cohort. Each change is a version of its own; runs keep the one that they used.
enum { MATCH_WEIGHTS = 11 };
struct match_rules {
    int64_t id; // 0: the defaults, never changed
    int64_t version;
    int64_t overlap;  // minutes a week in common at least; 0: not asked
    int64_t gap;      // how many levels above her mentee a mentor is, 0..3
    int64_t language; // 1: a language in common
    int64_t employer; // 1: not of one house
    int64_t format;   // 1: a way to meet in common
    int64_t place;    // 1: where in person is the only way in common, the same place
    int64_t lowest;   // a score of at least, 0..10000
    // Topics, level, time, languages, ways to meet, choices, own answers in common, ways of
    // working, how often to meet, levels in topics, the mentor's order: 0..10.
    int64_t weight[MATCH_WEIGHTS];
    const char *order; // "most" people first, or the highest "score"
    const char *asks;  // offers: "both", "mentor_first", "mentee_first", "none"
    int64_t days;      // that an offer stands, 1..10
    int64_t passes_on; // 1: a declined place is offered to the next by itself
    int64_t must;      // bits by weight: a pair with nothing of it is forbidden
    const char *note;  // why there is this version
};
// What a mandatory criterion forbids stands behind the rules of mm_rule_kind, by its weight: the
// first six, then any of them (runs keep these numbers), then the others. The last is an answer
// that a pair must have in common.
enum {
    MATCH_MUST = MM_RULES,
    MATCH_MUST_ANY = MM_RULES + 6,
    MATCH_MUST_ANSWER = MM_RULES + 1 + MATCH_WEIGHTS,
    MATCH_REASONS
};
#define MATCH_MUST_OF(weight) (MATCH_MUST + (weight) + ((weight) >= 6))
int64_t match_reasons(const struct mm_explanation *explanation); // bits: what forbids a pair
extern const enum mm_criterion_kind match_criteria[MATCH_WEIGHTS];
extern const char *const match_criterion_labels[MATCH_WEIGHTS]; // messages
struct match_rules match_rules_default(void);
struct match_input;
void match_rules_set(struct match_input *input); // gives the pool its rules

struct match_run {
    int64_t id;
    int64_t cohort;
    const char *state; // "computing", "under_review", "published", "discarded" or "failed"
    int64_t made_at;
    int64_t mentees;
    int64_t mentors;
    int64_t matched;
    int64_t total;
    int64_t lowest;
    int64_t proved;
    int64_t seed;
    int64_t rules;      // of the version
    int64_t progress;   // 0..100 while it computes
    int64_t only;       // a mentee's enrolment: publish her pair at once, and nothing else; 0: none
    const char *digest; // of the input
    int64_t committee;  // 1: only pairs that the committee accepts are published
    const char *step;   // while it computes: "" waits, "pairs", "solve", "check", "why"
    int64_t asked_by;   // a person; 0: a place was passed on by itself
};

struct match_pair {
    int64_t mentee; // enrolments
    int64_t mentor;
    int64_t score;   // 0..10000
    int64_t overlap; // minutes a week in the worst phase
    int64_t flagged; // 1: one of them has given no times
    int64_t pinned;
    const char *topics; // in common, as in struct enrolment
    const char *parts;  // points of each criterion and what it could give: "4200/5000 ..."
    const char *mentee_name;
    const char *mentor_name;
    int64_t good; // of the minutes, those that suit both well; 0 also where it is not described
    const char *answers; // own answers in common that those who run the cohort see
};

// Why somebody has no mentor.
struct match_lonely {
    int64_t mentee;
    int64_t mentors;     // with a place
    int64_t left;        // who would be allowed: places ran out
    int64_t rule;        // the one whose relaxation gives her a candidate soonest; -1: none
    int64_t amount;      // that would do
    const char *removed; // how many mentors each rule removes: "3:12 4:60 "
    const char *name;
    const char *topics;
    const char *languages;
    const char *zone;
    int64_t level;
    int64_t band; // of the zone; set where shown
};

enum match_link_kind { MATCH_PIN, MATCH_BAN };
enum { MATCH_DIGEST_BYTES = 65 };

// Who works for whom, of people that both have accounts.
struct match_line {
    int64_t person;
    int64_t manager;
};

// All that a run reads, in arena memory.
struct match_input {
    int64_t only; // set before reading: this mentee alone is looked at; 0: all
    struct cohort cohort;
    struct match_rules rules;
    struct enrolment *people; // accepted; places are those that are still free
    size_t count;
    struct match_line *lines; // those that the do-not-match list does not have; set before building
    size_t line_count;
    struct mm_pool pool; // positions: see mentee and mentor
    struct mm_rules mm;
    const struct enrolment **mentee;
    const struct enrolment **mentor;
    const char **topic_text;    // by topic number, as first typed
    struct question_used *used; // own questions that matching uses, in the order of asking
    size_t used_count;
    struct question_said *said; // by sign-up
    size_t said_count;
    struct phase phase[MM_PHASES_MAX];
    size_t phase_count;
    char digest[MATCH_DIGEST_BYTES];       // of all that is read
    char digest_first[MATCH_DIGEST_BYTES]; // as runs kept it before it had choices (decision 80)
};

// A choice of a mentee, or (by_mentor) where a mentor ranks who chose her, both best first; or
// (veto) a mentor's no.
struct match_wish_row {
    int64_t mentee;
    int64_t mentor;
    bool veto;
    bool by_mentor;
};

struct match_link {
    int64_t mentee;
    int64_t mentor;
    enum match_link_kind kind;
};

// What a run reads beside the people. The order of wishes is that of their places.
struct match_said {
    const struct match_link *links;
    size_t link_count;
    const struct match_wish_row *wishes;
    size_t wish_count;
    const struct db_rows *avoids; // NULL: none
};
enum rc match_set_digest(struct arena *arena, struct match_input *input,
                         const struct match_said *said);
// Whether a run has read what would be read now.
bool match_is_unchanged(const struct match_run *run, const struct match_input *input);

// Everything that a run would read now. RC_NOT_FOUND: no such cohort.
enum rc match_read_input(const struct app_place *at, int64_t cohort,
                         const struct match_rules *rules, struct match_input *ret_input);

// Builds the pool out of people, for tests without a database: see match_read_input.
enum rc match_build(struct arena *arena, struct match_input *input, const struct match_link *links,
                    size_t link_count, const struct db_rows *avoids);

// Adds choices (in the order of their places) and vetoes to a pool that was built.
enum rc match_add_wishes(struct arena *arena, struct match_input *input,
                         const struct match_wish_row *rows, size_t count);

struct match_output {
    struct match_run run;
    struct match_pair *pairs;
    size_t pair_count;
    struct match_lonely *lonely;
    size_t lonely_count;
    const char *certificate; // the proof: a line for each level
};

// Computes the best pairs and has the proof checked by the library's own independent check.
enum rc match_compute(struct arena *arena, const struct match_input *input,
                      const struct mm_options *options, struct match_output *ret_output);

struct mm_objective match_objective(const struct match_rules *rules, int64_t seed);

// Where an enrolment stands in the pool. MM_NOBODY: not there.
uint32_t match_position(const struct enrolment *const *side, uint32_t count, int64_t id);

// A pair of the pool in the words of struct match_pair.
enum rc match_describe(struct arena *arena, const struct match_input *input, uint32_t mentee,
                       uint32_t mentor, struct match_pair *ret_pair);

// Minutes a week that one has in common with each of the others; -1: one of the two gave no times.
struct match_timed {
    const char *zone;
    const char *week;
    int64_t minutes;
    int64_t good; // of them, those that suit both well
};
enum rc match_overlaps(struct arena *arena, const struct cohort *cohort,
                       const struct match_timed *one, struct match_timed *others, size_t count);

// When the two of a pair can meet, by what they say now.
struct match_times {
    struct cohort cohort;
    const char *mentee_zone;
    const char *mentee_week;
    const char *mentor_zone;
    const char *mentor_week;
    int64_t least; // minutes a week that the rules ask for; 0: none
    bool held_back;
};
enum rc match_times_find(struct db_tx *tx, struct arena *arena, int64_t match,
                         struct match_times *ret_times);
// Their minutes a week in common; -1: one gave no times. And those of them that suit both well.
enum rc match_times_overlap(struct arena *arena, const struct match_times *times,
                            int64_t *ret_minutes);
enum rc match_times_both(struct arena *arena, const struct match_times *times,
                         struct match_timed *ret_both);
// Tells of them when somebody has changed her time zone.
struct job_kind match_zone_kind(const struct app *app);

// Whether a match may go from one state into another; which states are ends.
bool match_may_move(const char *from, const char *to);
bool match_is_over(const char *state);

const char *match_rule_label(int64_t rule); // a message, by mm_rule_kind: what it asks for

// Jobs: computing runs, and offers that remind and expire.
struct job_kind match_run_kind(const struct app *app);
struct job_kind match_offer_kind(const struct app *app);
struct job_kind match_presence_kind(const struct app *app);

#endif

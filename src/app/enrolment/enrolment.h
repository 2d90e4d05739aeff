// SPDX-License-Identifier: Apache-2.0
//
// Why: a person takes part in a cohort as mentee or mentor: her sign-up, in steps that are kept as
// she goes, and the review of it.
//
// Promises: one enrolment a person, cohort and role; its states move as SPEC section 0 says, each
// move with who, when and why; what matching uses is said next to each question; caregiving and
// access needs are shown to nobody whom she has not chosen.
#ifndef TRELLIS_APP_ENROLMENT_ENROLMENT_H
#define TRELLIS_APP_ENROLMENT_ENROLMENT_H

#include "app/app.h"
#include "app/cohort/cohort.h"
#include "jobs/jobs.h"

extern const struct app_slice enrolment_slice;
extern const struct route enrolment_routes[];
extern const struct route enrolment_join_routes[];
extern const struct route enrolment_review_routes[];
extern const struct route enrolment_pool_routes[];
extern const struct route enrolment_question_routes[];
extern const struct route enrolment_invite_routes[];
extern const struct route enrolment_answer_routes[];
extern const struct route enrolment_topic_routes[];
extern const struct route enrolment_away_routes[];
extern const struct route enrolment_end_routes[];
extern const struct route enrolment_mentor_routes[];
extern const struct route enrolment_known_routes[];
extern const struct route enrolment_level_routes[];
extern const char enrolment_schema_1[];
extern const char enrolment_schema_2[];
extern const char enrolment_schema_3[];
extern const char enrolment_schema_4[];
extern const char enrolment_schema_5[];
extern const char enrolment_schema_6[];
extern const char enrolment_schema_7[];
extern const char enrolment_schema_8[];
extern const char enrolment_schema_9[];
extern const char enrolment_schema_10[];
extern const char enrolment_schema_11[];
extern const char enrolment_schema_12[];
extern const char enrolment_schema_13[];
extern const char enrolment_schema_14[];
extern const struct app_letter_name enrolment_letters[];
extern const struct app_letter enrolment_letter_question;
extern const struct app_letter enrolment_letter_removed;
extern const struct app_letter enrolment_letter_invite;
extern const struct app_table enrolment_tables[];

struct enrolment {
    int64_t id;
    int64_t person;
    int64_t cohort;
    const char *role;  // "mentee" or "mentor"
    const char *state; // "draft", "submitted", "needs_info", "approved", "waitlisted", "declined",
                       // "withdrawn" by her, "removed" by those who run it, "carried" over
    const char *name;  // of the person, as email, pronouns and zone
    const char *email;
    const char *pronouns;
    const char *zone;
    const char *language;  // of letters to her
    int64_t level;         // 1 beginner .. 4 expert; 0: not told yet
    const char *topics;    // values of enrolment_topics, with a space after each
    const char *top;       // the one that matters most; "": none
    const char *languages; // values of enrolment_languages, as topics
    const char *week;      // base/weekly.h, in her zone
    const char *formats;   // values of enrolment_formats
    const char *goal;      // what success would be
    const char *about;
    const char *employer;
    const char *caregiving;     // values of enrolment_caregiving
    const char *caregiving_for; // who may see it: a value of enrolment_audiences
    const char *access;         // values of enrolment_access
    const char *access_for;
    const char *reason; // of a decision, for the person
    int64_t places;     // mentor: how many mentees, 0..10; mentee: how many mentors, 1..3
    int64_t hours;      // a month
    int64_t woman;      // 1 yes, 2 no, 0 not told
    int64_t asks;       // mentee: asks for a woman (1); mentor: takes women only (2)
    int64_t priority;   // carried over from an earlier cohort
    int64_t sent_at;
    const char *other;   // topics in her own words, with a semicolon between
    const char *place;   // where she can meet in person; "": not told
    int64_t full_name;   // mentor: 1: mentees who look at mentors see her last name
    const char *checked; // a value of enrolment_checks: who has looked at her experience
    int64_t cadence;     // weeks between meetings that she would like; 0: not said
    const char *years;   // that she has worked in tech; "": not said
    const char *skills;  // "data:3 " each: her level in a topic, where it is another than `level`
    bool letters_back;   // letters to her come back; only where enrolment_mark_backs was asked
};

// How matching uses the answers to a question of the programme's own.
enum question_use {
    QUESTION_UNUSED,
    QUESTION_SHARED, // the same answer, or choices in common, make a better fit
    QUESTION_NEAR,   // the nearer on a scale, the better
    QUESTION_MUST,   // a pair with no answer in common is forbidden; who has not answered is not
};
// What matching can hold of them in one cohort: questions on a scale; answers in common; and of
// those that must be, the product of their numbers of answers.
enum { QUESTION_NEAR_MOST = 10, QUESTION_SHARED_MOST = 256, QUESTION_MUST_MOST = 64 };
// The answers of a question of the kind "scale": "1" to "5".
extern const struct field_option enrolment_scale[];

// One that matching uses, as it is asked now.
struct question_used {
    int64_t line;
    int64_t use;         // enum question_use
    const char *kind;    // "one", "many" or "scale"
    const char *label;   // as written
    const char *options; // one on each line
    const char *audience;
};
struct question_said {
    int64_t enrolment;
    int64_t line;
    const char *value; // of several answers, one on each line
};
enum rc question_used_list(struct db_tx *tx, struct arena *arena, int64_t cohort,
                           struct question_used **ret_used, size_t *ret_count);
// The newest answers to them of a cohort, or of two of its sign-ups (0, 0: of all), by sign-up.
enum rc question_said_list(struct db_tx *tx, struct arena *arena, int64_t cohort,
                           const int64_t of[2], struct question_said **ret_said, size_t *ret_count);

// Adds the ready statements about ways of working that are not there yet.
enum rc question_add_style(const struct app_place *at, int64_t cohort);

// Parts of the world, by a zone of the tz database: the index of one of the bands.
enum { ENROLMENT_BANDS = 4 };
extern const struct field_option enrolment_bands[];
size_t enrolment_band(struct arena *arena, const char *zone);

extern const struct field_option enrolment_levels[];
extern const struct field_option enrolment_cadences[];
enum { ENROLMENT_YEARS_MAX = 60 };
// Her level in a topic, 1 to 4; 0: she has said none.
int64_t enrolment_skill(const char *skills, const char *topic);
// Labels of topics, each with her level in it where she has said one.
void enrolment_skilled(struct html *html, const char *topics, const char *skills);
extern const struct field_option enrolment_topics[];
extern const struct field_option enrolment_languages[];
extern const struct field_option enrolment_formats[];
extern const struct field_option enrolment_caregiving[];
extern const struct field_option enrolment_access[];
extern const struct field_option enrolment_audiences[];
extern const struct field_option enrolment_checks[];

// Adds a sign-up in any state, for demo and import. RC_EXISTS: she is enrolled in that role
// already.
enum rc enrolment_add(struct db_tx *tx, struct arena *arena, const struct enrolment *enrolment,
                      int64_t now_us);

// All answers of a sign-up that exists.
enum rc enrolment_update(struct db_tx *tx, struct arena *arena, const struct enrolment *enrolment);

// Which of a cohort: empty texts and zeros mean all.
struct enrolment_filter {
    const char *role;
    const char *state;
    const char *search; // as typed
    const char *after;  // the key of the last one of the page before
    int64_t after_id;
    int64_t most;
};

// By name, without drafts. At most ENROLMENTS_MAX.
enum { ENROLMENTS_MAX = 100000, ENROLMENTS_A_PAGE = 50 };
enum rc enrolment_list(struct db_tx *tx, struct arena *arena, int64_t cohort,
                       const struct enrolment_filter *filter, struct enrolment **ret_enrolments,
                       size_t *ret_count);

// RC_NOT_FOUND: not in this cohort, or a draft.
enum rc enrolment_find(struct db_tx *tx, struct arena *arena, int64_t cohort, int64_t id,
                       struct enrolment *ret_enrolment);

// One move, with its reason. RC_EXISTS: it is not in the state `from` any more.
struct enrolment_move {
    int64_t id;
    int64_t cohort;
    const char *from;
    const char *to;
    const char *reason; // for the person
    int64_t by;         // a person
    int64_t batch;      // what was decided together
    const char *code;   // a value of enrolment_codes; NULL: none
    const char *note;   // for those who decide; she is not shown it
};
extern const struct field_option enrolment_codes[];
enum rc enrolment_move(struct db_tx *tx, const struct enrolment_move *move, int64_t now_us);

// Pairs of people who must not be matched: each row a, b. Secret and symmetric.
enum rc enrolment_avoids(struct db_tx *tx, struct arena *arena, struct db_rows **ret_rows);
// Puts into it what members have asked about addresses that somebody has by now.
enum rc avoid_settle_all(struct db_tx *tx);

// Whom somebody works for, by the address of her line manager ("": not told), where it is known:
// the two are never matched, in either direction, in any programme. Told to nobody but herself and
// those who run programmes.
enum rc line_set(struct db_tx *tx, int64_t person, const char *email);
enum rc line_find(struct db_tx *tx, struct arena *arena, int64_t person, const char **ret_email);
// Of all of a cohort, by person: each row a person, and the address.
enum rc line_addresses(struct db_tx *tx, struct arena *arena, int64_t cohort,
                       struct db_rows **ret_rows);
// Of those who were accepted in a cohort: each row a person, and her manager.
enum rc line_list(struct db_tx *tx, struct arena *arena, int64_t cohort, struct db_rows **ret_rows);
// SQL: whether one of two people manages the other.
#define LINE_BETWEEN(one, other)                                                                     \
    "(EXISTS (SELECT 1 FROM line_manager l JOIN person q ON q.email = l.email WHERE l.person = " one \
    " AND q.id = " other ") OR EXISTS (SELECT 1 FROM line_manager l JOIN person q ON "               \
    "q.email = l.email WHERE l.person = " other " AND q.id = " one ")) "

// Sign-ups as a sheet that those who run the cohort may see, and rows of such a sheet again: what
// was written is read as it was, but for who she cares for and what she needs, which only she says.
// Texts are those of the row.
struct csv_writer;
struct csv_row;
struct enrolment_row {
    struct enrolment said;
    const char *manager; // as line_find; in a sheet that somebody wrote perhaps a name
    const char *wrong;   // the heading of a cell that could not be taken whole; NULL: none
};
void enrolment_sheet_head(struct csv_writer *csv);
void enrolment_sheet_row(struct csv_writer *csv, const struct enrolment *enrolment,
                         const char *manager);
bool enrolment_sheet_is(const struct csv_row *head);
enum rc enrolment_sheet_read(struct arena *arena, struct buffer *scratch, const struct csv_row *row,
                             struct enrolment_row *ret_row);

// How many values of one list stand in both; lists as in struct enrolment.
unsigned enrolment_common(const char *values, const char *others);

// The label of each value of a list, divided by commas.
void enrolment_labels(struct html *html, const struct field_option *options, const char *list);

// Whether she takes part, or may yet: not a draft, and not over.
bool enrolment_is_in(const char *state);
const char *enrolment_state_label(const char *state); // a message
const char *enrolment_next_label(const char *state);  // a message: what happens next

// Whether an answer with that audience may be shown to: 'c' a coordinator, 'm' the match, 'e'
// everybody in the cohort.
bool enrolment_shows(const char *audience, char who);

// Days, both included, on which somebody has no time to meet, whatever her week says.
struct away {
    int64_t id;
    const char *first;
    const char *last;
};
enum { AWAY_MAX = 50 };
// Those that are not over; the earliest first.
enum rc away_list(struct db_tx *tx, struct arena *arena, int64_t person, int64_t now_us,
                  struct away **ret_away, size_t *ret_count);
// Whether one of them holds the day, as ISO text.
bool away_holds(const struct away *away, size_t count, const char *day);

// How somebody likes to meet.
struct meet_choice {
    int64_t notice;      // hours before a meeting
    const char *lengths; // in minutes, with a space after each; "": not said
};
enum { MEET_NOTICE_HOURS = 24 };
enum rc meet_choice_find(struct db_tx *tx, struct arena *arena, int64_t person,
                         struct meet_choice *ret_choice);
// The shortest length that suits both; the usual one where nothing is said, or none does.
int64_t meet_minutes(const struct meet_choice *mine, const struct meet_choice *theirs,
                     int64_t usual);

// A sign-up is withdrawn, with an entry of the log: whatever holds a place for her ends in the same
// transaction, by the slices that know.
enum rc enrolment_leave(struct req *req, const struct enrolment_move *move, int64_t person);

// Carries somebody who waits over to a later cohort: she is signed up there with what she has said,
// and comes first; nothing that she has said there already is changed. One letter tells her.
struct enrolment_carrying {
    const struct app_place *at;
    const struct cohort *from;
    const struct cohort *to;
    int64_t by;
};
enum rc enrolment_carry(const struct enrolment_carrying *carrying, const struct enrolment *one);

// What she has said in one sign-up, as what she says in another: also from one role to the other.
enum rc enrolment_copy_answers(const struct app_place *at, const struct enrolment *from,
                               const struct enrolment *to);

// Letters about decisions leave a while after them, so that an undo stops them.
enum { ENROLMENT_LETTER_DELAY_S = 600 };
struct job_kind enrolment_letter_kind(const struct app *app);

// Puts sign-ups into what can be found, for those who run their cohorts: one, all of a person (also
// under her new name), those that were added after an id and are not there yet (by a job), or what
// a day has left.
#define ENROLMENT_INDEX "enrolment_index"
enum rc enrolment_index_one(const struct app_place *place, int64_t enrolment);
enum rc enrolment_index_person(const struct app_place *place, int64_t person);
enum rc enrolment_index_after(const struct app_place *place, int64_t after);
enum rc enrolment_index(const struct app_place *place);
struct job_kind enrolment_index_kind(const struct app *app);

#endif

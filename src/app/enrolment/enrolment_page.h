// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of enrolments show.
#ifndef TRELLIS_APP_ENROLMENT_ENROLMENT_PAGE_H
#define TRELLIS_APP_ENROLMENT_ENROLMENT_PAGE_H

#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_store.h"

// One of the actor's own sign-ups, as the cohort's page shows it.
struct enrolment_own {
    const struct enrolment *enrolment;
    int64_t before; // in the queue, when she waits
    struct enrolment_note *notes;
    size_t note_count;
    const char *state;           // that is told: "finished" once all is over
    const struct app_held *held; // what she has to do before she can be matched; NULL: nothing
};

struct enrolment_change {
    const char *from; // messages
    const char *to;
    const char *reason;
    const char *by;
    const char *at;
    int64_t at_us;
    const char *code; // a message
    const char *note;
};

// Where mentors are looked for.
struct mentor_open {
    const struct cohort *cohort;
    bool mine; // she has a sign-up there
};
struct mentor_view {
    struct mentor_open *cohorts;
    size_t count;
};

// Somebody else with the same name.
struct enrolment_namesake {
    int64_t id;
    const char *email;
    const char *role;
    const char *state; // a message
};

// A version of a question.
struct enrolment_version {
    int64_t version;
    const char *label;
    const char *at;
    int64_t answers;
};

struct enrolment_pair {
    int64_t id;
    const char *a;
    const char *b;
    const char *note;
};

// What is wished and what is offered: a number of the pool's table. What is not told is 0 here.
struct enrolment_supply {
    const char *column; // a message, or the programme's words
    int64_t wished;     // by mentees
    int64_t places;     // with mentors
    bool tells_wished;
    bool tells_places;
};
struct enrolment_supply_row {
    const char *label;
    struct enrolment_supply *cells; // the last one is of all columns
    size_t count;
};

// A table by two of topic, level, language and part of the world.
struct enrolment_supplies {
    const char *by; // "topic-level"
    const char *row_name;
    struct enrolment_supply_row *rows; // the last one is of all rows
    size_t row_count;
    bool has_levels;   // a column each
    bool counts_twice; // people who speak two languages, in the totals of rows
    struct safe_html plot;
};

// How many mentors have had their experience looked at, in one way.
struct enrolment_checked {
    const char *label; // a message
    bool told;
    int64_t mentors;
};
enum { ENROLMENT_CHECKS = 3 };

// Somebody whom she must not be matched with, as she wrote it.
struct enrolment_asked {
    const char *email;
    const char *note;
};

struct enrolment_view {
    bool letters_back;           // from the address of `one`
    const char *said;            // how the name of `one` is said
    const char *share;           // the address of the cohort's page
    struct app_waiting *waiting; // what is next for those who run it
    size_t waiting_count;
    struct cohort cohort;
    const char *next_state; // NULL: none
    const char *due;        // the day for it; "": not said
    struct enrolment_own *mine;
    size_t mine_count;
    struct enrolment *all;
    size_t count;
    bool signed_in;
    bool may_review;
    bool meets;      // circles, events and what else is for those who take part
    bool may_report; // she may read the reports
    bool may_run;
    bool may_judge; // she is of the matching committee
    bool open;      // for sign-up
    const struct form *form;
    const struct shape *shape;
    const char *action;
    // joining
    const char *role;
    const char *step;
    const char *before;          // the cohort from which a new sign-up is filled in; NULL: none
    const struct enrolment *one; // also of a review
    const char *manager;         // the address of hers, for herself and a review
    // review
    struct enrolment_filter filter;
    const char *next_after; // the key of the last one; NULL: no page follows
    int64_t next_after_id;
    const char *next;
    int64_t submitted; // how many wait for a decision
    const char *to;    // what a bulk move is to
    int64_t undo;      // a batch that can be taken back; 0: none
    struct enrolment_namesake *namesakes;
    size_t namesake_count;
    int64_t sensitive; // 1: she has answers that only matching sees
    struct enrolment_note *notes;
    size_t note_count;
    struct enrolment_change *changes;
    size_t change_count;
    struct enrolment_question *questions;
    size_t question_count;
    bool asks_style; // steps of the programme's own questions: about ways of working, and others
    bool asks_own;
    const struct shape *style; // of the first of them, where both are shown
    struct away *away;
    size_t away_count;
    struct enrolment_topic *topics;
    size_t topic_count;
    struct enrolment_version *versions;
    size_t version_count;
    const struct shape *shapes[3]; // of the steps before: aims, time, about
    struct enrolment_answer *answers;
    size_t answer_count;
    struct enrolment_supplies supplies;
    struct enrolment_pair *pairs;
    size_t pair_count;
    struct enrolment_checked checked[ENROLMENT_CHECKS + 1]; // the last: of all
    struct enrolment_asked *asked;                          // not to be matched with
    size_t asked_count;
};

// The choices of the pool's table: "topic-level" and its label.
extern const struct field_option enrolment_pool_tables[];
bool enrolment_is_table(const struct enrolment_view *view, const struct field_option *table);
// More wishes than places, which is told.
bool enrolment_lacks(const struct enrolment_supply *supply);

// Whether she is told by when she hears: before the cohort begins.
bool enrolment_hears(const struct enrolment_view *view, const struct enrolment_own *own);

// The windows of a week in words: "Monday to Friday 18:00-21:00".
void enrolment_week(struct html *html, const char *week);

extern const struct out_shape cohort_page_out;
extern const struct out_shape enrolment_check_out;
extern const struct out_shape people_out;
extern const struct out_shape person_out;
extern const struct out_shape apart_out;
extern const struct out_shape questions_out;
extern const struct out_shape topics_out;
extern const struct out_shape away_out;
extern const struct out_shape pool_out;

// The programme's own questions for a role, as a shape whose values lie one after the other.
// style: those of the step about ways of working, which have the kind "scale"; else all others.
enum rc enrolment_question_shape(struct req *req, struct enrolment_view *view, const char *role,
                                 bool style, const struct shape **ret_shape);
// Which of the two steps there are; in struct enrolment_view.
enum rc enrolment_question_steps(struct req *req, struct enrolment_view *view, const char *role);

// The shapes of the three steps that every sign-up has, with the topics of the programme.
enum rc enrolment_join_shapes(struct req *req, int64_t programme, const char *role,
                              const struct shape *ret_shapes[3]);

enum rc enrolment_make_view(struct req *req, struct enrolment_view **ret_view);
// The same, with the sign-up of the path in view->one. RC_NOT_FOUND: not one of its cohort.
enum rc enrolment_make_view_of_one(struct req *req, struct enrolment_view **ret_view);

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Why: a person takes part in a cohort as mentee or mentor: her sign-up, and the review of it.
//
// Promises: one enrolment a person, cohort and role; its states move as SPEC section 0 says; what
// matching uses is said next to each question.
#ifndef TRELLIS_APP_ENROLMENT_ENROLMENT_H
#define TRELLIS_APP_ENROLMENT_ENROLMENT_H

#include "app/app.h"
#include "app/cohort/cohort.h"

extern const struct route enrolment_routes[];
extern const char enrolment_schema_1[];
extern const struct app_personal enrolment_personal[];

struct enrolment {
    int64_t id;
    int64_t person;
    int64_t cohort;
    const char *role;      // "mentee" or "mentor"
    const char *state;     // "submitted", "approved", "declined", "waitlisted", "withdrawn"
    const char *name;      // of the person
    int64_t level;         // 1 beginner .. 4 expert
    const char *topics;    // values of enrolment_topics, with a space after each
    const char *languages; // values of enrolment_languages, likewise
    const char *times;     // values of enrolment_times, likewise
    const char *about;
    int64_t places;     // mentors: how many mentees, 0..10
    const char *reason; // of a decision, for the person
};

extern const struct field_option enrolment_topics[];
extern const struct field_option enrolment_languages[];
extern const struct field_option enrolment_times[];

// RC_EXISTS: she is enrolled in that role already.
enum rc enrolment_add(struct db_tx *tx, const struct enrolment *enrolment, int64_t now_us);

// Those of a cohort, by role and name; state NULL: all. At most ENROLMENTS_MAX.
enum { ENROLMENTS_MAX = 5000 };
enum rc enrolment_list(struct db_tx *tx, struct arena *arena, int64_t cohort, const char *state,
                       struct enrolment **ret_enrolments, size_t *ret_count);

// RC_EXISTS: it is not in the state `from` any more.
enum rc enrolment_move(struct db_tx *tx, int64_t id, int64_t cohort, const char *from,
                       const char *to, const char *reason);

// How many values of one list stand in both; lists as in struct enrolment.
unsigned enrolment_common(const char *values, const char *others);

const char *enrolment_state_label(const char *state); // a message
const char *enrolment_next_label(const char *state);  // a message: what happens next

#endif

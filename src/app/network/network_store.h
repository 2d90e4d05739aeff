// SPDX-License-Identifier: Apache-2.0
//
// Why: what circles, events, introductions, rounds and short talks share: who takes part, who is
// kept apart, and letters to one person.
#ifndef TRELLIS_APP_NETWORK_NETWORK_STORE_H
#define TRELLIS_APP_NETWORK_NETWORK_STORE_H

#include "app/cohort/cohort.h"
#include "app/network/network.h"
#include "format/calendar.h"

enum { NETWORK_US = 1000000 };
#define NETWORK_MINUTE_US ((int64_t)60 * NETWORK_US)
#define NETWORK_HOUR_US ((int64_t)3600 * NETWORK_US)
#define NETWORK_DAY_US ((int64_t)86400 * NETWORK_US)

// A cohort as the actor sees it.
struct network {
    struct cohort cohort;
    int64_t me;   // 0: a visitor
    bool member;  // she takes part: accepted, or on the waiting list
    bool staff;   // she runs it
    bool seeks;   // a mentee without a mentor: first in line for short talks
    bool mentors; // she takes part as a mentor
    const char *zone;
};

// Reads it. RC_NOT_FOUND: there is no such cohort, or it is a draft and not hers to prepare.
enum rc network_look(struct req *req, int64_t cohort, struct network *ret_network);
// The same. RC_NOT_FOUND also for who neither takes part nor runs it.
enum rc network_enter(struct req *req, int64_t cohort, struct network *ret_network);

// Whether somebody takes part in a cohort, or runs it.
enum rc network_has(struct db_tx *tx, struct arena *arena, int64_t cohort, int64_t person,
                    bool *ret_has);
// Whether two must be kept apart.
enum rc network_apart(struct db_tx *tx, struct arena *arena, int64_t a, int64_t b, bool *ret_apart);

struct network_person {
    int64_t id;
    const char *name;
    const char *email;
    const char *zone;
    const char *language;
};
// RC_NOT_FOUND: no such person, or her account is closed.
enum rc network_person_find(struct db_tx *tx, struct arena *arena, int64_t id,
                            struct network_person *ret_person);

struct meet_cohort { // one that the actor takes part in
    int64_t id;
    const char *name;
};
enum rc network_cohorts(struct req *req, struct meet_cohort **ret_cohorts, size_t *ret_count);

// A letter to one person. Values: {0} her name, {1} the page, {2} title, {3} value, {4} the time
// in her zone, {5} how to get no more of this kind.
struct notice {
    const struct app_letter *letter;
    const char *page; // a path
    const char *title;
    const char *value;
    int64_t at_us;                      // 0: none
    const char *kind;                   // a kind that people may turn off; NULL: always sent
    const struct calendar_event *event; // goes with it; uid, sequence, minutes, location are set
    const char *method;                 // "REQUEST" or "CANCEL"
};
// Whoever has closed her account gets none.
enum rc network_tell(const struct app_place *at, int64_t person, const struct notice *notice);
// The same to who runs the cohort.
enum rc network_tell_staff(const struct app_place *at, int64_t cohort, const struct notice *notice);

// Ends what hangs on somebody who takes part in a cohort no more (cohort 0: in all).
enum rc network_left(const struct app_place *at, int64_t person, int64_t cohort);
app_hears network_hears;
app_index network_index;

#endif

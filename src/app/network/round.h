// SPDX-License-Identifier: Apache-2.0
//
// Why: a round gives everybody who wants to one or two people to meet.
//
// Promises: nobody is left out while there is somebody whom she may meet, and nobody twice in a row
// while another can be instead; two who must be kept apart never meet; people meet again only when
// no round without a repetition was found, and then as few as was found.
//
// How a round among equals becomes an assignment of mentees to mentors: see round.c.
#ifndef TRELLIS_APP_NETWORK_ROUND_H
#define TRELLIS_APP_NETWORK_ROUND_H

#include "app/network/network_store.h"

// ---- pure: who meets whom ----

enum { ROUND_PEOPLE_MOST = 1000, ROUND_NEW = 10000, ROUND_AGAIN_MOST = 900, ROUND_NEVER = 0xFFFF };

struct round_input {
    uint32_t count;
    const int64_t *person; // unique, rising
    const bool *skipped;   // left out of the last round
    const uint16_t *score; // count * count, symmetric: see round_score; ROUND_NEVER: kept apart
    uint64_t seed;
};
struct round_result {
    uint32_t *team;   // per person, 1..teams; 0: left out
    uint32_t teams;   // of two; some of three
    uint32_t left;    // out
    uint32_t twice;   // out now and in the last round
    uint32_t repeats; // pairs within teams who have met in a round before
    uint64_t total;   // of scores
};
// Of two who met so many rounds ago; 0: never.
uint16_t round_score(int64_t rounds_ago);
enum rc round_make(struct arena *arena, const struct round_input *input,
                   struct round_result *ret_result);

// ---- rows ----

struct round_plan {
    int64_t weeks; // 0: there are no rounds
    int64_t next_at;
    const char *prompt; // what to talk about
};
enum rc round_plan_find(struct db_tx *tx, struct arena *arena, int64_t cohort,
                        struct round_plan *ret_plan);
enum rc round_plan_set(struct db_tx *tx, int64_t cohort, const struct round_plan *plan);
enum rc round_wish_set(const struct app_place *at, int64_t cohort, int64_t person, bool wants);
enum rc round_wishes(struct db_tx *tx, struct arena *arena, int64_t cohort, int64_t person,
                     int64_t *ret_count, bool *ret_mine);
// Makes a round and sends its letters; the plan goes on. Nothing happens with fewer than two
// people.
enum rc round_run(const struct app_place *at, int64_t cohort);

#define ROUND_JOB "network_round" // a job that makes one at once; its body is the cohort

struct round_row {
    int64_t id;
    int64_t number;
    const char *prompt;
    int64_t made_at;
    int64_t people;
    int64_t left;
    int64_t met; // people who said so
    int64_t repeats;
    int64_t team;   // of the actor; 0: none
    int64_t met_at; // by her
};
enum { ROUNDS_SHOWN = 26 };
enum rc round_list(struct req *req, int64_t cohort, bool mine, struct round_row **ret_rounds,
                   size_t *ret_count);
struct round_mate {
    int64_t person;
    const char *name;
    const char *email;
    const char *pronouns;
    const char *zone;
    const char *week;
};
// Those of her team in a round, without her.
enum rc round_mates(struct db_tx *tx, struct arena *arena, int64_t round, int64_t person,
                    struct round_mate **ret_mates, size_t *ret_count);
// Times that she and all of these have, at most MEETING_SLOTS_MAX.
struct round_team {
    const struct round_mate *mates;
    size_t count;
};
enum rc round_times(const struct app_place *at, int64_t cohort, int64_t person,
                    const struct round_team *team, int64_t *ret_times, size_t *ret_count);
// RC_EXISTS: said already, or nobody was given to her.
enum rc round_met(struct req *req, int64_t cohort, int64_t round);

#endif

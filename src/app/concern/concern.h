// SPDX-License-Identifier: Apache-2.0
//
// Why: concerns: what somebody says is wrong, who may read it, and what is done about it, so that
// whoever was harmed can speak, and whoever is accused can't listen.
//
// Promises (QUALITY section 4): conduct and safety are read only by those who are named for it in
// the cohort, never by anybody whom it concerns, and, when all of them are, by a contact outside;
// what was told is sealed with a key that is not in the database; it is shown only in answer to a
// POST, which stands in the log; no letter has a word of it; somebody without an account can tell,
// and follow with a secret code.
//
// Not for: helping a pair that merely goes badly; the pair's own pages do that.
#ifndef TRELLIS_APP_CONCERN_CONCERN_H
#define TRELLIS_APP_CONCERN_CONCERN_H

#include "app/app.h"
#include "auth/seal.h"
#include "jobs/jobs.h"

extern const struct app_slice concern_slice;

extern const struct route concern_tell_routes[];
extern const struct route concern_mine_routes[];
extern const struct route concern_routes[];
extern const struct route concern_step_routes[];
extern const struct route concern_glass_routes[];
extern const struct route concern_outside_routes[];
extern const char concern_schema_1[];
extern const struct app_table concern_tables[];
enum rc concern_of_dispute(const struct app_place *place, const struct announcement *heard);
struct job_kind concern_clock_kind(const struct app *app);

struct concern {
    int64_t id;
    int64_t cohort;
    int64_t match; // 0: not about a pair
    const char *kind;
    int64_t by;          // a person; 0: nobody knows
    int64_t named;       // 1: those who read it may know her name
    const char *by_name; // "" where she does not want to be named
    const char *state;   // "open", "acknowledged", "in_progress", "resolved", "escalated"
    int64_t made_at;
    int64_t due_at; // of what comes next; 0: nothing does
    const char *mentee;
    const char *mentor;
    const char *cohort_name;
    int64_t linked;   // what the other of the two has told; 0: nothing
    int64_t ladder;   // what followed for somebody: see enum concern_ladder
    const char *text; // sealed, until concern_unseal
    const char *evidence;
    const char *code; // a hash of the code to follow it with; "": none
};

// What follows for whoever did wrong, one after the other.
enum concern_ladder { LADDER_NONE, LADDER_CONTACT, LADDER_COHORT, LADDER_PROGRAMME };

extern const struct field_option concern_kinds[];
extern const struct field_option concern_states[];
bool concern_is_grave(const char *kind); // conduct or safety

// Whether a state may follow another: forward only, one after the other.
bool concern_may_move(const char *from, const char *to);
// By when the next word is due in a state; 0: never. Saturdays and Sundays do not count.
int64_t concern_due(const char *state, int64_t from_us);
const char *concern_next_label(const char *state); // a message
// Whether a step may follow another: upwards; one after the other, unless it is grave.
bool concern_may_climb(int64_t from, int64_t to, bool grave);

// Adds it, sealed; `about` are the persons whom it concerns, beside the two of its pair. `keep`:
// the words of the pair's messages are kept with it, not only their hashes.
struct concern_more {
    const int64_t *about;
    size_t about_count;
    bool keep;
};
enum rc concern_add(struct req *req, const struct concern *concern, const struct concern_more *more,
                    int64_t *ret_id);

// Seals all rows anew that are not sealed with the newest key; `ret_count` is how many were.
enum rc concern_seal_anew(struct db_tx *tx, const struct seal *seal, int64_t *ret_count);
// How many rows can't be opened with the keys that are here.
enum rc concern_count_closed(struct db_tx *tx, const struct seal *seal, int64_t *ret_count);

#endif

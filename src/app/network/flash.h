// SPDX-License-Identifier: Apache-2.0
//
// Why: the rows of short talks: a mentor offers a time, and one person takes it.
//
// Promises: one talk, one taker, also when two press at once; whoever has no mentor comes first,
// for two days or until a day before; two who must be kept apart don't see each other's.
#ifndef TRELLIS_APP_NETWORK_FLASH_H
#define TRELLIS_APP_NETWORK_FLASH_H

#include "app/network/network_store.h"

enum {
    FLASH_FIRST_HOURS = 48,
    FLASH_LATEST_HOURS = 24,
    FLASH_OPEN_MOST = 20,
    FLASH_TAKEN_MOST = 2
};

struct flash {
    int64_t id;
    int64_t cohort;
    int64_t mentor;
    const char *mentor_name;
    const char *topic;
    const char *about;
    int64_t at;
    int64_t minutes;
    const char *place; // only for who takes it
    int64_t open_at;   // for everybody
    const char *state; // "open", "taken", "cancelled"
    int64_t taker;
    const char *taker_name;
    const char *words;
    int64_t sequence;
};

// Still to come: those that the actor may take ('o'), has taken ('t'), or offers ('m').
enum { FLASHES_SHOWN = 50 };
enum rc flash_list(struct req *req, const struct network *network, char which,
                   struct flash **ret_flashes, size_t *ret_count);
enum rc flash_find(struct db_tx *tx, struct arena *arena, int64_t id, struct flash *ret_flash);
enum rc flash_add(const struct app_place *at, struct flash *flash);
// When everybody may take one that is offered now.
int64_t flash_open_at(int64_t now_us, int64_t at_us);
// RC_EXISTS: somebody else was first, or it is over. RC_LIMIT: she has taken enough.
enum rc flash_take(struct req *req, const struct network *network, int64_t id, const char *words);
// By its taker: it is free again. RC_EXISTS: not hers.
enum rc flash_release(const struct app_place *at, int64_t id, int64_t person);
// By its mentor. RC_EXISTS: not hers, or called off already.
enum rc flash_cancel(const struct app_place *at, int64_t id, int64_t person);
enum rc flash_leave(const struct app_place *at, int64_t person, int64_t cohort);

#endif

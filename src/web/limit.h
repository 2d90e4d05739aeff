// SPDX-License-Identifier: Apache-2.0
//
// Why: a program that has gone wild must not slow a programme's people down.
//
// Promises: so many requests a minute for one key, counted in windows that begin with its first
// request; memory is fixed: of LIMIT_KEYS_MAX keys at once, the oldest window gives way. Each node
// counts for itself.
//
// Not for: guarding secrets; failures are counted in the database.
#ifndef TRELLIS_WEB_LIMIT_H
#define TRELLIS_WEB_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/text.h"

enum { LIMIT_KEYS_MAX = 1024, LIMIT_WINDOW_S = 60, LIMIT_MOST = 600 };

struct limit;

// What is left of a window.
struct limit_room {
    int64_t left;    // requests
    int64_t reset_s; // until the next window
};

enum rc limit_open(struct limit **ret_limit);
void limit_close(struct limit *limit);

// Takes one. false: nothing is left until ret_room->reset_s.
bool limit_take(struct limit *limit, struct text key, int64_t now_us, struct limit_room *ret_room);

#endif

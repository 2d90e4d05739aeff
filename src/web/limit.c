// SPDX-License-Identifier: Apache-2.0
//
// Windows in a table of fixed size: a key looks at a few places, and takes its own, a free or the
// oldest of them; see limit.h.
#define _POSIX_C_SOURCE 200809L // pthread

#include "web/limit.h"

#include <pthread.h>
#include <stdlib.h>

enum { PLACES = 8, US = 1000000 };

struct window {
    uint64_t key; // 0: free
    int64_t began_us;
    int64_t taken;
};

struct limit {
    pthread_mutex_t lock;
    struct window windows[LIMIT_KEYS_MAX];
};

enum rc limit_open(struct limit **ret_limit)
{
    struct limit *limit = calloc(1, sizeof *limit);
    if (limit == NULL)
        return RC_NO_MEMORY;
    pthread_mutex_init(&limit->lock, NULL);
    *ret_limit = limit;
    return RC_OK;
}

void limit_close(struct limit *limit)
{
    if (limit == NULL)
        return;
    pthread_mutex_destroy(&limit->lock);
    free(limit);
}

// FNV-1a; keys are random already, or worth nothing.
static uint64_t number_of(struct text key)
{
    uint64_t number = 14695981039346656037u;
    for (size_t k = 0; k < key.length; k++)
        number = (number ^ (unsigned char)key.bytes[k]) * 1099511628211u;
    return number == 0 ? 1 : number;
}

static struct window *find_window(struct limit *limit, uint64_t key, int64_t now_us)
{
    struct window *oldest = NULL;
    for (unsigned k = 0; k < PLACES; k++) {
        struct window *window = &limit->windows[(key + k) % LIMIT_KEYS_MAX];
        if (window->key == key) {
            oldest = window;
            break;
        }
        if (oldest == NULL || window->began_us < oldest->began_us)
            oldest = window;
    }
    int64_t age_us = now_us - oldest->began_us;
    if (oldest->key != key || age_us < 0 || age_us >= (int64_t)LIMIT_WINDOW_S * US)
        *oldest = (struct window){.key = key, .began_us = now_us};
    return oldest;
}

bool limit_take(struct limit *limit, struct text key, int64_t now_us, struct limit_room *ret_room)
{
    pthread_mutex_lock(&limit->lock);
    struct window *window = find_window(limit, number_of(key), now_us);
    bool fits = window->taken < LIMIT_MOST;
    window->taken += fits;
    ret_room->left = LIMIT_MOST - window->taken;
    ret_room->reset_s = LIMIT_WINDOW_S - (now_us - window->began_us) / US;
    pthread_mutex_unlock(&limit->lock);
    return fits;
}

// SPDX-License-Identifier: Apache-2.0
// Holds the chain of the log to its promise: every edit, deletion, swap and cut of a log is found.
#include "app/audit/audit_chain.h"

#include <string.h>

#include "base/tap.h"

#include "auth/token.h"

enum { EVENTS = 40, TRIES = 10000, TEXT = 24 };

struct log {
    struct audit_event events[EVENTS];
    char what[EVENTS][TEXT];
    char place[EVENTS][TEXT];
    size_t count;
    char end[65];
};

static uint64_t next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void make(struct arena *arena, struct log *log)
{
    const char *before = "";
    log->count = EVENTS;
    for (size_t k = 0; k < EVENTS; k++) {
        struct audit_event *event = &log->events[k];
        snprintf(log->what[k], TEXT, "Act %zu", k % 7);
        snprintf(log->place[k], TEXT, "/cohorts/%zu", k);
        *event = (struct audit_event){.number = (int64_t)k + 1,
                                      .id = (int64_t)(k * 977 + 5),
                                      .at_us = (int64_t)(1000 * k),
                                      .person = (int64_t)(k % 5),
                                      .what = log->what[k],
                                      .place = log->place[k]};
        event->hash = audit_hash(arena, before, event);
        before = event->hash;
    }
    memcpy(log->end, before, sizeof log->end);
}

// Whether a log goes from its first event to its noted end.
static bool holds(struct arena *arena, const struct log *log)
{
    struct audit_walk walk = {.number = 0};
    for (size_t k = 0; k < log->count; k++)
        if (audit_walk_on(arena, &walk, &log->events[k]) != NULL)
            return false;
    return walk.number == EVENTS && strcmp(walk.hash, log->end) == 0;
}

// Takes an event out; with `renumber`, those after it move up as if it had never been there.
static void take_out(struct log *log, size_t at, bool renumber)
{
    for (size_t k = at; k + 1 < log->count; k++) {
        int64_t number = renumber ? log->events[k].number : log->events[k + 1].number;
        log->events[k] = log->events[k + 1];
        log->events[k].number = number;
    }
    log->count--;
}

static void swap(struct log *log, size_t one, size_t two, bool renumber)
{
    struct audit_event kept = log->events[one];
    log->events[one] = log->events[two];
    log->events[two] = kept;
    if (renumber) {
        log->events[one].number = (int64_t)one + 1;
        log->events[two].number = (int64_t)two + 1;
    }
}

// One change of a kind; false: it changed nothing.
static bool change(struct log *log, uint64_t *seed, char *text)
{
    size_t at = next(seed) % EVENTS;
    struct audit_event *event = &log->events[at];
    switch (next(seed) % 8) {
    case 0:
        event->person += 1 + (int64_t)(next(seed) % 9);
        return true;
    case 1:
        event->at_us ^= (int64_t)1 << (next(seed) % 40);
        return true;
    case 2:
        snprintf(text, TEXT, "%s", next(seed) % 2 == 0 ? event->what : event->place);
        text[next(seed) % strlen(text)] ^= 1;
        if (next(seed) % 2 == 0)
            event->what = text;
        else
            event->place = text;
        return true;
    case 3:
        take_out(log, at, next(seed) % 2 == 0);
        return true;
    case 4:
        log->count = at;
        return true;
    case 5:
        event->id += 1;
        return true;
    case 6:
        event->number += next(seed) % 2 == 0 ? 1 : -1;
        return true;
    default:
        swap(log, at, (at + 1 + next(seed) % (EVENTS - 1)) % EVENTS, next(seed) % 2 == 0);
        return true;
    }
}

static void test_changes(struct arena *arena, const struct log *log)
{
    uint64_t seed = 88172645463325252;
    int unseen = 0;
    for (int k = 0; k < TRIES; k++) {
        struct log changed = *log;
        struct arena scratch;
        char text[TEXT];
        arena_open(&scratch, 1 << 20);
        if (change(&changed, &seed, text))
            unseen += holds(&scratch, &changed);
        arena_close(&scratch);
    }
    is_int(unseen, 0, "each of %d edits, deletions, swaps and cuts is found", TRIES);
    (void)arena;
}

// What follows a change can be hashed anew by who knows how; the noted end tells.
static void test_anew(struct arena *arena, const struct log *log)
{
    struct log changed = *log;
    const char *before = "";
    changed.events[3].person = 77;
    for (size_t k = 0; k < EVENTS; k++) {
        changed.events[k].hash = audit_hash(arena, before, &changed.events[k]);
        before = changed.events[k].hash;
    }
    ok(!holds(arena, &changed), "a log that is chained anew does not end where it was noted");
    memcpy(changed.end, before, sizeof changed.end);
    ok(holds(arena, &changed), "control: without the noted end it would hold");
}

static void test_texts(struct arena *arena)
{
    struct audit_event one = {.number = 1, .what = "a b", .place = "c"};
    struct audit_event two = {.number = 1, .what = "a", .place = "b c"};
    const char *first = audit_hash(arena, "", &one);
    const char *second = audit_hash(arena, "", &two);
    ok(strcmp(first, second) != 0, "texts don't run together");
    is_int((long long)strlen(first), 64, "a hash has 64 digits");
}

int main(void)
{
    struct arena arena;
    static struct log log;
    is_int(auth_start(), RC_OK, "ready");
    arena_open(&arena, 8 << 20);
    make(&arena, &log);
    ok(holds(&arena, &log), "a log as it was written holds");
    test_changes(&arena, &log);
    test_anew(&arena, &log);
    test_texts(&arena);
    arena_close(&arena);
    return tap_done();
}

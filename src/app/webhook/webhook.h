// SPDX-License-Identifier: Apache-2.0
//
// Why: other programs of the organisation want to know when something has happened, without asking
// all the time: a webhook is an address of theirs that is told.
//
// Promises: what is told is written in the transaction in which it happened, so nothing is told of
// what was rolled back, and nothing is forgotten; it carries numbers and states alone, never what a
// person wrote or is called; about one pair or person it arrives in the order in which it happened;
// it is signed (auth/hook.h), and tried again for three days. docs/webhooks.md is for those who
// receive it.
//
// Not for: concerns, feedback, or anything else that those who run the organisation may not read.
#ifndef TRELLIS_APP_WEBHOOK_WEBHOOK_H
#define TRELLIS_APP_WEBHOOK_WEBHOOK_H

#include "app/app.h"
#include "jobs/post.h"

extern const struct app_slice webhook_slice;
extern const struct app_table webhook_tables[];
extern const struct route webhook_routes[];
extern const char webhook_schema_1[];

app_job webhook_kind_of_job;
app_hears webhook_hears;

// Seals the secrets with the newest key.
enum rc webhook_seal_anew(struct db_tx *tx, const struct seal *seal, int64_t *ret_count);

enum {
    WEBHOOKS_MOST = 10,
    WEBHOOK_BODY_MOST = 20000,
    WEBHOOK_KINDS = 18,
    WEBHOOK_BATCH = 20,
    WEBHOOK_GIVES_UP_DAYS = 3,
};

// What may be told. Names never change.
struct webhook_kind {
    const char *name;    // "match.begun"; NULL closes the list
    enum announced what; // ANNOUNCE_NOTHING: only asked for by hand
    const char *object;  // what `id` is: "match"
    const char *state;   // NULL: that of the sign-up
    const char *path;    // where a program reads more, without its number; NULL: nowhere
    bool of_match;       // the number in the path is that of the match
};
extern const struct webhook_kind webhook_kinds[WEBHOOK_KINDS + 1];
extern const struct field_option webhook_kind_options[]; // all that can be chosen
const struct webhook_kind *webhook_kind_find(const char *name);
const struct webhook_kind *webhook_kind_of(enum announced what); // NULL: it is not told

// The JSON of what happened, with the state of its kind, or (state not NULL) another. heard->cohort
// must be known.
enum rc webhook_body(struct arena *arena, const struct webhook_kind *kind, const char *state,
                     const struct announcement *heard, int64_t now_us, const char **ret_body);

// By which it is put in order: what has happened to the same pair, person or object.
int64_t webhook_line(const struct announcement *heard);

// When it is tried again after `tries` failures.
int64_t webhook_again_us(int64_t tries, int64_t now_us);

// Whether a list of names divided by spaces has one.
bool webhook_has(const char *kinds, const char *name);

#endif

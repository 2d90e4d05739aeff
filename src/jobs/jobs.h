// SPDX-License-Identifier: Apache-2.0
//
// Why: what should happen later, or slowly, or outside (mail, matching, offers that expire) is a
// row, written in the same transaction as what asks for it: nothing is done for what was rolled
// back, and nothing that was committed is forgotten.
//
// Promises: a job runs at least once, on one node at a time, and again after a crash or a failure
// (with growing pauses, JOB_TRIES_MOST times); its last step and its end are one transaction.
//
// Not for: answers that a person waits for; those are slow steps of a route.
#ifndef TRELLIS_JOBS_JOBS_H
#define TRELLIS_JOBS_JOBS_H

#include "db/db.h"

extern const char jobs_schema_1[];

enum { JOB_TRIES_MOST = 8, JOB_CLAIM_S = 600 };

struct job {
    int64_t id;
    const char *kind;
    const char *body;
    int64_t tries; // this one included
    struct arena *arena;
    struct db *db;
    unsigned slot; // for db_read
    int64_t now_us;
    int64_t (*clock_us)(void); // for work that takes long: the time now
    void *context;             // of the kind
    void *kept;                // what outside found, for inside
};

// What a kind does. Each may be NULL, but not both.
//   outside  first, in no transaction: may take long, and speak to others
//   inside   then, in the transaction that ends the job
// Anything but RC_OK: it is tried again later. RC_BAD_INPUT: it is given up at once.
struct job_kind {
    const char *name;
    int64_t every_s; // > 0: repeats by itself, with an empty body
    bool lasts;      // its outside part may take minutes: it never runs before others that are due
    enum rc (*outside)(struct job *job);
    enum rc (*inside)(struct db_tx *tx, struct job *job);
    void *context;
};

// Asks for a job. The caller's transaction decides whether it happens.
enum rc job_add(struct db_tx *tx, const char *kind, const char *body, int64_t run_at_us,
                int64_t now_us);
// The same with an id of db_new_id that the caller keeps.
enum rc job_add_as(struct db_tx *tx, int64_t id, const char *kind, const char *body,
                   int64_t run_at_us);

// Of the work that lasts, at most JOB_LASTING_MOST kinds.
enum jobs_lane { JOBS_ALL, JOBS_SHORT, JOBS_LASTING };
enum { JOB_LASTING_MOST = 4 };

// Keeps a job that lasts from being taken for a dead one: to be called now and then by its outside.
enum rc job_hold(struct job *job);

struct jobs_settings {
    struct db *db;
    enum jobs_lane lane; // which kinds this thread runs
    unsigned slot;       // of db's readers, this thread's own
    const struct job_kind *kinds;
    size_t kind_count;
    int64_t (*now_us)(void);
    void (*tell)(const char *sentence); // about failures, without personal data
};

struct jobs; // the thread that runs them

enum rc jobs_open(const struct jobs_settings *settings, struct jobs **ret_jobs);
void jobs_close(struct jobs *jobs); // finishes the one that runs

// Runs the jobs that are due now, on the calling thread, until none is: for tests and commands.
enum rc jobs_run_due(const struct jobs_settings *settings, unsigned *ret_ran);

#endif

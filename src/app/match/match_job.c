// SPDX-License-Identifier: Apache-2.0
//
// Why: a run may take long, so it is a job: it reads the pool, computes outside of any transaction,
// tells how far it is, and keeps its result in one write.
#include <stdlib.h>
#include <string.h>

#include "app/match/match.h"
#include "app/match/match_offer.h"
#include "app/match/match_store.h"

struct running {
    struct job *job;
    struct match_run run;
    struct match_rules rules;
    struct match_input input;
    struct match_output output;
    const char *step;
    int64_t percent;
    int64_t told_us;
    int64_t held_us;
    bool goes_on;
};

static enum rc read_all(struct db_tx *tx, void *data)
{
    struct running *running = data;
    struct arena *arena = running->job->arena;
    TRY(run_find(tx, arena, 0, strtoll(running->job->body, NULL, 10), &running->run));
    TRY(rules_find(tx, arena, running->run.rules, &running->rules));
    running->input = (struct match_input){.only = running->run.only};
    const struct app_place at = {tx, arena, running->job->context, running->job->now_us};
    return match_read_input(&at, running->run.cohort, &running->rules, &running->input);
}

// What people read while it runs, and about where in the whole each step stands. The first name is
// of the library's steps; the last row is for all others: it solves.
static const struct {
    const char *name;
    const char *step;
    int64_t from;
    int64_t to;
} steps[] = {
    {"pairs",      "pairs", 2,  20},
    {"candidates", "pairs", 2,  20},
    {"check",      "check", 60, 80},
    {"explain",    "why",   80, 98},
    {NULL,         "solve", 20, 60},
};

static enum rc tell_work(struct db_tx *tx, void *data)
{
    struct running *running = data;
    return run_tell(tx, running->run.id, running->step, running->percent, &running->goes_on);
}

// Twice a second at most. A run that somebody has discarded stops here.
static bool tell(void *context, const char *step, uint64_t done, uint64_t total)
{
    enum { TELL_US = 500000, HOLD_US = 60000000 };
    struct running *running = context;
    int64_t now_us = running->job->clock_us();
    size_t k = 0;
    if (now_us - running->told_us < TELL_US)
        return true;
    running->told_us = now_us;
    while (steps[k].name != NULL && strcmp(steps[k].name, step) != 0)
        k++;
    int64_t part = total == 0 ? 0 : (int64_t)((double)done / (double)total * 100);
    int64_t percent = steps[k].from + (steps[k].to - steps[k].from) * part / 100;
    running->step = steps[k].step;
    running->percent = percent > running->percent ? percent : running->percent;
    running->goes_on = true;
    (void)db_write(running->job->db, tell_work, running); // only a hint for people
    if (now_us - running->held_us >= HOLD_US) {
        running->held_us = now_us;
        (void)job_hold(running->job);
    }
    return running->goes_on;
}

static enum rc settle(struct db_tx *tx, void *data)
{
    (void)data;
    return avoid_settle_all(tx);
}

static enum rc compute(struct job *job)
{
    struct running *running = ARENA_NEW(job->arena, struct running);
    if (running == NULL)
        return RC_NO_MEMORY;
    running->job = job;
    running->held_us = job->clock_us();
    TRY(db_write(job->db, settle, NULL)); // of addresses that somebody has by now
    TRY(db_read(job->db, job->slot, read_all, running));
    job->kept = running;
    running->output.run = running->run;
    running->output.run.digest = running->input.digest;
    if (strcmp(running->run.state, "computing") != 0)
        return RC_OK; // discarded before it began
    struct mm_options options = {
        .progress = {tell, running}
    };
    enum rc rc = match_compute(job->arena, &running->input, &options, &running->output);
    running->output.run.state = rc == RC_OK        ? "under_review"
                                : rc == RC_STOPPED ? "discarded"
                                                   : "failed";
    return rc == RC_NO_MEMORY ? rc : RC_OK; // what can't be solved is said on the run's page
}

// A run for one mentee alone publishes her pair, and nothing else.
static enum rc publish_only(struct db_tx *tx, struct job *job, const struct running *running)
{
    const struct app *app = job->context;
    struct offering o = {
        {tx, job->arena, app, job->now_us},
        app->url
    };
    const struct match_output *output = &running->output;
    uint64_t made = 0;
    for (size_t k = 0; k < output->pair_count; k++)
        if (output->pairs[k].mentee == running->run.only)
            TRY(offer_pairs(&o, &running->run, &output->pairs[k], 1, &made));
    return run_move(tx, running->run.id, "under_review", "published");
}

static enum rc keep(struct db_tx *tx, struct job *job)
{
    struct running *running = job->kept;
    if (strcmp(running->output.run.state, "discarded") == 0)
        return RC_OK;
    if (running->output.run.state[0] == 'f')
        return run_move(tx, running->run.id, "computing", "failed");
    enum rc rc = run_keep(tx, &running->output);
    if (rc == RC_EXISTS) // discarded while it ran
        return RC_OK;
    TRY(rc);
    bool by_itself = running->run.only != 0 && running->run.asked_by == 0;
    return by_itself ? publish_only(tx, job, running) : RC_OK;
}

struct job_kind match_run_kind(const struct app *app)
{
    return (struct job_kind){.name = "match_run",
                             .lasts = true,
                             .outside = compute,
                             .inside = keep,
                             .context = (void *)(uintptr_t)app};
}

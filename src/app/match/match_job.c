// SPDX-License-Identifier: Apache-2.0
//
// Why: a run may take long, so it is a job: it reads the pool, computes outside of any transaction,
// tells how far it is, and keeps its result in one write.
#include <stdlib.h>

#include "app/match/match.h"
#include "app/match/match_offer.h"
#include "app/match/match_store.h"

struct running {
    struct job *job;
    struct match_run run;
    struct match_rules rules;
    struct match_input input;
    struct match_output output;
    int64_t percent;
    uint64_t calls;
};

static enum rc read_all(struct db_tx *tx, void *data)
{
    struct running *running = data;
    struct arena *arena = running->job->arena;
    TRY(run_find(tx, arena, 0, strtoll(running->job->body, NULL, 10), &running->run));
    TRY(rules_find(tx, arena, running->run.rules, &running->rules));
    running->input = (struct match_input){.only = running->run.only};
    return match_read_input(tx, arena, running->run.cohort, &running->rules, &running->input);
}

static enum rc tell_work(struct db_tx *tx, void *data)
{
    const struct running *running = data;
    return run_tell(tx, running->run.id, running->percent);
}

// Told seldom: at powers of two of the calls. The steps are not of one length, so it is a guess.
static bool tell(void *context, const char *step, uint64_t done, uint64_t total)
{
    struct running *running = context;
    (void)step;
    (void)done;
    (void)total;
    running->calls++;
    if ((running->calls & (running->calls - 1)) == 0 && running->percent < 90) {
        running->percent += 10;
        (void)db_write(running->job->db, tell_work, running); // only a hint for people
    }
    return true;
}

static enum rc compute(struct job *job)
{
    struct running *running = ARENA_NEW(job->arena, struct running);
    if (running == NULL)
        return RC_NO_MEMORY;
    running->job = job;
    TRY(db_read(job->db, job->slot, read_all, running));
    struct mm_options options = {
        .progress = {tell, running}
    };
    running->output.run = running->run;
    running->output.run.digest = running->input.digest;
    enum rc rc = match_compute(job->arena, &running->input, &options, &running->output);
    running->output.run.state = rc == RC_OK ? "under_review" : "failed";
    job->kept = running;
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
    if (running->output.run.state[0] == 'f')
        return run_move(tx, running->run.id, "computing", "failed");
    enum rc rc = run_keep(tx, &running->output);
    if (rc == RC_EXISTS) // discarded while it ran
        return RC_OK;
    TRY(rc);
    return running->run.only == 0 ? RC_OK : publish_only(tx, job, running);
}

struct job_kind match_run_kind(const struct app *app)
{
    return (struct job_kind){
        .name = "match_run", .outside = compute, .inside = keep, .context = (void *)(uintptr_t)app};
}

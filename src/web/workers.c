// SPDX-License-Identifier: Apache-2.0
//
// Why: a password hash takes 20 ms on purpose; it must not hold up a loop or the database's writer.
//
// Promises: at most as many jobs wait as it is opened for; each runs once; closing finishes them.
//
// Not for: work that outlives a request. Jobs (src/jobs) do that.
#include <pthread.h>
#include <stdlib.h>

#include "web/run.h"

enum { WORKERS_MAX = 8 };

struct worker_row {
    worker_job *job;
    void *data;
};

struct worker {
    struct workers *all;
    pthread_t thread;
    unsigned slot;
};

struct workers {
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct worker_row *queue; // a ring
    size_t room;
    size_t first;
    size_t waiting;
    bool closing;
    struct worker each[WORKERS_MAX];
    unsigned count;
};

// The next job; false: closing, and nothing waits.
static bool workers_take(struct workers *workers, struct worker_row *ret_row)
{
    bool taken = false;
    pthread_mutex_lock(&workers->lock);
    while (workers->waiting == 0 && !workers->closing)
        pthread_cond_wait(&workers->more, &workers->lock);
    if (workers->waiting > 0) {
        *ret_row = workers->queue[workers->first];
        workers->first = (workers->first + 1) % workers->room;
        workers->waiting--;
        taken = true;
    }
    pthread_mutex_unlock(&workers->lock);
    return taken;
}

static void *worker_main(void *data)
{
    struct worker *worker = data;
    struct worker_row row;
    while (workers_take(worker->all, &row))
        row.job(row.data, worker->slot);
    return NULL;
}

enum rc workers_open(unsigned count, unsigned first_slot, size_t waiting_max,
                     struct workers **ret_workers)
{
    if (count == 0 || count > WORKERS_MAX || waiting_max == 0)
        return RC_LIMIT;
    struct workers *workers = calloc(1, sizeof *workers);
    if (workers != NULL)
        workers->queue = calloc(waiting_max, sizeof *workers->queue);
    if (workers == NULL || workers->queue == NULL) {
        free(workers);
        return RC_NO_MEMORY;
    }
    workers->room = waiting_max;
    pthread_mutex_init(&workers->lock, NULL);
    pthread_cond_init(&workers->more, NULL);
    for (; workers->count < count; workers->count++) {
        struct worker *worker = &workers->each[workers->count];
        worker->all = workers;
        worker->slot = first_slot + workers->count;
        if (pthread_create(&worker->thread, NULL, worker_main, worker) != 0) {
            workers_close(workers);
            return RC_IO;
        }
    }
    *ret_workers = workers;
    return RC_OK;
}

enum rc workers_give(struct workers *workers, worker_job *job, void *data)
{
    enum rc rc = RC_LIMIT;
    pthread_mutex_lock(&workers->lock);
    if (workers->waiting < workers->room && !workers->closing) {
        size_t last = (workers->first + workers->waiting) % workers->room;
        workers->queue[last] = (struct worker_row){job, data};
        workers->waiting++;
        pthread_cond_signal(&workers->more);
        rc = RC_OK;
    }
    pthread_mutex_unlock(&workers->lock);
    return rc;
}

void workers_close(struct workers *workers)
{
    pthread_mutex_lock(&workers->lock);
    workers->closing = true;
    pthread_cond_broadcast(&workers->more);
    pthread_mutex_unlock(&workers->lock);
    for (unsigned k = 0; k < workers->count; k++)
        pthread_join(workers->each[k].thread, NULL);
    pthread_cond_destroy(&workers->more);
    pthread_mutex_destroy(&workers->lock);
    free(workers->queue);
    free(workers);
}

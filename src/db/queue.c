// SPDX-License-Identifier: Apache-2.0
//
// Why: writes wait in one bounded queue. On SQLite one thread takes many of them into one
// transaction, each behind a savepoint of its own, so that they share one sync of the disk.
//
// Promises: a task is told its result once, after the commit; a task that fails undoes itself only.
#define _POSIX_C_SOURCE 200809L // pthread

#include <pthread.h>
#include <stdlib.h>

#include "db/driver.h"

enum { QUEUE_WRITERS_MAX = 8, QUEUE_BATCH_MAX = 128 };

struct queue_writer {
    struct db_queue *queue;
    struct db_link *link;
    pthread_t thread;
};

struct db_queue {
    struct db *db;
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct db_task *first;
    struct db_task *last;
    size_t waiting;
    bool closing;
    struct queue_writer writers[QUEUE_WRITERS_MAX];
    unsigned count;
};

// Takes at most `most` tasks; 0: closing, and none is left.
static size_t take(struct db_queue *queue, struct db_task **tasks, size_t most)
{
    size_t count = 0;
    pthread_mutex_lock(&queue->lock);
    while (queue->first == NULL && !queue->closing)
        pthread_cond_wait(&queue->more, &queue->lock);
    for (; count < most && queue->first != NULL; count++) {
        tasks[count] = queue->first;
        queue->first = queue->first->next;
        queue->waiting--;
    }
    if (queue->first == NULL)
        queue->last = NULL;
    pthread_mutex_unlock(&queue->lock);
    return count;
}

// One task behind its savepoint. *ret_whole: the transaction around it still stands; some failures
// (a full disk, no memory) make the engine undo all of it, and what came next would commit alone.
static enum rc run_task(struct db *db, struct db_link *link, struct db_task *task, bool *ret_whole)
{
    struct db_tx tx = {db, link};
    enum rc rc = db->driver->mark(link);
    *ret_whole = rc == RC_OK;
    TRY(rc);
    rc = task->work(&tx, task->data);
    enum rc settled = db->driver->settle(link, rc == RC_OK);
    *ret_whole = settled == RC_OK;
    return rc == RC_OK ? settled : rc;
}

static void run_batch(struct db *db, struct db_link *link, struct db_task **tasks, size_t count)
{
    enum rc results[QUEUE_BATCH_MAX];
    enum rc rc = db->driver->begin(link, true);
    bool begun = rc == RC_OK;
    for (size_t k = 0; k < count; k++) {
        bool whole = true;
        results[k] = rc == RC_OK ? run_task(db, link, tasks[k], &whole) : rc;
        if (!whole)
            rc = RC_IO;
    }
    if (rc == RC_OK)
        rc = db->driver->commit(link);
    if (begun && rc != RC_OK)
        db->driver->rollback(link);
    db_note_write(db, rc);
    for (size_t k = 0; k < count; k++)
        tasks[k]->done(tasks[k], results[k] == RC_OK ? rc : results[k]);
}

static void run_alone(struct db *db, struct db_link *link, struct db_task *task)
{
    enum rc rc = db_transact(db, link, true, task->work, task->data);
    db_note_write(db, rc);
    task->done(task, rc);
}

// Who waits for the end looks at scrub, and then at scrubbing.
static void scrub(struct db *db, struct db_link *link)
{
    if (db->driver->scrub == NULL || !atomic_load(&db->scrub))
        return;
    atomic_fetch_add(&db->scrubbing, 1);
    if (atomic_exchange(&db->scrub, false))
        (void)db->driver->scrub(link); // what remains goes with the next time
    atomic_fetch_sub(&db->scrubbing, 1);
}

static void *writer_main(void *data)
{
    struct queue_writer *writer = data;
    struct db *db = writer->queue->db;
    struct db_task *tasks[QUEUE_BATCH_MAX];
    size_t count = 0;
    while ((count = take(writer->queue, tasks, db->driver->batch)) > 0) {
        if (count == 1 || db->driver->batch == 1)
            run_alone(db, writer->link, tasks[0]);
        else
            run_batch(db, writer->link, tasks, count);
        scrub(db, writer->link);
    }
    return NULL;
}

static enum rc start_writer(struct db_queue *queue, struct queue_writer *writer)
{
    writer->queue = queue;
    TRY(queue->db->driver->connect(queue->db, DB_USE_WRITE, &writer->link));
    if (pthread_create(&writer->thread, NULL, writer_main, writer) == 0)
        return RC_OK;
    queue->db->driver->disconnect(writer->link);
    return RC_IO;
}

enum rc db_queue_open(struct db *db, struct db_queue **ret_queue)
{
    struct db_queue *queue = calloc(1, sizeof *queue);
    if (queue == NULL)
        return RC_NO_MEMORY;
    queue->db = db;
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->more, NULL);
    for (; queue->count < db->driver->writers; queue->count++) {
        enum rc rc = start_writer(queue, &queue->writers[queue->count]);
        if (rc != RC_OK) {
            db_queue_close(queue);
            return rc;
        }
    }
    *ret_queue = queue;
    return RC_OK;
}

enum rc db_queue_post(struct db_queue *queue, struct db_task *task)
{
    enum rc rc = RC_LIMIT;
    pthread_mutex_lock(&queue->lock);
    if (queue->waiting < DB_QUEUE_MAX && !queue->closing) {
        task->next = NULL;
        if (queue->last == NULL)
            queue->first = task;
        else
            queue->last->next = task;
        queue->last = task;
        queue->waiting++;
        pthread_cond_signal(&queue->more);
        rc = RC_OK;
    }
    pthread_mutex_unlock(&queue->lock);
    return rc;
}

void db_queue_close(struct db_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->closing = true;
    pthread_cond_broadcast(&queue->more);
    pthread_mutex_unlock(&queue->lock);
    for (unsigned k = 0; k < queue->count; k++) {
        pthread_join(queue->writers[k].thread, NULL);
        queue->db->driver->disconnect(queue->writers[k].link);
    }
    pthread_cond_destroy(&queue->more);
    pthread_mutex_destroy(&queue->lock);
    free(queue);
}

// SPDX-License-Identifier: Apache-2.0
//
// The same page without HTTP: the runner, the queries and the template on as many threads as there
// are processors. With a form it is sent there instead, by 64 threads that wait for their commits.
//
//   inside FOLDER PATH COOKIE SECONDS [FORM]       prints pages, or answers, a second
#define _POSIX_C_SOURCE 200809L // pthread, clock_gettime

#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "auth/token.h"
#include "main/desk_test.h"

enum { READERS_MAX = 32, WRITERS = 64 };

static atomic_bool over;

struct worker {
    pthread_t thread;
    unsigned loop;
    const char *path;
    const char *cookie;
    const char *form; // NULL: it asks for the page
    long count;
    int status;
    size_t bytes;
};

static void *work(void *data)
{
    struct worker *worker = data;
    struct arena_spare spare = {0};
    struct http_exchange exchange;
    desk_exchange_open(&exchange, NULL);
    exchange.loop = worker->loop;
    while (!atomic_load(&over)) {
        arena_open_on(&exchange.arena, DESK_ARENA_BYTES, &spare);
        worker->status = desk_ask(&exchange, worker->path, worker->cookie, worker->form);
        worker->bytes = exchange.length;
        worker->count++;
        arena_close(&exchange.arena);
    }
    desk_exchange_close(&exchange);
    arena_spare_close(&spare);
    return NULL;
}

static double now_s(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void measure(char **argv, unsigned threads)
{
    static struct worker workers[WRITERS];
    double began = now_s(CLOCK_MONOTONIC);
    double used = now_s(CLOCK_PROCESS_CPUTIME_ID);
    long pages = 0;
    for (unsigned k = 0; k < threads; k++) {
        workers[k] =
            (struct worker){.loop = k, .path = argv[2], .cookie = argv[3], .form = argv[5]};
        pthread_create(&workers[k].thread, NULL, work, &workers[k]);
    }
    struct timespec pause = {.tv_sec = strtol(argv[4], NULL, 10)};
    nanosleep(&pause, NULL);
    atomic_store(&over, true);
    for (unsigned k = 0; k < threads; k++) {
        pthread_join(workers[k].thread, NULL);
        pages += workers[k].count;
    }
    double taken = now_s(CLOCK_MONOTONIC) - began;
    used = now_s(CLOCK_PROCESS_CPUTIME_ID) - used;
    printf("%.0f pages a second, %.1f us of CPU a page, status %d, %zu bytes\n",
           (double)pages / taken, used / (double)pages * 1e6, workers[0].status, workers[0].bytes);
}

int main(int argc, char **argv)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned threads = cores < 1 ? 1 : cores > READERS_MAX ? READERS_MAX : (unsigned)cores;
    struct installation installation = {.readers = threads + 1, .loops = threads};
    struct app app;
    struct web *web = NULL;
    if (argc != 5 && argc != 6)
        return 2;
    installation.folder = argv[1];
    if (auth_start() != RC_OK || installation_open(&installation) != RC_OK ||
        desk_open(&installation, &app, &web) != RC_OK)
        return 1;
    measure(argv, argc == 6 ? WRITERS : threads);
    web_stop(web);
    db_close(installation.db);
    arena_close(&installation.arena);
    return 0;
}

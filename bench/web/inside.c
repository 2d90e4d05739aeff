// SPDX-License-Identifier: Apache-2.0
//
// The same page without HTTP: the runner, the queries and the template on as many threads as there
// are processors. http.h is answered here, so that nothing of the server is in it.
//
//   inside FOLDER PATH COOKIE SECONDS       prints pages a second
#define _POSIX_C_SOURCE 200809L // pthread, clock_gettime

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "auth/token.h"
#include "main/install.h"

enum { THREADS_MAX = 64, ARENA_LIMIT_BYTES = 64 << 20 };

struct http_exchange {
    struct http_request request;
    struct arena arena;
    unsigned loop;
    int status;
    size_t bytes;
};

static http_handler *handler;
static void *context;
static atomic_bool over;

const struct text *http_header_value(const struct http_request *request, const char *name)
{
    for (size_t k = 0; k < request->header_count; k++)
        if (text_equal(request->headers[k].name, text_of(name)))
            return &request->headers[k].value;
    return NULL;
}

const struct http_request *http_exchange_request(const struct http_exchange *exchange)
{
    return &exchange->request;
}

unsigned http_exchange_loop(const struct http_exchange *exchange)
{
    return exchange->loop;
}

void http_send(struct http_exchange *exchange, const struct http_answer *answer)
{
    exchange->status = answer->status;
    exchange->bytes = answer->body.length;
}

enum rc http_open(const struct http_settings *settings, struct http_server **ret_server,
                  const char **ret_error)
{
    handler = settings->handler;
    context = settings->context;
    *ret_server = NULL;
    *ret_error = "";
    return RC_OK;
}

uint16_t http_port(const struct http_server *server)
{
    (void)server;
    return 1;
}

enum rc http_stop(struct http_server *server)
{
    (void)server;
    return RC_OK;
}

struct worker {
    pthread_t thread;
    unsigned loop;
    struct text path;
    struct http_header headers[2];
    long count;
    int status;
    size_t bytes;
};

static void *work(void *data)
{
    struct worker *worker = data;
    struct arena_spare spare = {0};
    while (!atomic_load(&over)) {
        struct http_exchange exchange = {.loop = worker->loop};
        arena_open_on(&exchange.arena, ARENA_LIMIT_BYTES, &spare);
        exchange.request = (struct http_request){
            .method = WEB_GET,
            .path = worker->path,
            .query = {"", 0},
            .headers = worker->headers,
            .header_count = 2,
            .body = {"", 0},
            .peer_address = text_of("127.0.0.1"),
            .arena = &exchange.arena
        };
        handler(context, &exchange);
        worker->status = exchange.status;
        worker->bytes = exchange.bytes;
        worker->count++;
        arena_close(&exchange.arena);
    }
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
    static struct worker workers[THREADS_MAX];
    double began = now_s(CLOCK_MONOTONIC);
    double used = now_s(CLOCK_PROCESS_CPUTIME_ID);
    long pages = 0;
    for (unsigned k = 0; k < threads; k++) {
        struct worker *worker = &workers[k];
        worker->loop = k;
        worker->path = text_of(argv[2]);
        worker->headers[0] = (struct http_header){text_of("host"), text_of("127.0.0.1")};
        worker->headers[1] = (struct http_header){text_of("cookie"), text_of(argv[3])};
        pthread_create(&worker->thread, NULL, work, worker);
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
    unsigned threads = cores < 1 ? 1 : cores > THREADS_MAX / 2 ? THREADS_MAX / 2 : (unsigned)cores;
    struct installation installation = {.readers = threads + 1, .loops = threads};
    struct app app = {
        .site = "Trellis", .url = "http://127.0.0.1", .slices = installation_slices()};
    struct web *web = NULL;
    const char *error = "";
    if (argc != 5)
        return 2;
    installation.folder = argv[1];
    if (auth_start() != RC_OK || installation_open(&installation) != RC_OK)
        return 1;
    struct web_settings settings = {.hooks = installation_hooks(),
                                    .db = installation.db,
                                    .app = &app,
                                    .host = "127.0.0.1",
                                    .loops = threads,
                                    .workers = 1,
                                    .now_us = installation_now_us};
    settings.tables = installation_routes(&installation.arena, &settings.table_count);
    if (settings.tables == NULL || web_open(&settings, &web, &error) != RC_OK)
        return 1;
    measure(argv, threads);
    web_stop(web);
    db_close(installation.db);
    arena_close(&installation.arena);
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
//
// Why: tests and benchmarks that want all of the program but its sockets. http.h is answered here,
// so that a request is a call and nothing of the server is linked.
//
// Not for: more than one program a process.
#ifndef TRELLIS_MAIN_DESK_TEST_H
#define TRELLIS_MAIN_DESK_TEST_H

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "install.h"
#include "web/http.h"

enum { DESK_HEADERS = 6, DESK_BODY_BYTES = 1 << 20, DESK_ARENA_BYTES = 64 << 20 };

struct http_exchange {
    struct http_request request;
    struct http_header headers[DESK_HEADERS];
    struct arena arena;
    unsigned loop;
    int status; // 0: not answered yet
    size_t length;
    char *body; // DESK_BODY_BYTES to copy an answer to; NULL: nobody wants it
    pthread_mutex_t lock;
    pthread_cond_t answered;
};

static struct {
    http_handler *handler;
    void *context;
} desk;

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
    pthread_mutex_lock(&exchange->lock);
    exchange->length = answer->body.length;
    if (exchange->body != NULL && answer->body.length < DESK_BODY_BYTES) {
        memcpy(exchange->body, answer->body.bytes, answer->body.length);
        exchange->body[answer->body.length] = '\0';
    }
    exchange->status = answer->status;
    pthread_cond_signal(&exchange->answered);
    pthread_mutex_unlock(&exchange->lock);
}

enum rc http_open(const struct http_settings *settings, struct http_server **ret_server,
                  const char **ret_error)
{
    desk.handler = settings->handler;
    desk.context = settings->context;
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

static inline void desk_exchange_open(struct http_exchange *exchange, char *body)
{
    *exchange = (struct http_exchange){.body = body};
    pthread_mutex_init(&exchange->lock, NULL);
    pthread_cond_init(&exchange->answered, NULL);
}

static inline void desk_exchange_close(struct http_exchange *exchange)
{
    pthread_mutex_destroy(&exchange->lock);
    pthread_cond_destroy(&exchange->answered);
}

// Asks, and waits for the answer's status. form NULL: GET; one that begins with DESK_MARK has parts
// (multipart/form-data) that are cut by it. Its arena is the caller's to close. In the place of a
// cookie may stand "Bearer " and a token.
#define DESK_MARK "--desk-parts"
static inline int desk_ask(struct http_exchange *exchange, const char *path, const char *cookie,
                           const char *form)
{
    const bool bearer = strncmp(cookie, "Bearer ", 7) == 0;
    const bool parts = form != NULL && strncmp(form, DESK_MARK, sizeof DESK_MARK - 1) == 0;
    const char *type =
        parts ? "multipart/form-data; boundary=desk-parts" : "application/x-www-form-urlencoded";
    const struct http_header headers[DESK_HEADERS] = {
        {text_of("host"),                              text_of("127.0.0.1")  },
        {text_of(bearer ? "authorization" : "cookie"), text_of(cookie)       },
        {text_of("content-type"),                      text_of(type)         },
        {text_of("sec-fetch-site"),                    text_of("same-origin")},
    };
    memcpy(exchange->headers, headers, sizeof headers);
    const char *mark = strchr(path, '?');
    exchange->status = 0;
    exchange->request = (struct http_request){
        .method = form == NULL ? WEB_GET : WEB_POST,
        .path = {path, mark == NULL ? strlen(path) : (size_t)(mark - path)},
        .query = text_of(mark == NULL ? "" : mark + 1),
        .headers = exchange->headers,
        .header_count = form == NULL ? 2 : 4,
        .body = text_of(form == NULL ? "" : form),
        .peer_address = text_of("127.0.0.1"),
        .arena = &exchange->arena
    };
    desk.handler(desk.context, exchange);
    pthread_mutex_lock(&exchange->lock);
    while (exchange->status == 0)
        pthread_cond_wait(&exchange->answered, &exchange->lock);
    pthread_mutex_unlock(&exchange->lock);
    return exchange->status;
}

// The program on an installation that is open, without its jobs, with a clock of the test's.
static inline enum rc desk_open_at(struct installation *installation, struct app *app,
                                   int64_t (*now_us)(void), struct web **ret_web)
{
    const char *error = "";
    struct web_settings settings = {.hooks = installation_hooks(),
                                    .db = installation->db,
                                    .app = app,
                                    .host = "127.0.0.1",
                                    .loops = installation->loops,
                                    .workers = 1,
                                    .now_us = now_us};
    *app = (struct app){.site = "Trellis",
                        .url = "http://127.0.0.1",
                        .mail = "trellis@localhost",
                        .slices = installation_slices()};
    settings.tables = installation_routes(&installation->arena, &settings.table_count);
    return settings.tables == NULL ? RC_NO_MEMORY : web_open(&settings, ret_web, &error);
}

static inline enum rc desk_open(struct installation *installation, struct app *app,
                                struct web **ret_web)
{
    return desk_open_at(installation, app, installation_now_us, ret_web);
}

#endif

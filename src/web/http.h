// SPDX-License-Identifier: Apache-2.0
//
// Why: the web server's protocol: HTTP/1.1 as RFC 9110 and 9112 want it, over libuv and llhttp.
//
// Promises: requests that can be understood in two ways are refused; every wait has a limit; an
// answer may come from any thread, and pipelined answers leave in the order of their requests.
//
// Not for: TLS and HTTP/2 (a proxy in front does them), routes or pages.
#ifndef TRELLIS_WEB_HTTP_H
#define TRELLIS_WEB_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "base/text.h"

enum web_method {
    WEB_GET,
    WEB_HEAD,
    WEB_POST,
    WEB_PUT,
    WEB_PATCH,
    WEB_DELETE,
    WEB_OPTIONS,
};

struct http_header {
    struct text name; // lower case in a request
    struct text value;
};

struct http_request {
    enum web_method method;
    struct text path;  // as sent, percent-encoded, without the query
    struct text query; // without the question mark
    const struct http_header *headers;
    size_t header_count;
    struct text body;
    struct text peer_address; // to read: "127.0.0.1"
    struct arena *arena;      // of this exchange; closed after the answer is sent
};

// The first header of that name (lower case); NULL: there is none.
const struct text *http_header_value(const struct http_request *request, const char *name);

struct http_answer {
    int status;
    const char *content_type;
    const struct http_header *headers;
    size_t header_count;
    struct text body;
    bool close;      // the connection, after it
    bool body_lasts; // it lies in the exchange's arena or is static, and is not copied
};

struct http_exchange; // one request that is being answered

const struct http_request *http_exchange_request(const struct http_exchange *exchange);
unsigned http_exchange_loop(const struct http_exchange *exchange); // 0 .. loops-1

// Runs on a loop's thread. Must lead to exactly one http_send, now or later.
typedef void http_handler(void *context, struct http_exchange *exchange);

// From any thread. Copies what it needs but a body that lasts; the exchange is no longer the
// caller's afterwards.
void http_send(struct http_exchange *exchange, const struct http_answer *answer);

struct http_settings {
    const char *host; // a numeric address
    uint16_t port;    // 0: any
    unsigned loops;
    size_t body_max_bytes;
    uint32_t head_timeout_ms;
    uint32_t body_timeout_ms;
    uint32_t idle_timeout_ms;
    uint32_t write_timeout_ms;
    unsigned connections_max;
    unsigned connections_per_address_max;
    http_handler *handler;
    void *context;
};

struct http_server;

// Binds, and starts its threads. ret_error is a sentence, static.
enum rc http_open(const struct http_settings *settings, struct http_server **ret_server,
                  const char **ret_error);
uint16_t http_port(const struct http_server *server);

// Accepts no more, finishes what is in flight within 5 s, and closes.
enum rc http_stop(struct http_server *server);

#endif

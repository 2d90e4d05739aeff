// SPDX-License-Identifier: Apache-2.0
//
// Why: what the server (http.c) and the reader of requests (http_parse.c) share.
#ifndef TRELLIS_WEB_HTTP_INNER_H
#define TRELLIS_WEB_HTTP_INNER_H

#include <llhttp.h>
#include <pthread.h>
#include <uv.h>

#include "base/buffer.h"

#include "web/http.h"

enum {
    HTTP_TARGET_MAX_BYTES = 8 << 10,
    HTTP_HEAD_MAX_BYTES = 16 << 10,
    HTTP_HEADERS_MAX = 100,
    HTTP_PIPELINE_MAX = 1, // requests of one connection that wait for their answers
    HTTP_ARENA_EXTRA_BYTES = 64 << 20,
};

struct http_loop;

// A header while its bytes come in: places in the head's buffer.
struct http_span {
    size_t from;
    size_t length;
};

struct http_exchange {
    struct http_loop *loop;
    struct http_connection *connection; // NULL: the peer is gone
    struct http_exchange *next;         // of its connection, in the order of requests
    struct http_exchange *next_done;    // of the loop's list of answers
    struct arena arena;
    struct http_request request;
    struct buffer head; // target, then names and values
    struct buffer body;
    struct http_span target;
    struct http_span names[HTTP_HEADERS_MAX];
    struct http_span values[HTTP_HEADERS_MAX];
    size_t header_count;
    bool wants_close;
    bool is_head;
    bool ready;              // the loop has taken the answer; only its thread reads this
    struct text answer;      // in the arena; NULL: no memory for it
    struct text answer_body; // what follows it
};

struct http_connection {
    uv_tcp_t tcp;
    uv_timer_t timer;
    uv_write_t write;
    llhttp_t parser;
    struct http_loop *loop;
    struct http_connection *next; // of the loop's connections
    struct http_connection *previous;
    struct http_exchange *reading; // the one that comes in; NULL: between requests
    struct http_exchange *first;   // those that wait, the oldest first
    struct http_exchange *last;
    unsigned waiting;
    unsigned handles; // that must close before this is freed
    int refused;      // the status that ends it; 0: none
    bool writing;
    bool closing;
    bool ended; // reads no more: it closes after its last answer
    bool full;  // so many wait that the parser takes no more
    bool deaf;  // nothing is read from the socket meanwhile
    char *rest; // what was read and not parsed; NULL: nothing
    size_t rest_length;
    bool begun;         // bytes of the next request came in: its time runs
    bool said_all;      // the peer sends no more
    bool head_value;    // the last header piece was a value
    bool gap_ends_line; // a line has ended since the last piece of a header
    const char *gap;    // where that piece ended, in the bytes at hand; NULL: no header is read
    char address[48];   // the peer's
};

// http_parse.c
void http_parser_open(struct http_connection *connection);
// 0: fine; else the status of the error that ends the connection.
int http_parser_feed(struct http_connection *connection, const char *bytes, size_t length);
int http_parser_resume(struct http_connection *connection); // with the rest

// http.c, called by the parser
struct http_exchange *http_exchange_open(struct http_connection *connection);
void http_request_is_whole(struct http_connection *connection);
void http_wait_for_body(struct http_connection *connection, bool continues);
const struct http_settings *http_settings_of(const struct http_connection *connection);

#endif

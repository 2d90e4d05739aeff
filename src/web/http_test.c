// SPDX-License-Identifier: Apache-2.0
//
// The server as a peer sees it: the requests that must be refused, pipelines, slow peers, stopping.
#define _GNU_SOURCE // poll, memmem, pthread

#include "web/http.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/tap.h"

enum { WAIT_MS = 15000, ANSWER_BYTES = 1 << 16, BODY_MAX = 100000, HELD_MAX = 8 };

// What the handler does: "/hold" waits until the test lets go, the rest is answered at once.
struct desk {
    pthread_mutex_t lock;
    struct http_exchange *held[HELD_MAX];
    int count;
};

static void answer_text(struct http_exchange *exchange, const char *text)
{
    struct http_answer answer = {
        .status = 200, .content_type = "text/plain; charset=utf-8", .body = text_of(text)};
    http_send(exchange, &answer);
}

static void handle(void *context, struct http_exchange *exchange)
{
    struct desk *desk = context;
    const struct http_request *request = http_exchange_request(exchange);
    if (text_equal(request->path, text_of("/hold"))) {
        pthread_mutex_lock(&desk->lock);
        desk->held[desk->count++] = exchange;
        pthread_mutex_unlock(&desk->lock);
        return;
    }
    answer_text(exchange,
                arena_printf(request->arena, "path %.*s query %.*s body %zu:%.*s peer %.*s",
                             (int)request->path.length, request->path.bytes,
                             (int)request->query.length, request->query.bytes, request->body.length,
                             (int)(request->body.length % 100), request->body.bytes,
                             (int)request->peer_address.length, request->peer_address.bytes));
}

static int held_count(struct desk *desk)
{
    pthread_mutex_lock(&desk->lock);
    int count = desk->count;
    pthread_mutex_unlock(&desk->lock);
    return count;
}

static struct http_server *start(struct desk *desk, uint32_t limit_ms)
{
    struct http_settings settings = {.host = "127.0.0.1",
                                     .loops = 2,
                                     .body_max_bytes = BODY_MAX,
                                     .head_timeout_ms = limit_ms,
                                     .body_timeout_ms = limit_ms,
                                     .idle_timeout_ms = limit_ms,
                                     .write_timeout_ms = limit_ms,
                                     .connections_max = 1000,
                                     .connections_per_address_max = 500,
                                     .handler = handle,
                                     .context = desk};
    struct http_server *server = NULL;
    const char *error = "";
    if (http_open(&settings, &server, &error) != RC_OK)
        abort();
    return server;
}

static int dial(const struct http_server *server)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(http_port(server))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
        abort();
    return fd;
}

static void put(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        bytes += sent;
        length -= (size_t)sent;
    }
}

// Reads until `wanted` stands in it (NULL: until the end). -1: it took too long.
static int get(int fd, char *answer, const char *wanted)
{
    size_t length = 0;
    answer[0] = '\0';
    for (;;) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        if (poll(&ready, 1, WAIT_MS) <= 0)
            return -1;
        ssize_t got = recv(fd, answer + length, ANSWER_BYTES - 1 - length, 0);
        if (got <= 0)
            return (int)length;
        length += (size_t)got;
        answer[length] = '\0';
        if (wanted != NULL && strstr(answer, wanted) != NULL)
            return (int)length;
    }
}

static int status_of(const char *answer)
{
    return strncmp(answer, "HTTP/1.1 ", 9) == 0 ? (int)strtol(answer + 9, NULL, 10) : 0;
}

// ---- the probes ------------------------------------------------------------------------------

struct probe {
    const char *name;
    const char *bytes;
    size_t length; // 0: up to the NUL
    int status;
    int other; // also right
};

#define HOST "Host: a\r\n"
#define LAST "Connection: close\r\n\r\n"

static const struct probe probes[] = {
    {"no Host",                  "GET / HTTP/1.1\r\n\r\n",                                                      0,  400, 400},
    {"two Hosts",                "GET / HTTP/1.1\r\n" HOST HOST "\r\n",                                         0,  400, 400},
    {"space before colon",       "GET / HTTP/1.1\r\nHost : a\r\n\r\n",                                          0,  400, 400},
    {"bare line feeds",          "GET / HTTP/1.1\nHost: a\nConnection: close\n\n",                              0,  400, 200},
    {"folded header",            "GET / HTTP/1.1\r\n" HOST "X: a\r\n b\r\n" LAST,                               0,  400, 400},
    {"a value on the next line", "GET / HTTP/1.1\r\n" HOST "X:\r\n b\r\n" LAST,                                 0,  400, 400},
    {"a header without a name",  "GET / HTTP/1.1\r\n" HOST ": a\r\n" LAST,                                      0,  400, 400},
    {"an empty value",           "GET / HTTP/1.1\r\n" HOST "X:\r\nY: a\r\n" LAST,                               0,  200, 200},
    {"NUL in a value",           "GET / HTTP/1.1\r\n" HOST "X: a\0b\r\n\r\n",                                   36, 400, 400},
    {"bare CR in a value",       "GET / HTTP/1.1\r\n" HOST "X: a\rb\r\n\r\n",                                   0,  400, 400},
    {"no colon",                 "GET / HTTP/1.1\r\n" HOST "X\r\n\r\n",                                         0,  400, 400},
    {"NUL in the path",          "GET /a\0b HTTP/1.1\r\n" HOST "\r\n",                                          30, 400, 400},
    {"HTTP/1.1x",                "GET / HTTP/1.1x\r\n" HOST "\r\n",                                             0,  400, 505},
    {"HTTP/3.7",                 "GET / HTTP/3.7\r\n" HOST "\r\n",                                              0,  400, 505},
    {"two lengths",              "POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
     0,                                                                                                             400, 400},
    {"length 10, 10",            "POST / HTTP/1.1\r\n" HOST "Content-Length: 10, 10\r\n\r\n0123456789",         0,  400,
     200                                                                                                                    },
    {"length +10",               "POST / HTTP/1.1\r\n" HOST "Content-Length: +10\r\n\r\n0123456789",            0,  400, 400},
    {"length -1",                "POST / HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\n",                       0,  400, 400},
    {"length 0x0a",              "POST / HTTP/1.1\r\n" HOST "Content-Length: 0x0a\r\n\r\n0123456789",           0,  400,
     400                                                                                                                    },
    {"length 2^64+10",           "POST / HTTP/1.1\r\n" HOST "Content-Length: 18446744073709551626\r\n\r\n",     0,
     400,                                                                                                                413},
    {"length and chunked",
     "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
     0,                                                                                                             400, 400},
    {"xchunked",
     "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nTransfer-Encoding: xchunked\r\n\r\nabcde",                0,
     400,                                                                                                                501},
    {"gzip, chunked",
     "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",                            0,  400, 501},
    {"tab before chunked",
     "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n",                                0,  400, 501},
    {"chunk size 0xa",
     "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0xa\r\n0123456789\r\n0\r\n\r\n",
     0,                                                                                                             400, 400},
    {"chunk 2^64+10",
     "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n1000000000000000a\r\n",                      0,  400,
     413                                                                                                                    },
    {"chunk size -a",
     "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n-a\r\n0123456789\r\n0\r\n\r\n",
     0,                                                                                                             400, 400},
    {"no CRLF after chunk",
     "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n3\r\nabc0\r\n\r\n",                          0,  400, 400},
    {"plain GET",                "GET /p?q=1 HTTP/1.1\r\n" HOST LAST,                                           0,  200, 200},
    {"chunked POST",
     "POST /p HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n" LAST "3\r\nabc\r\n0\r\n\r\n",                 0,
     200,                                                                                                                200},
};

static void try_probes(const struct http_server *server)
{
    static char answer[ANSWER_BYTES];
    for (size_t k = 0; k < sizeof probes / sizeof probes[0]; k++) {
        const struct probe *probe = &probes[k];
        int fd = dial(server);
        put(fd, probe->bytes, probe->length == 0 ? strlen(probe->bytes) : probe->length);
        int length = get(fd, answer, NULL);
        int status = status_of(answer);
        ok(length > 0 && (status == probe->status || status == probe->other), "%s: %d", probe->name,
           status);
        close(fd);
    }
}

// A request of many bytes that is made, not written down.
static int ask_large(const struct http_server *server, const char *start_line, const char *piece,
                     int times, const char *end)
{
    static char answer[ANSWER_BYTES];
    int fd = dial(server);
    put(fd, start_line, strlen(start_line));
    for (int k = 0; k < times; k++)
        put(fd, piece, strlen(piece));
    put(fd, end, strlen(end));
    get(fd, answer, NULL);
    close(fd);
    return status_of(answer);
}

static void try_large(const struct http_server *server)
{
    const char *sixteen = "aaaaaaaaaaaaaaaa";
    int status = ask_large(server, "GET / HTTP/1.1\r\n" HOST "X: ", sixteen, 4096, "\r\n\r\n");
    ok(status == 431 || status == 0, "a header of 64 KB: %d", status);
    status = ask_large(server, "GET / HTTP/1.1\r\n" HOST, "A: b\r\n", 2000, "\r\n");
    ok(status == 431 || status == 0, "2,000 headers: %d", status);
    status = ask_large(server, "GET /", sixteen, 4096, " HTTP/1.1\r\n" HOST "\r\n");
    ok(status == 414 || status == 0, "a target of 64 KB: %d", status);
    status =
        ask_large(server, "POST / HTTP/1.1\r\n" HOST "Content-Length: 100001\r\n\r\n", "", 0, "");
    is_int(status, 413, "a body that is announced too long");
    status = ask_large(server, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n",
                       "10\r\naaaaaaaaaaaaaaaa\r\n", 6300, "0\r\n\r\n");
    ok(status == 413 || status == 0, "and one that becomes too long: %d", status);
    status = ask_large(server, "POST / HTTP/1.1\r\n" HOST "Content-Length: 65536\r\n" LAST, sixteen,
                       4096, "");
    is_int(status, 200, "a large body within the limit");
}

static void try_pipeline(const struct http_server *server, struct desk *desk)
{
    static char answer[ANSWER_BYTES];
    int fd = dial(server);
    const char *three = "GET /hold HTTP/1.1\r\n" HOST "\r\nHEAD /b HTTP/1.1\r\n" HOST
                        "\r\nGET /c?x HTTP/1.1\r\n" HOST LAST;
    put(fd, three, strlen(three));
    while (held_count(desk) == 0)
        sched_yield();
    answer_text(desk->held[0], "from another thread");
    desk->count = 0;
    ok(get(fd, answer, NULL) > 0, "three answers");
    char *first = strstr(answer, "from another thread");
    char *last = strstr(answer, "path /c query x");
    ok(first != NULL && last != NULL && first < last, "in the order of the requests");
    ok(strstr(answer, "path /b") == NULL, "HEAD has no body");
    ok(strstr(answer, "peer 127.0.0.1") != NULL, "the peer is known");
    close(fd);
}

// Who says no more still hears: what she asked for was done.
static void try_half_closed(const struct http_server *server, struct desk *desk)
{
    static char answer[ANSWER_BYTES];
    int fd = dial(server);
    const char *two = "GET /hold HTTP/1.1\r\n" HOST "\r\nGET /last HTTP/1.1\r\n" HOST "\r\n";
    put(fd, two, strlen(two));
    shutdown(fd, SHUT_WR);
    while (held_count(desk) == 0)
        sched_yield();
    ask_large(server, "GET / HTTP/1.1\r\n" HOST LAST, "", 0, ""); // its loop has met the end by now
    ask_large(server, "GET / HTTP/1.1\r\n" HOST LAST, "", 0, "");
    answer_text(desk->held[0], "it was done");
    desk->count = 0;
    ok(get(fd, answer, NULL) > 0 && strstr(answer, "it was done") != NULL &&
           strstr(answer, "path /last") != NULL,
       "who has closed her side gets her answers, and the end");
    close(fd);
}

// More at once than are answered at once: the rest waits where it was read, and keeps its order.
static void try_long_pipeline(const struct http_server *server)
{
    enum { COUNT = 80, REQUEST_BYTES = 64 };
    static char answer[ANSWER_BYTES];
    static char asked[COUNT * REQUEST_BYTES];
    size_t length = 0;
    for (int k = 1; k <= COUNT; k++)
        length += (size_t)snprintf(asked + length, sizeof asked - length,
                                   "GET /%d HTTP/1.1\r\nHost: a\r\n%s\r\n", k,
                                   k == COUNT ? "Connection: close\r\n" : "");
    int fd = dial(server);
    put(fd, asked, length / 3); // ends amid a request
    put(fd, asked + length / 3, length - length / 3);
    ok(get(fd, answer, NULL) > 0, "%d answers", COUNT);
    int good = 0;
    const char *at = answer;
    for (int k = 1; k <= COUNT && at != NULL; k++) {
        char path[32];
        snprintf(path, sizeof path, "path /%d query", k);
        at = strstr(at, path);
        good += at != NULL;
    }
    is_int(good, COUNT, "each in its turn");
    close(fd);
}

static void try_slow(struct desk *desk)
{
    static char answer[ANSWER_BYTES];
    struct http_server *server = start(desk, 150);
    const char *const slow[] = {"", "GET / HT", "GET / HTTP/1.1\r\nHost: a\r\nX: ",
                                "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nab"};
    for (size_t k = 0; k < sizeof slow / sizeof slow[0]; k++) {
        int fd = dial(server);
        put(fd, slow[k], strlen(slow[k]));
        ok(get(fd, answer, NULL) >= 0, "a peer that stops after %zu bytes is cut", strlen(slow[k]));
        close(fd);
    }
    int fd = dial(server);
    const char *whole = "GET / HTTP/1.1\r\n" HOST "\r\n";
    put(fd, whole, strlen(whole));
    ok(get(fd, answer, NULL) > 0 && status_of(answer) == 200,
       "an idle one is cut after its answer");
    close(fd);
    is_int(http_stop(server), RC_OK, "stopped");
}

static void try_many(const struct http_server *server)
{
    enum { MANY = 150 };
    static char answer[ANSWER_BYTES];
    int fds[MANY];
    int good = 0;
    for (int k = 0; k < MANY; k++)
        fds[k] = dial(server);
    const char *whole = "GET / HTTP/1.1\r\n" HOST "\r\n";
    for (int k = 0; k < MANY; k++) {
        put(fds[k], whole, strlen(whole));
        good += get(fds[k], answer, "peer") > 0 && status_of(answer) == 200;
    }
    is_int(good, MANY, "many connections at once");
    for (int k = 0; k < MANY; k++)
        close(fds[k]);
}

struct stopping {
    struct http_server *server;
    enum rc rc;
};

static void *stop_main(void *data)
{
    struct stopping *stopping = data;
    stopping->rc = http_stop(stopping->server);
    return NULL;
}

static void try_stop(struct http_server *server, struct desk *desk)
{
    static char answer[ANSWER_BYTES];
    struct stopping stopping = {server, RC_IO};
    int fd = dial(server);
    int gone = dial(server);
    const char *hold = "GET /hold HTTP/1.1\r\n" HOST "\r\n";
    put(fd, hold, strlen(hold));
    while (held_count(desk) < 1)
        sched_yield();
    put(gone, hold, strlen(hold));
    while (held_count(desk) < 2)
        sched_yield();
    close(gone); // she leaves before her answer
    pthread_t thread;
    if (pthread_create(&thread, NULL, stop_main, &stopping) != 0)
        abort();
    answer_text(desk->held[1], "too late");
    answer_text(desk->held[0], "finished");
    ok(get(fd, answer, NULL) > 0 && strstr(answer, "finished") != NULL,
       "what is in flight is finished");
    pthread_join(thread, NULL);
    is_int(stopping.rc, RC_OK, "stopped");
    close(fd);
}

int main(void)
{
    static struct desk desk;
    pthread_mutex_init(&desk.lock, NULL);
    struct http_server *server = start(&desk, 10000);
    try_probes(server);
    try_large(server);
    try_pipeline(server, &desk);
    try_half_closed(server, &desk);
    try_long_pipeline(server);
    try_many(server);
    try_stop(server, &desk);
    desk.count = 0;
    try_slow(&desk);
    return tap_done();
}

// SPDX-License-Identifier: Apache-2.0
//
// The server: loops, connections, time-outs, and answers that come from any thread. See http.h.
#define _GNU_SOURCE // SO_REUSEPORT, accept4 flags

#include "web/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "web/http_inner.h"

enum { LOOPS_MAX = 32, READ_BYTES = 64 << 10, STOP_LIMIT_MS = 5000, BACKLOG = 1024 };

struct http_loop {
    struct http_server *server;
    unsigned index;
    pthread_t thread;
    bool runs;
    uv_loop_t uv;
    uv_tcp_t listener;
    uv_async_t wake;
    uv_timer_t stop_timer;
    int socket;
    struct http_connection *connections;
    unsigned count;
    unsigned outstanding;      // exchanges whose answer has not come
    struct arena_spare spare;  // for its exchanges
    struct http_exchange *own; // answers that were given on its own thread
    bool stopping;
    bool closed;          // its own handles are closing
    pthread_mutex_t lock; // guards what follows
    struct http_exchange *done;
    bool stop_asked;
    char bytes[READ_BYTES];
};

struct http_server {
    struct http_settings settings;
    struct http_loop *loops[LOOPS_MAX];
    unsigned count;
    uint16_t port;
};

// The loop that this thread runs; NULL: it runs none.
static _Thread_local struct http_loop *loop_here;

static void take_own_answers(struct http_loop *loop);
static void close_connection(struct http_connection *connection);

const struct http_settings *http_settings_of(const struct http_connection *connection)
{
    return &connection->loop->server->settings;
}

const struct http_request *http_exchange_request(const struct http_exchange *exchange)
{
    return &exchange->request;
}

unsigned http_exchange_loop(const struct http_exchange *exchange)
{
    return exchange->loop->index;
}

// ---- exchanges -------------------------------------------------------------------------------

struct http_exchange *http_exchange_open(struct http_connection *connection)
{
    struct http_exchange *exchange = calloc(1, sizeof *exchange);
    if (exchange == NULL)
        return NULL;
    size_t body_max = http_settings_of(connection)->body_max_bytes;
    exchange->loop = connection->loop;
    exchange->connection = connection;
    arena_open_on(&exchange->arena, 2 * body_max + HTTP_ARENA_EXTRA_BYTES,
                  &connection->loop->spare);
    buffer_open(&exchange->head, &exchange->arena, HTTP_HEAD_MAX_BYTES + 1);
    buffer_open(&exchange->body, &exchange->arena, body_max);
    exchange->request.arena = &exchange->arena;
    return exchange;
}

static void free_exchange(struct http_exchange *exchange)
{
    arena_close(&exchange->arena);
    free(exchange);
}

static void append_exchange(struct http_connection *connection, struct http_exchange *exchange)
{
    if (connection->last == NULL)
        connection->first = exchange;
    else
        connection->last->next = exchange;
    connection->last = exchange;
    connection->waiting++;
}

// ---- time-outs -------------------------------------------------------------------------------

static void on_timeout(uv_timer_t *timer)
{
    close_connection(timer->data);
}

static void limit_wait(struct http_connection *connection, uint32_t limit_ms)
{
    if (connection->closing)
        return;
    if (limit_ms == 0)
        uv_timer_stop(&connection->timer);
    else
        uv_timer_start(&connection->timer, on_timeout, limit_ms, 0);
}

// ---- reading ---------------------------------------------------------------------------------

static void give_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *ret_buffer)
{
    (void)suggested;
    struct http_connection *connection = handle->data;
    *ret_buffer = uv_buf_init(connection->loop->bytes, READ_BYTES);
}

static const char *reason_of(int status)
{
    static const struct {
        int status;
        const char *reason;
    } reasons[] = {
        {200, "OK"                             },
        {204, "No Content"                     },
        {303, "See Other"                      },
        {304, "Not Modified"                   },
        {400, "Bad Request"                    },
        {401, "Unauthorized"                   },
        {403, "Forbidden"                      },
        {404, "Not Found"                      },
        {405, "Method Not Allowed"             },
        {406, "Not Acceptable"                 },
        {409, "Conflict"                       },
        {413, "Content Too Large"              },
        {414, "URI Too Long"                   },
        {415, "Unsupported Media Type"         },
        {422, "Unprocessable Content"          },
        {429, "Too Many Requests"              },
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"          },
        {501, "Not Implemented"                },
        {503, "Service Unavailable"            },
        {505, "HTTP Version Not Supported"     },
    };
    for (size_t k = 0; k < sizeof reasons / sizeof reasons[0]; k++)
        if (reasons[k].status == status)
            return reasons[k].reason;
    return "Answer";
}

// A request that cannot be understood gets one plain answer, in its turn, and the connection ends.
static void refuse_request(struct http_connection *connection, int status)
{
    struct http_exchange *exchange = connection->reading;
    connection->ended = true;
    connection->reading = NULL;
    uv_read_stop((uv_stream_t *)&connection->tcp);
    if (exchange == NULL)
        exchange = http_exchange_open(connection);
    if (exchange == NULL) {
        close_connection(connection);
        return;
    }
    char text[80];
    snprintf(text, sizeof text, "%d %s\n", status, reason_of(status));
    struct http_answer answer = {.status = status,
                                 .content_type = "text/plain; charset=utf-8",
                                 .body = text_of(text),
                                 .close = true};
    append_exchange(connection, exchange);
    connection->loop->outstanding++;
    http_send(exchange, &answer);
}

static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
    struct http_connection *connection = stream->data;
    if (length == UV_EOF && connection->waiting > 0) { // says no more, and may still listen
        connection->said_all = true;
        uv_read_stop(stream);
        return;
    }
    if (length < 0) {
        close_connection(connection);
        return;
    }
    if (length == 0 || connection->ended)
        return;
    if (connection->reading == NULL && connection->waiting == 0 && !connection->begun)
        limit_wait(connection, http_settings_of(connection)->head_timeout_ms);
    connection->begun = true; // empty lines before a request give a peer no more time
    int status = http_parser_feed(connection, buffer->base, (size_t)length);
    if (status != 0 && !connection->closing)
        refuse_request(connection, status);
    if (connection->rest != NULL && !connection->deaf) {
        connection->deaf = true;
        uv_read_stop(stream);
    }
    take_own_answers(connection->loop);
}

void http_wait_for_body(struct http_connection *connection, bool continues)
{
    static char words[] = "HTTP/1.1 100 Continue\r\n\r\n";
    limit_wait(connection, http_settings_of(connection)->body_timeout_ms);
    if (continues && connection->waiting == 0) {
        uv_buf_t out = uv_buf_init(words, sizeof words - 1);
        uv_try_write((uv_stream_t *)&connection->tcp, &out, 1);
    }
}

void http_request_is_whole(struct http_connection *connection)
{
    struct http_exchange *exchange = connection->reading;
    const struct http_settings *settings = http_settings_of(connection);
    connection->reading = NULL;
    connection->begun = false;
    append_exchange(connection, exchange);
    connection->loop->outstanding++;
    limit_wait(connection, 0);
    if (exchange->wants_close)
        connection->ended = true;
    connection->full = connection->waiting >= HTTP_PIPELINE_MAX;
    exchange->request.peer_address = text_of(connection->address);
    settings->handler(settings->context, exchange);
}

// ---- answers ---------------------------------------------------------------------------------

// Of this second, made once a thread and second.
static const char *date_now(void)
{
    static _Thread_local time_t second;
    static _Thread_local char text[40];
    time_t now = time(NULL);
    struct tm parts;
    if (now == second && text[0] != '\0')
        return text;
    second = now;
    if (gmtime_r(&now, &parts) == NULL ||
        strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts) == 0)
        text[0] = '\0';
    return text;
}

static bool is_clean(struct text text)
{
    for (size_t k = 0; k < text.length; k++)
        if (text.bytes[k] == '\r' || text.bytes[k] == '\n' || text.bytes[k] == '\0')
            return false;
    return true;
}

static char *put(char *to, const char *bytes, size_t length)
{
    if (length > 0)
        memcpy(to, bytes, length);
    return to + length;
}

static char *put_header(char *to, struct http_header header)
{
    to = put(to, header.name.bytes, header.name.length);
    to = put(to, ": ", 2);
    to = put(to, header.value.bytes, header.value.length);
    return put(to, "\r\n", 2);
}

// What every answer carries, also those to requests that nobody understood.
static const char protection[] =
    "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "script-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), microphone=(), geolocation=()\r\n";
static const char bare[] =
    "Cache-Control: no-store\r\n"; // where nobody says how long it may be kept

// The head of an answer, and its body behind it unless that stays where it is, in the exchange's
// arena: they outlive what they are made of.
static void make_answer(struct http_exchange *exchange, const struct http_answer *answer)
{
    enum { FIRST_LINES_BYTES = 512 };
    struct text body = exchange->is_head ? (struct text){"", 0} : answer->body;
    size_t room = FIRST_LINES_BYTES + sizeof protection + sizeof bare;
    if (!answer->body_lasts)
        room += body.length;
    for (size_t k = 0; k < answer->header_count; k++)
        room += answer->headers[k].name.length + answer->headers[k].value.length + 4;
    char *bytes = arena_alloc(&exchange->arena, room);
    if (bytes == NULL)
        return;
    size_t first = (size_t)snprintf(
        bytes, FIRST_LINES_BYTES,
        "HTTP/1.1 %d %s\r\nDate: %s\r\nContent-Type: %.100s\r\nContent-Length: %zu\r\n%s",
        answer->status, reason_of(answer->status), date_now(), answer->content_type,
        answer->body.length, exchange->wants_close ? "Connection: close\r\n" : "");
    char *to = put(bytes + first, protection, sizeof protection - 1);
    if (answer->header_count == 0)
        to = put(to, bare, sizeof bare - 1);
    for (size_t k = 0; k < answer->header_count; k++)
        if (is_clean(answer->headers[k].name) && is_clean(answer->headers[k].value))
            to = put_header(to, answer->headers[k]);
    to = put(to, "\r\n", 2);
    if (!answer->body_lasts)
        to = put(to, body.bytes, body.length);
    exchange->answer = (struct text){bytes, (size_t)(to - bytes)};
    exchange->answer_body = answer->body_lasts ? body : (struct text){"", 0};
}

void http_send(struct http_exchange *exchange, const struct http_answer *answer)
{
    struct http_loop *loop = exchange->loop;
    if (answer->close)
        exchange->wants_close = true;
    make_answer(exchange, answer);
    if (loop_here == loop) { // on_read takes it when the parser is done
        exchange->next_done = loop->own;
        loop->own = exchange;
        return;
    }
    pthread_mutex_lock(&loop->lock);
    exchange->next_done = loop->done;
    loop->done = exchange;
    uv_async_send(&loop->wake); // under the lock, so that the loop cannot close it meanwhile
    pthread_mutex_unlock(&loop->lock);
}

// There is room for another request: first what was read already, which may hold that or more.
static void read_on(struct http_connection *connection)
{
    int status = http_parser_resume(connection);
    if (status != 0 && !connection->closing)
        refuse_request(connection, status);
    if (!connection->deaf || connection->rest != NULL || connection->ended || connection->closing)
        return;
    connection->deaf = false;
    uv_read_start((uv_stream_t *)&connection->tcp, give_buffer, on_read);
}

// The oldest answer is with the peer, or will never be.
static void end_first(struct http_connection *connection, bool failed)
{
    struct http_exchange *exchange = connection->first;
    bool ends = exchange->wants_close || failed;
    connection->first = exchange->next;
    if (connection->first == NULL)
        connection->last = NULL;
    connection->waiting--;
    ends = ends || (connection->said_all && connection->waiting == 0 && connection->rest == NULL);
    free_exchange(exchange);
    if (connection->closing)
        return;
    if (ends || (connection->loop->stopping && connection->waiting == 0)) {
        close_connection(connection);
        return;
    }
    if (connection->full)
        read_on(connection);
    limit_wait(connection,
               connection->reading != NULL ? http_settings_of(connection)->body_timeout_ms
               : connection->waiting == 0  ? http_settings_of(connection)->idle_timeout_ms
                                           : 0);
}

static void on_written(uv_write_t *write, int status);

enum { ANSWER_PIECES = 2 }; // head and body

static uv_buf_t piece_of(struct text text)
{
    return uv_buf_init((char *)(uintptr_t)text.bytes, (unsigned)text.length); // only read
}

// What the socket takes at once; the rest is left to the loop. False: nothing was, or not all.
static bool write_at_once(struct http_connection *connection, uv_buf_t out[ANSWER_PIECES])
{
    int taken = uv_try_write((uv_stream_t *)&connection->tcp, out, ANSWER_PIECES);
    size_t written = taken < 0 ? 0 : (size_t)taken;
    size_t left = 0;
    for (size_t k = 0; k < ANSWER_PIECES; k++) {
        size_t some = written < out[k].len ? written : out[k].len;
        out[k] = uv_buf_init(out[k].base + some, (unsigned)(out[k].len - some));
        written -= some;
        left += out[k].len;
    }
    return left == 0;
}

// Sends the oldest answers that are there.
static void flush_answers(struct http_connection *connection)
{
    while (!connection->writing && !connection->closing && connection->first != NULL &&
           connection->first->ready) {
        struct http_exchange *exchange = connection->first;
        uv_buf_t out[ANSWER_PIECES] = {piece_of(exchange->answer), piece_of(exchange->answer_body)};
        if (write_at_once(connection, out)) {
            end_first(connection, false);
            continue;
        }
        connection->writing = true;
        connection->write.data = connection;
        limit_wait(connection, http_settings_of(connection)->write_timeout_ms);
        if (uv_write(&connection->write, (uv_stream_t *)&connection->tcp, out, ANSWER_PIECES,
                     on_written) != 0) {
            connection->writing = false;
            close_connection(connection);
        }
    }
}

static void on_written(uv_write_t *write, int status)
{
    struct http_connection *connection = write->data;
    connection->writing = false;
    end_first(connection, status < 0);
    flush_answers(connection);
    take_own_answers(connection->loop);
}

// ---- connections -----------------------------------------------------------------------------

static void maybe_end_loop(struct http_loop *loop);

static void on_handle_closed(uv_handle_t *handle)
{
    struct http_connection *connection = handle->data;
    struct http_loop *loop = connection->loop;
    if (--connection->handles > 0)
        return;
    while (connection->first != NULL) { // answers that nobody will read
        struct http_exchange *exchange = connection->first;
        connection->first = exchange->next;
        exchange->connection = NULL;
        if (exchange->ready)
            free_exchange(exchange);
    }
    if (connection->reading != NULL)
        free_exchange(connection->reading);
    free(connection->rest);
    free(connection);
    maybe_end_loop(loop);
}

static void close_connection(struct http_connection *connection)
{
    struct http_loop *loop = connection->loop;
    if (connection->closing)
        return;
    connection->closing = true;
    if (connection->previous != NULL)
        connection->previous->next = connection->next;
    else
        loop->connections = connection->next;
    if (connection->next != NULL)
        connection->next->previous = connection->previous;
    loop->count--;
    uv_close((uv_handle_t *)&connection->timer, on_handle_closed);
    uv_close((uv_handle_t *)&connection->tcp, on_handle_closed);
}

static unsigned count_from(const struct http_loop *loop, const char *address)
{
    unsigned count = 0;
    for (struct http_connection *c = loop->connections; c != NULL; c = c->next)
        count += strcmp(c->address, address) == 0;
    return count;
}

// Whether one more from this peer is fine. Counting is done only where it could matter.
static bool is_welcome(const struct http_connection *connection)
{
    const struct http_loop *loop = connection->loop;
    const struct http_settings *settings = &loop->server->settings;
    unsigned loops = loop->server->count;
    if (loop->stopping || loop->count > settings->connections_max / loops)
        return false;
    if (loop->count <= settings->connections_per_address_max / loops)
        return true;
    return count_from(loop, connection->address) <= settings->connections_per_address_max / loops;
}

static void set_address(struct http_connection *connection)
{
    struct sockaddr_storage peer;
    int length = sizeof peer;
    if (uv_tcp_getpeername(&connection->tcp, (struct sockaddr *)&peer, &length) == 0)
        uv_ip_name((struct sockaddr *)&peer, connection->address, sizeof connection->address);
}

static void on_connection(uv_stream_t *listener, int status)
{
    struct http_loop *loop = listener->data;
    struct http_connection *connection = status < 0 ? NULL : calloc(1, sizeof *connection);
    if (connection == NULL)
        return;
    connection->loop = loop;
    connection->handles = 2;
    connection->tcp.data = connection;
    connection->timer.data = connection;
    uv_tcp_init(&loop->uv, &connection->tcp);
    uv_timer_init(&loop->uv, &connection->timer);
    connection->next = loop->connections;
    if (connection->next != NULL)
        connection->next->previous = connection;
    loop->connections = connection;
    loop->count++;
    bool accepted = uv_accept(listener, (uv_stream_t *)&connection->tcp) == 0;
    if (accepted)
        set_address(connection);
    if (!accepted || !is_welcome(connection)) {
        close_connection(connection);
        return;
    }
    uv_tcp_nodelay(&connection->tcp, 1);
    http_parser_open(connection);
    limit_wait(connection, loop->server->settings.head_timeout_ms);
    uv_read_start((uv_stream_t *)&connection->tcp, give_buffer, on_read);
}

// ---- loops -----------------------------------------------------------------------------------

static void maybe_end_loop(struct http_loop *loop)
{
    if (!loop->stopping || loop->closed || loop->connections != NULL || loop->outstanding > 0)
        return;
    loop->closed = true;
    uv_close((uv_handle_t *)&loop->stop_timer, NULL);
    uv_close((uv_handle_t *)&loop->wake, NULL);
}

static void on_stop_limit(uv_timer_t *timer)
{
    struct http_loop *loop = timer->data;
    while (loop->connections != NULL)
        close_connection(loop->connections);
}

static void start_stopping(struct http_loop *loop)
{
    if (loop->stopping)
        return;
    loop->stopping = true;
    uv_close((uv_handle_t *)&loop->listener, NULL);
    uv_timer_start(&loop->stop_timer, on_stop_limit, STOP_LIMIT_MS, 0);
    struct http_connection *next = NULL;
    for (struct http_connection *c = loop->connections; c != NULL; c = next) {
        next = c->next;
        if (c->waiting == 0 && c->reading == NULL)
            close_connection(c);
    }
}

static void take_answer(struct http_exchange *exchange)
{
    exchange->loop->outstanding--;
    struct http_connection *connection = exchange->connection;
    if (connection == NULL) {
        free_exchange(exchange);
        return;
    }
    exchange->ready = true;
    if (exchange->answer.bytes == NULL) // no memory for it
        close_connection(connection);
    else
        flush_answers(connection);
}

static void take_own_answers(struct http_loop *loop)
{
    while (loop->own != NULL) {
        struct http_exchange *exchange = loop->own;
        loop->own = exchange->next_done;
        take_answer(exchange);
    }
}

static void on_wake(uv_async_t *wake)
{
    struct http_loop *loop = wake->data;
    pthread_mutex_lock(&loop->lock);
    struct http_exchange *done = loop->done;
    bool stop = loop->stop_asked;
    loop->done = NULL;
    pthread_mutex_unlock(&loop->lock);
    while (done != NULL) {
        struct http_exchange *exchange = done;
        done = exchange->next_done;
        take_answer(exchange);
    }
    take_own_answers(loop);
    if (stop)
        start_stopping(loop);
    maybe_end_loop(loop);
}

static void *loop_main(void *data)
{
    struct http_loop *loop = data;
    loop_here = loop;
    uv_run(&loop->uv, UV_RUN_DEFAULT);
    return NULL;
}

static int listen_on(const char *host, uint16_t port)
{
    struct sockaddr_storage address = {0};
    struct sockaddr_in *v4 = (struct sockaddr_in *)&address;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&address;
    socklen_t length = sizeof *v4;
    if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(port);
    } else if (inet_pton(AF_INET6, host, &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(port);
        length = sizeof *v6;
    } else {
        return -1;
    }
    int yes = 1;
    int fd = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&address, length) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static uint16_t port_of(int fd)
{
    struct sockaddr_storage address = {0};
    socklen_t length = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &length) != 0)
        return 0;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    memcpy(&v4, &address, sizeof v4);
    memcpy(&v6, &address, sizeof v6);
    return ntohs(address.ss_family == AF_INET6 ? v6.sin6_port : v4.sin_port);
}

static enum rc open_loop(struct http_server *server, unsigned index, int fd)
{
    struct http_loop *loop = calloc(1, sizeof *loop);
    if (loop == NULL) {
        close(fd);
        return RC_NO_MEMORY;
    }
    server->loops[index] = loop;
    server->count = index + 1;
    loop->server = server;
    loop->index = index;
    pthread_mutex_init(&loop->lock, NULL);
    uv_loop_init(&loop->uv);
    uv_tcp_init(&loop->uv, &loop->listener);
    uv_async_init(&loop->uv, &loop->wake, on_wake);
    uv_timer_init(&loop->uv, &loop->stop_timer);
    loop->listener.data = loop;
    loop->wake.data = loop;
    loop->stop_timer.data = loop;
    if (uv_tcp_open(&loop->listener, fd) != 0 ||
        uv_listen((uv_stream_t *)&loop->listener, BACKLOG, on_connection) != 0)
        return RC_IO;
    return RC_OK;
}

static enum rc open_all(struct http_server *server, const char **ret_error)
{
    unsigned wanted = server->settings.loops;
    *ret_error = "the address is not one of this machine, or its port is taken";
    server->port = server->settings.port;
    for (unsigned k = 0; k < wanted; k++) {
        int fd = listen_on(server->settings.host, server->port);
        if (fd < 0)
            return RC_IO;
        if (server->port == 0)
            server->port = port_of(fd);
        TRY(open_loop(server, k, fd));
    }
    for (unsigned k = 0; k < wanted; k++) {
        struct http_loop *loop = server->loops[k];
        loop->runs = pthread_create(&loop->thread, NULL, loop_main, loop) == 0;
        if (!loop->runs)
            return RC_IO;
    }
    *ret_error = "";
    return RC_OK;
}

enum rc http_open(const struct http_settings *settings, struct http_server **ret_server,
                  const char **ret_error)
{
    *ret_error = "there is not enough memory";
    if (settings->loops == 0 || settings->loops > LOOPS_MAX)
        return RC_LIMIT;
    struct http_server *server = calloc(1, sizeof *server);
    if (server == NULL)
        return RC_NO_MEMORY;
    server->settings = *settings;
    enum rc rc = open_all(server, ret_error);
    if (rc != RC_OK) {
        http_stop(server);
        return rc;
    }
    *ret_server = server;
    return RC_OK;
}

uint16_t http_port(const struct http_server *server)
{
    return server->port;
}

enum rc http_stop(struct http_server *server)
{
    for (unsigned k = 0; k < server->count; k++) {
        struct http_loop *loop = server->loops[k];
        pthread_mutex_lock(&loop->lock);
        loop->stop_asked = true;
        uv_async_send(&loop->wake);
        pthread_mutex_unlock(&loop->lock);
    }
    for (unsigned k = 0; k < server->count; k++) {
        struct http_loop *loop = server->loops[k];
        if (loop->runs)
            pthread_join(loop->thread, NULL);
        else
            uv_run(&loop->uv, UV_RUN_DEFAULT);
        uv_loop_close(&loop->uv);
        pthread_mutex_destroy(&loop->lock);
        arena_spare_close(&loop->spare);
        free(loop);
    }
    free(server);
    return RC_OK;
}

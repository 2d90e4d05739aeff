// SPDX-License-Identifier: Apache-2.0
//
// Why: bytes become requests. llhttp does the grammar; where it is lenient, this is strict (RFC
// 9110 and 9112): exactly one Host, no transfer coding but chunked, no control bytes, no header on
// two lines and none without a name, limits on all.
//
// Not for: sockets.
#define _GNU_SOURCE // for uv.h

#include <stdlib.h>
#include <string.h>

#include "web/http_inner.h"

static struct http_connection *connection_of(llhttp_t *parser)
{
    return parser->data;
}

// Ends parsing with a status for the peer.
static int refuse(llhttp_t *parser, int status)
{
    connection_of(parser)->refused = status;
    return HPE_USER;
}

// A name or a value ends here; a value that begins later must do so on the same line.
static void begin_gap(struct http_connection *connection, const char *at)
{
    connection->gap = at;
    connection->gap_ends_line = false;
}

// What lies between is at hand as far as this piece of bytes goes.
static bool gap_ends_line(struct http_connection *connection, const char *until)
{
    if (connection->gap != NULL && until > connection->gap &&
        memchr(connection->gap, '\n', (size_t)(until - connection->gap)) != NULL)
        connection->gap_ends_line = true;
    return connection->gap_ends_line;
}

static int on_begin(llhttp_t *parser)
{
    struct http_connection *connection = connection_of(parser);
    connection->head_value = true;
    connection->reading = http_exchange_open(connection);
    return connection->reading == NULL ? refuse(parser, 503) : 0;
}

static int append_head(llhttp_t *parser, struct http_span *span, const char *at, size_t length)
{
    struct http_exchange *exchange = connection_of(parser)->reading;
    if (exchange->head.length + length > HTTP_HEAD_MAX_BYTES)
        return refuse(parser, 431);
    if (span->length == 0)
        span->from = exchange->head.length;
    if (buffer_append(&exchange->head, at, length) != RC_OK)
        return refuse(parser, 503);
    span->length += length;
    return 0;
}

static int on_url(llhttp_t *parser, const char *at, size_t length)
{
    struct http_exchange *exchange = connection_of(parser)->reading;
    if (exchange->target.length + length > HTTP_TARGET_MAX_BYTES)
        return refuse(parser, 414);
    for (size_t k = 0; k < length; k++)
        if ((unsigned char)at[k] <= ' ' || at[k] == 0x7f)
            return refuse(parser, 400);
    return append_head(parser, &exchange->target, at, length);
}

static int on_name(llhttp_t *parser, const char *at, size_t length)
{
    struct http_connection *connection = connection_of(parser);
    struct http_exchange *exchange = connection->reading;
    if (connection->head_value) {
        if (exchange->header_count == HTTP_HEADERS_MAX)
            return refuse(parser, 431);
        exchange->header_count++;
        connection->head_value = false;
    }
    begin_gap(connection, at + length);
    return append_head(parser, &exchange->names[exchange->header_count - 1], at, length);
}

static int on_value(llhttp_t *parser, const char *at, size_t length)
{
    struct http_connection *connection = connection_of(parser);
    struct http_exchange *exchange = connection->reading;
    connection->head_value = true;
    for (size_t k = 0; k < length; k++)
        if (((unsigned char)at[k] < ' ' && at[k] != '\t') || at[k] == 0x7f)
            return refuse(parser, 400);
    if (exchange->header_count == 0 || (length > 0 && gap_ends_line(connection, at)))
        return refuse(parser, 400);
    begin_gap(connection, at + length);
    return append_head(parser, &exchange->values[exchange->header_count - 1], at, length);
}

static int on_value_complete(llhttp_t *parser)
{
    connection_of(parser)->head_value = true; // also when the value is empty
    return 0;
}

static bool find_method(llhttp_t *parser, enum web_method *ret_method)
{
    switch (llhttp_get_method(parser)) {
    case HTTP_GET:
        *ret_method = WEB_GET;
        return true;
    case HTTP_HEAD:
        *ret_method = WEB_HEAD;
        return true;
    case HTTP_POST:
        *ret_method = WEB_POST;
        return true;
    case HTTP_PUT:
        *ret_method = WEB_PUT;
        return true;
    case HTTP_PATCH:
        *ret_method = WEB_PATCH;
        return true;
    case HTTP_DELETE:
        *ret_method = WEB_DELETE;
        return true;
    case HTTP_OPTIONS:
        *ret_method = WEB_OPTIONS;
        return true;
    default:
        return false;
    }
}

static struct text piece(const struct http_exchange *exchange, struct http_span span)
{
    return (struct text){exchange->head.bytes + span.from, span.length};
}

// Headers with lower-case names, in the exchange's arena.
static bool make_headers(struct http_exchange *exchange)
{
    struct http_header *headers =
        ARENA_ARRAY(&exchange->arena, struct http_header, exchange->header_count);
    if (headers == NULL)
        return false;
    for (size_t k = 0; k < exchange->header_count; k++) {
        char *name = exchange->head.space + exchange->names[k].from;
        for (size_t c = 0; c < exchange->names[k].length; c++)
            if (name[c] >= 'A' && name[c] <= 'Z')
                name[c] = (char)(name[c] - 'A' + 'a');
        struct text value = piece(exchange, exchange->values[k]);
        headers[k].name = piece(exchange, exchange->names[k]);
        headers[k].value = text_trim(value.bytes, value.length);
    }
    exchange->request.headers = headers;
    exchange->request.header_count = exchange->header_count;
    return true;
}

static unsigned count_of(const struct http_request *request, const char *name)
{
    unsigned count = 0;
    for (size_t k = 0; k < request->header_count; k++)
        count += text_equal(request->headers[k].name, text_of(name));
    return count;
}

static bool has_value(const struct http_request *request, const char *name, const char *value)
{
    const struct text *text = http_header_value(request, name);
    return text != NULL && text_equal(*text, text_of(value));
}

static int fault_of(llhttp_t *parser, const struct http_exchange *exchange)
{
    const struct http_request *request = &exchange->request;
    int minor = llhttp_get_http_minor(parser);
    if (llhttp_get_http_major(parser) != 1 || (minor != 0 && minor != 1))
        return 505;
    for (size_t k = 0; k < request->header_count; k++)
        if (request->headers[k].name.length == 0)
            return 400;
    unsigned hosts = count_of(request, "host");
    if (hosts > 1 || (hosts == 0 && minor == 1))
        return 400;
    unsigned codings = count_of(request, "transfer-encoding");
    if (codings > 0 && count_of(request, "content-length") > 0)
        return 400;
    if (codings > 1 || (codings == 1 && minor == 0))
        return 400;
    if (codings == 1 && !has_value(request, "transfer-encoding", "chunked"))
        return 501;
    if ((parser->flags & F_CONTENT_LENGTH) != 0 &&
        parser->content_length > http_settings_of(exchange->connection)->body_max_bytes)
        return 413;
    if (request->path.length == 0 || request->path.bytes[0] != '/')
        return 400;
    return 0;
}

static int on_headers_complete(llhttp_t *parser)
{
    struct http_connection *connection = connection_of(parser);
    struct http_exchange *exchange = connection->reading;
    struct http_request *request = &exchange->request;
    struct text target = piece(exchange, exchange->target);
    const char *mark = memchr(target.bytes, '?', target.length);
    request->path =
        (struct text){target.bytes, mark == NULL ? target.length : (size_t)(mark - target.bytes)};
    if (mark != NULL)
        request->query = (struct text){mark + 1, target.length - request->path.length - 1};
    connection->gap = NULL;
    if (!make_headers(exchange))
        return refuse(parser, 503);
    if (!find_method(parser, &request->method))
        return refuse(parser, 501);
    int fault = fault_of(parser, exchange);
    if (fault != 0)
        return refuse(parser, fault);
    parser->upgrade = 0; // no other protocol is offered here
    exchange->is_head = request->method == WEB_HEAD;
    exchange->wants_close = !llhttp_should_keep_alive(parser);
    http_wait_for_body(connection, has_value(request, "expect", "100-continue"));
    return 0;
}

static int on_body(llhttp_t *parser, const char *at, size_t length)
{
    struct http_exchange *exchange = connection_of(parser)->reading;
    enum rc rc = buffer_append(&exchange->body, at, length);
    if (rc != RC_OK)
        return refuse(parser, rc == RC_LIMIT ? 413 : 503);
    return 0;
}

static int on_complete(llhttp_t *parser)
{
    struct http_connection *connection = connection_of(parser);
    struct http_exchange *exchange = connection->reading;
    exchange->request.body = (struct text){exchange->body.bytes, exchange->body.length};
    http_request_is_whole(connection);
    return connection->ended || connection->full ? HPE_PAUSED : 0;
}

static const llhttp_settings_t callbacks = {
    .on_message_begin = on_begin,
    .on_url = on_url,
    .on_header_field = on_name,
    .on_header_value = on_value,
    .on_header_value_complete = on_value_complete,
    .on_headers_complete = on_headers_complete,
    .on_body = on_body,
    .on_message_complete = on_complete,
};

void http_parser_open(struct http_connection *connection)
{
    llhttp_init(&connection->parser, HTTP_REQUEST, &callbacks);
    connection->parser.data = connection;
}

static int keep_rest(struct http_connection *connection, const char *bytes, size_t length)
{
    if (length == 0 || connection->ended)
        return 0;
    connection->rest = malloc(length);
    if (connection->rest == NULL)
        return 503;
    memcpy(connection->rest, bytes, length);
    connection->rest_length = length;
    return 0;
}

int http_parser_feed(struct http_connection *connection, const char *bytes, size_t length)
{
    if (connection->full)
        return keep_rest(connection, bytes, length);
    connection->gap = connection->gap == NULL ? NULL : bytes;
    llhttp_errno_t result = llhttp_execute(&connection->parser, bytes, length);
    (void)gap_ends_line(connection, bytes + length);
    if (result == HPE_OK)
        return 0;
    if (result == HPE_PAUSED) {
        const char *stop = llhttp_get_error_pos(&connection->parser);
        return keep_rest(connection, stop, (size_t)(bytes + length - stop));
    }
    if (connection->refused != 0)
        return connection->refused;
    return result == HPE_INVALID_METHOD ? 501 : 400;
}

int http_parser_resume(struct http_connection *connection)
{
    char *rest = connection->rest;
    connection->full = false;
    connection->rest = NULL;
    llhttp_resume(&connection->parser);
    int status = rest == NULL ? 0 : http_parser_feed(connection, rest, connection->rest_length);
    free(rest);
    return status;
}

const struct text *http_header_value(const struct http_request *request, const char *name)
{
    for (size_t k = 0; k < request->header_count; k++)
        if (text_equal(request->headers[k].name, text_of(name)))
            return &request->headers[k].value;
    return NULL;
}

// SPDX-License-Identifier: Apache-2.0
//
// The most that the server can do: the bytes of a file as the answer to everything, with as many
// headers as a page has.
//
//   still FILE        prints its port
#define _POSIX_C_SOURCE 200809L // pause

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"

#include "web/http.h"

enum { FILE_LIMIT_BYTES = 1 << 20, HEADERS = 8 };

static struct text page;

static void answer(void *context, struct http_exchange *exchange)
{
    struct http_header headers[HEADERS];
    for (size_t k = 0; k < HEADERS; k++)
        headers[k] = (struct http_header){text_of("X-Protection-Of-Some-Kind"),
                                          text_of("some value of a usual length")};
    struct http_answer sent = {.status = 200,
                               .content_type = "text/html; charset=utf-8",
                               .headers = headers,
                               .header_count = HEADERS,
                               .body = page,
                               .body_lasts = true};
    (void)context;
    http_send(exchange, &sent);
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct http_server *server = NULL;
    const char *error = "";
    arena_open(&arena, (size_t)2 * FILE_LIMIT_BYTES);
    if (argc != 2 || file_read(&arena, argv[1], FILE_LIMIT_BYTES, &page, &error) != RC_OK)
        return 2;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    struct http_settings settings = {.host = "127.0.0.1",
                                     .loops = cores < 1 ? 1 : (unsigned)cores,
                                     .body_max_bytes = 1024,
                                     .head_timeout_ms = 10000,
                                     .body_timeout_ms = 10000,
                                     .idle_timeout_ms = 10000,
                                     .write_timeout_ms = 10000,
                                     .connections_max = 10000,
                                     .connections_per_address_max = 10000,
                                     .handler = answer};
    (void)signal(SIGPIPE, SIG_IGN);
    if (http_open(&settings, &server, &error) != RC_OK)
        return 1;
    printf("%u\n", (unsigned)http_port(server));
    (void)fflush(stdout);
    return pause();
}

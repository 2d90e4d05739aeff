// SPDX-License-Identifier: Apache-2.0
// For tests of the tests: the server with a hole in it. A request with the header "X-Plant: open"
// is let in as if its row had no permission, and with "X-Plant: token" a program may what its owner
// may; tests/rows_client.py must notice that for every row.
//
//   tests-planted rows          method and path of every row of the program
//   tests-planted serve ...     as trellis serve
//   tests-planted               a line of TAP, so that it can stand among the tests
#include <stdio.h>
#include <string.h>

#include "base/tap.h"

#include "db/db.h"
#include "main/install.h"
#include "main/serve.h"

static struct web_hooks whole;

static enum rc may_with_hole(struct req *req)
{
    const struct text *plant = http_header_value(req->http, "x-plant");
    if (plant != NULL && text_equal(*plant, text_of("open")))
        return RC_OK;
    enum rc rc = whole.may(req);
    if (plant != NULL && text_equal(*plant, text_of("token"))) {
        req->not_by_token = false;
        req->actor.reads_only = false;
    }
    return rc;
}

static struct web_hooks hooks_with_hole(void)
{
    whole = installation_hooks();
    struct web_hooks hooks = whole;
    hooks.may = may_with_hole;
    return hooks;
}

static int print_rows(void)
{
    struct arena arena;
    size_t count = 0;
    arena_open(&arena, 1 << 20);
    const struct route *const *tables = installation_routes(&arena, &count);
    for (size_t k = 0; tables != NULL && k < count; k++)
        for (const struct route *row = tables[k]; row->path != NULL; row++)
            printf("%s %s %s\n", row->method == WEB_GET ? "GET" : "POST", row->path,
                   row->out == NULL ? "-" : "json");
    arena_close(&arena);
    return tables == NULL;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "rows") == 0)
        return print_rows();
    if (argc > 1 && strcmp(argv[1], "serve") == 0) {
        serve_hooks = hooks_with_hole;
        return serve_command(argc - 1, argv + 1);
    }
    ok(hooks_with_hole().may == may_with_hole && whole.may != may_with_hole,
       "the hole is here alone");
    return tap_done();
}

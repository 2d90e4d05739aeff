// SPDX-License-Identifier: Apache-2.0
//
// The runner: the one way from a request to its answer. See web.h for what it promises.
#define _POSIX_C_SOURCE 200809L // strndup

#include "web/web.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "web/edit.h"
#include "web/head.h"
#include "web/route.h"
#include "web/run.h"
#include "web/typed.h"

enum {
    BODY_MAX_BYTES = 8 << 20,
    PATH_MAX_BYTES = 64 << 10,
    TABLES_MAX = 64,
    PAGE_USUAL_BYTES = 28 << 10
};
enum { SLOW_WAITING_MAX = 256, PAGES_WAITING_MAX = 2048 };

// ---- what a step may ask ---------------------------------------------------------------------

const char *req_param(const struct req *req, const char *name)
{
    for (size_t k = 0; k < req->param_count; k++)
        if (strcmp(req->params[k].name, name) == 0)
            return req->params[k].value;
    return "";
}

int64_t req_id(const struct req *req, const char *name)
{
    const char *text = req_param(req, name);
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || text[digits] != '\0')
        return 0;
    errno = 0;
    long long number = strtoll(text, NULL, 10);
    return errno == 0 ? number : 0;
}

const char *req_path(const struct req *req)
{
    return arena_strndup(req->arena, req->http->path.bytes, req->http->path.length);
}

const char *req_cookie(const struct req *req, const char *name)
{
    const struct text *header = http_header_value(req->http, "cookie");
    const char *full = req->web->secure ? arena_printf(req->arena, "__Host-%s", name) : name;
    if (full == NULL || req->bearer != NULL)
        return NULL;
    for (size_t k = req->cookie_count; k-- > 0;)
        if (strcmp(req->cookies[k].name, name) == 0)
            return req->cookies[k].age_s < 0 ? NULL : req->cookies[k].value;
    if (header == NULL)
        return NULL;
    struct text value = head_cookie(*header, full);
    char *decoded = NULL;
    if (value.length == 0 || form_decode(req->arena, value, false, &decoded) != RC_OK)
        return NULL;
    return decoded;
}

enum rc req_set_cookie(struct req *req, const char *name, const char *value, int32_t age_s)
{
    if (req->cookie_count == WEB_COOKIES_MAX)
        return RC_LIMIT;
    req->cookies[req->cookie_count].name = name;
    req->cookies[req->cookie_count].value = value;
    req->cookies[req->cookie_count].age_s = age_s;
    req->cookie_count++;
    return RC_OK;
}

enum rc req_go(struct req *req, const char *said, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *path = arena_vprintf(req->arena, format, arguments);
    va_end(arguments);
    if (path == NULL)
        return RC_NO_MEMORY;
    req->go = path;
    req->said = said;
    return RC_OK;
}

enum rc req_next(struct req *req, const char *name, int64_t value, const char **ret_path)
{
    struct buffer out;
    buffer_open(&out, req->arena, PATH_MAX_BYTES);
    buffer_append(&out, req->http->path.bytes, req->http->path.length);
    buffer_printf(&out, "?%s=%lld", name, (long long)value);
    for (size_t k = 0; k < req->form.count; k++) {
        const struct form_value *sent = &req->form.values[k];
        const char *its_name = web_encode(req->arena, sent->name);
        const char *its_value = web_encode(req->arena, sent->value);
        if (its_name == NULL || its_value == NULL)
            return RC_NO_MEMORY;
        if (strcmp(sent->name, name) != 0)
            buffer_printf(&out, "&%s=%s", its_name, its_value);
    }
    TRY(out.rc);
    *ret_path = out.bytes;
    return RC_OK;
}

bool req_writes_fail(const struct req *req)
{
    return db_writes_fail(req->web->settings.db);
}

uint16_t web_port(const struct web *web)
{
    return http_port(web->server);
}

const char *web_origin(const struct web *web, struct arena *arena)
{
    if (web->origin != NULL)
        return web->origin;
    return arena_printf(arena, "http://%s:%u", web->settings.host, (unsigned)web_port(web));
}

const struct route *web_route_at(const struct web *web, size_t index)
{
    for (size_t t = 0; t < web->settings.table_count; t++)
        for (const struct route *row = web->settings.tables[t]; row->path != NULL; row++)
            if (index-- == 0)
                return row;
    return NULL;
}

// ---- the steps -------------------------------------------------------------------------------

// A try starts clean: the same work may run again after a conflict.
void run_start_try(struct run *run, struct db_tx *tx, bool writes)
{
    struct req *req = &run->req;
    req->tx = tx;
    req->writes = writes;
    req->roles = NULL;
    req->form = run->sent;
    req->form.errors = NULL;
    req->form.error_count = 0;
    req->cookie_count = run->cookies;
    req->go = NULL;
    req->said = NULL;
    req->title = req->route->title;
    req->view = NULL;
    req->file_name = NULL;
    req->unready = false;
    req->content_type = NULL;
    req->keeps = false;
    req->clears = false;
    req->not_by_token = false;
    req->later = NULL;
    req->room = (struct req_room){0};
    req->wait_s = 0;
    run->fail_status = 0;
}

// Somebody on the way may have taken "no memory" for "there is none": what lacks a part, or does
// not know who asks, is no answer.
static enum rc is_whole(const struct req *req)
{
    return req->arena->failed ? RC_NO_MEMORY : RC_OK;
}

enum rc run_admit(struct run *run)
{
    struct req *req = &run->req;
    enum rc known = run->web->settings.hooks.identify(req);
    if (known == RC_LIMIT) // too many tokens that are none, or requests with one
        run->fail_status = 429;
    run->wait_s = req->wait_s;
    TRY(known);
    TRY(is_whole(req));
    enum rc rc = run->web->settings.hooks.may(req);
    bool reads_only = req->actor.reads_only && req->route->method == WEB_POST;
    if (req->not_by_token || (rc == RC_OK && reads_only)) {
        run->fail_status = 403;
        return RC_BAD_INPUT;
    }
    return rc;
}

enum rc run_page(struct run *run)
{
    struct req *req = &run->req;
    struct html html = {.buffer = &run->page,
                        .locale = req->locale,
                        .csrf = req->csrf,
                        .language = locale_tag(req->locale),
                        .direction = locale_direction(req->locale)};
    buffer_open(&run->page, req->arena, WEB_PAGE_LIMIT_BYTES);
    TRY(buffer_reserve(&run->page, PAGE_USUAL_BYTES));
    if (req->content_type == NULL)
        run->web->settings.hooks.begin(&html, req);
    req->route->page(&html, req);
    if (req->content_type == NULL)
        run->web->settings.hooks.end(&html, req);
    return run->page.rc;
}

enum rc run_load_and_page(struct run *run)
{
    run->admitted = true;
    struct req *req = &run->req;
    const struct out_shape *out = req->route->out;
    if (run->json_demanded && out == NULL) {
        run->fail_status = 406;
        return RC_BAD_INPUT;
    }
    if (req->route->load != NULL)
        TRY(req->route->load(req));
    if (run->json && out != NULL && out != &web_out_own) {
        run->tag = edit_tag(&req->form);
        req->content_type = "application/json";
        return run_json(run);
    }
    return req->route->page == NULL ? RC_NOT_FOUND : run_page(run);
}

static enum rc show_work(struct db_tx *tx, void *data)
{
    struct run *run = data;
    run_start_try(run, tx, false);
    TRY(run_admit(run));
    TRY(run_load_and_page(run));
    return is_whole(&run->req);
}

static enum rc read_shape(struct run *run)
{
    struct req *req = &run->req;
    const struct shape *shape = req->route->in;
    if (run->sent.error_count > 0) { // what a program sent does not fit
        req->form.errors = run->sent.errors;
        req->form.error_count = run->sent.error_count;
        return RC_BAD_INPUT;
    }
    if (shape == NULL)
        return RC_OK;
    req->in = arena_alloc(req->arena, shape->size);
    if (req->in == NULL)
        return RC_NO_MEMORY;
    return shape_read(shape, &req->form, req->in);
}

static enum rc act_work(struct db_tx *tx, void *data)
{
    struct run *run = data;
    struct req *req = &run->req;
    run_start_try(run, tx, true);
    bool known = false;
    TRY(run_admit(run));
    TRY(run_recall(run, &known));
    if (known)
        return RC_OK;
    TRY(read_shape(run));
    TRY(edit_check(run));
    TRY(req->route->act(req));
    req->roles = NULL; // the act may have changed them
    if (run->web->settings.hooks.done != NULL)
        TRY(run->web->settings.hooks.done(req));
    if (req->go == NULL && run->json && req->route->out == NULL)
        TRY(req_go(req, req->said, "%.*s", (int)req->http->path.length, req->http->path.bytes));
    if (req->form.error_count > 0) // a refusal that writes, too
        run->status = 422;
    TRY(req->go != NULL ? run_remember(run) : run_load_and_page(run));
    return is_whole(req);
}

// ---- what is written beside a read -----------------------------------------------------------

static enum rc later_work(struct db_tx *tx, void *data)
{
    struct run *run = data;
    run->req.tx = tx;
    run->req.writes = true;
    return run->req.later(&run->req);
}

static void later_done(struct db_task *task, enum rc rc)
{
    struct run *run = task->data;
    (void)rc; // what is only noted never changes the answer
    run->then(run, run->rc);
}

// Goes on with what a transaction gave, after what `later` writes.
static void settle(struct run *run, enum rc rc, void (*then)(struct run *run, enum rc rc))
{
    run->rc = rc;
    run->then = then;
    run->task = (struct db_task){.work = later_work, .done = later_done, .data = run};
    if (run->req.later == NULL || db_post(run->web->settings.db, &run->task) != RC_OK)
        then(run, rc);
}

static void shown(struct run *run, enum rc rc)
{
    if (rc == RC_OK)
        run_answer(run);
    else
        run_fail(run, rc);
}

// After a refusal: the page again, with the form as it was typed and what is wrong with it.
static enum rc again_work(struct db_tx *tx, void *data)
{
    struct run *run = data;
    struct form refused = run->req.form;
    int64_t wait_s = run->wait_s;
    run_start_try(run, tx, true);
    run->req.form = refused;
    TRY(run_admit(run));
    run->wait_s = wait_s;
    TRY(run_load_and_page(run));
    return is_whole(&run->req);
}

static int refusal_of(const struct run *run)
{
    if (run->stale)
        return 409;
    return run->wait_s > 0 ? 429 : 422;
}

static void again_done(struct db_task *task, enum rc rc)
{
    struct run *run = task->data;
    run->status = refusal_of(run);
    if (rc == RC_OK)
        run_answer(run);
    else
        run_fail(run, rc);
}

static void acted(struct run *run, enum rc rc)
{
    bool is_refused = rc == RC_BAD_INPUT && run->req.form.error_count > 0;
    run->wait_s = run->req.wait_s;
    if (typed_after(run, rc))
        return;
    if (is_refused && run->json)
        run->fail_status = refusal_of(run);
    if (rc == RC_OK || run->json || !is_refused || run->req.route->page == NULL) {
        shown(run, rc);
        return;
    }
    run->task = (struct db_task){.work = again_work, .done = again_done, .data = run};
    if (db_post(run->web->settings.db, &run->task) != RC_OK)
        run_fail(run, RC_LIMIT);
}

static void act_done(struct db_task *task, enum rc rc)
{
    settle(task->data, rc, acted);
}

static void post_act(struct run *run)
{
    run->task = (struct db_task){.work = act_work, .done = act_done, .data = run};
    if (db_post(run->web->settings.db, &run->task) != RC_OK)
        run_fail(run, RC_LIMIT);
}

// ---- slow steps, on a worker -----------------------------------------------------------------

static enum rc slow_work(struct db_tx *tx, void *data)
{
    struct run *run = data;
    bool known = false;
    run_start_try(run, tx, false);
    TRY(run_admit(run));
    TRY(run_recall(run, &known));
    if (known) // the act says so, too
        return RC_OK;
    TRY(read_shape(run));
    TRY(run->req.route->slow(&run->req));
    return is_whole(&run->req);
}

static void slow_job(void *data, unsigned slot)
{
    struct run *run = data;
    enum rc rc = db_read(run->web->settings.db, slot, slow_work, run);
    if (rc == RC_OK)
        post_act(run);
    else
        settle(run, rc, acted);
}

enum rc req_slow(struct req *req)
{
    (void)req;
    return RC_OK;
}

static void show_job(void *data, unsigned slot)
{
    struct run *run = data;
    settle(run, db_read(run->web->settings.db, slot, show_work, run), shown);
}

static void start_page(struct run *run, struct workers *workers)
{
    if (workers_give(workers, show_job, run) != RC_OK)
        run_fail(run, RC_LIMIT);
}

static void start_slow(struct run *run)
{
    run->task = (struct db_task){.data = run};
    if (workers_give(run->web->workers, slow_job, run) != RC_OK)
        run_fail(run, RC_LIMIT);
}

// ---- where a request came from ---------------------------------------------------------------

static bool header_is(const struct http_request *http, const char *name, const char *value)
{
    const struct text *text = http_header_value(http, name);
    return text != NULL && text_equal(*text, text_of(value));
}

// Whether an origin, or the address of a page, is ours: where it listens, for installations that
// are not told how people reach them.
static bool is_at(const struct web *web, struct text address, bool page)
{
    char own[160];
    snprintf(own, sizeof own, "http://%s:%u", web->settings.host, (unsigned)web_port(web));
    const struct text ours = text_of(web->origin != NULL ? web->origin : own);
    if (!page)
        return text_equal(address, ours);
    return address.length > ours.length && address.bytes[ours.length] == '/' &&
           memcmp(address.bytes, ours.bytes, ours.length) == 0;
}

// The first of these that a browser sends: all browsers of today send the first, text browsers
// only the last (docs/decisions/0055-text-browsers.md). None of them can be set by another site.
static bool comes_from_us(const struct web *web, const struct http_request *http)
{
    const struct text *site = http_header_value(http, "sec-fetch-site");
    const struct text *origin = http_header_value(http, "origin");
    const struct text *referer = http_header_value(http, "referer");
    if (site != NULL && !header_is(http, "sec-fetch-site", "same-origin"))
        return false;
    if (origin != NULL)
        return is_at(web, *origin, false);
    return site != NULL || (referer != NULL && is_at(web, *referer, true));
}

bool run_is_ours(struct run *run)
{
    const struct http_request *http = run->req.http;
    bool (*by_link)(const struct route *) = run->web->settings.hooks.by_link;
    if (run->req.bearer != NULL) // no other site can send that for her
        return true;
    if (by_link != NULL && by_link(run->req.route))
        return true;
    if (!comes_from_us(run->web, http))
        return false;
    const char *token = form_value(&run->sent, "csrf");
    if (token == NULL || run->req.csrf[0] == '\0')
        return false;
    return strcmp(token, run->req.csrf) == 0; // both are hashes of a secret that is not sent
}

enum rc run_secret(struct run *run)
{
    struct req *req = &run->req;
    const struct web_hooks *hooks = &run->web->settings.hooks;
    if (req->bearer != NULL)
        return RC_OK;
    const char *secret = req_cookie(req, WEB_COOKIE);
    if (secret == NULL)
        secret = req_cookie(req, WEB_COOKIE_FORM);
    if (secret == NULL) {
        secret = hooks->new_secret(req->arena);
        run->new_secret = secret;
    }
    req->csrf = secret == NULL ? NULL : hooks->csrf(req->arena, secret);
    return req->csrf == NULL ? RC_NO_MEMORY : RC_OK;
}

// ---- a request -------------------------------------------------------------------------------

static enum rc parse_by_type(struct run *run)
{
    const struct http_request *http = run->req.http;
    const struct text *type = http_header_value(http, "content-type");
    if (type == NULL || run_is_type(*type, "application/x-www-form-urlencoded"))
        return form_parse(&run->sent, http->body);
    if (run_is_type(*type, "multipart/form-data"))
        return form_parse_parts(&run->sent, http->body, *type);
    if (run_is_type(*type, "application/json"))
        return shape_parse_json(run->req.route->in, &run->sent, http->body, &run->fault);
    run->fail_status = 415;
    return RC_BAD_INPUT;
}

static enum rc parse_body(struct run *run)
{
    if (run->req.route->method != WEB_POST)
        return form_parse(&run->sent, run->req.http->query);
    enum rc rc = parse_by_type(run);
    if (rc == RC_LIMIT)
        run->fail_status = 413;
    return rc;
}

// What she chose on any page; else what her browser asks for. An account may say otherwise later.
static const struct locale *locale_of(const struct req *req)
{
    const char *chosen = req->bearer == NULL ? req_cookie(req, WEB_LANGUAGE_COOKIE) : NULL;
    const struct locale *locale = chosen == NULL ? NULL : locale_find(chosen);
    const struct text *languages = http_header_value(req->http, "accept-language");
    if (locale != NULL)
        return locale;
    return languages == NULL ? locale_at(0) : locale_choose(languages->bytes, languages->length);
}

// A form that comes too late, or with what was typed before it. Other sites get nothing of it.
static void show_typed(struct run *run)
{
    bool browser = !run->json && run->req.bearer == NULL;
    if (browser && comes_from_us(run->web, run->req.http))
        typed_show(run);
    else
        run_fail_status(run, 403);
}

static enum rc prepare(struct run *run)
{
    struct req *req = &run->req;
    const struct http_request *http = req->http;
    char *path = NULL;
    req->locale = locale_of(req);
    TRY(form_decode(req->arena, http->path, false, &path));
    enum rc found = route_find(run->web->index, http->method, path, req);
    if (found == RC_BAD_INPUT)
        run->fail_status = 405;
    TRY(found);
    form_open(&run->sent, req->arena);
    TRY(parse_body(run));
    TRY(run_secret(run));
    return is_whole(req);
}

static struct text client_of(const struct web *web, const struct http_request *http)
{
    struct text names = {"", 0}; // of the last such header: those before it anybody may have sent
    for (size_t k = 0; k < http->header_count; k++)
        if (text_equal(http->headers[k].name, text_of("x-forwarded-for")))
            names = http->headers[k].value;
    return head_client(web->settings.proxies, http->peer_address, names);
}

static void answer_get(struct run *run)
{
    unsigned slot = http_exchange_loop(run->exchange);
    settle(run, db_read(run->web->settings.db, slot, show_work, run), shown);
}

static void handle(void *context, struct http_exchange *exchange)
{
    struct web *web = context;
    const struct http_request *http = http_exchange_request(exchange);
    struct run *run = ARENA_NEW(http->arena, struct run);
    if (run == NULL) {
        struct http_answer answer = {
            .status = 503, .content_type = "text/plain; charset=utf-8", .close = true};
        http_send(exchange, &answer);
        return;
    }
    run->web = web;
    run->exchange = exchange;
    run->status = 200;
    run->req = (struct req){.web = web,
                            .app = web->settings.app,
                            .arena = http->arena,
                            .http = http,
                            .client = client_of(web, http),
                            .now_us = web->settings.now_us(),
                            .csrf = ""};
    run_choose(run);
    enum rc rc = prepare(run);
    if (rc != RC_OK)
        run_fail(run, rc);
    else if (run->req.route->method == WEB_GET && run->req.route->slow != NULL)
        start_page(run, web->workers);
    else if (run->req.route->method == WEB_GET && web->readers != NULL)
        start_page(run, web->readers);
    else if (run->req.route->method == WEB_GET)
        answer_get(run);
    else if (typed_is_carried(run) || !run_is_ours(run))
        show_typed(run);
    else if (run->req.route->slow != NULL)
        start_slow(run);
    else
        post_act(run);
}

// ---- opening and closing ---------------------------------------------------------------------

static enum rc check_rows(struct web *web, const char **ret_error)
{
    const struct route *row = NULL;
    for (size_t k = 0; (row = web_route_at(web, k)) != NULL; k++) {
        web->route_count++;
        *ret_error = route_fault(row);
        if (*ret_error != NULL)
            return RC_BAD_INPUT;
    }
    *ret_error = "there is not enough memory";
    return route_index_open(web->settings.tables, web->settings.table_count, &web->index);
}

// scheme://host[:port], without what follows. NULL: out of memory.
static char *origin_of(const char *url)
{
    const char *host = strstr(url, "://");
    size_t length = host == NULL ? strlen(url) : (size_t)(host - url) + 3;
    length += strcspn(url + length, "/");
    return strndup(url, length);
}

static enum rc start_parts(struct web *web, const char **ret_error)
{
    const struct web_settings *settings = &web->settings;
    const char *url = settings->public_url;
    web->secure = url != NULL && strncmp(url, "https://", 8) == 0;
    web->origin = url == NULL ? NULL : origin_of(url);
    if (url != NULL && web->origin == NULL)
        return RC_NO_MEMORY;
    unsigned first = settings->readers > 0 ? settings->readers : settings->loops;
    TRY(workers_open(settings->workers, first, SLOW_WAITING_MAX, &web->workers));
    if (settings->readers > 0)
        TRY(workers_open(settings->readers, 0, PAGES_WAITING_MAX, &web->readers));
    struct http_settings http = {.host = settings->host,
                                 .port = settings->port,
                                 .loops = settings->loops,
                                 .body_max_bytes = BODY_MAX_BYTES,
                                 .head_timeout_ms = 10000,
                                 .body_timeout_ms = 20000,
                                 .idle_timeout_ms = 20000,
                                 .write_timeout_ms = 20000,
                                 .connections_max = 10000,
                                 .connections_per_address_max = 5000,
                                 .handler = handle,
                                 .context = web};
    TRY(http_open(&http, &web->server, ret_error));
    return RC_OK;
}

static void free_web(struct web *web)
{
    if (web->workers != NULL)
        workers_close(web->workers);
    if (web->readers != NULL)
        workers_close(web->readers);
    route_index_close(web->index);
    free(web->origin);
    free(atomic_load(&web->api));
    free(web);
}

enum rc web_open(const struct web_settings *settings, struct web **ret_web, const char **ret_error)
{
    struct web *web = calloc(1, sizeof *web);
    *ret_error = "there is not enough memory";
    if (web == NULL)
        return RC_NO_MEMORY;
    web->settings = *settings;
    enum rc rc = check_rows(web, ret_error);
    if (rc == RC_OK)
        rc = start_parts(web, ret_error);
    if (rc != RC_OK) {
        free_web(web);
        return rc;
    }
    *ret_web = web;
    return RC_OK;
}

enum rc web_stop(struct web *web)
{
    enum rc rc = http_stop(web->server);
    free_web(web);
    return rc;
}

// SPDX-License-Identifier: Apache-2.0
//
// Why: every answer leaves by one door, with the headers that protect its reader.
//
// Promises: Content-Security-Policy without inline script or style, no sniffing, no framing, no
// caching of what people see; cookies are HttpOnly and SameSite=Lax, Secure with https.
//
// Not for: deciding what is shown.
#include <string.h>

#include "web/run.h"

enum { SAID_AGE_S = 60 };

void run_header(struct answer *answer, const char *name, const char *value)
{
    if (value == NULL || answer->count == RUN_HEADERS_MAX) {
        answer->failed = true;
        return;
    }
    answer->headers[answer->count++] = (struct http_header){text_of(name), text_of(value)};
}

char *web_encode(struct arena *arena, const char *text)
{
    static const char hex[] = "0123456789ABCDEF";
    char *encoded = arena_alloc(arena, 3 * strlen(text) + 1);
    if (encoded == NULL)
        return NULL;
    size_t length = 0;
    for (const char *c = text; *c != '\0'; c++) {
        unsigned char byte = (unsigned char)*c;
        bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                     (byte >= 'a' && byte <= 'z') || byte == '-' || byte == '_';
        if (plain) {
            encoded[length++] = *c;
            continue;
        }
        encoded[length++] = '%';
        encoded[length++] = hex[byte >> 4];
        encoded[length++] = hex[byte & 15];
    }
    return encoded;
}

static void add_cookie(struct answer *answer, struct run *run, const char *name, const char *value,
                       int32_t age_s)
{
    const char *secure = run->web->secure ? "; Secure" : "";
    const char *prefix = run->web->secure ? "__Host-" : "";
    const char *age = "";
    if (age_s != 0)
        age = arena_printf(run->req.arena, "; Max-Age=%d", age_s < 0 ? 0 : (int)age_s);
    if (age == NULL || value == NULL) {
        answer->failed = true;
        return;
    }
    run_header(answer, "Set-Cookie",
               arena_printf(run->req.arena, "%s%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", prefix,
                            name, value, secure, age));
}

// What depends on the installation and the page; http.c sends what every answer carries.
static void add_protection(struct answer *answer, const struct run *run)
{
    if (run->req.file_name != NULL) // beside the policy of every answer: both hold
        run_header(answer, "Content-Security-Policy", "default-src 'none'; sandbox");
    run_header(answer, "Cache-Control",
               run->req.keeps ? "public, max-age=31536000, immutable" : "no-store");
    if (run->web->secure)
        run_header(answer, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

// Programs see how much of their minute is left.
static void add_room(struct answer *answer, const struct run *run)
{
    struct arena *arena = run->req.arena;
    run_header(answer, "RateLimit-Policy",
               arena_printf(arena, "\"token\";q=%lld;w=%lld", (long long)run->req.room.most,
                            (long long)run->req.room.window_s));
    run_header(answer, "RateLimit",
               arena_printf(arena, "\"token\";r=%lld;t=%lld", (long long)run->req.room.left,
                            (long long)run->req.room.reset_s));
}

void run_send(struct run *run, struct answer *answer, int status, struct text body)
{
    const char *type = run->req.content_type;
    if (type == NULL || (status >= 400 && !run->json && !run->req.unready))
        type = "text/html; charset=utf-8";
    add_protection(answer, run);
    if (!run->req.keeps)
        run_header(answer, "Vary", "Accept, Authorization, Cookie");
    if (run->req.room.most > 0)
        add_room(answer, run);
    if (run->req.clears)
        run_header(answer, "Clear-Site-Data", "\"cache\", \"storage\"");
    if (run->new_secret != NULL && !run->req.keeps)
        add_cookie(answer, run, WEB_COOKIE_FORM, run->new_secret, 0);
    struct http_answer sent = {.status = status,
                               .content_type = type,
                               .headers = answer->headers,
                               .header_count = answer->count,
                               .body = body,
                               .body_lasts = true};
    if (answer->failed)
        sent = (struct http_answer){.status = 500,
                                    .content_type = "text/plain; charset=utf-8",
                                    .body = text_of("There is not enough memory.\n"),
                                    .close = true};
    http_send(run->exchange, &sent);
}

static void go(struct run *run)
{
    struct answer answer = {0};
    struct req *req = &run->req;
    for (size_t k = 0; k < req->cookie_count; k++)
        add_cookie(&answer, run, req->cookies[k].name, req->cookies[k].value,
                   req->cookies[k].age_s);
    if (run->json) {
        run_go_json(run, &answer);
        return;
    }
    run_header(&answer, "Location", req->go);
    if (req->said != NULL)
        add_cookie(&answer, run, WEB_COOKIE_SAID, web_encode(req->arena, req->said), SAID_AGE_S);
    run_send(run, &answer, 303, (struct text){"", 0});
}

void run_answer(struct run *run)
{
    struct req *req = &run->req;
    if (req->go != NULL) {
        go(run);
        return;
    }
    if (run->page.rc != RC_OK) {
        run_fail(run, run->page.rc);
        return;
    }
    struct answer answer = {0};
    for (size_t k = 0; k < req->cookie_count; k++)
        add_cookie(&answer, run, req->cookies[k].name, req->cookies[k].value,
                   req->cookies[k].age_s);
    if (req_cookie(req, WEB_COOKIE_SAID) != NULL)
        add_cookie(&answer, run, WEB_COOKIE_SAID, "", -1);
    if (req->file_name != NULL) // made by the program: letters, digits, dots and dashes
        run_header(&answer, "Content-Disposition",
                   arena_printf(req->arena, "attachment; filename=\"%s\"", req->file_name));
    if (run->tag != NULL)
        run_header(&answer, "ETag", run->tag);
    if (run->wait_s > 0 || run->status == 401)
        run_problem_headers(run, &answer, run->status);
    if (req->refresh_s > 0)
        run_header(&answer, "Refresh", arena_printf(req->arena, "%u", req->refresh_s));
    run_send(run, &answer, req->unready ? 503 : run->status,
             (struct text){run->page.bytes, run->page.length});
}

// What an error page says: a heading and what to do.
struct error_words {
    int status;
    const char *title;
    const char *todo;
};

static const struct error_words words[] = {
    {400, MSG("This request can't be used"),       MSG("Go back, and try again from the page.")  },
    {403, MSG("This form has grown old"),
     MSG("Go back, load the page again, and send the form again. What you typed is still there.")},
    {404, MSG("There is no such page"),
     MSG("It may have moved, or be for other people. Start again from the first page.")          },
    {405, MSG("This page can't do that"),          MSG("Go back, and try again from the page.")  },
    {409, MSG("Someone else was faster"),
     MSG("Go back, load the page again, and look at what has changed.")                          },
    {412, MSG("Someone else was faster"),
     MSG("Go back, load the page again, and look at what has changed.")                          },
    {413, MSG("This is too large"),                MSG("Go back, and send less at once.")        },
    {415, MSG("This request can't be used"),       MSG("Go back, and try again from the page.")  },
    {428, MSG("This request can't be used"),       MSG("Go back, and try again from the page.")  },
    {429, MSG("There is too much to do just now"),
     MSG("Nothing was changed. Wait a minute, go back, and send it again.")                      },
    {500, MSG("Something went wrong here"),
     MSG("Nothing was changed. Try again; if it stays, tell the people who run this programme.") },
    {503, MSG("There is too much to do just now"),
     MSG("Nothing was changed. Wait a minute, go back, and send it again.")                      },
};

// A write that the machine refused: a full disk, a database that is away.
enum { UNSAVED = 507 };
static const struct error_words unsaved = {
    503, MSG("Saving does not work just now"),
    MSG("Nothing was changed, and reading still works. Go back and keep the page open: what you typed is "
        "still there. Send it again in a few minutes.")};

static const struct error_words *find_words(int status)
{
    if (status == UNSAVED)
        return &unsaved;
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
        if (words[k].status == status)
            return &words[k];
    return &words[sizeof words / sizeof words[0] - 2];
}

void run_fail_status(struct run *run, int status)
{
    const struct error_words *said = find_words(status);
    struct req *req = &run->req;
    if (run->json) {
        run_problem(run, status == UNSAVED ? unsaved.status : status);
        return;
    }
    struct html html = {.buffer = &run->page,
                        .locale = req->locale,
                        .csrf = req->csrf == NULL ? "" : req->csrf,
                        .language = locale_tag(req->locale),
                        .direction = locale_direction(req->locale)};
    req->title = said->title;
    req->actor = (struct actor){.zone = "UTC"};
    buffer_open(&run->page, req->arena, WEB_PAGE_LIMIT_BYTES);
    run->web->settings.hooks.begin(&html, req);
    html_raw(&html, "<h1>", 4);
    html_message(&html, said->title, NULL, 0);
    html_raw(&html, "</h1><p>", 8);
    html_message(&html, said->todo, NULL, 0);
    html_raw(&html, "</p>", 4);
    run->web->settings.hooks.end(&html, req);
    struct answer answer = {0};
    run_problem_headers(run, &answer, said->status);
    answer.failed = answer.failed || run->page.rc != RC_OK;
    run_send(run, &answer, said->status, (struct text){run->page.bytes, run->page.length});
}

static void go_to_sign_in(struct run *run)
{
    struct req *req = &run->req;
    if (run->json || req->bearer != NULL) {
        run->json = true;
        run_problem(run, 401);
        return;
    }
    char *path = arena_strndup(req->arena, req->http->path.bytes, req->http->path.length);
    char *next = path == NULL ? NULL : web_encode(req->arena, path);
    const char *to = next == NULL ? NULL : arena_printf(req->arena, "/sign-in?next=%s", next);
    req->cookie_count = 0;
    req->said = NULL;
    req->go = to == NULL ? "/sign-in" : to;
    go(run);
}

void run_fail(struct run *run, enum rc rc)
{
    if (run->fail_status != 0) {
        run_fail_status(run, run->fail_status);
        return;
    }
    switch (rc) {
    case RC_STOPPED: // nobody is signed in; or a read took too long
        if (run->req.actor.person == 0 && !run->admitted)
            go_to_sign_in(run);
        else
            run_fail_status(run, 503);
        return;
    case RC_NOT_FOUND:
        run_fail_status(run, 404);
        return;
    case RC_BAD_INPUT:
        run_fail_status(run, 400);
        return;
    case RC_EXISTS:
        run_fail_status(run, 409);
        return;
    case RC_LIMIT:
        run_fail_status(run, 503);
        return;
    case RC_IO:
        run_fail_status(run, run->req.http->method == WEB_GET ? 503 : UNSAVED);
        return;
    case RC_OK:
    case RC_NO_MEMORY:
        run_fail_status(run, 500);
        return;
    }
}

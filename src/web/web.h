// SPDX-License-Identifier: Apache-2.0
//
// Why: a route is a row of data, and the runner does what must never be forgotten: finds the
// person, checks the permission, checks where a change came from, opens the transaction, reads the
// form, commits only on RC_OK, and shows the page, whole or not at all.
//
// Promises: one arena, one transaction, one actor and one output buffer a request. A row without a
// permission stops the program at start. A refused form comes back as it was typed, with what is
// wrong next to each field. Every answer carries the security headers.
//
// Not for: meaning. Slices give rows; src/app says who a person is and what she may.
#ifndef TRELLIS_WEB_WEB_H
#define TRELLIS_WEB_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/db.h"
#include "web/field.h"
#include "web/form.h"
#include "web/html.h"
#include "web/http.h"
#include "web/message.h"
#include "web/out.h"

enum { WEB_PARAMS_MAX = 6, WEB_COOKIES_MAX = 5, WEB_PAGE_LIMIT_BYTES = 8 << 20 };

struct req;

// Who acts. person 0: nobody is signed in.
struct actor {
    int64_t person;
    const char *name;
    const char *email;
    const char *pronouns; // "": not said
    const char *zone;     // of the tz database; "UTC" until she says
    bool admin;           // of the whole organisation
    int64_t token;        // a program of hers asks, with this token of hers; 0: she herself
    bool reads_only;      // its token may not change anything
};

// What a row does, in this order. Each may be NULL, but a row has a load or an act.
//   slow   runs first, off the database's threads, in a read transaction: password hashing. With
//   GET,
//          all of the row runs there: for pages that compute (req_slow does nothing else)
//   act    changes something; only with POST. RC_BAD_INPUT: the page is shown again with the form
//   load   reads what the page shows, into req->view
//   page   writes it
typedef enum rc req_step(struct req *req);
typedef void req_page(struct html *html, struct req *req);

struct route {
    enum web_method method;
    const char *path; // "/cohorts/:cohort/people"
    int can;          // a permission of src/app/can.def; never 0
    const struct shape *in;
    req_step *slow;
    req_step *act;
    req_step *load;
    req_page *page;
    const char *title;           // a message: of the page, and of the operation in OpenAPI
    const struct out_shape *out; // of the view, for programs that want JSON; NULL: pages only
    const char *query; // the names that a GET reads from its query, divided by spaces, for
                       // the description; NULL: none
};

// The `out` of rows whose page is JSON already.
extern const struct out_shape web_out_own;
// The `out` of rows whose page edits: what the POST of the same path takes, with an ETag.
extern const struct out_shape web_out_form;

struct req_param {
    const char *name;
    const char *value;
};

struct web;

// What is left of a token's minute, for programs to see. Set by the hook `identify`.
struct req_room {
    int64_t most; // 0: nothing is counted
    int64_t window_s;
    int64_t left;
    int64_t reset_s;
};

// What a form that edits changes, in words: its label, what stood, and what stands then.
struct req_change {
    const char *label; // messages, or what was typed
    const char *before;
    const char *after;
};

struct req {
    struct web *web;
    void *app; // what the settings gave
    struct arena *arena;
    const struct http_request *http;
    struct text client; // where it comes from: the peer, or whom a proxy of ours names
    const struct route *route;
    struct req_param params[WEB_PARAMS_MAX];
    size_t param_count;
    unsigned path_methods; // bits of enum web_method that rows have for this path
    struct db_tx *tx;
    bool writes; // tx may change rows: in an act, and in its load
    struct actor actor;
    struct db_rows *roles; // the actor's, as the floor above has read them; gone after an act
    const struct locale *locale;
    int64_t now_us;
    const char *csrf;   // what a form of this browser must carry
    const char *bearer; // the token of a program; NULL: a browser. With it, no cookie is looked at
    struct req_room room; // of the token
    int64_t wait_s;       // set with a refusal: too often; try again after so many seconds (429)
    bool not_by_token;    // set by the hook `may`: this is for people in a browser alone
    enum rc (*later)(struct req *req); // set where a page is only read: what must be written all
                                       // the same, in a transaction of its own, before the answer
    struct form form;                  // the body's values with POST, the query's with GET
    struct req_change *changes;        // of an act whose page edits, for the log
    size_t change_count;
    void *in;          // of route->in
    void *view;        // what load found, for page
    void *kept;        // what slow found, for act
    const char *title; // set by load where the row's title is not enough
    const char *go;    // set by act: where to go next; NULL: show the page
    const char *said;  // a message that the next page shows
    struct {
        const char *name;
        const char *value;
        int32_t age_s; // < 0: forget it
    } cookies[WEB_COOKIES_MAX];
    size_t cookie_count;
    const char *content_type; // set by a page that is not HTML
    bool unready;             // set by load: the page is sent as 503
    const char *file_name;    // with it: offered for saving under this name
    unsigned refresh_s;       // set by load: the page asks for itself again after so many seconds;
                              // it must offer a way to stop that; 0: it does not
    bool keeps;               // the answer never changes: browsers may keep it
    bool clears;              // browsers forget what they have kept of this site
};

// A request of a program that must happen once, and its answer; see once.c.
struct web_once {
    const char *key;    // that the program chose
    const char *asked;  // a digest of the request
    const char *was;    // the same of the request that the answer was for
    const char *answer; // JSON
};

// What the floor above gives. All run inside the request's transaction.
struct web_hooks {
    // Fills actor and locale. RC_STOPPED: a bearer that does not hold; RC_LIMIT: too many of them.
    enum rc (*identify)(struct req *req);
    bool (*by_link)(const struct route *route); // a secret in the path is what allows its POST: no
                                                // cookie and no token is asked; NULL: never
    enum rc (*may)(struct req *req); // RC_OK, RC_NOT_FOUND (hidden), RC_STOPPED (sign in first)
    const char *(*csrf)(struct arena *arena, const char *secret); // the token of a cookie's secret
    const char *(*new_secret)(struct arena *arena);
    enum rc (*done)(struct req *req); // an act went well; may be NULL
    // The actor's answer to a key, within a day: sets was and answer. RC_NOT_FOUND: none. NULL, and
    // then `remember` too: keys are not looked at.
    enum rc (*recall)(struct req *req, struct web_once *once);
    enum rc (*remember)(struct req *req, const struct web_once *once);
    void (*begin)(struct html *html, struct req *req); // the layout around each page
    void (*end)(struct html *html, struct req *req);
};

struct web_settings {
    const struct route *const *tables; // each ends with a row whose path is NULL
    size_t table_count;
    struct web_hooks hooks;
    struct db *db;
    void *app;
    const char *host;
    uint16_t port;
    unsigned loops;   // threads that talk to browsers
    unsigned readers; // pages are read on so many threads, in slots 0 .. readers-1 of db, since
                      // a database elsewhere may be slow; 0: on the loops, in their slots
    unsigned workers; // for slow steps; in the slots after those
    const char *public_url; // "https://mentoring.example.org"; NULL: where it listens
    const char *proxies;    // addresses, divided by commas, that X-Forwarded-For is believed of;
                            // NULL: none
    int64_t (*now_us)(void);
};

// RC_BAD_INPUT: a row that the rules of struct route refuse; ret_error names it.
enum rc web_open(const struct web_settings *settings, struct web **ret_web, const char **ret_error);
uint16_t web_port(const struct web *web);

// How people reach it, without a slash at the end: the public URL, or where it listens.
const char *web_origin(const struct web *web, struct arena *arena);
enum rc web_stop(struct web *web);

// Whether writes fail just now for reasons of the machine (db_writes_fail).
bool req_writes_fail(const struct req *req);

// The slow step of a row whose load or page takes long.
enum rc req_slow(struct req *req);

// The value of a path's ":name"; "" when the row has none. As a number; 0 when it is none.
const char *req_param(const struct req *req, const char *name);
int64_t req_id(const struct req *req, const char *name);
const char *req_path(const struct req *req); // the whole path, as text; NULL: no memory

// The path of this page's next one, for OUT_PATH: its query with one value set. Only for GET.
enum rc req_next(struct req *req, const char *name, int64_t value, const char **ret_path);

// Percent-encodes everything but letters and digits. NULL: out of memory.
char *web_encode(struct arena *arena, const char *text);

// A cookie that the browser sent, or an act has set; NULL: none.
const char *req_cookie(const struct req *req, const char *name);
enum rc req_set_cookie(struct req *req, const char *name, const char *value, int32_t age_s);

// Ends an act well: the browser goes to a path of ours, whose page then shows `said` (a message).
__attribute__((format(printf, 3, 4))) enum rc req_go(struct req *req, const char *said,
                                                     const char *format, ...);

// The cookie that holds a browser's secret; a signed-in session is known by its hash.
#define WEB_COOKIE "trellis"
#define WEB_COOKIE_FORM "trellis-form"
#define WEB_COOKIE_SAID "trellis-said"
#define WEB_COOKIE_DEVICE "trellis-device" // a browser that somebody has signed in with before
#define WEB_LANGUAGE_COOKIE "trellis-language"

// The rows, for OpenAPI and for the tests of every route.
const struct route *web_route_at(const struct web *web, size_t index); // NULL beyond the last

#endif

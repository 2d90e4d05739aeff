// SPDX-License-Identifier: Apache-2.0
//
// Why: what the parts of the runner share about one request that is being answered.
#ifndef TRELLIS_WEB_RUN_H
#define TRELLIS_WEB_RUN_H

#include <stdatomic.h>

#include "web/web.h"

struct web {
    struct web_settings settings;
    struct http_server *server;
    struct workers *workers;
    struct workers *readers; // NULL: pages are read on the loops
    _Atomic(char *) api;     // the description, once it was asked for
    struct route_index *index;
    char *origin; // scheme://host[:port] of the public URL
    bool secure;  // https: cookies carry Secure
    size_t route_count;
};

// One request on its way through the steps. Lives in the exchange's arena.
struct run {
    struct req req;
    struct web *web;
    struct http_exchange *exchange;
    struct db_task task;
    struct buffer page;
    const char *new_secret; // a form cookie to set; NULL: the browser has one
    struct form sent;       // as parsed; req.form begins as its copy at each try
    int status;
    bool admitted;      // she may; what is stopped after that took too long
    int fail_status;    // of a failure that its result alone does not tell; 0: by the result
    bool json;          // a program asks: JSON is answered, and problems as JSON
    bool json_demanded; // and nothing else will do
    const char *fault;  // what is wrong with the request, for a program; NULL: nothing more to say
    enum rc rc;         // what was done before its `later` was written, and what follows that
    void (*then)(struct run *run, enum rc rc);
    int64_t wait_s;    // a refusal that time alone mends: 429
    const char *tag;   // of what is sent; NULL: none
    bool stale;        // a refusal because somebody else has changed it: 409
    size_t cookies;    // set before its steps run: those of a session that has just begun
    const char *words; // what stands above a form that waits to be sent; NULL: nothing
};

// What the headers of a request say about the answer that is wanted.
void run_choose(struct run *run);

// Whether a value of Accept or Content-Type is of a type, whatever its parameters are.
bool run_is_type(struct text value, const char *type);

// An answer that is being put together.
enum { RUN_HEADERS_MAX = 24 };
struct answer {
    struct http_header headers[RUN_HEADERS_MAX];
    size_t count;
    bool failed; // out of memory
};
void run_header(struct answer *answer, const char *name, const char *value);
// The body lies in the run's arena, or is static.
void run_send(struct run *run, struct answer *answer, int status, struct text body);

// The view of a run through its row's shape, into run->page.
enum rc run_json(struct run *run);
// After an act: where to go, as JSON.
void run_go_json(struct run *run, struct answer *answer);
// The same as text, in run->page.
enum rc run_go_body(struct run *run);

// With an Idempotency-Key: the answer that was kept, in run->page; and keeping this one. Both do
// nothing without a key.
enum rc run_recall(struct run *run, bool *ret_known);
enum rc run_remember(struct run *run);

// A problem of RFC 9457.
void run_problem(struct run *run, int status);
// What the answer of a failure says in its head: Allow, Retry-After, WWW-Authenticate.
void run_problem_headers(struct run *run, struct answer *answer, int status);

// Sends the answer of a run that went well: its page, or where to go.
void run_answer(struct run *run);

// Sends an error page in words for a result; 303 to the sign-in page for RC_STOPPED.
void run_fail(struct run *run, enum rc rc);
void run_fail_status(struct run *run, int status);

// The parts of a try, for what shows a row without acting: it starts clean, finds who asks and
// whether she may, and loads and writes the page.
void run_start_try(struct run *run, struct db_tx *tx, bool writes);
enum rc run_admit(struct run *run);
enum rc run_load_and_page(struct run *run);

// Writes the page into run->page. Needs what load gave.
enum rc run_page(struct run *run);

// Whether a change comes from a page of ours: Sec-Fetch-Site, Origin or Referer, and the form's
// token.
bool run_is_ours(struct run *run);

// The secret of this browser: of its session, or of its forms; makes one when there is none.
enum rc run_secret(struct run *run);

// Threads for slow steps.
struct workers;
typedef void worker_job(void *data, unsigned slot);
enum rc workers_open(unsigned count, unsigned first_slot, size_t waiting_max,
                     struct workers **ret_workers);
enum rc workers_give(struct workers *workers, worker_job *job, void *data); // RC_LIMIT: full
void workers_close(struct workers *workers);                                // finishes its jobs

#endif

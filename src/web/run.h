// SPDX-License-Identifier: Apache-2.0
//
// Why: what the parts of the runner share about one request that is being answered.
#ifndef TRELLIS_WEB_RUN_H
#define TRELLIS_WEB_RUN_H

#include "web/web.h"

struct web {
    struct web_settings settings;
    struct http_server *server;
    struct workers *workers;
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
};

// Sends the answer of a run that went well: its page, or where to go.
void run_answer(struct run *run);

// Sends an error page in words for a result; 303 to the sign-in page for RC_STOPPED.
void run_fail(struct run *run, enum rc rc);
void run_fail_status(struct run *run, int status);

// Writes the page into run->page. Needs what load gave.
enum rc run_page(struct run *run);

// Whether a change comes from a page of ours: Sec-Fetch-Site or Origin, and the form's token.
bool run_is_ours(struct run *run);

// The secret of this browser: of its session, or of its forms; makes one when there is none.
enum rc run_secret(struct run *run);

// Percent-encodes everything but letters and digits.
char *run_encode(struct arena *arena, const char *text);

// Threads for slow steps.
struct workers;
typedef void worker_job(void *data, unsigned slot);
enum rc workers_open(unsigned count, unsigned first_slot, struct workers **ret_workers);
enum rc workers_give(struct workers *workers, worker_job *job, void *data); // RC_LIMIT: full
void workers_close(struct workers *workers);                                // finishes its jobs

#endif

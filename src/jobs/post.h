// SPDX-License-Identifier: Apache-2.0
//
// Why: what is told to other programs goes to addresses that people typed, which must not become a
// way into the network in which the server stands.
//
// Promises: https to public addresses alone, whatever a name stands for at the moment of the
// connection; no redirect is followed, no proxy of the environment asked; certificates are checked;
// it ends within POST_TIMEOUT_S, and what comes back is not kept but for its status.
//
// Not for: what is sent and when, or signing it.
#ifndef TRELLIS_JOBS_POST_H
#define TRELLIS_JOBS_POST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/rc.h"

enum { POST_TIMEOUT_S = 15, POST_URL_MOST = 500, POST_ANSWER_MOST = 64 << 10 };

// What came of it. The names are kept, so they never change.
enum post_fault {
    POST_ANSWERED,      // with a status
    POST_FORBIDDEN,     // its name stands for an address that is not public
    POST_NO_NAME,       // nobody knows the name
    POST_NO_CONNECTION, // nobody answers there
    POST_NO_TLS,        // its certificate does not hold
    POST_TOO_SLOW,
    POST_BROKEN
};

struct post {
    const char *url;
    const char *const *headers; // "name: value", closed by NULL
    const char *body;           // JSON
    bool loopback;              // this machine itself may be asked, also by http: for tests
};
struct post_answer {
    enum post_fault fault;
    long status; // 0: none
};

// RC_OK: *ret_answer says what came of it. RC_NO_MEMORY: it was not tried.
typedef enum rc post_function(const struct post *post, struct post_answer *ret_answer);
post_function post_send;

// Whether something may be sent there, as far as the text tells.
bool post_may_go(const char *url, bool loopback);

// Whether an address, as text, is one of the public network.
bool post_is_public(const char *address);

#endif

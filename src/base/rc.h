// SPDX-License-Identifier: Apache-2.0
//
// Why: one small set of results for every call that can fail, so that a caller can pass a failure
// on without reading the callee, and one guard macro, so that the happy path stays at the left
// margin.
//
// Promises: RC_OK is 0; a call that returns anything else has not touched its outputs.
//
// Not for: saying what is wrong in a user's input; that goes into a problem list (base/problem.h).
#ifndef TRELLIS_BASE_RC_H
#define TRELLIS_BASE_RC_H

// One line each: name, then the sentence that a person sees when nothing better is known.
#define RC_LIST(X)                                                                                 \
    X(RC_OK, "done")                                                                               \
    X(RC_NO_MEMORY, "there is not enough memory, or the limit set for this work is reached")       \
    X(RC_BAD_INPUT, "the input cannot be used")                                                    \
    X(RC_IO, "a file cannot be read or written")                                                   \
    X(RC_LIMIT, "the input is larger than the limit")                                              \
    X(RC_NOT_FOUND, "it does not exist")                                                           \
    X(RC_EXISTS, "it exists already")                                                              \
    X(RC_STOPPED, "the work was stopped")

enum rc {
#define RC_NAME(name, text) name,
    RC_LIST(RC_NAME)
#undef RC_NAME
};

// Returns the sentence of a result; never NULL, static.
const char *rc_text(enum rc rc);

// Leaves the function with the result of `call` unless it is RC_OK.
#define TRY(call)                                                                                  \
    do {                                                                                           \
        enum rc try_rc = (call);                                                                   \
        if (try_rc != RC_OK)                                                                       \
            return try_rc;                                                                         \
    } while (0)

#endif

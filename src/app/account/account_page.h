// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of accounts show.
#ifndef TRELLIS_APP_ACCOUNT_ACCOUNT_PAGE_H
#define TRELLIS_APP_ACCOUNT_ACCOUNT_PAGE_H

#include "web/field.h"
#include "web/out.h"

struct account_session {
    const char *since;
    const char *start; // of its hash, to name it by
    bool here;         // this one
    int64_t since_us;
};

struct account_view {
    bool is_first; // it is the administrator who makes her account
    const char *action;
    const struct form *form;
    const struct shape *shape;
    const char *name;
    const char *email;
    const char *pronouns;
    const char *said; // how her name is said
    const char *zone;
    const char *new_email; // waits to be confirmed; "": none
    const char *kind;      // of a link
    const char *next;      // where she goes on after signing in
    const char *typed;     // what she typed before her session ended; NULL: nothing
    bool has_password;
    bool letters_back; // letters to her address come back, and are held back
    bool needs_old;    // the old password must be given to set a new one
    struct account_session *sessions;
    size_t session_count;
};

extern const struct out_shape account_out;

#endif

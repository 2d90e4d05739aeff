// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of accounts show.
#ifndef TRELLIS_APP_ACCOUNT_ACCOUNT_PAGE_H
#define TRELLIS_APP_ACCOUNT_ACCOUNT_PAGE_H

#include "web/field.h"

struct account_session {
    const char *since;
};

struct account_view {
    const char *action;
    const struct form *form;
    const struct shape *shape;
    const char *name;
    const char *email;
    struct account_session *sessions;
    size_t session_count;
};

#endif

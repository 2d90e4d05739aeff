// SPDX-License-Identifier: Apache-2.0
//
// Why: what the log's page shows.
#ifndef TRELLIS_APP_AUDIT_AUDIT_PAGE_H
#define TRELLIS_APP_AUDIT_AUDIT_PAGE_H

#include "app/audit/audit.h"

struct audit_detail {
    const char *what; // messages, or what was typed
    const char *before;
    const char *after;
};

struct audit_row {
    const char *at;
    const char *who;
    const char *what; // a message
    const char *where;
    int64_t at_us;
    struct audit_detail *details;
    size_t detail_count;
};

struct audit_view {
    const char *search;
    struct audit_row *rows;
    size_t count;
    int64_t before; // the id of the last one; 0: no page follows
    const char *next;
    struct audit_end end;
    const char *sealed_at;
};

extern const struct out_shape audit_out;

#endif

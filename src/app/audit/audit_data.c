// SPDX-License-Identifier: Apache-2.0
//
// What is kept of what was done: see app/data.h.
#include "app/audit/audit.h"
#include "app/data.h"

// clang-format off
const struct app_table audit_tables[] = {
    {"audit", "id", MSG("What was done"), KEEP_LOG, ROWS_OLD, "person = $1", NULL, "at < $1", NULL, NULL, {
        DATA_KEYS("#id #person", END_ROW),
        {"#at what place", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("to find out who changed what, when something went wrong")},
    }},
    {.name = NULL},
};
// clang-format on

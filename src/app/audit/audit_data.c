// SPDX-License-Identifier: Apache-2.0
//
// What is kept of what was done: see app/data.h.
#include "app/audit/audit.h"
#include "app/data.h"

// clang-format off
const struct app_table audit_tables[] = {
    {"audit", "id", MSG("What was done"), KEEP_LOG, ROWS_OLD, "person = $1", NULL,
     "number <= (SELECT coalesce(max(number), 0) FROM audit_seal WHERE at < $1) AND at < $1 AND number > 0", NULL, NULL, {
        DATA_KEYS("#id #person", END_ROW),
        DATA_MARKS("#number hash", END_ROW),
        {"#at what place detail", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("to find out who changed what, when something went wrong")},
    }},
    {"audit_seal", "number", MSG("Seals of the log"), KEEP_LOG, ROWS_OLD, NULL, NULL,
     "at < $1 AND number < (SELECT max(number) FROM audit_seal WHERE at < $1)", NULL, NULL, {
        DATA_MARKS("#number hash", END_ROW),
        {"#at", DATA_PROGRAMME, COPY_NO, END_ROW, MSG("to find out whether the log was changed")},
    }},
    {.name = NULL},
};
// clang-format on

// SPDX-License-Identifier: Apache-2.0
//
// What the floors below the slices keep: see data.h.
#include "app/app.h"

// clang-format off
const struct app_table app_tables[] = {
    {"job", "id", MSG("Work that waits, and letters that are not sent yet"), KEEP_SHORT, ROWS_GO,
     "kind = 'mail' AND substr(body, 1, (SELECT length(email) + 1 FROM person WHERE id = $1)) = (SELECT email || '\n' FROM person WHERE id = $1)",
     NULL, "given_up = 1 AND run_at < $1", NULL, NULL, {
        DATA_KEYS("#id", END_ROW),
        {"kind body", DATA_SECRET, COPY_NO, END_ROW, MSG("a letter and its address, until it is sent; or what is to be done")},
        DATA_MARKS("#run_at #tries #claimed_until #given_up", END_ROW),
    }},
    {"mail_sent", "number", MSG("Letters that may come back"), KEEP_SHORT, ROWS_GO, "email = (SELECT email FROM person WHERE id = $1)",
     NULL, "at < $1", NULL, NULL, {
        DATA_KEYS("#number", END_ROW),
        {"hash", DATA_SECRET, COPY_NO, END_ROW, MSG("to know a letter again that comes back; nobody can read it")},
        {"email #at", DATA_SELF, COPY_YES, END_ROW, MSG("to learn from which address a letter came back")},
    }},
    {"mail_back", "email", MSG("Addresses from which letters come back"), KEEP_BACK, ROWS_GO, "email = (SELECT email FROM person WHERE id = $1)",
     NULL, "at < $1", NULL, NULL, {
        {"email status #count #at #stops", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("to send no more letters there, and to tell her and those who run her cohort")},
    }},
    {.name = NULL},
};
// clang-format on

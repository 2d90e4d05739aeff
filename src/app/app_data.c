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
    {.name = NULL},
};
// clang-format on

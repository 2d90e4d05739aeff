// SPDX-License-Identifier: Apache-2.0
//
// What is kept of erasing and of ages: see app/data.h.
#include "app/data.h"
#include "app/privacy/privacy.h"

// clang-format off
const struct app_table privacy_tables[] = {
    {"keep_age", "name", MSG("How long data is kept"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        {"name #days #set_at", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("ages that managers have set")},
        DATA_KEYS("#set_by", END_STAYS),
    }},
    {"erasure", "person", MSG("Who is to be erased, and who was"), KEEP_PROGRAMME, ROWS_OLD, "person = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#person", END_STAYS),
        {"why #asked_at #due_at #done_at", DATA_PROGRAMME, COPY_YES, END_STAYS, MSG("to erase when it is due, and again after a backup was restored")},
    }},
    {.name = NULL},
};
// clang-format on

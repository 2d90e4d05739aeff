// SPDX-License-Identifier: Apache-2.0
//
// What is kept of webhooks: see app/data.h. What is told carries numbers of rows alone.
#include "app/data.h"
#include "app/webhook/webhook.h"

// clang-format off
const struct app_table webhook_tables[] = {
    {"webhook", "id", MSG("Other programs that are told what happens"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #made_by #busy_by", END_STAYS),
        {"url about kinds state", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("who is told what, and whether it arrives")},
        {"secret old_secret #old_until", DATA_SECRET, COPY_NO, END_STAYS, MSG("so that the other side knows that it is from here; sealed")},
        DATA_MARKS("#failing_since #told_at #busy_until #made_at", END_STAYS),
    }},
    {"webhook_delivery", "id", MSG("What they were told"), KEEP_SHORT, ROWS_OLD, NULL, NULL, "state <> 'waiting' AND made_at < $1", NULL, NULL, {
        DATA_KEYS("#id #webhook #line", END_ROW),
        {"kind body state #status #fault #tries", DATA_PROGRAMME, COPY_NO, END_ROW, MSG("numbers and states, no words of people; to see what has arrived")},
        DATA_MARKS("#made_at #next_at #at", END_ROW),
    }},
    {.name = NULL},
};
// clang-format on

// SPDX-License-Identifier: Apache-2.0
//
// What is kept of concerns: see app/data.h. What was told is sealed, so the copy of one's data
// tells that it is there, and her own page opens it.
#include "app/concern/concern.h"
#include "app/data.h"

// clang-format off
#define HERS "concern IN (SELECT id FROM concern_case WHERE by_person = $1)"
#define OLD "concern IN (SELECT id FROM concern_case WHERE closed_at > 0 AND closed_at < $1)"
const struct app_table concern_tables[] = {
    {"concern_case", "id", MSG("Concerns"), KEEP_CONCERN, ROWS_OLD, "by_person = $1", NULL, "closed_at > 0 AND closed_at < $1", NULL, NULL, {
        DATA_KEYS("#id #cohort #match #by_person #linked", END_ROW),
        {"kind #named state #ladder", DATA_SAFEGUARDING, COPY_YES, END_ROW, MSG("to help, and to keep people safe")},
        {"text evidence", DATA_SAFEGUARDING, COPY_NO, END_ROW, MSG("what was told, sealed; whoever told it reads it on her page")},
        {"code outside", DATA_SECRET, COPY_NO, END_ROW, MSG("to know a secret code again; it is not kept itself")},
        {"#made_at #due_at #moved_at #closed_at", DATA_SAFEGUARDING, COPY_YES, END_ROW, MSG("when it is answered")},
        DATA_MARKS("#reminded_at", END_ROW),
    }},
    {"concern_word", "id", MSG("Words about concerns"), KEEP_CONCERN, ROWS_OLD, "shown = 1 AND " HERS, NULL, OLD, NULL, NULL, {
        DATA_KEYS("#id #concern #person", END_ROW),
        {"text", DATA_SAFEGUARDING, COPY_NO, END_ROW, MSG("what was done about a concern, sealed")},
        {"who #shown", DATA_SAFEGUARDING, COPY_YES, END_ROW, MSG("who sees it")},
        DATA_TIMES("#at", DATA_SAFEGUARDING, END_ROW),
    }},
    {"concern_about", "concern, person", MSG("Whom concerns are about"), KEEP_CONCERN, ROWS_OLD, NULL, NULL, OLD, NULL, NULL, {
        DATA_KEYS("#concern", END_ROW),
        {"#person #at", DATA_SAFEGUARDING, COPY_NO, END_ROW, MSG("so that whom it is about can't read it")},
    }},
    {"concern_glass", "id", MSG("Concerns that two people opened"), KEEP_CONCERN, ROWS_OLD, NULL, NULL, OLD, NULL, NULL, {
        DATA_KEYS("#id #concern", END_ROW),
        {"#asked_by why #asked_at #agreed_by #agreed_at #until_at", DATA_SAFEGUARDING, COPY_NO, END_ROW, MSG("who opened what nobody had answered, and why")},
    }},
    {"concern_safety", "cohort", MSG("Safety of cohorts"), KEEP_RECORD, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#cohort", END_STAYS),
        {"emergency exit_url", DATA_PUBLIC, COPY_NO, END_STAYS, MSG("whom to call, and a way out of the page")},
        {"outside_name outside_email", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("who reads what is about all others")},
    }},
    {.name = NULL},
};
// clang-format on

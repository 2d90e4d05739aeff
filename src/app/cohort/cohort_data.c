// SPDX-License-Identifier: Apache-2.0
//
// What is kept of cohorts: see app/data.h.
#include "app/cohort/cohort.h"
#include "app/data.h"

// clang-format off
const struct app_table cohort_tables[] = {
    {"cohort", "id", MSG("Programmes"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id", END_STAYS),
        {"#programme", DATA_PUBLIC, COPY_NO, END_STAYS, MSG("whose cohort it is")},
        {"name about starts #weeks state #cadence #hours #late opens closes reason", DATA_PUBLIC, COPY_NO, END_STAYS, MSG("what the programme is, and asks of people")},
    }},
    {"objective", "id", MSG("Objectives of programmes"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id #cohort", END_STAYS),
        {"title description measure baseline target due figure", DATA_PUBLIC, COPY_NO, END_STAYS, MSG("what the programme wants to reach")},
    }},
    {"programme", "id", MSG("What programmes say of themselves"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id", END_STAYS),
        {"name about written second #steps #made_at #ended_at", DATA_PUBLIC, COPY_NO, END_STAYS, MSG("what the programme is, and how far it is made ready")},
    }},
    {"letter_text", "programme, name, language", MSG("Letters in a programme's words"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#programme name language #made_by", END_STAYS),
        {"subject body #version #made_at", DATA_PUBLIC, COPY_NO, END_STAYS, MSG("what people are written")},
    }},
    {"words", "subject, part, language", MSG("Texts of programmes in other languages"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        DATA_KEYS("#subject part language #cohort", END_STAYS),
        {"text #made_at", DATA_PUBLIC, COPY_NO, END_STAYS, MSG("what a programme says and asks, in the language of who reads it")},
        DATA_MARKS("was", END_STAYS),
    }},
    {.name = NULL},
};
// clang-format on

// SPDX-License-Identifier: Apache-2.0
//
// What is kept of imported sheets: see app/data.h.
#include "app/data.h"
#include "app/import/import.h"

// clang-format off
const struct app_table import_tables[] = {
    {"import", "id", MSG("Imported sheets"), KEEP_SHEET, ROWS_STAY,
     "id IN (SELECT r.import FROM import_row r JOIN enrolment e ON e.id = r.enrolment WHERE e.person = $1)", NULL, "made_at < $1", NULL, NULL, {
        DATA_KEYS("#id #cohort #made_by #undone_to", END_STAYS),
        {"role choices state #made_at #added #changed #done #rows #accept #undone #stayed", DATA_PROGRAMME, COPY_NO, END_STAYS, MSG("to tell what an import did")},
        {"file_name @content", DATA_PROGRAMME, COPY_NO, END_EMPTY, MSG("to read the sheet again with other columns; it tells of many people")},
    }},
    {"import_row", "import, enrolment", MSG("What imports changed"), KEEP_SHEET, ROWS_GO, "enrolment IN " DATA_HER_SIGN_UPS, NULL,
     "import IN (SELECT id FROM import WHERE made_at < $1)", NULL, NULL, {
        DATA_KEYS("#import #enrolment #line", END_ROW),
        {"topics other languages week employer about top formats goal years skills place manager #cadence #level #places #hours #woman", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what stood there before, so that an import can be undone")},
        DATA_MARKS("#person_new #is_new #manager_set", END_ROW),
    }},
    {"import_answer", "import, enrolment, question", MSG("Answers that imports changed"), KEEP_SHEET, ROWS_GO, "enrolment IN " DATA_HER_SIGN_UPS, NULL,
     "import IN (SELECT id FROM import WHERE made_at < $1)", NULL, NULL, {
        DATA_KEYS("#import #enrolment #question", END_ROW),
        {"value", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what stood there before, so that an import can be undone")},
        DATA_MARKS("#had", END_ROW),
    }},
    {.name = NULL},
};
// clang-format on

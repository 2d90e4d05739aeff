// SPDX-License-Identifier: Apache-2.0
//
// Reads one sheet of mentors as the page of imports does, and says how many rows it found; what
// bench/import/run measures.
#include <stdio.h>

#include "base/file.h"

#include "app/import/import.h"

enum { LIMIT_BYTES = 1 << 30 };

int main(int argc, char **argv)
{
    static const struct cohort cohort = {.starts = "2027-03-01", .weeks = 26};
    struct arena arena;
    struct import_sheet sheet;
    struct text content;
    const char *error = NULL;
    if (argc != 2)
        return 2;
    arena_open(&arena, LIMIT_BYTES);
    if (file_read(&arena, argv[1], LIMIT_BYTES / 4, &content, &error) != RC_OK)
        return 2;
    const struct import_source source = {
        .content = content, .file = "people.csv", .mentors = true, .cohort = &cohort};
    enum rc rc = import_read(&arena, &source, &sheet);
    printf("%zu people, %zu remarks", sheet.person_count, sheet.note_count);
    if (sheet.note_count > 0)
        printf(" (line %u, %s: %s)", (unsigned)sheet.notes[0].line, sheet.notes[0].column,
               sheet.notes[0].what);
    arena_close(&arena);
    return rc == RC_OK && sheet.usable ? 0 : 1;
}

// SPDX-License-Identifier: Apache-2.0
//
// A sheet becomes sign-ups: topics of the list and others, places to zones, weeks, and what is
// wrong.
#include "app/import/import.h"

#include <string.h>

#include "base/tap.h"

static const struct cohort cohort = {.starts = "2027-03-01", .weeks = 26};

static bool read_sheet(struct arena *arena, const char *text, bool mentors,
                       const char *const *choices, size_t count, struct import_sheet *sheet)
{
    const struct import_source source = {text_of(text), "people.csv", mentors,
                                         &cohort,       choices,      count};
    return import_read(arena, &source, sheet) == RC_OK;
}

static void test_mentees(struct arena *arena)
{
    struct import_sheet sheet;
    const char *text = "Name;E-mail;City;Country;Languages;Availability;Wants help with\n"
                       "Ada;ADA@Example.org;Madrid;Spain;english, Spanish;Mon-Fri 18-21;Securty, "
                       "polar science, Data science\n"
                       "Bea;;Atlantis;;;;ux\n";
    if (!ok(read_sheet(arena, text, false, NULL, 0, &sheet) && sheet.usable, "read"))
        return;
    is_uint(sheet.person_count, 2, "every row is a person");
    const struct import_person *ada = &sheet.people[0];
    is_str(ada->email, "ada@example.org", "her address");
    is_str(ada->zone, "Europe/Madrid", "her zone");
    is_str(ada->topics, "security data ", "topics of the list, with near spellings");
    is_str(ada->other, "polar science", "and others as she wrote them");
    is_str(ada->languages, "en es ", "languages");
    ok(strncmp(ada->week, "1 18:00 21:00 g;2 18:00", 23) == 0, "windows of her week");
    is_str(sheet.people[1].zone, "", "an unknown place has no zone");
    ok(sheet.note_count > 0, "and is told");
    is_str(sheet.columns[6].field, "wishes", "a column is recognised");
}

static void test_mapping(struct arena *arena)
{
    struct import_sheet sheet;
    const char *text = "Wer,Wohin,Was\nMina,mina@example.org,python\n";
    const char *const choices[] = {"name", "email", "skills"};
    ok(read_sheet(arena, text, true, NULL, 0, &sheet) && !sheet.usable,
       "headings that nobody knows are refused");
    ok(sheet.note_count > 0 && sheet.note_count < 10, "with what to do");
    ok(read_sheet(arena, text, true, choices, 3, &sheet) && sheet.usable, "chosen by hand");
    is_str(sheet.people[0].other, "python", "it is read");
    ok(read_sheet(arena, "", true, NULL, 0, &sheet) && !sheet.usable, "an empty file");
    ok(read_sheet(arena, "\xff\xfe\x00", true, NULL, 0, &sheet) && !sheet.usable,
       "no sheet at all");
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 64 << 20);
    test_mentees(&arena);
    test_mapping(&arena);
    arena_close(&arena);
    return tap_done();
}

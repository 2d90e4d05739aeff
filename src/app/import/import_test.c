// SPDX-License-Identifier: Apache-2.0
//
// A sheet becomes sign-ups: topics of the list and others, places to zones, weeks, and what is
// wrong.
#include "app/import/import.h"

#include <string.h>

#include "base/csv.h"
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

// ---- a sheet of our own ------------------------------------------------------------------------

enum { SETS = 10000, PEOPLE_MOST = 4, SHEET_BYTES = 4 << 20 };

static const char *const naughty[] = {
    "",
    "\"",
    "'",
    "'=1",
    "=1+1",
    "+1",
    "-1",
    "@a",
    "\n",
    "\r\n",
    ",",
    ";",
    " ",
    "00420",
    "<b>",
    "\xc3\xa9",
    "\xe2\x80\xae",
    "\xd7\x90\xd7\x91",
    "\xf0\x9f\x91\xa9",
    "NULL",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
static const char *const lists[] = {"", "data ", "security data "};
static const char *const zones[] = {"", "Europe/Madrid", "UTC"};
static const char *const weeks[] = {"", "1 18:00 21:00 g;w 07:15 08:00 p;"};

static uint32_t draw(uint64_t *state, uint32_t below)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33) % below;
}

static const char *random_text(struct arena *arena, uint64_t *state)
{
    struct buffer out;
    buffer_open(&out, arena, SHEET_BYTES);
    for (uint32_t k = draw(state, 5); k > 0; k--)
        buffer_text(&out, naughty[draw(state, sizeof naughty / sizeof naughty[0])]);
    for (uint32_t k = draw(state, 500) == 0 ? 3000 : 0; k > 0; k--)
        buffer_text(&out, "long\"\n");
    return out.bytes;
}

static struct enrolment random_person(struct arena *arena, uint64_t *state, uint32_t number)
{
    return (struct enrolment){.name = arena_printf(arena, "P%s", random_text(arena, state)),
                              .email = arena_printf(arena, "p%u@example.org", (unsigned)number),
                              .pronouns = random_text(arena, state),
                              .role = "mentor",
                              .state = "approved",
                              .zone = zones[draw(state, 3)],
                              .topics = lists[draw(state, 3)],
                              .other = random_text(arena, state),
                              .top = draw(state, 2) == 0 ? "" : "data",
                              .languages = draw(state, 2) == 0 ? "" : "en es ",
                              .week = weeks[draw(state, 2)],
                              .formats = draw(state, 2) == 0 ? "" : "video person ",
                              .employer = random_text(arena, state),
                              .goal = random_text(arena, state),
                              .about = random_text(arena, state),
                              .caregiving = "",
                              .caregiving_for = "",
                              .access = "",
                              .access_for = "",
                              .level = draw(state, 5),
                              .places = draw(state, 11),
                              .hours = draw(state, 41),
                              .cadence = draw(state, 5),
                              .years = draw(state, 2) == 0 ? "" : "12",
                              .skills = draw(state, 2) == 0 ? "" : "data:3 security:1 ",
                              .place = draw(state, 2) == 0 ? "" : random_text(arena, state)};
}

#define MANAGER "+her@example.org"

static bool is_same_text(const struct import_person *p, const struct enrolment *e)
{
    const char *texts[][2] = {
        {p->name,      e->name     },
        {p->email,     e->email    },
        {p->pronouns,  e->pronouns },
        {p->zone,      e->zone     },
        {p->topics,    e->topics   },
        {p->other,     e->other    },
        {p->top,       e->top      },
        {p->languages, e->languages},
        {p->week,      e->week     },
        {p->formats,   e->formats  },
        {p->employer,  e->employer },
        {p->goal,      e->goal     },
        {p->about,     e->about    },
        {p->years,     e->years    },
        {p->skills,    e->skills   },
        {p->place,     e->place    },
        {p->manager,   MANAGER     }
    };
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++)
        if (strcmp(texts[k][0], texts[k][1]) != 0)
            return false;
    return true;
}

static bool is_set_same(struct arena *arena, uint64_t *state)
{
    struct enrolment people[PEOPLE_MOST];
    struct import_sheet sheet;
    struct buffer out;
    struct csv_writer csv;
    uint32_t count = 1 + draw(state, PEOPLE_MOST);
    buffer_open(&out, arena, SHEET_BYTES);
    csv_writer_open(&csv, &out);
    enrolment_sheet_head(&csv);
    for (uint32_t k = 0; k < count; k++) {
        people[k] = random_person(arena, state, k);
        enrolment_sheet_row(&csv, &people[k], MANAGER);
    }
    bool same = read_sheet(arena, out.bytes, true, NULL, 0, &sheet) && sheet.usable && sheet.own &&
                sheet.person_count == count && sheet.note_count == 0;
    for (uint32_t k = 0; same && k < count; k++) {
        const struct import_person *p = &sheet.people[k];
        same = is_same_text(p, &people[k]) && p->level == people[k].level &&
               p->places == people[k].places && p->hours == people[k].hours;
    }
    return same;
}

static void test_there_and_back(void)
{
    uint64_t state = 42;
    uint32_t same = 0;
    for (uint32_t k = 0; k < SETS; k++) {
        struct arena arena;
        arena_open(&arena, 32 << 20);
        same += is_set_same(&arena, &state) ? 1 : 0;
        arena_close(&arena);
    }
    is_uint(same, SETS, "random people are read as they were written");
}

static void test_own_problems(struct arena *arena)
{
    struct import_sheet sheet;
    struct buffer out;
    struct csv_writer csv;
    buffer_open(&out, arena, SHEET_BYTES);
    csv_writer_open(&csv, &out);
    enrolment_sheet_head(&csv);
    buffer_text(&out,
                "\"Ada\nB\",a@example.org,,mentee,approved,UTC,,,,,,,,,,,,1,1,1\r\n"
                "Bea,b@example.org,,mentor,approved,Mars/Base,data nothing ,,,,,,,,,,,9,1,1\r\n"
                ",c@example.org,,mentor,approved,UTC,,,,,,,,,,,,1,1,1\r\n");
    ok(read_sheet(arena, out.bytes, true, NULL, 0, &sheet) && sheet.usable, "read");
    is_uint(sheet.person_count, 1, "a mentee and nobody are left out among mentors");
    is_str(sheet.people[0].zone, "", "a zone that is not there is not known");
    is_str(sheet.people[0].topics, "data ", "nor is a topic");
    is_uint(sheet.note_count, 3, "each with a remark");
    is_uint(sheet.notes[1].line, 4, "and the line where it starts");
    buffer_text(&out, "D,\"d\n");
    ok(read_sheet(arena, out.bytes, true, NULL, 0, &sheet) && !sheet.usable, "a broken one is not");
    is_uint(sheet.notes[0].line, 6, "and says the line");
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 64 << 20);
    test_mentees(&arena);
    test_mapping(&arena);
    test_own_problems(&arena);
    test_there_and_back();
    arena_close(&arena);
    return tap_done();
}

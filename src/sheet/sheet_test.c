// SPDX-License-Identifier: Apache-2.0
// Headers as people write them, and what the columns must be taken for.
#include "sheet/sheet.h"

#include "base/tap.h"

static struct arena arena;
static struct problem_list problems;

struct heading_case {
    const char *heading;
    enum column field;
    enum sheet_rule rule;
};

static const struct heading_case headings[] = {
    {"name",                          COLUMN_NAME,          SHEET_RULE_NAME },
    {"Full Name",                     COLUMN_NAME,          SHEET_RULE_NAME },
    {"E-mail Address:",               COLUMN_EMAIL,         SHEET_RULE_NAME },
    {"wants_help_with",               COLUMN_WISHES,        SHEET_RULE_NAME },
    {"What can you help with?",       COLUMN_SKILLS,        SHEET_RULE_NAME },
    {"Identifies as woman",           COLUMN_WOMAN,         SHEET_RULE_NAME },
    {"Technical Areas",               COLUMN_SKILLS,        SHEET_RULE_NAME },
    {"Skill 2",                       COLUMN_SKILLS,        SHEET_RULE_NAME },
    {"First choice",                  COLUMN_CHOICES,       SHEET_RULE_NAME },
    {"max_mentees",                   COLUMN_CAPACITY,      SHEET_RULE_NAME },
    {"Timezone",                      COLUMN_ZONE,          SHEET_RULE_NAME },
    {"Line manager",                  COLUMN_MANAGER,       SHEET_RULE_NAME },
    {"Not with",                      COLUMN_VETOES,        SHEET_RULE_NAME },
    {"Where can you meet in person?", COLUMN_MEETING_PLACE, SHEET_RULE_NAME },
    {"TZ",                            COLUMN_ZONE,          SHEET_RULE_NAME },
    {"Years of Experience",           COLUMN_YEARS,         SHEET_RULE_NAME },
    {"Organisation",                  COLUMN_EMPLOYER,      SHEET_RULE_NAME },
    {"Your e-mail address, please",   COLUMN_EMAIL,         SHEET_RULE_WORDS},
    {"Name of your employer",         COLUMN_EMPLOYER,      SHEET_RULE_WORDS},
    {"Which country are you in?",     COLUMN_COUNTRY,       SHEET_RULE_WORDS},
    {"Pronuns",                       COLUMN_PRONOUNS,      SHEET_RULE_NEAR },
    {"Expertize",                     COLUMN_SKILLS,        SHEET_RULE_NEAR },
    {"Cuontry",                       COLUMN_COUNTRY,       SHEET_RULE_NEAR },
    {"Shoe size",                     COLUMN_NONE,          SHEET_RULE_NONE },
    {"",                              COLUMN_NONE,          SHEET_RULE_NONE },
};

static enum rc read_text(const char *text, const struct sheet_map *maps, size_t map_count,
                         struct sheet *sheet)
{
    struct sheet_options options = {.csv = {.file = "s.csv"}, .maps = maps, .map_count = map_count};
    problem_list_open(&problems, &arena, 100);
    return sheet_read(&arena, text, strlen(text), &options, &problems, sheet);
}

static void test_heading(const struct heading_case *row)
{
    struct sheet sheet = {0};
    char *text = arena_printf(&arena, "id,\"%s\",x\n1,2,3\n", row->heading);
    if (!is_int(read_text(text, NULL, 0, &sheet), RC_OK, "read \"%s\"", row->heading))
        return;
    is_int(sheet.columns[1].field, row->field, "\"%s\" is %s", row->heading,
           row->field == COLUMN_NONE ? "nothing" : field_row(row->field)->name);
    is_int(sheet.columns[1].rule, row->rule, "%s", sheet_rule_text(sheet.columns[1].rule));
}

static bool said(const char *what)
{
    for (size_t i = 0; i < problems.count; i++) {
        if (strstr(problems.items[i].what, what) != NULL)
            return true;
    }
    return false;
}

static void test_taken(void)
{
    struct sheet sheet = {0};
    read_text("name,Full name,skills,Skill 2,Colour\na,b,c,d,e\n", NULL, 0, &sheet);
    is_uint(sheet.column_of[COLUMN_NAME], 0, "the first name column wins");
    is_int(sheet.columns[1].rule, SHEET_RULE_TAKEN, "the second is not used");
    ok(said("which another column holds"), "and that is said");
    is_int(sheet.columns[3].field, COLUMN_SKILLS, "several columns of skills are fine");
    ok(said("the column is not one that is known"), "what is not known is said");
}

static void test_maps(void)
{
    struct sheet sheet = {0};
    struct sheet_map maps[] = {
        {"wishes", "Colour"},
        {"email",  "3"     },
        {"none",   "name"  }
    };
    is_int(read_text("name,colour,x\na,b,c\n", maps, 3, &sheet), RC_OK, "mapped");
    is_uint(sheet.column_of[COLUMN_WISHES], 1, "by heading in any case");
    is_uint(sheet.column_of[COLUMN_EMAIL], 2, "by number");
    is_uint(sheet.column_of[COLUMN_NAME], SHEET_NO_COLUMN, "and not used");
    struct sheet_map bad[] = {
        {"wishes",   "nowhere"},
        {"nonsense", "name"   },
        {"email",    "4"      }
    };
    is_int(read_text("name,colour,x\na,b,c\n", bad, 3, &sheet), RC_BAD_INPUT, "mappings refused");
    is_uint(problem_count(&problems, PROBLEM_ERROR), 3, "each with its error");
    ok(said("there is no column \"nowhere\"") && said("there is no field named \"nonsense\""),
       "in words");
}

static void test_refused(const char *text, const char *what)
{
    struct sheet sheet = {.file = "untouched"};
    is_int(read_text(text, NULL, 0, &sheet), RC_BAD_INPUT, "refused: %s", what);
    ok(said(what), "and said so");
    is_str(sheet.file, "untouched", "with nothing given");
}

static void test_rows(void)
{
    struct sheet sheet = {0};
    read_text("id,name\n1,a,,\n,,\n2\n", NULL, 0, &sheet);
    is_uint(sheet_row_count(&sheet), 2, "blank rows are left out");
    ok(said("1 row has only blank cells"), "and said");
    ok(said("the row has 1 cells, but the header has 2"), "a short row too");
    is_uint(sheet_line(&sheet, 1), 4, "lines stay right");
    is_uint(sheet_field(&sheet, 1, COLUMN_NAME).length, 0, "what is missing is blank");
    is_uint(sheet_field(&sheet, 0, COLUMN_EMAIL).length, 0, "and what has no column too");
}

static void test_split(const char *cell, char separator, const char *want)
{
    struct text *parts = NULL;
    size_t count = 0;
    struct buffer shown;
    buffer_open(&shown, &arena, 10000);
    is_int(sheet_split(&arena, text_of(cell), separator, &parts, &count), RC_OK, "split");
    for (size_t i = 0; i < count; i++)
        buffer_printf(&shown, "[%.*s]", (int)parts[i].length, parts[i].bytes);
    is_str(shown.bytes, want, "%s", cell);
}

static void test_separators(void)
{
    struct sheet sheet = {0};
    read_text("skills,wishes\n\"a, b\",\"c, d\"\n\"e; f\",g\n", NULL, 0, &sheet);
    is_int(sheet.columns[0].separator, ';', "a column with semicolons");
    is_int(sheet.columns[1].separator, ',', "a column without");
    test_split("a; b ;; c;", ';', "[a][b][c]");
    test_split("a, b; c", ';', "[a, b][c]");
    test_split("software (python; Jupyter (lab); R); b", ';',
               "[software (python; Jupyter (lab); R)][b]");
    test_split("open (never closed; b", ';', "[open (never closed][b]");
    test_split("closed); b", ';', "[closed)][b]");
    test_split("a, b | c\nd (e, f)", ',', "[a][b][c][d (e, f)]");
    test_split(" ", ',', "");
    char *many = arena_alloc(&arena, 2 * SHEET_PARTS_MAX + 3);
    for (size_t i = 0; i <= SHEET_PARTS_MAX; i++)
        memcpy(many + 2 * i, "a;", 2);
    struct text *parts = NULL;
    size_t count = 0;
    is_int(sheet_split(&arena, text_of(many), ';', &parts, &count), RC_LIMIT, "too many parts");
}

int main(void)
{
    arena_open(&arena, 64 * 1024 * 1024);
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++)
        test_heading(&headings[i]);
    test_taken();
    test_maps();
    test_refused("", "the file is empty");
    test_refused("\n\n", "the file is empty");
    test_refused(",,\n1,2,3\n", "is blank");
    test_refused("colour,shoe size\n1,2\n", "names no column that is known");
    test_refused("id,name\n1,2,3\n4,5,6\n", "the row has 3 cells, but the header has 2");
    test_rows();
    test_separators();
    for (int field = 0; field < COLUMN_COUNT; field++)
        is_int(field_by_name(field_row((enum column)field)->name), field, "%s by its name",
               field_row((enum column)field)->name);
    arena_close(&arena);
    return tap_done();
}

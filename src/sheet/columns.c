// SPDX-License-Identifier: Apache-2.0
// Which column is what; see columns.h.
#include "sheet/columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/msg.h"

enum { HEADING_BYTES_MAX = 2000, NEAR_SHORT = 5, NEAR_LONG = 8 };

// How well a heading fits one field: a rule, and how much of the heading the usual name covers.
struct fit {
    enum column field;
    enum sheet_rule rule;
    size_t strength;
};

static bool holds_several(enum column field)
{
    return field_row(field)->list || field == COLUMN_STATEMENT || field == COLUMN_NOTES;
}

// "skill 2" is a column of skills, "first choice" one of choices: the key without a number at its
// end or start.
static struct text without_number(struct text key)
{
    static const char *const ordinals[] = {"first ", "second ", "third ", "1st ", "2nd ", "3rd "};
    while (key.length > 0 && key.bytes[key.length - 1] >= '0' && key.bytes[key.length - 1] <= '9')
        key.length--;
    for (size_t i = 0; i < sizeof ordinals / sizeof ordinals[0]; i++) {
        size_t length = strlen(ordinals[i]);
        if (key.length > length && memcmp(key.bytes, ordinals[i], length) == 0)
            key = (struct text){key.bytes + length, key.length - length};
    }
    return text_trim(key.bytes, key.length);
}

// Whether the key has these words in a row.
static bool has_words(struct text key, struct text words)
{
    if (words.length >= key.length)
        return false;
    for (size_t at = 0; at + words.length <= key.length; at++) {
        bool starts = at == 0 || key.bytes[at - 1] == ' ';
        size_t end = at + words.length;
        bool ends = end == key.length || key.bytes[end] == ' ';
        if (starts && ends && memcmp(key.bytes + at, words.bytes, words.length) == 0)
            return true;
    }
    return false;
}

static bool is_near(struct text key, struct text name)
{
    if (name.length < NEAR_SHORT || key.length == 0 || key.bytes[0] != name.bytes[0])
        return false;
    unsigned bound = name.length < NEAR_LONG ? 1 : 2;
    return text_distance(key, name, bound) <= bound;
}

static enum sheet_rule fit_heading(struct text key, struct text plain, struct text name)
{
    if (text_equal(key, name) || text_equal(plain, name))
        return SHEET_RULE_NAME;
    if (has_words(key, name))
        return SHEET_RULE_WORDS;
    return is_near(plain, name) ? SHEET_RULE_NEAR : SHEET_RULE_NONE;
}

static bool is_better(struct fit a, struct fit b)
{
    if (b.rule == SHEET_RULE_NONE || a.rule == SHEET_RULE_NONE)
        return a.rule != SHEET_RULE_NONE && b.rule == SHEET_RULE_NONE;
    if (a.rule != b.rule)
        return a.rule < b.rule; // the rules stand in order of trust
    return a.strength > b.strength;
}

// The best fit of a heading over all fields; its longest name wins among equals ("name of your
// employer" is an employer).
static struct fit fit_column(const char *heading_key)
{
    struct text key = text_of(heading_key);
    struct text plain = without_number(key);
    struct fit best = {COLUMN_NONE, SHEET_RULE_NONE, 0};
    for (int field = 0; field < COLUMN_COUNT && key.length > 0; field++) {
        const char *headings = field_row((enum column)field)->headings;
        while (*headings != '\0') {
            struct text name = {headings, strcspn(headings, "|")};
            struct fit fit = {(enum column)field, fit_heading(key, plain, name), name.length};
            if (is_better(fit, best))
                best = fit;
            headings += name.length;
            headings += *headings == '|' ? 1 : 0;
        }
    }
    return best;
}

static struct problem_place heading_place(const struct sheet *sheet, const char *heading)
{
    return (struct problem_place){sheet->file, sheet->table.rows[0].line, heading};
}

// Trimmed headings with their keys. Very long ones are cut for the key: no usual name is that long.
static enum rc read_headings(struct arena *arena, struct sheet *sheet)
{
    const struct csv_row *header = &sheet->table.rows[0];
    sheet->columns = ARENA_ARRAY(arena, struct sheet_column, sheet->column_count);
    if (sheet->columns == NULL)
        return RC_NO_MEMORY;
    for (uint32_t c = 0; c < sheet->column_count; c++) {
        struct text heading = text_trim(header->cells[c].bytes, header->cells[c].length);
        char *copy = arena_strndup(arena, heading.bytes, heading.length);
        if (copy == NULL)
            return RC_NO_MEMORY;
        char *key = NULL;
        if (heading.length > HEADING_BYTES_MAX)
            heading.length = text_valid_bytes(heading.bytes, HEADING_BYTES_MAX);
        TRY(text_word_key(arena, heading.bytes, heading.length, &key));
        sheet->columns[c] =
            (struct sheet_column){.heading = copy, .key = key, .field = COLUMN_NONE};
    }
    return RC_OK;
}

// The column that a mapping names: by heading, by its key, or by number from 1. column_count: none.
static enum rc find_mapped_column(struct arena *arena, const struct sheet *sheet, const char *name,
                                  uint32_t *ret_column)
{
    char *key = NULL;
    TRY(text_word_key(arena, name, strlen(name), &key));
    uint32_t found = sheet->column_count;
    for (uint32_t c = sheet->column_count; c > 0; c--) {
        const struct sheet_column *column = &sheet->columns[c - 1];
        if (key[0] != '\0' && strcmp(column->key, key) == 0)
            found = c - 1;
    }
    for (uint32_t c = sheet->column_count; c > 0; c--) {
        if (strcmp(sheet->columns[c - 1].heading, name) == 0)
            found = c - 1;
    }
    char *end = NULL;
    unsigned long number = strtoul(name, &end, 10);
    bool is_number = name[0] >= '0' && name[0] <= '9' && *end == '\0';
    if (found == sheet->column_count && is_number && number >= 1 && number <= sheet->column_count)
        found = (uint32_t)number - 1;
    *ret_column = found;
    return RC_OK;
}

static enum rc apply_map(struct arena *arena, struct problem_list *problems, struct sheet *sheet,
                         const struct sheet_map *map)
{
    bool none = strcmp(map->field, "none") == 0;
    enum column field = none ? COLUMN_NONE : field_by_name(map->field);
    if (!none && field == COLUMN_NONE)
        return problem_add(problems, PROBLEM_ERROR, heading_place(sheet, NULL),
                           MSG("see the help for the names that can be mapped"),
                           MSG("--map %s=%s: there is no field named \"%s\""), map->field,
                           map->column, map->field);
    uint32_t column = 0;
    enum rc rc = find_mapped_column(arena, sheet, map->column, &column);
    if (rc == RC_NO_MEMORY)
        return rc;
    if (rc != RC_OK || column == sheet->column_count)
        return problem_add(problems, PROBLEM_ERROR, heading_place(sheet, NULL),
                           MSG("give the heading as it stands in the first line, or its number"),
                           MSG("--map %s=%s: there is no column \"%s\""), map->field, map->column,
                           map->column);
    sheet->columns[column].field = field;
    sheet->columns[column].rule = SHEET_RULE_MAPPED;
    if (!none && sheet->column_of[field] == SHEET_NO_COLUMN)
        sheet->column_of[field] = column;
    return RC_OK;
}

// Gives the columns that fit by one rule their fields, from left to right.
static void take_fits(struct sheet *sheet, const struct fit *fits, enum sheet_rule rule)
{
    for (uint32_t c = 0; c < sheet->column_count; c++) {
        struct sheet_column *column = &sheet->columns[c];
        if (column->rule != SHEET_RULE_NONE || fits[c].rule != rule)
            continue;
        enum column field = fits[c].field;
        bool free = sheet->column_of[field] == SHEET_NO_COLUMN;
        bool joins = holds_several(field) && rule == SHEET_RULE_NAME;
        column->rule = free || joins ? rule : SHEET_RULE_TAKEN;
        column->field = free || joins ? field : COLUMN_NONE;
        if (free)
            sheet->column_of[field] = c;
    }
}

static bool has_values(const struct sheet *sheet, uint32_t column)
{
    for (uint32_t row = 0; row < sheet_row_count(sheet); row++) {
        if (sheet_cell(sheet, row, column).length > 0)
            return true;
    }
    return false;
}

// Says what was not used, and what was taken by a weak rule.
static enum rc report(const struct sheet *sheet, const struct fit *fits,
                      struct problem_list *problems)
{
    const char *todo = MSG("if that is wrong, say what the column is with --map NAME=COLUMN");
    for (uint32_t c = 0; c < sheet->column_count; c++) {
        const struct sheet_column *column = &sheet->columns[c];
        struct problem_place place = heading_place(sheet, column->heading);
        if (column->rule == SHEET_RULE_WORDS || column->rule == SHEET_RULE_NEAR)
            TRY(problem_add(problems, PROBLEM_NOTE, place, todo,
                            MSG("the column is read as %s, %s"), field_row(column->field)->name,
                            sheet_rule_text(column->rule)));
        if (column->rule == SHEET_RULE_TAKEN)
            TRY(problem_add(
                problems, PROBLEM_WARNING, place, todo,
                MSG("the column looks like %s, which another column holds; it is not used"),
                field_row(fits[c].field)->name));
        if (column->rule == SHEET_RULE_NONE && has_values(sheet, c))
            TRY(problem_add(problems, PROBLEM_NOTE, place, todo,
                            MSG("the column is not one that is known; it is not used")));
    }
    return RC_OK;
}

static bool has_field(const struct sheet *sheet)
{
    for (int field = 0; field < COLUMN_COUNT; field++) {
        if (sheet->column_of[field] != SHEET_NO_COLUMN)
            return true;
    }
    return false;
}

enum rc columns_recognise(struct arena *arena, const struct sheet_options *options,
                          struct problem_list *problems, struct sheet *sheet)
{
    for (int field = 0; field < COLUMN_COUNT; field++)
        sheet->column_of[field] = SHEET_NO_COLUMN;
    TRY(read_headings(arena, sheet));
    for (size_t m = 0; m < options->map_count; m++)
        TRY(apply_map(arena, problems, sheet, &options->maps[m]));
    struct fit *fits = ARENA_ARRAY(arena, struct fit, sheet->column_count);
    if (fits == NULL)
        return RC_NO_MEMORY;
    for (uint32_t c = 0; c < sheet->column_count; c++)
        fits[c] = fit_column(sheet->columns[c].key);
    take_fits(sheet, fits, SHEET_RULE_NAME);
    take_fits(sheet, fits, SHEET_RULE_WORDS);
    take_fits(sheet, fits, SHEET_RULE_NEAR);
    TRY(report(sheet, fits, problems));
    if (has_field(sheet))
        return RC_OK;
    return problem_add(
        problems, PROBLEM_ERROR, heading_place(sheet, NULL),
        MSG("name the columns in the first line, or map them with --map NAME=COLUMN"),
        MSG("the first line names no column that is known"));
}

// SPDX-License-Identifier: Apache-2.0
// A CSV table whose columns are understood; see sheet.h. Which column is what is decided in
// columns.c.
#include "sheet/sheet.h"

#include <string.h>

#include "base/msg.h"

#include "sheet/columns.h"

static struct problem_place row_place(const struct sheet *sheet, const struct csv_row *row)
{
    return (struct problem_place){sheet->file, row->line, NULL};
}

static bool is_blank(const struct csv_cell *cell)
{
    return text_trim(cell->bytes, cell->length).length == 0;
}

// Cells of a row up to the last one that is not blank.
static uint32_t filled_cells(const struct csv_row *row)
{
    uint32_t count = row->cell_count;
    while (count > 0 && is_blank(&row->cells[count - 1]))
        count--;
    return count;
}

// Takes rows out in which every cell is blank, as spreadsheets write them below the last person.
static enum rc drop_blank_rows(struct sheet *sheet, struct problem_list *problems)
{
    struct csv_table *table = &sheet->table;
    uint32_t kept = 0;
    uint32_t first_line = 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        if (r > 0 && filled_cells(&table->rows[r]) == 0) {
            first_line = first_line == 0 ? table->rows[r].line : first_line;
            continue;
        }
        table->rows[kept++] = table->rows[r];
    }
    uint32_t dropped = table->row_count - kept;
    table->row_count = kept;
    if (dropped == 0)
        return RC_OK;
    const struct problem_place place = {sheet->file, first_line, NULL};
    if (dropped == 1)
        return problem_add(problems, PROBLEM_NOTE, place, "",
                           MSG("%u row has only blank cells and is left out"), (unsigned)dropped);
    return problem_add(problems, PROBLEM_NOTE, place, "",
                       MSG("%u rows have only blank cells and are left out"), (unsigned)dropped);
}

// A row with more cells than the header cannot be trusted: everything in it may stand in the wrong
// column.
static enum rc check_widths(const struct sheet *sheet, struct problem_list *problems)
{
    for (uint32_t r = 1; r < sheet->table.row_count; r++) {
        const struct csv_row *row = &sheet->table.rows[r];
        uint32_t filled = filled_cells(row);
        if (filled > sheet->column_count)
            TRY(problem_add(problems, PROBLEM_ERROR, row_place(sheet, row),
                            MSG("put quotation marks around a cell that holds the delimiter"),
                            MSG("the row has %u cells, but the header has %u"), (unsigned)filled,
                            (unsigned)sheet->column_count));
        else if (row->cell_count < sheet->column_count)
            TRY(problem_add(
                problems, PROBLEM_WARNING, row_place(sheet, row),
                MSG("check that its cells stand in the right columns"),
                MSG("the row has %u cells, but the header has %u; the rest is taken as blank"),
                (unsigned)row->cell_count, (unsigned)sheet->column_count));
    }
    return RC_OK;
}

// Whether any cell of the column has a semicolon that may separate.
static char find_separator(const struct sheet *sheet, uint32_t column)
{
    for (uint32_t row = 0; row < sheet_row_count(sheet); row++) {
        struct text cell = sheet_cell(sheet, row, column);
        if (cell.length > 0 && memchr(cell.bytes, ';', cell.length) != NULL)
            return ';';
    }
    return ',';
}

static enum rc refuse(struct problem_list *problems, const char *file, const char *todo,
                      const char *what)
{
    TRY(problem_add(problems, PROBLEM_ERROR, (struct problem_place){file, 1, NULL}, todo, "%s",
                    what));
    return RC_BAD_INPUT;
}

enum rc sheet_read(struct arena *arena, const char *bytes, size_t length,
                   const struct sheet_options *options, struct problem_list *problems,
                   struct sheet *ret_sheet)
{
    struct sheet sheet = {.file = options->csv.file};
    size_t errors = problem_count(problems, PROBLEM_ERROR);
    TRY(csv_read(arena, bytes, length, &options->csv, problems, &sheet.table));
    if (sheet.table.row_count == 0)
        return refuse(problems, sheet.file, MSG("give a sheet whose first line names the columns"),
                      MSG("the file is empty"));
    sheet.column_count = filled_cells(&sheet.table.rows[0]);
    if (sheet.column_count == 0)
        return refuse(problems, sheet.file, MSG("name the columns in the first line"),
                      MSG("the first line, which should name the columns, is blank"));
    TRY(drop_blank_rows(&sheet, problems));
    TRY(columns_recognise(arena, options, problems, &sheet));
    TRY(check_widths(&sheet, problems));
    for (uint32_t c = 0; c < sheet.column_count; c++)
        sheet.columns[c].separator = find_separator(&sheet, c);
    if (problem_count(problems, PROBLEM_ERROR) > errors)
        return RC_BAD_INPUT;
    *ret_sheet = sheet;
    return RC_OK;
}

uint32_t sheet_row_count(const struct sheet *sheet)
{
    return sheet->table.row_count - 1;
}

uint32_t sheet_line(const struct sheet *sheet, uint32_t row)
{
    return sheet->table.rows[row + 1].line;
}

struct text sheet_cell(const struct sheet *sheet, uint32_t row, uint32_t column)
{
    const struct csv_row *cells = &sheet->table.rows[row + 1];
    if (column >= cells->cell_count)
        return (struct text){"", 0};
    return text_trim(cells->cells[column].bytes, cells->cells[column].length);
}

struct text sheet_field(const struct sheet *sheet, uint32_t row, enum column field)
{
    return sheet_cell(sheet, row, sheet->column_of[field]);
}

const char *sheet_heading(const struct sheet *sheet, enum column field)
{
    uint32_t column = sheet->column_of[field];
    return column == SHEET_NO_COLUMN ? NULL : sheet->columns[column].heading;
}

static bool separates(char byte, char separator)
{
    if (separator != ',')
        return byte == separator;
    return byte == ',' || byte == '|' || byte == '\n' || byte == '\r';
}

// Whether every parenthesis that is opened is closed; if not, none protects anything.
static bool is_balanced(struct text cell)
{
    size_t depth = 0;
    for (size_t i = 0; i < cell.length; i++) {
        depth += cell.bytes[i] == '(' ? 1 : 0;
        depth -= cell.bytes[i] == ')' && depth > 0 ? 1 : 0;
    }
    return depth == 0;
}

// The parts of a cell, one after the other.
struct splitter {
    struct text cell;
    size_t at;
    char separator;
    bool balanced;
};

// Finds the next part that is not empty; false at the end.
static bool next_part(struct splitter *splitter, struct text *ret_part)
{
    while (splitter->at < splitter->cell.length) {
        const char *from = splitter->cell.bytes + splitter->at;
        size_t left = splitter->cell.length - splitter->at;
        size_t length = 0;
        size_t depth = 0;
        for (; length < left; length++) {
            depth += from[length] == '(' && splitter->balanced ? 1 : 0;
            depth -= from[length] == ')' && depth > 0 ? 1 : 0;
            if (depth == 0 && separates(from[length], splitter->separator))
                break;
        }
        splitter->at += length + 1;
        *ret_part = text_trim(from, length);
        if (ret_part->length > 0)
            return true;
    }
    return false;
}

enum rc sheet_split(struct arena *arena, struct text cell, char separator, struct text **ret_parts,
                    size_t *ret_count)
{
    const struct splitter start = {cell, 0, separator, is_balanced(cell)};
    struct splitter splitter = start;
    struct text part;
    size_t count = 0;
    while (next_part(&splitter, &part))
        count++;
    if (count > SHEET_PARTS_MAX)
        return RC_LIMIT;
    struct text *parts = ARENA_ARRAY(arena, struct text, count);
    if (parts == NULL)
        return RC_NO_MEMORY;
    splitter = start;
    for (size_t i = 0; i < count && next_part(&splitter, &part); i++)
        parts[i] = part;
    *ret_parts = parts;
    *ret_count = count;
    return RC_OK;
}

const char *sheet_rule_text(enum sheet_rule rule)
{
    switch (rule) {
    case SHEET_RULE_NONE:
        return MSG("not used");
    case SHEET_RULE_MAPPED:
        return MSG("as you said");
    case SHEET_RULE_NAME:
        return MSG("by its usual name");
    case SHEET_RULE_WORDS:
        return MSG("by words in its heading");
    case SHEET_RULE_NEAR:
        return MSG("by a near spelling of its usual name");
    case SHEET_RULE_TAKEN:
        return MSG("not used, another column holds it");
    }
    return "";
}

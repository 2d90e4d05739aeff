// SPDX-License-Identifier: Apache-2.0
//
// Why: a CSV file becomes a table with a header whose columns are understood: which column is the
// name, which the wishes.
//
// Promises: a column is taken by its usual English names, by near spellings of them, or by what
// the user mapped; what was recognised, and by which rule, is kept and can be shown, and so are
// the columns that were not used. Lists inside a cell are split the same way for a whole column.
//
// Not for: what the cells mean (person.h), or other languages' headings (map them).
#ifndef TRELLIS_SHEET_SHEET_H
#define TRELLIS_SHEET_SHEET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/problem.h"
#include "base/rc.h"
#include "base/text.h"

#include "sheet/field.h"

enum sheet_rule {
    SHEET_RULE_NONE,   // the column is not used
    SHEET_RULE_MAPPED, // the user said so
    SHEET_RULE_NAME,   // its heading is one of the usual ones
    SHEET_RULE_WORDS,  // its heading begins with, ends with or contains a usual one ("your e-mail
                       // address please")
    SHEET_RULE_NEAR,   // its heading is a near spelling of a usual one
    SHEET_RULE_TAKEN,  // it looks like a field that another column already holds; not used
};

// A user's `--map NAME=COLUMN`: the field's short name, and the heading (or its number from 1).
struct sheet_map {
    const char *field;
    const char *column;
};

struct sheet_column {
    const char *heading; // as typed, trimmed; "" when empty
    const char *key;     // its word key
    enum column field;   // COLUMN_NONE: not used
    enum sheet_rule rule;
    char separator; // of lists in its cells: ';', or ',' which stands for comma, '|' and line break
};

struct sheet {
    const char *file;
    struct csv_table table; // row 0 is the header
    struct sheet_column *columns;
    uint32_t column_count;
    uint32_t
        column_of[COLUMN_COUNT]; // index of the (first) column of a field; SHEET_NO_COLUMN: none
};
#define SHEET_NO_COLUMN UINT32_MAX

struct sheet_options {
    struct csv_options csv; // csv.file is used in problems
    const struct sheet_map *maps;
    size_t map_count;
};

// Reads a sheet. RC_BAD_INPUT: cannot be used (no header, no row with a cell, a mapping that names
// no field or no column, more cells in a row than in the header); the problems say why. Notes are
// added for columns that are not used.
enum rc sheet_read(struct arena *arena, const char *bytes, size_t length,
                   const struct sheet_options *options, struct problem_list *problems,
                   struct sheet *ret_sheet);

// Rows below the header.
uint32_t sheet_row_count(const struct sheet *sheet);
// The line of a row (from 0, below the header) in the file.
uint32_t sheet_line(const struct sheet *sheet, uint32_t row);
// A cell, trimmed; empty text when the row is shorter or the field has no column.
struct text sheet_cell(const struct sheet *sheet, uint32_t row, uint32_t column);
struct text sheet_field(const struct sheet *sheet, uint32_t row, enum column field);
// The heading of the field's column as typed; NULL: none.
const char *sheet_heading(const struct sheet *sheet, enum column field);

// Parts of a list in a cell: split at the separator outside parentheses, trimmed, empty ones left
// out. Pieces point into the cell. At most SHEET_PARTS_MAX; ret_count says how many there are,
// RC_LIMIT when more.
enum { SHEET_PARTS_MAX = 500 };
enum rc sheet_split(struct arena *arena, struct text cell, char separator, struct text **ret_parts,
                    size_t *ret_count);

// "by its usual name", "near spelling", ...
const char *sheet_rule_text(enum sheet_rule rule);

#endif

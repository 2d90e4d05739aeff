// SPDX-License-Identifier: Apache-2.0
//
// Why: sign-up sheets are CSV files of every kind. This reads one from memory into rows and cells
// and says which kind it was, and writes our own. The only file that knows the CSV library.
//
// Promises: every row keeps the line where it starts and every cell its line and byte column;
// limits on bytes, rows, columns and cell length hold; a NUL byte or a quotation mark that is
// never closed is reported with its line. What is written is RFC 4180 (CR LF, quotes doubled), and
// a cell that a spreadsheet would run as a formula gets a leading apostrophe, and so does one that
// would look like one of those; csv_plain takes it away, so what was written is read as it was.
//
// Not for: the meaning of columns (sheet/sheet.h), or files larger than memory.
#ifndef TRELLIS_BASE_CSV_H
#define TRELLIS_BASE_CSV_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/encoding.h"
#include "base/problem.h"
#include "base/rc.h"

// 0 stands for 64 MiB, 100,000 rows and the header, 1,000 columns, 64 KiB a cell.
struct csv_limits {
    size_t bytes_max; // of the file
    uint32_t rows_max;
    uint32_t columns_max;
    uint32_t cell_bytes_max;
};

struct csv_cell {
    const char *bytes; // UTF-8, closed by a NUL
    uint32_t length;
    uint32_t line;   // from 1: where the cell starts
    uint32_t column; // from 1: the byte of that line, in the text as UTF-8
};

struct csv_row {
    const struct csv_cell *cells;
    uint32_t cell_count; // at least 1
    uint32_t line;       // from 1: where the row starts
};

struct csv_table {
    struct csv_row *rows; // the header, if there is one, is rows[0]; empty lines are left out
    uint32_t row_count;
    char delimiter; // ',' ';' '\t' '|'
    enum encoding encoding;
};

struct csv_options {
    const char *file;         // the name used in problems
    struct csv_limits limits; // a 0 means the default
    char delimiter;           // 0: detect
};

// Reads a sheet. RC_BAD_INPUT or RC_LIMIT: an error was added to problems. Warnings are added for
// bytes that are not UTF-8 and for quotation marks inside a cell that are not doubled. An empty
// file is an empty table.
enum rc csv_read(struct arena *arena, const char *bytes, size_t length,
                 const struct csv_options *options, struct problem_list *problems,
                 struct csv_table *ret_table);

// The delimiter (',' ';' tab '|') that cuts the first lines, outside quotes, into the most even
// rows; ',' when none does.
char csv_delimiter_detect(const char *bytes, size_t length);

// Writes cells of one row one after the other, then csv_end_row. Sticky as the buffer is.
struct csv_writer {
    struct buffer *buffer;
    bool row_begun;
    size_t row_start; // in the buffer
};
void csv_writer_open(struct csv_writer *writer, struct buffer *buffer);
enum rc csv_cell_text(struct csv_writer *writer, const char *text); // NULL is an empty cell
enum rc csv_cell_integer(struct csv_writer *writer,
                         int64_t value); // a number: no apostrophe for -3
enum rc csv_end_row(struct csv_writer *writer);

// What a cell was before the writer put an apostrophe before it: the cell, or all but its first
// byte.
const char *csv_plain(const char *cell);

// Whether a spreadsheet could take this cell as a formula: it starts with = + - @ TAB or CR.
bool csv_is_formula(const char *text);

#endif

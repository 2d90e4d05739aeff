// SPDX-License-Identifier: Apache-2.0
// CSV over libcsv; see csv.h. The library says what a cell holds but not where it stood, so it is
// fed piece by piece: a piece ends behind a byte that can end a cell, and so every cell that it
// reports ended at the last byte fed.
#include "base/csv.h"

#include <csv.h>
#include <string.h>

#include "base/msg.h"
#include "base/text.h"

enum {
    CSV_BYTES_DEFAULT = 64 * 1024 * 1024,
    CSV_ROWS_DEFAULT = 100001,
    CSV_COLUMNS_DEFAULT = 1000,
    CSV_CELL_DEFAULT = 64 * 1024,
    CSV_PIECE_BYTES = 64 * 1024,
    CSV_DETECT_LINES = 50,
    CSV_DETECT_BYTES = 256 * 1024,
};

static const char csv_delimiters[] = {',', ';', '\t', '|'};
enum { CSV_DELIMITERS = sizeof csv_delimiters };

// The limits with defaults where the caller left a 0.
static struct csv_limits limits_of(const struct csv_options *options)
{
    struct csv_limits limits = options->limits;
    if (limits.bytes_max == 0 || limits.bytes_max > UINT32_MAX)
        limits.bytes_max = CSV_BYTES_DEFAULT;
    if (limits.rows_max == 0)
        limits.rows_max = CSV_ROWS_DEFAULT;
    if (limits.columns_max == 0)
        limits.columns_max = CSV_COLUMNS_DEFAULT;
    if (limits.cell_bytes_max == 0)
        limits.cell_bytes_max = CSV_CELL_DEFAULT;
    return limits;
}

// A place in the text that only moves forward, with its line.
struct cursor {
    size_t offset;
    size_t line_start;
    uint32_t line;
};

static void cursor_move(struct cursor *cursor, const char *bytes, size_t to)
{
    for (; cursor->offset < to; cursor->offset++) {
        char byte = bytes[cursor->offset];
        bool pair = byte == '\n' && cursor->offset > 0 && bytes[cursor->offset - 1] == '\r';
        if (byte == '\r' || (byte == '\n' && !pair))
            cursor->line++;
        if (byte == '\r' || byte == '\n')
            cursor->line_start = cursor->offset + 1;
    }
}

struct reader {
    const struct csv_options *options;
    struct csv_limits limits;
    struct problem_list *problems;
    const char *bytes;
    size_t length;
    size_t fed;        // bytes given to the library
    size_t cell_start; // behind the byte that ended the cell before
    struct cursor cursor;
    char delimiter;
    struct csv_cell *cells; // all of them, row after row
    size_t cell_count;
    size_t cell_capacity;
    uint32_t row_cells; // of the row being read
    char *texts;        // of all cells, each closed by a NUL
    size_t texts_used;
    size_t texts_capacity;
    struct csv_row *rows;
    uint32_t row_count;
    size_t row_capacity;
    enum rc rc;
};

static struct problem_place place_of(const struct reader *reader, uint32_t line)
{
    return (struct problem_place){reader->options->file, line, NULL};
}

// Moves the cursor to where the cell's text starts: behind blanks and, before a row, behind empty
// lines.
static void find_cell_start(struct reader *reader, size_t end)
{
    size_t at = reader->cell_start;
    for (; at < end; at++) {
        char byte = reader->bytes[at];
        bool blank = (byte == ' ' || byte == '\t') && byte != reader->delimiter;
        bool empty_line = reader->row_cells == 0 && (byte == '\r' || byte == '\n');
        if (!blank && !empty_line)
            break;
    }
    cursor_move(&reader->cursor, reader->bytes, at);
}

// A quoted cell with an odd number of quotation marks has one that is neither doubled nor at the
// end.
static enum rc warn_of_stray_quote(struct reader *reader, size_t start, size_t end)
{
    if (start >= end || reader->bytes[start] != '"')
        return RC_OK;
    size_t marks = 0;
    for (size_t i = start; i < end; i++)
        marks += reader->bytes[i] == '"' ? 1 : 0;
    if (marks % 2 == 0)
        return RC_OK;
    return problem_add(
        reader->problems, PROBLEM_WARNING, place_of(reader, reader->cursor.line),
        MSG("check this row; write a quotation mark inside a quoted cell twice"),
        MSG("a cell has a quotation mark that is not doubled, so its end is doubtful"));
}

static enum rc add_cell(struct reader *reader, const char *text, size_t length)
{
    size_t end = reader->fed < reader->length ? reader->fed : reader->length;
    find_cell_start(reader, end);
    size_t start = reader->cursor.offset;
    TRY(warn_of_stray_quote(reader, start, end));
    if (reader->row_cells == reader->limits.columns_max) {
        TRY(problem_add(reader->problems, PROBLEM_ERROR, place_of(reader, reader->cursor.line),
                        MSG("check that this is the right file, and that its delimiter is right"),
                        MSG("the row has more than %u cells"),
                        (unsigned)reader->limits.columns_max));
        return RC_LIMIT;
    }
    if (reader->cell_count == reader->cell_capacity ||
        length >= reader->texts_capacity - reader->texts_used)
        return RC_LIMIT; // cannot be: both were counted before
    char *copy = reader->texts + reader->texts_used;
    if (length > 0)
        memcpy(copy, text, length);
    copy[length] = '\0';
    reader->texts_used += length + 1;
    reader->cells[reader->cell_count++] = (struct csv_cell){
        .bytes = copy,
        .length = (uint32_t)length,
        .line = reader->cursor.line,
        .column = (uint32_t)(start - reader->cursor.line_start + 1),
    };
    reader->row_cells++;
    reader->cell_start = reader->fed;
    return RC_OK;
}

static enum rc add_row(struct reader *reader)
{
    if (reader->row_cells == 0)
        return RC_OK;
    const struct csv_cell *cells = reader->cells + reader->cell_count - reader->row_cells;
    if (reader->row_count == reader->limits.rows_max || reader->row_count == reader->row_capacity) {
        TRY(problem_add(reader->problems, PROBLEM_ERROR, place_of(reader, cells[0].line),
                        MSG("split the sheet, or raise the limit"),
                        MSG("the sheet has more than %u rows"), (unsigned)reader->limits.rows_max));
        return RC_LIMIT;
    }
    reader->rows[reader->row_count++] =
        (struct csv_row){.cells = cells, .cell_count = reader->row_cells, .line = cells[0].line};
    reader->row_cells = 0;
    return RC_OK;
}

// The library's calls back. They cannot stop it, so the first failure stays and the rest is
// ignored.
static void on_cell(void *text, size_t length, void *context)
{
    struct reader *reader = context;
    if (reader->rc == RC_OK)
        reader->rc = add_cell(reader, text, length);
}

static void on_row(int end, void *context)
{
    (void)end;
    struct reader *reader = context;
    if (reader->rc == RC_OK)
        reader->rc = add_row(reader);
}

// Bytes up to and with the next one that can end a cell.
static size_t piece_length(const struct reader *reader)
{
    const char *bytes = reader->bytes + reader->fed;
    size_t left = reader->length - reader->fed;
    size_t max = left < CSV_PIECE_BYTES ? left : CSV_PIECE_BYTES;
    for (size_t i = 0; i < max; i++) {
        if (bytes[i] == reader->delimiter || bytes[i] == '\n' || bytes[i] == '\r')
            return i + 1;
    }
    return max;
}

static enum rc refuse_long_cell(struct reader *reader)
{
    find_cell_start(reader, reader->length);
    TRY(problem_add(reader->problems, PROBLEM_ERROR, place_of(reader, reader->cursor.line),
                    MSG("look for a quotation mark that is opened here and never closed"),
                    MSG("a cell is longer than %u bytes"),
                    (unsigned)reader->limits.cell_bytes_max));
    return RC_LIMIT;
}

// What a failed call of the library means.
static enum rc library_rc(struct csv_parser *parser)
{
    return csv_error(parser) == CSV_ENOMEM ? RC_NO_MEMORY : RC_BAD_INPUT;
}

static enum rc feed(struct reader *reader, struct csv_parser *parser)
{
    while (reader->fed < reader->length) {
        const char *piece = reader->bytes + reader->fed;
        size_t length = piece_length(reader);
        reader->fed += length;
        if (csv_parse(parser, piece, length, on_cell, on_row, reader) != length)
            return library_rc(parser);
        TRY(reader->rc);
        if (parser->entry_pos > reader->limits.cell_bytes_max)
            return refuse_long_cell(reader);
    }
    // Strictness only now: it makes the library say that the last cell's quotation mark was never
    // closed.
    csv_set_opts(parser, CSV_APPEND_NULL | CSV_STRICT | CSV_STRICT_FINI);
    reader->fed = reader->length + 1; // as if one more byte had ended the last cell
    if (csv_fini(parser, on_cell, on_row, reader) == 0)
        return reader->rc;
    if (csv_error(parser) != CSV_EPARSE)
        return library_rc(parser);
    find_cell_start(reader, reader->length);
    TRY(problem_add(reader->problems, PROBLEM_ERROR, place_of(reader, reader->cursor.line),
                    MSG("close the quotation mark, or write it twice if it belongs to the text"),
                    MSG("a quotation mark is opened here and never closed")));
    return RC_BAD_INPUT;
}

// Counts what the text can hold at most, and takes that memory at once.
static enum rc make_room(struct reader *reader, struct arena *arena)
{
    size_t cells = 1;
    size_t rows = 1;
    for (size_t i = 0; i < reader->length; i++) {
        char byte = reader->bytes[i];
        rows += byte == '\n' || byte == '\r' ? 1 : 0;
        cells += byte == reader->delimiter || byte == '\n' || byte == '\r' ? 1 : 0;
    }
    reader->cell_capacity = cells;
    reader->row_capacity = rows < reader->limits.rows_max ? rows : reader->limits.rows_max;
    reader->texts_capacity = reader->length + cells + 1;
    reader->cells = ARENA_ARRAY(arena, struct csv_cell, cells);
    reader->rows = ARENA_ARRAY(arena, struct csv_row, reader->row_capacity);
    reader->texts = arena_alloc(arena, reader->texts_capacity);
    bool made = reader->cells != NULL && reader->rows != NULL && reader->texts != NULL;
    return made ? RC_OK : RC_NO_MEMORY;
}

static enum rc refuse_nul(struct reader *reader)
{
    const char *nul = memchr(reader->bytes, 0, reader->length);
    if (nul == NULL)
        return RC_OK;
    cursor_move(&reader->cursor, reader->bytes, (size_t)(nul - reader->bytes));
    TRY(problem_add(reader->problems, PROBLEM_ERROR, place_of(reader, reader->cursor.line),
                    MSG("save the sheet as \"CSV UTF-8\" and try again"),
                    MSG("the file has a NUL byte, so it is not a CSV file in a known encoding")));
    return RC_BAD_INPUT;
}

// "sep=;" as a first line tells a spreadsheet the delimiter. Returns its bytes, 0 when there is
// none.
static size_t separator_line(const char *bytes, size_t length, char *ret_delimiter)
{
    if (length < 6 || memcmp(bytes, "sep=", 4) != 0)
        return 0;
    if (bytes[5] != '\n' && bytes[5] != '\r')
        return 0;
    if (memchr(csv_delimiters, bytes[4], CSV_DELIMITERS) == NULL)
        return 0;
    *ret_delimiter = bytes[4];
    return length > 6 && bytes[5] == '\r' && bytes[6] == '\n' ? 7 : 6;
}

static void choose_delimiter(struct reader *reader)
{
    char named = 0;
    size_t skipped = separator_line(reader->bytes, reader->length, &named);
    reader->fed = skipped;
    reader->cell_start = skipped;
    reader->delimiter = reader->options->delimiter;
    if (reader->delimiter == 0)
        reader->delimiter = named;
    if (reader->delimiter == 0)
        reader->delimiter = csv_delimiter_detect(reader->bytes, reader->length);
}

static enum rc run_library(struct reader *reader)
{
    struct csv_parser parser;
    if (csv_init(&parser, CSV_APPEND_NULL) != 0)
        return RC_NO_MEMORY;
    csv_set_delim(&parser, (unsigned char)reader->delimiter);
    csv_set_blk_size(&parser, 4096);
    enum rc rc = feed(reader, &parser);
    csv_free(&parser);
    return rc;
}

// The file's bytes as UTF-8, with what was doubtful about them.
static enum rc decode_file(struct reader *reader, struct arena *arena, const char *bytes,
                           size_t length, enum encoding encoding)
{
    struct text text = {0};
    enum rc rc = encoding_to_utf8(arena, encoding, bytes, length, &text, NULL);
    if (rc == RC_BAD_INPUT)
        TRY(problem_add(reader->problems, PROBLEM_ERROR, place_of(reader, 0),
                        MSG("save the sheet as \"CSV UTF-8\" and try again"),
                        MSG("the file says it is %s, but its bytes are not"),
                        encoding_text(encoding)));
    TRY(rc);
    reader->bytes = text.bytes;
    reader->length = text.length;
    if (encoding != ENCODING_WINDOWS_1252)
        return RC_OK;
    size_t good = text_valid_bytes(bytes, length);
    struct cursor cursor = {.line = 1};
    cursor_move(&cursor, bytes, good);
    return problem_add(reader->problems, PROBLEM_WARNING, place_of(reader, cursor.line),
                       MSG("check names with accents; better save the sheet as \"CSV UTF-8\""),
                       MSG("the file is not UTF-8 (first seen in this line); it was read as %s"),
                       encoding_text(encoding));
}

enum rc csv_read(struct arena *arena, const char *bytes, size_t length,
                 const struct csv_options *options, struct problem_list *problems,
                 struct csv_table *ret_table)
{
    struct reader reader = {
        .options = options,
        .limits = limits_of(options),
        .problems = problems,
        .cursor = {.line = 1},
    };
    if (length > reader.limits.bytes_max) {
        TRY(problem_add(problems, PROBLEM_ERROR, place_of(&reader, 0),
                        MSG("check that this is the right file, or split it"),
                        MSG("the file is larger than %zu bytes"), reader.limits.bytes_max));
        return RC_LIMIT;
    }
    enum encoding encoding = encoding_detect(bytes, length);
    TRY(decode_file(&reader, arena, bytes, length, encoding));
    choose_delimiter(&reader);
    TRY(refuse_nul(&reader));
    TRY(make_room(&reader, arena));
    TRY(run_library(&reader));
    *ret_table = (struct csv_table){
        .rows = reader.rows,
        .row_count = reader.row_count,
        .delimiter = reader.delimiter,
        .encoding = encoding,
    };
    return RC_OK;
}

// How evenly one delimiter cuts the lines: those with as many as the first, of all seen.
struct evenness {
    size_t first;
    size_t count;
    size_t lines;
    size_t even;
};

static void end_line(struct evenness *evenness)
{
    if (evenness->lines == 0)
        evenness->first = evenness->count;
    evenness->even += evenness->count == evenness->first ? 1 : 0;
    evenness->lines++;
    evenness->count = 0;
}

static bool is_better(const struct evenness *a, const struct evenness *b)
{
    if (a->first == 0 || b->first == 0)
        return a->first > b->first;
    if (a->even != b->even)
        return a->even > b->even;
    return a->first > b->first;
}

// Counts all delimiters in one pass; a line that a quoted cell continues is one line.
static void measure(const char *bytes, size_t length, struct evenness evenness[CSV_DELIMITERS])
{
    bool quoted = false;
    bool filled = false;
    for (size_t i = 0; i < length && evenness[0].lines < CSV_DETECT_LINES; i++) {
        char byte = bytes[i];
        quoted = byte == '"' ? !quoted : quoted;
        if (quoted)
            continue;
        bool line_end = byte == '\n' || byte == '\r';
        for (size_t d = 0; d < CSV_DELIMITERS; d++) {
            evenness[d].count += byte == csv_delimiters[d] ? 1 : 0;
            if (line_end && filled)
                end_line(&evenness[d]);
        }
        filled = !line_end;
    }
    for (size_t d = 0; d < CSV_DELIMITERS && filled; d++)
        end_line(&evenness[d]);
}

char csv_delimiter_detect(const char *bytes, size_t length)
{
    struct evenness evenness[CSV_DELIMITERS] = {0};
    measure(bytes, length < CSV_DETECT_BYTES ? length : CSV_DETECT_BYTES, evenness);
    size_t best = 0;
    for (size_t d = 1; d < CSV_DELIMITERS; d++) {
        if (is_better(&evenness[d], &evenness[best]))
            best = d;
    }
    return csv_delimiters[best];
}

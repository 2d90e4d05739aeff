// SPDX-License-Identifier: Apache-2.0
// Writing CSV (RFC 4180) that a spreadsheet does not run; see csv.h.
#include <stdio.h>
#include <string.h>

#include "base/csv.h"

void csv_writer_open(struct csv_writer *writer, struct buffer *buffer)
{
    *writer = (struct csv_writer){.buffer = buffer, .row_start = buffer->length};
}

bool csv_is_formula(const char *text)
{
    return text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;
}

// A formula, perhaps behind apostrophes.
static bool needs_apostrophe(const char *text)
{
    return csv_is_formula(text + strspn(text, "'"));
}

const char *csv_plain(const char *cell)
{
    return cell[0] == '\'' && needs_apostrophe(cell) ? cell + 1 : cell;
}

static bool needs_quotes(const char *text, size_t length)
{
    if (length == 0)
        return false;
    bool edge_blank = text[0] == ' ' || text[length - 1] == ' ';
    return edge_blank || strpbrk(text, "\",;\t|\r\n") != NULL;
}

static void begin_cell(struct csv_writer *writer)
{
    if (writer->row_begun)
        buffer_byte(writer->buffer, ',');
    writer->row_begun = true;
}

enum rc csv_cell_text(struct csv_writer *writer, const char *text)
{
    begin_cell(writer);
    if (text == NULL)
        return writer->buffer->rc;
    bool quotes = needs_quotes(text, strlen(text));
    if (quotes)
        buffer_byte(writer->buffer, '"');
    if (needs_apostrophe(text))
        buffer_byte(writer->buffer, '\'');
    while (*text != '\0') {
        size_t plain = strcspn(text, "\"");
        buffer_append(writer->buffer, text, plain);
        text += plain;
        if (*text == '"') {
            buffer_text(writer->buffer, "\"\"");
            text++;
        }
    }
    if (quotes)
        buffer_byte(writer->buffer, '"');
    return writer->buffer->rc;
}

enum rc csv_cell_integer(struct csv_writer *writer, int64_t value)
{
    begin_cell(writer);
    return buffer_printf(writer->buffer, "%lld", (long long)value);
}

enum rc csv_end_row(struct csv_writer *writer)
{
    bool blank = writer->row_begun && writer->buffer->length == writer->row_start;
    if (blank) // one empty cell would be an empty line, which is no row
        buffer_text(writer->buffer, "\"\"");
    buffer_text(writer->buffer, "\r\n");
    writer->row_begun = false;
    writer->row_start = writer->buffer->length;
    return writer->buffer->rc;
}

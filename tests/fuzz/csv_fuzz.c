// SPDX-License-Identifier: Apache-2.0
// Any bytes as a CSV file: no crash, limits kept, and what was read is read again the same after it
// was written.
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_table(const struct csv_table *table)
{
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct csv_row *row = &table->rows[r];
        require(row->cell_count > 0 && row->cell_count <= 64);
        require(r == 0 || row->line > table->rows[r - 1].line);
        for (uint32_t c = 0; c < row->cell_count; c++) {
            const struct csv_cell *cell = &row->cells[c];
            require(strlen(cell->bytes) == cell->length);
            require(text_is_utf8(cell->bytes, cell->length));
            require(cell->line >= row->line && cell->column > 0);
        }
    }
}

// Some tables cannot come back as they were: an only cell that is empty is an empty line, and the
// first bytes may be taken for a mark of the encoding or the delimiter.
static bool can_come_back(const struct csv_table *table)
{
    for (uint32_t r = 0; r < table->row_count; r++) {
        if (table->rows[r].cell_count == 1 && table->rows[r].cells[0].length == 0)
            return false;
    }
    if (table->row_count == 0)
        return true;
    const char *first = table->rows[0].cells[0].bytes;
    return strncmp(first, "sep=", 4) != 0 && strncmp(first, "\xef\xbb\xbf", 3) != 0;
}

static bool same_cell(const struct csv_cell *before, const struct csv_cell *after)
{
    size_t added = csv_is_formula(before->bytes) ? 1 : 0;
    if (after->length != before->length + added)
        return false;
    return memcmp(after->bytes + added, before->bytes, before->length) == 0;
}

static void check_same(const struct csv_table *before, const struct csv_table *after)
{
    require(before->row_count == after->row_count);
    for (uint32_t r = 0; r < before->row_count; r++) {
        require(before->rows[r].cell_count == after->rows[r].cell_count);
        for (uint32_t c = 0; c < before->rows[r].cell_count; c++)
            require(same_cell(&before->rows[r].cells[c], &after->rows[r].cells[c]));
    }
}

static void write_and_read_again(struct arena *arena, const struct csv_table *table)
{
    struct buffer buffer;
    struct csv_writer writer;
    struct problem_list problems;
    struct csv_table again;
    buffer_open(&buffer, arena, 16 * 1024 * 1024);
    csv_writer_open(&writer, &buffer);
    for (uint32_t r = 0; r < table->row_count; r++) {
        for (uint32_t c = 0; c < table->rows[r].cell_count; c++)
            csv_cell_text(&writer, table->rows[r].cells[c].bytes);
        csv_end_row(&writer);
    }
    problem_list_open(&problems, arena, 10);
    struct csv_options options = {.file = "again", .delimiter = ','};
    require(csv_read(arena, buffer.bytes, buffer.length, &options, &problems, &again) == RC_OK);
    require(problems.count == 0);
    check_same(table, &again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct problem_list problems;
    struct csv_table table;
    struct csv_options options = {
        .file = "fuzz", .limits = {1024 * 1024, 1000, 64, 4096}
    };
    arena_open(&arena, 256 * 1024 * 1024);
    problem_list_open(&problems, &arena, 100);
    enum rc rc = csv_read(&arena, (const char *)data, size, &options, &problems, &table);
    if (rc == RC_OK) {
        check_table(&table);
        if (can_come_back(&table))
            write_and_read_again(&arena, &table);
    } else {
        require(rc == RC_BAD_INPUT || rc == RC_LIMIT);
        require(problem_count(&problems, PROBLEM_ERROR) > 0);
    }
    arena_close(&arena);
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
// Files of pairs; see match_links.h.
#include "match_links.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

#include "match_intern.h"

enum { NOBODY_YET = 0 };
#define SHARED UINT32_MAX // two people have this name

// Everyone of one side by what they may be called.
struct directory {
    struct match_intern names;
    uint32_t *person; // by number: position + 1; SHARED
    uint32_t capacity;
};

struct reader {
    struct arena *arena;
    const char *file;
    enum match_links_kind kind;
    struct problem_list *problems;
    struct directory mentees;
    struct directory mentors;
    uint32_t mentee_column;
    uint32_t mentor_column;
    struct mm_link *links;
    size_t count;
};

// Numbers up to `stronger` are names of a stronger kind: a weaker one does not hide them.
static enum rc add_name(struct arena *arena, struct directory *directory, const char *text,
                        uint32_t position, uint32_t stronger)
{
    char *key = NULL;
    uint32_t before = directory->names.count;
    uint32_t number = 0;
    TRY(text_key(arena, text, strlen(text), &key));
    TRY(match_intern_add(&directory->names, key, &number));
    if (number == 0)
        return RC_OK;
    uint32_t *person = &directory->person[number - 1];
    if (number > before)
        *person = position + 1;
    else if (*person != position + 1 && number > stronger)
        *person = SHARED;
    return RC_OK;
}

static enum rc open_directory(struct arena *arena, const struct person *people, uint32_t count,
                              struct directory *ret_directory)
{
    struct directory directory = {.capacity = count * 3 + 1};
    match_intern_open(&directory.names, arena);
    directory.person = ARENA_ARRAY(arena, uint32_t, directory.capacity);
    if (directory.person == NULL)
        return RC_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        TRY(add_name(arena, &directory, people[i].id, i, 0));
    uint32_t stronger = directory.names.count;
    for (uint32_t i = 0; i < count; i++)
        TRY(add_name(arena, &directory, people[i].email, i, stronger));
    stronger = directory.names.count;
    for (uint32_t i = 0; i < count; i++)
        TRY(add_name(arena, &directory, people[i].name, i, stronger));
    *ret_directory = directory;
    return RC_OK;
}

// Position + 1; 0: not there; SHARED.
static enum rc find_person(struct arena *arena, const struct directory *directory,
                           const struct csv_cell *cell, uint32_t *ret_found)
{
    char *key = NULL;
    TRY(text_key(arena, cell->bytes, cell->length, &key));
    uint32_t number = match_intern_find(&directory->names, key);
    *ret_found = number == 0 ? NOBODY_YET : directory->person[number - 1];
    return RC_OK;
}

// The column with one of these headings, the first that is there; UINT32_MAX: none.
static enum rc find_column(struct arena *arena, const struct csv_row *header,
                           const char *const headings[4], uint32_t *ret_column)
{
    *ret_column = UINT32_MAX;
    for (size_t k = 0; k < 4 && *ret_column == UINT32_MAX; k++) {
        for (uint32_t i = 0; i < header->cell_count && *ret_column == UINT32_MAX; i++) {
            char *key = NULL;
            TRY(text_word_key(arena, header->cells[i].bytes, header->cells[i].length, &key));
            if (strcmp(key, headings[k]) == 0)
                *ret_column = i;
        }
    }
    return RC_OK;
}

// Where a sheet has no ids of its own, ours come from the line and change with it: names come
// first.
static enum rc find_columns(struct reader *reader, const struct roster *roster,
                            const struct csv_table *table)
{
    static const char *const mentee[2][4] = {
        {"mentee id", "mentee",      "mentee email", "mentee name"},
        {"mentee",    "mentee name", "mentee email", "mentee id"  },
    };
    static const char *const mentor[2][4] = {
        {"mentor id", "mentor",      "mentor email", "mentor name"},
        {"mentor",    "mentor name", "mentor email", "mentor id"  },
    };
    bool mentee_lines = roster->mentee_sheet.column_of[COLUMN_ID] == SHEET_NO_COLUMN;
    bool mentor_lines = roster->mentor_sheet.column_of[COLUMN_ID] == SHEET_NO_COLUMN;
    if (table->row_count > 0) {
        const struct csv_row *header = &table->rows[0];
        TRY(find_column(reader->arena, header, mentee[mentee_lines], &reader->mentee_column));
        TRY(find_column(reader->arena, header, mentor[mentor_lines], &reader->mentor_column));
        if (reader->mentee_column != UINT32_MAX && reader->mentor_column != UINT32_MAX)
            return RC_OK;
    }
    TRY(problem_add(reader->problems, PROBLEM_ERROR, (struct problem_place){reader->file, 1, NULL},
                    "Begin the file with a line that names them: mentee,mentor",
                    "a file of pairs needs the columns \"mentee\" and \"mentor\""));
    return RC_BAD_INPUT;
}

static void keep(struct reader *reader, uint32_t mentee, uint32_t mentor)
{
    if (mentee != NOBODY_YET && mentor != NOBODY_YET && mentee != SHARED && mentor != SHARED)
        reader->links[reader->count++] = (struct mm_link){mentee - 1, mentor - 1};
}

// Says what is wrong with a person who was not found, or found twice.
static enum rc complain(struct reader *reader, const struct csv_cell *cell, const char *column,
                        uint32_t found)
{
    struct problem_place place = {reader->file, cell->line, column};
    if (found == SHARED)
        return problem_add(reader->problems, PROBLEM_ERROR, place,
                           "Give the id or the e-mail address instead of the name",
                           "two %ss are called \"%s\"", column, cell->bytes);
    if (found != NOBODY_YET)
        return RC_OK;
    if (reader->kind == MATCH_PIN)
        return problem_add(reader->problems, PROBLEM_ERROR, place,
                           "Give the id, e-mail address or full name as it stands in the sheet",
                           "no %s is called \"%s\"", column, cell->bytes);
    return problem_add(reader->problems, PROBLEM_NOTE, place, "",
                       "\"%s\" is not on the sheet of %ss today, so this pair is left out",
                       cell->bytes, column);
}

static enum rc read_row(struct reader *reader, const struct csv_row *row)
{
    if (row->cell_count <= reader->mentee_column || row->cell_count <= reader->mentor_column)
        return problem_add(reader->problems, PROBLEM_ERROR,
                           (struct problem_place){reader->file, row->line, NULL},
                           "Give both, or take the line out", "this line names only one person");
    const struct csv_cell *mentee_cell = &row->cells[reader->mentee_column];
    const struct csv_cell *mentor_cell = &row->cells[reader->mentor_column];
    uint32_t mentee = 0;
    uint32_t mentor = 0;
    TRY(find_person(reader->arena, &reader->mentees, mentee_cell, &mentee));
    TRY(find_person(reader->arena, &reader->mentors, mentor_cell, &mentor));
    keep(reader, mentee, mentor);
    if (reader->kind == MATCH_AVOID) { // the other way round, for those who stand on both sheets
        uint32_t back_mentee = 0;
        uint32_t back_mentor = 0;
        TRY(find_person(reader->arena, &reader->mentees, mentor_cell, &back_mentee));
        TRY(find_person(reader->arena, &reader->mentors, mentee_cell, &back_mentor));
        keep(reader, back_mentee, back_mentor);
        if (back_mentee != NOBODY_YET && back_mentor != NOBODY_YET)
            return RC_OK;
    }
    TRY(complain(reader, mentee_cell, "mentee", mentee));
    return complain(reader, mentor_cell, "mentor", mentor);
}

static int by_position(const void *left, const void *right)
{
    const struct mm_link *a = left;
    const struct mm_link *b = right;
    if (a->mentee != b->mentee)
        return a->mentee < b->mentee ? -1 : 1;
    return a->mentor < b->mentor ? -1 : a->mentor > b->mentor;
}

static size_t keep_once(struct mm_link *links, size_t count)
{
    qsort(links, count, sizeof links[0], by_position);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || by_position(&links[i], &links[kept - 1]) != 0)
            links[kept++] = links[i];
    return kept;
}

enum rc match_links_read(struct arena *arena, const struct match_links_source *source,
                         const struct roster *roster, struct problem_list *problems,
                         struct match_links *ret_links)
{
    size_t errors = problem_count(problems, PROBLEM_ERROR);
    struct reader reader = {
        .arena = arena, .file = source->file, .kind = source->kind, .problems = problems};
    struct csv_table table;
    TRY(csv_read(arena, source->content.bytes, source->content.length,
                 &(struct csv_options){.file = source->file}, problems, &table));
    TRY(find_columns(&reader, roster, &table));
    TRY(open_directory(arena, roster->mentees, roster->mentee_count, &reader.mentees));
    TRY(open_directory(arena, roster->mentors, roster->mentor_count, &reader.mentors));
    reader.links = ARENA_ARRAY(arena, struct mm_link, 2 * (size_t)table.row_count);
    if (reader.links == NULL)
        return RC_NO_MEMORY;
    for (uint32_t i = 1; i < table.row_count; i++)
        TRY(read_row(&reader, &table.rows[i]));
    if (problem_count(problems, PROBLEM_ERROR) > errors)
        return RC_BAD_INPUT;
    *ret_links = (struct match_links){reader.links, keep_once(reader.links, reader.count)};
    return RC_OK;
}

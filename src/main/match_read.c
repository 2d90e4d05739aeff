// SPDX-License-Identifier: Apache-2.0
// Reading what a run of `trellis match` needs: rules, sheets, files of pairs; see match_run.h.
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/zone.h"

#include "match_run.h"

enum { SHEET_BYTES_MAX = 64 * 1024 * 1024 };

// Reads a file of the command line. A failure has been said.
static bool read_file(struct match_run *run, const char *path, size_t limit,
                      struct text *ret_content)
{
    const char *error = "";
    enum rc rc = file_read(&run->arena, path, limit, ret_content, &error);
    if (rc != RC_OK)
        match_complain(error[0] != '\0' ? error : rc_text(rc));
    return rc == RC_OK;
}

// A --map of the command line that names no sheet goes to the sheets that have the column.
static bool has_column(struct match_run *run, struct text content, const char *column)
{
    struct problem_list unheard;
    struct csv_table table;
    problem_list_open(&unheard, &run->arena, 1);
    if (csv_read(&run->arena, content.bytes, content.length, &(struct csv_options){0}, &unheard,
                 &table) != RC_OK ||
        table.row_count == 0)
        return false;
    char *want = NULL;
    if (text_word_key(&run->arena, column, strlen(column), &want) != RC_OK)
        return false;
    for (uint32_t i = 0; i < table.rows[0].cell_count; i++) {
        char *key = NULL;
        const struct csv_cell *cell = &table.rows[0].cells[i];
        if (text_word_key(&run->arena, cell->bytes, cell->length, &key) == RC_OK &&
            strcmp(key, want) == 0)
            return true;
    }
    return false;
}

struct maps {
    struct sheet_map mentees[MATCH_MAPS_MAX];
    struct sheet_map mentors[MATCH_MAPS_MAX];
    size_t mentee_count;
    size_t mentor_count;
};

static void sort_maps(struct match_run *run, struct text mentees, struct text mentors,
                      struct maps *maps)
{
    for (size_t i = 0; i < run->options.map_count; i++) {
        const struct match_map *map = &run->options.maps[i];
        bool to_mentees = map->mentees;
        bool to_mentors = map->mentors;
        if (map->either) {
            to_mentees = has_column(run, mentees, map->column);
            to_mentors = has_column(run, mentors, map->column);
            if (!to_mentees && !to_mentors) // let the sheets say that they have no such column
                to_mentees = to_mentors = true;
        }
        struct sheet_map row = {map->field, map->column};
        if (to_mentees)
            maps->mentees[maps->mentee_count++] = row;
        if (to_mentors)
            maps->mentors[maps->mentor_count++] = row;
    }
}

// Sheets in the wrong order give a result that looks fine and means nothing.
static enum rc check_order(struct match_run *run)
{
    const struct sheet *mentees = &run->roster.mentee_sheet;
    const struct sheet *mentors = &run->roster.mentor_sheet;
    bool capacity_first = mentees->column_of[COLUMN_CAPACITY] != SHEET_NO_COLUMN &&
                          mentors->column_of[COLUMN_CAPACITY] == SHEET_NO_COLUMN;
    bool wishes_last = mentors->column_of[COLUMN_WISHES] != SHEET_NO_COLUMN &&
                       mentees->column_of[COLUMN_WISHES] == SHEET_NO_COLUMN;
    if (!capacity_first || !wishes_last)
        return RC_OK;
    TRY(problem_add(&run->problems, PROBLEM_ERROR, (struct problem_place){mentees->file, 1, NULL},
                    "Give the mentees' sheet first and the mentors' sheet second",
                    "the sheets seem to be swapped: this one, given for the mentees, says how many "
                    "mentees somebody takes (\"%s\"), and the other what somebody wants help with "
                    "(\"%s\")",
                    sheet_heading(mentees, COLUMN_CAPACITY),
                    sheet_heading(mentors, COLUMN_WISHES)));
    return RC_BAD_INPUT;
}

int match_read_sheets(struct match_run *run)
{
    struct text mentees;
    struct text mentors;
    if (!read_file(run, run->options.mentees, SHEET_BYTES_MAX, &mentees) ||
        !read_file(run, run->options.mentors, SHEET_BYTES_MAX, &mentors))
        return EXIT_REFUSED;
    if (text_equal(mentees, mentors)) {
        match_complain(
            "both sheets are the same; give the mentees' sheet and then the mentors' sheet");
        return EXIT_REFUSED;
    }
    struct place_book *places = NULL;
    const char *error = "";
    int64_t from_s = date_to_seconds(run->rules.start);
    int64_t to_s = from_s + (int64_t)run->rules.weeks * 7 * DATE_SECONDS_A_DAY;
    if (place_book_load(&run->arena, ZONE_FOLDER, from_s, to_s, &places, &error) != RC_OK) {
        match_complain(error);
        match_complain("the time zone tables are needed; on Debian: apt-get install tzdata");
        return EXIT_FAILED;
    }
    struct maps *maps = ARENA_NEW(&run->arena, struct maps);
    if (maps == NULL)
        return match_fail(RC_NO_MEMORY);
    sort_maps(run, mentees, mentors, maps);
    struct roster_source sources[2] = {
        {run->options.mentees, mentees.bytes, mentees.length, maps->mentees, maps->mentee_count},
        {run->options.mentors, mentors.bytes, mentors.length, maps->mentors, maps->mentor_count},
    };
    enum rc rc =
        roster_read(&run->arena, &sources[0], &sources[1],
                    &(struct roster_options){.places = places}, &run->problems, &run->roster);
    if (rc == RC_OK)
        rc = check_order(run);
    return rc == RC_OK ? EXIT_DONE : match_refuse(run, rc);
}

// What the command line says about rules comes after the file. It is read as lines of a rules file.
static int read_overrides(struct match_run *run)
{
    struct rules_file *rules = &run->rules;
    const struct match_options *options = &run->options;
    if (options->seed != NULL && !rules_file_read_seed(options->seed, &rules->objective.seed))
        return match_refuse_option("--seed needs a whole number from 0 up");
    if (options->weeks != NULL && !rules_file_read_weeks(options->weeks, &rules->weeks))
        return match_refuse_option("--weeks needs a whole number from 1 to 104");
    if (options->start != NULL && !rules_file_read_start(options->start, &rules->start))
        return match_refuse_option("--start needs a date such as 2026-09-07");
    if (options->keep != NULL && rules_file_read_keep(options->keep, &rules->objective) != RC_OK)
        return match_refuse_option("--keep needs all, free, a number of moves, or \"price N\"");
    return EXIT_DONE;
}

int match_read_rules(struct match_run *run)
{
    rules_file_default(&run->rules);
    if (run->options.rules != NULL) {
        struct text content;
        if (!read_file(run, run->options.rules, RULES_FILE_BYTES_MAX + 1, &content))
            return EXIT_REFUSED;
        enum rc rc = rules_file_read(run->options.rules, content, &run->problems, &run->rules);
        if (rc != RC_OK)
            return match_refuse(run, rc);
    }
    return read_overrides(run);
}

static int read_list(struct match_run *run, const char *path, enum match_links_kind kind,
                     struct match_links *links)
{
    struct match_links_source source = {.file = path, .kind = kind};
    if (path == NULL)
        return EXIT_DONE;
    if (!read_file(run, path, SHEET_BYTES_MAX, &source.content))
        return EXIT_REFUSED;
    enum rc rc = match_links_read(&run->arena, &source, &run->roster, &run->problems, links);
    return rc == RC_OK ? EXIT_DONE : match_refuse(run, rc);
}

int match_read_lists(struct match_run *run)
{
    int status = read_list(run, run->options.pin, MATCH_PIN, &run->lists.pin);
    if (status == EXIT_DONE)
        status = read_list(run, run->options.avoid, MATCH_AVOID, &run->lists.avoid);
    if (status == EXIT_DONE)
        status = read_list(run, run->options.previous, MATCH_PREVIOUS, &run->lists.was);
    return status;
}

// SPDX-License-Identifier: Apache-2.0
// `trellis match` from the command line to the files; see match.h.
#define _POSIX_C_SOURCE 200809L
#include "match.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/zone.h"

#include "match_files.h"
#include "match_links.h"
#include "match_options.h"
#include "match_output.h"
#include "match_pool.h"
#include "match_view.h"
#include "mentormatch.h"

enum match_exit { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_REFUSED = 2, EXIT_CONTRADICTION = 3 };

enum {
    SHEET_BYTES_MAX = 64 * 1024 * 1024,
    PROBLEMS_KEPT = 5000,
    QUIET_SECONDS = 2, // before the first word about progress
};
#define ARENA_BYTES_MAX ((size_t)8 << 30)

struct progress {
    struct timespec began;
    int64_t told_s; // seconds after the beginning at which something was last told
    bool told;
};

// Everything of one run.
struct run {
    struct arena arena;
    struct match_options options;
    struct problem_list problems;
    struct rules_file rules;
    struct roster roster;
    struct match_lists lists;
    struct match_pool pool;
    struct mm_result result;
    struct match_view view;
    struct progress progress;
    struct mm_options library;
};

// ---- saying what is wrong ----

static void complain(const char *sentence)
{
    fprintf(stderr, "trellis match: %s.\n", sentence);
}

static int fail(enum rc rc)
{
    complain(rc_text(rc));
    return EXIT_FAILED;
}

static void print_errors(struct run *run)
{
    const struct problem_list *list = &run->problems;
    for (size_t i = 0; i < list->count; i++) {
        const struct problem *problem = &list->items[i];
        if (problem->severity != PROBLEM_ERROR)
            continue;
        fputs(problem->file == NULL ? "trellis match" : problem->file, stderr);
        if (problem->line > 0)
            fprintf(stderr, ":%u", problem->line);
        fputs(": ", stderr);
        if (problem->column != NULL)
            fprintf(stderr, "column \"%s\": ", problem->column);
        size_t length = strlen(problem->todo);
        bool asks = length > 0 && problem->todo[length - 1] == '?';
        fprintf(stderr, "%s.%s%s%s\n", problem->what, length > 0 ? " " : "", problem->todo,
                length > 0 && !asks ? "." : "");
    }
}

// After RC_BAD_INPUT or RC_LIMIT, which leave their reasons in the problem list.
static int refuse(struct run *run, enum rc rc)
{
    if (rc != RC_BAD_INPUT && rc != RC_LIMIT)
        return fail(rc);
    size_t errors = problem_count(&run->problems, PROBLEM_ERROR);
    print_errors(run);
    if (errors == 0)
        complain(rc_text(rc));
    fputs("Nothing was written.\n", stderr);
    return EXIT_REFUSED;
}

// ---- progress ----

static int64_t seconds_since(struct timespec began)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec - began.tv_sec - (now.tv_nsec < began.tv_nsec);
}

static bool tell_progress(void *context, const char *step, uint64_t done, uint64_t total)
{
    struct progress *progress = context;
    int64_t now_s = seconds_since(progress->began);
    if (now_s < QUIET_SECONDS || now_s == progress->told_s)
        return true;
    progress->told_s = now_s;
    progress->told = true;
    fprintf(stderr, "%4lld s  %s", (long long)now_s, step);
    if (total > 0)
        fprintf(stderr, " %u %%", (unsigned)(done >= total ? 100 : done * 100 / total));
    fputc('\n', stderr);
    return true;
}

// ---- reading ----

// Reads a file of the command line. A failure has been said.
static bool read_file(struct run *run, const char *path, size_t limit, struct text *ret_content)
{
    const char *error = "";
    enum rc rc = file_read(&run->arena, path, limit, ret_content, &error);
    if (rc != RC_OK)
        complain(error[0] != '\0' ? error : rc_text(rc));
    return rc == RC_OK;
}

// A --map of the command line that names no sheet goes to the sheets that have the column.
static bool has_column(struct run *run, struct text content, const char *column)
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

static void sort_maps(struct run *run, struct text mentees, struct text mentors, struct maps *maps)
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

static int read_sheets(struct run *run)
{
    struct text mentees;
    struct text mentors;
    if (!read_file(run, run->options.mentees, SHEET_BYTES_MAX, &mentees) ||
        !read_file(run, run->options.mentors, SHEET_BYTES_MAX, &mentors))
        return EXIT_REFUSED;
    struct place_book *places = NULL;
    const char *error = "";
    int64_t from_s = date_to_seconds(run->rules.start);
    int64_t to_s = from_s + (int64_t)run->rules.weeks * 7 * DATE_SECONDS_A_DAY;
    if (place_book_load(&run->arena, ZONE_FOLDER, from_s, to_s, &places, &error) != RC_OK) {
        complain(error);
        complain("the time zone tables are needed; on Debian: apt-get install tzdata");
        return EXIT_FAILED;
    }
    struct maps *maps = ARENA_NEW(&run->arena, struct maps);
    if (maps == NULL)
        return fail(RC_NO_MEMORY);
    sort_maps(run, mentees, mentors, maps);
    struct roster_source sources[2] = {
        {run->options.mentees, mentees.bytes, mentees.length, maps->mentees, maps->mentee_count},
        {run->options.mentors, mentors.bytes, mentors.length, maps->mentors, maps->mentor_count},
    };
    enum rc rc =
        roster_read(&run->arena, &sources[0], &sources[1],
                    &(struct roster_options){.places = places}, &run->problems, &run->roster);
    return rc == RC_OK ? EXIT_DONE : refuse(run, rc);
}

static int refuse_option(const char *sentence)
{
    complain(sentence);
    fputs("See trellis match --help.\n", stderr);
    return EXIT_REFUSED;
}

// What the command line says about rules comes after the file. It is read as lines of a rules file.
static int read_overrides(struct run *run)
{
    struct rules_file *rules = &run->rules;
    const struct match_options *options = &run->options;
    if (options->seed != NULL && !rules_file_read_seed(options->seed, &rules->objective.seed))
        return refuse_option("--seed needs a whole number from 0 up");
    if (options->weeks != NULL && !rules_file_read_weeks(options->weeks, &rules->weeks))
        return refuse_option("--weeks needs a whole number from 1 to 104");
    if (options->start != NULL && !rules_file_read_start(options->start, &rules->start))
        return refuse_option("--start needs a date such as 2026-09-07");
    if (options->keep != NULL && rules_file_read_keep(options->keep, &rules->objective) != RC_OK)
        return refuse_option("--keep needs all, free, a number of moves, or \"price N\"");
    return EXIT_DONE;
}

static int read_rules(struct run *run)
{
    rules_file_default(&run->rules);
    if (run->options.rules != NULL) {
        struct text content;
        if (!read_file(run, run->options.rules, RULES_FILE_BYTES_MAX + 1, &content))
            return EXIT_REFUSED;
        enum rc rc = rules_file_read(run->options.rules, content, &run->problems, &run->rules);
        if (rc != RC_OK)
            return refuse(run, rc);
    }
    return read_overrides(run);
}

static int read_list(struct run *run, const char *path, enum match_links_kind kind,
                     const struct mm_link **links, size_t *count)
{
    struct text content;
    if (path == NULL)
        return EXIT_DONE;
    if (!read_file(run, path, SHEET_BYTES_MAX, &content))
        return EXIT_REFUSED;
    enum rc rc = match_links_read(&run->arena, path, content, kind, &run->roster, &run->problems,
                                  links, count);
    return rc == RC_OK ? EXIT_DONE : refuse(run, rc);
}

static int read_lists(struct run *run)
{
    int status = read_list(run, run->options.pin, MATCH_PIN, &run->lists.pin, &run->lists.pins);
    if (status == EXIT_DONE)
        status =
            read_list(run, run->options.avoid, MATCH_AVOID, &run->lists.avoid, &run->lists.avoids);
    if (status == EXIT_DONE)
        status = read_list(run, run->options.previous, MATCH_PREVIOUS, &run->lists.was,
                           &run->lists.was_count);
    return status;
}

// ---- matching ----

// A fault of the library, with the people's names.
static void complain_fault(const struct run *run, const struct mm_fault *fault)
{
    fprintf(stderr, "trellis match: %s", fault->text);
    if (fault->mentee != MM_NOBODY && fault->mentee < run->roster.mentee_count)
        fprintf(stderr, "; mentee: %s", run->roster.mentees[fault->mentee].name);
    if (fault->mentor != MM_NOBODY && fault->mentor < run->roster.mentor_count)
        fprintf(stderr, "; mentor: %s", run->roster.mentors[fault->mentor].name);
    fputs("\n", stderr);
}

static int refuse_match(struct run *run, enum mm_status status, const struct mm_fault *fault)
{
    if (status == MM_NO_MEMORY)
        return fail(RC_NO_MEMORY);
    if (fault->text == NULL)
        complain(mm_status_text(status));
    else
        complain_fault(run, fault);
    if (status == MM_CONTRADICTION)
        fputs("Take the pin out, or change the rule that forbids it.\n", stderr);
    fputs("Nothing was written.\n", stderr);
    return status == MM_CONTRADICTION ? EXIT_CONTRADICTION
           : status == MM_LIMIT       ? EXIT_REFUSED
                                      : EXIT_FAILED;
}

static int find_pairs(struct run *run)
{
    enum rc rc = match_pool_build(&run->arena, &run->roster, &run->rules, &run->lists,
                                  &run->problems, &run->pool);
    if (rc != RC_OK)
        return refuse(run, rc);
    struct mm_fault fault = {NULL, MM_NOBODY, MM_NOBODY, -1};
    enum mm_status status =
        mm_match(&run->pool.pool, &run->pool.rules.objective, &run->library, &run->result, &fault);
    return status == MM_OK ? EXIT_DONE : refuse_match(run, status, &fault);
}

// The sentence about what is known of the result.
static int prove(struct run *run, struct match_proof *ret_proof)
{
    struct mm_fault fault = {NULL, MM_NOBODY, MM_NOBODY, -1};
    if (!run->result.proved) {
        *ret_proof = (struct match_proof){
            false,
            arena_printf(&run->arena,
                         "With at most %u moves this is the best set that was found; a "
                         "better one could gain at most %s points in all.",
                         run->pool.rules.objective.moves, match_points_of(run->result.gap).bytes)};
        return ret_proof->sentence == NULL ? fail(RC_NO_MEMORY) : EXIT_DONE;
    }
    enum mm_status status = mm_check_pool(&run->pool.pool, &run->pool.rules.objective, &run->result,
                                          &run->library, &fault);
    if (status != MM_OK) {
        complain("the result could not be proved to be the best; this is a mistake in Trellis, "
                 "please report it");
        return refuse_match(run, status, &fault);
    }
    *ret_proof = (struct match_proof){
        true, "Checked: under these rules and with this order of aims no other set of pairs is "
              "better. Every pair that could be made was looked at again, apart from how the "
              "result was found."};
    return EXIT_DONE;
}

// ---- writing ----

static enum rc add_to_folder(struct run *run, struct match_files *files, const char *name,
                             enum rc (*print)(struct buffer *, const struct match_story *),
                             const struct match_story *story)
{
    char *path = file_join(&run->arena, run->options.out, name);
    struct buffer *content = ARENA_NEW(&run->arena, struct buffer);
    if (path == NULL || content == NULL)
        return RC_NO_MEMORY;
    buffer_open(content, &run->arena, MATCH_OUTPUT_MAX);
    TRY(print(content, story));
    return match_files_add(files, path, content);
}

static enum rc gather_files(struct run *run, const struct match_story *story,
                            struct match_files *files)
{
    match_files_open(files, &run->arena);
    if (run->options.out != NULL) {
        files->folder = run->options.out;
        TRY(add_to_folder(run, files, "pairs.csv", match_print_pairs_csv, story));
        TRY(add_to_folder(run, files, "unmatched.csv", match_print_unmatched_csv, story));
        TRY(add_to_folder(run, files, "result.json", match_print_json, story));
    }
    if (run->options.report == NULL)
        return RC_OK;
    struct buffer *report = ARENA_NEW(&run->arena, struct buffer);
    if (report == NULL)
        return RC_NO_MEMORY;
    buffer_open(report, &run->arena, MATCH_OUTPUT_MAX);
    TRY(match_print_report(report, story));
    return match_files_add(files, run->options.report, report);
}

static int write_files(struct run *run, const struct match_story *story)
{
    struct match_files files;
    const char *error = "";
    enum rc rc = gather_files(run, story, &files);
    if (rc == RC_EXISTS) {
        complain("--report names one of the files that --out writes");
        return EXIT_REFUSED;
    }
    if (rc == RC_OK)
        rc = match_files_write(&files, &error);
    if (rc == RC_OK)
        return EXIT_DONE;
    complain(error[0] != '\0' ? error : rc_text(rc));
    return EXIT_FAILED;
}

static void print_written(const struct run *run)
{
    if (run->options.out != NULL)
        printf("\nWritten: pairs.csv, unmatched.csv and result.json in %s\n", run->options.out);
    if (run->options.report != NULL)
        printf("%sReport: %s\n", run->options.out == NULL ? "\n" : "", run->options.report);
    if (run->options.report == NULL)
        puts("\nThe reasons of each pair stand in the report: add --report report.html");
}

static int print_summary(struct run *run, const struct match_story *story)
{
    struct buffer summary;
    if (run->options.quiet)
        return EXIT_DONE;
    buffer_open(&summary, &run->arena, MATCH_OUTPUT_MAX);
    enum rc rc = match_print_summary(&summary, story);
    if (rc != RC_OK)
        return fail(rc);
    fputs(summary.bytes, stdout);
    print_written(run);
    if (fflush(stdout) == 0)
        return EXIT_DONE;
    complain("the summary could not be printed");
    return EXIT_FAILED;
}

static int tell_story(struct run *run)
{
    struct match_proof proof = {0};
    int status = prove(run, &proof);
    if (status != EXIT_DONE)
        return status;
    enum rc rc = match_view_make(&run->arena, &run->pool, &run->pool.rules.objective, &run->result,
                                 &run->library, &proof, &run->view);
    if (rc != RC_OK)
        return fail(rc);
    struct match_story story = {&run->view, &run->problems, run->options.mentees,
                                run->options.mentors};
    status = write_files(run, &story);
    return status == EXIT_DONE ? print_summary(run, &story) : status;
}

static int print_rules(struct run *run)
{
    struct buffer text;
    buffer_open(&text, &run->arena, RULES_FILE_BYTES_MAX);
    enum rc rc = rules_file_print(&text, &run->rules);
    if (rc != RC_OK)
        return fail(rc);
    fputs(text.bytes, stdout);
    return fflush(stdout) == 0 ? EXIT_DONE : EXIT_FAILED;
}

static int match_run(struct run *run)
{
    int status = read_rules(run);
    if (status == EXIT_DONE && run->options.print_rules)
        return print_rules(run);
    if (status == EXIT_DONE)
        status = read_sheets(run);
    if (status == EXIT_DONE)
        status = read_lists(run);
    if (status == EXIT_DONE)
        status = find_pairs(run);
    if (status == EXIT_DONE)
        status = tell_story(run);
    mm_result_free(&run->result);
    return status;
}

int match_command(int argc, char **argv)
{
    struct run run = {.library = {.progress = {.tell = tell_progress}}};
    const char *error = "";
    arena_open(&run.arena, ARENA_BYTES_MAX);
    clock_gettime(CLOCK_MONOTONIC, &run.progress.began);
    run.library.progress.context = &run.progress;
    problem_list_open(&run.problems, &run.arena, PROBLEMS_KEPT);
    int status = EXIT_DONE;
    enum rc rc = match_options_read(&run.arena, argc, argv, &run.options, &error);
    if (rc != RC_OK)
        status = rc == RC_BAD_INPUT ? refuse_option(error) : fail(rc);
    else if (run.options.help)
        status = fputs(match_options_help(), stdout) < 0 ? EXIT_FAILED : EXIT_DONE;
    else
        status = match_run(&run);
    arena_close(&run.arena);
    return status;
}

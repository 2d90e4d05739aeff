// SPDX-License-Identifier: Apache-2.0
// `trellis match` from the command line to the files; see match.h.
#define _POSIX_C_SOURCE 200809L
#include "match.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"

#include "instance_text.h"
#include "match_files.h"
#include "match_output.h"
#include "match_run.h"
#include "result_text.h"

enum {
    PROBLEMS_KEPT = 5000,
    QUIET_SECONDS = 2, // before the first word about progress
};
#define ARENA_BYTES_MAX ((size_t)8 << 30)

// ---- saying what is wrong ----

void match_complain(const char *sentence)
{
    size_t length = strlen(sentence);
    bool asks = length > 0 && sentence[length - 1] == '?';
    fprintf(stderr, "trellis match: %s%s\n", sentence, asks ? "" : ".");
}

int match_fail(enum rc rc)
{
    match_complain(rc_text(rc));
    return EXIT_FAILED;
}

static void print_errors(struct match_run *run)
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
        char first = length > 0 ? problem->todo[0] : ' ';
        first = first >= 'a' && first <= 'z' ? (char)(first - 'a' + 'A') : first;
        fprintf(stderr, "%s.", problem->what);
        if (length > 0)
            fprintf(stderr, " %c%s%s", first, problem->todo + 1, asks ? "" : ".");
        fputc('\n', stderr);
    }
}

// After RC_BAD_INPUT or RC_LIMIT, which leave their reasons in the problem list.
int match_refuse(struct match_run *run, enum rc rc)
{
    if (rc != RC_BAD_INPUT && rc != RC_LIMIT)
        return match_fail(rc);
    size_t errors = problem_count(&run->problems, PROBLEM_ERROR);
    print_errors(run);
    if (errors == 0)
        match_complain(rc_text(rc));
    fputs("Nothing was written.\n", stderr);
    return EXIT_REFUSED;
}

int match_refuse_option(const char *sentence)
{
    match_complain(sentence);
    fputs("See trellis match --help.\n", stderr);
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
    struct match_progress *progress = context;
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

// ---- matching ----

// Which rules forbid the pair, in brackets; nothing when none does.
static void complain_rules(const struct match_run *run, struct mm_link pair)
{
    struct mm_explanation why;
    bool first = true;
    if (mm_explain_pair(&run->pool.pool, pair, &why, NULL) != MM_OK)
        return;
    for (enum mm_rule_kind kind = 0; kind < MM_RULES; kind++) {
        if ((why.refused >> (unsigned)kind & 1) == 0)
            continue;
        fprintf(stderr, "%s\"%s\"", first ? " (" : ", ", rules_file_rule(kind));
        first = false;
    }
    fputs(first ? "" : ")", stderr);
}

// A fault of the library, with the people's names.
static void complain_fault(const struct match_run *run, const struct mm_fault *fault)
{
    size_t length = strlen(fault->text);
    length -= length > 0 && fault->text[length - 1] == '.' ? 1 : 0;
    fprintf(stderr, "trellis match: %.*s", (int)length, fault->text);
    bool mentee = fault->mentee < run->roster.mentee_count;
    bool mentor = fault->mentor < run->roster.mentor_count;
    if (mentee)
        fprintf(stderr, ": %s", run->roster.mentees[fault->mentee].name);
    if (mentor)
        fprintf(stderr, "%s %s", mentee ? " with" : ":", run->roster.mentors[fault->mentor].name);
    if (mentee && mentor)
        complain_rules(run, (struct mm_link){fault->mentee, fault->mentor});
    fputs(".\n", stderr);
}

static int refuse_match(struct match_run *run, enum mm_status status, const struct mm_fault *fault)
{
    if (status == MM_NO_MEMORY)
        return match_fail(RC_NO_MEMORY);
    if (fault->text == NULL)
        match_complain(mm_status_text(status));
    else
        complain_fault(run, fault);
    if (status == MM_CONTRADICTION)
        fputs("Take the pin out, or change the rule that forbids it.\n", stderr);
    fputs("Nothing was written.\n", stderr);
    return status == MM_CONTRADICTION ? EXIT_CONTRADICTION
           : status == MM_LIMIT       ? EXIT_REFUSED
                                      : EXIT_FAILED;
}

static int find_pairs(struct match_run *run)
{
    enum rc rc = match_pool_build(&run->arena, &run->roster, &run->rules, &run->lists,
                                  &run->problems, &run->pool);
    if (rc != RC_OK)
        return match_refuse(run, rc);
    struct mm_fault fault = {NULL, MM_NOBODY, MM_NOBODY, -1};
    enum mm_status status =
        mm_match(&run->pool.pool, &run->pool.rules.objective, &run->library, &run->result, &fault);
    return status == MM_OK ? EXIT_DONE : refuse_match(run, status, &fault);
}

// The sentence about what is known of the result.
static int prove(struct match_run *run, struct match_found *found)
{
    struct mm_fault fault = {NULL, MM_NOBODY, MM_NOBODY, -1};
    if (!run->result.proved) {
        found->proof =
            arena_printf(&run->arena,
                         "With at most %u moves this is the best set that was found; a "
                         "better one could gain at most %s points in all.",
                         run->pool.rules.objective.moves, match_points_of(run->result.gap).bytes);
        return found->proof == NULL ? match_fail(RC_NO_MEMORY) : EXIT_DONE;
    }
    enum mm_status status = mm_check_pool(&run->pool.pool, &run->pool.rules.objective, &run->result,
                                          &run->library, &fault);
    if (status != MM_OK) {
        match_complain("the result could not be proved to be the best; this is a mistake in "
                       "Trellis, please report it");
        return refuse_match(run, status, &fault);
    }
    found->certified = true;
    found->proof = "Checked: under these rules and with this order of aims no other set of pairs "
                   "is better. Every pair that could be made was looked at again, apart from how "
                   "the result was found.";
    return EXIT_DONE;
}

// ---- writing ----

static enum rc add_to_folder(struct match_run *run, struct match_files *files, const char *name,
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

// What `trellis verify` needs to check the result again, apart from this run: every allowed pair,
// and the result with its certificate. Left out where there are too many pairs to write down.
static enum rc add_proof(struct match_run *run, struct match_files *files)
{
    struct buffer *instance = ARENA_NEW(&run->arena, struct buffer);
    struct buffer *result = ARENA_NEW(&run->arena, struct buffer);
    char *instance_path = file_join(&run->arena, run->options.out, "instance.txt");
    char *result_path = file_join(&run->arena, run->options.out, "result.txt");
    if (instance == NULL || result == NULL || instance_path == NULL || result_path == NULL)
        return RC_NO_MEMORY;
    if (!run->view.went_through || !run->result.proved)
        return RC_OK;
    buffer_open(instance, &run->arena, MATCH_OUTPUT_MAX);
    buffer_open(result, &run->arena, MATCH_OUTPUT_MAX);
    TRY(instance_text_write(instance, &run->view.all.instance, &run->pool.rules.objective));
    TRY(result_text_write(result, &run->result, run->pool.pool.mentors));
    TRY(match_files_add(files, instance_path, instance));
    return match_files_add(files, result_path, result);
}

static enum rc gather_files(struct match_run *run, const struct match_story *story,
                            struct match_files *files)
{
    match_files_open(files, &run->arena);
    if (run->options.out != NULL) {
        files->folder = run->options.out;
        TRY(add_to_folder(run, files, "pairs.csv", match_print_pairs_csv, story));
        TRY(add_to_folder(run, files, "unmatched.csv", match_print_unmatched_csv, story));
        TRY(add_to_folder(run, files, "result.json", match_print_json, story));
        TRY(add_proof(run, files));
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

static int write_files(struct match_run *run, const struct match_story *story)
{
    struct match_files files;
    const char *error = "";
    enum rc rc = gather_files(run, story, &files);
    if (rc == RC_EXISTS) {
        match_complain("--report names one of the files that --out writes");
        return EXIT_REFUSED;
    }
    if (rc == RC_OK)
        rc = match_files_write(&files, &error);
    if (rc == RC_OK)
        return EXIT_DONE;
    match_complain(error[0] != '\0' ? error : rc_text(rc));
    return EXIT_FAILED;
}

static void print_written(const struct match_run *run)
{
    if (run->options.out != NULL)
        printf("\nWritten in %s: pairs.csv, unmatched.csv, result.json%s\n", run->options.out,
               run->view.went_through && run->result.proved
                   ? ",\nand instance.txt and result.txt for trellis verify"
                   : "");
    if (run->options.report != NULL)
        printf("%sReport: %s\n", run->options.out == NULL ? "\n" : "", run->options.report);
    if (run->options.report == NULL)
        puts("\nThe reasons of each pair stand in the report: add --report report.html");
}

static int print_summary(struct match_run *run, const struct match_story *story)
{
    struct buffer summary;
    if (run->options.quiet)
        return EXIT_DONE;
    buffer_open(&summary, &run->arena, MATCH_OUTPUT_MAX);
    enum rc rc = match_print_summary(&summary, story);
    if (rc != RC_OK)
        return match_fail(rc);
    fputs(summary.bytes, stdout);
    print_written(run);
    if (fflush(stdout) == 0)
        return EXIT_DONE;
    match_complain("the summary could not be printed");
    return EXIT_FAILED;
}

static int tell_story(struct match_run *run)
{
    struct match_found found = {
        .pool = &run->pool, .result = &run->result, .options = &run->library};
    int status = prove(run, &found);
    if (status != EXIT_DONE)
        return status;
    enum rc rc = match_view_make(&run->arena, &found, &run->view);
    if (rc != RC_OK)
        return match_fail(rc);
    struct match_story story = {&run->view, &run->problems, run->options.mentees,
                                run->options.mentors};
    status = write_files(run, &story);
    return status == EXIT_DONE ? print_summary(run, &story) : status;
}

static int print_rules(struct match_run *run)
{
    struct buffer text;
    buffer_open(&text, &run->arena, RULES_FILE_BYTES_MAX);
    enum rc rc = rules_file_print(&text, &run->rules);
    if (rc != RC_OK)
        return match_fail(rc);
    fputs(text.bytes, stdout);
    return fflush(stdout) == 0 ? EXIT_DONE : EXIT_FAILED;
}

static int do_run(struct match_run *run)
{
    int status = match_read_rules(run);
    if (status == EXIT_DONE && run->options.print_rules)
        return print_rules(run);
    if (status == EXIT_DONE)
        status = match_read_sheets(run);
    if (status == EXIT_DONE)
        status = match_read_lists(run);
    if (status == EXIT_DONE)
        status = find_pairs(run);
    if (status == EXIT_DONE)
        status = tell_story(run);
    match_view_close(&run->view);
    mm_result_free(&run->result);
    return status;
}

int match_command(int argc, char **argv)
{
    struct match_run run = {.library = {.progress = {.tell = tell_progress}}};
    const char *error = "";
    arena_open(&run.arena, ARENA_BYTES_MAX);
    clock_gettime(CLOCK_MONOTONIC, &run.progress.began);
    run.library.progress.context = &run.progress;
    problem_list_open(&run.problems, &run.arena, PROBLEMS_KEPT);
    int status = EXIT_DONE;
    enum rc rc = match_options_read(&run.arena, argc, argv, &run.options, &error);
    if (rc != RC_OK)
        status = rc == RC_BAD_INPUT ? match_refuse_option(error) : match_fail(rc);
    else if (run.options.help)
        status = fputs(match_options_help(), stdout) < 0 ? EXIT_FAILED : EXIT_DONE;
    else
        status = do_run(&run);
    arena_close(&run.arena);
    return status;
}

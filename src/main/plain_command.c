// SPDX-License-Identifier: Apache-2.0
// Files, complaints and progress of the plain commands; see plain_command.h.
#define _POSIX_C_SOURCE 200809L
#include "plain_command.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#include "match_files.h"

enum { PROBLEMS_KEPT = 20, QUIET_SECONDS = 2 };
#define FILE_BYTES_MAX ((size_t)64 << 30)
#define ARENA_BYTES_MAX ((size_t)256 << 30)

void plain_command_open(struct plain_command *command, const char *name)
{
    *command = (struct plain_command){.name = name};
    arena_open(&command->arena, ARENA_BYTES_MAX);
    problem_list_open(&command->problems, &command->arena, PROBLEMS_KEPT);
}

void plain_command_close(struct plain_command *command)
{
    arena_close(&command->arena);
}

// ---- complaints ----

void plain_complain(const struct plain_command *command, const char *sentence, ...)
{
    va_list arguments;
    va_start(arguments, sentence);
    fprintf(stderr, "trellis %s: ", command->name);
    vfprintf(stderr, sentence, arguments);
    fputs(".\n", stderr);
    va_end(arguments);
}

int plain_usage(const struct plain_command *command, const char *what, const char *which)
{
    fprintf(stderr, "trellis %s: %s%s.\nSee trellis %s --help.\n", command->name, what, which,
            command->name);
    return PLAIN_REFUSED;
}

static void print_problem(const struct problem *problem)
{
    fprintf(stderr, "%s:%" PRIu32 ":%s: %s; %s.\n", problem->file, problem->line,
            problem->column == NULL ? "1" : problem->column, problem->what, problem->todo);
}

int plain_refuse(struct plain_command *command, enum rc rc)
{
    if (rc != RC_BAD_INPUT) {
        plain_complain(command, "%s", rc_text(rc));
        return rc == RC_LIMIT ? PLAIN_REFUSED : PLAIN_FAILED;
    }
    for (size_t k = 0; k < command->problems.count; k++)
        print_problem(&command->problems.items[k]);
    if (command->problems.count == PROBLEMS_KEPT)
        fputs("There may be more; the rest was not read.\n", stderr);
    return PLAIN_REFUSED;
}

const char *plain_fault_place(struct plain_command *command, const struct mm_fault *fault)
{
    bool mentee = fault->mentee != MM_NOBODY;
    bool mentor = fault->mentor != MM_NOBODY;
    const char *text = "";
    if (mentee && mentor)
        text = arena_printf(&command->arena, "mentee %" PRIu32 " and mentor %" PRIu32,
                            fault->mentee + 1, fault->mentor + 1);
    else if (mentee)
        text = arena_printf(&command->arena, "mentee %" PRIu32, fault->mentee + 1);
    else if (mentor)
        text = arena_printf(&command->arena, "mentor %" PRIu32, fault->mentor + 1);
    return text == NULL ? "" : text;
}

// The library's sentence without its full stop.
static int sentence_length(const char *text)
{
    size_t length = strlen(text);
    return (int)(length > 0 && text[length - 1] == '.' ? length - 1 : length);
}

int plain_refuse_status(struct plain_command *command, enum mm_status status,
                        const struct mm_fault *fault)
{
    const char *text = fault->text == NULL ? mm_status_text(status) : fault->text;
    const char *place = plain_fault_place(command, fault);
    fprintf(stderr, "%s: %.*s%s%s.\n", command->instance_name, sentence_length(text), text,
            place[0] == '\0' ? "" : ": ", place);
    if (status == MM_CONTRADICTION)
        return PLAIN_CONTRADICTION;
    return status == MM_BAD_INPUT || status == MM_LIMIT ? PLAIN_REFUSED : PLAIN_FAILED;
}

// ---- files ----

// Reads a file of known length in one piece; false: it is none, or changed while it was read.
static bool read_regular(struct plain_command *command, int file, struct text *ret_content)
{
    struct stat about;
    if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size < 0 ||
        (uint64_t)about.st_size > FILE_BYTES_MAX)
        return false;
    size_t length = (size_t)about.st_size;
    char *bytes = arena_alloc(&command->arena, length + 1);
    size_t done = 0;
    while (bytes != NULL && done < length) {
        ssize_t got = read(file, bytes + done, length - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        done += (size_t)got;
    }
    if (bytes == NULL || done < length)
        return false;
    *ret_content = (struct text){bytes, length};
    return true;
}

int plain_read_file(struct plain_command *command, const char *path, struct text *ret_content)
{
    bool done = false;
    if (strcmp(path, "-") != 0) {
        int file = open(path, O_RDONLY | O_CLOEXEC);
        done = file >= 0 && read_regular(command, file, ret_content);
        if (file >= 0)
            close(file);
    }
    if (done)
        return PLAIN_DONE;
    const char *error = "";
    enum rc rc = file_read(&command->arena, path, FILE_BYTES_MAX, ret_content, &error);
    if (rc == RC_OK)
        return PLAIN_DONE;
    plain_complain(command, "%s", error[0] == '\0' ? rc_text(rc) : error);
    return rc == RC_NO_MEMORY ? PLAIN_FAILED : PLAIN_REFUSED;
}

static const char *name_of_file(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

int plain_read_instance(struct plain_command *command, const char *path)
{
    struct text content = {NULL, 0};
    command->instance_name = name_of_file(path);
    int exit = plain_read_file(command, path, &content);
    if (exit != PLAIN_DONE)
        return exit;
    enum rc rc = instance_text_read(&command->arena, command->instance_name, content,
                                    &command->problems, &command->instance);
    return rc == RC_OK ? PLAIN_DONE : plain_refuse(command, rc);
}

static int write_output(const struct plain_command *command, const char *bytes, size_t length)
{
    if (fwrite(bytes, 1, length, stdout) == length && fflush(stdout) == 0)
        return PLAIN_DONE;
    plain_complain(command, "cannot write to standard output");
    return PLAIN_FAILED;
}

int plain_write(struct plain_command *command, const char *path, const char *bytes, size_t length)
{
    if (path == NULL || strcmp(path, "-") == 0)
        return write_output(command, bytes, length);
    struct match_files files;
    struct buffer content = {.bytes = bytes, .length = length};
    const char *error = "";
    match_files_open(&files, &command->arena);
    enum rc rc = match_files_add(&files, path, &content);
    if (rc == RC_OK)
        rc = match_files_write(&files, &error);
    if (rc == RC_OK)
        return PLAIN_DONE;
    plain_complain(command, "%s", error[0] == '\0' ? rc_text(rc) : error);
    return PLAIN_FAILED;
}

// ---- progress ----

static int64_t seconds_since(struct timespec began)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec - began.tv_sec - (now.tv_nsec < began.tv_nsec);
}

static bool tell_progress(void *context, const char *step, uint64_t done, uint64_t total)
{
    struct plain_command *command = context;
    int64_t now_s = seconds_since(command->began);
    if (now_s < command->quiet_s || now_s == command->told_s)
        return true;
    command->told_s = now_s;
    fprintf(stderr, "%4" PRId64 " s  %s", now_s, step);
    if (total > 0)
        fprintf(stderr, " %u %%", (unsigned)(done >= total ? 100 : done * 100 / total));
    fputc('\n', stderr);
    return true;
}

void plain_command_watch(struct plain_command *command, bool at_once)
{
    clock_gettime(CLOCK_MONOTONIC, &command->began);
    command->told_s = -1;
    command->quiet_s = at_once ? 0 : QUIET_SECONDS;
    command->options.progress = (struct mm_progress){tell_progress, command};
}

// ---- results ----

const char *plain_summary(struct plain_command *command, const struct mm_result *result)
{
    struct arena *arena = &command->arena;
    const char *lowest =
        result->pairs == 0 ? "" : arena_printf(arena, ", lowest score %" PRIu32, result->lowest);
    const char *text = arena_printf(
        arena, "%" PRIu32 " of %" PRIu32 " mentees matched, %zu pairs, total %" PRIu64 "%s",
        result->matched, command->instance.instance.mentees, result->pairs, result->total,
        lowest == NULL ? "" : lowest);
    return text == NULL ? "" : text;
}

// SPDX-License-Identifier: Apache-2.0
//
// Why: what `trellis solve` and `trellis verify` share: reading their files, saying what is wrong,
// progress, and exit codes.
//
// Promises: complaints go to stderr, one a line, with file, line and column where there is one.
//
// Not for: other commands; this knows instances.
#ifndef TRELLIS_MAIN_PLAIN_COMMAND_H
#define TRELLIS_MAIN_PLAIN_COMMAND_H

#include <stdbool.h>
#include <time.h>

#include "base/arena.h"
#include "base/problem.h"

#include "instance_text.h"

enum plain_exit { PLAIN_DONE = 0, PLAIN_FAILED = 1, PLAIN_REFUSED = 2, PLAIN_CONTRADICTION = 3 };

struct plain_command {
    const char *name; // "solve"
    struct arena arena;
    struct problem_list problems;
    const char *instance_name;
    struct instance_text instance;
    struct timespec began;
    int64_t told_s;  // second of the last word about progress
    int64_t quiet_s; // no word before
    struct mm_options options;
};

void plain_command_open(struct plain_command *command, const char *name);
void plain_command_close(struct plain_command *command);

// Progress from now on, after two seconds, or at once.
void plain_command_watch(struct plain_command *command, bool at_once);

// Says the sentence (without its full stop) on stderr, with the command's name before it.
__attribute__((format(printf, 2, 3))) void plain_complain(const struct plain_command *command,
                                                          const char *sentence, ...);

// "trellis solve: ...", then where to read more. Returns PLAIN_REFUSED.
int plain_usage(const struct plain_command *command, const char *what, const char *which);

// Reads a whole file, "-" being standard input. Returns an exit code.
int plain_read_file(struct plain_command *command, const char *path, struct text *ret_content);

// Reads the instance. Returns an exit code.
int plain_read_instance(struct plain_command *command, const char *path);

// Complains about what stands in the problem list, or about rc itself. Returns an exit code.
int plain_refuse(struct plain_command *command, enum rc rc);

// Complains about what the library says. Returns an exit code.
int plain_refuse_status(struct plain_command *command, enum mm_status status,
                        const struct mm_fault *fault);

// "mentee 3 and mentor 7", "mentee 3", "", in a buffer of the arena.
const char *plain_fault_place(struct plain_command *command, const struct mm_fault *fault);

// A result in one sentence, without its full stop.
const char *plain_summary(struct plain_command *command, const struct mm_result *result);

// Writes a file whole or not at all, or to standard output (path NULL or "-").
int plain_write(struct plain_command *command, const char *path, const char *bytes, size_t length);

#endif

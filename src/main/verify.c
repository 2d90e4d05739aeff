// SPDX-License-Identifier: Apache-2.0
// `trellis verify`; see solve.h.
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "plain_command.h"
#include "result_text.h"
#include "solve.h"

static const char help[] =
    "Usage: trellis verify INSTANCE RESULT [--progress]\n"
    "\n"
    "Checks a result of trellis solve, or of any other program, against its instance:\n"
    "that the pairs keep every rule, that the numbers told about them are right, and that\n"
    "the certificate proves that no better set of pairs exists. The check shares no code\n"
    "with the solver. One of both files may be - for standard input.\n"
    "\n"
    "      --progress      say at once what is being done (by default after two\n"
    "                      seconds)\n"
    "  -h, --help          this text\n"
    "\n"
    "The formats stand in docs/formats.md.\n"
    "\n"
    "Exit status: 0 proved optimal, 1 refuted or not proved (the reason is printed), 2\n"
    "wrong use or a file that cannot be used, 3 required pairs contradict the rules.\n";

struct verify_options {
    const char *instance;
    const char *result;
    bool progress;
    bool help;
};

static int read_argument(const struct plain_command *command, const char *argument, bool option,
                         struct verify_options *options)
{
    if (option && strcmp(argument, "--progress") == 0)
        options->progress = true;
    else if (option && (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0))
        options->help = true;
    else if (option)
        return plain_usage(command, "there is no option ", argument);
    else if (options->instance == NULL)
        options->instance = argument;
    else if (options->result == NULL)
        options->result = argument;
    else
        return plain_usage(command, "one instance and one result, not also ", argument);
    return PLAIN_DONE;
}

static int read_options(const struct plain_command *command, int argc, char **argv,
                        struct verify_options *options)
{
    bool only_names = false; // after --
    for (int at = 1; at < argc; at++) {
        bool option = !only_names && argv[at][0] == '-' && argv[at][1] != '\0';
        if (option && strcmp(argv[at], "--") == 0) {
            only_names = true;
            continue;
        }
        int exit = read_argument(command, argv[at], option, options);
        if (exit != PLAIN_DONE)
            return exit;
    }
    if (options->help)
        return PLAIN_DONE;
    if (options->instance == NULL || options->result == NULL)
        return plain_usage(command, "say which instance, and which result of it", "");
    if (strcmp(options->instance, "-") == 0 && strcmp(options->result, "-") == 0)
        return plain_usage(command, "only one of both can be standard input", "");
    return PLAIN_DONE;
}

static int read_result(struct plain_command *command, const char *path,
                       struct mm_result *ret_result)
{
    assert(path != NULL);
    struct text content = {NULL, 0};
    int exit = plain_read_file(command, path, &content);
    if (exit != PLAIN_DONE)
        return exit;
    const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
    enum rc rc = result_text_read(&command->arena, name, content, &command->instance,
                                  &command->problems, ret_result);
    return rc == RC_OK ? PLAIN_DONE : plain_refuse(command, rc);
}

static int refute(struct plain_command *command, const struct mm_fault *fault)
{
    const char *place = plain_fault_place(command, fault);
    printf("Not proved. %s", fault->text);
    if (place[0] != '\0')
        printf(" (%s)", place);
    if (fault->level >= 0)
        printf(" (level %d)", fault->level + 1);
    putchar('\n');
    return PLAIN_FAILED;
}

static int verify(struct plain_command *command, const struct verify_options *options)
{
    struct mm_result result;
    struct mm_fault fault = {.text = NULL};
    plain_command_watch(command, options->progress);
    int exit = plain_read_instance(command, options->instance);
    if (exit == PLAIN_DONE)
        exit = read_result(command, options->result, &result);
    if (exit != PLAIN_DONE)
        return exit;
    enum mm_status status = mm_check(&command->instance.instance, &command->instance.objective,
                                     &result, &command->options, &fault);
    if (status == MM_NOT_PROVED)
        return refute(command, &fault);
    if (status != MM_OK)
        return plain_refuse_status(command, status, &fault);
    printf("Proved optimal: %s.\n", plain_summary(command, &result));
    return PLAIN_DONE;
}

int verify_command(int argc, char **argv)
{
    struct plain_command command;
    struct verify_options options = {.instance = NULL};
    plain_command_open(&command, "verify");
    int exit = read_options(&command, argc, argv, &options);
    if (exit == PLAIN_DONE && options.help)
        fputs(help, stdout);
    else if (exit == PLAIN_DONE)
        exit = verify(&command, &options);
    plain_command_close(&command);
    return exit;
}

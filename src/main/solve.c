// SPDX-License-Identifier: Apache-2.0
// `trellis solve`; see solve.h.
#include "solve.h"

#include <stdio.h>
#include <string.h>

#include "plain_command.h"
#include "result_text.h"

#define RESULT_BYTES_MAX ((size_t)16 << 30)

static const char help[] =
    "Usage: trellis solve INSTANCE [-o RESULT] [--progress] [--no-check]\n"
    "\n"
    "Solves an instance of the matching problem: which of the allowed pairs to make, so\n"
    "that no other choice is better. INSTANCE is a text file, or - for standard input.\n"
    "Prints the pairs, what they add up to, and a certificate: prices that prove that\n"
    "no better set of pairs exists. trellis verify checks it.\n"
    "\n"
    "  -o, --output FILE   write the result to FILE, whole or not at all\n"
    "      --progress      say at once what is being done (by default after two\n"
    "                      seconds)\n"
    "      --no-check      do not verify the result before it is written\n"
    "  -h, --help          this text\n"
    "\n"
    "The formats stand in docs/formats.md. A small instance, of 2 mentees, 2 mentors and 3\n"
    "allowed pairs; mentee 1 with mentor 1 scores 9000 of 10000:\n"
    "\n"
    "  p mentormatch 1 2 2 3\n"
    "  e 1 1 9000\n"
    "  e 1 2 4000\n"
    "  e 2 1 8000\n"
    "\n"
    "Exit status: 0 optimal and proved, 1 not proved or a failure, 2 wrong use or an\n"
    "instance that cannot be used, 3 required pairs contradict the rules.\n";

struct solve_options {
    const char *instance;
    const char *output; // NULL: standard output
    bool progress;
    bool no_check;
    bool help;
};

// The value of an option: behind "=", or the next argument. NULL: there is none.
static const char *option_value(int argc, char **argv, int *at)
{
    const char *equals = strchr(argv[*at], '=');
    if (strncmp(argv[*at], "--", 2) == 0 && equals != NULL)
        return equals + 1;
    if (*at + 1 >= argc)
        return NULL;
    return argv[++*at];
}

static bool is_output(const char *argument)
{
    return strcmp(argument, "-o") == 0 || strcmp(argument, "--output") == 0 ||
           strncmp(argument, "--output=", 9) == 0;
}

static int read_option(const struct plain_command *command, int argc, char **argv, int *at,
                       struct solve_options *options)
{
    const char *argument = argv[*at];
    if (strcmp(argument, "--progress") == 0) {
        options->progress = true;
        return PLAIN_DONE;
    }
    if (strcmp(argument, "--no-check") == 0) {
        options->no_check = true;
        return PLAIN_DONE;
    }
    if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0) {
        options->help = true;
        return PLAIN_DONE;
    }
    if (!is_output(argument))
        return plain_usage(command, "there is no option ", argument);
    options->output = option_value(argc, argv, at);
    if (options->output == NULL || options->output[0] == '\0')
        return plain_usage(command, argument, " needs a file name");
    return PLAIN_DONE;
}

static int read_options(const struct plain_command *command, int argc, char **argv,
                        struct solve_options *options)
{
    bool only_names = false; // after --
    for (int at = 1; at < argc; at++) {
        bool option = !only_names && argv[at][0] == '-' && argv[at][1] != '\0';
        if (option && strcmp(argv[at], "--") == 0) {
            only_names = true;
            continue;
        }
        if (option) {
            int exit = read_option(command, argc, argv, &at, options);
            if (exit != PLAIN_DONE)
                return exit;
            continue;
        }
        if (options->instance != NULL)
            return plain_usage(command, "one instance at a time, not also ", argv[at]);
        options->instance = argv[at];
    }
    if (options->instance == NULL && !options->help)
        return plain_usage(command, "say which instance to solve", "");
    return PLAIN_DONE;
}

// Verifies what was found, so that nothing wrong is written.
static int check_result(struct plain_command *command, const struct mm_result *result)
{
    const struct instance_text *text = &command->instance;
    struct mm_fault fault = {.text = NULL};
    enum mm_status status =
        mm_check(&text->instance, &text->objective, result, &command->options, &fault);
    if (status == MM_OK)
        return PLAIN_DONE;
    if (!result->proved && status == MM_NOT_PROVED)
        return PLAIN_DONE; // and it says so
    return plain_refuse_status(command, status, &fault);
}

static int write_result(struct plain_command *command, const struct solve_options *options,
                        const struct mm_result *result)
{
    struct buffer buffer;
    buffer_open(&buffer, &command->arena, RESULT_BYTES_MAX);
    enum rc rc = result_text_write(&buffer, result, command->instance.instance.mentors);
    if (rc != RC_OK)
        return plain_refuse(command, rc);
    int exit = plain_write(command, options->output, buffer.bytes, buffer.length);
    if (exit != PLAIN_DONE)
        return exit;
    const char *verdict = result->proved ? "Optimal" : "Not proved optimal";
    if (options->output != NULL && strcmp(options->output, "-") != 0)
        printf("%s: %s.\n", verdict, plain_summary(command, result));
    return result->proved ? PLAIN_DONE : PLAIN_FAILED;
}

static int solve(struct plain_command *command, const struct solve_options *options)
{
    plain_command_watch(command, options->progress);
    int exit = plain_read_instance(command, options->instance);
    if (exit != PLAIN_DONE)
        return exit;
    struct mm_result result;
    struct mm_fault fault = {.text = NULL};
    enum mm_status status = mm_solve(&command->instance.instance, &command->instance.objective,
                                     &command->options, &result, &fault);
    if (status != MM_OK)
        return plain_refuse_status(command, status, &fault);
    exit = options->no_check ? PLAIN_DONE : check_result(command, &result);
    if (exit == PLAIN_DONE)
        exit = write_result(command, options, &result);
    mm_result_free(&result);
    return exit;
}

int solve_command(int argc, char **argv)
{
    struct plain_command command;
    struct solve_options options = {.instance = NULL};
    plain_command_open(&command, "solve");
    int exit = read_options(&command, argc, argv, &options);
    if (exit == PLAIN_DONE && options.help)
        fputs(help, stdout);
    else if (exit == PLAIN_DONE)
        exit = solve(&command, &options);
    plain_command_close(&command);
    return exit;
}

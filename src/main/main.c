// SPDX-License-Identifier: Apache-2.0
// The program: one row for each subcommand. To add one, add its row.
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "admin.h"
#include "data.h"
#include "demo.h"
#include "match.h"
#include "mentormatch.h"
#include "serve.h"
#include "solve.h"

enum { EXIT_WRONG_USE = 2 };

static const struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *what;
} commands[] = {
    {"match",              match_command,       "find the best mentoring pairs from two sign-up sheets"},
    {"solve",              solve_command,       "solve a matching problem in the plain text format"    },
    {"verify",             verify_command,      "check that a result is right, and that none is better"},
    {"serve",              serve_command,       "answer browsers: run a programme on the web"          },
    {"demo",               demo_command,        "fill an empty installation with a made-up programme"  },
    {"migrate",            migrate_command,     "bring an installation's tables up to this version"    },
    {"user",               user_command,        "list, add and help the people of an installation"     },
    {"doctor",             doctor_command,      "check an installation, and say what to mend"          },
    {"backup",             backup_command,      "copy an installation while it runs"                   },
    {"restore",            restore_command,     "make an installation out of a backup"                 },
    {"data",               data_command,        "say what is kept, let go of what is old, erase again" },
    {"key",                key_command,         "look after the keys of what is sealed"                },
    {"audit",              audit_command,       "say whether the log of what was done is whole"        },
    {"mail-in",            mail_in_command,     "take an answer by mail, for a mail server"            },
    {"verify-certificate", certificate_command, "check a certificate without a network"                },
    {"db",                 db_command,          "copy an installation from one database to another"    },
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static void print_help(FILE *where)
{
    fputs("Usage: trellis COMMAND ...\n"
          "\n"
          "Trellis brings mentees and mentors together: the best possible set of pairs, with\n"
          "the reason for each, and a proof that no better set exists.\n"
          "\n",
          where);
    for (size_t k = 0; k < COMMANDS; k++)
        fprintf(where, "  %-10s %s\n", commands[k].name, commands[k].what);
    fputs("\n"
          "  -h, --help     this text; trellis COMMAND --help says more about a command\n"
          "  --version      the version\n"
          "\n"
          "Start with: trellis match MENTEES.csv MENTORS.csv\n",
          where);
}

static const struct command *find_command(const char *name)
{
    for (size_t k = 0; k < COMMANDS; k++)
        if (strcmp(commands[k].name, name) == 0)
            return &commands[k];
    return NULL;
}

static int fail_on_output(int exit)
{
    bool printed = fflush(stdout) == 0 && ferror(stdout) == 0;
    if (printed || exit != 0)
        return exit;
    fputs("trellis: cannot write to standard output.\n", stderr);
    return 1;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        print_help(stderr);
        return EXIT_WRONG_USE;
    }
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        print_help(stdout);
        return fail_on_output(0);
    }
    if (strcmp(name, "--version") == 0) {
        printf("trellis %s\n", TRELLIS_VERSION);
        return fail_on_output(0);
    }
    const struct command *command = find_command(name);
    if (command == NULL) {
        fprintf(stderr, "trellis: there is no command \"%s\".\nSee trellis --help.\n", name);
        return EXIT_WRONG_USE;
    }
    return fail_on_output(command->run(argc - 1, argv + 1));
}

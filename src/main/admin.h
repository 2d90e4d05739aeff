// SPDX-License-Identifier: Apache-2.0
//
// Why: the commands with which an installation is looked after: migrate, user, doctor, backup,
// restore, and "db copy". Each takes argv from its own name on and gives the exit status.
#ifndef TRELLIS_MAIN_ADMIN_H
#define TRELLIS_MAIN_ADMIN_H

#include "install.h"

int migrate_command(int argc, char **argv);
int user_command(int argc, char **argv);
int doctor_command(int argc, char **argv);
int backup_command(int argc, char **argv);
int restore_command(int argc, char **argv);
int db_command(int argc, char **argv);
int mail_in_command(int argc, char **argv); // exit status of sysexits
int certificate_command(int argc, char **argv);
int key_command(int argc, char **argv);
int audit_command(int argc, char **argv);

// What these commands are told.
struct admin_options {
    const char *data;     // --data
    const char *database; // --database
    const char *to;       // --to
    const char *from;     // --from
    const char *erased;   // --erased
    const char *email;    // --email
    const char *name;
    const char *key_file; // --name
    bool admin;           // --admin
    const char *words[2]; // what stands without dashes
    int word_count;
    bool help;
};

// False: wrong use.
bool admin_read_options(int argc, char **argv, struct admin_options *ret_options);
int admin_wrong_use(const char *usage, bool asked);

// Opens the place that the options name, for work that may take long. On failure it has said why.
enum rc admin_open(const struct admin_options *options, struct installation *installation);
void admin_close(struct installation *installation);

#endif

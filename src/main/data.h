// SPDX-License-Identifier: Apache-2.0
//
// Why: `trellis data`: what is kept, what is old, and who was erased, from the command line; and
// how a restored backup forgets again whom the installation had erased.
#ifndef TRELLIS_MAIN_DATA_H
#define TRELLIS_MAIN_DATA_H

#include "install.h"

int data_command(int argc, char **argv);

// After a restore, before anybody opens it: erases again those of a list. The file is `given`, or,
// when it is NULL, erased.txt in the data folder or beside the backup; says what it did. False: it
// failed, and the installation must not be used.
bool data_erase_again(struct installation *installation, const char *given, const char *backup);

// Beside a backup, the list of who was erased until now. False: it could not be written.
bool data_copy_list(const char *folder, const char *backup);

#endif

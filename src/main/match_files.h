// SPDX-License-Identifier: Apache-2.0
//
// Why: a run writes several files that belong together; half of them would be worse than none.
//
// Promises: everything is written to temporary files beside their places first, and renamed only
// when all are complete. Until then a failure or Ctrl-C takes the temporary files away and leaves
// what was there. Files that already exist are replaced.
//
// Not for: one file (base/file.h).
#ifndef TRELLIS_MAIN_MATCH_FILES_H
#define TRELLIS_MAIN_MATCH_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/rc.h"

enum { MATCH_FILES_MAX = 16 };

struct match_file {
    const char *path;
    const char *bytes;
    size_t length;
    char *temporary; // NULL: not written yet
};

struct match_files {
    struct arena *arena;
    const char *folder; // made when it is not there; NULL: none
    struct match_file files[MATCH_FILES_MAX];
    size_t count;
};

void match_files_open(struct match_files *files, struct arena *arena);

// Adds a file; its content must stay until match_files_write. RC_EXISTS: that path is used twice.
enum rc match_files_add(struct match_files *files, const char *path, const struct buffer *content);

// Writes all of them or none. ret_error as in base/file.h. Signals that end the program (SIGINT,
// SIGTERM, SIGHUP) wait until the temporary files are gone or renamed.
enum rc match_files_write(struct match_files *files, const char **ret_error);

#endif

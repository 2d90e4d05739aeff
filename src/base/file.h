// SPDX-License-Identifier: Apache-2.0
//
// Why: the few things that a command does with files, with limits, and with an error that a person
// understands.
//
// Promises: a file is read whole or not at all; a file is written so that either the old or the
// new content stands under its name, also after a power cut. With a failure, ret_error is a
// sentence such as "cannot read plan.csv: permission denied" (in the arena; "" if even that needs
// memory which is not there).
//
// Not for: large streams, locks, or deciding where things go.
#ifndef TRELLIS_BASE_FILE_H
#define TRELLIS_BASE_FILE_H

#include "base/arena.h"
#include "base/rc.h"
#include "base/text.h"

// Reads a whole file (or, for "-", standard input) of at most limit bytes; closed by a NUL that the
// length does not count. RC_NOT_FOUND, RC_IO, RC_LIMIT.
enum rc file_read(struct arena *arena, const char *path, size_t limit, struct text *ret_content,
                  const char **ret_error);

// Writes a temporary file beside it, syncs it, and renames it. Mode 0666 less the umask.
enum rc file_write(struct arena *arena, const char *path, const char *bytes, size_t length,
                   const char **ret_error);

// Makes a folder; one that is there already is fine. Parents must exist.
enum rc file_make_folder(struct arena *arena, const char *path, const char **ret_error);

// Deletes the files of a folder whose name has this ending and that were last written before an
// instant, in seconds of the epoch. A folder that is not there is empty.
enum rc file_drop_old(const char *folder, const char *ending, int64_t before_s);

// folder + "/" + name.
char *file_join(struct arena *arena, const char *folder, const char *name);

#endif

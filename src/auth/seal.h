// SPDX-License-Identifier: Apache-2.0
//
// Why: what people tell about harm must stay unreadable to whoever gets hold of the database: it is
// sealed with a key that lives in a file of its own.
//
// Promises: XChaCha20-Poly1305; what is sealed names its key and is bound to its place, so that it
// can't be moved to another row; a change of one bit is noticed. The file is for its owner alone.
//
// Not for: passwords or tokens (token.h): those are never read again.
#ifndef TRELLIS_AUTH_SEAL_H
#define TRELLIS_AUTH_SEAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/rc.h"

enum { SEAL_KEYS_MAX = 64, SEAL_ID_BYTES = 17, SEAL_TEXT_MAX = 1 << 20 };

// The keys of a file, oldest first; the last one seals, each of them opens.
struct seal {
    size_t count;
    struct {
        char id[SEAL_ID_BYTES]; // of its hash: says nothing of it
        unsigned char key[32];
    } keys[SEAL_KEYS_MAX];
};

// Reads the file. When it is not there: RC_NOT_FOUND, or with `make` it is made with one key.
// RC_BAD_INPUT: not a file of keys. ret_error: a sentence.
enum rc seal_open(struct arena *arena, const char *path, bool make, struct seal **ret_seal,
                  const char **ret_error);

// Adds a key, which seals from now on. RC_LIMIT: there are SEAL_KEYS_MAX.
enum rc seal_add(struct arena *arena, const char *path, struct seal *seal, const char **ret_error);

// Drops all keys but the last.
enum rc seal_forget(struct arena *arena, const char *path, struct seal *seal,
                    const char **ret_error);

// Whether nobody but its owner can read the file.
bool seal_is_private(const char *path);

// "$1$ID$..." of a text; "" stays "". `place` says where it will stand: "concern_case.text 17".
// RC_IO: there is no key (seal NULL).
enum rc seal_text(const struct seal *seal, struct arena *arena, const char *place, const char *text,
                  const char **ret_sealed);

// The text. What was never sealed is given as it stands. RC_NOT_FOUND: its key is not here.
// RC_BAD_INPUT: it was changed, or stood elsewhere.
enum rc seal_read(const struct seal *seal, struct arena *arena, const char *place,
                  const char *sealed, const char **ret_text);

// Whether it is sealed with the newest key, and so needs nothing.
bool seal_is_new(const struct seal *seal, const char *sealed);

#endif

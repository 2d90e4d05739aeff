// SPDX-License-Identifier: Apache-2.0
//
// Why: passwords are checked by rules that help (length, not composition; NIST SP 800-63B-4) and
// are stored so that a stolen database is of little use.
//
// Promises: Argon2id with 19 MiB, 2 passes; a few tens of milliseconds each, on purpose; at most
// two at the same time, others wait.
#ifndef TRELLIS_AUTH_PASSWORD_H
#define TRELLIS_AUTH_PASSWORD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/rc.h"

enum { PASSWORD_LEAST = 15, PASSWORD_MOST = 256 }; // code points

// Why a password is refused: a message for the person; NULL: it is fine. `about` holds words that
// are too easy to guess for her (name, e-mail address, the programme's name), closed by NULL.
const char *password_fault(struct arena *arena, const char *password, const char *const *about);

// The text to store. RC_NO_MEMORY.
enum rc password_hash(struct arena *arena, const char *password, const char **ret_stored);

// Whether they belong together. `stored` NULL or "": takes the same time, and is false.
bool password_fits(const char *stored, const char *password);

#endif

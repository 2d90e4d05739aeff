// SPDX-License-Identifier: Apache-2.0
//
// Why: `trellis mail-in` gives a letter to the server that has the data folder open, and takes it
// by itself when none has. The door is a socket in the data folder.
//
// Promises: only the owner of the folder comes through (mode 0600); one letter at a time, each
// within ten seconds and MAIL_IN_BYTES_MAX; nothing that a person wrote is printed or logged; a
// letter that was given twice is one message.
//
// Not for: mail from a network; that is a mail server's work.
#ifndef TRELLIS_MAIN_MAIL_DOOR_H
#define TRELLIS_MAIN_MAIL_DOOR_H

#include <stddef.h>

#include "app/app.h"

// The exit status of sysexits that mail servers know, and why; "" with 0.
enum {
    MAIL_TAKEN = 0,
    MAIL_WRONG_USE = 64,
    MAIL_NO_WORDS = 65,
    MAIL_NO_USER = 67,
    MAIL_UNAVAILABLE = 69,
    MAIL_TRY_LATER = 75,
    MAIL_NOT_HERS = 77
};
enum { MAIL_RECIPIENT_MAX = 500 };
struct mail_answer {
    int status;
    const char *sentence; // static, or in the arena of mail_door_give
};

struct mail_letter {
    const char *recipient; // "": what the letter's headers say
    const char *bytes;
    size_t length;
};

// Takes a letter into a database that this process has open.
struct mail_answer mail_take(struct db *db, const struct app *app,
                             const struct mail_letter *letter);

// What the server does: opens the door in its data folder, on a thread of its own. RC_IO: the
// folder allows no socket.
struct mail_door;
enum rc mail_door_open(struct db *db, const struct app *app, const char *folder,
                       struct mail_door **ret_door);
void mail_door_close(struct mail_door *door); // finishes the letter that is being taken

// What the command does. RC_NOT_FOUND: no server has this folder open.
enum rc mail_door_give(struct arena *arena, const char *folder, const struct mail_letter *letter,
                       struct mail_answer *ret_answer);

#endif

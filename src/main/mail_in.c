// SPDX-License-Identifier: Apache-2.0
//
// Why: `trellis mail-in` takes one letter from standard input: an answer to a message of a match.
// It is made for the pipe of a mail server, so it says by its exit status (sysexits) what becomes
// of the letter, and prints nothing that a person wrote.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin.h"
#include "app/pair/pair_mail.h"
#include "auth/token.h"

enum {
    SYS_USE = 64,
    SYS_DATA = 65,
    SYS_NO_USER = 67,
    SYS_UNAVAILABLE = 69,
    SYS_TRY_LATER = 75,
    SYS_NO_PERMISSION = 77
};

static const char usage[] =
    "Usage: trellis mail-in --data FOLDER [RECIPIENT] < letter   (or --database URL)\n"
    "\n"
    "Takes one answer to a message of a match, for the pipe of a mail server; see\n"
    "--reply-address of trellis serve. RECIPIENT is the address that it was sent to, or what\n"
    "stands there behind \"+\"; without it the letter's own headers are looked at. The server may\n"
    "run at the same time with PostgreSQL; with SQLite the status is 75 while it runs.\n"
    "\n"
    "Exit status, as mail servers know it: 0 taken, or an answer of a machine that is passed over;\n"
    "64 wrong use; 65 no words that can be read; 67 no such address; 69 the pair takes no messages;\n"
    "75 try again later; 77 not from the person whom the letter went to.\n";

struct taking {
    const struct app *app;
    struct arena *arena;
    const struct mail_in *mail;
    enum reply reply;
};

static enum rc take(struct db_tx *tx, void *data)
{
    struct taking *taking = data;
    const struct app_place at = {tx, taking->arena, taking->app, installation_now_us()};
    return reply_take(&at, taking->mail, &taking->reply);
}

static int say(int status, const char *sentence)
{
    fprintf(stderr, "trellis: %s.\n", sentence);
    return status;
}

static int tell(enum reply reply)
{
    switch (reply) {
    case REPLY_TAKEN:
    case REPLY_MACHINE:
        return 0;
    case REPLY_UNKNOWN:
        return say(SYS_NO_USER, "this address takes no answers any more; write on the page");
    case REPLY_NOT_HERS:
        return say(SYS_NO_PERMISSION, "answer from the address to which the letter was sent");
    case REPLY_CLOSED:
        return say(SYS_UNAVAILABLE, "this match takes no messages now");
    case REPLY_EMPTY:
        return say(SYS_DATA, "write 1 to 5000 bytes of plain text above what you quote");
    case REPLY_TOO_OFTEN:
        return say(SYS_TRY_LATER, "there were very many messages within an hour");
    }
    return SYS_TRY_LATER;
}

static int read_letter(struct arena *arena, const char *recipient, struct mail_in *ret_mail)
{
    char *bytes = arena_alloc(arena, MAIL_IN_BYTES_MAX + 1);
    if (bytes == NULL)
        return say(SYS_TRY_LATER, "there is not enough memory");
    size_t length = fread(bytes, 1, MAIL_IN_BYTES_MAX + 1, stdin);
    if (ferror(stdin))
        return say(SYS_TRY_LATER, "the letter cannot be read");
    enum rc rc = mail_in_read(arena, bytes, length, ret_mail);
    if (rc == RC_NO_MEMORY)
        return say(SYS_TRY_LATER, "there is not enough memory");
    if (rc != RC_OK)
        return say(SYS_DATA, "this letter cannot be read: it is too large, or not plain text");
    if (recipient == NULL)
        return 0;
    const char *token = mail_in_token(arena, recipient);
    ret_mail->tokens[0] = token;
    ret_mail->token_count = token == NULL ? 0 : 1;
    return 0;
}

int mail_in_command(int argc, char **argv)
{
    enum { LIMIT_BYTES = 64 << 20 };
    struct admin_options options;
    struct installation installation;
    struct arena arena;
    struct mail_in mail;
    const struct app app = {.site = "Trellis", .slices = installation_slices()};
    bool right = admin_read_options(argc, argv, &options) && options.word_count <= 1 &&
                 (options.data == NULL) != (options.database == NULL);
    if (!right || options.help)
        return admin_wrong_use(usage, options.help) == 0 ? 0 : SYS_USE;
    arena_open(&arena, LIMIT_BYTES);
    int status = read_letter(&arena, options.word_count == 0 ? NULL : options.words[0], &mail);
    if (status == 0 && admin_open(&options, &installation) != RC_OK)
        status = SYS_TRY_LATER;
    else if (status == 0) {
        struct taking taking = {&app, &arena, &mail, REPLY_MACHINE};
        enum rc rc = db_write(installation.db, take, &taking);
        status = rc == RC_OK ? tell(taking.reply)
                             : say(SYS_TRY_LATER, "the database does not take it now");
        admin_close(&installation);
    }
    arena_close(&arena);
    return status;
}

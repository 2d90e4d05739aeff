// SPDX-License-Identifier: Apache-2.0
//
// Why: `trellis mail-in` takes one letter from standard input: an answer to a message of a match.
// It is made for the pipe of a mail server, so it says by its exit status (sysexits) what becomes
// of the letter, and prints nothing that a person wrote.
#include "format/mail_in.h"

#include <stdio.h>
#include <string.h>

#include "admin.h"
#include "mail_door.h"

static const char usage[] =
    "Usage: trellis mail-in --data FOLDER [RECIPIENT] < letter   (or --database URL)\n"
    "\n"
    "Takes one answer to a message of a match, for the pipe of a mail server; see\n"
    "--reply-address of trellis serve. RECIPIENT is the address that it was sent to, or what\n"
    "stands there behind \"+\"; without it the letter's own headers are looked at. A server that\n"
    "runs takes the letter; without one it is written into the folder or the database.\n"
    "\n"
    "Exit status, as mail servers know it: 0 taken, or an answer of a machine that is passed over;\n"
    "64 wrong use; 65 no words that can be read; 67 no such address; 69 the pair takes no messages;\n"
    "75 try again later; 77 not from the person whom the letter went to.\n";

static int say(const struct mail_answer *answer)
{
    if (answer->status != MAIL_TAKEN)
        fprintf(stderr, "trellis: %s.\n", answer->sentence);
    return answer->status;
}

static bool read_letter(struct arena *arena, struct mail_letter *letter, struct mail_answer *answer)
{
    char *bytes = arena_alloc(arena, MAIL_IN_BYTES_MAX + 1);
    *answer = (struct mail_answer){MAIL_TRY_LATER, "there is not enough memory"};
    if (bytes == NULL)
        return false;
    letter->bytes = bytes;
    letter->length = fread(bytes, 1, MAIL_IN_BYTES_MAX + 1, stdin);
    if (ferror(stdin)) {
        *answer = (struct mail_answer){MAIL_TRY_LATER, "the letter cannot be read"};
        return false;
    }
    *answer = (struct mail_answer){MAIL_NO_WORDS, "this letter is too large"};
    return letter->length <= MAIL_IN_BYTES_MAX;
}

// With nobody to give it to.
static struct mail_answer take_alone(const struct admin_options *options,
                                     const struct mail_letter *letter)
{
    const struct app app = {.site = "Trellis", .slices = installation_slices()};
    struct installation installation;
    if (admin_open(options, &installation) != RC_OK)
        return (struct mail_answer){MAIL_TRY_LATER, "the letter has to come again later"};
    struct mail_answer answer = mail_take(installation.db, &app, letter);
    admin_close(&installation);
    return answer;
}

int mail_in_command(int argc, char **argv)
{
    enum { LIMIT_BYTES = 32 << 20 };
    struct admin_options options;
    struct arena arena;
    struct mail_answer answer;
    struct mail_letter letter = {.recipient = ""};
    bool right = admin_read_options(argc, argv, &options) && options.word_count <= 1 &&
                 (options.data == NULL) != (options.database == NULL);
    if (right && options.word_count == 1)
        letter.recipient = options.words[0];
    right = right && strlen(letter.recipient) <= MAIL_RECIPIENT_MAX &&
            strpbrk(letter.recipient, "\r\n") == NULL;
    if (!right || options.help)
        return admin_wrong_use(usage, options.help) == 0 ? 0 : MAIL_WRONG_USE;
    arena_open(&arena, LIMIT_BYTES);
    if (read_letter(&arena, &letter, &answer)) {
        enum rc rc = options.data == NULL ? RC_NOT_FOUND
                                          : mail_door_give(&arena, options.data, &letter, &answer);
        if (rc == RC_NOT_FOUND)
            answer = take_alone(&options, &letter);
        else if (rc != RC_OK)
            answer = (struct mail_answer){MAIL_TRY_LATER, "the server does not take it now"};
    }
    int status = say(&answer);
    arena_close(&arena);
    return status;
}

// SPDX-License-Identifier: Apache-2.0
//
// What becomes of one letter; see mail_door.h.
#include <string.h>

#include "app/back.h"
#include "app/pair/pair_mail.h"
#include "install.h"
#include "mail_door.h"

struct taking {
    const struct app *app;
    struct arena *arena;
    const struct mail_in *mail;
    struct bounce bounce;
    enum reply reply;
};

static enum rc take(struct db_tx *tx, void *data)
{
    struct taking *taking = data;
    const struct app_place at = {tx, taking->arena, taking->app, installation_now_us()};
    bool ours = false;
    TRY(back_take(&at, taking->mail->tokens, taking->mail->token_count, &taking->bounce, &ours));
    return reply_take(&at, taking->mail, &taking->reply);
}

static struct mail_answer answer_of(enum reply reply)
{
    switch (reply) {
    case REPLY_TAKEN:
    case REPLY_MACHINE:
        return (struct mail_answer){MAIL_TAKEN, ""};
    case REPLY_UNKNOWN:
        return (struct mail_answer){MAIL_NO_USER,
                                    "this address takes no answers any more; write on the page"};
    case REPLY_NOT_HERS:
        return (struct mail_answer){MAIL_NOT_HERS,
                                    "answer from the address to which the letter was sent"};
    case REPLY_CLOSED:
        return (struct mail_answer){MAIL_UNAVAILABLE, "this match takes no messages now"};
    case REPLY_EMPTY:
        return (struct mail_answer){MAIL_NO_WORDS,
                                    "write 1 to 5000 bytes of plain text above what you quote"};
    case REPLY_TOO_OFTEN:
        return (struct mail_answer){MAIL_TRY_LATER, "there were very many messages within an hour"};
    }
    return (struct mail_answer){MAIL_TRY_LATER, "the letter cannot be taken now"};
}

static struct mail_answer take_in(struct db *db, const struct app *app, struct arena *arena,
                                  const struct mail_letter *letter)
{
    struct mail_in mail;
    enum rc rc = mail_in_read(arena, letter->bytes, letter->length, &mail);
    if (rc == RC_NO_MEMORY)
        return (struct mail_answer){MAIL_TRY_LATER, "there is not enough memory"};
    if (rc != RC_OK)
        return (struct mail_answer){
            MAIL_NO_WORDS, "this letter cannot be read: it is too large, or not plain text"};
    if (letter->recipient[0] != '\0') {
        mail.tokens[0] = mail_in_token(arena, letter->recipient);
        mail.token_count = mail.tokens[0] == NULL ? 0 : 1;
    }
    struct taking taking = {
        app, arena, &mail, {BOUNCE_NONE, "", "", ""},
           REPLY_MACHINE
    };
    if (mail.automatic &&
        bounce_read(arena, letter->bytes, letter->length, &taking.bounce) == RC_NO_MEMORY)
        return (struct mail_answer){MAIL_TRY_LATER, "there is not enough memory"};
    if (db_write(db, take, &taking) != RC_OK)
        return (struct mail_answer){MAIL_TRY_LATER, "the database does not take it now"};
    return answer_of(taking.reply);
}

struct mail_answer mail_take(struct db *db, const struct app *app, const struct mail_letter *letter)
{
    enum { LIMIT_BYTES = 64 << 20 };
    struct arena arena;
    arena_open(&arena, LIMIT_BYTES);
    struct mail_answer answer = take_in(db, app, &arena, letter);
    arena_close(&arena);
    return answer;
}

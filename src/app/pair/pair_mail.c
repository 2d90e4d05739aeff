// SPDX-License-Identifier: Apache-2.0
//
// Answers by mail; see pair_mail.h.
#include "app/pair/pair_mail.h"

#include <string.h>

#include "base/date.h"

#include "app/pair/pair_talk.h"
#include "auth/token.h"

const char pair_schema_8[] =
    "CREATE TABLE reply_address(hash TEXT NOT NULL PRIMARY KEY, match {id} NOT NULL REFERENCES "
    "match(id), person {id} NOT NULL REFERENCES person(id), made_at {int} NOT NULL){end};\n"
    "CREATE INDEX reply_address_person ON reply_address(person, made_at);\n"
    "CREATE INDEX reply_address_match ON reply_address(match);\n"
    "CREATE TABLE reply_seen(hash TEXT NOT NULL PRIMARY KEY, person {id} NOT NULL REFERENCES "
    "person(id), at {int} NOT NULL){end};\n"
    "CREATE INDEX reply_seen_person ON reply_seen(person, at);\n";

enum rc reply_address(const struct app_place *at, int64_t match, int64_t person,
                      const char **ret_address)
{
    const char *base = at->app->reply;
    const char *sign = base == NULL ? NULL : strchr(base, '@');
    *ret_address = NULL;
    if (sign == NULL)
        return RC_OK;
    const char *token = token_new(at->arena);
    const char *hash = token == NULL ? NULL : token_hash(at->arena, "reply", token);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(db_do(at->tx, NULL, "DELETE FROM reply_address WHERE person = $1 AND made_at < $2",
              DB_ARGS(DB_INT(person), DB_INT(at->now_us - REPLY_DAYS * DAY_US))));
    TRY(db_do(at->tx, NULL,
              "INSERT INTO reply_address(hash, match, person, made_at) VALUES ($1, $2, $3, $4)",
              DB_ARGS(DB_TEXT(hash), DB_INT(match), DB_INT(person), DB_INT(at->now_us))));
    *ret_address = arena_printf(at->arena, "%.*s+%s%s", (int)(sign - base), base, token, sign);
    return *ret_address == NULL ? RC_NO_MEMORY : RC_OK;
}

// Whose token it is: her pair, as she sees it, and her address. RC_NOT_FOUND.
static enum rc find_pair(const struct app_place *at, const struct mail_in *mail,
                         struct pair *ret_pair)
{
    for (size_t k = 0; k < mail->token_count; k++) {
        struct db_rows *r = NULL;
        const char *hash = token_hash(at->arena, "reply", mail->tokens[k]);
        if (hash == NULL)
            return RC_NO_MEMORY;
        TRY(db_query(at->tx, at->arena, &r,
                     "SELECT a.match, a.person FROM reply_address a JOIN person p ON p.id = "
                     "a.person WHERE a.hash = $1 AND a.made_at >= $2 AND p.closed_at = 0",
                     DB_ARGS(DB_TEXT(hash), DB_INT(at->now_us - REPLY_DAYS * DAY_US))));
        if (db_count(r) == 0)
            continue;
        TRY(pair_find(at->tx, at->arena, db_int(r, 0, 0), ret_pair));
        if (db_int(r, 0, 1) == ret_pair->match.mentor_person)
            pair_turn(ret_pair);
        return RC_OK;
    }
    return RC_NOT_FOUND;
}

static bool is_from(const char *from, const char *email)
{
    for (; *from != '\0' && *email != '\0'; from++, email++) {
        char c = *email >= 'A' && *email <= 'Z' ? (char)(*email + 32) : *email;
        if (*from != c)
            return false;
    }
    return *from == *email;
}

// Whether this letter was taken before; remembers it for as long as an address holds.
static enum rc remember(const struct app_place *at, const struct pair *pair,
                        const struct mail_in *mail, bool *ret_new)
{
    uint64_t added = 1;
    *ret_new = true;
    if (mail->id[0] == '\0')
        return RC_OK;
    const char *named = arena_printf(at->arena, "%lld %lld %s", (long long)pair->match.id,
                                     (long long)pair->me, mail->id);
    const char *hash = named == NULL ? NULL : token_hash(at->arena, "letter", named);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(db_do(at->tx, NULL, "DELETE FROM reply_seen WHERE person = $1 AND at < $2",
              DB_ARGS(DB_INT(pair->me), DB_INT(at->now_us - REPLY_DAYS * DAY_US))));
    TRY(db_do(at->tx, &added,
              "INSERT INTO reply_seen(hash, person, at) VALUES ($1, $2, $3) ON CONFLICT(hash) DO "
              "NOTHING",
              DB_ARGS(DB_TEXT(hash), DB_INT(pair->me), DB_INT(at->now_us))));
    *ret_new = added == 1;
    return RC_OK;
}

static enum rc writes_too_often(const struct app_place *at, const struct pair *pair, bool *ret_does)
{
    struct db_rows *r = NULL;
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT count(*) FROM message WHERE person = $1 AND match = $2 AND at > $3",
                 DB_ARGS(DB_INT(pair->me), DB_INT(pair->match.id), DB_INT(at->now_us - HOUR_US))));
    *ret_does = db_int(r, 0, 0) >= REPLY_MOST_AN_HOUR;
    return RC_OK;
}

static enum rc write_message(const struct app_place *at, const struct pair *pair, const char *words)
{
    struct req req = {.app = (void *)(uintptr_t)at->app,
                      .arena = at->arena,
                      .tx = at->tx,
                      .now_us = at->now_us,
                      .writes = true};
    req.actor.person = pair->me;
    TRY(message_add(&req, pair, words));
    TRY(message_see(&req, pair));
    return message_ask_letter(&req, pair);
}

enum rc reply_take(const struct app_place *at, const struct mail_in *mail, enum reply *ret_reply)
{
    struct pair pair;
    const char *words = "";
    bool is_new = false;
    bool often = false;
    *ret_reply = REPLY_MACHINE;
    if (mail->automatic)
        return RC_OK;
    *ret_reply = REPLY_UNKNOWN;
    enum rc rc = find_pair(at, mail, &pair);
    if (rc == RC_NOT_FOUND)
        return RC_OK;
    TRY(rc);
    *ret_reply = REPLY_NOT_HERS;
    if (!is_from(mail->from, pair.mentor ? pair.match.mentor_email : pair.match.mentee_email))
        return RC_OK;
    *ret_reply = REPLY_CLOSED;
    if (!pair_is_open(&pair) || pair.held_back)
        return RC_OK;
    *ret_reply = REPLY_EMPTY;
    TRY(mail_in_words(at->arena, mail->text, &words));
    if (words[0] == '\0' || strlen(words) > REPLY_BYTES_MAX)
        return RC_OK;
    *ret_reply = REPLY_TOO_OFTEN;
    TRY(writes_too_often(at, &pair, &often));
    if (often)
        return RC_OK;
    *ret_reply = REPLY_TAKEN;
    TRY(remember(at, &pair, mail, &is_new));
    return is_new ? write_message(at, &pair, words) : RC_OK;
}

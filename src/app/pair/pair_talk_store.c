// SPDX-License-Identifier: Apache-2.0
//
// The rows of messages and of what letters people want; see pair_talk.h.
#include <string.h>

#include "base/date.h"
#include "base/zone.h"

#include "app/pair/pair_mail.h"
#include "app/pair/pair_talk.h"
#include "auth/token.h"

enum {
    US = 1000000,
    MORNING = 8 * 60, // minutes of a day
    QUIET_FROM = 21 * 60,
    QUIET_TO = 7 * 60,
    LINK_DAYS = 365
};

const char pair_schema_3[] =
    "ALTER TABLE match ADD COLUMN held_back {int} NOT NULL DEFAULT 0;\n"
    "CREATE TABLE message(id {id} NOT NULL PRIMARY KEY, match {id} NOT NULL REFERENCES match(id), "
    "person {id} NOT NULL REFERENCES person(id), text TEXT NOT NULL, at {int} NOT NULL, mailed {int} "
    "NOT NULL){end};\n"
    "CREATE INDEX message_match ON message(match, id);\n"
    "CREATE INDEX message_person ON message(person);\n"
    "CREATE TABLE message_seen(match {id} NOT NULL REFERENCES match(id), person {id} NOT NULL "
    "REFERENCES person(id), upto {id} NOT NULL, PRIMARY KEY(match, person)){end};\n"
    "CREATE INDEX message_seen_person ON message_seen(person);\n"
    "CREATE TABLE letter_choice(person {id} NOT NULL PRIMARY KEY REFERENCES person(id), message TEXT "
    "NOT NULL, reminder {int} NOT NULL, question {int} NOT NULL, nudge {int} NOT NULL, quiet_from "
    "{int} NOT NULL, quiet_to {int} NOT NULL){end};\n"
    "CREATE TABLE letter_stop(hash TEXT NOT NULL PRIMARY KEY, person {id} NOT NULL REFERENCES "
    "person(id), kind TEXT NOT NULL, made_at {int} NOT NULL){end};\n"
    "CREATE INDEX letter_stop_person ON letter_stop(person);\n";

const struct field_option letter_kinds[] = {
    {LETTER_MESSAGE,  MSG("Messages of your match")        },
    {LETTER_REMINDER, MSG("Reminders of meetings")         },
    {LETTER_QUESTION, MSG("Questions about how it goes")   },
    {LETTER_NUDGE,    MSG("Hints about what comes next")   },
    {LETTER_NOTICE,   MSG("Announcements of the programme")},
    {NULL,            NULL                                 },
};

// ---- messages --------------------------------------------------------------------------------

enum rc message_list(struct db_tx *tx, struct arena *arena, int64_t match, int64_t before,
                     struct pair_message **ret_messages, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        tx, arena, &rows,
        "SELECT t.id, t.person, p.name, t.text, t.at FROM message t JOIN person p ON p.id = "
        "t.person WHERE t.match = $1 AND ($2 = 0 OR t.id < $2) ORDER BY t.id DESC LIMIT $3",
        DB_ARGS(DB_INT(match), DB_INT(before), DB_INT(MESSAGES_A_PAGE))));
    size_t count = db_count(rows);
    struct pair_message *all = ARENA_ARRAY(arena, struct pair_message, count);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++)
        all[count - 1 - k] =
            (struct pair_message){db_int(rows, k, 0), db_int(rows, k, 1), db_text(rows, k, 2),
                                  db_text(rows, k, 3), db_int(rows, k, 4)};
    *ret_messages = all;
    *ret_count = count;
    return RC_OK;
}

enum rc message_add(struct req *req, const struct pair *pair, const char *text)
{
    int64_t id = db_new_id(req->now_us);
    return db_do(req->tx, NULL,
                 "INSERT INTO message(id, match, person, text, at, mailed) VALUES ($1, $2, $3, $4, "
                 "$5, 0)",
                 DB_ARGS(DB_INT(id), DB_INT(pair->match.id), DB_INT(pair->me), DB_TEXT(text),
                         DB_INT(req->now_us)));
}

enum rc message_see(struct req *req, const struct pair *pair)
{
    return db_do(
        req->tx, NULL,
        "INSERT INTO message_seen(match, person, upto) SELECT $1, $2, coalesce(max(id), 0) "
        "FROM message WHERE match = $1 ON CONFLICT(match, person) DO UPDATE SET upto = "
        "excluded.upto",
        DB_ARGS(DB_INT(pair->match.id), DB_INT(pair->me)));
}

enum rc message_unseen(struct db_tx *tx, struct arena *arena, int64_t match, int64_t person,
                       int64_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT count(*) FROM message t WHERE t.match = $1 AND t.person <> $2 AND t.id > "
                 "coalesce((SELECT upto FROM message_seen s WHERE s.match = $1 AND s.person = $2), "
                 "0)",
                 DB_ARGS(DB_INT(match), DB_INT(person))));
    *ret_count = db_int(rows, 0, 0);
    return RC_OK;
}

// ---- letters ---------------------------------------------------------------------------------

enum rc letter_choice_find(struct db_tx *tx, struct arena *arena, int64_t person,
                           struct letter_choice *ret_choice)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        tx, arena, &rows,
        "SELECT message, reminder, question, nudge, quiet_from, quiet_to, notice FROM letter_choice "
        "WHERE person = $1",
        DB_ARGS(DB_INT(person))));
    *ret_choice = (struct letter_choice){"each", true, true, true, QUIET_FROM, QUIET_TO, true};
    if (db_count(rows) > 0)
        *ret_choice = (struct letter_choice){db_text(rows, 0, 0),     db_int(rows, 0, 1) == 1,
                                             db_int(rows, 0, 2) == 1, db_int(rows, 0, 3) == 1,
                                             db_int(rows, 0, 4),      db_int(rows, 0, 5),
                                             db_int(rows, 0, 6) == 1};
    return RC_OK;
}

enum rc letter_choice_set(struct db_tx *tx, int64_t person, const struct letter_choice *c)
{
    return db_do(
        tx, NULL,
        "INSERT INTO letter_choice(person, message, reminder, question, nudge, quiet_from, "
        "quiet_to, notice) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT(person) DO UPDATE SET "
        "message = $2, reminder = $3, question = $4, nudge = $5, quiet_from = $6, quiet_to "
        "= $7, notice = $8",
        DB_ARGS(DB_INT(person), DB_TEXT(c->message), DB_INT(c->reminder), DB_INT(c->question),
                DB_INT(c->nudge), DB_INT(c->quiet_from), DB_INT(c->quiet_to), DB_INT(c->notice)));
}

bool letter_wanted(const struct letter_choice *choice, const char *kind)
{
    if (strcmp(kind, LETTER_MESSAGE) == 0)
        return strcmp(choice->message, "never") != 0;
    if (strcmp(kind, LETTER_REMINDER) == 0)
        return choice->reminder;
    if (strcmp(kind, LETTER_NOTICE) == 0)
        return choice->notice;
    return strcmp(kind, LETTER_QUESTION) == 0 ? choice->question : choice->nudge;
}

static bool is_quiet(const struct letter_choice *choice, int64_t minute)
{
    if (choice->quiet_from == choice->quiet_to)
        return false;
    if (choice->quiet_from < choice->quiet_to)
        return minute >= choice->quiet_from && minute < choice->quiet_to;
    return minute >= choice->quiet_from || minute < choice->quiet_to;
}

int64_t letter_moment(struct arena *arena, const struct letter_choice *choice, const char *name,
                      bool daily, int64_t now_us)
{
    enum {
        STEP_MINUTES = 15,
        STEP_S = STEP_MINUTES * 60,
        STEPS_MOST = 3 * 1440 / STEP_MINUTES // three days
    };
    struct zone zone;
    bool known = zone_load(arena, ZONE_FOLDER, name, &zone) == RC_OK;
    int64_t at_s = now_us / US;
    for (int k = 0; k < STEPS_MOST; k++) {
        int64_t local = at_s + (known ? zone_offset_s(&zone, at_s) : 0);
        int64_t minute = (local - date_days_of_seconds(local) * DATE_SECONDS_A_DAY) / 60;
        bool morning = minute >= MORNING && minute < MORNING + STEP_MINUTES;
        if (!is_quiet(choice, minute) && (!daily || (morning && k > 0)))
            return k == 0 ? now_us : at_s * US;
        at_s = at_s - at_s % STEP_S + STEP_S;
    }
    return now_us; // her quiet hours are the whole day
}

enum rc letter_stop_url(const struct app_place *at, const char *url, int64_t person,
                        const char *kind, const char **ret_url)
{
    const char *token = token_new(at->arena);
    const char *hash = token == NULL ? NULL : token_hash(at->arena, "stop", token);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(db_do(at->tx, NULL, "DELETE FROM letter_stop WHERE person = $1 AND made_at < $2",
              DB_ARGS(DB_INT(person),
                      DB_INT(at->now_us - (int64_t)LINK_DAYS * DATE_SECONDS_A_DAY * US))));
    TRY(db_do(at->tx, NULL,
              "INSERT INTO letter_stop(hash, person, kind, made_at) VALUES ($1, $2, $3, $4)",
              DB_ARGS(DB_TEXT(hash), DB_INT(person), DB_TEXT(kind), DB_INT(at->now_us))));
    *ret_url = arena_printf(at->arena, "%s/stop/%s", url, token);
    return *ret_url == NULL ? RC_NO_MEMORY : RC_OK;
}

// A letter is one thing with many parts, as app_send_more.
// NOLINTNEXTLINE(readability-function-size)
enum rc letter_send(const struct app_place *at, const char *url, const struct pair *pair,
                    bool mentor, const char *kind, const struct app_letter *letter,
                    const char *page, const char *value)
{
    const char *path = arena_printf(at->arena, "/pairs/%lld%s", (long long)pair->match.id, page);
    return path == NULL ? RC_NO_MEMORY
                        : letter_send_to(at, url, pair, mentor,
                                         &(struct letter_sent){kind, letter, path, value});
}

enum rc letter_send_to(const struct app_place *at, const char *url, const struct pair *pair,
                       bool mentor, const struct letter_sent *sent)
{
    const struct match *m = &pair->match;
    const struct app_letter *letter = sent->letter;
    struct letter_choice choice;
    const char *stop = NULL;
    int64_t person = mentor ? m->mentor_person : m->mentee_person;
    TRY(letter_choice_find(at->tx, at->arena, person, &choice));
    if (!letter_wanted(&choice, sent->kind))
        return RC_OK;
    TRY(letter_stop_url(at, url, person, sent->kind, &stop));
    const char *where = arena_printf(at->arena, "%s%s", url, sent->path);
    if (where == NULL)
        return RC_NO_MEMORY;
    const char *const values[] = {mentor ? m->mentor_name : m->mentee_name,
                                  mentor ? m->mentee_name : m->mentor_name, where, sent->value,
                                  stop};
    const char *reply = NULL;
    if (strcmp(sent->kind, LETTER_MESSAGE) == 0)
        TRY(reply_address(at, m->id, person, &reply));
    const char *zone = mentor ? m->mentor_zone : m->mentee_zone;
    const struct app_more more = {.unsubscribe = stop,
                                  .reply = reply,
                                  .after_us =
                                      letter_moment(at->arena, &choice, zone, false, at->now_us)};
    const char *tag = mentor ? m->mentor_language : m->mentee_language;
    TRY(app_letter_own(at, m->cohort, tag, &letter));
    return app_send_more(at, mentor ? m->mentor_email : m->mentee_email, tag, letter, values, 5,
                         &more);
}

enum rc message_unmailed(struct db_tx *tx, struct arena *arena, int64_t match, int64_t reader,
                         struct db_rows **ret_rows)
{
    return db_query(
        tx, arena, ret_rows,
        "SELECT t.id, t.text FROM message t WHERE t.match = $1 AND t.person <> $2 AND "
        "t.mailed = 0 AND t.id > coalesce((SELECT upto FROM message_seen s WHERE s.match = "
        "$1 AND s.person = $2), 0) ORDER BY t.id LIMIT 50",
        DB_ARGS(DB_INT(match), DB_INT(reader)));
}

enum rc message_mailed(struct db_tx *tx, int64_t match, int64_t reader, int64_t upto)
{
    return db_do(tx, NULL,
                 "UPDATE message SET mailed = 1 WHERE match = $1 AND person <> $2 AND id <= $3",
                 DB_ARGS(DB_INT(match), DB_INT(reader), DB_INT(upto)));
}

// ---- links that work by one press --------------------------------------------------------------

enum rc letter_stop_find(struct req *req, int64_t *ret_person, const char **ret_kind)
{
    struct db_rows *rows = NULL;
    const char *hash = token_hash(req->arena, "stop", req_param(req, "token"));
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(db_query(req->tx, req->arena, &rows, "SELECT person, kind FROM letter_stop WHERE hash = $1",
                 DB_ARGS(DB_TEXT(hash))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_person = db_int(rows, 0, 0);
    *ret_kind = db_text(rows, 0, 1);
    return RC_OK;
}

enum rc meeting_link_find(struct req *req, struct meeting_link *ret_link)
{
    struct db_rows *rows = NULL;
    const char *hash = token_hash(req->arena, "meeting", req_param(req, "token"));
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT l.person, m.match, m.id FROM meeting_link l JOIN meeting m ON m.id = "
                 "l.meeting WHERE l.hash = $1",
                 DB_ARGS(DB_TEXT(hash))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_link = (struct meeting_link){db_int(rows, 0, 0), db_int(rows, 0, 1), db_int(rows, 0, 2)};
    return RC_OK;
}

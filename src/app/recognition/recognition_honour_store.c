// SPDX-License-Identifier: Apache-2.0
//
// The rows of a cohort's awards, and the letters about them; see recognition_honour.h.
#include <string.h>

#include "base/date.h"

#include "app/recognition/recognition_honour.h"

const char recognition_schema_3[] =
    "CREATE TABLE honour(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES cohort(id), "
    "title TEXT NOT NULL, about TEXT NOT NULL, closes TEXT NOT NULL, state TEXT NOT NULL, reason "
    "TEXT NOT NULL, winner {id} NOT NULL, words TEXT NOT NULL, made_by {id} NOT NULL, made_at {int} "
    "NOT NULL, changed_at {int} NOT NULL){end};\n"
    "CREATE INDEX honour_cohort ON honour(cohort, id);\n"
    "CREATE INDEX honour_winner ON honour(winner);\n"
    "CREATE INDEX honour_open ON honour(closes) WHERE state = 'open';\n"
    "CREATE TABLE honour_nomination(id {id} NOT NULL PRIMARY KEY, honour {id} NOT NULL REFERENCES "
    "honour(id), nominee {id} NOT NULL REFERENCES person(id), by_person {id} NOT NULL REFERENCES "
    "person(id), text TEXT NOT NULL, declined {int} NOT NULL, at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX honour_nomination_once ON honour_nomination(honour, nominee, by_person);\n"
    "CREATE INDEX honour_nomination_nominee ON honour_nomination(nominee);\n"
    "CREATE INDEX honour_nomination_by ON honour_nomination(by_person);\n"
    "CREATE TABLE honour_juror(honour {id} NOT NULL REFERENCES honour(id), person {id} NOT NULL "
    "REFERENCES person(id), at {int} NOT NULL, PRIMARY KEY(honour, person)){end};\n"
    "CREATE INDEX honour_juror_person ON honour_juror(person);\n"
    "CREATE TABLE honour_score(honour {id} NOT NULL REFERENCES honour(id), nominee {id} NOT NULL "
    "REFERENCES person(id), juror {id} NOT NULL REFERENCES person(id), score {int} NOT NULL, words "
    "TEXT NOT NULL, at {int} NOT NULL, PRIMARY KEY(honour, nominee, juror)){end};\n"
    "CREATE INDEX honour_score_nominee ON honour_score(nominee);\n"
    "CREATE INDEX honour_score_juror ON honour_score(juror);\n";

// clang-format off
static const struct app_letter letter_juror = {
    MSG("You are of the jury of an award"),
    {MSG("Hello {0},"), MSG("{1} asks you to judge who gets the award \"{2}\". You read the nominations and give scores after the last day of nominations, here:"), "{3}", NULL}
};
static const struct app_letter letter_begin = {
    MSG("The jury can begin"),
    {MSG("Hello {0},"), MSG("nominations for the award \"{1}\" are closed. Please read them and give your scores:"), "{2}", NULL}
};
static const struct app_letter letter_winner = {
    MSG("You were chosen for an award"),
    {MSG("Hello {0},"), MSG("you were nominated for the award \"{1}\", and the jury has chosen you: congratulations! Nobody else learns it before you agree:"), "{2}", NULL}
};
static const struct app_letter letter_refused = {
    MSG("Somebody does not want an award"),
    {MSG("Hello {0},"), MSG("who was chosen for the award \"{1}\" would rather not be named. Please choose again:"), "{2}", NULL}
};
static const struct app_letter letter_lapsed = {
    MSG("Nobody has answered for an award"),
    {MSG("Hello {0},"), MSG("who was chosen for the award \"{1}\" has not answered for thirty days, so she is not named. Please choose again:"), "{2}", NULL}
};
static const struct app_letter letter_winner_again = {
    MSG("An award waits for your answer"),
    {MSG("Hello {0},"), MSG("the jury has chosen you for the award \"{1}\", and nobody else knows it yet. If we may say so, or if you would rather not be named, please tell us here. Without an answer it goes to somebody else:"), "{2}", NULL}
};
static const struct app_letter letter_removed = {
    MSG("You are not of the jury any more"),
    {MSG("Hello {0},"), MSG("you are not of the jury of the award \"{1}\" any more, and the scores that you gave are taken out. The reason:"), "{2}", NULL}
};
// clang-format on

// ---- awards ------------------------------------------------------------------------------------

#define HONOUR                                                                                                         \
    "SELECT h.id, h.cohort, h.title, h.about, h.closes, h.state, h.reason, h.winner, "                                 \
    "coalesce(w.name, ''), h.words, c.name, CASE WHEN EXISTS (SELECT 1 FROM honour_juror j WHERE "                     \
    "j.honour = h.id AND j.person = $1 AND j.removed_at = 0) THEN 1 ELSE 0 END FROM honour h JOIN cohort c ON c.id = " \
    "h.cohort LEFT JOIN person w ON w.id = h.winner AND w.closed_at = 0 "

static struct honour read_honour(const struct db_rows *r, size_t k)
{
    return (struct honour){db_int(r, k, 0),  db_int(r, k, 1),   db_text(r, k, 2),
                           db_text(r, k, 3), db_text(r, k, 4),  db_text(r, k, 5),
                           db_text(r, k, 6), db_int(r, k, 7),   db_text(r, k, 8),
                           db_text(r, k, 9), db_text(r, k, 10), db_int(r, k, 11) == 1};
}

static enum rc read_honours(struct arena *arena, const struct db_rows *rows,
                            struct honour **ret_all, size_t *ret_count)
{
    struct honour *all = ARENA_ARRAY(arena, struct honour, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_honour(rows, k);
    *ret_all = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc honour_list(struct req *req, int64_t cohort, struct honour **ret_all, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 HONOUR "WHERE h.cohort = $2 ORDER BY h.id DESC LIMIT 100",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort))));
    return read_honours(req->arena, rows, ret_all, ret_count);
}

enum rc honour_find(struct req *req, int64_t cohort, int64_t id, struct honour *ret_honour)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows, HONOUR "WHERE h.id = $2 AND (h.cohort = $3 OR $3 = 0)",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(id), DB_INT(cohort))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_honour = read_honour(rows, 0);
    return RC_OK;
}

enum rc honour_mine(struct req *req, struct honour **ret_all, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 HONOUR "WHERE h.winner = $1 AND h.state IN ('asked', 'announced') ORDER BY h.id "
                        "DESC LIMIT 100",
                 DB_ARGS(DB_INT(req->actor.person))));
    return read_honours(req->arena, rows, ret_all, ret_count);
}

enum rc honour_add(struct req *req, struct honour *honour)
{
    honour->id = db_new_id(req->now_us);
    return db_do(
        req->tx, NULL,
        "INSERT INTO honour(id, cohort, title, about, closes, state, reason, winner, words, "
        "made_by, made_at, changed_at) VALUES ($1, $2, $3, $4, $5, 'open', '', 0, '', $6, "
        "$7, $7)",
        DB_ARGS(DB_INT(honour->id), DB_INT(honour->cohort), DB_TEXT(honour->title),
                DB_TEXT(honour->about), DB_TEXT(honour->closes), DB_INT(req->actor.person),
                DB_INT(req->now_us)));
}

enum rc honour_move(const struct app_place *place, const struct honour *honour, const char *to,
                    const char *reason)
{
    uint64_t changed = 0;
    TRY(db_do(
        place->tx, &changed,
        "UPDATE honour SET state = $3, reason = $4, changed_at = $5 WHERE id = $1 AND state = "
        "$2",
        DB_ARGS(DB_INT(honour->id), DB_TEXT(honour->state), DB_TEXT(to), DB_TEXT(reason),
                DB_INT(place->now_us))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

static const char *address(const struct app_place *place, const struct honour *honour,
                           const char *page)
{
    const char *url = place->app->url == NULL ? "" : place->app->url;
    return arena_printf(place->arena, "%s/cohorts/%lld/honours/%lld%s", url,
                        (long long)honour->cohort, (long long)honour->id, page);
}

// ---- who was chosen ----------------------------------------------------------------------------

static enum rc write_winner(const struct app_place *place, const struct honour *honour,
                            int64_t winner, const struct app_letter *letter)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT email, language, name FROM person WHERE id = $1 AND closed_at = 0",
                 DB_ARGS(DB_INT(winner))));
    const char *url =
        arena_printf(place->arena, "%s/recognition/honours/%lld",
                     place->app->url == NULL ? "" : place->app->url, (long long)honour->id);
    if (url == NULL)
        return RC_NO_MEMORY;
    if (db_count(rows) == 0)
        return RC_EXISTS;
    const char *const values[] = {db_text(rows, 0, 2), honour->title, url};
    return app_send_from(place, db_text(rows, 0, 0), db_text(rows, 0, 1), letter, values, 3);
}

enum rc honour_ask(struct req *req, const struct honour *honour, int64_t winner, const char *words)
{
    const struct app_place place = app_here(req);
    uint64_t changed = 0;
    TRY(db_do(
        req->tx, &changed,
        "UPDATE honour SET state = 'asked', winner = $2, words = $3, changed_at = $4, reminded = 0 "
        "WHERE id = $1 AND state = 'judging'",
        DB_ARGS(DB_INT(honour->id), DB_INT(winner), DB_TEXT(words), DB_INT(req->now_us))));
    return changed == 0 ? RC_EXISTS : write_winner(&place, honour, winner, &letter_winner);
}

// Whoever was chosen is not among the nominees any more, and the staff choose again.
static enum rc pass_over(const struct app_place *place, const struct honour *honour, int64_t winner,
                         const struct app_letter *letter)
{
    struct db_rows *staff = NULL;
    uint64_t changed = 0;
    TRY(db_do(
        place->tx, &changed,
        "UPDATE honour SET state = 'judging', winner = 0, words = '', changed_at = $2 WHERE id "
        "= $1 AND state = 'asked'",
        DB_ARGS(DB_INT(honour->id), DB_INT(place->now_us))));
    if (changed == 0)
        return RC_EXISTS;
    TRY(db_do(place->tx, NULL,
              "UPDATE honour_nomination SET declined = 1 WHERE honour = $1 AND nominee = $2",
              DB_ARGS(DB_INT(honour->id), DB_INT(winner))));
    TRY(app_staff(place->tx, place->arena, honour->cohort, &staff));
    const char *url = address(place, honour, "/run");
    for (size_t k = 0; url != NULL && k < db_count(staff); k++) {
        const char *const values[] = {db_text(staff, k, 2), honour->title, url};
        TRY(app_send_from(place, db_text(staff, k, 0), db_text(staff, k, 1), letter, values, 3));
    }
    return url == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc honour_answer(struct req *req, const struct honour *honour, bool yes)
{
    const struct app_place place = app_here(req);
    return yes ? honour_move(&place, honour, HONOUR_ANNOUNCED, "")
               : pass_over(&place, honour, req->actor.person, &letter_refused);
}

// ---- nominations -------------------------------------------------------------------------------

// Also: nobody finds here whom she must not meet.
enum rc honour_person(struct req *req, int64_t cohort, const char *who, int64_t *ret_person)
{
    struct db_rows *rows = NULL;
    char *email = arena_strndup(req->arena, who, strlen(who));
    if (email == NULL)
        return RC_NO_MEMORY;
    for (char *c = email; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT DISTINCT p.id FROM person p JOIN enrolment e ON e.person = p.id WHERE "
                 "e.cohort = $1 AND e.state = 'approved' AND p.closed_at = 0 AND (p.name = $2 OR "
                 "p.email = $3) AND NOT EXISTS (SELECT 1 FROM avoid v WHERE (v.a = p.id AND v.b = "
                 "$4) OR (v.b = p.id AND v.a = $4)) LIMIT 2",
                 DB_ARGS(DB_INT(cohort), DB_TEXT(who), DB_TEXT(email), DB_INT(req->actor.person))));
    if (db_count(rows) != 1)
        return RC_NOT_FOUND;
    *ret_person = db_int(rows, 0, 0);
    return RC_OK;
}

enum rc honour_member(struct req *req, int64_t cohort, bool *ret_member)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT 1 FROM enrolment WHERE cohort = $1 AND person = $2 AND state = 'approved' "
                 "LIMIT 1",
                 DB_ARGS(DB_INT(cohort), DB_INT(req->actor.person))));
    *ret_member = db_count(rows) > 0;
    return RC_OK;
}

enum rc honour_nominate(struct req *req, const struct honour *honour, int64_t nominee,
                        const char *text)
{
    uint64_t changed = 0;
    TRY(db_do(req->tx, &changed,
              "INSERT INTO honour_nomination(id, honour, nominee, by_person, text, declined, at) "
              "SELECT $1, $2, $3, $4, $5, 0, $6 FROM honour WHERE id = $2 AND state = 'open' ON "
              "CONFLICT (honour, nominee, by_person) DO NOTHING",
              DB_ARGS(DB_INT(db_new_id(req->now_us)), DB_INT(honour->id), DB_INT(nominee),
                      DB_INT(req->actor.person), DB_TEXT(text), DB_INT(req->now_us))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

// ---- the jury ----------------------------------------------------------------------------------

enum rc honour_jurors(struct req *req, int64_t honour, struct juror **ret_all, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT p.id, p.name, (SELECT count(*) FROM honour_score k WHERE k.honour = j.honour AND "
        "k.juror = j.person), j.removed_at, j.removed_scores, j.reason FROM honour_juror j JOIN "
        "person p ON p.id = j.person WHERE j.honour = $1 AND p.closed_at = 0 ORDER BY "
        "j.removed_at, p.name, p.id LIMIT 200",
        DB_ARGS(DB_INT(honour))));
    struct juror *all = ARENA_ARRAY(req->arena, struct juror, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct juror){db_int(rows, k, 0), db_text(rows, k, 1), db_int(rows, k, 2),
                                db_int(rows, k, 3), db_int(rows, k, 4),  db_text(rows, k, 5)};
    *ret_all = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc honour_juror_add(struct req *req, const struct honour *honour, const char *email)
{
    const struct app_place place = app_here(req);
    struct db_rows *rows = NULL;
    uint64_t changed = 0;
    const char *url = address(&place, honour, "/judge");
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT id, email, language, name FROM person WHERE email = $1 AND closed_at = 0",
                 DB_ARGS(DB_TEXT(email))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    TRY(db_do(
        req->tx, &changed,
        "INSERT INTO honour_juror(honour, person, at) VALUES ($1, $2, $3) ON CONFLICT (honour, "
        "person) DO UPDATE SET at = excluded.at, removed_at = 0, removed_by = 0, removed_scores = "
        "0, reason = '' WHERE honour_juror.removed_at > 0",
        DB_ARGS(DB_INT(honour->id), DB_INT(db_int(rows, 0, 0)), DB_INT(req->now_us))));
    if (changed == 0)
        return RC_EXISTS;
    if (url == NULL)
        return RC_NO_MEMORY;
    const char *const values[] = {db_text(rows, 0, 3), req->actor.name, honour->title, url};
    return app_send_from(&place, db_text(rows, 0, 1), db_text(rows, 0, 2), &letter_juror, values,
                         4);
}

// Her scores go with her: what is decided later rests on those who decide it.
enum rc honour_juror_remove(struct req *req, const struct honour *honour, int64_t juror,
                            const char *reason)
{
    const struct app_place place = app_here(req);
    struct db_rows *rows = NULL;
    uint64_t changed = 0;
    TRY(db_do(req->tx, &changed,
              "UPDATE honour_juror SET removed_at = $3, removed_by = $4, reason = $5, "
              "removed_scores = (SELECT count(*) FROM honour_score k WHERE k.honour = $1 AND "
              "k.juror = $2 AND k.score > 0) WHERE honour = $1 AND person = $2 AND removed_at = 0 "
              "AND EXISTS (SELECT 1 FROM honour h WHERE h.id = $1 AND h.state IN ('open', "
              "'judging'))",
              DB_ARGS(DB_INT(honour->id), DB_INT(juror), DB_INT(req->now_us),
                      DB_INT(req->actor.person), DB_TEXT(reason))));
    if (changed == 0)
        return RC_EXISTS;
    TRY(db_do(req->tx, NULL, "DELETE FROM honour_score WHERE honour = $1 AND juror = $2",
              DB_ARGS(DB_INT(honour->id), DB_INT(juror))));
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT email, language, name FROM person WHERE id = $1 AND closed_at = 0",
                 DB_ARGS(DB_INT(juror))));
    if (db_count(rows) == 0)
        return RC_OK;
    const char *const values[] = {db_text(rows, 0, 2), honour->title, reason};
    return app_send_from(&place, db_text(rows, 0, 0), db_text(rows, 0, 1), &letter_removed, values,
                         3);
}

// Whether the juror $2 is too near to the nominee n of the award $1.
#define NEAR                                                                                       \
    "(n.nominee = $2 OR EXISTS (SELECT 1 FROM match a JOIN enrolment x ON x.id = a.mentee JOIN "   \
    "enrolment y ON y.id = a.mentor WHERE a.began_at > 0 AND ((x.person = $2 AND y.person = "      \
    "n.nominee) OR (y.person = $2 AND x.person = n.nominee))) OR EXISTS (SELECT 1 FROM "           \
    "honour_nomination o WHERE o.honour = $1 AND o.nominee = n.nominee AND o.by_person = $2) OR "  \
    "EXISTS (SELECT 1 FROM avoid v WHERE (v.a = $2 AND v.b = n.nominee) OR (v.b = $2 AND v.a = "   \
    "n.nominee)))"
#define OF_NOMINEE "FROM honour_score k WHERE k.honour = $1 AND k.nominee = n.nominee AND "

static enum rc fill(struct req *req, int64_t honour, struct nominee *one)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT text FROM honour_nomination WHERE honour = $1 AND nominee = $2 ORDER BY id",
        DB_ARGS(DB_INT(honour), DB_INT(one->person))));
    one->texts = ARENA_ARRAY(req->arena, struct honour_text, db_count(rows));
    one->text_count = db_count(rows);
    for (size_t k = 0; one->texts != NULL && k < one->text_count; k++)
        one->texts[k].text = db_text(rows, k, 0);
    if (one->texts == NULL)
        return RC_NO_MEMORY;
    if (one->own <= 0)
        return RC_OK;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT score, words FROM honour_score WHERE honour = $1 AND nominee = $2 AND juror "
        "<> $3 AND score > 0 ORDER BY at, juror",
        DB_ARGS(DB_INT(honour), DB_INT(one->person), DB_INT(req->actor.person))));
    one->said = ARENA_ARRAY(req->arena, struct honour_text, db_count(rows));
    one->said_count = db_count(rows);
    for (size_t k = 0; one->said != NULL && k < one->said_count; k++) {
        one->said[k].text = arena_printf(req->arena, "%lld: %s", (long long)db_int(rows, k, 0),
                                         db_text(rows, k, 1));
        if (one->said[k].text == NULL)
            return RC_NO_MEMORY;
    }
    return one->said == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc honour_nominees(struct req *req, int64_t honour, struct nominee **ret_all,
                        size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT n.nominee, p.name, count(*), (SELECT count(*) " OF_NOMINEE "k.score > 0), (SELECT "
        "CAST(coalesce(sum(k.score), 0) AS BIGINT) " OF_NOMINEE "k.score > 0), coalesce((SELECT "
        "k.score " OF_NOMINEE "k.juror = $2), -1), CASE WHEN " NEAR " THEN 1 ELSE 0 END FROM "
        "honour_nomination n JOIN person p ON p.id = n.nominee WHERE n.honour = $1 AND n.declined = "
        "0 AND p.closed_at = 0 GROUP BY n.nominee, p.name ORDER BY p.name, n.nominee LIMIT $3",
        DB_ARGS(DB_INT(honour), DB_INT(req->actor.person), DB_INT(HONOUR_NOMINEES))));
    struct nominee *all = ARENA_ARRAY(req->arena, struct nominee, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++) {
        int64_t own = db_int(rows, k, 5);
        all[k] = (struct nominee){.person = db_int(rows, k, 0),
                                  .name = db_text(rows, k, 1),
                                  .nominations = db_int(rows, k, 2),
                                  .scores = db_int(rows, k, 3),
                                  .sum = db_int(rows, k, 4),
                                  .own = own,
                                  .may = db_int(rows, k, 6) == 0 && own != 0,
                                  .mean = ""};
        TRY(fill(req, honour, &all[k]));
    }
    *ret_all = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc honour_score(struct req *req, int64_t honour, int64_t nominee, int64_t score,
                     const char *words)
{
    struct db_rows *rows = NULL;
    uint64_t changed = 0;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT 1 FROM honour_nomination n WHERE n.honour = $1 AND n.nominee = $3 AND "
                 "n.declined = 0 AND NOT " NEAR " LIMIT 1",
                 DB_ARGS(DB_INT(honour), DB_INT(req->actor.person), DB_INT(nominee))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    TRY(db_do(
        req->tx, &changed,
        "INSERT INTO honour_score(honour, nominee, juror, score, words, at) SELECT $1, $2, $3, "
        "$4, $5, $6 FROM honour WHERE id = $1 AND state = 'judging' ON CONFLICT (honour, "
        "nominee, juror) DO NOTHING",
        DB_ARGS(DB_INT(honour), DB_INT(nominee), DB_INT(req->actor.person), DB_INT(score),
                DB_TEXT(words), DB_INT(req->now_us))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

// ---- by itself ---------------------------------------------------------------------------------

enum rc honour_begin(const struct app_place *place, const struct honour *honour)
{
    struct db_rows *rows = NULL;
    TRY(honour_move(place, honour, HONOUR_JUDGING, ""));
    TRY(db_query(
        place->tx, place->arena, &rows,
        "SELECT p.email, p.language, p.name FROM honour_juror j JOIN person p ON p.id = "
        "j.person WHERE j.honour = $1 AND j.removed_at = 0 AND p.closed_at = 0 ORDER BY p.id",
        DB_ARGS(DB_INT(honour->id))));
    const char *url = address(place, honour, "/judge");
    for (size_t k = 0; url != NULL && k < db_count(rows); k++) {
        const char *const values[] = {db_text(rows, k, 2), honour->title, url};
        TRY(app_send_from(place, db_text(rows, k, 0), db_text(rows, k, 1), &letter_begin, values,
                          3));
    }
    return url == NULL ? RC_NO_MEMORY : RC_OK;
}

// Nominations whose last day is over.
static enum rc begin_judging(const struct app_place *place)
{
    struct db_rows *rows = NULL;
    char today[DATE_TEXT_BYTES];
    date_print(date_from_days(date_days_of_seconds(place->now_us / 1000000)), today);
    TRY(db_query(place->tx, place->arena, &rows,
                 HONOUR "WHERE h.state = 'open' AND h.closes < $2 AND $1 = 0 ORDER BY h.id LIMIT "
                        "1000",
                 DB_ARGS(DB_INT(0), DB_TEXT(today))));
    for (size_t k = 0; k < db_count(rows); k++) {
        const struct honour honour = read_honour(rows, k);
        TRY(honour_begin(place, &honour));
    }
    return RC_OK;
}

// Whoever was chosen and does not answer: asked once more after a week, passed over after a month.
static enum rc end_waiting(const struct app_place *place)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows,
                 HONOUR "WHERE h.state = 'asked' AND h.changed_at <= $2 AND $1 = 0 ORDER BY h.id "
                        "LIMIT 1000",
                 DB_ARGS(DB_INT(0), DB_INT(place->now_us - HONOUR_LAPSES_DAYS * DAY_US))));
    for (size_t k = 0; k < db_count(rows); k++) {
        const struct honour honour = read_honour(rows, k);
        TRY(pass_over(place, &honour, honour.winner, &letter_lapsed));
    }
    TRY(db_query(place->tx, place->arena, &rows,
                 HONOUR "WHERE h.state = 'asked' AND h.changed_at <= $2 AND h.reminded = 0 AND $1 "
                        "= 0 ORDER BY h.id LIMIT 1000",
                 DB_ARGS(DB_INT(0), DB_INT(place->now_us - HONOUR_REMIND_DAYS * DAY_US))));
    for (size_t k = 0; k < db_count(rows); k++) {
        const struct honour honour = read_honour(rows, k);
        TRY(write_winner(place, &honour, honour.winner, &letter_winner_again));
        TRY(db_do(place->tx, NULL, "UPDATE honour SET reminded = 1 WHERE id = $1",
                  DB_ARGS(DB_INT(honour.id))));
    }
    return RC_OK;
}

enum rc honour_nightly(const struct app_place *place)
{
    TRY(begin_judging(place));
    return end_waiting(place);
}

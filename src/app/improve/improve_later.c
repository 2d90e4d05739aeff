// SPDX-License-Identifier: Apache-2.0
//
// Who is asked later, and what she answers; see improve_later.h.
#include "app/improve/improve_later.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/improve/improve.h"
#include "app/improve/improve_own.h"
#include "auth/token.h"

const char improve_schema_3[] =
    "CREATE TABLE later(id {id} NOT NULL PRIMARY KEY, enrolment {id} NOT NULL REFERENCES "
    "enrolment(id), person {id} NOT NULL REFERENCES person(id), months {int} NOT NULL CHECK (months "
    "IN (6, 12)), hash TEXT NOT NULL, asked_at {int} NOT NULL, answered_at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX later_once ON later(enrolment, months);\n"
    "CREATE UNIQUE INDEX later_hash ON later(hash) WHERE hash <> '';\n"
    "CREATE INDEX later_person ON later(person);\n"
    "CREATE TABLE later_answer(later {id} NOT NULL REFERENCES later(id), question TEXT NOT NULL, "
    "number {int} NOT NULL, PRIMARY KEY(later, question)){end};\n"
    "CREATE TABLE later_stop(person {id} NOT NULL PRIMARY KEY REFERENCES person(id), at {int} NOT "
    "NULL){end};\n"
    "CREATE TABLE later_off(programme {id} NOT NULL REFERENCES programme(id), question TEXT NOT "
    "NULL, by_person {id} NOT NULL, at {int} NOT NULL, PRIMARY KEY(programme, question)){end};\n";

// clang-format off
const struct later_question later_questions[LATER_QUESTIONS] = {
    {"in_tech",  MSG("Do you work or study in technology today?"),                              false},
    {"promoted", MSG("Were you promoted since then?"),                                          false},
    {"new_role", MSG("Do you have a new role, a new job or your first job in technology?"),     false},
    {"contact",  MSG("Are you still in touch with the other of your pair?"),                    false},
    {"again",    MSG("Would you take part again, or be a mentor to somebody?"),                 false},
    {"share",    MSG("How much did the programme have to do with what has changed for you?"),   true},
};

static const struct app_letter letter_six = {
    MSG("How are you, half a year later?"),
    {MSG("Hello {0},"), MSG("half a year ago your time in {1} ended. What has become of it? A few questions, one minute, without signing in:"), "{2}",
     MSG("Your answers are counted together with those of others. Nobody sees yours alone."), MSG("If you would rather not be asked again: {3}"), NULL}};
static const struct app_letter letter_twelve = {
    MSG("How are you, a year later?"),
    {MSG("Hello {0},"), MSG("a year ago your time in {1} ended. What has become of it? A few questions, one minute, without signing in:"), "{2}",
     MSG("Your answers are counted together with those of others. Nobody sees yours alone."), MSG("If you would rather not be asked again: {3}"), NULL}};
const struct app_letter_name later_letters[] = {
    {"later_six",    MSG("Half a year after the end: how are you?"), "name cohort link stop", &letter_six},
    {"later_twelve", MSG("A year after the end: how are you?"),      "name cohort link stop", &letter_twelve},
    {NULL, NULL, NULL, NULL},
};
// clang-format on

// ---- the question bank -------------------------------------------------------------------------

enum rc later_asked(struct db_tx *tx, struct arena *arena, int64_t programme, unsigned *ret_asked)
{
    struct db_rows *r = NULL;
    unsigned asked = (1u << LATER_QUESTIONS) - 1;
    TRY(db_query(tx, arena, &r, "SELECT question FROM later_off WHERE programme = $1",
                 DB_ARGS(DB_INT(programme))));
    for (size_t k = 0; k < db_count(r); k++)
        for (unsigned q = 0; q < LATER_QUESTIONS; q++)
            if (strcmp(later_questions[q].name, db_text(r, k, 0)) == 0)
                asked &= ~(1u << q);
    *ret_asked = asked;
    return RC_OK;
}

enum rc later_choose(const struct app_place *at, int64_t programme, unsigned asked, int64_t person)
{
    TRY(db_do(at->tx, NULL, "DELETE FROM later_off WHERE programme = $1",
              DB_ARGS(DB_INT(programme))));
    for (unsigned q = 0; q < LATER_QUESTIONS; q++)
        if ((asked >> q & 1) == 0)
            TRY(db_do(
                at->tx, NULL,
                "INSERT INTO later_off(programme, question, by_person, at) VALUES ($1, $2, $3, $4)",
                DB_ARGS(DB_INT(programme), DB_TEXT(later_questions[q].name), DB_INT(person),
                        DB_INT(at->now_us))));
    return RC_OK;
}

// ---- one who was asked -------------------------------------------------------------------------

enum rc later_find(struct req *req, const char *token, struct later *ret_later)
{
    struct db_rows *r = NULL;
    const char *hash = token_hash(req->arena, "later", token);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT l.id, l.person, c.programme, l.months, l.asked_at, l.answered_at, CASE WHEN "
        "EXISTS (SELECT 1 FROM later_stop s WHERE s.person = l.person) THEN 1 ELSE 0 END, "
        "c.name, p.name FROM later l JOIN enrolment e ON e.id = l.enrolment JOIN cohort c ON "
        "c.id = e.cohort JOIN person p ON p.id = l.person WHERE l.hash = $1 AND l.hash <> '' "
        "AND l.asked_at > $2 AND p.closed_at = 0",
        DB_ARGS(DB_TEXT(hash), DB_INT(req->now_us - LATER_LINK_DAYS * DAY_US))));
    if (db_count(r) == 0)
        return RC_NOT_FOUND;
    *ret_later = (struct later){.id = db_int(r, 0, 0),
                                .person = db_int(r, 0, 1),
                                .programme = db_int(r, 0, 2),
                                .months = db_int(r, 0, 3),
                                .asked_at = db_int(r, 0, 4),
                                .answered_at = db_int(r, 0, 5),
                                .stopped = db_int(r, 0, 6) == 1,
                                .cohort_name = db_text(r, 0, 7),
                                .name = db_text(r, 0, 8)};
    return RC_OK;
}

enum rc later_answer(const struct app_place *at, const struct later *later,
                     const int64_t values[LATER_QUESTIONS])
{
    uint64_t changed = 0;
    TRY(db_do(at->tx, &changed,
              "UPDATE later SET answered_at = $2 WHERE id = $1 AND answered_at = 0",
              DB_ARGS(DB_INT(later->id), DB_INT(at->now_us))));
    if (changed == 0)
        return RC_EXISTS;
    for (unsigned q = 0; q < LATER_QUESTIONS; q++)
        if (values[q] != 0)
            TRY(db_do(
                at->tx, NULL,
                "INSERT INTO later_answer(later, question, number) VALUES ($1, $2, $3)",
                DB_ARGS(DB_INT(later->id), DB_TEXT(later_questions[q].name), DB_INT(values[q]))));
    return RC_OK;
}

enum rc later_stop(const struct app_place *at, int64_t person, bool stopped)
{
    if (!stopped)
        return db_do(at->tx, NULL, "DELETE FROM later_stop WHERE person = $1",
                     DB_ARGS(DB_INT(person)));
    return db_do(
        at->tx, NULL,
        "INSERT INTO later_stop(person, at) VALUES ($1, $2) ON CONFLICT (person) DO NOTHING",
        DB_ARGS(DB_INT(person), DB_INT(at->now_us)));
}

// ---- who is due --------------------------------------------------------------------------------

struct due {
    int64_t enrolment;
    int64_t person;
    int64_t cohort;
    int64_t programme;
    const char *cohort_name;
    const char *name;
    const char *email;
    const char *language;
};

static enum rc ask_one(const struct app_place *at, const struct due *due, int64_t months)
{
    const char *token = token_new(at->arena);
    const char *hash = token == NULL ? NULL : token_hash(at->arena, "later", token);
    const char *url = at->app->url == NULL ? "" : at->app->url;
    const char *link = arena_printf(at->arena, "%s/later/%s", url, token == NULL ? "" : token);
    const char *stop = arena_printf(at->arena, "%s/later/%s/stop", url, token == NULL ? "" : token);
    const struct app_letter *letter = months == 6 ? &letter_six : &letter_twelve;
    uint64_t changed = 0;
    struct bank_question *owns = NULL;
    size_t own_count = 0;
    unsigned asked = 0;
    if (hash == NULL || link == NULL || stop == NULL)
        return RC_NO_MEMORY;
    TRY(later_asked(at->tx, at->arena, due->programme, &asked));
    TRY(bank_list(at->tx, at->arena, due->programme, BANK_LATER, &owns, &own_count));
    if (asked == 0 && own_count == 0)
        return RC_OK;
    TRY(db_do(
        at->tx, &changed,
        "INSERT INTO later(id, enrolment, person, months, hash, asked_at, answered_at) VALUES "
        "($1, $2, $3, $4, $5, $6, 0) ON CONFLICT (enrolment, months) DO NOTHING",
        DB_ARGS(DB_INT(db_new_id(at->now_us)), DB_INT(due->enrolment), DB_INT(due->person),
                DB_INT(months), DB_TEXT(hash), DB_INT(at->now_us))));
    if (changed == 0)
        return RC_OK;
    const char *const values[] = {due->name, due->cohort_name, link, stop};
    const struct app_more more = {.unsubscribe = stop};
    TRY(app_letter_own(at, due->cohort, due->language, &letter));
    return app_send_more(at, due->email, due->language, letter, values, 4, &more);
}

// Whoever's last pair of the cohort is over for so long, but not for two months longer: who begins
// with this program is not asked about what was long ago.
static enum rc ask_all(const struct app_place *at, int64_t months)
{
    enum { ASKED_MOST = 500, LATE_DAYS = 60, HALF_A_YEAR_DAYS = 182, YEAR_DAYS = 365 };
    struct db_rows *r = NULL;
    int64_t due_at = at->now_us - (months == 6 ? HALF_A_YEAR_DAYS : YEAR_DAYS) * DAY_US;
    TRY(db_query(
        at->tx, at->arena, &r,
        "SELECT e.id, p.id, c.id, c.programme, c.name, p.name, p.email, p.language FROM match m JOIN enrolment e ON "
        "e.id = m.mentee OR e.id = m.mentor JOIN person p ON p.id = e.person JOIN cohort c ON c.id = "
        "e.cohort WHERE m.state IN ('completed', 'ended') AND m.began_at > 0 AND m.ended_at <= $1 AND "
        "m.ended_at > $2 AND e.state = 'approved' AND p.closed_at = 0 AND NOT EXISTS (SELECT 1 FROM "
        "match n WHERE (n.mentee = e.id OR n.mentor = e.id) AND n.began_at > 0 AND (n.ended_at = 0 OR "
        "n.ended_at > $1)) AND NOT EXISTS (SELECT 1 FROM later l WHERE l.enrolment = e.id AND l.months "
        "= $3) AND NOT EXISTS (SELECT 1 FROM later_stop s WHERE s.person = p.id) GROUP BY e.id, p.id, "
        "c.id, c.programme, c.name, p.name, p.email, p.language ORDER BY e.id LIMIT $4",
        DB_ARGS(DB_INT(due_at), DB_INT(due_at - LATE_DAYS * DAY_US), DB_INT(months),
                DB_INT(ASKED_MOST))));
    for (size_t k = 0; k < db_count(r); k++) {
        const struct due due = {.enrolment = db_int(r, k, 0),
                                .person = db_int(r, k, 1),
                                .cohort = db_int(r, k, 2),
                                .programme = db_int(r, k, 3),
                                .cohort_name = db_text(r, k, 4),
                                .name = db_text(r, k, 5),
                                .email = db_text(r, k, 6),
                                .language = db_text(r, k, 7)};
        TRY(ask_one(at, &due, months));
    }
    return RC_OK;
}

enum rc later_ask(const struct app_place *at)
{
    TRY(ask_all(at, 6));
    return ask_all(at, 12);
}

static enum rc every_day(struct db_tx *tx, struct job *job)
{
    const struct app_place at = {tx, job->arena, job->context, job->now_us};
    return later_ask(&at);
}

struct job_kind improve_later_kind(const struct app *app)
{
    enum { DAY_S = 24 * 3600 };
    return (struct job_kind){.name = "improve_later",
                             .every_s = DAY_S,
                             .inside = every_day,
                             .context = (void *)(uintptr_t)app};
}

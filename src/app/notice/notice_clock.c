// SPDX-License-Identifier: Apache-2.0
//
// Why: announcements leave at their time: first the list of whom they go to, as they are then; and
// then each in turn, out of her quiet hours, if she wants such letters. Each row is marked in the
// transaction that writes the letter, so that nobody gets it twice.
#include "app/notice/notice_store.h"
#include "app/pair/pair_talk.h"

enum { A_STEP = 200, LISTS_A_STEP = 5 };

static const struct app_letter letter_notice = {
    "{1}", {MSG("Hello {0},"), "{2}", MSG("To get no more of these letters: {3}"), NULL}
};

static enum rc make_list(const struct app_place *at, const struct notice *n)
{
    struct db_rows *rows = NULL;
    TRY(notice_whom(at->tx, at->arena, n, &rows));
    for (size_t k = 0; k < db_count(rows); k++) {
        struct letter_choice choice;
        int64_t person = db_int(rows, k, 0);
        TRY(letter_choice_find(at->tx, at->arena, person, &choice));
        bool wanted = letter_wanted(&choice, LETTER_NOTICE);
        int64_t moment = letter_moment(at->arena, &choice, db_text(rows, k, 4), false, at->now_us);
        TRY(db_do(at->tx, NULL,
                  "INSERT INTO notice_to(notice, person, state, at) VALUES ($1, $2, $3, $4) ON "
                  "CONFLICT DO NOTHING",
                  DB_ARGS(DB_INT(n->id), DB_INT(person), DB_TEXT(wanted ? "waiting" : "unwanted"),
                          DB_INT(wanted ? moment : at->now_us))));
    }
    return db_do(at->tx, NULL, "UPDATE notice SET begun_at = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(n->id), DB_INT(at->now_us)));
}

static enum rc make_lists(const struct app_place *at)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        at->tx, at->arena, &r,
        "SELECT id, cohort, role, state, stage FROM notice WHERE begun_at = 0 AND stopped = "
        "0 AND send_at <= $1 ORDER BY send_at LIMIT $2",
        DB_ARGS(DB_INT(at->now_us), DB_INT(LISTS_A_STEP))));
    for (size_t k = 0; k < db_count(r); k++) {
        const struct notice n = {.id = db_int(r, k, 0),
                                 .cohort = db_int(r, k, 1),
                                 .role = db_text(r, k, 2),
                                 .state = db_text(r, k, 3),
                                 .stage = db_text(r, k, 4)};
        TRY(make_list(at, &n));
    }
    return RC_OK;
}

// She may have changed her mind, or left, since the list was made.
static enum rc send_one(const struct app_place *at, const struct db_rows *r, size_t k)
{
    struct letter_choice choice;
    const char *stop = NULL;
    int64_t person = db_int(r, k, 1);
    bool left = db_int(r, k, 5) != 0;
    TRY(letter_choice_find(at->tx, at->arena, person, &choice));
    bool wanted = letter_wanted(&choice, LETTER_NOTICE);
    const char *state = left ? "left" : wanted ? "sent" : "unwanted";
    int64_t letter = left || !wanted ? 0 : db_new_id(at->now_us);
    TRY(db_do(
        at->tx, NULL,
        "UPDATE notice_to SET state = $3, at = $4, letter = $5 WHERE notice = $1 AND person = "
        "$2",
        DB_ARGS(DB_INT(db_int(r, k, 0)), DB_INT(person), DB_TEXT(state), DB_INT(at->now_us),
                DB_INT(letter))));
    if (left || !wanted)
        return RC_OK;
    TRY(letter_stop_url(at, at->app->url, person, LETTER_NOTICE, &stop));
    const struct app_more more = {.unsubscribe = stop, .number = letter};
    return app_send_more(
        at, db_text(r, k, 2), db_text(r, k, 3), &letter_notice,
        (const char *const[]){db_text(r, k, 4), db_text(r, k, 6), db_text(r, k, 7), stop}, 4,
        &more);
}

static enum rc tick(struct db_tx *tx, struct job *job)
{
    const struct app_place at = {tx, job->arena, job->context, job->now_us};
    struct db_rows *r = NULL;
    TRY(make_lists(&at));
    TRY(db_query(tx, job->arena, &r,
                 "SELECT t.notice, t.person, p.email, p.language, p.name, p.closed_at, n.subject, "
                 "n.text FROM notice_to t JOIN notice n ON n.id = t.notice JOIN person p ON p.id = "
                 "t.person WHERE t.state = 'waiting' AND t.at <= $1 ORDER BY t.at LIMIT $2",
                 DB_ARGS(DB_INT(job->now_us), DB_INT(A_STEP))));
    for (size_t k = 0; k < db_count(r); k++)
        TRY(send_one(&at, r, k));
    return RC_OK;
}

// One that leaves now need not wait for the clock.
struct job_kind notice_go_kind(const struct app *app)
{
    return (struct job_kind){
        .name = "notice_go", .inside = tick, .context = (void *)(uintptr_t)app};
}

struct job_kind notice_clock_kind(const struct app *app)
{
    return (struct job_kind){
        .name = "notice_clock", .every_s = 30, .inside = tick, .context = (void *)(uintptr_t)app};
}

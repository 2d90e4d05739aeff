// SPDX-License-Identifier: Apache-2.0
//
// What the other says of a meeting, and what a cohort asks of its pairs: rows and what follows from
// them; see pair_word.h.
#include "app/pair/pair_word.h"

#include <string.h>

#include "base/date.h"

#include "app/cohort/words.h"
#include "app/pair/pair_hand.h"

const char pair_schema_6[] =
    "ALTER TABLE match ADD COLUMN agreement_asked {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE letter_choice ADD COLUMN notice {int} NOT NULL DEFAULT 1;\n"
    "CREATE TABLE meeting_word(meeting {id} NOT NULL REFERENCES meeting(id), person {id} NOT NULL "
    "REFERENCES person(id), minutes {int} NOT NULL, disputed {int} NOT NULL, words TEXT NOT NULL, at "
    "{int} NOT NULL, PRIMARY KEY(meeting, person)){end};\n"
    "CREATE INDEX meeting_word_person ON meeting_word(person);\n"
    "CREATE TABLE pair_rules(cohort {id} NOT NULL PRIMARY KEY REFERENCES cohort(id), goals_first "
    "{int} NOT NULL){end};\n";

enum rc meeting_words(struct db_tx *tx, struct arena *arena, int64_t meeting,
                      struct meeting_word **ret_words, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        tx, arena, &r,
        "SELECT w.person, p.name, w.minutes, w.disputed, w.words, w.at FROM meeting_word w "
        "JOIN person p ON p.id = w.person WHERE w.meeting = $1 ORDER BY w.at LIMIT 2",
        DB_ARGS(DB_INT(meeting))));
    struct meeting_word *all = ARENA_ARRAY(arena, struct meeting_word, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct meeting_word){db_int(r, k, 0), db_text(r, k, 1), db_int(r, k, 2),
                                       db_int(r, k, 3), db_text(r, k, 4), db_int(r, k, 5)};
    *ret_words = all;
    *ret_count = db_count(r);
    return RC_OK;
}

static bool is_written(const struct meeting *m)
{
    return strcmp(m->state, "held") == 0 || strncmp(m->state, "no_show", 7) == 0;
}

enum rc meeting_may_word(struct req *req, const struct pair *pair, const struct meeting *m,
                         bool *ret_may)
{
    struct meeting_word *words = NULL;
    size_t count = 0;
    TRY(meeting_words(req->tx, req->arena, m->id, &words, &count));
    *ret_may = m->by != pair->me && meeting_word_until(m, count, req->now_us) > 0;
    return RC_OK;
}

int64_t meeting_word_until(const struct meeting *m, size_t words, int64_t now_us)
{
    int64_t until = m->changed_at + WORD_DAYS * DAY_US;
    return is_written(m) && words == 0 && now_us < until ? until : 0;
}

enum rc meeting_excuse(struct db_tx *tx, const struct meeting *m)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed,
              "UPDATE meeting SET excused = 1 WHERE id = $1 AND state IN ('no_show_mentee', "
              "'no_show_mentor')",
              DB_ARGS(DB_INT(m->id))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc pair_rules_find(struct db_tx *tx, struct arena *arena, int64_t cohort,
                        struct pair_rules *ret_rules)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        tx, arena, &r,
        "SELECT goals_first, pause_weeks, channel, privacy, scheduling, notice, otherwise, "
        "late_hours, asks_staff FROM pair_rules WHERE cohort = $1",
        DB_ARGS(DB_INT(cohort))));
    *ret_rules = (struct pair_rules){0, PAUSE_WEEKS, "", "", "", NOTICE_HOURS, "", LATE_HOURS, 0};
    if (db_count(r) > 0)
        *ret_rules = (struct pair_rules){db_int(r, 0, 0),  db_int(r, 0, 1),  db_text(r, 0, 2),
                                         db_text(r, 0, 3), db_text(r, 0, 4), db_int(r, 0, 5),
                                         db_text(r, 0, 6), db_int(r, 0, 7),  db_int(r, 0, 8)};
    return RC_OK;
}

enum rc pair_rules_translate(struct req *req, int64_t cohort, struct pair_rules *rules)
{
    struct words_found found;
    TRY(words_of_reader(req, cohort, &found));
    if (rules->channel[0] != '\0')
        rules->channel = words_in(&found, cohort, PAIR_WORDS_CHANNEL, rules->channel);
    if (rules->privacy[0] != '\0')
        rules->privacy = words_in(&found, cohort, PAIR_WORDS_PRIVACY, rules->privacy);
    if (rules->otherwise[0] != '\0')
        rules->otherwise = words_in(&found, cohort, PAIR_WORDS_OTHERWISE, rules->otherwise);
    return RC_OK;
}

enum rc meeting_may_begin(struct req *req, const struct pair *pair)
{
    struct pair_rules rules;
    struct db_rows *r = NULL;
    TRY(pair_rules_find(req->tx, req->arena, pair->cohort.id, &rules));
    if (rules.goals_first == 0)
        return RC_OK;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT 1 FROM match m WHERE m.id = $1 AND (EXISTS (SELECT 1 FROM goal g WHERE "
        "g.match = m.id AND (g.of_signup = 0 OR g.state <> 'draft')) OR EXISTS (SELECT 1 FROM meeting t WHERE t.match = m.id))",
        DB_ARGS(DB_INT(pair->match.id))));
    if (db_count(r) > 0)
        return RC_OK;
    return form_refuse(
        &req->form, "time",
        MSG("This programme wants a draft of a goal first: write one under Goals, or "
            "put into your own words what you wanted at sign-up"));
}

enum rc meeting_word_add(struct db_tx *tx, int64_t meeting, const struct meeting_word *word)
{
    return db_do(tx, NULL,
                 "INSERT INTO meeting_word(meeting, person, minutes, disputed, words, at) VALUES "
                 "($1, $2, $3, $4, $5, $6)",
                 DB_ARGS(DB_INT(meeting), DB_INT(word->person), DB_INT(word->minutes),
                         DB_INT(word->disputed), DB_TEXT(word->words), DB_INT(word->at)));
}

enum rc meeting_set_held(struct db_tx *tx, const struct meeting *m, const char *state,
                         int64_t minutes)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed,
              "UPDATE meeting SET state = $3, held_minutes = $4 WHERE id = $1 AND state = $2",
              DB_ARGS(DB_INT(m->id), DB_TEXT(m->state), DB_TEXT(state), DB_INT(minutes))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc pair_rules_set(struct db_tx *tx, int64_t cohort, const struct pair_rules *r)
{
    return db_do(
        tx, NULL,
        "INSERT INTO pair_rules(cohort, goals_first, pause_weeks, channel, privacy, scheduling, "
        "notice, otherwise, late_hours, asks_staff) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
        "ON CONFLICT(cohort) DO UPDATE SET goals_first = $2, pause_weeks = $3, channel = $4, privacy "
        "= $5, scheduling = $6, notice = $7, otherwise = $8, late_hours = $9, asks_staff = $10",
        DB_ARGS(DB_INT(cohort), DB_INT(r->goals_first), DB_INT(r->pause_weeks), DB_TEXT(r->channel),
                DB_TEXT(r->privacy), DB_TEXT(r->scheduling), DB_INT(r->notice),
                DB_TEXT(r->otherwise), DB_INT(r->late_hours), DB_INT(r->asks_staff)));
}

enum rc pair_rules_take_over(struct db_tx *tx, int64_t from, int64_t to)
{
    return db_do(tx, NULL,
                 "INSERT INTO pair_rules(cohort, goals_first, pause_weeks, channel, privacy, "
                 "scheduling, notice, otherwise, late_hours, asks_staff) SELECT $2, goals_first, "
                 "pause_weeks, channel, privacy, scheduling, notice, otherwise, late_hours, "
                 "asks_staff FROM pair_rules WHERE cohort = $1",
                 DB_ARGS(DB_INT(from), DB_INT(to)));
}

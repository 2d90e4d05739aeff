// SPDX-License-Identifier: Apache-2.0
//
// The rows of mentees' choices and mentors' vetoes.
#include <stdlib.h>
#include <string.h>

#include "app/match/match_store.h"

const char match_schema_3[] =
    "CREATE TABLE choice(mentee {id} NOT NULL REFERENCES enrolment(id), mentor {id} NOT NULL "
    "REFERENCES enrolment(id), place {int} NOT NULL CHECK (place BETWEEN 1 AND 5), "
    "why TEXT NOT NULL, at {int} NOT NULL, PRIMARY KEY(mentee, mentor)){end};\n"
    "CREATE INDEX choice_mentor ON choice(mentor);\n"
    "CREATE TABLE veto(mentor {id} NOT NULL REFERENCES enrolment(id), mentee {id} NOT NULL "
    "REFERENCES enrolment(id), at {int} NOT NULL, PRIMARY KEY(mentor, mentee)){end};\n"
    "CREATE INDEX veto_mentee ON veto(mentee);\n"
    "ALTER TABLE match_run ADD COLUMN committee {int} NOT NULL DEFAULT 0;\n"
    "CREATE TABLE vote(run {id} NOT NULL REFERENCES match_run(id), mentee {id} NOT NULL REFERENCES "
    "enrolment(id), mentor {id} NOT NULL REFERENCES enrolment(id), person {id} NOT NULL REFERENCES "
    "person(id), says TEXT NOT NULL CHECK (says IN ('yes', 'no', 'conflict')), fit {int} NOT NULL, "
    "words TEXT NOT NULL, at {int} NOT NULL, PRIMARY KEY(run, mentee, mentor, person)){end};\n"
    "CREATE INDEX vote_person ON vote(person);\n"
    "CREATE INDEX vote_mentee ON vote(mentee);\n"
    "CREATE INDEX vote_mentor ON vote(mentor);\n";

// A place to meet in person; and the order in which a mentor would take those who chose her.
const char match_schema_13[] =
    "ALTER TABLE match_rules ADD COLUMN place {int} NOT NULL DEFAULT 1;\n"
    "ALTER TABLE match_rules ADD COLUMN w_chosen {int} NOT NULL DEFAULT 0;\n"
    "CREATE TABLE mentor_choice(mentor {id} NOT NULL REFERENCES enrolment(id), mentee {id} NOT NULL "
    "REFERENCES enrolment(id), place {int} NOT NULL CHECK (place BETWEEN 1 AND 5), "
    "why TEXT NOT NULL, at {int} NOT NULL, PRIMARY KEY(mentor, mentee)){end};\n"
    "CREATE INDEX mentor_choice_mentee ON mentor_choice(mentee);\n";

enum rc choice_my_enrolment(struct req *req, int64_t cohort, const char *role, int64_t *ret_id)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT id FROM enrolment WHERE person = $1 AND cohort = $2 AND role = $3 "
                 "AND state = 'approved'",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort), DB_TEXT(role))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_id = db_int(rows, 0, 0);
    return RC_OK;
}

// Last names are not shown before a match, but for those of mentors who allow it.
static const char *first_name(struct arena *arena, const char *name)
{
    return arena_strndup(arena, name, strcspn(name, " "));
}

#define CARD                                                                                       \
    "SELECT e.id, p.name, p.zone, e.level, e.topics, e.other, e.languages, e.formats, "            \
    "e.goal, e.places - (SELECT count(*) FROM match m WHERE m.mentor = e.id AND m.state "          \
    "IN ('offered', 'active', 'paused', 'closing')), e.week, e.access, e.access_for, e.places, "   \
    "e.person, e.full_name, e.checked, e.years, e.skills FROM enrolment e JOIN person p ON p.id = e.person "

static enum rc read_cards(struct req *req, const struct db_rows *rows,
                          struct choice_card **ret_cards, size_t *ret_count)
{
    struct choice_card *cards = ARENA_ARRAY(req->arena, struct choice_card, db_count(rows));
    if (cards == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++) {
        cards[k] =
            (struct choice_card){db_int(rows, k, 0),  first_name(req->arena, db_text(rows, k, 1)),
                                 db_text(rows, k, 2), db_int(rows, k, 3),
                                 db_text(rows, k, 4), db_text(rows, k, 5),
                                 db_text(rows, k, 6), db_text(rows, k, 7),
                                 db_text(rows, k, 8), db_int(rows, k, 9)};
        cards[k].left = cards[k].left < 0 ? 0 : cards[k].left; // places were lowered since
        cards[k].week = db_text(rows, k, 10);
        cards[k].access = enrolment_shows(db_text(rows, k, 12), 'e') ? db_text(rows, k, 11) : "";
        cards[k].places = db_int(rows, k, 13);
        cards[k].person = db_int(rows, k, 14);
        cards[k].years = db_text(rows, k, 17);
        cards[k].skills = db_text(rows, k, 18);
        cards[k].overlap = -1;
        cards[k].checked = db_text(rows, k, 16);
        if (db_int(rows, k, 15) != 0)
            cards[k].name = db_text(rows, k, 1);
        if (cards[k].name == NULL)
            return RC_NO_MEMORY;
    }
    *ret_cards = cards;
    *ret_count = db_count(rows);
    return RC_OK;
}

// Nobody who must not be matched with the actor is among them.
enum rc choice_mentors(struct req *req, int64_t cohort, int64_t from, int64_t most,
                       struct choice_card **ret_cards, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        CARD
        "WHERE e.cohort = $1 AND e.role = 'mentor' AND e.state = 'approved' "
        "AND p.closed_at = 0 AND e.person <> $2 AND NOT EXISTS (SELECT 1 FROM "
        "match_presence s WHERE s.enrolment = e.id AND (s.hidden_at > 0 "
        "OR s.away_at > 0)) AND NOT EXISTS (SELECT 1 FROM avoid v "
        "WHERE (v.a = e.person AND v.b = $2) OR (v.b = e.person AND v.a = $2)) AND NOT " LINE_BETWEEN(
            "e.person",
            "$2") "ORDER BY CASE WHEN e.places > 0 THEN 0 ELSE 1 END, e.name_key, e.id LIMIT $3 OFFSET $4",
        DB_ARGS(DB_INT(cohort), DB_INT(req->actor.person), DB_INT(most), DB_INT(from))));
    return read_cards(req, rows, ret_cards, ret_count);
}

enum rc choice_mentor(struct req *req, int64_t cohort, int64_t mentor,
                      struct choice_card **ret_card)
{
    struct db_rows *rows = NULL;
    size_t count = 0;
    TRY(db_query(req->tx, req->arena, &rows,
                 CARD "WHERE e.id = $1 AND e.cohort = $2 AND e.role = 'mentor' "
                      "AND e.state = 'approved' AND e.places > 0 AND e.person <> $3 AND NOT EXISTS "
                      "(SELECT 1 FROM avoid v WHERE (v.a = e.person AND v.b = $3) "
                      "OR (v.b = e.person AND v.a = $3)) AND NOT " LINE_BETWEEN("e.person", "$3"),
                 DB_ARGS(DB_INT(mentor), DB_INT(cohort), DB_INT(req->actor.person))));
    TRY(read_cards(req, rows, ret_card, &count));
    return count == 1 ? RC_OK : RC_NOT_FOUND;
}

// ---- what a card says beside -------------------------------------------------------------------

enum { THANKS_A_CARD = 3, REPLIES_LEAST = 5, REPLIES_MOST = 50 };

static enum rc fill_thanks(struct req *req, struct choice_card *card)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT t.text FROM thanks t JOIN person p ON p.id = t.sender WHERE t.receiver = $1 "
        "AND t.shared = 1 AND t.shown = 1 AND p.closed_at = 0 ORDER BY t.id DESC LIMIT $2",
        DB_ARGS(DB_INT(card->person), DB_INT(THANKS_A_CARD))));
    card->thanks = ARENA_ARRAY(req->arena, struct choice_thanks, db_count(rows));
    if (card->thanks == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        card->thanks[card->thanks_count++].text = db_text(rows, k, 0);
    return RC_OK;
}

static int by_size(const void *a, const void *b)
{
    const int64_t *left = a;
    const int64_t *right = b;
    return (*left > *right) - (*left < *right);
}

// How long the last messages to her waited for her next one: half of them at most so long.
static enum rc fill_reply(struct req *req, struct choice_card *card)
{
    const int64_t hour_us = INT64_C(3600) * 1000000;
    int64_t waits[REPLIES_MOST];
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT w.wait FROM (SELECT s.id AS id, (SELECT min(r.at) FROM message r WHERE "
        "r.match = s.match AND r.person = $1 AND r.id > s.id) - s.at AS wait FROM message s "
        "JOIN match m ON m.id = s.match JOIN enrolment e ON e.id = m.mentor "
        "WHERE e.person = $1 AND s.person <> $1) w WHERE w.wait IS NOT NULL "
        "ORDER BY w.id DESC LIMIT $2",
        DB_ARGS(DB_INT(card->person), DB_INT(REPLIES_MOST))));
    size_t count = db_count(rows);
    if (count < REPLIES_LEAST)
        return RC_OK;
    for (size_t k = 0; k < count && k < REPLIES_MOST; k++)
        waits[k] = db_int(rows, k, 0);
    qsort(waits, count, sizeof waits[0], by_size);
    card->reply_hours = waits[count / 2] / hour_us + 1;
    return RC_OK;
}

static enum rc fill_overlaps(struct req *req, const struct cohort *cohort, int64_t mentee,
                             struct choice_card *cards, size_t count)
{
    struct db_rows *rows = NULL;
    struct match_timed *others = ARENA_ARRAY(req->arena, struct match_timed, count);
    if (others == NULL)
        return RC_NO_MEMORY;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT p.zone, e.week FROM enrolment e JOIN person p ON p.id = e.person "
                 "WHERE e.id = $1",
                 DB_ARGS(DB_INT(mentee))));
    const struct match_timed mine = {.zone = db_text(rows, 0, 0), .week = db_text(rows, 0, 1)};
    for (size_t k = 0; k < count; k++)
        others[k] = (struct match_timed){.zone = cards[k].zone, .week = cards[k].week};
    TRY(match_overlaps(req->arena, cohort, &mine, others, count));
    for (size_t k = 0; k < count; k++) {
        cards[k].overlap = others[k].minutes;
        cards[k].good = others[k].good;
    }
    return RC_OK;
}

enum rc choice_fill_cards(struct req *req, const struct cohort *cohort, int64_t mentee,
                          struct choice_card *cards, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        TRY(fill_thanks(req, &cards[k]));
        TRY(fill_reply(req, &cards[k]));
    }
    return count == 0 ? RC_OK : fill_overlaps(req, cohort, mentee, cards, count);
}

// One mentor a place, one place a mentor.
enum rc choice_set(struct req *req, int64_t mentee, int64_t mentor, int64_t place, const char *why)
{
    TRY(db_do(req->tx, NULL, "DELETE FROM choice WHERE mentee = $1 AND (place = $2 OR mentor = $3)",
              DB_ARGS(DB_INT(mentee), DB_INT(place), DB_INT(mentor))));
    return db_do(
        req->tx, NULL,
        "INSERT INTO choice(mentee, mentor, place, why, at) VALUES ($1, $2, $3, $4, $5)",
        DB_ARGS(DB_INT(mentee), DB_INT(mentor), DB_INT(place), DB_TEXT(why), DB_INT(req->now_us)));
}

enum rc choice_end(struct req *req, int64_t mentee, int64_t mentor)
{
    return db_do(req->tx, NULL, "DELETE FROM choice WHERE mentee = $1 AND mentor = $2",
                 DB_ARGS(DB_INT(mentee), DB_INT(mentor)));
}

static enum rc read_choices(struct req *req, const struct db_rows *rows,
                            struct match_choice **ret_choices, size_t *ret_count)
{
    struct match_choice *choices = ARENA_ARRAY(req->arena, struct match_choice, db_count(rows));
    if (choices == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++) {
        const char *name = db_text(rows, k, 1);
        bool whole = db_int(rows, k, 7) != 0;
        choices[k] = (struct match_choice){
            db_int(rows, k, 0),      whole ? name : first_name(req->arena, name),
            db_int(rows, k, 2),      db_text(rows, k, 3),
            db_int(rows, k, 4) != 0, db_int(rows, k, 5),
            db_text(rows, k, 6)};
        if (choices[k].name == NULL)
            return RC_NO_MEMORY;
    }
    *ret_choices = choices;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc choice_list(struct req *req, int64_t mentee, struct match_choice **ret_choices,
                    size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT c.mentor, p.name, c.place, c.why, 0, 0, '', e.full_name FROM choice c "
                 "JOIN enrolment e ON e.id = c.mentor JOIN person p ON p.id = e.person "
                 "WHERE c.mentee = $1 AND e.state = 'approved' ORDER BY c.place",
                 DB_ARGS(DB_INT(mentee))));
    return read_choices(req, rows, ret_choices, ret_count);
}

enum rc choice_of_mentor(struct req *req, int64_t mentor, struct match_choice **ret_choices,
                         size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT c.mentee, p.name, c.place, c.why, CASE WHEN EXISTS (SELECT 1 FROM veto v "
        "WHERE v.mentor = $1 AND v.mentee = c.mentee) THEN 1 ELSE 0 END, "
        "coalesce(r.place, 0), coalesce(r.why, ''), 0 FROM choice c LEFT JOIN mentor_choice r "
        "ON r.mentor = c.mentor AND r.mentee = c.mentee "
        "JOIN enrolment e ON e.id = c.mentee JOIN person p ON p.id = e.person "
        "WHERE c.mentor = $1 AND e.state = 'approved' "
        "ORDER BY coalesce(r.place, 6), c.place, p.name, c.mentee "
        "LIMIT 500",
        DB_ARGS(DB_INT(mentor))));
    return read_choices(req, rows, ret_choices, ret_count);
}

// Only of those who chose her: nobody else is known to her.
enum rc veto_turn(struct req *req, int64_t mentor, int64_t mentee, bool *ret_no)
{
    uint64_t ended = 0;
    uint64_t made = 0;
    TRY(db_do(req->tx, &ended, "DELETE FROM veto WHERE mentor = $1 AND mentee = $2",
              DB_ARGS(DB_INT(mentor), DB_INT(mentee))));
    *ret_no = ended == 0;
    if (ended > 0)
        return RC_OK;
    TRY(rank_end(req, mentor, mentee));
    TRY(db_do(req->tx, &made,
              "INSERT INTO veto(mentor, mentee, at) SELECT $1, $2, $3 FROM choice "
              "WHERE mentor = $1 AND mentee = $2",
              DB_ARGS(DB_INT(mentor), DB_INT(mentee), DB_INT(req->now_us))));
    return made == 1 ? RC_OK : RC_NOT_FOUND;
}

// One mentee a place, one place a mentee.
enum rc rank_set(struct req *req, int64_t mentor, int64_t mentee, int64_t place, const char *why)
{
    uint64_t made = 0;
    TRY(db_do(req->tx, NULL,
              "DELETE FROM mentor_choice WHERE mentor = $1 AND (place = $2 OR mentee = $3)",
              DB_ARGS(DB_INT(mentor), DB_INT(place), DB_INT(mentee))));
    TRY(db_do(
        req->tx, &made,
        "INSERT INTO mentor_choice(mentor, mentee, place, why, at) SELECT c.mentor, c.mentee, "
        "$3, $4, $5 FROM choice c WHERE c.mentor = $1 AND c.mentee = $2 AND NOT EXISTS "
        "(SELECT 1 FROM veto v WHERE v.mentor = $1 AND v.mentee = $2)",
        DB_ARGS(DB_INT(mentor), DB_INT(mentee), DB_INT(place), DB_TEXT(why), DB_INT(req->now_us))));
    return made == 1 ? RC_OK : RC_NOT_FOUND;
}

enum rc rank_end(struct req *req, int64_t mentor, int64_t mentee)
{
    return db_do(req->tx, NULL, "DELETE FROM mentor_choice WHERE mentor = $1 AND mentee = $2",
                 DB_ARGS(DB_INT(mentor), DB_INT(mentee)));
}

// Who has taken her choice back is not ranked any more.
enum rc rank_all(struct db_tx *tx, struct arena *arena, int64_t cohort, struct db_rows **ret_rows)
{
    return db_query(tx, arena, ret_rows,
                    "SELECT r.mentee, r.mentor FROM mentor_choice r JOIN enrolment e "
                    "ON e.id = r.mentor JOIN choice c ON c.mentee = r.mentee "
                    "AND c.mentor = r.mentor WHERE e.cohort = $1 ORDER BY r.mentor, r.place",
                    DB_ARGS(DB_INT(cohort)));
}

enum rc choice_of_pair(struct req *req, int64_t mentee, int64_t mentor,
                       struct match_choice *ret_choice)
{
    struct db_rows *rows = NULL;
    *ret_choice = (struct match_choice){.name = "", .why = "", .rank_why = ""};
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT c.place, c.why, coalesce(r.place, 0), coalesce(r.why, '') FROM choice c "
                 "LEFT JOIN mentor_choice r ON r.mentor = c.mentor AND r.mentee = c.mentee "
                 "WHERE c.mentee = $1 AND c.mentor = $2",
                 DB_ARGS(DB_INT(mentee), DB_INT(mentor))));
    if (db_count(rows) == 0)
        return RC_OK;
    ret_choice->place = db_int(rows, 0, 0);
    ret_choice->why = db_text(rows, 0, 1);
    ret_choice->rank = db_int(rows, 0, 2);
    ret_choice->rank_why = db_text(rows, 0, 3);
    return RC_OK;
}

enum rc choice_all(struct db_tx *tx, struct arena *arena, int64_t cohort, struct db_rows **ret_rows)
{
    return db_query(tx, arena, ret_rows,
                    "SELECT c.mentee, c.mentor FROM choice c JOIN enrolment e ON e.id = c.mentee "
                    "WHERE e.cohort = $1 ORDER BY c.mentee, c.place",
                    DB_ARGS(DB_INT(cohort)));
}

enum rc veto_all(struct db_tx *tx, struct arena *arena, int64_t cohort, struct db_rows **ret_rows)
{
    return db_query(tx, arena, ret_rows,
                    "SELECT v.mentee, v.mentor FROM veto v JOIN enrolment e ON e.id = v.mentor "
                    "WHERE e.cohort = $1 ORDER BY v.mentor, v.mentee",
                    DB_ARGS(DB_INT(cohort)));
}

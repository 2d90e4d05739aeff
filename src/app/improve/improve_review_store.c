// SPDX-License-Identifier: Apache-2.0
//
// The rows of review meetings; see improve_review.h.
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/improve/improve.h"
#include "app/improve/improve_review.h"

const char improve_schema_2[] =
    "CREATE TABLE improvement_tag(improvement {id} NOT NULL REFERENCES improvement(id), tag TEXT NOT "
    "NULL, PRIMARY KEY(improvement, tag)){end};\n"
    "ALTER TABLE review_meeting ADD COLUMN agenda TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE review_meeting ADD COLUMN state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN "
    "('planned', 'held', 'cancelled'));\n"
    "ALTER TABLE review_meeting ADD COLUMN day_at {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE review_meeting ADD COLUMN snapshot {id} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE review_meeting ADD COLUMN held_at {int} NOT NULL DEFAULT 0;\n"
    "CREATE TABLE review_subject(review {id} NOT NULL REFERENCES review_meeting(id), name TEXT NOT "
    "NULL, at {int} NOT NULL, PRIMARY KEY(review, name)){end};\n"
    "CREATE TABLE review_action(id {id} NOT NULL PRIMARY KEY, review {id} NOT NULL REFERENCES "
    "review_meeting(id), text TEXT NOT NULL, owner {id} NOT NULL, due TEXT NOT NULL, due_at {int} "
    "NOT NULL, done_at {int} NOT NULL, improvement {id} NOT NULL, made_by {id} NOT NULL, made_at "
    "{int} NOT NULL){end};\n"
    "CREATE INDEX review_action_of ON review_action(review, id);\n"
    "CREATE INDEX review_action_owner ON review_action(owner, due_at);\n";

// clang-format off
const struct field_option review_moments[] = {
    {"month", MSG("A look each month")},
    {"mid",   MSG("In the middle of the cohort")},
    {"end",   MSG("After its end")},
    {"other", MSG("At another time")},
    {NULL, NULL},
};
const struct field_option review_states[] = {
    {"planned",   MSG("planned")},
    {"held",      MSG("held")},
    {"cancelled", MSG("cancelled")},
    {NULL, NULL},
};
const struct review_area review_areas[AREAS] = {
    {"purpose",  MSG("Clear purpose"),                      MSG("Does everybody know what the programme is for? Do its objectives still fit, and how near are we?")},
    {"training", MSG("Training and information"),           MSG("Were mentors, mentees, those who run it and their employers prepared for what they do? What did they still miss?")},
    {"matching", MSG("Choosing and matching people"),       MSG("Did we reach the people whom we wanted? Did pairs fit? Who was left without a match, and why?")},
    {"measures", MSG("Measuring and looking back"),         MSG("What do the measures and the answers say? What do we not know, and how do we find out?")},
    {"ethics",   MSG("Ethics and standards"),               MSG("Is it safe, fair and confidential for everybody? Were rules kept, and are they known?")},
    {"support",  MSG("Administration and support"),         MSG("Do pairs get help in time? Is the work of those who run it possible with what they have?")},
};
// clang-format on

// The beginning of a day in UTC; 0: it is none.
static int64_t day_at(const char *day)
{
    struct date date;
    return date_parse(day, &date) == RC_OK ? date_to_seconds(date) * 1000000 : 0;
}

static enum rc set_points(const struct app_place *at, const struct review *review)
{
    for (size_t k = 0; k < AREAS; k++)
        TRY(db_do(
            at->tx, NULL,
            "INSERT INTO review_point(review, area, notes) VALUES ($1, $2, $3) ON CONFLICT "
            "(review, area) DO UPDATE SET notes = $3",
            DB_ARGS(DB_INT(review->id), DB_TEXT(review_areas[k].name), DB_TEXT(review->notes[k]))));
    return RC_OK;
}

enum rc review_add(const struct app_place *at, struct review *review, int64_t person)
{
    review->id = db_new_id(at->now_us);
    return db_do(
        at->tx, NULL,
        "INSERT INTO review_meeting(id, cohort, moment, day, day_at, who, agenda, decisions, "
        "state, made_by, made_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, '', 'planned', "
        "$8, $9, 1)",
        DB_ARGS(DB_INT(review->id), DB_INT(review->cohort), DB_TEXT(review->moment),
                DB_TEXT(review->day), DB_INT(day_at(review->day)), DB_TEXT(review->who),
                DB_TEXT(review->agenda), DB_INT(person), DB_INT(at->now_us)));
}

enum rc review_set(const struct app_place *at, const struct review *review)
{
    uint64_t changed = 0;
    TRY(db_do(
        at->tx, &changed,
        "UPDATE review_meeting SET moment = $2, day = $3, day_at = $4, who = $5, agenda = $6, "
        "decisions = $7, version = version + 1 WHERE id = $1 AND version = $8 AND state = "
        "'planned'",
        DB_ARGS(DB_INT(review->id), DB_TEXT(review->moment), DB_TEXT(review->day),
                DB_INT(day_at(review->day)), DB_TEXT(review->who), DB_TEXT(review->agenda),
                DB_TEXT(review->decisions), DB_INT(review->version))));
    return changed == 0 ? RC_EXISTS : set_points(at, review);
}

enum rc review_move(const struct app_place *at, const struct review *review, const char *to,
                    int64_t snapshot)
{
    uint64_t changed = 0;
    bool held = strcmp(to, "held") == 0;
    TRY(db_do(
        at->tx, &changed,
        "UPDATE review_meeting SET state = $3, snapshot = $4, held_at = $5, version = version "
        "+ 1 WHERE id = $1 AND state = $2",
        DB_ARGS(DB_INT(review->id), DB_TEXT(review->state), DB_TEXT(to), DB_INT(snapshot),
                DB_INT(held ? at->now_us : 0))));
    return changed == 0 ? RC_EXISTS : RC_OK;
}

// ---- reading -----------------------------------------------------------------------------------

#define REVIEW                                                                                      \
    "SELECT v.id, v.cohort, v.moment, v.day, v.who, v.agenda, v.decisions, v.state, v.snapshot, "   \
    "v.held_at, v.made_at, v.version, (SELECT count(*) FROM review_action a WHERE a.review = v.id " \
    "AND a.done_at = 0 AND a.improvement = 0) FROM review_meeting v "

static enum rc read_reviews(struct req *req, const struct db_rows *r, struct review **ret_reviews,
                            size_t *ret_count)
{
    struct review *all = ARENA_ARRAY(req->arena, struct review, db_count(r) + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct review){
            .id = db_int(r, k, 0),
            .cohort = db_int(r, k, 1),
            .moment = db_text(r, k, 2),
            .day = db_text(r, k, 3),
            .who = db_text(r, k, 4),
            .agenda = db_text(r, k, 5),
            .decisions = db_text(r, k, 6),
            .notes = {"", "", "", "", "", ""},
            .state = db_text(r, k, 7),
            .snapshot = db_int(r, k, 8),
            .held_at = db_int(r, k, 9),
            .made_at = db_int(r, k, 10),
            .version = db_int(r, k, 11),
            .open = db_int(r, k, 12)
        };
    *ret_reviews = all;
    *ret_count = db_count(r);
    return RC_OK;
}

static enum rc read_points(struct req *req, struct review *review)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r, "SELECT area, notes FROM review_point WHERE review = $1",
                 DB_ARGS(DB_INT(review->id))));
    for (size_t k = 0; k < db_count(r); k++)
        for (size_t a = 0; a < AREAS; a++)
            if (strcmp(review_areas[a].name, db_text(r, k, 0)) == 0)
                review->notes[a] = db_text(r, k, 1);
    return RC_OK;
}

enum rc review_list(struct req *req, int64_t scope, int64_t before, struct review **ret_reviews,
                    size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        REVIEW "WHERE v.cohort IN (SELECT id FROM cohort WHERE id = $1 OR programme = $1) AND ($2 "
               "= 0 OR v.id < $2) ORDER BY v.id DESC LIMIT $3",
        DB_ARGS(DB_INT(scope), DB_INT(before), DB_INT(REVIEWS_PAGE + 1))));
    return read_reviews(req, r, ret_reviews, ret_count);
}

enum rc review_find(struct req *req, int64_t cohort, int64_t id, struct review *ret_review)
{
    struct db_rows *r = NULL;
    struct review *all = NULL;
    size_t count = 0;
    TRY(db_query(req->tx, req->arena, &r, REVIEW "WHERE v.id = $1 AND v.cohort = $2",
                 DB_ARGS(DB_INT(id), DB_INT(cohort))));
    TRY(read_reviews(req, r, &all, &count));
    if (count == 0)
        return RC_NOT_FOUND;
    TRY(read_points(req, &all[0]));
    *ret_review = all[0];
    return RC_OK;
}

// ---- what is looked at -------------------------------------------------------------------------

enum rc review_attach(const struct app_place *at, int64_t review, const char *name)
{
    struct db_rows *r = NULL;
    TRY(db_query(at->tx, at->arena, &r, "SELECT count(*) FROM review_subject WHERE review = $1",
                 DB_ARGS(DB_INT(review))));
    if (db_int(r, 0, 0) >= SUBJECTS_MOST)
        return RC_LIMIT;
    return db_do(at->tx, NULL,
                 "INSERT INTO review_subject(review, name, at) VALUES ($1, $2, $3) ON CONFLICT "
                 "(review, name) DO NOTHING",
                 DB_ARGS(DB_INT(review), DB_TEXT(name), DB_INT(at->now_us)));
}

enum rc review_detach(const struct app_place *at, int64_t review, const char *name)
{
    return db_do(at->tx, NULL, "DELETE FROM review_subject WHERE review = $1 AND name = $2",
                 DB_ARGS(DB_INT(review), DB_TEXT(name)));
}

static enum rc measure_now(struct req *req, const struct scope *scope,
                           struct review_subject *subject)
{
    struct seen seen;
    TRY(scope_see(req->tx, req->arena, scope, subject->row, req->now_us, &seen));
    return scope_measure(req->arena, scope, &seen, 0, &subject->measured);
}

static enum rc read_subject(struct req *req, const struct review *review, const struct scope *scope,
                            struct review_subject *subject)
{
    static const char measure[] = "measure:";
    if (strncmp(subject->name, measure, strlen(measure)) != 0)
        return improvement_find_any(req, strtoll(strchr(subject->name, ':') + 1, NULL, 10),
                                    &subject->found);
    subject->row = measure_row_find(subject->name + strlen(measure));
    if (subject->row == NULL)
        return RC_NOT_FOUND;
    if (review->snapshot != 0)
        return snapshot_value(req->tx, req->arena, review->snapshot, subject->row->name,
                              &subject->measured);
    return measure_now(req, scope, subject);
}

enum rc review_subjects(struct req *req, const struct review *review,
                        struct review_subject **ret_subjects, size_t *ret_count)
{
    struct db_rows *r = NULL;
    struct scope *scope = ARENA_NEW(req->arena, struct scope);
    if (scope == NULL)
        return RC_NO_MEMORY;
    TRY(db_query(req->tx, req->arena, &r,
                 "SELECT name FROM review_subject WHERE review = $1 ORDER BY at, name LIMIT $2",
                 DB_ARGS(DB_INT(review->id), DB_INT(SUBJECTS_MOST))));
    struct review_subject *all = ARENA_ARRAY(req->arena, struct review_subject, db_count(r) + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    if (db_count(r) > 0 && review->snapshot == 0)
        TRY(scope_load(req->tx, req->arena, review->cohort, scope));
    *ret_count = 0;
    for (size_t k = 0; k < db_count(r); k++) {
        struct review_subject *subject = &all[*ret_count];
        *subject = (struct review_subject){.name = db_text(r, k, 0)};
        enum rc rc = read_subject(req, review, scope, subject);
        if (rc == RC_NOT_FOUND) // a measure of an older program
            continue;
        TRY(rc);
        ++*ret_count;
    }
    *ret_subjects = all;
    return RC_OK;
}

// The beginning of a text, for lists.
static const char *shorten(struct arena *arena, const char *words)
{
    enum { BYTES_MOST = 90 };
    size_t length = strlen(words);
    if (length <= BYTES_MOST)
        return words;
    return arena_printf(arena, "%.*s\xe2\x80\xa6", (int)text_valid_bytes(words, BYTES_MOST), words);
}

enum rc choice_subjects(struct req *req, int64_t programme, struct choice **ret_all,
                        size_t *ret_count)
{
    enum { FINDINGS_MOST = 60 };
    struct db_rows *r = NULL;
    size_t count = 0;
    TRY(db_query(req->tx, req->arena, &r,
                 "SELECT id, finding FROM improvement WHERE programme = $1 AND state NOT IN "
                 "('evaluated', 'rejected') ORDER BY changed_at DESC, id LIMIT $2",
                 DB_ARGS(DB_INT(programme), DB_INT(FINDINGS_MOST))));
    struct choice *all =
        ARENA_ARRAY(req->arena, struct choice, measure_row_count() + db_count(r) + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++) {
        const char *value = arena_printf(req->arena, "finding:%lld", (long long)db_int(r, k, 0));
        const char *label = shorten(req->arena, db_text(r, k, 1));
        if (value == NULL || label == NULL)
            return RC_NO_MEMORY;
        all[count++] = (struct choice){value, label, true};
    }
    for (const struct measure_row *row = measure_rows; row->name != NULL; row++) {
        const char *value = arena_printf(req->arena, "measure:%s", row->name);
        if (value == NULL)
            return RC_NO_MEMORY;
        all[count++] = (struct choice){value, row->label, false};
    }
    *ret_all = all;
    *ret_count = count;
    return RC_OK;
}

// ---- actions -----------------------------------------------------------------------------------

#define ACTION                                                                                     \
    "SELECT a.id, a.text, a.owner, coalesce(p.name, ''), a.due, a.done_at, a.improvement, "        \
    "coalesce(i.cohort, 0), coalesce(i.state, ''), CASE WHEN a.done_at = 0 AND a.improvement = 0 " \
    "AND a.due_at > 0 AND a.due_at + 86400000000 <= $1 THEN 1 ELSE 0 END FROM review_action a "    \
    "LEFT JOIN person p ON p.id = a.owner LEFT JOIN improvement i ON i.id = a.improvement "

enum rc review_action_add(const struct app_place *at, int64_t review,
                          const struct review_action *action, int64_t person)
{
    struct db_rows *r = NULL;
    TRY(db_query(at->tx, at->arena, &r, "SELECT count(*) FROM review_action WHERE review = $1",
                 DB_ARGS(DB_INT(review))));
    if (db_int(r, 0, 0) >= ACTIONS_MOST)
        return RC_LIMIT;
    return db_do(at->tx, NULL,
                 "INSERT INTO review_action(id, review, text, owner, due, due_at, done_at, "
                 "improvement, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, 0, 0, $7, $8)",
                 DB_ARGS(DB_INT(db_new_id(at->now_us)), DB_INT(review), DB_TEXT(action->text),
                         DB_INT(action->owner), DB_TEXT(action->due), DB_INT(day_at(action->due)),
                         DB_INT(person), DB_INT(at->now_us)));
}

static enum rc read_actions(struct req *req, const struct db_rows *r,
                            struct review_action **ret_actions, size_t *ret_count)
{
    struct review_action *all = ARENA_ARRAY(req->arena, struct review_action, db_count(r) + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct review_action){.id = db_int(r, k, 0),
                                        .text = db_text(r, k, 1),
                                        .owner = db_int(r, k, 2),
                                        .owner_name = db_text(r, k, 3),
                                        .due = db_text(r, k, 4),
                                        .done_at = db_int(r, k, 5),
                                        .improvement = db_int(r, k, 6),
                                        .found_in = db_int(r, k, 7),
                                        .state = db_text(r, k, 8),
                                        .late = db_int(r, k, 9) == 1};
    *ret_actions = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc review_actions(struct req *req, int64_t review, struct review_action **ret_actions,
                       size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r, ACTION "WHERE a.review = $2 ORDER BY a.id LIMIT $3",
                 DB_ARGS(DB_INT(req->now_us), DB_INT(review), DB_INT(ACTIONS_MOST))));
    return read_actions(req, r, ret_actions, ret_count);
}

enum rc review_action_find(struct req *req, int64_t review, int64_t id,
                           struct review_action *ret_action)
{
    struct db_rows *r = NULL;
    struct review_action *all = NULL;
    size_t count = 0;
    TRY(db_query(req->tx, req->arena, &r, ACTION "WHERE a.review = $2 AND a.id = $3",
                 DB_ARGS(DB_INT(req->now_us), DB_INT(review), DB_INT(id))));
    TRY(read_actions(req, r, &all, &count));
    if (count == 0)
        return RC_NOT_FOUND;
    *ret_action = all[0];
    return RC_OK;
}

enum rc review_action_tick(const struct app_place *at, int64_t action, bool done)
{
    uint64_t changed = 0;
    TRY(db_do(at->tx, &changed,
              "UPDATE review_action SET done_at = $2 WHERE id = $1 AND improvement = 0 AND "
              "(CASE WHEN done_at = 0 THEN 0 ELSE 1 END) = $3",
              DB_ARGS(DB_INT(action), DB_INT(done ? at->now_us : 0), DB_INT(!done))));
    return changed == 0 ? RC_EXISTS : RC_OK;
}

enum rc review_action_log(const struct app_place *at, int64_t action, int64_t improvement)
{
    uint64_t changed = 0;
    TRY(db_do(at->tx, &changed,
              "UPDATE review_action SET improvement = $2 WHERE id = $1 AND improvement = 0 AND "
              "done_at = 0",
              DB_ARGS(DB_INT(action), DB_INT(improvement))));
    return changed == 0 ? RC_EXISTS : RC_OK;
}

// SPDX-License-Identifier: Apache-2.0
//
// The rows of what is decided by hand: how it stands, and every act that made it so.
#include <string.h>

#include "app/match/match_change.h"

const char match_schema_4[] =
    "ALTER TABLE match_run ADD COLUMN step TEXT NOT NULL DEFAULT '';\n"
    "CREATE TABLE match_change(cohort {id} NOT NULL REFERENCES cohort(id), number {int} NOT NULL, "
    "mentee {id} NOT NULL REFERENCES enrolment(id), mentor {id} NOT NULL REFERENCES enrolment(id), "
    "run {id} NOT NULL REFERENCES match_run(id), was {int} NOT NULL, was_note TEXT NOT NULL, "
    "becomes {int} NOT NULL, note TEXT NOT NULL, made_by {id} NOT NULL REFERENCES person(id), "
    "made_at {int} NOT NULL, undone_by {id} NOT NULL, undone_at {int} NOT NULL, "
    "PRIMARY KEY(cohort, number, mentee, mentor)){end};\n"
    "CREATE INDEX match_change_run ON match_change(run);\n"
    "CREATE INDEX match_change_mentee ON match_change(mentee);\n"
    "CREATE INDEX match_change_mentor ON match_change(mentor);\n"
    "CREATE INDEX match_change_by ON match_change(made_by);\n"
    "CREATE TABLE match_comment(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES "
    "cohort(id), mentee {id} NOT NULL REFERENCES enrolment(id), mentor {id} NOT NULL REFERENCES "
    "enrolment(id), words TEXT NOT NULL, made_by {id} NOT NULL REFERENCES person(id), "
    "made_at {int} NOT NULL){end};\n"
    "CREATE INDEX match_comment_pair ON match_comment(mentee, mentor);\n"
    "CREATE INDEX match_comment_mentor ON match_comment(mentor);\n"
    "CREATE INDEX match_comment_by ON match_comment(made_by);\n";

// ---- how it stands -----------------------------------------------------------------------------

static enum match_hold hold_of(int64_t kind)
{
    return kind == MATCH_PIN ? MATCH_PINNED : MATCH_BANNED;
}

static enum rc hold_now(struct req *req, int64_t cohort, const struct match_hold_set *set,
                        enum match_hold *ret_hold, const char **ret_note)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT kind, note FROM match_link WHERE cohort = $1 AND mentee = $2 "
                 "AND mentor = $3",
                 DB_ARGS(DB_INT(cohort), DB_INT(set->mentee), DB_INT(set->mentor))));
    *ret_hold = db_count(rows) == 0 ? MATCH_FREE : hold_of(db_int(rows, 0, 0));
    *ret_note = db_count(rows) == 0 ? "" : db_text(rows, 0, 1);
    return RC_OK;
}

// Both must be of the cohort.
static enum rc hold_set(struct req *req, int64_t cohort, const struct match_hold_set *set,
                        const char *note)
{
    uint64_t changed = 0;
    if (set->becomes == MATCH_FREE)
        return db_do(req->tx, NULL,
                     "DELETE FROM match_link WHERE cohort = $1 AND mentee = $2 AND mentor = $3",
                     DB_ARGS(DB_INT(cohort), DB_INT(set->mentee), DB_INT(set->mentor)));
    TRY(db_do(req->tx, &changed,
              "INSERT INTO match_link(cohort, mentee, mentor, kind, note, set_by, at) "
              "SELECT $1, a.id, b.id, $4, $5, $6, $7 FROM enrolment a, enrolment b "
              "WHERE a.id = $2 AND a.cohort = $1 AND a.role = 'mentee' "
              "AND b.id = $3 AND b.cohort = $1 AND b.role = 'mentor' "
              "ON CONFLICT (cohort, mentee, mentor) DO UPDATE SET kind = excluded.kind, "
              "note = excluded.note, set_by = excluded.set_by, at = excluded.at",
              DB_ARGS(DB_INT(cohort), DB_INT(set->mentee), DB_INT(set->mentor),
                      DB_INT(set->becomes == MATCH_PINNED ? MATCH_PIN : MATCH_BAN), DB_TEXT(note),
                      DB_INT(req->actor.person), DB_INT(req->now_us))));
    return changed == 1 ? RC_OK : RC_NOT_FOUND;
}

enum rc link_list(struct req *req, int64_t cohort, struct match_link_row **ret_links,
                  size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT l.mentee, l.mentor, l.kind, a.name, b.name, l.note FROM match_link l "
                 "JOIN enrolment x ON x.id = l.mentee JOIN person a ON a.id = x.person "
                 "JOIN enrolment y ON y.id = l.mentor JOIN person b ON b.id = y.person "
                 "WHERE l.cohort = $1 ORDER BY x.name_key, l.mentee, l.mentor LIMIT 2000",
                 DB_ARGS(DB_INT(cohort))));
    struct match_link_row *links = ARENA_ARRAY(req->arena, struct match_link_row, db_count(rows));
    if (links == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        links[k] = (struct match_link_row){
            {db_int(rows, k, 0), db_int(rows, k, 1),
             db_int(rows, k, 2) == MATCH_PIN ? MATCH_PIN : MATCH_BAN},
            db_text(rows, k, 3),
            db_text(rows, k, 4),
            db_text(rows, k, 5),
            db_int(rows, k, 2) == MATCH_PIN ? "pin" : "ban"
        };
    *ret_links = links;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc change_pins_of(struct req *req, int64_t cohort, int64_t mentee, struct db_rows **ret_rows)
{
    return db_query(req->tx, req->arena, ret_rows,
                    "SELECT mentor FROM match_link WHERE cohort = $1 AND mentee = $2 AND kind = 0 "
                    "ORDER BY mentor LIMIT 10",
                    DB_ARGS(DB_INT(cohort), DB_INT(mentee)));
}

// ---- acts --------------------------------------------------------------------------------------

static enum rc is_of_cohort(struct req *req, int64_t cohort, const struct match_hold_set *set)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT 1 FROM enrolment a, enrolment b WHERE a.id = $2 AND a.cohort = $1 "
                 "AND a.role = 'mentee' AND b.id = $3 AND b.cohort = $1 AND b.role = 'mentor'",
                 DB_ARGS(DB_INT(cohort), DB_INT(set->mentee), DB_INT(set->mentor))));
    return db_count(rows) == 1 ? RC_OK : RC_NOT_FOUND;
}

static enum rc add_row(struct req *req, const struct match_run *run, int64_t number,
                       const struct match_hold_set *set, const char *note)
{
    enum match_hold was = MATCH_FREE;
    const char *was_note = "";
    TRY(is_of_cohort(req, run->cohort, set));
    TRY(hold_now(req, run->cohort, set, &was, &was_note));
    if (was == set->becomes && (set->becomes == MATCH_FREE || strcmp(note, was_note) == 0))
        return RC_BAD_INPUT;
    TRY(hold_set(req, run->cohort, set, note));
    return db_do(req->tx, NULL,
                 "INSERT INTO match_change(cohort, number, mentee, mentor, run, was, was_note, "
                 "becomes, note, made_by, made_at, undone_by, undone_at) "
                 "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0)",
                 DB_ARGS(DB_INT(run->cohort), DB_INT(number), DB_INT(set->mentee),
                         DB_INT(set->mentor), DB_INT(run->id), DB_INT(was), DB_TEXT(was_note),
                         DB_INT(set->becomes), DB_TEXT(note), DB_INT(req->actor.person),
                         DB_INT(req->now_us)));
}

enum rc change_add(struct req *req, const struct match_run *run, const struct match_hold_set *sets,
                   size_t count, const char *note)
{
    struct db_rows *rows = NULL;
    bool changes = false;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT coalesce(max(number), 0) FROM match_change WHERE cohort = $1",
                 DB_ARGS(DB_INT(run->cohort))));
    for (size_t k = 0; k < count; k++) {
        enum rc rc = add_row(req, run, db_int(rows, 0, 0) + 1, &sets[k], note);
        if (rc != RC_OK && rc != RC_BAD_INPUT)
            return rc;
        changes |= rc == RC_OK;
    }
    return changes ? RC_OK : RC_BAD_INPUT;
}

enum rc change_list(struct req *req, int64_t cohort, int64_t before, int64_t most,
                    struct match_change **ret_changes, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT c.number, c.run, c.mentee, c.mentor, c.was, c.becomes, c.note, a.name, "
        "b.name, p.name, c.made_at, c.undone_at FROM match_change c "
        "JOIN enrolment x ON x.id = c.mentee JOIN person a ON a.id = x.person "
        "JOIN enrolment y ON y.id = c.mentor JOIN person b ON b.id = y.person "
        "JOIN person p ON p.id = c.made_by WHERE c.cohort = $1 "
        "AND ($2 = 0 OR c.number < $2) ORDER BY c.number DESC, c.mentee, c.mentor LIMIT $3",
        DB_ARGS(DB_INT(cohort), DB_INT(before), DB_INT(most))));
    struct match_change *changes = ARENA_ARRAY(req->arena, struct match_change, db_count(rows));
    if (changes == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        changes[k] = (struct match_change){
            db_int(rows, k, 0),
            db_int(rows, k, 1),
            db_int(rows, k, 2),
            db_int(rows, k, 3),
            (enum match_hold)db_int(rows, k, 4),
            (enum match_hold)db_int(rows, k, 5),
            db_text(rows, k, 6),
            db_text(rows, k, 7),
            db_text(rows, k, 8),
            db_text(rows, k, 9),
            db_int(rows, k, 10),
            db_int(rows, k, 11),
        };
    *ret_changes = changes;
    *ret_count = db_count(rows);
    return RC_OK;
}

// ---- back and again ----------------------------------------------------------------------------

enum rc change_ends(struct req *req, int64_t cohort, int64_t *ret_newest, int64_t *ret_again)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT (SELECT coalesce(max(number), 0) FROM match_change WHERE cohort = $1 "
                 "AND undone_at = 0), (SELECT coalesce(min(u.number), 0) FROM match_change u "
                 "WHERE u.cohort = $1 AND u.undone_at > 0 AND u.number > (SELECT "
                 "coalesce(max(l.number), 0) FROM match_change l WHERE l.cohort = $1 "
                 "AND l.undone_at = 0))",
                 DB_ARGS(DB_INT(cohort))));
    *ret_newest = db_int(rows, 0, 0);
    *ret_again = db_int(rows, 0, 1);
    return RC_OK;
}

// The rows of acts that hold, from `number` on, the newest first.
static enum rc rows_back(struct req *req, int64_t cohort, int64_t number, struct db_rows **ret_rows)
{
    TRY(db_query(req->tx, req->arena, ret_rows,
                 "SELECT mentee, mentor, was, was_note, number FROM match_change "
                 "WHERE cohort = $1 AND number >= $2 AND undone_at = 0 "
                 "ORDER BY number DESC, mentee, mentor LIMIT $3",
                 DB_ARGS(DB_INT(cohort), DB_INT(number), DB_INT(MATCH_EDITS_MAX + 1))));
    size_t count = db_count(*ret_rows);
    bool is_there = count > 0 && db_int(*ret_rows, count - 1, 4) == number;
    return is_there && count <= MATCH_EDITS_MAX ? RC_OK : RC_EXISTS;
}

static enum rc rows_again(struct req *req, int64_t cohort, int64_t number,
                          struct db_rows **ret_rows)
{
    int64_t newest = 0;
    int64_t again = 0;
    TRY(change_ends(req, cohort, &newest, &again));
    if (again == 0 || again != number)
        return RC_EXISTS;
    return db_query(req->tx, req->arena, ret_rows,
                    "SELECT mentee, mentor, becomes, note FROM match_change "
                    "WHERE cohort = $1 AND number = $2 AND undone_at > 0 "
                    "ORDER BY mentee, mentor LIMIT $3",
                    DB_ARGS(DB_INT(cohort), DB_INT(number), DB_INT(MATCH_EDITS_MAX)));
}

static struct match_hold_set set_of(const struct db_rows *rows, size_t k)
{
    return (struct match_hold_set){db_int(rows, k, 0), db_int(rows, k, 1),
                                   (enum match_hold)db_int(rows, k, 2)};
}

// A pair that stands in several acts becomes what it was before the oldest.
static void put_set(struct match_hold_set *sets, size_t *count, struct match_hold_set set)
{
    for (size_t k = 0; k < *count; k++)
        if (sets[k].mentee == set.mentee && sets[k].mentor == set.mentor) {
            sets[k].becomes = set.becomes;
            return;
        }
    sets[(*count)++] = set;
}

enum rc change_back(struct req *req, int64_t cohort, int64_t number, struct match_hold_set *sets,
                    size_t *ret_count, int64_t *ret_acts)
{
    struct db_rows *rows = NULL;
    size_t count = 0;
    int64_t acts = 0;
    TRY(rows_back(req, cohort, number, &rows));
    for (size_t k = 0; k < db_count(rows); k++) {
        put_set(sets, &count, set_of(rows, k));
        acts += k == 0 || db_int(rows, k, 4) != db_int(rows, k - 1, 4);
    }
    *ret_count = count;
    *ret_acts = acts;
    return RC_OK;
}

enum rc change_again(struct req *req, int64_t cohort, int64_t number, struct match_hold_set *sets,
                     size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(rows_again(req, cohort, number, &rows));
    for (size_t k = 0; k < db_count(rows); k++)
        sets[k] = set_of(rows, k);
    *ret_count = db_count(rows);
    return RC_OK;
}

static enum rc set_all(struct req *req, int64_t cohort, const struct db_rows *rows)
{
    for (size_t k = 0; k < db_count(rows); k++) {
        struct match_hold_set set = set_of(rows, k);
        TRY(hold_set(req, cohort, &set, db_text(rows, k, 3)));
    }
    return RC_OK;
}

enum rc change_do_back(struct req *req, int64_t cohort, int64_t number)
{
    struct db_rows *rows = NULL;
    TRY(rows_back(req, cohort, number, &rows));
    TRY(set_all(req, cohort, rows));
    return db_do(
        req->tx, NULL,
        "UPDATE match_change SET undone_at = $3, undone_by = $4 WHERE cohort = $1 "
        "AND number >= $2 AND undone_at = 0",
        DB_ARGS(DB_INT(cohort), DB_INT(number), DB_INT(req->now_us), DB_INT(req->actor.person)));
}

enum rc change_do_again(struct req *req, int64_t cohort, int64_t number)
{
    struct db_rows *rows = NULL;
    TRY(rows_again(req, cohort, number, &rows));
    TRY(set_all(req, cohort, rows));
    return db_do(req->tx, NULL,
                 "UPDATE match_change SET undone_at = 0, undone_by = 0 WHERE cohort = $1 "
                 "AND number = $2",
                 DB_ARGS(DB_INT(cohort), DB_INT(number)));
}

// ---- comments ----------------------------------------------------------------------------------

enum rc comment_add(struct req *req, int64_t cohort, int64_t mentee, int64_t mentor,
                    const char *words)
{
    struct match_hold_set two = {mentee, mentor, MATCH_FREE};
    TRY(is_of_cohort(req, cohort, &two));
    return db_do(req->tx, NULL,
                 "INSERT INTO match_comment(id, cohort, mentee, mentor, words, made_by, made_at) "
                 "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                 DB_ARGS(DB_INT(db_new_id(req->now_us)), DB_INT(cohort), DB_INT(mentee),
                         DB_INT(mentor), DB_TEXT(words), DB_INT(req->actor.person),
                         DB_INT(req->now_us)));
}

enum rc comment_list(struct req *req, int64_t cohort, int64_t mentee, int64_t mentor,
                     struct match_comment **ret_comments, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT c.words, p.name, c.made_at FROM match_comment c "
                 "JOIN person p ON p.id = c.made_by WHERE c.cohort = $1 AND c.mentee = $2 "
                 "AND c.mentor = $3 ORDER BY c.id LIMIT 200",
                 DB_ARGS(DB_INT(cohort), DB_INT(mentee), DB_INT(mentor))));
    struct match_comment *comments = ARENA_ARRAY(req->arena, struct match_comment, db_count(rows));
    if (comments == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        comments[k] =
            (struct match_comment){db_text(rows, k, 0), db_text(rows, k, 1),
                                   app_time_in(req->arena, db_int(rows, k, 2), req->actor.zone)};
    *ret_comments = comments;
    *ret_count = db_count(rows);
    return RC_OK;
}

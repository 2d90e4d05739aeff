// SPDX-License-Identifier: Apache-2.0
//
// The rows of improvements; see improve_store.h.
#include <stdlib.h>
#include <string.h>

#include "app/improve/improve_store.h"

// clang-format off
const struct field_option improvement_states[] = {
    {"proposed",  MSG("proposed")},
    {"accepted",  MSG("accepted")},
    {"doing",     MSG("under way")},
    {"done",      MSG("done")},
    {"evaluated", MSG("done, and looked at again")},
    {"rejected",  MSG("not taken up")},
    {NULL, NULL},
};
// clang-format on

bool improvement_can_move(const char *from, const char *to)
{
    static const char *const moves[][2] = {
        {"proposed", "accepted" },
        {"proposed", "rejected" },
        {"accepted", "doing"    },
        {"doing",    "done"     },
        {"done",     "evaluated"},
    };
    for (size_t k = 0; k < sizeof moves / sizeof moves[0]; k++)
        if (strcmp(moves[k][0], from) == 0 && strcmp(moves[k][1], to) == 0)
            return true;
    return false;
}

#define ITEM                                                                                       \
    "SELECT i.id, i.programme, i.cohort, c.name, i.state, i.finding, i.source, i.idea, i.owner, "  \
    "coalesce(o.name, ''), i.due, i.why, i.applied, coalesce(d.name, ''), i.expected, i.measure, " \
    "i.before_snapshot, i.after_snapshot, i.effect, i.is_public, i.said, i.did, i.review, "        \
    "i.proposed_by, coalesce(p.name, ''), i.made_at, i.changed_at FROM improvement i JOIN cohort " \
    "c ON c.id = i.cohort LEFT JOIN cohort d ON d.id = i.applied LEFT JOIN person o ON o.id = "    \
    "i.owner LEFT JOIN person p ON p.id = i.proposed_by "

static enum rc read_items(struct arena *arena, const struct db_rows *r,
                          struct improvement **ret_items, size_t *ret_count)
{
    struct improvement *all = ARENA_ARRAY(arena, struct improvement, db_count(r) + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct improvement){db_int(r, k, 0),
                                      db_int(r, k, 1),
                                      db_int(r, k, 2),
                                      db_text(r, k, 3),
                                      db_text(r, k, 4),
                                      db_text(r, k, 5),
                                      db_text(r, k, 6),
                                      db_text(r, k, 7),
                                      db_int(r, k, 8),
                                      db_text(r, k, 9),
                                      db_text(r, k, 10),
                                      db_text(r, k, 11),
                                      db_int(r, k, 12),
                                      db_text(r, k, 13),
                                      db_text(r, k, 14),
                                      db_text(r, k, 15),
                                      db_int(r, k, 16),
                                      db_int(r, k, 17),
                                      db_text(r, k, 18),
                                      db_int(r, k, 19),
                                      db_text(r, k, 20),
                                      db_text(r, k, 21),
                                      db_int(r, k, 22),
                                      db_int(r, k, 23),
                                      db_text(r, k, 24),
                                      db_int(r, k, 25),
                                      db_int(r, k, 26),
                                      "",
                                      {0},
                                      {0}};
    *ret_items = all;
    *ret_count = db_count(r);
    return RC_OK;
}

static enum rc note_move(const struct app_place *at, const struct improvement *item, const char *to,
                         const char *reason, int64_t person)
{
    return db_do(at->tx, NULL,
                 "INSERT INTO improvement_move(id, improvement, from_state, to_state, reason, "
                 "by_person, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                 DB_ARGS(DB_INT(db_new_id(at->now_us)), DB_INT(item->id), DB_TEXT(item->state),
                         DB_TEXT(to), DB_TEXT(reason), DB_INT(person), DB_INT(at->now_us)));
}

enum rc improvement_add(const struct app_place *at, struct improvement *item)
{
    item->id = db_new_id(at->now_us);
    item->made_at = at->now_us;
    item->changed_at = at->now_us;
    item->state = "";
    TRY(db_do(
        at->tx, NULL,
        "INSERT INTO improvement(id, programme, cohort, state, finding, source, idea, owner, "
        "due, why, applied, expected, measure, before_snapshot, after_snapshot, effect, "
        "is_public, said, did, review, proposed_by, made_at, changed_at) VALUES ($1, $2, $3, "
        "'proposed', $4, '', $5, $9, $10, '', 0, '', '', 0, 0, '', 0, '', '', $6, $7, $8, $8)",
        DB_ARGS(DB_INT(item->id), DB_INT(item->programme), DB_INT(item->cohort),
                DB_TEXT(item->finding), DB_TEXT(item->idea), DB_INT(item->review),
                DB_INT(item->proposed_by), DB_INT(at->now_us), DB_INT(item->owner),
                DB_TEXT(item->due == NULL ? "" : item->due))));
    TRY(note_move(at, item, "proposed", "", item->proposed_by));
    item->state = "proposed";
    return RC_OK;
}

static enum rc set_tags(const struct app_place *at, const struct improvement *item)
{
    struct text words[TAGS_MOST];
    size_t count = text_split(item->tags, words, TAGS_MOST);
    TRY(db_do(at->tx, NULL, "DELETE FROM improvement_tag WHERE improvement = $1",
              DB_ARGS(DB_INT(item->id))));
    for (size_t k = 0; k < count && k < TAGS_MOST; k++) {
        const char *tag = arena_strndup(at->arena, words[k].bytes, words[k].length);
        if (tag == NULL)
            return RC_NO_MEMORY;
        TRY(db_do(at->tx, NULL,
                  "INSERT INTO improvement_tag(improvement, tag) VALUES ($1, $2) ON CONFLICT "
                  "(improvement, tag) DO NOTHING",
                  DB_ARGS(DB_INT(item->id), DB_TEXT(tag))));
    }
    return RC_OK;
}

enum rc improvement_set(const struct app_place *at, const struct improvement *item)
{
    uint64_t changed = 0;
    TRY(db_do(at->tx, &changed,
              "UPDATE improvement SET finding = $2, source = $3, idea = $4, owner = $5, due = $6, "
              "why = $7, applied = $8, expected = $9, measure = $10, before_snapshot = $11, "
              "after_snapshot = $12, effect = $13, is_public = $14, said = $15, did = $16, "
              "changed_at = $17 WHERE id = $1 AND changed_at = $18",
              DB_ARGS(DB_INT(item->id), DB_TEXT(item->finding), DB_TEXT(item->source),
                      DB_TEXT(item->idea), DB_INT(item->owner), DB_TEXT(item->due),
                      DB_TEXT(item->why), DB_INT(item->applied), DB_TEXT(item->expected),
                      DB_TEXT(item->measure), DB_INT(item->before), DB_INT(item->after),
                      DB_TEXT(item->effect), DB_INT(item->is_public), DB_TEXT(item->said),
                      DB_TEXT(item->did), DB_INT(at->now_us), DB_INT(item->changed_at))));
    return changed == 0 ? RC_EXISTS : set_tags(at, item);
}

enum rc improvement_move(const struct app_place *at, const struct improvement *item, const char *to,
                         const char *reason, int64_t person)
{
    uint64_t changed = 0;
    TRY(db_do(at->tx, &changed,
              "UPDATE improvement SET state = $3, changed_at = $4 WHERE id = $1 AND state = $2",
              DB_ARGS(DB_INT(item->id), DB_TEXT(item->state), DB_TEXT(to), DB_INT(at->now_us))));
    if (changed == 0)
        return RC_EXISTS;
    return note_move(at, item, to, reason, person);
}

enum rc improvement_find_any(struct req *req, int64_t id, struct improvement *ret_item)
{
    struct db_rows *r = NULL;
    struct improvement *all = NULL;
    size_t count = 0;
    TRY(db_query(req->tx, req->arena, &r, ITEM "WHERE i.id = $1", DB_ARGS(DB_INT(id))));
    TRY(read_items(req->arena, r, &all, &count));
    if (count == 0)
        return RC_NOT_FOUND;
    *ret_item = all[0];
    return RC_OK;
}

enum rc improvement_tags(struct req *req, int64_t programme, int64_t item, struct choice **ret_tags,
                         size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT DISTINCT t.tag FROM improvement i JOIN improvement_tag t ON t.improvement = "
        "i.id WHERE i.programme = $1 AND ($2 = 0 OR i.id = $2) ORDER BY t.tag LIMIT 200",
        DB_ARGS(DB_INT(programme), DB_INT(item))));
    struct choice *all = ARENA_ARRAY(req->arena, struct choice, db_count(r) + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct choice){db_text(r, k, 0), db_text(r, k, 0), true};
    *ret_tags = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc improvement_find(struct req *req, int64_t cohort, int64_t id, struct improvement *ret_item)
{
    struct improvement item;
    TRY(improvement_find_any(req, id, &item));
    if (item.cohort != cohort)
        return RC_NOT_FOUND;
    *ret_item = item;
    return RC_OK;
}

enum rc improvement_list(struct req *req, int64_t programme,
                         const struct improvement_filter *filter, struct improvement **ret_items,
                         size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        ITEM
        "WHERE i.programme = $1 AND ($2 = '' OR i.state = $2) AND ($3 = 0 OR "
        "i.changed_at < $3) AND ($5 = '' OR EXISTS (SELECT 1 FROM improvement_tag t WHERE t.improvement = "
        "i.id AND t.tag = $5)) ORDER BY i.changed_at DESC, i.id LIMIT $4",
        DB_ARGS(DB_INT(programme), DB_TEXT(filter->state), DB_INT(filter->before),
                DB_INT(IMPROVEMENTS_PAGE + 1), DB_TEXT(filter->tag))));
    return read_items(req->arena, r, ret_items, ret_count);
}

enum rc improvement_of_review(struct req *req, int64_t review, struct improvement **ret_items,
                              size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r, ITEM "WHERE i.review = $1 ORDER BY i.id LIMIT 100",
                 DB_ARGS(DB_INT(review))));
    return read_items(req->arena, r, ret_items, ret_count);
}

enum rc improvement_mine(struct req *req, int64_t cohort, struct improvement **ret_items,
                         size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r,
                 ITEM "WHERE i.proposed_by = $1 AND i.cohort = $2 ORDER BY i.id DESC LIMIT 50",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(cohort))));
    return read_items(req->arena, r, ret_items, ret_count);
}

enum rc improvement_told(struct req *req, int64_t programme, struct improvement **ret_items,
                         size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r,
                 ITEM
                 "WHERE i.programme = $1 AND i.is_public = 1 AND i.state <> 'proposed' ORDER BY "
                 "i.changed_at DESC, i.id LIMIT 50",
                 DB_ARGS(DB_INT(programme))));
    return read_items(req->arena, r, ret_items, ret_count);
}

enum rc improvement_history(struct req *req, int64_t id, struct improvement_move **ret_moves,
                            size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT v.from_state, v.to_state, v.reason, coalesce(p.name, ''), v.at FROM "
        "improvement_move v LEFT JOIN person p ON p.id = v.by_person WHERE v.improvement = "
        "$1 ORDER BY v.id LIMIT 100",
        DB_ARGS(DB_INT(id))));
    struct improvement_move *all =
        ARENA_ARRAY(req->arena, struct improvement_move, db_count(r) + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = (struct improvement_move){db_text(r, k, 0), db_text(r, k, 1), db_text(r, k, 2),
                                           db_text(r, k, 3), db_int(r, k, 4)};
    *ret_moves = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc improvement_effect(struct req *req, struct improvement *item)
{
    TRY(snapshot_value(req->tx, req->arena, item->before, item->measure, &item->was));
    return snapshot_value(req->tx, req->arena, item->after, item->measure, &item->is);
}

// ---- what can be chosen ------------------------------------------------------------------------

bool choice_has(const struct choice *all, size_t count, const char *value)
{
    for (size_t k = 0; k < count; k++)
        if (strcmp(all[k].value, value) == 0)
            return true;
    return false;
}

// Rows of an id and words.
static enum rc read_choices(struct req *req, const struct db_rows *r, const char *before,
                            struct choice *all, size_t *count)
{
    for (size_t k = 0; k < db_count(r); k++) {
        const char *value = arena_printf(req->arena, "%s%lld", before, (long long)db_int(r, k, 0));
        if (value == NULL)
            return RC_NO_MEMORY;
        all[(*count)++] = (struct choice){value, db_text(r, k, 1), true};
    }
    return RC_OK;
}

static enum rc only_rows(struct req *req, const struct db_rows *r, struct choice **ret_all,
                         size_t *ret_count)
{
    struct choice *all = ARENA_ARRAY(req->arena, struct choice, db_count(r) + 1);
    *ret_count = 0;
    if (all == NULL)
        return RC_NO_MEMORY;
    *ret_all = all;
    return read_choices(req, r, "", all, ret_count);
}

static const struct choice questions[] = {
    {"question:fit",       MSG("Answers: does it fit?"),                  false},
    {"question:satisfied", MSG("Answers: how content are you?"),          false},
    {"question:goals",     MSG("Answers: how far with what you wanted?"), false},
    {"question:often",     MSG("Answers: do you meet often enough?"),     false},
    {"question:recommend", MSG("Answers: would you tell a friend?"),      false},
    {"question:words",     MSG("Answers in people's own words"),          false},
};
enum { QUESTIONS = sizeof questions / sizeof questions[0] };

// What a concern was about stays with those who read concerns: here is only its kind and month, for
// those that are settled, and never one about behaviour or safety, or of the actor's own pair.
static enum rc add_cases(struct req *req, int64_t cohort, struct choice *all, size_t *count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT c.id, c.kind, c.made_at FROM concern_case c WHERE c.cohort = $1 AND c.state = "
        "'resolved' AND c.kind NOT IN ('conduct', 'safety') AND c.by_person <> $2 AND NOT EXISTS "
        "(SELECT 1 FROM match m JOIN enrolment e ON e.id = m.mentee OR e.id = m.mentor WHERE m.id = "
        "c.match AND e.person = $2) ORDER BY c.id DESC LIMIT 50",
        DB_ARGS(DB_INT(cohort), DB_INT(req->actor.person))));
    for (size_t k = 0; k < db_count(r); k++) {
        const char *time = app_time(req->arena, db_int(r, k, 2));
        const char *words = message_in(req->locale, MSG("A concern that is settled"));
        const char *label = arena_printf(req->arena, "%s, %.7s", words, time == NULL ? "" : time);
        const char *value = arena_printf(req->arena, "case:%lld", (long long)db_int(r, k, 0));
        if (label == NULL || value == NULL)
            return RC_NO_MEMORY;
        all[(*count)++] = (struct choice){value, label, true};
    }
    return RC_OK;
}

enum rc choice_sources(struct req *req, int64_t cohort, struct choice **ret_all, size_t *ret_count)
{
    struct choice *all =
        ARENA_ARRAY(req->arena, struct choice, measure_row_count() + QUESTIONS + 50);
    size_t count = 0;
    if (all == NULL)
        return RC_NO_MEMORY;
    for (const struct measure_row *row = measure_rows; row->name != NULL; row++) {
        const char *value = arena_printf(req->arena, "measure:%s", row->name);
        if (value == NULL)
            return RC_NO_MEMORY;
        all[count++] = (struct choice){value, row->label, false};
    }
    memcpy(all + count, questions, sizeof questions);
    count += QUESTIONS;
    TRY(add_cases(req, cohort, all, &count));
    *ret_all = all;
    *ret_count = count;
    return RC_OK;
}

enum rc choice_owners(struct req *req, int64_t cohort, struct choice **ret_all, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT p.id, p.name FROM person p WHERE p.closed_at = 0 AND (p.admin = 1 OR p.id IN "
        "(SELECT person FROM role WHERE role IN ('manager', 'coordinator') AND (cohort = 0 "
        "OR cohort = $1 OR cohort IN (SELECT programme FROM cohort WHERE id = $1)))) ORDER "
        "BY p.name, p.id LIMIT 100",
        DB_ARGS(DB_INT(cohort))));
    return only_rows(req, r, ret_all, ret_count);
}

enum rc choice_cohorts(struct req *req, int64_t programme, struct choice **ret_all,
                       size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT id, name FROM cohort WHERE programme = $1 AND state <> 'template' ORDER BY "
        "id DESC LIMIT 100",
        DB_ARGS(DB_INT(programme))));
    return only_rows(req, r, ret_all, ret_count);
}

enum rc choice_snapshots(struct req *req, int64_t programme, struct choice **ret_all,
                         size_t *ret_count)
{
    struct snapshot *snapshots = NULL;
    size_t count = 0;
    TRY(snapshot_list(req->tx, req->arena, programme, &snapshots, &count));
    struct choice *all = ARENA_ARRAY(req->arena, struct choice, count + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++) {
        const char *value = arena_printf(req->arena, "%lld", (long long)snapshots[k].id);
        if (value == NULL)
            return RC_NO_MEMORY;
        all[k] = (struct choice){value, snapshots[k].label, true};
    }
    *ret_all = all;
    *ret_count = count;
    return RC_OK;
}

// SPDX-License-Identifier: Apache-2.0
//
// The rows of badge rules and of awards; see recognition_store.h.
#include <string.h>

#include "app/recognition/recognition_store.h"

// ---- what is counted ---------------------------------------------------------------------------

#define HER_MATCHES                                                                                \
    "FROM match m JOIN enrolment x ON x.id = m.mentee JOIN enrolment y ON y.id = m.mentor WHERE "  \
    "(x.person = $1 OR y.person = $1) "

// clang-format off
static const struct {
    const char *counts;
    const char *sql; // one number for the person $1
} counted[] = {
    {"meetings", "SELECT count(*) FROM meeting t WHERE t.state = 'held' AND t.match IN (SELECT m.id " HER_MATCHES ")"},
    {"hours",    "SELECT CAST(coalesce(sum(t.held_minutes), 0) AS BIGINT) / 60 FROM meeting t WHERE t.state = 'held' AND t.match IN (SELECT m.id " HER_MATCHES ")"},
    {"goals",    "SELECT count(*) FROM goal g WHERE g.state = 'achieved' AND g.match IN (SELECT m.id " HER_MATCHES ")"},
    {"pairs",    "SELECT count(*) " HER_MATCHES "AND m.state = 'completed'"},
    {"feedback", "SELECT count(*) FROM report r WHERE r.person = $1"},
    {"articles", "SELECT count(DISTINCT c.article) FROM contribution c WHERE c.person = $1 AND c.state = 'approved'"},
    {"sessions", "SELECT (SELECT count(*) FROM meeting t WHERE t.state = 'held' AND t.match IN (SELECT m.id " HER_MATCHES ")) + (SELECT count(*) FROM circle_presence s JOIN circle_meeting g ON g.id = s.meeting AND g.state = 'held' WHERE s.person = $1)"},
    {"circles",  "SELECT count(*) FROM circle_presence s JOIN circle_meeting g ON g.id = s.meeting AND g.state = 'held' WHERE s.person = $1"},
    {"events",   "SELECT count(*) FROM rsvp r WHERE r.person = $1 AND r.came_at > 0"},
    {"training", "SELECT count(DISTINCT c.training) FROM completion c JOIN training t ON t.id = c.training AND c.version >= t.redo_from WHERE c.person = $1"},
};
const struct field_option badge_counts[] = {
    {"meetings", MSG("meetings that were held")},
    {"hours",    MSG("hours of meetings that were held")},
    {"goals",    MSG("goals that were reached")},
    {"pairs",    MSG("pairs that came to a good end")},
    {"feedback", MSG("meetings after which she said how it went")},
    {"articles", MSG("articles with an approved contribution of hers")},
    {"sessions", MSG("meetings that were held, of her pairs and of her circles")},
    {"circles",  MSG("meetings of circles at which she was")},
    {"events",   MSG("events at which she was")},
    {"training", MSG("trainings that she has completed")},
    {NULL, NULL},
};
// clang-format on

enum rc badge_count(struct db_tx *tx, struct arena *arena, const char *counts, int64_t person,
                    int64_t *ret_count)
{
    for (size_t k = 0; k < sizeof counted / sizeof counted[0]; k++) {
        struct db_rows *rows = NULL;
        if (strcmp(counted[k].counts, counts) != 0)
            continue;
        TRY(db_query(tx, arena, &rows, counted[k].sql, DB_ARGS(DB_INT(person))));
        *ret_count = db_int(rows, 0, 0);
        return RC_OK;
    }
    return RC_BAD_INPUT;
}

// ---- rules -------------------------------------------------------------------------------------

#define RULE                                                                                       \
    "SELECT r.id, r.root, r.version, r.title, r.about, r.counts, r.least, r.by_hand, r.is_on, "    \
    "(SELECT count(*) FROM award a WHERE a.root = r.root AND a.state = 'confirmed') FROM "         \
    "badge_rule r "

static struct badge_rule read_rule(const struct db_rows *r, size_t k)
{
    return (struct badge_rule){db_int(r, k, 0),  db_int(r, k, 1),      db_int(r, k, 2),
                               db_text(r, k, 3), db_text(r, k, 4),     db_text(r, k, 5),
                               db_int(r, k, 6),  db_int(r, k, 7) == 1, db_int(r, k, 8) == 1,
                               db_int(r, k, 9)};
}

enum rc badge_rules(struct db_tx *tx, struct arena *arena, struct badge_rule **ret_rules,
                    size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, RULE "WHERE r.superseded = 0 ORDER BY r.root LIMIT 100",
                 DB_NO_ARGS));
    struct badge_rule *all = ARENA_ARRAY(arena, struct badge_rule, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_rule(rows, k);
    *ret_rules = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc badge_rule_find(struct db_tx *tx, struct arena *arena, int64_t root,
                        struct badge_rule *ret_rule)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, RULE "WHERE r.root = $1 AND r.superseded = 0",
                 DB_ARGS(DB_INT(root))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_rule = read_rule(rows, 0);
    return RC_OK;
}

enum rc badge_rule_put(struct db_tx *tx, struct badge_rule *rule, int64_t by, int64_t now_us)
{
    rule->id = db_new_id(now_us);
    rule->version = rule->root == 0 ? 1 : rule->version + 1;
    TRY(db_do(tx, NULL, "UPDATE badge_rule SET superseded = $2 WHERE root = $1 AND superseded = 0",
              DB_ARGS(DB_INT(rule->root), DB_INT(now_us))));
    if (rule->root == 0)
        rule->root = rule->id;
    return db_do(tx, NULL,
                 "INSERT INTO badge_rule(id, root, version, title, about, counts, least, by_hand, "
                 "is_on, made_by, made_at, superseded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
                 "$10, $11, 0)",
                 DB_ARGS(DB_INT(rule->id), DB_INT(rule->root), DB_INT(rule->version),
                         DB_TEXT(rule->title), DB_TEXT(rule->about), DB_TEXT(rule->counts),
                         DB_INT(rule->least), DB_INT(rule->by_hand), DB_INT(rule->on), DB_INT(by),
                         DB_INT(now_us)));
}

enum rc badge_add_ready(const struct app_place *place)
{
    // clang-format off
    static const struct badge_rule ready[] = {
        {.title = "First steps",   .about = "The first meeting was held.",                            .counts = "meetings", .least = 1,  .on = true},
        {.title = "Staying power", .about = "Ten meetings were held, through whatever came between.", .counts = "meetings", .least = 10, .on = true},
        {.title = "Goal reached",  .about = "A goal that both had agreed on was reached.",            .counts = "goals",    .least = 1,  .on = true},
        {.title = "Good listener", .about = "Said after ten meetings how it went.",                   .counts = "feedback", .least = 10, .on = true},
        {.title = "Good company", .about = "Was at five meetings of circles.",                        .counts = "circles",  .least = 5,  .on = true},
        {.title = "Well prepared", .about = "Completed a training, with all of its questions.",       .counts = "training", .least = 1,  .on = true},
        {.title = "Guide of many", .about = "Three pairs came to a good end.",                        .counts = "pairs",    .least = 3,  .by_hand = true, .on = true},
    };
    // clang-format on
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows, "SELECT 1 FROM badge_rule LIMIT 1", DB_NO_ARGS));
    for (size_t k = 0; db_count(rows) == 0 && k < sizeof ready / sizeof ready[0]; k++) {
        struct badge_rule rule = ready[k];
        TRY(badge_rule_put(place->tx, &rule, 0, place->now_us));
    }
    return RC_OK;
}

// ---- awards ------------------------------------------------------------------------------------

static const struct app_letter letter_badge = {
    MSG("You have a new badge"),
    {MSG("Hello {0},"), MSG("you have reached the badge \"{1}\"."), "{2}",
                              MSG("You see it, and what it rests on, here:"), "{3}", NULL}
};

static enum rc tell_award(const struct app_place *place, int64_t person, const char *title,
                          const char *about)
{
    struct db_rows *rows = NULL;
    bool wanted = false;
    TRY(recognition_wanted(place->tx, place->arena, person, &wanted));
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT email, language, name FROM person WHERE id = $1 AND closed_at = 0",
                 DB_ARGS(DB_INT(person))));
    const char *url = arena_printf(place->arena, "%s/recognition",
                                   place->app->url == NULL ? "" : place->app->url);
    if (!wanted || db_count(rows) == 0)
        return RC_OK;
    if (url == NULL)
        return RC_NO_MEMORY;
    const char *const values[] = {db_text(rows, 0, 2), title, about, url};
    return app_send_from(place, db_text(rows, 0, 0), db_text(rows, 0, 1), &letter_badge, values, 4);
}

// What belongs to no cohort, such as a training, counts for the newest one that she is in: those
// who run it decide on badges that a person gives.
static enum rc find_cohort(const struct app_place *place, int64_t person, int64_t *ret_cohort)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT coalesce(max(e.cohort), 0) FROM enrolment e WHERE e.person = $1 AND "
                 "e.state IN ('submitted', 'approved', 'waitlisted')",
                 DB_ARGS(DB_INT(person))));
    *ret_cohort = db_int(rows, 0, 0);
    return RC_OK;
}

enum rc award_earned(const struct app_place *place, int64_t person, int64_t cohort)
{
    struct badge_rule *rules = NULL;
    size_t count = 0;
    if (cohort == 0)
        TRY(find_cohort(place, person, &cohort));
    TRY(badge_rules(place->tx, place->arena, &rules, &count));
    for (size_t k = 0; k < count; k++) {
        int64_t amount = 0;
        uint64_t changed = 0;
        if (!rules[k].on)
            continue;
        TRY(badge_count(place->tx, place->arena, rules[k].counts, person, &amount));
        if (amount < rules[k].least)
            continue;
        // One for each rule: also what was taken back is not given again by itself.
        TRY(db_do(place->tx, &changed,
                  "INSERT INTO award(id, rule, root, person, cohort, amount, state, made_at, "
                  "decided_by, decided_at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, "
                  "'') ON CONFLICT (root, person) DO NOTHING",
                  DB_ARGS(DB_INT(db_new_id(place->now_us)), DB_INT(rules[k].id),
                          DB_INT(rules[k].root), DB_INT(person), DB_INT(cohort), DB_INT(amount),
                          DB_TEXT(rules[k].by_hand ? "candidate" : "confirmed"),
                          DB_INT(place->now_us), DB_INT(rules[k].by_hand ? 0 : place->now_us))));
        if (changed > 0 && !rules[k].by_hand)
            TRY(tell_award(place, person, rules[k].title, rules[k].about));
    }
    return RC_OK;
}

#define AWARD                                                                                       \
    "SELECT a.id, a.person, a.cohort, p.name, r.title, r.about, r.counts, a.amount, r.least, "      \
    "r.version, a.state, a.made_at, a.decided_at, a.reason FROM award a JOIN badge_rule r ON r.id " \
    "= a.rule JOIN person p ON p.id = a.person "

static struct award read_award(const struct db_rows *r, size_t k)
{
    return (struct award){db_int(r, k, 0),  db_int(r, k, 1),  db_int(r, k, 2),   db_text(r, k, 3),
                          db_text(r, k, 4), db_text(r, k, 5), db_text(r, k, 6),  db_int(r, k, 7),
                          db_int(r, k, 8),  db_int(r, k, 9),  db_text(r, k, 10), db_int(r, k, 11),
                          db_int(r, k, 12), db_text(r, k, 13)};
}

static enum rc read_awards(struct arena *arena, const struct db_rows *rows, struct award **ret_all,
                           size_t *ret_count)
{
    struct award *all = ARENA_ARRAY(arena, struct award, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_award(rows, k);
    *ret_all = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc award_mine(struct req *req, struct award **ret_all, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 AWARD "WHERE a.person = $1 AND a.state = 'confirmed' ORDER BY a.decided_at DESC, "
                       "a.id LIMIT 100",
                 DB_ARGS(DB_INT(req->actor.person))));
    return read_awards(req->arena, rows, ret_all, ret_count);
}

enum rc award_of_cohort(struct req *req, int64_t cohort, struct award **ret_all, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 AWARD "WHERE a.cohort = $1 ORDER BY CASE WHEN a.state = 'candidate' THEN 0 ELSE 1 "
                       "END, a.id DESC LIMIT 200",
                 DB_ARGS(DB_INT(cohort))));
    return read_awards(req->arena, rows, ret_all, ret_count);
}

enum rc award_find(struct req *req, int64_t cohort, int64_t id, struct award *ret_award)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows, AWARD "WHERE a.id = $1 AND a.cohort = $2",
                 DB_ARGS(DB_INT(id), DB_INT(cohort))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_award = read_award(rows, 0);
    return RC_OK;
}

enum rc award_move(struct req *req, const struct award *award, const char *to, const char *reason)
{
    const struct app_place place = app_here(req);
    uint64_t changed = 0;
    TRY(db_do(req->tx, &changed,
              "UPDATE award SET state = $3, reason = $4, decided_by = $5, decided_at = $6 WHERE id "
              "= $1 AND state = $2",
              DB_ARGS(DB_INT(award->id), DB_TEXT(award->state), DB_TEXT(to), DB_TEXT(reason),
                      DB_INT(req->actor.person), DB_INT(req->now_us))));
    if (changed == 0)
        return RC_EXISTS;
    return strcmp(to, "confirmed") == 0
               ? tell_award(&place, award->person, award->title, award->about)
               : RC_OK;
}

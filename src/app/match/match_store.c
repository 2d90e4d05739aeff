// SPDX-License-Identifier: Apache-2.0
//
// The rows of rules, runs, their pairs and what was said about them.
#include "app/match/match_store.h"

#include <stdio.h>
#include <string.h>

#include "auth/token.h"

const char match_schema_1[] =
    "CREATE TABLE match_run(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES "
    "cohort(id), state TEXT NOT NULL, made_at {int} NOT NULL, mentees {int} NOT NULL, "
    "mentors {int} NOT NULL, matched {int} NOT NULL, total {int} NOT NULL, lowest {int} NOT NULL, "
    "proved {int} NOT NULL, seed {int} NOT NULL){end};\n"
    "CREATE INDEX match_run_cohort ON match_run(cohort);\n"
    "CREATE TABLE match_pair(run {id} NOT NULL REFERENCES match_run(id), mentee {id} NOT NULL "
    "REFERENCES enrolment(id), mentor {id} NOT NULL REFERENCES enrolment(id), score {int} NOT "
    "NULL, topics {int} NOT NULL, languages {int} NOT NULL, times {int} NOT NULL, "
    "PRIMARY KEY(run, mentee, mentor)){end};\n"
    "CREATE TABLE match(id {id} NOT NULL PRIMARY KEY, run {id} NOT NULL REFERENCES match_run(id), "
    "mentee {id} NOT NULL REFERENCES enrolment(id), mentor {id} NOT NULL REFERENCES enrolment(id), "
    "made_at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX match_mentee ON match(mentee);\n"
    "CREATE INDEX match_mentor ON match(mentor);\n";

// What the first version kept was never in use by anybody.
const char match_schema_2[] =
    "DROP TABLE match;\n"
    "DROP TABLE match_pair;\n"
    "ALTER TABLE match_run ADD COLUMN rules {id} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE match_run ADD COLUMN progress {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE match_run ADD COLUMN only_mentee {id} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE match_run ADD COLUMN digest TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE match_run ADD COLUMN certificate TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE match_run ADD COLUMN asked_by {id} NOT NULL DEFAULT 0;\n"
    "CREATE TABLE match_rules(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES "
    "cohort(id), version {int} NOT NULL, made_at {int} NOT NULL, made_by {id} NOT NULL, "
    "overlap {int} NOT NULL, gap {int} NOT NULL, language {int} NOT NULL, employer {int} NOT NULL, "
    "format {int} NOT NULL, lowest {int} NOT NULL, w_topics {int} NOT NULL, w_level {int} NOT NULL, "
    "w_time {int} NOT NULL, w_languages {int} NOT NULL, w_formats {int} NOT NULL, "
    "w_choices {int} NOT NULL, best TEXT NOT NULL, asks TEXT NOT NULL, days {int} NOT NULL, "
    "passes_on {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX match_rules_version ON match_rules(cohort, version);\n"
    "CREATE TABLE match_pair(run {id} NOT NULL REFERENCES match_run(id), mentee {id} NOT NULL "
    "REFERENCES enrolment(id), mentor {id} NOT NULL REFERENCES enrolment(id), score {int} NOT "
    "NULL, overlap {int} NOT NULL, flagged {int} NOT NULL, pinned {int} NOT NULL, topics TEXT NOT "
    "NULL, parts TEXT NOT NULL, PRIMARY KEY(run, mentee, mentor)){end};\n"
    "CREATE INDEX match_pair_score ON match_pair(run, score);\n"
    "CREATE INDEX match_pair_mentee ON match_pair(mentee);\n"
    "CREATE INDEX match_pair_mentor ON match_pair(mentor);\n"
    "CREATE TABLE match_lonely(run {id} NOT NULL REFERENCES match_run(id), mentee {id} NOT NULL "
    "REFERENCES enrolment(id), mentors {int} NOT NULL, allowed {int} NOT NULL, rule {int} NOT NULL, "
    "amount {int} NOT NULL, removed TEXT NOT NULL, PRIMARY KEY(run, mentee)){end};\n"
    "CREATE INDEX match_lonely_mentee ON match_lonely(mentee);\n"
    "CREATE TABLE match_link(cohort {id} NOT NULL REFERENCES cohort(id), mentee {id} NOT NULL "
    "REFERENCES enrolment(id), mentor {id} NOT NULL REFERENCES enrolment(id), kind {int} NOT NULL, "
    "note TEXT NOT NULL, set_by {id} NOT NULL, at {int} NOT NULL, "
    "PRIMARY KEY(cohort, mentee, mentor)){end};\n"
    "CREATE INDEX match_link_mentee ON match_link(mentee);\n"
    "CREATE INDEX match_link_mentor ON match_link(mentor);\n"
    "CREATE TABLE match(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES cohort(id), "
    "run {id} NOT NULL REFERENCES match_run(id), mentee {id} NOT NULL REFERENCES enrolment(id), "
    "mentor {id} NOT NULL REFERENCES enrolment(id), state TEXT NOT NULL, asked TEXT NOT NULL, "
    "mentee_yes {int} NOT NULL, mentor_yes {int} NOT NULL, made_at {int} NOT NULL, "
    "ends_at {int} NOT NULL, reminded {int} NOT NULL, began_at {int} NOT NULL, "
    "ended_at {int} NOT NULL, reason TEXT NOT NULL, words TEXT NOT NULL){end};\n"
    "CREATE UNIQUE INDEX match_live ON match(mentee, mentor) "
    "WHERE state IN ('offered', 'active');\n"
    "CREATE INDEX match_mentee ON match(mentee);\n"
    "CREATE INDEX match_mentor ON match(mentor);\n"
    "CREATE INDEX match_cohort ON match(cohort, state);\n"
    "CREATE INDEX match_offer ON match(ends_at) WHERE state = 'offered';\n"
    "CREATE INDEX match_run_of ON match(run);\n";

const char match_schema_7[] = "ALTER TABLE match_rules ADD COLUMN must {int} NOT NULL DEFAULT 0;\n"
                              "ALTER TABLE match_rules ADD COLUMN note TEXT NOT NULL DEFAULT '';\n";

// What is kept for a while after its end is looked for by when that was.
const char match_schema_10[] =
    "ALTER TABLE match_question ADD COLUMN cohort {id} NOT NULL DEFAULT 0;\n"
    "UPDATE match_question SET cohort = (SELECT m.cohort FROM match m WHERE m.id = "
    "match_question.match);\n"
    "CREATE INDEX match_question_open ON match_question(cohort, asked_at, id) "
    "WHERE answered_at = 0;\n";
// What a programme's own questions and the other ways to compare two people count.
const char match_schema_11[] =
    "ALTER TABLE match_rules ADD COLUMN w_answers {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE match_rules ADD COLUMN w_style {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE match_rules ADD COLUMN w_cadence {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE match_rules ADD COLUMN w_skill {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE match_pair ADD COLUMN answers TEXT NOT NULL DEFAULT '';\n";
const char match_schema_9[] = "CREATE INDEX match_ended ON match(ended_at) WHERE ended_at > 0;\n";

// A match carries its two people, who never change, and the key of the mentee's name, by which its
// cohort lists it (decision 76): a page of pairs would look up two sign-ups for each.
const char match_schema_12[] =
    "ALTER TABLE match ADD COLUMN mentee_person {id} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE match ADD COLUMN mentor_person {id} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE match ADD COLUMN mentee_key TEXT NOT NULL DEFAULT '';\n"
    "UPDATE match SET mentee_person = (SELECT e.person FROM enrolment e WHERE e.id = match.mentee), "
    "mentor_person = (SELECT e.person FROM enrolment e WHERE e.id = match.mentor), "
    "mentee_key = (SELECT e.name_key FROM enrolment e WHERE e.id = match.mentee);\n"
    "CREATE INDEX match_key ON match(cohort, mentee_key, id);\n"
    "CREATE INDEX match_mentee_person ON match(mentee_person);\n"
    "CREATE INDEX match_mentor_person ON match(mentor_person);\n";

// And their names, so that a list of matches is read from one table (decision 81).
const char match_schema_15[] =
    "ALTER TABLE match ADD COLUMN mentee_name TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE match ADD COLUMN mentor_name TEXT NOT NULL DEFAULT '';\n"
    "UPDATE match SET mentee_name = (SELECT p.name FROM person p WHERE p.id = match.mentee_person), "
    "mentor_name = (SELECT p.name FROM person p WHERE p.id = match.mentor_person);\n";

// ---- rules -----------------------------------------------------------------------------------

#define RULES                                                                                      \
    "SELECT id, version, overlap, gap, language, employer, format, lowest, w_topics, w_level, "    \
    "w_time, w_languages, w_formats, w_choices, best, asks, days, passes_on, must, note, "         \
    "w_answers, w_style, w_cadence, w_skill, w_chosen, place FROM match_rules "

static struct match_rules read_rules(const struct db_rows *rows, size_t row)
{
    struct match_rules rules = {.id = db_int(rows, row, 0),
                                .version = db_int(rows, row, 1),
                                .overlap = db_int(rows, row, 2),
                                .gap = db_int(rows, row, 3),
                                .language = db_int(rows, row, 4),
                                .employer = db_int(rows, row, 5),
                                .format = db_int(rows, row, 6),
                                .lowest = db_int(rows, row, 7),
                                .order = db_text(rows, row, 14),
                                .asks = db_text(rows, row, 15),
                                .days = db_int(rows, row, 16),
                                .passes_on = db_int(rows, row, 17),
                                .must = db_int(rows, row, 18),
                                .note = db_text(rows, row, 19),
                                .place = db_int(rows, row, 25)};
    for (unsigned k = 0; k < MATCH_WEIGHTS; k++)
        rules.weight[k] = db_int(rows, row, k < 6 ? 8 + k : 14 + k);
    return rules;
}

enum rc rules_now(struct db_tx *tx, struct arena *arena, int64_t cohort,
                  struct match_rules *ret_rules)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, RULES "WHERE cohort = $1 ORDER BY version DESC LIMIT 1",
                 DB_ARGS(DB_INT(cohort))));
    *ret_rules = db_count(rows) == 0 ? match_rules_default() : read_rules(rows, 0);
    return RC_OK;
}

enum rc rules_find(struct db_tx *tx, struct arena *arena, int64_t id, struct match_rules *ret_rules)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, RULES "WHERE id = $1", DB_ARGS(DB_INT(id))));
    *ret_rules = db_count(rows) == 0 ? match_rules_default() : read_rules(rows, 0);
    return RC_OK;
}

enum rc rules_add(const struct app_place *at, int64_t by, int64_t cohort,
                  const struct match_rules *r)
{
    return db_do(
        at->tx, NULL,
        "INSERT INTO match_rules(id, cohort, version, made_at, made_by, overlap, gap, language, "
        "employer, format, lowest, w_topics, w_level, w_time, w_languages, w_formats, w_choices, "
        "best, asks, days, passes_on, must, note, w_answers, w_style, w_cadence, w_skill, w_chosen, place) SELECT $1, $2, (SELECT coalesce(max(version), 0) + 1 "
        "FROM match_rules WHERE cohort = $2), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
        "$15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28",
        DB_ARGS(DB_INT(db_new_id(at->now_us)), DB_INT(cohort), DB_INT(at->now_us), DB_INT(by),
                DB_INT(r->overlap), DB_INT(r->gap), DB_INT(r->language), DB_INT(r->employer),
                DB_INT(r->format), DB_INT(r->lowest), DB_INT(r->weight[0]), DB_INT(r->weight[1]),
                DB_INT(r->weight[2]), DB_INT(r->weight[3]), DB_INT(r->weight[4]),
                DB_INT(r->weight[5]), DB_TEXT(r->order), DB_TEXT(r->asks), DB_INT(r->days),
                DB_INT(r->passes_on), DB_INT(r->must), DB_TEXT(r->note), DB_INT(r->weight[6]),
                DB_INT(r->weight[7]), DB_INT(r->weight[8]), DB_INT(r->weight[9]),
                DB_INT(r->weight[10]), DB_INT(r->place)));
}

enum rc rules_take_over(const struct app_place *at, int64_t from, int64_t to)
{
    struct match_rules rules;
    TRY(rules_now(at->tx, at->arena, from, &rules));
    return rules.id == 0 ? RC_OK : rules_add(at, 0, to, &rules);
}

enum rc match_end_offers(const struct app_place *at, int64_t cohort)
{
    return db_do(at->tx, NULL,
                 "UPDATE match SET state = 'withdrawn', ended_at = $2, reason = 'cancelled' "
                 "WHERE cohort = $1 AND state = 'offered'",
                 DB_ARGS(DB_INT(cohort), DB_INT(at->now_us)));
}

enum rc rules_versions(struct req *req, int64_t cohort, struct match_rules **ret_rules,
                       size_t *ret_count, struct db_rows **ret_rows)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT r.id, r.version, r.overlap, r.gap, r.language, r.employer, r.format, "
                 "r.lowest, r.w_topics, r.w_level, r.w_time, r.w_languages, r.w_formats, "
                 "r.w_choices, r.best, r.asks, r.days, r.passes_on, r.must, r.note, "
                 "r.w_answers, r.w_style, r.w_cadence, r.w_skill, r.w_chosen, r.place, r.made_at, "
                 "coalesce(p.name, '') FROM match_rules r LEFT JOIN person p ON p.id = r.made_by "
                 "WHERE r.cohort = $1 ORDER BY r.version DESC LIMIT 200",
                 DB_ARGS(DB_INT(cohort))));
    struct match_rules *all = ARENA_ARRAY(req->arena, struct match_rules, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_rules(rows, k);
    *ret_rules = all;
    *ret_count = db_count(rows);
    *ret_rows = rows;
    return RC_OK;
}

// ---- runs ------------------------------------------------------------------------------------

#define RUN                                                                                        \
    "SELECT id, cohort, state, made_at, mentees, mentors, matched, total, lowest, proved, seed, "  \
    "rules, progress, only_mentee, digest, committee, step, asked_by FROM match_run "

static struct match_run read_run(const struct db_rows *rows, size_t k)
{
    return (struct match_run){db_int(rows, k, 0),  db_int(rows, k, 1),   db_text(rows, k, 2),
                              db_int(rows, k, 3),  db_int(rows, k, 4),   db_int(rows, k, 5),
                              db_int(rows, k, 6),  db_int(rows, k, 7),   db_int(rows, k, 8),
                              db_int(rows, k, 9),  db_int(rows, k, 10),  db_int(rows, k, 11),
                              db_int(rows, k, 12), db_int(rows, k, 13),  db_text(rows, k, 14),
                              db_int(rows, k, 15), db_text(rows, k, 16), db_int(rows, k, 17)};
}

enum rc run_add(struct db_tx *tx, const struct match_run *run, int64_t by, int64_t now_us)
{
    return db_do(tx, NULL,
                 "INSERT INTO match_run(id, cohort, state, made_at, mentees, mentors, matched, "
                 "total, lowest, proved, seed, rules, only_mentee, asked_by) "
                 "VALUES ($1, $2, 'computing', $3, 0, 0, 0, 0, 0, 0, $4, $5, $6, $7)",
                 DB_ARGS(DB_INT(run->id), DB_INT(run->cohort), DB_INT(now_us), DB_INT(run->seed),
                         DB_INT(run->rules), DB_INT(run->only), DB_INT(by)));
}

enum rc run_list(struct req *req, int64_t cohort, struct match_run **ret_runs, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        RUN "WHERE cohort = $1 AND (only_mentee = 0 OR asked_by > 0) ORDER BY id DESC LIMIT 50",
        DB_ARGS(DB_INT(cohort))));
    struct match_run *runs = ARENA_ARRAY(req->arena, struct match_run, db_count(rows));
    if (runs == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        runs[k] = read_run(rows, k);
    *ret_runs = runs;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc run_find(struct db_tx *tx, struct arena *arena, int64_t cohort, int64_t id,
                 struct match_run *ret_run)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, RUN "WHERE id = $1 AND ($2 = 0 OR cohort = $2)",
                 DB_ARGS(DB_INT(id), DB_INT(cohort))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_run = read_run(rows, 0);
    return RC_OK;
}

enum rc run_tell(struct db_tx *tx, int64_t id, const char *step, int64_t progress,
                 bool *ret_goes_on)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed,
              "UPDATE match_run SET step = $2, progress = $3 WHERE id = $1 AND state = 'computing'",
              DB_ARGS(DB_INT(id), DB_TEXT(step), DB_INT(progress))));
    *ret_goes_on = changed == 1;
    return RC_OK;
}

enum rc run_move(struct db_tx *tx, int64_t id, const char *from, const char *to)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed, "UPDATE match_run SET state = $3 WHERE id = $1 AND state = $2",
              DB_ARGS(DB_INT(id), DB_TEXT(from), DB_TEXT(to))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

static enum rc keep_pairs(struct db_tx *tx, const struct match_output *output)
{
    for (size_t k = 0; k < output->pair_count; k++) {
        const struct match_pair *p = &output->pairs[k];
        TRY(db_do(tx, NULL,
                  "INSERT INTO match_pair(run, mentee, mentor, score, overlap, flagged, pinned, "
                  "topics, parts, answers) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                  DB_ARGS(DB_INT(output->run.id), DB_INT(p->mentee), DB_INT(p->mentor),
                          DB_INT(p->score), DB_INT(p->overlap), DB_INT(p->flagged),
                          DB_INT(p->pinned), DB_TEXT(p->topics), DB_TEXT(p->parts),
                          DB_TEXT(p->answers))));
    }
    for (size_t k = 0; k < output->lonely_count; k++) {
        const struct match_lonely *l = &output->lonely[k];
        TRY(db_do(tx, NULL,
                  "INSERT INTO match_lonely(run, mentee, mentors, allowed, rule, amount, removed) "
                  "VALUES ($1, $2, $3, $4, $5, $6, $7)",
                  DB_ARGS(DB_INT(output->run.id), DB_INT(l->mentee), DB_INT(l->mentors),
                          DB_INT(l->left), DB_INT(l->rule), DB_INT(l->amount),
                          DB_TEXT(l->removed))));
    }
    return RC_OK;
}

enum rc run_keep(struct db_tx *tx, const struct match_output *output)
{
    const struct match_run *run = &output->run;
    uint64_t changed = 0;
    TRY(db_do(tx, &changed,
              "UPDATE match_run SET state = 'under_review', mentees = $2, mentors = $3, "
              "matched = $4, total = $5, lowest = $6, proved = $7, progress = 100, digest = $8, "
              "certificate = $9 WHERE id = $1 AND state = 'computing'",
              DB_ARGS(DB_INT(run->id), DB_INT(run->mentees), DB_INT(run->mentors),
                      DB_INT(run->matched), DB_INT(run->total), DB_INT(run->lowest),
                      DB_INT(run->proved), DB_TEXT(run->digest), DB_TEXT(output->certificate))));
    return changed == 1 ? keep_pairs(tx, output) : RC_EXISTS;
}

#define PAIRS_FROM                                                                                 \
    "FROM match_pair m JOIN enrolment x ON x.id = m.mentee JOIN person a ON a.id = x.person "      \
    "JOIN enrolment y ON y.id = m.mentor JOIN person b ON b.id = y.person WHERE m.run = $1 "       \
    "AND ($2 = '' OR replace(x.search, $2, '') <> x.search "                                       \
    "OR replace(y.search, $2, '') <> y.search) AND ($3 = 0 OR m.score < $3) "                      \
    "AND ($4 = '' OR ($4 = 'no_times' AND m.flagged = 1) OR ($4 = 'no_topic' AND m.topics = '|') " \
    "OR ($4 = 'little_time' AND m.flagged = 0 AND m.overlap < 120) "                               \
    "OR ($4 = 'chosen' AND EXISTS (SELECT 1 FROM choice h WHERE h.mentee = m.mentee "              \
    "AND h.mentor = m.mentor)) OR ($4 = 'by_hand' AND (m.pinned = 1 OR EXISTS (SELECT 1 FROM "     \
    "match_link l WHERE l.cohort = x.cohort AND l.mentee = m.mentee)))) "
#define PAIRS_ARGS(run, filter)                                                                    \
    DB_INT(run), DB_TEXT((filter)->search), DB_INT((filter)->below), DB_TEXT((filter)->only)

enum rc run_pairs_count(struct req *req, int64_t run, const struct pair_filter *filter,
                        int64_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows, "SELECT count(*) " PAIRS_FROM,
                 DB_ARGS(PAIRS_ARGS(run, filter))));
    *ret_count = db_int(rows, 0, 0);
    return RC_OK;
}

enum rc run_pairs(struct db_tx *tx, struct arena *arena, int64_t run,
                  const struct pair_filter *filter, struct match_pair **ret_pairs,
                  size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        tx, arena, &rows,
        "SELECT m.mentee, m.mentor, m.score, m.overlap, m.flagged, m.pinned, m.topics, m.parts, "
        "a.name, b.name, m.answers " PAIRS_FROM
        "ORDER BY CASE $5 WHEN 2 THEN x.name_key WHEN 3 THEN y.name_key ELSE '' END, "
        "CASE $5 WHEN 0 THEN m.score WHEN 1 THEN -m.score WHEN 4 THEN m.overlap ELSE 0 END, "
        "m.score, x.name_key, m.mentee, m.mentor LIMIT $6 OFFSET $7",
        DB_ARGS(PAIRS_ARGS(run, filter), DB_INT(filter->order), DB_INT(filter->most),
                DB_INT(filter->from))));
    struct match_pair *pairs = ARENA_ARRAY(arena, struct match_pair, db_count(rows));
    if (pairs == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        pairs[k] = (struct match_pair){db_int(rows, k, 0),
                                       db_int(rows, k, 1),
                                       db_int(rows, k, 2),
                                       db_int(rows, k, 3),
                                       db_int(rows, k, 4),
                                       db_int(rows, k, 5),
                                       db_text(rows, k, 6),
                                       db_text(rows, k, 7),
                                       db_text(rows, k, 8),
                                       db_text(rows, k, 9),
                                       0,
                                       db_text(rows, k, 10)};
    *ret_pairs = pairs;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc run_bands(struct req *req, int64_t run, struct match_figures *ret_figures)
{
    struct db_rows *rows = NULL;
    struct match_figures figures = {.possible = true};
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT score * 10 / 10001, count(*), sum(score), min(score) FROM match_pair "
                 "WHERE run = $1 GROUP BY score * 10 / 10001 ORDER BY 1",
                 DB_ARGS(DB_INT(run))));
    for (size_t k = 0; k < db_count(rows); k++) {
        int64_t band = db_int(rows, k, 0);
        if (band < 0 || band >= MATCH_BANDS)
            continue;
        figures.band[band] = db_int(rows, k, 1);
        figures.pairs += db_int(rows, k, 1);
        figures.total += db_int(rows, k, 2);
        figures.lowest = k == 0 ? db_int(rows, k, 3) : figures.lowest;
    }
    *ret_figures = figures;
    return RC_OK;
}

enum rc run_lonely(struct req *req, int64_t run, struct match_lonely **ret_lonely,
                   size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT l.mentee, l.mentors, l.allowed, l.rule, l.amount, l.removed, p.name, "
        "e.topics, e.languages, p.zone, e.level FROM match_lonely l JOIN enrolment e ON e.id = l.mentee "
        "JOIN person p ON p.id = e.person WHERE l.run = $1 ORDER BY e.name_key, e.id "
        "LIMIT 5000",
        DB_ARGS(DB_INT(run))));
    struct match_lonely *lonely = ARENA_ARRAY(req->arena, struct match_lonely, db_count(rows));
    if (lonely == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        lonely[k] = (struct match_lonely){
            db_int(rows, k, 0),  db_int(rows, k, 1),  db_int(rows, k, 2),  db_int(rows, k, 3),
            db_int(rows, k, 4),  db_text(rows, k, 5), db_text(rows, k, 6), db_text(rows, k, 7),
            db_text(rows, k, 8), db_text(rows, k, 9), db_int(rows, k, 10), 0};
    *ret_lonely = lonely;
    *ret_count = db_count(rows);
    return RC_OK;
}

// ---- what a run reads --------------------------------------------------------------------------

// Who sits out (see match_presence.h) is not there, nor who has to do something first.
static enum rc leave_out(const struct app_place *at, struct match_input *input)
{
    struct app_hold hold = {.deed = DEED_BE_MATCHED, .cohort = input->cohort.id};
    struct db_rows *rows = NULL;
    size_t kept = 0;
    TRY(app_ask_held(at, &hold));
    TRY(db_query(at->tx, at->arena, &rows,
                 "SELECT s.enrolment FROM match_presence s JOIN enrolment e ON e.id = s.enrolment "
                 "WHERE e.cohort = $1 AND (s.hidden_at > 0 OR s.away_at > 0)",
                 DB_ARGS(DB_INT(input->cohort.id))));
    for (size_t k = 0; k < input->count; k++) {
        const struct enrolment *e = &input->people[k];
        bool out = app_find_held(&hold, e->person, e->role) != NULL;
        for (size_t r = 0; r < db_count(rows) && !out; r++)
            out = db_int(rows, r, 0) == e->id;
        if (!out)
            input->people[kept++] = input->people[k];
    }
    input->count = kept;
    return RC_OK;
}

// No more mentees than her hours allow, where she has said how many she gives.
int64_t match_usable(const struct enrolment *mentor, int64_t hours)
{
    int64_t most = hours > 0 && mentor->hours > 0 ? mentor->hours / hours : mentor->places;
    return mentor->places < most ? mentor->places : most;
}

static void limit_by_hours(struct match_input *input)
{
    for (size_t k = 0; k < input->count; k++) {
        struct enrolment *e = &input->people[k];
        if (strcmp(e->role, "mentor") == 0)
            e->places = match_usable(e, input->cohort.hours);
    }
}

// Places less those that matches and offers hold.
static enum rc read_people(const struct app_place *at, struct match_input *input)
{
    struct db_tx *tx = at->tx;
    struct arena *arena = at->arena;
    struct enrolment_filter filter = {.state = "approved"};
    struct db_rows *rows = NULL;
    TRY(enrolment_list(tx, arena, input->cohort.id, &filter, &input->people, &input->count));
    TRY(leave_out(at, input));
    limit_by_hours(input);
    TRY(db_query(
        tx, arena, &rows,
        "SELECT CASE WHEN state = 'paused' AND covered = 2 THEN 0 ELSE mentee END, mentor FROM "
        "match WHERE cohort = $1 "
        "AND state IN ('offered', 'active', 'paused', 'closing')",
        DB_ARGS(DB_INT(input->cohort.id))));
    for (size_t m = 0; m < db_count(rows); m++)
        for (size_t k = 0; k < input->count; k++) {
            struct enrolment *e = &input->people[k];
            bool hers = e->id == db_int(rows, m, 0) || e->id == db_int(rows, m, 1);
            if (hers && e->places > 0)
                e->places--;
        }
    size_t kept = 0;
    for (size_t k = 0; k < input->count; k++)
        if (input->only == 0 || input->people[k].id == input->only ||
            strcmp(input->people[k].role, "mentor") == 0)
            input->people[kept++] = input->people[k];
    input->count = kept;
    return RC_OK;
}

// Pins and bans; and as bans: pairs that were matched or offered before, her own mentor as a
// mentee, and a mentor who has said that it is not her expertise for others with the same first
// wish.
static enum rc read_links(struct db_tx *tx, struct arena *arena, int64_t cohort,
                          struct match_link **ret_links, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT mentee, mentor, kind FROM match_link WHERE cohort = $1 "
                 "UNION ALL SELECT m.mentee, m.mentor, 1 FROM match m WHERE m.cohort = $1 "
                 "AND NOT EXISTS (SELECT 1 FROM match_link l WHERE l.cohort = $1 "
                 "AND l.mentee = m.mentee AND l.mentor = m.mentor) "
                 "UNION SELECT p.id, q.id, 1 FROM match m JOIN enrolment s ON s.id = m.mentee "
                 "JOIN enrolment t ON t.id = m.mentor JOIN enrolment p ON p.person = t.person "
                 "AND p.cohort = $1 AND p.role = 'mentee' JOIN enrolment q ON q.person = s.person "
                 "AND q.cohort = $1 AND q.role = 'mentor' WHERE m.cohort = $1 "
                 "AND m.state IN ('offered', 'active', 'paused', 'closing') "
                 "UNION SELECT z.id, m.mentor, 1 FROM match m JOIN enrolment s ON s.id = m.mentee "
                 "JOIN enrolment z ON z.cohort = $1 AND z.role = 'mentee' AND z.top = s.top "
                 "WHERE m.cohort = $1 AND m.reason = 'mentor_declined' AND s.top <> '' "
                 "AND substr(m.words, 1, 9) = 'expertise' AND NOT EXISTS (SELECT 1 FROM "
                 "match_link l WHERE l.cohort = $1 AND l.mentee = z.id AND l.mentor = m.mentor) "
                 "ORDER BY 1, 2",
                 DB_ARGS(DB_INT(cohort))));
    struct match_link *links = ARENA_ARRAY(arena, struct match_link, db_count(rows));
    if (links == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        links[k] = (struct match_link){db_int(rows, k, 0), db_int(rows, k, 1),
                                       db_int(rows, k, 2) == MATCH_PIN ? MATCH_PIN : MATCH_BAN};
    *ret_links = links;
    *ret_count = db_count(rows);
    return RC_OK;
}

static enum rc read_wishes(struct db_tx *tx, struct arena *arena, int64_t cohort,
                           struct match_wish_row **ret_wishes, size_t *ret_count)
{
    struct db_rows *choices = NULL;
    struct db_rows *vetoes = NULL;
    struct db_rows *ranks = NULL;
    TRY(choice_all(tx, arena, cohort, &choices));
    TRY(veto_all(tx, arena, cohort, &vetoes));
    TRY(rank_all(tx, arena, cohort, &ranks));
    size_t first = db_count(choices);
    size_t then = first + db_count(vetoes);
    struct match_wish_row *wishes =
        ARENA_ARRAY(arena, struct match_wish_row, then + db_count(ranks));
    if (wishes == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(ranks); k++)
        wishes[then + k] =
            (struct match_wish_row){db_int(ranks, k, 0), db_int(ranks, k, 1), false, true};
    for (size_t k = 0; k < first; k++)
        wishes[k] =
            (struct match_wish_row){db_int(choices, k, 0), db_int(choices, k, 1), false, false};
    for (size_t k = 0; k < db_count(vetoes); k++)
        wishes[first + k] =
            (struct match_wish_row){db_int(vetoes, k, 0), db_int(vetoes, k, 1), true, false};
    *ret_wishes = wishes;
    *ret_count = then + db_count(ranks);
    return RC_OK;
}

static enum rc read_lines(struct db_tx *tx, struct arena *arena, int64_t cohort,
                          struct match_input *input)
{
    struct db_rows *rows = NULL;
    TRY(line_list(tx, arena, cohort, &rows));
    input->line_count = db_count(rows);
    input->lines = ARENA_ARRAY(arena, struct match_line, input->line_count);
    if (input->lines == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < input->line_count; k++)
        input->lines[k] = (struct match_line){db_int(rows, k, 0), db_int(rows, k, 1)};
    return RC_OK;
}

enum rc match_read_input(const struct app_place *at, int64_t cohort,
                         const struct match_rules *rules, struct match_input *ret_input)
{
    struct db_tx *tx = at->tx;
    struct arena *arena = at->arena;
    struct match_link *links = NULL;
    size_t link_count = 0;
    struct db_rows *avoids = NULL;
    struct match_wish_row *wishes = NULL;
    size_t wish_count = 0;
    TRY(cohort_find(tx, arena, cohort, &ret_input->cohort));
    ret_input->rules = *rules;
    TRY(read_people(at, ret_input));
    TRY(read_links(tx, arena, cohort, &links, &link_count));
    TRY(enrolment_avoids(tx, arena, &avoids));
    TRY(read_lines(tx, arena, cohort, ret_input));
    TRY(read_wishes(tx, arena, cohort, &wishes, &wish_count));
    TRY(question_used_list(tx, arena, cohort, &ret_input->used, &ret_input->used_count));
    TRY(question_said_list(tx, arena, cohort, (const int64_t[2]){0, 0}, &ret_input->said,
                           &ret_input->said_count));
    const struct match_said said = {links, link_count, wishes, wish_count, avoids};
    TRY(match_set_digest(arena, ret_input, &said));
    TRY(match_build(arena, ret_input, links, link_count, avoids));
    return match_add_wishes(arena, ret_input, wishes, wish_count);
}

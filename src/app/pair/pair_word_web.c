// SPDX-License-Identifier: Apache-2.0
//
// Why: a meeting that one has written down counts at once; within a week the other may say that it
// was so, that it took another time (then the shorter counts), or that it was not so at all: then
// it counts for nothing until those who run the cohort have settled it.
#include <string.h>

#include "base/date.h"

#include "app/pair/pair.h"
#include "app/pair/pair_hand.h"
#include "app/pair/pair_page.h"
#include "app/pair/pair_word.h"
#include "app_pair_pair_word.html.h"

const char pair_schema_6[] =
    "ALTER TABLE match ADD COLUMN agreement_asked {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE letter_choice ADD COLUMN notice {int} NOT NULL DEFAULT 1;\n"
    "CREATE TABLE meeting_word(meeting {id} NOT NULL REFERENCES meeting(id), person {id} NOT NULL "
    "REFERENCES person(id), minutes {int} NOT NULL, disputed {int} NOT NULL, words TEXT NOT NULL, at "
    "{int} NOT NULL, PRIMARY KEY(meeting, person)){end};\n"
    "CREATE INDEX meeting_word_person ON meeting_word(person);\n"
    "CREATE TABLE pair_rules(cohort {id} NOT NULL PRIMARY KEY REFERENCES cohort(id), goals_first "
    "{int} NOT NULL){end};\n";

struct word_form {
    const char *how;
    int64_t minutes;
    const char *words;
};
struct settle_form {
    const char *how;
};
struct rules_form {
    int64_t goals_first;
    int64_t pause_weeks;
};

// clang-format off
static const struct field_option hows[] = {
    {"so",      MSG("Yes, it was so")}, {"minutes", MSG("We met, and it took another time")}, {"not", MSG("No, it was not so")}, {NULL, NULL},
};
static const struct field word_fields[] = {
    {"how",     FIELD_ONE,     FIELD_TEXT_OF(struct word_form, how),     1, 1,    MSG("Was it so?"), "", hows},
    {"minutes", FIELD_INTEGER, FIELD_INT_OF(struct word_form, minutes),  0, 180,  MSG("How many minutes?"), MSG("Where you two don't agree, the shorter time counts."), NULL},
    {"words",   FIELD_TEXT,    FIELD_TEXT_OF(struct word_form, words),   0, 2000, MSG("If it was not so: what happened?"), MSG("Goes to the people who run the programme, who settle it."), NULL},
};
static const struct field_option settles[] = {
    {"held", MSG("It took place")}, {"not", MSG("It did not take place")}, {NULL, NULL},
};
static const struct field settle_fields[] = {
    {"how", FIELD_ONE, FIELD_TEXT_OF(struct settle_form, how), 1, 1, MSG("What do you decide?"), "", settles},
};
static const struct field rules_fields[] = {
    {"goals_first", FIELD_TICK, FIELD_INT_OF(struct rules_form, goals_first), 0, 1, MSG("A pair drafts a goal before it finds a time for its first meeting"), MSG("Off is usual: a hard gate can hold pairs up."), NULL},
    {"pause_weeks", FIELD_INTEGER, FIELD_INT_OF(struct rules_form, pause_weeks), 1, 26, MSG("A pause of more weeks than this is a long one"), MSG("Then the mentee may have a cover mentor: see Hand-over. 12 is usual."), NULL},
};
// clang-format on
static const struct shape word_shape = SHAPE(struct word_form, word_fields);
static const struct shape settle_shape = SHAPE(struct settle_form, settle_fields);
static const struct shape rules_shape = SHAPE(struct rules_form, rules_fields);

// ---- rows --------------------------------------------------------------------------------------

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
    *ret_may = is_written(m) && m->by != pair->me && count == 0 &&
               req->now_us < m->changed_at + WORD_DAYS * DAY_US;
    return RC_OK;
}

enum rc pair_rules_find(struct db_tx *tx, struct arena *arena, int64_t cohort,
                        struct pair_rules *ret_rules)
{
    struct db_rows *r = NULL;
    TRY(db_query(tx, arena, &r, "SELECT goals_first, pause_weeks FROM pair_rules WHERE cohort = $1",
                 DB_ARGS(DB_INT(cohort))));
    *ret_rules = (struct pair_rules){0, PAUSE_WEEKS};
    if (db_count(r) > 0)
        *ret_rules = (struct pair_rules){db_int(r, 0, 0), db_int(r, 0, 1)};
    return RC_OK;
}

enum rc meeting_may_begin(struct req *req, const struct pair *pair)
{
    struct pair_rules rules;
    struct db_rows *r = NULL;
    TRY(pair_rules_find(req->tx, req->arena, pair->cohort.id, &rules));
    if (rules.goals_first == 0)
        return RC_OK;
    TRY(db_query(req->tx, req->arena, &r,
                 "SELECT 1 FROM match m WHERE m.id = $1 AND (EXISTS (SELECT 1 FROM goal g WHERE "
                 "g.match = m.id) OR EXISTS (SELECT 1 FROM meeting t WHERE t.match = m.id))",
                 DB_ARGS(DB_INT(pair->match.id))));
    if (db_count(r) > 0)
        return RC_OK;
    return form_refuse(&req->form, "time",
                       MSG("This programme wants a draft of a goal first: write one under Goals"));
}

// ---- the other's word --------------------------------------------------------------------------

static enum rc load_word(struct req *req)
{
    struct meet_view *view = ARENA_NEW(req->arena, struct meet_view);
    struct pair_view *base = NULL;
    bool may = false;
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(pair_make_view(req, &word_shape, &base));
    view->base = *base;
    view->now_us = req->now_us;
    TRY(meeting_find(req->tx, req->arena, view->base.pair.match.id, req_id(req, "meeting"),
                     &view->meeting));
    TRY(meeting_may_word(req, &view->base.pair, &view->meeting, &may));
    req->view = view;
    return may || req->http->method == WEB_POST ? RC_OK : RC_NOT_FOUND;
}

static void write_word(struct html *html, struct req *req)
{
    page_meeting_word(html, req->view);
}

static enum rc set_held(struct req *req, const struct meeting *m, const char *state,
                        int64_t minutes)
{
    uint64_t changed = 0;
    TRY(db_do(req->tx, &changed,
              "UPDATE meeting SET state = $3, held_minutes = $4 WHERE id = $1 AND state = $2",
              DB_ARGS(DB_INT(m->id), DB_TEXT(m->state), DB_TEXT(state), DB_INT(minutes))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

static enum rc announce(struct req *req, enum announced what, int64_t match, int64_t meeting)
{
    const struct app_place here = app_here(req);
    const struct announcement told = {what, 0, match, req->actor.person, meeting};
    return app_announce(&here, &told);
}

static enum rc dispute(struct req *req, const struct meeting *m)
{
    const struct word_form *in = req->in;
    bool held = strcmp(m->state, "held") == 0;
    if (in->words[0] == '\0')
        return form_refuse(&req->form, "words", MSG("Say in a few words what happened"));
    TRY(set_held(req, m, "disputed", m->held_minutes));
    if (held)
        TRY(announce(req, ANNOUNCE_MEETING_UNHELD, m->match, m->id));
    return announce(req, ANNOUNCE_MEETING_DISPUTED, m->match, m->id);
}

static enum rc act_word(struct req *req)
{
    enum { LEAST = 15 };
    const struct word_form *in = req->in;
    struct pair pair;
    struct meeting m;
    bool may = false;
    bool not_so = strcmp(in->how, "not") == 0;
    bool other = strcmp(in->how, "minutes") == 0;
    TRY(pair_open(req, &pair));
    TRY(meeting_find(req->tx, req->arena, pair.match.id, req_id(req, "meeting"), &m));
    TRY(meeting_may_word(req, &pair, &m, &may));
    if (!may)
        return RC_EXISTS;
    if (other && (in->minutes < LEAST || strcmp(m.state, "held") != 0))
        return form_refuse(&req->form, "minutes", MSG("From 15 to 180"));
    int64_t minutes = other ? in->minutes : not_so ? 0 : m.held_minutes;
    TRY(db_do(req->tx, NULL,
              "INSERT INTO meeting_word(meeting, person, minutes, disputed, words, at) VALUES ($1, "
              "$2, $3, $4, $5, $6)",
              DB_ARGS(DB_INT(m.id), DB_INT(pair.me), DB_INT(minutes), DB_INT(not_so),
                      DB_TEXT(in->words), DB_INT(req->now_us))));
    if (not_so)
        TRY(dispute(req, &m));
    else if (other && minutes < m.held_minutes)
        TRY(set_held(req, &m, "held", minutes));
    return req_go(
        req,
        not_so ? MSG("The people who run the programme settle it. Until then it doesn't count.")
               : MSG("It is written down."),
        "/pairs/%lld/meetings/%lld", (long long)pair.match.id, (long long)m.id);
}

// ---- settling it -------------------------------------------------------------------------------

static enum rc act_settle(struct req *req)
{
    const struct settle_form *in = req->in;
    struct pair pair;
    struct meeting m;
    bool held = strcmp(in->how, "held") == 0;
    TRY(pair_find(req->tx, req->arena, req_id(req, "pair"), &pair));
    bool own = pair.match.mentee_person == req->actor.person ||
               pair.match.mentor_person == req->actor.person;
    if (pair.cohort.id != req_id(req, "cohort") || own)
        return RC_NOT_FOUND;
    TRY(meeting_find(req->tx, req->arena, pair.match.id, req_id(req, "meeting"), &m));
    if (strcmp(m.state, "disputed") != 0)
        return RC_EXISTS;
    TRY(set_held(req, &m, held ? "held" : "withdrawn",
                 !held                 ? 0
                 : m.held_minutes == 0 ? m.minutes
                                       : m.held_minutes));
    if (held)
        TRY(announce(req, ANNOUNCE_MEETING_HELD, m.match, m.id));
    return req_go(req, MSG("It is settled."), "/cohorts/%lld/pairs/%lld", (long long)pair.cohort.id,
                  (long long)pair.match.id);
}

// ---- what a cohort asks of its pairs -----------------------------------------------------------

static enum rc load_rules(struct req *req)
{
    struct staff_view *view = ARENA_NEW(req->arena, struct staff_view);
    struct pair_rules rules;
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    TRY(pair_rules_find(req->tx, req->arena, view->cohort.id, &rules));
    view->form = &req->form;
    view->shape = &rules_shape;
    req->view = view;
    const struct rules_form now = {rules.goals_first, rules.pause_weeks};
    return req->http->method == WEB_GET ? shape_show(&rules_shape, &req->form, &now) : RC_OK;
}

static void write_rules(struct html *html, struct req *req)
{
    page_pair_rules(html, req->view);
}

static enum rc act_rules(struct req *req)
{
    const struct rules_form *in = req->in;
    struct cohort cohort;
    TRY(cohort_load(req, &cohort));
    TRY(db_do(req->tx, NULL,
              "INSERT INTO pair_rules(cohort, goals_first, pause_weeks) VALUES ($1, $2, $3) ON "
              "CONFLICT(cohort) DO UPDATE SET goals_first = $2, pause_weeks = $3",
              DB_ARGS(DB_INT(cohort.id), DB_INT(in->goals_first), DB_INT(in->pause_weeks))));
    return req_go(req, MSG("It is kept."), "/cohorts/%lld/pairs", (long long)cohort.id);
}

// clang-format off
const struct route pair_word_routes[] = {
    {WEB_GET,  "/pairs/:pair/meetings/:meeting/word",                    CAN_JOIN,         NULL,          NULL, NULL,       load_word,  write_word,  MSG("Was it so?")},
    {WEB_POST, "/pairs/:pair/meetings/:meeting/word",                    CAN_JOIN,         &word_shape,   NULL, act_word,   load_word,  write_word,  MSG("Was it so?")},
    {WEB_POST, "/cohorts/:cohort/pairs/:pair/meetings/:meeting/settle",  CAN_RUN_MATCHING, &settle_shape, NULL, act_settle, NULL,       NULL,        MSG("Settle whether a meeting took place")},
    {WEB_GET,  "/cohorts/:cohort/pair-rules",                            CAN_RUN_MATCHING, NULL,          NULL, NULL,       load_rules, write_rules, MSG("What pairs do first")},
    {WEB_POST, "/cohorts/:cohort/pair-rules",                            CAN_RUN_MATCHING, &rules_shape,  NULL, act_rules,  load_rules, write_rules, MSG("What pairs do first")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

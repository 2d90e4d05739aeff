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
    const char *channel;
    const char *scheduling;
    int64_t notice;
    const char *privacy;
    const char *otherwise;
    int64_t late_hours;
    int64_t asks_staff;
};

// clang-format off
static const struct field_option hows[] = {
    {"so",      MSG("Yes, it was so")}, {"minutes", MSG("We met, and it took another time")}, {"not", MSG("No, it was not so")},
    {"excused", MSG("I could not come because of illness or caring for somebody")}, {NULL, NULL},
};
static const struct field_option held_hows[] = {
    {"so",      MSG("Yes, it was so")}, {"minutes", MSG("We met, and it took another time")}, {"not", MSG("No, it was not so")}, {NULL, NULL},
};
static const struct field_option missed_hows[] = {
    {"so",      MSG("Yes, it was so")}, {"excused", MSG("I could not come because of illness or caring for somebody")}, {"not", MSG("No, it was not so")}, {NULL, NULL},
};
static const struct field_option plain_hows[] = {
    {"so",      MSG("Yes, it was so")}, {"not", MSG("No, it was not so")}, {NULL, NULL},
};
#define HOW(options) {"how", FIELD_ONE, FIELD_TEXT_OF(struct word_form, how), 1, 1, MSG("Was it so?"), "", options}
#define MINUTES {"minutes", FIELD_INTEGER, FIELD_INT_OF(struct word_form, minutes), 0, 180, MSG("How many minutes?"), MSG("Where you two don't agree, the shorter time counts."), NULL}
#define WORDS {"words", FIELD_TEXT, FIELD_TEXT_OF(struct word_form, words), 0, 2000, MSG("If it was not so: what happened?"), MSG("Goes to the people who run the programme, who settle it."), NULL}
// What is read, and what is shown of it: for a meeting that was held, to whoever missed one, and to the other.
static const struct field word_fields[] = {HOW(hows), MINUTES, WORDS};
static const struct field held_fields[] = {HOW(held_hows), MINUTES, WORDS};
static const struct field missed_fields[] = {HOW(missed_hows), WORDS};
static const struct field plain_fields[] = {HOW(plain_hows), WORDS};
static const struct field_option settles[] = {
    {"held", MSG("It took place")}, {"not", MSG("It did not take place")}, {NULL, NULL},
};
static const struct field settle_fields[] = {
    {"how", FIELD_ONE, FIELD_TEXT_OF(struct settle_form, how), 1, 1, MSG("What do you decide?"), "", settles},
};
static const struct field rules_fields[] = {
    {"goals_first", FIELD_TICK, FIELD_INT_OF(struct rules_form, goals_first), 0, 1, MSG("A pair drafts a goal before it finds a time for its first meeting"), MSG("Off is usual: a hard gate can hold pairs up."), NULL},
    {"pause_weeks", FIELD_INTEGER, FIELD_INT_OF(struct rules_form, pause_weeks), 1, 26, MSG("A pause of more weeks than this is a long one"), MSG("Then the mentee may have a cover mentor: see Hand-over. 12 is usual."), NULL},
    {"channel",    FIELD_LINE,    FIELD_TEXT_OF(struct rules_form, channel),    0, 200,  MSG("How we meet and write"), MSG("What an agreement of a pair begins with; each pair can change it. Empty: our own words, in the language of the pair."), NULL},
    {"scheduling", FIELD_ONE,     FIELD_TEXT_OF(struct rules_form, scheduling), 0, 1,    MSG("Who proposes times?"), "", pair_schedulers},
    {"notice",     FIELD_INTEGER, FIELD_INT_OF(struct rules_form, notice),      1, 168,  MSG("Who cannot come says so this many hours before"), MSG("Also where a pair has agreed on nothing. 24 is usual."), NULL},
    {"late_hours", FIELD_INTEGER, FIELD_INT_OF(struct rules_form, late_hours),  0, 168,  MSG("Called off so many hours before, or later, counts as late"), MSG("Two that were late or missed in 30 days are said to somebody; four are a break. 3 is usual; 0: never."), NULL},
    {"privacy",    FIELD_TEXT,    FIELD_TEXT_OF(struct rules_form, privacy),    0, 2000, MSG("What stays between us"), "", NULL},
    {"otherwise",  FIELD_TEXT,    FIELD_TEXT_OF(struct rules_form, otherwise),  0, 2000, MSG("If it does not work"), "", NULL},
    {"asks_staff", FIELD_TICK,    FIELD_INT_OF(struct rules_form, asks_staff),  0, 1,    MSG("We have a say when a pair wants to go on longer"), MSG("Both agree first. The later last day holds when one of you says yes. Off is usual."), NULL},
};
// clang-format on
static const struct shape word_shape = SHAPE(struct word_form, word_fields);
static const struct shape held_shape = SHAPE(struct word_form, held_fields);
static const struct shape missed_shape = SHAPE(struct word_form, missed_fields);
static const struct shape plain_shape = SHAPE(struct word_form, plain_fields);
static const struct shape settle_shape = SHAPE(struct settle_form, settle_fields);
static const struct shape rules_shape = SHAPE(struct rules_form, rules_fields);

// ---- the other's word --------------------------------------------------------------------------

// Whether it is she of whom it is written that she did not come.
static bool is_hers(const struct pair *pair, const struct meeting *m)
{
    return strcmp(m->state, pair->mentor ? "no_show_mentor" : "no_show_mentee") == 0;
}

static enum rc load_word(struct req *req)
{
    struct meet_view *view = ARENA_NEW(req->arena, struct meet_view);
    bool may = false;
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(pair_fill_view(req, &word_shape, &view->base));
    view->now_us = req->now_us;
    TRY(meeting_find(req->tx, req->arena, view->base.pair.match.id, req_id(req, "meeting"),
                     &view->meeting));
    TRY(meeting_may_word(req, &view->base.pair, &view->meeting, &may));
    view->base.shape = strcmp(view->meeting.state, "held") == 0    ? &held_shape
                       : is_hers(&view->base.pair, &view->meeting) ? &missed_shape
                                                                   : &plain_shape;
    req->view = view;
    if (req->http->method == WEB_POST)
        return RC_OK;
    const struct word_form now = {"", view->meeting.held_minutes, ""};
    return may ? shape_show(&word_shape, &req->form, &now) : RC_NOT_FOUND;
}

static void write_word(struct html *html, struct req *req)
{
    page_meeting_word(html, req->view);
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
    TRY(meeting_set_held(req->tx, m, "disputed", m->held_minutes));
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
    bool excused = strcmp(in->how, "excused") == 0;
    TRY(pair_load(req, &pair)); // also of one that has ended: what counts must be right
    if (pair.held_back)
        return RC_EXISTS;
    TRY(meeting_find(req->tx, req->arena, pair.match.id, req_id(req, "meeting"), &m));
    TRY(meeting_may_word(req, &pair, &m, &may));
    if (!may || (excused && !is_hers(&pair, &m)))
        return RC_EXISTS;
    if (other && (in->minutes < LEAST || strcmp(m.state, "held") != 0))
        return form_refuse(&req->form, "minutes", MSG("From 15 to 180"));
    int64_t minutes = other ? in->minutes : not_so ? 0 : m.held_minutes;
    const struct meeting_word word = {pair.me, "", minutes, not_so, in->words, req->now_us};
    TRY(meeting_word_add(req->tx, m.id, &word));
    if (not_so)
        TRY(dispute(req, &m));
    else if (excused)
        TRY(meeting_excuse(req->tx, &m));
    else if (other && minutes < m.held_minutes)
        TRY(meeting_set_held(req->tx, &m, "held", minutes));
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
    TRY(meeting_set_held(req->tx, &m, held ? "held" : "withdrawn",
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
    const struct rules_form now = {
        rules.goals_first, rules.pause_weeks,
        rules.channel,     rules.scheduling[0] == '\0' ? "mentee" : rules.scheduling,
        rules.notice,      rules.privacy,
        rules.otherwise,   rules.late_hours,
        rules.asks_staff};
    return req->http->method == WEB_GET ? shape_edit(&rules_shape, &req->form, &now) : RC_OK;
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
    const struct pair_rules rules = {in->goals_first, in->pause_weeks, in->channel,
                                     in->privacy,     in->scheduling,  in->notice,
                                     in->otherwise,   in->late_hours,  in->asks_staff};
    TRY(pair_rules_set(req->tx, cohort.id, &rules));
    return req_go(req, MSG("It is kept."), "/cohorts/%lld/pairs", (long long)cohort.id);
}

// clang-format off
const struct route pair_word_routes[] = {
    {WEB_GET,  "/pairs/:pair/meetings/:meeting/word",                    CAN_JOIN,         NULL,          NULL, NULL,       load_word,  write_word,  MSG("Was it so?")},
    {WEB_POST, "/pairs/:pair/meetings/:meeting/word",                    CAN_JOIN,         &word_shape,   NULL, act_word,   load_word,  write_word,  MSG("Was it so?")},
    {WEB_POST, "/cohorts/:cohort/pairs/:pair/meetings/:meeting/settle",  CAN_RUN_MATCHING, &settle_shape, NULL, act_settle, NULL,       NULL,        MSG("Settle whether a meeting took place")},
    {WEB_GET,  "/cohorts/:cohort/pair-rules",                            CAN_RUN_MATCHING, NULL,          NULL, NULL,       load_rules, write_rules, MSG("What pairs do first"), .out = &web_out_form},
    {WEB_POST, "/cohorts/:cohort/pair-rules",                            CAN_RUN_MATCHING, &rules_shape,  NULL, act_rules,  load_rules, write_rules, MSG("What pairs do first")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

// SPDX-License-Identifier: Apache-2.0
//
// Why: a pause without a reason, an end without blame, and a good farewell.
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/match/match_offer.h"
#include "app/pair/pair.h"
#include "app/pair/pair_end.h"
#include "app/pair/pair_feel.h"
#include "app/pair/pair_page.h"
#include "app_pair_pair_end.html.h"

struct pause_form {
    int64_t weeks;
    const char *keep;
    const char *reason;
};
struct leave_form {
    const char *reason;
    const char *fit;
    const char *words;
    const char *again;
    int64_t sure;
};
struct farewell_form {
    const char *thanks;
    int64_t stay;
};

// clang-format off
static const struct field_option keeps[] = {
    {"keep",    MSG("We stay a pair and go on afterwards")},
    {"release", MSG("Our match ends, so that the other is free")}, {NULL, NULL},
};
static const struct field_option leaves[] = {
    {"time",  MSG("One of us has no time any more")},
    {"fit",   MSG("We don't fit together")},
    {"reply", MSG("The other does not answer")},
    {"goals", MSG("The goals are reached")},
    {"other", MSG("Something else")}, {NULL, NULL},
};
static const struct field_option fits[] = {
    {"good", MSG("A good fit")}, {"deciding", MSG("I am still finding out")}, {"not", MSG("Not a good fit")}, {NULL, NULL},
};
static const struct field_option again[] = {
    {"yes", MSG("Yes, please look for somebody else for me")}, {"no", MSG("No")}, {NULL, NULL},
};
static const struct field pause_fields[] = {
    {"weeks",  FIELD_INTEGER, FIELD_INT_OF(struct pause_form, weeks),   1, 26,   MSG("For how many weeks?"), MSG("From 1 to 26, from today on. You can come back earlier."), NULL},
    {"keep",   FIELD_ONE,     FIELD_TEXT_OF(struct pause_form, keep),   1, 1,    MSG("And your match?"), "", keeps},
    {"reason", FIELD_TEXT,    FIELD_TEXT_OF(struct pause_form, reason), 0, 1000, MSG("Do you want to say why?"), MSG("Only those who run the programme read it. The other never does."), NULL},
};
static const struct field leave_fields[] = {
    {"reason", FIELD_ONE,  FIELD_TEXT_OF(struct leave_form, reason), 1, 1,    MSG("What is nearest?"), MSG("Only those who run the programme see it. The other learns that it has ended, not why."), leaves},
    {"fit",    FIELD_ONE,  FIELD_TEXT_OF(struct leave_form, fit),    0, 1,    MSG("Did you two fit?"), "", fits},
    {"words",  FIELD_TEXT, FIELD_TEXT_OF(struct leave_form, words),  0, 1000, MSG("In your words"), "", NULL},
    {"again",  FIELD_ONE,  FIELD_TEXT_OF(struct leave_form, again),  1, 1,    MSG("Do you want another match?"), "", again},
    {"sure",   FIELD_TICK, FIELD_INT_OF(struct leave_form, sure),    1, 1,    MSG("Yes, end it. I know that this can't be undone"), "", NULL},
};
static const struct field farewell_fields[] = {
    {"thanks", FIELD_TEXT, FIELD_TEXT_OF(struct farewell_form, thanks), 0, 2000, MSG("A word of thanks"), MSG("The other reads it."), NULL},
    {"stay",   FIELD_TICK, FIELD_INT_OF(struct farewell_form, stay),    0, 1,    MSG("I'd like to stay in touch"), MSG("The other learns it only if she says so too."), NULL},
};
// clang-format on
static const struct shape pause_shape = SHAPE(struct pause_form, pause_fields);
static const struct shape leave_shape = SHAPE(struct leave_form, leave_fields);
static const struct shape farewell_shape = SHAPE(struct farewell_form, farewell_fields);

static enum rc make_view(struct req *req, const struct shape *shape, struct end_view **ret_view)
{
    struct end_view *view = ARENA_NEW(req->arena, struct end_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(pair_fill_view(req, shape, &view->base));
    req->view = view;
    *ret_view = view;
    return RC_OK;
}

// ---- pauses ----------------------------------------------------------------------------------

static enum rc load_pause(struct req *req)
{
    struct end_view *view = NULL;
    return make_view(req, &pause_shape, &view);
}

static void write_pause(struct html *html, struct req *req)
{
    page_pause(html, req->view);
}

// The reason goes to those who run the programme as a note of the pair's record, and nowhere else.
static enum rc act_pause(struct req *req)
{
    const struct pause_form *in = req->in;
    struct pair pair;
    struct ending e = ending_of(req);
    TRY(pair_open(req, &pair));
    if (strcmp(in->keep, "release") == 0) {
        TRY(pair_finish(&e, &pair, "ended", "paused", in->reason, pair.me));
        TRY(pair_tell(req, &pair, &pair_letter_ended, "", ""));
        return pair_go(req, &pair, MSG("Your match has ended. Take the time that you need."), "");
    }
    int64_t until = req->now_us + 7 * in->weeks * DAY_US;
    bool longer = strcmp(pair.match.state, "paused") == 0;
    if (longer && pair.paused_by != pair.me)
        return RC_EXISTS; // it is the other's
    TRY(longer ? pair_pause_longer(&e, &pair, until, in->reason)
               : pair_pause(&e, &pair, until, pair.me, in->reason));
    struct pair now;
    TRY(pair_load(req, &now));
    return pair_go(
        req, &pair,
        pair_moved_end(req->arena, &now) == NULL
            ? MSG("It is paused. Both of you get a letter, without a reason.")
            : MSG("It is paused. Your last day falls into the pause: propose a later one "
                  "in your agreement."),
        "");
}

static enum rc act_back(struct req *req)
{
    struct pair pair;
    struct ending e = ending_of(req);
    TRY(pair_open(req, &pair));
    if (strcmp(pair.match.state, "paused") != 0 || pair.paused_by != pair.me)
        return RC_EXISTS;
    TRY(pair_resume(&e, &pair));
    return pair_go(req, &pair, MSG("Welcome back."), "");
}

static enum rc act_on(struct req *req)
{
    struct pair pair;
    const struct ending e = ending_of(req);
    TRY(pair_open(req, &pair));
    TRY(pair_go_on(&e, &pair));
    return pair_go(req, &pair, MSG("Good. Find a time to meet, or write to each other."), "");
}

// ---- an early end ----------------------------------------------------------------------------

const struct app_letter pair_letter_ended = {
    MSG("Your match has ended"),
    {MSG("Hello {0},"),
                              MSG("your match with {1} has ended. That happens, and it is not your fault."),
                              MSG("What you two wrote and reached stays here for you:"), "{2}", NULL}
};

static enum rc load_leave(struct req *req)
{
    struct end_view *view = NULL;
    return make_view(req, &leave_shape, &view);
}

static void write_leave(struct html *html, struct req *req)
{
    page_leave(html, req->view);
}

static enum rc act_leave(struct req *req)
{
    const struct leave_form *in = req->in;
    struct pair pair;
    struct ending e = ending_of(req);
    struct offering o = offering_of(req);
    TRY(pair_load(req, &pair)); // also one that is held back
    if (!pair_is_open(&pair))
        return RC_EXISTS;
    const char *reason =
        arena_printf(req->arena, "%s_%s", pair.mentor ? "mentor" : "mentee", in->reason);
    if (reason == NULL)
        return RC_NO_MEMORY;
    TRY(pair_finish(&e, &pair, "ended", reason, in->words, pair.me));
    TRY(survey_add_early(&e.at, pair.match.id, pair.other, pair.me,
                         in->fit == NULL ? "" : in->fit));
    TRY(pair_tell(req, &pair, &pair_letter_ended, "", ""));
    // A mentee whose mentor leaves is looked after the same day, and one who asks for another.
    if (pair.mentor || strcmp(in->again, "yes") == 0)
        TRY(offer_pass_on(&o, &pair.match));
    return pair_go(req, &pair,
                   MSG("Your match has ended. The other gets a letter, without a reason."), "");
}

// ---- the farewell ----------------------------------------------------------------------------

static enum rc load_farewell(struct req *req)
{
    struct end_view *view = NULL;
    struct db_rows *rows = NULL;
    TRY(make_view(req, &farewell_shape, &view));
    const struct pair *pair = &view->base.pair;
    TRY(farewell_list(req, pair->match.id, &rows));
    struct farewell_form now = {"", 0};
    int64_t stays = 0;
    for (size_t k = 0; k < db_count(rows); k++) {
        stays += db_int(rows, k, 1);
        if (db_int(rows, k, 0) == pair->me)
            now = (struct farewell_form){db_text(rows, k, 2), db_int(rows, k, 1)};
        else
            view->thanks = db_text(rows, k, 2);
    }
    view->both_stay = stays == 2;
    view->email = pair->mentor ? pair->match.mentee_email : pair->match.mentor_email;
    return req->form.error_count > 0 || req->http->method == WEB_POST
               ? RC_OK
               : shape_show(&farewell_shape, &req->form, &now);
}

static void write_farewell(struct html *html, struct req *req)
{
    page_farewell(html, req->view);
}

static enum rc act_farewell(struct req *req)
{
    const struct farewell_form *in = req->in;
    struct pair pair;
    TRY(pair_load(req, &pair));
    TRY(farewell_set(req, &pair, in->stay, in->thanks));
    return pair_go(req, &pair, MSG("It is kept."), "/farewell");
}

// clang-format off
const struct route pair_end_routes[] = {
    {WEB_GET,  "/pairs/:pair/pause",    CAN_JOIN, NULL,            NULL, NULL,         load_pause,    write_pause,    MSG("Take a pause")},
    {WEB_POST, "/pairs/:pair/pause",    CAN_JOIN, &pause_shape,    NULL, act_pause,    load_pause,    write_pause,    MSG("Take a pause")},
    {WEB_POST, "/pairs/:pair/back",     CAN_JOIN, NULL,            NULL, act_back,     load_pause,    write_pause,    MSG("Come back")},
    {WEB_POST, "/pairs/:pair/on",       CAN_JOIN, NULL,            NULL, act_on,       load_pause,    write_pause,    MSG("We go on")},
    {WEB_GET,  "/pairs/:pair/end",      CAN_JOIN, NULL,            NULL, NULL,         load_leave,    write_leave,    MSG("End the match")},
    {WEB_POST, "/pairs/:pair/end",      CAN_JOIN, &leave_shape,    NULL, act_leave,    load_leave,    write_leave,    MSG("End the match")},
    {WEB_GET,  "/pairs/:pair/farewell", CAN_JOIN, NULL,            NULL, NULL,         load_farewell, write_farewell, MSG("Farewell"), .out = &farewell_out},
    {WEB_POST, "/pairs/:pair/farewell", CAN_JOIN, &farewell_shape, NULL, act_farewell, load_farewell, write_farewell, MSG("Farewell")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

// SPDX-License-Identifier: Apache-2.0
//
// Why: what follows from a concern at once: the pair rests, and nobody is told why; whom it
// concerns more loses sight of it; somebody is talked with, leaves the cohort, or leaves all.
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/concern/concern_page.h"
#include "app/enrolment/enrolment.h"
#include "app/pair/pair_end.h"
#include "app_concern_concern.html.h"

enum { HOLD_DAYS = 28 };

struct about_form {
    const char *email;
};
struct ladder_form {
    const char *person;
    const char *step;
    const char *words;
    int64_t sure;
};

// clang-format off
static const struct field about_fields[] = {
    {"email", FIELD_EMAIL, FIELD_TEXT_OF(struct about_form, email), 1, 254, MSG("Her e-mail address"), "", NULL},
};
static const struct field_option steps[] = {
    {"1", MSG("Somebody has talked with her")}, {"2", MSG("She leaves this programme now")}, {"3", MSG("She leaves all programmes now")}, {NULL, NULL},
};
static const struct field ladder_fields[] = {
    {"person", FIELD_LINE, FIELD_TEXT_OF(struct ladder_form, person), 1, 20,   MSG("Who"), "", NULL},
    {"step",   FIELD_ONE,  FIELD_TEXT_OF(struct ladder_form, step),   1, 1,    MSG("What follows"), "", steps},
    {"words",  FIELD_TEXT, FIELD_TEXT_OF(struct ladder_form, words),  1, 5000, MSG("Why"), MSG("For those who may read this concern. She gets no reason by letter."), NULL},
    {"sure",   FIELD_TICK, FIELD_INT_OF(struct ladder_form, sure),    1, 1,    MSG("I am sure: this can't be undone here"), "", NULL},
};
// clang-format on
static const struct shape about_shape = SHAPE(struct about_form, about_fields);
static const struct shape ladder_shape = SHAPE(struct ladder_form, ladder_fields);

// ---- the pair ----------------------------------------------------------------------------------

// At once, and without a reason to anybody: the pair rests and messages stop.
static enum rc act_hold(struct req *req)
{
    struct concern concern;
    struct pair pair;
    const struct ending e = ending_of(req);
    TRY(care_open(req, &concern));
    TRY(pair_find(req->tx, req->arena, concern.match, &pair));
    return pair_hold(&e, &pair, req->now_us + HOLD_DAYS * DAY_US);
}

// The pair of the concern that is held back.
static enum rc open_held(struct req *req, struct pair *ret_pair)
{
    struct concern concern;
    TRY(care_open(req, &concern));
    TRY(pair_find(req->tx, req->arena, concern.match, ret_pair));
    return ret_pair->held_back && strcmp(ret_pair->match.state, "paused") == 0 ? RC_OK : RC_EXISTS;
}

static enum rc act_release(struct req *req)
{
    struct pair pair;
    const struct ending e = ending_of(req);
    TRY(open_held(req, &pair));
    return pair_resume(&e, &pair);
}

static enum rc act_part(struct req *req)
{
    struct pair pair;
    const struct ending e = ending_of(req);
    TRY(open_held(req, &pair));
    TRY(pair_finish(&e, &pair, "ended", "staff", "", req->actor.person));
    pair.mentor = true; // so that the mentee is told, and then the mentor
    TRY(pair_tell(req, &pair, &pair_letter_ended, "", ""));
    pair.mentor = false;
    return pair_tell(req, &pair, &pair_letter_ended, "", "");
}

// ---- whom it concerns --------------------------------------------------------------------------

static enum rc act_about(struct req *req)
{
    const struct about_form *in = req->in;
    struct concern concern;
    int64_t person = 0;
    bool may = false;
    TRY(care_open(req, &concern));
    TRY(concern_person_find(req, in->email, &person));
    if (person == 0)
        return form_refuse(&req->form, "email", MSG("Nobody here has this address"));
    if (person == req->actor.person)
        return form_refuse(
            &req->form, "email",
            MSG("Somebody else has to say that it concerns you; ask another who reads it"));
    TRY(concern_about_add(req, concern.id, person));
    TRY(concern_may_read(req, concern.cohort, concern.id, &may));
    return may ? RC_OK : RC_EXISTS;
}

// ---- the ladder --------------------------------------------------------------------------------

static const struct app_letter letter_out = {
    MSG("Your place in {1} has ended"),
    {MSG("Hello {0},"), MSG("those who run {1} have ended your place in it."),
                                     MSG("If you think that this is wrong, say so here:"), "{2}", NULL}
};

// Her sign-ups, of one cohort or (0) of all; what hangs on them ends by itself.
static enum rc remove_from(struct req *req, int64_t person, int64_t cohort)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT e.id, e.cohort, e.state, p.email, p.language, p.name, h.name FROM enrolment e "
        "JOIN person p ON p.id = e.person JOIN cohort h ON h.id = e.cohort WHERE e.person = "
        "$1 AND ($2 = 0 OR e.cohort = $2) AND e.state NOT IN ('withdrawn', 'removed', "
        "'carried', 'declined', 'draft') ORDER BY e.id LIMIT 100",
        DB_ARGS(DB_INT(person), DB_INT(cohort))));
    for (size_t k = 0; k < db_count(r); k++) {
        const struct app *app = req->app;
        const struct enrolment_move move = {.id = db_int(r, k, 0),
                                            .cohort = db_int(r, k, 1),
                                            .from = db_text(r, k, 2),
                                            .to = "removed",
                                            .reason = "",
                                            .code = "conduct",
                                            .by = req->actor.person};
        const char *url =
            arena_printf(req->arena, "%s/cohorts/%lld/help", app->url, (long long)move.cohort);
        if (url == NULL)
            return RC_NO_MEMORY;
        TRY(enrolment_leave(req, &move, person));
        TRY(app_send(req, db_text(r, k, 3), db_text(r, k, 4), &letter_out,
                     (const char *const[]){db_text(r, k, 5), db_text(r, k, 6), url}, 3));
    }
    return RC_OK;
}

static enum rc find_person(struct req *req, int64_t concern, int64_t id, const char **ret_name)
{
    struct concern_person *people = NULL;
    size_t count = 0;
    TRY(concern_about(req, concern, &people, &count));
    for (size_t k = 0; k < count; k++)
        if (people[k].id == id) {
            *ret_name = people[k].name;
            return RC_OK;
        }
    return form_refuse(&req->form, "person", MSG("Choose one"));
}

static enum rc act_ladder(struct req *req)
{
    const struct ladder_form *in = req->in;
    struct concern concern;
    const char *name = NULL;
    int64_t person = strtoll(in->person, NULL, 10);
    int64_t to = in->step[0] - '0';
    TRY(care_open(req, &concern));
    TRY(find_person(req, concern.id, person, &name));
    if (strcmp(concern.state, "in_progress") != 0 && strcmp(concern.state, "escalated") != 0)
        return form_refuse(&req->form, "step", MSG("First look after it: say above how it stands"));
    if (!concern_may_climb(concern.ladder, to, concern_is_grave(concern.kind)))
        return form_refuse(&req->form, "step", MSG("One step after the other, and never back"));
    const char *words = arena_printf(req->arena, "%s: %s\n%s", name,
                                     message_in(req->locale, concern_ladder_label(to)), in->words);
    if (words == NULL)
        return RC_NO_MEMORY;
    TRY(concern_climb(req, &concern, to));
    TRY(concern_word_add(req, concern.id, "reader", words, false));
    if (to == LADDER_CONTACT)
        return RC_OK;
    return remove_from(req, person, to == LADDER_COHORT ? concern.cohort : 0);
}

// clang-format off
const struct route concern_step_routes[] = {
    {WEB_POST, "/cohorts/:cohort/concerns/:concern/hold",    CAN_HANDLE_CASES, NULL,          NULL, act_hold,    care_load, care_write, MSG("Pause a pair for safety")},
    {WEB_POST, "/cohorts/:cohort/concerns/:concern/release", CAN_HANDLE_CASES, NULL,          NULL, act_release, care_load, care_write, MSG("Let a held pair go on")},
    {WEB_POST, "/cohorts/:cohort/concerns/:concern/part",    CAN_HANDLE_CASES, NULL,          NULL, act_part,    care_load, care_write, MSG("End a held pair")},
    {WEB_POST, "/cohorts/:cohort/concerns/:concern/about",   CAN_HANDLE_CASES, &about_shape,  NULL, act_about,   care_load, care_write, MSG("Say whom a concern is about")},
    {WEB_POST, "/cohorts/:cohort/concerns/:concern/ladder",  CAN_HANDLE_CASES, &ladder_shape, NULL, act_ladder,  care_load, care_write, MSG("What follows from a concern")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

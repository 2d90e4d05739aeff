// SPDX-License-Identifier: Apache-2.0
//
// Why: proposing that two people should know each other, and answering in private.
#include <stdlib.h>
#include <string.h>

#include "app/network/network.h"
#include "app/network/network_page.h"
#include "app_network_introduction.html.h"

struct propose_form {
    int64_t a;
    int64_t b;
    const char *why;
};
struct answer_form {
    const char *answer;
};
struct one_form {
    int64_t introduction;
};

// clang-format off
static const struct field propose_fields[] = {
    {"a",   FIELD_INTEGER, FIELD_INT_OF(struct propose_form, a),    1, INT64_MAX, MSG("One of the two"), "", NULL},
    {"b",   FIELD_INTEGER, FIELD_INT_OF(struct propose_form, b),    1, INT64_MAX, MSG("The other"), "", NULL},
    {"why", FIELD_TEXT,    FIELD_TEXT_OF(struct propose_form, why), 10, 1000,     MSG("Why should they know each other?"), MSG("Both read this, each with your name and the other's."), NULL},
};
static const struct field answer_fields[] = {
    {"answer", FIELD_HIDDEN, FIELD_TEXT_OF(struct answer_form, answer), 1, 3, MSG("Answer"), "", NULL},
};
static const struct field one_fields[] = {
    {"introduction", FIELD_INTEGER, FIELD_INT_OF(struct one_form, introduction), 1, INT64_MAX, MSG("Introduction"), "", NULL},
};
// clang-format on
static const struct shape propose_shape = SHAPE(struct propose_form, propose_fields);
static const struct shape answer_shape = SHAPE(struct answer_form, answer_fields);
static const struct shape one_shape = SHAPE(struct one_form, one_fields);

const char *introduction_mine(const struct introduction *t, int64_t me)
{
    return t->a == me ? t->a_says : t->b_says;
}

bool introduction_chosen(const struct form *form, const char *name, int64_t person)
{
    const char *value = form_value(form, name);
    return value != NULL && strtoll(value, NULL, 10) == person;
}

const char *introduction_other(const struct introduction *t, int64_t me)
{
    return t->a == me ? t->b_name : t->a_name;
}

static enum rc load_list(struct req *req)
{
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, &propose_shape, &view));
    int64_t cohort = view->net.cohort.id;
    TRY(introduction_list(req, cohort, 'i', &view->proposed, &view->proposed_count));
    TRY(introduction_list(req, cohort, 'a', &view->asked, &view->asked_count));
    return introduction_known(req, &view->net, &view->known, &view->known_count);
}

static void write_list(struct html *html, struct req *req)
{
    page_introductions(html, req->view);
}

static bool knows(const struct network_view *view, int64_t person)
{
    for (size_t k = 0; k < view->known_count; k++)
        if (view->known[k].id == person)
            return true;
    return false;
}

static enum rc act_propose(struct req *req)
{
    const struct propose_form *in = req->in;
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, &propose_shape, &view));
    TRY(introduction_known(req, &view->net, &view->known, &view->known_count));
    if (!knows(view, in->a))
        return form_refuse(&req->form, "a", MSG("Choose somebody whom you know here"));
    if (!knows(view, in->b) || in->a == in->b)
        return form_refuse(&req->form, "b", MSG("Choose another whom you know here"));
    struct introduction t = {.cohort = view->net.cohort.id,
                             .introducer = view->net.me,
                             .a = in->a,
                             .b = in->b,
                             .why = in->why};
    enum rc rc = introduction_add(req, &t);
    if (rc == RC_LIMIT)
        return form_refuse(
            &req->form, "a",
            MSG("Five of your introductions wait for answers. Wait for those first"));
    if (rc == RC_EXISTS)
        return form_refuse(&req->form, "b",
                           MSG("You have proposed these two within the last half year"));
    TRY(rc);
    return req_go(req,
                  MSG("Each of the two is asked by herself. You hear of it when both say yes."),
                  "/cohorts/%lld/introductions", (long long)view->net.cohort.id);
}

static enum rc act_withdraw(struct req *req)
{
    const struct one_form *in = req->in;
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, &propose_shape, &view));
    TRY(introduction_withdraw(req, in->introduction));
    return req_go(req, MSG("It is taken back."), "/cohorts/%lld/introductions",
                  (long long)view->net.cohort.id);
}

// ---- one, for one of the two -------------------------------------------------------------------

static enum rc load_one(struct req *req)
{
    struct network_view *view = NULL;
    struct network_person other;
    struct introduction *t = ARENA_NEW(req->arena, struct introduction);
    TRY(t == NULL ? RC_NO_MEMORY : network_make_view(req, &answer_shape, &view));
    TRY(introduction_find(req, req_id(req, "introduction"), t));
    TRY(network_look(req, t->cohort, &view->net));
    view->introduction = t;
    view->email = "";
    if (strcmp(t->state, "made") != 0)
        return RC_OK;
    enum rc rc =
        network_person_find(req->tx, req->arena, t->a == view->net.me ? t->b : t->a, &other);
    if (rc == RC_OK)
        view->email = other.email;
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static void write_one(struct html *html, struct req *req)
{
    page_introduction(html, req->view);
}

static enum rc act_answer(struct req *req)
{
    const struct answer_form *in = req->in;
    bool yes = strcmp(in->answer, "yes") == 0;
    struct introduction t;
    TRY(introduction_find(req, req_id(req, "introduction"), &t));
    TRY(introduction_answer(req, &t, yes));
    if (!yes)
        return req_go(req, MSG("Nobody is told. Thank you for answering."), "/meet");
    return req_go(req, MSG("Your yes is kept."), "/introductions/%lld", (long long)t.id);
}

// clang-format off
const struct route introduction_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/introductions",          CAN_JOIN, NULL,           NULL, NULL,         load_list, write_list, MSG("Introductions"), &introductions_out},
    {WEB_POST, "/cohorts/:cohort/introductions",          CAN_JOIN, &propose_shape, NULL, act_propose,  load_list, write_list, MSG("Introduce two people")},
    {WEB_POST, "/cohorts/:cohort/introductions/withdraw", CAN_JOIN, &one_shape,     NULL, act_withdraw, load_list, write_list, MSG("Take an introduction back")},
    {WEB_GET,  "/introductions/:introduction",            CAN_JOIN, NULL,           NULL, NULL,         load_one,  write_one,  MSG("An introduction"), &introduction_out},
    {WEB_POST, "/introductions/:introduction",            CAN_JOIN, &answer_shape,  NULL, act_answer,   load_one,  write_one,  MSG("Answer an introduction")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

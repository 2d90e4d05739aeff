// SPDX-License-Identifier: Apache-2.0
//
// Why: managers say what earns a badge; those who run a cohort confirm what a rule leaves to a
// person, and take back what was wrong.
#include <string.h>

#include "app/recognition/recognition_page.h"
#include "app_recognition_recognition.html.h"

struct rule_form {
    const char *title;
    const char *about;
    const char *counts;
    int64_t least;
    int64_t by_hand;
    int64_t on;
};
struct award_form {
    const char *to;
    const char *reason;
};

// clang-format off
static const struct field_option award_moves[] = {
    {"confirmed", MSG("Confirm it")}, {"revoked", MSG("Take it back")}, {NULL, NULL},
};
static const struct field rule_fields[] = {
    {"title",   FIELD_LINE,    FIELD_TEXT_OF(struct rule_form, title),  3, 60,    MSG("Name of the badge"), "", NULL},
    {"about",   FIELD_LINE,    FIELD_TEXT_OF(struct rule_form, about),  3, 200,   MSG("What it is for, in one sentence"), "", NULL},
    {"counts",  FIELD_ONE,     FIELD_TEXT_OF(struct rule_form, counts), 1, 1,     MSG("What counts?"), "", badge_counts},
    {"least",   FIELD_INTEGER, FIELD_INT_OF(struct rule_form, least),   1, 10000, MSG("How many, at least?"), "", NULL},
    {"by_hand", FIELD_TICK,    FIELD_INT_OF(struct rule_form, by_hand), 0, 1,     MSG("A person confirms it"), MSG("Without a tick it is given by itself."), NULL},
    {"on",      FIELD_TICK,    FIELD_INT_OF(struct rule_form, on),      0, 1,     MSG("It is given from now on"), MSG("Badges that were given stay."), NULL},
};
static const struct field award_fields[] = {
    {"to",     FIELD_ONE,  FIELD_TEXT_OF(struct award_form, to),     1, 1,   MSG("What do you decide?"), "", award_moves},
    {"reason", FIELD_TEXT, FIELD_TEXT_OF(struct award_form, reason), 0, 500, MSG("Why?"), MSG("Needed for taking it back."), NULL},
};
// clang-format on
static const struct shape rule_shape = SHAPE(struct rule_form, rule_fields);
static const struct shape award_shape = SHAPE(struct award_form, award_fields);

static enum rc load_rules(struct req *req)
{
    struct recognition_view *view = NULL;
    TRY(recognition_make_view(req, &rule_shape, &view));
    TRY(badge_rules(req->tx, req->arena, &view->rules, &view->rule_count));
    return req->http->method == WEB_POST ? RC_OK : form_set(&req->form, "on", "1");
}

static void write_rules(struct html *html, struct req *req)
{
    page_badge_rules(html, req->view);
}

static enum rc load_rule(struct req *req)
{
    struct recognition_view *view = NULL;
    TRY(recognition_make_view(req, &rule_shape, &view));
    TRY(badge_rule_find(req->tx, req->arena, req_id(req, "rule"), &view->rule));
    if (req->http->method == WEB_POST)
        return RC_OK;
    const struct rule_form now = {view->rule.title, view->rule.about,   view->rule.counts,
                                  view->rule.least, view->rule.by_hand, view->rule.on};
    return shape_edit(&rule_shape, &req->form, &now);
}

static void write_rule(struct html *html, struct req *req)
{
    page_badge_rule(html, req->view);
}

static enum rc put(struct req *req, struct badge_rule *rule)
{
    const struct rule_form *in = req->in;
    rule->title = in->title;
    rule->about = in->about;
    rule->counts = in->counts;
    rule->least = in->least;
    rule->by_hand = in->by_hand == 1;
    rule->on = in->on == 1;
    TRY(badge_rule_put(req->tx, rule, req->actor.person, req->now_us));
    return req_go(req, MSG("The rule is kept. Badges that were given before stay as they are."),
                  "/recognition/rules");
}

static enum rc act_new_rule(struct req *req)
{
    enum { RULES_MOST = 50 };
    struct badge_rule rule = {0};
    TRY(load_rules(req));
    const struct recognition_view *view = req->view;
    if (view->rule_count >= RULES_MOST)
        return form_refuse(&req->form, "title", MSG("There are 50 badges at most"));
    return put(req, &rule);
}

static enum rc act_rule(struct req *req)
{
    TRY(load_rule(req));
    struct recognition_view *view = req->view;
    return put(req, &view->rule);
}

// ---- awards of a cohort ------------------------------------------------------------------------

static enum rc load_awards(struct req *req)
{
    struct recognition_view *view = NULL;
    TRY(recognition_make_view(req, NULL, &view));
    TRY(cohort_load(req, &view->cohort));
    return award_of_cohort(req, view->cohort.id, &view->awards, &view->award_count);
}

static void write_awards(struct html *html, struct req *req)
{
    page_awards(html, req->view);
}

static enum rc load_award(struct req *req)
{
    struct recognition_view *view = NULL;
    TRY(recognition_make_view(req, &award_shape, &view));
    TRY(cohort_load(req, &view->cohort));
    return award_find(req, view->cohort.id, req_id(req, "award"), &view->award);
}

static void write_award(struct html *html, struct req *req)
{
    page_award(html, req->view);
}

static enum rc act_award(struct req *req)
{
    const struct award_form *in = req->in;
    TRY(load_award(req));
    const struct recognition_view *view = req->view;
    bool confirm = text_same(in->to, "confirmed");
    if (view->award.person == req->actor.person)
        return form_refuse(&req->form, "to", MSG("It is your own: somebody else decides"));
    if (!confirm && in->reason[0] == '\0')
        return form_refuse(&req->form, "reason", MSG("Say why"));
    if (text_same(view->award.state, "revoked"))
        return RC_EXISTS;
    if (confirm && text_same(view->award.state, "confirmed"))
        return form_refuse(&req->form, "to", MSG("It is given already"));
    TRY(award_move(req, &view->award, in->to, in->reason));
    return req_go(req, MSG("It is decided."), "/cohorts/%lld/awards", (long long)view->cohort.id);
}

// clang-format off
const struct route recognition_rule_routes[] = {
    {WEB_GET,  "/recognition/rules",             CAN_RUN_ORGANISATION, NULL,         NULL, NULL,         load_rules,  write_rules,  MSG("Badges"), &badge_rules_out},
    {WEB_POST, "/recognition/rules",             CAN_RUN_ORGANISATION, &rule_shape,  NULL, act_new_rule, load_rules,  write_rules,  MSG("A new badge")},
    {WEB_GET,  "/recognition/rules/:rule",       CAN_RUN_ORGANISATION, NULL,         NULL, NULL,         load_rule,   write_rule,   MSG("Change a badge"), .out = &web_out_form},
    {WEB_POST, "/recognition/rules/:rule",       CAN_RUN_ORGANISATION, &rule_shape,  NULL, act_rule,     load_rule,   write_rule,   MSG("Change a badge")},
    {WEB_GET,  "/cohorts/:cohort/awards",        CAN_REVIEW_PEOPLE,    NULL,         NULL, NULL,         load_awards, write_awards, MSG("Badges that were earned"), &awards_out},
    {WEB_GET,  "/cohorts/:cohort/awards/:award", CAN_REVIEW_PEOPLE,    NULL,         NULL, NULL,         load_award,  write_award,  MSG("Decide on a badge")},
    {WEB_POST, "/cohorts/:cohort/awards/:award", CAN_REVIEW_PEOPLE,    &award_shape, NULL, act_award,    load_award,  write_award,  MSG("Decide on a badge")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

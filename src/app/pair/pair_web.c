// SPDX-License-Identifier: Apache-2.0
//
// Why: the first page of a pair, with what comes next, and what both have agreed.
#include <string.h>

#include "base/date.h"

#include "app/pair/pair.h"
#include "app/pair/pair_bring.h"
#include "app/pair/pair_longer.h"
#include "app/pair/pair_page.h"
#include "app/pair/pair_word.h"
#include "app_pair_pair.html.h"

enum rc pair_fill_view(struct req *req, const struct shape *shape, struct pair_view *view)
{
    TRY(pair_load(req, &view->pair));
    view->open = pair_is_open(&view->pair);
    view->form = &req->form;
    view->shape = shape;
    view->action = req_path(req);
    view->id = req_param(req, "pair");
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc pair_make_view(struct req *req, const struct shape *shape, struct pair_view **ret_view)
{
    struct pair_view *view = ARENA_NEW(req->arena, struct pair_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(pair_fill_view(req, shape, view));
    req->view = view;
    *ret_view = view;
    return RC_OK;
}

enum rc pair_open(struct req *req, struct pair *ret_pair)
{
    TRY(pair_load(req, ret_pair));
    return pair_is_open(ret_pair) && !ret_pair->held_back ? RC_OK : RC_EXISTS;
}

enum rc pair_go(struct req *req, const struct pair *pair, const char *said, const char *page)
{
    return req_go(req, said, "/pairs/%lld%s", (long long)pair->match.id, page);
}

// ---- for templates ---------------------------------------------------------------------------

bool pair_is_here(const struct pair_view *view, const char *page)
{
    size_t before = strlen("/pairs/") + strlen(view->id);
    return strlen(view->action) >= before && strcmp(view->action + before, page) == 0;
}

const unsigned *pair_risk_list(void)
{
    static const unsigned all[PAIR_RISKS] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    return all;
}

// ---- agreement -------------------------------------------------------------------------------

struct agreement_form {
    const char *goals;
    int64_t cadence;
    const char *channel;
    const char *privacy;
    const char *scheduling;
    int64_t notice;
    const char *ends_on;
    const char *otherwise;
};
struct sign_form {
    int64_t version;
};

// clang-format off
const struct field_option pair_schedulers[] = {
    {"mentee", MSG("The mentee proposes times")},
    {"mentor", MSG("The mentor proposes times")},
    {"both",   MSG("Either does")}, {NULL, NULL},
};
static const struct field agreement_fields[] = {
    {"goals",      FIELD_TEXT,    FIELD_TEXT_OF(struct agreement_form, goals),      1, 2000, MSG("What we want to reach"), MSG("In a few words; the goals have a page of their own."), NULL},
    {"cadence",    FIELD_INTEGER, FIELD_INT_OF(struct agreement_form, cadence),     1, 8,    MSG("We meet every so many weeks"), MSG("First filled in with what the two of you said at sign-up, or with what the programme does."), NULL},
    {"channel",    FIELD_LINE,    FIELD_TEXT_OF(struct agreement_form, channel),    1, 200,  MSG("How we meet and write"), MSG("For example: video, and messages here."), NULL},
    {"scheduling", FIELD_ONE,     FIELD_TEXT_OF(struct agreement_form, scheduling), 1, 1,    MSG("Who proposes times?"), "", pair_schedulers},
    {"notice",     FIELD_INTEGER, FIELD_INT_OF(struct agreement_form, notice),      1, 168,  MSG("Who cannot come says so this many hours before"), "", NULL},
    {"privacy",    FIELD_TEXT,    FIELD_TEXT_OF(struct agreement_form, privacy),    1, 2000, MSG("What stays between us"), "", NULL},
    {"ends_on",    FIELD_DAY,     FIELD_TEXT_OF(struct agreement_form, ends_on),    1, 10,   MSG("Our last day"), "", NULL},
    {"otherwise",  FIELD_TEXT,    FIELD_TEXT_OF(struct agreement_form, otherwise),  1, 2000, MSG("If it does not work"), "", NULL},
};
static const struct field sign_fields[] = {
    {"version", FIELD_INTEGER, FIELD_INT_OF(struct sign_form, version), 1, 1000, MSG("Version"), "", NULL},
};
// clang-format on
static const struct shape agreement_shape = SHAPE(struct agreement_form, agreement_fields);
static const struct shape sign_shape = SHAPE(struct sign_form, sign_fields);

static enum rc find_sign_by(struct req *req, struct pair_view *view, int64_t since_us)
{
    view->sign_by = pair_until(req->arena, &view->pair, since_us, PAIR_FIRST_DAYS);
    if (view->sign_by == NULL)
        return RC_NO_MEMORY;
    view->sign_late = pair_is_late(view->sign_by, req->now_us);
    return RC_OK;
}

static enum rc find_agreement(struct req *req, struct pair_view *view)
{
    TRY(agreement_list(req->tx, req->arena, view->pair.match.id, &view->agreements,
                       &view->agreement_count));
    view->sign_by = "";
    if (view->agreement_count == 0)
        return find_sign_by(req, view, view->pair.began_at);
    const struct agreement *newest = &view->agreements[0];
    view->to_sign =
        view->open && (view->pair.mentor ? newest->mentor_signed : newest->mentee_signed) == 0;
    view->agreement = newest;
    for (size_t k = 0; k < view->agreement_count && view->holds == NULL; k++) {
        const struct agreement *one = &view->agreements[k];
        if (one->mentee_signed > 0 && one->mentor_signed > 0 && one->staff != STAFF_ASKED &&
            one->staff != STAFF_NO)
            view->holds = one;
    }
    bool waits = newest->mentee_signed == 0 || newest->mentor_signed == 0;
    return waits ? find_sign_by(req, view, newest->made_at) : RC_OK;
}

static enum rc load_agreement(struct req *req)
{
    struct pair_view *view = NULL;
    TRY(pair_make_view(req, &agreement_shape, &view));
    TRY(cohort_translate(req, &view->pair.cohort));
    return find_agreement(req, view);
}

static void write_agreement(struct html *html, struct req *req)
{
    page_agreement(html, req->view);
}

static const char *or_else(const char *words, const char *ours)
{
    return words[0] == '\0' ? ours : words;
}

// What the programme proposes; where it says nothing, our words in the reader's language.
static enum rc load_propose(struct req *req)
{
    struct pair_view *view = NULL;
    TRY(load_agreement(req));
    view = req->view;
    if (!view->open)
        return RC_EXISTS;
    if (req->form.error_count > 0 || req->http->method == WEB_POST)
        return RC_OK;
    const struct agreement *old = view->agreement;
    if (old != NULL && old->staff == STAFF_NO && view->holds != NULL)
        old = view->holds;
    struct pair_rules rules;
    TRY(pair_rules_find(req->tx, req->arena, view->pair.cohort.id, &rules));
    TRY(pair_rules_translate(req, view->pair.cohort.id, &rules));
    const char *privacy = message_in(
        req->locale, MSG("What we tell each other stays between us. Only if somebody is in "
                         "danger do we tell the people who run the programme."));
    const char *otherwise = message_in(
        req->locale, MSG("We tell each other, or the people who run the programme. Either "
                         "of us may end it, and nobody is blamed."));
    const char *channel = message_in(req->locale, MSG("Video, and messages here"));
    int64_t weeks = 0;
    TRY(agreement_wished(req->tx, req->arena, &view->pair, view->pair.cohort.cadence, &weeks));
    struct agreement_form now = {.goals = "",
                                 .cadence = weeks,
                                 .channel = or_else(rules.channel, channel),
                                 .privacy = or_else(rules.privacy, privacy),
                                 .scheduling = or_else(rules.scheduling, "mentee"),
                                 .notice = rules.notice,
                                 .ends_on = view->pair.ends_on,
                                 .otherwise = or_else(rules.otherwise, otherwise)};
    if (old != NULL)
        now = (struct agreement_form){old->goals,      old->cadence, old->channel, old->privacy,
                                      old->scheduling, old->notice,  old->ends_on, old->otherwise};
    const char *moved = pair_moved_end(req->arena, &view->pair);
    now.ends_on = moved == NULL ? now.ends_on : moved;
    return shape_edit(&agreement_shape, &req->form, &now);
}

static void write_propose(struct html *html, struct req *req)
{
    page_agreement_propose(html, req->view);
}

static const struct app_letter letter_agreement = {
    MSG("{1} proposes an agreement"),
    {MSG("Hello {0},"), MSG("{1} has written down how you two could work together."),
                                   MSG("Read it, and sign it or change it, here:"), "{2}", NULL}
};

static enum rc act_propose(struct req *req)
{
    const struct agreement_form *in = req->in;
    struct pair pair;
    struct date first;
    struct date last;
    TRY(pair_open(req, &pair));
    if (date_parse(pair.starts, &first) != RC_OK || date_parse(in->ends_on, &last) != RC_OK)
        return form_refuse(&req->form, "ends_on", MSG("This is no day"));
    int64_t weeks = (date_to_days(last) - date_to_days(first)) / 7;
    bool past = date_to_seconds(last) + DATE_SECONDS_A_DAY < req->now_us / 1000000;
    if (weeks < 0 || weeks > 52 || past)
        return form_refuse(&req->form, "ends_on",
                           MSG("Choose a day from today on, within a year of the first"));
    const struct agreement agreement = {.goals = in->goals,
                                        .cadence = in->cadence,
                                        .channel = in->channel,
                                        .privacy = in->privacy,
                                        .scheduling = in->scheduling,
                                        .notice = in->notice,
                                        .ends_on = in->ends_on,
                                        .otherwise = in->otherwise};
    TRY(agreement_add(req, &pair, &agreement));
    TRY(pair_tell(req, &pair, &letter_agreement, "/agreement", ""));
    return pair_go(req, &pair, MSG("You have signed it. The other side is asked to sign."),
                   "/agreement");
}

static enum rc act_sign(struct req *req)
{
    const struct sign_form *in = req->in;
    struct pair pair;
    TRY(pair_open(req, &pair));
    TRY(agreement_sign(req, &pair, in->version));
    struct agreement *all = NULL;
    size_t count = 0;
    TRY(agreement_list(req->tx, req->arena, pair.match.id, &all, &count));
    if (count == 0 || all[0].staff != STAFF_ASKED)
        return pair_go(req, &pair, MSG("Both of you have signed."), "/agreement");
    TRY(longer_ask(req, &pair, all[0].ends_on));
    return pair_go(req, &pair,
                   MSG("Both of you have signed. The people who run the programme are asked about "
                       "the later last day."),
                   "/agreement");
}

// ---- the first page --------------------------------------------------------------------------

// What the state that it is in leads to, and by when.
static enum rc find_when(struct req *req, struct pair_view *view)
{
    const struct pair *pair = &view->pair;
    const char *state = pair->match.state;
    struct date last;
    bool paused = strcmp(state, "paused") == 0;
    bool closing = strcmp(state, "closing") == 0;
    view->silent = strcmp(state, "active") == 0 && pair->asked_at > 0;
    view->pause_over = paused && pair->paused_until <= req->now_us;
    if (paused || view->silent || !view->open) {
        int64_t at = paused         ? pair->paused_until
                     : view->silent ? pair->asked_at + PAIR_SILENT_DAYS * DAY_US
                                    : pair->ended_at;
        view->when = app_time_in(req->arena, at, pair->zone);
    } else if (date_parse(pair->ends_on, &last) == RC_OK) {
        int64_t day = date_to_days(last);
        int64_t least = date_days_of_seconds(pair->closing_at / 1000000) + PAIR_FAREWELL_DAYS;
        view->when = pair_day(req->arena, !closing      ? day - PAIR_CLOSING_DAYS
                                          : day < least ? least
                                                        : day);
    } else {
        view->when = pair->ends_on;
    }
    return view->when == NULL ? RC_NO_MEMORY : RC_OK;
}

static void add_step(struct pair_view *view, const char *text, const char *page, bool done)
{
    if (view->step_count < PAIR_STEPS_MAX)
        view->steps[view->step_count++] = (struct pair_step){text, page, done, NULL, "", false};
}

// The same for the step that was added last.
static void set_by(struct pair_view *view, const char *by, bool late)
{
    view->steps[view->step_count - 1].by = by;
    view->steps[view->step_count - 1].late = late;
}

// An agreement and a first goal, with their days.
static enum rc add_first_steps(struct req *req, struct pair_view *view)
{
    const struct pair *pair = &view->pair;
    bool agreed = false;
    for (size_t k = 0; k < view->goal_count; k++)
        agreed = agreed || (view->goals[k].mentee_yes && view->goals[k].mentor_yes);
    const char *goal_by = pair_until(req->arena, pair, pair->began_at, PAIR_STILL_DAYS);
    if (goal_by == NULL)
        return RC_NO_MEMORY;
    add_step(view,
             view->to_sign ? MSG("Read and sign the agreement")
                           : MSG("Agree how you work together"),
             "/agreement", !view->to_sign && view->holds != NULL);
    set_by(view, view->sign_by, view->sign_late);
    if (!pair->mentor && strcmp(pair->match.state, "paused") == 0)
        add_step(view, MSG("Say whether you want another mentor for this time"), "/cover",
                 pair->covered != COVER_OFFERED);
    add_step(view, MSG("Your last day falls into the pause: agree on a later one"),
             "/agreement/propose", pair_moved_end(req->arena, pair) == NULL);
    add_step(view, MSG("Agree on a goal"), "/goals", agreed);
    set_by(view, goal_by, pair_is_late(goal_by, req->now_us));
    return RC_OK;
}

static enum rc find_next_meeting(struct req *req, struct pair_view *view)
{
    struct db_rows *rows = NULL;
    TRY(meeting_next(req, view->pair.match.id, &rows));
    if (db_count(rows) > 0) {
        view->next_meeting = db_int(rows, 0, 0);
        view->next_at = db_int(rows, 0, 1);
    }
    return RC_OK;
}

static enum rc add_meeting_step(struct req *req, struct pair_view *view)
{
    int64_t meeting = 0;
    bool hers = false;
    TRY(meeting_to_choose(req->tx, req->arena, &view->pair, &meeting, &hers));
    const char *page = "/meetings/propose";
    if (hers)
        page = arena_printf(req->arena, "/meetings/%lld", (long long)meeting);
    if (page == NULL)
        return RC_NO_MEMORY;
    add_step(view,
             hers ? MSG("Choose one of the times that are proposed") : MSG("Find a time to meet"),
             page,
             !hers && (meeting != 0 || view->next_at > 0 ||
                       strcmp(view->pair.match.state, "paused") == 0));
    return RC_OK;
}

// Somebody may have changed her times or her time zone since they were matched.
static enum rc look_at_times(struct req *req, struct pair_view *view)
{
    struct match_times times;
    TRY(match_times_find(req->tx, req->arena, view->pair.match.id, &times));
    if (times.least == 0 || !view->open)
        return RC_OK;
    TRY(match_times_overlap(req->arena, &times, &view->overlap));
    view->too_little = view->overlap >= 0 && view->overlap < times.least;
    return RC_OK;
}

// The whole paths of what comes next.
static enum rc find_paths(struct req *req, struct pair_view *view)
{
    long long id = (long long)view->pair.match.id;
    bool all = true;
    for (size_t k = 0; k < view->step_count; k++) {
        view->steps[k].path = arena_printf(req->arena, "/pairs/%lld%s", id, view->steps[k].page);
        all = all && view->steps[k].path != NULL;
        view->todo += !view->steps[k].done;
    }
    for (size_t k = 0; k < view->next.count; k++) {
        view->next.rows[k].path =
            arena_printf(req->arena, "/pairs/%lld%s", id, view->next.rows[k].page);
        all = all && view->next.rows[k].path != NULL;
    }
    view->todo += view->next.count;
    return all ? RC_OK : RC_NO_MEMORY;
}

// The last weeks: what she reached by her own view, and a word for the other.
static enum rc add_closing_steps(struct req *req, struct pair_view *view)
{
    struct db_rows *rows = NULL;
    bool said = false;
    bool rated = view->pair.mentor;
    TRY(farewell_list(req, view->pair.match.id, &rows));
    for (size_t k = 0; k < db_count(rows); k++)
        said = said || db_int(rows, k, 0) == view->pair.me;
    if (!view->pair.mentor)
        TRY(skill_list(req, &view->pair, &view->skills, &view->skill_count));
    for (size_t k = 0; k < view->skill_count; k++)
        rated = rated || view->skills[k].end > 0;
    add_step(view, MSG("Say where you stand at the end"), "/skills?moment=end",
             rated || view->skill_count == 0);
    add_step(view, MSG("Say thank you and farewell"), "/farewell", said);
    return RC_OK;
}

// Whoever goes on longer says where she stands before it begins.
static enum rc add_longer_step(struct req *req, struct pair_view *view)
{
    bool told = false;
    if (view->pair.mentor || view->pair.longer_at == 0 || !view->open)
        return RC_OK;
    TRY(skill_told_since(req, &view->pair, "longer", view->pair.longer_at, &told));
    if (!told)
        TRY(skill_list(req, &view->pair, &view->skills, &view->skill_count));
    add_step(view, MSG("You go on longer: say where you stand now"), "/skills?moment=longer",
             told || view->skill_count == 0);
    return RC_OK;
}

static enum rc load_home(struct req *req)
{
    struct pair_view *view = NULL;
    TRY(pair_make_view(req, NULL, &view));
    TRY(find_agreement(req, view));
    TRY(goal_list(req->tx, req->arena, view->pair.match.id, &view->goals, &view->goal_count));
    TRY(goal_when(req->arena, &view->pair, view->goals, view->goal_count, req->now_us));
    TRY(add_first_steps(req, view));
    int64_t unseen = 0;
    TRY(message_unseen(req->tx, req->arena, view->pair.match.id, view->pair.me, &unseen));
    add_step(view, MSG("Read the new messages"), "/messages", unseen == 0);
    TRY(add_longer_step(req, view));
    if (strcmp(view->pair.match.state, "closing") == 0)
        TRY(add_closing_steps(req, view));
    TRY(find_next_meeting(req, view));
    TRY(look_at_times(req, view));
    TRY(add_meeting_step(req, view));
    const struct app_place at = app_here(req);
    TRY(find_when(req, view));
    view->next = (struct app_steps){.match = view->pair.match.id, .person = view->pair.me};
    TRY(app_ask_next(&at, &view->next));
    TRY(find_paths(req, view));
    TRY(survey_open_list(req, view->pair.match.id, &view->surveys, &view->survey_count));
    if (!view->pair.mentor)
        TRY(bring_any(req, &view->pair, &view->may_bring));
    req->title = view->pair.name;
    return RC_OK;
}

static void write_home(struct html *html, struct req *req)
{
    page_pair(html, req->view);
}

// clang-format off
const struct route pair_routes[] = {
    {WEB_GET,  "/pairs/:pair",                   CAN_JOIN, NULL,             NULL, NULL,        load_home,      write_home,      MSG("Our pair"), .out = &pair_home_out},
    {WEB_GET,  "/pairs/:pair/agreement",         CAN_JOIN, NULL,             NULL, NULL,        load_agreement, write_agreement, MSG("Agreement"), .out = &agreement_out},
    {WEB_GET,  "/pairs/:pair/agreement/propose", CAN_JOIN, NULL,             NULL, NULL,        load_propose,   write_propose,   MSG("Write an agreement"), .out = &web_out_form},
    {WEB_POST, "/pairs/:pair/agreement/propose", CAN_JOIN, &agreement_shape, NULL, act_propose, load_propose,   write_propose,   MSG("Write an agreement")},
    {WEB_POST, "/pairs/:pair/agreement/sign",    CAN_JOIN, &sign_shape,      NULL, act_sign,    load_agreement, write_agreement, MSG("Sign the agreement")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

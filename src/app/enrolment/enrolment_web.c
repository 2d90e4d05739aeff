// SPDX-License-Identifier: Apache-2.0
//
// Why: a cohort's page, joining it, and the review of sign-ups.
#include <string.h>

#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_page.h"
#include "app/enrolment/enrolment_store.h"
#include "app_enrolment_enrolment.html.h"

// ---- forms -----------------------------------------------------------------------------------

struct joining {
    const char *level;
    struct field_many topics;
    struct field_many languages;
    struct field_many times;
    int64_t places;
    const char *about;
};

// clang-format off
static const struct field_option levels[] = {
    {"1", MSG("At the beginning")                }, {"2", MSG("Some years, or through training")},
    {"3", MSG("Experienced")                     }, {"4", MSG("Very experienced, or leading others")},
    {NULL, NULL},
};

#define LEVEL     {"level",     FIELD_ONE,  FIELD_TEXT_OF(struct joining, level), 1, 1,  MSG("Where are you in your career?"), MSG("Matching uses this: a mentor is at least as far as her mentee."), levels}
#define LANGUAGES {"languages", FIELD_MANY, offsetof(struct joining, languages),  1, 8,  MSG("Which languages do you speak well?"), MSG("Matching uses this: a pair has a language in common."), enrolment_languages}
#define TIMES     {"times",     FIELD_MANY, offsetof(struct joining, times),      1, 5,  MSG("When can you meet?"), MSG("Matching uses this: a pair has time in common. Times are in UTC."), enrolment_times}
#define ABOUT     {"about",     FIELD_TEXT, FIELD_TEXT_OF(struct joining, about), 0, 1000, MSG("A few words about you"), MSG("Matching doesn't use this. The people who run the programme read it."), NULL}

static const struct field mentee_fields[] = {
    LEVEL,
    {"topics", FIELD_MANY, offsetof(struct joining, topics), 1, 5, MSG("What do you want help with?"), MSG("Choose up to five. Matching counts this most."), enrolment_topics},
    LANGUAGES, TIMES, ABOUT,
};
static const struct field mentor_fields[] = {
    LEVEL,
    {"topics", FIELD_MANY,    offsetof(struct joining, topics),       1, 13, MSG("What can you help with?"), MSG("Choose all that fit. Matching counts this most."), enrolment_topics},
    LANGUAGES, TIMES,
    {"places", FIELD_INTEGER, FIELD_INT_OF(struct joining, places), 0, 10, MSG("How many mentees would you take?"), MSG("From 0 to 10. Most mentors take one or two."), NULL},
    ABOUT,
};

struct decision {
    int64_t enrolment;
    const char *from;
    const char *to;
    const char *reason;
};

static const struct field_option decisions[] = {
    {"approved", MSG("Accept")}, {"waitlisted", MSG("Waiting list")}, {"declined", MSG("Do not accept")}, {NULL, NULL},
};
static const struct field decision_fields[] = {
    {"enrolment", FIELD_INTEGER, FIELD_INT_OF(struct decision, enrolment), 1, INT64_MAX, MSG("Sign-up"),  "", NULL     },
    {"from",      FIELD_HIDDEN,  FIELD_TEXT_OF(struct decision, from),     1, 20,        MSG("State"),    "", NULL     },
    {"to",        FIELD_ONE,     FIELD_TEXT_OF(struct decision, to),       1, 1,         MSG("Decision"), "", decisions},
    {"reason",    FIELD_LINE,    FIELD_TEXT_OF(struct decision, reason),   0, 500,       MSG("Reason"),   "", NULL     },
};
// clang-format on

static const struct shape mentee_shape = SHAPE(struct joining, mentee_fields);
static const struct shape mentor_shape = SHAPE(struct joining, mentor_fields);
static const struct shape decision_shape = SHAPE(struct decision, decision_fields);

// ---- a cohort's page -------------------------------------------------------------------------

static enum rc make_view(struct req *req, struct enrolment_view **ret_view)
{
    struct enrolment_view *view = ARENA_NEW(req->arena, struct enrolment_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    view->signed_in = req->actor.person != 0;
    view->open = strcmp(view->cohort.state, "enrolling") == 0;
    view->may_run = req->actor.admin;
    if (view->signed_in && !view->may_run)
        TRY(app_has_role(req, ROLE_MANAGER, 0, &view->may_run));
    view->may_review = view->may_run;
    if (view->signed_in && !view->may_review)
        TRY(app_has_role(req, ROLE_COORDINATOR, view->cohort.id, &view->may_review));
    view->form = &req->form;
    req->view = view;
    *ret_view = view;
    return RC_OK;
}

static enum rc load_cohort(struct req *req)
{
    struct enrolment_view *view = NULL;
    TRY(make_view(req, &view));
    if (strcmp(view->cohort.state, "draft") == 0 && !view->may_review)
        return RC_NOT_FOUND;
    if (view->may_run)
        view->next_state = cohort_next_state(view->cohort.state);
    return enrolment_mine(req, view->cohort.id, &view->mine, &view->mine_count);
}

static void write_cohort(struct html *html, struct req *req)
{
    page_cohort(html, req->view);
}

// ---- joining ---------------------------------------------------------------------------------

static enum rc load_join(struct req *req, bool for_mentor)
{
    struct enrolment_view *view = NULL;
    TRY(make_view(req, &view));
    if (!view->open)
        return RC_NOT_FOUND;
    view->for_mentor = for_mentor;
    view->shape = for_mentor ? &mentor_shape : &mentee_shape;
    view->action = arena_strndup(req->arena, req->http->path.bytes, req->http->path.length);
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc load_join_mentee(struct req *req)
{
    return load_join(req, false);
}

static enum rc load_join_mentor(struct req *req)
{
    return load_join(req, true);
}

static void write_join(struct html *html, struct req *req)
{
    page_join(html, req->view);
}

// The chosen values, each with a space after it.
static const char *join_words(struct arena *arena, const struct field_many *many)
{
    struct buffer words;
    buffer_open(&words, arena, TEXT_KEY_LIMIT_BYTES);
    for (size_t k = 0; k < many->count; k++) {
        buffer_text(&words, many->values[k]);
        buffer_byte(&words, ' ');
    }
    return words.rc == RC_OK ? words.bytes : NULL;
}

static enum rc act_join(struct req *req, const char *role)
{
    const struct joining *in = req->in;
    struct cohort cohort;
    TRY(cohort_load(req, &cohort));
    if (strcmp(cohort.state, "enrolling") != 0)
        return RC_NOT_FOUND;
    struct enrolment enrolment = {.id = db_new_id(req->now_us),
                                  .person = req->actor.person,
                                  .cohort = cohort.id,
                                  .role = role,
                                  .state = "submitted",
                                  .level = in->level[0] - '0',
                                  .topics = join_words(req->arena, &in->topics),
                                  .languages = join_words(req->arena, &in->languages),
                                  .times = join_words(req->arena, &in->times),
                                  .about = in->about,
                                  .places = in->places};
    if (enrolment.topics == NULL || enrolment.languages == NULL || enrolment.times == NULL)
        return RC_NO_MEMORY;
    enum rc rc = enrolment_add(req->tx, &enrolment, req->now_us);
    if (rc == RC_EXISTS)
        return form_refuse(&req->form, "level", MSG("You have joined in this role already"));
    TRY(rc);
    return req_go(req, MSG("Your sign-up is sent."), "/cohorts/%lld", (long long)cohort.id);
}

static enum rc act_join_mentee(struct req *req)
{
    return act_join(req, "mentee");
}

static enum rc act_join_mentor(struct req *req)
{
    return act_join(req, "mentor");
}

static enum rc act_withdraw(struct req *req)
{
    int64_t cohort = req_id(req, "cohort");
    TRY(enrolment_withdraw(req, cohort));
    return req_go(req, MSG("Your sign-up is taken back."), "/cohorts/%lld", (long long)cohort);
}

// ---- review ----------------------------------------------------------------------------------

static enum rc load_people(struct req *req)
{
    struct enrolment_view *view = NULL;
    TRY(make_view(req, &view));
    return enrolment_list(req->tx, req->arena, view->cohort.id, NULL, &view->all, &view->count);
}

static void write_people(struct html *html, struct req *req)
{
    page_people(html, req->view);
}

static enum rc act_decide(struct req *req)
{
    const struct decision *in = req->in;
    int64_t cohort = req_id(req, "cohort");
    bool may_move = strcmp(in->from, "submitted") == 0 || strcmp(in->from, "waitlisted") == 0;
    if (!may_move)
        return RC_EXISTS;
    TRY(enrolment_move(req->tx, in->enrolment, cohort, in->from, in->to, in->reason));
    return req_go(req, MSG("Your decision is kept."), "/cohorts/%lld/people", (long long)cohort);
}

void enrolment_labels(struct html *html, const struct field_option *options, const char *list)
{
    bool first = true;
    for (const struct field_option *o = options; o->value != NULL; o++) {
        const char *one = o->value;
        if (enrolment_common(one, list) == 0)
            continue;
        if (!first)
            html_text(html, ", ");
        html_message(html, o->label, NULL, 0);
        first = false;
    }
}

// clang-format off
const struct route enrolment_routes[] = {
    {WEB_GET,  "/cohorts/:cohort",             CAN_VISIT,         NULL,            NULL, NULL,            load_cohort,      write_cohort, MSG("Programme")         },
    {WEB_GET,  "/cohorts/:cohort/join/mentee", CAN_JOIN,          NULL,            NULL, NULL,            load_join_mentee, write_join,   MSG("Join as a mentee")  },
    {WEB_POST, "/cohorts/:cohort/join/mentee", CAN_JOIN,          &mentee_shape,   NULL, act_join_mentee, load_join_mentee, write_join,   MSG("Join as a mentee")  },
    {WEB_GET,  "/cohorts/:cohort/join/mentor", CAN_JOIN,          NULL,            NULL, NULL,            load_join_mentor, write_join,   MSG("Join as a mentor")  },
    {WEB_POST, "/cohorts/:cohort/join/mentor", CAN_JOIN,          &mentor_shape,   NULL, act_join_mentor, load_join_mentor, write_join,   MSG("Join as a mentor")  },
    {WEB_POST, "/cohorts/:cohort/withdraw",    CAN_JOIN,          NULL,            NULL, act_withdraw,    NULL,             NULL,         MSG("Take back my sign-up")},
    {WEB_GET,  "/cohorts/:cohort/people",      CAN_REVIEW_PEOPLE, NULL,            NULL, NULL,            load_people,      write_people, MSG("Sign-ups")          },
    {WEB_POST, "/cohorts/:cohort/people",      CAN_REVIEW_PEOPLE, &decision_shape, NULL, act_decide,      load_people,      write_people, MSG("Decide on a sign-up")},
    {0,        NULL,                           0,                 NULL,            NULL, NULL,            NULL,             NULL,         NULL                     },
};
// clang-format on

// SPDX-License-Identifier: Apache-2.0
//
// Why: each programme offers its topics: those that come with the program, some of them not, and
// its own.
#include <string.h>

#include "app/cohort/programme.h"
#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_page.h"
#include "app_enrolment_topic.html.h"

struct new_topic {
    const char *label;
};

struct one_topic {
    const char *topic;
};

// clang-format off
static const struct field new_fields[] = {
    {"label", FIELD_LINE, FIELD_TEXT_OF(struct new_topic, label), 2, 60, MSG("The topic"), MSG("Such as: Quantum computing. Without a semicolon."), NULL},
};
static const struct field one_fields[] = {
    {"topic", FIELD_HIDDEN, FIELD_TEXT_OF(struct one_topic, topic), 1, 40, MSG("Topic"), "", NULL},
};
// clang-format on
static const struct shape new_shape = SHAPE(struct new_topic, new_fields);
static const struct shape one_shape = SHAPE(struct one_topic, one_fields);

static enum rc load_topics(struct req *req)
{
    struct enrolment_view *view = ARENA_NEW(req->arena, struct enrolment_view);
    int64_t programme = req_id(req, "programme");
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_find(req->tx, req->arena, programme, &view->cohort));
    if (!cohort_is_template(&view->cohort))
        return RC_NOT_FOUND;
    view->form = &req->form;
    view->shape = &new_shape;
    view->action = arena_printf(req->arena, "/programmes/%lld/topics", (long long)programme);
    req->view = view;
    return view->action == NULL
               ? RC_NO_MEMORY
               : topic_list(req->tx, req->arena, programme, &view->topics, &view->topic_count);
}

static void write_topics(struct html *html, struct req *req)
{
    page_topics(html, req->view);
}

static enum rc go_topics(struct req *req, const char *said)
{
    return req_go(req, said, "/programmes/%lld/topics", (long long)req_id(req, "programme"));
}

static enum rc act_new(struct req *req)
{
    const struct new_topic *in = req->in;
    if (strchr(in->label, ';') != NULL)
        return form_refuse(&req->form, "label", MSG("Write it without a semicolon"));
    enum rc rc = topic_own_add(req, req_id(req, "programme"), in->label);
    if (rc == RC_EXISTS)
        return form_refuse(&req->form, "label", MSG("This topic is there already"));
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "label", MSG("There are 60 topics of your own already"));
    TRY(rc);
    return go_topics(req, MSG("People can choose the topic from now on."));
}

static enum rc act_off(struct req *req)
{
    const struct one_topic *in = req->in;
    TRY(topic_switch(req, req_id(req, "programme"), in->topic, true));
    return go_topics(req, MSG("It is not offered any more. Who has chosen it keeps it."));
}

static enum rc act_on(struct req *req)
{
    const struct one_topic *in = req->in;
    TRY(topic_switch(req, req_id(req, "programme"), in->topic, false));
    return go_topics(req, MSG("It is offered again."));
}

static enum rc act_end(struct req *req)
{
    const struct one_topic *in = req->in;
    TRY(topic_own_end(req, req_id(req, "programme"), in->topic));
    return go_topics(req, MSG("It is taken out. Who has chosen it keeps it as her own words."));
}

// clang-format off
const struct route enrolment_topic_routes[] = {
    {WEB_GET,  "/programmes/:programme/topics",     CAN_EDIT_TEXTS, NULL,       NULL, NULL,    load_topics, write_topics, MSG("Topics"), .out = &topics_out},
    {WEB_POST, "/programmes/:programme/topics",     CAN_EDIT_TEXTS, &new_shape, NULL, act_new, load_topics, write_topics, MSG("Topics")},
    {WEB_POST, "/programmes/:programme/topics/off", CAN_EDIT_TEXTS, &one_shape, NULL, act_off, load_topics, write_topics, MSG("Stop offering a topic")},
    {WEB_POST, "/programmes/:programme/topics/on",  CAN_EDIT_TEXTS, &one_shape, NULL, act_on,  load_topics, write_topics, MSG("Offer a topic again")},
    {WEB_POST, "/programmes/:programme/topics/end", CAN_EDIT_TEXTS, &one_shape, NULL, act_end, load_topics, write_topics, MSG("Take a topic out")},
    {0,        NULL,                                0,              NULL,       NULL, NULL,    NULL,        NULL,         NULL},
};
// clang-format on

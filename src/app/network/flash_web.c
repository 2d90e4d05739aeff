// SPDX-License-Identifier: Apache-2.0
//
// Why: mentors offer short talks, and whoever needs one takes it.
#include <stdlib.h>
#include <string.h>

#include "app/network/network.h"
#include "app/network/network_page.h"
#include "app/pair/pair_meet.h"
#include "app_network_flash.html.h"

struct offer_form {
    const char *topic;
    const char *about;
    const char *day;
    const char *time;
    const char *minutes;
    const char *place;
};
struct take_form {
    const char *words;
};
struct one_form {
    int64_t talk;
};

// clang-format off
static const struct field_option lengths[] = {
    {"15", MSG("15 minutes")}, {"30", MSG("30 minutes")}, {"45", MSG("45 minutes")}, {"60", MSG("60 minutes")}, {NULL, NULL},
};
static const struct field offer_fields[] = {
    {"about",   FIELD_TEXT, FIELD_TEXT_OF(struct offer_form, about),   0, 1000, MSG("What can one ask you?"), "", NULL},
    {"day",     FIELD_DAY,  FIELD_TEXT_OF(struct offer_form, day),     1, 10,   MSG("Day"), "", NULL},
    {"time",    FIELD_LINE, FIELD_TEXT_OF(struct offer_form, time),    1, 5,    MSG("Time"), MSG("In your own zone, for example 18:30."), NULL},
    {"minutes", FIELD_ONE,  FIELD_TEXT_OF(struct offer_form, minutes), 1, 1,    MSG("How long?"), "", lengths},
    {"place",   FIELD_LINE, FIELD_TEXT_OF(struct offer_form, place),   1, 500,  MSG("Link or place"), MSG("Only who takes the talk sees it."), NULL},
    {"topic",   FIELD_ONE,  FIELD_TEXT_OF(struct offer_form, topic),   1, 1,    MSG("Topic"), "", enrolment_topics},
};
static const struct field take_fields[] = {
    {"words", FIELD_TEXT, FIELD_TEXT_OF(struct take_form, words), 1, 1000, MSG("What do you want to talk about?"), MSG("Only the mentor reads it."), NULL},
};
static const struct field one_fields[] = {
    {"talk", FIELD_INTEGER, FIELD_INT_OF(struct one_form, talk), 1, INT64_MAX, MSG("Short talk"), "", NULL},
};
// clang-format on
static const struct shape offer_shape = SHAPE(struct offer_form, offer_fields);
static const struct shape take_shape = SHAPE(struct take_form, take_fields);
static const struct shape one_shape = SHAPE(struct one_form, one_fields);

static enum rc load_talks(struct req *req)
{
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, NULL, &view));
    TRY(flash_list(req, &view->net, 'o', &view->open, &view->open_count));
    TRY(flash_list(req, &view->net, 't', &view->taken, &view->taken_count));
    return flash_list(req, &view->net, 'm', &view->offered, &view->offered_count);
}

static void write_talks(struct html *html, struct req *req)
{
    page_talks(html, req->view);
}

// ---- offering --------------------------------------------------------------------------------

static enum rc load_offer(struct req *req)
{
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, &offer_shape, &view));
    return view->net.mentors ? RC_OK : RC_NOT_FOUND;
}

static void write_offer(struct html *html, struct req *req)
{
    page_talk_offer(html, req->view);
}

static enum rc act_offer(struct req *req)
{
    const struct offer_form *in = req->in;
    const struct app_place at = app_here(req);
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, &offer_shape, &view));
    if (!view->net.mentors)
        return RC_NOT_FOUND;
    struct flash f = {.cohort = view->net.cohort.id,
                      .mentor = view->net.me,
                      .topic = in->topic,
                      .about = in->about,
                      .minutes = strtoll(in->minutes, NULL, 10),
                      .place = in->place};
    if (meeting_instant(req->arena, in->day, in->time, view->net.zone, &f.at) != RC_OK)
        return form_refuse(&req->form, "time",
                           MSG("Write a day and a time that there is, such as 18:30"));
    if (f.at <= req->now_us || f.at > req->now_us + 366 * NETWORK_DAY_US)
        return form_refuse(&req->form, "day", MSG("Choose a time that is still to come"));
    TRY(flash_list(req, &view->net, 'm', &view->offered, &view->offered_count));
    if (view->offered_count >= FLASH_OPEN_MOST)
        return form_refuse(&req->form, "day", MSG("Twenty talks of yours are still to come"));
    for (size_t k = 0; k < view->offered_count; k++) {
        const struct flash *o = &view->offered[k];
        if (f.at < o->at + o->minutes * NETWORK_MINUTE_US &&
            o->at < f.at + f.minutes * NETWORK_MINUTE_US)
            return form_refuse(&req->form, "time", MSG("Another talk of yours is at that time"));
    }
    TRY(flash_add(&at, &f));
    return req_go(req, MSG("The talk is offered."), "/cohorts/%lld/talks",
                  (long long)view->net.cohort.id);
}

// ---- taking ----------------------------------------------------------------------------------

static enum rc load_take(struct req *req)
{
    struct network_view *view = NULL;
    bool found = false;
    TRY(network_make_cohort(req, &take_shape, &view));
    TRY(flash_list(req, &view->net, 'o', &view->open, &view->open_count));
    for (size_t k = 0; k < view->open_count && !found; k++)
        if (view->open[k].id == req_id(req, "talk")) {
            view->talk = view->open[k];
            found = true;
        }
    return found ? RC_OK : RC_NOT_FOUND;
}

static void write_take(struct html *html, struct req *req)
{
    page_talk_take(html, req->view);
}

static enum rc act_take(struct req *req)
{
    const struct take_form *in = req->in;
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, &take_shape, &view));
    enum rc rc = flash_take(req, &view->net, req_id(req, "talk"), in->words);
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "words",
                           MSG("You have two short talks to come already. Others need one too"));
    if (rc == RC_EXISTS)
        return req_go(req, MSG("Somebody else was first. Perhaps another talk suits you."),
                      "/cohorts/%lld/talks", (long long)view->net.cohort.id);
    TRY(rc);
    return req_go(req, MSG("The talk is yours. It comes to your calendar by letter."),
                  "/cohorts/%lld/talks", (long long)view->net.cohort.id);
}

static enum rc act_release(struct req *req)
{
    const struct one_form *in = req->in;
    const struct app_place at = app_here(req);
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, NULL, &view));
    TRY(flash_release(&at, in->talk, view->net.me));
    return req_go(req, MSG("It is given back, for somebody else."), "/cohorts/%lld/talks",
                  (long long)view->net.cohort.id);
}

static enum rc act_cancel(struct req *req)
{
    const struct one_form *in = req->in;
    const struct app_place at = app_here(req);
    struct network_view *view = NULL;
    TRY(network_make_cohort(req, NULL, &view));
    TRY(flash_cancel(&at, in->talk, view->net.me));
    return req_go(req, MSG("It is called off."), "/cohorts/%lld/talks",
                  (long long)view->net.cohort.id);
}

// clang-format off
const struct route flash_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/talks",         CAN_JOIN, NULL,         NULL, NULL,        load_talks, write_talks, MSG("Short talks"), &talks_out},
    {WEB_GET,  "/cohorts/:cohort/talks/offer",   CAN_JOIN, NULL,         NULL, NULL,        load_offer, write_offer, MSG("Offer a short talk")},
    {WEB_POST, "/cohorts/:cohort/talks/offer",   CAN_JOIN, &offer_shape, NULL, act_offer,   load_offer, write_offer, MSG("Offer a short talk")},
    {WEB_POST, "/cohorts/:cohort/talks/release", CAN_JOIN, &one_shape,   NULL, act_release, load_talks, write_talks, MSG("Give a talk back")},
    {WEB_POST, "/cohorts/:cohort/talks/cancel",  CAN_JOIN, &one_shape,   NULL, act_cancel,  load_talks, write_talks, MSG("Call a talk off")},
    {WEB_GET,  "/cohorts/:cohort/talks/:talk",   CAN_JOIN, NULL,         NULL, NULL,        load_take,  write_take,  MSG("Take a short talk"), &talk_out},
    {WEB_POST, "/cohorts/:cohort/talks/:talk",   CAN_JOIN, &take_shape,  NULL, act_take,    load_take,  write_take,  MSG("Take a short talk")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

// SPDX-License-Identifier: Apache-2.0
//
// Why: beside her week, a person has days without time, wants some notice before a meeting, and
// likes meetings of some lengths. It holds in all her pairs; her matches see the days, and no
// reason.
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_page.h"
#include "app_enrolment_away.html.h"

struct new_away {
    const char *first;
    const char *last;
};

struct one_away {
    int64_t away;
};

struct new_choice {
    int64_t notice;
    struct field_many lengths;
};

// clang-format off
static const struct field_option lengths[] = {
    {"15", MSG("15 minutes")}, {"30", MSG("30 minutes")}, {"45", MSG("45 minutes")}, {"60", MSG("An hour")}, {"90", MSG("An hour and a half")}, {NULL, NULL},
};
static const struct field away_fields[] = {
    {"first", FIELD_DAY, FIELD_TEXT_OF(struct new_away, first), 1, 10, MSG("First day"), MSG("As year-month-day."), NULL},
    {"last",  FIELD_DAY, FIELD_TEXT_OF(struct new_away, last),  1, 10, MSG("Last day"),  MSG("It is a day without time too."), NULL},
};
static const struct field one_fields[] = {
    {"away", FIELD_INTEGER, FIELD_INT_OF(struct one_away, away), 1, INT64_MAX, MSG("Days"), "", NULL},
};
static const struct field choice_fields[] = {
    {"notice",  FIELD_INTEGER, FIELD_INT_OF(struct new_choice, notice), 1, 336, MSG("Hours of notice that I need before a meeting"), MSG("From 1 to 336, which is two weeks. Usual are 24. Earlier times are not suggested."), NULL},
    {"lengths", FIELD_MANY, offsetof(struct new_choice, lengths),       0, 5,   MSG("How long should meetings be?"), MSG("Tick all that suit you. The shortest that suits both is suggested."), lengths},
};
// clang-format on
static const struct shape away_shape = SHAPE(struct new_away, away_fields);
static const struct shape one_shape = SHAPE(struct one_away, one_fields);
static const struct shape choice_shape = SHAPE(struct new_choice, choice_fields);

bool away_holds(const struct away *away, size_t count, const char *day)
{
    for (size_t k = 0; k < count; k++)
        if (strcmp(away[k].first, day) <= 0 && strcmp(day, away[k].last) <= 0)
            return true;
    return false;
}

// The word of a number in a list of numbers with a space after each.
static bool likes(const struct meet_choice *choice, const char *minutes)
{
    return choice->lengths[0] == '\0' || enrolment_common(minutes, choice->lengths) > 0;
}

int64_t meet_minutes(const struct meet_choice *mine, const struct meet_choice *theirs,
                     int64_t usual)
{
    if (mine->lengths[0] == '\0' && theirs->lengths[0] == '\0')
        return usual;
    for (const struct field_option *one = lengths; one->value != NULL; one++)
        if (likes(mine, one->value) && likes(theirs, one->value))
            return strtoll(one->value, NULL, 10);
    return usual;
}

static enum rc split(struct arena *arena, const char *list, struct field_many *ret_many)
{
    ret_many->count = 0;
    ret_many->values = ARENA_ARRAY(arena, const char *, sizeof lengths / sizeof lengths[0]);
    if (ret_many->values == NULL)
        return RC_NO_MEMORY;
    for (const struct field_option *one = lengths; one->value != NULL; one++)
        if (enrolment_common(one->value, list) > 0)
            ret_many->values[ret_many->count++] = one->value;
    return RC_OK;
}

static enum rc load_away(struct req *req)
{
    struct enrolment_view *view = ARENA_NEW(req->arena, struct enrolment_view);
    struct meet_choice choice;
    struct new_choice now = {0};
    if (view == NULL)
        return RC_NO_MEMORY;
    view->form = &req->form;
    view->shape = &away_shape;
    view->shapes[0] = &choice_shape;
    req->view = view;
    TRY(away_list(req->tx, req->arena, req->actor.person, req->now_us, &view->away,
                  &view->away_count));
    TRY(meet_choice_find(req->tx, req->arena, req->actor.person, &choice));
    now.notice = choice.notice;
    TRY(split(req->arena, choice.lengths, &now.lengths));
    bool typed = req->http->method == WEB_POST && form_value(&req->form, "notice") != NULL;
    return typed ? RC_OK : shape_edit(&choice_shape, &req->form, &now);
}

static void write_away(struct html *html, struct req *req)
{
    page_away(html, req->view);
}

static enum rc act_away(struct req *req)
{
    enum { DAYS_MOST = 366 };
    const struct new_away *in = req->in;
    struct date first;
    struct date last;
    struct away *all = NULL;
    size_t count = 0;
    if (date_parse(in->first, &first) != RC_OK || date_parse(in->last, &last) != RC_OK)
        return form_refuse(&req->form, "first", MSG("This is no day"));
    int64_t days = date_to_days(last) - date_to_days(first);
    if (days < 0)
        return form_refuse(&req->form, "last", MSG("The last day comes after the first, or is it"));
    if (days > DAYS_MOST)
        return form_refuse(&req->form, "last", MSG("Write a year at most"));
    TRY(away_list(req->tx, req->arena, req->actor.person, req->now_us, &all, &count));
    if (count >= AWAY_MAX)
        return form_refuse(&req->form, "first", MSG("There are 50 such times already"));
    TRY(away_add(req, in->first, in->last));
    return req_go(req, MSG("It is kept. No meeting is suggested on these days."), "/account/away");
}

static enum rc act_end(struct req *req)
{
    const struct one_away *in = req->in;
    TRY(away_end(req, in->away));
    return req_go(req, MSG("It is taken out."), "/account/away");
}

static enum rc act_choice(struct req *req)
{
    const struct new_choice *in = req->in;
    struct buffer words;
    buffer_open(&words, req->arena, 256);
    for (size_t k = 0; k < in->lengths.count; k++)
        buffer_printf(&words, "%s ", in->lengths.values[k]);
    TRY(words.rc);
    const struct meet_choice choice = {in->notice, words.length == 0 ? "" : words.bytes};
    TRY(meet_choice_set(req, &choice));
    return req_go(req, MSG("It is kept."), "/account/away");
}

// clang-format off
const struct route enrolment_away_routes[] = {
    {WEB_GET,  "/account/away",     CAN_HAVE_ACCOUNT, NULL,          NULL, NULL,       load_away, write_away, MSG("When I have no time"), .out = &away_out},
    {WEB_POST, "/account/away",     CAN_HAVE_ACCOUNT, &away_shape,   NULL, act_away,   load_away, write_away, MSG("When I have no time")},
    {WEB_POST, "/account/away/end", CAN_HAVE_ACCOUNT, &one_shape,    NULL, act_end,    load_away, write_away, MSG("I have time again")},
    {WEB_POST, "/account/meeting",  CAN_HAVE_ACCOUNT, &choice_shape, NULL, act_choice, load_away, write_away, MSG("How I like to meet")},
    {0,        NULL,                0,                NULL,          NULL, NULL,       NULL,      NULL,       NULL},
};
// clang-format on

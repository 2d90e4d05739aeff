// SPDX-License-Identifier: Apache-2.0
//
// Why: a pair's plan: what comes next, what is done, what waits; and the agendas of its meetings.
#include <string.h>

#include "base/date.h"

#include "app/pair/pair.h"
#include "app/support/support_page.h"
#include "app_support_support_plan.html.h"

struct turn_form {
    int64_t item;
    int64_t done;
};

static const struct field turn_fields[] = {
    {"item", FIELD_INTEGER, FIELD_INT_OF(struct turn_form, item), 1, INT64_MAX, MSG("Step"), "",
     NULL                                                                                            },
    {"done", FIELD_INTEGER, FIELD_INT_OF(struct turn_form, done), 0, 1,         MSG("Done"), "", NULL},
};
static const struct shape turn_shape = SHAPE(struct turn_form, turn_fields);

// ---- for templates -----------------------------------------------------------------------------

const char *support_number(struct html *html, int64_t number)
{
    const char *text = arena_printf(html->buffer->arena, "%lld", (long long)number);
    return text == NULL ? "" : text;
}

size_t support_language_count(void)
{
    size_t count = 0;
    while (support_languages[count].value != NULL)
        count++;
    return count;
}

void support_mb(struct html *html, int64_t bytes)
{
    const long long kilobytes = bytes / 1024;
    if (kilobytes < 100)
        buffer_printf(html->buffer, "%lld KB", kilobytes + 1);
    else
        buffer_printf(html->buffer, "%lld.%lld MB", kilobytes / 1024, kilobytes % 1024 * 10 / 1024);
}

static bool is_hers(const struct pair_item *item, const char *side)
{
    return strcmp(item->step.owner, side) == 0 || strcmp(item->step.owner, "both") == 0;
}

bool pair_plan_may_tick(const struct pair_plan_view *view, const struct pair_item *item)
{
    bool acts = strcmp(item->step.kind, "message") != 0 && strcmp(item->step.kind, "survey") != 0;
    return view->base.open && acts && is_hers(item, view->side);
}

// ---- the plan ----------------------------------------------------------------------------------

static void add_next(struct pair_plan_view *view, const struct pair_item *item)
{
    enum { NEXT_MAX = sizeof view->next / sizeof view->next[0] };
    size_t at = view->next_count;
    if (at < NEXT_MAX)
        view->next_count++;
    else if (view->next[at - 1].due_at <= item->due_at)
        return;
    else
        at--;
    for (; at > 0 && view->next[at - 1].due_at > item->due_at; at--)
        view->next[at] = view->next[at - 1];
    view->next[at] = *item;
}

static enum rc make_groups(struct arena *arena, struct pair_plan_view *view)
{
    view->groups = ARENA_ARRAY(arena, struct plan_group, view->count);
    if (view->groups == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->count; k++) {
        const struct pair_item *item = &view->items[k];
        bool same = k > 0 && item[-1].plan == item->plan &&
                    strcmp(item[-1].step.stage_title, item->step.stage_title) == 0;
        if (!same)
            view->groups[view->group_count++] =
                (struct plan_group){item->step.stage_title, item, 0};
        view->groups[view->group_count - 1].count++;
    }
    return RC_OK;
}

static void count_items(struct pair_plan_view *view)
{
    for (size_t k = 0; k < view->count; k++) {
        const struct pair_item *item = &view->items[k];
        enum plan_stand stand = plan_stand(item, view->now_us);
        bool message = strcmp(item->step.kind, "message") == 0;
        if (!is_hers(item, view->side) || message)
            continue;
        view->all++;
        view->done += stand == PLAN_DONE || stand == PLAN_SKIPPED;
        view->late += stand == PLAN_LATE;
        if (stand != PLAN_DONE && stand != PLAN_SKIPPED)
            add_next(view, item);
    }
}

static enum rc make_view(struct req *req, struct pair_plan_view **ret_view)
{
    struct pair_plan_view *view = ARENA_NEW(req->arena, struct pair_plan_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(pair_fill_view(req, NULL, &view->base));
    view->side = view->base.pair.mentor ? "mentor" : "mentee";
    view->now_us = req->now_us;
    const struct pair_reader reader = {view->base.pair.match.id, view->side,
                                       locale_tag(req->locale)};
    TRY(pair_item_list(req->tx, req->arena, &reader, &view->items, &view->count));
    req->view = view;
    *ret_view = view;
    return RC_OK;
}

static enum rc load_plan(struct req *req)
{
    struct pair_plan_view *view = NULL;
    TRY(make_view(req, &view));
    count_items(view);
    return make_groups(req->arena, view);
}

static void write_plan(struct html *html, struct req *req)
{
    page_pair_plan(html, req->view);
}

static enum rc act_turn(struct req *req)
{
    const struct turn_form *in = req->in;
    const struct app_place at = app_here(req);
    struct pair pair;
    TRY(pair_load(req, &pair));
    if (!pair_is_open(&pair))
        return RC_EXISTS;
    TRY(pair_item_turn(&at, pair.match.id, in->item, pair.mentor ? "mentor" : "mentee",
                       in->done == 1, pair.me));
    return pair_go(req, &pair, in->done == 1 ? MSG("Done.") : MSG("It is open again."), "/plan");
}

// ---- agendas -----------------------------------------------------------------------------------

static enum rc load_agendas(struct req *req)
{
    struct pair_plan_view *view = NULL;
    size_t kept = 0;
    TRY(make_view(req, &view));
    for (size_t k = 0; k < view->count; k++)
        if (strcmp(view->items[k].step.kind, "meeting") == 0)
            view->items[kept++] = view->items[k];
    view->count = kept;
    return RC_OK;
}

static void write_agendas(struct html *html, struct req *req)
{
    page_pair_agendas(html, req->view);
}

// clang-format off
const struct route support_plan_routes[] = {
    {WEB_GET,  "/pairs/:pair/plan",         CAN_JOIN, NULL,        NULL, NULL,     load_plan,    write_plan,    MSG("Our plan"), &pair_plan_out},
    {WEB_POST, "/pairs/:pair/plan/turn",    CAN_JOIN, &turn_shape, NULL, act_turn, load_plan,    write_plan,    MSG("A step of our plan")},
    {WEB_GET,  "/pairs/:pair/plan/agendas", CAN_JOIN, NULL,        NULL, NULL,     load_agendas, write_agendas, MSG("Agendas"), &agendas_out},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

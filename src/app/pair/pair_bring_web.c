// SPDX-License-Identifier: Apache-2.0
//
// What a mentee takes along to another mentor; see pair_bring.h.
#include <string.h>

#include "app/pair/pair.h"
#include "app/pair/pair_bring.h"
#include "app/pair/pair_page.h"
#include "app_pair_pair_bring.html.h"

struct back_form {
    int64_t brought;
};

// clang-format off
static const struct field back_fields[] = {
    {"brought", FIELD_INTEGER, FIELD_INT_OF(struct back_form, brought), 1, INT64_MAX, MSG("What was brought"), "", NULL},
};
// clang-format on
static const struct shape bring_shape = {NULL, 0, sizeof(int64_t), "goal action note"};
static const struct shape back_shape = SHAPE(struct back_form, back_fields);

// ---- pages -------------------------------------------------------------------------------------

static enum rc load_bring(struct req *req)
{
    struct end_view *view = ARENA_NEW(req->arena, struct end_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(pair_fill_view(req, NULL, &view->base));
    req->view = view;
    if (view->base.pair.mentor)
        return RC_NOT_FOUND;
    return bring_list(req, &view->base.pair, &view->old, &view->old_count);
}

static void write_bring(struct html *html, struct req *req)
{
    page_bring(html, req->view);
}

static enum rc act_bring(struct req *req)
{
    struct pair pair;
    struct old_thing *old = NULL;
    size_t count = 0;
    TRY(pair_load(req, &pair));
    bool open = pair_is_open(&pair);
    if (pair.held_back)
        return RC_EXISTS;
    if (pair.mentor)
        return RC_NOT_FOUND;
    TRY(bring_list(req, &pair, &old, &count));
    if (!open)
        TRY(bring_forget_wishes(req->tx, pair.match.id));
    for (size_t k = 0; k < count; k++) {
        const char *id = arena_printf(req->arena, "%lld", (long long)old[k].id);
        if (id == NULL)
            return RC_NO_MEMORY;
        if (form_has(&req->form, old[k].kind, id))
            TRY(open ? bring_now(req, &pair, &old[k]) : bring_wish(req, &pair, &old[k]));
    }
    return open ? pair_go(req, &pair, MSG("It is here now. What is in the old pages stays there."),
                          "/goals")
                : pair_go(req, &pair, MSG("It is kept for your next mentor."), "/bring");
}

static enum rc act_back(struct req *req)
{
    const struct back_form *in = req->in;
    struct pair pair;
    TRY(pair_open(req, &pair));
    TRY(brought_drop(req->tx, &pair, in->brought));
    return pair_go(req, &pair, MSG("It is taken back."), "/goals");
}

// clang-format off
const struct route pair_bring_routes[] = {
    {WEB_GET,  "/pairs/:pair/bring",      CAN_JOIN, NULL,         NULL, NULL,      load_bring, write_bring, MSG("What moves on with me")},
    {WEB_POST, "/pairs/:pair/bring",      CAN_JOIN, &bring_shape, NULL, act_bring, load_bring, write_bring, MSG("What moves on with me")},
    {WEB_POST, "/pairs/:pair/bring/back", CAN_JOIN, &back_shape,  NULL, act_back,  load_bring, write_bring, MSG("Take back what was brought")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

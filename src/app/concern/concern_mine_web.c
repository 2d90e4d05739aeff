// SPDX-License-Identifier: Apache-2.0
//
// Why: what somebody has told under her account: how it stands, what comes next and by when, the
// answers, and a word more.
#include <stdlib.h>
#include <string.h>

#include "app/concern/concern_page.h"
#include "app_concern_concern_tell.html.h"

struct more_form {
    const char *text;
};

// clang-format off
static const struct field more_fields[] = {
    {"text", FIELD_TEXT, FIELD_TEXT_OF(struct more_form, text), 1, 5000, MSG("Anything to add?"), "", NULL},
};
// clang-format on
static const struct shape more_shape = SHAPE(struct more_form, more_fields);

static enum rc show_one(struct req *req, struct tell_view *view, int64_t id)
{
    for (size_t k = 0; k < view->count; k++) {
        if (view->concerns[k].id != id)
            continue;
        TRY(concern_unseal(req, &view->concerns[k]));
        view->concern = &view->concerns[k];
        view->action = arena_printf(req->arena, "/account/answers/%lld", (long long)id);
        TRY(concern_words(req, id, true, &view->words, &view->word_count));
        return view->action == NULL ? RC_NO_MEMORY : RC_OK;
    }
    return RC_NOT_FOUND;
}

static enum rc load_mine(struct req *req)
{
    struct tell_view *view = ARENA_NEW(req->arena, struct tell_view);
    const char *open = form_value(&req->form, "open");
    int64_t id = req_id(req, "concern");
    if (view == NULL)
        return RC_NO_MEMORY;
    req->view = view;
    view->form = &req->form;
    view->shape = &more_shape;
    view->zone = req->actor.zone;
    view->exit = "https://www.wikipedia.org/";
    TRY(concern_mine(req, &view->concerns, &view->count));
    if (id == 0 && open != NULL)
        id = strtoll(open, NULL, 10);
    return id == 0 ? RC_OK : show_one(req, view, id);
}

static void write_mine(struct html *html, struct req *req)
{
    page_my_concerns(html, req->view);
}

static enum rc act_more(struct req *req)
{
    const struct more_form *in = req->in;
    struct concern *all = NULL;
    size_t count = 0;
    int64_t id = req_id(req, "concern");
    TRY(concern_mine(req, &all, &count));
    for (size_t k = 0; k < count; k++) {
        if (all[k].id != id)
            continue;
        const struct app_place here = app_here(req);
        TRY(concern_word_add(req, id, "reporter", in->text, true));
        TRY(concern_tell_readers(&here, &all[k], all[k].due_at > 0 ? all[k].due_at : req->now_us));
        return req_go(req, MSG("It is added, and whoever looks after it gets a letter."),
                      "/account/answers?open=%lld", (long long)id);
    }
    return RC_NOT_FOUND;
}

// clang-format off
const struct route concern_mine_routes[] = {
    {WEB_GET,  "/account/answers",          CAN_REPORT, NULL,        NULL, NULL,     load_mine, write_mine, MSG("Help"), .out = &own_concerns_out, .query = "open"},
    {WEB_POST, "/account/answers/:concern", CAN_REPORT, &more_shape, NULL, act_more, load_mine, write_mine, MSG("Help")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

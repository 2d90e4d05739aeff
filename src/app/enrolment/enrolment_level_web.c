// SPDX-License-Identifier: Apache-2.0
//
// Why: how far somebody is in each of her topics, where that differs from where she is in her
// career: a page of its own that nobody has to fill in, so that signing up stays short.
#include <string.h>

#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_page.h"
#include "app/enrolment/enrolment_store.h"
#include "app_enrolment_enrolment.html.h"

// Her topics of the list as fields; how far she is in "I don't know yet" is not asked.
static enum rc level_shape(struct req *req, const struct enrolment *one,
                           const struct shape **ret_shape)
{
    struct shape *shape = ARENA_NEW(req->arena, struct shape);
    size_t most = field_option_count(enrolment_topics);
    struct field *fields = ARENA_ARRAY(req->arena, struct field, most);
    size_t count = 0;
    if (shape == NULL || fields == NULL)
        return RC_NO_MEMORY;
    for (const struct field_option *o = enrolment_topics; o->value != NULL; o++) {
        if (enrolment_common(o->value, one->topics) == 0 || strcmp(o->value, "unsure") == 0)
            continue;
        fields[count] = (struct field){.name = o->value,
                                       .kind = FIELD_ONE,
                                       .offset = count * sizeof(const char *),
                                       .most = 1,
                                       .label = o->label,
                                       .hint = "",
                                       .options = enrolment_levels};
        count++;
    }
    *shape = (struct shape){fields, count, count * sizeof(const char *) + 1};
    *ret_shape = shape;
    return RC_OK;
}

// Hers, while it can be changed.
static enum rc open_mine(struct req *req, struct enrolment *ret_mine)
{
    struct enrolment_view *view = NULL;
    TRY(enrolment_make_view(req, &view));
    TRY(enrolment_mine_as(req, view->cohort.id, req_param(req, "role"), ret_mine));
    bool unsent =
        strcmp(ret_mine->state, "draft") == 0 || strcmp(ret_mine->state, "withdrawn") == 0;
    if ((!unsent && !enrolment_is_in(ret_mine->state)) || ret_mine->topics[0] == '\0')
        return RC_NOT_FOUND;
    view->role = ret_mine->role;
    view->step = "levels";
    view->one = ret_mine;
    TRY(enrolment_question_steps(req, view, ret_mine->role));
    return level_shape(req, ret_mine, &view->shape);
}

static enum rc load_levels(struct req *req)
{
    struct enrolment *mine = ARENA_NEW(req->arena, struct enrolment);
    if (mine == NULL)
        return RC_NO_MEMORY;
    TRY(open_mine(req, mine));
    const struct enrolment_view *view = req->view;
    for (size_t k = 0; k < view->shape->count && req->form.error_count == 0; k++) {
        int64_t level = enrolment_skill(mine->skills, view->shape->fields[k].name);
        if (level > 0)
            TRY(form_set(&req->form, view->shape->fields[k].name,
                         enrolment_levels[level - 1].value));
    }
    return RC_OK;
}

static void write_levels(struct html *html, struct req *req)
{
    page_join_levels(html, req->view);
}

static enum rc act_levels(struct req *req)
{
    struct enrolment mine;
    struct buffer skills;
    TRY(open_mine(req, &mine));
    const struct enrolment_view *view = req->view;
    const struct shape *shape = view->shape;
    void *in = arena_alloc(req->arena, shape->size);
    if (in == NULL)
        return RC_NO_MEMORY;
    TRY(shape_read(shape, &req->form, in));
    buffer_open(&skills, req->arena, TEXT_KEY_LIMIT_BYTES);
    buffer_text(&skills, "");
    for (size_t k = 0; k < shape->count; k++) {
        const char *level =
            *(const char *const *)(const void *)((const char *)in + shape->fields[k].offset);
        if (level != NULL && level[0] != '\0')
            buffer_printf(&skills, "%s:%s ", shape->fields[k].name, level);
    }
    TRY(skills.rc);
    mine.skills = skills.bytes;
    TRY(enrolment_update(req->tx, req->arena, &mine));
    return req_go(req, MSG("Your levels are kept."), "/cohorts/%lld/join/%s/check",
                  (long long)mine.cohort, mine.role);
}

// clang-format off
const struct route enrolment_level_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/join/:role/levels", CAN_JOIN, NULL, NULL, NULL,       load_levels, write_levels, MSG("How far in each topic")},
    {WEB_POST, "/cohorts/:cohort/join/:role/levels", CAN_JOIN, NULL, NULL, act_levels, load_levels, write_levels, MSG("How far in each topic")},
    {0,        NULL,                                 0,        NULL, NULL, NULL,       NULL,        NULL,         NULL},
};
// clang-format on

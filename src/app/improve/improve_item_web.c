// SPDX-License-Identifier: Apache-2.0
//
// Why: the log of improvements: what was found, what is tried, and what came of it; and for members
// a small form to say what could be better, and what was done about it.
#include <stdlib.h>
#include <string.h>

#include "app/improve/improve.h"
#include "app/improve/improve_page.h"
#include "app_improve_item.html.h"

struct item_form {
    const char *finding;
    const char *tags;
    const char *source;
    const char *idea;
    const char *owner;
    const char *due;
    const char *why;
    const char *applied;
    const char *expected;
    const char *measure;
    const char *before;
    const char *after;
    const char *effect;
    int64_t is_public;
    const char *said;
    const char *did;
    const char *version;
};
struct move_form {
    const char *to;
    const char *reason;
};
struct better_form {
    const char *finding;
    const char *idea;
};

// clang-format off
#define FINDING(type) {"finding", FIELD_TEXT, FIELD_TEXT_OF(type, finding), 3, 2000, MSG("What did you notice?"), MSG("What happens, and to whom it matters. Please name nobody."), NULL}
#define IDEA(type) {"idea", FIELD_TEXT, FIELD_TEXT_OF(type, idea), 0, 2000, MSG("What could be better?"), "", NULL}
#define CHOICE(name) {#name, FIELD_HIDDEN, FIELD_TEXT_OF(struct item_form, name), 0, 80, "", "", NULL}
static const struct field item_fields[] = {
    FINDING(struct item_form), IDEA(struct item_form),
    {"tags",      FIELD_LINE, FIELD_TEXT_OF(struct item_form, tags),      0, 120,  MSG("Tags"), MSG("Words under which you find it again, with spaces between them."), NULL},
    {"due",       FIELD_DAY,  FIELD_TEXT_OF(struct item_form, due),       0, 10,   MSG("By when"), "", NULL},
    {"why",       FIELD_TEXT, FIELD_TEXT_OF(struct item_form, why),       0, 2000, MSG("What is decided, and why"), "", NULL},
    {"expected",  FIELD_TEXT, FIELD_TEXT_OF(struct item_form, expected),  0, 1000, MSG("What should change"), "", NULL},
    {"effect",    FIELD_TEXT, FIELD_TEXT_OF(struct item_form, effect),    0, 2000, MSG("What came of it, in words"), "", NULL},
    {"is_public", FIELD_TICK, FIELD_INT_OF(struct item_form, is_public),  0, 1,    MSG("Tell it to everybody in the programme"), "", NULL},
    {"said",      FIELD_TEXT, FIELD_TEXT_OF(struct item_form, said),      0, 600,  MSG("You said"), MSG("What people told you, so that nobody can be recognised."), NULL},
    {"did",       FIELD_TEXT, FIELD_TEXT_OF(struct item_form, did),       0, 600,  MSG("We did"), "", NULL},
    CHOICE(source), CHOICE(owner), CHOICE(applied), CHOICE(measure), CHOICE(before), CHOICE(after), CHOICE(version),
};
static const struct field move_fields[] = {
    {"to",     FIELD_HIDDEN, FIELD_TEXT_OF(struct move_form, to),     1, 20,   MSG("State"), "", NULL},
    {"reason", FIELD_TEXT,   FIELD_TEXT_OF(struct move_form, reason), 0, 1000, MSG("Why"), MSG("Whoever proposed it reads this. Needed where it is not taken up."), NULL},
};
static const struct field better_fields[] = {FINDING(struct better_form), IDEA(struct better_form)};
// clang-format on
static const struct shape item_shape = SHAPE(struct item_form, item_fields);
static const struct shape move_shape = SHAPE(struct move_form, move_fields);
static const struct shape better_shape = SHAPE(struct better_form, better_fields);

void improve_label(struct html *html, const struct choice *choice)
{
    if (choice->said)
        html_text(html, choice->label);
    else
        html_message(html, choice->label, NULL, 0);
}

bool improve_chosen(const struct form *form, const char *name, const char *value)
{
    const char *now = form_value(form, name);
    return now != NULL && strcmp(now, value) == 0;
}

// ---- the log -----------------------------------------------------------------------------------

static enum rc load_items(struct req *req)
{
    struct improve_view *view = NULL;
    const char *state = form_value(&req->form, "state");
    const char *tag = form_value(&req->form, "tag");
    TRY(improve_make_view(req, NULL, &view));
    view->state = state == NULL ? "" : state;
    const struct improvement_filter filter = {view->state, tag == NULL ? "" : tag,
                                              form_number(&req->form, "before")};
    TRY(improvement_tags(req, view->programme.id, 0, &view->tags, &view->tag_count));
    TRY(improvement_list(req, view->programme.id, &filter, &view->items, &view->item_count));
    if (view->item_count <= IMPROVEMENTS_PAGE)
        return RC_OK;
    view->item_count = IMPROVEMENTS_PAGE;
    return req_next(req, "before", view->items[IMPROVEMENTS_PAGE - 1].changed_at, &view->next);
}

static void write_items(struct html *html, struct req *req)
{
    page_improvements(html, req->view);
}

// ---- one ---------------------------------------------------------------------------------------

static enum rc read_choices(struct req *req, struct improve_view *view)
{
    TRY(choice_sources(req, view->cohort.id, &view->sources, &view->source_count));
    TRY(choice_owners(req, view->cohort.id, &view->owners, &view->owner_count));
    TRY(choice_cohorts(req, view->programme.id, &view->cohorts, &view->cohort_count));
    return choice_snapshots(req, view->programme.id, &view->shots, &view->shot_count);
}

static const char *number(struct req *req, int64_t id)
{
    return id == 0 ? "" : arena_printf(req->arena, "%lld", (long long)id);
}

// The tags of an improvement as somebody types them.
static enum rc join_tags(struct req *req, const struct improve_view *view, const char **ret_tags)
{
    struct buffer out;
    buffer_open(&out, req->arena, 4096);
    for (size_t k = 0; k < view->tag_count; k++)
        buffer_printf(&out, "%s%s", k == 0 ? "" : " ", view->tags[k].value);
    *ret_tags = out.bytes == NULL ? "" : out.bytes;
    return out.rc;
}

static enum rc show_item(struct req *req, const struct improve_view *view)
{
    const struct improvement *item = view->item;
    const char *tags = "";
    TRY(join_tags(req, view, &tags));
    const struct item_form form = {
        .finding = item->finding,
        .tags = tags,
        .source = item->source,
        .idea = item->idea,
        .owner = number(req, item->owner),
        .due = item->due,
        .why = item->why,
        .applied = number(req, item->applied),
        .expected = item->expected,
        .measure = item->measure,
        .before = number(req, item->before),
        .after = number(req, item->after),
        .effect = item->effect,
        .is_public = item->is_public,
        .said = item->said,
        .did = item->did,
        .version = number(req, item->changed_at),
    };
    return shape_edit(&item_shape, &req->form, &form);
}

static enum rc find_item(struct req *req, const struct shape *shape, struct improve_view **ret_view)
{
    struct improve_view *view = NULL;
    TRY(improve_make_view(req, shape, &view));
    view->item = ARENA_NEW(req->arena, struct improvement);
    if (view->item == NULL)
        return RC_NO_MEMORY;
    TRY(improvement_find(req, view->cohort.id, req_id(req, "improvement"), view->item));
    TRY(improvement_tags(req, view->programme.id, view->item->id, &view->tags, &view->tag_count));
    *ret_view = view;
    return RC_OK;
}

static enum rc load_item(struct req *req)
{
    struct improve_view *view = NULL;
    TRY(find_item(req, &move_shape, &view));
    view->judged = measure_row_find(view->item->measure);
    TRY(improvement_effect(req, view->item));
    TRY(read_choices(req, view));
    view->source_label = "";
    for (size_t k = 0; k < view->source_count; k++)
        if (strcmp(view->sources[k].value, view->item->source) == 0) {
            view->source_label = view->sources[k].label;
            view->source_said = view->sources[k].said;
        }
    return improvement_history(req, view->item->id, &view->moves, &view->move_count);
}

static void write_item(struct html *html, struct req *req)
{
    page_improvement(html, req->view);
}

static enum rc load_edit(struct req *req)
{
    struct improve_view *view = NULL;
    TRY(find_item(req, &item_shape, &view));
    TRY(read_choices(req, view));
    return req->http->method == WEB_POST ? RC_OK : show_item(req, view);
}

static void write_edit(struct html *html, struct req *req)
{
    page_improvement_edit(html, req->view);
}

static bool may_be(const struct choice *all, size_t count, const char *value)
{
    return value[0] == '\0' || choice_has(all, count, value);
}

static enum rc act_edit(struct req *req)
{
    const struct item_form *in = req->in;
    const struct app_place at = app_here(req);
    struct improve_view *view = NULL;
    char *tags = NULL;
    TRY(find_item(req, &item_shape, &view));
    TRY(read_choices(req, view));
    TRY(text_word_key(req->arena, in->tags, strlen(in->tags), &tags));
    struct improvement *item = view->item;
    bool known = may_be(view->sources, view->source_count, in->source) ||
                 strcmp(in->source, item->source) == 0;
    known = known && may_be(view->owners, view->owner_count, in->owner) &&
            may_be(view->cohorts, view->cohort_count, in->applied) &&
            may_be(view->shots, view->shot_count, in->before) &&
            may_be(view->shots, view->shot_count, in->after) &&
            (in->measure[0] == '\0' || measure_row_find(in->measure) != NULL);
    if (!known)
        return form_refuse(&req->form, "finding", MSG("Choose from the lists below"));
    if (in->is_public == 1 && (in->said[0] == '\0' || in->did[0] == '\0'))
        return form_refuse(&req->form, in->said[0] == '\0' ? "said" : "did",
                           MSG("Everybody reads this: write it down"));
    const struct improvement next = {
        .id = item->id,
        .finding = in->finding,
        .tags = tags,
        .source = in->source,
        .idea = in->idea,
        .owner = strtoll(in->owner, NULL, 10),
        .due = in->due,
        .why = in->why,
        .applied = strtoll(in->applied, NULL, 10),
        .expected = in->expected,
        .measure = in->measure,
        .before = strtoll(in->before, NULL, 10),
        .after = strtoll(in->after, NULL, 10),
        .effect = in->effect,
        .is_public = in->is_public,
        .said = in->said,
        .did = in->did,
        .changed_at = strtoll(in->version, NULL, 10),
    };
    TRY(improvement_set(&at, &next));
    return req_go(req, MSG("It is kept."), "/cohorts/%lld/improvements/%lld",
                  (long long)view->cohort.id, (long long)item->id);
}

static enum rc act_move(struct req *req)
{
    const struct move_form *in = req->in;
    const struct app_place at = app_here(req);
    struct improve_view *view = NULL;
    TRY(find_item(req, &move_shape, &view));
    const struct improvement *item = view->item;
    if (!improvement_can_move(item->state, in->to))
        return RC_EXISTS;
    if (strcmp(in->to, "rejected") == 0 && in->reason[0] == '\0')
        return form_refuse(&req->form, "reason", MSG("Say why it is not taken up"));
    if (strcmp(in->to, "evaluated") == 0 && item->effect[0] == '\0' &&
        (item->before == 0 || item->after == 0))
        return form_refuse(&req->form, "reason",
                           MSG("Write down first what came of it, or choose two snapshots"));
    TRY(improvement_move(&at, item, in->to, in->reason, req->actor.person));
    return req_go(req, MSG("It has moved on."), "/cohorts/%lld/improvements/%lld",
                  (long long)view->cohort.id, (long long)item->id);
}

// ---- a new one, by those who run it and by members ---------------------------------------------

enum { PROPOSED_MOST = 10 }; // that wait, of one person

static enum rc load_better(struct req *req)
{
    struct improve_view *view = NULL;
    bool member = false;
    TRY(improve_make_view(req, &better_shape, &view));
    TRY(improve_is_member(req, view->cohort.id, &member));
    if (!member)
        return RC_NOT_FOUND;
    TRY(improvement_mine(req, view->cohort.id, &view->items, &view->item_count));
    for (size_t k = 0; k < view->item_count; k++) {
        struct improvement_move *moves = NULL;
        size_t count = 0;
        TRY(improvement_history(req, view->items[k].id, &moves, &count));
        view->items[k].why = count > 0 ? moves[count - 1].reason : "";
    }
    return RC_OK;
}

static void write_better(struct html *html, struct req *req)
{
    page_better(html, req->view);
}

static enum rc act_better(struct req *req)
{
    const struct better_form *in = req->in;
    const struct app_place at = app_here(req);
    int64_t waiting = 0;
    TRY(load_better(req));
    struct improve_view *view = req->view;
    for (size_t k = 0; k < view->item_count; k++)
        waiting += strcmp(view->items[k].state, "proposed") == 0;
    if (waiting >= PROPOSED_MOST && !view->may_decide)
        return form_refuse(&req->form, "finding",
                           MSG("Ten of your proposals wait to be read. Wait for those first"));
    struct improvement item = {.programme = view->programme.id,
                               .cohort = view->cohort.id,
                               .finding = in->finding,
                               .idea = in->idea,
                               .proposed_by = req->actor.person};
    TRY(improvement_add(&at, &item));
    if (view->may_decide)
        return req_go(req, MSG("It is in the log. Go on where you like."),
                      "/cohorts/%lld/improvements/%lld/edit", (long long)view->cohort.id,
                      (long long)item.id);
    return req_go(
        req,
        MSG("Thank you. Those who run the programme read it, and you see here what becomes of it."),
        "/cohorts/%lld/better", (long long)view->cohort.id);
}

static enum rc load_told(struct req *req)
{
    TRY(load_better(req));
    struct improve_view *view = req->view;
    return improvement_told(req, view->programme.id, &view->items, &view->item_count);
}

static void write_told(struct html *html, struct req *req)
{
    page_you_said(html, req->view);
}

// clang-format off
const struct route improve_item_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/improvements",                   CAN_READ_REPORTS,  NULL,          NULL, NULL,       load_items,  write_items,  MSG("Improvements"), .out = &improvements_out, .query = "state tag before"},
    {WEB_GET,  "/cohorts/:cohort/improvements/:improvement",      CAN_READ_REPORTS,  NULL,          NULL, NULL,       load_item,   write_item,   MSG("An improvement"), .out = &improvement_out},
    {WEB_POST, "/cohorts/:cohort/improvements/:improvement",      CAN_REVIEW_PEOPLE, &move_shape,   NULL, act_move,   load_item,   write_item,   MSG("Move an improvement on")},
    {WEB_GET,  "/cohorts/:cohort/improvements/:improvement/edit", CAN_REVIEW_PEOPLE, NULL,          NULL, NULL,       load_edit,   write_edit,   MSG("Write an improvement"), .out = &web_out_form},
    {WEB_POST, "/cohorts/:cohort/improvements/:improvement/edit", CAN_REVIEW_PEOPLE, &item_shape,   NULL, act_edit,   load_edit,   write_edit,   MSG("Write an improvement")},
    {WEB_GET,  "/cohorts/:cohort/better",                         CAN_JOIN,          NULL,          NULL, NULL,       load_better, write_better, MSG("Something could be better"), .out = &better_out},
    {WEB_POST, "/cohorts/:cohort/better",                         CAN_JOIN,          &better_shape, NULL, act_better, load_better, write_better, MSG("Something could be better")},
    {WEB_GET,  "/cohorts/:cohort/you-said",                       CAN_JOIN,          NULL,          NULL, NULL,       load_told,   write_told,   MSG("You said, we did"), .out = &changes_out},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

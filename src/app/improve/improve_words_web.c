// SPDX-License-Identifier: Apache-2.0
//
// Why: what people write in words when they are asked: read in one place, put under tags by hand,
// and counted by them.
#include <string.h>

#include "app/improve/improve.h"
#include "app/improve/improve_page.h"
#include "app_improve_words.html.h"

struct tag_form {
    const char *kind, *subject, *question, *number, *tag, *from, *tags;
};

// clang-format off
static const struct field tag_fields[] = {
    {"kind",     FIELD_HIDDEN, FIELD_TEXT_OF(struct tag_form, kind),     1, 10,  "", "", NULL},
    {"subject",  FIELD_HIDDEN, FIELD_TEXT_OF(struct tag_form, subject),  1, 20,  "", "", NULL},
    {"question", FIELD_HIDDEN, FIELD_TEXT_OF(struct tag_form, question), 1, 40,  "", "", NULL},
    {"number",   FIELD_HIDDEN, FIELD_TEXT_OF(struct tag_form, number),   0, 3,   "", "", NULL},
    {"tag",      FIELD_HIDDEN, FIELD_TEXT_OF(struct tag_form, tag),      0, 80,  "", "", NULL},
    {"from",     FIELD_HIDDEN, FIELD_TEXT_OF(struct tag_form, from),     0, 20,  "", "", NULL},
    {"tags",     FIELD_LINE,   FIELD_TEXT_OF(struct tag_form, tags),     0, 120, MSG("Tags"), "", NULL},
};
// clang-format on
static const struct shape tag_shape = SHAPE(struct tag_form, tag_fields);

static enum rc load_words(struct req *req)
{
    struct improve_view *view = NULL;
    const char *tag = form_value(&req->form, "tag");
    int64_t from = form_number(&req->form, "from");
    TRY(improve_make_view(req, &tag_shape, &view));
    view->tag = tag == NULL ? "" : tag;
    view->from = from > 100000 ? 0 : from;
    const struct written_filter filter = {view->tag, view->from};
    TRY(written_list(req, view->cohort.id, &filter, &view->written, &view->written_count));
    TRY(written_tags(req, view->cohort.id, &view->tagged, &view->tagged_count));
    if (view->written_count <= WORDS_PAGE)
        return RC_OK;
    view->written_count = WORDS_PAGE;
    if (req->http->method == WEB_POST)
        return RC_OK;
    return req_next(req, "from", filter.from + WORDS_PAGE, &view->next);
}

static void write_words(struct html *html, struct req *req)
{
    page_words(html, req->view);
}

// Where it was refused, what was typed stays with it.
bool written_refused(const struct form *form, const struct written *one)
{
    const char *question = form_value(form, "question");
    return form->error_count > 0 && form_number(form, "subject") == one->subject &&
           question != NULL && strcmp(question, one->question) == 0;
}

static enum rc act_tag(struct req *req)
{
    const struct tag_form *in = req->in;
    struct improve_view *view = NULL;
    struct written one;
    char *key = NULL;
    TRY(improve_make_view(req, &tag_shape, &view));
    TRY(written_find(req, view->cohort.id, in->kind, form_number(&req->form, "subject"),
                     in->question, &one));
    TRY(text_word_key(req->arena, in->tags, strlen(in->tags), &key));
    enum rc rc = written_tag(req, view->cohort.id, &one, key);
    if (rc == RC_LIMIT)
        return form_refuse(&req->form, "tags", MSG("At most eight tags"));
    TRY(rc);
    const char *tag = web_encode(req->arena, in->tag);
    if (tag == NULL)
        return RC_NO_MEMORY;
    return req_go(req, MSG("It is kept."), "/cohorts/%lld/words?tag=%s&from=%lld",
                  (long long)view->cohort.id, tag, (long long)form_number(&req->form, "from"));
}

// clang-format off
const struct route improve_words_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/words", CAN_REVIEW_PEOPLE, NULL,       NULL, NULL,    load_words, write_words, MSG("What people wrote"), .out = &written_out, .query = "tag from"},
    {WEB_POST, "/cohorts/:cohort/words", CAN_REVIEW_PEOPLE, &tag_shape, NULL, act_tag, load_words, write_words, MSG("Tags of what somebody wrote")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

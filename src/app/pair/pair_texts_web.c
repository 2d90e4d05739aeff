// SPDX-License-Identifier: Apache-2.0
//
// Why: what a cohort and its programme say and ask (names, texts, objectives, questions, topics,
// and what agreements begin with) in the other languages that people read: all on one page for each
// language, beside what they translate; and which language comes next where one lacks words.
#include <string.h>

#include "app/cohort/objective.h"
#include "app/cohort/programme.h"
#include "app/cohort/words.h"
#include "app/enrolment/enrolment_store.h"
#include "app/pair/pair.h"
#include "app/pair/pair_texts_page.h"
#include "app/pair/pair_word.h"
#include "app_pair_pair_texts.html.h"

enum { TEXT_MOST = 4000, PARTS_MOST = 400 };

struct words_form {
    const char *language;
};
struct order_form {
    const char *written;
    const char *second;
};

// clang-format off
static const struct field words_fields[] = {
    {"language", FIELD_HIDDEN, FIELD_TEXT_OF(struct words_form, language), 1, 20, MSG("Language"), "", NULL},
};
// Which languages there are is known to the act and the page.
static const struct field order_fields[] = {
    {"written", FIELD_LINE, FIELD_TEXT_OF(struct order_form, written), 0, 20, MSG("The language that the texts are written in"), "", NULL},
    {"second",  FIELD_LINE, FIELD_TEXT_OF(struct order_form, second),  0, 20, MSG("The language that comes next"), "", NULL},
};
// clang-format on
static const struct shape order_shape = SHAPE(struct order_form, order_fields);
static const struct shape words_shape = SHAPE_ALSO(struct words_form, words_fields, "*");

// ---- the page ----------------------------------------------------------------------------------

static enum rc add_part(struct req *req, struct words_view *view, const struct words_found *found,
                        const struct words_part *part)
{
    if (part->original[0] == '\0' || view->count == PARTS_MOST)
        return RC_OK;
    struct words_part *one = &view->parts[view->count++];
    *one = *part;
    one->name = arena_printf(req->arena, "w-%lld-%s", (long long)part->subject, part->part);
    if (one->name == NULL)
        return RC_NO_MEMORY;
    const char *typed = req->form.error_count > 0 ? form_value(&req->form, one->name) : NULL;
    one->there = words_are_there(found, part->subject, part->part);
    one->old = words_are_old(found, part->subject, part->part, part->original);
    one->text = typed != NULL ? typed : words_in(found, part->subject, part->part, "");
    return RC_OK;
}

static enum rc add_objectives(struct req *req, struct words_view *view,
                              const struct words_found *found)
{
    struct objective *all = NULL;
    size_t count = 0;
    TRY(objective_list(req, view->cohort.id, &all, &count));
    for (size_t k = 0; k < count; k++) {
        TRY(add_part(req, view, found,
                     &(struct words_part){.subject = all[k].id,
                                          .part = "title",
                                          .label = MSG("An objective"),
                                          .original = all[k].title}));
        TRY(add_part(req, view, found,
                     &(struct words_part){.subject = all[k].id,
                                          .part = "description",
                                          .label = MSG("What the objective means"),
                                          .original = all[k].description}));
    }
    return RC_OK;
}

// What agreements of pairs begin with. Where a cohort says nothing, our own words are translated.
static enum rc add_agreement(struct req *req, struct words_view *view,
                             const struct words_found *found)
{
    struct pair_rules rules;
    TRY(pair_rules_find(req->tx, req->arena, view->cohort.id, &rules));
    const struct words_part parts[] = {
        {.part = PAIR_WORDS_CHANNEL,
         .label = MSG("Agreements: how we meet and write"),
         .original = rules.channel  },
        {.part = PAIR_WORDS_PRIVACY,
         .label = MSG("Agreements: what stays between us"),
         .original = rules.privacy  },
        {.part = PAIR_WORDS_OTHERWISE,
         .label = MSG("Agreements: if it does not work"),
         .original = rules.otherwise},
    };
    for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++) {
        struct words_part part = parts[k];
        part.subject = view->cohort.id;
        TRY(add_part(req, view, found, &part));
    }
    return RC_OK;
}

static enum rc add_questions(struct req *req, struct words_view *view,
                             const struct words_found *found)
{
    struct enrolment_question *questions = NULL;
    size_t count = 0;
    TRY(question_list(req->tx, req->arena, view->cohort.id, "", &questions, &count));
    for (size_t k = 0; k < count; k++) {
        const struct enrolment_question *q = &questions[k];
        if (q->off)
            continue;
        const struct words_part parts[] = {
            {.part = "label",   .label = MSG("Question"),                      .original = q->label},
            {.part = "hint",    .label = MSG("Its hint"),                      .original = q->hint },
            {.part = "options",
             .label = MSG("Its answers, one on each line, in the same order"),
             .original = q->options                                                                },
        };
        for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
            struct words_part part = parts[p];
            part.subject = q->id;
            TRY(add_part(req, view, found, &part));
        }
    }
    return RC_OK;
}

static enum rc add_parts(struct req *req, struct words_view *view, const struct words_found *found)
{
    struct enrolment_topic *topics = NULL;
    struct programme programme;
    size_t count = 0;
    const int64_t id = view->cohort.id;
    const bool of_programme = cohort_is_template(&view->cohort);
    if (!of_programme)
        TRY(add_part(req, view, found,
                     &(struct words_part){.subject = id,
                                          .part = "name",
                                          .label = MSG("The cohort's name"),
                                          .original = view->cohort.name}));
    if (of_programme) {
        TRY(programme_find(req->tx, req->arena, id, &programme));
        TRY(add_part(req, view, found,
                     &(struct words_part){.subject = id,
                                          .part = "programme",
                                          .label = MSG("What the programme is about"),
                                          .original = programme.about}));
    }
    TRY(add_part(req, view, found,
                 &(struct words_part){.subject = id,
                                      .part = "about",
                                      .label = MSG("What a cohort is about"),
                                      .original = view->cohort.about}));
    TRY(add_objectives(req, view, found));
    TRY(add_questions(req, view, found));
    TRY(add_agreement(req, view, found));
    if (!of_programme)
        return RC_OK;
    TRY(topic_list(req->tx, req->arena, id, &topics, &count));
    for (size_t k = 0; k < count; k++)
        if (topics[k].own && !topics[k].off)
            TRY(add_part(req, view, found,
                         &(struct words_part){.subject = id,
                                              .part = topics[k].value,
                                              .label = MSG("Topic"),
                                              .original = topics[k].label}));
    return RC_OK;
}

static enum rc add_languages(struct req *req, struct words_view *view)
{
    const char *asked = form_value(&req->form, "language");
    view->languages = ARENA_ARRAY(req->arena, struct words_language, locale_count());
    if (view->languages == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < locale_count(); k++) {
        const struct locale *locale = locale_at(k);
        const char *tag = locale_tag(locale);
        bool here = asked != NULL && strcmp(asked, tag) == 0;
        if (strcmp(tag, "qps") == 0)
            continue;
        if (here)
            view->language = tag;
        view->languages[view->language_count++] =
            (struct words_language){tag, locale_name(locale), locale_direction(locale), here};
    }
    if (view->language != NULL)
        return RC_OK;
    for (size_t k = 0; k < view->language_count; k++)
        if (strcmp(view->languages[k].tag, "es") == 0) {
            view->languages[k].here = true;
            view->language = "es";
        }
    return view->language == NULL ? RC_NOT_FOUND : RC_OK;
}

static enum rc load_words(struct req *req)
{
    struct words_view *view = ARENA_NEW(req->arena, struct words_view);
    struct words_found found;
    struct words *all = NULL;
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    TRY(add_languages(req, view));
    view->form = &req->form;
    view->action = req_path(req);
    view->parts = ARENA_ARRAY(req->arena, struct words_part, PARTS_MOST);
    if (view->parts == NULL || view->action == NULL)
        return RC_NO_MEMORY;
    TRY(words_list(req->tx, req->arena, view->cohort.id, view->language, &all, &found.count));
    found.words = all;
    req->view = view;
    view->of_programme = cohort_is_template(&view->cohort);
    TRY(words_order_find(req, view->cohort.programme, &view->order));
    return add_parts(req, view, &found);
}

static void write_words(struct html *html, struct req *req)
{
    page_texts_in_languages(html, req->view);
}

static enum rc check_part(struct req *req, const struct words_part *part, const char *text)
{
    if (text_code_points(text, strlen(text)) > TEXT_MOST)
        return form_refuse_numbers(&req->form, part->name, MSG("Write at most {0} characters"),
                                   TEXT_MOST, 0);
    bool options = strcmp(part->part, "options") == 0;
    if (options && text[0] != '\0' && question_lines(text) != question_lines(part->original))
        return form_refuse_numbers(&req->form, part->name,
                                   MSG("Write {0} lines: one for each answer, in the same order"),
                                   (int64_t)question_lines(part->original), 0);
    return RC_OK;
}

static enum rc act_words(struct req *req)
{
    TRY(load_words(req));
    const struct words_view *view = req->view;
    const struct app_place here = app_here(req);
    for (size_t k = 0; k < view->count; k++) {
        const struct words_part *part = &view->parts[k];
        const char *typed = form_value(&req->form, part->name);
        struct text trimmed = typed == NULL ? text_of("") : text_trim(typed, strlen(typed));
        const char *text = arena_strndup(req->arena, trimmed.bytes, trimmed.length);
        if (text == NULL)
            return RC_NO_MEMORY;
        enum rc rc = check_part(req, part, text);
        if (rc == RC_BAD_INPUT)
            continue; // all of them are told at once
        TRY(rc);
        const struct words_new words = {view->cohort.id, part->subject, part->part,
                                        view->language,  text,          part->original};
        TRY(words_set(&here, &words));
    }
    if (req->form.error_count > 0)
        return RC_BAD_INPUT;
    return req_go(req, MSG("The words are kept."), "/cohorts/%lld/languages?language=%s",
                  (long long)view->cohort.id, view->language);
}

// ---- which language comes next -----------------------------------------------------------------

static bool is_language(const char *tag)
{
    return tag[0] == '\0' || (locale_find(tag) != NULL && strcmp(tag, "qps") != 0);
}

static enum rc act_order(struct req *req)
{
    const struct order_form *in = req->in;
    struct cohort cohort;
    TRY(cohort_load(req, &cohort));
    if (!cohort_is_template(&cohort))
        return RC_NOT_FOUND;
    if (!is_language(in->written))
        return form_refuse(&req->form, "written", MSG("Choose one of the list"));
    if (!is_language(in->second))
        return form_refuse(&req->form, "second", MSG("Choose one of the list"));
    const struct words_order order = {in->written, in->second};
    TRY(words_order_set(req->tx, cohort.programme, &order));
    return req_go(req, MSG("The order of languages is kept."), "/cohorts/%lld/languages",
                  (long long)cohort.id);
}

// clang-format off
const struct route pair_texts_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/languages", CAN_RUN_COHORTS, NULL,         NULL, NULL,      load_words, write_words, MSG("In other languages"), .query = "language"},
    {WEB_POST, "/cohorts/:cohort/languages", CAN_RUN_COHORTS, &words_shape, NULL, act_words, load_words, write_words, MSG("In other languages")},
    {WEB_POST, "/cohorts/:cohort/languages/order", CAN_RUN_COHORTS, &order_shape, NULL, act_order, load_words, write_words, MSG("Which language comes next")},
    {0,        NULL,                     0,               NULL,         NULL, NULL,      NULL,       NULL,        NULL},
};
// clang-format on

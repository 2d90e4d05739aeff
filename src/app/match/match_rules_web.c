// SPDX-License-Identifier: Apache-2.0
//
// Why: the rules of a cohort's matching: what a change of them would do is shown before it is kept
// (how many pairs each rule forbids, and what the best pairs would be), and all versions stand in a
// list, with who changed what, to go back to.
#include <stdlib.h>
#include <string.h>

#include "app/match/match.h"
#include "app/match/match_hard.h"
#include "app/match/match_page.h"
#include "app/match/match_store.h"
#include "app_match_match_rules.html.h"
#include "web/edit.h"

enum { MUSTS = 5 };
struct rules_form {
    int64_t overlap;
    int64_t gap;
    int64_t language;
    int64_t employer;
    int64_t format;
    int64_t place;
    int64_t lowest;
    int64_t topics;
    int64_t level;
    int64_t time;
    int64_t languages;
    int64_t formats;
    int64_t choices;
    int64_t answers;
    int64_t style;
    int64_t cadence;
    int64_t skill;
    int64_t chosen;
    const char *order;
    const char *asks;
    int64_t days;
    int64_t passes_on;
    int64_t must[MUSTS]; // not her choice: whether she chose must not decide
    const char *note;
};

// clang-format off
static const struct field_option orders[] = {
    {"most",  MSG("As many mentees as possible get a mentor; then the weakest pair is made as good as possible; then the sum of all")},
    {"score", MSG("The highest sum of all, even if fewer mentees get a mentor")}, {NULL, NULL},
};
static const struct field_option asks[] = {
    {"both",         MSG("Both at once")                             },
    {"mentor_first", MSG("The mentor first, then the mentee")        },
    {"mentee_first", MSG("The mentee first, then the mentor")        },
    {"none",         MSG("Nobody: a published pair begins at once")  }, {NULL, NULL},
};
// Weights that came later: a form or program from before does not send them, and changes nothing.
static const struct field_option as_it_stands[] = {
    {"-1", NULL}, {NULL, NULL},
};
static const struct field rules_fields[] = {
    {"overlap",   FIELD_INTEGER, FIELD_INT_OF(struct rules_form, overlap),   0, 600, MSG("Minutes a week in common, at least"), MSG("In every part of the year, whatever the clocks do. 0: it is not asked. People who gave no times are not refused, but marked."), NULL},
    {"gap",       FIELD_INTEGER, FIELD_INT_OF(struct rules_form, gap),       0, 3,   MSG("How many levels further a mentor is, at least"), MSG("0: as far as her mentee is enough."), NULL},
    {"language",  FIELD_TICK,    FIELD_INT_OF(struct rules_form, language),  0, 1,   MSG("A pair has a language in common"), "", NULL},
    {"employer",  FIELD_TICK,    FIELD_INT_OF(struct rules_form, employer),  0, 1,   MSG("A pair is not of the same house"), "", NULL},
    {"format",    FIELD_TICK,    FIELD_INT_OF(struct rules_form, format),    0, 1,   MSG("A pair has a way to meet in common"), "", NULL},
    {"place",     FIELD_TICK,    FIELD_INT_OF(struct rules_form, place),     0, 1,   MSG("Who can only meet in person is in the same place"), MSG("It is about pairs that have no other way to meet in common. A town or a site is the same however it is written. People who named none are not refused."), NULL},
    {"lowest",    FIELD_INTEGER, FIELD_INT_OF(struct rules_form, lowest),    0, 100, MSG("A fit of at least so many percent"), MSG("0: any."), NULL},
    {"topics",    FIELD_INTEGER, FIELD_INT_OF(struct rules_form, topics),    0, 10,  MSG("How much topics count"), MSG("0: not at all; 1 to 3: low; 4 to 6: medium; 7 to 9: high; 10: the most. The same for all below."), NULL},
    {"must_topics", FIELD_TICK, FIELD_INT_OF(struct rules_form, must[0]), 0, 1, MSG("Mandatory: something of her topics"), MSG("A pair with nothing of what is mandatory is forbidden, also where an answer is missing. The same for all below."), NULL},
    {"level",     FIELD_INTEGER, FIELD_INT_OF(struct rules_form, level),     0, 10,  MSG("How much experience counts"), MSG("One level further is best."), NULL},
    {"must_level", FIELD_TICK, FIELD_INT_OF(struct rules_form, must[1]), 0, 1, MSG("Mandatory: a mentor who is further"), "", NULL},
    {"time",      FIELD_INTEGER, FIELD_INT_OF(struct rules_form, time),      0, 10,  MSG("How much time in common counts"), "", NULL},
    {"must_time", FIELD_TICK, FIELD_INT_OF(struct rules_form, must[2]), 0, 1, MSG("Mandatory: some time in common"), "", NULL},
    {"languages", FIELD_INTEGER, FIELD_INT_OF(struct rules_form, languages), 0, 10,  MSG("How much more than one language counts"), "", NULL},
    {"must_languages", FIELD_TICK, FIELD_INT_OF(struct rules_form, must[3]), 0, 1, MSG("Mandatory: a language in common"), "", NULL},
    {"formats",   FIELD_INTEGER, FIELD_INT_OF(struct rules_form, formats),   0, 10,  MSG("How much a way to meet counts"), "", NULL},
    {"must_formats", FIELD_TICK, FIELD_INT_OF(struct rules_form, must[4]), 0, 1, MSG("Mandatory: a way to meet in common"), "", NULL},
    {"choices",   FIELD_INTEGER, FIELD_INT_OF(struct rules_form, choices),   0, 10,  MSG("How much a mentee's own choice counts"), "", NULL},
    {"answers",   FIELD_INTEGER, FIELD_INT_OF(struct rules_form, answers),   0, 10,  MSG("How much answers in common count"), MSG("To the programme's own questions that are made for it. Three answers in common, or all that one of the two gave, are the most."), as_it_stands},
    {"style",     FIELD_INTEGER, FIELD_INT_OF(struct rules_form, style),     0, 10,  MSG("How much it counts that two work in the same way"), MSG("By the statements about ways of working, and own questions on a scale."), as_it_stands},
    {"cadence",   FIELD_INTEGER, FIELD_INT_OF(struct rules_form, cadence),   0, 10,  MSG("How much it counts that two want to meet as often"), "", as_it_stands},
    {"skill",     FIELD_INTEGER, FIELD_INT_OF(struct rules_form, skill),     0, 10,  MSG("How much it counts that a mentor is further in the topics of her mentee"), MSG("By the level in each topic; where somebody gave none, by where she is in her career."), as_it_stands},
    {"chosen",    FIELD_INTEGER, FIELD_INT_OF(struct rules_form, chosen),    0, 10,  MSG("How much it counts whom a mentor would like best"), MSG("Of those who chose her by name."), as_it_stands},
    {"order",     FIELD_ONE,     FIELD_TEXT_OF(struct rules_form, order),    1, 1,   MSG("What is best?"), "", orders},
    {"asks",      FIELD_ONE,     FIELD_TEXT_OF(struct rules_form, asks),     1, 1,   MSG("Who is asked when pairs are published?"), "", asks},
    {"days",      FIELD_INTEGER, FIELD_INT_OF(struct rules_form, days),      1, 10,  MSG("How many days an offer stands"), MSG("From 1 to 10; 3 is usual. A reminder goes out a day before its end."), NULL},
    {"passes_on", FIELD_TICK,    FIELD_INT_OF(struct rules_form, passes_on), 0, 1,   MSG("When somebody says no, offer the place to the next best by itself"), "", NULL},
    {"note",      FIELD_LINE,    FIELD_TEXT_OF(struct rules_form, note),     0, 200, MSG("Why these rules?"), MSG("For the list of versions."), NULL},
};
// clang-format on
static const struct shape rules_shape = SHAPE(struct rules_form, rules_fields);

// ---- the form -----------------------------------------------------------------------------------

static struct rules_form form_of(const struct match_rules *r)
{
    struct rules_form form = {
        r->overlap,      r->gap,       r->language,  r->employer,  r->format,    r->place,
        r->lowest / 100, r->weight[0], r->weight[1], r->weight[2], r->weight[3], r->weight[4],
        r->weight[5],    r->weight[6], r->weight[7], r->weight[8], r->weight[9], r->weight[10],
        r->order,        r->asks,      r->days,      r->passes_on, .note = ""};
    for (int k = 0; k < MUSTS; k++)
        form.must[k] = r->must >> k & 1;
    return form;
}

static struct match_rules rules_of(const struct rules_form *in)
{
    struct match_rules rules = {
        .overlap = in->overlap,
        .gap = in->gap,
        .language = in->language,
        .employer = in->employer,
        .format = in->format,
        .place = in->place,
        .lowest = in->lowest * 100,
        .weight = {in->topics, in->level, in->time, in->languages, in->formats, in->choices,
                   in->answers, in->style, in->cadence, in->skill, in->chosen},
        .order = in->order,
        .asks = in->asks,
        .days = in->days,
        .passes_on = in->passes_on,
        .note = in->note == NULL ? "" : in->note
    };
    for (int k = 0; k < MUSTS; k++)
        rules.must |= (in->must[k] != 0 ? 1 : 0) << k;
    return rules;
}

// What was not sent stays as it is.
static void keep_absent(struct rules_form *form, const struct match_rules *now)
{
    const struct rules_form stored = form_of(now);
    for (size_t k = 0; k < rules_shape.count; k++) {
        const struct field *field = &rules_shape.fields[k];
        int64_t *slot = (int64_t *)(void *)((char *)form + field->offset);
        if (field->options == as_it_stands && *slot < 0)
            *slot = *(const int64_t *)(const void *)((const char *)&stored + field->offset);
    }
}

static enum rc refuse_nothing(struct req *req, const struct rules_form *in)
{
    const struct match_rules rules = rules_of(in);
    int64_t sum = 0;
    for (size_t k = 0; k < MATCH_WEIGHTS; k++)
        sum += rules.weight[k];
    return sum > 0 ? RC_OK
                   : form_refuse(&req->form, "topics",
                                 MSG("Something must count: give at least one a number above 0"));
}

static enum rc load_rules(struct req *req)
{
    struct match_view *view = NULL;
    TRY(match_make_view(req, &view));
    TRY(rules_now(req->tx, req->arena, view->cohort.id, &view->rules));
    view->shape = &rules_shape;
    const struct match_rules *r = &view->rules;
    const struct rules_form now = form_of(r);
    return req->form.error_count > 0 ? RC_OK : shape_edit(&rules_shape, &req->form, &now);
}

static void write_rules(struct html *html, struct req *req)
{
    page_match_rules(html, req->view);
}

static enum rc act_rules(struct req *req)
{
    struct rules_form in = *(const struct rules_form *)req->in;
    int64_t cohort = req_id(req, "cohort");
    struct match_rules now;
    TRY(rules_now(req->tx, req->arena, cohort, &now));
    keep_absent(&in, &now);
    struct match_rules rules = rules_of(&in);
    TRY(refuse_nothing(req, &in));
    const struct app_place here = app_here(req);
    struct cohort its;
    TRY(rules_add(&here, req->actor.person, cohort, &rules));
    TRY(cohort_find(req->tx, req->arena, cohort, &its));
    if (cohort_is_template(&its))
        return req_go(req, MSG("The rules are kept. New cohorts begin with them."),
                      "/programmes/%lld/ready/rules", (long long)cohort);
    if (text_same(its.state, "draft"))
        return req_go(req, MSG("The rules are kept. They hold for the next run."),
                      "/cohorts/%lld/setup", (long long)cohort);
    return req_go(req, MSG("The rules are kept. They hold for the next run."),
                  "/cohorts/%lld/matching", (long long)cohort);
}

const int match_rule_order[MATCH_RULES_SHOWN] = {
    MM_R_LANGUAGE,  MM_R_OVERLAP,    MM_R_SENIORITY,   MM_R_EMPLOYER,     MM_R_FORMAT,
    MM_R_LOW_SCORE, MM_R_ASKS_WOMAN, MM_R_OPEN_TO_ALL, MM_R_LINE,         MM_R_PLACE,
    MM_R_VETO,      MM_R_AVOID,      MM_R_SAME_HUMAN,  MATCH_MUST,        MATCH_MUST + 1,
    MATCH_MUST + 2, MATCH_MUST + 3,  MATCH_MUST + 4,   MATCH_MUST_ANSWER,
};

// ---- what they would do ------------------------------------------------------------------------

// Judges all pairs of mentees and mentors with places, or of a part of the mentees when they are
// very many.
static enum rc count_refused(struct req *req, const struct match_input *input,
                             struct match_effects *effects)
{
    enum { JUDGED_MOST = 1 << 20 };
    const struct mm_pool *pool = &input->pool;
    uint64_t all = (uint64_t)pool->mentees * pool->mentors;
    uint32_t step = (uint32_t)(all / JUDGED_MOST + 1);
    struct mm_link *links = ARENA_ARRAY(req->arena, struct mm_link, pool->mentors);
    struct mm_explanation *rows = ARENA_ARRAY(req->arena, struct mm_explanation, pool->mentors);
    if (links == NULL || rows == NULL)
        return RC_NO_MEMORY;
    for (uint32_t i = 0; i < pool->mentees; i += step) {
        struct mm_fault fault;
        size_t count = 0;
        for (uint32_t j = 0; j < pool->mentors; j++)
            if (pool->mentor[j].places > 0)
                links[count++] = (struct mm_link){i, j};
        if (mm_explain_pairs(pool, links, count, NULL, rows, &fault) != MM_OK)
            return RC_LIMIT;
        match_tell_lines(input, links, count, rows);
        match_effects_add(effects, rows, count);
    }
    effects->part = step > 1;
    return RC_OK;
}

void match_effects_add(struct match_effects *effects, const struct mm_explanation *rows,
                       size_t count)
{
    bool any = false;
    for (size_t k = 0; k < count; k++) {
        int64_t refused = match_reasons(&rows[k]);
        bool one = refused != 0 && (refused & (refused - 1)) == 0;
        effects->pairs++;
        effects->allowed += rows[k].allowed;
        any |= rows[k].allowed;
        for (int rule = 0; rule < MATCH_REASONS; rule++) {
            if ((refused >> rule & 1) == 0)
                continue;
            effects->refused[rule]++;
            effects->alone[rule] += one;
        }
    }
    effects->mentees++;
    effects->without += !any;
}

static enum rc solve_both(struct req *req, struct match_view *view, const struct match_input *input,
                          const struct match_rules *now)
{
    struct match_input before = {0};
    struct match_trial *old = ARENA_NEW(req->arena, struct match_trial);
    struct match_question question = {NULL, 0, view->cohort.id & INT32_MAX, NULL};
    struct match_known none = {0};
    view->trial = ARENA_NEW(req->arena, struct match_trial);
    if (view->trial == NULL || old == NULL)
        return RC_NO_MEMORY;
    question.known = &none; // only what comes is asked for
    const struct app_place at = app_here(req);
    TRY(match_read_input(&at, view->cohort.id, now, &before));
    TRY(match_try(req->arena, &before, &question, old));
    TRY(match_try(req->arena, input, &question, view->trial));
    view->trial->before = old->after;
    return match_plot(req, &view->trial->before, &view->trial->after, view);
}

// The values of an earlier version; RC_NOT_FOUND: there is none.
static enum rc show_version(struct req *req, int64_t cohort, int64_t version)
{
    struct match_rules *all = NULL;
    struct db_rows *rows = NULL;
    size_t count = 0;
    TRY(rules_versions(req, cohort, &all, &count, &rows));
    for (size_t k = 0; k < count; k++)
        if (all[k].version == version) {
            const struct rules_form old = form_of(&all[k]);
            return shape_show(&rules_shape, &req->form, &old);
        }
    return RC_NOT_FOUND;
}

static enum rc load_look(struct req *req)
{
    struct match_view *view = NULL;
    struct rules_form in = {0};
    struct match_input input = {0};
    TRY(match_make_view(req, &view));
    TRY(rules_now(req->tx, req->arena, view->cohort.id, &view->rules));
    view->shape = &rules_shape;
    if (form_value(&req->form, "version") != NULL) {
        const struct rules_form now = form_of(&view->rules);
        int64_t version = form_number(&req->form, "version");
        TRY(shape_edit(&rules_shape, &req->form, &now)); // which the old values would replace
        TRY(form_set(&req->form, EDIT_STOOD, req->form.stood));
        TRY(show_version(req, view->cohort.id, version));
    }
    enum rc rc = shape_read(&rules_shape, &req->form, &in);
    if (rc == RC_OK)
        keep_absent(&in, &view->rules);
    if (rc == RC_OK)
        rc = refuse_nothing(req, &in);
    if (rc == RC_BAD_INPUT)
        return RC_OK; // the form is shown again, with what is wrong
    TRY(rc);
    struct match_rules rules = rules_of(&in);
    view->effects = ARENA_NEW(req->arena, struct match_effects);
    if (view->effects == NULL)
        return RC_NO_MEMORY;
    rules.id = -1; // not kept
    const struct app_place at = app_here(req);
    TRY(match_read_input(&at, view->cohort.id, &rules, &input));
    TRY(count_refused(req, &input, view->effects));
    return solve_both(req, view, &input, &view->rules);
}

static void write_look(struct html *html, struct req *req)
{
    const struct match_view *view = req->view;
    if (view->effects == NULL)
        page_match_rules(html, view);
    else
        page_match_rules_look(html, view);
}

// ---- all versions ------------------------------------------------------------------------------

void match_rules_changes(struct html *html, const struct match_rules *from,
                         const struct match_rules *to)
{
    const struct rules_form a = form_of(from);
    const struct rules_form b = form_of(to);
    bool any = false;
    for (size_t k = 0; k < rules_shape.count; k++) {
        const struct field *field = &rules_shape.fields[k];
        if (field->kind == FIELD_LINE) // the note is no rule
            continue;
        const void *x = (const char *)&a + field->offset;
        const void *y = (const char *)&b + field->offset;
        bool is_text = field->kind == FIELD_ONE;
        const char *u = is_text ? *(const char *const *)x : "";
        const char *v = is_text ? *(const char *const *)y : "";
        int64_t m = is_text ? 0 : *(const int64_t *)x;
        int64_t n = is_text ? 0 : *(const int64_t *)y;
        if (m == n && strcmp(u, v) == 0)
            continue;
        html_text(html, any ? "; " : "");
        html_message(html, field->label, NULL, 0);
        html_text(html, ": ");
        if (is_text)
            html_message(html, MSG("changed"), NULL, 0);
        else {
            html_integer(html, m);
            html_text(html, " \xe2\x86\x92 ");
            html_integer(html, n);
        }
        any = true;
    }
    if (!any)
        html_message(html, MSG("nothing"), NULL, 0);
}

// Against the version before it; the first, against the usual rules.
void match_rules_step(struct html *html, const struct match_view *view,
                      const struct match_rules *one)
{
    size_t at = (size_t)(one - view->versions);
    struct match_rules usual = match_rules_default();
    match_rules_changes(html, at + 1 < view->version_count ? &view->versions[at + 1] : &usual, one);
}

static enum rc load_versions(struct req *req)
{
    struct match_view *view = NULL;
    struct db_rows *rows = NULL;
    TRY(match_make_view(req, &view));
    TRY(rules_versions(req, view->cohort.id, &view->versions, &view->version_count, &rows));
    view->version_by = ARENA_ARRAY(req->arena, const char *, view->version_count);
    view->version_at = ARENA_ARRAY(req->arena, const char *, view->version_count);
    if (view->version_by == NULL || view->version_at == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->version_count; k++) {
        view->version_at[k] = app_time_in(req->arena, db_int(rows, k, 26), req->actor.zone);
        view->version_by[k] = db_text(rows, k, 27);
    }
    return RC_OK;
}

static void write_versions(struct html *html, struct req *req)
{
    page_match_rules_versions(html, req->view);
}

// clang-format off
const struct route match_rules_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/rules",                 CAN_RUN_MATCHING, NULL,         NULL, NULL,        load_rules,    write_rules,    MSG("Rules of matching"), .out = &rules_out},
    {WEB_POST, "/cohorts/:cohort/rules",                 CAN_RUN_MATCHING, &rules_shape, NULL, act_rules,   load_rules,    write_rules,    MSG("Rules of matching")},
    {WEB_GET,  "/cohorts/:cohort/rules/look",     CAN_RUN_MATCHING, NULL, req_slow, NULL, load_look,     write_look,     MSG("What these rules would do"), .query = "version"},
    {WEB_GET,  "/cohorts/:cohort/rules/versions", CAN_RUN_MATCHING, NULL, NULL,     NULL, load_versions, write_versions, MSG("Versions of the rules")},
    {0,        NULL,                              0,                NULL, NULL,     NULL, NULL,          NULL,           NULL},
};
// clang-format on

// SPDX-License-Identifier: Apache-2.0
//
// Why: the people who run a cohort read sign-ups, ask back, decide one by one or many at once, take
// a decision back, and keep apart who must not be matched.
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

#include "app/account/account.h"
#include "app/back.h"
#include "app/enrolment/enrolment.h"
#include "app/enrolment/enrolment_page.h"
#include "app_enrolment_enrolment.html.h"

enum { BULK_MAX = 200, US = 1000000 };

// ---- forms -----------------------------------------------------------------------------------

struct decision {
    const char *from;
    const char *to;
    const char *reason;
    const char *code;
    const char *note;
};

struct bulk {
    const char *to;
    const char *reason;
    const char *code;
};

struct undo {
    int64_t batch;
};

struct question {
    const char *text;
};

struct keep_apart {
    const char *a;
    const char *b;
    const char *note;
};

struct end_apart {
    int64_t pair;
};

struct own_apart {
    const char *email;
    const char *note;
};

// clang-format off
static const struct field_option decisions[] = {
    {"approved", MSG("Accept")}, {"waitlisted", MSG("Waiting list")}, {"declined", MSG("Do not accept")}, {NULL, NULL},
};
static const struct field decision_fields[] = {
    {"from",   FIELD_HIDDEN, FIELD_TEXT_OF(struct decision, from),   1, 20,   MSG("State"),    "", NULL     },
    {"to",     FIELD_ONE,    FIELD_TEXT_OF(struct decision, to),     1, 1,    MSG("Decision"), "", decisions},
    {"reason", FIELD_TEXT,   FIELD_TEXT_OF(struct decision, reason), 0, 1000, MSG("Words for her"), MSG("She reads them. Say why when you don't accept somebody."), NULL},
    {"code",   FIELD_ONE,    FIELD_TEXT_OF(struct decision, code),   0, 1,    MSG("Why, in one word"), MSG("Needed when you don't accept somebody. She doesn't read it."), enrolment_codes},
    {"note",   FIELD_TEXT,   FIELD_TEXT_OF(struct decision, note),   0, 1000, MSG("Note for those who decide"), MSG("It is not shown to her here, but it is part of the copy of her data, if she asks for one."), NULL},
};
static const struct field bulk_fields[] = {
    {"to",     FIELD_ONE,    FIELD_TEXT_OF(struct bulk, to),     1, 1,    MSG("Decision"), "", decisions},
    {"reason", FIELD_TEXT,   FIELD_TEXT_OF(struct bulk, reason), 0, 1000, MSG("Words for each of them"), MSG("Each reads them. Say why when you don't accept people."), NULL},
    {"code",   FIELD_ONE,    FIELD_TEXT_OF(struct bulk, code),   0, 1,    MSG("Why, in one word"), MSG("Needed when you don't accept people. They don't read it."), enrolment_codes},
};
static const struct field undo_fields[] = {
    {"batch", FIELD_INTEGER, FIELD_INT_OF(struct undo, batch), 1, INT64_MAX, MSG("Decision"), "", NULL},
};
static const struct field question_fields[] = {
    {"text", FIELD_TEXT, FIELD_TEXT_OF(struct question, text), 1, 2000, MSG("Your question to her"), MSG("She gets a letter that there is one, and answers on her page."), NULL},
};
static const struct field apart_fields[] = {
    {"a",    FIELD_EMAIL, FIELD_TEXT_OF(struct keep_apart, a),    1, 254, MSG("E-mail address of one"),       "", NULL},
    {"b",    FIELD_EMAIL, FIELD_TEXT_OF(struct keep_apart, b),    1, 254, MSG("E-mail address of the other"), "", NULL},
    {"note", FIELD_LINE,  FIELD_TEXT_OF(struct keep_apart, note), 0, 200, MSG("Note"), MSG("Only the people who run programmes read it. Write no more than is needed."), NULL},
};
static const struct field end_apart_fields[] = {
    {"pair", FIELD_INTEGER, FIELD_INT_OF(struct end_apart, pair), 1, INT64_MAX, MSG("Pair"), "", NULL},
};
static const struct field own_apart_fields[] = {
    {"email", FIELD_EMAIL, FIELD_TEXT_OF(struct own_apart, email), 1, 254, MSG("Her e-mail address"), MSG("Whether she has an account here is not told to you, and nothing of this is told to her."), NULL},
    {"note",  FIELD_LINE,  FIELD_TEXT_OF(struct own_apart, note),  0, 200, MSG("Note"), MSG("Only the people who run programmes read it. You need not give a reason."), NULL},
};
// clang-format on
static const struct shape decision_shape = SHAPE(struct decision, decision_fields);
static const struct shape bulk_shape = SHAPE_ALSO(struct bulk, bulk_fields, "enrolment");
static const struct shape undo_shape = SHAPE(struct undo, undo_fields);
static const struct shape question_shape = SHAPE(struct question, question_fields);
static const struct shape apart_shape = SHAPE(struct keep_apart, apart_fields);
static const struct shape end_apart_shape = SHAPE(struct end_apart, end_apart_fields);
static const struct shape own_apart_shape = SHAPE(struct own_apart, own_apart_fields);

// ---- the list --------------------------------------------------------------------------------

static const char *asked(const struct req *req, const char *name)
{
    const char *value = form_value(&req->form, name);
    return value == NULL ? "" : value;
}

static enum rc count_waiting(struct req *req, struct enrolment_view *view)
{
    struct db_rows *rows = NULL;
    TRY(enrolment_counts(req, view->cohort.id, &rows));
    for (size_t k = 0; k < db_count(rows); k++)
        if (strcmp(db_text(rows, k, 1), "submitted") == 0)
            view->submitted += db_int(rows, k, 2);
    return RC_OK;
}

static enum rc next_page(struct req *req, struct enrolment_view *view)
{
    const struct enrolment_filter *filter = &view->filter;
    const char *parts[] = {filter->role, filter->state, filter->search, view->next_after};
    for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++) {
        parts[k] = web_encode(req->arena, parts[k]);
        if (parts[k] == NULL)
            return RC_NO_MEMORY;
    }
    view->next =
        arena_printf(req->arena, "/cohorts/%lld/people?role=%s&state=%s&search=%s&after=%s&id=%lld",
                     (long long)view->cohort.id, parts[0], parts[1], parts[2], parts[3],
                     (long long)view->next_after_id);
    return view->next == NULL ? RC_NO_MEMORY : RC_OK;
}

// One more than a page is read, to know whether another follows.
static enum rc load_people(struct req *req)
{
    struct enrolment_view *view = NULL;
    TRY(enrolment_make_view(req, &view));
    view->filter = (struct enrolment_filter){.role = asked(req, "role"),
                                             .state = asked(req, "state"),
                                             .search = asked(req, "search"),
                                             .after = asked(req, "after"),
                                             .after_id = strtoll(asked(req, "id"), NULL, 10),
                                             .most = ENROLMENTS_A_PAGE + 1};
    TRY(enrolment_list(req->tx, req->arena, view->cohort.id, &view->filter, &view->all,
                       &view->count));
    TRY(enrolment_mark_backs(req, view->cohort.id, view->all, view->count));
    TRY(count_waiting(req, view));
    view->undo = strtoll(asked(req, "undo"), NULL, 10);
    view->share = arena_printf(req->arena, "%s/cohorts/%lld", web_origin(req->web, req->arena),
                               (long long)view->cohort.id);
    if (view->share == NULL)
        return RC_NO_MEMORY;
    if (view->count <= ENROLMENTS_A_PAGE)
        return RC_OK;
    view->count = ENROLMENTS_A_PAGE;
    const struct enrolment *last = &view->all[view->count - 1];
    char *key = NULL;
    TRY(text_key(req->arena, last->name, strlen(last->name), &key));
    view->next_after = key;
    view->next_after_id = last->id;
    return next_page(req, view);
}

static void write_people(struct html *html, struct req *req)
{
    page_people(html, req->view);
}

// ---- as a sheet --------------------------------------------------------------------------------

// Her line manager among those of a cohort, which stand in the order of people; "": not told.
static const char *manager_of(const struct db_rows *managers, int64_t person)
{
    size_t low = 0;
    size_t high = db_count(managers);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (db_int(managers, middle, 0) < person)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < db_count(managers) && db_int(managers, low, 0) == person;
    return found ? db_text(managers, low, 1) : "";
}

// What those who run the cohort may see, some at a time: what these need of memory is given back
// before the next.
static enum rc write_rows(struct req *req, int64_t cohort, struct enrolment_filter *filter,
                          struct csv_writer *csv)
{
    enum { AT_ONCE = 500, AT_ONCE_LIMIT_BYTES = 64 << 20 };
    struct enrolment *all = NULL;
    struct db_rows *managers = NULL;
    size_t count = AT_ONCE;
    filter->most = AT_ONCE;
    TRY(line_addresses(req->tx, req->arena, cohort, &managers));
    while (count == AT_ONCE) {
        struct arena arena;
        char *key = NULL;
        arena_open(&arena, AT_ONCE_LIMIT_BYTES);
        enum rc rc = enrolment_list(req->tx, &arena, cohort, filter, &all, &count);
        for (size_t k = 0; rc == RC_OK && k < count; k++)
            enrolment_sheet_row(csv, &all[k], manager_of(managers, all[k].person));
        if (rc == RC_OK && count > 0) {
            const struct enrolment *last = &all[count - 1];
            rc = text_key(req->arena, last->name, strlen(last->name), &key);
            filter->after = key;
            filter->after_id = last->id;
        }
        arena_close(&arena);
        TRY(rc);
    }
    return RC_OK;
}

static enum rc load_sheet(struct req *req)
{
    enum { SHEET_LIMIT_BYTES = 32 << 20 };
    struct enrolment_view *view = NULL;
    struct enrolment_filter filter = {
        .role = asked(req, "role"), .state = asked(req, "state"), .search = asked(req, "search")};
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    struct csv_writer csv;
    if (out == NULL)
        return RC_NO_MEMORY;
    TRY(enrolment_make_view(req, &view));
    buffer_open(out, req->arena, SHEET_LIMIT_BYTES);
    csv_writer_open(&csv, out);
    enrolment_sheet_head(&csv);
    TRY(write_rows(req, view->cohort.id, &filter, &csv));
    req->view = out;
    req->content_type = "text/csv; charset=utf-8";
    req->file_name = "sign-ups.csv";
    return out->rc;
}

// ---- one sign-up -----------------------------------------------------------------------------

static enum rc read_changes(struct req *req, struct enrolment_view *view)
{
    struct db_rows *rows = NULL;
    TRY(enrolment_history(req, view->one->id, &rows));
    view->change_count = db_count(rows);
    view->changes = ARENA_ARRAY(req->arena, struct enrolment_change, view->change_count);
    if (view->changes == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->change_count; k++)
        view->changes[k] =
            (struct enrolment_change){enrolment_state_label(db_text(rows, k, 0)),
                                      enrolment_state_label(db_text(rows, k, 1)),
                                      db_text(rows, k, 2),
                                      db_text(rows, k, 3),
                                      app_time(req->arena, db_int(rows, k, 4)),
                                      db_int(rows, k, 4),
                                      field_option_label(enrolment_codes, db_text(rows, k, 5)),
                                      db_text(rows, k, 6)};
    return RC_OK;
}

static enum rc read_namesakes(struct req *req, struct enrolment_view *view)
{
    struct db_rows *rows = NULL;
    TRY(enrolment_namesakes(req, view->one, &rows));
    view->namesake_count = db_count(rows);
    view->namesakes = ARENA_ARRAY(req->arena, struct enrolment_namesake, view->namesake_count);
    if (view->namesakes == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->namesake_count; k++)
        view->namesakes[k] = (struct enrolment_namesake){
            db_int(rows, k, 0), db_text(rows, k, 1), db_text(rows, k, 2),
            enrolment_state_label(db_text(rows, k, 3))};
    return RC_OK;
}

static enum rc load_one(struct req *req)
{
    struct enrolment_view *view = NULL;
    TRY(enrolment_make_view_of_one(req, &view));
    const struct enrolment *one = view->one;
    view->shape = &decision_shape;
    TRY(account_said(req->tx, req->arena, one->person, &view->said));
    TRY(back_stops(req->tx, req->arena, one->email, &view->letters_back));
    // Also where it was a question that was refused: the page has two forms.
    view->action = arena_printf(req->arena, "/cohorts/%lld/people/%lld", (long long)view->cohort.id,
                                (long long)one->id);
    if (view->action == NULL)
        return RC_NO_MEMORY;
    view->sensitive = (one->caregiving[0] != '\0' && !enrolment_shows(one->caregiving_for, 'c')) ||
                      (one->access[0] != '\0' && !enrolment_shows(one->access_for, 'c'));
    if (form_value(&req->form, "from") == NULL)
        TRY(form_set(&req->form, "from", one->state));
    TRY(line_find(req->tx, req->arena, one->person, &view->manager));
    TRY(enrolment_notes(req, one->id, &view->notes, &view->note_count));
    TRY(answer_list(req, one->id, &view->answers, &view->answer_count));
    size_t kept = 0;
    for (size_t k = 0; k < view->answer_count; k++)
        if (strcmp(view->answers[k].audience, "matching") != 0)
            view->answers[kept++] = view->answers[k];
        else if (view->answers[k].value[0] != '\0')
            view->sensitive = 1;
    view->answer_count = kept;
    TRY(read_namesakes(req, view));
    return read_changes(req, view);
}

static void write_one(struct html *html, struct req *req)
{
    struct enrolment_view *view = req->view;
    static const struct field question = {
        "text",
        FIELD_TEXT,
        0,
        1,
        2000,
        MSG("Your question to her"),
        MSG("She gets a letter that there is one, and answers on her page."),
        NULL};
    page_person(html, view, &question);
}

// A decision is for sign-ups that wait for one. Accepted people may be put back while pairs are not
// made; who is matched is a match's business.
static bool may_move(const char *from, const char *to)
{
    static const char *const allowed[][2] = {
        {"submitted",  "approved"  },
        {"submitted",  "waitlisted"},
        {"submitted",  "declined"  },
        {"needs_info", "approved"  },
        {"needs_info", "waitlisted"},
        {"needs_info", "declined"  },
        {"waitlisted", "approved"  },
        {"waitlisted", "declined"  },
        {"approved",   "waitlisted"},
    };
    for (size_t k = 0; k < sizeof allowed / sizeof allowed[0]; k++)
        if (strcmp(allowed[k][0], from) == 0 && strcmp(allowed[k][1], to) == 0)
            return true;
    return false;
}

static enum rc decide(struct req *req, const struct enrolment *one, const struct decision *in,
                      int64_t batch)
{
    const struct enrolment_move move = {.id = one->id,
                                        .cohort = one->cohort,
                                        .from = one->state,
                                        .to = in->to,
                                        .reason = in->reason,
                                        .by = req->actor.person,
                                        .batch = batch,
                                        .code = in->code,
                                        .note = in->note};
    TRY(enrolment_move(req->tx, &move, req->now_us));
    const char *body = arena_printf(req->arena, "%lld %s", (long long)one->id, in->to);
    if (body == NULL)
        return RC_NO_MEMORY;
    return job_add(req->tx, "enrolment_letter", body,
                   req->now_us + (int64_t)ENROLMENT_LETTER_DELAY_S * US, req->now_us);
}

// A no says why: to her in words, and to those who decide in one.
static enum rc refuse_silence(struct req *req, const struct decision *in, const char *todo)
{
    if (strcmp(in->to, "declined") != 0)
        return RC_OK;
    if (in->reason[0] == '\0')
        return form_refuse(&req->form, "reason", todo);
    return in->code == NULL || in->code[0] == '\0'
               ? form_refuse(&req->form, "code", MSG("Choose why"))
               : RC_OK;
}

static enum rc act_decide(struct req *req)
{
    const struct decision *in = req->in;
    struct enrolment one;
    int64_t cohort = req_id(req, "cohort");
    int64_t batch = db_new_id(req->now_us);
    TRY(enrolment_find(req->tx, req->arena, cohort, req_id(req, "enrolment"), &one));
    if (strcmp(one.state, in->from) != 0 || !may_move(in->from, in->to))
        return RC_EXISTS;
    TRY(refuse_silence(req, in, MSG("Say why: she reads it")));
    TRY(decide(req, &one, in, batch));
    return req_go(req, MSG("Your decision is kept. The letter leaves in ten minutes."),
                  "/cohorts/%lld/people?undo=%lld", (long long)cohort, (long long)batch);
}

static enum rc act_ask(struct req *req)
{
    const struct question *in = req->in;
    struct enrolment one;
    struct cohort cohort;
    TRY(cohort_load(req, &cohort));
    TRY(enrolment_find(req->tx, req->arena, cohort.id, req_id(req, "enrolment"), &one));
    TRY(enrolment_note_add(req, one.id, in->text));
    if (strcmp(one.state, "submitted") == 0) {
        const struct enrolment_move move = {.id = one.id,
                                            .cohort = cohort.id,
                                            .from = one.state,
                                            .to = "needs_info",
                                            .by = req->actor.person};
        const struct app_place at = app_here(req);
        const struct announcement asked = {ANNOUNCE_ENROLMENT_MOVED, cohort.id, 0, 0, one.id};
        TRY(enrolment_move(req->tx, &move, req->now_us));
        TRY(app_announce(&at, &asked));
    }
    const char *url = arena_printf(req->arena, "%s/cohorts/%lld", web_origin(req->web, req->arena),
                                   (long long)cohort.id);
    if (url == NULL)
        return RC_NO_MEMORY;
    const struct app_place here = app_here(req);
    const struct app_letter *letter = &enrolment_letter_question;
    TRY(app_letter_own(&here, cohort.id, one.language, &letter));
    TRY(app_send(req, one.email, one.language, letter,
                 (const char *const[]){one.name, cohort.name, url}, 3));
    return req_go(req, MSG("Your question is sent."), "/cohorts/%lld/people/%lld",
                  (long long)cohort.id, (long long)one.id);
}

// ---- many at once ----------------------------------------------------------------------------

// The ticked ones that the decision fits, in the order of their names.
static enum rc read_ticked(struct req *req, struct enrolment_view *view)
{
    const struct form *form = &req->form;
    view->all = ARENA_ARRAY(req->arena, struct enrolment, BULK_MAX);
    view->to = asked(req, "to");
    if (view->all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < form->count; k++) {
        struct enrolment one;
        if (strcmp(form->values[k].name, "enrolment") != 0)
            continue;
        if (view->count == BULK_MAX)
            return RC_LIMIT;
        enum rc rc = enrolment_find(req->tx, req->arena, view->cohort.id,
                                    strtoll(form->values[k].value, NULL, 10), &one);
        if (rc != RC_OK && rc != RC_NOT_FOUND)
            return rc;
        if (rc == RC_OK && may_move(one.state, view->to))
            view->all[view->count++] = one;
    }
    return RC_OK;
}

static enum rc load_bulk(struct req *req)
{
    struct enrolment_view *view = NULL;
    TRY(enrolment_make_view(req, &view));
    view->shape = &bulk_shape;
    return read_ticked(req, view);
}

static void write_bulk(struct html *html, struct req *req)
{
    page_people_bulk(html, req->view);
}

static enum rc act_bulk(struct req *req)
{
    const struct bulk *in = req->in;
    struct enrolment_view *view = NULL;
    int64_t batch = db_new_id(req->now_us);
    TRY(enrolment_make_view(req, &view));
    TRY(read_ticked(req, view));
    const struct decision each = {NULL, in->to, in->reason, in->code, NULL};
    TRY(refuse_silence(req, &each, MSG("Say why: each of them reads it")));
    for (size_t k = 0; k < view->count; k++)
        TRY(decide(req, &view->all[k], &each, batch));
    return req_go(req, MSG("Your decisions are kept. The letters leave in ten minutes."),
                  "/cohorts/%lld/people?undo=%lld", (long long)view->cohort.id, (long long)batch);
}

static enum rc act_undo(struct req *req)
{
    const struct undo *in = req->in;
    int64_t cohort = req_id(req, "cohort");
    uint64_t undone = 0;
    TRY(enrolment_undo(req, cohort, in->batch, &undone));
    return req_go(req,
                  undone > 0 ? MSG("Taken back. No letter is sent.")
                             : MSG("There was nothing to take back any more."),
                  "/cohorts/%lld/people", (long long)cohort);
}

// ---- who must not be matched -------------------------------------------------------------------

// The list is for all programmes, and secret: a coordinator has to do with those of her cohort
// alone.
static enum rc apart_of(struct req *req, int64_t *ret_cohort)
{
    bool everywhere = req->actor.admin;
    if (!everywhere)
        TRY(app_has_role(req, ROLE_MANAGER, 0, &everywhere));
    *ret_cohort = everywhere ? 0 : req_id(req, "cohort");
    return RC_OK;
}

static enum rc read_apart(struct req *req, struct enrolment_view *view)
{
    struct db_rows *rows = NULL;
    int64_t cohort = 0;
    TRY(apart_of(req, &cohort));
    TRY(enrolment_avoid_list(req, cohort, &rows));
    view->pair_count = db_count(rows);
    view->pairs = ARENA_ARRAY(req->arena, struct enrolment_pair, view->pair_count);
    if (view->pairs == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->pair_count; k++)
        view->pairs[k] = (struct enrolment_pair){db_int(rows, k, 0), db_text(rows, k, 1),
                                                 db_text(rows, k, 2), db_text(rows, k, 3)};
    return RC_OK;
}

static enum rc load_apart(struct req *req)
{
    struct enrolment_view *view = NULL;
    TRY(enrolment_make_view(req, &view));
    view->shape = &apart_shape;
    return read_apart(req, view);
}

static void write_apart(struct html *html, struct req *req)
{
    page_apart(html, req->view);
}

static enum rc act_apart(struct req *req)
{
    const struct keep_apart *in = req->in;
    struct account a;
    struct account b;
    enum rc rc = account_find(req->tx, req->arena, in->a, &a);
    if (rc == RC_NOT_FOUND)
        return form_refuse(&req->form, "a", MSG("Nobody here has this address"));
    TRY(rc);
    rc = account_find(req->tx, req->arena, in->b, &b);
    if (rc == RC_NOT_FOUND)
        return form_refuse(&req->form, "b", MSG("Nobody here has this address"));
    TRY(rc);
    if (a.id == b.id)
        return form_refuse(&req->form, "b", MSG("Both addresses belong to one person"));
    TRY(enrolment_avoid_add(req, a.id, b.id, in->note));
    return req_go(req, MSG("They are kept apart from now on."), "/cohorts/%lld/apart",
                  (long long)req_id(req, "cohort"));
}

static enum rc act_end_apart(struct req *req)
{
    const struct end_apart *in = req->in;
    int64_t cohort = 0;
    TRY(apart_of(req, &cohort));
    TRY(enrolment_avoid_end(req, in->pair, cohort));
    return req_go(req, MSG("They may be matched again."), "/cohorts/%lld/apart",
                  (long long)req_id(req, "cohort"));
}

static enum rc load_own_apart(struct req *req)
{
    struct enrolment_view *view = ARENA_NEW(req->arena, struct enrolment_view);
    struct db_rows *rows = NULL;
    if (view == NULL)
        return RC_NO_MEMORY;
    view->form = &req->form;
    view->shape = &own_apart_shape;
    view->action = "/account/apart";
    req->view = view;
    TRY(avoid_wish_list(req, &rows));
    view->asked_count = db_count(rows);
    view->asked = ARENA_ARRAY(req->arena, struct enrolment_asked, view->asked_count);
    if (view->asked == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->asked_count; k++)
        view->asked[k] = (struct enrolment_asked){db_text(rows, k, 0), db_text(rows, k, 1)};
    return RC_OK;
}

static void write_own_apart(struct html *html, struct req *req)
{
    page_own_apart(html, req->view);
}

// The answer is the same whether that person exists or not, and so is all that she can see later:
// her page and the copy of her data have the address.
static enum rc act_own_apart(struct req *req)
{
    const struct own_apart *in = req->in;
    struct account other;
    if (text_same(in->email, req->actor.email))
        return form_refuse(&req->form, "email", MSG("This is your own address"));
    TRY(avoid_ask(req, in->email, in->note));
    enum rc rc = account_find(req->tx, req->arena, in->email, &other);
    if (rc == RC_OK)
        rc = avoid_settle(req->tx, other.id);
    if (rc != RC_OK && rc != RC_NOT_FOUND)
        return rc;
    return req_go(req, MSG("It is kept. You will not be matched with each other."),
                  "/account/apart");
}

// clang-format off
const struct route enrolment_review_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/people",                CAN_REVIEW_PEOPLE, NULL,             NULL, NULL,          load_people,    write_people,    MSG("Sign-ups"), .out = &people_out, .query = "role state search after id undo"},
    {WEB_GET,  "/cohorts/:cohort/people.csv",            CAN_REVIEW_PEOPLE, NULL,             NULL, NULL,          load_sheet,     app_write_view,     MSG("Sign-ups as a sheet")},
    {WEB_GET,  "/cohorts/:cohort/people/bulk",           CAN_REVIEW_PEOPLE, NULL,             NULL, NULL,          load_bulk,      write_bulk,      MSG("Decide on several sign-ups")},
    {WEB_POST, "/cohorts/:cohort/people/bulk",           CAN_REVIEW_PEOPLE, &bulk_shape,      NULL, act_bulk,      load_bulk,      write_bulk,      MSG("Decide on several sign-ups")},
    {WEB_POST, "/cohorts/:cohort/people/undo",           CAN_REVIEW_PEOPLE, &undo_shape,      NULL, act_undo,      load_people,    write_people,    MSG("Take decisions back")},
    {WEB_GET,  "/cohorts/:cohort/people/:enrolment",     CAN_REVIEW_PEOPLE, NULL,             NULL, NULL,          load_one,       write_one,       MSG("A sign-up"), .out = &person_out, .query = "from"},
    {WEB_POST, "/cohorts/:cohort/people/:enrolment",     CAN_REVIEW_PEOPLE, &decision_shape,  NULL, act_decide,    load_one,       write_one,       MSG("Decide on a sign-up")},
    {WEB_POST, "/cohorts/:cohort/people/:enrolment/ask", CAN_REVIEW_PEOPLE, &question_shape,  NULL, act_ask,       load_one,       write_one,       MSG("Ask about a sign-up")},
    {WEB_GET,  "/cohorts/:cohort/apart",                 CAN_REVIEW_PEOPLE, NULL,             NULL, NULL,          load_apart,     write_apart,     MSG("Not to be matched"), .out = &apart_out},
    {WEB_POST, "/cohorts/:cohort/apart",                 CAN_REVIEW_PEOPLE, &apart_shape,     NULL, act_apart,     load_apart,     write_apart,     MSG("Not to be matched") },
    {WEB_POST, "/cohorts/:cohort/apart/end",             CAN_REVIEW_PEOPLE, &end_apart_shape, NULL, act_end_apart, load_apart,     write_apart,     MSG("May be matched again")},
    {WEB_GET,  "/account/apart",                         CAN_HAVE_ACCOUNT,  NULL,             NULL, NULL,          load_own_apart, write_own_apart, MSG("Not to be matched with me")},
    {WEB_POST, "/account/apart",                         CAN_HAVE_ACCOUNT,  &own_apart_shape, NULL, act_own_apart, load_own_apart, write_own_apart, MSG("Not to be matched with me")},
    {0,        NULL,                                     0,                 NULL,             NULL, NULL,          NULL,           NULL,            NULL                     },
};
// clang-format on

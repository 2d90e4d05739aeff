// SPDX-License-Identifier: Apache-2.0
//
// Why: saying what is wrong, in two steps from every page of a pair and three from any other, with
// a name, without it, or without an account.
#include <ctype.h>
#include <string.h>

#include "app/concern/concern_page.h"
#include "app_concern_concern_tell.html.h"
#include "auth/token.h"

enum { ABOUT_MAX = 60, CODE_LETTERS = 20, NAMELESS_AN_HOUR = 20, WHERE_A_PAGE = 50 };

struct tell_form {
    const char *kind;
    const char *text;
    const char *about_email;
    int64_t keep;
    const char *named;
};
struct where_form {
    const char *code;
    const char *text;
};

// clang-format off
static const struct field_option names[] = {
    {"yes",     MSG("They may know that it is me")},
    {"no",      MSG("Keep my name from them; I get a letter when there is an answer")},
    {"nobody",  MSG("Nobody may know, and nothing is kept of me: I get a secret code instead")},
    {NULL, NULL},
};
static const struct field tell_fields[] = {
    {"kind",        FIELD_ONE,   FIELD_TEXT_OF(struct tell_form, kind),        1, 1,    MSG("What is it about?"), "", concern_kinds},
    {"text",        FIELD_TEXT,  FIELD_TEXT_OF(struct tell_form, text),        1, 5000, MSG("What has happened?"), MSG("If you can: what, when, where, and who saw it."), NULL},
    {"about_email", FIELD_EMAIL, FIELD_TEXT_OF(struct tell_form, about_email), 0, 254,  MSG("The e-mail address of whoever it is about, if you know it"), MSG("She can't read it then."), NULL},
    {"keep",        FIELD_TICK,  FIELD_INT_OF(struct tell_form, keep),         0, 1,    MSG("Let them read the messages of our pair as well"), "", NULL},
    {"named",       FIELD_ONE,   FIELD_TEXT_OF(struct tell_form, named),       0, 1,    MSG("Your name"), MSG("The person it is about never learns who said it from us."), names},
};
static const struct field where_fields[] = {
    {"code", FIELD_LINE, FIELD_TEXT_OF(struct where_form, code), 1, 100,  MSG("Your secret code"), "", NULL},
    {"text", FIELD_TEXT, FIELD_TEXT_OF(struct where_form, text), 0, 5000, MSG("Anything to add?"), "", NULL},
};
// clang-format on
static const struct shape tell_shape = SHAPE(struct tell_form, tell_fields);
static const struct shape where_shape = SHAPE(struct where_form, where_fields);
static const struct shape code_shape = {where_fields, 1, sizeof(struct where_form)};

bool concern_shows_field(const struct tell_view *view, const struct field *field)
{
    if (strcmp(field->name, "named") == 0)
        return !view->visitor;
    return view->about_pair || strcmp(field->name, "keep") != 0;
}

bool concern_is_picked(const struct form *form, int64_t person)
{
    const char *id = arena_printf(form->arena, "%lld", (long long)person);
    return id != NULL && form_has(form, "about", id);
}

static enum rc make_view(struct req *req, const struct shape *shape, struct tell_view **ret_view)
{
    struct tell_view *view = ARENA_NEW(req->arena, struct tell_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    view->form = &req->form;
    view->shape = shape;
    view->action = req_path(req);
    view->visitor = req->actor.person == 0;
    view->zone = req->actor.zone;
    view->safety = (struct concern_safety){"", "", "", ""};
    view->exit = "https://www.wikipedia.org/";
    req->view = view;
    *ret_view = view;
    return view->action == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc load_safety(struct req *req, struct tell_view *view)
{
    TRY(safety_find(req->tx, req->arena, view->cohort.id, &view->safety));
    if (view->safety.exit_url[0] != '\0')
        view->exit = view->safety.exit_url;
    TRY(concern_leads(req->tx, req->arena, view->cohort.id, &view->leads));
    return concern_people(req->tx, req->arena, view->cohort.id, !view->visitor, &view->people,
                          &view->person_count);
}

// ---- telling -----------------------------------------------------------------------------------

static enum rc load_help(struct req *req)
{
    struct tell_view *view = NULL;
    struct pair_view *pair = NULL;
    const char *code = req->kept; // set by the act
    TRY(pair_make_view(req, &tell_shape, &pair));
    TRY(make_view(req, &tell_shape, &view));
    view->pair = *pair;
    view->about_pair = true;
    view->cohort = pair->pair.cohort;
    view->code = code;
    return load_safety(req, view);
}

static enum rc load_cohort_help(struct req *req)
{
    struct tell_view *view = NULL;
    TRY(make_view(req, &tell_shape, &view));
    TRY(cohort_load(req, &view->cohort));
    if (strcmp(view->cohort.state, "draft") == 0 && view->visitor)
        return RC_NOT_FOUND;
    view->code = req->kept;
    return load_safety(req, view);
}

static void write_help(struct html *html, struct req *req)
{
    const struct tell_view *view = req->view;
    if (view->code != NULL)
        page_told(html, view);
    else
        page_tell(html, view);
}

// Whom it is about: those who were ticked, and whoever has the address. Nobody learns here whether
// an address is known.
static enum rc read_about(struct req *req, int64_t cohort, int64_t about[ABOUT_MAX],
                          size_t *ret_count)
{
    const struct tell_form *in = req->in;
    struct concern_person *people = NULL;
    size_t count = 0;
    size_t got = 0;
    int64_t person = 0;
    TRY(concern_people(req->tx, req->arena, cohort, req->actor.person != 0, &people, &count));
    for (size_t k = 0; k < count && got < ABOUT_MAX - 1; k++)
        if (concern_is_picked(&req->form, people[k].id))
            about[got++] = people[k].id;
    if (in->about_email[0] != '\0')
        TRY(concern_person_find(req, in->about_email, &person));
    if (person != 0)
        about[got++] = person;
    *ret_count = got;
    return RC_OK;
}

// A code that can be read aloud: "1f0a-...". What is kept is its hash.
static enum rc make_code(struct req *req, const char **ret_code, const char **ret_hash)
{
    const char *token = token_new(req->arena);
    char *plain = token == NULL ? NULL : arena_strndup(req->arena, token, CODE_LETTERS);
    if (plain == NULL)
        return RC_NO_MEMORY;
    *ret_hash = token_hash(req->arena, "concern", plain);
    *ret_code = arena_printf(req->arena, "%.4s-%.4s-%.4s-%.4s-%.4s", plain, plain + 4, plain + 8,
                             plain + 12, plain + 16);
    return *ret_hash == NULL || *ret_code == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc refuse_many(struct req *req, int64_t cohort)
{
    int64_t count = 0;
    TRY(concern_nameless(req, cohort, &count));
    if (count < NAMELESS_AN_HOUR)
        return RC_OK;
    return form_refuse(&req->form, "text",
                       MSG("Too much was sent here within an hour. Try again later, or sign in"));
}

// Where nobody is left who may read it, she learns that now, and not by waiting.
static enum rc refuse_unread(struct req *req, const struct concern *concern)
{
    const struct app_place here = app_here(req);
    bool read = false;
    TRY(concern_is_read(&here, concern, &read));
    if (read)
        return RC_OK;
    return form_refuse(
        &req->form, "text",
        MSG("Everybody who reads such things here is among those whom it is about, so it would reach nobody. "
            "Tell somebody outside of this programme"));
}

static enum rc tell(struct req *req, const struct cohort *cohort, int64_t match)
{
    const struct tell_form *in = req->in;
    int64_t about[ABOUT_MAX];
    const char *code = NULL;
    struct concern_more more = {.about = about, .keep = match != 0 && in->keep == 1};
    struct concern concern = {.cohort = cohort->id,
                              .match = match,
                              .kind = in->kind,
                              .by = req->actor.person,
                              .named = strcmp(in->named, "yes") == 0,
                              .cohort_name = cohort->name,
                              .text = in->text,
                              .code = "",
                              .due_at = concern_due("open", req->now_us)};
    if (req->actor.person != 0 && in->named[0] == '\0')
        return form_refuse(&req->form, "named", MSG("Choose one"));
    bool nameless = req->actor.person == 0 || strcmp(in->named, "nobody") == 0;
    if (nameless) {
        TRY(refuse_many(req, cohort->id));
        TRY(make_code(req, &code, &concern.code));
        concern.by = 0;
        concern.named = 0;
    }
    TRY(read_about(req, cohort->id, about, &more.about_count));
    TRY(concern_add(req, &concern, &more, &concern.id));
    TRY(refuse_unread(req, &concern));
    const struct app_place here = app_here(req);
    TRY(concern_tell_readers(&here, &concern, concern.due_at));
    req->kept = (void *)(uintptr_t)code;
    if (nameless)
        return RC_OK; // its page shows the code, once
    return req_go(req, MSG("Thank you for saying it. Here you see how it stands."),
                  "/account/answers");
}

static enum rc act_help(struct req *req)
{
    struct pair pair;
    req->kept = NULL;
    TRY(pair_load(req, &pair)); // also of a pair that has ended
    return tell(req, &pair.cohort, pair.match.id);
}

static enum rc act_cohort_help(struct req *req)
{
    struct cohort cohort;
    req->kept = NULL;
    TRY(cohort_load(req, &cohort));
    if (strcmp(cohort.state, "draft") == 0 && req->actor.person == 0)
        return RC_NOT_FOUND;
    return tell(req, &cohort, 0);
}

// ---- where to tell it, from any page -----------------------------------------------------------

// Hers first, then all others, the newest first, in pages.
static enum rc ask_where(struct req *req, int64_t before, struct db_rows **ret_hers,
                         struct db_rows **ret_others)
{
    TRY(db_ask(req->tx, req->arena, ret_hers,
               "SELECT DISTINCT h.id, h.name FROM enrolment e JOIN cohort h ON h.id = e.cohort "
               "WHERE e.person = $1 AND h.state NOT IN ('draft', 'cancelled', 'template') "
               "ORDER BY h.id DESC LIMIT $2",
               DB_ARGS(DB_INT(req->actor.person), DB_INT(WHERE_A_PAGE))));
    TRY(db_ask(req->tx, req->arena, ret_others,
               "SELECT h.id, h.name FROM cohort h WHERE h.id < $2 AND h.state NOT IN ('draft', "
               "'cancelled', 'template') AND NOT EXISTS (SELECT 1 FROM enrolment e "
               "WHERE e.cohort = h.id AND e.person = $1) ORDER BY h.id DESC LIMIT $3",
               DB_ARGS(DB_INT(req->actor.person), DB_INT(before), DB_INT(WHERE_A_PAGE + 1))));
    return db_take(req->tx);
}

static void take_cohorts(struct tell_view *view, const struct db_rows *rows, size_t most)
{
    for (size_t k = 0; k < db_count(rows) && k < most; k++)
        view->cohorts[view->cohort_count++] =
            (struct cohort){.id = db_int(rows, k, 0), .name = db_text(rows, k, 1)};
}

static enum rc load_where(struct req *req)
{
    struct tell_view *view = NULL;
    struct db_rows *hers = NULL;
    struct db_rows *others = NULL;
    int64_t before = form_number(&req->form, "before");
    TRY(make_view(req, NULL, &view));
    TRY(ask_where(req, before > 0 ? before : INT64_MAX, &hers, &others));
    view->cohorts = ARENA_ARRAY(req->arena, struct cohort, 2 * WHERE_A_PAGE);
    if (view->cohorts == NULL)
        return RC_NO_MEMORY;
    if (before <= 0)
        take_cohorts(view, hers, WHERE_A_PAGE);
    take_cohorts(view, others, WHERE_A_PAGE);
    if (db_count(others) <= WHERE_A_PAGE)
        return RC_OK;
    return req_next(req, "before", db_int(others, WHERE_A_PAGE - 1, 0), &view->next);
}

static void write_where(struct html *html, struct req *req)
{
    page_where(html, req->view);
}

// ---- following it with a code ------------------------------------------------------------------

// As it was typed: only its letters and digits count.
static const char *clean_code(struct arena *arena, const char *typed)
{
    char *code = arena_strdup(arena, typed);
    size_t length = 0;
    for (const char *c = typed; code != NULL && *c != '\0'; c++)
        if (isalnum((unsigned char)*c))
            code[length++] = (char)tolower((unsigned char)*c);
    if (code != NULL)
        code[length] = '\0';
    return code;
}

static enum rc load_follow(struct req *req)
{
    struct tell_view *view = NULL;
    const char *typed = form_value(&req->form, "code");
    const char *code = clean_code(req->arena, typed == NULL ? "" : typed);
    struct concern *concern = ARENA_NEW(req->arena, struct concern);
    TRY(make_view(req, &code_shape, &view));
    if (code == NULL || concern == NULL)
        return RC_NO_MEMORY;
    if (req->http->method != WEB_POST || concern_by_code(req, code, concern) != RC_OK)
        return RC_OK;
    TRY(concern_unseal(req, concern));
    view->concern = concern;
    view->shape = &where_shape;
    TRY(cohort_find(req->tx, req->arena, concern->cohort, &view->cohort));
    TRY(load_safety(req, view));
    if (req->form.error_count == 0)
        TRY(form_set(&req->form, "text", ""));
    return concern_words(req, concern->id, true, &view->words, &view->word_count);
}

static void write_follow(struct html *html, struct req *req)
{
    page_follow(html, req->view);
}

static enum rc act_follow(struct req *req)
{
    const struct where_form *in = req->in;
    struct concern concern;
    const char *code = clean_code(req->arena, in->code);
    if (code == NULL)
        return RC_NO_MEMORY;
    enum rc rc = concern_by_code(req, code, &concern);
    if (rc == RC_NOT_FOUND)
        return form_refuse(&req->form, "code", MSG("There is nothing with this code"));
    TRY(rc);
    if (in->text[0] == '\0')
        return RC_OK;
    TRY(concern_word_add(req, concern.id, "reporter", in->text, true));
    const struct app_place here = app_here(req);
    return concern_tell_readers(&here, &concern, concern.due_at > 0 ? concern.due_at : req->now_us);
}

// clang-format off
const struct route concern_tell_routes[] = {
    {WEB_GET,  "/pairs/:pair/help",     CAN_REPORT, NULL,         NULL, NULL,            load_help,        write_help,   MSG("Help")},
    {WEB_POST, "/pairs/:pair/help",     CAN_REPORT, &tell_shape,  NULL, act_help,        load_help,        write_help,   MSG("Help")},
    {WEB_GET,  "/cohorts/:cohort/help", CAN_TELL,   NULL,         NULL, NULL,            load_cohort_help, write_help,   MSG("Help")},
    {WEB_POST, "/cohorts/:cohort/help", CAN_TELL,   &tell_shape,  NULL, act_cohort_help, load_cohort_help, write_help,   MSG("Help")},
    {WEB_GET,  "/help/tell",            CAN_TELL,   NULL,         NULL, NULL,            load_where,       write_where,  MSG("Help")},
    {WEB_GET,  "/help/answer",          CAN_TELL,   NULL,         NULL, NULL,            load_follow,      write_follow, MSG("Help")},
    {WEB_POST, "/help/answer",          CAN_TELL,   &where_shape, NULL, act_follow,      load_follow,      write_follow, MSG("Help")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

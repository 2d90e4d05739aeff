// SPDX-License-Identifier: Apache-2.0
//
// Why: each person's own match, with her answer to an offer; and the list of all, for those who run
// the cohort.
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

#include "app/match/match.h"
#include "app/match/match_offer.h"
#include "app/match/match_page.h"
#include "app/match/match_presence.h"
#include "app/match/match_said.h"
#include "app/match/match_store.h"
#include "app_match_match.html.h"

struct answer {
    const char *answer;
    const char *reason;
    const char *words;
};

// clang-format off
static const struct field_option answers[] = {
    {"yes",  MSG("Yes, I want this match")},
    {"no",   MSG("No, not this one")},
    {"more", MSG("I'd like to know more first")}, {NULL, NULL},
};
static const struct field_option reasons[] = {
    {"better",    MSG("Somebody else would fit better")},
    {"time",      MSG("I have not enough time now: ask me nothing until I say that I have")},
    {"expertise", MSG("It is not the right expertise")},
    {"other",     MSG("Something else")}, {NULL, NULL},
};
static const struct field answer_fields[] = {
    {"answer", FIELD_ONE,  FIELD_TEXT_OF(struct answer, answer), 1, 1,    MSG("What do you say?"), "", answers},
    {"reason", FIELD_ONE,  FIELD_TEXT_OF(struct answer, reason), 0, 1,    MSG("If no, why?"), MSG("It helps to find somebody else. The other person never sees it."), reasons},
    {"words",  FIELD_TEXT, FIELD_TEXT_OF(struct answer, words),  0, 1000, MSG("Words for the people who run the programme"), MSG("Your question, if you want to know more."), NULL},
};
// clang-format on
static const struct shape answer_shape = SHAPE(struct answer, answer_fields);

// ---- what a card shows -------------------------------------------------------------------------

void match_topics(struct html *html, const char *topics)
{
    bool first = true;
    const char *own = strchr(topics, '|');
    for (const struct field_option *o = enrolment_topics; o->value != NULL; o++) {
        if (enrolment_common(o->value, topics) == 0)
            continue;
        if (!first)
            html_text(html, ", ");
        html_message(html, o->label, NULL, 0);
        first = false;
    }
    if (own == NULL || own[1] == '\0')
        return;
    html_text(html, first ? "" : ", ");
    html_text_bytes(html, (struct text){own + 1, strlen(own + 1) - 2}); // without the last "; "
}

bool match_is_asked(const struct match *match, bool mentor)
{
    return strcmp(match->asked, "both") == 0
               ? !(mentor ? match->mentor_yes : match->mentee_yes)
               : strcmp(match->asked, mentor ? "mentor" : "mentee") == 0;
}

bool match_has_begun(const struct match *match)
{
    return strcmp(match->state, "offered") != 0 && strcmp(match->state, "not_started") != 0;
}

// An offer that ended before it was her turn is nothing to her.
bool match_is_shown(const struct match *match, bool mentor)
{
    bool said = (mentor ? match->mentor_yes : match->mentee_yes) != 0;
    bool settled = match_has_begun(match);
    return said || settled || match_is_asked(match, mentor);
}

// Her first word; all of it when there is one.
const char *match_first_name(const struct match *match, bool mentor)
{
    return mentor ? match->mentee_first : match->mentor_first;
}

// ---- my match ----------------------------------------------------------------------------------

static enum rc set_first_names(struct req *req, struct match *match)
{
    bool settled = match_has_begun(match);
    const char *mentee = match->mentee_name;
    const char *mentor = match->mentor_name;
    match->mentee_first =
        settled ? mentee : arena_strndup(req->arena, mentee, strcspn(mentee, " "));
    match->mentor_first =
        settled ? mentor : arena_strndup(req->arena, mentor, strcspn(mentor, " "));
    return match->mentee_first == NULL || match->mentor_first == NULL ? RC_NO_MEMORY : RC_OK;
}

// What two have in common beside topics and time, while it may be told.
static enum rc set_common(struct req *req, struct match *match)
{
    const struct app_place here = app_here(req);
    struct match_told told = {.answers = ""};
    if (strcmp(match->state, "offered") == 0 || strcmp(match->state, "active") == 0)
        TRY(match_said_of(&here, match, &told));
    match->answers = told.answers;
    match->alike = told.alike;
    return RC_OK;
}

// What she may know of a match of hers: as much as the card on the page shows.
static struct match_own_card card_of(const struct match *m, bool mentor)
{
    bool live = strcmp(m->state, "active") == 0;
    bool offered = strcmp(m->state, "offered") == 0;
    struct match_own_card card = {.id = m->id,
                                  .role = mentor ? "mentor" : "mentee",
                                  .state = m->state,
                                  .begun = match_has_begun(m),
                                  .name = match_first_name(m, mentor),
                                  .asked = offered && match_is_asked(m, mentor),
                                  .until = offered ? m->ends_at : 0};
    if (!live && !offered)
        return card;
    card.topics = m->topics;
    card.overlap = m->overlap;
    card.answers = m->answers;
    card.alike = m->alike;
    card.words = mentor ? m->goal : m->how;
    card.about = mentor ? m->about_mentee : m->about_mentor;
    if (live) {
        card.pronouns = mentor ? m->mentee_pronouns : m->mentor_pronouns;
        card.email = mentor ? m->mentee_email : m->mentor_email;
    }
    return card;
}

static enum rc load_mine(struct req *req)
{
    struct match_view *view = NULL;
    TRY(match_make_view(req, &view));
    view->person = req->actor.person;
    TRY(match_mine(req, view->cohort.id, &view->matches, &view->match_count));
    TRY(presence_mine(req, view->cohort.id, &view->presence, &view->presence_count));
    TRY(waiting_counts(req, view->cohort.id, &view->waiting_mentees, &view->waiting_places));
    TRY(asked_list(req, view->cohort.id, &(struct asked_filter){.of_person = req->actor.person},
                   &view->asked, &view->asked_count));
    view->cards = ARENA_ARRAY(req->arena, struct match_own_card, view->match_count);
    if (view->cards == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->match_count; k++) {
        struct match *match = &view->matches[k];
        bool mentor = match->mentor_person == view->person;
        TRY(set_first_names(req, match));
        TRY(set_common(req, match));
        if (match_is_shown(match, mentor))
            view->cards[view->card_count++] = card_of(match, mentor);
    }
    return RC_OK;
}

static void write_mine(struct html *html, struct req *req)
{
    page_my_match(html, req->view);
}

// One offer, to be answered: it is hers, and it is her turn.
static enum rc load_answer(struct req *req)
{
    struct match_view *view = NULL;
    struct match *match = ARENA_NEW(req->arena, struct match);
    if (match == NULL)
        return RC_NO_MEMORY;
    TRY(match_make_view(req, &view));
    TRY(match_find(req->tx, req->arena, req_id(req, "match"), match));
    view->person = req->actor.person;
    view->shape = &answer_shape;
    view->matches = match;
    bool mentor = match->mentor_person == view->person;
    bool hers = mentor || match->mentee_person == view->person;
    bool asked = match_is_asked(match, mentor) && strcmp(match->state, "offered") == 0;
    if (!hers || !asked || match->cohort != view->cohort.id)
        return RC_NOT_FOUND;
    TRY(set_common(req, match));
    return set_first_names(req, match);
}

static void write_answer(struct html *html, struct req *req)
{
    const struct match_view *view = req->view;
    page_my_answer(html, view, view->matches, view->matches->mentor_person == view->person);
}

static const struct app_letter letter_question = {
    MSG("A question about an offer"),
    {MSG("Hello {0},"), MSG("somebody in {1} wants to know more before she says yes or no:"), "{2}",
                                   MSG("Answer it here, and she gets a letter. The offer waits for it, at most a week:"), "{3}",
                                   NULL}
};

// The question goes to everyone who coordinates the cohort; the offer stands until it is answered,
// at most a week.
static enum rc ask_more(struct req *req, const struct match *match, bool mentor, const char *words)
{
    enum { WEEK_S = 7 * 86400 };
    struct db_rows *rows = NULL;
    const char *url =
        arena_printf(req->arena, "%s/cohorts/%lld/matches/%lld", web_origin(req->web, req->arena),
                     (long long)match->cohort, (long long)match->id);
    if (url == NULL)
        return RC_NO_MEMORY;
    TRY(app_staff(req->tx, req->arena, match->cohort, &rows));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(app_send(req, db_text(rows, k, 0), db_text(rows, k, 1), &letter_question,
                     (const char *const[]){db_text(rows, k, 2), match->cohort_name, words, url},
                     4));
    return asked_add(req, match->id, mentor, words, req->now_us + (int64_t)WEEK_S * 1000000);
}

static enum rc act_answer(struct req *req)
{
    const struct answer *in = req->in;
    struct match match;
    struct offering o = offering_of(req);
    TRY(match_find(req->tx, req->arena, req_id(req, "match"), &match));
    bool mentor = match.mentor_person == req->actor.person;
    bool mentee = match.mentee_person == req->actor.person;
    bool hers = (mentor || mentee) && match.cohort == req_id(req, "cohort");
    bool asked =
        strcmp(match.asked, "both") == 0 || strcmp(match.asked, mentor ? "mentor" : "mentee") == 0;
    if (!hers)
        return RC_NOT_FOUND;
    if (strcmp(match.state, "offered") != 0 || !asked)
        return RC_EXISTS; // it is over, or not her turn
    if (strcmp(in->answer, "yes") == 0) {
        TRY(offer_accept(&o, &match, mentor));
        return req_go(req, MSG("Your yes is kept."), "/cohorts/%lld/match",
                      (long long)match.cohort);
    }
    if (strcmp(in->answer, "more") == 0) {
        if (in->words[0] == '\0')
            return form_refuse(&req->form, "words", MSG("Write what you would like to know"));
        TRY(ask_more(req, &match, mentor, in->words));
        return req_go(
            req,
            MSG("Your question is sent. You get a letter with the answer, and the offer waits for it, at most a week."),
            "/cohorts/%lld/match", (long long)match.cohort);
    }
    if (in->reason == NULL || in->reason[0] == '\0')
        return form_refuse(&req->form, "reason", MSG("Choose what is nearest"));
    const char *words = arena_printf(req->arena, "%s: %s", in->reason, in->words);
    if (words == NULL)
        return RC_NO_MEMORY;
    TRY(offer_end(&o, &match, mentor ? "mentor_declined" : "mentee_declined", words));
    return req_go(req, MSG("Your no is kept. Nobody learns why."), "/cohorts/%lld/match",
                  (long long)match.cohort);
}

// ---- all matches of a cohort -------------------------------------------------------------------

static enum rc make_list(struct req *req, struct match_view **ret_view)
{
    const char *state = form_value(&req->form, "state");
    TRY(match_make_view(req, ret_view));
    (*ret_view)->sort = state == NULL ? "" : state;
    return RC_OK;
}

static enum rc load_matches(struct req *req)
{
    struct match_view *view = NULL;
    struct db_rows *asked = NULL;
    struct db_rows *listed = NULL;
    int64_t cohort = req_id(req, "cohort");
    const char *after = form_value(&req->form, "after");
    const char *state = form_value(&req->form, "state");
    const struct match_filter filter = {.state = state == NULL ? "" : state,
                                        .after = after == NULL ? 0 : strtoll(after, NULL, 10),
                                        .most = MATCH_PAIRS_A_PAGE + 1};
    TRY(asked_ask_open(req, cohort, &asked));
    TRY(match_ask_brief(req, cohort, &filter, &listed));
    TRY(make_list(req, &view)); // takes them too
    TRY(asked_read(req->arena, asked, &view->asked, &view->asked_count));
    TRY(match_read_brief(req->arena, listed, &view->matches, &view->match_count));
    if (view->match_count <= MATCH_PAIRS_A_PAGE)
        return RC_OK;
    view->match_count = MATCH_PAIRS_A_PAGE;
    return req_next(req, "after", view->matches[MATCH_PAIRS_A_PAGE - 1].id, &view->next);
}

static void write_matches(struct html *html, struct req *req)
{
    page_matches(html, req->view);
}

static enum rc load_sheet(struct req *req)
{
    static const char *const headings[] = {"Mentee",          "Mentee's e-mail", "Mentor",
                                           "Mentor's e-mail", "State",           "Topics",
                                           "Minutes a week",  "Points of 10,000"};
    enum { SHEET_LIMIT_BYTES = 8 << 20 };
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    struct csv_writer csv;
    if (out == NULL)
        return RC_NO_MEMORY;
    struct match_view *view = NULL;
    TRY(make_list(req, &view));
    TRY(match_list(req, view->cohort.id, view->sort, &view->matches, &view->match_count));
    buffer_open(out, req->arena, SHEET_LIMIT_BYTES);
    csv_writer_open(&csv, out);
    for (size_t k = 0; k < sizeof headings / sizeof headings[0]; k++)
        csv_cell_text(&csv, headings[k]);
    csv_end_row(&csv);
    for (size_t k = 0; k < view->match_count; k++) {
        const struct match *m = &view->matches[k];
        const char *const cells[] = {m->mentee_name,  m->mentee_email, m->mentor_name,
                                     m->mentor_email, m->state,        m->topics};
        for (size_t c = 0; c < sizeof cells / sizeof cells[0]; c++)
            csv_cell_text(&csv, cells[c]);
        csv_cell_integer(&csv, m->overlap);
        csv_cell_integer(&csv, m->score);
        csv_end_row(&csv);
    }
    req->view = out;
    req->content_type = "text/csv; charset=utf-8";
    req->file_name = "matches.csv";
    return out->rc;
}

// The mentee is offered another, which whoever asked reads first.
static enum rc act_supersede(struct req *req)
{
    struct match match;
    int64_t run = 0;
    struct offering o = offering_of(req);
    TRY(match_find(req->tx, req->arena, req_id(req, "match"), &match));
    if (match.cohort != req_id(req, "cohort"))
        return RC_NOT_FOUND;
    TRY(offer_supersede(&o, &match, req->actor.person, &run));
    return req_go(req, MSG("The offer is taken back, and another is looked for."),
                  "/cohorts/%lld/matching/%lld", (long long)match.cohort, (long long)run);
}

static enum rc act_here(struct req *req)
{
    int64_t cohort = req_id(req, "cohort");
    TRY(presence_back(req, cohort));
    return req_go(req, MSG("Thank you. You are there, and can be offered a match again."),
                  "/cohorts/%lld/match", (long long)cohort);
}

// clang-format off
const struct route match_offer_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/match",                   CAN_JOIN,         NULL,          NULL, NULL,         load_mine,    write_mine,    MSG("My match"), .out = &my_match_out},
    {WEB_GET,  "/cohorts/:cohort/match/:match",            CAN_JOIN,         NULL,          NULL, NULL,         load_answer,  write_answer,  MSG("Answer an offer")    },
    {WEB_POST, "/cohorts/:cohort/match/:match",            CAN_JOIN,         &answer_shape, NULL, act_answer,   load_answer,    write_answer,    MSG("Answer an offer")    },
    {WEB_GET,  "/cohorts/:cohort/matches",                 CAN_RUN_MATCHING, NULL,          NULL, NULL,         load_matches, write_matches, MSG("Matches"), .out = &matches_out, .query = "state after"},
    {WEB_GET,  "/cohorts/:cohort/matches.csv",             CAN_RUN_MATCHING, NULL,          NULL, NULL,         load_sheet,   app_write_view,   MSG("Matches as a sheet") },
    {WEB_POST, "/cohorts/:cohort/matches/:match/another",  CAN_RUN_MATCHING, NULL,          NULL, act_supersede, load_matches, write_matches, MSG("Offer another instead") },
    {WEB_POST, "/cohorts/:cohort/here",                    CAN_JOIN,         NULL,          NULL, act_here,     load_mine,    write_mine,    MSG("I am there")         },
    {0,        NULL,                                       0,                NULL,          NULL, NULL,         NULL,         NULL,          NULL                      },
};
// clang-format on

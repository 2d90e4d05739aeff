// SPDX-License-Identifier: Apache-2.0
//
// Offers: who is asked when, the letters, and passing a place on; see match_offer.h.
#include "app/match/match_offer.h"

#include <stdlib.h>
#include <string.h>

#include "app/account/account.h"
#include "app/match/match_presence.h"
#include "app/match/match_skip.h"

enum { DAY_S = 86400, US = 1000000 };

static const struct app_letter letter_offer = {
    MSG("A match for you"),
    {MSG("Hello {0},"), MSG("in {1}, a match was found for you."),
                         MSG("See who it is and why, and say yes or no, until {3}:"), "{2}", NULL}
};
static const struct app_letter letter_reminder = {
    MSG("Your match waits for your answer"),
    {MSG("Hello {0},"), MSG("in {1}, somebody waits for your answer. The offer ends at {3}."),
                                          MSG("Say yes or no here:"), "{2}", NULL}
};
static const struct app_letter letter_begins = {
    MSG("Your match begins"),
    {MSG("Hello {0},"),
                           MSG("in {1}, your match is settled. You find the address to write to here:"), "{2}",
                           MSG("Write to each other, and meet within two weeks."), NULL}
};
static const struct app_letter letter_over = {
    MSG("About your match"),
    {MSG("Hello {0},"), MSG("in {1}, the match that was offered to you does not begin."),
                          MSG("It is nothing that you did. The people who run the programme look for another. You see how it stands here:"),
                          "{2}", NULL}
};

// clang-format off
const struct app_letter_name match_letters[] = {
    {"offer",          MSG("A match was found, and somebody is asked for her yes"), "name cohort link day", &letter_offer},
    {"offer_reminder", MSG("An offer is about to end without an answer"),           "name cohort link day", &letter_reminder},
    {"match_begins",   MSG("Both have said yes: the match begins"),                 "name cohort link day", &letter_begins},
    {"offer_over",     MSG("A match that was offered does not begin"),              "name cohort link day", &letter_over},
    {NULL, NULL, NULL, NULL},
};
// clang-format on

static const struct app_letter letter_unanswered = {
    MSG("A question about an offer still waits"),
    {MSG("Hello {0},"),
                                               MSG("in {1}, somebody asked to know more about an offer, and has no answer yet. The offer ends tomorrow."),
                                               MSG("Answer it here:"), "{2}", NULL}
};

struct offering offering_of(struct req *req)
{
    return (struct offering){app_here(req), web_origin(req->web, req->arena)};
}

static enum rc write_to(const struct offering *o, const struct match *match, bool mentor,
                        const struct app_letter *letter)
{
    const char *url =
        arena_printf(o->at.arena, "%s/cohorts/%lld/match", o->url, (long long)match->cohort);
    const char *until =
        app_time_in(o->at.arena, match->ends_at, mentor ? match->mentor_zone : match->mentee_zone);
    if (url == NULL || until == NULL)
        return RC_NO_MEMORY;
    const char *const values[] = {mentor ? match->mentor_name : match->mentee_name,
                                  match->cohort_name, url, until};
    const char *tag = mentor ? match->mentor_language : match->mentee_language;
    TRY(app_letter_own(&o->at, match->cohort, tag, &letter));
    return app_send_from(&o->at, mentor ? match->mentor_email : match->mentee_email, tag, letter,
                         values, 4);
}

enum rc offer_words(struct req *req, const struct cohort *cohort, const struct match_rules *rules,
                    struct app_shown_letter *ret_shown)
{
    const struct app_letter *letter =
        strcmp(rules->asks, "none") == 0 ? &letter_begins : &letter_offer;
    const struct app_place here = app_here(req);
    const char *const values[] = {message_in(req->locale, MSG("(her name)")), cohort->name,
                                  arena_printf(req->arena, "%s/cohorts/%lld/match",
                                               web_origin(req->web, req->arena),
                                               (long long)cohort->id),
                                  message_in(req->locale, MSG("(the last day to answer)"))};
    if (values[2] == NULL)
        return RC_NO_MEMORY;
    return app_letter_show(&here, cohort->id, locale_tag(req->locale), letter, values,
                           sizeof values / sizeof values[0], ret_shown);
}

static enum rc write_to_asked(const struct offering *o, const struct match *match,
                              const struct app_letter *letter)
{
    bool both = strcmp(match->asked, "both") == 0;
    if (both || strcmp(match->asked, "mentor") == 0)
        TRY(write_to(o, match, true, letter));
    if (both || strcmp(match->asked, "mentee") == 0)
        TRY(write_to(o, match, false, letter));
    return RC_OK;
}

static enum rc offer_one(const struct offering *o, const struct match_run *run,
                         const struct match_rules *rules, const struct match_pair *pair)
{
    struct match match;
    int64_t id = 0;
    TRY(match_offer(&o->at, run, rules, pair, &id));
    TRY(match_find(o->at.tx, o->at.arena, id, &match));
    if (strcmp(match.state, "offered") == 0)
        return write_to_asked(o, &match, &letter_offer);
    TRY(write_to(o, &match, true, &letter_begins));
    return write_to(o, &match, false, &letter_begins);
}

// Thousands at once: what one needs of memory is given back before the next.
enum rc offer_pairs(const struct offering *o, const struct match_run *run,
                    const struct match_pair *pairs, size_t count, uint64_t *ret_made)
{
    enum { ONE_LIMIT_BYTES = 4 << 20 };
    struct match_rules rules;
    size_t skipped = 0;
    struct match_pair *over = ARENA_ARRAY(o->at.arena, struct match_pair, count);
    if (over == NULL)
        return RC_NO_MEMORY;
    TRY(rules_find(o->at.tx, o->at.arena, run->rules, &rules));
    for (size_t k = 0; k < count; k++) {
        struct arena arena;
        struct offering one = *o;
        arena_open(&arena, ONE_LIMIT_BYTES);
        one.at.arena = &arena;
        enum rc rc = offer_one(&one, run, &rules, &pairs[k]);
        arena_close(&arena);
        if (rc != RC_OK && rc != RC_LIMIT)
            return rc;
        if (rc == RC_LIMIT)
            over[skipped++] = pairs[k];
    }
    *ret_made = count - skipped;
    return skip_tell(o, run, over, skipped);
}

// Whoever has not said yes yet is asked; when both have, the match begins.
enum rc offer_accept(const struct offering *o, const struct match *match, bool by_mentor)
{
    struct match after = *match;
    struct match_run run;
    struct match_rules rules;
    bool other_yes = by_mentor ? match->mentee_yes != 0 : match->mentor_yes != 0;
    bool other_asked = strcmp(match->asked, "both") == 0;
    TRY(run_find(o->at.tx, o->at.arena, match->cohort, match->run, &run));
    TRY(rules_find(o->at.tx, o->at.arena, run.rules, &rules));
    after.asked = by_mentor ? "mentee" : "mentor";
    if (!other_asked)
        after.ends_at = o->at.now_us + rules.days * DAY_S * (int64_t)US;
    TRY(presence_answered(o, by_mentor ? match->mentor : match->mentee, false));
    TRY(match_say_yes(o->at.tx, match, by_mentor, other_yes ? "" : after.asked, after.ends_at));
    if (!other_yes)
        return other_asked ? RC_OK : write_to_asked(o, &after, &letter_offer);
    TRY(match_move(&o->at, match, "active", "", ""));
    TRY(write_to(o, match, true, &letter_begins));
    return write_to(o, match, false, &letter_begins);
}

// A mentor who was asked and said nothing; and whoever has answered.
static enum rc note_presence(const struct offering *o, const struct match *match,
                             const char *reason, const char *words)
{
    bool both = strcmp(match->asked, "both") == 0;
    bool mentor_asked = both ? !match->mentor_yes : strcmp(match->asked, "mentor") == 0;
    bool away = strncmp(words, "time:", 5) == 0;
    if (strcmp(reason, "expired") == 0 && mentor_asked)
        return presence_unanswered(o, match);
    if (strcmp(reason, "mentor_declined") == 0)
        return presence_answered(o, match->mentor, away);
    if (strcmp(reason, "mentee_declined") == 0)
        return presence_answered(o, match->mentee, away);
    return RC_OK;
}

// The one who declined needs no letter. Who was never asked knows nothing of the offer.
static enum rc end_and_tell(const struct offering *o, const struct match *match, const char *reason,
                            const char *words)
{
    bool both = strcmp(match->asked, "both") == 0;
    bool mentor_knows = both || match->mentor_yes || strcmp(match->asked, "mentor") == 0;
    bool mentee_knows = both || match->mentee_yes || strcmp(match->asked, "mentee") == 0;
    bool by_mentor = strncmp(reason, "mentor_", 7) == 0;
    bool by_mentee = strncmp(reason, "mentee_", 7) == 0;
    TRY(match_move(&o->at, match, "not_started", reason, words));
    TRY(note_presence(o, match, reason, words));
    if (mentor_knows && !by_mentor)
        TRY(write_to(o, match, true, &letter_over));
    if (mentee_knows && !by_mentee)
        TRY(write_to(o, match, false, &letter_over));
    return RC_OK;
}

enum rc offer_end(const struct offering *o, const struct match *match, const char *reason,
                  const char *words)
{
    TRY(end_and_tell(o, match, reason, words));
    return offer_pass_on(o, match);
}

enum rc offer_find_another(const struct offering *o, int64_t cohort, int64_t mentee, int64_t by,
                           int64_t *ret_run)
{
    struct match_rules rules;
    TRY(rules_now(o->at.tx, o->at.arena, cohort, &rules));
    struct match_run run = {.id = db_new_id(o->at.now_us),
                            .cohort = cohort,
                            .seed = cohort & INT32_MAX,
                            .rules = rules.id,
                            .only = mentee};
    const char *body = arena_printf(o->at.arena, "%lld", (long long)run.id);
    if (body == NULL)
        return RC_NO_MEMORY;
    TRY(run_add(o->at.tx, &run, by, o->at.now_us));
    *ret_run = run.id;
    return job_add(o->at.tx, "match_run", body, o->at.now_us, o->at.now_us);
}

enum rc offer_supersede(const struct offering *o, const struct match *match, int64_t by,
                        int64_t *ret_run)
{
    TRY(end_and_tell(o, match, "superseded", ""));
    return offer_find_another(o, match->cohort, match->mentee, by, ret_run);
}

enum rc offer_pass_on(const struct offering *o, const struct match *match)
{
    struct match_rules rules;
    int64_t run = 0;
    TRY(rules_now(o->at.tx, o->at.arena, match->cohort, &rules));
    return rules.passes_on ? offer_find_another(o, match->cohort, match->mentee, 0, &run) : RC_OK;
}

// ---- the job that reminds and ends -------------------------------------------------------------

// Who waits for an answer of those who run the programme is not hurried: they are.
static enum rc remind(const struct offering *o, const struct match *match)
{
    struct db_rows *rows = NULL;
    bool open = false;
    TRY(match_remind(o->at.tx, match->id, match->ends_at));
    TRY(asked_is_open(o->at.tx, o->at.arena, match->id, &open));
    if (!open)
        return write_to_asked(o, match, &letter_reminder);
    const char *url = arena_printf(o->at.arena, "%s/cohorts/%lld/matches/%lld", o->url,
                                   (long long)match->cohort, (long long)match->id);
    if (url == NULL)
        return RC_NO_MEMORY;
    TRY(app_staff(o->at.tx, o->at.arena, match->cohort, &rows));
    for (size_t k = 0; k < db_count(rows); k++) {
        const char *const values[] = {db_text(rows, k, 2), match->cohort_name, url};
        TRY(app_send_from(&o->at, db_text(rows, k, 0), db_text(rows, k, 1), &letter_unanswered,
                          values, 3));
    }
    return RC_OK;
}

static enum rc look_at_offers(struct db_tx *tx, struct job *job)
{
    const struct app *app = job->context;
    struct offering o = {
        {tx, job->arena, app, job->now_us},
        app->url
    };
    struct match *due = NULL;
    size_t count = 0;
    TRY(match_due(tx, job->arena, job->now_us, (int64_t)DAY_S * US, &due, &count));
    for (size_t k = 0; k < count; k++) {
        if (due[k].ends_at <= job->now_us) {
            TRY(offer_end(&o, &due[k], "expired", ""));
            continue;
        }
        TRY(remind(&o, &due[k]));
    }
    return RC_OK;
}

// ---- somebody leaves ---------------------------------------------------------------------------

enum rc offer_leave(const struct app_place *place, int64_t id, bool all)
{
    struct offering o = {*place, place->app->url};
    struct match *live = NULL;
    size_t count = 0;
    TRY(match_live_of(place->tx, place->arena, id, all, &live, &count));
    for (size_t k = 0; k < count; k++) {
        bool mentor_left = (all ? live[k].mentor_person : live[k].mentor) == id;
        const struct announcement left = {
            ANNOUNCE_MATCH_LEFT, live[k].cohort, live[k].id,
            mentor_left ? live[k].mentor_person : live[k].mentee_person, live[k].id};
        bool offered = strcmp(live[k].state, "offered") == 0;
        TRY(offered ? offer_end(&o, &live[k], mentor_left ? "mentor_left" : "mentee_left", "")
                    : app_announce(place, &left));
    }
    return RC_OK;
}

struct job_kind match_offer_kind(const struct app *app)
{
    return (struct job_kind){.name = "match_offer",
                             .every_s = 60,
                             .inside = look_at_offers,
                             .context = (void *)(uintptr_t)app};
}

// SPDX-License-Identifier: Apache-2.0
//
// Pauses and ends; see pair_end.h.
#include "app/pair/pair_end.h"

#include <stdlib.h>
#include <string.h>

#include "app/pair/pair_draft.h"
#include "app/pair/pair_feel.h"
#include "app/pair/pair_hand.h"
#include "app/pair/pair_meet.h"
#include "app/pair/pair_talk.h"

struct ending ending_of(struct req *req)
{
    return (struct ending){app_here(req), web_origin(req->web, req->arena)};
}

enum rc pair_finish(const struct ending *e, const struct pair *pair, const char *to,
                    const char *reason, const char *words, int64_t by)
{
    TRY(match_move(&e->at, &pair->match, to, reason, words));
    TRY(meeting_drop_all(&e->at, e->url, pair, by));
    TRY(survey_close_all(e->at.tx, pair->match.id, e->at.now_us));
    const struct announcement over = {strcmp(to, "completed") == 0 ? ANNOUNCE_MATCH_COMPLETED
                                                                   : ANNOUNCE_MATCH_ENDED,
                                      pair->match.cohort, pair->match.id, 0, pair->match.id};
    return app_announce(&e->at, &over);
}

static const struct app_letter letter_paused = {
    MSG("Your match with {1} is paused"),
    {MSG("Hello {0},"), MSG("your match with {1} is paused until {3}."),
                                       MSG("There is nothing that you need to do. You see how it stands here:"), "{2}", NULL}
};
static const struct app_letter letter_resumed = {
    MSG("Your match with {1} goes on"),
    {MSG("Hello {0},"), MSG("your match with {1} goes on. Find a time to meet here:"), "{2}",
                                     NULL}
};

static enum rc write_both(const struct ending *e, const struct pair *pair,
                          const struct app_letter *letter, const char *page, const char *value)
{
    const char *url =
        arena_printf(e->at.arena, "%s/pairs/%lld%s", e->url, (long long)pair->match.id, page);
    if (url == NULL)
        return RC_NO_MEMORY;
    TRY(pair_write_to(&e->at, pair, false, letter, url, value));
    return pair_write_to(&e->at, pair, true, letter, url, value);
}

static enum rc write_until(const struct ending *e, const struct pair *pair, int64_t until_us)
{
    const char *until = app_time(e->at.arena, until_us);
    const char *day = until == NULL ? NULL : arena_strndup(e->at.arena, until, 10);
    return day == NULL ? RC_NO_MEMORY : write_both(e, pair, &letter_paused, "", day);
}

enum rc pair_pause(const struct ending *e, const struct pair *pair, int64_t until_us, int64_t by,
                   const char *words)
{
    TRY(match_move(&e->at, &pair->match, "paused", "", words));
    TRY(db_do(e->at.tx, NULL,
              "UPDATE match SET paused_until = $2, paused_by = $3, paused_at = $4, covered = 0, "
              "asked_silence = 0 WHERE id = $1",
              DB_ARGS(DB_INT(pair->match.id), DB_INT(until_us), DB_INT(by), DB_INT(e->at.now_us))));
    TRY(meeting_drop_all(&e->at, e->url, pair, by));
    const struct announcement paused = {ANNOUNCE_MATCH_PAUSED, pair->match.cohort, pair->match.id,
                                        0, pair->match.id};
    TRY(app_announce(&e->at, &paused));
    return write_until(e, pair, until_us);
}

enum rc pair_pause_longer(const struct ending *e, const struct pair *pair, int64_t until_us,
                          const char *words)
{
    if (strcmp(pair->match.state, "paused") != 0)
        return RC_EXISTS;
    TRY(match_move(&e->at, &pair->match, "paused", "", words));
    TRY(db_do(e->at.tx, NULL, "UPDATE match SET paused_until = $2, asked_silence = 0 WHERE id = $1",
              DB_ARGS(DB_INT(pair->match.id), DB_INT(until_us))));
    return write_until(e, pair, until_us);
}

// Its clock begins anew, as after a pause.
enum rc pair_go_on(const struct ending *e, const struct pair *pair)
{
    uint64_t changed = 0;
    TRY(db_do(e->at.tx, &changed,
              "UPDATE match SET paused_until = $2, asked_silence = 0 WHERE id = $1 AND state = "
              "'active' AND asked_silence > 0",
              DB_ARGS(DB_INT(pair->match.id), DB_INT(e->at.now_us))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc pair_hold(const struct ending *e, const struct pair *pair, int64_t until_us)
{
    if (strcmp(pair->match.state, "active") != 0 && strcmp(pair->match.state, "closing") != 0)
        return RC_EXISTS;
    TRY(pair_pause(e, pair, until_us, 0, ""));
    return db_do(e->at.tx, NULL, "UPDATE match SET held_back = 1 WHERE id = $1",
                 DB_ARGS(DB_INT(pair->match.id)));
}

// What runs by the clock goes on from now: questions that fell into the pause are not asked late.
enum rc pair_resume(const struct ending *e, const struct pair *pair)
{
    bool covered = pair->covered == COVER_WANTED;
    if (covered)
        TRY(hand_back(e, pair));
    TRY(match_move(&e->at, &pair->match, "active", "", ""));
    TRY(db_do(
        e->at.tx, NULL,
        "UPDATE match SET paused_until = $2, paused_by = 0, asked_silence = 0, held_back = 0, covered "
        "= $3, next_pulse = CASE WHEN next_pulse > 0 AND next_pulse < $2 THEN $2 ELSE next_pulse END "
        "WHERE id = $1",
        DB_ARGS(DB_INT(pair->match.id), DB_INT(e->at.now_us),
                DB_INT(covered ? COVER_OVER : COVER_NOT))));
    const struct announcement resumed = {ANNOUNCE_MATCH_RESUMED, pair->match.cohort, pair->match.id,
                                         0, pair->match.id};
    TRY(app_announce(&e->at, &resumed));
    return write_both(e, pair, &letter_resumed, "/meetings/propose", "");
}

enum rc pair_revive(const struct ending *e, const struct pair *pair)
{
    struct db_rows *rows = NULL;
    if (strcmp(pair->match.state, "ended") != 0 || strcmp(pair->match.reason, "inactive") != 0)
        return RC_EXISTS;
    TRY(db_query(
        e->at.tx, e->at.arena, &rows,
        "SELECT 1 FROM enrolment x, enrolment y, cohort c WHERE x.id = $1 AND y.id = $2 AND c.id = "
        "x.cohort AND x.state = "
        "'approved' AND y.state = 'approved' AND (SELECT count(*) FROM match m WHERE "
        "m.mentee = x.id AND m.state IN ('offered', 'active', 'paused', 'closing')) < "
        "x.places AND (SELECT count(*) FROM match m WHERE m.mentor = y.id AND m.state IN "
        "('offered', 'active', 'paused', 'closing')) < y.places AND (y.hours = 0 OR ((SELECT "
        "count(*) FROM match m WHERE m.mentor = y.id AND m.state IN ('offered', 'active', 'paused', "
        "'closing')) + 1) * c.hours <= y.hours) AND NOT EXISTS (SELECT 1 FROM avoid v WHERE (v.a = "
        "x.person AND v.b = y.person) OR (v.a = y.person AND v.b = x.person)) AND NOT " LINE_BETWEEN(
            "x.person", "y.person"),
        DB_ARGS(DB_INT(pair->match.mentee), DB_INT(pair->match.mentor))));
    if (db_count(rows) == 0)
        return RC_EXISTS;
    TRY(match_move(&e->at, &pair->match, "active", "", ""));
    return db_do(e->at.tx, NULL,
                 "UPDATE match SET paused_until = $2, asked_silence = 0 WHERE id = $1",
                 DB_ARGS(DB_INT(pair->match.id), DB_INT(e->at.now_us)));
}

// ---- somebody leaves ---------------------------------------------------------------------------

static const struct app_letter letter_left = {
    MSG("Your match has ended"),
    {MSG("Hello {0},"), MSG("in {3}, the person you were matched with has left the programme."),
                              MSG("It is nothing that you did. The people who run the programme look for another. You see how it stands here:"),
                              "{2}", NULL}
};

// clang-format off
static const struct app_letter letter_invited = {
    MSG("Would you like to mentor now?"),
    {MSG("Hello {0},"), MSG("your time as a mentee in {1} has come to its good end. Thank you for all you brought."),
     MSG("Many who were mentees mentor others afterwards: you know what helped. If you would like to, sign up as a mentor in a programme that is open:"), "{2}",
     MSG("To get no more of these letters: {4}"), NULL}
};
const struct app_letter_name pair_end_letters[] = {
    {"pair_paused",  MSG("A pair is paused"),                 "name other link day",    &letter_paused},
    {"pair_resumed", MSG("A pair goes on after a pause"),     "name other link",        &letter_resumed},
    {"pair_left",    MSG("The other one has left"),           "name - link cohort",     &letter_left},
    {NULL, NULL, NULL, NULL},
};
// clang-format on

// Others who fit her are looked for on the same day; the board says how long she waits.
static enum rc hand_over(const struct ending *e, const struct pair *pair)
{
    struct db_rows *rows = NULL;
    TRY(db_query(e->at.tx, e->at.arena, &rows,
                 "SELECT 1 FROM enrolment WHERE id = $1 AND state = 'approved'",
                 DB_ARGS(DB_INT(pair->match.mentee))));
    if (db_count(rows) == 0)
        return RC_OK;
    TRY(hand_look(e, pair->match.cohort, pair->match.mentee));
    return hand_tell_staff(e, pair, &hand_letter_left);
}

// Whoever was a mentee and came to a good end is invited to mentor, unless she does, or wants no
// such letters.
static enum rc invite(const struct app_place *place, int64_t match)
{
    struct pair pair;
    struct letter_choice choice;
    struct db_rows *rows = NULL;
    const char *stop = NULL;
    TRY(pair_find(place->tx, place->arena, match, &pair));
    int64_t person = pair.match.mentee_person;
    TRY(letter_choice_find(place->tx, place->arena, person, &choice));
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT 1 FROM enrolment WHERE person = $1 AND role = 'mentor' LIMIT 1",
                 DB_ARGS(DB_INT(person))));
    if (db_count(rows) > 0 || !letter_wanted(&choice, "nudge"))
        return RC_OK;
    TRY(letter_stop_url(place, place->app->url, person, "nudge", &stop));
    const char *url = arena_printf(place->arena, "%s/mentor", place->app->url);
    if (url == NULL)
        return RC_NO_MEMORY;
    const struct app_more more = {.unsubscribe = stop};
    const char *const values[] = {pair.match.mentee_name, pair.match.cohort_name, url, "", stop};
    return app_send_more(place, pair.match.mentee_email, pair.match.mentee_language,
                         &letter_invited, values, 5, &more);
}

static enum rc draft(const struct app_place *place, int64_t match)
{
    struct pair pair;
    TRY(pair_find(place->tx, place->arena, match, &pair));
    return pair_draft_goals(place, &pair);
}

// No reason is told.
enum rc pair_hears(const struct app_place *place, const struct announcement *heard)
{
    const struct ending e = {*place, place->app->url};
    struct pair pair;
    if (heard->what == ANNOUNCE_MATCH_COMPLETED)
        return invite(place, heard->match);
    if (heard->what == ANNOUNCE_MATCH_BEGUN)
        return draft(place, heard->match);
    if (heard->what == ANNOUNCE_MEETING_HELD && heard->match != 0)
        return db_do(place->tx, NULL, "UPDATE match SET met = 1 WHERE id = $1",
                     DB_ARGS(DB_INT(heard->match))); // the clock looks at it
    if (heard->what != ANNOUNCE_MATCH_LEFT)
        return RC_OK;
    TRY(pair_find(place->tx, place->arena, heard->match, &pair));
    bool mentor_left = heard->person == pair.match.mentor_person;
    TRY(pair_finish(&e, &pair, "ended", "left", "", 0));
    TRY(survey_add(place->tx, pair.match.id,
                   mentor_left ? pair.match.mentee_person : pair.match.mentor_person, "early", 1,
                   place->now_us));
    if (mentor_left)
        TRY(hand_over(&e, &pair));
    const char *url =
        arena_printf(place->arena, "%s/cohorts/%lld/match", e.url, (long long)pair.match.cohort);
    if (url == NULL)
        return RC_NO_MEMORY;
    return pair_write_to(place, &pair, !mentor_left, &letter_left, url, pair.match.cohort_name);
}

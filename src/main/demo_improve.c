// SPDX-License-Identifier: Apache-2.0
//
// Measuring and improving in the demo organisation; see demo_improve.h. The cohort that is over is
// written row by row, for nobody acts in it any more; what is decided goes through the same stores
// as on the pages.
#include "demo_improve.h"

#include <string.h>

#include "base/date.h"

#include "app/cohort/cohort.h"
#include "app/enrolment/enrolment.h"
#include "app/improve/improve_review.h"
#include "app/match/match_store.h"
#include "app/recognition/recognition_story.h"

// Mentees of then who are mentors now, and mentors of then who still are.
enum { PAIRS = 24, MENTEES_FROM = 21, MENTORS_FROM = 45, DAYS_AGO = 375, WEEKS = 26 };
enum { END_DAYS_AGO = DAYS_AGO - 7 * WEEKS, CLOSED_DAYS_AGO = END_DAYS_AGO - 8 };

struct past {
    struct demo_pairs *demo;
    int64_t cohort;
    int64_t run;
    int64_t mentee_person[PAIRS];
    int64_t mentor_person[PAIRS];
};

static bool is_longer(size_t pair)
{
    return pair % 4 == 1;
}

static uint32_t draw(struct demo_pairs *demo, uint32_t below)
{
    demo->chance = demo->chance * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)demo->chance * below) >> 32);
}

static struct app_place place_at(const struct demo_pairs *demo, int64_t days_ago)
{
    return (struct app_place){demo->tx, demo->arena, demo->app, demo->now_us - days_ago * DAY_US};
}

static struct req as(const struct app_place *at, int64_t person, const char *name)
{
    struct req req = {.app = (void *)(uintptr_t)at->app,
                      .arena = at->arena,
                      .tx = at->tx,
                      .now_us = at->now_us,
                      .locale = locale_find("en"),
                      .writes = true};
    req.actor.person = person;
    req.actor.name = name;
    return req;
}

static enum rc print_day(const struct demo_pairs *demo, int64_t days, const char **ret_day)
{
    char *day = arena_alloc(demo->arena, DATE_TEXT_BYTES);
    if (day == NULL)
        return RC_NO_MEMORY;
    date_print(date_from_days(date_days_of_seconds(demo->now_us / 1000000) + days), day);
    *ret_day = day;
    return RC_OK;
}

static enum rc find_person(const struct demo_pairs *demo, const char *email, int64_t *ret_person)
{
    struct db_rows *rows = NULL;
    TRY(db_query(demo->tx, demo->arena, &rows, "SELECT id FROM person WHERE email = $1",
                 DB_ARGS(DB_TEXT(email))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_person = db_int(rows, 0, 0);
    return RC_OK;
}

// ---- the cohort that is over -------------------------------------------------------------------

static enum rc sign_up(const struct past *past, int64_t person, const char *role, int64_t *ret_id)
{
    struct demo_pairs *demo = past->demo;
    bool mentor = strcmp(role, "mentor") == 0;
    struct enrolment enrolment = {.id = db_new_id(demo->now_us),
                                  .person = person,
                                  .cohort = past->cohort,
                                  .role = role,
                                  .state = "approved",
                                  .level = mentor ? 4 : 2,
                                  .topics = draw(demo, 3) == 0 ? "data job " : "backend senior ",
                                  .languages = "en ",
                                  .week = "w 18:00 21:00 g;",
                                  .formats = "video audio ",
                                  .places = 1,
                                  .hours = 2,
                                  .woman = 1,
                                  .sent_at = demo->now_us - (DAYS_AGO + 40) * DAY_US};
    *ret_id = enrolment.id;
    return enrolment_add(demo->tx, demo->arena, &enrolment, enrolment.sent_at);
}

static enum rc add_match(const struct past *past, int64_t mentee, int64_t mentor, bool completed,
                         int64_t *ret_match)
{
    struct demo_pairs *demo = past->demo;
    int64_t began = demo->now_us - (DAYS_AGO - draw(demo, 6)) * DAY_US;
    int64_t ended =
        completed ? demo->now_us - END_DAYS_AGO * DAY_US : began + (60 + draw(demo, 40)) * DAY_US;
    const char *ends_on = NULL;
    *ret_match = db_new_id(demo->now_us);
    TRY(print_day(demo, -END_DAYS_AGO, &ends_on));
    return db_do(
        demo->tx, NULL,
        "INSERT INTO match(id, cohort, run, mentee, mentor, state, asked, mentee_yes, mentor_yes, "
        "made_at, ends_at, reminded, began_at, ended_at, reason, words, ends_on, begun, " MATCH_PEOPLE
        ") VALUES ($1, $2, $3, $4, $5, $6, '', 1, 1, $7, 0, 0, $7, $8, $9, '', $10, 1, " MATCH_PEOPLE_OF(
            "$4", "$5") ")",
        DB_ARGS(DB_INT(*ret_match), DB_INT(past->cohort), DB_INT(past->run), DB_INT(mentee),
                DB_INT(mentor), DB_TEXT(completed ? "completed" : "ended"), DB_INT(began),
                DB_INT(ended),
                DB_TEXT(completed            ? ""
                        : draw(demo, 2) == 0 ? "mentee_time"
                                             : "inactive"),
                DB_TEXT(ends_on)));
}

// Three weeks until the first meeting, and then every three or four: slower than the cohort after
// it.
static enum rc add_meetings(const struct past *past, int64_t match, int64_t person, bool completed)
{
    struct demo_pairs *demo = past->demo;
    int64_t day = DAYS_AGO - 16 - draw(demo, 12);
    int64_t last = completed ? END_DAYS_AGO : DAYS_AGO - 50;
    for (; day > last; day -= 19 + draw(demo, 9)) {
        int64_t at = demo->now_us - day * DAY_US;
        bool held = draw(demo, 9) != 0;
        TRY(db_do(
            demo->tx, NULL,
            "INSERT INTO meeting(id, match, state, by_person, at, minutes, format, place, "
            "agenda, sequence, reason, excused, held_minutes, topics, made_at, changed_at, "
            "reminded) VALUES ($1, $2, $3, $4, $5, 45, 'video', '', '', 1, '', 0, $6, '', $7, "
            "$5, 2)",
            DB_ARGS(DB_INT(db_new_id(demo->now_us)), DB_INT(match),
                    DB_TEXT(held ? "held" : "no_show_mentor"), DB_INT(person), DB_INT(at),
                    DB_INT(held ? 35 + draw(demo, 25) : 0), DB_INT(at - 5 * DAY_US))));
    }
    return RC_OK;
}

struct asked {
    int64_t match;
    int64_t person;
    const char *kind;
    const char *question;
    int64_t number;
    const char *words;
    int64_t days_ago;
};

static enum rc add_answer(const struct past *past, const struct asked *asked)
{
    struct demo_pairs *demo = past->demo;
    int64_t survey = db_new_id(demo->now_us);
    int64_t at = demo->now_us - asked->days_ago * DAY_US;
    bool answers = draw(demo, 100) < 58;
    TRY(db_do(
        demo->tx, NULL,
        "INSERT INTO survey(id, match, person, kind, number, asked_at, answered_at, closed_at) "
        "VALUES ($1, $2, $3, $4, 1, $5, $6, $7)",
        DB_ARGS(DB_INT(survey), DB_INT(asked->match), DB_INT(asked->person), DB_TEXT(asked->kind),
                DB_INT(at), DB_INT(answers ? at + DAY_US : 0),
                DB_INT(answers ? 0 : at + 14 * DAY_US))));
    if (!answers)
        return RC_OK;
    return db_do(
        demo->tx, NULL,
        "INSERT INTO survey_answer(survey, question, number, words) VALUES ($1, $2, $3, $4)",
        DB_ARGS(DB_INT(survey), DB_TEXT(asked->question), DB_INT(asked->number),
                DB_TEXT(asked->words)));
}

static enum rc add_answers(const struct past *past, int64_t match, size_t pair)
{
    static const char *const fits[] = {"good", "good", "good", "deciding", "not"};
    struct demo_pairs *demo = past->demo;
    for (int side = 0; side < 2; side++) {
        int64_t person = side == 0 ? past->mentee_person[pair] : past->mentor_person[pair];
        const struct asked fit = {match,        person, "fit", "fit", 0, fits[draw(demo, 5)],
                                  DAYS_AGO - 30};
        const struct asked pulse = {match, person,       "pulse", "satisfied", 2 + draw(demo, 4),
                                    "",    DAYS_AGO - 90};
        const struct asked end = {match, person,          "end", "recommend", 5 + draw(demo, 6),
                                  "",    END_DAYS_AGO - 1};
        TRY(add_answer(past, &fit));
        TRY(add_answer(past, &pulse));
        TRY(add_answer(past, &end));
    }
    return RC_OK;
}

static enum rc add_goal(const struct past *past, int64_t match, const struct db_rows *objectives)
{
    struct demo_pairs *demo = past->demo;
    int64_t objective = draw(demo, 4) == 0 ? 0 : db_int(objectives, draw(demo, 3), 0);
    bool reached = draw(demo, 100) < 55;
    int64_t id = db_new_id(demo->now_us);
    TRY(db_do(
        demo->tx, NULL,
        "INSERT INTO goal(id, match, title, why, success, due, state, progress, evidence, "
        "reason, mentee_yes, mentor_yes, made_at, changed_at) VALUES ($1, $2, 'A next step at work', "
        "'', 'I have taken it', '', $3, $4, '', '', 1, 1, $5, $6)",
        DB_ARGS(DB_INT(id), DB_INT(match), DB_TEXT(reached ? "achieved" : "agreed"),
                DB_INT(reached ? 100 : 60), DB_INT(demo->now_us - (DAYS_AGO - 30) * DAY_US),
                DB_INT(demo->now_us - (END_DAYS_AGO + 5) * DAY_US))));
    if (objective == 0)
        return RC_OK;
    return db_do(demo->tx, NULL, "INSERT INTO goal_objective(goal, objective) VALUES ($1, $2)",
                 DB_ARGS(DB_INT(id), DB_INT(objective)));
}

static enum rc add_version(const struct past *past, int64_t match, size_t pair, int64_t version,
                           int64_t days_ago)
{
    struct demo_pairs *demo = past->demo;
    int64_t at = demo->now_us - days_ago * DAY_US;
    const char *ends_on = NULL;
    // Some agree on four weeks more.
    TRY(print_day(demo, -END_DAYS_AGO - (version == 1 && is_longer(pair) ? 28 : 0), &ends_on));
    return db_do(
        demo->tx, NULL,
        "INSERT INTO agreement(id, match, version, goals, cadence, channel, privacy, scheduling, "
        "notice, ends_on, otherwise, made_by, made_at, mentee_signed, mentor_signed, superseded) "
        "VALUES ($1, $2, $5, 'A next step at work', 3, 'Video', 'It stays between us.', 'mentee', "
        "24, $6, 'We say so early.', $3, $4, $4, $4, $7)",
        DB_ARGS(DB_INT(db_new_id(demo->now_us)), DB_INT(match), DB_INT(past->mentee_person[pair]),
                DB_INT(at), DB_INT(version), DB_TEXT(ends_on),
                DB_INT(version == 1 && is_longer(pair))));
}

static enum rc add_agreement(const struct past *past, int64_t match, size_t pair)
{
    TRY(add_version(past, match, pair, 1, DAYS_AGO - 20));
    return is_longer(pair) ? add_version(past, match, pair, 2, END_DAYS_AGO + 40) : RC_OK;
}

static enum rc add_pair(struct past *past, size_t pair, const struct db_rows *objectives,
                        int64_t *ret_match)
{
    struct demo_pairs *demo = past->demo;
    int64_t mentee = 0;
    int64_t mentor = 0;
    bool completed = pair % 5 != 3;
    TRY(find_person(demo, arena_printf(demo->arena, "mentor%zu@demo.example", MENTEES_FROM + pair),
                    &past->mentee_person[pair]));
    TRY(find_person(demo, arena_printf(demo->arena, "mentor%zu@demo.example", MENTORS_FROM + pair),
                    &past->mentor_person[pair]));
    TRY(sign_up(past, past->mentee_person[pair], "mentee", &mentee));
    TRY(sign_up(past, past->mentor_person[pair], "mentor", &mentor));
    TRY(add_match(past, mentee, mentor, completed, ret_match));
    TRY(add_meetings(past, *ret_match, past->mentee_person[pair], completed));
    TRY(add_agreement(past, *ret_match, pair));
    TRY(add_goal(past, *ret_match, objectives));
    return add_answers(past, *ret_match, pair);
}

// Half a year after the end, two of three answer. The first pair is asked when the server starts.
static enum rc add_later(const struct past *past)
{
    static const char *const questions[] = {"in_tech", "promoted", "new_role", "contact", "again"};
    static const uint32_t yes[] = {93, 18, 34, 61, 84};
    struct demo_pairs *demo = past->demo;
    struct db_rows *r = NULL;
    int64_t at = demo->now_us - 9 * DAY_US;
    TRY(db_query(
        demo->tx, demo->arena, &r,
        "SELECT id, person FROM enrolment WHERE cohort = $1 AND person NOT IN ($2, $3) ORDER "
        "BY person",
        DB_ARGS(DB_INT(past->cohort), DB_INT(past->mentee_person[0]),
                DB_INT(past->mentor_person[0]))));
    for (size_t k = 0; k < db_count(r); k++) {
        int64_t later = db_new_id(demo->now_us);
        bool answers = draw(demo, 3) != 0;
        TRY(db_do(demo->tx, NULL,
                  "INSERT INTO later(id, enrolment, person, months, hash, asked_at, answered_at) "
                  "VALUES ($1, $2, $3, 6, '', $4, $5)",
                  DB_ARGS(DB_INT(later), DB_INT(db_int(r, k, 0)), DB_INT(db_int(r, k, 1)),
                          DB_INT(at), DB_INT(answers ? at + 2 * DAY_US : 0))));
        for (size_t q = 0; q < sizeof questions / sizeof questions[0] && answers; q++)
            TRY(db_do(demo->tx, NULL,
                      "INSERT INTO later_answer(later, question, number) VALUES ($1, $2, $3)",
                      DB_ARGS(DB_INT(later), DB_TEXT(questions[q]),
                              DB_INT(draw(demo, 100) < yes[q] ? 1 : 2))));
    }
    return RC_OK;
}

// clang-format off
static const char story_text[] =
    "I wrote my first line of code at thirty-eight, after the children slept. When I signed up here I asked for somebody who would tell me whether "
    "it was too late. My mentor never answered that question. She asked what I would build if it was not.\n\n"
    "We met nine times. She was tired in some of them, and so was I; we said so, and talked all the same. In the sixth she told me about the year in "
    "which she had wanted to stop, and I understood that I had been waiting for a door that nobody was holding shut.\n\n"
    "I have been a test engineer for five months now. The question has not come up at work.";
// clang-format on

static enum rc add_story(const struct past *past, int64_t match)
{
    const struct app_place at = place_at(past->demo, END_DAYS_AGO - 20);
    const struct story_said hers = {1, 0, 1, 1};
    const struct story_said others = {0, -1, 1, 1};
    struct req req = as(&at, past->mentee_person[0], "");
    struct story story = {.match = match,
                          .title = "The question that she did not answer",
                          .text = story_text,
                          .role = ""};
    TRY(story_put(&req, &story));
    TRY(story_say(&at, story.id, past->mentee_person[0], story_items, &hers, locale_find("en")));
    story.state = "draft";
    TRY(story_move(&at, &story, "submitted", "", past->mentee_person[0]));
    TRY(story_find_any(&at, story.id, &story));
    TRY(story_say(&at, story.id, past->mentor_person[0], story_other_items, &others,
                  locale_find("en")));
    TRY(story_move(&at, &story, "approved", "", 0));
    return story_settle(&at, story.id);
}

static enum rc add_past(struct past *past)
{
    struct demo_pairs *demo = past->demo;
    struct db_rows *objectives = NULL;
    struct match_rules rules;
    const char *starts = NULL;
    int64_t story_match = 0;
    TRY(print_day(demo, -DAYS_AGO, &starts));
    const struct app_place before = place_at(demo, DAYS_AGO + 60);
    struct cohort cohort = {.id = db_new_id(before.now_us), // older than the others
                            .name = "First circle",
                            .about = "The first cohort of the programme. It is over.",
                            .starts = starts,
                            .weeks = WEEKS,
                            .state = "archived",
                            .cadence = 2,
                            .hours = 2};
    past->cohort = cohort.id;
    TRY(cohort_add_ready(demo->tx, &cohort, before.now_us));
    TRY(db_query(demo->tx, demo->arena, &objectives,
                 "SELECT id FROM objective WHERE cohort = $1 ORDER BY id",
                 DB_ARGS(DB_INT(cohort.id))));
    TRY(rules_now(demo->tx, demo->arena, cohort.id, &rules));
    TRY(rules_add(&before, 0, cohort.id, &rules));
    TRY(rules_now(demo->tx, demo->arena, cohort.id, &rules));
    const struct match_run run = {.id = db_new_id(demo->now_us),
                                  .cohort = cohort.id,
                                  .state = "published",
                                  .rules = rules.id};
    past->run = run.id;
    TRY(run_add(demo->tx, &run, 0, demo->now_us - (DAYS_AGO + 10) * DAY_US));
    TRY(run_move(demo->tx, run.id, "computing", "published"));
    for (size_t k = 0; k < PAIRS; k++) {
        int64_t match = 0;
        TRY(add_pair(past, k, objectives, &match));
        story_match = k == 0 ? match : story_match;
    }
    TRY(add_later(past));
    return add_story(past, story_match);
}

// ---- what was found and changed ----------------------------------------------------------------

struct found {
    const char *finding;
    const char *idea;
    const char *source;
    const char *why;
    const char *expected;
    const char *measure;
    const char *effect;
    const char *said;
    const char *did;
    const char *tags;
    const char *state;
    const char *due;
    bool in_past; // found in the cohort that is over
    int64_t days_ago;
};

struct learnt {
    struct demo_pairs *demo;
    int64_t manager;
    int64_t past;
    int64_t now; // cohorts
    int64_t before;
    int64_t after; // snapshots
};

// By the steps that lead to its state.
static enum rc move_on(const struct learnt *l, struct improvement *item, const struct found *found)
{
    static const char *const steps[] = {"accepted", "doing", "done", "evaluated"};
    int64_t days = found->days_ago;
    if (strcmp(found->state, "proposed") == 0)
        return RC_OK;
    if (strcmp(found->state, "rejected") == 0) {
        const struct app_place at = place_at(l->demo, days - 3);
        return improvement_move(&at, item, "rejected", found->why, l->manager);
    }
    for (size_t k = 0; k < sizeof steps / sizeof steps[0]; k++) {
        days -= days > 20 ? 14 : 2;
        const struct app_place at = place_at(l->demo, days > 0 ? days : 0);
        TRY(improvement_move(&at, item, steps[k], k == 0 ? "Worth trying." : "", l->manager));
        item->state = steps[k];
        if (strcmp(found->state, steps[k]) == 0)
            return RC_OK;
    }
    return RC_OK;
}

static enum rc add_found(const struct learnt *l, const struct found *found, int64_t by)
{
    const struct app_place at = place_at(l->demo, found->days_ago);
    struct db_rows *r = NULL;
    TRY(db_query(at.tx, at.arena, &r, "SELECT programme FROM cohort WHERE id = $1",
                 DB_ARGS(DB_INT(l->now))));
    bool decided = strcmp(found->state, "proposed") != 0;
    bool looked = strcmp(found->state, "evaluated") == 0;
    struct improvement item = {.programme = db_int(r, 0, 0),
                               .cohort = found->in_past ? l->past : l->now,
                               .finding = found->finding,
                               .idea = found->idea,
                               .proposed_by = by};
    TRY(improvement_add(&at, &item));
    item.source = found->source;
    item.owner = decided ? l->manager : 0;
    item.due = found->due;
    item.why = found->why;
    item.applied = decided && strcmp(found->state, "rejected") != 0 ? l->now : 0;
    item.expected = found->expected;
    item.measure = found->measure;
    item.before = looked ? l->before : 0;
    item.after = looked ? l->after : 0;
    item.effect = found->effect;
    item.is_public = found->said[0] != '\0';
    item.said = found->said;
    item.did = found->did;
    item.tags = found->tags;
    TRY(improvement_set(&at, &item));
    return move_on(l, &item, found);
}

// clang-format off
static const struct found all_found[] = {
    {"Pairs waited about three weeks for their first meeting. They did not know who should begin, or with what.", "Tell them how to begin.", "measure:days_to_meeting",
     "Each pair gets a plan for its first month, with an agenda for the first meeting and who proposes it. It costs nothing but our time.", "The first meeting within two weeks.", "days_to_meeting",
     "First meetings come sooner. Two pairs told us that the agenda took the fear out of the first hour.",
     "We did not know how to begin.", "Each pair gets a plan for its first month, and an agenda for the first meeting.", "plan first-month", "evaluated", "", true, 160},
    {"Mentors asked again and again what is expected of them.", "A short training before they meet.", "question:words",
     "A training of forty minutes for mentors, which they complete before the first meeting.", "Fewer questions, and pairs that fit better.", "fit_good",
     "Fewer questions, and most mentors said that the part about listening was new to them.",
     "As a mentor I was not sure what I may and may not do.", "There is a short training for mentors, before the first meeting.", "training mentors", "evaluated", "", true, 150},
    {"A workshop had no captions, so that one of us could not follow it.", "Only book rooms and tools with captions.", "question:words",
     "Whoever plans an event says whether it has captions, and people see it before they come.", "Nobody stays away because of it.", "workshop_reach", "",
     "I could not follow the workshop: it had no captions.", "Events say beforehand which access there is. We look for a service that writes live captions.", "access events", "doing", "", false, 40},
    {"Answers come from little more than half of those who are asked.", "Ask fewer questions, and tell what became of the answers.", "measure:answered",
     "Three questions at most at a time, and this page.", "Seven of ten answer.", "answered", "", "", "", "questions", "done", "", true, 120},
    {"A ranking of mentors by hours would make people give more time.", "A list of the ten with most hours.", "", "It would reward those who have time, not those who help. The load is uneven enough.", "", "load_top", "", "", "", "",
     "rejected", "", false, 30},
    {"It would help to know who else works on the same goal as I do.", "A circle for each goal that three or more of us have.", "", "", "", "", "", "", "", "", "proposed", "", false, 3},
};
// clang-format on

static enum rc add_all_found(const struct learnt *l)
{
    int64_t member = 0;
    const char *soon = NULL;
    TRY(find_person(l->demo, "pair2@demo.example", &member));
    TRY(print_day(l->demo, 24, &soon));
    for (size_t k = 0; k < sizeof all_found / sizeof all_found[0]; k++) {
        struct found found = all_found[k];
        if (strcmp(found.state, "doing") == 0)
            found.due = soon;
        bool hers = strcmp(found.state, "proposed") == 0;
        TRY(add_found(l, &found, hers ? member : l->manager));
    }
    return RC_OK;
}

// ---- looking back ------------------------------------------------------------------------------

#define AGENDA                                                                                     \
    "What became of the actions of last time\nClear purpose\nTraining and information\nChoosing "  \
    "and matching people\nMeasuring and looking back\nEthics and standards\nAdministration and "   \
    "support\nWho does what until when"

static enum rc hold(const struct learnt *l, struct review *review,
                    const struct review_action *actions, size_t count, int64_t days_ago)
{
    const struct app_place at = place_at(l->demo, days_ago);
    int64_t snapshot = 0;
    TRY(print_day(l->demo, -days_ago, &review->day));
    review->agenda = AGENDA;
    TRY(review_add(&at, review, l->manager));
    review->version = 1;
    TRY(review_set(&at, review));
    for (size_t k = 0; k < count; k++)
        TRY(review_action_add(&at, review->id, &actions[k], l->manager));
    TRY(review_attach(&at, review->id, "measure:active_rate"));
    TRY(review_attach(&at, review->id, "measure:on_cadence"));
    TRY(review_attach(&at, review->id, "measure:satisfied"));
    TRY(snapshot_keep(&at, review->cohort, l->manager, "review", &snapshot));
    review->state = "planned";
    return review_move(&at, review, "held", snapshot);
}

static enum rc attach_findings(const struct learnt *l, int64_t review, const char *state)
{
    struct db_rows *r = NULL;
    const struct app_place at = place_at(l->demo, 0);
    TRY(db_query(at.tx, at.arena, &r, "SELECT id FROM improvement WHERE state = $1 ORDER BY id",
                 DB_ARGS(DB_TEXT(state))));
    for (size_t k = 0; k < db_count(r); k++) {
        const char *name = arena_printf(at.arena, "finding:%lld", (long long)db_int(r, k, 0));
        if (name == NULL)
            return RC_NO_MEMORY;
        TRY(review_attach(&at, review, name));
    }
    return RC_OK;
}

static enum rc hold_last(const struct learnt *l)
{
    struct review last = {
        .cohort = l->past,
        .moment = "end",
        .who = "Programme manager\nTwo coordinators\nA mentor and a mentee of the cohort",
        .decisions = "The programme goes on. The next cohort gets a plan for its first month and a "
                     "training for mentors; we compare both cohorts by the same measures.",
        .notes = {"People knew what the programme is for; few knew its objectives.",
                  "Mentors had a page of text and no training. They told us.", "Half of the pairs fitted at once. Those who did not told us late.",
                  "We had answers from little more than half.", "No rule was broken that we know of.",
                  "Two people ran it in their evenings. That is not enough."}
    };
    return hold(l, &last, NULL, 0, CLOSED_DAYS_AGO - 6);
}

static enum rc hold_month(const struct learnt *l)
{
    const char *past = NULL;
    const char *soon = NULL;
    struct db_rows *r = NULL;
    TRY(print_day(l->demo, -8, &past));
    TRY(print_day(l->demo, 6, &soon));
    const struct review_action actions[] = {
        {.text = "Call the mentor who missed two meetings",                    .owner = l->manager, .due = past},
        {.text = "Ask three captioning services for a price",                  .owner = l->manager, .due = soon},
        {.text = "Show pairs in their plan when the half of the time is over",
         .owner = l->manager,
         .due = soon                                                                                           },
    };
    struct review month = {
        .cohort = l->now,
        .moment = "month",
        .who = "Programme manager\nCoordinator\nA mentor of the cohort",
        .decisions = "We keep the plan as it is until the middle of the cohort.",
        .notes = {"Nothing new.",
                  "Two mentors have not done the training. They are asked once more.", "One pair does not fit, and knows it. They get a talk with the coordinator.",
                  "Meetings come more often than in the first circle.", "",
                  "Answers to concerns came within two days."}
    };
    const struct app_place at = place_at(l->demo, 20);
    TRY(hold(l, &month, actions, 3, 27));
    TRY(attach_findings(l, month.id, "doing"));
    TRY(db_query(at.tx, at.arena, &r,
                 "SELECT id FROM review_action WHERE review = $1 ORDER BY due, id",
                 DB_ARGS(DB_INT(month.id))));
    return review_action_tick(&at, db_int(r, 0, 0), true);
}

static enum rc plan_mid(const struct learnt *l)
{
    const struct app_place at = place_at(l->demo, 2);
    struct review mid = {.cohort = l->now,
                         .moment = "mid",
                         .who = "Programme manager\nCoordinator\nTwo mentors, two mentees",
                         .agenda = AGENDA};
    TRY(print_day(l->demo, 12, &mid.day));
    TRY(review_add(&at, &mid, l->manager));
    TRY(review_attach(&at, mid.id, "measure:days_to_meeting"));
    TRY(review_attach(&at, mid.id, "measure:fit_good"));
    TRY(review_attach(&at, mid.id, "measure:answered"));
    return attach_findings(l, mid.id, "doing");
}

enum rc demo_improve_add(struct demo_pairs *demo, int64_t manager)
{
    struct past past = {.demo = demo};
    struct learnt learnt = {.demo = demo, .manager = manager};
    struct db_rows *r = NULL;
    TRY(db_query(demo->tx, demo->arena, &r,
                 "SELECT id FROM cohort WHERE state = 'running' ORDER BY id", DB_NO_ARGS));
    if (db_count(r) == 0)
        return RC_NOT_FOUND;
    learnt.now = db_int(r, 0, 0);
    TRY(add_past(&past));
    learnt.past = past.cohort;
    const struct app_place closed = place_at(demo, CLOSED_DAYS_AGO);
    const struct app_place lately = place_at(demo, 2);
    TRY(snapshot_keep(&closed, past.cohort, manager, "closed", &learnt.before));
    TRY(snapshot_keep(&lately, learnt.now, manager, "hand", &learnt.after));
    TRY(add_all_found(&learnt));
    TRY(hold_last(&learnt));
    TRY(hold_month(&learnt));
    return plan_mid(&learnt);
}

// SPDX-License-Identifier: Apache-2.0
//
// Answers in words, tags and own questions of the demo; see demo_words.h.
#include "demo_words.h"

#include "base/date.h"

#include "app/cohort/cohort.h"
#include "app/improve/improve_own.h"

struct said {
    const char *words;
    const char *tags;
};

// clang-format off
static const struct said on_the_way[] = {
    {"We lose twenty minutes each time until we know what to talk about. The agendas of the plan help; please write some for later meetings, too.", "agenda plan"},
    {"She is kind and listens, but I would like her to tell me when I am wrong.", "feedback"},
    {"I would like to meet other mentors once. I don't know whether what I do is what others do.", "mentors meet-others"},
    {"The time difference is hard. One of us is always tired.", "times"},
    {"Everything goes well.", ""},
    {"My manager does not know that I do this, and I would like to keep it so. Could letters say less in the subject?", "letters"},
    {"I had not dared to ask about money. Her page with questions made it easy.", "salary plan"},
    {"It is a lot beside a new job and a child. A meeting every three weeks would be better for me.", "times caregiving"},
    {"Can we have a list of talks and events outside of the programme?", "meet-others"},
};
static const struct said at_the_end[] = {
    {"I have a new job, and would not have applied without her.", "new-job"},
    {"Half a year is short. We go on without the programme.", "longer"},
    {"We began late, because neither of us wrote first.", "beginning"},
    {"I wish I had known what is expected of a mentor.", "beginning mentors"},
    {"My goal was too large. A small one first would have been better.", "goals"},
    {"I learned more than she did, I think.", "mentors"},
};
static const struct said later_on[] = {
    {"To ask early, and to say what I want in one sentence.", "asking"},
    {"That nobody has a plan. It helped to see how she decides.", "deciding"},
    {"I still use the list that we made for talks about pay.", "salary"},
    {"Somebody who remembers what I said two months ago.", ""},
    {"To say no.", "asking"},
};
// clang-format on

// Which answer gets the tags, and who gives them.
struct place {
    int64_t cohort;
    int64_t by;
};

static enum rc add_tags(const struct app_place *at, const struct place *place,
                        const struct written *one, const char *tags)
{
    struct req req = {.app = (void *)(uintptr_t)at->app,
                      .arena = at->arena,
                      .tx = at->tx,
                      .now_us = at->now_us,
                      .writes = true};
    req.actor.person = place->by;
    return written_tag(&req, place->cohort, one, tags);
}

// To surveys of a cohort that are answered, the words.
static enum rc add_words(const struct app_place *at, const struct place *place, const char *kind,
                         const struct said *all, size_t count)
{
    struct db_rows *r = NULL;
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT s.id FROM survey s JOIN match m ON m.id = s.match WHERE m.cohort = $1 AND "
                 "s.kind = $2 AND s.answered_at > 0 ORDER BY s.id",
                 DB_ARGS(DB_INT(place->cohort), DB_TEXT(kind))));
    for (size_t k = 0; k < count && 2 * k + k % 2 < db_count(r); k++) {
        int64_t survey = db_int(r, 2 * k + k % 2, 0);
        TRY(db_do(at->tx, NULL,
                  "INSERT INTO survey_answer(survey, question, number, words) VALUES ($1, 'words', "
                  "0, $2)",
                  DB_ARGS(DB_INT(survey), DB_TEXT(all[k].words))));
        const struct written one = {.kind = "survey", .subject = survey, .question = "words"};
        if (k % 3 != 2) // some are still to be read
            TRY(add_tags(at, place, &one, all[k].tags));
    }
    return RC_OK;
}

static enum rc add_own(const struct app_place *at, int64_t programme, const struct place *place)
{
    static const struct bank_question asked[] = {
        {.kind = "yes_no",
         .text = "Do you lead other people today?",
         .moments = "later ",
         .audience = BANK_COUNTED},
        {.kind = "words",
         .text = "What do you still use of what you learned?",
         .moments = "later ",
         .audience = BANK_COUNTED}
    };
    const struct app_place before = {at->tx, at->arena, at->app, at->now_us - 200 * DAY_US};
    struct bank_question *owns = NULL;
    struct db_rows *r = NULL;
    size_t count = 0;
    for (size_t k = 0; k < sizeof asked / sizeof asked[0]; k++)
        TRY(bank_add(&before, programme, &asked[k], place->by));
    TRY(bank_list(at->tx, at->arena, programme, BANK_LATER, &owns, &count));
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT l.id FROM later l JOIN enrolment e ON e.id = l.enrolment WHERE e.cohort = "
                 "$1 AND l.answered_at > 0 ORDER BY l.id",
                 DB_ARGS(DB_INT(place->cohort))));
    for (size_t k = 0; k < db_count(r); k++) {
        const struct later later = {.id = db_int(r, k, 0)};
        size_t words = k / 3;
        const struct bank_said leads = {k % 4 == 1 ? 1 : 2, ""};
        TRY(own_answer(at, &later, &owns[0], &leads));
        if (k % 3 != 0 || words >= sizeof later_on / sizeof later_on[0])
            continue;
        const struct bank_said uses = {0, later_on[words].words};
        TRY(own_answer(at, &later, &owns[1], &uses));
        const struct written one = {.kind = "later", .subject = later.id, .question = owns[1].name};
        TRY(add_tags(at, place, &one, later_on[words].tags));
    }
    return RC_OK;
}

// What pairs on their way are asked in the programme's own words.
static enum rc add_pulse(const struct app_place *at, int64_t programme, const struct place *place)
{
    static const struct bank_question asked = {.kind = "agree",
                                               .text = "I can say what I think.",
                                               .moments = "pulse mid ",
                                               .audience = BANK_COUNTED};
    struct bank_question *owns = NULL;
    struct db_rows *r = NULL;
    size_t count = 0;
    TRY(bank_add(at, programme, &asked, place->by));
    TRY(bank_list(at->tx, at->arena, programme, BANK_PULSE, &owns, &count));
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT s.id FROM survey s JOIN match m ON m.id = s.match WHERE m.cohort = $1 AND "
                 "s.kind = 'pulse' AND s.answered_at > 0 ORDER BY s.id",
                 DB_ARGS(DB_INT(place->cohort))));
    for (size_t k = 0; k < db_count(r); k++)
        TRY(db_do(
            at->tx, NULL,
            "INSERT INTO survey_answer(survey, question, number, words) VALUES ($1, $2, $3, "
            "'')",
            DB_ARGS(DB_INT(db_int(r, k, 0)), DB_TEXT(owns[0].name), DB_INT(3 + (int64_t)k % 3))));
    const struct objective open = {.title = "Pairs speak openly",
                                   .measure = owns[0].text,
                                   .figure = owns[0].name,
                                   .baseline = "3",
                                   .target = "4.2"};
    return objective_add(at->tx, place->cohort, &open, at->now_us);
}

enum rc demo_words_add(const struct app_place *at, int64_t manager)
{
    struct db_rows *r = NULL;
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT id, state, programme FROM cohort WHERE state IN ('running', 'archived') "
                 "ORDER BY id",
                 DB_NO_ARGS));
    for (size_t k = 0; k < db_count(r); k++) {
        const struct place place = {db_int(r, k, 0), manager};
        if (text_same(db_text(r, k, 1), "running")) {
            TRY(add_words(at, &place, "pulse", on_the_way,
                          sizeof on_the_way / sizeof on_the_way[0]));
            TRY(add_pulse(at, db_int(r, k, 2), &place));
            continue;
        }
        TRY(add_words(at, &place, "end", at_the_end, sizeof at_the_end / sizeof at_the_end[0]));
        TRY(add_own(at, db_int(r, k, 2), &place));
    }
    return RC_OK;
}

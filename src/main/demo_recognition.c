// SPDX-License-Identifier: Apache-2.0
//
// Recognition in the demo organisation; see demo_recognition.h.
#include "demo_recognition.h"

#include "app/pair/pair_end.h"
#include "app/recognition/recognition_honour.h"
#include "app/recognition/recognition_photo.h"
#include "app/recognition/recognition_store.h"
#include "demo_photo.h"

// What somebody does herself.
static struct req as(const struct app_place *place, int64_t person)
{
    struct req req = {.app = (void *)(uintptr_t)place->app,
                      .arena = place->arena,
                      .tx = place->tx,
                      .now_us = place->now_us};
    req.actor.person = person;
    req.actor.name = "Cora Coordinator";
    return req;
}

static enum rc add_thanks(const struct app_place *place, int64_t match, int64_t from,
                          const char *text, bool shown)
{
    struct req req = as(place, from);
    const struct thanks_to to = {.match = match};
    TRY(thanks_add(&req, &to, text, true));
    return db_do(place->tx, NULL, "UPDATE thanks SET shown = $2 WHERE match = $1",
                 DB_ARGS(DB_INT(match), DB_INT(shown)));
}

// ---- stories -----------------------------------------------------------------------------------

// clang-format off
static const char told[] =
    "When I signed up I had been testing other people's code for four years, and I was sure that writing my own was for somebody else. In our "
    "first hour my mentor did not teach me anything. She asked what I had repaired last week, and I talked for forty minutes.\n\n"
    "We agreed on one small thing: I would write the check that I kept doing by hand, as a program, and show it to my team. It took three weeks "
    "and was forty lines long. My mentor read every line and asked about the names, never about me. When my team used it on the first day, I "
    "understood that I had been a developer for a while, and that nobody had told me.\n\n"
    "Half a year later I review the code of others. I still ask about the names first.";
static const char waiting[] =
    "I came to this programme to give something back, and I thought that I knew what: how to get through an interview, how to ask for a rise. "
    "My mentee wanted something else. She wanted to know how I had stayed, all these years, and whether it had been worth it. I had never "
    "said it aloud. We spent our second meeting on that question, and I went home and changed two things in my own team. Whoever thinks that "
    "only one of two learns has not tried it.";
static const char evenings[] =
    "Our meetings were at half past eight in the evening, when my daughter slept. The first time I apologised for the toys behind me, and my "
    "mentor switched her own camera off and said: then we shall both just talk. We kept it so. I have never been less tired after a meeting.\n\n"
    "I had been back from parental leave for three months and was sure that everybody had overtaken me. She asked me to write down what I had "
    "done in one ordinary week. It filled two pages. She did not say that I was good at my job; she asked which of these things I would like to "
    "do more often. Since the summer that is what I am paid for.";
static const char listening[] =
    "For ten years people have come to me for answers, and I like having them. My mentee asked a question in our first meeting, and before I had "
    "finished my answer I saw that she had stopped writing. I asked what was wrong. She said: that is what you would do.\n\n"
    "So I stopped giving advice. It was hard, and it was quiet. I learnt to ask what she had already tried, and then what she had not dared to "
    "try, and to count to ten. She found two ways that would never have come to my mind. In my own team I count to ten now, too, and people "
    "have begun to say more.";
// clang-format on

struct demo_story {
    int64_t match;
    int64_t writer;
    int64_t other;
    const char *title;
    const char *text;
    const char *role;
    const char *photo; // what can be seen; NULL: it has none
};

// With a photo of both, if it has words for that.
static enum rc send_story(const struct app_place *place, const struct demo_story *from,
                          struct story *ret_story)
{
    const struct story_said all = {1, 1, 1, 0, from->photo == NULL ? -1 : 1, -1};
    const struct story_photo photo = {.text = from->photo, .me = true, .other = true};
    struct req req = as(place, from->writer);
    struct picture picture;
    struct story story = {
        .match = from->match, .title = from->title, .text = from->text, .role = from->role};
    TRY(story_put(&req, &story));
    if (from->photo != NULL) {
        TRY(demo_photo_draw(place->arena, &picture));
        TRY(story_photo_put(&req, &story, &photo, &picture));
    }
    TRY(story_say(place, story.id, from->writer, story_items, &all, locale_find("en")));
    story.state = "draft";
    TRY(story_move(place, &story, "submitted", "", from->writer));
    return story_find_any(place, story.id, ret_story);
}

static enum rc tell_story(const struct app_place *place, const struct demo_story *from, bool named)
{
    const struct story_said agreed = {named, -1, 1, 0, from->photo == NULL ? -1 : 1, 1};
    struct story story;
    TRY(send_story(place, from, &story));
    TRY(story_say(place, story.id, from->other, story_other_items, &agreed, locale_find("en")));
    TRY(story_move(place, &story, "approved", "", 0));
    return story_settle(place, story.id);
}

// Three that all can read, and one that waits for an editor.
static enum rc add_stories(const struct app_place *place, const struct db_rows *rows)
{
    struct story story;
    const struct demo_story stories[] = {
        {db_int(rows, 4, 0), db_int(rows, 4, 1), db_int(rows, 4, 2),
         "Half past eight, with the camera off",                                                evenings, "Data analyst",                       NULL},
        {db_int(rows, 5, 0), db_int(rows, 5, 2), db_int(rows, 5, 1), "I stopped giving advice",
         listening,                                                                                       "Head of platform",                   NULL},
        {db_int(rows, 0, 0), db_int(rows, 0, 1), db_int(rows, 0, 2),
         "Forty lines that changed my job",                                                     told,     "Software developer, before: tester",
         "Two women at a table by a window, laughing over a laptop"                                                                                 },
    };
    const struct demo_story second = {db_int(rows, 1, 0),
                                      db_int(rows, 1, 2),
                                      db_int(rows, 1, 1),
                                      "What my mentee asked me",
                                      waiting,
                                      "",
                                      NULL};
    for (size_t k = 0; k < sizeof stories / sizeof stories[0]; k++)
        TRY(tell_story(place, &stories[k], k == 1));
    return send_story(place, &second, &story);
}

// ---- awards of the cohort ----------------------------------------------------------------------

static enum rc find_email(const struct app_place *place, const char *email, int64_t *ret_person)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows, "SELECT id FROM person WHERE email = $1",
                 DB_ARGS(DB_TEXT(email))));
    *ret_person = db_int(rows, 0, 0);
    return db_count(rows) == 0 ? RC_NOT_FOUND : RC_OK;
}

// An award with two nominees, each by her own mentee, and two jurors, whom it hands back.
static enum rc begin_honour(const struct app_place *place, const struct db_rows *rows, size_t row,
                            struct honour *honour)
{
    static const char *const jurors[] = {"committee@demo.example", "chair@demo.example"};
    static const char *const texts[] = {
        "She answers every message on the same day, and never makes me feel that I should have "
        "known.",
        "She found me a seat at the table where it was decided, and then said nothing, so that I "
        "had to.",
    };
    struct req req = as(place, db_int(rows, row, 1));
    TRY(honour_add(&req, honour));
    honour->state = HONOUR_OPEN;
    for (size_t k = 0; k < 2; k++) {
        req.actor.person = db_int(rows, row + k, 1);
        TRY(honour_nominate(&req, honour, db_int(rows, row + k, 2), texts[k]));
        TRY(honour_juror_add(&req, honour, jurors[k]));
    }
    TRY(honour_move(place, honour, HONOUR_JUDGING, ""));
    honour->state = HONOUR_JUDGING;
    return RC_OK;
}

// One that the jury judges, and one that was given.
static enum rc add_honours(const struct app_place *place, const struct db_rows *rows)
{
    enum { FIRST = 1, SECOND = 3 };
    int64_t committee = 0;
    int64_t chair = 0;
    struct db_rows *cohort = NULL;
    TRY(find_email(place, "committee@demo.example", &committee));
    TRY(find_email(place, "chair@demo.example", &chair));
    TRY(db_query(place->tx, place->arena, &cohort, "SELECT cohort FROM match WHERE id = $1",
                 DB_ARGS(DB_INT(db_int(rows, 0, 0)))));
    struct honour given = {.cohort = db_int(cohort, 0, 0),
                           .title = "Mentor of the autumn",
                           .about = "For a mentor who made room for somebody.",
                           .closes = "2026-10-31"};
    struct honour judged = {.cohort = db_int(cohort, 0, 0),
                            .title = "The best question",
                            .about = "For the question that changed what came after it.",
                            .closes = "2026-11-20"};
    TRY(begin_honour(place, rows, SECOND, &given));
    TRY(begin_honour(place, rows, FIRST, &judged));
    struct req first = as(place, committee);
    struct req second = as(place, chair);
    for (int64_t k = 0; k < 2; k++) {
        int64_t nominee = db_int(rows, (size_t)(SECOND + k), 2);
        TRY(honour_score(&first, given.id, nominee, 5 - k, "One sees what came of it."));
        TRY(honour_score(&second, given.id, nominee, 4, "Told with care."));
    }
    TRY(honour_score(&first, judged.id, db_int(rows, FIRST, 2), 4, "I would like to be asked it."));
    TRY(honour_ask(&second, &given, db_int(rows, SECOND, 2), ""));
    given.state = HONOUR_ASKED;
    return honour_move(place, &given, HONOUR_ANNOUNCED, "");
}

enum rc demo_recognition_add(const struct app_place *place)
{
    enum { ENDED = 2, LEAST = 6 };
    const struct ending ending = {*place, "http://127.0.0.1:8080"};
    struct db_rows *rows = NULL;
    TRY(db_query(
        place->tx, place->arena, &rows,
        "SELECT m.id, x.person, y.person FROM match m JOIN enrolment x ON x.id = m.mentee "
        "JOIN enrolment y ON y.id = m.mentor JOIN person p ON p.id = x.person WHERE m.state = "
        "'active' ORDER BY length(p.email), p.email LIMIT 24", // ids have no order in one instant
        DB_NO_ARGS));
    size_t count = db_count(rows);
    for (size_t k = 0; k < ENDED && count > LEAST; k++) {
        struct pair pair;
        struct certificate certificate;
        size_t row = count - 1 - k;
        TRY(pair_find(place->tx, place->arena, db_int(rows, row, 0), &pair));
        TRY(pair_finish(&ending, &pair, "completed", "", "", 0));
        TRY(certificate_issue(place, db_int(rows, row, 2), db_int(rows, row, 0),
                              pair.match.mentor_name, &certificate));
    }
    TRY(add_thanks(
        place, db_int(rows, 0, 0), db_int(rows, 0, 1),
        "Thank you for the hour in which you said nothing at all, and I found the answer myself.",
        true));
    TRY(add_thanks(
        place, db_int(rows, 1, 0), db_int(rows, 1, 2),
        "You asked the question that nobody in my team had dared to ask. I have borrowed it since.",
        false));
    struct req mentor = as(place, db_int(rows, 0, 2));
    const struct thanks_to mentee = {.match = db_int(rows, 0, 0)};
    TRY(thanks_add(&mentor, &mentee,
                   "You told me after our second meeting that I had answered a question that you "
                   "had not asked. Nobody had ever said that to me, and I listen better since.",
                   true));
    TRY(add_stories(place, rows));
    return count > LEAST ? add_honours(place, rows) : RC_OK;
}

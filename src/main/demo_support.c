// SPDX-License-Identifier: Apache-2.0
//
// What supports the pairs of the demo; see demo_support.h.
#include "demo_support.h"

#include "base/date.h"

#include "app/support/support.h"
#include "app/support/support_resource.h"
#include "app/support/support_training.h"

#define DAY_US ((int64_t)86400 * 1000000)

static enum rc print_day(const struct app_place *at, int64_t days, const char **ret_day)
{
    char *day = arena_alloc(at->arena, DATE_TEXT_BYTES);
    if (day == NULL)
        return RC_NO_MEMORY;
    date_print(date_from_days(date_days_of_seconds(at->now_us / 1000000) + days), day);
    *ret_day = day;
    return RC_OK;
}

static enum rc add_resources(const struct app_place *at, int64_t editor)
{
    const char *past = NULL;
    const char *later = NULL;
    TRY(print_day(at, -20, &past));
    TRY(print_day(at, 200, &later));
    struct resource video = {.kind = "link",
                             .title = "A talk about changing to data work",
                             .about = "Three women tell how they moved from support, nursing and "
                                      "law into data.",
                             .url = "https://video.example/changing-to-data",
                             .text = "",
                             .language = "en",
                             .role = "mentee",
                             .stage = "any",
                             .topics = "data ",
                             .media = "video",
                             .minutes = 35,
                             .licence = "All rights reserved; a link only",
                             .captions = "no",
                             .transcript = "no",
                             .described = "none",
                             .tagged = "none",
                             .plain = "yes",
                             .review_by = past,
                             .file_name = "",
                             .file_type = ""};
    struct resource audio = video;
    audio.title = "A podcast on saying no";
    audio.about = "Half an hour about limits at work, with a transcript.";
    audio.url = "https://audio.example/saying-no";
    audio.role = "both";
    audio.topics = "";
    audio.media = "audio";
    audio.minutes = 30;
    audio.captions = "none";
    audio.transcript = "yes";
    audio.review_by = later;
    TRY(resource_set(at, &video, "", editor));
    return resource_set(at, &audio, "", editor);
}

enum rc demo_support_begin(const struct app_place *at, int64_t editor)
{
    const struct app_place then = {at->tx, at->arena, at->app, at->now_us - 120 * DAY_US};
    TRY(support_add_ready(&then, editor, NULL));
    return add_resources(at, editor);
}

// Mentors of both cohorts do the training before they meet; in none is anybody kept from matching.
static enum rc add_rules(const struct app_place *at)
{
    struct db_rows *r = NULL;
    struct db_rows *t = NULL;
    TRY(db_query(at->tx, at->arena, &t,
                 "SELECT id, role FROM training WHERE ready <> '' ORDER BY role", DB_NO_ARGS));
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT id FROM cohort WHERE state IN ('enrolling', 'running')", DB_NO_ARGS));
    for (size_t k = 0; k < db_count(r); k++)
        for (size_t n = 0; n < db_count(t); n++) {
            const char *role = db_text(t, n, 1);
            const struct training_rule rule = {role, role[4] == 'o' ? "meeting" : "none",
                                               db_int(t, n, 0)};
            TRY(training_rule_set(at->tx, db_int(r, k, 0), &rule));
        }
    return RC_OK;
}

enum rc demo_support_live(const struct app_place *at)
{
    TRY(add_rules(at));
    // What was due is done, but for one step that some pairs still owe, and one of a coordinator.
    TRY(db_do(
        at->tx, NULL,
        "UPDATE pair_item SET state = 'done', told = 1, changed_at = due_at, changed_by = "
        "(SELECT e.person FROM match m JOIN enrolment e ON e.id = m.mentee WHERE m.id = "
        "pair_item.match) WHERE state = 'open' AND due_at < $1 AND NOT (match % 3 = 0 AND "
        "item IN (SELECT i.item FROM plan_item i WHERE i.plan = pair_item.plan AND i.days = "
        "49)) AND NOT (match % 4 = 1 AND item IN (SELECT i.item FROM plan_item i WHERE i.plan = "
        "pair_item.plan AND i.owner = 'coordinator'))",
        DB_ARGS(DB_INT(at->now_us - 2 * DAY_US))));
    return db_do(
        at->tx, NULL,
        "INSERT INTO completion(training, person, version, at) SELECT DISTINCT t.id, "
        "e.person, t.version, $1 FROM training t JOIN enrolment e ON e.role = t.role JOIN "
        "cohort c ON c.id = e.cohort AND c.state = 'running' WHERE t.version > 0 AND e.id % "
        "3 <> 0",
        DB_ARGS(DB_INT(at->now_us - 72 * DAY_US)));
}

// What a member added to an article, for pairs.
enum rc demo_support_borrow(const struct app_place *at, int64_t editor)
{
    struct req req = {.app = (void *)(uintptr_t)at->app,
                      .arena = at->arena,
                      .tx = at->tx,
                      .now_us = at->now_us,
                      .writes = true};
    struct resource_source source;
    struct db_rows *r = NULL;
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT c.id FROM contribution c JOIN article a ON a.id = c.article WHERE c.state "
                 "= 'approved' AND a.state = 'published' AND a.language = 'en' ORDER BY c.id LIMIT "
                 "1",
                 DB_NO_ARGS));
    if (db_count(r) == 0)
        return RC_OK;
    TRY(resource_source(&req, db_int(r, 0, 0), &source));
    struct resource one = {.title = "A goal that one can see",
                           .about = "How another pair made a small goal of a large one.",
                           .role = "both",
                           .stage = "begin",
                           .minutes = 2,
                           .licence = "Of whoever wrote it, with credit"};
    return resource_borrow(at, &one, &source, editor);
}

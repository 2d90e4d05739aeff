// SPDX-License-Identifier: Apache-2.0
//
// Adding what is ready: in every language that it is written in, each thing once.
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/support/support_page.h"
#include "app/support/support_ready.h"

enum { LANGUAGES_MAX = 4, REVIEW_DAYS = 365 };

// One thing, in all its languages; the first is the one that it must have.
struct thing {
    const struct app_place *at;
    const char *key;
    struct ready texts[LANGUAGES_MAX];
    const char *languages[LANGUAGES_MAX];
    size_t count;
    int64_t by;
    int64_t added;
};

static enum rc read_thing(struct thing *thing)
{
    for (size_t k = 0; k < ready_file_count(); k++) {
        struct ready_file file = ready_file_at(k);
        if (strcmp(file.key, thing->key) != 0 || thing->count == LANGUAGES_MAX)
            continue;
        TRY(ready_read(thing->at->arena, file.bytes, file.length, &thing->texts[thing->count]));
        thing->languages[thing->count++] = file.language;
    }
    return thing->count == 0 ? RC_NOT_FOUND : RC_OK;
}

static const char *word(const struct thing *thing, const char *line, size_t place)
{
    return ready_word(thing->at->arena, line, place);
}

// ---- trainings ---------------------------------------------------------------------------------

static enum rc add_questions(struct thing *thing, const struct training_at *at, size_t part,
                             int64_t page, size_t language)
{
    const struct ready_part *p = &thing->texts[language].parts[part];
    for (size_t n = 0; n < p->question_count; n++) {
        const struct ready_question *ready = &p->questions[n];
        struct training_question q = {
            .question = page + 1 + (int64_t)n, .page = page, .text = ready->text};
        for (size_t a = 0; a < ready->count; a++)
            q.answers[q.count++] = (struct training_answer){(int64_t)a + 1, ready->answers[a],
                                                            a == ready->right, ready->feedbacks[a]};
        TRY(training_question_set(thing->at->tx, at, &q, thing->at->now_us));
    }
    return RC_OK;
}

static enum rc add_training(struct thing *thing)
{
    const struct app_place *at = thing->at;
    const struct ready *first = &thing->texts[0];
    const char *role = word(thing, first->kind, 1);
    const char *minutes = word(thing, first->kind, 2);
    if (role == NULL || minutes == NULL)
        return RC_NO_MEMORY;
    struct training training = {.id = db_new_id(at->now_us),
                                .role = role,
                                .language = thing->languages[0],
                                .minutes = strtoll(minutes, NULL, 10),
                                .title = first->title,
                                .about = first->about};
    TRY(training_add(at->tx, &training, thing->key, thing->by, at->now_us));
    for (size_t l = 0; l < thing->count; l++) {
        const struct training_at place = {&training, 1, thing->languages[l]};
        TRY(training_set_words(at->tx, &place, thing->texts[l].title, thing->texts[l].about));
        for (size_t k = 0; k < thing->texts[l].count; k++) {
            const struct ready_part *part = &thing->texts[l].parts[k];
            struct training_page page = {.page = 100 * ((int64_t)k + 1),
                                         .place = (int64_t)k + 1,
                                         .title = part->head,
                                         .text = part->text};
            TRY(training_page_set(at->tx, &place, &page, at->now_us));
            TRY(add_questions(thing, &place, k, page.page, l));
        }
    }
    thing->added++;
    return training_publish(at, &training, false);
}

// ---- plans -------------------------------------------------------------------------------------

static enum rc find_resource(struct thing *thing, const char *key, int64_t *ret_id)
{
    struct db_rows *r = NULL;
    *ret_id = 0;
    if (key == NULL)
        return RC_NO_MEMORY;
    if (key[0] == '\0')
        return RC_OK;
    TRY(db_query(thing->at->tx, thing->at->arena, &r,
                 "SELECT id FROM resource WHERE ready = $1 AND language = $2 LIMIT 1",
                 DB_ARGS(DB_TEXT(key), DB_TEXT(thing->languages[0]))));
    if (db_count(r) == 0)
        return RC_NOT_FOUND;
    *ret_id = db_int(r, 0, 0);
    return RC_OK;
}

static enum rc add_steps(struct thing *thing, const struct plan *plan, size_t language)
{
    struct arena *arena = thing->at->arena;
    const struct ready *ready = &thing->texts[language];
    int64_t stage = 0;
    const char *stage_title = "";
    for (size_t k = 0; k < ready->count; k++) {
        const struct ready_part *part = &ready->parts[k];
        if (part->mark == '#') {
            stage++;
            stage_title = part->head;
            continue;
        }
        const char *days = word(thing, part->head, 2);
        struct plan_item item = {.item = 100 + (int64_t)k,
                                 .stage = stage,
                                 .kind = word(thing, part->head, 0),
                                 .owner = word(thing, part->head, 1),
                                 .days = days == NULL ? 0 : strtoll(days, NULL, 10),
                                 .unless = ready_value(arena, part->head, "unless"),
                                 .survey = ready_value(arena, part->head, "survey"),
                                 .stage_title = stage_title,
                                 .title = part->title,
                                 .text = part->text,
                                 .language = thing->languages[language]};
        if (item.kind == NULL || item.owner == NULL || days == NULL || item.unless == NULL ||
            item.survey == NULL)
            return RC_NO_MEMORY;
        TRY(find_resource(thing, ready_value(arena, part->head, "resource"), &item.resource));
        TRY(plan_item_set(thing->at->tx, plan, &item, thing->at->now_us));
    }
    return RC_OK;
}

static enum rc add_plan(struct thing *thing)
{
    const struct app_place *at = thing->at;
    struct plan plan = {.id = db_new_id(at->now_us),
                        .role = word(thing, thing->texts[0].kind, 1),
                        .language = thing->languages[0],
                        .title = thing->texts[0].title,
                        .draft = 1};
    if (plan.role == NULL)
        return RC_NO_MEMORY;
    TRY(plan_add(at->tx, &plan, thing->key, thing->by, at->now_us));
    for (size_t l = 0; l < thing->count; l++)
        TRY(add_steps(thing, &plan, l));
    thing->added++;
    const char *option =
        word(thing, thing->texts[0].kind, 2); // "draft": only if an editor wants it
    if (option == NULL)
        return RC_NO_MEMORY;
    return strcmp(option, "draft") == 0 ? RC_OK : plan_publish(at, &plan, false);
}

// ---- resources ---------------------------------------------------------------------------------

// "a,b" as "a b "
static enum rc spread_topics(struct arena *arena, const char *list, const char **ret_topics)
{
    char *topics =
        list == NULL ? NULL : arena_printf(arena, "%s%s", list, list[0] == '\0' ? "" : " ");
    if (topics == NULL)
        return RC_NO_MEMORY;
    for (char *c = topics; *c != '\0'; c++)
        if (*c == ',')
            *c = ' ';
    *ret_topics = topics;
    return RC_OK;
}

static enum rc add_resource(struct thing *thing, const struct ready_part *part,
                            const char *language, const char *review_by)
{
    const struct app_place *at = thing->at;
    struct db_rows *r = NULL;
    const char *key = word(thing, part->head, 0);
    const char *minutes = word(thing, part->head, 3);
    struct resource resource = {.kind = "page",
                                .title = part->title,
                                .about = part->about,
                                .url = "",
                                .text = part->text,
                                .language = language,
                                .role = word(thing, part->head, 1),
                                .stage = word(thing, part->head, 2),
                                .media = "text",
                                .minutes = minutes == NULL ? 1 : strtoll(minutes, NULL, 10),
                                .licence = "CC BY 4.0",
                                .captions = "none",
                                .transcript = "none",
                                .described = "none",
                                .tagged = "none",
                                .plain = "yes",
                                .review_by = review_by,
                                .file_name = "",
                                .file_type = ""};
    if (key == NULL || resource.role == NULL || resource.stage == NULL)
        return RC_NO_MEMORY;
    TRY(spread_topics(at->arena, word(thing, part->head, 4), &resource.topics));
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT 1 FROM resource WHERE ready = $1 AND language = $2 LIMIT 1",
                 DB_ARGS(DB_TEXT(key), DB_TEXT(language))));
    if (db_count(r) > 0)
        return RC_OK;
    thing->added++;
    return resource_set(at, &resource, key, thing->by);
}

static enum rc add_resources(struct thing *thing)
{
    char *day = arena_alloc(thing->at->arena, DATE_TEXT_BYTES);
    if (day == NULL)
        return RC_NO_MEMORY;
    date_print(date_from_days(date_days_of_seconds(thing->at->now_us / 1000000) + REVIEW_DAYS),
               day);
    for (size_t l = 0; l < thing->count; l++)
        for (size_t k = 0; k < thing->texts[l].count; k++)
            TRY(add_resource(thing, &thing->texts[l].parts[k], thing->languages[l], day));
    return RC_OK;
}

// ---- all ---------------------------------------------------------------------------------------

typedef enum rc add_thing(struct thing *thing);
static const struct {
    const char *key;
    add_thing *add;
    const char *there; // whether it is there already; NULL: looked at one by one
} things[] = {
    {"resources",       add_resources, NULL                                     },
    {"training_mentor", add_training,  "SELECT 1 FROM training WHERE ready = $1"},
    {"training_mentee", add_training,  "SELECT 1 FROM training WHERE ready = $1"},
    {"plan_pair",       add_plan,      "SELECT 1 FROM plan WHERE ready = $1"    },
    {"plan_mentee",     add_plan,      "SELECT 1 FROM plan WHERE ready = $1"    },
};
enum { THINGS = sizeof things / sizeof things[0] };

enum rc support_add_ready(const struct app_place *at, int64_t by, int64_t *ret_added)
{
    int64_t added = 0;
    for (size_t k = 0; k < THINGS; k++) {
        struct db_rows *r = NULL;
        struct thing thing = {.at = at, .key = things[k].key, .by = by};
        if (things[k].there != NULL)
            TRY(db_query(at->tx, at->arena, &r, things[k].there, DB_ARGS(DB_TEXT(things[k].key))));
        if (things[k].there != NULL && db_count(r) > 0)
            continue;
        TRY(read_thing(&thing));
        TRY(things[k].add(&thing));
        added += thing.added;
    }
    if (ret_added != NULL)
        *ret_added = added;
    return RC_OK;
}

enum rc support_count(struct req *req, struct editor_view *ret_counts)
{
    struct db_rows *r = NULL;
    char day[DATE_TEXT_BYTES];
    date_print(date_from_days(date_days_of_seconds(req->now_us / 1000000)), day);
    TRY(db_query(req->tx, req->arena, &r,
                 "SELECT (SELECT count(*) FROM resource WHERE ended_at = 0), (SELECT count(*) FROM "
                 "resource WHERE ended_at = 0 AND review_by <> '' AND review_by <= $1), (SELECT "
                 "count(*) FROM training WHERE ended_at = 0), (SELECT count(*) FROM plan WHERE "
                 "ended_at = 0), (SELECT count(DISTINCT ready) FROM training WHERE ready <> '') + "
                 "(SELECT count(DISTINCT ready) FROM plan WHERE ready <> '')",
                 DB_ARGS(DB_TEXT(day))));
    *ret_counts = (struct editor_view){db_int(r, 0, 0), db_int(r, 0, 1), db_int(r, 0, 2),
                                       db_int(r, 0, 3), db_int(r, 0, 4) >= THINGS - 1};
    return RC_OK;
}

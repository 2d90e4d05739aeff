// SPDX-License-Identifier: Apache-2.0
//
// Questions of the demo's own, and answers to them; see demo_asked.h.
#include "demo_asked.h"

#include <string.h>

#include "app/enrolment/enrolment_store.h"

// clang-format off
static const struct enrolment_question own[] = {
    {.role = "both", .kind = "many", .label = "What would you like to talk about beside the topics?", .hint = "As many as you like.",
     .options = "Coming back after a break\nSpeaking in public\nPay\nWorking abroad\nBeing the only woman\nHealth and rest", .audience = "match", .matching = QUESTION_SHARED},
    {.role = "both", .kind = "one", .label = "How large is the place where you work or want to work?", .hint = "",
     .options = "I work for myself\nUp to 50 people\nUp to 1,000 people\nMore", .audience = "coordinator", .matching = QUESTION_NEAR},
};
// clang-format on

// The same for everybody's number, whatever the machine: what a person of that number says to a
// question. One in five says nothing.
static uint32_t chance_of(int64_t person, int64_t question)
{
    uint32_t state = (uint32_t)person * 2654435761u + (uint32_t)question * 40503u;
    state ^= state >> 15;
    state *= 2246822519u;
    return state ^ state >> 13;
}

static const char *line_of(struct arena *arena, const char *text, uint32_t number)
{
    size_t length = strcspn(text, "\n");
    for (; number > 0 && text[length] != '\0'; number--) {
        text += length + 1;
        length = strcspn(text, "\n");
    }
    return arena_strndup(arena, text, length);
}

static uint32_t lines_of(const char *text)
{
    uint32_t lines = 1;
    for (; *text != '\0'; text++)
        lines += *text == '\n';
    return lines;
}

// The answer of a person: "" for none.
static const char *answer_of(struct arena *arena, const struct enrolment_question *q, uint32_t draw)
{
    if (draw % 5 == 0)
        return "";
    if (strcmp(q->kind, "scale") == 0)
        return enrolment_scale[draw / 5 % 5].value;
    uint32_t first = draw / 5 % lines_of(q->options);
    const char *one = line_of(arena, q->options, first);
    if (strcmp(q->kind, "many") != 0 || draw / 100 % 2 == 0)
        return one;
    const char *next = line_of(arena, q->options, first + 1);
    return one == NULL || next == NULL || strcmp(one, next) == 0
               ? one
               : arena_printf(arena, "%s\n%s", one, next);
}

static enum rc answer_all(const struct app_place *at, int64_t cohort,
                          const struct enrolment_question *q, int64_t number)
{
    struct db_rows *rows = NULL;
    TRY(db_query(at->tx, at->arena, &rows, "SELECT id FROM enrolment WHERE cohort = $1 ORDER BY id",
                 DB_ARGS(DB_INT(cohort))));
    for (size_t k = 0; k < db_count(rows); k++) {
        const char *value = answer_of(at->arena, q, chance_of((int64_t)k, number));
        if (value == NULL)
            return RC_NO_MEMORY;
        if (value[0] != '\0')
            TRY(db_do(at->tx, NULL,
                      "INSERT INTO answer(enrolment, question, value, at) VALUES ($1, $2, $3, $4)",
                      DB_ARGS(DB_INT(db_int(rows, k, 0)), DB_INT(q->id), DB_TEXT(value),
                              DB_INT(at->now_us))));
    }
    return RC_OK;
}

// How often, years and a level in one topic; one in four says nothing of each.
static enum rc add_levels(const struct app_place *at, int64_t cohort)
{
    struct db_rows *rows = NULL;
    TRY(db_query(at->tx, at->arena, &rows,
                 "SELECT id, topics, level FROM enrolment WHERE cohort = $1 ORDER BY id",
                 DB_ARGS(DB_INT(cohort))));
    for (size_t k = 0; k < db_count(rows); k++) {
        uint32_t draw = chance_of((int64_t)k, 1000);
        const char *topics = db_text(rows, k, 1);
        int64_t level = db_int(rows, k, 2);
        const char *years = arena_printf(at->arena, "%d", (int)(level * 4 - 3 + draw / 16 % 4));
        const char *skills = arena_printf(at->arena, "%.*s:%d ", (int)strcspn(topics, " "), topics,
                                          (int)(1 + (level + draw / 64) % 4));
        if (years == NULL || skills == NULL)
            return RC_NO_MEMORY;
        bool has_skill = topics[0] != '\0' && draw / 4 % 4 != 0;
        TRY(db_do(at->tx, NULL,
                  "UPDATE enrolment SET cadence = $2, years = $3, skills = $4 WHERE id = $1",
                  DB_ARGS(DB_INT(db_int(rows, k, 0)), DB_INT(draw % 4),
                          DB_TEXT(draw / 1024 % 4 == 0 ? "" : years),
                          DB_TEXT(has_skill ? skills : ""))));
    }
    return RC_OK;
}

enum rc demo_asked_add(const struct app_place *at, int64_t cohort)
{
    struct enrolment_question *all = NULL;
    size_t count = 0;
    TRY(add_levels(at, cohort));
    TRY(question_add_style(at, cohort));
    for (size_t k = 0; k < sizeof own / sizeof own[0]; k++)
        TRY(question_add(at->tx, cohort, &own[k], at->now_us));
    TRY(question_list(at->tx, at->arena, cohort, "mentee", &all, &count));
    for (size_t k = 0; k < count; k++)
        TRY(answer_all(at, cohort, &all[k], (int64_t)k));
    return RC_OK;
}

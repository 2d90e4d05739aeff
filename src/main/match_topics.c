// SPDX-License-Identifier: Apache-2.0
// Wishes as topics, and what each mentor's skills are worth to them; see match_parts.h. A topic of
// the pool is a wish that somebody has. Relations are worked out once for each pair of different
// texts, not for each pair of people.
#include <stdlib.h>
#include <string.h>

#include "match_parts.h"

enum { WISH_WEIGHT_MOST = 10, WISH_WEIGHT_LEAST = 5, SENTENCE_MAX = 1024 * 1024 };

// Wishes that one skill text serves.
struct served {
    struct mm_topic *topic;
    uint32_t count;
    bool known;
};

struct builder {
    struct match_pool *pool;
    uint32_t *number; // roster topic -> number in the pool; UINT32_MAX: nobody's wish
    uint32_t *wish_topics;
    uint32_t count;
    struct served *served;     // by roster topic
    struct mm_topic *row;      // room for one served list
    struct mm_topic *gathered; // room for what one mentor serves
    uint32_t many;             // mentors who serve more wishes than the library takes
    uint8_t *best;             // by pool topic: for one mentor
};

static enum rc number_wishes(struct builder *builder)
{
    const struct roster *roster = builder->pool->roster;
    for (uint32_t i = 0; i < roster->topics.topic_count; i++)
        builder->number[i] = UINT32_MAX;
    for (uint32_t i = 0; i < roster->mentee_count; i++) {
        const struct person *person = &roster->mentees[i];
        for (uint32_t k = 0; k < person->wish_count; k++) {
            uint32_t topic = person->wishes[k].topic;
            if (builder->number[topic] != UINT32_MAX)
                continue;
            builder->number[topic] = builder->count;
            builder->wish_topics[builder->count++] = topic;
        }
    }
    return RC_OK;
}

static uint8_t wish_weight(const struct match_pool *pool, uint32_t place)
{
    if (!pool->rules.wishes_in_order || place >= WISH_WEIGHT_MOST - WISH_WEIGHT_LEAST)
        return WISH_WEIGHT_LEAST;
    return (uint8_t)(WISH_WEIGHT_MOST - place);
}

static bool has_topic(const struct mm_topic *topics, uint32_t count, uint32_t topic)
{
    for (uint32_t i = 0; i < count; i++)
        if (topics[i].topic == topic)
            return true;
    return false;
}

static enum rc build_mentee(struct builder *builder, const struct person *person,
                            struct mm_person *ret_person)
{
    struct mm_topic *topics = ARENA_ARRAY(builder->pool->arena, struct mm_topic, MM_TOPICS_MAX);
    if (topics == NULL)
        return RC_NO_MEMORY;
    uint32_t count = 0;
    for (uint32_t k = 0; k < person->wish_count && count < MM_TOPICS_MAX; k++) {
        uint32_t topic = builder->number[person->wishes[k].topic];
        if (has_topic(topics, count, topic))
            continue;
        topics[count] = (struct mm_topic){topic, wish_weight(builder->pool, count), 0};
        count++;
    }
    if (person->wish_count > MM_TOPICS_MAX)
        TRY(match_pool_note(builder->pool, "%s wishes more than %d things; the first %d count",
                            person->name, MM_TOPICS_MAX, MM_TOPICS_MAX));
    ret_person->topic = topics;
    ret_person->topics = count;
    return RC_OK;
}

// All wishes that a skill text serves.
static enum rc serve(struct builder *builder, uint32_t skill)
{
    struct served *served = &builder->served[skill];
    if (served->known)
        return RC_OK;
    served->known = true;
    for (uint32_t i = 0; i < builder->count; i++) {
        struct topic_relation relation =
            topic_relate(&builder->pool->roster->topics, builder->wish_topics[i], skill);
        if (relation.percent >= MATCH_TOPIC_PERCENT_MIN)
            builder->row[served->count++] = (struct mm_topic){i, relation.percent, 0};
    }
    served->topic = ARENA_ARRAY(builder->pool->arena, struct mm_topic, served->count);
    if (served->topic == NULL)
        return RC_NO_MEMORY;
    memcpy(served->topic, builder->row, served->count * sizeof served->topic[0]);
    return RC_OK;
}

static int best_first(const void *left, const void *right)
{
    const struct mm_topic *a = left;
    const struct mm_topic *b = right;
    if (a->amount != b->amount)
        return a->amount > b->amount ? -1 : 1;
    return a->topic < b->topic ? -1 : a->topic > b->topic;
}

// Gathers the best percentage of each wish over the mentor's skills; clears builder->best again.
static enum rc build_mentor(struct builder *builder, const struct person *person,
                            struct mm_person *ret_person)
{
    uint32_t count = 0;
    for (uint32_t k = 0; k < person->skill_count; k++) {
        TRY(serve(builder, person->skills[k].topic));
        const struct served *served = &builder->served[person->skills[k].topic];
        for (uint32_t i = 0; i < served->count; i++) {
            uint8_t *best = &builder->best[served->topic[i].topic];
            if (*best == 0)
                builder->gathered[count++].topic = served->topic[i].topic;
            if (*best < served->topic[i].amount)
                *best = served->topic[i].amount;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        builder->gathered[i].amount = builder->best[builder->gathered[i].topic];
        builder->gathered[i].level = 0;
        builder->best[builder->gathered[i].topic] = 0;
    }
    qsort(builder->gathered, count, sizeof builder->gathered[0], best_first);
    builder->many += count > MM_TOPICS_MAX;
    count = count > MM_TOPICS_MAX ? MM_TOPICS_MAX : count;
    struct mm_topic *topics = ARENA_ARRAY(builder->pool->arena, struct mm_topic, count);
    if (topics == NULL)
        return RC_NO_MEMORY;
    memcpy(topics, builder->gathered, count * sizeof topics[0]);
    ret_person->topic = topics;
    ret_person->topics = count;
    return RC_OK;
}

enum rc match_build_topics(struct match_pool *pool, struct match_people people)
{
    const struct roster *roster = pool->roster;
    size_t topics = roster->topics.topic_count;
    struct builder builder = {
        .pool = pool,
        .number = ARENA_ARRAY(pool->arena, uint32_t, topics),
        .wish_topics = ARENA_ARRAY(pool->arena, uint32_t, topics),
        .served = ARENA_ARRAY(pool->arena, struct served, topics),
        .row = ARENA_ARRAY(pool->arena, struct mm_topic, topics),
        .gathered = ARENA_ARRAY(pool->arena, struct mm_topic, topics),
        .best = ARENA_ARRAY(pool->arena, uint8_t, topics),
    };
    if (builder.number == NULL || builder.wish_topics == NULL || builder.served == NULL ||
        builder.row == NULL || builder.gathered == NULL || builder.best == NULL)
        return RC_NO_MEMORY;
    TRY(number_wishes(&builder));
    for (uint32_t i = 0; i < roster->mentee_count; i++)
        TRY(build_mentee(&builder, &roster->mentees[i], &people.mentee[i]));
    for (uint32_t j = 0; j < roster->mentor_count; j++)
        TRY(build_mentor(&builder, &roster->mentors[j], &people.mentor[j]));
    if (builder.many > 0)
        TRY(match_pool_note(pool,
                            "%u mentor%s more than %d different wishes; of each the %d that fit "
                            "best count",
                            builder.many, builder.many == 1 ? " serves" : "s serve", MM_TOPICS_MAX,
                            MM_TOPICS_MAX));
    pool->wish_topics = builder.wish_topics;
    pool->pool.topic_count = builder.count;
    return RC_OK;
}

enum rc match_pool_cover(const struct match_pool *pool, uint32_t mentee, uint32_t wish,
                         uint32_t mentor, struct match_cover *ret_cover)
{
    const struct roster *roster = pool->roster;
    const struct person *person = &roster->mentors[mentor];
    uint32_t wished = roster->mentees[mentee].wishes[wish].topic;
    struct topic_relation best = {0};
    struct match_cover cover = {.skill = UINT32_MAX, .rule = ""};
    for (uint32_t k = 0; k < person->skill_count; k++) {
        struct topic_relation relation =
            topic_relate(&roster->topics, wished, person->skills[k].topic);
        if (relation.percent < MATCH_TOPIC_PERCENT_MIN || relation.percent <= best.percent)
            continue;
        best = relation;
        cover.skill = k;
    }
    cover.percent = best.percent;
    if (cover.percent > 0) {
        struct buffer rule;
        buffer_open(&rule, pool->arena, SENTENCE_MAX);
        TRY(topic_relation_print(&rule, &roster->topics, wished, person->skills[cover.skill].topic,
                                 best));
        cover.rule = rule.bytes;
    }
    *ret_cover = cover;
    return RC_OK;
}

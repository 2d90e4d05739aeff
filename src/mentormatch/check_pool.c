// SPDX-License-Identifier: Apache-2.0
/*
 * mm_check_pool: people with features as a source of pairs for the check, and their numbers as the
 * instance that goes with it. Rows are judged when they are needed, so that memory stays linear in
 * people.
 */
#include <string.h>

#include "check_judge.h"
#include "memory.h"

/* The people of the pool as the arrays of an instance. */
struct people {
    struct mm_instance instance; /* without pairs */
    uint8_t *wants;
    uint8_t *capacity;
    uint8_t *minimum;
    uint8_t *priority;
    uint8_t *distinct;
    uint32_t *background;
    uint64_t *mentee_id;
    uint64_t *mentor_id;
};

/* ---- order ---- */

static bool two_below(const struct check_two *a, const struct check_two *b)
{
    return a->high != b->high ? a->high < b->high : a->low < b->low;
}

static void sift_down(struct check_two *item, size_t at, size_t count)
{
    struct check_two held = item[at];
    while (2 * at + 1 < count) {
        size_t child = 2 * at + 1;
        child += child + 1 < count && two_below(&item[child], &item[child + 1]);
        if (!two_below(&held, &item[child])) {
            break;
        }
        item[at] = item[child];
        at = child;
    }
    item[at] = held;
}

void check_sort_twos(struct check_two *item, size_t count)
{
    for (size_t k = count / 2; k > 0; k--) {
        sift_down(item, k - 1, count);
    }
    for (size_t last = count; last > 1; last--) {
        struct check_two most = item[0];
        item[0] = item[last - 1];
        item[last - 1] = most;
        sift_down(item, 0, last - 1);
    }
}

size_t check_twos_first(const struct check_twos *twos, uint64_t high, uint64_t low)
{
    struct check_two wanted = {high, low};
    size_t from = 0;
    size_t to = twos->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (two_below(&twos->item[middle], &wanted)) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

/* ---- the input ---- */

static const char *topics_fault(const struct mm_pool *pool, const struct mm_person *person,
                                uint32_t amount_most)
{
    if (person->topics > MM_TOPICS_MAX || (person->topics > 0 && !person->topic)) {
        return "A person has more than 64 topics, or they are missing.";
    }
    for (uint32_t k = 0; k < person->topics; k++) {
        const struct mm_topic *topic = &person->topic[k];
        if (topic->topic >= pool->topic_count || topic->level > 4 || topic->amount < 1 ||
            topic->amount > amount_most) {
            return "A topic has a number, a weight, a percentage or a level that can't be.";
        }
        for (uint32_t before = 0; before < k; before++) {
            if (person->topic[before].topic == topic->topic) {
                return "A person names a topic twice.";
            }
        }
    }
    return NULL;
}

static const char *time_fault(const struct mm_person *person, uint32_t phases)
{
    for (uint32_t p = 0; p < phases; p++) {
        int32_t zone = person->zone_minutes[p];
        if (zone != MM_ZONE_UNKNOWN && (zone % 15 != 0 || zone > 1440 || zone < -1440)) {
            return "A zone must be a multiple of 15 minutes within a day, or unknown.";
        }
    }
    if (person->good && !person->possible) {
        return "A person has preferred hours but no possible ones.";
    }
    for (uint32_t w = 0; person->possible && w < MM_WEEK_WORDS; w++) {
        uint64_t spare = w + 1 == MM_WEEK_WORDS ? 0xFFFFFFFF00000000u : 0;
        uint64_t good = person->good ? person->good[w] : 0;
        if ((person->possible[w] & spare) != 0 || (good & ~person->possible[w]) != 0) {
            return "A person's hours go beyond the week, or preferred ones are not possible.";
        }
    }
    return NULL;
}

static const char *links_fault(const struct mm_person *person, uint32_t others)
{
    if (person->choices > MM_CHOICES_MAX || (person->choices > 0 && !person->choice) ||
        (person->vetoes > 0 && !person->veto)) {
        return "A person ranks more than 10 people, or choices or vetoes are missing.";
    }
    for (uint32_t k = 0; k < person->choices; k++) {
        if (person->choice[k] >= others) {
            return "A person ranks somebody who does not exist.";
        }
        for (uint32_t before = 0; before < k; before++) {
            if (person->choice[before] == person->choice[k]) {
                return "A person ranks somebody twice.";
            }
        }
    }
    for (uint32_t k = 0; k < person->vetoes; k++) {
        if (person->veto[k] >= others) {
            return "A person vetoes somebody who does not exist.";
        }
    }
    return NULL;
}

static const char *person_fault(const struct mm_pool *pool, const struct mm_person *person,
                                uint32_t amount_most, uint32_t others)
{
    const char *text = topics_fault(pool, person, amount_most);
    if (!text) {
        text = time_fault(person, pool->phases == 0 ? 1 : pool->phases);
    }
    if (!text) {
        text = links_fault(person, others);
    }
    if (!text && (person->seniority > 20 || (uint32_t)person->woman > MM_NO ||
                  (uint32_t)person->asks > MM_NO)) {
        text = "A seniority or an answer of a person can't be.";
    }
    for (uint32_t k = 0; !text && k < MM_VALUES_MAX; k++) {
        text = person->values[k] > 5 ? "An answer to a statement must lie between 0 and 5." : NULL;
    }
    return text;
}

static enum mm_status check_persons(const struct check *check, const struct mm_pool *pool)
{
    for (uint32_t i = 0; i < pool->mentees; i++) {
        const char *text = person_fault(pool, &pool->mentee[i], 10, pool->mentors);
        if (text) {
            return check_refuse(check, MM_BAD_INPUT, text, CHECK_PAIR(i, MM_NOBODY));
        }
    }
    for (uint32_t j = 0; j < pool->mentors; j++) {
        const char *text = person_fault(pool, &pool->mentor[j], 100, pool->mentees);
        if (text) {
            return check_refuse(check, MM_BAD_INPUT, text, CHECK_PAIR(MM_NOBODY, j));
        }
    }
    return MM_OK;
}

static enum mm_status check_rules(const struct check *check, const struct mm_rules *rules)
{
    bool good = rules->rule[MM_R_OVERLAP].amount <= 10080 && rules->overlap_enough <= 10080 &&
                rules->rule[MM_R_SENIORITY].amount <= 20 && rules->seniority_best <= 20 &&
                rules->rule[MM_R_ZONE].amount <= 1440 && rules->rule[MM_R_TOPIC].amount <= 100 &&
                rules->rule[MM_R_LOW_SCORE].amount <= MM_SCORE_MAX;
    for (uint32_t c = 0; c < MM_CRITERIA; c++) {
        good = good && rules->weight[c].weight <= 10;
    }
    return good ? MM_OK
                : check_refuse(check, MM_BAD_INPUT, "A rule's amount or a weight can't be.",
                               CHECK_NOWHERE);
}

static enum mm_status check_frame(const struct check *check, const struct mm_pool *pool)
{
    if (pool->mentees > MM_SIDE_MAX || pool->mentors > MM_SIDE_MAX ||
        pool->phases > MM_PHASES_MAX) {
        return check_refuse(check, MM_LIMIT, "There are more people or phases than the limit.",
                            CHECK_NOWHERE);
    }
    if ((pool->mentees > 0 && !pool->mentee) || (pool->mentors > 0 && !pool->mentor) ||
        (pool->avoids > 0 && !pool->avoid)) {
        return check_refuse(check, MM_BAD_INPUT, "People or a list are announced but missing.",
                            CHECK_NOWHERE);
    }
    for (size_t k = 0; k < pool->avoids; k++) {
        if (pool->avoid[k].mentee >= pool->mentees || pool->avoid[k].mentor >= pool->mentors) {
            return check_refuse(check, MM_BAD_INPUT,
                                "A list of pairs names a person who does not exist.",
                                CHECK_NOWHERE);
        }
    }
    return check_persons(check, pool);
}

/* ---- the judge ---- */

static void fill_part_max(struct check_judge *judge)
{
    int64_t all = 0;
    for (uint32_t c = 0; c < MM_CRITERIA; c++) {
        all += judge->rules.weight[c].weight;
    }
    int64_t so_far = 0;
    for (uint32_t c = 0; all > 0 && c < MM_CRITERIA; c++) {
        int64_t below = 10000 * so_far / all;
        so_far += judge->rules.weight[c].weight;
        judge->part_max[c] = 10000 * so_far / all - below;
    }
}

static bool list_humans(const struct check *check, const struct mm_person *person, uint32_t count,
                        struct check_twos *ret_twos)
{
    ret_twos->item = mm_take(&check->memory, count, sizeof(*ret_twos->item));
    if (!ret_twos->item) {
        return false;
    }
    for (uint32_t k = 0; k < count; k++) {
        if (person[k].human != 0) {
            ret_twos->item[ret_twos->count++] = (struct check_two){person[k].human, k};
        }
    }
    check_sort_twos(ret_twos->item, ret_twos->count);
    return true;
}

/* Human beings are numbered by their place among all numbers told, people without one after. */
static void number_beings(const struct mm_person *person, uint32_t count,
                          const struct check_twos *humans, uint32_t first_unknown, uint32_t *being)
{
    for (uint32_t k = 0; k < count; k++) {
        being[k] = person[k].human != 0 ? (uint32_t)check_twos_first(humans, person[k].human, 0)
                                        : first_unknown + k;
    }
}

static bool fill_beings(const struct check *check, struct check_judge *judge)
{
    const struct mm_pool *pool = judge->pool;
    uint32_t people = pool->mentees + pool->mentors;
    struct check_twos humans = {.item = mm_take(&check->memory, people, sizeof(*humans.item))};
    judge->mentee_being = mm_take(&check->memory, pool->mentees, sizeof(uint32_t));
    judge->mentor_being = mm_take(&check->memory, pool->mentors, sizeof(uint32_t));
    bool taken = humans.item && judge->mentee_being && judge->mentor_being;
    for (uint32_t k = 0; taken && k < people; k++) {
        const struct mm_person *person =
            k < pool->mentees ? &pool->mentee[k] : &pool->mentor[k - pool->mentees];
        humans.item[humans.count++] = (struct check_two){person->human, 0};
    }
    if (taken) {
        check_sort_twos(humans.item, humans.count);
        number_beings(pool->mentee, pool->mentees, &humans, people, judge->mentee_being);
        number_beings(pool->mentor, pool->mentors, &humans, people + pool->mentees,
                      judge->mentor_being);
    }
    mm_give(&check->memory, humans.item);
    return taken;
}

static bool list_avoided(const struct check *check, struct check_judge *judge)
{
    const struct mm_pool *pool = judge->pool;
    judge->avoid.key = mm_take(&check->memory, pool->avoids, sizeof(uint64_t));
    if (!judge->avoid.key) {
        return false;
    }
    for (size_t k = 0; k < pool->avoids; k++) {
        uint64_t a = judge->mentee_being[pool->avoid[k].mentee];
        uint64_t b = judge->mentor_being[pool->avoid[k].mentor];
        judge->avoid.key[judge->avoid.count++] = a < b ? a << 32 | b : b << 32 | a;
    }
    check_sort(judge->avoid.key, judge->avoid.count);
    return true;
}

static bool fill_weeks(const struct check *check, struct check_judge *judge)
{
    size_t count = (size_t)judge->pool->mentors * judge->phases;
    judge->mentor_week = mm_take(&check->memory, count, sizeof(struct check_week));
    for (size_t k = 0; judge->mentor_week && k < count; k++) {
        check_week_fill(&judge->pool->mentor[k / judge->phases], (uint32_t)(k % judge->phases),
                        &judge->mentor_week[k]);
    }
    return judge->mentor_week != NULL;
}

static enum mm_status judge_open(const struct check *check, const struct mm_pool *pool,
                                 struct check_judge *judge)
{
    *judge = (struct check_judge){.pool = pool, .phases = pool->phases == 0 ? 1 : pool->phases};
    if (pool->rules) {
        judge->rules = *pool->rules;
    } else {
        mm_rules_default(&judge->rules);
    }
    CHECK_TRY(check_rules(check, &judge->rules));
    fill_part_max(judge);
    if (!fill_weeks(check, judge) || !fill_beings(check, judge) || !list_avoided(check, judge) ||
        !list_humans(check, pool->mentee, pool->mentees, &judge->mentees_of_human) ||
        !list_humans(check, pool->mentor, pool->mentors, &judge->mentors_of_human)) {
        return check_refuse(check, MM_NO_MEMORY, "Memory ran out.", CHECK_NOWHERE);
    }
    return MM_OK;
}

static void judge_close(const struct check *check, struct check_judge *judge)
{
    mm_give(&check->memory, judge->mentor_week);
    mm_give(&check->memory, judge->avoid.key);
    mm_give(&check->memory, judge->mentee_being);
    mm_give(&check->memory, judge->mentor_being);
    mm_give(&check->memory, judge->mentees_of_human.item);
    mm_give(&check->memory, judge->mentors_of_human.item);
}

/* ---- people as an instance ---- */

/* The background of a mentor: career path; where that is not told the employer; else her own. */
static struct check_two background_key(const struct mm_person *mentor, uint32_t j)
{
    if (mentor->background != 0) {
        return (struct check_two){0, mentor->background};
    }
    return mentor->employer != 0 ? (struct check_two){1, mentor->employer}
                                 : (struct check_two){2, j};
}

/* The class of a background is its place among all, sorted. */
static bool fill_backgrounds(const struct check *check, const struct mm_pool *pool,
                             uint32_t *background)
{
    struct check_twos all = {.count = pool->mentors};
    all.item = mm_take(&check->memory, pool->mentors, sizeof(*all.item));
    if (!all.item) {
        return false;
    }
    for (uint32_t j = 0; j < pool->mentors; j++) {
        all.item[j] = background_key(&pool->mentor[j], j);
    }
    check_sort_twos(all.item, all.count);
    for (uint32_t j = 0; j < pool->mentors; j++) {
        struct check_two key = background_key(&pool->mentor[j], j);
        background[j] = (uint32_t)check_twos_first(&all, key.high, key.low);
    }
    mm_give(&check->memory, all.item);
    return true;
}

static void fill_people(const struct mm_pool *pool, struct people *people)
{
    for (uint32_t i = 0; i < pool->mentees; i++) {
        const struct mm_person *person = &pool->mentee[i];
        people->wants[i] = person->places == 0 ? 1 : person->places;
        people->priority[i] = person->priority;
        people->distinct[i] = person->distinct;
        people->mentee_id[i] = person->id;
    }
    for (uint32_t j = 0; j < pool->mentors; j++) {
        const struct mm_person *person = &pool->mentor[j];
        people->capacity[j] = person->places;
        people->minimum[j] = person->places_min;
        people->mentor_id[j] = person->id;
    }
}

static enum mm_status people_open(const struct check *check, const struct mm_pool *pool,
                                  struct people *people)
{
    const struct mm_memory *memory = &check->memory;
    *people = (struct people){.wants = mm_take(memory, pool->mentees, 1)};
    people->capacity = mm_take(memory, pool->mentors, 1);
    people->minimum = mm_take(memory, pool->mentors, 1);
    people->priority = mm_take(memory, pool->mentees, 1);
    people->distinct = mm_take(memory, pool->mentees, 1);
    people->background = mm_take(memory, pool->mentors, sizeof(uint32_t));
    people->mentee_id = mm_take(memory, pool->mentees, sizeof(uint64_t));
    people->mentor_id = mm_take(memory, pool->mentors, sizeof(uint64_t));
    if (!people->wants || !people->capacity || !people->minimum || !people->priority ||
        !people->distinct || !people->background || !people->mentee_id || !people->mentor_id ||
        !fill_backgrounds(check, pool, people->background)) {
        return check_refuse(check, MM_NO_MEMORY, "Memory ran out.", CHECK_NOWHERE);
    }
    fill_people(pool, people);
    people->instance = (struct mm_instance){.mentees = pool->mentees,
                                            .mentors = pool->mentors,
                                            .wants = people->wants,
                                            .capacity = people->capacity,
                                            .minimum = people->minimum,
                                            .priority = people->priority,
                                            .distinct = people->distinct,
                                            .background = people->background,
                                            .mentee_id = people->mentee_id,
                                            .mentor_id = people->mentor_id,
                                            .pin = pool->pin,
                                            .pins = pool->pins,
                                            .ban = pool->ban,
                                            .bans = pool->bans,
                                            .was = pool->was,
                                            .was_count = pool->was_count};
    return MM_OK;
}

static void people_close(const struct check *check, struct people *people)
{
    mm_give(&check->memory, people->wants);
    mm_give(&check->memory, people->capacity);
    mm_give(&check->memory, people->minimum);
    mm_give(&check->memory, people->priority);
    mm_give(&check->memory, people->distinct);
    mm_give(&check->memory, people->background);
    mm_give(&check->memory, people->mentee_id);
    mm_give(&check->memory, people->mentor_id);
}

/* ---- a source of pairs ---- */

static void row_of_pool(const void *context, uint32_t mentee, uint16_t *room,
                        struct check_row *ret_row)
{
    const struct check_judge *judge = context;
    struct check_seeker seeker;
    check_seeker_fill(judge, mentee, &seeker);
    for (uint32_t j = 0; j < judge->pool->mentors; j++) {
        room[j] = check_judge_pair(judge, &seeker, j);
    }
    *ret_row = (struct check_row){.score = room, .count = judge->pool->mentors};
}

static uint16_t score_of_pool(const void *context, uint32_t mentee, uint32_t mentor)
{
    const struct check_judge *judge = context;
    struct check_seeker seeker;
    check_seeker_fill(judge, mentee, &seeker);
    return check_judge_pair(judge, &seeker, mentor);
}

static enum mm_status check_with(struct check *check, const struct mm_objective *objective,
                                 struct check_judge *judge, const struct people *people)
{
    check->in = &people->instance;
    check->source = (struct check_source){
        .row = row_of_pool, .score = score_of_pool, .context = judge, .room_needed = true};
    CHECK_TRY(check_people(check));
    return check_run(check, objective);
}

enum mm_status mm_check_pool(const struct mm_pool *pool, const struct mm_objective *objective,
                             const struct mm_result *result, const struct mm_options *options,
                             struct mm_fault *ret_fault)
{
    struct check check;
    struct check_judge judge;
    struct people people;
    memset(&judge, 0, sizeof(judge));
    memset(&people, 0, sizeof(people));
    check_open(&check, options, ret_fault);
    if (!pool || !result) {
        return check_refuse(&check, MM_BAD_INPUT, "There is no pool or no result to check.",
                            CHECK_NOWHERE);
    }
    check.result = result;
    enum mm_status status = check_frame(&check, pool);
    if (status == MM_OK) {
        status = judge_open(&check, pool, &judge);
    }
    if (status == MM_OK) {
        status = people_open(&check, pool, &people);
    }
    if (status == MM_OK) {
        status = check_with(&check, objective, &judge, &people);
    }
    judge_close(&check, &judge);
    people_close(&check, &people);
    check_close(&check);
    return status;
}

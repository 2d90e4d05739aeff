// SPDX-License-Identifier: Apache-2.0
/*
 * The pool of people: its default rules, and the check that stands before everything else, so that
 * nothing behind it has to doubt a number. Each refusal names the person and says what the header
 * allows. Time linear in the input, but for sorting ids and pins.
 */
#include <stdbool.h>

#include "instance.h"
#include "memory.h"
#include "score.h"
#include "sort.h"
#include "week.h"

#define GIVEN_MAX ((size_t)MM_PAIRS_MAX) /* links of one list */

static enum mm_status refuse(struct mm_fault *fault, const char *text)
{
    return fault_at(fault, MM_BAD_INPUT, text, MM_NOBODY, MM_NOBODY);
}

/* ---- default rules: docs/matching.md gives the reasons ---- */

void mm_rules_default(struct mm_rules *rules)
{
    *rules = (struct mm_rules){
        .rule =
            {
                   [MM_R_SAME_HUMAN] = {true, false, 0},
                   [MM_R_AVOID] = {true, false, 0},
                   [MM_R_VETO] = {true, false, 0},
                   [MM_R_LANGUAGE] = {true, true, 0},
                   [MM_R_OVERLAP] = {true, true, 60},
                   [MM_R_SENIORITY] = {true, true, 1},
                   [MM_R_EMPLOYER] = {false, true, 0},
                   [MM_R_LINE] = {true, true, 0},
                   [MM_R_ASKS_WOMAN] = {true, false, 0},
                   [MM_R_OPEN_TO_ALL] = {true, true, 0},
                   [MM_R_PLACE] = {true, false, 0},
                   [MM_R_FORMAT] = {false, true, 0},
                   [MM_R_ZONE] = {false, true, 360},
                   [MM_R_TOPIC] = {false, true, 1},
                   [MM_R_LOW_SCORE] = {false, false, 0},
                   },
        .weight =
            {
                   [MM_C_TOPICS] = {10, false},
                   [MM_C_LEVELS] = {3, false},
                   [MM_C_SENIORITY] = {5, false},
                   [MM_C_INTERESTS] = {3, false},
                   [MM_C_VALUES] = {7, false},
                   [MM_C_LANGUAGES] = {2, false},
                   [MM_C_OVERLAP] = {5, false},
                   [MM_C_ZONE] = {2, false},
                   [MM_C_INDUSTRY] = {2, false},
                   [MM_C_FORMAT] = {1, false},
                   [MM_C_CADENCE] = {2, false},
                   [MM_C_CHOICE_MENTEE] = {3, false},
                   [MM_C_CHOICE_MENTOR] = {2, false},
                   },
        .seniority_best = 2,
        .overlap_enough = 240,
    };
}

/* ---- rules and lists ---- */

static enum mm_status check_rules(const struct mm_rules *rules, struct mm_fault *fault)
{
    for (uint32_t c = 0; c < MM_CRITERIA; c++) {
        if (rules->weight[c].weight > 10) {
            return refuse(fault, "A criterion's weight must lie between 0 and 10.");
        }
    }
    if (rules->rule[MM_R_OVERLAP].amount > 15 * MM_WEEK_SLOTS ||
        rules->overlap_enough > 15 * MM_WEEK_SLOTS) {
        return refuse(fault, "An overlap must be at most the minutes of a week, 10080.");
    }
    if (rules->rule[MM_R_SENIORITY].amount > SENIORITY_MAX ||
        rules->seniority_best > SENIORITY_MAX) {
        return refuse(fault, "A gap in seniority must lie between 0 and 20 grades.");
    }
    if (rules->rule[MM_R_ZONE].amount > ZONE_MINUTES_MAX) {
        return refuse(fault, "A distance of zones must lie between 0 and 1440 minutes.");
    }
    if (rules->rule[MM_R_TOPIC].amount > 100) {
        return refuse(fault, "A topic is covered by 100 percent at most.");
    }
    if (rules->rule[MM_R_LOW_SCORE].amount > MM_SCORE_MAX) {
        return refuse(fault, "A lowest score must lie between 0 and 10000.");
    }
    return MM_OK;
}

static enum mm_status check_links(const struct mm_pool *pool, const struct mm_link *link,
                                  size_t count, struct mm_fault *fault)
{
    if (count > GIVEN_MAX) {
        return fault_at(fault, MM_LIMIT, "A list of pairs is longer than the limit.", MM_NOBODY,
                        MM_NOBODY);
    }
    if (count > 0 && !link) {
        return refuse(fault, "A list of pairs is announced but missing.");
    }
    for (size_t k = 0; k < count; k++) {
        if (link[k].mentee >= pool->mentees || link[k].mentor >= pool->mentors) {
            return refuse(fault, "A list of pairs names a person who does not exist.");
        }
    }
    return MM_OK;
}

enum mm_status pool_check_frame(const struct mm_pool *pool, struct mm_fault *fault)
{
    if (!pool) {
        return refuse(fault, "There is no pool.");
    }
    if (pool->mentees > MM_SIDE_MAX || pool->mentors > MM_SIDE_MAX) {
        return fault_at(fault, MM_LIMIT, "There are more people than the limit of one side.",
                        MM_NOBODY, MM_NOBODY);
    }
    if ((pool->mentees > 0 && !pool->mentee) || (pool->mentors > 0 && !pool->mentor)) {
        return refuse(fault, "People are announced but missing.");
    }
    if (pool->phases > MM_PHASES_MAX) {
        return fault_at(fault, MM_LIMIT, "There are more phases than the limit.", MM_NOBODY,
                        MM_NOBODY);
    }
    if (pool->topic_count > TOPIC_NUMBERS_MAX) {
        return fault_at(fault, MM_LIMIT, "There are more topic numbers than the limit, 1000000.",
                        MM_NOBODY, MM_NOBODY);
    }
    enum mm_status status = pool->rules ? check_rules(pool->rules, fault) : MM_OK;
    if (status == MM_OK) {
        status = check_links(pool, pool->avoid, pool->avoids, fault);
    }
    return status == MM_OK ? check_links(pool, pool->ban, pool->bans, fault) : status;
}

/* ---- people ---- */

static const char *topics_fault(const struct mm_pool *pool, const struct mm_person *person,
                                uint8_t amount_max)
{
    if (person->topics > MM_TOPICS_MAX) {
        return "A person has more topics than the limit, 64.";
    }
    if (person->topics > 0 && !person->topic) {
        return "A person's topics are announced but missing.";
    }
    for (uint32_t k = 0; k < person->topics; k++) {
        const struct mm_topic *topic = &person->topic[k];
        if (topic->topic >= pool->topic_count) {
            return "A topic's number must be below the pool's number of topics.";
        }
        if (topic->amount < 1 || topic->amount > amount_max) {
            return "A wish weighs 1 to 10, and an offer covers 1 to 100 percent.";
        }
        if (topic->level > 4) {
            return "A topic's level must lie between 0 and 4.";
        }
        for (uint32_t before = 0; before < k; before++) {
            if (person->topic[before].topic == topic->topic) {
                return "A person names a topic twice.";
            }
        }
    }
    return NULL;
}

static const char *answers_fault(const struct mm_person *person)
{
    for (uint32_t k = 0; k < MM_VALUES_MAX; k++) {
        if (person->values[k] > 5) {
            return "An answer to a statement must lie between 0 and 5.";
        }
    }
    if (person->seniority > SENIORITY_MAX) {
        return "A seniority must lie between 0 and 20.";
    }
    if ((uint32_t)person->woman > MM_NO || (uint32_t)person->asks > MM_NO) {
        return "An answer must be unknown, yes or no.";
    }
    return NULL;
}

static const char *times_fault(const struct mm_person *person, uint32_t phases)
{
    for (uint32_t p = 0; p < phases; p++) {
        int16_t zone = person->zone_minutes[p];
        bool good = zone % 15 == 0 && zone >= -ZONE_MINUTES_MAX && zone <= ZONE_MINUTES_MAX;
        if (zone != MM_ZONE_UNKNOWN && !good) {
            return "A zone must be a multiple of 15 minutes between -1440 and 1440, or unknown.";
        }
    }
    if (person->good && !person->possible) {
        return "A person has preferred hours but no possible ones.";
    }
    if (!person->possible) {
        return NULL;
    }
    if (person->possible[MM_WEEK_WORDS - 1] & WEEK_SPARE) {
        return "The last 32 bits of a week must be zero.";
    }
    for (uint32_t w = 0; person->good && w < MM_WEEK_WORDS; w++) {
        if (person->good[w] & ~person->possible[w]) {
            return "A person's preferred hours must be among the possible ones.";
        }
    }
    return NULL;
}

static const char *choices_fault(const struct mm_person *person, uint32_t others)
{
    if (person->choices > MM_CHOICES_MAX) {
        return "A person ranks more people than the limit, 10.";
    }
    if ((person->choices > 0 && !person->choice) || (person->vetoes > 0 && !person->veto)) {
        return "A person's choices or vetoes are announced but missing.";
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
                                uint8_t amount_max, uint32_t others)
{
    const char *text = topics_fault(pool, person, amount_max);
    if (!text) {
        text = answers_fault(person);
    }
    if (!text) {
        text = times_fault(person, pool->phases == 0 ? 1 : pool->phases);
    }
    return text ? text : choices_fault(person, others);
}

enum mm_status pool_check_mentee(const struct mm_pool *pool, uint32_t mentee,
                                 struct mm_fault *fault)
{
    if (mentee >= pool->mentees) {
        return refuse(fault, "There is no such mentee.");
    }
    const struct mm_person *person = &pool->mentee[mentee];
    const char *text = person_fault(pool, person, 10, pool->mentors);
    if (!text && person->places > MM_WANTS_MAX) {
        text = "A mentee may want 1 to 3 mentors.";
    }
    return text ? fault_at(fault, MM_BAD_INPUT, text, mentee, MM_NOBODY) : MM_OK;
}

enum mm_status pool_check_mentor(const struct mm_pool *pool, uint32_t mentor,
                                 struct mm_fault *fault)
{
    if (mentor >= pool->mentors) {
        return refuse(fault, "There is no such mentor.");
    }
    const struct mm_person *person = &pool->mentor[mentor];
    const char *text = person_fault(pool, person, 100, pool->mentees);
    if (!text && person->places > MM_CAPACITY_MAX) {
        text = "A mentor's capacity must lie between 0 and 20.";
    }
    if (!text && person->places_min > 1 && person->places_min > person->places) {
        text = "A circle's minimum is larger than its capacity.";
    }
    return text ? fault_at(fault, MM_BAD_INPUT, text, MM_NOBODY, mentor) : MM_OK;
}

/* ---- ids ---- */

/* Refuses two people with one id. Names the later one of the two. */
static enum mm_status check_ids(const struct mm_person *person, uint32_t count, bool mentees,
                                const struct mm_memory *memory, struct mm_fault *fault)
{
    struct keyed *items = mm_take_raw(memory, count, sizeof(*items));
    struct keyed *spare = items ? mm_take_raw(memory, count, sizeof(*spare)) : NULL;
    if (!spare) {
        mm_give(memory, items);
        return fault_at(fault, MM_NO_MEMORY, "Memory ran out.", MM_NOBODY, MM_NOBODY);
    }
    for (uint32_t k = 0; k < count; k++) {
        items[k] = (struct keyed){person[k].id, k};
    }
    sort_keyed(items, spare, count);
    enum mm_status status = MM_OK;
    for (uint32_t k = 1; k < count && status == MM_OK; k++) {
        if (items[k].key == items[k - 1].key) {
            uint32_t at = (uint32_t)items[k].value;
            status = fault_at(fault, MM_BAD_INPUT, "Two people on one side have the same id.",
                              mentees ? at : MM_NOBODY, mentees ? MM_NOBODY : at);
        }
    }
    mm_give(memory, spare);
    mm_give(memory, items);
    return status;
}

/* ---- pins ---- */

static enum mm_status contradict(struct mm_fault *fault, struct mm_link pin, const char *text)
{
    return fault_at(fault, MM_CONTRADICTION, text, pin.mentee, pin.mentor);
}

static uint64_t link_key(struct mm_link link)
{
    return (uint64_t)link.mentee << 32 | link.mentor;
}

static struct mm_link link_of(uint64_t key)
{
    return (struct mm_link){(uint32_t)(key >> 32), (uint32_t)key};
}

static bool sorted_has(const uint64_t *key, size_t count, uint64_t wanted)
{
    size_t low = 0;
    while (count > 0) {
        size_t half = count / 2;
        if (key[low + half] == wanted) {
            return true;
        }
        if (key[low + half] < wanted) {
            low += half + 1;
            count -= half + 1;
            continue;
        }
        count = half;
    }
    return false;
}

/* The links as keys in order, each once. NULL: memory ran out. */
static uint64_t *sorted_links(const struct mm_link *link, size_t *count,
                              const struct mm_memory *memory)
{
    uint64_t *key = mm_take_raw(memory, *count, sizeof(*key));
    if (!key) {
        return NULL;
    }
    for (size_t k = 0; k < *count; k++) {
        key[k] = link_key(link[k]);
    }
    sort_keys(key, *count);
    size_t kept = 0;
    for (size_t k = 0; k < *count; k++) {
        if (kept == 0 || key[kept - 1] != key[k]) {
            key[kept++] = key[k];
        }
    }
    *count = kept;
    return key;
}

/* Pins of one mentee, at most MM_WANTS_MAX of them, against each other. */
static enum mm_status check_backgrounds(const struct mm_pool *pool, const uint64_t *pin,
                                        size_t count, struct mm_fault *fault)
{
    if (!pool->mentee[link_of(pin[0]).mentee].distinct) {
        return MM_OK;
    }
    for (size_t k = 1; k < count; k++) {
        for (size_t before = 0; before < k; before++) {
            if (pool_background(pool, link_of(pin[k]).mentor) ==
                pool_background(pool, link_of(pin[before]).mentor)) {
                return contradict(
                    fault, link_of(pin[k]),
                    "Two required mentors of a mentee who asks for different backgrounds share one.");
            }
        }
    }
    return MM_OK;
}

/* Pins and bans in order, and how many pins each mentor has so far. */
struct pin_check {
    const uint64_t *pin;
    size_t pins;
    const uint64_t *ban;
    size_t bans;
    uint8_t *load;
};

/* The pins, in order, against the bans, the rules, the mentees' wants and the mentors' places. */
static enum mm_status check_sorted_pins(const struct mm_pool *pool, const struct pin_check *check,
                                        struct mm_fault *fault)
{
    const uint64_t *pin = check->pin;
    struct judge judge;
    judge_open(pool, &judge);
    size_t first = 0; /* first pin of the same mentee */
    for (size_t k = 0; k < check->pins; k++) {
        struct mm_link link = link_of(pin[k]);
        first = link_of(pin[first]).mentee == link.mentee ? first : k;
        if (sorted_has(check->ban, check->bans, pin[k])) {
            return contradict(fault, link, "A pair is both required and forbidden.");
        }
        struct mm_explanation explanation;
        judge_pair(&judge, link, &explanation);
        if (!explanation.allowed) {
            return contradict(fault, link, "A required pair is not allowed by the rules.");
        }
        uint8_t wants = pool->mentee[link.mentee].places;
        if (k - first + 1 > (wants == 0 ? 1u : wants)) {
            return contradict(
                fault, link,
                "More pairs are required for a mentee than the number of mentors she wants.");
        }
        if (check->load[link.mentor] == pool->mentor[link.mentor].places) {
            return contradict(fault, link,
                              "More pairs are required for a mentor than she has places.");
        }
        check->load[link.mentor]++;
        enum mm_status status = check_backgrounds(pool, pin + first, k - first + 1, fault);
        if (status != MM_OK) {
            return status;
        }
    }
    return MM_OK;
}

static enum mm_status check_pins(const struct mm_pool *pool, const struct mm_memory *memory,
                                 struct mm_fault *fault)
{
    if (pool->pins == 0) {
        return MM_OK;
    }
    size_t pins = pool->pins;
    size_t bans = pool->bans;
    uint64_t *pin = sorted_links(pool->pin, &pins, memory);
    uint64_t *ban = pin ? sorted_links(pool->ban, &bans, memory) : NULL;
    uint8_t *load = ban ? mm_take(memory, pool->mentors, 1) : NULL;
    enum mm_status status = MM_OK;
    if (!load) {
        status = fault_at(fault, MM_NO_MEMORY, "Memory ran out.", MM_NOBODY, MM_NOBODY);
    }
    if (load) {
        struct pin_check check = {pin, pins, ban, bans, load};
        status = check_sorted_pins(pool, &check, fault);
    }
    mm_give(memory, load);
    mm_give(memory, ban);
    mm_give(memory, pin);
    return status;
}

/* ---- the whole ---- */

uint64_t pool_background(const struct mm_pool *pool, uint32_t mentor)
{
    const struct mm_person *person = &pool->mentor[mentor];
    if (person->background != 0) {
        return UINT64_C(1) << 32 | person->background;
    }
    if (person->employer != 0) {
        return UINT64_C(2) << 32 | person->employer;
    }
    return UINT64_C(3) << 32 | mentor;
}

enum mm_status pool_check(const struct mm_pool *pool, const struct mm_memory *memory,
                          struct mm_fault *fault)
{
    enum mm_status status = pool_check_frame(pool, fault);
    if (status == MM_OK) {
        status = check_links(pool, pool->pin, pool->pins, fault);
    }
    if (status == MM_OK) {
        status = check_links(pool, pool->was, pool->was_count, fault);
    }
    if (status != MM_OK) {
        return status;
    }
    for (uint32_t i = 0; i < pool->mentees && status == MM_OK; i++) {
        status = pool_check_mentee(pool, i, fault);
    }
    for (uint32_t j = 0; j < pool->mentors && status == MM_OK; j++) {
        status = pool_check_mentor(pool, j, fault);
    }
    if (status == MM_OK) {
        status = check_ids(pool->mentee, pool->mentees, true, memory, fault);
    }
    if (status == MM_OK) {
        status = check_ids(pool->mentor, pool->mentors, false, memory, fault);
    }
    return status == MM_OK ? check_pins(pool, memory, fault) : status;
}

enum mm_status mm_pool_check(const struct mm_pool *pool, struct mm_fault *ret_fault)
{
    struct mm_memory memory = {0};
    return pool_check(pool, &memory, ret_fault);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * From people to a plain instance: the allowed pairs of a pool, all of them or the best of each
 * mentee, with what the header says about order and bounds.
 *
 * Mentees are looked at in rounds of a few thousand, each cut into tasks that share nothing but the
 * prepared pool; every mentee's row has its own place from the start, so neither the number of
 * threads nor their luck can show in the result. Memory is taken on the calling thread only.
 *
 * Pinned pairs and pairs of the earlier result are always in, beside the best: the solver must be
 * able to see them.
 */
#include <string.h>

#include "instance.h"
#include "memory.h"
#include "score.h"
#include "sort.h"

#define TASKS_MAX 64u
#define TASK_MENTEES 64u
#define ROUND_ALONE 16u /* tasks of a round without threads */

struct lookout { /* what one task has for itself */
    struct mm_scan *scan;
    struct mm_found *found;
    uint16_t *row;
};

struct search {
    const struct mm_pool *pool;
    struct mm_options options;
    struct mm_prepared *prepared;
    struct mm_candidates made;
    uint64_t *extra; /* pinned and earlier pairs as mentee << 32 | mentor, in order, each once */
    size_t extras;
    uint64_t *extra_first; /* by mentee */
    uint32_t *order;       /* mentees, alike next to alike */
    uint64_t *place;       /* where each mentee's row begins, before gaps are closed */
    uint32_t *count;       /* pairs of each row */
    uint32_t most;         /* 0: all */
    bool counting;         /* all pairs: the first pass */
    uint64_t seed;
    uint32_t tasks;
    uint32_t next; /* first mentee of the round, in order */
    struct lookout *lookout;
    struct mm_fault *fault;
};

/* Everything that the instance points to; the pointers stand in the instance too. */
struct owned {
    uint64_t *first;
    uint32_t *mentor;
    uint16_t *score;
    uint16_t *bound;
    uint8_t *wants;
    uint8_t *capacity;
    uint8_t *minimum;
    uint8_t *priority;
    uint8_t *distinct;
    uint32_t *background;
    uint64_t *mentee_id;
    uint64_t *mentor_id;
    struct mm_link *pin;
    struct mm_link *ban;
    struct mm_link *was;
};

void mm_candidates_free(struct mm_candidates *candidates)
{
    if (!candidates) {
        return;
    }
    struct mm_memory memory = candidates->memory;
    struct owned *owned = candidates->owned;
    if (owned) {
        void *blocks[] = {owned->first,    owned->mentor,     owned->score,     owned->bound,
                          owned->wants,    owned->capacity,   owned->minimum,   owned->priority,
                          owned->distinct, owned->background, owned->mentee_id, owned->mentor_id,
                          owned->pin,      owned->ban,        owned->was,       owned};
        for (size_t k = 0; k < sizeof(blocks) / sizeof(*blocks); k++) {
            mm_give(&memory, blocks[k]);
        }
    }
    *candidates = (struct mm_candidates){0};
}

/* ---- what is copied ---- */

static bool copy_links(const struct mm_memory *memory, const struct mm_link *link, size_t count,
                       struct mm_link **ret_copy)
{
    *ret_copy = mm_take_raw(memory, count, sizeof(**ret_copy));
    if (*ret_copy && count > 0) {
        memcpy(*ret_copy, link, count * sizeof(**ret_copy));
    }
    return *ret_copy;
}

static bool take_people(struct search *search, struct owned *owned)
{
    const struct mm_memory *memory = &search->options.memory;
    const struct mm_pool *pool = search->pool;
    owned->bound = mm_take_raw(memory, pool->mentees, sizeof(*owned->bound));
    owned->wants = mm_take_raw(memory, pool->mentees, 1);
    owned->priority = mm_take_raw(memory, pool->mentees, 1);
    owned->distinct = mm_take_raw(memory, pool->mentees, 1);
    owned->mentee_id = mm_take_raw(memory, pool->mentees, sizeof(*owned->mentee_id));
    owned->capacity = mm_take_raw(memory, pool->mentors, 1);
    owned->minimum = mm_take_raw(memory, pool->mentors, 1);
    owned->background = mm_take_raw(memory, pool->mentors, sizeof(*owned->background));
    owned->mentor_id = mm_take_raw(memory, pool->mentors, sizeof(*owned->mentor_id));
    return owned->bound && owned->wants && owned->priority && owned->distinct && owned->mentee_id &&
           owned->capacity && owned->minimum && owned->background && owned->mentor_id &&
           copy_links(memory, pool->pin, pool->pins, &owned->pin) &&
           copy_links(memory, pool->ban, pool->bans, &owned->ban) &&
           copy_links(memory, pool->was, pool->was_count, &owned->was);
}

/* Numbers the backgrounds from 0, as the order of their keys has it. */
static bool number_backgrounds(struct search *search, uint32_t *background)
{
    const struct mm_memory *memory = &search->options.memory;
    uint32_t mentors = search->pool->mentors;
    struct keyed *items = mm_take_raw(memory, mentors, sizeof(*items));
    struct keyed *spare = items ? mm_take_raw(memory, mentors, sizeof(*spare)) : NULL;
    if (spare) {
        for (uint32_t j = 0; j < mentors; j++) {
            items[j] = (struct keyed){pool_background(search->pool, j), j};
        }
        sort_keyed(items, spare, mentors);
        uint32_t class = 0;
        for (uint32_t k = 0; k < mentors; k++) {
            class += k > 0 && items[k].key != items[k - 1].key;
            background[items[k].value] = class;
        }
    }
    bool complete = spare != NULL;
    mm_give(memory, spare);
    mm_give(memory, items);
    return complete;
}

static void fill_people(const struct mm_pool *pool, const struct owned *owned)
{
    for (uint32_t i = 0; i < pool->mentees; i++) {
        const struct mm_person *person = &pool->mentee[i];
        owned->wants[i] = person->places == 0 ? 1 : person->places;
        owned->priority[i] = person->priority;
        owned->distinct[i] = person->distinct;
        owned->mentee_id[i] = person->id;
        owned->bound[i] = MM_NOT_ALLOWED;
    }
    for (uint32_t j = 0; j < pool->mentors; j++) {
        const struct mm_person *person = &pool->mentor[j];
        owned->capacity[j] = person->places;
        owned->minimum[j] = person->places_min;
        owned->mentor_id[j] = person->id;
    }
}

static enum mm_status make_instance(struct search *search)
{
    const struct mm_pool *pool = search->pool;
    struct owned *owned = mm_take(&search->options.memory, 1, sizeof(*owned));
    search->made.owned = owned;
    if (!owned || !take_people(search, owned) || !number_backgrounds(search, owned->background)) {
        return MM_NO_MEMORY;
    }
    fill_people(pool, owned);
    search->made.bound = owned->bound;
    search->made.instance = (struct mm_instance){
        .mentees = pool->mentees,
        .mentors = pool->mentors,
        .wants = owned->wants,
        .capacity = owned->capacity,
        .minimum = owned->minimum,
        .priority = owned->priority,
        .distinct = owned->distinct,
        .background = owned->background,
        .mentee_id = owned->mentee_id,
        .mentor_id = owned->mentor_id,
        .pin = owned->pin,
        .pins = pool->pins,
        .ban = owned->ban,
        .bans = pool->bans,
        .was = owned->was,
        .was_count = pool->was_count,
    };
    return MM_OK;
}

/* ---- pinned and earlier pairs ---- */

static enum mm_status find_extras(struct search *search)
{
    const struct mm_pool *pool = search->pool;
    const struct mm_memory *memory = &search->options.memory;
    size_t all = pool->pins + pool->was_count;
    search->extra = mm_take_raw(memory, all, sizeof(*search->extra));
    search->extra_first = mm_take(memory, (size_t)pool->mentees + 1, sizeof(*search->extra_first));
    if (!search->extra || !search->extra_first) {
        return MM_NO_MEMORY;
    }
    for (size_t k = 0; k < all; k++) {
        struct mm_link link = k < pool->pins ? pool->pin[k] : pool->was[k - pool->pins];
        search->extra[k] = (uint64_t)link.mentee << 32 | link.mentor;
    }
    sort_keys(search->extra, all);
    for (size_t k = 0; k < all; k++) {
        uint64_t key = search->extra[k];
        if (search->extras > 0 && search->extra[search->extras - 1] == key) {
            continue;
        }
        search->extra[search->extras++] = key;
        search->extra_first[(key >> 32) + 1]++;
    }
    for (uint32_t i = 0; i < pool->mentees; i++) {
        search->extra_first[i + 1] += search->extra_first[i];
    }
    return MM_OK;
}

/* ---- order and places ---- */

static uint64_t alike_key(const struct mm_person *person, uint32_t phases)
{
    uint32_t summer = (uint32_t)(person->zone_minutes[0] - INT16_MIN);
    uint32_t winter = (uint32_t)(person->zone_minutes[phases - 1] - INT16_MIN);
    uint32_t topic = person->topics > 0 ? person->topic[0].topic : 0;
    return (uint64_t)summer << 48 | (uint64_t)winter << 32 | (uint64_t)person->seniority << 20 |
           topic;
}

static enum mm_status order_mentees(struct search *search)
{
    const struct mm_pool *pool = search->pool;
    const struct mm_memory *memory = &search->options.memory;
    search->order = mm_take_raw(memory, pool->mentees, sizeof(*search->order));
    struct keyed *items = mm_take_raw(memory, pool->mentees, sizeof(*items));
    struct keyed *spare = mm_take_raw(memory, pool->mentees, sizeof(*spare));
    bool complete = search->order && items && spare;
    for (uint32_t i = 0; complete && i < pool->mentees; i++) {
        items[i] =
            (struct keyed){alike_key(&pool->mentee[i], pool->phases == 0 ? 1 : pool->phases), i};
    }
    if (complete) {
        sort_keyed(items, spare, pool->mentees);
    }
    for (uint32_t k = 0; complete && k < pool->mentees; k++) {
        search->order[k] = (uint32_t)items[k].value;
    }
    mm_give(memory, spare);
    mm_give(memory, items);
    return complete ? MM_OK : MM_NO_MEMORY;
}

static enum mm_status refuse_size(struct search *search)
{
    return fault_at(search->fault, MM_LIMIT, "There are more allowed pairs than the limit.",
                    MM_NOBODY, MM_NOBODY);
}

/* Room for rows of these lengths, one behind the other. */
static enum mm_status take_rows(struct search *search)
{
    struct owned *owned = search->made.owned;
    uint64_t sum = 0;
    for (uint32_t i = 0; i < search->pool->mentees; i++) {
        search->place[i] = sum;
        sum += search->count[i];
    }
    if (sum > MM_PAIRS_MAX) {
        return refuse_size(search);
    }
    const struct mm_memory *memory = &search->options.memory;
    owned->first = mm_take(memory, (size_t)search->pool->mentees + 1, sizeof(*owned->first));
    owned->mentor = mm_take_raw(memory, sum, sizeof(*owned->mentor));
    owned->score = mm_take_raw(memory, sum, sizeof(*owned->score));
    return owned->first && owned->mentor && owned->score ? MM_OK : MM_NO_MEMORY;
}

static enum mm_status place_rows(struct search *search)
{
    uint32_t mentees = search->pool->mentees;
    search->place = mm_take_raw(&search->options.memory, mentees, sizeof(*search->place));
    search->count = mm_take(&search->options.memory, mentees, sizeof(*search->count));
    if (!search->place || !search->count) {
        return MM_NO_MEMORY;
    }
    if (search->most == 0) {
        return MM_OK; /* the first pass counts */
    }
    for (uint32_t i = 0; i < mentees; i++) {
        uint64_t extras = search->extra_first[i + 1] - search->extra_first[i];
        search->count[i] = search->most + (uint32_t)extras;
    }
    return take_rows(search);
}

/* ---- one mentee ---- */

static void put(struct search *search, uint32_t mentee, uint32_t mentor, uint32_t score)
{
    struct owned *owned = search->made.owned;
    uint64_t at = search->place[mentee] + search->count[mentee]++;
    owned->mentor[at] = mentor;
    owned->score[at] = (uint16_t)score;
}

static void find_all(struct search *search, struct lookout *lookout, uint32_t mentee)
{
    mm_scan_row(lookout->scan, mentee, lookout->row);
    search->count[mentee] = 0;
    for (uint32_t j = 0; j < search->pool->mentors; j++) {
        if (lookout->row[j] == MM_NOT_ALLOWED) {
            continue;
        }
        if (search->counting) {
            search->count[mentee]++;
            continue;
        }
        put(search, mentee, j, lookout->row[j]);
    }
}

static void find_best(struct search *search, struct lookout *lookout, uint32_t mentee)
{
    uint64_t from = search->extra_first[mentee];
    uint32_t extras = (uint32_t)(search->extra_first[mentee + 1] - from);
    struct owned *owned = search->made.owned;
    /* Her own places in the table hold the list of those to pass over until they are filled. */
    uint32_t *without = &owned->mentor[search->place[mentee]];
    for (uint32_t k = 0; k < extras; k++) {
        without[k] = (uint32_t)search->extra[from + k];
    }
    struct mm_wanted wanted = {search->seed, search->most, without, extras};
    uint32_t count =
        mm_scan_best(lookout->scan, mentee, &wanted, lookout->found, &owned->bound[mentee]);
    search->count[mentee] = 0;
    for (uint32_t k = 0; k < count; k++) {
        put(search, mentee, lookout->found[k].mentor, lookout->found[k].score);
    }
    for (uint32_t k = 0; k < extras; k++) {
        uint32_t mentor = (uint32_t)search->extra[from + k];
        uint32_t score = mm_prepared_score(search->prepared, mentee, mentor);
        if (score != MM_NOT_ALLOWED) {
            put(search, mentee, mentor, score);
        }
    }
}

static void search_task(void *job, uint32_t k)
{
    struct search *search = job;
    uint32_t from = search->next + k * TASK_MENTEES;
    for (uint32_t at = from; at < from + TASK_MENTEES && at < search->pool->mentees; at++) {
        if (search->most == 0) {
            find_all(search, &search->lookout[k], search->order[at]);
            continue;
        }
        find_best(search, &search->lookout[k], search->order[at]);
    }
}

/* ---- rounds ---- */

static enum mm_status search_mentees(struct search *search)
{
    const struct mm_progress *progress = &search->options.progress;
    uint32_t mentees = search->pool->mentees;
    const char *step = search->counting ? "pairs" : "candidates";
    for (search->next = 0; search->next < mentees; search->next += search->tasks * TASK_MENTEES) {
        if (progress->tell && !progress->tell(progress->context, step, search->next, mentees)) {
            return fault_at(search->fault, MM_STOPPED, "The search was stopped.", MM_NOBODY,
                            MM_NOBODY);
        }
        if (search->options.threads.run) {
            search->options.threads.run(search->options.threads.context, search_task, search,
                                        search->tasks);
            continue;
        }
        for (uint32_t k = 0; k < search->tasks; k++) {
            search_task(search, k);
        }
    }
    return MM_OK;
}

static enum mm_status open_lookouts(struct search *search)
{
    const struct mm_memory *memory = &search->options.memory;
    uint32_t needed = (search->pool->mentees + TASK_MENTEES - 1) / TASK_MENTEES;
    search->tasks = search->options.threads.run ? TASKS_MAX : ROUND_ALONE;
    search->tasks = needed < search->tasks ? needed : search->tasks;
    search->tasks = search->tasks == 0 ? 1 : search->tasks;
    search->lookout = mm_take(memory, search->tasks, sizeof(*search->lookout));
    if (!search->lookout) {
        return MM_NO_MEMORY;
    }
    for (uint32_t k = 0; k < search->tasks; k++) {
        struct lookout *lookout = &search->lookout[k];
        if (k > 0 && !search->options.threads.run) {
            *lookout = search->lookout[0];
            continue;
        }
        lookout->scan = mm_scan_open(search->prepared, memory, search->most);
        lookout->found = mm_take_raw(memory, search->most, sizeof(*lookout->found));
        lookout->row = mm_take_raw(memory, search->most == 0 ? search->pool->mentors : 1,
                                   sizeof(*lookout->row));
        if (!lookout->scan || !lookout->found || !lookout->row) {
            return MM_NO_MEMORY;
        }
    }
    return MM_OK;
}

static void close_lookouts(struct search *search)
{
    const struct mm_memory *memory = &search->options.memory;
    uint32_t own = search->options.threads.run || !search->lookout ? search->tasks : 1;
    for (uint32_t k = 0; search->lookout && k < own; k++) {
        mm_scan_close(search->lookout[k].scan);
        mm_give(memory, search->lookout[k].found);
        mm_give(memory, search->lookout[k].row);
    }
    mm_give(memory, search->lookout);
}

/* Moves the rows together; they only move down. */
static void close_gaps(struct search *search)
{
    struct owned *owned = search->made.owned;
    uint64_t to = 0;
    for (uint32_t i = 0; i < search->pool->mentees; i++) {
        uint64_t from = search->place[i];
        uint32_t count = search->count[i];
        owned->first[i] = to;
        memmove(&owned->mentor[to], &owned->mentor[from], count * sizeof(*owned->mentor));
        memmove(&owned->score[to], &owned->score[from], count * sizeof(*owned->score));
        to += count;
    }
    owned->first[search->pool->mentees] = to;
    search->made.instance.first = owned->first;
    search->made.instance.mentor = owned->mentor;
    search->made.instance.score = owned->score;
}

static enum mm_status search_all(struct search *search)
{
    enum mm_status status = make_instance(search);
    if (status == MM_OK) {
        status = find_extras(search);
    }
    if (status == MM_OK) {
        status = order_mentees(search);
    }
    if (status == MM_OK) {
        status = place_rows(search);
    }
    if (status == MM_OK) {
        search->prepared = mm_prepare(search->pool, &search->options.memory);
        status = search->prepared ? open_lookouts(search) : MM_NO_MEMORY;
    }
    if (status == MM_OK && search->most == 0) {
        search->counting = true;
        status = search_mentees(search);
        search->counting = false;
        status = status == MM_OK ? take_rows(search) : status;
    }
    if (status == MM_OK) {
        status = search_mentees(search);
    }
    if (status == MM_OK) {
        close_gaps(search);
    }
    return status;
}

static void search_close(struct search *search)
{
    const struct mm_memory *memory = &search->options.memory;
    close_lookouts(search);
    mm_prepared_free(search->prepared);
    mm_give(memory, search->count);
    mm_give(memory, search->place);
    mm_give(memory, search->order);
    mm_give(memory, search->extra_first);
    mm_give(memory, search->extra);
}

enum mm_status mm_candidates(const struct mm_pool *pool, uint32_t most, uint64_t seed,
                             const struct mm_options *options, struct mm_candidates *ret_candidates,
                             struct mm_fault *ret_fault)
{
    struct search search = {.pool = pool, .seed = seed, .fault = ret_fault};
    if (options) {
        search.options = *options;
    }
    enum mm_status status = pool_check(pool, &search.options.memory, ret_fault);
    if (status != MM_OK) {
        return status;
    }
    search.made.memory = search.options.memory;
    search.most = most >= pool->mentors ? 0 : most;
    status = search_all(&search);
    search_close(&search);
    if (status != MM_OK) {
        mm_candidates_free(&search.made);
        if (status == MM_NO_MEMORY) {
            fault_at(ret_fault, status, "Memory ran out.", MM_NOBODY, MM_NOBODY);
        }
        return status;
    }
    *ret_candidates = search.made;
    return MM_OK;
}

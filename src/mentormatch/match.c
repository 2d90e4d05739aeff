// SPDX-License-Identifier: Apache-2.0
/*
 * mm_match: from people to a proved result over every allowed pair of the pool. Small pools are
 * solved on all pairs, larger ones on a table of all scores, and the largest on the best few of
 * each mentee with all others priced out in the order of their scores, so that most are never
 * looked at.
 */
#include <string.h>

#include "columns.h"
#include "memory.h"
#include "score.h"
#include "strategy.h"

#define SMALL_POOL 100000u    /* mentees x mentors solved on all pairs */
#define TABLE_POOL 100000000u /* ... on a table of scores */
#define LIST_MOST 48u         /* candidates of each mentee in a larger one */
#define TABLE_TASKS 64u

struct matching {
    const struct mm_pool *pool;
    const struct mm_objective *objective;
    struct mm_options options;
    struct mm_fault *fault;
    struct mm_prepared *prepared;
    struct mm_scan *scan[TABLE_TASKS];
    uint16_t *table;
    struct mm_result *result;
};

static enum mm_status out_of_memory(struct matching *m)
{
    return fault_at(m->fault, MM_NO_MEMORY, mm_status_text(MM_NO_MEMORY), MM_NOBODY, MM_NOBODY);
}

/* ---- all pairs ---- */

static enum mm_status match_all(struct matching *m)
{
    struct mm_candidates all = {0};
    enum mm_status status = mm_candidates(m->pool, 0, 0, &m->options, &all, m->fault);
    if (status != MM_OK) {
        return status;
    }
    status = mm_solve(&all.instance, m->objective, &m->options, m->result, m->fault);
    mm_candidates_free(&all);
    return status;
}

/* ---- a table ---- */

static void table_task(void *job, uint32_t k)
{
    struct matching *m = job;
    uint32_t mentors = m->pool->mentors;
    for (uint32_t i = k; i < m->pool->mentees; i += TABLE_TASKS) {
        mm_scan_row(m->scan[k], i, m->table + (size_t)i * mentors);
    }
}

static enum mm_status fill_table(struct matching *m)
{
    const struct mm_threads *threads = &m->options.threads;
    m->table = mm_take_raw(&m->options.memory, (size_t)m->pool->mentees * m->pool->mentors,
                           sizeof(uint16_t));
    m->prepared = mm_prepare(m->pool, &m->options.memory);
    bool complete = m->table && m->prepared;
    for (uint32_t k = 0; complete && k < TABLE_TASKS; k++) {
        m->scan[k] = mm_scan_open(m->prepared, &m->options.memory, 0);
        complete = m->scan[k] != NULL;
    }
    if (!complete) {
        return out_of_memory(m);
    }
    if (threads->run) {
        threads->run(threads->context, table_task, m, TABLE_TASKS);
        return MM_OK;
    }
    for (uint32_t k = 0; k < TABLE_TASKS; k++) {
        table_task(m, k);
    }
    return MM_OK;
}

static void close_scans(struct matching *m)
{
    for (uint32_t k = 0; k < TABLE_TASKS; k++) {
        mm_scan_close(m->scan[k]);
    }
    mm_prepared_free(m->prepared);
    mm_give(&m->options.memory, m->table);
}

static enum mm_status match_table(struct matching *m)
{
    struct mm_candidates people = {0};
    enum mm_status status = mm_candidates(m->pool, 1, 0, &m->options, &people, m->fault);
    if (status != MM_OK) {
        return status;
    }
    status = fill_table(m);
    if (status == MM_OK) {
        struct mm_instance instance = people.instance;
        instance.first = NULL;
        instance.mentor = NULL;
        instance.score = m->table;
        status = mm_solve(&instance, m->objective, &m->options, m->result, m->fault);
    }
    close_scans(m);
    mm_candidates_free(&people);
    return status;
}

/* ---- lists ---- */

static uint32_t list_more(void *context, uint32_t mentee, const struct mm_wanted *wanted,
                          struct mm_found *found, uint16_t *ret_bound)
{
    const struct matching *m = context;
    return mm_scan_best(m->scan[0], mentee, wanted, found, ret_bound);
}

/* The columns take over the candidates' rows. */
static enum mm_status copy_columns(const struct mm_candidates *from, const struct mm_memory *memory,
                                   struct columns *ret_columns)
{
    uint32_t mentees = from->instance.mentees;
    size_t pairs = from->instance.first[mentees];
    struct columns columns = {.memory = *memory};
    columns.first = mm_take_raw(memory, (size_t)mentees + 1, sizeof(uint64_t));
    columns.mentor = mm_take_raw(memory, pairs, sizeof(uint32_t));
    columns.score = mm_take_raw(memory, pairs, sizeof(uint16_t));
    columns.bound = mm_take_raw(memory, mentees, sizeof(uint16_t));
    if (!columns.first || !columns.mentor || !columns.score || !columns.bound) {
        columns_release(&columns);
        return MM_NO_MEMORY;
    }
    memcpy(columns.first, from->instance.first, ((size_t)mentees + 1) * sizeof(uint64_t));
    memcpy(columns.bound, from->bound, mentees * sizeof(uint16_t));
    if (pairs > 0) {
        memcpy(columns.mentor, from->instance.mentor, pairs * sizeof(uint32_t));
        memcpy(columns.score, from->instance.score, pairs * sizeof(uint16_t));
    }
    *ret_columns = columns;
    return MM_OK;
}

static enum mm_status match_lists(struct matching *m)
{
    struct mm_candidates best = {0};
    struct columns columns = {0};
    uint64_t seed = m->objective ? m->objective->seed : 0;
    enum mm_status status = mm_candidates(m->pool, LIST_MOST, seed, &m->options, &best, m->fault);
    if (status != MM_OK) {
        return status;
    }
    status = copy_columns(&best, &m->options.memory, &columns);
    m->prepared = status == MM_OK ? mm_prepare(m->pool, &m->options.memory) : NULL;
    m->scan[0] = m->prepared ? mm_scan_open(m->prepared, &m->options.memory, COLUMNS_MORE) : NULL;
    columns.source = (struct column_source){.more = list_more, .context = m};
    if (m->scan[0]) {
        status =
            columns_solve(&best.instance, &columns, m->objective, &m->options, m->result, m->fault);
    } else {
        status = out_of_memory(m);
    }
    columns_release(&columns);
    close_scans(m);
    mm_candidates_free(&best);
    return status;
}

static bool pool_has_circles(const struct mm_pool *pool)
{
    for (uint32_t j = 0; pool->mentor && j < pool->mentors; j++) {
        if (pool->mentor[j].places_min > 1) {
            return true;
        }
    }
    return false;
}

enum mm_status match_pool(const struct mm_pool *pool, const struct mm_objective *objective,
                          const struct mm_options *options, enum match_way way,
                          struct mm_result *ret_result, struct mm_fault *ret_fault)
{
    struct matching m = {
        .pool = pool, .objective = objective, .fault = ret_fault, .result = ret_result};
    if (options) {
        m.options = *options;
    }
    enum mm_status status = pool_check(pool, &m.options.memory, ret_fault);
    if (status != MM_OK) {
        return status;
    }
    switch (way) {
    case MATCH_ALL_PAIRS:
        return match_all(&m);
    case MATCH_TABLE:
        return match_table(&m);
    case MATCH_LISTS:
        return match_lists(&m);
    }
    return MM_BAD_INPUT;
}

enum mm_status mm_match(const struct mm_pool *pool, const struct mm_objective *objective,
                        const struct mm_options *options, struct mm_result *ret_result,
                        struct mm_fault *ret_fault)
{
    uint64_t cells = (uint64_t)pool->mentees * pool->mentors;
    bool moves = objective && objective->limit_moves;
    enum match_way way = cells <= TABLE_POOL ? MATCH_TABLE : MATCH_LISTS;
    if (cells <= SMALL_POOL || moves || pool_has_circles(pool)) {
        way = MATCH_ALL_PAIRS;
    }
    return match_pool(pool, objective, options, way, ret_result, ret_fault);
}

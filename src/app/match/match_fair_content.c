// SPDX-License-Identifier: Apache-2.0
//
// How content the mentees of each group are, by what they answer on their way and at the end; see
// match_fair.h.
//
// Promises: a mean is told of five people or more, and only where no group of one to four follows
// from taking one told group from another, in whatever table, or all told parts from the whole
// (base/group.h).
#include <stdlib.h>

#include "base/group.h"

#include "app/match/match_fair.h"

struct answers {
    const struct match_fair_mentee *all;
    size_t count;
    const uint64_t *present; // who has answered
};

static void set_content(const struct answers *from, const uint64_t *bits,
                        struct match_fair_content *to)
{
    int64_t sum = 0;
    int64_t answers = 0;
    for (size_t k = 0; k < from->count; k++) {
        if (!group_has(bits, k) || !group_has(from->present, k))
            continue;
        sum += from->all[k].sum;
        answers += from->all[k].answers;
        to->people++;
    }
    to->told = answers > 0;
    to->hundredths = answers == 0 ? 0 : sum * 100 / answers;
}

// Everybody, then each group of each table, each with its people.
static enum rc make_groups(struct req *req, const struct answers *from,
                           const struct match_fair_table *tables, struct group *groups,
                           size_t *ret_count)
{
    size_t words = group_words(from->count);
    size_t count = 0;
    for (size_t t = 0; t < FAIR_TABLES; t++)
        for (size_t g = t == 0 ? 0 : 1; g <= tables[t].parts; g++) {
            uint64_t *bits = ARENA_ARRAY(req->arena, uint64_t, words);
            if (bits == NULL)
                return RC_NO_MEMORY;
            for (size_t k = 0; k < from->count; k++)
                if (g == 0 || from->all[k].group[t] == g - 1)
                    group_add(bits, k);
            groups[count++] = (struct group){g == 0 ? "all" : tables[t].name, "", "", bits, g != 0};
        }
    *ret_count = count;
    return RC_OK;
}

enum rc match_fair_content(struct req *req, const struct match_fair_mentee *all, size_t count,
                           struct match_fair_table *tables)
{
    enum { GROUPS_MOST = 1 + FAIR_TABLES * FAIR_GROUPS_MAX };
    struct group groups[GROUPS_MOST];
    bool shown[GROUPS_MOST];
    struct match_fair_content everybody = {.told = false};
    size_t words = group_words(count);
    size_t made = 0;
    uint64_t *present = ARENA_ARRAY(req->arena, uint64_t, words);
    if (present == NULL)
        return RC_NO_MEMORY;
    const struct answers from = {all, count, present};
    for (size_t k = 0; k < count; k++)
        if (all[k].answers > 0)
            group_add(present, k);
    TRY(make_groups(req, &from, tables, groups, &made));
    TRY(group_choose(req->arena, groups, made, words, present, shown));
    if (shown[0])
        set_content(&from, groups[0].bits, &everybody);
    size_t at = 1;
    for (size_t t = 0; t < FAIR_TABLES; t++) {
        for (size_t g = 0; g < tables[t].parts; g++, at++)
            if (shown[at])
                set_content(&from, groups[at].bits, &tables[t].content[g]);
        tables[t].content[tables[t].parts] = everybody;
    }
    return RC_OK;
}

// ---- what they answered ------------------------------------------------------------------------

// Both by the id of the sign-up.
enum rc match_fair_read_answers(struct req *req, int64_t cohort, struct match_fair_mentee *all,
                                size_t count)
{
    struct db_rows *rows = NULL;
    size_t at = 0;
    TRY(match_fair_answers(req, cohort, &rows));
    for (size_t k = 0; k < db_count(rows); k++) {
        while (at < count && all[at].id < db_int(rows, k, 0))
            at++;
        if (at == count || all[at].id != db_int(rows, k, 0))
            continue;
        all[at].answers = db_int(rows, k, 1);
        all[at].sum = db_int(rows, k, 2);
    }
    return RC_OK;
}

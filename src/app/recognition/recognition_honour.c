// SPDX-License-Identifier: Apache-2.0
//
// How a jury's scores become a result; pure. See recognition_honour.h.
#include "app/recognition/recognition_honour.h"

#include <stdlib.h>
#include <string.h>

// Means are compared without dividing. Those without a score come last.
static int better(const struct nominee *a, const struct nominee *b)
{
    if (a->scores == 0 || b->scores == 0)
        return (a->scores == 0) - (b->scores == 0);
    int64_t left = a->sum * b->scores;
    int64_t right = b->sum * a->scores;
    return (left < right) - (left > right);
}

static int by_mean(const void *a, const void *b)
{
    const struct nominee *one = a;
    const struct nominee *two = b;
    int order = better(one, two);
    return order != 0 ? order : strcmp(one->name, two->name);
}

void honour_rank(struct nominee *all, size_t count)
{
    if (count > 1)
        qsort(all, count, sizeof *all, by_mean);
}

size_t honour_tied(const struct nominee *ranked, size_t count)
{
    size_t tied = 0;
    while (tied < count && better(&ranked[0], &ranked[tied]) == 0)
        tied++;
    return tied;
}

bool honour_complete(const struct nominee *all, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (all[k].scores < HONOUR_SCORES_LEAST)
            return false;
    return count > 0;
}

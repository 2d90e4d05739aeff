// SPDX-License-Identifier: Apache-2.0
//
// Counting, and keeping small groups back; see measure.h.
#include "app/improve/measure.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"

void observed_people(const struct observed *all, size_t count, uint64_t *ret_bits)
{
    for (size_t k = 0; k < count; k++)
        if (all[k].whole > 0)
            group_add(ret_bits, all[k].unit);
}

// ---- values ------------------------------------------------------------------------------------

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static int64_t median(int64_t *values, size_t count)
{
    if (count == 0)
        return 0;
    qsort(values, count, sizeof values[0], by_number);
    return (values[(count - 1) / 2] + values[count / 2]) * 50;
}

// Of all parts, how much the tenth with most has; at least one person.
static int64_t top_share(int64_t *sums, size_t people, int64_t all)
{
    int64_t most = 0;
    if (people == 0 || all == 0)
        return 0;
    qsort(sums, people, sizeof sums[0], by_number);
    size_t tenth = (people + 9) / 10;
    for (size_t k = people - tenth; k < people; k++)
        most += sums[k];
    return most * 10000 / all;
}

static int64_t top_of(struct arena *arena, const struct observed_list *seen, const uint64_t *bits)
{
    const struct observed *all = seen->all;
    int64_t *sums = ARENA_ARRAY(arena, int64_t, seen->words * 64);
    int64_t total = 0;
    size_t people = 0;
    if (sums == NULL)
        return -1;
    for (size_t k = 0; k < seen->count; k++)
        if (all[k].whole > 0 && group_has(bits, all[k].unit)) {
            sums[all[k].unit] += all[k].part;
            total += all[k].part;
        }
    for (size_t unit = 0; unit < seen->words * 64; unit++)
        if (sums[unit] > 0)
            sums[people++] = sums[unit];
    return top_share(sums, people, total);
}

enum rc measure_of(struct arena *arena, enum measure_kind kind, const struct observed_list *seen,
                   const uint64_t *bits, struct measured *ret_measured)
{
    const struct observed *all = seen->all;
    const size_t count = seen->count;
    const size_t words = seen->words;
    int64_t *values = ARENA_ARRAY(arena, int64_t, count + 1);
    uint64_t *people = ARENA_ARRAY(arena, uint64_t, words);
    struct measured m = {.shown = false};
    int64_t whole = 0;
    size_t used = 0;
    if (values == NULL || people == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++) {
        if (all[k].whole <= 0 || !group_has(bits, all[k].unit))
            continue;
        group_add(people, all[k].unit);
        values[used++] = all[k].part;
        m.part += all[k].part;
        whole += all[k].whole;
    }
    m.people = (int64_t)group_size(people, words);
    m.n = (int64_t)used;
    switch (kind) {
    case MEASURE_SHARE:
    case MEASURE_NET:
        m.n = whole;
        m.value = whole == 0 ? 0 : m.part * 10000 / whole;
        break;
    case MEASURE_MEAN:
        m.value = whole == 0 ? 0 : m.part * 100 / whole;
        break;
    case MEASURE_MEDIAN:
        m.value = median(values, used);
        break;
    case MEASURE_COUNT:
        m.value = m.part * 100;
        break;
    case MEASURE_TOP:
        m.value = top_of(arena, seen, bits);
        if (m.value < 0)
            return RC_NO_MEMORY;
        break;
    }
    *ret_measured = m;
    return RC_OK;
}

// ---- months ------------------------------------------------------------------------------------

int64_t measure_month(int64_t at_us)
{
    struct date day = date_from_days(date_days_of_seconds(at_us / 1000000));
    return ((int64_t)day.year - 1970) * 12 + day.month - 1;
}

// What is not shown must be nobody, or enough people; else the smallest month that is shown goes,
// too.
static bool mend_months(const uint64_t *bits, uint64_t *left, size_t words, size_t months,
                        bool *shown)
{
    size_t smallest = months;
    size_t least = SIZE_MAX;
    memset(left, 0, words * sizeof left[0]);
    for (size_t m = 0; m <= months; m++) {
        size_t size = group_size(bits + m * words, words);
        bool told = m < months && shown[m];
        for (size_t w = 0; w < words && !told; w++)
            left[w] |= bits[m * words + w];
        if (told && size < least) {
            least = size;
            smallest = m;
        }
    }
    if (!group_is_small(group_size(left, words)) || smallest == months)
        return false;
    shown[smallest] = false;
    return true;
}

enum rc month_choose(struct arena *arena, const struct observed_list *seen, int64_t first,
                     size_t months, bool *ret_shown)
{
    const struct observed *all = seen->all;
    const size_t count = seen->count;
    const size_t words = seen->words;
    uint64_t *bits = ARENA_ARRAY(arena, uint64_t, words * (months + 1));
    uint64_t *left = ARENA_ARRAY(arena, uint64_t, words);
    if (bits == NULL || left == NULL)
        return RC_NO_MEMORY;
    // What lies outside of the months is one more part, which is never shown.
    for (size_t k = 0; k < count; k++) {
        int64_t month = measure_month(all[k].at_us) - first;
        size_t at = month < 0 || month >= (int64_t)months ? months : (size_t)month;
        if (all[k].whole > 0)
            group_add(bits + at * words, all[k].unit);
    }
    for (size_t m = 0; m < months; m++)
        ret_shown[m] = group_size(bits + m * words, words) >= GROUP_LEAST;
    while (mend_months(bits, left, words, months, ret_shown))
        continue;
    return RC_OK;
}

// SPDX-License-Identifier: Apache-2.0
//
// Hides first what is of few people; then, so that each line of totals has no hidden one alone, a
// second total; then, for each hidden number, the cheapest three others with which it can move: a
// number, one beside it, one below it, and the one across. Totals move with what they sum.
#include "base/suppress.h"

enum { DEAR = 1 << 20 }; // hiding a zero tells that it may be none: only when nothing else helps

struct corner {
    size_t row;
    size_t column;
};

bool suppress_few(int64_t people)
{
    return people > 0 && people < SUPPRESS_LEAST;
}

static size_t at(const struct suppress_table *t, size_t row, size_t column)
{
    return row * (t->columns + 1) + column;
}

static bool is_total(const struct suppress_table *t, size_t row, size_t column)
{
    return row == t->rows || column == t->columns;
}

// The k-th of the totals of rows, or of columns.
static size_t total_at(const struct suppress_table *t, bool of_rows, size_t k)
{
    return of_rows ? at(t, k, t->columns) : at(t, t->rows, k);
}

// One hidden total alone is the rest of the shown ones: the smallest other one goes with it. (When
// the common total is hidden, so are all that are not 0.)
static void pair_totals(const struct suppress_table *t, bool of_rows, bool *hidden)
{
    size_t count = of_rows ? t->rows : t->columns;
    size_t found = hidden[at(t, t->rows, t->columns)] ? 1 : 0;
    size_t best = count;
    int64_t least = INT64_MAX;
    for (size_t k = 0; k < count; k++) {
        size_t place = total_at(t, of_rows, k);
        int64_t cost = t->values[place] > 0 ? t->values[place] : INT64_MAX - 1;
        found += hidden[place];
        if (!hidden[place] && cost < least) {
            best = k;
            least = cost;
        }
    }
    if (found == 1 && best < count)
        hidden[total_at(t, of_rows, best)] = true;
}

// +1 or -1: how the number changes when its line of a rectangle is moved by one.
static int step_of(const struct suppress_table *t, struct corner c)
{
    return (c.row == t->rows) != (c.column == t->columns) ? -1 : 1;
}

// What it costs to hide the rest of the rectangle; -1: it can't move, or it needs a shown total.
static int64_t cost_of(const struct suppress_table *t, struct corner a, struct corner b,
                       const bool *hidden)
{
    const struct corner four[] = {
        a, {a.row, b.column},
         {b.row, a.column},
         b
    };
    const int signs[] = {1, -1, -1, 1};
    bool up = true;
    bool down = true;
    int64_t cost = 0;
    for (int k = 0; k < 4; k++) {
        size_t place = at(t, four[k].row, four[k].column);
        bool less = signs[k] * step_of(t, four[k]) < 0;
        if (!hidden[place] && is_total(t, four[k].row, four[k].column))
            return -1;
        if (!hidden[place])
            cost += t->values[place] > 0 ? t->values[place] : DEAR;
        up &= !less || t->values[place] > 0;
        down &= less || t->values[place] > 0;
    }
    return up || down ? cost : -1;
}

static void protect(const struct suppress_table *t, struct corner a, bool *hidden)
{
    struct corner best = a;
    int64_t least = INT64_MAX;
    for (size_t row = 0; row <= t->rows; row++)
        for (size_t column = 0; column <= t->columns; column++) {
            if (row == a.row || column == a.column)
                continue;
            int64_t cost = cost_of(t, a, (struct corner){row, column}, hidden);
            if (cost >= 0 && cost < least) {
                least = cost;
                best = (struct corner){row, column};
            }
        }
    hidden[at(t, a.row, best.column)] = true;
    hidden[at(t, best.row, a.column)] = true;
    hidden[at(t, best.row, best.column)] = true;
}

void suppress_hide(const struct suppress_table *table, bool *ret_hidden)
{
    for (size_t k = 0; k < (table->rows + 1) * (table->columns + 1); k++)
        ret_hidden[k] = suppress_few(table->people[k]);
    pair_totals(table, true, ret_hidden);
    pair_totals(table, false, ret_hidden);
    for (size_t row = 0; row <= table->rows; row++)
        for (size_t column = 0; column <= table->columns; column++)
            if (ret_hidden[at(table, row, column)])
                protect(table, (struct corner){row, column}, ret_hidden);
}

// SPDX-License-Identifier: Apache-2.0
// Holds suppress to its promise: of each hidden number, another table with the same shown numbers
// exists, found by trying all that lie near; and no number of few people is shown.
#include "base/suppress.h"

#include "base/tap.h"

enum { PLACES = 64, CELLS_MAX = 9 };

struct sample {
    struct suppress_table table;
    int64_t people[PLACES];
    int64_t values[PLACES];
    bool hidden[PLACES];
};

static uint64_t state = 88172645463325252;

static int64_t below(int64_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (int64_t)(state % (uint64_t)n);
}

static size_t place(const struct suppress_table *t, size_t row, size_t column)
{
    return row * (t->columns + 1) + column;
}

static void sum(const struct suppress_table *t, int64_t *numbers)
{
    for (size_t row = 0; row <= t->rows; row++)
        numbers[place(t, row, t->columns)] = 0;
    for (size_t column = 0; column <= t->columns; column++)
        numbers[place(t, t->rows, column)] = 0;
    for (size_t row = 0; row < t->rows; row++)
        for (size_t column = 0; column < t->columns; column++) {
            int64_t n = numbers[place(t, row, column)];
            numbers[place(t, row, t->columns)] += n;
            numbers[place(t, t->rows, column)] += n;
            numbers[place(t, t->rows, t->columns)] += n;
        }
}

// People who stand in several cells of a line are one in its total.
static void overlap(struct sample *s)
{
    const struct suppress_table *t = &s->table;
    int64_t all = 0;
    int64_t sums[2] = {0, 0};
    for (size_t row = 0; row <= t->rows; row++)
        for (size_t column = 0; column <= t->columns; column++) {
            bool of_row = column == t->columns && row < t->rows;
            bool of_column = row == t->rows && column < t->columns;
            if (!of_row && !of_column)
                continue;
            int64_t most = 0;
            for (size_t k = 0; k < (of_row ? t->columns : t->rows); k++) {
                int64_t n = s->people[of_row ? place(t, row, k) : place(t, k, column)];
                most = n > most ? n : most;
            }
            int64_t *total = &s->people[place(t, row, column)];
            *total = most + below(*total - most + 1);
            all = *total > all ? *total : all;
            sums[of_row] += *total;
        }
    int64_t *total = &s->people[place(t, t->rows, t->columns)];
    *total = all + below((sums[0] < sums[1] ? sums[0] : sums[1]) - all + 1);
}

static void fill(struct sample *s, bool overlaps)
{
    *s = (struct sample){
        .table = {.rows = 1 + (size_t)below(3), .columns = 1 + (size_t)below(3)}
    };
    struct suppress_table *t = &s->table;
    t->people = s->people;
    t->values = s->values;
    int64_t most = 2 + below(9);
    for (size_t row = 0; row < t->rows; row++)
        for (size_t column = 0; column < t->columns; column++) {
            int64_t n = below(3) == 0 ? 0 : below(most);
            s->people[place(t, row, column)] = n;
            s->values[place(t, row, column)] = n * (1 + below(3));
        }
    sum(t, s->people);
    sum(t, s->values);
    if (overlaps)
        overlap(s);
}

// Whether another table shows the same and has another number at `at`.
static bool is_open(const struct sample *s, size_t at)
{
    const struct suppress_table *t = &s->table;
    size_t free_at[CELLS_MAX];
    size_t count = 0;
    size_t tries = 1;
    for (size_t row = 0; row < t->rows; row++)
        for (size_t column = 0; column < t->columns; column++)
            if (s->hidden[place(t, row, column)]) {
                free_at[count++] = place(t, row, column);
                tries *= 3;
            }
    for (size_t k = 0; k < tries; k++) {
        int64_t other[PLACES];
        bool same = true;
        size_t rest = k;
        memcpy(other, s->values, sizeof other);
        for (size_t f = 0; f < count; f++, rest /= 3) {
            other[free_at[f]] += (int64_t)(rest % 3) - 1;
            same &= other[free_at[f]] >= 0;
        }
        sum(t, other);
        for (size_t p = 0; p < (t->rows + 1) * (t->columns + 1); p++)
            same &= s->hidden[p] || other[p] == s->values[p];
        if (same && other[at] != s->values[at])
            return true;
    }
    return false;
}

// How many hidden numbers can be worked out, and how many of few people are shown.
static int leaks(const struct sample *s)
{
    int found = 0;
    for (size_t p = 0; p < (s->table.rows + 1) * (s->table.columns + 1); p++) {
        found += s->hidden[p] && !is_open(s, p);
        found += !s->hidden[p] && suppress_few(s->people[p]);
    }
    return found;
}

static void small_tables(bool overlaps)
{
    int found = 0;
    int naive = 0;
    int more = 0;
    int cases = (int)tap_share(20000);
    for (int k = 0; k < cases; k++) {
        struct sample s;
        fill(&s, overlaps);
        suppress_hide(&s.table, s.hidden);
        found += leaks(&s);
        for (size_t p = 0; p < PLACES; p++) {
            more += s.hidden[p] && !suppress_few(s.people[p]);
            s.hidden[p] = suppress_few(s.people[p]);
        }
        naive += leaks(&s);
    }
    is_int(found, 0, "no number of %d tables can be worked out", cases);
    ok(naive > cases / 20, "hiding small ones alone lets %d be worked out", naive);
    ok(more > 0 && more < 4 * naive + cases, "%d more are hidden for that", more);
}

static void one_by_hand(void)
{
    static const int64_t people[] = {3, 20, 23, 30, 40, 70, 33, 60, 93};
    struct suppress_table t = {2, 2, people, people};
    bool hidden[9];
    suppress_hide(&t, hidden);
    for (int k = 0; k < 9; k++)
        is_int(hidden[k], k % 3 < 2 && k < 6, "the four cells are hidden, the totals not: %d", k);
    static const int64_t line[] = {2, 50, 52, 9, 50, 59, 0, 50, 50, 11, 150, 161};
    struct suppress_table lines = {3, 2, line, line};
    bool more[12];
    suppress_hide(&lines, more);
    ok(more[0] && more[1] && more[3] && more[4] && !more[6] && !more[7],
       "a zero stays where it can");
}

// Tables with the same totals hide the same totals.
static void same_totals(void)
{
    static const int64_t a[] = {3, 0, 3, 30, 40, 70, 9, 0, 9, 42, 40, 82};
    static const int64_t b[] = {1, 2, 3, 60, 10, 70, 0, 9, 9, 61, 21, 82};
    struct suppress_table one = {3, 2, a, a};
    struct suppress_table two = {3, 2, b, b};
    bool hidden[2][12];
    suppress_hide(&one, hidden[0]);
    suppress_hide(&two, hidden[1]);
    for (int row = 0; row < 4; row++) {
        is_int(hidden[0][row * 3 + 2], row % 2 == 0 && row < 3, "total of row %d", row);
        is_int(hidden[1][row * 3 + 2], hidden[0][row * 3 + 2], "the same in the other table");
    }
}

int main(void)
{
    small_tables(false);
    small_tables(true);
    one_by_hand();
    same_totals();
    return tap_done();
}

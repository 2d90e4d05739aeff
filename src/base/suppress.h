// SPDX-License-Identifier: Apache-2.0
//
// Why: reports count people in tables, and a number of very few people tells about each of them.
// Hiding such a number is not enough when the totals beside it give it back by subtracting.
//
// Promises: of a table with its totals, every number of 1 to SUPPRESS_LEAST - 1 people is hidden,
// and so many more that for each hidden number there is another table of whole numbers, none below
// 0, with the same shown numbers and another one there: it can't be worked out from rows, columns
// and totals. Totals are hidden by themselves alone, whatever the cells are, so that several tables
// with the same totals hide the same ones. No chance: the same numbers give the same answer.
//
// Not for: what somebody knows from elsewhere, or two tables of different days.
#ifndef TRELLIS_BASE_SUPPRESS_H
#define TRELLIS_BASE_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SUPPRESS_LEAST = 5, SUPPRESS_LINES_MAX = 128 };

// (rows + 1) x (columns + 1) numbers, line by line. The last column has the totals of rows, the
// last row those of columns, their common one that of all.
struct suppress_table {
    size_t rows; // 1..SUPPRESS_LINES_MAX, without the totals; so are columns
    size_t columns;
    const int64_t *people; // who stand behind a number; totals: each of them once
    const int64_t *values; // the number; totals are sums; 0 where nobody stands behind it. May be
                           // `people` where nobody is counted twice
};

// Few enough to tell about each of them.
bool suppress_few(int64_t people);

// Fills (rows + 1) x (columns + 1) marks.
void suppress_hide(const struct suppress_table *table, bool *ret_hidden);

#endif

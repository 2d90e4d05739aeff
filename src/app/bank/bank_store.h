// SPDX-License-Identifier: Apache-2.0
//
// Why: what the rows of the question bank are.
#ifndef TRELLIS_APP_BANK_BANK_STORE_H
#define TRELLIS_APP_BANK_BANK_STORE_H

#include "app/bank/bank.h"

extern const char bank_schema_1[];

// What a programme asks of its own is asked by another that is made like it; objectives that are
// measured by it are measured by its copy.
enum rc bank_take_over(const struct app_place *at, int64_t from, int64_t to);
extern const struct app_table bank_tables[];

#endif

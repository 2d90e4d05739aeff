// SPDX-License-Identifier: Apache-2.0
//
// What the rest of the program asks of this slice: the question bank. Its pages stand with those
// who ask.
#include "app/bank/bank_store.h"

static const char *const schema[] = {bank_schema_1, NULL};

const struct app_slice bank_slice = {.name = "bank", .schema = schema, .tables = bank_tables};

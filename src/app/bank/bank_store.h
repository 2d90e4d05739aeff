// SPDX-License-Identifier: Apache-2.0
//
// Why: what the rows of the question bank are.
#ifndef TRELLIS_APP_BANK_BANK_STORE_H
#define TRELLIS_APP_BANK_BANK_STORE_H

#include "app/bank/bank.h"

extern const char bank_schema_1[];
extern const struct app_table bank_tables[];

#endif

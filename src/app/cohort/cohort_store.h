// SPDX-License-Identifier: Apache-2.0
//
// Why: what only the pages of this slice ask of its rows.
#ifndef TRELLIS_APP_COHORT_COHORT_STORE_H
#define TRELLIS_APP_COHORT_COHORT_STORE_H

#include "app/cohort/cohort.h"

// The newest first, at most 100.
enum rc cohort_list(struct req *req, struct cohort **ret_cohorts, size_t *ret_count);

#endif

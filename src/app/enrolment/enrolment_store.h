// SPDX-License-Identifier: Apache-2.0
//
// Why: what only the pages of this slice ask of its rows.
#ifndef TRELLIS_APP_ENROLMENT_ENROLMENT_STORE_H
#define TRELLIS_APP_ENROLMENT_ENROLMENT_STORE_H

#include "app/enrolment/enrolment.h"

// The actor's own, in one cohort.
enum rc enrolment_mine(struct req *req, int64_t cohort, struct enrolment **ret_enrolments,
                       size_t *ret_count);

// Takes back the actor's sign-ups that nobody has accepted.
enum rc enrolment_withdraw(struct req *req, int64_t cohort);

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Why: what people may ask about their data, and what a programme owes them: a copy, erasing, no
// more kept than needed, and a record that says what is kept, why and how long.
//
// Promises: all of it follows from the rows of app/data.h, so that a new column is in it as soon as
// it has its row. Erasing waits ERASE_WAIT_DAYS, in which it can be taken back; a list of who was
// erased, without personal data, lets a restored backup forget them again.
//
// Not for: what a person sees of others; permissions and SQL decide that.
#ifndef TRELLIS_APP_PRIVACY_PRIVACY_H
#define TRELLIS_APP_PRIVACY_PRIVACY_H

#include "app/app.h"

extern const struct app_slice privacy_slice;
extern const struct app_table privacy_tables[];
extern const struct route privacy_routes[];
extern const struct route privacy_staff_routes[];
extern const char privacy_schema_1[];

enum { ERASE_WAIT_DAYS = 14 };

// The job that erases who is due, and lets go of what is old.
struct job_kind privacy_clock_kind(const struct app *app);

#endif

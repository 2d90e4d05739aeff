// SPDX-License-Identifier: Apache-2.0
//
// Why: one page finds what a person may see, wherever it stands: articles, resources, events,
// circles, people.
//
// Promises: what one may not read is not found, not even counted.
#ifndef TRELLIS_APP_SEARCH_SEARCH_H
#define TRELLIS_APP_SEARCH_SEARCH_H

#include "app/app.h"

extern const struct app_slice search_slice;
extern const struct route search_routes[];

// The job that puts everything into the index again, once a day: what no slice has put by itself.
struct job_kind search_fill_kind(const struct app *app);

#endif

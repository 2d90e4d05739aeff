// SPDX-License-Identifier: Apache-2.0
//
// Why: the demo's articles, with what members have added to them.
#ifndef TRELLIS_MAIN_DEMO_ARTICLE_H
#define TRELLIS_MAIN_DEMO_ARTICLE_H

#include "app/app.h"

// Adds the first articles, two more, and contributions of people who are there: some approved and
// marked as helpful, one that waits for an editor, one draft. `editor` decides on them.
enum rc demo_article_add(const struct app_place *place, int64_t editor);

#endif

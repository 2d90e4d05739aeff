// SPDX-License-Identifier: Apache-2.0
//
// Why: what the page of all texts in other languages shows.
#ifndef TRELLIS_APP_PAIR_PAIR_TEXTS_PAGE_H
#define TRELLIS_APP_PAIR_PAIR_TEXTS_PAGE_H

#include "app/cohort/cohort.h"
#include "app/cohort/words.h"

// A part of what is said and asked, in another language.
struct words_part {
    int64_t subject;
    const char *part;
    const char *label; // a message
    const char *original;
    const char *name; // of its control
    const char *text;
    bool there;
    bool old; // the original has changed since
};
struct words_language {
    const char *tag;
    const char *name;
    const char *direction;
    bool here;
};
struct words_view {
    struct cohort cohort;
    const struct form *form;
    const char *action;
    const char *language;
    struct words_language *languages;
    size_t language_count;
    struct words_part *parts;
    size_t count;
    bool of_programme; // what it has by default, for all its cohorts
    struct words_order order;
};

#endif

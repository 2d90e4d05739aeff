// SPDX-License-Identifier: Apache-2.0
//
// Why: what a programme says of itself and asks (texts, questions, topics) is written in one
// language, and read in several: each part may have its words in each language of the pages.
//
// Promises: where a language has no words of a part, the reader gets those that it was written in;
// whoever translates sees what has changed since.
#ifndef TRELLIS_APP_COHORT_WORDS_H
#define TRELLIS_APP_COHORT_WORDS_H

#include "app/app.h"

extern const char cohort_schema_4[];

// The words of one part of something, by its id: a cohort's "about", a question's "label".
struct words {
    int64_t subject;
    const char *part;
    const char *text;
    const char *was; // a digest of what they translate
};

enum { WORDS_MOST = 2000 };
// Of what is written in a cohort: itself, and whatever slices above keep under its id.
enum rc words_list(struct db_tx *tx, struct arena *arena, int64_t cohort, const char *language,
                   struct words **ret_words, size_t *ret_count);

struct words_found {
    const struct words *words;
    size_t count;
};
// Of the actor's language.
enum rc words_of_reader(struct req *req, int64_t cohort, struct words_found *ret_found);
// The words of a part, else the original.
const char *words_in(const struct words_found *found, int64_t subject, const char *part,
                     const char *original);
// Whether there are words of it that translate something older.
bool words_are_old(const struct words_found *found, int64_t subject, const char *part,
                   const char *original);
bool words_are_there(const struct words_found *found, int64_t subject, const char *part);

// Of one part: text "" ends them.
struct words_new {
    int64_t cohort;
    int64_t subject;
    const char *part;
    const char *language;
    const char *text;
    const char *original;
};
enum rc words_set(const struct app_place *at, const struct words_new *words);

// A copy of a thing has the same words; also another version of it.
struct words_copy {
    int64_t from;
    int64_t to;
    int64_t cohort; // of the copy
};
enum rc words_take_over(const struct app_place *at, const struct words_copy *copy);

#endif

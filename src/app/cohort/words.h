// SPDX-License-Identifier: Apache-2.0
//
// Why: what a programme says of itself and asks (texts, questions, topics) is written in one
// language, and read in several: each part may have its words in each language of the pages.
//
// Promises: where a language has no words of a part, the reader gets those of the language that her
// programme puts second, and else those that it was written in; whoever translates sees what has
// changed since.
#ifndef TRELLIS_APP_COHORT_WORDS_H
#define TRELLIS_APP_COHORT_WORDS_H

#include "app/app.h"

extern const char cohort_schema_4[];
extern const char cohort_schema_7[];

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
// Of the actor's language, and behind them of the one that comes next.
enum rc words_of_reader(struct req *req, int64_t cohort, struct words_found *ret_found);
// The words of a part, else the original.
const char *words_in(const struct words_found *found, int64_t subject, const char *part,
                     const char *original);
// Whether there are words of it that translate something older.
bool words_are_old(const struct words_found *found, int64_t subject, const char *part,
                   const char *original);
bool words_are_there(const struct words_found *found, int64_t subject, const char *part);

// What a programme says of languages, by their tags. Who reads the one that its texts are written
// in gets them as they are; all others their own, then the second, then them as they are.
struct words_order {
    const char *written; // "": not said
    const char *second;  // "": none
};
enum rc words_order_find(struct req *req, int64_t programme, struct words_order *ret_order);
enum rc words_order_set(struct db_tx *tx, int64_t programme, const struct words_order *order);

// The words of a part of the cohort c, whose programme is g, in the language $4 or what comes after
// it.
#define WORDS_OF_C(part, original)                                                                 \
    "coalesce((SELECT w.text FROM words w WHERE w.subject = c.id AND w.part = '" part              \
    "' AND w.language = $4), CASE WHEN g.written = $4 OR g.second = '' THEN " original             \
    " END, (SELECT w.text FROM words w WHERE w.subject = c.id AND w.part = '" part                 \
    "' AND w.language = g.second), " original ")"

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

// SPDX-License-Identifier: Apache-2.0
//
// Why: what can be found by its words, whatever slice it belongs to: a slice puts what it has
// written into the index, in the same transaction, with who may find it.
//
// Promises: the same on both engines, and in every script: words are compared without case and
// accents, and scripts without spaces by pairs of letters. What is dropped is not found any more.
//
// Not for: the page that searches (src/app/search), or for what nobody else may read: private
// messages and notes, concerns and answers never go into the index.
#ifndef TRELLIS_APP_INDEX_H
#define TRELLIS_APP_INDEX_H

#include "app/app.h"

enum index_audience {
    INDEX_ALL,     // visitors too
    INDEX_MEMBERS, // whoever is signed in
    INDEX_COHORT,  // whoever was taken into the cohort `scope`, and whoever runs it
    INDEX_STAFF,   // whoever runs the cohort `scope`
    INDEX_PERSON,  // the person `scope` alone
};

enum {
    INDEX_WORDS_MAX = 1500,    // different words of one entry; more are left out
    INDEX_WORD_BYTES_MAX = 48, // longer words are cut
    INDEX_QUERY_WORDS_MAX = 4, // of a search; more are left out
};

struct index_entry {
    const char *kind; // "article", "event" ...: with `subject` tells it from all others
    int64_t subject;
    enum index_audience audience;
    int64_t scope; // 0 for INDEX_ALL and INDEX_MEMBERS
    const char *path;
    const char *title; // counts more than text
    const char *text;
};

extern const char index_schema_1[];
extern const struct app_table index_tables[];

// Puts it in, or puts it right.
enum rc index_put(const struct app_place *place, const struct index_entry *entry);
enum rc index_drop(const struct app_place *place, const char *kind, int64_t subject);

// The words of a text as they are compared, at most `max`, each once, in order. In the arena.
enum rc index_words(struct arena *arena, const char *text, size_t max, const char ***ret_words,
                    size_t *ret_count);

#endif

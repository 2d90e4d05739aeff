// SPDX-License-Identifier: Apache-2.0
//
// Why: what is known of single words in topics: their plurals, abbreviations, words that say
// nothing, and words that look alike and mean different things.
//
// Promises: pure tables and rules on word keys (lower case, without marks).
//
// Not for: sentences, or languages other than English.
#ifndef TRELLIS_SHEET_WORD_H
#define TRELLIS_SHEET_WORD_H

#include <stdbool.h>

#include "base/text.h"

enum { WORD_BYTES_MAX = 256 };

// The word without its plural: "phytoliths" is "phytolith", "technologies" is "technology";
// "statistics" and "analysis" stay. Returns the length written; ret_word has room for
// WORD_BYTES_MAX (longer words are cut between code points).
size_t word_singular(struct text word, char ret_word[WORD_BYTES_MAX]);

// Whether the word says nothing about a topic ("and", "basic").
bool word_is_stop(struct text word);

// What an abbreviation stands for, in singular words ("ai": "artificial intelligence"); NULL: it is
// none, or it may mean several things ("pm").
const char *word_expansion(struct text word);

// Whether one is a near spelling or another form of the other. Near spelling: first letters equal
// (three of them for two changes), one change for 5 to 7 letters and at most two for more, and not
// both known words ("oncology" and "ontology"). Another form: with the ending -ing, -al or -ed.
bool word_is_near(struct text a, struct text b);

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Why: mentees write what they want help with, mentors what they know, both in free text. This
// says how well a wish and a skill fit together, and by which rule, so that a person can follow
// it.
//
// Promises: pure: the same texts give the same answer in any order; a relation is a whole
// percentage with a rule that can be said in words. Topics are interned: one text as people mean
// it (case, accents, plural, hyphen, final full stop) is one topic.
//
// Not for: meaning: "statistics" and "data analysis" are not related unless the words say so.
#ifndef TRELLIS_SHEET_TOPIC_H
#define TRELLIS_SHEET_TOPIC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/rc.h"
#include "base/text.h"

enum { TOPIC_WORDS_MAX = 24, TOPICS_MAX = 1000000 };

enum topic_rule {
    TOPIC_NONE,
    TOPIC_ONE_WORD,     // 30 (10 when it is very common): a significant word in common
    TOPIC_HALF_WORDS,   // 50-60 (30 when all are very common): at least half of the words
    TOPIC_WITHIN,       // 80 (60: one very common word): all words of one within the other
    TOPIC_ABBREVIATION, // 95: one is the usual abbreviation of the other
    TOPIC_NEAR,         // 95: near spelling
    TOPIC_SAME,         // 100: the same topic
};

struct topic {
    const char *text; // as first typed, trimmed
    const char *key;  // its words without plurals, one space between
    uint16_t word_count;
    const uint32_t *words; // indexes of the table's words: different ones, without stop words,
                           // abbreviations written out
    bool abbreviated;      // an abbreviation was written out
    uint32_t use_count;    // how often it was added
};

struct topic_word {
    const char *key;
    uint32_t topic_count; // topics that hold it
};

struct topic_table {
    struct arena *arena;
    struct topic *topics;
    uint32_t topic_count;
    uint32_t topic_capacity;
    uint32_t *topic_slots; // hash of keys
    uint32_t topic_slot_count;
    struct topic_word *words;
    uint32_t word_count;
    uint32_t word_capacity;
    uint32_t *word_slots;
    uint32_t word_slot_count;
};

struct topic_relation {
    uint8_t percent; // 0..100
    enum topic_rule rule;
    uint32_t word; // TOPIC_ONE_WORD, TOPIC_HALF_WORDS: the rarest shared word (index of the table);
                   // else TOPIC_NO_WORD
};
#define TOPIC_NO_WORD UINT32_MAX
#define TOPIC_NO_TOPIC UINT32_MAX

// A word is very common when it stands in at least TOPIC_COMMON_MIN topics and in more than one of
// TOPIC_COMMON_OF.
enum { TOPIC_COMMON_MIN = 6, TOPIC_COMMON_OF = 33 };
bool topic_word_is_common(const struct topic_table *table, uint32_t word);

void topic_table_open(struct topic_table *table, struct arena *arena);

// Interns a topic; gives its index. Text without any letter or digit gives TOPIC_NO_TOPIC. RC_LIMIT
// beyond TOPICS_MAX.
enum rc topic_add(struct topic_table *table, struct text text, uint32_t *ret_topic);

// How well the skill serves the wish. Symmetric. Add all topics first: how common a word is, is
// counted over the table.
struct topic_relation topic_relate(const struct topic_table *table, uint32_t wish, uint32_t skill);

// The rule in a few words: `near spelling of "Sustainability"`.
enum rc topic_relation_print(struct buffer *buffer, const struct topic_table *table, uint32_t wish,
                             uint32_t skill, struct topic_relation relation);
const char *topic_rule_text(enum topic_rule rule);

#endif

// SPDX-License-Identifier: Apache-2.0
// Topics and how they are related; see topic.h.
#include "sheet/topic.h"

#include <string.h>

#include "base/hash.h"

#include "sheet/word.h"

enum { TOPIC_BYTES_MAX = 4096, FIRST_CAPACITY = 64, HASH_SLOTS_FIRST = 256 };

// ---- interning
// -----------------------------------------------------------------------------------

void topic_table_open(struct topic_table *table, struct arena *arena)
{
    *table = (struct topic_table){.arena = arena};
}

// A hash table of indexes + 1 into an array of entries that begin with, or lead to, a key.
struct slots {
    uint32_t *at;
    uint32_t count; // a power of two
};

static const char *topic_key_at(const struct topic_table *table, uint32_t index)
{
    return table->topics[index].key;
}

static const char *word_key_at(const struct topic_table *table, uint32_t index)
{
    return table->words[index].key;
}

typedef const char *key_at_function(const struct topic_table *table, uint32_t index);

// The slot of the key, or the free one where it belongs.
static uint32_t find_slot(const struct topic_table *table, key_at_function *key_at,
                          struct slots slots, const char *key)
{
    uint32_t slot = (uint32_t)hash_text(HASH_START, key) & (slots.count - 1);
    while (slots.at[slot] != 0 && strcmp(key_at(table, slots.at[slot] - 1), key) != 0)
        slot = (slot + 1) & (slots.count - 1);
    return slot;
}

// Doubles the slots when they are half full.
static enum rc grow_slots(const struct topic_table *table, key_at_function *key_at,
                          struct slots *slots, uint32_t used)
{
    if (slots->count > 0 && used < slots->count / 2)
        return RC_OK;
    struct slots grown = {NULL, slots->count == 0 ? HASH_SLOTS_FIRST : slots->count * 2};
    grown.at = ARENA_ARRAY(table->arena, uint32_t, grown.count);
    if (grown.at == NULL)
        return RC_NO_MEMORY;
    for (uint32_t i = 0; i < used; i++)
        grown.at[find_slot(table, key_at, grown, key_at(table, i))] = i + 1;
    *slots = grown;
    return RC_OK;
}

static enum rc grow_array(struct arena *arena, void **items, uint32_t *capacity, uint32_t used,
                          size_t size)
{
    if (used < *capacity)
        return RC_OK;
    uint32_t bigger = *capacity == 0 ? FIRST_CAPACITY : *capacity * 2;
    void *grown = arena_grow(arena, *items, *capacity * size, bigger * size);
    if (grown == NULL)
        return RC_NO_MEMORY;
    *items = grown;
    *capacity = bigger;
    return RC_OK;
}

static enum rc intern_word(struct topic_table *table, struct text word, uint32_t *ret_word)
{
    char singular[WORD_BYTES_MAX];
    word_singular(word, singular);
    struct slots slots = {table->word_slots, table->word_slot_count};
    TRY(grow_slots(table, word_key_at, &slots, table->word_count));
    table->word_slots = slots.at;
    table->word_slot_count = slots.count;
    uint32_t slot = find_slot(table, word_key_at, slots, singular);
    if (slots.at[slot] != 0) {
        *ret_word = slots.at[slot] - 1;
        return RC_OK;
    }
    void *words = table->words;
    TRY(grow_array(table->arena, &words, &table->word_capacity, table->word_count,
                   sizeof *table->words));
    table->words = words;
    char *key = arena_strdup(table->arena, singular);
    if (key == NULL)
        return RC_NO_MEMORY;
    table->words[table->word_count] = (struct topic_word){.key = key};
    *ret_word = table->word_count++;
    slots.at[slot] = table->word_count;
    return RC_OK;
}

// ---- a topic's words
// -----------------------------------------------------------------------------

// The words of one topic while they are gathered.
struct gathered {
    uint32_t words[TOPIC_WORDS_MAX];
    uint16_t count;
    bool abbreviated;
};

static enum rc gather_word(struct topic_table *table, struct text word, struct gathered *gathered)
{
    uint32_t index = 0;
    TRY(intern_word(table, word, &index));
    for (uint16_t i = 0; i < gathered->count; i++) {
        if (gathered->words[i] == index)
            return RC_OK;
    }
    if (gathered->count < TOPIC_WORDS_MAX)
        gathered->words[gathered->count++] = index;
    return RC_OK;
}

static enum rc gather_expansion(struct topic_table *table, const char *expansion,
                                struct gathered *gathered)
{
    struct text words[8];
    size_t count = text_split(expansion, words, 8);
    gathered->abbreviated = true;
    for (size_t i = 0; i < count && i < 8; i++) {
        if (!word_is_stop(words[i]))
            TRY(gather_word(table, words[i], gathered));
    }
    return RC_OK;
}

static enum rc gather(struct topic_table *table, const struct text *words, size_t count,
                      struct gathered *gathered)
{
    for (size_t i = 0; i < count; i++) {
        const char *expansion = word_expansion(words[i]);
        if (expansion != NULL)
            TRY(gather_expansion(table, expansion, gathered));
        else if (!word_is_stop(words[i]))
            TRY(gather_word(table, words[i], gathered));
    }
    for (size_t i = 0; i < count && gathered->count == 0; i++) // nothing but stop words
        TRY(gather_word(table, words[i], gathered));
    return RC_OK;
}

// Words in the singular with one space between: the key that makes two texts one topic.
static enum rc canonical_key(struct arena *arena, const struct text *words, size_t count,
                             char **ret_key)
{
    size_t length = 1;
    for (size_t i = 0; i < count; i++)
        length += words[i].length + 2;
    char *key = arena_alloc(arena, length);
    if (key == NULL)
        return RC_NO_MEMORY;
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        char singular[WORD_BYTES_MAX];
        size_t size = word_singular(words[i], singular);
        if (used > 0)
            key[used++] = ' ';
        memcpy(key + used, singular, size);
        used += size;
    }
    *ret_key = key;
    return RC_OK;
}

static enum rc add_new(struct topic_table *table, struct text text, const char *key,
                       const struct gathered *gathered, uint32_t *ret_topic)
{
    void *topics = table->topics;
    TRY(grow_array(table->arena, &topics, &table->topic_capacity, table->topic_count,
                   sizeof *table->topics));
    table->topics = topics;
    uint32_t *words = ARENA_ARRAY(table->arena, uint32_t, gathered->count);
    struct topic topic = {.key = key, .word_count = gathered->count, .words = words};
    topic.text = arena_strndup(table->arena, text.bytes, text.length);
    topic.abbreviated = gathered->abbreviated;
    topic.use_count = 1;
    if (words == NULL || topic.text == NULL)
        return RC_NO_MEMORY;
    memcpy(words, gathered->words, gathered->count * sizeof *words);
    for (uint16_t i = 0; i < gathered->count; i++)
        table->words[words[i]].topic_count++;
    table->topics[table->topic_count] = topic;
    *ret_topic = table->topic_count++;
    return RC_OK;
}

enum rc topic_add(struct topic_table *table, struct text text, uint32_t *ret_topic)
{
    struct text words[TOPIC_WORDS_MAX];
    struct gathered gathered = {.count = 0};
    char *word_key = NULL;
    char *key = NULL;
    text = text_trim(text.bytes, text.length);
    if (text.length > TOPIC_BYTES_MAX)
        text.length = text_valid_bytes(text.bytes, TOPIC_BYTES_MAX);
    TRY(text_word_key(table->arena, text.bytes, text.length, &word_key));
    size_t count = text_split(word_key, words, TOPIC_WORDS_MAX);
    count = count < TOPIC_WORDS_MAX ? count : TOPIC_WORDS_MAX;
    if (count == 0) {
        *ret_topic = TOPIC_NO_TOPIC;
        return RC_OK;
    }
    TRY(canonical_key(table->arena, words, count, &key));
    struct slots slots = {table->topic_slots, table->topic_slot_count};
    TRY(grow_slots(table, topic_key_at, &slots, table->topic_count));
    table->topic_slots = slots.at;
    table->topic_slot_count = slots.count;
    uint32_t slot = find_slot(table, topic_key_at, slots, key);
    if (slots.at[slot] != 0) {
        *ret_topic = slots.at[slot] - 1;
        table->topics[*ret_topic].use_count++;
        return RC_OK;
    }
    if (table->topic_count == TOPICS_MAX)
        return RC_LIMIT;
    TRY(gather(table, words, count, &gathered));
    TRY(add_new(table, text, key, &gathered, ret_topic));
    slots.at[slot] = *ret_topic + 1;
    return RC_OK;
}

// ---- relations
// -----------------------------------------------------------------------------------

bool topic_word_is_common(const struct topic_table *table, uint32_t word)
{
    uint32_t count = table->words[word].topic_count;
    return count >= TOPIC_COMMON_MIN && (uint64_t)count * TOPIC_COMMON_OF > table->topic_count;
}

static struct text word_text(const struct topic_table *table, uint32_t word)
{
    return text_of(table->words[word].key);
}

// What the words of two topics have in common.
struct overlap {
    uint16_t equal;
    uint16_t near;
    bool all_common; // every shared word is very common
    uint32_t rarest;
};

static void count_word(const struct topic_table *table, uint32_t word, struct overlap *overlap)
{
    overlap->all_common = overlap->all_common && topic_word_is_common(table, word);
    bool rarer = overlap->rarest == TOPIC_NO_WORD ||
                 table->words[word].topic_count < table->words[overlap->rarest].topic_count ||
                 (table->words[word].topic_count == table->words[overlap->rarest].topic_count &&
                  strcmp(table->words[word].key, table->words[overlap->rarest].key) < 0);
    if (rarer)
        overlap->rarest = word;
}

// The words of two topics while they are paired.
struct pairing {
    const struct topic_table *table;
    const struct topic *a;
    const struct topic *b;
    bool b_used[TOPIC_WORDS_MAX];
    struct overlap overlap;
};

static bool words_fit(const struct topic_table *table, uint32_t x, uint32_t y, bool near)
{
    return near ? word_is_near(word_text(table, x), word_text(table, y)) : x == y;
}

// Pairs one word of the first topic with a word of the second that is still free.
static bool pair_word(struct pairing *pairing, uint32_t word, bool near)
{
    const struct topic_table *table = pairing->table;
    for (uint16_t j = 0; j < pairing->b->word_count; j++) {
        uint32_t other = pairing->b->words[j];
        if (pairing->b_used[j] || !words_fit(table, word, other, near))
            continue;
        pairing->b_used[j] = true;
        bool rarer = table->words[word].topic_count < table->words[other].topic_count;
        count_word(table, rarer ? other : word, &pairing->overlap);
        return true;
    }
    return false;
}

// Pairs every word of one with at most one word of the other: equal ones first, then near
// spellings. Which topic comes first is decided by their keys, so that the answer is the same both
// ways.
static struct overlap find_overlap(const struct topic_table *table, const struct topic *a,
                                   const struct topic *b)
{
    bool in_order = strcmp(a->key, b->key) < 0;
    struct pairing pairing = {.table = table, .a = in_order ? a : b, .b = in_order ? b : a};
    pairing.overlap = (struct overlap){.all_common = true, .rarest = TOPIC_NO_WORD};
    bool a_used[TOPIC_WORDS_MAX] = {false};
    for (uint16_t i = 0; i < pairing.a->word_count; i++) {
        a_used[i] = pair_word(&pairing, pairing.a->words[i], false);
        if (a_used[i])
            pairing.overlap.equal++;
    }
    for (uint16_t i = 0; i < pairing.a->word_count; i++) {
        if (!a_used[i] && pair_word(&pairing, pairing.a->words[i], true))
            pairing.overlap.near++;
    }
    return pairing.overlap;
}

// "datascience" and "data science".
static bool same_when_joined(const char *a, const char *b)
{
    for (;;) {
        a += *a == ' ' ? 1 : 0;
        b += *b == ' ' ? 1 : 0;
        if (*a != *b)
            return false;
        if (*a == '\0')
            return true;
        a++;
        b++;
    }
}

static struct topic_relation relation_of(enum topic_rule rule, uint8_t percent, uint32_t word)
{
    return (struct topic_relation){.percent = percent, .rule = rule, .word = word};
}

// Topics that share some but not all words of either.
static struct topic_relation relate_part(struct overlap overlap, uint32_t shared, uint32_t larger)
{
    if (shared * 2 >= larger && (shared > 1 || !overlap.all_common)) {
        uint32_t percent = overlap.all_common ? 30 : 50 + 20 * (2 * shared - larger) / (2 * larger);
        return relation_of(TOPIC_HALF_WORDS, (uint8_t)percent, overlap.rarest);
    }
    return relation_of(TOPIC_ONE_WORD, overlap.all_common ? 10 : 30, overlap.rarest);
}

struct topic_relation topic_relate(const struct topic_table *table, uint32_t wish, uint32_t skill)
{
    if (wish == skill)
        return relation_of(TOPIC_SAME, 100, TOPIC_NO_WORD);
    const struct topic *a = &table->topics[wish];
    const struct topic *b = &table->topics[skill];
    struct overlap overlap = find_overlap(table, a, b);
    uint32_t shared = (uint32_t)overlap.equal + overlap.near;
    uint32_t smaller = a->word_count < b->word_count ? a->word_count : b->word_count;
    uint32_t larger = a->word_count < b->word_count ? b->word_count : a->word_count;
    if (shared == larger && overlap.near == 0 && a->abbreviated != b->abbreviated)
        return relation_of(TOPIC_ABBREVIATION, 95, TOPIC_NO_WORD);
    if (shared == larger && overlap.near == 0)
        return relation_of(TOPIC_SAME, 100, TOPIC_NO_WORD);
    if (shared == larger || same_when_joined(a->key, b->key))
        return relation_of(TOPIC_NEAR, 95, TOPIC_NO_WORD);
    if (shared == 0)
        return relation_of(TOPIC_NONE, 0, TOPIC_NO_WORD);
    if (shared == smaller)
        return relation_of(TOPIC_WITHIN, smaller == 1 && overlap.all_common ? 60 : 80,
                           overlap.rarest);
    return relate_part(overlap, shared, larger);
}

// ---- in words
// ------------------------------------------------------------------------------------

const char *topic_rule_text(enum topic_rule rule)
{
    switch (rule) {
    case TOPIC_NONE:
        return "not related";
    case TOPIC_ONE_WORD:
        return "one word in common";
    case TOPIC_HALF_WORDS:
        return "half of the words in common";
    case TOPIC_WITHIN:
        return "one is part of the other";
    case TOPIC_ABBREVIATION:
        return "abbreviation";
    case TOPIC_NEAR:
        return "near spelling or form";
    case TOPIC_SAME:
        return "the same topic";
    }
    return "";
}

enum rc topic_relation_print(struct buffer *buffer, const struct topic_table *table, uint32_t wish,
                             uint32_t skill, struct topic_relation relation)
{
    const char *asked = table->topics[wish].text;
    const char *known = table->topics[skill].text;
    const char *word = relation.word == TOPIC_NO_WORD ? "" : table->words[relation.word].key;
    switch (relation.rule) {
    case TOPIC_NONE:
        return buffer_printf(buffer, "\"%s\" and \"%s\" are not related", asked, known);
    case TOPIC_ONE_WORD:
        return buffer_printf(buffer, "\"%s\" and \"%s\" share the word \"%s\"", asked, known, word);
    case TOPIC_HALF_WORDS:
        return buffer_printf(buffer, "\"%s\" and \"%s\" share half of their words, such as \"%s\"",
                             asked, known, word);
    case TOPIC_WITHIN:
        if (table->topics[wish].word_count < table->topics[skill].word_count)
            return buffer_printf(buffer, "\"%s\" is part of \"%s\"", asked, known);
        return buffer_printf(buffer, "\"%s\" is part of \"%s\"", known, asked);
    case TOPIC_ABBREVIATION:
        return buffer_printf(buffer, "\"%s\" and \"%s\" are the same, one abbreviated", asked,
                             known);
    case TOPIC_NEAR:
        return buffer_printf(buffer, "\"%s\" is a near spelling or form of \"%s\"", asked, known);
    case TOPIC_SAME:
        return buffer_printf(buffer, "\"%s\" is asked for and offered", asked);
    }
    return RC_OK;
}

// SPDX-License-Identifier: Apache-2.0
// Results in plain text; see result_text.h.
#include "result_text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "plain_cursor.h"

#define PRICE_MOST ((int64_t)1 << 62)

enum { BANDS_DEFAULT = 10, PAIRS_FIRST = 1024, BRANCHES_FIRST = 16 };

// ---- names of levels ----

static const struct {
    const char *name;
    enum mm_linear_kind kind;
    bool proof;
} level_names[] = {
    {"served",      MM_L_SERVED,   false},
    {"pairs",       MM_L_PAIRS,    false},
    {"priority",    MM_L_PRIORITY, false},
    {"floor",       MM_L_FLOOR,    false},
    {"floor-proof", MM_L_FLOOR,    true },
    {"band",        MM_L_BAND,     false},
    {"total",       MM_L_TOTAL,    false},
    {"kept",        MM_L_KEPT,     false},
    {"tie",         MM_L_TIE,      false},
    {"empty",       MM_L_EMPTY,    false},
};
enum { LEVEL_NAMES = sizeof level_names / sizeof level_names[0] };

static const char *name_of_level(const struct mm_linear *level)
{
    for (uint32_t k = 0; k < LEVEL_NAMES; k++)
        if (level_names[k].kind == level->kind && level_names[k].proof == level->proof)
            return level_names[k].name;
    return "unknown";
}

// ---- writing ----

static enum rc write_counts(struct buffer *buffer, const struct mm_result *result)
{
    TRY(buffer_printf(buffer, "v matched %" PRIu32 "\n", result->matched));
    TRY(buffer_printf(buffer, "v pairs %zu\n", result->pairs));
    if (result->pairs > 0)
        TRY(buffer_printf(buffer, "v lowest %" PRIu32 "\n", result->lowest));
    for (uint32_t band = 0; band < result->bands; band++)
        TRY(buffer_printf(buffer, "v band %" PRIu32 " %" PRIu64 "\n", band, result->band[band]));
    TRY(buffer_printf(buffer, "v total %" PRIu64 "\n", result->total));
    TRY(buffer_printf(buffer, "v moved %" PRIu32 "\n", result->moved));
    TRY(buffer_printf(buffer, "v seed %" PRIu64 "\n", result->seed));
    if (result->gap != 0)
        TRY(buffer_printf(buffer, "v gap %" PRId64 "\n", result->gap));
    return buffer_printf(buffer, "v proved %s\n", result->proved ? "yes" : "no");
}

// The prices that are not 0.
static enum rc write_prices(struct buffer *buffer, uint32_t number, const struct mm_linear *level,
                            uint32_t mentors)
{
    for (uint32_t j = 0; level->price != NULL && j < mentors; j++)
        if (level->price[j] != 0)
            TRY(buffer_printf(buffer, "d %" PRIu32 " %" PRIu32 " %" PRId64 "\n", number, j + 1,
                              level->price[j]));
    return RC_OK;
}

static enum rc write_certificate(struct buffer *buffer, const struct mm_certificate *certificate,
                                 uint32_t mentors)
{
    for (uint32_t k = 0; k < certificate->levels; k++) {
        const struct mm_linear *level = &certificate->level[k];
        TRY(buffer_printf(buffer, "l %" PRIu32 " %s %" PRIu32 " %" PRId64 "\n", k + 1,
                          name_of_level(level), level->parameter, level->value));
        TRY(write_prices(buffer, k + 1, level, mentors));
    }
    return RC_OK;
}

enum rc result_text_write(struct buffer *buffer, const struct mm_result *result, uint32_t mentors)
{
    for (size_t k = 0; k < result->pairs; k++)
        TRY(buffer_printf(buffer, "a %" PRIu32 " %" PRIu32 " %u\n", result->pair[k].mentee + 1,
                          result->pair[k].mentor + 1, result->pair[k].score));
    TRY(write_counts(buffer, result));
    TRY(write_certificate(buffer, &result->certificate, mentors));
    for (uint32_t b = 0; b < result->branches; b++) {
        const struct mm_branch *branch = &result->branch[b];
        if (branch->mentor != MM_NOBODY)
            TRY(buffer_printf(buffer, "b %" PRIu32 "\n", branch->mentor + 1));
        else
            TRY(buffer_printf(buffer, "b %s\n",
                              branch->empty                     ? "empty"
                              : branch->certificate.levels == 0 ? "result"
                                                                : "bound"));
        TRY(write_certificate(buffer, &branch->certificate, mentors));
    }
    return RC_OK;
}

// ---- reading ----

enum told { MATCHED, PAIRS, LOWEST, TOTAL, MOVED, SEED, GAP, PROVED, BAND, VALUES };

static const char *const value_name[VALUES] = {"matched", "pairs", "lowest", "total", "moved",
                                               "seed",    "gap",   "proved", "band"};

struct reader {
    struct plain_cursor cursor;
    struct arena *arena;
    const struct instance_text *instance;
    size_t capacity; // of the pairs
    size_t room;     // of the branches
    uint64_t pairs_told;
    uint32_t told;      // bit per enum told
    uint32_t band_told; // bit per band
    struct mm_result result;
};

static const char twice[] = "remove one of the lines";

static bool add_pair(struct reader *reader, const struct mm_pair *pair)
{
    struct mm_result *result = &reader->result;
    if (result->pairs == reader->capacity) {
        size_t capacity = reader->capacity == 0 ? PAIRS_FIRST : 2 * reader->capacity;
        struct mm_pair *grown =
            arena_grow(reader->arena, result->pair, reader->capacity * sizeof *grown,
                       capacity * sizeof *grown);
        reader->cursor.no_memory = grown == NULL;
        if (grown == NULL)
            return false;
        result->pair = grown;
        reader->capacity = capacity;
    }
    result->pair[result->pairs++] = *pair;
    return true;
}

// a <mentee> <mentor> <score>
static bool read_a(struct reader *reader)
{
    const struct mm_instance *in = &reader->instance->instance;
    struct plain_cursor *cursor = &reader->cursor;
    uint64_t i = 0;
    uint64_t j = 0;
    uint64_t score = 0;
    if (!plain_number(cursor, "the mentee", 1, in->mentees, &i) ||
        !plain_number(cursor, "the mentor", 1, in->mentors, &j) ||
        !plain_number(cursor, "the score", 0, MM_SCORE_MAX, &score) || !plain_line_ends(cursor))
        return false;
    struct mm_pair pair = {(uint32_t)(i - 1), (uint32_t)(j - 1), (uint16_t)score, false};
    return add_pair(reader, &pair);
}

static bool read_band(struct reader *reader)
{
    uint64_t band = 0;
    uint64_t count = 0;
    if (!plain_number(&reader->cursor, "the band", 0, MM_BANDS_MAX - 1, &band) ||
        !plain_number(&reader->cursor, "the number of pairs in it", 0, UINT64_MAX, &count))
        return false;
    if (reader->band_told & 1u << band)
        return plain_fault(&reader->cursor, reader->cursor.line_start, twice,
                           "band %" PRIu64 " is told twice", band);
    reader->band_told |= 1u << band;
    reader->result.band[band] = count;
    return true;
}

static bool read_proved(struct reader *reader)
{
    struct text word = plain_word(&reader->cursor);
    if (!plain_is(word, "yes") && !plain_is(word, "no"))
        return plain_fault(&reader->cursor, word.bytes, "write yes or no",
                           "a result is proved or it is not");
    reader->result.proved = plain_is(word, "yes");
    return true;
}

static bool read_count(struct reader *reader, enum told value)
{
    struct plain_cursor *cursor = &reader->cursor;
    struct mm_result *result = &reader->result;
    uint64_t number = 0;
    switch (value) {
    case MATCHED:
    case MOVED:
    case LOWEST:
        if (!plain_number(cursor, "the number", 0, UINT32_MAX, &number))
            return false;
        *(value == MATCHED ? &result->matched
          : value == MOVED ? &result->moved
                           : &result->lowest) = (uint32_t)number;
        return true;
    case PAIRS:
        return plain_number(cursor, "the number of pairs", 0, UINT64_MAX, &reader->pairs_told);
    case TOTAL:
        return plain_number(cursor, "the total", 0, UINT64_MAX, &result->total);
    case SEED:
        return plain_number(cursor, "the seed", 0, UINT64_MAX, &result->seed);
    case GAP:
        return plain_signed(cursor, "the gap", PRICE_MOST, &result->gap);
    case PROVED:
        return read_proved(reader);
    case BAND:
        return read_band(reader);
    case VALUES:
        break;
    }
    return false;
}

// v <name> <number>
static bool read_v(struct reader *reader)
{
    struct plain_cursor *cursor = &reader->cursor;
    struct text name = plain_word(cursor);
    uint32_t value = 0;
    while (value < VALUES && !plain_is(name, value_name[value]))
        value++;
    if (value == VALUES)
        return plain_fault(cursor, name.bytes,
                           "the values are matched, pairs, lowest, band, total, moved, seed, gap "
                           "and proved",
                           "there is no such value");
    if (value != BAND && (reader->told & 1u << value))
        return plain_fault(cursor, cursor->line_start, twice, "the value %s is told twice",
                           value_name[value]);
    reader->told |= 1u << value;
    return read_count(reader, (enum told)value) && plain_line_ends(cursor);
}

static bool read_level_name(struct reader *reader, struct mm_linear *ret_level)
{
    struct text name = plain_word(&reader->cursor);
    for (uint32_t k = 0; k < LEVEL_NAMES; k++) {
        if (!plain_is(name, level_names[k].name))
            continue;
        ret_level->kind = level_names[k].kind;
        ret_level->proof = level_names[k].proof;
        return true;
    }
    return plain_fault(&reader->cursor, name.bytes,
                       "the levels are served, pairs, priority, floor-proof, floor, band, total, "
                       "kept, tie and empty",
                       "there is no such level");
}

// Where l and d lines belong: the branch above them, or else the result.
static struct mm_certificate *certificate_here(struct reader *reader)
{
    struct mm_result *result = &reader->result;
    return result->branches == 0 ? &result->certificate
                                 : &result->branch[result->branches - 1].certificate;
}

static struct mm_branch *add_branch(struct reader *reader)
{
    struct mm_result *result = &reader->result;
    if (result->branches == reader->room) {
        size_t room = reader->room == 0 ? BRANCHES_FIRST : 2 * reader->room;
        struct mm_branch *grown = arena_grow(reader->arena, result->branch,
                                             reader->room * sizeof *grown, room * sizeof *grown);
        reader->cursor.no_memory = grown == NULL;
        if (grown == NULL)
            return NULL;
        result->branch = grown;
        reader->room = room;
    }
    struct mm_branch *branch = &result->branch[result->branches++];
    *branch = (struct mm_branch){.mentor = MM_NOBODY};
    return branch;
}

// b <mentor> | empty | result | bound
static bool read_b(struct reader *reader)
{
    struct plain_cursor *cursor = &reader->cursor;
    const char *start = cursor->at;
    struct text word = plain_word(cursor);
    uint64_t mentor = MM_NOBODY;
    bool empty = plain_is(word, "empty");
    if (!empty && !plain_is(word, "result") && !plain_is(word, "bound")) {
        cursor->at = start;
        if (!plain_number(cursor, "the mentor (or empty, result or bound)", 1,
                          reader->instance->instance.mentors, &mentor))
            return false;
        mentor--;
    }
    if (!plain_line_ends(cursor))
        return false;
    struct mm_branch *branch = add_branch(reader);
    if (branch == NULL)
        return false;
    branch->mentor = (uint32_t)mentor;
    branch->empty = empty;
    return true;
}

// l <level> <kind> <parameter> <value>
static bool read_l(struct reader *reader)
{
    struct plain_cursor *cursor = &reader->cursor;
    struct mm_certificate *certificate = certificate_here(reader);
    uint64_t number = 0;
    uint64_t parameter = 0;
    struct mm_linear level = {.kind = MM_L_SERVED};
    if (certificate->levels == MM_LEVELS_MAX)
        return plain_fault(cursor, cursor->line_start, "a certificate has no more than 32 levels",
                           "there are too many levels");
    uint64_t next = (uint64_t)certificate->levels + 1;
    if (!plain_number(cursor, "the level (they are numbered 1, 2, ... in order)", next, next,
                      &number) ||
        !read_level_name(reader, &level) ||
        !plain_number(cursor, "the parameter", 0, UINT32_MAX, &parameter) ||
        !plain_signed(cursor, "the value", PRICE_MOST, &level.value) || !plain_line_ends(cursor))
        return false;
    if (certificate->level == NULL)
        certificate->level = ARENA_ARRAY(reader->arena, struct mm_linear, MM_LEVELS_MAX);
    cursor->no_memory = certificate->level == NULL;
    if (cursor->no_memory)
        return false;
    level.parameter = (uint32_t)parameter;
    certificate->level[certificate->levels++] = level;
    return true;
}

// d <level> <mentor> <price>
static bool read_d(struct reader *reader)
{
    struct plain_cursor *cursor = &reader->cursor;
    const struct mm_certificate *certificate = certificate_here(reader);
    uint32_t mentors = reader->instance->instance.mentors;
    const char *start = cursor->line_start;
    uint64_t number = 0;
    uint64_t j = 0;
    int64_t price = 0;
    if (!plain_number(cursor, "the level", 1, certificate->levels, &number) ||
        !plain_number(cursor, "the mentor", 1, mentors, &j) ||
        !plain_signed(cursor, "the price", PRICE_MOST, &price) || !plain_line_ends(cursor))
        return false;
    struct mm_linear *level = &certificate->level[number - 1];
    if (level->price == NULL) {
        level->price = ARENA_ARRAY(reader->arena, int64_t, mentors);
        cursor->no_memory = level->price == NULL;
    }
    if (cursor->no_memory)
        return false;
    if (level->price[j - 1] != 0)
        return plain_fault(cursor, start, twice,
                           "mentor %" PRIu64 " has two prices at level %" PRIu64, j, number);
    level->price[j - 1] = price;
    return true;
}

static bool read_record(struct reader *reader)
{
    struct text kind = plain_word(&reader->cursor);
    if (plain_is(kind, "a"))
        return read_a(reader);
    if (plain_is(kind, "v"))
        return read_v(reader);
    if (plain_is(kind, "l"))
        return read_l(reader);
    if (plain_is(kind, "d"))
        return read_d(reader);
    if (plain_is(kind, "b"))
        return read_b(reader);
    return plain_fault(&reader->cursor, kind.bytes, "lines begin with a, v, l, d, b or #",
                       "the line begins with a word that means nothing here");
}

// ---- what the pairs say ----

static int compare_pairs(const void *left, const void *right)
{
    const struct mm_pair *a = left;
    const struct mm_pair *b = right;
    if (a->mentee != b->mentee)
        return a->mentee < b->mentee ? -1 : 1;
    return a->mentor < b->mentor ? -1 : a->mentor > b->mentor;
}

static bool has_link(const struct mm_link *link, size_t count, const struct mm_pair *pair)
{
    // instance_text_read sorts its links
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct mm_link *at = &link[middle];
        if (at->mentee == pair->mentee && at->mentor == pair->mentor)
            return true;
        bool below =
            at->mentee != pair->mentee ? at->mentee < pair->mentee : at->mentor < pair->mentor;
        low = below ? middle + 1 : low;
        high = below ? high : middle;
    }
    return false;
}

// Pins, and with keep-published the earlier pairs too: those that are not allowed any more are
// refused before anybody looks at their mark.
static void mark_pins(const struct reader *reader, struct mm_result *result)
{
    const struct mm_instance *in = &reader->instance->instance;
    bool keep = reader->instance->objective.keep_published;
    for (size_t k = 0; k < result->pairs; k++) {
        struct mm_pair *pair = &result->pair[k];
        pair->pinned =
            has_link(in->pin, in->pins, pair) || (keep && has_link(in->was, in->was_count, pair));
    }
}

// What was not told follows from the pairs.
static void fill_values(const struct reader *reader, struct mm_result *result)
{
    const struct mm_instance *in = &reader->instance->instance;
    struct mm_result sums = {.lowest = MM_NOT_ALLOWED};
    size_t kept = 0;
    for (size_t k = 0; k < result->pairs; k++) {
        const struct mm_pair *pair = &result->pair[k];
        sums.matched += k == 0 || pair[-1].mentee != pair->mentee;
        sums.total += pair->score;
        sums.lowest = pair->score < sums.lowest ? pair->score : sums.lowest;
        sums.band[(uint32_t)pair->score * result->bands / (MM_SCORE_MAX + 1)]++;
        kept += has_link(in->was, in->was_count, pair);
    }
    uint32_t told = reader->told;
    result->matched = told & 1u << MATCHED ? result->matched : sums.matched;
    result->total = told & 1u << TOTAL ? result->total : sums.total;
    result->lowest = told & 1u << LOWEST ? result->lowest : sums.lowest;
    result->moved = told & 1u << MOVED ? result->moved : (uint32_t)(in->was_count - kept);
    result->seed = told & 1u << SEED ? result->seed : reader->instance->objective.seed;
    for (uint32_t band = 0; !(told & 1u << BAND) && band < MM_BANDS_MAX; band++)
        result->band[band] = sums.band[band];
}

enum rc result_text_read(struct arena *arena, const char *file, struct text content,
                         const struct instance_text *instance, struct problem_list *problems,
                         struct mm_result *ret_result)
{
    struct reader reader = {.arena = arena, .instance = instance};
    struct mm_result *result = &reader.result;
    plain_open(&reader.cursor, file, content, problems);
    while (plain_next_line(&reader.cursor))
        (void)read_record(&reader);
    if ((reader.told & 1u << PAIRS) && reader.pairs_told != result->pairs)
        plain_fault(&reader.cursor, NULL, "look whether the file is complete",
                    "there are %zu a lines, but the result tells %" PRIu64, result->pairs,
                    reader.pairs_told);
    TRY(plain_verdict(&reader.cursor));
    uint32_t bands = instance->objective.bands;
    result->bands = bands == 0 ? BANDS_DEFAULT : bands;
    if (result->pairs > 1)
        qsort(result->pair, result->pairs, sizeof result->pair[0], compare_pairs);
    mark_pins(&reader, result);
    fill_values(&reader, result);
    *ret_result = *result;
    return RC_OK;
}

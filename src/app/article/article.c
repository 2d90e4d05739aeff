// SPDX-License-Identifier: Apache-2.0
//
// The rules of contributions; pure. See article.h.
#include "app/article/article.h"

#include <stdlib.h>
#include <string.h>

enum { RUN_WORDS = 3, DAY_S = 86400 };
static const int64_t us_a_second = 1000000;

// ---- words -----------------------------------------------------------------------------------

// The code point at *at, which moves on; the text is valid UTF-8.
static uint32_t take_point(const unsigned char **at)
{
    const unsigned char *c = *at;
    unsigned more = c[0] < 0x80 ? 0 : c[0] < 0xE0 ? 1 : c[0] < 0xF0 ? 2 : 3;
    uint32_t point = more == 0 ? c[0] : c[0] & (0x3Fu >> more);
    for (unsigned k = 1; k <= more; k++)
        point = point << 6 | (c[k] & 0x3Fu);
    *at = c + more + 1;
    return point;
}

// Thai to Myanmar, and the ideographs and syllables of East Asia (Unicode 15 blocks).
static bool has_no_spaces(uint32_t point)
{
    return (point >= 0x0E00 && point <= 0x109F) || (point >= 0x3040 && point <= 0x30FF) ||
           (point >= 0x3400 && point <= 0x9FFF) || (point >= 0x20000 && point <= 0x3FFFF);
}

static bool is_space(uint32_t point)
{
    return point <= ' ' || point == 0xA0 || (point >= 0x2000 && point <= 0x200B) ||
           point == 0x3000 || (point < 0x80 && strchr(".,;:!?()[]{}\"/<>|", (int)point) != NULL);
}

size_t article_words(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    size_t words = 0;
    size_t dense = 0;
    bool inside = false;
    while (*at != '\0') {
        uint32_t point = take_point(&at);
        if (has_no_spaces(point)) {
            dense++;
            inside = false;
            continue;
        }
        if (is_space(point)) {
            inside = false;
            continue;
        }
        words += inside ? 0 : 1;
        inside = true;
    }
    return words + (dense + 1) / 2;
}

// ---- states ----------------------------------------------------------------------------------

bool contribution_may(const char *from, const char *to, bool editor)
{
    static const struct {
        const char *from;
        const char *to;
        bool editor;
    } moves[] = {
        {"draft",             "submitted",         false},
        {"changes_requested", "submitted",         false},
        {"submitted",         "draft",             false},
        {"draft",             "withdrawn",         false},
        {"submitted",         "withdrawn",         false},
        {"changes_requested", "withdrawn",         false},
        {"approved",          "withdrawn",         false},
        {"submitted",         "approved",          true },
        {"submitted",         "changes_requested", true },
        {"submitted",         "rejected",          true },
        {"approved",          "removed",           true },
    };
    for (size_t k = 0; k < sizeof moves / sizeof moves[0]; k++)
        if (moves[k].editor == editor && strcmp(moves[k].from, from) == 0 &&
            strcmp(moves[k].to, to) == 0)
            return true;
    return false;
}

// ---- likeness --------------------------------------------------------------------------------

static uint64_t mix(uint64_t hash)
{
    hash ^= hash >> 33;
    hash *= UINT64_C(0xff51afd7ed558ccd);
    hash ^= hash >> 33;
    hash *= UINT64_C(0xc4ceb9fe1a85ec53);
    return hash ^ hash >> 33;
}

static uint64_t word_hash(struct text word)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t k = 0; k < word.length; k++)
        hash = (hash ^ (unsigned char)word.bytes[k]) * UINT64_C(0x100000001b3);
    return mix(hash);
}

static int by_hash(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

// Scripts without spaces are compared by their letters.
static char *spread(struct arena *arena, const char *key)
{
    char *wide = arena_alloc(arena, 2 * strlen(key) + 1);
    size_t length = 0;
    const unsigned char *at = (const unsigned char *)key;
    while (wide != NULL && *at != '\0') {
        const unsigned char *from = at;
        bool dense = has_no_spaces(take_point(&at));
        memcpy(wide + length, from, (size_t)(at - from));
        length += (size_t)(at - from);
        if (dense)
            wide[length++] = ' ';
    }
    if (wide != NULL)
        wide[length] = '\0';
    return wide;
}

enum rc article_runs_of(struct arena *arena, const char *text, struct article_runs *ret_runs)
{
    char *key = NULL;
    size_t length = strlen(text);
    if (length > CONTRIBUTION_BYTES_MOST)
        return RC_LIMIT;
    TRY(text_word_key(arena, text, length, &key));
    key = spread(arena, key);
    if (key == NULL)
        return RC_NO_MEMORY;
    size_t most = strlen(key) / 2 + 2;
    struct text *words = ARENA_ARRAY(arena, struct text, most);
    uint64_t *hashes = ARENA_ARRAY(arena, uint64_t, most);
    if (words == NULL || hashes == NULL)
        return RC_NO_MEMORY;
    size_t count = text_split(key, words, most);
    size_t runs = 0;
    for (size_t k = 0; k + RUN_WORDS <= count; k++)
        hashes[runs++] = mix(word_hash(words[k]) * 3 ^ word_hash(words[k + 1]) * 5 ^
                             word_hash(words[k + 2]) * 7);
    qsort(hashes, runs, sizeof hashes[0], by_hash);
    size_t kept = 0;
    for (size_t k = 0; k < runs; k++)
        if (kept == 0 || hashes[kept - 1] != hashes[k])
            hashes[kept++] = hashes[k];
    *ret_runs = (struct article_runs){hashes, kept};
    return RC_OK;
}

unsigned article_likeness(const struct article_runs *a, const struct article_runs *b)
{
    size_t smaller = a->count < b->count ? a->count : b->count;
    size_t shared = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        shared += a->hashes[i] == b->hashes[j];
        uint64_t x = a->hashes[i];
        uint64_t y = b->hashes[j];
        i += x <= y;
        j += y <= x;
    }
    return smaller == 0 ? 0 : (unsigned)(100 * shared / smaller);
}

void article_marks(const struct article_runs *runs, int64_t ret_marks[ARTICLE_MARKS])
{
    for (uint64_t order = 0; order < ARTICLE_MARKS; order++) {
        uint64_t least = UINT64_MAX;
        for (size_t k = 0; k < runs->count; k++) {
            uint64_t turned = mix(runs->hashes[k] + order * UINT64_C(0x9e3779b97f4a7c15));
            least = turned < least ? turned : least;
        }
        // The order is part of the mark, so that only like is compared with like.
        ret_marks[order] = (int64_t)(mix(least + order) >> 1);
    }
}

// ---- when editors are told -------------------------------------------------------------------

bool article_is_news(const int64_t *sent_at, size_t count, int64_t now_us)
{
    enum { A_WEEK = 7 };
    const int64_t slack_us = 600 * us_a_second; // a night may come a little late
    for (size_t k = 0; k < count; k++) {
        int64_t days = (now_us - sent_at[k] - slack_us) / (DAY_S * us_a_second);
        if (days % A_WEEK == 0)
            return true;
    }
    return false;
}

// ---- the badge, and the order of leaders -----------------------------------------------------

enum badge_change badge_next(struct contributor_badge *badge, int64_t articles, int64_t now_us)
{
    bool has = badge->got_at > 0 && badge->lapsed_at == 0;
    if (articles >= BADGE_ARTICLES) {
        bool was_in_doubt = has && badge->grace_until > 0;
        if (!has)
            *badge = (struct contributor_badge){now_us, 0, 0};
        badge->grace_until = 0;
        return !has ? BADGE_GOT : was_in_doubt ? BADGE_SAFE : BADGE_SAME;
    }
    if (!has)
        return BADGE_SAME;
    if (badge->grace_until == 0) {
        badge->grace_until = now_us + (int64_t)BADGE_GRACE_DAYS * DAY_S * us_a_second;
        return BADGE_IN_DOUBT;
    }
    if (now_us < badge->grace_until)
        return BADGE_SAME;
    badge->lapsed_at = now_us;
    badge->grace_until = 0;
    return BADGE_LAPSED;
}

static int by_rank(const void *a, const void *b)
{
    const struct article_leader *x = a;
    const struct article_leader *y = b;
    if (x->sections != y->sections)
        return x->sections > y->sections ? -1 : 1;
    if (x->votes != y->votes)
        return x->votes > y->votes ? -1 : 1;
    if (x->first_at != y->first_at)
        return x->first_at < y->first_at ? -1 : 1;
    return x->person < y->person ? -1 : x->person > y->person;
}

void article_rank(struct article_leader *leaders, size_t count)
{
    qsort(leaders, count, sizeof leaders[0], by_rank);
}

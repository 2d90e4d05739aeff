// SPDX-License-Identifier: Apache-2.0
// Sentences about a pair; see match_words.h. Those about people without a mentor stand in
// match_words_lonely.c.
#include "match_words.h"

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"

enum { LISTED_MOST = 4, SENTENCE_MAX = 1024 * 1024 };

struct match_points match_points_of(int64_t points)
{
    struct match_points text;
    int64_t size = points < 0 ? -points : points;
    snprintf(text.bytes, sizeof text.bytes, "%s%lld.%02lld", points < 0 ? "-" : "",
             (long long)(size / 100), (long long)(size % 100));
    return text;
}

// "a, b, c and 2 more".
struct listing {
    struct buffer text;
    uint32_t count;
};

static void list_add(struct listing *listing, const char *item)
{
    if (listing->count++ < LISTED_MOST)
        buffer_printf(&listing->text, "%s%s", listing->count > 1 ? ", " : "", item);
}

static const char *list_end(struct listing *listing)
{
    if (listing->count > LISTED_MOST)
        buffer_printf(&listing->text, " and %u more", listing->count - LISTED_MOST);
    return listing->text.bytes;
}

static struct listing list_open(struct arena *arena)
{
    struct listing listing = {.count = 0};
    buffer_open(&listing.text, arena, SENTENCE_MAX);
    return listing;
}

static enum rc give(const char *sentence, const char **ret_sentence)
{
    if (sentence == NULL)
        return RC_NO_MEMORY;
    *ret_sentence = sentence;
    return RC_OK;
}

static enum rc say_topics(struct arena *arena, const struct match_pair *pair,
                          const char **ret_sentence)
{
    struct listing listing = list_open(arena);
    for (uint32_t i = 0; i < pair->wish_count; i++)
        if (pair->wishes[i].percent > 0)
            list_add(&listing, pair->wishes[i].wish);
    const char *list = list_end(&listing);
    TRY(listing.text.rc);
    if (pair->wishes_covered == pair->wish_count)
        return give(arena_printf(arena,
                                 pair->wish_count == 1 ? "covers the one wish: %s"
                                                       : "covers all wishes: %s",
                                 list),
                    ret_sentence);
    return give(arena_printf(arena, "covers %u of %u wishes: %s", pair->wishes_covered,
                             pair->wish_count, list),
                ret_sentence);
}

// "english" as people write it; only ASCII has a capital here.
static char *capital(struct arena *arena, const char *key)
{
    char *name = arena_strdup(arena, key);
    if (name != NULL && name[0] >= 'a' && name[0] <= 'z')
        name[0] = (char)(name[0] - 'a' + 'A');
    return name;
}

// What both sets of bits name.
static enum rc say_shared(struct arena *arena, const char *before, const struct match_intern *names,
                          const uint64_t *a, const uint64_t *b, const char **ret_sentence)
{
    struct listing listing = list_open(arena);
    for (uint32_t i = 0; i < names->count; i++) {
        if ((a[i / 64] >> i % 64 & b[i / 64] >> i % 64 & 1) != 0) {
            char *name = capital(arena, names->keys[i]);
            if (name == NULL)
                return RC_NO_MEMORY;
            list_add(&listing, name);
        }
    }
    const char *list = list_end(&listing);
    TRY(listing.text.rc);
    return give(arena_printf(arena, "%s: %s", before, list), ret_sentence);
}

enum rc match_say_clocks(struct arena *arena, const struct mm_explanation *why,
                         const char **ret_sentence)
{
    unsigned minutes = why->zone_distance;
    if (minutes == UINT16_MAX)
        return give("not known", ret_sentence);
    if (minutes == 0)
        return give("the same time", ret_sentence);
    if (minutes % 60 == 0)
        return give(arena_printf(arena, "%u h apart", minutes / 60), ret_sentence);
    if (minutes < 60)
        return give(arena_printf(arena, "%u min apart", minutes), ret_sentence);
    return give(arena_printf(arena, "%u h %u min apart", minutes / 60, minutes % 60), ret_sentence);
}

static enum rc say_zone(struct arena *arena, const struct match_pair *pair,
                        const char **ret_sentence)
{
    if (pair->why.zone_distance == 0)
        return give("their clocks show the same time", ret_sentence);
    return give(arena_printf(arena, "their clocks are %s", pair->clocks), ret_sentence);
}

static uint32_t rank_of(const struct mm_person *person, uint32_t other)
{
    uint32_t rank = 0;
    while (rank < person->choices && person->choice[rank] != other)
        rank++;
    return rank + 1;
}

static enum rc say_percent(struct arena *arena, const char *what, uint16_t share,
                           const char **ret_sentence)
{
    return give(arena_printf(arena, "%s %u %%", what, (share + 50U) / 100), ret_sentence);
}

enum rc match_say_strong(const struct match_pool *pool, const struct match_pair *pair,
                         enum mm_criterion_kind criterion, const char **ret_sentence)
{
    struct arena *arena = pool->arena;
    const struct mm_person *a = &pool->pool.mentee[pair->mentee];
    const struct mm_person *b = &pool->pool.mentor[pair->mentor];
    switch (criterion) {
    case MM_C_TOPICS:
        return say_topics(arena, pair, ret_sentence);
    case MM_C_LEVELS:
        return give("knows what is wished at least one level better", ret_sentence);
    case MM_C_SENIORITY:
        return give(arena_printf(arena, "the mentor stands %d grade%s above the mentee",
                                 b->seniority - a->seniority,
                                 b->seniority - a->seniority == 1 ? "" : "s"),
                    ret_sentence);
    case MM_C_INTERESTS:
        return say_shared(arena, "shared interests", &pool->interests, a->interests, b->interests,
                          ret_sentence);
    case MM_C_VALUES:
        return say_percent(arena, "their answers on values and working style agree by",
                           pair->why.share[criterion], ret_sentence);
    case MM_C_LANGUAGES:
        return say_shared(arena, "both speak", &pool->languages, &a->languages, &b->languages,
                          ret_sentence);
    case MM_C_OVERLAP:
        return give(
            arena_printf(arena, "free at the same time for %u minutes a week", pair->overlap),
            ret_sentence);
    case MM_C_ZONE:
        return say_zone(arena, pair, ret_sentence);
    case MM_C_INDUSTRY:
        return say_shared(arena, "the same industry", &pool->industries, &a->industries,
                          &b->industries, ret_sentence);
    case MM_C_FORMAT:
        return give("a way of meeting that suits both", ret_sentence);
    case MM_C_CADENCE:
        return give("want to meet about equally often", ret_sentence);
    case MM_C_CHOICE_MENTEE:
        return give(arena_printf(arena, "the mentee's choice number %u", rank_of(a, pair->mentor)),
                    ret_sentence);
    case MM_C_CHOICE_MENTOR:
        return give(arena_printf(arena, "the mentor's choice number %u", rank_of(b, pair->mentee)),
                    ret_sentence);
    case MM_CRITERIA:
        break;
    }
    return give("", ret_sentence);
}

static enum rc say_wishes_left(struct arena *arena, const struct match_pair *pair,
                               const char **ret_sentence)
{
    struct listing none = list_open(arena);
    struct listing part = list_open(arena);
    for (uint32_t i = 0; i < pair->wish_count; i++) {
        if (pair->wishes[i].percent == 0)
            list_add(&none, pair->wishes[i].wish);
        else if (pair->wishes[i].percent < 80)
            list_add(&part, pair->wishes[i].wish);
    }
    bool some = none.count > 0;
    const char *list = list_end(some ? &none : &part);
    TRY(none.text.rc);
    TRY(part.text.rc);
    if (some && pair->wishes_covered == 0)
        return give(arena_printf(arena, "no skill for any wish: %s", list), ret_sentence);
    return give(arena_printf(arena, some ? "no skill for: %s" : "covers only in part: %s", list),
                ret_sentence);
}

static enum rc say_unknown(struct arena *arena, const struct match_pool *pool,
                           const struct match_pair *pair, enum mm_criterion_kind criterion,
                           const char **ret_sentence)
{
    if (criterion != MM_C_ZONE)
        return give(
            arena_printf(arena, "nothing is known about \"%s\"", rules_file_criterion(criterion)),
            ret_sentence);
    bool mentee = pool->pool.mentee[pair->mentee].zone_minutes[0] == MM_ZONE_UNKNOWN;
    bool mentor = pool->pool.mentor[pair->mentor].zone_minutes[0] == MM_ZONE_UNKNOWN;
    const char *who = mentee && mentor ? "of both" : mentee ? "of the mentee" : "of the mentor";
    return give(arena_printf(arena, "the time zone %s is not known", who), ret_sentence);
}

enum rc match_say_weak(const struct match_pool *pool, const struct match_pair *pair,
                       enum mm_criterion_kind criterion, const char **ret_sentence)
{
    struct arena *arena = pool->arena;
    if ((pair->why.unknown >> (unsigned)criterion & 1) != 0 && criterion != MM_C_TOPICS)
        return say_unknown(arena, pool, pair, criterion, ret_sentence);
    switch (criterion) {
    case MM_C_TOPICS:
        return say_wishes_left(arena, pair, ret_sentence);
    case MM_C_LEVELS:
        return give("not clearly ahead in what is wished", ret_sentence);
    case MM_C_SENIORITY:
        return give("the gap in seniority is not the best", ret_sentence);
    case MM_C_INTERESTS:
        return give("few interests in common", ret_sentence);
    case MM_C_VALUES:
        return say_percent(arena, "their answers on values and working style agree only by",
                           pair->why.share[criterion], ret_sentence);
    case MM_C_LANGUAGES:
        return give(pair->why.share[criterion] == 0 ? "no language in common is known"
                                                    : "only one language in common",
                    ret_sentence);
    case MM_C_OVERLAP:
        return give(
            arena_printf(arena, "free at the same time for only %u minutes a week", pair->overlap),
            ret_sentence);
    case MM_C_ZONE:
        return say_zone(arena, pair, ret_sentence);
    case MM_C_INDUSTRY:
        return give("different industries", ret_sentence);
    case MM_C_FORMAT:
        return give("no way of meeting that suits both is known", ret_sentence);
    case MM_C_CADENCE:
        return give("want to meet more or less often than each other", ret_sentence);
    case MM_C_CHOICE_MENTEE:
        return give("not among the mentee's first choices", ret_sentence);
    case MM_C_CHOICE_MENTOR:
        return give("not among the mentor's first choices", ret_sentence);
    case MM_CRITERIA:
        break;
    }
    return give("", ret_sentence);
}

enum rc match_say_to_ask(const struct match_pool *pool, const struct match_pair *pair,
                         const char **ret_sentence)
{
    struct listing listing = list_open(pool->arena);
    for (enum mm_rule_kind kind = 0; kind < MM_RULES; kind++)
        if ((pair->why.flagged >> (unsigned)kind & 1) != 0)
            list_add(&listing, rules_file_rule(kind));
    if (listing.count == 0)
        return give("", ret_sentence);
    const char *list = list_end(&listing);
    TRY(listing.text.rc);
    return give(arena_printf(pool->arena, "an answer is missing for: %s", list), ret_sentence);
}

enum rc match_say_cost(struct arena *arena, const struct mm_alternative *alternative,
                       const char **ret_sentence)
{
    if (alternative->matched_change < 0)
        return give(arena_printf(arena, "%lld mentee%s fewer would be matched",
                                 (long long)-alternative->matched_change,
                                 alternative->matched_change == -1 ? "" : "s"),
                    ret_sentence);
    int64_t lost = -alternative->total_change;
    const char *lower = alternative->lowest_change < 0 ? ", and a lower lowest score" : "";
    if (lost == 0)
        return give(lower[0] == '\0' ? "costs nothing in all" : "costs a lower lowest score",
                    ret_sentence);
    if (lost < 0)
        return give(arena_printf(arena, "%s points more in all, but more weak pairs%s",
                                 match_points_of(-lost).bytes, lower),
                    ret_sentence);
    return give(arena_printf(arena, "%s points less in all%s", match_points_of(lost).bytes, lower),
                ret_sentence);
}

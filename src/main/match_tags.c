// SPDX-License-Identifier: Apache-2.0
// Languages, interests and industries as bit sets; see match_parts.h. Only what stands on both
// sheets can be in common, so only that gets a bit of its own. The rest shares a few bits of its
// own side, so that "told something else" is not taken for "told nothing".
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#include "match_parts.h"

enum { KEYS_MAX = 64, OWN_BITS_MAX = 3 };

// What differs between the three kinds.
struct tags {
    struct match_pool *pool;
    struct match_intern *shared; // out: bit + 1 of what both sheets name
    const char *what;            // "languages"
    uint32_t bits;               // of the set
    uint32_t own;                // bits for the rest, for each side
    enum rc (*keys)(struct match_pool *pool, const struct person *person, const char **ret_keys,
                    size_t *ret_count);
    void (*store)(struct mm_person *person, const uint64_t set[4]);
};

static enum rc language_keys(struct match_pool *pool, const struct person *person,
                             const char **ret_keys, size_t *ret_count)
{
    size_t count = 0;
    for (uint32_t i = 0; i < person->language_count && count < KEYS_MAX; i++) {
        const struct person_language *language = &person->languages[i];
        bool enough = language->level == PERSON_LANGUAGE_UNKNOWN ||
                      language->level >= pool->rules.language_level;
        ret_keys[count++] = enough ? language->key : "(below the level needed)";
    }
    *ret_count = count;
    return RC_OK;
}

static void store_languages(struct mm_person *person, const uint64_t set[4])
{
    person->languages = set[0];
}

static enum rc interest_keys(struct match_pool *pool, const struct person *person,
                             const char **ret_keys, size_t *ret_count)
{
    size_t count = 0;
    for (uint32_t i = 0; i < person->interest_count && count < KEYS_MAX; i++)
        ret_keys[count++] = pool->roster->topics.topics[person->interests[i].topic].key;
    *ret_count = count;
    return RC_OK;
}

static void store_interests(struct mm_person *person, const uint64_t set[4])
{
    memcpy(person->interests, set, sizeof person->interests);
}

// "fintech; health / education"
static enum rc industry_keys(struct match_pool *pool, const struct person *person,
                             const char **ret_keys, size_t *ret_count)
{
    const char *rest = person->texts[COLUMN_INDUSTRY];
    size_t count = 0;
    while (*rest != '\0' && count < KEYS_MAX) {
        size_t length = strcspn(rest, ";,/|\n");
        char *key = NULL;
        TRY(text_word_key(pool->arena, rest, length, &key));
        if (key[0] != '\0')
            ret_keys[count++] = key;
        rest += length + (rest[length] != '\0');
    }
    *ret_count = count;
    return RC_OK;
}

static void store_industries(struct mm_person *person, const uint64_t set[4])
{
    person->industries = set[0];
}

static int by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static enum rc add_all(const struct tags *tags, const struct person *people, uint32_t count,
                       struct match_intern *all)
{
    for (uint32_t i = 0; i < count; i++) {
        const char *keys[KEYS_MAX];
        size_t key_count = 0;
        TRY(tags->keys(tags->pool, &people[i], keys, &key_count));
        for (size_t k = 0; k < key_count; k++) {
            uint32_t number = 0;
            TRY(match_intern_add(all, keys[k], &number));
        }
    }
    return RC_OK;
}

// Gives a bit to each key of both sides, in the order of the alphabet; those beyond the set are
// noted.
static enum rc share(const struct tags *tags, const struct match_intern *mentees,
                     const struct match_intern *mentors)
{
    const char **keys = ARENA_ARRAY(tags->pool->arena, const char *, mentees->count);
    if (keys == NULL)
        return RC_NO_MEMORY;
    size_t count = 0;
    for (uint32_t i = 0; i < mentees->count; i++)
        if (match_intern_find(mentors, mentees->keys[i]) != 0 && mentees->keys[i][0] != '(')
            keys[count++] = mentees->keys[i];
    qsort(keys, count, sizeof keys[0], by_text);
    size_t most = tags->bits - 2 * (size_t)tags->own;
    if (count > most)
        TRY(match_pool_note(tags->pool,
                            "there are %zu different %s on both sheets; the first %zu of the "
                            "alphabet count",
                            count, tags->what, most));
    for (size_t i = 0; i < count && i < most; i++) {
        uint32_t number = 0;
        TRY(match_intern_add(tags->shared, keys[i], &number));
    }
    return RC_OK;
}

// own_bit: the first of the side's own bits.
static enum rc set_people(const struct tags *tags, const struct person *people, uint32_t count,
                          uint32_t own_bit, struct mm_person *ret_people)
{
    for (uint32_t i = 0; i < count; i++) {
        const char *keys[KEYS_MAX];
        size_t key_count = 0;
        uint64_t set[4] = {0};
        uint32_t own = 0;
        TRY(tags->keys(tags->pool, &people[i], keys, &key_count));
        for (size_t k = 0; k < key_count; k++) {
            uint32_t number = match_intern_find(tags->shared, keys[k]);
            if (number == 0 && own == tags->own)
                continue;
            uint32_t bit = number != 0 ? number - 1 : own_bit + own++;
            set[bit / 64] |= 1ULL << bit % 64;
        }
        tags->store(&ret_people[i], set);
    }
    return RC_OK;
}

static enum rc build(const struct tags *tags, struct match_people people)
{
    const struct roster *roster = tags->pool->roster;
    struct match_intern mentees;
    struct match_intern mentors;
    match_intern_open(&mentees, tags->pool->arena);
    match_intern_open(&mentors, tags->pool->arena);
    match_intern_open(tags->shared, tags->pool->arena);
    TRY(add_all(tags, roster->mentees, roster->mentee_count, &mentees));
    TRY(add_all(tags, roster->mentors, roster->mentor_count, &mentors));
    TRY(share(tags, &mentees, &mentors));
    TRY(set_people(tags, roster->mentees, roster->mentee_count, tags->bits - 2 * tags->own,
                   people.mentee));
    return set_people(tags, roster->mentors, roster->mentor_count, tags->bits - tags->own,
                      people.mentor);
}

enum rc match_build_tags(struct match_pool *pool, struct match_people people)
{
    const struct tags languages = {pool, &pool->languages, "languages",    64,
                                   1,    language_keys,    store_languages};
    const struct tags interests = {pool,         &pool->interests, "interests",    256,
                                   OWN_BITS_MAX, interest_keys,    store_interests};
    const struct tags industries = {pool, &pool->industries, "industries",    64,
                                    1,    industry_keys,     store_industries};
    TRY(build(&languages, people));
    TRY(build(&interests, people));
    return build(&industries, people);
}

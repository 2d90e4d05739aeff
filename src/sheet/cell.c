// SPDX-License-Identifier: Apache-2.0
// What single cells mean; see cell.h.
#include "sheet/cell.h"

#include <string.h>

enum { KEY_WORDS_MAX = 32 };

bool cell_whole_number(struct text cell, uint32_t *ret_number)
{
    uint32_t number = 0;
    size_t at = 0;
    for (; at < cell.length && cell.bytes[at] >= '0' && cell.bytes[at] <= '9'; at++) {
        number = number * 10 + (uint32_t)(cell.bytes[at] - '0');
        if (number > 1000000)
            return false;
    }
    size_t left = cell.length - at;
    bool ended = left == 0 || (left == 2 && memcmp(cell.bytes + at, ".0", 2) == 0);
    if (at == 0 || !ended)
        return false;
    *ret_number = number;
    return true;
}

int32_t cell_first_number_x10(struct text cell)
{
    size_t at = 0;
    while (at < cell.length && (cell.bytes[at] < '0' || cell.bytes[at] > '9'))
        at++;
    if (at == cell.length)
        return -1;
    int32_t number = 0;
    for (; at < cell.length && cell.bytes[at] >= '0' && cell.bytes[at] <= '9'; at++) {
        number = number * 10 + (cell.bytes[at] - '0');
        if (number > 100000)
            return -1;
    }
    number *= 10;
    bool tenth = at + 1 < cell.length && (cell.bytes[at] == '.' || cell.bytes[at] == ',') &&
                 cell.bytes[at + 1] >= '0' && cell.bytes[at + 1] <= '9';
    return tenth ? number + (cell.bytes[at + 1] - '0') : number;
}

// Whether a list with a space before and behind each word has this one.
static bool list_has(const char *list, struct text word)
{
    for (const char *at = strchr(list, ' '); at != NULL; at = strchr(at + 1, ' ')) {
        if (strncmp(at + 1, word.bytes, word.length) == 0 && at[1 + word.length] == ' ')
            return true;
    }
    return false;
}

// Whether any word of the key is in the list.
static bool any_word(const char *key, const char *list)
{
    struct text words[KEY_WORDS_MAX];
    size_t count = text_split(key, words, KEY_WORDS_MAX);
    for (size_t i = 0; i < count && i < KEY_WORDS_MAX; i++) {
        if (list_has(list, words[i]))
            return true;
    }
    return false;
}

enum person_answer cell_answer(const char *key)
{
    struct text words[1];
    size_t count = text_split(key, words, 1);
    if (count == 0)
        return PERSON_UNKNOWN;
    if (list_has(" yes y true 1 x si oui ja ", words[0]))
        return PERSON_YES;
    return list_has(" no n false 0 non nein ", words[0]) ? PERSON_NO : PERSON_UNKNOWN;
}

enum person_answer cell_gender(const char *key)
{
    if (any_word(key, " not rather undisclosed unknown na "))
        return PERSON_UNKNOWN;
    if (any_word(key, " woman women female f w girl femme mujer "))
        return PERSON_YES;
    return any_word(key,
                    " man men male m boy nonbinary binary nb agender genderqueer homme hombre ")
               ? PERSON_NO
               : PERSON_UNKNOWN;
}

enum person_level cell_level(const char *key)
{
    if (any_word(key, " director executive vp chief ceo cto cfo coo cio head president professor "
                      "founder owner partner csuite "))
        return PERSON_LEVEL_EXECUTIVE;
    if (any_word(key, " lead principal staff manager leader supervisor "))
        return PERSON_LEVEL_LEAD;
    if (any_word(key, " senior sr expert experienced advanced "))
        return PERSON_LEVEL_SENIOR;
    if (any_word(key, " mid middle midlevel intermediate regular postdoc postdoctoral "))
        return PERSON_LEVEL_MIDDLE;
    if (any_word(
            key,
            " student phd undergraduate bachelor master masters doctoral pupil intern trainee "))
        return PERSON_LEVEL_STUDENT;
    if (any_word(key, " junior jr entry early graduate associate beginner starter novice "))
        return PERSON_LEVEL_JUNIOR;
    return PERSON_LEVEL_UNKNOWN;
}

bool cell_is_pronouns(const char *key)
{
    return any_word(key,
                    " he him his she her hers they them their theirs it its ze zir zirs hir xe xem "
                    "xyr ey em eir fae faer ne nem ve ver any all ask none prefer el ella elle "
                    "ellos elles il lui ela ele sie er seine ihr neopronouns ");
}

uint8_t cell_statement(const char *key)
{
    if (key[0] >= '1' && key[0] <= '5' && (key[1] == '\0' || key[1] == ' '))
        return (uint8_t)(key[0] - '0');
    static const char *const answers[] = {"strongly disagree", "disagree", "neutral", "agree",
                                          "strongly agree"};
    for (uint8_t i = 0; i < 5; i++) {
        if (strcmp(key, answers[i]) == 0)
            return (uint8_t)(i + 1);
    }
    return strcmp(key, "neither agree nor disagree") == 0 ? 3 : 0;
}

struct level_word {
    const char *word;
    enum person_language_level level;
};

static const struct level_word level_words[] = {
    {"a1",             PERSON_LANGUAGE_A1    },
    {"a2",             PERSON_LANGUAGE_A2    },
    {"b1",             PERSON_LANGUAGE_B1    },
    {"b2",             PERSON_LANGUAGE_B2    },
    {"c1",             PERSON_LANGUAGE_C1    },
    {"c2",             PERSON_LANGUAGE_C2    },
    {"native",         PERSON_LANGUAGE_NATIVE},
    {"mother",         PERSON_LANGUAGE_NATIVE},
    {"bilingual",      PERSON_LANGUAGE_NATIVE},
    {"fluent",         PERSON_LANGUAGE_C1    },
    {"fluently",       PERSON_LANGUAGE_C1    },
    {"advanced",       PERSON_LANGUAGE_C1    },
    {"professional",   PERSON_LANGUAGE_C1    },
    {"proficient",     PERSON_LANGUAGE_C2    },
    {"good",           PERSON_LANGUAGE_B2    },
    {"intermediate",   PERSON_LANGUAGE_B1    },
    {"conversational", PERSON_LANGUAGE_B1    },
    {"basic",          PERSON_LANGUAGE_A1    },
    {"beginner",       PERSON_LANGUAGE_A1    },
    {"elementary",     PERSON_LANGUAGE_A1    },
};

static enum person_language_level level_of(struct text word)
{
    for (size_t i = 0; i < sizeof level_words / sizeof level_words[0]; i++) {
        if (text_equal(text_of(level_words[i].word), word))
            return level_words[i].level;
    }
    return PERSON_LANGUAGE_UNKNOWN;
}

enum rc cell_language(struct arena *arena, struct text part, struct person_language *ret_language)
{
    struct person_language language = {.level = PERSON_LANGUAGE_UNKNOWN};
    struct text words[KEY_WORDS_MAX];
    char *key = NULL;
    TRY(text_word_key(arena, part.bytes, part.length, &key));
    language.text = arena_strndup(arena, part.bytes, part.length);
    char *name = arena_alloc(arena, strlen(key) + 1);
    if (language.text == NULL || name == NULL)
        return RC_NO_MEMORY;
    size_t count = text_split(key, words, KEY_WORDS_MAX);
    size_t used = 0;
    for (size_t i = 0; i < count && i < KEY_WORDS_MAX; i++) {
        enum person_language_level level = level_of(words[i]);
        if (level != PERSON_LANGUAGE_UNKNOWN)
            language.level = level;
        if (level != PERSON_LANGUAGE_UNKNOWN || list_has(" tongue speaker level ", words[i]))
            continue;
        if (used > 0)
            name[used++] = ' ';
        memcpy(name + used, words[i].bytes, words[i].length);
        used += words[i].length;
    }
    language.key = name;
    *ret_language = language;
    return RC_OK;
}

bool cell_is_email(struct text cell)
{
    const char *at = cell.length == 0 ? NULL : memchr(cell.bytes, '@', cell.length);
    if (at == NULL || at == cell.bytes)
        return false;
    size_t rest = cell.length - (size_t)(at - cell.bytes) - 1;
    if (memchr(at + 1, '@', rest) != NULL || memchr(at + 1, '.', rest) == NULL)
        return false;
    return memchr(cell.bytes, ' ', cell.length) == NULL;
}

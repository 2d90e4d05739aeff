// SPDX-License-Identifier: Apache-2.0
// Everything that a person tells but topics, zones and tags; see match_parts.h.
#include <string.h>

#include "base/hash.h"
#include "base/text.h"

#include "match_parts.h"

enum { WORDS_MAX = 16, CADENCE_MAX = 31 };

// Numbers for texts that both sides share.
struct numbers {
    struct match_pool *pool;
    struct match_intern employers;
    struct match_intern places;
    struct match_intern roles;
    uint32_t statements[MM_VALUES_MAX]; // of the roster: those that both sides answered
    uint32_t statement_count;
};

static bool has_word(const char *key, const char *word)
{
    struct text words[WORDS_MAX];
    size_t count = text_split(key, words, WORDS_MAX);
    count = count > WORDS_MAX ? WORDS_MAX : count;
    for (size_t i = 0; i < count; i++)
        if (text_equal(words[i], text_of(word)))
            return true;
    return false;
}

static bool has_any(const char *key, const char *const *phrases)
{
    for (; *phrases != NULL; phrases++)
        if (strchr(*phrases, ' ') != NULL ? strstr(key, *phrases) != NULL : has_word(key, *phrases))
            return true;
    return false;
}

uint8_t match_read_cadence(const char *key)
{
    static const char *const eight[] = {"twice a week", "twice weekly", "two times a week",
                                        "2 times a week", NULL};
    static const char *const two[] = {"biweekly",
                                      "bi weekly",
                                      "fortnightly",
                                      "fortnight",
                                      "every 2 weeks",
                                      "every two weeks",
                                      "every other week",
                                      "twice a month",
                                      "2 times a month",
                                      "two times a month",
                                      NULL};
    static const char *const four[] = {"weekly", "every week", "once a week",
                                       "a week", "per week",   NULL};
    static const char *const three[] = {"every 3 weeks", "every three weeks", NULL};
    static const char *const one[] = {"monthly", "every month", "once a month",
                                      "a month", "per month",   NULL};
    size_t digits = strspn(key, "0123456789");
    unsigned number = 0;
    for (size_t i = 0; i < digits && i < 2; i++)
        number = number * 10 + (unsigned)(key[i] - '0');
    if (digits > 0 && digits <= 2 && key[digits] == '\0' && number <= CADENCE_MAX)
        return (uint8_t)number;
    if (has_any(key, eight))
        return 8;
    if (has_any(key, two))
        return 2;
    if (has_any(key, three))
        return 1;
    if (has_any(key, four))
        return 4;
    return has_any(key, one) ? 1 : 0;
}

uint32_t match_read_formats(const char *key)
{
    static const char *const video[] = {"video",  "online",   "virtual", "virtually",
                                        "remote", "remotely", "zoom",    "teams",
                                        "call",   "calls",    "hybrid",  NULL};
    static const char *const audio[] = {"audio", "phone", "telephone", "call", "calls", NULL};
    static const char *const text[] = {"text", "chat", "email", "e mail", "mail", "slack", NULL};
    static const char *const in_person[] = {"in person", "person",  "face to face",
                                            "onsite",    "on site", "office",
                                            "offline",   "hybrid",  NULL};
    static const char *const own_time[] = {"asynchronous", "async", "own time", NULL};
    static const char *const all[] = {"any", "either", "both", "all", "no preference", NULL};
    if (has_any(key, all))
        return MATCH_VIDEO | MATCH_AUDIO | MATCH_TEXT | MATCH_IN_PERSON | MATCH_OWN_TIME;
    uint32_t formats = 0;
    formats |= has_any(key, video) ? MATCH_VIDEO : 0U;
    formats |= has_any(key, audio) ? MATCH_AUDIO : 0U;
    formats |= has_any(key, text) ? MATCH_TEXT : 0U;
    formats |= has_any(key, in_person) ? MATCH_IN_PERSON : 0U;
    formats |= has_any(key, own_time) ? MATCH_OWN_TIME : 0U;
    return formats;
}

// The grade on the programme's scale: from the level, else from years of experience.
static uint8_t grade(const struct person *person)
{
    static const struct {
        int32_t years;
        enum person_level level;
    } rows[] = {
        {15, PERSON_LEVEL_LEAD   },
        {8,  PERSON_LEVEL_SENIOR },
        {4,  PERSON_LEVEL_MIDDLE },
        {1,  PERSON_LEVEL_JUNIOR },
        {0,  PERSON_LEVEL_STUDENT}
    };
    if (person->level != PERSON_LEVEL_UNKNOWN || person->years < 0)
        return (uint8_t)person->level;
    size_t row = 0;
    while (person->years < rows[row].years)
        row++;
    return (uint8_t)rows[row].level;
}

static enum mm_answer3 answer_of(enum person_answer answer)
{
    switch (answer) {
    case PERSON_YES:
        return MM_YES;
    case PERSON_NO:
        return MM_NO;
    case PERSON_UNKNOWN:
        return MM_UNKNOWN;
    }
    return MM_UNKNOWN;
}

static enum rc key_of(struct match_pool *pool, const char *text, const char **ret_key)
{
    char *key = NULL;
    TRY(text_word_key(pool->arena, text, strlen(text), &key));
    *ret_key = key;
    return RC_OK;
}

static enum rc number_of(struct numbers *numbers, struct match_intern *intern, const char *text,
                         uint32_t *ret_number)
{
    const char *key = NULL;
    TRY(key_of(numbers->pool, text, &key));
    return match_intern_add(intern, key, ret_number);
}

// Half hours become quarter hours.
static enum rc set_week(struct arena *arena, const struct person *person, struct mm_person *ret)
{
    if (!person->has_week)
        return RC_OK;
    uint64_t *week = ARENA_ARRAY(arena, uint64_t, MM_WEEK_WORDS);
    if (week == NULL)
        return RC_NO_MEMORY;
    for (uint32_t half = 0; half < PERSON_WEEK_HALF_HOURS; half++)
        if ((person->week[half / 64] >> half % 64 & 1) != 0)
            week[half / 32] |= 3ULL << half % 32 * 2;
    ret->possible = week;
    return RC_OK;
}

static enum rc set_people_named(struct arena *arena, const struct person_name *names,
                                uint32_t count, uint32_t most, const uint32_t **ret_positions,
                                uint32_t *ret_count)
{
    uint32_t *positions = ARENA_ARRAY(arena, uint32_t, count);
    if (positions == NULL)
        return RC_NO_MEMORY;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count && kept < most; i++) {
        bool again = names[i].person == PERSON_NOBODY;
        for (uint32_t k = 0; k < kept && !again; k++)
            again = positions[k] == names[i].person;
        if (!again)
            positions[kept++] = names[i].person;
    }
    *ret_positions = positions;
    *ret_count = kept;
    return RC_OK;
}

// Those whom she asked not to be matched with, and her line manager.
static enum rc set_vetoes(struct arena *arena, const struct person *person, struct mm_person *ret)
{
    uint32_t count = person->veto_count + person->manager_count;
    struct person_name *names = ARENA_ARRAY(arena, struct person_name, count);
    if (names == NULL)
        return RC_NO_MEMORY;
    for (uint32_t i = 0; i < count; i++)
        names[i] =
            i < person->veto_count ? person->vetoes[i] : person->managers[i - person->veto_count];
    return set_people_named(arena, names, count, UINT32_MAX, &ret->veto, &ret->vetoes);
}

static enum rc set_format(struct match_pool *pool, const struct person *person,
                          struct mm_person *ret)
{
    const char *key = NULL;
    TRY(key_of(pool, person->texts[COLUMN_FORMAT], &key));
    ret->formats = match_read_formats(key);
    ret->in_person = ret->formats == MATCH_IN_PERSON;
    TRY(key_of(pool, person->texts[COLUMN_CADENCE], &key));
    ret->cadence = match_read_cadence(key);
    return RC_OK;
}

// City and country; a city alone or a country alone is no place to meet in.
static enum rc set_place(struct numbers *numbers, const struct person *person,
                         struct mm_person *ret)
{
    const char *city = person->texts[COLUMN_CITY];
    if (city[0] == '\0')
        city = person->texts[COLUMN_LOCATION];
    if (city[0] == '\0')
        return RC_OK;
    char *place = arena_printf(numbers->pool->arena, "%s %s", city, person->place.country_code);
    if (place == NULL)
        return RC_NO_MEMORY;
    return number_of(numbers, &numbers->places, place, &ret->place);
}

static enum rc set_person(struct numbers *numbers, const struct person *person,
                          struct mm_person *ret)
{
    struct arena *arena = numbers->pool->arena;
    bool mentee = person->side == PERSON_MENTEE;
    ret->woman = answer_of(person->woman);
    ret->asks = answer_of(mentee ? person->wants_woman : person->open_to_all);
    ret->seniority = grade(person);
    ret->places = (uint8_t)(mentee ? person->mentors_wanted : person->capacity);
    ret->distinct = mentee && numbers->pool->rules.distinct && person->mentors_wanted > 1;
    ret->hours = person->hours_a_month_x10 < 0 ? 0 : (uint16_t)(person->hours_a_month_x10 / 10);
    for (uint32_t i = 0; i < numbers->statement_count; i++)
        ret->values[i] = person->statements[numbers->statements[i]];
    TRY(set_format(numbers->pool, person, ret));
    TRY(set_place(numbers, person, ret));
    TRY(number_of(numbers, &numbers->employers, person->texts[COLUMN_EMPLOYER], &ret->employer));
    TRY(number_of(numbers, &numbers->roles, person->texts[COLUMN_ROLE], &ret->background));
    TRY(set_people_named(arena, person->choices, person->choice_count, MM_CHOICES_MAX, &ret->choice,
                         &ret->choices));
    TRY(set_vetoes(arena, person, ret));
    return set_week(arena, person, ret);
}

// What a person is called by the same in every version of the sheets: it decides ties. The id when
// the sheet has one, else the e-mail address, else the name.
static const char *lasting_name(const struct sheet *sheet, const struct person *person)
{
    if (sheet->column_of[COLUMN_ID] != SHEET_NO_COLUMN)
        return person->id;
    return person->email[0] != '\0' ? person->email : person->name;
}

// A hash of the lasting name; of two people with the same one the later gets her id added.
static enum rc set_ids(struct match_pool *pool, const struct sheet *sheet,
                       const struct person *people, uint32_t count, struct mm_person *ret_people)
{
    struct match_intern seen;
    match_intern_open(&seen, pool->arena);
    for (uint32_t i = 0; i < count; i++) {
        const char *name = lasting_name(sheet, &people[i]);
        uint32_t number = match_intern_find(&seen, name);
        if (number != 0)
            name = arena_printf(pool->arena, "%s %s", name, people[i].id);
        if (name == NULL)
            return RC_NO_MEMORY;
        TRY(match_intern_add(&seen, name, &number));
        ret_people[i].id = hash_text(HASH_START, name);
    }
    return RC_OK;
}

static bool answered(const struct person *people, uint32_t count, uint32_t statement)
{
    for (uint32_t i = 0; i < count; i++)
        if (people[i].statements[statement] != 0)
            return true;
    return false;
}

static enum rc choose_statements(struct numbers *numbers)
{
    const struct roster *roster = numbers->pool->roster;
    uint32_t both = 0;
    for (uint32_t i = 0; i < roster->statement_count; i++) {
        if (!answered(roster->mentees, roster->mentee_count, i) ||
            !answered(roster->mentors, roster->mentor_count, i))
            continue;
        if (both++ < MM_VALUES_MAX)
            numbers->statements[numbers->statement_count++] = i;
    }
    if (both > MM_VALUES_MAX)
        return match_pool_note(numbers->pool,
                               "there are %u statements that both sides answered; the first %d "
                               "count",
                               both, MM_VALUES_MAX);
    return RC_OK;
}

enum rc match_build_features(struct match_pool *pool, struct match_people people)
{
    const struct roster *roster = pool->roster;
    struct numbers numbers = {.pool = pool};
    match_intern_open(&numbers.employers, pool->arena);
    match_intern_open(&numbers.places, pool->arena);
    match_intern_open(&numbers.roles, pool->arena);
    TRY(choose_statements(&numbers));
    for (uint32_t i = 0; i < roster->mentee_count; i++) {
        TRY(set_person(&numbers, &roster->mentees[i], &people.mentee[i]));
        people.mentee[i].human = roster->mentees[i].same_person == PERSON_NOBODY ? 0 : i + 1;
    }
    for (uint32_t j = 0; j < roster->mentor_count; j++) {
        uint32_t same = roster->mentors[j].same_person;
        TRY(set_person(&numbers, &roster->mentors[j], &people.mentor[j]));
        people.mentor[j].human = same == PERSON_NOBODY ? 0 : same + 1;
    }
    TRY(set_ids(pool, &roster->mentee_sheet, roster->mentees, roster->mentee_count, people.mentee));
    return set_ids(pool, &roster->mentor_sheet, roster->mentors, roster->mentor_count,
                   people.mentor);
}

// SPDX-License-Identifier: Apache-2.0
// Building a pool step by step, and switching off what nobody told; see match_pool.h.
#include "match_pool.h"

#include <stdarg.h>
#include <string.h>

#include "match_parts.h"

// What a side told at all, by criterion.
struct told {
    bool by[MM_CRITERIA];
    bool employer;
    bool line;
    bool women_only; // a mentor said whether she is open to people who are not women
};

enum rc match_pool_note(struct match_pool *pool, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *note = arena_vprintf(pool->arena, format, arguments);
    va_end(arguments);
    if (note == NULL)
        return RC_NO_MEMORY;
    if (pool->note_count == MATCH_NOTES_MAX)
        pool->notes[MATCH_NOTES_MAX - 1] = "and more of this kind";
    else
        pool->notes[pool->note_count++] = note;
    return RC_OK;
}

static void gather_told(const struct mm_person *people, uint32_t count, struct told *ret_told)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct mm_person *person = &people[i];
        const uint64_t *tags = person->interests;
        bool *by = ret_told->by;
        by[MM_C_TOPICS] |= person->topics > 0;
        by[MM_C_SENIORITY] |= person->seniority != 0;
        by[MM_C_INTERESTS] |= (tags[0] | tags[1] | tags[2] | tags[3]) != 0;
        by[MM_C_LANGUAGES] |= person->languages != 0;
        by[MM_C_OVERLAP] |= person->possible != NULL;
        by[MM_C_ZONE] |= person->zone_minutes[0] != MM_ZONE_UNKNOWN;
        by[MM_C_INDUSTRY] |= person->industries != 0;
        by[MM_C_FORMAT] |= person->formats != 0;
        by[MM_C_CADENCE] |= person->cadence != 0;
        for (uint32_t k = 0; k < MM_VALUES_MAX; k++)
            by[MM_C_VALUES] |= person->values[k] != 0;
        for (uint32_t k = 0; k < person->topics; k++)
            by[MM_C_LEVELS] |= person->topic[k].level != 0;
        ret_told->employer |= person->employer != 0;
        ret_told->line |= person->line != 0;
    }
}

static bool any_choice(const struct mm_person *people, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (people[i].choices > 0)
            return true;
    return false;
}

// Which criteria can be judged at all.
static struct told both_told(const struct mm_pool *pool)
{
    struct told mentees = {0};
    struct told mentors = {0};
    gather_told(pool->mentee, pool->mentees, &mentees);
    gather_told(pool->mentor, pool->mentors, &mentors);
    for (uint32_t i = 0; i < MM_CRITERIA; i++)
        mentees.by[i] = mentees.by[i] && mentors.by[i];
    mentees.by[MM_C_CHOICE_MENTEE] = any_choice(pool->mentee, pool->mentees);
    mentees.by[MM_C_CHOICE_MENTOR] = any_choice(pool->mentor, pool->mentors);
    mentees.employer = mentees.employer && mentors.employer;
    mentees.line = mentees.line && mentors.line;
    for (uint32_t j = 0; j < pool->mentors; j++)
        mentees.women_only |= pool->mentor[j].asks != MM_UNKNOWN;
    return mentees;
}

// Whether a rule could be judged for any pair at all.
static bool rule_can_be_judged(const struct told *told, enum mm_rule_kind rule)
{
    switch (rule) {
    case MM_R_LANGUAGE:
        return told->by[MM_C_LANGUAGES];
    case MM_R_OVERLAP:
        return told->by[MM_C_OVERLAP];
    case MM_R_SENIORITY:
        return told->by[MM_C_SENIORITY];
    case MM_R_EMPLOYER:
        return told->employer;
    case MM_R_LINE:
        return told->line;
    case MM_R_FORMAT:
        return told->by[MM_C_FORMAT];
    case MM_R_ZONE:
        return told->by[MM_C_ZONE];
    case MM_R_TOPIC:
        return told->by[MM_C_TOPICS];
    case MM_R_OPEN_TO_ALL:
        return told->women_only;
    case MM_R_SAME_HUMAN: // these ask nothing of the sheets, or only of those who asked for it
    case MM_R_AVOID:
    case MM_R_VETO:
    case MM_R_ASKS_WOMAN:
    case MM_R_PLACE:
    case MM_R_LOW_SCORE:
    case MM_RULES:
        return true;
    }
    return true;
}

static enum rc refuse_unjudged(struct problem_list *problems, const char *kind, const char *key)
{
    return problem_add(problems, PROBLEM_ERROR, (struct problem_place){0},
                       "Add the column, name it with --map, or change the rules file",
                       "the rules file wants the %s \"%s\", but one sheet says nothing about it",
                       kind, key);
}

static enum rc switch_off_rules(struct match_pool *pool, const struct told *told,
                                struct problem_list *problems)
{
    for (enum mm_rule_kind kind = 0; kind < MM_RULES; kind++) {
        struct mm_rule *rule = &pool->rules.rules.rule[kind];
        if (!rule->use || rule_can_be_judged(told, kind))
            continue;
        if (pool->rules.rule_told[kind] && !rule->allow_unknown)
            TRY(refuse_unjudged(problems, "hard rule", rules_file_rule(kind)));
        rule->use = false;
        pool->rule_off[kind] = true;
    }
    return RC_OK;
}

static enum rc switch_off_weights(struct match_pool *pool, const struct told *told,
                                  struct problem_list *problems)
{
    uint32_t sum = 0;
    for (enum mm_criterion_kind kind = 0; kind < MM_CRITERIA; kind++) {
        struct mm_weight *weight = &pool->rules.rules.weight[kind];
        if (told->by[kind]) {
            sum += weight->weight;
            continue;
        }
        pool->weight_off[kind] = weight->weight > 0 || weight->mandatory;
        if (weight->mandatory && pool->rules.weight_told[kind])
            TRY(refuse_unjudged(problems, "mandatory criterion", rules_file_criterion(kind)));
        *weight = (struct mm_weight){0, false};
    }
    if (sum > 0)
        return RC_OK;
    return problem_add(problems, PROBLEM_ERROR, (struct problem_place){0},
                       "Add a column with what mentees want help with and one with what mentors "
                       "know, or name them with --map wishes=COLUMN and --map skills=COLUMN",
                       "the two sheets have nothing in common that says who fits whom");
}

static enum rc build_people(struct match_pool *pool)
{
    const struct roster *roster = pool->roster;
    struct match_people people = {
        .mentee = ARENA_ARRAY(pool->arena, struct mm_person, roster->mentee_count),
        .mentor = ARENA_ARRAY(pool->arena, struct mm_person, roster->mentor_count),
    };
    if (people.mentee == NULL || people.mentor == NULL)
        return RC_NO_MEMORY;
    pool->pool.mentee = people.mentee;
    pool->pool.mentees = roster->mentee_count;
    pool->pool.mentor = people.mentor;
    pool->pool.mentors = roster->mentor_count;
    TRY(match_build_topics(pool, people));
    TRY(match_build_phases(pool, people));
    TRY(match_build_tags(pool, people));
    return match_build_features(pool, people);
}

enum rc match_pool_build(struct arena *arena, const struct roster *roster,
                         const struct rules_file *rules, const struct match_lists *lists,
                         struct problem_list *problems, struct match_pool *ret_pool)
{
    size_t errors = problem_count(problems, PROBLEM_ERROR);
    *ret_pool = (struct match_pool){.arena = arena, .roster = roster, .rules = *rules};
    TRY(build_people(ret_pool));
    struct told told = both_told(&ret_pool->pool);
    TRY(switch_off_rules(ret_pool, &told, problems));
    TRY(switch_off_weights(ret_pool, &told, problems));
    struct mm_pool *pool = &ret_pool->pool;
    pool->avoid = lists->avoid.links;
    pool->avoids = lists->avoid.count;
    pool->pin = lists->pin.links;
    pool->pins = lists->pin.count;
    pool->was = lists->was.links;
    pool->was_count = lists->was.count;
    pool->rules = &ret_pool->rules.rules;
    return problem_count(problems, PROBLEM_ERROR) > errors ? RC_BAD_INPUT : RC_OK;
}

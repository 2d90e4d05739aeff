// SPDX-License-Identifier: Apache-2.0
//
// A cohort's rules as the matching library reads them, and the words for what they forbid; pure.
#include <string.h>

#include "app/match/match.h"
#include "app/match/match_said.h"

const enum mm_criterion_kind match_criteria[MATCH_WEIGHTS] = {
    MM_C_TOPICS,  MM_C_SENIORITY,     MM_C_OVERLAP,       MM_C_LANGUAGES,
    MM_C_FORMAT,  MM_C_CHOICE_MENTEE, MM_C_INTERESTS,     MM_C_VALUES,
    MM_C_CADENCE, MM_C_LEVELS,        MM_C_CHOICE_MENTOR,
};
const char *const match_criterion_labels[MATCH_WEIGHTS] = {
    MSG("Topics"),
    MSG("Experience"),
    MSG("Time in common"),
    MSG("Languages"),
    MSG("Ways to meet"),
    MSG("Her own choice"),
    MSG("Answers in common"),
    MSG("Ways of working"),
    MSG("How often to meet"),
    MSG("Levels in her topics"),
    MSG("The mentor's order"),
};

struct match_rules match_rules_default(void)
{
    return (struct match_rules){
        .version = 0,
        .overlap = 60,
        .gap = 0,
        .language = 1,
        .employer = 1,
        .format = 1,
        .place = 1,
        .lowest = 0,
        .weight = {10, 3, 4, 1, 1, 3, 2, 3, 2, 2, 2},
        .order = "most",
        .asks = "both",
        .days = 3,
        .passes_on = 0,
        .must = 0,
        .note = ""
    };
}

const char *match_rule_label(int64_t rule)
{
    static const char *const labels[MATCH_REASONS] = {
        [MM_R_SAME_HUMAN] = MSG("not with herself, and nobody mentors her own mentor"),
        [MM_R_AVOID] = MSG("kept apart by the people who run the programme"),
        [MM_R_VETO] = MSG("one of them has said no"),
        [MM_R_LANGUAGE] = MSG("a language in common"),
        [MM_R_OVERLAP] = MSG("enough time in common"),
        [MM_R_SENIORITY] = MSG("a mentor who is far enough"),
        [MM_R_EMPLOYER] = MSG("not of the same house"),
        [MM_R_LINE] = MSG("not with her line manager"),
        [MM_R_PLACE] = MSG("the same place, to meet in person"),
        [MM_R_ASKS_WOMAN] = MSG("she asks for a woman"),
        [MM_R_OPEN_TO_ALL] = MSG("the mentor takes women only"),
        [MM_R_FORMAT] = MSG("a way to meet in common"),
        [MM_R_TOPIC] = MSG("a topic in common"),
        [MM_R_LOW_SCORE] = MSG("a good enough fit"),
        [MATCH_MUST] = MSG("mandatory: something of her topics"),
        [MATCH_MUST + 1] = MSG("mandatory: a mentor who is further"),
        [MATCH_MUST + 2] = MSG("mandatory: some time in common"),
        [MATCH_MUST + 3] = MSG("mandatory: a language in common"),
        [MATCH_MUST + 4] = MSG("mandatory: a way to meet in common"),
        [MATCH_MUST_ANY] = MSG("something mandatory"),
        [MATCH_MUST_OF(6)] = MSG("mandatory: an answer in common"),
        [MATCH_MUST_OF(7)] = MSG("mandatory: something of ways of working"),
        [MATCH_MUST_OF(8)] = MSG("mandatory: how often to meet"),
        [MATCH_MUST_OF(9)] = MSG("mandatory: a mentor who is further in a topic of hers"),
        [MATCH_MUST_ANSWER] = MSG("an answer that a pair must have in common"),
    };
    return rule >= 0 && rule < MATCH_REASONS && labels[rule] != NULL ? labels[rule] : "";
}

int64_t match_reasons(const struct mm_explanation *explanation)
{
    int64_t bits = explanation->refused;
    for (int k = 0; k < MATCH_WEIGHTS; k++)
        bits |= (int64_t)(explanation->mandatory >> match_criteria[k] & 1) << MATCH_MUST_OF(k);
    return bits | (int64_t)(explanation->mandatory >> MM_C_INDUSTRY & 1) << MATCH_MUST_ANSWER;
}

struct mm_objective match_objective(const struct match_rules *rules, int64_t seed)
{
    struct mm_objective objective = {.seed = (uint64_t)seed};
    if (strcmp(rules->order, "score") == 0)
        objective.level[0] = MM_TOTAL;
    return objective;
}

// ---- as the library reads them -----------------------------------------------------------------

static bool tells_levels(const struct mm_person *person)
{
    for (uint32_t k = 0; k < person->topics; k++)
        if (person->topic[k].level > 0)
            return true;
    return false;
}

// Whether somebody of a side says anything of a criterion that people may leave out.
static bool tells(enum mm_criterion_kind kind, const struct mm_person *side, uint32_t count)
{
    static const uint8_t nothing[MM_VALUES_MAX];
    for (uint32_t i = 0; i < count; i++) {
        const struct mm_person *p = &side[i];
        const uint64_t tags = p->interests[0] | p->interests[1] | p->interests[2] | p->interests[3];
        bool choice = (kind == MM_C_CHOICE_MENTEE || kind == MM_C_CHOICE_MENTOR) && p->choices > 0;
        bool answer = kind == MM_C_INTERESTS && tags != 0;
        bool style = kind == MM_C_VALUES && memcmp(p->values, nothing, sizeof nothing) != 0;
        bool cadence = kind == MM_C_CADENCE && p->cadence > 0;
        if (choice || answer || style || cadence || (kind == MM_C_LEVELS && tells_levels(p)))
            return true;
    }
    return false;
}

// What nobody says would only make every score lower.
static void leave_out_unsaid(const struct match_input *input, struct mm_rules *mm)
{
    static const enum mm_criterion_kind both[] = {MM_C_INTERESTS, MM_C_VALUES, MM_C_CADENCE,
                                                  MM_C_LEVELS};
    const struct mm_pool *pool = &input->pool;
    if (!tells(MM_C_CHOICE_MENTEE, pool->mentee, pool->mentees))
        mm->weight[MM_C_CHOICE_MENTEE].weight = 0;
    if (!tells(MM_C_CHOICE_MENTOR, pool->mentor, pool->mentors))
        mm->weight[MM_C_CHOICE_MENTOR].weight = 0;
    for (size_t k = 0; k < sizeof both / sizeof both[0]; k++)
        if (!tells(both[k], pool->mentee, pool->mentees) ||
            !tells(both[k], pool->mentor, pool->mentors))
            mm->weight[both[k]].weight = 0;
}

// Bit k is option k of enrolment_formats.
static uint32_t in_person_bit(void)
{
    uint32_t k = 0;
    while (strcmp(enrolment_formats[k].value, "person") != 0)
        k++;
    return UINT32_C(1) << k;
}

void match_rules_set(struct match_input *input)
{
    const struct match_rules *rules = &input->rules;
    struct mm_rules *mm = &input->mm;
    *mm = (struct mm_rules){0};
    mm->rule[MM_R_SAME_HUMAN] = (struct mm_rule){true, false, 0};
    mm->rule[MM_R_AVOID] = (struct mm_rule){true, false, 0};
    mm->rule[MM_R_VETO] = (struct mm_rule){true, false, 0};
    mm->rule[MM_R_LANGUAGE] = (struct mm_rule){rules->language != 0, true, 0};
    mm->rule[MM_R_OVERLAP] = (struct mm_rule){rules->overlap > 0, true, (uint32_t)rules->overlap};
    mm->rule[MM_R_SENIORITY] = (struct mm_rule){true, true, (uint32_t)rules->gap};
    mm->rule[MM_R_EMPLOYER] = (struct mm_rule){rules->employer != 0, true, 0};
    mm->rule[MM_R_ASKS_WOMAN] = (struct mm_rule){true, false, 0};
    mm->rule[MM_R_OPEN_TO_ALL] = (struct mm_rule){true, true, 0};
    mm->rule[MM_R_FORMAT] = (struct mm_rule){rules->format != 0, true, 0};
    mm->rule[MM_R_PLACE] = (struct mm_rule){rules->place != 0, true, in_person_bit()};
    mm->rule[MM_R_LOW_SCORE] = (struct mm_rule){rules->lowest > 0, false, (uint32_t)rules->lowest};
    for (size_t k = 0; k < MATCH_WEIGHTS; k++)
        mm->weight[match_criteria[k]] =
            (struct mm_weight){(uint8_t)rules->weight[k], (rules->must >> k & 1) != 0};
    mm->weight[MM_C_INDUSTRY].mandatory = match_said_has(input, QUESTION_MUST);
    leave_out_unsaid(input, mm);
    mm->overlap_enough = 240;
    mm->seniority_best = 1;
    input->pool.rules = mm;
}

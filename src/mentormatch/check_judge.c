// SPDX-License-Identifier: Apache-2.0
/*
 * The hard rules, in the order of the table in docs/matching.md, and the score.
 */
#include "check_judge.h"

/* ---- weeks ---- */

static void set_bit(uint64_t *word, uint32_t bit)
{
    word[bit / 64] |= (uint64_t)1 << bit % 64;
}

static bool has_bit(const uint64_t *word, uint32_t bit)
{
    return word[bit / 64] >> bit % 64 & 1u;
}

/* Local quarter hour s is quarter hour s - offset / 15 of the week in universal time. */
void check_week_fill(const struct mm_person *person, uint32_t phase, struct check_week *ret_week)
{
    *ret_week = (struct check_week){.possible = {0}};
    int32_t zone = person->zone_minutes[phase];
    if (!person->possible || zone == MM_ZONE_UNKNOWN) {
        return;
    }
    const uint64_t *good = person->good ? person->good : person->possible;
    for (int32_t s = 0; s < MM_WEEK_SLOTS; s++) {
        int32_t universal = (s - zone / 15 + 2 * MM_WEEK_SLOTS) % MM_WEEK_SLOTS;
        if (has_bit(person->possible, (uint32_t)s)) {
            set_bit(ret_week->possible, (uint32_t)universal);
        }
        if (has_bit(good, (uint32_t)s)) {
            set_bit(ret_week->good, (uint32_t)universal);
        }
    }
}

void check_seeker_fill(const struct check_judge *judge, uint32_t mentee,
                       struct check_seeker *ret_seeker)
{
    const struct mm_person *person = &judge->pool->mentee[mentee];
    const struct check_twos *mentors = &judge->mentors_of_human;
    ret_seeker->mentee = mentee;
    for (uint32_t p = 0; p < judge->phases; p++) {
        check_week_fill(person, p, &ret_seeker->week[p]);
    }
    size_t at = check_twos_first(mentors, person->human, 0);
    ret_seeker->on_both_sides =
        person->human != 0 && at < mentors->count && mentors->item[at].high == person->human;
}

/* ---- rules ---- */

/* What is known about a rule for a pair. */
enum known { KEPT, BROKEN, UNKNOWN };

static enum known broken_if(bool broken)
{
    return broken ? BROKEN : KEPT;
}

static enum known judge_avoid(const struct check_judge *judge, uint32_t i, uint32_t j)
{
    uint32_t a = judge->mentee_being[i];
    uint32_t b = judge->mentor_being[j];
    return broken_if(judge->avoid.count > 0 &&
                     check_links_have(&judge->avoid, a < b ? a : b, a < b ? b : a));
}

static bool vetoes(const struct mm_person *person, uint32_t other)
{
    for (uint32_t k = 0; k < person->vetoes; k++) {
        if (person->veto[k] == other) {
            return true;
        }
    }
    return false;
}

static enum known judge_asks_woman(const struct mm_person *a, const struct mm_person *b)
{
    if (a->asks != MM_YES || b->woman == MM_YES) {
        return KEPT;
    }
    return b->woman == MM_NO ? BROKEN : UNKNOWN;
}

static enum known judge_open_to_all(const struct mm_person *a, const struct mm_person *b)
{
    if (b->asks == MM_YES || a->woman == MM_YES) {
        return KEPT;
    }
    return b->asks == MM_NO && a->woman == MM_NO ? BROKEN : UNKNOWN;
}

static enum known judge_place(const struct mm_person *a, const struct mm_person *b, int64_t amount)
{
    int64_t shared = a->formats & b->formats;
    bool elsewhere = shared == 0 || (shared | amount) != amount;
    if (!a->in_person && !b->in_person && elsewhere) {
        return KEPT;
    }
    if (a->place == 0 || b->place == 0) {
        return UNKNOWN;
    }
    return broken_if(a->place != b->place);
}

static enum known judge_topic(const struct mm_person *a, const struct mm_person *b, int64_t amount)
{
    int64_t cover = check_best_cover(a, b);
    return cover < 0 ? UNKNOWN : broken_if(cover < (amount == 0 ? 1 : amount));
}

static enum known judge_sets(uint64_t a, uint64_t b)
{
    return a == 0 || b == 0 ? UNKNOWN : broken_if((a & b) == 0);
}

static enum known judge_same(uint32_t a, uint32_t b)
{
    return a == 0 || b == 0 ? UNKNOWN : broken_if(a == b);
}

static enum known judge_overlap(const struct check_judge *judge, const struct check_seeker *seeker,
                                uint32_t j)
{
    int64_t overlap = check_overlap(judge, seeker, j);
    return overlap < 0 ? UNKNOWN
                       : broken_if(overlap < (int64_t)judge->rules.rule[MM_R_OVERLAP].amount);
}

static enum known judge_zone(const struct check_judge *judge, const struct mm_person *a,
                             const struct mm_person *b)
{
    int64_t distance = check_distance(judge, a, b);
    return distance < 0 ? UNKNOWN
                        : broken_if(distance > (int64_t)judge->rules.rule[MM_R_ZONE].amount);
}

static enum known judge_rule(const struct check_judge *judge, const struct check_seeker *seeker,
                             uint32_t j, enum mm_rule_kind rule)
{
    const struct mm_person *a = &judge->pool->mentee[seeker->mentee];
    const struct mm_person *b = &judge->pool->mentor[j];
    int64_t amount = judge->rules.rule[rule].amount;
    switch (rule) {
    case MM_R_SAME_HUMAN:
        return broken_if(a->human != 0 && a->human == b->human);
    case MM_R_AVOID:
        return judge_avoid(judge, seeker->mentee, j);
    case MM_R_VETO:
        return broken_if(vetoes(a, j) || vetoes(b, seeker->mentee));
    case MM_R_LANGUAGE:
        return judge_sets(a->languages, b->languages);
    case MM_R_OVERLAP:
        return judge_overlap(judge, seeker, j);
    case MM_R_SENIORITY:
        return a->seniority == 0 || b->seniority == 0
                   ? UNKNOWN
                   : broken_if((int64_t)b->seniority - a->seniority < amount);
    case MM_R_EMPLOYER:
        return judge_same(a->employer, b->employer);
    case MM_R_LINE:
        return judge_same(a->line, b->line);
    case MM_R_ASKS_WOMAN:
        return judge_asks_woman(a, b);
    case MM_R_OPEN_TO_ALL:
        return judge_open_to_all(a, b);
    case MM_R_PLACE:
        return judge_place(a, b, amount);
    case MM_R_FORMAT:
        return judge_sets(a->formats, b->formats);
    case MM_R_ZONE:
        return judge_zone(judge, a, b);
    case MM_R_TOPIC:
        return judge_topic(a, b, amount);
    case MM_R_LOW_SCORE: /* once the score is known */
    case MM_RULES:
        break;
    }
    return KEPT;
}

static bool rules_allow(const struct check_judge *judge, const struct check_seeker *seeker,
                        uint32_t j)
{
    for (uint32_t k = 0; k < MM_RULES; k++) {
        const struct mm_rule *rule = &judge->rules.rule[k];
        if (!rule->use && k != MM_R_AVOID) {
            continue;
        }
        enum known known = judge_rule(judge, seeker, j, (enum mm_rule_kind)k);
        if (known == BROKEN || (known == UNKNOWN && !rule->allow_unknown)) {
            return false;
        }
    }
    return true;
}

/* ---- score ---- */

/* Everything but circles of two. */
static uint16_t judge_alone(const struct check_judge *judge, const struct check_seeker *seeker,
                            uint32_t j)
{
    if (!rules_allow(judge, seeker, j)) {
        return MM_NOT_ALLOWED;
    }
    int64_t score = 0;
    for (uint32_t c = 0; c < MM_CRITERIA; c++) {
        const struct mm_weight *weight = &judge->rules.weight[c];
        if (judge->part_max[c] == 0 && !weight->mandatory) {
            continue;
        }
        int64_t share = check_share(judge, seeker, j, (enum mm_criterion_kind)c);
        if (weight->mandatory && share == 0) {
            return MM_NOT_ALLOWED;
        }
        score += (judge->part_max[c] * share + 5000) / 10000;
    }
    const struct mm_rule *low = &judge->rules.rule[MM_R_LOW_SCORE];
    return low->use && score < (int64_t)low->amount ? MM_NOT_ALLOWED : (uint16_t)score;
}

/* ---- circles of two ---- */

/* The other direction of the same two human beings is the better half: with more points, or with as
 * many and the smaller number on the mentor's side. */
static bool other_is_better(const struct check_judge *judge, uint32_t mentee, uint32_t mentor,
                            uint64_t mentor_human, uint16_t score)
{
    struct check_seeker other;
    check_seeker_fill(judge, mentee, &other);
    uint16_t reverse = judge_alone(judge, &other, mentor);
    if (reverse == MM_NOT_ALLOWED) {
        return false;
    }
    return reverse > score ||
           (reverse == score && judge->pool->mentor[mentor].human < mentor_human);
}

static bool circle_refuses(const struct check_judge *judge, const struct check_seeker *seeker,
                           uint32_t j, uint16_t score)
{
    uint64_t a = judge->pool->mentee[seeker->mentee].human;
    uint64_t b = judge->pool->mentor[j].human;
    const struct check_twos *mentees = &judge->mentees_of_human;
    const struct check_twos *mentors = &judge->mentors_of_human;
    size_t first = check_twos_first(mentors, a, 0);
    for (size_t x = check_twos_first(mentees, b, 0);
         x < mentees->count && mentees->item[x].high == b; x++) {
        for (size_t y = first; y < mentors->count && mentors->item[y].high == a; y++) {
            if (other_is_better(judge, (uint32_t)mentees->item[x].low,
                                (uint32_t)mentors->item[y].low, b, score)) {
                return true;
            }
        }
    }
    return false;
}

uint16_t check_judge_pair(const struct check_judge *judge, const struct check_seeker *seeker,
                          uint32_t mentor)
{
    uint16_t score = judge_alone(judge, seeker, mentor);
    bool circle = seeker->on_both_sides && judge->rules.rule[MM_R_SAME_HUMAN].use &&
                  judge->pool->mentor[mentor].human != 0;
    if (score == MM_NOT_ALLOWED || !circle) {
        return score;
    }
    return circle_refuses(judge, seeker, mentor, score) ? MM_NOT_ALLOWED : score;
}

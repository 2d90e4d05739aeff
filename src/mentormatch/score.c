// SPDX-License-Identifier: Apache-2.0
/*
 * See score.h: the judge. It reads like docs/matching.md, and is as fast as that allows: about a
 * microsecond for a pair. Nothing here allocates.
 */
#include "score.h"

#include <string.h>

#include "share.h"
#include "week.h"

enum verdict { HOLDS, UNKNOWN, BROKEN };

/* What several rules and criteria ask of a pair. */
struct facts {
    bool overlap_known;
    uint32_t worst_slots;      /* possible quarter hours together in the worst phase */
    uint32_t worst_half_slots; /* possible plus good ones, in the phase that is worst by this */
    bool distance_known;
    uint32_t distance;
    uint32_t wished;  /* weights: of all wishes, */
    uint32_t offered; /* of those that the mentor offers, */
    uint32_t fitting; /* and of those among them where her level fits */
    uint32_t covered; /* sum of weight x percent */
    uint32_t best_percent;
    bool levels_told; /* both levels are told in some offered wish */
};

struct view {
    const struct judge *judge;
    struct mm_link link;
    const struct mm_person *a; /* mentee */
    const struct mm_person *b; /* mentor */
    struct facts facts;
};

/* ---- rules and weights ---- */

void rules_complete(const struct mm_pool *pool, struct mm_rules *ret_rules)
{
    if (pool->rules) {
        *ret_rules = *pool->rules;
    }
    if (!pool->rules) {
        mm_rules_default(ret_rules);
    }
    ret_rules->rule[MM_R_AVOID].use = true;
    if (ret_rules->rule[MM_R_TOPIC].amount == 0) {
        ret_rules->rule[MM_R_TOPIC].amount = 1;
    }
    if (ret_rules->seniority_best == 0) {
        ret_rules->seniority_best = 2;
    }
    if (ret_rules->overlap_enough == 0) {
        ret_rules->overlap_enough = 240;
    }
}

void rules_part_max(const struct mm_rules *rules, uint16_t ret_part_max[MM_CRITERIA])
{
    uint32_t sum = 0;
    for (uint32_t c = 0; c < MM_CRITERIA; c++) {
        sum += rules->weight[c].weight;
    }
    uint32_t before = 0;
    uint32_t so_far = 0;
    for (uint32_t c = 0; c < MM_CRITERIA; c++) {
        so_far += rules->weight[c].weight;
        uint32_t up_to = sum == 0 ? 0 : MM_SCORE_MAX * so_far / sum;
        ret_part_max[c] = (uint16_t)(up_to - before);
        before = up_to;
    }
}

void judge_open(const struct mm_pool *pool, struct judge *ret_judge)
{
    ret_judge->pool = pool;
    ret_judge->phases = pool->phases == 0 ? 1 : pool->phases;
    rules_complete(pool, &ret_judge->rules);
    rules_part_max(&ret_judge->rules, ret_judge->part_max);
}

/* ---- facts ---- */

static void find_distance(struct view *view)
{
    struct facts *facts = &view->facts;
    facts->distance_known = true;
    for (uint32_t p = 0; p < view->judge->phases; p++) {
        int32_t a = view->a->zone_minutes[p];
        int32_t b = view->b->zone_minutes[p];
        if (a == MM_ZONE_UNKNOWN || b == MM_ZONE_UNKNOWN) {
            facts->distance_known = false;
            return;
        }
        uint32_t distance = zone_distance(a, b);
        facts->distance = distance > facts->distance ? distance : facts->distance;
    }
}

static uint16_t minutes_together(const uint64_t *a, int32_t a_zone, const uint64_t *b,
                                 int32_t b_zone)
{
    uint64_t a_week[MM_WEEK_WORDS];
    uint64_t b_week[MM_WEEK_WORDS];
    week_turn(a, week_turn_of(-a_zone), a_week);
    week_turn(b, week_turn_of(-b_zone), b_week);
    return (uint16_t)(15 * week_common(a_week, b_week));
}

static void find_overlap(struct view *view, struct mm_explanation *explanation)
{
    const struct mm_person *a = view->a;
    const struct mm_person *b = view->b;
    struct facts *facts = &view->facts;
    facts->overlap_known = a->possible && b->possible && facts->distance_known;
    if (!a->possible || !b->possible) {
        return;
    }
    const uint64_t *a_good = a->good ? a->good : a->possible;
    const uint64_t *b_good = b->good ? b->good : b->possible;
    facts->worst_slots = MM_WEEK_SLOTS;
    facts->worst_half_slots = 2 * MM_WEEK_SLOTS;
    for (uint32_t p = 0; p < view->judge->phases; p++) {
        int32_t a_zone = a->zone_minutes[p];
        int32_t b_zone = b->zone_minutes[p];
        if (a_zone == MM_ZONE_UNKNOWN || b_zone == MM_ZONE_UNKNOWN) {
            continue;
        }
        explanation->overlap[p] = minutes_together(a->possible, a_zone, b->possible, b_zone);
        explanation->overlap_good[p] = minutes_together(a_good, a_zone, b_good, b_zone);
        uint32_t slots = explanation->overlap[p] / 15;
        uint32_t half_slots = slots + explanation->overlap_good[p] / 15;
        facts->worst_slots = slots < facts->worst_slots ? slots : facts->worst_slots;
        facts->worst_half_slots =
            half_slots < facts->worst_half_slots ? half_slots : facts->worst_half_slots;
    }
}

static const struct mm_topic *offer_of(const struct mm_person *mentor, uint32_t topic)
{
    for (uint32_t k = 0; k < mentor->topics; k++) {
        if (mentor->topic[k].topic == topic) {
            return &mentor->topic[k];
        }
    }
    return NULL;
}

/* Whether a wish comes before another in the list of those that are covered best: by what it adds,
 * then by its weight, then by the topic's number. */
static bool covered_better(const struct mm_topic *wish, uint32_t percent,
                           const struct mm_topic *other, uint32_t other_percent)
{
    uint32_t here = wish->amount * percent;
    uint32_t there = other->amount * other_percent;
    if (here != there) {
        return here > there;
    }
    if (wish->amount != other->amount) {
        return wish->amount > other->amount;
    }
    return wish->topic < other->topic;
}

/* Puts a covered wish into its place among the best three. */
static void keep_best_topics(const struct mm_topic *best[3], struct mm_explanation *explanation,
                             const struct mm_topic *wish, uint8_t percent)
{
    for (uint32_t k = 0; k < 3; k++) {
        if (best[k] && !covered_better(wish, percent, best[k], explanation->topic_percent[k])) {
            continue;
        }
        const struct mm_topic *next = best[k];
        uint8_t next_percent = explanation->topic_percent[k];
        best[k] = wish;
        explanation->topic[k] = wish->topic;
        explanation->topic_percent[k] = percent;
        if (!next) {
            return;
        }
        wish = next;
        percent = next_percent;
    }
}

static void find_topics(struct view *view, struct mm_explanation *explanation)
{
    struct facts *facts = &view->facts;
    const struct mm_topic *best[3] = {NULL, NULL, NULL};
    for (uint32_t k = 0; k < view->a->topics; k++) {
        const struct mm_topic *wish = &view->a->topic[k];
        facts->wished += wish->amount;
        const struct mm_topic *offer = offer_of(view->b, wish->topic);
        if (!offer) {
            continue;
        }
        facts->offered += wish->amount;
        facts->covered += (uint32_t)wish->amount * offer->amount;
        facts->best_percent =
            offer->amount > facts->best_percent ? offer->amount : facts->best_percent;
        keep_best_topics(best, explanation, wish, offer->amount);
        if (wish->level == 0 || offer->level == 0) {
            continue;
        }
        facts->levels_told = true;
        if (offer->level > wish->level || offer->level == 4) {
            facts->fitting += wish->amount;
        }
    }
}

/* ---- rules ---- */

static bool in_list(const uint32_t *list, uint32_t count, uint32_t wanted)
{
    for (uint32_t k = 0; k < count; k++) {
        if (list[k] == wanted) {
            return true;
        }
    }
    return false;
}

static enum verdict verdict_of(bool known, bool holds)
{
    if (!known) {
        return UNKNOWN;
    }
    return holds ? HOLDS : BROKEN;
}

static enum verdict rule_asks_woman(const struct mm_person *a, const struct mm_person *b)
{
    if (a->asks != MM_YES) {
        return HOLDS;
    }
    return verdict_of(b->woman != MM_UNKNOWN, b->woman == MM_YES);
}

static enum verdict rule_open_to_all(const struct mm_person *a, const struct mm_person *b)
{
    if (b->asks == MM_YES || a->woman == MM_YES) {
        return HOLDS;
    }
    return verdict_of(b->asks == MM_NO && a->woman == MM_NO, false);
}

static enum verdict rule_place(const struct mm_person *a, const struct mm_person *b,
                               uint32_t in_person)
{
    uint32_t common = a->formats & b->formats;
    bool only = common && !(common & ~in_person);
    if (!a->in_person && !b->in_person && !only) {
        return HOLDS;
    }
    return verdict_of(a->place && b->place, a->place == b->place);
}

/* MM_R_LOW_SCORE is judged when the score is known. */
static enum verdict rule_verdict(const struct view *view, enum mm_rule_kind kind)
{
    const struct mm_person *a = view->a;
    const struct mm_person *b = view->b;
    const struct facts *facts = &view->facts;
    uint32_t amount = view->judge->rules.rule[kind].amount;
    switch (kind) {
    case MM_R_SAME_HUMAN:
        return verdict_of(true, a->human == 0 || a->human != b->human);
    case MM_R_VETO:
        return verdict_of(true, !in_list(a->veto, a->vetoes, view->link.mentor) &&
                                    !in_list(b->veto, b->vetoes, view->link.mentee));
    case MM_R_LANGUAGE:
        return verdict_of(a->languages && b->languages, a->languages & b->languages);
    case MM_R_OVERLAP:
        return verdict_of(facts->overlap_known, 15 * facts->worst_slots >= amount);
    case MM_R_SENIORITY:
        return verdict_of(a->seniority && b->seniority,
                          b->seniority >= (uint64_t)a->seniority + amount);
    case MM_R_EMPLOYER:
        return verdict_of(a->employer && b->employer, a->employer != b->employer);
    case MM_R_LINE:
        return verdict_of(a->line && b->line, a->line != b->line);
    case MM_R_ASKS_WOMAN:
        return rule_asks_woman(a, b);
    case MM_R_OPEN_TO_ALL:
        return rule_open_to_all(a, b);
    case MM_R_PLACE:
        return rule_place(a, b, amount);
    case MM_R_FORMAT:
        return verdict_of(a->formats && b->formats, a->formats & b->formats);
    case MM_R_ZONE:
        return verdict_of(facts->distance_known, facts->distance <= amount);
    case MM_R_TOPIC:
        return verdict_of(a->topics && b->topics, facts->best_percent >= amount);
    case MM_R_AVOID:
    case MM_R_LOW_SCORE:
    case MM_RULES:
        break;
    }
    return HOLDS;
}

static void judge_rules(const struct view *view, struct mm_explanation *explanation)
{
    for (uint32_t r = 0; r < MM_RULES; r++) {
        const struct mm_rule *rule = &view->judge->rules.rule[r];
        if (!rule->use) {
            continue;
        }
        enum verdict verdict = rule_verdict(view, (enum mm_rule_kind)r);
        if (verdict == UNKNOWN) {
            explanation->flagged |= 1u << r;
        }
        if (verdict == BROKEN || (verdict == UNKNOWN && !rule->allow_unknown)) {
            explanation->refused |= 1u << r;
        }
    }
}

/* ---- criteria ---- */

#define SHARE_UNKNOWN UINT32_MAX

static uint32_t tags_common(const uint64_t a[4], const uint64_t b[4])
{
    uint32_t count = 0;
    for (uint32_t w = 0; w < 4; w++) {
        count += (uint32_t)__builtin_popcountll(a[w] & b[w]);
    }
    return count;
}

static uint32_t interests_of(const struct mm_person *a, const struct mm_person *b)
{
    uint32_t of_a = tags_common(a->interests, a->interests);
    uint32_t of_b = tags_common(b->interests, b->interests);
    if (of_a == 0 || of_b == 0) {
        return SHARE_UNKNOWN;
    }
    return share_interests(tags_common(a->interests, b->interests), of_a, of_b);
}

static uint32_t values_of(const struct mm_person *a, const struct mm_person *b)
{
    uint32_t both = 0;
    uint32_t difference = 0;
    for (uint32_t k = 0; k < MM_VALUES_MAX; k++) {
        if (a->values[k] == 0 || b->values[k] == 0) {
            continue;
        }
        both++;
        difference += a->values[k] > b->values[k] ? (uint32_t)a->values[k] - b->values[k]
                                                  : (uint32_t)b->values[k] - a->values[k];
    }
    return both == 0 ? SHARE_UNKNOWN : share_values(difference, both);
}

static uint32_t choice_of(const struct mm_person *chooser, uint32_t other)
{
    if (chooser->choices == 0) {
        return SHARE_UNKNOWN;
    }
    for (uint32_t k = 0; k < chooser->choices; k++) {
        if (chooser->choice[k] == other) {
            return share_choice(k);
        }
    }
    return 0;
}

static uint32_t levels_of(const struct view *view)
{
    const struct facts *facts = &view->facts;
    bool unknown =
        view->a->topics == 0 || view->b->topics == 0 || (facts->offered > 0 && !facts->levels_told);
    return unknown ? SHARE_UNKNOWN : share_levels(facts->fitting, facts->offered);
}

/* Something in common of two sets that both have told. */
static uint32_t common_of(uint64_t a, uint64_t b)
{
    if (a == 0 || b == 0) {
        return SHARE_UNKNOWN;
    }
    return (a & b) != 0 ? SHARE_MAX : 0;
}

static uint32_t criterion_share(const struct view *view, enum mm_criterion_kind kind)
{
    const struct mm_person *a = view->a;
    const struct mm_person *b = view->b;
    const struct facts *facts = &view->facts;
    const struct mm_rules *rules = &view->judge->rules;
    switch (kind) {
    case MM_C_TOPICS:
        return a->topics && b->topics ? share_topics(facts->covered, facts->wished) : SHARE_UNKNOWN;
    case MM_C_LEVELS:
        return levels_of(view);
    case MM_C_SENIORITY:
        return a->seniority && b->seniority
                   ? share_seniority(b->seniority - a->seniority, rules->seniority_best)
                   : SHARE_UNKNOWN;
    case MM_C_INTERESTS:
        return interests_of(a, b);
    case MM_C_VALUES:
        return values_of(a, b);
    case MM_C_LANGUAGES:
        return a->languages && b->languages
                   ? share_languages((uint32_t)__builtin_popcountll(a->languages & b->languages))
                   : SHARE_UNKNOWN;
    case MM_C_OVERLAP:
        return facts->overlap_known ? share_overlap(facts->worst_half_slots, rules->overlap_enough)
                                    : SHARE_UNKNOWN;
    case MM_C_ZONE:
        return facts->distance_known ? share_zone(facts->distance) : SHARE_UNKNOWN;
    case MM_C_INDUSTRY:
        return common_of(a->industries, b->industries);
    case MM_C_FORMAT:
        return common_of(a->formats, b->formats);
    case MM_C_CADENCE:
        return a->cadence && b->cadence ? share_cadence(a->cadence, b->cadence) : SHARE_UNKNOWN;
    case MM_C_CHOICE_MENTEE:
        return choice_of(a, view->link.mentor);
    case MM_C_CHOICE_MENTOR:
        return choice_of(b, view->link.mentee);
    case MM_CRITERIA:
        break;
    }
    return SHARE_UNKNOWN;
}

static void judge_criteria(const struct view *view, struct mm_explanation *explanation)
{
    uint32_t score = 0;
    for (uint32_t c = 0; c < MM_CRITERIA; c++) {
        uint32_t share = criterion_share(view, (enum mm_criterion_kind)c);
        if (share == SHARE_UNKNOWN) {
            explanation->unknown |= 1u << c;
            share = 0;
        }
        if (share == 0 && view->judge->rules.weight[c].mandatory) {
            explanation->mandatory |= 1u << c;
        }
        explanation->share[c] = (uint16_t)share;
        explanation->part_max[c] = view->judge->part_max[c];
        explanation->part[c] = (uint16_t)share_points(share, explanation->part_max[c]);
        score += explanation->part[c];
    }
    explanation->score = (uint16_t)score;
}

static void find_reasons(struct mm_explanation *explanation)
{
    uint32_t used = 0;
    for (uint32_t k = 0; k < 3; k++) {
        explanation->strongest[k] = -1;
        uint32_t most = 0;
        for (uint32_t c = 0; c < MM_CRITERIA; c++) {
            if (!(used >> c & 1) && explanation->part[c] > most) {
                most = explanation->part[c];
                explanation->strongest[k] = (int8_t)c;
            }
        }
        used |= most > 0 ? 1u << explanation->strongest[k] : 0;
    }
    explanation->weakest = -1;
    int32_t most_lost = 0;
    for (uint32_t c = 0; c < MM_CRITERIA; c++) {
        int32_t lost = explanation->part_max[c] - explanation->part[c];
        if (lost > most_lost) {
            most_lost = lost;
            explanation->weakest = (int8_t)c;
        }
    }
}

/* ---- the judge ---- */

void judge_features(const struct judge *judge, struct mm_link pair,
                    struct mm_explanation *ret_explanation)
{
    struct view view = {
        .judge = judge,
        .link = pair,
        .a = &judge->pool->mentee[pair.mentee],
        .b = &judge->pool->mentor[pair.mentor],
    };
    struct mm_explanation explanation = {
        .topic = {MM_NOBODY, MM_NOBODY, MM_NOBODY}
    };
    find_distance(&view);
    find_overlap(&view, &explanation);
    find_topics(&view, &explanation);
    explanation.zone_distance =
        view.facts.distance_known ? (uint16_t)view.facts.distance : UINT16_MAX;
    judge_rules(&view, &explanation);
    judge_criteria(&view, &explanation);
    find_reasons(&explanation);
    const struct mm_rule *low_score = &judge->rules.rule[MM_R_LOW_SCORE];
    if (low_score->use && explanation.score < low_score->amount) {
        explanation.refused |= 1u << MM_R_LOW_SCORE;
    }
    explanation.allowed = explanation.refused == 0 && explanation.mandatory == 0;
    *ret_explanation = explanation;
}

uint32_t judge_best_percent(const struct judge *judge, struct mm_link pair)
{
    const struct mm_person *a = &judge->pool->mentee[pair.mentee];
    uint32_t best = 0;
    for (uint32_t k = 0; k < a->topics; k++) {
        const struct mm_topic *offer =
            offer_of(&judge->pool->mentor[pair.mentor], a->topic[k].topic);
        best = offer && offer->amount > best ? offer->amount : best;
    }
    return best;
}

void judge_refuse(struct mm_explanation *explanation, enum mm_rule_kind rule)
{
    explanation->refused |= 1u << rule;
    explanation->allowed = false;
}

static bool same_being(uint64_t a, uint64_t b)
{
    return a != 0 && a == b;
}

bool judge_avoids(const struct judge *judge, struct mm_link pair)
{
    const struct mm_pool *pool = judge->pool;
    uint64_t a = pool->mentee[pair.mentee].human;
    uint64_t b = pool->mentor[pair.mentor].human;
    for (size_t k = 0; k < pool->avoids; k++) {
        struct mm_link link = pool->avoid[k];
        uint64_t c = pool->mentee[link.mentee].human;
        uint64_t d = pool->mentor[link.mentor].human;
        if ((link.mentee == pair.mentee || same_being(a, c)) &&
            (link.mentor == pair.mentor || same_being(b, d))) {
            return true;
        }
        if (same_being(a, d) && same_being(b, c)) {
            return true;
        }
    }
    return false;
}

bool judge_loses_circle(const struct judge *judge, struct mm_link pair,
                        const struct mm_explanation *own, struct mm_link reverse)
{
    const struct mm_pool *pool = judge->pool;
    struct mm_explanation other;
    judge_features(judge, reverse, &other);
    if (!other.allowed || other.score < own->score || judge_avoids(judge, reverse)) {
        return false;
    }
    return other.score > own->score ||
           pool->mentor[pair.mentor].human > pool->mentor[reverse.mentor].human;
}

/* Whether any pair of the same two people in turned roles is better. */
static bool loses_any_circle(const struct judge *judge, struct mm_link pair,
                             const struct mm_explanation *own)
{
    const struct mm_pool *pool = judge->pool;
    uint64_t a = pool->mentee[pair.mentee].human;
    uint64_t b = pool->mentor[pair.mentor].human;
    if (a == 0 || b == 0 || a == b) {
        return false;
    }
    for (uint32_t j = 0; j < pool->mentors; j++) {
        if (pool->mentor[j].human != a) {
            continue;
        }
        for (uint32_t i = 0; i < pool->mentees; i++) {
            struct mm_link reverse = {i, j};
            if (pool->mentee[i].human == b && judge_loses_circle(judge, pair, own, reverse)) {
                return true;
            }
        }
    }
    return false;
}

void judge_pair(const struct judge *judge, struct mm_link pair,
                struct mm_explanation *ret_explanation)
{
    judge_features(judge, pair, ret_explanation);
    if (judge_avoids(judge, pair)) {
        judge_refuse(ret_explanation, MM_R_AVOID);
    }
    if (ret_explanation->allowed && judge->rules.rule[MM_R_SAME_HUMAN].use &&
        loses_any_circle(judge, pair, ret_explanation)) {
        judge_refuse(ret_explanation, MM_R_SAME_HUMAN);
    }
}

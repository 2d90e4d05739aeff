// SPDX-License-Identifier: Apache-2.0
/*
 * The criteria's shares, in the order of the table in docs/matching.md.
 */
#include "check_judge.h"

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Bits of a word, counted in parallel within it. */
static int64_t count_bits(uint64_t x)
{
    x -= (x >> 1) & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + ((x >> 2) & 0x3333333333333333u);
    x = (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
    return (int64_t)(x * 0x0101010101010101u >> 56);
}

/* ---- topics ---- */

static const struct mm_topic *offer_of(const struct mm_person *b, uint32_t topic)
{
    for (uint32_t k = 0; k < b->topics; k++) {
        if (b->topic[k].topic == topic) {
            return &b->topic[k];
        }
    }
    return NULL;
}

int64_t check_best_cover(const struct mm_person *a, const struct mm_person *b)
{
    if (a->topics == 0 || b->topics == 0) {
        return -1;
    }
    int64_t best = 0;
    for (uint32_t k = 0; k < a->topics; k++) {
        const struct mm_topic *offer = offer_of(b, a->topic[k].topic);
        best = offer && offer->amount > best ? offer->amount : best;
    }
    return best;
}

static int64_t share_topics(const struct mm_person *a, const struct mm_person *b)
{
    int64_t covered = 0;
    int64_t all = 0;
    for (uint32_t k = 0; k < a->topics; k++) {
        const struct mm_topic *offer = offer_of(b, a->topic[k].topic);
        covered += offer ? (int64_t)a->topic[k].amount * offer->amount : 0;
        all += a->topic[k].amount;
    }
    return all == 0 ? 0 : 100 * covered / all;
}

static int64_t share_levels(const struct mm_person *a, const struct mm_person *b)
{
    int64_t fitting = 0;
    int64_t all = 0;
    for (uint32_t k = 0; k < a->topics; k++) {
        const struct mm_topic *wish = &a->topic[k];
        const struct mm_topic *offer = offer_of(b, wish->topic);
        if (!offer) {
            continue;
        }
        all += wish->amount;
        bool told = wish->level != 0 && offer->level != 0;
        fitting += told && offer->level >= smaller(wish->level + 1, 4) ? wish->amount : 0;
    }
    return all == 0 ? 0 : 10000 * fitting / all;
}

/* ---- people ---- */

static int64_t share_seniority(const struct check_judge *judge, const struct mm_person *a,
                               const struct mm_person *b)
{
    int64_t best = judge->rules.seniority_best == 0 ? 2 : judge->rules.seniority_best;
    int64_t gap = (int64_t)b->seniority - a->seniority;
    if (a->seniority == 0 || b->seniority == 0 || gap <= 0) {
        return 0;
    }
    return gap < best ? 10000 * gap / best : 10000 * best / gap;
}

static int64_t share_interests(const struct mm_person *a, const struct mm_person *b)
{
    int64_t of_a = 0;
    int64_t of_b = 0;
    int64_t common = 0;
    for (uint32_t k = 0; k < 4; k++) {
        of_a += count_bits(a->interests[k]);
        of_b += count_bits(b->interests[k]);
        common += count_bits(a->interests[k] & b->interests[k]);
    }
    int64_t most = smaller(smaller(of_a, of_b), 3);
    return most == 0 ? 0 : 10000 * smaller(common, most) / most;
}

static int64_t share_values(const struct mm_person *a, const struct mm_person *b)
{
    int64_t answered = 0;
    int64_t distance = 0;
    for (uint32_t k = 0; k < MM_VALUES_MAX; k++) {
        if (a->values[k] != 0 && b->values[k] != 0) {
            int64_t difference = (int64_t)a->values[k] - b->values[k];
            distance += difference < 0 ? -difference : difference;
            answered++;
        }
    }
    return answered == 0 ? 0 : 10000 * (4 * answered - distance) / (4 * answered);
}

static int64_t share_languages(const struct mm_person *a, const struct mm_person *b)
{
    int64_t common = count_bits(a->languages & b->languages);
    return common == 0 ? 0 : common == 1 ? 7000 : 10000;
}

static int64_t share_cadence(const struct mm_person *a, const struct mm_person *b)
{
    if (a->cadence == 0 || b->cadence == 0) {
        return 0;
    }
    bool a_less = a->cadence < b->cadence;
    return 10000 * (a_less ? a->cadence : b->cadence) / (a_less ? b->cadence : a->cadence);
}

static int64_t share_choice(const struct mm_person *chooser, uint32_t chosen)
{
    for (uint32_t k = 0; k < chooser->choices; k++) {
        if (chooser->choice[k] == chosen) {
            return 1000 * (10 - (int64_t)k);
        }
    }
    return 0;
}

/* ---- time ---- */

static bool zones_known(const struct check_judge *judge, const struct mm_person *a,
                        const struct mm_person *b)
{
    for (uint32_t p = 0; p < judge->phases; p++) {
        if (a->zone_minutes[p] == MM_ZONE_UNKNOWN || b->zone_minutes[p] == MM_ZONE_UNKNOWN) {
            return false;
        }
    }
    return true;
}

int64_t check_distance(const struct check_judge *judge, const struct mm_person *a,
                       const struct mm_person *b)
{
    if (!zones_known(judge, a, b)) {
        return -1;
    }
    int64_t worst = 0;
    for (uint32_t p = 0; p < judge->phases; p++) {
        int64_t apart = (int64_t)a->zone_minutes[p] - b->zone_minutes[p];
        apart = (apart < 0 ? -apart : apart) % 1440;
        apart = smaller(apart, 1440 - apart);
        worst = apart > worst ? apart : worst;
    }
    return worst;
}

static bool times_known(const struct check_judge *judge, const struct mm_person *a,
                        const struct mm_person *b)
{
    return a->possible && b->possible && zones_known(judge, a, b);
}

/* Quarter hours together in the worst phase, the good ones counted once more if asked. */
static int64_t worst_quarters(const struct check_judge *judge, const struct check_seeker *seeker,
                              uint32_t mentor, bool and_good)
{
    int64_t worst = INT64_MAX;
    for (uint32_t p = 0; p < judge->phases; p++) {
        const struct check_week *a = &seeker->week[p];
        const struct check_week *b = &judge->mentor_week[(size_t)mentor * judge->phases + p];
        int64_t quarters = 0;
        for (uint32_t w = 0; w < MM_WEEK_WORDS; w++) {
            quarters += count_bits(a->possible[w] & b->possible[w]);
            quarters += and_good ? count_bits(a->good[w] & b->good[w]) : 0;
        }
        worst = smaller(worst, quarters);
    }
    return worst;
}

int64_t check_overlap(const struct check_judge *judge, const struct check_seeker *seeker,
                      uint32_t mentor)
{
    const struct mm_person *a = &judge->pool->mentee[seeker->mentee];
    const struct mm_person *b = &judge->pool->mentor[mentor];
    return times_known(judge, a, b) ? 15 * worst_quarters(judge, seeker, mentor, false) : -1;
}

static int64_t share_overlap(const struct check_judge *judge, const struct check_seeker *seeker,
                             uint32_t mentor)
{
    const struct mm_person *a = &judge->pool->mentee[seeker->mentee];
    const struct mm_person *b = &judge->pool->mentor[mentor];
    if (!times_known(judge, a, b)) {
        return 0;
    }
    int64_t enough = judge->rules.overlap_enough == 0 ? 240 : judge->rules.overlap_enough;
    int64_t x = smaller(15 * worst_quarters(judge, seeker, mentor, true), 2 * enough);
    return 10000 * (x * (4 * enough - x)) / (4 * enough * enough);
}

static int64_t share_zone(const struct check_judge *judge, const struct mm_person *a,
                          const struct mm_person *b)
{
    int64_t distance = check_distance(judge, a, b);
    return distance < 0 ? 0 : 10000 * (720 - distance) / 720;
}

/* ---- all ---- */

int64_t check_share(const struct check_judge *judge, const struct check_seeker *seeker,
                    uint32_t mentor, enum mm_criterion_kind criterion)
{
    const struct mm_person *a = &judge->pool->mentee[seeker->mentee];
    const struct mm_person *b = &judge->pool->mentor[mentor];
    switch (criterion) {
    case MM_C_TOPICS:
        return share_topics(a, b);
    case MM_C_LEVELS:
        return share_levels(a, b);
    case MM_C_SENIORITY:
        return share_seniority(judge, a, b);
    case MM_C_INTERESTS:
        return share_interests(a, b);
    case MM_C_VALUES:
        return share_values(a, b);
    case MM_C_LANGUAGES:
        return share_languages(a, b);
    case MM_C_OVERLAP:
        return share_overlap(judge, seeker, mentor);
    case MM_C_ZONE:
        return share_zone(judge, a, b);
    case MM_C_INDUSTRY:
        return (a->industries & b->industries) != 0 ? 10000 : 0;
    case MM_C_FORMAT:
        return (a->formats & b->formats) != 0 ? 10000 : 0;
    case MM_C_CADENCE:
        return share_cadence(a, b);
    case MM_C_CHOICE_MENTEE:
        return share_choice(a, mentor);
    case MM_C_CHOICE_MENTOR:
        return share_choice(b, seeker->mentee);
    case MM_CRITERIA:
        break;
    }
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
/*
 * See scan.h: the tables of one mentee. Time linear in her answers and, when her zone is not that
 * of the mentee before, in the mentors' zones.
 */
#include <string.h>

#include "scan.h"
#include "share.h"
#include "week.h"

static bool strict(const struct mm_scan *scan, enum mm_rule_kind kind)
{
    const struct mm_rule *rule = &scan->prepared->judge.rules.rule[kind];
    return rule->use && !rule->allow_unknown;
}

static bool used(const struct mm_scan *scan, enum mm_rule_kind kind)
{
    return scan->prepared->judge.rules.rule[kind].use;
}

static bool mandatory(const struct mm_scan *scan, enum mm_criterion_kind kind)
{
    return scan->prepared->judge.rules.weight[kind].mandatory;
}

static uint16_t points_max(const struct mm_scan *scan, enum mm_criterion_kind kind)
{
    return scan->prepared->judge.part_max[kind];
}

/* An answer that must be there when `wanted`: hers refuses all, a card's refuses the card. */
static void want_answer(struct mm_scan *scan, bool wanted, bool hers, uint32_t card_flag)
{
    if (wanted && !hers) {
        scan->refuse_all = true;
    }
    if (wanted) {
        scan->refuse_flags |= card_flag;
    }
}

/* ---- rules ---- */

static void view_seniority(struct mm_scan *scan)
{
    const struct mm_rule *rule = &scan->prepared->judge.rules.rule[MM_R_SENIORITY];
    bool needed = mandatory(scan, MM_C_SENIORITY);
    bool unknown_ok = !strict(scan, MM_R_SENIORITY) && !needed;
    uint32_t own = scan->person->seniority;
    scan->seniority_ok = unknown_ok ? 1 : 0;
    scan->seniority[0] = 0;
    for (uint32_t grade = 1; grade <= SENIORITY_MAX; grade++) {
        scan->seniority[grade] = 0;
        bool ok = unknown_ok;
        if (own > 0) {
            ok = (!rule->use || grade >= own + rule->amount) && (!needed || grade > own);
            scan->seniority[grade] =
                scan->prepared->points.seniority[grade > own ? grade - own : 0];
        }
        scan->seniority_ok |= ok ? 1u << grade : 0;
    }
}

static void view_women(struct mm_scan *scan)
{
    const struct mm_person *person = scan->person;
    if (used(scan, MM_R_ASKS_WOMAN) && person->asks == MM_YES) {
        scan->refuse_flags |= CARD_WOMAN_NO;
        scan->refuse_flags |= strict(scan, MM_R_ASKS_WOMAN) ? CARD_WOMAN_UNKNOWN : 0;
    }
    if (used(scan, MM_R_OPEN_TO_ALL) && person->woman != MM_YES) {
        bool refuse = strict(scan, MM_R_OPEN_TO_ALL);
        scan->refuse_flags |= person->woman == MM_NO || refuse ? CARD_OPEN_NO : 0;
        scan->refuse_flags |= refuse ? CARD_OPEN_UNKNOWN : 0;
    }
}

static void view_place(struct mm_scan *scan)
{
    const struct mm_person *person = scan->person;
    bool refuse = strict(scan, MM_R_PLACE);
    scan->place_used = used(scan, MM_R_PLACE);
    scan->formats_here = scan->prepared->judge.rules.rule[MM_R_PLACE].amount;
    scan->place_unknown_ok = !refuse;
    if (refuse && person->place == 0) {
        scan->refuse_all = scan->refuse_all || person->in_person;
        scan->refuse_flags |= CARD_IN_PERSON;
    }
}

static void view_sets(struct mm_scan *scan)
{
    const struct mm_person *person = scan->person;
    bool language = mandatory(scan, MM_C_LANGUAGES);
    bool format = mandatory(scan, MM_C_FORMAT);
    bool industry = mandatory(scan, MM_C_INDUSTRY);
    want_answer(scan, language || strict(scan, MM_R_LANGUAGE), person->languages, CARD_NO_LANGUAGE);
    want_answer(scan, format || strict(scan, MM_R_FORMAT), person->formats, CARD_NO_FORMAT);
    want_answer(scan, industry, person->industries, CARD_NO_INDUSTRY);
    want_answer(scan, mandatory(scan, MM_C_CADENCE), person->cadence, CARD_NO_CADENCE);
    want_answer(scan, strict(scan, MM_R_EMPLOYER), person->employer, CARD_NO_EMPLOYER);
    want_answer(scan, strict(scan, MM_R_LINE), person->line, CARD_NO_LINE);
    scan->language_needed = person->languages && (language || used(scan, MM_R_LANGUAGE));
    scan->format_needed = person->formats && (format || used(scan, MM_R_FORMAT));
    scan->industry_needed = industry;
    scan->being_differs = used(scan, MM_R_SAME_HUMAN);
    scan->employer_differs = person->employer && used(scan, MM_R_EMPLOYER);
    scan->line_differs = person->line && used(scan, MM_R_LINE);
    scan->industry = points_max(scan, MM_C_INDUSTRY);
    scan->format = points_max(scan, MM_C_FORMAT);
}

/* ---- criteria ---- */

static void view_interests(struct mm_scan *scan)
{
    uint32_t tags = 0;
    for (uint32_t w = 0; w < 4; w++) {
        tags += (uint32_t)__builtin_popcountll(scan->person->interests[w]);
    }
    scan->tags = tags > 3 ? 3 : tags;
    scan->interest_needed = mandatory(scan, MM_C_INTERESTS);
    want_answer(scan, scan->interest_needed, tags, CARD_NO_INTEREST);
    scan->interests_max = tags > 0 ? points_max(scan, MM_C_INTERESTS) : 0;
}

static void view_values(struct mm_scan *scan)
{
    values_bits(scan->person, &scan->values, &scan->answered);
    scan->values_needed = mandatory(scan, MM_C_VALUES);
    want_answer(scan, scan->values_needed, scan->answered, 0);
    scan->values_max = scan->answered ? points_max(scan, MM_C_VALUES) : 0;
}

static void view_cadence(struct mm_scan *scan)
{
    uint8_t own = scan->person->cadence;
    if (own == scan->cadence_of) {
        return;
    }
    scan->cadence_of = own;
    scan->cadence[0] = 0;
    for (uint32_t c = 1; c < 256; c++) {
        uint32_t share = own ? share_cadence(own, c) : 0;
        scan->cadence[c] = (uint16_t)share_points(share, points_max(scan, MM_C_CADENCE));
    }
}

static void view_choices(struct mm_scan *scan)
{
    bool by_mentee = mandatory(scan, MM_C_CHOICE_MENTEE);
    bool by_mentor = mandatory(scan, MM_C_CHOICE_MENTOR);
    want_answer(scan, by_mentee, scan->person->choices, 0);
    want_answer(scan, by_mentor, true, CARD_NO_CHOICE);
    scan->choice_needed = by_mentee || by_mentor;
}

/* Takes the wishes of the mentee before out of the table. */
static void forget_wishes(struct mm_scan *scan)
{
    for (uint32_t k = 0; scan->person && k < scan->person->topics; k++) {
        scan->wish_of[scan->person->topic[k].topic] = 0;
    }
}

static void view_topics(struct mm_scan *scan)
{
    const struct mm_person *person = scan->person;
    const struct mm_rule *rule = &scan->prepared->judge.rules.rule[MM_R_TOPIC];
    scan->topics_needed = mandatory(scan, MM_C_TOPICS);
    scan->levels_needed = mandatory(scan, MM_C_LEVELS);
    bool wanted = scan->topics_needed || scan->levels_needed || strict(scan, MM_R_TOPIC);
    want_answer(scan, wanted, person->topics, CARD_NO_TOPIC);
    scan->topic_percent = person->topics && rule->use ? rule->amount : 0;
    scan->topics_max = person->topics ? points_max(scan, MM_C_TOPICS) : 0;
    scan->levels_max = person->topics ? points_max(scan, MM_C_LEVELS) : 0;
    scan->wishes = person->topics;
    scan->wished = 0;
    for (uint32_t k = 0; k < person->topics; k++) {
        const struct mm_topic *topic = &person->topic[k];
        uint32_t level = topic->level == 0 ? 0 : topic->level == 4 ? 4 : topic->level + 1u;
        scan->wish_of[topic->topic] = (uint16_t)((uint32_t)topic->amount << 3 | level);
        scan->wish[k] = (struct wish){topic->topic % TOPIC_SLOTS, topic->amount};
        scan->wished += topic->amount;
    }
    for (uint32_t weight = 0; weight <= scan->wished; weight++) {
        uint32_t share = scan->wished ? share_topics(100 * weight, scan->wished) : 0;
        scan->topic_points[weight] = (uint16_t)share_points(share, scan->topics_max);
    }
}

/* ---- zones and weeks ---- */

static void add_turn(struct zone_row *row, int32_t a_zone, int32_t b_zone)
{
    uint16_t turn = (uint16_t)(TURN_ZERO + (b_zone - a_zone) / 15);
    for (uint32_t t = 0; t < row->turns; t++) {
        if (row->turn[t] == turn) {
            return;
        }
    }
    row->turn[row->turns++] = turn;
}

static void fill_zone_row(const struct mm_scan *scan, const int16_t *zone, struct zone_row *row)
{
    const struct mm_prepared *prepared = scan->prepared;
    const struct mm_rule *rule = &prepared->judge.rules.rule[MM_R_ZONE];
    bool known = scan->zone_minutes[0] != MM_ZONE_UNKNOWN && zone[0] != MM_ZONE_UNKNOWN;
    bool overlap_strict = strict(scan, MM_R_OVERLAP) || mandatory(scan, MM_C_OVERLAP);
    *row = (struct zone_row){0};
    if (!known) {
        row->allowed = !strict(scan, MM_R_ZONE) && !mandatory(scan, MM_C_ZONE) && !overlap_strict;
        return;
    }
    uint32_t worst = 0;
    for (uint32_t p = 0; p < prepared->judge.phases; p++) {
        uint32_t distance = zone_distance(scan->zone_minutes[p], zone[p]);
        worst = distance > worst ? distance : worst;
        add_turn(row, scan->zone_minutes[p], zone[p]);
    }
    row->points = prepared->points.zone[worst / 15];
    row->allowed = (!rule->use || worst <= rule->amount) &&
                   (!mandatory(scan, MM_C_ZONE) || worst < DISTANCE_MAX);
}

static void view_zones(struct mm_scan *scan)
{
    const struct mm_prepared *prepared = scan->prepared;
    uint32_t phases = prepared->judge.phases;
    int16_t own[MM_PHASES_MAX] = {0};
    bool known = true;
    for (uint32_t p = 0; p < phases; p++) {
        own[p] = scan->person->zone_minutes[p];
        known = known && own[p] != MM_ZONE_UNKNOWN;
    }
    for (uint32_t p = 0; p < phases && !known; p++) {
        own[p] = MM_ZONE_UNKNOWN;
    }
    if (scan->zone_ready && memcmp(own, scan->zone_minutes, sizeof(own)) == 0) {
        return;
    }
    scan->zone_ready = true;
    memcpy(scan->zone_minutes, own, sizeof(own));
    scan->zone_max = 0;
    for (uint32_t z = 0; z < prepared->zones; z++) {
        fill_zone_row(scan, &prepared->zone_minutes[(size_t)z * phases], &scan->zone[z]);
        scan->zone_max =
            scan->zone[z].points > scan->zone_max ? scan->zone[z].points : scan->zone_max;
    }
}

static void view_week(struct mm_scan *scan)
{
    const struct mm_person *person = scan->person;
    const struct mm_rule *rule = &scan->prepared->judge.rules.rule[MM_R_OVERLAP];
    bool needed = mandatory(scan, MM_C_OVERLAP);
    scan->stamp++;
    want_answer(scan, needed || strict(scan, MM_R_OVERLAP), person->possible, CARD_NO_WEEK);
    scan->overlap_slots = rule->use ? (rule->amount + 14) / 15 : 0;
    scan->overlap_half_slots = needed ? 1 : 0;
    scan->overlap_max = person->possible ? points_max(scan, MM_C_OVERLAP) : 0;
    scan->overlap_used = person->possible && (scan->overlap_max > 0 || needed || rule->use);
    scan->free_half_slots = 0;
    if (person->possible) {
        scan->free_half_slots = week_count(person->possible) +
                                week_count(person->good ? person->good : person->possible);
    }
}

void scan_turn(struct mm_scan *scan, uint32_t turn)
{
    const struct mm_person *person = scan->person;
    const uint64_t *good = person->good ? person->good : person->possible;
    struct week_pair *turned = &scan->turned[turn];
    uint32_t up = week_turn_of(15 * ((int32_t)turn - TURN_ZERO));
    week_turn(person->possible, up, turned->possible);
    week_turn(good, up, turned->good);
    scan->turned_for[turn] = scan->stamp;
}

/* ---- the whole ---- */

void scan_view(struct mm_scan *scan, uint32_t mentee)
{
    forget_wishes(scan);
    const struct mm_rules *rules = &scan->prepared->judge.rules;
    scan->mentee = mentee;
    scan->person = &scan->prepared->pool->mentee[mentee];
    scan->being = scan->prepared->mentee_being[mentee];
    scan->refuse_all = false;
    scan->refuse_flags = 0;
    scan->low_score = rules->rule[MM_R_LOW_SCORE].use ? rules->rule[MM_R_LOW_SCORE].amount : 0;
    view_seniority(scan);
    view_women(scan);
    view_place(scan);
    view_sets(scan);
    view_interests(scan);
    view_values(scan);
    view_cadence(scan);
    view_choices(scan);
    view_topics(scan);
    view_zones(scan);
    view_week(scan);
}

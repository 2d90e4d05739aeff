// SPDX-License-Identifier: Apache-2.0
/*
 * The scan: all mentors for one mentee, or the best of them. Where the time of a large pool goes.
 *
 * A pair is scored in the order of cost, and given up as soon as what is still open cannot lift it
 * to the score that is needed: classes and sets first, then topics, tags and statements, and the
 * common hours last. For the best, blocks are taken in the order of their bounds, so that the list
 * is good early and most blocks are never looked at; inside a block the words of topics find who
 * covers enough, by an adder of ten bits that works on all 64 cards at once.
 *
 * All of it depends on bits and sums only, so it gives the same on every machine, whichever of the
 * two builds below runs.
 */
#include "scan.h"

#include <string.h>

#include "memory.h"
#include "share.h"
#include "tie.h"
#include "week.h"

#if defined(__GNUC__)
#define INLINED inline __attribute__((always_inline))
#else
#define INLINED inline
#endif

#define COMMON(a, b) ((uint32_t)__builtin_popcountll((a) & (b)))

/* ---- one pair ---- */

/* Not in one place, though they can meet in no other way. */
static INLINED bool place_refused(const struct mm_scan *scan, const struct card *card)
{
    const struct mm_person *person = scan->person;
    uint32_t common = card->formats & person->formats;
    bool only = common && !(common & ~scan->formats_here);
    if (!only && !person->in_person && !(card->flags & CARD_IN_PERSON)) {
        return false;
    }
    return card->place && person->place ? card->place != person->place : !scan->place_unknown_ok;
}

static INLINED bool card_refused(const struct mm_scan *scan, const struct card *card,
                                 const struct zone_row *zone)
{
    if ((card->flags & scan->refuse_flags) || !(scan->seniority_ok >> card->seniority & 1) ||
        !zone->allowed || (scan->being_differs && card->being == scan->being)) {
        return true;
    }
    if ((scan->employer_differs && card->employer == scan->person->employer) ||
        (scan->line_differs && card->line == scan->person->line)) {
        return true;
    }
    return scan->place_used && place_refused(scan, card);
}

/* Adds what sets give; false: refused. */
static INLINED bool score_sets(const struct mm_scan *scan, const struct card *card, uint32_t *sum)
{
    const struct point_tables *points = &scan->prepared->points;
    uint32_t languages = COMMON(card->languages, scan->person->languages);
    bool industry = card->industries & scan->person->industries;
    bool format = card->formats & scan->person->formats;
    if ((languages == 0 && scan->language_needed && card->languages) ||
        (!industry && scan->industry_needed) || (!format && scan->format_needed && card->formats)) {
        return false;
    }
    *sum += points->languages[languages > 2 ? 2 : languages];
    *sum += (industry ? scan->industry : 0u) + (format ? scan->format : 0u);
    *sum += (uint32_t)scan->seniority[card->seniority] + scan->cadence[card->cadence];
    return true;
}

static INLINED bool score_topics(const struct mm_scan *scan, const struct card *card, uint32_t *sum)
{
    const uint32_t *offer = &scan->prepared->offer[card->offer];
    uint32_t covered = 0;
    uint32_t offered = 0;
    uint32_t fitting = 0;
    uint32_t best = 0;
    for (uint32_t k = 0; k < card->offers; k++) {
        uint32_t wish = scan->wish_of[OFFER_TOPIC(offer[k])];
        if (wish == 0) {
            continue;
        }
        uint32_t weight = wish >> 3;
        uint32_t needed = wish & 7;
        uint32_t percent = OFFER_PERCENT(offer[k]);
        covered += weight * percent;
        offered += weight;
        fitting += needed != 0 && OFFER_LEVEL(offer[k]) >= needed ? weight : 0;
        best = percent > best ? percent : best;
    }
    if (card->offers > 0 && best < scan->topic_percent) {
        return false;
    }
    uint32_t share = scan->wished ? share_topics(covered, scan->wished) : 0;
    if ((share == 0 && scan->topics_needed) || (fitting == 0 && scan->levels_needed)) {
        return false;
    }
    if (offered > 0) {
        *sum += share_points(share, scan->topics_max) +
                share_points(share_levels(fitting, offered), scan->levels_max);
    }
    return true;
}

/* Adds what tags and statements give; false: refused. */
static INLINED bool score_person(const struct mm_scan *scan, const struct card *card, uint32_t *sum)
{
    const struct point_tables *points = &scan->prepared->points;
    const uint64_t *tags = scan->person->interests;
    uint32_t common = COMMON(card->interests[0], tags[0]) + COMMON(card->interests[1], tags[1]) +
                      COMMON(card->interests[2], tags[2]) + COMMON(card->interests[3], tags[3]);
    if (common == 0 && scan->interest_needed) {
        return false;
    }
    if (common > 0) {
        uint32_t enough = card->tags < scan->tags ? card->tags : scan->tags;
        *sum += points->interests[enough][common < enough ? common : enough];
    }
    uint64_t answered = card->answered & scan->answered;
    uint32_t full = (uint32_t)__builtin_popcountll(answered);
    uint32_t difference = COMMON(card->values ^ scan->values, answered);
    if (full == difference && scan->values_needed) {
        return false;
    }
    *sum += points->values[full / 4][difference];
    return true;
}

/* Adds what common hours give; false: refused. */
static INLINED bool score_hours(struct mm_scan *scan, const struct card *card, uint32_t k,
                                const struct zone_row *zone, uint32_t *sum)
{
    if (!scan->overlap_used || (card->flags & CARD_NO_WEEK) || zone->turns == 0) {
        return true;
    }
    const struct week_pair *hers = &scan->prepared->week[k];
    uint32_t worst = MM_WEEK_SLOTS;
    uint32_t worst_half = HALF_SLOTS_MAX;
    for (uint32_t t = 0; t < zone->turns; t++) {
        uint32_t turn = zone->turn[t];
        if (scan->turned_for[turn] != scan->stamp) {
            scan_turn(scan, turn);
        }
        uint32_t slots = week_common(hers->possible, scan->turned[turn].possible);
        uint32_t half = slots + week_common(hers->good, scan->turned[turn].good);
        worst = slots < worst ? slots : worst;
        worst_half = half < worst_half ? half : worst_half;
    }
    *sum += scan->prepared->points.overlap[worst_half];
    return worst >= scan->overlap_slots && worst_half >= scan->overlap_half_slots;
}

/* The most that hours can give: nobody has more in common than the one with less. */
static INLINED uint32_t hours_most(const struct mm_scan *scan, uint32_t free_half_slots)
{
    uint32_t least =
        free_half_slots < scan->free_half_slots ? free_half_slots : scan->free_half_slots;
    return scan->prepared->points.overlap[least];
}

/* The score with `sum` from choices, or MM_NOT_ALLOWED when it is refused or stays below `least`.
 */
static INLINED uint32_t card_score(struct mm_scan *scan, uint32_t k, uint32_t sum, uint32_t least)
{
    const struct card *card = &scan->prepared->card[k];
    const struct zone_row *zone = &scan->zone[card->zone];
    if (card_refused(scan, card, zone) || !score_sets(scan, card, &sum)) {
        return MM_NOT_ALLOWED;
    }
    sum += zone->points;
    uint32_t hours = zone->turns == 0 ? 0 : hours_most(scan, card->free_half_slots);
    uint32_t person = scan->interests_max + scan->values_max;
    if (sum + hours + person + scan->topics_max + scan->levels_max < least ||
        !score_topics(scan, card, &sum) || sum + hours + person < least ||
        !score_person(scan, card, &sum) || sum + hours < least ||
        !score_hours(scan, card, k, zone, &sum) || sum < least) {
        return MM_NOT_ALLOWED;
    }
    if (prepared_list_refuses(scan->prepared, scan->mentee, k, sum)) {
        return MM_NOT_ALLOWED;
    }
    return sum;
}

/* ---- choices ---- */

static uint32_t rank_of(const struct mm_person *person, uint32_t other)
{
    for (uint32_t k = 0; k < person->choices; k++) {
        if (person->choice[k] == other) {
            return k;
        }
    }
    return MM_CHOICES_MAX;
}

/* The score of a pair in which one has chosen the other. */
static uint32_t chosen_score(struct mm_scan *scan, uint32_t mentor)
{
    const struct mm_prepared *prepared = scan->prepared;
    const struct mm_weight *weight = prepared->judge.rules.weight;
    uint32_t hers = rank_of(scan->person, mentor);
    uint32_t theirs = rank_of(&prepared->pool->mentor[mentor], scan->mentee);
    if ((hers == MM_CHOICES_MAX && weight[MM_C_CHOICE_MENTEE].mandatory) ||
        (theirs == MM_CHOICES_MAX && weight[MM_C_CHOICE_MENTOR].mandatory)) {
        return MM_NOT_ALLOWED;
    }
    uint32_t sum = 0;
    sum += hers < MM_CHOICES_MAX ? prepared->points.choice_mentee[hers] : 0u;
    sum += theirs < MM_CHOICES_MAX ? prepared->points.choice_mentor[theirs] : 0u;
    return card_score(scan, prepared->card_of[mentor], sum, scan->low_score);
}

/* ---- rows ---- */

static INLINED void look_at_row(struct mm_scan *scan, uint16_t *row)
{
    const struct mm_prepared *prepared = scan->prepared;
    for (uint32_t k = 0; k < prepared->mentors; k++) {
        row[prepared->position[k]] = (uint16_t)card_score(scan, k, 0, scan->low_score);
    }
}

void mm_scan_row(struct mm_scan *scan, uint32_t mentee, uint16_t *row)
{
    const struct mm_prepared *prepared = scan->prepared;
    scan_view(scan, mentee);
    if (scan->refuse_all || scan->choice_needed) {
        memset(row, 0xFF, prepared->mentors * sizeof(*row));
    }
    if (scan->refuse_all) {
        return;
    }
    if (!scan->choice_needed) {
        scan->look_at_row(scan, row);
    }
    for (uint32_t c = 0; c < scan->person->choices; c++) {
        uint32_t mentor = scan->person->choice[c];
        row[mentor] = (uint16_t)chosen_score(scan, mentor);
    }
    const struct listing *chosen = &prepared->chosen;
    for (uint32_t c = chosen->first[mentee]; c < chosen->first[mentee + 1]; c++) {
        row[chosen->item[c]] = (uint16_t)chosen_score(scan, chosen->item[c]);
    }
}

/* ---- the list of the best ---- */

static INLINED bool entry_worse(const struct entry *a, const struct entry *b)
{
    return a->key < b->key || (a->key == b->key && a->id_rank > b->id_rank);
}

static void sift_down(struct entry *entry, uint32_t count, struct entry moving)
{
    uint32_t at = 0;
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= count) {
            break;
        }
        if (child + 1 < count && entry_worse(&entry[child + 1], &entry[child])) {
            child++;
        }
        if (!entry_worse(&entry[child], &moving)) {
            break;
        }
        entry[at] = entry[child];
        at = child;
    }
    entry[at] = moving;
}

static void sift_up(struct entry *entry, uint32_t at, struct entry moving)
{
    while (at > 0 && entry_worse(&moving, &entry[(at - 1) / 2])) {
        entry[at] = entry[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    entry[at] = moving;
}

/* The lowest score that can still enter the list. */
static INLINED uint32_t least_needed(const struct mm_scan *scan)
{
    if (scan->entries < scan->entries_max) {
        return scan->low_score;
    }
    uint32_t worst = (uint32_t)(scan->entry[0].key >> 31);
    return worst > scan->low_score ? worst : scan->low_score;
}

static void list_offer(struct mm_scan *scan, uint32_t k, uint32_t score)
{
    const struct mm_prepared *prepared = scan->prepared;
    uint64_t tie = tie_pair(scan->seed_row, prepared->id[k]);
    struct entry entry = {(uint64_t)score << 31 | tie, prepared->id_rank[k], k};
    if (scan->entries < scan->entries_max) {
        sift_up(scan->entry, scan->entries++, entry);
        return;
    }
    if (entry_worse(&scan->entry[0], &entry)) {
        sift_down(scan->entry, scan->entries, entry);
    }
}

/* ---- blocks ---- */

static INLINED uint32_t seniority_most(const struct mm_scan *scan, uint32_t grades)
{
    uint32_t most = 0;
    for (; grades != 0; grades &= grades - 1) {
        uint32_t here = scan->seniority[__builtin_ctz(grades)];
        most = here > most ? here : most;
    }
    return most;
}

#define ZONES_LOOKED_AT 8u

/* Most points of the zones of a block; false: none is allowed. */
static INLINED bool zones_most(const struct mm_scan *scan, const struct block *block,
                               uint32_t *ret_most)
{
    if (block->zone_last - block->zone_first >= ZONES_LOOKED_AT) {
        *ret_most = scan->zone_max;
        return true;
    }
    bool allowed = false;
    uint32_t most = 0;
    for (uint32_t z = block->zone_first; z <= block->zone_last; z++) {
        if (!scan->zone[z].allowed) {
            continue;
        }
        allowed = true;
        most = scan->zone[z].points > most ? scan->zone[z].points : most;
    }
    *ret_most = most;
    return allowed;
}

/* 1 + the most that a card of the block can score, or 0 when all are refused. */
static INLINED uint32_t block_bound(const struct mm_scan *scan, const struct block *block)
{
    uint32_t zone = 0;
    uint32_t grades = block->seniority & scan->seniority_ok;
    if ((block->flags & scan->refuse_flags) || grades == 0 || !zones_most(scan, block, &zone)) {
        return 0;
    }
    const struct mm_prepared *prepared = scan->prepared;
    uint32_t languages = COMMON(block->languages, scan->person->languages);
    uint32_t bound = 1 + zone + seniority_most(scan, grades);
    bound += prepared->points.languages[languages > 2 ? 2 : languages];
    bound += block->industries & scan->person->industries ? scan->industry : 0u;
    bound += block->formats & scan->person->formats ? scan->format : 0u;
    bound += scan->cadence_of ? prepared->judge.part_max[MM_C_CADENCE] : 0u;
    bound += block->flags & CARD_NO_INTEREST ? 0 : scan->interests_max;
    bound += scan->values_max + hours_most(scan, block->free_half_slots);
    return bound + (block->flags & CARD_NO_TOPIC ? 0 : scan->topics_max + scan->levels_max);
}

/* Those cards of the block that cover wishes of at least `weight` in all, taking a slot for the
 * topic: a sum for every card at once, its bit b in count[b]. */
static INLINED uint64_t cards_covering(const struct mm_scan *scan, const uint64_t *slot,
                                       uint32_t weight)
{
    uint64_t count[WEIGHT_BITS] = {0};
    for (uint32_t k = 0; k < scan->wishes; k++) {
        uint64_t offers = slot[scan->wish[k].slot];
        uint64_t carry = 0;
        for (uint32_t b = 0; b < WEIGHT_BITS && (carry || scan->wish[k].weight >> b); b++) {
            uint64_t add = scan->wish[k].weight >> b & 1 ? offers : 0;
            uint64_t sum = count[b] ^ add ^ carry;
            carry = (count[b] & add) | (carry & (count[b] ^ add));
            count[b] = sum;
        }
    }
    uint64_t more = 0;
    uint64_t equal = ~UINT64_C(0);
    for (uint32_t b = WEIGHT_BITS; b-- > 0;) {
        uint64_t bit = weight >> b & 1 ? ~UINT64_C(0) : 0;
        more |= equal & count[b] & ~bit;
        equal &= ~(count[b] ^ bit);
    }
    return more | equal;
}

/* The smallest weight of wishes whose points reach `needed`; more than there is when none does. */
static INLINED uint32_t weight_for(const struct mm_scan *scan, uint32_t needed)
{
    uint32_t low = 0;
    uint32_t count = scan->wished + 1;
    while (count > 0) {
        uint32_t half = count / 2;
        bool below = scan->topic_points[low + half] < needed;
        low = below ? low + half + 1 : low;
        count = below ? count - half - 1 : half;
    }
    return low;
}

/* Cards of the block that may reach `least`. */
static INLINED uint64_t block_cards(const struct mm_scan *scan, uint32_t b, uint32_t least)
{
    const struct mm_prepared *prepared = scan->prepared;
    const struct block *block = &prepared->block[b];
    uint64_t cards = ~UINT64_C(0) >> (BLOCK_CARDS - block->cards) & ~scan->taken[b];
    uint32_t topics = block->flags & CARD_NO_TOPIC ? 0 : scan->topics_max;
    uint32_t other = scan->block_bound[b] - 1u - topics;
    if (least <= other || topics == 0) {
        return cards;
    }
    uint32_t weight = weight_for(scan, least - other);
    return cards & cards_covering(scan, prepared->slot + (size_t)b * TOPIC_SLOTS, weight);
}

static INLINED void look_at_block(struct mm_scan *scan, uint32_t b)
{
    uint32_t least = least_needed(scan);
    for (uint64_t cards = block_cards(scan, b, least); cards != 0; cards &= cards - 1) {
        uint32_t k = b * BLOCK_CARDS + (uint32_t)__builtin_ctzll(cards);
        uint32_t score = card_score(scan, k, 0, least);
        if (score != MM_NOT_ALLOWED) {
            list_offer(scan, k, score);
            least = least_needed(scan);
        }
    }
}

#define ORDER_STEP 64u /* points of bound that are looked at in one go */
#define ORDER_KEYS ((MM_SCORE_MAX + 1) / ORDER_STEP + 2)

/* Blocks by falling bound, in steps; those that refuse all are left out. Returns how many stay. */
static INLINED uint32_t order_blocks(struct mm_scan *scan)
{
    const struct mm_prepared *prepared = scan->prepared;
    uint32_t place[ORDER_KEYS + 1] = {0};
    for (uint32_t b = 0; b < prepared->blocks; b++) {
        uint32_t bound = block_bound(scan, &prepared->block[b]);
        scan->block_bound[b] = (uint16_t)bound;
        place[ORDER_KEYS - 1 - bound / ORDER_STEP] += bound != 0;
    }
    uint32_t sum = 0;
    for (uint32_t key = 0; key < ORDER_KEYS; key++) {
        uint32_t here = place[key];
        place[key] = sum;
        sum += here;
    }
    for (uint32_t b = 0; b < prepared->blocks; b++) {
        uint32_t bound = scan->block_bound[b];
        if (bound != 0) {
            scan->block_order[place[ORDER_KEYS - 1 - bound / ORDER_STEP]++] = b;
        }
    }
    return sum;
}

static INLINED void look_at_blocks(struct mm_scan *scan)
{
    uint32_t count = order_blocks(scan);
    for (uint32_t at = 0; at < count; at++) {
        uint32_t b = scan->block_order[at];
        uint32_t most = scan->block_bound[b] - 1u;
        uint32_t least = least_needed(scan);
        if (most / ORDER_STEP + 1 < least / ORDER_STEP) {
            return;
        }
        if (most >= least) {
            look_at_block(scan, b);
        }
    }
}

/* ---- two builds of the same ---- */

static void blocks_plain(struct mm_scan *scan)
{
    look_at_blocks(scan);
}

static void row_plain(struct mm_scan *scan, uint16_t *row)
{
    look_at_row(scan, row);
}

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_QUICK 1
#define QUICK __attribute__((target("popcnt,bmi,bmi2,lzcnt,avx2")))

QUICK static void blocks_quick(struct mm_scan *scan)
{
    look_at_blocks(scan);
}

QUICK static void row_quick(struct mm_scan *scan, uint16_t *row)
{
    look_at_row(scan, row);
}

static bool can_quick(void)
{
    return __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("avx2");
}
#else
#define HAVE_QUICK 0
#endif

static void choose_build(struct mm_scan *scan)
{
    scan->look_at_blocks = blocks_plain;
    scan->look_at_row = row_plain;
#if HAVE_QUICK
    if (can_quick()) {
        scan->look_at_blocks = blocks_quick;
        scan->look_at_row = row_quick;
    }
#endif
}

/* ---- the best ---- */

static void take_card(struct mm_scan *scan, uint32_t k)
{
    scan->taken[k / BLOCK_CARDS] |= UINT64_C(1) << k % BLOCK_CARDS;
}

static void look_at_chosen(struct mm_scan *scan, uint32_t mentor)
{
    uint32_t k = scan->prepared->card_of[mentor];
    if (scan->taken[k / BLOCK_CARDS] >> k % BLOCK_CARDS & 1) {
        return;
    }
    take_card(scan, k);
    uint32_t score = chosen_score(scan, mentor);
    if (score != MM_NOT_ALLOWED) {
        list_offer(scan, k, score);
    }
}

static void look_at_all_chosen(struct mm_scan *scan)
{
    const struct listing *chosen = &scan->prepared->chosen;
    for (uint32_t c = 0; c < scan->person->choices; c++) {
        look_at_chosen(scan, scan->person->choice[c]);
    }
    for (uint32_t c = chosen->first[scan->mentee]; c < chosen->first[scan->mentee + 1]; c++) {
        look_at_chosen(scan, chosen->item[c]);
    }
}

/* Empties the heap into `found`, best first, but for the one too many that gives the bound. */
static uint32_t list_take(struct mm_scan *scan, uint32_t most, struct mm_found *found,
                          uint16_t *ret_bound)
{
    *ret_bound = MM_NOT_ALLOWED;
    while (scan->entries > 0) {
        struct entry worst = scan->entry[0];
        uint32_t at = --scan->entries;
        sift_down(scan->entry, at, scan->entry[at]);
        uint16_t score = (uint16_t)(worst.key >> 31);
        if (at >= most) {
            *ret_bound = score;
            continue;
        }
        found[at] = (struct mm_found){scan->prepared->position[worst.card], score};
    }
    return most;
}

uint32_t mm_scan_best(struct mm_scan *scan, uint32_t mentee, const struct mm_wanted *wanted,
                      struct mm_found *found, uint16_t *ret_bound)
{
    const struct mm_prepared *prepared = scan->prepared;
    *ret_bound = MM_NOT_ALLOWED;
    scan_view(scan, mentee);
    if (scan->refuse_all) {
        return 0;
    }
    scan->entries = 0;
    scan->entries_max = wanted->most + 1;
    scan->seed_row = tie_row(wanted->seed, scan->person->id);
    memset(scan->taken, 0, (prepared->blocks + 1) * sizeof(*scan->taken));
    for (uint32_t k = 0; k < wanted->withouts; k++) {
        take_card(scan, prepared->card_of[wanted->without[k]]);
    }
    look_at_all_chosen(scan);
    if (!scan->choice_needed) {
        scan->look_at_blocks(scan);
    }
    uint32_t count = scan->entries < wanted->most ? scan->entries : wanted->most;
    list_take(scan, wanted->most, found, ret_bound);
    return count;
}

/* ---- opening and closing ---- */

struct mm_scan *mm_scan_open(const struct mm_prepared *prepared, const struct mm_memory *memory,
                             uint32_t most)
{
    struct mm_scan *scan = mm_take(memory, 1, sizeof(*scan));
    if (!scan) {
        return NULL;
    }
    scan->memory = *memory;
    scan->prepared = prepared;
    size_t blocks = (size_t)prepared->blocks + 1;
    scan->wish_of = mm_take(memory, prepared->pool->topic_count, sizeof(*scan->wish_of));
    scan->zone = mm_take(memory, prepared->zones, sizeof(*scan->zone));
    scan->turned = mm_take_raw(memory, TURNS, sizeof(*scan->turned));
    scan->turned_for = mm_take(memory, TURNS, sizeof(*scan->turned_for));
    scan->entry = mm_take_raw(memory, (size_t)most + 1, sizeof(*scan->entry));
    scan->block_bound = mm_take_raw(memory, blocks, sizeof(*scan->block_bound));
    scan->block_order = mm_take_raw(memory, blocks, sizeof(*scan->block_order));
    scan->taken = mm_take_raw(memory, blocks, sizeof(*scan->taken));
    if (!scan->wish_of || !scan->zone || !scan->turned || !scan->turned_for || !scan->entry ||
        !scan->block_bound || !scan->block_order || !scan->taken) {
        mm_scan_close(scan);
        return NULL;
    }
    choose_build(scan);
    return scan;
}

void mm_scan_close(struct mm_scan *scan)
{
    if (!scan) {
        return;
    }
    struct mm_memory memory = scan->memory;
    void *blocks[] = {scan->wish_of,     scan->zone,  scan->turned,
                      scan->turned_for,  scan->entry, scan->block_bound,
                      scan->block_order, scan->taken, scan};
    for (size_t k = 0; k < sizeof(blocks) / sizeof(*blocks); k++) {
        mm_give(&memory, blocks[k]);
    }
}

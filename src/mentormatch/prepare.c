// SPDX-License-Identifier: Apache-2.0
/*
 * See prepare.h: from a checked pool to cards, blocks and lists. Time n log n, memory about 330
 * bytes a mentor and 12 a mentee, plus the lists.
 */
#include "prepare.h"

#include <string.h>

#include "memory.h"
#include "share.h"
#include "sort.h"
#include "week.h"

/* ---- tables of points ---- */

static uint16_t points(const struct judge *judge, enum mm_criterion_kind kind, uint32_t share)
{
    return (uint16_t)share_points(share, judge->part_max[kind]);
}

static void fill_points(const struct judge *judge, struct point_tables *table)
{
    for (uint32_t gap = 1; gap <= SENIORITY_MAX; gap++) {
        table->seniority[gap] = points(judge, MM_C_SENIORITY,
                                       share_seniority((int32_t)gap, judge->rules.seniority_best));
    }
    for (uint32_t enough = 1; enough <= 3; enough++) {
        for (uint32_t common = 0; common <= 3; common++) {
            table->interests[enough][common] =
                points(judge, MM_C_INTERESTS, share_interests(common, enough, enough));
        }
    }
    for (uint32_t both = 1; both <= MM_VALUES_MAX; both++) {
        for (uint32_t difference = 0; difference <= 4 * both; difference++) {
            table->values[both][difference] =
                points(judge, MM_C_VALUES, share_values(difference, both));
        }
    }
    for (uint32_t common = 0; common <= 2; common++) {
        table->languages[common] = points(judge, MM_C_LANGUAGES, share_languages(common));
    }
    for (uint32_t half = 0; half <= HALF_SLOTS_MAX; half++) {
        table->overlap[half] =
            points(judge, MM_C_OVERLAP, share_overlap(half, judge->rules.overlap_enough));
    }
    for (uint32_t step = 0; step * 15 <= DISTANCE_MAX; step++) {
        table->zone[step] = points(judge, MM_C_ZONE, share_zone(15 * step));
    }
    for (uint32_t rank = 0; rank < MM_CHOICES_MAX; rank++) {
        table->choice_mentee[rank] = points(judge, MM_C_CHOICE_MENTEE, share_choice(rank));
        table->choice_mentor[rank] = points(judge, MM_C_CHOICE_MENTOR, share_choice(rank));
    }
}

/* ---- zones ---- */

/* The offsets of four phases as a number that orders them; all alike when any is unknown. */
static uint64_t zone_key(const struct mm_person *person, uint32_t phases, uint32_t from)
{
    uint64_t key = 0;
    for (uint32_t p = 0; p < phases; p++) {
        if (person->zone_minutes[p] == MM_ZONE_UNKNOWN) {
            return 0;
        }
    }
    for (uint32_t p = from; p < from + 4; p++) {
        uint32_t offset =
            p < phases ? (uint32_t)(person->zone_minutes[p] + 2 * ZONE_MINUTES_MAX) : 0;
        key = key << 16 | offset;
    }
    return key;
}

/* Gives every mentor the class of her zone, near ones with near numbers. */
static enum mm_status class_zones(struct mm_prepared *prepared, uint32_t *zone_of,
                                  struct keyed *items, struct keyed *spare)
{
    const struct mm_person *mentor = prepared->pool->mentor;
    uint32_t phases = prepared->judge.phases;
    for (uint32_t j = 0; j < prepared->mentors; j++) {
        items[j] = (struct keyed){zone_key(&mentor[j], phases, 4), j};
    }
    sort_keyed(items, spare, prepared->mentors);
    for (uint32_t k = 0; k < prepared->mentors; k++) {
        items[k].key = zone_key(&mentor[items[k].value], phases, 0);
    }
    sort_keyed(items, spare, prepared->mentors);
    uint32_t zones = 0;
    for (uint32_t k = 0; k < prepared->mentors; k++) {
        const struct mm_person *here = &mentor[items[k].value];
        const struct mm_person *before = &mentor[items[k > 0 ? k - 1 : 0].value];
        zones += k == 0 || zone_key(here, phases, 0) != zone_key(before, phases, 0) ||
                 zone_key(here, phases, 4) != zone_key(before, phases, 4);
        zone_of[items[k].value] = zones - 1;
    }
    prepared->zones = zones;
    prepared->zone_minutes =
        mm_take(&prepared->memory, zones, phases * sizeof(*prepared->zone_minutes));
    if (!prepared->zone_minutes) {
        return MM_NO_MEMORY;
    }
    for (uint32_t j = 0; j < prepared->mentors; j++) {
        bool known = zone_key(&mentor[j], phases, 0) != 0;
        for (uint32_t p = 0; p < phases; p++) {
            prepared->zone_minutes[zone_of[j] * phases + p] =
                known ? mentor[j].zone_minutes[p] : MM_ZONE_UNKNOWN;
        }
    }
    return MM_OK;
}

/* ---- order ---- */

#define FOLD_BITS 18

static uint64_t alike_key(const struct mm_person *mentor, uint32_t zone)
{
    uint64_t languages = mentor->languages;
    uint64_t folded = languages ^ languages >> FOLD_BITS ^ languages >> 2 * FOLD_BITS ^
                      languages >> 3 * FOLD_BITS;
    folded &= (1u << FOLD_BITS) - 1;
    uint64_t topic = mentor->topics > 0 ? mentor->topic[0].topic : 0;
    return (uint64_t)zone << 43 | (uint64_t)mentor->seniority << 38 | folded << 20 | topic;
}

static void order_cards(struct mm_prepared *prepared, const uint32_t *zone_of, struct keyed *items,
                        struct keyed *spare)
{
    const struct mm_person *mentor = prepared->pool->mentor;
    for (uint32_t j = 0; j < prepared->mentors; j++) {
        items[j] = (struct keyed){alike_key(&mentor[j], zone_of[j]), j};
    }
    sort_keyed(items, spare, prepared->mentors);
    for (uint32_t k = 0; k < prepared->mentors; k++) {
        prepared->position[k] = (uint32_t)items[k].value;
        prepared->card_of[prepared->position[k]] = k;
    }
    for (uint32_t k = 0; k < prepared->mentors; k++) {
        prepared->id[k] = mentor[prepared->position[k]].id;
        items[k] = (struct keyed){prepared->id[k], k};
    }
    sort_keyed(items, spare, prepared->mentors);
    for (uint32_t rank = 0; rank < prepared->mentors; rank++) {
        prepared->id_rank[items[rank].value] = rank;
    }
}

/* ---- cards ---- */

static uint32_t flag_if(bool set, uint32_t flag)
{
    return set ? flag : 0;
}

static uint32_t card_flags(const struct mm_person *mentor, bool no_tags)
{
    return flag_if(!mentor->languages, CARD_NO_LANGUAGE) |
           flag_if(!mentor->seniority, CARD_NO_SENIORITY) |
           flag_if(!mentor->employer, CARD_NO_EMPLOYER) | flag_if(!mentor->line, CARD_NO_LINE) |
           flag_if(!mentor->place, CARD_NO_PLACE) | flag_if(!mentor->formats, CARD_NO_FORMAT) |
           flag_if(!mentor->topics, CARD_NO_TOPIC) | flag_if(!mentor->possible, CARD_NO_WEEK) |
           flag_if(no_tags, CARD_NO_INTEREST) | flag_if(!mentor->industries, CARD_NO_INDUSTRY) |
           flag_if(!mentor->cadence, CARD_NO_CADENCE) | flag_if(!mentor->choices, CARD_NO_CHOICE) |
           flag_if(mentor->woman == MM_NO, CARD_WOMAN_NO) |
           flag_if(mentor->woman == MM_UNKNOWN, CARD_WOMAN_UNKNOWN) |
           flag_if(mentor->asks == MM_NO, CARD_OPEN_NO) |
           flag_if(mentor->asks == MM_UNKNOWN, CARD_OPEN_UNKNOWN) |
           flag_if(mentor->in_person, CARD_IN_PERSON);
}

void values_bits(const struct mm_person *person, uint64_t *ret_values, uint64_t *ret_answered)
{
    *ret_values = 0;
    *ret_answered = 0;
    for (uint32_t k = 0; k < MM_VALUES_MAX; k++) {
        if (person->values[k] == 0) {
            continue;
        }
        *ret_values |= ((UINT64_C(1) << (person->values[k] - 1)) - 1) << 4 * k;
        *ret_answered |= UINT64_C(15) << 4 * k;
    }
}

static void fill_card(struct mm_prepared *prepared, uint32_t k, uint32_t zone, uint32_t offer)
{
    const struct mm_person *mentor = &prepared->pool->mentor[prepared->position[k]];
    struct card *card = &prepared->card[k];
    uint32_t tags = 0;
    for (uint32_t w = 0; w < 4; w++) {
        card->interests[w] = mentor->interests[w];
        tags += (uint32_t)__builtin_popcountll(mentor->interests[w]);
    }
    card->tags = (uint8_t)(tags > 3 ? 3 : tags);
    card->flags = card_flags(mentor, tags == 0);
    card->zone = zone;
    card->languages = mentor->languages;
    card->industries = mentor->industries;
    card->formats = mentor->formats;
    card->employer = mentor->employer;
    card->line = mentor->line;
    card->place = mentor->place;
    card->seniority = mentor->seniority;
    card->cadence = mentor->cadence;
    values_bits(mentor, &card->values, &card->answered);
    card->offer = offer;
    card->offers = (uint8_t)mentor->topics;
    for (uint32_t t = 0; t < mentor->topics; t++) {
        const struct mm_topic *topic = &mentor->topic[t];
        prepared->offer[offer + t] =
            topic->topic << 10 | (uint32_t)topic->amount << 3 | topic->level;
    }
    if (!mentor->possible) {
        return;
    }
    struct week_pair *week = &prepared->week[k];
    memcpy(week->possible, mentor->possible, sizeof(week->possible));
    memcpy(week->good, mentor->good ? mentor->good : mentor->possible, sizeof(week->good));
    card->free_half_slots = (uint16_t)(week_count(week->possible) + week_count(week->good));
}

static enum mm_status fill_cards(struct mm_prepared *prepared, const uint32_t *zone_of)
{
    uint64_t offers = 0;
    for (uint32_t j = 0; j < prepared->mentors; j++) {
        offers += prepared->pool->mentor[j].topics;
    }
    prepared->offer = mm_take_raw(&prepared->memory, offers, sizeof(*prepared->offer));
    if (!prepared->offer) {
        return MM_NO_MEMORY;
    }
    uint32_t offer = 0;
    for (uint32_t k = 0; k < prepared->mentors; k++) {
        fill_card(prepared, k, zone_of[prepared->position[k]], offer);
        offer += prepared->card[k].offers;
    }
    return MM_OK;
}

/* ---- blocks ---- */

static void add_to_block(struct mm_prepared *prepared, uint32_t k)
{
    const struct card *card = &prepared->card[k];
    struct block *block = &prepared->block[k / BLOCK_CARDS];
    bool first = block->cards == 0;
    block->cards++;
    block->languages |= card->languages;
    block->industries |= card->industries;
    block->formats |= card->formats;
    block->seniority |= 1u << card->seniority;
    block->flags = first ? card->flags : block->flags & card->flags;
    block->zone_first = first || card->zone < block->zone_first ? card->zone : block->zone_first;
    block->zone_last = card->zone > block->zone_last ? card->zone : block->zone_last;
    if (card->free_half_slots > block->free_half_slots) {
        block->free_half_slots = card->free_half_slots;
    }
    uint64_t *slot = prepared->slot + (size_t)(k / BLOCK_CARDS) * TOPIC_SLOTS;
    for (uint32_t t = 0; t < card->offers; t++) {
        slot[OFFER_TOPIC(prepared->offer[card->offer + t]) % TOPIC_SLOTS] |= UINT64_C(1)
                                                                             << k % BLOCK_CARDS;
    }
}

/* ---- beings, and the lists that name pairs ---- */

/* One item a person: mentees first. Classes of those who told who they are come first. */
static uint32_t class_beings(struct mm_prepared *prepared, struct keyed *items, struct keyed *spare,
                             uint32_t *ret_both)
{
    const struct mm_pool *pool = prepared->pool;
    uint32_t all = pool->mentees + pool->mentors;
    for (uint32_t k = 0; k < all; k++) {
        const struct mm_person *person =
            k < pool->mentees ? &pool->mentee[k] : &pool->mentor[k - pool->mentees];
        items[k] = (struct keyed){person->human, k};
    }
    sort_keyed(items, spare, all);
    uint32_t being = 0;
    *ret_both = 0;
    for (uint32_t k = 0; k < all;) {
        uint32_t end = k + 1;
        while (items[k].key != 0 && end < all && items[end].key == items[k].key) {
            end++;
        }
        /* sort_keyed is stable, so mentees come before mentors */
        bool both = items[k].value < pool->mentees && items[end - 1].value >= pool->mentees;
        *ret_both += both;
        for (; k < end; k++) {
            if (items[k].value < pool->mentees) {
                prepared->mentee_being[items[k].value] = being;
                prepared->mentee_flags[items[k].value] |= both ? MENTEE_BOTH_SIDES : 0;
                continue;
            }
            struct card *card = &prepared->card[prepared->card_of[items[k].value - pool->mentees]];
            card->being = being;
            card->flags |= flag_if(both, CARD_BOTH_SIDES);
        }
        being++;
    }
    return being;
}

/* Room for lists of `items` in all, by keys below `keys`; to be filled by listing_count and
 * listing_put. */
static bool listing_open(const struct mm_memory *memory, struct listing *listing, uint32_t keys,
                         uint64_t items)
{
    listing->first = mm_take(memory, (size_t)keys + 2, sizeof(*listing->first));
    listing->item = mm_take_raw(memory, items, sizeof(*listing->item));
    return listing->first && listing->item;
}

static void listing_sum(struct listing *listing, uint32_t keys)
{
    for (uint32_t k = 0; k < keys; k++) {
        listing->first[k + 2] += listing->first[k + 1];
    }
}

/* While it is filled, first[k + 1] is the next place of key k. */
static void listing_put(struct listing *listing, uint32_t key, uint32_t item)
{
    listing->item[listing->first[key + 1]++] = item;
}

static enum mm_status list_roles(struct mm_prepared *prepared, uint32_t beings)
{
    const struct mm_pool *pool = prepared->pool;
    if (!listing_open(&prepared->memory, &prepared->mentee_of, beings, pool->mentees) ||
        !listing_open(&prepared->memory, &prepared->mentor_of, beings, pool->mentors)) {
        return MM_NO_MEMORY;
    }
    for (uint32_t i = 0; i < pool->mentees; i++) {
        prepared->mentee_of.first[prepared->mentee_being[i] + 2]++;
    }
    for (uint32_t k = 0; k < pool->mentors; k++) {
        prepared->mentor_of.first[prepared->card[k].being + 2]++;
    }
    listing_sum(&prepared->mentee_of, beings);
    listing_sum(&prepared->mentor_of, beings);
    for (uint32_t i = 0; i < pool->mentees; i++) {
        listing_put(&prepared->mentee_of, prepared->mentee_being[i], i);
    }
    for (uint32_t k = 0; k < pool->mentors; k++) {
        listing_put(&prepared->mentor_of, prepared->card[k].being, k);
    }
    return MM_OK;
}

/* Who chose each mentee, as mentors' positions. */
static enum mm_status list_choices(struct mm_prepared *prepared)
{
    const struct mm_pool *pool = prepared->pool;
    uint64_t choices = 0;
    for (uint32_t j = 0; j < pool->mentors; j++) {
        choices += pool->mentor[j].choices;
    }
    if (!listing_open(&prepared->memory, &prepared->chosen, pool->mentees, choices)) {
        return MM_NO_MEMORY;
    }
    for (uint32_t j = 0; j < pool->mentors; j++) {
        for (uint32_t c = 0; c < pool->mentor[j].choices; c++) {
            prepared->chosen.first[pool->mentor[j].choice[c] + 2]++;
        }
    }
    listing_sum(&prepared->chosen, pool->mentees);
    for (uint32_t j = 0; j < pool->mentors; j++) {
        for (uint32_t c = 0; c < pool->mentor[j].choices; c++) {
            listing_put(&prepared->chosen, pool->mentor[j].choice[c], j);
        }
    }
    return MM_OK;
}

static enum mm_status list_vetoes(struct mm_prepared *prepared)
{
    const struct mm_pool *pool = prepared->pool;
    size_t count = 0;
    for (uint32_t i = 0; i < pool->mentees; i++) {
        count += pool->mentee[i].vetoes;
    }
    for (uint32_t j = 0; j < pool->mentors; j++) {
        count += pool->mentor[j].vetoes;
    }
    prepared->veto = mm_take_raw(&prepared->memory, count, sizeof(*prepared->veto));
    if (!prepared->veto) {
        return MM_NO_MEMORY;
    }
    count = 0;
    for (uint32_t i = 0; i < pool->mentees; i++) {
        for (uint32_t v = 0; v < pool->mentee[i].vetoes; v++) {
            prepared->veto[count++] = (uint64_t)i << 32 | pool->mentee[i].veto[v];
        }
    }
    for (uint32_t j = 0; j < pool->mentors; j++) {
        for (uint32_t v = 0; v < pool->mentor[j].vetoes; v++) {
            prepared->veto[count++] = (uint64_t)pool->mentor[j].veto[v] << 32 | j;
        }
    }
    sort_keys(prepared->veto, count);
    prepared->vetoes = count;
    for (size_t v = 0; v < count; v++) {
        prepared->mentee_flags[prepared->veto[v] >> 32] |= MENTEE_VETO;
        prepared->card[prepared->card_of[(uint32_t)prepared->veto[v]]].flags |= CARD_VETO;
    }
    return MM_OK;
}

static uint64_t beings_key(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

/* The list keeps human beings apart, whatever their roles: so everybody who is one of them gets
 * the mark. */
static enum mm_status list_avoids(struct mm_prepared *prepared, uint32_t beings)
{
    const struct mm_pool *pool = prepared->pool;
    prepared->avoid = mm_take_raw(&prepared->memory, pool->avoids, sizeof(*prepared->avoid));
    uint8_t *named = prepared->avoid ? mm_take(&prepared->memory, beings, 1) : NULL;
    if (!named) {
        return MM_NO_MEMORY;
    }
    for (size_t k = 0; k < pool->avoids; k++) {
        uint32_t a = prepared->mentee_being[pool->avoid[k].mentee];
        uint32_t b = prepared->card[prepared->card_of[pool->avoid[k].mentor]].being;
        prepared->avoid[k] = beings_key(a, b);
        named[a] = 1;
        named[b] = 1;
    }
    sort_keys(prepared->avoid, pool->avoids);
    prepared->avoids = pool->avoids;
    for (uint32_t i = 0; i < pool->mentees; i++) {
        prepared->mentee_flags[i] |= named[prepared->mentee_being[i]] ? MENTEE_AVOIDED : 0;
    }
    for (uint32_t k = 0; k < pool->mentors; k++) {
        prepared->card[k].flags |= flag_if(named[prepared->card[k].being], CARD_AVOIDED);
    }
    mm_give(&prepared->memory, named);
    return MM_OK;
}

static bool sorted_has(const uint64_t *key, size_t count, uint64_t wanted)
{
    size_t low = 0;
    while (count > 0) {
        size_t half = count / 2;
        if (key[low + half] < wanted) {
            low += half + 1;
            count -= half + 1;
            continue;
        }
        if (key[low + half] == wanted) {
            return true;
        }
        count = half;
    }
    return false;
}

static bool loses_circle(const struct mm_prepared *prepared, uint32_t mentee,
                         const struct card *card, uint32_t mentor, uint32_t score)
{
    const struct listing *mentees = &prepared->mentee_of;
    const struct listing *mentors = &prepared->mentor_of;
    struct mm_link pair = {mentee, mentor};
    struct mm_explanation own = {.score = (uint16_t)score};
    uint32_t being = prepared->mentee_being[mentee];
    for (uint32_t x = mentees->first[card->being]; x < mentees->first[card->being + 1]; x++) {
        for (uint32_t y = mentors->first[being]; y < mentors->first[being + 1]; y++) {
            struct mm_link reverse = {mentees->item[x], prepared->position[mentors->item[y]]};
            if (judge_loses_circle(&prepared->judge, pair, &own, reverse)) {
                return true;
            }
        }
    }
    return false;
}

bool prepared_list_refuses(const struct mm_prepared *prepared, uint32_t mentee, uint32_t k,
                           uint32_t score)
{
    const struct card *card = &prepared->card[k];
    const struct mm_rule *rule = prepared->judge.rules.rule;
    uint8_t flags = prepared->mentee_flags[mentee];
    uint32_t mentor = prepared->position[k];
    if ((flags & MENTEE_VETO) && (card->flags & CARD_VETO) && rule[MM_R_VETO].use &&
        sorted_has(prepared->veto, prepared->vetoes, (uint64_t)mentee << 32 | mentor)) {
        return true;
    }
    if ((flags & MENTEE_AVOIDED) && (card->flags & CARD_AVOIDED) &&
        sorted_has(prepared->avoid, prepared->avoids,
                   beings_key(prepared->mentee_being[mentee], card->being))) {
        return true;
    }
    return prepared->circles && (flags & MENTEE_BOTH_SIDES) && (card->flags & CARD_BOTH_SIDES) &&
           loses_circle(prepared, mentee, card, mentor, score);
}

/* ---- the whole ---- */

static enum mm_status prepare_mentors(struct mm_prepared *prepared, struct keyed *items,
                                      struct keyed *spare)
{
    const struct mm_memory *memory = &prepared->memory;
    uint32_t mentors = prepared->mentors;
    prepared->blocks = (mentors + BLOCK_CARDS - 1) / BLOCK_CARDS;
    prepared->card = mm_take(memory, mentors, sizeof(*prepared->card));
    prepared->week = mm_take(memory, mentors, sizeof(*prepared->week));
    prepared->position = mm_take(memory, mentors, sizeof(*prepared->position));
    prepared->card_of = mm_take(memory, mentors, sizeof(*prepared->card_of));
    prepared->id_rank = mm_take(memory, mentors, sizeof(*prepared->id_rank));
    prepared->id = mm_take(memory, mentors, sizeof(*prepared->id));
    prepared->block = mm_take(memory, prepared->blocks, sizeof(*prepared->block));
    prepared->slot = mm_take(memory, prepared->blocks, TOPIC_SLOTS * sizeof(*prepared->slot));
    uint32_t *zone_of = mm_take(memory, mentors, sizeof(*zone_of));
    bool complete = prepared->card && prepared->week && prepared->position && prepared->card_of &&
                    prepared->id_rank && prepared->id && prepared->block && prepared->slot &&
                    zone_of;
    enum mm_status status = complete ? class_zones(prepared, zone_of, items, spare) : MM_NO_MEMORY;
    if (status == MM_OK) {
        order_cards(prepared, zone_of, items, spare);
        status = fill_cards(prepared, zone_of);
    }
    mm_give(memory, zone_of);
    return status;
}

static enum mm_status prepare_lists(struct mm_prepared *prepared, struct keyed *items,
                                    struct keyed *spare)
{
    const struct mm_memory *memory = &prepared->memory;
    uint32_t mentees = prepared->pool->mentees;
    prepared->mentee_being = mm_take(memory, mentees, sizeof(*prepared->mentee_being));
    prepared->mentee_flags = mm_take(memory, mentees, sizeof(*prepared->mentee_flags));
    if (!prepared->mentee_being || !prepared->mentee_flags) {
        return MM_NO_MEMORY;
    }
    uint32_t both = 0;
    uint32_t beings = class_beings(prepared, items, spare, &both);
    enum mm_status status = MM_OK;
    prepared->circles = both > 1 && prepared->judge.rules.rule[MM_R_SAME_HUMAN].use;
    if (prepared->circles) {
        status = list_roles(prepared, beings);
    }
    if (status == MM_OK) {
        status = list_choices(prepared);
    }
    if (status == MM_OK) {
        status = list_vetoes(prepared);
    }
    return status == MM_OK ? list_avoids(prepared, beings) : status;
}

static enum mm_status prepare_all(struct mm_prepared *prepared)
{
    const struct mm_memory *memory = &prepared->memory;
    size_t all = (size_t)prepared->pool->mentees + prepared->mentors;
    struct keyed *items = mm_take_raw(memory, all, sizeof(*items));
    struct keyed *spare = items ? mm_take_raw(memory, all, sizeof(*spare)) : NULL;
    enum mm_status status = spare ? prepare_mentors(prepared, items, spare) : MM_NO_MEMORY;
    if (status == MM_OK) {
        status = prepare_lists(prepared, items, spare);
    }
    for (uint32_t k = 0; status == MM_OK && k < prepared->mentors; k++) {
        add_to_block(prepared, k);
    }
    mm_give(memory, spare);
    mm_give(memory, items);
    return status;
}

struct mm_prepared *mm_prepare(const struct mm_pool *pool, const struct mm_memory *memory)
{
    struct mm_prepared *prepared = mm_take(memory, 1, sizeof(*prepared));
    if (!prepared) {
        return NULL;
    }
    prepared->memory = *memory;
    prepared->pool = pool;
    prepared->mentors = pool->mentors;
    judge_open(pool, &prepared->judge);
    fill_points(&prepared->judge, &prepared->points);
    if (prepare_all(prepared) != MM_OK) {
        mm_prepared_free(prepared);
        return NULL;
    }
    return prepared;
}

void mm_prepared_free(struct mm_prepared *prepared)
{
    if (!prepared) {
        return;
    }
    struct mm_memory memory = prepared->memory;
    void *blocks[] = {
        prepared->zone_minutes,
        prepared->card,
        prepared->week,
        prepared->offer,
        prepared->position,
        prepared->card_of,
        prepared->id_rank,
        prepared->id,
        prepared->block,
        prepared->slot,
        prepared->mentee_being,
        prepared->mentee_flags,
        prepared->avoid,
        prepared->veto,
        prepared->chosen.first,
        prepared->chosen.item,
        prepared->mentee_of.first,
        prepared->mentee_of.item,
        prepared->mentor_of.first,
        prepared->mentor_of.item,
        prepared,
    };
    for (size_t k = 0; k < sizeof(blocks) / sizeof(*blocks); k++) {
        mm_give(&memory, blocks[k]);
    }
}

uint32_t mm_prepared_score(const struct mm_prepared *prepared, uint32_t mentee, uint32_t mentor)
{
    struct mm_explanation explanation;
    uint32_t k = prepared->card_of[mentor];
    judge_features(&prepared->judge, (struct mm_link){mentee, mentor}, &explanation);
    if (!explanation.allowed || prepared_list_refuses(prepared, mentee, k, explanation.score)) {
        return MM_NOT_ALLOWED;
    }
    return explanation.score;
}

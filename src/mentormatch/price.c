// SPDX-License-Identifier: Apache-2.0
/*
 * See price.h.
 */
#include "price.h"

#include <string.h>

#include "memory.h"
#include "sort.h"

#define SCORES (MM_SCORE_MAX + 1)

static int64_t profit(const struct pricing *p, const struct mm_linear *level, uint32_t mentee,
                      uint32_t mentor, uint32_t score)
{
    const struct mm_instance *in = p->instance;
    switch (level->kind) {
    case MM_L_PAIRS:
        return 1;
    case MM_L_FLOOR:
        return score < level->parameter ? -1 : 0;
    case MM_L_BAND:
        return score * p->objective.bands / SCORES == level->parameter ? -1 : 0;
    case MM_L_TOTAL:
        return score;
    case MM_L_TIE:
        return mm_tie(p->objective.seed, instance_mentee_id(in, mentee),
                      instance_mentor_id(in, mentor));
    case MM_L_SERVED:
    case MM_L_PRIORITY:
    case MM_L_KEPT:
    case MM_L_EMPTY:
        break;
    }
    return 0;
}

static bool has_key(const uint64_t *keys, size_t count, uint64_t key)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (keys[middle] < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && keys[low] == key;
}

bool pricing_pair_open(const struct pricing *p, uint32_t mentee, uint32_t mentor)
{
    return p->places[mentor] > 0 &&
           !has_key(p->ban, p->instance->bans, (uint64_t)mentee << 32 | mentor);
}

/* What keeping an earlier pair is worth. */
static int64_t kept_profit(const struct pricing *p, const struct mm_linear *level, uint32_t mentee,
                           uint32_t mentor)
{
    int64_t worth = level->kind == MM_L_KEPT ? 1 : 0;
    worth = level->kind == MM_L_TOTAL ? (int64_t)p->objective.move_price : worth;
    if (worth == 0 || !has_key(p->was, p->instance->was_count, (uint64_t)mentee << 32 | mentor)) {
        return 0;
    }
    return worth;
}

/* What the first pair of a mentee is worth beyond its own profit. */
static int64_t first_gain(const struct pricing *p, const struct mm_linear *level, uint32_t mentee)
{
    if (level->kind == MM_L_SERVED) {
        return 1;
    }
    if (level->kind == MM_L_PRIORITY && p->instance->priority) {
        return p->instance->priority[mentee];
    }
    return 0;
}

static const struct mm_linear *level_at(const struct pricing *p, uint32_t k)
{
    return &p->result->certificate.level[k];
}

/* ---- thresholds ---- */

/* Reduced vector of a pair over the levels up to and with `last`; pairs below a floor get the least
 * vector from there on. */
static void reduced_vector(const struct pricing *p, uint32_t mentee, uint32_t mentor,
                           uint32_t score, bool proof, int64_t *ret_vector)
{
    const int64_t *price = p->price + (size_t)mentor * p->levels;
    bool out = false;
    for (uint32_t k = 0; k < p->levels; k++) {
        const struct mm_linear *level = level_at(p, k);
        bool skip = level->kind == MM_L_FLOOR && level->proof != proof;
        if (proof && p->proof_level >= 0 && k > (uint32_t)p->proof_level) {
            skip = true;
        }
        if (level->kind == MM_L_FLOOR && !level->proof && !proof) {
            out = out || score < level->parameter;
            skip = true;
        }
        ret_vector[k] = 0;
        if (!skip) {
            ret_vector[k] = profit(p, level, mentee, mentor, score) +
                            kept_profit(p, level, mentee, mentor) - price[k];
        }
        if (out) {
            ret_vector[k] = INT64_MIN / 4;
        }
    }
}

static int compare(const int64_t *a, const int64_t *b, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++) {
        if (a[k] != b[k]) {
            return a[k] < b[k] ? -1 : 1;
        }
    }
    return 0;
}

/* The best bundle of a mentee as far as it is known: at most one pair of each background if she
 * asks for that. */
struct bundle {
    uint32_t want;
    bool distinct;
    uint32_t background[MM_WANTS_MAX];
    int64_t vector[MM_WANTS_MAX][MM_LEVELS_MAX];
};

/* Where the bundle has a pair of this background, or its last place. */
static uint32_t bundle_place(const struct bundle *bundle, uint32_t background)
{
    uint32_t at = 0;
    while (bundle->distinct && at + 1 < bundle->want && bundle->background[at] != background) {
        at++;
    }
    return bundle->distinct ? at : bundle->want - 1;
}

/* Puts a pair into the bundle if it is better than what stands in its place. */
static void bundle_put(struct bundle *bundle, const int64_t *vector, uint32_t background,
                       uint32_t levels)
{
    uint32_t at = bundle_place(bundle, background);
    if (compare(vector, bundle->vector[at], levels) <= 0) {
        return;
    }
    for (; at > 0 && compare(vector, bundle->vector[at - 1], levels) > 0; at--) {
        memcpy(bundle->vector[at], bundle->vector[at - 1], levels * sizeof(int64_t));
        bundle->background[at] = bundle->background[at - 1];
    }
    memcpy(bundle->vector[at], vector, levels * sizeof(int64_t));
    bundle->background[at] = background;
}

static void bundle_clear(struct bundle *bundle, uint32_t levels)
{
    for (uint32_t w = 0; w < bundle->want; w++) {
        bundle->background[w] = MM_NOBODY;
        for (uint32_t k = 0; k < levels; k++) {
            bundle->vector[w][k] = INT64_MIN / 2;
        }
    }
}

/* The pair is pinned, or a pin has its background already. */
static bool is_taken(const struct pricing *p, const struct bundle *bundle, uint32_t mentee,
                     uint32_t mentor)
{
    const uint32_t *background = p->instance->background;
    for (size_t k = 0; k < p->result->pairs; k++) {
        const struct mm_pair *pair = &p->result->pair[k];
        if (pair->mentee != mentee || !pair->pinned) {
            continue;
        }
        if (pair->mentor == mentor ||
            (bundle->distinct && background[pair->mentor] == background[mentor])) {
            return true;
        }
    }
    return false;
}

static void fill_bundle(const struct pricing *p, uint32_t mentee, bool proof, struct bundle *bundle)
{
    const struct mm_instance *in = p->instance;
    int64_t vector[MM_LEVELS_MAX];
    for (uint64_t e = in->first[mentee]; e < in->first[mentee + 1]; e++) {
        uint32_t mentor = in->mentor[e];
        bool taken = p->pinned[mentee] > 0 && is_taken(p, bundle, mentee, mentor);
        if (taken || !pricing_pair_open(p, mentee, mentor)) {
            continue;
        }
        reduced_vector(p, mentee, mentor, in->score[e], proof, vector);
        bundle_put(bundle, vector, bundle->distinct ? in->background[mentor] : mentor, p->levels);
    }
}

/* What a further pair has to beat: the least pair of her best bundle at the prices, or being
 * without. A pair whose background the bundle has would have to beat more; that it is let through
 * here costs nothing but time. */
static void row_threshold(const struct pricing *p, uint32_t mentee, bool proof,
                          int64_t *ret_threshold)
{
    const struct mm_instance *in = p->instance;
    const int64_t zero[MM_LEVELS_MAX] = {0};
    int64_t without[MM_LEVELS_MAX];
    struct bundle bundle = {.want = instance_wants(in, mentee) - p->pinned[mentee]};
    bundle.distinct = in->distinct && in->distinct[mentee] && in->background;
    if (bundle.want == 0) {
        memset(ret_threshold, 0, sizeof(zero));
        ret_threshold[0] = INT64_MAX / 4;
        return;
    }
    bundle_clear(&bundle, p->levels);
    fill_bundle(p, mentee, proof, &bundle);
    for (uint32_t k = 0; k < p->levels; k++) {
        without[k] = p->pinned[mentee] > 0 ? 0 : -first_gain(p, level_at(p, k), mentee);
    }
    const int64_t *threshold = bundle.vector[bundle.want - 1];
    if (compare(without, bundle.vector[0], p->levels) > 0) {
        threshold = without;
    } else if (compare(zero, bundle.vector[0], p->levels) > 0) {
        /* only what the first pair brings makes it worth while: one pair, and any better one would
         * take its place */
        threshold = bundle.vector[0];
    } else if (bundle.want > 1 && compare(zero, threshold, p->levels) > 0) {
        threshold = zero;
    }
    memcpy(ret_threshold, threshold, p->levels * sizeof(int64_t));
}

/* Clamped, so that "nothing" stays below everything without overflow. */
static int64_t pack(const struct pricing *p, const struct packed *packed, const int64_t *vector)
{
    int64_t sum = 0;
    for (uint32_t k = 0; k < p->levels; k++) {
        if (vector[k] >= INT64_MAX / 8) {
            return INT64_MAX / 2;
        }
        if (vector[k] <= INT64_MIN / 8) {
            return sum - packed->weight[k];
        }
        sum += vector[k] * packed->weight[k];
    }
    return sum;
}

void pricing_row(struct pricing *p, uint32_t mentee)
{
    row_threshold(p, mentee, false, p->threshold);
    p->main_packed = p->main.usable ? pack(p, &p->main, p->threshold) : 0;
    if (p->proof_level >= 0) {
        row_threshold(p, mentee, true, p->proof_threshold);
        p->proof_packed = p->main.usable ? pack(p, &p->proof, p->proof_threshold) : 0;
    }
}

bool pricing_row_may(const struct pricing *p, uint32_t score)
{
    if (!p->main.usable || p->main.gain[score] - p->main.least >= p->main_packed) {
        return true;
    }
    return p->proof_level >= 0 && p->proof.gain[score] - p->proof.least > p->proof_packed;
}

static bool beats(const struct pricing *p, uint32_t mentee, uint32_t mentor, uint32_t score,
                  bool proof)
{
    int64_t vector[MM_LEVELS_MAX];
    const int64_t *threshold = proof ? p->proof_threshold : p->threshold;
    reduced_vector(p, mentee, mentor, score, proof, vector);
    return compare(vector, threshold, p->levels) > 0;
}

bool pricing_pair_matters(const struct pricing *p, uint32_t mentee, uint32_t mentor, uint32_t score)
{
    return beats(p, mentee, mentor, score, false) ||
           (p->proof_level >= 0 && beats(p, mentee, mentor, score, true));
}

/* ---- packing ---- */

static bool level_counts(const struct pricing *p, uint32_t k, bool proof)
{
    const struct mm_linear *level = level_at(p, k);
    if (level->kind == MM_L_TIE) {
        return false;
    }
    if (proof) {
        return (int)k <= p->proof_level && (level->kind != MM_L_FLOOR || level->proof);
    }
    return level->kind != MM_L_FLOOR;
}

static int64_t largest_profit(const struct pricing *p, const struct mm_linear *level)
{
    if (level->kind == MM_L_TOTAL) {
        return MM_SCORE_MAX + (int64_t)p->objective.move_price;
    }
    return level->kind == MM_L_PRIORITY ? UINT8_MAX : 1;
}

/* Weights such that one unit of a level outweighs any difference on the levels after it. */
static bool set_weights(const struct pricing *p, struct packed *packed, bool proof)
{
    int64_t weight = 1;
    for (uint32_t k = p->levels; k-- > 0;) {
        packed->weight[k] = 0;
        if (!level_counts(p, k, proof)) {
            continue;
        }
        int64_t largest = largest_profit(p, level_at(p, k));
        int64_t price = 0;
        for (uint32_t j = 0; j < p->instance->mentors; j++) {
            int64_t here = p->price[(size_t)j * p->levels + k];
            here = here < 0 ? -here : here;
            price = here > price ? here : price;
        }
        packed->weight[k] = weight;
        if (price > INT32_MAX || weight > INT64_MAX / 16 / (4 * (largest + price) + 3)) {
            return false;
        }
        weight *= 4 * (largest + price) + 3;
    }
    return true;
}

static void fill_gains(const struct pricing *p, struct packed *packed)
{
    for (uint32_t score = 0; score < SCORES; score++) {
        int64_t sum = 0;
        bool out = false;
        for (uint32_t k = 0; k < p->levels; k++) {
            const struct mm_linear *level = level_at(p, k);
            out = out || (packed == &p->main && level->kind == MM_L_FLOOR && !level->proof &&
                          score < level->parameter);
            if (out && packed->weight[k] != 0) {
                sum -= packed->weight[k] * largest_profit(p, level);
            } else if (packed->weight[k] != 0) {
                sum += packed->weight[k] * profit(p, level, 0, 0, score);
            }
        }
        packed->gain[score] = sum;
    }
}

static enum mm_status open_packed(struct pricing *p, struct packed *packed, bool proof)
{
    const struct mm_instance *in = p->instance;
    packed->usable = set_weights(p, packed, proof);
    packed->gain = mm_take_raw(&p->memory, SCORES, sizeof(int64_t));
    packed->price = mm_take_raw(&p->memory, in->mentors, sizeof(int64_t));
    if (!packed->gain || !packed->price) {
        return MM_NO_MEMORY;
    }
    packed->least = INT64_MAX / 4;
    if (!packed->usable) {
        return MM_OK;
    }
    fill_gains(p, packed);
    for (uint32_t j = 0; j < in->mentors; j++) {
        int64_t sum = 0;
        for (uint32_t k = 0; k < p->levels; k++) {
            sum += packed->weight[k] * p->price[(size_t)j * p->levels + k];
        }
        packed->price[j] = sum;
        packed->least = p->places[j] > 0 && sum < packed->least ? sum : packed->least;
    }
    return MM_OK;
}

static uint64_t *sorted_keys(const struct mm_memory *memory, const struct mm_link *link,
                             size_t count)
{
    uint64_t *keys = mm_take_raw(memory, count, sizeof(*keys));
    for (size_t k = 0; keys && k < count; k++) {
        keys[k] = (uint64_t)link[k].mentee << 32 | link[k].mentor;
    }
    if (keys) {
        sort_keys(keys, count);
    }
    return keys;
}

static void count_places(struct pricing *p)
{
    for (uint32_t j = 0; j < p->instance->mentors; j++) {
        p->places[j] = p->instance->capacity ? p->instance->capacity[j] : 1;
    }
    for (size_t k = 0; k < p->result->pairs; k++) {
        const struct mm_pair *pair = &p->result->pair[k];
        p->pinned[pair->mentee] += pair->pinned;
        p->places[pair->mentor] -= pair->pinned;
    }
}

enum mm_status pricing_open(const struct mm_instance *instance,
                            const struct mm_objective *objective, const struct mm_result *result,
                            const struct mm_memory *memory, struct pricing *ret_pricing)
{
    struct pricing *p = ret_pricing;
    memset(p, 0, sizeof(*p));
    p->memory = *memory;
    p->instance = instance;
    p->objective = *objective;
    p->result = result;
    p->levels = result->certificate.levels;
    p->proof_level = -1;
    p->price = mm_take(memory, (size_t)instance->mentors * p->levels, sizeof(int64_t));
    p->pinned = mm_take(memory, instance->mentees, 1);
    p->places = mm_take(memory, instance->mentors, sizeof(uint32_t));
    p->ban = sorted_keys(memory, instance->ban, instance->bans);
    p->was = sorted_keys(memory, instance->was, instance->was_count);
    if (!p->price || !p->pinned || !p->places || !p->ban || !p->was) {
        return MM_NO_MEMORY;
    }
    count_places(p);
    for (uint32_t k = 0; k < p->levels; k++) {
        const struct mm_linear *level = level_at(p, k);
        p->proof_level = level->proof ? (int)k : p->proof_level;
        for (uint32_t j = 0; level->price && j < instance->mentors; j++) {
            p->price[(size_t)j * p->levels + k] = level->price[j];
        }
    }
    enum mm_status status = open_packed(p, &p->main, false);
    if (status == MM_OK && p->proof_level >= 0) {
        status = open_packed(p, &p->proof, true);
        p->main.usable = p->main.usable && p->proof.usable;
    }
    return status;
}

void pricing_close(struct pricing *p)
{
    mm_give(&p->memory, p->price);
    mm_give(&p->memory, p->pinned);
    mm_give(&p->memory, p->places);
    mm_give(&p->memory, p->ban);
    mm_give(&p->memory, p->was);
    mm_give(&p->memory, p->main.gain);
    mm_give(&p->memory, p->main.price);
    mm_give(&p->memory, p->proof.gain);
    mm_give(&p->memory, p->proof.price);
    memset(p, 0, sizeof(*p));
}

// SPDX-License-Identifier: Apache-2.0
/*
 * The prices prove that no other set of pairs is better.
 *
 * The proof. Let a proof system be some levels in order, a profit of each for every pair, and
 * prices v[j], all vectors over these levels, compared from the first level on. Any set x that
 * keeps wants and places has
 *     profit(x) = sum over pairs of (profit - v[j])  +  sum_j v[j] * (pairs of j in x)
 *              <= sum_i best[i]                      +  sum_j places[j] * max(0, v[j]),
 * best[i] being the most that one mentee could gain with any bundle of hers. This needs only sums
 * and comparisons that agree with each other, which vectors in this order have. If the result's
 * profit equals the right side, no set is better, level by level.
 *
 * Two systems are verified in one pass over the pairs. Without a floor level: one, of all levels.
 * With a floor t: the first has the levels before the floor, and then minus the number of pairs
 * below t + 1; the result must reach the bound on all but the last, where the bound must be below
 * zero: so everything that is best up to the floor has a pair below t + 1, and the floor is t. The
 * second has all levels, and only pairs that score t or more.
 *
 * A mentor who must take minimum[j] at least adds minimum[j] * min(0, v[j]) to the right side: that
 * is how a branch with open circles is bounded (see check_branch.c). Otherwise minimums of circles
 * and limits on moves only take sets away, so the bound holds for them too. If it is not reached,
 * the result may still be best, but these prices don't prove it.
 */

#include "check_pack.h"
#include "memory.h"

__extension__ typedef __int128 wide;

#define ROUND_PAIRS ((uint64_t)1 << 22) /* pairs between two calls of the progress function */
#define JOBS 32u                        /* parts of a round, when there are threads */
#define SYSTEMS 2u

/* What the mentees of one part of a round add to the bound. */
struct sums {
    wide gain[SYSTEMS][MM_LEVELS_MAX];
};

struct prove {
    struct check *check;
    struct check_system system[SYSTEMS];
    uint32_t systems;
    struct sums *sums; /* per job */
    uint16_t *room;    /* per job a row of scores, when the source needs it */
    uint32_t jobs;
    uint32_t first; /* mentees of this round */
    uint32_t end;
};

/* A pair that may be in the best bundle of the mentee at hand. */
struct candidate {
    int64_t word[MM_LEVELS_MAX];
    uint32_t mentor;
    uint32_t background;
    uint16_t score;
    bool was;
};

/* The best of them, best first, of different backgrounds if she asks. */
struct bundle {
    struct candidate best[MM_WANTS_MAX];
    uint32_t count;
    uint32_t most;
};

/* The mentee at hand. */
struct mentee {
    uint32_t i;
    uint64_t id;
    bool has_was;
    bool has_ban;
    bool has_pin;
    bool distinct;
};

/* ---- the best bundle of one mentee ---- */

static bool has_any(const struct check_links *links, uint32_t i)
{
    if (links->count == 0) {
        return false;
    }
    size_t first = check_links_first(links, i);
    return first < links->count && (uint32_t)(links->key[first] >> 32) == i;
}

static struct mentee mentee_open(const struct check *check, uint32_t i)
{
    const struct mm_instance *in = check->in;
    struct mentee mentee = {.i = i, .id = check_mentee_id(check, i)};
    mentee.has_was = has_any(&check->was, i);
    mentee.has_ban = has_any(&check->ban, i);
    mentee.has_pin = has_any(&check->pin, i);
    mentee.distinct = in->distinct && in->distinct[i] && in->background;
    return mentee;
}

/* A pinned mentor has this background already. */
static bool background_taken(const struct check *check, const struct mentee *mentee,
                             uint32_t background)
{
    size_t k = mentee->has_pin ? check_links_first(&check->pin, mentee->i) : check->pin.count;
    for (; k < check->pin.count && (uint32_t)(check->pin.key[k] >> 32) == mentee->i; k++) {
        if (check->in->background[(uint32_t)check->pin.key[k]] == background) {
            return true;
        }
    }
    return false;
}

static bool is_out(const struct check *check, const struct mentee *mentee, uint32_t j)
{
    if (mentee->has_ban && check_links_have(&check->ban, mentee->i, j)) {
        return true;
    }
    if (mentee->has_pin && check_links_have(&check->pin, mentee->i, j)) {
        return true;
    }
    return mentee->distinct && background_taken(check, mentee, check->in->background[j]);
}

static void candidate_fill(const struct check *check, const struct check_system *system,
                           const struct mentee *mentee, struct candidate *candidate)
{
    for (uint32_t k = 0; k < system->words; k++) {
        const struct check_word *word = &system->word[k];
        candidate->word[k] = word->by_score[candidate->score] + word->by_mentor[candidate->mentor] +
                             (candidate->was ? word->was : 0);
        if (word->tie) {
            candidate->word[k] += mm_tie(check->objective.seed, mentee->id,
                                         check_mentor_id(check, candidate->mentor));
        }
    }
}

static bool candidate_above(const struct check_system *system, const struct candidate *a,
                            const struct candidate *b)
{
    for (uint32_t k = 0; k < system->words; k++) {
        if (a->word[k] != b->word[k]) {
            return a->word[k] > b->word[k];
        }
    }
    return false;
}

/* Takes the candidate into the bundle if it is good enough, in the place of one of the same
 * background if there is one, else of the last. */
static void bundle_offer(const struct check_system *system, struct bundle *bundle, bool distinct,
                         const struct candidate *candidate)
{
    uint32_t place = bundle->count;
    for (uint32_t k = 0; distinct && k < bundle->count; k++) {
        if (bundle->best[k].background == candidate->background) {
            place = k;
        }
    }
    if (place == bundle->most) {
        place--;
    }
    if (place < bundle->count && !candidate_above(system, candidate, &bundle->best[place])) {
        return;
    }
    bundle->count += place == bundle->count;
    while (place > 0 && candidate_above(system, candidate, &bundle->best[place - 1])) {
        bundle->best[place] = bundle->best[place - 1];
        place--;
    }
    bundle->best[place] = *candidate;
}

static void bundle_consider(const struct check *check, const struct check_system *system,
                            const struct mentee *mentee, struct bundle *bundle,
                            struct candidate *candidate)
{
    if (is_out(check, mentee, candidate->mentor)) {
        return;
    }
    candidate->was = mentee->has_was && check_links_have(&check->was, mentee->i, candidate->mentor);
    if (mentee->distinct) {
        candidate->background = check->in->background[candidate->mentor];
    }
    candidate_fill(check, system, mentee, candidate);
    bundle_offer(system, bundle, mentee->distinct, candidate);
}

/* Goes through the row; only what can still enter the bundle is looked at closely. */
static void bundle_find(const struct check *check, const struct check_system *system,
                        const struct mentee *mentee, const struct check_row *row,
                        struct bundle *bundle)
{
    const int64_t *by_score = system->word[0].by_score;
    const int64_t *by_mentor = system->word[0].by_mentor;
    int64_t slack = mentee->has_was ? system->word[0].was : 0;
    int64_t gate = -slack;
    for (uint64_t k = 0; k < row->count; k++) {
        uint32_t j = row->mentor ? row->mentor[k] : (uint32_t)k;
        uint32_t score = row->score[k] > MM_SCORE_MAX ? CHECK_SCORES - 1 : row->score[k];
        int64_t word = by_score[score] + by_mentor[j];
        if (word < gate || word < 0) {
            continue;
        }
        struct candidate candidate = {0};
        candidate.mentor = j;
        candidate.score = (uint16_t)score;
        candidate.background = 0;
        bundle_consider(check, system, mentee, bundle, &candidate);
        if (bundle->count == bundle->most) {
            gate = bundle->best[bundle->count - 1].word[0] - slack;
        }
    }
}

/* ---- the bound ---- */

static int64_t reduced_profit(const struct check *check, const struct mm_linear *level,
                              const struct mentee *mentee, const struct candidate *candidate)
{
    struct mm_pair pair = {
        .mentee = mentee->i, .mentor = candidate->mentor, .score = candidate->score};
    return check_profit(check, level, &pair, candidate->was) -
           (level->price ? level->price[candidate->mentor] : 0);
}

static bool is_positive(const int64_t *vector, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++) {
        if (vector[k] != 0) {
            return vector[k] > 0;
        }
    }
    return false;
}

/* Adds best[i]: the first of the bundle with what it is worth to be first, and each next one that
 * gains. */
static void bundle_gain(const struct check *check, const struct check_system *system,
                        const struct mentee *mentee, const struct bundle *bundle, wide *gain)
{
    int64_t whole[MM_LEVELS_MAX] = {0};
    for (uint32_t c = 0; c < bundle->count; c++) {
        int64_t one[MM_LEVELS_MAX];
        for (uint32_t k = 0; k < system->levels; k++) {
            one[k] = reduced_profit(check, system->level[k], mentee, &bundle->best[c]);
        }
        if (c > 0 && !is_positive(one, system->levels)) {
            break;
        }
        for (uint32_t k = 0; k < system->levels; k++) {
            whole[k] += one[k];
            whole[k] += c == 0 ? check_profit_first(check, system->level[k], mentee->i) : 0;
        }
    }
    if (is_positive(whole, system->levels)) {
        for (uint32_t k = 0; k < system->levels; k++) {
            gain[k] += whole[k];
        }
    }
}

static void prove_mentee(const struct prove *prove, uint32_t i, uint16_t *room, struct sums *sums)
{
    const struct check *check = prove->check;
    if (check->wants_left[i] == 0) {
        return;
    }
    struct check_row row;
    check->source.row(check->source.context, i, room, &row);
    struct mentee mentee = mentee_open(check, i);
    for (uint32_t s = 0; s < prove->systems; s++) {
        struct bundle bundle;
        bundle.count = 0;
        bundle.most = check->wants_left[i];
        bundle_find(check, &prove->system[s], &mentee, &row, &bundle);
        bundle_gain(check, &prove->system[s], &mentee, &bundle, sums->gain[s]);
    }
}

static void prove_job(void *context, uint32_t job)
{
    const struct prove *prove = context;
    uint64_t count = prove->end - prove->first;
    uint32_t begin = prove->first + (uint32_t)(count * job / prove->jobs);
    uint32_t end = prove->first + (uint32_t)(count * (job + 1) / prove->jobs);
    uint16_t *room = prove->room ? prove->room + (size_t)job * prove->check->in->mentors : NULL;
    for (uint32_t i = begin; i < end; i++) {
        prove_mentee(prove, i, room, &prove->sums[job]);
    }
}

/* All mentees, in rounds, so that the caller can be told and can stop. */
static enum mm_status prove_rows(struct prove *prove)
{
    const struct check *check = prove->check;
    uint64_t width = check->in->first && check->in->mentees > 0
                         ? check->in->first[check->in->mentees] / check->in->mentees + 1
                         : (uint64_t)check->in->mentors + 1;
    uint64_t step = ROUND_PAIRS / width + JOBS;
    for (uint64_t at = 0; at < check->in->mentees; at += step) {
        uint64_t end = at + step < check->in->mentees ? at + step : check->in->mentees;
        prove->first = (uint32_t)at;
        prove->end = (uint32_t)end;
        if (check->threads.run) {
            check->threads.run(check->threads.context, prove_job, prove, prove->jobs);
        } else {
            prove_job(prove, 0);
        }
        if (check->progress.tell &&
            !check->progress.tell(check->progress.context, "check", end, check->in->mentees)) {
            return check_refuse(check, MM_STOPPED, "The work was stopped as asked.", CHECK_NOWHERE);
        }
    }
    return MM_OK;
}

static void add_mentors(const struct check *check, const struct check_system *system, wide *bound)
{
    for (uint32_t j = 0; j < check->in->mentors; j++) {
        int64_t price[MM_LEVELS_MAX];
        for (uint32_t k = 0; k < system->levels; k++) {
            price[k] = system->level[k]->price ? system->level[k]->price[j] : 0;
        }
        uint32_t places = is_positive(price, system->levels) ? check->places_left[j]
                          : check->minimum_left              ? check->minimum_left[j]
                                                             : 0;
        for (uint32_t k = 0; k < system->levels; k++) {
            bound[k] += (wide)price[k] * places;
        }
    }
}

/* ---- the result's own profit ---- */

static void add_pairs(const struct check *check, const struct check_system *system, wide *profit)
{
    const struct mm_result *result = check->result;
    bool served = false;
    for (size_t p = 0; p < result->pairs; p++) {
        const struct mm_pair *pair = &result->pair[p];
        served = served && p > 0 && result->pair[p - 1].mentee == pair->mentee;
        if (pair->pinned) {
            continue;
        }
        bool was = check_links_have(&check->was, pair->mentee, pair->mentor);
        for (uint32_t k = 0; k < system->levels; k++) {
            profit[k] += check_profit(check, system->level[k], pair, was);
            profit[k] += served ? 0 : check_profit_first(check, system->level[k], pair->mentee);
        }
        served = true;
    }
}

/* ---- the verdict ---- */

static enum mm_status not_reached(const struct check *check, uint32_t place)
{
    const char *text = "The prices do not prove that the result is optimal at this level.";
    if (check->objective.limit_moves) {
        text = "The result keeps the limit on moves, but within such a limit it is not proved to "
               "be optimal.";
    } else if (!check->own) {
        text = "The prices of a branch do not prove its values.";
    }
    return check_refuse(check, MM_NOT_PROVED, text, CHECK_LEVEL(place));
}

static enum mm_status judge(const struct check *check, const struct check_system *system,
                            const wide *bound)
{
    wide profit[MM_LEVELS_MAX] = {0};
    if (check->own) {
        add_pairs(check, system, profit);
    }
    for (uint32_t k = 0; !check->own && k < system->levels; k++) {
        profit[k] = system->level[k]->value;
    }
    for (uint32_t k = 0; k < system->levels; k++) {
        if (system->is_proof && k + 1 == system->levels) {
            break;
        }
        if (bound[k] != profit[k]) {
            return not_reached(check, system->place[k]);
        }
        if (system->level[k]->value != profit[k]) {
            return check_refuse(check, MM_NOT_PROVED,
                                "The value of a level is not what the result reaches.",
                                CHECK_LEVEL(system->place[k]));
        }
    }
    uint32_t last = system->levels - 1;
    if (!system->is_proof) {
        return MM_OK;
    }
    if (bound[last] >= 0) {
        return check_refuse(check, MM_NOT_PROVED,
                            "The prices do not prove that the floor can't be higher.",
                            CHECK_LEVEL(system->place[last]));
    }
    if (system->level[last]->value != bound[last]) {
        return check_refuse(check, MM_NOT_PROVED,
                            "The value of the floor's proof is not what its prices show.",
                            CHECK_LEVEL(system->place[last]));
    }
    return MM_OK;
}

static enum mm_status judge_all(const struct prove *prove)
{
    for (uint32_t s = 0; s < prove->systems; s++) {
        wide bound[MM_LEVELS_MAX] = {0};
        for (uint32_t job = 0; job < prove->jobs; job++) {
            for (uint32_t k = 0; k < prove->system[s].levels; k++) {
                bound[k] += prove->sums[job].gain[s][k];
            }
        }
        add_mentors(prove->check, &prove->system[s], bound);
        CHECK_TRY(judge(prove->check, &prove->system[s], bound));
    }
    return MM_OK;
}

/* The floor is kept by every pair that is not pinned. */
static enum mm_status judge_floor(const struct check *check)
{
    for (size_t k = 0; check->own && k < check->result->pairs; k++) {
        const struct mm_pair *pair = &check->result->pair[k];
        if (!pair->pinned && pair->score < check->floor) {
            struct mm_fault place = CHECK_LEVEL(check->floor_place);
            place.mentee = pair->mentee;
            place.mentor = pair->mentor;
            return check_refuse(check, MM_NOT_PROVED,
                                "A pair of the result scores less than the floor.", place);
        }
    }
    return MM_OK;
}

/* ---- putting it together ---- */

static void system_add(const struct check *check, struct check_system *system, uint32_t place)
{
    system->place[system->levels] = place;
    system->level[system->levels++] = &check->certificate->level[place];
}

/* The systems: see the head of this file. */
static void prove_systems(struct prove *prove)
{
    const struct check *check = prove->check;
    if (check->proof != MM_NOBODY || check->before_floor > 0) {
        struct check_system *before = &prove->system[prove->systems++];
        for (uint32_t k = 0; k < check->before_floor; k++) {
            system_add(check, before, check->plain[k]);
        }
        if (check->proof != MM_NOBODY) {
            system_add(check, before, check->proof);
            before->is_proof = true;
        }
    }
    struct check_system *whole = &prove->system[prove->systems++];
    whole->lowest = check->floor;
    for (uint32_t k = 0; k < check->plains; k++) {
        system_add(check, whole, check->plain[k]);
    }
}

static enum mm_status check_prices(const struct check *check)
{
    const struct mm_certificate *certificate = check->certificate;
    for (uint32_t k = 0; k < certificate->levels; k++) {
        const int64_t *price = certificate->level[k].price;
        for (uint32_t j = 0; price && j < check->in->mentors; j++) {
            if (price[j] > CHECK_PRICE_MAX || price[j] < -CHECK_PRICE_MAX) {
                struct mm_fault place = CHECK_LEVEL(k);
                place.mentor = j;
                return check_refuse(check, MM_NOT_PROVED, "A price is too large to be true.",
                                    place);
            }
        }
    }
    return MM_OK;
}

static enum mm_status prove_take(struct prove *prove)
{
    const struct check *check = prove->check;
    prove->jobs = check->threads.run ? JOBS : 1;
    prove->sums = mm_take(&check->memory, prove->jobs, sizeof(*prove->sums));
    if (check->source.room_needed) {
        prove->room =
            mm_take(&check->memory, (size_t)prove->jobs * check->in->mentors, sizeof(*prove->room));
    }
    if (!prove->sums || (check->source.room_needed && !prove->room)) {
        return check_refuse(check, MM_NO_MEMORY, "Memory ran out.", CHECK_NOWHERE);
    }
    return MM_OK;
}

static void prove_give(struct prove *prove)
{
    const struct mm_memory *memory = &prove->check->memory;
    for (uint32_t s = 0; s < prove->systems; s++) {
        check_unpack(prove->check, &prove->system[s]);
    }
    mm_give(memory, prove->sums);
    mm_give(memory, prove->room);
}

static enum mm_status prove_run(struct prove *prove,
                                enum mm_status (*verdict)(const struct prove *))
{
    enum mm_status status = prove_take(prove);
    for (uint32_t s = 0; status == MM_OK && s < prove->systems; s++) {
        status = check_pack(prove->check, &prove->system[s]);
    }
    if (status == MM_OK) {
        status = prove_rows(prove);
    }
    if (status == MM_OK) {
        status = verdict(prove);
    }
    prove_give(prove);
    return status;
}

enum mm_status check_prove(struct check *check)
{
    struct prove prove = {.check = check};
    CHECK_TRY(check_prices(check));
    CHECK_TRY(judge_floor(check));
    prove_systems(&prove);
    return prove_run(&prove, judge_all);
}

/* Every set has no profit at this level; so where the bound is below zero there is no set. */
static enum mm_status judge_empty(const struct prove *prove)
{
    wide bound[MM_LEVELS_MAX] = {0};
    for (uint32_t job = 0; job < prove->jobs; job++) {
        bound[0] += prove->sums[job].gain[0][0];
    }
    add_mentors(prove->check, &prove->system[0], bound);
    return bound[0] < 0
               ? MM_OK
               : check_refuse(prove->check, MM_NOT_PROVED,
                              "The prices do not prove that a branch is empty.", CHECK_LEVEL(0));
}

enum mm_status check_prove_empty(struct check *check)
{
    struct prove prove = {.check = check};
    const struct mm_certificate *certificate = check->certificate;
    if (certificate->levels != 1 || certificate->level[0].kind != MM_L_EMPTY ||
        certificate->level[0].value != 0 || certificate->level[0].parameter != 0 ||
        certificate->level[0].proof) {
        return check_refuse(check, MM_NOT_PROVED, "An empty branch has another level than its own.",
                            CHECK_NOWHERE);
    }
    CHECK_TRY(check_prices(check));
    system_add(check, &prove.system[prove.systems++], 0);
    return prove_run(&prove, judge_empty);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * The result is a set of pairs that keeps every rule, and what it says about itself is right.
 */
#include "check.h"
#include "memory.h"

static enum mm_status refuse(const struct check *check, const char *text, struct mm_fault place)
{
    return check_refuse(check, MM_NOT_PROVED, text, place);
}

/* ---- pair by pair ---- */

static enum mm_status check_place(const struct check *check, size_t k)
{
    const struct mm_pair *pair = &check->result->pair[k];
    if (pair->mentee >= check->in->mentees || pair->mentor >= check->in->mentors) {
        return refuse(check, "A pair of the result names a person who does not exist.",
                      CHECK_NOWHERE);
    }
    if (k == 0) {
        return MM_OK;
    }
    const struct mm_pair *before = &check->result->pair[k - 1];
    if (before->mentee == pair->mentee && before->mentor == pair->mentor) {
        return refuse(check, "A pair stands twice in the result.",
                      CHECK_PAIR(pair->mentee, pair->mentor));
    }
    if (before->mentee > pair->mentee ||
        (before->mentee == pair->mentee && before->mentor > pair->mentor)) {
        return refuse(check, "The pairs of the result are not sorted by mentee, then mentor.",
                      CHECK_PAIR(pair->mentee, pair->mentor));
    }
    return MM_OK;
}

static enum mm_status check_pair(const struct check *check, const struct mm_pair *pair)
{
    struct mm_fault place = CHECK_PAIR(pair->mentee, pair->mentor);
    uint16_t score = check->source.score(check->source.context, pair->mentee, pair->mentor);
    if (score == MM_NOT_ALLOWED) {
        return refuse(check, "A pair of the result is not allowed by the rules.", place);
    }
    if (check_links_have(&check->ban, pair->mentee, pair->mentor)) {
        return refuse(check, "A pair of the result is forbidden.", place);
    }
    if (score != pair->score) {
        return refuse(check, "A pair of the result has another score than in the input.", place);
    }
    if (pair->pinned != check_links_have(&check->pin, pair->mentee, pair->mentor)) {
        return refuse(check, "A pair of the result is marked as required or not, but wrongly.",
                      place);
    }
    return MM_OK;
}

static enum mm_status check_each_pair(const struct check *check)
{
    size_t pinned = 0;
    for (size_t k = 0; k < check->result->pairs; k++) {
        CHECK_TRY(check_place(check, k));
        CHECK_TRY(check_pair(check, &check->result->pair[k]));
        pinned += check->result->pair[k].pinned;
    }
    if (pinned != check->pin.count) {
        return refuse(check, "A required pair is missing from the result.", CHECK_NOWHERE);
    }
    return MM_OK;
}

/* ---- people ---- */

static bool share_background(const struct mm_instance *in, const struct mm_pair *pair, size_t count)
{
    for (size_t a = 1; a < count; a++) {
        for (size_t b = 0; b < a; b++) {
            if (in->background[pair[a].mentor] == in->background[pair[b].mentor]) {
                return true;
            }
        }
    }
    return false;
}

static enum mm_status check_mentees_of(const struct check *check, uint32_t *ret_matched)
{
    const struct mm_instance *in = check->in;
    const struct mm_result *result = check->result;
    uint32_t matched = 0;
    for (size_t k = 0; k < result->pairs; matched++) {
        uint32_t i = result->pair[k].mentee;
        size_t count = 1;
        while (k + count < result->pairs && result->pair[k + count].mentee == i) {
            count++;
        }
        if (count > check_wants(in, i)) {
            return refuse(check, "A mentee has more mentors than she wants.",
                          CHECK_PAIR(i, MM_NOBODY));
        }
        if (in->distinct && in->background && in->distinct[i] &&
            share_background(in, &result->pair[k], count)) {
            return refuse(check,
                          "A mentee who asks for different backgrounds has two mentors of one.",
                          CHECK_PAIR(i, MM_NOBODY));
        }
        k += count;
    }
    *ret_matched = matched;
    return MM_OK;
}

static enum mm_status check_mentor_load(const struct check *check, const uint32_t *load)
{
    const struct mm_instance *in = check->in;
    for (uint32_t j = 0; j < in->mentors; j++) {
        if (load[j] > check_capacity(in, j)) {
            return refuse(check, "A mentor has more mentees than places.",
                          CHECK_PAIR(MM_NOBODY, j));
        }
        if (in->minimum && load[j] > 0 && load[j] < in->minimum[j]) {
            return refuse(check, "A circle has fewer mentees than its minimum.",
                          CHECK_PAIR(MM_NOBODY, j));
        }
    }
    return MM_OK;
}

static enum mm_status check_mentors_of(const struct check *check)
{
    uint32_t *load = mm_take(&check->memory, check->in->mentors, sizeof(*load));
    if (!load) {
        return check_refuse(check, MM_NO_MEMORY, "Memory ran out.", CHECK_NOWHERE);
    }
    for (size_t k = 0; k < check->result->pairs; k++) {
        load[check->result->pair[k].mentor]++;
    }
    enum mm_status status = check_mentor_load(check, load);
    mm_give(&check->memory, load);
    return status;
}

/* ---- counts ---- */

static enum mm_status check_sums(const struct check *check)
{
    const struct mm_result *result = check->result;
    uint64_t total = 0;
    uint32_t lowest = MM_NOT_ALLOWED;
    uint64_t band[MM_BANDS_MAX] = {0};
    for (size_t k = 0; k < result->pairs; k++) {
        uint32_t score = result->pair[k].score;
        total += score;
        lowest = score < lowest ? score : lowest;
        band[score * check->objective.bands / (MM_SCORE_MAX + 1)]++;
    }
    if (result->total != total) {
        return refuse(check, "The total of the result is not the sum of its scores.",
                      CHECK_NOWHERE);
    }
    if (result->lowest != lowest) {
        return refuse(check, "The lowest score of the result is told wrongly.", CHECK_NOWHERE);
    }
    if (result->bands != check->objective.bands) {
        return refuse(check, "The result was made with another number of bands.", CHECK_NOWHERE);
    }
    for (uint32_t k = 0; k < MM_BANDS_MAX; k++) {
        if (result->band[k] != band[k]) {
            return refuse(check, "The number of pairs in a band is told wrongly.", CHECK_NOWHERE);
        }
    }
    return MM_OK;
}

/* Earlier pairs that are gone, and those of them that could have stayed. */
static enum mm_status check_moves(const struct check *check)
{
    const struct mm_result *result = check->result;
    size_t kept = 0;
    for (size_t k = 0; k < result->pairs; k++) {
        kept += check_links_have(&check->was, result->pair[k].mentee, result->pair[k].mentor);
    }
    if (result->moved != check->was.count - kept) {
        return refuse(check, "The number of moved pairs is told wrongly.", CHECK_NOWHERE);
    }
    if (!check->objective.limit_moves) {
        return result->gap == 0
                   ? MM_OK
                   : refuse(check, "The result tells a gap that it can't have.", CHECK_NOWHERE);
    }
    size_t possible = 0;
    for (size_t k = 0; k < check->was.count; k++) {
        uint32_t i = (uint32_t)(check->was.key[k] >> 32);
        uint32_t j = (uint32_t)check->was.key[k];
        possible += !check_links_have(&check->ban, i, j) &&
                    check->source.score(check->source.context, i, j) != MM_NOT_ALLOWED;
    }
    return possible - kept <= check->objective.moves
               ? MM_OK
               : refuse(check, "More published pairs move than are allowed to.", CHECK_NOWHERE);
}

enum mm_status check_result(struct check *check)
{
    uint32_t matched = 0;
    if (check->result->pairs > 0 && !check->result->pair) {
        return check_refuse(check, MM_BAD_INPUT, "The result's pairs are announced but missing.",
                            CHECK_NOWHERE);
    }
    CHECK_TRY(check_each_pair(check));
    CHECK_TRY(check_mentees_of(check, &matched));
    CHECK_TRY(check_mentors_of(check));
    if (check->result->matched != matched) {
        return refuse(check, "The number of matched mentees is told wrongly.", CHECK_NOWHERE);
    }
    CHECK_TRY(check_sums(check));
    CHECK_TRY(check_moves(check));
    if (check->result->seed != check->objective.seed) {
        return refuse(check, "The result was made with another seed.", CHECK_NOWHERE);
    }
    return MM_OK;
}

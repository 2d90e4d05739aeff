// SPDX-License-Identifier: Apache-2.0
/*
 * The input of a check obeys the rules of the header: people, pairs, links, objective.
 */
#include <string.h>

#include "check.h"
#include "memory.h"

static enum mm_status check_mentees(struct check *check)
{
    const struct mm_instance *in = check->in;
    for (uint32_t i = 0; i < in->mentees; i++) {
        uint32_t wants = check_wants(in, i);
        if (wants < 1 || wants > MM_WANTS_MAX) {
            return check_refuse(check, MM_BAD_INPUT, "A mentee may want 1 to 3 mentors.",
                                CHECK_PAIR(i, MM_NOBODY));
        }
        if (in->distinct && in->distinct[i] > 1) {
            return check_refuse(check, MM_BAD_INPUT,
                                "The mark for different backgrounds must be 0 or 1.",
                                CHECK_PAIR(i, MM_NOBODY));
        }
        check->several = check->several || wants > 1;
        check->any_priority = check->any_priority || (in->priority && in->priority[i] > 0);
    }
    return MM_OK;
}

static enum mm_status check_mentors(struct check *check)
{
    const struct mm_instance *in = check->in;
    for (uint32_t j = 0; j < in->mentors; j++) {
        uint32_t capacity = check_capacity(in, j);
        if (capacity > MM_CAPACITY_MAX) {
            return check_refuse(check, MM_BAD_INPUT,
                                "A mentor's capacity must lie between 0 and 20.",
                                CHECK_PAIR(MM_NOBODY, j));
        }
        if (in->minimum && in->minimum[j] > 1 && in->minimum[j] > capacity) {
            return check_refuse(check, MM_BAD_INPUT,
                                "A circle's minimum is larger than its capacity.",
                                CHECK_PAIR(MM_NOBODY, j));
        }
    }
    return MM_OK;
}

/* Ids are unique: looked at in a sorted copy, unless they rise as they stand. */
static enum mm_status check_ids(struct check *check, const uint64_t *id, uint32_t count)
{
    bool rising = true;
    for (uint32_t k = 1; id && k < count; k++) {
        rising = rising && id[k - 1] < id[k];
    }
    if (!id || rising) {
        return MM_OK;
    }
    uint64_t *sorted = mm_take(&check->memory, count, sizeof(*sorted));
    if (!sorted) {
        return check_refuse(check, MM_NO_MEMORY, "Memory ran out.", CHECK_NOWHERE);
    }
    memcpy(sorted, id, count * sizeof(*sorted));
    check_sort(sorted, count);
    bool twice = false;
    for (uint32_t k = 1; k < count; k++) {
        twice = twice || sorted[k - 1] == sorted[k];
    }
    mm_give(&check->memory, sorted);
    return twice ? check_refuse(check, MM_BAD_INPUT, "Two people on one side have the same id.",
                                CHECK_NOWHERE)
                 : MM_OK;
}

static enum mm_status check_link_list(struct check *check, const struct mm_link *link, size_t count)
{
    if (count > 0 && !link) {
        return check_refuse(check, MM_BAD_INPUT, "A list of pairs is announced but missing.",
                            CHECK_NOWHERE);
    }
    for (size_t k = 0; k < count; k++) {
        if (link[k].mentee >= check->in->mentees || link[k].mentor >= check->in->mentors) {
            return check_refuse(
                check, MM_BAD_INPUT,
                "A pinned, banned or earlier pair names a person who does not exist.",
                CHECK_NOWHERE);
        }
    }
    return MM_OK;
}

enum mm_status check_people(struct check *check)
{
    const struct mm_instance *in = check->in;
    if (in->mentees > MM_SIDE_MAX || in->mentors > MM_SIDE_MAX) {
        return check_refuse(check, MM_LIMIT, "There are more people than the limit of one side.",
                            CHECK_NOWHERE);
    }
    CHECK_TRY(check_mentees(check));
    CHECK_TRY(check_mentors(check));
    CHECK_TRY(check_ids(check, in->mentee_id, in->mentees));
    CHECK_TRY(check_ids(check, in->mentor_id, in->mentors));
    CHECK_TRY(check_link_list(check, in->pin, in->pins));
    CHECK_TRY(check_link_list(check, in->ban, in->bans));
    return check_link_list(check, in->was, in->was_count);
}

static enum mm_status check_dense(struct check *check)
{
    const struct mm_instance *in = check->in;
    uint64_t cells = (uint64_t)in->mentees * in->mentors;
    if (cells > MM_PAIRS_MAX) {
        return check_refuse(check, MM_LIMIT, "There are more allowed pairs than the limit.",
                            CHECK_NOWHERE);
    }
    if (cells > 0 && !in->score) {
        return check_refuse(check, MM_BAD_INPUT, "The pairs have no scores.", CHECK_NOWHERE);
    }
    for (uint64_t k = 0; k < cells; k++) {
        if (in->score[k] > MM_SCORE_MAX && in->score[k] != MM_NOT_ALLOWED) {
            return check_refuse(
                check, MM_BAD_INPUT, "A score must lie between 0 and 10000.",
                CHECK_PAIR((uint32_t)(k / in->mentors), (uint32_t)(k % in->mentors)));
        }
    }
    return MM_OK;
}

/* last[j]: the mentee, plus 1, in whose row mentor j was met last. */
static enum mm_status check_row_of(struct check *check, uint32_t i, uint32_t *last)
{
    const struct mm_instance *in = check->in;
    for (uint64_t k = in->first[i]; k < in->first[i + 1]; k++) {
        uint32_t j = in->mentor[k];
        if (j >= in->mentors) {
            return check_refuse(check, MM_BAD_INPUT, "A pair names a mentor who does not exist.",
                                CHECK_PAIR(i, MM_NOBODY));
        }
        if (in->score[k] > MM_SCORE_MAX) {
            return check_refuse(check, MM_BAD_INPUT, "A score must lie between 0 and 10000.",
                                CHECK_PAIR(i, j));
        }
        if (last[j] == i + 1) {
            return check_refuse(check, MM_BAD_INPUT, "A pair is given twice.", CHECK_PAIR(i, j));
        }
        last[j] = i + 1;
    }
    return MM_OK;
}

static enum mm_status check_row_places(struct check *check)
{
    const struct mm_instance *in = check->in;
    if (!in->first || in->first[0] != 0) {
        return check_refuse(check, MM_BAD_INPUT, "The table of rows must start at 0.",
                            CHECK_NOWHERE);
    }
    for (uint32_t i = 0; i < in->mentees; i++) {
        if (in->first[i + 1] < in->first[i]) {
            return check_refuse(check, MM_BAD_INPUT, "The table of rows must not fall.",
                                CHECK_PAIR(i, MM_NOBODY));
        }
    }
    uint64_t pairs = in->first[in->mentees];
    if (pairs > MM_PAIRS_MAX) {
        return check_refuse(check, MM_LIMIT, "There are more allowed pairs than the limit.",
                            CHECK_NOWHERE);
    }
    if (pairs > 0 && (!in->mentor || !in->score)) {
        return check_refuse(check, MM_BAD_INPUT, "The pairs have no mentors or no scores.",
                            CHECK_NOWHERE);
    }
    return MM_OK;
}

enum mm_status check_pairs(struct check *check)
{
    const struct mm_instance *in = check->in;
    if (!in->first && !in->mentor) {
        return check_dense(check);
    }
    CHECK_TRY(check_row_places(check));
    uint32_t *last = mm_take(&check->memory, in->mentors, sizeof(*last));
    if (!last) {
        return check_refuse(check, MM_NO_MEMORY, "Memory ran out.", CHECK_NOWHERE);
    }
    enum mm_status status = MM_OK;
    for (uint32_t i = 0; status == MM_OK && i < in->mentees; i++) {
        status = check_row_of(check, i, last);
    }
    mm_give(&check->memory, last);
    return status;
}

static void default_levels(const struct check *check, struct mm_objective *objective)
{
    const enum mm_level_kind with[] = {MM_CARDINALITY, MM_PRIORITY, MM_FLOOR, MM_BANDS, MM_TOTAL};
    uint32_t count = 0;
    for (uint32_t k = 0; k < sizeof(with) / sizeof(with[0]); k++) {
        if (with[k] != MM_PRIORITY || check->any_priority) {
            objective->level[count++] = with[k];
        }
    }
    objective->level[count] = MM_END;
}

/* The list of levels ends, and names each level at most once. */
static enum mm_status check_level_list(struct check *check, const struct mm_objective *objective)
{
    uint32_t room = sizeof(objective->level) / sizeof(objective->level[0]);
    for (uint32_t k = 0; k < room; k++) {
        enum mm_level_kind kind = objective->level[k];
        if (kind == MM_END) {
            return MM_OK;
        }
        if ((int)kind < 0 || kind > MM_DISTURBANCE) {
            return check_refuse(check, MM_BAD_INPUT,
                                "The objective names a level that does not exist.", CHECK_NOWHERE);
        }
        for (uint32_t before = 0; before < k; before++) {
            if (objective->level[before] == kind) {
                return check_refuse(check, MM_BAD_INPUT, "The objective names a level twice.",
                                    CHECK_NOWHERE);
            }
        }
    }
    return check_refuse(check, MM_BAD_INPUT, "The objective's list of levels has no end.",
                        CHECK_NOWHERE);
}

enum mm_status check_objective(struct check *check, const struct mm_objective *asked)
{
    struct mm_objective objective = {.bands = 0};
    if (asked) {
        objective = *asked;
    }
    if (objective.level[0] == MM_END) {
        default_levels(check, &objective);
    }
    if (objective.bands == 0) {
        objective.bands = 10;
    }
    if (objective.bands < 2 || objective.bands > MM_BANDS_MAX) {
        return check_refuse(check, MM_BAD_INPUT, "The number of bands must lie between 2 and 20.",
                            CHECK_NOWHERE);
    }
    if (objective.move_price > 1000000) {
        return check_refuse(check, MM_BAD_INPUT,
                            "The price of a moved pair must lie between 0 and 1,000,000 points.",
                            CHECK_NOWHERE);
    }
    CHECK_TRY(check_level_list(check, &objective));
    check->objective = objective;
    return MM_OK;
}

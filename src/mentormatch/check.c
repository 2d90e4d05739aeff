// SPDX-License-Identifier: Apache-2.0
/*
 * mm_check: the steps of the check in order, for a plain instance.
 */
#include "check.h"

#include "memory.h"

enum mm_status check_refuse(const struct check *check, enum mm_status status, const char *text,
                            struct mm_fault place)
{
    if (check->fault) {
        *check->fault = place;
        check->fault->text = text;
    }
    return status;
}

uint32_t check_wants(const struct mm_instance *in, uint32_t mentee)
{
    return in->wants ? in->wants[mentee] : 1;
}

uint32_t check_capacity(const struct mm_instance *in, uint32_t mentor)
{
    return in->capacity ? in->capacity[mentor] : 1;
}

void check_open(struct check *check, const struct mm_options *options, struct mm_fault *ret_fault)
{
    *check = (struct check){
        .fault = ret_fault, .proof = MM_NOBODY, .floor_place = MM_NOBODY, .floor = 0};
    if (options) {
        check->memory = options->memory;
        check->progress = options->progress;
        check->threads = options->threads;
    }
}

void check_close(struct check *check)
{
    mm_give(&check->memory, check->pin.key);
    mm_give(&check->memory, check->ban.key);
    mm_give(&check->memory, check->was.key);
    mm_give(&check->memory, check->wants_left);
    mm_give(&check->memory, check->places_left);
    mm_give(&check->memory, check->minimum_left);
    mm_give(&check->memory, check->has_pin);
}

enum mm_status check_run(struct check *check, const struct mm_objective *objective)
{
    CHECK_TRY(check_objective(check, objective));
    CHECK_TRY(check_links_read(check));
    CHECK_TRY(check_result(check));
    return check_certificate(check);
}

/* ---- a plain instance as a source of pairs ---- */

static void row_of_table(const void *context, uint32_t mentee, uint16_t *room,
                         struct check_row *ret_row)
{
    const struct mm_instance *in = context;
    (void)room;
    *ret_row =
        (struct check_row){.score = in->score + (size_t)mentee * in->mentors, .count = in->mentors};
}

static uint16_t score_of_table(const void *context, uint32_t mentee, uint32_t mentor)
{
    const struct mm_instance *in = context;
    return in->score[(size_t)mentee * in->mentors + mentor];
}

static void row_of_rows(const void *context, uint32_t mentee, uint16_t *room,
                        struct check_row *ret_row)
{
    const struct mm_instance *in = context;
    uint64_t first = in->first[mentee];
    (void)room;
    *ret_row = (struct check_row){.count = in->first[mentee + 1] - first};
    if (ret_row->count > 0) {
        ret_row->mentor = in->mentor + first;
        ret_row->score = in->score + first;
    }
}

static uint16_t score_of_rows(const void *context, uint32_t mentee, uint32_t mentor)
{
    const struct mm_instance *in = context;
    for (uint64_t k = in->first[mentee]; k < in->first[mentee + 1]; k++) {
        if (in->mentor[k] == mentor) {
            return in->score[k];
        }
    }
    return MM_NOT_ALLOWED;
}

static struct check_source source_of(const struct mm_instance *in)
{
    if (in->first) {
        return (struct check_source){.row = row_of_rows, .score = score_of_rows, .context = in};
    }
    return (struct check_source){.row = row_of_table, .score = score_of_table, .context = in};
}

enum mm_status mm_check(const struct mm_instance *instance, const struct mm_objective *objective,
                        const struct mm_result *result, const struct mm_options *options,
                        struct mm_fault *ret_fault)
{
    struct check check;
    check_open(&check, options, ret_fault);
    if (!instance || !result) {
        return check_refuse(&check, MM_BAD_INPUT, "There is no instance or no result to check.",
                            CHECK_NOWHERE);
    }
    check.in = instance;
    check.result = result;
    check.source = source_of(instance);
    enum mm_status status = check_people(&check);
    if (status == MM_OK) {
        status = check_pairs(&check);
    }
    if (status == MM_OK) {
        status = check_run(&check, objective);
    }
    check_close(&check);
    return status;
}

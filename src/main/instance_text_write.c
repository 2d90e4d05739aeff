// SPDX-License-Identifier: Apache-2.0
// Writes the plain instance format; see instance_text.h.
#include <inttypes.h>

#include "instance_text.h"
#include "objective_text.h"

static uint64_t count_pairs(const struct mm_instance *in)
{
    if (in->first != NULL)
        return in->first[in->mentees];
    uint64_t cells = (uint64_t)in->mentees * in->mentors;
    uint64_t pairs = 0;
    for (uint64_t k = 0; k < cells; k++)
        pairs += in->score[k] != MM_NOT_ALLOWED;
    return pairs;
}

static enum rc write_mentees(struct buffer *buffer, const struct mm_instance *in)
{
    for (uint32_t i = 0; i < in->mentees; i++) {
        uint32_t wants = in->wants == NULL ? 1 : in->wants[i];
        uint32_t priority = in->priority == NULL ? 0 : in->priority[i];
        if (priority != 0)
            TRY(buffer_printf(buffer, "n %" PRIu32 " %" PRIu32 " %" PRIu32 "\n", i + 1, wants,
                              priority));
        else if (wants != 1)
            TRY(buffer_printf(buffer, "n %" PRIu32 " %" PRIu32 "\n", i + 1, wants));
        if (in->distinct != NULL && in->distinct[i])
            TRY(buffer_printf(buffer, "distinct %" PRIu32 "\n", i + 1));
        if (in->mentee_id != NULL && in->mentee_id[i] != (uint64_t)i + 1)
            TRY(buffer_printf(buffer, "id n %" PRIu32 " %" PRIu64 "\n", i + 1, in->mentee_id[i]));
    }
    return RC_OK;
}

static enum rc write_mentors(struct buffer *buffer, const struct mm_instance *in)
{
    for (uint32_t j = 0; j < in->mentors; j++) {
        uint32_t capacity = in->capacity == NULL ? 1 : in->capacity[j];
        uint32_t minimum = in->minimum == NULL ? 0 : in->minimum[j];
        if (minimum > 1)
            TRY(buffer_printf(buffer, "c %" PRIu32 " %" PRIu32 " %" PRIu32 "\n", j + 1, capacity,
                              minimum));
        else if (capacity != 1)
            TRY(buffer_printf(buffer, "c %" PRIu32 " %" PRIu32 "\n", j + 1, capacity));
        if (in->mentor_id != NULL && in->mentor_id[j] != (uint64_t)j + 1)
            TRY(buffer_printf(buffer, "id c %" PRIu32 " %" PRIu64 "\n", j + 1, in->mentor_id[j]));
    }
    return RC_OK;
}

// RC_LIMIT: a class is larger than the format has; whoever made it numbers classes from 0.
static enum rc write_backgrounds(struct buffer *buffer, const struct mm_instance *in)
{
    for (uint32_t j = 0; in->background != NULL && j < in->mentors; j++) {
        if (in->background[j] > MM_SIDE_MAX)
            return buffer->rc = RC_LIMIT;
        TRY(buffer_printf(buffer, "bg %" PRIu32 " %" PRIu32 "\n", j + 1, in->background[j]));
    }
    return RC_OK;
}

static enum rc write_links(struct buffer *buffer, const char *kind, const struct mm_link *link,
                           size_t count)
{
    for (size_t k = 0; k < count; k++)
        TRY(buffer_printf(buffer, "%s %" PRIu32 " %" PRIu32 "\n", kind, link[k].mentee + 1,
                          link[k].mentor + 1));
    return RC_OK;
}

static char *put_number(char *end, uint64_t number)
{
    do {
        *--end = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return end;
}

// One e line; by hand, since there may be millions.
static enum rc write_pair(struct buffer *buffer, uint32_t i, uint32_t j, uint16_t score)
{
    char line[40];
    char *end = line + sizeof line;
    char *at = end;
    *--at = '\n';
    at = put_number(at, score);
    *--at = ' ';
    at = put_number(at, (uint64_t)j + 1);
    *--at = ' ';
    at = put_number(at, (uint64_t)i + 1);
    *--at = ' ';
    *--at = 'e';
    return buffer_append(buffer, at, (size_t)(end - at));
}

static enum rc write_row(struct buffer *buffer, const struct mm_instance *in, uint32_t i)
{
    if (in->first != NULL) {
        for (uint64_t k = in->first[i]; k < in->first[i + 1]; k++)
            TRY(write_pair(buffer, i, in->mentor[k], in->score[k]));
        return RC_OK;
    }
    const uint16_t *row = in->score + (size_t)i * in->mentors;
    for (uint32_t j = 0; j < in->mentors; j++)
        if (row[j] != MM_NOT_ALLOWED)
            TRY(write_pair(buffer, i, j, row[j]));
    return RC_OK;
}

enum rc instance_text_write(struct buffer *buffer, const struct mm_instance *in,
                            const struct mm_objective *objective)
{
    TRY(buffer_printf(buffer, "p mentormatch 1 %" PRIu32 " %" PRIu32 " %" PRIu64 "\n", in->mentees,
                      in->mentors, count_pairs(in)));
    if (objective != NULL)
        TRY(objective_text_write(buffer, objective));
    TRY(write_mentees(buffer, in));
    TRY(write_mentors(buffer, in));
    TRY(write_backgrounds(buffer, in));
    TRY(write_links(buffer, "pin", in->pin, in->pins));
    TRY(write_links(buffer, "ban", in->ban, in->bans));
    TRY(write_links(buffer, "was", in->was, in->was_count));
    for (uint32_t i = 0; i < in->mentees; i++)
        TRY(write_row(buffer, in, i));
    return RC_OK;
}

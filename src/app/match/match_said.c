// SPDX-License-Identifier: Apache-2.0
//
// From answers to what the library compares; see match_said.h. Pure but for match_said_of.
#include "app/match/match_said.h"

#include <string.h>

#include "base/buffer.h"

#include "app/match/match_store.h"

enum { OPTIONS_MOST = 64, COMMON_LIMIT_BYTES = 4096, STEPS = 5 };

// The next line that is not empty; false at the end.
static bool next_line(const char **cursor, struct text *ret_line)
{
    while (**cursor != '\0') {
        size_t length = strcspn(*cursor, "\n");
        *ret_line = text_trim(*cursor, length);
        *cursor += length + ((*cursor)[length] == '\n');
        if (ret_line->length > 0)
            return true;
    }
    return false;
}

static uint32_t count_lines(const char *text)
{
    uint32_t count = 0;
    struct text line;
    while (next_line(&text, &line))
        count++;
    return count < OPTIONS_MOST ? count : OPTIONS_MOST;
}

// Bit k is option k of the question.
static uint64_t chosen(const struct question_used *used, const char *value)
{
    uint64_t bits = 0;
    struct text answer;
    while (next_line(&value, &answer)) {
        const char *options = used->options;
        struct text option;
        for (uint32_t k = 0; next_line(&options, &option) && k < OPTIONS_MOST; k++)
            if (text_equal(option, answer))
                bits |= UINT64_C(1) << k;
    }
    return bits;
}

// The first of her answers; the list is in order of sign-ups.
static size_t first_of(const struct match_input *input, int64_t enrolment)
{
    size_t low = 0;
    size_t high = input->said_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (input->said[middle].enrolment < enrolment)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const char *answer_of(const struct match_input *input, int64_t enrolment, int64_t line)
{
    for (size_t k = first_of(input, enrolment);
         k < input->said_count && input->said[k].enrolment == enrolment; k++)
        if (input->said[k].line == line)
            return input->said[k].value;
    return "";
}

// 1 to 5, also where there are more or fewer steps. 0: not said.
static uint8_t step_of(const struct question_used *used, const char *value)
{
    if (strcmp(used->kind, "scale") == 0)
        return value[0] >= '1' && value[0] <= '5' ? (uint8_t)(value[0] - '0') : 0;
    uint64_t bits = chosen(used, value);
    uint32_t count = count_lines(used->options);
    if (bits == 0 || count < 2)
        return 0;
    uint32_t at = (uint32_t)__builtin_ctzll(bits);
    return (uint8_t)(1 + ((STEPS - 1) * at + (count - 1) / 2) / (count - 1));
}

// Every combination of answers to the questions of which one must be in common is a number; those
// that hers allow are kept. Who has not answered one allows all of its answers.
static uint64_t keep_allowed(uint64_t combinations, const struct question_used *used,
                             const char *value, uint32_t *before)
{
    uint32_t count = count_lines(used->options);
    uint64_t bits = chosen(used, value);
    uint64_t kept = 0;
    if (bits == 0)
        bits = UINT64_MAX;
    for (uint32_t k = 0; k < QUESTION_MUST_MOST; k++)
        if (count > 0 && (bits >> (k / *before % count) & 1) != 0)
            kept |= UINT64_C(1) << k;
    *before *= count == 0 ? 1 : count;
    return combinations & kept;
}

static void add_tags(struct mm_person *person, uint64_t bits, uint32_t first)
{
    for (uint32_t k = 0; k < OPTIONS_MOST && first + k < QUESTION_SHARED_MOST; k++)
        if ((bits >> k & 1) != 0)
            person->interests[(first + k) / 64] |= UINT64_C(1) << ((first + k) % 64);
}

void match_said_set(const struct match_input *input, int64_t enrolment, struct mm_person *person)
{
    uint32_t tags = 0;
    uint32_t steps = 0;
    uint32_t before = 1;
    uint64_t combinations = UINT64_MAX;
    for (size_t k = 0; k < input->used_count; k++) {
        const struct question_used *used = &input->used[k];
        const char *value = answer_of(input, enrolment, used->line);
        switch ((enum question_use)used->use) {
        case QUESTION_SHARED:
            add_tags(person, chosen(used, value), tags);
            tags += count_lines(used->options);
            break;
        case QUESTION_NEAR:
            if (steps < MM_VALUES_MAX)
                person->values[steps++] = step_of(used, value);
            break;
        case QUESTION_MUST:
            combinations = keep_allowed(combinations, used, value, &before);
            break;
        case QUESTION_UNUSED:
            break;
        }
    }
    // The numbers past the last combination say nothing more.
    if (before < QUESTION_MUST_MOST)
        combinations &= (UINT64_C(1) << before) - 1;
    person->industries = match_said_has(input, QUESTION_MUST) ? combinations : 0;
}

bool match_said_has(const struct match_input *input, enum question_use use)
{
    for (size_t k = 0; k < input->used_count; k++)
        if (input->used[k].use == (int64_t)use)
            return true;
    return false;
}

static bool may_tell(const struct question_used *used, bool for_match)
{
    bool match = strcmp(used->audience, "match") == 0;
    return match || (!for_match && strcmp(used->audience, "coordinator") == 0);
}

const char *match_said_common(struct arena *arena, const struct match_input *input, int64_t mentee,
                              int64_t mentor, bool for_match)
{
    struct buffer out;
    buffer_open(&out, arena, COMMON_LIMIT_BYTES);
    for (size_t k = 0; k < input->used_count; k++) {
        const struct question_used *used = &input->used[k];
        const char *options = used->options;
        struct text option;
        if (used->use == QUESTION_NEAR || !may_tell(used, for_match))
            continue;
        uint64_t both = chosen(used, answer_of(input, mentee, used->line)) &
                        chosen(used, answer_of(input, mentor, used->line));
        for (uint32_t o = 0; next_line(&options, &option) && o < OPTIONS_MOST; o++)
            if ((both >> o & 1) != 0)
                buffer_printf(&out, "%s%.*s", out.length == 0 ? "" : "; ", (int)option.length,
                              option.bytes);
    }
    if (out.rc == RC_LIMIT)
        return "";
    return out.rc != RC_OK ? NULL : out.length == 0 ? "" : out.bytes;
}

// Whether their answers on scales, if there are some of both, are on the whole a step apart at
// most.
static bool are_alike(const struct match_input *input, int64_t mentee, int64_t mentor)
{
    enum { LEAST = 3 };
    int both = 0;
    int apart = 0;
    for (size_t k = 0; k < input->used_count; k++) {
        const struct question_used *used = &input->used[k];
        if (used->use != QUESTION_NEAR)
            continue;
        int a = step_of(used, answer_of(input, mentee, used->line));
        int b = step_of(used, answer_of(input, mentor, used->line));
        if (a == 0 || b == 0)
            continue;
        both++;
        apart += a < b ? b - a : a - b;
    }
    return both >= LEAST && apart <= both;
}

enum rc match_said_of(const struct app_place *at, const struct match *match,
                      struct match_told *ret_told)
{
    const int64_t both[2] = {match->mentee, match->mentor};
    struct match_input input = {0};
    TRY(question_used_list(at->tx, at->arena, match->cohort, &input.used, &input.used_count));
    TRY(question_said_list(at->tx, at->arena, match->cohort, both, &input.said, &input.said_count));
    ret_told->answers = match_said_common(at->arena, &input, both[0], both[1], true);
    ret_told->alike = are_alike(&input, both[0], both[1]);
    return ret_told->answers == NULL ? RC_NO_MEMORY : RC_OK;
}

// SPDX-License-Identifier: Apache-2.0
// Any bytes as a plain instance: no crash; what was read is written and read again the same; a
// small instance is solved, its result proved, written, read again and proved again. What stands
// behind a line "# result" is read as a result of it, which the check may refuse but never take for
// the best when another total is.
#include <stdlib.h>
#include <string.h>

#include "main/instance_text.h"
#include "main/plain_cursor.h"
#include "main/result_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PEOPLE_MAX = 2000, SIDE_MAX = 24, PAIRS_MAX = 200, TEXT_BYTES_MAX = 1 << 22 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_problems(const struct problem_list *problems, enum rc rc)
{
    require(rc == RC_BAD_INPUT || rc == RC_NO_MEMORY);
    require(rc != RC_BAD_INPUT || problem_count(problems, PROBLEM_ERROR) > 0);
    for (size_t k = 0; k < problems->count; k++)
        require(problems->items[k].what[0] != '\0' && problems->items[k].todo[0] != '\0' &&
                problems->items[k].line > 0);
}

static void write_and_read_again(struct arena *arena, const struct instance_text *text)
{
    struct buffer first;
    struct buffer second;
    struct problem_list problems;
    struct instance_text again;
    buffer_open(&first, arena, TEXT_BYTES_MAX);
    buffer_open(&second, arena, TEXT_BYTES_MAX);
    problem_list_open(&problems, arena, 10);
    enum rc rc = instance_text_write(&first, &text->instance, &text->objective);
    if (rc == RC_LIMIT)
        return;
    require(rc == RC_OK);
    struct text written = {first.bytes, first.length};
    require(instance_text_read(arena, "again", written, &problems, &again) == RC_OK);
    require(instance_text_write(&second, &again.instance, &again.objective) == RC_OK);
    require(first.length == second.length && memcmp(first.bytes, second.bytes, first.length) == 0);
}

static void check_written(struct arena *arena, const struct instance_text *text,
                          const struct mm_result *result)
{
    struct buffer buffer;
    struct problem_list problems;
    struct mm_result again;
    buffer_open(&buffer, arena, TEXT_BYTES_MAX);
    problem_list_open(&problems, arena, 10);
    require(result_text_write(&buffer, result, text->instance.mentors) == RC_OK);
    struct text written = {buffer.bytes, buffer.length};
    require(result_text_read(arena, "result", written, text, &problems, &again) == RC_OK);
    require(mm_check(&text->instance, &text->objective, &again, NULL, NULL) == MM_OK);
}

// A result that the input claims.
static void check_claim(struct arena *arena, const struct instance_text *text, struct text claim,
                        const struct mm_result *best)
{
    struct problem_list problems;
    struct mm_result result;
    problem_list_open(&problems, arena, 10);
    enum rc rc = result_text_read(arena, "claim", claim, text, &problems, &result);
    if (rc != RC_OK) {
        check_problems(&problems, rc);
        return;
    }
    if (mm_check(&text->instance, &text->objective, &result, NULL, NULL) != MM_OK)
        return;
    require(result.pairs == best->pairs && result.total == best->total);
    for (size_t k = 0; k < best->pairs; k++)
        require(result.pair[k].mentee == best->pair[k].mentee &&
                result.pair[k].mentor == best->pair[k].mentor);
}

static bool is_small(const struct instance_text *text)
{
    const struct mm_instance *in = &text->instance;
    return in->mentees <= SIDE_MAX && in->mentors <= SIDE_MAX &&
           in->first[in->mentees] <= PAIRS_MAX;
}

static void solve(struct arena *arena, const struct instance_text *text, struct text claim)
{
    struct mm_result result;
    struct mm_fault fault = {.text = NULL};
    enum mm_status status = mm_solve(&text->instance, &text->objective, NULL, &result, &fault);
    if (status != MM_OK) {
        require(fault.text != NULL);
        require(status == MM_BAD_INPUT || status == MM_CONTRADICTION || status == MM_LIMIT);
        return;
    }
    if (result.proved) {
        require(mm_check(&text->instance, &text->objective, &result, NULL, &fault) == MM_OK);
        check_written(arena, text, &result);
        check_claim(arena, text, claim, &result);
    }
    mm_result_free(&result);
}

// The input is an instance, and behind a line "# result" a claim.
static struct text split(const uint8_t *data, size_t size, struct text *ret_claim)
{
    static const char mark[] = "\n# result\n";
    const char *bytes = (const char *)data;
    size_t length = sizeof mark - 1;
    *ret_claim = (struct text){"", 0};
    for (size_t k = 0; size >= length && k <= size - length; k++) {
        if (memcmp(bytes + k, mark, length) == 0) {
            *ret_claim = (struct text){bytes + k + length, size - k - length};
            return (struct text){bytes, k + 1};
        }
    }
    return (struct text){bytes, size};
}

// A problem line that tells of many people costs time and shows nothing.
static bool is_vast(struct arena *arena, struct text content)
{
    struct problem_list problems;
    struct plain_cursor cursor;
    uint64_t number[3] = {0};
    problem_list_open(&problems, arena, 1);
    plain_open(&cursor, "vast", content, &problems);
    if (!plain_next_line(&cursor))
        return false;
    (void)plain_word(&cursor);
    (void)plain_word(&cursor);
    for (size_t k = 0; k < 3; k++)
        if (!plain_number(&cursor, "", 0, UINT64_MAX, &number[k]))
            return false;
    return (number[1] > PEOPLE_MAX && number[1] <= MM_SIDE_MAX) ||
           (number[2] > PEOPLE_MAX && number[2] <= MM_SIDE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct problem_list problems;
    struct instance_text text;
    struct text claim;
    struct text content = split(data, size, &claim);
    arena_open(&arena, 256 * 1024 * 1024);
    problem_list_open(&problems, &arena, 10);
    if (is_vast(&arena, content)) {
        arena_close(&arena);
        return 0;
    }
    enum rc rc = instance_text_read(&arena, "fuzz", content, &problems, &text);
    if (rc != RC_OK) {
        check_problems(&problems, rc);
    } else if (is_small(&text)) {
        write_and_read_again(&arena, &text);
        solve(&arena, &text, claim);
    }
    arena_close(&arena);
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
// Rules files of any bytes: nothing crashes, and what can be read is printed and read back as the
// same rules.
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "main/rules_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    arena_open(&arena, 8 << 20);
    struct problem_list problems;
    problem_list_open(&problems, &arena, 100);
    struct rules_file rules;
    struct text content = {(const char *)data, size};
    enum rc rc = rules_file_read("fuzz", content, &problems, &rules);
    if (rc == RC_BAD_INPUT)
        require(problem_count(&problems, PROBLEM_ERROR) > 0);
    if (rc == RC_OK) {
        struct buffer first;
        struct buffer second;
        struct rules_file again;
        buffer_open(&first, &arena, RULES_FILE_BYTES_MAX);
        buffer_open(&second, &arena, RULES_FILE_BYTES_MAX);
        require(rules_file_print(&first, &rules) == RC_OK);
        struct text printed = {first.bytes, first.length};
        require(rules_file_read("again", printed, &problems, &again) == RC_OK);
        require(rules_file_print(&second, &again) == RC_OK);
        require(strcmp(first.bytes, second.bytes) == 0);
        require(memcmp(&again.rules, &rules.rules, sizeof rules.rules) == 0);
        require(memcmp(&again.objective, &rules.objective, sizeof rules.objective) == 0);
    }
    arena_close(&arena);
    return 0;
}

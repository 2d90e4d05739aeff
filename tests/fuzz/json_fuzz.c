// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as the JSON body of a request: no crash, values are text, what is refused is named, and
// what is read stays in its limits.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "web/field.h"
#include "web/form.h"

struct read {
    const char *line;
    int64_t number;
    int64_t tick;
    struct field_many many;
    const char *week;
};

// clang-format off
static const struct field_option options[] = {{"a", "a"}, {"b", "b"}, {NULL, NULL}};
static const struct field rows[] = {
    {"l", FIELD_LINE,    FIELD_TEXT_OF(struct read, line),  0, 10, "l", "", NULL},
    {"n", FIELD_INTEGER, FIELD_INT_OF(struct read, number), 0, 9,  "n", "", NULL},
    {"t", FIELD_TICK,    FIELD_INT_OF(struct read, tick),   0, 1,  "t", "", NULL},
    {"m", FIELD_MANY,    FIELD_OF(struct read, many, struct field_many), 0, 2, "m", "", options},
    {"w", FIELD_WEEK,    FIELD_TEXT_OF(struct read, week),  0, 3,  "w", "", NULL},
};
// clang-format on
static const struct shape shape = SHAPE_ALSO(struct read, rows, "s");

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void read_all(struct arena *arena, const struct shape *by, struct text sent)
{
    struct form form;
    struct read read = {0};
    const char *fault = NULL;
    form_open(&form, arena);
    enum rc rc = shape_parse_json(by, &form, sent, &fault);
    if (rc == RC_BAD_INPUT && fault == NULL)
        abort();
    for (size_t k = 0; k < form.count; k++)
        if (!text_is_utf8(form.values[k].value, strlen(form.values[k].value)))
            abort();
    if (rc != RC_OK || by == NULL || form.error_count > 0)
        return;
    bool fine = shape_read(by, &form, &read) == RC_OK;
    if (fine && (read.number < 0 || read.number > 9 || strchr(read.line, '\n') != NULL))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena;
    struct text sent = {(const char *)bytes, length};
    arena_open(&arena, 16 << 20);
    read_all(&arena, &shape, sent);
    read_all(&arena, NULL, sent);
    arena_close(&arena);
    return 0;
}

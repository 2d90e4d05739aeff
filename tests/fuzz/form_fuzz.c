// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a form and as a path: no crash, values are text, and what is read stays in its
// limits.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "web/field.h"
#include "web/form.h"

struct read {
    const char *line;
    const char *email;
    int64_t number;
    const char *day;
};

static const struct field rows[] = {
    {"l", FIELD_LINE,    FIELD_TEXT_OF(struct read, line),   0, 10,  "l", "", NULL},
    {"e", FIELD_EMAIL,   FIELD_TEXT_OF(struct read, email),  0, 254, "e", "", NULL},
    {"n", FIELD_INTEGER, FIELD_INT_OF(struct read,  number), 0, 9,   "n", "", NULL},
    {"d", FIELD_DAY,     FIELD_TEXT_OF(struct read, day),    0, 10,  "d", "", NULL},
};
static const struct shape shape = SHAPE(struct read, rows);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena;
    struct form form;
    struct read read = {0};
    arena_open(&arena, 16 << 20);
    form_open(&form, &arena);
    struct text sent = {(const char *)bytes, length};
    if (form_parse(&form, sent) == RC_OK) {
        for (size_t k = 0; k < form.count; k++)
            if (!text_is_utf8(form.values[k].value, strlen(form.values[k].value)))
                abort();
        bool fine = shape_read(&shape, &form, &read) == RC_OK;
        if (fine && (read.number < 0 || read.number > 9 || strchr(read.line, '\n') != NULL))
            abort();
    }
    char *path = NULL;
    if (form_decode(&arena, sent, false, &path) == RC_OK && !text_is_utf8(path, strlen(path)))
        abort();
    form_open(&form, &arena);
    if (form_parse_parts(&form, sent, text_of("multipart/form-data; boundary=X")) == RC_OK)
        for (size_t k = 0; k < form.count; k++)
            if (!text_is_utf8(form.values[k].value, strlen(form.values[k].value)))
                abort();
    arena_close(&arena);
    return 0;
}

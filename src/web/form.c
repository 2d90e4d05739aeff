// SPDX-License-Identifier: Apache-2.0
//
// Reads what a browser sends of a form; see form.h for what it promises.
#include "web/form.h"

#include <string.h>

void form_open(struct form *form, struct arena *arena)
{
    *form = (struct form){.arena = arena};
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

enum rc form_decode(struct arena *arena, struct text encoded, bool plus_is_space, char **ret_text)
{
    char *text = arena_alloc(arena, encoded.length + 1);
    if (text == NULL)
        return RC_NO_MEMORY;
    size_t length = 0;
    for (size_t k = 0; k < encoded.length; k++) {
        char c = encoded.bytes[k];
        if (c == '%') {
            if (encoded.length - k < 3)
                return RC_BAD_INPUT;
            int high = hex_digit(encoded.bytes[k + 1]);
            int low = hex_digit(encoded.bytes[k + 2]);
            if (high < 0 || low < 0)
                return RC_BAD_INPUT;
            c = (char)(high * 16 + low);
            k += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        if (c == '\0')
            return RC_BAD_INPUT;
        if (c != '\r') // browsers send %0D%0A; one line end is enough
            text[length++] = c;
    }
    text[length] = '\0';
    if (!text_is_utf8(text, length))
        return RC_BAD_INPUT;
    *ret_text = text;
    return RC_OK;
}

// Room for one more value; the arrays double.
static enum rc form_add(struct form *form, const char *name, const char *value)
{
    if (form->count == FORM_VALUES_MAX)
        return RC_LIMIT;
    if ((form->count & (form->count - 1)) == 0) {
        size_t size = form->count * sizeof *form->values;
        size_t wanted = form->count == 0 ? sizeof *form->values : 2 * size;
        struct form_value *values = arena_grow(form->arena, form->values, size, wanted);
        if (values == NULL)
            return RC_NO_MEMORY;
        form->values = values;
    }
    form->values[form->count++] = (struct form_value){.name = name, .value = value};
    return RC_OK;
}

enum rc form_parse(struct form *form, struct text encoded)
{
    size_t from = 0;
    while (from < encoded.length) {
        const char *start = encoded.bytes + from;
        const char *end = memchr(start, '&', encoded.length - from);
        size_t length = end == NULL ? encoded.length - from : (size_t)(end - start);
        from += length + 1;
        if (length == 0)
            continue;
        const char *equals = memchr(start, '=', length);
        size_t name_length = equals == NULL ? length : (size_t)(equals - start);
        struct text rest = {start + name_length, 0};
        if (equals != NULL)
            rest = (struct text){equals + 1, length - name_length - 1};
        char *name = NULL;
        char *value = NULL;
        TRY(form_decode(form->arena, (struct text){start, name_length}, true, &name));
        TRY(form_decode(form->arena, rest, true, &value));
        TRY(form_add(form, name, value));
    }
    return RC_OK;
}

const char *form_value(const struct form *form, const char *name)
{
    for (size_t k = 0; k < form->count; k++)
        if (strcmp(form->values[k].name, name) == 0)
            return form->values[k].value;
    return NULL;
}

bool form_has(const struct form *form, const char *name, const char *value)
{
    for (size_t k = 0; k < form->count; k++)
        if (strcmp(form->values[k].name, name) == 0 && strcmp(form->values[k].value, value) == 0)
            return true;
    return false;
}

size_t form_count(const struct form *form, const char *name)
{
    size_t count = 0;
    for (size_t k = 0; k < form->count; k++)
        count += strcmp(form->values[k].name, name) == 0;
    return count;
}

enum rc form_set(struct form *form, const char *name, const char *value)
{
    for (size_t k = 0; k < form->count; k++) {
        if (strcmp(form->values[k].name, name) != 0)
            continue;
        form->values[k].value = value;
        return RC_OK;
    }
    return form_add(form, name, value);
}

const struct form_error *form_error(const struct form *form, const char *name)
{
    for (size_t k = 0; k < form->error_count; k++)
        if (strcmp(form->errors[k].name, name) == 0)
            return &form->errors[k];
    return NULL;
}

enum rc form_refuse_numbers(struct form *form, const char *name, const char *text, int64_t first,
                            int64_t second)
{
    if (form_error(form, name) != NULL || form->error_count == FORM_ERRORS_MAX)
        return RC_BAD_INPUT;
    if (form->errors == NULL)
        form->errors = ARENA_ARRAY(form->arena, struct form_error, FORM_ERRORS_MAX);
    if (form->errors == NULL)
        return RC_NO_MEMORY;
    form->errors[form->error_count++] = (struct form_error){
        name, text, {first, second}
    };
    return RC_BAD_INPUT;
}

enum rc form_refuse(struct form *form, const char *name, const char *text)
{
    return form_refuse_numbers(form, name, text, 0, 0);
}

// SPDX-License-Identifier: Apache-2.0
//
// Reads what a browser sends of a form; see form.h for what it promises.
#include "web/form.h"

#include <stdlib.h>
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
enum rc form_add(struct form *form, const char *name, const char *value)
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

// ---- multipart/form-data -----------------------------------------------------------------------

static bool find_bytes(struct text in, struct text what, size_t *ret_at)
{
    for (size_t k = 0; what.length > 0 && k + what.length <= in.length; k++)
        if (in.bytes[k] == what.bytes[0] && memcmp(in.bytes + k, what.bytes, what.length) == 0) {
            *ret_at = k;
            return true;
        }
    return false;
}

// The value of name="..." in a part's head; quotes inside are sent as %22.
static enum rc head_value(struct arena *arena, struct text head, const char *name, char **ret_value)
{
    size_t at = 0;
    *ret_value = NULL;
    if (!find_bytes(head, text_of(name), &at))
        return RC_OK;
    const char *start = head.bytes + at + strlen(name);
    const char *end = memchr(start, '"', head.length - at - strlen(name));
    if (end == NULL)
        return RC_BAD_INPUT;
    return form_decode(arena, (struct text){start, (size_t)(end - start)}, false, ret_value);
}

static enum rc add_part(struct form *form, struct text head, struct text content)
{
    char *name = NULL;
    char *file_name = NULL;
    TRY(head_value(form->arena, head, "; name=\"", &name));
    TRY(head_value(form->arena, head, "; filename=\"", &file_name));
    if (name == NULL)
        return RC_BAD_INPUT;
    if (file_name != NULL) {
        if (form->file.name != NULL)
            return RC_LIMIT;
        form->file = (struct form_file){name, file_name, content};
        return RC_OK;
    }
    if (!text_is_utf8(content.bytes, content.length) ||
        memchr(content.bytes, 0, content.length) != NULL)
        return RC_BAD_INPUT;
    char *value = arena_strndup(form->arena, content.bytes, content.length);
    if (value == NULL)
        return RC_NO_MEMORY;
    size_t kept = 0; // line ends become \n, as in form_decode
    for (size_t k = 0; k < content.length; k++)
        if (value[k] != '\r' || value[k + 1] != '\n')
            value[kept++] = value[k];
    value[kept] = '\0';
    return form_add(form, name, value);
}

static enum rc boundary_of(struct form *form, struct text content_type, struct text *ret_boundary)
{
    size_t at = 0;
    if (!find_bytes(content_type, text_of("boundary="), &at))
        return RC_BAD_INPUT;
    const char *start = content_type.bytes + at + 9;
    size_t length = content_type.length - at - 9;
    if (length > 0 && *start == '"') {
        const char *end = memchr(start + 1, '"', length - 1);
        if (end == NULL)
            return RC_BAD_INPUT;
        start++;
        length = (size_t)(end - start);
    }
    if (length == 0 || length > 70) // RFC 2046
        return RC_BAD_INPUT;
    char *boundary = arena_printf(form->arena, "\r\n--%.*s", (int)length, start);
    if (boundary == NULL)
        return RC_NO_MEMORY;
    *ret_boundary = text_of(boundary);
    return RC_OK;
}

// The body begins with a boundary without its line break, and ends with one and two dashes.
enum rc form_parse_parts(struct form *form, struct text body, struct text content_type)
{
    struct text boundary;
    TRY(boundary_of(form, content_type, &boundary));
    struct text opening = {boundary.bytes + 2, boundary.length - 2};
    if (body.length < opening.length || memcmp(body.bytes, opening.bytes, opening.length) != 0)
        return RC_BAD_INPUT;
    struct text rest = {body.bytes + opening.length, body.length - opening.length};
    while (rest.length >= 2 && memcmp(rest.bytes, "--", 2) != 0) {
        size_t head_end = 0;
        size_t end = 0;
        if (memcmp(rest.bytes, "\r\n", 2) != 0 || !find_bytes(rest, text_of("\r\n\r\n"), &head_end))
            return RC_BAD_INPUT;
        struct text after = {rest.bytes + head_end + 4, rest.length - head_end - 4};
        if (!find_bytes(after, boundary, &end))
            return RC_BAD_INPUT;
        TRY(add_part(form, (struct text){rest.bytes, head_end}, (struct text){after.bytes, end}));
        rest = (struct text){after.bytes + end + boundary.length,
                             after.length - end - boundary.length};
    }
    return rest.length >= 2 ? RC_OK : RC_BAD_INPUT;
}

const char *form_value(const struct form *form, const char *name)
{
    for (size_t k = 0; k < form->count; k++)
        if (strcmp(form->values[k].name, name) == 0)
            return form->values[k].value;
    return NULL;
}

int64_t form_number(const struct form *form, const char *name)
{
    const char *value = form_value(form, name);
    int64_t number = value == NULL ? 0 : strtoll(value, NULL, 10);
    return number < 0 ? 0 : number;
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

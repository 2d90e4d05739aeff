// SPDX-License-Identifier: Apache-2.0
//
// Takes a format and its arguments apart; see said.h.
#include "base/said.h"

#include <stdbool.h>

#include "base/buffer.h"

enum { SAID_LIMIT_BYTES = 64 << 10 };

// One conversion: "%s", "%.80s", "%.*s", "%u", "%d", "%zu".
struct conversion {
    int precision; // -1: none
    bool is_size;
    char kind;
};

static int digits_of(const char **at)
{
    int number = 0;
    for (; **at >= '0' && **at <= '9'; (*at)++)
        number = 10 * number + (**at - '0');
    return number;
}

// Behind the '%'; leaves *at behind the conversion.
static struct conversion read_conversion(const char **at, va_list *arguments)
{
    struct conversion c = {.precision = -1};
    if (**at == '.' && (*at)[1] == '*') {
        c.precision = va_arg(*arguments, int);
        *at += 2;
    } else if (**at == '.') {
        (*at)++;
        c.precision = digits_of(at);
    }
    c.is_size = **at == 'z';
    *at += c.is_size;
    c.kind = **at;
    *at += c.kind != '\0';
    return c;
}

// RC_LIMIT: a conversion that is none of ours.
static enum rc take_value(struct arena *arena, const struct conversion *c, va_list *arguments,
                          const char **ret_value)
{
    switch (c->kind) {
    case 's':
        *ret_value = c->precision < 0 ? arena_strdup(arena, va_arg(*arguments, const char *))
                                      : arena_printf(arena, "%.*s", c->precision,
                                                     va_arg(*arguments, const char *));
        break;
    case 'u':
        *ret_value = c->is_size ? arena_printf(arena, "%zu", va_arg(*arguments, size_t))
                                : arena_printf(arena, "%u", va_arg(*arguments, unsigned));
        break;
    case 'd':
        *ret_value = arena_printf(arena, "%d", va_arg(*arguments, int));
        break;
    default:
        return RC_LIMIT;
    }
    return *ret_value == NULL ? RC_NO_MEMORY : RC_OK;
}

// Takes the format apart into the text and the values of a sentence.
static enum rc take_apart(struct arena *arena, const char *format, va_list *arguments,
                          struct said *said)
{
    struct buffer text;
    unsigned count = 0;
    buffer_open(&text, arena, SAID_LIMIT_BYTES);
    for (const char *c = format; *c != '\0';) {
        if (*c != '%') {
            buffer_byte(&text, *c++);
            continue;
        }
        c++;
        const struct conversion one = read_conversion(&c, arguments);
        if (count == SAID_VALUES)
            return RC_LIMIT;
        TRY(take_value(arena, &one, arguments, &said->values[count]));
        buffer_printf(&text, "{%u}", count++);
    }
    said->text = text.bytes;
    return text.rc;
}

enum rc said_print(struct arena *arena, struct said *then, const char *format, va_list arguments,
                   struct said **ret_said)
{
    struct said *said = ARENA_NEW(arena, struct said);
    va_list rest;
    if (said == NULL)
        return RC_NO_MEMORY;
    va_copy(rest, arguments);
    enum rc rc = take_apart(arena, format, &rest, said);
    va_end(rest);
    TRY(rc);
    said->then = then;
    *ret_said = said;
    return RC_OK;
}

enum rc said_copy(struct arena *arena, const struct said *said, struct said *last,
                  struct said **ret_said)
{
    struct said *first = last;
    struct said **end = &first;
    for (; said != NULL; said = said->then) {
        struct said *copy = ARENA_NEW(arena, struct said);
        const char *text = arena_strdup(arena, said->text);
        if (copy == NULL || text == NULL)
            return RC_NO_MEMORY;
        copy->text = text;
        for (int k = 0; k < SAID_VALUES && said->values[k] != NULL; k++) {
            copy->values[k] = arena_strdup(arena, said->values[k]);
            if (copy->values[k] == NULL)
                return RC_NO_MEMORY;
        }
        copy->then = last;
        *end = copy;
        end = &copy->then;
    }
    *ret_said = first;
    return RC_OK;
}

const char *said_text(struct arena *arena, const struct said *said)
{
    struct buffer out;
    buffer_open(&out, arena, SAID_LIMIT_BYTES);
    for (; said != NULL; said = said->then) {
        for (const char *c = said->text; *c != '\0'; c++) {
            bool place = c[0] == '{' && c[1] >= '0' && c[1] < '0' + SAID_VALUES && c[2] == '}';
            if (!place) {
                buffer_byte(&out, *c);
                continue;
            }
            const char *value = said->values[c[1] - '0'];
            buffer_text(&out, value == NULL ? "" : value);
            c += 2;
        }
        buffer_text(&out, said->then == NULL ? "" : "; ");
    }
    return out.rc == RC_OK ? out.bytes : NULL;
}

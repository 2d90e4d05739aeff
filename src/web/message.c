// SPDX-License-Identifier: Apache-2.0
//
// Languages and their messages. The tables are made by tools/messages from po/*.po.
#define _DEFAULT_SOURCE // strncasecmp

#include "web/message.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"

#include "web/message_table.h"

size_t locale_count(void)
{
    return message_locale_count;
}

const struct locale *locale_at(size_t index)
{
    return index < message_locale_count ? &message_locales[index] : NULL;
}

const char *locale_tag(const struct locale *locale)
{
    return locale == NULL ? "en" : locale->tag;
}

const char *locale_name(const struct locale *locale)
{
    return locale == NULL ? "English" : locale->name;
}

const char *locale_direction(const struct locale *locale)
{
    return locale == NULL ? "ltr" : locale->direction;
}

const struct locale *locale_find(const char *tag)
{
    for (size_t k = 0; k < message_locale_count; k++)
        if (strcmp(message_locales[k].tag, tag) == 0)
            return &message_locales[k];
    return NULL;
}

// The language of one piece such as " es-MX;q=0.8", whose weight is 1000 when none is given.
static const struct locale *read_piece(const char *piece, size_t length, int *ret_weight)
{
    while (length > 0 && *piece == ' ') {
        piece++;
        length--;
    }
    const char *weight = memchr(piece, ';', length);
    *ret_weight = 1000;
    size_t rest = weight == NULL ? 0 : (size_t)(piece + length - weight);
    if (rest >= 4 && strncmp(weight, ";q=0", 4) == 0) {
        bool tenths = rest >= 6 && weight[4] == '.' && weight[5] >= '0' && weight[5] <= '9';
        *ret_weight = tenths ? (weight[5] - '0') * 100 : 0;
    }
    for (size_t k = 0; k < message_locale_count; k++) {
        size_t tag = strlen(message_locales[k].tag);
        bool ends = length == tag || (length > tag && strchr("-;, ", piece[tag]) != NULL);
        if (length >= tag && ends && strncasecmp(piece, message_locales[k].tag, tag) == 0)
            return &message_locales[k];
    }
    return NULL;
}

const struct locale *locale_choose(const char *accept_language, size_t length)
{
    const struct locale *best = &message_locales[0];
    int best_weight = 0;
    for (size_t from = 0; from < length;) {
        const char *comma = memchr(accept_language + from, ',', length - from);
        size_t piece = comma == NULL ? length - from : (size_t)(comma - accept_language) - from;
        int weight = 0;
        const struct locale *found = read_piece(accept_language + from, piece, &weight);
        if (found != NULL && weight > best_weight) {
            best = found;
            best_weight = weight;
        }
        from += piece + 1;
    }
    return best;
}

// The tables are sorted by message, so that a look-up halves them.
static const struct message_row *find_row(const struct locale *locale, const char *message)
{
    size_t low = 0;
    size_t high = locale == NULL ? 0 : locale->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(message_text + locale->rows[middle].message, message);
        if (order == 0)
            return &locale->rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const char *message_in(const struct locale *locale, const char *message)
{
    const struct message_row *row = find_row(locale, message);
    return row == NULL ? message : message_text + row->forms[0];
}

const char *message_plural_in(const struct locale *locale, const char *one, const char *other,
                              int64_t n)
{
    const struct message_row *row = find_row(locale, one);
    if (row == NULL)
        return n == 1 ? one : other;
    unsigned form = locale->plural(n);
    bool has = form < MESSAGE_FORMS_MAX && row->forms[form] != 0;
    return message_text + row->forms[has ? form : 0];
}

unsigned message_plural_germanic(int64_t n)
{
    return n == 1 ? 0 : 1;
}

// CLDR's rules for Arabic: zero, one, two, few, many, other.
unsigned message_plural_arabic(int64_t n)
{
    int64_t rest = n % 100;
    if (n >= 0 && n <= 2)
        return (unsigned)n;
    if (rest >= 3 && rest <= 10)
        return 3;
    return rest >= 11 && rest <= 99 ? 4 : 5;
}

void message_write(struct buffer *out, const char *message, const char *const *values, size_t count)
{
    for (const char *c = message; *c != '\0'; c++) {
        bool is_place = c[0] == '{' && c[1] >= '0' && c[1] <= '9' && c[2] == '}';
        if (!is_place || (size_t)(c[1] - '0') >= count) {
            buffer_byte(out, *c);
            continue;
        }
        buffer_text(out, values[c[1] - '0']);
        c += 2;
    }
}

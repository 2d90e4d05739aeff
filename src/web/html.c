// SPDX-License-Identifier: Apache-2.0
//
// The escaping of every page; see html.h for what it promises.
#include "web/html.h"

#include <stdio.h>
#include <string.h>

#include "base/markup.h"

#include "web/message.h"

void html_text_bytes(struct html *html, struct text text)
{
    markup_bytes(html->buffer, text.bytes, text.length);
}

void html_text(struct html *html, const char *text)
{
    if (text != NULL)
        html_text_bytes(html, text_of(text));
}

// Two digits at a time, from the last.
void html_integer(struct html *html, int64_t value)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";
    char digits[24];
    char *first = digits + sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    for (; rest >= 100; rest /= 100) {
        const char *pair = pairs + 2 * (rest % 100);
        *--first = pair[1];
        *--first = pair[0];
    }
    if (rest >= 10)
        *--first = (char)('0' + rest % 10);
    *--first = (char)('0' + (rest >= 10 ? rest / 10 : rest));
    if (value < 0)
        *--first = '-';
    buffer_append(html->buffer, first, (size_t)(digits + sizeof digits - first));
}

void html_safe(struct html *html, struct safe_html safe)
{
    buffer_append(html->buffer, safe.html.bytes, safe.html.length);
}

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

// A path of ours does not begin with two slashes (or a slash and a backslash): that is a host.
static bool is_good_url(const char *url)
{
    for (const char *c = url; *c != '\0'; c++)
        if ((unsigned char)*c <= ' ' || *c == 0x7f || *c == '\\')
            return false;
    if (url[0] == '/')
        return url[1] != '/';
    return url[0] == '#' || url[0] == '?' || starts_with(url, "https://") ||
           starts_with(url, "http://") || starts_with(url, "mailto:");
}

void html_url(struct html *html, const char *url)
{
    html_text(html, url != NULL && is_good_url(url) ? url : "#refused");
}

void html_url_part(struct html *html, const char *text)
{
    for (const char *c = text == NULL ? "" : text; *c != '\0'; c++) {
        unsigned char byte = (unsigned char)*c;
        bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                     (byte >= 'a' && byte <= 'z') || byte == '-' || byte == '_' || byte == '.' ||
                     byte == '~' || byte == '@'; // which must stand as it is in mailto:
        if (plain)
            buffer_byte(html->buffer, *c);
        else
            buffer_printf(html->buffer, "%%%02X", (unsigned)byte);
    }
}

// A value inside of a sentence. Among right-to-left words it stands between U+2068 and U+2069,
// which keep its own direction: else 2027-03-01 is shown as 01-03-2027, and a Latin name takes the
// full stop.
static void put_value(struct html *html, const struct html_value *value)
{
    bool alone = locale_direction(html->locale)[0] == 'r';
    if (alone)
        html_raw(html, "\xe2\x81\xa8", 3); // NOLINT(misc-misleading-bidirectional): closed below
    if (value->text != NULL)
        html_text(html, value->text);
    else
        html_integer(html, value->integer);
    if (alone)
        html_raw(html, "\xe2\x81\xa9", 3);
}

// The message with {0} {1} ... replaced; a place without a value stays as it is.
static void put_message(struct html *html, const char *message, const struct html_value *values,
                        size_t count)
{
    const char *from = message;
    for (const char *c = message; (c = strchr(c, '{')) != NULL; c++) {
        bool is_place = c[0] == '{' && c[1] >= '0' && c[1] <= '9' && c[2] == '}';
        if (!is_place || (size_t)(c[1] - '0') >= count)
            continue;
        html_text_bytes(html, (struct text){from, (size_t)(c - from)});
        put_value(html, &values[c[1] - '0']);
        from = c + 3;
        c += 2;
    }
    html_text(html, from);
}

void html_message(struct html *html, const char *message, const struct html_value *values,
                  size_t count)
{
    put_message(html, message_in(html->locale, message), values, count);
}

void html_words(struct html *html, const char *message, size_t length)
{
    const char *words = message_in(html->locale, message);
    if (words == message)
        html_raw(html, message, length);
    else
        html_text(html, words);
}

void html_plural(struct html *html, const char *one, const char *other, int64_t n,
                 const struct html_value *values, size_t count)
{
    put_message(html, message_plural_in(html->locale, one, other, n), values, count);
}

// SPDX-License-Identifier: Apache-2.0
// The JSON emitter; see json.h.
#include "base/json.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

void json_open(struct json *json, struct buffer *buffer, bool indent)
{
    *json = (struct json){.buffer = buffer, .indent = indent};
}

// A use that makes no JSON; it stays in the buffer like any failure.
static void misuse(struct json *json)
{
    if (json->buffer->rc == RC_OK)
        json->buffer->rc = RC_BAD_INPUT;
}

static void new_line(struct json *json)
{
    if (!json->indent)
        return;
    buffer_byte(json->buffer, '\n');
    for (unsigned i = 0; i < json->depth; i++)
        buffer_text(json->buffer, "  ");
}

// The comma before a member that is not the first.
static void next_member(struct json *json)
{
    bool *filled = &json->filled[json->depth - 1];
    if (*filled)
        buffer_byte(json->buffer, ',');
    *filled = true;
    new_line(json);
}

// What must stand before a value; says whether a value may stand here.
static bool before_value(struct json *json)
{
    bool in_object = json->depth > 0 && json->kind[json->depth - 1] == '{';
    if (in_object != json->has_key || (json->depth == 0 && json->has_root)) {
        misuse(json);
        return false;
    }
    if (json->depth > 0 && !in_object)
        next_member(json);
    json->has_key = false;
    json->has_root = true;
    return true;
}

// Whether three bytes at `at` are U+2028 or U+2029, which old scripts take as line ends.
static bool is_line_separator(const char *bytes, size_t left)
{
    return left >= 3 && memcmp(bytes, "\xe2\x80", 2) == 0 &&
           ((unsigned char)bytes[2] & 0xfeu) == 0xa8u;
}

static bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x7f && strchr("\"\\<>&", byte) == NULL;
}

// Writes what stands at the start of bytes, escaped where needed; returns how many bytes that was.
static size_t escape_one(struct json *json, const char *bytes, size_t left)
{
    size_t plain = 0;
    while (plain < left && is_plain((unsigned char)bytes[plain]))
        plain++;
    if (plain > 0) {
        buffer_append(json->buffer, bytes, plain);
        return plain;
    }
    unsigned char byte = (unsigned char)bytes[0];
    if (byte < 0x80) {
        if (byte == '"' || byte == '\\')
            buffer_printf(json->buffer, "\\%c", byte);
        else if (byte == '\n')
            buffer_text(json->buffer, "\\n");
        else
            buffer_printf(json->buffer, "\\u%04x", (unsigned)byte);
        return 1;
    }
    if (is_line_separator(bytes, left)) {
        buffer_printf(json->buffer, "\\u20%x", (unsigned)(unsigned char)bytes[2] - 0x80u);
        return 3;
    }
    size_t valid = text_valid_bytes(bytes, left < 4 ? left : 4);
    if (valid == 0) {
        buffer_text(json->buffer, "\xef\xbf\xbd");
        return 1;
    }
    size_t one = 1;
    while (one < valid && ((unsigned char)bytes[one] & 0xc0u) == 0x80u)
        one++;
    buffer_append(json->buffer, bytes, one);
    return one;
}

static void quote(struct json *json, const char *bytes, size_t length)
{
    buffer_byte(json->buffer, '"');
    for (size_t at = 0; at < length && json->buffer->rc == RC_OK;)
        at += escape_one(json, bytes + at, length - at);
    buffer_byte(json->buffer, '"');
}

void json_key(struct json *json, const char *key)
{
    if (json->depth == 0 || json->kind[json->depth - 1] != '{' || json->has_key) {
        misuse(json);
        return;
    }
    next_member(json);
    quote(json, key, strlen(key));
    buffer_text(json->buffer, json->indent ? ": " : ":");
    json->has_key = true;
}

static void begin(struct json *json, char kind)
{
    if (!before_value(json))
        return;
    if (json->depth == JSON_DEPTH_LIMIT) {
        misuse(json);
        return;
    }
    json->kind[json->depth] = kind;
    json->filled[json->depth] = false;
    json->depth++;
    buffer_byte(json->buffer, kind);
}

void json_object(struct json *json)
{
    begin(json, '{');
}

void json_array(struct json *json)
{
    begin(json, '[');
}

void json_end(struct json *json)
{
    if (json->depth == 0 || json->has_key) {
        misuse(json);
        return;
    }
    json->depth--;
    if (json->filled[json->depth])
        new_line(json);
    buffer_byte(json->buffer, json->kind[json->depth] == '{' ? '}' : ']');
}

void json_text_bytes(struct json *json, const char *bytes, size_t length)
{
    if (before_value(json))
        quote(json, bytes, length);
}

void json_text(struct json *json, const char *text)
{
    if (text == NULL)
        json_null(json);
    else
        json_text_bytes(json, text, strlen(text));
}

// The three bytes at `at` (zeroes behind the end) as four letters; RFC 4648.
static void write_quartet(struct buffer *out, const char *bytes, size_t length, size_t at)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char four[4] = {0};
    unsigned bits = 0;
    for (size_t k = 0; k < 3; k++)
        bits = bits << 8 | (at + k < length ? (unsigned char)bytes[at + k] : 0);
    for (unsigned k = 0; k < 4; k++)
        four[k] = at + k > length ? '=' : letters[bits >> (18 - 6 * k) & 63];
    buffer_append(out, four, sizeof four);
}

void json_base64(struct json *json, const char *bytes, size_t length)
{
    if (!before_value(json))
        return;
    buffer_text(json->buffer, "\"");
    for (size_t at = 0; at < length; at += 3)
        write_quartet(json->buffer, bytes, length, at);
    buffer_text(json->buffer, "\"");
}

void json_integer(struct json *json, int64_t value)
{
    if (before_value(json))
        buffer_printf(json->buffer, "%lld", (long long)value);
}

void json_real(struct json *json, double value, int decimals)
{
    if (!isfinite(value) || decimals < 0 || decimals > 17) {
        json_null(json);
        return;
    }
    if (before_value(json))
        buffer_printf(json->buffer, "%.*f", decimals, value);
}

void json_boolean(struct json *json, bool value)
{
    if (before_value(json))
        buffer_text(json->buffer, value ? "true" : "false");
}

void json_null(struct json *json)
{
    if (before_value(json))
        buffer_text(json->buffer, "null");
}

enum rc json_close(struct json *json)
{
    if (json->depth != 0 || !json->has_root || json->has_key)
        misuse(json);
    return buffer_byte(json->buffer, '\n');
}

// SPDX-License-Identifier: Apache-2.0
//
// A strict, small reader of RFC 5322 and 2045; see mail_part.h.
#include "format/mail_part.h"

#include <stdint.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

enum { HEADER_MAX = 8 << 10, BOUNDARY_MAX = 200 };

char mail_small_letter(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool same_letter(char a, char b)
{
    return mail_small_letter(a) == mail_small_letter(b);
}

bool mail_begins(struct mail_span s, const char *with)
{
    size_t length = strlen(with);
    if (s.length < length)
        return false;
    for (size_t k = 0; k < length; k++)
        if (!same_letter(s.at[k], with[k]))
            return false;
    return true;
}

bool mail_holds(const char *text, const char *word)
{
    for (; *text != '\0'; text++)
        if (mail_begins((struct mail_span){text, strlen(text)}, word))
            return true;
    return false;
}

// The next line without its end; `rest` goes on behind it. False: there is none.
bool mail_next_line(struct mail_span *rest, struct mail_span *ret_line)
{
    if (rest->length == 0)
        return false;
    const char *end = memchr(rest->at, '\n', rest->length);
    size_t length = end == NULL ? rest->length : (size_t)(end - rest->at);
    size_t taken = end == NULL ? length : length + 1;
    *ret_line = (struct mail_span){rest->at, length};
    if (length > 0 && rest->at[length - 1] == '\r')
        ret_line->length--;
    rest->at += taken;
    rest->length -= taken;
    return true;
}

// Parts a message into its head, up to the first empty line, and its body.
struct mail_part mail_split(struct mail_span all, unsigned depth)
{
    struct mail_span rest = all;
    struct mail_span line;
    struct mail_part part = {
        all, {all.at + all.length, 0},
         depth
    };
    while (mail_next_line(&rest, &line)) {
        if (line.length > 0)
            continue;
        part.head.length = (size_t)(line.at - all.at);
        part.body = rest;
        break;
    }
    return part;
}

static bool is_folded(struct mail_span line)
{
    return line.length > 0 && (line.at[0] == ' ' || line.at[0] == '\t');
}

bool mail_is_blank(struct mail_span line)
{
    for (size_t k = 0; k < line.length; k++)
        if (line.at[k] != ' ' && line.at[k] != '\t')
            return false;
    return true;
}

static bool is_header(struct mail_span line, const char *name)
{
    size_t length = strlen(name);
    return line.length > length && mail_begins(line, name) && line.at[length] == ':';
}

// The value of a header, with its folded lines, in the arena: the `nth` of that name. "": none.
enum rc mail_header(struct arena *arena, struct mail_span head, const char *name, unsigned nth,
                    const char **ret_value)
{
    struct buffer value;
    struct mail_span line;
    size_t from = strlen(name) + 1;
    bool more = mail_next_line(&head, &line);
    buffer_open(&value, arena, HEADER_MAX);
    while (more && !(is_header(line, name) && nth-- == 0))
        more = mail_next_line(&head, &line);
    while (more) {
        for (size_t k = from; k < line.length; k++)
            buffer_byte(&value, (unsigned char)line.at[k] < ' ' ? ' ' : line.at[k]);
        from = 0;
        more = mail_next_line(&head, &line) && is_folded(line);
    }
    if (value.rc == RC_LIMIT)
        return RC_BAD_INPUT;
    TRY(value.rc);
    *ret_value = value.length == 0 ? "" : value.bytes;
    while (**ret_value == ' ')
        (*ret_value)++;
    return RC_OK;
}

// The value of a parameter such as boundary="a b". "": none.
enum rc mail_parameter(struct arena *arena, const char *value, const char *name,
                       const char **ret_text)
{
    *ret_text = "";
    for (const char *at = strchr(value, ';'); at != NULL; at = strchr(at, ';')) {
        at++;
        while (*at == ' ')
            at++;
        if (!mail_begins((struct mail_span){at, strlen(at)}, name) || at[strlen(name)] != '=')
            continue;
        at += strlen(name) + 1;
        bool quoted = *at == '"';
        at += quoted;
        *ret_text = arena_strndup(arena, at, strcspn(at, quoted ? "\"" : "; "));
        return *ret_text == NULL ? RC_NO_MEMORY : RC_OK;
    }
    return RC_OK;
}

// ---- addresses ---------------------------------------------------------------------------------

static bool is_of_address(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr(".!#$%&'*+/=?^_`{|}~-@", c) != NULL) || (unsigned char)c >= 0x80;
}

// Behind a quoted name, which begins at `c`.
static const char *skip_quoted(const char *c)
{
    for (c++; *c != '\0' && *c != '"'; c++)
        if (*c == '\\' && c[1] != '\0')
            c++;
    return c + (*c == '"');
}

static const char *small_letters(struct arena *arena, const char *from, size_t length)
{
    char *text = arena_strndup(arena, from, length);
    for (char *t = text; t != NULL && *t != '\0'; t++)
        *t = mail_small_letter(*t);
    return text;
}

// The next address of a header, in small letters; quoted names are passed over. NULL: none.
const char *mail_next_address(struct arena *arena, const char **rest)
{
    const char *c = *rest;
    while (*c != '\0') {
        if (*c == '"') {
            c = skip_quoted(c);
            continue;
        }
        size_t length = 0;
        while (is_of_address(c[length]))
            length++;
        const char *at = memchr(c, '@', length);
        *rest = c + length;
        if (at != NULL && at > c && at + 1 < c + length)
            return small_letters(arena, c, length);
        c += length == 0 ? 1 : length;
    }
    *rest = c;
    return NULL;
}

// ---- encodings ---------------------------------------------------------------------------------

static int hex_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void decode_quoted(struct buffer *out, struct mail_span body)
{
    struct mail_span line;
    while (mail_next_line(&body, &line)) {
        while (line.length > 0 &&
               (line.at[line.length - 1] == ' ' || line.at[line.length - 1] == '\t'))
            line.length--;
        bool soft = line.length > 0 && line.at[line.length - 1] == '=';
        line.length -= soft;
        for (size_t k = 0; k < line.length; k++) {
            bool pair = line.at[k] == '=' && k + 2 < line.length && hex_of(line.at[k + 1]) >= 0 &&
                        hex_of(line.at[k + 2]) >= 0;
            buffer_byte(out, pair ? (char)(hex_of(line.at[k + 1]) * 16 + hex_of(line.at[k + 2]))
                                  : line.at[k]);
            k += pair ? 2 : 0;
        }
        if (!soft)
            buffer_byte(out, '\n');
    }
}

static enum rc decode_base64(struct buffer *out, struct mail_span body)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t bits = 0;
    unsigned count = 0;
    for (size_t k = 0; k < body.length && body.at[k] != '='; k++) {
        char c = body.at[k];
        if (c == '\r' || c == '\n' || c == ' ' || c == '\t')
            continue;
        const char *digit = c == '\0' ? NULL : strchr(digits, c);
        if (digit == NULL)
            return RC_BAD_INPUT;
        bits = (bits << 6 | (uint32_t)(digit - digits)) & 0xffffff;
        count += 6;
        if (count < 8)
            continue;
        count -= 8;
        buffer_byte(out, (char)(bits >> count & 0xff));
    }
    return RC_OK;
}

static void write_point(struct buffer *out, uint32_t point)
{
    if (point < 0x80) {
        buffer_byte(out, (char)point);
        return;
    }
    if (point < 0x800) {
        buffer_byte(out, (char)(0xc0 | point >> 6));
    } else {
        buffer_byte(out, (char)(0xe0 | point >> 12));
        buffer_byte(out, (char)(0x80 | (point >> 6 & 0x3f)));
    }
    buffer_byte(out, (char)(0x80 | (point & 0x3f)));
}

// What Windows-1252 has where Latin-1 has control characters; 0: nothing.
static const uint16_t windows[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

static enum rc to_utf8(struct arena *arena, const struct buffer *raw, const char *charset,
                       const char **ret_text)
{
    struct mail_span name = {charset, strlen(charset)};
    struct buffer out;
    bool utf8 = charset[0] == '\0' || mail_begins(name, "utf-8") || mail_begins(name, "us-ascii");
    if (!utf8 && !mail_begins(name, "iso-8859-1") && !mail_begins(name, "windows-1252"))
        return RC_BAD_INPUT;
    if (utf8 && !text_is_utf8(raw->bytes, raw->length))
        return RC_BAD_INPUT;
    buffer_open(&out, arena, (size_t)4 * MAIL_TEXT_MAX);
    for (size_t k = 0; k < raw->length; k++) {
        unsigned char c = (unsigned char)raw->bytes[k];
        bool dropped = (c < ' ' && c != '\n' && c != '\t') || c == 0x7f;
        if (dropped)
            continue;
        if (utf8)
            buffer_byte(&out, (char)c);
        else if (c < 0x80 || c >= 0xa0)
            write_point(&out, c);
        else if (windows[c - 0x80] != 0)
            write_point(&out, windows[c - 0x80]);
    }
    TRY(out.rc);
    *ret_text = out.length == 0 ? "" : out.bytes;
    return RC_OK;
}

enum rc mail_part_text(struct arena *arena, const struct mail_part *part, const char *type,
                       const char **ret_text)
{
    struct buffer raw;
    const char *encoding = "";
    const char *charset = "";
    TRY(mail_header(arena, part->head, "Content-Transfer-Encoding", 0, &encoding));
    TRY(mail_parameter(arena, type, "charset", &charset));
    buffer_open(&raw, arena, MAIL_TEXT_MAX);
    if (mail_holds(encoding, "base64"))
        TRY(decode_base64(&raw, part->body));
    else if (mail_holds(encoding, "quoted-printable"))
        decode_quoted(&raw, part->body);
    else
        buffer_append(&raw, part->body.at, part->body.length);
    TRY(raw.rc);
    if (raw.length == 0) {
        *ret_text = "";
        return RC_OK;
    }
    return to_utf8(arena, &raw, charset, ret_text);
}

// ---- parts -------------------------------------------------------------------------------------

static bool is_boundary(struct mail_span line, const char *boundary, bool *ret_last)
{
    size_t length = strlen(boundary);
    if (line.length < length + 2 || memcmp(line.at, "--", 2) != 0 ||
        memcmp(line.at + 2, boundary, length) != 0)
        return false;
    struct mail_span rest = {line.at + 2 + length, line.length - 2 - length};
    bool last = mail_begins(rest, "--");
    if (last)
        rest = (struct mail_span){rest.at + 2, rest.length - 2};
    if (!mail_is_blank(rest)) // a longer one, of another multipart
        return false;
    *ret_last = last;
    return true;
}

// The parts of a multipart go onto the stack, so that the first is taken next. One that was cut off
// on its way ends where the message does.
static enum rc push_parts(const struct mail_part *of, const char *boundary,
                          struct mail_parts *stack)
{
    struct mail_span rest = of->body;
    struct mail_span line;
    const char *from = NULL;
    size_t first = stack->count;
    bool last = false;
    if (of->depth >= MAIL_DEPTH_MAX)
        return RC_LIMIT;
    while (!last && mail_next_line(&rest, &line)) {
        if (!is_boundary(line, boundary, &last))
            continue;
        if (from != NULL && stack->count == MAIL_PARTS_MAX)
            return RC_LIMIT;
        if (from != NULL)
            stack->parts[stack->count++] =
                mail_split((struct mail_span){from, (size_t)(line.at - from)}, of->depth + 1);
        from = rest.at;
    }
    const char *end = of->body.at + of->body.length;
    if (!last && from != NULL && stack->count < MAIL_PARTS_MAX)
        stack->parts[stack->count++] =
            mail_split((struct mail_span){from, (size_t)(end - from)}, of->depth + 1);
    for (size_t a = first, b = stack->count; a + 1 < b; a++) {
        struct mail_part kept = stack->parts[a];
        stack->parts[a] = stack->parts[--b];
        stack->parts[b] = kept;
    }
    return RC_OK;
}

enum rc mail_open_parts(struct arena *arena, const struct mail_part *of, const char *type,
                        struct mail_parts *stack)
{
    const char *boundary = "";
    TRY(mail_parameter(arena, type, "boundary", &boundary));
    bool fits = boundary[0] != '\0' && strlen(boundary) <= BOUNDARY_MAX;
    return fits ? push_parts(of, boundary, stack) : RC_BAD_INPUT;
}

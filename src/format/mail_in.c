// SPDX-License-Identifier: Apache-2.0
//
// A strict, small reader of RFC 5322 and 2045; see mail_in.h.
#include "format/mail_in.h"

#include <stdint.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

enum { HEADER_MAX = 8 << 10, BOUNDARY_MAX = 200 };

struct span {
    const char *at;
    size_t length;
};
struct part {
    struct span head;
    struct span body;
    unsigned depth;
};

static char small_letter(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool same_letter(char a, char b)
{
    return small_letter(a) == small_letter(b);
}

static bool begins(struct span s, const char *with)
{
    size_t length = strlen(with);
    if (s.length < length)
        return false;
    for (size_t k = 0; k < length; k++)
        if (!same_letter(s.at[k], with[k]))
            return false;
    return true;
}

static bool holds(const char *text, const char *word)
{
    for (; *text != '\0'; text++)
        if (begins((struct span){text, strlen(text)}, word))
            return true;
    return false;
}

// The next line without its end; `rest` goes on behind it. False: there is none.
static bool next_line(struct span *rest, struct span *ret_line)
{
    if (rest->length == 0)
        return false;
    const char *end = memchr(rest->at, '\n', rest->length);
    size_t length = end == NULL ? rest->length : (size_t)(end - rest->at);
    size_t taken = end == NULL ? length : length + 1;
    *ret_line = (struct span){rest->at, length};
    if (length > 0 && rest->at[length - 1] == '\r')
        ret_line->length--;
    rest->at += taken;
    rest->length -= taken;
    return true;
}

// Parts a message into its head, up to the first empty line, and its body.
static struct part split_head(struct span all, unsigned depth)
{
    struct span rest = all;
    struct span line;
    struct part part = {
        all, {all.at + all.length, 0},
         depth
    };
    while (next_line(&rest, &line)) {
        if (line.length > 0)
            continue;
        part.head.length = (size_t)(line.at - all.at);
        part.body = rest;
        break;
    }
    return part;
}

static bool is_folded(struct span line)
{
    return line.length > 0 && (line.at[0] == ' ' || line.at[0] == '\t');
}

static bool is_blank(struct span line)
{
    for (size_t k = 0; k < line.length; k++)
        if (line.at[k] != ' ' && line.at[k] != '\t')
            return false;
    return true;
}

static bool is_header(struct span line, const char *name)
{
    size_t length = strlen(name);
    return line.length > length && begins(line, name) && line.at[length] == ':';
}

// The value of a header, with its folded lines, in the arena: the `nth` of that name. "": none.
static enum rc find_header(struct arena *arena, struct span head, const char *name, unsigned nth,
                           const char **ret_value)
{
    struct buffer value;
    struct span line;
    size_t from = strlen(name) + 1;
    bool more = next_line(&head, &line);
    buffer_open(&value, arena, HEADER_MAX);
    while (more && !(is_header(line, name) && nth-- == 0))
        more = next_line(&head, &line);
    while (more) {
        for (size_t k = from; k < line.length; k++)
            buffer_byte(&value, (unsigned char)line.at[k] < ' ' ? ' ' : line.at[k]);
        from = 0;
        more = next_line(&head, &line) && is_folded(line);
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
static enum rc find_parameter(struct arena *arena, const char *value, const char *name,
                              const char **ret_text)
{
    *ret_text = "";
    for (const char *at = strchr(value, ';'); at != NULL; at = strchr(at, ';')) {
        at++;
        while (*at == ' ')
            at++;
        if (!begins((struct span){at, strlen(at)}, name) || at[strlen(name)] != '=')
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
        *t = small_letter(*t);
    return text;
}

// The next address of a header, in small letters; quoted names are passed over. NULL: none.
static const char *next_address(struct arena *arena, const char **rest)
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

const char *mail_in_token(struct arena *arena, const char *address)
{
    enum { TOKEN_BYTES = 40 };
    const char *at = strchr(address, '@');
    size_t length = at == NULL ? strlen(address) : (size_t)(at - address);
    const char *plus = memchr(address, '+', length);
    const char *from = plus == NULL ? address : plus + 1;
    if (length - (size_t)(from - address) != TOKEN_BYTES)
        return NULL;
    char *token = arena_strndup(arena, from, TOKEN_BYTES);
    for (char *t = token; t != NULL && *t != '\0'; t++) {
        *t = small_letter(*t);
        if (!((*t >= 'a' && *t <= 'z') || (*t >= '0' && *t <= '9')))
            return NULL;
    }
    return token;
}

static enum rc read_tokens(struct arena *arena, struct span head, struct mail_in *mail)
{
    static const char *const names[] = {"Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc"};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        const char *value = "";
        const char *address = NULL;
        TRY(find_header(arena, head, names[k], 0, &value));
        while ((address = next_address(arena, &value)) != NULL) {
            const char *token = mail_in_token(arena, address);
            if (token != NULL && mail->token_count < MAIL_IN_TOKENS_MAX)
                mail->tokens[mail->token_count++] = token;
        }
    }
    return RC_OK;
}

static enum rc read_from(struct arena *arena, struct span head, struct mail_in *mail)
{
    const char *value = "";
    const char *second = "";
    TRY(find_header(arena, head, "From", 0, &value));
    TRY(find_header(arena, head, "From", 1, &second));
    const char *first = next_address(arena, &value);
    bool one = first != NULL && next_address(arena, &value) == NULL && second[0] == '\0';
    mail->from = one ? first : "";
    return RC_OK;
}

// Nobody answers a machine, and a machine's answer is no word of hers (RFC 3834).
static enum rc is_automatic(struct arena *arena, struct span head, bool *ret_is)
{
    static const char *const marks[] = {"X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond",
                                        "List-Id", "X-Failed-Recipients"};
    const char *value = "";
    *ret_is = true;
    TRY(find_header(arena, head, "Auto-Submitted", 0, &value));
    if (value[0] != '\0' && !begins((struct span){value, strlen(value)}, "no"))
        return RC_OK;
    TRY(find_header(arena, head, "Precedence", 0, &value));
    if (holds(value, "bulk") || holds(value, "junk") || holds(value, "list") ||
        holds(value, "auto_reply"))
        return RC_OK;
    TRY(find_header(arena, head, "Return-Path", 0, &value));
    if (strncmp(value, "<>", 2) == 0)
        return RC_OK;
    TRY(find_header(arena, head, "Content-Type", 0, &value));
    if (begins((struct span){value, strlen(value)}, "multipart/report"))
        return RC_OK;
    for (size_t k = 0; k < sizeof marks / sizeof marks[0]; k++) {
        TRY(find_header(arena, head, marks[k], 0, &value));
        if (value[0] != '\0')
            return RC_OK;
    }
    *ret_is = false;
    return RC_OK;
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

static void decode_quoted(struct buffer *out, struct span body)
{
    struct span line;
    while (next_line(&body, &line)) {
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

static enum rc decode_base64(struct buffer *out, struct span body)
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
    struct span name = {charset, strlen(charset)};
    struct buffer out;
    bool utf8 = charset[0] == '\0' || begins(name, "utf-8") || begins(name, "us-ascii");
    if (!utf8 && !begins(name, "iso-8859-1") && !begins(name, "windows-1252"))
        return RC_BAD_INPUT;
    if (utf8 && !text_is_utf8(raw->bytes, raw->length))
        return RC_BAD_INPUT;
    buffer_open(&out, arena, (size_t)4 * MAIL_IN_TEXT_MAX);
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

static enum rc read_text(struct arena *arena, const struct part *part, const char *type,
                         const char **ret_text)
{
    struct buffer raw;
    const char *encoding = "";
    const char *charset = "";
    TRY(find_header(arena, part->head, "Content-Transfer-Encoding", 0, &encoding));
    TRY(find_parameter(arena, type, "charset", &charset));
    buffer_open(&raw, arena, MAIL_IN_TEXT_MAX);
    if (holds(encoding, "base64"))
        TRY(decode_base64(&raw, part->body));
    else if (holds(encoding, "quoted-printable"))
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

struct stack {
    struct part parts[MAIL_IN_PARTS_MAX];
    size_t count;
};

static bool is_boundary(struct span line, const char *boundary, bool *ret_last)
{
    size_t length = strlen(boundary);
    if (line.length < length + 2 || memcmp(line.at, "--", 2) != 0 ||
        memcmp(line.at + 2, boundary, length) != 0)
        return false;
    struct span rest = {line.at + 2 + length, line.length - 2 - length};
    bool last = begins(rest, "--");
    if (last)
        rest = (struct span){rest.at + 2, rest.length - 2};
    if (!is_blank(rest)) // a longer one, of another multipart
        return false;
    *ret_last = last;
    return true;
}

// The parts of a multipart go onto the stack, so that the first is taken next. One that was cut off
// on its way ends where the message does.
static enum rc push_parts(const struct part *of, const char *boundary, struct stack *stack)
{
    struct span rest = of->body;
    struct span line;
    const char *from = NULL;
    size_t first = stack->count;
    bool last = false;
    if (of->depth >= MAIL_IN_DEPTH_MAX)
        return RC_LIMIT;
    while (!last && next_line(&rest, &line)) {
        if (!is_boundary(line, boundary, &last))
            continue;
        if (from != NULL && stack->count == MAIL_IN_PARTS_MAX)
            return RC_LIMIT;
        if (from != NULL)
            stack->parts[stack->count++] =
                split_head((struct span){from, (size_t)(line.at - from)}, of->depth + 1);
        from = rest.at;
    }
    const char *end = of->body.at + of->body.length;
    if (!last && from != NULL && stack->count < MAIL_IN_PARTS_MAX)
        stack->parts[stack->count++] =
            split_head((struct span){from, (size_t)(end - from)}, of->depth + 1);
    for (size_t a = first, b = stack->count; a + 1 < b; a++) {
        struct part kept = stack->parts[a];
        stack->parts[a] = stack->parts[--b];
        stack->parts[b] = kept;
    }
    return RC_OK;
}

// Takes the top of the stack: text is read, a multipart is taken apart, all else is passed over.
static enum rc take_part(struct arena *arena, struct stack *stack, const char **ret_text)
{
    const struct part part = stack->parts[--stack->count];
    const char *type = "";
    const char *placed = "";
    const char *boundary = "";
    TRY(find_header(arena, part.head, "Content-Type", 0, &type));
    TRY(find_header(arena, part.head, "Content-Disposition", 0, &placed));
    struct span kind = {type, strlen(type)};
    if (begins(kind, "multipart/")) {
        TRY(find_parameter(arena, type, "boundary", &boundary));
        bool fits = boundary[0] != '\0' && strlen(boundary) <= BOUNDARY_MAX;
        return fits ? push_parts(&part, boundary, stack) : RC_BAD_INPUT;
    }
    bool plain = begins(kind, "text/plain") || type[strcspn(type, "/;")] != '/'; // RFC 2045, 5.2
    if (!plain || begins((struct span){placed, strlen(placed)}, "attachment"))
        return RC_OK;
    return read_text(arena, &part, type, ret_text);
}

enum rc mail_in_read(struct arena *arena, const char *bytes, size_t length,
                     struct mail_in *ret_mail)
{
    struct mail_in mail = {.text = ""};
    struct stack *stack = ARENA_NEW(arena, struct stack);
    if (length > MAIL_IN_BYTES_MAX)
        return RC_LIMIT;
    if (stack == NULL)
        return RC_NO_MEMORY;
    stack->parts[0] = split_head((struct span){bytes, length}, 0);
    stack->count = 1;
    struct span head = stack->parts[0].head;
    TRY(is_automatic(arena, head, &mail.automatic));
    TRY(read_from(arena, head, &mail));
    TRY(read_tokens(arena, head, &mail));
    TRY(find_header(arena, head, "Message-ID", 0, &mail.id));
    while (!mail.automatic && stack->count > 0 && mail.text[0] == '\0')
        TRY(take_part(arena, stack, &mail.text));
    *ret_mail = mail;
    return RC_OK;
}

// ---- her own words -----------------------------------------------------------------------------

// What comes from here on is not hers: a signature, or a message that was put below whole.
static bool is_cut(struct span line)
{
    static const char *const heads[] = {"From: ", "De: ", "Von: ", "De : "};
    bool dashes = begins(line, "-----") && line.length > 10;
    bool low = begins(line, "__________");
    bool mark = (line.length == 2 || line.length == 3) && memcmp(line.at, "-- ", line.length) == 0;
    for (size_t k = 0; k < sizeof heads / sizeof heads[0]; k++)
        if (begins(line, heads[k]) && memchr(line.at, '@', line.length) != NULL)
            return true;
    return mark || dashes || low;
}

// "On Monday, 2 March, Mina <...> wrote:" before a quotation, of up to three lines: it has a number
// and ends with a colon. Takes it off what was written.
static void drop_introduction(struct buffer *out)
{
    size_t end = out->length;
    while (end > 0 && (out->bytes[end - 1] == '\n' || out->bytes[end - 1] == ' '))
        end--;
    if (end == 0 || out->bytes[end - 1] != ':')
        return;
    size_t at = end;
    bool number = false;
    for (unsigned lines = 0; at > 0; at--) {
        bool ends = out->bytes[at - 1] == '\n';
        lines += ends;
        if (lines == 3 || (ends && at >= 2 && out->bytes[at - 2] == '\n'))
            break;
        number = number || (out->bytes[at - 1] >= '0' && out->bytes[at - 1] <= '9');
    }
    if (number)
        out->length = at;
}

enum rc mail_in_words(struct arena *arena, const char *text, const char **ret_words)
{
    struct buffer out;
    struct span rest = {text, strlen(text)};
    struct span line;
    bool quoting = false;
    buffer_open(&out, arena, (size_t)4 * MAIL_IN_TEXT_MAX);
    while (next_line(&rest, &line)) {
        if (is_cut(line))
            break;
        bool quoted = line.length > 0 && line.at[0] == '>';
        if (quoted && !quoting)
            drop_introduction(&out);
        quoting = quoted || (quoting && is_blank(line));
        if (quoted || (out.length == 0 && is_blank(line)))
            continue;
        buffer_append(&out, line.at, line.length);
        buffer_byte(&out, '\n');
    }
    TRY(out.rc);
    while (out.length > 0 && strchr("\n \t", out.bytes[out.length - 1]) != NULL)
        out.length--;
    *ret_words = arena_strndup(arena, out.length == 0 ? "" : out.bytes, out.length);
    return *ret_words == NULL ? RC_NO_MEMORY : RC_OK;
}

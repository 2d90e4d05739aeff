// SPDX-License-Identifier: Apache-2.0
//
// Who wrote, to which address, and her own words; see mail_in.h.
#include "format/mail_in.h"

#include <string.h>

#include "base/buffer.h"

#include "format/mail_part.h"

// ---- addresses ---------------------------------------------------------------------------------

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
        *t = mail_small_letter(*t);
        if (!((*t >= 'a' && *t <= 'z') || (*t >= '0' && *t <= '9')))
            return NULL;
    }
    return token;
}

static enum rc read_tokens(struct arena *arena, struct mail_span head, struct mail_in *mail)
{
    static const char *const names[] = {"Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc"};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        const char *value = "";
        const char *address = NULL;
        TRY(mail_header(arena, head, names[k], 0, &value));
        while ((address = mail_next_address(arena, &value)) != NULL) {
            const char *token = mail_in_token(arena, address);
            if (token != NULL && mail->token_count < MAIL_IN_TOKENS_MAX)
                mail->tokens[mail->token_count++] = token;
        }
    }
    return RC_OK;
}

static enum rc read_from(struct arena *arena, struct mail_span head, struct mail_in *mail)
{
    const char *value = "";
    const char *second = "";
    TRY(mail_header(arena, head, "From", 0, &value));
    TRY(mail_header(arena, head, "From", 1, &second));
    const char *first = mail_next_address(arena, &value);
    bool one = first != NULL && mail_next_address(arena, &value) == NULL && second[0] == '\0';
    mail->from = one ? first : "";
    return RC_OK;
}

// Nobody answers a machine, and a machine's answer is no word of hers (RFC 3834).
static enum rc is_automatic(struct arena *arena, struct mail_span head, bool *ret_is)
{
    static const char *const marks[] = {"X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond",
                                        "List-Id", "X-Failed-Recipients"};
    const char *value = "";
    *ret_is = true;
    TRY(mail_header(arena, head, "Auto-Submitted", 0, &value));
    if (value[0] != '\0' && !mail_begins((struct mail_span){value, strlen(value)}, "no"))
        return RC_OK;
    TRY(mail_header(arena, head, "Precedence", 0, &value));
    if (mail_holds(value, "bulk") || mail_holds(value, "junk") || mail_holds(value, "list") ||
        mail_holds(value, "auto_reply"))
        return RC_OK;
    TRY(mail_header(arena, head, "Return-Path", 0, &value));
    if (strncmp(value, "<>", 2) == 0)
        return RC_OK;
    TRY(mail_header(arena, head, "Content-Type", 0, &value));
    if (mail_begins((struct mail_span){value, strlen(value)}, "multipart/report"))
        return RC_OK;
    for (size_t k = 0; k < sizeof marks / sizeof marks[0]; k++) {
        TRY(mail_header(arena, head, marks[k], 0, &value));
        if (value[0] != '\0')
            return RC_OK;
    }
    *ret_is = false;
    return RC_OK;
}

// ---- parts -------------------------------------------------------------------------------------

// Takes the top of the stack: text is read, a multipart is taken apart, all else is passed over.
static enum rc take_part(struct arena *arena, struct mail_parts *stack, const char **ret_text)
{
    const struct mail_part part = stack->parts[--stack->count];
    const char *type = "";
    const char *placed = "";
    TRY(mail_header(arena, part.head, "Content-Type", 0, &type));
    TRY(mail_header(arena, part.head, "Content-Disposition", 0, &placed));
    struct mail_span kind = {type, strlen(type)};
    if (mail_begins(kind, "multipart/"))
        return mail_open_parts(arena, &part, type, stack);
    bool plain =
        mail_begins(kind, "text/plain") || type[strcspn(type, "/;")] != '/'; // RFC 2045, 5.2
    if (!plain || mail_begins((struct mail_span){placed, strlen(placed)}, "attachment"))
        return RC_OK;
    return mail_part_text(arena, &part, type, ret_text);
}

enum rc mail_in_read(struct arena *arena, const char *bytes, size_t length,
                     struct mail_in *ret_mail)
{
    struct mail_in mail = {.text = ""};
    struct mail_parts *stack = ARENA_NEW(arena, struct mail_parts);
    if (length > MAIL_IN_BYTES_MAX)
        return RC_LIMIT;
    if (stack == NULL)
        return RC_NO_MEMORY;
    stack->parts[0] = mail_split((struct mail_span){bytes, length}, 0);
    stack->count = 1;
    struct mail_span head = stack->parts[0].head;
    TRY(is_automatic(arena, head, &mail.automatic));
    TRY(read_from(arena, head, &mail));
    TRY(read_tokens(arena, head, &mail));
    TRY(mail_header(arena, head, "Message-ID", 0, &mail.id));
    while (!mail.automatic && stack->count > 0 && mail.text[0] == '\0')
        TRY(take_part(arena, stack, &mail.text));
    *ret_mail = mail;
    return RC_OK;
}

// ---- her own words -----------------------------------------------------------------------------

// What comes from here on is not hers: a signature, or a message that was put below whole.
static bool is_cut(struct mail_span line)
{
    static const char *const heads[] = {"From: ", "De: ", "Von: ", "De : "};
    bool dashes = mail_begins(line, "-----") && line.length > 10;
    bool low = mail_begins(line, "__________");
    bool mark = (line.length == 2 || line.length == 3) && memcmp(line.at, "-- ", line.length) == 0;
    for (size_t k = 0; k < sizeof heads / sizeof heads[0]; k++)
        if (mail_begins(line, heads[k]) && memchr(line.at, '@', line.length) != NULL)
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
    struct mail_span rest = {text, strlen(text)};
    struct mail_span line;
    bool quoting = false;
    buffer_open(&out, arena, (size_t)4 * MAIL_TEXT_MAX);
    while (mail_next_line(&rest, &line)) {
        if (is_cut(line))
            break;
        bool quoted = line.length > 0 && line.at[0] == '>';
        if (quoted && !quoting)
            drop_introduction(&out);
        quoting = quoted || (quoting && mail_is_blank(line));
        if (quoted || (out.length == 0 && mail_is_blank(line)))
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

// SPDX-License-Identifier: Apache-2.0
//
// Delivery status notifications (RFC 3464, statuses of RFC 3463 and 5248), and those of servers
// that write prose instead; see bounce.h.
#include "format/bounce.h"

#include <string.h>

#include "format/mail_in.h"
#include "format/mail_part.h"

// ---- what a status means -----------------------------------------------------------------------

enum { ANY = -1 };

// The first row that fits counts; of statuses that begin with 5. All that begin with 4 are soft:
// they failed because time ran out.
static const struct {
    int subject;
    int detail;
    enum bounce_kind kind;
} meanings[] = {
    {1, 7,   BOUNCE_REFUSED}, // the sender's address
    {1, 8,   BOUNCE_REFUSED}, // the sender's system
    {1, 9,   BOUNCE_REFUSED}, // sent on by one that did not know how
    {1, ANY, BOUNCE_HARD   }, // no such mailbox, no such system, moved, no mail there (5.1.10)
    {2, 1,   BOUNCE_HARD   }, // disabled
    {2, 2,   BOUNCE_SOFT   }, // full
    {2, 3,   BOUNCE_REFUSED}, // longer than it takes
    {2, ANY, BOUNCE_SOFT   }, //
    {3, 4,   BOUNCE_REFUSED}, // longer than the system takes
    {3, ANY, BOUNCE_SOFT   }, // the system: full, not reached, set up wrongly
    {4, 1,   BOUNCE_HARD   }, // "access denied" of directories that know no such address
    {4, 4,   BOUNCE_HARD   }, // no way there: no such host
    {4, 310, BOUNCE_HARD   }, // no such domain
    {4, ANY, BOUNCE_SOFT   }, // the network, loops, time that ran out
    {7, 13,  BOUNCE_HARD   }, // the account was disabled
    {7, 17,  BOUNCE_HARD   }, // the mailbox has another owner now
    {5, ANY, BOUNCE_REFUSED}, // the protocol
    {6, ANY, BOUNCE_REFUSED}, // the content
    {7, ANY, BOUNCE_REFUSED}, // policy and safety
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// A number of one to three digits; `c` goes on behind it. -1: none stands here.
static int short_number(const char **c)
{
    int value = 0;
    int digits = 0;
    while (digits < 4 && is_digit(**c)) {
        value = value * 10 + (**c - '0');
        (*c)++;
        digits++;
    }
    return digits == 0 || digits == 4 ? -1 : value;
}

// How long a status is that begins here: "5.1.1"; 0: none does.
static size_t status_length(const char *text)
{
    const char *c = text;
    if ((*c != '2' && *c != '4' && *c != '5') || c[1] != '.')
        return 0;
    c += 2;
    if (short_number(&c) < 0 || *c != '.')
        return 0;
    c++;
    if (short_number(&c) < 0 || *c == '.' || is_digit(*c))
        return 0;
    return (size_t)(c - text);
}

enum bounce_kind bounce_class(const char *status)
{
    if (status_length(status) == 0 || status[0] == '2')
        return BOUNCE_NONE;
    if (status[0] == '4')
        return BOUNCE_SOFT;
    const char *c = status + 2;
    int subject = short_number(&c);
    c++;
    int detail = short_number(&c);
    for (size_t k = 0; k < sizeof meanings / sizeof meanings[0]; k++)
        if (meanings[k].subject == subject &&
            (meanings[k].detail == ANY || meanings[k].detail == detail))
            return meanings[k].kind;
    return BOUNCE_SOFT; // 5.0.0, and what is not known
}

// A status in the middle of prose: not a part of a number or of an address.
static const char *find_status(struct arena *arena, const char *text)
{
    char before = ' ';
    for (const char *c = text; *c != '\0'; before = *c, c++) {
        size_t length = is_digit(before) || before == '.' ? 0 : status_length(c);
        if (length > 0)
            return arena_strndup(arena, c, length);
    }
    return "";
}

// The answer of a server: 550. Its first digit is 4 or 5. 0: there is none.
static int find_reply(const char *text)
{
    char before = ' ';
    for (const char *c = text; *c != '\0'; before = *c, c++) {
        bool code = (*c == '4' || *c == '5') && c[1] >= '0' && c[1] <= '5' && is_digit(c[2]) &&
                    (c[3] == ' ' || c[3] == '-' || c[3] == '\0' || c[3] == '\n');
        bool apart = before == ' ' || before == '\n' || before == ':' || before == ';' ||
                     before == '(' || before == '<' || before == '#' || before == '\t';
        if (code && apart)
            return (c[0] - '0') * 100 + (c[1] - '0') * 10 + (c[2] - '0');
    }
    return 0;
}

// What a reply alone says: RFC 5321, 4.2.3.
static const char *status_of_reply(int reply)
{
    if (reply == 550 || reply == 551 || reply == 553)
        return "5.1.1";
    if (reply == 552 || reply == 452)
        return "5.2.2";
    if (reply == 554)
        return "5.7.0";
    return reply >= 400 && reply < 500 ? "4.0.0" : reply >= 500 ? "5.5.0" : "";
}

static bool is_vague(const char *status)
{
    return status[0] == '\0' || strcmp(status + 1, ".0.0") == 0;
}

// The clearest that is said: the status, else one in the words of the server, else its reply.
static enum rc clear_status(struct arena *arena, const char *status, const char *words,
                            const char **ret_status)
{
    *ret_status = status;
    if (!is_vague(status))
        return RC_OK;
    const char *found = find_status(arena, words);
    if (found == NULL)
        return RC_NO_MEMORY;
    if (is_vague(found))
        found = status_of_reply(find_reply(words));
    if (found[0] != '\0')
        *ret_status = found;
    return RC_OK;
}

// ---- what the machine says to machines ---------------------------------------------------------

// The address of "rfc822; <bea@example.org>".
static const char *address_in(struct arena *arena, const char *value)
{
    const char *behind = strchr(value, ';');
    const char *rest = behind == NULL ? value : behind + 1;
    const char *address = mail_next_address(arena, &rest);
    return address == NULL ? "" : address;
}

// One group of lines: a recipient. The address to which it was sent goes before the one where it
// ended, which may be another's by forwarding.
static enum rc read_recipient(struct arena *arena, struct mail_span group, struct bounce *b)
{
    const char *action = "";
    const char *status = "";
    const char *diagnostic = "";
    const char *original = "";
    const char *final = "";
    TRY(mail_header(arena, group, "Action", 0, &action));
    TRY(mail_header(arena, group, "Status", 0, &status));
    TRY(mail_header(arena, group, "Diagnostic-Code", 0, &diagnostic));
    TRY(mail_header(arena, group, "Original-Recipient", 0, &original));
    TRY(mail_header(arena, group, "Final-Recipient", 0, &final));
    if (!mail_begins((struct mail_span){action, strlen(action)}, "failed"))
        return RC_OK;
    status = find_status(arena, status);
    if (status == NULL)
        return RC_NO_MEMORY;
    TRY(clear_status(arena, status, diagnostic, &status));
    b->status = status[0] == '\0' ? "5.0.0" : status;
    b->kind = bounce_class(b->status);
    b->address = address_in(arena, original);
    if (b->address[0] == '\0')
        b->address = address_in(arena, final);
    return RC_OK;
}

// Groups are parted by empty lines; the first is of the whole. The first that failed counts: our
// letters have one recipient.
static enum rc read_status(struct arena *arena, const struct mail_part *part, struct bounce *b)
{
    static const char bytes[] = "text/plain; charset=iso-8859-1"; // where it is no UTF-8
    struct mail_span line;
    const char *text = NULL;
    enum rc rc = mail_part_text(arena, part, "", &text);
    if (rc == RC_BAD_INPUT)
        rc = mail_part_text(arena, part, bytes, &text);
    TRY(rc);
    struct mail_span rest = {text, strlen(text)};
    const char *from = rest.at;
    bool more = true;
    while (more && b->kind == BOUNCE_NONE) {
        more = mail_next_line(&rest, &line);
        if (more && !mail_is_blank(line))
            continue;
        const char *end = more ? line.at : rest.at;
        TRY(read_recipient(arena, (struct mail_span){from, (size_t)(end - from)}, b));
        from = rest.at;
    }
    return RC_OK;
}

// ---- the letter, by its parts ------------------------------------------------------------------

struct reading {
    struct arena *arena;
    struct bounce bounce;
    const char *words; // of the first part of text
    bool has_status;
};

static bool is_type(const char *type, const char *name)
{
    return mail_begins((struct mail_span){type, strlen(type)}, name);
}

// The head of what came back: of the part's body, which is a letter or only its headers.
static enum rc read_returned(struct reading *r, struct mail_span body)
{
    struct mail_part letter = mail_split(body, 0);
    if (r->bounce.letter[0] != '\0')
        return RC_OK;
    return mail_header(r->arena, letter.head, "Message-ID", 0, &r->bounce.letter);
}

static enum rc read_part(struct reading *r, struct mail_parts *stack)
{
    const struct mail_part part = stack->parts[--stack->count];
    const char *type = "";
    TRY(mail_header(r->arena, part.head, "Content-Type", 0, &type));
    if (is_type(type, "multipart/"))
        return mail_open_parts(r->arena, &part, type, stack);
    if (is_type(type, "message/delivery-status") ||
        is_type(type, "message/global-delivery-status")) {
        r->has_status = true;
        return r->bounce.kind == BOUNCE_NONE ? read_status(r->arena, &part, &r->bounce) : RC_OK;
    }
    if (is_type(type, "message/rfc822") || is_type(type, "text/rfc822-headers") ||
        is_type(type, "message/global") || is_type(type, "message/partial"))
        return read_returned(r, part.body);
    bool plain = is_type(type, "text/plain") || type[0] == '\0';
    if (!plain || r->words[0] != '\0')
        return RC_OK;
    enum rc rc = mail_part_text(r->arena, &part, type, &r->words);
    return rc == RC_NO_MEMORY ? rc : RC_OK; // what it says to people is not needed
}

// ---- servers that write to people alone --------------------------------------------------------

// Behind a line of their prose, the letter as it came.
static const char *find_letter(struct arena *arena, const char *words)
{
    struct mail_span rest = {words, strlen(words)};
    struct mail_span line;
    while (mail_next_line(&rest, &line)) {
        struct mail_span all = line;
        while (all.length > 0 && (all.at[0] == ' ' || all.at[0] == '>'))
            all = (struct mail_span){all.at + 1, all.length - 1};
        if (!mail_begins(all, "Message-ID:"))
            continue;
        const char *id = all.at + strlen("Message-ID:");
        size_t length = all.length - strlen("Message-ID:");
        while (length > 0 && *id == ' ')
            id++, length--;
        return arena_strndup(arena, id, length);
    }
    return "";
}

static bool is_of_postmaster(const char *from)
{
    return mail_begins((struct mail_span){from, strlen(from)}, "mailer-daemon@") ||
           mail_begins((struct mail_span){from, strlen(from)}, "postmaster@");
}

// The first address between < and > or on a line of its own that ends with a colon.
static const char *address_in_words(struct arena *arena, const char *words)
{
    struct mail_span rest = {words, strlen(words)};
    struct mail_span line;
    while (mail_next_line(&rest, &line)) {
        const char *text = arena_strndup(arena, line.at, line.length);
        if (text == NULL)
            return NULL;
        const char *open = strchr(text, '<');
        size_t indent = strspn(text, " \t");
        if (open == NULL && (indent == 0 || strchr(text, '@') == NULL))
            continue;
        const char *at = open == NULL ? text : open;
        const char *address = mail_next_address(arena, &at);
        if (address != NULL)
            return address;
    }
    return "";
}

// X-Failed-Recipients (Exim, Gmail) says that it failed, and for whom; qmail begins with a sentence
// of its own. All else must come from a mail server, and say an answer of 5xx or a status.
static enum rc read_prose(struct reading *r, struct mail_span head)
{
    const char *failed = "";
    const char *from = "";
    struct bounce *b = &r->bounce;
    TRY(mail_header(r->arena, head, "X-Failed-Recipients", 0, &failed));
    TRY(mail_header(r->arena, head, "From", 0, &from));
    const char *sender = mail_next_address(r->arena, &from);
    bool delayed = mail_holds(r->words, "delayed") || mail_holds(r->words, "will be retried") ||
                   mail_holds(r->words, "no action is required");
    if (r->words[0] == '\0' || delayed ||
        (failed[0] == '\0' && (sender == NULL || !is_of_postmaster(sender))))
        return RC_OK;
    TRY(clear_status(r->arena, "", r->words, &b->status));
    if (b->status[0] == '\0')
        return RC_OK;
    b->kind = bounce_class(b->status);
    b->address =
        failed[0] == '\0' ? address_in_words(r->arena, r->words) : address_in(r->arena, failed);
    b->letter = find_letter(r->arena, r->words);
    return b->address == NULL || b->letter == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc bounce_read(struct arena *arena, const char *bytes, size_t length,
                    struct bounce *ret_bounce)
{
    struct mail_parts *stack = ARENA_NEW(arena, struct mail_parts);
    struct reading r = {
        arena, {BOUNCE_NONE, "", "", ""},
         "", false
    };
    if (length > MAIL_IN_BYTES_MAX)
        return RC_LIMIT;
    if (stack == NULL)
        return RC_NO_MEMORY;
    stack->parts[0] = mail_split((struct mail_span){bytes, length}, 0);
    stack->count = 1;
    struct mail_span head = stack->parts[0].head;
    while (stack->count > 0)
        TRY(read_part(&r, stack));
    if (!r.has_status)
        TRY(read_prose(&r, head));
    *ret_bounce = r.bounce;
    return RC_OK;
}

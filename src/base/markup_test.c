// SPDX-License-Identifier: Apache-2.0
// Escaping: every dangerous character, bad bytes, and formats that are not known.
#include "base/markup.h"

#include <stdio.h>
#include <string.h>

#include "base/tap.h"

static const char *shown(struct arena *arena, const char *text)
{
    struct buffer *buffer = ARENA_NEW(arena, struct buffer);
    buffer_open(buffer, arena, 1000);
    markup_text(buffer, text);
    return buffer->bytes;
}

// Each byte at each place of a text that is longer than what is looked at at once.
static bool holds_anywhere(struct arena *arena, unsigned byte)
{
    static const char *const kept = "\n\t\r";
    bool plain = (byte >= 0x20 && byte < 0x7f) || (byte != 0 && strchr(kept, (int)byte) != NULL);
    char one[2] = {(char)byte, '\0'};
    const char *wanted = plain ? one : "\xef\xbf\xbd";
    wanted = byte == '&' ? "&amp;" : byte == '<' ? "&lt;" : byte == '>' ? "&gt;" : wanted;
    wanted = byte == '"' ? "&quot;" : byte == '\'' ? "&#39;" : wanted;
    for (int at = 0; at < 20; at++) {
        char text[21] = "abcdefghijklmnopqrst";
        struct buffer *buffer = ARENA_NEW(arena, struct buffer);
        text[at] = (char)byte;
        buffer_open(buffer, arena, 1000);
        markup_bytes(buffer, text, 20);
        const char *before = arena_printf(arena, "%.*s", at, "abcdefghijklmnopqrst");
        const char *all =
            arena_printf(arena, "%s%s%s", before, wanted, &"abcdefghijklmnopqrst"[at + 1]);
        if (strcmp(buffer->bytes, all) != 0)
            return false;
    }
    return true;
}

// A text longer than what is made room for at once, whose end just fits, or does not.
static void test_long(struct arena *arena)
{
    enum { LENGTH = 1505 };
    char *text = arena_alloc(arena, LENGTH + 1);
    char *wanted = arena_alloc(arena, 8 * LENGTH);
    size_t length = 0;
    for (int k = 0; k < LENGTH; k++) {
        const char *pieces[] = {"&amp;", "\xc3", "\xab", "x", "y", "\n", "z"};
        text[k] = "&\xc3\xabxy\nz"[k % 7];
        length += (size_t)snprintf(wanted + length, 8, "%s", pieces[k % 7]);
    }
    for (size_t limit = length - 1; limit <= length; limit++) {
        struct buffer buffer;
        buffer_open(&buffer, arena, limit);
        is_int(markup_bytes(&buffer, text, LENGTH), limit < length ? RC_LIMIT : RC_OK,
               "to the limit, and no further");
        ok(limit < length || strcmp(buffer.bytes, wanted) == 0, "whole");
    }
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 16 << 20);
    is_str(shown(&arena, "<b>\"R&D\" 'x'</b>"),
           "&lt;b&gt;&quot;R&amp;D&quot; &#39;x&#39;&lt;/b&gt;", "five characters are escaped");
    is_str(shown(&arena, "Zo\xc3\xab \xe2\x80\x93 ok"), "Zo\xc3\xab \xe2\x80\x93 ok",
           "other characters stay");
    is_str(shown(&arena, "a\x01\x7f\tb\xff<\xc3"),
           "a\xef\xbf\xbd\xef\xbf\xbd\tb\xef\xbf\xbd&lt;\xef\xbf\xbd",
           "control characters and bad bytes become U+FFFD");
    is_str(shown(&arena, NULL), "", "nothing is nothing");
    for (unsigned byte = 0; byte < 256; byte++)
        if (!holds_anywhere(&arena, byte))
            is_int((int64_t)byte, -1, "every byte is escaped the same anywhere");
    ok(true, "256 bytes at 20 places");

    test_long(&arena);

    struct buffer page;
    buffer_open(&page, &arena, 1000);
    is_int(markup_print(&page, "<a title=\"%s\" data-n=%d>%u %%</a>", "\"><script>", -3, 7U), RC_OK,
           "prints");
    is_str(page.bytes, "<a title=\"&quot;&gt;&lt;script&gt;\" data-n=-3>7 %</a>",
           "arguments are escaped, the format is not");

    struct buffer small;
    buffer_open(&small, &arena, 6);
    is_int(markup_print(&small, "<p>%s</p>", "&&"), RC_LIMIT, "the limit is kept");
    const char *unknown = "%f";
    struct buffer odd;
    buffer_open(&odd, &arena, 100);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
    is_int(markup_print(&odd, unknown), RC_BAD_INPUT, "a format that is not known is refused");
#pragma GCC diagnostic pop
    arena_close(&arena);
    return tap_done();
}

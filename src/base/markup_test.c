// SPDX-License-Identifier: Apache-2.0
// Escaping: every dangerous character, bad bytes, and formats that are not known.
#include "base/markup.h"

#include "base/tap.h"

static const char *shown(struct arena *arena, const char *text)
{
    struct buffer *buffer = ARENA_NEW(arena, struct buffer);
    buffer_open(buffer, arena, 1000);
    markup_text(buffer, text);
    return buffer->bytes;
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 1 << 20);
    is_str(shown(&arena, "<b>\"R&D\" 'x'</b>"),
           "&lt;b&gt;&quot;R&amp;D&quot; &#39;x&#39;&lt;/b&gt;", "five characters are escaped");
    is_str(shown(&arena, "Zo\xc3\xab \xe2\x80\x93 ok"), "Zo\xc3\xab \xe2\x80\x93 ok",
           "other characters stay");
    is_str(shown(&arena, "a\x01\x7f\tb\xff<\xc3"),
           "a\xef\xbf\xbd\xef\xbf\xbd\tb\xef\xbf\xbd&lt;\xef\xbf\xbd",
           "control characters and bad bytes become U+FFFD");
    is_str(shown(&arena, NULL), "", "nothing is nothing");

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

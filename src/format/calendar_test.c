// SPDX-License-Identifier: Apache-2.0
//
// Calendars: what RFC 5545 and 5546 ask of a line, and of a meeting that moves.
#include "calendar.h"

#include <string.h>

#include "base/tap.h"

static const struct calendar_event meeting = {
    "17@trellis.example",
    2,
    1795525200, // 2026-11-24 13:00 UTC
    45,
    1795500000,
    "Mina; Bea, and a goal",
    "First line\nsecond line, with a long text that goes on and on so that it has to be folded "
    "\xc3\xa4\xc3\xb6\xc3\xbc",
    "https://meet.example/x",
    "trellis@example.org",
    {{"Bea \"B\" Li", "bea@example.org"}, {"Mina", "mina@example.org"}},
    false
};

static bool lines_are_short(const char *text)
{
    for (const char *line = text; *line != '\0';) {
        const char *end = strstr(line, "\r\n");
        if (end == NULL || end - line > 75)
            return false;
        line = end + 2;
    }
    return true;
}

int main(void)
{
    struct arena arena;
    struct buffer out;
    arena_open(&arena, 1 << 20);
    buffer_open(&out, &arena, 1 << 16);
    is_int(calendar_write(&out, "REQUEST", &meeting, 1), RC_OK, "a meeting is written");
    ok(strncmp(out.bytes, "BEGIN:VCALENDAR\r\n", 17) == 0, "a calendar begins");
    ok(strstr(out.bytes, "\r\nMETHOD:REQUEST\r\n") != NULL, "it asks");
    ok(strstr(out.bytes, "\r\nUID:17@trellis.example\r\n") != NULL,
       "the meeting is known by its UID");
    ok(strstr(out.bytes, "\r\nSEQUENCE:2\r\n") != NULL, "and the number of its change");
    ok(strstr(out.bytes, "\r\nDTSTART:20261124T130000Z\r\n") != NULL, "it begins, in UTC");
    ok(strstr(out.bytes, "\r\nDTEND:20261124T134500Z\r\n") != NULL, "and ends");
    ok(strstr(out.bytes, "SUMMARY:Mina\\; Bea\\, and a goal\r\n") != NULL, "text is escaped");
    ok(strstr(out.bytes, "First line\\nsecond") != NULL, "line ends too");
    ok(strstr(out.bytes, "\r\nORGANIZER:mailto:trellis@example.org\r\n") != NULL, "who asks");
    ok(strstr(out.bytes, "mailto:mina@example.org") != NULL, "who comes");
    ok(lines_are_short(out.bytes), "no line is longer than 75 bytes");
    struct calendar_event gone = meeting;
    gone.cancelled = true;
    gone.sequence = 3;
    buffer_open(&out, &arena, 1 << 16);
    is_int(calendar_write(&out, "CANCEL", &gone, 1), RC_OK, "it is called off");
    ok(strstr(out.bytes, "METHOD:CANCEL") != NULL &&
           strstr(out.bytes, "STATUS:CANCELLED") != NULL &&
           strstr(out.bytes, "SEQUENCE:3") != NULL && strstr(out.bytes, "UID:17@") != NULL,
       "with the same UID and a higher number");
    buffer_open(&out, &arena, 1 << 16);
    is_int(calendar_write(&out, "PUBLISH", NULL, 0), RC_OK, "an empty feed");
    ok(strstr(out.bytes, "END:VCALENDAR\r\n") != NULL, "is a calendar");
    buffer_open(&out, &arena, 100);
    is_int(calendar_write(&out, "REQUEST", &meeting, 1), RC_LIMIT, "no room is told");
    arena_close(&arena);
    return tap_done();
}

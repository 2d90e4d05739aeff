// SPDX-License-Identifier: Apache-2.0
//
// Why: meetings come to people's own calendars, by mail and as a feed, without an account anywhere
// else.
//
// Promises: iCalendar (RFC 5545) by libical; times in UTC, so that no reader needs our zones; one
// UID for the life of a meeting, with a SEQUENCE that rises with every change (RFC 5546).
//
// Not for: reading calendars.
#ifndef TRELLIS_FORMAT_CALENDAR_H
#define TRELLIS_FORMAT_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

struct calendar_person {
    const char *name;
    const char *email;
};

struct calendar_event {
    const char *uid;
    int64_t sequence;
    int64_t start_s; // UTC
    int64_t minutes;
    int64_t changed_s;
    const char *summary;
    const char *description;
    const char *location;
    const char *organizer;            // an address; "": none (a feed)
    struct calendar_person people[2]; // attendees; email NULL: none
    bool cancelled;
};

// One VCALENDAR. method: "REQUEST" or "CANCEL" for mail, "PUBLISH" for a feed. RC_NO_MEMORY.
enum rc calendar_write(struct buffer *out, const char *method, const struct calendar_event *events,
                       size_t count);

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Calendars by libical; see calendar.h.
#include "calendar.h"

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static icalproperty_method method_of(const char *method)
{
    if (strcmp(method, "REQUEST") == 0)
        return ICAL_METHOD_REQUEST;
    return strcmp(method, "CANCEL") == 0 ? ICAL_METHOD_CANCEL : ICAL_METHOD_PUBLISH;
}

static void add_text(icalcomponent *event, icalproperty *(*make)(const char *), const char *text)
{
    if (text[0] != '\0')
        icalcomponent_add_property(event, make(text));
}

// The address as a URI; at most what an address may have. The property keeps a copy.
static void address(icalcomponent *to, icalproperty *(*make)(const char *), const char *email,
                    const char *name)
{
    char uri[300];
    snprintf(uri, sizeof uri, "mailto:%s", email);
    icalproperty *property = make(uri);
    if (name != NULL) {
        icalproperty_add_parameter(property, icalparameter_new_cn(name));
        icalproperty_add_parameter(property, icalparameter_new_partstat(ICAL_PARTSTAT_ACCEPTED));
        icalproperty_add_parameter(property, icalparameter_new_rsvp(ICAL_RSVP_FALSE));
    }
    icalcomponent_add_property(to, property);
}

static void add_people(icalcomponent *to, const struct calendar_event *event)
{
    if (event->organizer[0] != '\0')
        address(to, icalproperty_new_organizer, event->organizer, NULL);
    for (size_t k = 0; k < 2; k++)
        if (event->people[k].email != NULL)
            address(to, icalproperty_new_attendee, event->people[k].email, event->people[k].name);
}

static icaltimetype utc(int64_t seconds)
{
    return icaltime_from_timet_with_zone((time_t)seconds, 0, icaltimezone_get_utc_timezone());
}

static icalcomponent *make_event(const struct calendar_event *event)
{
    icalcomponent *made = icalcomponent_new_vevent();
    if (made == NULL)
        return NULL;
    icalcomponent_add_property(made, icalproperty_new_uid(event->uid));
    icalcomponent_add_property(made, icalproperty_new_sequence((int)event->sequence));
    icalcomponent_add_property(made, icalproperty_new_dtstamp(utc(event->changed_s)));
    icalcomponent_add_property(made, icalproperty_new_dtstart(utc(event->start_s)));
    icalcomponent_add_property(made,
                               icalproperty_new_dtend(utc(event->start_s + 60 * event->minutes)));
    icalcomponent_add_property(
        made,
        icalproperty_new_status(event->cancelled ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
    add_text(made, icalproperty_new_summary, event->summary);
    add_text(made, icalproperty_new_description, event->description);
    add_text(made, icalproperty_new_location, event->location);
    add_people(made, event);
    return made;
}

enum rc calendar_write(struct buffer *out, const char *method, const struct calendar_event *events,
                       size_t count)
{
    icalcomponent *calendar = icalcomponent_new_vcalendar();
    if (calendar == NULL)
        return RC_NO_MEMORY;
    icalcomponent_add_property(calendar, icalproperty_new_version("2.0"));
    icalcomponent_add_property(calendar, icalproperty_new_prodid("-//Trellis//Mentoring//EN"));
    icalcomponent_add_property(calendar, icalproperty_new_method(method_of(method)));
    enum rc rc = RC_OK;
    for (size_t k = 0; rc == RC_OK && k < count; k++) {
        icalcomponent *event = make_event(&events[k]);
        if (event == NULL)
            rc = RC_NO_MEMORY;
        else
            icalcomponent_add_component(calendar, event);
    }
    char *text = rc == RC_OK ? icalcomponent_as_ical_string_r(calendar) : NULL;
    if (text != NULL)
        buffer_text(out, text);
    else if (rc == RC_OK)
        rc = RC_NO_MEMORY;
    free(text);
    icalcomponent_free(calendar);
    return rc == RC_OK ? out->rc : rc;
}

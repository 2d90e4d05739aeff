// SPDX-License-Identifier: Apache-2.0
//
// Days and times as people read them: in words, in the reader's language and zone.
#include <string.h>

#include "base/date.h"
#include "base/zone.h"

#include "app/app.h"
#include "web/message.h"

enum { DAY_CHARS = 10, DAY_LIMIT_BYTES = 200 }; // 2026-11-24; a day in words

static const char *print_time(struct arena *arena, int64_t seconds, const char *zone_name)
{
    int64_t days = date_days_of_seconds(seconds);
    int minutes = (int)((seconds - days * DATE_SECONDS_A_DAY) / 60);
    char day[DATE_TEXT_BYTES];
    date_print(date_from_days(days), day);
    return arena_printf(arena, "%s %02d:%02d %s", day, minutes / 60, minutes % 60, zone_name);
}

const char *app_time(struct arena *arena, int64_t at_us)
{
    return print_time(arena, at_us / 1000000, "UTC");
}

const char *app_time_in(struct arena *arena, int64_t at_us, const char *zone_name)
{
    struct zone zone;
    int64_t seconds = at_us / 1000000;
    if (zone_load(arena, ZONE_FOLDER, zone_name, &zone) != RC_OK)
        return app_time(arena, at_us);
    const struct zone_type *type = zone_type_at(&zone, seconds);
    return print_time(arena, seconds + type->offset_s, type->abbreviation);
}

// Whether it is a day, or a day and a time as they are printed above, and nothing else.
static bool read_day(struct arena *arena, const char *text, struct date *ret_date)
{
    size_t length = strlen(text);
    bool has_time = length > DAY_CHARS + 7 && text[DAY_CHARS] == ' ' &&
                    text[DAY_CHARS + 3] == ':' && text[DAY_CHARS + 6] == ' ' &&
                    strchr(text + DAY_CHARS + 7, ' ') == NULL;
    if (length != DAY_CHARS && !has_time)
        return false;
    const char *day = arena_strndup(arena, text, DAY_CHARS);
    return day != NULL && date_parse(day, ret_date) == RC_OK;
}

static const char *const months[] = {
    MSG("{0} January {1}"), MSG("{0} February {1}"), MSG("{0} March {1}"),
    MSG("{0} April {1}"),   MSG("{0} May {1}"),      MSG("{0} June {1}"),
    MSG("{0} July {1}"),    MSG("{0} August {1}"),   MSG("{0} September {1}"),
    MSG("{0} October {1}"), MSG("{0} November {1}"), MSG("{0} December {1}"),
};

const char *app_when_in(struct arena *arena, const struct locale *locale, const char *text)
{
    struct date date;
    struct buffer words;
    struct buffer whole;
    if (text == NULL || !read_day(arena, text, &date))
        return text;
    buffer_open(&words, arena, DAY_LIMIT_BYTES);
    const char *const parts[] = {arena_printf(arena, "%d", (int)date.day),
                                 arena_printf(arena, "%d", (int)date.year)};
    if (parts[0] == NULL || parts[1] == NULL)
        return text;
    message_write(&words, message_in(locale, months[date.month - 1]), parts, 2);
    if (words.rc != RC_OK)
        return text;
    if (text[DAY_CHARS] == '\0')
        return words.bytes;
    const char *const both[] = {words.bytes, text + DAY_CHARS + 1};
    buffer_open(&whole, arena, DAY_LIMIT_BYTES);
    message_write(&whole, message_in(locale, MSG("{0}, {1}")), both, 2);
    return whole.rc == RC_OK ? whole.bytes : text;
}

const char *app_when(struct html *html, const char *text)
{
    return app_when_in(html->buffer->arena, html->locale, text);
}

void app_show_day(struct html *html, int64_t at_us, const char *zone)
{
    const char *time = app_time_in(html->buffer->arena, at_us, zone);
    const char *day = time == NULL ? NULL : arena_strndup(html->buffer->arena, time, DAY_CHARS);
    if (day == NULL)
        html->buffer->rc = RC_NO_MEMORY;
    else
        html_message(html, "{0}", &(struct html_value){.text = app_when(html, day)}, 1);
}

void app_show_time(struct html *html, int64_t at_us, const char *zone)
{
    static const char *const days[] = {MSG("Monday"),   MSG("Tuesday"), MSG("Wednesday"),
                                       MSG("Thursday"), MSG("Friday"),  MSG("Saturday"),
                                       MSG("Sunday")};
    const char *time = app_time_in(html->buffer->arena, at_us, zone);
    struct date date;
    if (time == NULL) {
        html->buffer->rc = RC_NO_MEMORY;
        return;
    }
    if (read_day(html->buffer->arena, time, &date)) {
        html_message(html, days[date_weekday(date_to_days(date))], NULL, 0);
        html_text(html, " ");
    }
    html_message(html, "{0}", &(struct html_value){.text = app_when(html, time)},
                 1); // keeps its own direction
}

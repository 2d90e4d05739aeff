// SPDX-License-Identifier: Apache-2.0
// Weekly availability in words; see week.h. Days are gathered until times come; the next day after
// a time begins anew.
#include "sheet/week.h"

#include <string.h>

enum { DAYS = 7, DAY_MINUTES = 1440, SLOT_MINUTES = 30, WORD_MAX = 16 };

struct parser {
    const char *at;
    const char *end;
    unsigned days;    // bits, Monday first
    int last_day;     // for "Mon-Fri"; -1: none
    bool range;       // a dash stands after last_day
    bool times_given; // for the days gathered
    bool anything;
    uint64_t week[WEEK_WORDS];
};

static void set_minutes(struct parser *parser, int day, int from, int to)
{
    int first = (from + SLOT_MINUTES - 1) / SLOT_MINUTES;
    int last = to / SLOT_MINUTES;
    for (int slot = first; slot < last; slot++) {
        unsigned bit = (unsigned)(day * DAY_MINUTES / SLOT_MINUTES + slot) % WEEK_HALF_HOURS;
        parser->week[bit / 64] |= (uint64_t)1 << (bit % 64);
        parser->anything = true;
    }
}

static void set_times(struct parser *parser, int from, int to)
{
    unsigned days = parser->days == 0 ? 0x7fu : parser->days;
    if (to <= from)
        to += DAY_MINUTES;
    for (int day = 0; day < DAYS; day++) {
        if ((days >> day & 1u) != 0)
            set_minutes(parser, day, from, to);
    }
    parser->times_given = true;
}

// Days without times mean the day.
static void end_group(struct parser *parser)
{
    if (parser->days != 0 && !parser->times_given)
        set_times(parser, 8 * 60, 20 * 60);
    parser->days = 0;
    parser->times_given = false;
    parser->last_day = -1;
    parser->range = false;
}

static void add_days(struct parser *parser, unsigned days)
{
    if (parser->times_given)
        end_group(parser);
    parser->days |= days;
}

static void add_day(struct parser *parser, int day)
{
    if (parser->times_given)
        end_group(parser);
    int from = parser->range && parser->last_day >= 0 ? parser->last_day : day;
    for (int d = from; d != day; d = (d + 1) % DAYS)
        parser->days |= 1u << d;
    parser->days |= 1u << day;
    parser->last_day = day;
    parser->range = false;
}

static int day_number(const char *word, size_t length)
{
    static const char *const names[DAYS] = {"monday", "tuesday",  "wednesday", "thursday",
                                            "friday", "saturday", "sunday"};
    if (length > 1 && word[length - 1] == 's' && length > 5)
        length--;
    for (int day = 0; day < DAYS && length >= 2; day++) {
        if (length <= strlen(names[day]) && memcmp(names[day], word, length) == 0)
            return day;
    }
    return -1;
}

struct named_time {
    const char *word;
    int from;
    int to;
};

static const struct named_time named_times[] = {
    {"morning",    8 * 60,  12 * 60},
    {"mornings",   8 * 60,  12 * 60},
    {"afternoon",  12 * 60, 17 * 60},
    {"afternoons", 12 * 60, 17 * 60},
    {"evening",    17 * 60, 21 * 60},
    {"evenings",   17 * 60, 21 * 60},
    {"lunch",      12 * 60, 13 * 60},
    {"lunchtime",  12 * 60, 13 * 60},
};

static bool is_one_of(const char *word, size_t length, const char *list)
{
    for (const char *at = list; *at != '\0'; at++) {
        size_t one = strcspn(at, " ");
        if (one == length && memcmp(at, word, length) == 0)
            return true;
        at += one;
        if (*at == '\0')
            break;
    }
    return false;
}

static bool use_word(struct parser *parser, const char *word, size_t length)
{
    int day = day_number(word, length);
    if (day >= 0) {
        add_day(parser, day);
        return true;
    }
    for (size_t i = 0; i < sizeof named_times / sizeof named_times[0]; i++) {
        const struct named_time *time = &named_times[i];
        if (strlen(time->word) == length && memcmp(time->word, word, length) == 0) {
            set_times(parser, time->from, time->to);
            return true;
        }
    }
    if (is_one_of(word, length, "weekday weekdays workdays"))
        add_days(parser, 0x1f);
    else if (is_one_of(word, length, "weekend weekends"))
        add_days(parser, 0x60);
    else if (is_one_of(word, length, "daily everyday any anytime flexible always"))
        add_days(parser, 0x7f);
    else if (is_one_of(word, length, "to until through"))
        parser->range = true;
    else
        return is_one_of(word, length, "and or on at from in the h hrs uhr day days every");
    return true;
}

static bool read_word(struct parser *parser)
{
    char word[WORD_MAX];
    size_t length = 0;
    while (parser->at < parser->end) {
        char byte = *parser->at;
        byte = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
        if (byte < 'a' || byte > 'z')
            break;
        if (length == WORD_MAX)
            return false;
        word[length++] = byte;
        parser->at++;
    }
    return use_word(parser, word, length);
}

static int read_digits(struct parser *parser)
{
    int value = 0;
    int count = 0;
    for (; parser->at < parser->end && *parser->at >= '0' && *parser->at <= '9'; parser->at++) {
        value = value * 10 + (*parser->at - '0');
        if (++count > 4)
            return -1;
    }
    return count == 0 ? -1 : value;
}

static void skip_spaces(struct parser *parser)
{
    while (parser->at < parser->end && *parser->at == ' ')
        parser->at++;
}

static bool take_word(struct parser *parser, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(parser->end - parser->at) < length)
        return false;
    for (size_t i = 0; i < length; i++) {
        if ((parser->at[i] | 0x20) != word[i])
            return false;
    }
    parser->at += length;
    return true;
}

// "9", "9:30", "9.30", "0930", with am, pm or h; minutes of the day, -1: none. ret_half: 0 none
// said, 1 am, 2 pm.
static int read_time(struct parser *parser, int *ret_half)
{
    int hours = read_digits(parser);
    int minutes = 0;
    if (hours > 100) {
        minutes = hours % 100;
        hours /= 100;
    }
    bool parted = parser->at < parser->end && (*parser->at == ':' || *parser->at == '.');
    if (parted && parser->end - parser->at > 2) {
        parser->at++;
        minutes = read_digits(parser);
    }
    skip_spaces(parser);
    *ret_half = take_word(parser, "am") ? 1 : take_word(parser, "pm") ? 2 : 0;
    if (hours < 0 || hours > 24 || minutes < 0 || minutes > 59 ||
        hours * 60 + minutes > DAY_MINUTES)
        return -1;
    return hours * 60 + minutes;
}

// Noon and midnight are the traps of the twelve-hour clock.
static int in_half(int minutes, int half)
{
    int twelfth = minutes / 60 == 12 ? minutes - 720 : minutes;
    if (half == 0 || minutes >= 13 * 60)
        return minutes;
    return half == 2 ? twelfth + 720 : twelfth;
}

// A dash of any kind, or "to".
static bool read_dash(struct parser *parser)
{
    skip_spaces(parser);
    bool found = take_word(parser, "to") || take_word(parser, "until");
    if (!found && parser->at < parser->end && *parser->at == '-') {
        parser->at++;
        found = true;
    }
    bool long_dash = parser->end - parser->at >= 3 && memcmp(parser->at, "\xe2\x80", 2) == 0 &&
                     ((unsigned char)parser->at[2] == 0x93 || (unsigned char)parser->at[2] == 0x94);
    if (!found && long_dash) {
        parser->at += 3;
        found = true;
    }
    skip_spaces(parser);
    return found;
}

static bool read_range(struct parser *parser)
{
    int from_half = 0;
    int to_half = 0;
    int from = read_time(parser, &from_half);
    if (from < 0 || !read_dash(parser))
        return false;
    int to = read_time(parser, &to_half);
    if (to < 0)
        return false;
    if (from_half == 0 && to_half == 2 && from < to && from < 720)
        from_half = 2; // "2-5pm" is the afternoon, "9-5pm" begins in the morning
    set_times(parser, in_half(from, from_half), in_half(to, to_half));
    return true;
}

static bool read_sign(struct parser *parser)
{
    char byte = *parser->at;
    if (strchr(" ,&/+().:", byte) != NULL) {
        parser->at++;
        return true;
    }
    if (byte == ';' || byte == '\n' || byte == '\r') {
        end_group(parser);
        parser->at++;
        return true;
    }
    parser->range = read_dash(parser);
    return parser->range;
}

bool week_parse(struct text text, uint64_t ret_week[WEEK_WORDS])
{
    struct parser parser = {.at = text.bytes, .end = text.bytes + text.length, .last_day = -1};
    while (parser.at < parser.end) {
        char byte = *parser.at;
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        bool digit = byte >= '0' && byte <= '9';
        bool read = byte != '\0' && (letter  ? read_word(&parser)
                                     : digit ? read_range(&parser)
                                             : read_sign(&parser));
        if (!read)
            return false;
    }
    end_group(&parser);
    if (parser.anything)
        memcpy(ret_week, parser.week, sizeof parser.week);
    return parser.anything;
}

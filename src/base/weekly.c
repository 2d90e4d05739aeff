// SPDX-License-Identifier: Apache-2.0
//
// Windows of a week as text and as quarter hours; see weekly.h.
#include "base/weekly.h"

#include <ctype.h>
#include <string.h>

enum { QUARTER = 15, QUARTERS_A_DAY = WEEKLY_DAY_MINUTES / QUARTER };

bool weekly_is_right(const struct weekly *weekly)
{
    return weekly->day != '\0' && strchr("1234567wed", weekly->day) != NULL && weekly->from >= 0 &&
           weekly->from < weekly->to && weekly->to <= WEEKLY_DAY_MINUTES &&
           weekly->from % QUARTER == 0 && weekly->to % QUARTER == 0;
}

void weekly_add(struct buffer *out, const struct weekly *weekly)
{
    buffer_printf(out, "%c %02d:%02d %02d:%02d %c;", weekly->day, weekly->from / 60,
                  weekly->from % 60, weekly->to / 60, weekly->to % 60, weekly->is_good ? 'g' : 'p');
}

int weekly_minutes(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    for (int k = 0; k < 5; k++)
        if (k == 2 ? c[k] != ':' : !isdigit(c[k]))
            return -1;
    int minutes = ((c[0] - '0') * 10 + c[1] - '0') * 60 + (c[3] - '0') * 10 + c[4] - '0';
    return c[3] < '6' && minutes <= WEEKLY_DAY_MINUTES ? minutes : -1;
}

// Each has the same length: "w 18:00 21:00 g;".
bool weekly_next(const char **cursor, struct weekly *ret_weekly)
{
    const char *c = *cursor;
    if (memchr(c, 0, 16) != NULL || c[1] != ' ' || c[7] != ' ' || c[13] != ' ' || c[15] != ';')
        return false;
    *ret_weekly = (struct weekly){c[0], weekly_minutes(c + 2), weekly_minutes(c + 8), c[14] == 'g'};
    if (!weekly_is_right(ret_weekly))
        return false;
    *cursor = c + 16;
    return true;
}

static bool holds(char day, int number)
{
    return day == 'd' || day - '1' == number || (day == 'w' && number < 5) ||
           (day == 'e' && number >= 5);
}

static void set(uint64_t words[WEEKLY_WORDS], int quarter)
{
    words[quarter / 64] |= UINT64_C(1) << (quarter % 64);
}

void weekly_quarters(const char *text, uint64_t ret_possible[WEEKLY_WORDS],
                     uint64_t ret_good[WEEKLY_WORDS])
{
    struct weekly weekly;
    memset(ret_possible, 0, WEEKLY_WORDS * sizeof ret_possible[0]);
    memset(ret_good, 0, WEEKLY_WORDS * sizeof ret_good[0]);
    while (weekly_next(&text, &weekly))
        for (int day = 0; day < 7; day++)
            for (int q = weekly.from / QUARTER; q < weekly.to / QUARTER; q++) {
                if (!holds(weekly.day, day))
                    break;
                set(ret_possible, day * QUARTERS_A_DAY + q);
                if (weekly.is_good)
                    set(ret_good, day * QUARTERS_A_DAY + q);
            }
}

unsigned weekly_total_minutes(const char *text)
{
    uint64_t possible[WEEKLY_WORDS];
    uint64_t good[WEEKLY_WORDS];
    unsigned quarters = 0;
    weekly_quarters(text, possible, good);
    for (int k = 0; k < WEEKLY_WORDS; k++)
        quarters += (unsigned)__builtin_popcountll(possible[k]);
    return quarters * QUARTER;
}

// SPDX-License-Identifier: Apache-2.0
//
// Windows of a week: what is written is read, and nothing else is.
#include "base/weekly.h"

#include "base/tap.h"

static bool bit(const uint64_t words[WEEKLY_WORDS], int quarter)
{
    return (words[quarter / 64] >> (quarter % 64) & 1) != 0;
}

int main(void)
{
    static const char *const wrong[] = {"",
                                        "x 18:00 21:00 g;",
                                        "1 18:00 18:00 g;",
                                        "1 19:00 18:00 g;",
                                        "1 18:07 19:00 g;",
                                        "1 18:00 24:15 g;",
                                        "1 18:60 20:00 g;",
                                        "1 18:00 21:00 g",
                                        "1  8:00 21:00 g;"};
    struct arena arena;
    struct buffer out;
    struct weekly weekly = {'w', 18 * 60, 21 * 60, true};
    struct weekly read;
    uint64_t possible[WEEKLY_WORDS];
    uint64_t good[WEEKLY_WORDS];
    arena_open(&arena, 1 << 20);
    buffer_open(&out, &arena, 1000);
    weekly_add(&out, &weekly);
    weekly = (struct weekly){'7', 0, 1440, false};
    weekly_add(&out, &weekly);
    is_str(out.bytes, "w 18:00 21:00 g;7 00:00 24:00 p;", "as text");
    const char *cursor = out.bytes;
    ok(weekly_next(&cursor, &read) && read.day == 'w' && read.from == 1080 && read.to == 1260 &&
           read.is_good,
       "the first is read");
    ok(weekly_next(&cursor, &read) && read.day == '7' && read.to == 1440 && !read.is_good,
       "and the second");
    ok(!weekly_next(&cursor, &read), "and no third");
    for (size_t k = 0; k < sizeof wrong / sizeof wrong[0]; k++) {
        cursor = wrong[k];
        ok(!weekly_next(&cursor, &read), "not a window: %s", wrong[k]);
    }
    weekly_quarters(out.bytes, possible, good);
    ok(!bit(possible, 71) && bit(possible, 72) && bit(possible, 83) && !bit(possible, 84),
       "Monday from six to nine in the evening");
    ok(bit(good, 72) && bit(good, 4 * 96 + 72) && !bit(good, 5 * 96 + 72), "good, until Friday");
    ok(bit(possible, 6 * 96) && bit(possible, 671) && !bit(good, 671), "all of Sunday is possible");
    is_uint(weekly_total_minutes(out.bytes), 5 * 180 + 1440, "minutes in all");
    is_uint(weekly_total_minutes("w 18:00 21:00 g;1 20:00 22:00 p;"), 5 * 180 + 60,
            "what is told twice counts once");
    arena_close(&arena);
    return tap_done();
}

// SPDX-License-Identifier: Apache-2.0
// Holds the words of days to what app.h promises.
#include "base/tap.h"

#include "app/app.h"
#include "web/message.h"

static struct arena arena;

static const struct {
    const char *language;
    const char *text;
    const char *want;
} cases[] = {
    {"en", "2027-03-09",                     "9 March 2027"                  },
    {"es", "2027-03-09",                     "9 de marzo de 2027"            },
    {"ar", "2027-03-09",                     "9 مارس 2027"               },
    {"en", "2026-12-31 23:05 CET",           "31 December 2026, 23:05 CET"   },
    {"en", "2028-02-29 00:00 +0545",         "29 February 2028, 00:00 +0545" },
    {"en", "2027-02-29",                     "2027-02-29"                    }, // there is no such day
    {"en", "2027-03-09 is a day",            "2027-03-09 is a day"           }, // somebody's words
    {"en", "2027-03-09x",                    "2027-03-09x"                   },
    {"en", "2027-03-09 23:05 CET, or later", "2027-03-09 23:05 CET, or later"},
    {"en", "",                               ""                              },
    {"en", "soon",                           "soon"                          },
};

int main(void)
{
    arena_open(&arena, 1 << 20);
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++)
        is_str(app_when_in(&arena, locale_find(cases[k].language), cases[k].text), cases[k].want,
               "%s in %s", cases[k].text, cases[k].language);
    ok(app_when_in(&arena, NULL, NULL) == NULL, "nothing stays nothing");
    arena_close(&arena);
    return tap_done();
}

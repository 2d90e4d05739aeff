// SPDX-License-Identifier: Apache-2.0
// Holds the numbers of objectives to what objective.h promises.
#include "app/cohort/objective.h"

#include "base/tap.h"

static const struct {
    const char *text;
    bool good;
    int64_t hundredths;
    const char *printed;
} numbers[] = {
    {"70",        true,  7000,      "70"     },
    {"70 %",      true,  7000,      "70"     },
    {"70%",       true,  7000,      "70"     },
    {"3,5",       true,  350,       "3.5"    },
    {"3.25",      true,  325,       "3.25"   },
    {"3.05",      true,  305,       "3.05"   },
    {"-12.5",     true,  -1250,     "-12.5"  },
    {"0",         true,  0,         "0"      },
    {"9999999",   true,  999999900, "9999999"},
    {"99999999",  false, 0,         ""       },
    {"",          false, 0,         ""       },
    {"-",         false, 0,         ""       },
    {"3.",        false, 0,         ""       },
    {".5",        false, 0,         ""       },
    {"3.255",     false, 0,         ""       },
    {"1e3",       false, 0,         ""       },
    {"70 people", false, 0,         ""       },
    {"seventy",   false, 0,         ""       },
    {"70 % %",    false, 0,         ""       },
};

static const struct {
    const char *baseline;
    const char *target;
    int64_t now;
    bool reached;
    const char *name;
} aims[] = {
    {"50", "70",  7000, true,  "up, and there"                   },
    {"50", "70",  6999, false, "up, and nearly there"            },
    {"20", "10",  1000, true,  "down, and there"                 },
    {"20", "10",  1001, false, "down, and nearly there"          },
    {"",   "70",  9000, false, "without a start nobody can say"  },
    {"50", "all", 9000, false, "nor with an aim that is in words"},
};

int main(void)
{
    struct arena arena;
    arena_open(&arena, 4096);
    for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++) {
        int64_t hundredths = 0;
        bool good = objective_number(numbers[k].text, &hundredths) == RC_OK;
        ok(good == numbers[k].good, "'%s' is a number or none", numbers[k].text);
        is_int(hundredths, numbers[k].hundredths, "its hundredths");
        if (good)
            is_str(objective_print(&arena, hundredths), numbers[k].printed, "as it is kept");
    }
    for (size_t k = 0; k < sizeof aims / sizeof aims[0]; k++) {
        const struct objective one = {.baseline = aims[k].baseline, .target = aims[k].target};
        ok(objective_reached(&one, aims[k].now) == aims[k].reached, "%s", aims[k].name);
    }
    arena_close(&arena);
    return tap_done();
}

// SPDX-License-Identifier: Apache-2.0
// Holds the rules of concerns to what their header promises.
#include "app/concern/concern.h"

#include "base/date.h"
#include "base/tap.h"

static int64_t at(const char *day, int hour)
{
    struct date date;
    return date_parse(day, &date) == RC_OK ? (date_to_seconds(date) + hour * 3600) * 1000000 : 0;
}

int main(void)
{
    static const struct {
        const char *from;
        const char *to;
        bool may;
    } moves[] = {
        {"open",         "acknowledged", true },
        {"open",         "in_progress",  false},
        {"open",         "resolved",     false},
        {"acknowledged", "in_progress",  true },
        {"acknowledged", "open",         false},
        {"in_progress",  "resolved",     true },
        {"in_progress",  "escalated",    true },
        {"escalated",    "resolved",     true },
        {"escalated",    "in_progress",  false},
        {"resolved",     "open",         false},
        {"none",         "open",         false},
    };
    static const struct {
        const char *state;
        const char *from;
        const char *due;
    } dues[] = {
        {"open",         "2026-11-23", "2026-11-25"}, // Monday
        {"open",         "2026-11-26", "2026-11-30"}, // Thursday: over the weekend
        {"open",         "2026-11-27", "2026-12-01"},
        {"open",         "2026-11-28", "2026-12-01"}, // Saturday
        {"open",         "2028-02-28", "2028-03-01"}, // a leap day between
        {"acknowledged", "2026-11-23", "2026-11-30"},
        {"in_progress",  "2026-11-23", "2026-12-07"},
        {"escalated",    "2026-12-31", "2027-01-07"},
    };
    for (size_t k = 0; k < sizeof moves / sizeof moves[0]; k++)
        ok(concern_may_move(moves[k].from, moves[k].to) == moves[k].may, "%s to %s", moves[k].from,
           moves[k].to);
    for (size_t k = 0; k < sizeof dues / sizeof dues[0]; k++)
        is_int(concern_due(dues[k].state, at(dues[k].from, 15)), at(dues[k].due, 15), "%s since %s",
               dues[k].state, dues[k].from);
    is_int(concern_due("resolved", 5), 0, "nothing is due of what is settled");
    ok(concern_may_climb(LADDER_NONE, LADDER_CONTACT, false), "first somebody talks with her");
    ok(!concern_may_climb(LADDER_NONE, LADDER_COHORT, false), "nothing is left out");
    ok(concern_may_climb(LADDER_NONE, LADDER_PROGRAMME, true), "unless somebody is in danger");
    ok(!concern_may_climb(LADDER_COHORT, LADDER_CONTACT, true), "and never down");
    ok(!concern_may_climb(LADDER_PROGRAMME, LADDER_PROGRAMME + 1, true), "nor beyond the top");
    ok(concern_is_grave("safety") && !concern_is_grave("fit"), "what is grave");
    return tap_done();
}

// SPDX-License-Identifier: Apache-2.0
// Holds the rules of plans to what they promise.
#include "app/support/support_plan.h"

#include "base/tap.h"

#define DAY_US ((int64_t)86400 * 1000000)

int main(void)
{
    static const struct {
        const char *name;
        int64_t offset;
        int64_t days;
        int64_t fits_in;
        int due; // hours after the beginning
    } dues[] = {
        {"on the first day",           0,   182, 182, 0       },
        {"as written",                 14,  182, 182, 14 * 24 },
        {"with more time, as written", 14,  182, 300, 14 * 24 },
        {"half of the time",           14,  182, 91,  7 * 24  },
        {"the last day is the last",   182, 182, 10,  10 * 24 },
        {"beyond the plan",            200, 182, 182, 200 * 24},
        {"counted back from the end",  -7,  182, 182, 175 * 24},
        {"in half of the time",        -14, 182, 91,  84 * 24 },
        {"with more time, from there", -14, 182, 300, 286 * 24},
        {"never before the beginning", -20, 10,  10,  0       },
        {"no time is left",            182, 182, -5,  24      },
        {"a plan without days",        5,   0,   10,  5 * 24  },
    };
    for (size_t k = 0; k < sizeof dues / sizeof dues[0]; k++) {
        int64_t due =
            plan_due(1000 * DAY_US, dues[k].offset, dues[k].days, dues[k].fits_in) - 1000 * DAY_US;
        is_int((due + 60000000) / 3600000000, dues[k].due, "%s", dues[k].name);
    }
    for (int64_t days = 1; days < 400; days += 7) { // the order stays
        int64_t last = 0;
        for (int64_t offset = 0; offset <= days; offset++) {
            int64_t due = plan_due(0, offset, days, 30);
            if (due < last || due > (days > 30 ? 30 : days) * DAY_US)
                ok(false, "day %d of %d", (int)offset, (int)days);
            last = due;
        }
    }
    struct pair_item item = {.state = "open", .due_at = 10 * DAY_US + 5};
    is_int(plan_stand(&item, 10 * DAY_US), PLAN_TODAY, "today, before the hour");
    is_int(plan_stand(&item, 10 * DAY_US + DAY_US - 1), PLAN_TODAY, "today, after it");
    is_int(plan_stand(&item, 11 * DAY_US), PLAN_LATE, "overdue the day after");
    is_int(plan_stand(&item, 3 * DAY_US), PLAN_SOON, "a week before");
    is_int(plan_stand(&item, 2 * DAY_US), PLAN_LATER, "before that");
    item.paused_at = 9 * DAY_US;
    is_int(plan_stand(&item, 20 * DAY_US), PLAN_WAITS, "a pause: nothing is overdue");
    item.state = "done";
    is_int(plan_stand(&item, 20 * DAY_US), PLAN_DONE, "done is done");
    item.state = "skipped";
    is_int(plan_stand(&item, 20 * DAY_US), PLAN_SKIPPED, "not needed");
    is_str(support_label(plan_kinds, "task"), "Something to do", "a label");
    is_str(support_label(plan_kinds, "x"), "x", "and none");
    return tap_done();
}

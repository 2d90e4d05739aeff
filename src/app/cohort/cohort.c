// SPDX-License-Identifier: Apache-2.0
//
// The states of a cohort; pure.
#include "app/cohort/cohort.h"

#include <string.h>

#include "base/date.h"

static const struct {
    const char *state;
    const char *label;
} states[] = {
    {"draft",     MSG("being prepared")         },
    {"enrolling", MSG("open for sign-up")       },
    {"reviewing", MSG("sign-ups are being read")},
    {"matching",  MSG("pairs are being found")  },
    {"running",   MSG("under way")              },
    {"closing",   MSG("coming to its end")      },
    {"archived",  MSG("finished")               },
    {"cancelled", MSG("cancelled")              },
};
enum { STATES = sizeof states / sizeof states[0] };

const char *cohort_next_state(const char *state)
{
    for (size_t k = 0; k + 1 < STATES; k++) {
        if (strcmp(states[k].state, "archived") == 0)
            return NULL;
        if (strcmp(states[k].state, state) == 0)
            return states[k + 1].state;
    }
    return NULL;
}

bool cohort_has_begun(const struct cohort *cohort)
{
    return strcmp(cohort->state, "running") == 0 || strcmp(cohort->state, "closing") == 0 ||
           strcmp(cohort->state, "archived") == 0;
}

bool cohort_is_open(const struct cohort *cohort)
{
    static const char *const late[] = {"reviewing", "matching", "running"};
    if (strcmp(cohort->state, "enrolling") == 0)
        return true;
    for (size_t k = 0; cohort->late != 0 && k < sizeof late / sizeof late[0]; k++)
        if (strcmp(cohort->state, late[k]) == 0)
            return true;
    return false;
}

bool cohort_is_template(const struct cohort *cohort)
{
    return strcmp(cohort->state, "template") == 0;
}

static const char *days_after(struct arena *arena, const char *day, int64_t days)
{
    char text[DATE_TEXT_BYTES];
    struct date date;
    if (date_parse(day, &date) != RC_OK)
        return "";
    date_print(date_from_days(date_to_days(date) + days), text);
    return arena_strndup(arena, text, strlen(text));
}

// Closing begins three weeks before the end (SPEC section 8).
const char *cohort_due(struct arena *arena, const struct cohort *cohort)
{
    enum { CLOSING_DAYS = 21 };
    if (strcmp(cohort->state, "draft") == 0)
        return cohort->opens;
    if (strcmp(cohort->state, "enrolling") == 0 || strcmp(cohort->state, "reviewing") == 0)
        return cohort->closes;
    if (strcmp(cohort->state, "matching") == 0)
        return cohort->starts;
    if (strcmp(cohort->state, "running") == 0)
        return days_after(arena, cohort->starts, cohort->weeks * 7 - CLOSING_DAYS);
    if (strcmp(cohort->state, "closing") == 0)
        return days_after(arena, cohort->starts, cohort->weeks * 7);
    return "";
}

const char *cohort_state_label(const char *state)
{
    for (size_t k = 0; k < STATES; k++)
        if (strcmp(states[k].state, state) == 0)
            return states[k].label;
    return "";
}

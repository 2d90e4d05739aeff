// SPDX-License-Identifier: Apache-2.0
//
// The states of a cohort; pure.
#include "app/cohort/cohort.h"

#include <string.h>

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
};
enum { STATES = sizeof states / sizeof states[0] };

const char *cohort_next_state(const char *state)
{
    for (size_t k = 0; k + 1 < STATES; k++)
        if (strcmp(states[k].state, state) == 0)
            return states[k + 1].state;
    return NULL;
}

const char *cohort_state_label(const char *state)
{
    for (size_t k = 0; k < STATES; k++)
        if (strcmp(states[k].state, state) == 0)
            return states[k].label;
    return MSG("cancelled");
}

// SPDX-License-Identifier: Apache-2.0
//
// The rules of concerns; see concern.h. Pure: no rows, no clock.
#include "app/concern/concern.h"

#include <string.h>

#include "base/date.h"

const struct field_option concern_kinds[] = {
    {"no_reply",  MSG("The other does not answer")    },
    {"no_show",   MSG("The other does not come")      },
    {"fit",       MSG("We don't fit together")        },
    {"access",    MSG("Something shuts me out")       },
    {"programme", MSG("Something about the programme")},
    {"conduct",   MSG("How somebody behaves")         },
    {"safety",    MSG("Somebody may be in danger")    },
    {"other",     MSG("Something else")               },
    {NULL,        NULL                                },
};
const struct field_option concern_states[] = {
    {"open",         MSG("not read yet")            },
    {"acknowledged", MSG("read")                    },
    {"in_progress",  MSG("being looked after")      },
    {"escalated",    MSG("given to somebody higher")},
    {"resolved",     MSG("settled")                 },
    {NULL,           NULL                           },
};

// In the order of concern_states.
static const struct {
    const char *state;
    const char *to[2];
    int working_days;
    const char *next;
} moves[] = {
    {"open",         {"acknowledged", NULL},    2,  MSG("Somebody reads it and answers you")    },
    {"acknowledged", {"in_progress", NULL},     5,  MSG("Somebody tells you what is being done")},
    {"in_progress",  {"resolved", "escalated"}, 10, MSG("You hear how it stands")               },
    {"escalated",    {"resolved", NULL},        5,  MSG("You hear what was decided")            },
    {"resolved",     {NULL, NULL},              0,  MSG("Nothing more; you can still add words")},
};
enum { MOVES = sizeof moves / sizeof moves[0] };

bool concern_is_grave(const char *kind)
{
    return strcmp(kind, "conduct") == 0 || strcmp(kind, "safety") == 0;
}

static size_t find_state(const char *state)
{
    size_t at = 0;
    while (at < MOVES && strcmp(moves[at].state, state) != 0)
        at++;
    return at;
}

bool concern_may_move(const char *from, const char *to)
{
    size_t at = find_state(from);
    if (at == MOVES)
        return false;
    for (size_t k = 0; k < 2 && moves[at].to[k] != NULL; k++)
        if (strcmp(moves[at].to[k], to) == 0)
            return true;
    return false;
}

int64_t concern_due(const char *state, int64_t from_us)
{
    size_t at = find_state(state);
    if (at == MOVES || moves[at].working_days == 0)
        return 0;
    int64_t due = from_us;
    for (int days = 0; days < moves[at].working_days;) {
        due += DAY_US;
        enum weekday day = date_weekday(date_days_of_seconds(due / 1000000));
        days += day != SATURDAY && day != SUNDAY;
    }
    return due;
}

const char *concern_next_label(const char *state)
{
    size_t at = find_state(state);
    return at == MOVES ? "" : moves[at].next;
}

bool concern_may_climb(int64_t from, int64_t to, bool grave)
{
    if (to <= from || to > LADDER_PROGRAMME)
        return false;
    return grave || to == from + 1;
}

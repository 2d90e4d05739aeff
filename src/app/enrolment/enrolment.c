// SPDX-License-Identifier: Apache-2.0
//
// What is asked at sign-up, and what the states of an enrolment mean; pure.
#include "app/enrolment/enrolment.h"

#include <string.h>

const struct field_option enrolment_topics[] = {
    {"planning",   MSG("Career orientation and planning") },
    {"interview",  MSG("Interview preparation")           },
    {"job",        MSG("Looking for a job")               },
    {"network",    MSG("Building a professional network") },
    {"backend",    MSG("Backend development")             },
    {"frontend",   MSG("Frontend development")            },
    {"data",       MSG("Data science and engineering")    },
    {"devops",     MSG("DevOps and cloud")                },
    {"security",   MSG("Security")                        },
    {"mobile",     MSG("Mobile development")              },
    {"ux",         MSG("UX and UI")                       },
    {"management", MSG("From contributor to management")  },
    {"business",   MSG("Freelancing and entrepreneurship")},
    {NULL,         NULL                                   },
};

const struct field_option enrolment_languages[] = {
    {"en", MSG("English")   },
    {"es", MSG("Spanish")   },
    {"fr", MSG("French")    },
    {"de", MSG("German")    },
    {"pt", MSG("Portuguese")},
    {"ar", MSG("Arabic")    },
    {"hi", MSG("Hindi")     },
    {"uk", MSG("Ukrainian") },
    {NULL, NULL             },
};

const struct field_option enrolment_times[] = {
    {"work-morning",    MSG("Weekdays, 08:00-12:00 UTC")},
    {"work-afternoon",  MSG("Weekdays, 12:00-17:00 UTC")},
    {"work-evening",    MSG("Weekdays, 17:00-22:00 UTC")},
    {"weekend-day",     MSG("Weekends, 08:00-17:00 UTC")},
    {"weekend-evening", MSG("Weekends, 17:00-22:00 UTC")},
    {NULL,              NULL                            },
};

static const struct {
    const char *state;
    const char *label;
    const char *next;
} states[] = {
    {"submitted",  MSG("sent"),
     MSG("The people who run the programme read your sign-up. You see their answer here.")},
    {"approved",   MSG("accepted"),
     MSG("You are in the pool. When pairs have been found, you see yours here.")          },
    {"waitlisted", MSG("on the waiting list"),
     MSG("There is no place just now. You keep your place in the queue.")                 },
    {"declined",   MSG("not accepted"),
     MSG("The reason stands below. You can join another programme.")                      },
    {"withdrawn",  MSG("withdrawn"),
     MSG("You take no part. You can join again while sign-up is open.")                   },
};

const char *enrolment_state_label(const char *state)
{
    for (size_t k = 0; k < sizeof states / sizeof states[0]; k++)
        if (strcmp(states[k].state, state) == 0)
            return states[k].label;
    return "";
}

const char *enrolment_next_label(const char *state)
{
    for (size_t k = 0; k < sizeof states / sizeof states[0]; k++)
        if (strcmp(states[k].state, state) == 0)
            return states[k].next;
    return "";
}

// Whether the word (of length bytes) stands in a list whose values end with a space each.
static bool has_word(const char *list, const char *word, size_t length)
{
    while (*list != '\0') {
        size_t here = strcspn(list, " ");
        if (here == length && memcmp(list, word, length) == 0)
            return true;
        list += here + (list[here] == ' ');
    }
    return false;
}

unsigned enrolment_common(const char *values, const char *others)
{
    unsigned count = 0;
    while (*values != '\0') {
        size_t length = strcspn(values, " ");
        count += length > 0 && has_word(others, values, length);
        values += length + (values[length] == ' ');
    }
    return count;
}

// SPDX-License-Identifier: Apache-2.0
//
// What is asked at sign-up, and what the states of an enrolment mean; pure. The lists follow SPEC
// appendix C.
#include "app/enrolment/enrolment.h"

#include <string.h>

const struct field_option enrolment_levels[] = {
    {"1",  MSG("At the beginning")                   },
    {"2",  MSG("Some years, or through training")    },
    {"3",  MSG("Experienced")                        },
    {"4",  MSG("Very experienced, or leading others")},
    {NULL, NULL                                      },
};

const struct field_option enrolment_cadences[] = {
    {"0",  MSG("As the programme does")},
    {"1",  MSG("Every week")           },
    {"2",  MSG("Every two weeks")      },
    {"3",  MSG("Every three weeks")    },
    {"4",  MSG("Once a month")         },
    {NULL, NULL                        },
};

const struct field_option enrolment_topics[] = {
    {"planning",    MSG("Career orientation and planning") },
    {"switch",      MSG("Switching to a career in tech")   },
    {"interview",   MSG("Interview preparation")           },
    {"coding",      MSG("Coding challenges")               },
    {"job",         MSG("Looking for a job")               },
    {"network",     MSG("Building a professional network") },
    {"motivation",  MSG("Motivation and encouragement")    },
    {"midlevel",    MSG("From beginner to mid level")      },
    {"senior",      MSG("From mid level to senior")        },
    {"beyond",      MSG("Beyond senior")                   },
    {"management",  MSG("From contributor to management")  },
    {"special",     MSG("Changing specialisation")         },
    {"backend",     MSG("Backend development")             },
    {"frontend",    MSG("Frontend development")            },
    {"fullstack",   MSG("Fullstack development")           },
    {"mobile",      MSG("Mobile development")              },
    {"data",        MSG("Data science")                    },
    {"dataeng",     MSG("Data engineering")                },
    {"ml",          MSG("Machine learning")                },
    {"devops",      MSG("DevOps and cloud")                },
    {"sre",         MSG("Site reliability")                },
    {"security",    MSG("Security")                        },
    {"distributed", MSG("Distributed systems")             },
    {"networks",    MSG("Computer networks")               },
    {"qa",          MSG("Testing and quality")             },
    {"ux",          MSG("UX and UI")                       },
    {"product",     MSG("Product management")              },
    {"project",     MSG("Project management")              },
    {"engmanage",   MSG("Engineering management")          },
    {"analysis",    MSG("Business analysis")               },
    {"business",    MSG("Freelancing and entrepreneurship")},
    {"unsure",      MSG("I don't know yet")                },
    {NULL,          NULL                                   },
};

const struct field_option enrolment_languages[] = {
    {"en", MSG("English")   },
    {"es", MSG("Spanish")   },
    {"fr", MSG("French")    },
    {"de", MSG("German")    },
    {"it", MSG("Italian")   },
    {"nl", MSG("Dutch")     },
    {"pl", MSG("Polish")    },
    {"pt", MSG("Portuguese")},
    {"ru", MSG("Russian")   },
    {"uk", MSG("Ukrainian") },
    {"tr", MSG("Turkish")   },
    {"ar", MSG("Arabic")    },
    {"hi", MSG("Hindi")     },
    {NULL, NULL             },
};

const struct field_option enrolment_formats[] = {
    {"video",  MSG("Video call")                                   },
    {"audio",  MSG("Audio only")                                   },
    {"text",   MSG("Text and chat")                                },
    {"person", MSG("In person")                                    },
    {"async",  MSG("Not at the same time: messages and recordings")},
    {NULL,     NULL                                                },
};

const struct field_option enrolment_caregiving[] = {
    {"under5", MSG("A child under 5")   },
    {"child",  MSG("A child of 5 to 17")},
    {"adult",  MSG("An adult")          },
    {NULL,     NULL                     },
};

const struct field_option enrolment_access[] = {
    {"captions", MSG("Captions")                                },
    {"sign",     MSG("Sign-language interpreter")               },
    {"reader",   MSG("Material that screen readers read")       },
    {"camera",   MSG("Camera off")                              },
    {"text",     MSG("Text instead of voice")                   },
    {"short",    MSG("Shorter meetings")                        },
    {"agenda",   MSG("A written agenda before")                 },
    {"other",    MSG("Something else: say it in your own words")},
    {NULL,       NULL                                           },
};

const struct field_option enrolment_scale[] = {
    {"1",  MSG("Not at all")},
    {"2",  MSG("Rather not")},
    {"3",  MSG("In between")},
    {"4",  MSG("Rather yes")},
    {"5",  MSG("Very much") },
    {NULL, NULL             },
};

const struct field_option enrolment_audiences[] = {
    {"me",          MSG("Only me")                                        },
    {"matching",    MSG("Matching only: rules may use it, nobody sees it")},
    {"coordinator", MSG("The people who run the programme")               },
    {"match",       MSG("They, and the person I am matched with")         },
    {"cohort",      MSG("Everybody in this cohort")                       },
    {NULL,          NULL                                                  },
};

static const struct {
    const char *state;
    const char *label;
    const char *next;
} states[] = {
    {"draft",      MSG("not sent yet"),
     MSG("Your answers are kept. Go on when you have time, and send your sign-up at the end.") },
    {"submitted",  MSG("sent"),
     MSG("The people who run the programme read your sign-up. You see their answer here.")     },
    {"needs_info", MSG("a question for you"),
     MSG("There is a question for you below. Once you have answered it, they read on.")        },
    {"approved",   MSG("accepted"),
     MSG("You are in the pool. When pairs have been found, you see yours here.")               },
    {"waitlisted", MSG("on the waiting list"),
     MSG("There is no place just now. You keep your place in the queue.")                      },
    {"declined",   MSG("not accepted"),
     MSG("The reason stands below. You can join another programme.")                           },
    {"removed",    MSG("place ended"),
     MSG("Those who run the programme have ended your place in it. The reason stands below.")  },
    {"carried",    MSG("carried over"),
     MSG("There was no place this time. You are signed up for a later cohort, and come first.")},
    {"finished",   MSG("finished"),
     MSG("This cohort is over. What you reached stands on your page of recognition.")          },
    {"withdrawn",  MSG("withdrawn"),
     MSG("You take no part. You can join again while sign-up is open.")                        },
};

const struct field_option enrolment_codes[] = {
    {"experience", MSG("Experience")           },
    {"capacity",   MSG("No place")             },
    {"conduct",    MSG("Conduct")              },
    {"duplicate",  MSG("Signed up twice")      },
    {"incomplete", MSG("Incomplete, or silent")},
    {"wish",       MSG("She asked for it")     },
    {"other",      MSG("Something else")       },
    {NULL,         NULL                        },
};

const struct field_option enrolment_checks[] = {
    {"self",      MSG("She says so herself; nobody has checked it")   },
    {"confirmed", MSG("Confirmed by the people who run the programme")},
    {"reference", MSG("Confirmed by somebody who has worked with her")},
    {NULL,        NULL                                                },
};

bool enrolment_is_in(const char *state)
{
    static const char *const in[] = {"submitted", "needs_info", "approved", "waitlisted"};
    for (size_t k = 0; k < sizeof in / sizeof in[0]; k++)
        if (strcmp(in[k], state) == 0)
            return true;
    return false;
}

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

bool enrolment_shows(const char *audience, char who)
{
    bool for_all = strcmp(audience, "cohort") == 0;
    bool for_match = for_all || strcmp(audience, "match") == 0;
    if (who == 'e')
        return for_all;
    return for_match || (who == 'c' && strcmp(audience, "coordinator") == 0);
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

int64_t enrolment_skill(const char *skills, const char *topic)
{
    size_t length = strlen(topic);
    while (skills != NULL && *skills != '\0') {
        size_t here = strcspn(skills, " ");
        bool its =
            here == length + 2 && memcmp(skills, topic, length) == 0 && skills[length] == ':';
        if (its && skills[length + 1] >= '1' && skills[length + 1] <= '4')
            return skills[length + 1] - '0';
        skills += here + (skills[here] == ' ');
    }
    return 0;
}

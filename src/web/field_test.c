// SPDX-License-Identifier: Apache-2.0
//
// Each kind of field: what it takes, and what it says when it refuses.
#include "web/field.h"

#include "base/tap.h"

struct everything {
    const char *line;
    const char *text;
    const char *email;
    const char *link;
    int64_t number;
    const char *day;
    const char *one;
    struct field_many many;
    int64_t tick;
};

static const struct field_option colours[] = {
    {"red",   "Red"  },
    {"blue",  "Blue" },
    {"green", "Green"},
    {NULL,    NULL   }
};

static const struct field rows[] = {
    {"line",   FIELD_LINE,    FIELD_TEXT_OF(struct everything, line),   1, 5,   "Line",   "", NULL   },
    {"text",   FIELD_TEXT,    FIELD_TEXT_OF(struct everything, text),   3, 20,  "Text",   "", NULL   },
    {"email",  FIELD_EMAIL,   FIELD_TEXT_OF(struct everything, email),  1, 254, "E-mail", "", NULL   },
    {"link",   FIELD_LINK,    FIELD_TEXT_OF(struct everything, link),   0, 50,  "Link",   "", NULL   },
    {"number", FIELD_INTEGER, FIELD_INT_OF(struct everything,  number), 0, 10,  "Number", "", NULL   },
    {"day",    FIELD_DAY,     FIELD_TEXT_OF(struct everything, day),    0, 10,  "Day",    "", NULL   },
    {"one",    FIELD_ONE,     FIELD_TEXT_OF(struct everything, one),    1, 1,   "One",    "", colours},
    {"many",   FIELD_MANY,    offsetof(struct everything,      many),   1, 2,   "Many",   "", colours},
    {"tick",   FIELD_TICK,    FIELD_INT_OF(struct everything,  tick),   1, 1,   "Tick",   "", NULL   },
};
static const struct shape shape = SHAPE(struct everything, rows);

#define GOOD                                                                                       \
    "line=+Ada+&text=abc&email=Ada@Example.org&link=https://a.example&number=10&day=2028-02-29"    \
    "&one=red&many=green&many=red&tick=1"

static struct arena arena;

static enum rc read_form(const char *sent, struct form *form, struct everything *out)
{
    *out = (struct everything){0};
    form_open(form, &arena);
    enum rc rc = form_parse(form, text_of(sent));
    return rc == RC_OK ? shape_read(&shape, form, out) : rc;
}

static void try_good(void)
{
    struct form form;
    struct everything all;
    is_int(read_form(GOOD, &form, &all), RC_OK, "all is well");
    is_str(all.line, "Ada", "trimmed");
    is_str(all.email, "ada@example.org", "addresses are in lower case");
    is_int(all.number, 10, "the number");
    is_str(all.day, "2028-02-29", "a leap day");
    is_uint(all.many.count, 2, "two chosen");
    is_str(all.many.values[0], "red", "in the order of the options");
    is_int(all.tick, 1, "ticked");

    struct form shown;
    form_open(&shown, &arena);
    is_int(shape_show(&shape, &shown, &all), RC_OK, "shown again");
    struct everything again = {0};
    is_int(shape_read(&shape, &shown, &again), RC_OK, "and read again");
    is_str(again.many.values[1], "green", "nothing is lost on the way");
    is_int(again.number, 10, "nor the number");
}

static const struct {
    const char *sent;
    const char *field;
    const char *error;
} refused[] = {
    {"line=",                         "line",   "Fill this in"                                     },
    {"line=toolong",                  "line",   "Write at most {0} characters"                     },
    {"line=a%0Ab",                    "line",   "Write this in one line"                           },
    {"line=a&line=b",                 "line",   "This was sent twice"                              },
    {"text=ab",                       "text",   "Write at least {0} characters"                    },
    {"email=",                        "email",  "Write your e-mail address"                        },
    {"email=a@b",                     "email",  "Write an e-mail address like name@example.org"    },
    {"email=a%0Ab@example.org",       "email",  "Write an e-mail address like name@example.org"    },
    {"email=a,b@example.org",         "email",  "Write an e-mail address like name@example.org"    },
    {"link=javascript:alert(1)",      "link",   "Write an address that starts with https://"       },
    {"number=",                       "number", "Write a whole number from {0} to {1}"             },
    {"number=11",                     "number", "Write a whole number from {0} to {1}"             },
    {"number=-1",                     "number", "Write a whole number from {0} to {1}"             },
    {"number=1.5",                    "number", "Write a whole number from {0} to {1}"             },
    {"number=99999999999999999999",   "number", "Write a whole number from {0} to {1}"             },
    {"day=2027-02-29",                "day",    "Write a day as year-month-day, such as 2027-03-31"},
    {"one=",                          "one",    "Choose one"                                       },
    {"one=pink",                      "one",    "Choose one of the answers offered"                },
    {"many=pink",                     "many",   "Choose from the answers offered"                  },
    {"many=red&many=red",             "many",   "Choose from the answers offered"                  },
    {"",                              "many",   "Choose at least one"                              },
    {"many=red&many=blue&many=green", "many",   "Choose at most {0}"                               },
    {"",                              "tick",   "Tick this to go on"                               },
};

static void try_refused(void)
{
    for (size_t k = 0; k < sizeof refused / sizeof refused[0]; k++) {
        struct form form;
        struct everything all;
        is_int(read_form(refused[k].sent, &form, &all), RC_BAD_INPUT, "%s", refused[k].sent);
        const struct form_error *error = form_error(&form, refused[k].field);
        is_str(error == NULL ? NULL : error->text, refused[k].error, "%s says why",
               refused[k].field);
    }
}

int main(void)
{
    arena_open(&arena, 8 << 20);
    try_good();
    try_refused();
    arena_close(&arena);
    return tap_done();
}

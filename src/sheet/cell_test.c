// SPDX-License-Identifier: Apache-2.0
// Single cells: weeks, numbers, languages, pronouns, levels.
#include "sheet/cell.h"

#include "base/tap.h"

#include "sheet/week.h"

static struct arena arena;

struct week_case {
    const char *text;
    const char
        *days; // half-hours of each day that are free, "9:00-17:00" as 18-34; NULL: not understood
};

static const struct week_case weeks[] = {
    {"Mon 9-17",                    "0:18-34"                                },
    {"Monday 9:00-17:00",           "0:18-34"                                },
    {"Mon-Wed 18:00-20:00",         "0:36-40 1:36-40 2:36-40"                },
    {"Mon, Wed 18-20; Fri morning", "0:36-40 2:36-40 4:16-24"                },
    {"Tue 9-10, 14-15",             "1:18-20 1:28-30"                        },
    {"Tue 9-10 Thu 14-15",          "1:18-20 3:28-30"                        },
    {"weekends 10am-1pm",           "5:20-26 6:20-26"                        },
    {"weekday evenings",            "0:34-42 1:34-42 2:34-42 3:34-42 4:34-42"},
    {"Fri to Sun 8-9",              "4:16-18 5:16-18 6:16-18"                },
    {"Sat-Mon 8-9",                 "0:16-18 5:16-18 6:16-18"                },
    {"Mondays",                     "0:16-40"                                },
    {"Sunday 22-2",                 "0:0-4 6:44-48"                          }, // past midnight into Monday
    {"Mon 2-5pm",                   "0:28-34"                                },
    {"Mon 9-5pm",                   "0:18-34"                                },
    {"Mon 12am-12pm",               "0:0-24"                                 },
    {"Mon 12pm-1pm",                "0:24-26"                                },
    {"Mon 0930\xe2\x80\x93"
     "1015",                   "0:19-20"                                }, // half a slot does not count
    {"Mon 9.30-11",                 "0:19-22"                                },
    {"Mon 9",                       NULL                                     },
    {"Mon 25-26",                   NULL                                     },
    {"after the summer",            NULL                                     },
    {"",                            NULL                                     },
    {"9:00-9:20",                   NULL                                     }, // not one half-hour
};

static void show_week(const uint64_t week[WEEK_WORDS], struct buffer *shown)
{
    for (unsigned day = 0; day < 7; day++) {
        for (unsigned slot = 0; slot < 48; slot++) {
            unsigned bit = day * 48 + slot;
            bool free = (week[bit / 64] >> (bit % 64) & 1) != 0;
            bool before = slot > 0 && (week[(bit - 1) / 64] >> ((bit - 1) % 64) & 1) != 0;
            if (free && !before)
                buffer_printf(shown, "%s%u:%u", shown->length > 0 ? " " : "", day, slot);
            bool last = slot == 47 || (week[(bit + 1) / 64] >> ((bit + 1) % 64) & 1) == 0;
            if (free && last)
                buffer_printf(shown, "-%u", slot + 1);
        }
    }
}

static void test_week(const struct week_case *row)
{
    uint64_t week[WEEK_WORDS] = {0};
    struct buffer shown;
    buffer_open(&shown, &arena, 1000);
    bool read = week_parse(text_of(row->text), week);
    is_int(read, row->days != NULL, "\"%s\" understood or not", row->text);
    show_week(week, &shown);
    is_str(shown.bytes, row->days == NULL ? "" : row->days, "\"%s\"", row->text);
}

static void test_language(const char *typed, const char *key, enum person_language_level level)
{
    struct person_language language = {0};
    is_int(cell_language(&arena, text_of(typed), &language), RC_OK, "read %s", typed);
    is_str(language.key, key, "its language");
    is_int(language.level, level, "its level");
}

static void test_numbers(void)
{
    uint32_t number = 99;
    ok(cell_whole_number(text_of("10"), &number) && number == 10, "10");
    ok(cell_whole_number(text_of("3.0"), &number) && number == 3, "3.0 as spreadsheets write it");
    ok(!cell_whole_number(text_of("two"), &number), "two");
    ok(!cell_whole_number(text_of("-1"), &number), "-1");
    ok(!cell_whole_number(text_of("2.5"), &number), "2.5");
    ok(!cell_whole_number(text_of(""), &number), "nothing");
    ok(!cell_whole_number(text_of("99999999999"), &number), "too large");
    is_int(cell_first_number_x10(text_of("2-3 hours")), 20, "2-3 hours");
    is_int(cell_first_number_x10(text_of("about 1.5")), 15, "about 1.5");
    is_int(cell_first_number_x10(text_of("many")), -1, "many");
    is_int(cell_first_number_x10(text_of("99999999999")), -1, "too large");
}

int main(void)
{
    arena_open(&arena, 1000000);
    for (size_t i = 0; i < sizeof weeks / sizeof weeks[0]; i++)
        test_week(&weeks[i]);
    test_language("English (C1)", "english", PERSON_LANGUAGE_C1);
    test_language("French - native speaker", "french", PERSON_LANGUAGE_NATIVE);
    test_language("Espa\u00f1ol", "espanol", PERSON_LANGUAGE_UNKNOWN);
    test_language("Sign language, basic", "sign language", PERSON_LANGUAGE_A1);
    test_numbers();
    is_int(cell_answer("yes please"), PERSON_YES, "yes please");
    is_int(cell_answer("no"), PERSON_NO, "no");
    is_int(cell_answer("perhaps"), PERSON_UNKNOWN, "perhaps");
    is_int(cell_gender("woman"), PERSON_YES, "woman");
    is_int(cell_gender("trans woman"), PERSON_YES, "trans woman");
    is_int(cell_gender("non binary"), PERSON_NO, "non binary");
    is_int(cell_gender("prefer not to say"), PERSON_UNKNOWN, "not said is not no");
    is_int(cell_level("phd student"), PERSON_LEVEL_STUDENT, "PhD student");
    is_int(cell_level("senior engineer"), PERSON_LEVEL_SENIOR, "senior engineer");
    is_int(cell_level("team lead"), PERSON_LEVEL_LEAD, "team lead");
    is_int(cell_level("wizard"), PERSON_LEVEL_UNKNOWN, "wizard");
    ok(cell_is_pronouns("he el") && cell_is_pronouns("seh her ella"), "pronouns");
    ok(!cell_is_pronouns("data science") && !cell_is_pronouns("dr or miss"), "no pronouns");
    is_int(cell_statement("4"), 4, "4");
    is_int(cell_statement("strongly agree"), 5, "strongly agree");
    is_int(cell_statement("6"), 0, "6");
    ok(cell_is_email(text_of("a@b.org")), "an address");
    ok(!cell_is_email(text_of("a@b")) && !cell_is_email(text_of("a@@b.c")), "no address");
    ok(!cell_is_email(text_of("@b.c")) && !cell_is_email(text_of("a b@c.d")), "nor this");
    arena_close(&arena);
    return tap_done();
}

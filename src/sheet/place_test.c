// SPDX-License-Identifier: Apache-2.0
// Places as people type them, and the zone or the reason why there is none. Rows of both demo
// rounds among them.
#include "sheet/place.h"

#include "base/date.h"
#include "base/tap.h"

static struct arena arena;
static struct place_book *book;

struct place_case {
    const char *city;
    const char *country;
    enum place_status status;
    const char *zone;
};

static const struct place_case cases[] = {
  // the country has one zone
    {"Tamale",                                      "Ghana",                    PLACE_COUNTRY,         "Africa/Accra"                  },
    {"Abomey Calavi",                               "Benin",                    PLACE_COUNTRY,         "Africa/Porto-Novo"             },
    {"",                                            "Netherlands",              PLACE_COUNTRY,         "Europe/Amsterdam"              },
    {"",                                            "The Netherlands",          PLACE_COUNTRY,         "Europe/Amsterdam"              },
    {"London",                                      "United Kingdom",           PLACE_COUNTRY,         "Europe/London"                 },
    {"Leeds",                                       "UK",                       PLACE_COUNTRY,         "Europe/London"                 },
    {"Edinburgh",                                   "Scotland",                 PLACE_COUNTRY,         "Europe/London"                 },
    {"\u0130stanbul",                               "Turkey",                   PLACE_COUNTRY,         "Europe/Istanbul"               },
    {"Izmir",                                       "T\u00fcrkiye",             PLACE_COUNTRY,         "Europe/Istanbul"               },
    {"\u00d1ima",                                   "Peru",                     PLACE_COUNTRY,         "America/Lima"                  },
    {"Bangui",                                      "Central African Republic", PLACE_COUNTRY,         "Africa/Bangui"                 },
    {"Seoul",                                       "South Korea",              PLACE_COUNTRY,         "Asia/Seoul"                    },
    {"",                                            "Republic of Korea",        PLACE_COUNTRY,         "Asia/Seoul"                    },
    {"",                                            "Korea, Republic of",       PLACE_COUNTRY,         "Asia/Seoul"                    },
    {"",                                            "Republic of Ireland",      PLACE_COUNTRY,         "Europe/Dublin"                 },
    {"",                                            "Czechia",                  PLACE_COUNTRY,         "Europe/Prague"                 },
    {"Abidjan",                                     "C\u00f4te d'Ivoire",       PLACE_COUNTRY,         "Africa/Abidjan"                },
    {"",                                            "Ivory Coast",              PLACE_COUNTRY,         "Africa/Abidjan"                },
    {"",                                            "Bosnia and Herzegovina",   PLACE_COUNTRY,         "Europe/Sarajevo"               },
    {"",                                            "de",                       PLACE_ALL_AGREE,       "Europe/Berlin"                 },
    {"",                                            "Nigeira",                  PLACE_COUNTRY,         "Africa/Lagos"                  },
    {"Ahmednagar, Maharashtra",                     "India",                    PLACE_COUNTRY,         "Asia/Kolkata"                  },
    {"Nairobi, Kenya",                              "Kenya",                    PLACE_COUNTRY,         "Africa/Nairobi"                },
    {"Nairobi, Kenya",                              "",                         PLACE_COUNTRY,         "Africa/Nairobi"                },
    {"Liverpool",                                   "Saudi Arabia",             PLACE_COUNTRY,
     "Asia/Riyadh"                                                                                                                     }, // no table knows where Liverpool is
    {"Torino, TO",                                  "Italy",                    PLACE_COUNTRY,         "Europe/Rome"                   },
    {"Timbuktu",                                    "Mali",                     PLACE_COUNTRY,         "Africa/Bamako"                 },
 // all zones of the country agree
    {"Freiburg",                                    "Germany",                  PLACE_ALL_AGREE,       "Europe/Berlin"                 },
    {"Avellaneda, Pba.",                            "Argentina",                PLACE_ALL_AGREE,       "America/Argentina/Buenos_Aires"},
    {"Astana (Nursultan)",                          "Kazakhstan",               PLACE_ALL_AGREE,       "Asia/Almaty"                   },
 // the city names the zone
    {"Ciudad Autonoma De Buenos Aires , Argentina", "Argentina",                PLACE_CITY,
     "America/Argentina/Buenos_Aires"                                                                                                  },
    {"New York City",                               "United States",            PLACE_CITY,            "America/New_York"              },
    {"Montr\u00e9al",                               "Canada",                   PLACE_CITY,            "America/Toronto"               },
    {"Vancouver",                                   "Canada",                   PLACE_CITY,            "America/Vancouver"             },
    {"Rio De Janeiro",                              "Brazil",                   PLACE_REGION,          "America/Sao_Paulo"             },
    {"Tashkent",                                    "Uzbekistan",               PLACE_CITY,            "Asia/Tashkent"                 },
    {"Shanghai",                                    "China",                    PLACE_CITY,            "Asia/Shanghai"                 },
    {"Beijing",                                     "China",                    PLACE_REGION,          "Asia/Shanghai"                 },
    {"Melilla",                                     "Spain",                    PLACE_REGION,          "Africa/Ceuta"                  },
    {"Los Angles",                                  "USA",                      PLACE_CITY,            "America/Los_Angeles"           },
    {"Singapore",                                   "",                         PLACE_COUNTRY,         "Asia/Singapore"                },
    {"Berlin",                                      "",                         PLACE_CITY,            "Europe/Berlin"                 },
    {"Berlin",                                      "Atlantis",                 PLACE_CITY,            "Europe/Berlin"                 },
 // the state lies in one zone, or does not
    {"San Francisco, California",                   "United States",            PLACE_REGION,          "America/Los_Angeles"           },
    {"Boston, MA",                                  "USA",                      PLACE_REGION,          "America/New_York"              },
    {"Calgary, Alberta",                            "",                         PLACE_REGION,          "America/Edmonton"              },
    {"Brisbane City, QLD",                          "Australia",                PLACE_CITY,            "Australia/Brisbane"            },
    {"Cairns, Queensland",                          "Australia",                PLACE_REGION,          "Australia/Brisbane"            },
    {"Austin, Texas",                               "United States",            PLACE_AMBIGUOUS,       NULL                            },
    {"London, Ontario",                             "Canada",                   PLACE_AMBIGUOUS,       NULL                            },
    {"Campinas, SP",                                "Brazil",                   PLACE_REGION,          "America/Sao_Paulo"             },
 // nothing decides
    {"Washington",                                  "United States",            PLACE_AMBIGUOUS,       NULL                            },
    {"San Francisco",                               "United States",            PLACE_AMBIGUOUS,       NULL                            },
    {"College Station",                             "United States",            PLACE_AMBIGUOUS,       NULL                            },
    {"Barcelona",                                   "Spain",                    PLACE_AMBIGUOUS,       NULL                            },
    {"",                                            "Russia",                   PLACE_AMBIGUOUS,       NULL                            },
    {"Atlanta, Georgia",                            "",                         PLACE_UNKNOWN_COUNTRY, NULL                            }, // the state or the country
    {"Springfield",                                 "",                         PLACE_UNKNOWN_COUNTRY, NULL                            },
    {"Springfield",                                 "Atlantis",                 PLACE_UNKNOWN_COUNTRY, NULL                            },
    {"",                                            "Nigera",                   PLACE_UNKNOWN_COUNTRY, NULL                            }, // Niger or Nigeria
    {"",                                            "",                         PLACE_BLANK,           NULL                            },
    {" ",                                           "\u00a0",                   PLACE_BLANK,           NULL                            },
 // contradictions
    {"London",                                      "Ghana",                    PLACE_CONTRADICTORY,   NULL                            },
    {"Merced, CA",                                  "Colombia",                 PLACE_CONTRADICTORY,   NULL                            },
    {"Austin, Texas",                               "Germany",                  PLACE_CONTRADICTORY,   NULL                            },
    {"Nairobi, Kenya",                              "Nigeria",                  PLACE_CONTRADICTORY,   NULL                            },
    {"Kenya",                                       "Nigeria",                  PLACE_CONTRADICTORY,   NULL                            },
 // namesakes are no contradictions
    {"C\u00f3rdoba",                                "Argentina",                PLACE_CITY,            "America/Argentina/Cordoba"     },
    {"C\u00f3rdoba",                                "Colombia",                 PLACE_CONTRADICTORY,   NULL                            },
    {"Perth",                                       "Scotland",                 PLACE_COUNTRY,         "Europe/London"                 },
    {"St. John's",                                  "Antigua & Barbuda",        PLACE_COUNTRY,         "America/Antigua"               },
};

static void test_case(const struct place_case *row)
{
    struct place_question question = {.city = row->city, .country = row->country};
    struct place place = {0};
    if (!is_int(place_find(book, &arena, &question, &place), RC_OK, "asked %s / %s", row->city,
                row->country))
        return;
    is_int(place.status, row->status, "%s / %s: %s", row->city, row->country, place.sentence);
    is_str(place.zone, row->zone, "its zone");
    ok(place.sentence != NULL && place.sentence[0] != '\0', "and a sentence");
}

struct cell_case {
    struct place_question question;
    enum place_status status;
    const char *zone;
    bool check;
};

static const struct cell_case cell_cases[] = {
    {{.location = "London, UK"},                               PLACE_COUNTRY,         "Europe/London",       false},
    {{.location = "London UK"},                                PLACE_COUNTRY,         "Europe/London",       false},
    {{.location = "New York, United States"},                  PLACE_CITY,            "America/New_York",    false},
    {{.location = "Kenya"},                                    PLACE_COUNTRY,         "Africa/Nairobi",      false},
    {{.location = "Lyon / France"},                            PLACE_COUNTRY,         "Europe/Paris",        false},
    {{.location = "California, USA"},                          PLACE_REGION,          "America/Los_Angeles", false},
    {{.location = "Washington, USA"},                          PLACE_AMBIGUOUS,       NULL,                  false},
    {{.location = "Remote"},                                   PLACE_UNKNOWN_COUNTRY, NULL,                  false},
    {{.city = "Portland", .region = "Maine", .country = "US"},
     PLACE_REGION,                                                                    "America/New_York",
     false                                                                                                        },
    {{.city = "Portland", .region = "OR", .country = "US"},    PLACE_AMBIGUOUS,       NULL,                  false},
    {{.zone = "Europe/Berlin"},                                PLACE_EXACT,           "Europe/Berlin",       false},
    {{.zone = "america/new york", .country = "USA"},           PLACE_EXACT,           "America/New_York",    false},
    {{.zone = "Asia/Calcutta", .country = "India"},            PLACE_EXACT,           "Asia/Calcutta",       false},
    {{.zone = "Europe/Berlin", .country = "Japan"},            PLACE_EXACT,           "Europe/Berlin",       true },
    {{.zone = "UTC"},                                          PLACE_EXACT,           "UTC",                 false},
    {{.zone = "UTC+2"},                                        PLACE_EXACT,           "Etc/GMT-2",           true },
    {{.zone = "GMT -05:00"},                                   PLACE_EXACT,           "Etc/GMT+5",           true },
    {{.zone = "UTC+5:30"},                                     PLACE_UNKNOWN_ZONE,    NULL,                  true },
    {{.zone = "EST"},                                          PLACE_UNKNOWN_ZONE,    NULL,                  true },
    {{.zone = "EST", .city = "Toronto", .country = "Canada"},  PLACE_CITY,            "America/Toronto",     true },
    {{.zone = "UTC+3", .country = "Kenya"},                    PLACE_COUNTRY,         "Africa/Nairobi",      true },
    {{.zone = "../../etc/passwd"},                             PLACE_UNKNOWN_ZONE,    NULL,                  true },
};

static void test_cell_case(const struct cell_case *row, size_t i)
{
    struct place place = {0};
    if (!is_int(place_find(book, &arena, &row->question, &place), RC_OK, "cells %zu", i))
        return;
    is_int(place.status, row->status, "cells %zu: %s", i, place.sentence);
    is_str(place.zone, row->zone, "their zone");
    is_int(place.check, row->check, "to be checked or not");
}

// Every zone that the book may give can be loaded: the tables and the compiled files fit together.
static void test_all_countries(void)
{
    static const char *const names[] = {"Kenya",      "Germany", "Argentina",
                                        "Kazakhstan", "India",   "Peru"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct place place = {0};
        struct zone zone = {0};
        struct place_question question = {.country = names[i]};
        place_find(book, &arena, &question, &place);
        ok(place.zone != NULL && zone_load(&arena, ZONE_FOLDER, place.zone, &zone) == RC_OK,
           "the zone of %s can be loaded", names[i]);
    }
}

static void test_likely(void)
{
    struct place place = {0};
    struct place_question question = {.city = "Barcelona", .country = "Spain"};
    place_find(book, &arena, &question, &place);
    is_str(place.likely_zone, "Europe/Madrid", "most of Spain keeps Madrid's time");
    is_str(place.country_code, "ES", "the country is known all the same");
}

static enum rc no_zone(void *context, struct arena *own, const char *name, struct zone *ret_zone)
{
    (void)context;
    (void)own;
    (void)name;
    (void)ret_zone;
    return RC_NOT_FOUND;
}

// A book of three countries from tables in memory, every call for memory failing in turn.
static void test_own_tables(void)
{
    struct place_tables tables = {
        .countries_tab = text_of("# c\nAA\tFirst land\nBB\tSecond (Old)\nCC\tNowhere\n"),
        .zones_tab =
            text_of("AA,BB\t+00+00\tEurope/One\nBB\t+00+00\tEurope/Two_Towers\tmost of Second\n"),
        .links = text_of("L Europe/One Europe/Uno\nR x\nL a\n"),
    };
    int failures = 0;
    for (size_t n = 1; n < 1000; n++) {
        struct arena own;
        struct place_book *small = NULL;
        struct place place = {0};
        struct place_question question = {.city = "Uno", .country = "first land"};
        arena_open(&own, 4 * 1024 * 1024);
        own.fail_at = n;
        struct place_zones zones = {no_zone, NULL};
        enum rc rc = place_book_make(&own, &tables, zones, 0, 1, &small);
        if (rc == RC_OK)
            rc = place_find(small, &own, &question, &place);
        if (rc == RC_OK)
            is_str(place.zone, "Europe/One", "the zone of the first land");
        arena_close(&own);
        if (rc == RC_OK)
            break;
        failures += rc == RC_NO_MEMORY ? 1 : 10000;
    }
    ok(failures > 10 && failures < 1000, "%d calls for memory fail cleanly", failures);
    struct place_book *none = NULL;
    struct place_zones zones = {no_zone, NULL};
    tables.zones_tab = text_of("nothing\n");
    is_int(place_book_make(&arena, &tables, zones, 0, 1, &none), RC_BAD_INPUT,
           "no zone is no book");
}

int main(void)
{
    arena_open(&arena, 64 * 1024 * 1024);
    const char *error = "";
    int64_t from_s = date_to_seconds((struct date){2026, 1, 1});
    int64_t to_s = date_to_seconds((struct date){2027, 1, 1});
    if (!is_int(place_book_load(&arena, ZONE_FOLDER, from_s, to_s, &book, &error), RC_OK,
                "loaded %s", error))
        return tap_done();
    note("%zu KiB for the book", arena.held_bytes / 1024);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        test_case(&cases[i]);
    for (size_t i = 0; i < sizeof cell_cases / sizeof cell_cases[0]; i++)
        test_cell_case(&cell_cases[i], i);
    test_all_countries();
    test_likely();
    test_own_tables();
    is_int(place_book_load(&arena, "/nowhere", from_s, to_s, &book, &error), RC_NOT_FOUND,
           "no tables");
    ok(strstr(error, "/nowhere/iso3166.tab") != NULL, "and said so: %s", error);
    arena_close(&arena);
    return tap_done();
}

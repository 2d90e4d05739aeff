// SPDX-License-Identifier: Apache-2.0
//
// Why: people say where they live, matching needs their time zone. This finds it from the tz
// database's own tables, and says so when it cannot.
//
// Promises: never a silent guess: a zone is given only when the country has one, when all zones of
// the country keep the same time in the asked period, when the city names a zone of that country,
// or when a state or province lies in one zone. Anything else is unknown, with a status and a
// sentence that says why and what to do.
//
// Not for: geography: a city that names no zone in a country with several is ambiguous, however
// famous.
#ifndef TRELLIS_SHEET_PLACE_H
#define TRELLIS_SHEET_PLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "base/text.h"
#include "base/zone.h"

enum place_status {
    PLACE_BLANK,     // nothing was said
    PLACE_EXACT,     // a time zone name was given
    PLACE_COUNTRY,   // the country has one zone
    PLACE_CITY,      // the city names a zone (of the country, when one is given)
    PLACE_REGION,    // the state or province lies in one zone
    PLACE_ALL_AGREE, // the country has several zones that keep the same time in the asked period
    PLACE_UNKNOWN_COUNTRY, // no country of that name, and the city does not help
    PLACE_UNKNOWN_ZONE,    // a time zone was given that is not one, and the place does not help
    PLACE_AMBIGUOUS,       // the country has several zones, and nothing says which
    PLACE_CONTRADICTORY,   // city and country do not fit together
};

struct place {
    enum place_status status;
    const char *zone;        // "Europe/Berlin"; NULL: unknown. Lives as long as the book.
    const char *likely_zone; // PLACE_AMBIGUOUS: the zone of most of the country; NULL: none is
    char country_code[3];    // "DE"; "" unknown
    bool check;              // a zone was found, but someone should look: the sentence says why
    struct said *said;       // the sentence below, for other languages
    const char *sentence;    // for the row's report; never NULL, no full stop at its end
};

struct place_question { // what the cells say; NULL or "" when there is no such cell
    const char *zone;
    const char *city;
    const char *region;
    const char *country;
    const char *location; // city and country in one cell
};

// The tables, as text. zones_tab is zone.tab or zone1970.tab; links (tzdata.zi) may be empty.
struct place_tables {
    struct text countries_tab; // iso3166.tab
    struct text zones_tab;
    struct text links;
};

struct place_book; // countries, zones and cities by key; read only once made

// How a zone's rules are found; zone_load with the folder as context in the program, anything in a
// test.
struct place_zones {
    enum rc (*load)(void *context, struct arena *arena, const char *name, struct zone *ret_zone);
    void *context;
};

// Makes the book from tables in memory. [from_s, to_s) is the period in which zones of a country
// must agree. RC_BAD_INPUT: no country or no zone in the tables.
enum rc place_book_make(struct arena *arena, const struct place_tables *tables,
                        struct place_zones zones, int64_t from_s, int64_t to_s,
                        struct place_book **ret_book);

// The same from the files of a folder such as ZONE_FOLDER. ret_error as in base/file.h.
enum rc place_book_load(struct arena *arena, const char *folder, int64_t from_s, int64_t to_s,
                        struct place_book **ret_book, const char **ret_error);

// Answers. Only RC_NO_MEMORY (and RC_LIMIT for a cell beyond TEXT_KEY_LIMIT_BYTES) can fail.
enum rc place_find(const struct place_book *book, struct arena *arena,
                   const struct place_question *question, struct place *ret_place);

#endif

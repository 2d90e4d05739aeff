// SPDX-License-Identifier: Apache-2.0
//
// Why: the tz database's tables as arrays that place.c can ask.
//
// Promises: read only once made; strings live in the arena it was made in, or in the tables' text.
//
// Not for: use outside place*.c.
#ifndef TRELLIS_SHEET_PLACE_BOOK_H
#define TRELLIS_SHEET_PLACE_BOOK_H

#include "sheet/place.h"

enum { PLACE_COUNTRIES_MAX = 1000, PLACE_ZONES_MAX = 5000 };
#define PLACE_NO_COUNTRY UINT32_MAX

struct place_country {
    char code[3];
    const char *name;
    const char *key;       // of the whole name
    const char *short_key; // of the name before a parenthesis
    uint32_t zone_count;   // rows of the zone table
    uint32_t first_zone;   // the first of them
    bool all_agree;        // more than one zone, and all keep the same time in the period
    const char *main_zone; // the table says: mainland, or most of the country; NULL: it does not
};

struct place_zone { // a row of the zone table and one country of it, or a link
    const char *name;
    const char *city;    // word key of the last part of the name
    const char *comment; // ""
    const char *target;  // the zone that a link stands for; NULL: it is no link
    uint32_t country;    // PLACE_NO_COUNTRY: a link to a zone of no country
};

struct place_book {
    struct place_country *countries;
    uint32_t country_count;
    struct place_zone *zones; // rows of the table, then links
    uint32_t zone_count;
    uint32_t link_count; // behind the zones
    bool *region_agrees; // by index in regions(): all its zones keep the same time in the period
};

// The country with this two-letter code in any case; PLACE_NO_COUNTRY: none.
uint32_t place_country_by_code(const struct place_book *book, const char *code);

#endif

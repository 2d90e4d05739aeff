// SPDX-License-Identifier: Apache-2.0
//
// Why: one country has many names: "UK", "The Netherlands", "Republic of Korea", "Czechia".
//
// Promises: a name is made into one key, in which articles, "and" and forms of state do not count;
// the variants that no rule can make stand in a table.
//
// Not for: use outside place*.c.
#ifndef TRELLIS_SHEET_COUNTRY_H
#define TRELLIS_SHEET_COUNTRY_H

#include "base/arena.h"
#include "base/rc.h"
#include "base/text.h"

// The key of a country's name: words without articles and forms of state ("republic of"), "saint"
// as "st". ret_alone (may be NULL) gets the key before forms of state are taken off.
enum rc country_key(struct arena *arena, struct text name, char **ret_key, char **ret_alone);

// The two-letter code for a key that is a usual variant of a country's name ("usa", "holland");
// NULL: none.
const char *country_variant(const char *key);

// Whether a city of this name is known to lie in the country although the tz database has its
// namesake in another
// ("cordoba", "ES").
bool country_has_namesake(const char *code, const char *city_key);

// Whether people of the country add two-letter codes of provinces to cities ("Torino, TO"), which
// then say nothing of the United States or Canada.
bool country_has_province_codes(const char *code);

#endif

// SPDX-License-Identifier: Apache-2.0
// From what people say of where they live to a time zone, or to a sentence that says why not; see
// place.h. The order: a zone that was named; then the country; then what contradicts it; then what
// decides the zone within it.
#include "sheet/place.h"

#include <string.h>

#include "base/msg.h"
#include "base/said.h"

#include "sheet/country.h"
#include "sheet/place_book.h"
#include "sheet/region.h"

enum { PARTS_MAX = 8, SHOWN_BYTES_MAX = 100 };

struct part {
    const char *text; // as typed, cut for sentences
    const char *key;  // word key
};

// What the cells of one person say, taken apart.
struct clues {
    const struct place_book *book;
    struct arena *arena;
    const char *country_text; // as typed; "" when none
    uint32_t country;         // PLACE_NO_COUNTRY: none or not known
    bool country_near;        // by near spelling
    bool one_cell;            // the parts come from a location cell
    size_t part_count;
    struct part parts[PARTS_MAX]; // city first, then what follows its commas, then the region
};

static bool is_blank(const char *text)
{
    return text == NULL || text_trim(text, strlen(text)).length == 0;
}

// Text for a sentence: trimmed, cut, closed.
static enum rc shown(struct arena *arena, struct text text, const char **ret_shown)
{
    text = text_trim(text.bytes, text.length);
    if (text.length > SHOWN_BYTES_MAX)
        text.length = text_valid_bytes(text.bytes, SHOWN_BYTES_MAX);
    *ret_shown = arena_strndup(arena, text.bytes, text.length);
    return *ret_shown == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc add_part(struct clues *clues, struct text text)
{
    const char *parenthesis =
        text.length == 0 ? NULL : memchr(text.bytes + 1, '(', text.length - 1);
    if (parenthesis != NULL)
        text.length = (size_t)(parenthesis - text.bytes);
    text = text_trim(text.bytes, text.length);
    if (text.length == 0 || clues->part_count == PARTS_MAX)
        return RC_OK;
    struct part part = {"", ""};
    char *key = NULL;
    TRY(shown(clues->arena, text, &part.text));
    TRY(text_word_key(clues->arena, text.bytes, text.length, &key));
    part.key = key;
    if (key[0] != '\0')
        clues->parts[clues->part_count++] = part;
    return RC_OK;
}

// Adds what stands between commas and the like.
static enum rc add_parts(struct clues *clues, const char *cell)
{
    while (*cell != '\0') {
        size_t length = strcspn(cell, ",;/|\r\n");
        TRY(add_part(clues, (struct text){cell, length}));
        cell += length;
        cell += *cell != '\0' ? 1 : 0;
    }
    return RC_OK;
}

static void drop_last_part(struct clues *clues)
{
    clues->part_count--;
}

// ---- countries
// -----------------------------------------------------------------------------------

// The country that this name is exactly, by the table or a usual variant.
static uint32_t exact_country(const struct place_book *book, const char *key, const char *alone)
{
    const char *code = country_variant(alone);
    if (code == NULL)
        code = country_variant(key);
    if (code != NULL)
        return place_country_by_code(book, code);
    for (uint32_t c = 0; c < book->country_count && key[0] != '\0'; c++) {
        const struct place_country *country = &book->countries[c];
        if (strcmp(country->key, key) == 0 || strcmp(country->key, alone) == 0)
            return c;
    }
    for (uint32_t c = 0; c < book->country_count && key[0] != '\0'; c++) {
        if (strcmp(book->countries[c].short_key, key) == 0)
            return c;
    }
    return PLACE_NO_COUNTRY;
}

// The one country that is a near spelling of this name.
static uint32_t near_country(const struct place_book *book, const char *key)
{
    struct text name = text_of(key);
    unsigned bound = name.length < 8 ? 1 : 2;
    uint32_t found = PLACE_NO_COUNTRY;
    for (uint32_t c = 0; c < book->country_count && name.length >= 5; c++) {
        struct text own = text_of(book->countries[c].short_key);
        if (own.length < 5 || text_distance(name, own, bound) > bound)
            continue;
        if (found != PLACE_NO_COUNTRY)
            return PLACE_NO_COUNTRY;
        found = c;
    }
    return found;
}

static enum rc find_country(const struct place_book *book, struct arena *arena, const char *name,
                            uint32_t *ret_country)
{
    char *key = NULL;
    char *alone = NULL;
    TRY(country_key(arena, text_of(name), &key, &alone));
    *ret_country = exact_country(book, key, alone);
    return RC_OK;
}

// The country cell: a name, a variant, a two-letter code, or a near spelling.
static enum rc read_country_cell(struct clues *clues, const char *cell)
{
    char *key = NULL;
    char *alone = NULL;
    struct text text = text_trim(cell, strlen(cell));
    TRY(shown(clues->arena, text, &clues->country_text));
    TRY(country_key(clues->arena, text, &key, &alone));
    clues->country = exact_country(clues->book, key, alone);
    if (clues->country == PLACE_NO_COUNTRY)
        clues->country = place_country_by_code(clues->book, alone);
    if (clues->country != PLACE_NO_COUNTRY)
        return RC_OK;
    clues->country = near_country(clues->book, key);
    clues->country_near = clues->country != PLACE_NO_COUNTRY;
    return RC_OK;
}

// "London UK" in one cell: the last one to three words may be the country, what stands before them
// the city.
static enum rc read_country_words(struct clues *clues)
{
    struct part *part = &clues->parts[clues->part_count - 1];
    struct text words[16];
    size_t count = text_split(part->key, words, 16);
    if (count > 16)
        return RC_OK;
    for (size_t taken = 3; taken >= 1; taken--) {
        if (count <= taken)
            continue;
        const char *from = words[count - taken].bytes;
        uint32_t country = PLACE_NO_COUNTRY;
        TRY(find_country(clues->book, clues->arena, from, &country));
        if (country == PLACE_NO_COUNTRY || region_find("", from) != NULL)
            continue;
        clues->country = country;
        clues->country_text = clues->book->countries[country].name;
        part->key = arena_strndup(clues->arena, part->key, (size_t)(from - part->key) - 1);
        return part->key == NULL ? RC_NO_MEMORY : RC_OK;
    }
    return RC_OK;
}

// No country cell: the last part may name it, unless that is a state's name too ("Georgia").
static enum rc read_country_part(struct clues *clues)
{
    if (clues->part_count == 0)
        return RC_OK;
    const struct part *last = &clues->parts[clues->part_count - 1];
    uint32_t country = PLACE_NO_COUNTRY;
    TRY(find_country(clues->book, clues->arena, last->key, &country));
    const struct region *region = region_find("", last->key);
    bool region_name = region != NULL && strcmp(region->key, last->key) == 0;
    if (country != PLACE_NO_COUNTRY && !region_name) {
        clues->country = country;
        clues->country_text = last->text;
        drop_last_part(clues);
        return RC_OK;
    }
    if (region_name && country == PLACE_NO_COUNTRY && clues->part_count > 1) {
        clues->country = place_country_by_code(clues->book, region->country);
        if (clues->country != PLACE_NO_COUNTRY)
            clues->country_text = clues->book->countries[clues->country].name;
        return RC_OK;
    }
    return clues->one_cell ? read_country_words(clues) : RC_OK;
}

static enum rc read_clues(struct clues *clues, const struct place_question *question)
{
    clues->country = PLACE_NO_COUNTRY;
    clues->country_text = "";
    if (!is_blank(question->city))
        TRY(add_parts(clues, question->city));
    clues->one_cell = clues->part_count == 0 && !is_blank(question->location);
    if (clues->one_cell)
        TRY(add_parts(clues, question->location));
    if (!is_blank(question->region))
        TRY(add_part(clues, text_of(question->region)));
    if (!is_blank(question->country))
        return read_country_cell(clues, question->country);
    return read_country_part(clues);
}

// ---- cities
// --------------------------------------------------------------------------------------

enum city_match { CITY_NONE, CITY_EXACT, CITY_LINK, CITY_NEAR, CITY_SEVERAL };

static enum city_match match_rows(const struct place_book *book, const char *key, uint32_t country,
                                  bool links, const struct place_zone **ret_zone)
{
    uint32_t from = links ? book->zone_count : 0;
    uint32_t to = links ? book->zone_count + book->link_count : book->zone_count;
    const struct place_zone *found = NULL;
    for (uint32_t z = from; z < to; z++) {
        const struct place_zone *zone = &book->zones[z];
        bool here = country == PLACE_NO_COUNTRY || zone->country == country;
        if (!here || zone->city[0] == '\0' || strcmp(zone->city, key) != 0)
            continue;
        if (found != NULL && strcmp(found->name, zone->name) != 0)
            return CITY_SEVERAL;
        found = zone;
    }
    if (found == NULL)
        return CITY_NONE;
    *ret_zone = found;
    return links ? CITY_LINK : CITY_EXACT;
}

static enum city_match match_near(const struct place_book *book, const char *key, uint32_t country,
                                  const struct place_zone **ret_zone)
{
    struct text city = text_of(key);
    unsigned bound = city.length < 8 ? 1 : 2;
    const struct place_zone *found = NULL;
    for (uint32_t z = 0; z < book->zone_count && city.length >= 5; z++) {
        const struct place_zone *zone = &book->zones[z];
        if (zone->country != country || text_distance(city, text_of(zone->city), bound) > bound)
            continue;
        if (found != NULL)
            return CITY_SEVERAL;
        found = zone;
    }
    *ret_zone = found;
    return found == NULL ? CITY_NONE : CITY_NEAR;
}

// "new york city", "ciudad autonoma de buenos aires": the key without what people put around a
// city's name.
static enum rc bare_city(struct arena *arena, const char *key, const char **ret_key)
{
    static const char *const before[] = {"ciudad autonoma de ", "ciudad de ", "city of ",
                                         "greater ", "metro "};
    size_t length = strlen(key);
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        size_t prefix = strlen(before[i]);
        if (length > prefix && memcmp(key, before[i], prefix) == 0) {
            key += prefix;
            length -= prefix;
            break;
        }
    }
    if (length > 5 && strcmp(key + length - 5, " city") == 0)
        length -= 5;
    *ret_key = arena_strndup(arena, key, length);
    return *ret_key == NULL ? RC_NO_MEMORY : RC_OK;
}

// The zone that the city names, of the country when there is one.
static enum rc match_city(const struct clues *clues, const struct place_zone **ret_zone,
                          enum city_match *ret_match)
{
    *ret_match = CITY_NONE;
    if (clues->part_count == 0)
        return RC_OK;
    const char *bare = NULL;
    const char *key = clues->parts[0].key;
    TRY(bare_city(clues->arena, key, &bare));
    for (int links = 0; links < 2 && *ret_match == CITY_NONE; links++) {
        *ret_match = match_rows(clues->book, key, clues->country, links == 1, ret_zone);
        if (*ret_match == CITY_NONE)
            *ret_match = match_rows(clues->book, bare, clues->country, links == 1, ret_zone);
    }
    if (*ret_match == CITY_NONE && clues->country != PLACE_NO_COUNTRY)
        *ret_match = match_near(clues->book, bare, clues->country, ret_zone);
    return RC_OK;
}

// Whether an item of a zone's comment ("Ceuta, Melilla", "Beijing Time", "Canary Islands") is this
// name. Comments that give parts of an area, or most of one, say nothing certain.
static bool comment_names(const char *comment, const char *key, struct arena *arena, enum rc *rc)
{
    static const char *const kinds[] = {" time", " islands", " island", " region", " area"};
    if (strpbrk(comment, "()&") != NULL || strstr(comment, " - ") != NULL)
        return false;
    while (*comment != '\0') {
        size_t length = strcspn(comment, ",;/");
        char *item = NULL;
        *rc = text_word_key(arena, comment, length, &item);
        if (*rc != RC_OK)
            return false;
        if (strcmp(item, key) == 0)
            return true;
        size_t key_length = strlen(key);
        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
            if (strncmp(item, key, key_length) == 0 && strcmp(item + key_length, kinds[i]) == 0)
                return true;
        }
        comment += length;
        comment += *comment != '\0' ? 1 : 0;
    }
    return false;
}

// A zone of the country whose comment names any of the parts.
static enum rc match_comment(const struct clues *clues, const struct place_zone **ret_zone)
{
    const struct place_book *book = clues->book;
    enum rc rc = RC_OK;
    for (uint32_t z = 0; z < book->zone_count; z++) {
        const struct place_zone *zone = &book->zones[z];
        for (size_t p = 0; p < clues->part_count && zone->country == clues->country; p++) {
            if (comment_names(zone->comment, clues->parts[p].key, clues->arena, &rc)) {
                *ret_zone = zone;
                return RC_OK;
            }
            TRY(rc);
        }
    }
    return RC_OK;
}

// ---- answers
// -------------------------------------------------------------------------------------

static const struct place_country *country_of(const struct clues *clues)
{
    return &clues->book->countries[clues->country];
}

__attribute__((format(printf, 3, 4))) static enum rc
answer(const struct clues *clues, struct place *place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    enum rc rc = said_print(clues->arena, NULL, format, arguments, &place->said);
    va_end(arguments);
    TRY(rc);
    place->sentence = said_text(clues->arena, place->said);
    if (clues->country != PLACE_NO_COUNTRY)
        memcpy(place->country_code, country_of(clues)->code, sizeof place->country_code);
    return place->sentence == NULL ? RC_NO_MEMORY : RC_OK;
}

static const char *city_text(const struct clues *clues)
{
    return clues->part_count == 0 ? "" : clues->parts[0].text;
}

// A city that the table has in another country only.
static enum rc contradict_city(const struct clues *clues, struct place *place)
{
    if (clues->part_count == 0)
        return RC_OK;
    const char *key = clues->parts[0].key;
    const char *code = country_of(clues)->code;
    const struct place_zone *zone = NULL;
    if (match_rows(clues->book, key, clues->country, false, &zone) != CITY_NONE)
        return RC_OK;
    if (match_rows(clues->book, key, clues->country, true, &zone) != CITY_NONE)
        return RC_OK;
    if (match_rows(clues->book, key, PLACE_NO_COUNTRY, false, &zone) != CITY_EXACT)
        return RC_OK;
    bool nowhere = zone->country == PLACE_NO_COUNTRY || strncmp(zone->name, "Antarctica/", 11) == 0;
    if (nowhere || country_has_namesake(code, key) || region_find(code, key) != NULL)
        return RC_OK;
    place->status = PLACE_CONTRADICTORY;
    return answer(clues, place,
                  MSG("\"%s\" names the time zone %s of %s, but the country is \"%s\""),
                  city_text(clues), zone->name, clues->book->countries[zone->country].name,
                  clues->country_text);
}

static bool is_code_as_typed(const char *text)
{
    return strlen(text) == 2 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'A' &&
           text[1] <= 'Z';
}

// A state of the United States or a province of Canada, by name or by code, for a person of another
// country.
static const struct region *foreign_region(const struct clues *clues, const struct part *part)
{
    const char *code = country_of(clues)->code;
    const struct region *region = region_find("", part->key);
    if (region == NULL || strcmp(region->country, code) == 0 ||
        region_find(code, part->key) != NULL)
        return NULL;
    bool north = strcmp(region->country, "US") == 0 || strcmp(region->country, "CA") == 0;
    bool by_name = strcmp(region->key, part->key) == 0;
    bool by_code = is_code_as_typed(part->text) && !country_has_province_codes(code) &&
                   place_country_by_code(clues->book, part->text) != clues->country;
    return north && (by_name || by_code) ? region : NULL;
}

// What follows the city names another country, or a state of one.
static enum rc contradict_part(const struct clues *clues, size_t p, struct place *place)
{
    const struct part *part = &clues->parts[p];
    uint32_t named = PLACE_NO_COUNTRY;
    TRY(find_country(clues->book, clues->arena, part->key, &named));
    bool own_region = region_find(country_of(clues)->code, part->key) != NULL;
    if (named != PLACE_NO_COUNTRY && named != clues->country && !own_region) {
        place->status = PLACE_CONTRADICTORY;
        return answer(clues, place, MSG("\"%s\" is a country, but the country is given as \"%s\""),
                      part->text, clues->country_text);
    }
    const struct region *region = p == 0 ? NULL : foreign_region(clues, part);
    if (region == NULL)
        return RC_OK;
    place->status = PLACE_CONTRADICTORY;
    uint32_t abroad = place_country_by_code(clues->book, region->country);
    const char *abroad_name =
        abroad == PLACE_NO_COUNTRY ? region->country : clues->book->countries[abroad].name;
    return answer(clues, place,
                  MSG("\"%s\" after the city is a region of %s, but the country is \"%s\""),
                  part->text, abroad_name, clues->country_text);
}

static enum rc contradict(const struct clues *clues, struct place *place)
{
    TRY(contradict_city(clues, place));
    bool american =
        strcmp(country_of(clues)->code, "US") == 0; // it has a Lebanon, a Peru and a Norway
    for (size_t p = american ? 1 : 0; p < clues->part_count && place->status == PLACE_BLANK; p++)
        TRY(contradict_part(clues, p, place));
    return RC_OK;
}

// The state or province: from the last part. A city may have the name of a state that it does not
// lie in, so the city itself is not asked, with one exception that does lie in it.
static enum rc decide_by_region(const struct clues *clues, struct place *place)
{
    bool in_its_state = clues->part_count > 0 && strcmp(clues->parts[0].key, "rio de janeiro") == 0;
    size_t first = clues->one_cell || in_its_state ? 0 : 1;
    for (size_t p = clues->part_count; p > first; p--) {
        const struct part *part = &clues->parts[p - 1];
        const struct region *region = region_find(country_of(clues)->code, part->key);
        bool city_too = p == 1 && strcmp(part->key, "washington") == 0;
        if (region == NULL || city_too)
            continue;
        size_t count = 0;
        size_t index = (size_t)(region - regions(&count));
        if (!clues->book->region_agrees[index]) {
            place->status = PLACE_AMBIGUOUS;
            return answer(clues, place, MSG("\"%s\" lies in several time zones: %s"), part->text,
                          region->zones);
        }
        place->status = PLACE_REGION;
        place->zone = arena_strndup(clues->arena, region->zones, strcspn(region->zones, ","));
        if (place->zone == NULL)
            return RC_NO_MEMORY;
        return answer(clues, place, MSG("\"%s\" keeps the time of %s"), part->text, place->zone);
    }
    return RC_OK;
}

static enum rc decide_by_city(const struct clues *clues, struct place *place)
{
    const struct place_zone *zone = NULL;
    enum city_match match = CITY_NONE;
    TRY(match_city(clues, &zone, &match));
    if (match == CITY_EXACT || match == CITY_LINK || match == CITY_NEAR) {
        place->status = PLACE_CITY;
        place->zone = zone->target != NULL ? zone->target : zone->name;
        place->check = match == CITY_NEAR;
        if (match == CITY_NEAR)
            return answer(clues, place,
                          MSG("\"%s\" is a near spelling of the city of the time zone %s"),
                          city_text(clues), zone->name);
        return answer(clues, place, MSG("\"%s\" names the time zone %s"), city_text(clues),
                      zone->name);
    }
    TRY(match_comment(clues, &zone));
    if (zone == NULL)
        return RC_OK;
    place->status = PLACE_REGION;
    place->zone = zone->name;
    return answer(clues, place, MSG("\"%s\" is in the part of the country that keeps %s"),
                  city_text(clues), zone->name);
}

// Several zones, and nothing that decides among them.
static enum rc leave_open(const struct clues *clues, struct place *place)
{
    const struct place_country *country = country_of(clues);
    place->status = PLACE_AMBIGUOUS;
    place->likely_zone = country->main_zone;
    const char *city = city_text(clues);
    const char *names =
        city[0] == '\0' ? MSG("no city is given") : MSG("the city names none of them");
    if (country->main_zone != NULL)
        return answer(clues, place, MSG("%s has %u time zones and %s; most of it keeps %s"),
                      country->name, (unsigned)country->zone_count, names, country->main_zone);
    return answer(clues, place, MSG("%s has %u time zones and %s"), country->name,
                  (unsigned)country->zone_count, names);
}

static enum rc decide_in_country(const struct clues *clues, struct place *place)
{
    const struct place_country *country = country_of(clues);
    TRY(contradict(clues, place));
    if (place->status != PLACE_BLANK)
        return RC_OK;
    place->check = clues->country_near;
    if (country->zone_count == 1) {
        place->status = PLACE_COUNTRY;
        place->zone = clues->book->zones[country->first_zone].name;
        return answer(clues, place, MSG("%s has one time zone"), country->name);
    }
    TRY(decide_by_city(clues, place));
    if (place->status == PLACE_BLANK)
        TRY(decide_by_region(clues, place));
    if (place->status != PLACE_BLANK)
        return RC_OK;
    if (country->all_agree) {
        place->status = PLACE_ALL_AGREE;
        place->zone = clues->book->zones[country->first_zone].name;
        return answer(clues, place, MSG("all %u time zones of %s keep the same time"),
                      (unsigned)country->zone_count, country->name);
    }
    return leave_open(clues, place);
}

static enum rc decide_without_country(const struct clues *clues, struct place *place)
{
    const struct place_zone *zone = NULL;
    enum city_match match = CITY_NONE;
    TRY(match_city(clues, &zone, &match));
    bool named = clues->country_text[0] != '\0';
    if (match == CITY_SEVERAL) {
        place->status = PLACE_AMBIGUOUS;
        return answer(clues, place, MSG("\"%s\" names several time zones"), city_text(clues));
    }
    // Without a country "San Juan" is a guess: only a city that no namesake is known of may stand
    // alone.
    if (match != CITY_NONE && clues->part_count == 1) {
        place->status = PLACE_CITY;
        place->check = true;
        place->zone = zone->target != NULL ? zone->target : zone->name;
        return answer(clues, place, MSG("\"%s\" names the time zone %s, but %s"), city_text(clues),
                      zone->name,
                      named ? MSG("the country is not one that is known")
                            : MSG("no country is given"));
    }
    place->status = PLACE_UNKNOWN_COUNTRY;
    if (named)
        return answer(clues, place, MSG("there is no country named \"%s\""), clues->country_text);
    if (clues->part_count == 0)
        return answer(clues, place, MSG("no country is given"));
    return answer(clues, place, MSG("\"%s\" names no time zone and no country that is known"),
                  clues->parts[clues->part_count - 1].text);
}

static enum rc decide(struct clues *clues, const struct place_question *question,
                      struct place *place)
{
    TRY(read_clues(clues, question));
    if (clues->country != PLACE_NO_COUNTRY && country_of(clues)->zone_count > 0)
        return decide_in_country(clues, place);
    if (clues->part_count > 0 || clues->country_text[0] != '\0')
        return decide_without_country(clues, place);
    return answer(clues, place, MSG("neither city nor country is given"));
}

// ---- a zone that was named
// -----------------------------------------------------------------------

static bool same_zone_name(const char *name, const char *typed, size_t length)
{
    if (strlen(name) != length)
        return false;
    for (size_t i = 0; i < length; i++) {
        char a = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] - 'A' + 'a') : name[i];
        char b = typed[i] >= 'A' && typed[i] <= 'Z' ? (char)(typed[i] - 'A' + 'a') : typed[i];
        if (a != (b == ' ' ? '_' : b))
            return false;
    }
    return true;
}

// The zone of this name, in any case and with spaces for underscores. Short names such as "EST"
// mean several zones.
static const struct place_zone *named_zone(const struct place_book *book, struct text typed)
{
    if (typed.length == 0)
        return NULL;
    bool utc = same_zone_name("UTC", typed.bytes, typed.length) ||
               same_zone_name("GMT", typed.bytes, typed.length);
    if (!utc && memchr(typed.bytes, '/', typed.length) == NULL)
        return NULL;
    for (uint32_t z = 0; z < book->zone_count + book->link_count; z++) {
        if (same_zone_name(book->zones[z].name, typed.bytes, typed.length))
            return &book->zones[z];
    }
    return NULL;
}

static bool country_has_zone(const struct clues *clues, const char *name)
{
    const struct place_book *book = clues->book;
    for (uint32_t z = 0; z < book->zone_count + book->link_count; z++) {
        if (book->zones[z].country == clues->country && strcmp(book->zones[z].name, name) == 0)
            return true;
    }
    return false;
}

// Whether the cell is "UTC+2", "GMT -05:00" or the like: a whole hour off, which a fixed zone
// exists for.
static enum rc fixed_zone(struct arena *arena, struct text cell, const char **ret_zone)
{
    char text[16] = {0};
    size_t used = 0;
    for (size_t i = 0; i < cell.length; i++) {
        if (cell.bytes[i] == ' ')
            continue;
        if (used + 1 == sizeof text)
            return RC_OK;
        text[used++] = cell.bytes[i];
    }
    const char *at = text;
    if (memcmp(at, "UTC", 3) == 0 || memcmp(at, "GMT", 3) == 0)
        at += 3;
    if (*at != '+' && *at != '-')
        return RC_OK;
    char sign = *at++ == '+' ? '-' : '+'; // the names of fixed zones count westward
    unsigned hours = 0;
    size_t digits = strspn(at, "0123456789");
    for (size_t i = 0; i < digits && digits <= 2; i++)
        hours = hours * 10 + (unsigned)(at[i] - '0');
    const char *rest = at + digits;
    bool whole = digits >= 1 && digits <= 2 && (*rest == '\0' || strcmp(rest, ":00") == 0);
    if (!whole || hours > (sign == '+' ? 12u : 14u))
        return RC_OK;
    *ret_zone = hours == 0 ? "Etc/UTC" : arena_printf(arena, "Etc/GMT%c%u", sign, hours);
    return *ret_zone == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc use_named_zone(const struct clues *clues, const struct place_zone *zone,
                              struct place *place)
{
    *place = (struct place){.status = PLACE_EXACT, .zone = zone->name};
    bool known = clues->country != PLACE_NO_COUNTRY && zone->country != PLACE_NO_COUNTRY;
    if (known && !country_has_zone(clues, zone->name)) {
        place->check = true;
        return answer(clues, place,
                      MSG("the time zone %s is given, but it is none of %s; it is used"),
                      zone->name, country_of(clues)->name);
    }
    return answer(clues, place, MSG("the time zone %s is given"), zone->name);
}

// The zone cell did not name a zone: what the place says, with a word about the cell.
static enum rc fall_back(const struct clues *clues, struct text cell, struct place *place)
{
    const char *typed = "";
    TRY(shown(clues->arena, cell, &typed));
    struct said *so_far = place->said;
    place->check = true;
    if (place->zone == NULL && place->status == PLACE_BLANK)
        place->status = PLACE_UNKNOWN_ZONE;
    TRY(answer(clues, place, MSG("\"%s\" is no time zone by name, such as Europe/Berlin"), typed));
    place->said->then = so_far;
    place->sentence = said_text(clues->arena, place->said);
    return place->sentence == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc place_find(const struct place_book *book, struct arena *arena,
                   const struct place_question *question, struct place *ret_place)
{
    struct clues clues = {.book = book, .arena = arena};
    struct place place = {.status = PLACE_BLANK};
    TRY(decide(&clues, question, &place));
    if (is_blank(question->zone)) {
        *ret_place = place;
        return RC_OK;
    }
    struct text cell = text_trim(question->zone, strlen(question->zone));
    const struct place_zone *zone = named_zone(book, cell);
    const char *fixed = NULL;
    TRY(fixed_zone(arena, cell, &fixed));
    if (zone != NULL) {
        TRY(use_named_zone(&clues, zone, &place));
    } else if (fixed != NULL && place.zone == NULL) {
        place = (struct place){.status = PLACE_EXACT, .zone = fixed, .check = true};
        TRY(answer(&clues, &place,
                   MSG("a fixed offset is given; summer time, if any, is not known")));
    } else {
        TRY(fall_back(&clues, cell, &place));
    }
    *ret_place = place;
    return RC_OK;
}

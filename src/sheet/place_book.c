// SPDX-License-Identifier: Apache-2.0
// Reading the tz database's tables; see place_book.h.
#include "sheet/place_book.h"

#include <string.h>

#include "base/file.h"

#include "sheet/country.h"
#include "sheet/region.h"

enum { TABLE_BYTES_MAX = 4 * 1024 * 1024, FIELDS_MAX = 4 };

// One line of a table with tabs; comments and blank lines are passed over.
static bool next_line(struct text *rest, struct text *ret_line)
{
    while (rest->length > 0) {
        const char *end = memchr(rest->bytes, '\n', rest->length);
        size_t length = end == NULL ? rest->length : (size_t)(end - rest->bytes);
        *ret_line = (struct text){rest->bytes, length};
        size_t used = length + (end == NULL ? 0 : 1);
        rest->bytes += used;
        rest->length -= used;
        if (length > 0 && ret_line->bytes[0] != '#')
            return true;
    }
    return false;
}

static size_t split_line(struct text line, char by, struct text fields[FIELDS_MAX])
{
    size_t count = 0;
    while (count < FIELDS_MAX) {
        const char *end = memchr(line.bytes, by, line.length);
        size_t length = end == NULL ? line.length : (size_t)(end - line.bytes);
        fields[count++] = (struct text){line.bytes, length};
        if (end == NULL)
            break;
        line.bytes += length + 1;
        line.length -= length + 1;
    }
    return count;
}

static uint32_t count_lines(struct text table)
{
    struct text line;
    uint32_t count = 0;
    while (next_line(&table, &line) && count < PLACE_ZONES_MAX)
        count++;
    return count;
}

// At least as many as there are rows in the zone table, for each of their countries, and links.
static uint32_t count_zones(const struct place_tables *tables)
{
    struct text rest = tables->links;
    struct text line;
    uint32_t count = count_lines(tables->zones_tab);
    for (size_t i = 0; i < tables->zones_tab.length && count < PLACE_ZONES_MAX; i++)
        count += tables->zones_tab.bytes[i] == ',' ? 1 : 0;
    while (next_line(&rest, &line) && count < PLACE_ZONES_MAX)
        count += line.bytes[0] == 'L' || line.bytes[0] == 'Z' ? 1 : 0;
    return count;
}

static enum rc add_country(struct place_book *book, struct arena *arena, struct text code,
                           struct text name)
{
    const char *parenthesis = memchr(name.bytes, '(', name.length);
    size_t before = parenthesis == NULL ? name.length : (size_t)(parenthesis - name.bytes);
    struct place_country country = {
        .code = {code.bytes[0], code.bytes[1], '\0'}
    };
    char *key = NULL;
    char *short_key = NULL;
    TRY(country_key(arena, name, &key, NULL));
    TRY(country_key(arena, (struct text){name.bytes, before}, &short_key, NULL));
    country.name = arena_strndup(arena, name.bytes, name.length);
    country.key = key;
    country.short_key = short_key;
    if (country.name == NULL)
        return RC_NO_MEMORY;
    book->countries[book->country_count++] = country;
    return RC_OK;
}

static enum rc read_countries(struct place_book *book, struct arena *arena, struct text table)
{
    uint32_t lines = count_lines(table);
    lines = lines < PLACE_COUNTRIES_MAX ? lines : PLACE_COUNTRIES_MAX;
    book->countries = ARENA_ARRAY(arena, struct place_country, lines);
    if (book->countries == NULL)
        return RC_NO_MEMORY;
    struct text line;
    while (book->country_count < lines && next_line(&table, &line)) {
        struct text fields[FIELDS_MAX];
        if (split_line(line, '\t', fields) >= 2 && fields[0].length == 2)
            TRY(add_country(book, arena, fields[0], fields[1]));
    }
    return book->country_count > 0 ? RC_OK : RC_BAD_INPUT;
}

static char upper(char letter)
{
    return letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter;
}

uint32_t place_country_by_code(const struct place_book *book, const char *code)
{
    if (strlen(code) != 2)
        return PLACE_NO_COUNTRY;
    for (uint32_t c = 0; c < book->country_count; c++) {
        const char *own = book->countries[c].code;
        if (own[0] == upper(code[0]) && own[1] == upper(code[1]))
            return c;
    }
    return PLACE_NO_COUNTRY;
}

// The last part of a zone's name as a city's word key: "America/Port-au-Prince" is "port au
// prince".
static enum rc city_key(struct arena *arena, const char *zone, const char **ret_key)
{
    const char *slash = strrchr(zone, '/');
    const char *city = slash == NULL ? zone : slash + 1;
    char *key = NULL;
    TRY(text_word_key(arena, city, strlen(city), &key));
    *ret_key = key;
    return RC_OK;
}

static bool has_word(struct text text, const char *word)
{
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= text.length; i++) {
        if (memcmp(text.bytes + i, word, length) == 0)
            return true;
    }
    return false;
}

// Adds the rows of a zone for each of its countries ("AE,OM,RE" in zone1970.tab).
static enum rc add_zone(struct place_book *book, struct arena *arena, const struct text *fields,
                        size_t count, uint32_t max)
{
    struct place_zone zone = {.comment = ""};
    struct text comment = count >= 4 ? fields[3] : (struct text){"", 0};
    zone.name = arena_strndup(arena, fields[2].bytes, fields[2].length);
    zone.comment = arena_strndup(arena, comment.bytes, comment.length);
    if (zone.name == NULL || zone.comment == NULL)
        return RC_NO_MEMORY;
    TRY(city_key(arena, zone.name, &zone.city));
    for (size_t at = 0; at + 2 <= fields[0].length && book->zone_count < max; at += 3) {
        char code[3] = {fields[0].bytes[at], fields[0].bytes[at + 1], '\0'};
        zone.country = place_country_by_code(book, code);
        if (zone.country == PLACE_NO_COUNTRY)
            continue;
        struct place_country *country = &book->countries[zone.country];
        if (country->zone_count == 0)
            country->first_zone = book->zone_count;
        country->zone_count++;
        if (has_word(comment, "(mainland)") || has_word(comment, "most of "))
            country->main_zone = zone.name;
        book->zones[book->zone_count++] = zone;
    }
    return RC_OK;
}

static enum rc read_zones(struct place_book *book, struct arena *arena, struct text table,
                          uint32_t max)
{
    struct text line;
    while (book->zone_count < max && next_line(&table, &line)) {
        struct text fields[FIELDS_MAX];
        size_t count = split_line(line, '\t', fields);
        if (count >= 3 && fields[0].length >= 2 && fields[2].length > 0)
            TRY(add_zone(book, arena, fields, count, max));
    }
    return book->zone_count > 0 ? RC_OK : RC_BAD_INPUT;
}

static uint32_t country_of_zone(const struct place_book *book, const char *name)
{
    for (uint32_t z = 0; z < book->zone_count; z++) {
        if (strcmp(book->zones[z].name, name) == 0)
            return book->zones[z].country;
    }
    return PLACE_NO_COUNTRY;
}

// A link is a city of the past or another spelling ("Asia/Calcutta"), unless its name is a whole
// region of its country.
static bool is_city_link(struct text name)
{
    static const char *const areas[] = {"Africa/", "America/", "Asia/",   "Atlantic/",
                                        "Europe/", "Indian/",  "Pacific/"};
    for (size_t i = 0; i < sizeof areas / sizeof areas[0]; i++) {
        size_t length = strlen(areas[i]);
        if (name.length > length && memcmp(name.bytes, areas[i], length) == 0)
            return true;
    }
    return text_equal(name, text_of("Australia/Canberra"));
}

// "L target name" of tzdata.zi. Every link is a name that may be given as a zone; only some are
// cities.
static enum rc read_links(struct place_book *book, struct arena *arena, struct text table,
                          uint32_t max)
{
    struct text line;
    while (book->zone_count + book->link_count < max && next_line(&table, &line)) {
        struct text fields[FIELDS_MAX];
        size_t count = split_line(line, ' ', fields);
        bool zone = count >= 2 && text_equal(fields[0], text_of("Z"));
        bool link = count == 3 && text_equal(fields[0], text_of("L"));
        if (!zone && !link)
            continue;
        struct text name = link ? fields[2] : fields[1];
        struct place_zone row = {.comment = "", .city = ""};
        row.name = arena_strndup(arena, name.bytes, name.length);
        row.target = arena_strndup(arena, fields[1].bytes, fields[1].length);
        if (row.name == NULL || row.target == NULL)
            return RC_NO_MEMORY;
        row.country = country_of_zone(book, row.target);
        if (link && is_city_link(name))
            TRY(city_key(arena, row.name, &row.city));
        book->zones[book->zone_count + book->link_count++] = row;
    }
    return RC_OK;
}

// Compares zones one by one with the first; a zone that cannot be read agrees with none.
struct agreement {
    struct place_zones source;
    struct arena *arena;
    int64_t from_s;
    int64_t to_s;
    struct zone first;
    bool begun;
};

static enum rc agree_next(struct agreement *agreement, const char *name, bool *ret_agrees)
{
    struct zone zone = {0};
    enum rc rc = agreement->source.load(agreement->source.context, agreement->arena, name, &zone);
    if (rc == RC_NO_MEMORY)
        return rc;
    *ret_agrees = rc == RC_OK;
    if (rc == RC_OK && agreement->begun)
        *ret_agrees = zone_agrees(&agreement->first, &zone, agreement->from_s, agreement->to_s);
    if (rc == RC_OK && !agreement->begun)
        agreement->first = zone;
    agreement->begun = true;
    return RC_OK;
}

static enum rc agree_country(struct place_book *book, uint32_t c, struct agreement agreement)
{
    struct place_country *country = &book->countries[c];
    bool agrees = country->zone_count > 1;
    for (uint32_t z = country->first_zone; z < book->zone_count && agrees; z++) {
        if (book->zones[z].country == c)
            TRY(agree_next(&agreement, book->zones[z].name, &agrees));
    }
    country->all_agree = agrees;
    return RC_OK;
}

static enum rc agree_region(const char *zones, struct agreement agreement, bool *ret_agrees)
{
    bool agrees = true;
    if (strchr(zones, ',') == NULL) {
        *ret_agrees = true;
        return RC_OK;
    }
    while (*zones != '\0' && agrees) {
        size_t length = strcspn(zones, ",");
        char *name = arena_strndup(agreement.arena, zones, length);
        if (name == NULL)
            return RC_NO_MEMORY;
        TRY(agree_next(&agreement, name, &agrees));
        zones += length;
        zones += *zones == ',' ? 1 : 0;
    }
    *ret_agrees = agrees;
    return RC_OK;
}

static enum rc find_agreements(struct place_book *book, struct agreement agreement)
{
    for (uint32_t c = 0; c < book->country_count; c++)
        TRY(agree_country(book, c, agreement));
    size_t count = 0;
    const struct region *all = regions(&count);
    book->region_agrees = ARENA_ARRAY(agreement.arena, bool, count);
    if (book->region_agrees == NULL)
        return RC_NO_MEMORY;
    for (size_t r = 0; r < count; r++)
        TRY(agree_region(all[r].zones, agreement, &book->region_agrees[r]));
    return RC_OK;
}

enum rc place_book_make(struct arena *arena, const struct place_tables *tables,
                        struct place_zones zones, int64_t from_s, int64_t to_s,
                        struct place_book **ret_book)
{
    struct place_book *book = ARENA_NEW(arena, struct place_book);
    if (book == NULL)
        return RC_NO_MEMORY;
    TRY(read_countries(book, arena, tables->countries_tab));
    uint32_t max = count_zones(tables);
    book->zones = ARENA_ARRAY(arena, struct place_zone, max);
    if (book->zones == NULL)
        return RC_NO_MEMORY;
    TRY(read_zones(book, arena, tables->zones_tab, max));
    TRY(read_links(book, arena, tables->links, max));
    TRY(find_agreements(book, (struct agreement){zones, arena, from_s, to_s, {0}, false}));
    *ret_book = book;
    return RC_OK;
}

static enum rc load_from_folder(void *context, struct arena *arena, const char *name,
                                struct zone *ret_zone)
{
    const char *const *folder = context;
    return zone_load(arena, *folder, name, ret_zone);
}

static enum rc read_table(struct arena *arena, const char *folder, const char *name,
                          struct text *ret_text, const char **ret_error)
{
    char *path = file_join(arena, folder, name);
    if (path == NULL)
        return RC_NO_MEMORY;
    return file_read(arena, path, TABLE_BYTES_MAX, ret_text, ret_error);
}

enum rc place_book_load(struct arena *arena, const char *folder, int64_t from_s, int64_t to_s,
                        struct place_book **ret_book, const char **ret_error)
{
    struct place_tables tables = {
        .links = {"", 0}
    };
    *ret_error = "";
    TRY(read_table(arena, folder, "iso3166.tab", &tables.countries_tab, ret_error));
    enum rc rc = read_table(arena, folder, "zone.tab", &tables.zones_tab, ret_error);
    if (rc == RC_NOT_FOUND)
        rc = read_table(arena, folder, "zone1970.tab", &tables.zones_tab, ret_error);
    TRY(rc);
    // Without links old spellings of cities are not known; that is no reason to fail.
    rc = read_table(arena, folder, "tzdata.zi", &tables.links, ret_error);
    if (rc == RC_NO_MEMORY)
        return rc;
    *ret_error = "";
    struct place_zones zones = {load_from_folder, &folder};
    rc = place_book_make(arena, &tables, zones, from_s, to_s, ret_book);
    if (rc == RC_BAD_INPUT)
        *ret_error =
            "the tables of the tz database cannot be read; install the package tzdata again";
    return rc;
}

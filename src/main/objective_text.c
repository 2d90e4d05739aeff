// SPDX-License-Identifier: Apache-2.0
// The o lines of the plain instance format; see objective_text.h.
#include "objective_text.h"

#include <inttypes.h>
#include <string.h>

enum option { OPTION_LEVELS, OPTION_SEED, OPTION_MOVE_PRICE, OPTION_KEEP, OPTION_MOVES, OPTIONS };

static const char *const option_name[OPTIONS] = {
    [OPTION_LEVELS] = "levels",         [OPTION_SEED] = "seed",
    [OPTION_MOVE_PRICE] = "move-price", [OPTION_KEEP] = "keep-published",
    [OPTION_MOVES] = "limit-moves",
};

static const struct {
    const char *name;
    enum mm_level_kind kind;
} level_names[] = {
    {"cardinality", MM_CARDINALITY},
    {"priority",    MM_PRIORITY   },
    {"floor",       MM_FLOOR      },
    {"bands",       MM_BANDS      },
    {"total",       MM_TOTAL      },
    {"disturbance", MM_DISTURBANCE},
};
enum { LEVEL_NAMES = sizeof level_names / sizeof level_names[0] };

// The number behind "bands:".
static bool read_bands(struct plain_cursor *cursor, struct text digits,
                       struct mm_objective *objective)
{
    uint64_t bands = 0;
    for (size_t k = 0; k < digits.length; k++) {
        bool digit = digits.bytes[k] >= '0' && digits.bytes[k] <= '9';
        bands = digit && bands < 1000 ? bands * 10 + (uint64_t)(digits.bytes[k] - '0') : 1000;
    }
    if (bands < 2 || bands > MM_BANDS_MAX)
        return plain_fault(cursor, digits.bytes, "write bands or, say, bands:10",
                           "the number of bands must lie between 2 and %d", MM_BANDS_MAX);
    objective->bands = (uint32_t)bands;
    return true;
}

// One name of the list, with ":10" behind bands.
static bool read_level(struct plain_cursor *cursor, struct text word, uint32_t place,
                       struct mm_objective *objective)
{
    const char *colon = memchr(word.bytes, ':', word.length);
    struct text name = {word.bytes, colon == NULL ? word.length : (size_t)(colon - word.bytes)};
    uint32_t k = 0;
    while (k < LEVEL_NAMES && !plain_is(name, level_names[k].name))
        k++;
    if (k == LEVEL_NAMES || (colon != NULL && level_names[k].kind != MM_BANDS))
        return plain_fault(cursor, word.bytes,
                           "the levels are cardinality, priority, floor, bands, total and "
                           "disturbance, with commas between them",
                           "there is no such level");
    for (uint32_t before = 0; before < place; before++)
        if (objective->level[before] == level_names[k].kind)
            return plain_fault(cursor, word.bytes, "name each level once",
                               "the level %s is named twice", level_names[k].name);
    objective->level[place] = level_names[k].kind;
    if (colon == NULL)
        return true;
    return read_bands(cursor, (struct text){colon + 1, word.length - name.length - 1}, objective);
}

static bool read_levels(struct plain_cursor *cursor, struct mm_objective *objective)
{
    struct text list = plain_word(cursor);
    const char *end = list.bytes + list.length;
    const char *at = list.bytes;
    for (uint32_t place = 0;; place++) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *stop = comma == NULL ? end : comma;
        if (!read_level(cursor, (struct text){at, (size_t)(stop - at)}, place, objective))
            return false;
        if (comma == NULL)
            return true;
        at = comma + 1;
    }
}

static bool read_option_value(struct plain_cursor *cursor, enum option option,
                              struct mm_objective *objective)
{
    uint64_t number = 0;
    switch (option) {
    case OPTION_LEVELS:
        return read_levels(cursor, objective);
    case OPTION_SEED:
        return plain_number(cursor, "the seed", 0, UINT64_MAX, &objective->seed);
    case OPTION_MOVE_PRICE:
        if (!plain_number(cursor, "the price of a move", 0, 1000000, &number))
            return false;
        objective->move_price = (uint32_t)number;
        return true;
    case OPTION_KEEP:
        objective->keep_published = true;
        return true;
    case OPTION_MOVES:
        if (!plain_number(cursor, "the number of moves", 0, UINT32_MAX, &number))
            return false;
        objective->limit_moves = true;
        objective->moves = (uint32_t)number;
        return true;
    case OPTIONS:
        break;
    }
    return false;
}

// o <name> [<value>]
bool objective_text_read(struct plain_cursor *cursor, struct mm_objective *objective,
                         uint32_t *told)
{
    const char *start = cursor->line_start;
    struct text name = plain_word(cursor);
    uint32_t option = 0;
    while (option < OPTIONS && !plain_is(name, option_name[option]))
        option++;
    if (option == OPTIONS)
        return plain_fault(cursor, name.bytes,
                           "the options are levels, seed, move-price, keep-published and "
                           "limit-moves",
                           "there is no such option");
    if (!read_option_value(cursor, (enum option)option, objective) || !plain_line_ends(cursor))
        return false;
    if (*told & 1u << option)
        return plain_fault(cursor, start, "remove one of the lines", "the option %s is given twice",
                           option_name[option]);
    *told |= 1u << option;
    return true;
}

// ---- writing ----

static enum rc write_levels(struct buffer *buffer, const struct mm_objective *objective)
{
    if (objective->level[0] == MM_END)
        return RC_OK;
    TRY(buffer_text(buffer, "o levels "));
    for (uint32_t k = 0; objective->level[k] != MM_END; k++) {
        uint32_t name = 0;
        while (name + 1 < LEVEL_NAMES && level_names[name].kind != objective->level[k])
            name++;
        TRY(buffer_printf(buffer, "%s%s", k > 0 ? "," : "", level_names[name].name));
        if (objective->level[k] == MM_BANDS && objective->bands > 0)
            TRY(buffer_printf(buffer, ":%" PRIu32, objective->bands));
    }
    return buffer_text(buffer, "\n");
}

enum rc objective_text_write(struct buffer *buffer, const struct mm_objective *objective)
{
    TRY(write_levels(buffer, objective));
    if (objective->seed != 0)
        TRY(buffer_printf(buffer, "o seed %" PRIu64 "\n", objective->seed));
    if (objective->move_price != 0)
        TRY(buffer_printf(buffer, "o move-price %" PRIu32 "\n", objective->move_price));
    if (objective->keep_published)
        TRY(buffer_text(buffer, "o keep-published\n"));
    if (objective->limit_moves)
        TRY(buffer_printf(buffer, "o limit-moves %" PRIu32 "\n", objective->moves));
    return RC_OK;
}

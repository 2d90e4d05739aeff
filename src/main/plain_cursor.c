// SPDX-License-Identifier: Apache-2.0
// Lines of words and numbers; see plain_cursor.h.
#include "plain_cursor.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

enum { SHOWN_BYTES_MAX = 40 }; // of a word that is told back

void plain_open(struct plain_cursor *cursor, const char *file, struct text content,
                struct problem_list *problems)
{
    *cursor = (struct plain_cursor){.at = content.bytes,
                                    .end = content.bytes + content.length,
                                    .line_start = content.bytes,
                                    .file = file,
                                    .problems = problems};
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static void skip_space(struct plain_cursor *cursor)
{
    while (cursor->at < cursor->end && is_space(*cursor->at))
        cursor->at++;
}

static void skip_line(struct plain_cursor *cursor)
{
    const char *found = memchr(cursor->at, '\n', (size_t)(cursor->end - cursor->at));
    cursor->at = found == NULL ? cursor->end : found;
}

bool plain_next_line(struct plain_cursor *cursor)
{
    if (cursor->no_memory || cursor->faults >= cursor->problems->limit)
        return false;
    while (cursor->at < cursor->end) {
        if (cursor->line > 0) {
            skip_line(cursor);
            cursor->at += cursor->at < cursor->end;
        }
        cursor->line += cursor->line < UINT32_MAX;
        cursor->line_start = cursor->at;
        skip_space(cursor);
        if (cursor->at < cursor->end && *cursor->at != '\n' && *cursor->at != '#')
            return true;
    }
    return false;
}

static bool at_line_end(const struct plain_cursor *cursor)
{
    return cursor->at == cursor->end || *cursor->at == '\n';
}

// A word from here on, which the cursor does not pass.
static struct text peek_word(const struct plain_cursor *cursor)
{
    const char *end = cursor->at;
    while (end < cursor->end && *end != '\n' && !is_space(*end))
        end++;
    return (struct text){cursor->at, (size_t)(end - cursor->at)};
}

struct text plain_word(struct plain_cursor *cursor)
{
    skip_space(cursor);
    struct text word = peek_word(cursor);
    cursor->at += word.length;
    return word;
}

bool plain_is(struct text word, const char *literal)
{
    return word.length == strlen(literal) && memcmp(word.bytes, literal, word.length) == 0;
}

bool plain_more(struct plain_cursor *cursor)
{
    skip_space(cursor);
    return !at_line_end(cursor);
}

bool plain_fault(struct plain_cursor *cursor, const char *at, const char *todo, const char *what,
                 ...)
{
    if (at == NULL)
        at = cursor->at;
    struct arena *arena = cursor->problems->arena;
    va_list arguments;
    va_start(arguments, what);
    const char *text = arena_vprintf(arena, what, arguments);
    va_end(arguments);
    const char *column = arena_printf(arena, "%zu", (size_t)(at - cursor->line_start) + 1);
    struct problem_place place = {cursor->file, cursor->line == 0 ? 1 : cursor->line, column};
    cursor->no_memory = cursor->no_memory || text == NULL || column == NULL ||
                        problem_add(cursor->problems, PROBLEM_ERROR, place, todo, "%s",
                                    text == NULL ? "" : text) != RC_OK;
    cursor->faults++;
    skip_line(cursor);
    return false;
}

// A word as it may be shown: its beginning, without what does not print.
static const char *shown(const struct plain_cursor *cursor, struct text word)
{
    size_t length = word.length < SHOWN_BYTES_MAX ? word.length : SHOWN_BYTES_MAX;
    char *copy = arena_strndup(cursor->problems->arena, word.bytes, length);
    if (copy == NULL)
        return "";
    for (size_t i = 0; i < length; i++)
        if (copy[i] < 0x20 || copy[i] > 0x7e)
            copy[i] = '?';
    return copy;
}

static bool number_missing(struct plain_cursor *cursor, const char *name)
{
    if (at_line_end(cursor))
        return plain_fault(cursor, NULL, "see docs/formats.md for what stands in such a line",
                           "the line ends where %s should stand", name);
    struct text word = peek_word(cursor);
    return plain_fault(cursor, NULL, "write a whole number in digits", "%s is not a number: \"%s\"",
                       name, shown(cursor, word));
}

static bool number_outside(struct plain_cursor *cursor, const char *at, const char *name,
                           uint64_t low, uint64_t high)
{
    if (high < low)
        return plain_fault(cursor, at, "look at the numbers in the problem line",
                           "%s does not exist: there is none at all", name);
    return plain_fault(cursor, at, "correct the number",
                       "%s must lie between %" PRIu64 " and %" PRIu64, name, low, high);
}

bool plain_number(struct plain_cursor *cursor, const char *name, uint64_t low, uint64_t high,
                  uint64_t *ret_number)
{
    skip_space(cursor);
    const char *from = cursor->at;
    const char *at = from;
    uint64_t number = 0;
    bool fits = true;
    while (at < cursor->end && *at >= '0' && *at <= '9') {
        uint64_t digit = (uint64_t)(*at - '0');
        fits = fits && number <= (UINT64_MAX - digit) / 10;
        number = number * 10 + digit;
        at++;
    }
    if (at == from || (at < cursor->end && *at != '\n' && !is_space(*at)))
        return number_missing(cursor, name);
    if (!fits || number < low || number > high)
        return number_outside(cursor, from, name, low, high);
    cursor->at = at;
    *ret_number = number;
    return true;
}

bool plain_signed(struct plain_cursor *cursor, const char *name, int64_t most, int64_t *ret_number)
{
    skip_space(cursor);
    bool negative = cursor->at < cursor->end && *cursor->at == '-';
    cursor->at += negative;
    if (negative && cursor->at < cursor->end && is_space(*cursor->at))
        return number_missing(cursor, name);
    uint64_t number = 0;
    if (!plain_number(cursor, name, 0, (uint64_t)most, &number))
        return false;
    *ret_number = negative ? -(int64_t)number : (int64_t)number;
    return true;
}

bool plain_line_ends(struct plain_cursor *cursor)
{
    if (!plain_more(cursor))
        return true;
    struct text word = peek_word(cursor);
    return plain_fault(cursor, NULL, "remove it, or begin a comment on a line of its own with #",
                       "there is more in the line than belongs there: \"%s\"", shown(cursor, word));
}

enum rc plain_verdict(const struct plain_cursor *cursor)
{
    if (cursor->no_memory)
        return RC_NO_MEMORY;
    return cursor->faults > 0 ? RC_BAD_INPUT : RC_OK;
}

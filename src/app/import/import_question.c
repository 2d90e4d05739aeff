// SPDX-License-Identifier: Apache-2.0
//
// A programme's own questions as columns of a sheet: which column answers which, and whether a cell
// is an answer of its kind. Pure.
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#include "app/import/import.h"
#include "sheet/cell.h"

enum {
    TEXT_POINTS_MAX = 2000,
    LINK_BYTES_MAX = 2000,
    DIGITS_MAX = 9,
    LINES_LIMIT_BYTES = 64 << 10
};

static bool is_kind(const struct enrolment_question *question, const char *kind)
{
    return strcmp(question->kind, kind) == 0;
}

const struct enrolment_question *import_question_of(const struct import_source *source,
                                                    const char *choice)
{
    char *end = NULL;
    if (choice[0] != 'q' || choice[1] < '1' || choice[1] > '9')
        return NULL;
    long long line = strtoll(choice + 1, &end, 10);
    for (size_t k = 0; *end == '\0' && k < source->question_count; k++)
        if (source->questions[k].line == line)
            return &source->questions[k];
    return NULL;
}

enum rc import_question_like(struct arena *arena, const struct import_source *source,
                             const char *heading_key,
                             const struct enrolment_question **ret_question)
{
    *ret_question = NULL;
    for (size_t k = 0; k < source->question_count && *ret_question == NULL; k++) {
        char *key = NULL;
        const char *label = source->questions[k].label;
        TRY(text_word_key(arena, label, strlen(label), &key));
        if (key[0] != '\0' && strcmp(key, heading_key) == 0)
            *ret_question = &source->questions[k];
    }
    return RC_OK;
}

// ---- cells -------------------------------------------------------------------------------------

// The answer that is meant, whatever its case and accents; NULL: none of them.
static enum rc find_option(struct arena *arena, const char *options, struct text typed,
                           const char **ret_option)
{
    char *wanted = NULL;
    *ret_option = NULL;
    TRY(text_word_key(arena, typed.bytes, typed.length, &wanted));
    while (*options != '\0' && *ret_option == NULL) {
        size_t length = strcspn(options, "\n");
        struct text line = text_trim(options, length);
        char *key = NULL;
        TRY(text_word_key(arena, line.bytes, line.length, &key));
        if (key[0] != '\0' && strcmp(key, wanted) == 0) {
            *ret_option = arena_strndup(arena, line.bytes, line.length);
            if (*ret_option == NULL)
                return RC_NO_MEMORY;
        }
        options += length + (options[length] == '\n');
    }
    return RC_OK;
}

static enum rc read_many(struct arena *arena, const struct enrolment_question *question,
                         const struct import_cell *cell, const char **ret_value)
{
    struct text *parts = NULL;
    size_t count = 0;
    struct buffer out;
    buffer_open(&out, arena, LINES_LIMIT_BYTES);
    enum rc rc = sheet_split(arena, cell->text, cell->separator, &parts, &count);
    if (rc != RC_OK)
        return rc == RC_LIMIT ? RC_BAD_INPUT : rc;
    for (size_t k = 0; k < count; k++) {
        const char *option = NULL;
        TRY(find_option(arena, question->options, parts[k], &option));
        if (option == NULL)
            return RC_BAD_INPUT;
        buffer_printf(&out, "%s%s", k == 0 ? "" : "\n", option);
    }
    *ret_value = out.bytes;
    return out.rc;
}

static enum rc read_tick(struct arena *arena, struct text cell, const char **ret_value)
{
    char *key = NULL;
    TRY(text_word_key(arena, cell.bytes, cell.length, &key));
    enum person_answer answer = cell_answer(key);
    *ret_value = answer == PERSON_YES ? "1" : "";
    return answer == PERSON_UNKNOWN ? RC_BAD_INPUT : RC_OK;
}

// A number of the scale, or its words in English.
static enum rc read_scale(struct arena *arena, struct text cell, const char **ret_value)
{
    char *typed = NULL;
    TRY(text_word_key(arena, cell.bytes, cell.length, &typed));
    *ret_value = NULL;
    for (const struct field_option *o = enrolment_scale; o->value != NULL; o++) {
        char *key = NULL;
        TRY(text_word_key(arena, o->label, strlen(o->label), &key));
        if (strcmp(typed, o->value) == 0 || strcmp(typed, key) == 0)
            *ret_value = o->value;
    }
    return *ret_value == NULL ? RC_BAD_INPUT : RC_OK;
}

static bool fits(const struct enrolment_question *question, const char *value)
{
    struct date date;
    size_t length = strlen(value);
    if (is_kind(question, "number"))
        return strspn(value, "0123456789") == length && length <= DIGITS_MAX;
    if (is_kind(question, "day"))
        return date_parse(value, &date) == RC_OK;
    if (is_kind(question, "link"))
        return text_is_link(value) && length <= LINK_BYTES_MAX &&
               strpbrk(value, " \n\t\"<>\\") == NULL;
    if (is_kind(question, "line") && strchr(value, '\n') != NULL)
        return false;
    return text_code_points(value, length) <= TEXT_POINTS_MAX;
}

enum rc import_question_read(struct arena *arena, const struct enrolment_question *question,
                             const struct import_cell *cell, const char **ret_value)
{
    *ret_value = "";
    if (cell->text.length == 0)
        return RC_OK;
    if (is_kind(question, "tick"))
        return read_tick(arena, cell->text, ret_value);
    if (is_kind(question, "many"))
        return read_many(arena, question, cell, ret_value);
    if (is_kind(question, "scale"))
        return read_scale(arena, cell->text, ret_value);
    if (is_kind(question, "one")) {
        TRY(find_option(arena, question->options, cell->text, ret_value));
        return *ret_value == NULL ? RC_BAD_INPUT : RC_OK;
    }
    const char *value = arena_strndup(arena, cell->text.bytes, cell->text.length);
    if (value == NULL)
        return RC_NO_MEMORY;
    *ret_value = value;
    return fits(question, value) ? RC_OK : RC_BAD_INPUT;
}

const char *import_question_todo(const struct enrolment_question *question)
{
    static const struct {
        const char *kind;
        const char *todo;
    } todos[] = {
        {"number", MSG("write a whole number, such as 12")                           },
        {"one",    MSG("write one of the answers of the question")                   },
        {"many",   MSG("write answers of the question, with semicolons between them")},
        {"link",   MSG("write an address that starts with https://")                 },
        {"tick",   MSG("write yes or no")                                            },
        {"scale",  MSG("write a number from 1, not at all, to 5, very much")         },
        {"day",    MSG("write a day as year-month-day, such as 2027-03-31")          },
    };
    for (size_t k = 0; k < sizeof todos / sizeof todos[0]; k++)
        if (is_kind(question, todos[k].kind))
            return todos[k].todo;
    return MSG("write at most 2000 characters");
}

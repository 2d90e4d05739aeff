// SPDX-License-Identifier: Apache-2.0
// The list of what is wrong with an input; see problem.h.
#include "base/problem.h"

#include <stdarg.h>

void problem_list_open(struct problem_list *list, struct arena *arena, size_t limit)
{
    *list = (struct problem_list){.arena = arena, .limit = limit};
}

static enum rc reserve(struct problem_list *list)
{
    if (list->count < list->capacity)
        return RC_OK;
    size_t capacity = list->capacity == 0 ? 16 : list->capacity * 2;
    struct problem *items = arena_grow(list->arena, list->items, list->capacity * sizeof *items,
                                       capacity * sizeof *items);
    if (items == NULL)
        return RC_NO_MEMORY;
    list->items = items;
    list->capacity = capacity;
    return RC_OK;
}

enum rc problem_add(struct problem_list *list, enum problem_severity severity,
                    struct problem_place place, const char *todo, const char *what, ...)
{
    list->counts[severity]++;
    if (list->count >= list->limit)
        return RC_OK;
    va_list arguments;
    va_start(arguments, what);
    char *text = arena_vprintf(list->arena, what, arguments);
    va_end(arguments);
    if (text == NULL)
        return RC_NO_MEMORY;
    TRY(reserve(list));
    list->items[list->count++] = (struct problem){
        .severity = severity,
        .file = place.file,
        .line = place.line,
        .column = place.column,
        .what = text,
        .todo = todo,
    };
    return RC_OK;
}

const char *problem_severity_text(enum problem_severity severity)
{
    switch (severity) {
    case PROBLEM_NOTE:
        return "note";
    case PROBLEM_WARNING:
        return "warning";
    case PROBLEM_ERROR:
        return "error";
    }
    return "problem";
}

size_t problem_count(const struct problem_list *list, enum problem_severity severity)
{
    return list->counts[severity];
}

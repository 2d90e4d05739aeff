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

static enum rc add(struct problem_list *list, const struct problem *problem)
{
    const char *what = said_text(list->arena, problem->said);
    if (what == NULL)
        return RC_NO_MEMORY;
    TRY(reserve(list));
    list->items[list->count] = *problem;
    list->items[list->count++].what = what;
    return RC_OK;
}

// With `first` (or NULL) before it. Counted also when the list has no room for it.
__attribute__((format(printf, 4, 0))) static enum rc add_said(struct problem_list *list,
                                                              struct problem problem,
                                                              const struct said *first,
                                                              const char *what, va_list arguments)
{
    struct said *said = NULL;
    list->counts[problem.severity]++;
    if (list->count >= list->limit)
        return RC_OK;
    TRY(said_print(list->arena, NULL, what, arguments, &said));
    TRY(said_copy(list->arena, first, said, &said));
    problem.said = said;
    return add(list, &problem);
}

enum rc problem_add(struct problem_list *list, enum problem_severity severity,
                    struct problem_place place, const char *todo, const char *what, ...)
{
    const struct problem problem = {severity, place.file, place.line, place.column,
                                    NULL,     NULL,       todo};
    va_list arguments;
    va_start(arguments, what);
    enum rc rc = add_said(list, problem, NULL, what, arguments);
    va_end(arguments);
    return rc;
}

enum rc problem_add_to(struct problem_list *list, enum problem_severity severity,
                       struct problem_place place, const char *todo, const struct said *first,
                       const char *what, ...)
{
    const struct problem problem = {severity, place.file, place.line, place.column,
                                    NULL,     NULL,       todo};
    va_list arguments;
    va_start(arguments, what);
    enum rc rc = add_said(list, problem, first, what, arguments);
    va_end(arguments);
    return rc;
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

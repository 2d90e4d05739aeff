// SPDX-License-Identifier: Apache-2.0
//
// The numbers of objectives, as people write them; pure. See objective.h.
#include "app/cohort/objective.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

enum rc objective_number(const char *text, int64_t *ret_hundredths)
{
    enum { DIGITS_MOST = 7 };
    bool below = *text == '-';
    const char *at = text + below;
    int64_t whole = 0;
    int64_t part = 0;
    size_t digits = 0;
    for (; is_digit(*at) && digits < DIGITS_MOST; digits++)
        whole = whole * 10 + (*at++ - '0');
    if (digits == 0)
        return RC_BAD_INPUT;
    if ((*at == '.' || *at == ',') && is_digit(at[1])) {
        part = (int64_t)(at[1] - '0') * 10;
        at += 2;
        if (is_digit(*at))
            part += *at++ - '0';
    }
    at += strspn(at, " ");
    at += *at == '%';
    if (*at != '\0')
        return RC_BAD_INPUT;
    *ret_hundredths = (below ? -1 : 1) * (whole * 100 + part);
    return RC_OK;
}

const char *objective_print(struct arena *arena, int64_t hundredths)
{
    const char *sign = hundredths < 0 ? "-" : "";
    long long whole = llabs(hundredths) / 100;
    long long part = llabs(hundredths) % 100;
    if (part == 0)
        return arena_printf(arena, "%s%lld", sign, whole);
    if (part % 10 == 0)
        return arena_printf(arena, "%s%lld.%lld", sign, whole, part / 10);
    return arena_printf(arena, "%s%lld.%02lld", sign, whole, part);
}

bool objective_reached(const struct objective *o, int64_t now_hundredths)
{
    int64_t from = 0;
    int64_t to = 0;
    if (objective_number(o->baseline, &from) != RC_OK || objective_number(o->target, &to) != RC_OK)
        return false;
    return to >= from ? now_hundredths >= to : now_hundredths <= to;
}

void objectives_know(const struct app_figures *figures, struct objective *all, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (all[k].figure[0] != '\0')
            all[k].counted = app_find_figure(figures, all[k].figure);
}

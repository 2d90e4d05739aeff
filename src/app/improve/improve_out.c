// SPDX-License-Identifier: Apache-2.0
//
// What the pages of measuring and improving tell programs; see web/out.h. What is of fewer than
// five people is null, as it is "under 5" on the pages.
#include "app/improve/improve_page.h"

OUT_TYPE(measure_line_out, struct measure_line);
OUT_TYPE(group_line_out, struct group_line);
OUT_TYPE(month_out, struct month);
OUT_TYPE(goals_line_out, struct goals_line);

static bool line_is_shown(const void *from)
{
    const struct measure_line *line = from;
    return line->measured.shown;
}

static bool group_is_shown(const void *from)
{
    const struct group_line *line = from;
    return line->measured.shown;
}

static bool month_is_shown(const void *from)
{
    const struct month *month = from;
    return month->measured.shown;
}

static bool goals_are_shown(const void *from)
{
    const struct goals_line *line = from;
    return !line->small;
}

#define VALUE                                                                                      \
    "the value, times 100: percent, days, minutes, a mean or a number; null: of fewer than five people"
// clang-format off
static const struct out measure_line_rows[] = {
    {"name",        OUT_TEXT,    OUT_TEXT_OF(struct measure_line, name),           "stays the same"},
    {"label",       OUT_MESSAGE, OUT_TEXT_OF(struct measure_line, label),          "in your language"},
    {"counted",     OUT_MESSAGE, OUT_TEXT_OF(struct measure_line, top),            "what is counted"},
    {"of",          OUT_MESSAGE, OUT_TEXT_OF(struct measure_line, bottom),         "of what"},
    {"hundredths",  OUT_INTEGER, OUT_INT_OF(struct measure_line,  measured.value), VALUE, line_is_shown},
    {"n",           OUT_INTEGER, OUT_INT_OF(struct measure_line,  measured.n),     "null: fewer than five people", line_is_shown},
    {"people",      OUT_INTEGER, OUT_INT_OF(struct measure_line,  measured.people), "null: fewer than five", line_is_shown},
};
static const struct out_shape measure_line_out = OUT_SHAPE("Measure", struct measure_line, measure_line_rows);

static const struct out group_line_rows[] = {
    {"name",       OUT_TEXT,    OUT_TEXT_OF(struct group_line, name),           "the value of `group` on the page of all measures; empty: everybody"},
    {"label",      OUT_MESSAGE, OUT_TEXT_OF(struct group_line, label),          "in your language"},
    {"hundredths", OUT_INTEGER, OUT_INT_OF(struct group_line,  measured.value), VALUE, group_is_shown},
    {"n",          OUT_INTEGER, OUT_INT_OF(struct group_line,  measured.n),     "null: fewer than five people, or they would follow from another group", group_is_shown},
    {"people",     OUT_INTEGER, OUT_INT_OF(struct group_line,  measured.people), "", group_is_shown},
};
static const struct out_shape group_line_out = OUT_SHAPE("MeasureOfGroup", struct group_line, group_line_rows);

static const struct out month_rows[] = {
    {"month",      OUT_TEXT,    OUT_TEXT_OF(struct month, name),           "year and month"},
    {"hundredths", OUT_INTEGER, OUT_INT_OF(struct month,  measured.value), VALUE, month_is_shown},
    {"n",          OUT_INTEGER, OUT_INT_OF(struct month,  measured.n),     "", month_is_shown},
};
static const struct out_shape month_out = OUT_SHAPE("MeasureOfMonth", struct month, month_rows);

static const struct out goals_line_rows[] = {
    {"objective", OUT_TEXT,    OUT_TEXT_OF(struct goals_line, title),  "empty: goals without one"},
    {"goals",     OUT_INTEGER, OUT_INT_OF(struct goals_line,  goals),   "null: of fewer than five pairs", goals_are_shown},
    {"reached",   OUT_INTEGER, OUT_INT_OF(struct goals_line,  reached), "", goals_are_shown},
};
static const struct out_shape goals_line_out = OUT_SHAPE("GoalsOfObjective", struct goals_line, goals_line_rows);

static const struct out measures_rows[] = {
    {"group",      OUT_TEXT, OUT_TEXT_OF(struct improve_view, group), "of whom; empty: everybody"},
    {"measures",   OUT_LIST, OUT_LIST_OF(struct improve_view, lines, line_count, measure_line_out), ""},
    {"objectives", OUT_LIST, OUT_LIST_OF(struct improve_view, goals, goal_count, goals_line_out), "goals of pairs"},
};
const struct out_shape measures_out = OUT_SHAPE("Measures", struct improve_view, measures_rows);

static const struct out measure_detail_rows[] = {
    {"months", OUT_LIST, OUT_LIST_OF(struct improve_view, months, month_count, month_out), "of everybody"},
    {"groups", OUT_LIST, OUT_LIST_OF(struct improve_view, groups, group_count, group_line_out), "the first is everybody"},
};
const struct out_shape measure_detail_out = OUT_SHAPE("MeasureInDetail", struct improve_view, measure_detail_rows);
// clang-format on

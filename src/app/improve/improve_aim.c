// SPDX-License-Identifier: Apache-2.0
//
// How the objectives of a cohort or a programme stand: what they are measured by, now and on the
// days that were kept.
//
// Promises: a value is told as on the pages of measures. Of two days, the second is told only when
// at least five answers or pairs were added, so that nothing of one alone follows from the two.
#include "app/improve/improve_aim.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"

enum rc aim_see(struct req *req, struct improve_view *view, const struct scope *scope,
                struct aim_line *aim)
{
    int64_t most = 0;
    enum rc rc = improve_find_row(req, view, aim->of->figure, &aim->row);
    if (rc == RC_NOT_FOUND)
        return RC_OK;
    TRY(rc);
    aim->measure = aim->row->name;
    const struct measure_line *line = NULL;
    for (size_t k = 0; k < view->line_count && view->group[0] == '\0'; k++)
        if (strcmp(view->lines[k].name, aim->row->name) == 0)
            line = &view->lines[k];
    if (line != NULL)
        aim->now = line->measured;
    else
        TRY(improve_see(req, scope, aim->row, 0, &aim->now));
    aim->reached = aim->now.shown && objective_number(aim->of->target, &most) == RC_OK &&
                   objective_reached(aim->of, aim->now.value);
    return RC_OK;
}

void aim_of(struct aim_line *aim, const struct objective *of)
{
    *aim = (struct aim_line){
        .of = of, .title = of->title, .id = of->id, .baseline = of->baseline, .target = of->target};
}

// What a programme aims at stands in the cohort of its defaults, which has its id.
struct cohort aim_cohort(const struct improve_view *view)
{
    return (struct cohort){.id = view->cohort.id != 0 ? view->cohort.id : view->programme.id,
                           .programme = view->programme.id};
}

enum rc improve_aims(struct req *req, struct improve_view *view, const struct scope *scope)
{
    const struct cohort cohort = aim_cohort(view);
    struct objective *all = NULL;
    TRY(objective_list_counted(req, &cohort, &all, &view->aim_count));
    view->aims = ARENA_ARRAY(req->arena, struct aim_line, view->aim_count + 1);
    if (view->aims == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < view->aim_count; k++) {
        aim_of(&view->aims[k], &all[k]);
        if (all[k].figure[0] != '\0')
            TRY(aim_see(req, view, scope, &view->aims[k]));
    }
    return RC_OK;
}

// ---- where it stood ----------------------------------------------------------------------------

static void add_said(struct improve_view *view, const char *label, const char *number)
{
    int64_t hundredths = 0;
    if (objective_number(number, &hundredths) == RC_OK)
        view->points[view->point_count++] =
            (struct aim_point){.label = label, .hundredths = hundredths};
}

// "1 November 2026".
static const char *say_day(struct req *req, int64_t at_us)
{
    char day[DATE_TEXT_BYTES];
    date_print(date_from_days(date_days_of_seconds(at_us / 1000000)), day);
    return app_when_in(req->arena, req->locale, arena_strndup(req->arena, day, strlen(day)));
}

static bool is_far(int64_t n, int64_t from)
{
    return n == from || llabs(n - from) >= GROUP_LEAST;
}

// The newest first: of a cohort what may be told beside what is told already; of a programme the
// day on which each cohort was closed.
static enum rc read_kept(struct req *req, const struct improve_view *view, struct aim_point *points,
                         size_t *ret_count)
{
    const bool whole = view->cohort.id == 0;
    int64_t last = view->aim->now.n;
    size_t count = 0;
    for (size_t k = 0; k < view->snapshot_count && count < AIM_DAYS_MOST; k++) {
        const struct snapshot *one = &view->snapshots[k];
        struct measured m;
        if (whole && improve_closed(view, one->cohort) != one)
            continue;
        TRY(snapshot_value(req->tx, req->arena, one->id, view->aim->measure, &m));
        if (!m.shown || (!whole && view->aim->now.shown && !is_far(m.n, last)))
            continue;
        last = m.n;
        points[count++] =
            (struct aim_point){.label = whole ? one->cohort_name : say_day(req, one->at),
                               .said = true,
                               .at = one->at,
                               .hundredths = m.value,
                               .n = m.n};
    }
    *ret_count = count;
    return RC_OK;
}

enum rc aim_points(struct req *req, struct improve_view *view)
{
    const struct aim_line *aim = view->aim;
    struct aim_point kept[AIM_DAYS_MOST];
    size_t count = 0;
    view->points = ARENA_ARRAY(req->arena, struct aim_point, AIM_DAYS_MOST + 3);
    if (view->points == NULL)
        return RC_NO_MEMORY;
    if (aim->row == NULL)
        return RC_OK;
    TRY(read_kept(req, view, kept, &count));
    add_said(view, MSG("At the start"), aim->of->baseline);
    while (count > 0)
        view->points[view->point_count++] = kept[--count];
    if (aim->now.shown)
        view->points[view->point_count++] =
            (struct aim_point){.label = MSG("Now"), .hundredths = aim->now.value, .n = aim->now.n};
    add_said(view, MSG("Aim"), aim->of->target);
    return RC_OK;
}

// SPDX-License-Identifier: Apache-2.0
//
// Why: whoever runs a programme sees for each objective where it stood, where it stands, and where
// it should stand, as the program counts it.
#include <stdlib.h>

#include "app/improve/improve_aim.h"
#include "app_improve_aim.html.h"
#include "format/chart.h"

// Drawn where there is something between the start and the target.
static enum rc draw_points(struct req *req, struct improve_view *view)
{
    struct chart_row rows[AIM_DAYS_MOST + 3];
    size_t count = 0;
    for (size_t k = 0; k < view->point_count; k++) {
        const struct aim_point *one = &view->points[k];
        if (one->hundredths < 0)
            return RC_OK;
        const char *label = one->said ? one->label : message_in(req->locale, one->label);
        rows[count++] = (struct chart_row){label, NULL, (uint32_t)((one->hundredths + 5) / 10), 0};
    }
    if (count < 2)
        return RC_OK;
    struct chart chart = {
        .id = "points",
        .title = view->aim->of->title,
        .description = message_in(req->locale, MSG("The table below says the same in numbers.")),
        .rows_name = message_in(req->locale, MSG("When")),
        .first_name = message_in(req->locale, MSG("Value")),
        .tenths = true,
        .rows = rows,
        .count = count};
    return app_plot(req->arena, &chart, 1 << 18, &view->plot);
}

static enum rc load_aim(struct req *req)
{
    const struct app_place here = app_here(req);
    struct app_figures figures = {.count = 0};
    struct improve_view *view = NULL;
    struct scope *scope = NULL;
    struct objective *of = ARENA_NEW(req->arena, struct objective);
    TRY(improve_make_view(req, NULL, &view));
    view->aim = ARENA_NEW(req->arena, struct aim_line);
    if (of == NULL || view->aim == NULL)
        return RC_NO_MEMORY;
    const struct cohort cohort = aim_cohort(view);
    TRY(objective_find(req, cohort.id, req_id(req, "objective"), of));
    figures.programme = cohort.programme;
    TRY(app_ask_figures(&here, &figures));
    objectives_know(&figures, of, 1);
    aim_of(view->aim, of);
    req->title = of->title;
    if (of->figure[0] == '\0')
        return aim_points(req, view);
    TRY(improve_scope(req, view, &scope));
    TRY(aim_see(req, view, scope, view->aim));
    TRY(snapshot_list(req->tx, req->arena, scope->id, &view->snapshots, &view->snapshot_count));
    TRY(aim_points(req, view));
    return draw_points(req, view);
}

static void write_aim(struct html *html, struct req *req)
{
    page_aim(html, req->view);
}

void aim_write_value(struct html *html, const struct aim_line *aim, int64_t hundredths)
{
    const struct measured m = {.value = hundredths, .shown = true};
    improve_value(html, aim->row, &m);
}

// clang-format off
const struct route improve_aim_routes[] = {
    {WEB_GET, "/cohorts/:cohort/objectives/:objective",       CAN_READ_REPORTS, NULL, req_slow, NULL, load_aim, write_aim, MSG("An objective"), .out = &aim_out},
    {WEB_GET, "/programmes/:programme/objectives/:objective", CAN_READ_REPORTS, NULL, req_slow, NULL, load_aim, write_aim, MSG("An objective of the programme"), .out = &aim_out},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

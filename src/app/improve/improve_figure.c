// SPDX-License-Identifier: Apache-2.0
//
// What can be counted, for slices below that let somebody choose a measure: all rows of
// measure_row.h, and the programme's own questions (app/bank/bank.h).
#include "base/msg.h"

#include "app/improve/improve.h"
#include "app/improve/improve_own.h"

static struct app_figure make_figure(const struct measure_row *row, bool offered)
{
    enum { MUCH = 1000000 };
    struct app_figure figure = {.name = row->name,
                                .label = row->label,
                                .about = measure_about_label(row->about),
                                .unit = row->unit,
                                .most = MUCH,
                                .offered = offered};
    switch (row->kind) {
    case MEASURE_SHARE:
    case MEASURE_TOP:
        figure.unit = "%";
        figure.most = 100;
        break;
    case MEASURE_NET:
        figure.least = -100;
        figure.most = 100;
        break;
    case MEASURE_MEAN:
        if (row->most > 0) {
            figure.least = row->least;
            figure.most = row->most;
        }
        break;
    case MEASURE_MEDIAN:
    case MEASURE_COUNT:
        break;
    }
    return figure;
}

enum rc improve_figures(const struct app_place *place, struct app_figures *figures)
{
    struct bank_question *owns = NULL;
    size_t count = 0;
    TRY(bank_list(place->tx, place->arena, figures->programme, "", &owns, &count));
    figures->all = ARENA_ARRAY(place->arena, struct app_figure, measure_row_count() + count);
    if (figures->all == NULL)
        return RC_NO_MEMORY;
    for (const struct measure_row *row = measure_rows; row->name != NULL; row++)
        figures->all[figures->count++] = make_figure(row, true);
    for (size_t k = 0; k < count; k++) {
        struct measure_row *row = NULL;
        TRY(own_measure(place->arena, &owns[k], &row));
        if (row == NULL)
            continue;
        struct app_figure *figure = &figures->all[figures->count++];
        *figure = make_figure(row, owns[k].off_at == 0 && !owns[k].replaced);
        figure->about = MSG("Questions of the programme");
    }
    return RC_OK;
}

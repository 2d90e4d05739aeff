// SPDX-License-Identifier: Apache-2.0
//
// Goals of a cohort's pairs for each objective. A goal may serve several, so it counts for each,
// and a pair may have goals for several, so objectives are groups of pairs like any others, and
// what may be told of them is chosen in the same way.
#include <stdlib.h>
#include <string.h>

#include "app/improve/improve_page.h"

enum { OBJECTIVES_MOST = 100 };

struct by_objective {
    int64_t objective;
    const char *title;
    int64_t goals;
    int64_t reached;
};

// Rows of objective, title, pair, goals, reached: by objective, then by pair.
static enum rc gather(struct req *req, const struct db_rows *r, struct group *groups,
                      struct by_objective *all, size_t *count)
{
    size_t words = group_words(db_count(r));
    size_t pairs = 0;
    int64_t *known = ARENA_ARRAY(req->arena, int64_t, db_count(r) + 1);
    if (known == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++) {
        size_t unit = 0;
        while (unit < pairs && known[unit] != db_int(r, k, 2))
            unit++;
        if (unit == pairs)
            known[pairs++] = db_int(r, k, 2);
        if (*count == 0 || all[*count - 1].objective != db_int(r, k, 0)) {
            if (*count == OBJECTIVES_MOST)
                return RC_OK;
            all[(*count)++] =
                (struct by_objective){.objective = db_int(r, k, 0), .title = db_text(r, k, 1)};
            groups[*count] = (struct group){.dimension = "objective",
                                            .value = "",
                                            .label = "",
                                            .bits = ARENA_ARRAY(req->arena, uint64_t, words),
                                            .parts = true};
            if (groups[*count].bits == NULL)
                return RC_NO_MEMORY;
        }
        all[*count - 1].goals += db_int(r, k, 3);
        all[*count - 1].reached += db_int(r, k, 4);
        group_add(groups[*count].bits, unit);
        group_add(groups[0].bits, unit);
    }
    return RC_OK;
}

enum rc improve_goals(struct req *req, struct improve_view *view)
{
    struct db_rows *r = NULL;
    size_t count = 0;
    bool shown[OBJECTIVES_MOST + 1];
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT coalesce(o.id, 0), coalesce(o.title, ''), g.match, count(*), sum(CASE WHEN g.state "
        "= 'achieved' THEN 1 ELSE 0 END) FROM match m JOIN goal g ON g.match = m.id LEFT JOIN "
        "goal_objective l ON l.goal = g.id LEFT JOIN objective o ON o.id = l.objective WHERE m.cohort = $1 AND g.state <> 'dropped' GROUP BY "
        "o.id, o.title, g.match ORDER BY 2, 1, 3",
        DB_ARGS(DB_INT(view->cohort.id))));
    struct group *groups = ARENA_ARRAY(req->arena, struct group, OBJECTIVES_MOST + 1);
    struct by_objective *all = ARENA_ARRAY(req->arena, struct by_objective, OBJECTIVES_MOST + 1);
    size_t words = group_words(db_count(r));
    uint64_t *pairs = ARENA_ARRAY(req->arena, uint64_t, words);
    view->goals = ARENA_ARRAY(req->arena, struct goals_line, OBJECTIVES_MOST + 1);
    if (groups == NULL || all == NULL || pairs == NULL || view->goals == NULL)
        return RC_NO_MEMORY;
    groups[0] = (struct group){"all", "", "", pairs, false};
    TRY(gather(req, r, groups, all, &count));
    TRY(group_choose(req->arena, groups, count + 1, words, pairs, shown));
    for (size_t k = 0; k < count; k++) {
        bool told = shown[k + 1];
        view->goals[k] = (struct goals_line){all[k].title, told ? all[k].goals : 0,
                                             told ? all[k].reached : 0, !told};
    }
    view->goal_count = count;
    return RC_OK;
}

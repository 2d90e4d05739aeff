// SPDX-License-Identifier: Apache-2.0
//
// Why: programmes and cohorts are found by the words that people read of them.
//
// Promises: a cohort that is being prepared is found by those alone who run it, a programme that
// has ended by nobody.
#include <string.h>

#include "app/cohort/cohort_store.h"
#include "app/index.h"

#define FINDABLE                                                                                   \
    "SELECT c.id, c.state, c.name, c.about, g.name, g.about, g.ended_at FROM cohort c JOIN "       \
    "programme g ON g.id = c.programme "

static enum rc put(const struct app_place *place, const struct db_rows *rows, size_t k)
{
    int64_t id = db_int(rows, k, 0);
    bool programme = strcmp(db_text(rows, k, 1), "template") == 0;
    bool draft = strcmp(db_text(rows, k, 1), "draft") == 0;
    if (programme && db_int(rows, k, 6) != 0)
        return index_drop(place, "programme", id);
    const struct index_entry entry = {
        .kind = programme ? "programme" : "cohort",
        .subject = id,
        .audience = draft ? INDEX_STAFF : INDEX_ALL,
        .scope = draft ? id : 0,
        .path = arena_printf(place->arena, programme ? "/programmes/%lld" : "/cohorts/%lld",
                             (long long)id),
        .title = db_text(rows, k, programme ? 4 : 2),
        .text = programme ? db_text(rows, k, 5)
                          : arena_printf(place->arena, "%s\n%s", db_text(rows, k, 4),
                                         db_text(rows, k, 3))};
    return entry.path == NULL || entry.text == NULL ? RC_NO_MEMORY : index_put(place, &entry);
}

enum rc cohort_index_one(const struct app_place *place, int64_t cohort)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows, FINDABLE "WHERE c.id = $1",
                 DB_ARGS(DB_INT(cohort))));
    return db_count(rows) == 0 ? RC_OK : put(place, rows, 0);
}

enum rc cohort_index(const struct app_place *place)
{
    enum { MOST = 5000 };
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows, FINDABLE "ORDER BY c.id DESC LIMIT $1",
                 DB_ARGS(DB_INT(MOST))));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(put(place, rows, k));
    return RC_OK;
}

// SPDX-License-Identifier: Apache-2.0
//
// The rows of topics: which of the list that comes with the program a programme does not offer, and
// its own.
#include <string.h>

#include "app/enrolment/enrolment_store.h"

static size_t count_built_in(void)
{
    size_t count = 0;
    while (enrolment_topics[count].value != NULL)
        count++;
    return count;
}

static void put_row(struct enrolment_topic *all, size_t built_in, size_t *count,
                    const struct enrolment_topic *row)
{
    for (size_t k = 0; k < built_in; k++)
        if (strcmp(all[k].value, row->value) == 0) {
            all[k].off = row->off;
            return;
        }
    if (row->own)
        all[(*count)++] = *row;
}

enum rc topic_list(struct db_tx *tx, struct arena *arena, int64_t programme,
                   struct enrolment_topic **ret_topics, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    size_t built_in = count_built_in();
    size_t count = built_in;
    TRY(db_query(tx, arena, &rows,
                 "SELECT value, label, off FROM topic WHERE programme = $1 "
                 "ORDER BY place, value LIMIT 200",
                 DB_ARGS(DB_INT(programme))));
    struct enrolment_topic *all =
        ARENA_ARRAY(arena, struct enrolment_topic, built_in + db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < built_in; k++)
        all[k] =
            (struct enrolment_topic){enrolment_topics[k].value, enrolment_topics[k].label, 0, 0};
    for (size_t k = 0; k < db_count(rows); k++) {
        const struct enrolment_topic row = {db_text(rows, k, 0), db_text(rows, k, 1),
                                            db_text(rows, k, 1)[0] != '\0', db_int(rows, k, 2)};
        put_row(all, built_in, &count, &row);
    }
    *ret_topics = all;
    *ret_count = count;
    return RC_OK;
}

static enum rc put(struct db_tx *tx, int64_t programme, const struct enrolment_topic *topic,
                   int64_t place)
{
    return db_do(
        tx, NULL,
        "INSERT INTO topic(programme, value, label, place, off) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (programme, value) DO UPDATE SET off = excluded.off",
        DB_ARGS(DB_INT(programme), DB_TEXT(topic->value), DB_TEXT(topic->own ? topic->label : ""),
                DB_INT(place), DB_INT(topic->off)));
}

enum rc topic_own_add(struct req *req, int64_t programme, const char *label)
{
    struct enrolment_topic *all = NULL;
    size_t count = 0;
    int64_t place = 1;
    TRY(topic_list(req->tx, req->arena, programme, &all, &count));
    for (size_t k = 0; k < count; k++) {
        if (strcmp(all[k].label, label) == 0)
            return RC_EXISTS;
        place += all[k].own;
    }
    const char *value =
        arena_printf(req->arena, "own%lld", (long long)(db_new_id(req->now_us) & 0xffffffffffff));
    const struct enrolment_topic topic = {value, label, 1, 0};
    if (value == NULL)
        return RC_NO_MEMORY;
    return place > OWN_TOPICS_MAX ? RC_LIMIT : put(req->tx, programme, &topic, place);
}

enum rc topic_switch(struct req *req, int64_t programme, const char *value, bool off)
{
    struct enrolment_topic *all = NULL;
    size_t count = 0;
    TRY(topic_list(req->tx, req->arena, programme, &all, &count));
    for (size_t k = 0; k < count; k++)
        if (strcmp(all[k].value, value) == 0) {
            all[k].off = off;
            return put(req->tx, programme, &all[k], 0);
        }
    return RC_NOT_FOUND;
}

enum rc topic_own_end(struct req *req, int64_t programme, const char *value)
{
    return db_do(req->tx, NULL,
                 "DELETE FROM topic WHERE programme = $1 AND value = $2 AND label <> ''",
                 DB_ARGS(DB_INT(programme), DB_TEXT(value)));
}

enum rc topic_take_over(const struct app_place *place, int64_t from, int64_t to)
{
    return db_do(place->tx, NULL,
                 "INSERT INTO topic(programme, value, label, place, off) "
                 "SELECT $2, value, label, place, off FROM topic WHERE programme = $1",
                 DB_ARGS(DB_INT(from), DB_INT(to)));
}

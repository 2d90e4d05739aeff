// SPDX-License-Identifier: Apache-2.0
//
// Who is counted in which group, what is told of them, and snapshots of it; see improve_store.h.
#include "app/improve/improve_store.h"

#include <stdlib.h>
#include <string.h>

#include "base/zone.h"

#include "app/enrolment/enrolment.h"
#include "app/improve/improve_page.h"

const char improve_schema_1[] =
    "CREATE TABLE metric_snapshot(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES "
    "cohort(id), at {int} NOT NULL, by_person {id} NOT NULL, cause TEXT NOT NULL){end};\n"
    "CREATE INDEX metric_snapshot_cohort ON metric_snapshot(cohort, at);\n"
    "CREATE TABLE metric_value(snapshot {id} NOT NULL REFERENCES metric_snapshot(id), name TEXT NOT "
    "NULL, value {int} NOT NULL, part {int} NOT NULL, n {int} NOT NULL, people {int} NOT NULL, shown "
    "{int} NOT NULL, PRIMARY KEY(snapshot, name)){end};\n"
    "CREATE TABLE improvement(id {id} NOT NULL PRIMARY KEY, programme {id} NOT NULL REFERENCES "
    "programme(id), cohort {id} NOT NULL REFERENCES cohort(id), state TEXT NOT NULL CHECK (state IN "
    "('proposed', 'accepted', 'doing', 'done', 'evaluated', 'rejected')), finding TEXT NOT NULL, "
    "source TEXT NOT NULL, idea TEXT NOT NULL, owner {id} NOT NULL, due TEXT NOT NULL, why TEXT NOT "
    "NULL, applied {id} NOT NULL, expected TEXT NOT NULL, measure TEXT NOT NULL, before_snapshot {id} "
    "NOT NULL, after_snapshot {id} NOT NULL, effect TEXT NOT NULL, is_public {int} NOT NULL, said "
    "TEXT NOT NULL, did TEXT NOT NULL, review {id} NOT NULL, proposed_by {id} NOT NULL, made_at {int} "
    "NOT NULL, changed_at {int} NOT NULL){end};\n"
    "CREATE INDEX improvement_programme ON improvement(programme, changed_at);\n"
    "CREATE INDEX improvement_by ON improvement(proposed_by);\n"
    "CREATE INDEX improvement_owner ON improvement(owner);\n"
    "CREATE INDEX improvement_review ON improvement(review);\n"
    "CREATE TABLE improvement_move(id {id} NOT NULL PRIMARY KEY, improvement {id} NOT NULL REFERENCES "
    "improvement(id), from_state TEXT NOT NULL, to_state TEXT NOT NULL, reason TEXT NOT NULL, "
    "by_person {id} NOT NULL, at {int} NOT NULL){end};\n"
    "CREATE INDEX improvement_move_of ON improvement_move(improvement, id);\n"
    "CREATE INDEX improvement_move_by ON improvement_move(by_person);\n"
    "CREATE TABLE review_meeting(id {id} NOT NULL PRIMARY KEY, cohort {id} NOT NULL REFERENCES "
    "cohort(id), moment TEXT NOT NULL, day TEXT NOT NULL, who TEXT NOT NULL, decisions TEXT NOT NULL, "
    "made_by {id} NOT NULL, made_at {int} NOT NULL, version {int} NOT NULL){end};\n"
    "CREATE INDEX review_meeting_cohort ON review_meeting(cohort, id);\n"
    "CREATE TABLE review_point(review {id} NOT NULL REFERENCES review_meeting(id), area TEXT NOT "
    "NULL, notes TEXT NOT NULL, PRIMARY KEY(review, area)){end};\n";

// ---- groups ------------------------------------------------------------------------------------

struct adding {
    struct arena *arena;
    struct scope *scope;
};

// The group of that name, which is made where there is none. NULL: out of memory. There are never
// more than GROUPS_MAX; what comes later is in none.
static enum rc put(const struct adding *to, const char *dimension, const char *value,
                   const char *label, size_t unit)
{
    struct scope *s = to->scope;
    for (size_t k = 0; k < s->group_count; k++)
        if (strcmp(s->groups[k].dimension, dimension) == 0 &&
            strcmp(s->groups[k].value, value) == 0) {
            group_add(s->groups[k].bits, unit);
            return RC_OK;
        }
    if (s->group_count == GROUPS_MAX)
        return RC_OK;
    struct group *group = &s->groups[s->group_count];
    *group = (struct group){dimension, value, label, ARENA_ARRAY(to->arena, uint64_t, s->words),
                            strcmp(dimension, "role") == 0 || strcmp(dimension, "zone") == 0};
    if (group->bits == NULL)
        return RC_NO_MEMORY;
    group_add(group->bits, unit);
    s->group_count++;
    return RC_OK;
}

static const char *label_of(const struct field_option *options, const char *value)
{
    for (; options->value != NULL; options++)
        if (strcmp(options->value, value) == 0)
            return options->label;
    return value;
}

// Values with a space after each.
static enum rc put_many(const struct adding *to, const char *dimension, const char *values,
                        size_t unit)
{
    bool topic = strcmp(dimension, "topic") == 0;
    while (*values != '\0') {
        size_t length = strcspn(values, " ");
        const char *value = arena_strndup(to->arena, values, length);
        if (value == NULL)
            return RC_NO_MEMORY;
        if (length > 0)
            TRY(put(to, dimension, value,
                    label_of(topic ? enrolment_topics : enrolment_languages, value), unit));
        values += length + (values[length] == ' ');
    }
    return RC_OK;
}

struct band {
    const char *zone;
    size_t band;
};
struct bands {
    struct band known[256];
    size_t count;
};
static const struct {
    const char *value;
    const char *label;
    int32_t up_to_s;
} zone_bands[] = {
    {"west",   MSG("Zones from UTC-12 to UTC-2"), -5400 },
    {"middle", MSG("Zones from UTC-1 to UTC+3"),  12600 },
    {"east",   MSG("Zones from UTC+4 to UTC+6"),  25000 },
    {"far",    MSG("Zones from UTC+7 to UTC+14"), 100000},
};

// The offset of a fixed day in winter, so that nobody moves when clocks do.
static enum rc band_of(struct arena *arena, struct bands *bands, const char *name, size_t *ret_band)
{
    enum { A_WINTER_DAY_S = 1768435200 };
    struct zone zone;
    for (size_t k = 0; k < bands->count; k++)
        if (strcmp(bands->known[k].zone, name) == 0) {
            *ret_band = bands->known[k].band;
            return RC_OK;
        }
    enum rc rc = zone_load(arena, ZONE_FOLDER, name, &zone);
    int32_t offset_s = rc == RC_OK ? zone_offset_s(&zone, A_WINTER_DAY_S) : 0;
    if (rc == RC_NO_MEMORY || rc == RC_IO)
        return rc;
    *ret_band = 0;
    while (offset_s >= zone_bands[*ret_band].up_to_s)
        ++*ret_band;
    if (bands->count < sizeof bands->known / sizeof bands->known[0])
        bands->known[bands->count++] = (struct band){name, *ret_band};
    return RC_OK;
}

static enum rc add_cohort(struct arena *arena, struct scope *scope, int64_t cohort, size_t unit)
{
    for (size_t k = 0; k < scope->cohort_count; k++)
        if (scope->cohorts[k] == cohort) {
            group_add(scope->cohort_bits[k], unit);
            return RC_OK;
        }
    uint64_t *bits = ARENA_ARRAY(arena, uint64_t, scope->words);
    if (bits == NULL)
        return RC_NO_MEMORY;
    group_add(bits, unit);
    scope->cohort_bits[scope->cohort_count] = bits;
    scope->cohorts[scope->cohort_count++] = cohort;
    return RC_OK;
}

// Groups in the order of their dimension, so that parts of a whole stand together.
static enum rc add_dimension(const struct adding *to, const struct db_rows *r, struct bands *bands,
                             unsigned dimension)
{
    static const char *const names[] = {"role", "zone", "language", "topic"};
    for (size_t k = 0; k < db_count(r); k++) {
        const char *value = db_text(r, k, dimension + 2);
        size_t band = 0;
        if (dimension == 0) {
            TRY(put(to, "role", value,
                    strcmp(value, "mentor") == 0 ? MSG("Mentors") : MSG("Mentees"), k));
        } else if (dimension == 1) {
            TRY(band_of(to->arena, bands, value, &band));
            TRY(put(to, "zone", zone_bands[band].value, zone_bands[band].label, k));
        } else {
            TRY(put_many(to, names[dimension], value, k));
        }
    }
    return RC_OK;
}

enum rc scope_load(struct db_tx *tx, struct arena *arena, int64_t id, struct scope *ret_scope)
{
    struct db_rows *r = NULL;
    struct bands *bands = ARENA_NEW(arena, struct bands);
    struct scope *s = ret_scope;
    *s = (struct scope){.id = id};
    TRY(db_query(
        tx, arena, &r,
        "SELECT e.id, e.cohort, e.role, p.zone, e.languages, e.topics FROM enrolment e JOIN "
        "person p ON p.id = e.person WHERE e.cohort IN (SELECT id FROM cohort WHERE id = $1 "
        "OR programme = $1) AND e.state <> 'draft' ORDER BY e.id",
        DB_ARGS(DB_INT(id))));
    s->count = db_count(r);
    s->words = group_words(s->count);
    s->units = ARENA_ARRAY(arena, int64_t, s->count + 1);
    s->cohorts = ARENA_ARRAY(arena, int64_t, s->count + 1);
    s->cohort_bits = ARENA_ARRAY(arena, uint64_t *, s->count + 1);
    uint64_t *all = ARENA_ARRAY(arena, uint64_t, s->words);
    if (bands == NULL || s->units == NULL || s->cohorts == NULL || s->cohort_bits == NULL ||
        all == NULL)
        return RC_NO_MEMORY;
    s->groups[s->group_count++] = (struct group){"all", "", MSG("Everybody"), all, false};
    for (size_t k = 0; k < s->count; k++) {
        s->units[k] = db_int(r, k, 0);
        group_add(all, k);
        TRY(add_cohort(arena, s, db_int(r, k, 1), k));
    }
    const struct adding to = {arena, s};
    for (unsigned dimension = 0; dimension < 4; dimension++)
        TRY(add_dimension(&to, r, bands, dimension));
    return RC_OK;
}

size_t scope_group(const struct scope *scope, const char *name)
{
    const char *colon = name == NULL ? NULL : strchr(name, ':');
    if (colon == NULL)
        return 0;
    size_t length = (size_t)(colon - name);
    for (size_t k = 1; k < scope->group_count; k++)
        if (strlen(scope->groups[k].dimension) == length &&
            strncmp(scope->groups[k].dimension, name, length) == 0 &&
            strcmp(scope->groups[k].value, colon + 1) == 0)
            return k;
    return 0;
}

// ---- what was observed -------------------------------------------------------------------------

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static enum rc read_observed(struct db_tx *tx, struct arena *arena, const struct scope *scope,
                             int64_t now_us, struct seen *seen)
{
    struct db_rows *r = NULL;
    const char *sql = seen->row->sql;
    if (seen->row->own == NULL)
        TRY(db_query(tx, arena, &r, sql, DB_ARGS(DB_INT(scope->id), DB_INT(now_us))));
    else
        TRY(db_query(tx, arena, &r, sql,
                     DB_ARGS(DB_INT(scope->id), DB_INT(now_us), DB_TEXT(seen->row->own))));
    seen->all = ARENA_ARRAY(arena, struct observed, db_count(r) + 1);
    if (seen->all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++) {
        int64_t id = db_int(r, k, 0);
        const int64_t *unit =
            bsearch(&id, scope->units, scope->count, sizeof scope->units[0], by_id);
        if (unit != NULL)
            seen->all[seen->count++] = (struct observed){
                (size_t)(unit - scope->units), db_int(r, k, 1), db_int(r, k, 2), db_int(r, k, 3)};
    }
    return RC_OK;
}

enum rc scope_see(struct db_tx *tx, struct arena *arena, const struct scope *scope,
                  const struct measure_row *row, int64_t now_us, struct seen *ret_seen)
{
    struct seen seen = {.row = row};
    bool shown[GROUPS_MAX];
    uint64_t *present = ARENA_ARRAY(arena, uint64_t, scope->words);
    uint64_t *here = ARENA_ARRAY(arena, uint64_t, scope->words);
    seen.shown = ARENA_ARRAY(arena, bool, scope->group_count);
    seen.bits = ARENA_ARRAY(arena, uint64_t *, scope->group_count);
    if (present == NULL || here == NULL || seen.shown == NULL || seen.bits == NULL)
        return RC_NO_MEMORY;
    for (size_t g = 0; g < scope->group_count; g++) {
        seen.bits[g] = ARENA_ARRAY(arena, uint64_t, scope->words);
        if (seen.bits[g] == NULL)
            return RC_NO_MEMORY;
    }
    TRY(read_observed(tx, arena, scope, now_us, &seen));
    observed_people(seen.all, seen.count, present);
    for (size_t c = 0; c < scope->cohort_count; c++) {
        for (size_t w = 0; w < scope->words; w++)
            here[w] = present[w] & scope->cohort_bits[c][w];
        TRY(group_choose(arena, scope->groups, scope->group_count, scope->words, here, shown));
        for (size_t g = 0; g < scope->group_count; g++) {
            seen.shown[g] = seen.shown[g] || shown[g];
            for (size_t w = 0; w < scope->words && shown[g]; w++)
                seen.bits[g][w] |= here[w] & scope->groups[g].bits[w];
        }
    }
    *ret_seen = seen;
    return RC_OK;
}

enum rc scope_measure(struct arena *arena, const struct scope *scope, const struct seen *seen,
                      size_t group, struct measured *ret_measured)
{
    struct measured m = {.shown = false};
    if (seen->shown[group]) {
        const struct observed_list all = {seen->all, seen->count, scope->words};
        TRY(measure_of(arena, seen->row->kind, &all, seen->bits[group], &m));
        m.shown = true;
    }
    *ret_measured = m;
    return RC_OK;
}

// ---- months ------------------------------------------------------------------------------------

// What belongs to one cohort, and to the month that may be shown of it.
static enum rc keep_months(struct arena *arena, const struct scope *scope, const struct seen *seen,
                           int64_t first, struct observed *ret_kept, size_t *ret_count)
{
    bool shown[MONTHS_SHOWN];
    struct observed *own = ARENA_ARRAY(arena, struct observed, seen->count + 1);
    if (own == NULL)
        return RC_NO_MEMORY;
    for (size_t c = 0; c < scope->cohort_count; c++) {
        size_t count = 0;
        for (size_t k = 0; k < seen->count; k++)
            if (group_has(scope->cohort_bits[c], seen->all[k].unit) &&
                group_has(seen->bits[0], seen->all[k].unit))
                own[count++] = seen->all[k];
        const struct observed_list all = {own, count, scope->words};
        TRY(month_choose(arena, &all, first, MONTHS_SHOWN, shown));
        for (size_t k = 0; k < count; k++) {
            int64_t month = measure_month(own[k].at_us) - first;
            if (month >= 0 && month < MONTHS_SHOWN && shown[month])
                ret_kept[(*ret_count)++] = own[k];
        }
    }
    return RC_OK;
}

enum rc scope_months(struct arena *arena, const struct scope *scope, const struct seen *seen,
                     int64_t now_us, struct month **ret_months, size_t *ret_count)
{
    int64_t first = measure_month(now_us) - MONTHS_SHOWN + 1;
    size_t kept_count = 0;
    size_t begun = 0;
    struct observed *kept = ARENA_ARRAY(arena, struct observed, seen->count + 1);
    struct observed *own = ARENA_ARRAY(arena, struct observed, seen->count + 1);
    struct month *months = ARENA_ARRAY(arena, struct month, MONTHS_SHOWN);
    if (kept == NULL || own == NULL || months == NULL)
        return RC_NO_MEMORY;
    TRY(keep_months(arena, scope, seen, first, kept, &kept_count));
    for (int64_t m = 0; m < MONTHS_SHOWN; m++) {
        size_t count = 0;
        for (size_t k = 0; k < kept_count; k++)
            if (measure_month(kept[k].at_us) - first == m)
                own[count++] = kept[k];
        struct month *month = &months[begun];
        long long number = first + m;
        month->name = arena_printf(arena, "%04lld-%02lld", 1970 + number / 12, number % 12 + 1);
        if (month->name == NULL)
            return RC_NO_MEMORY;
        const struct observed_list all = {own, count, scope->words};
        TRY(measure_of(arena, seen->row->kind, &all, seen->bits[0], &month->measured));
        month->measured.shown = count > 0;
        begun += begun > 0 || count > 0;
    }
    *ret_months = months;
    *ret_count = begun;
    return RC_OK;
}

// ---- snapshots ---------------------------------------------------------------------------------

enum rc snapshot_add(const struct app_place *at, int64_t cohort, int64_t person, const char *cause,
                     int64_t *ret_id)
{
    *ret_id = db_new_id(at->now_us);
    return db_do(
        at->tx, NULL,
        "INSERT INTO metric_snapshot(id, cohort, at, by_person, cause) VALUES ($1, $2, $3, "
        "$4, $5)",
        DB_ARGS(DB_INT(*ret_id), DB_INT(cohort), DB_INT(at->now_us), DB_INT(person),
                DB_TEXT(cause)));
}

enum rc snapshot_set(const struct app_place *at, int64_t snapshot, const char *name,
                     const struct measured *m)
{
    return db_do(at->tx, NULL,
                 "INSERT INTO metric_value(snapshot, name, value, part, n, people, shown) VALUES "
                 "($1, $2, $3, $4, $5, $6, $7)",
                 DB_ARGS(DB_INT(snapshot), DB_TEXT(name), DB_INT(m->value), DB_INT(m->part),
                         DB_INT(m->n), DB_INT(m->people), DB_INT(m->shown)));
}

enum rc snapshot_keep(const struct app_place *at, int64_t cohort, int64_t person, const char *cause,
                      int64_t *ret_id)
{
    struct scope *scope = ARENA_NEW(at->arena, struct scope);
    int64_t id = 0;
    if (scope == NULL)
        return RC_NO_MEMORY;
    TRY(scope_load(at->tx, at->arena, cohort, scope));
    TRY(snapshot_add(at, cohort, person, cause, &id));
    for (const struct measure_row *row = measure_rows; row->name != NULL; row++) {
        struct seen seen;
        struct measured measured;
        TRY(scope_see(at->tx, at->arena, scope, row, at->now_us, &seen));
        TRY(scope_measure(at->arena, scope, &seen, 0, &measured));
        TRY(snapshot_set(at, id, row->name, &measured));
    }
    *ret_id = id;
    return RC_OK;
}

enum rc snapshot_take(const struct app_place *at, int64_t cohort, int64_t person, const char *cause)
{
    int64_t id = 0;
    return snapshot_keep(at, cohort, person, cause, &id);
}

enum rc snapshot_list(struct db_tx *tx, struct arena *arena, int64_t scope,
                      struct snapshot **ret_snapshots, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        tx, arena, &r,
        "SELECT s.id, s.cohort, c.name, s.at, s.cause FROM metric_snapshot s JOIN cohort c "
        "ON c.id = s.cohort WHERE s.cohort IN (SELECT id FROM cohort WHERE id = $1 OR "
        "programme = $1) ORDER BY s.at DESC, s.id DESC LIMIT 200",
        DB_ARGS(DB_INT(scope))));
    struct snapshot *all = ARENA_ARRAY(arena, struct snapshot, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++) {
        all[k] = (struct snapshot){
            .id = db_int(r, k, 0),
            .cohort = db_int(r, k, 1),
            .cohort_name = db_text(r, k, 2),
            .at = db_int(r, k, 3),
            .cause = db_text(r, k, 4),
        };
        const char *time = app_time(arena, all[k].at);
        all[k].label = arena_printf(arena, "%s, %s", all[k].cohort_name, time == NULL ? "" : time);
        if (all[k].label == NULL)
            return RC_NO_MEMORY;
    }
    *ret_snapshots = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc snapshot_value(struct db_tx *tx, struct arena *arena, int64_t snapshot, const char *name,
                       struct measured *ret_measured)
{
    struct db_rows *r = NULL;
    TRY(db_query(tx, arena, &r,
                 "SELECT value, part, n, people, shown FROM metric_value WHERE snapshot = $1 AND "
                 "name = $2",
                 DB_ARGS(DB_INT(snapshot), DB_TEXT(name))));
    *ret_measured = (struct measured){.shown = false};
    if (db_count(r) > 0)
        *ret_measured = (struct measured){db_int(r, 0, 0), db_int(r, 0, 1), db_int(r, 0, 2),
                                          db_int(r, 0, 3), db_int(r, 0, 4) == 1};
    return RC_OK;
}

enum rc compared_cohorts(struct req *req, int64_t programme, struct compare_column **ret_columns,
                         size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r,
                 "SELECT id, name FROM cohort WHERE programme = $1 AND state NOT IN ('template', "
                 "'draft', 'cancelled') ORDER BY starts DESC, id DESC LIMIT $2",
                 DB_ARGS(DB_INT(programme), DB_INT(COLUMNS_MOST))));
    struct compare_column *all = ARENA_ARRAY(req->arena, struct compare_column, db_count(r) + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[db_count(r) - 1 - k] =
            (struct compare_column){.name = db_text(r, k, 1), .cohort = db_int(r, k, 0)};
    *ret_columns = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc improve_is_member(struct req *req, int64_t cohort, bool *ret_is)
{
    struct db_rows *r = NULL;
    bool runs = false;
    TRY(app_can(req, CAN_READ_REPORTS, &runs));
    TRY(db_query(req->tx, req->arena, &r,
                 "SELECT 1 FROM enrolment WHERE cohort = $1 AND person = $2 AND state IN "
                 "('submitted', 'needs_info', 'approved', 'waitlisted') LIMIT 1",
                 DB_ARGS(DB_INT(cohort), DB_INT(req->actor.person))));
    *ret_is = runs || db_count(r) > 0;
    return RC_OK;
}

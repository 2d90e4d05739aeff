// SPDX-License-Identifier: Apache-2.0
//
// Who takes part, who is kept apart, and letters to one person; see network_store.h.
#include "app/network/network_store.h"

#include <string.h>

#include "app/pair/pair_talk.h"

// ---- who takes part --------------------------------------------------------------------------

static enum rc read_roles(struct req *req, struct network *network)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT e.role, CASE WHEN EXISTS (SELECT 1 FROM match m WHERE m.mentee = e.id AND "
                 "m.state IN ('active', 'paused', 'closing')) THEN 1 ELSE 0 END FROM enrolment e "
                 "WHERE e.cohort = $1 AND e.person = $2 AND e.state IN ('approved', 'waitlisted')",
                 DB_ARGS(DB_INT(network->cohort.id), DB_INT(network->me))));
    network->member = db_count(rows) > 0;
    for (size_t k = 0; k < db_count(rows); k++) {
        bool mentor = strcmp(db_text(rows, k, 0), "mentor") == 0;
        network->mentors = network->mentors || mentor;
        network->seeks = network->seeks || (!mentor && db_int(rows, k, 1) == 0);
    }
    network->staff = req->actor.admin;
    if (!network->staff)
        TRY(app_has_role(req, ROLE_MANAGER, network->cohort.id, &network->staff));
    if (!network->staff)
        TRY(app_has_role(req, ROLE_COORDINATOR, network->cohort.id, &network->staff));
    return RC_OK;
}

enum rc network_look(struct req *req, int64_t cohort, struct network *ret_network)
{
    struct network network = {.me = req->actor.person, .zone = req->actor.zone};
    TRY(cohort_find(req->tx, req->arena, cohort, &network.cohort));
    if (network.me != 0)
        TRY(read_roles(req, &network));
    if (strcmp(network.cohort.state, "draft") == 0 && !network.staff)
        return RC_NOT_FOUND;
    *ret_network = network;
    return RC_OK;
}

enum rc network_enter(struct req *req, int64_t cohort, struct network *ret_network)
{
    struct network network = {0};
    TRY(network_look(req, cohort, &network));
    if (!network.member && !network.staff)
        return RC_NOT_FOUND;
    *ret_network = network;
    return RC_OK;
}

enum rc network_has(struct db_tx *tx, struct arena *arena, int64_t cohort, int64_t person,
                    bool *ret_has)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT 1 FROM person p WHERE p.id = $2 AND p.closed_at = 0 AND (p.admin = 1 OR "
                 "EXISTS (SELECT 1 FROM enrolment e WHERE e.person = $2 AND e.cohort = $1 AND "
                 "e.state IN ('approved', 'waitlisted')) OR EXISTS (SELECT 1 FROM role r WHERE "
                 "r.person = $2 AND r.role IN ('coordinator', 'manager') AND (r.cohort IN (0, $1) "
                 "OR r.cohort = (SELECT c.programme FROM cohort c WHERE c.id = $1))))",
                 DB_ARGS(DB_INT(cohort), DB_INT(person))));
    *ret_has = db_count(rows) > 0;
    return RC_OK;
}

enum rc network_apart(struct db_tx *tx, struct arena *arena, int64_t a, int64_t b, bool *ret_apart)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, "SELECT 1 FROM avoid WHERE a = $1 AND b = $2",
                 DB_ARGS(DB_INT(a < b ? a : b), DB_INT(a < b ? b : a))));
    *ret_apart = db_count(rows) > 0;
    return RC_OK;
}

enum rc network_person_find(struct db_tx *tx, struct arena *arena, int64_t id,
                            struct network_person *ret_person)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT name, email, zone, language FROM person WHERE id = $1 AND closed_at = 0",
                 DB_ARGS(DB_INT(id))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_person = (struct network_person){id, db_text(rows, 0, 0), db_text(rows, 0, 1),
                                          db_text(rows, 0, 2), db_text(rows, 0, 3)};
    return RC_OK;
}

// ---- letters ---------------------------------------------------------------------------------

// The calendar of one reader: nobody else's address is in it.
static enum rc write_calendar(const struct app_place *at, const struct network_person *person,
                              const struct notice *notice, const char *url, const char **ret_text)
{
    enum { CALENDAR_LIMIT_BYTES = 32 << 10 };
    struct calendar_event event = *notice->event;
    struct buffer out;
    event.start_s = notice->at_us / NETWORK_US;
    event.changed_s = at->now_us / NETWORK_US;
    event.summary = arena_printf(at->arena, "%s: %s", at->app->site, notice->title);
    event.description = url;
    event.organizer = at->app->mail == NULL ? "" : at->app->mail;
    event.people[0] = (struct calendar_person){person->name, person->email};
    event.people[1] = (struct calendar_person){NULL, NULL};
    event.cancelled = strcmp(notice->method, "CANCEL") == 0;
    if (event.summary == NULL)
        return RC_NO_MEMORY;
    buffer_open(&out, at->arena, CALENDAR_LIMIT_BYTES);
    TRY(calendar_write(&out, notice->method, &event, 1));
    *ret_text = out.bytes;
    return RC_OK;
}

enum rc network_tell(const struct app_place *at, int64_t person, const struct notice *notice)
{
    struct network_person to;
    struct app_more more = {0};
    const char *stop = "";
    enum rc rc = network_person_find(at->tx, at->arena, person, &to);
    if (rc != RC_OK)
        return rc == RC_NOT_FOUND ? RC_OK : rc;
    if (notice->kind != NULL) {
        struct letter_choice choice;
        TRY(letter_choice_find(at->tx, at->arena, person, &choice));
        if (!letter_wanted(&choice, notice->kind))
            return RC_OK;
        TRY(letter_stop_url(at, at->app->url, person, notice->kind, &stop));
        more.unsubscribe = stop;
    }
    const char *url = arena_printf(at->arena, "%s%s", at->app->url, notice->page);
    const char *time = notice->at_us == 0 ? "" : app_time_in(at->arena, notice->at_us, to.zone);
    if (url == NULL || time == NULL)
        return RC_NO_MEMORY;
    if (notice->event != NULL) {
        TRY(write_calendar(at, &to, notice, url, &more.calendar));
        more.method = notice->method;
    }
    const char *const values[] = {to.name,
                                  url,
                                  notice->title == NULL ? "" : notice->title,
                                  notice->value == NULL ? "" : notice->value,
                                  time,
                                  stop};
    return app_send_more(at, to.email, to.language, notice->letter, values, 6, &more);
}

enum rc network_tell_staff(const struct app_place *at, int64_t cohort, const struct notice *notice)
{
    struct db_rows *rows = NULL;
    const char *url = arena_printf(at->arena, "%s%s", at->app->url, notice->page);
    if (url == NULL)
        return RC_NO_MEMORY;
    TRY(app_staff(at->tx, at->arena, cohort, &rows));
    for (size_t k = 0; k < db_count(rows); k++) {
        const char *const values[] = {db_text(rows, k, 2), url, notice->title,
                                      notice->value == NULL ? "" : notice->value, ""};
        TRY(app_send_from(at, db_text(rows, k, 0), db_text(rows, k, 1), notice->letter, values, 5));
    }
    return RC_OK;
}

enum rc network_cohorts(struct req *req, struct meet_cohort **ret_cohorts, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT DISTINCT c.id, c.name FROM enrolment e JOIN cohort c ON c.id = e.cohort "
                 "WHERE e.person = $1 AND e.state IN ('approved', 'waitlisted') ORDER BY c.id DESC "
                 "LIMIT 20",
                 DB_ARGS(DB_INT(req->actor.person))));
    struct meet_cohort *all = ARENA_ARRAY(req->arena, struct meet_cohort, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct meet_cohort){db_int(rows, k, 0), db_text(rows, k, 1)};
    *ret_cohorts = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

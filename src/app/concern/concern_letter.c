// SPDX-License-Identifier: Apache-2.0
//
// Who gets a letter that there is something to read, and none of its words; see concern_page.h.
#include "app/concern/concern_page.h"
#include "auth/token.h"

// Neither the subject nor the text says what it is about.
static const struct app_letter letter_readers = {
    MSG("Something waits for you"),
    {MSG("Hello {0},"), MSG("in {1}, something waits to be read by you, until {3}:"), "{2}", NULL}
};
static const struct app_letter letter_answer = {
    MSG("There is an answer for you"),
    {MSG("Hello {0},"), MSG("there is something new about what you told us:"), "{1}", NULL}
};

// All whom it should go to are concerned themselves: it goes outside, by a link that is the key.
static enum rc tell_outside(const struct app_place *place, const struct concern *concern,
                            const char *due, bool *ret_told)
{
    struct concern_safety safety;
    TRY(safety_find(place->tx, place->arena, concern->cohort, &safety));
    *ret_told = safety.outside_email[0] != '\0';
    if (!*ret_told)
        return RC_OK;
    const char *token = token_new(place->arena);
    const char *hash = token == NULL ? NULL : token_hash(place->arena, "outside", token);
    const char *url =
        token == NULL ? NULL : arena_printf(place->arena, "%s/outside/%s", place->app->url, token);
    if (hash == NULL || url == NULL)
        return RC_NO_MEMORY;
    TRY(concern_set_outside(place->tx, concern->id, hash));
    return app_send_from(place, safety.outside_email, "en", &letter_readers,
                         (const char *const[]){safety.outside_name, concern->cohort_name, url, due},
                         4);
}

enum rc concern_is_read(const struct app_place *place, const struct concern *concern,
                        bool *ret_read)
{
    struct db_rows *leads = NULL;
    struct db_rows *staff = NULL;
    struct concern_safety safety;
    TRY(concern_lead_letters(place->tx, place->arena, concern->id, &leads));
    TRY(concern_staff_letters(place->tx, place->arena, concern->id, &staff));
    TRY(safety_find(place->tx, place->arena, concern->cohort, &safety));
    *ret_read = db_count(leads) + db_count(staff) > 0 ||
                (concern_is_grave(concern->kind) && safety.outside_email[0] != '\0');
    return RC_OK;
}

enum rc concern_tell_readers(const struct app_place *place, const struct concern *concern,
                             int64_t due_us)
{
    struct db_rows *rows = NULL;
    bool told = false;
    const char *due = app_time(place->arena, due_us);
    const char *url = arena_printf(place->arena, "%s/cohorts/%lld/concerns/%lld", place->app->url,
                                   (long long)concern->cohort, (long long)concern->id);
    if (url == NULL || due == NULL)
        return RC_NO_MEMORY;
    if (concern_is_grave(concern->kind)) {
        TRY(concern_lead_letters(place->tx, place->arena, concern->id, &rows));
        if (db_count(rows) == 0)
            TRY(tell_outside(place, concern, due, &told));
        if (told)
            return RC_OK;
    }
    if (rows == NULL || db_count(rows) == 0)
        TRY(concern_staff_letters(place->tx, place->arena, concern->id, &rows));
    if (db_count(rows) == 0) // all who run it are concerned
        TRY(concern_lead_letters(place->tx, place->arena, concern->id, &rows));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(app_send_from(
            place, db_text(rows, k, 0), db_text(rows, k, 1), &letter_readers,
            (const char *const[]){db_text(rows, k, 2), concern->cohort_name, url, due}, 4));
    return RC_OK;
}

enum rc concern_tell_reporter(struct req *req, const struct concern *concern)
{
    struct db_rows *rows = NULL;
    const struct app *app = req->app;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT email, language, name FROM person WHERE id = $1 AND closed_at = 0",
                 DB_ARGS(DB_INT(concern->by))));
    const char *url =
        arena_printf(req->arena, "%s/account/answers?open=%lld", app->url, (long long)concern->id);
    if (url == NULL)
        return RC_NO_MEMORY;
    if (db_count(rows) == 0)
        return RC_OK;
    return app_send(req, db_text(rows, 0, 0), db_text(rows, 0, 1), &letter_answer,
                    (const char *const[]){db_text(rows, 0, 2), url}, 2);
}

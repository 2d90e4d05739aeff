// SPDX-License-Identifier: Apache-2.0
//
// Why: what follows from contributions: letters to their writers, the badge, the leaders of each
// article, and a word to the editors when something waits.
#include <string.h>

#include "app/article/article_page.h"

enum { NIGHT_S = 24 * 3600 };

// ---- letters ---------------------------------------------------------------------------------

static const struct app_letter letter_approved = {
    MSG("Your contribution can be read by all"),
    {MSG("Hello {0},"), MSG("what you wrote for \"{1}\" can be read by everybody now. Thank you."),
                                              "{2}", NULL}
};
static const struct app_letter letter_changes = {
    MSG("A question about your contribution"),
    {MSG("Hello {0},"),
                                            MSG("an editor has read what you wrote for \"{1}\", and asks for a change:"), "{3}",
                                            MSG("You can change it and send it again here:"), "{2}", NULL}
};
static const struct app_letter letter_rejected = {
    MSG("About your contribution"),
    {MSG("Hello {0},"), MSG("what you wrote for \"{1}\" will not be part of it. An editor says:"),
                                 "{3}", MSG("Your text is still yours, here:"), "{2}", NULL}
};
static const struct app_letter letter_removed = {
    MSG("Your contribution was taken out"),
    {MSG("Hello {0},"), MSG("what you wrote for \"{1}\" was taken out. An editor says:"), "{3}",
                                         MSG("Your text is still yours, here:"), "{2}", NULL}
};
static const struct app_letter letter_badge = {
    MSG("You have the Contributor badge"),
    {MSG("Hello {0},"),
                                        MSG("you have contributed to three articles: the Contributor badge is yours. Thank you for what you share."),
                                        MSG("You see it here:"), "{1}", NULL}
};
static const struct app_letter letter_doubt = {
    MSG("Your Contributor badge needs one more contribution"),
    {MSG("Hello {0},"),
                                                            MSG("fewer than three articles have a contribution of yours now. The badge stays for thirty days; with one more it stays for good."),
                                                            "{1}", NULL}
};
static const struct app_letter letter_waiting = {
    MSG("Something waits for an editor"),
    {MSG("Hello {0},"), MSG("members have sent contributions that wait for an editor:"), "{1}",
                                       NULL}
};

struct reader {
    const char *email;
    const char *language;
    const char *name;
};

static enum rc find_person(const struct app_place *place, int64_t person, struct reader *ret_reader)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT email, language, name FROM person WHERE id = $1 AND closed_at = 0",
                 DB_ARGS(DB_INT(person))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_reader = (struct reader){db_text(rows, 0, 0), db_text(rows, 0, 1), db_text(rows, 0, 2)};
    return RC_OK;
}

enum rc article_tell(struct req *req, const struct contribution *one, const char *to)
{
    const struct app_place place = app_here(req);
    const char *note = form_value(&req->form, "note");
    struct reader reader;
    enum rc rc = find_person(&place, one->person, &reader);
    if (rc == RC_NOT_FOUND)
        return RC_OK; // she has closed her account
    TRY(rc);
    bool public = text_same(to, "approved");
    const char *url = arena_printf(
        req->arena, public ? "%s/articles/%lld" : "%s/contributions/%lld",
        web_origin(req->web, req->arena), (long long)(public ? one->article : one->id));
    const struct app_letter *letter = public                               ? &letter_approved
                                      : text_same(to, "changes_requested") ? &letter_changes
                                      : text_same(to, "removed")           ? &letter_removed
                                                                           : &letter_rejected;
    const char *const values[] = {reader.name, one->article_title, url, note == NULL ? "" : note};
    return url == NULL ? RC_NO_MEMORY
                       : app_send(req, reader.email, reader.language, letter, values, 4);
}

static enum rc tell_badge(const struct app_place *place, int64_t person,
                          const struct app_letter *letter)
{
    struct reader reader;
    enum rc rc = find_person(place, person, &reader);
    if (rc == RC_NOT_FOUND)
        return RC_OK;
    TRY(rc);
    const char *url = arena_printf(place->arena, "%s/contributions",
                                   place->app->url == NULL ? "" : place->app->url);
    const char *const values[] = {reader.name, url};
    return url == NULL ? RC_NO_MEMORY
                       : app_send_from(place, reader.email, reader.language, letter, values, 2);
}

// ---- the badge -------------------------------------------------------------------------------

enum rc article_recount(const struct app_place *place, int64_t person)
{
    struct contributor contributor;
    TRY(contributor_find(place->tx, place->arena, person, &contributor));
    const struct contributor_badge before = contributor.badge;
    enum badge_change change = badge_next(&contributor.badge, contributor.articles, place->now_us);
    if (memcmp(&before, &contributor.badge, sizeof before) != 0)
        TRY(contributor_set(place->tx, person, &contributor));
    const struct announcement got = {ANNOUNCE_CONTRIBUTOR_BADGE, 0, 0, person, person};
    switch (change) {
    case BADGE_GOT:
        TRY(app_announce(place, &got));
        return tell_badge(place, person, &letter_badge);
    case BADGE_IN_DOUBT:
        return tell_badge(place, person, &letter_doubt);
    case BADGE_SAME:
    case BADGE_SAFE:
    case BADGE_LAPSED:
        return RC_OK;
    }
    return RC_OK;
}

// ---- for slices above ------------------------------------------------------------------------

enum rc article_begin_draft(const struct app_place *place, int64_t person, int64_t article,
                            int64_t section, const char *text, int64_t *ret_contribution)
{
    struct contribution one = {.section = section,
                               .article = article,
                               .person = person,
                               .kind = "story",
                               .body = text,
                               .byline = "role",
                               .pseudonym = "",
                               .state = "draft",
                               .note = ""};
    TRY(contribution_role(place->tx, place->arena, person, &one.role));
    TRY(contribution_add(place->tx, &one, place->now_us));
    *ret_contribution = one.id;
    return RC_OK;
}

enum rc article_take_back(const struct app_place *place, int64_t person, int64_t id)
{
    const struct article_reader by = {place->tx, place->arena, person, false};
    struct contribution one;
    enum rc rc = contribution_find(&by, id, &one);
    if (rc == RC_NOT_FOUND || (rc == RC_OK && !contribution_may(one.state, "withdrawn", false)))
        return RC_OK;
    TRY(rc);
    TRY(contribution_move(place->tx, &one, "withdrawn", one.note, 0, place->now_us));
    TRY(contribution_index(place, &one, false));
    TRY(article_leaders_make(place, one.article));
    return article_recount(place, one.person);
}

// ---- every night -----------------------------------------------------------------------------

enum rc article_tell_editors(const struct app_place *place, const struct app_letter *letter,
                             const char *path)
{
    struct db_rows *editors = NULL;
    TRY(db_query(
        place->tx, place->arena, &editors,
        "SELECT DISTINCT p.email, p.language, p.name FROM person p JOIN role r ON r.person "
        "= p.id WHERE r.role = 'editor' AND p.closed_at = 0 ORDER BY p.email LIMIT 20",
        DB_NO_ARGS));
    if (db_count(editors) == 0)
        TRY(app_staff(place->tx, place->arena, 0, &editors));
    const char *url =
        arena_printf(place->arena, "%s%s", place->app->url == NULL ? "" : place->app->url, path);
    for (size_t k = 0; url != NULL && k < db_count(editors); k++) {
        const char *const values[] = {db_text(editors, k, 2), url};
        TRY(app_send_from(place, db_text(editors, k, 0), db_text(editors, k, 1), letter, values,
                          2));
    }
    return url == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc remind_editors(const struct app_place *place)
{
    enum { LOOKED_AT = 500 };
    struct db_rows *waiting = NULL;
    TRY(db_query(place->tx, place->arena, &waiting,
                 "SELECT sent_at FROM contribution WHERE state = 'submitted' AND sent_at < $1 "
                 "ORDER BY sent_at DESC LIMIT $2",
                 DB_ARGS(DB_INT(place->now_us), DB_INT(LOOKED_AT))));
    size_t count = db_count(waiting);
    int64_t *sent_at = ARENA_ARRAY(place->arena, int64_t, count);
    if (sent_at == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++)
        sent_at[k] = db_int(waiting, k, 0);
    return article_is_news(sent_at, count, place->now_us)
               ? article_tell_editors(place, &letter_waiting, "/articles/review")
               : RC_OK;
}

static enum rc every_night(struct db_tx *tx, struct job *job)
{
    const struct app_place place = {tx, job->arena, job->context, job->now_us};
    struct db_rows *rows = NULL;
    TRY(article_add_first(&place));
    TRY(article_count_all(&place)); // whoever was erased took her texts with her
    TRY(db_query(tx, job->arena, &rows,
                 "SELECT id FROM article WHERE contributions > 0 ORDER BY id", DB_NO_ARGS));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(article_leaders_make(&place, db_int(rows, k, 0)));
    // Whose badge may have to change: it is in doubt, or an article was hidden or shown again.
    TRY(db_query(tx, job->arena, &rows,
                 "SELECT person FROM contributor WHERE badge_at > 0 AND lapsed_at = 0 UNION SELECT "
                 "person FROM contribution WHERE state = 'approved' GROUP BY person HAVING "
                 "count(DISTINCT article) >= $1 ORDER BY person",
                 DB_ARGS(DB_INT(BADGE_ARTICLES))));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(article_recount(&place, db_int(rows, k, 0)));
    return remind_editors(&place);
}

struct job_kind article_nightly_kind(const struct app *app)
{
    return (struct job_kind){.name = "article_nightly",
                             .every_s = NIGHT_S,
                             .inside = every_night,
                             .context = (void *)(uintptr_t)app};
}

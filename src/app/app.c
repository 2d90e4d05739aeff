// SPDX-License-Identifier: Apache-2.0
//
// Permissions and the layout; see app.h.
#include "app/app.h"

#include <string.h>

#include "auth/token.h"
#include "web/asset.h"
#include "web_layout.html.h"

enum { ROLES_MAX = 200 }; // of one person, that are kept for a request

enum who {
    WHO_NOBODY,
    WHO_ANYONE,
    WHO_HOLDER,
    WHO_PERSON,
    WHO_HERSELF,
    WHO_COORDINATOR,
    WHO_KEEPER,
    WHO_COMMITTEE,
    WHO_REPORTER,
    WHO_EDITOR,
    WHO_WRITER,
    WHO_MANAGER,
    WHO_STARTER
};

static const enum who who_can[CANS] = {
    WHO_NOBODY,
#define CAN(name, who) who,
#include "app/can.def"
#undef CAN
};

// Hers, for any cohort or programme: a page asks for several, and most people have none.
static enum rc load_roles(struct req *req)
{
    if (req->roles != NULL)
        return RC_OK;
    return db_query(
        req->tx, req->arena, &req->roles,
        "SELECT role, cohort FROM role WHERE person = $1 ORDER BY cohort, role LIMIT $2",
        DB_ARGS(DB_INT(req->actor.person), DB_INT(ROLES_MAX)));
}

static bool is_role(const struct req *req, size_t row, const char *role)
{
    return strcmp(db_text(req->roles, row, 0), role) == 0;
}

enum rc app_has_role(struct req *req, const char *role, int64_t cohort, bool *ret_has)
{
    struct db_rows *rows = NULL;
    TRY(load_roles(req));
    bool elsewhere = db_count(req->roles) == ROLES_MAX;
    *ret_has = false;
    for (size_t k = 0; k < db_count(req->roles) && !*ret_has; k++) {
        int64_t scope = db_int(req->roles, k, 1);
        *ret_has = is_role(req, k, role) && (scope == 0 || scope == cohort);
        elsewhere = elsewhere || is_role(req, k, role);
    }
    if (*ret_has || !elsewhere) // else it may be for the programme of this cohort
        return RC_OK;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT 1 FROM role WHERE person = $1 AND role = $2 AND (cohort IN (0, $3) "
                 "OR cohort = (SELECT programme FROM cohort WHERE id = $3))",
                 DB_ARGS(DB_INT(req->actor.person), DB_TEXT(role), DB_INT(cohort))));
    *ret_has = db_count(rows) > 0;
    return RC_OK;
}

enum rc app_staff(struct db_tx *tx, struct arena *arena, int64_t cohort, struct db_rows **ret_rows)
{
    TRY(db_query(tx, arena, ret_rows,
                 "SELECT DISTINCT p.email, p.language, p.name FROM person p "
                 "JOIN role r ON r.person = p.id WHERE r.cohort = $1 AND r.role = 'coordinator' "
                 "AND p.closed_at = 0 ORDER BY p.email LIMIT 20",
                 DB_ARGS(DB_INT(cohort))));
    if (db_count(*ret_rows) > 0)
        return RC_OK;
    TRY(db_query(tx, arena, ret_rows,
                 "SELECT DISTINCT p.email, p.language, p.name FROM person p "
                 "JOIN role r ON r.person = p.id JOIN cohort c ON c.programme = r.cohort "
                 "WHERE c.id = $1 AND r.role IN ('coordinator', 'manager') AND p.closed_at = 0 "
                 "ORDER BY p.email LIMIT 20",
                 DB_ARGS(DB_INT(cohort))));
    if (db_count(*ret_rows) > 0)
        return RC_OK;
    return db_query(tx, arena, ret_rows,
                    "SELECT email, language, name FROM person WHERE admin = 1 AND closed_at = 0 "
                    "ORDER BY email LIMIT 20",
                    DB_NO_ARGS);
}

// Judging is for those who were asked to: not for administrators as such.
static enum rc is_of_committee(struct req *req)
{
    bool has = false;
    TRY(app_has_role(req, ROLE_COMMITTEE, req_id(req, "cohort"), &has));
    if (!has)
        TRY(app_has_role(req, ROLE_CHAIR, req_id(req, "cohort"), &has));
    return has ? RC_OK : RC_NOT_FOUND;
}

bool app_by_link(const struct route *route)
{
    return who_can[route->can] == WHO_HOLDER;
}

// Whether she has a role for any cohort or programme.
static enum rc has_anywhere(struct req *req, const char *role, bool *ret_has)
{
    struct db_rows *rows = NULL;
    TRY(load_roles(req));
    *ret_has = false;
    for (size_t k = 0; k < db_count(req->roles) && !*ret_has; k++)
        *ret_has = is_role(req, k, role);
    if (*ret_has || db_count(req->roles) < ROLES_MAX)
        return RC_OK;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT 1 FROM role WHERE person = $1 AND role = $2 LIMIT 1",
                 DB_ARGS(DB_INT(req->actor.person), DB_TEXT(role))));
    *ret_has = db_count(rows) > 0;
    return RC_OK;
}

// The roles that are enough, beside that of a manager.
static const char *const *roles_for(enum who who)
{
    static const char *const none[] = {NULL};
    static const char *const coordinator[] = {ROLE_COORDINATOR, NULL};
    static const char *const keeper[] = {ROLE_COORDINATOR, ROLE_SAFEGUARDING, NULL};
    static const char *const reporter[] = {ROLE_COORDINATOR, ROLE_REPORTER, NULL};
    static const char *const writer[] = {ROLE_EDITOR, NULL};
    switch (who) {
    case WHO_COORDINATOR:
        return coordinator;
    case WHO_KEEPER:
        return keeper;
    case WHO_REPORTER:
        return reporter;
    case WHO_WRITER:
        return writer;
    case WHO_NOBODY:
    case WHO_ANYONE:
    case WHO_HOLDER:
    case WHO_PERSON:
    case WHO_HERSELF:
    case WHO_COMMITTEE:
    case WHO_EDITOR:
    case WHO_MANAGER:
    case WHO_STARTER:
        break;
    }
    return none;
}

// What exists but is for others does not exist for her: RC_NOT_FOUND.
static enum rc may(struct req *req, enum who who)
{
    bool has = false;
    if (who == WHO_ANYONE || who == WHO_HOLDER)
        return RC_OK;
    if (req->actor.person == 0)
        return RC_STOPPED;
    req->not_by_token = who == WHO_HERSELF && req->actor.token != 0;
    if (who == WHO_HERSELF)
        return RC_OK;
    if (who == WHO_COMMITTEE)
        return is_of_committee(req);
    if (who == WHO_PERSON || req->actor.admin)
        return RC_OK;
    int64_t programme = req_id(req, "programme");
    int64_t scope = programme != 0 ? programme : req_id(req, "cohort");
    TRY(app_has_role(req, ROLE_MANAGER, scope, &has));
    if (!has && (who == WHO_STARTER || who == WHO_EDITOR))
        TRY(has_anywhere(req, ROLE_MANAGER, &has));
    if (!has && who == WHO_EDITOR)
        TRY(has_anywhere(req, ROLE_EDITOR, &has));
    if (!has && who == WHO_EDITOR)
        TRY(has_anywhere(req, ROLE_COORDINATOR, &has));
    for (const char *const *role = roles_for(who); !has && *role != NULL; role++)
        TRY(app_has_role(req, *role, scope, &has));
    return has ? RC_OK : RC_NOT_FOUND;
}

enum rc app_may(struct req *req)
{
    return may(req, who_can[req->route->can]);
}

enum rc app_can(struct req *req, enum can can, bool *ret_may)
{
    enum rc rc = may(req, who_can[can]);
    if (rc != RC_OK && rc != RC_NOT_FOUND && rc != RC_STOPPED)
        return rc;
    *ret_may = rc == RC_OK;
    return RC_OK;
}

struct app_place app_here(struct req *req)
{
    return (struct app_place){req->tx, req->arena, req->app, req->now_us};
}

enum rc app_announce(const struct app_place *place, const struct announcement *heard)
{
    const struct app_slice *const *slices = place->app->slices;
    for (size_t k = 0; slices != NULL && slices[k] != NULL; k++)
        if (slices[k]->hears != NULL)
            TRY(slices[k]->hears(place, heard));
    return RC_OK;
}

const char *app_csrf(struct arena *arena, const char *secret)
{
    return token_hash(arena, "form", secret);
}

static void add_link(struct layout_view *view, const struct req *req, const char *path,
                     const char *label)
{
    struct text here = req->http->path;
    view->links[view->link_count++] =
        (struct layout_link){path, label, text_equal(here, text_of(path))};
}

static void add_nav(struct layout_view *view, const struct req *req)
{
    const struct app *app = req->app;
    for (size_t k = 0; app->slices != NULL && app->slices[k] != NULL; k++)
        for (const struct app_nav *nav = app->slices[k]->nav; nav != NULL && nav->path != NULL;
             nav++)
            if (view->link_count < LAYOUT_LINKS_MAX - 3 &&
                (view->person != NULL || !nav->for_members))
                add_link(view, req, nav->path, nav->label);
}

static struct layout_view *make_view(const struct html *html, struct req *req)
{
    struct layout_view *view = ARENA_NEW(req->arena, struct layout_view);
    const struct app *app = req->app;
    if (view == NULL)
        return NULL;
    view->site = app->site;
    view->title = req->title;
    view->style = arena_printf(req->arena, "/assets/%s.css", asset_style.hash);
    view->person = req->actor.person == 0 ? NULL : req->actor.name;
    view->said = req_cookie(req, WEB_COOKIE_SAID);
    view->path = req_path(req);
    view->has_errors = req->form.error_count > 0;
    add_nav(view, req);
    if (view->person != NULL) {
        add_link(view, req, "/account", MSG("My account"));
    } else {
        add_link(view, req, "/sign-in", MSG("Sign in"));
        add_link(view, req, "/register", MSG("Register"));
    }
    for (size_t k = 0; k < locale_count(); k++) {
        const struct locale *locale = locale_at(k);
        bool here = strcmp(locale_tag(locale), html->language) == 0;
        if (strcmp(locale_tag(locale), "qps") == 0 && !here)
            continue; // the made-up language is for tests
        view->languages[view->language_count++] =
            (struct layout_language){locale_tag(locale), locale_name(locale), here};
    }
    return view;
}

void app_begin(struct html *html, struct req *req)
{
    const struct layout_view *view = make_view(html, req);
    if (view == NULL)
        html->buffer->rc = RC_NO_MEMORY;
    else
        part_layout_begin(html, view);
}

void app_end(struct html *html, struct req *req)
{
    const struct layout_view *view = make_view(html, req);
    if (view == NULL)
        html->buffer->rc = RC_NO_MEMORY;
    else
        part_layout_end(html, view);
}

void app_show_span(struct html *html, int64_t minutes)
{
    const struct html_value parts[] = {
        {NULL, minutes / 60},
        {NULL, minutes % 60}
    };
    const char *words = minutes < 60        ? MSG("{1} min")
                        : minutes % 60 == 0 ? MSG("{0} h")
                                            : MSG("{0} h {1} min");
    html_message(html, words, parts, 2);
}

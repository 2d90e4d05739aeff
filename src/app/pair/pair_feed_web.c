// SPDX-License-Identifier: Apache-2.0
//
// Why: the meetings of somebody's pairs in her own calendar, by an address that is hers alone.
#include "base/date.h"

#include "app/pair/pair.h"
#include "app/pair/pair_feed.h"
#include "app/pair/pair_page.h"
#include "app_pair_pair_talk.html.h"
#include "auth/token.h"
#include "format/calendar.h"

enum { US = 1000000 };

static enum rc load_calendar(struct req *req)
{
    struct letters_view *view = ARENA_NEW(req->arena, struct letters_view);
    const char *kept = NULL;
    const char *token = form_value(&req->form, "token");
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(feed_find(req, &kept));
    view->has_feed = kept != NULL;
    req->view = view;
    if (token == NULL || !view->has_feed)
        return RC_OK;
    const char *hash = token_hash(req->arena, "calendar", token);
    if (hash == NULL)
        return RC_NO_MEMORY;
    if (text_same(hash, kept))
        view->feed =
            arena_printf(req->arena, "%s/calendar/%s", web_origin(req->web, req->arena), token);
    return RC_OK;
}

static void write_calendar(struct html *html, struct req *req)
{
    page_calendar(html, req->view);
}

static enum rc act_new_calendar(struct req *req)
{
    const char *token = token_new(req->arena);
    const char *hash = token == NULL ? NULL : token_hash(req->arena, "calendar", token);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(feed_set(req, hash));
    return req_go(req, MSG("Here is your address. It is shown this once."),
                  "/account/calendar?token=%s", token);
}

static enum rc act_end_calendar(struct req *req)
{
    TRY(feed_end(req));
    return req_go(req, MSG("The address works no more."), "/account/calendar");
}

static enum rc load_feed(struct req *req)
{
    enum { FEED_LIMIT_BYTES = 1 << 20, DAYS_BACK = 90 };
    struct db_rows *rows = NULL;
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    const struct app *app = req->app;
    const char *hash = token_hash(req->arena, "calendar", req_param(req, "token"));
    if (hash == NULL || out == NULL)
        return RC_NO_MEMORY;
    TRY(feed_meetings(req, hash, req->now_us - DAYS_BACK * DAY_US, &rows));
    struct calendar_event *events = ARENA_ARRAY(req->arena, struct calendar_event, db_count(rows));
    if (events == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++) {
        const char *uid = arena_printf(req->arena, "%lld@trellis", (long long)db_int(rows, k, 0));
        const char *summary = arena_printf(req->arena, "%s: %s", app->site, db_text(rows, k, 8));
        const char *page = arena_printf(
            req->arena, "%s/pairs/%lld/meetings/%lld", web_origin(req->web, req->arena),
            (long long)db_int(rows, k, 6), (long long)db_int(rows, k, 0));
        if (uid == NULL || summary == NULL || page == NULL)
            return RC_NO_MEMORY;
        events[k] = (struct calendar_event){.uid = uid,
                                            .sequence = db_int(rows, k, 1),
                                            .start_s = db_int(rows, k, 2) / US,
                                            .minutes = db_int(rows, k, 3),
                                            .changed_s = db_int(rows, k, 4) / US,
                                            .summary = summary,
                                            .description = page,
                                            .location = db_text(rows, k, 5),
                                            .organizer = ""};
    }
    buffer_open(out, req->arena, FEED_LIMIT_BYTES);
    TRY(calendar_write(out, "PUBLISH", events, db_count(rows)));
    req->view = out;
    req->content_type = "text/calendar; charset=utf-8";
    req->file_name = "meetings.ics";
    return RC_OK;
}

// clang-format off
const struct route pair_feed_routes[] = {
    {WEB_GET,  "/account/calendar",          CAN_GUARD_ACCOUNT, NULL,           NULL, NULL,             load_calendar, write_calendar, MSG("My calendar")},
    {WEB_POST, "/account/calendar",          CAN_GUARD_ACCOUNT, NULL,           NULL, act_new_calendar, load_calendar, write_calendar, MSG("My calendar")},
    {WEB_POST, "/account/calendar/end",      CAN_GUARD_ACCOUNT, NULL,           NULL, act_end_calendar, load_calendar, write_calendar, MSG("End the address of my calendar")},
    {WEB_GET,  "/calendar/:token",           CAN_FOLLOW_LINK,        NULL,           NULL, NULL,             load_feed,     app_write_view, MSG("Meetings as a calendar")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

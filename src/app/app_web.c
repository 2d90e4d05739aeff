// SPDX-License-Identifier: Apache-2.0
//
// Why: what every installation answers, whatever its programmes: the style sheet, the icon, health;
// and the plots, whose rules stand in that sheet.
#include <string.h>

#include "base/date.h"

#include "app/app.h"
#include "app_statement.html.h"
#include "format/chart.h"
#include "web/asset.h"
#include "web/openapi.h"

static enum rc load_style(struct req *req)
{
    const char *wanted = arena_printf(req->arena, "%s.css", asset_style.hash);
    if (wanted == NULL)
        return RC_NO_MEMORY;
    if (strcmp(req_param(req, "file"), wanted) != 0)
        return RC_NOT_FOUND;
    req->content_type = "text/css; charset=utf-8";
    req->keeps = true;
    return RC_OK;
}

enum rc app_plot(struct arena *arena, const struct chart *chart, size_t limit_bytes,
                 struct safe_html *ret_plot)
{
    struct buffer out;
    buffer_open(&out, arena, limit_bytes);
    TRY(chart_bars(&out, chart));
    *ret_plot = (struct safe_html){
        {out.bytes, out.length}
    };
    return RC_OK;
}

static void write_style(struct html *html, struct req *req)
{
    (void)req;
    html_raw(html, asset_style.bytes, asset_style.length);
    html_raw(html, chart_style(), strlen(chart_style()));
}

static enum rc load_icon(struct req *req)
{
    req->content_type = "image/svg+xml; charset=utf-8";
    req->keeps = true;
    return RC_OK;
}

static void write_icon(struct html *html, struct req *req)
{
    static const char icon[] =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\">"
        "<rect width=\"32\" height=\"32\" rx=\"8\" fill=\"#5b2a86\"/>"
        "<path d=\"M6 11h20M6 21h20M11 6v20M21 6v20\" stroke=\"#fff\" stroke-width=\"3\"/></svg>";
    (void)req;
    html_raw(html, icon, sizeof icon - 1);
}

static enum rc load_health(struct req *req)
{
    struct db_rows *rows = NULL;
    req->content_type = "text/plain; charset=utf-8";
    return db_query(req->tx, req->arena, &rows, "SELECT 1", DB_NO_ARGS);
}

static void write_health(struct html *html, struct req *req)
{
    (void)req;
    html_raw(html, "ok\n", 3);
}

// For whoever sends people here: whether all of it works. Reading is tried by being here.
static enum rc load_ready(struct req *req)
{
    TRY(load_health(req));
    req->unready = req_writes_fail(req);
    return RC_OK;
}

static void write_ready(struct html *html, struct req *req)
{
    static const char unready[] = "writing fails: the disk is full, or the database is away\n";
    if (req->unready)
        html_raw(html, unready, sizeof unready - 1);
    else
        html_raw(html, "ok\n", 3);
}

// RFC 9116: where whoever finds a hole says so. The page for concerns needs no account, and those
// who read it are people; the day of expiry is always half a year ahead, as long as somebody runs
// this.
static enum rc load_security(struct req *req)
{
    char day[DATE_TEXT_BYTES];
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    const char *origin = web_origin(req->web, req->arena);
    if (out == NULL || origin == NULL)
        return RC_NO_MEMORY;
    int64_t today = date_days_of_seconds(req->now_us / 1000000);
    date_print(date_from_days(today + 180), day);
    buffer_open(out, req->arena, 2048);
    buffer_printf(out,
                  "Contact: %s/help/tell\nExpires: %sT00:00:00Z\nPreferred-Languages: en, es\n"
                  "Canonical: %s/.well-known/security.txt\n",
                  origin, day, origin);
    req->content_type = "text/plain; charset=utf-8";
    req->view = out;
    return out->rc;
}

static enum rc load_openapi(struct req *req)
{
    const char *text = NULL;
    TRY(openapi_describe(req->arena, req->web, "0.1.0", &text));
    req->content_type = "application/json";
    req->view = ARENA_NEW(req->arena, struct text);
    if (req->view == NULL)
        return RC_NO_MEMORY;
    *(struct text *)req->view = text_of(text);
    return RC_OK;
}

static void write_openapi(struct html *html, struct req *req)
{
    const struct text *text = req->view;
    html_raw(html, text->bytes, text->length);
}

void app_write_view(struct html *html, struct req *req)
{
    const struct buffer *out = req->view;
    html_raw(html, out->bytes, out->length);
}

static enum rc load_statement(struct req *req)
{
    (void)req;
    return RC_OK;
}

static void write_statement(struct html *html, struct req *req)
{
    (void)req;
    page_statement(html);
}

// clang-format off
const struct route app_routes[] = {
    {WEB_GET, "/assets/:file", CAN_VISIT, NULL, NULL, NULL, load_style,  write_style,  "Style sheet"},
    {WEB_GET, "/icon.svg",     CAN_VISIT, NULL, NULL, NULL, load_icon,   write_icon,   "Icon"       },
    {WEB_GET, "/healthz",      CAN_VISIT, NULL, NULL, NULL, load_health, write_health, "Health"     },
    {WEB_GET, "/readyz",       CAN_VISIT, NULL, NULL, NULL, load_ready,  write_ready,  "Readiness"  },
    {WEB_GET, "/.well-known/security.txt", CAN_VISIT, NULL, NULL, NULL, load_security, app_write_view, "Whom to tell of a hole"},
    {WEB_GET, "/accessibility", CAN_VISIT, NULL, NULL, NULL, load_statement, write_statement, MSG("Accessibility")},
    {WEB_GET, "/openapi.json", CAN_VISIT, NULL, req_slow, NULL, load_openapi, write_openapi, "This description", .out = &web_out_own},
    {0,       NULL,            0,         NULL, NULL, NULL, NULL,        NULL,         NULL         },
};
// clang-format on

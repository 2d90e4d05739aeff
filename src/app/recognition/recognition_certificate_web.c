// SPDX-License-Identifier: Apache-2.0
//
// Why: a certificate is asked for by the one who earned it, and checked by anybody who was given
// its code.
#include <string.h>

#include "app/recognition/recognition_page.h"
#include "app_recognition_recognition.html.h"
#include "format/paper.h"
#include "format/qr.h"

enum { SQUARE_LIMIT_BYTES = 256 << 10 };

struct name_form {
    const char *name;
};
struct reason_form {
    const char *reason;
};

// clang-format off
static const struct field name_fields[] = {
    {"name", FIELD_LINE, FIELD_TEXT_OF(struct name_form, name), 1, 120, MSG("The name that should stand on it"), MSG("Such as the one in your papers. It is used for nothing else, and can't be changed later."), NULL},
};
static const struct field reason_fields[] = {
    {"reason", FIELD_TEXT, FIELD_TEXT_OF(struct reason_form, reason), 1, 500, MSG("Why is it taken back?"), MSG("Whoever checks the certificate reads this."), NULL},
};
// clang-format on
static const struct shape name_shape = SHAPE(struct name_form, name_fields);
static const struct shape reason_shape = SHAPE(struct reason_form, reason_fields);

// ---- asking for it -----------------------------------------------------------------------------

static enum rc load_ask(struct req *req)
{
    struct recognition_view *view = NULL;
    TRY(recognition_make_view(req, &name_shape, &view));
    TRY(certificate_dues(req, &view->dues, &view->due_count));
    for (size_t k = 0; k < view->due_count; k++)
        if (view->dues[k].match == req_id(req, "match"))
            view->due = view->dues[k];
    if (view->due.match == 0)
        return RC_NOT_FOUND;
    return req->http->method == WEB_POST ? RC_OK : form_set(&req->form, "name", req->actor.name);
}

static void write_ask(struct html *html, struct req *req)
{
    page_certificate_ask(html, req->view);
}

static enum rc act_ask(struct req *req)
{
    const struct name_form *in = req->in;
    const struct app_place place = app_here(req);
    struct certificate certificate;
    TRY(load_ask(req));
    TRY(certificate_issue(&place, req->actor.person, req_id(req, "match"), in->name, &certificate));
    return req_go(req, MSG("Your certificate is made. Whoever has its address can check it."),
                  "/certificates/%s", certificate.code);
}

// ---- checking it -------------------------------------------------------------------------------

static enum rc load_check(struct req *req)
{
    struct recognition_view *view = NULL;
    const char *code = form_value(&req->form, "code");
    struct certificate certificate;
    TRY(recognition_make_view(req, NULL, &view));
    if (code == NULL || code[0] == '\0')
        return RC_OK;
    view->code = code;
    enum rc rc = certificate_find(req->tx, req->arena, code, &certificate);
    if (rc == RC_OK)
        view->certificate = certificate;
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static void write_check(struct html *html, struct req *req)
{
    page_certificate_check(html, req->view);
}

static enum rc load_key(struct req *req)
{
    struct recognition_view *view = NULL;
    const struct app_place place = app_here(req);
    struct signing_key key = {"", ""};
    TRY(recognition_make_view(req, NULL, &view));
    enum rc rc = signing_key_find(&place, false, &key);
    view->public = key.public;
    return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static void write_key(struct html *html, struct req *req)
{
    page_certificate_key(html, req->view);
}

static enum rc load_one(struct req *req)
{
    struct recognition_view *view = NULL;
    TRY(recognition_make_view(req, NULL, &view));
    TRY(certificate_find(req->tx, req->arena, req_param(req, "code"), &view->certificate));
    view->holder = view->person != 0 && view->certificate.person == view->person;
    return RC_OK;
}

static const char *address_of(struct req *req, const struct certificate *c)
{
    return arena_printf(req->arena, "%s/certificates/%s", web_origin(req->web, req->arena),
                        c->code);
}

static const char *square_words(struct req *req)
{
    return message_in(req->locale,
                      MSG("QR code: leads to the page on which this certificate is checked"));
}

static enum rc load_page(struct req *req)
{
    struct buffer out;
    struct qr qr;
    TRY(load_one(req));
    struct recognition_view *view = req->view;
    const char *address = address_of(req, &view->certificate);
    if (address == NULL)
        return RC_NO_MEMORY;
    buffer_open(&out, req->arena, SQUARE_LIMIT_BYTES);
    TRY(qr_make(req->arena, address, &qr));
    TRY(qr_svg(&out, &qr, square_words(req)));
    view->square = (struct safe_html){
        {out.bytes, out.length}
    };
    return RC_OK;
}

static void write_one(struct html *html, struct req *req)
{
    page_certificate(html, req->view);
}

static enum rc load_file(struct req *req)
{
    struct recognition_view *view = NULL;
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    const char *file = "";
    TRY(load_one(req));
    view = req->view;
    const struct certificate *c = &view->certificate;
    if (out == NULL)
        return RC_NO_MEMORY;
    if (!text_same(c->state, "valid"))
        return RC_NOT_FOUND; // what holds no more is not handed out
    TRY(certificate_file(req->arena, c->text, c->sign, c->public, &file));
    buffer_open(out, req->arena, 64 << 10);
    TRY(buffer_text(out, file));
    req->view = out;
    req->content_type = "text/plain; charset=utf-8";
    req->file_name = "certificate.txt";
    return RC_OK;
}

// A line of the page, in the language of the reader, with values in it.
static enum rc add_line(struct req *req, struct paper_line *lines, size_t *count,
                        enum paper_kind kind, const char *text)
{
    if (text == NULL)
        return RC_NO_MEMORY;
    (void)req;
    lines[(*count)++] = (struct paper_line){kind, text};
    return RC_OK;
}

static enum rc say(struct req *req, const char *message, const char *const *values, size_t count,
                   const char **ret_text)
{
    return app_letter_fill(req->arena, message_in(req->locale, message), values, count, ret_text);
}

static enum rc lay_out(struct req *req, const struct certificate *c, struct paper_line *lines,
                       size_t *ret_count)
{
    const struct app *app = req->app;
    const char *hours = certificate_hours(req->arena, c->minutes);
    const char *url = address_of(req, c);
    if (hours == NULL || url == NULL)
        return RC_NO_MEMORY;
    const char *const values[] = {c->programme,
                                  app_when_in(req->arena, req->locale, c->from),
                                  app_when_in(req->arena, req->locale, c->until),
                                  hours,
                                  app->site,
                                  app_when_in(req->arena, req->locale, c->issued),
                                  url};
    const char *took = "";
    const char *met = "";
    const char *given = "";
    bool mentor = text_same(c->role, "mentor");
    TRY(say(req,
            mentor ? MSG("took part in {0} as a mentor, from {1} to {2},")
                   : MSG("took part in {0} as a mentee, from {1} to {2},"),
            values, 7, &took));
    TRY(say(req, MSG("and met for {3} confirmed hours."), values, 7, &met));
    TRY(say(req, MSG("Given by {4} on {5}. To check it: {6}"), values, 7, &given));
    TRY(add_line(req, lines, ret_count, PAPER_HEADING,
                 message_in(req->locale, MSG("Certificate"))));
    TRY(add_line(req, lines, ret_count, PAPER_TEXT,
                 message_in(req->locale, MSG("This is to say that"))));
    TRY(add_line(req, lines, ret_count, PAPER_NAME, c->name));
    TRY(add_line(req, lines, ret_count, PAPER_TEXT, took));
    TRY(add_line(req, lines, ret_count, PAPER_TEXT, met));
    return add_line(req, lines, ret_count, PAPER_SMALL, given);
}

static enum rc load_pdf(struct req *req)
{
    struct recognition_view *view = NULL;
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    struct paper_line lines[PAPER_LINES_MAX];
    const struct app *app = req->app;
    size_t count = 0;
    struct text pdf;
    TRY(load_one(req));
    view = req->view;
    if (out == NULL)
        return RC_NO_MEMORY;
    if (!text_same(view->certificate.state, "valid"))
        return RC_NOT_FOUND;
    TRY(lay_out(req, &view->certificate, lines, &count));
    const char *title = arena_printf(
        req->arena, "%s: %s", message_in(req->locale, MSG("Certificate")), view->certificate.name);
    if (title == NULL)
        return RC_NO_MEMORY;
    const struct paper paper = {locale_tag(req->locale),
                                title,
                                app->site,
                                lines,
                                count,
                                address_of(req, &view->certificate),
                                square_words(req)};
    if (paper.link == NULL)
        return RC_NO_MEMORY;
    TRY(paper_pdf(req->arena, &paper, &pdf));
    buffer_open(out, req->arena, 8 << 20);
    TRY(buffer_append(out, pdf.bytes, pdf.length));
    req->view = out;
    req->content_type = "application/pdf";
    req->file_name = "certificate.pdf";
    return RC_OK;
}

// ---- ending it ---------------------------------------------------------------------------------

static enum rc load_withdraw(struct req *req)
{
    struct recognition_view *view = NULL;
    TRY(load_one(req));
    view = req->view;
    return view->holder && text_same(view->certificate.state, "valid") ? RC_OK : RC_NOT_FOUND;
}

static void write_withdraw(struct html *html, struct req *req)
{
    page_certificate_withdraw(html, req->view);
}

static enum rc act_withdraw(struct req *req)
{
    TRY(load_withdraw(req));
    TRY(certificate_end(req->tx, req_param(req, "code"), "withdrawn", "", "", req->now_us));
    return req_go(req, MSG("It is withdrawn. You may ask for a new one."), "/recognition");
}

static enum rc load_staff(struct req *req)
{
    struct recognition_view *view = NULL;
    TRY(recognition_make_view(req, NULL, &view));
    TRY(cohort_load(req, &view->cohort));
    return certificate_of_cohort(req, view->cohort.id, &view->certificates,
                                 &view->certificate_count);
}

static void write_staff(struct html *html, struct req *req)
{
    page_certificates(html, req->view);
}

static enum rc load_revoke(struct req *req)
{
    struct recognition_view *view = NULL;
    TRY(recognition_make_view(req, &reason_shape, &view));
    TRY(cohort_load(req, &view->cohort));
    TRY(certificate_find(req->tx, req->arena, req_param(req, "code"), &view->certificate));
    return view->certificate.cohort == view->cohort.id ? RC_OK : RC_NOT_FOUND;
}

static void write_revoke(struct html *html, struct req *req)
{
    page_certificate_revoke(html, req->view);
}

static enum rc act_revoke(struct req *req)
{
    const struct reason_form *in = req->in;
    TRY(load_revoke(req));
    TRY(certificate_end(req->tx, req_param(req, "code"), "revoked", in->reason, "", req->now_us));
    return req_go(req, MSG("It is taken back. Its page says so."), "/cohorts/%lld/certificates",
                  (long long)req_id(req, "cohort"));
}

// clang-format off
const struct route certificate_routes[] = {
    {WEB_GET,  "/recognition/certificates/:match",            CAN_JOIN,          NULL,          NULL,     NULL,         load_ask,      write_ask,      MSG("Ask for my certificate")},
    {WEB_POST, "/recognition/certificates/:match",            CAN_JOIN,          &name_shape,   NULL,     act_ask,      load_ask,      write_ask,      MSG("Ask for my certificate")},
    {WEB_GET,  "/certificates",                               CAN_VISIT,         NULL,          NULL,     NULL,         load_check,    write_check,    MSG("Check a certificate"), .query = "code"},
    {WEB_GET,  "/certificates/key",                           CAN_VISIT,         NULL,          NULL,     NULL,         load_key,      write_key,      MSG("The key of certificates")},
    {WEB_GET,  "/certificates/:code",                         CAN_VISIT,         NULL,          NULL,     NULL,         load_page,     write_one,      MSG("A certificate"), &certificate_out},
    {WEB_GET,  "/certificates/:code/pdf",                     CAN_VISIT,         NULL,          req_slow, NULL,         load_pdf,      app_write_view, MSG("A certificate as PDF")},
    {WEB_GET,  "/certificates/:code/text",                    CAN_VISIT,         NULL,          NULL,     NULL,         load_file,     app_write_view, MSG("The signed text of a certificate")},
    {WEB_GET,  "/certificates/:code/withdraw",                CAN_JOIN,          NULL,          NULL,     NULL,         load_withdraw, write_withdraw, MSG("Withdraw my certificate")},
    {WEB_POST, "/certificates/:code/withdraw",                CAN_JOIN,          NULL,          NULL,     act_withdraw, load_withdraw, write_withdraw, MSG("Withdraw my certificate")},
    {WEB_GET,  "/cohorts/:cohort/certificates",               CAN_REVIEW_PEOPLE, NULL,          NULL,     NULL,         load_staff,    write_staff,    MSG("Certificates")},
    {WEB_GET,  "/cohorts/:cohort/certificates/:code/revoke",  CAN_REVIEW_PEOPLE, NULL,          NULL,     NULL,         load_revoke,   write_revoke,   MSG("Take a certificate back")},
    {WEB_POST, "/cohorts/:cohort/certificates/:code/revoke",  CAN_REVIEW_PEOPLE, &reason_shape, NULL,     act_revoke,   load_revoke,   write_revoke,   MSG("Take a certificate back")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

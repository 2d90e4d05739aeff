// SPDX-License-Identifier: Apache-2.0
//
// Why: the other rendering of a route row: a view through its shape, where an act leads, and what
// went wrong, as JSON. docs/api.md describes it for those who write programs.
//
// Promises: a page and its JSON come from the same load, so that nobody gets more by asking for the
// other; each problem is of a kind that stays, and names the members that it is about.
#include <stdlib.h>
#include <string.h>

#include "web/edit.h"
#include "web/run.h"

const struct out_shape web_out_own = {.title = "Own"};
const struct out_shape web_out_form = {.title = "Form"};

// ---- which of the two ---------------------------------------------------------------------------

// What an Accept header says, in thousandths; -1: nothing.
struct accepted {
    int json;
    int html;
    int any;
};

// The q of one part of the header, in thousandths: ";q=0.8" is 800.
static int quality_of(struct text part)
{
    const char *end = part.bytes + part.length;
    for (const char *c = part.bytes; c + 2 < end; c++) {
        if ((c[0] != ';' && c[0] != ' ') || (c[1] != 'q' && c[1] != 'Q') || c[2] != '=')
            continue;
        int quality = 0;
        int digit = 1000;
        for (c += 3; c < end && digit > 0 && (*c == '.' || (*c >= '0' && *c <= '9')); c++) {
            if (*c == '.')
                continue;
            quality += (*c - '0') * digit;
            digit /= 10;
        }
        return quality > 1000 ? 1000 : quality;
    }
    return 1000;
}

bool run_is_type(struct text part, const char *type)
{
    size_t length = strlen(type);
    if (part.length < length ||
        (part.length > length && strchr("; \t", part.bytes[length]) == NULL))
        return false;
    for (size_t k = 0; k < length; k++) {
        char c = part.bytes[k];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != type[k])
            return false;
    }
    return true;
}

static void raise_to(int *quality, int to)
{
    *quality = to > *quality ? to : *quality;
}

static struct accepted read_accept(const struct text *header)
{
    struct accepted accepted = {-1, -1, -1};
    for (size_t from = 0; header != NULL && from < header->length;) {
        const char *start = header->bytes + from;
        const char *end = memchr(start, ',', header->length - from);
        size_t length = end == NULL ? header->length - from : (size_t)(end - start);
        from += length + 1;
        struct text part = text_trim(start, length);
        if (run_is_type(part, "application/json") || run_is_type(part, "application/problem+json"))
            raise_to(&accepted.json, quality_of(part));
        else if (run_is_type(part, "text/html") || run_is_type(part, "application/xhtml+xml"))
            raise_to(&accepted.html, quality_of(part));
        else if (run_is_type(part, "*/*"))
            raise_to(&accepted.any, quality_of(part));
    }
    return accepted;
}

static const char *bearer_of(struct run *run)
{
    const struct text *header = http_header_value(run->req.http, "authorization");
    if (header == NULL || !run_is_type(*header, "bearer"))
        return NULL;
    struct text token = text_trim(header->bytes + 6, header->length - 6);
    return arena_strndup(run->req.arena, token.bytes, token.length);
}

void run_choose(struct run *run)
{
    struct accepted accepted = read_accept(http_header_value(run->req.http, "accept"));
    const struct text *type = http_header_value(run->req.http, "content-type");
    bool sends_json = type != NULL && run_is_type(*type, "application/json");
    run->req.bearer = bearer_of(run);
    run->json_demanded = accepted.json > 0 && accepted.json >= accepted.html;
    run->json =
        run->json_demanded || (accepted.html <= 0 && (run->req.bearer != NULL || sends_json));
}

// ---- what went well
// -------------------------------------------------------------------------------

enum rc run_json(struct run *run)
{
    struct req *req = &run->req;
    struct json json;
    buffer_open(&run->page, req->arena, WEB_PAGE_LIMIT_BYTES);
    json_open(&json, &run->page, false);
    if (req->route->out == &web_out_form)
        edit_write(&json, &req->form);
    else
        out_write(&json, req->route->out, req->view, req->locale);
    return json_close(&json);
}

static void text_member(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

enum rc run_go_body(struct run *run)
{
    struct req *req = &run->req;
    struct json json;
    buffer_open(&run->page, req->arena, WEB_PAGE_LIMIT_BYTES);
    json_open(&json, &run->page, false);
    json_object(&json);
    text_member(&json, "location", req->go);
    text_member(&json, "said", req->said == NULL ? NULL : message_in(req->locale, req->said));
    json_end(&json);
    return json_close(&json);
}

void run_go_json(struct run *run, struct answer *answer)
{
    answer->failed = answer->failed || run_go_body(run) != RC_OK;
    run->req.content_type = "application/json";
    run_send(run, answer, 200, (struct text){run->page.bytes, run->page.length});
}

// ---- what went wrong
// ------------------------------------------------------------------------------

// What a problem is, for programs: these names stay, and are not translated.
struct problem_kind {
    int status;
    const char *type;
    const char *title;
};

static const struct problem_kind kinds[] = {
    {400, "bad-request",      "The request can't be understood"                      },
    {401, "not-signed-in",    "A token is wanted, and this is none that holds"       },
    {403, "not-allowed",      "This token, or this origin, may not do that"          },
    {404, "not-found",        "It does not exist, or is for others"                  },
    {405, "method",           "This path has other methods"                          },
    {406, "no-json",          "This is a page for people, and has no JSON"           },
    {409, "changed",          "Something has changed since; load it again"           },
    {412, "not-as-seen",      "It is not as If-Match says; load it again"            },
    {413, "too-large",        "This is too large"                                    },
    {415, "media-type",       "Send JSON or a form"                                  },
    {422, "refused",          "Some members were refused"                            },
    {428, "say-what-you-saw", "Send the ETag of the form as If-Match"                },
    {429, "too-many",         "Too many requests; wait"                              },
    {500, "failure",          "Something went wrong here; nothing was changed"       },
    {503, "busy",             "There is too much to do just now; nothing was changed"},
};

static const struct problem_kind *find_kind(int status)
{
    size_t count = sizeof kinds / sizeof kinds[0];
    for (size_t k = 0; k < count; k++)
        if (kinds[k].status == status)
            return &kinds[k];
    return &kinds[count - 2];
}

// A message with its numbers.
static const char *detail_of(struct req *req, const struct form_error *error)
{
    struct buffer out;
    buffer_open(&out, req->arena, 4096);
    for (const char *c = message_in(req->locale, error->text); *c != '\0'; c++) {
        bool number = c[0] == '{' && (c[1] == '0' || c[1] == '1') && c[2] == '}';
        if (!number) {
            buffer_byte(&out, *c);
            continue;
        }
        buffer_printf(&out, "%lld", (long long)error->numbers[c[1] - '0']);
        c += 2;
    }
    return out.rc == RC_OK ? out.bytes : "";
}

// The name of a member in a JSON pointer (RFC 6901) as the fragment of a URI.
static const char *pointer_of(struct req *req, const char *name)
{
    if (name[0] == '\0')
        return "#";
    const char *encoded = web_encode(req->arena, name);
    return encoded == NULL ? "#" : arena_printf(req->arena, "#/%s", encoded);
}

static void write_errors(struct json *json, struct req *req)
{
    json_key(json, "errors");
    json_array(json);
    for (size_t k = 0; k < req->form.error_count; k++) {
        const struct form_error *error = &req->form.errors[k];
        json_object(json);
        text_member(json, "pointer", pointer_of(req, error->name));
        text_member(json, "detail", detail_of(req, error));
        json_end(json);
    }
    json_end(json);
}

static void add_allow(struct run *run, struct answer *answer)
{
    bool get = (run->req.path_methods & 1u << WEB_GET) != 0;
    bool post = (run->req.path_methods & 1u << WEB_POST) != 0;
    run_header(answer, "Allow", get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : "POST");
}

void run_problem_headers(struct run *run, struct answer *answer, int status)
{
    if (status == 401)
        run_header(answer, "WWW-Authenticate",
                   run->req.bearer == NULL ? "Bearer realm=\"trellis\""
                                           : "Bearer realm=\"trellis\", error=\"invalid_token\"");
    if (status == 403 && run->req.bearer != NULL)
        run_header(answer, "WWW-Authenticate",
                   "Bearer realm=\"trellis\", error=\"insufficient_scope\"");
    if (status == 405)
        add_allow(run, answer);
    if (status == 503)
        run_header(answer, "Retry-After", "10");
    if (status == 429)
        run_header(
            answer, "Retry-After",
            arena_printf(run->req.arena, "%lld", (long long)(run->wait_s > 0 ? run->wait_s : 60)));
}

void run_problem(struct run *run, int status)
{
    const struct problem_kind *kind = find_kind(status);
    struct req *req = &run->req;
    struct answer answer = {0};
    struct json json;
    buffer_open(&run->page, req->arena, WEB_PAGE_LIMIT_BYTES);
    json_open(&json, &run->page, false);
    json_object(&json);
    text_member(&json, "type", arena_printf(req->arena, "urn:trellis:problem:%s", kind->type));
    text_member(&json, "title", kind->title);
    json_key(&json, "status");
    json_integer(&json, kind->status);
    if (run->fault != NULL)
        text_member(&json, "detail", run->fault);
    if (status == 422)
        write_errors(&json, req);
    json_end(&json);
    answer.failed = json_close(&json) != RC_OK;
    req->content_type = "application/problem+json";
    run_problem_headers(run, &answer, kind->status);
    run_send(run, &answer, kind->status, (struct text){run->page.bytes, run->page.length});
}

// SPDX-License-Identifier: Apache-2.0
//
// Why: a program whose answer was lost on the way asks again, and what it wants must happen once:
// with the same Idempotency-Key it gets the same answer, for a day.
//
// Promises: the answer is kept in the transaction of what it answers, by person and key, so it
// holds at all nodes; a key that was used for another request is refused. Only answers that say
// where something was done are kept: never what a page shows.
//
// Not for: browsers; their acts look whether they were done.
#include <string.h>

#include "base/hash.h"

#include "web/run.h"

enum { KEY_BYTES_MAX = 255 };

static uint64_t add_part(uint64_t hash, struct text text)
{
    return hash_bytes(hash_bytes(hash, text.bytes, text.length), "\xff", 1); // where it ends
}

static bool is_key(struct text key)
{
    for (size_t k = 0; k < key.length; k++)
        if (key.bytes[k] <= ' ' || key.bytes[k] > '~')
            return false;
    return key.length > 0 && key.length <= KEY_BYTES_MAX;
}

// Whether this request has a key; what it is, and what it stands for.
static enum rc find_key(struct run *run, struct web_once *ret_once, bool *ret_has)
{
    const struct req *req = &run->req;
    const struct text *key = http_header_value(req->http, "idempotency-key");
    *ret_has = key != NULL && run->json && req->actor.person != 0 &&
               run->web->settings.hooks.recall != NULL;
    if (!*ret_has)
        return RC_OK;
    if (!is_key(*key)) {
        run->fail_status = 400;
        run->fault = "Idempotency-Key: 1 to 255 letters, digits and signs";
        return RC_BAD_INPUT;
    }
    uint64_t hash = add_part(HASH_START, req->http->path);
    hash = add_part(add_part(hash, req->http->query), req->http->body);
    ret_once->key = arena_strndup(req->arena, key->bytes, key->length);
    ret_once->asked = arena_printf(req->arena, "%016llx", (unsigned long long)hash);
    return ret_once->key == NULL || ret_once->asked == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc run_recall(struct run *run, bool *ret_known)
{
    struct req *req = &run->req;
    struct web_once once = {0};
    bool has = false;
    *ret_known = false;
    TRY(find_key(run, &once, &has));
    if (!has)
        return RC_OK;
    enum rc rc = run->web->settings.hooks.recall(req, &once);
    if (rc == RC_NOT_FOUND)
        return RC_OK;
    TRY(rc);
    if (strcmp(once.was, once.asked) != 0) {
        run->fail_status = 422;
        run->fault = "this Idempotency-Key was used for another request";
        return RC_BAD_INPUT;
    }
    buffer_open(&run->page, req->arena, WEB_PAGE_LIMIT_BYTES);
    req->content_type = "application/json";
    *ret_known = true;
    return buffer_text(&run->page, once.answer);
}

enum rc run_remember(struct run *run)
{
    struct req *req = &run->req;
    struct web_once once = {0};
    bool has = false;
    TRY(find_key(run, &once, &has));
    if (!has)
        return RC_OK;
    TRY(run_go_body(run));
    once.answer = run->page.bytes;
    return run->web->settings.hooks.remember(req, &once);
}

// SPDX-License-Identifier: Apache-2.0
//
// Compares what stood when a form was shown with what stands now; see edit.h. A digest is 8
// hexadecimal digits for the names of the shape's fields and 8 for the value of each: it finds
// accidents, and keeps no secrets, since whoever has it has seen the values.
#include "web/edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/json.h"

#include "web/run.h"

enum { DIGITS = 8, DIGEST_LIMIT_BYTES = 8 << 10 };

// ---- digests -----------------------------------------------------------------------------------

static uint64_t hash_more(uint64_t hash, const char *text)
{
    return hash_bytes(hash_text(hash, text), "\xff", 1); // where one text ends
}

static uint64_t hash_of(const char *text)
{
    return hash_more(HASH_START, text);
}

static uint64_t hash_names(const struct shape *shape)
{
    uint64_t hash = hash_of("");
    for (size_t k = 0; k < shape->count; k++)
        hash = hash_more(hash, shape->fields[k].name);
    return hash;
}

static uint64_t hash_week(const struct form *form, const char *name)
{
    uint64_t sum = 0; // rows may stand in any order
    for (unsigned row = 0; row < FIELD_WEEK_ROWS_MAX; row++) {
        const char *day = field_week_value(form, name, "day", row);
        if (day[0] == '\0')
            continue;
        uint64_t hash = hash_more(hash_of(day), field_week_value(form, name, "from", row));
        hash = hash_more(hash, field_week_value(form, name, "to", row));
        sum += hash_more(hash, field_week_value(form, name, "how", row)[0] == 'p' ? "p" : "g");
    }
    return sum;
}

static uint64_t hash_field(const struct form *form, const struct field *field)
{
    uint64_t sum = 0; // so may what is chosen
    const char *value = form_value(form, field->name);
    switch (field->kind) {
    case FIELD_PASSWORD:
        return 0;
    case FIELD_WEEK:
        return hash_week(form, field->name);
    case FIELD_TICK:
        return form_has(form, field->name, "1");
    case FIELD_MANY:
        for (size_t k = 0; k < form->count; k++)
            if (strcmp(form->values[k].name, field->name) == 0)
                sum += hash_of(form->values[k].value);
        return sum;
    case FIELD_LINE:
    case FIELD_TEXT:
    case FIELD_EMAIL:
    case FIELD_LINK:
    case FIELD_INTEGER:
    case FIELD_DAY:
    case FIELD_ONE:
    case FIELD_HIDDEN:
        break;
    }
    return hash_of(value == NULL ? "" : value);
}

static void add_digits(struct buffer *out, uint64_t hash)
{
    hash ^= hash >> 32;
    buffer_printf(out, "%08x", (unsigned)(hash & UINT32_MAX));
}

static enum rc digest(const struct shape *shape, const struct form *form, const char **ret_digest)
{
    struct buffer out;
    buffer_open(&out, form->arena, DIGEST_LIMIT_BYTES);
    add_digits(&out, hash_names(shape));
    for (size_t k = 0; k < shape->count; k++)
        add_digits(&out, hash_field(form, &shape->fields[k]));
    TRY(out.rc);
    *ret_digest = out.bytes;
    return RC_OK;
}

static bool is_digest_of(const char *text, const struct shape *shape)
{
    char names[DIGITS + 1];
    uint64_t hash = hash_names(shape);
    hash ^= hash >> 32;
    snprintf(names, sizeof names, "%08x", (unsigned)(hash & UINT32_MAX));
    return strlen(text) == DIGITS * (shape->count + 1) && strncmp(text, names, DIGITS) == 0;
}

static bool is_same_at(const char *one, const char *another, size_t field)
{
    return strncmp(one + DIGITS * (field + 1), another + DIGITS * (field + 1), DIGITS) == 0;
}

// ---- showing -----------------------------------------------------------------------------------

static bool is_of_field(const struct field *field, const char *name)
{
    size_t length = strlen(field->name);
    if (strcmp(name, field->name) == 0)
        return true;
    return field->kind == FIELD_WEEK && strncmp(name, field->name, length) == 0 &&
           name[length] == '-';
}

static bool is_of_shape(const struct shape *shape, const char *name)
{
    for (size_t k = 0; k < shape->count; k++)
        if (is_of_field(&shape->fields[k], name))
            return true;
    return strcmp(name, EDIT_STOOD) == 0;
}

// The same values but for those that `fields` names; the list of the old form stays as it is.
static enum rc leave_out(struct form *form, const struct shape *fields)
{
    struct form kept = *form;
    kept.values = NULL;
    kept.count = 0;
    for (size_t k = 0; k < form->count; k++)
        if (!is_of_shape(fields, form->values[k].name))
            TRY(form_add(&kept, form->values[k].name, form->values[k].value));
    *form = kept;
    return RC_OK;
}

enum rc shape_edit(const struct shape *shape, struct form *form, const void *from)
{
    TRY(leave_out(form, shape));
    TRY(shape_show(shape, form, from));
    form->edits = shape;
    return digest(shape, form, &form->stood);
}

const char *edit_stood(const struct form *form, const struct shape *shape)
{
    const char *stood = form->stood != NULL ? form->stood : form_value(form, EDIT_STOOD);
    return stood != NULL && shape != NULL && is_digest_of(stood, shape) ? stood : NULL;
}

static const char *tag_of(struct arena *arena, const char *stood)
{
    return arena_printf(arena, "\"%016llx\"", (unsigned long long)hash_of(stood));
}

const char *edit_tag(const struct form *form)
{
    return form->edits == NULL || form->stood == NULL ? NULL : tag_of(form->arena, form->stood);
}

// ---- what stands now ---------------------------------------------------------------------------

// Loads the form anew, as a GET of its page would.
static enum rc load_now(struct run *run, struct form *ret_now)
{
    struct req *req = &run->req;
    const struct http_request *http = req->http;
    const struct form typed = req->form;
    const bool writes = req->writes;
    struct http_request asked = *http;
    const struct shape none = {NULL, 0, 0, NULL};
    asked.method = WEB_GET;
    req->http = &asked;
    req->writes = false;
    enum rc rc = leave_out(&req->form, &none);
    if (rc == RC_OK)
        rc = req->route->load(req);
    *ret_now = req->form;
    req->http = http;
    req->writes = writes;
    req->form = typed;
    req->view = NULL;
    req->title = req->route->title;
    req->content_type = NULL;
    req->file_name = NULL;
    req->refresh_s = 0;
    return rc;
}

// ---- comparing ---------------------------------------------------------------------------------

// What she sent as the struct that receives it would be shown: trimmed, in order.
static enum rc as_kept(const struct shape *shape, const struct form *typed, struct form *ret_kept)
{
    void *read = arena_alloc(typed->arena, shape->size);
    struct form copy = *typed;
    if (read == NULL)
        return RC_NO_MEMORY;
    copy.errors = NULL;
    copy.error_count = 0;
    form_open(ret_kept, typed->arena);
    enum rc rc = shape_read(shape, &copy, read);
    if (rc == RC_BAD_INPUT) { // an act that reads it by itself refuses it
        *ret_kept = copy;
        return RC_OK;
    }
    TRY(rc);
    return shape_show(shape, ret_kept, read);
}

static enum rc take_over(struct form *form, const struct field *field, const struct form *now)
{
    const struct shape one = {field, 1, 0, NULL};
    TRY(leave_out(form, &one));
    for (size_t k = 0; k < now->count; k++)
        if (is_of_field(field, now->values[k].name))
            TRY(form_add(form, now->values[k].name, now->values[k].value));
    return RC_OK;
}

struct comparing {
    const struct shape *shape;
    struct form *typed;
    const struct form *now;
    const char *seen; // the digest that was sent; NULL: it does not fit the shape any more
    const char *hers; // of what she sent
};

// Notes a field that somebody else has changed, and that she does not send as it stands.
static enum rc compare_field(const struct comparing *c, size_t k)
{
    const struct field *field = &c->shape->fields[k];
    struct form *typed = c->typed;
    bool changed = c->seen == NULL || !is_same_at(c->seen, c->now->stood, k);
    if (!changed || is_same_at(c->hers, c->now->stood, k))
        return RC_OK;
    bool left = c->seen != NULL && is_same_at(c->seen, c->hers, k);
    if (left && field->kind == FIELD_HIDDEN)
        return take_over(typed, field, c->now);
    if (typed->changes == NULL)
        typed->changes = ARENA_ARRAY(typed->arena, struct form_change, c->shape->count);
    if (typed->changes == NULL)
        return RC_NO_MEMORY;
    typed->changes[typed->change_count++] = (struct form_change){field, c->now, left};
    if (left)
        return take_over(typed, field, c->now);
    enum rc rc = form_refuse(typed, field->name, MSG("Somebody else has changed this, too"));
    return rc == RC_BAD_INPUT ? RC_OK : rc;
}

static enum rc compare(struct run *run, const struct form *now, const char *seen)
{
    struct form *typed = &run->req.form;
    struct form kept;
    struct comparing c = {now->edits, typed, now, seen, NULL};
    if (seen != NULL && strcmp(seen, now->stood) == 0)
        return RC_OK;
    if (seen != NULL && !is_digest_of(seen, now->edits))
        c.seen = NULL;
    TRY(as_kept(now->edits, typed, &kept));
    TRY(digest(now->edits, &kept, &c.hers));
    for (size_t k = 0; k < now->edits->count; k++)
        TRY(compare_field(&c, k));
    if (typed->change_count == 0)
        return RC_OK;
    typed->stood = now->stood;
    run->stale = true;
    run->fail_status = 409;
    return form_refuse(typed, "",
                       MSG("somebody else has changed this while you wrote. Nothing is lost: what "
                           "you typed is still here, and below is what stands now. If you send it "
                           "again, yours is kept"));
}

// Whether one of the tags of If-Match is this one.
static bool has_tag(const struct text *header, const char *tag)
{
    for (size_t from = 0; from < header->length;) {
        const char *start = header->bytes + from;
        const char *end = memchr(start, ',', header->length - from);
        size_t length = end == NULL ? header->length - from : (size_t)(end - start);
        from += length + 1;
        struct text one = text_trim(start, length);
        if (text_equal(one, text_of("*")) || (tag != NULL && text_equal(one, text_of(tag))))
            return true;
    }
    return false;
}

// ---- what it changes ---------------------------------------------------------------------------

enum { CHANGE_LIMIT_BYTES = 64 << 10 };

static const char *words_of(struct arena *arena, const struct form *form, const struct field *field)
{
    struct buffer out;
    const char *value = form_value(form, field->name);
    if (field->kind == FIELD_TICK)
        return form_has(form, field->name, "1") ? MSG("Yes") : MSG("No");
    if (field->kind == FIELD_ONE && value != NULL && field->options != NULL) {
        const char *label = field_option_label(field->options, value);
        return label == NULL ? value : label;
    }
    if (field->kind != FIELD_MANY)
        return value == NULL ? "" : value;
    buffer_open(&out, arena, CHANGE_LIMIT_BYTES);
    for (size_t k = 0; k < form->count; k++)
        if (strcmp(form->values[k].name, field->name) == 0)
            buffer_printf(&out, "%s%s", out.length == 0 ? "" : ", ", form->values[k].value);
    return out.length == 0 ? "" : out.bytes;
}

// Fields whose words are nobody's business are not told: passwords, and what the page carries
// along.
static enum rc note_changes(struct run *run, const struct form *now)
{
    struct req *req = &run->req;
    const struct shape *shape = now->edits;
    struct form kept;
    const char *hers = NULL;
    TRY(as_kept(shape, &req->form, &kept));
    TRY(digest(shape, &kept, &hers));
    req->changes = ARENA_ARRAY(req->arena, struct req_change, shape->count);
    if (req->changes == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < shape->count; k++) {
        const struct field *field = &shape->fields[k];
        bool told = field->kind != FIELD_PASSWORD && field->kind != FIELD_HIDDEN &&
                    field->kind != FIELD_WEEK &&
                    !(field->kind == FIELD_MANY && field->options == NULL);
        if (!told || is_same_at(hers, now->stood, k))
            continue;
        req->changes[req->change_count++] = (struct req_change){
            field->label, words_of(req->arena, now, field), words_of(req->arena, &kept, field)};
    }
    return RC_OK;
}

// What the act leaves as it stands when it is not sent: it is no change.
static enum rc keep_absent(struct form *typed, const struct form *now)
{
    for (size_t k = 0; k < now->edits->count; k++) {
        const struct field *field = &now->edits->fields[k];
        const char *stood = form_value(now, field->name);
        if (field->kind == FIELD_INTEGER && field->options != NULL && stood != NULL &&
            form_value(typed, field->name) == NULL)
            TRY(form_add(typed, field->name, stood));
    }
    return RC_OK;
}

// A program says what it has seen: without, it would overwrite what it does not know.
static enum rc ask_for_tag(struct run *run, struct form *now)
{
    enum rc rc = load_now(run, now);
    if (rc == RC_NO_MEMORY || rc == RC_IO)
        return rc;
    if (rc != RC_OK || now->edits == NULL)
        return RC_OK;
    run->fail_status = 428;
    return RC_BAD_INPUT;
}

enum rc edit_check(struct run *run)
{
    struct req *req = &run->req;
    struct form *now = ARENA_NEW(req->arena, struct form); // the page shows it
    const char *seen = form_value(&req->form, EDIT_STOOD);
    const struct text *match = http_header_value(req->http, "if-match");
    bool program = req->bearer != NULL;
    run->stale = false;
    req->change_count = 0;
    if (req->route->load == NULL || (seen == NULL && match == NULL && !program))
        return RC_OK;
    if (now == NULL)
        return RC_NO_MEMORY;
    if (seen == NULL && match == NULL)
        return ask_for_tag(run, now);
    TRY(load_now(run, now));
    if (match != NULL && !has_tag(match, edit_tag(now))) {
        run->fail_status = 412;
        return RC_BAD_INPUT;
    }
    if (now->edits == NULL)
        return RC_OK;
    TRY(keep_absent(&req->form, now));
    if (seen != NULL)
        TRY(compare(run, now, seen));
    return note_changes(run, now);
}

// ---- as JSON -----------------------------------------------------------------------------------

static void write_week(struct json *json, const struct form *form, const char *name)
{
    static const char *const parts[] = {"day", "from", "to", "how"};
    for (unsigned row = 0; row < FIELD_WEEK_ROWS_MAX; row++) {
        if (field_week_value(form, name, "day", row)[0] == '\0')
            continue;
        json_object(json);
        for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++) {
            json_key(json, parts[k]);
            json_text(json, field_week_value(form, name, parts[k], row));
        }
        json_end(json);
    }
}

static void write_value(struct json *json, const struct form *form, const struct field *field)
{
    const char *value = form_value(form, field->name);
    if (field->kind == FIELD_TICK) {
        json_boolean(json, form_has(form, field->name, "1"));
    } else if (field->kind == FIELD_INTEGER && field->most <= FIELD_JSON_MOST && value != NULL) {
        json_integer(json, strtoll(value, NULL, 10));
    } else if (field->kind == FIELD_WEEK || field->kind == FIELD_MANY) {
        json_array(json);
        for (size_t k = 0; field->kind == FIELD_MANY && k < form->count; k++)
            if (strcmp(form->values[k].name, field->name) == 0)
                json_text(json, form->values[k].value);
        if (field->kind == FIELD_WEEK)
            write_week(json, form, field->name);
        json_end(json);
    } else {
        json_text(json, value == NULL ? "" : value);
    }
}

void edit_write(struct json *json, const struct form *form)
{
    json_object(json);
    for (size_t k = 0; form->edits != NULL && k < form->edits->count; k++) {
        const struct field *field = &form->edits->fields[k];
        if (field->kind == FIELD_PASSWORD)
            continue;
        json_key(json, field->name);
        write_value(json, form, field);
    }
    json_end(json);
}

// SPDX-License-Identifier: Apache-2.0
//
// The members of a JSON object as values of a form: from there on, a program and a browser are the
// same. Strict where a browser can't go wrong: names and types.
#include <stdio.h>
#include <string.h>

#include "base/json_read.h"

#include "web/field.h"
#include "web/web.h"

struct parsing {
    const struct shape *shape;
    struct form *form;
};

static const struct field *find_field(const struct shape *shape, const char *name)
{
    for (size_t k = 0; shape != NULL && k < shape->count; k++)
        if (strcmp(shape->fields[k].name, name) == 0)
            return &shape->fields[k];
    return NULL;
}

// Whether an act reads this name by itself: those that its shape lists, or any without a shape.
static bool is_free(const struct shape *shape, const char *name)
{
    if (strcmp(name, "csrf") == 0 || shape == NULL)
        return true;
    size_t length = strlen(name);
    for (const char *at = shape->also; at != NULL && *at != '\0';) {
        size_t one = strcspn(at, " ");
        if ((one == 1 && *at == '*') || (one == length && memcmp(at, name, length) == 0))
            return true;
        at += one + (at[one] == ' ');
    }
    return false;
}

// A refusal must not end the reading: all that is wrong is told at once.
static enum rc note(struct parsing *parsing, const char *name, const char *message)
{
    enum rc rc = form_refuse(parsing->form, name, message);
    return rc == RC_BAD_INPUT ? RC_OK : rc;
}

// Without carriage returns, as form_decode gives it.
static enum rc add_text(struct parsing *parsing, const char *name, const char *text)
{
    char *kept = arena_strdup(parsing->form->arena, text);
    if (kept == NULL)
        return RC_NO_MEMORY;
    size_t length = 0;
    for (const char *c = text; *c != '\0'; c++)
        if (*c != '\r')
            kept[length++] = *c;
    kept[length] = '\0';
    return form_add(parsing->form, name, kept);
}

static enum rc add_number(struct parsing *parsing, const struct json_leaf *leaf)
{
    const char *text = arena_printf(parsing->form->arena, "%lld", (long long)leaf->integer);
    return text == NULL ? RC_NO_MEMORY : form_add(parsing->form, leaf->name, text);
}

static enum rc take_free(struct parsing *parsing, const struct json_leaf *leaf)
{
    if (leaf->part != NULL)
        return note(parsing, leaf->name, MSG("This must not be an object"));
    if (leaf->kind == JSON_LEAF_TEXT)
        return add_text(parsing, leaf->name, leaf->text);
    if (leaf->kind == JSON_LEAF_INTEGER || (leaf->kind == JSON_LEAF_BOOLEAN && leaf->integer == 1))
        return add_number(parsing, leaf);
    return RC_OK;
}

static enum rc take_week(struct parsing *parsing, const struct json_leaf *leaf)
{
    static const char *const parts[] = {"day", "from", "to", "how", NULL};
    if (leaf->empty)
        return RC_OK;
    if (leaf->part == NULL || leaf->kind != JSON_LEAF_TEXT || leaf->index >= FIELD_WEEK_ROWS_MAX)
        return note(parsing, leaf->name, MSG("This must be a list of windows of a week"));
    for (size_t k = 0; parts[k] != NULL; k++) {
        if (strcmp(parts[k], leaf->part) != 0)
            continue;
        const char *name =
            field_week_name(parsing->form, leaf->name, parts[k], (unsigned)leaf->index);
        return name == NULL ? RC_NO_MEMORY : add_text(parsing, name, leaf->text);
    }
    return note(parsing, leaf->name, MSG("This must be a list of windows of a week"));
}

static enum rc take_field(struct parsing *parsing, const struct field *field,
                          const struct json_leaf *leaf)
{
    bool single = leaf->index < 0 && leaf->part == NULL;
    if (field->kind == FIELD_WEEK)
        return take_week(parsing, leaf);
    if (field->kind == FIELD_MANY && leaf->empty)
        return RC_OK;
    if (field->kind == FIELD_MANY && !single && leaf->part == NULL && leaf->kind == JSON_LEAF_TEXT)
        return add_text(parsing, leaf->name, leaf->text);
    if (field->kind == FIELD_MANY)
        return note(parsing, leaf->name, MSG("This must be a list of texts"));
    if (field->kind == FIELD_INTEGER && single && leaf->kind == JSON_LEAF_INTEGER)
        return add_number(parsing, leaf);
    if (field->kind == FIELD_INTEGER && single && leaf->kind == JSON_LEAF_TEXT &&
        field->most > FIELD_JSON_MOST)
        return add_text(parsing, leaf->name, leaf->text);
    if (field->kind == FIELD_INTEGER)
        return note(parsing, leaf->name, MSG("This must be a whole number"));
    if (field->kind == FIELD_TICK && single && leaf->kind == JSON_LEAF_BOOLEAN)
        return leaf->integer == 1 ? add_number(parsing, leaf) : RC_OK;
    if (field->kind == FIELD_TICK)
        return note(parsing, leaf->name, MSG("This must be true or false"));
    if (single && leaf->kind == JSON_LEAF_TEXT)
        return add_text(parsing, leaf->name, leaf->text);
    return note(parsing, leaf->name, MSG("This must be text"));
}

static enum rc take(void *context, const struct json_leaf *leaf)
{
    struct parsing *parsing = context;
    const struct field *field = find_field(parsing->shape, leaf->name);
    if (field == NULL && !is_free(parsing->shape, leaf->name))
        return note(parsing, leaf->name, MSG("There is nothing of this name"));
    if (leaf->kind == JSON_LEAF_NULL && !leaf->empty)
        return RC_OK;
    return field == NULL ? take_free(parsing, leaf) : take_field(parsing, field, leaf);
}

enum rc shape_parse_json(const struct shape *shape, struct form *form, struct text body,
                         const char **ret_fault)
{
    struct parsing parsing = {shape, form};
    return json_read(form->arena, body, take, &parsing, ret_fault);
}

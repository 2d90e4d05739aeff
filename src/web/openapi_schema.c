// SPDX-License-Identifier: Apache-2.0
//
// Schemas of fields and of shapes; see openapi_schema.h.
#include "web/openapi_schema.h"

#include <stdio.h>
#include <string.h>

void openapi_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_text(json, text);
}

void openapi_reference(struct json *json, const char *kind, const char *name)
{
    char path[160];
    snprintf(path, sizeof path, "#/components/%s/%s", kind, name);
    openapi_text(json, "$ref", path);
}

static void write_limit(struct json *json, const char *key, int64_t value)
{
    json_key(json, key);
    json_integer(json, value);
}

// ---- what a form takes -------------------------------------------------------------------------

static void write_options(struct json *json, const struct field *field)
{
    json_key(json, "enum");
    json_array(json);
    if (field->kind == FIELD_ONE && field->least == 0)
        json_text(json, "");
    for (const struct field_option *o = field->options; o->value != NULL; o++)
        json_text(json, o->value);
    json_end(json);
}

static void write_many(struct json *json, const struct field *field)
{
    openapi_text(json, "type", "array");
    write_limit(json, "minItems", field->least);
    write_limit(json, "maxItems", field->most);
    json_key(json, "items");
    json_object(json);
    if (field->kind == FIELD_WEEK) {
        openapi_reference(json, "schemas", "Window");
    } else {
        openapi_text(json, "type", "string");
        if (field->options != NULL)
            write_options(json, field);
    }
    json_end(json);
}

// Ids go beyond what a JSON number holds everywhere: they may be text.
static void write_integer(struct json *json, const struct field *field)
{
    if (field->most > FIELD_JSON_MOST) {
        json_key(json, "type");
        json_array(json);
        json_text(json, "integer");
        json_text(json, "string");
        json_end(json);
        openapi_text(json, "pattern", "^[0-9]+$");
        return;
    }
    openapi_text(json, "type", "integer");
    write_limit(json, "minimum", field->least);
    write_limit(json, "maximum", field->most);
}

static void write_string(struct json *json, const struct field *field)
{
    static const char *const formats[] = {
        [FIELD_EMAIL] = "email", [FIELD_PASSWORD] = "password", [FIELD_LINK] = "uri",
        [FIELD_DAY] = "date",    [FIELD_HIDDEN] = NULL,
    };
    openapi_text(json, "type", "string");
    if (field->kind == FIELD_ONE)
        write_options(json, field);
    else if (formats[field->kind] != NULL && field->least > 0)
        openapi_text(json, "format", formats[field->kind]);
    else if (field->kind == FIELD_LINE || field->kind == FIELD_TEXT) {
        write_limit(json, "minLength", field->least);
        write_limit(json, "maxLength", field->most);
    }
}

static void write_field(struct json *json, const struct field *field)
{
    json_object(json);
    openapi_text(json, "description", field->label);
    switch (field->kind) {
    case FIELD_MANY:
    case FIELD_WEEK:
        write_many(json, field);
        break;
    case FIELD_INTEGER:
        write_integer(json, field);
        break;
    case FIELD_TICK:
        openapi_text(json, "type", "boolean");
        break;
    case FIELD_LINE:
    case FIELD_TEXT:
    case FIELD_EMAIL:
    case FIELD_PASSWORD:
    case FIELD_LINK:
    case FIELD_DAY:
    case FIELD_ONE:
    case FIELD_HIDDEN:
        write_string(json, field);
        break;
    }
    json_end(json);
}

// Names that an act reads by itself take text, or several.
static void write_also(struct json *json, const char *also)
{
    for (const char *at = also; at != NULL && *at != '\0';) {
        char name[64];
        size_t length = strcspn(at, " ");
        snprintf(name, sizeof name, "%.*s", (int)length, at);
        if (*at != '*') {
            json_key(json, name);
            json_object(json);
            json_key(json, "type");
            json_array(json);
            json_text(json, "array");
            json_text(json, "string");
            json_text(json, "integer");
            json_end(json);
            json_end(json);
        }
        at += length + (at[length] == ' ');
    }
}

static bool is_required(const struct field *field)
{
    return field->least > 0 && field->kind != FIELD_INTEGER && field->kind != FIELD_WEEK;
}

void openapi_write_form(struct json *json, const struct shape *shape, bool csrf)
{
    bool any = shape == NULL || (shape->also != NULL && strchr(shape->also, '*') != NULL);
    json_object(json);
    openapi_text(json, "type", "object");
    json_key(json, "properties");
    json_object(json);
    if (csrf) {
        json_key(json, "csrf");
        json_object(json);
        openapi_text(json, "type", "string");
        json_end(json);
    }
    for (size_t k = 0; shape != NULL && k < shape->count; k++) {
        json_key(json, shape->fields[k].name);
        write_field(json, &shape->fields[k]);
    }
    if (shape != NULL)
        write_also(json, shape->also);
    json_end(json);
    json_key(json, "required");
    json_array(json);
    if (csrf)
        json_text(json, "csrf");
    for (size_t k = 0; shape != NULL && k < shape->count; k++)
        if (is_required(&shape->fields[k]))
            json_text(json, shape->fields[k].name);
    json_end(json);
    json_key(json, "additionalProperties");
    json_boolean(json, any);
    json_end(json);
}

static void write_shown(struct json *json, const struct field *field)
{
    bool list = field->kind == FIELD_MANY || field->kind == FIELD_WEEK;
    bool number = field->kind == FIELD_INTEGER && field->most <= FIELD_JSON_MOST;
    json_object(json);
    openapi_text(json, "description", field->label);
    openapi_text(json, "type",
                 list                        ? "array"
                 : number                    ? "integer"
                 : field->kind == FIELD_TICK ? "boolean"
                                             : "string");
    if (list) {
        json_key(json, "items");
        json_object(json);
        if (field->kind == FIELD_WEEK)
            openapi_reference(json, "schemas", "Window");
        else
            openapi_text(json, "type", "string");
        json_end(json);
    }
    json_end(json);
}

void openapi_write_shown(struct json *json, const struct shape *shape)
{
    json_object(json);
    openapi_text(json, "type", "object");
    json_key(json, "properties");
    json_object(json);
    for (size_t k = 0; shape != NULL && k < shape->count; k++) {
        json_key(json, shape->fields[k].name);
        write_shown(json, &shape->fields[k]);
    }
    json_end(json);
    json_key(json, "additionalProperties");
    json_boolean(json, false);
    json_end(json);
}

// ---- what a view gives -------------------------------------------------------------------------

static const char *json_type(enum out_kind kind)
{
    switch (kind) {
    case OUT_TEXT:
    case OUT_MESSAGE:
    case OUT_SOME:
    case OUT_PATH:
    case OUT_DAY:
    case OUT_ID:
    case OUT_INSTANT:
        return "string";
    case OUT_INTEGER:
        return "integer";
    case OUT_BOOLEAN:
        return "boolean";
    case OUT_WORDS:
    case OUT_WEEK:
    case OUT_INSTANTS:
    case OUT_FLAGS:
    case OUT_LIST:
        return "array";
    case OUT_OBJECT:
        return "object";
    }
    return "null";
}

static bool may_be_null(const struct out *row)
{
    bool some = row->kind == OUT_SOME || row->kind == OUT_PATH || row->kind == OUT_DAY ||
                row->kind == OUT_ID || row->kind == OUT_INSTANT;
    return some || row->shown != NULL || (row->kind == OUT_OBJECT && row->as == OUT_AS_POINTER);
}

static void write_type(struct json *json, const struct out *row)
{
    json_key(json, "type");
    if (!may_be_null(row)) {
        json_text(json, json_type(row->kind));
        return;
    }
    json_array(json);
    json_text(json, json_type(row->kind));
    json_text(json, "null");
    json_end(json);
}

static void write_items(struct json *json, const struct out *row)
{
    json_key(json, "items");
    json_object(json);
    if (row->kind == OUT_LIST)
        openapi_reference(json, "schemas", row->of->title);
    else if (row->kind == OUT_WEEK)
        openapi_reference(json, "schemas", "Window");
    else if (row->kind == OUT_INSTANTS)
        openapi_reference(json, "schemas", "Time");
    else
        openapi_text(json, "type", "string");
    if (row->kind == OUT_FLAGS) {
        json_key(json, "enum");
        json_array(json);
        for (size_t k = 0; row->names[k] != NULL; k++)
            if (row->names[k][0] != '\0')
                json_text(json, row->names[k]);
        json_end(json);
    }
    json_end(json);
}

static void write_object(struct json *json, const struct out *row)
{
    if (!may_be_null(row)) {
        openapi_reference(json, "schemas", row->of->title);
        return;
    }
    json_key(json, "anyOf");
    json_array(json);
    json_object(json);
    openapi_reference(json, "schemas", row->of->title);
    json_end(json);
    json_object(json);
    openapi_text(json, "type", "null");
    json_end(json);
    json_end(json);
}

static void write_row(struct json *json, const struct out *row)
{
    json_object(json);
    if (row->about != NULL && row->about[0] != '\0')
        openapi_text(json, "description", row->about);
    if (row->kind == OUT_OBJECT)
        write_object(json, row);
    else
        write_type(json, row);
    if (strcmp(json_type(row->kind), "array") == 0)
        write_items(json, row);
    if (row->kind == OUT_ID)
        openapi_text(json, "pattern", "^[0-9]+$");
    if (row->kind == OUT_DAY)
        openapi_text(json, "format", "date");
    if (row->kind == OUT_INSTANT)
        openapi_text(json, "format", "date-time");
    json_end(json);
}

static void write_shape(struct json *json, const struct out_shape *shape)
{
    json_key(json, shape->title);
    json_object(json);
    openapi_text(json, "type", "object");
    json_key(json, "properties");
    json_object(json);
    for (size_t k = 0; k < shape->count; k++) {
        json_key(json, shape->rows[k].name);
        write_row(json, &shape->rows[k]);
    }
    json_end(json);
    json_key(json, "required");
    json_array(json);
    for (size_t k = 0; k < shape->count; k++)
        json_text(json, shape->rows[k].name);
    json_end(json);
    json_key(json, "additionalProperties");
    json_boolean(json, false);
    json_end(json);
}

// Those that no shape declares: windows of a week, times to choose from, where an act leads, and
// problems. The text is a part of an object.
static const struct {
    const char *name;
    const char *required; // divided by spaces
    struct {
        const char *name;
        const char *type; // "?": may also be null
        const char *about;
    } members[6];
} fixed[] = {
    {"Window",
     "day from to how", {{"day", "string", "1 Monday to 7 Sunday, w weekdays, e the weekend, d every day"},
      {"from", "string", "18:00"},
      {"to", "string", "21:00; 00:00 or 24:00 is midnight"},
      {"how", "string", "g good, p possible"}}                       },
    {"Time",
     "at value",        {{"at", "string", "the instant, RFC 3339"},
      {"value", "integer", "the number that a form takes for it"}}          },
    {"Done",
     "location said",   {{"location", "string", "the path that shows what was done"},
      {"said", "?string", "what a person would be told"}}              },
    {"ProblemError",
     "pointer detail",  {{"pointer", "string", "the member, as a JSON pointer in a fragment: #/title"},
      {"detail", "string", "what is wrong with it, in your language"}}},
};

static void write_fixed_member(struct json *json, const char *type, const char *about)
{
    json_object(json);
    json_key(json, "type");
    if (type[0] == '?') {
        json_array(json);
        json_text(json, type + 1);
        json_text(json, "null");
        json_end(json);
    } else {
        json_text(json, type);
    }
    openapi_text(json, "description", about);
    json_end(json);
}

static void write_words(struct json *json, const char *key, const char *words)
{
    json_key(json, key);
    json_array(json);
    for (const char *at = words; *at != '\0';) {
        size_t length = strcspn(at, " ");
        json_text_bytes(json, at, length);
        at += length + (at[length] == ' ');
    }
    json_end(json);
}

static void write_problem(struct json *json)
{
    json_key(json, "Problem");
    json_object(json);
    openapi_text(json, "type", "object");
    json_key(json, "properties");
    json_object(json);
    json_key(json, "type");
    write_fixed_member(json, "string", "urn:trellis:problem:KIND; the kinds stay");
    json_key(json, "title");
    write_fixed_member(json, "string", "the kind in words");
    json_key(json, "status");
    write_fixed_member(json, "integer", "of HTTP");
    json_key(json, "detail");
    write_fixed_member(json, "string", "what is wrong with this request");
    json_key(json, "errors");
    json_object(json);
    openapi_text(json, "type", "array");
    json_key(json, "items");
    json_object(json);
    openapi_reference(json, "schemas", "ProblemError");
    json_end(json);
    json_end(json);
    json_end(json);
    write_words(json, "required", "type title status");
    json_key(json, "additionalProperties");
    json_boolean(json, false);
    json_end(json);
}

void openapi_write_shapes(struct json *json, const struct openapi_shapes *shapes)
{
    for (size_t k = 0; k < shapes->count; k++)
        write_shape(json, shapes->all[k]);
    for (size_t k = 0; k < sizeof fixed / sizeof fixed[0]; k++) {
        json_key(json, fixed[k].name);
        json_object(json);
        openapi_text(json, "type", "object");
        json_key(json, "properties");
        json_object(json);
        for (size_t m = 0; fixed[k].members[m].name != NULL; m++) {
            json_key(json, fixed[k].members[m].name);
            write_fixed_member(json, fixed[k].members[m].type, fixed[k].members[m].about);
        }
        json_end(json);
        write_words(json, "required", fixed[k].required);
        json_key(json, "additionalProperties");
        json_boolean(json, false);
        json_end(json);
    }
    write_problem(json);
}

static enum rc add_one(struct openapi_shapes *shapes, const struct out_shape *shape)
{
    for (size_t k = 0; k < shapes->count; k++)
        if (shapes->all[k] == shape)
            return RC_OK;
    if (shapes->count == OPENAPI_SHAPES_MAX)
        return RC_LIMIT;
    shapes->all[shapes->count++] = shape;
    return RC_OK;
}

// The list grows while it is walked: what a shape is made of comes behind it.
enum rc openapi_add(struct openapi_shapes *shapes, const struct out_shape *shape)
{
    size_t from = shapes->count;
    TRY(add_one(shapes, shape));
    for (size_t k = from; k < shapes->count; k++)
        for (size_t m = 0; m < shapes->all[k]->count; m++)
            if (shapes->all[k]->rows[m].of != NULL)
                TRY(add_one(shapes, shapes->all[k]->rows[m].of));
    return RC_OK;
}

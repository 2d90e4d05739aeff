// SPDX-License-Identifier: Apache-2.0
//
// Reads each kind of field; see field.h for what it promises.
#include "web/field.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/date.h"
#include "base/weekly.h"

#include "web/message.h"

enum { EMAIL_MAX = 254, INTEGER_DIGITS_MAX = 19 };

// One field that is being read.
struct reading {
    const struct field *field;
    struct form *form;
    void *slot; // where its value goes
};

size_t field_option_count(const struct field_option *options)
{
    size_t count = 0;
    while (options[count].value != NULL)
        count++;
    return count;
}

const char *field_option_label(const struct field_option *options, const char *value)
{
    for (const struct field_option *option = options; option->value != NULL; option++)
        if (strcmp(option->value, value) == 0)
            return option->label;
    return NULL;
}

static enum rc refuse(const struct reading *reading, const char *text)
{
    return form_refuse(reading->form, reading->field->name, text);
}

static enum rc refuse_numbers(const struct reading *reading, const char *text, int64_t first,
                              int64_t second)
{
    return form_refuse_numbers(reading->form, reading->field->name, text, first, second);
}

static enum rc put_text(const struct reading *reading, const char *text)
{
    *(const char **)reading->slot = text;
    return RC_OK;
}

static const struct field_option *find_option(const struct field *field, const char *value)
{
    for (const struct field_option *o = field->options; o != NULL && o->value != NULL; o++)
        if (strcmp(o->value, value) == 0)
            return o;
    return NULL;
}

// The value without white space around it, in the form too, so that it is shown as it was taken.
static enum rc trimmed(const struct reading *reading, const char **ret_text)
{
    const char *sent = form_value(reading->form, reading->field->name);
    if (sent == NULL)
        sent = "";
    struct text text = text_trim(sent, strlen(sent));
    char *copy = arena_strndup(reading->form->arena, text.bytes, text.length);
    if (copy == NULL)
        return RC_NO_MEMORY;
    *ret_text = copy;
    return RC_OK;
}

static enum rc check_length(const struct reading *reading, const char *text)
{
    const struct field *field = reading->field;
    int64_t length = (int64_t)text_code_points(text, strlen(text));
    if (length == 0 && field->least > 0)
        return refuse(reading, MSG("Fill this in"));
    if (length < field->least) {
        return refuse_numbers(reading, MSG("Write at least {0} characters"), field->least, 0);
    }
    if (length > field->most) {
        return refuse_numbers(reading, MSG("Write at most {0} characters"), field->most, 0);
    }
    return RC_OK;
}

static enum rc read_text(const struct reading *reading)
{
    const char *text = NULL;
    TRY(trimmed(reading, &text));
    if (reading->field->kind == FIELD_LINE && strchr(text, '\n') != NULL)
        return refuse(reading, MSG("Write this in one line"));
    TRY(check_length(reading, text));
    return put_text(reading, text);
}

static bool is_email(const char *text)
{
    const char *at = strchr(text, '@');
    if (at == NULL || at == text || strchr(at + 1, '@') != NULL || strlen(text) > EMAIL_MAX)
        return false;
    const char *dot = strrchr(at, '.');
    if (dot == NULL || dot == at + 1 || dot[1] == '\0' || strstr(at, "..") != NULL)
        return false;
    for (const char *c = text; *c != '\0'; c++)
        if ((unsigned char)*c <= ' ' || *c == 0x7f || strchr("()<>[]:;,\\\"", *c) != NULL)
            return false;
    return true;
}

static enum rc read_email(const struct reading *reading)
{
    const char *text = NULL;
    TRY(trimmed(reading, &text));
    if (text[0] == '\0' && reading->field->least == 0)
        return put_text(reading, text);
    if (text[0] == '\0')
        return refuse(reading, MSG("Write your e-mail address"));
    if (!is_email(text))
        return refuse(reading, MSG("Write an e-mail address like name@example.org"));
    char *lower = arena_strdup(reading->form->arena, text);
    if (lower == NULL)
        return RC_NO_MEMORY;
    for (char *c = lower; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return put_text(reading, lower);
}

static enum rc read_password(const struct reading *reading)
{
    const char *sent = form_value(reading->form, reading->field->name);
    if ((sent == NULL || sent[0] == '\0') && reading->field->least > 0)
        return refuse(reading, MSG("Write a password"));
    if (sent == NULL)
        return put_text(reading, "");
    TRY(check_length(reading, sent));
    return put_text(reading, sent);
}

static enum rc read_link(const struct reading *reading)
{
    const char *text = NULL;
    TRY(trimmed(reading, &text));
    bool is_link = strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0;
    if (text[0] != '\0' && (!is_link || strpbrk(text, " \n\t\"<>\\") != NULL))
        return refuse(reading, MSG("Write an address that starts with https://"));
    TRY(check_length(reading, text));
    return put_text(reading, text);
}

static enum rc read_integer(const struct reading *reading)
{
    const struct field *field = reading->field;
    const char *text = NULL;
    if (field->options != NULL && form_value(reading->form, field->name) == NULL) {
        *(int64_t *)reading->slot = strtoll(field->options->value, NULL, 10);
        return RC_OK;
    }
    TRY(trimmed(reading, &text));
    size_t digits = strspn(text[0] == '-' ? text + 1 : text, "0123456789");
    bool whole = digits > 0 && digits <= INTEGER_DIGITS_MAX &&
                 (text[0] == '-' ? text + 1 : text)[digits] == '\0';
    errno = 0;
    long long number = whole ? strtoll(text, NULL, 10) : 0;
    if (whole && errno == 0 && number >= field->least && number <= field->most) {
        *(int64_t *)reading->slot = number;
        return RC_OK;
    }
    return refuse_numbers(reading, MSG("Write a whole number from {0} to {1}"), field->least,
                          field->most);
}

static enum rc read_day(const struct reading *reading)
{
    const char *text = NULL;
    TRY(trimmed(reading, &text));
    if (text[0] == '\0' && reading->field->least == 0)
        return put_text(reading, text);
    struct date date;
    if (date_parse(text, &date) != RC_OK)
        return refuse(reading, MSG("Write a day as year-month-day, such as 2027-03-31"));
    return put_text(reading, text);
}

static enum rc read_one(const struct reading *reading)
{
    const char *sent = form_value(reading->form, reading->field->name);
    if (sent == NULL || sent[0] == '\0')
        return reading->field->least == 0 ? put_text(reading, "")
                                          : refuse(reading, MSG("Choose one"));
    const struct field_option *option = find_option(reading->field, sent);
    if (option == NULL)
        return refuse(reading, MSG("Choose one of the answers offered"));
    return put_text(reading, option->value);
}

// What was sent under the name, each once, and nothing empty.
static size_t take_any(const struct form *form, const char *name, const char **values)
{
    size_t count = 0;
    for (size_t k = 0; k < form->count; k++) {
        const struct form_value *one = &form->values[k];
        bool known = strcmp(one->name, name) != 0 || one->value[0] == '\0';
        for (size_t v = 0; v < count && !known; v++)
            known = strcmp(values[v], one->value) == 0;
        if (!known)
            values[count++] = one->value;
    }
    return count;
}

static enum rc read_many(const struct reading *reading)
{
    const struct field *field = reading->field;
    struct form *form = reading->form;
    size_t most = form_count(form, field->name);
    const char **values = ARENA_ARRAY(form->arena, const char *, most);
    if (values == NULL)
        return RC_NO_MEMORY;
    size_t count = 0;
    for (const struct field_option *o = field->options; o != NULL && o->value != NULL; o++)
        if (count < most && form_has(form, field->name, o->value))
            values[count++] = o->value;
    if (field->options == NULL)
        most = count = take_any(form, field->name, values);
    if (count != most)
        return refuse(reading, MSG("Choose from the answers offered"));
    if ((int64_t)count < field->least)
        return refuse(reading, MSG("Choose at least one"));
    if ((int64_t)count > field->most) {
        return refuse_numbers(reading, MSG("Choose at most {0}"), field->most, 0);
    }
    *(struct field_many *)reading->slot = (struct field_many){values, count};
    return RC_OK;
}

static enum rc read_tick(const struct reading *reading)
{
    bool ticked = form_has(reading->form, reading->field->name, "1");
    if (!ticked && reading->field->least > 0)
        return refuse(reading, MSG("Tick this to go on"));
    *(int64_t *)reading->slot = ticked;
    return RC_OK;
}

const char *field_week_name(const struct form *form, const char *name, const char *part,
                            unsigned row)
{
    return arena_printf(form->arena, "%s-%s-%u", name, part, row);
}

const char *field_week_value(const struct form *form, const char *name, const char *part,
                             unsigned row)
{
    const char *full = field_week_name(form, name, part, row);
    const char *value = full == NULL ? NULL : form_value(form, full);
    return value == NULL ? "" : value;
}

// How many rows there are up to the last in which something stands.
static unsigned week_written(const struct form *form, const char *name)
{
    static const char *const parts[] = {"day", "from", "to"};
    unsigned rows = 0;
    for (unsigned k = 0; k < FIELD_WEEK_ROWS_MAX; k++)
        for (unsigned part = 0; part < sizeof parts / sizeof parts[0]; part++)
            if (field_week_value(form, name, parts[part], k)[0] != '\0')
                rows = k + 1;
    return rows;
}

unsigned field_week_rows(const struct form *form, const char *name)
{
    unsigned rows = week_written(form, name) + 2;
    return rows < 5 ? 5 : rows > FIELD_WEEK_ROWS_MAX ? FIELD_WEEK_ROWS_MAX : rows;
}

unsigned field_week_shown(const struct form *form, const char *name)
{
    unsigned rows = week_written(form, name) + 1;
    return rows < 2 ? 2 : rows > FIELD_WEEK_ROWS_MAX ? FIELD_WEEK_ROWS_MAX : rows;
}

// Rows without a day are empty rows. An end at 00:00 is midnight.
static enum rc read_week(const struct reading *reading)
{
    struct form *form = reading->form;
    const char *name = reading->field->name;
    struct buffer out;
    int64_t count = 0;
    buffer_open(&out, form->arena, TEXT_KEY_LIMIT_BYTES);
    for (unsigned row = 0; row < FIELD_WEEK_ROWS_MAX; row++) {
        const char *day = field_week_value(form, name, "day", row);
        if (day[0] == '\0')
            continue;
        struct weekly weekly = {day[1] == '\0' ? day[0] : '\0',
                                weekly_minutes(field_week_value(form, name, "from", row)),
                                weekly_minutes(field_week_value(form, name, "to", row)),
                                field_week_value(form, name, "how", row)[0] != 'p'};
        if (weekly.to == 0)
            weekly.to = WEEKLY_DAY_MINUTES;
        if (!weekly_is_right(&weekly))
            return refuse_numbers(
                reading,
                MSG("Row {0}: write a beginning and a later end, in quarter hours, such as 18:00 "
                    "and 20:30. For a time past midnight, use two rows"),
                row + 1, 0);
        weekly_add(&out, &weekly);
        count++;
    }
    TRY(out.rc);
    if (count < reading->field->least)
        return refuse(reading, MSG("Fill in at least one row"));
    if (count > reading->field->most)
        return refuse_numbers(reading, MSG("Fill in at most {0} rows"), reading->field->most, 0);
    return put_text(reading, out.bytes);
}

static enum rc read_field(const struct reading *reading)
{
    bool many = reading->field->kind == FIELD_MANY;
    if (!many && form_count(reading->form, reading->field->name) > 1)
        return refuse(reading, MSG("This was sent twice"));
    switch (reading->field->kind) {
    case FIELD_LINE:
    case FIELD_TEXT:
    case FIELD_HIDDEN:
        return read_text(reading);
    case FIELD_EMAIL:
        return read_email(reading);
    case FIELD_PASSWORD:
        return read_password(reading);
    case FIELD_LINK:
        return read_link(reading);
    case FIELD_INTEGER:
        return read_integer(reading);
    case FIELD_DAY:
        return read_day(reading);
    case FIELD_ONE:
        return read_one(reading);
    case FIELD_MANY:
        return read_many(reading);
    case FIELD_TICK:
        return read_tick(reading);
    case FIELD_WEEK:
        return read_week(reading);
    }
    return RC_BAD_INPUT;
}

enum rc shape_read(const struct shape *shape, struct form *form, void *out)
{
    enum rc rc = RC_OK;
    for (size_t k = 0; k < shape->count; k++) {
        const struct field *field = &shape->fields[k];
        struct reading reading = {field, form, (char *)out + field->offset};
        enum rc one = read_field(&reading);
        if (one != RC_OK && one != RC_BAD_INPUT)
            return one;
        if (one != RC_OK)
            rc = one;
    }
    return rc;
}

static enum rc set_part(struct form *form, const char *name, const char *part, unsigned row,
                        const char *value)
{
    const char *full = field_week_name(form, name, part, row);
    return full == NULL || value == NULL ? RC_NO_MEMORY : form_set(form, full, value);
}

static enum rc show_week(struct form *form, const char *name, const char *text)
{
    struct weekly weekly;
    for (unsigned row = 0; row < FIELD_WEEK_ROWS_MAX && weekly_next(&text, &weekly); row++) {
        int to = weekly.to == WEEKLY_DAY_MINUTES ? 0 : weekly.to;
        TRY(set_part(form, name, "day", row, arena_printf(form->arena, "%c", weekly.day)));
        TRY(set_part(form, name, "from", row,
                     arena_printf(form->arena, "%02d:%02d", weekly.from / 60, weekly.from % 60)));
        TRY(set_part(form, name, "to", row,
                     arena_printf(form->arena, "%02d:%02d", to / 60, to % 60)));
        TRY(set_part(form, name, "how", row, weekly.is_good ? "g" : "p"));
    }
    return RC_OK;
}

static enum rc show_many(struct form *form, const char *name, const struct field_many *many)
{
    struct buffer pairs;
    buffer_open(&pairs, form->arena, TEXT_KEY_LIMIT_BYTES);
    for (size_t k = 0; k < many->count; k++) {
        buffer_text(&pairs, k == 0 ? "" : "&");
        buffer_text(&pairs, name);
        buffer_byte(&pairs, '=');
        buffer_text(&pairs, many->values[k]); // values of options need no escape
    }
    TRY(pairs.rc);
    return form_parse(form, (struct text){pairs.bytes, pairs.length});
}

enum rc shape_show(const struct shape *shape, struct form *form, const void *from)
{
    for (size_t k = 0; k < shape->count; k++) {
        const struct field *field = &shape->fields[k];
        const void *slot = (const char *)from + field->offset;
        if (field->kind == FIELD_MANY) {
            TRY(show_many(form, field->name, slot));
            continue;
        }
        if (field->kind == FIELD_WEEK) {
            const char *week = *(const char *const *)slot;
            TRY(show_week(form, field->name, week == NULL ? "" : week));
            continue;
        }
        const char *text = NULL;
        if (field->kind == FIELD_INTEGER || field->kind == FIELD_TICK)
            text = arena_printf(form->arena, "%lld", (long long)*(const int64_t *)slot);
        else
            text = *(const char *const *)slot;
        if (text == NULL && (field->kind == FIELD_INTEGER || field->kind == FIELD_TICK))
            return RC_NO_MEMORY;
        if (field->kind != FIELD_PASSWORD && text != NULL)
            TRY(form_set(form, field->name, text));
    }
    return RC_OK;
}

// SPDX-License-Identifier: Apache-2.0
//
// Writes a struct by its shape; see out.h. Shapes nest, so what is open stands on a stack of fixed
// depth instead of in calls of itself.
#include "web/out.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "base/weekly.h"

enum { US = 1000000 };

// A struct, or a list of them, that is being written.
struct open_shape {
    const struct out_shape *shape;
    const char *from; // the struct
    size_t row;       // the next
    size_t left;      // structs that follow this one
    bool is_list;
};

struct writing {
    struct json *json;
    const struct locale *locale;
    struct open_shape open[OUT_DEPTH_MAX];
    size_t depth;
};

void out_instant(int64_t at_us, char ret_text[OUT_INSTANT_BYTES])
{
    int64_t seconds = at_us / US - (at_us % US < 0);
    int64_t days = date_days_of_seconds(seconds);
    int rest = (int)(seconds - days * DATE_SECONDS_A_DAY);
    ret_text[0] = '\0';
    if (days < -719162 || days > 2932896) // 0001-01-01 and 9999-12-31
        return;
    struct date date = date_from_days(days);
    snprintf(ret_text, OUT_INSTANT_BYTES, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)date.year,
             (int)date.month, (int)date.day, rest / 3600, rest / 60 % 60, rest % 60);
}

static void write_instant(struct json *json, int64_t at_us)
{
    char text[OUT_INSTANT_BYTES];
    if (at_us == 0) {
        json_null(json);
        return;
    }
    out_instant(at_us, text);
    json_text(json, text[0] == '\0' ? NULL : text);
}

static void write_choice(struct json *json, int64_t at_us)
{
    json_object(json);
    json_key(json, "at");
    write_instant(json, at_us);
    json_key(json, "value");
    json_integer(json, at_us);
    json_end(json);
}

static void write_words(struct json *json, const char *words)
{
    json_array(json);
    for (const char *at = words; *at != '\0';) {
        size_t length = strcspn(at, " ");
        if (length > 0)
            json_text_bytes(json, at, length);
        at += length + (at[length] == ' ');
    }
    json_end(json);
}

static void write_time_of_day(struct json *json, const char *key, int minutes)
{
    char text[16];
    snprintf(text, sizeof text, "%02d:%02d", minutes / 60, minutes % 60);
    json_key(json, key);
    json_text(json, text);
}

static void write_week(struct json *json, const char *week)
{
    struct weekly weekly;
    json_array(json);
    while (weekly_next(&week, &weekly)) {
        json_object(json);
        json_key(json, "day");
        json_text_bytes(json, &weekly.day, 1);
        write_time_of_day(json, "from", weekly.from);
        write_time_of_day(json, "to", weekly.to);
        json_key(json, "how");
        json_text(json, weekly.is_good ? "g" : "p");
        json_end(json);
    }
    json_end(json);
}

static void write_text(const struct writing *writing, enum out_kind kind, const char *text)
{
    struct json *json = writing->json;
    if (text == NULL)
        text = "";
    if (kind == OUT_WORDS)
        write_words(json, text);
    else if (kind == OUT_WEEK)
        write_week(json, text);
    else if (kind == OUT_DAY || kind == OUT_SOME || kind == OUT_PATH)
        json_text(json, text[0] == '\0' ? NULL : text);
    else if (kind == OUT_MESSAGE && text[0] != '\0')
        json_text(json, message_in(writing->locale, text));
    else
        json_text(json, text);
}

static int64_t number_at(const struct out *row, const char *slot)
{
    if (row->as == OUT_AS_BOOL)
        return *(const bool *)slot;
    if (row->as == OUT_AS_UINT32)
        return *(const uint32_t *)(const void *)slot;
    if (row->as == OUT_AS_SIZE)
        return (int64_t) * (const size_t *)(const void *)slot;
    return *(const int64_t *)(const void *)slot;
}

static void write_number(struct json *json, const struct out *row, const char *slot)
{
    char id[32];
    int64_t number = number_at(row, slot);
    if (row->kind == OUT_BOOLEAN) {
        json_boolean(json, number != 0);
    } else if (row->kind == OUT_INSTANT) {
        write_instant(json, number);
    } else if (row->kind == OUT_ID) {
        snprintf(id, sizeof id, "%lld", (long long)number);
        json_text(json, number == 0 ? NULL : id);
    } else {
        json_integer(json, number);
    }
}

// Opens a struct or a list below the one that is being written.
static void open_below(struct writing *writing, const struct out *row, const char *base)
{
    const char *slot = base + row->offset;
    bool is_list = row->kind == OUT_LIST;
    size_t count = is_list ? *(const size_t *)(const void *)(base + row->count_at) : 1;
    const char *from = row->as == OUT_AS_POINTER ? *(const char *const *)(const void *)slot : slot;
    if (is_list)
        json_array(writing->json);
    if (is_list && count == 0) {
        json_end(writing->json);
        return;
    }
    if (from == NULL && !is_list) {
        json_null(writing->json);
        return;
    }
    if (from == NULL || writing->depth == OUT_DEPTH_MAX) {
        writing->json->buffer->rc = RC_BAD_INPUT; // a fault of the shape or of its load
        return;
    }
    writing->open[writing->depth++] = (struct open_shape){row->of, from, 0, count - 1, is_list};
    json_object(writing->json);
}

static void write_row(struct writing *writing, const struct out *row, const char *base)
{
    struct json *json = writing->json;
    const char *slot = base + row->offset;
    json_key(json, row->name);
    if (row->shown != NULL && !row->shown(base)) {
        json_null(json);
        return;
    }
    switch (row->kind) {
    case OUT_TEXT:
    case OUT_MESSAGE:
    case OUT_WORDS:
    case OUT_SOME:
    case OUT_PATH:
    case OUT_DAY:
    case OUT_WEEK:
        write_text(writing, row->kind, *(const char *const *)(const void *)slot);
        return;
    case OUT_ID:
    case OUT_INTEGER:
    case OUT_BOOLEAN:
    case OUT_INSTANT:
        write_number(json, row, slot);
        return;
    case OUT_FLAGS:
        json_array(json);
        for (unsigned bit = 0; row->names[bit] != NULL; bit++)
            if ((number_at(row, slot) >> bit & 1) != 0 && row->names[bit][0] != '\0')
                json_text(json, row->names[bit]);
        json_end(json);
        return;
    case OUT_INSTANTS:
        json_array(json);
        for (size_t k = 0; k < *(const size_t *)(const void *)(base + row->count_at); k++)
            write_choice(json, ((const int64_t *)(const void *)slot)[k]);
        json_end(json);
        return;
    case OUT_OBJECT:
    case OUT_LIST:
        open_below(writing, row, base);
        return;
    }
}

void out_write(struct json *json, const struct out_shape *shape, const void *from,
               const struct locale *locale)
{
    struct writing writing = {.json = json, .locale = locale};
    writing.open[writing.depth++] = (struct open_shape){shape, from, 0, 0, false};
    json_object(json);
    while (writing.depth > 0 && json->buffer->rc == RC_OK) {
        struct open_shape *top = &writing.open[writing.depth - 1];
        if (top->row < top->shape->count) {
            write_row(&writing, &top->shape->rows[top->row++], top->from);
            continue;
        }
        json_end(json);
        if (top->left > 0) {
            top->left--;
            top->row = 0;
            top->from += top->shape->size;
            json_object(json);
            continue;
        }
        if (top->is_list)
            json_end(json);
        writing.depth--;
    }
}

// SPDX-License-Identifier: Apache-2.0
// A struct as JSON by its shape; a JSON object as a form by its shape; how many requests a minute.
#include "web/out.h"

#include "base/tap.h"

#include "web/field.h"

static struct arena arena;

// ---- out ---------------------------------------------------------------------------------------

struct leaf {
    int64_t id;
    const char *name;
};
struct branch {
    int64_t number;
    bool yes;
    uint32_t flags;
    const char *words;
    const char *week;
    const char *day;
    int64_t at;
    int64_t secret; // in no shape
    struct leaf own;
    struct leaf *other; // NULL: none
    struct leaf *leaves;
    size_t leaf_count;
    struct leaf few[2];
    size_t few_count;
    int64_t times[2];
    size_t time_count;
};

static bool is_large(const void *from)
{
    const struct branch *branch = from;
    return branch->number >= 5;
}

static const char *const flag_names[] = {"red", "", "blue", NULL};
OUT_TYPE(leaf_out, struct leaf);
// clang-format off
static const struct out leaf_rows[] = {
    {"id",   OUT_ID,   OUT_INT_OF(struct leaf,  id),   ""},
    {"name", OUT_TEXT, OUT_TEXT_OF(struct leaf, name), ""},
};
static const struct out_shape leaf_out = OUT_SHAPE("Leaf", struct leaf, leaf_rows);
static const struct out branch_rows[] = {
    {"number", OUT_INTEGER,  OUT_INT_OF(struct branch,  number), "", is_large},
    {"yes",    OUT_BOOLEAN,  OUT_BOOL_OF(struct branch, yes),    ""},
    {"flags",  OUT_FLAGS,    OUT_INT_OF(struct branch,  flags),  "", .names = flag_names},
    {"words",  OUT_WORDS,    OUT_TEXT_OF(struct branch, words),  ""},
    {"week",   OUT_WEEK,     OUT_TEXT_OF(struct branch, week),   ""},
    {"day",    OUT_DAY,      OUT_TEXT_OF(struct branch, day),    ""},
    {"at",     OUT_INSTANT,  OUT_TIME_OF(struct branch, at),     ""},
    {"own",    OUT_OBJECT,   OUT_OBJECT_OF(struct branch, own, leaf_out), ""},
    {"other",  OUT_OBJECT,   OUT_OBJECT_OF(struct branch, other, leaf_out), ""},
    {"leaves", OUT_LIST,     OUT_LIST_OF(struct branch, leaves, leaf_count, leaf_out), ""},
    {"few",    OUT_LIST,     OUT_ARRAY_OF(struct branch, few, few_count, leaf_out), ""},
    {"times",  OUT_INSTANTS, OUT_TIMES_OF(struct branch, times, time_count), ""},
};
// clang-format on
static const struct out_shape branch_out = OUT_SHAPE("Branch", struct branch, branch_rows);

static const char *written(const struct branch *branch)
{
    struct buffer buffer;
    struct json json;
    buffer_open(&buffer, &arena, 1 << 16);
    json_open(&json, &buffer, false);
    out_write(&json, &branch_out, branch, NULL);
    return json_close(&json) == RC_OK ? buffer.bytes : "failed";
}

static void test_out(void)
{
    struct leaf leaves[] = {
        {1,         "a"},
        {INT64_MAX, "b"}
    };
    struct branch branch = {
        .number = 7,
        .yes = true,
        .flags = 7,
        .words = "one two ",
        .week = "w 18:00 21:00 g;6 10:00 24:00 p;",
        .day = "2027-03-31",
        .at = 1,
        .secret = 99,
        .own = {0, NULL},
        .other = &leaves[1],
        .leaves = leaves,
        .leaf_count = 2,
        .few = {{3, "c"}},
        .few_count = 1,
        .times = {1790000000000000},
        .time_count = 1
    };
    is_str(written(&branch),
           "{\"number\":7,\"yes\":true,\"flags\":[\"red\",\"blue\"],\"words\":[\"one\",\"two\"],"
           "\"week\":[{\"day\":\"w\",\"from\":\"18:00\",\"to\":\"21:00\",\"how\":\"g\"},"
           "{\"day\":\"6\",\"from\":\"10:00\",\"to\":\"24:00\",\"how\":\"p\"}],"
           "\"day\":\"2027-03-31\",\"at\":\"1970-01-01T00:00:00Z\",\"own\":{\"id\":null,\"name\":"
           "\"\"},\"other\":{\"id\":\"9223372036854775807\",\"name\":\"b\"},\"leaves\":[{\"id\":"
           "\"1\",\"name\":\"a\"},{\"id\":\"9223372036854775807\",\"name\":\"b\"}],\"few\":[{"
           "\"id\":\"3\",\"name\":\"c\"}],\"times\":[{\"at\":\"2026-09-21T14:13:20Z\",\"value\":"
           "1790000000000000}]}\n",
           "what the shape names, and nothing else");
    struct branch nothing = {.number = 4};
    is_str(written(&nothing),
           "{\"number\":null,\"yes\":false,\"flags\":[],\"words\":[],\"week\":[],\"day\":null,"
           "\"at\":null,\"own\":{\"id\":null,\"name\":\"\"},\"other\":null,\"leaves\":[],"
           "\"few\":[],\"times\":[]}\n",
           "every member is there when there is nothing");
    nothing.leaf_count = 1;
    is_str(written(&nothing), "failed", "a list without its rows is not written");
}

static void test_instants(void)
{
    static const struct {
        int64_t at;
        const char *text;
    } rows[] = {
        {0,                   "1970-01-01T00:00:00Z"},
        {999999,              "1970-01-01T00:00:00Z"},
        {-1,                  "1969-12-31T23:59:59Z"},
        {1709164800000000,    "2024-02-29T00:00:00Z"},
        {253402300799999999,  "9999-12-31T23:59:59Z"},
        {253402300800000000,  ""                    },
        {-62135596800000000,  "0001-01-01T00:00:00Z"},
        {-62135596800000001,  ""                    },
        {INT64_MAX,           ""                    },
        {INT64_MIN + 1000000, ""                    },
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        char text[OUT_INSTANT_BYTES];
        out_instant(rows[k].at, text);
        is_str(text, rows[k].text, "the instant %lld", (long long)rows[k].at);
    }
}

// ---- in ----------------------------------------------------------------------------------------

struct taken {
    const char *line;
    int64_t number;
    int64_t id;
    int64_t tick;
    struct field_many many;
    const char *week;
};
// clang-format off
static const struct field_option options[] = {{"a", "a"}, {"b", "b"}, {NULL, NULL}};
static const struct field fields[] = {
    {"line",   FIELD_LINE,    FIELD_TEXT_OF(struct taken, line),  0, 10,        "l", "", NULL},
    {"number", FIELD_INTEGER, FIELD_INT_OF(struct taken, number), 0, 9,         "n", "", NULL},
    {"id",     FIELD_INTEGER, FIELD_INT_OF(struct taken, id),     0, INT64_MAX, "i", "", NULL},
    {"tick",   FIELD_TICK,    FIELD_INT_OF(struct taken, tick),   0, 1,         "t", "", NULL},
    {"many",   FIELD_MANY,    FIELD_OF(struct taken, many, struct field_many), 0, 2, "m", "", options},
    {"week",   FIELD_WEEK,    FIELD_TEXT_OF(struct taken, week),  0, 2,         "w", "", NULL},
};
// clang-format on
static const struct shape shape = SHAPE_ALSO(struct taken, fields, "slot more");

struct json_row {
    const char *body;
    const char *wrong; // the first refused member; NULL: none
};

static void test_refusals(void)
{
    static const struct json_row rows[] = {
        {"{\"number\":1,\"id\":2,\"line\":\"x\",\"tick\":true,\"many\":[\"a\"],\"week\":[{\"day\":"
         "\"1\",\"from\":\"18:00\",\"to\":\"20:00\",\"how\":\"g\"}],\"slot\":[1,2],\"more\":\"y\"}", NULL        },
        {"{\"id\":\"9223372036854775807\",\"line\":null,\"tick\":false,\"many\":[],\"week\":[]}",
         NULL                                                                                                             },
        {"{\"csrf\":\"x\"}",                                                                                  NULL        },
        {"{\"nope\":1}",                                                                                      "nope"      },
        {"{\"nope\":null}",                                                                                   "nope"      },
        {"{\"nope\":[]}",                                                                                     "nope"      },
        {"{\"line\":1}",                                                                                      "line"      },
        {"{\"line\":true}",                                                                                   "line"      },
        {"{\"line\":[\"x\"]}",                                                                                "line"      },
        {"{\"line\":[]}",                                                                                     "line"      },
        {"{\"number\":\"1\"}",                                                                                "number"    },
        {"{\"number\":true}",                                                                                 "number"    },
        {"{\"tick\":1}",                                                                                      "tick"      },
        {"{\"tick\":\"1\"}",                                                                                  "tick"      },
        {"{\"many\":\"a\"}",                                                                                  "many"      },
        {"{\"many\":[1]}",                                                                                    "many"      },
        {"{\"week\":\"w 18:00 20:00 g;\"}",                                                                   "week"      },
        {"{\"week\":[\"w\"]}",                                                                                "week"      },
        {"{\"week\":[{\"day\":1}]}",                                                                          "week"      },
        {"{\"week\":[{\"when\":\"1\"}]}",                                                                     "week"      },
        {"{\"slot\":[{\"at\":1}]}",                                                                           "slot"      },
        {"{\"week-day-0\":\"1\"}",                                                                            "week-day-0"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        struct form form;
        const char *fault = NULL;
        form_open(&form, &arena);
        is_int(shape_parse_json(&shape, &form, text_of(rows[k].body), &fault), RC_OK, "JSON: %s",
               rows[k].body);
        is_str(form.error_count == 0 ? "fine" : form.errors[0].name,
               rows[k].wrong == NULL ? "fine" : rows[k].wrong, "what is wrong with it");
    }
}

static void test_reading(void)
{
    struct form form;
    struct taken taken = {0};
    const char *fault = NULL;
    form_open(&form, &arena);
    const char *body = "{\"number\":7,\"id\":\"9007199254740993\",\"line\":\" a\\r\\n\",\"tick\":"
                       "true,\"many\":[\"b\",\"a\"],\"week\":[{\"day\":\"w\",\"from\":\"18:00\","
                       "\"to\":\"00:00\",\"how\":\"p\"}],\"slot\":[5,\"6\"]}";
    is_int(shape_parse_json(&shape, &form, text_of(body), &fault), RC_OK, "a whole object");
    is_int(shape_read(&shape, &form, &taken), RC_OK, "is read as a form is");
    is_int(taken.number, 7, "a number");
    is_int(taken.id, 9007199254740993, "an id beyond what a JSON number holds everywhere");
    is_str(taken.line, "a", "text, trimmed");
    is_int(taken.tick, 1, "true");
    is_int((int64_t)taken.many.count, 2, "several");
    is_str(taken.week, "w 18:00 24:00 p;", "a week");
    is_str(form_value(&form, "slot"), "5", "what an act reads by itself");
    is_int((int64_t)form_count(&form, "slot"), 2, "is there twice");
    form_open(&form, &arena);
    is_int(shape_parse_json(NULL, &form, text_of("{\"any\":\"x\",\"of\":[\"y\"]}"), &fault), RC_OK,
           "without a shape");
    is_str(form_value(&form, "of"), "y", "any name is taken");
    form_open(&form, &arena);
    is_int(shape_parse_json(&shape, &form, text_of("{\"line\":\"x\""), &fault), RC_BAD_INPUT,
           "half an object is none");
    ok(fault != NULL && strstr(fault, "line 1") != NULL, "and it says where");
}

int main(void)
{
    arena_open(&arena, 64 << 20);
    test_out();
    test_instants();
    test_refusals();
    test_reading();
    arena_close(&arena);
    return tap_done();
}

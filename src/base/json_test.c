// SPDX-License-Identifier: Apache-2.0
// JSON out: strict, escaped, in order.
#include "base/json.h"

#include <math.h>

#include "base/tap.h"

static struct arena arena;

static void test_values(void)
{
    struct buffer buffer;
    struct json json;
    buffer_open(&buffer, &arena, 10000);
    json_open(&json, &buffer, false);
    json_object(&json);
    json_key(&json, "a");
    json_array(&json);
    json_integer(&json, INT64_MIN);
    json_real(&json, 0.5, 2);
    json_real(&json, (double)NAN, 2);
    json_boolean(&json, true);
    json_text(&json, NULL);
    json_object(&json);
    json_end(&json);
    json_end(&json);
    json_key(&json, "\"\\\n\x01<>&\xc3\xa9\xff\xe2\x80\xa8");
    json_text(&json, "");
    json_end(&json);
    is_int(json_close(&json), RC_OK, "closed");
    is_str(buffer.bytes,
           "{\"a\":[-9223372036854775808,0.50,null,true,null,{}],"
           "\"\\\"\\\\\\n\\u0001\\u003c\\u003e\\u0026\xc3\xa9\xef\xbf\xbd\\u2028\":\"\"}\n",
           "values and escapes");
}

static void test_indent(void)
{
    struct buffer buffer;
    struct json json;
    buffer_open(&buffer, &arena, 10000);
    json_open(&json, &buffer, true);
    json_array(&json);
    json_integer(&json, 1);
    json_array(&json);
    json_end(&json);
    json_end(&json);
    is_int(json_close(&json), RC_OK, "closed");
    is_str(buffer.bytes, "[\n  1,\n  []\n]\n", "indented");
}

static void begin(struct json *json, struct buffer *buffer)
{
    buffer_open(buffer, &arena, 10000);
    json_open(json, buffer, false);
}

static void test_misuse(void)
{
    struct buffer buffer;
    struct json json;
    begin(&json, &buffer);
    is_int(json_close(&json), RC_BAD_INPUT, "nothing");
    begin(&json, &buffer);
    json_object(&json);
    json_integer(&json, 1);
    json_end(&json);
    is_int(json_close(&json), RC_BAD_INPUT, "a member without key");
    begin(&json, &buffer);
    json_array(&json);
    json_key(&json, "a");
    json_end(&json);
    is_int(json_close(&json), RC_BAD_INPUT, "a key in an array");
    begin(&json, &buffer);
    json_array(&json);
    is_int(json_close(&json), RC_BAD_INPUT, "not closed");
    begin(&json, &buffer);
    json_integer(&json, 1);
    json_integer(&json, 1);
    is_int(json_close(&json), RC_BAD_INPUT, "two roots");
    begin(&json, &buffer);
    json_object(&json);
    json_key(&json, "a");
    json_end(&json);
    is_int(json_close(&json), RC_BAD_INPUT, "a key without value");
    begin(&json, &buffer);
    for (int i = 0; i <= JSON_DEPTH_LIMIT; i++)
        json_array(&json);
    for (int i = 0; i <= JSON_DEPTH_LIMIT; i++)
        json_end(&json);
    is_int(json_close(&json), RC_BAD_INPUT, "too deep");
}

int main(void)
{
    arena_open(&arena, 1000000);
    test_values();
    test_indent();
    test_misuse();
    arena_close(&arena);
    return tap_done();
}

// SPDX-License-Identifier: Apache-2.0
// What programs send: RFC 8259 to the letter, as flat as a form.
#include "base/json_read.h"

#include <stdio.h>

#include "base/tap.h"

static struct arena arena;

struct seen {
    char text[400];
    size_t length;
};

static enum rc see(void *context, const struct json_leaf *leaf)
{
    struct seen *seen = context;
    char value[120];
    snprintf(value, sizeof value, "%lld", (long long)leaf->integer);
    const char *what = leaf->kind == JSON_LEAF_TEXT      ? leaf->text
                       : leaf->kind == JSON_LEAF_NULL    ? "null"
                       : leaf->kind == JSON_LEAF_BOOLEAN ? (leaf->integer ? "yes" : "no")
                                                         : value;
    int length = snprintf(seen->text + seen->length, sizeof seen->text - seen->length,
                          "%s[%d].%s%s=%s;", leaf->name, (int)leaf->index,
                          leaf->part == NULL ? "" : leaf->part, leaf->empty ? "empty" : "", what);
    if (length > 0 && seen->length + (size_t)length < sizeof seen->text)
        seen->length += (size_t)length;
    return RC_OK;
}

static enum rc read(const char *bytes, size_t length, struct seen *seen)
{
    const char *fault = NULL;
    *seen = (struct seen){.length = 0};
    enum rc rc = json_read(&arena, (struct text){bytes, length}, see, seen, &fault);
    if (rc == RC_BAD_INPUT && (fault == NULL || fault[0] == '\0'))
        return RC_IO; // a refusal says why
    return rc;
}

#define BYTES(text) (text), sizeof(text) - 1

static const struct {
    const char *text;
    size_t length;
    const char *seen; // NULL: refused
} rows[] = {
    {BYTES("{}"),                                    ""                            },
    {BYTES(" \t\r\n{ \"a\" : \"b\" } \n"),           "a[-1].=b;"                   },
    {BYTES("{\"a\":\"\"}"),                          "a[-1].=;"                    },
    {BYTES("{\"\":\"x\"}"),                          "[-1].=x;"                    },
    {BYTES("{\"a\":null}"),                          "a[-1].=null;"                },
    {BYTES("{\"a\":true,\"b\":false}"),              "a[-1].=yes;b[-1].=no;"       },
    {BYTES("{\"a\":0,\"b\":-1}"),                    "a[-1].=0;b[-1].=-1;"         },
    {BYTES("{\"a\":-0}"),                            "a[-1].=0;"                   },
    {BYTES("{\"a\":9223372036854775807}"),           "a[-1].=9223372036854775807;" },
    {BYTES("{\"a\":[]}"),                            "a[0].empty=null;"            },
    {BYTES("{\"a\":[\"x\",\"y\"]}"),                 "a[0].=x;a[1].=y;"            },
    {BYTES("{\"a\":[{\"d\":\"1\"},{\"d\":\"2\"}]}"), "a[0].d=1;a[1].d=2;"          },
    {BYTES("{\"a\":\"\\u00e9\\n\\t\\/\\\\\\\"\"}"),  "a[-1].=\xc3\xa9\n\t/\\\";"   },
    {BYTES("{\"a\":\"\\ud83d\\ude00\"}"),            "a[-1].=\xf0\x9f\x98\x80;"    },
    {BYTES("{\"a\":\"\xf0\x9f\x98\x80\x7f\"}"),      "a[-1].=\xf0\x9f\x98\x80\x7f;"},
    {BYTES("{\"\\u0061\":\"escaped name\"}"),        "a[-1].=escaped name;"        },
 // no JSON
    {BYTES(""),                                      NULL                          },
    {BYTES(" "),                                     NULL                          },
    {BYTES("{"),                                     NULL                          },
    {BYTES("}"),                                     NULL                          },
    {BYTES("{\"a\""),                                NULL                          },
    {BYTES("{\"a\":"),                               NULL                          },
    {BYTES("{\"a\":1"),                              NULL                          },
    {BYTES("{\"a\":1,}"),                            NULL                          },
    {BYTES("{,\"a\":1}"),                            NULL                          },
    {BYTES("{\"a\" 1}"),                             NULL                          },
    {BYTES("{\"a\"::1}"),                            NULL                          },
    {BYTES("{a:1}"),                                 NULL                          },
    {BYTES("{'a':1}"),                               NULL                          },
    {BYTES("{1:1}"),                                 NULL                          },
    {BYTES("{\"a\":1}{"),                            NULL                          },
    {BYTES("{\"a\":1} x"),                           NULL                          },
    {BYTES("{\"a\":1}//"),                           NULL                          },
    {BYTES("{\"a\":/**/1}"),                         NULL                          },
    {BYTES("{\"a\":01}"),                            NULL                          },
    {BYTES("{\"a\":+1}"),                            NULL                          },
    {BYTES("{\"a\":.5}"),                            NULL                          },
    {BYTES("{\"a\":1.}"),                            NULL                          },
    {BYTES("{\"a\":1e}"),                            NULL                          },
    {BYTES("{\"a\":0x1}"),                           NULL                          },
    {BYTES("{\"a\":- 1}"),                           NULL                          },
    {BYTES("{\"a\":NaN}"),                           NULL                          },
    {BYTES("{\"a\":Infinity}"),                      NULL                          },
    {BYTES("{\"a\":True}"),                          NULL                          },
    {BYTES("{\"a\":nul}"),                           NULL                          },
    {BYTES("{\"a\":truetrue}"),                      NULL                          },
    {BYTES("{\"a\":\"x"),                            NULL                          },
    {BYTES("{\"a\":\"\n\"}"),                        NULL                          },
    {BYTES("{\"a\":\"\t\"}"),                        NULL                          },
    {BYTES("{\"a\":\"\\x41\"}"),                     NULL                          },
    {BYTES("{\"a\":\"\\'\"}"),                       NULL                          },
    {BYTES("{\"a\":\"\\u00e\"}"),                    NULL                          },
    {BYTES("{\"a\":\"\\u00eg\"}"),                   NULL                          },
    {BYTES("{\"a\":\"\\ud83d\"}"),                   NULL                          },
    {BYTES("{\"a\":\"\\ud83d\\u0041\"}"),            NULL                          },
    {BYTES("{\"a\":\"\\ude00\"}"),                   NULL                          },
    {BYTES("{\"a\":\"\\u0000\"}"),                   NULL                          },
    {BYTES("{\"\\u0000\":1}"),                       NULL                          },
    {BYTES("{\"a\":\"\0\"}"),                        NULL                          },
    {BYTES("{\"a\":1}\0"),                           NULL                          },
    {BYTES("\xef\xbb\xbf{\"a\":1}"),                 NULL                          },
    {BYTES("{\"a\":\"\xff\"}"),                      NULL                          },
    {BYTES("{\"a\":\"\xc0\xaf\"}"),                  NULL                          },
    {BYTES("{\"a\":\"\xed\xa0\x80\"}"),              NULL                          },
    {BYTES("{\"a\":\"\xf4\x90\x80\x80\"}"),          NULL                          },
    {BYTES("{\"a\":\"\xe2\x82\"}"),                  NULL                          },
    {BYTES("{\0\"\0a\0\"\0:\0"
           "1\0}\0"),
     NULL                                                                          },
    {BYTES("{\"a\":1\xc2\xa0}"),                     NULL                          },
    {BYTES("{\"a\":[1,]}"),                          NULL                          },
    {BYTES("{\"a\":[,1]}"),                          NULL                          },
    {BYTES("{\"a\":[1 2]}"),                         NULL                          },
    {BYTES("{\"a\":[1}"),                            NULL                          },
    {BYTES("{\"a\":]}"),                             NULL                          },
 // JSON, but no form
    {BYTES("[]"),                                    NULL                          },
    {BYTES("\"a\""),                                 NULL                          },
    {BYTES("1"),                                     NULL                          },
    {BYTES("null"),                                  NULL                          },
    {BYTES("{\"a\":1,\"a\":2}"),                     NULL                          },
    {BYTES("{\"a\":1,\"\\u0061\":2}"),               NULL                          },
    {BYTES("{\"a\":[{\"d\":1,\"d\":2}]}"),           NULL                          },
    {BYTES("{\"a\":1.0}"),                           NULL                          },
    {BYTES("{\"a\":1e2}"),                           NULL                          },
    {BYTES("{\"a\":9223372036854775808}"),           NULL                          },
    {BYTES("{\"a\":1e999}"),                         NULL                          },
    {BYTES("{\"a\":{}}"),                            NULL                          },
    {BYTES("{\"a\":{\"b\":1}}"),                     NULL                          },
    {BYTES("{\"a\":[[]]}"),                          NULL                          },
    {BYTES("{\"a\":[{\"b\":[1]}]}"),                 NULL                          },
    {BYTES("{\"a\":[{\"b\":{\"c\":1}}]}"),           NULL                          },
};

static void test_rows(void)
{
    struct seen seen;
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        enum rc rc = read(rows[k].text, rows[k].length, &seen);
        if (rows[k].seen == NULL)
            is_int(rc, RC_BAD_INPUT, "refused, with why: row %zu", k);
        else if (is_int(rc, RC_OK, "read: row %zu", k))
            is_str(seen.text, rows[k].seen, "as it is: row %zu", k);
    }
}

static void test_limits(void)
{
    static char deep[200001];
    static char long_text[JSON_READ_LIMIT_BYTES + 10];
    static char many[JSON_READ_LEAVES_MAX * 3 + 20];
    struct seen seen;
    memset(deep, '[', sizeof deep - 1);
    memcpy(deep, "{\"a\":", 5);
    is_int(read(deep, sizeof deep - 1, &seen), RC_BAD_INPUT, "a deep hole is no way to the stack");
    memset(long_text, ' ', sizeof long_text);
    is_int(read(long_text, sizeof long_text, &seen), RC_LIMIT, "too long");
    size_t at = (size_t)snprintf(many, sizeof many, "{\"a\":[0");
    for (size_t k = 0; k < JSON_READ_LEAVES_MAX; k++) {
        many[at++] = ',';
        many[at++] = '1';
    }
    many[at++] = ']';
    many[at++] = '}';
    is_int(read(many, at, &seen), RC_LIMIT, "too many values");
    memcpy(many + at - 4, "]}", 2);
    is_int(read(many, at - 2, &seen), RC_OK, "as many as there may be");
}

int main(void)
{
    arena_open(&arena, 64 << 20);
    test_rows();
    test_limits();
    arena_close(&arena);
    return tap_done();
}

// SPDX-License-Identifier: Apache-2.0
//
// Values, refusals and limits of forms.
#include "web/form.h"

#include "base/buffer.h"
#include "base/tap.h"

static struct arena arena;

static void try_good(void)
{
    struct form form;
    form_open(&form, &arena);
    is_int(form_parse(&form, text_of("a=1&b=x+y%20z&a=2&&empty=&c%C3%A9=%0D%0Aq")), RC_OK,
           "parsed");
    is_str(form_value(&form, "a"), "1", "the first value");
    is_uint(form_count(&form, "a"), 2, "both values");
    ok(form_has(&form, "a", "2"), "the second is there");
    is_str(form_value(&form, "b"), "x y z", "plus and %%20 are spaces");
    is_str(form_value(&form, "empty"), "", "an empty value was sent");
    is_str(form_value(&form, "c\xc3\xa9"), "\nq", "line ends are line feeds");
    ok(form_value(&form, "no") == NULL, "what was not sent is not there");
    is_int(form_set(&form, "a", "9"), RC_OK, "set");
    is_str(form_value(&form, "a"), "9", "set replaces");
}

static void try_bad(void)
{
    static const char *const bad[] = {"a=%", "a=%4", "a=%zz", "a=%00", "%00=1", "a=%ff", "a=%c3"};
    for (size_t k = 0; k < sizeof bad / sizeof bad[0]; k++) {
        struct form form;
        form_open(&form, &arena);
        is_int(form_parse(&form, text_of(bad[k])), RC_BAD_INPUT, "refused: %s", bad[k]);
    }
    struct form form;
    form_open(&form, &arena);
    struct buffer many;
    buffer_open(&many, &arena, 1 << 20);
    for (int k = 0; k <= FORM_VALUES_MAX; k++)
        buffer_text(&many, "a=1&");
    is_int(form_parse(&form, (struct text){many.bytes, many.length}), RC_LIMIT, "too many values");
}

static enum rc parse_parts(struct form *form, const char *body)
{
    form_open(form, &arena);
    return form_parse_parts(form, text_of(body), text_of("multipart/form-data; boundary=XX"));
}

static void try_parts(void)
{
    struct form form;
    static const char *const wrong[] = {
        "",
        "--XX",
        "--XX\r\n",
        "--YY\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--YY--",
        "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1",
        "--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--XX--",
        "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--XX--",
    };
    is_int(parse_parts(&form,
                       "--XX\r\nContent-Disposition: form-data; name=\"role\"\r\n\r\none\r\ntwo"
                       "\r\n--XX\r\nContent-Disposition: form-data; name=\"sheet\"; "
                       "filename=\"a%22b.csv\"\r\nContent-Type: text/csv\r\n\r\nx,y\r\n--X\r\n"
                       "\r\n--XX--\r\n"),
           RC_OK, "two parts");
    is_str(form_value(&form, "role"), "one\ntwo", "a field");
    is_str(form.file.name, "sheet", "a file");
    is_str(form.file.file_name, "a\"b.csv", "with its name");
    is_uint(form.file.content.length, 10, "and its bytes, as they are");
    for (size_t k = 0; k < sizeof wrong / sizeof wrong[0]; k++)
        is_int(parse_parts(&form, wrong[k]), RC_BAD_INPUT, "not parts: %zu", k);
    is_int(parse_parts(&form, "--XX\r\nA: b; name=\"a\"; filename=\"\"\r\n\r\n\r\n--XX\r\nA: b; "
                              "name=\"b\"; filename=\"\"\r\n\r\n\r\n--XX--"),
           RC_LIMIT, "one file at most");
}

static void try_errors(void)
{
    struct form form;
    form_open(&form, &arena);
    is_int(form_refuse(&form, "email", "first"), RC_BAD_INPUT, "refusing ends an act");
    form_refuse(&form, "email", "second");
    is_str(form_error(&form, "email")->text, "first", "the first error of a field stays");
    is_uint(form.error_count, 1, "one error");
    ok(form_error(&form, "name") == NULL, "no error elsewhere");
}

static void try_numbers(void)
{
    struct form form;
    form_open(&form, &arena);
    is_int(form_parse(&form, text_of("id=4096&below=-3&none=abc&empty=&most=9223372036854775808")),
           RC_OK, "numbers");
    is_int(form_number(&form, "id"), 4096, "as it was sent");
    is_int(form_number(&form, "below"), 0, "nothing below 0");
    is_int(form_number(&form, "none"), 0, "letters are 0");
    is_int(form_number(&form, "empty"), 0, "nothing is 0");
    is_int(form_number(&form, "no"), 0, "and what was not sent");
    is_int(form_number(&form, "most"), INT64_MAX, "what is too large is the largest");
}

int main(void)
{
    arena_open(&arena, 8 << 20);
    try_good();
    try_numbers();
    try_bad();
    try_parts();
    try_errors();
    arena_close(&arena);
    return tap_done();
}

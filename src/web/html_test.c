// SPDX-License-Identifier: Apache-2.0
//
// Hostile text in every place of a page, and plural forms of three languages.
#include "web/html.h"

#include "base/tap.h"

#include "web/message.h"

static struct arena arena;

static struct html open_html(struct buffer *buffer, const struct locale *locale)
{
    buffer_open(buffer, &arena, 1 << 16);
    return (struct html){.buffer = buffer, .locale = locale};
}

static const struct {
    const char *url;
    const char *want;
} urls[] = {
    {"/cohorts/7?a=1&b=2",           "/cohorts/7?a=1&amp;b=2"},
    {"https://a.example/",           "https://a.example/"    },
    {"mailto:a@b.example",           "mailto:a@b.example"    },
    {"#main",                        "#main"                 },
    {"javascript:alert(1)",          "#refused"              },
    {"JaVaScRiPt:alert(1)",          "#refused"              },
    {"java\tscript:alert(1)",        "#refused"              },
    {" javascript:alert(1)",         "#refused"              },
    {"data:text/html,x",             "#refused"              },
    {"//evil.example",               "#refused"              },
    {"/\\evil.example",              "#refused"              },
    {"https://a.example/\" onclick", "#refused"              },
    {"relative",                     "#refused"              },
    {"",                             "#refused"              },
    {NULL,                           "#refused"              },
};

static void try_urls(void)
{
    for (size_t k = 0; k < sizeof urls / sizeof urls[0]; k++) {
        struct buffer buffer;
        struct html html = open_html(&buffer, NULL);
        html_url(&html, urls[k].url);
        is_str(buffer.bytes, urls[k].want, "address %zu", k);
    }
}

static void try_text(void)
{
    struct buffer buffer;
    struct html html = open_html(&buffer, NULL);
    html_text(&html, "<script>\"x\" & 'y'</script>");
    is_str(buffer.bytes, "&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/script&gt;",
           "the five characters");
    html = open_html(&buffer, NULL);
    html_text(&html, NULL);
    is_str(buffer.bytes, "", "nothing is nothing");
    html_url_part(&html, "a/b?c&d \"\xc3\xa9");
    is_str(buffer.bytes, "a%2Fb%3Fc%26d%20%22%C3%A9", "a part of an address stays one part");
    html = open_html(&buffer, NULL);
    html_integer(&html, INT64_MIN);
    is_str(buffer.bytes, "-9223372036854775808", "the smallest number");
}

static void try_messages(void)
{
    struct buffer buffer;
    struct html html = open_html(&buffer, NULL);
    struct html_value values[] = {
        {"<b>", 0},
        {NULL,  7}
    };
    html_message(&html, "{0} & {1} {2} {", values, 2);
    is_str(buffer.bytes, "&lt;b&gt; &amp; 7 {2} {", "values are escaped; unknown places stay");
    html = open_html(&buffer, locale_find("es"));
    html_message(&html, "Password", NULL, 0);
    is_str(buffer.bytes,
           "Contrase\xc3\xb1"
           "a",
           "translated");
    html = open_html(&buffer, locale_find("es"));
    html_message(&html, "Not in any catalogue", NULL, 0);
    is_str(buffer.bytes, "Not in any catalogue", "English where there is no translation");
    html_words(&html, " / Password / ", 14);
    html_words(&html, "Password", 8);
    is_str(buffer.bytes,
           "Not in any catalogue / Password / Contrase\xc3\xb1"
           "a",
           "so are words");
    html = open_html(&buffer, NULL);
    html_words(&html, "Password", 8);
    is_str(buffer.bytes, "Password", "and in English they stand as they are");
    html = open_html(&buffer, NULL);
    html_plural(&html, "one", "{0} of them", 1, values, 0);
    html_plural(&html, "one", ", {1} of them", 7, values, 2);
    is_str(buffer.bytes, "one, 7 of them", "plural forms");
    html = open_html(&buffer, locale_find("ar"));
    html_message(&html, "Version {0}", values + 1, 1);
    ok(strstr(buffer.bytes, "\xe2\x81\xa8"
                            "7"
                            "\xe2\x81\xa9") != NULL,
       "a value among right-to-left words keeps its own direction");
}

static const struct {
    const char *header;
    const char *want;
} choices[] = {
    {"es",                 "es"},
    {"es-MX,en;q=0.8",     "es"},
    {"en;q=0.3, ar;q=0.9", "ar"},
    {"fr, de;q=0.5",       "en"},
    {"est",                "en"},
    {"",                   "en"},
    {"ar;q=0,es;q=0.1",    "es"},
    {",,,;;;q=,",          "en"},
};

static void try_choices(void)
{
    for (size_t k = 0; k < sizeof choices / sizeof choices[0]; k++)
        is_str(locale_tag(locale_choose(choices[k].header, strlen(choices[k].header))),
               choices[k].want, "Accept-Language: %s", choices[k].header);
    ok(locale_find("xx") == NULL, "no such language");
    is_str(locale_direction(locale_find("ar")), "rtl", "Arabic is read from right to left");
    const struct locale *made_up = locale_find("qps");
    ok(made_up != NULL && message_in(made_up, "Sign in")[0] == '[',
       "the made-up language marks what can be translated");
}

int main(void)
{
    arena_open(&arena, 8 << 20);
    try_urls();
    try_text();
    try_messages();
    try_choices();
    arena_close(&arena);
    return tap_done();
}

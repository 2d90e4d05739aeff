// SPDX-License-Identifier: Apache-2.0
// Holds Markdown to what its header promises.
#include "web/markdown.h"

#include <string.h>

#include "base/tap.h"

static const struct {
    const char *name;
    const char *text;
    const char *html;
} cases[] = {
    {"a paragraph",          "Hello *you* and **all**",
     "<p>Hello <em>you</em> and <strong>all</strong></p>"                                                                  },
    {"headings begin at 2",  "## A\n\n### B\n\n## C",                               "<h2>A</h2><h3>B</h3><h2>C</h2>"       },
    {"and skip none",        "# A\n\n#### B\n\n##### C",                            "<h2>A</h2><h3>B</h3><h4>C</h4>"       },
    {"and end at 6",         "# A\n## B\n### C\n#### D\n##### E\n###### F",
     "<h2>A</h2><h3>B</h3><h4>C</h4><h5>D</h5><h6>E</h6><h6>F</h6>"                                                        },
    {"lists",                "- a\n- b\n\n3. c\n4. d",
     "<ul><li>a</li><li>b</li></ul><ol start=\"3\"><li>c</li><li>d</li></ol>"                                              },
    {"a quote and a rule",   "> a\n\n---\n",                                        "<blockquote><p>a</p></blockquote><hr>"},
    {"code",                 "`a<b`\n\n```\n<i>\n```",
     "<p><code>a&lt;b</code></p><pre><code>&lt;i&gt;\n</code></pre>"                                                       },
    {"raw HTML is text",     "<script>x</script> <b onclick=1>",
     "<p>&lt;script&gt;x&lt;/script&gt; &lt;b onclick=1&gt;</p>"                                                           },
    {"a comment too",        "<!-- x -->",                                          "<p>&lt;!-- x --&gt;</p>"              },
    {"a link",               "[a](https://x.example/?a=1&b=2)",
     "<p><a href=\"https://x.example/?a=1&amp;b=2\" rel=\"noopener noreferrer\">a</a></p>"                                 },
    {"a link of ours",       "[a](/resources)",                                     "<p><a href=\"/resources\">a</a></p>"  },
    {"a script is none",     "[a](javascript:alert(1))",
     "<p><a href=\"#refused\" rel=\"noopener noreferrer\">a</a></p>"                                                       },
    {"nor data",             "[a](data:text/html;base64,eA)",
     "<p><a href=\"#refused\" rel=\"noopener noreferrer\">a</a></p>"                                                       },
    {"nor in entities",      "[a](java&#115;cript:x)",
     "<p><a href=\"#refused\" rel=\"noopener noreferrer\">a</a></p>"                                                       },
    {"nor another host",     "[a](//evil.example/)",
     "<p><a href=\"#refused\" rel=\"noopener noreferrer\">a</a></p>"                                                       },
    {"a quote can't end it", "[a](<https://x.example/\"onclick=1>)",
     "<p><a href=\"https://x.example/&quot;onclick=1\" rel=\"noopener noreferrer\">a</a></p>"                              },
    {"an autolink",          "<mailto:a@b.example>",
     "<p><a href=\"mailto:a@b.example\" rel=\"noopener noreferrer\">mailto:a@b.example</a></p>"                            },
    {"a picture is a link",  "![a [b](/c)](https://x.example/p.png)",
     "<p><a href=\"https://x.example/p.png\" rel=\"noopener noreferrer\">a b</a></p>"                                      },
    {"entities",             "&amp; &lt;i&gt; &#65;&#x42; &bogus; &#0; &#x110000;",
     "<p>&amp; &lt;i&gt; AB &amp;bogus; \xef\xbf\xbd \xef\xbf\xbd</p>"                                                     },
    {"a break",              "a  \nb",                                              "<p>a<br>b</p>"                        },
    {"nothing",              "",                                                    ""                                     },
};

int main(void)
{
    struct arena arena;
    struct safe_html out = {
        {NULL, 0}
    };
    arena_open(&arena, 8 << 20);
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        enum rc rc = markdown_render(&arena, cases[k].text, 2, &out);
        is_int(rc, RC_OK, "%s: read", cases[k].name);
        if (rc == RC_OK) // line ends between blocks don't matter
            is_str(arena_strndup(&arena, out.html.bytes, out.html.length), cases[k].html, "%s",
                   cases[k].name);
    }
    char *deep = arena_alloc(&arena, MARKDOWN_MAX_BYTES + 2);
    ok(deep != NULL, "memory");
    if (deep == NULL)
        return tap_done();
    memset(deep, '>', 100);
    deep[100] = 'a';
    is_int(markdown_render(&arena, deep, 2, &out), RC_LIMIT, "nested too deep");
    memset(deep, 'a', MARKDOWN_MAX_BYTES);
    is_int(markdown_render(&arena, deep, 2, &out), RC_OK, "as long as may be");
    deep[MARKDOWN_MAX_BYTES] = 'a';
    is_int(markdown_render(&arena, deep, 2, &out), RC_LIMIT, "too long");
    is_int(markdown_render(&arena, "\xff", 2, &out), RC_BAD_INPUT, "no text");
    memset(deep, '*', MARKDOWN_MAX_BYTES);
    deep[MARKDOWN_MAX_BYTES] = '\0';
    enum rc rc = markdown_render(&arena, deep, 2, &out);
    ok(rc == RC_OK || rc == RC_LIMIT, "nothing but marks ends");
    arena_close(&arena);
    return tap_done();
}

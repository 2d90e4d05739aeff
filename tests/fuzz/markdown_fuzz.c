// SPDX-License-Identifier: Apache-2.0
//
// Any text as Markdown: it is rendered within its limits, and no tag comes out that we don't write.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "web/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena;
    struct safe_html out;
    arena_open(&arena, 16 << 20);
    char *text = arena_strndup(&arena, (const char *)bytes, length);
    if (text != NULL && markdown_render(&arena, text, 2, &out) == RC_OK) {
        const char *html = arena_strndup(&arena, out.html.bytes, out.html.length);
        if (html != NULL &&
            (strstr(html, "<script") != NULL || strstr(html, "=\"javascript") != NULL))
            abort();
    }
    arena_close(&arena);
    return 0;
}

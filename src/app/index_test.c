// SPDX-License-Identifier: Apache-2.0
// Holds the words of the index to what index.h promises.
#include "app/index.h"

#include <string.h>

#include "base/tap.h"

int main(void)
{
    static const struct {
        const char *text;
        const char *words; // joined by '|'
    } rows[] = {
        {"",                  ""                        },
        {"... !",             ""                        },
        {"Data, data & DATA", "data"                    },
        {"Señora Nuñez",    "nunez|senora"            },
        {"C++ or C#",         "c#|c++|or"               },
        {"导师计划",      "划|导师|师计|计划"},
        {"Go 导师",         "go|导师|师"           },
        {"ﬁne ﬁne",       "fine"                    },
    };
    struct arena arena;
    arena_open(&arena, 8 << 20);
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        const char **words = NULL;
        size_t count = 0;
        struct buffer joined;
        buffer_open(&joined, &arena, 1000);
        is_int(index_words(&arena, rows[k].text, 50, &words, &count), RC_OK, "%s", rows[k].text);
        for (size_t w = 0; w < count; w++)
            buffer_printf(&joined, "%s%s", w == 0 ? "" : "|", words[w]);
        is_str(joined.bytes == NULL ? "" : joined.bytes, rows[k].words, "words of \"%s\"",
               rows[k].text);
    }
    const char **words = NULL;
    size_t count = 0;
    static char huge[200000];
    memset(huge, 'x', sizeof huge - 1);
    is_int(index_words(&arena, huge, 50, &words, &count), RC_OK, "a huge word");
    ok(count == 1 && strlen(words[0]) == INDEX_WORD_BYTES_MAX, "is cut");
    is_int(index_words(&arena, "a b c d e", 3, &words, &count), RC_OK, "many words");
    is_int((int64_t)count, 3, "are as many as asked for");
    arena_close(&arena);
    return tap_done();
}

// SPDX-License-Identifier: Apache-2.0
// Any text as a search: few words, each once, in order, within their length, and the same when read
// again.
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#include "app/index.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    const char **words = NULL;
    size_t count = 0;
    arena_open(&arena, 64 << 20);
    char *text = arena_strndup(&arena, (const char *)data, size);
    if (text != NULL && text_is_utf8(text, strlen(text)) &&
        index_words(&arena, text, INDEX_QUERY_WORDS_MAX, &words, &count) == RC_OK) {
        require(count <= INDEX_QUERY_WORDS_MAX);
        for (size_t k = 0; k < count; k++) {
            require(words[k][0] != '\0' && strlen(words[k]) <= INDEX_WORD_BYTES_MAX);
            require(text_is_utf8(words[k], strlen(words[k])));
            for (size_t other = 0; other < k; other++)
                require(strcmp(words[k], words[other]) != 0);
        }
    }
    arena_close(&arena);
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
// Any bytes as an uploaded file: what is taken is no longer than it was, and of the same kind when
// it is read again; a name is one that a browser can save under.
#include <stdlib.h>
#include <string.h>

#include "format/upload.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void try_name(struct arena *arena, const char *told)
{
    const char *name = NULL;
    if (upload_name(arena, told, UPLOAD_PDF, &name) != RC_OK)
        return;
    size_t length = strlen(name);
    require(length > 4 && length <= UPLOAD_NAME_MAX + 8 && name[0] != '.');
    require(strcmp(name + length - 4, ".pdf") == 0 && strpbrk(name, "/\\\"\r\n;") == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    enum upload_kind kind = UPLOAD_PDF;
    enum upload_kind again = UPLOAD_PDF;
    struct text clean = {NULL, 0};
    struct text twice = {NULL, 0};
    const char *why = NULL;
    arena_open(&arena, 64 << 20);
    const struct text content = {(const char *)data, size};
    if (upload_read(&arena, content, &kind, &clean, &why) == RC_OK) {
        require(clean.length <= size);
        require(upload_read(&arena, clean, &again, &twice, &why) == RC_OK && again == kind);
        require(twice.length == clean.length &&
                memcmp(twice.bytes, clean.bytes, clean.length) == 0);
    }
    char *told = arena_strndup(&arena, (const char *)data, size);
    if (told != NULL && text_is_utf8(told, strlen(told)))
        try_name(&arena, told);
    arena_close(&arena);
    return 0;
}

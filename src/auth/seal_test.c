// SPDX-License-Identifier: Apache-2.0
// Holds sealing to what its header promises.
#define _POSIX_C_SOURCE 200809L // mkdtemp

#include "auth/seal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/tap.h"

#include "auth/token.h"

static char path[64];

static void try_file(struct arena *arena)
{
    struct seal *seal = NULL;
    struct seal *again = NULL;
    struct text content;
    const char *error = "";
    is_int(seal_open(arena, path, false, &seal, &error), RC_NOT_FOUND, "no file, and none is made");
    is_int(seal_open(arena, path, true, &seal, &error), RC_OK, "it is made when asked for");
    ok(seal_is_private(path), "for its owner alone");
    is_int(seal_open(arena, path, true, &again, &error), RC_OK, "and read again");
    ok(again->count == 1 && memcmp(again->keys[0].key, seal->keys[0].key, 32) == 0, "the same");
    is_int(seal_add(arena, path, again, &error), RC_OK, "a second key");
    is_int(seal_open(arena, path, false, &again, &error), RC_OK, "which is kept");
    is_int((int64_t)again->count, 2, "beside the first");
    is_int(file_read(arena, path, 1 << 16, &content, &error), RC_OK, "the file");
    char *copy = arena_strndup(arena, content.bytes, content.length);
    copy[content.length - 3] = copy[content.length - 3] == 'a' ? 'b' : 'a';
    file_write(arena, path, copy, content.length, &error);
    is_int(seal_open(arena, path, false, &seal, &error), RC_BAD_INPUT, "a wrong digit is noticed");
    file_write(arena, path, "", 0, &error);
    is_int(seal_open(arena, path, true, &seal, &error), RC_BAD_INPUT,
           "an empty file is not filled");
    chmod(path, 0644);
    ok(!seal_is_private(path), "what others can read is told");
    unlink(path);
}

static void try_texts(struct arena *arena)
{
    struct seal *seal = NULL;
    const char *error = "";
    const char *sealed = NULL;
    const char *other = NULL;
    const char *text = NULL;
    seal_open(arena, path, true, &seal, &error);
    is_int(seal_text(NULL, arena, "p", "x", &sealed), RC_IO, "without a key nothing is sealed");
    is_int(seal_text(seal, arena, "p 1", "", &sealed), RC_OK, "nothing");
    is_str(sealed, "", "stays nothing");
    is_int(seal_text(seal, arena, "p 1", "CANARY \xc3\xa9", &sealed), RC_OK, "a text");
    seal_text(seal, arena, "p 1", "CANARY \xc3\xa9", &other);
    ok(strstr(sealed, "CANARY") == NULL && strcmp(sealed, other) != 0, "is never the same twice");
    is_int(seal_read(seal, arena, "p 1", sealed, &text), RC_OK, "is opened");
    is_str(text, "CANARY \xc3\xa9", "as it was");
    is_int(seal_read(seal, arena, "p 2", sealed, &text), RC_BAD_INPUT, "but at its place only");
    is_int(seal_read(NULL, arena, "p 1", sealed, &text), RC_NOT_FOUND, "and with its key only");
    is_int(seal_read(seal, arena, "p 1", "from before", &text), RC_OK, "what was never sealed");
    is_str(text, "from before", "stays as it is");
    size_t wrong = 0;
    for (size_t k = 0; k < strlen(sealed); k++) {
        char *bad = arena_strdup(arena, sealed);
        bad[k] = bad[k] == 'A' ? 'B' : 'A';
        enum rc rc = seal_read(seal, arena, "p 1", bad, &text);
        wrong += rc == RC_OK && strcmp(text, bad) != 0;
    }
    is_int((int64_t)wrong, 0, "no change of a letter goes unnoticed");
    ok(seal_is_new(seal, sealed) && !seal_is_new(seal, "from before"), "what is to be sealed anew");
    seal_add(arena, path, seal, &error);
    ok(!seal_is_new(seal, sealed), "after a new key: all");
    is_int(seal_read(seal, arena, "p 1", sealed, &text), RC_OK, "the old key still opens");
    seal_forget(arena, path, seal, &error);
    is_int(seal_read(seal, arena, "p 1", sealed, &text), RC_NOT_FOUND, "until it is forgotten");
    unlink(path);
}

int main(void)
{
    struct arena arena;
    char folder[] = "/tmp/trellis-seal-XXXXXX";
    if (mkdtemp(folder) == NULL || auth_start() != RC_OK)
        return 1;
    snprintf(path, sizeof path, "%s/keys", folder);
    arena_open(&arena, 8 << 20);
    try_file(&arena);
    try_texts(&arena);
    arena_close(&arena);
    rmdir(folder);
    return tap_done();
}

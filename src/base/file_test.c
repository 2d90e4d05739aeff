// SPDX-License-Identifier: Apache-2.0
// Files: whole or not at all, with a sentence when not.
#define _POSIX_C_SOURCE 200809L
#include "base/file.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/tap.h"

static void test_in(struct arena *arena, const char *folder)
{
    const char *error = NULL;
    struct text content = {0};
    char *path = file_join(arena, folder, "a.txt");
    is_int(file_read(arena, path, 100, &content, &error), RC_NOT_FOUND, "not there yet");
    ok(strstr(error, "there is no such file") != NULL, "and said so: %s", error);
    is_int(file_write(arena, path, "hello\0x", 7, &error), RC_OK, "written");
    is_str(error, "", "without complaint");
    is_int(file_write(arena, path, "world", 5, &error), RC_OK, "written over");
    is_int(file_read(arena, path, 5, &content, &error), RC_OK, "read at the limit");
    ok(text_equal(content, text_of("world")), "the new content");
    is_int(file_read(arena, path, 4, &content, &error), RC_LIMIT, "over the limit");
    ok(strstr(error, "larger than 4 bytes") != NULL, "and said so: %s", error);
    struct stat stat_of;
    mode_t mask = umask(022);
    file_write(arena, path, "x", 1, &error);
    ok(stat(path, &stat_of) == 0 && (stat_of.st_mode & 0777) == 0644, "with the usual permissions");
    umask(mask);
    is_int(file_read(arena, folder, 100, &content, &error), RC_IO, "a folder cannot be read");
    ok(strstr(error, "it is a folder") != NULL, "and said so: %s", error);
    is_int(file_make_folder(arena, folder, &error), RC_OK, "a folder that is there is fine");
    is_int(file_make_folder(arena, path, &error), RC_IO, "a file is not");
    char *lost = file_join(arena, path, "b.txt");
    is_int(file_write(arena, lost, "x", 1, &error), RC_IO, "no folder to write to");
    ok(strstr(error, "a part of its path is not a folder") != NULL, "and said so: %s", error);
    unlink(path);
    is_int(rmdir(folder), 0, "nothing else is left behind");
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 1000000);
    char folder[] = "/tmp/trellis-file-test-XXXXXX";
    if (ok(mkdtemp(folder) != NULL, "a folder to work in"))
        test_in(&arena, folder);
    arena_close(&arena);
    return tap_done();
}

// SPDX-License-Identifier: Apache-2.0
// All files or none: a failure at the last one takes the first one back.
#define _POSIX_C_SOURCE 200809L
#include "match_files.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/tap.h"

static struct arena arena;

static struct buffer *text_of_file(const char *text)
{
    struct buffer *buffer = ARENA_NEW(&arena, struct buffer);
    buffer_open(buffer, &arena, 1000);
    buffer_text(buffer, text);
    return buffer;
}

static const char *content_of(const char *path)
{
    struct text content;
    const char *error = "";
    return file_read(&arena, path, 1000, &content, &error) == RC_OK ? content.bytes : NULL;
}

static void test_all(const char *folder)
{
    struct match_files files;
    const char *error = "";
    match_files_open(&files, &arena);
    files.folder = file_join(&arena, folder, "new");
    char *one = file_join(&arena, files.folder, "one");
    char *two = file_join(&arena, folder, "two");
    is_int(match_files_add(&files, one, text_of_file("1")), RC_OK, "a first file");
    is_int(match_files_add(&files, one, text_of_file("3")), RC_EXISTS, "its path is taken then");
    is_int(match_files_add(&files, two, text_of_file("2")), RC_OK, "a second file");
    is_int(match_files_write(&files, &error), RC_OK, "are written");
    is_str(content_of(one), "1", "the first");
    is_str(content_of(two), "2", "and the second");
    unlink(one);
    rmdir(files.folder);
}

static void test_none(const char *folder)
{
    struct match_files files;
    const char *error = "";
    match_files_open(&files, &arena);
    char *two = file_join(&arena, folder, "two");
    char *nowhere = file_join(&arena, folder, "missing/three");
    files.folder = file_join(&arena, folder, "empty");
    match_files_add(&files, two, text_of_file("new"));
    match_files_add(&files, nowhere, text_of_file("new"));
    is_int(match_files_write(&files, &error), RC_IO, "a folder that is not there");
    is_str(error, arena_printf(&arena, "cannot write %s: the folder is not there", nowhere),
           "is named");
    is_str(content_of(two), "2", "the other file is as it was");
    is_int(rmdir(files.folder), -1, "the folder that was made is gone");
    unlink(two);
    is_int(rmdir(folder), 0, "and no temporary file is left");
}

static void test_failed_content(void)
{
    struct match_files files;
    match_files_open(&files, &arena);
    struct buffer small;
    buffer_open(&small, &arena, 1);
    buffer_text(&small, "too long");
    is_int(match_files_add(&files, "x", &small), RC_LIMIT, "a content that failed is not written");
    is_int(files.count, 0, "and not kept");
}

int main(void)
{
    arena_open(&arena, 1 << 20);
    char folder[] = "/tmp/match-files-XXXXXX";
    if (!ok(mkdtemp(folder) != NULL, "a folder to try in"))
        return tap_done();
    test_all(folder);
    test_none(folder);
    test_failed_content();
    arena_close(&arena);
    return tap_done();
}

// SPDX-License-Identifier: Apache-2.0
// Files, with limits and with errors in words; see file.h.
#define _POSIX_C_SOURCE 200809L
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"

enum { FILE_CHUNK_BYTES = 64 * 1024 };

// What errno means to the person who typed the name.
static const char *reason(int error)
{
    switch (error) {
    case ENOENT:
        return "there is no such file or folder";
    case EACCES:
    case EPERM:
        return "permission denied";
    case EISDIR:
        return "it is a folder";
    case ENOTDIR:
        return "a part of its path is not a folder";
    case ENOSPC:
    case EDQUOT:
        return "there is no space left";
    case EROFS:
        return "the disk is read-only";
    case EMFILE:
    case ENFILE:
        return "too many files are open";
    case ENAMETOOLONG:
        return "the name is too long";
    case EIO:
        return "the disk reported an error";
    case EEXIST:
        return "something of that name is there already";
    default:
        return "the system refused it";
    }
}

static void explain(struct arena *arena, const char *verb, const char *path, int error,
                    const char **ret_error)
{
    const char *text = arena_printf(arena, "cannot %s %s: %s", verb, path, reason(error));
    *ret_error = text == NULL ? "" : text;
}

// Reads until the end into the buffer.
static enum rc read_all(int file, struct buffer *content, int *ret_errno)
{
    char chunk[FILE_CHUNK_BYTES];
    for (;;) {
        ssize_t got = read(file, chunk, sizeof chunk);
        if (got == 0)
            return RC_OK;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            *ret_errno = errno;
            return RC_IO;
        }
        TRY(buffer_append(content, chunk, (size_t)got));
    }
}

enum rc file_read(struct arena *arena, const char *path, size_t limit, struct text *ret_content,
                  const char **ret_error)
{
    *ret_error = "";
    bool standard_input = strcmp(path, "-") == 0;
    int file = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        int error = errno;
        explain(arena, "read", path, error, ret_error);
        return error == ENOENT ? RC_NOT_FOUND : RC_IO;
    }
    struct buffer content;
    buffer_open(&content, arena, limit);
    int error = 0;
    enum rc rc = read_all(file, &content, &error);
    if (!standard_input)
        close(file);
    if (rc == RC_IO)
        explain(arena, "read", path, error, ret_error);
    if (rc == RC_LIMIT) {
        const char *text =
            arena_printf(arena, "cannot read %s: it is larger than %zu bytes", path, limit);
        *ret_error = text == NULL ? "" : text;
    }
    if (rc == RC_OK)
        *ret_content = (struct text){content.bytes, content.length};
    return rc;
}

static enum rc write_all(int file, const char *bytes, size_t length)
{
    size_t done = 0;
    while (done < length) {
        ssize_t put = write(file, bytes + done, length - done);
        if (put < 0 && errno != EINTR)
            return RC_IO;
        done += put > 0 ? (size_t)put : 0;
    }
    return RC_OK;
}

// Makes a rename or a new name last: the folder itself is synced. Some file systems cannot; that is
// no failure.
static void sync_folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *folder =
        slash == NULL ? "." : arena_strndup(arena, path, (size_t)(slash - path) + 1);
    int file = folder == NULL ? -1 : open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0)
        return;
    (void)fsync(file);
    close(file);
}

// The permissions that a new file gets here. umask() can only be read by setting it.
static mode_t new_file_mode(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

// Fills the open temporary file and puts it under its name.
static enum rc write_and_rename(int file, const char *temporary, const char *path,
                                const char *bytes, size_t length)
{
    TRY(write_all(file, bytes, length));
    if (fchmod(file, new_file_mode()) != 0 || fsync(file) != 0)
        return RC_IO;
    return rename(temporary, path) == 0 ? RC_OK : RC_IO;
}

enum rc file_write(struct arena *arena, const char *path, const char *bytes, size_t length,
                   const char **ret_error)
{
    *ret_error = "";
    char *temporary = arena_printf(arena, "%s.XXXXXX", path);
    if (temporary == NULL)
        return RC_NO_MEMORY;
    int file = mkstemp(temporary);
    if (file < 0) {
        explain(arena, "write", path, errno, ret_error);
        return RC_IO;
    }
    enum rc rc = write_and_rename(file, temporary, path, bytes, length);
    int error = errno;
    close(file);
    if (rc != RC_OK) {
        unlink(temporary);
        explain(arena, "write", path, error, ret_error);
        return rc;
    }
    sync_folder_of(arena, path);
    return RC_OK;
}

enum rc file_make_folder(struct arena *arena, const char *path, const char **ret_error)
{
    *ret_error = "";
    if (mkdir(path, 0777) == 0)
        return RC_OK;
    int error = errno;
    struct stat there;
    if (error == EEXIST && stat(path, &there) == 0 && S_ISDIR(there.st_mode))
        return RC_OK;
    explain(arena, "make the folder", path, error, ret_error);
    return RC_IO;
}

char *file_join(struct arena *arena, const char *folder, const char *name)
{
    size_t length = strlen(folder);
    const char *slash = length > 0 && folder[length - 1] == '/' ? "" : "/";
    return arena_printf(arena, "%s%s%s", folder, slash, name);
}

static bool ends_with(const char *name, const char *ending)
{
    size_t length = strlen(name);
    size_t wanted = strlen(ending);
    return length >= wanted && strcmp(name + length - wanted, ending) == 0;
}

// Only what is there already is looked at: unlinking while reading a folder is allowed.
static enum rc drop_in(DIR *folder, const char *ending, int64_t before_s)
{
    struct dirent *entry = NULL;
    enum rc rc = RC_OK;
    // cppcheck-suppress readdirCalled
    while ((entry = readdir(folder)) != NULL) { // NOLINT(concurrency-mt-unsafe): a DIR of our own
        struct stat about;
        if (!ends_with(entry->d_name, ending) ||
            fstatat(dirfd(folder), entry->d_name, &about, AT_SYMLINK_NOFOLLOW) != 0 ||
            !S_ISREG(about.st_mode) || (int64_t)about.st_mtime >= before_s)
            continue;
        if (unlinkat(dirfd(folder), entry->d_name, 0) != 0)
            rc = RC_IO;
    }
    return rc;
}

enum rc file_drop_old(const char *path, const char *ending, int64_t before_s)
{
    DIR *folder = opendir(path);
    if (folder == NULL)
        return errno == ENOENT ? RC_OK : RC_IO;
    enum rc rc = drop_in(folder, ending, before_s);
    closedir(folder);
    return rc;
}

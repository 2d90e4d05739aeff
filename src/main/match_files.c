// SPDX-License-Identifier: Apache-2.0
// All files or none; see match_files.h.
#define _POSIX_C_SOURCE 200809L
#include "match_files.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

void match_files_open(struct match_files *files, struct arena *arena)
{
    *files = (struct match_files){.arena = arena};
}

enum rc match_files_add(struct match_files *files, const char *path, const struct buffer *content)
{
    TRY(content->rc);
    if (files->count == MATCH_FILES_MAX)
        return RC_LIMIT;
    for (size_t i = 0; i < files->count; i++)
        if (strcmp(files->files[i].path, path) == 0)
            return RC_EXISTS;
    files->files[files->count++] = (struct match_file){path, content->bytes, content->length, NULL};
    return RC_OK;
}

static const char *reason(int error)
{
    switch (error) {
    case ENOENT:
        return "the folder is not there";
    case EACCES:
    case EPERM:
        return "permission denied";
    case ENOTDIR:
        return "a part of its path is not a folder";
    case EISDIR:
        return "it is a folder";
    case ENOSPC:
        return "there is no space left";
    case EROFS:
        return "the disk is read-only";
    default:
        return "the system refused it";
    }
}

static enum rc explain(struct match_files *files, const char *path, const char **ret_error)
{
    const char *text = arena_printf(files->arena, "cannot write %s: %s", path, reason(errno));
    *ret_error = text == NULL ? "" : text;
    return RC_IO;
}

static bool write_all(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t put = write(file, bytes, length);
        if (put < 0 && errno != EINTR)
            return false;
        size_t done = put > 0 ? (size_t)put : 0;
        bytes += done;
        length -= done;
    }
    return true;
}

// The permissions that a new file gets here. umask() can only be read by setting it.
static mode_t new_file_mode(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static enum rc write_temporary(struct match_files *files, struct match_file *file,
                               const char **ret_error)
{
    struct stat there;
    if (stat(file->path, &there) == 0 && S_ISDIR(there.st_mode)) {
        errno = EISDIR;
        return explain(files, file->path, ret_error);
    }
    char *temporary = arena_printf(files->arena, "%s.XXXXXX", file->path);
    if (temporary == NULL)
        return RC_NO_MEMORY;
    int open_file = mkstemp(temporary);
    if (open_file < 0)
        return explain(files, file->path, ret_error);
    file->temporary = temporary;
    bool good = write_all(open_file, file->bytes, file->length) &&
                fchmod(open_file, new_file_mode()) == 0 && fsync(open_file) == 0;
    enum rc rc = good ? RC_OK : explain(files, file->path, ret_error);
    close(open_file);
    return rc;
}

static enum rc write_temporaries(struct match_files *files, const char **ret_error)
{
    for (size_t i = 0; i < files->count; i++)
        TRY(write_temporary(files, &files->files[i], ret_error));
    return RC_OK;
}

static void remove_temporaries(struct match_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        if (files->files[i].temporary != NULL)
            unlink(files->files[i].temporary);
        files->files[i].temporary = NULL;
    }
}

static enum rc rename_all(struct match_files *files, const char **ret_error)
{
    for (size_t i = 0; i < files->count; i++) {
        if (rename(files->files[i].temporary, files->files[i].path) != 0)
            return explain(files, files->files[i].path, ret_error);
        files->files[i].temporary = NULL;
    }
    return RC_OK;
}

static void ending_signals(sigset_t *ret_set)
{
    sigemptyset(ret_set);
    sigaddset(ret_set, SIGINT);
    sigaddset(ret_set, SIGTERM);
    sigaddset(ret_set, SIGHUP);
}

static bool is_asked_to_end(void)
{
    sigset_t waiting;
    return sigpending(&waiting) == 0 &&
           (sigismember(&waiting, SIGINT) == 1 || sigismember(&waiting, SIGTERM) == 1 ||
            sigismember(&waiting, SIGHUP) == 1);
}

enum rc match_files_write(struct match_files *files, const char **ret_error)
{
    *ret_error = "";
    sigset_t ending;
    sigset_t before;
    ending_signals(&ending);
    pthread_sigmask(SIG_BLOCK, &ending, &before);
    struct stat there;
    bool is_new = files->folder != NULL && stat(files->folder, &there) != 0;
    enum rc rc = RC_OK;
    if (files->folder != NULL)
        rc = file_make_folder(files->arena, files->folder, ret_error);
    if (rc == RC_OK)
        rc = write_temporaries(files, ret_error);
    if (rc == RC_OK && is_asked_to_end())
        rc = RC_STOPPED;
    if (rc == RC_OK)
        rc = rename_all(files, ret_error);
    remove_temporaries(files);
    if (rc != RC_OK && is_new)
        rmdir(files->folder);
    pthread_sigmask(SIG_SETMASK, &before, NULL); // a signal that waited ends the program here
    return rc;
}

// SPDX-License-Identifier: Apache-2.0
//
// Why: tests in which the machine fails: the n-th piece of memory is not there, once or from then
// on; the n-th write or sync of a disk fails, is cut short or interrupted. The C library's calls
// are answered here first. To be included once, by a test that is skipped under
// sanitizers: these bring their own.
//
// Not for: anything but tests.
#ifndef TRELLIS_MAIN_FAULT_TEST_H
#define TRELLIS_MAIN_FAULT_TEST_H

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "demo.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#endif

#ifndef SANITIZED

// ---- the calls that fail -----------------------------------------------------------------------

enum fault {
    FAULT_NONE,
    FAULT_MEMORY,
    FAULT_EIO,
    FAULT_ENOSPC,
    FAULT_EINTR,
    FAULT_SHORT,
    FAULT_LIE
};

static struct {
    atomic_int kind;
    atomic_long at;     // the call with this number, from 1; 0: none
    atomic_bool sticky; // and all later ones
    atomic_long calls;
    atomic_long fired;
} plan;

static bool fails_now(bool memory)
{
    int kind = atomic_load(&plan.kind);
    if (kind == FAULT_NONE || (kind == FAULT_MEMORY) != memory)
        return false;
    long call = atomic_fetch_add(&plan.calls, 1) + 1;
    long at = atomic_load(&plan.at);
    bool fails = at != 0 && (call == at || (call > at && atomic_load(&plan.sticky)));
    if (fails)
        atomic_fetch_add(&plan.fired, 1);
    return fails;
}

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

// Libraries that end the program when there is no memory: calendars, and what draws PDF. Nothing
// above them can help that, so theirs is always there.
enum { SPARED_MAX = 40 };
static struct {
    uintptr_t from;
    uintptr_t to;
} spared[SPARED_MAX];
static size_t spared_count;

static inline int spare_library(struct dl_phdr_info *info, size_t size, void *data)
{
    static const char *const names[] = {"libical",    "libicu",    "libglib",     "libgobject",
                                        "libpango",   "libcairo",  "libharfbuzz", "libfontconfig",
                                        "libqpdf",    "libstdc++", "libfreetype", "libthai",
                                        "libfribidi", "libdatrie", "libpixman",   "libexpat"};
    (void)size;
    (void)data;
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        if (strstr(info->dlpi_name, names[k]) == NULL)
            continue;
        for (unsigned n = 0; n < info->dlpi_phnum && spared_count < SPARED_MAX; n++) {
            if (info->dlpi_phdr[n].p_type != PT_LOAD || (info->dlpi_phdr[n].p_flags & PF_X) == 0)
                continue;
            spared[spared_count].from = info->dlpi_addr + info->dlpi_phdr[n].p_vaddr;
            spared[spared_count].to = spared[spared_count].from + info->dlpi_phdr[n].p_memsz;
            spared_count++;
        }
    }
    return 0;
}

static inline void spare_libraries(void)
{
    dl_iterate_phdr(spare_library, NULL);
}

static bool is_spared(const void *caller)
{
    if (atomic_load(&plan.kind) != FAULT_MEMORY)
        return false;
    for (size_t k = 0; k < spared_count; k++)
        if ((uintptr_t)caller >= spared[k].from && (uintptr_t)caller < spared[k].to)
            return true;
    return false;
}

#define NO_MEMORY (!is_spared(__builtin_return_address(0)) && fails_now(true))

void *malloc(size_t size)
{
    return NO_MEMORY ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return NO_MEMORY ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return NO_MEMORY ? NULL : __libc_realloc(old, size);
}

// The C library's own calls malloc in the name of whoever called it.
char *strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = NO_MEMORY ? NULL : __libc_malloc(size);
    return copy == NULL ? NULL : memcpy(copy, text, size);
}

// -1 with errno for a call that fails; else how many bytes it may write.
static ssize_t allowed(size_t length)
{
    if (!fails_now(false))
        return (ssize_t)length;
    switch (atomic_load(&plan.kind)) {
    case FAULT_SHORT:
        return length > 1 ? (ssize_t)(length / 2) : (ssize_t)length;
    case FAULT_ENOSPC:
        errno = ENOSPC;
        return -1;
    case FAULT_EINTR:
        errno = EINTR;
        return -1;
    case FAULT_LIE:
        return 0;
    default:
        errno = EIO;
        return -1;
    }
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at)
{
    ssize_t most = allowed(length);
    if (most == 0 && length > 0)
        return (ssize_t)length; // says that it has written
    return most < 0 ? -1 : (ssize_t)syscall(SYS_pwrite64, fd, bytes, (size_t)most, at);
}

// Files alone: what wakes a thread is no disk.
static bool is_file(int fd)
{
    struct stat about;
    return fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    ssize_t most = is_file(fd) ? allowed(length) : (ssize_t)length;
    if (most == 0 && length > 0)
        return (ssize_t)length;
    return most < 0 ? -1 : (ssize_t)syscall(SYS_write, fd, bytes, (size_t)most);
}

static int allowed_sync(void)
{
    int kind = atomic_load(&plan.kind);
    if (kind != FAULT_EIO && kind != FAULT_ENOSPC)
        return 0; // nothing of it can be short
    return allowed(1) < 0 ? -1 : 0;
}

int fsync(int fd)
{
    return allowed_sync() < 0 ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return allowed_sync() < 0 ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int rename(const char *from, const char *to)
{
    return allowed_sync() < 0 ? -1 : (int)syscall(SYS_rename, from, to);
}

int ftruncate64(int fd, off64_t length)
{
    return allowed_sync() < 0 ? -1 : (int)syscall(SYS_ftruncate, fd, length);
}

static inline void arm(enum fault kind, long at, bool sticky)
{
    atomic_store(&plan.calls, 0);
    atomic_store(&plan.fired, 0);
    atomic_store(&plan.at, at);
    atomic_store(&plan.sticky, sticky);
    atomic_store(&plan.kind, kind);
}

static inline long disarm(void)
{
    atomic_store(&plan.kind, FAULT_NONE);
    return atomic_load(&plan.calls);
}

// ---- what they meet ----------------------------------------------------------------------------

// Each place, as TEST_FAULTS=all asks for, instead of some of them.
static inline bool faults_everywhere(void)
{
    const char *wanted = getenv("TEST_FAULTS");
    return wanted != NULL && strcmp(wanted, "all") == 0;
}

// The demo speaks of itself on standard output, where TAP goes.
static inline bool make_demo(char *folder)
{
    char *const words[] = {(char[]){"demo"}, (char[]){"--data"}, folder, NULL};
    (void)fflush(stdout);
    int kept = dup(STDOUT_FILENO);
    int away = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(away, STDOUT_FILENO);
    int status = demo_command(3, (char **)(uintptr_t)words);
    (void)fflush(stdout);
    dup2(kept, STDOUT_FILENO);
    close(kept);
    close(away);
    return status == 0;
}

#endif
#endif

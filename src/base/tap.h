// SPDX-License-Identifier: Apache-2.0
// The test harness: numbered checks in the Test Anything Protocol, which meson reads.
//
// Why: a test needs to say what it expects and, when that fails, to show what it got and where.
// One header is enough for that, so there is no library to install and nothing to link.
//
// Use: one program per x_test.c. Call the macros below as often as wanted, then end main with
// `return tap_done();`. Each check prints one line, `ok 3 - name`, or
// `not ok 3 - name # x_test.c:12 got 4, want 5`. The plan comes last, so nobody counts by hand;
// a program that stops early prints no plan and is a failure, and so is one that checked nothing.
//
//     ok(cond, "name %d", n)            cond holds; the name is a printf format
//     is_int(got, want, "name %d", n)   two integers are equal
//     is_uint(got, want, "name %d", n)  the same for unsigned ones up to UINT64_MAX
//     is_str(got, want, "name %d", n)   two strings are equal; NULL equals only NULL
//     is_mem(got, want, len, "name")    two ranges of bytes are equal
//     skip("why", "name %d", n)         counted as passed, and marked as not run
//     note("text %d", n)                a comment line, not counted
//     tap_share(n)                      how many of n random cases to try: all, or the percent of
//                                       TEST_SHARE, which slow sanitizer builds set; at least one
//
// Every check returns whether it held, so that a test can stop before it uses what is not there:
// `if (!ok(file != NULL, "opened")) return tap_done();`. A name that is not a literal is written
// as `"%s", row->name`.
//
// Not for threads, not for a test of several source files (the counters are static), and not for
// production code.

#ifndef TRELLIS_BASE_TAP_H
#define TRELLIS_BASE_TAP_H

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TAP_TEXT_MAX 240 // bytes of a name or of a value that are shown
#define TAP_PRINTF(at, first) __attribute__((format(printf, at, first)))

// Where a check stands in the source.
struct tap_place {
    const char *file;
    int line;
};

#define TAP_HERE ((struct tap_place){__FILE__, __LINE__})

#define ok(cond, ...) tap_ok((cond) ? true : false, TAP_HERE, __VA_ARGS__)
#define is_int(got, want, ...) tap_int((int64_t)(got), (int64_t)(want), TAP_HERE, __VA_ARGS__)
#define is_uint(got, want, ...) tap_uint((uint64_t)(got), (uint64_t)(want), TAP_HERE, __VA_ARGS__)
#define is_str(got, want, ...) tap_str((got), (want), TAP_HERE, __VA_ARGS__)
#define is_mem(got, want, len, ...) tap_mem((got), (want), (len), TAP_HERE, __VA_ARGS__)
#define skip(why, ...) tap_skip((why), __VA_ARGS__)
#define note(...) tap_note(__VA_ARGS__)

static unsigned tap_ran;
static unsigned tap_failed;

// Prints "ok 3 - name" without its line end. A '#' or a line break inside a name would end it for
// whoever reads the protocol, so they become spaces.
TAP_PRINTF(2, 0)
static inline void tap_line(bool held, const char *format, va_list args)
{
    char name[TAP_TEXT_MAX];
    if (vsnprintf(name, sizeof name, format, args) < 0)
        name[0] = '\0';
    for (char *c = name; *c != '\0'; c++)
        if (*c == '#' || *c == '\n' || *c == '\r')
            *c = ' ';
    tap_ran++;
    if (!held)
        tap_failed++;
    printf("%s %u - %s", held ? "ok" : "not ok", tap_ran, name);
}

// Prints a string value in quotes, cut at TAP_TEXT_MAX, with what does not print as \xNN.
static inline void tap_quote(const char *text)
{
    if (text == NULL) {
        printf("NULL");
        return;
    }
    putchar('"');
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (i == TAP_TEXT_MAX) {
            printf("\"...");
            return;
        }
        unsigned char c = (unsigned char)text[i];
        if (c < 0x20 || c == 0x7f)
            printf("\\x%02x", c);
        else
            putchar(c);
    }
    putchar('"');
}

// The file's name without the folders that the build put before it.
static inline void tap_where(struct tap_place at)
{
    const char *slash = strrchr(at.file, '/');
    printf(" # %s:%d", slash == NULL ? at.file : slash + 1, at.line);
}

static inline bool tap_end(bool held)
{
    putchar('\n');
    fflush(stdout); // so that a crash loses no line
    return held;
}

TAP_PRINTF(3, 4)
static inline bool tap_ok(bool held, struct tap_place at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tap_line(held, format, args);
    va_end(args);
    if (!held)
        tap_where(at);
    return tap_end(held);
}

TAP_PRINTF(4, 5)
static inline bool tap_int(int64_t got, int64_t want, struct tap_place at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tap_line(got == want, format, args);
    va_end(args);
    if (got != want) {
        tap_where(at);
        printf(" got %" PRId64 ", want %" PRId64, got, want);
    }
    return tap_end(got == want);
}

TAP_PRINTF(4, 5)
static inline bool tap_uint(uint64_t got, uint64_t want, struct tap_place at, const char *format,
                            ...)
{
    va_list args;
    va_start(args, format);
    tap_line(got == want, format, args);
    va_end(args);
    if (got != want) {
        tap_where(at);
        printf(" got %" PRIu64 ", want %" PRIu64, got, want);
    }
    return tap_end(got == want);
}

TAP_PRINTF(4, 5)
static inline bool tap_str(const char *got, const char *want, struct tap_place at,
                           const char *format, ...)
{
    bool same = got == NULL || want == NULL ? got == want : strcmp(got, want) == 0;
    va_list args;
    va_start(args, format);
    tap_line(same, format, args);
    va_end(args);
    if (same)
        return tap_end(true);
    tap_where(at);
    printf(" got ");
    tap_quote(got);
    printf(", want ");
    tap_quote(want);
    return tap_end(false);
}

TAP_PRINTF(5, 6)
static inline bool tap_mem(const void *got, const void *want, size_t len, struct tap_place at,
                           const char *format, ...)
{
    const unsigned char *a = (const unsigned char *)got; // a C++ test includes this too
    const unsigned char *b = (const unsigned char *)want;
    size_t differ = 0;
    while (differ < len && a[differ] == b[differ])
        differ++;
    va_list args;
    va_start(args, format);
    tap_line(differ == len, format, args);
    va_end(args);
    if (differ == len)
        return tap_end(true);
    tap_where(at);
    printf(" byte %zu of %zu: got 0x%02x, want 0x%02x", differ, len, a[differ], b[differ]);
    return tap_end(false);
}

TAP_PRINTF(2, 3)
static inline bool tap_skip(const char *why, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tap_line(true, format, args);
    va_end(args);
    printf(" # SKIP %s", why);
    return tap_end(true);
}

TAP_PRINTF(1, 2)
static inline void tap_note(const char *format, ...)
{
    char text[TAP_TEXT_MAX];
    va_list args;
    va_start(args, format);
    if (vsnprintf(text, sizeof text, format, args) < 0)
        text[0] = '\0';
    va_end(args);
    for (char *c = text; *c != '\0'; c++)
        if (*c == '\n' || *c == '\r')
            *c = ' ';
    printf("# %s\n", text);
}

// For tests of many random cases: their number under the TEST_SHARE of this run.
static inline uint32_t tap_share(uint32_t count)
{
    const char *text = getenv("TEST_SHARE");
    unsigned long percent = text == NULL ? 100 : strtoul(text, NULL, 10);
    if (percent == 0 || percent >= 100 || count == 0)
        return count;
    uint32_t share = (uint32_t)((uint64_t)count * percent / 100);
    return share == 0 ? 1 : share;
}

// Prints the plan and gives the exit status of the test: 0 when something ran and all of it held.
static inline int tap_done(void)
{
    printf("1..%u\n", tap_ran);
    if (tap_failed != 0)
        printf("# %u of %u failed\n", tap_failed, tap_ran);
    return tap_failed == 0 && tap_ran != 0 ? 0 : 1;
}

#endif

// SPDX-License-Identifier: Apache-2.0
// Arena and buffer: zeroed, aligned, within the limit, and every call can be made to fail.
#include "base/arena.h"

#include <stdint.h>

#include "base/buffer.h"
#include "base/tap.h"

static void test_many_sizes(void)
{
    struct arena arena;
    arena_open(&arena, 64 * 1024 * 1024);
    int bad = 0;
    for (size_t size = 0; size < 3000; size++) {
        unsigned char *bytes = arena_alloc(&arena, size);
        bad += bytes != NULL && (uintptr_t)bytes % 16 == 0 ? 0 : 1;
        for (size_t i = 0; bytes != NULL && i < size; i++) {
            bad += bytes[i];
            bytes[i] = 0xff;
        }
    }
    is_int(bad, 0, "3000 allocations are aligned, zeroed and apart");
    arena_close(&arena);
    is_uint(arena.held_bytes, 0, "nothing is held after closing");
}

static void test_limit(void)
{
    struct arena arena;
    arena_open(&arena, 10000);
    size_t got = 0;
    while (arena_alloc(&arena, 100) != NULL)
        got++;
    ok(got >= 40 && got <= 100, "10,000 bytes hold %zu pieces of 100", got);
    ok(arena.held_bytes <= 10000, "the limit holds");
    ok(arena_calloc(&arena, SIZE_MAX / 2, 3) == NULL, "an overflow is refused");
    ok(arena_alloc(&arena, SIZE_MAX) == NULL, "the largest size is refused");
    arena_close(&arena);
}

static void test_grow(void)
{
    struct arena arena;
    arena_open(&arena, 16 * 1024 * 1024);
    char *bytes = arena_strdup(&arena, "trellis");
    size_t size = 8;
    int bad = 0;
    for (int i = 0; i < 15; i++) {
        if (i % 4 == 3)
            arena_alloc(&arena, 10); // now it is not the newest any more
        bytes = arena_grow(&arena, bytes, size, size * 2);
        if (!ok(bytes != NULL, "grown to %zu", size * 2))
            break;
        for (size_t at = size; at < size * 2; at++)
            bad += bytes[at];
        size *= 2;
    }
    is_int(bad, 0, "the new bytes are zero");
    is_str(bytes, "trellis", "the old ones stay");
    ok(arena_grow(&arena, bytes, size, (size_t)1 << 40) == NULL, "too much is refused");
    is_str(bytes, "trellis", "and what was there is still valid");
    arena_close(&arena);
}

static void test_stretch(void)
{
    struct arena arena;
    arena_open(&arena, 64 << 10);
    char *bytes = arena_stretch(&arena, NULL, 0, 8);
    if (!ok(bytes != NULL, "eight bytes"))
        return;
    memcpy(bytes, "trellis", 8);
    for (size_t size = 8; size < 16 << 10 && bytes != NULL; size *= 2) {
        bytes = arena_stretch(&arena, bytes, size, size * 2);
        if (size == 2 << 10)
            arena_alloc(&arena, 10);
    }
    is_str(bytes, "trellis", "the old bytes stay");
    arena.fail_at = arena.calls + 1;
    ok(arena_stretch(&arena, bytes, 16 << 10, 17 << 10) == NULL, "it fails as chosen");
    ok(arena_stretch(&arena, bytes, 16 << 10, 1 << 20) == NULL, "too much is refused");
    is_str(bytes, "trellis", "and what was there is still valid");
    arena_close(&arena);
}

static void test_fail(void)
{
    struct arena arena;
    arena_open(&arena, 1000000);
    arena.fail_at = 3;
    ok(arena_alloc(&arena, 1) != NULL, "first call");
    ok(arena_strdup(&arena, "x") != NULL, "second call");
    ok(arena_printf(&arena, "%d", 7) == NULL, "the third call fails as chosen");
    is_str(arena_printf(&arena, "%d", 7), "7", "the next one works");
    arena_close(&arena);
}

static void test_buffer(void)
{
    struct arena arena;
    struct buffer buffer;
    arena_open(&arena, 1000000);
    buffer_open(&buffer, &arena, 5000);
    is_str(buffer.bytes, "", "empty at first");
    for (int i = 0; i < 100; i++)
        buffer_printf(&buffer, "%04d ", i);
    is_uint(buffer.length, 500, "500 bytes");
    is_mem(buffer.bytes + 495, "0099 ", 6, "the last ones, with the NUL");
    is_int(buffer_append(&buffer, buffer.bytes, 0), RC_OK, "nothing appended");
    buffer_open(&buffer, &arena, 4);
    is_int(buffer_text(&buffer, "abcd"), RC_OK, "up to the limit");
    is_int(buffer_byte(&buffer, 'e'), RC_LIMIT, "one more is refused");
    is_int(buffer_text(&buffer, ""), RC_LIMIT, "and the failure stays");
    is_str(buffer.bytes, "abcd", "with what fitted");
    buffer_open(&buffer, &arena, 4000);
    arena.fail_at = arena.calls + 1;
    is_int(buffer_text(&buffer, "x"), RC_NO_MEMORY, "no memory");
    is_str(buffer.bytes, "", "still readable");
    arena_close(&arena);
}

int main(void)
{
    test_many_sizes();
    test_limit();
    test_grow();
    test_stretch();
    test_fail();
    test_buffer();
    return tap_done();
}

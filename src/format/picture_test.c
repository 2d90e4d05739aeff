// SPDX-License-Identifier: Apache-2.0
// Holds photographs to what picture.h promises.
#include "format/picture.h"

#include <stdio.h>
#include <string.h>

// jpeglib.h wants stdio.h before it.
// clang-format off
#include <jpeglib.h>
#include <png.h>
// clang-format on

#include "base/tap.h"

// A PNG whose left half is red, and whose right half is blue or not there; noise if wanted.
static struct text make_png(struct arena *arena, uint32_t wide, uint32_t high, bool noise)
{
    png_image image = {
        .version = PNG_IMAGE_VERSION, .width = wide, .height = high, .format = PNG_FORMAT_RGBA};
    unsigned char *points = arena_alloc(arena, (size_t)wide * high * 4);
    size_t room = (size_t)wide * high * 5 + 4096;
    char *bytes = arena_alloc(arena, room);
    uint32_t seed = 7;
    for (size_t k = 0; k < (size_t)wide * high; k++) {
        bool left = k % wide < wide / 2;
        seed = seed * 1664525 + 1013904223;
        points[4 * k] = noise ? (unsigned char)(seed >> 24) : left ? 255 : 0;
        points[4 * k + 1] = noise ? (unsigned char)(seed >> 16) : 0;
        points[4 * k + 2] = left ? 0 : 255;
        points[4 * k + 3] = left || !noise ? 255 : 0;
    }
    ok(png_image_write_to_memory(&image, bytes, &room, 0, points, 0, NULL) != 0, "a PNG is made");
    return (struct text){bytes, room};
}

// The same JPEG with the Exif of a camera that was turned, and what it knows.
static struct text add_exif(struct arena *arena, struct text jpeg, unsigned char turn)
{
    static const char canary[] = "GPS 52.5200 N 13.4050 E";
    const unsigned char head[] = {0xff, 0xe1, 0, 0, 'E', 'x',  'i', 'f', 0, 0,    'M', 'M',
                                  0,    42,   0, 0, 0,   8,    0,   1,   1, 0x12, 0,   3,
                                  0,    0,    0, 1, 0,   turn, 0,   0,   0, 0,    0,   0};
    size_t length = sizeof head + sizeof canary;
    unsigned char *bytes = arena_alloc(arena, jpeg.length + length);
    memcpy(bytes, jpeg.bytes, 2);
    memcpy(bytes + 2, head, sizeof head);
    bytes[4] = (unsigned char)((length - 2) >> 8);
    bytes[5] = (unsigned char)((length - 2) & 0xff);
    memcpy(bytes + 2 + sizeof head, canary, sizeof canary);
    memcpy(bytes + 2 + length, jpeg.bytes + 2, jpeg.length - 2);
    return (struct text){(char *)bytes, jpeg.length + length};
}

static bool has(struct text in, const char *words)
{
    size_t length = strlen(words);
    for (size_t k = 0; k + length <= in.length; k++)
        if (memcmp(in.bytes + k, words, length) == 0)
            return true;
    return false;
}

// The colour near one corner: 'r', 'b', 'w' or '?'.
static char colour_at(struct text jpeg, bool right, bool below)
{
    static unsigned char row[PICTURE_SIDE_MOST * 3];
    struct jpeg_decompress_struct d;
    struct jpeg_error_mgr manager;
    d.err = jpeg_std_error(&manager);
    jpeg_create_decompress(&d);
    jpeg_mem_src(&d, (const unsigned char *)jpeg.bytes, jpeg.length);
    (void)jpeg_read_header(&d, TRUE);
    (void)jpeg_start_decompress(&d);
    JDIMENSION wanted = below ? d.output_height - 5 : 4;
    for (JSAMPROW at = row; d.output_scanline <= wanted;)
        (void)jpeg_read_scanlines(&d, &at, 1);
    const unsigned char *p = row + (right ? d.output_width - 5 : 4) * 3;
    jpeg_destroy_decompress(&d);
    if (p[0] > 200)
        return p[2] > 200 ? 'w' : 'r';
    return p[2] > 200 ? 'b' : '?';
}

static void try_turns(struct arena *arena)
{
    // Where the left half, which is red, comes to lie: top left, top right, bottom left.
    static const struct {
        unsigned char turn;
        const char *corners;
    } turns[] = {
        {1, "rbr"},
        {2, "brb"},
        {3, "brb"},
        {4, "rbr"},
        {5, "rrb"},
        {6, "rrb"},
        {7, "bbr"},
        {8, "bbr"},
        {9, "rbr"}
    };
    struct picture plain;
    struct picture turned;
    const char *why = NULL;
    is_int(picture_read(arena, make_png(arena, 300, 200, false), &plain, &why), RC_OK,
           "a PNG becomes a JPEG");
    is_int((int64_t)plain.wide * 1000 + plain.high, 300200, "of its own size");
    for (size_t k = 0; k < sizeof turns / sizeof turns[0]; k++) {
        const struct text sent = add_exif(arena, plain.jpeg, turns[k].turn);
        bool aside = turns[k].turn >= 5 && turns[k].turn <= 8;
        ok(has(sent, "GPS 52.5200"), "a camera tells its place");
        is_int(picture_read(arena, sent, &turned, &why), RC_OK, "turn %d is read", turns[k].turn);
        is_int(turned.wide, aside ? 200 : 300, "and has the right side up");
        const char corners[] = {colour_at(turned.jpeg, false, false),
                                colour_at(turned.jpeg, true, false),
                                colour_at(turned.jpeg, false, true), '\0'};
        is_str(corners, turns[k].corners, "turn %d lies right", turns[k].turn);
        ok(!has(turned.jpeg, "GPS") && !has(turned.jpeg, "Exif"), "and tells no place");
    }
}

static void try_sizes(struct arena *arena)
{
    struct picture picture;
    const char *why = NULL;
    is_int(picture_read(arena, make_png(arena, 2400, 1200, true), &picture, &why), RC_OK,
           "a large one with much in it is taken");
    ok(picture.wide <= PICTURE_SIDE_MOST && picture.jpeg.length <= PICTURE_BYTES_MOST,
       "and made to fit: %u x %u, %zu bytes", picture.wide, picture.high, picture.jpeg.length);
    ok(colour_at(picture.jpeg, true, false) == 'w', "where nothing was it is white");
    is_int(picture_read(arena, make_png(arena, 99, 400, false), &picture, &why), RC_BAD_INPUT,
           "one that is too small is refused");
    ok(strstr(why, "small") != NULL, "with the reason");
    struct text large = make_png(arena, 200, 200, false);
    char *head = arena_strndup(arena, large.bytes, large.length);
    memcpy(head + 16, "\0\0\x40\0\0\0\x40\0", 8);
    is_int(picture_read(arena, (struct text){head, large.length}, &picture, &why), RC_BAD_INPUT,
           "one that says it were huge is refused");
}

static void try_broken(struct arena *arena)
{
    struct picture good;
    struct picture picture = {0};
    const char *why = NULL;
    size_t wrong = 0;
    (void)picture_read(arena, make_png(arena, 200, 160, false), &good, &why);
    for (size_t length = 0; length + 2 < good.jpeg.length; length += 13)
        wrong += picture_read(arena, (struct text){good.jpeg.bytes, length}, &picture, &why) !=
                 RC_BAD_INPUT;
    is_int((int64_t)wrong, 0, "whatever is cut off is refused");
    is_int(picture_read(arena, text_of("%PDF-1.7 no picture"), &picture, &why), RC_BAD_INPUT,
           "and what is no picture");
    is_int(picture_read(arena, text_of("\xff\xd8\xff\xe0 nor this"), &picture, &why), RC_BAD_INPUT,
           "or only begins like one");
    ok(picture.jpeg.bytes == NULL, "nothing comes out of them");
}

// Each call for memory fails once.
static void try_memory(struct arena *arena)
{
    const struct text png = make_png(arena, 300, 200, false);
    struct picture picture;
    const char *why = NULL;
    enum rc rc = RC_NO_MEMORY;
    size_t wrong = 0;
    for (size_t k = 1; k < 20 && rc != RC_OK; k++) {
        struct arena small;
        arena_open(&small, 8 << 20);
        small.fail_at = k;
        rc = picture_read(&small, png, &picture, &why);
        wrong += rc != RC_OK && rc != RC_NO_MEMORY;
        arena_close(&small);
    }
    ok(rc == RC_OK && wrong == 0, "without memory it says so");
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 256 << 20);
    try_turns(&arena);
    try_sizes(&arena);
    try_broken(&arena);
    try_memory(&arena);
    arena_close(&arena);
    return tap_done();
}

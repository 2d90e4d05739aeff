// SPDX-License-Identifier: Apache-2.0
//
// Draws photographs anew; see picture.h.
#include "format/picture.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// jpeglib.h wants stdio.h before it.
// clang-format off
#include <jpeglib.h>
#include <jerror.h>
#include <png.h>
// clang-format on

#include "base/msg.h"

enum {
    HELD_LIMIT_BYTES = 96 << 20,  // by us, for one picture
    JPEG_LIMIT_BYTES = 256 << 20, // by libjpeg: the passes of a large one
    COLOURS = 3,
    ORIENTATION_TAG = 0x0112,
    QUALITY_MOST = 84,
    QUALITY_LEAST = 44,
    QUALITY_STEP = 8,
};

// Points of red, green and blue, row by row.
struct points {
    unsigned char *bytes;
    uint32_t wide;
    uint32_t high;
};

static unsigned char *points_new(struct arena *arena, struct points *points)
{
    points->bytes = arena_alloc(arena, (size_t)points->wide * points->high * COLOURS);
    return points->bytes;
}

static unsigned char *point_at(const struct points *points, uint32_t x, uint32_t y)
{
    return points->bytes + ((size_t)y * points->wide + x) * COLOURS;
}

// ---- errors of libjpeg: it comes back by a jump ------------------------------------------------

struct jumps {
    struct jpeg_error_mgr manager; // first: libjpeg hands out its address
    jmp_buf back;
};

__attribute__((noreturn)) static void jump_back(j_common_ptr jpeg)
{
    struct jumps *jumps = (struct jumps *)(void *)jpeg->err;
    longjmp(jumps->back, 1); // lint: allow calls because libjpeg ends so
}

// Of its warnings only bytes between two parts are harmless: with others, some of it is missing.
static void hear_warning(j_common_ptr jpeg, int level)
{
    if (level < 0 && jpeg->err->msg_code != JWRN_EXTRANEOUS_DATA)
        jump_back(jpeg);
}

static void say_nothing(j_common_ptr jpeg)
{
    (void)jpeg;
}

static struct jpeg_error_mgr *jumps_open(struct jumps *jumps)
{
    struct jpeg_error_mgr *manager = jpeg_std_error(&jumps->manager);
    manager->error_exit = jump_back;
    manager->emit_message = hear_warning;
    manager->output_message = say_nothing;
    return manager;
}

// ---- which way up ------------------------------------------------------------------------------

static unsigned number_of(const unsigned char *at, unsigned bytes, bool little)
{
    unsigned value = 0;
    for (unsigned k = 0; k < bytes; k++)
        value = value << 8 | at[little ? bytes - 1 - k : k];
    return value;
}

// The orientation of a camera, 1 to 8, out of the first directory of its Exif; 1: it says nothing.
static unsigned read_orientation(const unsigned char *exif, size_t length)
{
    enum { HEAD = 6, ENTRY = 12 };
    if (length < HEAD + 10 || memcmp(exif, "Exif\0", HEAD) != 0)
        return 1;
    const unsigned char *tiff = exif + HEAD;
    size_t room = length - HEAD;
    bool little = tiff[0] == 'I';
    size_t at = number_of(tiff + 4, 4, little);
    if (at > room - 2)
        return 1;
    unsigned count = number_of(tiff + at, 2, little);
    at += 2;
    for (unsigned k = 0; k < count && room - at >= ENTRY; k++, at += ENTRY) {
        if (number_of(tiff + at, 2, little) != ORIENTATION_TAG)
            continue;
        unsigned turn = number_of(tiff + at + 8, 2, little);
        return turn >= 1 && turn <= 8 ? turn : 1;
    }
    return 1;
}

// From 5 on rows and columns change places.
static enum rc turn_up(struct arena *arena, struct points *points, unsigned turn)
{
    struct points up = {NULL, turn < 5 ? points->wide : points->high,
                        turn < 5 ? points->high : points->wide};
    bool mirror = turn == 2 || turn == 3 || turn == 6 || turn == 7;
    bool flip = turn == 3 || turn == 4 || turn == 7 || turn == 8;
    if (turn == 1)
        return RC_OK;
    if (points_new(arena, &up) == NULL)
        return RC_NO_MEMORY;
    for (uint32_t y = 0; y < up.high; y++)
        for (uint32_t x = 0; x < up.wide; x++) {
            uint32_t i = mirror ? up.wide - 1 - x : x;
            uint32_t j = flip ? up.high - 1 - y : y;
            memcpy(point_at(&up, x, y), point_at(points, turn < 5 ? i : j, turn < 5 ? j : i),
                   COLOURS);
        }
    *points = up;
    return RC_OK;
}

// ---- reading -----------------------------------------------------------------------------------

struct reading {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_progress_mgr progress;
    struct jumps jumps;
    struct arena *arena;
    struct points points;
    unsigned turn;
    enum rc rc;
};

static void watch_passes(j_common_ptr jpeg)
{
    if (((j_decompress_ptr)jpeg)->input_scan_number > PICTURE_SCANS_MOST)
        jump_back(jpeg);
}

// A large one is made smaller while it is read, by 2, 4 or 8, as far as enough is left.
static unsigned find_scale(uint32_t wide, uint32_t high)
{
    uint32_t side = wide > high ? wide : high;
    unsigned scale = 1;
    while (scale < 8 && side / (scale * 2) >= PICTURE_SIDE_MOST)
        scale *= 2;
    return scale;
}

static enum rc check_size(uint64_t wide, uint64_t high, uint64_t most)
{
    if (wide * high > most)
        return RC_LIMIT;
    return wide < PICTURE_SIDE_LEAST || high < PICTURE_SIDE_LEAST ? RC_NOT_FOUND : RC_OK;
}

// Behind the jump: whatever fails in libjpeg comes back to its caller.
static enum rc read_rows(struct reading *reading, struct text content)
{
    struct jpeg_decompress_struct *jpeg = &reading->jpeg;
    jpeg_create_decompress(jpeg);
    jpeg->mem->max_memory_to_use = JPEG_LIMIT_BYTES;
    jpeg->progress = &reading->progress;
    reading->progress.progress_monitor = watch_passes;
    jpeg_mem_src(jpeg, (const unsigned char *)content.bytes, content.length);
    jpeg_save_markers(jpeg, JPEG_APP0 + 1, UINT16_MAX);
    if (jpeg_read_header(jpeg, TRUE) != JPEG_HEADER_OK)
        return RC_BAD_INPUT;
    TRY(check_size(jpeg->image_width, jpeg->image_height, PICTURE_PIXELS_MOST));
    for (jpeg_saved_marker_ptr m = jpeg->marker_list; m != NULL && reading->turn == 1; m = m->next)
        reading->turn = read_orientation(m->data, m->data_length);
    jpeg->out_color_space = JCS_RGB;
    jpeg->scale_denom = find_scale(jpeg->image_width, jpeg->image_height);
    (void)jpeg_start_decompress(jpeg);
    reading->points.wide = jpeg->output_width;
    reading->points.high = jpeg->output_height;
    if (points_new(reading->arena, &reading->points) == NULL)
        return RC_NO_MEMORY;
    while (jpeg->output_scanline < jpeg->output_height) {
        JSAMPROW row = point_at(&reading->points, 0, jpeg->output_scanline);
        (void)jpeg_read_scanlines(jpeg, &row, 1);
    }
    (void)jpeg_finish_decompress(jpeg);
    return RC_OK;
}

static enum rc read_jpeg(struct reading *reading, struct text content)
{
    reading->jpeg.err = jumps_open(&reading->jumps);
    reading->rc = RC_BAD_INPUT;
    if (setjmp(reading->jumps.back) == 0) // lint: allow calls because libjpeg ends so
        reading->rc = read_rows(reading, content);
    jpeg_destroy_decompress(&reading->jpeg);
    return reading->rc;
}

static enum rc read_png(struct reading *reading, struct text content)
{
    static const png_color white = {255, 255, 255};
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (png_image_begin_read_from_memory(&image, content.bytes, content.length) == 0)
        return RC_BAD_INPUT;
    enum rc rc = check_size(image.width, image.height, PICTURE_PNG_PIXELS_MOST);
    image.format = PNG_FORMAT_RGB;
    reading->points.wide = image.width;
    reading->points.high = image.height;
    if (rc == RC_OK && points_new(reading->arena, &reading->points) == NULL)
        rc = RC_NO_MEMORY;
    if (rc == RC_OK && png_image_finish_read(&image, &white, reading->points.bytes, 0, NULL) == 0)
        rc = RC_BAD_INPUT;
    png_image_free(&image);
    return rc;
}

// ---- making it smaller -------------------------------------------------------------------------

// The mean of the points that fall into one.
static void mean_of(const struct points *from, const uint32_t box[4], unsigned char *ret_point)
{
    uint64_t sums[COLOURS] = {0};
    uint64_t count = (uint64_t)(box[2] - box[0]) * (box[3] - box[1]);
    for (uint32_t y = box[1]; y < box[3]; y++)
        for (uint32_t x = box[0]; x < box[2]; x++)
            for (unsigned c = 0; c < COLOURS; c++)
                sums[c] += point_at(from, x, y)[c];
    for (unsigned c = 0; c < COLOURS && count > 0; c++)
        ret_point[c] = (unsigned char)((sums[c] + count / 2) / count);
}

static enum rc shrink(struct arena *arena, struct points *points, uint32_t most)
{
    uint32_t side = points->wide > points->high ? points->wide : points->high;
    struct points to = {NULL, points->wide, points->high};
    if (side <= most)
        return RC_OK;
    to.wide = (uint32_t)((uint64_t)points->wide * most / side);
    to.high = (uint32_t)((uint64_t)points->high * most / side);
    to.wide = to.wide == 0 ? 1 : to.wide;
    to.high = to.high == 0 ? 1 : to.high;
    if (points_new(arena, &to) == NULL)
        return RC_NO_MEMORY;
    for (uint32_t y = 0; y < to.high; y++)
        for (uint32_t x = 0; x < to.wide; x++) {
            const uint32_t box[4] = {
                (uint32_t)((uint64_t)x * points->wide / to.wide),
                (uint32_t)((uint64_t)y * points->high / to.high),
                (uint32_t)((uint64_t)(x + 1) * points->wide / to.wide),
                (uint32_t)((uint64_t)(y + 1) * points->high / to.high),
            };
            mean_of(points, box, point_at(&to, x, y));
        }
    *points = to;
    return RC_OK;
}

// ---- writing -----------------------------------------------------------------------------------

struct writing {
    struct jpeg_compress_struct jpeg;
    struct jumps jumps;
    unsigned char *bytes; // libjpeg's, freed by us
    unsigned long length;
    enum rc rc;
};

static enum rc write_rows(struct writing *writing, const struct points *points, int quality)
{
    struct jpeg_compress_struct *jpeg = &writing->jpeg;
    jpeg_create_compress(jpeg);
    jpeg_mem_dest(jpeg, &writing->bytes, &writing->length);
    jpeg->image_width = points->wide;
    jpeg->image_height = points->high;
    jpeg->input_components = COLOURS;
    jpeg->in_color_space = JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg->optimize_coding = TRUE;
    jpeg_set_quality(jpeg, quality, TRUE);
    jpeg_start_compress(jpeg, TRUE);
    while (jpeg->next_scanline < jpeg->image_height) {
        JSAMPROW row = point_at(points, 0, jpeg->next_scanline);
        (void)jpeg_write_scanlines(jpeg, &row, 1);
    }
    jpeg_finish_compress(jpeg);
    return RC_OK;
}

// RC_LIMIT: it has too many bytes at this quality.
static enum rc write_jpeg(struct arena *arena, const struct points *points, int quality,
                          struct text *ret_jpeg)
{
    struct writing *writing = ARENA_NEW(arena, struct writing);
    if (writing == NULL)
        return RC_NO_MEMORY;
    writing->jpeg.err = jumps_open(&writing->jumps);
    writing->rc = RC_NO_MEMORY;
    if (setjmp(writing->jumps.back) == 0) // lint: allow calls because libjpeg ends so
        writing->rc = write_rows(writing, points, quality);
    jpeg_destroy_compress(&writing->jpeg);
    enum rc rc = writing->rc;
    if (rc == RC_OK && writing->length > PICTURE_BYTES_MOST)
        rc = RC_LIMIT;
    char *kept = rc == RC_OK ? arena_alloc(arena, writing->length) : NULL;
    if (kept != NULL) {
        memcpy(kept, writing->bytes, writing->length);
        *ret_jpeg = (struct text){kept, writing->length};
    } else if (rc == RC_OK) {
        rc = RC_NO_MEMORY;
    }
    free(writing->bytes);
    return rc;
}

// As good as the bytes allow, and else smaller.
static enum rc write_fitting(struct arena *arena, struct arena *own, struct points *points,
                             struct picture *ret_picture)
{
    enum { TRIES = 4 };
    for (unsigned k = 0; k < TRIES; k++) {
        for (int quality = QUALITY_MOST; quality >= QUALITY_LEAST; quality -= QUALITY_STEP) {
            enum rc rc = write_jpeg(arena, points, quality, &ret_picture->jpeg);
            ret_picture->wide = points->wide;
            ret_picture->high = points->high;
            if (rc != RC_LIMIT)
                return rc;
        }
        uint32_t side = points->wide > points->high ? points->wide : points->high;
        TRY(shrink(own, points, side * 3 / 4));
    }
    return RC_LIMIT;
}

// ---- all of it ---------------------------------------------------------------------------------

static enum rc draw(struct arena *arena, struct arena *own, struct text content,
                    struct picture *ret_picture)
{
    struct reading *reading = ARENA_NEW(own, struct reading);
    struct picture picture = {0};
    if (reading == NULL)
        return RC_NO_MEMORY;
    reading->arena = own;
    reading->turn = 1;
    bool png = content.length > 8 && memcmp(content.bytes, "\x89PNG\r\n\x1a\n", 8) == 0;
    bool jpeg = content.length > 3 && memcmp(content.bytes, "\xff\xd8\xff", 3) == 0;
    if (!png && !jpeg)
        return RC_BAD_INPUT;
    TRY(png ? read_png(reading, content) : read_jpeg(reading, content));
    TRY(shrink(own, &reading->points, PICTURE_SIDE_MOST));
    TRY(turn_up(own, &reading->points, reading->turn));
    TRY(write_fitting(arena, own, &reading->points, &picture));
    *ret_picture = picture;
    return RC_OK;
}

enum rc picture_read(struct arena *arena, struct text content, struct picture *ret_picture,
                     const char **ret_why)
{
    struct arena own;
    arena_open(&own, HELD_LIMIT_BYTES);
    enum rc rc = draw(arena, &own, content, ret_picture);
    arena_close(&own);
    if (rc == RC_LIMIT)
        *ret_why = MSG("This picture is too large. Make it smaller first");
    else if (rc == RC_NOT_FOUND)
        *ret_why = MSG("This picture is too small: it needs 100 points on each side at least");
    else if (rc == RC_BAD_INPUT)
        *ret_why = MSG("This is no picture that can be read. Save it again as JPEG or PNG");
    return rc == RC_LIMIT || rc == RC_NOT_FOUND ? RC_BAD_INPUT : rc;
}

enum rc picture_of_points(struct arena *arena, const unsigned char *points, uint32_t wide,
                          uint32_t high, struct picture *ret_picture)
{
    struct arena own;
    struct picture picture = {0};
    struct points copy = {NULL, wide, high};
    arena_open(&own, HELD_LIMIT_BYTES);
    enum rc rc = points_new(&own, &copy) == NULL ? RC_NO_MEMORY : RC_OK;
    if (rc == RC_OK)
        memcpy(copy.bytes, points, (size_t)wide * high * COLOURS);
    if (rc == RC_OK)
        rc = shrink(&own, &copy, PICTURE_SIDE_MOST);
    if (rc == RC_OK)
        rc = write_fitting(arena, &own, &copy, &picture);
    arena_close(&own);
    if (rc == RC_OK)
        *ret_picture = picture;
    return rc;
}

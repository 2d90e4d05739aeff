// SPDX-License-Identifier: Apache-2.0
//
// Why: a photograph that others see in their browsers is drawn anew by us: only what can be seen of
// it is left. The only file that knows the libraries of pictures.
//
// Promises: what comes out is a plain JPEG of at most PICTURE_SIDE_MOST pixels a side and
// PICTURE_BYTES_MOST bytes, the right way up, with no Exif, place, camera, thumbnail, profile or
// comment; transparent parts are white; what is broken is refused. Memory and work are limited:
// the size stands in the head and is read first, and a picture of more than PICTURE_SCANS_MOST
// passes is refused.
//
// Not for: keeping originals, moving pictures, or use on the loops: a large one takes a second.
#ifndef TRELLIS_FORMAT_PICTURE_H
#define TRELLIS_FORMAT_PICTURE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "base/text.h"

enum {
    PICTURE_SIDE_MOST = 960,
    PICTURE_SIDE_LEAST = 100, // of what is sent
    PICTURE_BYTES_MOST = 64 << 10,
    PICTURE_PIXELS_MOST = 40000000,     // of a JPEG
    PICTURE_PNG_PIXELS_MOST = 12000000, // is held whole
    PICTURE_SCANS_MOST = 50,
};

struct picture {
    struct text jpeg; // in the arena
    uint32_t wide;
    uint32_t high;
};

// RC_BAD_INPUT: no PNG or JPEG, broken, too small, or too large; ret_why is a message.
enum rc picture_read(struct arena *arena, struct text content, struct picture *ret_picture,
                     const char **ret_why);

// The same of points that a program has drawn: red, green and blue, row by row.
enum rc picture_of_points(struct arena *arena, const unsigned char *points, uint32_t wide,
                          uint32_t high, struct picture *ret_picture);

#endif

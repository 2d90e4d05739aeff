// SPDX-License-Identifier: Apache-2.0
//
// A drawing in the place of a photograph; see demo_photo.h. Shapes are painted one over the other,
// at twice the size, so that edges come out soft.
#include "demo_photo.h"

#include <stdbool.h>

enum { WIDE = 1600, HIGH = 1000 };

struct shape {
    bool round; // an ellipse; else a box
    int x;      // its middle
    int y;
    int half_wide;
    int half_high;
    uint32_t colour;
};

// clang-format off
static const struct shape shapes[] = {
    {false,  800,  500,  800, 500, 0xf6e7d8}, // the wall
    {false,  800,  900,  800, 140, 0xd9b99b}, // the floor
    {false,  800,  330,  250, 230, 0xffffff}, // a window
    {false,  800,  330,  232, 212, 0xbfe0ee},
    {true,   900,  260,   60,  60, 0xffd98a}, // the sun in it
    {true,   690,  520,  150, 110, 0x8fbf9f}, // and hills
    {true,   890,  560,  190, 120, 0x6fa88a},
    {false,  800,  600,  260,  58, 0xf6e7d8}, // the wall below
    {false,  800,  330,    8, 220, 0xffffff},
    {false,  800,  548,  256,  14, 0xe8d3bf},
    {false, 1440,  700,   46,  60, 0xb0613c}, // a plant
    {true,  1400,  560,   36,  90, 0x3f7d5c},
    {true,  1450,  530,   34, 110, 0x4f946e},
    {true,  1500,  570,   34,  84, 0x3f7d5c},
    {true,   430,  800,  200, 290, 0x5b2a86}, // one of them
    {true,   430,  430,  124, 140, 0x3a241c},
    {false,  430,  500,   40,  90, 0xb97f5a},
    {true,   430,  440,   92, 112, 0xc98d66},
    {true,   430,  350,  112,  72, 0x3a241c},
    {true,  1170,  810,  210, 290, 0x0b6b5c}, // the other
    {true,  1170,  440,  118, 118, 0xd8d4d0},
    {false, 1170,  510,   40,  90, 0xe3b08f},
    {true,  1170,  450,   90, 110, 0xf0c3a2},
    {true,  1170,  362,  106,  66, 0xe6e2de},
    {true,   400,  430,   10,  12, 0x2a1a14}, // eyes
    {true,   462,  430,   10,  12, 0x2a1a14},
    {true,  1138,  440,   10,  12, 0x2a1a14},
    {true,  1200,  440,   10,  12, 0x2a1a14},
    {true,   430,  490,   36,  20, 0x8a3b34}, // and laughter
    {true,   430,  480,   38,  16, 0xc98d66},
    {true,  1170,  500,   36,  20, 0xa2473f},
    {true,  1170,  490,   38,  16, 0xf0c3a2},
    {false,  800,  860,  640,  40, 0x8a5a3c}, // the table
    {false,  800,  950,  560,  60, 0x744a30},
    {false,  800,  740,  190, 110, 0x3d3a4a}, // a laptop between them
    {false,  800,  740,  172,  92, 0x9fb4d8},
    {false,  750,  700,   90,   8, 0xffffff},
    {false,  780,  730,  120,   8, 0xffffff},
    {false,  740,  760,   80,   8, 0xffe3a8},
    {false,  800,  840,  230,  14, 0x2c2a36},
    {true,   330,  800,   70,  34, 0x5b2a86}, // arms
    {true,   560,  806,   96,  34, 0x5b2a86},
    {true,  1040,  806,   96,  34, 0x0b6b5c},
    {true,   640,  810,   34,  26, 0xc98d66},
    {true,   960,  810,   34,  26, 0xf0c3a2},
    {false, 1300,  800,   34,  44, 0xffffff}, // a cup
    {true,  1300,  758,   34,  10, 0x6b4226},
};
// clang-format on

static bool covers(const struct shape *shape, int x, int y)
{
    int64_t dx = x - shape->x;
    int64_t dy = y - shape->y;
    int64_t a = shape->half_wide;
    int64_t b = shape->half_high;
    if (!shape->round)
        return dx >= -a && dx <= a && dy >= -b && dy <= b;
    return dx * dx * b * b + dy * dy * a * a <= a * a * b * b;
}

static void paint(unsigned char *points, const struct shape *shape)
{
    for (int y = shape->y - shape->half_high; y <= shape->y + shape->half_high; y++)
        for (int x = shape->x - shape->half_wide; x <= shape->x + shape->half_wide; x++) {
            if (x < 0 || y < 0 || x >= WIDE || y >= HIGH || !covers(shape, x, y))
                continue;
            unsigned char *point = points + ((size_t)y * WIDE + (size_t)x) * 3;
            point[0] = (unsigned char)(shape->colour >> 16);
            point[1] = (unsigned char)(shape->colour >> 8 & 255);
            point[2] = (unsigned char)(shape->colour & 255);
        }
}

enum rc demo_photo_draw(struct arena *arena, struct picture *ret_picture)
{
    struct arena own;
    arena_open(&own, 16 << 20);
    unsigned char *points = arena_alloc(&own, (size_t)WIDE * HIGH * 3);
    enum rc rc = points == NULL ? RC_NO_MEMORY : RC_OK;
    for (size_t k = 0; rc == RC_OK && k < sizeof shapes / sizeof shapes[0]; k++)
        paint(points, &shapes[k]);
    if (rc == RC_OK)
        rc = picture_of_points(arena, points, WIDE, HIGH, ret_picture);
    arena_close(&own);
    return rc;
}

// SPDX-License-Identifier: Apache-2.0
//
// Why: the demo has a story with a photo, and nobody's face may be in it.
//
// Promises: the same picture every time: two people at a table, who laugh over a laptop.
#ifndef TRELLIS_MAIN_DEMO_PHOTO_H
#define TRELLIS_MAIN_DEMO_PHOTO_H

#include "format/picture.h"

enum rc demo_photo_draw(struct arena *arena, struct picture *ret_picture);

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Pictures that somebody sends: whatever comes out keeps the promises of picture.h.
#include <stdlib.h>

#include "format/picture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct picture picture = {0};
    const char *why = NULL;
    arena_open(&arena, 8 << 20);
    enum rc rc = picture_read(&arena, (struct text){(const char *)data, size}, &picture, &why);
    if (rc == RC_OK && (picture.wide > PICTURE_SIDE_MOST || picture.high > PICTURE_SIDE_MOST ||
                        picture.jpeg.length > PICTURE_BYTES_MOST))
        abort();
    if (rc == RC_BAD_INPUT && why == NULL)
        abort();
    arena_close(&arena);
    return 0;
}

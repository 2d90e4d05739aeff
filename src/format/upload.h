// SPDX-License-Identifier: Apache-2.0
//
// Why: files that people upload are known by their content, never by their name, and tell nothing
// that their owner did not mean to tell.
//
// Promises: only the kinds of enum upload_kind are taken; pictures lose place, camera, thumbnail,
// comments and whatever stands behind their end, without being decoded; videos and sound that carry
// a place are refused. Nothing is unpacked, so nothing can unpack into much.
//
// Not for: looking for viruses, or trusting what is inside: files are sent as attachments, in a
// sandbox.
#ifndef TRELLIS_FORMAT_UPLOAD_H
#define TRELLIS_FORMAT_UPLOAD_H

#include <stdint.h>

#include "base/arena.h"
#include "base/rc.h"
#include "base/text.h"

enum upload_kind {
    UPLOAD_PDF,
    UPLOAD_PNG,
    UPLOAD_JPEG,
    UPLOAD_MP3,
    UPLOAD_MP4,
    UPLOAD_VTT,
    UPLOAD_DOCX,
    UPLOAD_TEXT,
};
enum { UPLOAD_PIXELS_MAX = 40000000, UPLOAD_NAME_MAX = 100 };

const char *upload_type(enum upload_kind kind);   // "application/pdf"
const char *upload_ending(enum upload_kind kind); // "pdf"

// RC_BAD_INPUT: of no kind that is taken, broken, or with a place in it (ret_why, a message).
// RC_LIMIT: a picture of too many pixels.
enum rc upload_read(struct arena *arena, struct text content, enum upload_kind *ret_kind,
                    struct text *ret_clean, const char **ret_why);

// A name for saving: letters, digits, dots and dashes of what the browser told, and the ending of
// its kind.
enum rc upload_name(struct arena *arena, const char *told, enum upload_kind kind,
                    const char **ret_name);

#endif

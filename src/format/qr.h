// SPDX-License-Identifier: Apache-2.0
//
// Why: whoever gets a certificate on paper checks it with the camera of a phone, without typing an
// address. The only file that knows libqrencode.
//
// Promises: the squares of a QR code (ISO/IEC 18004, 15 % of it may be lost), for a page as SVG and
// for paper as runs of dark squares; the same text gives the same squares. The quiet edge that
// cameras need belongs to it.
//
// Not for: anything but a short text; reading codes.
#ifndef TRELLIS_FORMAT_QR_H
#define TRELLIS_FORMAT_QR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/rc.h"

enum { QR_EDGE = 4, QR_TEXT_MAX = 1000 }; // squares on each side; bytes

struct qr {
    size_t width;              // squares a side, without the edge
    const unsigned char *dark; // width * width, 0 or 1, row by row
};

// RC_LIMIT: longer than QR_TEXT_MAX; RC_BAD_INPUT: nothing in it.
enum rc qr_make(struct arena *arena, const char *text, struct qr *ret_qr);

// Dark squares side by side, in a row.
struct qr_run {
    size_t row;
    size_t from;
    size_t count;
};

// The next run; begin with a run of zeros. False: there is none.
bool qr_next(const struct qr *qr, struct qr_run *run);

// An image with `words` for who does not see it. Draws dark squares only: the page puts white under
// it.
enum rc qr_svg(struct buffer *page, const struct qr *qr, const char *words);

#endif

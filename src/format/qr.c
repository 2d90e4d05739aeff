// SPDX-License-Identifier: Apache-2.0
//
// Has libqrencode make the squares, and writes them as SVG; see qr.h.
#include "format/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

#include "base/markup.h"

enum { SIDE_PX = 148 };

enum rc qr_make(struct arena *arena, const char *text, struct qr *ret_qr)
{
    size_t length = strlen(text);
    if (length == 0)
        return RC_BAD_INPUT;
    if (length > QR_TEXT_MAX)
        return RC_LIMIT;
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (code == NULL)
        return errno == ENOMEM ? RC_NO_MEMORY : RC_IO;
    size_t width = (size_t)code->width;
    unsigned char *dark = arena_alloc(arena, width * width);
    if (dark != NULL) {
        for (size_t k = 0; k < width * width; k++)
            dark[k] = code->data[k] & 1; // the other bits say what a square is for
        *ret_qr = (struct qr){width, dark};
    }
    QRcode_free(code);
    return dark == NULL ? RC_NO_MEMORY : RC_OK;
}

bool qr_next(const struct qr *qr, struct qr_run *run)
{
    size_t from = run->from + run->count;
    for (size_t row = run->row; row < qr->width; row++, from = 0) {
        const unsigned char *squares = &qr->dark[row * qr->width];
        while (from < qr->width && !squares[from])
            from++;
        if (from == qr->width)
            continue;
        *run = (struct qr_run){row, from, 1};
        while (from + run->count < qr->width && squares[from + run->count])
            run->count++;
        return true;
    }
    return false;
}

enum rc qr_svg(struct buffer *page, const struct qr *qr, const char *words)
{
    struct qr_run run = {0};
    size_t side = qr->width + (size_t)QR_EDGE + QR_EDGE;
    buffer_text(page, "<svg role=\"img\" aria-label=\"");
    markup_text(page, words);
    buffer_printf(page,
                  "\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %zu %zu\" "
                  "shape-rendering=\"crispEdges\"><path fill=\"#000\" d=\"",
                  SIDE_PX, SIDE_PX, side, side);
    while (qr_next(qr, &run))
        buffer_printf(page, "M%zu %zuh%zuv1h-%zuz", run.from + QR_EDGE, run.row + QR_EDGE,
                      run.count, run.count);
    buffer_text(page, "\"/></svg>");
    return page->rc;
}

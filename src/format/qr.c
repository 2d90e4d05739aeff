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
    size_t at = run->row * qr->width + run->from + run->count;
    size_t end = qr->width * qr->width;
    while (at < end && !qr->dark[at])
        at++;
    if (at == end)
        return false;
    *run = (struct qr_run){at / qr->width, at % qr->width, 0};
    while (run->from + run->count < qr->width && qr->dark[at + run->count])
        run->count++;
    return true;
}

enum rc qr_svg(struct buffer *page, const struct qr *qr, const char *words)
{
    struct qr_run run = {0};
    size_t side = qr->width + 2 * QR_EDGE;
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

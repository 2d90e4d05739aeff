// SPDX-License-Identifier: Apache-2.0
// Holds the squares of QR codes to what qr.h promises.
#include "format/qr.h"

#include <string.h>

#include "base/tap.h"

// The three large squares by which a camera finds it: 7 wide, a white ring, 3 in the middle.
static bool finds(const struct qr *qr, size_t row, size_t column)
{
    for (size_t r = 0; r < 7; r++)
        for (size_t c = 0; c < 7; c++) {
            bool rim = r == 0 || r == 6 || c == 0 || c == 6;
            bool middle = r > 1 && r < 5 && c > 1 && c < 5;
            if (qr->dark[(row + r) * qr->width + column + c] != (rim || middle))
                return false;
        }
    return true;
}

static void try_squares(struct arena *arena)
{
    struct qr qr;
    struct qr again;
    struct qr other;
    struct qr_run run = {0};
    size_t dark = 0;
    size_t in_runs = 0;
    bool fits = true;
    is_int(qr_make(arena, "https://example.org/certificates/abc", &qr), RC_OK, "a code is made");
    ok(finds(&qr, 0, 0) && finds(&qr, 0, qr.width - 7) && finds(&qr, qr.width - 7, 0),
       "with the corners by which a camera finds it");
    for (size_t k = 0; k < qr.width * qr.width; k++)
        dark += qr.dark[k];
    while (qr_next(&qr, &run)) {
        in_runs += run.count;
        fits = fits && run.count > 0 && run.from + run.count <= qr.width;
        for (size_t k = 0; k < run.count; k++)
            fits = fits && qr.dark[run.row * qr.width + run.from + k] == 1;
    }
    ok(fits, "a run is dark and ends with its row");
    is_int((int64_t)in_runs, (int64_t)dark, "the runs have all dark squares, each once");
    is_int(qr_make(arena, "https://example.org/certificates/abc", &again), RC_OK, "made again");
    ok(memcmp(qr.dark, again.dark, qr.width * qr.width) == 0, "it is the same");
    is_int(qr_make(arena, "https://example.org/certificates/abd", &other), RC_OK, "another text");
    ok(other.width != qr.width || memcmp(qr.dark, other.dark, qr.width * qr.width) != 0,
       "is another code");
}

static void try_page(struct arena *arena)
{
    struct qr qr;
    struct buffer page;
    buffer_open(&page, arena, 64 << 10);
    is_int(qr_make(arena, "https://example.org/", &qr), RC_OK, "a short one");
    is_int(qr_svg(&page, &qr, "A \"code\" & more"), RC_OK, "as SVG");
    ok(strstr(page.bytes, "role=\"img\" aria-label=\"A &quot;code&quot; &amp; more\"") != NULL,
       "with words for who does not see it");
    ok(strstr(page.bytes, "d=\"M4 4h7v1h-7z") != NULL, "behind its quiet edge");
    buffer_open(&page, arena, 100);
    is_int(qr_svg(&page, &qr, "A code"), RC_LIMIT, "a page that is full says so");
}

static void try_limits(struct arena *arena)
{
    static char text[QR_TEXT_MAX + 2];
    struct qr qr = {0, NULL};
    struct arena small;
    memset(text, 'a', sizeof text - 1);
    is_int(qr_make(arena, text, &qr), RC_LIMIT, "too long a text is refused");
    text[QR_TEXT_MAX] = '\0';
    is_int(qr_make(arena, text, &qr), RC_OK, "the longest is not");
    is_int(qr_make(arena, "", &qr), RC_BAD_INPUT, "nothing is refused");
    arena_open(&small, 64);
    struct qr none = {7, NULL};
    is_int(qr_make(&small, "https://example.org/", &none), RC_NO_MEMORY, "without memory");
    ok(none.width == 7 && none.dark == NULL, "nothing is touched");
    arena_close(&small);
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 1 << 20);
    try_squares(&arena);
    try_page(&arena);
    try_limits(&arena);
    arena_close(&arena);
    return tap_done();
}

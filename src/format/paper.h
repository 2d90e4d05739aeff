// SPDX-License-Identifier: Apache-2.0
//
// Why: one printed page, such as a certificate, as a PDF that can also be read aloud: tagged, with
// its language and title (PDF 1.7, PDF/UA-1), and with a square that leads a phone to its page. The
// only file that knows cairo, pango and qpdf.
//
// Promises: every mark on the page belongs to a tag; text is laid out in its own direction, with
// the fonts of the system; the same page gives the same bytes.
//
// Not for: long documents, photographs, or forms. Slow: tens of milliseconds; call it on a worker.
#ifndef TRELLIS_FORMAT_PAPER_H
#define TRELLIS_FORMAT_PAPER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/rc.h"
#include "base/text.h"

enum { PAPER_LINES_MAX = 24, PAPER_TEXT_MAX = 2000 }; // bytes of one line

enum paper_kind { PAPER_HEADING, PAPER_NAME, PAPER_TEXT, PAPER_SMALL };

struct paper_line {
    enum paper_kind kind;
    const char *text;
};

struct paper {
    const char *language; // BCP 47
    const char *title;
    const char *author;
    const struct paper_line *lines; // in reading order, from the top
    size_t count;
    const char *link;       // what the square below the lines says to a phone; NULL: no square
    const char *link_words; // what it says to who does not see it
};

// A4, lying. RC_LIMIT: too many lines, or they do not fit the page. RC_IO: a library failed.
enum rc paper_pdf(struct arena *arena, const struct paper *paper, struct text *ret_pdf);

#endif

// SPDX-License-Identifier: Apache-2.0
// Holds printed pages to what paper.h promises.
#include "format/paper.h"

#include <stdlib.h>
#include <string.h>

#include "base/tap.h"

static const struct paper_line lines[] = {
    {PAPER_HEADING, "Certificate"                 },
    {PAPER_TEXT,    "This is to say that"         },
    {PAPER_NAME,    "Amina Diallo & <Zoë>"       },
    {PAPER_TEXT,    "took part as a mentor."      },
    {PAPER_SMALL,   "http://example.org/check/abc"},
};

static bool has(struct text pdf, const char *words)
{
    size_t length = strlen(words);
    for (size_t k = 0; k + length <= pdf.length; k++)
        if (memcmp(pdf.bytes + k, words, length) == 0)
            return true;
    return false;
}

static void try_page(struct arena *arena)
{
    const struct paper paper = {"es", "Certificate of A & B",         "Trellis", lines,
                                5,    "http://example.org/check/abc", "A square"};
    struct text pdf = {NULL, 0};
    struct text again = {NULL, 0};
    is_int(paper_pdf(arena, &paper, &pdf), RC_OK, "a page is made");
    ok(pdf.length > 1000 && memcmp(pdf.bytes, "%PDF-1.7", 8) == 0, "as PDF 1.7");
    ok(has(pdf, "/Lang (es)"), "with its language");
    ok(has(pdf, "/Marked true"), "and marked");
    ok(has(pdf, "/StructTreeRoot") && has(pdf, "/S /H1") && has(pdf, "/S /P"), "and tagged");
    ok(has(pdf, "/S /Figure") && has(pdf, "/Alt (A square)"), "with words for its square");
    ok(has(pdf, "/DisplayDocTitle true"), "with its title in the window");
    ok(has(pdf, "<pdfuaid:part>1</pdfuaid:part>") && has(pdf, "Certificate of A &amp; B"),
       "and the packet of PDF/UA-1");
    is_int(paper_pdf(arena, &paper, &again), RC_OK, "made again");
    ok(again.length == pdf.length && memcmp(again.bytes, pdf.bytes, pdf.length) == 0,
       "it has the same bytes");
}

static void try_scripts(struct arena *arena)
{
    static const struct paper_line others[] = {
        {PAPER_HEADING, "شهادة"                  },
        {PAPER_NAME,    "Ольга Çağlar Νίκη"},
    };
    const struct paper paper = {
        .language = "ar", .title = "شهادة", .author = "Trellis", .lines = others, .count = 2};
    struct text pdf = {NULL, 0};
    is_int(paper_pdf(arena, &paper, &pdf), RC_OK, "other scripts are laid out");
    ok(has(pdf, "/Lang (ar)"), "in their language");
}

static void try_limits(struct arena *arena)
{
    static struct paper_line many[PAPER_LINES_MAX + 1];
    static char words[PAPER_TEXT_MAX + 2];
    struct paper paper = {
        .language = "en", .title = "T", .author = "A", .lines = many, .count = PAPER_LINES_MAX + 1};
    struct text pdf = {NULL, 0};
    for (size_t k = 0; k <= PAPER_LINES_MAX; k++)
        many[k] = (struct paper_line){PAPER_HEADING, "Too much"};
    is_int(paper_pdf(arena, &paper, &pdf), RC_LIMIT, "too many lines are refused");
    paper.count = PAPER_LINES_MAX;
    is_int(paper_pdf(arena, &paper, &pdf), RC_LIMIT, "and what does not fit the page");
    memset(words, 'a', sizeof words - 1);
    many[0].text = words;
    paper.count = 1;
    is_int(paper_pdf(arena, &paper, &pdf), RC_LIMIT, "and too long a line");
    many[0].text = "Short";
    paper.link = words;
    paper.link_words = "A square";
    is_int(paper_pdf(arena, &paper, &pdf), RC_LIMIT, "and too long an address");
}

int main(void)
{
    struct arena arena;
    arena_open(&arena, 64 << 20);
    try_page(&arena);
    try_scripts(&arena);
    try_limits(&arena);
    arena_close(&arena);
    return tap_done();
}

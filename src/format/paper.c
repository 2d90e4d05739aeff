// SPDX-License-Identifier: Apache-2.0
//
// Lays a page out with pango, draws it with cairo, and has qpdf add what cairo leaves out; see
// paper.h.
#include "format/paper.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qpdf/qpdf-c.h>
#include <stdint.h>
#include <string.h>

#include "base/buffer.h"
#include "base/markup.h"

#include "format/qr.h"

enum { WIDTH = 842, HEIGHT = 595, MARGIN = 72, RULE = 10, PDF_LIMIT_BYTES = 4 << 20 }; // points
enum { SQUARE = 96, SQUARE_BEFORE = 8 }; // the code, with its edge

// How a kind of line looks.
static const struct {
    const char *font;
    const char *tag;
    double before; // space above, in points
    bool strong;   // in the colour of the house
} looks[] = {
    [PAPER_HEADING] = {"Sans Bold 30", "H1", 0,  true },
    [PAPER_NAME] = {"Sans Bold 26", "P",  14, false},
    [PAPER_TEXT] = {"Sans 14",      "P",  10, false},
    [PAPER_SMALL] = {"Sans 9",       "P",  8,  false},
};

static cairo_status_t take_bytes(void *context, const unsigned char *bytes, unsigned length)
{
    (void)buffer_append(context, (const char *)bytes, length);
    return ((struct buffer *)context)->rc == RC_OK ? CAIRO_STATUS_SUCCESS
                                                   : CAIRO_STATUS_WRITE_ERROR;
}

// Puts a line into the layout, and says how high it is with the space above and the rule below.
static double set_line(PangoLayout *layout, const struct paper_line *line)
{
    int width = 0;
    int height = 0;
    PangoFontDescription *font = pango_font_description_from_string(looks[line->kind].font);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, line->text, -1);
    pango_layout_get_pixel_size(layout, &width, &height);
    return looks[line->kind].before + height + (line->kind == PAPER_HEADING ? RULE : 0);
}

// One line, centred. The rule under a heading is drawn inside its tag, so that nothing on the page
// stands outside of the structure.
static void draw_line(cairo_t *cr, PangoLayout *layout, const struct paper_line *line, double *y)
{
    double height = set_line(layout, line);
    if (looks[line->kind].strong)
        cairo_set_source_rgb(cr, 0.357, 0.165, 0.525);
    else
        cairo_set_source_rgb(cr, 0.114, 0.082, 0.188);
    cairo_tag_begin(cr, looks[line->kind].tag, NULL);
    cairo_move_to(cr, MARGIN, *y + looks[line->kind].before);
    pango_cairo_show_layout(cr, layout);
    *y += height;
    if (line->kind == PAPER_HEADING) {
        cairo_rectangle(cr, MARGIN, *y - 3, WIDTH - 2 * MARGIN, 3);
        cairo_fill(cr);
    }
    cairo_tag_end(cr, looks[line->kind].tag);
}

// Without ligatures of Latin: readers lose the rest of a run after "fi". Arabic keeps its own,
// which have other names.
static void set_features(PangoLayout *layout)
{
    PangoAttrList *list = pango_attr_list_new();
    pango_attr_list_insert(list, pango_attr_font_features_new("liga=0, clig=0, dlig=0"));
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

// The square, centred: black, whatever colour the house has, so that each camera reads it.
static void draw_square(cairo_t *cr, const struct qr *qr, double top)
{
    struct qr_run run = {0};
    double side = (double)SQUARE / ((double)qr->width + 2.0 * QR_EDGE);
    cairo_tag_begin(cr, "Figure", NULL);
    cairo_set_source_rgb(cr, 0, 0, 0);
    while (qr_next(qr, &run))
        cairo_rectangle(cr, (WIDTH - SQUARE) / 2.0 + (double)(run.from + QR_EDGE) * side,
                        top + (double)(run.row + QR_EDGE) * side, (double)run.count * side, side);
    cairo_fill(cr);
    cairo_tag_end(cr, "Figure");
}

// What is drawn, and how far above the foot of the page the square stands.
struct drawing {
    const struct paper *paper;
    struct qr qr;
    double square_foot;
};

static enum rc draw_all(cairo_t *cr, struct drawing *drawing)
{
    const struct paper *paper = drawing->paper;
    PangoLayout *layout = pango_cairo_create_layout(cr);
    double height = paper->link != NULL ? SQUARE + SQUARE_BEFORE : 0;
    if (layout == NULL)
        return RC_NO_MEMORY;
    set_features(layout);
    pango_layout_set_width(layout, (WIDTH - 2 * MARGIN) * PANGO_SCALE);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, PANGO_ALIGN_CENTER);
    pango_layout_set_auto_dir(layout, TRUE);
    for (size_t k = 0; k < paper->count; k++)
        height += set_line(layout, &paper->lines[k]);
    double y = (HEIGHT - height) / 2; // as much above as below
    cairo_tag_begin(cr, "Document", NULL);
    for (size_t k = 0; k < paper->count; k++)
        draw_line(cr, layout, &paper->lines[k], &y);
    drawing->square_foot = HEIGHT - (y + SQUARE_BEFORE + SQUARE);
    if (paper->link != NULL)
        draw_square(cr, &drawing->qr, y + SQUARE_BEFORE);
    cairo_tag_end(cr, "Document");
    g_object_unref(layout);
    return height > HEIGHT - MARGIN ? RC_LIMIT : RC_OK;
}

static enum rc draw(struct drawing *drawing, struct buffer *out)
{
    const struct paper *paper = drawing->paper;
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take_bytes, out, WIDTH, HEIGHT);
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, paper->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, paper->author);
    // The same page gives the same bytes: no clock.
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2026-01-01T00:00:00Z");
    cairo_t *cr = cairo_create(surface);
    enum rc rc = draw_all(cr, drawing);
    cairo_show_page(cr);
    if (rc == RC_OK && cairo_status(cr) != CAIRO_STATUS_SUCCESS)
        rc = RC_IO;
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    if (rc == RC_OK && cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        rc = out->rc != RC_OK ? out->rc : RC_IO;
    cairo_surface_destroy(surface);
    return rc;
}

// ---- what cairo leaves out -------------------------------------------------------------------

// The packet that says PDF/UA-1, and the title once more (ISO 14289-1, 5 and 7.1).
static enum rc write_xmp(struct arena *arena, const struct paper *paper, struct buffer *xmp)
{
    buffer_open(xmp, arena, 1 << 16);
    buffer_text(xmp, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                     "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
                     "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description "
                     "rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                     "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">"
                     "<pdfuaid:part>1</pdfuaid:part><dc:title><rdf:Alt><rdf:li "
                     "xml:lang=\"x-default\">");
    markup_text(xmp, paper->title);
    buffer_text(xmp, "</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>\n"
                     "<?xpacket end=\"r\"?>");
    return xmp->rc;
}

static void add_marks(qpdf_data pdf, const struct paper *paper, const struct buffer *xmp)
{
    qpdf_oh root = qpdf_get_root(pdf);
    qpdf_oh stream = qpdf_oh_new_stream(pdf);
    qpdf_oh dict = qpdf_oh_get_dict(pdf, stream);
    qpdf_oh_replace_key(pdf, dict, "/Type", qpdf_oh_new_name(pdf, "/Metadata"));
    qpdf_oh_replace_key(pdf, dict, "/Subtype", qpdf_oh_new_name(pdf, "/XML"));
    qpdf_oh_replace_stream_data(pdf, stream, (const unsigned char *)xmp->bytes, xmp->length,
                                qpdf_oh_new_null(pdf), qpdf_oh_new_null(pdf));
    qpdf_oh_replace_key(pdf, root, "/Metadata", stream);
    qpdf_oh_replace_key(pdf, root, "/Lang", qpdf_oh_new_unicode_string(pdf, paper->language));
    qpdf_oh_replace_key(pdf, root, "/MarkInfo", qpdf_oh_parse(pdf, "<< /Marked true >>"));
    qpdf_oh_replace_key(pdf, root, "/ViewerPreferences",
                        qpdf_oh_parse(pdf, "<< /DisplayDocTitle true >>"));
}

// Fonts of other scripts say that their numbers are those of the glyphs, which cairo leaves to be
// understood, and PDF/UA-1 (7.21.3.2) does not.
static void add_glyphs(qpdf_data pdf)
{
    qpdf_oh resources = qpdf_oh_get_key(pdf, qpdf_get_page_n(pdf, 0), "/Resources");
    if (!qpdf_oh_has_key(pdf, resources, "/Font"))
        return;
    qpdf_oh fonts = qpdf_oh_get_key(pdf, resources, "/Font");
    for (qpdf_oh_begin_dict_key_iter(pdf, fonts); qpdf_oh_dict_more_keys(pdf);) {
        qpdf_oh font = qpdf_oh_get_key(pdf, fonts, qpdf_oh_dict_next_key(pdf));
        if (!qpdf_oh_has_key(pdf, font, "/DescendantFonts"))
            continue;
        qpdf_oh inner =
            qpdf_oh_get_array_item(pdf, qpdf_oh_get_key(pdf, font, "/DescendantFonts"), 0);
        if (strcmp(qpdf_oh_get_name(pdf, qpdf_oh_get_key(pdf, inner, "/Subtype")),
                   "/CIDFontType2") == 0)
            qpdf_oh_replace_key(pdf, inner, "/CIDToGIDMap", qpdf_oh_new_name(pdf, "/Identity"));
    }
}

// The square among the children of the document: cairo 1.16 can't say what a figure shows.
static enum rc add_words(qpdf_data pdf, struct arena *arena, const struct drawing *drawing)
{
    int foot = (int)drawing->square_foot;
    const char *place =
        arena_printf(arena, "<< /O /Layout /Placement /Block /BBox [ %d %d %d %d ] >>",
                     (WIDTH - SQUARE) / 2, foot, (WIDTH + SQUARE) / 2, foot + SQUARE + 1);
    if (place == NULL)
        return RC_NO_MEMORY;
    qpdf_oh top =
        qpdf_oh_get_key(pdf, qpdf_oh_get_key(pdf, qpdf_get_root(pdf), "/StructTreeRoot"), "/K");
    qpdf_oh document = qpdf_oh_is_array(pdf, top) ? qpdf_oh_get_array_item(pdf, top, 0) : top;
    qpdf_oh children = qpdf_oh_get_key(pdf, document, "/K");
    int count = qpdf_oh_is_array(pdf, children) ? qpdf_oh_get_array_n_items(pdf, children) : 0;
    qpdf_oh last = count > 0 ? qpdf_oh_get_array_item(pdf, children, count - 1) : children;
    if (!qpdf_oh_is_dictionary(pdf, last))
        return RC_IO;
    qpdf_oh role = qpdf_oh_get_key(pdf, last, "/S");
    if (!qpdf_oh_is_name(pdf, role) || strcmp(qpdf_oh_get_name(pdf, role), "/Figure") != 0)
        return RC_IO;
    qpdf_oh_replace_key(pdf, last, "/Alt",
                        qpdf_oh_new_unicode_string(pdf, drawing->paper->link_words));
    qpdf_oh_replace_key(pdf, last, "/A", qpdf_oh_parse(pdf, place));
    return RC_OK;
}

static enum rc finish(qpdf_data pdf, struct arena *arena, const struct drawing *drawing,
                      const struct buffer *drawn, struct text *ret_pdf)
{
    const struct paper *paper = drawing->paper;
    struct buffer xmp;
    TRY(write_xmp(arena, paper, &xmp));
    if (qpdf_read_memory(pdf, "page", drawn->bytes, drawn->length, NULL) >= QPDF_ERRORS)
        return RC_IO;
    add_marks(pdf, paper, &xmp);
    add_glyphs(pdf);
    if (paper->link != NULL)
        TRY(add_words(pdf, arena, drawing));
    if (qpdf_init_write_memory(pdf) >= QPDF_ERRORS)
        return RC_IO;
    qpdf_set_minimum_pdf_version(pdf, "1.7");
    qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
    // Metadata must be readable as it stands.
    qpdf_set_compress_streams(pdf, QPDF_FALSE);
    if (qpdf_write(pdf) >= QPDF_ERRORS)
        return RC_IO;
    size_t length = qpdf_get_buffer_length(pdf);
    char *bytes = arena_alloc(arena, length);
    if (bytes == NULL)
        return RC_NO_MEMORY;
    memcpy(bytes, qpdf_get_buffer(pdf), length);
    *ret_pdf = (struct text){bytes, length};
    return RC_OK;
}

enum rc paper_pdf(struct arena *arena, const struct paper *paper, struct text *ret_pdf)
{
    struct buffer drawn;
    struct drawing drawing = {.paper = paper};
    if (paper->count > PAPER_LINES_MAX)
        return RC_LIMIT;
    for (size_t k = 0; k < paper->count; k++)
        if (strlen(paper->lines[k].text) > PAPER_TEXT_MAX)
            return RC_LIMIT;
    if (paper->link != NULL)
        TRY(qr_make(arena, paper->link, &drawing.qr));
    buffer_open(&drawn, arena, PDF_LIMIT_BYTES);
    TRY(draw(&drawing, &drawn));
    qpdf_data pdf = qpdf_init();
    if (pdf == NULL)
        return RC_NO_MEMORY;
    qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
    enum rc rc = finish(pdf, arena, &drawing, &drawn, ret_pdf);
    qpdf_cleanup(&pdf);
    return rc;
}

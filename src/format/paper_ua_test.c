// SPDX-License-Identifier: Apache-2.0
//
// Our printed pages keep the rules of PDF/UA-1, and the check of that (paper_ua_test.h) is worth
// something: each page is damaged in each way that a rule names, written, read again, and found to
// break that rule and no other. docs/evidence/pdf-ua.md has the list.
#include "format/paper_ua_test.h"

#include "base/tap.h"

#include "format/paper.h"

static const struct paper_line lines[] = {
    {PAPER_HEADING, "Certificate"                              },
    {PAPER_TEXT,    "This is to say that"                      },
    {PAPER_NAME,    "Amina Diallo"                             },
    {PAPER_TEXT,    "took part in Autumn as a mentor,"         },
    {PAPER_SMALL,   "To check it: http://example.org/check/abc"},
};
static const struct paper_line turned[] = {
    {PAPER_HEADING, "شهادة"                      },
    {PAPER_NAME,    "Ольга Çağlar Νίκη"    },
    {PAPER_TEXT,    "شاركت في البرنامج"},
};
static const struct paper latin = {
    "en",     "Certificate: Amina Diallo",    "Trellis",
    lines,    sizeof lines / sizeof lines[0], "http://example.org/check/abc",
    "QR code"};
static const struct paper arabic = {
    "ar", "شهادة", "Trellis", turned, 3, "http://example.org/check/abc", "رمز"};
static const struct paper bare = {
    "pt-BR", "Certificado", "Trellis", lines, sizeof lines / sizeof lines[0], NULL, NULL};

// Where a damage is done.
enum place {
    NOWHERE,
    CATALOG,
    MARKS,    // MarkInfo
    TREE,     // StructTreeRoot
    DOCUMENT, // the tag of all
    HEADING,
    FIRST, // paragraph
    SECOND,
    FIGURE,
    PAGE,
    RESOURCES,
    FONT,       // the first that is composed, or the last
    INNER,      // what it is composed of
    DESCRIPTOR, // what is told of it
    CONTENT,    // in these streams `key` becomes `value`
    XMP,
    UNICODE,
    LOCK, // written for those who may only look at it
};

struct damage {
    const char *name;
    enum ua_rule rule;
    struct {
        enum place place;
        const char *key;
        const char *value; // as in a PDF; NULL: the key goes
    } edits[2];
    uint64_t also; // other rules that it can't but break
    bool arabic;   // done to that page
};

#define ALSO(rule) ((uint64_t)1 << (rule))

// clang-format off
static const struct damage damages[] = {
    {"no language",                      UA_LANGUAGE, {{CATALOG, "/Lang", NULL}}},
    {"an empty language",                UA_LANGUAGE, {{CATALOG, "/Lang", "()"}}},
    {"a language that is none",          UA_LANGUAGE, {{CATALOG, "/Lang", "(English, please)"}}},
    {"no MarkInfo",                      UA_MARKED,   {{CATALOG, "/MarkInfo", NULL}}},
    {"Marked false",                     UA_MARKED,   {{MARKS, "/Marked", "false"}}},
    {"Suspects true",                    UA_SUSPECTS, {{MARKS, "/Suspects", "true"}}},
    {"no ViewerPreferences",             UA_SHOWN,    {{CATALOG, "/ViewerPreferences", NULL}}},
    {"DisplayDocTitle false",            UA_SHOWN,    {{CATALOG, "/ViewerPreferences", "<< /DisplayDocTitle false >>"}}},
    {"no metadata",                      UA_METADATA, {{CATALOG, "/Metadata", NULL}}},
    {"no pdfuaid:part",                  UA_ID,       {{XMP, "<pdfuaid:part>1</pdfuaid:part>", ""}}},
    {"another name space of pdfuaid",    UA_ID,       {{XMP, "http://www.aiim.org/pdfua/ns/id/", "http://www.example.org/"}}},
    {"pdfuaid:part 2",                   UA_PART,     {{XMP, "<pdfuaid:part>1<", "<pdfuaid:part>2<"}}},
    {"no dc:title",                      UA_TITLE,    {{XMP, "dc:title", "dc:subject"}}},
    {"an empty dc:title",                UA_TITLE,    {{XMP, "Certificate: Amina Diallo", ""}}},
    {"no StructTreeRoot",                UA_TREE,     {{CATALOG, "/StructTreeRoot", NULL}}, ALSO(UA_UNTAGGED)},
    {"a tree without tags",              UA_UNTAGGED, {{TREE, "/K", "[]"}}},
    {"a line that no tag holds",         UA_UNTAGGED, {{FIRST, "/K", NULL}}},
    {"a figure that no tag holds",       UA_UNTAGGED, {{FIGURE, "/K", NULL}}},
    {"a text without a mark",            UA_UNTAGGED, {{CONTENT, "/P << /MCID 1 >> BDC", "/Span BMC"}}},
    {"a shape without a mark",           UA_UNTAGGED, {{CONTENT, "q\n", "q 0 0 9 9 re f\n"}}},
    {"a mark of a number that is none",  UA_UNTAGGED, {{CONTENT, "/MCID 2 ", "/MCID 99 "}}},
    {"an artifact inside of a tag",      UA_ARTIFACT, {{CONTENT, "/P << /MCID 1 >> BDC", "/P << /MCID 1 >> BDC /Artifact BMC 0 0 9 9 re f EMC"}}},
    {"the same with properties",         UA_ARTIFACT, {{CONTENT, "/P << /MCID 1 >> BDC", "/P << /MCID 1 >> BDC /Artifact << /Type /Layout >> BDC 0 0 9 9 re f EMC"}}},
    {"a tag inside of an artifact",      UA_TAGGED,   {{CONTENT, "/P << /MCID 1 >> BDC", "/Artifact BMC EMC /Artifact BMC /P << /MCID 1 >> BDC EMC EMC /P << /MCID 1 >> BDC"}}},
    {"a tag without a meaning",          UA_ROLE,     {{FIRST, "/S", "/Words"}}},
    {"one with a meaning that has none", UA_ROLE,     {{FIRST, "/S", "/Words"}, {TREE, "/RoleMap", "<< /Words /Talk >>"}}},
    {"a circle of meanings",             UA_LOOP,     {{FIRST, "/S", "/Words"}, {TREE, "/RoleMap", "<< /Words /Talk /Talk /Words >>"}}},
    {"a tag that means itself",          UA_LOOP,     {{FIRST, "/S", "/Words"}, {TREE, "/RoleMap", "<< /Words /Words >>"}}},
    {"P that means Span",                UA_REMAPPED, {{TREE, "/RoleMap", "<< /P /Span >>"}}},
    {"a row outside of a table",         UA_TABLE,    {{FIRST, "/S", "/TR"}}},
    {"a cell outside of a row",          UA_TABLE,    {{FIRST, "/S", "/TD"}}},
    {"a table with a heading inside",    UA_TABLE,    {{DOCUMENT, "/S", "/Table"}}},
    {"an item outside of a list",        UA_LIST,     {{FIRST, "/S", "/LI"}}},
    {"the body of one",                  UA_LIST,     {{FIRST, "/S", "/LBody"}}},
    {"a list with paragraphs inside",    UA_LIST,     {{DOCUMENT, "/S", "/L"}}},
    {"a line of contents",               UA_CONTENTS, {{FIRST, "/S", "/TOCI"}}},
    {"a figure without words",           UA_ALT,      {{FIGURE, "/Alt", NULL}}},
    {"a figure with empty words",        UA_ALT,      {{FIGURE, "/Alt", "()"}}},
    {"a line that is a figure",          UA_ALT,      {{FIRST, "/S", "/Figure"}}},
    {"the first heading is the second",  UA_HEADING,  {{HEADING, "/S", "/H2"}}},
    {"H1, then H3",                      UA_HEADING,  {{FIRST, "/S", "/H3"}}},
    {"H1, H2, then H4",                  UA_HEADING,  {{FIRST, "/S", "/H2"}, {SECOND, "/S", "/H4"}}},
    {"H1 and H",                         UA_H_BOTH,   {{FIRST, "/S", "/H"}}},
    {"H twice in one tag",               UA_H_TWICE,  {{HEADING, "/S", "/H"}, {FIRST, "/S", "/H"}}},
    {"a formula without words",          UA_FORMULA,  {{FIRST, "/S", "/Formula"}}},
    {"a note without a name",            UA_NOTE,     {{FIRST, "/S", "/Note"}}},
    {"locked for readers",               UA_ACCESS,   {{LOCK, NULL, NULL}}},
    {"a link outside of the tree",       UA_ANNOT,    {{PAGE, "/Annots", "[ << /Type /Annot /Subtype /Link /Rect [ 0 0 9 9 ] /Contents (More) >> ]"}, {PAGE, "/Tabs", "/S"}}},
    {"a link without words",             UA_LINK,     {{PAGE, "/Annots", "[ << /Type /Annot /Subtype /Link /Rect [ 0 0 9 9 ] /StructParent 1 >> ]"}, {PAGE, "/Tabs", "/S"}}},
    {"a page whose Tab is not told",     UA_TABS,     {{PAGE, "/Annots", "[ << /Type /Annot /Subtype /Link /Rect [ 0 0 9 9 ] /StructParent 1 /Contents (More) >> ]"}}},
    {"Tab by rows",                      UA_TABS,     {{PAGE, "/Annots", "[ << /Type /Annot /Subtype /Link /Rect [ 0 0 9 9 ] /StructParent 1 /Contents (More) >> ]"}, {PAGE, "/Tabs", "/R"}}},
    {"a font that is not in the file",   UA_EMBEDDED, {{DESCRIPTOR, "/FontFile2", NULL}}},
    {"the same of a composed one",       UA_EMBEDDED, {{DESCRIPTOR, "/FontFile2", NULL}}, .arabic = true},
    {"no CIDToGIDMap",                   UA_GLYPHS,   {{INNER, "/CIDToGIDMap", NULL}}, .arabic = true},
    {"no ToUnicode",                     UA_UNICODE,  {{FONT, "/ToUnicode", NULL}}, .arabic = true},
    {"nor an encoding",                  UA_UNICODE,  {{FONT, "/Encoding", NULL}, {FONT, "/ToUnicode", NULL}}},
    {"a letter that is not told",        UA_UNICODE,  {{UNICODE, "<0001> ", "<0fff> "}}, .arabic = true},
    {"a letter that is U+0000",          UA_VALUE,    {{UNICODE, "<61> <0061>", "<61> <0000>"}}},
    {"a letter that is U+FEFF",          UA_VALUE,    {{UNICODE, "<61> <0061>", "<61> <FEFF>"}}},
    {"a letter that is U+FFFE",          UA_VALUE,    {{UNICODE, "<61> <0061>", "<61> <fffe>"}}},
};

// What is changed and does no harm: who finds it broken finds too much.
static const struct damage harmless[] = {
    {"a language with a country",        UA_OPENS, {{CATALOG, "/Lang", "(es-MX)"}}},
    {"Suspects false",                   UA_OPENS, {{MARKS, "/Suspects", "false"}}},
    {"a meaning that leads to P",        UA_OPENS, {{FIRST, "/S", "/Words"}, {TREE, "/RoleMap", "<< /Words /Talk /Talk /P >>"}}},
    {"H1, H2, H3",                       UA_OPENS, {{FIRST, "/S", "/H2"}, {SECOND, "/S", "/H3"}}},
    {"a heading without a level, alone", UA_OPENS, {{HEADING, "/S", "/H"}}},
    {"ActualText instead of Alt",        UA_OPENS, {{FIGURE, "/Alt", NULL}, {FIGURE, "/ActualText", "(A square)"}}},
    {"an artifact between tags",         UA_OPENS, {{CONTENT, "/P << /MCID 1 >> BDC", "/Artifact BMC 0 0 9 9 re f EMC /P << /MCID 1 >> BDC"}}},
    {"a mark without a number inside",   UA_OPENS, {{CONTENT, "/P << /MCID 1 >> BDC", "/P << /MCID 1 >> BDC /Span BMC EMC"}}},
    {"WinAnsi without ToUnicode",        UA_OPENS, {{FONT, "/ToUnicode", NULL}}},
    {"a page without notes, Tab by rows", UA_OPENS, {{PAGE, "/Tabs", "/R"}}},
};
// clang-format on

static qpdf_oh tag_of(qpdf_data pdf, int at)
{
    qpdf_oh tree = qpdf_oh_get_key(pdf, qpdf_get_root(pdf), "/StructTreeRoot");
    qpdf_oh top = qpdf_oh_get_array_item(pdf, qpdf_oh_get_key(pdf, tree, "/K"), 0);
    if (at < 0)
        return top;
    qpdf_oh list = qpdf_oh_get_key(pdf, top, "/K");
    int count = qpdf_oh_get_array_n_items(pdf, list);
    return qpdf_oh_get_array_item(pdf, list, at < count ? at : count - 1);
}

static qpdf_oh font_of(qpdf_data pdf)
{
    qpdf_oh resources = qpdf_oh_get_key(pdf, qpdf_get_page_n(pdf, 0), "/Resources");
    qpdf_oh fonts = qpdf_oh_get_key(pdf, resources, "/Font");
    qpdf_oh_begin_dict_key_iter(pdf, fonts);
    qpdf_oh font = qpdf_oh_new_null(pdf);
    while (qpdf_oh_dict_more_keys(pdf)) {
        font = qpdf_oh_get_key(pdf, fonts, qpdf_oh_dict_next_key(pdf));
        if (qpdf_oh_has_key(pdf, font, "/DescendantFonts"))
            break;
    }
    return font;
}

static qpdf_oh inner_of(qpdf_data pdf)
{
    qpdf_oh font = font_of(pdf);
    if (!qpdf_oh_has_key(pdf, font, "/DescendantFonts"))
        return font;
    return qpdf_oh_get_array_item(pdf, qpdf_oh_get_key(pdf, font, "/DescendantFonts"), 0);
}

static qpdf_oh place_of(qpdf_data pdf, enum place place)
{
    qpdf_oh root = qpdf_get_root(pdf);
    switch (place) {
    case MARKS:
        return qpdf_oh_get_key(pdf, root, "/MarkInfo");
    case TREE:
        return qpdf_oh_get_key(pdf, root, "/StructTreeRoot");
    case DOCUMENT:
        return tag_of(pdf, -1);
    case HEADING:
        return tag_of(pdf, 0);
    case FIRST:
        return tag_of(pdf, 1);
    case SECOND:
        return tag_of(pdf, 2);
    case FIGURE:
        return tag_of(pdf, 999);
    case PAGE:
        return qpdf_get_page_n(pdf, 0);
    case RESOURCES:
        return qpdf_oh_get_key(pdf, qpdf_get_page_n(pdf, 0), "/Resources");
    case FONT:
        return font_of(pdf);
    case INNER:
        return inner_of(pdf);
    case DESCRIPTOR:
        return qpdf_oh_get_key(pdf, inner_of(pdf), "/FontDescriptor");
    case CONTENT:
        return qpdf_oh_get_key(pdf, qpdf_get_page_n(pdf, 0), "/Contents");
    case XMP:
        return qpdf_oh_get_key(pdf, root, "/Metadata");
    case UNICODE:
        return qpdf_oh_get_key(pdf, font_of(pdf), "/ToUnicode");
    case NOWHERE:
    case CATALOG:
    case LOCK:
        break;
    }
    return root;
}

// In a stream the first `from` becomes `to`. False: it is not there.
static bool change_stream(struct arena *arena, qpdf_data pdf, qpdf_oh stream, const char *from,
                          const char *to)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    QPDF_BOOL filtered = QPDF_FALSE;
    if (qpdf_oh_get_stream_data(pdf, stream, qpdf_dl_generalized, &filtered, &bytes, &length) >=
        QPDF_ERRORS)
        return false;
    char *text = arena_strndup(arena, (const char *)bytes, length);
    free(bytes);
    char *at = strstr(text, from);
    if (at == NULL)
        return false;
    const char *made =
        arena_printf(arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    qpdf_oh_replace_stream_data(pdf, stream, (const unsigned char *)made, strlen(made),
                                qpdf_oh_new_null(pdf), qpdf_oh_new_null(pdf));
    return true;
}

// The page with the damage done. Length 0: it could not be done.
static struct text do_damage(struct arena *arena, struct text sound, const struct damage *damage)
{
    struct text made = {"", 0};
    bool done = true;
    bool locked = false;
    qpdf_data pdf = qpdf_init();
    qpdf_silence_errors(pdf);
    qpdf_read_memory(pdf, "page", sound.bytes, sound.length, NULL);
    for (size_t k = 0; k < 2 && damage->edits[k].place != NOWHERE; k++) {
        enum place place = damage->edits[k].place;
        const char *key = damage->edits[k].key;
        const char *value = damage->edits[k].value;
        qpdf_oh where = place_of(pdf, place);
        if (place == LOCK)
            locked = true;
        else if (place == CONTENT || place == XMP || place == UNICODE)
            done = done && change_stream(arena, pdf, where, key, value);
        else if (value == NULL)
            qpdf_oh_remove_key(pdf, where, key);
        else
            qpdf_oh_replace_key(pdf, where, key, qpdf_oh_parse(pdf, value));
    }
    qpdf_init_write_memory(pdf);
    if (locked)
        qpdf_set_r3_encryption_parameters_insecure(pdf, "", "owner", QPDF_FALSE, QPDF_FALSE,
                                                   QPDF_FALSE, QPDF_FALSE, QPDF_FALSE, QPDF_FALSE,
                                                   qpdf_r3p_full);
    if (done && qpdf_write(pdf) < QPDF_ERRORS) {
        size_t length = qpdf_get_buffer_length(pdf);
        char *bytes = arena_alloc(arena, length);
        memcpy(bytes, qpdf_get_buffer(pdf), length);
        made = (struct text){bytes, length};
    }
    qpdf_cleanup(&pdf);
    return made;
}

static void try_sound(struct arena *arena, const struct paper *paper, const char *name,
                      struct text *ret_pdf)
{
    is_int(paper_pdf(arena, paper, ret_pdf), RC_OK, "%s: a page is made", name);
    is_str(ua_clauses(arena, ua_check(arena, *ret_pdf)), "none", "%s: breaks no rule", name);
}

int main(void)
{
    struct arena arena;
    struct text pages[2];
    struct text other;
    uint64_t seen = 0;
    arena_open(&arena, 512 << 20);
    try_sound(&arena, &latin, "in Latin letters", &pages[0]);
    try_sound(&arena, &arabic, "in Arabic", &pages[1]);
    try_sound(&arena, &bare, "without a figure", &other);
    for (size_t k = 0; k < sizeof damages / sizeof damages[0]; k++) {
        const struct damage *one = &damages[k];
        struct text pdf = do_damage(&arena, pages[one->arabic], one);
        uint64_t want = ALSO(one->rule) | one->also;
        uint64_t got = pdf.length == 0 ? 0 : ua_check(&arena, pdf);
        ok(got == want, "%s (%s): %s", ua_rules[one->rule].clause, ua_rules[one->rule].words,
           one->name);
        if (got != want)
            note("found: %s%s", ua_clauses(&arena, got), pdf.length == 0 ? ", not done" : "");
        seen |= got;
    }
    for (size_t k = 0; k < sizeof harmless / sizeof harmless[0]; k++) {
        struct text pdf = do_damage(&arena, pages[0], &harmless[k]);
        is_str(pdf.length == 0 ? "not done" : ua_clauses(&arena, ua_check(&arena, pdf)), "none",
               "does no harm: %s", harmless[k].name);
    }
    uint64_t unseen = (((uint64_t)1 << UA_RULE_COUNT) - 1) & ~seen;
    is_str(ua_clauses(&arena, unseen & ~(ALSO(UA_OPENS) | ALSO(UA_REF))), "none",
           "each rule has been broken");
    other = (struct text){pages[0].bytes, pages[0].length / 2};
    ok(ua_check(&arena, other) != 0, "half of a page is no page");
    arena_close(&arena);
    return tap_done();
}

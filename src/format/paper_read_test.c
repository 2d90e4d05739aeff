// SPDX-License-Identifier: Apache-2.0
//
// Reads our printed pages as a screen reader and a checker of PDF/UA would, by qpdf: that the
// marks, the language, the title and the tree of tags are there, that the tree is in reading order,
// and that nothing is drawn outside of a tag. Each check is also tried on a page from which the
// thing was taken out.
#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/tap.h"

#include "format/paper.h"

static const struct paper_line lines[] = {
    {PAPER_HEADING, "Certificate"                              },
    {PAPER_TEXT,    "This is to say that"                      },
    {PAPER_NAME,    "Amina Diallo"                             },
    {PAPER_TEXT,    "took part in Autumn as a mentor,"         },
    {PAPER_TEXT,    "and met for 12.5 confirmed hours."        },
    {PAPER_SMALL,   "To check it: http://example.org/check/abc"},
};
enum { LINES = sizeof lines / sizeof lines[0], MARKS_MOST = 100 };

// What a reader finds in a page.
struct found {
    bool opened;
    bool marked;
    bool title_shown;
    bool structured;
    bool tabs; // pages are walked in the order of the structure
    char language[16];
    char roles[512];     // of the tree, in its order: "Document H1 P P"
    int ids[MARKS_MOST]; // of marked content, in the order of the tree
    size_t id_count;
    int drawn[MARKS_MOST]; // the same in the order in which the page draws
    size_t drawn_count;
    size_t outside; // texts and shapes outside of any mark
    char *content;  // of the page
};

static void walk(qpdf_data pdf, qpdf_oh top, struct found *found)
{
    qpdf_oh stack[MARKS_MOST];
    size_t depth = 0;
    stack[depth++] = top;
    while (depth > 0) {
        qpdf_oh one = stack[--depth];
        if (qpdf_oh_is_integer(pdf, one) && found->id_count < MARKS_MOST)
            found->ids[found->id_count++] = qpdf_oh_get_int_value_as_int(pdf, one);
        if (qpdf_oh_is_array(pdf, one))
            for (int k = qpdf_oh_get_array_n_items(pdf, one); k > 0 && depth < MARKS_MOST; k--)
                stack[depth++] = qpdf_oh_get_array_item(pdf, one, k - 1);
        if (!qpdf_oh_is_dictionary(pdf, one))
            continue;
        qpdf_oh role = qpdf_oh_get_key(pdf, one, "/S");
        size_t length = strlen(found->roles);
        if (qpdf_oh_is_name(pdf, role))
            snprintf(found->roles + length, sizeof found->roles - length, "%s%s",
                     length == 0 ? "" : " ", qpdf_oh_get_name(pdf, role) + 1);
        if (qpdf_oh_has_key(pdf, one, "/MCID"))
            stack[depth++] = qpdf_oh_get_key(pdf, one, "/MCID");
        else if (qpdf_oh_has_key(pdf, one, "/K") && depth < MARKS_MOST)
            stack[depth++] = qpdf_oh_get_key(pdf, one, "/K");
    }
}

static bool draws(const char *word)
{
    static const char *const operators[] = {"Tj", "TJ", "'", "\"", "f", "f*",
                                            "S",  "s",  "B", "B*", "Do"};
    for (size_t k = 0; k < sizeof operators / sizeof operators[0]; k++)
        if (strcmp(word, operators[k]) == 0)
            return true;
    return false;
}

// Cuts the next word off; NULL: there is none.
static char *next_word(char **rest)
{
    static const char between[] = " \r\n\t<>[]";
    char *word = *rest + strspn(*rest, between);
    char *end = word + strcspn(word, between);
    if (word == end)
        return NULL;
    *rest = *end == '\0' ? end : end + 1;
    *end = '\0';
    return word;
}

// Goes through the page's own operators: "/P << /MCID 3 >> BDC ... EMC".
static void read_content(char *content, struct found *found)
{
    size_t inside = 0;
    bool number = false;
    for (char *word = next_word(&content); word != NULL; word = next_word(&content)) {
        if (number && found->drawn_count < MARKS_MOST)
            found->drawn[found->drawn_count++] = (int)(word[0] - '0') * (word[1] == '\0' ? 1 : 10) +
                                                 (word[1] == '\0' ? 0 : word[1] - '0');
        number = strcmp(word, "/MCID") == 0;
        inside += strcmp(word, "BDC") == 0 || strcmp(word, "BMC") == 0;
        if (strcmp(word, "EMC") == 0 && inside > 0)
            inside--;
        found->outside += inside == 0 && draws(word);
    }
}

// `without`: a key of the root that is taken out first; NULL: none.
static struct found read_pdf(struct arena *arena, struct text bytes, const char *without)
{
    struct found found = {0};
    unsigned char *content = NULL;
    size_t length = 0;
    qpdf_data pdf = qpdf_init();
    qpdf_silence_errors(pdf);
    found.opened = qpdf_read_memory(pdf, "page", bytes.bytes, bytes.length, NULL) == 0;
    qpdf_oh root = qpdf_get_root(pdf);
    if (without != NULL)
        qpdf_oh_remove_key(pdf, root, without);
    qpdf_oh mark = qpdf_oh_get_key(pdf, root, "/MarkInfo");
    qpdf_oh viewer = qpdf_oh_get_key(pdf, root, "/ViewerPreferences");
    qpdf_oh language = qpdf_oh_get_key(pdf, root, "/Lang");
    qpdf_oh tree = qpdf_oh_get_key(pdf, root, "/StructTreeRoot");
    qpdf_oh page = qpdf_get_page_n(pdf, 0);
    found.marked = qpdf_oh_is_dictionary(pdf, mark) &&
                   qpdf_oh_get_bool_value(pdf, qpdf_oh_get_key(pdf, mark, "/Marked"));
    found.title_shown =
        qpdf_oh_is_dictionary(pdf, viewer) &&
        qpdf_oh_get_bool_value(pdf, qpdf_oh_get_key(pdf, viewer, "/DisplayDocTitle"));
    if (qpdf_oh_is_string(pdf, language))
        snprintf(found.language, sizeof found.language, "%s",
                 qpdf_oh_get_utf8_value(pdf, language));
    found.structured = qpdf_oh_is_dictionary(pdf, tree);
    if (found.structured)
        walk(pdf, qpdf_oh_get_key(pdf, tree, "/K"), &found);
    if (qpdf_oh_get_page_content_data(pdf, page, &content, &length) == 0) {
        found.content = arena_strndup(arena, (const char *)content, length);
        free(content);
    }
    if (found.content != NULL)
        read_content(found.content, &found);
    qpdf_cleanup(&pdf);
    return found;
}

// What PDF/UA-1 asks of a page like ours, and that it is read from the top to the end.
static bool is_readable(const struct found *found, const char *language, const char *roles)
{
    bool in_order = found->id_count == found->drawn_count && found->id_count > 0;
    for (size_t k = 0; in_order && k < found->id_count; k++)
        in_order = found->ids[k] == found->drawn[k];
    return found->opened && found->marked && found->title_shown && found->structured && in_order &&
           found->outside == 0 && strcmp(found->language, language) == 0 &&
           strcmp(found->roles, roles) == 0;
}

int main(void)
{
    static const char roles[] = "Document H1 P P P P P Figure";
    static const char *const parts[] = {"/MarkInfo", "/ViewerPreferences", "/Lang",
                                        "/StructTreeRoot"};
    const struct paper paper = {"es",  "Certificate: Amina Diallo",    "Trellis", lines,
                                LINES, "http://example.org/check/abc", "A square"};
    struct arena arena;
    struct text pdf;
    arena_open(&arena, 64 << 20);
    is_int(paper_pdf(&arena, &paper, &pdf), RC_OK, "a page is made");
    struct found found = read_pdf(&arena, pdf, NULL);
    is_str(found.roles, roles, "its tags are in reading order");
    is_str(found.language, "es", "its language is told");
    is_int((int64_t)found.outside, 0, "nothing is drawn outside of a tag");
    is_int((int64_t)found.id_count, LINES + 1, "each line and the square have their mark");
    ok(is_readable(&found, "es", roles), "it can be read aloud");
    for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++) {
        struct found less = read_pdf(&arena, pdf, parts[k]);
        ok(!is_readable(&less, "es", roles), "without %s it could not", parts[k]);
    }
    char untagged[] = "BT /F1 12 Tf <0001> Tj ET /P << /MCID 0 >> BDC <02> Tj EMC";
    struct found outside = {0};
    read_content(untagged, &outside);
    is_int((int64_t)outside.outside, 1, "a text outside of a tag would be found");
    struct paper turned = paper;
    struct paper_line other[LINES];
    memcpy(other, lines, sizeof lines);
    other[0] = lines[1];
    other[1] = lines[0];
    turned.lines = other;
    is_int(paper_pdf(&arena, &turned, &pdf), RC_OK, "another order");
    found = read_pdf(&arena, pdf, NULL);
    ok(!is_readable(&found, "es", roles), "is not taken for the one that was wanted");
    arena_close(&arena);
    return tap_done();
}

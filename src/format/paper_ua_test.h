// SPDX-License-Identifier: Apache-2.0
//
// Why: our pages claim to be PDF/UA-1, and nobody who reads them by ear can see that they are not.
// This checks a PDF against the rules of ISO 14289-1 that a machine can decide and that pages like
// ours touch: numbers are those of veraPDF's profile for PDF/UA-1 (clause, number of its test).
//
// Not for: pages with forms, media, embedded files or optional content, which ours have not; what
// only a person can judge (whether an alternative text says what a picture shows).
#ifndef TRELLIS_FORMAT_PAPER_UA_TEST_H
#define TRELLIS_FORMAT_PAPER_UA_TEST_H

#include <ctype.h>
#include <qpdf/qpdf-c.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"

// clang-format off
#define UA_RULES(X) \
    X(UA_OPENS,    "6.1",              "the file is damaged as PDF") \
    X(UA_ID,       "5-1",              "the metadata do not say that it is PDF/UA") \
    X(UA_PART,     "5-2",              "it says to be another part than 1") \
    X(UA_MARKED,   "6.2-1",            "it is not marked as tagged") \
    X(UA_ARTIFACT, "7.1-1",            "an artifact stands inside of what is tagged") \
    X(UA_TAGGED,   "7.1-2",            "what is tagged stands inside of an artifact") \
    X(UA_UNTAGGED, "7.1-3",            "something is drawn that is neither tagged nor an artifact") \
    X(UA_SUSPECTS, "7.1-4",            "its tags are suspect") \
    X(UA_ROLE,     "7.1-5",            "a tag has no standard meaning") \
    X(UA_LOOP,     "7.1-6",            "meanings of tags go round in a circle") \
    X(UA_REMAPPED, "7.1-7",            "a standard tag means something else") \
    X(UA_METADATA, "7.1-8",            "there are no metadata") \
    X(UA_TITLE,    "7.1-9",            "the metadata have no title") \
    X(UA_SHOWN,    "7.1-10",           "the title is not shown in the window") \
    X(UA_TREE,     "7.1-11",           "there is no tree of tags") \
    X(UA_TABLE,    "7.2-3 to 7.2-16",  "a part of a table stands outside of one") \
    X(UA_LIST,     "7.2-17 to 7.2-20", "a part of a list stands outside of one") \
    X(UA_CONTENTS, "7.2-26 to 7.2-28", "a line of contents stands outside of a list of them") \
    X(UA_LANGUAGE, "7.2-21 to 7.2-34", "no language is told for its texts") \
    X(UA_ALT,      "7.3-1",            "a figure has no alternative text") \
    X(UA_HEADING,  "7.4.2-1",          "a level of headings is left out") \
    X(UA_H_TWICE,  "7.4.4-1",          "a tag has two headings without a level") \
    X(UA_H_BOTH,   "7.4.4-2, 7.4.4-3", "headings with and without a level") \
    X(UA_FORMULA,  "7.7-1",            "a formula has no alternative text") \
    X(UA_NOTE,     "7.9-1",            "a note has no name") \
    X(UA_ACCESS,   "7.16-1",           "readers for blind people are locked out") \
    X(UA_ANNOT,    "7.18.1-1, 7.18.5-1", "a note or link stands outside of the tree") \
    X(UA_TABS,     "7.18.3-1",         "Tab does not go by the tree") \
    X(UA_LINK,     "7.18.5-2",         "a link has no words") \
    X(UA_REF,      "7.20-1",           "it shows a page of another file") \
    X(UA_GLYPHS,   "7.21.3.2-1",       "a font does not say which glyph is which") \
    X(UA_EMBEDDED, "7.21.4.1-1",       "a font is not in the file") \
    X(UA_UNICODE,  "7.21.7-1",         "a letter can't be read aloud: nobody knows which it is") \
    X(UA_VALUE,    "7.21.7-2",         "a letter is said to be none")
// clang-format on

#define UA_NAME(name, clause, words) name,
enum ua_rule { UA_RULES(UA_NAME) UA_RULE_COUNT };
#undef UA_NAME

static const struct {
    const char *clause;
    const char *words;
} ua_rules[] = {
#define UA_ROW(name, clause, words) {clause, words},
    UA_RULES(UA_ROW)
#undef UA_ROW
};
_Static_assert(UA_RULE_COUNT <= 64, "a set of rules is 64 bits");

enum { UA_TAGS_MOST = 200, UA_DEEP = 20, UA_FONTS_MOST = 16, UA_CODES = 1 << 16 };

struct ua_tag {
    qpdf_oh oh;
    int parent; // -1: the root
    char role[32];
};

struct ua_font {
    const char *name;
    int bytes; // of a code
    bool told; // each letter has a meaning by the encoding
    unsigned char *known;
};

struct ua {
    qpdf_data pdf;
    qpdf_oh root;
    qpdf_oh page;
    struct arena *arena;
    uint64_t broken;
    struct ua_tag tags[UA_TAGS_MOST];
    int tag_count;
    bool in_tree[UA_TAGS_MOST]; // marks that a tag holds
    struct ua_font fonts[UA_FONTS_MOST];
    int font_count;
};

static void ua_break(struct ua *ua, bool broken, enum ua_rule rule)
{
    if (broken)
        ua->broken |= (uint64_t)1 << rule;
}

static qpdf_oh ua_key(const struct ua *ua, qpdf_oh dict, const char *key)
{
    return qpdf_oh_is_dictionary(ua->pdf, dict) ? qpdf_oh_get_key(ua->pdf, dict, key)
                                                : qpdf_oh_new_null(ua->pdf);
}

static const char *ua_name(const struct ua *ua, qpdf_oh name)
{
    return qpdf_oh_is_name(ua->pdf, name) ? qpdf_oh_get_name(ua->pdf, name) + 1 : "";
}

static bool ua_is_true(const struct ua *ua, qpdf_oh dict, const char *key)
{
    qpdf_oh value = ua_key(ua, dict, key);
    return qpdf_oh_is_bool(ua->pdf, value) && qpdf_oh_get_bool_value(ua->pdf, value);
}

static bool ua_has_text(const struct ua *ua, qpdf_oh dict, const char *key)
{
    qpdf_oh text = ua_key(ua, dict, key);
    return qpdf_oh_is_string(ua->pdf, text) && qpdf_oh_get_utf8_value(ua->pdf, text)[0] != '\0';
}

static char *ua_stream(const struct ua *ua, qpdf_oh stream)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    QPDF_BOOL filtered = QPDF_FALSE;
    if (!qpdf_oh_is_stream(ua->pdf, stream) ||
        qpdf_oh_get_stream_data(ua->pdf, stream, qpdf_dl_generalized, &filtered, &bytes, &length) >=
            QPDF_ERRORS)
        return NULL;
    char *text = arena_strndup(ua->arena, (const char *)bytes, length);
    free(bytes);
    return text;
}

// ---- the document ------------------------------------------------------------------------------

static bool ua_is_language(const char *tag)
{
    size_t length = 0;
    for (; *tag != '\0'; tag++) {
        bool dash = *tag == '-';
        if (!isalnum((unsigned char)*tag) && !dash)
            return false;
        if (dash && length == 0)
            return false;
        length = dash ? 0 : length + 1;
        if (length > 8)
            return false;
    }
    return length > 0;
}

static void ua_document(struct ua *ua)
{
    qpdf_oh mark = ua_key(ua, ua->root, "/MarkInfo");
    qpdf_oh viewer = ua_key(ua, ua->root, "/ViewerPreferences");
    qpdf_oh language = ua_key(ua, ua->root, "/Lang");
    ua_break(ua, !ua_is_true(ua, mark, "/Marked"), UA_MARKED);
    ua_break(ua, ua_is_true(ua, mark, "/Suspects"), UA_SUSPECTS);
    ua_break(ua, !ua_is_true(ua, viewer, "/DisplayDocTitle"), UA_SHOWN);
    ua_break(ua,
             !qpdf_oh_is_string(ua->pdf, language) ||
                 !ua_is_language(qpdf_oh_get_utf8_value(ua->pdf, language)),
             UA_LANGUAGE);
    ua_break(ua, qpdf_is_encrypted(ua->pdf) && !qpdf_allow_accessibility(ua->pdf), UA_ACCESS);
}

static void ua_metadata(struct ua *ua)
{
    const char *xmp = ua_stream(ua, ua_key(ua, ua->root, "/Metadata"));
    ua_break(ua, xmp == NULL, UA_METADATA);
    if (xmp == NULL)
        return;
    const char *part = strstr(xmp, "<pdfuaid:part>");
    const char *title = strstr(xmp, "<dc:title>");
    const char *words = title == NULL ? NULL : strstr(title, "<rdf:li");
    words = words == NULL ? NULL : strchr(words, '>');
    ua_break(ua, part == NULL || strstr(xmp, "http://www.aiim.org/pdfua/ns/id/") == NULL, UA_ID);
    ua_break(ua, part != NULL && strncmp(part + 14, "1<", 2) != 0, UA_PART);
    ua_break(ua, words == NULL || words[1] == '<', UA_TITLE);
}

// ---- the tree of tags --------------------------------------------------------------------------

static bool ua_is_one_of(const char *role, const char *roles)
{
    size_t length = strlen(role);
    for (const char *at = strstr(roles, role); length > 0 && at != NULL; at = strstr(at + 1, role))
        if ((at == roles || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

static bool ua_is_standard(const char *role)
{
    return ua_is_one_of(role,
                        "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct "
                        "Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead "
                        "TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby "
                        "RB RT RP Warichu WT WP Figure Formula Form");
}

// What a tag means by the role map.
static void ua_resolve(struct ua *ua, struct ua_tag *tag)
{
    qpdf_oh map = ua_key(ua, ua_key(ua, ua->root, "/StructTreeRoot"), "/RoleMap");
    snprintf(tag->role, sizeof tag->role, "%s", ua_name(ua, ua_key(ua, tag->oh, "/S")));
    for (int steps = 0; steps < UA_DEEP; steps++) {
        char key[40];
        snprintf(key, sizeof key, "/%s", tag->role);
        const char *next = ua_name(ua, ua_key(ua, map, key));
        if (ua_is_standard(tag->role)) {
            ua_break(ua, next[0] != '\0', UA_REMAPPED);
            return;
        }
        if (next[0] == '\0') {
            ua_break(ua, true, UA_ROLE);
            return;
        }
        snprintf(tag->role, sizeof tag->role, "%s", next);
    }
    ua_break(ua, true, UA_LOOP);
}

static int ua_add_tag(struct ua *ua, qpdf_oh oh, int parent)
{
    struct ua_tag *tag = &ua->tags[ua->tag_count];
    *tag = (struct ua_tag){.oh = oh, .parent = parent};
    ua_resolve(ua, tag);
    return ua->tag_count++;
}

static void ua_hold(struct ua *ua, qpdf_oh mark)
{
    int id = qpdf_oh_is_integer(ua->pdf, mark) ? qpdf_oh_get_int_value_as_int(ua->pdf, mark) : -1;
    if (id >= 0 && id < UA_TAGS_MOST)
        ua->in_tree[id] = true;
}

// In the order in which it is read.
static void ua_walk(struct ua *ua, qpdf_oh top)
{
    struct {
        qpdf_oh oh;
        int parent;
    } stack[UA_TAGS_MOST];
    int depth = 0;
    stack[depth].oh = top;
    stack[depth++].parent = -1;
    while (depth > 0 && ua->tag_count < UA_TAGS_MOST) {
        qpdf_oh one = stack[--depth].oh;
        int parent = stack[depth].parent;
        ua_hold(ua, one);
        for (int k = qpdf_oh_is_array(ua->pdf, one) ? qpdf_oh_get_array_n_items(ua->pdf, one) : 0;
             k > 0 && depth < UA_TAGS_MOST; k--) {
            stack[depth].oh = qpdf_oh_get_array_item(ua->pdf, one, k - 1);
            stack[depth++].parent = parent;
        }
        if (!qpdf_oh_is_dictionary(ua->pdf, one))
            continue;
        if (qpdf_oh_has_key(ua->pdf, one, "/MCID")) {
            ua_hold(ua, ua_key(ua, one, "/MCID"));
            continue;
        }
        if (!qpdf_oh_has_key(ua->pdf, one, "/S") || depth == UA_TAGS_MOST)
            continue;
        stack[depth].parent = ua_add_tag(ua, one, parent);
        stack[depth++].oh = ua_key(ua, one, "/K");
    }
}

static void ua_headings(struct ua *ua)
{
    int last = 0;
    bool plain = false;
    for (int k = 0; k < ua->tag_count; k++) {
        const char *role = ua->tags[k].role;
        if (strcmp(role, "H") == 0) {
            for (int other = 0; plain && other < k; other++)
                ua_break(ua,
                         strcmp(ua->tags[other].role, "H") == 0 &&
                             ua->tags[other].parent == ua->tags[k].parent,
                         UA_H_TWICE);
            plain = true;
        }
        if (!ua_is_one_of(role, "H1 H2 H3 H4 H5 H6"))
            continue;
        ua_break(ua, role[1] - '0' > last + 1, UA_HEADING);
        last = role[1] - '0';
    }
    ua_break(ua, plain && last > 0, UA_H_BOTH);
}

static void ua_tag_rules(struct ua *ua, const struct ua_tag *tag)
{
    static const struct {
        const char *role;
        const char *inside;
        enum ua_rule rule;
    } places[] = {
        {"TR",    "Table THead TBody TFoot", UA_TABLE   },
        {"THead", "Table",                   UA_TABLE   },
        {"TBody", "Table",                   UA_TABLE   },
        {"TFoot", "Table",                   UA_TABLE   },
        {"TH",    "TR",                      UA_TABLE   },
        {"TD",    "TR",                      UA_TABLE   },
        {"LI",    "L",                       UA_LIST    },
        {"LBody", "LI",                      UA_LIST    },
        {"TOCI",  "TOC",                     UA_CONTENTS},
    };
    const char *parent = tag->parent < 0 ? "" : ua->tags[tag->parent].role;
    bool worded = ua_has_text(ua, tag->oh, "/Alt") || ua_has_text(ua, tag->oh, "/ActualText");
    for (size_t k = 0; k < sizeof places / sizeof places[0]; k++)
        ua_break(ua,
                 strcmp(tag->role, places[k].role) == 0 && !ua_is_one_of(parent, places[k].inside),
                 places[k].rule);
    ua_break(ua,
             strcmp(parent, "Table") == 0 &&
                 !ua_is_one_of(tag->role, "TR THead TBody TFoot Caption"),
             UA_TABLE);
    ua_break(ua, strcmp(parent, "TR") == 0 && !ua_is_one_of(tag->role, "TH TD"), UA_TABLE);
    ua_break(ua, strcmp(parent, "L") == 0 && !ua_is_one_of(tag->role, "L LI Caption"), UA_LIST);
    ua_break(ua, strcmp(tag->role, "Figure") == 0 && !worded, UA_ALT);
    ua_break(ua, strcmp(tag->role, "Formula") == 0 && !worded, UA_FORMULA);
    ua_break(ua, strcmp(tag->role, "Note") == 0 && !ua_has_text(ua, tag->oh, "/ID"), UA_NOTE);
}

static void ua_tree(struct ua *ua)
{
    qpdf_oh tree = ua_key(ua, ua->root, "/StructTreeRoot");
    ua_break(ua, !qpdf_oh_is_dictionary(ua->pdf, tree), UA_TREE);
    ua_walk(ua, ua_key(ua, tree, "/K"));
    for (int k = 0; k < ua->tag_count; k++)
        ua_tag_rules(ua, &ua->tags[k]);
    ua_headings(ua);
}

// ---- notes and links ---------------------------------------------------------------------------

// Our pages have none, and the tree none to hold them: each is one too many.
static void ua_annotations(struct ua *ua)
{
    qpdf_oh list = ua_key(ua, ua->page, "/Annots");
    int count = qpdf_oh_is_array(ua->pdf, list) ? qpdf_oh_get_array_n_items(ua->pdf, list) : 0;
    ua_break(ua, count > 0 && strcmp(ua_name(ua, ua_key(ua, ua->page, "/Tabs")), "S") != 0,
             UA_TABS);
    for (int k = 0; k < count; k++) {
        qpdf_oh one = qpdf_oh_get_array_item(ua->pdf, list, k);
        bool link = strcmp(ua_name(ua, ua_key(ua, one, "/Subtype")), "Link") == 0;
        ua_break(ua, !qpdf_oh_has_key(ua->pdf, one, "/StructParent"), UA_ANNOT);
        ua_break(ua, link && !ua_has_text(ua, one, "/Contents"), UA_LINK);
    }
    qpdf_oh shapes = ua_key(ua, ua_key(ua, ua->page, "/Resources"), "/XObject");
    if (!qpdf_oh_is_dictionary(ua->pdf, shapes))
        return;
    for (qpdf_oh_begin_dict_key_iter(ua->pdf, shapes); qpdf_oh_dict_more_keys(ua->pdf);) {
        qpdf_oh shape = ua_key(ua, shapes, qpdf_oh_dict_next_key(ua->pdf));
        ua_break(ua,
                 qpdf_oh_is_stream(ua->pdf, shape) &&
                     qpdf_oh_has_key(ua->pdf, qpdf_oh_get_dict(ua->pdf, shape), "/Ref"),
                 UA_REF);
    }
}

// ---- fonts -------------------------------------------------------------------------------------

static bool ua_is_no_letter(const char *hex, size_t length)
{
    for (size_t k = 0; k + 4 <= length; k += 4)
        if (strncmp(hex + k, "0000", 4) == 0 || strncasecmp(hex + k, "feff", 4) == 0 ||
            strncasecmp(hex + k, "fffe", 4) == 0)
            return true;
    return false;
}

#define UA_SPACE " \r\n\t"

static const char *ua_word(const char *at)
{
    return at + strspn(at, UA_SPACE);
}

// "<41> <0041>" between beginbfchar and endbfchar, "<41> <43> <0041>" in ranges.
static void ua_letters(struct ua *ua, struct ua_font *font, const char *map)
{
    size_t in_row = 0;
    size_t row = 0; // 2: letters, 3: ranges
    unsigned long first = 0;
    unsigned long last = 0;
    for (const char *at = ua_word(map); *at != '\0'; at = ua_word(at + strcspn(at, UA_SPACE))) {
        if (strncmp(at, "begin", 5) == 0 || strncmp(at, "end", 3) == 0) {
            row = strncmp(at, "beginbfchar", 11) == 0    ? 2
                  : strncmp(at, "beginbfrange", 12) == 0 ? 3
                                                         : 0;
            in_row = 0;
            continue;
        }
        if (row == 0 || at[0] != '<')
            continue;
        in_row++;
        if (in_row == 1)
            first = last = strtoul(at + 1, NULL, 16);
        else if (in_row < row)
            last = strtoul(at + 1, NULL, 16);
        if (in_row < row)
            continue;
        in_row = 0;
        bool none = ua_is_no_letter(at + 1, strcspn(at + 1, ">"));
        ua_break(ua, none, UA_VALUE);
        for (unsigned long code = first; code <= last && code < UA_CODES; code++)
            font->known[code] = 1;
    }
}

static void ua_font(struct ua *ua, const char *key, qpdf_oh dict)
{
    struct ua_font *font = &ua->fonts[ua->font_count];
    const char *kind = ua_name(ua, ua_key(ua, dict, "/Subtype"));
    bool composed = strcmp(kind, "Type0") == 0;
    qpdf_oh inner = dict;
    if (composed)
        inner = qpdf_oh_get_array_item(ua->pdf, ua_key(ua, dict, "/DescendantFonts"), 0);
    qpdf_oh about = ua_key(ua, inner, "/FontDescriptor");
    *font = (struct ua_font){.name = key, .bytes = composed ? 2 : 1};
    font->known = arena_alloc(ua->arena, UA_CODES);
    const char *encoding = ua_name(ua, ua_key(ua, dict, "/Encoding"));
    font->told = !composed && ua_is_one_of(encoding, "WinAnsiEncoding MacRomanEncoding");
    ua_break(ua,
             !qpdf_oh_has_key(ua->pdf, about, "/FontFile") &&
                 !qpdf_oh_has_key(ua->pdf, about, "/FontFile2") &&
                 !qpdf_oh_has_key(ua->pdf, about, "/FontFile3"),
             UA_EMBEDDED);
    ua_break(ua,
             strcmp(ua_name(ua, ua_key(ua, inner, "/Subtype")), "CIDFontType2") == 0 &&
                 !qpdf_oh_has_key(ua->pdf, inner, "/CIDToGIDMap"),
             UA_GLYPHS);
    const char *map = ua_stream(ua, ua_key(ua, dict, "/ToUnicode"));
    if (map != NULL && font->known != NULL)
        ua_letters(ua, font, map);
    ua->font_count++;
}

static void ua_fonts(struct ua *ua)
{
    qpdf_oh fonts = ua_key(ua, ua_key(ua, ua->page, "/Resources"), "/Font");
    const char *keys[UA_FONTS_MOST];
    int count = 0;
    if (!qpdf_oh_is_dictionary(ua->pdf, fonts))
        return;
    for (qpdf_oh_begin_dict_key_iter(ua->pdf, fonts);
         qpdf_oh_dict_more_keys(ua->pdf) && count < UA_FONTS_MOST;)
        keys[count++] = arena_strdup(ua->arena, qpdf_oh_dict_next_key(ua->pdf));
    for (int k = 0; k < count; k++)
        ua_font(ua, keys[k], ua_key(ua, fonts, keys[k]));
}

// ---- what is drawn -----------------------------------------------------------------------------

struct ua_drawing {
    const char *at;
    char word[128];      // the last one: an operator, a name or a number
    char before[128];    // and the one before it
    char mark[128];      // the last name before a list of properties
    int id;              // of the last "/MCID 3"; -1: none
    char kinds[UA_DEEP]; // of marks that are open: 'a' artifact, 't' tagged, 'o' other
    bool held[UA_DEEP];  // the tree holds it
    int depth;
    const struct ua_font *font;
};

static int ua_hex(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : (tolower((unsigned char)c) - 'a') + 10;
}

static void ua_code(struct ua *ua, const struct ua_drawing *d, const unsigned char *bytes,
                    size_t count)
{
    size_t step = d->font == NULL ? 1 : (size_t)d->font->bytes;
    for (size_t k = 0; k + step <= count; k += step) {
        unsigned code = step == 2 ? (unsigned)bytes[k] << 8 | bytes[k + 1] : bytes[k];
        ua_break(ua, d->font == NULL || (!d->font->told && !d->font->known[code]), UA_UNICODE);
    }
}

// A text in the content: "(a\)b)" or "<0041>".
static void ua_text(struct ua *ua, struct ua_drawing *d)
{
    unsigned char bytes[1024] = {0};
    size_t count = 0;
    if (*d->at++ == '<') {
        size_t digits = 0;
        for (; *d->at != '>' && *d->at != '\0' && count < sizeof bytes; d->at++) {
            if (!isxdigit((unsigned char)*d->at))
                continue; // a line may end between two digits
            bytes[count] = (unsigned char)(bytes[count] << 4 | ua_hex(*d->at));
            count += ++digits % 2 == 0;
        }
    } else {
        for (; *d->at != ')' && *d->at != '\0' && count < sizeof bytes; d->at++) {
            d->at += *d->at == '\\';
            if (*d->at < '0' || *d->at > '7' || d->at[-1] != '\\') {
                bytes[count++] = (unsigned char)*d->at;
                continue;
            }
            bytes[count++] =
                (unsigned char)((d->at[0] - '0') << 6 | (d->at[1] - '0') << 3 | (d->at[2] - '0'));
            d->at += 2;
        }
    }
    d->at += *d->at != '\0';
    ua_code(ua, d, bytes, count);
}

static void ua_begin(struct ua *ua, struct ua_drawing *d, bool properties)
{
    const char *name = properties ? d->mark : d->before;
    bool artifact = strcmp(name, "/Artifact") == 0;
    bool tagged = properties && d->id >= 0;
    for (int k = 0; k < d->depth; k++) {
        ua_break(ua, artifact && d->kinds[k] == 't', UA_ARTIFACT);
        ua_break(ua, tagged && d->kinds[k] == 'a', UA_TAGGED);
    }
    if (d->depth == UA_DEEP)
        return;
    d->kinds[d->depth] = artifact ? 'a' : tagged ? 't' : 'o';
    d->held[d->depth++] = tagged && d->id < UA_TAGS_MOST && ua->in_tree[d->id];
    d->id = -1;
}

static void ua_operator(struct ua *ua, struct ua_drawing *d)
{
    bool held = false;
    if (strcmp(d->word, "BDC") == 0 || strcmp(d->word, "BMC") == 0)
        ua_begin(ua, d, d->word[1] == 'D');
    if (strcmp(d->word, "EMC") == 0)
        d->depth -= d->depth > 0;
    if (strcmp(d->before, "/MCID") == 0)
        d->id = (int)strtoul(d->word, NULL, 10);
    for (int k = 0; strncmp(d->word, "/f-", 3) == 0 && k < ua->font_count; k++)
        if (strcmp(ua->fonts[k].name, d->word) == 0)
            d->font = &ua->fonts[k];
    for (int k = 0; k < d->depth; k++)
        held = held || d->kinds[k] == 'a' || d->held[k];
    ua_break(ua, !held && ua_is_one_of(d->word, "Tj TJ ' \" f f* F S s B B* b b* Do sh"),
             UA_UNTAGGED);
}

static void ua_content(struct ua *ua, const char *content)
{
    struct ua_drawing d = {.at = content, .id = -1};
    while (*d.at != '\0') {
        size_t length = strcspn(d.at, " \r\n\t<>[]()/");
        if (d.at[0] == '<' && d.at[1] == '<') {
            snprintf(d.mark, sizeof d.mark, "%s", d.word);
            d.at += 2;
        } else if (*d.at == '(' || *d.at == '<') {
            ua_text(ua, &d);
        } else if (*d.at != '/' && length == 0) {
            d.at++;
        } else {
            length = *d.at == '/' ? 1 + strcspn(d.at + 1, " \r\n\t<>[]()/") : length;
            memcpy(d.before, d.word, sizeof d.word);
            snprintf(d.word, sizeof d.word, "%.*s", (int)length, d.at);
            d.at += length;
            ua_operator(ua, &d);
        }
    }
}

// ---- all of it ---------------------------------------------------------------------------------

// The rules that a PDF of one page breaks, a bit each; 0: none.
static uint64_t ua_check(struct arena *arena, struct text pdf)
{
    struct ua *ua = arena_alloc(arena, sizeof *ua);
    unsigned char *content = NULL;
    size_t length = 0;
    ua->arena = arena;
    ua->pdf = qpdf_init();
    qpdf_silence_errors(ua->pdf);
    qpdf_set_suppress_warnings(ua->pdf, QPDF_TRUE);
    ua_break(ua, qpdf_read_memory(ua->pdf, "page", pdf.bytes, pdf.length, NULL) != 0, UA_OPENS);
    if (ua->broken != 0) {
        qpdf_cleanup(&ua->pdf);
        return ua->broken;
    }
    ua->root = qpdf_get_root(ua->pdf);
    ua->page = qpdf_get_page_n(ua->pdf, 0);
    ua_document(ua);
    ua_metadata(ua);
    ua_tree(ua);
    ua_annotations(ua);
    ua_fonts(ua);
    if (qpdf_oh_get_page_content_data(ua->pdf, ua->page, &content, &length) < QPDF_ERRORS) {
        ua_content(ua, arena_strndup(arena, (const char *)content, length));
        free(content);
    }
    qpdf_cleanup(&ua->pdf);
    return ua->broken;
}

// The clauses of a set of rules, for a message. In the arena.
static const char *ua_clauses(struct arena *arena, uint64_t rules)
{
    const char *text = "";
    for (int k = 0; k < UA_RULE_COUNT; k++)
        if (rules >> k & 1)
            text = arena_printf(arena, "%s%s%s", text, text[0] == '\0' ? "" : ", ",
                                ua_rules[k].clause);
    return text[0] == '\0' ? "none" : text;
}

#endif

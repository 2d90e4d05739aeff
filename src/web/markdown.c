// SPDX-License-Identifier: Apache-2.0
//
// Writes what md4c reads; see markdown.h.
#include "web/markdown.h"

#include <md4c.h>
#include <stdbool.h>
#include <string.h>

#include "base/markup.h"
#include "base/text.h"

enum { OUT_LIMIT_BYTES = 1 << 20 };

struct writing {
    struct html html;
    struct buffer out;
    int heading; // of the first
    int first;   // its level in the text; 0: none yet
    int last;    // the level that was written last
    int level;   // of the heading that is open
    int depth;
    int images; // open ones; inside, links are not written
};

static void put(struct writing *w, const char *markup)
{
    buffer_text(&w->out, markup);
}

// A heading is as deep below the page's as in the text below its first, and one deeper than the
// heading before it at most.
static int heading_level(struct writing *w, int level)
{
    if (w->first == 0) {
        w->first = level;
        w->last = w->heading - 1;
    }
    int wanted = w->heading + level - w->first;
    if (wanted > w->last + 1)
        wanted = w->last + 1;
    if (wanted < w->heading)
        wanted = w->heading;
    return wanted > 6 ? 6 : wanted;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct writing *w = data;
    if (type != MD_BLOCK_DOC && ++w->depth > MARKDOWN_NESTED_MAX)
        w->out.rc = RC_LIMIT; // stays there: md4c 0.4.8 forgets what a callback of a quote returned
    if (w->out.rc != RC_OK)
        return (int)w->out.rc;
    if (type == MD_BLOCK_H) {
        w->level = heading_level(w, (int)((const MD_BLOCK_H_DETAIL *)detail)->level);
        w->last = w->level;
        buffer_printf(&w->out, "<h%d>", w->level);
        return RC_OK;
    }
    if (type == MD_BLOCK_OL) {
        buffer_printf(&w->out, "<ol start=\"%u\">", ((const MD_BLOCK_OL_DETAIL *)detail)->start);
        return RC_OK;
    }
    if (type == MD_BLOCK_QUOTE)
        put(w, "<blockquote>");
    else if (type == MD_BLOCK_UL)
        put(w, "<ul>");
    else if (type == MD_BLOCK_LI)
        put(w, "<li>");
    else if (type == MD_BLOCK_HR)
        put(w, "<hr>");
    else if (type == MD_BLOCK_CODE)
        put(w, "<pre><code>");
    else if (type == MD_BLOCK_P)
        put(w, "<p>");
    return (int)w->out.rc;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct writing *w = data;
    (void)detail;
    if (type != MD_BLOCK_DOC)
        w->depth--;
    if (type == MD_BLOCK_H)
        buffer_printf(&w->out, "</h%d>", w->level);
    else if (type == MD_BLOCK_OL)
        put(w, "</ol>");
    else if (type == MD_BLOCK_QUOTE)
        put(w, "</blockquote>");
    else if (type == MD_BLOCK_UL)
        put(w, "</ul>");
    else if (type == MD_BLOCK_LI)
        put(w, "</li>");
    else if (type == MD_BLOCK_CODE)
        put(w, "</code></pre>");
    else if (type == MD_BLOCK_P)
        put(w, "</p>");
    return (int)w->out.rc;
}

// A code point as UTF-8; what is none, or a control character, is U+FFFD.
static void put_point(struct writing *w, uint32_t point)
{
    char bytes[4];
    size_t count = 0;
    bool wrong = point < 32 || (point >= 0x7f && point < 0xa0) || point > 0x10ffff ||
                 (point >= 0xd800 && point < 0xe000);
    if (wrong)
        point = 0xfffd;
    if (point < 0x80) {
        bytes[count++] = (char)point;
    } else if (point < 0x800) {
        bytes[count++] = (char)(0xc0 | (point >> 6));
    } else if (point < 0x10000) {
        bytes[count++] = (char)(0xe0 | (point >> 12));
        bytes[count++] = (char)(0x80 | ((point >> 6) & 63));
    } else {
        bytes[count++] = (char)(0xf0 | (point >> 18));
        bytes[count++] = (char)(0x80 | ((point >> 12) & 63));
        bytes[count++] = (char)(0x80 | ((point >> 6) & 63));
    }
    if (point >= 0x80)
        bytes[count++] = (char)(0x80 | (point & 63));
    markup_bytes(&w->out, bytes, count);
}

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
}

// Numbers, and the names that people know; another name stays as it was typed.
static void put_entity(struct writing *w, const char *text, size_t size)
{
    static const struct {
        const char *name;
        uint32_t point;
    } names[] = {
        {"&amp;",  '&' },
        {"&lt;",   '<' },
        {"&gt;",   '>' },
        {"&quot;", '"' },
        {"&nbsp;", 0xa0},
    };
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
        if (strlen(names[k].name) == size && memcmp(names[k].name, text, size) == 0) {
            put_point(w, names[k].point);
            return;
        }
    if (size < 4 || text[1] != '#') {
        markup_bytes(&w->out, text, size);
        return;
    }
    bool hex = text[2] == 'x' || text[2] == 'X';
    uint32_t point = 0;
    for (size_t k = hex ? 3 : 2; k + 1 < size && point <= 0x10ffff; k++)
        point = point * (hex ? 16 : 10) + (uint32_t)digit(text[k]);
    put_point(w, point);
}

static int write_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data)
{
    struct writing *w = data;
    if (type == MD_TEXT_NULLCHAR)
        put_point(w, 0xfffd);
    else if (type == MD_TEXT_BR)
        put(w, "<br>");
    else if (type == MD_TEXT_SOFTBR)
        put(w, "\n");
    else if (type == MD_TEXT_ENTITY)
        put_entity(w, text, size);
    else
        markup_bytes(&w->out, text, size);
    return (int)w->out.rc;
}

// The address of a link, as it was typed, through the one check of addresses.
static void put_link(struct writing *w, const MD_ATTRIBUTE *address)
{
    char *url = arena_strndup(w->out.arena, address->text == NULL ? "" : address->text,
                              address->text == NULL ? 0 : address->size);
    if (url == NULL) {
        w->out.rc = RC_NO_MEMORY;
        return;
    }
    put(w, "<a href=\"");
    html_url(&w->html, url);
    put(w, url[0] == '/' && url[1] != '/' ? "\">" : "\" rel=\"noopener noreferrer\">");
}

static int enter_span(MD_SPANTYPE type, void *detail, void *data)
{
    struct writing *w = data;
    if (type == MD_SPAN_IMG && w->images++ == 0)
        put_link(w, &((const MD_SPAN_IMG_DETAIL *)detail)->src);
    else if (type == MD_SPAN_A && w->images == 0)
        put_link(w, &((const MD_SPAN_A_DETAIL *)detail)->href);
    else if (type == MD_SPAN_EM)
        put(w, "<em>");
    else if (type == MD_SPAN_STRONG)
        put(w, "<strong>");
    else if (type == MD_SPAN_CODE)
        put(w, "<code>");
    return (int)w->out.rc;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *data)
{
    struct writing *w = data;
    (void)detail;
    if (type == MD_SPAN_IMG)
        put(w, --w->images == 0 ? "</a>" : "");
    else if (type == MD_SPAN_A && w->images == 0)
        put(w, "</a>");
    else if (type == MD_SPAN_EM)
        put(w, "</em>");
    else if (type == MD_SPAN_STRONG)
        put(w, "</strong>");
    else if (type == MD_SPAN_CODE)
        put(w, "</code>");
    return (int)w->out.rc;
}

enum rc markdown_render(struct arena *arena, const char *text, int heading,
                        struct safe_html *ret_html)
{
    static const MD_PARSER parser = {.flags = MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS,
                                     .enter_block = enter_block,
                                     .leave_block = leave_block,
                                     .enter_span = enter_span,
                                     .leave_span = leave_span,
                                     .text = write_text};
    size_t length = strlen(text);
    struct writing w = {.heading = heading};
    if (length > MARKDOWN_MAX_BYTES)
        return RC_LIMIT;
    if (!text_is_utf8(text, length))
        return RC_BAD_INPUT;
    buffer_open(&w.out, arena, OUT_LIMIT_BYTES);
    w.html.buffer = &w.out;
    int status = md_parse(text, (MD_SIZE)length, &parser, &w);
    TRY(w.out.rc);
    if (status != 0)
        return RC_NO_MEMORY;
    *ret_html = (struct safe_html){
        {w.out.bytes, w.out.length}
    };
    return RC_OK;
}

void markdown_write(struct html *html, const char *text, int heading)
{
    struct safe_html safe;
    enum rc rc = markdown_render(html->buffer->arena, text, heading, &safe);
    if (rc == RC_OK) {
        html_safe(html, safe);
        return;
    }
    if (rc == RC_NO_MEMORY) { // another time it can be: no page that only looks whole
        html->buffer->rc = rc;
        return;
    }
    html_raw(html, "<p class=\"lines\">", 17);
    html_text(html, text);
    html_raw(html, "</p>", 4);
}

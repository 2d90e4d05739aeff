// SPDX-License-Identifier: Apache-2.0
//
// Why: longer texts of editors (resources, training, agendas) are written in Markdown. The only
// file that knows the Markdown library (md4c).
//
// Promises: what comes out is well-formed HTML of paragraphs, headings, lists, quotes, code, rules,
// emphasis and links, and nothing else: raw HTML is shown as it was typed, pictures become links,
// and links go to http, https, mailto, a path of ours or a place on the page. Headings begin at the
// level that the page gives, and skip none. Input is at most MARKDOWN_MAX_BYTES, nested at most
// MARKDOWN_NESTED_MAX deep.
//
// Not for: tables, or what people write to each other; that is plain text.
#ifndef TRELLIS_WEB_MARKDOWN_H
#define TRELLIS_WEB_MARKDOWN_H

#include "base/arena.h"
#include "base/rc.h"

#include "web/html.h"

enum { MARKDOWN_MAX_BYTES = 64 * 1024, MARKDOWN_NESTED_MAX = 16 };

// RC_LIMIT: too long, or nested too deep. RC_BAD_INPUT: not UTF-8. heading: 2..6, of its first one.
enum rc markdown_render(struct arena *arena, const char *text, int heading,
                        struct safe_html *ret_html);

// For templates: the text rendered; one that can't be is shown as it was typed.
void markdown_write(struct html *html, const char *text, int heading);

#endif

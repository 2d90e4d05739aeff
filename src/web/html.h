// SPDX-License-Identifier: Apache-2.0
//
// Why: the one way in which text of people becomes HTML. Templates are compiled into calls of these
// functions (tools/template), which escape by the place where a value stands.
//
// Promises: nothing reaches the page unescaped but what the template itself wrote and what has the
// type struct safe_html; failures stay in the buffer, and a failed page is never sent.
//
// Not for: building tags in C. Write a template.
#ifndef TRELLIS_WEB_HTML_H
#define TRELLIS_WEB_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/text.h"

struct locale; // web/message.h

// HTML that stands as it is. Only the Markdown renderer and the chart makers may make one.
struct safe_html {
    struct text html;
};

// A page that is being written.
struct html {
    struct buffer *buffer;
    const struct locale *locale;
    const char *csrf;      // the token that every form carries; "" when nobody is known
    const char *language;  // BCP 47, for lang=
    const char *direction; // "ltr" or "rtl"
};

// What the template wrote itself.
static inline void html_raw(struct html *html, const char *bytes, size_t length)
{
    buffer_append(html->buffer, bytes, length);
}

// Text between tags and inside quoted attributes: the five characters & < > " ' are escaped.
void html_text(struct html *html, const char *text); // NULL is nothing
void html_text_bytes(struct html *html, struct text text);
void html_integer(struct html *html, int64_t value);
void html_safe(struct html *html, struct safe_html safe);

// The value of href, src and action: a path of ours, or http, https or mailto; else "#refused".
void html_url(struct html *html, const char *url);

// One segment of a path or one value of a query: percent-encoded, then escaped.
void html_url_part(struct html *html, const char *text);

// A message of the catalogue, translated and escaped, with {0} {1} ... replaced by values.
struct html_value {
    const char *text; // NULL: the integer
    int64_t integer;
};
void html_message(struct html *html, const char *message, const struct html_value *values,
                  size_t count);

// A message without values whose English is printable ASCII and needs no escape, so that it is
// copied as it is; length is its own. Only the template compiler knows that.
void html_words(struct html *html, const char *message, size_t length);

// The plural form that the language wants for n, with the values in it.
void html_plural(struct html *html, const char *one, const char *other, int64_t n,
                 const struct html_value *values, size_t count);

#endif

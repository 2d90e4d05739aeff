// SPDX-License-Identifier: Apache-2.0
//
// Why: pages and plots are made of markup and of text that people typed. This keeps the two apart:
// the format is markup, every argument is text and gets escaped, always.
//
// Promises: the five characters that mean something in HTML and SVG are escaped in text and in
// attribute values in double quotes; control characters that XML forbids and bytes that are not
// UTF-8 become U+FFFD. The first failure stays in the buffer.
//
// Not for: text inside <script> or <style>, URLs that people typed, or Markdown.
#ifndef TRELLIS_BASE_MARKUP_H
#define TRELLIS_BASE_MARKUP_H

#include "base/buffer.h"
#include "base/rc.h"

// Text, escaped. NULL is nothing.
enum rc markup_text(struct buffer *buffer, const char *text);
enum rc markup_bytes(struct buffer *buffer, const char *text, size_t length);

// `markup_print(page, "<td>%s</td>", name)`: the format is copied as it stands, %s is escaped text.
// Only %s, %d, %u and %% are known; anything else is RC_BAD_INPUT.
__attribute__((format(printf, 2, 3))) enum rc markup_print(struct buffer *buffer,
                                                           const char *format, ...);

#endif

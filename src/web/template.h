// SPDX-License-Identifier: Apache-2.0
//
// Why: what compiled templates call, chosen by the type of the value.
//
// Not for: hand-written code.
#ifndef TRELLIS_WEB_TEMPLATE_H
#define TRELLIS_WEB_TEMPLATE_H

#include "web/html.h"
#include "web/message.h"

static inline struct html_value template_value_text(const char *text)
{
    return (struct html_value){.text = text == NULL ? "" : text};
}

static inline struct html_value template_value_integer(int64_t integer)
{
    return (struct html_value){.integer = integer};
}

static inline void template_text_size(struct html *html, size_t size)
{
    html_integer(html, (int64_t)size);
}

static inline struct html_value template_value_size(size_t size)
{
    return (struct html_value){.integer = (int64_t)size};
}

static inline void template_url_integer(struct html *html, int64_t integer)
{
    html_integer(html, integer);
}

// clang-format off
#define TEMPLATE_TEXT(html, value)                                                                 \
    _Generic((value), char *: html_text, const char *: html_text, struct text: html_text_bytes,    \
             struct safe_html: html_safe, size_t: template_text_size, default: html_integer)((html), (value))
#define TEMPLATE_VALUE(value)                                                                      \
    _Generic((value), char *: template_value_text, const char *: template_value_text,              \
             size_t: template_value_size, default: template_value_integer)(value)
#define TEMPLATE_URL_PART(html, value)                                                             \
    _Generic((value), char *: html_url_part, const char *: html_url_part,                          \
             default: template_url_integer)((html), (value))
// clang-format on

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Why: every string that a person reads can be translated. A message is its English text;
// catalogues (po/*.po) are compiled into tables by tools/messages.
//
// Promises: a message without translation is shown in English; looking one up takes no memory.
//
// Not for: text that people wrote.
#ifndef TRELLIS_WEB_MESSAGE_H
#define TRELLIS_WEB_MESSAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/msg.h"

struct buffer;
struct locale;

// The languages of this build, English first; ends with NULL at index locale_count().
size_t locale_count(void);
const struct locale *locale_at(size_t index);
const char *locale_tag(const struct locale *locale);       // "en", "es", "ar", "qps"
const char *locale_name(const struct locale *locale);      // in itself: "English", "Español"
const char *locale_direction(const struct locale *locale); // "ltr" or "rtl"

// By BCP 47 tag; NULL: none. And by an Accept-Language header: never NULL, English when none fits.
const struct locale *locale_find(const char *tag);
const struct locale *locale_choose(const char *accept_language, size_t length);

// The translation; the message itself when there is none. locale NULL is English.
const char *message_in(const struct locale *locale, const char *message);
const char *message_plural_in(const struct locale *locale, const char *one, const char *other,
                              int64_t n);

// The message as text, with {0} {1} ... replaced by values; a place without a value stays as it is.
void message_write(struct buffer *out, const char *message, const char *const *values,
                   size_t count);

#endif

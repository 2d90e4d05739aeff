// SPDX-License-Identifier: Apache-2.0
//
// Why: the shape of the tables that tools/messages makes from po/*.po, one a language.
//
// A text is named by its place among all of them, and not by its address: the tables are the same
// wherever the program lies in memory, so that all its processes share them with the file.
#ifndef TRELLIS_WEB_MESSAGE_TABLE_H
#define TRELLIS_WEB_MESSAGE_TABLE_H

#include <stddef.h>
#include <stdint.h>

enum { MESSAGE_FORMS_MAX = 6 };

struct message_row {
    uint32_t message;                  // in English
    uint32_t forms[MESSAGE_FORMS_MAX]; // 0: none
};

struct locale {
    const char *tag;
    const char *name;
    const char *direction;
    unsigned (*plural)(int64_t n);
    const struct message_row *rows; // sorted by message
    size_t count;
};

extern const char message_text[]; // each closed by a NUL
extern const struct locale message_locales[];
extern const size_t message_locale_count;

unsigned message_plural_germanic(int64_t n);
unsigned message_plural_arabic(int64_t n);

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Why: what stands around every page.
#ifndef TRELLIS_WEB_LAYOUT_H
#define TRELLIS_WEB_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

enum { LAYOUT_LINKS_MAX = 16 };

struct layout_link {
    const char *path;
    const char *label; // a message
    bool here;
};

struct layout_language {
    const char *tag;
    const char *name;
    bool here;
};

struct layout_view {
    const char *site;   // the organisation's name
    const char *title;  // a message
    const char *style;  // the path of the style sheet
    const char *person; // who is signed in; NULL: nobody
    const char *said;   // a message about what was just done; NULL: none
    const char *path;   // of this page, to come back to
    bool has_errors;
    struct layout_link links[LAYOUT_LINKS_MAX];
    size_t link_count;
    struct layout_language languages[8];
    size_t language_count;
};

#endif

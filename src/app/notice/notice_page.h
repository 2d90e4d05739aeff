// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of announcements show.
#ifndef TRELLIS_APP_NOTICE_NOTICE_PAGE_H
#define TRELLIS_APP_NOTICE_NOTICE_PAGE_H

#include "app/notice/notice_store.h"

struct notice_view {
    const struct form *form;
    const struct shape *shape;
    struct cohort cohort;
    struct notice *notices;
    size_t count;
    struct notice_to *people;
    size_t person_count;
    bool previewed; // what was typed is right, and shown with whom it goes to
    int64_t send_at;
    int64_t to;
    int64_t unwanted; // of them, those who don't want such letters
    const char *said; // a message
    const char *zone;
};

#endif

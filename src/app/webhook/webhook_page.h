// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of webhooks show.
#ifndef TRELLIS_APP_WEBHOOK_WEBHOOK_PAGE_H
#define TRELLIS_APP_WEBHOOK_WEBHOOK_PAGE_H

#include "app/webhook/webhook_store.h"

struct webhook_view {
    const struct form *form;
    const struct shape *shape;
    const char *action;
    const char *zone;
    int64_t now_us;
    struct webhook *hooks;
    size_t count;
    struct webhook one;
    struct delivery *deliveries;
    size_t delivery_count;
    const char *next;
    const char *made;               // a secret, shown once; NULL: none
    const struct shape *turn_shape; // of the form below, whichever was sent
    const char *turn_action;
};

// What it is told, in words.
void webhook_told(struct html *html, const char *kinds);

// What the last answer was: a status, or why there was none.
void webhook_answer(struct html *html, const struct delivery *one);

extern const struct out_shape webhooks_out;
extern const struct out_shape webhook_out;

#endif

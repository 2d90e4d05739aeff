// SPDX-License-Identifier: Apache-2.0
//
// What the pages of webhooks tell programs; see web/out.h. Secrets are not in it.
#include "app/webhook/webhook_page.h"

OUT_TYPE(hook_out, struct webhook);
OUT_TYPE(delivery_out, struct delivery);

// clang-format off
static const struct out hook_rows[] = {
    {"id",            OUT_ID,      OUT_INT_OF(struct webhook, id),             ""},
    {"url",           OUT_TEXT,    OUT_TEXT_OF(struct webhook, url),           "where it is told"},
    {"about",         OUT_TEXT,    OUT_TEXT_OF(struct webhook, about),         "what it is for"},
    {"kinds",         OUT_WORDS,   OUT_TEXT_OF(struct webhook, kinds),         "what it is told"},
    {"state",         OUT_TEXT,    OUT_TEXT_OF(struct webhook, state),         "on, off, failing, gone"},
    {"failing_since", OUT_INSTANT, OUT_TIME_OF(struct webhook, failing_since), "null: what was sent last arrived"},
    {"told_at",       OUT_INSTANT, OUT_TIME_OF(struct webhook, told_at),       "when something arrived last"},
    {"waiting",       OUT_INTEGER, OUT_INT_OF(struct webhook, waiting),        "how many are still to be told"},
};
static const struct out_shape hook_out = OUT_SHAPE("Webhook", struct webhook, hook_rows);
static const struct out delivery_rows[] = {
    {"id",      OUT_ID,      OUT_INT_OF(struct delivery, id),       "webhook-id without its msg_"},
    {"kind",    OUT_TEXT,    OUT_TEXT_OF(struct delivery, kind),    ""},
    {"state",   OUT_TEXT,    OUT_TEXT_OF(struct delivery, state),   "waiting, sent, given_up"},
    {"made_at", OUT_INSTANT, OUT_TIME_OF(struct delivery, made_at), "when it happened"},
    {"tries",   OUT_INTEGER, OUT_INT_OF(struct delivery, tries),    ""},
    {"status",  OUT_INTEGER, OUT_INT_OF(struct delivery, status),   "of the last answer; 0: none"},
    {"next_at", OUT_INSTANT, OUT_TIME_OF(struct delivery, next_at), "when it is tried, where it waits"},
};
static const struct out_shape delivery_out = OUT_SHAPE("WebhookDelivery", struct delivery, delivery_rows);

static const struct out list_rows[] = {
    {"webhooks", OUT_LIST, OUT_LIST_OF(struct webhook_view, hooks, count, hook_out), ""},
};
const struct out_shape webhooks_out = OUT_SHAPE("Webhooks", struct webhook_view, list_rows);
static const struct out one_rows[] = {
    {"webhook",    OUT_OBJECT, OUT_OBJECT_OF(struct webhook_view, one, hook_out), ""},
    {"deliveries", OUT_LIST,   OUT_LIST_OF(struct webhook_view, deliveries, delivery_count, delivery_out), "the newest first"},
    {"next",       OUT_PATH,   OUT_TEXT_OF(struct webhook_view, next), "older ones"},
};
const struct out_shape webhook_out = OUT_SHAPE("WebhookDetail", struct webhook_view, one_rows);
// clang-format on

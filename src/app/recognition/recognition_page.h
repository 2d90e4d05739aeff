// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of recognition show.
#ifndef TRELLIS_APP_RECOGNITION_RECOGNITION_PAGE_H
#define TRELLIS_APP_RECOGNITION_RECOGNITION_PAGE_H

#include "app/cohort/cohort.h"
#include "app/recognition/recognition_honour.h"
#include "app/recognition/recognition_store.h"
#include "web/component.h"

struct recognition_view {
    const struct form *form;
    const struct shape *shape;
    const char *action;
    const char *zone;
    const char *site;
    int64_t person;
    struct cohort cohort;
    struct milestone *milestones;
    size_t milestone_count;
    struct award *awards;
    size_t award_count;
    struct award award;
    struct badge_rule *rules;
    size_t rule_count;
    struct badge_rule rule;
    struct certificate_due *dues;
    size_t due_count;
    struct certificate_due due;
    struct certificate *certificates;
    size_t certificate_count;
    struct certificate certificate;
    bool holder;             // the reader holds the certificate
    struct safe_html square; // leads a phone to the page of the certificate
    const char *code;        // that was asked for; "": none
    const char *public;
    struct thanks *received;
    size_t received_count;
    struct thanks *sent;
    size_t sent_count;
    struct thanks_to *people;
    size_t people_count;
    struct honour *honours; // awards that she got, or is asked about
    size_t honour_count;
};

extern const struct out_shape recognition_out;
extern const struct out_shape certificate_out;
extern const struct out_shape badge_rules_out;
extern const struct out_shape awards_out;

enum rc recognition_make_view(struct req *req, const struct shape *shape,
                              struct recognition_view **ret_view);

// For templates.
void recognition_hours(struct html *html, int64_t minutes);
bool recognition_chosen(const struct form *form, const char *name, int64_t value);

#endif

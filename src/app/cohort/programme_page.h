// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of programmes show.
#ifndef TRELLIS_APP_COHORT_PROGRAMME_PAGE_H
#define TRELLIS_APP_COHORT_PROGRAMME_PAGE_H

#include "app/cohort/cohort_store.h"
#include "app/cohort/programme.h"

// A step of making a programme ready.
struct programme_stage {
    const char *name;   // in the path
    const char *label;  // messages
    const char *about;  // what it is for
    const char *change; // of the link
    const char *path;   // where it is changed
    bool done;
};

// A letter that the programme may write anew.
struct programme_letter {
    const char *name;
    const char *title;  // a message
    const char *values; // the names of its values
    bool own;           // in the language looked at
};

struct programme_language {
    const char *tag;
    const char *name;
    bool here;
};

struct programme_view {
    struct programme_letter *letters;
    size_t letter_count;
    struct programme_language *languages;
    size_t language_count;
    const struct programme_letter *letter;
    const char *language;
    int64_t version;     // of the own words; 0: none
    const char *subject; // as it would be sent
    const char *body;
    const char *built_in_subject;
    const char *built_in_body;
    struct programme programme;
    struct cohort defaults;
    struct cohort *cohorts;
    size_t count;
    bool may_run;
    const struct form *form;
    const struct shape *shape;
    const char *action;
    struct programme_stage *stages;
    size_t stage_count;
    size_t done;                       // how many
    const struct programme_stage *now; // the one of this page; the first that is not done
    struct programme_counts counts;
    struct objective *objectives;
    size_t objective_count;
    struct team_member *team;
    size_t team_count;
};

// "{name}, {link}" of "name link".
void letter_values(struct html *html, const char *values);

// The list of those that somebody runs.
struct programme_list_view {
    struct programme_view view;
    struct programme *programmes;
    size_t count;
};

extern const struct out_shape programmes_out;
extern const struct out_shape programme_page_out;
extern const struct out_shape programme_ready_out;
extern const struct out_shape letters_out;

#endif

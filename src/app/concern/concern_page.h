// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of concerns show.
#ifndef TRELLIS_APP_CONCERN_CONCERN_PAGE_H
#define TRELLIS_APP_CONCERN_CONCERN_PAGE_H

#include "app/concern/concern_store.h"
#include "app/pair/pair_page.h"

// What the pages of whoever tells show.
struct tell_view {
    const struct form *form;
    const struct shape *shape;
    const char *action;
    bool visitor; // has no account, or is not signed in: nobody knows who she is
    bool about_pair;
    struct pair_view pair; // with about_pair
    struct cohort cohort;
    struct concern_safety safety;
    const char *exit;
    int64_t leads;
    struct concern_person *people; // whom it may be about
    size_t person_count;
    const char *code; // shown once; NULL: not now
    // where to tell it
    struct cohort *cohorts;
    size_t cohort_count;
    const char *next; // the path of the next page of them; NULL: this is the last
    // what was told
    struct concern *concerns;
    size_t count;
    const struct concern *concern;
    struct concern_word *words;
    size_t word_count;
    const char *said; // a message, after a POST that stays on its page
    const char *zone;
};

// What those who look after concerns see.
struct care_view {
    const struct form *form;
    const struct shape *shape;
    const char *action; // of the form of an answer
    const char *base;   // the path of the concern, without what is done to it
    bool outside;       // the reader is the contact outside
    struct cohort cohort;
    struct concern_safety safety;
    int64_t leads;
    struct concern *concerns;
    size_t count;
    const struct concern *concern;
    bool open; // its words are shown, and that stands in the log
    bool may_hold;
    bool is_held;
    bool may_link; // the other of the two linked ones may be read too
    struct concern_word *words;
    size_t word_count;
    struct concern_evidence evidence;
    struct concern_person *people; // whom it concerns
    size_t person_count;
    struct concern_glass *glasses;
    size_t glass_count;
    bool may_set; // the safety of the cohort
    int64_t me;
    const char *said;
    const char *zone;
    int64_t now_us;
};

extern const struct out_shape own_concerns_out;
extern const struct out_shape concerns_out;
extern const struct out_shape concern_out;

// For templates.
bool concern_shows_field(const struct tell_view *view, const struct field *field);
bool concern_is_picked(const struct form *form, int64_t person);
const char *concern_ladder_label(int64_t ladder); // a message

// The concern of the path as the actor may read it, opened when the request may write (and then the
// log has it).
enum rc care_load(struct req *req);
void care_write(struct html *html, struct req *req);
// For an act: the concern of the path, if she may read it.
enum rc care_open(struct req *req, struct concern *ret_concern);
enum rc care_open_outside(struct req *req, struct concern *ret_concern);
// Moves it or adds words, as an answer says.
struct care_answer {
    const char *state;
    const char *text;
    int64_t shown;
};
extern const struct shape care_shape;
enum rc care_answer(struct req *req, const struct concern *concern, const char *who);
enum rc care_fill(struct req *req, struct care_view *view); // words, evidence, people

// Letters, none of which has a word of it.
enum rc concern_is_read(const struct app_place *place, const struct concern *concern,
                        bool *ret_read); // whether anybody is left who may
enum rc concern_tell_readers(const struct app_place *place, const struct concern *concern,
                             int64_t due_us);
enum rc concern_tell_reporter(struct req *req, const struct concern *concern);

#endif

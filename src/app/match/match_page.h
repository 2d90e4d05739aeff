// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of matching show.
#ifndef TRELLIS_APP_MATCH_MATCH_PAGE_H
#define TRELLIS_APP_MATCH_MATCH_PAGE_H

#include "app/match/match.h"
#include "app/match/match_change.h"
#include "app/match/match_offer.h"
#include "app/match/match_presence.h"
#include "app/match/match_skip.h"
#include "app/match/match_store.h"
#include "app/match/match_try.h"

enum { MATCH_PAIRS_A_PAGE = 50 };

// One part of a score.
struct match_part {
    const char *label; // a message
    int64_t points;
    int64_t most;
};

// A mentor as a candidate for one mentee.
struct match_candidate {
    int64_t mentor;
    const char *name;
    int64_t score;
    bool allowed;
    const char *refused; // labels of rules are shown from this bit set
    int64_t rules;       // bits of mm_rule_kind
};

// One of her own matches, with what she may know at its stage.
struct match_own_card {
    int64_t id;
    const char *role;
    const char *state;
    bool begun;
    const char *name;
    bool asked;
    int64_t until;
    const char *topics;
    int64_t overlap;
    const char *words;
    const char *about;
    const char *pronouns;
    const char *email;
    const char *answers; // both gave to questions of the programme's own
    bool alike;          // their ways of working
};

enum { MATCH_LOADS = 11 };
extern const int64_t match_loads[MATCH_LOADS]; // 0 to 10

// A mentor who is looked for: see match_board_web.c.
enum { MATCH_PROFILES = 6, MATCH_ZONE_BANDS = 4 };
struct match_profile {
    const char *topic; // values, and their labels
    const char *topic_label;
    const char *language;
    const char *language_label;
    int64_t band;  // of zones
    int64_t level; // at least
    int64_t count; // of those without a mentor whom she would suit, and nobody above does
};
const char *match_band_label(int64_t band); // a message

// What rules do to a pool: how many pairs each forbids.
struct match_effects {
    int64_t pairs; // of a mentee and a mentor with places
    int64_t allowed;
    int64_t refused[MATCH_REASONS];
    int64_t alone[MATCH_REASONS]; // by this rule and no other
    int64_t mentees;
    int64_t without; // mentees whom no mentor is left for
    bool part;       // the pool is large: only a part of its mentees was looked at
};
void match_effects_add(struct match_effects *effects, const struct mm_explanation *rows,
                       size_t count);
// What differs between two versions, in words.
void match_rules_changes(struct html *html, const struct match_rules *from,
                         const struct match_rules *to);

struct match_view {
    struct cohort cohort;
    struct match_rules rules;
    struct match_run *runs;
    size_t run_count;
    struct match_run run;
    struct match_run other; // to compare with
    struct match_pair *pairs;
    size_t pair_count;
    struct match_pair *others;
    size_t other_count;
    struct match_lonely *lonely;
    size_t lonely_count;
    struct match_profile profiles[MATCH_PROFILES];
    size_t profile_count;
    struct safe_html profile_plot;
    int64_t full_count; // without a mentor only because places ran out
    struct match_link_row *links;
    size_t link_count;
    struct match *matches;
    size_t match_count;
    int64_t approved_mentees;
    int64_t approved_mentors;
    int64_t places;
    int64_t usable; // of the places, those that the mentors' hours allow
    int64_t live;
    const char *search;
    const char *sort;
    int64_t page;
    bool more; // a page follows
    const char *made_at;
    const char *next;           // a path; NULL: no page follows
    const char *previous;       // the same of the page before
    struct match_pair *publish; // all that would be published; `pairs` are those of this page
    size_t publish_count;
    struct app_shown_letter letter;
    // one pair
    struct match_pair pair;
    struct match_part parts[MATCH_WEIGHTS];
    size_t part_count;
    int64_t refused; // bits of mm_rule_kind
    bool is_pair;
    int64_t quorum; // of the committee
    int64_t linked; // 0 free, 1 pinned, 2 banned
    int64_t why;    // mm_why_not
    int64_t matched_change;
    int64_t lowest_change;
    int64_t total_change;
    struct match_pair *gone;
    size_t gone_count;
    struct match_pair *come;
    size_t come_count;
    struct match_candidate *candidates;
    size_t candidate_count;
    const struct enrolment *mentee;
    const struct enrolment *mentor;
    bool chosen;  // some pairs, not all, are to be published
    bool changed; // the pool is not what the run read any more
    const char *link_note;
    struct match_comment *comments;
    size_t comment_count;
    // the board
    const char *only; // see struct pair_filter
    const char *below;
    int64_t pair_total;
    int64_t page_count;
    const char *swap; // "mentee-mentor" of the pair that is being swapped, or ""
    int64_t no_times; // accepted people who did not say
    int64_t no_level;
    int64_t no_languages;
    int64_t swap_mentee;
    int64_t swap_mentor;
    bool still; // the page does not look again by itself
    struct safe_html plot;
    struct safe_html plot_table;
    const char *zone; // of the reader
    // what is decided by hand
    struct match_change *changes;
    size_t change_count;
    int64_t newest; // the act that can be taken back, and the one that can be done again; 0: none
    int64_t again;
    int64_t acts;    // that go with a step back
    int64_t before;  // the page of earlier steps begins before this number
    const char *act; // "pin", "ban", "clear", "swap", "back", "again" or "draft"
    struct match_trial *trial;
    // the committee
    struct match_proposal *proposals;
    size_t proposal_count;
    const struct match_proposal *proposal;
    struct match_vote *votes;
    size_t vote_count;
    struct match_tally *tallies;
    size_t tally_count;
    // choices
    struct match_choice *choices;
    size_t choice_count;
    struct match_choice said; // of one pair
    struct choice_card *mentors;
    size_t mentor_count;
    // who waits, sits out, and asks
    struct match_skipped *skipped; // passed over when they were published
    size_t skipped_count;
    struct match_waiting *waiting;
    size_t waiting_count;
    int64_t waiting_mentees;
    int64_t waiting_places;
    struct match_presence *presence;
    size_t presence_count;
    struct match_asked *asked;
    size_t asked_count;
    int64_t sit_out;
    int64_t short_of_hours;
    int64_t loads[2][MATCH_LOADS]; // two runs: mentors with so many mentees
    // rules
    struct match_effects *effects; // NULL: not reckoned
    struct match_rules *versions;  // the newest first
    size_t version_count;
    const char **version_by;
    const char **version_at;
    // mine
    int64_t person;
    struct match_own_card *cards;
    size_t card_count;
    const struct form *form;
    const struct shape *shape;
    const char *action;
};

void match_rules_step(struct html *html, const struct match_view *view,
                      const struct match_rules *one);
enum { MATCH_RULES_SHOWN = 19 };
extern const int match_rule_order[MATCH_RULES_SHOWN]; // of mm_rule_kind, as pages list them

extern const struct out_shape matching_out;
extern const struct out_shape rules_out;
extern const struct out_shape run_out;
extern const struct out_shape compare_out;
extern const struct out_shape match_pair_out;
extern const struct out_shape candidates_out;
extern const struct out_shape my_match_out;
extern const struct out_shape matches_out;
extern const struct out_shape mentors_out;
extern const struct out_shape mentor_page_out;
extern const struct out_shape chosen_out;
extern const struct out_shape committee_out;
extern const struct out_shape proposals_out;
extern const struct out_shape proposal_out;
extern const struct out_shape minutes_out;

// What is held to be shown of long lists of pairs.
enum { MATCH_FEW = 25 };
size_t match_few(size_t count);
int64_t match_mean(const struct match_figures *figures);
// "+3", "no change", "-2 %".
void match_difference(struct html *html, int64_t before, int64_t after, bool percent);

// The bands of one or two sets of pairs, as a plot and as a table.
enum rc match_plot(struct req *req, const struct match_figures *first,
                   const struct match_figures *second, struct match_view *view);

enum rc match_make_view(struct req *req, struct match_view **ret_view);

// Sets view->next where view->more says that a page follows.
enum rc match_next_page(struct req *req, struct match_view *view);

// The rules whose bits are set, divided by commas.
void match_rule_names(struct html *html, int64_t bits);
// "3:12 4:60 " as a list of rules and counts.
void match_removed(struct html *html, const char *removed);
// The topics of a list, in words.
void match_topics(struct html *html, const char *topics);
// The words of a match that did not begin; of one that was taken back, its reason first.
void match_show_words(struct html *html, const struct match *match);

// Whether a match concerns her (an offer that she was never asked about does not), whether it is
// her turn, and how the other is called before both have said yes.
bool match_is_shown(const struct match *match, bool mentor);
bool match_has_begun(const struct match *match);
bool match_is_asked(const struct match *match, bool mentor);
const char *match_first_name(const struct match *match, bool mentor);

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Why: every SQL text of rules, runs, their pairs, links and matches.
#ifndef TRELLIS_APP_MATCH_MATCH_STORE_H
#define TRELLIS_APP_MATCH_MATCH_STORE_H

#include "app/match/match.h"
#include "app/match/match_try.h"

// A pair that pauses while its mentee wants a cover mentor (COVER_WANTED of the slice of pairs)
// leaves her place free.
#define NOT_COVERED "AND NOT (m.state = 'paused' AND m.covered = 2) "

// The newest version of a cohort's rules; the defaults when there is none.
enum rc rules_now(struct db_tx *tx, struct arena *arena, int64_t cohort,
                  struct match_rules *ret_rules);
enum rc rules_find(struct db_tx *tx, struct arena *arena, int64_t id,
                   struct match_rules *ret_rules);
// The newest rules of one cohort become the first of another.
enum rc rules_take_over(const struct app_place *place, int64_t from, int64_t to);
enum rc match_end_offers(const struct app_place *place, int64_t cohort); // without a letter
enum rc rules_add(const struct app_place *place, int64_t by, int64_t cohort,
                  const struct match_rules *rules);
// All versions, the newest first (at most 200); columns 26 and 27 of the rows say when and by whom.
enum rc rules_versions(struct req *req, int64_t cohort, struct match_rules **ret_rules,
                       size_t *ret_count, struct db_rows **ret_rows);

enum rc run_add(struct db_tx *tx, const struct match_run *run, int64_t by, int64_t now_us);
enum rc run_list(struct req *req, int64_t cohort, struct match_run **ret_runs, size_t *ret_count);
// RC_NOT_FOUND: no such run (in this cohort; cohort 0: anywhere).
enum rc run_find(struct db_tx *tx, struct arena *arena, int64_t cohort, int64_t id,
                 struct match_run *ret_run);
// How far it is. ret_goes_on: nobody has discarded it.
enum rc run_tell(struct db_tx *tx, int64_t id, const char *step, int64_t progress,
                 bool *ret_goes_on);
// Keeps what was computed; RC_EXISTS: it is not computing any more.
enum rc run_keep(struct db_tx *tx, const struct match_output *output);
enum rc run_move(struct db_tx *tx, int64_t id, const char *from,
                 const char *to); // RC_EXISTS: moved

// Which pairs of a run, and in which order.
enum pair_order {
    PAIRS_WEAKEST,
    PAIRS_BEST,
    PAIRS_BY_MENTEE,
    PAIRS_BY_MENTOR,
    PAIRS_BY_TIME // the least first
};
struct pair_filter {
    const char *search; // in a name
    enum pair_order order;
    const char *only; // "": all; "no_times", "no_topic", "by_hand", "chosen", "little_time"
    int64_t below;    // a score below this; 0: any
    int64_t from;     // how many to leave out
    int64_t most;
};
enum rc run_pairs(struct db_tx *tx, struct arena *arena, int64_t run,
                  const struct pair_filter *filter, struct match_pair **ret_pairs,
                  size_t *ret_count);
// How many there are in all.
enum rc run_pairs_count(struct req *req, int64_t run, const struct pair_filter *filter,
                        int64_t *ret_count);
// How many pairs stand in each band of fit.
enum rc run_bands(struct req *req, int64_t run, struct match_figures *ret_figures);
enum rc run_lonely(struct req *req, int64_t run, struct match_lonely **ret_lonely,
                   size_t *ret_count);

struct match_link_row {
    struct match_link link;
    const char *mentee;
    const char *mentor;
    const char *note;
    const char *kind; // of the link: "pin" or "ban"
};
enum rc link_list(struct req *req, int64_t cohort, struct match_link_row **ret_links,
                  size_t *ret_count);

// What the people who run the programme say to each other about two people.
struct match_comment {
    const char *words;
    const char *by;
    const char *at; // in the reader's zone
};
enum rc comment_add(struct req *req, int64_t cohort, int64_t mentee, int64_t mentor,
                    const char *words);
enum rc comment_list(struct req *req, int64_t cohort, int64_t mentee, int64_t mentor,
                     struct match_comment **ret_comments, size_t *ret_count);

// ---- choices and vetoes ------------------------------------------------------------------------

// A mentor as a mentee sees her before a match.
struct choice_thanks {
    const char *text;
};
struct choice_card {
    int64_t mentor;
    const char *name; // the first, or where she allows it the whole
    const char *zone;
    int64_t level;
    const char *topics;
    const char *other;
    const char *languages;
    const char *formats;
    const char *goal;
    int64_t left; // places
    const char *week;
    const char *years;  // in tech; "": not said
    const char *skills; // levels in topics
    const char *access; // words that everybody in the cohort may see; "": none
    int64_t places;     // 0: an alumna, who takes nobody new
    int64_t person;
    int64_t overlap;     // minutes a week with the actor; -1: one of the two gave no times
    int64_t good;        // of them, those that suit both well
    int64_t reply_hours; // within which she answers half of the messages; 0: too few to tell
    struct choice_thanks *thanks; // words that both sides agreed to show
    size_t thanks_count;
    const char *checked; // a value of enrolment_checks
};
struct match_choice {
    int64_t other;    // enrolment
    const char *name; // the first
    int64_t place;
    const char *why;
    bool veto;
    int64_t rank;         // a mentor: where she ranks who chose her; 0: nowhere
    const char *rank_why; // for the people who run the programme
};
// The actor's own accepted sign-up. RC_NOT_FOUND.
enum rc choice_my_enrolment(struct req *req, int64_t cohort, const char *role, int64_t *ret_id);
enum rc choice_mentors(struct req *req, int64_t cohort, int64_t from, int64_t most,
                       struct choice_card **ret_cards, size_t *ret_count);
// What a card says of time in common, answers and thanks.
enum rc choice_fill_cards(struct req *req, const struct cohort *cohort, int64_t mentee,
                          struct choice_card *cards, size_t count);
enum rc choice_mentor(struct req *req, int64_t cohort, int64_t mentor,
                      struct choice_card **ret_card);
enum rc choice_set(struct req *req, int64_t mentee, int64_t mentor, int64_t place, const char *why);
enum rc choice_end(struct req *req, int64_t mentee, int64_t mentor);
enum rc choice_list(struct req *req, int64_t mentee, struct match_choice **ret_choices,
                    size_t *ret_count);
enum rc choice_of_mentor(struct req *req, int64_t mentor, struct match_choice **ret_choices,
                         size_t *ret_count);
enum rc veto_turn(struct req *req, int64_t mentor, int64_t mentee, bool *ret_no);
// A mentor's order of those who chose her and whom she has not said no to. RC_NOT_FOUND: not one of
// them.
enum rc rank_set(struct req *req, int64_t mentor, int64_t mentee, int64_t place, const char *why);
enum rc rank_end(struct req *req, int64_t mentor, int64_t mentee);
enum rc rank_all(struct db_tx *tx, struct arena *arena, int64_t cohort, struct db_rows **ret_rows);
// What the two of a pair say of each other, for those who run the programme: why is the mentee's.
// `place` and `rank` are 0 where one says nothing.
enum rc choice_of_pair(struct req *req, int64_t mentee, int64_t mentor,
                       struct match_choice *ret_choice);
enum rc choice_all(struct db_tx *tx, struct arena *arena, int64_t cohort,
                   struct db_rows **ret_rows);
enum rc veto_all(struct db_tx *tx, struct arena *arena, int64_t cohort, struct db_rows **ret_rows);

// How many mentees a mentor can have, by her places and by the hours a month that a pair plans.
int64_t match_usable(const struct enrolment *mentor, int64_t hours);

// ---- the committee -----------------------------------------------------------------------------

enum { MATCH_QUORUM = 2 }; // where a cohort has not said another number
enum rc quorum_find(struct db_tx *tx, struct arena *arena, int64_t cohort, int64_t *ret_quorum);
struct match_proposal {
    int64_t mentee;
    int64_t mentor;
    const char *mentee_name;
    const char *mentor_name;
    int64_t score;
    int64_t overlap;
    const char *topics;
    const char *mine; // what the actor has said: "yes", "no", "conflict" or ""
};
struct match_vote {
    const char *says;
    int64_t fit;  // 1..5; 0 with a conflict
    int64_t aims; // the stated criteria: 1..5; 0: no mark
    int64_t experience;
    int64_t practice;
    const char *words;
    const char *name; // who
    const char *mentee_name;
    const char *mentor_name;
    const char *at;
    int64_t at_us;
};
struct match_tally {
    int64_t mentee;
    int64_t mentor;
    const char *mentee_name;
    const char *mentor_name;
    int64_t yes;
    int64_t no;
    int64_t chair_yes; // of the yes, those of the chair
    int64_t quorum;    // judgements that are needed
};
// Judgements enough and more yes than no; with as many of each, the chair's yes.
bool match_is_accepted(const struct match_tally *tally);
enum rc run_set_committee(struct db_tx *tx, int64_t run, bool on);
// The pairs of a run that the actor may judge: none with which she has a conflict. The weakest
// first: from the one after a pair on (0: from the first), or that pair alone.
struct proposal_filter {
    int64_t mentee;
    int64_t mentor;
    bool alone;
    int64_t most;
};
enum rc vote_proposals(struct req *req, int64_t run, const struct proposal_filter *filter,
                       struct match_proposal **ret_proposals, size_t *ret_count);
enum rc vote_set(struct req *req, int64_t run, int64_t mentee, int64_t mentor,
                 const struct match_vote *vote);
// Of one pair; mentee 0: of all.
enum rc vote_list(struct req *req, int64_t run, int64_t mentee, int64_t mentor,
                  struct match_vote **ret_votes, size_t *ret_count);
enum rc vote_tallies(struct db_tx *tx, struct arena *arena, int64_t run,
                     struct match_tally **ret_tallies, size_t *ret_count);

// ---- matches ---------------------------------------------------------------------------------

struct match {
    int64_t id;
    int64_t cohort;
    int64_t mentee; // enrolments
    int64_t mentor;
    // "offered", "not_started"; "active", "paused", "closing", "completed", "ended"; "withdrawn":
    // an offer of a cohort that was cancelled
    const char *state;
    const char *asked; // whose turn it is: "both", "mentee", "mentor" or ""
    int64_t mentee_yes;
    int64_t mentor_yes;
    int64_t ends_at; // of the offer
    const char *reason;
    const char *words; // of the one who declined, for the people who run the programme
    int64_t mentee_person;
    int64_t mentor_person;
    const char *mentee_name;
    const char *mentor_name;
    const char *mentee_email;
    const char *mentor_email;
    const char *mentee_language;
    const char *mentor_language;
    const char *mentee_zone;
    const char *mentor_zone;
    const char *cohort_name;
    const char *topics; // why, of the run's pair
    int64_t overlap;
    const char *goal; // the mentee's
    const char *how;  // the mentor's
    const char *about_mentee;
    const char *about_mentor;
    int64_t run;
    int64_t reminded;
    const char *mentee_pronouns;
    const char *mentor_pronouns;
    int64_t score;
    const char *mentee_first; // how each is called before both have said yes: set where shown
    const char *mentor_first;
    const char *answers; // both gave, as each may know: set where shown, as the next
    bool alike;
};

// Makes an offer of a pair of a run, if both are still in the pool and have a place. RC_LIMIT: not.
enum rc match_offer(const struct app_place *at, const struct match_run *run,
                    const struct match_rules *rules, const struct match_pair *pair,
                    int64_t *ret_match);
enum rc match_find(struct db_tx *tx, struct arena *arena, int64_t id, struct match *ret_match);
// The actor's own of a cohort, those that count first.
// Her matches stand in lists under her new name.
enum rc match_renamed(const struct app_place *at, int64_t person);
enum rc match_mine(struct req *req, int64_t cohort, struct match **ret_matches, size_t *ret_count);
enum rc match_list(struct req *req, int64_t cohort, const char *state, struct match **ret_matches,
                   size_t *ret_count);

// Which matches of a cohort: in a state ("" for any), after a match in the order of names (0: from
// the first), so many at most.
struct match_filter {
    const char *state;
    int64_t after;
    int64_t most;
};

// The same with what a list shows: state, answers, reason, words and names; nothing else is set. In
// two steps, as db_ask is: the rows are read after they were taken.
enum rc match_ask_brief(struct req *req, int64_t cohort, const struct match_filter *filter,
                        struct db_rows **ret_rows);
enum rc match_read_brief(struct arena *arena, const struct db_rows *rows,
                         struct match **ret_matches, size_t *ret_count);

// The one place where the state of a match changes, of an offer as of a pair (but for
// match_end_offers). RC_EXISTS: it is not in the state `match->state` any more, or may not go from
// there to `to` (match_may_move). An offer that ends keeps whom it had asked, so that they see that
// it ended, and others never learn of it. Announced here: that it begins.
enum rc match_move(const struct app_place *at, const struct match *match, const char *to,
                   const char *reason, const char *words);
enum rc match_say_yes(struct db_tx *tx, const struct match *match, bool mentor, const char *asked,
                      int64_t ends_at);
// Offers and matches that hold a place for an enrolment, or (of_person) for any of a person.
enum rc match_live_of(struct db_tx *tx, struct arena *arena, int64_t id, bool of_person,
                      struct match **ret_matches, size_t *ret_count);
enum rc match_due(struct db_tx *tx, struct arena *arena, int64_t now_us, int64_t remind_before_us,
                  struct match **ret_matches, size_t *ret_count);
// An offer stands until then, and is reminded of anew.
enum rc match_stand_until(struct db_tx *tx, int64_t match, int64_t ends_at);

// "I'd like to know more first", with what was answered.
struct match_asked {
    int64_t id;
    int64_t match;
    int64_t of_mentor; // 1: the mentor asks; 0: the mentee
    const char *words;
    int64_t asked_at;
    const char *answer;
    int64_t answered_at; // 0: not yet
    const char *mentee_name;
    const char *mentor_name;
};
enum rc asked_add(struct req *req, int64_t match, bool of_mentor, const char *words,
                  int64_t ends_at);
// Which: zeros and false mean all of the cohort.
struct asked_filter {
    int64_t match;
    int64_t of_person; // who asked
};
enum rc asked_list(struct req *req, int64_t cohort, const struct asked_filter *filter,
                   struct match_asked **ret_rows, size_t *ret_count);
// Those that are not answered, of offers that stand; in two steps, as db_ask is.
enum rc asked_ask_open(struct req *req, int64_t cohort, struct db_rows **ret_rows);
enum rc asked_read(struct arena *arena, const struct db_rows *rows, struct match_asked **ret_rows,
                   size_t *ret_count);
// RC_EXISTS: it was answered already.
enum rc asked_answer(struct req *req, int64_t id, const char *answer);
enum rc asked_is_open(struct db_tx *tx, struct arena *arena, int64_t match, bool *ret_open);

// An accepted mentee who has not as many mentors as she wants: who has waited since an earlier
// cohort first, then by when she signed up.
struct match_waiting {
    int64_t enrolment;
    const char *name;
    int64_t priority; // above 0: carried over
    const char *since;
    int64_t tried; // matches that did not begin or have ended
    int64_t out;   // 1: she sits out
};
enum rc waiting_list(struct req *req, int64_t cohort, int64_t from, int64_t most,
                     struct match_waiting **ret_rows, size_t *ret_count);
// Who is carried over to a later cohort: accepted mentees without any mentor, and the waiting list.
enum { WAITING_OVER_MAX = 2000 };
enum rc waiting_over(struct req *req, int64_t cohort, struct match_waiting **ret_rows,
                     size_t *ret_count);
enum rc waiting_counts(struct req *req, int64_t cohort, int64_t *ret_mentees, int64_t *ret_places);

enum rc match_remind(struct db_tx *tx, int64_t id, int64_t ends_at);

#endif

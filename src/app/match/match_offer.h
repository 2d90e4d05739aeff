// SPDX-License-Identifier: Apache-2.0
//
// Why: what publishing and answering do besides rows: letters, the next turn, a place passed on.
#ifndef TRELLIS_APP_MATCH_MATCH_OFFER_H
#define TRELLIS_APP_MATCH_MATCH_OFFER_H

#include "app/match/match_store.h"

// Where an offer is made or answered: in a request or in a job.
struct offering {
    struct app_place at;
    const char *url; // how people reach it
};

struct offering offering_of(struct req *req);

// Offers the pairs of a run (all, or those of `mentees`), and writes to those who are asked first.
// ret_made: how many; the others have changed since.
enum rc offer_pairs(const struct offering *o, const struct match_run *run,
                    const struct match_pair *pairs, size_t count, uint64_t *ret_made);

// The letter that goes first to those whom publishing asks, or to both when nobody is asked: in the
// reader's language, with the programme's own words, and what differs from one to the next in
// brackets.
enum rc offer_words(struct req *req, const struct cohort *cohort, const struct match_rules *rules,
                    struct app_shown_letter *ret_shown);

// One side says yes: the other is asked, or the match begins.
enum rc offer_accept(const struct offering *o, const struct match *match, bool by_mentor);

// One side says no, or nobody answered (reason "expired").
enum rc offer_end(const struct offering *o, const struct match *match, const char *reason,
                  const char *words);

// Starts a run for one mentee alone: nothing that is published moves. by 0: its pair is published
// by itself; else whoever asked reads it first.
enum rc offer_find_another(const struct offering *o, int64_t cohort, int64_t mentee, int64_t by,
                           int64_t *ret_run);

// Takes an offer back in favour of another, which is looked for.
enum rc offer_supersede(const struct offering *o, const struct match *match, int64_t by,
                        int64_t *ret_run);

// Whose sign-up (or, all: which person) leaves: her offers end, and of pairs that have begun it is
// announced that they must.
enum rc offer_leave(const struct app_place *place, int64_t id, bool all);

// Starts a run that finds somebody else for one mentee alone, if the rules say so.
enum rc offer_pass_on(const struct offering *o, const struct match *match);

#endif

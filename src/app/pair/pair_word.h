// SPDX-License-Identifier: Apache-2.0
//
// Why: what the other of the two says of a meeting that one has written down, and what a cohort
// asks of its pairs before they meet.
#ifndef TRELLIS_APP_PAIR_PAIR_WORD_H
#define TRELLIS_APP_PAIR_PAIR_WORD_H

#include "app/pair/pair_meet.h"

enum { WORD_DAYS = 7 }; // so long after it was written down

// Her word on a meeting.
struct meeting_word {
    int64_t person;
    const char *name;
    int64_t minutes;  // as she says
    int64_t disputed; // it was not so at all
    const char *words;
    int64_t at;
};
enum rc meeting_words(struct db_tx *tx, struct arena *arena, int64_t meeting,
                      struct meeting_word **ret_words, size_t *ret_count);
// Whether the actor may still say it: she did not write it down, has said nothing, and it is in
// time.
enum rc meeting_may_word(struct req *req, const struct pair *pair, const struct meeting *meeting,
                         bool *ret_may);
// Until when the other may say it. 0: it is not written down, or she has said it.
int64_t meeting_word_until(const struct meeting *meeting, size_t words, int64_t now_us);
// She did not come, and nobody is to count it. RC_EXISTS: it is not so written down.
enum rc meeting_excuse(struct db_tx *tx, const struct meeting *meeting);
enum rc meeting_word_add(struct db_tx *tx, int64_t meeting, const struct meeting_word *word);
// How a meeting stands after it. RC_EXISTS: it is not in the state that it was.
enum rc meeting_set_held(struct db_tx *tx, const struct meeting *meeting, const char *state,
                         int64_t minutes);

// Refuses a first meeting before goals are drafted, where the cohort wants them first.
enum rc meeting_may_begin(struct req *req, const struct pair *pair);

// The words of these in other languages (app/cohort/words.h), by their parts of the cohort.
#define PAIR_WORDS_CHANNEL "agreement_channel"
#define PAIR_WORDS_PRIVACY "agreement_privacy"
#define PAIR_WORDS_OTHERWISE "agreement_otherwise"

struct pair_rules {
    int64_t goals_first;
    int64_t pause_weeks; // longer pauses are covered
    // What an agreement proposes. "": words of ours, in the reader's language.
    const char *channel;
    const char *privacy;
    const char *scheduling;
    int64_t notice; // hours
    const char *otherwise;
    int64_t late_hours; // what is called off so shortly before counts
    int64_t asks_staff; // those who run the cohort have a say in a later last day
};
enum { LATE_HOURS = 3 };
enum rc pair_rules_find(struct db_tx *tx, struct arena *arena, int64_t cohort,
                        struct pair_rules *ret_rules);
// Its words in the reader's language, or what comes after it.
enum rc pair_rules_translate(struct req *req, int64_t cohort, struct pair_rules *rules);
// A cohort begins with the rules of another.
enum rc pair_rules_take_over(struct db_tx *tx, int64_t from, int64_t to);
enum rc pair_rules_set(struct db_tx *tx, int64_t cohort, const struct pair_rules *rules);

#endif

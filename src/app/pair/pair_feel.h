// SPDX-License-Identifier: Apache-2.0
//
// Why: how it goes: what each says after a meeting and when asked, and what follows from it: which
// pairs need help, by rules that give their reasons.
#ifndef TRELLIS_APP_PAIR_PAIR_FEEL_H
#define TRELLIS_APP_PAIR_PAIR_FEEL_H

#include "app/bank/bank.h"
#include "app/pair/pair_store.h"

// What one of the two says after a meeting.
struct report {
    int64_t useful; // 1..5; 0: not told
    const char *line;
    int64_t shared;      // the line, with the other
    const char *private; // for those who run the programme
};
enum rc report_find(struct db_tx *tx, struct arena *arena, int64_t meeting, int64_t person,
                    struct report *ret_report); // all zero: none
enum rc report_set(struct req *req, int64_t meeting, const struct report *report);

// Questions to one of the two. kind: "fit", "pulse", "mid", "end", "early".
struct survey {
    int64_t id;
    int64_t match;
    int64_t person;
    const char *kind;
    int64_t answered_at; // 0: not yet
    int64_t closed_at;   // 0: open
};
enum rc survey_open_list(struct req *req, int64_t match, struct survey **ret_surveys,
                         size_t *ret_count);
enum rc survey_find(struct req *req, int64_t match, int64_t id, struct survey *ret_survey);
// RC_EXISTS: it was asked already.
enum rc survey_add(struct db_tx *tx, int64_t match, int64_t person, const char *kind,
                   int64_t number, int64_t now_us);
enum rc survey_answer(struct req *req, const struct survey *survey, const char *question,
                      int64_t number, const char *words);
enum rc survey_done(struct req *req, const struct survey *survey);
// A pair has ended early: the other is asked whether they fit, once; and `by`, who ended it, has
// said so already, or left it out ("").
enum rc survey_add_early(const struct app_place *at, int64_t match, int64_t other, int64_t by,
                         const char *fit);
enum rc survey_close_all(struct db_tx *tx, int64_t match, int64_t now_us);

// The path at which she answers what she was asked last without signing in; it works for so long,
// until she has answered. *ret_path NULL: nothing is open.
enum { SURVEY_LINK_DAYS = 60 };
enum rc survey_link_add(const struct app_place *at, int64_t match, int64_t person,
                        const char **ret_path);
// Of the token of the path. RC_NOT_FOUND.
enum rc survey_link_find(struct req *req, struct survey *ret_survey);
// Whether she has said there that it does not fit.
enum rc survey_is_bad_fit(struct req *req, const struct survey *survey, bool *ret_bad);

// What a survey asks: what all programmes ask, and the programme's own.
struct survey_form {
    const char *fit;
    const char *satisfied;
    const char *often;
    const char *goals;
    int64_t recommend;
    const char *words;
};
const struct shape *survey_shape(const char *kind);
enum rc survey_make_form(struct req *req, const struct survey *survey, int64_t programme,
                         struct bank_form *ret_form);
// Keeps the answers. RC_EXISTS: it is answered, or closed. RC_BAD_INPUT: refused.
enum rc survey_take(struct req *req, const struct survey *survey, int64_t programme,
                    const struct survey_form *in);

// What the two say at the end: person, whether she stays in touch, thanks.
enum rc farewell_list(struct req *req, int64_t match, struct db_rows **ret_rows);
enum rc farewell_set(struct req *req, const struct pair *pair, int64_t stay, const char *thanks);
// What those who run a cohort were told of a pair, the newest first: name, question, number, words,
// when.
enum rc told_list(struct req *req, int64_t match, struct db_rows **ret_rows);

// Why a pair may need help; bits of risk.
enum pair_risk {
    RISK_NO_MEETING, // none held or settled 14 days after the start
    RISK_LONG_AGO,   // none for twice the cadence, and none to come
    RISK_LOW_PULSE,  // the last answer was 1 or 2 of 5
    RISK_UNSIGNED,   // two meetings, and no agreement
    RISK_UNANSWERED, // a message not read for 7 days
    RISK_MISSED,     // two missed meetings that nothing excuses
    RISK_BAD_FIT,    // somebody says that it does not fit
    RISK_PAUSE_OVER, // a pause has ended a week ago, and nobody is back
    RISK_STILL_NONE, // the same after 21 days: it takes the place of the first
    RISK_ASKED,      // a note to those who run the programme in the last 14 days
    PAIR_RISKS
};
struct pair_stand {
    int64_t match;
    const char *mentee;
    const char *mentor;
    const char *state;
    int64_t began_at;
    int64_t paused_until;
    const char *ends_on;
    int64_t held;
    int64_t last_held; // 0: never
    int64_t to_come;
    int64_t missed;
    int64_t signed_by_both;
    int64_t pulse; // 0: none
    int64_t bad_fit;
    int64_t unread_since; // 0: nothing is unread
    int64_t asked;
    int64_t cadence; // weeks, as the two have agreed; 0: as the cohort does
    int64_t aimless; // goals that serve none of the programme's objectives, where there are some
    uint32_t risks;  // bits
    bool early;      // too early to say
};
const char *pair_risk_label(unsigned risk); // a message
bool pair_is_urgent(const struct pair_stand *stand);
// All live pairs of a cohort that the actor has no part in, or one of them (match: not 0).
enum rc pair_stands(struct req *req, const struct cohort *cohort, int64_t match,
                    struct pair_stand **ret_stands, size_t *ret_count);
uint32_t pair_risks(const struct pair_stand *stand, int64_t cadence, int64_t now_us);

#endif

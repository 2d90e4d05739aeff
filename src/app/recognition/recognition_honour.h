// SPDX-License-Identifier: Apache-2.0
//
// Why: a cohort gives an award: its people nominate, a jury judges, and who was chosen is asked
// before she is named.
//
// Promises: a juror scores nobody whom she is near to (herself, whom she was matched with or
// nominated, whom she must not meet, whom she says), and sees no score of others before hers; a
// score stays as it was given; who was nominated does not learn it here; only with two scores each
// there is a result, and a tie is decided by a person with words.
//
// Named "honour" in the code, because "award" is a badge that was earned.
#ifndef TRELLIS_APP_RECOGNITION_RECOGNITION_HONOUR_H
#define TRELLIS_APP_RECOGNITION_RECOGNITION_HONOUR_H

#include "app/cohort/cohort.h"
#include "app/recognition/recognition.h"
#include "web/component.h"

enum {
    HONOURS_A_COHORT = 30,
    HONOUR_NOMINEES = 100, // of one award
    HONOUR_JURORS = 20,
    HONOUR_SCORES_LEAST = 2, // of each nominee, before there is a result
    HONOUR_REMIND_DAYS = 7,  // whoever was chosen is asked once more
    HONOUR_LAPSES_DAYS = 30, // and then somebody else is chosen
};

#define HONOUR_OPEN "open"           // people nominate
#define HONOUR_JUDGING "judging"     // the jury scores
#define HONOUR_ASKED "asked"         // who was chosen is asked
#define HONOUR_ANNOUNCED "announced" // and all of the cohort see it
#define HONOUR_CANCELLED "cancelled"

struct honour {
    int64_t id;
    int64_t cohort;
    const char *title;
    const char *about;
    const char *closes; // the last day of nominations
    const char *state;
    const char *reason; // why it was cancelled
    int64_t winner;
    const char *winner_name; // "": none, or her account is closed
    const char *words;       // with which a tie was decided
    const char *cohort_name;
    bool juror; // who asks is one
};

// One text of several.
struct honour_text {
    const char *text;
};

struct nominee {
    int64_t person;
    const char *name;
    int64_t nominations;
    int64_t scores; // how many
    int64_t sum;
    int64_t own;      // the juror's own score; 0: she has said that she is too near; -1: none yet
    bool may;         // she may score her
    const char *mean; // "4.5"; "": not to be seen
    struct honour_text *texts; // of the nominations
    size_t text_count;
    struct honour_text *said; // by the other jurors; only after her own
    size_t said_count;
};

// The best first; those who are alike by name.
void honour_rank(struct nominee *all, size_t count);
// How many share the best mean.
size_t honour_tied(const struct nominee *ranked, size_t count);
// Whether each has the scores that a result needs.
bool honour_complete(const struct nominee *all, size_t count);

// ---- rows --------------------------------------------------------------------------------------

enum rc honour_list(struct req *req, int64_t cohort, struct honour **ret_all, size_t *ret_count);
enum rc honour_find(struct req *req, int64_t cohort, int64_t id, struct honour *ret_honour);
// Those that she was given, and those for which she is asked.
enum rc honour_mine(struct req *req, struct honour **ret_all, size_t *ret_count);
enum rc honour_add(struct req *req, struct honour *honour);
// RC_EXISTS: it stands elsewhere by now.
enum rc honour_move(const struct app_place *place, const struct honour *honour, const char *to,
                    const char *reason);
enum rc honour_ask(struct req *req, const struct honour *honour, int64_t winner, const char *words);
// Her answer; with a no she is not among the nominees any more.
enum rc honour_answer(struct req *req, const struct honour *honour, bool yes);
// A mentor or mentee of the cohort by her whole name or address. RC_NOT_FOUND: none, or several.
enum rc honour_person(struct req *req, int64_t cohort, const char *who, int64_t *ret_person);
// Whether who asks takes part in the cohort.
enum rc honour_member(struct req *req, int64_t cohort, bool *ret_member);
// RC_EXISTS: she has nominated her already.
enum rc honour_nominate(struct req *req, const struct honour *honour, int64_t nominee,
                        const char *text);
struct juror {
    int64_t person;
    const char *name;
    int64_t given;      // how many she has scored, or said that she is too near to
    int64_t removed_at; // 0: she is of the jury; the others come last
    int64_t removed_scores;
    const char *reason;
};
enum rc honour_jurors(struct req *req, int64_t honour, struct juror **ret_all, size_t *ret_count);
// RC_NOT_FOUND: nobody has an account with the address. RC_EXISTS: she is one.
enum rc honour_juror_add(struct req *req, const struct honour *honour, const char *email);
// Takes her and her scores out; that it was done, how many scores went, and why stays. RC_EXISTS:
// she is none, or it is decided.
enum rc honour_juror_remove(struct req *req, const struct honour *honour, int64_t juror,
                            const char *reason);
// As a juror sees them; without herself.
enum rc honour_nominees(struct req *req, int64_t honour, struct nominee **ret_all,
                        size_t *ret_count);
// 1 to 5, or 0: too near. RC_NOT_FOUND: she may not score her. RC_EXISTS: she did.
enum rc honour_score(struct req *req, int64_t honour, int64_t nominee, int64_t score,
                     const char *words);
enum rc honour_nightly(const struct app_place *place);
// Tells the jurors that they can begin.
enum rc honour_begin(const struct app_place *place, const struct honour *honour);

// ---- pages -------------------------------------------------------------------------------------

struct honour_view {
    const struct form *form;
    const struct shape *shape;
    const char *action;
    const char *today;
    struct cohort cohort;
    int64_t person;
    bool staff;
    bool member;
    struct honour *honours;
    size_t count;
    struct honour honour;
    bool nominating; // it is open, and its day has not passed
    struct nominee *nominees;
    size_t nominee_count;
    struct nominee *chosen; // the juror's own page of one
    struct juror *jurors;
    size_t juror_count;    // with those who were
    size_t judging_count;  // of the jury now
    struct juror *leaving; // whom the page is about
    const char *zone;
    bool seen;      // the result may be seen by who asks
    bool nominated; // who asks is among the nominees
    size_t tied;
};
extern const struct out_shape honours_out;
extern const struct out_shape honour_out;

#endif

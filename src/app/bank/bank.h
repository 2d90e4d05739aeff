// SPDX-License-Identifier: Apache-2.0
//
// Why: a programme asks what only it wants to know, in its own words: of pairs on their way, and of
// everybody some time after the end. Whatever asks takes its questions from here.
//
// Promises: a question has a name that never changes and stands with its answers; its words never
// change once it is asked: other words are a new version, and the old one ends. What the answer
// may be is a row of bank_kinds.def. Who reads the answer is chosen with the question and said
// next to it.
//
// Not for: keeping answers; who asks keeps them.
#ifndef TRELLIS_APP_BANK_BANK_H
#define TRELLIS_APP_BANK_BANK_H

#include "app/app.h"
#include "web/field.h"

extern const struct app_slice bank_slice;

// Asked at a time: of all, and of one pair at one moment; and ever.
enum { BANK_MOST = 8, BANK_PAIR_MOST = 3, BANK_EVER = 60 };

// When it is asked: a pulse, in the middle, at the end; and half a year and a year later.
#define BANK_PULSE "pulse"
#define BANK_MID "mid"
#define BANK_END "end"
#define BANK_LATER "later"
extern const struct field_option bank_moments[];

// Who reads it: nobody alone (numbers are counted, words are read without a name), or those who
// run the programme, with the pair. What is asked later is always counted.
#define BANK_COUNTED "counted"
#define BANK_STAFF "staff"
extern const struct field_option bank_audiences[];

enum bank_counts { BANK_SHARE, BANK_MEAN, BANK_READ };
struct bank_kind {
    const char *name;
    enum field_kind field;
    const struct field_option *options;
    int64_t most;
    enum bank_counts counts;
};
const struct bank_kind *bank_kind_find(const char *name); // NULL: there is none
extern const struct field_option bank_kind_options[];

struct bank_question {
    int64_t id;
    const char *name;    // "own:12", as it stands with answers and measures
    const char *control; // "own12", on a form
    const char *kind;
    const char *text;
    const char *moments; // a space after each
    const char *audience;
    int64_t version; // 1, 2 ...
    int64_t after;   // the version before; 0: none
    int64_t off_at;  // 0: it is asked
    bool replaced;   // by a version after it: it is never asked again
};
bool bank_asks(const struct bank_question *question, const char *moment);

// In the order in which they were written: those that are asked at a moment; "": all that ever
// were.
enum rc bank_list(struct db_tx *tx, struct arena *arena, int64_t programme, const char *moment,
                  struct bank_question **ret_all, size_t *ret_count);
// RC_LIMIT: there are enough.
enum rc bank_add(const struct app_place *at, int64_t programme,
                 const struct bank_question *question, int64_t person);
// Other words from now on. RC_EXISTS: it has ended, or was replaced already.
enum rc bank_write_anew(const struct app_place *at, int64_t programme, int64_t id, const char *text,
                        int64_t person);
// Asks it no more, or (off false) again. RC_EXISTS: it is so already, or was replaced. RC_LIMIT.
enum rc bank_turn(const struct app_place *at, int64_t programme, int64_t id, bool off);

// ---- asking ------------------------------------------------------------------------------------

// The questions of a moment behind some fields, as one shape to show. `own` is what of it is read
// here: the rest is read by its own shape.
struct bank_form {
    struct bank_question *all;
    size_t count;
    struct shape shown;
    struct shape own;
};
struct bank_said {
    int64_t number;    // 0: nothing
    const char *words; // "": nothing
};
enum rc bank_form_make(struct req *req, int64_t programme, const char *moment,
                       const struct field *before, size_t before_count, struct bank_form *ret_form);
// One for each question. RC_BAD_INPUT: refused, with sentences.
enum rc bank_form_read(struct req *req, const struct bank_form *form, struct bank_said **ret_said);
bool bank_is_said(const struct bank_said *said);

#endif

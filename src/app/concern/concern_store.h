// SPDX-License-Identifier: Apache-2.0
//
// Why: every SQL text of concerns, and with them the rule who may read which.
#ifndef TRELLIS_APP_CONCERN_CONCERN_STORE_H
#define TRELLIS_APP_CONCERN_CONCERN_STORE_H

#include "app/concern/concern.h"

// What was said about a concern after it was told.
struct concern_word {
    int64_t id;
    const char *who;  // "reader", "reporter", "outside"
    const char *name; // of a reader; "" else
    const char *text;
    int64_t shown; // to the one who reported
    int64_t at;
};

// What a cohort has set for its safety.
struct concern_safety {
    const char *emergency;    // numbers to call, a line each; "": none told
    const char *outside_name; // who reads what is about all others; "": nobody
    const char *outside_email;
    const char *exit_url; // where "leave this page" leads
};
enum rc safety_find(struct db_tx *tx, struct arena *arena, int64_t cohort,
                    struct concern_safety *ret_safety);
enum rc safety_set(struct req *req, int64_t cohort, const struct concern_safety *safety);

// Somebody whom a concern may be about, or is.
struct concern_person {
    int64_t id;
    const char *name;
    bool lead; // is named for safety in the cohort
    bool chosen;
};
// Those named for safety in a cohort and, with `staff`, those who coordinate it.
enum rc concern_people(struct db_tx *tx, struct arena *arena, int64_t cohort, bool staff,
                       struct concern_person **ret_people, size_t *ret_count);
// Whom a concern is about, the two of its pair included.
enum rc concern_about(struct req *req, int64_t concern, struct concern_person **ret_people,
                      size_t *ret_count);
enum rc concern_about_add(struct req *req, int64_t concern, int64_t person);
// The person with an address. 0: nobody has it.
enum rc concern_person_find(struct req *req, const char *email, int64_t *ret_person);

// How many concerns came to a cohort from nobody in the last hour.
enum rc concern_nameless(struct req *req, int64_t cohort, int64_t *ret_count);

// ---- reading; what is for others is not in the answer, and everything is sealed ----

enum rc concern_mine(struct req *req, struct concern **ret_concerns, size_t *ret_count);
enum rc concern_by_code(struct req *req, const char *code, struct concern *ret_concern);
enum rc concern_by_outside(struct req *req, const char *token, struct concern *ret_concern);
// What the actor may read of a cohort. concern: 0 all.
enum rc concern_list(struct req *req, int64_t cohort, int64_t concern,
                     struct concern **ret_concerns, size_t *ret_count);
enum rc concern_find(struct req *req, int64_t cohort, int64_t id, struct concern *ret_concern);
// Whether the actor may read this one.
enum rc concern_may_read(struct req *req, int64_t cohort, int64_t id, bool *ret_may);

// Opens text and evidence. A key that is not here leaves a sentence instead of them.
enum rc concern_unseal(struct req *req, struct concern *concern);
enum rc concern_words(struct req *req, int64_t concern, bool only_shown,
                      struct concern_word **ret_words, size_t *ret_count);

// ---- changing ----

enum rc concern_word_add(struct req *req, int64_t concern, const char *who, const char *text,
                         bool shown);
// RC_EXISTS: it is not in that state any more.
enum rc concern_move(struct req *req, const struct concern *concern, const char *to);
enum rc concern_climb(struct req *req, const struct concern *concern, int64_t to);
enum rc concern_set_outside(struct db_tx *tx, int64_t concern, const char *hash);

// How many people are named for safety in a cohort.
enum rc concern_leads(struct db_tx *tx, struct arena *arena, int64_t cohort, int64_t *ret_count);
// Those named for safety whom it does not concern: e-mail, language, name.
enum rc concern_lead_letters(struct db_tx *tx, struct arena *arena, int64_t concern,
                             struct db_rows **ret_rows);
// Those who run the cohort, and whom it does not concern.
enum rc concern_staff_letters(struct db_tx *tx, struct arena *arena, int64_t concern,
                              struct db_rows **ret_rows);

// ---- breaking the glass: two people open what nobody who may has answered in time ----

struct concern_glass {
    int64_t id;
    int64_t concern;
    int64_t due_at;
    int64_t asked_by; // 0: nobody yet, or it is closed again
    const char *asked_name;
    const char *why;
    int64_t until_at;  // open until then; 0: not open
    int64_t agreed_by; // the other who reads it until then
};
// Grave concerns of a cohort that are late, that the actor may not read, and that do not concern
// her.
enum rc glass_list(struct req *req, int64_t cohort, struct concern_glass **ret_all,
                   size_t *ret_count);
enum rc glass_ask(struct req *req, int64_t concern, const char *why);
// RC_EXISTS: nobody asks, or she asked herself.
enum rc glass_agree(struct req *req, const struct concern_glass *glass);

// ---- what was written before ----

struct concern_evidence {
    int64_t kept;      // messages
    int64_t same;      // of them, those that are as they were
    const char *words; // "": only hashes were kept
};
// Of a row: id, person, anything, text, at.
const char *concern_message_hash(struct arena *arena, const struct db_rows *rows, size_t row);
enum rc concern_evidence_read(struct req *req, const struct concern *concern,
                              struct concern_evidence *ret_evidence);

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Why: what people answer to a programme's own questions (app/bank/bank.h), in pairs and some time
// after the end, is counted; and what they write in words is read, and put under tags by hand, so
// that it can be counted too.
//
// Promises: numbers are measures like all others (measure_row.h). Words are shown without the name
// of who wrote them, and never to somebody of whose own pair they are.
#ifndef TRELLIS_APP_IMPROVE_IMPROVE_OWN_H
#define TRELLIS_APP_IMPROVE_IMPROVE_OWN_H

#include "app/bank/bank.h"
#include "app/improve/improve_later.h"
#include "app/improve/improve_store.h"

enum rc own_answer(const struct app_place *at, const struct later *later,
                   const struct bank_question *own, const struct bank_said *said);
// Its measure; those in words have none (NULL).
enum rc own_measure(struct arena *arena, const struct bank_question *own,
                    struct measure_row **ret_row);

// ---- what people wrote -------------------------------------------------------------------------

enum { WORDS_PAGE = 20, WORD_TAGS_MOST = 8 };
struct written {
    const char *kind;     // "survey" or "later"
    int64_t subject;      // the row of that name
    const char *question; // "words", or the name of an own one
    const char *words;
    int64_t at;
    const char *moment; // of the survey: "pulse", "mid", "end"; "": some time after the end
    const char *asked;  // an own question; "": what all programmes ask
    const char *role;   // "mentee" or "mentor"
    int64_t match;      // 0: not of a pair
    struct choice *tags;
    size_t tag_count;
    const char *typed;  // its tags, as somebody types them
    const char *number; // of its form on the page
};
struct tagged {
    const char *tag;
    int64_t count;
};
struct written_filter {
    const char *tag; // "": with any or none; "-": with none
    int64_t from;    // how many come before
};
// Of the cohort, the newest first, one more than a page.
enum rc written_list(struct req *req, int64_t cohort, const struct written_filter *filter,
                     struct written **ret_all, size_t *ret_count);
// RC_NOT_FOUND: it is none of the cohort's, or tells of the actor's own pair.
enum rc written_find(struct req *req, int64_t cohort, const char *kind, int64_t subject,
                     const char *question, struct written *ret_one);
// `tags` is a key of base/text.h: words with one space between them.
enum rc written_tag(struct req *req, int64_t cohort, const struct written *one, const char *tags);
enum rc written_tags(struct req *req, int64_t cohort, struct tagged **ret_tags, size_t *ret_count);

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Why: what the two of a pair write to each other, and which letters a person wants, when.
#ifndef TRELLIS_APP_PAIR_PAIR_TALK_H
#define TRELLIS_APP_PAIR_PAIR_TALK_H

#include "app/pair/pair_store.h"

struct pair_message {
    int64_t id;
    int64_t person;
    const char *name;
    const char *text;
    int64_t at;
};
enum { MESSAGES_A_PAGE = 30 };
// The newest that are older than `before` (0: all), oldest first.
enum rc message_list(struct db_tx *tx, struct arena *arena, int64_t match, int64_t before,
                     struct pair_message **ret_messages, size_t *ret_count);
enum rc message_add(struct req *req, const struct pair *pair, const char *text);
// Asks for the copy by mail to the other, at a time that suits her.
enum rc message_ask_letter(struct req *req, const struct pair *pair);
enum rc message_see(struct req *req, const struct pair *pair);
enum rc message_unseen(struct db_tx *tx, struct arena *arena, int64_t match, int64_t person,
                       int64_t *ret_count);
// What the reader has neither seen nor been sent (id, text; the oldest 50), and that it is sent.
enum rc message_unmailed(struct db_tx *tx, struct arena *arena, int64_t match, int64_t reader,
                         struct db_rows **ret_rows);
enum rc message_mailed(struct db_tx *tx, int64_t match, int64_t reader, int64_t upto);

// The kinds of letters that a person may turn off.
#define LETTER_MESSAGE "message"
#define LETTER_REMINDER "reminder"
#define LETTER_QUESTION "question" // surveys
#define LETTER_NUDGE "nudge"
#define LETTER_NOTICE "notice"
extern const struct field_option letter_kinds[];

struct letter_choice {
    const char *message; // "each", "daily", "never"
    bool reminder;
    bool question;
    bool nudge;
    int64_t quiet_from; // minutes of her day; equal: no quiet hours
    int64_t quiet_to;
    bool notice;
};
enum rc letter_choice_find(struct db_tx *tx, struct arena *arena, int64_t person,
                           struct letter_choice *ret_choice);
enum rc letter_choice_set(struct db_tx *tx, int64_t person, const struct letter_choice *choice);
bool letter_wanted(const struct letter_choice *choice, const char *kind);
// The first moment from now on that is not in her quiet hours; with daily, her next morning.
int64_t letter_moment(struct arena *arena, const struct letter_choice *choice, const char *zone,
                      bool daily, int64_t now_us);
// The URL that ends a kind of letters to a person by one click; it works for a year.
enum rc letter_stop_url(const struct app_place *at, const char *url, int64_t person,
                        const char *kind, const char **ret_url);
// Whose letters of which kind the token of the path ends. RC_NOT_FOUND.
enum rc letter_stop_find(struct req *req, int64_t *ret_person, const char **ret_kind);

// The meeting that the token of the path writes down, and for whom. RC_NOT_FOUND.
struct meeting_link {
    int64_t person;
    int64_t match;
    int64_t meeting;
};
enum rc meeting_link_find(struct req *req, struct meeting_link *ret_link);

// A letter of a kind to one of the two, if she wants it, with the way to end it; it leaves when her
// quiet hours are over. Values as pair_write_to.
enum rc letter_send(const struct app_place *at, const char *url, const struct pair *pair,
                    bool mentor, const char *kind, const struct app_letter *letter,
                    const char *page, const char *value);
// The same with any path of ours.
struct letter_sent {
    const char *kind;
    const struct app_letter *letter;
    const char *path;
    const char *value;
};
enum rc letter_send_to(const struct app_place *at, const char *url, const struct pair *pair,
                       bool mentor, const struct letter_sent *sent);

#endif

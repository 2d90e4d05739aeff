// SPDX-License-Identifier: Apache-2.0
//
// Why: every SQL text of announcements.
#ifndef TRELLIS_APP_NOTICE_NOTICE_STORE_H
#define TRELLIS_APP_NOTICE_NOTICE_STORE_H

#include "app/cohort/cohort.h"
#include "app/notice/notice.h"
#include "web/field.h"

struct notice {
    int64_t id;
    int64_t cohort;
    const char *subject;
    const char *text;
    const char *role;  // "mentee", "mentor", "": both
    const char *state; // of sign-ups; "": all that were sent and are not over
    const char *stage; // of pairs: "none", "active", "paused", "over"; "": any
    int64_t send_at;
    int64_t begun_at; // its list was made; 0: not yet
    int64_t stopped;  // taken back
    int64_t to;       // how many are on the list
    int64_t sent;
    int64_t waiting;
    int64_t failed; // of those sent: no mail server took it
};
// What a letter met on its way: nothing, a mail server that did not take it yet, or never did.
enum notice_trouble { NOTICE_FINE, NOTICE_LATE, NOTICE_FAILED };
// What became of it for one.
struct notice_to {
    const char *name;
    const char *state; // "waiting", "sent", "unwanted", "left"
    int64_t at;
    enum notice_trouble trouble; // with "sent"
};
enum { NOTICE_MOST = 5000 };

enum rc notice_add(struct req *req, struct notice *notice);
enum rc notice_list(struct req *req, int64_t cohort, int64_t id, struct notice **ret_notices,
                    size_t *ret_count);
enum rc notice_people(struct req *req, int64_t notice, struct notice_to **ret_people,
                      size_t *ret_count);
enum rc notice_stop(struct req *req, int64_t cohort, int64_t id); // RC_EXISTS: it has left
// Whom it goes to: person, e-mail, language, name, zone.
enum rc notice_whom(struct db_tx *tx, struct arena *arena, const struct notice *notice,
                    struct db_rows **ret_rows);

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Why: mail is asked for in the transaction that makes it needed, and sent by a job: by SMTP, or,
// where none is set, into a folder of .eml files that a person can open.
//
// Promises: RFC 5322 messages in plain text, any language; no line of a header comes from a
// person's text; over SMTP to another machine only with TLS. A message is deleted once it is sent.
//
// Not for: reading mail.
#ifndef TRELLIS_JOBS_MAIL_H
#define TRELLIS_JOBS_MAIL_H

#include "base/buffer.h"

#include "jobs/jobs.h"

struct mail {
    const char *to;
    const char *subject;
    const char *text;        // lines end with \n
    const char *unsubscribe; // a URL that ends this kind by one click (RFC 8058); NULL: none
    const char *calendar;    // an iCalendar text; NULL: none
    const char *method;      // of the calendar: "REQUEST" or "CANCEL"
    const char *reply;       // an address that answers go to; NULL: that of From
    int64_t number;          // an id of db_new_id, for who wants to know later; 0: a new one
    int64_t after_us;        // it waits until then; 0: it leaves at once
    const char *back; // an address that it comes back to when it can't be delivered; NULL: that
                      // of From
};

struct mail_settings {
    const char *from;      // an address
    const char *from_name; // the organisation's
    const char *smtp;      // "smtp://host:587" or "smtps://host"; NULL: into the folder
    const char *user;      // NULL: none
    const char *password;
    const char *folder; // made when it is not there
};

// RC_BAD_INPUT: not an address, or a subject of more than one line.
enum rc mail_add(struct db_tx *tx, struct arena *arena, const struct mail *mail, int64_t now_us);

// The kind of job that sends. The settings must live as long as the jobs.
struct job_kind mail_kind(const struct mail_settings *settings);

// The message as it is sent, lines ended by \r\n. The number makes its Message-ID.
enum rc mail_write(struct buffer *out, const struct mail_settings *settings,
                   const struct mail *mail, int64_t number, int64_t now_us);

#endif

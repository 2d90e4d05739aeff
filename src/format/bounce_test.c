// SPDX-License-Identifier: Apache-2.0
//
// What mail servers write when a letter does not arrive, in the shapes of the common ones (written
// for this test), and what is no such letter.
#include "format/bounce.h"

#include <string.h>

#include "base/tap.h"

#define SENT "<1900000000000000001.trellis@example.org>"
#define REPORT(from)                                                                               \
    "Return-Path: <>\r\nFrom: " from                                                               \
    "\r\nTo: reply+x@example.org\r\nSubject: It did not arrive\r\n"                                \
    "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status;\r\n"        \
    " boundary=\"b/1\"\r\n\r\nFor old programs.\r\n--b/1\r\nContent-Type: text/plain; "            \
    "charset=us-ascii\r\n\r\nSorry.\r\n\r\n--b/1\r\nContent-Type: message/delivery-status\r\n\r\n"
#define RETURNED                                                                                   \
    "\r\n--b/1\r\nContent-Type: message/rfc822\r\n\r\nFrom: <reply@example.org>\r\nTo: "           \
    "<bea@example.org>\r\nMessage-ID: " SENT "\r\n\r\nHello Bea\r\n\r\n--b/1--\r\n"
#define HEADERS                                                                                            \
    "\r\n--b/1\r\nContent-Type: text/rfc822-headers\r\n\r\nTo: <bea@example.org>\r\nmessage-id:\r\n " SENT \
    "\r\n\r\n--b/1--\r\n"

struct row {
    const char *name;
    const char *message;
    enum bounce_kind kind;
    const char *status;
    const char *address;
    bool letter; // its Message-ID is found
};

// clang-format off
static const struct row rows[] = {
    {"Postfix: no such person",
     REPORT("MAILER-DAEMON@mx.example.net (Mail Delivery System)")
     "Reporting-MTA: dns; mx.example.net\r\nX-Postfix-Queue-ID: 4ABC\r\nArrival-Date: Sat, 28 Nov 2026 10:00:00 +0000 (UTC)\r\n\r\n"
     "Final-Recipient: rfc822; bea@example.org\r\nOriginal-Recipient: rfc822;Bea@Example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n"
     "Remote-MTA: dns; in.example.org\r\nDiagnostic-Code: smtp; 550 5.1.1 <bea@example.org>: no mailbox of\r\n    this name is here\r\n" RETURNED,
     BOUNCE_HARD, "5.1.1", "bea@example.org", true},
    {"Postfix: no such domain",
     REPORT("MAILER-DAEMON@mx.example.net")
     "Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; bea@example.org\r\nAction: failed\r\nStatus: 5.4.4\r\n"
     "Diagnostic-Code: X-Postfix; host or domain is not found\r\n" HEADERS,
     BOUNCE_HARD, "5.4.4", "bea@example.org", true},
    {"Postfix: it is late, and goes on",
     REPORT("MAILER-DAEMON@mx.example.net")
     "Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; bea@example.org\r\nAction: delayed\r\nStatus: 4.4.1\r\n" RETURNED,
     BOUNCE_NONE, "", "", true},
    {"Postfix: time ran out",
     REPORT("MAILER-DAEMON@mx.example.net")
     "Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; bea@example.org\r\nAction: failed\r\nStatus: 4.4.1\r\n"
     "Diagnostic-Code: X-Postfix; connect to in.example.org: no route\r\n" RETURNED,
     BOUNCE_SOFT, "4.4.1", "bea@example.org", true},
    {"Exim: a vague status, and the server's words beside it",
     "X-Failed-Recipients: bea@example.org\r\nAuto-Submitted: auto-replied\r\n" REPORT("Mail Delivery System <Mailer-Daemon@mx.example.net>")
     "Reporting-MTA: dns; mx.example.net\r\n\r\nAction: failed\r\nFinal-Recipient: rfc822;bea@example.org\r\nStatus: 5.0.0\r\n"
     "Remote-MTA: dns; in.example.org\r\nDiagnostic-Code: smtp; 550-5.2.1 this mailbox was closed\r\n 550 ask its owner\r\n" RETURNED,
     BOUNCE_HARD, "5.2.1", "bea@example.org", true},
    {"Exim: a vague status, and an answer without one",
     REPORT("Mailer-Daemon@mx.example.net")
     "Reporting-MTA: dns; mx.example.net\r\n\r\nAction: failed\r\nFinal-Recipient: rfc822;bea@example.org\r\nStatus: 5.0.0\r\n"
     "Diagnostic-Code: smtp; 550 nobody is called so\r\n" RETURNED,
     BOUNCE_HARD, "5.1.1", "bea@example.org", true},
    {"Exim: a vague status alone",
     REPORT("Mailer-Daemon@mx.example.net")
     "Reporting-MTA: dns; mx.example.net\r\n\r\nAction: failed\r\nFinal-Recipient: rfc822;bea@example.org\r\nStatus: 5.0.0\r\n" RETURNED,
     BOUNCE_SOFT, "5.0.0", "bea@example.org", true},
    {"Exim of old: prose, with the recipient in its head",
     "Return-path: <>\r\nX-Failed-Recipients: Bea@example.org\r\nAuto-Submitted: auto-replied\r\nFrom: Mail Delivery System <Mailer-Daemon@mx.example.net>\r\n\r\n"
     "A message that you sent could not be brought to all of those it was for.\r\n\r\n  bea@example.org\r\n    host in.example.org [192.0.2.7]\r\n"
     "    SMTP error after RCPT TO:<bea@example.org>: 550 no such user\r\n\r\n------ A copy, with all its heads. ------\r\n\r\nTo: <bea@example.org>\r\n"
     "Message-ID: " SENT "\r\n\r\nHello Bea\r\n",
     BOUNCE_HARD, "5.1.1", "bea@example.org", true},
    {"Exchange: the address is none of the directory",
     REPORT("<postmaster@outlook.example.com>")
     "Reporting-MTA: dns;AM0PR00.prod.example.com\r\nReceived-From-MTA: dns;mx.example.net\r\n\r\nFinal-Recipient: rfc822;bea@example.org\r\nAction: failed\r\n"
     "Status: 5.1.10\r\nDiagnostic-Code: smtp;550 5.1.10 RESOLVER: not found by SMTP address\r\nX-Display-Name: Bea\r\n" RETURNED,
     BOUNCE_HARD, "5.1.10", "bea@example.org", true},
    {"Exchange: access denied by the edge",
     REPORT("<postmaster@outlook.example.com>")
     "Reporting-MTA: dns;edge.example.com\r\n\r\nFinal-Recipient: rfc822;bea@example.org\r\nAction: failed\r\nStatus: 5.4.1\r\n"
     "Diagnostic-Code: smtp;550 5.4.1 this recipient is refused here\r\n" RETURNED,
     BOUNCE_HARD, "5.4.1", "bea@example.org", true},
    {"Exchange: not allowed to write there",
     REPORT("<postmaster@outlook.example.com>")
     "Reporting-MTA: dns;edge.example.com\r\n\r\nFinal-Recipient: rfc822;bea@example.org\r\nAction: failed\r\nStatus: 5.7.1\r\n" RETURNED,
     BOUNCE_REFUSED, "5.7.1", "bea@example.org", true},
    {"Exchange: too large",
     REPORT("<postmaster@outlook.example.com>")
     "Reporting-MTA: dns;edge.example.com\r\n\r\nFinal-Recipient: rfc822;bea@example.org\r\nAction: failed\r\nStatus: 5.3.4\r\n" RETURNED,
     BOUNCE_REFUSED, "5.3.4", "bea@example.org", true},
    {"Gmail: no such account",
     "X-Failed-Recipients: bea@example.org\r\nAuto-Submitted: auto-replied\r\n" REPORT("Mail Delivery Subsystem <mailer-daemon@googlemail.example>")
     "Reporting-MTA: dns; googlemail.example\r\nArrival-Date: Sat, 28 Nov 2026 02:00:00 -0800 (PST)\r\nX-Original-Message-ID: " SENT "\r\n\r\n"
     "Final-Recipient: rfc822; bea@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\nRemote-MTA: dns; in.example.org. (192.0.2.7)\r\n"
     "Diagnostic-Code: smtp; 550-5.1.1 there is no account of that address,\r\n 550 5.1.1 look for typing errors\r\nLast-Attempt-Date: Sat, 28 Nov 2026 02:00:01 -0800 (PST)\r\n" RETURNED,
     BOUNCE_HARD, "5.1.1", "bea@example.org", true},
    {"Gmail: full",
     REPORT("mailer-daemon@googlemail.example")
     "Reporting-MTA: dns; googlemail.example\r\n\r\nFinal-Recipient: rfc822; bea@example.org\r\nAction: failed\r\nStatus: 4.2.2\r\n"
     "Diagnostic-Code: smtp; 452 4.2.2 there is no room left\r\n" RETURNED,
     BOUNCE_SOFT, "4.2.2", "bea@example.org", true},
    {"full, said as if for good",
     REPORT("mailer-daemon@example.net")
     "Reporting-MTA: dns; example.net\r\n\r\nFinal-Recipient: rfc822; bea@example.org\r\nAction: failed\r\nStatus: 5.2.2\r\n" RETURNED,
     BOUNCE_SOFT, "5.2.2", "bea@example.org", true},
    {"qmail: prose alone",
     "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.net\r\nTo: reply+x@example.org\r\n\r\nThis is the mail program at mx.example.net. It has given up.\r\n\r\n"
     "<bea@example.org>:\r\n192.0.2.7 does not want it.\r\nThe other said: 550 5.1.1 nobody of this name\r\n\r\n--- Below is what came.\r\n\r\n"
     "To: <bea@example.org>\r\nMessage-Id: " SENT "\r\n\r\nHello\r\n",
     BOUNCE_HARD, "5.1.1", "bea@example.org", true},
    {"prose of a server that goes on trying",
     "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.net\r\n\r\nYour letter to <bea@example.org> is delayed: 450 4.2.1 slow\r\n",
     BOUNCE_NONE, "", "", false},
    {"prose of a person",
     "From: Mina <mina@example.org>\r\n\r\nMy letter came back: 550 5.1.1 <bea@example.org>\r\n", BOUNCE_NONE, "", "", false},
    {"prose of a machine that is no mail server",
     "Return-Path: <>\r\nFrom: Mina <mina@example.org>\r\nAuto-Submitted: auto-replied\r\n\r\nI am away. Ring 550 12 34.\r\n", BOUNCE_NONE, "", "", false},
    {"it has arrived",
     REPORT("MAILER-DAEMON@mx.example.net")
     "Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; bea@example.org\r\nAction: delivered\r\nStatus: 2.0.0\r\n" RETURNED,
     BOUNCE_NONE, "", "", true},
    {"it was sent on, to another's address that is gone",
     REPORT("MAILER-DAEMON@mx.example.net")
     "Reporting-MTA: dns; mx.example.net\r\n\r\nOriginal-Recipient: rfc822;bea@example.org\r\nFinal-Recipient: rfc822; other@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n" RETURNED,
     BOUNCE_HARD, "5.1.1", "bea@example.org", true},
    {"two, of which the second failed",
     REPORT("MAILER-DAEMON@mx.example.net")
     "Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; mina@example.org\r\nAction: relayed\r\nStatus: 2.1.9\r\n\r\n"
     "Final-Recipient: rfc822; bea@example.org\r\nAction: failed\r\nStatus: 5.1.2 (no such host)\r\n" RETURNED,
     BOUNCE_HARD, "5.1.2", "bea@example.org", true},
    {"a status in base64",
     "From: postmaster@example.net\r\nContent-Type: multipart/report; boundary=b/1\r\n\r\n--b/1\r\nContent-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n"
     "RmluYWwtUmVjaXBpZW50OiByZmM4MjI7YmVhQGV4YW1wbGUub3JnCkFjdGlvbjogZmFpbGVkClN0\r\nYXR1czogNS4xLjEK\r\n" RETURNED,
     BOUNCE_HARD, "5.1.1", "bea@example.org", true},
    {"words that are no UTF-8",
     REPORT("postmaster@example.net")
     "Final-Recipient: rfc822; bea@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 bo\xeete inconnue\r\n" RETURNED,
     BOUNCE_HARD, "5.1.1", "bea@example.org", true},
    {"cut off behind its status",
     REPORT("postmaster@example.net") "Final-Recipient: rfc822; bea@example.org\r\nAction: failed\r\nStatus: 5.1.1", BOUNCE_HARD, "5.1.1", "bea@example.org", false},
    {"failed, and no status", REPORT("postmaster@example.net") "Final-Recipient: rfc822; bea@example.org\r\nAction: failed\r\n" RETURNED, BOUNCE_SOFT, "5.0.0", "bea@example.org", true},
    {"a status that is none", REPORT("postmaster@example.net") "Final-Recipient: rfc822; bea@example.org\r\nAction: failed\r\nStatus: 5.1\r\n" RETURNED, BOUNCE_SOFT, "5.0.0", "bea@example.org", true},
    {"of no address", REPORT("postmaster@example.net") "Final-Recipient: rfc822; \r\nAction: failed\r\nStatus: 5.1.1\r\n" RETURNED, BOUNCE_HARD, "5.1.1", "", true},
    {"a letter of a person", "From: Bea <bea@example.org>\r\nContent-Type: text/plain\r\n\r\nYes, on Monday.\r\n", BOUNCE_NONE, "", "", false},
    {"nothing", "", BOUNCE_NONE, "", "", false},
};
static const struct { const char *status; enum bounce_kind kind; } statuses[] = {
    {"5.1.0", BOUNCE_HARD}, {"5.1.3", BOUNCE_HARD}, {"5.1.6", BOUNCE_HARD}, {"5.1.7", BOUNCE_REFUSED}, {"5.1.8", BOUNCE_REFUSED},
    {"5.2.0", BOUNCE_SOFT}, {"5.2.1", BOUNCE_HARD}, {"5.2.3", BOUNCE_REFUSED}, {"5.3.0", BOUNCE_SOFT}, {"5.4.0", BOUNCE_SOFT}, {"5.4.6", BOUNCE_SOFT},
    {"5.4.7", BOUNCE_SOFT}, {"5.4.310", BOUNCE_HARD}, {"5.5.2", BOUNCE_REFUSED}, {"5.6.0", BOUNCE_REFUSED}, {"5.7.26", BOUNCE_REFUSED}, {"5.7.13", BOUNCE_HARD},
    {"5.9.9", BOUNCE_SOFT}, {"4.1.1", BOUNCE_SOFT}, {"4.7.1", BOUNCE_SOFT}, {"2.0.0", BOUNCE_NONE}, {"", BOUNCE_NONE}, {"5", BOUNCE_NONE}, {"5.1", BOUNCE_NONE},
    {"5.1.", BOUNCE_NONE}, {"5.1.1234", BOUNCE_NONE}, {"5.1.1.1", BOUNCE_NONE}, {"3.1.1", BOUNCE_NONE}, {"hard", BOUNCE_NONE},
};
// clang-format on

static void try_row(const struct row *row)
{
    struct arena arena;
    struct bounce b;
    arena_open(&arena, 16 << 20);
    enum rc rc = bounce_read(&arena, row->message, strlen(row->message), &b);
    if (ok(rc == RC_OK, "%s: read", row->name)) {
        ok(b.kind == row->kind, "%s: kind %d", row->name, (int)b.kind);
        is_str(b.status, row->status, "its status");
        is_str(b.address, row->address, "its address");
        is_str(b.letter, row->letter ? SENT : "", "its letter");
    }
    arena_close(&arena);
}

// Cut off anywhere, it is read or refused, and nothing behind its end is.
static void try_cuts(const struct row *row)
{
    size_t length = strlen(row->message);
    size_t wrong = 0;
    for (size_t k = 0; k < length; k++) {
        struct arena arena;
        struct bounce b;
        arena_open(&arena, 16 << 20);
        char *part = arena_alloc(&arena, k == 0 ? 1 : k);
        memcpy(part, row->message, k);
        enum rc rc = bounce_read(&arena, part, k, &b);
        wrong += rc != RC_OK && rc != RC_BAD_INPUT;
        arena_close(&arena);
    }
    ok(wrong == 0, "%s: cut off anywhere", row->name);
}

int main(void)
{
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++)
        try_row(&rows[k]);
    for (size_t k = 0; k < sizeof statuses / sizeof statuses[0]; k++)
        ok(bounce_class(statuses[k].status) == statuses[k].kind, "status \"%s\"",
           statuses[k].status);
    try_cuts(&rows[0]);
    try_cuts(&rows[7]);
    return tap_done();
}

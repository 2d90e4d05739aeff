// SPDX-License-Identifier: Apache-2.0
//
// What is kept of accounts: see app/data.h.
#include "app/account/account.h"
#include "app/data.h"

// clang-format off
const struct app_table account_tables[] = {
    {"person", "id", MSG("Accounts"), KEEP_ACCOUNT, ROWS_STAY, "id = $1", NULL, NULL, NULL, NULL, {
        DATA_KEYS("#id", END_STAYS),
        {"email",      DATA_PROGRAMME, COPY_YES, END_ADDRESS, MSG("to know who signs in, and to write to her")},
        {"name pronouns said", DATA_PROGRAMME, COPY_YES, END_EMPTY, MSG("what she is called by those who run the programme and by her match")},
        {"password",   DATA_SECRET,    COPY_NO,  END_EMPTY,   MSG("to know who signs in; kept so that nobody can read it")},
        {"language zone", DATA_PROGRAMME, COPY_YES, END_EMPTY, MSG("to show pages, letters and times as she reads them")},
        {"#admin",     DATA_PROGRAMME, COPY_YES, END_EMPTY,   MSG("whether she looks after the installation")},
        {"#created_at #closed_at", DATA_PROGRAMME, COPY_YES, END_STAYS, MSG("when the account was made and closed")},
    }},
    {"session", "hash", MSG("Sessions"), KEEP_SESSION, ROWS_GO, "person = $1", NULL, "seen_at < $1", NULL, NULL, {
        {"hash", DATA_SECRET, COPY_NO, END_ROW, MSG("to know a browser again; its secret is not kept")},
        DATA_KEYS("#person", END_ROW),
        {"#created_at #seen_at #by_link", DATA_SELF, COPY_YES, END_ROW, MSG("to show her where she is signed in, and to end what is not used")},
    }},
    {"role", "person, cohort, role", MSG("Tasks in programmes"), KEEP_ACCOUNT, ROWS_GO, "person = $1", NULL, NULL,
     "programme", "(SELECT name FROM cohort WHERE id = role.cohort)", {
        DATA_KEYS("#person #cohort", END_ROW),
        {"role", DATA_PROGRAMME, COPY_YES, END_ROW, MSG("what she may do")},
    }},
    {"sign_in_failure", "id", MSG("Failed sign-ins"), KEEP_SHORT, ROWS_GO, "email = (SELECT email FROM person WHERE id = $1)", NULL, "at < $1", NULL, NULL, {
        DATA_KEYS("#id", END_ROW),
        {"email #at", DATA_SELF, COPY_YES, END_ROW, MSG("to keep out who guesses passwords")},
    }},
    {"first_token", "hash", MSG("The link of the first administrator"), KEEP_PROGRAMME, ROWS_STAY, NULL, NULL, NULL, NULL, NULL, {
        {"hash", DATA_SECRET, COPY_NO, END_STAYS, MSG("to let in the first administrator, once")},
    }},
    {"account_link", "hash", MSG("Links by letter"), KEEP_SHORT, ROWS_GO,
     "(person = $1 OR email = (SELECT email FROM person WHERE id = $1))", NULL, "ends_at < $1", NULL, NULL, {
        {"hash password", DATA_SECRET, COPY_NO, END_ROW, MSG("to know the link again; nobody can read it")},
        DATA_KEYS("#person", END_ROW),
        {"kind email name language", DATA_SELF, COPY_YES, END_ROW, MSG("what the link does once it is opened")},
        {"#made_at #ends_at", DATA_SELF, COPY_YES, END_ROW, MSG("how long the link works")},
    }},
    {"access_token", "id", MSG("Access tokens"), KEEP_SHORT, ROWS_GO, "person = $1", NULL, "ends_at < $1", NULL, NULL, {
        {"hash", DATA_SECRET, COPY_NO, END_ROW, MSG("to know the token again; nobody can read it")},
        DATA_KEYS("#id #person", END_ROW),
        {"name #writes", DATA_SELF, COPY_YES, END_ROW, MSG("what a program may do in her name, and how she knows it again")},
        DATA_MARKS("#window_at #window_taken", END_ROW),
        {"#made_at #ends_at #used_at", DATA_SELF, COPY_YES, END_ROW, MSG("how long it works, and when it was last used")},
    }},
    {"once", "person, key", MSG("Answers to programs"), KEEP_SHORT, ROWS_GO, "person = $1", NULL, "at < $1", NULL, NULL, {
        DATA_KEYS("#person", END_ROW),
        {"key asked answer #at", DATA_SELF, COPY_NO, END_ROW, MSG("to answer a program of hers that asks twice as the first time, for a day")},
    }},
    {"device", "hash, person", MSG("Known browsers"), KEEP_DEVICE, ROWS_GO, "person = $1", NULL, "seen_at < $1", NULL, NULL, {
        {"hash", DATA_SECRET, COPY_NO, END_ROW, MSG("to know a browser again; its secret is not kept")},
        DATA_KEYS("#person", END_ROW),
        {"#made_at #seen_at", DATA_SELF, COPY_YES, END_ROW, MSG("to write to her when somebody signs in with a browser that is not known")},
    }},
    {.name = NULL},
};
// clang-format on

// SPDX-License-Identifier: Apache-2.0
//
// Why: what all slices share: permissions, the layout around pages, and what this installation is.
//
// Not for: anything that one slice alone needs.
#ifndef TRELLIS_APP_APP_H
#define TRELLIS_APP_APP_H

#include "app/data.h"
#include "jobs/jobs.h"
#include "jobs/post.h"
#include "web/web.h"

struct app;

enum can {
    CAN_UNSET, // a row without a permission stops the program at start
#define CAN(name, who) name,
#include "app/can.def"
#undef CAN
    CANS
};

// The roles that a person may have: in a cohort, in a programme (role.cohort is its id then) with
// all its cohorts, or (0) everywhere.
#define ROLE_MANAGER "manager"
#define ROLE_COORDINATOR "coordinator"
#define ROLE_COMMITTEE "committee"
#define ROLE_SAFEGUARDING "safeguarding" // named for behaviour and safety
#define ROLE_CHAIR "chair"               // of the committee
#define ROLE_EDITOR "editor"             // of content: articles, resources, training; and of texts
#define ROLE_REPORTER "reporter"         // reads reports, and changes nothing

// What happened, for the slices above the one where it happened; see announce.def.
enum announced {
    ANNOUNCE_NOTHING,
#define ANNOUNCE(name, what, subject) name,
#include "app/announce.def"
#undef ANNOUNCE
    ANNOUNCED
};

struct announcement {
    enum announced what;
    int64_t cohort;  // 0: that of the match, or none
    int64_t match;   // 0: none
    int64_t person;  // whom it is about; 0: nobody alone
    int64_t subject; // the row that announce.def names
};

struct app_letter_name;
struct app_place;
typedef enum rc app_hears(const struct app_place *place, const struct announcement *heard);
typedef struct job_kind app_job(const struct app *app);
typedef enum rc app_index(const struct app_place *place);

// Who has to do something first, such as a training. A slice asks by app_ask_held before it lets
// people on; the slices above answer by their `holds`.
enum app_deed { DEED_BE_MATCHED, DEED_MEET_FIRST };
struct app_held {
    int64_t person;
    const char *role; // in the cohort: "mentee" or "mentor"
    const char *why;  // a message: what to do first
    const char *path; // where she does it
};
enum { APP_HELD_MAX = 20000 };
struct app_hold {
    enum app_deed deed;
    int64_t cohort;
    int64_t person;        // whom it is about; 0: all of the cohort
    struct app_held *held; // by person, once it is asked
    size_t count;
};
typedef enum rc app_holds(const struct app_place *place, struct app_hold *hold);

// What one of a pair can do next, for its first page: told by the slices above the pair's.
struct app_step {
    const char *text;     // as somebody wrote it
    const char *language; // that it is written in
    const char *page;     // below the pair's own: "/plan"
    bool late;
    const char *path; // the whole of it; set by who shows it
};
enum { APP_STEPS_MAX = 6 };
struct app_steps {
    int64_t match;
    int64_t person;
    struct app_step rows[APP_STEPS_MAX];
    size_t count;
};
typedef enum rc app_next(const struct app_place *place, struct app_steps *steps);

// What can be counted of a programme, as a slice above defines it: its figures, and the questions
// whose answers are counted. A slice asks by app_ask_figures; one slice answers by its `figures`.
struct app_figure {
    const char *name;  // never changes: "match_rate", "own:12"
    const char *label; // a message, or what somebody wrote
    const char *about; // a message: its chapter
    const char *unit;  // a message: "%", "days"; "": none
    int64_t least;     // what it can be
    int64_t most;
    bool offered; // it may be chosen; false: a question that is not asked any more
};
struct app_figures {
    int64_t programme;
    struct app_figure *all; // in the order of their chapters
    size_t count;
};
typedef enum rc app_counts(const struct app_place *place, struct app_figures *figures);

// What waits for a person, for her first page: each row of the SQL is a line. $1 is the person, $2
// the time; both must be used. Its columns: what {0} is, a path of ours, an instant (0: none).
struct app_waits {
    const char *text; // a message; NULL closes a list
    const char *sql;
};
// For the SQL of waits: whether $1 manages the cohort c, and whether she runs or coordinates it.
#define APP_IS_ADMIN "EXISTS (SELECT 1 FROM person q WHERE q.id = $1 AND q.admin = 1) "
#define APP_MANAGES_C                                                                              \
    "(" APP_IS_ADMIN "OR EXISTS (SELECT 1 FROM role r WHERE r.person = $1 AND r.role = 'manager' " \
    "AND r.cohort IN (0, c.programme))) "
#define APP_RUNS_C                                                                                 \
    "(" APP_IS_ADMIN "OR EXISTS (SELECT 1 FROM role r WHERE r.person = $1 AND r.role IN "          \
    "('manager', 'coordinator') AND r.cohort IN (0, c.id, c.programme))) "
struct app_waiting {
    const char *text;
    const char *value;
    const char *path;
    int64_t at;
};
// Of all slices in their order, at most APP_WAITING_MAX. In the arena.
enum { APP_WAITING_MAX = 24 };
enum rc app_ask_waiting(const struct app_place *place, int64_t person,
                        struct app_waiting **ret_waiting, size_t *ret_count);

// The same of one cohort: what leads to pages below /cohorts/COHORT.
enum rc app_ask_waiting_in(const struct app_place *place, int64_t person, int64_t cohort,
                           struct app_waiting **ret_waiting, size_t *ret_count);

// A link of the main navigation, on every page.
struct app_nav {
    const char *path;  // NULL closes a list
    const char *label; // a message
    bool for_members;  // only for who is signed in
};

// All that the rest of the program asks of a slice. Lists are closed by NULL; each may be NULL.
struct app_slice {
    const char *name;
    const char *const *schema;      // its steps in order: append-only, see struct db_migration
    const struct app_table *tables; // those first that others refer to; x_data.c
    const struct route *const *routes;
    const struct app_nav *nav;
    const struct app_waits *waits;
    const char *const *closes; // SQL: what ends when person $1 closes her account at $2
    app_job *const *jobs;
    const struct app_letter_name *const *letters; // those that programmes may write anew
    app_index *index; // puts all that can be found of it into the index (app/index.h); once a day
    app_hears
        *hears; // runs in the transaction of what happened, also for what it does not care for
    app_holds *holds;
    app_next *next;
    app_counts *figures;
};

struct seal;

struct app {
    const char *site;  // the organisation's name
    const char *url;   // how people reach it, for letters that jobs write; set before jobs start
    const char *mail;  // the address that letters come from
    const char *reply; // answers go to it, with "+" and a token before its "@"; NULL: none
    const struct seal *seal; // the keys of what must not be read in the database; NULL: none
    const struct app_slice *const *slices; // in the order of their floors, closed by NULL
    const struct data_texts *data;         // of their tables
    const char *folder;                    // where SQLite keeps everything; NULL: PostgreSQL
    const char *letters;                   // where letters become files; NULL: they are sent
    post_function *post;                   // tells other programs; NULL: post_send
    bool hooks_here;                       // also programs on this machine, for tests
};

// A letter by mail. Its lines are messages, each a paragraph; {0} {1} ... are values.
struct app_letter {
    const char *subject;
    const char *lines[8]; // up to the first NULL; APP_LETTER_LINES
};

// A letter that a programme may put into its own words. Its values are written {name} there, by the
// names of them in their order, divided by spaces: "name cohort link". "-" is one that has no name.
struct app_letter_name {
    const char *name;  // kept with the words, so it never changes; NULL closes a list
    const char *title; // a message: when it is sent
    const char *values;
    const struct app_letter *letter;
};

// Sends it with the transaction. `tag` is the language of its reader.
enum rc app_send(struct req *req, const char *to, const char *tag, const struct app_letter *letter,
                 const char *const *values, size_t count);

// The same outside of a request.
struct app_place {
    struct db_tx *tx;
    struct arena *arena;
    const struct app *app;
    int64_t now_us;
};
enum rc app_send_from(const struct app_place *place, const char *to, const char *tag,
                      const struct app_letter *letter, const char *const *values, size_t count);

// The same letter in the words of the cohort's programme, if it has written it anew in this
// language.
enum rc app_letter_own(const struct app_place *place, int64_t cohort, const char *tag,
                       const struct app_letter **letter);

// Own words with {name} become a letter with {0}, {1} ...; and a letter becomes words. In the
// arena.
enum rc app_letter_read(struct arena *arena, const struct app_letter_name *name,
                        const char *subject, const char *body, struct app_letter *ret_letter);
enum rc app_letter_words(struct arena *arena, const struct app_letter_name *name,
                         const struct locale *locale, const char **ret_subject,
                         const char **ret_body);

// A letter as it would be sent, for a page that shows it first: in a language, in the words of the
// cohort's programme, with days in words. Nothing is sent.
enum { APP_LETTER_LINES = 8 };
struct app_line {
    const char *text;
};
struct app_shown_letter {
    const char *subject;
    struct app_line lines[APP_LETTER_LINES];
    size_t line_count;
};
enum rc app_letter_show(const struct app_place *place, int64_t cohort, const char *tag,
                        const struct app_letter *letter, const char *const *values, size_t count,
                        struct app_shown_letter *ret_shown);

// A subject or line of a letter, with {0} {1} ... replaced.
enum rc app_letter_fill(struct arena *arena, const char *line, const char *const *values,
                        size_t count, const char **ret_text);

// The first {word} that is none of the letter's values; NULL: none is.
const char *app_letter_unknown(struct arena *arena, const struct app_letter_name *name,
                               const char *words);

struct app_place app_here(struct req *req); // of a request; writes only in an act

// The same with what goes with it: see struct mail.
struct app_more {
    const char *unsubscribe; // NULL: none
    const char *calendar;    // NULL: none
    const char *method;
    const char *reply; // an address; NULL: none
    int64_t number;    // of its job, kept by who wants to know what became of it; 0: a new one
    int64_t after_us;  // it waits until then; 0: it leaves at once
};
enum rc app_send_more(const struct app_place *place, const char *to, const char *tag,
                      const struct app_letter *letter, const char *const *values, size_t count,
                      const struct app_more *more);

// Tells the slices above what has happened. Anything but RC_OK undoes it with the transaction.
enum rc app_announce(const struct app_place *place, const struct announcement *heard);

// Asks the slices who has to do something first. On RC_OK, app_find_held looks one up.
enum rc app_ask_held(const struct app_place *place, struct app_hold *hold);
const struct app_held *app_find_held(const struct app_hold *hold, int64_t person, const char *role);
// For a `holds`: adds one. RC_LIMIT: more than APP_HELD_MAX.
enum rc app_add_held(const struct app_place *place, struct app_hold *hold,
                     const struct app_held *held);

// Asks the slices what one of a pair can do next.
enum rc app_ask_next(const struct app_place *place, struct app_steps *steps);

// Asks what can be counted of figures->programme. On RC_OK, app_find_figure looks one up (NULL:
// there is none).
enum rc app_ask_figures(const struct app_place *place, struct app_figures *figures);
const struct app_figure *app_find_figure(const struct app_figures *figures, const char *name);

// hooks of web_settings
enum rc app_may(struct req *req);
bool app_by_link(const struct route *route);
const char *app_csrf(struct arena *arena, const char *secret);
void app_begin(struct html *html, struct req *req);
void app_end(struct html *html, struct req *req);

// The page of rows whose load leaves a struct buffer in req->view: files, JSON, sheets.
void app_write_view(struct html *html, struct req *req);

// Files, health, and what every installation answers.
extern const struct route app_routes[];

// What the floors below the slices keep.
extern const struct app_table app_tables[];

// Whether the actor has another permission than that of the row, for what a page offers.
enum rc app_can(struct req *req, enum can can, bool *ret_may);

// Whether the actor has a role in a cohort (or programme), in its programme, or everywhere.
enum rc app_has_role(struct req *req, const char *role, int64_t cohort, bool *ret_has);

// Who coordinates a cohort, and else who manages its programme, and else the administrators:
// e-mail, language, name.
enum rc app_staff(struct db_tx *tx, struct arena *arena, int64_t cohort, struct db_rows **ret_rows);

// The time as people read it in UTC: "2026-11-24 08:15 UTC". In the arena.
const char *app_time(struct arena *arena, int64_t at_us);

// The same in a zone of the tz database, with its short name: "2026-11-24 09:15 CET". An unknown
// zone is UTC.
const char *app_time_in(struct arena *arena, int64_t at_us, const char *zone);

// A day ("2026-11-24") or a time as the two above print it, in words: "24 November 2026, 09:15
// CET". What is neither stays as it is; so does a day when memory is short. For templates and for
// letters, whose values go through it by themselves.
const char *app_when(struct html *html, const char *text);
const char *app_when_in(struct arena *arena, const struct locale *locale, const char *text);

// For templates: the weekday, day and time in the reader's zone, with the zone named.
void app_show_time(struct html *html, int64_t at_us, const char *zone);
// Only the day of it.
void app_show_day(struct html *html, int64_t at_us, const char *zone);

// The bars of a chart for a page, in the arena. RC_LIMIT: longer than limit_bytes.
struct chart;
enum rc app_plot(struct arena *arena, const struct chart *chart, size_t limit_bytes,
                 struct safe_html *ret_plot);

// For templates: minutes as hours and minutes ("16 h 30 min"); 0 or more.
void app_show_span(struct html *html, int64_t minutes);

#endif

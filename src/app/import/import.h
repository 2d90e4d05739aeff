// SPDX-License-Identifier: Apache-2.0
//
// Why: programmes have a sheet already. It is uploaded, its columns are recognised or chosen, a dry
// run shows what each row would become and what is wrong with it, and then it is imported; the same
// sheet again changes only what has changed; an import can be taken back, in
// parts too.
//
// Promises: nothing is imported that the dry run did not show, but where somebody has signed up or
// changed her answers in between; a large sheet is written some rows at a time, so that it holds
// nobody up, and goes on where it was after a crash; every row becomes a sign-up or a
// problem; what a person wrote herself is not overwritten by an empty cell.
#ifndef TRELLIS_APP_IMPORT_IMPORT_H
#define TRELLIS_APP_IMPORT_IMPORT_H

#include "base/said.h"

#include "app/app.h"
#include "app/enrolment/enrolment_store.h"

extern const struct app_slice import_slice;
extern const struct app_table import_tables[];
extern const struct route import_routes[];
extern const char import_schema_1[];
extern const char import_schema_2[];
extern const char import_schema_3[];
extern const char import_schema_4[];
extern const char import_schema_5[];
extern const char import_schema_6[];
extern const char import_schema_7[];

// A row of a sheet in the words of a sign-up. Empty texts and zeros: the sheet does not say.
struct import_person {
    uint32_t line;
    const char *name;
    const char *email; // lower case; "": none, so the row can't be imported
    const char *zone;
    const char *pronouns;
    const char *topics;    // of enrolment_topics, those that a cell names
    const char *other;     // the rest, as typed, with semicolons between
    const char *languages; // of enrolment_languages
    const char *week;
    const char *employer;
    const char *about;
    // Only a sheet of our own says these ("": it does not).
    const char *top;
    const char *formats;
    const char *goal;
    int64_t level;
    int64_t places;
    int64_t hours;
    int64_t woman;
    int64_t cadence;
    const char *skills;
    const char *years;
    const char *place;
    const char *manager;  // her line manager, by address or by name
    const char *managed;  // that address, when it is known; set by the dry run
    bool manager_unknown; // nobody, several or she herself is called so; set by the dry run
    const char **answers; // to own questions, by import_sheet.asked; "": it does not say
    const char *becomes;  // "new", "changed", "same" or "none"; set by the dry run
    int64_t enrolment;    // the sign-up that it would change
    bool is_repeated;     // an earlier row has her address
};

enum { IMPORT_COLUMNS_MAX = 200 };
struct import_column {
    const char *heading;
    const char *field; // the short name of what it is taken for; "": not used
    const char *rule;  // why
};

struct import_note {
    const char *severity;    // "error", "warning", "note"
    uint32_t line;           // 0: the whole sheet
    const char *column;      // "": none
    const char *what;        // a message when there is no `said`
    const char *todo;        // a message
    const struct said *said; // what, with its values apart; NULL: it has none
};

struct import_sheet {
    struct import_column *columns;
    size_t column_count;
    struct import_person *people;
    size_t person_count;
    struct import_note *notes;
    size_t note_count;
    const struct enrolment_question **asked; // that columns answer
    size_t asked_count;
    bool usable;
    bool own; // taken out of a cohort here
};

// What a column may be taken for; closed by a NULL name.
struct import_field {
    const char *name;  // of src/sheet/field.c
    const char *label; // a message
};
extern const struct import_field import_fields[];

// A sheet as it was uploaded. `choices` says for columns, by number from 0, what they are taken for
// ("": not used); NULL: as recognised.
struct import_source {
    struct text content;
    const char *file;
    bool mentors;
    const struct cohort *cohort;
    const char *const *choices;
    size_t choice_count;
    const struct enrolment_question *questions; // of the cohort, for this role
    size_t question_count;
};
enum rc import_read(struct arena *arena, const struct import_source *source,
                    struct import_sheet *ret_sheet);

// An address in small letters, in the arena. NULL: no memory.
char *import_lower(struct arena *arena, const char *text);

// ---- own questions as columns (import_question.c) ----------------------------------------------

struct import_cell {
    struct text text;
    char separator; // of lists in its column
};

// The question that a column is taken for by "q" and its line; NULL: none.
const struct enrolment_question *import_question_of(const struct import_source *source,
                                                    const char *choice);

// The one whose words are those of a heading; NULL: none.
enum rc import_question_like(struct arena *arena, const struct import_source *source,
                             const char *heading_key,
                             const struct enrolment_question **ret_question);

// A cell as the answer that is kept. RC_BAD_INPUT: it is none of this kind.
enum rc import_question_read(struct arena *arena, const struct enrolment_question *question,
                             const struct import_cell *cell, const char **ret_value);

// What to write instead. A message.
const char *import_question_todo(const struct enrolment_question *question);

// The same for a sheet that was taken out of a cohort here; RC_NOT_FOUND: it was not.
enum rc import_read_own(struct arena *arena, const struct import_source *source,
                        struct import_sheet *ret_sheet);

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Why: what a sign-up sheet can say about a person, under the names that people give to columns.
//
// Promises: one row of data per field: its short name (used by --map), and its usual headings. A
// new kind of column is a new row in field.c, nothing else.
//
// Not for: the meaning of a cell (person.h).
#ifndef TRELLIS_SHEET_FIELD_H
#define TRELLIS_SHEET_FIELD_H

#include <stdbool.h>
#include <stddef.h>

enum column {
    COLUMN_ID,
    COLUMN_NAME,
    COLUMN_FIRST_NAME,
    COLUMN_LAST_NAME,
    COLUMN_EMAIL,
    COLUMN_CITY,
    COLUMN_REGION, // state or province
    COLUMN_COUNTRY,
    COLUMN_LOCATION, // city and country in one cell
    COLUMN_ZONE,
    COLUMN_PRONOUNS,
    COLUMN_GENDER,
    COLUMN_WOMAN, // identifies as a woman: yes or no
    COLUMN_SKILLS,
    COLUMN_WISHES,
    COLUMN_INTERESTS,
    COLUMN_LANGUAGES,
    COLUMN_LEVEL, // seniority
    COLUMN_YEARS, // of experience
    COLUMN_EMPLOYER,
    COLUMN_INDUSTRY,
    COLUMN_ROLE, // job title
    COLUMN_AVAILABILITY,
    COLUMN_CAPACITY,       // how many mentees at most
    COLUMN_MENTORS_WANTED, // how many mentors
    COLUMN_FORMAT,         // online, in person
    COLUMN_HOURS,          // a month
    COLUMN_CADENCE,        // how often
    COLUMN_WANTS_WOMAN,    // asks for a mentor who is a woman
    COLUMN_OPEN_TO_ALL,    // a mentor open to mentees who are not women
    COLUMN_CHOICES,        // people asked for, best first
    COLUMN_VETOES,         // people not to be matched with
    COLUMN_MANAGER,        // her line manager, who is not matched with her either
    COLUMN_MEETING_PLACE,  // where she can meet in person, when it is another place than her own
    COLUMN_STATEMENT,      // an answer 1..5; may stand in several columns
    COLUMN_NOTES,          // free text that matching does not use
    COLUMN_NONE,           // a column that is not used
};
enum { COLUMN_COUNT = COLUMN_NONE };

struct field_row {
    const char *name;     // for --map and messages: "max_mentees"
    const char *headings; // usual headings as word keys, '|' between them, the commonest first
    bool list;            // its cells hold lists; several columns may hold it
};

// The row of a field; static.
const struct field_row *field_row(enum column field);

// Which field has this short name ("max_mentees") or heading; COLUMN_NONE: none.
enum column field_by_name(const char *name);

#endif

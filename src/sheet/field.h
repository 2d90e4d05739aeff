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

enum field {
    FIELD_ID,
    FIELD_NAME,
    FIELD_FIRST_NAME,
    FIELD_LAST_NAME,
    FIELD_EMAIL,
    FIELD_CITY,
    FIELD_REGION, // state or province
    FIELD_COUNTRY,
    FIELD_LOCATION, // city and country in one cell
    FIELD_ZONE,
    FIELD_PRONOUNS,
    FIELD_GENDER,
    FIELD_WOMAN, // identifies as a woman: yes or no
    FIELD_SKILLS,
    FIELD_WISHES,
    FIELD_INTERESTS,
    FIELD_LANGUAGES,
    FIELD_LEVEL, // seniority
    FIELD_YEARS, // of experience
    FIELD_EMPLOYER,
    FIELD_INDUSTRY,
    FIELD_ROLE, // job title
    FIELD_AVAILABILITY,
    FIELD_CAPACITY,       // how many mentees at most
    FIELD_MENTORS_WANTED, // how many mentors
    FIELD_FORMAT,         // online, in person
    FIELD_HOURS,          // a month
    FIELD_CADENCE,        // how often
    FIELD_WANTS_WOMAN,    // asks for a mentor who is a woman
    FIELD_OPEN_TO_ALL,    // a mentor open to mentees who are not women
    FIELD_CHOICES,        // people asked for, best first
    FIELD_VETOES,         // people not to be matched with
    FIELD_STATEMENT,      // an answer 1..5; may stand in several columns
    FIELD_NOTES,          // free text that matching does not use
    FIELD_NONE,           // a column that is not used
};
enum { FIELD_COUNT = FIELD_NONE };

struct field_row {
    const char *name;     // for --map and messages: "max_mentees"
    const char *headings; // usual headings as word keys, '|' between them, the commonest first
    bool list;            // its cells hold lists; several columns may hold it
};

// The row of a field; static.
const struct field_row *field_row(enum field field);

// Which field has this short name ("max_mentees") or heading; FIELD_NONE: none.
enum field field_by_name(const char *name);

#endif

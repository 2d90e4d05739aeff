// SPDX-License-Identifier: Apache-2.0
//
// Why: two sheets become two lists of people that matching can use, and one list of what is wrong
// with them.
//
// Promises: every row becomes one person or one problem; nothing is dropped silently. Errors mean
// that the sheets cannot be used; warnings and notes that they were used, and how a doubtful cell
// was taken.
//
// Not for: deciding who fits whom.
#ifndef TRELLIS_SHEET_PERSON_H
#define TRELLIS_SHEET_PERSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/rc.h"

#include "sheet/place.h"
#include "sheet/sheet.h"
#include "sheet/topic.h"

enum person_side { PERSON_MENTEE, PERSON_MENTOR };
enum person_answer { PERSON_UNKNOWN, PERSON_YES, PERSON_NO };

enum {
    PERSON_CAPACITY_DEFAULT = 1,
    PERSON_CAPACITY_MAX = 20,
    PERSON_WANTED_MAX = 3,
    PERSON_STATEMENTS_MAX = 64,
    PERSON_WEEK_HALF_HOURS = 336,
    PERSON_WEEK_WORDS = 6,
};

// Seniority, from words such as "senior" or "student".
enum person_level {
    PERSON_LEVEL_UNKNOWN,
    PERSON_LEVEL_STUDENT,
    PERSON_LEVEL_JUNIOR,
    PERSON_LEVEL_MIDDLE,
    PERSON_LEVEL_SENIOR,
    PERSON_LEVEL_LEAD,
    PERSON_LEVEL_EXECUTIVE,
};

enum person_language_level { // as in the Common European Framework; unknown when only the language
                             // is named
    PERSON_LANGUAGE_UNKNOWN,
    PERSON_LANGUAGE_A1,
    PERSON_LANGUAGE_A2,
    PERSON_LANGUAGE_B1,
    PERSON_LANGUAGE_B2,
    PERSON_LANGUAGE_C1,
    PERSON_LANGUAGE_C2,
    PERSON_LANGUAGE_NATIVE,
};

struct person_topic {
    const char *text; // as typed
    uint32_t topic;   // index in roster.topics
};

struct person_language {
    const char *text; // as typed
    const char *key;  // for comparing: "english"
    enum person_language_level level;
};

struct person_name { // a choice or veto: someone of the other side
    const char *text;
    uint32_t person; // index on the other side; PERSON_NOBODY: no such person (warned)
};
#define PERSON_NOBODY UINT32_MAX

struct person {
    enum person_side side;
    uint32_t line;     // in the file
    const char *id;    // unique on its side; made from the line ("row-7") when the sheet has none
    const char *name;  // the id when the sheet has none
    const char *email; // "" unknown
    struct place place;
    const char *pronouns;     // "" unknown, or when the cell looks like something else
    enum person_answer woman; // from "identifies as a woman" or gender; never from pronouns or name
    enum person_answer wants_woman;
    enum person_answer open_to_all;
    struct person_topic *skills; // most important first, as typed
    uint32_t skill_count;
    struct person_topic *wishes;
    uint32_t wish_count;
    struct person_topic *interests;
    uint32_t interest_count;
    struct person_language *languages;
    uint32_t language_count;
    struct person_name *choices; // best first
    uint32_t choice_count;
    struct person_name *vetoes;
    uint32_t veto_count;
    struct person_name *managers; // at most one; PERSON_NOBODY is usual, and not warned of
    uint32_t manager_count;
    uint32_t capacity;       // mentor: mentees at most, 0..20
    uint32_t mentors_wanted; // mentee: 1..3
    enum person_level level;
    int32_t years;                             // of experience; -1 unknown
    int32_t hours_a_month_x10;                 // -1 unknown
    uint8_t statements[PERSON_STATEMENTS_MAX]; // 1..5; 0 unknown; by roster.statements
    bool has_week;
    uint64_t week[PERSON_WEEK_WORDS]; // local half-hours that are free, bit 0 is Monday 00:00
    const char *texts[COLUMN_COUNT]; // every recognised cell as typed and trimmed; "" when blank or
                                     // no column
    uint32_t same_person; // index on the other side of the row that seems to be the same person;
                          // PERSON_NOBODY
};

struct roster {
    struct person *mentees;
    uint32_t mentee_count;
    struct person *mentors;
    uint32_t mentor_count;
    struct sheet mentee_sheet;
    struct sheet mentor_sheet;
    struct topic_table topics;
    const char *statements[PERSON_STATEMENTS_MAX]; // headings; answers of both sides stand at the
                                                   // same index
    uint32_t statement_count;
};

struct roster_source {
    const char *file; // as the user named it
    const char *bytes;
    size_t length;
    const struct sheet_map *maps; // of this sheet
    size_t map_count;
};

struct roster_options {
    const struct place_book *places; // needed
    struct csv_limits limits;        // 0: the defaults
    uint32_t capacity_max;           // 0: PERSON_CAPACITY_MAX
};

// Reads both sheets. RC_BAD_INPUT: an error stands in problems (all that can be found are, not only
// the first). The people's texts live as long as the arena and the sources' bytes.
enum rc roster_read(struct arena *arena, const struct roster_source *mentees,
                    const struct roster_source *mentors, const struct roster_options *options,
                    struct problem_list *problems, struct roster *ret_roster);

// One sheet alone, for many rows: the roster has its sheet, and no people; each row is then read by
// person_read_row (person_row.h), in an arena that may be closed after it. Two rows of one person
// are not looked for. The caller sets the reader's arena, side and roster; the rest is set here.
struct person_reader;
enum rc person_open(struct person_reader *reader, const struct roster_source *source,
                    const struct roster_options *options, struct problem_list *problems);

#endif

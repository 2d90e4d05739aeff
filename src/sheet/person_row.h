// SPDX-License-Identifier: Apache-2.0
//
// Why: one row of a sheet becomes one person.
//
// Promises: what is doubtful in a cell is in the problems with line and column; the person is made
// all the same, unless memory runs out.
//
// Not for: what needs all rows (person.c).
#ifndef TRELLIS_SHEET_PERSON_ROW_H
#define TRELLIS_SHEET_PERSON_ROW_H

#include "sheet/person.h"

// What is needed to read the rows of one sheet.
struct person_reader {
    struct arena *arena;
    struct problem_list *problems;
    const struct place_book *places;
    struct roster *roster; // its topics and statements are added to
    const struct sheet *sheet;
    enum person_side side;
    uint32_t capacity_max;
};

// Reads a row (from 0, below the header).
enum rc person_read_row(const struct person_reader *reader, uint32_t row,
                        struct person *ret_person);

// Adds the sheet's statement columns to the roster, once before its rows.
enum rc person_add_statements(const struct person_reader *reader);

// Where a field's cell of this person stands.
struct problem_place person_place(const struct sheet *sheet, uint32_t line, enum column field);

// Which field holds this side's skills or wishes: the usual one, or for a sheet with only the other
// one's heading that one
// ("topics" in a mentors sheet are what they offer). COLUMN_NONE: the sheet has neither.
enum column person_topic_field(const struct sheet *sheet, enum person_side side);

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Why: what single cells of a sign-up sheet mean: yes or no, a number, a language with its level,
// a seniority, pronouns.
//
// Promises: pure; what is not understood is said to be so, never guessed.
//
// Not for: lists (sheet.h), places (place.h), or weeks (week.h).
#ifndef TRELLIS_SHEET_CELL_H
#define TRELLIS_SHEET_CELL_H

#include "base/arena.h"
#include "base/rc.h"
#include "base/text.h"

#include "sheet/person.h"

// "3" or "3.0"; false: not a whole number from 0 to 1,000,000.
bool cell_whole_number(struct text cell, uint32_t *ret_number);

// The first number in the cell in tenths ("2-3 hours": 20, "1.5": 15, "10+": 100); -1: none.
int32_t cell_first_number_x10(struct text cell);

// Each takes the word key of a cell.
enum person_answer cell_answer(const char *key); // yes, no
enum person_answer cell_gender(const char *key); // whether it says woman
enum person_level cell_level(const char *key);   // "senior", "PhD student"
bool cell_is_pronouns(const char *key);          // at least one known pronoun or a usual answer
uint8_t cell_statement(const char *key);         // 1..5, "strongly agree" is 5; 0: not understood

// "English (C1)", "French - native", "Spanish": its language's key and level.
enum rc cell_language(struct arena *arena, struct text part, struct person_language *ret_language);

// Whether the cell has the form of an e-mail address.
bool cell_is_email(struct text cell);

#endif

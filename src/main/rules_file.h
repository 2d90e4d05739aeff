// SPDX-License-Identifier: Apache-2.0
//
// Why: how a programme matches is its own choice. It stands in one text file that a person can
// read, change, and keep beside the sheets: `key = value` lines under five headings.
//
// Promises: what is printed and read back is the same rules; a key that is not known and a value
// that does not fit are named with their line and with what is allowed there; what a file does not
// say keeps its default.
//
// Not for: who is pinned or kept apart (those are files of pairs), or what the rules mean for a
// pair (mentormatch.h).
#ifndef TRELLIS_MAIN_RULES_FILE_H
#define TRELLIS_MAIN_RULES_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/date.h"
#include "base/problem.h"
#include "base/rc.h"
#include "base/text.h"

#include "mentormatch.h"
#include "sheet/person.h"

enum {
    RULES_FILE_BYTES_MAX = 64 * 1024,
    RULES_WEEKS_MIN = 1,
    RULES_WEEKS_MAX = 104,
    RULES_WEIGHT_HIGH = 8,
    RULES_WEIGHT_MEDIUM = 5,
    RULES_WEIGHT_LOW = 2,
};

struct rules_file {
    struct mm_rules rules;
    struct mm_objective objective; // levels are always written out, ended by MM_END
    bool rule_told[MM_RULES];      // the file itself says something about it
    bool weight_told[MM_CRITERIA];
    bool wishes_in_order; // the first wish of a cell counts most
    bool distinct;        // several mentors of one mentee come from different backgrounds
    enum person_language_level language_level; // needed for "a language in common"
    struct date start;                         // of the cohort
    int32_t weeks;
};

// The defaults. The start is a fixed date, never today's: the same sheets give the same result.
void rules_file_default(struct rules_file *ret_rules);

// Reads settings on top of the defaults. RC_BAD_INPUT: errors were added to problems.
enum rc rules_file_read(const char *file, struct text content, struct problem_list *problems,
                        struct rules_file *ret_rules);

// Writes all settings with an explanation for each.
enum rc rules_file_print(struct buffer *buffer, const struct rules_file *rules);

// "off", "on", "60 minutes a week" ...: a rule's setting for a report.
enum rc rules_file_print_rule(struct buffer *buffer, const struct rules_file *rules,
                              enum mm_rule_kind rule);

// "all", "free", "3", "price 500": how published pairs are treated. RC_BAD_INPUT: none of these.
enum rc rules_file_read_keep(const char *text, struct mm_objective *objective);

// The same values as in the file, from the command line. False: not one, and nothing is touched.
bool rules_file_read_seed(const char *text, uint64_t *ret_seed);
bool rules_file_read_weeks(const char *text, int32_t *ret_weeks);
bool rules_file_read_start(const char *text, struct date *ret_start);

// The names of rules, criteria and levels as they stand in the file; static.
const char *rules_file_rule(enum mm_rule_kind rule);
const char *rules_file_criterion(enum mm_criterion_kind criterion);
const char *rules_file_level(enum mm_level_kind level);

#endif

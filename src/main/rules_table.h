// SPDX-License-Identifier: Apache-2.0
//
// Why: every setting of a rules file is one row: its key, its unit and limits, and the sentence
// that explains it. Reading, printing, messages and the report all come from these rows.
//
// Promises: a row for each hard rule and each criterion of mentormatch.h.
//
// Not for: anything outside of rules_file*.c.
#ifndef TRELLIS_MAIN_RULES_TABLE_H
#define TRELLIS_MAIN_RULES_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "mentormatch.h"

struct rules_rule_row {
    const char *key;
    const char *unit;        // what the amount counts; NULL: the rule has none, it is on or off
    const char *unit_of_one; // when it differs; NULL: it does not
    uint32_t scale;          // steps of the library for one step in the file: 100 for points
    uint32_t least;          // in the file's steps
    uint32_t most;
    bool may_lack; // people may not have answered: the line says what happens then
    bool fixed;    // always on: not in the file
    const char *explanation;
};

struct rules_weight_row {
    const char *key;
    const char *explanation;
};

struct rules_level_row {
    const char *name;
    const char *explanation;
};

const struct rules_rule_row *rules_rule_row(enum mm_rule_kind rule);
const struct rules_weight_row *rules_weight_row(enum mm_criterion_kind criterion);
const struct rules_level_row *rules_level_row(enum mm_level_kind level);

// Settings that are neither a rule nor a weight.
enum rules_setting {
    RULES_SENIORITY_BEST,
    RULES_OVERLAP_ENOUGH,
    RULES_WISH_ORDER,
    RULES_LANGUAGE_LEVEL,
    RULES_DISTINCT,
    RULES_LEVELS,
    RULES_BANDS,
    RULES_KEEP,
    RULES_SEED,
    RULES_START,
    RULES_WEEKS,
};
#define RULES_SETTINGS (RULES_WEEKS + 1)

enum rules_section { RULES_HARD, RULES_WEIGHTS, RULES_SHEETS, RULES_OBJECTIVE, RULES_COHORT };
#define RULES_SECTIONS (RULES_COHORT + 1)

struct rules_setting_row {
    const char *key;
    enum rules_section section;
    const char *allowed; // "a whole number from 2 to 20"
    const char *explanation;
};
const struct rules_setting_row *rules_setting_row(enum rules_setting setting);

const char *rules_section_name(enum rules_section section);
const char *rules_section_explanation(enum rules_section section);

#endif

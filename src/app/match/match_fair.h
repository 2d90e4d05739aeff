// SPDX-License-Identifier: Apache-2.0
//
// Why: whether matching treats people alike: the share of mentees with a mentor and the time until
// then, by what they said of themselves.
//
// Promises: only what somebody chose to say, and nothing that she keeps to herself ("Only me")
// counts; numbers of one to four people, and what would give such a one away, are not told
// (base/suppress.h).
#ifndef TRELLIS_APP_MATCH_MATCH_FAIR_H
#define TRELLIS_APP_MATCH_MATCH_FAIR_H

#include "app/match/match_page.h"

struct match_fair_group {
    const char *label; // a message
    int64_t mentees;   // accepted, as far as it is told: here and below
    int64_t matched;   // whose match has begun
    int64_t percent;
    int64_t days; // between the decision about her sign-up and her match: the median
    bool tells_mentees;
    bool tells_matched;
    bool tells_percent;
    bool tells_days;
};

enum { FAIR_TABLES = 5, FAIR_GROUPS_MAX = 8 };

struct match_fair_table {
    const char *name; // for programs
    const char *label;
    struct match_fair_group groups[FAIR_GROUPS_MAX]; // the last one is of all
    size_t count;
    struct safe_html plot;
};

struct match_fair_view {
    struct cohort cohort;
    struct match_fair_table tables[FAIR_TABLES];
    size_t table_count;
    bool any; // somebody is counted
};

// Level, gender, caregiving and for whom that is, access and for whom that is, zone, when her first
// match began, when she was accepted.
enum rc match_fair_mentees(struct req *req, int64_t cohort, struct db_rows **ret_rows);

extern const struct out_shape match_fair_out;
extern const struct route match_fair_routes[];

#endif

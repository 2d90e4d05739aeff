// SPDX-License-Identifier: Apache-2.0
//
// Why: whether matching treats people alike: the share of mentees with a mentor, the time until
// then, and how content they are, by what they said of themselves.
//
// Promises: only what somebody chose to say, and nothing that she keeps to herself ("Only me")
// counts; numbers of one to four people, and what would give such a one away, are not told
// (base/suppress.h).
#ifndef TRELLIS_APP_MATCH_MATCH_FAIR_H
#define TRELLIS_APP_MATCH_MATCH_FAIR_H

#include "app/match/match_page.h"

// What mentees answer to how content they are with their match.
struct match_fair_content {
    int64_t hundredths; // of 5: all answers added up, through their number
    int64_t people;     // who answered
    bool told;          // else both are 0
};

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
    struct match_fair_content content;
};

enum { FAIR_TABLES = 5, FAIR_GROUPS_MAX = 8 };

struct match_fair_table {
    const char *name; // for programs
    const char *label;
    struct match_fair_group groups[FAIR_GROUPS_MAX]; // the last one is of all
    size_t count;
    struct safe_html plot;
    struct safe_html content_plot;
    struct match_fair_content content[FAIR_GROUPS_MAX]; // of each part, and of all
    size_t parts;                                       // with those that nobody is in
};

// A mentee as the tables see her.
struct match_fair_mentee {
    int64_t id; // of her sign-up
    size_t group[FAIR_TABLES];
    bool matched;
    int64_t days;    // < 0: not known
    int64_t answers; // to how content she is
    int64_t sum;
};

struct match_fair_view {
    struct cohort cohort;
    struct match_fair_table tables[FAIR_TABLES];
    size_t table_count;
    bool any; // somebody is counted
};

// Level, gender, caregiving and for whom that is, access and for whom that is, zone, when her first
// match began, when she was accepted, her sign-up; by its id.
enum rc match_fair_mentees(struct req *req, int64_t cohort, struct db_rows **ret_rows);
// Sign-up, how many answers of her, their sum; by the id of the sign-up.
enum rc match_fair_answers(struct req *req, int64_t cohort, struct db_rows **ret_rows);

// Fills answers and sum of all, which are in the order of their ids.
enum rc match_fair_read_answers(struct req *req, int64_t cohort, struct match_fair_mentee *all,
                                size_t count);
// Fills the content of all tables, whose names and parts are set.
enum rc match_fair_content(struct req *req, const struct match_fair_mentee *all, size_t count,
                           struct match_fair_table *tables);
// "3.9"
void match_fair_tenths(struct html *html, int64_t hundredths);

extern const struct out_shape match_fair_out;
extern const struct route match_fair_routes[];

#endif

// SPDX-License-Identifier: Apache-2.0
//
// Why: the life of a pair from the first day to a good end: what both have agreed, goals, meetings,
// messages, how it goes, pauses, and the end.
//
// Promises: only the two people of a pair see its pages; whoever runs the cohort sees how it
// stands, not what they write to each other; every date has its zone; what ends takes with it what
// hangs on it.
#ifndef TRELLIS_APP_PAIR_PAIR_H
#define TRELLIS_APP_PAIR_PAIR_H

#include "app/app.h"
#include "jobs/jobs.h"

extern const struct app_slice pair_slice;
extern const struct app_letter_name pair_clock_letters[];
extern const struct app_letter_name pair_end_letters[];
extern const struct app_letter_name pair_hand_letters[];
extern const struct app_letter_name pair_longer_letters[];
extern const struct route pair_routes[];
extern const struct route pair_other_routes[];
extern const struct route pair_goal_routes[];
extern const struct route pair_time_routes[];
extern const struct route pair_meet_routes[];
extern const struct route pair_talk_routes[];
extern const struct route pair_feel_routes[];
extern const struct route pair_answer_routes[];
extern const struct route pair_end_routes[];
extern const struct route pair_staff_routes[];
extern const struct route pair_longer_routes[];
extern const struct route pair_texts_routes[];
extern const struct route pair_word_routes[];
extern const struct route pair_hand_routes[];
extern const struct route pair_bring_routes[];
extern const struct route pair_feed_routes[];
extern const char pair_schema_1[];
extern const char pair_schema_2[];
extern const char pair_schema_3[];
extern const char pair_schema_4[];
extern const char pair_schema_5[];
extern const char pair_schema_6[];
extern const char pair_schema_7[];
extern const char pair_schema_8[];
extern const char pair_schema_9[];
extern const char pair_schema_10[];
extern const char pair_schema_11[];
extern const char pair_schema_12[];
extern const char pair_schema_13[];
extern const char pair_schema_14[];
extern const struct app_table pair_tables[];

// What the clock of pairs reads, each by an index of its own: $1 now, $2 a day.
struct pair_due {
    const char *sql; // gives pairs; NULL closes the list
    enum { DUE_NOW, DUE_SOON, DUE_TODAY } by;
};
extern const struct pair_due pair_dues[];

struct job_kind pair_message_kind(const struct app *app);
struct job_kind pair_clock_kind(const struct app *app);
enum rc pair_hears(const struct app_place *place, const struct announcement *heard);

#endif

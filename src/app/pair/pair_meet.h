// SPDX-License-Identifier: Apache-2.0
//
// Why: the rows of meetings: proposed times, the one that holds, what came of it.
#ifndef TRELLIS_APP_PAIR_PAIR_MEET_H
#define TRELLIS_APP_PAIR_PAIR_MEET_H

#include "app/pair/pair_store.h"

struct meeting {
    int64_t id;
    int64_t match;
    const char *state; // "proposed", "scheduled", "held", "no_show_mentee", "no_show_mentor",
                       // "cancelled_in_time", "cancelled_late", "withdrawn"
    int64_t by;        // who proposed it last, or ended it
    int64_t at;        // microseconds UTC; 0: no time holds yet
    int64_t minutes;
    const char *format; // a value of enrolment_formats
    const char *place;  // a link or a place
    const char *agenda;
    int64_t sequence; // of the invitation
    const char *reason;
    int64_t excused;
    int64_t held_minutes;
    const char *topics; // what it was about
    int64_t changed_at;
};

struct meeting_note {
    int64_t id;
    int64_t person;
    const char *name;
    int64_t shared;
    const char *text;
    int64_t at;
};
struct meeting_action {
    int64_t id;
    int64_t owner; // a person
    const char *owner_name;
    const char *title;
    int64_t done_at;
};

enum rc meeting_list(struct db_tx *tx, struct arena *arena, int64_t match,
                     struct meeting **ret_meetings, size_t *ret_count);
enum rc meeting_find(struct db_tx *tx, struct arena *arena, int64_t match, int64_t id,
                     struct meeting *ret_meeting);
enum { MEETING_TIMES_MAX = 3 };
// A new one, or (id != 0) other times for one that is proposed or scheduled.
enum rc meeting_propose(struct req *req, struct meeting *meeting, const int64_t *times,
                        size_t count);
enum rc meeting_times(struct db_tx *tx, struct arena *arena, int64_t meeting, int64_t *ret_times,
                      size_t *ret_count);
// The meeting with times that nobody has chosen from yet (0: none), those first that wait for this
// one of the two; and whether they do.
enum rc meeting_to_choose(struct db_tx *tx, struct arena *arena, const struct pair *pair,
                          int64_t *ret_meeting, bool *ret_hers);
// RC_EXISTS: it is not proposed any more, or this time is not.
enum rc meeting_accept(struct req *req, const struct pair *pair, int64_t meeting, int64_t at);
// Ends it: state, by, reason, excused, held_minutes, topics. RC_EXISTS: not in the state `from`.
enum rc meeting_end(const struct app_place *at, const struct meeting *m, const char *from);
enum rc meeting_notes(struct req *req, int64_t meeting, struct meeting_note **ret_notes,
                      size_t *ret_count); // those that the actor may see
enum rc meeting_note_add(struct req *req, int64_t meeting, bool shared, const char *text);
enum rc meeting_actions(struct db_tx *tx, struct arena *arena, int64_t match, int64_t meeting,
                        struct meeting_action **ret_actions, size_t *ret_count); // 0: open ones
enum rc meeting_action_add(struct req *req, int64_t meeting, int64_t owner, const char *title);
enum rc meeting_action_turn(struct req *req, int64_t match, int64_t action);

// Late cancellations and missed meetings of a person in the last 30 days that nothing excuses: two
// are said to her, with four she proposes no times until the fourth is 30 days old. ret_until:
// then; 0: there are fewer.
enum { INCIDENTS_WARN = 2, INCIDENTS_BREAK = 4 };
enum rc meeting_incidents(struct db_tx *tx, struct arena *arena, int64_t person, int64_t now_us,
                          int64_t *ret_count, int64_t *ret_until);

// What is scheduled for a person, in any of her pairs, from a time on: rows of at, minutes.
enum rc meeting_busy(struct db_tx *tx, struct arena *arena, int64_t person, int64_t from_us,
                     struct db_rows **ret_rows);

enum rc meeting_next(struct req *req, int64_t match, struct db_rows **ret_rows); // id, at
// A row if one is settled or proposed.
enum rc meeting_to_come(struct req *req, int64_t match, struct db_rows **ret_rows);
// A row if one was held or is planned.
enum rc meeting_any(struct req *req, int64_t match, struct db_rows **ret_rows);
// The weeks of mentee and mentor, and how each likes to meet.
enum rc meeting_weeks(struct req *req, const struct pair *pair, struct db_rows **ret_rows);

// Tells both, with the calendar: "REQUEST" or "CANCEL".
enum rc meeting_invite(const struct app_place *at, const char *url, const struct pair *pair,
                       const struct meeting *meeting, const char *method);
// Ends what is to come when a pair ends or pauses, with a CANCEL to both.
enum rc meeting_drop_all(const struct app_place *at, const char *url, const struct pair *pair,
                         int64_t by);

// The best times that both have free: rising, in microseconds.
struct meeting_wish {
    const char *mine; // weekly windows (base/weekly.h)
    const char *theirs;
    const char *my_zone;
    const char *their_zone;
    int64_t minutes;
    int64_t from_us;
    const struct db_rows *my_busy; // of meeting_busy; NULL: nothing
    const struct db_rows *their_busy;
    const struct away *my_away; // days on which nothing is suggested
    size_t my_away_count;
    const struct away *their_away;
    size_t their_away_count;
};
enum { MEETING_SLOTS_MAX = 12 };
enum rc meeting_suggest(struct arena *arena, const struct meeting_wish *wish, int64_t *ret_slots,
                        size_t *ret_count);
// The instant of a local day and time in a zone. RC_BAD_INPUT: no such time (a clock is put forward
// there), no day, no time.
// Whether a time falls into the night there (22:00 to 07:00) and her week does not have it.
enum rc meeting_at_night(struct arena *arena, const char *week, const char *zone, int64_t at_us,
                         int64_t minutes, bool *ret_night);
enum rc meeting_instant(struct arena *arena, const char *day, const char *time, const char *zone,
                        int64_t *ret_us);

#endif

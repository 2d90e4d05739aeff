// SPDX-License-Identifier: Apache-2.0
//
// Why: what the pages of a pair show.
#ifndef TRELLIS_APP_PAIR_PAIR_PAGE_H
#define TRELLIS_APP_PAIR_PAIR_PAGE_H

#include "app/enrolment/enrolment.h"
#include "app/pair/pair_bring.h"
#include "app/pair/pair_draft.h"
#include "app/pair/pair_feel.h"
#include "app/pair/pair_longer.h"
#include "app/pair/pair_meet.h"
#include "app/pair/pair_store.h"
#include "app/pair/pair_talk.h"
#include "app/pair/pair_word.h"
#include "web/field.h"

// What waits to be done, on the first page of a pair.
struct pair_step {
    const char *text; // a message; {0} is the name of the other
    const char *page; // "/goals"
    bool done;
    const char *path; // the whole of it
    const char *by;   // a day; "": none
    bool late;
};
enum { PAIR_STEPS_MAX = 12 };

struct pair_view {
    struct pair pair;
    const char *id; // for paths
    bool open;
    const struct form *form;
    const struct shape *shape;
    const char *action;
    struct pair_step steps[PAIR_STEPS_MAX];
    size_t step_count;
    struct app_steps next; // what slices above add to them
    size_t todo;           // so many of both are not done
    int64_t overlap;       // minutes a week in common, when they are under what the rules ask for
    bool too_little;
    const char *when; // what comes next in the state that it is in: a day, or a time
    bool silent;      // both were asked whether they go on
    bool pause_over;
    // agreement
    struct agreement *agreements; // newest first
    size_t agreement_count;
    const struct agreement *agreement; // that holds, or else waits; NULL: none
    bool to_sign;                      // by the actor
    const char *sign_by;               // a day: both should have signed by then; "": nothing waits
    bool sign_late;
    const struct agreement *holds; // that both signed last; NULL: none
    struct survey *surveys;        // that wait for an answer of the actor
    size_t survey_count;
    int64_t next_meeting; // 0: none is settled
    int64_t next_at;
    bool may_bring;          // she has something of an earlier pair
    struct brought *brought; // from one
    size_t brought_count;
    // goals
    struct goal *goals;
    size_t goal_count;
    struct goal goal;
    struct goal_task *tasks;
    size_t task_count;
    const struct form *step; // of a new step, beside that of how it goes
    const struct shape *step_shape;
    struct skill *skills;
    size_t skill_count;
    bool goes_longer; // the last day was moved on
    struct objective *objectives;
    size_t objective_count;
};

struct meet_view {
    struct pair_view base;
    int64_t now_us;
    struct meeting *meetings;
    size_t meeting_count;
    int64_t held;
    int64_t held_minutes;
    int64_t planned;
    int64_t cadence;               // weeks, as agreed; 0: not said
    const char *due_on;            // a day: the next meeting; NULL: one is settled, or none is due
    int64_t incidents;             // of the actor
    const char *break_until;       // there were too many; NULL: there is none
    const struct app_held *before; // what has to be done before the first meeting; NULL: nothing
    bool before_me;                // by the actor
    struct meeting meeting;
    int64_t times[MEETING_TIMES_MAX];
    size_t time_count;
    int64_t slots[MEETING_SLOTS_MAX];
    size_t slot_count;
    int64_t usual_minutes; // for a new meeting
    const char *usual_format;
    const char *my_lengths; // "30, 60"; "": not said
    const char *their_lengths;
    const char *my_formats; // values of enrolment_formats
    const char *their_formats;
    int64_t notice; // hours: the longer of what the two ask for
    int64_t their_notice;
    struct meeting_note *notes;
    size_t note_count;
    struct meeting_action *actions;
    size_t action_count;
    struct meeting_word *words; // of the other, on what one has written down
    size_t word_count;
    bool may_word;
    const char *word_until; // the other may say so long whether it was so; NULL: no more
};
struct talk_view {
    struct pair_view base;
    struct pair_message *messages;
    size_t count;
    int64_t unseen;
    const char *next; // a path: earlier ones; NULL: none
};
struct letters_view {
    const struct form *form;
    const struct shape *shape;
    const char *token;
    const char *kind; // a message
    bool wanted;
    bool has_feed;
    const char *feed; // the address, once; NULL: not now
};
struct confirm_view {
    const char *token;
    int64_t person;
    const char *other;
    const char *zone;
    struct pair pair;
    struct meeting meeting;
};
struct feel_view {
    struct pair_view base;
    struct meeting meeting;
    struct report mine;
    struct report theirs;
    struct survey survey;
};
struct answer_view {
    const struct form *form;
    const struct shape *shape;
    const char *action;
    const char *other;
    struct survey survey;
    int64_t match;
    int64_t cohort;
    bool bad_fit; // she has said so
};
struct end_view {
    struct pair_view base;
    const char *thanks; // of the other
    const char *email;  // hers; shown when both want to stay in touch
    bool both_stay;
    struct old_thing *old;
    size_t old_count;
};
// What one of a pair told those who run the programme: a note, or an answer.
struct staff_told {
    const char *name;
    const char *question; // ""; a note
    int64_t number;
    const char *words;
    int64_t at;
    const char *asked;  // a question of the programme's own, as it wrote it; "": one of all
    const char *answer; // a message: what was chosen there; NULL: it is in words
};
struct staff_view {
    const struct form *form;
    const struct shape *shape;
    const char *action;
    struct cohort cohort;
    const char *zone;
    int64_t now_us;
    bool all;
    bool aimless; // only those with a goal that serves no objective
    size_t pairs;
    int64_t without; // so many have one
    int64_t helpless;
    int64_t paused;
    int64_t early;
    struct pair_stand *stands;
    size_t stand_count;
    struct longer *longer; // pairs that ask to go on longer
    size_t longer_count;
    struct pair pair;
    const struct pair_stand *stand;
    struct objective objective; // that is to be taken out
    int64_t serving;            // so many goals serve it
    struct goal *goals;         // that the two let them see
    size_t goal_count;
    int64_t own_goals; // and so many that they don't
    struct meeting *meetings;
    size_t meeting_count;
    struct staff_told *told;
    size_t told_count;
};
extern const struct out_shape pair_home_out;
extern const struct out_shape agreement_out;
extern const struct out_shape goals_out;
extern const struct out_shape goal_out;
extern const struct out_shape skills_out;
extern const struct out_shape meetings_out;
extern const struct out_shape meeting_out;
extern const struct out_shape slots_out;
extern const struct out_shape messages_out;
extern const struct out_shape feedback_out;
extern const struct out_shape farewell_out;
extern const struct out_shape pair_stands_out;
extern const struct out_shape staff_pair_out;
extern const struct out_shape longer_out;
extern const struct app_letter pair_letter_ended;
extern const struct field_option pair_schedulers[];
// For templates: how many topics there are to choose from.
size_t pair_topic_count(void);
// For templates: 0, 1, 2 ...
const unsigned *pair_risk_list(void);

// For templates: whether the page below the path of the pair is the one that is shown.
bool pair_is_here(const struct pair_view *view, const char *page);
// For templates: the templates of goals.
const struct goal_template *pair_goal_templates(void);
// Its title in the reader's language, where the page has read them.
const char *pair_objective_title(const struct pair_view *view, const struct goal_serves *one);
// The objective is ticked in the form of a goal.
bool pair_goal_picked(const struct form *form, int64_t objective);
bool pair_slot_chosen(const struct form *form, int64_t at);

// The view of the pair of the path.
// Fills the part of a view that all pages of a pair have; and makes a view of that part alone.
enum rc pair_fill_view(struct req *req, const struct shape *shape, struct pair_view *view);
enum rc pair_make_view(struct req *req, const struct shape *shape, struct pair_view **ret_view);
// The same for an act: RC_EXISTS: the pair has ended, or is held back for somebody's safety: then
// nothing that one writes may reach the other.
enum rc pair_open(struct req *req, struct pair *ret_pair);
// The same for pages of meetings; and the end of an act at the page of one.
enum rc meet_make_view(struct req *req, const struct shape *shape, struct meet_view **ret_view);
// Whether the actor has missed so many meetings that she may propose none for a while.
enum rc meet_find_break(struct req *req, struct meet_view *view);
enum rc meet_go(struct req *req, const struct meeting *meeting, const char *said);
// Ends an act at a page of the pair.
enum rc pair_go(struct req *req, const struct pair *pair, const char *said, const char *page);

#endif

// SPDX-License-Identifier: Apache-2.0
//
// What the pages of circles and events tell programs; see web/out.h. Who is in a circle, when it
// meets, the link of an event and what people need stand only in what those get who see it.
#include "app/network/circle_page.h"
#include "app/network/event_page.h"

OUT_TYPE(circle_row_out, struct circle);
OUT_TYPE(circle_member_out, struct circle_member);
OUT_TYPE(circle_asks_out, struct circle_member);
OUT_TYPE(circle_meets_out, struct circle_meeting);
OUT_TYPE(circle_signer_out, struct circle_member);
OUT_TYPE(circle_agreed_out, struct circle_agreement);
OUT_TYPE(circle_goal_out, struct circle_goal);
OUT_TYPE(circle_step_out, struct circle_step);
OUT_TYPE(circle_post_out, struct circle_post);
OUT_TYPE(event_row_out, struct event);
OUT_TYPE(rsvp_out, struct rsvp);

static bool knows(const void *from)
{
    const struct circle_view *view = from;
    return view->knows;
}

static bool sees_link(const void *from)
{
    const struct event_view *view = from;
    return view->sees_link;
}

static bool is_on_board(const void *from)
{
    const struct circle_post *post = from;
    return post->removed_at == 0;
}

static bool teaches(const void *from)
{
    const struct event_view *view = from;
    return view->training.id != 0;
}

// clang-format off
static const struct out circle_row_rows[] = {
    {"id",    OUT_ID,      OUT_INT_OF(struct circle,  id),    ""},
    {"title", OUT_TEXT,    OUT_TEXT_OF(struct circle, title), ""},
    {"topic", OUT_TEXT,    OUT_TEXT_OF(struct circle, topic), ""},
    {"free",  OUT_INTEGER, OUT_INT_OF(struct circle,  free),  "places"},
    {"mine",  OUT_SOME,    OUT_TEXT_OF(struct circle, mine),  "member, waiting, asked, invited, refused or left"},
};
static const struct out_shape circle_row_out = OUT_SHAPE("CircleRow", struct circle, circle_row_rows);
static const struct out circles_rows[] = {
    {"circles", OUT_LIST, OUT_LIST_OF(struct circle_view, circles, circle_count, circle_row_out), "by title"},
    {"next",    OUT_PATH, OUT_TEXT_OF(struct circle_view, next), ""},
};
const struct out_shape circles_out = OUT_SHAPE("Circles", struct circle_view, circles_rows);

static const struct out circle_member_rows[] = {
    {"id",       OUT_ID,   OUT_INT_OF(struct circle_member,  person),   ""},
    {"name",     OUT_TEXT, OUT_TEXT_OF(struct circle_member, name),     ""},
    {"pronouns", OUT_SOME, OUT_TEXT_OF(struct circle_member, pronouns), ""},
};
static const struct out_shape circle_member_out = OUT_SHAPE("CircleMember", struct circle_member, circle_member_rows);
static const struct out circle_asks_rows[] = {
    {"id",       OUT_ID,   OUT_INT_OF(struct circle_member,  person),   ""},
    {"name",     OUT_TEXT, OUT_TEXT_OF(struct circle_member, name),     ""},
    {"pronouns", OUT_SOME, OUT_TEXT_OF(struct circle_member, pronouns), ""},
    {"words",    OUT_SOME, OUT_TEXT_OF(struct circle_member, words),    ""},
};
static const struct out_shape circle_asks_out = OUT_SHAPE("CircleAsks", struct circle_member, circle_asks_rows);
static const struct out circle_meets_rows[] = {
    {"id",      OUT_ID,      OUT_INT_OF(struct circle_meeting,  id),      ""},
    {"at",      OUT_INSTANT, OUT_INT_OF(struct circle_meeting,  at),      ""},
    {"minutes", OUT_INTEGER, OUT_INT_OF(struct circle_meeting,  minutes), ""},
    {"state",   OUT_TEXT,    OUT_TEXT_OF(struct circle_meeting, state),   "planned, held or cancelled"},
    {"came",    OUT_INTEGER, OUT_INT_OF(struct circle_meeting,  came),    "how many were there"},
};
static const struct out_shape circle_meets_out = OUT_SHAPE("CircleMeets", struct circle_meeting, circle_meets_rows);
static const struct out circle_rows[] = {
    {"id",       OUT_ID,      OUT_INT_OF(struct circle_view,  circle.id),          ""},
    {"title",    OUT_TEXT,    OUT_TEXT_OF(struct circle_view, circle.title),       ""},
    {"topic",    OUT_TEXT,    OUT_TEXT_OF(struct circle_view, circle.topic),       ""},
    {"free",     OUT_INTEGER, OUT_INT_OF(struct circle_view,  circle.free),        "places"},
    {"state",    OUT_TEXT,    OUT_TEXT_OF(struct circle_view, circle.state),       "open, closed or merged"},
    {"mine",     OUT_SOME,    OUT_TEXT_OF(struct circle_view, circle.mine),        "member, waiting, asked, invited, refused or left"},
    {"about",    OUT_TEXT,    OUT_TEXT_OF(struct circle_view, circle.about),       "for who takes part", knows},
    {"lead",     OUT_SOME,    OUT_TEXT_OF(struct circle_view, circle.lead_name),   "for who takes part", knows},
    {"colead",   OUT_SOME,    OUT_TEXT_OF(struct circle_view, circle.colead_name), "for who takes part", knows},
    {"joining",  OUT_TEXT,    OUT_TEXT_OF(struct circle_view, circle.joining),     "open, ask or invite; for who takes part", knows},
    {"members",  OUT_LIST,    OUT_LIST_OF(struct circle_view, members, member_count, circle_member_out), "for members"},
    {"meetings", OUT_LIST,    OUT_LIST_OF(struct circle_view, meetings, meeting_count, circle_meets_out), "for members"},
    {"asked",    OUT_LIST,    OUT_LIST_OF(struct circle_view, asked, asked_count, circle_asks_out), "who asks to join; for whoever leads it"},
};
const struct out_shape circle_out = OUT_SHAPE("Circle", struct circle_view, circle_rows);

static const struct out circle_meeting_rows[] = {
    {"id",      OUT_ID,      OUT_INT_OF(struct circle_view,  meeting.id),      ""},
    {"at",      OUT_INSTANT, OUT_INT_OF(struct circle_view,  meeting.at),      ""},
    {"minutes", OUT_INTEGER, OUT_INT_OF(struct circle_view,  meeting.minutes), ""},
    {"state",   OUT_TEXT,    OUT_TEXT_OF(struct circle_view, meeting.state),   "planned, held or cancelled"},
    {"place",   OUT_SOME,    OUT_TEXT_OF(struct circle_view, meeting.place),   ""},
    {"agenda",  OUT_SOME,    OUT_TEXT_OF(struct circle_view, meeting.agenda),  ""},
    {"reason",  OUT_SOME,    OUT_TEXT_OF(struct circle_view, meeting.reason),  "why it was called off"},
};
const struct out_shape circle_meeting_out = OUT_SHAPE("CircleMeeting", struct circle_view, circle_meeting_rows);

static const struct out circle_signer_rows[] = {
    {"name",   OUT_TEXT,    OUT_TEXT_OF(struct circle_member, name),      ""},
    {"signed", OUT_INSTANT, OUT_INT_OF(struct circle_member,  signed_at), "null: not yet"},
};
static const struct out_shape circle_signer_out = OUT_SHAPE("CircleSigner", struct circle_member, circle_signer_rows);
static const struct out circle_agreed_rows[] = {
    {"version",    OUT_INTEGER, OUT_INT_OF(struct circle_agreement,  version),    "0: there is none"},
    {"goals",      OUT_SOME,    OUT_TEXT_OF(struct circle_agreement, goals),      ""},
    {"cadence",    OUT_INTEGER, OUT_INT_OF(struct circle_agreement,  cadence),    "they meet every so many weeks"},
    {"channel",    OUT_SOME,    OUT_TEXT_OF(struct circle_agreement, channel),    ""},
    {"scheduling", OUT_SOME,    OUT_TEXT_OF(struct circle_agreement, scheduling), "who proposes times"},
    {"notice",     OUT_INTEGER, OUT_INT_OF(struct circle_agreement,  notice),     "hours"},
    {"privacy",    OUT_SOME,    OUT_TEXT_OF(struct circle_agreement, privacy),    ""},
    {"ends",       OUT_DAY,     OUT_TEXT_OF(struct circle_agreement, ends_on),    ""},
    {"otherwise",  OUT_SOME,    OUT_TEXT_OF(struct circle_agreement, otherwise),  "what if it does not work"},
    {"mine",       OUT_INSTANT, OUT_INT_OF(struct circle_agreement,  mine),       "when you signed; null: not yet"},
};
static const struct out_shape circle_agreed_out = OUT_SHAPE("CircleAgreed", struct circle_agreement, circle_agreed_rows);
static const struct out circle_agreement_rows[] = {
    {"agreement", OUT_OBJECT, OUT_OBJECT_OF(struct circle_view, agreement, circle_agreed_out), "the newest"},
    {"members",   OUT_LIST,   OUT_LIST_OF(struct circle_view, members, member_count, circle_signer_out), ""},
};
const struct out_shape circle_agreement_out = OUT_SHAPE("CircleAgreement", struct circle_view, circle_agreement_rows);

static const struct out circle_goal_rows[] = {
    {"id",      OUT_ID,   OUT_INT_OF(struct circle_goal,  id),         ""},
    {"owner",   OUT_TEXT, OUT_TEXT_OF(struct circle_goal, owner_name), ""},
    {"title",   OUT_TEXT, OUT_TEXT_OF(struct circle_goal, title),      ""},
    {"success", OUT_TEXT, OUT_TEXT_OF(struct circle_goal, success),    "how they will know that it is reached"},
    {"due",     OUT_DAY,  OUT_TEXT_OF(struct circle_goal, due),        ""},
    {"state",   OUT_TEXT, OUT_TEXT_OF(struct circle_goal, state),      "open, reached or dropped"},
};
static const struct out_shape circle_goal_out = OUT_SHAPE("CircleGoal", struct circle_goal, circle_goal_rows);
static const struct out circle_goals_rows[] = {
    {"goals", OUT_LIST, OUT_LIST_OF(struct circle_view, goals, goal_count, circle_goal_out), ""},
};
const struct out_shape circle_goals_out = OUT_SHAPE("CircleGoals", struct circle_view, circle_goals_rows);

static const struct out circle_step_rows[] = {
    {"id",    OUT_ID,      OUT_INT_OF(struct circle_step,  id),      ""},
    {"title", OUT_TEXT,    OUT_TEXT_OF(struct circle_step, title),   ""},
    {"day",   OUT_DAY,     OUT_TEXT_OF(struct circle_step, day),     "by when; null: whenever it suits"},
    {"text",  OUT_SOME,    OUT_TEXT_OF(struct circle_step, text),    "its agenda"},
    {"done",  OUT_INSTANT, OUT_INT_OF(struct circle_step,  done_at), "null: not yet"},
};
static const struct out_shape circle_step_out = OUT_SHAPE("CircleStep", struct circle_step, circle_step_rows);
static const struct out circle_steps_rows[] = {
    {"steps", OUT_LIST, OUT_LIST_OF(struct circle_view, steps, step_count, circle_step_out), ""},
};
const struct out_shape circle_steps_out = OUT_SHAPE("CirclePlan", struct circle_view, circle_steps_rows);

static const struct out circle_post_rows[] = {
    {"id",      OUT_ID,      OUT_INT_OF(struct circle_post,  id),         ""},
    {"name",    OUT_TEXT,    OUT_TEXT_OF(struct circle_post, name),       ""},
    {"at",      OUT_INSTANT, OUT_INT_OF(struct circle_post,  at),         ""},
    {"text",    OUT_TEXT,    OUT_TEXT_OF(struct circle_post, text),       "null: it was taken off", is_on_board},
    {"removed", OUT_INSTANT, OUT_INT_OF(struct circle_post,  removed_at), ""},
    {"reason",  OUT_SOME,    OUT_TEXT_OF(struct circle_post, reason),     "why it was taken off"},
};
static const struct out_shape circle_post_out = OUT_SHAPE("CirclePost", struct circle_post, circle_post_rows);
static const struct out circle_board_rows[] = {
    {"posts", OUT_LIST, OUT_LIST_OF(struct circle_view, posts, post_count, circle_post_out), "the newest first"},
    {"next",  OUT_PATH, OUT_TEXT_OF(struct circle_view, next), ""},
};
const struct out_shape circle_board_out = OUT_SHAPE("CircleBoard", struct circle_view, circle_board_rows);

// ---- events ----

static const struct out event_row_rows[] = {
    {"id",          OUT_ID,      OUT_INT_OF(struct event,  id),          ""},
    {"title",       OUT_TEXT,    OUT_TEXT_OF(struct event, title),       ""},
    {"kind",        OUT_TEXT,    OUT_TEXT_OF(struct event, kind),        "talk, workshop, meetup or outside"},
    {"at",          OUT_INSTANT, OUT_INT_OF(struct event,  at),          ""},
    {"minutes",     OUT_INTEGER, OUT_INT_OF(struct event,  minutes),     ""},
    {"captions",    OUT_BOOLEAN, OUT_BOOL_OF(struct event, captions),    "live"},
    {"interpreter", OUT_BOOLEAN, OUT_BOOL_OF(struct event, interpreter), "of sign language"},
    {"step_free",   OUT_BOOLEAN, OUT_BOOL_OF(struct event, step_free),   ""},
    {"seats",       OUT_INTEGER, OUT_INT_OF(struct event,  seats),       "0: as many as want to come"},
    {"going",       OUT_INTEGER, OUT_INT_OF(struct event,  going),       "how many have a seat"},
    {"state",       OUT_TEXT,    OUT_TEXT_OF(struct event, state),       "planned or cancelled"},
    {"mine",        OUT_SOME,    OUT_TEXT_OF(struct event, mine),        "your answer: going, waiting, maybe or no"},
};
static const struct out_shape event_row_out = OUT_SHAPE("EventRow", struct event, event_row_rows);
static const struct out events_rows[] = {
    {"events", OUT_LIST, OUT_LIST_OF(struct event_view, events, event_count, event_row_out), ""},
    {"next",   OUT_PATH, OUT_TEXT_OF(struct event_view, next), ""},
};
const struct out_shape events_out = OUT_SHAPE("Events", struct event_view, events_rows);
static const struct out workshops_rows[] = {
    {"workshops", OUT_LIST, OUT_LIST_OF(struct event_view, events, event_count, event_row_out), "that teach the training"},
};
const struct out_shape workshops_out = OUT_SHAPE("Workshops", struct event_view, workshops_rows);

static const struct out event_rows[] = {
    {"event",              OUT_OBJECT,  OUT_OBJECT_OF(struct event_view, event, event_row_out), ""},
    {"about",              OUT_TEXT,    OUT_TEXT_OF(struct event_view, event.about),              ""},
    {"zone",               OUT_TEXT,    OUT_TEXT_OF(struct event_view, event.zone),               "in which its time was said"},
    {"place",              OUT_SOME,    OUT_TEXT_OF(struct event_view, event.place),              ""},
    {"link",               OUT_SOME,    OUT_TEXT_OF(struct event_view, event.link),               "for who comes", sees_link},
    {"access",             OUT_SOME,    OUT_TEXT_OF(struct event_view, event.access),             "how to get in and take part"},
    {"reason",             OUT_SOME,    OUT_TEXT_OF(struct event_view, event.reason),             "why it was called off"},
    {"recording",          OUT_SOME,    OUT_TEXT_OF(struct event_view, event.recording),          ""},
    {"recording_captions", OUT_BOOLEAN, OUT_BOOL_OF(struct event_view, event.recording_captions), ""},
    {"training",           OUT_ID,      OUT_INT_OF(struct event_view,  training.id),              "that it teaches"},
    {"questions_left",     OUT_INTEGER, OUT_INT_OF(struct event_view,  questions_left),           "pages of the training that ask you something", teaches},
    {"came",               OUT_INSTANT, OUT_INT_OF(struct event_view,  event.mine_came),          "when you said that you are here"},
    {"needs",              OUT_SOME,    OUT_TEXT_OF(struct event_view, needs),                    "what you need to take part"},
};
const struct out_shape event_out = OUT_SHAPE("Event", struct event_view, event_rows);

static const struct out rsvp_rows[] = {
    {"person", OUT_ID,      OUT_INT_OF(struct rsvp,  person),  ""},
    {"name",   OUT_TEXT,    OUT_TEXT_OF(struct rsvp, name),    ""},
    {"answer", OUT_TEXT,    OUT_TEXT_OF(struct rsvp, answer),  "going, waiting, maybe or no"},
    {"came",   OUT_INSTANT, OUT_INT_OF(struct rsvp,  came_at), "null: not noted as being there"},
    {"needs",  OUT_SOME,    OUT_TEXT_OF(struct rsvp, needs),   "for this event only; deleted 30 days after"},
};
static const struct out_shape rsvp_out = OUT_SHAPE("Rsvp", struct rsvp, rsvp_rows);
static const struct out event_people_rows[] = {
    {"event",  OUT_OBJECT, OUT_OBJECT_OF(struct event_view, event, event_row_out), ""},
    {"people", OUT_LIST,   OUT_LIST_OF(struct event_view, rsvps, rsvp_count, rsvp_out), ""},
};
const struct out_shape event_people_out = OUT_SHAPE("EventPeople", struct event_view, event_people_rows);
// clang-format on

// SPDX-License-Identifier: Apache-2.0
//
// What the pages of meeting others tell programs; see web/out.h. What one answers to an
// introduction is in the shape of nobody else; addresses stand only where the page has them too.
#include "app/network/network_page.h"

OUT_TYPE(meet_cohort_out, struct meet_cohort);
OUT_TYPE(meet_circle_out, struct circle);
OUT_TYPE(meet_event_out, struct event);
OUT_TYPE(asked_out, struct introduction);
OUT_TYPE(proposed_out, struct introduction);
OUT_TYPE(reach_row_out, struct reach_row);
OUT_TYPE(round_out, struct round_row);
OUT_TYPE(round_now_out, struct round_row);
OUT_TYPE(round_all_out, struct round_row);
OUT_TYPE(round_mate_out, struct round_mate);
OUT_TYPE(talk_open_out, struct flash);
OUT_TYPE(talk_taken_out, struct flash);
OUT_TYPE(talk_offered_out, struct flash);

static bool is_enough(const void *from)
{
    const struct reach_row *row = from;
    return !row->small;
}

static bool tells_met(const void *from)
{
    const struct round_row *row = from;
    return row->met == 0 || row->met >= REACH_LEAST;
}

static bool has_rounds(const void *from)
{
    const struct network_view *view = from;
    return view->plan.weeks > 0;
}

static bool is_made(const void *from)
{
    const struct network_view *view = from;
    return text_same(view->introduction->stands, "made");
}

// clang-format off
static const struct out meet_cohort_rows[] = {
    {"id",   OUT_ID,   OUT_INT_OF(struct meet_cohort,  id),   ""},
    {"name", OUT_TEXT, OUT_TEXT_OF(struct meet_cohort, name), ""},
};
static const struct out_shape meet_cohort_out = OUT_SHAPE("MeetCohort", struct meet_cohort, meet_cohort_rows);
static const struct out meet_circle_rows[] = {
    {"id",    OUT_ID,   OUT_INT_OF(struct circle,  id),    ""},
    {"title", OUT_TEXT, OUT_TEXT_OF(struct circle, title), ""},
    {"mine",  OUT_TEXT, OUT_TEXT_OF(struct circle, mine),  "member, waiting, asked or invited"},
};
static const struct out_shape meet_circle_out = OUT_SHAPE("MeetCircle", struct circle, meet_circle_rows);
static const struct out meet_event_rows[] = {
    {"id",    OUT_ID,      OUT_INT_OF(struct event,  id),    ""},
    {"title", OUT_TEXT,    OUT_TEXT_OF(struct event, title), ""},
    {"at",    OUT_INSTANT, OUT_INT_OF(struct event,  at),    ""},
    {"seats", OUT_INTEGER, OUT_INT_OF(struct event,  seats), "0: as many as want to come"},
    {"going", OUT_INTEGER, OUT_INT_OF(struct event,  going), "how many have a seat"},
    {"mine",  OUT_SOME,    OUT_TEXT_OF(struct event, mine),  "your answer: going, waiting or maybe"},
};
static const struct out_shape meet_event_out = OUT_SHAPE("MeetEvent", struct event, meet_event_rows);
static const struct out asked_rows[] = {
    {"id",         OUT_ID,   OUT_INT_OF(struct introduction,  id),              ""},
    {"other",      OUT_TEXT, OUT_TEXT_OF(struct introduction, other),           "whom you would meet"},
    {"introducer", OUT_TEXT, OUT_TEXT_OF(struct introduction, introducer_name), ""},
    {"state",      OUT_TEXT, OUT_TEXT_OF(struct introduction, stands),          "asked, made or over"},
    {"mine",       OUT_SOME, OUT_TEXT_OF(struct introduction, mine),            "your answer: yes or no; nobody else learns it"},
};
static const struct out_shape asked_out = OUT_SHAPE("AskedIntroduction", struct introduction, asked_rows);
static const struct out meet_rows[] = {
    {"introductions", OUT_LIST, OUT_LIST_OF(struct network_view, asked, asked_count, asked_out), ""},
    {"circles",       OUT_LIST, OUT_LIST_OF(struct network_view, circles, circle_count, meet_circle_out), ""},
    {"events",        OUT_LIST, OUT_LIST_OF(struct network_view, events, event_count, meet_event_out), ""},
    {"cohorts",       OUT_LIST, OUT_LIST_OF(struct network_view, cohorts, cohort_count, meet_cohort_out), ""},
};
const struct out_shape meet_out = OUT_SHAPE("Meet", struct network_view, meet_rows);

static const struct out reach_row_rows[] = {
    {"what",   OUT_MESSAGE, OUT_TEXT_OF(struct reach_row, label), ""},
    {"people", OUT_INTEGER, OUT_INT_OF(struct reach_row,  part),  "null: too few to tell", is_enough},
    {"of",     OUT_INTEGER, OUT_INT_OF(struct reach_row,  n),     "who take part"},
};
static const struct out_shape reach_row_out = OUT_SHAPE("ReachRow", struct reach_row, reach_row_rows);
static const struct out reach_rows[] = {
    {"rows", OUT_LIST, OUT_ARRAY_OF(struct network_view, reach, reach_count, reach_row_out), ""},
};
const struct out_shape reach_out = OUT_SHAPE("Reach", struct network_view, reach_rows);

static const struct out proposed_rows[] = {
    {"id",      OUT_ID,      OUT_INT_OF(struct introduction,  id),      ""},
    {"one",     OUT_TEXT,    OUT_TEXT_OF(struct introduction, a_name),  ""},
    {"another", OUT_TEXT,    OUT_TEXT_OF(struct introduction, b_name),  ""},
    {"why",     OUT_TEXT,    OUT_TEXT_OF(struct introduction, why),     ""},
    {"state",   OUT_TEXT,    OUT_TEXT_OF(struct introduction, state),   "asked, made, expired or withdrawn; a no is told to nobody"},
    {"until",   OUT_INSTANT, OUT_INT_OF(struct introduction,  ends_at), ""},
};
static const struct out_shape proposed_out = OUT_SHAPE("ProposedIntroduction", struct introduction, proposed_rows);
static const struct out introductions_rows[] = {
    {"asked",    OUT_LIST, OUT_LIST_OF(struct network_view, asked, asked_count, asked_out), "of you"},
    {"proposed", OUT_LIST, OUT_LIST_OF(struct network_view, proposed, proposed_count, proposed_out), "by you"},
};
const struct out_shape introductions_out = OUT_SHAPE("Introductions", struct network_view, introductions_rows);
static const struct out one_rows[] = {
    {"id",         OUT_ID,      OUT_INT_OF(struct introduction,  id),              ""},
    {"other",      OUT_TEXT,    OUT_TEXT_OF(struct introduction, other),           "whom you would meet"},
    {"introducer", OUT_TEXT,    OUT_TEXT_OF(struct introduction, introducer_name), ""},
    {"why",        OUT_TEXT,    OUT_TEXT_OF(struct introduction, why),             "she thinks that you two should know each other"},
    {"state",      OUT_TEXT,    OUT_TEXT_OF(struct introduction, stands),          "asked, made or over"},
    {"mine",       OUT_SOME,    OUT_TEXT_OF(struct introduction, mine),            "your answer: yes or no; nobody else learns it"},
    {"until",      OUT_INSTANT, OUT_INT_OF(struct introduction,  ends_at),         ""},
};
static const struct out_shape one_out = OUT_SHAPE("IntroductionOfYou", struct introduction, one_rows);
OUT_TYPE(one_out, struct introduction);
OUT_TYPE(outside_one_out, struct outside);
OUT_TYPE(directory_card_out, struct directory_card);
static const struct out introduction_rows[] = {
    {"introduction", OUT_OBJECT, OUT_OBJECT_OF(struct network_view, introduction, one_out), ""},
    {"email",        OUT_SOME,   OUT_TEXT_OF(struct network_view, email), "of the other, once both have said yes", is_made},
};
const struct out_shape introduction_out = OUT_SHAPE("Introduction", struct network_view, introduction_rows);

static const struct out round_rows[] = {
    {"number", OUT_INTEGER, OUT_INT_OF(struct round_row,  number),  ""},
    {"made",   OUT_INSTANT, OUT_INT_OF(struct round_row,  made_at), ""},
    {"placed", OUT_BOOLEAN, OUT_BOOL_OF(struct round_row, team),    "you were given somebody to meet"},
    {"met",    OUT_INSTANT, OUT_INT_OF(struct round_row,  met_at),  "when you said that you met"},
};
static const struct out_shape round_out = OUT_SHAPE("Round", struct round_row, round_rows);
static const struct out round_now_rows[] = {
    {"id",     OUT_ID,      OUT_INT_OF(struct round_row,  id),     ""},
    {"number", OUT_INTEGER, OUT_INT_OF(struct round_row,  number), ""},
    {"prompt", OUT_SOME,    OUT_TEXT_OF(struct round_row, prompt), "something to talk about"},
    {"met",    OUT_INSTANT, OUT_INT_OF(struct round_row,  met_at), "when you said that you met"},
};
static const struct out_shape round_now_out = OUT_SHAPE("RoundNow", struct round_row, round_now_rows);
static const struct out round_mate_rows[] = {
    {"name",     OUT_TEXT, OUT_TEXT_OF(struct round_mate, name),     ""},
    {"pronouns", OUT_SOME, OUT_TEXT_OF(struct round_mate, pronouns), ""},
    {"email",    OUT_TEXT, OUT_TEXT_OF(struct round_mate, email),    "who takes part agrees to tell it"},
};
static const struct out_shape round_mate_out = OUT_SHAPE("RoundMate", struct round_mate, round_mate_rows);
static const struct out round_all_rows[] = {
    {"number",   OUT_INTEGER, OUT_INT_OF(struct round_row, number),  ""},
    {"made",     OUT_INSTANT, OUT_INT_OF(struct round_row, made_at), ""},
    {"people",   OUT_INTEGER, OUT_INT_OF(struct round_row, people),  ""},
    {"left_out", OUT_INTEGER, OUT_INT_OF(struct round_row, left),    ""},
    {"repeats",  OUT_INTEGER, OUT_INT_OF(struct round_row, repeats), "pairs who had met before"},
    {"met",      OUT_INTEGER, OUT_INT_OF(struct round_row, met),     "how many say that they met; null: too few to tell", tells_met},
};
static const struct out_shape round_all_out = OUT_SHAPE("RoundOfAll", struct round_row, round_all_rows);
static const struct out rounds_rows[] = {
    {"weeks",  OUT_INTEGER,  OUT_INT_OF(struct network_view,  plan.weeks),   "a round every so many; 0: none"},
    {"next",   OUT_INSTANT,  OUT_INT_OF(struct network_view,  plan.next_at), "", has_rounds},
    {"people", OUT_INTEGER,  OUT_INT_OF(struct network_view,  wishes),       "who take part"},
    {"wants",  OUT_BOOLEAN,  OUT_BOOL_OF(struct network_view, wants),        "you take part"},
    {"now",    OUT_OBJECT,   OUT_OBJECT_OF(struct network_view, now, round_now_out), ""},
    {"mates",  OUT_LIST,     OUT_LIST_OF(struct network_view, mates, mate_count, round_mate_out), "whom you meet now"},
    {"times",  OUT_INSTANTS, OUT_TIMES_OF(struct network_view, times, time_count), "that all of you have"},
    {"mine",   OUT_LIST,     OUT_LIST_OF(struct network_view, rounds, round_count, round_out), "the newest first"},
    {"all",    OUT_LIST,     OUT_LIST_OF(struct network_view, all, all_count, round_all_out), "for those who run it"},
};
const struct out_shape rounds_out = OUT_SHAPE("Rounds", struct network_view, rounds_rows);

static const struct out talk_open_rows[] = {
    {"id",      OUT_ID,      OUT_INT_OF(struct flash,  id),          ""},
    {"mentor",  OUT_TEXT,    OUT_TEXT_OF(struct flash, mentor_name), ""},
    {"topic",   OUT_TEXT,    OUT_TEXT_OF(struct flash, topic),       ""},
    {"about",   OUT_TEXT,    OUT_TEXT_OF(struct flash, about),       ""},
    {"at",      OUT_INSTANT, OUT_INT_OF(struct flash,  at),          ""},
    {"minutes", OUT_INTEGER, OUT_INT_OF(struct flash,  minutes),     ""},
};
static const struct out_shape talk_open_out = OUT_SHAPE("TalkToChoose", struct flash, talk_open_rows);
static const struct out talk_taken_rows[] = {
    {"id",      OUT_ID,      OUT_INT_OF(struct flash,  id),          ""},
    {"mentor",  OUT_TEXT,    OUT_TEXT_OF(struct flash, mentor_name), ""},
    {"at",      OUT_INSTANT, OUT_INT_OF(struct flash,  at),          ""},
    {"minutes", OUT_INTEGER, OUT_INT_OF(struct flash,  minutes),     ""},
    {"place",   OUT_TEXT,    OUT_TEXT_OF(struct flash, place),       ""},
    {"state",   OUT_TEXT,    OUT_TEXT_OF(struct flash, state),       "taken or cancelled"},
};
static const struct out_shape talk_taken_out = OUT_SHAPE("TalkTaken", struct flash, talk_taken_rows);
static const struct out talk_offered_rows[] = {
    {"id",      OUT_ID,      OUT_INT_OF(struct flash,  id),         ""},
    {"topic",   OUT_TEXT,    OUT_TEXT_OF(struct flash, topic),      ""},
    {"at",      OUT_INSTANT, OUT_INT_OF(struct flash,  at),         ""},
    {"minutes", OUT_INTEGER, OUT_INT_OF(struct flash,  minutes),    ""},
    {"open",    OUT_INSTANT, OUT_INT_OF(struct flash,  open_at),    "to everybody from then on; before, to who has no mentor"},
    {"taker",   OUT_SOME,    OUT_TEXT_OF(struct flash, taker_name), "null: nobody yet"},
    {"words",   OUT_SOME,    OUT_TEXT_OF(struct flash, words),      "what she wants to talk about"},
};
static const struct out_shape talk_offered_out = OUT_SHAPE("TalkOffered", struct flash, talk_offered_rows);
static const struct out talks_rows[] = {
    {"open",    OUT_LIST, OUT_LIST_OF(struct network_view, open, open_count, talk_open_out), "to choose from"},
    {"taken",   OUT_LIST, OUT_LIST_OF(struct network_view, taken, taken_count, talk_taken_out), "by you"},
    {"offered", OUT_LIST, OUT_LIST_OF(struct network_view, offered, offered_count, talk_offered_out), "by you"},
};
const struct out_shape talks_out = OUT_SHAPE("Talks", struct network_view, talks_rows);
static const struct out talk_rows[] = {
    {"talk", OUT_OBJECT, OUT_OBJECT_OF(struct network_view, talk, talk_open_out), ""},
};
const struct out_shape talk_out = OUT_SHAPE("Talk", struct network_view, talk_rows);
static const struct out directory_card_rows[] = {
    {"name",     OUT_TEXT,  OUT_TEXT_OF(struct directory_card, name),     ""},
    {"pronouns", OUT_SOME,  OUT_TEXT_OF(struct directory_card, pronouns), ""},
    {"does",     OUT_SOME,  OUT_TEXT_OF(struct directory_card, does),     ""},
    {"about",    OUT_SOME,  OUT_TEXT_OF(struct directory_card, about),    ""},
    {"place",    OUT_SOME,  OUT_TEXT_OF(struct directory_card, place),    ""},
    {"link",     OUT_SOME,  OUT_TEXT_OF(struct directory_card, link),     ""},
    {"role",     OUT_SOME,  OUT_TEXT_OF(struct directory_card, role),     "mentor, mentee or both; null: she does not tell"},
    {"topics",   OUT_WORDS, OUT_TEXT_OF(struct directory_card, topics),   "empty: she does not tell"},
    {"email",    OUT_SOME,  OUT_TEXT_OF(struct directory_card, email),    "null: she does not tell"},
};
static const struct out_shape directory_card_out = OUT_SHAPE("DirectoryCard", struct directory_card, directory_card_rows);
static const struct out directory_rows[] = {
    {"people", OUT_LIST, OUT_LIST_OF(struct network_view, cards, card_count, directory_card_out), "by name"},
    {"next",   OUT_PATH, OUT_TEXT_OF(struct network_view, next), "the next page; null: none follows"},
};
const struct out_shape directory_out = OUT_SHAPE("Directory", struct network_view, directory_rows);

static const struct out outside_one_rows[] = {
    {"id",    OUT_ID,   OUT_INT_OF(struct outside,  id),    ""},
    {"kind",  OUT_TEXT, OUT_TEXT_OF(struct outside, kind),  "conference, grant, job, course, group or other"},
    {"title", OUT_TEXT, OUT_TEXT_OF(struct outside, title), ""},
    {"about", OUT_TEXT, OUT_TEXT_OF(struct outside, about), ""},
    {"link",  OUT_TEXT, OUT_TEXT_OF(struct outside, link),  ""},
    {"until", OUT_SOME, OUT_TEXT_OF(struct outside, until), "the last day on which it is worth looking at; null: not said"},
    {"from",  OUT_SOME, OUT_TEXT_OF(struct outside, name),  "who put it there; null: somebody who has left"},
};
static const struct out_shape outside_one_out = OUT_SHAPE("BeyondTheProgramme", struct outside, outside_one_rows);
static const struct out outside_rows[] = {
    {"board", OUT_LIST, OUT_LIST_OF(struct network_view, outsides, outside_count, outside_one_out), "the newest first"},
    {"next",  OUT_PATH, OUT_TEXT_OF(struct network_view, next), "the next page; null: none follows"},
};
const struct out_shape outside_out = OUT_SHAPE("BoardBeyond", struct network_view, outside_rows);
// clang-format on

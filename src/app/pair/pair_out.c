// SPDX-License-Identifier: Apache-2.0
//
// What the pages of a pair tell programs; see web/out.h. What one of the two keeps for herself
// (skills, answers, private notes) is in no shape of the other, and of a pair those who run the
// programme get how it stands, not what the two write.
#include "app/pair/pair_hand_page.h"
#include "app/pair/pair_page.h"

OUT_TYPE(pair_row_out, struct pair);
OUT_TYPE(step_out, struct pair_step);
OUT_TYPE(survey_out, struct survey);
OUT_TYPE(agreement_row_out, struct agreement);
OUT_TYPE(goal_row_out, struct goal);
OUT_TYPE(goal_task_out, struct goal_task);
OUT_TYPE(skill_out, struct skill);
OUT_TYPE(meeting_row_out, struct meeting);
OUT_TYPE(meeting_note_out, struct meeting_note);
OUT_TYPE(action_out, struct meeting_action);
OUT_TYPE(message_out, struct pair_message);
OUT_TYPE(theirs_out, struct report);
OUT_TYPE(stand_out, struct pair_stand);
OUT_TYPE(longer_row_out, struct longer);
OUT_TYPE(staff_pair_row_out, struct pair);
OUT_TYPE(staff_goal_out, struct goal);
OUT_TYPE(staff_meeting_out, struct meeting);
OUT_TYPE(told_out, struct staff_told);
OUT_TYPE(pair_page_out, struct pair_view);

static const char *const risk_names[PAIR_RISKS + 1] = {
    [RISK_NO_MEETING] = "no_meeting", [RISK_LONG_AGO] = "long_ago",
    [RISK_LOW_PULSE] = "low_pulse",   [RISK_UNSIGNED] = "unsigned",
    [RISK_UNANSWERED] = "unanswered", [RISK_MISSED] = "missed",
    [RISK_BAD_FIT] = "bad_fit",       [RISK_PAUSE_OVER] = "pause_over",
    [RISK_ASKED] = "asked",           [RISK_STILL_NONE] = "still_no_meeting",
};

static bool is_mentee(const void *from)
{
    const struct pair_view *view = from;
    return !view->pair.mentor;
}

static bool shares_line(const void *from)
{
    const struct report *report = from;
    return report->shared != 0;
}

static bool both_stay(const void *from)
{
    const struct end_view *view = from;
    return view->both_stay;
}

// clang-format off
static const struct out pair_rows[] = {
    {"id",           OUT_ID,      OUT_INT_OF(struct pair,  match.id),     ""},
    {"state",        OUT_TEXT,    OUT_TEXT_OF(struct pair, match.state),  "active, paused, closing, completed or ended"},
    {"mentor",       OUT_BOOLEAN, OUT_BOOL_OF(struct pair, mentor),       "you are its mentor"},
    {"name",         OUT_TEXT,    OUT_TEXT_OF(struct pair, name),         "of the other"},
    {"zone",         OUT_TEXT,    OUT_TEXT_OF(struct pair, zone),         "yours, of the tz database"},
    {"other_zone",   OUT_TEXT,    OUT_TEXT_OF(struct pair, other_zone),   ""},
    {"cohort",       OUT_ID,      OUT_INT_OF(struct pair,  cohort.id),    ""},
    {"cohort_name",  OUT_TEXT,    OUT_TEXT_OF(struct pair, cohort.name),  ""},
    {"ends_on",      OUT_DAY,     OUT_TEXT_OF(struct pair, ends_on),      "as agreed, or else the cohort's last day"},
    {"began_at",     OUT_INSTANT, OUT_TIME_OF(struct pair, began_at),     ""},
    {"paused_until", OUT_INSTANT, OUT_TIME_OF(struct pair, paused_until), ""},
};
static const struct out_shape pair_row_out = OUT_SHAPE("Pair", struct pair, pair_rows);

static const struct out step_rows[] = {
    {"text", OUT_MESSAGE, OUT_TEXT_OF(struct pair_step, text), "in your language"},
    {"page", OUT_TEXT,    OUT_TEXT_OF(struct pair_step, page), "below the path of the pair"},
    {"done", OUT_BOOLEAN, OUT_BOOL_OF(struct pair_step, done), ""},
    {"by",   OUT_DAY,     OUT_TEXT_OF(struct pair_step, by),   "a day by which it should be done; null: none"},
};
static const struct out_shape step_out = OUT_SHAPE("Step", struct pair_step, step_rows);

static const struct out survey_rows[] = {
    {"id",   OUT_ID,   OUT_INT_OF(struct survey,  id),   ""},
    {"kind", OUT_TEXT, OUT_TEXT_OF(struct survey, kind), "fit, pulse, mid, end or early"},
};
static const struct out_shape survey_out = OUT_SHAPE("Survey", struct survey, survey_rows);

static const struct out goal_serves_rows[] = {
    {"id",    OUT_ID,   OUT_INT_OF(struct goal_serves,  objective), ""},
    {"title", OUT_TEXT, OUT_TEXT_OF(struct goal_serves, title),     ""},
};
OUT_TYPE(goal_serves_out, struct goal_serves);
static const struct out_shape goal_serves_out = OUT_SHAPE("ServedObjective", struct goal_serves, goal_serves_rows);

static const struct out goal_rows[] = {
    {"id",              OUT_ID,      OUT_INT_OF(struct goal,  id),              ""},
    {"title",           OUT_TEXT,    OUT_TEXT_OF(struct goal, title),           ""},
    {"why",             OUT_TEXT,    OUT_TEXT_OF(struct goal, why),             "why it matters"},
    {"success",         OUT_TEXT,    OUT_TEXT_OF(struct goal, success),         "how it is known to be reached"},
    {"due",             OUT_DAY,     OUT_TEXT_OF(struct goal, due),             ""},
    {"state",           OUT_TEXT,    OUT_TEXT_OF(struct goal, state),           "draft, agreed, changed, achieved or dropped"},
    {"progress",        OUT_INTEGER, OUT_INT_OF(struct goal,  progress),        "percent"},
    {"by_steps",        OUT_BOOLEAN, OUT_BOOL_OF(struct goal, by_steps),        "counted from the steps"},
    {"shared",          OUT_BOOLEAN, OUT_BOOL_OF(struct goal, shared),          "those who run the cohort see it"},
    {"topic",           OUT_SOME,    OUT_TEXT_OF(struct goal, topic),           ""},
    {"objectives",      OUT_LIST,    OUT_LIST_OF(struct goal, serves, serves_count, goal_serves_out), "of the programme, that it serves"},
    {"evidence",        OUT_TEXT,    OUT_TEXT_OF(struct goal, evidence),        "what shows it"},
    {"reason",          OUT_TEXT,    OUT_TEXT_OF(struct goal, reason),          "words at its end"},
    {"mentee_yes",      OUT_BOOLEAN, OUT_BOOL_OF(struct goal, mentee_yes),      ""},
    {"mentor_yes",      OUT_BOOLEAN, OUT_BOOL_OF(struct goal, mentor_yes),      ""},
    {"agree_by",        OUT_DAY,     OUT_TEXT_OF(struct goal, agree_by),        "both should have said yes by then; null: nothing waits"},
    {"tasks",           OUT_INTEGER, OUT_INT_OF(struct goal,  tasks),           "steps"},
    {"tasks_done",      OUT_INTEGER, OUT_INT_OF(struct goal,  tasks_done),      ""},
};
static const struct out_shape goal_row_out = OUT_SHAPE("Goal", struct goal, goal_rows);

static const struct out home_rows[] = {
    {"pair",         OUT_OBJECT,  OUT_OBJECT_OF(struct pair_view, pair, pair_row_out), ""},
    {"open",         OUT_BOOLEAN, OUT_BOOL_OF(struct pair_view, open), "it has not ended"},
    {"next_meeting", OUT_ID,      OUT_INT_OF(struct pair_view, next_meeting), "that is settled"},
    {"next_at",      OUT_INSTANT, OUT_TIME_OF(struct pair_view, next_at), "when it is"},
    {"steps",        OUT_LIST,    OUT_ARRAY_OF(struct pair_view, steps, step_count, step_out), "what comes next"},
    {"surveys",      OUT_LIST,    OUT_LIST_OF(struct pair_view, surveys, survey_count, survey_out), "questions that wait for you"},
    {"goals",        OUT_LIST,    OUT_LIST_OF(struct pair_view, goals, goal_count, goal_row_out), ""},
};
const struct out_shape pair_home_out = OUT_SHAPE("PairPage", struct pair_view, home_rows);

static const struct out agreement_rows[] = {
    {"version",       OUT_INTEGER, OUT_INT_OF(struct agreement,  version),       ""},
    {"goals",         OUT_TEXT,    OUT_TEXT_OF(struct agreement, goals),         "what they want to reach"},
    {"cadence_weeks", OUT_INTEGER, OUT_INT_OF(struct agreement,  cadence),       "they meet every so many weeks"},
    {"channel",       OUT_TEXT,    OUT_TEXT_OF(struct agreement, channel),       "how they meet and write"},
    {"scheduling",    OUT_TEXT,    OUT_TEXT_OF(struct agreement, scheduling),    "who proposes times: both, mentee or mentor"},
    {"notice_hours",  OUT_INTEGER, OUT_INT_OF(struct agreement,  notice),        "who cannot come says so before"},
    {"privacy",       OUT_TEXT,    OUT_TEXT_OF(struct agreement, privacy),       "what stays between them"},
    {"ends_on",       OUT_DAY,     OUT_TEXT_OF(struct agreement, ends_on),       ""},
    {"otherwise",     OUT_TEXT,    OUT_TEXT_OF(struct agreement, otherwise),     "what if it does not work"},
    {"made_at",       OUT_INSTANT, OUT_TIME_OF(struct agreement, made_at),       ""},
    {"mentee_signed", OUT_INSTANT, OUT_TIME_OF(struct agreement, mentee_signed), "null: not"},
    {"mentor_signed", OUT_INSTANT, OUT_TIME_OF(struct agreement, mentor_signed), "null: not"},
    {"superseded",    OUT_BOOLEAN, OUT_BOOL_OF(struct agreement, superseded),    "a newer one holds"},
    {"staff",         OUT_INTEGER, OUT_INT_OF(struct agreement,  staff),         "a later last day that those who run the cohort have a say in: 0 not asked, 1 asked, 2 yes, 3 no"},
    {"staff_reason",  OUT_SOME,    OUT_TEXT_OF(struct agreement, staff_reason),  "what they said"},
};
static const struct out_shape agreement_row_out = OUT_SHAPE("Agreement", struct agreement, agreement_rows);
static const struct out agreements_rows[] = {
    {"pair",       OUT_OBJECT,  OUT_OBJECT_OF(struct pair_view, pair, pair_row_out), ""},
    {"to_sign",    OUT_BOOLEAN, OUT_BOOL_OF(struct pair_view, to_sign), "the newest waits for you"},
    {"sign_by",    OUT_DAY,     OUT_TEXT_OF(struct pair_view, sign_by), "both should have signed by then; null: nothing waits"},
    {"agreements", OUT_LIST,    OUT_LIST_OF(struct pair_view, agreements, agreement_count, agreement_row_out), "the newest first"},
};
const struct out_shape agreement_out = OUT_SHAPE("AgreementPage", struct pair_view, agreements_rows);

static const struct out skill_rows[] = {
    {"topic", OUT_TEXT,    OUT_TEXT_OF(struct skill, value), ""},
    {"start", OUT_INTEGER, OUT_INT_OF(struct skill,  start), "1 to 5; 0: not told"},
    {"longer", OUT_INTEGER, OUT_INT_OF(struct skill, longer), "when they went on longer: 1 to 5; 0: not told"},
    {"end",   OUT_INTEGER, OUT_INT_OF(struct skill,  end),   "1 to 5; 0: not told"},
};
static const struct out_shape skill_out = OUT_SHAPE("Skill", struct skill, skill_rows);
static const struct out goals_rows[] = {
    {"pair",   OUT_OBJECT, OUT_OBJECT_OF(struct pair_view, pair, pair_row_out), ""},
    {"goals",  OUT_LIST,   OUT_LIST_OF(struct pair_view, goals, goal_count, goal_row_out), ""},
    {"skills", OUT_LIST,   OUT_LIST_OF(struct pair_view, skills, skill_count, skill_out), "for the mentee alone", is_mentee},
};
const struct out_shape goals_out = OUT_SHAPE("Goals", struct pair_view, goals_rows);
static const struct out skills_rows[] = {
    {"skills", OUT_LIST, OUT_LIST_OF(struct pair_view, skills, skill_count, skill_out), ""},
};
const struct out_shape skills_out = OUT_SHAPE("Skills", struct pair_view, skills_rows);

static const struct out task_rows[] = {
    {"id",      OUT_ID,      OUT_INT_OF(struct goal_task,  id),      ""},
    {"title",   OUT_TEXT,    OUT_TEXT_OF(struct goal_task, title),   ""},
    {"done_at", OUT_INSTANT, OUT_TIME_OF(struct goal_task, done_at), "null: not yet"},
};
static const struct out_shape goal_task_out = OUT_SHAPE("GoalStep", struct goal_task, task_rows);
static const struct out goal_page_rows[] = {
    {"pair",  OUT_OBJECT, OUT_OBJECT_OF(struct pair_view, pair, pair_row_out), ""},
    {"goal",  OUT_OBJECT, OUT_OBJECT_OF(struct pair_view, goal, goal_row_out), ""},
    {"steps", OUT_LIST,   OUT_LIST_OF(struct pair_view, tasks, task_count, goal_task_out), ""},
};
const struct out_shape goal_out = OUT_SHAPE("GoalPage", struct pair_view, goal_page_rows);

static const struct out meeting_rows[] = {
    {"id",           OUT_ID,      OUT_INT_OF(struct meeting,  id),           ""},
    {"state",        OUT_TEXT,    OUT_TEXT_OF(struct meeting, state),        "proposed, scheduled, held, no_show_mentee, no_show_mentor, cancelled_in_time, cancelled_late or withdrawn"},
    {"at",           OUT_INSTANT, OUT_TIME_OF(struct meeting, at),           "null: no time holds yet"},
    {"minutes",      OUT_INTEGER, OUT_INT_OF(struct meeting,  minutes),      "as planned"},
    {"held_minutes", OUT_INTEGER, OUT_INT_OF(struct meeting,  held_minutes), ""},
    {"format",       OUT_TEXT,    OUT_TEXT_OF(struct meeting, format),       ""},
    {"place",        OUT_TEXT,    OUT_TEXT_OF(struct meeting, place),        "a link or a place"},
    {"agenda",       OUT_TEXT,    OUT_TEXT_OF(struct meeting, agenda),       ""},
    {"topics",       OUT_TEXT,    OUT_TEXT_OF(struct meeting, topics),       "what it was about"},
    {"reason",       OUT_TEXT,    OUT_TEXT_OF(struct meeting, reason),       ""},
    {"excused",      OUT_BOOLEAN, OUT_BOOL_OF(struct meeting, excused),      ""},
};
static const struct out_shape meeting_row_out = OUT_SHAPE("Meeting", struct meeting, meeting_rows);
static const struct out action_rows[] = {
    {"id",         OUT_ID,      OUT_INT_OF(struct meeting_action,  id),         ""},
    {"owner_name", OUT_TEXT,    OUT_TEXT_OF(struct meeting_action, owner_name), "who does it"},
    {"title",      OUT_TEXT,    OUT_TEXT_OF(struct meeting_action, title),      ""},
    {"done_at",    OUT_INSTANT, OUT_TIME_OF(struct meeting_action, done_at),    "null: not yet"},
};
static const struct out_shape action_out = OUT_SHAPE("Action", struct meeting_action, action_rows);

static const struct out pair_part_rows[] = {
    {"pair", OUT_OBJECT,  OUT_OBJECT_OF(struct pair_view, pair, pair_row_out), ""},
    {"open", OUT_BOOLEAN, OUT_BOOL_OF(struct pair_view, open), "it has not ended"},
};
static const struct out_shape pair_page_out = OUT_SHAPE("PairOfPage", struct pair_view, pair_part_rows);

static const struct out meetings_rows[] = {
    {"of",       OUT_OBJECT,  OUT_OBJECT_OF(struct meet_view, base, pair_page_out), ""},
    {"held",     OUT_INTEGER, OUT_INT_OF(struct meet_view, held), "how many took place"},
    {"planned",  OUT_INTEGER, OUT_INT_OF(struct meet_view, planned), "about how many there would be"},
    {"missed",   OUT_INTEGER, OUT_INT_OF(struct meet_view, incidents), "by you in 30 days, or called off late"},
    {"meetings", OUT_LIST,    OUT_LIST_OF(struct meet_view, meetings, meeting_count, meeting_row_out), ""},
    {"actions",  OUT_LIST,    OUT_LIST_OF(struct meet_view, actions, action_count, action_out), "to be done"},
};
const struct out_shape meetings_out = OUT_SHAPE("Meetings", struct meet_view, meetings_rows);

static const struct out slots_rows[] = {
    {"of",    OUT_OBJECT,   OUT_OBJECT_OF(struct meet_view, base, pair_page_out), ""},
    {"times", OUT_INSTANTS, OUT_TIMES_OF(struct meet_view, slots, slot_count), "that both said they have"},
};
const struct out_shape slots_out = OUT_SHAPE("FreeTimes", struct meet_view, slots_rows);

static const struct out meeting_note_rows[] = {
    {"id",     OUT_ID,      OUT_INT_OF(struct meeting_note,  id),     ""},
    {"name",   OUT_TEXT,    OUT_TEXT_OF(struct meeting_note, name),   "who wrote it"},
    {"text",   OUT_TEXT,    OUT_TEXT_OF(struct meeting_note, text),   ""},
    {"shared", OUT_BOOLEAN, OUT_BOOL_OF(struct meeting_note, shared), "both see it; else you alone"},
    {"at",     OUT_INSTANT, OUT_TIME_OF(struct meeting_note, at),     ""},
};
static const struct out_shape meeting_note_out = OUT_SHAPE("MeetingNote", struct meeting_note, meeting_note_rows);
static const struct out meeting_page_rows[] = {
    {"of",      OUT_OBJECT,   OUT_OBJECT_OF(struct meet_view, base, pair_page_out), ""},
    {"meeting", OUT_OBJECT,   OUT_OBJECT_OF(struct meet_view, meeting, meeting_row_out), ""},
    {"times",   OUT_INSTANTS, OUT_TIMES_OF(struct meet_view, times, time_count), "to choose from"},
    {"actions", OUT_LIST,     OUT_LIST_OF(struct meet_view, actions, action_count, action_out), "to be done"},
    {"notes",   OUT_LIST,     OUT_LIST_OF(struct meet_view, notes, note_count, meeting_note_out), "that you may see"},
};
const struct out_shape meeting_out = OUT_SHAPE("MeetingPage", struct meet_view, meeting_page_rows);

static const struct out message_rows[] = {
    {"id",   OUT_ID,      OUT_INT_OF(struct pair_message,  id),   ""},
    {"name", OUT_TEXT,    OUT_TEXT_OF(struct pair_message, name), "who wrote it"},
    {"text", OUT_TEXT,    OUT_TEXT_OF(struct pair_message, text), ""},
    {"at",   OUT_INSTANT, OUT_TIME_OF(struct pair_message, at),   ""},
};
static const struct out_shape message_out = OUT_SHAPE("Message", struct pair_message, message_rows);
static const struct out messages_rows[] = {
    {"of",       OUT_OBJECT,  OUT_OBJECT_OF(struct talk_view, base, pair_page_out), ""},
    {"unseen",   OUT_INTEGER, OUT_INT_OF(struct talk_view, unseen), "by you"},
    {"messages", OUT_LIST,    OUT_LIST_OF(struct talk_view, messages, count, message_out), "the oldest first"},
    {"next",     OUT_PATH,    OUT_TEXT_OF(struct talk_view, next), "earlier ones"},
};
const struct out_shape messages_out = OUT_SHAPE("Messages", struct talk_view, messages_rows);

static const struct out theirs_rows[] = {
    {"line", OUT_SOME, OUT_TEXT_OF(struct report, line), "what the other says in one line, if she shows it to you", shares_line},
};
static const struct out_shape theirs_out = OUT_SHAPE("SharedFeedback", struct report, theirs_rows);
static const struct out own_report_rows[] = {
    {"useful",  OUT_INTEGER, OUT_INT_OF(struct report,  useful),  "1 to 5; 0: not told"},
    {"line",    OUT_TEXT,    OUT_TEXT_OF(struct report, line),    "in one line"},
    {"shared",  OUT_BOOLEAN, OUT_BOOL_OF(struct report, shared),  "the other sees the line"},
    {"private", OUT_TEXT,    OUT_TEXT_OF(struct report, private), "for those who run the programme"},
};
OUT_TYPE(own_report_out, struct report);
static const struct out_shape own_report_out = OUT_SHAPE("OwnFeedback", struct report, own_report_rows);
static const struct out feedback_rows[] = {
    {"of",      OUT_OBJECT, OUT_OBJECT_OF(struct feel_view, base, pair_page_out), ""},
    {"meeting", OUT_OBJECT, OUT_OBJECT_OF(struct feel_view, meeting, meeting_row_out), ""},
    {"mine",    OUT_OBJECT, OUT_OBJECT_OF(struct feel_view, mine, own_report_out), ""},
    {"theirs",  OUT_OBJECT, OUT_OBJECT_OF(struct feel_view, theirs, theirs_out), ""},
};
const struct out_shape feedback_out = OUT_SHAPE("Feedback", struct feel_view, feedback_rows);

static const struct out farewell_rows[] = {
    {"of",        OUT_OBJECT,  OUT_OBJECT_OF(struct end_view, base, pair_page_out), ""},
    {"thanks",    OUT_SOME,    OUT_TEXT_OF(struct end_view, thanks), "of the other"},
    {"both_stay", OUT_BOOLEAN, OUT_BOOL_OF(struct end_view, both_stay), "both want to stay in touch"},
    {"email",     OUT_SOME,    OUT_TEXT_OF(struct end_view, email), "of the other, when both want to", both_stay},
};
const struct out_shape farewell_out = OUT_SHAPE("Farewell", struct end_view, farewell_rows);

// ---- for those who run the programme ----

static const struct out stand_rows[] = {
    {"pair",         OUT_ID,      OUT_INT_OF(struct pair_stand,  match),        ""},
    {"mentee",       OUT_TEXT,    OUT_TEXT_OF(struct pair_stand, mentee),       "her name"},
    {"mentor",       OUT_TEXT,    OUT_TEXT_OF(struct pair_stand, mentor),       "her name"},
    {"state",        OUT_TEXT,    OUT_TEXT_OF(struct pair_stand, state),        ""},
    {"held",         OUT_INTEGER, OUT_INT_OF(struct pair_stand,  held),         "meetings"},
    {"to_come",      OUT_INTEGER, OUT_INT_OF(struct pair_stand,  to_come),      "meetings"},
    {"ends_on",      OUT_DAY,     OUT_TEXT_OF(struct pair_stand, ends_on),      ""},
    {"without_objective", OUT_INTEGER, OUT_INT_OF(struct pair_stand, aimless),  "goals that are agreed and serve no objective"},
    {"early",        OUT_BOOLEAN, OUT_BOOL_OF(struct pair_stand, early),        "too early to say"},
    {"risks",        OUT_FLAGS,   OUT_INT_OF(struct pair_stand,  risks),        "why it may need a word", .names = risk_names},
};
static const struct out_shape stand_out = OUT_SHAPE("PairStand", struct pair_stand, stand_rows);
static const struct out longer_row_rows[] = {
    {"pair",    OUT_ID,      OUT_INT_OF(struct longer,  match),   ""},
    {"version", OUT_INTEGER, OUT_INT_OF(struct longer,  version), "of the agreement"},
    {"mentee",  OUT_TEXT,    OUT_TEXT_OF(struct longer, mentee),  "her name"},
    {"mentor",  OUT_TEXT,    OUT_TEXT_OF(struct longer, mentor),  "her name"},
    {"from",    OUT_DAY,     OUT_TEXT_OF(struct longer, from),    "their last day, which stays without a yes"},
    {"to",      OUT_DAY,     OUT_TEXT_OF(struct longer, to),      "the last day that they ask for"},
};
static const struct out_shape longer_row_out = OUT_SHAPE("Longer", struct longer, longer_row_rows);
static const struct out longer_rows[] = {
    {"longer", OUT_LIST, OUT_LIST_OF(struct staff_view, longer, longer_count, longer_row_out), "the pair that asks to go on longer"},
};
const struct out_shape longer_out = OUT_SHAPE("LongerPage", struct staff_view, longer_rows);

static const struct out stands_rows[] = {
    {"pairs",    OUT_INTEGER, OUT_INT_OF(struct staff_view, pairs), "under way"},
    {"helpless", OUT_INTEGER, OUT_INT_OF(struct staff_view, helpless), "need a word"},
    {"paused",   OUT_INTEGER, OUT_INT_OF(struct staff_view, paused), ""},
    {"early",    OUT_INTEGER, OUT_INT_OF(struct staff_view, early), "too early to say"},
    {"stands",   OUT_LIST,    OUT_LIST_OF(struct staff_view, stands, stand_count, stand_out), "those that need a word; all of them with show=all"},
};
const struct out_shape pair_stands_out = OUT_SHAPE("Pairs", struct staff_view, stands_rows);

static const struct out staff_pair_rows[] = {
    {"id",           OUT_ID,      OUT_INT_OF(struct pair,  match.id),           ""},
    {"state",        OUT_TEXT,    OUT_TEXT_OF(struct pair, match.state),        ""},
    {"mentee_name",  OUT_TEXT,    OUT_TEXT_OF(struct pair, match.mentee_name),  ""},
    {"mentor_name",  OUT_TEXT,    OUT_TEXT_OF(struct pair, match.mentor_name),  ""},
    {"mentee_email", OUT_TEXT,    OUT_TEXT_OF(struct pair, match.mentee_email), ""},
    {"mentor_email", OUT_TEXT,    OUT_TEXT_OF(struct pair, match.mentor_email), ""},
    {"reason",       OUT_SOME,    OUT_TEXT_OF(struct pair, match.reason),       "why it ended"},
    {"words",        OUT_SOME,    OUT_TEXT_OF(struct pair, match.words),        "of the one who ended it"},
    {"began_at",     OUT_INSTANT, OUT_TIME_OF(struct pair, began_at),           ""},
    {"ends_on",      OUT_DAY,     OUT_TEXT_OF(struct pair, ends_on),            ""},
};
static const struct out_shape staff_pair_row_out = OUT_SHAPE("StaffPair", struct pair, staff_pair_rows);
static const struct out staff_goal_rows[] = {
    {"title",           OUT_TEXT,    OUT_TEXT_OF(struct goal, title),           ""},
    {"state",           OUT_TEXT,    OUT_TEXT_OF(struct goal, state),           ""},
    {"progress",        OUT_INTEGER, OUT_INT_OF(struct goal,  progress),        "percent"},
    {"objectives",      OUT_LIST,    OUT_LIST_OF(struct goal, serves, serves_count, goal_serves_out), "of the programme, that it serves"},
};
static const struct out_shape staff_goal_out = OUT_SHAPE("StaffGoal", struct goal, staff_goal_rows);
static const struct out staff_meeting_rows[] = {
    {"at",    OUT_INSTANT, OUT_TIME_OF(struct meeting, at),    ""},
    {"state", OUT_TEXT,    OUT_TEXT_OF(struct meeting, state), ""},
};
static const struct out_shape staff_meeting_out = OUT_SHAPE("StaffMeeting", struct meeting, staff_meeting_rows);
static const struct out told_rows[] = {
    {"name",     OUT_TEXT,    OUT_TEXT_OF(struct staff_told, name),     "who"},
    {"question", OUT_SOME,    OUT_TEXT_OF(struct staff_told, question), "null: a note after a meeting"},
    {"number",   OUT_INTEGER, OUT_INT_OF(struct staff_told,  number),   ""},
    {"asked",    OUT_SOME,    OUT_TEXT_OF(struct staff_told, asked),    "in the programme's own words; null: one that all programmes ask"},
    {"words",    OUT_TEXT,    OUT_TEXT_OF(struct staff_told, words),    ""},
    {"at",       OUT_INSTANT, OUT_TIME_OF(struct staff_told, at),       ""},
};
static const struct out_shape told_out = OUT_SHAPE("Told", struct staff_told, told_rows);
static const struct out staff_page_rows[] = {
    {"pair",     OUT_OBJECT, OUT_OBJECT_OF(struct staff_view, pair, staff_pair_row_out), ""},
    {"stand",    OUT_OBJECT, OUT_OBJECT_OF(struct staff_view, stand, stand_out), "null: it has ended"},
    {"goals",    OUT_LIST,   OUT_LIST_OF(struct staff_view, goals, goal_count, staff_goal_out), "that the two let you see"},
    {"own_goals", OUT_INTEGER, OUT_INT_OF(struct staff_view, own_goals), "that they don't"},
    {"meetings", OUT_LIST,   OUT_LIST_OF(struct staff_view, meetings, meeting_count, staff_meeting_out), ""},
    {"told",     OUT_LIST,   OUT_LIST_OF(struct staff_view, told, told_count, told_out), "what they told you"},
};
const struct out_shape staff_pair_out = OUT_SHAPE("StaffPairPage", struct staff_view, staff_page_rows);

// ---- the hand-over board ----

OUT_TYPE(hand_left_out, struct hand_left);
OUT_TYPE(hand_pause_out, struct hand_pause);

static const struct out hand_left_rows[] = {
    {"pair",    OUT_ID,      OUT_INT_OF(struct hand_left,  match),   "that has ended"},
    {"mentee",  OUT_ID,      OUT_INT_OF(struct hand_left,  mentee),  "her sign-up"},
    {"name",    OUT_TEXT,    OUT_TEXT_OF(struct hand_left, name),    "hers"},
    {"days",    OUT_INTEGER, OUT_INT_OF(struct hand_left,  days),    "that she waits"},
    {"run",     OUT_ID,      OUT_INT_OF(struct hand_left,  run),     "for her alone"},
    {"offered", OUT_BOOLEAN, OUT_BOOL_OF(struct hand_left, offered), "an offer is out"},
    {"goals",   OUT_INTEGER, OUT_INT_OF(struct hand_left,  goals),   "that she wants to take along"},
    {"actions", OUT_INTEGER, OUT_INT_OF(struct hand_left,  actions), "that she wants to take along"},
    {"notes",   OUT_INTEGER, OUT_INT_OF(struct hand_left,  notes),   "that she wants to take along"},
};
static const struct out_shape hand_left_out = OUT_SHAPE("HandOverLeft", struct hand_left, hand_left_rows);
static const struct out hand_pause_rows[] = {
    {"pair",         OUT_ID,      OUT_INT_OF(struct hand_pause,  pair.match.id),          ""},
    {"mentee",       OUT_TEXT,    OUT_TEXT_OF(struct hand_pause, pair.match.mentee_name), "her name"},
    {"mentor",       OUT_TEXT,    OUT_TEXT_OF(struct hand_pause, pair.match.mentor_name), "her name"},
    {"paused_until", OUT_INSTANT, OUT_INT_OF(struct hand_pause,  pair.paused_until),      ""},
    {"ends_on",      OUT_DAY,     OUT_TEXT_OF(struct hand_pause, pair.ends_on),           ""},
    {"weeks",        OUT_INTEGER, OUT_INT_OF(struct hand_pause,  weeks),                  "of the pause"},
    {"by_mentor",    OUT_BOOLEAN, OUT_BOOL_OF(struct hand_pause, by_mentor),              "it is the mentor who pauses"},
};
static const struct out_shape hand_pause_out = OUT_SHAPE("HandOverPause", struct hand_pause, hand_pause_rows);
static const struct out hand_rows[] = {
    {"left",   OUT_LIST,    OUT_LIST_OF(struct hand_view, left, left_count, hand_left_out),     "mentees whose mentor has left"},
    {"late",   OUT_INTEGER, OUT_INT_OF(struct hand_view,  late),                                "of them wait for more than seven days"},
    {"pauses", OUT_LIST,    OUT_LIST_OF(struct hand_view, pauses, pause_count, hand_pause_out), "that are long, or over the last day"},
    {"next",   OUT_PATH,    OUT_TEXT_OF(struct hand_view, next),                                "more mentees"},
};
const struct out_shape hand_out = OUT_SHAPE("HandOver", struct hand_view, hand_rows);
// clang-format on

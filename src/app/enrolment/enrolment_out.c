// SPDX-License-Identifier: Apache-2.0
//
// What the pages of enrolments tell programs; see web/out.h. Who may see what of a person's answers
// is decided here as it is in the templates: caregiving and access needs by her own choice, answers
// for matching alone to nobody.
#include "app/enrolment/enrolment_page.h"

OUT_TYPE(topic_out, struct enrolment_topic);
OUT_TYPE(away_days_out, struct away);
OUT_TYPE(note_out, struct enrolment_note);
OUT_TYPE(change_out, struct enrolment_change);
OUT_TYPE(answer_out, struct enrolment_answer);
OUT_TYPE(question_out, struct enrolment_question);
OUT_TYPE(own_out, struct enrolment_own);
OUT_TYPE(own_state_out, struct enrolment);
OUT_TYPE(own_answers_out, struct enrolment);
OUT_TYPE(brief_out, struct enrolment);
OUT_TYPE(reviewed_out, struct enrolment);
OUT_TYPE(apart_pair_out, struct enrolment_pair);
OUT_TYPE(supply_out, struct enrolment_supply);
OUT_TYPE(supply_row_out, struct enrolment_supply_row);
OUT_TYPE(supplies_out, struct enrolment_supplies);

static bool shows_caregiving(const void *from)
{
    const struct enrolment *e = from;
    return enrolment_shows(e->caregiving_for, 'c');
}

static bool shows_access(const void *from)
{
    const struct enrolment *e = from;
    return enrolment_shows(e->access_for, 'c');
}

static bool tells_wished(const void *from)
{
    const struct enrolment_supply *supply = from;
    return supply->tells_wished;
}

static bool tells_places(const void *from)
{
    const struct enrolment_supply *supply = from;
    return supply->tells_places;
}

static bool has_answers(const void *from)
{
    const struct enrolment_view *view = from;
    return view->one != NULL && view->one->id != 0;
}

// clang-format off
static const struct out note_rows[] = {
    {"author", OUT_TEXT,    OUT_TEXT_OF(struct enrolment_note, author), ""},
    {"at",     OUT_INSTANT, OUT_TIME_OF(struct enrolment_note, at_us),  ""},
    {"text",   OUT_TEXT,    OUT_TEXT_OF(struct enrolment_note, text),   ""},
    {"mine",   OUT_BOOLEAN, OUT_BOOL_OF(struct enrolment_note, mine),   "you wrote it"},
};
static const struct out_shape note_out = OUT_SHAPE("Note", struct enrolment_note, note_rows);

static const struct out change_rows[] = {
    {"from",   OUT_MESSAGE, OUT_TEXT_OF(struct enrolment_change, from),   "in words, in your language"},
    {"to",     OUT_MESSAGE, OUT_TEXT_OF(struct enrolment_change, to),     ""},
    {"reason", OUT_TEXT,    OUT_TEXT_OF(struct enrolment_change, reason), "for her"},
    {"by",     OUT_TEXT,    OUT_TEXT_OF(struct enrolment_change, by),     ""},
    {"at",     OUT_INSTANT, OUT_TIME_OF(struct enrolment_change, at_us),  ""},
};
static const struct out_shape change_out = OUT_SHAPE("Change", struct enrolment_change, change_rows);

static const struct out answer_rows[] = {
    {"question", OUT_ID,   OUT_INT_OF(struct enrolment_answer,  question), ""},
    {"kind",     OUT_TEXT, OUT_TEXT_OF(struct enrolment_answer, kind),     "line, text, number, one, many, link, tick, day or scale: 1 to 5"},
    {"label",    OUT_TEXT, OUT_TEXT_OF(struct enrolment_answer, label),    "as it was asked"},
    {"value",    OUT_TEXT, OUT_TEXT_OF(struct enrolment_answer, value),    "several answers: one on each line"},
};
static const struct out_shape answer_out = OUT_SHAPE("Answer", struct enrolment_answer, answer_rows);

static const struct out question_rows[] = {
    {"id",       OUT_ID,      OUT_INT_OF(struct enrolment_question,  id),       ""},
    {"role",     OUT_TEXT,    OUT_TEXT_OF(struct enrolment_question, role),     "mentee, mentor or both"},
    {"kind",     OUT_TEXT,    OUT_TEXT_OF(struct enrolment_question, kind),     "line, text, number, one, many, link, tick, day or scale: 1 to 5"},
    {"label",    OUT_TEXT,    OUT_TEXT_OF(struct enrolment_question, label),    ""},
    {"hint",     OUT_TEXT,    OUT_TEXT_OF(struct enrolment_question, hint),     ""},
    {"options",  OUT_TEXT,    OUT_TEXT_OF(struct enrolment_question, options),  "one on each line"},
    {"required", OUT_BOOLEAN, OUT_BOOL_OF(struct enrolment_question, required), ""},
    {"audience", OUT_TEXT,    OUT_TEXT_OF(struct enrolment_question, audience), "coordinator; match: also her match; matching: nobody"},
    {"matching", OUT_INTEGER, OUT_INT_OF(struct enrolment_question,  matching), "0: not used; 1: answers in common count; 2: the nearer, the better; 3: an answer in common, or no pair"},
};
static const struct out_shape question_out = OUT_SHAPE("Question", struct enrolment_question, question_rows);

#define ANSWERED                                                                                                  \
    {"level",     OUT_INTEGER, OUT_INT_OF(struct enrolment,  level),     "1 beginner to 4 expert; 0: not told"},  \
    {"years",     OUT_TEXT,    OUT_TEXT_OF(struct enrolment, years),     "that she has worked in tech"},          \
    {"cadence",   OUT_INTEGER, OUT_INT_OF(struct enrolment,  cadence),   "weeks between meetings that she would like; 0: not said"}, \
    {"skills",    OUT_WORDS,   OUT_TEXT_OF(struct enrolment, skills),    "topic:level, where she has said one"},  \
    {"topics",    OUT_WORDS,   OUT_TEXT_OF(struct enrolment, topics),    ""},                                     \
    {"other",     OUT_TEXT,    OUT_TEXT_OF(struct enrolment, other),     "topics in her own words"},              \
    {"top",       OUT_SOME,    OUT_TEXT_OF(struct enrolment, top),       "the topic that matters most"},          \
    {"languages", OUT_WORDS,   OUT_TEXT_OF(struct enrolment, languages), ""},                                     \
    {"goal",      OUT_TEXT,    OUT_TEXT_OF(struct enrolment, goal),      "what a mentee wants to reach; how a mentor mentors"}, \
    {"week",      OUT_WEEK,    OUT_TEXT_OF(struct enrolment, week),      "when she has time, in her zone"},       \
    {"formats",   OUT_WORDS,   OUT_TEXT_OF(struct enrolment, formats),   "how to meet"},                          \
    {"place",     OUT_TEXT,    OUT_TEXT_OF(struct enrolment, place),     "where she can meet in person"},          \
    {"full_name", OUT_BOOLEAN, OUT_BOOL_OF(struct enrolment, full_name), "a mentor: mentees see her last name"},   \
    {"checked",   OUT_TEXT,    OUT_TEXT_OF(struct enrolment, checked),   "a mentor's experience: self, confirmed or reference"}, \
    {"hours",     OUT_INTEGER, OUT_INT_OF(struct enrolment,  hours),     "a month"},                              \
    {"places",    OUT_INTEGER, OUT_INT_OF(struct enrolment,  places),    "mentees at most, or mentors wanted"},   \
    {"about",     OUT_TEXT,    OUT_TEXT_OF(struct enrolment, about),     ""},                                     \
    {"employer",  OUT_TEXT,    OUT_TEXT_OF(struct enrolment, employer),  ""}

static const struct out brief_rows[] = {
    {"id",        OUT_ID,    OUT_INT_OF(struct enrolment,  id),        ""},
    {"name",      OUT_TEXT,  OUT_TEXT_OF(struct enrolment, name),      ""},
    {"role",      OUT_TEXT,  OUT_TEXT_OF(struct enrolment, role),      "mentee or mentor"},
    {"state",     OUT_TEXT,  OUT_TEXT_OF(struct enrolment, state),     "submitted, needs_info, approved, waitlisted, declined, withdrawn, removed or carried"},
    {"topics",    OUT_WORDS, OUT_TEXT_OF(struct enrolment, topics),    ""},
    {"languages", OUT_WORDS, OUT_TEXT_OF(struct enrolment, languages), ""},
};
static const struct out_shape brief_out = OUT_SHAPE("SignUp", struct enrolment, brief_rows);

static const struct out reviewed_rows[] = {
    {"id",         OUT_ID,    OUT_INT_OF(struct enrolment,  id),         ""},
    {"name",       OUT_TEXT,  OUT_TEXT_OF(struct enrolment, name),       ""},
    {"email",      OUT_TEXT,  OUT_TEXT_OF(struct enrolment, email),      ""},
    {"pronouns",   OUT_TEXT,  OUT_TEXT_OF(struct enrolment, pronouns),   ""},
    {"zone",       OUT_TEXT,  OUT_TEXT_OF(struct enrolment, zone),       "of the tz database"},
    {"role",       OUT_TEXT,  OUT_TEXT_OF(struct enrolment, role),       "mentee or mentor"},
    {"state",      OUT_TEXT,  OUT_TEXT_OF(struct enrolment, state),      ""},
    ANSWERED,
    {"caregiving", OUT_WORDS, OUT_TEXT_OF(struct enrolment, caregiving), "null: she wants you not to see it", shows_caregiving},
    {"access",     OUT_WORDS, OUT_TEXT_OF(struct enrolment, access),     "null: she wants you not to see it", shows_access},
};
static const struct out_shape reviewed_out = OUT_SHAPE("ReviewedSignUp", struct enrolment, reviewed_rows);

static const struct out own_state_rows[] = {
    {"id",     OUT_ID,   OUT_INT_OF(struct enrolment,  id),     ""},
    {"role",   OUT_TEXT, OUT_TEXT_OF(struct enrolment, role),   "mentee or mentor"},
    {"state",  OUT_TEXT, OUT_TEXT_OF(struct enrolment, state),  "draft, submitted, needs_info, approved, waitlisted, declined, withdrawn, removed or carried"},
    {"reason", OUT_TEXT, OUT_TEXT_OF(struct enrolment, reason), "what was said with the decision"},
};
static const struct out_shape own_state_out = OUT_SHAPE("OwnSignUpState", struct enrolment, own_state_rows);

static const struct out own_rows[] = {
    {"sign_up", OUT_OBJECT,  OUT_OBJECT_OF(struct enrolment_own, enrolment, own_state_out), ""},
    {"before",  OUT_INTEGER, OUT_INT_OF(struct enrolment_own, before), "people before you on the waiting list"},
    {"notes",   OUT_LIST,    OUT_LIST_OF(struct enrolment_own, notes, note_count, note_out), "questions to you, and your answers"},
};
static const struct out_shape own_out = OUT_SHAPE("OwnSignUp", struct enrolment_own, own_rows);

static const struct out own_answers_rows[] = {
    {"id",             OUT_ID,      OUT_INT_OF(struct enrolment,  id),             ""},
    {"role",           OUT_TEXT,    OUT_TEXT_OF(struct enrolment, role),           ""},
    {"state",          OUT_TEXT,    OUT_TEXT_OF(struct enrolment, state),          ""},
    ANSWERED,
    {"caregiving",     OUT_WORDS,   OUT_TEXT_OF(struct enrolment, caregiving),     ""},
    {"caregiving_for", OUT_SOME,    OUT_TEXT_OF(struct enrolment, caregiving_for), "who may see it"},
    {"access",         OUT_WORDS,   OUT_TEXT_OF(struct enrolment, access),         ""},
    {"access_for",     OUT_SOME,    OUT_TEXT_OF(struct enrolment, access_for),     "who may see it"},
};
static const struct out_shape own_answers_out = OUT_SHAPE("OwnAnswers", struct enrolment, own_answers_rows);

static const struct out cohort_page_rows[] = {
    {"cohort",     OUT_OBJECT,  OUT_OBJECT_OF(struct enrolment_view, cohort, cohort_out), ""},
    {"open",       OUT_BOOLEAN, OUT_BOOL_OF(struct enrolment_view, open), "for sign-up"},
    {"mine",       OUT_LIST,    OUT_LIST_OF(struct enrolment_view, mine, mine_count, own_out), "your sign-ups"},
    {"may_review", OUT_BOOLEAN, OUT_BOOL_OF(struct enrolment_view, may_review), "you read sign-ups here"},
    {"may_run",    OUT_BOOLEAN, OUT_BOOL_OF(struct enrolment_view, may_run), "you run it"},
    {"may_judge",  OUT_BOOLEAN, OUT_BOOL_OF(struct enrolment_view, may_judge), "you are of the matching committee"},
    {"next_state", OUT_SOME,    OUT_TEXT_OF(struct enrolment_view, next_state), "where you may move it on to"},
};
const struct out_shape cohort_page_out = OUT_SHAPE("CohortPage", struct enrolment_view, cohort_page_rows);

static const struct out check_rows[] = {
    {"sign_up", OUT_OBJECT, OUT_OBJECT_OF(struct enrolment_view, one, own_answers_out), "null: not begun", has_answers},
    {"manager", OUT_TEXT,   OUT_TEXT_OF(struct enrolment_view, manager), "the address of your line manager"},
    {"answers", OUT_LIST,   OUT_LIST_OF(struct enrolment_view, answers, answer_count, answer_out), "to the programme's own questions"},
};
const struct out_shape enrolment_check_out = OUT_SHAPE("OwnSignUpPage", struct enrolment_view, check_rows);

static const struct out people_rows[] = {
    {"waiting", OUT_INTEGER, OUT_INT_OF(struct enrolment_view, submitted), "for a decision"},
    {"people",  OUT_LIST,    OUT_LIST_OF(struct enrolment_view, all, count, brief_out), "by name; filtered by the query's role, state and search"},
    {"next",    OUT_PATH,    OUT_TEXT_OF(struct enrolment_view, next), ""},
};
const struct out_shape people_out = OUT_SHAPE("SignUps", struct enrolment_view, people_rows);

static const struct out person_rows[] = {
    {"sign_up",   OUT_OBJECT,  OUT_OBJECT_OF(struct enrolment_view, one, reviewed_out), ""},
    {"answers",   OUT_LIST,    OUT_LIST_OF(struct enrolment_view, answers, answer_count, answer_out), ""},
    {"manager",   OUT_TEXT,    OUT_TEXT_OF(struct enrolment_view, manager), "the address of her line manager"},
    {"sensitive", OUT_BOOLEAN, OUT_BOOL_OF(struct enrolment_view, sensitive), "she has answers that only matching sees"},
    {"notes",     OUT_LIST,    OUT_LIST_OF(struct enrolment_view, notes, note_count, note_out), "your questions to her, and her answers"},
    {"changes",   OUT_LIST,    OUT_LIST_OF(struct enrolment_view, changes, change_count, change_out), ""},
};
const struct out_shape person_out = OUT_SHAPE("SignUpPage", struct enrolment_view, person_rows);

static const struct out apart_pair_rows[] = {
    {"id",   OUT_ID,   OUT_INT_OF(struct enrolment_pair,  id),   ""},
    {"a",    OUT_TEXT, OUT_TEXT_OF(struct enrolment_pair, a),    ""},
    {"b",    OUT_TEXT, OUT_TEXT_OF(struct enrolment_pair, b),    ""},
    {"note", OUT_TEXT, OUT_TEXT_OF(struct enrolment_pair, note), ""},
};
static const struct out_shape apart_pair_out = OUT_SHAPE("KeptApart", struct enrolment_pair, apart_pair_rows);
static const struct out apart_rows[] = {
    {"pairs", OUT_LIST, OUT_LIST_OF(struct enrolment_view, pairs, pair_count, apart_pair_out), "who must not be matched"},
};
const struct out_shape apart_out = OUT_SHAPE("Apart", struct enrolment_view, apart_rows);

static const struct out questions_rows[] = {
    {"questions", OUT_LIST, OUT_LIST_OF(struct enrolment_view, questions, question_count, question_out), ""},
};
const struct out_shape questions_out = OUT_SHAPE("Questions", struct enrolment_view, questions_rows);

static const struct out topic_rows[] = {
    {"value", OUT_TEXT,    OUT_TEXT_OF(struct enrolment_topic, value), "as forms take it"},
    {"label", OUT_MESSAGE, OUT_TEXT_OF(struct enrolment_topic, label), "in your language, or as the programme wrote it"},
    {"own",   OUT_BOOLEAN, OUT_BOOL_OF(struct enrolment_topic, own),   "the programme's own"},
    {"off",   OUT_BOOLEAN, OUT_BOOL_OF(struct enrolment_topic, off),   "not offered"},
};
static const struct out_shape topic_out = OUT_SHAPE("Topic", struct enrolment_topic, topic_rows);
static const struct out topics_rows[] = {
    {"topics", OUT_LIST, OUT_LIST_OF(struct enrolment_view, topics, topic_count, topic_out), ""},
};
const struct out_shape topics_out = OUT_SHAPE("Topics", struct enrolment_view, topics_rows);

static const struct out away_rows[] = {
    {"id",    OUT_ID,  OUT_INT_OF(struct away,  id),    ""},
    {"first", OUT_DAY, OUT_TEXT_OF(struct away, first), ""},
    {"last",  OUT_DAY, OUT_TEXT_OF(struct away, last),  "that is a day without time, too"},
};
static const struct out_shape away_days_out = OUT_SHAPE("AwayDays", struct away, away_rows);
static const struct out aways_rows[] = {
    {"away", OUT_LIST, OUT_LIST_OF(struct enrolment_view, away, away_count, away_days_out), "days without time that are not over, the earliest first"},
};
const struct out_shape away_out = OUT_SHAPE("Away", struct enrolment_view, aways_rows);

static const struct out supply_rows[] = {
    {"column", OUT_MESSAGE, OUT_TEXT_OF(struct enrolment_supply, column), "in your language"},
    {"wished", OUT_INTEGER, OUT_INT_OF(struct enrolment_supply,  wished), "by mentees; null: one to four, or from which such a number could be worked out", tells_wished},
    {"places", OUT_INTEGER, OUT_INT_OF(struct enrolment_supply,  places), "null: of one to four mentors, or from which such a number could be worked out", tells_places},
};
static const struct out_shape supply_out = OUT_SHAPE("Supply", struct enrolment_supply, supply_rows);
static const struct out supply_row_rows[] = {
    {"label", OUT_MESSAGE, OUT_TEXT_OF(struct enrolment_supply_row, label), "in your language"},
    {"cells", OUT_LIST,    OUT_LIST_OF(struct enrolment_supply_row, cells, count, supply_out), "the last one is of all columns"},
};
static const struct out_shape supply_row_out = OUT_SHAPE("SupplyRow", struct enrolment_supply_row, supply_row_rows);
static const struct out supplies_rows[] = {
    {"by",   OUT_TEXT, OUT_TEXT_OF(struct enrolment_supplies, by), "topic-level, topic-language, topic-band or level-band: what the query's `by` says"},
    {"rows", OUT_LIST, OUT_LIST_OF(struct enrolment_supplies, rows, row_count, supply_row_out), "the largest gap first; the last one is of all rows"},
};
static const struct out_shape supplies_out = OUT_SHAPE("Supplies", struct enrolment_supplies, supplies_rows);
static const struct out pool_rows[] = {
    {"supplies", OUT_OBJECT, OUT_OBJECT_OF(struct enrolment_view, supplies, supplies_out), "sign-ups that are sent or accepted"},
};
const struct out_shape pool_out = OUT_SHAPE("Pool", struct enrolment_view, pool_rows);
// clang-format on

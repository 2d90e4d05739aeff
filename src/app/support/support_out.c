// SPDX-License-Identifier: Apache-2.0
//
// What the pages of plans, resources and training tell programs; see web/out.h. Which answer is
// right stands only in what editors get.
#include "app/support/support_page.h"

OUT_TYPE(pair_step_out, struct pair_item);
OUT_TYPE(agenda_out, struct pair_item);
OUT_TYPE(todo_out, struct pair_item);
OUT_TYPE(resource_row_out, struct resource);
OUT_TYPE(resource_whole_out, struct resource);
OUT_TYPE(resource_saved_out, struct resource);
OUT_TYPE(resource_edit_out, struct resource);
OUT_TYPE(training_row_out, struct training);
OUT_TYPE(training_edit_row_out, struct training);
OUT_TYPE(training_page_row_out, struct training_page);
OUT_TYPE(training_text_out, struct training_page);
OUT_TYPE(answer_out, struct training_answer);
OUT_TYPE(answer_edit_out, struct training_answer);
OUT_TYPE(question_out, struct training_question);
OUT_TYPE(question_edit_out, struct training_question);
OUT_TYPE(plan_row_out, struct plan);
OUT_TYPE(plan_step_out, struct plan_item);
OUT_TYPE(plan_reach_out, struct plan_reach);
OUT_TYPE(training_share_out, struct training_share);
OUT_TYPE(training_rule_out, struct training_rule);
OUT_TYPE(training_stand_out, struct training_stand);

enum { SHARE_LEAST = 5 };

static bool is_enough(const void *from)
{
    const struct training_share *share = from;
    return share->people == 0 || share->people >= SHARE_LEAST;
}

// clang-format off
// ---- plans of pairs ----
static const struct out pair_step_rows[] = {
    {"id",       OUT_ID,      OUT_INT_OF(struct pair_item,  id),               ""},
    {"stage",    OUT_TEXT,    OUT_TEXT_OF(struct pair_item, step.stage_title), ""},
    {"title",    OUT_TEXT,    OUT_TEXT_OF(struct pair_item, step.title),       ""},
    {"text",     OUT_SOME,    OUT_TEXT_OF(struct pair_item, step.text),        "Markdown"},
    {"language", OUT_TEXT,    OUT_TEXT_OF(struct pair_item, step.language),    ""},
    {"kind",     OUT_TEXT,    OUT_TEXT_OF(struct pair_item, step.kind),        "task, message, survey, meeting or resource"},
    {"owner",    OUT_TEXT,    OUT_TEXT_OF(struct pair_item, step.owner),       "mentee, mentor or both"},
    {"resource", OUT_ID,      OUT_INT_OF(struct pair_item,  step.resource),    ""},
    {"due",      OUT_INSTANT, OUT_INT_OF(struct pair_item,  due_at),           ""},
    {"state",    OUT_TEXT,    OUT_TEXT_OF(struct pair_item, state),            "open, done or skipped"},
    {"changed",  OUT_INSTANT, OUT_INT_OF(struct pair_item,  changed_at),       ""},
    {"by",       OUT_SOME,    OUT_TEXT_OF(struct pair_item, by),               "who did it"},
};
static const struct out_shape pair_step_out = OUT_SHAPE("PairStep", struct pair_item, pair_step_rows);
static const struct out pair_plan_rows[] = {
    {"done",    OUT_INTEGER, OUT_INT_OF(struct pair_plan_view, done), "of your steps"},
    {"overdue", OUT_INTEGER, OUT_INT_OF(struct pair_plan_view, late), ""},
    {"all",     OUT_INTEGER, OUT_INT_OF(struct pair_plan_view, all),  "steps that are yours or of both"},
    {"steps",   OUT_LIST,    OUT_LIST_OF(struct pair_plan_view, items, count, pair_step_out), "in order"},
};
const struct out_shape pair_plan_out = OUT_SHAPE("PairPlan", struct pair_plan_view, pair_plan_rows);
static const struct out agenda_rows[] = {
    {"title",    OUT_TEXT, OUT_TEXT_OF(struct pair_item, step.title),    ""},
    {"text",     OUT_TEXT, OUT_TEXT_OF(struct pair_item, step.text),     "Markdown"},
    {"language", OUT_TEXT, OUT_TEXT_OF(struct pair_item, step.language), ""},
    {"state",    OUT_TEXT, OUT_TEXT_OF(struct pair_item, state),         "open, done or skipped"},
};
static const struct out_shape agenda_out = OUT_SHAPE("Agenda", struct pair_item, agenda_rows);
static const struct out agendas_rows[] = {
    {"agendas", OUT_LIST, OUT_LIST_OF(struct pair_plan_view, items, count, agenda_out), ""},
};
const struct out_shape agendas_out = OUT_SHAPE("Agendas", struct pair_plan_view, agendas_rows);

// ---- resources ----
#define RESOURCE_ROWS                                                                                                        \
    {"id",          OUT_ID,      OUT_INT_OF(struct resource,  id),         ""},                                              \
    {"kind",        OUT_TEXT,    OUT_TEXT_OF(struct resource, kind),       "link, page or file"},                            \
    {"title",       OUT_TEXT,    OUT_TEXT_OF(struct resource, title),      ""},                                              \
    {"about",       OUT_TEXT,    OUT_TEXT_OF(struct resource, about),      ""},                                              \
    {"language",    OUT_TEXT,    OUT_TEXT_OF(struct resource, language),   ""},                                              \
    {"role",        OUT_TEXT,    OUT_TEXT_OF(struct resource, role),       "for whom: both, mentee or mentor"},              \
    {"media",       OUT_TEXT,    OUT_TEXT_OF(struct resource, media),      "text, document, image, audio, video or other"},  \
    {"minutes",     OUT_INTEGER, OUT_INT_OF(struct resource,  minutes),    ""},                                              \
    {"captions",    OUT_TEXT,    OUT_TEXT_OF(struct resource, captions),   "yes, no, or none: it needs none"},               \
    {"transcript",  OUT_TEXT,    OUT_TEXT_OF(struct resource, transcript), "as captions"},                                   \
    {"accessible",  OUT_BOOLEAN, OUT_BOOL_OF(struct resource, accessible), "nothing that it needs is missing"},              \
    {"saved",       OUT_INSTANT, OUT_INT_OF(struct resource,  saved_at),   "by you"},                                        \
    {"done",        OUT_INSTANT, OUT_INT_OF(struct resource,  done_at),    "by you"}
static const struct out resource_row_rows[] = {RESOURCE_ROWS};
static const struct out_shape resource_row_out = OUT_SHAPE("ResourceRow", struct resource, resource_row_rows);
static const struct out resources_rows[] = {
    {"resources", OUT_LIST, OUT_LIST_OF(struct resource_view, resources, count, resource_row_out), "the newest first"},
    {"next",      OUT_PATH, OUT_TEXT_OF(struct resource_view, next), ""},
};
const struct out_shape resources_out = OUT_SHAPE("Resources", struct resource_view, resources_rows);
static const struct out resource_whole_rows[] = {
    RESOURCE_ROWS,
    {"stage",       OUT_TEXT,    OUT_TEXT_OF(struct resource, stage),      "any, begin, middle, end or stuck"},
    {"topics",      OUT_WORDS,   OUT_TEXT_OF(struct resource, topics),     ""},
    {"licence",     OUT_TEXT,    OUT_TEXT_OF(struct resource, licence),    ""},
    {"described",   OUT_TEXT,    OUT_TEXT_OF(struct resource, described),  "audio description; as captions"},
    {"tagged",      OUT_TEXT,    OUT_TEXT_OF(struct resource, tagged),     "a screen reader can read it; as captions"},
    {"plain",       OUT_TEXT,    OUT_TEXT_OF(struct resource, plain),      "plain language; as captions"},
    {"url",         OUT_SOME,    OUT_TEXT_OF(struct resource, url),        "of a link"},
    {"text",        OUT_SOME,    OUT_TEXT_OF(struct resource, text),       "of a page; Markdown, or plain text where it is from an article"},
    {"credit",      OUT_SOME,    OUT_TEXT_OF(struct resource, credit),     "who wrote it, as she chose, where it is from an article"},
    {"article",     OUT_ID,      OUT_INT_OF(struct resource,  article),    "that it is from"},
    {"file_name",   OUT_SOME,    OUT_TEXT_OF(struct resource, file_name),  "of a file"},
    {"file_bytes",  OUT_INTEGER, OUT_INT_OF(struct resource,  file_bytes), ""},
    {"taken_away",  OUT_INSTANT, OUT_INT_OF(struct resource,  ended_at),   ""},
};
static const struct out_shape resource_whole_out = OUT_SHAPE("ResourceWhole", struct resource, resource_whole_rows);
static const struct out resource_rows[] = {
    {"resource", OUT_OBJECT, OUT_OBJECT_OF(struct resource_view, resource, resource_whole_out), ""},
};
const struct out_shape resource_out = OUT_SHAPE("Resource", struct resource_view, resource_rows);
static const struct out resource_edit_rows[] = {
    {"id",         OUT_ID,      OUT_INT_OF(struct resource,  id),         ""},
    {"kind",       OUT_TEXT,    OUT_TEXT_OF(struct resource, kind),       "link, page or file"},
    {"title",      OUT_TEXT,    OUT_TEXT_OF(struct resource, title),      ""},
    {"language",   OUT_TEXT,    OUT_TEXT_OF(struct resource, language),   ""},
    {"review_by",  OUT_DAY,     OUT_TEXT_OF(struct resource, review_by),  "when to look at it again"},
    {"accessible", OUT_BOOLEAN, OUT_BOOL_OF(struct resource, accessible), "nothing that it needs is missing"},
    {"taken_away", OUT_INSTANT, OUT_INT_OF(struct resource,  ended_at),   ""},
};
static const struct out_shape resource_edit_out = OUT_SHAPE("ResourceToEdit", struct resource, resource_edit_rows);
static const struct out resource_review_rows[] = {
    {"resources", OUT_LIST, OUT_LIST_OF(struct resource_view, resources, count, resource_edit_out), ""},
    {"next",      OUT_PATH, OUT_TEXT_OF(struct resource_view, next), ""},
};
const struct out_shape resource_review_out = OUT_SHAPE("ResourcesToEdit", struct resource_view, resource_review_rows);

// ---- training ----
static const struct out training_row_rows[] = {
    {"id",        OUT_ID,      OUT_INT_OF(struct training,  id),           ""},
    {"role",      OUT_TEXT,    OUT_TEXT_OF(struct training, role),         "for whom: mentee or mentor"},
    {"title",     OUT_TEXT,    OUT_TEXT_OF(struct training, title),        ""},
    {"about",     OUT_TEXT,    OUT_TEXT_OF(struct training, about),        ""},
    {"language",  OUT_TEXT,    OUT_TEXT_OF(struct training, words),        ""},
    {"minutes",   OUT_INTEGER, OUT_INT_OF(struct training,  minutes),      ""},
    {"version",   OUT_INTEGER, OUT_INT_OF(struct training,  version),      ""},
    {"completed", OUT_INSTANT, OUT_INT_OF(struct training,  done_at),      "by you, in a version that counts"},
};
static const struct out_shape training_row_out = OUT_SHAPE("TrainingRow", struct training, training_row_rows);
static const struct out resource_saved_rows[] = {
    {"id",    OUT_ID,      OUT_INT_OF(struct resource,  id),      ""},
    {"title", OUT_TEXT,    OUT_TEXT_OF(struct resource, title),   ""},
    {"done",  OUT_INSTANT, OUT_INT_OF(struct resource,  done_at), ""},
};
static const struct out_shape resource_saved_out = OUT_SHAPE("ResourceSaved", struct resource, resource_saved_rows);
static const struct out learn_rows[] = {
    {"trainings", OUT_LIST, OUT_LIST_OF(struct training_view, trainings, training_count, training_row_out), ""},
    {"saved",     OUT_LIST, OUT_LIST_OF(struct training_view, saved, saved_count, resource_saved_out), "by you"},
};
const struct out_shape learn_out = OUT_SHAPE("Learn", struct training_view, learn_rows);
static const struct out training_page_row_rows[] = {
    {"id",        OUT_ID,      OUT_INT_OF(struct training_page,  page),      ""},
    {"title",     OUT_TEXT,    OUT_TEXT_OF(struct training_page, title),     ""},
    {"language",  OUT_TEXT,    OUT_TEXT_OF(struct training_page, language),  ""},
    {"questions", OUT_INTEGER, OUT_INT_OF(struct training_page,  questions), ""},
    {"done",      OUT_BOOLEAN, OUT_BOOL_OF(struct training_page, seen),      "by you"},
};
static const struct out_shape training_page_row_out = OUT_SHAPE("TrainingPageRow", struct training_page, training_page_row_rows);
static const struct out training_rows[] = {
    {"training", OUT_OBJECT, OUT_OBJECT_OF(struct training_view, training, training_row_out), ""},
    {"pages",    OUT_LIST,   OUT_LIST_OF(struct training_view, pages, page_count, training_page_row_out), ""},
};
const struct out_shape training_out = OUT_SHAPE("Training", struct training_view, training_rows);
static const struct out training_text_rows[] = {
    {"id",       OUT_ID,      OUT_INT_OF(struct training_page,  page),     ""},
    {"title",    OUT_TEXT,    OUT_TEXT_OF(struct training_page, title),    ""},
    {"text",     OUT_TEXT,    OUT_TEXT_OF(struct training_page, text),     "Markdown"},
    {"language", OUT_TEXT,    OUT_TEXT_OF(struct training_page, language), ""},
    {"done",     OUT_BOOLEAN, OUT_BOOL_OF(struct training_page, seen),     "by you"},
};
static const struct out_shape training_text_out = OUT_SHAPE("TrainingText", struct training_page, training_text_rows);
static const struct out answer_rows[] = {
    {"value", OUT_INTEGER, OUT_INT_OF(struct training_answer,  place), "what forms take for it"},
    {"text",  OUT_TEXT,    OUT_TEXT_OF(struct training_answer, text),  ""},
};
static const struct out_shape answer_out = OUT_SHAPE("AnswerToChoose", struct training_answer, answer_rows);
static const struct out question_rows[] = {
    {"text",    OUT_TEXT, OUT_TEXT_OF(struct training_question, text), "the answer to the first is q1, to the second q2"},
    {"answers", OUT_LIST, OUT_ARRAY_OF(struct training_question, answers, count, answer_out), ""},
};
static const struct out_shape question_out = OUT_SHAPE("QuestionToAnswer", struct training_question, question_rows);
static const struct out training_page_rows[] = {
    {"page",      OUT_OBJECT, OUT_OBJECT_OF(struct training_view, page, training_text_out), ""},
    {"questions", OUT_LIST,   OUT_LIST_OF(struct training_view, questions, question_count, question_out), ""},
};
const struct out_shape training_page_out = OUT_SHAPE("TrainingPage", struct training_view, training_page_rows);

// ---- what editors write ----
static const struct out training_edit_row_rows[] = {
    {"id",       OUT_ID,      OUT_INT_OF(struct training,  id),       ""},
    {"role",     OUT_TEXT,    OUT_TEXT_OF(struct training, role),     "for whom: mentee or mentor"},
    {"title",    OUT_TEXT,    OUT_TEXT_OF(struct training, title),    ""},
    {"minutes",  OUT_INTEGER, OUT_INT_OF(struct training,  minutes),  ""},
    {"version",  OUT_INTEGER, OUT_INT_OF(struct training,  version),  "0: none is published"},
    {"draft",    OUT_BOOLEAN, OUT_BOOL_OF(struct training, draft),    "the next version is being written"},
    {"ended",    OUT_INSTANT, OUT_INT_OF(struct training,  ended_at), ""},
};
static const struct out_shape training_edit_row_out = OUT_SHAPE("TrainingEditRow", struct training, training_edit_row_rows);
static const struct out trainings_rows[] = {
    {"trainings", OUT_LIST, OUT_LIST_OF(struct training_view, trainings, training_count, training_edit_row_out), ""},
};
const struct out_shape trainings_out = OUT_SHAPE("TrainingsToEdit", struct training_view, trainings_rows);
static const struct out training_edit_rows[] = {
    {"training", OUT_OBJECT, OUT_OBJECT_OF(struct training_view, training, training_edit_row_out), ""},
    {"pages",    OUT_LIST,   OUT_LIST_OF(struct training_view, pages, page_count, training_page_row_out), "of the version that is written, or else of the published one"},
};
const struct out_shape training_edit_out = OUT_SHAPE("TrainingToEdit", struct training_view, training_edit_rows);
static const struct out answer_edit_rows[] = {
    {"text",     OUT_TEXT,    OUT_TEXT_OF(struct training_answer, text),     ""},
    {"right",    OUT_BOOLEAN, OUT_BOOL_OF(struct training_answer, correct),  ""},
    {"feedback", OUT_SOME,    OUT_TEXT_OF(struct training_answer, feedback), "to who chooses it"},
};
static const struct out_shape answer_edit_out = OUT_SHAPE("AnswerToEdit", struct training_answer, answer_edit_rows);
static const struct out question_edit_rows[] = {
    {"id",      OUT_ID,   OUT_INT_OF(struct training_question,  question), ""},
    {"text",    OUT_TEXT, OUT_TEXT_OF(struct training_question, text),     ""},
    {"answers", OUT_LIST, OUT_ARRAY_OF(struct training_question, answers, count, answer_edit_out), ""},
};
static const struct out_shape question_edit_out = OUT_SHAPE("QuestionToEdit", struct training_question, question_edit_rows);
static const struct out training_page_edit_rows[] = {
    {"page",      OUT_OBJECT, OUT_OBJECT_OF(struct training_view, page, training_text_out), "null: a new one"},
    {"questions", OUT_LIST,   OUT_LIST_OF(struct training_view, questions, question_count, question_edit_out), ""},
};
const struct out_shape training_page_edit_out = OUT_SHAPE("TrainingPageToEdit", struct training_view, training_page_edit_rows);

static const struct out plan_row_rows[] = {
    {"id",       OUT_ID,      OUT_INT_OF(struct plan,  id),       ""},
    {"cohort",   OUT_ID,      OUT_INT_OF(struct plan,  cohort),   "or programme whose pairs get it; null: all"},
    {"role",     OUT_TEXT,    OUT_TEXT_OF(struct plan, role),     "who sees it: pair, mentee or mentor"},
    {"title",    OUT_TEXT,    OUT_TEXT_OF(struct plan, title),    ""},
    {"language", OUT_TEXT,    OUT_TEXT_OF(struct plan, language), ""},
    {"version",  OUT_INTEGER, OUT_INT_OF(struct plan,  version),  "that pairs get; 0: none yet"},
    {"draft",    OUT_BOOLEAN, OUT_BOOL_OF(struct plan, draft),    "the next version is being written"},
    {"ended",    OUT_INSTANT, OUT_INT_OF(struct plan,  ended_at), ""},
};
static const struct out_shape plan_row_out = OUT_SHAPE("PlanRow", struct plan, plan_row_rows);
static const struct out plans_rows[] = {
    {"plans", OUT_LIST, OUT_LIST_OF(struct template_view, plans, plan_count, plan_row_out), ""},
};
const struct out_shape plans_out = OUT_SHAPE("Plans", struct template_view, plans_rows);
static const struct out plan_step_rows[] = {
    {"id",       OUT_ID,      OUT_INT_OF(struct plan_item,  item),        ""},
    {"stage",    OUT_TEXT,    OUT_TEXT_OF(struct plan_item, stage_title), ""},
    {"kind",     OUT_TEXT,    OUT_TEXT_OF(struct plan_item, kind),        "task, message, survey, meeting or resource"},
    {"owner",    OUT_TEXT,    OUT_TEXT_OF(struct plan_item, owner),       "mentee, mentor, both or coordinator"},
    {"days",     OUT_INTEGER, OUT_INT_OF(struct plan_item,  days),        "after the beginning; below 0: before the last day"},
    {"unless",   OUT_SOME,    OUT_TEXT_OF(struct plan_item, unless),      "not needed once there is a meeting, an agreement or a goal"},
    {"title",    OUT_TEXT,    OUT_TEXT_OF(struct plan_item, title),       ""},
    {"text",     OUT_SOME,    OUT_TEXT_OF(struct plan_item, text),        "Markdown"},
    {"language", OUT_TEXT,    OUT_TEXT_OF(struct plan_item, language),    ""},
};
static const struct out_shape plan_step_out = OUT_SHAPE("PlanStep", struct plan_item, plan_step_rows);
static const struct out plan_rows[] = {
    {"plan",    OUT_OBJECT,  OUT_OBJECT_OF(struct template_view, plan, plan_row_out), ""},
    {"version", OUT_INTEGER, OUT_INT_OF(struct template_view,    version), "of these steps"},
    {"steps",   OUT_LIST,    OUT_LIST_OF(struct template_view, items, item_count, plan_step_out), ""},
};
const struct out_shape plan_out = OUT_SHAPE("Plan", struct template_view, plan_rows);
static const struct out plan_reach_rows[] = {
    {"pairs",   OUT_INTEGER, OUT_INT_OF(struct plan_reach, pairs),   "under way with the plan"},
    {"changed", OUT_INTEGER, OUT_INT_OF(struct plan_reach, changed), "their steps, not yet due, that would change"},
    {"added",   OUT_INTEGER, OUT_INT_OF(struct plan_reach, added),   ""},
    {"dropped", OUT_INTEGER, OUT_INT_OF(struct plan_reach, dropped), ""},
};
static const struct out_shape plan_reach_out = OUT_SHAPE("PlanReach", struct plan_reach, plan_reach_rows);
static const struct out plan_publish_rows[] = {
    {"reach", OUT_OBJECT, OUT_OBJECT_OF(struct template_view, reach, plan_reach_out), "with pairs under way too"},
};
const struct out_shape plan_publish_out = OUT_SHAPE("PlanToPublish", struct template_view, plan_publish_rows);
static const struct out support_home_rows[] = {
    {"resources", OUT_INTEGER, OUT_INT_OF(struct editor_view, resources), ""},
    {"to_review", OUT_INTEGER, OUT_INT_OF(struct editor_view, to_review), "resources that are past their day"},
    {"trainings", OUT_INTEGER, OUT_INT_OF(struct editor_view, trainings), ""},
    {"plans",     OUT_INTEGER, OUT_INT_OF(struct editor_view, plans),     ""},
};
const struct out_shape support_home_out = OUT_SHAPE("Support", struct editor_view, support_home_rows);

// ---- a cohort ----
static const struct out training_share_rows[] = {
    {"people", OUT_INTEGER, OUT_INT_OF(struct training_share, people), "who are asked; null: too few to tell", is_enough},
    {"done",   OUT_INTEGER, OUT_INT_OF(struct training_share, done),   "null: too few to tell", is_enough},
};
static const struct out_shape training_share_out = OUT_SHAPE("TrainingShare", struct training_share, training_share_rows);
static const struct out training_rule_rows[] = {
    {"role",     OUT_TEXT, OUT_TEXT_OF(struct training_rule, role),     "mentee or mentor"},
    {"when",     OUT_TEXT, OUT_TEXT_OF(struct training_rule, moment),   "none, meeting or pool"},
    {"training", OUT_ID,   OUT_INT_OF(struct training_rule,  training), ""},
};
static const struct out_shape training_rule_out = OUT_SHAPE("TrainingRule", struct training_rule, training_rule_rows);
static const struct out todo_rows[] = {
    {"id",     OUT_ID,      OUT_INT_OF(struct pair_item,  id),         ""},
    {"match",  OUT_ID,      OUT_INT_OF(struct pair_item,  match),      ""},
    {"mentee", OUT_TEXT,    OUT_TEXT_OF(struct pair_item, mentee),     ""},
    {"mentor", OUT_TEXT,    OUT_TEXT_OF(struct pair_item, mentor),     ""},
    {"title",  OUT_TEXT,    OUT_TEXT_OF(struct pair_item, step.title), ""},
    {"due",    OUT_INSTANT, OUT_INT_OF(struct pair_item,  due_at),     ""},
};
static const struct out_shape todo_out = OUT_SHAPE("CoordinatorStep", struct pair_item, todo_rows);
static const struct out cohort_support_rows[] = {
    {"todo",  OUT_LIST,   OUT_LIST_OF(struct support_view, todo, todo_count, todo_out), "what waits for a coordinator"},
    {"plans", OUT_LIST,   OUT_LIST_OF(struct support_view, plans, plan_count, plan_row_out), "that a pair gets when it begins"},
    {"mentees",  OUT_OBJECT, OUT_OBJECT_OF(struct support_view, shares[0], training_share_out), ""},
    {"mentors",  OUT_OBJECT, OUT_OBJECT_OF(struct support_view, shares[1], training_share_out), ""},
    {"rule_mentees", OUT_OBJECT, OUT_OBJECT_OF(struct support_view, rules[0], training_rule_out), ""},
    {"rule_mentors", OUT_OBJECT, OUT_OBJECT_OF(struct support_view, rules[1], training_rule_out), ""},
};
const struct out_shape cohort_support_out = OUT_SHAPE("CohortSupport", struct support_view, cohort_support_rows);
static const struct out training_stand_rows[] = {
    {"person",    OUT_ID,      OUT_INT_OF(struct training_stand,  person),  ""},
    {"name",      OUT_TEXT,    OUT_TEXT_OF(struct training_stand, name),    ""},
    {"training",  OUT_SOME,    OUT_TEXT_OF(struct training_stand, title),   "null: nothing is asked"},
    {"pages",     OUT_INTEGER, OUT_INT_OF(struct training_stand,  pages),   ""},
    {"seen",      OUT_INTEGER, OUT_INT_OF(struct training_stand,  seen),    "of these pages"},
    {"completed", OUT_INSTANT, OUT_INT_OF(struct training_stand,  done_at), ""},
    {"version",   OUT_INTEGER, OUT_INT_OF(struct training_stand,  version), "that was completed; 0: none"},
    {"counts",    OUT_BOOLEAN, OUT_BOOL_OF(struct training_stand, counts),  "it need not be done again"},
};
static const struct out_shape training_stand_out = OUT_SHAPE("TrainingStand", struct training_stand, training_stand_rows);
static const struct out cohort_training_rows[] = {
    {"people", OUT_LIST, OUT_LIST_OF(struct support_view, stands, stand_count, training_stand_out), "by name"},
    {"next",   OUT_PATH, OUT_TEXT_OF(struct support_view, next), ""},
};
const struct out_shape cohort_training_out = OUT_SHAPE("CohortTraining", struct support_view, cohort_training_rows);
// clang-format on

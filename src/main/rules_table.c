// SPDX-License-Identifier: Apache-2.0
// The rows of a rules file; see rules_table.h.
#include "rules_table.h"

#include <stddef.h>

// clang-format off
static const struct rules_rule_row rule_rows[MM_RULES] = {
    [MM_R_SAME_HUMAN] = {"not with oneself", NULL, NULL, 1, 0, 0, false, false,
        "Someone who stands on both sheets is not matched with themself, and two people do not "
        "mentor each other."},
    [MM_R_AVOID] = {"do not match", NULL, NULL, 1, 0, 0, false, true,
        "The do-not-match list (--avoid) is always kept."},
    [MM_R_VETO] = {"vetoes", NULL, NULL, 1, 0, 0, false, false,
        "People whom someone asked not to be matched with are kept from them."},
    [MM_R_LANGUAGE] = {"language in common", NULL, NULL, 1, 0, 0, true, false,
        "Both speak one language at the level needed (see [sheets])."},
    [MM_R_OVERLAP] = {"overlap", "minutes a week", NULL, 1, 15, 10080, true, false,
        "Both are free at the same time for so long, also in the weeks when daylight saving moves "
        "them apart."},
    [MM_R_SENIORITY] = {"seniority", "grades", "grade", 1, 1, 19, true, false,
        "The mentor stands at least so many grades above the mentee (student, junior, middle, "
        "senior, lead, executive)."},
    [MM_R_EMPLOYER] = {"different employer", NULL, NULL, 1, 0, 0, true, false,
        "They do not work for the same employer."},
    [MM_R_LINE] = {"different reporting line", NULL, NULL, 1, 0, 0, true, false,
        "Neither reports to the other or to the same manager."},
    [MM_R_ASKS_WOMAN] = {"asks for a woman", NULL, NULL, 1, 0, 0, true, false,
        "A mentee who asks for a mentor who is a woman gets one."},
    [MM_R_OPEN_TO_ALL] = {"mentors women only", NULL, NULL, 1, 0, 0, true, false,
        "A mentor who is not open to mentees who are not women gets women only."},
    [MM_R_PLACE] = {"same place", NULL, NULL, 1, 0, 0, true, false,
        "Who wants to meet in person gets someone in the same place."},
    [MM_R_FORMAT] = {"format in common", NULL, NULL, 1, 0, 0, true, false,
        "Both can meet in one way: video, audio, text, in person."},
    [MM_R_ZONE] = {"time difference", "minutes", NULL, 1, 0, 720, true, false,
        "Their clocks differ by at most so much, also in the weeks when daylight saving moves "
        "them apart."},
    [MM_R_TOPIC] = {"a wish covered", "percent", NULL, 1, 1, 100, true, false,
        "The mentor covers at least one wish this well (100: the very topic; 95: a near spelling; "
        "80: one within the other; 30: one word in common)."},
    [MM_R_LOW_SCORE] = {"score", "points of 100", NULL, 100, 1, 100, false, false,
        "The pair's score is at least so high."},
};

static const struct rules_weight_row weight_rows[MM_CRITERIA] = {
    [MM_C_TOPICS] = {"topics", "How much of what the mentee wants help with the mentor covers."},
    [MM_C_LEVELS] = {"skill levels",
        "The mentor knows the covered topics at least one level better."},
    [MM_C_SENIORITY] = {"seniority", "The mentor is further on, best by the gap below."},
    [MM_C_INTERESTS] = {"interests", "Interests that both named."},
    [MM_C_VALUES] = {"values",
        "Statements on values and working style (1 to 5) answered alike."},
    [MM_C_LANGUAGES] = {"languages", "One language in common, better two."},
    [MM_C_OVERLAP] = {"overlap", "Time in the week when both are free."},
    [MM_C_ZONE] = {"time difference", "Clocks that are close."},
    [MM_C_INDUSTRY] = {"industry", "The same industry."},
    [MM_C_FORMAT] = {"format", "A way of meeting that suits both."},
    [MM_C_CADENCE] = {"cadence", "The wish to meet equally often."},
    [MM_C_CHOICE_MENTEE] = {"mentee's choice", "Where the mentee ranked this mentor."},
    [MM_C_CHOICE_MENTOR] = {"mentor's choice", "Where the mentor ranked this mentee."},
};

static const struct rules_level_row level_rows[] = {
    [MM_END] = {"", ""},
    [MM_CARDINALITY] = {"most mentees", "as many mentees as possible get a mentor"},
    [MM_PRIORITY] = {"carried over", "people carried over from an earlier round come first"},
    [MM_FLOOR] = {"lowest score", "the lowest score of any pair is as high as possible"},
    [MM_BANDS] = {"fewest weak pairs",
        "as few pairs as possible in the weakest band of scores, then in the next"},
    [MM_TOTAL] = {"highest total", "the sum of all scores is as high as possible"},
    [MM_DISTURBANCE] = {"fewest moves", "as many published pairs as possible stay"},
};

static const struct rules_setting_row setting_rows[RULES_SETTINGS] = {
    [RULES_SENIORITY_BEST] = {"best seniority gap", RULES_WEIGHTS, "a whole number from 1 to 19",
        "Grades between mentee and mentor that are worth most."},
    [RULES_OVERLAP_ENOUGH] = {"overlap that is enough", RULES_WEIGHTS,
        "minutes a week, from 15 to 10080", "Minutes a week beyond which more adds nothing."},
    [RULES_WISH_ORDER] = {"wishes in order", RULES_SHEETS, "yes or no",
        "yes: the first wish in a cell counts most (10, 9, 8, 7, 6, then 5 each). no: all alike."},
    [RULES_LANGUAGE_LEVEL] = {"language level", RULES_SHEETS,
        "any, A1, A2, B1, B2, C1, C2 or native",
        "A language counts as spoken from this level on. One without a level always counts."},
    [RULES_DISTINCT] = {"different backgrounds", RULES_SHEETS, "yes or no",
        "yes: who wants several mentors gets them from different employers and roles."},
    [RULES_LEVELS] = {"order", RULES_OBJECTIVE,
        "a list of: most mentees, carried over, lowest score, fewest weak pairs, highest total, "
        "fewest moves",
        "What comes first. Each is made as good as possible without giving up any before it."},
    [RULES_BANDS] = {"bands", RULES_OBJECTIVE, "a whole number from 2 to 20",
        "Scores fall into so many bands for \"fewest weak pairs\"."},
    [RULES_KEEP] = {"published pairs", RULES_OBJECTIVE,
        "free, all, a number of moves such as 3, or price 500",
        "With --previous. free: pairs may move. all: none moves. 3: at most three move. price 500: "
        "a move must gain 5.00 points of 100."},
    [RULES_SEED] = {"seed", RULES_OBJECTIVE, "a whole number from 0 up",
        "Decides between results that are equally good. Any number does; keep it to get the same "
        "result again."},
    [RULES_START] = {"start", RULES_COHORT, "a date such as 2026-09-07",
        "First day. Only daylight saving depends on it."},
    [RULES_WEEKS] = {"weeks", RULES_COHORT, "a whole number from 1 to 104",
        "How long the pairs meet."},
};

static const struct {
    const char *name;
    const char *explanation;
} sections[RULES_SECTIONS] = {
    [RULES_HARD] = {"hard rules",
        "What a pair must keep. on, off, or an amount. Where a person has not answered what a rule "
        "needs, \"unanswered allowed\" lets the pair be and flags it, \"unanswered refused\" does "
        "not."},
    [RULES_WEIGHTS] = {"weights",
        "What makes a pair good. 0 (does not count) to 10, or Low (2), Medium (5), High (8), or "
        "Mandatory (10, and a pair without any of it is refused). What nobody on one sheet answered "
        "does not count."},
    [RULES_SHEETS] = {"sheets", "How cells are taken."},
    [RULES_OBJECTIVE] = {"objective", "What the best set of pairs is."},
    [RULES_COHORT] = {"cohort", "When the pairs meet."},
};
// clang-format on

const struct rules_rule_row *rules_rule_row(enum mm_rule_kind rule)
{
    return &rule_rows[rule];
}

const struct rules_weight_row *rules_weight_row(enum mm_criterion_kind criterion)
{
    return &weight_rows[criterion];
}

const struct rules_level_row *rules_level_row(enum mm_level_kind level)
{
    return &level_rows[level];
}

const struct rules_setting_row *rules_setting_row(enum rules_setting setting)
{
    return &setting_rows[setting];
}

const char *rules_section_name(enum rules_section section)
{
    return sections[section].name;
}

const char *rules_section_explanation(enum rules_section section)
{
    return sections[section].explanation;
}

// SPDX-License-Identifier: Apache-2.0
//
// What the pages of matching tell programs; see web/out.h. A person's own match is told through a
// card that has only what she may know at its stage.
#include "app/match/match_page.h"

OUT_TYPE(rules_rows_out, struct match_rules);
OUT_TYPE(run_row_out, struct match_run);
OUT_TYPE(pair_row_out, struct match_pair);
OUT_TYPE(lonely_out, struct match_lonely);
OUT_TYPE(skipped_out, struct match_skipped);
OUT_TYPE(profile_out, struct match_profile);
OUT_TYPE(link_out, struct match_link_row);
OUT_TYPE(part_out, struct match_part);
OUT_TYPE(candidate_out, struct match_candidate);
OUT_TYPE(card_out, struct match_own_card);
OUT_TYPE(match_row_out, struct match);
OUT_TYPE(mentor_out, struct choice_card);
OUT_TYPE(choice_out, struct match_choice);
OUT_TYPE(own_choice_out, struct match_choice);
OUT_TYPE(proposal_row_out, struct match_proposal);
OUT_TYPE(judged_out, struct enrolment);
OUT_TYPE(vote_out, struct match_vote);
OUT_TYPE(minute_out, struct match_vote);
OUT_TYPE(tally_out, struct match_tally);
OUT_TYPE(named_out, struct enrolment);

static const char *const rule_names[MATCH_REASONS + 1] = {
    [MATCH_MUST] = "must_topics",
    [MATCH_MUST + 1] = "must_level",
    [MATCH_MUST + 2] = "must_time",
    [MATCH_MUST + 3] = "must_languages",
    [MATCH_MUST + 4] = "must_formats",
    [MATCH_MUST + 5] = "must_choices",
    [MATCH_MUST_ANY] = "must",
    [MATCH_MUST_OF(6)] = "must_answers",
    [MATCH_MUST_OF(7)] = "must_style",
    [MATCH_MUST_OF(8)] = "must_cadence",
    [MATCH_MUST_OF(9)] = "must_skill",
    [MATCH_MUST_OF(10)] = "must_chosen",
    [MATCH_MUST_ANSWER] = "answer",
    [MM_R_SAME_HUMAN] = "same_person",
    [MM_R_AVOID] = "kept_apart",
    [MM_R_VETO] = "said_no",
    [MM_R_LANGUAGE] = "language",
    [MM_R_OVERLAP] = "overlap",
    [MM_R_SENIORITY] = "seniority",
    [MM_R_EMPLOYER] = "employer",
    [MM_R_LINE] = "line",
    [MM_R_ASKS_WOMAN] = "asks_for_woman",
    [MM_R_OPEN_TO_ALL] = "women_only",
    [MM_R_PLACE] = "place",
    [MM_R_FORMAT] = "format",
    [MM_R_ZONE] = "zone",
    [MM_R_TOPIC] = "topic",
    [MM_R_LOW_SCORE] = "score",
};

static bool has_score(const void *from)
{
    const struct match_pair *pair = from;
    return pair->score >= 0;
}

static bool is_allowed(const void *from)
{
    const struct match_candidate *candidate = from;
    return candidate->allowed;
}

static bool has_rule(const void *from)
{
    const struct match_lonely *lonely = from;
    return lonely->rule >= 0 && lonely->left == 0;
}

static const char *const must_names[] = {"topics",  "level",   "time",    "languages",
                                         "formats", "choices", "answers", "style",
                                         "cadence", "skill",   NULL};

// clang-format off
static const struct out rules_rows[] = {
    {"version",   OUT_INTEGER, OUT_INT_OF(struct match_rules,  version),   "0: the usual rules"},
    {"overlap",   OUT_INTEGER, OUT_INT_OF(struct match_rules,  overlap),   "minutes a week in common at least; 0: not asked"},
    {"gap",       OUT_INTEGER, OUT_INT_OF(struct match_rules,  gap),       "levels that a mentor is above her mentee"},
    {"language",  OUT_BOOLEAN, OUT_BOOL_OF(struct match_rules, language),  "a language in common"},
    {"employer",  OUT_BOOLEAN, OUT_BOOL_OF(struct match_rules, employer),  "not of one house"},
    {"format",    OUT_BOOLEAN, OUT_BOOL_OF(struct match_rules, format),    "a way to meet in common"},
    {"place",     OUT_BOOLEAN, OUT_BOOL_OF(struct match_rules, place),     "where in person is the only way in common, the same place"},
    {"lowest",    OUT_INTEGER, OUT_INT_OF(struct match_rules,  lowest),    "a score of at least, of 10,000"},
    {"topics",    OUT_INTEGER, OUT_INT_OF(struct match_rules,  weight[0]), "weight, 0 to 10"},
    {"level",     OUT_INTEGER, OUT_INT_OF(struct match_rules,  weight[1]), "weight"},
    {"time",      OUT_INTEGER, OUT_INT_OF(struct match_rules,  weight[2]), "weight"},
    {"languages", OUT_INTEGER, OUT_INT_OF(struct match_rules,  weight[3]), "weight"},
    {"formats",   OUT_INTEGER, OUT_INT_OF(struct match_rules,  weight[4]), "weight"},
    {"choices",   OUT_INTEGER, OUT_INT_OF(struct match_rules,  weight[5]), "weight"},
    {"answers",   OUT_INTEGER, OUT_INT_OF(struct match_rules,  weight[6]), "weight of own answers in common"},
    {"style",     OUT_INTEGER, OUT_INT_OF(struct match_rules,  weight[7]), "weight of ways of working"},
    {"cadence",   OUT_INTEGER, OUT_INT_OF(struct match_rules,  weight[8]), "weight of how often to meet"},
    {"skill",     OUT_INTEGER, OUT_INT_OF(struct match_rules,  weight[9]), "weight of levels in topics"},
    {"chosen",    OUT_INTEGER, OUT_INT_OF(struct match_rules,  weight[10]), "weight of where a mentor ranks who chose her"},
    {"order",     OUT_TEXT,    OUT_TEXT_OF(struct match_rules, order),     "most people first, or the highest score"},
    {"asks",      OUT_TEXT,    OUT_TEXT_OF(struct match_rules, asks),      "both, mentor_first, mentee_first or none"},
    {"days",      OUT_INTEGER, OUT_INT_OF(struct match_rules,  days),      "that an offer stands"},
    {"passes_on", OUT_BOOLEAN, OUT_BOOL_OF(struct match_rules, passes_on), "a declined place is offered on by itself"},
    {"must",      OUT_FLAGS,   OUT_INT_OF(struct match_rules,  must),      "criteria of which a pair has at least something", .names = must_names},
    {"note",      OUT_TEXT,    OUT_TEXT_OF(struct match_rules, note),      "why there is this version"},
};
static const struct out_shape rules_rows_out = OUT_SHAPE("MatchRules", struct match_rules, rules_rows);
static const struct out rules_page_rows[] = {
    {"rules", OUT_OBJECT, OUT_OBJECT_OF(struct match_view, rules, rules_rows_out), ""},
};
const struct out_shape rules_out = OUT_SHAPE("MatchRulesPage", struct match_view, rules_page_rows);

static const struct out run_rows[] = {
    {"id",        OUT_ID,      OUT_INT_OF(struct match_run,  id),        ""},
    {"state",     OUT_TEXT,    OUT_TEXT_OF(struct match_run, state),     "computing, under_review, published, discarded or failed"},
    {"made_at",   OUT_INSTANT, OUT_TIME_OF(struct match_run, made_at),   ""},
    {"mentees",   OUT_INTEGER, OUT_INT_OF(struct match_run,  mentees),   ""},
    {"mentors",   OUT_INTEGER, OUT_INT_OF(struct match_run,  mentors),   ""},
    {"matched",   OUT_INTEGER, OUT_INT_OF(struct match_run,  matched),   "mentees with a mentor"},
    {"total",     OUT_INTEGER, OUT_INT_OF(struct match_run,  total),     "the sum of all scores"},
    {"lowest",    OUT_INTEGER, OUT_INT_OF(struct match_run,  lowest),    "the score of the weakest pair, of 10,000"},
    {"proved",    OUT_BOOLEAN, OUT_BOOL_OF(struct match_run, proved),    "no better set of pairs exists"},
    {"progress",  OUT_INTEGER, OUT_INT_OF(struct match_run,  progress),  "percent, while it computes"},
    {"committee", OUT_BOOLEAN, OUT_BOOL_OF(struct match_run, committee), "only pairs that the committee accepts are published"},
};
static const struct out_shape run_row_out = OUT_SHAPE("Run", struct match_run, run_rows);

static const struct out pair_rows[] = {
    {"mentee",      OUT_ID,      OUT_INT_OF(struct match_pair,  mentee),      "her sign-up"},
    {"mentor",      OUT_ID,      OUT_INT_OF(struct match_pair,  mentor),      "her sign-up"},
    {"mentee_name", OUT_TEXT,    OUT_TEXT_OF(struct match_pair, mentee_name), ""},
    {"mentor_name", OUT_TEXT,    OUT_TEXT_OF(struct match_pair, mentor_name), ""},
    {"score",       OUT_INTEGER, OUT_INT_OF(struct match_pair,  score),       "of 10,000; null: the rules forbid it", has_score},
    {"overlap",     OUT_INTEGER, OUT_INT_OF(struct match_pair,  overlap),     "minutes a week in common, in the worst part of the year"},
    {"no_times",    OUT_BOOLEAN, OUT_BOOL_OF(struct match_pair, flagged),     "one of them has given no times"},
    {"pinned",      OUT_BOOLEAN, OUT_BOOL_OF(struct match_pair, pinned),      "kept together by hand"},
    {"topics",      OUT_SOME,    OUT_TEXT_OF(struct match_pair, topics),      "in common: known ones, then | and their own words"},
    {"answers",     OUT_SOME,    OUT_TEXT_OF(struct match_pair, answers),     "that both gave to the programme's own questions, with a semicolon between"},
};
static const struct out_shape pair_row_out = OUT_SHAPE("RunPair", struct match_pair, pair_rows);

static const struct out lonely_rows[] = {
    {"mentee",  OUT_ID,      OUT_INT_OF(struct match_lonely,  mentee),  "her sign-up"},
    {"name",    OUT_TEXT,    OUT_TEXT_OF(struct match_lonely, name),    ""},
    {"mentors", OUT_INTEGER, OUT_INT_OF(struct match_lonely,  mentors), "mentors with a place"},
    {"allowed", OUT_INTEGER, OUT_INT_OF(struct match_lonely,  left),    "those whom the rules allow, but whose places are taken"},
    {"amount",  OUT_INTEGER, OUT_INT_OF(struct match_lonely,  amount),  "of the rule to ease that would give her somebody; null: none would", has_rule},
    {"removed", OUT_TEXT,    OUT_TEXT_OF(struct match_lonely, removed), "how many mentors each rule removes: number:count"},
};
static const struct out_shape lonely_out = OUT_SHAPE("WithoutMentor", struct match_lonely, lonely_rows);

static const struct out skipped_rows[] = {
    {"mentee",      OUT_ID,      OUT_INT_OF(struct match_skipped,  mentee),      "her sign-up"},
    {"mentor",      OUT_ID,      OUT_INT_OF(struct match_skipped,  mentor),      "her sign-up"},
    {"mentee_name", OUT_TEXT,    OUT_TEXT_OF(struct match_skipped, mentee_name), ""},
    {"mentor_name", OUT_TEXT,    OUT_TEXT_OF(struct match_skipped, mentor_name), ""},
    {"at",          OUT_INSTANT, OUT_TIME_OF(struct match_skipped, at),          "when the run was published"},
};
static const struct out_shape skipped_out = OUT_SHAPE("PassedOver", struct match_skipped, skipped_rows);

static const struct out profile_rows[] = {
    {"topic",    OUT_TEXT,    OUT_TEXT_OF(struct match_profile, topic),    ""},
    {"language", OUT_TEXT,    OUT_TEXT_OF(struct match_profile, language), ""},
    {"level",    OUT_INTEGER, OUT_INT_OF(struct match_profile,  level),    "experience, at least: 1 beginner to 4 expert"},
    {"count",    OUT_INTEGER, OUT_INT_OF(struct match_profile,  count),    "mentees whom she would suit, and none of the rows before does"},
};
static const struct out_shape profile_out = OUT_SHAPE("Profile", struct match_profile, profile_rows);

static const struct out link_rows[] = {
    {"mentee", OUT_TEXT, OUT_TEXT_OF(struct match_link_row, mentee), ""},
    {"mentor", OUT_TEXT, OUT_TEXT_OF(struct match_link_row, mentor), ""},
    {"kind",   OUT_TEXT, OUT_TEXT_OF(struct match_link_row, kind),   "pin: kept together; ban: never together"},
    {"note",   OUT_TEXT, OUT_TEXT_OF(struct match_link_row, note),   ""},
};
static const struct out_shape link_out = OUT_SHAPE("DecidedByHand", struct match_link_row, link_rows);

static const struct out matching_rows[] = {
    {"mentees", OUT_INTEGER, OUT_INT_OF(struct match_view,  approved_mentees), "accepted"},
    {"mentors", OUT_INTEGER, OUT_INT_OF(struct match_view,  approved_mentors), "accepted"},
    {"places",  OUT_INTEGER, OUT_INT_OF(struct match_view,  places),           "of mentors"},
    {"live",    OUT_INTEGER, OUT_INT_OF(struct match_view,  live),             "offers and matches that hold a place"},
    {"rules",   OUT_OBJECT,  OUT_OBJECT_OF(struct match_view, rules, rules_rows_out), ""},
    {"runs",    OUT_LIST,    OUT_LIST_OF(struct match_view, runs, run_count, run_row_out), "the newest first"},
    {"links",   OUT_LIST,    OUT_LIST_OF(struct match_view, links, link_count, link_out), "decided by hand"},
};
const struct out_shape matching_out = OUT_SHAPE("Matching", struct match_view, matching_rows);

static const struct out run_page_rows[] = {
    {"run",    OUT_OBJECT, OUT_OBJECT_OF(struct match_view, run, run_row_out), ""},
    {"pairs",  OUT_LIST,   OUT_LIST_OF(struct match_view, pairs, pair_count, pair_row_out), "the weakest first, or by name"},
    {"next",   OUT_PATH,   OUT_TEXT_OF(struct match_view, next), ""},
    {"lonely", OUT_LIST,   OUT_LIST_OF(struct match_view, lonely, lonely_count, lonely_out), "mentees without a mentor"},
    {"passed_over", OUT_LIST, OUT_LIST_OF(struct match_view, skipped, skipped_count, skipped_out), "pairs whose people had changed when it was published"},
    {"profiles", OUT_LIST, OUT_ARRAY_OF(struct match_view, profiles, profile_count, profile_out), "mentors to look for, who would suit most of those without one"},
};
const struct out_shape run_out = OUT_SHAPE("RunPage", struct match_view, run_page_rows);

static const struct out compare_rows[] = {
    {"run",        OUT_OBJECT, OUT_OBJECT_OF(struct match_view, run, run_row_out), ""},
    {"other",      OUT_OBJECT, OUT_OBJECT_OF(struct match_view, other, run_row_out), ""},
    {"only_run",   OUT_LIST,   OUT_LIST_OF(struct match_view, pairs, pair_count, pair_row_out), ""},
    {"only_other", OUT_LIST,   OUT_LIST_OF(struct match_view, others, other_count, pair_row_out), ""},
};
const struct out_shape compare_out = OUT_SHAPE("RunComparison", struct match_view, compare_rows);

static const struct out part_rows[] = {
    {"label",  OUT_MESSAGE, OUT_TEXT_OF(struct match_part, label),  "in your language"},
    {"points", OUT_INTEGER, OUT_INT_OF(struct match_part,  points), ""},
    {"most",   OUT_INTEGER, OUT_INT_OF(struct match_part,  most),   ""},
};
static const struct out_shape part_out = OUT_SHAPE("ScorePart", struct match_part, part_rows);

static const struct out pair_page_rows[] = {
    {"pair",           OUT_OBJECT,  OUT_OBJECT_OF(struct match_view, pair, pair_row_out), ""},
    {"is_pair",        OUT_BOOLEAN, OUT_BOOL_OF(struct match_view, is_pair), "of the run"},
    {"changed",        OUT_BOOLEAN, OUT_BOOL_OF(struct match_view, changed), "the people are not those that the run read any more"},
    {"refused",        OUT_FLAGS,   OUT_INT_OF(struct match_view, refused), "rules that forbid it", .names = rule_names},
    {"parts",          OUT_LIST,    OUT_ARRAY_OF(struct match_view, parts, part_count, part_out), "what adds up to the score"},
    {"matched_change", OUT_INTEGER, OUT_INT_OF(struct match_view, matched_change), "mentees with a mentor, were they a pair"},
    {"lowest_change",  OUT_INTEGER, OUT_INT_OF(struct match_view, lowest_change), "the weakest pair"},
    {"total_change",   OUT_INTEGER, OUT_INT_OF(struct match_view, total_change), "the sum of all"},
    {"gone",           OUT_LIST,    OUT_LIST_OF(struct match_view, gone, gone_count, pair_row_out), "pairs that would go"},
    {"come",           OUT_LIST,    OUT_LIST_OF(struct match_view, come, come_count, pair_row_out), "pairs that would come"},
};
const struct out_shape match_pair_out = OUT_SHAPE("RunPairPage", struct match_view, pair_page_rows);

static const struct out named_rows[] = {
    {"id",   OUT_ID,   OUT_INT_OF(struct enrolment,  id),   ""},
    {"name", OUT_TEXT, OUT_TEXT_OF(struct enrolment, name), ""},
};
static const struct out_shape named_out = OUT_SHAPE("NamedSignUp", struct enrolment, named_rows);
static const struct out candidate_rows[] = {
    {"mentor",  OUT_ID,      OUT_INT_OF(struct match_candidate,  mentor),  "her sign-up"},
    {"name",    OUT_TEXT,    OUT_TEXT_OF(struct match_candidate, name),    ""},
    {"score",   OUT_INTEGER, OUT_INT_OF(struct match_candidate,  score),   "null: not allowed", is_allowed},
    {"allowed", OUT_BOOLEAN, OUT_BOOL_OF(struct match_candidate, allowed), ""},
    {"refused", OUT_FLAGS,   OUT_INT_OF(struct match_candidate,  rules),   "rules that forbid it", .names = rule_names},
};
static const struct out_shape candidate_out = OUT_SHAPE("Candidate", struct match_candidate, candidate_rows);
static const struct out candidates_rows[] = {
    {"mentee",     OUT_OBJECT, OUT_OBJECT_OF(struct match_view, mentee, named_out), ""},
    {"candidates", OUT_LIST,   OUT_LIST_OF(struct match_view, candidates, candidate_count, candidate_out), "the best first"},
};
const struct out_shape candidates_out = OUT_SHAPE("Candidates", struct match_view, candidates_rows);

static const struct out card_rows[] = {
    {"id",       OUT_ID,      OUT_INT_OF(struct match_own_card,  id),       "of the match; with begun, of its pages under /pairs"},
    {"role",     OUT_TEXT,    OUT_TEXT_OF(struct match_own_card, role),     "yours: mentee or mentor"},
    {"state",    OUT_TEXT,    OUT_TEXT_OF(struct match_own_card, state),    "offered, not_started, active, paused, closing, completed or ended"},
    {"begun",    OUT_BOOLEAN, OUT_BOOL_OF(struct match_own_card, begun),    "both have said yes"},
    {"name",     OUT_TEXT,    OUT_TEXT_OF(struct match_own_card, name),     "of the other: the first until both have said yes"},
    {"asked",    OUT_BOOLEAN, OUT_BOOL_OF(struct match_own_card, asked),    "it is your turn to answer"},
    {"until",    OUT_INSTANT, OUT_TIME_OF(struct match_own_card, until),    "that an offer stands"},
    {"topics",   OUT_SOME,    OUT_TEXT_OF(struct match_own_card, topics),   "in common: known ones, then | and your own words"},
    {"overlap",  OUT_INTEGER, OUT_INT_OF(struct match_own_card,  overlap),  "minutes a week in common"},
    {"answers",  OUT_SOME,    OUT_TEXT_OF(struct match_own_card, answers),  "that both of you gave to the programme's own questions, with a semicolon between"},
    {"alike",    OUT_BOOLEAN, OUT_BOOL_OF(struct match_own_card, alike),    "your ways of working are alike"},
    {"words",    OUT_SOME,    OUT_TEXT_OF(struct match_own_card, words),    "what she wants to reach, or how she mentors"},
    {"about",    OUT_SOME,    OUT_TEXT_OF(struct match_own_card, about),    "what she tells about herself"},
    {"pronouns", OUT_SOME,    OUT_TEXT_OF(struct match_own_card, pronouns), "once a match has begun"},
    {"email",    OUT_SOME,    OUT_TEXT_OF(struct match_own_card, email),    "once a match has begun"},
};
static const struct out_shape card_out = OUT_SHAPE("OwnMatch", struct match_own_card, card_rows);
static const struct out mine_rows[] = {
    {"matches", OUT_LIST, OUT_LIST_OF(struct match_view, cards, card_count, card_out), ""},
};
const struct out_shape my_match_out = OUT_SHAPE("OwnMatches", struct match_view, mine_rows);

static const struct out match_rows[] = {
    {"id",          OUT_ID,      OUT_INT_OF(struct match,  id),          ""},
    {"mentee_name", OUT_TEXT,    OUT_TEXT_OF(struct match, mentee_name), ""},
    {"mentor_name", OUT_TEXT,    OUT_TEXT_OF(struct match, mentor_name), ""},
    {"state",       OUT_TEXT,    OUT_TEXT_OF(struct match, state),       "offered, not_started, active, paused, closing, completed or ended"},
    {"mentee_yes",  OUT_BOOLEAN, OUT_BOOL_OF(struct match, mentee_yes),  ""},
    {"mentor_yes",  OUT_BOOLEAN, OUT_BOOL_OF(struct match, mentor_yes),  ""},
    {"reason",      OUT_SOME,    OUT_TEXT_OF(struct match, reason),      "why it did not begin, or ended"},
    {"words",       OUT_TEXT,    OUT_TEXT_OF(struct match, words),       "of the one who declined, for those who run the programme"},
};
static const struct out_shape match_row_out = OUT_SHAPE("Match", struct match, match_rows);
static const struct out matches_rows[] = {
    {"matches", OUT_LIST, OUT_LIST_OF(struct match_view, matches, match_count, match_row_out), "filtered by the query's state"},
    {"next",    OUT_PATH, OUT_TEXT_OF(struct match_view, next), ""},
};
const struct out_shape matches_out = OUT_SHAPE("Matches", struct match_view, matches_rows);

static const struct out mentor_rows[] = {
    {"id",        OUT_ID,      OUT_INT_OF(struct choice_card,  mentor),    "her sign-up"},
    {"name",      OUT_TEXT,    OUT_TEXT_OF(struct choice_card, name),      "the first, or where she allows it the whole"},
    {"checked",   OUT_TEXT,    OUT_TEXT_OF(struct choice_card, checked),   "who has checked her experience: self: nobody; confirmed: those who run it; reference: somebody who worked with her"},
    {"zone",      OUT_TEXT,    OUT_TEXT_OF(struct choice_card, zone),      "of the tz database"},
    {"level",     OUT_INTEGER, OUT_INT_OF(struct choice_card,  level),     ""},
    {"topics",    OUT_WORDS,   OUT_TEXT_OF(struct choice_card, topics),    ""},
    {"years",     OUT_SOME,    OUT_TEXT_OF(struct choice_card, years),     "in tech, where she tells it"},
    {"skills",    OUT_WORDS,   OUT_TEXT_OF(struct choice_card, skills),    "topic:level, 1 to 4, where it is another than her level"},
    {"other",     OUT_TEXT,    OUT_TEXT_OF(struct choice_card, other),     "topics in her own words"},
    {"languages", OUT_WORDS,   OUT_TEXT_OF(struct choice_card, languages), ""},
    {"formats",   OUT_WORDS,   OUT_TEXT_OF(struct choice_card, formats),   "how to meet"},
    {"goal",      OUT_TEXT,    OUT_TEXT_OF(struct choice_card, goal),      "how she mentors"},
    {"places",    OUT_INTEGER, OUT_INT_OF(struct choice_card, places),    "0: she takes nobody new"},
    {"overlap",   OUT_INTEGER, OUT_INT_OF(struct choice_card, overlap),   "minutes a week in common with you; -1: not known"},
    {"overlap_good", OUT_INTEGER, OUT_INT_OF(struct choice_card, good),   "of them, those that suit both of you well"},
    {"access",    OUT_WORDS,   OUT_TEXT_OF(struct choice_card, access),   "what she needs, where she tells everybody"},
    {"reply_hours", OUT_INTEGER, OUT_INT_OF(struct choice_card, reply_hours), "half of her answers come within; 0: too few to tell"},
    {"left",      OUT_INTEGER, OUT_INT_OF(struct choice_card,  left),      "places"},
};
static const struct out_shape mentor_out = OUT_SHAPE("Mentor", struct choice_card, mentor_rows);
static const struct out choice_rows[] = {
    {"mentor", OUT_ID,      OUT_INT_OF(struct match_choice,  other), "her sign-up"},
    {"name",   OUT_TEXT,    OUT_TEXT_OF(struct match_choice, name),  "the first"},
    {"place",  OUT_INTEGER, OUT_INT_OF(struct match_choice,  place), "in your order"},
    {"why",    OUT_TEXT,    OUT_TEXT_OF(struct match_choice, why),   ""},
};
static const struct out_shape choice_out = OUT_SHAPE("Choice", struct match_choice, choice_rows);
static const struct out mentors_rows[] = {
    {"choices", OUT_LIST, OUT_LIST_OF(struct match_view, choices, choice_count, choice_out), "yours"},
    {"mentors", OUT_LIST, OUT_LIST_OF(struct match_view, mentors, mentor_count, mentor_out), "with a place"},
    {"next",    OUT_PATH, OUT_TEXT_OF(struct match_view, next), ""},
};
const struct out_shape mentors_out = OUT_SHAPE("Mentors", struct match_view, mentors_rows);
static const struct out mentor_page_rows[] = {
    {"mentor", OUT_OBJECT, OUT_OBJECT_OF(struct match_view, mentors, mentor_out), ""},
};
const struct out_shape mentor_page_out = OUT_SHAPE("MentorPage", struct match_view, mentor_page_rows);

static const struct out own_choice_rows[] = {
    {"mentee", OUT_ID,      OUT_INT_OF(struct match_choice,  other), "her sign-up"},
    {"name",   OUT_TEXT,    OUT_TEXT_OF(struct match_choice, name),  "the first"},
    {"why",    OUT_TEXT,    OUT_TEXT_OF(struct match_choice, why),   ""},
    {"rank",   OUT_INTEGER, OUT_INT_OF(struct match_choice,  rank),  "in your order; 0: nowhere"},
    {"rank_why", OUT_TEXT,  OUT_TEXT_OF(struct match_choice, rank_why), "for the people who run the programme"},
    {"no",     OUT_BOOLEAN, OUT_BOOL_OF(struct match_choice, veto),  "you have said no; she never learns of it"},
};
static const struct out_shape own_choice_out = OUT_SHAPE("ChosenBy", struct match_choice, own_choice_rows);
static const struct out chosen_rows[] = {
    {"chosen_by", OUT_LIST, OUT_LIST_OF(struct match_view, choices, choice_count, own_choice_out), ""},
};
const struct out_shape chosen_out = OUT_SHAPE("Chosen", struct match_view, chosen_rows);

static const struct out committee_rows[] = {
    {"runs", OUT_LIST, OUT_LIST_OF(struct match_view, runs, run_count, run_row_out), "that wait for judgements"},
};
const struct out_shape committee_out = OUT_SHAPE("Committee", struct match_view, committee_rows);

static const struct out proposal_rows[] = {
    {"mentee",      OUT_ID,      OUT_INT_OF(struct match_proposal,  mentee),      "her sign-up"},
    {"mentor",      OUT_ID,      OUT_INT_OF(struct match_proposal,  mentor),      "her sign-up"},
    {"mentee_name", OUT_TEXT,    OUT_TEXT_OF(struct match_proposal, mentee_name), ""},
    {"mentor_name", OUT_TEXT,    OUT_TEXT_OF(struct match_proposal, mentor_name), ""},
    {"score",       OUT_INTEGER, OUT_INT_OF(struct match_proposal,  score),       "of 10,000"},
    {"overlap",     OUT_INTEGER, OUT_INT_OF(struct match_proposal,  overlap),     "minutes a week in common"},
    {"topics",      OUT_SOME,    OUT_TEXT_OF(struct match_proposal, topics),      "in common: known ones, then | and their own words"},
    {"mine",        OUT_SOME,    OUT_TEXT_OF(struct match_proposal, mine),        "what you have said: yes, no or conflict"},
};
static const struct out_shape proposal_row_out = OUT_SHAPE("Proposal", struct match_proposal, proposal_rows);
static const struct out proposals_rows[] = {
    {"proposals", OUT_LIST, OUT_LIST_OF(struct match_view, proposals, proposal_count, proposal_row_out), "that you may judge, the weakest first"},
    {"next",      OUT_PATH, OUT_TEXT_OF(struct match_view, next), ""},
};
const struct out_shape proposals_out = OUT_SHAPE("Proposals", struct match_view, proposals_rows);

static const struct out judged_rows[] = {
    {"id",        OUT_ID,    OUT_INT_OF(struct enrolment,  id),        ""},
    {"topics",    OUT_WORDS, OUT_TEXT_OF(struct enrolment, topics),    ""},
    {"other",     OUT_TEXT,  OUT_TEXT_OF(struct enrolment, other),     ""},
    {"goal",      OUT_TEXT,  OUT_TEXT_OF(struct enrolment, goal),      ""},
    {"about",     OUT_TEXT,  OUT_TEXT_OF(struct enrolment, about),     ""},
    {"languages", OUT_WORDS, OUT_TEXT_OF(struct enrolment, languages), ""},
};
static const struct out_shape judged_out = OUT_SHAPE("JudgedSignUp", struct enrolment, judged_rows);
static const struct out vote_rows[] = {
    {"name",  OUT_TEXT,    OUT_TEXT_OF(struct match_vote, name),  "who"},
    {"says",  OUT_TEXT,    OUT_TEXT_OF(struct match_vote, says),  "yes, no or conflict"},
    {"fit",   OUT_INTEGER, OUT_INT_OF(struct match_vote,  fit),   "1 to 5; 0 with a conflict"},
    {"words", OUT_TEXT,    OUT_TEXT_OF(struct match_vote, words), ""},
};
static const struct out_shape vote_out = OUT_SHAPE("Judgement", struct match_vote, vote_rows);
static const struct out proposal_page_rows[] = {
    {"proposal", OUT_OBJECT, OUT_OBJECT_OF(struct match_view, proposal, proposal_row_out), ""},
    {"mentee",   OUT_OBJECT, OUT_OBJECT_OF(struct match_view, mentee, judged_out), ""},
    {"mentor",   OUT_OBJECT, OUT_OBJECT_OF(struct match_view, mentor, judged_out), ""},
    {"votes",    OUT_LIST,   OUT_LIST_OF(struct match_view, votes, vote_count, vote_out), "of others too, once you have judged"},
};
const struct out_shape proposal_out = OUT_SHAPE("ProposalPage", struct match_view, proposal_page_rows);

static const struct out minute_rows[] = {
    {"at",          OUT_INSTANT, OUT_TIME_OF(struct match_vote, at_us),       ""},
    {"name",        OUT_TEXT,    OUT_TEXT_OF(struct match_vote, name),        "who"},
    {"mentee_name", OUT_TEXT,    OUT_TEXT_OF(struct match_vote, mentee_name), ""},
    {"mentor_name", OUT_TEXT,    OUT_TEXT_OF(struct match_vote, mentor_name), ""},
    {"says",        OUT_TEXT,    OUT_TEXT_OF(struct match_vote, says),        "yes, no or conflict"},
    {"fit",         OUT_INTEGER, OUT_INT_OF(struct match_vote,  fit),         "1 to 5; 0 with a conflict"},
    {"words",       OUT_TEXT,    OUT_TEXT_OF(struct match_vote, words),       ""},
};
static const struct out_shape minute_out = OUT_SHAPE("MinutedJudgement", struct match_vote, minute_rows);
static const struct out tally_rows[] = {
    {"mentee",      OUT_ID,      OUT_INT_OF(struct match_tally,  mentee),      "her sign-up"},
    {"mentor",      OUT_ID,      OUT_INT_OF(struct match_tally,  mentor),      "her sign-up"},
    {"mentee_name", OUT_TEXT,    OUT_TEXT_OF(struct match_tally, mentee_name), ""},
    {"mentor_name", OUT_TEXT,    OUT_TEXT_OF(struct match_tally, mentor_name), ""},
    {"yes",         OUT_INTEGER, OUT_INT_OF(struct match_tally,  yes),         ""},
    {"no",          OUT_INTEGER, OUT_INT_OF(struct match_tally,  no),          ""},
    {"chair_yes",   OUT_INTEGER, OUT_INT_OF(struct match_tally,  chair_yes),   "of the yes, those of the chair, which decide a tie"},
};
static const struct out_shape tally_out = OUT_SHAPE("Tally", struct match_tally, tally_rows);
static const struct out minutes_rows[] = {
    {"tallies", OUT_LIST, OUT_LIST_OF(struct match_view, tallies, tally_count, tally_out), ""},
    {"votes",   OUT_LIST, OUT_LIST_OF(struct match_view, votes, vote_count, minute_out), ""},
};
const struct out_shape minutes_out = OUT_SHAPE("Minutes", struct match_view, minutes_rows);
// clang-format on

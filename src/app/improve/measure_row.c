// SPDX-License-Identifier: Apache-2.0
//
// The measures; see measure_row.h. Each text gives one row for each thing that counts: whose it is
// (a sign-up: the mentee of a pair, where it is about the pair), part, whole, and when it was.
#include "app/improve/measure_row.h"

#include <string.h>

#include "base/msg.h"

#define HERE "IN (SELECT id FROM cohort WHERE id = $1 OR programme = $1) "
#define DAY "86400000000"
#define OF_PAIRS "FROM match m WHERE m.cohort " HERE "AND m.began_at > 0 AND $2 > 0 "
#define HELD "(SELECT count(*) FROM meeting t WHERE t.match = m.id AND t.state = 'held')"
// Who of the two answered.
#define WHO(person)                                                                                \
    "CASE WHEN EXISTS (SELECT 1 FROM enrolment x WHERE x.id = m.mentee AND x.person = " person     \
    ") THEN m.mentee ELSE m.mentor END"
#define ANSWER(part, question)                                                                               \
    "SELECT " WHO(                                                                                           \
        "s.person") ", " part                                                                                \
                    ", 1, s.answered_at FROM survey_answer w JOIN survey s ON s.id = w.survey JOIN match m " \
                    "ON m.id = s.match WHERE m.cohort " HERE "AND w.question = '" question                   \
                    "' AND $2 > 0"
#define IS(what) "CASE WHEN " what " THEN 1 ELSE 0 END"
#define ENDED(what)                                                                                \
    "SELECT m.mentee, " IS("m.state = 'ended' AND " what) ", 1, m.began_at " OF_PAIRS
#define REASONS_TIME "'mentee_time', 'mentor_time'"
#define REASONS_FIT "'mentee_fit', 'mentor_fit'"
#define REASONS_SILENT "'inactive', 'mentee_reply', 'mentor_reply'"
#define REASONS_GOALS "'mentee_goals', 'mentor_goals'"
#define SIGNED(one)                                                                                \
    one ".mentee_signed > 0 AND " one ".mentor_signed > 0 AND " one ".staff IN (0, 2)"
// The weeks from one meeting to the next that both have signed, or else the cohort's.
#define RHYTHM                                                                                     \
    "coalesce((SELECT w.cadence FROM agreement w WHERE w.match = m.id AND " SIGNED(                \
        "w") " ORDER BY w.version DESC LIMIT 1), c.cadence)"
#define TAKES_PART "FROM enrolment e WHERE e.cohort " HERE "AND e.state = 'approved' AND $2 > 0"
#define WAITED                                                                                     \
    "FROM enrolment e JOIN enrolment_move v ON v.enrolment = e.id AND v.to_state = 'waitlisted' "  \
    "AND v.undone = 0 WHERE e.cohort " HERE "AND $2 > 0 "

// What one side says after an early end about whether the two fitted.
#define EARLY(part, side)                                                                          \
    ANSWER(part, "fit_end")                                                                        \
    " AND EXISTS (SELECT 1 FROM enrolment y WHERE y.id = m." side " AND y.person = s.person)"
#define EARLY_GOOD IS("w.words = 'good'")
#define EARLY_NOT IS("w.words = 'not'")

// What people say of themselves after so many months: yes is 1, no is 2.
#define LATER(months, question)                                                                         \
    "SELECT l.enrolment, " IS(                                                                          \
        "w.number = 1") ", 1, l.answered_at FROM later l JOIN enrolment e ON "                          \
                        "e.id = l.enrolment JOIN later_answer w ON w.later = l.id WHERE e.cohort " HERE \
                        "AND l.months = " months " AND w.question = '" question "' AND $2 > 0"
#define MOVED(months)                                                                                      \
    "SELECT l.enrolment, max(" IS(                                                                         \
        "w.number = 1") "), 1, l.answered_at FROM later l JOIN enrolment e "                               \
                        "ON e.id = l.enrolment JOIN later_answer w ON w.later = l.id WHERE e.cohort " HERE \
                        "AND l.months = " months                                                           \
                        " AND w.question IN ('promoted', 'new_role') AND $2 > 0 GROUP BY l.id, "           \
                        "l.enrolment, l.answered_at"

#define OWN(part)                                                                                               \
    "SELECT l.enrolment, " part                                                                                 \
    ", 1, l.answered_at FROM later l JOIN enrolment e ON e.id = l.enrolment JOIN later_answer w "               \
    "ON w.later = l.id WHERE e.cohort " HERE                                                                    \
    "AND w.question = $3 AND w.number > 0 AND $2 > 0 UNION ALL SELECT " WHO(                                    \
        "s.person") ", " part                                                                                   \
                    ", 1, s.answered_at FROM survey_answer w JOIN survey s ON s.id = w.survey JOIN match m ON " \
                    "m.id = s.match WHERE m.cohort " HERE "AND w.question = $3 AND w.number > 0"
const char measure_own_yes[] = OWN(IS("w.number = 1"));
const char measure_own_mean[] = OWN("w.number");

// clang-format off
const struct measure_row measure_rows[] = {
    {"people", ABOUT_MATCHING, MEASURE_COUNT, "", MSG("People who take part"), MSG("people who were accepted"), MSG("all of them"),
     "SELECT e.id, 1, 1, e.sent_at " TAKES_PART},
    {"match_rate", ABOUT_MATCHING, MEASURE_SHARE, "", MSG("Mentees with a mentor"), MSG("mentees who ever had an active match"), MSG("mentees who were accepted"),
     "SELECT e.id, " IS("EXISTS (SELECT 1 FROM match m WHERE m.mentee = e.id AND m.began_at > 0)") ", 1, e.sent_at FROM enrolment e WHERE e.cohort " HERE "AND e.role = 'mentee' AND "
     "(e.state = 'approved' OR EXISTS (SELECT 1 FROM match m WHERE m.mentee = e.id AND m.began_at > 0)) AND $2 > 0"},
    {"days_to_match", ABOUT_MATCHING, MEASURE_MEDIAN, MSG("days"), MSG("Days from sign-up to match"), MSG("days from being accepted to the start of the match, the middle value"), MSG("matches that began"),
     "SELECT m.mentee, (m.began_at - coalesce((SELECT max(v.at) FROM enrolment_move v WHERE v.enrolment = x.id AND v.to_state = 'approved' AND v.undone = 0 AND v.at <= m.began_at), x.sent_at)) / " DAY ", 1, m.began_at "
     "FROM match m JOIN enrolment x ON x.id = m.mentee WHERE m.cohort " HERE "AND m.began_at > 0 AND x.sent_at > 0 AND $2 > 0"},
    {"days_to_meeting", ABOUT_MATCHING, MEASURE_MEDIAN, MSG("days"), MSG("Days from match to first meeting"), MSG("days to the first meeting that was held, the middle value"), MSG("pairs that have met"),
     "SELECT m.mentee, (min(t.at) - m.began_at) / " DAY ", 1, m.began_at FROM match m JOIN meeting t ON t.match = m.id AND t.state = 'held' WHERE m.cohort " HERE "AND m.began_at > 0 AND $2 > 0 GROUP BY m.id, m.mentee, m.began_at"},
    {"offers_accepted", ABOUT_MATCHING, MEASURE_SHARE, "", MSG("Offers that both said yes to"), MSG("offers that became a match"), MSG("offers that are decided"),
     "SELECT m.mentee, " IS("m.began_at > 0") ", 1, m.made_at FROM match m WHERE m.cohort " HERE "AND m.state <> 'offered' AND $2 > 0"},
    {"offers_expired", ABOUT_MATCHING, MEASURE_SHARE, "", MSG("Offers that ran out"), MSG("offers that nobody answered in time"), MSG("offers that are decided"),
     "SELECT m.mentee, " IS("m.state = 'not_started' AND m.reason = 'expired'") ", 1, m.made_at FROM match m WHERE m.cohort " HERE "AND m.state <> 'offered' AND $2 > 0"},
    {"places_used", ABOUT_MATCHING, MEASURE_SHARE, "", MSG("Mentors' places that are used"), MSG("pairs under way"), MSG("places of mentors who were accepted"),
     "SELECT e.id, (SELECT count(*) FROM match m WHERE m.mentor = e.id AND m.state IN ('active', 'paused', 'closing')), e.places, e.sent_at " TAKES_PART " AND e.role = 'mentor'"},
    {"load_top", ABOUT_MATCHING, MEASURE_TOP, "", MSG("How much the busiest mentors carry"), MSG("minutes of the tenth of mentors with most of them"), MSG("minutes of all meetings"),
     "SELECT m.mentor, t.held_minutes, 1, t.at FROM meeting t JOIN match m ON m.id = t.match WHERE m.cohort " HERE "AND t.state = 'held' AND $2 > 0"},
    {"waiting", ABOUT_MATCHING, MEASURE_COUNT, "", MSG("On the waiting list"), MSG("people who wait"), MSG("all of them"),
     "SELECT e.id, 1, 1, e.sent_at FROM enrolment e WHERE e.cohort " HERE "AND e.state = 'waitlisted' AND $2 > 0"},
    {"days_waited", ABOUT_MATCHING, MEASURE_MEDIAN, MSG("days"), MSG("Days on the waiting list"), MSG("days until now, the middle value"), MSG("people who wait"),
     "SELECT e.id, ($2 - max(v.at)) / " DAY ", 1, max(v.at) " WAITED "AND e.state = 'waitlisted' GROUP BY e.id"},
    {"placed", ABOUT_MATCHING, MEASURE_SHARE, "", MSG("Placed from the waiting list"), MSG("people of these who had a match later"), MSG("people who ever were on the waiting list"),
     "SELECT e.id, " IS("EXISTS (SELECT 1 FROM match m WHERE (m.mentee = e.id OR m.mentor = e.id) AND m.began_at > 0)") ", 1, max(v.at) " WAITED "GROUP BY e.id"},

    {"active_rate", ABOUT_PAIRS, MEASURE_SHARE, "", MSG("Pairs in touch"), MSG("pairs with a meeting or a message in the last 30 days"), MSG("pairs under way that are not paused"),
     "SELECT m.mentee, " IS("EXISTS (SELECT 1 FROM meeting t WHERE t.match = m.id AND t.state = 'held' AND t.at > $2 - 2592000000000) OR EXISTS "
     "(SELECT 1 FROM message t WHERE t.match = m.id AND t.at > $2 - 2592000000000)") ", 1, m.began_at FROM match m WHERE m.cohort " HERE "AND m.state IN ('active', 'closing')"},
    {"meetings_month", ABOUT_PAIRS, MEASURE_MEAN, "", MSG("Meetings a month"), MSG("meetings held, times 30"), MSG("days that pairs were under way, for pairs that began"),
     "SELECT m.mentee, 30 * " HELD ", 1 + ((CASE WHEN m.ended_at > 0 THEN m.ended_at ELSE $2 END) - m.began_at) / " DAY ", m.began_at FROM match m WHERE m.cohort " HERE "AND m.began_at > 0 AND m.began_at <= $2"},
    {"meetings", ABOUT_PAIRS, MEASURE_MEAN, "", MSG("Meetings held in each pair"), MSG("meetings held"), MSG("pairs that began"),
     "SELECT m.mentee, " HELD ", 1, m.began_at " OF_PAIRS},
    {"minutes", ABOUT_PAIRS, MEASURE_MEAN, MSG("minutes"), MSG("Minutes of a meeting"), MSG("minutes of meetings"), MSG("meetings held"),
     "SELECT m.mentee, t.held_minutes, 1, t.at FROM meeting t JOIN match m ON m.id = t.match WHERE m.cohort " HERE "AND t.state = 'held' AND $2 > 0"},
    {"on_cadence", ABOUT_PAIRS, MEASURE_SHARE, "", MSG("Pairs that meet as often as they should"), MSG("pairs that are at most one meeting behind the rhythm that they have agreed on, or else the cohort's"), MSG("pairs that are or were under way for longer than one rhythm"),
     "SELECT m.mentee, " IS("(" HELD " + 1) * " RHYTHM " * 7 >= ((CASE WHEN m.ended_at > 0 THEN m.ended_at ELSE $2 END) - m.began_at) / " DAY) ", 1, m.began_at FROM match m JOIN cohort c ON c.id = m.cohort "
     "WHERE m.cohort " HERE "AND m.began_at > 0 AND (CASE WHEN m.ended_at > 0 THEN m.ended_at ELSE $2 END) - m.began_at > " RHYTHM " * 7 * " DAY},
    {"missed", ABOUT_PAIRS, MEASURE_SHARE, "", MSG("Meetings that somebody missed"), MSG("meetings that somebody missed"), MSG("meetings held or missed"),
     "SELECT m.mentee, " IS("t.state <> 'held'") ", 1, t.at FROM meeting t JOIN match m ON m.id = t.match WHERE m.cohort " HERE "AND t.state IN ('held', 'no_show_mentee', 'no_show_mentor') AND $2 > 0"},

    {"useful", ABOUT_ANSWERS, MEASURE_MEAN, MSG("of 5"), MSG("How useful meetings are, of 5"), MSG("what both sides say after each meeting, added up"), MSG("answers"),
     "SELECT " WHO("r.person") ", r.useful, 1, r.at FROM report r JOIN meeting t ON t.id = r.meeting JOIN match m ON m.id = t.match WHERE m.cohort " HERE "AND r.useful > 0 AND $2 > 0", .least = 1, .most = 5},
    {"fit_good", ABOUT_ANSWERS, MEASURE_SHARE, "", MSG("A good fit"), MSG("who says that it fits"), MSG("answers after the first meeting"), ANSWER(IS("w.words = 'good'"), "fit")},
    {"fit_deciding", ABOUT_ANSWERS, MEASURE_SHARE, "", MSG("Still deciding whether it fits"), MSG("who is still deciding"), MSG("answers after the first meeting"), ANSWER(IS("w.words NOT IN ('good', 'not')"), "fit")},
    {"fit_not", ABOUT_ANSWERS, MEASURE_SHARE, "", MSG("Not a good fit"), MSG("who says that it does not fit"), MSG("answers after the first meeting"), ANSWER(IS("w.words = 'not'"), "fit")},
    {"satisfied", ABOUT_ANSWERS, MEASURE_MEAN, MSG("of 5"), MSG("How content people are, of 5"), MSG("all answers, added up"), MSG("answers"), ANSWER("w.number", "satisfied"), .least = 1, .most = 5},
    {"recommend", ABOUT_ANSWERS, MEASURE_MEAN, MSG("of 10"), MSG("Would tell a friend to take part, of 10"), MSG("answers at the end, added up"), MSG("answers"), ANSWER("w.number", "recommend"), .most = 10},
    {"nps", ABOUT_ANSWERS, MEASURE_NET, "", MSG("Net promoter score"), MSG("answers of 9 or 10, less answers of 0 to 6"), MSG("answers"),
     ANSWER("CASE WHEN w.number >= 9 THEN 1 WHEN w.number <= 6 THEN -1 ELSE 0 END", "recommend")},
    {"answered", ABOUT_ANSWERS, MEASURE_SHARE, "", MSG("Questions answered"), MSG("questions that were answered; 60 to 80 % is good"), MSG("questions that were asked"),
     "SELECT " WHO("s.person") ", " IS("s.answered_at > 0") ", 1, s.asked_at FROM survey s JOIN match m ON m.id = s.match WHERE m.cohort " HERE "AND $2 > 0"},

    {"goals_reached", ABOUT_GOALS, MEASURE_SHARE, "", MSG("Goals reached"), MSG("goals that were reached"), MSG("goals that both agreed on"),
     "SELECT m.mentee, " IS("g.state = 'achieved'") ", 1, g.changed_at FROM goal g JOIN match m ON m.id = g.match WHERE m.cohort " HERE "AND g.state <> 'draft' AND $2 > 0"},
    {"goals_linked", ABOUT_GOALS, MEASURE_SHARE, "", MSG("Goals that serve an objective"), MSG("goals that serve an objective of the programme"), MSG("all goals"),
     "SELECT m.mentee, " IS("EXISTS (SELECT 1 FROM goal_objective l WHERE l.goal = g.id)") ", 1, g.made_at FROM goal g JOIN match m ON m.id = g.match WHERE m.cohort " HERE "AND $2 > 0"},
    {"skill_gain", ABOUT_GOALS, MEASURE_MEAN, MSG("steps"), MSG("Steps gained in what people can do"), MSG("steps from the start to the end, or to where a longer time began, on a scale of 5"), MSG("topics that were marked twice"),
     "SELECT " WHO("a.person") ", b.level - a.level, 1, b.at FROM skill a JOIN skill b ON b.match = a.match AND b.person = a.person AND b.topic = a.topic AND b.moment = CASE WHEN EXISTS (SELECT 1 FROM skill z WHERE z.match = a.match AND z.person = a.person AND z.topic = a.topic AND z.moment = 'end') THEN 'end' ELSE 'longer' END JOIN match m ON m.id = a.match WHERE a.moment = 'start' AND m.cohort " HERE "AND $2 > 0", .least = -4, .most = 4},

    {"ended_early", ABOUT_ENDS, MEASURE_SHARE, "", MSG("Pairs that ended early"), MSG("pairs that ended early"), MSG("pairs that began"), ENDED("m.ended_at > 0")},
    {"ended_time", ABOUT_ENDS, MEASURE_SHARE, "", MSG("Ended early for want of time"), MSG("pairs that ended because one had no time any more"), MSG("pairs that began"), ENDED("m.reason IN (" REASONS_TIME ")")},
    {"ended_fit", ABOUT_ENDS, MEASURE_SHARE, "", MSG("Ended early because they did not fit"), MSG("pairs that ended because they did not fit"), MSG("pairs that began"), ENDED("m.reason IN (" REASONS_FIT ")")},
    {"ended_silent", ABOUT_ENDS, MEASURE_SHARE, "", MSG("Ended early in silence"), MSG("pairs that ended because one did not answer, or nothing happened for long"), MSG("pairs that began"), ENDED("m.reason IN (" REASONS_SILENT ")")},
    {"ended_goals", ABOUT_ENDS, MEASURE_SHARE, "", MSG("Ended early because the goals were reached"), MSG("pairs that ended because they had reached their goals"), MSG("pairs that began"), ENDED("m.reason IN (" REASONS_GOALS ")")},
    {"ended_other", ABOUT_ENDS, MEASURE_SHARE, "", MSG("Ended early for another reason"), MSG("pairs that ended early for none of the reasons above"), MSG("pairs that began"), ENDED("m.ended_at > 0 AND m.reason NOT IN (" REASONS_TIME ", " REASONS_FIT ", " REASONS_SILENT ", " REASONS_GOALS ")")},
    {"early_good_mentee", ABOUT_ENDS, MEASURE_SHARE, "", MSG("Ended early: mentees who say that it fitted"), MSG("mentees who say that the two were a good fit"), MSG("answers of mentees whose pair ended early; who was still finding out counts in neither share"), EARLY(EARLY_GOOD, "mentee")},
    {"early_not_mentee", ABOUT_ENDS, MEASURE_SHARE, "", MSG("Ended early: mentees who say that it did not fit"), MSG("mentees who say that the two were not a good fit"), MSG("answers of mentees whose pair ended early"), EARLY(EARLY_NOT, "mentee")},
    {"early_good_mentor", ABOUT_ENDS, MEASURE_SHARE, "", MSG("Ended early: mentors who say that it fitted"), MSG("mentors who say that the two were a good fit"), MSG("answers of mentors whose pair ended early; who was still finding out counts in neither share"), EARLY(EARLY_GOOD, "mentor")},
    {"early_not_mentor", ABOUT_ENDS, MEASURE_SHARE, "", MSG("Ended early: mentors who say that it did not fit"), MSG("mentors who say that the two were not a good fit"), MSG("answers of mentors whose pair ended early"), EARLY(EARLY_NOT, "mentor")},
    {"rematched", ABOUT_ENDS, MEASURE_SHARE, "", MSG("Matched again after an early end"), MSG("pairs of these whose mentee began another"), MSG("pairs that ended early"),
     "SELECT m.mentee, " IS("EXISTS (SELECT 1 FROM match n WHERE n.mentee = m.mentee AND n.began_at > m.began_at)") ", 1, m.ended_at FROM match m WHERE m.cohort " HERE "AND m.state = 'ended' AND m.began_at > 0 AND $2 > 0"},
    {"days_to_rematch", ABOUT_ENDS, MEASURE_MEDIAN, MSG("days"), MSG("Days to the next match after an early end"), MSG("days to the next match, the middle value"), MSG("pairs that ended early, whose mentee began another"),
     "SELECT m.mentee, (min(n.began_at) - m.ended_at) / " DAY ", 1, m.ended_at FROM match m JOIN match n ON n.mentee = m.mentee AND n.began_at >= m.ended_at AND n.id <> m.id WHERE m.cohort " HERE "AND m.state = 'ended' AND m.began_at > 0 AND $2 > 0 GROUP BY m.id, m.mentee, m.ended_at"},
    {"completed", ABOUT_ENDS, MEASURE_SHARE, "", MSG("Pairs that came to their good end"), MSG("pairs that came to their good end"), MSG("pairs that are over"),
     "SELECT m.mentee, " IS("m.state = 'completed'") ", 1, m.ended_at " OF_PAIRS "AND m.state IN ('completed', 'ended')"},
    {"extended", ABOUT_ENDS, MEASURE_SHARE, "", MSG("Pairs that agreed on more time"), MSG("pairs that signed a later last day than their first agreement had"), MSG("pairs that both signed an agreement"),
     "SELECT m.mentee, " IS("EXISTS (SELECT 1 FROM agreement a JOIN agreement b ON b.match = a.match AND b.version > a.version AND b.ends_on > a.ends_on WHERE a.match = m.id AND " SIGNED("a") " AND " SIGNED("b") ")") ", 1, m.began_at " OF_PAIRS
     "AND EXISTS (SELECT 1 FROM agreement a WHERE a.match = m.id AND " SIGNED("a") ")"},
    {"go_on", ABOUT_ENDS, MEASURE_SHARE, "", MSG("Pairs that go on"), MSG("pairs that continue an earlier one"), MSG("pairs that began"),
     "SELECT m.mentee, " IS("m.continues > 0") ", 1, m.began_at " OF_PAIRS},
    {"returned", ABOUT_ENDS, MEASURE_SHARE, "", MSG("Mentees who become mentors"), MSG("mentees who signed up as a mentor later"), MSG("mentees with a match that is over"),
     "SELECT e.id, " IS("EXISTS (SELECT 1 FROM enrolment f WHERE f.person = e.person AND f.role = 'mentor' AND f.id <> e.id AND f.sent_at > e.sent_at)") ", 1, e.sent_at FROM enrolment e WHERE e.cohort " HERE
     "AND e.role = 'mentee' AND EXISTS (SELECT 1 FROM match m WHERE m.mentee = e.id AND m.state IN ('completed', 'ended')) AND $2 > 0"},

    {"circle_reach", ABOUT_MORE, MEASURE_SHARE, "", MSG("Reached by circles"), MSG("people who are or were in a circle of the cohort"), MSG("people who take part"),
     "SELECT e.id, " IS("EXISTS (SELECT 1 FROM circle_member k JOIN circle q ON q.id = k.circle WHERE k.person = e.person AND q.cohort = e.cohort AND k.state = 'member')") ", 1, e.sent_at " TAKES_PART},
    {"event_reach", ABOUT_MORE, MEASURE_SHARE, "", MSG("Reached by events"), MSG("people who were at an event of the cohort"), MSG("people who take part"),
     "SELECT e.id, " IS("EXISTS (SELECT 1 FROM rsvp k JOIN event q ON q.id = k.event WHERE k.person = e.person AND q.cohort = e.cohort AND k.came_at > 0)") ", 1, e.sent_at " TAKES_PART},
    {"contributors", ABOUT_MORE, MEASURE_SHARE, "", MSG("Who adds to articles"), MSG("people with something in an article that was approved"), MSG("people who take part"),
     "SELECT e.id, " IS("EXISTS (SELECT 1 FROM contribution k WHERE k.person = e.person AND k.state = 'approved')") ", 1, e.sent_at " TAKES_PART},
    {"training_done", ABOUT_MORE, MEASURE_SHARE, "", MSG("Mentors who completed their training"), MSG("mentors with a training for mentors that is completed"), MSG("mentors who take part"),
     "SELECT e.id, " IS("EXISTS (SELECT 1 FROM completion k JOIN training q ON q.id = k.training WHERE k.person = e.person AND q.role = 'mentor')") ", 1, e.sent_at " TAKES_PART " AND e.role = 'mentor'"},
    {"workshop_done", ABOUT_MORE, MEASURE_SHARE, "", MSG("Mentees who completed their workshop"), MSG("mentees with a workshop for mentees that is completed"), MSG("mentees who take part"),
     "SELECT e.id, " IS("EXISTS (SELECT 1 FROM completion k JOIN training q ON q.id = k.training WHERE k.person = e.person AND q.role = 'mentee')") ", 1, e.sent_at " TAKES_PART " AND e.role = 'mentee'"},
    {"workshop_reach", ABOUT_MORE, MEASURE_SHARE, "", MSG("Reached by workshops"), MSG("people who were at a workshop of the cohort"), MSG("people who take part"),
     "SELECT e.id, " IS("EXISTS (SELECT 1 FROM rsvp k JOIN event q ON q.id = k.event WHERE k.person = e.person AND q.cohort = e.cohort AND q.kind = 'workshop' AND k.came_at > 0)") ", 1, e.sent_at " TAKES_PART},
    {"awarded", ABOUT_MORE, MEASURE_SHARE, "", MSG("Who has earned a badge"), MSG("people with a badge in the cohort that is confirmed"), MSG("people who take part"),
     "SELECT e.id, " IS("EXISTS (SELECT 1 FROM award k WHERE k.person = e.person AND k.cohort = e.cohort AND k.state = 'confirmed')") ", 1, e.sent_at " TAKES_PART},
    {"stories", ABOUT_MORE, MEASURE_SHARE, "", MSG("Who tells her story"), MSG("people with a story that everybody can read"), MSG("people who take part"),
     "SELECT e.id, " IS("EXISTS (SELECT 1 FROM story k WHERE k.person = e.person AND k.cohort = e.cohort AND k.state = 'published')") ", 1, e.sent_at " TAKES_PART},
    {"later_answered", ABOUT_LATER, MEASURE_SHARE, "", MSG("Who answered after the end"), MSG("people who answered"), MSG("people who were asked half a year or a year after the end"),
     "SELECT l.enrolment, " IS("l.answered_at > 0") ", 1, l.asked_at FROM later l JOIN enrolment e ON e.id = l.enrolment WHERE e.cohort " HERE "AND $2 > 0"},
    {"in_tech_6", ABOUT_LATER, MEASURE_SHARE, "", MSG("In technology half a year later"), MSG("who says that she works or studies in technology"), MSG("answers, half a year after the end"), LATER("6", "in_tech")},
    {"in_tech_12", ABOUT_LATER, MEASURE_SHARE, "", MSG("In technology a year later"), MSG("who says that she works or studies in technology"), MSG("answers, a year after the end"), LATER("12", "in_tech")},
    {"moved_6", ABOUT_LATER, MEASURE_SHARE, "", MSG("A new role, a promotion or a first job, half a year later"), MSG("who says that she was promoted, or has a new role or job"), MSG("answers, half a year after the end"), MOVED("6")},
    {"moved_12", ABOUT_LATER, MEASURE_SHARE, "", MSG("A new role, a promotion or a first job, a year later"), MSG("who says that she was promoted, or has a new role or job"), MSG("answers, a year after the end"), MOVED("12")},
    {"contact_6", ABOUT_LATER, MEASURE_SHARE, "", MSG("Still in touch half a year later"), MSG("who says that she is in touch with the other of her pair"), MSG("answers, half a year after the end"), LATER("6", "contact")},
    {"again_6", ABOUT_LATER, MEASURE_SHARE, "", MSG("Would take part again"), MSG("who says that she would take part again, or be a mentor"), MSG("answers, half a year after the end"), LATER("6", "again")},
    {.name = NULL},
};
// clang-format on

// ---- who has answered --------------------------------------------------------------------------

#define ASKED_IN_PAIRS(kinds, question)                                                            \
    "SELECT " WHO("s.person") ", " IS(                                                             \
        "EXISTS (SELECT 1 FROM survey_answer w WHERE w.survey = s.id AND w.question = '" question  \
        "')") ", 1, s.asked_at FROM survey s JOIN match m ON m.id = s.match WHERE m.cohort " HERE  \
              "AND s.kind IN (" kinds ") AND $2 > 0"
#define ASKED_EARLY(side)                                                                          \
    ASKED_IN_PAIRS("'early'", "fit_end")                                                           \
    " AND EXISTS (SELECT 1 FROM enrolment y WHERE y.id = m." side " AND y.person = s.person)"
#define ASKED_LATER(months)                                                                        \
    "SELECT l.enrolment, " IS(                                                                     \
        "l.answered_at > 0") ", 1, l.asked_at FROM later l JOIN enrolment e "                      \
                             "ON e.id = l.enrolment WHERE e.cohort " HERE "AND l.months = " months \
                             " AND $2 > 0"

// clang-format off
static const struct {
    const char *name;
    const char *sql;
} rates[] = {
    {"useful", "SELECT e.id, " IS("EXISTS (SELECT 1 FROM report r WHERE r.meeting = t.id AND r.person = e.person AND r.useful > 0)") ", 1, t.at FROM meeting t JOIN match m ON m.id = t.match "
               "JOIN enrolment e ON e.id IN (m.mentee, m.mentor) WHERE m.cohort " HERE "AND t.state = 'held' AND $2 > 0"},
    {"fit_good",     ASKED_IN_PAIRS("'fit'", "fit")},
    {"fit_deciding", ASKED_IN_PAIRS("'fit'", "fit")},
    {"fit_not",      ASKED_IN_PAIRS("'fit'", "fit")},
    {"satisfied",    ASKED_IN_PAIRS("'pulse', 'mid', 'end'", "satisfied")},
    {"recommend",    ASKED_IN_PAIRS("'end'", "recommend")},
    {"nps",          ASKED_IN_PAIRS("'end'", "recommend")},
    {"early_good_mentee", ASKED_EARLY("mentee")},
    {"early_not_mentee",  ASKED_EARLY("mentee")},
    {"early_good_mentor", ASKED_EARLY("mentor")},
    {"early_not_mentor",  ASKED_EARLY("mentor")},
    {"in_tech_6",    ASKED_LATER("6")},
    {"in_tech_12",   ASKED_LATER("12")},
    {"moved_6",      ASKED_LATER("6")},
    {"moved_12",     ASKED_LATER("12")},
    {"contact_6",    ASKED_LATER("6")},
    {"again_6",      ASKED_LATER("6")},
};
// clang-format on
const char measure_own_rate[] = "SELECT l.enrolment, " IS(
    "EXISTS (SELECT 1 FROM later_answer w WHERE w.later = l.id AND w.question = $3 AND "
    "w.number > 0)") ", 1, l.asked_at FROM later l JOIN enrolment e ON e.id = l.enrolment JOIN "
                     "bank_question o ON 'own:' || o.id = $3 WHERE e.cohort " HERE
                     "AND l.asked_at >= o.made_at AND (o.off_at = 0 OR l.asked_at < o.off_at) "
                     "AND $2 > 0";

enum rc measure_rate_row(struct arena *arena, const struct measure_row *of,
                         struct measure_row **ret_row)
{
    const char *sql = of->rate;
    for (size_t k = 0; k < sizeof rates / sizeof rates[0] && sql == NULL; k++)
        if (strcmp(rates[k].name, of->name) == 0)
            sql = rates[k].sql;
    *ret_row = NULL;
    if (sql == NULL)
        return RC_OK;
    *ret_row = ARENA_NEW(arena, struct measure_row);
    if (*ret_row == NULL)
        return RC_NO_MEMORY;
    **ret_row = (struct measure_row){.name = of->name,
                                     .about = of->about,
                                     .kind = MEASURE_SHARE,
                                     .unit = "",
                                     .label = MSG("Questions answered"),
                                     .top = MSG("questions that were answered; 60 to 80 % is good"),
                                     .bottom = MSG("questions that were asked"),
                                     .sql = sql,
                                     .own = of->own};
    return RC_OK;
}

size_t measure_row_count(void)
{
    return sizeof measure_rows / sizeof measure_rows[0] - 1;
}

const struct measure_row *measure_row_find(const char *name)
{
    for (const struct measure_row *row = measure_rows; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

const char *measure_about_label(enum measure_about about)
{
    switch (about) {
    case ABOUT_MATCHING:
        return MSG("Matching");
    case ABOUT_PAIRS:
        return MSG("In pairs");
    case ABOUT_ANSWERS:
        return MSG("What people say");
    case ABOUT_GOALS:
        return MSG("Goals");
    case ABOUT_ENDS:
        return MSG("How it ends");
    case ABOUT_MORE:
        return MSG("Beyond the pair");
    case ABOUT_LATER:
        return MSG("Some time after the end, as people say themselves");
    }
    return "";
}

// SPDX-License-Identifier: Apache-2.0
//
// Why: for those who run a cohort: which pairs need help today and why, how one pair stands, and
// how all do together, with small groups kept back.
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

#include "app/pair/pair.h"
#include "app/pair/pair_end.h"
#include "app/pair/pair_feel.h"
#include "app/pair/pair_page.h"
#include "app_pair_pair_staff.html.h"

#define DAY_US ((int64_t)86400 * 1000000)

static enum rc make_view(struct req *req, struct staff_view **ret_view)
{
    struct staff_view *view = ARENA_NEW(req->arena, struct staff_view);
    if (view == NULL)
        return RC_NO_MEMORY;
    TRY(cohort_load(req, &view->cohort));
    view->zone = req->actor.zone;
    view->now_us = req->now_us;
    req->view = view;
    *ret_view = view;
    return RC_OK;
}

// ---- all pairs -------------------------------------------------------------------------------

static enum rc load_pairs(struct req *req)
{
    struct staff_view *view = NULL;
    struct pair_stand *all = NULL;
    size_t count = 0;
    const char *show = form_value(&req->form, "show");
    TRY(make_view(req, &view));
    view->all = show != NULL && strcmp(show, "all") == 0;
    TRY(pair_stands(req, view->cohort.id, view->cohort.cadence, &all, &count));
    view->stands = ARENA_ARRAY(req->arena, struct pair_stand, count);
    if (view->stands == NULL)
        return RC_NO_MEMORY;
    view->pairs = count;
    for (size_t k = 0; k < count; k++) {
        view->helpless += all[k].risks != 0;
        view->paused += strcmp(all[k].state, "paused") == 0;
        view->early += all[k].early;
        if (view->all || all[k].risks != 0)
            view->stands[view->stand_count++] = all[k];
    }
    return RC_OK;
}

static void write_pairs(struct html *html, struct req *req)
{
    page_pairs(html, req->view);
}

// ---- one pair --------------------------------------------------------------------------------

// Nobody looks after her own pair.
static enum rc find_staff_pair(struct req *req, int64_t cohort, struct pair *ret_pair)
{
    TRY(pair_find(req->tx, req->arena, req_id(req, "pair"), ret_pair));
    bool own = ret_pair->match.mentee_person == req->actor.person ||
               ret_pair->match.mentor_person == req->actor.person;
    return ret_pair->cohort.id != cohort || own ? RC_NOT_FOUND : RC_OK;
}

static enum rc read_told(struct req *req, struct staff_view *view)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT p.name, '' AS question, 0 AS number, r.private AS words, r.at AS told FROM "
        "report r JOIN meeting t ON t.id = r.meeting JOIN person p ON p.id = r.person WHERE "
        "t.match = $1 AND r.private <> '' UNION ALL SELECT p.name, w.question, w.number, "
        "w.words, s.answered_at FROM survey s JOIN survey_answer w ON w.survey = s.id JOIN "
        "person p ON p.id = s.person WHERE s.match = $1 ORDER BY 5 DESC, 2 LIMIT 200",
        DB_ARGS(DB_INT(view->pair.match.id))));
    view->told = ARENA_ARRAY(req->arena, struct staff_told, db_count(r));
    if (view->told == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        view->told[k] = (struct staff_told){db_text(r, k, 0), db_text(r, k, 1), db_int(r, k, 2),
                                            db_text(r, k, 3), db_int(r, k, 4)};
    view->told_count = db_count(r);
    return RC_OK;
}

static enum rc load_pair(struct req *req)
{
    struct staff_view *view = NULL;
    struct pair_stand *all = NULL;
    size_t count = 0;
    TRY(make_view(req, &view));
    TRY(find_staff_pair(req, view->cohort.id, &view->pair));
    TRY(pair_stands(req, view->cohort.id, view->cohort.cadence, &all, &count));
    for (size_t k = 0; k < count; k++)
        if (all[k].match == view->pair.match.id)
            view->stand = &all[k];
    int64_t match = view->pair.match.id;
    TRY(goal_list(req->tx, req->arena, match, &view->goals, &view->goal_count));
    TRY(meeting_list(req->tx, req->arena, match, &view->meetings, &view->meeting_count));
    return read_told(req, view);
}

static void write_pair(struct html *html, struct req *req)
{
    page_staff_pair(html, req->view);
}

// A pair that was ended for its silence, if both have a place left still.
static enum rc act_revive(struct req *req)
{
    struct pair pair;
    struct db_rows *rows = NULL;
    int64_t cohort = req_id(req, "cohort");
    const struct ending e = ending_of(req);
    TRY(find_staff_pair(req, cohort, &pair));
    if (strcmp(pair.match.state, "ended") != 0 || strcmp(pair.match.reason, "inactive") != 0)
        return RC_EXISTS;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT 1 FROM enrolment x, enrolment y WHERE x.id = $1 AND y.id = $2 AND x.state = "
        "'approved' AND y.state = 'approved' AND (SELECT count(*) FROM match m WHERE "
        "m.mentee = x.id AND m.state IN ('offered', 'active', 'paused', 'closing')) < "
        "x.places AND (SELECT count(*) FROM match m WHERE m.mentor = y.id AND m.state IN "
        "('offered', 'active', 'paused', 'closing')) < y.places",
        DB_ARGS(DB_INT(pair.match.mentee), DB_INT(pair.match.mentor))));
    if (db_count(rows) == 0)
        return RC_EXISTS;
    TRY(db_do(req->tx, NULL,
              "UPDATE match SET paused_until = $2, ended_at = 0, asked_silence = 0 WHERE id = $1",
              DB_ARGS(DB_INT(pair.match.id), DB_INT(req->now_us))));
    TRY(pair_move(&e, &pair, "active", "", ""));
    return req_go(req, MSG("The pair goes on."), "/cohorts/%lld/pairs/%lld", (long long)cohort,
                  (long long)pair.match.id);
}

// ---- measures --------------------------------------------------------------------------------

// A measure: how many of how many, or a middle of so many. $1 is the cohort, $2 is now.
struct measure_row {
    const char *name; // of the CSV
    const char *label;
    const char *definition;
    char kind;       // '%' share, 'd' median of days, 'm' mean
    const char *sql; // '%': part, whole; 'd' and 'm': one value a row
};

#define OF_COHORT "FROM match m WHERE m.cohort = $1 AND m.began_at > 0 "
#define ANSWERS                                                                                    \
    "FROM survey_answer w JOIN survey s ON s.id = w.survey JOIN match m ON m.id = s.match WHERE "  \
    "m.cohort = $1 "

// clang-format off
static const struct measure_row rows_of_measures[] = {
    {"match_rate", MSG("Mentees with a mentor"), MSG("mentees who ever had an active match, of those who were accepted"), '%',
     "SELECT (SELECT count(DISTINCT m.mentee) " OF_COHORT "), (SELECT count(*) FROM enrolment e WHERE e.cohort = $1 AND e.role = 'mentee' AND "
     "(e.state = 'approved' OR EXISTS (SELECT 1 FROM match m WHERE m.mentee = e.id AND m.began_at > 0))) WHERE $2 > 0"},
    {"days_to_match", MSG("Days from sign-up to match"), MSG("the middle value"), 'd',
     "SELECT (m.began_at - x.sent_at) / 86400000000 FROM match m JOIN enrolment x ON x.id = m.mentee WHERE m.cohort = $1 AND m.began_at > 0 AND x.sent_at > 0 AND $2 > 0 ORDER BY 1"},
    {"days_to_meeting", MSG("Days from match to first meeting"), MSG("the middle value, of pairs that have met"), 'd',
     "SELECT (min(t.at) - min(m.began_at)) / 86400000000 FROM match m JOIN meeting t ON t.match = m.id AND t.state = 'held' WHERE m.cohort = $1 AND $2 > 0 GROUP BY m.id ORDER BY 1"},
    {"offers_accepted", MSG("Offers that both said yes to"), MSG("of all offers that are decided"), '%',
     "SELECT (SELECT count(*) " OF_COHORT "), (SELECT count(*) FROM match m WHERE m.cohort = $1 AND m.state <> 'offered') WHERE $2 > 0"},
    {"active_rate", MSG("Pairs in touch"), MSG("pairs with a meeting or a message in the last 30 days, of all that are under way and not paused"), '%',
     "SELECT coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM meeting t WHERE t.match = m.id AND t.state = 'held' AND t.at > $2 - 2592000000000) OR EXISTS "
     "(SELECT 1 FROM message t WHERE t.match = m.id AND t.at > $2 - 2592000000000) THEN 1 ELSE 0 END), 0), count(*) FROM match m WHERE m.cohort = $1 AND m.state IN ('active', 'closing')"},
    {"meetings", MSG("Meetings held in each pair"), MSG("the mean over pairs that have begun"), 'm',
     "SELECT (SELECT count(*) FROM meeting t WHERE t.match = m.id AND t.state = 'held') " OF_COHORT "AND $2 > 0"},
    {"minutes", MSG("Minutes of a meeting"), MSG("the mean"), 'm',
     "SELECT t.held_minutes FROM meeting t JOIN match m ON m.id = t.match WHERE m.cohort = $1 AND t.state = 'held' AND $2 > 0"},
    {"missed", MSG("Meetings that somebody missed"), MSG("of those held or missed"), '%',
     "SELECT coalesce(sum(CASE WHEN t.state = 'held' THEN 0 ELSE 1 END), 0), count(*) FROM meeting t JOIN match m ON m.id = t.match WHERE m.cohort = $1 AND t.state IN ('held', 'no_show_mentee', 'no_show_mentor') AND $2 > 0"},
    {"useful", MSG("How useful meetings are, of 5"), MSG("the mean of what both sides say after each"), 'm',
     "SELECT r.useful FROM report r JOIN meeting t ON t.id = r.meeting JOIN match m ON m.id = t.match WHERE m.cohort = $1 AND r.useful > 0 AND $2 > 0"},
    {"fit_good", MSG("A good fit"), MSG("of those who answered after the first meeting"), '%',
     "SELECT coalesce(sum(CASE WHEN w.words = 'good' THEN 1 ELSE 0 END), 0), count(*) " ANSWERS "AND w.question = 'fit' AND $2 > 0"},
    {"fit_not", MSG("Not a good fit"), MSG("of those who answered after the first meeting"), '%',
     "SELECT coalesce(sum(CASE WHEN w.words = 'not' THEN 1 ELSE 0 END), 0), count(*) " ANSWERS "AND w.question = 'fit' AND $2 > 0"},
    {"satisfied", MSG("How content people are, of 5"), MSG("the mean of all answers"), 'm',
     "SELECT w.number " ANSWERS "AND w.question = 'satisfied' AND $2 > 0"},
    {"recommend", MSG("Would tell a friend to take part, of 10"), MSG("the mean of the answers at the end"), 'm',
     "SELECT w.number " ANSWERS "AND w.question = 'recommend' AND $2 > 0"},
    {"answered", MSG("Questions answered"), MSG("of all that were asked; 60 to 80 % is good"), '%',
     "SELECT coalesce(sum(CASE WHEN s.answered_at > 0 THEN 1 ELSE 0 END), 0), count(*) FROM survey s JOIN match m ON m.id = s.match WHERE m.cohort = $1 AND $2 > 0"},
    {"goals_reached", MSG("Goals reached"), MSG("of those that both agreed on"), '%',
     "SELECT coalesce(sum(CASE WHEN g.state = 'achieved' THEN 1 ELSE 0 END), 0), count(*) FROM goal g JOIN match m ON m.id = g.match WHERE m.cohort = $1 AND g.state <> 'draft' AND $2 > 0"},
    {"goals_linked", MSG("Goals that serve an objective"), MSG("of all goals"), '%',
     "SELECT coalesce(sum(CASE WHEN g.objective > 0 THEN 1 ELSE 0 END), 0), count(*) FROM goal g JOIN match m ON m.id = g.match WHERE m.cohort = $1 AND $2 > 0"},
    {"skill_gain", MSG("Steps gained in what people can do"), MSG("from the start to the end, on a scale of 5; the mean over topics"), 'm',
     "SELECT b.level - a.level FROM skill a JOIN skill b ON b.match = a.match AND b.person = a.person AND b.topic = a.topic AND b.moment = 'end' JOIN match m ON m.id = a.match WHERE a.moment = 'start' AND m.cohort = $1 AND $2 > 0"},
    {"ended_early", MSG("Pairs that ended early"), MSG("of all that have begun"), '%',
     "SELECT coalesce(sum(CASE WHEN m.state = 'ended' THEN 1 ELSE 0 END), 0), count(*) " OF_COHORT "AND $2 > 0"},
    {"completed", MSG("Pairs that came to their good end"), MSG("of all that are over"), '%',
     "SELECT coalesce(sum(CASE WHEN m.state = 'completed' THEN 1 ELSE 0 END), 0), count(*) " OF_COHORT "AND m.state IN ('completed', 'ended') AND $2 > 0"},
    {"places_used", MSG("Mentors' places that are used"), MSG("pairs under way, of the places of accepted mentors"), '%',
     "SELECT (SELECT count(*) FROM match m WHERE m.cohort = $1 AND m.state IN ('active', 'paused', 'closing')), (SELECT coalesce(sum(e.places), 0) FROM enrolment e WHERE e.cohort = $1 AND e.role = 'mentor' AND e.state = 'approved') WHERE $2 > 0"},
};
// clang-format on
enum { MEASURES = sizeof rows_of_measures / sizeof rows_of_measures[0], GROUP_LEAST = 5 };

// Values in hundredths; of a share, percent in hundredths.
static enum rc read_measure(struct req *req, int64_t cohort, const struct measure_row *row,
                            struct measure *ret_measure)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r, row->sql, DB_ARGS(DB_INT(cohort), DB_INT(req->now_us))));
    struct measure m = {
        .name = row->name, .label = row->label, .definition = row->definition, .kind = row->kind};
    size_t count = db_count(r);
    if (row->kind == '%') {
        m.n = db_int(r, 0, 1);
        m.part = db_int(r, 0, 0);
        m.value = m.n == 0 ? 0 : m.part * 10000 / m.n;
    } else if (row->kind == 'd') {
        m.n = (int64_t)count;
        m.value = count == 0 ? 0 : (db_int(r, (count - 1) / 2, 0) + db_int(r, count / 2, 0)) * 50;
    } else {
        for (size_t k = 0; k < count; k++)
            m.value += db_int(r, k, 0) * 100;
        m.n = (int64_t)count;
        m.value = count == 0 ? 0 : m.value / (int64_t)count;
    }
    m.small = m.n < GROUP_LEAST;
    *ret_measure = m;
    return RC_OK;
}

// Counted are goals; told they are only where at least five pairs have one.
static enum rc read_served(struct req *req, struct staff_view *view)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT coalesce(o.title, ''), count(*), sum(CASE WHEN g.state = 'achieved' THEN 1 "
        "ELSE 0 END), count(DISTINCT g.match) FROM goal g JOIN match m ON m.id = g.match LEFT "
        "JOIN objective o ON o.id = g.objective WHERE m.cohort = $1 AND g.state <> 'dropped' "
        "GROUP BY o.id, o.title ORDER BY 2 DESC, 1 LIMIT 100",
        DB_ARGS(DB_INT(view->cohort.id))));
    view->served = ARENA_ARRAY(req->arena, struct objective_goals, db_count(r));
    if (view->served == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        view->served[k] = (struct objective_goals){db_text(r, k, 0), db_int(r, k, 1),
                                                   db_int(r, k, 2), db_int(r, k, 3) < GROUP_LEAST};
    view->served_count = db_count(r);
    return RC_OK;
}

static enum rc load_measures(struct req *req)
{
    struct staff_view *view = NULL;
    TRY(make_view(req, &view));
    view->measures = ARENA_ARRAY(req->arena, struct measure, MEASURES);
    if (view->measures == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < MEASURES; k++)
        TRY(read_measure(req, view->cohort.id, &rows_of_measures[k], &view->measures[k]));
    view->measure_count = MEASURES;
    return read_served(req, view);
}

static void write_measures(struct html *html, struct req *req)
{
    page_measures(html, req->view);
}

static enum rc load_sheet(struct req *req)
{
    enum { SHEET_LIMIT_BYTES = 1 << 20 };
    static const char *const headings[] = {"Measure", "What it is", "How it is counted", "Value",
                                           "n"};
    struct buffer *out = ARENA_NEW(req->arena, struct buffer);
    struct csv_writer csv;
    if (out == NULL)
        return RC_NO_MEMORY;
    TRY(load_measures(req));
    const struct staff_view *view = req->view;
    buffer_open(out, req->arena, SHEET_LIMIT_BYTES);
    csv_writer_open(&csv, out);
    for (size_t k = 0; k < sizeof headings / sizeof headings[0]; k++)
        csv_cell_text(&csv, headings[k]);
    csv_end_row(&csv);
    for (size_t k = 0; k < view->measure_count; k++) {
        const struct measure *m = &view->measures[k];
        const char *value = arena_printf(req->arena, "%s%lld.%02lld", m->value < 0 ? "-" : "",
                                         llabs(m->value) / 100, llabs(m->value) % 100);
        if (value == NULL)
            return RC_NO_MEMORY;
        csv_cell_text(&csv, m->name);
        csv_cell_text(&csv, message_in(req->locale, m->label));
        csv_cell_text(&csv, message_in(req->locale, m->definition));
        csv_cell_text(&csv, m->small ? message_in(req->locale, MSG("under 5")) : value);
        csv_cell_text(&csv, m->small ? message_in(req->locale, MSG("under 5"))
                                     : arena_printf(req->arena, "%lld", (long long)m->n));
        csv_end_row(&csv);
    }
    req->view = out;
    req->content_type = "text/csv; charset=utf-8";
    req->file_name = "measures.csv";
    return out->rc;
}

void measure_value(struct html *html, const struct measure *m)
{
    int64_t whole = llabs(m->value) / 100;
    if (m->value < 0)
        html_text(html, "-");
    html_integer(html, whole);
    if (m->kind == '%') {
        html_text(html, "\xc2\xa0%"); // on one line
    } else if (m->kind == 'm') {
        html_text(html, ".");
        html_integer(html, llabs(m->value) % 100 / 10);
    }
}

// clang-format off
const struct route pair_staff_routes[] = {
    {WEB_GET,  "/cohorts/:cohort/pairs",              CAN_RUN_MATCHING, NULL, NULL,     NULL,       load_pairs,    write_pairs,    MSG("Pairs"), .out = &pair_stands_out},
    {WEB_GET,  "/cohorts/:cohort/pairs/:pair",        CAN_RUN_MATCHING, NULL, NULL,     NULL,       load_pair,     write_pair,     MSG("A pair"), .out = &staff_pair_out},
    {WEB_POST, "/cohorts/:cohort/pairs/:pair/revive", CAN_RUN_MATCHING, NULL, NULL,     act_revive, load_pair,     write_pair,     MSG("Let a pair go on")},
    {WEB_GET,  "/cohorts/:cohort/measures",           CAN_READ_REPORTS, NULL, req_slow, NULL,       load_measures, write_measures, MSG("How it goes"), .out = &measures_out},
    {WEB_GET,  "/cohorts/:cohort/measures.csv",       CAN_RUN_MATCHING, NULL, req_slow, NULL,       load_sheet,    app_write_view, MSG("How it goes, as a sheet")},
    {0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
// clang-format on

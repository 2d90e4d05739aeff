// SPDX-License-Identifier: Apache-2.0
//
// The mentees whom the page on fairness counts; see match_fair.h.
#include "app/match/match_fair.h"

enum rc match_fair_mentees(struct req *req, int64_t cohort, struct db_rows **ret_rows)
{
    return db_query(
        req->tx, req->arena, ret_rows,
        "SELECT e.level, e.woman, e.caregiving, e.caregiving_for, e.access, e.access_for, p.zone, "
        "COALESCE((SELECT MIN(m.began_at) FROM match m WHERE m.mentee = e.id AND m.began_at > 0), "
        "0), COALESCE((SELECT MIN(v.at) FROM enrolment_move v WHERE v.enrolment = e.id "
        "AND v.to_state = 'approved' AND v.undone = 0), 0), e.id "
        "FROM enrolment e JOIN person p ON p.id = e.person WHERE e.cohort = $1 "
        "AND e.role = 'mentee' AND (e.state = 'approved' OR EXISTS (SELECT 1 FROM match m "
        "WHERE m.mentee = e.id AND m.began_at > 0)) ORDER BY e.id LIMIT 100000",
        DB_ARGS(DB_INT(cohort)));
}

enum rc match_fair_answers(struct req *req, int64_t cohort, struct db_rows **ret_rows)
{
    return db_query(
        req->tx, req->arena, ret_rows,
        "SELECT m.mentee, count(*), CAST(coalesce(sum(w.number), 0) AS BIGINT) FROM match m JOIN "
        "enrolment e ON e.id = m.mentee JOIN survey s ON s.match = m.id AND s.person = e.person "
        "JOIN survey_answer w ON w.survey = s.id AND w.question = 'satisfied' WHERE m.cohort = $1 "
        "GROUP BY m.mentee ORDER BY m.mentee LIMIT 100000",
        DB_ARGS(DB_INT(cohort)));
}

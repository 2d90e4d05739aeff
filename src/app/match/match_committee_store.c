// SPDX-License-Identifier: Apache-2.0
//
// The rows of judgements: which pairs one may judge, what was said, and how it adds up.
#include "app/match/match_store.h"

const char match_schema_6[] = "ALTER TABLE vote ADD COLUMN aims {int} NOT NULL DEFAULT 0;\n"
                              "ALTER TABLE vote ADD COLUMN experience {int} NOT NULL DEFAULT 0;\n"
                              "ALTER TABLE vote ADD COLUMN practice {int} NOT NULL DEFAULT 0;\n";

enum rc run_set_committee(struct db_tx *tx, int64_t run, bool on)
{
    return db_do(tx, NULL, "UPDATE match_run SET committee = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(run), DB_INT(on)));
}

// Conflicts that follow from what is known: she is one of the two, works in the house of one of
// them, manages one of them or works for her, must not be matched with one of them, or is or was
// matched with one of them.
enum rc vote_proposals(struct req *req, int64_t run, const struct proposal_filter *filter,
                       struct match_proposal **ret_proposals, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT q.mentee, q.mentor, a.name, b.name, q.score, q.overlap, q.topics, "
        "coalesce(v.says, '') FROM match_pair q JOIN enrolment x ON x.id = q.mentee "
        "JOIN person a ON a.id = x.person JOIN enrolment y ON y.id = q.mentor "
        "JOIN person b ON b.id = y.person LEFT JOIN vote v ON v.run = q.run "
        "AND v.mentee = q.mentee AND v.mentor = q.mentor AND v.person = $2 "
        "WHERE q.run = $1 AND x.person <> $2 AND y.person <> $2 "
        "AND NOT EXISTS (SELECT 1 FROM enrolment o WHERE o.person = $2 AND o.employer <> '' "
        "AND o.employer IN (x.employer, y.employer)) "
        "AND NOT EXISTS (SELECT 1 FROM avoid w WHERE (w.a = $2 AND w.b IN (x.person, y.person)) "
        "OR (w.b = $2 AND w.a IN (x.person, y.person))) "
        "AND NOT " LINE_BETWEEN("x.person", "$2") "AND NOT " LINE_BETWEEN(
            "y.person",
            "$2") "AND NOT EXISTS (SELECT 1 FROM match m JOIN enrolment s ON s.id = m.mentee "
                  "JOIN enrolment t ON t.id = m.mentor "
                  "WHERE (s.person = $2 AND t.person IN (x.person, y.person)) "
                  "OR (t.person = $2 AND s.person IN (x.person, y.person))) "
                  "AND ($5 = 0 OR (q.mentee = $3 AND q.mentor = $4)) AND ($3 = 0 OR $5 = 1 OR q.score > "
                  "(SELECT z.score FROM match_pair z WHERE z.run = $1 AND z.mentee = $3 AND z.mentor = $4) "
                  "OR (q.score = (SELECT z.score FROM match_pair z WHERE z.run = $1 AND z.mentee = $3 "
                  "AND z.mentor = $4) AND (q.mentee > $3 OR (q.mentee = $3 AND q.mentor > $4)))) "
                  "ORDER BY q.score, q.mentee, q.mentor LIMIT $6",
        DB_ARGS(DB_INT(run), DB_INT(req->actor.person), DB_INT(filter->mentee),
                DB_INT(filter->mentor), DB_INT(filter->alone), DB_INT(filter->most))));
    struct match_proposal *all = ARENA_ARRAY(req->arena, struct match_proposal, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct match_proposal){
            db_int(rows, k, 0), db_int(rows, k, 1), db_text(rows, k, 2), db_text(rows, k, 3),
            db_int(rows, k, 4), db_int(rows, k, 5), db_text(rows, k, 6), db_text(rows, k, 7)};
    *ret_proposals = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc vote_set(struct req *req, int64_t run, int64_t mentee, int64_t mentor,
                 const struct match_vote *vote)
{
    return db_do(
        req->tx, NULL,
        "INSERT INTO vote(run, mentee, mentor, person, says, fit, words, at, aims, "
        "experience, practice) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
        "ON CONFLICT (run, mentee, mentor, person) DO UPDATE SET says = excluded.says, "
        "aims = excluded.aims, experience = excluded.experience, "
        "practice = excluded.practice, fit = excluded.fit, words = excluded.words, at = excluded.at",
        DB_ARGS(DB_INT(run), DB_INT(mentee), DB_INT(mentor), DB_INT(req->actor.person),
                DB_TEXT(vote->says), DB_INT(vote->fit), DB_TEXT(vote->words), DB_INT(req->now_us),
                DB_INT(vote->aims), DB_INT(vote->experience), DB_INT(vote->practice)));
}

enum rc vote_list(struct req *req, int64_t run, int64_t mentee, int64_t mentor,
                  struct match_vote **ret_votes, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT v.says, v.fit, v.words, p.name, a.name, b.name, v.at, v.aims, "
                 "v.experience, v.practice FROM vote v "
                 "JOIN person p ON p.id = v.person JOIN enrolment x ON x.id = v.mentee "
                 "JOIN person a ON a.id = x.person JOIN enrolment y ON y.id = v.mentor "
                 "JOIN person b ON b.id = y.person WHERE v.run = $1 "
                 "AND ($2 = 0 OR (v.mentee = $2 AND v.mentor = $3)) "
                 "ORDER BY x.name_key, v.mentee, v.mentor, v.at LIMIT 20000",
                 DB_ARGS(DB_INT(run), DB_INT(mentee), DB_INT(mentor))));
    struct match_vote *votes = ARENA_ARRAY(req->arena, struct match_vote, db_count(rows));
    if (votes == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        votes[k] = (struct match_vote){.says = db_text(rows, k, 0),
                                       .fit = db_int(rows, k, 1),
                                       .aims = db_int(rows, k, 7),
                                       .experience = db_int(rows, k, 8),
                                       .practice = db_int(rows, k, 9),
                                       .words = db_text(rows, k, 2),
                                       .name = db_text(rows, k, 3),
                                       .mentee_name = db_text(rows, k, 4),
                                       .mentor_name = db_text(rows, k, 5),
                                       .at = app_time(req->arena, db_int(rows, k, 6)),
                                       .at_us = db_int(rows, k, 6)};
    *ret_votes = votes;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc vote_tallies(struct db_tx *tx, struct arena *arena, int64_t run,
                     struct match_tally **ret_tallies, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows,
                 "SELECT q.mentee, q.mentor, a.name, b.name, "
                 "count(*) FILTER (WHERE v.says = 'yes'), count(*) FILTER (WHERE v.says = 'no'), "
                 "count(*) FILTER (WHERE v.says = 'yes' AND EXISTS (SELECT 1 FROM role r "
                 "WHERE r.person = v.person AND r.cohort = x.cohort AND r.role = 'chair')), "
                 "coalesce(max(k.quorum), $2) "
                 "FROM match_pair q JOIN enrolment x ON x.id = q.mentee "
                 "JOIN person a ON a.id = x.person JOIN enrolment y ON y.id = q.mentor "
                 "JOIN person b ON b.id = y.person LEFT JOIN vote v ON v.run = q.run "
                 "AND v.mentee = q.mentee AND v.mentor = q.mentor "
                 "LEFT JOIN match_committee k ON k.cohort = x.cohort WHERE q.run = $1 "
                 "GROUP BY q.mentee, q.mentor, a.name, b.name, x.name_key "
                 "ORDER BY x.name_key, q.mentee, q.mentor LIMIT 10000",
                 DB_ARGS(DB_INT(run), DB_INT(MATCH_QUORUM))));
    struct match_tally *tallies = ARENA_ARRAY(arena, struct match_tally, db_count(rows));
    if (tallies == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        tallies[k] = (struct match_tally){
            db_int(rows, k, 0), db_int(rows, k, 1), db_text(rows, k, 2), db_text(rows, k, 3),
            db_int(rows, k, 4), db_int(rows, k, 5), db_int(rows, k, 6),  db_int(rows, k, 7)};
    *ret_tallies = tallies;
    *ret_count = db_count(rows);
    return RC_OK;
}

// SPDX-License-Identifier: Apache-2.0
//
// What a cohort worked with; see improve_used.h. Each text gives rows of title, version, when it
// was first and last used, and the id that stands in its path.
#include "app/improve/improve_used.h"

#include <string.h>

#include "base/msg.h"

enum used_reader { READER_ANYBODY, READER_REVIEWS, READER_RUNS };

struct used_kind {
    const char *kind; // a message
    const char *before;
    const char *after; // of the id in the path; NULL: the id does not stand in it
    enum used_reader reader;
    const char *sql; // $1 is the cohort, $2 its programme
};

// clang-format off
static const struct used_kind kinds[] = {
    {MSG("Matching rules"), "/cohorts/%lld/rules/versions", NULL, READER_REVIEWS,
     "SELECT '', u.version, min(r.made_at), max(r.made_at), 0 FROM match_run r JOIN match_rules u ON u.id = r.rules WHERE r.cohort = $1 AND r.state = 'published' AND $2 > 0 GROUP BY u.id, u.version ORDER BY u.version LIMIT 50"},
    {MSG("Questions at sign-up"), "/cohorts/%lld/questions", NULL, READER_RUNS,
     "SELECT q.label, q.version, q.made_at, q.ended_at, 0 FROM question q WHERE q.cohort = $1 AND $2 > 0 ORDER BY q.place, q.line, q.version LIMIT 100"},
    {MSG("Plans of pairs"), "/support/plans/", "", READER_REVIEWS,
     "SELECT p.title, i.version, min(y.begun_at), max(y.begun_at), p.id FROM match m JOIN pair_plan y ON y.match = m.id JOIN pair_item i ON i.match = m.id AND i.plan = y.plan JOIN plan p ON p.id = y.plan WHERE m.cohort = $1 AND $2 > 0 "
     "GROUP BY p.id, p.title, i.version ORDER BY p.title, p.id, i.version LIMIT 50"},
    {MSG("Trainings and workshops"), "/support/trainings/", "", READER_REVIEWS,
     "SELECT coalesce((SELECT min(w.title) FROM training_words w WHERE w.training = t.id AND w.version = k.version AND w.language = t.language), ''), k.version, min(k.at), max(k.at), t.id FROM enrolment e JOIN completion k ON k.person = e.person "
     "JOIN training t ON t.id = k.training AND t.role = e.role WHERE e.cohort = $1 AND e.state = 'approved' AND $2 > 0 GROUP BY t.id, t.language, k.version ORDER BY t.id, k.version LIMIT 50"},
    {MSG("Resources in those plans"), "/resources/", "", READER_ANYBODY,
     "SELECT s.title, 0, 0, s.changed_at, s.id FROM resource s WHERE s.id IN (SELECT k.resource FROM match m JOIN pair_item i ON i.match = m.id JOIN plan_item k ON k.plan = i.plan AND k.version = i.version AND k.item = i.item WHERE m.cohort = $1 AND k.resource > 0) "
     "AND $2 > 0 ORDER BY s.title, s.id LIMIT 100"},
    {MSG("Agreements of pairs"), "/cohorts/%lld/pairs", NULL, READER_REVIEWS,
     "SELECT '', a.version, min(a.made_at), max(a.made_at), 0 FROM match m JOIN agreement a ON a.match = m.id WHERE m.cohort = $1 AND $2 > 0 GROUP BY a.version ORDER BY a.version LIMIT 20"},
    {MSG("Letters in the programme's own words"), "/programmes/%lld/letters", NULL, READER_RUNS,
     "SELECT l.name, l.version, 0, l.made_at, 0 FROM letter_text l WHERE l.programme = $2 AND $1 > 0 ORDER BY l.name, l.language LIMIT 100"},
    {MSG("Badges"), "/recognition/rules", NULL, READER_RUNS,
     "SELECT b.title, b.version, min(a.made_at), max(a.made_at), 0 FROM award a JOIN badge_rule b ON b.id = a.rule WHERE a.cohort = $1 AND a.state = 'confirmed' AND $2 > 0 GROUP BY b.id, b.title, b.version ORDER BY b.title, b.version LIMIT 50"},
};
// clang-format on

static bool may_read(const struct used_asker *asker, enum used_reader reader)
{
    switch (reader) {
    case READER_ANYBODY:
        return true;
    case READER_REVIEWS:
        return asker->reviews;
    case READER_RUNS:
        return asker->runs;
    }
    return false;
}

static enum rc find_path(struct req *req, const struct used_asker *asker,
                         const struct used_kind *kind, int64_t id, const char **ret_path)
{
    static const char cohort[] = "/cohorts/%lld";
    static const char programme[] = "/programmes/%lld";
    const char *path = NULL;
    if (!may_read(asker, kind->reader)) {
        *ret_path = NULL;
        return RC_OK;
    }
    if (kind->after != NULL)
        path = arena_printf(req->arena, "%s%lld%s", kind->before, (long long)id, kind->after);
    else if (strncmp(kind->before, cohort, strlen(cohort)) == 0)
        path = arena_printf(req->arena, "/cohorts/%lld%s", (long long)asker->cohort,
                            kind->before + strlen(cohort));
    else if (strncmp(kind->before, programme, strlen(programme)) == 0)
        path = arena_printf(req->arena, "/programmes/%lld%s", (long long)asker->programme,
                            kind->before + strlen(programme));
    else
        path = kind->before;
    *ret_path = path;
    return path == NULL ? RC_NO_MEMORY : RC_OK;
}

// What a letter of ours is called; NULL: none has this name.
static const char *letter_title(const struct app *app, const char *name)
{
    for (const struct app_slice *const *slice = app->slices; *slice != NULL; slice++)
        for (const struct app_letter_name *const *list = (*slice)->letters;
             list != NULL && *list != NULL; list++)
            for (const struct app_letter_name *one = *list; one->name != NULL; one++)
                if (strcmp(one->name, name) == 0)
                    return one->title;
    return NULL;
}

enum rc used_list(struct req *req, const struct used_asker *asker, struct used_line **ret_lines,
                  size_t *ret_count)
{
    enum { KINDS = sizeof kinds / sizeof kinds[0] };
    struct db_rows *rows[KINDS];
    size_t most = 1;
    size_t count = 0;
    for (size_t k = 0; k < KINDS; k++) {
        TRY(db_query(req->tx, req->arena, &rows[k], kinds[k].sql,
                     DB_ARGS(DB_INT(asker->cohort), DB_INT(asker->programme))));
        most += db_count(rows[k]);
    }
    struct used_line *all = ARENA_ARRAY(req->arena, struct used_line, most);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < KINDS; k++)
        for (size_t n = 0; n < db_count(rows[k]); n++) {
            struct used_line *line = &all[count++];
            *line = (struct used_line){.kind = kinds[k].kind,
                                       .title = db_text(rows[k], n, 0),
                                       .version = db_int(rows[k], n, 1),
                                       .first_at = db_int(rows[k], n, 2),
                                       .last_at = db_int(rows[k], n, 3),
                                       .begins = n == 0};
            if (strncmp(kinds[k].before, "/programmes", 11) == 0)
                line->letter = letter_title(req->app, line->title);
            TRY(find_path(req, asker, &kinds[k], db_int(rows[k], n, 4), &line->path));
        }
    *ret_lines = all;
    *ret_count = count;
    return RC_OK;
}

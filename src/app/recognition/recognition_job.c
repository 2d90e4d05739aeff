// SPDX-License-Identifier: Apache-2.0
//
// Why: what happens in pairs becomes milestones and badges in the same transaction; what follows
// from the calendar comes by night.
#include <string.h>

#include "app/recognition/recognition_honour.h"
#include "app/recognition/recognition_store.h"
#include "app/recognition/recognition_story.h"

enum { NIGHT_S = 24 * 3600 };

static const struct app_letter letter_certificate = {
    MSG("Your certificate is ready"),
    {MSG("Hello {0},"),
                                   MSG("your match in {1} came to a good end: thank you. A certificate with your confirmed hours is ready. Say which name should stand on it:"),
                                   "{2}", NULL}
};

// The two of a match, for letters.
struct two {
    int64_t cohort;
    const char *cohort_name;
    int64_t people[2];
    const char *names[2];
    const char *emails[2];
    const char *languages[2];
};

static enum rc find_two(const struct app_place *place, int64_t match, struct two *ret_two)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        place->tx, place->arena, &rows,
        "SELECT a.cohort, c.name, p.id, p.name, p.email, p.language FROM match a JOIN cohort "
        "c ON c.id = a.cohort JOIN enrolment x ON x.id IN (a.mentee, a.mentor) JOIN person p "
        "ON p.id = x.person WHERE a.id = $1 ORDER BY p.id",
        DB_ARGS(DB_INT(match))));
    if (db_count(rows) != 2)
        return RC_NOT_FOUND;
    ret_two->cohort = db_int(rows, 0, 0);
    ret_two->cohort_name = db_text(rows, 0, 1);
    for (size_t k = 0; k < 2; k++) {
        ret_two->people[k] = db_int(rows, k, 2);
        ret_two->names[k] = db_text(rows, k, 3);
        ret_two->emails[k] = db_text(rows, k, 4);
        ret_two->languages[k] = db_text(rows, k, 5);
    }
    return RC_OK;
}

static enum rc tell_completed(const struct app_place *place, const struct two *two)
{
    const char *url = arena_printf(place->arena, "%s/recognition",
                                   place->app->url == NULL ? "" : place->app->url);
    if (url == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < 2; k++) {
        const char *const values[] = {two->names[k], two->cohort_name, url};
        TRY(app_send_from(place, two->emails[k], two->languages[k], &letter_certificate, values,
                          3));
    }
    return RC_OK;
}

enum rc recognition_hears(const struct app_place *place, const struct announcement *heard)
{
    const char *kind = NULL;
    struct two two = {0};
    int64_t subject = 0;
    TRY(story_hears(place, heard));
    if (heard->what == ANNOUNCE_CONTRIBUTOR_BADGE)
        return award_earned(place, heard->person, 0);
    if (heard->what == ANNOUNCE_MEETING_UNHELD) // the hours of certificates are fewer
        return certificate_renew_all(place, heard->match);
    if (heard->what == ANNOUNCE_FEEDBACK_GIVEN || heard->what == ANNOUNCE_CIRCLE_MET ||
        heard->what == ANNOUNCE_EVENT_ATTENDED || heard->what == ANNOUNCE_TRAINING_DONE)
        return award_earned(place, heard->person, heard->cohort);
    if (heard->what == ANNOUNCE_MEETING_HELD)
        kind = MILESTONE_FIRST_MEETING;
    else if (heard->what == ANNOUNCE_MATCH_COMPLETED)
        kind = MILESTONE_COMPLETED;
    else if (heard->what == ANNOUNCE_GOAL_ACHIEVED)
        kind = MILESTONE_GOAL;
    if (kind == NULL)
        return RC_OK;
    if (heard->what == ANNOUNCE_GOAL_ACHIEVED)
        subject = heard->subject;
    TRY(find_two(place, heard->match, &two));
    for (size_t k = 0; k < 2; k++) {
        TRY(milestone_add(place, two.people[k], heard->match, kind, subject, NULL));
        TRY(award_earned(place, two.people[k], two.cohort));
    }
    return heard->what == ANNOUNCE_MATCH_COMPLETED ? tell_completed(place, &two) : RC_OK;
}

// ---- by night ----------------------------------------------------------------------------------

// What a night finds is found before anything is written, and written a few at a time: nobody waits
// long for a write of her own meanwhile.
enum { NIGHT_MOST = 20000, AT_ONCE = 50, SCRATCH_LIMIT_BYTES = 16 << 20 };

struct night {
    struct job *job;
    struct db_rows *halfway; // pairs that have come half of their way
    struct db_rows *unlike;  // pairs whose certificates say other hours than they met
    const struct db_rows *todo;
    enum rc (*each)(const struct app_place *place, int64_t match);
    size_t from;
};

// Half of the weeks are over, and both have met: instants of a cohort's first day are looked at in
// UTC, for a day more or less does not matter here.
static enum rc find_tonight(struct db_tx *tx, void *data)
{
    struct night *night = data;
    TRY(db_ask(tx, night->job->arena, &night->halfway,
               "SELECT a.id FROM match a JOIN cohort c ON c.id = a.cohort WHERE a.state = 'active' "
               "AND a.began_at + c.weeks * 302400000000 <= $1 AND EXISTS (SELECT 1 FROM meeting t "
               "WHERE t.match = a.id AND t.state = 'held') AND NOT EXISTS (SELECT 1 FROM milestone "
               "m WHERE m.match = a.id AND m.kind = 'halfway') ORDER BY a.id LIMIT $2",
               DB_ARGS(DB_INT(night->job->now_us), DB_INT(NIGHT_MOST))));
    TRY(certificate_find_unlike(tx, night->job->arena, NIGHT_MOST, &night->unlike));
    return db_take(tx);
}

static enum rc mark_halfway(const struct app_place *place, int64_t match)
{
    struct two two = {0};
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT 1 FROM match WHERE id = $1 AND state = 'active'", DB_ARGS(DB_INT(match))));
    if (db_count(rows) == 0) // it ended since it was found
        return RC_OK;
    TRY(find_two(place, match, &two));
    for (size_t p = 0; p < 2; p++)
        TRY(milestone_add(place, two.people[p], match, MILESTONE_HALFWAY, 0, NULL));
    return RC_OK;
}

static enum rc do_some(struct db_tx *tx, void *data)
{
    const struct night *night = data;
    struct arena scratch;
    enum rc rc = RC_OK;
    size_t count = db_count(night->todo);
    arena_open(&scratch, SCRATCH_LIMIT_BYTES);
    const struct app_place place = {tx, &scratch, night->job->context, night->job->now_us};
    for (size_t k = night->from; rc == RC_OK && k < count && k < night->from + AT_ONCE; k++)
        rc = night->each(&place, db_int(night->todo, k, 0));
    arena_close(&scratch);
    return rc;
}

static enum rc do_all(struct night *night, const struct db_rows *todo,
                      enum rc (*each)(const struct app_place *place, int64_t match))
{
    night->todo = todo;
    night->each = each;
    for (night->from = 0; night->from < db_count(todo); night->from += AT_ONCE)
        TRY(db_write(night->job->db, do_some, night));
    return RC_OK;
}

static enum rc before_night(struct job *job)
{
    struct night night = {.job = job};
    TRY(db_read(job->db, job->slot, find_tonight, &night));
    TRY(do_all(&night, night.halfway, mark_halfway));
    return do_all(&night, night.unlike, certificate_renew_all);
}

static enum rc every_night(struct db_tx *tx, struct job *job)
{
    const struct app_place place = {tx, job->arena, job->context, job->now_us};
    TRY(badge_add_ready(&place));
    TRY(story_nightly(&place));
    return honour_nightly(&place);
}

struct job_kind recognition_nightly_kind(const struct app *app)
{
    return (struct job_kind){.name = "recognition_nightly",
                             .every_s = NIGHT_S,
                             .outside = before_night,
                             .inside = every_night,
                             .context = (void *)(uintptr_t)app};
}

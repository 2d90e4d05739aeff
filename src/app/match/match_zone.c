// SPDX-License-Identifier: Apache-2.0
//
// Why: who moves to another time zone may have no time in common with her match any more, and
// neither of them would notice before a meeting fails: the overlap of each of her running pairs is
// computed again, and told.
//
// Promises: she is told what it was and is; when it falls under what the rules ask for, the other
// and who runs the cohort are told too, but not where a pair is held back. Nothing else changes.
#include <stdlib.h>
#include <string.h>

#include "app/account/account.h"
#include "app/match/match_offer.h"

static const struct app_letter letter_hers = {
    MSG("Your time zone, and when you can meet"),
    {MSG("Hello {0},"),
                                               MSG("your time zone was changed. With {1} you now have {2} minutes a week in common; before, it was {3}."),
                                               MSG("Look at your times, and at your next meeting, here:"), "{4}", NULL},
};
static const struct app_letter letter_other = {
    MSG("You have less time in common now"),
    {MSG("Hello {0},"),
                                          MSG("the time zone of {1} was changed. You two now have {2} minutes a week in common; before, it was {3}."),
                                          MSG("Look at your times, and at your next meeting, here:"), "{4}", NULL},
};
static const struct app_letter letter_staff = {
    MSG("A pair has too little time in common"),
    {MSG("Hello {0},"),
                                              MSG("after a change of time zone, the pair {1} has {2} minutes a week in common; before, it was {3}. The rules ask for more."),
                                              MSG("The pair is here:"), "{4}", NULL},
};

struct mover {
    const struct app_place *at;
    int64_t person;
    const char *old_zone;
    const struct match *match;
    const char *now; // minutes
    const char *before;
};

static enum rc tell_staff(const struct mover *c)
{
    struct db_rows *rows = NULL;
    const struct match *m = c->match;
    struct arena *arena = c->at->arena;
    const char *pair = arena_printf(arena, "%s, %s", m->mentee_name, m->mentor_name);
    const char *url = arena_printf(arena, "%s/cohorts/%lld/matches/%lld", c->at->app->url,
                                   (long long)m->cohort, (long long)m->id);
    if (pair == NULL || url == NULL)
        return RC_NO_MEMORY;
    TRY(app_staff(c->at->tx, arena, m->cohort, &rows));
    for (size_t k = 0; k < db_count(rows); k++) {
        const char *const values[] = {db_text(rows, k, 2), pair, c->now, c->before, url};
        TRY(app_send_from(c->at, db_text(rows, k, 0), db_text(rows, k, 1), &letter_staff, values,
                          5));
    }
    return RC_OK;
}

// To the one whose zone changed, or to the other of the pair.
static enum rc tell_one(const struct mover *c, bool other)
{
    const struct match *m = c->match;
    bool mentor = (m->mentor_person == c->person) != other;
    const char *url =
        arena_printf(c->at->arena, "%s/pairs/%lld", c->at->app->url, (long long)m->id);
    if (url == NULL)
        return RC_NO_MEMORY;
    const char *const values[] = {mentor ? m->mentor_name : m->mentee_name,
                                  mentor ? m->mentee_name : m->mentor_name, c->now, c->before, url};
    return app_send_from(c->at, mentor ? m->mentor_email : m->mentee_email,
                         mentor ? m->mentor_language : m->mentee_language,
                         other ? &letter_other : &letter_hers, values, 5);
}

static enum rc look_at_pair(struct mover *c)
{
    struct match_times times;
    int64_t now = 0;
    int64_t before = 0;
    TRY(match_times_find(c->at->tx, c->at->arena, c->match->id, &times));
    TRY(match_times_overlap(c->at->arena, &times, &now));
    struct match_times old = times;
    if (c->match->mentor_person == c->person)
        old.mentor_zone = c->old_zone;
    else
        old.mentee_zone = c->old_zone;
    TRY(match_times_overlap(c->at->arena, &old, &before));
    if (now < 0 || now == before)
        return RC_OK;
    c->now = arena_printf(c->at->arena, "%lld", (long long)now);
    c->before = arena_printf(c->at->arena, "%lld", (long long)before);
    if (c->now == NULL || c->before == NULL)
        return RC_NO_MEMORY;
    TRY(tell_one(c, false));
    if (now >= times.least || before < times.least)
        return RC_OK;
    if (!times.held_back)
        TRY(tell_one(c, true));
    return tell_staff(c);
}

// The body: the person, and the zone before.
static enum rc zone_changed(struct db_tx *tx, struct job *job)
{
    const struct app_place at = {tx, job->arena, job->context, job->now_us};
    struct match *live = NULL;
    size_t count = 0;
    char *end = NULL;
    struct mover change = {.at = &at, .person = strtoll(job->body, &end, 10)};
    change.old_zone = *end == ' ' ? end + 1 : end;
    TRY(match_live_of(tx, job->arena, change.person, true, &live, &count));
    for (size_t k = 0; k < count; k++) {
        change.match = &live[k];
        if (strcmp(live[k].state, "offered") != 0)
            TRY(look_at_pair(&change));
    }
    return RC_OK;
}

struct job_kind match_zone_kind(const struct app *app)
{
    return (struct job_kind){
        .name = ACCOUNT_ZONE, .inside = zone_changed, .context = (void *)(uintptr_t)app};
}

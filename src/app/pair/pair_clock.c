// SPDX-License-Identifier: Apache-2.0
//
// Why: what happens to pairs by the clock: reminders, questions, the end of pauses, the last weeks,
// and asking those who have gone silent. Each step marks what it did in the same transaction, so
// that nobody is asked twice, whatever stops in between.
#include <string.h>

#include "base/date.h"

#include "app/pair/pair.h"
#include "app/pair/pair_draft.h"
#include "app/pair/pair_end.h"
#include "app/pair/pair_feel.h"
#include "app/pair/pair_meet.h"
#include "app/pair/pair_talk.h"
#include "auth/token.h"

enum {
    A_STEP = 100, // pairs looked after in one step
    REMIND_HOURS = 24,
    PULSE_FIRST_DAYS = 30,
    PULSE_DAYS = 60,
    SILENT_DAYS = 90,
};

struct clock {
    struct ending e;
    struct db_tx *tx;
    struct arena *arena;
    int64_t now_us;
};

typedef enum rc clock_step(struct clock *clock, const struct pair *pair);

// Each pair whose id the statement gives goes through the step.
static enum rc for_each(struct clock *c, const struct pair_due *due, const char *day,
                        clock_step *step)
{
    enum { ONE_LIMIT_BYTES = 4 << 20 };
    struct db_rows *rows = NULL;
    const struct db_value values[] = {DB_INT(c->now_us), DB_TEXT(day)};
    TRY(db_query(c->tx, c->arena, &rows, due->sql, values, due->by == DUE_NOW ? 1 : 2));
    for (size_t k = 0; k < db_count(rows) && k < A_STEP; k++) {
        struct arena arena;
        struct clock one = *c;
        struct pair pair;
        arena_open(&arena, ONE_LIMIT_BYTES);
        one.arena = &arena;
        one.e.at.arena = &arena;
        enum rc rc = pair_find(c->tx, &arena, db_int(rows, k, 0), &pair);
        if (rc == RC_OK)
            rc = step(&one, &pair);
        arena_close(&arena);
        if (rc != RC_OK && rc != RC_NOT_FOUND)
            return rc;
    }
    return RC_OK;
}

static enum rc set_match(struct clock *c, const struct pair *pair, const char *sql, int64_t value)
{
    return db_do(c->tx, NULL, sql, DB_ARGS(DB_INT(pair->match.id), DB_INT(value)));
}

// ---- the beginning ---------------------------------------------------------------------------

static enum rc begin(struct clock *c, const struct pair *pair)
{
    struct date last;
    int64_t mid = 0;
    TRY(pair_draft_goals(&c->e.at, pair)); // for those that began before drafts were made at once
    if (date_parse(pair->ends_on, &last) == RC_OK)
        mid = pair->began_at + (date_to_seconds(last) * 1000000 - pair->began_at) / 2;
    return db_do(
        c->tx, NULL,
        "UPDATE match SET begun = 1, ends_on = $2, mid_at = $3, next_pulse = $4 WHERE id = "
        "$1",
        DB_ARGS(DB_INT(pair->match.id), DB_TEXT(pair->ends_on), DB_INT(mid),
                DB_INT(pair->began_at + PULSE_FIRST_DAYS * DAY_US)));
}

static const struct app_letter letter_nudge = {
    MSG("Have you two met?"),
    {MSG("Hello {0},"),
                           MSG("pairs that meet within two weeks go on best. Here are times that you and {1} both have:"),
                           "{2}", MSG("To get no more of these letters: {4}"), NULL}
};

static enum rc write_both(struct clock *c, const struct pair *pair, const char *kind,
                          const struct app_letter *letter, const char *page)
{
    TRY(letter_send(&c->e.at, c->e.url, pair, false, kind, letter, page, ""));
    return letter_send(&c->e.at, c->e.url, pair, true, kind, letter, page, "");
}

static enum rc count_of(struct clock *c, const struct pair *pair, const char *sql, int64_t *ret)
{
    struct db_rows *rows = NULL;
    TRY(db_query(c->tx, c->arena, &rows, sql, DB_ARGS(DB_INT(pair->match.id))));
    *ret = db_int(rows, 0, 0);
    return RC_OK;
}

// Once, ten days after the beginning, whether or not there is something to say.
static enum rc nudge(struct clock *c, const struct pair *pair)
{
    int64_t meetings = 0;
    TRY(count_of(c, pair, "SELECT count(*) FROM meeting WHERE match = $1", &meetings));
    TRY(set_match(c, pair, "UPDATE match SET nudged = $2 WHERE id = $1", 1));
    return meetings > 0 ? RC_OK
                        : write_both(c, pair, LETTER_NUDGE, &letter_nudge, "/meetings/propose");
}

static const struct app_letter letter_unsigned = {
    MSG("Have you two agreed how you work together?"),
    {MSG("Hello {0},"),
                                                    MSG("you and {1} have met twice, and your agreement is not signed by both. It takes ten minutes, and saves trouble:"),
                                                    "{2}", MSG("To get no more of these letters: {4}"), NULL}
};

static enum rc ask_agreement(struct clock *c, const struct pair *pair)
{
    TRY(set_match(c, pair, "UPDATE match SET agreement_asked = $2 WHERE id = $1", c->now_us));
    return write_both(c, pair, LETTER_NUDGE, &letter_unsigned, "/agreement");
}

// ---- meetings --------------------------------------------------------------------------------

static const struct app_letter letter_remind = {
    MSG("Tomorrow: you meet {1}"),
    {MSG("Hello {0},"), MSG("you meet {1} at {3}."),
                                MSG("The link, and what you want to talk about:"), "{2}",
                                MSG("To get no more of these letters: {4}"), NULL}
};
static const struct app_letter letter_held = {
    MSG("Did you meet {1}?"),
    {MSG("Hello {0},"), MSG("you wanted to meet {1} at {3}. One press says that you did:"), "{2}",
                           MSG("To get no more of these letters: {4}"), NULL}
};

// The link of one of the two, with which she confirms without signing in.
static enum rc held_url(struct clock *c, const struct meeting *m, int64_t person,
                        const char **ret_url)
{
    const char *token = token_new(c->arena);
    const char *hash = token == NULL ? NULL : token_hash(c->arena, "meeting", token);
    if (hash == NULL)
        return RC_NO_MEMORY;
    TRY(db_do(c->tx, NULL,
              "INSERT INTO meeting_link(hash, meeting, person, made_at) VALUES ($1, $2, $3, $4)",
              DB_ARGS(DB_TEXT(hash), DB_INT(m->id), DB_INT(person), DB_INT(c->now_us))));
    *ret_url = arena_printf(c->arena, "%s/held/%s", c->e.url, token);
    return *ret_url == NULL ? RC_NO_MEMORY : RC_OK;
}

static enum rc write_about(struct clock *c, const struct pair *pair, const struct meeting *m,
                           bool mentor, bool over)
{
    const struct match *t = &pair->match;
    struct letter_choice choice;
    const char *stop = NULL;
    const char *url = NULL;
    int64_t person = mentor ? t->mentor_person : t->mentee_person;
    TRY(letter_choice_find(c->tx, c->arena, person, &choice));
    if (!letter_wanted(&choice, LETTER_REMINDER))
        return RC_OK;
    TRY(letter_stop_url(&c->e.at, c->e.url, person, LETTER_REMINDER, &stop));
    if (over)
        TRY(held_url(c, m, person, &url));
    else
        url = arena_printf(c->arena, "%s/pairs/%lld/meetings/%lld", c->e.url, (long long)t->id,
                           (long long)m->id);
    const char *time = app_time_in(c->arena, m->at, mentor ? t->mentor_zone : t->mentee_zone);
    if (url == NULL || time == NULL)
        return RC_NO_MEMORY;
    const char *const values[] = {mentor ? t->mentor_name : t->mentee_name,
                                  mentor ? t->mentee_name : t->mentor_name, url, time, stop};
    const char *zone = mentor ? t->mentor_zone : t->mentee_zone;
    const struct app_more more = {
        .unsubscribe = stop, .after_us = letter_moment(c->arena, &choice, zone, false, c->now_us)};
    return app_send_more(&c->e.at, mentor ? t->mentor_email : t->mentee_email,
                         mentor ? t->mentor_language : t->mentee_language,
                         over ? &letter_held : &letter_remind, values, 5, &more);
}

// Meetings of this pair that are near, or over.
static enum rc remind(struct clock *c, const struct pair *pair)
{
    struct db_rows *rows = NULL;
    TRY(db_query(c->tx, c->arena, &rows,
                 "SELECT id, reminded FROM meeting WHERE match = $1 AND state = 'scheduled' AND "
                 "((reminded = 0 AND at <= $2) OR (reminded < 2 AND at <= $3))",
                 DB_ARGS(DB_INT(pair->match.id), DB_INT(c->now_us + REMIND_HOURS * HOUR_US),
                         DB_INT(c->now_us - 2 * HOUR_US))));
    for (size_t k = 0; k < db_count(rows); k++) {
        struct meeting m;
        TRY(meeting_find(c->tx, c->arena, pair->match.id, db_int(rows, k, 0), &m));
        bool over = m.at <= c->now_us - 2 * HOUR_US;
        TRY(db_do(c->tx, NULL, "UPDATE meeting SET reminded = $2 WHERE id = $1",
                  DB_ARGS(DB_INT(m.id), DB_INT(over ? 2 : 1))));
        if (!over && m.at < c->now_us)
            continue; // it has begun: too late to remind, too early to ask
        TRY(write_about(c, pair, &m, false, over));
        TRY(write_about(c, pair, &m, true, over));
    }
    return RC_OK;
}

// ---- questions -------------------------------------------------------------------------------

static const struct app_letter letter_question = {
    MSG("How does it go with {1}?"),
    {MSG("Hello {0},"),
                                  MSG("a few questions, one minute, without signing in. {1} never sees your answers:"), "{2}",
                                  MSG("To get no more of these letters: {4}"), NULL}
};

// By a link of hers that needs no signing in.
static enum rc write_asked(struct clock *c, const struct pair *pair, bool mentor,
                           const struct app_letter *letter)
{
    int64_t person = mentor ? pair->match.mentor_person : pair->match.mentee_person;
    struct letter_sent sent = {LETTER_QUESTION, letter, NULL, ""};
    TRY(survey_link_add(&c->e.at, pair->match.id, person, &sent.path));
    return sent.path == NULL ? RC_OK : letter_send_to(&c->e.at, c->e.url, pair, mentor, &sent);
}

static enum rc ask(struct clock *c, const struct pair *pair, const char *kind, int64_t number)
{
    const struct match *m = &pair->match;
    enum rc rc = survey_add(c->tx, m->id, m->mentee_person, kind, number, c->now_us);
    if (rc == RC_OK)
        rc = survey_add(c->tx, m->id, m->mentor_person, kind, number, c->now_us);
    if (rc == RC_EXISTS)
        return RC_OK;
    TRY(rc);
    TRY(write_asked(c, pair, false, &letter_question));
    return write_asked(c, pair, true, &letter_question);
}

static const struct app_letter letter_waits = {
    MSG("A few questions still wait for you"),
    {MSG("Hello {0},"),
                                            MSG("a week ago you were asked how it goes with {1}, who never sees your answers. It takes a minute, without signing in:"),
                                            "{2}", MSG("This is the only time that you are reminded."),
                                            MSG("To get no more of these letters: {4}"), NULL}
};

// Once, a week after they were asked.
static enum rc remind_answers(struct clock *c, const struct pair *pair)
{
    struct db_rows *rows = NULL;
    TRY(db_query(c->tx, c->arena, &rows,
                 "SELECT DISTINCT person FROM survey WHERE match = $1 AND answered_at = 0 AND "
                 "closed_at = 0 AND reminded = 0 AND asked_at < $2",
                 DB_ARGS(DB_INT(pair->match.id), DB_INT(c->now_us - 7 * DAY_US))));
    TRY(set_match(c, pair,
                  "UPDATE survey SET reminded = 1 WHERE match = $1 AND answered_at = 0 AND "
                  "closed_at = 0 AND reminded = 0 AND asked_at < $2",
                  c->now_us - 7 * DAY_US));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(write_asked(c, pair, db_int(rows, k, 0) == pair->match.mentor_person, &letter_waits));
    return RC_OK;
}

// Once it has met: whether it fits, and after two meetings where an agreement is.
static enum rc look_at_met(struct clock *c, const struct pair *pair)
{
    int64_t held = 0;
    int64_t asked = 0;
    int64_t agreed = 0;
    TRY(set_match(c, pair, "UPDATE match SET met = $2 WHERE id = $1", 0));
    TRY(count_of(c, pair, "SELECT count(*) FROM meeting WHERE match = $1 AND state = 'held'",
                 &held));
    if (held > 0)
        TRY(ask(c, pair, "fit", 1)); // it is asked once
    if (held < 2 || strcmp(pair->match.state, "active") != 0)
        return RC_OK;
    TRY(count_of(c, pair, "SELECT agreement_asked FROM match WHERE id = $1", &asked));
    TRY(count_of(c, pair,
                 "SELECT count(*) FROM agreement WHERE match = $1 AND mentee_signed > 0 AND "
                 "mentor_signed > 0",
                 &agreed));
    return asked > 0 || agreed > 0 ? RC_OK : ask_agreement(c, pair);
}

static enum rc ask_pulse(struct clock *c, const struct pair *pair)
{
    int64_t number = (c->now_us - pair->began_at) / (PULSE_DAYS * DAY_US) + 1;
    TRY(set_match(c, pair, "UPDATE match SET next_pulse = $2 WHERE id = $1",
                  c->now_us + PULSE_DAYS * DAY_US));
    return ask(c, pair, "pulse", number);
}

static enum rc ask_mid(struct clock *c, const struct pair *pair)
{
    TRY(set_match(c, pair, "UPDATE match SET mid_at = $2 WHERE id = $1", 0));
    return ask(c, pair, "mid", 1);
}

// ---- pauses, silence, the end ----------------------------------------------------------------

static const struct app_letter letter_back = {
    MSG("Your pause is over: are you back?"),
    {MSG("Hello {0},"),
                                           MSG("your pause ends today. Say whether you are back, or need longer, here:"), "{2}", NULL}
};
static const struct app_letter letter_silent = {
    MSG("Are you two still in touch?"),
    {MSG("Hello {0},"),
                                     MSG("nothing has happened between you and {1} here for a long time. If you go on, write down your last meeting."),
                                     MSG("Otherwise the match ends in a week, so that both of you are free:"), "{2}", NULL}
};
static const struct app_letter letter_closing = {
    MSG("Your time with {1} comes to its end"),
    {MSG("Hello {0},"),
                                             MSG("your time with {1} comes to its end. Look back on what you reached, say thank you, and say whether you want to stay in touch:"),
                                             "{2}", MSG("If you need longer, propose another last day in your agreement."), NULL}
};
static const struct app_letter letter_completed = {
    MSG("You have completed your time with {1}"),
    {MSG("Hello {0},"),
                                               MSG("thank you for all that you gave. What you reached stays here for you:"), "{2}", NULL}
};

// clang-format off
const struct app_letter_name pair_clock_letters[] = {
    {"pair_nudge",     MSG("A pair has not met for two weeks"),           "name other link - stop",   &letter_nudge},
    {"meeting_remind", MSG("The day before a meeting"),                   "name other link time stop", &letter_remind},
    {"meeting_held",   MSG("After a meeting: was it held?"),              "name other link time stop", &letter_held},
    {"pair_question",  MSG("Two or three questions about how it goes"),   "name other link - stop",   &letter_question},
    {"pair_waits",     MSG("A week after questions that nobody answered"), "name other link - stop",  &letter_waits},
    {"pair_unsigned",  MSG("Two meetings, and no agreement"),             "name other link - stop",   &letter_unsigned},
    {"pair_back",      MSG("A pause is over"),                            "name other link",          &letter_back},
    {"pair_silent",    MSG("Nothing has happened for a long time"),       "name other link",          &letter_silent},
    {"pair_closing",   MSG("The time of a pair comes to its end"),        "name other link",          &letter_closing},
    {"pair_completed", MSG("A pair has completed its time"),              "name other link",          &letter_completed},
    {NULL, NULL, NULL, NULL},
};
// clang-format on

static enum rc tell_both(struct clock *c, const struct pair *pair, const struct app_letter *letter,
                         const char *page)
{
    const char *url =
        arena_printf(c->arena, "%s/pairs/%lld%s", c->e.url, (long long)pair->match.id, page);
    if (url == NULL)
        return RC_NO_MEMORY;
    TRY(pair_write_to(&c->e.at, pair, false, letter, url, ""));
    return pair_write_to(&c->e.at, pair, true, letter, url, "");
}

static enum rc ask_back(struct clock *c, const struct pair *pair)
{
    bool mentor = pair->paused_by == pair->match.mentor_person;
    const char *url = arena_printf(c->arena, "%s/pairs/%lld", c->e.url, (long long)pair->match.id);
    if (url == NULL)
        return RC_NO_MEMORY;
    TRY(set_match(c, pair, "UPDATE match SET asked_silence = $2 WHERE id = $1", c->now_us));
    return pair_write_to(&c->e.at, pair, mentor, &letter_back, url, "");
}

// When something happened last, or is to happen.
static enum rc find_last(struct clock *c, const struct pair *pair, int64_t *ret_at)
{
    static const char *const texts[] = {
        "SELECT coalesce(max(changed_at), 0) FROM meeting WHERE match = $1",
        "SELECT coalesce(max(at), 0) FROM meeting WHERE match = $1 AND state = 'scheduled'",
        "SELECT coalesce(max(at), 0) FROM message WHERE match = $1",
        "SELECT coalesce(max(changed_at), 0) FROM goal WHERE match = $1"};
    *ret_at = pair->began_at > pair->paused_until ? pair->began_at : pair->paused_until;
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
        int64_t at = 0;
        TRY(count_of(c, pair, texts[k], &at));
        *ret_at = at > *ret_at ? at : *ret_at;
    }
    return RC_OK;
}

// Asks, or notes when to look again.
static enum rc look_silent(struct clock *c, const struct pair *pair)
{
    int64_t last = 0;
    TRY(find_last(c, pair, &last));
    if (last + SILENT_DAYS * DAY_US >= c->now_us)
        return set_match(c, pair, "UPDATE match SET silent_at = $2 WHERE id = $1",
                         last + SILENT_DAYS * DAY_US + 1);
    TRY(set_match(c, pair, "UPDATE match SET asked_silence = $2 WHERE id = $1", c->now_us));
    return tell_both(c, pair, &letter_silent, "/meetings");
}

// Something has happened since they were asked; or it ends after a week.
static enum rc look_asked(struct clock *c, const struct pair *pair)
{
    int64_t last = 0;
    TRY(find_last(c, pair, &last));
    if (last + SILENT_DAYS * DAY_US >= c->now_us)
        return set_match(c, pair, "UPDATE match SET asked_silence = $2 WHERE id = $1", 0);
    if (pair->asked_at >= c->now_us - PAIR_SILENT_DAYS * DAY_US)
        return RC_OK;
    return pair_finish(&c->e, pair, "ended", "inactive", "", 0);
}

static enum rc close_pair(struct clock *c, const struct pair *pair)
{
    TRY(match_move(&c->e.at, &pair->match, "closing", "", ""));
    TRY(set_match(c, pair, "UPDATE match SET closing_at = $2 WHERE id = $1", c->now_us));
    TRY(ask(c, pair, "end", 1));
    return tell_both(c, pair, &letter_closing, "/farewell");
}

// A meeting across the last day takes place, and is written down within a week.
static enum rc meets_at_last(struct clock *c, const struct pair *pair, bool *ret_meets)
{
    struct date last;
    struct db_rows *rows = NULL;
    *ret_meets = false;
    if (date_parse(pair->ends_on, &last) != RC_OK)
        return RC_OK;
    int64_t over = date_to_seconds(last) * 1000000 + DAY_US + 12 * HOUR_US; // in every zone
    TRY(db_query(
        c->tx, c->arena, &rows,
        "SELECT 1 FROM meeting WHERE match = $1 AND state = 'scheduled' AND at > $2 AND at "
        "< $3 LIMIT 1",
        DB_ARGS(DB_INT(pair->match.id), DB_INT(c->now_us - 7 * DAY_US), DB_INT(over))));
    *ret_meets = db_count(rows) > 0;
    return RC_OK;
}

static enum rc complete(struct clock *c, const struct pair *pair)
{
    struct pair now = *pair;
    bool meets = false;
    TRY(meets_at_last(c, pair, &meets));
    if (meets)
        return RC_OK; // later
    TRY(pair_finish(&c->e, &now, "completed", "", "", 0));
    return tell_both(c, pair, &letter_completed, "");
}

// An agreement that was made longer takes the pair out of its last weeks.
static enum rc reopen(struct clock *c, const struct pair *pair)
{
    return match_move(&c->e.at, &pair->match, "active", "", "");
}

#define LIVE "FROM match m WHERE m.state = 'active' "

// clang-format off
const struct pair_due pair_dues[] = {
    {"SELECT m.id " LIVE "AND m.begun = 0 AND $1 > 0 LIMIT 100", DUE_NOW},
    {"SELECT t.match FROM meeting t WHERE t.state = 'scheduled' AND t.reminded < 2 AND t.at <= $1 + 86400000000 "
     "AND (t.reminded = 0 OR t.at <= $1 - 7200000000) ORDER BY t.at LIMIT 100", DUE_NOW},
    {"SELECT m.id FROM match m WHERE m.met = 1 AND m.state IN ('active', 'closing') AND $1 > 0 LIMIT 100", DUE_NOW},
    {"SELECT s.match FROM survey s JOIN match m ON m.id = s.match WHERE s.answered_at = 0 AND s.closed_at = 0 AND "
     "s.reminded = 0 AND s.asked_at < $1 - 604800000000 AND m.state IN ('active', 'closing') AND m.held_back = 0 "
     "ORDER BY s.asked_at LIMIT 100", DUE_NOW},
    {"SELECT m.id " LIVE "AND m.next_pulse > 0 AND m.next_pulse <= $1 LIMIT 100", DUE_NOW},
    {"SELECT m.id " LIVE "AND m.mid_at > 0 AND m.mid_at <= $1 LIMIT 100", DUE_NOW},
    {"SELECT m.id " LIVE "AND m.begun = 1 AND m.nudged = 0 AND m.began_at < $1 - 864000000000 LIMIT 100", DUE_NOW},
    {"SELECT m.id FROM match m WHERE m.state = 'paused' AND m.paused_until <= $1 AND m.paused_by > 0 AND "
     "m.asked_silence = 0 LIMIT 100", DUE_NOW},
    {"SELECT m.id " LIVE "AND m.asked_silence > 0 AND m.asked_silence <= $1 LIMIT 100", DUE_NOW},
    {"SELECT m.id " LIVE "AND m.asked_silence = 0 AND m.silent_at <= $1 ORDER BY m.silent_at LIMIT 100", DUE_NOW},
    // An agreement that was made longer takes the pair out of its last weeks.
    {"SELECT m.id FROM match m WHERE m.state = 'closing' AND $1 > 0 AND m.ends_on > $2 LIMIT 100", DUE_SOON},
    {"SELECT m.id " LIVE "AND m.begun = 1 AND $1 > 0 AND m.ends_on <= $2 LIMIT 100", DUE_SOON},
    // A week for the farewell, also after a long pause.
    {"SELECT m.id FROM match m WHERE m.state = 'closing' AND m.closing_at < $1 - 604800000000 AND m.ends_on < $2 "
     "LIMIT 100", DUE_TODAY},
    {NULL, DUE_NOW},
};
static clock_step *const steps[] = {
    begin,    remind, look_at_met, remind_answers, ask_pulse, ask_mid, nudge,
    ask_back, look_asked, look_silent, reopen, close_pair, complete,
};
// clang-format on
_Static_assert(sizeof steps / sizeof steps[0] == sizeof pair_dues / sizeof pair_dues[0] - 1,
               "each has its step");

static enum rc tick(struct db_tx *tx, struct job *job)
{
    const struct app *app = job->context;
    char today[DATE_TEXT_BYTES];
    char soon[DATE_TEXT_BYTES];
    int64_t day = date_days_of_seconds(job->now_us / 1000000);
    struct clock c = {
        .e = {{tx, job->arena, app, job->now_us}, app->url},
        .tx = tx,
        .arena = job->arena,
        .now_us = job->now_us
    };
    date_print(date_from_days(day), today);
    date_print(date_from_days(day + PAIR_CLOSING_DAYS), soon);
    for (size_t k = 0; pair_dues[k].sql != NULL; k++)
        TRY(for_each(&c, &pair_dues[k], pair_dues[k].by == DUE_SOON ? soon : today, steps[k]));
    return RC_OK;
}

struct job_kind pair_clock_kind(const struct app *app)
{
    return (struct job_kind){
        .name = "pair_clock", .every_s = 60, .inside = tick, .context = (void *)(uintptr_t)app};
}

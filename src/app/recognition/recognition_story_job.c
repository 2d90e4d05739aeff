// SPDX-License-Identifier: Apache-2.0
//
// Why: letters about stories, and what happens to them by itself: somebody who found a meeting very
// useful is asked once whether she would tell of it; consent ends after two years, with a word
// before; an account that is closed takes its stories with it.
#include "base/date.h"

#include "app/article/article.h"
#include "app/pair/pair_talk.h"
#include "app/recognition/recognition_photo.h"
#include "app/recognition/recognition_store.h"

// clang-format off
static const struct app_letter letter_prompt = {
    MSG("Would you tell others about it?"),
    {MSG("Hello {0},"), MSG("you found a meeting very useful: that is good to hear. Stories help others to begin. If you like, tell yours; nobody reads it before you say so:"), "{1}",
     MSG("To get no more of these letters: {4}"), NULL}
};
static const struct app_letter letter_other = {
    MSG("{1} has written a story that tells of you"),
    {MSG("Hello {0},"), MSG("{1} has written a story about your time together. Please read it, and say for each thing whether you agree. Nothing of it is shown before, and a no needs no reason:"), "{2}", NULL}
};
static const struct app_letter letter_shown = {
    MSG("Your story can be read"),
    {MSG("Hello {0},"), MSG("your story \"{1}\" can be read by all now: thank you. You can take it back at any time, at once:"), "{2}", NULL}
};
static const struct app_letter letter_approved = {
    MSG("Your story is approved"),
    {MSG("Hello {0},"), MSG("an editor has approved your story \"{1}\". It is shown as far as everybody whom it is about agrees:"), "{2}", NULL}
};
static const struct app_letter letter_no = {
    MSG("Your story is not shown"),
    {MSG("Hello {0},"), MSG("an editor has decided that your story \"{1}\" is not shown, for this reason:"), "{3}", MSG("You can change it and send it again:"), "{2}", NULL}
};
static const struct app_letter letter_ends = {
    MSG("Is a story still right for you?"),
    {MSG("Hello {0},"), MSG("two years ago you agreed to the story \"{1}\". If it should stay, say so once more within thirty days; otherwise it goes by itself:"), "{2}", NULL}
};
static const struct app_letter letter_asked_again = {
    MSG("A story that tells of you waits for your yes or no"),
    {MSG("Hello {0},"), MSG("{1} has written a story about your time together, and nobody sees it before you have said yes or no. This is the only time that we ask again; a no needs no reason:"), "{2}", NULL}
};
static const struct app_letter letter_editors = {
    MSG("Stories wait for an editor"),
    {MSG("Hello {0},"), MSG("members have sent stories that wait for an editor:"), "{1}", NULL}
};
// clang-format on

// A letter to somebody whose account is open: her name, the title, the address of a page, a reason.
static enum rc write_to(const struct app_place *place, int64_t person,
                        const struct app_letter *letter, const char *path,
                        const char *const words[2])
{
    struct db_rows *rows = NULL;
    const char *url =
        arena_printf(place->arena, "%s%s", place->app->url == NULL ? "" : place->app->url, path);
    if (url == NULL)
        return RC_NO_MEMORY;
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT email, language, name FROM person WHERE id = $1 AND closed_at = 0",
                 DB_ARGS(DB_INT(person))));
    if (db_count(rows) == 0)
        return RC_OK;
    const char *const values[] = {db_text(rows, 0, 2), words[0], url, words[1]};
    return app_send_from(place, db_text(rows, 0, 0), db_text(rows, 0, 1), letter, values, 4);
}

static const char *path_of(const struct app_place *place, const char *where, int64_t id)
{
    const char *path = arena_printf(place->arena, "/stories/%s/%lld", where, (long long)id);
    return path == NULL ? "" : path;
}

enum rc story_ask_other(const struct app_place *place, const struct story *story)
{
    const char *const words[] = {story->writer_name, ""};
    return story->other == 0 ? RC_OK
                             : write_to(place, story->other, &letter_other,
                                        path_of(place, "about", story->id), words);
}

enum rc story_tell_decision(const struct app_place *place, const struct story *story)
{
    const char *const words[] = {story->title, story->reason};
    const struct app_letter *letter = text_same(story->state, "published")  ? &letter_shown
                                      : text_same(story->state, "approved") ? &letter_approved
                                                                            : &letter_no;
    return write_to(place, story->person, letter, path_of(place, "mine", story->id), words);
}

// ---- what is heard -----------------------------------------------------------------------------

static enum rc send_prompt(const struct app_place *place, int64_t person)
{
    const char *base = place->app->url == NULL ? "" : place->app->url;
    struct letter_choice choice;
    struct db_rows *rows = NULL;
    const char *stop = NULL;
    TRY(letter_choice_find(place->tx, place->arena, person, &choice));
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT email, language, name FROM person WHERE id = $1 AND closed_at = 0",
                 DB_ARGS(DB_INT(person))));
    if (db_count(rows) == 0 || !letter_wanted(&choice, "nudge"))
        return RC_OK;
    TRY(letter_stop_url(place, base, person, "nudge", &stop));
    const char *url = arena_printf(place->arena, "%s/stories/write", base);
    if (url == NULL)
        return RC_NO_MEMORY;
    const struct app_more more = {.unsubscribe = stop};
    const char *const values[] = {db_text(rows, 0, 2), url, "", "", stop};
    return app_send_more(place, db_text(rows, 0, 0), db_text(rows, 0, 1), &letter_prompt, values, 5,
                         &more);
}

static enum rc ask_for_story(const struct app_place *place, const struct announcement *heard)
{
    enum { VERY_USEFUL = 5 };
    struct db_rows *rows = NULL;
    bool wanted = false;
    uint64_t changed = 0;
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT useful FROM report WHERE meeting = $1 AND person = $2",
                 DB_ARGS(DB_INT(heard->subject), DB_INT(heard->person))));
    TRY(recognition_wanted(place->tx, place->arena, heard->person, &wanted));
    if (!wanted || db_count(rows) == 0 || db_int(rows, 0, 0) != VERY_USEFUL)
        return RC_OK;
    TRY(db_do(
        place->tx, &changed,
        "INSERT INTO story_prompt(person, match, at) VALUES ($1, $2, $3) ON CONFLICT (person, "
        "match) DO NOTHING",
        DB_ARGS(DB_INT(heard->person), DB_INT(heard->match), DB_INT(place->now_us))));
    return changed == 0 ? RC_OK : send_prompt(place, heard->person);
}

static enum rc take_away(const struct app_place *place, int64_t person)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT id FROM story WHERE (person = $1 OR other = $1) AND state IN ('approved', "
                 "'published') ORDER BY id",
                 DB_ARGS(DB_INT(person))));
    TRY(db_do(place->tx, NULL,
              "UPDATE story_consent SET superseded = $2 WHERE person = $1 AND superseded = 0",
              DB_ARGS(DB_INT(person), DB_INT(place->now_us))));
    TRY(story_photo_leave(place, person));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(story_settle(place, db_int(rows, k, 0)));
    return RC_OK;
}

enum rc story_hears(const struct app_place *place, const struct announcement *heard)
{
    if (heard->what == ANNOUNCE_FEEDBACK_GIVEN)
        return ask_for_story(place, heard);
    if (heard->what == ANNOUNCE_ACCOUNT_CLOSED)
        return take_away(place, heard->person);
    return RC_OK;
}

// ---- by night ----------------------------------------------------------------------------------

static enum rc tell_editors(const struct app_place *place)
{
    enum { LOOKED_AT = 500 };
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT sent_at FROM story WHERE state = 'submitted' ORDER BY id DESC LIMIT $1",
                 DB_ARGS(DB_INT(LOOKED_AT))));
    int64_t *sent_at = ARENA_ARRAY(place->arena, int64_t, db_count(rows));
    if (sent_at == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        sent_at[k] = db_int(rows, k, 0);
    return article_is_news(sent_at, db_count(rows), place->now_us)
               ? article_tell_editors(place, &letter_editors, "/stories/review")
               : RC_OK;
}

// Whoever has not said yes or no to the web is asked once more, and then never again.
static enum rc ask_again(const struct app_place *place)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT s.id, s.other, p.name FROM story s JOIN person p ON p.id = s.person WHERE "
                 "s.state IN ('submitted', 'approved') AND s.other > 0 AND s.asked_again < "
                 "s.sent_at AND s.sent_at <= $1 AND p.closed_at = 0 AND NOT EXISTS (SELECT 1 FROM "
                 "story_consent k WHERE k.story = s.id AND k.person = s.other AND k.item = 'web' "
                 "AND k.superseded = 0) ORDER BY s.id LIMIT 1000",
                 DB_ARGS(DB_INT(place->now_us - STORY_ASK_AGAIN_DAYS * DAY_US))));
    for (size_t k = 0; k < db_count(rows); k++) {
        const char *const words[] = {db_text(rows, k, 2), ""};
        int64_t id = db_int(rows, k, 0);
        TRY(write_to(place, db_int(rows, k, 1), &letter_asked_again, path_of(place, "about", id),
                     words));
        TRY(db_do(place->tx, NULL, "UPDATE story SET asked_again = $2 WHERE id = $1",
                  DB_ARGS(DB_INT(id), DB_INT(place->now_us))));
    }
    return RC_OK;
}

// Consent that is two years old ends, and before it does, everybody is asked.
static enum rc end_consents(const struct app_place *place)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT id FROM story WHERE state = 'published' AND expires_at <= $1 ORDER BY id "
                 "LIMIT 1000",
                 DB_ARGS(DB_INT(place->now_us))));
    for (size_t k = 0; k < db_count(rows); k++) {
        TRY(db_do(place->tx, NULL,
                  "UPDATE story_consent SET superseded = $2 WHERE story = $1 AND superseded = 0",
                  DB_ARGS(DB_INT(db_int(rows, k, 0)), DB_INT(place->now_us))));
        TRY(story_settle(place, db_int(rows, k, 0)));
    }
    TRY(db_query(place->tx, place->arena, &rows,
                 "SELECT id, person, other, title FROM story WHERE state = 'published' AND "
                 "expires_at <= $1 AND reminded = 0 ORDER BY id LIMIT 1000",
                 DB_ARGS(DB_INT(place->now_us + STORY_REMIND_DAYS * DAY_US))));
    for (size_t k = 0; k < db_count(rows); k++) {
        const char *const words[] = {db_text(rows, k, 3), ""};
        int64_t id = db_int(rows, k, 0);
        TRY(write_to(place, db_int(rows, k, 1), &letter_ends, path_of(place, "mine", id), words));
        TRY(write_to(place, db_int(rows, k, 2), &letter_ends, path_of(place, "about", id), words));
        TRY(db_do(place->tx, NULL, "UPDATE story SET reminded = 1 WHERE id = $1",
                  DB_ARGS(DB_INT(id))));
    }
    return RC_OK;
}

enum rc story_nightly(const struct app_place *place)
{
    TRY(end_consents(place));
    TRY(ask_again(place));
    return tell_editors(place);
}

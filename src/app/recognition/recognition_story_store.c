// SPDX-License-Identifier: Apache-2.0
//
// The rows of stories and of what was agreed to; see recognition_story.h.
#include <string.h>

#include "base/date.h"

#include "app/article/article.h"
#include "app/index.h"
#include "app/recognition/recognition_photo.h"

// other and match are no references: what is left of a story does not hold anybody.
const char recognition_schema_2[] =
    "CREATE TABLE story(id {id} NOT NULL PRIMARY KEY, person {id} NOT NULL REFERENCES person(id), "
    "other {id} NOT NULL, match {id} NOT NULL, cohort {id} NOT NULL, took_part TEXT NOT NULL, title "
    "TEXT NOT NULL, text TEXT NOT NULL, role TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT "
    "NULL, made_at {int} NOT NULL, changed_at {int} NOT NULL, sent_at {int} NOT NULL, decided_by "
    "{id} NOT NULL, published_at {int} NOT NULL, expires_at {int} NOT NULL, reminded {int} NOT "
    "NULL){end};\n"
    "CREATE INDEX story_person ON story(person, id);\n"
    "CREATE INDEX story_other ON story(other, id);\n"
    "CREATE INDEX story_state ON story(state, id);\n"
    "CREATE INDEX story_expires ON story(expires_at) WHERE state = 'published';\n"
    "CREATE TABLE story_consent(id {id} NOT NULL PRIMARY KEY, story {id} NOT NULL REFERENCES "
    "story(id), person {id} NOT NULL, item TEXT NOT NULL, version {int} NOT NULL, said {int} NOT "
    "NULL, text TEXT NOT NULL, at {int} NOT NULL, superseded {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX story_consent_now ON story_consent(story, person, item) WHERE superseded = "
    "0;\n"
    "CREATE INDEX story_consent_person ON story_consent(person);\n"
    "CREATE TABLE story_prompt(person {id} NOT NULL REFERENCES person(id), match {id} NOT NULL, at "
    "{int} NOT NULL, PRIMARY KEY(person, match)){end};\n";

// ---- reading -----------------------------------------------------------------------------------

#define SAID(whose, item)                                                                          \
    "coalesce((SELECT k.said FROM story_consent k WHERE k.story = s.id AND k.person = " whose      \
    " AND k.item = '" item "' AND k.superseded = 0), -1), "
#define STORY                                                                                                                                                                                                                                                          \
    "SELECT s.id, s.person, s.other, s.match, s.took_part, s.title, s.text, s.role, s.state, "                                                                                                                                                                         \
    "s.reason, s.changed_at, s.sent_at, s.published_at, s.expires_at, " SAID(                                                                                                                                                                                          \
        "s.person",                                                                                                                                                                                                                                                    \
        "name") SAID("s.person",                                                                                                                                                                                                                                       \
                     "employer") SAID("s.person",                                                                                                                                                                                                                      \
                                      "web") SAID("s.person",                                                                                                                                                                                                          \
                                                  "print") SAID("s.other",                                                                                                                                                                                             \
                                                                "name") SAID("s.other",                                                                                                                                                                                \
                                                                             "web") SAID("s.other",                                                                                                                                                                    \
                                                                                         "print")                                                                                                                                                                      \
        SAID("s.person", "photo") SAID("s.person", "article") SAID("s.other", "photo") SAID(                                                                                                                                                                           \
            "s.other",                                                                                                                                                                                                                                                 \
            "article") "coalesce(f.id, 0), coalesce(f.text, ''), coalesce(f.wide, 0), coalesce(f.high, 0), coalesce(f.shows_writer, 0), coalesce(f.shows_other, 0), s.contribution, coalesce(g.name, ''), p.name, coalesce(q.name, '') FROM story s JOIN person p ON " \
                       "p.id = s.person LEFT JOIN person q ON q.id = s.other AND q.closed_at = 0 LEFT "                                                                                                                                                                \
                       "JOIN cohort c ON c.id = s.cohort LEFT JOIN story_photo f ON f.story = s.id LEFT JOIN programme g ON g.id = c.programme "

static struct story read_story(struct arena *arena, const struct db_rows *r, size_t k)
{
    struct story s = {.id = db_int(r, k, 0),
                      .person = db_int(r, k, 1),
                      .other = db_int(r, k, 2),
                      .match = db_int(r, k, 3),
                      .as = db_text(r, k, 4),
                      .title = db_text(r, k, 5),
                      .text = db_text(r, k, 6),
                      .role = db_text(r, k, 7),
                      .state = db_text(r, k, 8),
                      .reason = db_text(r, k, 9),
                      .changed_at = db_int(r, k, 10),
                      .sent_at = db_int(r, k, 11),
                      .published_at = db_int(r, k, 12),
                      .expires_at = db_int(r, k, 13),
                      .contribution = db_int(r, k, 31),
                      .programme = db_text(r, k, 32),
                      .writer_name = db_text(r, k, 33),
                      .other_name = db_text(r, k, 34),
                      .shown_name = "",
                      .shown_role = "",
                      .shown_other = "",
                      .shown_photo = ""};
    s.writer_said = (struct story_said){db_int(r, k, 14), db_int(r, k, 15), db_int(r, k, 16),
                                        db_int(r, k, 17), db_int(r, k, 21), db_int(r, k, 22)};
    s.other_said = (struct story_said){db_int(r, k, 18), -1,
                                       db_int(r, k, 19), db_int(r, k, 20),
                                       db_int(r, k, 23), db_int(r, k, 24)};
    s.photo = (struct story_photo){db_int(r, k, 25), db_text(r, k, 26),     db_int(r, k, 27),
                                   db_int(r, k, 28), db_int(r, k, 30) == 1, db_int(r, k, 29) == 1};
    if (s.writer_said.name == 1)
        s.shown_name = s.writer_name;
    if (s.writer_said.employer == 1)
        s.shown_role = s.role;
    if (s.other_said.name == 1)
        s.shown_other = s.other_name;
    if (story_photo_may_be_seen(&s))
        s.shown_photo = arena_printf(arena, "/stories/photos/%lld", (long long)s.photo.id);
    return s;
}

static enum rc read_stories(struct arena *arena, const struct db_rows *rows, struct story **ret_all,
                            size_t *ret_count)
{
    struct story *all = ARENA_ARRAY(arena, struct story, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++) {
        all[k] = read_story(arena, rows, k);
        if (all[k].shown_photo == NULL)
            return RC_NO_MEMORY;
    }
    *ret_all = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

// clang-format off
#define BELOW "($2 = 0 OR s.id < $2) AND ($3 = 0 OR s.id = $3) ORDER BY s.id DESC LIMIT $4"
static const char *const lists[] = {
    [STORY_HERS]    = STORY "WHERE s.person = $1 AND " BELOW,
    [STORY_OF_HER]  = STORY "WHERE s.other = $1 AND s.state IN ('submitted', 'approved', 'published', 'unpublished') AND " BELOW,
    [STORY_WAITING] = STORY "WHERE s.state = 'submitted' AND s.person <> $1 AND s.other <> $1 AND " BELOW,
    [STORY_SEEN]    = STORY "WHERE s.state = 'published' AND p.closed_at = 0 AND $1 >= 0 AND " BELOW,
    [STORY_DECIDED] = STORY "WHERE s.state IN ('approved', 'published') AND s.person <> $1 AND s.other <> $1 AND " BELOW,
};
// clang-format on

enum rc story_list(const struct app_place *place, enum story_whose whose, int64_t person,
                   int64_t before, struct story **ret_all, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows, lists[whose],
                 DB_ARGS(DB_INT(person), DB_INT(before), DB_INT(0), DB_INT(STORIES_A_PAGE + 1))));
    return read_stories(place->arena, rows, ret_all, ret_count);
}

enum rc story_find(const struct app_place *place, enum story_whose whose, int64_t person,
                   int64_t id, struct story *ret_story)
{
    struct db_rows *rows = NULL;
    if (id == 0)
        return RC_NOT_FOUND;
    TRY(db_query(place->tx, place->arena, &rows, lists[whose],
                 DB_ARGS(DB_INT(person), DB_INT(0), DB_INT(id), DB_INT(1))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_story = read_story(place->arena, rows, 0);
    return ret_story->shown_photo == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc story_find_any(const struct app_place *place, int64_t id, struct story *ret_story)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows, STORY "WHERE s.id = $1", DB_ARGS(DB_INT(id))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_story = read_story(place->arena, rows, 0);
    return ret_story->shown_photo == NULL ? RC_NO_MEMORY : RC_OK;
}

enum rc story_count(struct req *req, int64_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows, "SELECT count(*) FROM story WHERE person = $1",
                 DB_ARGS(DB_INT(req->actor.person))));
    *ret_count = db_int(rows, 0, 0);
    return RC_OK;
}

// ---- writing -----------------------------------------------------------------------------------

// The other of a pair may not be asked for anything by one whom she must not meet.
#define HER_PAIRS                                                                                                                            \
    "FROM match a JOIN enrolment x ON x.id = a.mentee JOIN enrolment y ON y.id = a.mentor JOIN "                                             \
    "person p ON p.id = x.person JOIN person q ON q.id = y.person WHERE a.id IN (SELECT h.id FROM "                                          \
    "match h JOIN enrolment e ON e.id = h.mentee WHERE e.person = $1 UNION SELECT h.id FROM match h "                                        \
    "JOIN enrolment e ON e.id = h.mentor WHERE e.person = $1) AND a.began_at > 0 AND a.held_back = 0 AND p.closed_at = 0 AND q.closed_at = " \
    "0 AND NOT EXISTS (SELECT 1 FROM avoid v WHERE (v.a = p.id AND v.b = q.id) OR (v.a = q.id "                                              \
    "AND v.b = p.id)) "

enum rc story_people(struct req *req, struct story_person **ret_people, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT a.id, CASE WHEN x.person = $1 THEN q.name ELSE p.name END " HER_PAIRS
                 "ORDER BY a.began_at DESC LIMIT 100",
                 DB_ARGS(DB_INT(req->actor.person))));
    struct story_person *all = ARENA_ARRAY(req->arena, struct story_person, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct story_person){db_int(rows, k, 0), db_text(rows, k, 1)};
    *ret_people = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

// Whom it tells of, and as what she took part, from her match or else from her last sign-up.
static enum rc find_part(struct req *req, struct story *story, int64_t *ret_cohort)
{
    struct db_rows *rows = NULL;
    if (story->match != 0) {
        TRY(db_query(req->tx, req->arena, &rows,
                     "SELECT a.cohort, CASE WHEN x.person = $1 THEN 'mentee' ELSE 'mentor' END, "
                     "CASE WHEN x.person = $1 THEN q.id ELSE p.id END, CASE WHEN x.person = $1 "
                     "THEN q.name ELSE p.name END " HER_PAIRS "AND a.id = $2",
                     DB_ARGS(DB_INT(req->actor.person), DB_INT(story->match))));
        if (db_count(rows) == 0)
            return RC_NOT_FOUND;
        story->other = db_int(rows, 0, 2);
        story->other_name = db_text(rows, 0, 3);
    } else {
        TRY(db_query(req->tx, req->arena, &rows,
                     "SELECT cohort, role FROM enrolment WHERE person = $1 AND state = 'approved' "
                     "ORDER BY id DESC LIMIT 1",
                     DB_ARGS(DB_INT(req->actor.person))));
        story->other = 0;
        story->other_name = "";
    }
    *ret_cohort = db_count(rows) == 0 ? 0 : db_int(rows, 0, 0);
    story->as = db_count(rows) == 0 ? "" : db_text(rows, 0, 1);
    return RC_OK;
}

enum rc story_put(struct req *req, struct story *story)
{
    int64_t cohort = 0;
    bool named = false;
    TRY(find_part(req, story, &cohort));
    if (story->other != 0) {
        const char *all = arena_printf(req->arena, "%s\n%s", story->title, story->text);
        if (all == NULL)
            return RC_NO_MEMORY;
        TRY(story_names(req->arena, all, story->other_name, &named));
    }
    if (named)
        return form_refuse(&req->form, "text",
                           MSG("Leave out her name, and write for example \"my mentor\" or \"my "
                               "mentee\": if she agrees, her name is added under the story"));
    if (story->id != 0) {
        uint64_t changed = 0;
        TRY(story_photo_fit(req, story));
        TRY(db_do(
            req->tx, &changed,
            "UPDATE story SET title = $3, text = $4, role = $5, match = $6, other = $7, cohort "
            "= $8, took_part = $9, state = 'draft', changed_at = $10 WHERE id = $1 AND person "
            "= $2 AND state IN ('draft', 'rejected', 'unpublished')",
            DB_ARGS(DB_INT(story->id), DB_INT(req->actor.person), DB_TEXT(story->title),
                    DB_TEXT(story->text), DB_TEXT(story->role), DB_INT(story->match),
                    DB_INT(story->other), DB_INT(cohort), DB_TEXT(story->as),
                    DB_INT(req->now_us))));
        return changed == 1 ? RC_OK : RC_EXISTS;
    }
    story->id = db_new_id(req->now_us);
    return db_do(
        req->tx, NULL,
        "INSERT INTO story(id, person, other, match, cohort, took_part, title, text, role, "
        "state, reason, made_at, changed_at, sent_at, decided_by, published_at, expires_at, "
        "reminded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'draft', '', $10, $10, 0, 0, "
        "0, 0, 0)",
        DB_ARGS(DB_INT(story->id), DB_INT(req->actor.person), DB_INT(story->other),
                DB_INT(story->match), DB_INT(cohort), DB_TEXT(story->as), DB_TEXT(story->title),
                DB_TEXT(story->text), DB_TEXT(story->role), DB_INT(req->now_us)));
}

enum rc story_move(const struct app_place *place, const struct story *story, const char *to,
                   const char *reason, int64_t by)
{
    uint64_t changed = 0;
    bool sent = strcmp(to, "submitted") == 0;
    TRY(db_do(
        place->tx, &changed,
        "UPDATE story SET state = $3, reason = $4, decided_by = $5, changed_at = $6, sent_at = "
        "CASE WHEN $7 = 1 THEN $6 ELSE sent_at END WHERE id = $1 AND state = $2",
        DB_ARGS(DB_INT(story->id), DB_TEXT(story->state), DB_TEXT(to), DB_TEXT(reason), DB_INT(by),
                DB_INT(place->now_us), DB_INT(sent))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

// ---- what was agreed to ------------------------------------------------------------------------

enum rc story_consents(struct req *req, int64_t story, struct story_consent **ret_all,
                       size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT item, text, said, version, at FROM story_consent WHERE story = $1 AND "
                 "person = $2 AND superseded = 0 ORDER BY id",
                 DB_ARGS(DB_INT(story), DB_INT(req->actor.person))));
    struct story_consent *all = ARENA_ARRAY(req->arena, struct story_consent, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct story_consent){db_text(rows, k, 0), db_text(rows, k, 1),
                                        db_int(rows, k, 2), db_int(rows, k, 3), db_int(rows, k, 4)};
    *ret_all = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc story_forget(const struct app_place *place, int64_t story, int64_t person)
{
    return db_do(place->tx, NULL,
                 "UPDATE story_consent SET superseded = $3 WHERE story = $1 AND person = $2 AND "
                 "superseded = 0",
                 DB_ARGS(DB_INT(story), DB_INT(person), DB_INT(place->now_us)));
}

static int64_t said_of(const struct story_said *said, const char *item)
{
    if (strcmp(item, STORY_PHOTO) == 0)
        return said->photo;
    if (strcmp(item, STORY_ARTICLE) == 0)
        return said->article;
    if (strcmp(item, STORY_NAME) == 0)
        return said->name;
    if (strcmp(item, STORY_EMPLOYER) == 0)
        return said->employer;
    return strcmp(item, STORY_WEB) == 0 ? said->web : said->print;
}

enum rc story_say_one(const struct app_place *place, int64_t story, int64_t person,
                      const struct field_option *item, bool yes, const struct locale *locale)
{
    TRY(db_do(place->tx, NULL,
              "UPDATE story_consent SET superseded = $4 WHERE story = $1 AND person = $2 AND item "
              "= $3 AND superseded = 0",
              DB_ARGS(DB_INT(story), DB_INT(person), DB_TEXT(item->value), DB_INT(place->now_us))));
    return db_do(place->tx, NULL,
                 "INSERT INTO story_consent(id, story, person, item, version, said, text, at, "
                 "superseded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)",
                 DB_ARGS(DB_INT(db_new_id(place->now_us)), DB_INT(story), DB_INT(person),
                         DB_TEXT(item->value), DB_INT(STORY_CONSENT_VERSION), DB_INT(yes),
                         DB_TEXT(message_in(locale, item->label)), DB_INT(place->now_us)));
}

enum rc story_say(const struct app_place *place, int64_t story, int64_t person,
                  const struct field_option *items, const struct story_said *said,
                  const struct locale *locale)
{
    TRY(story_forget(place, story, person));
    for (const struct field_option *one = items; one->value != NULL; one++)
        if (said_of(said, one->value) >= 0)
            TRY(story_say_one(place, story, person, one, said_of(said, one->value) == 1, locale));
    return RC_OK;
}

// ---- what becomes of it in articles ------------------------------------------------------------

enum rc story_places(struct req *req, struct story_place **ret_all, size_t *ret_count)
{
    enum { PLACES_MOST = 400 };
    struct db_rows *rows = NULL;
    TRY(db_query(req->tx, req->arena, &rows,
                 "SELECT a.id, s.id, a.title, s.title, a.language FROM article a JOIN "
                 "article_section s ON s.article = a.id WHERE a.state = 'published' ORDER BY a.id "
                 "DESC, s.position LIMIT $1",
                 DB_ARGS(DB_INT(PLACES_MOST))));
    struct story_place *all = ARENA_ARRAY(req->arena, struct story_place, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = (struct story_place){db_int(rows, k, 0), db_int(rows, k, 1), db_text(rows, k, 2),
                                      db_text(rows, k, 3), db_text(rows, k, 4)};
    *ret_all = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc story_put_into_article(const struct app_place *place, struct story *story,
                               const struct story_place *where)
{
    uint64_t changed = 0;
    TRY(article_begin_draft(place, story->person, where->article, where->section, story->text,
                            &story->contribution));
    TRY(db_do(place->tx, &changed,
              "UPDATE story SET contribution = $2 WHERE id = $1 AND contribution = 0 AND state IN "
              "('approved', 'published')",
              DB_ARGS(DB_INT(story->id), DB_INT(story->contribution))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

// ---- what follows ------------------------------------------------------------------------------

static enum rc put_into_index(const struct app_place *place, const struct story *story)
{
    const struct index_entry entry = {
        .kind = "story",
        .subject = story->id,
        .audience = INDEX_ALL,
        .path = arena_printf(place->arena, "/stories/%lld", (long long)story->id),
        .title = story->title,
        .text = arena_printf(place->arena, "%s\n%s\n%s", story->text, story->shown_name,
                             story->shown_other)};
    return entry.path == NULL || entry.text == NULL ? RC_NO_MEMORY : index_put(place, &entry);
}

// Consent ends two years after the older of both was given.
static enum rc show(const struct app_place *place, int64_t id)
{
    return db_do(place->tx, NULL,
                 "UPDATE story SET state = 'published', published_at = CASE WHEN state = "
                 "'published' THEN published_at ELSE $2 END, reminded = 0, expires_at = $3 + "
                 "(SELECT min(k.at) FROM story_consent k WHERE k.story = story.id AND k.item = "
                 "'web' AND k.superseded = 0 AND k.person IN (story.person, story.other)) WHERE id "
                 "= $1",
                 DB_ARGS(DB_INT(id), DB_INT(place->now_us), DB_INT(STORY_CONSENT_DAYS * DAY_US)));
}

// What is not agreed to any more goes at once: a photo for good, a contribution from its article.
static enum rc take_away(const struct app_place *place, const struct story *story, bool hidden)
{
    if (hidden || story_photo_is_refused(story))
        TRY(story_photo_drop(place->tx, story->id));
    if (story->contribution == 0 || story_may_be_in_article(story))
        return RC_OK;
    TRY(article_take_back(place, story->person, story->contribution));
    return db_do(place->tx, NULL, "UPDATE story SET contribution = 0 WHERE id = $1",
                 DB_ARGS(DB_INT(story->id)));
}

enum rc story_settle(const struct app_place *place, int64_t id)
{
    struct story story;
    TRY(story_find_any(place, id, &story));
    bool published = text_same(story.state, "published");
    bool seen = story_may_be_seen(&story) && (published || text_same(story.state, "approved"));
    bool hidden = (published && !seen) || text_same(story.state, "unpublished");
    TRY(take_away(place, &story, hidden));
    if (seen) {
        TRY(show(place, id));
        return put_into_index(place, &story);
    }
    TRY(index_drop(place, "story", id));
    return published
               ? db_do(place->tx, NULL,
                       "UPDATE story SET state = 'unpublished', changed_at = $2 WHERE id = $1",
                       DB_ARGS(DB_INT(id), DB_INT(place->now_us)))
               : RC_OK;
}

enum rc story_index(const struct app_place *place)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows,
                 STORY "WHERE s.state = 'published' AND p.closed_at = 0 ORDER BY s.id",
                 DB_NO_ARGS));
    for (size_t k = 0; k < db_count(rows); k++) {
        const struct story story = read_story(place->arena, rows, k);
        TRY(put_into_index(place, &story));
    }
    return RC_OK;
}

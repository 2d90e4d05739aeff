// SPDX-License-Identifier: Apache-2.0
//
// The rows of photos; see recognition_photo.h.
#include "app/recognition/recognition_photo.h"

const char recognition_schema_4[] =
    "CREATE TABLE story_photo(id {id} NOT NULL PRIMARY KEY, story {id} NOT NULL REFERENCES "
    "story(id), text TEXT NOT NULL, shows_writer {int} NOT NULL, shows_other {int} NOT NULL, wide "
    "{int} NOT NULL, high {int} NOT NULL, bytes {blob} NOT NULL, at {int} NOT NULL){end};\n"
    "CREATE UNIQUE INDEX story_photo_story ON story_photo(story);\n"
    "ALTER TABLE story ADD COLUMN contribution {id} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE story ADD COLUMN asked_again {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE honour ADD COLUMN reminded {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE honour_juror ADD COLUMN removed_at {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE honour_juror ADD COLUMN removed_by {id} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE honour_juror ADD COLUMN removed_scores {int} NOT NULL DEFAULT 0;\n"
    "ALTER TABLE honour_juror ADD COLUMN reason TEXT NOT NULL DEFAULT '';\n";

enum rc story_photo_drop(struct db_tx *tx, int64_t story)
{
    return db_do(tx, NULL, "DELETE FROM story_photo WHERE story = $1", DB_ARGS(DB_INT(story)));
}

enum rc story_photo_put(struct req *req, const struct story *story, const struct story_photo *photo,
                        const struct picture *picture)
{
    uint64_t changed = 0;
    TRY(story_photo_drop(req->tx, story->id));
    TRY(db_do(req->tx, &changed,
              "INSERT INTO story_photo(id, story, text, shows_writer, shows_other, wide, high, "
              "bytes, at) SELECT $1, s.id, $4, $5, $6, $7, $8, $9, $10 FROM story s WHERE s.id = "
              "$2 AND s.person = $3 AND s.state = 'draft'",
              DB_ARGS(DB_INT(db_new_id(req->now_us)), DB_INT(story->id), DB_INT(req->actor.person),
                      DB_TEXT(photo->text), DB_INT(photo->me), DB_INT(photo->other),
                      DB_INT(picture->wide), DB_INT(picture->high), DB_BYTES(picture->jpeg),
                      DB_INT(req->now_us))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

enum rc story_photo_fit(struct req *req, const struct story *story)
{
    return db_do(req->tx, NULL,
                 "DELETE FROM story_photo WHERE story = $1 AND shows_other = 1 AND EXISTS (SELECT "
                 "1 FROM story s WHERE s.id = $1 AND s.person = $2 AND s.other <> $3)",
                 DB_ARGS(DB_INT(story->id), DB_INT(req->actor.person), DB_INT(story->other)));
}

enum rc story_photo_leave(const struct app_place *place, int64_t person)
{
    return db_do(place->tx, NULL,
                 "DELETE FROM story_photo WHERE story IN (SELECT id FROM story WHERE person = $1) "
                 "OR (shows_other = 1 AND story IN (SELECT id FROM story WHERE other = $1))",
                 DB_ARGS(DB_INT(person)));
}

#define YES(whose)                                                                                 \
    "EXISTS (SELECT 1 FROM story_consent k WHERE k.story = s.id AND k.person = " whose             \
    " AND k.item = 'photo' AND k.superseded = 0 AND k.said = 1)"

// The writer; the other of the pair and editors once it was sent; and all, of a story that they
// can read, when everybody in it has agreed.
enum rc story_photo_read(struct req *req, int64_t photo, bool editor, struct text *ret_jpeg)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        req->tx, req->arena, &rows,
        "SELECT f.bytes FROM story_photo f JOIN story s ON s.id = f.story JOIN person p ON p.id = "
        "s.person WHERE f.id = $1 AND ((s.person = $2 AND $2 > 0) OR (s.state IN ('submitted', "
        "'approved', 'published') AND ($3 = 1 OR (s.other = $2 AND $2 > 0))) OR (s.state = "
        "'published' AND p.closed_at = 0 AND " YES("s.person") " AND (f.shows_other = 0 OR " YES(
            "s.other") ")))",
        DB_ARGS(DB_INT(photo), DB_INT(req->actor.person), DB_INT(editor))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_jpeg = db_bytes(rows, 0, 0);
    return RC_OK;
}

// SPDX-License-Identifier: Apache-2.0
//
// The rows of resources, their files, and what people saved. See support_resource.h.
//
// Files stand in the database, in pieces: so all nodes have them, and so do backups and copies.
#include <string.h>

#include "app/support/support_resource.h"

bool resource_is_accessible(const struct resource *r)
{
    bool video = strcmp(r->media, "video") == 0;
    bool audio = strcmp(r->media, "audio") == 0;
    if ((video || audio) && strcmp(r->transcript, "no") == 0 && strcmp(r->captions, "yes") != 0)
        return false;
    if (video && (strcmp(r->captions, "no") == 0 || strcmp(r->described, "no") == 0))
        return false;
    return strcmp(r->tagged, "no") != 0;
}

const char *resource_lacks(const struct resource *r)
{
    bool video = strcmp(r->media, "video") == 0;
    bool audio = strcmp(r->media, "audio") == 0;
    if (video && strcmp(r->captions, "no") == 0)
        return strcmp(r->transcript, "yes") == 0 ? MSG("It has no captions. There is a transcript.")
                                                 : MSG("It has neither captions nor a transcript.");
    if (audio && strcmp(r->transcript, "no") == 0)
        return MSG("It has no transcript.");
    if (strcmp(r->tagged, "no") == 0)
        return MSG("A screen reader may not read this document well.");
    return NULL;
}

#define RESOURCE                                                                                      \
    "SELECT r.id, r.kind, r.title, r.about, r.url, CASE WHEN r.contribution <> 0 THEN coalesce(CASE " \
    "WHEN a.id > 0 THEN c.body END, '') ELSE r.text END, r.language, r.role, r.stage, r.topics, "     \
    "r.media, r.minutes, r.licence, r.captions, r.transcript, r.described, r.tagged, r.plain, "       \
    "r.accessible, r.review_by, r.file, r.file_name, r.file_type, r.file_bytes, CASE "                \
    "WHEN r.contribution <> 0 AND r.ended_at = 0 AND a.id IS NULL THEN 1 ELSE r.ended_at END, "       \
    "coalesce(k.saved_at, 0), coalesce(k.done_at, 0), r.contribution, CASE WHEN c.byline = "          \
    "'pseudonym' THEN c.pseudonym WHEN c.byline = 'name' AND w.closed_at = 0 THEN w.name ELSE '' "    \
    "END, coalesce(c.role, ''), coalesce(a.id, 0), coalesce(a.title, '') FROM resource r LEFT "       \
    "JOIN resource_mark k ON k.resource = r.id AND k.person = $1 LEFT JOIN contribution c ON "        \
    "c.id = r.contribution AND c.state = 'approved' LEFT JOIN article a ON a.id = c.article AND "     \
    "a.state = 'published' LEFT JOIN person w ON w.id = c.person "

static struct resource read_resource(const struct db_rows *r, size_t k)
{
    return (struct resource){
        db_int(r, k, 0),   db_text(r, k, 1),  db_text(r, k, 2),  db_text(r, k, 3),
        db_text(r, k, 4),  db_text(r, k, 5),  db_text(r, k, 6),  db_text(r, k, 7),
        db_text(r, k, 8),  db_text(r, k, 9),  db_text(r, k, 10), db_int(r, k, 11),
        db_text(r, k, 12), db_text(r, k, 13), db_text(r, k, 14), db_text(r, k, 15),
        db_text(r, k, 16), db_text(r, k, 17), db_int(r, k, 18),  db_text(r, k, 19),
        db_int(r, k, 20),  db_text(r, k, 21), db_text(r, k, 22), db_int(r, k, 23),
        db_int(r, k, 24),  db_int(r, k, 25),  db_int(r, k, 26),  db_int(r, k, 27),
        db_text(r, k, 28), db_text(r, k, 29), db_int(r, k, 30),  db_text(r, k, 31)};
}

static enum rc read_all(struct arena *arena, const struct db_rows *r,
                        struct resource **ret_resources, size_t *ret_count)
{
    struct resource *all = ARENA_ARRAY(arena, struct resource, db_count(r));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = read_resource(r, k);
    *ret_resources = all;
    *ret_count = db_count(r);
    return RC_OK;
}

// A text is searched by taking it out of the key: what is left differs. (LIKE differs by engine.)
enum rc resource_list(struct req *req, const struct resource_filter *f,
                      struct resource **ret_resources, size_t *ret_count)
{
    struct db_rows *r = NULL;
    char *key = NULL;
    const char *topic = f->topic[0] == '\0' ? "" : arena_printf(req->arena, "%s ", f->topic);
    if (topic == NULL)
        return RC_NO_MEMORY;
    TRY(text_key(req->arena, f->words, strlen(f->words), &key));
    TRY(db_query(
        req->tx, req->arena, &r,
        RESOURCE
        "WHERE r.ended_at = 0 AND (r.contribution = 0 OR a.id IS NOT NULL) AND ($2 = '' OR replace(r.search, $2, '') <> r.search) AND ($3 = '' "
        "OR r.role IN ('both', $3)) AND ($4 = '' OR replace(r.topics, $4, '') <> r.topics) AND ($5 "
        "= '' OR r.language = $5) AND ($6 = '' OR r.kind = $6) AND ($7 = '' OR r.stage = $7) AND "
        "($8 = 0 OR r.accessible = 1) AND ($9 = 0 OR k.saved_at > 0) AND ($10 = 0 OR r.id < $10) "
        "ORDER BY r.id DESC LIMIT $11",
        DB_ARGS(DB_INT(req->actor.person), DB_TEXT(key), DB_TEXT(f->role), DB_TEXT(topic),
                DB_TEXT(f->language), DB_TEXT(f->kind), DB_TEXT(f->stage), DB_INT(f->accessible),
                DB_INT(f->mine), DB_INT(f->before), DB_INT(RESOURCES_A_PAGE + 1))));
    return read_all(req->arena, r, ret_resources, ret_count);
}

enum rc resource_review(struct req *req, const char *day, int64_t from, int64_t most,
                        struct resource **ret_resources, size_t *ret_count)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r,
                 RESOURCE
                 "WHERE $2 = '' OR (r.ended_at = 0 AND r.review_by <> '' AND r.review_by <= $2) "
                 "ORDER BY CASE WHEN r.ended_at = 0 THEN 0 ELSE 1 END, CASE WHEN $2 = '' THEN "
                 "r.search ELSE r.review_by END, r.id LIMIT $3 OFFSET $4",
                 DB_ARGS(DB_INT(req->actor.person), DB_TEXT(day), DB_INT(most), DB_INT(from))));
    return read_all(req->arena, r, ret_resources, ret_count);
}

enum rc resource_find(struct req *req, int64_t id, struct resource *ret_resource)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r, RESOURCE "WHERE r.id = $2",
                 DB_ARGS(DB_INT(req->actor.person), DB_INT(id))));
    if (db_count(r) == 0)
        return RC_NOT_FOUND;
    *ret_resource = read_resource(r, 0);
    return RC_OK;
}

static enum rc make_key(struct arena *arena, const struct resource *r, char **ret_key)
{
    const char *all = arena_printf(arena, "%s %s", r->title, r->about);
    return all == NULL ? RC_NO_MEMORY : text_key(arena, all, strlen(all), ret_key);
}

enum rc resource_set(const struct app_place *at, struct resource *r, const char *ready, int64_t by)
{
    char *key = NULL;
    TRY(make_key(at->arena, r, &key));
    if (r->id == 0)
        r->id = db_new_id(at->now_us);
    TRY(db_do(
        at->tx, NULL,
        "INSERT INTO resource(id, kind, title, about, url, text, language, role, stage, topics, "
        "media, minutes, licence, captions, transcript, described, tagged, plain, accessible, "
        "review_by, file, file_name, file_type, file_bytes, ended_at, made_by, made_at, changed_at, "
        "search, ready) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
        "$16, $17, $18, $19, $20, $21, $22, $23, $24, 0, $25, $26, $26, $27, $28) ON CONFLICT(id) DO "
        "UPDATE SET kind = $2, title = $3, about = $4, url = $5, text = $6, language = $7, role = "
        "$8, stage = $9, topics = $10, media = $11, minutes = $12, licence = $13, captions = $14, "
        "transcript = $15, described = $16, tagged = $17, plain = $18, accessible = $19, review_by = "
        "$20, file = $21, file_name = $22, file_type = $23, file_bytes = $24, changed_at = $26, "
        "search = $27",
        DB_ARGS(DB_INT(r->id), DB_TEXT(r->kind), DB_TEXT(r->title), DB_TEXT(r->about),
                DB_TEXT(r->url), DB_TEXT(r->text), DB_TEXT(r->language), DB_TEXT(r->role),
                DB_TEXT(r->stage), DB_TEXT(r->topics), DB_TEXT(r->media), DB_INT(r->minutes),
                DB_TEXT(r->licence), DB_TEXT(r->captions), DB_TEXT(r->transcript),
                DB_TEXT(r->described), DB_TEXT(r->tagged), DB_TEXT(r->plain),
                DB_INT(resource_is_accessible(r)), DB_TEXT(r->review_by), DB_INT(r->file),
                DB_TEXT(r->file_name), DB_TEXT(r->file_type), DB_INT(r->file_bytes), DB_INT(by),
                DB_INT(at->now_us), DB_TEXT(key), DB_TEXT(ready))));
    return support_index_resource(at, r->id);
}

enum rc resource_end(const struct app_place *at, int64_t id, bool back)
{
    uint64_t changed = 0;
    TRY(db_do(at->tx, &changed,
              "UPDATE resource SET ended_at = $2 WHERE id = $1 AND CASE WHEN ended_at = 0 THEN 0 "
              "ELSE 1 END = $3",
              DB_ARGS(DB_INT(id), DB_INT(back ? 0 : at->now_us), DB_INT(back))));
    return changed == 1 ? support_index_resource(at, id) : RC_EXISTS;
}

enum rc resource_mark(struct req *req, int64_t id, bool saved, bool done)
{
    return db_do(
        req->tx, NULL,
        "INSERT INTO resource_mark(person, resource, saved_at, done_at) VALUES ($1, $2, $3, "
        "$4) ON CONFLICT(person, resource) DO UPDATE SET saved_at = CASE WHEN $3 = 0 THEN 0 "
        "WHEN resource_mark.saved_at > 0 THEN resource_mark.saved_at ELSE $3 END, done_at = "
        "CASE WHEN $4 = 0 THEN 0 WHEN resource_mark.done_at > 0 THEN resource_mark.done_at "
        "ELSE $4 END",
        DB_ARGS(DB_INT(req->actor.person), DB_INT(id), DB_INT(saved ? req->now_us : 0),
                DB_INT(done ? req->now_us : 0)));
}

// ---- what members added to articles ------------------------------------------------------------

enum rc resource_source(struct req *req, int64_t contribution, struct resource_source *ret_source)
{
    struct db_rows *r = NULL;
    TRY(db_query(
        req->tx, req->arena, &r,
        "SELECT c.person, c.body, CASE WHEN c.byline = 'pseudonym' THEN c.pseudonym WHEN c.byline = "
        "'name' AND p.closed_at = 0 THEN p.name ELSE '' END, c.role, c.kind, a.id, a.title, s.title, "
        "a.language, coalesce((SELECT r.id FROM resource r WHERE r.contribution = c.id), 0), CASE WHEN p.closed_at = 0 THEN p.email ELSE '' END, p.language, p.name FROM "
        "contribution c JOIN article a ON a.id = c.article AND a.state = 'published' JOIN "
        "article_section s ON s.id = c.section JOIN person p ON p.id = c.person WHERE c.id = $1 AND "
        "c.id <> 0 AND c.state = 'approved'",
        DB_ARGS(DB_INT(contribution))));
    if (db_count(r) == 0)
        return RC_NOT_FOUND;
    *ret_source = (struct resource_source){.id = contribution,
                                           .person = db_int(r, 0, 0),
                                           .body = db_text(r, 0, 1),
                                           .credit = db_text(r, 0, 2),
                                           .as = db_text(r, 0, 3),
                                           .kind = db_text(r, 0, 4),
                                           .article = db_int(r, 0, 5),
                                           .article_title = db_text(r, 0, 6),
                                           .section_title = db_text(r, 0, 7),
                                           .language = db_text(r, 0, 8),
                                           .resource = db_int(r, 0, 9),
                                           .email = db_text(r, 0, 10),
                                           .tag = db_text(r, 0, 11),
                                           .name = db_text(r, 0, 12)};
    return RC_OK;
}

enum rc resource_borrow(const struct app_place *at, struct resource *r,
                        const struct resource_source *source, int64_t by)
{
    if (source->resource != 0)
        return RC_EXISTS;
    r->kind = "page";
    r->media = "text";
    r->language = source->language;
    r->url = r->text = r->topics = r->review_by = r->file_name = r->file_type = "";
    r->captions = r->transcript = r->described = r->tagged = "none";
    r->plain = "yes";
    TRY(resource_set(at, r, "", by));
    return db_do(at->tx, NULL, "UPDATE resource SET contribution = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(r->id), DB_INT(source->id)));
}

// ---- files -------------------------------------------------------------------------------------

enum rc resource_file_add(struct req *req, struct text content, int64_t *ret_file)
{
    int64_t file = db_new_id(req->now_us);
    int64_t place = 0;
    for (size_t at = 0; at < content.length; at += RESOURCE_CHUNK_BYTES) {
        size_t length = content.length - at;
        if (length > RESOURCE_CHUNK_BYTES)
            length = RESOURCE_CHUNK_BYTES;
        TRY(db_do(req->tx, NULL,
                  "INSERT INTO resource_chunk(file, place, bytes) VALUES ($1, $2, $3)",
                  DB_ARGS(DB_INT(file), DB_INT(place),
                          DB_BYTES(((struct text){content.bytes + at, length})))));
        place++;
    }
    *ret_file = file;
    return RC_OK;
}

enum rc resource_file_drop(struct db_tx *tx, int64_t file)
{
    return db_do(tx, NULL, "DELETE FROM resource_chunk WHERE file = $1", DB_ARGS(DB_INT(file)));
}

enum rc resource_file_read(struct req *req, const struct resource *resource,
                           struct buffer *ret_bytes)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r,
                 "SELECT bytes FROM resource_chunk WHERE file = $1 ORDER BY place",
                 DB_ARGS(DB_INT(resource->file))));
    if (db_count(r) == 0)
        return RC_NOT_FOUND;
    buffer_open(ret_bytes, req->arena, RESOURCE_FILE_MAX);
    for (size_t k = 0; k < db_count(r); k++) {
        struct text bytes = db_bytes(r, k, 0);
        buffer_append(ret_bytes, bytes.bytes, bytes.length);
    }
    return ret_bytes->rc;
}

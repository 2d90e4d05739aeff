// SPDX-License-Identifier: Apache-2.0
//
// Why: what to read, watch, hear and use, with what a reader must know before she opens it: for
// whom, how long, in which language, and whether she can hear, see and follow it.
#ifndef TRELLIS_APP_SUPPORT_SUPPORT_RESOURCE_H
#define TRELLIS_APP_SUPPORT_SUPPORT_RESOURCE_H

#include "app/enrolment/enrolment.h"
#include "app/support/support.h"

struct resource {
    int64_t id;
    const char *kind; // "link", "page", "file"
    const char *title;
    const char *about;
    const char *url;
    const char *text; // Markdown
    const char *language;
    const char *role;   // "both", "mentee", "mentor"
    const char *stage;  // "any", "begin", "middle", "end", "stuck"
    const char *topics; // values of enrolment_topics, with a space after each
    const char *media;  // "text", "document", "image", "audio", "video", "other"
    int64_t minutes;
    const char *licence;
    const char *captions; // "yes", "no", "none": not needed
    const char *transcript;
    const char *described; // audio description
    const char *tagged;    // PDF
    const char *plain;     // plain language
    int64_t accessible;    // computed: nothing that it needs is missing
    const char *review_by; // a day
    int64_t file;
    const char *file_name;
    const char *file_type;
    int64_t file_bytes;
    int64_t ended_at;
    int64_t saved_at; // by the actor
    int64_t done_at;
    int64_t contribution; // its text is what somebody added to an article; 0: it is its own
    const char *credit;   // her name, as she chose it; "": only her role
    const char *as;       // "mentor" "mentee" "member"
    int64_t article;
    const char *article_title;
};

// What somebody added to an article, as it can be read there now.
struct resource_source {
    int64_t id;
    int64_t person;
    const char *body;
    const char *credit;
    const char *as;
    const char *kind; // "example" "story" "insight"
    int64_t article;
    const char *article_title;
    const char *section_title;
    const char *language;
    int64_t resource;  // that is made of it; 0: none
    const char *email; // of whoever wrote it; "": her account is closed
    const char *tag;   // her language
    const char *name;  // her own, for a letter to her
};
// RC_NOT_FOUND: nobody can read it.
enum rc resource_source(struct req *req, int64_t contribution, struct resource_source *ret_source);
// Of `resource`, title, about, role, stage, minutes and licence are the caller's; what follows from
// the source is set here. RC_EXISTS: there is one of it.
enum rc resource_borrow(const struct app_place *at, struct resource *resource,
                        const struct resource_source *source, int64_t by);

// That what a resource r borrows can still be read where it comes from.
#define RESOURCE_LIVES                                                                             \
    "(r.contribution = 0 OR EXISTS (SELECT 1 FROM contribution v JOIN article y ON y.id = "        \
    "v.article WHERE v.id = r.contribution AND v.state = 'approved' AND y.state = 'published')) "

// Empty texts and zeros mean all.
struct resource_filter {
    const char *words; // as typed
    const char *role;
    const char *topic;
    const char *language;
    const char *kind;
    const char *stage;
    int64_t accessible; // 1: only those where nothing is missing
    int64_t mine;       // 1: only those that the actor has saved
    int64_t before;     // the id of the last one of the page before
};
enum { RESOURCES_A_PAGE = 20, RESOURCE_CHUNK_BYTES = 64 * 1024, RESOURCE_FILE_MAX = 7 << 20 };

extern const struct field_option resource_kinds[];
extern const struct field_option resource_roles[];
extern const struct field_option resource_stages[];
extern const struct field_option resource_medias[];
extern const struct field_option resource_has[];

// Whether nothing that this kind of medium needs is missing, as far as we were told.
bool resource_is_accessible(const struct resource *resource);
// What is missing for a reader of a video or a recording: a message; NULL: nothing.
const char *resource_lacks(const struct resource *resource);

// One more than a page, when there are more.
enum rc resource_list(struct req *req, const struct resource_filter *filter,
                      struct resource **ret_resources, size_t *ret_count);
// For editors: those to be looked at again by a day, the oldest first; day "": all, by title.
enum rc resource_review(struct req *req, const char *day, int64_t from, int64_t most,
                        struct resource **ret_resources, size_t *ret_count);
enum rc resource_find(struct req *req, int64_t id, struct resource *ret_resource);
// id 0: a new one, whose id is put there.
enum rc resource_set(const struct app_place *at, struct resource *resource, const char *ready,
                     int64_t by);
// Readers find it no more, or (back) again. RC_EXISTS: it is so already.
enum rc resource_end(const struct app_place *at, int64_t id, bool back);
enum rc resource_mark(struct req *req, int64_t id, bool saved, bool done);
// A file in pieces, under a random id that nobody guesses.
enum rc resource_file_add(struct req *req, struct text content, int64_t *ret_file);
enum rc resource_file_drop(struct db_tx *tx, int64_t file);
enum rc resource_file_read(struct req *req, const struct resource *resource,
                           struct buffer *ret_bytes);

#endif

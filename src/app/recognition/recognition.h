// SPDX-License-Identifier: Apache-2.0
//
// Why: what people have reached is seen: milestones, badges that follow from what really happened,
// certificates with hours that are true, and thanks.
//
// Promises: nothing of it is public unless the person makes it so; a badge says what it rests on;
// a certificate can be checked by anybody who has its code, and offline by its signature; when its
// hours change a new one replaces it.
#ifndef TRELLIS_APP_RECOGNITION_RECOGNITION_H
#define TRELLIS_APP_RECOGNITION_RECOGNITION_H

#include "app/app.h"

extern const struct app_slice recognition_slice;
extern const struct route recognition_routes[];
extern const struct route recognition_rule_routes[];
extern const struct route certificate_routes[];
extern const struct route story_routes[];
extern const struct route honour_routes[];
extern const struct route photo_routes[];
extern const struct route story_article_routes[];
extern const struct app_table recognition_tables[];
extern const char recognition_schema_1[];
extern const char recognition_schema_2[];
extern const char recognition_schema_3[];
extern const char recognition_schema_4[];
extern const char recognition_schema_5[];

struct job_kind recognition_nightly_kind(const struct app *app);
enum rc recognition_hears(const struct app_place *place, const struct announcement *heard);

// The rules that every installation begins with. RC_OK also when there are rules already.
enum rc badge_add_ready(const struct app_place *place);

// ---- certificates ------------------------------------------------------------------------------

// What is signed. Every member is one line; dates are ISO days.
struct certificate_words {
    const char *code;
    const char *name;
    const char *programme;
    const char *role; // "mentor" "mentee"
    const char *from;
    const char *until;
    int64_t minutes; // confirmed
    const char *issued;
    const char *by; // the organisation
};

// The text that is signed: one "key value" a line, in this order; line ends in values become
// spaces.
enum rc certificate_text(struct arena *arena, const struct certificate_words *words,
                         const char **ret_text);

// The file that its holder keeps: that text, the signature and the key.
enum rc certificate_file(struct arena *arena, const char *text, const char *sign,
                         const char *public, const char **ret_file);

// Takes such a file apart. RC_BAD_INPUT: it is not one.
struct certificate_parts {
    const char *text;
    const char *sign;
    const char *public;
};
enum rc certificate_read(struct arena *arena, const char *file,
                         struct certificate_parts *ret_parts);

// Minutes as hours with one digit, rounded down to tenths: "12.5". In the arena.
const char *certificate_hours(struct arena *arena, int64_t minutes);

#endif

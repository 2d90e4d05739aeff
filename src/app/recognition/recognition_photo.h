// SPDX-License-Identifier: Apache-2.0
//
// Why: a story may have one photo, which shows nobody but those who have agreed to it.
//
// Promises: it shows at most the writer and the other of the pair, each of whom agrees to it by
// itself; what is kept was drawn anew (format/picture.h); it has words for those who don't see it;
// a no, of either, erases it in the same transaction; what visitors get is decided by the SQL that
// reads it.
//
// Not for: originals, albums, or groups of people: nobody could be asked.
#ifndef TRELLIS_APP_RECOGNITION_RECOGNITION_PHOTO_H
#define TRELLIS_APP_RECOGNITION_RECOGNITION_PHOTO_H

#include "base/buffer.h"

#include "app/recognition/recognition_story.h"
#include "format/picture.h"

enum { PHOTO_FILE_MAX = 7 << 20 };

// Takes the place of the one that was there. RC_EXISTS: the story is no draft any more.
enum rc story_photo_put(struct req *req, const struct story *story, const struct story_photo *photo,
                        const struct picture *picture);
enum rc story_photo_drop(struct db_tx *tx, int64_t story);
// Before a story changes whom it tells of: a photo with the one before goes.
enum rc story_photo_fit(struct req *req, const struct story *story);
// Those of somebody who goes.
enum rc story_photo_leave(const struct app_place *place, int64_t person);
// For whoever may see it just now. RC_NOT_FOUND: not this reader.
enum rc story_photo_read(struct req *req, int64_t photo, bool editor, struct text *ret_jpeg);

#endif

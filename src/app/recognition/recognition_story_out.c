// SPDX-License-Identifier: Apache-2.0
//
// What the pages of stories tell programs; see web/out.h. Of people only what they have agreed to.
#include "app/recognition/recognition_story.h"

OUT_TYPE(told_out, struct story);
OUT_TYPE(own_story_out, struct story);

// clang-format off
static const struct out told_rows[] = {
    {"id",           OUT_ID,      OUT_INT_OF(struct story,  id),           ""},
    {"title",        OUT_TEXT,    OUT_TEXT_OF(struct story, title),        ""},
    {"text",         OUT_TEXT,    OUT_TEXT_OF(struct story, text),         ""},
    {"by",           OUT_SOME,    OUT_TEXT_OF(struct story, shown_name),   "null: she wants no name there"},
    {"job",          OUT_SOME,    OUT_TEXT_OF(struct story, shown_role),   ""},
    {"with",         OUT_SOME,    OUT_TEXT_OF(struct story, shown_other),  "the other of the pair, if both agreed"},
    {"photo",        OUT_SOME,    OUT_TEXT_OF(struct story, shown_photo),  "the path of a JPEG, once everybody in it has agreed"},
    {"photo_shows",  OUT_SOME,    OUT_TEXT_OF(struct story, photo.text),   "what can be seen on it"},
    {"took_part_as", OUT_SOME,    OUT_TEXT_OF(struct story, as),           "mentor or mentee"},
    {"programme",    OUT_SOME,    OUT_TEXT_OF(struct story, programme),    ""},
    {"since",        OUT_INSTANT, OUT_INT_OF(struct story,  published_at), ""},
};
static const struct out_shape told_out = OUT_SHAPE("Story", struct story, told_rows);

static const struct out all_rows[] = {
    {"stories", OUT_LIST, OUT_LIST_OF(struct story_view, stories, count, told_out), "the newest first"},
    {"next",    OUT_PATH, OUT_TEXT_OF(struct story_view, next), ""},
};
const struct out_shape stories_out = OUT_SHAPE("Stories", struct story_view, all_rows);

static const struct out one_rows[] = {
    {"story", OUT_OBJECT, OUT_OBJECT_OF(struct story_view, story, told_out), ""},
};
const struct out_shape story_out = OUT_SHAPE("StoryPage", struct story_view, one_rows);

static const struct out own_rows[] = {
    {"id",      OUT_ID,      OUT_INT_OF(struct story,  id),         ""},
    {"title",   OUT_TEXT,    OUT_TEXT_OF(struct story, title),      ""},
    {"state",   OUT_TEXT,    OUT_TEXT_OF(struct story, state),      "draft, submitted, approved, published, unpublished or rejected"},
    {"changed", OUT_INSTANT, OUT_INT_OF(struct story,  changed_at), ""},
};
static const struct out_shape own_story_out = OUT_SHAPE("OwnStory", struct story, own_rows);
static const struct out mine_rows[] = {
    {"stories", OUT_LIST, OUT_LIST_OF(struct story_view, stories, count, own_story_out), ""},
    {"of_me",   OUT_LIST, OUT_LIST_OF(struct story_view, others, other_count, own_story_out), "that tell of who asks"},
};
const struct out_shape my_stories_out = OUT_SHAPE("MyStories", struct story_view, mine_rows);

static const struct out review_rows[] = {
    {"waiting",  OUT_LIST, OUT_LIST_OF(struct story_view, stories, count, own_story_out), ""},
    {"approved", OUT_LIST, OUT_LIST_OF(struct story_view, others, other_count, own_story_out), ""},
};
const struct out_shape story_review_out = OUT_SHAPE("StoriesToReview", struct story_view, review_rows);
// clang-format on

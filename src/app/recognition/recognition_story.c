// SPDX-License-Identifier: Apache-2.0
//
// The rules of stories; pure. See recognition_story.h.
#include "app/recognition/recognition_story.h"

#include <string.h>

#include "app/index.h"

// clang-format off
const struct field_option story_items[STORY_ITEMS + 1] = {
    {STORY_NAME,     MSG("My name stands under the story")},
    {STORY_EMPLOYER, MSG("My job or employer stands under it, as I wrote it")},
    {STORY_WEB,      MSG("Everybody can read the story on these pages")},
    {STORY_PRINT,    MSG("The story may be printed, for example in a leaflet or a report")},
    {STORY_PHOTO,    MSG("The photo is shown with the story, wherever the story is")},
    {STORY_ARTICLE,  MSG("The story may become part of an article on these pages")},
    {NULL, NULL},
};
const struct field_option story_other_items[STORY_OTHER_ITEMS + 1] = {
    {STORY_NAME,  MSG("My name stands with this story")},
    {STORY_WEB,   MSG("Everybody can read this story, which tells of me, on these pages")},
    {STORY_PRINT, MSG("This story, which tells of me, may be printed")},
    {STORY_PHOTO, MSG("The photo, which shows me, is shown with this story")},
    {STORY_ARTICLE, MSG("This story, which tells of me, may become part of an article on these pages")},
    {NULL, NULL},
};
static const struct {
    const char *from;
    const char *to;
    bool editor;
} moves[] = {
    {"draft",       "submitted",   false},
    {"rejected",    "draft",       false},
    {"unpublished", "draft",       false},
    {"submitted",   "draft",       false},
    {"approved",    "draft",       false},
    {"published",   "unpublished", false},
    {"submitted",   "approved",    true},
    {"submitted",   "rejected",    true},
    {"approved",    "rejected",    true},
    {"published",   "unpublished", true},
};
// clang-format on

bool story_may(const char *from, const char *to, bool editor)
{
    for (size_t k = 0; k < sizeof moves / sizeof moves[0]; k++)
        if (moves[k].editor == editor && strcmp(moves[k].from, from) == 0 &&
            strcmp(moves[k].to, to) == 0)
            return true;
    return false;
}

bool story_may_be_seen(const struct story *story)
{
    return story->writer_said.web == 1 && (story->other == 0 || story->other_said.web == 1);
}

bool story_photo_may_be_seen(const struct story *story)
{
    return story->photo.id != 0 && story->writer_said.photo == 1 &&
           (!story->photo.other || story->other_said.photo == 1);
}

bool story_photo_is_refused(const struct story *story)
{
    return story->photo.id != 0 &&
           (story->writer_said.photo == 0 || (story->photo.other && story->other_said.photo == 0));
}

bool story_may_be_in_article(const struct story *story)
{
    return story->writer_said.article == 1 && (story->other == 0 || story->other_said.article == 1);
}

// The word itself, or with the ending of a genitive.
static bool is_name(const char *word, const char *part)
{
    static const char *const ends[] = {"", "s", "'s", "\xE2\x80\x99s", "'", "\xE2\x80\x99"};
    size_t length = strlen(part);
    if (length < 2 || strncmp(word, part, length) != 0)
        return false;
    for (size_t k = 0; k < sizeof ends / sizeof ends[0]; k++)
        if (strcmp(word + length, ends[k]) == 0)
            return true;
    return false;
}

enum rc story_names(struct arena *arena, const char *text, const char *name, bool *ret_named)
{
    enum { WORDS_MOST = 4000 };
    const char **words = NULL;
    const char **parts = NULL;
    size_t count = 0;
    size_t part_count = 0;
    bool named = false;
    TRY(index_words(arena, text, WORDS_MOST, &words, &count));
    TRY(index_words(arena, name, WORDS_MOST, &parts, &part_count));
    for (size_t p = 0; p < part_count && !named; p++)
        for (size_t k = 0; k < count && !named; k++)
            named = is_name(words[k], parts[p]);
    *ret_named = named;
    return RC_OK;
}

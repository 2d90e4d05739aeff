// SPDX-License-Identifier: Apache-2.0
//
// Why: a member tells others how mentoring went, and every one of those whom the story is about
// says herself what of it may be seen.
//
// Promises: nothing is shown that no editor has approved; each item (name, job, on the web, in
// print) is agreed to by itself, with the words, their version and the time; what is taken back is
// gone from the page, the list and the search in the same transaction; consent ends after two
// years.
//
// Not for: photos of others than the writer and the other of the pair; see recognition_photo.h.
#ifndef TRELLIS_APP_RECOGNITION_RECOGNITION_STORY_H
#define TRELLIS_APP_RECOGNITION_RECOGNITION_STORY_H

#include "app/recognition/recognition.h"
#include "web/component.h"

enum {
    STORY_WORDS_LEAST = 50,
    STORY_WORDS_MOST = 1500,
    STORIES_A_PERSON = 20,
    STORIES_A_PAGE = 20,
    STORY_CONSENT_VERSION = 2, // of the words in story_items and story_other_items
    STORY_CONSENT_DAYS = 730,
    STORY_REMIND_DAYS = 30, // before consent ends
    STORY_ITEMS = 6,
    STORY_OTHER_ITEMS = 5,
    STORY_ASK_AGAIN_DAYS = 14, // whoever has not said yes or no is asked once more
};

// What can be agreed to, with its words: the writer's, and those of the other of the pair.
#define STORY_NAME "name"
#define STORY_EMPLOYER "employer"
#define STORY_WEB "web"
#define STORY_PRINT "print"
#define STORY_PHOTO "photo"     // only where there is one with her, or of hers
#define STORY_ARTICLE "article" // it may become a contribution to an article
extern const struct field_option story_items[STORY_ITEMS + 1];
extern const struct field_option story_other_items[STORY_OTHER_ITEMS + 1];

// What somebody said of an item; -1: nothing yet.
struct story_said {
    int64_t name;
    int64_t employer;
    int64_t web;
    int64_t print;
    int64_t photo;
    int64_t article;
};

// The photo of a story, and who is in it.
struct story_photo {
    int64_t id;       // 0: it has none
    const char *text; // what can be seen, for those who don't
    int64_t wide;
    int64_t high;
    bool other; // the other of the pair is in it
    bool me;    // the writer is
};

struct story {
    int64_t id;
    int64_t person;
    int64_t other;  // of the pair, when the story tells of her; 0: it does not
    int64_t match;  // 0: none
    const char *as; // "mentor" "mentee" "": how the writer took part
    const char *title;
    const char *text;
    const char *role;  // her job or employer, as she wrote it; ""
    const char *state; // "draft" "submitted" "approved" "published" "unpublished" "rejected"
    const char *reason;
    int64_t changed_at;
    int64_t sent_at;
    int64_t published_at;
    int64_t expires_at;
    struct story_said writer_said;
    struct story_said other_said;
    const char *programme; // ""
    const char *writer_name;
    const char *other_name; // ""
    // What all may see of them, as they said: "" is nothing.
    const char *shown_name;
    const char *shown_role;
    const char *shown_other;
    struct story_photo photo;
    const char *shown_photo; // its path, once all in it have agreed
    int64_t contribution;    // that was made of it; 0: none
};

// Whether the moves of the state allow it; `editor`: she decides.
bool story_may(const char *from, const char *to, bool editor);
// Whether everybody whom it is about has agreed to its being on the web.
bool story_may_be_seen(const struct story *story);
// The same of its photo, and whether anybody has said no to it.
bool story_photo_may_be_seen(const struct story *story);
bool story_photo_is_refused(const struct story *story);
// Whether everybody has agreed to its becoming part of an article.
bool story_may_be_in_article(const struct story *story);
// Whether a word of the name stands in the text: names are added to a story by consent alone.
enum rc story_names(struct arena *arena, const char *text, const char *name, bool *ret_named);

// ---- rows --------------------------------------------------------------------------------------

struct story_person {
    int64_t match;
    const char *name;
};
// Those whom she may tell of.
enum rc story_people(struct req *req, struct story_person **ret_people, size_t *ret_count);
// Tells of nobody (match 0) or of the other of a match of hers. RC_NOT_FOUND: it is none.
enum rc story_put(struct req *req, struct story *story);
enum rc story_move(const struct app_place *place, const struct story *story, const char *to,
                   const char *reason, int64_t by);
enum rc story_count(struct req *req, int64_t *ret_count);

enum story_whose {
    STORY_HERS,    // that she wrote
    STORY_OF_HER,  // that tell of her and were sent
    STORY_WAITING, // for editors, who neither wrote them nor are told of
    STORY_SEEN,    // by all
    STORY_DECIDED, // approved or seen, for editors
};
// `before`: only older ones than this id; 0: the newest.
enum rc story_list(const struct app_place *place, enum story_whose whose, int64_t person,
                   int64_t before, struct story **ret_all, size_t *ret_count);
enum rc story_find(const struct app_place *place, enum story_whose whose, int64_t person,
                   int64_t id, struct story *ret_story);
enum rc story_find_any(const struct app_place *place, int64_t id, struct story *ret_story);

// What she agreed to, as she was shown it.
struct story_consent {
    const char *item;
    const char *text;
    int64_t said;
    int64_t version;
    int64_t at;
};
enum rc story_consents(struct req *req, int64_t story, struct story_consent **ret_all,
                       size_t *ret_count);
// Of `items`, what `said` says (below 0: she was not asked); it replaces what she said before.
enum rc story_say(const struct app_place *place, int64_t story, int64_t person,
                  const struct field_option *items, const struct story_said *said,
                  const struct locale *locale);
// Of one item; the others stay as they are.
enum rc story_say_one(const struct app_place *place, int64_t story, int64_t person,
                      const struct field_option *item, bool yes, const struct locale *locale);
// Nothing that was said of it before holds any more.
enum rc story_forget(const struct app_place *place, int64_t story, int64_t person);

// A section of an article that members may add to.
struct story_place {
    int64_t article;
    int64_t section;
    const char *article_title;
    const char *section_title;
    const char *language;
};
enum rc story_places(struct req *req, struct story_place **ret_all, size_t *ret_count);
// It becomes a draft of a contribution. RC_EXISTS: it is one already, or no editor has read it.
enum rc story_put_into_article(const struct app_place *place, struct story *story,
                               const struct story_place *where);

// Brings state, list and search to what everybody has said: shows what is approved and agreed to,
// and takes away what is not.
enum rc story_settle(const struct app_place *place, int64_t id);

// ---- by itself ---------------------------------------------------------------------------------

enum rc story_hears(const struct app_place *place, const struct announcement *heard);
enum rc story_nightly(const struct app_place *place);
enum rc story_index(const struct app_place *place);
enum rc story_ask_other(const struct app_place *place, const struct story *story);
enum rc story_tell_decision(const struct app_place *place, const struct story *story);

// ---- pages -------------------------------------------------------------------------------------

struct story_view {
    const struct form *form;
    const struct shape *shape;
    const char *action;
    const char *zone;
    const char *site;
    int64_t person;
    bool editor;
    struct story *stories;
    size_t count;
    struct story *others; // that tell of her, or that were decided
    size_t other_count;
    int64_t before;
    const char *next;
    struct story story;
    bool fits; // the length of its text
    int64_t words;
    bool mine; // the reader wrote it
    struct story_person *people;
    size_t people_count;
    struct story_consent *consents;
    size_t consent_count;
    struct story_place *places; // sections of articles
    size_t place_count;
};
extern const struct out_shape stories_out;
extern const struct out_shape story_out;
extern const struct out_shape my_stories_out;
extern const struct out_shape story_review_out;

enum rc story_make_view(struct req *req, const struct shape *shape, struct story_view **ret_view);
bool story_chosen(const struct form *form, int64_t match);

#endif

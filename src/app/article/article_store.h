// SPDX-License-Identifier: Apache-2.0
//
// Why: what only this slice asks of its rows.
#ifndef TRELLIS_APP_ARTICLE_ARTICLE_STORE_H
#define TRELLIS_APP_ARTICLE_ARTICLE_STORE_H

#include "app/article/article.h"
#include "web/field.h"

enum { ARTICLES_A_PAGE = 20, CONTRIBUTIONS_A_PAGE = 20, CONTRIBUTIONS_FIRST = 3 };

// The values of columns, with what people read.
enum { ARTICLE_DOMAINS = 10 };
extern const struct field_option article_domains[ARTICLE_DOMAINS + 1];
extern const struct field_option contribution_kinds[]; // "example" "story" "insight"
extern const struct field_option contribution_bylines[];

struct article {
    int64_t id;
    const char *title;
    const char *domain;
    const char *intro;
    const char *state; // "draft" "published" "hidden"
    const char *language;
    int64_t changed_at;
    int64_t contributions; // approved
};

struct article_section {
    int64_t id;
    int64_t article;
    int64_t position;
    const char *title;
    const char *body;
    bool last; // "What else to take into account"
    int64_t approved;
};

// Somebody's example, story or insight in a section.
struct contribution {
    int64_t id;
    int64_t section;
    int64_t article;
    int64_t person;
    const char *kind;
    const char *body;
    const char *byline;    // "name" "pseudonym" "role"
    const char *pseudonym; // "" but for that byline
    const char *role;      // "mentor" "mentee" "member": when it was sent
    const char *name;      // as shown; "" where only the role is
    const char *state;
    const char *note; // of the editor, to the writer
    int64_t sent_at;
    int64_t decided_at;
    int64_t votes;
    bool voted; // by the reader
    const char *article_title;
    const char *section_title;
};

struct contribution_version {
    int64_t number;
    const char *body;
    int64_t at;
};

// What somebody did with it.
struct contribution_step {
    const char *to;   // a state
    const char *note; // of the editor, to the writer
    const char *who;  // the editor's name; "": the writer
    int64_t at;
};

struct contribution_report {
    int64_t id;
    int64_t contribution;
    const char *reason;
    int64_t at;
    const char *article_title;
};

// What a reader may see: published ones, and all for an editor.
struct article_reader {
    struct db_tx *tx;
    struct arena *arena;
    int64_t person; // 0: a visitor
    bool editor;
};

enum rc article_list(const struct article_reader *by, const char *domain, int64_t before,
                     struct article **ret_articles, size_t *ret_count);
enum rc article_find(const struct article_reader *by, int64_t id, struct article *ret_article);
enum rc article_add(struct db_tx *tx, struct article *article, int64_t person, int64_t now_us);
enum rc article_update(struct db_tx *tx, const struct article *article, int64_t now_us);
enum rc article_set_state(struct db_tx *tx, int64_t id, const char *from, const char *to,
                          int64_t now_us);

enum rc section_list(struct db_tx *tx, struct arena *arena, int64_t article,
                     struct article_section **ret_sections, size_t *ret_count);
enum rc section_find(struct db_tx *tx, struct arena *arena, int64_t article, int64_t id,
                     struct article_section *ret_section);
// Before the last one. RC_LIMIT: there are ARTICLE_SECTIONS_MAX.
enum rc section_add(struct db_tx *tx, struct arena *arena, struct article_section *section,
                    int64_t now_us);
enum rc section_update(struct db_tx *tx, const struct article_section *section);
// Changes places with the one before it. RC_NOT_FOUND: it is the first or the last.
enum rc section_raise(struct db_tx *tx, struct arena *arena, int64_t article, int64_t id);

// Approved ones of a section, those that helped most first; from `skip` on.
enum rc contribution_list(const struct article_reader *by, int64_t section, int64_t skip,
                          size_t most, struct contribution **ret_all, size_t *ret_count);
enum rc contribution_mine(const struct article_reader *by, struct contribution **ret_all,
                          size_t *ret_count);
// Those that wait for an editor, the oldest first.
enum rc contribution_waiting(const struct article_reader *by, struct contribution **ret_all,
                             size_t *ret_count);
// RC_NOT_FOUND: neither hers, nor approved, nor (for an editor) sent.
enum rc contribution_find(const struct article_reader *by, int64_t id,
                          struct contribution *ret_one);
enum rc contribution_add(struct db_tx *tx, struct contribution *one, int64_t now_us);
enum rc contribution_update(struct db_tx *tx, const struct contribution *one, int64_t now_us);
// RC_EXISTS: it is no longer in `from`. by: the editor; 0: the writer.
enum rc contribution_move(struct db_tx *tx, const struct contribution *one, const char *to,
                          const char *note, int64_t by, int64_t now_us);
// All moves of it, the first one first.
enum rc contribution_steps(struct db_tx *tx, struct arena *arena, int64_t id,
                           struct contribution_step **ret_steps, size_t *ret_count);
enum rc contribution_versions(struct db_tx *tx, struct arena *arena, int64_t id,
                              struct contribution_version **ret_versions, size_t *ret_count);
// What she has sent since; her role in the newest cohort that has taken her in.
enum rc contribution_sent_since(struct db_tx *tx, struct arena *arena, int64_t person,
                                int64_t since_us, int64_t *ret_count);
enum rc contribution_role(struct db_tx *tx, struct arena *arena, int64_t person,
                          const char **ret_role);
// Keeps the text as a version, with its marks.
enum rc contribution_keep(struct db_tx *tx, const struct contribution *one,
                          const struct article_runs *runs, int64_t now_us);
// Nearly the same text of anybody. ret_person 0: there is none.
enum rc contribution_twin(struct db_tx *tx, struct arena *arena, int64_t except,
                          const struct article_runs *runs, int64_t *ret_person);

enum rc helpful_turn(struct db_tx *tx, struct arena *arena, int64_t contribution, int64_t person);
// RC_EXISTS: she has told something of it that no editor has settled yet.
enum rc contribution_report_add(struct req *req, int64_t contribution, const char *reason);
enum rc contribution_reports(struct db_tx *tx, struct arena *arena,
                             struct contribution_report **ret_reports, size_t *ret_count);
enum rc contribution_report_close(struct db_tx *tx, int64_t id, int64_t person, int64_t now_us);

// Leaders, as of last night; and what she has said about being one.
enum rc article_leaders(struct db_tx *tx, struct arena *arena, int64_t article,
                        struct article_leader *ret_leaders, size_t *ret_count);
enum rc article_leaders_make(const struct app_place *place, int64_t article);
// Counts again how many are approved.
enum rc article_count_all(const struct app_place *place);
struct contributor {
    bool opted_out;
    struct contributor_badge badge;
    int64_t articles; // with an approved contribution of hers
};
enum rc contributor_find(struct db_tx *tx, struct arena *arena, int64_t person,
                         struct contributor *ret_contributor);
enum rc contributor_set(struct db_tx *tx, int64_t person, const struct contributor *contributor);

#endif

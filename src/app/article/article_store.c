// SPDX-License-Identifier: Apache-2.0
//
// The rows of articles and of what members add to them; see article_store.h.
#include "app/article/article_store.h"

#include <string.h>

const char article_schema_1[] =
    "CREATE TABLE article(id {id} NOT NULL PRIMARY KEY, title TEXT NOT NULL, domain TEXT NOT NULL, "
    "intro TEXT NOT NULL, state TEXT NOT NULL, language TEXT NOT NULL, made_by {id} NOT NULL, "
    "made_at {int} NOT NULL, changed_at {int} NOT NULL, contributions {int} NOT NULL){end};\n"
    "CREATE INDEX article_domain ON article(domain, state, id);\n"
    "CREATE INDEX article_state ON article(state, id);\n"
    "CREATE TABLE article_section(id {id} NOT NULL PRIMARY KEY, article {id} NOT NULL REFERENCES "
    "article(id), position {int} NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, is_last {int} "
    "NOT NULL, approved {int} NOT NULL){end};\n"
    "CREATE INDEX article_section_article ON article_section(article, position);\n"
    "CREATE TABLE contribution(id {id} NOT NULL PRIMARY KEY, section {id} NOT NULL REFERENCES "
    "article_section(id), article {id} NOT NULL REFERENCES article(id), person {id} NOT NULL "
    "REFERENCES person(id), kind TEXT NOT NULL, body TEXT NOT NULL, byline TEXT NOT NULL, pseudonym "
    "TEXT NOT NULL, role TEXT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL, sent_at {int} NOT "
    "NULL, decided_at {int} NOT NULL, decided_by {id} NOT NULL, changed_at {int} NOT NULL, votes "
    "{int} NOT NULL){end};\n"
    "CREATE INDEX contribution_section ON contribution(section, state, votes, id);\n"
    "CREATE INDEX contribution_article ON contribution(article, state);\n"
    "CREATE INDEX contribution_person ON contribution(person, id);\n"
    "CREATE INDEX contribution_waits ON contribution(sent_at) WHERE state = 'submitted';\n"
    "CREATE TABLE contribution_version(contribution {id} NOT NULL REFERENCES contribution(id), "
    "number {int} NOT NULL, body TEXT NOT NULL, at {int} NOT NULL, PRIMARY KEY(contribution, "
    "number)){end};\n"
    "CREATE TABLE contribution_mark(contribution {id} NOT NULL REFERENCES contribution(id), mark "
    "{int} NOT NULL, PRIMARY KEY(contribution, mark)){end};\n"
    "CREATE INDEX contribution_mark_mark ON contribution_mark(mark);\n"
    "CREATE TABLE helpful(contribution {id} NOT NULL REFERENCES contribution(id), person {id} NOT "
    "NULL REFERENCES person(id), PRIMARY KEY(contribution, person)){end};\n"
    "CREATE INDEX helpful_person ON helpful(person);\n"
    "CREATE TABLE contribution_report(id {id} NOT NULL PRIMARY KEY, contribution {id} NOT NULL "
    "REFERENCES contribution(id), person {id} NOT NULL REFERENCES person(id), reason TEXT NOT NULL, "
    "at {int} NOT NULL, closed_at {int} NOT NULL, closed_by {id} NOT NULL){end};\n"
    "CREATE INDEX contribution_report_open ON contribution_report(closed_at, id);\n"
    "CREATE INDEX contribution_report_of ON contribution_report(contribution);\n"
    "CREATE INDEX contribution_report_person ON contribution_report(person);\n"
    "CREATE TABLE article_leader(article {id} NOT NULL REFERENCES article(id), place {int} NOT NULL, "
    "person {id} NOT NULL REFERENCES person(id), byline TEXT NOT NULL, pseudonym TEXT NOT NULL, role "
    "TEXT NOT NULL, sections {int} NOT NULL, votes {int} NOT NULL, PRIMARY KEY(article, place)){end};\n"
    "CREATE INDEX article_leader_person ON article_leader(person);\n"
    "CREATE TABLE contributor(person {id} NOT NULL PRIMARY KEY REFERENCES person(id), opted_out {int} "
    "NOT NULL, badge_at {int} NOT NULL, grace_until {int} NOT NULL, lapsed_at {int} NOT NULL){end};\n"
    "CREATE INDEX contributor_grace ON contributor(grace_until);\n";

const char article_schema_2[] =
    "CREATE TABLE contribution_move(id {id} NOT NULL PRIMARY KEY, contribution {id} NOT NULL "
    "REFERENCES contribution(id), from_state TEXT NOT NULL, to_state TEXT NOT NULL, note TEXT NOT "
    "NULL, by_person {id} NOT NULL, at {int} NOT NULL){end};\n"
    "CREATE INDEX contribution_move_of ON contribution_move(contribution, id);\n";

// clang-format off
const struct field_option article_domains[ARTICLE_DOMAINS + 1] = {
    {"mentoring",   MSG("Mentoring")},
    {"career",      MSG("Career and change")},
    {"engineering", MSG("Engineering")},
    {"data",        MSG("Data and AI")},
    {"security",    MSG("Security")},
    {"product",     MSG("Product and design")},
    {"leadership",  MSG("Leadership")},
    {"inclusion",   MSG("Inclusion")},
    {"wellbeing",   MSG("Work and life")},
    {"community",   MSG("Community")},
    {NULL, NULL},
};
const struct field_option contribution_kinds[] = {
    {"example", MSG("An example")}, {"story", MSG("A story")}, {"insight", MSG("An insight")}, {NULL, NULL},
};
const struct field_option contribution_bylines[] = {
    {"name",      MSG("My name")},
    {"pseudonym", MSG("Another name that I choose")},
    {"role",      MSG("Only whether I am a mentor or a mentee")},
    {NULL, NULL},
};
// clang-format on

// ---- articles --------------------------------------------------------------------------------

#define ARTICLE                                                                                    \
    "SELECT a.id, a.title, a.domain, a.intro, a.state, a.language, a.changed_at, a.contributions " \
    "FROM article a "

static struct article read_article(const struct db_rows *r, size_t k)
{
    return (struct article){db_int(r, k, 0),  db_text(r, k, 1), db_text(r, k, 2), db_text(r, k, 3),
                            db_text(r, k, 4), db_text(r, k, 5), db_int(r, k, 6),  db_int(r, k, 7)};
}

enum rc article_list(const struct article_reader *by, const char *domain, int64_t before,
                     struct article **ret_articles, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(
        by->tx, by->arena, &rows,
        ARTICLE "WHERE (a.state = 'published' OR $1 = 1) AND ($2 = '' OR a.domain = $2) "
                "AND ($3 = 0 OR a.id < $3) ORDER BY a.id DESC LIMIT $4",
        DB_ARGS(DB_INT(by->editor), DB_TEXT(domain), DB_INT(before), DB_INT(ARTICLES_A_PAGE + 1))));
    struct article *all = ARENA_ARRAY(by->arena, struct article, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_article(rows, k);
    *ret_articles = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc article_find(const struct article_reader *by, int64_t id, struct article *ret_article)
{
    struct db_rows *rows = NULL;
    TRY(db_query(by->tx, by->arena, &rows,
                 ARTICLE "WHERE a.id = $1 AND (a.state = 'published' OR $2 = 1)",
                 DB_ARGS(DB_INT(id), DB_INT(by->editor))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_article = read_article(rows, 0);
    return RC_OK;
}

enum rc article_add(struct db_tx *tx, struct article *a, int64_t person, int64_t now_us)
{
    a->id = db_new_id(now_us);
    return db_do(tx, NULL,
                 "INSERT INTO article(id, title, domain, intro, state, language, made_by, made_at, "
                 "changed_at, contributions) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 0)",
                 DB_ARGS(DB_INT(a->id), DB_TEXT(a->title), DB_TEXT(a->domain), DB_TEXT(a->intro),
                         DB_TEXT(a->state), DB_TEXT(a->language), DB_INT(person), DB_INT(now_us)));
}

enum rc article_update(struct db_tx *tx, const struct article *a, int64_t now_us)
{
    return db_do(
        tx, NULL,
        "UPDATE article SET title = $2, domain = $3, intro = $4, language = $5, changed_at "
        "= $6 WHERE id = $1",
        DB_ARGS(DB_INT(a->id), DB_TEXT(a->title), DB_TEXT(a->domain), DB_TEXT(a->intro),
                DB_TEXT(a->language), DB_INT(now_us)));
}

enum rc article_set_state(struct db_tx *tx, int64_t id, const char *from, const char *to,
                          int64_t now_us)
{
    uint64_t changed = 0;
    TRY(db_do(tx, &changed,
              "UPDATE article SET state = $3, changed_at = $4 WHERE id = $1 AND state = $2",
              DB_ARGS(DB_INT(id), DB_TEXT(from), DB_TEXT(to), DB_INT(now_us))));
    return changed == 1 ? RC_OK : RC_EXISTS;
}

// ---- sections --------------------------------------------------------------------------------

#define SECTION                                                                                    \
    "SELECT s.id, s.article, s.position, s.title, s.body, s.is_last, s.approved FROM "             \
    "article_section s "

static struct article_section read_section(const struct db_rows *r, size_t k)
{
    return (struct article_section){db_int(r, k, 0),  db_int(r, k, 1),  db_int(r, k, 2),
                                    db_text(r, k, 3), db_text(r, k, 4), db_int(r, k, 5) == 1,
                                    db_int(r, k, 6)};
}

enum rc section_list(struct db_tx *tx, struct arena *arena, int64_t article,
                     struct article_section **ret_sections, size_t *ret_count)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, SECTION "WHERE s.article = $1 ORDER BY s.position LIMIT $2",
                 DB_ARGS(DB_INT(article), DB_INT(ARTICLE_SECTIONS_MAX))));
    struct article_section *all = ARENA_ARRAY(arena, struct article_section, db_count(rows));
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(rows); k++)
        all[k] = read_section(rows, k);
    *ret_sections = all;
    *ret_count = db_count(rows);
    return RC_OK;
}

enum rc section_find(struct db_tx *tx, struct arena *arena, int64_t article, int64_t id,
                     struct article_section *ret_section)
{
    struct db_rows *rows = NULL;
    TRY(db_query(tx, arena, &rows, SECTION "WHERE s.id = $1 AND s.article = $2",
                 DB_ARGS(DB_INT(id), DB_INT(article))));
    if (db_count(rows) == 0)
        return RC_NOT_FOUND;
    *ret_section = read_section(rows, 0);
    return RC_OK;
}

static enum rc put_section(struct db_tx *tx, struct article_section *s, int64_t now_us)
{
    s->id = db_new_id(now_us);
    return db_do(tx, NULL,
                 "INSERT INTO article_section(id, article, position, title, body, is_last, "
                 "approved) VALUES ($1, $2, $3, $4, $5, $6, 0)",
                 DB_ARGS(DB_INT(s->id), DB_INT(s->article), DB_INT(s->position), DB_TEXT(s->title),
                         DB_TEXT(s->body), DB_INT(s->last)));
}

enum rc section_add(struct db_tx *tx, struct arena *arena, struct article_section *section,
                    int64_t now_us)
{
    struct article_section *all = NULL;
    size_t count = 0;
    TRY(section_list(tx, arena, section->article, &all, &count));
    if (count >= ARTICLE_SECTIONS_MAX)
        return RC_LIMIT;
    section->position = 1;
    for (size_t k = 0; k < count; k++)
        if (!all[k].last && all[k].position >= section->position)
            section->position = all[k].position + 1;
    if (section->last)
        section->position = INT32_MAX; // after whatever comes
    return put_section(tx, section, now_us);
}

enum rc section_update(struct db_tx *tx, const struct article_section *s)
{
    return db_do(tx, NULL, "UPDATE article_section SET title = $2, body = $3 WHERE id = $1",
                 DB_ARGS(DB_INT(s->id), DB_TEXT(s->title), DB_TEXT(s->body)));
}

static enum rc set_position(struct db_tx *tx, int64_t section, int64_t position)
{
    return db_do(tx, NULL, "UPDATE article_section SET position = $2 WHERE id = $1",
                 DB_ARGS(DB_INT(section), DB_INT(position)));
}

enum rc section_raise(struct db_tx *tx, struct arena *arena, int64_t article, int64_t id)
{
    struct article_section *all = NULL;
    size_t count = 0;
    TRY(section_list(tx, arena, article, &all, &count));
    for (size_t k = 1; k < count; k++)
        if (all[k].id == id && !all[k].last) {
            TRY(set_position(tx, all[k].id, all[k - 1].position));
            return set_position(tx, all[k - 1].id, all[k].position);
        }
    return RC_NOT_FOUND;
}

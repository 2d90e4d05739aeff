// SPDX-License-Identifier: Apache-2.0
//
// The rows of the directory; see directory.h.
#include <string.h>

#include "base/text.h"

#include "app/network/directory.h"

const char network_schema_8[] =
    "CREATE TABLE directory_card(cohort {id} NOT NULL REFERENCES cohort(id), person {id} NOT NULL "
    "REFERENCES person(id), does TEXT NOT NULL, about TEXT NOT NULL, place TEXT NOT NULL, link TEXT "
    "NOT NULL, shows_role {int} NOT NULL, shows_topics {int} NOT NULL, shows_email {int} NOT NULL, "
    "name_key TEXT NOT NULL, search TEXT NOT NULL, at {int} NOT NULL, PRIMARY KEY(cohort, "
    "person)){end};\n"
    "CREATE INDEX directory_card_name ON directory_card(cohort, name_key, person);\n"
    "CREATE INDEX directory_card_person ON directory_card(person);\n";

#define OF_HER                                                                                     \
    "FROM enrolment e WHERE e.person = d.person AND e.cohort = d.cohort AND e.state IN "           \
    "('approved', 'waitlisted')"
#define CARD                                                                                       \
    "SELECT d.person, p.name, p.pronouns, d.does, d.about, d.place, d.link, CASE WHEN "            \
    "d.shows_role = 1 THEN coalesce((SELECT CASE WHEN count(DISTINCT e.role) > 1 THEN 'both' "     \
    "ELSE max(e.role) END " OF_HER "), '') ELSE '' END, CASE WHEN d.shows_topics = 1 THEN "        \
    "coalesce((SELECT max(e.topics) " OF_HER "), '') ELSE '' END, CASE WHEN d.shows_email = 1 "    \
    "THEN p.email ELSE '' END, d.shows_role, d.shows_topics, d.shows_email FROM directory_card "   \
    "d JOIN person p ON p.id = d.person "

static struct directory_card read_card(const struct db_rows *r, size_t k)
{
    return (struct directory_card){
        db_int(r, k, 0),  db_text(r, k, 1), db_text(r, k, 2), db_text(r, k, 3), db_text(r, k, 4),
        db_text(r, k, 5), db_text(r, k, 6), db_text(r, k, 7), db_text(r, k, 8), db_text(r, k, 9),
        db_int(r, k, 10), db_int(r, k, 11), db_int(r, k, 12)};
}

// A text is searched by taking it out of the key: what is left differs. (LIKE differs by engine.)
enum rc directory_list(struct req *req, const struct network *network,
                       const struct directory_filter *filter, struct directory_card **ret_cards,
                       size_t *ret_count)
{
    struct db_rows *r = NULL;
    char *key = NULL;
    TRY(text_key(req->arena, filter->words, strlen(filter->words), &key));
    TRY(db_query(
        req->tx, req->arena, &r,
        CARD
        "WHERE d.cohort = $1 AND p.closed_at = 0 AND ($2 = '' OR replace(d.search, $2, '') <> "
        "d.search) AND ($3 = 0 OR d.name_key > (SELECT z.name_key FROM directory_card z WHERE "
        "z.cohort = $1 AND z.person = $3) OR (d.person > $3 AND d.name_key = (SELECT z.name_key "
        "FROM directory_card z WHERE z.cohort = $1 AND z.person = $3))) AND NOT EXISTS (SELECT 1 "
        "FROM avoid v WHERE (v.a = $4 AND v.b = d.person) OR (v.b = $4 AND v.a = d.person)) "
        "ORDER BY d.name_key, d.person LIMIT $5",
        DB_ARGS(DB_INT(network->cohort.id), DB_TEXT(key), DB_INT(filter->after),
                DB_INT(network->me), DB_INT(DIRECTORY_PAGE + 1))));
    struct directory_card *all = ARENA_ARRAY(req->arena, struct directory_card, db_count(r) + 1);
    if (all == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < db_count(r); k++)
        all[k] = read_card(r, k);
    *ret_cards = all;
    *ret_count = db_count(r);
    return RC_OK;
}

enum rc directory_find(struct req *req, const struct network *network,
                       struct directory_card *ret_card)
{
    struct db_rows *r = NULL;
    TRY(db_query(req->tx, req->arena, &r, CARD "WHERE d.cohort = $1 AND d.person = $2",
                 DB_ARGS(DB_INT(network->cohort.id), DB_INT(network->me))));
    if (db_count(r) == 0)
        return RC_NOT_FOUND;
    *ret_card = read_card(r, 0);
    return RC_OK;
}

// What is searched, and by what it is ordered.
static enum rc make_keys(struct arena *arena, const char *name, const struct directory_card *card,
                         char **ret_name, char **ret_search)
{
    const char *all =
        arena_printf(arena, "%s %s %s %s", name, card->does, card->about, card->place);
    if (all == NULL)
        return RC_NO_MEMORY;
    TRY(text_key(arena, name, strlen(name), ret_name));
    return text_key(arena, all, strlen(all), ret_search);
}

enum rc directory_set(struct req *req, const struct network *network,
                      const struct directory_card *card)
{
    char *name = NULL;
    char *search = NULL;
    TRY(make_keys(req->arena, req->actor.name, card, &name, &search));
    return db_do(
        req->tx, NULL,
        "INSERT INTO directory_card(cohort, person, does, about, place, link, shows_role, "
        "shows_topics, shows_email, name_key, search, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
        "$9, $10, $11, $12) ON CONFLICT(cohort, person) DO UPDATE SET does = $3, about = $4, place "
        "= $5, link = $6, shows_role = $7, shows_topics = $8, shows_email = $9, name_key = $10, "
        "search = $11, at = $12",
        DB_ARGS(DB_INT(network->cohort.id), DB_INT(network->me), DB_TEXT(card->does),
                DB_TEXT(card->about), DB_TEXT(card->place), DB_TEXT(card->link),
                DB_INT(card->shows_role), DB_INT(card->shows_topics), DB_INT(card->shows_email),
                DB_TEXT(name), DB_TEXT(search), DB_INT(req->now_us)));
}

enum rc directory_drop(const struct app_place *at, int64_t person, int64_t cohort)
{
    uint64_t changed = 0;
    TRY(db_do(at->tx, &changed,
              "DELETE FROM directory_card WHERE person = $1 AND ($2 = 0 OR cohort = $2)",
              DB_ARGS(DB_INT(person), DB_INT(cohort))));
    return changed > 0 ? RC_OK : RC_NOT_FOUND;
}

enum rc directory_rename(const struct app_place *at, int64_t person)
{
    struct db_rows *r = NULL;
    TRY(db_query(at->tx, at->arena, &r,
                 "SELECT d.cohort, p.name, d.does, d.about, d.place FROM directory_card d JOIN "
                 "person p ON p.id = d.person WHERE d.person = $1 LIMIT 100",
                 DB_ARGS(DB_INT(person))));
    for (size_t k = 0; k < db_count(r); k++) {
        const struct directory_card card = {
            .does = db_text(r, k, 2), .about = db_text(r, k, 3), .place = db_text(r, k, 4)};
        char *name = NULL;
        char *search = NULL;
        TRY(make_keys(at->arena, db_text(r, k, 1), &card, &name, &search));
        TRY(db_do(
            at->tx, NULL,
            "UPDATE directory_card SET name_key = $3, search = $4 WHERE cohort = $1 AND "
            "person = $2",
            DB_ARGS(DB_INT(db_int(r, k, 0)), DB_INT(person), DB_TEXT(name), DB_TEXT(search))));
    }
    return RC_OK;
}

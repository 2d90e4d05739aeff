// SPDX-License-Identifier: Apache-2.0
//
// What the index has for some words, for whoever asks; see search_page.h.
#include "app/index.h"
#include "app/search/search_page.h"

// A text above all that begin with the word: the last letter of Unicode follows it, for a bound
// must be UTF-8 on PostgreSQL. "" stays "": no such word.
static const char *bound_of(struct arena *arena, const char *word)
{
    return word[0] == '\0' ? "" : arena_printf(arena, "%s\xF4\x8F\xBF\xBF", word);
}

enum rc search_find(struct req *req, const char *const words[], int64_t most, int64_t skip,
                    struct db_rows **ret_rows)
{
    struct arena *arena = req->arena;
    const char *ends[INDEX_QUERY_WORDS_MAX];
    for (size_t k = 0; k < INDEX_QUERY_WORDS_MAX; k++) {
        ends[k] = bound_of(arena, words[k]);
        if (ends[k] == NULL)
            return RC_NO_MEMORY;
    }
    return db_query(
        req->tx, req->arena, ret_rows,
        "SELECT e.kind, e.path, e.title, max(a.weight) AS best FROM index_word a JOIN index_entry e "
        "ON e.id = a.entry WHERE a.word >= $1 AND a.word < $2 AND ($3 = '' OR EXISTS (SELECT 1 FROM "
        "index_word b WHERE b.entry = e.id AND b.word >= $3 AND b.word < $4)) AND ($5 = '' OR "
        "EXISTS (SELECT 1 FROM index_word b WHERE b.entry = e.id AND b.word >= $5 AND b.word < $6)) "
        "AND ($7 = '' OR EXISTS (SELECT 1 FROM index_word b WHERE b.entry = e.id AND b.word >= $7 "
        "AND b.word < $8)) AND (e.audience = 0 OR (e.audience = 1 AND $9 > 0) OR (e.audience = 4 AND "
        "e.scope = $9 AND $9 > 0) OR (e.audience = 2 AND EXISTS (SELECT 1 FROM enrolment n WHERE "
        "n.cohort = e.scope AND n.person = $9 AND n.state = 'approved')) OR (e.audience IN (2, 3) "
        "AND ($10 = 1 OR EXISTS (SELECT 1 FROM role r WHERE r.person = $9 AND (r.cohort IN "
        "(0, e.scope) OR r.cohort = (SELECT c.programme FROM cohort c WHERE c.id = e.scope)) AND "
        "r.role IN ('coordinator', 'manager'))))) GROUP BY e.id, e.kind, e.path, "
        "e.title ORDER BY best DESC, e.id DESC LIMIT $11 OFFSET $12",
        DB_ARGS(DB_TEXT(words[0]), DB_TEXT(ends[0]), DB_TEXT(words[1]), DB_TEXT(ends[1]),
                DB_TEXT(words[2]), DB_TEXT(ends[2]), DB_TEXT(words[3]), DB_TEXT(ends[3]),
                DB_INT(req->actor.person), DB_INT(req->actor.admin), DB_INT(most), DB_INT(skip)));
}

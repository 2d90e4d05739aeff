// SPDX-License-Identifier: Apache-2.0
//
// Why: published articles and approved contributions can be found; see app/index.h.
#include <string.h>

#include "app/article/article_page.h"
#include "app/index.h"

enum { TEXT_LIMIT_BYTES = 1 << 20, BEGIN_LETTERS = 60 };

// How it begins, so that two of one section can be told apart: whole words, about sixty letters.
static size_t begin_length(const char *body)
{
    size_t letters = 0;
    size_t end = 0; // after the last whole word
    size_t k = 0;
    for (; body[k] != '\0' && body[k] != '\n' && letters < BEGIN_LETTERS; k++) {
        letters += ((unsigned char)body[k] & 0xC0) != 0x80;
        if (body[k] == ' ')
            end = k;
    }
    while (((unsigned char)body[k] & 0xC0) == 0x80)
        k++; // the rest of a letter
    return body[k] == '\0' || body[k] == '\n' || end == 0 ? k : end;
}

enum rc contribution_index(const struct app_place *place, const struct contribution *one, bool seen)
{
    if (!seen)
        return index_drop(place, "contribution", one->id);
    const struct index_entry entry = {
        .kind = "contribution",
        .subject = one->id,
        .audience = INDEX_ALL,
        .path = arena_printf(place->arena, "/articles/%lld/sections/%lld#c%lld",
                             (long long)one->article, (long long)one->section, (long long)one->id),
        .title = arena_printf(place->arena, "%s: %s: %.*s...", one->article_title,
                              one->section_title, (int)begin_length(one->body), one->body),
        .text = one->body};
    return entry.path == NULL || entry.title == NULL ? RC_NO_MEMORY : index_put(place, &entry);
}

// Its own words and those of its sections.
static enum rc put_article(const struct app_place *place, const struct article *article)
{
    struct article_section *sections = NULL;
    size_t count = 0;
    struct buffer text;
    TRY(section_list(place->tx, place->arena, article->id, &sections, &count));
    buffer_open(&text, place->arena, TEXT_LIMIT_BYTES);
    buffer_text(&text, article->intro);
    for (size_t k = 0; k < count; k++)
        buffer_printf(&text, "\n%s\n%s", sections[k].title, sections[k].body);
    TRY(text.rc);
    const struct index_entry entry = {
        .kind = "article",
        .subject = article->id,
        .audience = INDEX_ALL,
        .path = arena_printf(place->arena, "/articles/%lld", (long long)article->id),
        .title = article->title,
        .text = text.bytes};
    return entry.path == NULL ? RC_NO_MEMORY : index_put(place, &entry);
}

enum rc article_index_one(const struct app_place *place, int64_t id)
{
    const struct article_reader by = {place->tx, place->arena, 0, true};
    struct article article;
    struct article_section *sections = NULL;
    size_t count = 0;
    TRY(article_find(&by, id, &article));
    bool seen = strcmp(article.state, "published") == 0;
    if (seen)
        TRY(put_article(place, &article));
    else
        TRY(index_drop(place, "article", id));
    TRY(section_list(place->tx, place->arena, id, &sections, &count));
    for (size_t k = 0; k < count; k++) {
        struct contribution *all = NULL;
        size_t contributions = 0;
        TRY(contribution_list(&by, sections[k].id, 0, INDEX_CONTRIBUTIONS, &all, &contributions));
        for (size_t c = 0; c < contributions; c++)
            TRY(contribution_index(place, &all[c], seen));
    }
    return RC_OK;
}

enum rc article_index(const struct app_place *place)
{
    struct db_rows *rows = NULL;
    TRY(db_query(place->tx, place->arena, &rows, "SELECT id FROM article ORDER BY id", DB_NO_ARGS));
    for (size_t k = 0; k < db_count(rows); k++)
        TRY(article_index_one(place, db_int(rows, k, 0)));
    return RC_OK;
}

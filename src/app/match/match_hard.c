// SPDX-License-Identifier: Apache-2.0
//
// Rules about two people; see match_hard.h.
#include "app/match/match_hard.h"

#include <string.h>

// ---- into the pool -----------------------------------------------------------------------------

// The library keeps two human beings apart in all their roles: one pair of roles is enough to name
// them.
static struct mm_link avoid_of(const struct match_input *input, int64_t a, int64_t b)
{
    struct mm_link link = {MM_NOBODY, MM_NOBODY};
    for (uint32_t i = 0; i < input->pool.mentees && link.mentee == MM_NOBODY; i++)
        if (input->mentee[i]->person == a)
            link.mentee = i;
    for (uint32_t j = 0; link.mentee != MM_NOBODY && j < input->pool.mentors; j++)
        if (input->mentor[j]->person == b) {
            link.mentor = j;
            break;
        }
    return link;
}

// Both directions of two people.
static void add_apart(struct match_input *input, struct mm_link *links, int64_t a, int64_t b)
{
    const struct mm_link both[] = {avoid_of(input, a, b), avoid_of(input, b, a)};
    for (size_t k = 0; k < 2; k++)
        if (both[k].mentee != MM_NOBODY && both[k].mentor != MM_NOBODY)
            links[input->pool.avoids++] = both[k];
}

// Whether the list of those who are kept apart has the two already.
static bool is_listed(const struct db_rows *rows, size_t count, const struct match_line *line)
{
    for (size_t k = 0; k < count; k++) {
        int64_t a = db_int(rows, k, 0);
        int64_t b = db_int(rows, k, 1);
        if ((a == line->person && b == line->manager) || (b == line->person && a == line->manager))
            return true;
    }
    return false;
}

enum rc match_set_apart(struct arena *arena, struct match_input *input, const struct db_rows *rows)
{
    size_t count = rows == NULL ? 0 : db_count(rows);
    size_t kept = 0;
    struct mm_link *links = ARENA_ARRAY(arena, struct mm_link, 2 * (count + input->line_count) + 1);
    if (links == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++)
        add_apart(input, links, db_int(rows, k, 0), db_int(rows, k, 1));
    for (size_t k = 0; k < input->line_count; k++) {
        const struct match_line line = input->lines[k];
        if (is_listed(rows, count, &line))
            continue; // the other list tells of them
        add_apart(input, links, line.person, line.manager);
        input->lines[kept++] = line;
    }
    input->line_count = kept;
    input->pool.avoid = links;
    return RC_OK;
}

// ---- in words ----------------------------------------------------------------------------------

static bool is_line(const struct match_input *input, struct mm_link link)
{
    int64_t a = input->mentee[link.mentee]->person;
    int64_t b = input->mentor[link.mentor]->person;
    for (size_t k = 0; k < input->line_count; k++) {
        const struct match_line *line = &input->lines[k];
        if ((line->person == a && line->manager == b) || (line->person == b && line->manager == a))
            return true;
    }
    return false;
}

void match_tell_lines(const struct match_input *input, const struct mm_link *links, size_t count,
                      struct mm_explanation *rows)
{
    for (size_t k = 0; k < count; k++)
        if ((rows[k].refused >> MM_R_AVOID & 1) != 0 && is_line(input, links[k]))
            rows[k].refused ^= UINT32_C(1) << MM_R_AVOID | UINT32_C(1) << MM_R_LINE;
}

void match_tell_lonely_lines(const struct match_input *input, uint32_t mentee,
                             struct mm_unmatched *why)
{
    for (uint32_t j = 0; input->line_count > 0 && j < input->pool.mentors; j++)
        if (input->pool.mentor[j].places > 0 && is_line(input, (struct mm_link){mentee, j})) {
            why->removed[MM_R_AVOID]--;
            why->removed[MM_R_LINE]++;
        }
}

// ---- places ------------------------------------------------------------------------------------

enum rc match_number_of(struct arena *arena, struct match_names *names, const char *typed,
                        uint32_t *ret_number)
{
    char *key = NULL;
    *ret_number = 0;
    if (typed == NULL || typed[0] == '\0')
        return RC_OK;
    TRY(text_word_key(arena, typed, strlen(typed), &key));
    for (uint32_t k = 0; k < names->count; k++)
        if (strcmp(names->key[k], key) == 0)
            *ret_number = k + 1;
    if (*ret_number == 0) {
        names->key[names->count++] = key;
        *ret_number = names->count;
    }
    return RC_OK;
}

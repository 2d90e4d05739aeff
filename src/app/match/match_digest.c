// SPDX-License-Identifier: Apache-2.0
//
// Why: a run keeps the digest of all that it read, so that it is known later whether anything that
// its result depends on has changed.
//
// Promises: other people, answers, choices, ranks, vetoes, pins, bans, line managers, questions or
// pairs of the do-not-match list among those people give another digest (decision 80). What other
// cohorts do does not.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/match/match.h"
#include "auth/token.h"

static void add_people(struct buffer *out, const struct match_input *input)
{
    buffer_printf(out, "%lld %s %lld\n", (long long)input->rules.id, input->cohort.starts,
                  (long long)input->cohort.weeks);
    for (size_t k = 0; k < input->count; k++) {
        const struct enrolment *e = &input->people[k];
        buffer_printf(out, "%lld|%lld|%s|%s|%s|%s|%s|%s|%s|%s|%s|%lld|%lld|%lld|%lld\n",
                      (long long)e->id, (long long)e->level, e->topics, e->other, e->top,
                      e->languages, e->week, e->formats, e->place, e->zone, e->employer,
                      (long long)e->places, (long long)e->woman, (long long)e->asks,
                      (long long)e->priority);
        buffer_printf(out, "%lld|%s\n", (long long)e->cadence, e->skills);
    }
}

// What runs kept before decision 80, so that theirs can still be compared.
static void add_first(struct buffer *out, const struct match_input *input,
                      const struct match_said *said)
{
    add_people(out, input);
    for (size_t k = 0; k < input->used_count; k++)
        buffer_printf(out, "%lld %lld %s\n", (long long)input->used[k].line,
                      (long long)input->used[k].use, input->used[k].options);
    for (size_t k = 0; k < input->said_count; k++)
        buffer_printf(out, "%lld %lld %s\n", (long long)input->said[k].enrolment,
                      (long long)input->said[k].line, input->said[k].value);
    for (size_t k = 0; k < said->link_count; k++)
        buffer_printf(out, "%lld %lld %d\n", (long long)said->links[k].mentee,
                      (long long)said->links[k].mentor, (int)said->links[k].kind);
    for (size_t k = 0; k < input->line_count; k++)
        buffer_printf(out, "%lld<%lld\n", (long long)input->lines[k].person,
                      (long long)input->lines[k].manager);
}

// In the order of their places, which is the order of the list.
static void add_wishes(struct buffer *out, const struct match_said *said)
{
    for (size_t k = 0; k < said->wish_count; k++) {
        const struct match_wish_row *wish = &said->wishes[k];
        buffer_printf(out, "%lld %c %lld\n", (long long)wish->mentee,
                      wish->veto        ? 'x'
                      : wish->by_mentor ? 'r'
                                        : 'c',
                      (long long)wish->mentor);
    }
}

static int by_number(const void *a, const void *b)
{
    const int64_t *left = a;
    const int64_t *right = b;
    return *left < *right ? -1 : *left > *right;
}

static bool is_among(const int64_t *people, size_t count, int64_t person)
{
    return bsearch(&person, people, count, sizeof *people, by_number) != NULL;
}

// The list is of the whole organisation: only what is between two of these people counts.
static enum rc add_avoids(struct arena *arena, struct buffer *out, const struct match_input *input,
                          const struct db_rows *avoids)
{
    if (avoids == NULL || input->count == 0)
        return RC_OK;
    int64_t *people = ARENA_ARRAY(arena, int64_t, input->count);
    if (people == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < input->count; k++)
        people[k] = input->people[k].person;
    qsort(people, input->count, sizeof *people, by_number);
    for (size_t k = 0; k < db_count(avoids); k++) {
        int64_t a = db_int(avoids, k, 0);
        int64_t b = db_int(avoids, k, 1);
        if (is_among(people, input->count, a) && is_among(people, input->count, b))
            buffer_printf(out, "%lld!%lld\n", (long long)a, (long long)b);
    }
    return RC_OK;
}

static enum rc set_hash(struct arena *arena, const char *purpose, const struct buffer *text,
                        char ret_hash[MATCH_DIGEST_BYTES])
{
    TRY(text->rc);
    const char *hash = token_hash(arena, purpose, text->bytes);
    if (hash == NULL)
        return RC_NO_MEMORY;
    snprintf(ret_hash, MATCH_DIGEST_BYTES, "%s", hash);
    return RC_OK;
}

enum rc match_set_digest(struct arena *arena, struct match_input *input,
                         const struct match_said *said)
{
    enum { INPUT_LIMIT_BYTES = 64 << 20 };
    struct buffer out;
    buffer_open(&out, arena, INPUT_LIMIT_BYTES);
    add_first(&out, input, said);
    TRY(set_hash(arena, "input", &out, input->digest_first));
    add_wishes(&out, said);
    TRY(add_avoids(arena, &out, input, said->avoids));
    return set_hash(arena, "input with wishes", &out, input->digest);
}

bool match_is_unchanged(const struct match_run *run, const struct match_input *input)
{
    return strcmp(run->digest, input->digest) == 0 || strcmp(run->digest, input->digest_first) == 0;
}

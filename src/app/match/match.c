// SPDX-License-Identifier: Apache-2.0
//
// From enrolments to the matching library and back; pure.
#include "app/match/match.h"

#include <string.h>

#include "mentormatch.h"

enum { TOPICS_SHARE = 7000, TIMES_SHARE = 2000, LEVEL_SHARE = 1000, CELLS_MAX = 25000000 };

static unsigned count_words(const char *list)
{
    return enrolment_common(list, list);
}

int match_score(const struct enrolment *mentee, const struct enrolment *mentor)
{
    unsigned times = enrolment_common(mentee->times, mentor->times);
    if (mentee->person == mentor->person || mentor->level < mentee->level || times == 0 ||
        enrolment_common(mentee->languages, mentor->languages) == 0)
        return MATCH_NOT_ALLOWED;
    unsigned wanted = count_words(mentee->topics);
    unsigned topics = enrolment_common(mentee->topics, mentor->topics);
    unsigned step = (unsigned)(mentor->level - mentee->level);
    unsigned score = wanted == 0 ? 0 : TOPICS_SHARE * topics / wanted;
    score += TIMES_SHARE * times / count_words(mentee->times);
    score += step == 0 ? LEVEL_SHARE / 2 : LEVEL_SHARE; // one who is further has more to tell
    return (int)score;
}

// The two sides, and the tables that the library reads.
struct sides {
    const struct enrolment **mentees;
    const struct enrolment **mentors;
    uint32_t mentee_count;
    uint32_t mentor_count;
    uint16_t *score;
    uint8_t *capacity;
    uint64_t *mentee_id;
    uint64_t *mentor_id;
};

static enum rc divide(struct arena *arena, const struct enrolment *people, size_t count,
                      struct sides *sides)
{
    sides->mentees = ARENA_ARRAY(arena, const struct enrolment *, count);
    sides->mentors = ARENA_ARRAY(arena, const struct enrolment *, count);
    if (sides->mentees == NULL || sides->mentors == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < count; k++) {
        if (strcmp(people[k].role, "mentor") == 0)
            sides->mentors[sides->mentor_count++] = &people[k];
        else
            sides->mentees[sides->mentee_count++] = &people[k];
    }
    uint64_t cells = (uint64_t)sides->mentee_count * sides->mentor_count;
    if (cells > CELLS_MAX)
        return RC_LIMIT;
    sides->score = ARENA_ARRAY(arena, uint16_t, cells);
    sides->capacity = ARENA_ARRAY(arena, uint8_t, sides->mentor_count);
    sides->mentee_id = ARENA_ARRAY(arena, uint64_t, sides->mentee_count);
    sides->mentor_id = ARENA_ARRAY(arena, uint64_t, sides->mentor_count);
    bool fine = sides->score != NULL && sides->capacity != NULL && sides->mentee_id != NULL &&
                sides->mentor_id != NULL;
    return fine ? RC_OK : RC_NO_MEMORY;
}

static void fill(struct sides *sides)
{
    for (uint32_t j = 0; j < sides->mentor_count; j++) {
        sides->capacity[j] = (uint8_t)sides->mentors[j]->places;
        sides->mentor_id[j] = (uint64_t)sides->mentors[j]->id;
    }
    for (uint32_t i = 0; i < sides->mentee_count; i++) {
        sides->mentee_id[i] = (uint64_t)sides->mentees[i]->id;
        for (uint32_t j = 0; j < sides->mentor_count; j++) {
            int score = match_score(sides->mentees[i], sides->mentors[j]);
            sides->score[(size_t)i * sides->mentor_count + j] =
                score < 0 ? MM_NOT_ALLOWED : (uint16_t)score;
        }
    }
}

static struct match_pair make_pair(const struct sides *sides, const struct mm_pair *pair)
{
    const struct enrolment *mentee = sides->mentees[pair->mentee];
    const struct enrolment *mentor = sides->mentors[pair->mentor];
    return (struct match_pair){.mentee = mentee->id,
                               .mentor = mentor->id,
                               .score = pair->score,
                               .topics = enrolment_common(mentee->topics, mentor->topics),
                               .languages = enrolment_common(mentee->languages, mentor->languages),
                               .times = enrolment_common(mentee->times, mentor->times),
                               .mentee_name = mentee->name,
                               .mentor_name = mentor->name};
}

static enum rc take_result(struct arena *arena, const struct sides *sides,
                           const struct mm_result *result, struct match_run *run,
                           struct match_pair **ret_pairs)
{
    struct match_pair *pairs = ARENA_ARRAY(arena, struct match_pair, result->pairs);
    if (pairs == NULL)
        return RC_NO_MEMORY;
    for (size_t k = 0; k < result->pairs; k++)
        pairs[k] = make_pair(sides, &result->pair[k]);
    run->mentees = sides->mentee_count;
    run->mentors = sides->mentor_count;
    run->matched = result->matched;
    run->total = (int64_t)result->total;
    run->lowest = result->pairs == 0 ? 0 : result->lowest;
    run->proved = result->proved;
    *ret_pairs = pairs;
    return RC_OK;
}

// Solves, and has the independent check look at the proof before anybody sees a pair.
enum rc match_compute(struct arena *arena, const struct enrolment *people, size_t count,
                      struct match_run *run, struct match_pair **ret_pairs, size_t *ret_count)
{
    struct sides sides = {0};
    struct mm_result result = {0};
    struct mm_fault fault;
    TRY(divide(arena, people, count, &sides));
    fill(&sides);
    struct mm_instance instance = {.mentees = sides.mentee_count,
                                   .mentors = sides.mentor_count,
                                   .score = sides.score,
                                   .capacity = sides.capacity,
                                   .mentee_id = sides.mentee_id,
                                   .mentor_id = sides.mentor_id};
    struct mm_objective objective = {.seed = (uint64_t)run->seed};
    enum mm_status status = mm_solve(&instance, &objective, NULL, &result, &fault);
    if (status != MM_OK)
        return status == MM_NO_MEMORY ? RC_NO_MEMORY : RC_LIMIT;
    if (result.proved && mm_check(&instance, &objective, &result, NULL, &fault) != MM_OK)
        result.proved = false;
    enum rc rc = take_result(arena, &sides, &result, run, ret_pairs);
    *ret_count = rc == RC_OK ? result.pairs : 0;
    mm_result_free(&result);
    return rc;
}

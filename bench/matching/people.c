// SPDX-License-Identifier: Apache-2.0
/*
 * From people's answers to a proved result: made people with the answers of a real programme, most
 * in a few zones, free on evenings and weekends, and after the same topics; places 1.05 times the
 * mentees. Times apart: the search for each mentee's best 50, the whole match over all pairs, the
 * check over all pairs. Prints `matched total candidates-seconds match-seconds MiB check-seconds`:
 *
 *   people MENTEES MENTORS [nocheck]
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "mentormatch.h"

#define TOPICS 80u
#define THREADS 2

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* ---- threads ---- */

struct crew {
    void (*work)(void *job, uint32_t k);
    void *job;
    uint32_t count;
    atomic_uint next;
};

static void *crew_work(void *context)
{
    struct crew *crew = context;
    for (;;) {
        uint32_t k = atomic_fetch_add(&crew->next, 1);
        if (k >= crew->count) {
            return NULL;
        }
        crew->work(crew->job, k);
    }
}

static void crew_run(void *context, void (*work)(void *job, uint32_t k), void *job, uint32_t count)
{
    pthread_t thread[THREADS];
    struct crew crew = {.work = work, .job = job, .count = count};
    (void)context;
    for (int t = 0; t < THREADS; t++) {
        if (pthread_create(&thread[t], NULL, crew_work, &crew) != 0) {
            fputs("people: no thread\n", stderr);
            exit(2);
        }
    }
    for (int t = 0; t < THREADS; t++) {
        pthread_join(thread[t], NULL);
    }
}

/* ---- people ---- */

static uint64_t state = 20261124;

static uint32_t below(uint32_t limit)
{
    state += 0x9E3779B97F4A7C15u;
    uint64_t z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (uint32_t)((z ^ (z >> 31)) >> 33) % limit;
}

static const int16_t zones[][2] = {
    {0,    60  },
    {60,   120 },
    {60,   120 },
    {60,   120 },
    {120,  180 },
    {-300, -240},
    {-300, -240},
    {180,  180 },
    {330,  330 },
    {-480, -420},
};

static void add_span(uint64_t *week, uint32_t day, uint32_t from, uint32_t length)
{
    for (uint32_t s = day * 96 + from; s < day * 96 + from + length && s < MM_WEEK_SLOTS; s++) {
        week[s / 64] |= UINT64_C(1) << s % 64;
    }
}

static void make_week(uint64_t *week)
{
    for (uint32_t day = 0; day < 5; day++) {
        if (below(100) < 55) {
            add_span(week, day, 68 + below(8), 8 + below(8)); /* an evening */
        }
        if (below(100) < 20) {
            add_span(week, day, 46 + below(4), 4); /* at lunch */
        }
    }
    for (uint32_t day = 5; day < 7; day++) {
        if (below(100) < 40) {
            add_span(week, day, 36 + below(16), 12);
        }
    }
    add_span(week, below(5), 72, 8); /* nobody is free at no time */
}

static void make_topics(struct mm_person *person, struct mm_topic *topic, bool mentor)
{
    uint32_t wanted = mentor ? 4 + below(7) : 2 + below(3);
    person->topic = topic;
    for (uint32_t k = 0; k < wanted; k++) {
        uint32_t number = below(below(TOPICS) + 1); /* some are asked for by many */
        bool twice = false;
        for (uint32_t b = 0; b < person->topics; b++) {
            twice = twice || topic[b].topic == number;
        }
        if (!twice) {
            topic[person->topics++] =
                (struct mm_topic){number, (uint8_t)(mentor ? 100 : 10 - 2 * k),
                                  (uint8_t)(mentor ? 3 + below(2) : 1 + below(3))};
        }
    }
}

static void make_person(struct mm_person *person, uint64_t id, bool mentor, struct mm_topic *topic,
                        uint64_t *week)
{
    uint32_t zone = below(sizeof(zones) / sizeof(*zones));
    person->id = id;
    person->woman = below(100) < (mentor ? 80 : 97) ? MM_YES : MM_NO;
    person->asks = mentor ? (below(10) < 8 ? MM_YES : MM_NO) : (below(10) < 3 ? MM_YES : MM_NO);
    person->languages = (below(100) < 92 ? 1u : 0u) | 1u << below(12);
    person->formats = 1u | 1u << below(4);
    person->seniority = (uint8_t)(mentor ? 4 + below(6) : 1 + below(5));
    person->cadence = (uint8_t)(1 + below(3));
    person->employer = 1 + below(4000);
    person->industries = UINT64_C(1) << below(24);
    person->interests[0] = UINT64_C(1) << below(40) | UINT64_C(1) << below(40);
    for (int k = 0; k < MM_VALUES_MAX; k++) {
        person->values[k] = (uint8_t)(1 + below(5));
    }
    person->zone_minutes[0] = zones[zone][0];
    person->zone_minutes[1] = zones[zone][1];
    make_topics(person, topic, mentor);
    make_week(week);
    person->possible = week;
}

static void *take(size_t count, size_t size)
{
    void *block = calloc(count, size);
    if (!block) {
        fputs("people: memory ran out\n", stderr);
        exit(2);
    }
    return block;
}

static struct mm_pool make_pool(uint32_t mentees, uint32_t mentors)
{
    size_t all = (size_t)mentees + mentors;
    struct mm_person *person = take(all, sizeof(*person));
    struct mm_topic *topic = take(all * 12, sizeof(*topic));
    uint64_t *week = take(all * MM_WEEK_WORDS, sizeof(*week));
    for (size_t k = 0; k < all; k++) {
        make_person(&person[k], k + 1, k >= mentees, topic + 12 * k, week + MM_WEEK_WORDS * k);
    }
    uint64_t places = (uint64_t)mentees * 105 / 100;
    for (uint64_t p = 0; p < places && mentors > 0; p++) {
        struct mm_person *mentor = &person[mentees + (p < mentors ? (uint32_t)p : below(mentors))];
        mentor->places += mentor->places < 8;
    }
    return (struct mm_pool){.mentee = person,
                            .mentees = mentees,
                            .mentor = person + mentees,
                            .mentors = mentors,
                            .topic_count = TOPICS,
                            .phases = 2};
}

static void stop_if(enum mm_status status, const struct mm_fault *fault)
{
    if (status != MM_OK) {
        fprintf(stderr, "people: %s %s\n", mm_status_text(status), fault->text ? fault->text : "");
        exit(1);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: people MENTEES MENTORS [nocheck]\n", stderr);
        return 2;
    }
    struct mm_pool pool =
        make_pool((uint32_t)strtoul(argv[1], NULL, 10), (uint32_t)strtoul(argv[2], NULL, 10));
    struct mm_options options = {.threads = {.run = crew_run}};
    struct mm_objective objective = {.seed = 1};
    struct mm_fault fault = {.text = NULL};
    struct mm_candidates candidates;
    struct mm_result result;
    double start = seconds();
    stop_if(mm_candidates(&pool, 50, 1, &options, &candidates, &fault), &fault);
    double searched = seconds();
    mm_candidates_free(&candidates);
    double begun = seconds();
    stop_if(mm_match(&pool, &objective, &options, &result, &fault), &fault);
    double matched = seconds();
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    if (argc == 3) {
        stop_if(mm_check_pool(&pool, &objective, &result, &options, &fault), &fault);
    }
    double checked = seconds();
    printf("%u %llu %.4f %.4f %ld %.4f\n", result.matched, (unsigned long long)result.total,
           searched - start, matched - begun, usage.ru_maxrss / 1024, checked - matched);
    return 0;
}

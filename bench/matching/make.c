// SPDX-License-Identifier: Apache-2.0
/*
 * Makes a matching instance from a fixed seed, as one binary file that all competitors read:
 * mentors differ in popularity, take 1 to 8 mentees, and have 1.05 places for each mentee in all;
 * scores lie in 0..10,000.
 *
 * make MENTEES MENTORS CANDIDATES FILE; as many candidates as mentors makes every pair allowed.
 * The file: mentees, mentors, pairs as 64-bit numbers; first[mentees + 1] 64 bits, mentor[pairs] 32
 * bits, score[pairs] 16 bits, capacity[mentors] 8 bits; rows in the order of mentors; the machine's
 * byte order.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state = 42;

static uint32_t below(uint32_t limit)
{
    uint64_t z = (state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (uint32_t)(((z ^ (z >> 31)) >> 32) * limit >> 32);
}

static void *take(size_t count, size_t size)
{
    void *block = calloc(count, size);
    if (!block) {
        fprintf(stderr, "make: memory ran out\n");
        exit(2);
    }
    return block;
}

static void make_capacities(uint8_t *capacity, uint32_t mentors, uint64_t places)
{
    uint64_t sum = 0;
    for (uint32_t j = 0; j < mentors; j++) {
        capacity[j] = (uint8_t)(1 + below(8));
        sum += capacity[j];
    }
    while (sum != places) {
        uint32_t j = below(mentors);
        if (sum > places && capacity[j] > 1) {
            capacity[j]--;
            sum--;
        } else if (sum < places && capacity[j] < 20) {
            capacity[j]++;
            sum++;
        }
    }
}

/* The candidates of one mentee, in order: marks, then a sweep, so that rows are sorted. */
static void make_row(uint32_t mentors, uint32_t candidates, uint32_t *mentor, uint32_t *chosen,
                     uint32_t row)
{
    for (uint32_t k = 0; k < candidates;) {
        uint32_t j = candidates == mentors ? k : below(mentors);
        if (chosen[j] != row) {
            chosen[j] = row;
            mentor[k++] = j;
        }
    }
    for (uint32_t k = 1; k < candidates; k++) {
        uint32_t moving = mentor[k];
        uint32_t at = k;
        for (; at > 0 && mentor[at - 1] > moving; at--) {
            mentor[at] = mentor[at - 1];
        }
        mentor[at] = moving;
    }
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: make MENTEES MENTORS CANDIDATES FILE\n");
        return 2;
    }
    uint64_t size[3] = {strtoull(argv[1], NULL, 10), strtoull(argv[2], NULL, 10), 0};
    uint32_t candidates = (uint32_t)strtoul(argv[3], NULL, 10);
    uint32_t mentees = (uint32_t)size[0];
    uint32_t mentors = (uint32_t)size[1];
    size[2] = size[0] * candidates;
    uint64_t *first = take(size[0] + 1, sizeof(*first));
    uint32_t *mentor = take(size[2], sizeof(*mentor));
    uint16_t *score = take(size[2], sizeof(*score));
    uint8_t *capacity = take(mentors, 1);
    uint32_t *popular = take(mentors, sizeof(*popular));
    uint32_t *chosen = take(mentors, sizeof(*chosen));
    make_capacities(capacity, mentors, size[0] + size[0] / 20);
    for (uint32_t j = 0; j < mentors; j++) {
        popular[j] = below(3000);
    }
    for (uint32_t i = 0; i < mentees; i++) {
        first[i + 1] = first[i] + candidates;
        make_row(mentors, candidates, mentor + first[i], chosen, i + 1);
        for (uint64_t k = first[i]; k < first[i + 1]; k++) {
            score[k] = (uint16_t)(popular[mentor[k]] + below(3501) + below(3501));
        }
    }
    FILE *file = fopen(argv[4], "wb");
    if (!file || fwrite(size, sizeof(size), 1, file) != 1 ||
        fwrite(first, sizeof(*first), size[0] + 1, file) != size[0] + 1 ||
        fwrite(mentor, sizeof(*mentor), size[2], file) != size[2] ||
        fwrite(score, sizeof(*score), size[2], file) != size[2] ||
        fwrite(capacity, 1, mentors, file) != mentors || fclose(file) != 0) {
        fprintf(stderr, "make: %s can't be written\n", argv[4]);
        return 2;
    }
    return 0;
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Our side of the benchmark, through the public header only. Prints `matched total seconds MiB
 * check-seconds` of one run: ours FILE total|all. With `dense` as third word and all pairs allowed,
 * the scores go in as a table.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "mentormatch.h"

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void *read_block(FILE *file, size_t count, size_t size)
{
    void *block = malloc(count * size + 1);
    if (!block || fread(block, size, count, file) != count) {
        fprintf(stderr, "ours: the instance can't be read\n");
        exit(2);
    }
    return block;
}

int main(int argc, char **argv)
{
    FILE *file = argc > 2 ? fopen(argv[1], "rb") : NULL;
    if (!file) {
        fprintf(stderr, "usage: ours FILE total|all [dense]\n");
        return 2;
    }
    uint64_t *size = read_block(file, 3, sizeof(uint64_t));
    struct mm_instance in = {.mentees = (uint32_t)size[0], .mentors = (uint32_t)size[1]};
    in.first = read_block(file, size[0] + 1, sizeof(uint64_t));
    in.mentor = read_block(file, size[2], sizeof(uint32_t));
    in.score = read_block(file, size[2], sizeof(uint16_t));
    in.capacity = read_block(file, size[1], 1);
    if (argc > 3 && strcmp(argv[3], "dense") == 0) {
        in.first = NULL;
        in.mentor = NULL;
    }
    struct mm_objective objective = {.seed = 1};
    if (strcmp(argv[2], "total") == 0) {
        objective.level[0] = MM_CARDINALITY;
        objective.level[1] = MM_TOTAL;
    }
    struct mm_result result;
    struct mm_fault fault = {.text = ""};
    double start = seconds();
    enum mm_status status = mm_solve(&in, &objective, NULL, &result, &fault);
    double solved = seconds();
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    if (status == MM_OK) {
        status = mm_check(&in, &objective, &result, NULL, &fault);
    }
    double checked = seconds();
    if (status != MM_OK) {
        fprintf(stderr, "ours: %s %s\n", mm_status_text(status), fault.text);
        return 1;
    }
    printf("%u %llu %.6f %ld %.6f\n", result.matched, (unsigned long long)result.total,
           solved - start, usage.ru_maxrss / 1024, checked - solved);
    return 0;
}

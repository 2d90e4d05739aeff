// SPDX-License-Identifier: Apache-2.0
/*
 * mentormatch: decides who mentors whom, proves that no better set of pairs exists, and says why.
 *
 * What it is for: many-to-one (and one-to-many) assignment of mentees to mentors under hard rules,
 * with several objectives in strict order, each solved exactly. Every result carries a certificate
 * that mm_check verifies from first principles without sharing any code with the solvers.
 *
 * What it promises: no input or output, no global state, no clock, no random source: the same input
 * and seed give the same result, byte for byte, in whatever order people and pairs are given.
 * Memory comes from the caller's allocator only, and any allocation may fail: the call then returns
 * MM_NO_MEMORY, its outputs are untouched and nothing leaks. Bad input is refused with a place
 * (struct mm_fault), never with abort. All functions may be called from several threads on
 * different objects.
 *
 * Two levels. The upper one takes people with features, rules and weights (struct mm_pool) and
 * finds the allowed pairs and their scores by itself. The lower one takes a plain list of allowed
 * pairs with scores (struct mm_instance). Both end in the same solver, result and check.
 *
 * Conventions. Mentees and mentors are named by their position in the caller's arrays, 0-based.
 * Pointers into the caller's arrays are borrowed for the call only. Everything in a result is owned
 * by the result and released by mm_result_free. "NULL: ..." behind a pointer says what leaving it
 * out means. A struct set to zero is a valid, empty value with every option at its default.
 *
 * Sources of the algorithms stand with the functions; docs/matching.md explains them at length.
 */
#ifndef MENTORMATCH_H
#define MENTORMATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define MM_PUBLIC __attribute__((visibility("default")))
#else
#define MM_PUBLIC
#endif

#define MM_VERSION "0.1.0"

/* ---- limits: larger input is refused with MM_LIMIT ---- */
#define MM_SCORE_MAX 10000       /* a score lies in 0..MM_SCORE_MAX; 0 is an allowed pair */
#define MM_NOT_ALLOWED 0xFFFFu   /* in a dense table: this pair is not allowed */
#define MM_SIDE_MAX 2000000u     /* people on one side */
#define MM_PAIRS_MAX 2000000000u /* allowed pairs */
#define MM_WANTS_MAX 3           /* mentors that one mentee may want */
#define MM_CAPACITY_MAX 20       /* mentees that one mentor or circle may take */
#define MM_BANDS_MAX 20          /* bands of the leximin level */
#define MM_LEVELS_MAX 32         /* linear levels of one certificate, after bands are unfolded */
#define MM_CIRCLES_MAX 16        /* mentors with a minimum above 1 (see mm_instance.minimum) */
#define MM_NOBODY UINT32_MAX     /* no person, no position */

/* ---- results of calls ---- */
enum mm_status {
    MM_OK = 0,
    MM_NO_MEMORY,     /* an allocation failed; nothing was changed */
    MM_BAD_INPUT,     /* the input breaks a rule of this header; struct mm_fault says where */
    MM_LIMIT,         /* the input is larger than a limit above; struct mm_fault says which */
    MM_CONTRADICTION, /* pins contradict the rules, capacities or each other; mm_fault names the
                         pair */
    MM_STOPPED,       /* the caller's progress function asked to stop */
    MM_NOT_PROVED,    /* mm_check: the certificate does not prove the result; mm_fault says why */
};

/* What is wrong and where. `text` is a constant English sentence, for logs and for translation by
 * key. mentee, mentor: positions, or MM_NOBODY where none is meant. level: index into the
 * certificate or -1. */
struct mm_fault {
    const char *text;
    uint32_t mentee;
    uint32_t mentor;
    int level;
};

/* One English sentence for a status; never NULL. */
MM_PUBLIC const char *mm_status_text(enum mm_status status);

/* ---- memory and progress: the caller's ---- */
/* allocate returns memory aligned for any type, or NULL; size is never 0. release gets what
 * allocate gave, or NULL. Both NULL: malloc and free of the C library. */
struct mm_memory {
    void *(*allocate)(void *context, size_t size);
    void (*release)(void *context, void *block);
    void *context;
};

/* Called now and then from long calls, from the calling thread. step names what is being done
 * ("cardinality", "band", "total", ...); done of total units of it (total 0: not known). Returns
 * false to stop the call with MM_STOPPED. NULL: never called. */
struct mm_progress {
    bool (*tell)(void *context, const char *step, uint64_t done, uint64_t total);
    void *context;
};

/* Runs work(job, k) for every k in 0..count-1, in any order, on any threads, and returns when all
 * are done. NULL: one after the other on the calling thread. Results never depend on it. */
struct mm_threads {
    void (*run)(void *context, void (*work)(void *job, uint32_t k), void *job, uint32_t count);
    void *context;
};

/* ---- objective ---- */
/* Levels in their order; each is solved exactly within the optimum of those before. */
enum mm_level_kind {
    MM_END = 0,     /* ends the list */
    MM_CARDINALITY, /* most mentees with at least one mentor; then most pairs */
    MM_PRIORITY,    /* most people carried over: largest sum of mm_instance.priority over mentees
                       served */
    MM_FLOOR,       /* lowest score of a chosen (not pinned) pair as high as possible */
    MM_BANDS,       /* leximin by bands: fewest pairs in the worst band, then in the next, ... */
    MM_TOTAL,       /* highest total score, less move_price for every pair of `was` not kept */
    MM_DISTURBANCE, /* most pairs of `was` kept */
};

struct mm_objective {
    /* Ended by MM_END; empty: cardinality, priority (when any is given), floor, bands, total. */
    enum mm_level_kind level[8];
    uint32_t bands;      /* 2..MM_BANDS_MAX; band(score) = score * bands / 10001; 0: 10 */
    uint32_t move_price; /* 0..1,000,000 points that a moved pair costs in MM_TOTAL; 0: none */
    uint64_t seed;       /* ties: the last level maximises a hash of (seed, mentee id, mentor id) */
    bool keep_published; /* every pair of `was` that is still allowed is kept as if pinned */
    bool limit_moves;    /* at most `moves` pairs of `was` that are still allowed may go */
    uint32_t moves;
};

/* ---- the plain instance ---- */
struct mm_link {
    uint32_t mentee;
    uint32_t mentor;
};

/* A plain instance. The allowed pairs stand either in rows (first, mentor, score) or in a dense
 * table. Rows: mentee i may be paired with mentor[k] at score[k] for k in first[i]..first[i+1]-1,
 * in any order, no mentor twice. Dense: score[i * mentors + j], MM_NOT_ALLOWED where not allowed;
 * first and mentor NULL. A pin must be an allowed pair, a ban need not be; a pair both pinned and
 * banned is a contradiction. Ids break ties and put people in order: they must be unique on their
 * side; the input's order never matters. */
struct mm_instance {
    uint32_t mentees;
    uint32_t mentors;
    const uint64_t *first;   /* mentees + 1 positions, first[0] = 0; NULL: dense */
    const uint32_t *mentor;  /* first[mentees] mentors */
    const uint16_t *score;   /* as many scores */
    const uint8_t *wants;    /* per mentee 1..MM_WANTS_MAX mentors wanted; NULL: 1 */
    const uint8_t *capacity; /* per mentor 0..MM_CAPACITY_MAX mentees taken; NULL: 1 */
    const uint8_t *minimum;  /* per mentor: takes none or at least so many (a circle); 0 and 1 mean
                                none; NULL: 0 */
    const uint8_t *priority; /* per mentee 0..255 for MM_PRIORITY; NULL: 0 */
    const uint8_t
        *distinct; /* per mentee 1: her mentors come from different backgrounds; NULL: 0 */
    const uint32_t *background; /* per mentor: class of background; NULL: every mentor her own */
    const uint64_t *mentee_id;  /* NULL: position + 1 */
    const uint64_t *mentor_id;  /* NULL: position + 1 */
    const struct mm_link *pin;
    size_t pins;
    const struct mm_link *ban;
    size_t bans;
    const struct mm_link *was; /* the earlier, published result */
    size_t was_count;
};

/* ---- the result ---- */
struct mm_pair {
    uint32_t mentee;
    uint32_t mentor;
    uint16_t score;
    bool pinned;
};

/* One linear level of the certificate. The profit of a set of pairs at this level is, by kind:
 *   MM_L_SERVED    number of mentees with at least one pair
 *   MM_L_PAIRS     number of pairs
 *   MM_L_PRIORITY  sum of priority over mentees with at least one pair
 *   MM_L_FLOOR     minus the number of pairs with a score below `parameter`
 *   MM_L_BAND      minus the number of pairs in band `parameter`
 *   MM_L_TOTAL     sum of scores plus move_price per pair of `was`
 *   MM_L_KEPT      number of pairs of `was`
 *   MM_L_TIE       sum of mm_tie(seed, mentee id, mentor id)
 *   MM_L_EMPTY     nothing: only in a branch that no set of pairs can be in
 * price[j] is the dual price of one place of mentor j. All levels together are one vector, compared
 * lexicographically: see mm_check for what they prove. MM_L_FLOOR levels come in two roles: with
 * proof = false the level says that pairs below `parameter` are out for all levels after it (no
 * prices); with proof = true it proves that `parameter` can't be reached: optimum below zero, and
 * is otherwise not part of the vector. `value` is the optimum of the level over pairs that are not
 * pinned. */
enum mm_linear_kind {
    MM_L_SERVED = 1,
    MM_L_PAIRS,
    MM_L_PRIORITY,
    MM_L_FLOOR,
    MM_L_BAND,
    MM_L_TOTAL,
    MM_L_KEPT,
    MM_L_TIE,
    MM_L_EMPTY,
};

struct mm_linear {
    enum mm_linear_kind kind;
    uint32_t parameter;
    bool proof;
    int64_t value;
    int64_t *price; /* per mentor, in the caller's order; NULL: all zero */
};

struct mm_certificate {
    struct mm_linear *level;
    uint32_t levels;
};

/* Circles with a minimum split the proof: either a circle is open (takes its minimum at least) or
 * closed (takes nobody), or it does not matter and is left as if it had no minimum. The branches
 * are a tree in preorder: one with a mentor stands before all where this circle is open, and those
 * stand before all where it is closed; one without is a leaf. A leaf that is empty has one level of
 * MM_L_EMPTY whose prices bound no profit below zero, or none where a circle that a pin fills is
 * closed; another has a certificate of its own, whose values bound all that is in it; and the leaf
 * without levels is covered by the result's certificate. */
struct mm_branch {
    uint32_t mentor; /* MM_NOBODY: a leaf */
    bool empty;
    struct mm_certificate certificate;
};

/* How the result was reached; for reports and benchmarks only. */
struct mm_effort {
    uint64_t pairs_seen;   /* allowed pairs that the solver worked on */
    uint64_t pairs_priced; /* pairs proved not to matter without being worked on */
    uint32_t rounds;       /* times that left-out pairs were priced and added */
    uint64_t augmentations;
    uint64_t bids;
};

struct mm_result {
    struct mm_pair *pair; /* sorted by mentee, then mentor */
    size_t pairs;
    uint32_t matched;            /* mentees with at least one mentor */
    uint32_t moved;              /* pairs of `was` that are not in the result */
    uint64_t total;              /* sum of scores, pinned pairs included */
    uint32_t lowest;             /* lowest score, or MM_NOT_ALLOWED when there is no pair */
    uint32_t bands;              /* as asked */
    uint64_t band[MM_BANDS_MAX]; /* pairs in each band */
    uint64_t seed;
    bool proved; /* the certificate covers the result: true, except with limit_moves */
    int64_t gap; /* with limit_moves: how much more MM_TOTAL could be at most; else 0 */
    struct mm_certificate certificate;
    struct mm_branch *branch; /* where circles had to be decided; else NULL */
    uint32_t branches;
    struct mm_effort effort;
    struct mm_memory memory; /* as given to the call that made it */
};

struct mm_options {
    struct mm_memory memory;
    struct mm_progress progress;
    struct mm_threads threads;
};

/* Solves the instance. objective and options may be NULL (defaults). On MM_OK *ret_result is filled
 * and must be released with mm_result_free; otherwise it is untouched and *ret_fault (may be NULL)
 * says why. Time in practice near n log n for sparse instances; memory about 30 bytes an allowed
 * pair at most. Algorithms: an auction with similar objects (Bertsekas 1988, Bertsekas and Castanon
 * 1989) sets prices; a primal-dual method with blocking flows over shortest paths (Jonker and
 * Volgenant 1987; Hopcroft and Karp 1973 where all costs are equal) makes every level exact; levels
 * nest by complementary slackness: a set of pairs is optimal for a level if and only if it uses
 * tight pairs only and saturates every person whose dual is not zero, so the next level runs within
 * exactly those sets. */
MM_PUBLIC enum mm_status mm_solve(const struct mm_instance *instance,
                                  const struct mm_objective *objective,
                                  const struct mm_options *options, struct mm_result *ret_result,
                                  struct mm_fault *ret_fault);

/* Releases what the result owns and sets it to zero. A zeroed result is fine. */
MM_PUBLIC void mm_result_free(struct mm_result *result);

/* The tie level's profit of a pair, 0..2^31-1: a hash of the seed and the two ids. */
MM_PUBLIC uint32_t mm_tie(uint64_t seed, uint64_t mentee_id, uint64_t mentor_id);

/*
 * Verifies a result (also one made elsewhere) against the instance and objective, from first
 * principles. Checked: the pairs are allowed, not banned, unique; pins are in; wants, capacities,
 * minimums and backgrounds are kept; counts, total, bands and lowest are right; and the certificate
 * proves that the result is optimal at every level of the objective:
 *
 * With prices v[j] (vectors over the linear levels in order, compared lexicographically, in which
 * weak duality holds as in any ordered field), every set x that keeps the rules has profit(x) <=
 * sum_j capacity[j] * max(0, v[j]) + sum_i best[i], where best[i] is the best that mentee i could
 * gain by any allowed bundle at these prices (nothing, or up to wants[i] mentors, of different
 * backgrounds if she asks). The result is optimal if both sides are equal, which is checked with
 * 128-bit sums, level by level. A circle that must open adds minimum[j] * min(0, v[j]), one that is
 * closed has no capacity; a result with branches is verified in every leaf, and the leaves must be
 * all cases. Without a certificate only feasibility and counts are checked and
 * MM_NOT_PROVED is returned. Returns MM_OK when proved. Linear in the allowed pairs times levels;
 * memory linear in people.
 */
MM_PUBLIC enum mm_status mm_check(const struct mm_instance *instance,
                                  const struct mm_objective *objective,
                                  const struct mm_result *result, const struct mm_options *options,
                                  struct mm_fault *ret_fault);

/* ---- questions about a result of a plain instance ---- */

/* Pairs that would both rather have each other (stability is reported, not imposed). The pair (i,
 * j) blocks when it is allowed, not in the result, i has a free wish or a mentor with a lower
 * score, and j a free place or a mentee with a lower score (Gale and Shapley 1962; capacities as in
 * hospitals and residents). Writes up to `most` pairs, worst regret first (the smaller of both
 * gains), and the number of all in *ret_count. */
struct mm_blocking {
    uint32_t mentee;
    uint32_t mentor;
    uint16_t score;
    uint16_t mentee_gain; /* score minus her lowest, or the score itself with a free wish */
    uint16_t mentor_gain;
};
MM_PUBLIC enum mm_status mm_blocking_pairs(const struct mm_instance *instance,
                                           const struct mm_result *result,
                                           const struct mm_options *options,
                                           struct mm_blocking *pairs, size_t most,
                                           size_t *ret_count, struct mm_fault *ret_fault);

/* The mentee-optimal stable assignment by both sides' scores: deferred acceptance with capacities,
 * equal scores ordered by mm_tie. Wants and bans are kept; pins, backgrounds, minimums are refused
 * with MM_BAD_INPUT. The result has no certificate: mm_blocking_pairs shows that it has no blocking
 * pair. */
MM_PUBLIC enum mm_status mm_solve_stable(const struct mm_instance *instance, uint64_t seed,
                                         const struct mm_options *options,
                                         struct mm_result *ret_result, struct mm_fault *ret_fault);

/* "Why not her?" for one pair: solves again with the pair pinned and says what it would cost and
 * whom. */
enum mm_why_not {
    MM_WN_IS_PAIR = 1, /* it is a pair of the result */
    MM_WN_NOT_ALLOWED, /* a hard rule, a ban or a missing score forbids it */
    MM_WN_NO_PLACE,    /* the mentor has no capacity, or pins fill it */
    MM_WN_COSTS,       /* possible; the numbers below say what it costs */
    MM_WN_EQUAL,       /* possible at no cost: only the seed decided */
};
struct mm_answer {
    enum mm_why_not why;
    struct mm_fault fault;  /* with MM_WN_NO_PLACE and MM_WN_NOT_ALLOWED: the reason */
    int64_t matched_change; /* mentees served, after minus before (0 or less under cardinality) */
    int64_t lowest_change;  /* lowest score */
    int64_t total_change;   /* total score */
    uint32_t worst_band;    /* first band whose count changes, or MM_NOBODY */
    int64_t worst_band_change; /* more (or fewer) pairs in that band */
    uint32_t
        score_needed; /* the pair's smallest score at which it would be chosen, or MM_NOT_ALLOWED */
    struct mm_pair *gone; /* pairs of the result that would go ... */
    size_t gone_count;
    struct mm_pair *come; /* ... and those that would come, the asked one among them; sorted */
    size_t come_count;
    struct mm_memory memory;
};
MM_PUBLIC enum mm_status mm_why_not(const struct mm_instance *instance,
                                    const struct mm_objective *objective,
                                    const struct mm_result *result, struct mm_link pair,
                                    const struct mm_options *options, struct mm_answer *ret_answer,
                                    struct mm_fault *ret_fault);
MM_PUBLIC void mm_answer_free(struct mm_answer *answer);

/* The best `most` other mentors for a mentee, by what the whole would lose if she had this one
 * instead: fewest mentees lost, then the loss of each level in order, then the mentor's id. Writes
 * at most `most` rows. */
struct mm_alternative {
    uint32_t mentor;
    uint16_t score;
    int64_t matched_change;
    int64_t lowest_change;
    int64_t total_change;
};
MM_PUBLIC enum mm_status mm_alternatives(const struct mm_instance *instance,
                                         const struct mm_objective *objective,
                                         const struct mm_result *result, uint32_t mentee,
                                         size_t most, const struct mm_options *options,
                                         struct mm_alternative *rows, size_t *ret_count,
                                         struct mm_fault *ret_fault);

/* ---- people with features ---- */

#define MM_TOPICS_MAX 64  /* topics of one person */
#define MM_VALUES_MAX 10  /* statements on values and working style */
#define MM_CHOICES_MAX 10 /* ranked choices of one person */
#define MM_PHASES_MAX 8   /* daylight-saving phases of one cohort */
#define MM_WEEK_SLOTS 672 /* quarter hours of a week, from Monday 00:00 */
#define MM_WEEK_WORDS 11  /* 64-bit words of a week's slots; the last 32 bits are zero */
#define MM_ZONE_UNKNOWN INT16_MIN

enum mm_answer3 { MM_UNKNOWN = 0, MM_YES = 1, MM_NO = 2 };

/* A topic that a mentee wishes or a mentor offers. For a wish weight is 1..10 (her top goal counts
 * most) and for an offer percent is 1..100: how well it covers the topic (100: the very topic;
 * less: a related one). level: 0 not told, 1 beginner .. 4 expert. Topic numbers are the caller's;
 * no topic twice. */
struct mm_topic {
    uint32_t topic;
    uint8_t amount; /* weight of a wish, percent of an offer */
    uint8_t level;
};

/* One person on one side. All-zero means "nothing told". Sets are bit sets of the caller's
 * numbering. */
struct mm_person {
    uint64_t id;    /* unique on the side; breaks ties */
    uint64_t human; /* the same non-zero number on both sides: the same human being; 0: not known to
                       be */
    const struct mm_topic *topic;
    uint32_t topics;
    uint64_t languages;    /* spoken at the needed level */
    uint64_t interests[4]; /* tags */
    uint64_t industries;
    uint32_t formats;              /* video, audio, text, in person, ... */
    uint8_t values[MM_VALUES_MAX]; /* 1..5, 0 not told */
    uint8_t seniority;             /* 1..20 on the programme's scale, 0 not told */
    uint8_t cadence;               /* meetings a month wished, 0 not told */
    uint16_t hours;                /* hours a month, 0 not told */
    uint32_t employer;             /* 0 not told */
    uint32_t line;                 /* reporting line, 0 not told */
    uint32_t place;                /* for meeting in person, 0 not told */
    uint32_t background;           /* career path, 0 not told */
    enum mm_answer3 woman;
    enum mm_answer3
        asks; /* mentee: asks for a woman; mentor: open to mentoring people who are not women */
    bool in_person;     /* wants to meet in person */
    bool distinct;      /* mentee: several mentors come from different employers and career paths */
    uint8_t places;     /* mentor: capacity 0..20; mentee: mentors wanted 1..3 (0 means 1) */
    uint8_t places_min; /* mentor: a circle takes none or at least so many */
    uint8_t priority;   /* mentee: see mm_instance.priority */
    int16_t
        zone_minutes[MM_PHASES_MAX]; /* UTC offset in each phase, multiple of 15; MM_ZONE_UNKNOWN */
    const uint64_t
        *possible;        /* MM_WEEK_WORDS: free quarter hours in own local time; NULL: not told */
    const uint64_t *good; /* the preferred ones among them; NULL: same as possible */
    const uint32_t *choice; /* positions on the other side, best first, at most MM_CHOICES_MAX */
    uint32_t choices;
    const uint32_t *veto; /* positions on the other side */
    uint32_t vetoes;
};

/* Hard rules. `use` switches a rule on. Where an answer is missing that a rule needs, the pair is
 * refused unless allow_unknown, and flagged in the explanation either way. */
enum mm_rule_kind {
    MM_R_SAME_HUMAN =
        0, /* not with oneself; also no cycle: A mentors B and B mentors A (see mm_pool.avoid) */
    MM_R_AVOID,       /* the do-not-match list; always on, symmetric */
    MM_R_VETO,        /* vetoes of both sides */
    MM_R_LANGUAGE,    /* a language in common */
    MM_R_OVERLAP,     /* at least `amount` minutes a week free together in the worst phase */
    MM_R_SENIORITY,   /* mentor at least `amount` grades above mentee */
    MM_R_EMPLOYER,    /* not the same employer */
    MM_R_LINE,        /* not the same reporting line */
    MM_R_ASKS_WOMAN,  /* a mentee who asks for a woman gets one */
    MM_R_OPEN_TO_ALL, /* a mentor not open to non-women gets women only */
    MM_R_PLACE,       /* the same place when either wants to meet in person, or when the formats
                         that they share are all among the bits of `amount` (0: none are) */
    MM_R_FORMAT,      /* a format in common */
    MM_R_ZONE,        /* at most `amount` minutes between the zones in the worst phase */
    MM_R_TOPIC,       /* at least one wished topic is covered by `amount` percent or more */
    MM_R_LOW_SCORE,   /* a score of at least `amount` */
    MM_RULES
};
struct mm_rule {
    bool use;
    bool allow_unknown;
    uint32_t amount;
};

/* Criteria. weight 0..10; 0: the criterion does not count. mandatory: a pair whose part is zero is
 * refused. */
enum mm_criterion_kind {
    MM_C_TOPICS = 0, /* share of the mentee's wishes that the mentor covers, by weight */
    MM_C_LEVELS,     /* mentor's level at least one above the mentee's in the covered wishes */
    MM_C_SENIORITY,  /* best at a gap of seniority_best, less on both sides, zero at no gap or below
                      */
    MM_C_INTERESTS,  /* shared tags: |a and b| / min(|a|, |b|, 3) */
    MM_C_VALUES,     /* closeness of the statements: 1 - mean distance / 4 */
    MM_C_LANGUAGES,  /* one language in common is worth 70 %, two or more 100 % */
    MM_C_OVERLAP,    /* minutes free together in the worst phase (a good one counts double against a
                        possible one), diminishing return */
    MM_C_ZONE,       /* distance of the zones in the worst phase: 100 % at 0, 0 at 12 hours */
    MM_C_INDUSTRY,   /* an industry in common */
    MM_C_FORMAT,     /* a format in common */
    MM_C_CADENCE,    /* closeness of the wished meetings a month */
    MM_C_CHOICE_MENTEE, /* the mentee's ranked choice: 100 % for the first, falling evenly; 0 when
                           not ranked */
    MM_C_CHOICE_MENTOR,
    MM_CRITERIA
};
struct mm_weight {
    uint8_t weight;
    bool mandatory;
};

struct mm_rules {
    struct mm_rule rule[MM_RULES];
    struct mm_weight weight[MM_CRITERIA];
    uint8_t seniority_best;  /* 0: 2 grades */
    uint16_t overlap_enough; /* minutes a week worth 100 %; 0: 240 */
};

/* The pool. `avoid` is the do-not-match list (secret, symmetric): positions (mentee, mentor).
 * topic_count: topic numbers are below it. phases: 1..MM_PHASES_MAX (0 means 1). Other lists as in
 * mm_instance. */
struct mm_pool {
    const struct mm_person *mentee;
    uint32_t mentees;
    const struct mm_person *mentor;
    uint32_t mentors;
    uint32_t topic_count;
    uint32_t phases;
    const struct mm_link *avoid;
    size_t avoids;
    const struct mm_link *pin;
    size_t pins;
    const struct mm_link *ban;
    size_t bans;
    const struct mm_link *was;
    size_t was_count;
    const struct mm_rules *rules;
};

/* Fills *rules with the defaults: see docs/matching.md for each figure. */
MM_PUBLIC void mm_rules_default(struct mm_rules *rules);

/* Checks the pool as mm_match would. */
MM_PUBLIC enum mm_status mm_pool_check(const struct mm_pool *pool, struct mm_fault *ret_fault);

/* One pair in full. Parts are points of the score and add up to it exactly. Shares are 0..10000 of
 * each criterion before weighting. A criterion whose answers are missing has share 0 and its bit in
 * `unknown`. */
struct mm_explanation {
    bool allowed;
    uint32_t refused; /* bit per mm_rule_kind: this rule forbids the pair */
    uint32_t flagged; /* bit per mm_rule_kind: the rule could not be judged for want of an answer */
    uint32_t mandatory; /* bit per mm_criterion_kind: mandatory and zero */
    uint32_t unknown;   /* bit per mm_criterion_kind: an answer is missing */
    uint16_t score;
    uint16_t part[MM_CRITERIA];
    uint16_t part_max[MM_CRITERIA]; /* what the criterion could give at most */
    uint16_t share[MM_CRITERIA];
    int8_t strongest[3]; /* criteria by part, strongest first; -1: none */
    int8_t weakest;      /* criterion that loses most points against its maximum; -1: none */
    uint16_t overlap[MM_PHASES_MAX];      /* minutes a week possible for both, per phase */
    uint16_t overlap_good[MM_PHASES_MAX]; /* ... and good for both */
    uint16_t zone_distance; /* minutes in the worst phase, or UINT16_MAX when unknown */
    uint32_t topic[3];      /* wished topics that are covered best, MM_NOBODY where none */
    uint8_t topic_percent[3];
};
MM_PUBLIC enum mm_status mm_explain_pair(const struct mm_pool *pool, struct mm_link pair,
                                         struct mm_explanation *ret_explanation,
                                         struct mm_fault *ret_fault);

/* The same for many pairs, with the whole pool checked once: rows[k] is about pairs[k]. On anything
 * but MM_OK the rows hold nothing of use. Time linear in people, and for each pair in its own
 * lists, the mentors and the do-not-match list. */
MM_PUBLIC enum mm_status mm_explain_pairs(const struct mm_pool *pool, const struct mm_link *pairs,
                                          size_t count, const struct mm_options *options,
                                          struct mm_explanation *rows, struct mm_fault *ret_fault);

/* Why a mentee has no mentor: how many mentors each rule removes for her (a mentor removed by
 * several rules counts for each; `only` counts those that this rule alone removes), how many are
 * left, how many of these are full, and the smallest change that would give her a candidate. */
struct mm_unmatched {
    uint32_t mentors; /* all with capacity */
    uint32_t removed[MM_RULES];
    uint32_t only[MM_RULES];
    uint32_t removed_mandatory; /* by a mandatory criterion */
    uint32_t banned;
    uint32_t left; /* allowed pairs: not empty means that places ran out */
    int8_t
        relax_rule; /* rule whose relaxation gives a candidate soonest; -1: none single one does */
    uint32_t relax_amount; /* the amount that would do; 0 where the rule has none (switch it off) */
    uint32_t relax_mentor; /* the candidate that it gives */
};
MM_PUBLIC enum mm_status mm_explain_unmatched(const struct mm_pool *pool, uint32_t mentee,
                                              struct mm_unmatched *ret_unmatched,
                                              struct mm_fault *ret_fault);

/* The same for many mentees, with the whole pool checked once: rows[k] is about mentees[k]. On
 * anything but MM_OK the rows hold nothing of use. The progress function is told "explain", and may
 * stop it. */
MM_PUBLIC enum mm_status mm_explain_all_unmatched(const struct mm_pool *pool,
                                                  const uint32_t *mentees, size_t count,
                                                  const struct mm_options *options,
                                                  struct mm_unmatched *rows,
                                                  struct mm_fault *ret_fault);

/* The allowed pairs of a pool as a plain instance: all of them, or the best `most` of each mentee
 * (0: all), with equal scores ordered by mm_tie. bound[i] is the highest score that was left out
 * for mentee i, or MM_NOT_ALLOWED where nothing was. The instance's arrays are owned by
 * *ret_candidates. */
struct mm_candidates {
    struct mm_instance instance;
    uint16_t *bound;
    struct mm_memory memory;
    void *owned;
};
MM_PUBLIC enum mm_status mm_candidates(const struct mm_pool *pool, uint32_t most, uint64_t seed,
                                       const struct mm_options *options,
                                       struct mm_candidates *ret_candidates,
                                       struct mm_fault *ret_fault);
MM_PUBLIC void mm_candidates_free(struct mm_candidates *candidates);

/* Matches a pool: finds candidates, solves, prices out the pairs left out and solves on until none
 * can matter, so that the result is optimal over all mentees x mentors allowed pairs. */
MM_PUBLIC enum mm_status mm_match(const struct mm_pool *pool, const struct mm_objective *objective,
                                  const struct mm_options *options, struct mm_result *ret_result,
                                  struct mm_fault *ret_fault);

/* Verifies a result of mm_match: recomputes rules and scores of every mentee x mentor from the
 * features (its own code, not the solver's) and then as mm_check. Time mentees x mentors. */
MM_PUBLIC enum mm_status mm_check_pool(const struct mm_pool *pool,
                                       const struct mm_objective *objective,
                                       const struct mm_result *result,
                                       const struct mm_options *options,
                                       struct mm_fault *ret_fault);

#ifdef __cplusplus
}
#endif
#endif

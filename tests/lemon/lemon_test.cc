// SPDX-License-Identifier: Apache-2.0
//
// mm_solve against LEMON's network simplex, which has nothing in common with it: thousands of
// random and contrived instances too large for brute force. The objective's levels become one cost
// here, by weights that no sum of lower levels can reach, so the instances are kept small enough
// for 64 bits. Every result must also pass mm_check.
//
// Not for: speed (bench/matching compares that), or pins, bans and backgrounds (brute force does).

#include <cstdint>
#include <cstdio>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>
#include <vector>

#include "base/tap.h"

#include "mentormatch.h"

namespace
{

// splitmix64 (Steele, Lea and Flood 2014)
struct Chance {
    uint64_t state;

    uint64_t next()
    {
        uint64_t x = state += 0x9E3779B97F4A7C15u;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
        return x ^ (x >> 31);
    }

    uint32_t below(uint32_t limit)
    {
        return static_cast<uint32_t>((next() >> 32) * limit >> 32);
    }

    bool of(uint32_t percent)
    {
        return below(100) < percent;
    }
};

struct Pair {
    uint32_t mentee;
    uint32_t mentor;
    uint16_t score;
};

struct Instance {
    uint32_t mentees = 0;
    uint32_t mentors = 0;
    std::vector<Pair> pairs; // sorted by mentee
    std::vector<uint8_t> wants;
    std::vector<uint8_t> capacity;

    void open(uint32_t n, uint32_t m)
    {
        mentees = n;
        mentors = m;
        wants.assign(n, 1);
        capacity.assign(m, 1);
        pairs.clear();
    }
};

// ---- what LEMON finds ----

// The sums of a best set of pairs.
struct Sums {
    int64_t matched = 0;
    int64_t pairs = 0;
    int64_t total = 0;
    std::vector<int64_t> band;
};

// Which levels count, from the first: cardinality, bands, total.
struct Levels {
    bool cardinality;
    uint32_t bands;  // 0: no such level
    uint32_t lowest; // pairs below this score are left out
};

uint32_t band_of(uint32_t score, uint32_t bands)
{
    return bands == 0 ? 0 : score * bands / (MM_SCORE_MAX + 1);
}

// What each thing is worth, so that the smallest step of a level is more than all below it.
struct Weights {
    int64_t served = 0;
    int64_t pair = 0;
    std::vector<int64_t> band;
};

Weights weights_of(const Instance &in, const Levels &levels)
{
    int64_t units = 1;
    for (uint8_t want : in.wants) {
        units += want;
    }
    Weights weights;
    int64_t step = MM_SCORE_MAX * units + 1;
    weights.band.assign(levels.bands, 0);
    for (uint32_t band = levels.bands; band > 0; band--) {
        if (band < levels.bands) { // the best band follows from the others
            weights.band[band - 1] = step;
            step *= units;
        }
    }
    if (levels.cardinality) {
        weights.pair = step;
        weights.served = step * units;
    }
    return weights;
}

Sums lemon_solve(const Instance &in, const Levels &levels)
{
    typedef lemon::SmartDigraph Graph;
    Graph graph;
    Graph::Node source = graph.addNode();
    Graph::Node sink = graph.addNode();
    std::vector<Graph::Node> left(in.mentees);
    std::vector<Graph::Node> right(in.mentors);
    Graph::ArcMap<int64_t> cost(graph);
    Graph::ArcMap<int64_t> upper(graph);
    Weights weights = weights_of(in, levels);
    auto connect = [&](Graph::Node from, Graph::Node to, int64_t most, int64_t price) {
        Graph::Arc arc = graph.addArc(from, to);
        upper[arc] = most;
        cost[arc] = price;
        return arc;
    };
    int64_t units = 0;
    for (uint32_t i = 0; i < in.mentees; i++) {
        left[i] = graph.addNode();
        connect(source, left[i], 1, -weights.served);
        connect(source, left[i], in.wants[i] - 1, 0);
        units += in.wants[i];
    }
    for (uint32_t j = 0; j < in.mentors; j++) {
        right[j] = graph.addNode();
        connect(right[j], sink, in.capacity[j], 0);
    }
    connect(source, sink, units, 0); // who stays without
    std::vector<Graph::Arc> arcs;
    for (const Pair &pair : in.pairs) {
        int64_t price = -weights.pair - pair.score;
        if (levels.bands > 0) {
            price += weights.band[band_of(pair.score, levels.bands)];
        }
        int64_t most = pair.score >= levels.lowest ? 1 : 0;
        arcs.push_back(connect(left[pair.mentee], right[pair.mentor], most, price));
    }
    lemon::NetworkSimplex<Graph, int64_t, int64_t> simplex(graph);
    simplex.upperMap(upper).costMap(cost).stSupply(source, sink, units);
    Sums sums;
    sums.band.assign(MM_BANDS_MAX, 0);
    if (simplex.run() != simplex.OPTIMAL) {
        sums.matched = -1;
        return sums;
    }
    std::vector<bool> served(in.mentees, false);
    for (size_t k = 0; k < arcs.size(); k++) {
        if (simplex.flow(arcs[k]) > 0) {
            const Pair &pair = in.pairs[k];
            sums.pairs++;
            sums.total += pair.score;
            sums.band[band_of(pair.score, levels.bands)]++;
            served[pair.mentee] = true;
        }
    }
    for (bool one : served) {
        sums.matched += one;
    }
    return sums;
}

// ---- what mm_solve finds ----

struct Arrays {
    std::vector<uint64_t> first;
    std::vector<uint32_t> mentor;
    std::vector<uint16_t> score;
    mm_instance instance;
};

void tell(const Instance &in, bool table, Arrays &arrays)
{
    arrays.instance = mm_instance();
    arrays.instance.mentees = in.mentees;
    arrays.instance.mentors = in.mentors;
    arrays.instance.wants = in.wants.data();
    arrays.instance.capacity = in.capacity.data();
    if (table) {
        arrays.score.assign(static_cast<size_t>(in.mentees) * in.mentors + 1, MM_NOT_ALLOWED);
        for (const Pair &pair : in.pairs) {
            arrays.score[static_cast<size_t>(pair.mentee) * in.mentors + pair.mentor] = pair.score;
        }
        arrays.instance.score = arrays.score.data();
        return;
    }
    arrays.first.assign(in.mentees + 1, 0);
    arrays.mentor.clear();
    arrays.score.clear();
    for (const Pair &pair : in.pairs) {
        arrays.first[pair.mentee + 1]++;
        arrays.mentor.push_back(pair.mentor);
        arrays.score.push_back(pair.score);
    }
    for (uint32_t i = 0; i < in.mentees; i++) {
        arrays.first[i + 1] += arrays.first[i];
    }
    arrays.mentor.push_back(0);
    arrays.score.push_back(0);
    arrays.instance.first = arrays.first.data();
    arrays.instance.mentor = arrays.mentor.data();
    arrays.instance.score = arrays.score.data();
}

// One comparison; says what differs.
struct Trial {
    const char *name;
    uint64_t runs;
    bool failed;

    bool same(const Instance &in, const char *what, int64_t got, int64_t want)
    {
        if (got == want) {
            return true;
        }
        if (!failed) {
            std::printf("# %s, run %llu, %u x %u, %zu pairs: %s is %lld, LEMON has %lld\n", name,
                        static_cast<unsigned long long>(runs), in.mentees, in.mentors,
                        in.pairs.size(), what, static_cast<long long>(got),
                        static_cast<long long>(want));
        }
        failed = true;
        return false;
    }

    void complain(const Instance &in, const char *what, const mm_fault &fault)
    {
        if (!failed) {
            std::printf("# %s, run %llu, %u x %u: %s: %s (level %d)\n", name,
                        static_cast<unsigned long long>(runs), in.mentees, in.mentors, what,
                        fault.text ? fault.text : "", fault.level);
        }
        failed = true;
    }
};

void compare(Trial &trial, const Instance &in, const mm_result &result, const Levels &levels)
{
    Sums sums = lemon_solve(in, levels);
    if (levels.cardinality) {
        trial.same(in, "the number of matched mentees", result.matched, sums.matched);
        trial.same(in, "the number of pairs", static_cast<int64_t>(result.pairs), sums.pairs);
    }
    for (uint32_t band = 0; band + 1 < levels.bands; band++) {
        trial.same(in, "a band", static_cast<int64_t>(result.band[band]), sums.band[band]);
    }
    trial.same(in, "the total", static_cast<int64_t>(result.total), sums.total);
}

// With one more point of floor somebody would go without a mentor.
void compare_floor(Trial &trial, const Instance &in, const mm_result &result)
{
    Levels levels = {true, 0, 0};
    Sums all = lemon_solve(in, levels);
    if (result.pairs == 0 || result.lowest == MM_SCORE_MAX) {
        return;
    }
    levels.lowest = result.lowest + 1;
    Sums above = lemon_solve(in, levels);
    bool possible = above.matched == all.matched && above.pairs == all.pairs;
    trial.same(in, "a higher floor that is possible", possible, 0);
}

enum Ask { CARDINALITY_TOTAL, TOTAL, FLOOR_TOTAL, BANDS_TOTAL, ASKS };

mm_objective objective_of(Ask ask)
{
    mm_objective objective = mm_objective();
    uint32_t count = 0;
    if (ask != TOTAL) {
        objective.level[count++] = MM_CARDINALITY;
    }
    if (ask == FLOOR_TOTAL) {
        objective.level[count++] = MM_FLOOR;
    }
    if (ask == BANDS_TOTAL) {
        objective.level[count++] = MM_BANDS;
        objective.bands = 4;
    }
    objective.level[count++] = MM_TOTAL;
    objective.level[count] = MM_END;
    return objective;
}

void run(Trial &trial, const Instance &in, Ask ask, bool table)
{
    Arrays arrays;
    tell(in, table, arrays);
    mm_objective objective = objective_of(ask);
    mm_result result;
    mm_fault fault = mm_fault();
    trial.runs++;
    if (mm_solve(&arrays.instance, &objective, nullptr, &result, &fault) != MM_OK) {
        trial.complain(in, "mm_solve refuses it", fault);
        return;
    }
    if (mm_check(&arrays.instance, &objective, &result, nullptr, &fault) != MM_OK) {
        trial.complain(in, "mm_check does not prove it", fault);
    }
    Levels levels = {ask != TOTAL, ask == BANDS_TOTAL ? 4u : 0u, 0};
    if (ask == FLOOR_TOTAL) {
        compare_floor(trial, in, result);
        levels.lowest = result.pairs > 0 ? result.lowest : 0;
    }
    compare(trial, in, result, levels);
    mm_result_free(&result);
}

// ---- random instances ----

struct Shape {
    const char *name;
    uint32_t mentees;
    uint32_t mentors;
    uint32_t density;  // percent of pairs that are allowed
    uint32_t capacity; // at most
    uint32_t wants;    // at most
    uint32_t scores;   // different scores: 0 .. scores - 1, spread over the range
    uint32_t parts;    // parts with no pair between them
    uint32_t runs;
};

const Shape shapes[] = {
    {"small",                   12,  8,   60,  3,  1, 10001, 1, 900},
    {"small, several wanted",   10,  10,  60,  3,  3, 10001, 1, 900},
    {"small, many ties",        14,  9,   70,  3,  2, 3,     1, 900},
    {"scores 0 and 10000 only", 20,  12,  50,  3,  2, 2,     1, 500},
    {"equal scores everywhere", 25,  15,  80,  4,  3, 1,     1, 300},
    {"too few places",          60,  20,  40,  2,  1, 10001, 1, 300},
    {"too many places",         20,  60,  30,  5,  2, 10001, 1, 300},
    {"sparse, disconnected",    60,  40,  12,  3,  2, 10001, 5, 400},
    {"hardly any pair",         40,  40,  2,   2,  2, 100,   1, 300},
    {"one mentor",              50,  1,   90,  10, 3, 10001, 1, 100},
    {"one mentee",              1,   50,  90,  3,  3, 10001, 1, 100},
    {"no mentor",               5,   0,   0,   1,  1, 1,     1, 5  },
    {"no mentee",               0,   5,   0,   1,  1, 1,     1, 5  },
    {"middling",                100, 60,  20,  4,  3, 10001, 1, 120},
    {"middling, many ties",     100, 40,  50,  4,  1, 5,     1, 120},
    {"large",                   300, 100, 10,  8,  2, 10001, 1, 16 },
    {"large, all allowed",      300, 100, 100, 4,  1, 10001, 1, 8  },
};

uint16_t score_of(Chance &chance, const Shape &shape)
{
    uint32_t step = shape.scores > 1 ? MM_SCORE_MAX / (shape.scores - 1) : 0;
    return static_cast<uint16_t>(chance.below(shape.scores) * step);
}

void fill(Chance &chance, const Shape &shape, Instance &in)
{
    in.open(shape.mentees, shape.mentors);
    for (uint8_t &want : in.wants) {
        want = static_cast<uint8_t>(1 + chance.below(shape.wants));
    }
    for (uint8_t &places : in.capacity) {
        places = static_cast<uint8_t>(chance.below(shape.capacity + 1));
    }
    for (uint32_t i = 0; i < shape.mentees; i++) {
        for (uint32_t j = 0; j < shape.mentors; j++) {
            if (i % shape.parts == j % shape.parts && chance.of(shape.density)) {
                in.pairs.push_back({i, j, score_of(chance, shape)});
            }
        }
    }
}

void try_shapes()
{
    for (const Shape &shape : shapes) {
        Trial trial = {shape.name, 0, false};
        Chance chance = {shape.mentees * 1000u + shape.mentors};
        Instance in;
        for (uint32_t k = 0; k < shape.runs; k++) {
            fill(chance, shape, in);
            // four bands of three units a mentee need more than 64 bits in one cost when n is large
            Ask ask = static_cast<Ask>(k % (shape.mentees <= 60 ? ASKS : BANDS_TOTAL));
            run(trial, in, ask, chance.of(30));
        }
        ok(!trial.failed, "%s: %u runs", shape.name, shape.runs);
    }
}

// ---- contrived instances ----

// A chain: mentee i may have mentor i or i + 1, the last only the last but one's: every mentee has
// to give way, one after the other.
void chain(uint32_t length, uint32_t good, uint32_t bad, Instance &in)
{
    in.open(length, length);
    for (uint32_t i = 0; i < length; i++) {
        if (i + 1 < length) {
            in.pairs.push_back({i, i, static_cast<uint16_t>(good)});
            in.pairs.push_back({i, i + 1, static_cast<uint16_t>(bad)});
        } else {
            in.pairs.push_back({i, 0, static_cast<uint16_t>(bad)});
        }
    }
}

// Everybody wants the first mentor most.
void star(uint32_t mentees, uint32_t mentors, Instance &in)
{
    in.open(mentees, mentors);
    for (uint32_t i = 0; i < mentees; i++) {
        in.pairs.push_back({i, 0, 10000});
        for (uint32_t j = 1; j < mentors; j++) {
            in.pairs.push_back({i, j, static_cast<uint16_t>((i * 37 + j * 101) % 50)});
        }
    }
}

// Two mentors for one more mentee than they have places, nearly equal: bids rise in small steps.
void price_war(uint32_t mentees, Instance &in)
{
    in.open(mentees, mentees - 1);
    for (uint32_t i = 0; i < mentees; i++) {
        for (uint32_t j = 0; j + 1 < mentees; j++) {
            in.pairs.push_back({i, j, static_cast<uint16_t>(9999 + ((i + j) & 1u))});
        }
    }
}

// Scores i * j: every pair competes with every other one (a known bad case of assignment methods).
void products(uint32_t side, Instance &in)
{
    in.open(side, side);
    for (uint32_t i = 0; i < side; i++) {
        for (uint32_t j = 0; j < side; j++) {
            in.pairs.push_back(
                {i, j, static_cast<uint16_t>((i + 1) * (j + 1) * 10000 / side / side)});
        }
    }
}

void try_all(const char *name, const Instance &in)
{
    Trial trial = {name, 0, false};
    for (int ask = 0; ask < ASKS; ask++) {
        if (ask == BANDS_TOTAL && in.mentees > 60) {
            continue;
        }
        run(trial, in, static_cast<Ask>(ask), false);
        run(trial, in, static_cast<Ask>(ask), true);
    }
    ok(!trial.failed, "%s, %u x %u", name, in.mentees, in.mentors);
}

void try_contrived()
{
    Instance in;
    chain(50, 10000, 0, in);
    try_all("a chain that must give way to the end", in);
    chain(300, 1, 0, in);
    try_all("a long chain", in);
    chain(300, 5000, 5000, in);
    try_all("a long chain of equals", in);
    star(100, 20, in);
    try_all("one mentor wanted by everyone", in);
    star(60, 100, in);
    try_all("one mentor wanted by everyone, places for all", in);
    price_war(30, in);
    try_all("a war of prices", in);
    price_war(120, in);
    try_all("a larger war of prices", in);
    products(40, in);
    try_all("products", in);
    products(150, in);
    try_all("more products", in);
}

} // namespace

int main()
{
    try_shapes();
    try_contrived();
    return tap_done();
}

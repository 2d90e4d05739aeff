// SPDX-License-Identifier: Apache-2.0
// LEMON's side of the benchmark: highest total among most mentees, as a minimum-cost flow from a
// source over mentees and mentors to a sink, with a bonus on every pair that outweighs any score.
// Prints `matched total seconds MiB` of one run, building not counted: lemon FILE simplex|scaling.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>
#include <sys/resource.h>
#include <vector>

using Graph = lemon::SmartDigraph;

template <class T> static std::vector<T> read_block(FILE *file, size_t count)
{
    std::vector<T> block(count);
    if (count > 0 && fread(block.data(), sizeof(T), count, file) != count) {
        fprintf(stderr, "lemon: the instance can't be read\n");
        exit(2);
    }
    return block;
}

template <class Algorithm> static double run(Algorithm &algorithm)
{
    auto start = std::chrono::steady_clock::now();
    if (algorithm.run() != Algorithm::OPTIMAL) {
        fprintf(stderr, "lemon: no optimum\n");
        exit(1);
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int main(int argc, char **argv)
{
    FILE *file = argc > 2 ? fopen(argv[1], "rb") : nullptr;
    if (!file) {
        return 2;
    }
    auto size = read_block<uint64_t>(file, 3);
    auto first = read_block<uint64_t>(file, size[0] + 1);
    auto mentor = read_block<uint32_t>(file, size[2]);
    auto score = read_block<uint16_t>(file, size[2]);
    auto capacity = read_block<uint8_t>(file, size[1]);
    fclose(file);
    const int64_t bonus = 20000 * (int64_t)(size[0] + 1);
    Graph graph;
    graph.reserveNode((int)(size[0] + size[1] + 2));
    graph.reserveArc((int)(size[2] + 2 * size[0] + size[1]));
    std::vector<Graph::Node> node;
    for (uint64_t k = 0; k < size[0] + size[1] + 2; k++) {
        node.push_back(graph.addNode());
    }
    Graph::Node source = node[size[0] + size[1]];
    Graph::Node sink = node[size[0] + size[1] + 1];
    Graph::ArcMap<int64_t> upper(graph);
    Graph::ArcMap<int64_t> cost(graph);
    for (uint64_t i = 0; i < size[0]; i++) {
        Graph::Arc in = graph.addArc(source, node[i]);
        upper[in] = 1;
        for (uint64_t k = first[i]; k < first[i + 1]; k++) {
            Graph::Arc pair = graph.addArc(node[i], node[size[0] + mentor[k]]);
            upper[pair] = 1;
            cost[pair] = -bonus - score[k];
        }
    }
    Graph::Arc rest = graph.addArc(source, sink);
    upper[rest] = (int64_t)size[0];
    for (uint64_t j = 0; j < size[1]; j++) {
        upper[graph.addArc(node[size[0] + j], sink)] = capacity[j];
    }
    double seconds = 0;
    int64_t total = 0;
    if (strcmp(argv[2], "simplex") == 0) {
        lemon::NetworkSimplex<Graph, int64_t, int64_t> algorithm(graph);
        algorithm.upperMap(upper).costMap(cost).stSupply(source, sink, (int64_t)size[0]);
        seconds = run(algorithm);
        total = -algorithm.totalCost<int64_t>();
    } else {
        lemon::CostScaling<Graph, int64_t, int64_t> algorithm(graph);
        algorithm.upperMap(upper).costMap(cost).stSupply(source, sink, (int64_t)size[0]);
        seconds = run(algorithm);
        total = -algorithm.totalCost<int64_t>();
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%lld %lld %.6f %ld\n", (long long)(total / bonus), (long long)(total % bonus), seconds,
           usage.ru_maxrss / 1024);
    return 0;
}

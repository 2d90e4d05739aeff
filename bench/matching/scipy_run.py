#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""SciPy's side of the benchmark: scipy_run.py FILE dense|sparse prints `matched total seconds MiB` of one run.

A mentor's places become columns of their own. The sparse solver wants a full matching, so every mentee also gets a
column of her own whose pair is worth less than being matched; what it costs is taken off again. Building the
matrix is not counted."""
import resource
import sys
import time

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

with open(sys.argv[1], 'rb') as file:
    mentees, mentors, pairs = (int(n) for n in np.fromfile(file, np.uint64, 3))
    first = np.fromfile(file, np.uint64, mentees + 1).astype(np.int64)
    mentor = np.fromfile(file, np.uint32, pairs)
    score = np.fromfile(file, np.uint16, pairs)
    capacity = np.fromfile(file, np.uint8, mentors).astype(np.int64)

slot = np.concatenate(([0], np.cumsum(capacity)))
places = int(slot[-1])
# a pair is worth more than any loss elsewhere can be
bonus = 20000.0 * (mentees + 1)
if sys.argv[2] == 'dense':
    weight = np.zeros((mentees, places))
    for i in range(mentees):
        for k in range(first[i], first[i + 1]):
            weight[i, slot[mentor[k]]:slot[mentor[k] + 1]] = bonus + score[k]
    start = time.perf_counter()
    row, column = linear_sum_assignment(weight, maximize=True)
    seconds = time.perf_counter() - start
    chosen = weight[row, column]
else:
    times = capacity[mentor]
    row = np.repeat(np.repeat(np.arange(mentees), np.diff(first)), times)
    start_of = np.repeat(slot[mentor], times)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    data = np.repeat(bonus + score, times)
    row = np.concatenate((row, np.arange(mentees)))
    column = np.concatenate((start_of + offset, places + np.arange(mentees)))
    data = np.concatenate((data, np.full(mentees, 1.0)))
    matrix = csr_matrix((data, (row, column)), shape=(mentees, places + mentees))
    start = time.perf_counter()
    row, column = min_weight_full_bipartite_matching(matrix, maximize=True)
    seconds = time.perf_counter() - start
    chosen = np.asarray(matrix[row, column]).ravel()
chosen = chosen[chosen >= bonus]
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(len(chosen), int(round((chosen - bonus).sum())), f'{seconds:.6f}', memory)

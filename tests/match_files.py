# SPDX-License-Identifier: Apache-2.0
"""Holds the files of `trellis match` to the sheets and to each other.

    match_files.py MENTEES.csv MENTORS.csv FOLDER

Every mentee stands in exactly one of pairs.csv and unmatched.csv; no mentor has more mentees than
places; nobody mentors herself; the parts of each score add up to it; result.json says the same.
"""

import csv
import json
import sys
from collections import Counter


def rows(name):
    with open(name, newline='', encoding='utf-8') as file:
        return list(csv.DictReader(file))


def main():
    mentees, mentors = rows(sys.argv[1]), rows(sys.argv[2])
    pairs = rows(sys.argv[3] + '/pairs.csv')
    unmatched = rows(sys.argv[3] + '/unmatched.csv')
    with open(sys.argv[3] + '/result.json', encoding='utf-8') as file:
        result = json.load(file)

    told = [row['mentee_id'] for row in pairs + unmatched]
    assert sorted(told) == sorted(row['id'] for row in mentees), 'each mentee once'
    load = Counter(row['mentor_id'] for row in pairs)
    for row in mentors:
        assert load[row['id']] <= int(row['max_mentees'] or 1), row['id']
    assert set(load) <= {row['id'] for row in mentors}

    assert len(result['pairs']) == len(pairs) and len(result['unmatched']) == len(unmatched)
    for row, pair in zip(pairs, result['pairs']):
        assert (row['mentee_id'], row['mentor_id']) == (pair['mentee']['id'], pair['mentor']['id'])
        assert row['score'] == '%d.%02d' % divmod(pair['score'], 100)
        assert sum(part['points'] for part in pair['parts']) == pair['score']
        assert sum(part['most'] for part in pair['parts']) == result['score_scale']
        for wish in pair['wishes']:
            assert (wish['skill'] is None) == (wish['percent'] == 0)
            assert (wish['rule'] == '') == (wish['percent'] == 0)
        others = [other['mentor']['id'] for other in pair['alternatives']]
        assert len(others) == len(set(others)) and pair['mentor']['id'] not in others
        assert all(other['cost'] for other in pair['alternatives'])
    summary = result['summary']
    assert summary['proved_optimal'] is True
    assert summary['total'] == sum(pair['score'] for pair in result['pairs'])
    assert summary['lowest'] == min(pair['score'] for pair in result['pairs'])
    assert sum(mentor['mentees'] for mentor in result['mentors']) == len(pairs)
    for person in result['unmatched']:
        assert person['reason'] and person['what_would_help']


main()

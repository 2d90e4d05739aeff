# SPDX-License-Identifier: Apache-2.0
"""The demo has each awkward case that real pools have (SPEC appendix D), counted in its database.

  demo_client.py TRELLIS PLACE     prints TAP
"""
import collections
import os
import re
import sqlite3
import subprocess
import sys
import unicodedata

ran = failed = 0


def ok(held, name):
    global ran, failed
    ran += 1
    failed += not held
    print(f'{"ok" if held else "not ok"} {ran} - {name}')


def near(count, whole, percent, room, name):
    """A share, as near as some dozens of people drawn by chance come to it."""
    share = 100 * count / whole
    ok(abs(share - percent) <= room, f'{name}: {count} of {whole}, {share:.0f} % (wanted about {percent} %)')


def count_pool(base, cohort):
    def one(sql):
        return base.execute(sql, (cohort,)).fetchone()[0]

    people = "FROM enrolment e JOIN person p ON p.id = e.person WHERE e.cohort = ? "
    mentees = one(f"SELECT count(DISTINCT p.id) {people} AND e.role = 'mentee' AND p.email LIKE 'mentee%'")
    mentors = one(f"SELECT count(*) {people} AND e.role = 'mentor'")
    ok(mentees >= 120 and mentors == 70, f'{mentees} mentees and {mentors} mentors')
    usable = one(f"SELECT sum(CASE WHEN e.hours > 0 AND e.hours / c.hours < e.places THEN e.hours / c.hours ELSE e.places END) FROM enrolment e "
                 "JOIN cohort c ON c.id = e.cohort WHERE e.cohort = ? AND e.role = 'mentor'")
    ok(1.4 <= 120 / usable <= 2.2, f'more mentees than places for which mentors give the hours: {120 / usable:.2f} : 1 (wanted about 1.8)')
    none = one(f"SELECT count(*) {people} AND e.role = 'mentor' AND e.places = 0")
    near(none, mentors, 23, 12, 'mentors without a place')
    near(one(f"SELECT count(*) {people} AND e.role = 'mentee' AND e.week = '' AND p.email LIKE 'mentee%@%' AND e.state <> 'submitted'"), 110, 5, 6, 'mentees without times')
    near(one(f"SELECT count(*) {people} AND e.role = 'mentee' AND e.caregiving <> ''"), mentees, 20, 9, 'mentees who care for somebody')
    near(one(f"SELECT count(*) {people} AND e.role = 'mentee' AND e.access <> ''"), mentees, 8, 7, 'mentees with access needs')
    states = {row[0] for row in base.execute('SELECT DISTINCT state FROM enrolment WHERE cohort = ?', (cohort,))}
    ok({'submitted', 'approved', 'waitlisted'} <= states, f'sign-ups in each state that waits: {sorted(states)}')


def count_awkward(base, cohort):
    rows = base.execute('SELECT p.id, p.name, p.zone, e.role FROM enrolment e JOIN person p ON p.id = e.person WHERE e.cohort = ?', (cohort,)).fetchall()
    names = collections.defaultdict(set)
    roles = collections.defaultdict(set)
    for person, name, _, role in rows:
        names[name].add(person)
        roles[person].add(role)
    twice = base.execute("SELECT count(*) FROM person WHERE email LIKE '%.private@demo.example'").fetchone()[0]
    ok(twice >= 3 and sum(len(people) > 1 for people in names.values()) >= 3, f'{twice} people who signed up twice')
    ok(sum(len(has) == 2 for has in roles.values()) >= 3, 'people in both roles')
    choosers = collections.Counter(row[0] for row in base.execute(
        'SELECT c.mentor FROM choice c JOIN enrolment e ON e.id = c.mentor WHERE e.cohort = ?', (cohort,)))
    ok(len([mentor for mentor, count in choosers.items() if count >= 10]) >= 5, 'ten mentees and more choose the same five mentors')
    ok(base.execute('SELECT count(*) FROM avoid').fetchone()[0] >= 3, 'pairs who must not be matched')
    blank = base.execute("SELECT count(*) FROM enrolment WHERE cohort = ? AND (goal = '' OR employer = '' OR about = '')", (cohort,)).fetchone()[0]
    ok(blank >= 20, f'{blank} sign-ups with blank fields')
    zones = {zone for _, _, zone, _ in rows}
    for zone in ('Asia/Kathmandu', 'America/St_Johns'):
        ok(zone in zones, f'a zone with a quarter or half of an hour: {zone}')
    ok('Australia/Sydney' in zones and {'Europe/London', 'Europe/Berlin'} & zones, 'zones whose clocks change the other way round')
    scripts = {unicodedata.name(letter, '?').split()[0] for name in names for letter in name if letter.isalpha()}
    ok(len(scripts - {'LATIN'}) >= 3, f'names in other scripts: {sorted(scripts)}')
    ok(max(map(len, names)) >= 60 and any(re.fullmatch(r'\S+', name) for name in names), 'a very long name, and one of one word')


def count_pairs(base):
    states = collections.Counter(row[0] for row in base.execute('SELECT state FROM match'))
    ok(sum(states.values()) >= 20 and states['paused'] >= 1, f'pairs under way, one paused at least: {dict(states)}')
    ok(base.execute('SELECT count(DISTINCT paused_by) FROM match WHERE paused_at > 0 OR paused_until > 0').fetchone()[0] >= 1, 'a pause')


def main():
    trellis, place = sys.argv[1:]
    subprocess.run([trellis, 'demo', '--data', os.path.join(place, 'data'), '--json'], check=True, capture_output=True)
    base = sqlite3.connect(os.path.join(place, 'data', 'trellis.db'))
    cohort = base.execute("SELECT id FROM cohort WHERE name = 'Spring 2027'").fetchone()[0]
    count_pool(base, cohort)
    count_awkward(base, cohort)
    count_pairs(base)
    print(f'1..{ran}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())

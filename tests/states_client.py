# SPDX-License-Identifier: Apache-2.0
"""Every page about a thing, in each state of the thing, as every role.

  states_client.py TRELLIS sqlite PLACE     prints TAP

A thing is put into each of its states in turn, and each page that names it is asked for as each role. No state lets anybody
in whom tests/policy keeps out; and what tests/states.txt says of a state is so, by name:

  THING STATE[,STATE...] PATH WHO ... [?]

Nobody else may read it then: for people it is not there, visitors may be asked to sign in. WHO as in tests/policy, and "author" for
the one who wrote it; "nobody" for none; "?" for those who may need what is not there in this test.
"""
import json
import os
import re
import sqlite3
import subprocess
import sys

import rows_client
import serve_client
from rows_client import GROUPS, ROLES, Base, ask, expected, is_right, outcome, sign_in
from serve_client import Server, ok

OVER = ['completed', 'ended', 'not_started', 'withdrawn']
THINGS = {  # its name in paths: its table, and its states
    'cohort': ('cohort', ['draft', 'enrolling', 'reviewing', 'matching', 'running', 'closing', 'archived', 'cancelled']),
    'pair': ('match', ['offered', 'active', 'paused', 'closing', *OVER]),
    'match': ('match', ['offered', 'active', 'paused', 'closing', *OVER]),
    'enrolment': ('enrolment', ['draft', 'submitted', 'needs_info', 'approved', 'declined', 'waitlisted', 'withdrawn', 'removed', 'finished']),
    'meeting': ('meeting', ['proposed', 'scheduled', 'held', 'no_show_mentor', 'cancelled_late', 'moved']),
    'goal': ('goal', ['draft', 'agreed', 'achieved', 'dropped']),
    'run': ('match_run', ['computing', 'computed', 'under_review', 'published', 'discarded']),
    'article': ('article', ['draft', 'published', 'retired']),
    'contribution': ('contribution', ['draft', 'submitted', 'changes_requested', 'approved', 'rejected', 'withdrawn', 'removed']),
    'story': ('story', ['draft', 'submitted', 'approved', 'published', 'unpublished', 'rejected']),
    'circle': ('circle', ['open', 'closed']),
    'event': ('event', ['planned', 'held', 'cancelled']),
    'introduction': ('introduction', ['asked', 'made', 'no', 'expired', 'withdrawn']),
    'talk': ('flash', ['open', 'taken', 'cancelled', 'held']),
    'concern': ('concern_case', ['open', 'acknowledged', 'in_progress', 'resolved', 'escalated']),
    'award': ('award', ['candidate', 'confirmed', 'revoked']),
    'honour': ('honour', ['open', 'judging', 'announced', 'cancelled']),
    'improvement': ('improvement', ['proposed', 'accepted', 'doing', 'done', 'evaluated', 'rejected']),
    'review': ('review_meeting', ['planned', 'held']),
    'import': ('import', ['uploaded', 'read', 'imported', 'undone']),
}


def read_states(path):
    """(thing, state, path) -> who, marks"""
    told = {}
    with open(path, encoding='utf-8') as file:
        for line in file:
            words = line.split('#')[0].split()
            if not words:
                continue
            thing, states, page, *who = words
            names = set()
            for word in set(who) - {'?', 'nobody', 'author'}:
                names.update(ROLES if word == 'everyone' else GROUPS.get(word, word).split())
            names.update({'ended'} if 'other' in names else ())
            if 'author' in who:
                names.add('mentee')  # who wrote what prepare() takes
            for state in THINGS[thing][1] if states == '*' else states.split(','):
                told[thing, state, page] = names, set(who) & {'?'}
    return told


def prepare(path, values, network):
    """What the roles of rows_client have to do with things of other slices. Gives more values."""
    base = Base(path)
    her, mentor = (base.one('SELECT person FROM enrolment WHERE id = ?', values[side]) for side in ('mentee', 'mentor'))
    said = base.one("SELECT id FROM contribution WHERE state = 'approved'")
    base.base.execute('UPDATE contribution SET person = ? WHERE id = ?', [her, said])
    told = base.one("SELECT id FROM story WHERE state = 'published' AND other > 0") or base.one("SELECT id FROM story WHERE state = 'published'")
    base.base.execute('UPDATE story SET person = ?, other = ? WHERE id = ?', [her, mentor, told])
    more = {'contribution': said, 'story': told, 'article': base.one('SELECT article FROM contribution WHERE id = ?', said),
            'section': base.one('SELECT section FROM contribution WHERE id = ?', said), 'circle': network['circle'], 'event': network['event'],
            'introduction': network['introduction'], 'talk': network['talk'],
            'award': base.one('SELECT id FROM award WHERE cohort = ?', values['cohort']),
            'honour': base.one('SELECT id FROM honour WHERE cohort = ?', values['cohort']),
            'improvement': base.one('SELECT id FROM improvement WHERE cohort = ?', values['cohort']),
            'review': base.one('SELECT id FROM review_meeting WHERE cohort = ?', values['cohort'])}
    base.base.commit()
    base.base.close()
    return more


def turn(server, path, table, one, state):
    """Puts it into that state while nobody serves it; gives the state that it had."""
    server.stop()
    base = sqlite3.connect(path)
    was = base.execute(f'SELECT state FROM {table} WHERE id = ?', [one]).fetchone()[0]
    base.execute(f'UPDATE {table} SET state = ? WHERE id = ?', [state, one])
    base.commit()
    base.close()
    server.start()
    return was


def try_state(askers, thing, state, pages, told):
    """Each page about it, as each role. Gives who got what else."""
    wrong = []
    for path, where, (who, marks) in pages:
        exact = told.get((thing, state, path))
        for role in ROLES:
            if exact:
                want, may = expected(role, exact[0]), exact[1]
            else:
                want, may = expected(role, who), marks | {'?'}
            ask(askers[role], 'GET', where)
            got = outcome(askers[role], False)
            if exact and role in ('visitor', 'closed') and want == 'sign in' and got == 'none':
                continue
            if not is_right(got, want, may):
                wrong.append(f'{path}: {role}: {got}, not {want} ({askers[role].status})')
    ok(not wrong, f'{thing} {state}: {len(pages)} pages, for whom they are')
    for line in wrong:
        print(f'# {line}')


def pages_of(thing, rows, policy, fill):
    return [(path, fill(path), policy[method, path]) for method, path, _ in rows
            if method == 'GET' and f':{thing}' in path.split('/') and (method, path) in policy]


def notices(server, askers, pages):
    """The control: with their checks taken out, pages let in whom the policy keeps out."""
    seen = tried = 0
    for path, where, (who, marks) in pages:
        if 'participant' in who:
            continue
        tried += 1
        seen += any(rows_client.asks_otherwise(server, askers[role], 'GET', where, expected(role, who), marks) for role in ('visitor', 'participant'))
    ok(seen == tried and tried > 5, f'a check that is taken out is noticed in {seen} of {tried} pages')


def play(server, planted, path, places, password):
    emails, values, network = places
    here = os.path.dirname(os.path.abspath(__file__))
    policy, told = rows_client.read_policy(os.path.join(here, 'policy')), read_states(os.path.join(here, 'states.txt'))
    rows = [line.split() for line in subprocess.run([planted, 'rows'], check=True, capture_output=True, text=True).stdout.splitlines()]
    askers = {role: sign_in(server, emails.get(role), password) for role in ROLES}
    askers['closed'].form('/account/close', [('sure', '1')])

    def fill(row):
        here = {**values, **network} if row.startswith('/circles/') else values
        return re.sub(r':(\w+)', lambda name: str(here.get(name[1], 1)), row)

    unknown = {page for _, _, page in told} - {row[1] for row in rows}
    ok(not unknown, f'each page of states.txt is there: {unknown or "yes"}')
    for thing, (table, states) in THINGS.items():
        pages = pages_of(thing, rows, policy, fill)
        if not ok(pages and values.get(thing), f'{thing}: there is one, and a page about it'):
            continue
        was = None
        for state in states:
            had = turn(server, path, table, values[thing], state)
            was = was or had
            try_state(askers, thing, state, pages, told)
        turn(server, path, table, values[thing], was)
    notices(server, askers, pages_of('pair', rows, policy, fill))
    ok(server.stop() == 0, 'it stops well')


def main():
    trellis, _, place = sys.argv[1:]
    planted = os.path.join(os.environ['TRELLIS_BUILD'], 'tests-planted')
    folder = os.path.join(place, 'data')
    path = os.path.join(folder, 'trellis.db')
    made = subprocess.run([trellis, 'demo', '--data', folder, '--json'], check=True, capture_output=True, text=True)
    emails, values, network = rows_client.prepare(path)
    values.update(prepare(path, values, network))
    server = Server(planted, ['--data', folder])
    try:
        play(server, planted, path, (emails, values, network), json.loads(made.stdout)['sign_ins'][0]['password'])
    finally:
        if server.process.poll() is None:
            server.kill()
    print(f'1..{serve_client.ran}')
    return 1 if serve_client.failed else 0


if __name__ == '__main__':
    sys.exit(main())

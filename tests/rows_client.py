# SPDX-License-Identifier: Apache-2.0
"""Every row of the program, as every role, on one engine.

  rows_client.py TRELLIS sqlite|postgres PLACE     prints TAP

$TRELLIS_BUILD/tests-planted is the same server, with a hole that opens for one header. Held to tests/policy, which
people write, a file for each slice:
who may, who is asked to sign in, for whom nothing is there, as page and as JSON; every answer has its headers;
every form is refused without its token, from elsewhere and from nowhere; and a check that is taken out is noticed.

  METHOD PATH WHO ... [?] [herself] [holder]

For all others the row does not exist (404); visitors and closed accounts are asked to sign in. WHO is a role, a group
(GROUPS below) or everyone. "away" coordinates another cohort, "other" is a mentee of another pair of the same cohort,
"ended" one whose pair has ended (she may what "other" may), "withdrawn" has taken her sign-up for it back (what "participant" may),
"reporter" reads reports of the cohort and its programme. Programs with a token of the coordinator ("reads", "writes") may what
she may, but for what is marked; and "reads" changes nothing.
  ?       those who may still need what is not there in this test: anything but a refusal is fine
  herself for a browser alone: a token is refused (403)
  holder  the secret in the path allows it: no token of a form is asked
"""
import http.client
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import urllib.parse

import serve_client
from serve_client import Browser, Server, ok

GROUPS = {'people': 'participant mentee mentor other coordinator away safeguarding committee editor reporter chair manager administrator ended withdrawn',
          'pair': 'mentee mentor', 'staff': 'coordinator manager administrator', 'keepers': 'coordinator manager administrator safeguarding',
          'managers': 'manager administrator', 'editors': 'editor coordinator away manager administrator', 'judges': 'committee chair'}
ROLES = ['visitor', 'closed'] + GROUPS['people'].split()
TOKENS = ['reads', 'writes']  # programs of the coordinator
HEADERS = {'content-security-policy': "default-src 'none'", 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY',
           'referrer-policy': 'same-origin', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
           'permissions-policy': 'camera=()', 'cache-control': ''}


def read_policy(folder):
    rows = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding='utf-8') as file:
            listed = [line.split('#')[0].split() for line in file]
        for method, path, *words in filter(None, listed):
            if (method, path) in rows:
                sys.exit(f'{method} {path} stands twice; once in {name}')
            marks = set(words) & {'?', 'holder', 'herself'}
            who = set()
            for word in set(words) - marks:
                who.update(ROLES if word == 'everyone' else GROUPS.get(word, word).split())
            who.update({'ended'} if 'other' in who else (), {'withdrawn'} if 'participant' in who else ())
            rows[method, path] = who, marks
    return rows


# ---- a programme with all roles -----------------------------------------------------------------

class Base:
    """Rows that no page can make in a second, straight into SQLite."""

    def __init__(self, path):
        self.base = sqlite3.connect(path)
        self.next = 5000

    def add(self, table, **given):
        self.next += 1
        columns = self.base.execute(f'PRAGMA table_info({table})').fetchall()
        row = {name: {'TEXT': '', 'BLOB': b''}.get(kind, 0) for _, name, kind, _, default, _ in columns if default is None}
        if 'id' in row:
            row['id'] = self.next
        row.update(given)
        marks = ', '.join('?' * len(row))
        self.base.execute(f'INSERT INTO {table}({", ".join(row)}) VALUES ({marks})', list(row.values()))
        return row.get('id')

    def one(self, sql, *values):
        found = self.base.execute(sql, values).fetchone()
        return found[0] if found else 0

    def person(self, name):
        password = self.one("SELECT password FROM person WHERE email = 'admin@demo.example'")
        self.next += 1
        return self.add('person', id=self.next, email=f'{name}@roles.example', name=name.title(), password=password, language='en', created_at=1)


def prepare(path):
    """Roles, and one of each thing that a path can name. Gives addresses by role, and values by name."""
    base = Base(path)
    cohort = base.one("SELECT id FROM cohort WHERE state = 'running'")
    away = base.one("SELECT id FROM cohort WHERE state = 'enrolling'")
    pair = base.one("SELECT m.id FROM match m JOIN enrolment e ON e.id = m.mentee JOIN person p ON p.id = e.person "
                    "WHERE m.state = 'active' AND p.email = 'pair1@demo.example'")
    mentee, mentor, run = base.base.execute('SELECT mentee, mentor, run FROM match WHERE id = ?', [pair]).fetchone()
    mail = 'SELECT p.email FROM person p JOIN enrolment e ON e.person = p.id WHERE e.id = ?'
    her = base.one('SELECT person FROM enrolment WHERE id = ?', mentee)
    emails = {'mentee': base.one(mail, mentee), 'mentor': base.one(mail, mentor), 'administrator': 'admin@demo.example',
              'other': base.one("SELECT p.email FROM match m JOIN enrolment e ON e.id = m.mentee JOIN person p ON p.id = e.person "
                                "WHERE m.state = 'active' AND m.mentor <> ? AND NOT EXISTS (SELECT 1 FROM circle_member c WHERE c.person = p.id) "
                                "ORDER BY m.id DESC", mentor)}
    for role, where, name in (('coordinator', cohort, 'coordinator'), ('coordinator', away, 'away'), ('safeguarding', cohort, 'safeguarding'),
                              ('committee', cohort, 'committee'), ('editor', cohort, 'editor'), ('reporter', cohort, 'reporter'),
                              ('chair', cohort, 'chair'), ('manager', 0, 'manager'), (None, 0, 'participant'), (None, 0, 'closed')):
        person = base.person(name)
        emails[name] = f'{name}@roles.example'
        if role:
            base.add('role', person=person, cohort=where, role=role)
    over, emails['ended'] = prepare_over(base, cohort, emails['other'])
    base.add('enrolment', person=base.person('withdrawn'), cohort=cohort, role='mentee', state='withdrawn')
    emails['withdrawn'] = 'withdrawn@roles.example'
    base.add('role', person=base.one("SELECT id FROM person WHERE email = 'reporter@roles.example'"), cohort=1, role='reporter')
    concern = base.add('concern_case', cohort=cohort, match=pair, kind='conduct', by_person=her, named=1, text='It was said.', state='open',
                       made_at=1, due_at=2)
    judged = base.add('match_run', cohort=cohort, state='computed', made_at=1, committee=1)
    base.add('match_pair', run=judged, mentee=mentee, mentor=mentor)
    sheet = base.add('import', cohort=cohort, role='mentee', file_name='a.csv', content=b'Name,Email\nA,a@example.org\n', state='read', made_by=her)
    values = {'cohort': cohort, 'pair': pair, 'over': over, 'match': pair, 'enrolment': mentee, 'mentee': mentee, 'mentor': mentor, 'run': judged,
              'concern': concern, 'import': sheet, 'role': 'mentee', 'token': 'none', 'file': 'none', 'away': away, 'programme': 1, 'letter': 'offer', 'step': 'texts',
              'plan': base.one('SELECT id FROM plan WHERE version > 0'), 'item': 0, 'resource': base.one('SELECT id FROM resource'),
              'training': base.one('SELECT id FROM training'), 'page': base.one('SELECT page FROM training_page'), 'question': 0,
              'goal': base.one('SELECT id FROM goal WHERE match = ?', pair), 'meeting': base.one('SELECT id FROM meeting WHERE match = ?', pair),
              'survey': base.one('SELECT id FROM survey WHERE match = ? AND person = ?', pair, her)}
    network = prepare_network(base, cohort, her, mentor)
    base.base.commit()
    base.base.close()
    return emails, values, network


def prepare_over(base, cohort, other):
    """A pair that has ended, and its mentee's address."""
    over, email = base.base.execute(
        "SELECT m.id, p.email FROM match m JOIN enrolment e ON e.id = m.mentee JOIN person p ON p.id = e.person WHERE m.cohort = ? AND m.state = 'active' AND "
        "p.email NOT IN (?, 'pair1@demo.example') AND NOT EXISTS (SELECT 1 FROM circle_member c WHERE c.person = p.id) ORDER BY m.id", [cohort, other]).fetchone()
    base.base.execute("UPDATE match SET state = 'ended', reason = 'mentee_time', ended_at = began_at + 1 WHERE id = ?", [over])
    return over, email


def prepare_network(base, cohort, lead, mentor):
    """A circle that the mentee leads and her mentor is in; what it and the cohort have. Gives values for paths about these."""
    circle = base.one("SELECT id FROM circle WHERE visibility = 'public' AND lead = ?", lead)
    member = base.one('SELECT person FROM enrolment WHERE id = ?', mentor)
    base.add('circle_member', circle=circle, person=member, state='member')
    return {'circle': circle, 'meeting': base.one("SELECT id FROM circle_meeting WHERE circle = ? AND state = 'planned'", circle),
            'goal': base.one('SELECT id FROM circle_goal WHERE circle = ?', circle),
            'step': base.one('SELECT id FROM circle_step WHERE circle = ?', circle),
            'post': base.one('SELECT id FROM circle_post WHERE circle = ? AND person = ?', circle, lead),
            'event': base.one('SELECT max(id) FROM event WHERE cohort = ? AND kind = ?', cohort, 'workshop'),
            'introduction': base.one('SELECT id FROM introduction WHERE a = ? OR b = ?', lead, lead),
            'talk': base.one("SELECT id FROM flash WHERE cohort = ? AND state = 'open' ORDER BY made_at", cohort)}


# ---- asking -------------------------------------------------------------------------------------

class Asker(Browser):
    """A browser that looks at the headers of every answer."""
    bare = []

    def send(self, method, path, body=None, headers=None):
        status = super().send(method, path, body, headers)
        for name, start in HEADERS.items():
            if not self.headers.get(name, '-').startswith(start):
                Asker.bare.append(f'{method} {path}: {status}: {name}')
        if "unsafe" in self.headers.get('content-security-policy', ''):
            Asker.bare.append(f'{method} {path}: unsafe')
        return status

    def form(self, path, more=None, **headers):
        """An empty form with the token of this browser."""
        sent = {'Content-Type': 'application/x-www-form-urlencoded', 'Origin': self.origin(), **headers}
        return self.send('POST', path, urllib.parse.urlencode([('csrf', self.csrf)] + (more or [])), sent)


def sign_in(server, email, password):
    asker = Asker(server)
    if email:
        asker.post('/sign-in', [('email', email), ('password', password), ('next', '')])
    asker.get('/account' if email else '/sign-in')
    asker.csrf = asker.token()
    return asker


class Program(Asker):
    """A program with tokens, taken in turn because each has 600 requests a minute: no cookie, no form."""

    def __init__(self, server, tokens):
        super().__init__(server)
        self.tokens, self.csrf = tokens, ''

    def send(self, method, path, body=None, headers=None):
        self.cookies = {}
        self.tokens = self.tokens[1:] + self.tokens[:1]
        return super().send(method, path, body, {**(headers or {}), 'Authorization': f'Bearer {self.tokens[0]}'})


def make_token(asker, scope):
    asker.form('/account/tokens', [('name', scope), ('scope', scope), ('days', '9')])
    return re.search(r'<code>(trellis_[a-z0-9]{40})</code>', asker.body)[1]


def outcome(asker, as_json):
    """What an answer means: 'in', 'sign in', 'none', 'refused', 'broken'."""
    if asker.status == 303 and asker.headers.get('location', '').startswith('/sign-in?next='):
        return 'sign in'
    if asker.status == 401 and (as_json or 'What you typed is not lost' in asker.body):
        return 'sign in'
    if asker.status == 404:
        return 'none'
    if asker.status in (401, 403):
        return 'refused'
    return 'broken' if asker.status >= 500 else 'in'


def expected(role, who):
    if role in who:
        return 'in'
    return 'sign in' if role in ('visitor', 'closed') else 'none'


def expected_of_token(role, method, who, marks):
    """What a program of the coordinator gets; None: it would do something."""
    want = expected('coordinator', who)
    if want == 'in' and ('herself' in marks or (method == 'POST' and role == 'reads')):
        return 'refused'
    return None if want == 'in' and method == 'POST' else want


def tells_nothing(program, method, where):
    """What is refused before it is looked for is refused alike where there is nothing: 403, or 422 for its members."""
    first = program.status, program.body
    scope = re.match(r'/cohorts/\d+|/programmes/\d+|', where)[0]  # a permission is for that one
    ask(program, method, scope + re.sub(r'\d+', lambda one: str(int(one[0]) + 70000), where[len(scope):]))
    return method == 'POST' and first[0] in (403, 422) and first == (program.status, program.body)


def is_right(got, want, marks):
    return got == want or (want == 'in' and got == 'none' and '?' in marks)


def ask(asker, method, path, headers=None):
    if method == 'GET':
        return asker.send('GET', path, None, headers)
    return asker.form(path, **(headers or {}))


def try_row(askers, row, where, policy):
    """A row as each role, as page and, where it has it, as JSON."""
    who, marks = policy
    wrong = []
    for as_json in (False, True):
        if as_json and row[2] != 'json':
            continue
        for role in ROLES:
            want = expected(role, who)
            if row[0] == 'POST' and want == 'in':
                continue  # what a form of hers does is for the tests of its slice
            ask(askers[role], row[0], where, {'Accept': 'application/json'} if as_json else None)
            got = outcome(askers[role], as_json)
            if not is_right(got, want, marks):
                wrong.append(f'{role}{" (JSON)" if as_json else ""}: {got}, not {want} ({askers[role].status})')
    for role in TOKENS:
        want = expected_of_token(role, row[0], who, marks)
        if want is None:
            continue
        ask(askers[role], row[0], where)
        got = outcome(askers[role], False)
        if want == 'none' and got != 'none' and tells_nothing(askers[role], row[0], where):
            continue
        if not is_right(got, want, marks):
            wrong.append(f'{role}: {got}, not {want} ({askers[role].status})')
    if not ok(not wrong, f'{row[0]} {row[1]}: as the policy says'):
        print('# ' + '; '.join(wrong))


def try_over(askers, rows, policy, over):
    """The pages of a pair that has ended: its own read them on, and nobody else learns of it."""
    for row in rows:
        who, marks = policy.get((row[0], row[1]), (set(), set()))
        if row[0] != 'GET' or not row[1].startswith('/pairs/:pair') or row[1].count(':') != 1 or 'mentee' not in who:
            continue
        wrong = []
        for role in ('ended', 'mentee', 'mentor', 'other', 'withdrawn', 'coordinator', 'visitor'):
            want = 'in' if role == 'ended' else expected(role, who - {'mentee', 'mentor'})
            ask(askers[role], 'GET', row[1].replace(':pair', str(over)))
            if not is_right(outcome(askers[role], False), want, marks | {'?'} if role == 'ended' else marks):
                wrong.append(f'{role}: {outcome(askers[role], False)}, not {want}')
        ok(not wrong, f'GET {row[1]} of a pair that has ended: {wrong or "as the policy says"}')


def try_forms(asker, stranger, row, where, marks):
    """S8: a change comes from a page of ours, with its token, by POST."""
    good = {'Content-Type': 'application/x-www-form-urlencoded'}
    origin = asker.origin()
    token = f'csrf={asker.csrf}'
    wrong = []
    for name, body, headers in (
            ('no token', '', {'Origin': origin}), ('a wrong token', f'csrf={"0" * 64}', {'Origin': origin}),
            ('the token of another', f'csrf={stranger.csrf}', {'Origin': origin}), ('from elsewhere', token, {'Origin': 'https://evil.example'}),
            ('from null', token, {'Origin': 'null'}), ('from nowhere', token, {}), ('cross-site', token, {'Sec-Fetch-Site': 'cross-site'}),
            ('a page elsewhere', token, {'Referer': 'https://evil.example/'}), ('a page that begins like ours', token, {'Referer': f'{origin}.evil.example/'}),
            ('an origin elsewhere, a page of ours', token, {'Origin': 'https://evil.example', 'Referer': f'{origin}/'}),
            ('cross-site, a page of ours', token, {'Sec-Fetch-Site': 'cross-site', 'Referer': f'{origin}/'}), ('a page of ours without a token', '', {'Referer': f'{origin}/'}),
            ('same-site', token, {'Sec-Fetch-Site': 'same-site', 'Origin': origin}),
            ('elsewhere though it says same-origin', token, {'Sec-Fetch-Site': 'same-origin', 'Origin': 'https://evil.example'}),
            ('JSON without a token', '{}', {'Origin': origin, 'Content-Type': 'application/json'}),
            ('JSON from elsewhere', '{}', {'Origin': 'https://evil.example', 'Content-Type': 'application/json'}),
            ('plain text', token, {'Content-Type': 'text/plain'})):
        if asker.send('POST', where, body, {**good, **headers}) not in (401, 403, 415):
            wrong.append(f'{name}: {asker.status}')
    ok(not wrong, f'POST {row[1]}: only from a page of ours')
    if wrong:
        print('# ' + '; '.join(wrong))


def try_methods(asker, rows, fill):
    """A row that is only POST does nothing with GET; and no row knows other methods."""
    gets = {row[1] for row in rows if row[0] == 'GET'}
    wrong = []
    for method, path, _ in rows:
        if method == 'POST' and path not in gets and asker.get(fill(path)) not in (404, 405):
            wrong.append(f'GET {path}: {asker.status}')
        for other in ('PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'):
            if asker.send(other, fill(path)) not in (404, 405, 501):
                wrong.append(f'{other} {path}: {asker.status}')
    ok(not wrong, 'no row answers to a method that it has not')
    for line in wrong:
        print(f'# {line}')


def asks_otherwise(server, asker, method, path, want, marks):
    """With its check taken out, a row may also fall over where it trusts that somebody is signed in."""
    try:
        ask(asker, method, path, {'X-Plant': 'open'})
    except (http.client.HTTPException, OSError):
        server.kill()
        server.start()
        return True
    return not is_right(outcome(asker, False), want, marks)


def try_planted(server, askers, rows, fill, policy):
    """The checks are taken out, one request at a time: the policy must not hold any more."""
    unseen = []
    for method, path, _ in sorted(rows, key=lambda row: row[0]):
        who, marks = policy.get((method, path), (set(), set()))
        seen = not set(ROLES) - who
        for role in ('visitor', 'participant'):
            if role in who or seen:
                continue
            seen = asks_otherwise(server, askers[role], method, fill(path), expected(role, who), marks)
        if not seen:
            unseen.append(f'{method} {path}')
    ok(not unseen, f'a check that is taken out is noticed, in each of {len(rows)} rows')
    for line in unseen:
        print(f'# not noticed: {line}')


def try_planted_tokens(askers, rows, fill, policy):
    """The same for what tokens may not: the check of tokens alone is taken out."""
    unseen, tried = [], 0
    for method, path, _ in sorted(rows, key=lambda row: row[0]):
        who, marks = policy.get((method, path), (set(), set()))
        if expected_of_token('reads', method, who, marks) != 'refused':
            continue
        tried += 1
        ask(askers['reads'], method, fill(path), {'X-Plant': 'token'})
        if outcome(askers['reads'], False) == 'refused':
            unseen.append(f'{method} {path}')
    ok(not unseen and tried > 150, f'a check of tokens that is taken out is noticed, in each of {tried} rows')
    for line in unseen:
        print(f'# not noticed: {line}')


def try_broken(server, asker):
    """Answers of the lowest floor carry the headers too."""
    wrong = []
    for line in (b'GET / HTTP/1.1\r\n\r\n', b'GET /\r\n\r\n', b'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
                 b'GET /' + b'a' * 70000 + b' HTTP/1.1\r\nHost: a\r\n\r\n',
                 b'POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n'):
        connection = http.client.HTTPConnection('127.0.0.1', server.port, timeout=30)
        connection.connect()
        connection.sock.sendall(line)
        answer = http.client.HTTPResponse(connection.sock)
        answer.begin()
        got = {key.lower(): value for key, value in answer.getheaders()}
        wrong += [f'{answer.status}: {name}' for name, start in HEADERS.items() if not got.get(name, '-').startswith(start)]
        connection.close()
    for path in ('/%00', '/?a=%ff', '/no/such/page', '/assets/none.css', '/icon.svg', '/sign-in', '/healthz'):
        asker.get(path)
    ok(not wrong, 'requests that are broken are answered with the headers')
    for one in wrong[:10]:
        print(f'# {one}')


def play(server, planted, places, password):
    emails, values, network = places
    here = os.path.dirname(os.path.abspath(__file__))
    policy = read_policy(os.path.join(here, 'policy'))
    listed = subprocess.run([planted, 'rows'], check=True, capture_output=True, text=True).stdout
    rows = [line.split() for line in listed.splitlines()]
    askers = {role: sign_in(server, emails.get(role), password) for role in ROLES if role != 'closed'}
    for scope in ('read', 'write'):
        askers[f'{scope}s'] = Program(server, [make_token(askers['coordinator'], scope) for _ in range(5)])
    askers['closed'] = sign_in(server, emails['closed'], password)
    askers['closed'].form('/account/close', [('sure', '1')])
    askers['closed'].get('/sign-in')
    askers['closed'].csrf = askers['closed'].token()

    def fill(path):
        here = {**values, **network} if re.match(r'/(circles|events|introductions|workshops|cohorts/:cohort/talks)/', path) else values
        return re.sub(r':(\w+)', lambda name: str(here.get(name[1], 1)), path)

    missing = [f'{row[0]} {row[1]}' for row in rows if (row[0], row[1]) not in policy]
    ok(not missing, f'each of {len(rows)} rows is in the policy')
    for row in missing:
        print(f'# in no file of tests/policy: {row}')
    left = set(policy) - {(row[0], row[1]) for row in rows}
    ok(not left, 'and no other')
    for row in sorted(left):
        print(f'# there is no such row: {" ".join(row)}')
    for row in rows:
        if (row[0], row[1]) in policy:
            try_row(askers, row, fill(row[1]), policy[row[0], row[1]])
    try_over(askers, rows, policy, values['over'])
    for row in rows:
        if row[0] == 'POST' and 'holder' not in policy.get((row[0], row[1]), (0, set()))[1]:
            try_forms(askers['administrator'], askers['visitor'], row, fill(row[1]), policy)
    try_methods(askers['administrator'], rows, fill)
    try_broken(server, askers['visitor'])
    try_planted_tokens(askers, rows, fill, policy)
    try_planted(server, askers, rows, fill, policy)
    ok(not Asker.bare, 'every answer has its headers')
    for line in sorted(set(Asker.bare))[:20]:
        print(f'# {line}')
    ok(server.stop() == 0, 'it stops well')


def main():
    trellis, engine, place = sys.argv[1:]
    planted = os.path.join(os.environ['TRELLIS_BUILD'], 'tests-planted')
    print(f'# {engine}')
    embedded = engine == 'sqlite'
    folder = os.path.join(place if embedded else tempfile.mkdtemp(prefix='trellis-rows-'), 'data')
    made = subprocess.run([trellis, 'demo', '--data', folder, '--json'], check=True, capture_output=True, text=True)
    password = json.loads(made.stdout)['sign_ins'][0]['password']
    places = prepare(os.path.join(folder, 'trellis.db'))
    if not embedded:
        subprocess.run([trellis, 'db', 'copy', '--from', folder, '--to', place], check=True, capture_output=True)
    server = Server(planted, ['--data', folder] if embedded else ['--database', place])
    try:
        play(server, planted, places, password)
    finally:
        if server.process.poll() is None:
            server.kill()
    print(f'1..{serve_client.ran}')
    return 1 if serve_client.failed else 0


if __name__ == '__main__':
    sys.exit(main())

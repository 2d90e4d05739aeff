# SPDX-License-Identifier: Apache-2.0
"""A whole first half of a programme through the server, as browsers see it, on one engine.

  serve_client.py TRELLIS sqlite|postgres PLACE     prints TAP

Every route is asked as each role; forms are sent without their token, from elsewhere, empty and wrong;
the server is killed and comes back with everything.
"""
import calendar
import email
import email.policy
import glob
import html
import http.client
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

KILLS = 20
PASSWORD = 'pears sing on Tuesday'
ran = failed = 0


def in_words(day):
    """2027-03-04 as pages say it."""
    year, month, number = day.split('-')
    return f'{int(number)} {calendar.month_name[int(month)]} {year}'


def ok(held, name):
    global ran, failed
    ran += 1
    failed += not held
    print(f'{"ok" if held else "not ok"} {ran} - {name}', flush=True)
    return held


class Server:
    def __init__(self, program, place):
        self.mail = tempfile.mkdtemp(prefix='trellis-mail-')
        self.read = set()
        self.options = list(place)
        self.place = place[1]  # its folder, or its database
        self.command = [program, 'serve', '--listen', '127.0.0.1:0', '--page-limit', '20000', '--mail-folder', self.mail, *place]
        if '--database' in place:  # nothing of it stays where the tests run
            self.command += ['--key-file', self.mail + '.keys']
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        self.first = None
        self.port = None
        while self.port is None:
            line = self.process.stdout.readline()
            if not line:
                sys.exit('the server did not start')
            match = re.search(r':(\d+)/ in a browser', line)
            self.port = int(match[1]) if match else None

    def first_link(self):
        self.process.stdout.readline()
        return '/first/' + self.process.stdout.readline().strip().rpartition('/')[2]

    def letter(self, to):
        """The next letter to an address, as soon as it is there."""
        for k in range(1200):  # a clock of half a minute, on a busy machine
            if k % 80 == 20:  # whatever hour it is: nobody's quiet hours are waited for
                run_sql(self, "UPDATE job SET run_at = 1 WHERE kind = 'mail' AND run_at > 1")
            for path in sorted(glob.glob(os.path.join(self.mail, '*.eml'))):
                if path in self.read:
                    continue
                with open(path, 'rb') as file:
                    letter = email.message_from_binary_file(file, policy=email.policy.default)
                if letter['To'].addresses[0].addr_spec == to:
                    self.read.add(path)
                    return letter
            time.sleep(0.05)
        return email.message_from_string('To: nobody@example.org\n\n', policy=email.policy.default)

    def letters(self, to):
        """All letters to an address that have not been read, once none waits to be sent any more."""
        for _ in range(1200):
            run_sql(self, "UPDATE job SET run_at = 1 WHERE kind = 'mail' AND run_at > 1")
            if ask_sql(self, "SELECT count(*) FROM job WHERE kind = 'mail'") == '0':
                break
            time.sleep(0.05)
        found = []
        for path in sorted(glob.glob(os.path.join(self.mail, '*.eml'))):
            with open(path, 'rb') as file:
                letter = email.message_from_binary_file(file, policy=email.policy.default)
            if path not in self.read and letter['To'].addresses[0].addr_spec == to:
                self.read.add(path)
                found.append(letter)
        return found

    def link(self, to, about=''):
        """That of the next letter whose subject has these words."""
        letter = self.letter(to)
        while letter['To'].addresses[0].addr_spec == to and about not in letter['Subject']:
            letter = self.letter(to)
        found = re.search(r'http://[^/]+(/link/\w+)', letter.get_content())
        return found[1] if found else '/no-link'

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)


class Browser:
    def __init__(self, server):
        self.server, self.cookies = server, {}
        self.status = 0
        self.body, self.raw, self.headers = '', b'', {}

    def send(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=30)
        headers = dict(headers or {})
        if self.cookies:
            headers['Cookie'] = '; '.join(f'{k}={v}' for k, v in self.cookies.items())
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        self.raw = answer.read()
        self.body = self.raw.decode(errors='replace')  # files too
        self.status, self.headers = answer.status, {k.lower(): v for k, v in answer.getheaders()}
        for name, value in answer.getheaders():
            if name.lower() == 'set-cookie':
                pair, _, rest = value.partition(';')
                key, _, content = pair.partition('=')
                if 'Max-Age=0' in rest:
                    self.cookies.pop(key, None)
                else:
                    self.cookies[key] = content
        connection.close()
        return self.status

    def get(self, path):
        return self.send('GET', path)

    def origin(self):
        return f'http://127.0.0.1:{self.server.port}'

    def token(self):
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.body)
        return found[1] if found else ''

    def post(self, path, values, page=None, token=None, origin=None):
        """Opens the page with the form first, as a person does."""
        self.get(page or path)
        pairs = list(values) + [('csrf', self.token() if token is None else token)]
        headers = {'Content-Type': 'application/x-www-form-urlencoded',
                   'Origin': origin or self.origin()}
        return self.send('POST', path, urllib.parse.urlencode(pairs), headers)

    def follow(self):
        return self.get(self.headers['location'])


def register(server, name, path='/register'):
    browser = Browser(server)
    address = f'{name.lower()}@example.org'
    status = browser.post(path, [('name', name), ('email', address), ('new_password', PASSWORD)])
    ok(status == 303, f'{name} registers')
    if path == '/register':
        link = server.link(address)
        ok(browser.get(link) == 200 and address in browser.body, 'the letter leads to a page that asks')
        ok(browser.get('/account') == 303, 'and opening it did nothing yet')
        ok(browser.post(link, []) == 303 and browser.get('/account') == 200, 'its button does')
    return browser


EVENINGS = [('week-day-0', 'w'), ('week-from-0', '18:00'), ('week-to-0', '21:00'), ('week-how-0', 'g')]


def join(browser, cohort, role, topics, level='1', places='1', week=EVENINGS):
    """All steps of a sign-up, as a person takes them."""
    base = f'{cohort}/join/{role}'
    browser.post(f'{base}/aims', [('level', level), ('languages', 'en'), ('goal', '<b>&"\'')]
                 + [('topics', topic) for topic in topics])
    ok(browser.headers.get('location') == f'{base}/times', 'aims lead on to times')
    browser.post(f'{base}/times', week + [('formats', 'video'), ('places', places), ('hours', '4')])
    ok(browser.headers.get('location') == f'{base}/you', 'times lead on to her')
    browser.post(f'{base}/you', [('about', 'About <i>me</i>'), ('woman', '1'), ('caregiving', 'under5'),
                                 ('caregiving_for', 'matching'), ('access', 'captions'), ('access_for', 'coordinator')])
    return browser.post(f'{base}/check', [('agreed', '1')])


def try_forms(server, visitor):
    visitor.post('/register', [('name', 'Eve <b>'), ('email', 'not an address'), ('new_password', 'short')])
    ok(visitor.status == 422, 'a wrong form comes back')
    ok('value="Eve &lt;b&gt;"' in visitor.body, 'with what was typed, escaped')
    ok('name@example.org' in visitor.body and 'id="email-error"' in visitor.body, 'and what is wrong')
    ok('short' not in visitor.body, 'but never the password')
    ok('href="#email"' in visitor.body, 'the summary leads to the field')
    visitor.post('/register', [('name', 'Eve'), ('email', 'eve@example.org'), ('new_password', 'aaaaaaaaaaaaaaaaaaaa')])
    ok('repeats itself' in visitor.body and visitor.status == 422, 'a weak password is refused in words')
    good = [('name', 'Eve'), ('email', 'eve@example.org'), ('new_password', PASSWORD)]
    ok(visitor.post('/register', good, token='') == 403, 'no token')
    ok(visitor.post('/register', good, token='0' * 64) == 403, 'a wrong token')
    ok(visitor.post('/register', good, origin='http://evil.example') == 403, 'from elsewhere')
    ok(visitor.send('POST', '/register', '') == 403, 'from nowhere')
    ok(visitor.send('DELETE', '/register') == 405, 'another method')
    ok(visitor.get('/nothing/here') == 404, 'no such page')
    ok(visitor.get('/%00') == 400, 'a NUL in a path')
    ok(visitor.get('/?a=%ff') == 400, 'a query that is no text')


def try_headers(browser):
    for path in ('/', '/cohorts', '/sign-in', '/nope', '/healthz'):
        browser.get(path)
        wanted = ('content-security-policy', 'x-content-type-options', 'referrer-policy', 'x-frame-options')
        ok(all(name in browser.headers for name in wanted), f'{path} has its protecting headers')
        ok('unsafe' not in browser.headers['content-security-policy'], f'{path} allows nothing inline')


def try_openapi(visitor, member, cohort):
    """The description has every row; every path of it, asked as a member, hides what is not hers."""
    ok(visitor.get('/openapi.json') == 200, 'the description is there')
    api = json.loads(visitor.body)
    ok(api['openapi'] == '3.1.0' and len(api['paths']) > 50, 'with every path')
    aims = api['paths']['/cohorts/{cohort}/join/mentee/aims']['post']['requestBody']['content']
    fields = aims['application/x-www-form-urlencoded']['schema']
    ok(fields['properties']['level']['enum'] == ['1', '2', '3', '4'] and 'level' in fields['required'],
       'and what each form wants')
    number = cohort.rpartition('/')[2]
    for path, methods in api['paths'].items():
        place = re.sub(r'\{\w+\}', '1', path.replace('{cohort}', number).replace('{role}', 'mentee'))
        if 'get' in methods:
            ok(visitor.get(place) in (200, 303, 404), f'{path}: answers a visitor without a failure')
            ok(member.get(place) in (200, 303, 404), f'{path}: and a member')
        if 'post' in methods and not place.startswith(('/sign-out', '/account')):
            ok(visitor.post(place, [], page='/sign-in') in (303, 401, 404, 409, 422, 400), f'{path}: an empty form from a visitor')
            if place not in ('/language', '/register', '/sign-in', '/sign-in/link', '/help/answer', f'{cohort}/help') and not place.startswith('/first'):
                ok(visitor.status == 303 and visitor.headers['location'].startswith('/link') or visitor.status in (401, 404),
                   f'{path}: changes nothing for a visitor')


STAFF = ['{c}/support', '{c}/support/people', '/support', '/support/plans', '/support/trainings', '/support/resources', '/cohorts/new', '/log', '/webhooks', '/webhooks/new', '/data', '/data/ages', '/data/due', '{c}/people.csv', '{c}/matches.csv', '{c}/people', '{c}/matching', '{c}/rules', '{c}/apart', '{c}/import', '{c}/invitations', '{c}/pool', '{c}/pool.csv', '{c}/pool?by=topic-language', '{c}/fairness', '{c}/fairness.csv', '{c}/guests', '{c}/setup', '{c}/edit', '{c}/objectives', '{c}/objectives/1/end', '{c}/team', '{c}/questions', '{c}/matches', '{c}/changes', '{c}/waiting', '{c}/rules/look', '{c}/rules/versions', '{c}/people/bulk', '{c}/import/1',
         '{c}/people/1', '{c}/matching/1', '{c}/matching/1/publish', '{c}/matching/1/compare', '{c}/matching/1/pair/1/1',
         '{c}/matching/1/mentee/1', '{c}/matching/1/change', '{c}/matches/1', '{c}/matching/1/minutes', '{c}/committee', '{c}/committee/1', '{c}/committee/1/1/1']
OWN = ['/learn', '/resources', '/account', '/account/profile', '/account/email', '/account/password', '/account/tokens', '/account/data', '/account/export', '/account/erase', '/account/close', '/account/apart', '{c}/join/mentee/aims', '{c}/join/mentor/times', '{c}/join/mentor/you', '{c}/match']
ACTS = ['/cohorts/new', '/data/ages', '{c}/state', '{c}/people/bulk', '{c}/people/undo', '{c}/people/1', '{c}/edit', '{c}/objectives', '{c}/objectives/end', '{c}/team', '{c}/team/end', '{c}/questions', '{c}/questions/end',
        '{c}/people/1/ask', '{c}/apart', '{c}/import', '{c}/import/1', '{c}/import/1/columns', '{c}/import/1/undo',
        '{c}/apart/end', '{c}/matching', '{c}/rules', '{c}/matching/1/publish', '{c}/matching/1/discard',
        '{c}/matching/1/pair/1/1', '{c}/matching/1/change', '{c}/matching/1/committee', '{c}/committee/1/1/1', '{c}/matches/1/withdraw', '{c}/matches/1/another', '{c}/matches/1', '{c}/waiting']
STAFF += ['{c}/concerns', '{c}/concerns/1', '{c}/concerns/1/glass', '{c}/safety']

# Of meeting others.
STAFF += ['{c}/events/new', '{c}/reach']
OWN += ['/meet']
ACTS += ['{c}/events/new', '{c}/rounds/plan', '{c}/rounds/now']

# Of measuring and improving.
STAFF += ['{c}/measures', '{c}/measures.csv', '{c}/measures/match_rate', '{c}/improvements', '{c}/reviews', '{c}/reviews/new', '{c}/reviews/1', '{c}/used', '{c}/evidence',
          '{c}/evidence/improvements.csv']
ACTS += ['{c}/snapshots', '{c}/reviews/new', '{c}/reviews/1', '{c}/reviews/1/edit', '{c}/reviews/1/subjects', '{c}/reviews/1/actions', '{c}/reviews/1/actions/1']

# Of programmes: pages of staff, each seen by an administrator, and acts.
PROGRAMMES = ['/programmes', '/programmes/new', '/programmes/1/ready', '/programmes/1/edit', '/programmes/1/topics', '/programmes/1/letters',
              '/programmes/1/letters/offer', '/programmes/1/clone', '/programmes/1/ready/texts', '{c}/cancel', '{c}/questions/preview',
              '/programmes/1/measures', '/programmes/1/compare', '/programmes/1/evidence', '/programmes/1/question-bank']
PROGRAMME_ACTS = ['/programmes/1/question-bank', '/programmes/new', '/programmes/1/edit', '/programmes/1/clone', '/programmes/1/end', '/programmes/1/ready/texts',
                  '/programmes/1/topics', '/programmes/1/topics/off', '/programmes/1/topics/on', '/programmes/1/topics/end',
                  '/programmes/1/letters/offer', '/programmes/1/letters/offer/reset', '/programmes/1/letters/offer/test', '{c}/cancel',
                  '{c}/questions/usual', '{c}/questions/move', '{c}/questions/again', '{c}/questions/1']


def try_roles(cohort, visitor, member, admin):
    for path in (p.format(c=cohort) for p in STAFF + PROGRAMMES + OWN):
        ok(visitor.get(path) == 303 and '/sign-in' in visitor.headers['location'], f'a visitor must sign in: {path}')
    for path in (p.format(c=cohort) for p in STAFF + PROGRAMMES):
        ok(member.get(path) == 404, f'a member does not learn of {path}')
    for path in (p.format(c=cohort) for p in ACTS + PROGRAMME_ACTS):
        ok(member.post(path, [], page='/account') == 404, f'and cannot act on {path}')
        ok(visitor.post(path, [], page='/sign-in') == 401, f'nor can a visitor on {path}')
    for path in (p.format(c=cohort) for p in OWN):
        ok(member.get(path) == 200, f'a member has her own: {path}')
    for path in (p.format(c=cohort) for p in STAFF[:24] + PROGRAMMES):
        ok(admin.get(path) == 200, f'an administrator sees {path}')


def try_sign_in(server, member):
    again = Browser(server)
    again.get('/account/data')
    place = again.headers['location']
    again.get(place)
    wanted = re.search(r'name="next" value="([^"]+)"', again.body)[1]
    ok(wanted == '/account/data', 'the page that she wanted is kept')
    again.post('/sign-in', [('email', 'BEA@example.org'), ('password', 'pears sing on Monday!'), ('next', wanted)], page=place)
    ok(again.status == 422 and 'do not belong together' in again.body and 'id="password-error"' in again.body, 'a wrong password')
    ok('name="next" value="/account/data"' in again.body and 'BEA@example.org' in again.body and 'pears sing' not in again.body,
       'loses neither that page nor the address, and is not shown')
    wrong = again.body
    again.post('/sign-in', [('email', 'nobody@example.org'), ('password', PASSWORD), ('next', '')])
    ok('do not belong together' in again.body and 'do not belong together' in wrong, 'an unknown address says the same')
    again.post('/sign-in', [('email', 'BEA@example.org'), ('password', PASSWORD), ('next', '//evil.example/')])
    ok(again.status == 303 and again.headers['location'] == '/', 'signed in, and never sent elsewhere')
    ok(again.get('/account') == 200, 'the account is there')
    again.post('/account/sessions/end', [], page='/account')
    ok(member.get('/account') == 303, 'the other session has ended')
    again.post('/sign-out', [], page='/account')
    ok(again.get('/account') == 303, 'signed out')
    for _ in range(11):
        again.post('/sign-in', [('email', 'cleo@example.org'), ('password', 'x'), ('next', '')])
    again.post('/sign-in', [('email', 'cleo@example.org'), ('password', PASSWORD), ('next', '')])
    ok(again.status == 429 and 'Wait 15 minutes' in again.body and 0 < int(again.headers['retry-after']) <= 900,
       'after ten wrong tries the account waits')


def open_base(server):
    path = [one for one in glob.glob(os.path.join(server.place, '*.db')) if open(one, 'rb').read(15) == b'SQLite format 3']
    return sqlite3.connect(path[0], timeout=10)


def run_sql(server, sql):
    """What no page can do in a second: time that goes by."""
    if '--database' in server.options:
        subprocess.run(['psql', '-q', '-d', server.place, '-c', sql], check=True, stdout=subprocess.DEVNULL)
        return
    base = open_base(server)
    base.execute(sql)
    base.commit()
    base.close()


def ask_sql(server, sql):
    """The first value of the first row, as text."""
    if '--database' in server.options:
        return subprocess.run(['psql', '-Atq', '-d', server.place, '-c', sql], check=True, capture_output=True, text=True).stdout.strip()
    base = open_base(server)
    value = base.execute(sql).fetchone()[0]
    base.close()
    return str(value)


def find_pairs(admin, cohort):
    admin.post(f'{cohort}/matching', [])
    run = admin.headers['location']
    for _ in range(400):
        admin.get(run)
        if 'being looked for' not in admin.body:
            break
        time.sleep(0.05)
    return run


def try_matching(server, cohort, admin, people, ids):
    bea, cleo, dora, mina, nora = (people[name] for name in ('Bea', 'Cleo', 'Dora', 'Mina', 'Nora'))
    ok(admin.post(f'{cohort}/rules', [('overlap', '999'), ('order', 'most')]) == 422, 'wrong rules are refused')
    rules = [('overlap', '60'), ('gap', '1'), ('language', '1'), ('lowest', '0'), ('topics', '10'), ('level', '2'), ('time', '3'),
             ('languages', '1'), ('formats', '1'), ('choices', '0'), ('answers', '2'), ('style', '3'), ('cadence', '2'), ('skill', '2'), ('chosen', '0'), ('order', 'most'), ('asks', 'mentor_first'), ('days', '7')]
    ok(admin.post(f'{cohort}/rules', rules) == 303, 'rules are kept')
    admin.get(f'{cohort}/rules')
    ok('This is version 1' in admin.body, 'as a version')
    newer = ('answers', 'style', 'cadence', 'skill', 'chosen')
    ok(admin.post(f'{cohort}/rules', [(k, '7' if k == 'style' else v) for k, v in rules]) == 303 and
       admin.post(f'{cohort}/rules', [(k, v) for k, v in rules if k not in newer]) == 303, 'a form from before there were newer weights is kept')
    admin.get(f'{cohort}/rules')
    ok(re.search(r'name="style"[^>]*value="7"', admin.body) and re.search(r'name="answers"[^>]*value="2"', admin.body), 'and leaves them as they are')
    ok(admin.post(f'{cohort}/rules', [(k, '' if k == 'style' else v) for k, v in rules]) == 422 and 'id="style-error"' in admin.body, 'an empty one is none')
    admin.post(f'{cohort}/rules', rules)
    why = 'She works with data every day, and I want to learn how that is done.'
    ok(bea.get(f'{cohort}/mentors') == 200 and 'Mina' in bea.body and 'example.org' not in bea.body
       and 'About &lt;i&gt;' not in bea.body, 'mentees look at mentors, and see what they were told they would')
    ok(bea.post(f'{cohort}/mentors/{ids["Mina"]}', [('mentor', ids['Mina']), ('rank', '1'), ('why', 'Nice')]) == 422,
       'a choice needs a why')
    ok(bea.post(f'{cohort}/mentors/{ids["Mina"]}', [('mentor', ids['Mina']), ('rank', '1'), ('why', why)]) == 303, 'Bea chooses Mina')
    ok(bea.post(f'{cohort}/mentors/{ids["Cleo"]}', [('mentor', ids['Cleo']), ('rank', '2'), ('why', why)], page=f'{cohort}/mentors')
       == 404, 'nobody chooses a mentee')
    ok(mina.get(f'{cohort}/mentors') == 404 and bea.get(f'{cohort}/chosen') == 404, 'each has her own page')
    ok(mina.get(f'{cohort}/chosen') == 200 and why in mina.body, 'Mina sees who chose her, and why')
    ok(mina.post(f'{cohort}/chosen', [('other', ids['Cleo'])]) == 404, 'she says no only to those who chose her')
    mina.post(f'{cohort}/chosen', [('other', ids['Bea'])])
    mina.get(f'{cohort}/chosen')
    ok('You have said no' in mina.body, 'a no is kept')
    mina.post(f'{cohort}/chosen', [('other', ids['Bea'])])
    run = find_pairs(admin, cohort)
    ok('2 of 3 mentees have a mentor' in admin.body, 'two can be matched')
    ok('It is proved' in admin.body, 'and that is proved')
    ok('Without a mentor' in admin.body and 'a mentor who is far enough' in admin.body, 'the third learns why not')
    ok('each week: 15 h' in admin.body, 'time in common is told')
    pair = f'{run}/pair/{ids["Bea"]}/{ids["Mina"]}'
    stale = 'have changed since this run'
    ok(stale not in (admin.get(pair) and admin.body), 'nothing has changed since the run')
    mina.post(f'{cohort}/chosen', [('other', ids['Bea'])])
    ok(stale in (admin.get(pair) and admin.body), 'a veto is a change of what the run has read')
    mina.post(f'{cohort}/chosen', [('other', ids['Bea'])])
    ok(stale not in (admin.get(pair) and admin.body), 'without it all is as it was')
    admin.post(f'{cohort}/apart', [('a', 'bea@example.org'), ('b', 'mina@example.org'), ('note', '')])
    ok(stale in (admin.get(pair) and admin.body), 'so is who is kept apart')
    admin.get(f'{cohort}/apart')
    admin.post(f'{cohort}/apart/end', [('pair', re.search(r'name="pair" value="(\d+)"', admin.body)[1])], page=f'{cohort}/apart')
    other = f'{run}/pair/{ids["Bea"]}/{ids["Nora"]}'
    ok(admin.get(pair) == 200 and 'They are a pair of this run' in admin.body and 'Topics' in admin.body, 'a pair in full')
    ok(admin.get(other) == 200 and 'Why not these two?' in admin.body and 'would go' in admin.body, 'why not her, and what it costs')
    ok(admin.get(f'{run}/mentee/{ids["Dora"]}') == 200 and 'a mentor who is far enough' in admin.body, 'who would do for Dora')
    ok(admin.get(f'{run}/pair/{ids["Dora"]}/{ids["Mina"]}') == 200 and 'rules forbid' in admin.body, 'a forbidden pair says why')
    act = [('do', 'pin'), ('mentee', ids['Bea']), ('mentor', ids['Nora']), ('note', 'They know each other')]
    ok(admin.post(f'{run}/change', act, page=run) == 303, 'two are kept together by hand')
    second = find_pairs(admin, cohort)
    ok('kept together by hand' in admin.body and '2 of 3' in admin.body, 'the next run keeps to it')
    ok(admin.get(f'{second}/compare?with={run.rpartition("/")[2]}') == 200 and 'Only in run' in admin.body
       and html.unescape(admin.body).count('2 pairs') >= 2, 'two runs side by side')
    ok(admin.post(f'{run}/change', [('do', 'clear')] + act[1:3], page=run) == 303, 'and is let go')
    admin.post(f'{cohort}/apart', [('a', 'bea@example.org'), ('b', 'mina@example.org'), ('note', '')])
    third = find_pairs(admin, cohort)
    ok('Bea' in admin.body and not re.search(r'>Bea</th>.{0,40}<td>Mina', admin.body), 'who is kept apart is not matched')
    admin.get(f'{cohort}/apart')
    kept = re.search(r'name="pair" value="(\d+)"', admin.body)[1]
    admin.post(f'{cohort}/apart/end', [('pair', kept)], page=f'{cohort}/apart')
    ok(admin.post(f'{third}/discard', [], page=third) == 303, 'a run is discarded')

    try_committee(server, cohort, admin, people, ids, run)
    bea.get(f'{cohort}/match')
    ok('no match yet' in bea.body, 'nobody is told before publishing')
    admin.get(f'{run}/publish')
    ok('2 pairs are published' in admin.body and 'mentors get a letter' in admin.body, 'publishing is shown first')
    ok(admin.post(f'{run}/publish', [], page=f'{run}/publish') == 303, 'published')
    ok(admin.post(f'{run}/publish', [], page=f'{run}/publish') == 409, 'once')
    ok('match for you' in server.letter('mina@example.org')['Subject'], 'Mina gets a letter')
    bea.get(f'{cohort}/match')
    ok('no match yet' not in bea.body or 'Mina' not in bea.body, 'Bea is not asked yet')
    mina.get(f'{cohort}/match')
    ok('Say yes or no' in mina.body and 'bea@example.org' not in mina.body, 'Mina is, without an address')
    match = re.search(r'href="(/cohorts/\d+/match/\d+)"', mina.body)[1]
    ok(nora.post(match, [('answer', 'yes')], page='/account') == 404, 'nobody answers for others')
    ok(bea.post(match, [('answer', 'yes')], page='/account') == 409, 'nobody answers before her turn')
    ok(nora.get(match) == 404 and bea.get(match) == 404 and mina.get(match) == 200, 'the offer is for her alone to see')
    ok(mina.post(match, [('answer', 'no')], page=f'{cohort}/match') == 422, 'a no asks for a reason')
    ok(mina.post(match, [('answer', 'more'), ('words', 'Which data?')], page=f'{cohort}/match') == 303, 'Mina asks more')
    ok('question about an offer' in server.letter('ada@example.org')['Subject'], 'and those who run it get it')
    ok(mina.post(match, [('answer', 'yes')], page=f'{cohort}/match') == 303, 'Mina says yes')
    ok(mina.post(match, [('answer', 'yes')], page=f'{cohort}/match') == 409, 'once')
    ok('match for you' in server.letter('bea@example.org')['Subject'], 'then Bea is asked')
    ok(bea.post(match, [('answer', 'yes')], page=f'{cohort}/match') == 303, 'and says yes')
    bea.get(f'{cohort}/match')
    ok('Write to Mina' in bea.body and 'mina@example.org' in bea.body, 'now Bea sees how to write to Mina')
    nora.get(f'{cohort}/match')
    match = re.search(r'href="(/cohorts/\d+/match/\d+)"', nora.body)[1]
    ok(nora.post(match, [('answer', 'no'), ('reason', 'time'), ('words', 'Busy')], page=f'{cohort}/match') == 303, 'Nora says no')
    cleo.get(f'{cohort}/match')
    ok('no match yet' in cleo.body or 'Nora' not in cleo.body, 'Cleo never learns of it')
    admin.get(f'{cohort}/matches.csv')
    ok(admin.headers['content-type'].startswith('text/csv') and 'Bea,bea@example.org,Mina,mina@example.org,active' in admin.body,
       'matches as a sheet')
    admin.get(f'{cohort}/people.csv?role=mentor')
    ok('mina@example.org' in admin.body and 'bea@example.org' not in admin.body, 'sign-ups as a sheet')
    ok('captions' in admin.body and 'under5' not in admin.body, 'without what is for matching only')
    admin.get(f'{cohort}/matches')
    ok('the mentor said no' in admin.body and 'time: Busy' in admin.body and 'under way' in admin.body, 'the list tells it')
    find_pairs(admin, cohort)
    ok('0 of 2 mentees' in admin.body, 'who was matched or has said no is not matched again')
    dora.get(f'{cohort}/match')
    ok('no match yet' in dora.body, 'Dora has none')
    ok(mina.post('/account/close', [('sure', '1')]) == 303, 'Mina closes her account')
    for _ in range(5):
        letter = server.letter('bea@example.org')
        if 'ended' in letter['Subject']:
            break
    ok('ended' in (letter['Subject'] or ''), 'Bea gets a letter')
    bea.get(f'{cohort}/match')
    ok('This match has ended' in bea.body and 'mina@example.org' not in bea.body, 'and sees that it has ended')


def upload(browser, cohort, role, path, name='people.csv'):
    browser.get(f'{cohort}/import')
    with open(path, 'rb') as file:
        content = file.read()
    mark = 'trellis-test-boundary'
    head = ''.join(f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
                   for key, value in (('csrf', browser.token()), ('role', role)))
    body = (head + f'--{mark}\r\nContent-Disposition: form-data; name="sheet"; filename="{name}"\r\n'
            'Content-Type: text/csv\r\n\r\n').encode() + content + f'\r\n--{mark}--\r\n'.encode()
    browser.send('POST', f'{cohort}/import', body, {'Content-Type': f'multipart/form-data; boundary={mark}',
                                                    'Origin': browser.origin()})
    return browser.headers.get('location', '')


def try_found(server, olga):
    """Those who run a cohort find its people; members and visitors don't, nor anybody after her account is closed."""
    for _ in range(200):
        olga.get('/search?q=5001+mente')
        if '>Mentee 5001</a>' in olga.body:
            break
    ok('>Mentee 5001</a> · Person' in olga.body, 'who runs a cohort finds its people')
    other = register(server, 'Quilla')
    for who in (other, Browser(server)):
        ok(who.get('/search?q=5001+mente') == 200 and 'Mentee 5001' not in who.body, 'others do not')


def try_import(server, admin):
    """Two real sheets, as they are: looked at, imported, again, matched, and taken back."""
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'demo')
    admin.post('/cohorts/new', [('name', 'Round 5'), ('about', 'Imported'), ('starts', '2027-03-01'), ('weeks', '16')])
    cohort = admin.headers['location'].removesuffix('/setup')
    empty = tempfile.NamedTemporaryFile(suffix='.csv')
    ok(upload(admin, cohort, 'mentee', empty.name) == '' and admin.status == 422, 'an empty file is refused')
    place = upload(admin, cohort, 'mentee', os.path.join(here, 'round5-mentees.csv'))
    admin.get(place)
    ok('71 new, 0 changed, 0 the same, 0 left out' in admin.body, 'the dry run shows 71 new mentees')
    ok('Sustainabilty' in admin.body and 'Africa/Accra' in admin.body, 'topics as typed, places as zones')
    first = place
    ok(admin.post(place, [('accept', '1')]) == 303, 'imported')
    ok(admin.post(place, [('accept', '1')], page=f'{cohort}/import') == 409, 'once')
    place = upload(admin, cohort, 'mentor', os.path.join(here, 'round5-mentors.csv'))
    admin.get(place)
    ok('35 new' in admin.body, 'and 35 mentors')
    columns = re.findall(r'name="(column-\d+)"', admin.body)
    taken = re.findall(r'<option value="(\w+)" selected>', admin.body)
    ok(len(columns) == 8 and 'skills' in taken, 'columns are recognised')
    admin.post(place + '/columns', [(name, 'notes' if name == 'column-6' else '') for name in columns], page=place)
    admin.get(place)
    ok('35 new' not in admin.body, 'columns are chosen by hand')
    english = admin.body
    admin.post('/language', [('language', 'es'), ('back', place)], page=place)
    admin.get(place)
    spanish = admin.body
    admin.post('/language', [('language', 'en'), ('back', place)], page=place)
    ok('so topics cannot be matched' in english and 'so topics cannot be matched' not in spanish and 'así que no se pueden emparejar los temas' in spanish,
       'what the reader remarks is said in the language of who reads it')
    admin.post(place + '/columns', list(zip(columns, ['', 'name', 'email', 'city', 'country', 'pronouns', 'skills', 'max_mentees'])),
               page=place)
    ok(admin.post(place, [('accept', '1')]) == 303, 'imported too')
    again = upload(admin, cohort, 'mentee', os.path.join(here, 'round5-mentees.csv'))
    admin.get(again)
    ok('0 new, 0 changed, 71 the same' in admin.body, 'the same sheet changes nothing')
    admin.get(f'{cohort}/people')
    ok('50 sign-ups on this page' in admin.body and 'Next page' in admin.body, 'they are among the sign-ups, in pages')
    seen, following = 50, admin.body
    while 'Next page' in following:
        admin.get(html.unescape(re.search(r'href="([^"]+)">Next page', following)[1]))
        following = admin.body
        seen += int(re.search(r'(\d+) sign-ups? on this page', following)[1])
    ok(seen == 106, 'all 106 of them')
    find_pairs(admin, cohort)
    found = re.search(r'(\d+) of 71 mentees have a mentor. It is proved', admin.body)
    ok(found is not None and int(found[1]) >= 30, 'pairs are found in them, and proved best')
    ok(admin.post(first + '/undo', [], page=first) == 422 and 'matched already' in admin.body,
       'what a run has looked at is not taken back')
    admin.post('/cohorts/new', [('name', 'Round 6'), ('about', 'Imported'), ('starts', '2027-03-01'), ('weeks', '16')])
    other = admin.headers['location'].removesuffix('/setup')
    olga = register(server, 'Olga')
    admin.post(f'{cohort}/team', [('email', 'olga@example.org'), ('role', 'coordinator')])
    ok(olga.get(f'{cohort}/people') == 200, 'Olga coordinates one cohort')
    try_found(server, olga)
    for path in (p.format(c=other) for p in STAFF if '{c}' in p):
        ok(olga.get(path) == 404, f'and does not learn of another: {path.replace(other, "...")}')
    for path in (p.format(c=other) for p in ACTS if '{c}' in p):
        ok(olga.post(path, [], page='/account') == 404, f'nor act on it: {path.replace(other, "...")}')
    mixed = olga.get(f'{cohort}/people') and re.search(r'people/(\d+)">', olga.body)[1]
    ok(olga.get(f'{other}/people/{mixed}') == 404 and admin.get(f'{other}/people/{mixed}') == 404,
       'a sign-up is not found under another cohort')
    place = upload(admin, other, 'mentor', os.path.join(here, 'round6-mentors.csv'), 'ab<c>.csv')
    admin.get(place)
    ok('32 new' in admin.body and '&lt;c&gt;' in admin.body, 'round 6 goes in as it is, and its file name is escaped')
    admin.post(place, [])
    admin.get(f'{other}/people?state=submitted')
    ok('32 sign-ups' in admin.body, 'without the tick they wait for a decision')
    ok(admin.post(place + '/undo', [], page=place) == 303, 'an import is taken back')
    admin.get(f'{other}/people')
    ok('Nobody has signed up yet' in admin.body, 'and all it made is gone')
    admin.get('/search?q=mentor+6001')
    ok('>Mentor 6001</a>' not in admin.body, 'also from what can be found')


def try_committee(server, cohort, admin, people, ids, run):
    """Two members and a chair; one of them takes part herself, and does not judge her own pair."""
    uma, vera = register(server, 'Uma'), register(server, 'Vera')
    nora = people['Nora']
    number = run.rpartition('/')[2]
    ok(uma.get(f'{cohort}/committee') == 404 and admin.get(f'{cohort}/committee') == 404, 'judging is for the committee')
    for name, role in (('uma', 'committee'), ('vera', 'chair'), ('nora', 'committee')):
        ok(admin.post(f'{cohort}/team', [('email', f'{name}@example.org'), ('role', role)]) == 303, f'{name} joins it')
    place = f'{cohort}/committee/{number}'
    ok(uma.get(place) == 404, 'a run that it was not asked about is hidden')
    admin.post(f'{run}/committee', [('on', '1')], page=run)
    admin.get(f'{run}/publish')
    ok('0 pairs are published' in admin.body, 'without judgements nothing can be published')
    uma.get(place)
    ok(len(re.findall(r'<th scope="row"><a href="[^"]*/committee/', uma.body)) == 2, 'Uma may judge both pairs')
    nora.get(place)
    ok(len(re.findall(r'<th scope="row"><a href="[^"]*/committee/', nora.body)) == 1 and 'Cleo' not in nora.body, 'Nora does not see her own')
    mina, cleo = f'{place}/{ids["Bea"]}/{ids["Mina"]}', f'{place}/{ids["Cleo"]}/{ids["Nora"]}'
    ok(nora.get(cleo) == 404, 'nor by its address')
    ok(uma.post(mina, [('says', 'no'), ('fit', '2'), ('words', '')]) == 422, 'a no says why')
    ok(uma.post(mina, [('says', 'yes'), ('fit', '4'), ('aims', '5'), ('practice', '3'), ('words', 'Both like data')]) == 303, 'Uma judges')
    vera.get(mina)
    ok('Both like data' not in vera.body, 'Vera does not see it before her own')
    vera.post(mina, [('says', 'yes'), ('fit', '5'), ('words', '')])
    vera.get(mina)
    ok('Both like data' in vera.body, 'then she does')
    uma.post(cleo, [('says', 'no'), ('fit', '1'), ('words', 'Too far')])
    vera.post(cleo, [('says', 'yes'), ('fit', '3'), ('words', '')])
    admin.get(f'{run}/minutes')
    ok(admin.body.count('>accepted<') == 2, 'a tie goes to the chair')
    ok('aims 5, experience no mark, time and ways 3' in re.sub(r'<[^>]*>', '', admin.body), 'marks on each criterion stand in the minutes')
    vera.post(cleo, [('says', 'conflict'), ('words', 'My cousin')])
    admin.get(f'{run}/minutes')
    ok(admin.body.count('>accepted<') == 1 and 'too few judgements' in admin.body and 'My cousin' in admin.body,
       'a conflict is no judgement, and stands in the minutes')
    admin.get(f'{run}/publish')
    ok('One pair is published' in admin.body, 'only what is accepted can be published')
    admin.post(f'{run}/committee', [], page=run)
    ok(uma.post(mina, [('says', 'no'), ('fit', '1'), ('words', 'x')], page='/account') == 404, 'when it is not asked, it judges no more')


def try_setup(admin, cohort):
    admin.get(f'{cohort}/setup')
    ok('3 objectives' in admin.body, 'a new cohort is ready to use')
    ok(admin.post(f'{cohort}/edit', [('name', 'Spring <2027>'), ('about', 'For all.'), ('starts', '2027-03-01'), ('weeks', '26'),
                                     ('cadence', '9'), ('hours', '2')]) == 422, 'a wrong cadence is refused')
    ok(admin.post(f'{cohort}/edit', [('name', 'Spring <2027>'), ('about', 'For all.'), ('starts', '2027-03-01'), ('weeks', '26'),
                                     ('cadence', '3'), ('hours', '2')]) == 303, 'its texts can be changed')
    admin.post(f'{cohort}/objectives', [('title', 'Goal <x>'), ('description', 'It means <y>'), ('measure', 'A survey'), ('target', '9'), ('due', '2027-09-01')])
    admin.get(f'{cohort}/objectives')
    ok('Goal &lt;x&gt;' in admin.body and 'It means &lt;y&gt;' in admin.body and '4 objectives' in admin.body, 'an objective is added')
    row = re.search(r'objectives/(\d+)/end">Take out: Goal', admin.body)[1]
    ok(admin.get(f'{cohort}/objectives/{row}/end') == 200 and 'Goal &lt;x&gt;' in admin.body and 'No goal of a pair serves it yet' in admin.body
       and admin.get(f'{cohort}/objectives/77/end') == 404, 'what is lost with it is said first')
    admin.post(f'{cohort}/objectives/end', [('row', row)], page=f'{cohort}/objectives/{row}/end')
    admin.get(f'{cohort}/objectives')
    ok('3 objectives' in admin.body, 'one is taken out')
    ok(admin.post(f'{cohort}/team', [('email', 'nobody@example.org'), ('role', 'coordinator')]) == 422, 'who has no account coordinates nothing')
    ok(admin.post(f'{cohort}/questions', [('label', 'Shirt?'), ('role', 'both'), ('kind', 'one'), ('options', 'S'),
                                          ('audience', 'match')]) == 422, 'a choice of one is none')
    ok(admin.post(f'{cohort}/questions', [('label', 'Which <size>?'), ('role', 'mentor'), ('kind', 'many'), ('options', 'S & M\nL\n'),
                                          ('required', '1'), ('audience', 'coordinator')]) == 303, 'a question of its own')


def try_questions(server, admin, cohort):
    zoe = register(server, 'Zoe')
    join(zoe, cohort, 'mentor', ['qa'])
    ok(zoe.status == 422 and 'own questions' in zoe.body, 'what must be answered must be')
    ok(zoe.post(f'{cohort}/join/mentor/questions', []) == 422 and 'Which &lt;size&gt;?' in zoe.body, 'no answer is refused')
    zoe.get(f'{cohort}/join/mentor/questions')
    name = re.search(r'name="(q\d+)"', zoe.body)[1]
    ok(zoe.post(f'{cohort}/join/mentor/questions', [(name, 'XXL')]) == 422, 'nor is one that was not offered taken')
    ok(zoe.post(f'{cohort}/join/mentor/questions', [(name, 'S & M'), (name, 'L')]) == 303, 'answers are kept')
    zoe.get(f'{cohort}/join/mentor/questions')
    ok(zoe.body.count('checked') == 2, 'and stand in the form')
    ok(zoe.post(f'{cohort}/join/mentor/check', [('agreed', '1')]) == 303, 'then it is sent')
    admin.get(f'{cohort}/people?search=zoe')
    admin.get(re.search(r'href="([^"]+)">Zoe', admin.body)[1])
    ok('S &amp; M' in admin.body, 'those who run it see the answer')
    admin.get(f'{cohort}/questions')
    question = re.search(r'name="question" value="(\d+)"', admin.body)[1]
    ok(admin.post(f'{cohort}/questions/end', [('question', question)], page=f'{cohort}/questions') == 303, 'it is asked no more')
    zoe.post(f'{cohort}/join/mentor/withdraw', [], page=cohort)
    ok(admin.post(f'{cohort}/team', [('email', 'zoe@example.org'), ('role', 'coordinator')]) == 303 and zoe.get(f'{cohort}/people') == 200,
       'Zoe coordinates it, and reads sign-ups')
    ok(zoe.get(f'{cohort}/team') == 404 and zoe.get(f'{cohort}/setup') == 404, 'but does not run the programme')
    admin.get(f'{cohort}/team')
    row = re.search(r'name="row" value="(\d+)"', admin.body)[1]
    admin.post(f'{cohort}/team/end', [('row', row), ('role', 'coordinator')], page=f'{cohort}/team')
    ok(zoe.get(f'{cohort}/people') == 404, 'until she stops')


def try_links(server):
    """A link by mail: signs in once, sets a password, moves the address, and opens a closed account again."""
    gina = register(server, 'Gina')
    again = Browser(server)
    again.post('/sign-in/link', [('email', 'nobody@example.org')])
    ok(again.headers['location'] == '/sent', 'an unknown address gets the same answer')
    again.post('/sign-in/link', [('email', 'gina@example.org')])
    letter = server.letter('gina@example.org')
    ok(letter['Message-ID'] and letter['Auto-Submitted'] == 'auto-generated', 'letters have the headers of programs')
    link = re.search(r'http://[^/]+(/link/\w+)', letter.get_content())[1]
    ok(again.post(link, []) == 303 and again.get('/account') == 200, 'a link signs in')
    other = Browser(server)
    other.get(link)
    ok('does not work any more' in other.body, 'once')
    ok(other.get('/link/abc') == 200 and 'does not work any more' in other.body, 'a made-up one does nothing')
    again.post('/account/password', [('password', ''), ('new_password', 'short')])
    ok(again.status == 422 and 'id="new_password-error"' in again.body, 'a short password is refused')
    ok(again.post('/account/password', [('password', ''), ('new_password', 'plums sing on Friday')]) == 303,
       'after a link a new password needs no old one')
    ok(gina.get('/account') == 303, 'and ends the other sessions')
    by_password = Browser(server)
    by_password.post('/sign-in', [('email', 'gina@example.org'), ('password', 'plums sing on Friday'), ('next', '')])
    ok(by_password.get('/account') == 200, 'it signs in')
    ok(by_password.post('/account/password', [('password', 'wrong'), ('new_password', PASSWORD)]) == 422,
       'without a link the old one is asked for')
    again.post('/account/profile', [('name', 'Gina G'), ('pronouns', 'she/her'), ('zone', 'Nowhere/Land')])
    ok(again.status == 422 and 'value="Nowhere/Land"' in again.body, 'an unknown zone is refused, and kept in the form')
    again.post('/account/profile', [('name', 'Gina G'), ('said', 'JEE-na <3'), ('pronouns', 'she/her'), ('zone', 'Asia/Kathmandu')])
    again.get('/account')
    ok('Asia/Kathmandu' in again.body and '(she/her)' in again.body and 'JEE-na &lt;3' in again.body, 'name, how it is said, pronouns and zone are kept')
    again.post('/account/email', [('email', 'gina2@example.org')])
    old, new = server.link('gina@example.org', 'Change of'), server.link('gina2@example.org')
    again.get('/account')
    ok('waits to be confirmed' in again.body, 'a change of address waits')
    again.post(old, [])
    again.get('/account')
    ok('<dd>gina@example.org' in again.body, 'for both letters')
    again.post(new, [])
    again.get('/account')
    ok('<dd>gina2@example.org' in again.body, 'then it holds')
    again.get('/account/export')
    mine = json.loads(again.body)
    ok(mine['person'][0]['email'] == 'gina2@example.org' and len(mine['session']) == 2, 'a copy of all her data')
    ok('plums' not in again.body and '"password"' not in again.body and 'argon2' not in again.body, 'without secrets')
    ok(again.post('/account/close', []) == 422, 'closing must be meant')
    ok(again.post('/account/close', [('sure', '1')]) == 303 and again.get('/account') == 303, 'the account is closed')
    by_password.post('/sign-in', [('email', 'gina2@example.org'), ('password', 'plums sing on Friday'), ('next', '')])
    ok(by_password.get('/account') == 303, 'a password does not open it')
    other.post('/sign-in/link', [('email', 'gina2@example.org')])
    other.post(server.link('gina2@example.org'), [])
    ok(other.get('/account') == 200, 'a link does')


def try_kills(server, browser):
    """What was answered as kept is there after kill -9, each time."""
    lost = 0
    for number in range(KILLS):
        browser.post('/account/profile', [('name', f'Name {number}'), ('pronouns', ''), ('zone', 'UTC')])
        kept = browser.status == 303
        server.kill()
        server.start()
        browser.get('/account')
        lost += not kept or f'<dd>Name {number}<' not in browser.body
    ok(lost == 0, f'{KILLS} kills, nothing lost')


def try_programme(server):
    visitor = Browser(server)
    first = server.first_link()
    ok(visitor.get('/') == 200 and 'Mentoring for women' in visitor.body, 'the first page says what this is')
    ok('href="/accessibility"' in visitor.body and visitor.get('/accessibility') == 200 and 'WCAG' in visitor.body and 'may fall short' in visitor.body,
       'what is known of accessibility is told to everybody')
    admin = register(server, 'Ada', first)
    ok(visitor.get(first) == 404, 'the first link works once')
    try_forms(server, visitor)
    try_headers(visitor)

    admin.post('/cohorts/new', [('name', ''), ('about', 'x'), ('starts', '2027-02-30'), ('weeks', '3')])
    ok(admin.status == 422 and all(f'id="{f}-error"' in admin.body for f in ('name', 'starts', 'weeks')),
       'each wrong field of a cohort is named')
    admin.post('/cohorts/new', [('name', 'Spring <2027>'), ('about', 'For all.'), ('starts', '2027-03-01'), ('weeks', '26')])
    cohort = admin.headers['location'].removesuffix('/setup')
    ok(admin.status == 303 and re.fullmatch(r'/cohorts/\d+', cohort), 'a cohort is made')
    try_setup(admin, cohort)
    ok(visitor.get(cohort) == 404, 'a draft is hidden')
    ok('Spring' not in (visitor.get('/cohorts') and visitor.body), 'from the list too')
    admin.post(f'{cohort}/state', [('to', 'enrolling')], page=cohort)
    ok(admin.status == 303, 'opened for sign-up')
    ok(admin.post(f'{cohort}/state', [('to', 'enrolling')], page=cohort) == 409, 'an old page moves nothing')
    ok(visitor.get(cohort) == 200 and 'Spring &lt;2027&gt;' in visitor.body, 'now everyone sees it')

    try_questions(server, admin, cohort)
    people = {name: register(server, name) for name in ('Bea', 'Cleo', 'Dora', 'Mina', 'Nora')}
    ok(visitor.post('/register', [('name', 'Bea'), ('email', 'Bea@Example.org'), ('new_password', PASSWORD)]) == 303
       and visitor.headers['location'] == '/sent', 'an address that has an account gets the same answer')
    ok('already' in server.letter('bea@example.org')['Subject'], 'and a letter that says it')
    try_roles(cohort, visitor, people['Bea'], admin)
    try_openapi(visitor, people['Bea'], cohort)

    bea = people['Bea']
    ok(bea.post(f'{cohort}/join/mentee/aims', [('level', '1')]) == 422, 'questions must be answered')
    ok('checked' in bea.body, 'and what was chosen stays')
    ok(bea.post(f'{cohort}/join/mentee/aims', [('level', '1'), ('topics', 'data'), ('top', 'ux'), ('languages', 'en'), ('goal', '')])
       == 422 and 'id="top-error"' in bea.body, 'what matters most is one of those chosen')
    ok(join(bea, cohort, 'mentee', ['data']) == 303, 'Bea joins')
    bea.get(cohort)
    ok('read your sign-up' in bea.body, 'and sees what happens next')
    bea.get(f'{cohort}/join/mentee/times')
    ok('value="18:00"' in bea.body and 'value="21:00"' in bea.body, 'her times stand in the form')
    bea.post(f'{cohort}/join/mentee/times', [('week-day-0', '1'), ('week-from-0', '21:00'), ('week-to-0', '18:00'),
                                             ('formats', 'video'), ('places', '1'), ('hours', '4')])
    ok(bea.status == 422 and 'Row 1' in bea.body and 'value="18:00"' in bea.body, 'an end before its beginning is refused')
    ok(bea.post(f'{cohort}/join/mentee/check', [('agreed', '1')]) == 409, 'it is sent once')
    join(people['Cleo'], cohort, 'mentee', ['security', 'data'])
    join(people['Dora'], cohort, 'mentee', ['ux'], level='4')
    join(people['Mina'], cohort, 'mentor', ['data'], '3')
    join(people['Nora'], cohort, 'mentor', ['security'], '3')
    erin = register(server, 'Erin')
    erin.post(f'{cohort}/join/mentee/aims', [('level', '1'), ('topics', 'qa'), ('languages', 'en'), ('goal', '')])
    ok(erin.post(f'{cohort}/join/mentee/check', [('agreed', '1')]) == 422, 'half a sign-up is not sent')
    admin.get(f'{cohort}/people')
    ok('6 sign-ups' in admin.body and 'Erin' not in admin.body, 'all are there, and no draft')
    ok(erin.post(f'{cohort}/join/mentee/withdraw', [], page=cohort) == 303, 'a draft is dropped')
    admin.get(f'{cohort}/people?search=CL%C3%89O')
    ok('Cleo' in admin.body and 'Dora' not in admin.body, 'searched without case and accents')
    admin.get(f'{cohort}/people?role=mentor')
    ok('Mina' in admin.body and 'Bea' not in admin.body, 'mentors alone')
    admin.get(f'{cohort}/people')
    ids = dict((name, one) for one, name in re.findall(r'people/(\d+)">(\w+)</a>', admin.body) if name != 'Zoe')
    ok(len(ids) == 5, 'each has a page')
    admin.get(f'{cohort}/people/{ids["Bea"]}')
    ok('&lt;b&gt;&amp;&quot;&#39;' in admin.body and '&lt;i&gt;me' in admin.body, 'her words are escaped')
    ok('Captions' in admin.body and 'under 5' not in admin.body and 'for matching only' in admin.body,
       'what she wants nobody to see is not shown')
    admin.post(f'{cohort}/people/{ids["Bea"]}/ask', [('text', 'Which kind of data?')], page=f'{cohort}/people/{ids["Bea"]}')
    ok('question' in server.letter('bea@example.org')['Subject'], 'Bea gets a letter')
    bea.get(cohort)
    ok('Which kind of data?' in bea.body, 'and sees the question')
    bea.post(f'{cohort}/join/mentee/reply', [('text', 'Much <of> it')], page=cohort)
    admin.get(f'{cohort}/people/{ids["Bea"]}')
    ok('Much &lt;of&gt; it' in admin.body and 'value="submitted"' in admin.body, 'her answer brings it back')
    admin.post(f'{cohort}/people/{ids["Bea"]}', [('from', 'submitted'), ('to', 'declined'), ('reason', '')])
    ok(admin.status == 422 and 'id="reason-error"' in admin.body, 'a no needs a reason')
    admin.post(f'{cohort}/people/{ids["Bea"]}', [('from', 'submitted'), ('to', 'declined'), ('reason', 'x'), ('code', 'experience')])
    undo = admin.headers['location']
    ok(admin.post(f'{cohort}/people/{ids["Bea"]}', [('from', 'submitted'), ('to', 'approved'), ('reason', '')]) == 409,
       'two reviewers: the second is told')
    admin.get(undo)
    batch = re.search(r'name="batch" value="(\d+)"', admin.body)[1]
    ok(admin.post(f'{cohort}/people/undo', [('batch', batch)], page=undo) == 303, 'a decision is taken back')
    admin.get(f'{cohort}/people/bulk?to=approved&' + '&'.join(f'enrolment={one}' for one in ids.values()))
    ok('They are 5 people' in admin.body, 'a bulk decision is shown first')
    ok(admin.post(f'{cohort}/people/bulk', [('to', 'approved'), ('reason', 'Welcome')] + [('enrolment', one) for one in ids.values()],
                  page=f'{cohort}/people') == 303, 'and done')
    admin.get(f'{cohort}/people?state=approved')
    ok(admin.body.count('<span class="state">accepted') == 5, 'all are accepted')

    server.kill()
    server.start()
    ok(admin.get(f'{cohort}/people?state=approved') == 200 and admin.body.count('<span class="state">accepted') == 5,
       'killed, and everything is there')
    try_matching(server, cohort, admin, people, ids)
    try_sign_in(server, people['Bea'])
    try_links(server)
    try_import(server, admin)
    try_kills(server, people['Dora'])
    ok(admin.post('/account/close', [('sure', '1')]) == 422, 'the only administrator stays')
    visitor.post('/language', [('language', 'es'), ('back', '/sign-in')], page='/sign-in')
    visitor.get('/sign-in')
    ok('lang="es"' in visitor.body and 'Contraseña' in visitor.body, 'in Spanish')
    ok(visitor.get('/nowhere') == 404 and 'lang="es"' in visitor.body and 'Esta página no existe' in visitor.body, 'what does not exist, too')
    visitor.post('/language', [('language', 'ar'), ('back', '/sign-in')], page='/sign-in')
    visitor.get('/sign-in')
    ok('dir="rtl"' in visitor.body, 'from right to left')
    admin.get('/log')
    ok('Import this sheet' in admin.body and '/cohorts/' in admin.body, 'the log tells what was done')
    pages = admin.body
    while 'Older' in admin.body:
        admin.get(html.unescape(re.search(r'href="([^"]+)">Older', admin.body)[1]))
        pages += admin.body
    ok('Publish pairs' in pages and '/link/...' in pages and not re.search(r'/link/[a-z0-9]{20}', pages), 'all of it, and no secret')
    admin.get('/log?search=mina@example.org')
    ok('Mina' in admin.body and 'Ada' not in re.sub(r'<footer.*', '', admin.body, flags=re.S), 'what one person did')
    ok(server.stop() == 0, 'it stops well')


def main(play):
    """Plays against a server of its own, and prints the plan of TAP."""
    program, engine, place = sys.argv[1:]
    print(f'# {engine}')
    options = ['--data', os.path.join(place, 'data')] if engine == 'sqlite' else ['--database', place]
    server = Server(program, options)
    try:
        play(server)
    finally:
        if server.process.poll() is None:
            server.kill()
    print(f'1..{ran}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(try_programme))

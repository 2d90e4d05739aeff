# SPDX-License-Identifier: Apache-2.0
"""The REST API, as programs use it, on one engine.

  api_client.py TRELLIS sqlite|postgres PLACE     prints TAP

A cohort with pairs is made; people make access tokens on their pages, and programs with these do the rest.
Then each operation that answers JSON is asked as each role:
  - each answer keeps the schema of /openapi.json;
  - each role gets only what tests/api_members allows, a file for each slice (API_MEMBERS=FOLDER writes
    what was seen there, to be read before it replaces those);
  - both engines answer the same, byte by byte, once ids and instants are numbered.
"""
import json
import os
import re
import sys
import time

import api_schema
from pair_client import AGREEMENT, begin
from serve_client import Browser, main, ok, register, run_sql

JSON = {'Accept': 'application/json'}
MEMBERS = os.path.join(os.path.dirname(__file__), 'api_members')


class Program:
    """Asks with a token; or, without one, as a visitor."""

    def __init__(self, server, token=None):
        self.browser = Browser(server)
        self.token = token
        self.status, self.body, self.data, self.headers = 0, '', None, {}

    def send(self, method, path, value=None, headers=None, body=None):
        headers = {**JSON, **(headers or {})}
        if self.token:
            headers.setdefault('Authorization', f'Bearer {self.token}')
        if value is not None:
            body = json.dumps(value)
        if body is not None:
            headers.setdefault('Content-Type', 'application/json')
        if method == 'POST' and headers.setdefault('If-Match', '*') is None:  # a form that edits wants to know what was seen
            del headers['If-Match']
        self.status = self.browser.send(method, path, body, headers)
        self.body, self.headers = self.browser.body, self.browser.headers
        self.type = self.headers.get('content-type', '')
        self.data = json.loads(self.body) if 'json' in self.type and self.body else None
        return self.status

    def get(self, path):
        return self.send('GET', path)

    def post(self, path, value):
        return self.send('POST', path, value)


def make_token(browser, scope='write', days='30', name='A script'):
    browser.post('/account/tokens', [('name', name), ('scope', scope), ('days', days)])
    found = re.search(r'<code>(trellis_[a-z0-9]{40})</code>', browser.body)
    return found[1] if found else ''


def is_problem(api, program, status, kind):
    """Whether an answer is that problem, as its schema wants it."""
    wrong = api_schema.faults(api, {'$ref': '#/components/schemas/Problem'}, program.data)
    return (program.status == status and program.type == 'application/problem+json' and not wrong
            and program.data['type'] == f'urn:trellis:problem:{kind}' and program.data['status'] == status)


# ---- tokens --------------------------------------------------------------------------------------

def try_tokens(server, api, bea, cohort):
    address = 'ida@example.org'
    bea.get('/account/tokens')
    ok('You have no token' in bea.body, 'there is no token at first')
    ok(bea.post('/account/tokens', [('name', ''), ('scope', 'all'), ('days', '366')]) == 422
       and all(f'id="{f}-error"' in bea.body for f in ('name', 'scope', 'days')), 'each wrong field is named')
    reads = make_token(bea, 'read')
    ok(bea.status == 200 and reads, 'a token is made, and shown')
    letter = server.letter(address)
    while letter['Subject'] and 'access token' not in letter['Subject']:
        letter = server.letter(address)
    ok('access token' in letter['Subject'] and 'A script' in letter.get_content() and reads not in letter.get_content(),
       'she gets a letter, without the token')
    bea.get('/account/tokens')
    ok(reads not in bea.body and 'A script' in bea.body and 'never' in bea.body, 'it is shown once')
    program = Program(server, reads)
    ok(program.get('/account') == 200 and program.data['email'] == address, 'a program asks in her name')
    ok('set-cookie' not in program.headers and program.headers['ratelimit'].startswith('"token";r='), 'no cookie; how much is left')
    bea.get('/account/tokens')
    ok('never' not in bea.body, 'its use is seen')
    ok(program.send('GET', '/account', headers={'Accept': '*/*'}) == 200 and program.type == 'application/json',
       'a program that takes anything gets JSON')
    ok(program.send('GET', '/account', headers={'Accept': 'text/html'}) == 200 and program.type.startswith('text/html'),
       'one that asks for pages gets pages')
    for method in ('POST', 'PUT', 'DELETE', 'PATCH'):
        program.send(method, '/account/profile', {'name': 'Eve', 'pronouns': '', 'zone': 'UTC'})
        ok(is_problem(api, program, 403 if method == 'POST' else 405, 'not-allowed' if method == 'POST' else 'method'),
           f'a token that reads changes nothing by {method}')
    writes = Program(server, make_token(bea))
    ok(writes.post('/account/profile', {'name': 'Ida', 'pronouns': 'she/her', 'zone': 'Europe/Madrid'}) == 200
       and writes.data['location'] == '/account', 'one that writes does, without a token of a form')
    program.get('/account')
    ok(program.data['pronouns'] == 'she/her' and program.data['zone'] == 'Europe/Madrid', 'and it is kept')
    for path in ('/account/tokens', '/account/password', '/account/email', '/account/close', '/account/erase'):
        writes.get(path)
        ok(is_problem(api, writes, 403, 'not-allowed'), f'none gets at {path}')
        writes.post(path, {})
        ok(is_problem(api, writes, 403, 'not-allowed'), f'nor changes anything at {path}')
    ok(writes.get(f'{cohort}/people') == 404 and writes.get('/log') == 404, 'it may no more than she may')
    try_wrong_tokens(server, api, bea, reads)
    return reads


def try_wrong_tokens(server, api, bea, good):
    for wrong in ('x', 'trellis_' + '0' * 40, good[:-1], good + 'a', good.upper(), ''):
        program = Program(server)
        program.browser.cookies = dict(bea.cookies)
        program.send('GET', '/account', headers={'Authorization': f'Bearer {wrong}'})
        ok(is_problem(api, program, 401, 'not-signed-in') and 'invalid_token' in program.headers['www-authenticate'],
           f'a wrong token opens nothing, with her cookie beside it either: {wrong[:12]}')
        program.send('GET', '/cohorts', headers={'Authorization': f'Bearer {wrong}'})
        ok(program.status == 401, 'not even what is everybody\'s')
    other = Program(server)
    other.send('GET', '/account', headers={'Authorization': f'Basic {good}'})
    ok(other.status == 401, 'another scheme is no token')
    other.send('GET', '/account', headers={'Authorization': f'bearer  {good}'})
    ok(other.status == 200, 'the scheme is read without case')
    for _ in range(30):
        if other.send('GET', '/account', headers={'Authorization': 'Bearer no'}) != 401:
            break
    ok(is_problem(api, other, 429, 'too-many') and int(other.headers['retry-after']) > 0, 'after twenty wrong ones, wait')
    other.send('GET', '/account', headers={'Authorization': f'Bearer {good}'})
    ok(other.status == 200, 'a right one from the same place goes on')
    ended = make_token(bea, name='To be ended')
    program = Program(server, ended)
    ok(program.get('/account') == 200, 'a token works')
    bea.get('/account/tokens')
    number = re.search(r'name="token" value="(\d+)"><button class="quiet" type="submit">End To be ended', bea.body)[1]
    stranger = register(server, 'Eve')
    ok(stranger.post('/account/tokens/end', [('token', number)], page='/account/tokens') == 404, 'nobody ends that of another')
    ok(bea.post('/account/tokens/end', [('token', number)], page='/account/tokens') == 303, 'until she ends it')
    program.get('/account')
    ok(program.status in (401, 429), 'then it opens nothing')
    hers = Program(server, make_token(stranger))
    ok(hers.get('/account') == 200, 'somebody else has a token')
    stranger.post('/account/close', [('sure', '1')])
    hers.get('/account')
    ok(hers.status in (401, 429), 'it ends with her account')
    for _ in range(19):
        make_token(bea)
    ok(bea.status == 422 and 'twenty tokens' in bea.body, 'twenty tokens are enough')


def try_rate(server, api, browser):
    program = Program(server, make_token(browser, 'read'))
    for _ in range(620):
        if program.get('/account') != 200:
            break
    ok(is_problem(api, program, 429, 'too-many') and 0 < int(program.headers['retry-after']) <= 60
       and program.headers['ratelimit'].startswith('"token";r=0'), 'too many a minute must wait')


# ---- how HTTP is spoken ----------------------------------------------------------------------------

def try_http(server, api, bea, cohort, writes):
    visitor = Program(server)
    ok(visitor.get('/account') == 401 and is_problem(api, visitor, 401, 'not-signed-in'), 'JSON is not sent to a page to sign in')
    visitor.get('/nope')
    ok(is_problem(api, visitor, 404, 'not-found'), 'no such path')
    visitor.get('/help')
    ok(is_problem(api, visitor, 406, 'no-json'), 'a page for people has no JSON')
    ok(visitor.send('GET', '/cohorts', headers={'Accept': 'text/html, application/json;q=0.9'}) == 200
       and visitor.type == 'text/html; charset=utf-8', 'what is rather wanted is sent: a page')
    ok(visitor.send('GET', '/cohorts', headers={'Accept': 'text/html;q=0.5, APPLICATION/JSON'}) == 200
       and visitor.type == 'application/json' and 'Accept' in visitor.headers['vary'], 'or JSON')
    ok(visitor.send('GET', '/cohorts', headers={'Accept': 'application/json;q=0, */*'}) == 200
       and visitor.type.startswith('text/html'), 'what is not wanted is not sent')
    visitor.get('/cohorts')
    length = visitor.headers['content-length']
    ok(visitor.send('HEAD', '/cohorts') == 200 and visitor.body == '' and visitor.headers['content-length'] == length,
       'HEAD tells the same, without a body')
    for path, allowed in (('/cohorts', 'GET, HEAD'), ('/cohorts/new', 'GET, HEAD, POST'), ('/sign-out', 'POST')):
        for method in ('PUT', 'PATCH', 'DELETE', 'OPTIONS'):
            visitor.send(method, path)
            ok(is_problem(api, visitor, 405, 'method') and visitor.headers['allow'] == allowed, f'{method} {path}: what it has instead')
    ok(visitor.browser.send('DELETE', '/cohorts') == 405 and visitor.browser.headers['allow'] == 'GET, HEAD', 'for a browser too')
    for body in ('', '{', '[]', '{"name":"x","name":"y"}', '{"name":"\\u0000"}', '{"name":1e3}', '{"a":{"b":{}}}', '\xff'):
        writes.send('POST', '/account/profile', body=body.encode('latin-1'))
        ok(is_problem(api, writes, 400, 'bad-request') and writes.data['detail'], f'no body of ours: {body}')
    writes.post('/account/profile', {'name': '', 'pronouns': 7, 'zone': 'UTC', 'admin': True})
    ok(is_problem(api, writes, 422, 'refused') and [one['pointer'] for one in writes.data['errors']] == ['#/pronouns', '#/admin'],
       'each wrong member is named')
    writes.post('/account/profile', {'name': '', 'zone': 'Nowhere/Land'})
    ok(is_problem(api, writes, 422, 'refused') and [one['pointer'] for one in writes.data['errors']] == ['#/name'], 'as a form names it')
    writes.send('POST', '/account/profile', body='name=Eve', headers={'Content-Type': 'text/plain'})
    ok(is_problem(api, writes, 415, 'media-type'), 'another type is refused')
    writes.send('POST', '/account/profile', body=json.dumps({'name': 'x' * (1 << 20)}))
    ok(is_problem(api, writes, 413, 'too-large'), 'more than a megabyte too')
    writes.post(f'{cohort}/people', {})
    ok(is_problem(api, writes, 405, 'method'), 'a path that only reads')
    bea.get('/account/profile')
    mine = {'name': 'Ida', 'pronouns': 'she/her', 'zone': 'Europe/Madrid'}
    by_cookie = Program(server)
    by_cookie.browser.cookies = dict(bea.cookies)
    by_cookie.post('/account/profile', mine)
    ok(is_problem(api, by_cookie, 403, 'not-allowed'), 'with a cookie, the token of a form is wanted')
    by_cookie.send('POST', '/account/profile', {**mine, 'csrf': bea.token()}, {'Origin': bea.origin()})
    ok(by_cookie.status == 200 and by_cookie.data['said'], 'with it, a page\'s own script could do it')
    by_cookie.send('POST', '/account/profile', {**mine, 'csrf': bea.token()}, {'Origin': 'http://evil.example'})
    ok(by_cookie.status == 403, 'another site\'s could not')
    out = register(server, 'Otto')
    out.post('/sign-out', [], page='/account')
    ok(out.headers.get('clear-site-data') == '"cache", "storage"', 'signing out has the browser forget')


# ---- a pair, by programs --------------------------------------------------------------------------

def goes(program, path, value, name):
    ok(program.post(path, value) == 200 and program.data['location'].startswith('/'), name)
    return program.data.get('location', '/') if program.data else '/'


def live(server, people, cohort, tokens, ids):
    bea, mina = tokens['mentee'], tokens['mentor']
    bea.get(f'{cohort}/match')
    ids['pair'] = bea.data['matches'][0]['id']
    pair = f'/pairs/{ids["pair"]}'
    agreement = {k: int(v) if k in ('cadence', 'notice') else v for k, v in AGREEMENT}
    goes(bea, f'{pair}/agreement/propose', agreement, 'an agreement is proposed')
    goes(mina, f'{pair}/agreement/sign', {'version': 1}, 'and signed')
    ok(mina.post(f'{pair}/agreement/sign', {'version': 1}) == 409 and mina.data['type'].endswith(':changed'), 'once')
    run_sql(server, f"INSERT INTO pair_rules(cohort, goals_first, asks_staff) VALUES ({cohort.rpartition('/')[2]}, 0, 1)")
    goes(bea, f'{pair}/agreement/propose', {**agreement, 'ends_on': '2027-07-01'}, 'a later last day')
    goes(mina, f'{pair}/agreement/sign', {'version': 2}, 'which those who run the cohort have a say in')
    goal = {'title': 'Lead <a> project', 'why': '', 'success': 'It is done', 'due': '2027-02-01', 'objectives': []}
    goes(bea, f'{pair}/goals', goal, 'a goal')
    mina.get(f'{pair}/goals')
    ids['goal'] = next(one['id'] for one in mina.data['goals'] if one['title'] == goal['title'])
    goes(mina, f'{pair}/goals/{ids["goal"]}/agree', {}, 'both agree')
    goes(mina, '/account/away', {'first': '2099-03-01', 'last': '2099-03-07'}, 'days without time')
    goes(bea, f'{pair}/goals/{ids["goal"]}/tasks', {'title': 'Find a team'}, 'a step')
    goes(bea, f'{pair}/skills', {'moment': 'start', 'data': '2'}, 'what she can do')
    yesterday = time.strftime('%Y-%m-%d', time.gmtime(time.time() - 86400))
    goes(bea, f'{pair}/meetings/past', {'day': yesterday, 'time': '18:00', 'minutes': 45, 'topics': 'Plans'}, 'a meeting that was')
    bea.get(f'{pair}/meetings')
    ids['meeting'] = bea.data['meetings'][0]['id']
    goes(bea, f'{pair}/meetings/{ids["meeting"]}', {'text': 'My own CANARY-note', 'shared': False}, 'a note of her own')
    goes(mina, f'{pair}/meetings/{ids["meeting"]}', {'text': 'For both', 'shared': True}, 'a note for both')
    goes(bea, f'{pair}/feedback/{ids["meeting"]}',
         {'useful': '4', 'line': 'Clear', 'shared': True, 'private': 'CANARY-private'}, 'how useful it was')
    goes(mina, f'{pair}/feedback/{ids["meeting"]}', {'useful': '2', 'line': 'CANARY-line', 'private': ''}, 'and hers')
    bea.get(f'{pair}/meetings/propose')
    slots = [one['value'] for one in bea.data['times'][:2]]
    goes(bea, f'{pair}/meetings/propose', {'minutes': '60', 'format': 'video', 'place': '', 'agenda': '', 'slot': slots},
         'times that the API offered are proposed')
    goes(mina, f'{pair}/messages', {'text': 'Hello CANARY-message'}, 'a message')
    goes(bea, f'{pair}/help', {'kind': 'conduct', 'text': 'CANARY-conduct', 'named': 'no'}, 'a concern')
    goes(mina, f'{cohort}/help', {'kind': 'programme', 'text': 'More cake', 'named': 'yes'}, 'another')
    tokens['safety'].get(f'{cohort}/concerns')
    ids['concern'] = tokens['safety'].data['concerns'][0]['id']
    recognise(cohort, bea, mina, tokens['admin'], ids)
    learn(cohort, bea, tokens['admin'], ids)
    support(tokens['admin'], ids)
    meet_others(cohort, bea, mina, tokens['admin'], ids)
    return pair


def support(admin, ids):
    """All that is ready to use: plans, trainings with questions, resources."""
    goes(admin, '/support/ready', {}, 'what is ready')
    admin.get('/support/plans')
    ids['plan'] = next(one['id'] for one in admin.data['plans'] if one['version'] > 0)
    admin.get('/resources')
    ids['resource'] = admin.data['resources'][0]['id']
    admin.get('/learn')
    ids['training'] = admin.data['trainings'][0]['id']
    admin.get(f'/learn/training/{ids["training"]}')
    ids['page'] = admin.data['pages'][0]['id']
    goes(admin, f'/support/trainings/{ids["training"]}/draft', {}, 'a new version of a training')
    goes(admin, f'/support/plans/{ids["plan"]}/draft', {}, 'and of a plan')


def meet_others(cohort, bea, mina, admin, ids):
    """A circle of two, an event with a link, an introduction, rounds and a short talk."""
    day = time.strftime('%Y-%m-%d', time.gmtime(time.time() + 20 * 86400))
    when = {'day': day, 'time': '18:30'}
    circle = goes(bea, f'{cohort}/circles/new', {'title': 'A circle', 'about': 'CANARY-circle', 'capacity': 5, 'joining': 'open',
                                                 'visibility': 'listed', 'topic': 'job'}, 'a circle')
    ids['circle'] = circle.rpartition('/')[2]
    goes(mina, f'{circle}/join', {'words': ''}, 'which the mentor joins')
    goes(bea, f'{circle}/agreement/propose', {'goals': 'Find work', 'cadence': 2, 'channel': 'Video', 'scheduling': 'Bea', 'notice': 24,
                                              'privacy': 'All', 'otherwise': 'We talk.', 'ends_on': day}, 'its agreement')
    goes(bea, f'{circle}/meetings/plan', {**when, 'minutes': 60, 'place': 'https://meet.example/CANARY-place', 'agenda': 'All', 'count': 1,
                                          'every': 2}, 'its meeting')
    bea.get(circle)
    ids['circle_meeting'] = bea.data['meetings'][0]['id']
    people = {one['name']: int(one['id']) for one in bea.data['members']}
    goes(bea, f'{circle}/plan/0', {'title': 'Begin', 'day': '2099-01-01', 'text': 'Who we are'}, 'a step of its plan')
    goes(bea, f'{circle}/goals', {'title': 'A portfolio', 'success': 'It is there', 'due': ''}, 'a goal of hers')
    goes(bea, f'{cohort}/directory/me', {'does': 'Tester', 'about': 'CANARY-card', 'place': 'Madrid', 'link': 'https://bea.example/',
                                         'shows_role': True, 'shows_topics': True, 'shows_email': False}, 'a card in the directory')
    goes(mina, f'{circle}/board', {'text': 'CANARY-board'}, 'words on its board')
    event = goes(admin, f'{cohort}/events/new', {**when, 'title': 'Talk', 'kind': 'workshop', 'training': ids['training'], 'about': 'How', 'zone': 'UTC', 'minutes': 60,
                                                 'link': 'https://meet.example/CANARY-link', 'place': '', 'seats': 5, 'captions': True,
                                                 'access': ''}, 'an event')
    ids['event'] = event.rpartition('/')[2]
    goes(bea, event, {'answer': 'going', 'needs': 'CANARY-needs'}, 'the mentee comes')
    one, another = sorted(people)
    goes(admin, f'{cohort}/introductions', {'a': people[one], 'b': people[another], 'why': 'CANARY-why'}, 'an introduction')
    bea.get('/meet')
    ids['introduction'] = bea.data['introductions'][0]['id']
    goes(bea, f'/introductions/{ids["introduction"]}', {'answer': 'no'}, 'to which she says no')
    goes(admin, f'{cohort}/rounds/plan', {'weeks': 2, 'day': day, 'prompt': 'A book?'}, 'rounds')
    goes(bea, f'{cohort}/rounds', {'wants': 1}, 'which she wants')
    goes(mina, f'{cohort}/talks/offer', {**when, 'about': 'Ask me', 'minutes': '30', 'place': 'https://meet.example/CANARY-talk', 'topic': 'data'},
         'a short talk')
    mina.get(f'{cohort}/talks')
    ids['talk'] = mina.data['offered'][0]['id']


def recognise(cohort, bea, mina, admin, ids):
    """A story that all can read, without the name of whom it tells, and an award that is open."""
    text = ' '.join(['We began small and met often, and my mentor listened.'] * 8)
    own = goes(bea, '/stories/write', {'title': 'How it began', 'text': text, 'role': 'CANARY-job', 'match': ids['pair']}, 'a story')
    ids['story'] = own.rpartition('/')[2]
    goes(bea, own, {'name': False, 'employer': False, 'web': True, 'print': False}, 'it is sent')
    goes(mina, f'/stories/about/{ids["story"]}', {'name': 'no', 'web': 'yes', 'print': 'no'}, 'the other agrees')
    goes(admin, f'/stories/review/{ids["story"]}', {'to': 'approved', 'reason': ''}, 'an editor approves it')
    goes(admin, f'{cohort}/honours/new', {'title': 'Best question', 'about': 'For a question.', 'closes': '2099-01-01'}, 'an award')
    bea.get(f'{cohort}/honours')
    ids['honour'] = bea.data['awards'][0]['id']
    goes(bea, f'{cohort}/honours/{ids["honour"]}', {'who': 'mina@example.org', 'text': 'CANARY-nomination ' * 4}, 'a nomination')


def learn(cohort, bea, admin, ids):
    """A proposal that was taken up, and a review meeting with an action."""
    goes(bea, f'{cohort}/better', {'finding': 'Too few hints', 'idea': ''}, 'a proposal')
    admin.get(f'{cohort}/improvements')
    ids['improvement'] = admin.data['improvements'][0]['id']
    goes(admin, f'{cohort}/improvements/{ids["improvement"]}', {'to': 'accepted', 'reason': ''}, 'it is taken up')
    own = goes(admin, f'{cohort}/reviews/new', {'moment': 'mid', 'day': '2026-10-01', 'who': '', 'agenda': ''}, 'a review meeting')
    ids['review'] = own.rpartition('/')[2]
    admin.get(own)
    goes(admin, f'{own}/actions', {'text': 'Write hints', 'owner': admin.data['owners'][0]['id'], 'due': '2026-12-01'}, 'an action')


def prepare(server, cohort, admin, people):
    """One more mentee without a mentor, a run that a committee judges, and a token for each role."""
    ids = {'cohort': cohort.rpartition('/')[2], 'role': 'mentee'}
    helpers = {'Coral': 'coordinator', 'Judy': 'committee', 'Dora': 'safeguarding', 'Rena': 'reporter', 'Chris': 'chair'}
    for name, role in helpers.items():
        people[name] = register(server, name)
        admin.post(f'{cohort}/team', [('email', f'{name.lower()}@example.org'), ('role', role)])
    people['Vera'] = register(server, 'Vera')
    roles = {'mentee': 'Bea', 'mentor': 'Mina', 'stranger': 'Cleo', 'member': 'Vera', 'coordinator': 'Coral',
             'committee': 'Judy', 'safety': 'Dora', 'reporter': 'Rena', 'chair': 'Chris'}
    tokens = {role: Program(server, make_token(people[name])) for role, name in roles.items()}
    tokens['admin'] = Program(server, make_token(admin))
    tokens['admin'].get(f'{cohort}/objectives')
    ids['objective'] = tokens['admin'].data['objectives'][0]['id']
    ok(all(one.token for one in tokens.values()), 'each role has a token')
    tokens['visitor'] = Program(server)
    admin = tokens['admin']
    admin.get(f'{cohort}/matching')
    ids['run'] = admin.data['runs'][0]['id']
    admin.get(f'{cohort}/matching/{ids["run"]}')
    first = admin.data['pairs'][0]
    ids.update(mentee=first['mentee'], mentor=first['mentor'], enrolment=first['mentee'])
    admin.get('/articles')
    ids['article'] = admin.data['articles'][0]['id']
    admin.get(f'/articles/{ids["article"]}')
    ids['section'] = admin.data['sections'][0]['section']['id']
    ids['measure'] = 'match_rate'
    admin.post('/webhooks/new', {'url': 'https://example.org/hook', 'about': 'A board', 'kinds': ['cohort.closing']})
    admin.get('/webhooks')
    ok(len(admin.data['webhooks']) == 1, 'a webhook')
    ids['webhook'] = admin.data['webhooks'][0]['id']
    goes(admin, f'{cohort}/apart', {'a': 'bea@example.org', 'b': 'nora@example.org', 'note': 'CANARY-apart'}, 'two are kept apart')
    return ids, tokens


# ---- everything, as everybody ----------------------------------------------------------------------

def operations(api):
    """The paths whose pages have data, with the title of their schema."""
    for path, methods in api['paths'].items():
        answer = methods.get('get', {}).get('responses', {}).get('200', {}).get('content', {}).get('application/json')
        if answer and '$ref' in answer['schema']:
            yield path, answer['schema']


class Same:
    """Ids and instants by the order in which they were first seen, so that two installations can be compared."""

    def __init__(self):
        self.ids = {}

    def of(self, text):
        text = re.sub(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ', 'T', text)
        text = re.sub(r'"value":\d{16}\b', '"value":T', text)
        return re.sub(r'(?<![\w.])\d{17,19}(?!\w)', lambda one: self.ids.setdefault(one[0], f'#{len(self.ids)}'), text)


def read_allowed():
    """What each role may get of each operation, and the file in which an operation stands."""
    allowed, place = {}, {}
    for name in sorted(os.listdir(MEMBERS)):
        with open(os.path.join(MEMBERS, name), encoding='utf-8') as file:
            for line in file:
                if line.startswith('/'):
                    path = line.strip()
                    if path in place:
                        sys.exit(f'{path} stands twice; once in {name}')
                    place[path] = name
                elif line.startswith('  '):
                    role, _, names = line.strip().partition(':')
                    allowed[path, role] = set(names.split())
    return allowed, place


def write_seen(folder, seen, place):
    """Files like those of tests/api_members; operations that stand in none of them go into new.txt."""
    os.makedirs(folder, exist_ok=True)
    files = {}
    for (path, role), names in sorted(seen.items()):
        lines = files.setdefault(place.get(path, 'new.txt'), [])
        if path not in lines:
            lines.append(path)
        lines.append(f'  {role}: {" ".join(sorted(names))}'.rstrip())
    for name, lines in files.items():
        with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
            file.write('\n'.join(lines) + '\n')


# What a page wants to be asked, so that it has something to show.
QUERIES = {'/search': '?q=mentee', '/cohorts/{cohort}/matching/{run}/compare': '?with={run}', '/cohorts/{cohort}/pairs': '?show=all',
           '/account/concerns': '?open={concern}', '/support/resources': '?show=all'}


def fill(path, ids):
    if path.startswith('/circles/'):
        ids = {**ids, 'meeting': ids['circle_meeting']}
    if path.startswith('/programmes/'):
        ids = {**ids, 'objective': '1'}
    return re.sub(r'\{(\w+)\}', lambda one: ids.get(one[1], '1'), path)


def walk(server, api, ids, tokens):
    allowed, known = read_allowed()
    seen, same, told = {}, Same(), []
    for path, schema in operations(api):
        place = fill(path + QUERIES.get(path, ''), ids)
        for role, program in tokens.items():
            status = program.get(place)
            told.append(f'{role} {path} {status} {same.of(program.body)}')
            if status != 200:
                ok(is_problem(api, program, 401 if role == 'visitor' and status == 401 else 404,
                              'not-signed-in' if role == 'visitor' and status == 401 else 'not-found'),
                   f'{path} is not for {role}, or not there')
                continue
            wrong = api_schema.faults(api, schema, program.data)
            ok(not wrong, f'{path}: what {role} gets keeps its schema')
            for one in wrong[:5]:
                print(f'# {one}')
            seen[path, role] = api_schema.members(program.data)
            more = seen[path, role] - allowed.get((path, role), set())
            ok((path, role) in allowed and not more, f'{path}: {role} gets no more than she may')
            if more:
                print(f'# {sorted(more)}')
    if os.environ.get('API_MEMBERS'):
        write_seen(os.environ['API_MEMBERS'], seen, known)
    return told, seen


CANARIES = {'CANARY-note': {'mentee'}, 'CANARY-private': {'mentee', 'coordinator', 'admin'}, 'CANARY-line': {'mentor'},
            'CANARY-message': {'mentee', 'mentor'}, 'CANARY-conduct': set(),
            'CANARY-apart': {'coordinator', 'admin'}, 'CANARY-job': set(), 'CANARY-nomination': set(),
            'CANARY-circle': {'mentee', 'mentor', 'stranger', 'coordinator', 'admin'}, 'CANARY-place': {'mentee', 'mentor'},
            'CANARY-board': {'mentee', 'mentor'}, 'CANARY-link': {'mentee', 'coordinator', 'admin'},
            'CANARY-needs': {'mentee', 'coordinator', 'admin'}, 'CANARY-why': {'mentee', 'mentor', 'admin'}, 'CANARY-talk': set()}


def try_canaries(told):
    """What somebody wrote reaches those whom it is for, and nobody else."""
    for canary, readers in CANARIES.items():
        found = {line.split(' ', 1)[0] for line in told if canary in line}
        ok(found == readers, f'{canary} is read by {sorted(readers)}')
        if found != readers:
            print(f'# {sorted(found)}')


def compare(told):
    """The first engine leaves what it said; the second must have said the same."""
    _, engine, place = sys.argv[1:]
    folder = os.path.dirname(place) if engine == 'sqlite' else os.path.dirname(place.partition('host=')[2])
    file = os.path.join(folder, 'answers')
    if engine == 'sqlite':
        with open(file, 'w', encoding='utf-8') as out:
            json.dump(told, out)
        return
    with open(file, encoding='utf-8') as before:
        other = json.load(before)
    ok(len(other) == len(told) > 300, f'both engines were asked the same: {len(told)} answers')
    different = [(one, two) for one, two in zip(other, told) if one != two]
    ok(not different, 'and answered the same, byte by byte')
    for one, two in different[:5]:
        at = next((k for k, (x, y) in enumerate(zip(one, two)) if x != y), 0)
        print(f'# {one[:60]} ... {one[max(0, at - 100):at + 200]}\n# {two[:60]} ... {two[max(0, at - 100):at + 200]}')


def try_pages(tokens, cohort, ids):
    """Lists lead on by `next`, and each entry comes once."""
    admin = tokens['admin']
    admin.get('/log')
    got = [one['at'] + one['where'] for one in admin.data['entries']]
    pages = 1
    while admin.data['next']:
        admin.get(admin.data['next'])
        got += [one['at'] + one['where'] for one in admin.data['entries']]
        pages += 1
    ok(pages >= 1 and len(got) > 20, f'the log, page by page: {len(got)} entries on {pages} pages')
    mina, pair = tokens['mentor'], f'/pairs/{ids["pair"]}'
    for number in range(35):
        mina.post(f'{pair}/messages', {'text': f'Number {number}'})
    mina.get(f'{pair}/messages')
    words = [one['text'] for one in mina.data['messages']]
    ok(len(words) == 30 and mina.data['next'], 'thirty messages a page')
    mina.get(mina.data['next'])
    words = [one['text'] for one in mina.data['messages']] + words
    ok(len(words) == 36 and len(set(words)) == 36 and mina.data['next'] is None, 'and the rest on the next')


def play(server):
    cohort, admin, people = begin(server)
    visitor = Program(server)
    visitor.get('/openapi.json')
    api = json.loads(visitor.body, object_pairs_hook=lambda pairs: dict(pairs) if len(dict(pairs)) == len(pairs) else sys.exit('twice'))
    ok(len(api['components']['schemas']) > 60, 'the description has no name twice')
    ids, tokens = prepare(server, cohort, admin, people)
    live(server, people, cohort, tokens, ids)
    told, seen = walk(server, api, ids, tokens)
    try_canaries(told)
    compare(told)
    unseen = [path for path, _ in operations(api) if not any(path == one for one, _ in seen)]
    ok(len(unseen) <= 8, f'nearly every operation has answered somebody; not: {unseen}')
    try_pages(tokens, cohort, ids)
    try_tokens(server, api, people['Ida'], cohort)
    try_http(server, api, people['Ida'], cohort, Program(server, tokens['member'].token))
    try_rate(server, api, people['Olga'])
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    sys.exit(main(play))

# SPDX-License-Identifier: Apache-2.0
"""Webhooks through the server, as those who run an organisation see them, with another program here that is told.

  webhook_client.py TRELLIS sqlite|postgres PLACE     prints TAP

WEBHOOKS_SEEN=FILE keeps what arrived, for tests/browser/hooks.mjs.
"""
import base64
import hashlib
import hmac
import http.server
import json
import os
import re
import sys
import threading
import time

import serve_client
from serve_client import Browser, Server, ok, register

DOCS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'docs', 'webhooks.md')


class Program(http.server.ThreadingHTTPServer):
    """Another program, which answers as it is told to."""

    def __init__(self):
        super().__init__(('127.0.0.1', 0), Answer)
        self.got, self.changed = [], threading.Condition()
        self.answer = lambda message: 204
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def wait(self, wanted):
        """Until what has arrived is as wanted, or a minute is over."""
        with self.changed:
            return self.changed.wait_for(lambda: wanted(self.got), timeout=60)


class Answer(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers['content-length']))
        message = {'path': self.path, 'id': self.headers['webhook-id'], 'timestamp': self.headers['webhook-timestamp'],
                   'signature': self.headers['webhook-signature'], 'type': self.headers['content-type'], 'body': body.decode()}
        with self.server.changed:
            status = message['status'] = self.server.answer(message)
            self.server.got.append(message)
            self.server.changed.notify_all()
        self.send_response(status)
        if status == 302:
            self.send_header('Location', '/elsewhere')
        self.send_header('Content-Length', '0')
        self.end_headers()

    def do_GET(self):
        with self.server.changed:
            self.server.got.append({'path': self.path, 'status': 0})
        self.send_error(404)

    def log_message(self, *_):
        pass


def sign(secret, message):
    key = base64.b64decode(secret.removeprefix('whsec_'))
    signed = f"{message['id']}.{message['timestamp']}.{message['body']}".encode()
    return 'v1,' + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def until(browser, page, words):
    """Loads a page again until it has these words, as somebody does who waits for something."""
    for _ in range(600):
        if browser.get(page) == 200 and re.search(words, browser.body):
            return True
        time.sleep(0.05)
    return False


def rename(person, name):
    person.post('/account/profile', [('name', name), ('pronouns', ''), ('zone', 'Europe/Madrid')])


def secret_of(browser):
    found = re.search(r'<code>(whsec_[A-Za-z0-9+/=]+)</code>', browser.body)
    return found[1] if found else ''


def try_adding(admin, member, visitor, url):
    ok(member.get('/webhooks') == 404 and member.post('/webhooks/new', [('url', url)], page='/account') == 404, 'webhooks are for those who run the organisation')
    ok(visitor.get('/webhooks') == 303, 'a visitor must sign in')
    admin.get('/cohorts')
    ok('href="/webhooks"' in admin.body and admin.get('/webhooks') == 200 and 'No other program is told' in admin.body, 'none yet')
    values = lambda url, *kinds: [('url', url), ('about', 'Kept <b>')] + [('kinds', kind) for kind in kinds]
    ok(admin.post('/webhooks/new', values('', 'match.begun')) == 422 and 'Kept &lt;b&gt;' in admin.body, 'what was typed stays')
    for wrong in ('http://example.org/hook', 'https://10.0.0.1/hook', 'https://192.168.1.1/', 'https://[fd00::1]/', 'https://intranet/hook',
                  'https://169.254.169.254/latest/meta-data', 'https://name:word@example.org/'):
        ok(admin.post('/webhooks/new', values(wrong, 'match.begun')) == 422 and 'everybody can reach' in admin.body, f'refused: {wrong}')
    ok(admin.post('/webhooks/new', values(url)) == 422, 'it must be told something')
    ok(admin.post('/webhooks/new', values(url, 'all.of.it')) == 422, 'that there is')
    ok(admin.post('/webhooks/new', values(url, 'person.changed', 'person.closed')) == 200, 'it is made')
    secret = secret_of(admin)
    ok(24 <= len(base64.b64decode(secret.removeprefix('whsec_'))) <= 64, 'with a secret')
    admin.get('/webhooks')
    hook = re.search(r'href="(/webhooks/\d+)"', admin.body)[1]
    ok(secret not in admin.body and admin.get(hook) == 200 and secret not in admin.body, 'which is shown this once')
    ok('Kept &lt;b&gt;' in admin.body and 'changed her name' in admin.body, 'and its page says what it is told')
    ok(member.get(hook) == 404 and member.post(f'{hook}/test', [], page='/account') == 404, 'not to members')
    admin.send('GET', hook, headers={'Accept': 'application/json'})
    ok(json.loads(admin.body)['webhook']['state'] == 'on' and 'whsec' not in admin.body, 'nor is the secret in JSON')
    return hook, secret


def try_telling(admin, program, hook, secret, bea):
    ok(admin.post(f'{hook}/test', [], page=hook) == 303 and program.wait(lambda got: len(got) == 1), 'a test arrives')
    test = program.got[0]
    ok(test['path'] == '/hook' and test['type'] == 'application/json' and test['id'].startswith('msg_'), 'as JSON, with a number')
    ok(test['signature'] == sign(secret, test) and test['signature'] != sign(secret, {**test, 'body': test['body'] + ' '}), 'signed')
    ok(json.loads(test['body'])['type'] == 'test' and abs(int(test['timestamp']) - time.time()) < 300, 'at its second')
    ok(until(admin, hook, '>arrived<'), 'and the page says that it arrived')
    rename(bea, 'CANARY Bea')
    ok(program.wait(lambda got: len(got) == 2), 'what happens is told')
    told = json.loads(program.got[1]['body'])
    ok(told['type'] == 'person.changed' and set(told) == {'type', 'timestamp', 'data'}, 'by its kind')
    ok(told['data'] == {'object': 'person', 'id': told['data']['person'], 'state': 'changed', 'cohort': None, 'match': None,
                        'person': told['data']['person'], 'path': None}, 'with numbers and states')
    ok(re.fullmatch(r'\d+', told['data']['person']) and 'CANARY' not in program.got[1]['body'], 'and no name')


def try_turning(admin, program, hook, secret):
    ok(admin.post(f'{hook}/secret', [('hours', '')], page=hook) == 422, 'how long the old one holds is said')
    ok(admin.post(f'{hook}/secret', [('hours', '24')], page=hook) == 200, 'a new secret')
    new = secret_of(admin)
    ok(new not in ('', secret) and 'The old secret holds until' in admin.body, 'beside the old one')
    admin.post(f'{hook}/test', [], page=hook)
    ok(program.wait(lambda got: len(got) == 3), 'a test')
    ok(program.got[2]['signature'] == f'{sign(new, program.got[2])} {sign(secret, program.got[2])}', 'is signed with both')
    ok(admin.post(f'{hook}/secret', [('hours', '0')], page=hook) == 200, 'another, at once')
    last = secret_of(admin)
    admin.post(f'{hook}/test', [], page=hook)
    ok(program.wait(lambda got: len(got) == 4) and program.got[3]['signature'] == sign(last, program.got[3]), 'is the only one then')
    return [secret, new, last]


def try_order(admin, program, hook, bea, cleo):
    """The first of Bea's fails once: her second waits behind it, Cleo's does not."""
    before = len(program.got)
    seen = []

    def answer(message):
        seen.append(message['id'])
        return 500 if message['id'] == seen[0] and seen.count(seen[0]) == 1 else 200

    program.answer = answer
    rename(bea, 'Bea once')
    ok(program.wait(lambda got: len(got) > before), 'the other side fails')
    rename(bea, 'Bea twice')
    rename(cleo, 'Cleo once')
    ok(program.wait(lambda got: len(got) == before + 4), 'and is back')
    got = program.got[before:]
    people = [json.loads(one['body'])['data']['person'] for one in got]
    hers = [one['id'] for one, person in zip(got, people) if person == people[0]]
    ok(len(hers) == 3 and hers[0] == hers[1] != hers[2], 'about one person, in the order in which it happened, under the same number')
    ok([one['id'] for one in got].count(got[0]['id']) == 2 and len({one['id'] for one in got}) == 3, 'nothing is lost')
    ok(until(admin, hook, r'<dt>Still waits</dt><dd>0</dd>'), 'nothing waits')
    program.answer = lambda message: 204


def try_again(admin, program, hook):
    before = len(program.got)
    again = re.search(rf'action="({hook}/deliveries/\d+/again)"', admin.body)[1]
    ok(admin.post(again, [], page=hook) == 303 and program.wait(lambda got: len(got) == before + 1), 'what has arrived is sent once more')
    ok(program.got[-1]['id'] == 'msg_' + again.split('/')[4], 'under its number')
    ok(admin.post(f'{hook}/deliveries/1/again', [], page=hook) == 404, 'nothing else is')


def try_redirect(admin, program, hook):
    before = len(program.got)
    program.answer = lambda message: 302
    admin.post(f'{hook}/test', [], page=hook)
    ok(program.wait(lambda got: len(got) == before + 1) and until(admin, hook, '<td>302</td>'), 'who sends us elsewhere')
    ok(all(one['path'] == '/hook' for one in program.got), 'is not followed')
    program.answer = lambda message: 204
    ok(program.wait(lambda got: got[-1]['status'] == 204) and until(admin, hook, r'<dt>Still waits</dt><dd>0</dd>'), 'and tried again')


def try_switching(server, admin, program, hook, bea):
    state = lambda to: admin.post(f'{hook}/state', [('to', to)], page=hook)
    ok(state('on') == 409 and state('gone') == 409 and state('off') == 303 and state('off') == 409, 'it is switched off, once')
    before = len(program.got)
    rename(bea, 'Bea unheard')
    ok(admin.post(f'{hook}/test', [], page=hook) == 409 and 'Send a test' not in admin.body, 'and is told nothing, not even a test')
    ok(state('on') == 303, 'and on again')
    program.answer = lambda message: 410
    rename(bea, 'Bea')
    ok(program.wait(lambda got: len(got) == before + 1) and until(admin, hook, 'gone for good'), 'who says that it is gone is asked no more')
    letter = server.letter('ada@example.org')
    while letter['Subject'] and 'webhook' not in letter['Subject']:
        letter = server.letter('ada@example.org')
    ok(hook in letter.get_content(), 'and whoever runs it gets a letter')
    admin.get('/')
    ok('A webhook was switched off' in admin.body, 'and a line on her first page')
    program.answer = lambda message: 204
    ok(state('on') == 303 and program.wait(lambda got: len(got) == before + 2) and program.got[-1]['id'] == program.got[-2]['id'], 'what was kept is told then')


def try_more(server, admin, program, hook, bea):
    """A sign-up, and what is told where somebody is erased."""
    edit = f'{hook}/edit'
    admin.post(edit, [('url', f'http://127.0.0.1:{program.server_port}/hook'), ('about', 'A'), ('kinds', 'enrolment.moved'), ('kinds', 'person.erased')])
    admin.post('/cohorts/new', [('name', 'Spring'), ('about', 'For all.'), ('starts', '2026-10-05'), ('weeks', '26')])
    cohort = admin.headers['location'].removesuffix('/setup')
    admin.post(f'{cohort}/state', [('to', 'enrolling')], page=cohort)
    before = len(program.got)
    serve_client.join(bea, cohort, 'mentee', ['data'])
    ok(program.wait(lambda got: len(got) == before + 1), 'a sign-up is told')
    told = json.loads(program.got[-1]['body'])['data']
    ok(told['object'] == 'enrolment' and told['state'] == 'submitted' and cohort.endswith(told['cohort']) and told['person'], 'with its state, and whose it is')
    admin.get(f'{cohort}/people')
    person = re.search(r'people/(\d+)">', admin.body)[1]
    ok(admin.post(f'{cohort}/people/{person}/ask', [('text', 'CANARY?')], page=f'{cohort}/people/{person}') == 303, 'a question')
    ok(program.wait(lambda got: len(got) == before + 2) and json.loads(program.got[-1]['body'])['data']['state'] == 'needs_info' and 'CANARY' not in program.got[-1]['body'],
       'is told, without its words')


def try_changing(admin, hook, url):
    edit = f'{hook}/edit'
    admin.get(edit)
    ok(f'value="{url}"' in admin.body and admin.body.count('checked') == 2, 'its form shows what stands')
    ok(admin.post(edit, [('url', 'https://10.0.0.1/'), ('about', 'A'), ('kinds', 'match.begun')]) == 422, 'a wrong address is refused here, too')
    ok(admin.post(edit, [('url', url + '?a=1'), ('about', 'The board'), ('kinds', 'match.begun')]) == 303, 'it is changed')
    admin.get(hook)
    ok('A pair has begun' in admin.body and 'The board' in admin.body, 'and says so')
    ok(admin.get(f'{hook}/remove') == 200 and 'undone' in admin.body and admin.post(f'{hook}/remove', []) == 303 and admin.get(hook) == 404, 'it is removed, after a question')
    for k in range(10):
        admin.post('/webhooks/new', [('url', url), ('about', f'Number {k}'), ('kinds', 'match.begun')])
    ok(admin.post('/webhooks/new', [('url', url), ('about', 'Eleven'), ('kinds', 'match.begun')]) == 422 and 'Ten are told' in admin.body, 'ten at most')


def try_docs(admin):
    admin.get('/webhooks/new')
    with open(DOCS, encoding='utf-8') as file:
        words = file.read()
    kinds = re.findall(r'name="kinds" value="([\w.]+)"', admin.body)
    ok(len(kinds) == 17 and all(f'`{kind}`' in words for kind in kinds), 'docs/webhooks.md has every kind')


def play(server):
    program = Program()
    url = f'http://127.0.0.1:{program.server_port}/hook'
    admin = register(server, 'Ada', server.first_link())
    bea, cleo = register(server, 'Bea'), register(server, 'Cleo')
    hook, secret = try_adding(admin, bea, Browser(server), url)
    try_docs(admin)
    try_telling(admin, program, hook, secret, bea)
    secrets = try_turning(admin, program, hook, secret)
    try_order(admin, program, hook, bea, cleo)
    try_again(admin, program, hook)
    try_redirect(admin, program, hook)
    try_switching(server, admin, program, hook, bea)
    try_more(server, admin, program, hook, bea)
    ok(server.stop() == 0, 'the server stops')
    if 'WEBHOOKS_SEEN' in os.environ:
        with open(os.environ['WEBHOOKS_SEEN'], 'a', encoding='utf-8') as file:
            for one in program.got:
                file.write(json.dumps({**one, 'secrets': secrets}) + '\n')
    server.start()
    try_changing(admin, hook, url)


class HereServer(Server):
    """May tell programs on this machine, too."""

    def __init__(self, program, place):
        super().__init__(program, [*place, '--hooks-here'])


if __name__ == '__main__':
    serve_client.Server = HereServer
    sys.exit(serve_client.main(play))

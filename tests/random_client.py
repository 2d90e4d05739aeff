# SPDX-License-Identifier: Apache-2.0
"""Random requests to each operation of /openapi.json, on one engine.

  random_client.py TRELLIS sqlite|postgres PLACE     prints TAP

RANDOM_TRIES=n requests of each operation (20 when not given; 10000 for a release), RANDOM_SEED=n. Values of the path,
of the query and of bodies fit the description, nearly fit it, or are nothing at all; who asks is an administrator, the
two of a pair, a coordinator or a visitor. No answer may be a 5xx, each has a status that the description names, and
each in JSON keeps its schema. Afterwards the database is whole and every page still answers.
"""
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time

import api_schema
import serve_client
from rows_client import prepare, sign_in
from serve_client import Server, ok

TRIES = int(os.environ.get('RANDOM_TRIES', '20'))
SEED = int(os.environ.get('RANDOM_SEED', '1'))
ROLES = ('administrator', 'mentee', 'mentor', 'coordinator', 'visitor')
ENDS = ('/sign-out', '/account/close', '/account/erase', '/account/password', '/account/sessions/end', '/account/session/end')
ODD = ['', '0', '-1', '1', '9223372036854775807', '9223372036854775808', '1e9', 'x', "'", '"><b>', '%', '../..', 'a' * 300, 'é', '\u202e', '\U0001f469\u200d\U0001f4bb',
       '2027-02-29', '2028-02-29', '0000-00-00', '9999-12-31', '25:00', '=1+1', 'null', 'true', ' ', '\n', 'İ', 'ﷺ' * 20, '{0}', '%s%n', '$1', ';--']
QUERY = ['before', 'after', 'search', 'q', 'page', 'role', 'state', 'with', 'show', 'at', 'open', 'kind', 'topic', 'sort', 'cohort', 'measure', 'next', 'language', 'of', 'x']


class Making:
    """Values by a schema; one in four is something else."""

    def __init__(self, api, seed, known):
        self.api, self.chance, self.known = api, random.Random(seed), known

    def odd(self):
        return self.chance.choice([None, True, -5, 1 << 53, 10 ** 30, 0.5, [], [[]], {}, {'a': 1}] + ODD)

    def text(self, schema):
        if 'enum' in schema:
            return self.chance.choice(schema['enum'])
        if schema.get('format') == 'date':
            return f'20{self.chance.randint(20, 40)}-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}'
        words = ''.join(self.chance.choice('abc é中<&\'"\u0301 \n') for _ in range(self.chance.randint(1, 40)))
        return self.chance.choice([words, 'someone@example.org', 'https://example.org/', str(self.chance.choice(self.known)), 'UTC', '12:00',
                                   'a' * min(schema.get('maxLength', 50), 5000)])

    def value(self, schema):
        if '$ref' in schema:
            return self.value(api_schema.resolve(self.api, schema['$ref']))
        if self.chance.random() < 0.12:
            return self.odd()
        if 'anyOf' in schema:
            return self.value(self.chance.choice(schema['anyOf']))
        kind = schema.get('type', 'string')
        kind = self.chance.choice(kind) if isinstance(kind, list) else kind
        if kind == 'object':
            return self.members(schema)
        if kind == 'array':
            return [self.value(schema.get('items', {})) for _ in range(self.chance.choice([0, 1, 1, 2, 5]))]
        if kind == 'boolean':
            return self.chance.random() < 0.5
        if kind == 'integer':
            least, most = schema.get('minimum', 0), min(schema.get('maximum', 1 << 53), 1 << 53)
            return self.chance.choice([least, most, self.chance.randint(least, max(least, min(most, least + 50))), self.chance.choice(self.known), most + 1])
        return None if kind == 'null' else self.text(schema)

    def members(self, schema):
        made = {}
        for name, one in schema.get('properties', {}).items():
            if self.chance.random() < 0.9:
                made[name] = self.value(one)
        if not made or self.chance.random() < 0.03:
            made[self.chance.choice(['x', 'id', 'csrf2', '__proto__', 'a' * 200])] = self.odd()
        return made

    def path(self, template, values):
        def one(name):
            if self.chance.random() < 0.75:
                return str(values.get(name[1], 1))
            return serve_client.urllib.parse.quote(str(self.chance.choice(ODD + self.known)), safe='') or '0'
        return re.sub(r'\{(\w+)\}', one, template)

    def query(self, operation):
        """Most are what the operation reads; some are what others do, or nobody."""
        own = [one['name'] for one in operation.get('parameters', []) if one['in'] == 'query']
        if self.chance.random() < (0.2 if own else 0.7):
            return ''
        pairs = [(self.chance.choice(own if own and self.chance.random() < 0.8 else QUERY), str(self.chance.choice(ODD + self.known))) for _ in range(self.chance.randint(1, 3))]
        return '?' + serve_client.urllib.parse.urlencode(pairs)


def ask(asker, making, method, template, operation, schema, values):
    """One request. What it was, for whoever reads of a fault."""
    path = making.path(template, values)
    if method == 'get':
        path += making.query(operation)
        has_json = 'application/json' in operation['responses']['200'].get('content', {}) or making.chance.random() < 0.05
        asker.send('GET', path, None, {'Accept': 'application/json' if has_json else 'text/html'})
        return f'GET {path}'
    body = making.members(schema) if making.chance.random() < 0.97 else making.odd()
    if isinstance(body, dict):
        body['csrf'] = asker.csrf
    sent = json.dumps(body)
    asker.send('POST', path, sent, {'Accept': 'application/json', 'Content-Type': 'application/json', 'Origin': asker.origin()})
    return f'POST {path} {sent}'


def fault_of(api, asker, method, operation):
    """What is wrong with an answer; None: nothing."""
    if asker.status >= 500 and asker.status != 503:
        return f'{asker.status}'
    type_ = asker.headers.get('content-type', '')
    answers = operation['responses']
    if str(asker.status) not in answers:
        return f'{asker.status} is not in the description'
    if type_ == 'application/problem+json':
        wrong = api_schema.faults(api, {'$ref': '#/components/schemas/Problem'}, json.loads(asker.body))
        return '; '.join(wrong) or None
    schema = answers[str(asker.status)].get('content', {}).get('application/json', {}).get('schema')
    if schema and asker.status == 200 and type_.startswith('application/json'):
        wrong = api_schema.faults(api, schema, json.loads(asker.body))
        return '; '.join(wrong[:3]) or None
    return None


def list_operations(api):
    for template, methods in api['paths'].items():
        for method, operation in methods.items():
            body = operation.get('requestBody', {}).get('content', {}).get('application/json', {}).get('schema', {})
            yield template, method, operation, body


def play(server, emails, values, password):
    askers = {role: sign_in(server, emails.get(role), password) for role in ROLES}
    visitor = askers['visitor']
    visitor.get('/openapi.json')
    api = json.loads(visitor.body)
    known = [value for value in values.values() if isinstance(value, int) and value > 1]
    making = Making(api, SEED, known)
    all_of_them = [one for one in list_operations(api) for _ in range(TRIES)]
    making.chance.shuffle(all_of_them)
    all_of_them.sort(key=lambda one: one[0] in ENDS)  # what ends a session comes last
    faults, busy, statuses, began = {}, 0, {}, time.monotonic()
    for number, (template, method, operation, body) in enumerate(all_of_them):
        role = ROLES[number % len(ROLES)]
        asker = askers[role]
        asked = ask(asker, making, method, template, operation, body, values)
        statuses[asker.status] = statuses.get(asker.status, 0) + 1
        busy += asker.status == 503
        why = fault_of(api, asker, method, operation)
        if why:
            faults.setdefault((template, method, why), f'{role}: {asked}')
        if role != 'visitor' and asker.status == 401:
            askers[role] = sign_in(server, emails.get(role), password)
    took = time.monotonic() - began
    print(f'# {len(all_of_them)} requests in {took:.0f} s, seed {SEED}: {dict(sorted(statuses.items()))}')
    ok(len(all_of_them) > 400 * TRIES and statuses.get(200, 0) > len(all_of_them) / 20, f'{len(all_of_them)} random requests, {statuses.get(200, 0)} of them did something')
    ok(not faults, 'no answer is a 5xx, or against the description')
    for (template, method, why), asked in list(faults.items())[:40]:
        print(f'# {method} {template}: {why[:300]}: {asked[:400]}')
    ok(busy <= len(all_of_them) / 200, f'{busy} were told to come back later (a read is stopped after 250 ms)')
    plain = [template for template, method, *_ in all_of_them if method == 'get' and '{' not in template]
    broken = [path for path in sorted(set(plain)) if visitor.get(path) >= 500]
    ok(not broken, f'all pages still answer {broken}')
    ok(server.stop() == 0, 'it stops well')


def main():
    trellis, engine, place = sys.argv[1:]
    print(f'# {engine}')
    embedded = engine == 'sqlite'
    folder = os.path.join(place if embedded else tempfile.mkdtemp(prefix='trellis-random-'), 'data')
    made = subprocess.run([trellis, 'demo', '--data', folder, '--json'], check=True, capture_output=True, text=True)
    password = json.loads(made.stdout)['sign_ins'][0]['password']
    emails, values, *_ = prepare(os.path.join(folder, 'trellis.db'))
    if not embedded:
        subprocess.run([trellis, 'db', 'copy', '--from', folder, '--to', place], check=True, capture_output=True)
    server = Server(trellis, ['--data', folder] if embedded else ['--database', place])
    try:
        play(server, emails, values, password)
    finally:
        if server.process.poll() is None:
            server.kill()
    doctor = subprocess.run([trellis, 'audit', 'verify'] + (['--data', folder] if embedded else ['--database', place]), capture_output=True, text=True)
    ok(doctor.returncode == 0, f'and the log is whole: {doctor.stdout.strip()[:80]}')
    print(f'1..{serve_client.ran}')
    return 1 if serve_client.failed else 0


if __name__ == '__main__':
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""Two people who change the same thing at the same time, on one engine.

  edit_client.py TRELLIS sqlite|postgres PLACE     prints TAP

Each form that edits what is kept is opened by two people; the first sends it, and the second must not overwrite what
she has not seen: she gets both, and can send hers again. Programs do the same by ETag and If-Match, and ask twice by
Idempotency-Key.
"""
import html
import html.parser
import re
import sys
import threading

from api_client import Program, make_token
from pair_client import GOAL, begin, own_pair
from serve_client import main, ok, urllib


class Forms(html.parser.HTMLParser):
    """The forms of a page, with the values that a browser would send."""

    def __init__(self, body):
        super().__init__()
        self.forms, self.form, self.area, self.select = [], None, None, None
        self.feed(body)

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if tag == 'form':
            self.form = {'action': has.get('action', ''), 'method': has.get('method', 'get'), 'values': [], 'texts': []}
            self.forms.append(self.form)
        if self.form is None or ('name' not in has and tag != 'option'):
            return
        kind = has.get('type', 'text')
        if tag == 'input' and kind not in ('checkbox', 'radio', 'file', 'submit'):
            self.form['values'].append((has['name'], has.get('value') or ''))
            if kind in ('text', 'url'):
                self.form['texts'].append(has['name'])
        elif tag == 'input' and kind in ('checkbox', 'radio') and 'checked' in has:
            self.form['values'].append((has['name'], has.get('value', 'on')))
        elif tag == 'textarea':
            self.area = [has['name'], '']
            self.form['texts'].append(has['name'])
        elif tag == 'select':
            self.select = [has['name'], None]
        elif tag == 'option' and self.select and ('selected' in has or self.select[1] is None):
            self.select[1] = has.get('value', '')

    def handle_data(self, data):
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag):
        if tag == 'textarea' and self.area:
            self.form['values'].append(tuple(self.area))
            self.area = None
        if tag == 'select' and self.select:
            self.form['values'].append((self.select[0], self.select[1] or ''))
            self.select = None
        if tag == 'form':
            self.form = None


def open_form(browser, page):
    """The form of a page that edits."""
    browser.get(page)
    return next((form for form in Forms(browser.body).forms if any(name == 'stood' for name, _ in form['values'])), None)


def send(browser, form, path, changes=()):
    changes = dict(changes)
    pairs = [(name, changes.get(name, value)) for name, value in form['values']]
    headers = {'Content-Type': 'application/x-www-form-urlencoded', 'Origin': browser.origin()}
    return browser.send('POST', path, urllib.parse.urlencode(pairs), headers)


def try_both(page, first, second, field, name, also=None):
    """Both open it; the first changes `field` (and `also`), the second `field` only; then she sends it again."""
    path = page.partition('?')[0]
    hers, theirs = open_form(second, page), open_form(first, page)
    if not ok(hers and theirs, f'{name}: the form carries what stood'):
        print(f'# {second.status} {page}')
        return
    value = dict(theirs['values'])
    one, two = f'{value[field]} by the first'.strip(), f'{value[field]} by the second'.strip()
    changed = {field: one, **({also: 'Changed by the first'} if also else {})}
    ok(send(first, theirs, path, changed) == 303, f'{name}: the first is kept')
    ok(send(second, hers, path, {field: two}) == 409 and 'What stands now' in second.body and f'id="{field}-error"' in second.body,
       f'{name}: the second is told')
    again = next((form for form in Forms(second.body).forms if any(key == 'stood' for key, _ in form['values'])), {'values': []})
    shown = dict(again['values'])
    ok(shown.get(field) == two and one in html.unescape(second.body), f'{name}: with what she typed, and what stands')
    if also:
        ok(shown.get(also) == 'Changed by the first' and 'You had not changed this' in second.body, f'{name}: what she left takes what stands')
    now = dict(open_form(first, page)['values'])
    ok(now[field] == one, f'{name}: nothing was overwritten')
    ok(send(second, again, path) == 303, f'{name}: sent again, hers is kept')
    now = dict(open_form(first, page)['values'])
    ok(now[field] == two and (not also or now[also] == 'Changed by the first'), f'{name}: and nothing else is lost')
    ok(send(second, again, path) == 303, f'{name}: who sends what stands is not stopped')


def try_small(admin, mona):
    page = '/programmes/1/edit'
    form = open_form(mona, page)
    ok(send(mona, form, page, {'name': ''}) == 422 and re.search('name="stood" value="[0-9a-f]+"', mona.body) is not None,
       'a refused form still carries what stood')
    old = open_form(admin, page)
    ok(send(admin, form | {'values': [(k, v) for k, v in old['values'] if k != 'stood']}, page) == 303, 'a form without it is taken as it is')
    broken = {'values': [(k, 'zz' if k == 'stood' else 'Mine' if k == 'name' else v) for k, v in old['values']]}
    ok(send(admin, broken, page) == 409 and 'value="Mine"' in admin.body, 'one that is broken is held against all that stands')
    rules = '/cohorts/1/rules'
    first, second = open_form(admin, rules), open_form(mona, rules)
    ok(send(admin, first, rules, {'note': 'Mine', 'topics': '9', 'order': 'score'}) == 303, 'rules are changed')
    ok(send(mona, second, rules, {'topics': '8'}) == 409 and 'What stands now' in mona.body and 'The highest sum of all' in mona.body,
       'choices are shown in words')


def try_programs(admin, mona, cohort):
    page = '/programmes/1/edit'
    one, two = Program(admin.server, make_token(admin)), Program(mona.server, make_token(mona))
    ok(one.get(page) == 200 and two.get(page) == 200 and one.headers['etag'] == two.headers['etag'], 'a form as JSON has an ETag')
    tag, seen = one.headers['etag'], one.data
    ok(set(seen) == {'name', 'about', 'cohort_about', 'weeks', 'cadence', 'hours'} and isinstance(seen['weeks'], int), 'and what its POST takes')
    ok(one.send('POST', page, {**seen, 'name': 'By a program'}, {'If-Match': f'"other", {tag}'}) == 200, 'If-Match: as it was seen')
    two.send('POST', page, {**seen, 'name': 'By another'}, {'If-Match': tag})
    ok(two.status == 412 and two.data['type'].endswith(':not-as-seen'), 'If-Match: not any more')
    two.send('POST', page, {**seen, 'name': 'By another'}, {'If-Match': None})
    ok(two.status == 428 and two.data['type'].endswith(':say-what-you-saw'), 'without it, a form that edits asks for it')
    two.get(page)
    ok(two.data['name'] == 'By a program' and two.headers['etag'] != tag, 'nothing was overwritten')
    ok(two.send('POST', page, {**two.data, 'name': 'By another'}, {'If-Match': two.headers['etag']}) == 200, 'read again, it goes')
    ok(one.send('POST', page, {**seen, 'weeks': 20}, {'If-Match': '*'}) == 200, 'and * takes what is there')
    ok(one.send('POST', f'{cohort}/team', {'email': 'x@example.org', 'role': 'coordinator'}, {'If-Match': tag}) == 412, 'what has no tag fits none')
    one.get('/cohorts')
    ok('etag' not in one.headers, 'what is no form has none')


def try_once(admin, mona, pair):
    """Asked twice, done once: also when both arrive together, and not for somebody else."""
    one, two = Program(admin.server, make_token(admin)), Program(mona.server, make_token(mona))
    goal = {'title': 'Only once', 'why': '', 'success': 'It is there once', 'due': '', 'objectives': []}
    key = {'Idempotency-Key': '"8e03978e-40d5-43dd-bc93-6894a57f9324"'}
    where = f'{pair}/goals'
    ok(one.send('POST', where, goal, key) == 200, 'a goal with a key')
    answer = one.body
    ok(one.send('POST', where, goal, key) == 200 and one.body == answer, 'asked again, the same answer')
    one.get(where)
    ok([g['title'] for g in one.data['goals']].count('Only once') == 1, 'and one goal')
    one.send('POST', where, {**goal, 'why': 'Other'}, key)
    ok(one.status == 422 and 'another request' in one.data['detail'], 'the key stands for that request alone')
    ok(two.send('POST', where, {**goal, 'title': 'Hers'}, key) == 200, 'and for that person alone')
    ok(one.send('POST', where, {**goal, 'title': ''}, {'Idempotency-Key': 'k2'}) == 422
       and one.send('POST', where, {**goal, 'title': 'Mended'}, {'Idempotency-Key': 'k2'}) == 200, 'what was refused is not kept')
    for wrong in ('a b', 'x' * 256, 'é'):
        ok(one.send('POST', where, goal, {'Idempotency-Key': wrong.encode()}) == 400, f'no key: {wrong[:10]}')
    askers = [Program(admin.server, one.token) for _ in range(4)]
    threads = [threading.Thread(target=asker.send, args=('POST', where, {**goal, 'title': 'Together'}, {'Idempotency-Key': 'k3'})) for asker in askers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses = sorted(asker.status for asker in askers)
    one.get(where)
    ok(statuses[0] == 200 and set(statuses) <= {200, 409} and [g['title'] for g in one.data['goals']].count('Together') == 1,
       f'together: once {statuses}')


def try_edits(server):
    cohort, admin, people = begin(server)
    bea, mina = people['Bea'], people['Mina']
    pair = own_pair(bea, cohort)
    admin.post(f'{cohort}/team', [('email', 'cleo@example.org'), ('role', 'manager')])
    admin.post('/cohorts/1/team', [('email', 'cleo@example.org'), ('role', 'manager')])
    mona = people['Cleo']
    try_both('/programmes/1/edit', admin, mona, 'name', 'programme', 'about')
    try_both(f'{cohort}/edit', admin, mona, 'name', 'cohort', 'about')
    admin.get(f'{cohort}/objectives')
    objective = re.search(rf'href="({cohort}/objectives/\d+/edit)"', admin.body)[1]
    try_both(objective, admin, mona, 'title', 'objective', 'description')
    admin.post('/cohorts/1/questions/usual', [], page='/cohorts/1/questions')
    admin.get('/cohorts/1/questions')
    question = re.search(r'href="(/cohorts/1/questions/\d+)"', admin.body)[1]
    try_both(question, admin, mona, 'label', 'question')
    try_both('/programmes/1/letters/sign_up_accepted?language=en', admin, mona, 'subject', 'letter')
    try_both(f'{cohort}/safety', admin, mona, 'emergency', 'safety')
    admin.get('/articles')
    article = re.search(r'href="(/articles/\d+)"', admin.body)[1]
    try_both(f'{article}/edit', admin, mona, 'title', 'article', 'intro')
    admin.post('/support/ready', [], page='/support')
    admin.get('/support/resources?show=all')
    resource = re.search(r'href="(/support/resources/[1-9]\d+)"', admin.body)[1]
    try_both(resource, admin, mona, 'title', 'resource')
    admin.get('/support/plans')
    plan = re.search(r'href="(/support/plans/[1-9]\d+)"', admin.body)[1]
    admin.post(f'{plan}/draft', [], page=plan)
    admin.get(plan)
    item = re.search(r'href="(/support/plans/\d+/items/[1-9]\d+)', admin.body)[1]
    try_both(f'{item}?language=en', admin, mona, 'title', 'step of a plan', 'text')
    try_both(f'{pair}/agreement/propose', bea, mina, 'goals', 'agreement', 'channel')
    bea.post(f'{pair}/goals', GOAL)
    goal = re.search(r'href="(/pairs/\d+/goals/\d+)"', bea.get(f'{pair}/goals') and bea.body)[1]
    try_both(f'{goal}/edit', bea, mina, 'title', 'goal', 'why')
    try_both('/account/profile', bea, bea, 'name', 'profile, at two devices')
    try_small(admin, mona)
    try_programs(admin, mona, cohort)
    try_once(bea, mina, pair)
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    sys.exit(main(try_edits))

# SPDX-License-Identifier: Apache-2.0
"""Measures and improvements through the server, as browsers see them, on one engine.

  improve_client.py TRELLIS sqlite|postgres PLACE     prints TAP
"""
import html
import json
import os
import re
import sqlite3
import subprocess
import sys
from datetime import datetime, timezone
from zoneinfo import ZoneInfo


from pair_client import begin
import serve_client
from serve_client import Browser, Server, ok, register


def try_measures(cohort, admin, member):
    ok(admin.get(f'{cohort}/measures') == 200 and 'not told' in admin.body and 'Pairs that ended early' in admin.body, 'measures, with small groups kept back')
    ok(admin.get(f'{cohort}/measures?group=role%3Amentee') == 200 and '<caption>Mentees</caption>' in admin.body, 'of one group')
    ok(admin.get(f'{cohort}/measures?group=no') == 200, 'of a group that is not there: everybody')
    ok(admin.get(f'{cohort}/measures/match_rate') == 200 and 'By group' in admin.body, 'one measure')
    ok(admin.get(f'{cohort}/measures/nothing') == 404, 'a measure that is not there')
    for page in ('measures', 'measures/useful', 'compare', 'measures.csv'):
        ok(admin.get(f'/programmes/1/{page}') == 200, f'the programme: {page}')
        ok(member.get(f'/programmes/1/{page}') == 404, f'not for members: {page}')
    ok(member.get(f'{cohort}/measures') == 404 and member.post(f'{cohort}/snapshots', [], page='/account') == 404, 'nor those of a cohort')
    admin.send('GET', f'{cohort}/measures', headers={'Accept': 'application/json'})
    first = {one['name']: one for one in json.loads(admin.body)['measures']}['match_rate']
    ok(first['hundredths'] is None and first['n'] is None, 'as JSON, too, nothing is told of three people')
    for _ in range(2):
        ok(admin.post(f'{cohort}/snapshots', [], page=f'{cohort}/measures') == 303, 'a snapshot is taken by hand')
    admin.get(f'{cohort}/measures')
    ok(admin.body.count('by hand') == 2, 'and stands in the list')


def try_own(cohort, admin, member):
    bank = '/programmes/1/question-bank'
    new = lambda text, kind: admin.post(f'{bank}/own', [('text', text), ('kind', kind), ('moments', 'later'), ('audience', 'counted')], page=bank)
    ok(member.post(f'{bank}/own', [('text', 'Do you lead?'), ('kind', 'words')], page='/account') == 404, 'a question of its own is not for members')
    ok(new('No', '') == 422 and 'value="No"' in admin.body and 'Choose one' in admin.body and admin.body.count('checked') == 8,
       'what was typed stays, and what the bank asks')
    ok(new('Do you <lead>?', 'yes_no') == 303 and admin.get(bank) == 200 and 'Do you &lt;lead&gt;?' in admin.body, 'a programme asks in its own words')
    own = re.search(r'question-bank/own/(\d+)"', admin.body)[1]
    turn = lambda off: admin.post(f'{bank}/own/{own}', [('off', off)], page=bank)
    ok(turn('1') == 303 and turn('1') == 409, 'and ends it, once')
    ok(admin.get(bank) == 200 and 'not asked any more' in admin.body and turn('0') == 303, 'and asks it again')
    for k in range(7):
        new(f'Question {k}?', 'words')
    ok(new('One too many', 'words') == 422 and 'end one first' in admin.body, 'eight at most')
    ok(admin.get(f'{cohort}/measures') == 200 and 'Do you &lt;lead&gt;?' in admin.body and 'Question 1?' not in admin.body, 'what is chosen is a measure')
    ok(admin.get(f'{cohort}/measures/own:{own}') == 200 and admin.get(f'{cohort}/measures/own:1') == 404, 'with a page')
    ok(admin.get(f'{cohort}/measures.csv') == 200 and 'Do you <lead>?' in admin.body, 'and a row in the sheet')
    words = f'{cohort}/words'
    ok(member.get(words) == 404 and admin.get(words) == 200 and 'Nobody has written anything yet' in admin.body, 'what people wrote is for those who run it')
    ok(admin.post(words, [('kind', 'survey'), ('subject', '1'), ('question', 'words'), ('tags', 'x')], page=words) == 404, 'only what there is gets a tag')


def try_better(cohort, admin, member, stranger, visitor):
    ok(stranger.get(f'{cohort}/better') == 404 and stranger.get(f'{cohort}/you-said') == 404, 'who takes no part proposes nothing')
    ok(visitor.get(f'{cohort}/better') == 303, 'a visitor must sign in')
    ok(member.post(f'{cohort}/better', [('finding', ''), ('idea', 'Kept <b>')]) == 422 and 'Kept &lt;b&gt;' in member.body, 'what was typed stays')
    ok(member.post(f'{cohort}/better', [('finding', 'Too <few> hints'), ('idea', 'A page of hints')]) == 303, 'a member proposes')
    member.get(f'{cohort}/better')
    ok('Too &lt;few&gt; hints' in member.body and 'proposed' in member.body, 'and sees it')
    ok(member.get(f'{cohort}/improvements') == 404, 'the log is for those who run it')
    admin.get(f'{cohort}/improvements?state=proposed')
    item = admin.body.split('/improvements/')[1].split('"')[0]
    return f'{cohort}/improvements/{item}'


def values(admin, item, **changes):
    admin.get(f'{item}/edit')
    version = admin.body.split('name="version" value="')[1].split('"')[0]
    shots = admin.body.split('id="before"')[1].split('</select>')[0].split('value="')[2:]
    form = {'finding': 'Too <few> hints', 'idea': 'Hints', 'source': 'measure:useful', 'owner': '', 'due': '2027-01-31', 'why': 'Cheap', 'applied': '',
            'expected': 'More', 'measure': 'match_rate', 'before': shots[1].split('"')[0], 'after': shots[0].split('"')[0], 'effect': '', 'said': '', 'did': '',
            'version': version, 'tags': 'Hints, first month'}
    form.update(changes)
    return list(form.items())


def try_item(cohort, item, admin, member):
    ok(member.get(item) == 404 and member.post(item, [('to', 'accepted'), ('reason', '')], page='/account') == 404, 'nor does a member decide')
    ok(admin.post(item, [('to', 'rejected'), ('reason', '')]) == 422, 'a no needs a reason')
    ok(admin.post(item, [('to', 'done'), ('reason', '')], page=item) == 409, 'states are not jumped over')
    ok(admin.post(item, [('to', 'accepted'), ('reason', 'Good & cheap')], page=item) == 303, 'it is taken up')
    ok(admin.post(item, [('to', 'accepted'), ('reason', '')], page=item) == 409, 'once')
    old = values(admin, item)
    ok(admin.post(f'{item}/edit', values(admin, item, is_public='1')) == 422, 'what everybody reads must be written')
    ok(admin.post(f'{item}/edit', values(admin, item, owner='1')) == 422, 'only those of the list look after it')
    ok(admin.post(f'{item}/edit', values(admin, item, is_public='1', said='More <hints>', did='A page')) == 303, 'it is written')
    admin.get(item)
    ok('?tag=first-month' not in admin.body and '?tag=hints' in admin.body and '?tag=c%23' not in admin.body, 'with its tags')
    admin.get(f'{cohort}/improvements?tag=hints')
    ok('Too &lt;few&gt; hints' in admin.body, 'by which it is found')
    admin.get(f'{cohort}/improvements?tag=other')
    ok('There is nothing here yet' in admin.body, 'and by no other')
    ok(admin.post(f'{item}/edit', old) == 409, 'an old page does not write over it')
    for state in ('doing', 'done', 'evaluated'):
        ok(admin.post(item, [('to', state), ('reason', '')], page=item) == 303, f'it is {state}')
    admin.get(item)
    ok('before' in admin.body and 'Good &amp; cheap' in admin.body, 'measured before and after, with its history')
    member.get(f'{cohort}/you-said')
    ok('More &lt;hints&gt;' in member.body and 'Too &lt;few&gt;' not in member.body, 'everybody reads what was said and done')
    member.get(f'{cohort}/better')
    ok('done, and looked at again' in member.body, 'and she sees what became of it')


def form_values(admin, page, **changes):
    """What a form shows, and what is changed in it."""
    admin.get(page)
    form = {name: value for name, value in re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>([^<]*)</textarea>', admin.body)}
    form.update({name: value for name, value in re.findall(r'<input type="(?:date|text|hidden)"[^>]* name="(\w+)"[^>]* value="([^"]*)"', admin.body)})
    form['moment'] = 'other'
    form.update(changes)
    form.pop('csrf', None)
    return [(name, html.unescape(value)) for name, value in form.items()]


def try_review(cohort, admin, member, stranger):
    new = f'{cohort}/reviews/new'
    for one in (member, stranger):
        ok(one.get(f'{cohort}/reviews') == 404 and one.get(new) == 404, 'review meetings are for those who run it')
    ok(admin.get(f'{cohort}/reviews') == 200 and 'There is none yet' in admin.body, 'no review meeting yet')
    ok(admin.get(f'{new}?moment=mid') == 200 and 'value="mid" checked' in admin.body and 'Ethics and standards' in admin.body, 'a plan begins with its moment and an agenda')
    ok(admin.post(new, [('moment', ''), ('day', 'soon'), ('who', 'Kept <who>'), ('agenda', '')]) == 422 and 'Kept &lt;who&gt;' in admin.body, 'what was typed stays')
    ok(admin.post(new, [('moment', 'mid'), ('day', '2036-01-01'), ('who', 'Staff <all>'), ('agenda', 'Look & act')]) == 303, 'it is planned')
    page = admin.headers['location']
    ok(member.get(page) == 404 and member.post(page, [('to', 'held')], page='/account') == 404, 'not for members')
    admin.get(page)
    ok('Staff &lt;all&gt;' in admin.body and 'Look &amp; act' in admin.body and 'Do pairs get help in time?' in admin.body, 'with who comes, an agenda, and what to ask')
    finding = re.search(r'value="(finding:\d+)"', admin.body)[1]
    for name in ('measure:useful', finding, finding):
        ok(admin.post(f'{page}/subjects', [('subject', name), ('off', '')], page=page) == 303, f'on the table: {name.split(":")[0]}')
    ok(admin.post(f'{page}/subjects', [('subject', 'measure:no'), ('off', '')], page=page) == 422, 'only what there is')
    admin.get(page)
    ok(admin.body.count('Take off the table') == 2, 'a measure and a finding, once each')
    ok(admin.post(f'{page}/subjects', [('subject', 'measure:useful'), ('off', '1')], page=page) == 303, 'and off again')
    admin.post(f'{page}/subjects', [('subject', 'measure:match_rate'), ('off', '')], page=page)
    admin.get(page)
    owner = re.search(r'id="owner".*?value="(\d+)"', admin.body, re.S)[1]
    ok(admin.post(f'{page}/actions', [('text', 'Kept'), ('owner', '1'), ('due', '2026-12-01')], page=page) == 422 and 'value="Kept"' in admin.body, 'somebody who runs it must do it')
    ok(admin.post(f'{page}/actions', [('text', 'Kept'), ('owner', owner), ('due', '')], page=page) == 422, 'by a day')
    for text in ('Call <the> mentors', 'Ask later', 'A third one'):
        ok(admin.post(f'{page}/actions', [('text', text), ('owner', owner), ('due', '2026-12-01')], page=page) == 303, 'an action')
    ok(admin.post(page, [('to', 'held')], page=page) == 422 and 'still to come' in admin.body, 'it is not closed before its day')
    old = form_values(admin, f'{page}/edit', day='2026-10-20', ethics='Safe & <well>', decisions='We go on')
    ok(admin.post(f'{page}/edit', old) == 303, 'it is written down')
    ok(admin.post(f'{page}/edit', old) == 409, 'an old page does not write over it')
    ok(admin.post(page, [('to', 'held')], page=page) == 303 and admin.post(page, [('to', 'held')], page=page) == 409, 'it is closed, once')
    admin.get(page)
    ok('as they were on the day' in admin.body and 'Safe &amp; &lt;well&gt;' in admin.body and 'We go on' in admin.body and 'Add an action' not in admin.body, 'and stays as it was')
    ok(admin.get(f'{page}/edit') == 404 and admin.post(f'{page}/subjects', [('subject', 'measure:useful')], page=page) == 409, 'nothing is added then')
    try_actions(cohort, page, admin)
    admin.get(f'{cohort}/reviews')
    ok('held' in admin.body and '20 October 2026' in admin.body, 'it stands in the list')
    admin.send('GET', page, headers={'Accept': 'application/json'})
    body = json.loads(admin.body)
    ok(body['review']['state'] == 'held' and len(body['actions']) == 3 and body['said'][0]['said'] == 'Safe & <well>', 'as JSON')
    ok(admin.post(page, [('to', 'planned')], page=page) == 303 and admin.post(page, [('to', 'cancelled')], page=page) == 303, 'it is opened again, and cancelled')


def try_actions(cohort, page, admin):
    admin.get('/')
    ok('To do, from a review meeting: Call &lt;the&gt; mentors' in admin.body, 'what she has to do waits on her first page')
    admin.get(page)
    one, two, three = re.findall(r'action="[^"]*/actions/(\d+)"', admin.body)
    step = lambda action, to: admin.post(f'{page}/actions/{action}', [('to', to)], page=page)
    ok(step(one, 'done') == 303 and step(one, 'done') == 409 and step(one, 'log') == 409, 'an action is ticked, once')
    ok(step(one, 'open') == 303 and step(one, 'open') == 409, 'and opened again')
    ok(step(two, 'log') == 303 and step(two, 'log') == 409 and step(two, 'done') == 409, 'another goes into the log')
    ok(step(three, 'no') == 409 and step('1', 'done') == 404, 'nothing else is done with one')
    admin.get(f'{cohort}/improvements?state=accepted')
    ok('Ask later' in admin.body and '1 December 2026' in admin.body, 'where it has been taken up, with its day')
    admin.get(page)
    ok('in the log of improvements' in admin.body, 'and the meeting links to it')


def try_evidence(cohort, admin, member):
    for page in (f'{cohort}/used', f'{cohort}/evidence', f'{cohort}/evidence/improvements.csv', '/programmes/1/evidence', '/programmes/1/evidence/improvements.csv'):
        ok(admin.get(page) == 200 and member.get(page) == 404, f'for those who run it: {page.split("/")[-1]}')
    admin.get(f'{cohort}/used')
    ok('Matching rules' in admin.body and f'{cohort}/rules/versions' in admin.body, 'what it worked with, with links')
    admin.get(f'{cohort}/evidence')
    ok('Who took part' in admin.body and 'not told' in admin.body and 'Call &lt;the&gt; mentors' not in admin.body and 'Ask later' in admin.body, 'the pack tells what was taken up')
    ok(re.search(r'Mentors</th><td>not told', admin.body), 'and nothing of three people')
    ok('Nobody has agreed yet' in admin.body, 'nor a story that nobody gave')
    for page in (f'{cohort}/used', f'{cohort}/evidence', '/programmes/1/evidence', '/programmes/1/compare'):
        admin.send('GET', page, headers={'Accept': 'application/json'})
        ok(admin.status == 200 and json.loads(admin.body), f'as JSON: {page.split("/")[-1]}')
    ok([one['n'] for column in json.loads(admin.body)['cohorts'] for one in column['measures'] if one['name'] == 'match_rate'] == [None], 'where small groups are null')


def try_aim(cohort, admin, bea):
    """An objective with a figure, of a cohort so small that nothing is told."""
    page = f'{cohort}/objectives'
    ok(admin.get(page) == 200 and admin.post(page, AIM) == 303, 'an objective is measured by a figure')
    aim = re.search(rf'href="({page}/\d+)">Fewer', admin.get(page) and admin.body)[1]
    ok(admin.get(aim) == 200 and 'There is not enough to tell yet' in admin.body and '<td>20.5 %</td>' in admin.body, 'of few people its page tells start and aim alone')
    admin.get(f'{cohort}/measures')
    ok('Fewer &lt;leave&gt;' in admin.body, 'and how it goes has it')
    ok(bea.get(aim) == 404 and bea.get(f'{aim}/edit') == 404 and Browser(admin.server).get(aim) == 303, 'it is for those who run it')
    ok(admin.post(f'{page}/end', [('row', aim.rpartition('/')[2])], page=page) == 303 and admin.get(aim) == 404, 'until it is taken out')


def play(server):
    cohort, admin, people = begin(server)
    stranger = register(server, 'Eve')
    visitor = Browser(server)
    try_measures(cohort, admin, people['Bea'])
    try_own(cohort, admin, people['Bea'])
    try_aim(cohort, admin, people['Bea'])
    item = try_better(cohort, admin, people['Bea'], stranger, visitor)
    try_review(cohort, admin, people['Bea'], stranger)
    try_item(cohort, item, admin, people['Bea'])
    try_evidence(cohort, admin, people['Bea'])
    ok(admin.post(f'{cohort}/state', [('to', 'closing')], page=cohort) == 303, 'the cohort closes')
    admin.get('/')
    ok('It is over: plan a last review meeting of Spring' in admin.body, 'and whoever runs it is asked to look back')
    admin.get(f'{cohort}/measures')
    ok('when it closed' in admin.body, 'its measures are kept when it closes')


# ---- small groups, over all pairs of filters ------------------------------------------------------

BANDS = (('west', -5400), ('middle', 12600), ('east', 25000), ('far', 100000))


def band(zone):
    offset = datetime.fromtimestamp(1768435200, timezone.utc).astimezone(ZoneInfo(zone)).utcoffset().total_seconds()
    return next(name for name, up_to in BANDS if offset < up_to)


def people_of(base, scope):
    """Who takes part, by filter: what somebody who knows everybody could compare with."""
    sets = {}
    rows = base.execute("SELECT e.id, e.role, p.zone, e.languages, e.topics FROM enrolment e JOIN person p ON p.id = e.person WHERE e.state = 'approved' "
                        'AND e.cohort IN (SELECT id FROM cohort WHERE id = ? OR programme = ?)', (scope, scope))
    for one, role, zone, languages, topics in rows:
        names = ['', f'role:{role}', f'zone:{band(zone)}'] + [f'language:{x}' for x in languages.split()] + [f'topic:{x}' for x in topics.split()]
        for name in names:
            sets.setdefault(name, set()).add(one)
    return sets


def attack(told, sets):
    """Groups of one to four that follow from taking one told number from another, or all parts of a whole from it."""
    found = [(a, b) for a in told for b in told if a != b and sets[b] <= sets[a] and 0 < told[a] - told[b] < 5]
    for scope, kind in {(scope, name.split(':')[0]) for scope, name in told if name.startswith(('role:', 'zone:'))}:
        parts = [n for (where, name), n in told.items() if where == scope and name.startswith(kind + ':')]
        if (scope, '') in told and 0 < told[scope, ''] - sum(parts) < 5:
            found.append((scope, kind))
    return found


def try_attack(server, manager, base):
    told, sets = {}, {}
    scopes = {f'/cohorts/{one}': one for one, in base.execute("SELECT id FROM cohort WHERE state <> 'template'")}
    for where, scope in {**scopes, '/programmes/1': 1}.items():
        manager.send('GET', f'{where}/measures/people', headers={'Accept': 'application/json'})
        for name, people in people_of(base, scope).items():
            sets[where, name] = people
        for group in json.loads(manager.body)['groups']:
            if group['people'] is not None:
                told[where, group['name']] = group['people']
    ok(len(told) > 60 and all(len(sets[key]) == n for key, n in told.items() if key[0] != '/programmes/1'), f'{len(told)} groups are told, as they are')
    ok(min(told.values()) >= 5, 'none of fewer than five')
    leaks = attack(told, sets)
    ok(not leaks, f'nor does one follow from any of {len(told) ** 2} pairs of filters, over cohorts and their programme')
    if leaks:
        print('#', leaks[:5])
    careless = {key: len(people) for key, people in sets.items() if len(people) >= 5}
    ok(attack(careless, sets), f'where only the size is looked at, {len(attack(careless, sets))} follow: the attack works')


# ---- every value counted a second time, from the rows --------------------------------------------

DAY = 86400000000


def share(ones):
    """Parts of wholes in hundredths of a percent, and of how many."""
    ones = [int(one) for one in ones]
    return (sum(ones) * 10000 // len(ones) if ones else 0, len(ones))


def mean(values, wholes=None):
    whole = len(values) if wholes is None else sum(wholes)
    return (int(sum(values) * 100 / whole) if whole else 0, len(values))


def median(values):
    values = sorted(values)
    return ((values[(len(values) - 1) // 2] + values[len(values) // 2]) * 50 if values else 0, len(values))


class Rows:
    """The rows of one cohort, by table, as dictionaries."""

    def __init__(self, base, cohort):
        self.base, self.cohort = base, cohort
        self.enrolments = self.read("SELECT * FROM enrolment WHERE cohort = ? AND state <> 'draft'", cohort)
        self.matches = self.read('SELECT * FROM match WHERE cohort = ?', cohort)
        self.began = [m for m in self.matches if m['began_at'] > 0]
        self.of_match = lambda table: self.read(f'SELECT x.* FROM {table} x JOIN match m ON m.id = x.match WHERE m.cohort = ?', cohort)
        self.meetings, self.surveys, self.goals, self.messages = (self.of_match(t) for t in ('meeting', 'survey', 'goal', 'message'))
        self.held = [t for t in self.meetings if t['state'] == 'held']
        self.taken = [e for e in self.enrolments if e['state'] == 'approved']

    def read(self, sql, *values):
        cursor = self.base.execute(sql, values)
        names = [one[0] for one in cursor.description]
        return [dict(zip(names, row)) for row in cursor]

    def held_of(self, match):
        return [t for t in self.held if t['match'] == match['id']]

    def answers(self, question):
        return self.read('SELECT w.* FROM survey_answer w JOIN survey s ON s.id = w.survey JOIN match m ON m.id = s.match WHERE m.cohort = ? AND w.question = ?',
                         self.cohort, question)

    def people_with(self, sql, *values):
        return {one for one, in self.base.execute(sql, values)}

    def reach(self, sql, *values, role=None):
        found = self.people_with(sql, *values)
        return share(e['person'] in found for e in self.taken if role in (None, e['role']))


def count_matching(r):
    matched = {m['mentee'] for m in r.began}
    decided = [m for m in r.matches if m['state'] != 'offered']
    mentors = [e for e in r.taken if e['role'] == 'mentor']
    used = sum(m['state'] in ('active', 'paused', 'closing') for m in r.matches if m['mentor'] in {e['id'] for e in mentors})
    places = sum(e['places'] for e in mentors)
    loads = {}
    for t in r.held:
        mentor = next(m['mentor'] for m in r.matches if m['id'] == t['match'])
        loads[mentor] = loads.get(mentor, 0) + t['held_minutes']
    most = sorted(loads.values())[-((len(loads) + 9) // 10):] if loads else []
    return {
        'people': (100 * len(r.taken), len(r.taken)),
        'match_rate': share(e['id'] in matched for e in r.enrolments if e['role'] == 'mentee' and (e['state'] == 'approved' or e['id'] in matched)),
        'days_to_meeting': median([(min(t['at'] for t in r.held_of(m)) - m['began_at']) // DAY for m in r.began if r.held_of(m)]),
        'offers_accepted': share(m['began_at'] > 0 for m in decided),
        'offers_expired': share(m['state'] == 'not_started' and m['reason'] == 'expired' for m in decided),
        'places_used': (used * 10000 // places if places else 0, places),
        'load_top': (sum(most) * 10000 // sum(loads.values()) if loads else 0, len(r.held)),
    }


def count_pairs(r, now):
    recent = {t['match'] for t in r.held if t['at'] > now - 30 * DAY} | {t['match'] for t in r.messages if t['at'] > now - 30 * DAY}
    usual, = r.base.execute('SELECT cadence FROM cohort WHERE id = ?', (r.cohort,)).fetchone()
    agreed = {a['match']: a['cadence'] for a in sorted(r.of_match('agreement'), key=lambda a: a['version']) if a['mentee_signed'] and a['mentor_signed']}
    linked = {goal for goal, in r.base.execute('SELECT goal FROM goal_objective')}
    end = lambda m: m['ended_at'] or now
    weeks = lambda m: agreed.get(m['id'], usual)
    counted = [t for t in r.meetings if t['state'] in ('held', 'no_show_mentee', 'no_show_mentor')]
    long_enough = [m for m in r.began if end(m) - m['began_at'] > weeks(m) * 7 * DAY]
    return {
        'active_rate': share(m['id'] in recent for m in r.matches if m['state'] in ('active', 'closing')),
        'meetings_month': mean([30 * len(r.held_of(m)) for m in r.began], [1 + (end(m) - m['began_at']) // DAY for m in r.began]),
        'meetings': mean([len(r.held_of(m)) for m in r.began]),
        'minutes': mean([t['held_minutes'] for t in r.held]),
        'on_cadence': share((len(r.held_of(m)) + 1) * weeks(m) * 7 >= (end(m) - m['began_at']) // DAY for m in long_enough),
        'missed': share(t['state'] != 'held' for t in counted),
        'goals_reached': share(g['state'] == 'achieved' for g in r.goals if g['state'] != 'draft'),
        'goals_linked': share(g['id'] in linked for g in r.goals),
    }


def count_answers(r):
    reports = r.read('SELECT x.* FROM report x JOIN meeting t ON t.id = x.meeting JOIN match m ON m.id = t.match WHERE m.cohort = ? AND x.useful > 0', r.cohort)
    fit = [a['words'] for a in r.answers('fit')]
    friend = [a['number'] for a in r.answers('recommend')]
    net = sum(n >= 9 for n in friend) - sum(n <= 6 for n in friend)
    return {
        'useful': mean([one['useful'] for one in reports]),
        'fit_good': share(one == 'good' for one in fit),
        'fit_deciding': share(one not in ('good', 'not') for one in fit),
        'fit_not': share(one == 'not' for one in fit),
        'satisfied': mean([a['number'] for a in r.answers('satisfied')]),
        'recommend': mean(friend),
        'nps': (int(net * 10000 / len(friend)) if friend else 0, len(friend)),
        'answered': share(s['answered_at'] > 0 for s in r.surveys),
    }


def count_ends(r):
    reasons = {'ended_time': ('mentee_time', 'mentor_time'), 'ended_fit': ('mentee_fit', 'mentor_fit'),
               'ended_silent': ('inactive', 'mentee_reply', 'mentor_reply'), 'ended_goals': ('mentee_goals', 'mentor_goals')}
    over = [m for m in r.began if m['state'] in ('completed', 'ended')]
    found = {name: share(m['state'] == 'ended' and m['reason'] in of for m in r.began) for name, of in reasons.items()}
    early = {(s['person'], s['match']): s['id'] for s in r.surveys if s['kind'] == 'early'}
    said = {one['survey']: one['words'] for one in r.answers('fit_end')}
    sides = {one['id']: one['person'] for one in r.enrolments}
    for side in ('mentee', 'mentor'):
        words = [said[early[sides[m[side]], m['id']]] for m in r.matches if said.get(early.get((sides[m[side]], m['id'])))]
        found |= {f'early_good_{side}': share(w == 'good' for w in words), f'early_not_{side}': share(w == 'not' for w in words)}
    return found | {
        'ended_early': share(m['state'] == 'ended' for m in r.began),
        'completed': share(m['state'] == 'completed' for m in over),
        'go_on': share(m['continues'] > 0 for m in r.began),
    }


def count_more(r):
    of = r.cohort
    later = r.read('SELECT l.* FROM later l JOIN enrolment e ON e.id = l.enrolment WHERE e.cohort = ?', of)
    said = r.read("SELECT w.number, l.months FROM later l JOIN enrolment e ON e.id = l.enrolment JOIN later_answer w ON w.later = l.id "
                  "WHERE e.cohort = ? AND w.question = 'in_tech' AND l.months = 6", of)
    return {
        'circle_reach': r.reach("SELECT k.person FROM circle_member k JOIN circle q ON q.id = k.circle WHERE q.cohort = ? AND k.state = 'member'", of),
        'event_reach': r.reach('SELECT k.person FROM rsvp k JOIN event q ON q.id = k.event WHERE q.cohort = ? AND k.came_at > 0', of),
        'contributors': r.reach("SELECT person FROM contribution WHERE state = 'approved'"),
        'training_done': r.reach("SELECT k.person FROM completion k JOIN training q ON q.id = k.training WHERE q.role = 'mentor'", role='mentor'),
        'workshop_done': r.reach("SELECT k.person FROM completion k JOIN training q ON q.id = k.training WHERE q.role = 'mentee'", role='mentee'),
        'awarded': r.reach("SELECT person FROM award WHERE cohort = ? AND state = 'confirmed'", of),
        'stories': r.reach("SELECT person FROM story WHERE cohort = ? AND state = 'published'", of),
        'later_answered': share(l['answered_at'] > 0 for l in later),
        'in_tech_6': share(one['number'] == 1 for one in said),
    }


def try_values(manager, base):
    now = int(datetime.now(timezone.utc).timestamp() * 1000000)
    compared, wrong, hidden = 0, [], 0
    for cohort, name in base.execute("SELECT id, name FROM cohort WHERE state IN ('running', 'archived')").fetchall():
        rows = Rows(base, cohort)
        mine = count_matching(rows) | count_pairs(rows, now) | count_answers(rows) | count_ends(rows) | count_more(rows)
        manager.send('GET', f'/cohorts/{cohort}/measures', headers={'Accept': 'application/json'})
        told = {one['name']: one for one in json.loads(manager.body)['measures']}
        for measure, value in mine.items():
            one = told[measure]
            if one['n'] is None:
                hidden += 1
                continue
            compared += 1
            if (one['hundredths'], one['n']) != value:
                wrong.append((name, measure, one['hundredths'], one['n'], value))
        rate = share(one['answered_at'] > 0 for one in rows.surveys if one['kind'] == 'end')
        if told['recommend']['answered_hundredths'] is not None:
            ok(told['recommend']['answered_hundredths'] == rate[0], f'{name}: the response rate of a question')
        asked = [e['person'] for t in rows.held for m in rows.matches if m['id'] == t['match'] for e in rows.enrolments if e['id'] in (m['mentee'], m['mentor'])]
        given = {(one['meeting'], one['person']) for one in rows.read('SELECT * FROM report WHERE useful > 0')}
        rate = sum((t['id'], e['person']) in given for t in rows.held for m in rows.matches if m['id'] == t['match']
                   for e in rows.enrolments if e['id'] in (m['mentee'], m['mentor'])) * 10000 // max(1, len(asked))
        ok(told['useful']['answered_hundredths'] == rate, f'{name}: and of the half minute after meetings')
    ok(compared > 40 and not wrong, f'{compared} values are what the rows say, counted a second time ({hidden} of few people are not told)')
    for one in wrong[:10]:
        print('#', one)


# ---- after the end, by the link of a letter ---------------------------------------------------------

def try_later(server, manager, base):
    text = server.letter('mentor21@demo.example').get_content()
    link, stop = (re.search(rf'http://[^/]+(/later/\w+{end})\s', text)[1] for end in ('', '/stop'))
    visitor = Browser(server)
    ok(visitor.get(link) == 200 and 'half a year later' in visitor.body and 'First circle' in visitor.body, 'the link of a letter asks without signing in')
    ok(visitor.get('/later/none') == 404, 'no other does')
    ok(visitor.post(link, []) == 422 and 'Answer at least one' in visitor.body, 'nothing is no answer')
    ok(visitor.post(link, [('in_tech', '7')]) == 422, 'nor is what was not offered')
    own, words = re.findall(r' id="(own\d+)"', visitor.body)
    ok(visitor.post(link, [(own, '3'), (words, 'Kept <b>')]) == 422 and 'Kept &lt;b&gt;' in visitor.body, 'neither where the programme asks in its own words')
    ok(visitor.post(link, [(words, 'x' * 1001)]) == 422 and 'at most 1000' in visitor.body, 'words have an end')
    before = count(manager)
    ok(visitor.post(link, [('in_tech', '1'), ('new_role', '2'), ('share', '4'), (own, '1'), (words, 'To <ask>')]) == 303, 'she answers')
    ok(visitor.get(link) == 200 and 'You have answered' in visitor.body and 'id="in_tech"' not in visitor.body, 'once')
    ok(visitor.post(link, [('in_tech', '2')], page=stop) == 409, 'and not again')
    ok(count(manager) == before + 1, 'it is counted')
    ok(visitor.get(stop) == 200 and visitor.send('POST', stop) == 303, 'one tap, also of a mail program without a form, ends it')
    ok(visitor.get(stop) == 200 and 'You get no more letters' in visitor.body, 'and it is said')
    ok(visitor.post(f'{link}/again', [], page=stop) == 303 and visitor.get(stop) == 200 and 'Nobody minds' in visitor.body, 'it can be taken back')
    bank = '/programmes/1/question-bank'
    ok(visitor.get(bank) == 303 and manager.get(bank) == 200 and 'recommend' in manager.body, 'the question bank')
    ok(manager.post(bank, [('asked', 'in_tech'), ('asked', 'made_up')]) == 422, 'only questions of the bank')
    ok(manager.post(bank, [('asked', 'in_tech'), ('asked', 'contact')]) == 303, 'a programme chooses')
    other = re.search(r'http://[^/]+(/later/\w+)\s', server.letter('mentor45@demo.example').get_content())[1]
    ok(visitor.get(other) == 200 and 'id="contact"' in visitor.body and 'id="promoted"' not in visitor.body, 'what is switched off is not asked')


def try_words(manager, base):
    cohort, = base.execute("SELECT id FROM cohort WHERE state = 'running'").fetchone()
    words = f'/cohorts/{cohort}/words'
    ok(manager.get(words) == 200 and 'The time difference is hard' in manager.body, 'what people wrote in pairs')
    manager.get(f'{words}?tag=-')
    ok('Everything goes well' in manager.body and 'The time difference' not in manager.body, 'those without a tag')
    card = manager.body.split('Can we have a list of talks')[1].split('</li>')[0]
    form = [(name, value) for name, value in re.findall(r'name="(kind|subject|question|number|tag|from)" value="([^"]*)"', card)]
    ok(manager.post(words, form + [('tags', 'a b c d e f g h i')], page=words) == 422 and 'value="a b c d e f g h i"' in manager.body, 'eight tags at most, and what was typed stays')
    ok(manager.post(words, form + [('tags', 'Meet-others, LISTS')], page=words) == 303 and 'tag=-' in manager.headers['location'], 'it gets tags')
    manager.get(f'{words}?tag=lists')
    ok('Can we have a list of talks' in manager.body and 'lists: one answer' in manager.body and 'Everything goes' not in manager.body, 'by which it is found and counted')


def try_sheets(manager, base):
    """Everything that a page tells is in a sheet, too."""
    cohort, = base.execute("SELECT id FROM cohort WHERE state = 'running'").fetchone()
    ok(manager.get(f'/cohorts/{cohort}/measures.csv') == 200 and 'objective_goals,' in manager.body and 'objective_goals_reached,' in manager.body
       and 'Goals without an objective' in manager.body, 'goals for each objective, and those without one')
    ok('Answered, percent' in manager.body and re.search(r'\nsatisfied,.*,\d+\.\d\d\r?\n', manager.body), 'and response rates')
    ok(manager.get(f'/cohorts/{cohort}/measures.csv?group=role%3Amentee') == 200 and 'objective_goals' not in manager.body, 'goals are of everybody alone')
    ok(manager.get(f'/cohorts/{cohort}/measures/satisfied') == 200 and 'of those who were asked' in manager.body, "a measure's page has its response rate")
    ok(manager.get(f'/cohorts/{cohort}/measures/people/groups.csv') == 200 and re.search(r'\npeople,role,', manager.body) and re.search(r'\npeople,month,\d{4}-\d\d,', manager.body)
       and 'not told' in manager.body, 'one measure by group and month')
    ok(manager.get('/programmes/1/compare') == 200 and 'Do you lead other people today?' in manager.body, 'cohorts beside one another have own questions')
    ok(manager.get('/programmes/1/compare.csv') == 200 and re.search(r'\nmatch_rate,.*First circle,\d{4}-', manager.body) and '\nown:' in manager.body, 'and are a sheet')


AIM = [('title', 'Fewer <leave>'), ('description', ''), ('figure', 'ended_early'), ('measure', ''), ('baseline', '20,5 %'), ('target', '10'), ('due', '2027-12-31')]


def with_values(form, **values):
    return [(name, values.get(name, value)) for name, value in form]


def try_aims(server, manager, base):
    """An objective is measured by a figure or a question, and shows where it stands."""
    cohort, = base.execute("SELECT id FROM cohort WHERE state = 'running'").fetchone()
    page = f'/cohorts/{cohort}/objectives'
    ok(manager.get(page) == 200 and '<optgroup label="How it ends">' in manager.body and 'I can say what I think.' in manager.body and 'What do you still use' not in manager.body,
       'a measure is chosen from the figures, and the questions that are counted')
    for wrong, field, words in ((with_values(AIM, target='101'), 'target', 'from 0 to 100'), (with_values(AIM, baseline='many'), 'baseline', 'from 0 to 100'),
                                (with_values(AIM, figure='nothing'), 'figure', 'Choose one of these'), (with_values(AIM, figure=''), 'measure', 'in your own words')):
        ok(manager.post(page, wrong) == 422 and f'id="{field}-error"' in manager.body and words in manager.body and 'Fewer &lt;leave&gt;' in manager.body, f'refused: {field}')
    ok('<option value="ended_early" selected>' not in manager.body and manager.post(page, with_values(AIM, target='x')) == 422 and '<option value="ended_early" selected>' in manager.body,
       'what was chosen stays')
    ok(manager.post(page, AIM) == 303, 'a figure, with numbers that it can have')
    made, = base.execute("SELECT id FROM objective WHERE title = 'Fewer <leave>'").fetchone()
    aim = f'{page}/{made}'
    told = read_json(manager, aim)
    value = {one['name']: one for one in read_json(manager, f'/cohorts/{cohort}/measures')['measures']}['ended_early']
    ok((told['objective']['baseline'], told['objective']['target']) == ('20.5', '10') and told['objective']['hundredths'] == value['hundredths'] and told['objective']['n'] == value['n'],
       'its page shows what the measure says')
    ok(told['objective']['reached'] is (value['hundredths'] <= 1000) and [one['label'] for one in told['points']][::len(told['points']) - 1] == ['At the start', 'Aim'], 'from the start to the aim')
    steps = [one['n'] for one in told['points'] if one['n'] is not None]
    ok(all(a == b or abs(a - b) >= 5 for a, b in zip(steps, steps[1:])), 'and no two days tell of fewer than five')
    ok(manager.get(aim) == 200 and '<svg' in manager.body and '20.5 %' in manager.body, 'drawn, with a table')
    ok(manager.get(f'/cohorts/{cohort}/measures') == 200 and 'Fewer &lt;leave&gt;' in manager.body, 'it stands on the page of how it goes')
    ok(manager.get(f'/cohorts/{cohort}/measures.csv') == 200 and re.search(r'objective_now,.*Fewer <leave>,Everybody,\d', manager.body) and 'objective_start,' in manager.body, 'and in the sheet')
    ok(manager.get(f'/cohorts/{cohort}/evidence') == 200 and 'Fewer &lt;leave&gt;' in manager.body, 'and in the pack')
    own, = base.execute("SELECT figure FROM objective WHERE title = 'Pairs speak openly'").fetchone()
    ok(manager.post(f'{aim}/edit', with_values(AIM, figure=own, target='6')) == 422 and 'from 1 to 5' in manager.body, 'a question has its own range')
    ok(manager.post(f'{aim}/edit', with_values(AIM, figure=own, baseline='', target='4.5')) == 303, 'it is changed to a question')
    ok(read_json(manager, aim)['objective']['n'] > 5 and 'Write down where it stood' in (manager.get(aim) and manager.body), 'which is counted; without a start nobody says that it is reached')
    words = with_values(AIM, figure='', measure='We ask <them>', baseline='few', target='many')
    ok(manager.post(f'{aim}/edit', words) == 303 and manager.get(aim) == 200 and 'We ask &lt;them&gt;' in manager.body and 'does not count it' in manager.body, 'or to words, which stay words')
    ok(manager.get(f'/cohorts/1/objectives/{made}/edit') == 404 and manager.get(f'/programmes/1/objectives/{made}') == 404, 'it is of its cohort alone')
    ok(read_json(manager, '/programmes/1/objectives/1')['points'][1]['label'] == 'First circle', 'the programme has its own, with the cohorts that have closed')
    served, other, goals = base.execute('SELECT o.id, o.cohort, count(*) FROM goal_objective l JOIN objective o ON o.id = l.objective GROUP BY o.id, o.cohort ORDER BY 3 DESC LIMIT 1').fetchone()
    ok(goals > 4 and manager.get(f'/cohorts/{other}/objectives/{served}/end') == 200 and f'{goals} goals of pairs serve it' in manager.body, 'before one is taken out, it is said how many goals lose it')
    ok(manager.post(f'{page}/end', [('row', str(made))], page=page) == 303 and manager.get(aim) == 404, 'taken out it is gone')


def fair_sets(base, cohort):
    """The mentees who said how content they are, by the groups of the page on fairness, and their answers."""
    answers, sets = {}, {}
    for one, number in base.execute("SELECT m.mentee, w.number FROM match m JOIN enrolment e ON e.id = m.mentee JOIN survey s ON s.match = m.id AND s.person = e.person "
                                    "JOIN survey_answer w ON w.survey = s.id WHERE w.question = 'satisfied' AND m.cohort = ?", (cohort,)):
        answers.setdefault(one, []).append(number)
    for one, level, woman, caring, caring_for, access, access_for in base.execute(
            "SELECT id, level, woman, caregiving, caregiving_for, access, access_for FROM enrolment WHERE cohort = ? AND role = 'mentee'", (cohort,)):
        groups = ('All', f'level:{level}', f'woman:{woman}', f'caregiving:{bool(caring) and caring_for != "me"}', f'access:{bool(access) and access_for != "me"}')
        for name in groups if one in answers else ():
            sets.setdefault(name, set()).add(one)
    return answers, sets


FAIR = {'All': 'All', 'Cares for somebody': 'caregiving:True', 'Has an access need': 'access:True', 'Does not say': 'woman:0', 'Is a woman': 'woman:1', 'Is not a woman': 'woman:2',
        'At the beginning': 'level:1', 'Some years, or through training': 'level:2', 'Experienced': 'level:3', 'Very experienced, or leading others': 'level:4'}


def try_fair(manager, base):
    """How content mentees are by what they said of themselves: counted a second time, and attacked by differences."""
    shown = 0
    for cohort, in base.execute("SELECT id FROM cohort WHERE state IN ('running', 'archived')").fetchall():
        answers, sets = fair_sets(base, cohort)
        told = {}
        for table in read_json(manager, f'/cohorts/{cohort}/fairness')['tables']:
            for group in table['groups']:
                name = FAIR.get(group['label'], f'{table["name"]}:False')
                if table['name'] != 'band' and group['content_people'] is not None:
                    told[name] = group['content_hundredths'], group['content_people']
        for name, value in told.items():
            numbers = [number for one in sets[name] for number in answers[one]]
            ok(value == (sum(numbers) * 100 // len(numbers), len(sets[name])), f'{name}: as content as they say')
        few = [(a, b) for a in told for b in told if 0 < len(sets[a] ^ sets[b]) < 5]
        rest = [dimension for dimension in ('level', 'woman', 'caregiving', 'access') if told and 0 < len(
            sets['All'] - set().union(*(sets[name] for name in told if name.startswith(dimension)))) < 5]
        ok(not few and not rest and all(value[1] >= 5 for value in told.values()), f'and no few follow from {len(told)} of {len(sets)} groups')
        shown += len(told)
    ok(shown > 4, f'{shown} groups are told at all')
    ok(manager.get(f'/cohorts/{cohort}/fairness') == 200 and 'How content, of 5' in manager.body and manager.get(f'/cohorts/{cohort}/fairness.csv') == 200 and 'Content, of 5' in manager.body,
       'on the page, and in its sheet')


def read_json(person, path):
    person.send('GET', path, headers={'Accept': 'application/json'})
    return json.loads(person.body)


def try_leaders(visitor, base):
    """Who leads an article, by the formula that its page shows, from the rows."""
    article, = base.execute("SELECT id FROM article WHERE language = 'en' AND contributions > 0 ORDER BY contributions DESC").fetchone()
    rows = base.execute("SELECT c.person, c.byline, c.pseudonym, p.name, c.section, c.decided_at, (SELECT count(*) FROM helpful h WHERE h.contribution = c.id) "
                        "FROM contribution c JOIN person p ON p.id = c.person WHERE c.article = ? AND c.state = 'approved'", (article,)).fetchall()
    one = {}
    for person, byline, pseudonym, name, section, at, votes in rows:
        leads = one.setdefault((person, byline, pseudonym), {'sections': set(), 'votes': 0, 'at': at, 'name': {'name': name, 'pseudonym': pseudonym}.get(byline, '')})
        leads['sections'].add(section)
        leads['votes'] += votes
        leads['at'] = min(leads['at'], at)
    order = [one[who] for who in sorted(one, key=lambda who: (-len(one[who]['sections']), -one[who]['votes'], one[who]['at'], who[0]))][:5]
    visitor.get(f'/articles/{article}')
    told = re.findall(r'<li>([^<]*): (?:one section|(\d+) sections), (?:one mark|(\d+) marks) of help', visitor.body.split('Those who have added most')[1])
    ok(len(order) > 1 and [(len(x['sections']), x['votes']) for x in order] == [(int(s or 1), int(v or 1)) for _, s, v in told]
       and all(x['name'] in ('', name.strip()) for x, (name, _, _) in zip(order, told)), f'{len(told)} lead an article, by sections, marks of others, and who was first')
    ok('How this list is made' in visitor.body and 'made anew every night' in visitor.body, 'and the page says how')


def count(manager):
    manager.send('GET', '/programmes/1/measures/in_tech_6', headers={'Accept': 'application/json'})
    return json.loads(manager.body)['groups'][0]['n']


def demo(program, place):
    """The demo: large enough for filters, old enough for letters after the end."""
    folder = os.path.join(place, 'demo')
    made = json.loads(subprocess.run([program, 'demo', '--data', folder, '--json'], check=True, capture_output=True, text=True).stdout)
    server = Server(program, ['--data', folder])
    try:
        manager = Browser(server)
        manager.post('/sign-in', [('email', 'manager@demo.example'), ('password', made['sign_ins'][0]['password'])])
        base = sqlite3.connect(f'file:{folder}/trellis.db?mode=ro', uri=True)
        try_attack(server, manager, base)
        try_values(manager, base)
        try_sheets(manager, base)
        try_aims(server, manager, base)
        try_fair(manager, base)
        try_leaders(Browser(server), base)
        try_later(server, manager, base)
        try_words(manager, base)
        base.close()
    finally:
        server.kill()


def both(server):
    play(server)
    if sys.argv[2] == 'sqlite':
        demo(sys.argv[1], sys.argv[3])


if __name__ == '__main__':
    sys.exit(serve_client.main(both))

# SPDX-License-Identifier: Apache-2.0
"""Where words that are for few eyes come to, on one engine.

  canary_client.py TRELLIS sqlite|postgres PLACE     prints TAP

A marker stands in each sensitive text of a pair, its sign-ups, its matching and its concerns. Then every page and every
link is followed as each role, as page and as JSON, with the files, the description, the letters and what the program
printed: no marker may be where it is not allowed, and each must be seen by somebody for whom it is.
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

import serve_client
from rows_client import GROUPS, ROLES, Base, prepare, sign_in
from serve_client import Server, ok

PAGES = 220  # followed as each role, beside those that the rows name
ALIKE = 3    # pages that differ in their numbers alone


# ---- markers ------------------------------------------------------------------------------------

class Markers:
    """Writes markers, and knows who may read each."""

    def __init__(self, base):
        self.base = base
        self.allowed = {}

    def new(self, name, who):
        marker = f'CNRY{len(self.allowed):03d}X'
        allowed = set()
        for word in who.split():
            allowed.update(GROUPS.get(word, word).split())
        self.allowed[marker] = name, allowed
        return marker

    def put(self, table, column, where, who):
        self.base.base.execute(f'UPDATE {table} SET {column} = ? WHERE {where}', [self.new(f'{table}.{column}', who)])


def plant(path, values):
    base = Base(path)
    base.next = 9000
    markers = Markers(base)
    pair, mentee, mentor = values['pair'], values['mentee'], values['mentor']
    her = base.one('SELECT person FROM enrolment WHERE id = ?', mentee)
    him = base.one('SELECT person FROM enrolment WHERE id = ?', mentor)
    judge = base.one("SELECT id FROM person WHERE email = 'committee@roles.example'")
    other = base.one("SELECT id FROM person WHERE email = 'participant@roles.example'")
    staff_person = base.one("SELECT id FROM person WHERE email = 'coordinator@roles.example'")
    meeting = base.one("SELECT id FROM meeting WHERE match = ? AND state = 'held' ORDER BY id", pair)
    values['meeting'] = meeting
    new, put = markers.new, markers.put
    for column, who in (('about', 'pair staff judges'), ('goal', 'pair staff judges'), ('employer', 'mentee staff judges'),
                        ('reason', 'mentee staff'), ('caregiving', 'mentee'), ('access', 'mentee staff')):
        put('enrolment', column, f'id = {mentee}', who)
    base.base.execute("UPDATE enrolment SET caregiving_for = 'matching', access_for = 'coordinator' WHERE id = ?", [mentee])
    put('enrolment', 'caregiving', f'id = {mentor}', 'mentor')
    put('enrolment', 'access', f'id = {mentor}', 'pair staff')
    base.base.execute("UPDATE enrolment SET caregiving_for = 'me', access_for = 'match' WHERE id = ?", [mentor])
    base.add('enrolment_move', enrolment=mentee, from_state='submitted', to_state='approved', reason=new('enrolment_move.reason', 'mentee staff'),
             moved_by=staff_person, at=1)
    base.add('enrolment_note', enrolment=mentee, author=her, at=1, text=new('enrolment_note.text', 'mentee staff'))
    question = base.add('question', cohort=values['cohort'], role='both', kind='text', label='Why?', audience='staff', made_at=1)
    base.add('answer', enrolment=mentee, question=question, value=new('answer.value', 'mentee staff'), at=1)
    values['avoid'] = base.add('avoid', a=min(her, other), b=max(her, other), asked_by=her, note=new('avoid.note', 'mentee staff'), at=1)
    base.add('avoid_wish', person=her, email='asked@canary.example', note=new('avoid_wish.note', 'mentee'), at=1)
    base.add('message', match=pair, person=her, text=new('message.text of hers', 'pair'), at=1, mailed=1)
    base.add('message', match=pair, person=him, text=new('message.text of the mentor', 'pair'), at=2, mailed=1)
    base.add('meeting_note', meeting=meeting, person=her, shared=0, text=new('meeting_note.text of hers', 'mentee'), at=1)
    base.add('meeting_note', meeting=meeting, person=her, shared=1, text=new('meeting_note.text, shared', 'pair'), at=1)
    base.add('meeting_note', meeting=meeting, person=him, shared=0, text=new('meeting_note.text of the mentor', 'mentor'), at=1)
    base.base.execute('DELETE FROM report WHERE meeting = ?', [meeting])
    base.add('report', meeting=meeting, person=her, useful=2, line=new('report.line', 'mentee'), shared=0,
             private=new('report.private of hers', 'mentee staff'), at=1)
    base.add('report', meeting=meeting, person=him, useful=2, line=new('report.line, shared', 'pair'), shared=1,
             private=new('report.private of the mentor', 'mentor staff'), at=1)
    put('survey_answer', 'words', f"survey = {values['survey']}", 'mentee staff')
    for name, who in (('told', 'mentee safeguarding'), ('found', 'safeguarding'), ('answered', 'mentee safeguarding')):
        values[name] = new(f'concern, {name}', who)  # sealed: written through the pages
    base.base.execute('UPDATE goal SET shared = 0 WHERE id = ?', [values['goal']])
    base.add('goal', match=pair, title=new('goal.title, shared', 'pair staff'), why=new('goal.why, shared', 'pair'), state='agreed', shared=1, mentee_yes=1, mentor_yes=1,
             made_at=1)
    put('goal', 'title', f"id = {values['goal']}", 'pair')
    put('goal', 'evidence', f"id = {values['goal']}", 'pair')
    put('agreement', 'goals', f'match = {pair}', 'pair')
    put('agreement', 'privacy', f'match = {pair}', 'pair')
    put('meeting', 'agenda', f'id = {meeting}', 'pair')
    put('match', 'words', f'id = {pair}', 'staff')
    base.add('vote', run=values['run'], mentee=mentee, mentor=mentor, person=judge, says='no', fit=1, words=new('vote.words', 'judges staff'), at=1)
    base.add('match_link', cohort=values['cohort'], mentee=mentee, mentor=mentor, kind=1, note=new('match_link.note', 'staff judges'), set_by=staff_person)
    base.base.execute('DELETE FROM choice WHERE mentee = ?', [mentee])
    base.add('choice', mentee=mentee, mentor=mentor, place=1, why=new('choice.why', 'pair staff judges'), at=1)
    put('person', 'password', "email = 'editor@roles.example'", '')
    base.base.commit()
    base.base.close()
    return markers.allowed


# ---- following links ----------------------------------------------------------------------------

def links_in(body):
    found = re.findall(r'(?:href|action)="(/[^"#]*)"', body)
    return {link.replace('&amp;', '&') for link in found if not link.startswith(('/assets', '/sign-out', '/link/'))}


def crawl(asker, first):
    """Every page that can be reached, with what it says; pages that differ in numbers alone, a few of each."""
    waiting, seen, alike = list(first), set(first), {}
    beyond = 0
    while waiting:
        path = waiting.pop(0)
        for accept in ('text/html', 'application/json'):
            asker.send('GET', path, None, {'Accept': accept})
            yield f'{path} ({accept})', asker.body
            if accept == 'text/html' and asker.status == 200:
                for link in sorted(links_in(asker.body) - seen):
                    shape = re.sub(r'\d+', 'N', link)
                    alike[shape] = alike.get(shape, 0) + 1
                    if alike[shape] <= ALIKE and beyond < PAGES:
                        beyond += 1
                        seen.add(link)
                        waiting.append(link)


def look(role, pages, allowed, leaks, found):
    count = 0
    for path, body in pages:
        count += 1
        for marker in set(re.findall(r'CNRY\d{3}X', body)):
            name, who = allowed[marker]
            if role in who:
                found.add(marker)
            else:
                leaks.append(f'{name} as {role}: {path}')
    return count


def tell(askers, values):
    """A grave concern, and what the one who is named for it found and answered."""
    keeper, mentee = askers['safeguarding'], askers['mentee']
    ok(mentee.post(f"/pairs/{values['pair']}/help", [('kind', 'conduct'), ('text', values['told']), ('named', 'yes')]) == 303, 'a concern is told')
    keeper.get(f"/cohorts/{values['cohort']}/concerns")
    pages = sorted(set(re.findall(r'"(/cohorts/\d+/concerns/\d+)"', keeper.body)))
    for page in pages:  # reading it is a step that is kept
        keeper.post(f'{page}/open', [], page=page)
        if values['told'] in keeper.body:
            break
    ok(keeper.post(page, [('state', 'acknowledged'), ('text', values['found'])]) == 200, 'what was found is noted')
    ok(keeper.post(page, [('state', 'in_progress'), ('text', values['answered']), ('shown', '1')]) == 200, 'and an answer is given')
    keeper.post(f'{page}/open', [], page=page)
    return [(f'{page}/open', keeper.body)]


def act(askers, values):
    """What makes letters: each carries words that are for few."""
    pair = f"/pairs/{values['pair']}"
    mentee, mentor = askers['mentee'], askers['mentor']
    words = {'message': 'CNRYlettermessage', 'concern': 'CNRYletterconcern', 'private': 'CNRYletterprivate', 'pause': 'CNRYletterpause'}
    mentee.post(f'{pair}/messages', [('text', words['message'])])
    ok(mentee.post(f'{pair}/help', [('kind', 'safety'), ('text', words['concern']), ('named', 'yes')]) == 303, 'a concern is told')
    ok(mentor.post(f"{pair}/feedback/{values['meeting']}", [('useful', '3'), ('line', words['private']), ('private', words['private'])]) == 303,
       'feedback is given')
    ok(mentee.post(f'{pair}/pause', [('weeks', '2'), ('keep', 'keep'), ('reason', words['pause'])]) == 303, 'a pause is taken')


def try_letters(server):
    """Only a message is in a letter, and only in one to the other."""
    wrong, count = [], 0
    letter = server.letter('guide1@demo.example')
    while letter['Subject'] is not None and 'paused' not in letter['Subject']:
        letter = server.letter('guide1@demo.example')
    for path in glob.glob(os.path.join(server.mail, '*.eml')):
        count += 1
        with open(path, encoding='utf-8') as file:
            text = file.read().replace('=\n', '')
        for marker in re.findall(r'CNRY\w+', text):
            if marker != 'CNRYlettermessage' or 'To: <guide1@demo.example>' not in text and 'To: guide1@demo.example' not in text:
                wrong.append(f'{marker} in {re.search("To: .*", text)[0]}')
    ok(count > 2 and not wrong, f'{count} letters say nothing that is for other eyes')
    for line in wrong:
        print(f'# {line}')


def play(server, emails, values, password, allowed):
    planted = os.path.join(os.environ['TRELLIS_BUILD'], 'tests-planted')
    rows = subprocess.run([planted, 'rows'], check=True, capture_output=True, text=True).stdout.split('\n')
    paths = [line.split()[1] for line in rows if line.startswith('GET ')]
    first = [re.sub(r':(\w+)', lambda name: str(values.get(name[1], 1)), path) for path in paths]
    askers = {role: sign_in(server, emails.get(role), password) for role in ROLES if role not in ('closed', 'editor')}
    leaks, found = [], set()
    look('safeguarding', tell(askers, values), allowed, leaks, found)
    for role, asker in askers.items():
        count = look(role, crawl(asker, first), allowed, leaks, found)
        ok(count > 2 * len(first) - 1, f'{count} pages as {role}')
    ok(not leaks, f'none of {len(allowed)} markers is where it may not be')
    for line in sorted(set(leaks))[:60]:
        print(f'# {line}')
    unseen = [name for marker, (name, who) in allowed.items() if who and marker not in found]
    ok(not unseen, 'and each is seen by somebody who may')
    for name in unseen:
        print(f'# nobody has seen {name}')
    away = values['away']
    ok(askers['away'].post(f'/cohorts/{away}/apart/end', [('pair', values['avoid'])], page=f'/cohorts/{away}/apart') == 404,
       'a coordinator of another cohort ends nothing that keeps two people apart')
    act(askers, values)
    try_letters(server)
    ok(server.stop() == 0, 'it stops well')


def main():
    trellis, engine, place = sys.argv[1:]
    print(f'# {engine}')
    embedded = engine == 'sqlite'
    folder = os.path.join(place if embedded else tempfile.mkdtemp(prefix='trellis-canary-'), 'data')
    made = subprocess.run([trellis, 'demo', '--data', folder, '--json'], check=True, capture_output=True, text=True)
    password = json.loads(made.stdout)['sign_ins'][0]['password']
    emails, values, _ = prepare(os.path.join(folder, 'trellis.db'))
    allowed = plant(os.path.join(folder, 'trellis.db'), values)
    if not embedded:
        subprocess.run([trellis, 'db', 'copy', '--from', folder, '--to', place], check=True, capture_output=True)
    said = tempfile.TemporaryFile('w+')
    keep, sys.stderr = os.dup(2), sys.stderr
    os.dup2(said.fileno(), 2)
    server = Server(trellis, ['--data', folder] if embedded else ['--database', place])
    os.dup2(keep, 2)
    try:
        play(server, emails, values, password, allowed)
    finally:
        if server.process.poll() is None:
            server.kill()
    said.seek(0)
    printed = said.read() + server.process.stdout.read()
    ok('CNRY' not in printed and '@demo.example' not in printed, 'what the program printed names nobody')
    print(f'1..{serve_client.ran}')
    return 1 if serve_client.failed else 0


if __name__ == '__main__':
    sys.exit(main())

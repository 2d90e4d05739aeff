# SPDX-License-Identifier: Apache-2.0
"""What people do beyond their pair, through the server, as browsers see it, on one engine.

  network_client.py TRELLIS sqlite|postgres PLACE     prints TAP

Circles, events, introductions, rounds and short talks are used from beginning to end by people of one cohort, and tried
by somebody who takes no part, by a visitor, and by two at the same moment.
"""
import datetime
import html
import re
import sys
import threading
import time
import urllib.parse

from pair_client import calendar_of, letter_about
from privacy_client import change
from serve_client import Browser, join, main, ok, register, run_sql
from support_client import answer_page

BADGES = ('circles', 'sessions', 'events', 'training')
NAMES = ('Bea', 'Cleo', 'Ida', 'Jana', 'Mina', 'Nora')


def begin(server):
    """An administrator, a cohort, four mentees and two mentors who are accepted, and Eve, who takes no part."""
    admin = register(server, 'Ada', server.first_link())
    admin.post('/cohorts/new', [('name', 'Spring'), ('about', 'For all.'), ('starts', '2026-10-05'), ('weeks', '26')])
    cohort = admin.headers['location'].removesuffix('/setup')
    admin.post(f'{cohort}/state', [('to', 'enrolling')], page=cohort)
    people = {name: register(server, name) for name in NAMES + ('Eve',)}
    for name in NAMES:
        join(people[name], cohort, 'mentor' if name in ('Mina', 'Nora') else 'mentee', ['data'], '3' if name in ('Mina', 'Nora') else '1')
    admin.get(f'{cohort}/people')
    ids = re.findall(r'people/(\d+)">\w+</a>', admin.body)
    admin.post(f'{cohort}/people/bulk', [('to', 'approved'), ('reason', '')] + [('enrolment', one) for one in ids],
               page=f'{cohort}/people')
    for counts in BADGES:
        ok(admin.post('/recognition/rules', [('title', f'Once: {counts}'), ('about', 'Once.'), ('counts', counts), ('least', '1'), ('by_hand', ''), ('on', '1')])
           == 303, f'a badge for {counts}')
    return cohort, admin, people


def at_once(tries):
    """Forms that are sent at the same moment: each a browser, a path, values and the page with the form."""
    gate = threading.Barrier(len(tries))

    def send(browser, path, values, page):
        browser.get(page)
        pairs = urllib.parse.urlencode(list(values) + [('csrf', browser.token())])
        gate.wait()
        browser.send('POST', path, pairs, {'Content-Type': 'application/x-www-form-urlencoded', 'Origin': browser.origin()})

    threads = [threading.Thread(target=send, args=one) for one in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def soon(minutes):
    when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    return [('day', when.strftime('%Y-%m-%d')), ('time', when.strftime('%H:%M'))]


CIRCLE = [('title', 'First <job>'), ('about', 'For whoever looks'), ('capacity', '3'), ('joining', 'open'), ('visibility', 'public'),
          ('topic', 'job')]


def changed(form, **values):
    return [(key, values.get(key, value)) for key, value in form]


def try_circle(server, cohort, people, visitor):
    bea, cleo, ida, jana, eve = (people[name] for name in ('Bea', 'Cleo', 'Ida', 'Jana', 'Eve'))
    bea.get(cohort)
    ok('/circles"' in bea.body and '/events"' in bea.body, "the cohort's page leads to others")
    ok(bea.get(f'{cohort}/circles') == 200 and 'no circle yet' in bea.body, 'no circle yet')
    ok(eve.get(f'{cohort}/circles/new') == 404, 'who takes no part begins none')
    ok(bea.post(f'{cohort}/circles/new', changed(CIRCLE, capacity='21')) == 422 and 'First &lt;job&gt;' in bea.body,
       'twenty-one places are too many, and what was typed stays')
    ok(bea.post(f'{cohort}/circles/new', CIRCLE) == 303, 'Bea begins a circle')
    circle = bea.headers['location']
    bea.get(circle)
    ok('Write down how you work together' in bea.body and '2 places free' in bea.body, 'and sees what comes next')
    visitor.get(circle)
    ok('First &lt;job&gt;' in visitor.body and '2 places free' in visitor.body and 'Looking for a job' in visitor.body
       and 'For whoever looks' not in visitor.body and 'Bea' not in visitor.body, 'a visitor sees title, topic and places, no more')
    ok(visitor.get(f'{cohort}/circles') == 200 and 'First &lt;job&gt;' in visitor.body, 'and finds it in the list')
    ok(eve.post(f'{circle}/join', [('words', '')]) == 404, 'who takes no part does not join')
    ok(cleo.get(f'{circle}/board') == 404 and cleo.get(f'{circle}/goals') == 404, 'who is not in it sees nothing of it')
    ok(cleo.post(f'{circle}/join', [('words', '')]) == 303, 'Cleo joins')
    ok('Cleo has joined' in letter_about(server, 'bea@example.org', 'has joined')['Subject'], 'Bea gets a letter')
    ok(cleo.post(f'{circle}/join', [('words', '')], page=circle) == 409, 'nobody joins twice')
    return circle


AGREEMENT = [('goals', 'Find <work>'), ('cadence', '2'), ('channel', 'Video'), ('scheduling', 'Bea'), ('notice', '24'),
             ('privacy', 'All of it'), ('otherwise', 'We talk.')]


def try_agreement(server, circle, bea, cleo):
    ends = [('ends_on', (datetime.date.today() + datetime.timedelta(days=90)).isoformat())]
    ok(cleo.get(f'{circle}/agreement/propose') == 404, 'only whoever leads writes the agreement')
    ok(bea.post(f'{circle}/agreement/propose', AGREEMENT + [('ends_on', '2001-01-01')]) == 422, 'a day that has passed is refused')
    ok(bea.post(f'{circle}/agreement/propose', AGREEMENT + ends) == 303, 'Bea writes and signs it')
    ok('to sign' in letter_about(server, 'cleo@example.org', 'agreement to sign')['Subject'], 'Cleo is asked')
    cleo.get(circle)
    ok('Read the agreement, and sign it' in cleo.body, 'also on the page')
    cleo.get(f'{circle}/agreement')
    ok('signed by 1 of 2' in cleo.body and 'Find &lt;work&gt;' in cleo.body, 'she reads it')
    ok(cleo.post(f'{circle}/agreement/sign', [('version', '2')], page=f'{circle}/agreement') == 409, 'nobody signs what is not there')
    ok(cleo.post(f'{circle}/agreement/sign', [('version', '1')], page=f'{circle}/agreement') == 303, 'and signs')
    ok(cleo.post(f'{circle}/agreement/sign', [('version', '1')], page=f'{circle}/agreement') == 409, 'once')
    bea.post(f'{circle}/agreement/propose', AGREEMENT + ends)
    cleo.get(f'{circle}/agreement')
    ok('Version 2, signed by 1 of 2' in cleo.body, 'a new version needs everybody again')


STEP = [('title', 'Read <one> chapter'), ('day', '2001-01-01'), ('text', 'Ask & answer')]


def try_steps(circle, people):
    bea, cleo, eve = people['Bea'], people['Cleo'], people['Eve']
    plan = f'{circle}/plan'
    ok(bea.get(circle) == 200 and 'Write down what you mean to do' in bea.body, 'the circle is led to its plan')
    ok(bea.get(plan) == 200 and 'There is no plan yet' in bea.body and eve.get(plan) == 404, 'there is none yet, and it is for members')
    ok(cleo.get(plan) == 200 and 'Begin with the plan' not in cleo.body and cleo.get(f'{plan}/0') == 404
       and cleo.post(f'{plan}/ready', [], page=plan) == 404, 'whoever leads writes it')
    ok(bea.post(f'{plan}/ready', [], page=plan) == 303 and bea.post(f'{plan}/ready', [], page=plan) == 409, 'a plan that is ready is there at once, once')
    ok(cleo.get(plan) == 200 and cleo.body.count('<li class="card">') == 6 and '0 of 6 steps' in cleo.body, 'six steps, which Cleo sees')
    ok(bea.post(f'{plan}/0', changed(STEP, title='')) == 422 and 'Ask &amp; answer' in bea.body, 'a step has a title, and nothing typed is lost')
    ok(bea.post(f'{plan}/0', STEP) == 303, 'another step')
    ok(cleo.get(plan) == 200 and 'Read &lt;one&gt; chapter' in cleo.body and '>overdue<' in cleo.body, 'comes in the order of days')
    number = re.search(r'name="step" value="(\d+)"', cleo.body)[1]
    ok(cleo.get(circle) == 200 and 'Next by your plan' in cleo.body and 'Read &lt;one&gt;' in cleo.body, "the circle's page says what is next")
    turn = [('step', number), ('done', '1')]
    ok(cleo.post(f'{plan}/turn', turn, page=plan) == 303 and cleo.post(f'{plan}/turn', turn, page=plan) == 409, 'anyone of it ticks it, once')
    ok(bea.get(plan) == 200 and '1 of 7 steps' in bea.body and ', Cleo<' in bea.body.replace('</p>', '<'), 'and all see who has')
    ok(bea.post(f'{plan}/turn', [('step', number), ('done', '0')], page=plan) == 303, 'which can be undone')
    ok(bea.post(f'{plan}/{number}', changed(STEP, day='2099-01-01')) == 303 and (bea.get(plan) and '>overdue<' not in bea.body), 'it is changed')
    link = html.unescape(re.search(r'href="([^"]+meetings/plan\?agenda=[^"]+)"', bea.body)[1])
    ok(bea.get(link) == 200 and 'Who is here?' in bea.body and 'value="1"' in bea.body, 'the agenda of a step comes into a meeting')
    ok(cleo.post(f'{plan}/{number}/drop', [], page=plan) == 404 and bea.post(f'{plan}/{number}/drop', [], page=plan) == 303
       and bea.post(f'{plan}/{number}/drop', [], page=plan) == 404, 'and taken out')


def try_work(server, circle, bea, cleo):
    plan = [('minutes', '60'), ('count', '3'), ('every', '2'), ('place', 'https://meet.example/circle'), ('agenda', 'Hello')]
    ok(bea.post(f'{circle}/meetings/plan', [('day', '2001-01-01'), ('time', '18:00')] + plan) == 422, 'no meeting in the past')
    ok(bea.post(f'{circle}/meetings/plan', soon(10) + plan) == 303, 'Bea plans three meetings')
    method, text = calendar_of(letter_about(server, 'cleo@example.org', 'meets'))
    ok(method == 'REQUEST' and 'UID:circle-' in text and 'bea@example.org' not in text, 'Cleo has it in her calendar, without the others')
    bea.get(circle)
    meetings = re.findall(rf'href="({circle}/meetings/\d+)"', bea.body)
    ok(len(meetings) == 3, 'there are three')
    meetings = [meetings[2], meetings[1], meetings[0]]  # the next one is on top
    cleo.get(meetings[-1])
    ok('https://meet.example/circle' in cleo.body and 'Tick who' not in cleo.body, 'Cleo sees the link')
    bea.get(meetings[-1])
    ids = re.findall(r'name="person" value="(\d+)"', bea.body)
    number = circle.rpartition('/')[2]
    run_sql(server, "INSERT INTO circle_meeting(id, circle, state, at, minutes, place, agenda, sequence, reason, reminded, changed_at) "
            f"VALUES (77, {number}, 'held', 1000000, 60, '', '', 0, '', 1, 1000000)")
    ok(len(ids) == 2 and bea.post(meetings[-1], [('person', one) for one in ids]) == 303, 'Bea notes who is there')
    run_sql(server, 'DELETE FROM circle_meeting WHERE id = 77')
    letter = letter_about(server, 'cleo@example.org', 'have you agreed how you work')
    ok(f'{circle}/agreement' in letter.get_content(), 'after the second meeting who has not signed is reminded')
    bea.get(circle)
    ok('took place, 2 were there' in bea.body, 'which is kept')
    ok(cleo.post(meetings[-1], [('person', ids[0])]) == 404, 'only whoever leads does')
    ok(bea.post(meetings[0], [], page=meetings[0]) == 303 and (bea.follow() and 'still to come' in bea.body), 'one to come is still to come')
    ok(bea.post(f'{meetings[0]}/off', [('reason', 'A <holiday>')]) == 303, 'the last one is called off')
    method, text = calendar_of(letter_about(server, 'cleo@example.org', 'Called off'))
    ok(method == 'CANCEL' and 'SEQUENCE:1' in text, 'and leaves the calendars')
    ok(bea.post(f'{meetings[0]}/off', [('reason', 'Again')], page=f'{meetings[0]}/off') == 409, 'once')
    ok(cleo.post(f'{circle}/goals', [('title', 'A portfolio'), ('success', 'It is there'), ('due', '')]) == 303, 'Cleo has a goal')
    bea.get(f'{circle}/goals')
    ok('A portfolio' in bea.body and 'aria-label="Reached: A portfolio"' not in bea.body, 'Bea sees it, and that it is not hers')
    cleo.get(f'{circle}/goals')
    goal = re.search(rf'action="({circle}/goals/\d+)"', cleo.body)[1]
    ok(bea.post(goal, [('state', 'reached')], page=f'{circle}/goals') == 409, 'nobody ends that of another')
    ok(cleo.post(goal, [('state', 'reached')], page=f'{circle}/goals') == 303, 'Cleo has reached it')
    ok(cleo.post(f'{circle}/board', [('text', 'Rude <words>')]) == 303, 'Cleo writes on the board')
    bea.get(f'{circle}/board')
    remove = re.search(rf'href="({circle}/board/\d+/remove)"', bea.body)[1]
    ok('Rude &lt;words&gt;' in bea.body and bea.post(remove, [('reason', '')]) == 422, 'taking it off needs a reason')
    ok(bea.post(remove, [('reason', 'Not kind')]) == 303, 'Bea takes it off')
    cleo.get(f'{circle}/board')
    ok('Rude' not in cleo.body and 'Not kind' in cleo.body, 'the words are gone, and the reason stands there')
    ok('Not kind' in letter_about(server, 'cleo@example.org', 'Your words').get_content(), 'and Cleo gets a letter')
    ok(cleo.post(f'{circle}/board', [('text', 'Sorry')]) == 303 and bea.post(remove, [('reason', 'x')], page=f'{circle}/board') == 404, 'once')


def try_last_place(server, circle, cohort, people, admin):
    """Two want the last place at once; then it goes on to who waits, and to nobody who must be kept apart."""
    bea, cleo, ida, jana = (people[name] for name in ('Bea', 'Cleo', 'Ida', 'Jana'))
    at_once([(one, f'{circle}/join', [('words', '')], f'{circle}/join') for one in (ida, jana)])
    ok({ida.status, jana.status} == {303}, 'both are answered')
    states = {}
    for name, one in (('ida', ida), ('jana', jana)):
        one.get(circle)
        states[name] = 'you are in<' in one.body, 'you are on the waiting list' in one.body
    ok(sorted(states.values()) == [(False, True), (True, False)], f'one is in, the other waits and is told: {states}')
    first, second = ('ida', 'jana') if states['ida'][0] else ('jana', 'ida')
    admin.post(f'{cohort}/apart', [('a', 'bea@example.org'), ('b', f'{second}@example.org'), ('note', '')])
    winner, waiter = people[first.capitalize()], people[second.capitalize()]
    ok(winner.post(f'{circle}/leave', []) == 303, 'who was first leaves')
    waiter.get(circle)
    ok('waiting list' in waiter.body and 'no place free' in waiter.body, 'whoever is kept apart from a member goes on waiting, and sees no place')
    winner.get(circle)
    ok('one place free' in winner.body, 'which others do')
    admin.get(f'{cohort}/apart')
    kept = re.search(r'name="pair" value="(\d+)"', admin.body)[1]
    admin.post(f'{cohort}/apart/end', [('pair', kept)], page=f'{cohort}/apart')
    bea.post(f'{circle}/edit', CIRCLE)
    ok('You have a place' in letter_about(server, f'{second}@example.org', 'You have a place')['Subject'], 'else the place is hers, by letter')
    return winner, waiter, second


def try_doors(server, cohort, people, admin):
    """Asking, inviting, and what is hidden."""
    bea, cleo, ida, eve = (people[name] for name in ('Bea', 'Cleo', 'Ida', 'Eve'))
    ida.post(f'{cohort}/circles/new', changed(CIRCLE, title='Asking', joining='ask', visibility='listed'))
    ask = ida.headers['location']
    visitor = Browser(server)
    ok(visitor.get(ask) == 404 and eve.get(ask) == 404 and cleo.get(ask) == 200, 'one that is listed is for the cohort')
    ok(cleo.post(f'{ask}/join', [('words', 'May <I>?')]) == 303, 'Cleo asks')
    ok('asks to join' in letter_about(server, 'ida@example.org', 'asks to join')['Subject'], 'Ida is told')
    ida.get(ask)
    cleo_id = re.search(r'name="person" value="(\d+)"', ida.body)[1]
    ok('May &lt;I&gt;?' in ida.body, 'and reads her words')
    ok(bea.post(f'{ask}/answer', [('person', cleo_id), ('answer', 'yes')], page='/meet') == 404, 'nobody else answers')
    ok(ida.post(f'{ask}/answer', [('person', cleo_id), ('answer', 'yes')], page=ask) == 303, 'Ida says yes')
    ok(ida.post(f'{ask}/answer', [('person', cleo_id), ('answer', 'no')], page=ask) == 409, 'once')
    cleo.get(ask)
    ok('you are in<' in cleo.body, 'Cleo is in')
    ok(ida.post(f'{ask}/lead', [('person', cleo_id)]) == 303 and (ida.follow() and 'Ida and Cleo lead it' in ida.body), 'Cleo leads it too')
    ok(ida.post(f'{ask}/leave', []) == 303, 'Ida leaves')
    cleo.get(ask)
    ok('Cleo leads it.' in cleo.body, 'and Cleo leads it alone')
    cleo.post(f'{cohort}/circles/new', changed(CIRCLE, title='Secret', joining='invite', visibility='hidden'))
    hidden = cleo.headers['location']
    ok(bea.get(hidden) == 404 and bea.get(f'{cohort}/circles') == 200 and 'Secret' not in bea.body, 'a hidden one is hidden')
    said = []
    for address in ('bea@example.org', 'eve@example.org', 'nobody@example.org'):
        cleo.post(f'{hidden}/invite', [('email', address)])
        cleo.follow()
        said.append('If she takes part in the programme' in cleo.body)
    ok(all(said), 'an invitation says the same for every address')
    ok('Cleo' in letter_about(server, 'bea@example.org', 'You are invited').get_content(), 'Bea is invited')
    ok(eve.get(hidden) == 404 and bea.get(hidden) == 200 and bea.post(f'{hidden}/join', []) == 303, 'and joins')
    ok(bea.get(f'{hidden}/close') == 404 and cleo.post(f'{hidden}/close', [('reason', 'Enough'), ('sure', '')]) == 422, 'ending needs a tick')
    bea_meets = bea.get('/meet') == 200 and 'Secret' in bea.body
    ok(bea_meets and cleo.post(f'{hidden}/leave', []) == 303, 'whoever leads leaves')
    ok('Who leads' in letter_about(server, 'bea@example.org', 'Who leads')['Subject'], 'the others are asked who takes over')
    ok(bea.post(f'{hidden}/lead/take', [], page=hidden) == 303 and bea.post(f'{hidden}/lead/take', [], page=hidden) == 409, 'Bea does, once')
    return ask, hidden


def try_merge(server, cohort, circle, hidden, people):
    bea, cleo = people['Bea'], people['Cleo']
    number = circle.rpartition('/')[2]
    bea.get(f'{hidden}/merge')
    cleo.get('/meet')
    bea.post(f'{circle}/edit', changed(CIRCLE, capacity='8'))
    bea.get(f'{hidden}/merge')
    ok('aria-label="Ask: First &lt;job&gt;"' in bea.body, 'circles with enough places are offered')
    ok(bea.post(f'{hidden}/merge', [('into', number)]) == 303, 'Bea asks')
    bea.get(circle)
    ok('asks to go on together with you' in bea.body, 'whoever leads the other sees it')
    ok(bea.post(f'{circle}/take', [('from', hidden.rpartition('/')[2]), ('answer', 'yes')], page=circle) == 303, 'and says yes')
    bea.get(hidden)
    ok('gone on together with' in bea.body, 'the small one has ended')


EVENT = [('title', 'Talk on <tests>'), ('kind', 'talk'), ('about', 'How'), ('zone', 'Asia/Kathmandu'), ('minutes', '60'),
         ('link', 'https://meet.example/talk'), ('place', ''), ('seats', '1'), ('captions', '1'), ('access', 'Quiet room')]


def try_event(server, cohort, people, admin):
    bea, cleo, ida, eve = (people[name] for name in ('Bea', 'Cleo', 'Ida', 'Eve'))
    ok(bea.get(f'{cohort}/events') == 200 and 'No event is planned' in bea.body and eve.get(f'{cohort}/events') == 404, 'no event yet')
    ok(bea.get(f'{cohort}/events/new') == 404, 'those who run it plan them')
    when = [('day', (datetime.date.today() + datetime.timedelta(days=30)).isoformat()), ('time', '18:30')]
    ok(admin.post(f'{cohort}/events/new', when + changed(EVENT, zone='Moon/Base')) == 422 and 'no such time zone' in admin.body, 'a zone that is none')
    ok(admin.post(f'{cohort}/events/new', [('day', '2001-01-01'), ('time', '18:30')] + EVENT) == 422, 'no event in the past')
    ok(admin.post(f'{cohort}/events/new', when + EVENT) == 303, 'an event with one seat')
    event = admin.headers['location']
    bea.get(event)
    ok('12:45 UTC' in bea.body and '18:30 +0545' in bea.body and 'https://meet.example/talk' not in bea.body and 'Live captions' in bea.body,
       'everybody reads it in her own time; the link is for who comes')
    ok(eve.get(event) == 404 and Browser(server).get(event) == 303, 'and it is for the cohort')
    found = [one.get('/search?q=talk+tests') == 200 and f'href="{event}"' in one.body for one in (bea, admin, eve, Browser(server))]
    ok(found == [True, True, False, False], f'which finds it, as who runs it does, and nobody else: {found}')
    ok(bea.post(event, [('needs', '')]) == 422, 'an answer is needed')
    at_once([(one, event, [('answer', 'going'), ('needs', f'Captions for {name}')], event) for name, one in (('bea', bea), ('cleo', cleo))])
    ok({bea.status, cleo.status} == {303}, 'two take the last seat at once')
    states = {}
    for name, one in (('bea', bea), ('cleo', cleo)):
        one.get(event)
        states[name] = 'you come<' in one.body, 'you are on the waiting list' in one.body
    ok(sorted(states.values()) == [(False, True), (True, False)], f'one has it, the other waits and is told: {states}')
    first, second = (bea, cleo) if states['bea'][0] else (cleo, bea)
    names = ('bea', 'cleo') if states['bea'][0] else ('cleo', 'bea')
    first.get(event)
    second_sees = second.get(event) and 'https://meet.example/talk' in second.body
    first.get(event)
    ok('https://meet.example/talk' in first.body and not second_sees, 'who has the seat sees the link')
    method, text = calendar_of(letter_about(server, f'{names[0]}@example.org', 'You go to'))
    ok(method == 'REQUEST' and 'UID:event-' in text, 'and has it in her calendar')
    ok(first.get(f'{event}/event.ics') == 200 and 'BEGIN:VEVENT' in first.body, 'also as a file')
    ok(bea.get(f'{event}/people') == 404 and admin.get(f'{event}/people') == 200 and 'Captions for bea' in admin.body,
       'what people need is for those who run it')
    later = [('day', (datetime.date.today() + datetime.timedelta(days=31)).isoformat()), ('time', '18:30')]
    ok(admin.post(f'{event}/edit', later + EVENT) == 303, 'it moves by a day')
    method, text = calendar_of(letter_about(server, f'{names[0]}@example.org', 'Changed'))
    ok(method == 'REQUEST' and 'SEQUENCE:1' in text, 'which the calendars learn')
    ok(first.post(event, [('answer', 'no'), ('needs', '')]) == 303, 'who has the seat gives it back')
    method, text = calendar_of(letter_about(server, f'{names[0]}@example.org', "You don't go"))
    ok(method == 'CANCEL', 'it leaves her calendar')
    ok('A seat for you' in letter_about(server, f'{names[1]}@example.org', 'A seat')['Subject'], 'and who waits moves up by herself')
    admin.get(f'{event}/people')
    ok(f'Captions for {names[0]}' not in admin.body, 'what she needed is gone with it')
    ok(bea.post(f'{event}/here', [], page='/meet') == 409, 'nobody is there a month before')
    ok(admin.post(f'{event}/cancel', [('reason', 'Ill <host>')]) == 303, 'it is called off')
    method, text = calendar_of(letter_about(server, f'{names[1]}@example.org', 'Called off: Talk'))
    ok(method == 'CANCEL' and 'STATUS:CANCELLED' in text, 'the calendars learn it')
    ok(ida.post(event, [('answer', 'going')], page='/meet') == 409 and admin.post(f'{event}/cancel', [('reason', 'x')], page=event) == 409, 'it is over')
    admin.get(f'{cohort}/events/new?copy={event.rpartition("/")[2]}')
    ok('Talk on &lt;tests&gt;' in admin.body and 'value="18:30"' in admin.body, 'a copy begins as the old one')
    ok(admin.post(f'{cohort}/events/new', soon(10) + changed(EVENT, zone='UTC', seats='0', kind='workshop')) == 303, 'a workshop in ten minutes')
    workshop = admin.headers['location']
    bea.post(workshop, [('answer', 'going'), ('needs', '')])
    cleo.post(workshop, [('answer', 'going'), ('needs', '')])
    copies = []
    for answer, words in (('going', 'You go to'), ('no', "You don't go"), ('going', 'You go to')):
        ida.post(workshop, [('answer', answer), ('needs', '')])
        method, text = calendar_of(letter_about(server, 'ida@example.org', words))
        copies.append((method, int(re.search(r'SEQUENCE:(\d+)', text)[1]) if 'SEQUENCE' in text else 0))
    ok([one for one, _ in copies] == ['REQUEST', 'CANCEL', 'REQUEST'] and copies[0][1] < copies[1][1] < copies[2][1],
       f'who changes her mind twice has the newest copy in her calendar: {copies}')
    ok(ida.get(f'{workshop}/event.ics') == 200 and f'SEQUENCE:{copies[2][1]}' in ida.body, 'the file is the same copy')
    ida.post(workshop, [('answer', 'maybe'), ('needs', '')])
    ok(bea.post(f'{workshop}/here', [], page=workshop) == 303 and bea.post(f'{workshop}/here', [], page=workshop) == 409, 'Bea is there, once')
    ok(ida.post(f'{workshop}/here', [], page=workshop) == 409, 'who has no seat is not')
    admin.get(f'{workshop}/people')
    ticked = re.findall(r'name="person" value="(\d+)" checked', admin.body)
    everybody = re.findall(r'name="person" value="(\d+)"', admin.body)
    ok(len(ticked) == 1 and len(everybody) == 3, 'those who run it see it')
    ok(admin.post(f'{workshop}/people', [('person', one) for one in everybody[:2]]) == 303 and (admin.follow() and '2 were there' in admin.body),
       'and note the others')
    ok(admin.post(f'{workshop}/recording', [('recording', 'https://video.example/1'), ('captions', '')]) == 303
       and (bea.get(workshop) and 'without captions' in bea.body), 'a recording without captions says so')
    ok(bea.get(f'{cohort}/events?kind=workshop') == 200 and workshop in bea.body and event not in bea.body, 'the list by kind')
    return workshop


def ago(server, event):
    """As if it had been two hours before."""
    server.stop()
    change(server, f'UPDATE event SET at = at - 7200000000 WHERE id = {event.rpartition("/")[2]}')
    server.start()


def write_training(admin):
    """One page to read, and one that asks."""
    admin.post('/support/trainings', [('title', 'Asking <well>'), ('about', 'How to ask.'), ('role', 'mentee'), ('language', 'en'), ('minutes', '10')])
    edit = admin.headers['location']
    for place in ('1', '2'):
        ok(admin.post(f'{edit}/pages/0', [('title', f'Page {place}'), ('text', 'Words'), ('place', place), ('language', '')]) == 303, 'a page')
    page = admin.headers['location'].partition('?')[0]
    ok(admin.post(f'{page}/questions/0', [('text', 'Which?'), ('answer1', 'This'), ('feedback1', ''), ('answer2', 'That'), ('feedback2', ''),
                                          ('answer3', ''), ('feedback3', ''), ('answer4', ''), ('feedback4', ''), ('right', '2'),
                                          ('language', '')]) == 303, 'that asks')
    ok(admin.post(f'{edit}/publish', [('again', 'no')]) == 303, 'a training')
    return edit.replace('/support/trainings', '/learn/training')


def try_teaching(server, cohort, people, admin):
    """A workshop on a training: who was there, or has seen the recording, only answers the questions."""
    bea, cleo, ida = (people[name] for name in ('Bea', 'Cleo', 'Ida'))
    training = write_training(admin)
    number = training.rpartition('/')[2]
    ok(bea.get(f'/workshops/{number}') == 200 and 'No workshop on it is planned' in bea.body, 'no workshop on it yet')
    form = soon(10) + changed(EVENT, title='Learn <it>', zone='UTC', seats='0', kind='workshop')
    admin.get(f'{cohort}/events/new')
    ok(f'<option value="{number}">Asking &lt;well&gt;' in admin.body, 'an event may teach a training')
    ok(admin.post(f'{cohort}/events/new', form + [('training', '7')]) == 422 and 'no such training' in admin.body, 'one that is there')
    ok(admin.post(f'{cohort}/events/new', form + [('training', number)]) == 303, 'a workshop on it')
    event = admin.headers['location']
    admin.get(f'{event}/edit')
    ok(f'<option value="{number}" selected>' in admin.body, 'which it keeps')
    bea.get(training)
    ok(f'href="/workshops/{number}"' in bea.body and bea.get(f'/workshops/{number}') == 200 and event in bea.body, 'the training leads to it')
    ok(people['Eve'].get(f'/workshops/{number}') == 200 and event not in people['Eve'].body, 'whoever takes no part sees none')
    bea.get(event)
    ok('Who is there only answers its questions' in bea.body and 'seen the recording' not in bea.body, 'it says how')
    for one in (bea, cleo, ida):
        one.post(event, [('answer', 'going'), ('needs', '')])
    ok(bea.post(f'{event}/seen', [], page=event) == 409, 'no recording is seen before')
    admin.get(f'{event}/people')
    ids = dict((name, one) for one, name in re.findall(r'name="person" value="(\d+)"> (\w+) was', admin.body))
    ok(admin.post(f'{event}/people', [('person', ids['Bea']), ('person', ids['Cleo'])]) == 303, 'Bea and Cleo were there')
    letter = letter_about(server, 'bea@example.org', 'Some questions about').get_content()
    ok(training in letter, 'and are told which questions are left')
    ok(admin.post(f'{event}/edit', form + [('training', '')]) == 422 and 'what it teaches stays' in admin.body, 'what it teaches stays')
    bea.get(event)
    ok('questions of one more page' in bea.body, 'what is left is said')
    bea.get(training)
    ok(bea.body.count('<strong>done</strong>') == 1, 'what is to be read counts as done')
    bea.get('/')
    ok('A training to finish: Asking &lt;well&gt;' in bea.body, 'her first page says so')
    bea.get(training)
    answer_page(bea, re.search(rf'class="button" href="({training}/\d+)"', bea.body)[1])
    bea.get(training)
    ok('completed on' in bea.body, 'with these it is completed')
    ok(admin.post(f'{event}/people', [('person', ids['Bea'])]) == 303 and cleo.get(training) == 200 and '<strong>done</strong>' not in cleo.body,
       'Cleo was not there after all')
    admin.post(f'{event}/people', [], page=f'{event}/people')
    bea.get(training)
    ok('completed on' not in bea.body, 'and nothing stays completed that was not read')
    admin.post(f'{event}/people', [('person', ids['Bea'])], page=f'{event}/people')
    bea.get(training)
    ok('completed on' in bea.body, 'Bea was')
    ago(server, event)
    admin.post(f'{event}/recording', [('recording', 'https://video.example/it'), ('captions', '1')])
    cleo.get(event)
    ok('You could not come?' in cleo.body and 'I have seen the recording' in cleo.body, 'who could not come sees the recording')
    ok(cleo.post(f'{event}/seen', [], page=event) == 303 and cleo.post(f'{event}/seen', [], page='/meet') == 409, 'and says so, once')
    cleo.get(training)
    ok(cleo.body.count('<strong>done</strong>') == 1, 'which counts as much')
    ok(people['Eve'].post(f'{event}/seen', [], page='/meet') == 404, 'nobody from elsewhere')


def try_badges(people):
    for name, badges in (('Bea', BADGES), ('Cleo', BADGES[:2]), ('Eve', ())):
        people[name].get('/recognition')
        seen = tuple(one for one in BADGES if f'Once: {one}' in people[name].body)
        ok(set(badges) <= set(seen) and (badges or not seen), f'what {name} did with others earns badges: {seen}')


def known(browser, cohort):
    browser.get(f'{cohort}/introductions')
    part = browser.body.split('name="a"')[1].split('</select>')[0] if 'name="a"' in browser.body else ''
    return dict((name, number) for number, name in re.findall(r'value="(\d+)"[^>]*>(\w+)<', part))


def try_introductions(server, cohort, people, admin):
    bea, cleo, ida, eve = (people[name] for name in ('Bea', 'Cleo', 'Ida', 'Eve'))
    who = known(bea, cohort)
    ok('Cleo' in who and 'Eve' not in who and eve.get(f'{cohort}/introductions') == 404, f'Bea knows who is in her circle: {sorted(who)}')
    staff = known(admin, cohort)
    ok(set(NAMES) <= set(staff), 'those who run it know everybody')
    why = [('why', 'Both like <data> a lot')]
    ok(admin.post(f'{cohort}/introductions', [('a', staff['Cleo']), ('b', staff['Cleo'])] + why) == 422, 'nobody is introduced to herself')
    ok(admin.post(f'{cohort}/introductions', [('a', staff['Cleo']), ('b', staff['Ida'])] + why) == 303, 'Ada introduces Cleo and Ida')
    ok(admin.post(f'{cohort}/introductions', [('a', staff['Ida']), ('b', staff['Cleo'])] + why) == 422, 'the same two not again')
    letter = letter_about(server, 'cleo@example.org', 'introduce you').get_content()
    page = re.search(r'/introductions/\d+', letter)[0]
    ok('Ida' in letter and 'ida@example.org' not in letter, 'Cleo is asked, and learns no address')
    ok(bea.get(page) == 404 and admin.get(page) == 404, 'nobody else sees it, also not who proposed it')
    cleo.get(page)
    ok('Both like &lt;data&gt;' in cleo.body and 'ida@example.org' not in cleo.body, 'the page tells no address either')
    ok(cleo.post(page, [('answer', 'yes')]) == 303 and cleo.post(page, [('answer', 'no')], page=page) == 409, 'Cleo says yes, once')
    ida.get(page)
    ok('said yes' not in ida.body and 'cleo@example.org' not in ida.body, 'Ida does not see that')
    admin.get(f'{cohort}/introductions')
    ok('both have said yes' not in admin.body and '>asked<' in admin.body, 'nor Ada')
    ok(ida.post(page, [('answer', 'yes')]) == 303, 'Ida says yes')
    ok('cleo@example.org' in letter_about(server, 'ida@example.org', 'know each other').get_content(), 'now each learns how to write')
    ok('ida@example.org' in letter_about(server, 'cleo@example.org', 'know each other').get_content(), 'to the other')
    ok('introduced two people' in letter_about(server, 'ada@example.org', 'introduced')['Subject'], 'and Ada is thanked')
    admin.post(f'{cohort}/introductions', [('a', staff['Bea']), ('b', staff['Nora'])] + why)
    page = re.search(r'/introductions/\d+', letter_about(server, 'bea@example.org', 'introduce you').get_content())[0]
    ok(bea.post(page, [('answer', 'no')]) == 303, 'Bea says no')
    people['Nora'].post(page, [('answer', 'yes')])
    people['Nora'].get(page)
    admin.get(f'{cohort}/introductions')
    ok('You have said yes' in people['Nora'].body and admin.body.count('>asked<') == 1, 'which looks like no answer to everybody')
    admin.post(f'{cohort}/apart', [('a', 'ida@example.org'), ('b', 'mina@example.org'), ('note', '')])
    ok(admin.post(f'{cohort}/introductions', [('a', staff['Ida']), ('b', staff['Mina'])] + why) == 303
       and admin.get(f'{cohort}/introductions') == 200 and admin.body.count('>asked<') == 2, 'two who are kept apart: it looks the same')
    people['Mina'].get('/meet')
    ida.get('/meet')
    ok('Ida, proposed' not in people['Mina'].body and 'Mina, proposed' not in ida.body, 'and nobody is asked')


def try_rounds(server, cohort, people, admin):
    bea = people['Bea']
    ok(bea.get(f'{cohort}/rounds') == 200 and 'no rounds now' in bea.body and people['Eve'].get(f'{cohort}/rounds') == 404, 'no rounds yet')
    ok(bea.post(f'{cohort}/rounds/plan', [('weeks', '2')], page=f'{cohort}/rounds') == 404, 'those who run it plan them')
    day = (datetime.date.today() + datetime.timedelta(days=7)).isoformat()
    ok(admin.post(f'{cohort}/rounds/plan', [('weeks', '2'), ('day', '2001-01-01'), ('prompt', '')], page=f'{cohort}/rounds') == 422, 'not in the past')
    ok(admin.post(f'{cohort}/rounds/plan', [('weeks', '2'), ('day', day), ('prompt', 'A <book>?')], page=f'{cohort}/rounds') == 303, 'every two weeks')
    for name in ('Bea', 'Cleo', 'Ida', 'Mina', 'Nora'):
        people[name].post(f'{cohort}/rounds', [('wants', '1')])
    bea.get(f'{cohort}/rounds')
    ok('5 people take part' in bea.body, 'five want to')
    met = {}
    for number in (1, 2):
        admin.post(f'{cohort}/rounds/now', [], page=f'{cohort}/rounds')
        for _ in range(200):
            bea.get(f'{cohort}/rounds')
            if f'Round {number}: whom you meet' in bea.body:
                break
            time.sleep(0.05)
        for name in ('Bea', 'Cleo', 'Ida', 'Mina', 'Nora'):
            people[name].get(f'{cohort}/rounds')
            now = people[name].body.split('whom you meet')[1].split('</ul>')[0]
            met.setdefault(name, []).append(sorted(re.findall(r'mailto:(\w+)@', now)))
    sizes = sorted(len(one[0]) for one in met.values())
    ok(sizes == [1, 1, 2, 2, 2], f'a pair and three: {sizes}')
    ok(all(one for both in met.values() for one in both), 'nobody is left out')
    again = [name for name, (a, b) in met.items() if set(a) & set(b)]
    ok(len(again) <= 2, f'as few as can be meet again: {again}')
    ok('mina' not in met['Ida'][0] + met['Ida'][1], 'two who are kept apart never meet')
    letter = letter_about(server, 'bea@example.org', 'This time you meet').get_content()
    ok(all(f'{one}@example.org' in letter for one in met['Bea'][0]) and 'UTC' in letter, 'a letter has names, addresses and a time')
    bea.get(f'{cohort}/rounds')
    ok('A &lt;book&gt;?' in bea.body and 'Times that all of you have' in bea.body, 'the page has more times and something to talk about')
    number = re.search(r'name="round" value="(\d+)"', bea.body)[1]
    ok(bea.post(f'{cohort}/rounds/met', [('round', number)], page=f'{cohort}/rounds') == 303, 'Bea says that they met')
    ok(bea.post(f'{cohort}/rounds/met', [('round', number)], page=f'{cohort}/rounds') == 409, 'once')
    admin.get(f'{cohort}/rounds')
    ok('not told' in admin.body, 'one who says so is too few to show')


TALK = [('about', 'Ask <me>'), ('minutes', '30'), ('place', 'https://meet.example/short'), ('topic', 'data')]


def try_talks(server, cohort, people, admin):
    bea, cleo, ida, mina, nora, eve = (people[name] for name in ('Bea', 'Cleo', 'Ida', 'Mina', 'Nora', 'Eve'))
    when = [('day', (datetime.date.today() + datetime.timedelta(days=9)).isoformat()), ('time', '18:30')]
    ok(bea.get(f'{cohort}/talks/offer') == 404 and eve.get(f'{cohort}/talks') == 404, 'mentors offer talks')
    ok(mina.post(f'{cohort}/talks/offer', when + TALK) == 303, 'Mina offers one')
    ok(mina.post(f'{cohort}/talks/offer', when + TALK) == 422, 'two at the same time are refused')
    bea.get(f'{cohort}/talks')
    talk = re.search(rf'href="({cohort}/talks/\d+)"', bea.body)[1]
    nora.get(f'{cohort}/talks')
    ok(talk not in nora.body and nora.get(talk) == 404, 'whoever has no mentor comes first')
    ida.get(f'{cohort}/talks')
    ok(talk not in ida.body and ida.get(talk) == 404, 'who is kept apart does not see it')
    at_once([(one, talk, [('words', 'My <question>')], talk) for one in (bea, cleo)])
    sees = []
    for one in (bea, cleo):
        one.follow()
        sees.append(('The talk is yours' in one.body, 'Somebody else was first' in one.body))
    ok(sorted(sees) == [(False, True), (True, False)], f'two take it at once: one has it, the other is told: {sees}')
    first, name = (bea, 'bea') if sees[0][0] else (cleo, 'cleo')
    method, text = calendar_of(letter_about(server, f'{name}@example.org', 'Your short talk'))
    ok(method == 'REQUEST' and 'UID:talk-' in text, 'it comes to her calendar')
    ok('My <question>' in letter_about(server, 'mina@example.org', 'Your short talk').get_body().get_content(), 'and Mina reads what it is about')
    number = talk.rpartition('/')[2]
    ok(nora.post(f'{cohort}/talks/release', [('talk', number)], page='/meet') == 409, 'nobody else gives it back')
    ok(first.post(f'{cohort}/talks/release', [('talk', number)], page=f'{cohort}/talks') == 303, 'who has it does')
    ok(calendar_of(letter_about(server, 'mina@example.org', 'Called off'))[0] == 'CANCEL', 'and Mina is told')
    bea.post(talk, [('words', 'Again')])
    ok(mina.post(f'{cohort}/talks/cancel', [('talk', number)], page=f'{cohort}/talks') == 303
       and calendar_of(letter_about(server, 'bea@example.org', 'Called off: your short'))[0] == 'CANCEL', 'Mina calls it off')


def try_thanks(server, circle, people):
    bea, cleo, eve = people['Bea'], people['Cleo'], people['Eve']
    ok(eve.get('/recognition/thanks') == 200 and 'or are in a circle' in eve.body, 'who knows nobody thanks nobody')
    bea.get('/recognition/thanks')
    to = re.search(r'<option value="(circle-\d+-\d+)"[^>]*>Cleo: First &lt;job&gt;', bea.body)[1]
    ok(bea.post('/recognition/thanks', [('to', to.rpartition('-')[0] + '-7'), ('text', 'Thanks')]) == 422, 'only one who is there')
    ok(bea.post('/recognition/thanks', [('to', to), ('text', 'You <saw> it')]) == 303, 'Bea thanks one of her circle')
    ok('Bea thanks you' in letter_about(server, 'cleo@example.org', 'thanks you')['Subject'] and cleo.get('/recognition') == 200
       and 'You &lt;saw&gt; it' in cleo.body, 'who gets a letter, and reads it')


def try_leaving(server, circle, workshop, cohort, people, admin):
    """Whoever leaves the cohort, or closes her account, takes with her what hangs on her."""
    cleo, bea = people['Cleo'], people['Bea']
    admin.post(f'{cohort}/events/new', [('day', (datetime.date.today() + datetime.timedelta(days=20)).isoformat()), ('time', '10:00')]
               + changed(EVENT, title='Later', seats='1'))
    event = admin.headers['location']
    cleo.post(event, [('answer', 'going'), ('needs', '')])
    bea.post(event, [('answer', 'going'), ('needs', '')])
    bea.get(circle)
    ok('>Cleo<' in bea.body.replace('\n', '') or 'Cleo' in bea.body, 'Cleo is in the circle')
    ok(cleo.post(f'{cohort}/join/mentee/withdraw', [], page=cohort) == 303, 'Cleo leaves the cohort')
    ok('A seat for you: Later' in letter_about(server, 'bea@example.org', 'A seat for you: Later')['Subject'], 'her seat goes to who waits')
    bea.get(circle)
    ok('<li>Cleo' not in bea.body and cleo.get(f'{circle}/board') == 404, 'she is in no circle any more')
    ok(cleo.get(event) == 404 and cleo.get(f'{cohort}/rounds') == 404, 'and sees nothing of the cohort')
    ok(bea.get(f'{cohort}/directory') == 200 and 'Of Cleo' not in bea.body and 'Ask me about' in bea.body, 'nor is she in the directory')
    board = f'{cohort}/outside'
    ok(bea.get(board) == 200 and 'Of &lt;Cleo&gt;' not in bea.body, 'what she put on the board is gone with her')
    admin.get(board)
    mine = re.search(rf'{board}/(\d+)"(?:(?!</form>).)*Put it back: Of &lt;Cleo', admin.body, re.S)[1]
    ok(admin.post(f'{board}/{mine}', [('off', '0')], page=board) == 303, 'unless those who run it put it back')
    ok(bea.get(board) == 200 and 'Of &lt;Cleo&gt;' in bea.body and 'From Cleo' not in bea.body, 'without her name')
    nora = people['Nora']
    nora.post(f'{circle}/join', [('words', '')])
    bea.get(circle)
    ok('<li>Nora' in bea.body, 'Nora is in')
    ok(nora.post('/account/close', [('sure', '1')]) == 303, 'and closes her account')
    bea.get(circle)
    ok('<li>Nora' not in bea.body, 'which ends that too')


def try_outside(cohort, people, admin):
    """The board of what there is beyond the programme."""
    bea, ida, mina, eve = (people[name] for name in ('Bea', 'Ida', 'Mina', 'Eve'))
    board = f'{cohort}/outside'
    form = [('kind', 'grant'), ('title', 'A <grant>'), ('about', 'For whoever learns'), ('link', 'https://grant.example/'), ('until', '')]
    ok(eve.get(board) == 404 and eve.post(f'{board}/new', form, page='/account') == 404, 'the board is for those of the cohort')
    ok(bea.get(board) == 200 and 'nothing on the board yet' in bea.body, 'it begins empty')
    ok(bea.post(f'{board}/new', changed(form, link='javascript:1', kind='')) == 422 and 'A &lt;grant&gt;' in bea.body, 'what was typed stays')
    ok(bea.post(f'{board}/new', changed(form, until='2001-01-01')) == 422 and 'next two years' in bea.body, 'a day that is over is refused')
    ok(bea.post(f'{board}/new', form) == 303, 'Bea puts something there')
    ok(mina.get(board) == 200 and 'A &lt;grant&gt;' in mina.body and 'From Bea' in mina.body and 'Take it off' not in mina.body, 'the others see it')
    ok(mina.get(f'{board}?kind=job') == 200 and 'nothing of this kind' in mina.body, 'by kind')
    one = re.search(r'action="([^"]+/outside/\d+)"', bea.get(board) and bea.body)[1]
    turn = lambda who, off: who.post(one, [('off', off)], page=board)
    ok(turn(mina, '1') == 404 and turn(bea, '1') == 303 and turn(bea, '1') == 409, 'only she takes it off, once')
    ok(mina.get(board) == 200 and 'A &lt;grant&gt;' not in mina.body and turn(bea, '0') == 303, 'and puts it back')
    ok(turn(admin, '1') == 303 and admin.get(board) == 200 and 'Put it back' in admin.body and turn(admin, '0') == 303, 'so do those who run it')
    ok(mina.post(f'{board}/new', changed(form, title='Of Mina')) == 303 and ida.get(board) == 200 and 'Of Mina' not in ida.body and 'A &lt;grant&gt;' in ida.body,
       'who is kept apart from her does not see hers')
    for k in range(9):
        bea.post(f'{board}/new', changed(form, title=f'Grant {k}'))
    ok(bea.post(f'{board}/new', form) == 422 and 'take one off first' in bea.body, 'ten at most')
    ok(people['Cleo'].post(f'{board}/new', changed(form, title='Of <Cleo>')) == 303 and bea.get(board) == 200 and 'From Cleo' in bea.body, 'Cleo puts something there, too')


CARD = [('does', 'Tester, <soon> developer'), ('about', 'Ask me about tests'), ('place', 'León'), ('link', 'https://bea.example/'), ('shows_role', '1'),
        ('shows_topics', '1'), ('shows_email', '')]


def try_directory(server, cohort, people, admin):
    bea, mina, ida, eve = (people[name] for name in ('Bea', 'Mina', 'Ida', 'Eve'))
    where = f'{cohort}/directory'
    ok(eve.get(where) == 404 and Browser(server).get(where) == 303 and bea.get(where) == 200 and 'Nobody is in the directory yet' in bea.body,
       'the directory is for those of the cohort, and begins empty')
    ok(admin.get(where) == 200 and 'Write myself' not in admin.body and admin.get(f'{where}/me') == 404, 'who takes no part is not in it')
    ok(bea.post(f'{where}/me', changed(CARD, link='javascript:1')) == 422 and 'Ask me about tests' in bea.body, 'a page is http or https')
    ok(bea.post(f'{where}/me', CARD) == 303, 'Bea writes herself into it')
    mina.get(where)
    card = mina.body.split('class="cards"')[1].split('</ul>')[0]
    ok('Tester, &lt;soon&gt; developer' in card and '>mentee<' in card and 'bea@example.org' not in card, 'others see what she chose, and no more')
    ok(bea.post(f'{where}/me', changed(CARD, shows_role='', shows_topics='', shows_email='1')) == 303 and mina.get(where) == 200
       and 'bea@example.org' in mina.body and '>mentee<' not in mina.body, 'she chooses otherwise')
    ok(mina.get(f'{where}?q=LEON+') == 200 and 'Ask me about' in mina.body and mina.get(f'{where}?q=nobody') == 200 and 'Nobody fits' in mina.body,
       'words are found, whatever their case and accents')
    ok(mina.post(f'{where}/me', changed(CARD, does='Of Mina')) == 303 and ida.post(f'{where}/me', changed(CARD, does='Of Ida')) == 303
       and ida.get(where) == 200 and 'Of Mina' not in ida.body and mina.get(where) == 200 and 'Of Ida' not in mina.body and 'Ask me' in mina.body,
       'two who are kept apart do not see each other')
    off = re.search(rf'action="({where}/\d+/off)"[^>]*>(?:(?!</form>).)*Take her out: Ida', admin.get(where) and admin.body, re.S)[1]
    ok(bea.post(off, [], page=where) == 404 and admin.post(off, [], page=where) == 303 and admin.post(off, [], page=where) == 404, 'those who run it take one out')
    ok('directory' in letter_about(server, 'ida@example.org', 'in the directory')['Subject'], 'who is told')
    ok(mina.post(f'{where}/leave', [], page=f'{where}/me') == 303 and mina.post(f'{where}/leave', [], page=where) == 404, 'and anyone leaves it')
    people['Cleo'].post(f'{where}/me', changed(CARD, does='Of Cleo'))
    ok(bea.get(where) == 200 and 'Of Cleo' in bea.body, 'Cleo is in it, until she leaves the cohort')


def try_network(server):
    cohort, admin, people = begin(server)
    visitor = Browser(server)
    ok(people['Eve'].get('/meet') == 200 and 'See the programmes' in people['Eve'].body and visitor.get('/meet') == 303, 'nothing is there to meet yet')
    circle = try_circle(server, cohort, people, visitor)
    try_agreement(server, circle, people['Bea'], people['Cleo'])
    try_steps(circle, people)
    try_work(server, circle, people['Bea'], people['Cleo'])
    try_last_place(server, circle, cohort, people, admin)
    _, hidden = try_doors(server, cohort, people, admin)
    try_merge(server, cohort, circle, hidden, people)
    workshop = try_event(server, cohort, people, admin)
    try_teaching(server, cohort, people, admin)
    try_badges(people)
    try_introductions(server, cohort, people, admin)
    try_rounds(server, cohort, people, admin)
    try_talks(server, cohort, people, admin)
    try_outside(cohort, people, admin)
    try_directory(server, cohort, people, admin)
    try_thanks(server, circle, people)
    ok(admin.get(f'{cohort}/reach') == 200 and 'not told' in admin.body and people['Bea'].get(f'{cohort}/reach') == 404,
       'reach is for those who run it, without small groups')
    try_leaving(server, circle, workshop, cohort, people, admin)
    for to in ('reviewing', 'matching', 'running', 'closing', 'archived'):
        ok(admin.post(f'{cohort}/state', [('to', to)], page=cohort) == 303, f'the cohort moves on: {to}')
    ok(all(people['Bea'].get(page) == 200 for page in (f'{cohort}/circles', f'{cohort}/events', f'{cohort}/outside', f'{circle}/board'))
       and people['Bea'].post(f'{circle}/board', [('text', 'We are still here')]) == 303, 'who took part stays, when the cohort is long over')
    people['Bea'].get('/account/export')
    ok(r'Both like \u003cdata' in people['Bea'].body or 'circle' in people['Bea'].body, 'the copy of her data has it')
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    sys.exit(main(try_network))

# SPDX-License-Identifier: Apache-2.0
"""Announcements, and meetings on which the two of a pair don't agree, through the server, on one engine.

  notice_client.py TRELLIS sqlite|postgres PLACE     prints TAP
"""
import re
import sys
import time

from pair_client import GOAL, begin, letter_about, own_pair
from serve_client import Browser, main, ok, run_sql

NOTE = [('subject', 'A <workshop>'), ('text', 'On Friday.\nCome!'), ('role', 'mentee'), ('state', 'approved'), ('stage', 'any'), ('day', ''), ('time', '')]
LETTERS = [('message', 'each'), ('reminder', '1'), ('question', '1'), ('nudge', '1'), ('quiet_from', ''), ('quiet_to', '')]


def awake(people):
    """Nobody rests; Cleo wants no announcements."""
    for name, person in people.items():
        person.post('/account/letters', LETTERS + ([] if name == 'Cleo' else [('notice', '1')]))


def try_notices(server, cohort, admin, people):
    page = f'{cohort}/notices/new'
    ok(admin.get(f'{cohort}/notices') == 200 and 'There is none yet' in admin.body, 'none yet')
    ok(admin.post(page, NOTE[1:]) == 422, 'a subject is needed')
    ok(admin.post(page, NOTE[:5] + [('day', '2020-01-01'), ('time', '')]) == 422, 'a day that has passed is refused')
    ok(admin.post(page, NOTE[:5] + [('day', '2037-01-01'), ('time', '25:00')]) == 422, 'and a time that is none')
    ok(admin.post(page, NOTE[:4] + [('stage', 'over')] + NOTE[5:]) == 422 and 'Nobody fits' in admin.body, 'and a choice that nobody fits')
    ok(admin.post(page, NOTE + [('step', 'look')]) == 200 and '3 people' in admin.body and '1 of them want no such letters' in admin.body
       and 'A &lt;workshop&gt;' in admin.body, 'it is seen first, with how many get it')
    ok(admin.post(page, NOTE + [('step', 'try')]) == 200, 'and tried on oneself')
    ok('Come!' in letter_about(server, 'ada@example.org', 'A try').get_content(), 'which gives a letter')
    ok(admin.post(page, NOTE + [('step', 'send')]) == 303, 'then it is sent')
    notice = admin.headers['location']
    letter = letter_about(server, 'bea@example.org', 'A <workshop>')
    ok('Come!' in letter.get_content() and letter['List-Unsubscribe-Post'] == 'List-Unsubscribe=One-Click', 'Bea gets it, with one click to stop')
    stop = re.search(r'/stop/\w+', letter['List-Unsubscribe'])[0]
    for _ in range(100):
        admin.get(notice)
        if '2 of 3 sent' in admin.body:
            break
        time.sleep(0.1)
    ok('2 of 3 sent' in admin.body and re.search(r'Cleo</th><td>wants no such letters', admin.body), 'what became of it for each is shown')
    ok(Browser(server).send('POST', stop, 'List-Unsubscribe=One-Click') in (200, 303), 'her one click')
    people['Bea'].get('/account/letters')
    ok(not re.search(r'name="notice" value="1"[^>]* checked', people['Bea'].body) and re.search(r'name="nudge" value="1"[^>]* checked', people['Bea'].body),
       'ends announcements, and nothing else')
    ok(admin.post(page, NOTE[:5] + [('day', '2037-01-01'), ('time', '10:00'), ('step', 'send')]) == 303, 'another is for later')
    later = admin.headers['location']
    ok(admin.post(f'{later}/stop', [], page=later) == 303, 'and is taken back')
    ok(admin.post(f'{later}/stop', [], page=later) == 409, 'once')
    ok(admin.post(f'{notice}/stop', [], page=later) == 409, 'what has left is not')
    for path in (f'{cohort}/notices', page, notice):
        ok(people['Bea'].get(path) == 404 and Browser(server).get(path) == 303, f'others learn nothing of {path}')


def try_failures(server, cohort, admin):
    """A mail server that takes nothing: each person's letter says so."""
    server.kill()
    mail = server.command.index('--mail-folder')
    with open(server.mail + '.file', 'w', encoding='ascii') as file:
        file.write('no folder')
    server.command[mail + 1] = server.mail + '.file'
    server.start()
    began = time.monotonic()
    admin.post(f'{cohort}/notices/new', NOTE[1:] + [('subject', 'To nobody'), ('step', 'send')])
    notice = admin.headers['location']
    for _ in range(200):
        admin.get(notice)
        if 'asked again' in admin.body:
            break
        time.sleep(0.1)
    ok('on its way: the mail server did not take it yet, and is asked again' in admin.body, 'a letter that is not taken is on its way')
    ok(time.monotonic() - began < 15, f'and nobody waited for a clock of half a minute: {time.monotonic() - began:.1f} s')
    run_sql(server, "UPDATE job SET given_up = 1 WHERE kind = 'mail'")
    admin.get(notice)
    ok('could not be delivered</strong>' in admin.body and 'one could not be delivered' in admin.body, 'one that is given up could not be delivered')
    admin.get(f'{cohort}/notices')
    ok('one could not be delivered' in admin.body and admin.body.count('could not be delivered') == 1, 'the list says it, of that one alone')
    run_sql(server, "DELETE FROM job WHERE kind = 'mail'")
    server.kill()
    server.command[mail + 1] = server.mail
    server.start()


def past(person, pair, minutes='60'):
    today = time.strftime('%Y-%m-%d', time.gmtime())
    person.post(f'{pair}/meetings/past', [('day', today), ('time', '00:00'), ('minutes', minutes), ('topics', 'Plans')])
    return person.headers.get('location', '/pairs/0')


def try_words(server, cohort, admin, people):
    bea, mina, pair = people['Bea'], people['Mina'], own_pair(people['Bea'], cohort)
    held = past(bea, pair)
    ok(bea.get(f'{held}/word') == 404, 'who wrote it down has said it')
    mina.get(held)
    ok('Was it so?' in mina.body and mina.get(f'{held}/word') == 200, 'the other is asked')
    ok(people['Nora'].get(f'{held}/word') == 404 and people['Nora'].post(f'{held}/word', [('how', 'so')], page='/account') == 404, 'and nobody else')
    ok(mina.post(f'{held}/word', [('how', 'minutes'), ('minutes', '5'), ('words', '')]) == 422, 'five minutes are none')
    ok(mina.post(f'{held}/word', [('how', 'minutes'), ('minutes', '45'), ('words', '')]) == 303, 'it took another time')
    bea.get(held)
    ok('The shorter time counts: 45 minutes' in bea.body, 'the shorter counts, and both see it')
    ok(mina.post(f'{held}/word', [('how', 'so'), ('minutes', '0'), ('words', '')], page=held) == 409, 'once')
    second = past(mina, pair, '30')
    ok(bea.post(f'{second}/word', [('how', 'not'), ('minutes', '0'), ('words', '')]) == 422, 'that it was not so needs words')
    ok(bea.post(f'{second}/word', [('how', 'not'), ('minutes', '0'), ('words', 'We did not meet')]) == 303, 'Bea says that it was not so')
    mina.get(second)
    ok('not clear yet' in mina.body and 'settle it' in mina.body, 'until it is settled it is open')
    ok('waits for you' in letter_about(server, 'ada@example.org', 'waits for you')['Subject'], 'those who run the cohort know')
    admin.get(f'{cohort}/concerns')
    case = re.search(rf'{cohort}/concerns/\d+', admin.body)
    ok(case and admin.post(f'{case[0]}/open', [], page=case[0]) == 200 and 'We did not meet' in admin.body, 'as a concern')
    admin.get(f'{cohort}{pair}')
    settle = re.search(r'action="([^"]+/settle)"', admin.body)[1]
    ok(mina.post(settle, [('how', 'held')], page='/account') == 404, 'neither of the two settles it')
    ok(admin.post(settle, [('how', 'not')], page=f'{cohort}{pair}') == 303, 'they settle it')
    ok(admin.post(settle, [('how', 'held')], page=f'{cohort}{pair}') == 409, 'once')
    mina.get(second)
    ok('called off' in mina.body, 'and it did not take place')


def try_gate(cohort, admin, people):
    cleo, pair = people['Cleo'], own_pair(people['Cleo'], cohort)
    times = [('minutes', '30'), ('format', 'video'), ('place', ''), ('agenda', ''), ('day', '2027-01-12'), ('time', '19:30')]
    ok(cleo.get(f'{cohort}/pair-rules') == 404, 'a member sets no rules')
    ok(admin.post(f'{cohort}/pair-rules', [('goals_first', '1'), ('pause_weeks', '12'), ('notice', '24'), ('late_hours', '3')]) == 303, 'goals first')
    ok(cleo.post(f'{pair}/meetings/propose', times) == 422 and 'draft of a goal first' in cleo.body, 'no meeting before a goal')
    ok('What I wanted at sign-up' in (cleo.get(f'{pair}/goals') and cleo.body), 'what she said at sign-up is none until she has looked at it')
    cleo.post(f'{pair}/goals', GOAL)
    ok(cleo.post(f'{pair}/meetings/propose', times) == 303, 'and one after it')
    admin.get(f'{cohort}/measures')
    ok('Goals for each objective' in admin.body and 'Goals without an objective' in admin.body, 'goals are counted by objective')
    try_aimless(cohort, admin, people)


def try_aimless(cohort, admin, people):
    """An agreed goal that serves no objective leads who runs the cohort to its pair, not to its words."""
    cleo, nora, pair = people['Cleo'], people['Nora'], own_pair(people['Cleo'], cohort)
    listed = f'{cohort}/pairs?show=without-objective'
    admin.get(listed)
    ok('Every goal that is agreed serves an objective' in admin.body, 'no agreed goal is without an objective')
    cleo.get(f'{pair}/goals')
    for goal in dict.fromkeys(re.findall(r'href="(/pairs/\d+/goals/\d+)"', cleo.body)):
        nora.post(f'{goal}/agree', [], page=goal)
    admin.get(f'{cohort}/pairs')
    ok('show=without-objective' in admin.body, 'when one is, the page of pairs says so')
    admin.get(listed)
    ok('Cleo and Nora' in admin.body and 'Bea and Mina' not in admin.body and 'Lead a' not in admin.body, 'and lists its pair, without its words')
    ok(people['Bea'].get(listed) == 404, 'which others do not see')


def play(server):
    cohort, admin, people = begin(server)
    awake(people)
    try_notices(server, cohort, admin, people)
    try_failures(server, cohort, admin)
    try_words(server, cohort, admin, people)
    try_gate(cohort, admin, people)
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    sys.exit(main(play))

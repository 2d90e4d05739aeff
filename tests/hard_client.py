# SPDX-License-Identifier: Apache-2.0
"""Hard rules about who two people are, and choices of both sides, through the server on one engine.

  hard_client.py TRELLIS sqlite|postgres PLACE     prints TAP

A line manager is never matched with whom she manages, whoever said it; who can only meet in person is matched
in one place; a mentor shows what she allows; and ranks those who chose her.
"""
import html
import re
import sys
import tempfile

from board_client import RULES, act, begin, pairs_of, show
from serve_client import EVENINGS, Browser, find_pairs, join, main, ok, register, run_sql, upload

YOU = [('about', 'Me'), ('woman', '1')]


def text_of(browser):
    return html.unescape(re.sub(r'\s+', ' ', re.sub(r'<[^>]*>', ' ', browser.body)))


def try_saying(cohort, bea, cleo):
    """She says at sign-up who her line manager is: she sees it, and no other member."""
    you = f'{cohort}/join/mentee/you'
    ok(bea.get(you) == 200 and 'never matched with each other' in bea.body, 'what matching does with it stands beside it')
    ok(bea.post(you, YOU + [('manager', 'bea@example.org')]) == 422 and 'id="manager-error"' in bea.body and 'your own address' in bea.body
       and 'value="bea@example.org"' in bea.body, 'her own address is none')
    ok(bea.post(you, YOU + [('manager', 'not one')]) == 422 and 'value="not one"' in bea.body, 'nor is what is no address')
    ok(bea.post(you, YOU + [('manager', 'Mina@Example.org')]) == 303, 'her line manager is kept')
    ok(bea.get(f'{cohort}/join/mentee/check') == 200 and 'mina@example.org' in bea.body, 'she sees it')
    ok(cleo.get(f'{cohort}/join/mentee/check') == 200 and 'mina@example.org' not in cleo.body, 'another does not')


def try_lines(admin, cohort, people, ids):
    """Nobody is matched with her line manager, nor with whom she manages."""
    bea, mina = people['Bea'], people['Mina']
    ok(admin.get(f'{cohort}/people/{ids["Bea"]}') == 200 and 'mina@example.org' in admin.body, 'those who run it see it')
    known = f'{cohort}/people/{ids["Nora"]}/known'
    ok(admin.get(known) == 200 and 'id="checked' in admin.body, 'and say it for others, here of a mentor')
    ok(admin.post(known, [('manager', 'nora@example.org'), ('checked', 'self')]) == 422 and 'her own address' in admin.body, 'but not her own address')
    ok(admin.post(known, [('manager', 'cleo@example.org'), ('checked', 'reference')]) == 303, 'whose manager is a mentee')
    ok(admin.get(f'{cohort}/people/{ids["Bea"]}/known') == 200 and 'id="checked' not in admin.body, 'of a mentee nothing is said of experience')
    for who in (bea, mina, Browser(bea.server)):
        status = who.get(known)
        ok(status == 404 or (status == 303 and '/sign-in' in who.headers['location']), 'nobody else does')
    ok(bea.get(f'{cohort}/mentors') == 200 and 'Mina' not in bea.body and 'Nora' in bea.body, 'she does not choose among mentors who manage her')
    ok(bea.get(f'{cohort}/mentors/{ids["Mina"]}') == 404, 'nor by address')
    cleo = people['Cleo']
    ok(cleo.get(f'{cohort}/mentors') == 200 and 'Nora' not in cleo.body and 'Mina' in cleo.body, 'nor among those whom she manages')
    run = find_pairs(admin, cohort)
    found = pairs_of(admin, run)
    ok(found.get('Bea') != 'Mina' and found.get('Cleo') != 'Nora' and len(found) == 4, 'a run keeps both pairs apart')
    for a, b in (('Bea', 'Mina'), ('Cleo', 'Nora')):
        ok(admin.get(f'{run}/pair/{ids[a]}/{ids[b]}') == 200 and 'not with her line manager' in admin.body and 'kept apart by' not in admin.body,
           f'why not {b}? says so')
        status, text = show(admin, run, act(ids, 'pin', a, b))
        ok(status == 200 and "That can't be" in text and f'What stands against it: {a} and {b}' in text, 'nor by hand')
    ok(admin.get(f'{run}/mentee/{ids["Bea"]}') == 200 and 'not with her line manager' in admin.body, 'who else would do says so')
    query = '&'.join(f'{k}={v}' for k, v in RULES)
    ok(admin.get(f'{cohort}/rules/look?{query}') == 200 and 'not with her line manager 2 2' in text_of(admin), 'and what each rule forbids')


def try_publishing(admin, cohort, ids):
    """What is known after a run holds when it is published."""
    run = find_pairs(admin, cohort)
    found = pairs_of(admin, run)
    mentee, mentor = next((a, b) for a, b in found.items() if a in ('Dora', 'Eva'))
    known = f'{cohort}/people/{ids[mentee]}/known'
    ok(admin.post(known, [('manager', f'{mentor.lower()}@example.org')]) == 303, 'a manager is named after the run')
    admin.get(run)
    ok(admin.post(f'{run}/publish', [('pair', f'{ids[mentee]}-{ids[mentor]}')], page=run) == 303, 'their pair is published all the same')
    admin.get(f'{cohort}/matches')
    ok(not re.search(rf'{mentee}\b.*{mentor}\b', text_of(admin)), 'and not offered')
    ok(admin.post(known, [('manager', '')]) == 303, 'it is taken back')


def try_places(admin, cohort, people, ids):
    """In person alone: in one place."""
    cleo, mina = people['Cleo'], people['Mina']
    times = f'{cohort}/join/mentee/times'
    only = EVENINGS + [('formats', 'person'), ('places', '1'), ('hours', '4')]
    ok(cleo.post(times, only) == 422 and 'id="place-error"' in cleo.body, 'who can only meet in person says where')
    ok(cleo.post(times, only + [('place', 'Le\u00f3n')]) == 303, 'it is kept')
    ok(cleo.get(f'{cohort}/join/mentee/check') == 200 and 'Le\u00f3n' in cleo.body, 'and shown to her')
    for name, place in (('Mina', 'Madrid'), ('Nora', 'Madrid'), ('Olga', 'LEON')):
        people[name].post(f'{cohort}/join/mentor/times', EVENINGS + [('formats', 'person'), ('formats', 'video'), ('places', '2'), ('hours', '4'), ('place', place)])
    admin.post(f'{cohort}/rules', RULES + [('place', '1'), ('format', '1')])
    run = find_pairs(admin, cohort)
    ok(pairs_of(admin, run).get('Cleo') == 'Olga', 'the mentor of the same town, however it is written')
    ok(admin.get(f'{run}/pair/{ids["Cleo"]}/{ids["Mina"]}') == 200 and 'the same place, to meet in person' in admin.body, 'why not another says so')
    admin.post(f'{cohort}/rules', RULES + [('format', '1')])
    run = find_pairs(admin, cohort)
    admin.get(f'{run}/pair/{ids["Cleo"]}/{ids["Mina"]}')
    ok('the same place, to meet in person' not in admin.body, 'a cohort can do without the rule')
    ok(mina.get(f'{cohort}/rules') == 404, 'which is for those who run it')


WHY = 'She has built what I would like to learn, and speaks of it so clearly.'


def try_ranking(server, admin, cohort, people, ids):
    """A mentor puts who chose her into an order of her own; it counts, and stays between her and those who run it."""
    dora, eva, cleo, olga = (people[name] for name in ('Dora', 'Eva', 'Cleo', 'Olga'))
    for one in (dora, eva):
        ok(one.post(f'{cohort}/mentors/{ids["Olga"]}', [('mentor', ids['Olga']), ('rank', '1'), ('why', WHY)]) == 303, 'Olga is chosen')
    page = f'{cohort}/chosen/{ids["Dora"]}'
    ok(olga.get(f'{cohort}/chosen') == 200 and page in olga.body and 'Put Dora into my order' in olga.body, 'she may put them into an order')
    ok(olga.get(page) == 200 and WHY in olga.body and 'matched all the same' in olga.body, 'and reads what it does')
    ok(olga.post(page, [('rank', ''), ('why', 'Because <x>')]) == 422 and 'id="rank-error"' in olga.body and 'Because &lt;x&gt;' in olga.body, 'a place is needed')
    ok(olga.post(page, [('rank', '1'), ('why', 'Because <x>')]) == 303, 'Dora comes first')
    ok(olga.post(f'{cohort}/chosen/{ids["Eva"]}', [('rank', '1'), ('why', '')]) == 303, 'then Eva does')
    olga.get(f'{cohort}/chosen')
    ok(olga.body.count('number 1 in your order') == 1, 'one on each place')
    ok(olga.post(page, [('rank', '2'), ('why', 'Because <x>')]) == 303, 'and Dora second')
    olga.get(f'{cohort}/chosen')
    ok(re.search(r'Eva</h2>|Eva <span|Eva', olga.body).start() < olga.body.index('Dora') and 'You wrote: Because &lt;x&gt;' in olga.body, 'in her order')
    ok(olga.get(f'{cohort}/chosen/{ids["Cleo"]}') == 404 and olga.post(f'{cohort}/chosen/{ids["Cleo"]}', [('rank', '3')], page=f'{cohort}/chosen') == 404,
       'who did not choose her is not ranked')
    ok(people['Mina'].get(page) == 404 and dora.get(page) == 404, 'nor by others')
    dora.get(f'{cohort}/mentors')
    ok('Because' not in dora.body, 'nobody whom she ranks learns of it')
    admin.post(f'{cohort}/rules', [(k, '10' if k == 'chosen' else v) for k, v in RULES])
    run = find_pairs(admin, cohort)
    ok(admin.get(f'{run}/pair/{ids["Eva"]}/{ids["Olga"]}') == 200 and 'number 1' in admin.body and WHY in admin.body and "The mentor's order" in html.unescape(admin.body),
       'those who run it see both, and what it counts')
    admin.get(f'{run}/pair/{ids["Dora"]}/{ids["Olga"]}')
    ok('number 2' in admin.body and 'Because &lt;x&gt;' in admin.body, 'with her reason')
    ok(olga.post(f'{cohort}/chosen', [('other', ids['Dora'])]) == 303 and olga.get(page) == 404, 'who gets a no stands in no order')
    ok(olga.post(page, [('rank', '1')], page=f'{cohort}/chosen') == 404, 'and cannot be put into it')
    ok(olga.post(f'{cohort}/chosen/end', [('other', ids['Eva'])], page=f'{cohort}/chosen') == 303, 'Eva is taken out of it')
    olga.get(f'{cohort}/chosen')
    ok('in your order</span>' not in olga.body, 'it is empty')


def try_cards(cohort, admin, people, ids):
    """A card has the last name only where its mentor allows it, and says who has checked her experience."""
    nora, dora = people['Nora'], people['Dora']
    ok(nora.post('/account/profile', [('name', 'Nora Nightly'), ('pronouns', ''), ('zone', 'UTC')]) == 303, 'Nora has a last name')
    ok(dora.get(f'{cohort}/mentors') == 200 and 'Nora' in dora.body and 'Nightly' not in dora.body, 'which is not told')
    ok('Confirmed by somebody who has worked with her' in dora.body and 'nobody has checked it' in dora.body, 'who has checked her experience is')
    ok(nora.post(f'{cohort}/join/mentor/you', YOU + [('full_name', '1')]) == 303, 'she allows it')
    ok(dora.get(f'{cohort}/mentors') == 200 and 'Nora Nightly' in dora.body and 'nora@' not in dora.body, 'then it is told, and no address')
    ok(dora.get(f'{cohort}/mentors/{ids["Nora"]}') == 200 and 'Nora Nightly' in dora.body, 'on her own card, too')
    ok(dora.post(f'{cohort}/mentors/{ids["Nora"]}', [('mentor', ids['Nora']), ('rank', '1'), ('why', WHY)]) == 303, 'Dora chooses her')
    chosen = re.search(r'<h2>Your choices</h2>(.*?)</ol>', dora.get(f'{cohort}/mentors') and dora.body, re.S)
    ok(chosen and 'Nora Nightly' in chosen[1], 'and among her choices')


def try_asking(server, admin, cohort, people, ids):
    """A member learns of no address whether somebody has it; the list has the pair as soon as somebody does."""
    dora = people['Dora']
    answers = []
    for address in ('Eva@example.org', 'later@example.org'):
        answers.append((dora.post('/account/apart', [('email', address), ('note', 'Why <so>')]), dora.headers['location'], dora.follow(),
                        'It is kept. You will not be matched' in dora.body))
        ok(address.lower() in dora.body and 'Why &lt;so&gt;' in dora.body, 'she sees what she wrote')
    ok(answers[0] == answers[1] and answers[0][0] == 303, 'and the same answer')
    ok(dora.post('/account/apart', [('email', 'dora@example.org'), ('note', '')]) == 422 and 'your own address' in dora.body, 'her own address is none')
    dora.get('/account/export')
    ok(dora.body.count('later@example.org') == 1 and dora.body.count('eva@example.org') == 1 and re.search(r'"avoid": \[\]', dora.body), 'in the copy of her data, too')
    admin.get(f'{cohort}/apart')
    ok(admin.body.count('Why &lt;so&gt;') == 1, 'whoever is here is on the list')
    later = register(server, 'Later')
    join(later, cohort, 'mentor', ['data'], '3')
    admin.get(f'{cohort}/apart')
    ok(admin.body.count('Why &lt;so&gt;') == 2, 'and whoever comes later, when she signs up')
    pair = re.search(r'name="pair" value="(\d+)"', admin.body)[1]
    ok(admin.post(f'{cohort}/apart/end', [('pair', pair)], page=f'{cohort}/apart') == 303, 'one of them is ended')
    find_pairs(admin, cohort)
    admin.get(f'{cohort}/apart')
    ok(admin.body.count('Why &lt;so&gt;') == 1, 'and does not come back')


def try_counts(server, admin):
    """The pool report counts whose experience is checked, and tells of no fewer than five."""
    admin.post('/cohorts/new', [('name', 'Checked'), ('about', 'X'), ('starts', '2027-03-01'), ('weeks', '16'), ('programme', '1')])
    cohort = admin.headers['location'].removesuffix('/setup')
    with tempfile.NamedTemporaryFile('w', suffix='.csv') as file:
        file.write('Name,E-mail,Expertise\n' + ''.join(f'Counted {k},c{k}@count.example,Data science\n' for k in range(12)))
        file.flush()
        place = upload(admin, cohort, 'mentor', file.name)
    admin.post(place, [('accept', '1')])
    ok('All</th><td>12</td>' in (admin.get(f'{cohort}/pool') and admin.body) and 'nobody has checked it</th><td>12</td>' in admin.body, 'counted in the pool report')
    admin.get(f'{cohort}/people')
    one = re.search(r'href="(/cohorts/\d+/people/\d+)"', admin.body)[1]
    admin.post(f'{one}/known', [('manager', ''), ('checked', 'reference')])
    admin.get(f'{cohort}/pool')
    table = admin.body[admin.body.index('id="checked-table"'):]
    ok('All</th><td>12</td>' in table and '<td>1</td>' not in table and '<td>11</td>' not in table and 'not told' in table, 'and one alone is not told, nor by taking away')


def play(server):
    cohort, admin, people, ids = begin(server)
    try_saying(cohort, people['Bea'], people['Cleo'])
    try_lines(admin, cohort, people, ids)
    try_publishing(admin, cohort, ids)
    try_places(admin, cohort, people, ids)
    try_ranking(server, admin, cohort, people, ids)
    try_cards(cohort, admin, people, ids)
    try_asking(server, admin, cohort, people, ids)
    try_counts(server, admin)


if __name__ == '__main__':
    sys.exit(main(play))

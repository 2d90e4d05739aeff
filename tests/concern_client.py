# SPDX-License-Identifier: Apache-2.0
"""Concerns through the server, as browsers see them, on one engine.

  concern_client.py TRELLIS sqlite|postgres PLACE     prints TAP

One of a pair tells of the other, with and without her name; so do a visitor and the other. Those who are
named for it answer; those whom it concerns, and everybody else, see nothing; nothing of what was told
stands in a letter, in the log, or in the database.
"""
import glob
import os
import re
import subprocess
import sys

from pair_client import GOAL, begin, letter_about, own_pair
from serve_client import Browser, main, ok, register

SAFE = [('emergency', 'Spain: 112\n016 at any hour'), ('outside_name', 'Olivia Outside'), ('outside_email', 'olivia@elsewhere.example'),
        ('exit_url', 'https://news.example.org/')]


def tell(person, page, kind, text, **more):
    form = [('kind', kind), ('text', text), ('about_email', more.pop('about_email', '')), ('named', more.pop('named', 'no'))]
    return person.post(page, form + [('about', one) for one in more.pop('about', [])] + list(more.items()))


def opened(person, case):
    return person.post(f'{case}/open', [], page=case)


def case_of(letter):
    found = re.search(r'/cohorts/\d+/concerns/\d+', letter.get_content())
    return found[0] if found else '/cohorts/1/concerns/0'


def try_setting(cohort, admin, bea, pair, dora):
    ok(bea.get(f'{cohort}/safety') == 404 and dora.get(f'{cohort}/safety') == 404, 'who is not staff sets no safety')
    ok(admin.post(f'{cohort}/safety', SAFE[:2] + [('outside_email', ''), SAFE[3]]) == 422, 'a name without an address is refused')
    ok(admin.post(f'{cohort}/safety', SAFE[:3] + [('exit_url', 'javascript:alert(1)')]) == 422, 'and a link that is none')
    ok(admin.post(f'{cohort}/safety', SAFE) == 303, 'emergency numbers, and somebody outside')
    bea.get(f'{pair}/help')
    ok('016 at any hour' in bea.body and 'href="https://news.example.org/"' in bea.body and 'rel="noreferrer"' in bea.body,
       'the page has the numbers, and a way out')
    ok(re.search(r'<title>Help - ', bea.body) and bea.headers['cache-control'] == 'no-store', 'its title says nothing, and no cache keeps it')
    ok('Olivia Outside' in bea.body, 'who reads it when all are concerned is said')


def try_telling(server, cohort, pair, people, admin, dora, enid):
    bea, mina = people['Bea'], people['Mina']
    ok(bea.get(f'{pair}/help') == 200 and 'people who run this programme' in bea.body, 'who reads it is said first')
    ok(tell(bea, f'{pair}/help', 'conduct', '') == 422, 'something must be said')
    ok(tell(bea, f'{pair}/help', 'conduct', 'x', named='') == 422 and 'id="named-error"' in bea.body, 'and whether with her name')
    admin.post(f'{cohort}/team', [('email', 'dora@example.org'), ('role', 'safeguarding')])
    bea.get(f'{pair}/help')
    ok('the person who is named for it' in bea.body and 'Dora, behaviour and safety' in bea.body, 'now somebody is named for it')
    admin.post(f'{cohort}/team', [('email', 'enid@example.org'), ('role', 'safeguarding')])
    try_setting(cohort, admin, bea, pair, dora)
    bea.post(f'{pair}/messages', [('text', 'CANARY-message one')])
    mina.post(f'{pair}/messages', [('text', 'CANARY-message two')])
    ok(tell(bea, f'{pair}/help', 'conduct', 'CANARY-conduct', keep='1') == 303, 'Bea tells of behaviour')
    letter = letter_about(server, 'dora@example.org', 'waits for you')
    ok(letter['Subject'], 'those who read it know')  # within a minute: src/main/concern_late_test.c
    ok('CANARY' not in letter.get_content() and 'conduct' not in letter.get_content() and 'Bea' not in letter.get_content(),
       'the letter says nothing of it')
    ok(letter_about(server, 'enid@example.org', 'waits for you')['Subject'], 'both of them know')
    return case_of(letter)


def try_reading(case, cohort, people, admin, dora, enid):
    admin.get(f'{cohort}/concerns')
    ok('How somebody behaves' not in admin.body and admin.get(case) == 404 and opened(admin, case) == 404, 'an administrator does not read it')
    for name in ('Mina', 'Bea', 'Cleo'):
        ok(people[name].get(case) == 404 and people[name].post(f'{case}/open', [], page='/account') == 404, f'nor does {name}')
    ok(dora.get(case) == 200 and 'CANARY' not in dora.body and 'Open it' in dora.body, 'who is named for it finds it closed')
    ok(opened(dora, case) == 200 and 'CANARY-conduct' in dora.body and 'does not want to be named' in dora.body
       and 'Said by</dt><dd>Bea' not in dora.body, 'and opens it')
    ok('2 messages' in dora.body and '2 of them are still' in dora.body and 'CANARY-message two' in dora.body, 'with what the pair wrote')
    admin.get('/log')
    number = case.rpartition('/')[2]
    ok(admin.body.count('A concern was read') == 1 and f'concerns/{number}' in admin.body, 'the log keeps each time')
    ok('CANARY' not in admin.body and not re.search(r'Bea.{0,200}Help', admin.body, re.S), 'and has no name of who told')
    opened(enid, case)
    admin.get('/log')
    ok(admin.body.count('A concern was read') == 2, 'also the second')


def try_answering(server, case, people, dora):
    bea = people['Bea']
    ok(dora.post(case, [('state', 'open'), ('text', '')]) == 422, 'an answer says something')
    ok(dora.post(case, [('state', 'resolved'), ('text', 'Done')]) == 422 and 'First read' in dora.body, 'no step is left out')
    ok(dora.post(case, [('state', 'acknowledged'), ('text', 'I call you'), ('shown', '1')]) == 200 and 'CANARY-conduct' in dora.body,
       'she answers, and still sees it')
    ok('CANARY' not in letter_about(server, 'bea@example.org', 'answer').get_content(), 'Bea gets a letter without a word of it')
    bea.get('/account/answers')
    bea.get(re.search(r'/account/answers\?open=\d+', bea.body)[0])
    ok('I call you' in bea.body and 'Somebody tells you what is being done' in bea.body and 'until ' in bea.body,
       'and reads it, and what comes next, and by when')
    ok(bea.post(re.search(r'action="(/account/answers/\d+)"', bea.body)[1], [('text', 'CANARY-more')], page=bea_page(bea)) == 303, 'she adds a word')
    ok(letter_about(server, 'dora@example.org', 'waits for you')['Subject'], 'which is told')
    opened(dora, case)
    ok('CANARY-more' in dora.body and 'Whoever said it' in dora.body, 'and read')
    dora.post(case, [('state', 'in_progress'), ('text', '')])
    ok(dora.post(case, [('state', 'escalated'), ('text', '')]) == 422, 'giving it higher needs a reason')


def bea_page(bea):
    return re.search(r'/account/answers\?open=\d+', bea.body)[0]


def try_holding(case, pair, people, admin, dora):
    bea, mina = people['Bea'], people['Mina']
    ok(dora.post(f'{case}/hold', [], page=case) == 200 and 'This pair is paused' in dora.body, 'the pair is paused at once')
    mina.get(pair)
    ok('Paused until' in mina.body and 'I am back' not in mina.body, 'Mina sees that, and no reason')
    ok(mina.post(f'{pair}/messages', [('text', 'Why?')]) == 422 and 'stopped messages' in mina.body, 'messages are stopped')
    ok(mina.post(f'{pair}/back', [], page=pair) == 409 and bea.post(f'{pair}/back', [], page=pair) == 409, 'neither ends that')
    ok(mina.post(f'{pair}/goals', GOAL, page='/account') == 409, 'and every other way to write to each other')
    ok(admin.post(f'{case}/release', [], page='/account') == 404, 'an administrator does not undo it')
    ok(dora.post(f'{case}/hold', [], page=case) == 409, 'once')
    ok(dora.post(f'{case}/release', [], page=case) == 200, 'the pair goes on when she says so')
    ok(dora.post(f'{case}/release', [], page=case) == 409, 'once')
    ok(mina.post(f'{pair}/messages', [('text', 'Hello again')]) == 303, 'and writes again')


def try_both(server, case, cohort, pair, people, dora):
    """Both blame each other: two concerns, each with the other in mind."""
    mina = people['Mina']
    ok(tell(mina, f'{pair}/help', 'conduct', 'CANARY-other', named='yes') == 303, 'Mina tells of Bea')
    other = case_of(letter_about(server, 'dora@example.org', 'waits for you'))
    opened(dora, case)
    ok('The other of the two' in dora.body and other in dora.body, 'each leads to the other')
    ok(mina.get(other) == 404 and mina.get(case) == 404, 'and neither of the two reads either')
    mina.get('/account/answers')
    ok('CANARY-conduct' not in mina.body and mina.body.count('/account/answers?open=') == 1, 'Mina sees her own alone')
    ok(tell(mina, f'{pair}/help', 'fit', 'CANARY-fit', named='yes') == 303, 'Mina tells of something else')


def try_ordinary(cohort, admin, dora):
    admin.get(f'{cohort}/concerns')
    case = re.search(rf'{cohort}/concerns/\d+', admin.body)[0]
    ok(opened(admin, case) == 200 and 'CANARY-fit' in admin.body and 'Mina' in admin.body, 'which those who run it read')
    ok(dora.get(case) == 404, 'and who is named for safety alone does not')
    ok(tell(dora, f'{cohort}/help', 'programme', 'More cake', named='yes') == 303, 'anybody tells about the programme')
    ok(dora.get(f'{cohort}/pairs') == 404 and dora.get(f'{cohort}/people') == 404, 'her role opens nothing else')


def try_nameless(server, cohort, pair, people, dora):
    visitor = Browser(server)
    ok(visitor.get('/help') == 200 and '/help/tell' in visitor.body, 'from any page')
    ok(visitor.get('/help/tell') == 200 and f'{cohort}/help' in visitor.body, 'the way leads')
    ok(visitor.get(f'{cohort}/help') == 200 and 'name="named"' not in visitor.body and 'name="keep"' not in visitor.body,
       'to the form, without an account')
    ok(tell(visitor, f'{cohort}/help', 'safety', 'CANARY-visitor') == 200, 'a visitor tells')
    code = re.search(r'<code>([0-9a-f]{4}(?:-[0-9a-f]{4}){4})</code>', visitor.body)
    ok(code and 'CANARY' not in visitor.body, 'and gets a code, once')
    case = case_of(letter_about(server, 'dora@example.org', 'waits for you'))
    opened(dora, case)
    ok('CANARY-visitor' in dora.body and 'somebody whom nobody knows' in dora.body, 'who is named for it reads it')
    dora.post(case, [('state', 'acknowledged'), ('text', 'Where are you?'), ('shown', '1')])
    again = Browser(server)
    ok(again.post('/help/answer', [('code', '0000-1111')]) == 422 and 'nothing with this code' in again.body, 'a wrong code opens nothing')
    ok(again.post('/help/answer', [('code', code[1].upper().replace('-', ' '))]) == 200 and 'Where are you?' in again.body
       and 'CANARY-visitor' in again.body, 'with the code she reads the answer')
    ok(again.post('/help/answer', [('code', code[1]), ('text', 'CANARY-at home')]) == 200 and 'CANARY-at home' in again.body, 'and answers')
    opened(dora, case)
    ok('CANARY-at home' in dora.body, 'which is read')
    bea = people['Bea']
    ok(tell(bea, f'{pair}/help', 'conduct', 'CANARY-hidden', named='nobody') == 200 and '<code>' in bea.body, 'Bea tells without a trace')
    bea.get('/account/answers')
    ok(bea.body.count('/account/answers?open=') == 1, 'nothing under her account has it')
    for _ in range(20):
        tell(visitor, f'{cohort}/help', 'safety', 'again')
    ok(visitor.status == 422 and 'within an hour' in visitor.body, 'nobody floods them without a name')


def try_conflict(server, cohort, people, admin, dora, enid):
    """Whoever is named loses sight of it; when all are, it goes outside."""
    cleo = people['Cleo']
    cleo.get(f'{cohort}/help')
    leads = dict((name, number) for number, name in re.findall(r'name="about" value="(\d+)"> <span>(\w+),', cleo.body))
    ok(tell(cleo, f'{cohort}/help', 'conduct', 'CANARY-dora', about=[leads['Dora']]) == 303, 'Cleo tells of one who is named for it')
    case = case_of(letter_about(server, 'enid@example.org', 'waits for you'))
    while opened(enid, case) == 200 and 'CANARY-dora' not in enid.body:
        case = case_of(letter_about(server, 'enid@example.org', 'waits for you'))
    ok('CANARY-dora' in enid.body, 'the other reads it')
    ok(dora.get(case) == 404 and dora.post(f'{case}/open', [], page='/account') == 404, 'she does not')
    ok(enid.post(f'{case}/about', [('email', 'nobody@example.org')], page=case) == 422, 'nobody has that address')
    ok(enid.post(f'{case}/about', [('email', 'enid@example.org')], page=case) == 422, 'nobody takes herself out')
    ok(enid.post(f'{case}/about', [('email', 'nora@example.org')], page=case) == 200 and 'Nora' in enid.body, 'more can be named later')
    ok(tell(cleo, f'{cohort}/help', 'conduct', 'CANARY-both', about=[leads['Dora']], about_email='enid@example.org') == 303, 'and of both')
    letter = letter_about(server, 'olivia@elsewhere.example', 'waits for you')
    link = re.search(r'/outside/\w+', letter.get_content())
    ok(link and 'CANARY' not in letter.get_content(), 'somebody outside gets a link')
    listed = ''
    for person in (dora, enid, admin):
        person.get(f'{cohort}/concerns')
        listed += person.body
    visitor = Browser(server)
    ok(visitor.get(link[0]) == 200 and 'CANARY' not in visitor.body, 'which shows it closed')
    ok(visitor.post(f'{link[0]}/open', [], page=link[0]) == 200 and 'CANARY-both' in visitor.body and 'What follows' not in visitor.body,
       'and opens it, and nothing more')
    ok(visitor.post(link[0], [('state', 'acknowledged'), ('text', 'I read it'), ('shown', '1')]) == 200, 'she answers')
    cleo.get('/account/answers')
    cleo.get(re.search(r'/account/answers\?open=\d+', cleo.body)[0])
    ok('I read it' in cleo.body and 'outside of the programme' in cleo.body, 'and Cleo reads it')
    ok(visitor.get('/outside/none') == 404 and visitor.send('POST', '/outside/none/open', '') == 404, 'another link opens nothing')
    return case


def read_by(case, **people):
    return {name for name, person in people.items() if person.get(case) == 200 and opened(person, case) == 200}


def try_conflicts(server, cohort, people, admin, dora, enid):
    """Who reads, whoever of them is named, before and after; and when nobody is left."""
    cleo, readers = people['Cleo'], {'dora': dora, 'enid': enid, 'ada': admin}
    cleo.get(f'{cohort}/help')
    leads = dict((name, number) for number, name in re.findall(r'name="about" value="(\d+)"> <span>(\w+),', cleo.body))

    def say(kind, words, about=(), email=''):
        before = set(numbers(cohort, readers))
        status = tell(cleo, f'{cohort}/help', kind, words, about=[leads[name] for name in about], about_email=email)
        return status, next(iter(set(numbers(cohort, readers)) - before), None)
    for kind, about, email, wanted in (('conduct', (), '', {'dora', 'enid'}), ('conduct', ('Dora',), '', {'enid'}), ('conduct', (), 'enid@example.org', {'dora'}),
                                       ('safety', ('Enid',), 'ada@example.org', {'dora'}), ('fit', (), '', {'ada'}), ('fit', (), 'ada@example.org', {'dora', 'enid'}),
                                       ('conduct', ('Dora', 'Enid'), '', set())):
        status, case = say(kind, 'CANARY-conflict', about, email)
        ok(status == 303 and (read_by(case, **readers) if case else set()) == wanted, f'{kind} about {about} {email}: read by {sorted(wanted) or "somebody outside"}')
    _, case = say('conduct', 'CANARY-later')
    ok(read_by(case, **readers) == {'dora', 'enid'}, 'both read it')
    ok(enid.post(f'{case}/about', [('email', 'dora@example.org')], page=case) == 200 and dora.get(case) == 404, 'one is named by the other: she loses it in the next request')
    ok(dora.get(f'{cohort}/concerns') == 200 and case not in dora.body and dora.post(case, [('state', 'acknowledged'), ('text', 'x')], page='/account') == 404, 'in the list too, and does nothing there')
    admin.post(f'{cohort}/safety', SAFE[:1] + [('outside_name', ''), ('outside_email', ''), SAFE[3]])
    status, case = say('conduct', 'CANARY-nowhere', ('Dora', 'Enid'))
    ok(status == 303 and read_by(case, **readers) == {'ada'}, 'both are named, and nobody is outside: those who run it read it')
    ok(say('conduct', 'CANARY-nobody', ('Dora', 'Enid'), 'ada@example.org') == (422, None) and 'would reach nobody' in cleo.body and 'CANARY-nobody' in cleo.body,
       'and when nobody is left at all, she learns that at once')
    admin.post(f'{cohort}/safety', SAFE)


def numbers(cohort, readers):
    for person in readers.values():
        person.get(f'{cohort}/concerns')
        yield from re.findall(rf'{cohort}/concerns/\d+', person.body)


def try_dying(server, cohort, people, dora):
    """The letter is kept with what was told: a server that dies at once loses neither."""
    before = set(numbers(cohort, {'dora': dora}))
    ok(tell(people['Cleo'], f'{cohort}/help', 'conduct', 'CANARY-dying') == 303, 'Cleo tells, and the server dies')
    server.kill()
    server.start()
    case = next(iter(set(numbers(cohort, {'dora': dora})) - before), 'none')
    letter = letter_about(server, 'dora@example.org', 'waits for you')
    while letter['Subject'] and case_of(letter) != case:
        letter = letter_about(server, 'dora@example.org', 'waits for you')
    ok(letter['Subject'] and opened(dora, case) == 200 and 'CANARY-dying' in dora.body, 'it comes back, and who reads it is told')


def try_ladder(server, case, cohort, people, enid):
    form = [('step', '1'), ('words', 'We talked'), ('sure', '1')]
    opened(enid, case)
    nora = re.search(r'<option value="(\d+)">Nora', enid.body)[1]
    ok(enid.post(f'{case}/ladder', form + [('person', nora)], page=case) == 422, 'first it is looked after')
    enid.post(case, [('state', 'acknowledged'), ('text', '')])
    enid.post(case, [('state', 'in_progress'), ('text', '')])
    ok(enid.post(f'{case}/ladder', form + [('person', '7')], page=case) == 422, 'somebody whom it concerns')
    ok(enid.post(f'{case}/ladder', form[:2] + [('person', nora)], page=case) == 422, 'it is confirmed')
    ok(enid.post(f'{case}/ladder', form + [('person', nora)], page=case) == 200 and 'talked with her' in enid.body, 'somebody talks with her')
    ok(enid.post(f'{case}/ladder', form + [('person', nora)], page=case) == 422, 'no step twice')
    out = [('step', '2'), ('words', 'CANARY-why'), ('sure', '1'), ('person', nora)]
    ok(enid.post(f'{case}/ladder', out, page=case) == 200, 'she leaves the cohort')
    letter = letter_about(server, 'nora@example.org', 'place in')
    ok('CANARY' not in letter.get_content() and f'{cohort}/help' in letter.get_content(), 'and is told where to ask, not why')
    ok(letter_about(server, 'cleo@example.org', 'has ended')['Subject'], 'her pair ends with it')
    enid.post(case, [('state', 'escalated'), ('text', 'To the board')])
    ok(enid.post(case, [('state', 'resolved'), ('text', 'Done'), ('shown', '1')]) == 200, 'and it is settled')
    ok(enid.post(case, [('state', 'open'), ('text', '')]) == 422, 'for good')


def try_glass(cohort, case, admin, people):
    """Nothing is late here: then nobody but those named opens it (late ones: src/main/concern_test.c)."""
    ok(admin.get(f'{case}/glass') == 404 and admin.post(f'{case}/glass', [('why', 'Now')], page='/account') == 404,
       'what is not late is not opened by others')
    ok(people['Mina'].get(f'{case}/glass') == 404, 'nor by a member')


def try_stolen(server, engine, place):
    """What stands in the database, with all that was told in it."""
    if engine == 'sqlite':
        found = b''
        for path in glob.glob(os.path.join(place, 'data', 'trellis.db*')):
            with open(path, 'rb') as file:
                found += file.read()
    else:
        found = subprocess.run(['psql', place, '-Atc', 'SELECT * FROM concern_case; SELECT * FROM concern_word; SELECT * FROM audit; SELECT * FROM job'],
                               capture_output=True, check=False).stdout
    words = set(re.findall(rb'CANARY-\w+', found)) - {b'CANARY-message'}
    ok(len(found) > 10000 and not words, f'nothing that was told stands in the database: {words}')
    letters = ''
    for path in glob.glob(os.path.join(server.mail, '*.eml')):
        with open(path, encoding='utf-8') as file:
            letters += file.read()
    ok('Something waits for you' in letters and not set(re.findall(r'CANARY-\w+', letters)) - {'CANARY-message'}, 'nor in a letter')


def try_others(cohort, case, people, visitor):
    for path in (case, f'{case}/glass', f'{cohort}/concerns', f'{cohort}/safety', '/account/answers'):
        ok(visitor.get(path) == 303, f'a visitor must sign in: {path}')
        ok(path == '/account/answers' or people['Cleo'].get(path) == 404, f'a member does not learn of {path}')
    for act in ('', '/open', '/hold', '/release', '/part', '/about', '/ladder', '/glass', '/glass/agree'):
        ok(people['Cleo'].post(case + act, [], page='/account') == 404, f'and does nothing there: {act or "answer"}')
        ok(visitor.post(case + act, [], page='/sign-in') == 401, f'nor does a visitor: {act or "answer"}')


def try_concerns(server):
    cohort, admin, people = begin(server)
    pair = own_pair(people['Bea'], cohort)
    dora, enid = register(server, 'Dora'), register(server, 'Enid')
    case = try_telling(server, cohort, pair, people, admin, dora, enid)
    try_reading(case, cohort, people, admin, dora, enid)
    try_answering(server, case, people, dora)
    try_holding(case, pair, people, admin, dora)
    try_both(server, case, cohort, pair, people, dora)
    try_ordinary(cohort, admin, dora)
    try_nameless(server, cohort, pair, people, dora)
    second = try_conflict(server, cohort, people, admin, dora, enid)
    try_ladder(server, second, cohort, people, enid)
    try_conflicts(server, cohort, people, admin, dora, enid)
    try_dying(server, cohort, people, dora)
    try_glass(cohort, case, admin, people)
    try_others(cohort, case, people, Browser(server))
    dora.post(f'{case}/hold', [], page=case)
    ok(dora.post(f'{case}/part', [], page=case) == 200, 'a held pair ends when she says so')
    ok('has ended' in letter_about(server, 'bea@example.org', 'has ended')['Subject'], 'and both are told')
    people['Bea'].get('/account/export')
    ok('"concern_case"' in people['Bea'].body and 'CANARY-conduct' not in people['Bea'].body, 'her copy says that she told, and her page has the words')
    try_stolen(server, sys.argv[2], sys.argv[3])
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    sys.exit(main(try_concerns))

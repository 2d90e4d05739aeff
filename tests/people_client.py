# SPDX-License-Identifier: Apache-2.0
"""What becomes of sign-ups through the server, on one engine: decided with a code and a note, ended, carried over.

  people_client.py TRELLIS sqlite|postgres PLACE     prints TAP
"""
import csv
import io
import re
import sys
import tempfile
import time

from board_client import begin
from serve_client import EVENINGS, Browser, find_pairs, join, main, ok, register, run_sql, upload
from setup_client import letter_about

BASE = [('about', 'For all.'), ('starts', '2027-03-01'), ('weeks', '26')]


def new_cohort(admin, name):
    admin.post('/cohorts/new', BASE + [('name', name), ('programme', '1')])
    cohort = admin.headers['location'].removesuffix('/setup')
    admin.post(f'{cohort}/state', [('to', 'enrolling')], page=cohort)
    return cohort


def try_deciding(server, admin):
    """A no has a code and a note, which she is not shown; whoever has her name is told to those who decide."""
    cohort = new_cohort(admin, 'Decide')
    rosa, twin = register(server, 'Rosa'), register(server, 'Rosy')
    twin.post('/account/profile', [('name', 'Rosa'), ('pronouns', ''), ('zone', 'UTC')])
    for person in (rosa, twin):
        join(person, cohort, 'mentee', ['data'])
    ok(rosa.get(cohort) == 200 and 'begins on 1 March 2027: you hear before that day' in rosa.body, 'she knows by when she hears')
    admin.get(f'{cohort}/people')
    one = re.search(r'href="(/cohorts/\d+/people/\d+)">Rosa</a>', admin.body)[1]
    admin.get(one)
    ok('same name' in admin.body and re.search(r'people/\d+">ros[ay]@example.org</a>', admin.body), 'a sign-up of the same name is told')
    no = [('from', 'submitted'), ('to', 'declined'), ('reason', 'Twice')]
    ok(admin.post(one, no) == 422 and 'id="code-error"' in admin.body and '>Twice</textarea>' in admin.body, 'a no has a code')
    ok(admin.post(one, no + [('code', 'duplicate'), ('note', 'Both are <hers>')]) == 303, 'with it, it is kept')
    admin.get(one)
    ok('Signed up twice' in admin.body and 'Note: Both are &lt;hers&gt;' in admin.body, 'both stand with the decision')
    for person in (rosa, twin):
        person.get(cohort)
        ok('are &lt;hers&gt;' not in person.body and 'Signed up twice' not in person.body, 'and are not shown to her')
    admin.get(f'{cohort}/people?state=submitted')
    other = re.search(r'name="enrolment" value="(\d+)"', admin.body)[1]
    bulk = [('to', 'declined'), ('reason', 'Full'), ('enrolment', other)]
    ok(admin.post(f'{cohort}/people/bulk', bulk, page=f'{cohort}/people') == 422 and 'id="code-error"' in admin.body, 'many at once, too')
    ok(admin.post(f'{cohort}/people/bulk', bulk + [('code', 'capacity')], page=f'{cohort}/people') == 303, 'one code for them all')


def try_log(admin):
    """The log tells what those who run things changed, with what stood before; but no words about people."""
    cohort = new_cohort(admin, 'Logged')
    edit = [('name', 'Logged'), ('about', 'For <all> of us.'), ('opens', ''), ('closes', ''), ('starts', '2027-04-01'), ('weeks', '20'), ('cadence', '2'), ('hours', '3')]
    admin.get(f'{cohort}/edit')
    stood = re.search(r'name="stood" value="(\w+)"', admin.body)[1]
    ok(admin.post(f'{cohort}/edit', edit + [('stood', stood)]) == 303, 'a cohort is changed')
    admin.get(f'/log?search={cohort}/edit')
    rows = re.sub(r'\s+', ' ', admin.body)
    ok('<del>2027-03-01</del> → <ins>2027-04-01</ins>' in rows and '<del>26</del> → <ins>20</ins>' in rows and 'For &lt;all&gt; of us.' in rows, 'the log has before and after')
    ok('How often pairs meet' not in rows, 'of what has changed')
    ok(admin.get('/log?search=2027-04-01') == 200 and f'{cohort}/edit' in admin.body, 'and is searched by it')
    admin.get('/log')
    text = re.sub(r'\s+', ' ', re.sub(r'<[^>]+>', ' ', admin.body))
    ok('Why, in one word: Signed up twice' in text and 'Decision: Do not accept' in text, 'of a decision what was chosen')
    ok('Both are' not in text and 'About &lt;i&gt;me' not in text, 'and no words about somebody, nor what members write')


def try_large(server, admin):
    """A large sheet is written some rows at a time: others write in between, a crash loses nothing, and it is taken back."""
    cohort = new_cohort(admin, 'Large')
    with tempfile.NamedTemporaryFile('w', suffix='.csv') as file:
        file.write('Name,E-mail,Expertise\n' + ''.join(f'Person {k},p{k}@large.example,Data science\n' for k in range(1300)))
        file.flush()
        place = upload(admin, cohort, 'mentor', file.name)
    admin.get(place)
    ok('1300 new' in admin.body, 'a sheet of 1,300')
    ok(admin.post(place, [('accept', '1')]) == 303, 'is imported')
    server.kill()
    run_sql(server, "UPDATE job SET claimed_until = 0 WHERE kind = 'import'")  # ten minutes later
    server.start()
    for _ in range(400):
        admin.get(place)
        if 'Imported: ' in admin.body:
            break
        time.sleep(0.05)
    ok('Imported: 1300 new, 0 changed' in admin.body, 'also when the server is killed meanwhile')
    ok(admin.post(place, [('accept', '1')], page=f'{cohort}/import') == 409, 'once')
    admin.get(f'{cohort}/people.csv')
    ok(admin.body.count('@large.example') == 1300, 'each of them once')
    run_sql(server, "INSERT INTO veto(mentor, mentee, at) SELECT e.id, e.id, 1 FROM enrolment e JOIN person p ON p.id = e.person "
            "WHERE p.email = 'p1299@large.example'")  # somebody has to do with her since it was looked at
    ok(admin.post(f'{place}/undo', [], page=place) == 303, 'and is taken back')
    admin.get(place)
    ok('The import is being taken back. You need not wait' in admin.body, 'in parts')
    server.kill()
    run_sql(server, "UPDATE job SET claimed_until = 0 WHERE kind = 'import'")
    server.start()
    for _ in range(400):
        admin.get(place)
        if 'was taken back' in admin.body:
            break
        time.sleep(0.05)
    ok('was taken back' in admin.body and 'One sign-up of it stayed' in admin.body, 'also when the server is killed meanwhile')
    ok(admin.post(f'{place}/undo', [], page=cohort) == 409, 'once')
    admin.get(f'{cohort}/people.csv')
    ok(admin.body.count('@large.example') == 1, 'with all that it made, but for who was matched meanwhile')


def try_managers(server, admin):
    """A sheet tells line managers by address or by name, and where to meet; taken back, all is as it was."""
    cohort = new_cohort(admin, 'Managed')
    gro, wilma = register(server, 'Gro'), register(server, 'Wilma')
    join(gro, cohort, 'mentor', ['data'])
    join(wilma, cohort, 'mentee', ['data'])
    admin.get(f'{cohort}/people')
    known = re.search(r'href="(/cohorts/\d+/people/\d+)">Wilma</a>', admin.body)[1] + '/known'
    admin.post(known, [('manager', 'old@boss.example')])
    with tempfile.NamedTemporaryFile('w', suffix='.csv') as file:
        file.write('Name,E-mail,Wants help with,Line manager,Where can you meet in person?,Years of experience\n'
                   'Wilma,wilma@example.org,Data science,gro,Oslo,7\nNew One,n1@m.example,Data science,Boss@Else.example,,\n'
                   'New Two,n2@m.example,Data science,Nobody here,,\n')
        file.flush()
        place = upload(admin, cohort, 'mentee', file.name)
    admin.get(place)
    ok('2 new, 1 changed' in admin.body and 'value="line_manager" selected' in admin.body and 'value="meeting_place" selected' in admin.body,
       'a line manager is no veto')
    ok(admin.body.count('nobody else in this cohort has this name') == 1, 'a name that nobody has is told')
    ok(admin.post(place, [('accept', '1')]) == 303, 'imported')
    admin.get(f'{cohort}/people.csv')
    rows = {row['E-mail']: row for row in csv.DictReader(io.StringIO(admin.body))}
    ok(rows['wilma@example.org']['Line manager'] == 'gro@example.org' and rows['n1@m.example']['Line manager'] == 'boss@else.example'
       and rows['n2@m.example']['Line manager'] == '', 'by name and by address')
    ok(rows['wilma@example.org']['Meeting place'] == 'Oslo' and rows['wilma@example.org']['Years in tech'] == '7', 'and the place to meet')
    ok(admin.post(f'{place}/undo', [], page=place) == 303, 'taken back')
    admin.get(f'{cohort}/people.csv')
    rows = {row['E-mail']: row for row in csv.DictReader(io.StringIO(admin.body))}
    ok(rows['wilma@example.org']['Line manager'] == 'old@boss.example' and rows['wilma@example.org']['Meeting place'] == '' and len(rows) == 2,
       'all is as it was')


def try_ending(server, cohort, admin, people, ids):
    """Those who run it end a place: the pair ends, she is told why, and does not come back by herself."""
    dora, olga = people['Dora'], people['Olga']
    run = find_pairs(admin, cohort)
    admin.post(f'{run}/publish', [], page=f'{run}/publish')
    ok(dora.get(f'{cohort}/people/{ids["Nora"]}/end') == 404, 'which is not for a mentee')
    place = f'{cohort}/people/{ids["Nora"]}/end'
    ok(admin.get(f'{cohort}/people/{ids["Nora"]}') == 200 and place in admin.body and admin.get(place) == 200 and 'can&#39;t be taken back' in admin.body,
       'what ends with it is said first')
    ok(admin.post(place, [('code', 'other'), ('reason', '')]) == 422 and 'id="reason-error"' in admin.body, 'it says why')
    ok(admin.post(place, [('code', 'conduct'), ('reason', 'You did <not> come.'), ('note', 'Three times')]) == 303, 'her place ends')
    ok(admin.post(place, [('code', 'conduct'), ('reason', 'Again')], page=cohort) == 409, 'once')
    letter = letter_about(server, 'nora@example.org', 'has ended')
    ok('You did <not> come.' in letter.get_content(), 'she is told why')
    nora = people['Nora']
    nora.get(cohort)
    ok('place ended' in nora.body and 'You did &lt;not&gt; come.' in nora.body and 'Three times' not in nora.body, 'and reads it there')
    ok(nora.get(f'{cohort}/join/mentor/aims') == 404 and nora.post(f'{cohort}/join/mentor/check', [('agreed', '1')], page=cohort) == 404
       and nora.get(f'{cohort}/mentors') == 404, 'she does not come back by herself')
    admin.get(f'{cohort}/matches')
    ok('left' in admin.body, 'her offers have ended')
    ok(olga.get(f'{cohort}/join/mentor/withdraw') == 200 and 'take a pause' in olga.body, 'who wants to go sees what ends')
    ok(olga.get(f'{cohort}/join/mentee/withdraw') == 404, 'of what she is')
    ok(olga.post(f'{cohort}/join/mentor/withdraw', [('why', 'A <new> job')]) == 303, 'she goes, and says why')
    ok(admin.get(f'{cohort}/people/{ids["Olga"]}') == 200 and 'Note: A &lt;new&gt; job' in admin.body, 'which those who run it read')
    ok(olga.post(f'{cohort}/join/mentor/withdraw', [], page=cohort) == 409, 'once')


def try_carrying(server, cohort, admin, people, ids):
    """Who waits at the end comes first in the next cohort, with what she has said."""
    over = f'{cohort}/waiting/over'
    ok(admin.get(f'{cohort}/waiting') == 200 and over in admin.body, 'the waiting list leads to it')
    admin.get(over)
    waiting = set(re.findall(r'people/\d+">(\w+)</a>', admin.body))
    ok('Eva' in waiting and 'Bea' not in waiting, f'who has nobody is on it: {sorted(waiting)}')
    later = new_cohort(admin, 'Later')
    number = later.rpartition('/')[2]
    ok(admin.get(over) == 200 and f'value="{number}"' in admin.body, 'a later cohort of the programme')
    ok(admin.post(over, [('to', '1')]) == 422, 'not any')
    ok(people['Bea'].get(over) == 404 and Browser(server).get(over) == 303, 'which is for those who run it')
    ok(admin.post(over, [('to', number)]) == 303, 'they are carried over')
    letter = letter_about(server, 'eva@example.org', 'come first')
    ok(f'/cohorts/{number}' in letter.get_content(), 'Eva is told')
    eva = people['Eva']
    ok(eva.get(cohort) == 200 and 'carried over' in eva.body, 'here she sees it')
    ok(eva.get(f'{later}/join/mentee/check') == 200 and 'Career orientation' in eva.body, 'there she is, with what she has said')
    admin.get(f'{later}/waiting')
    row = re.search(r'>Eva</a></th><td>[^<]*</td><td>(\w+)</td>', admin.body)
    ok(row is not None and row[1] == 'yes', 'and comes first')
    ok(admin.post(over, [('to', number)], page=f'{cohort}/waiting') == 409, 'once')


def try_becoming(server, cohort, admin, people):
    """A mentee whose time came to its good end is led to a mentor's sign-up that knows what she has said."""
    bea = people['Bea']
    for name in ('Bea', 'Mina', 'Cleo'):
        people[name].get(f'{cohort}/match')
        offer = re.search(r'href="(/cohorts/\d+/match/\d+)"', people[name].body)
        people[name].post(offer[1] if offer else cohort, [('answer', 'yes')], page=f'{cohort}/match')
    bea.get(f'{cohort}/match')
    pair = re.search(r'/pairs/(\d+)', bea.body)[1]
    later = new_cohort(admin, 'Mentors wanted')
    run_sql(server, f"UPDATE match SET state = 'closing', begun = 1, closing_at = 1, ends_on = '2026-01-31' WHERE id = {pair}")
    run_sql(server, "UPDATE job SET run_at = 1 WHERE kind = 'pair_clock'")
    words = letter_about(server, 'bea@example.org', 'Would you like to mentor now').get_content()
    ok(re.search(r'http://[^/\s]+/mentor\s', words) and '/stop/' in words, 'the letter at the end leads to it, and can be stopped')
    ok('Completed on' in (bea.get(f'/pairs/{pair}') and bea.body), 'her match is completed by the clock')
    ok('Would you mentor somebody in Mentors wanted?' in (bea.get('/') and bea.body), 'her first page asks her')
    ok(bea.get('/mentor') == 200 and f'{later}/join/mentor/aims' in bea.body, 'one page says where mentors are looked for')
    ok(Browser(server).get('/mentor') == 303, 'for whoever is signed in')
    aims = f'{later}/join/mentor/aims'
    bea.get(aims)
    ok('is filled in' in bea.body and re.search(r'value="data" checked', bea.body) and re.search(r'value="en" checked', bea.body), 'what she has said is filled in')
    ok('goal' not in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>[^<]', bea.body), 'but not what a mentor answers otherwise')
    bea.post(aims, [('level', '2'), ('topics', 'data'), ('languages', 'en'), ('goal', '')])
    bea.get(f'{later}/join/mentor/times')
    ok('value="18:00"' in bea.body, 'on each page')
    bea.get(f'{later}/join/mentor/you')
    ok('About &lt;i&gt;me' in bea.body and re.search(r'<option value="matching" selected|value="matching" checked', bea.body), 'who may see what she needs, she says anew')
    bea.post(f'{later}/join/mentor/times', EVENINGS + [('formats', 'video'), ('places', '2'), ('hours', '4')])
    ok(bea.post(f'{later}/join/mentor/check', [('agreed', '1')]) == 303, 'and she sends it')
    ok('You have begun, or sent' in (bea.get('/mentor') and bea.body), 'which the page knows')


def play(server):
    cohort, admin, people, ids = begin(server)
    try_deciding(server, admin)
    try_log(admin)
    try_large(server, admin)
    try_managers(server, admin)
    try_ending(server, cohort, admin, people, ids)
    try_becoming(server, cohort, admin, people)
    try_carrying(server, cohort, admin, people, ids)
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    sys.exit(main(play))

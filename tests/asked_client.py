# SPDX-License-Identifier: Apache-2.0
"""What people are asked beside the usual, and what matching makes of it, on one engine.

  asked_client.py TRELLIS sqlite|postgres PLACE     prints TAP

A programme chooses how matching uses its own questions, asks about ways of working, and sees both
in the fit of a pair; the two are told what they have in common, and nobody what is for nobody.
"""
import re
import sys

from serve_client import EVENINGS, Browser, find_pairs, join, main, ok, register

COHORT = [('about', 'For all.'), ('opens', ''), ('closes', ''), ('starts', '2027-03-01'), ('weeks', '20'), ('programme', '1')]
RULES = [('overlap', '60'), ('gap', '1'), ('language', '1'), ('lowest', '0'), ('topics', '10'), ('level', '2'), ('time', '3'),
         ('languages', '1'), ('formats', '1'), ('choices', '0'), ('answers', '4'), ('style', '6'), ('cadence', '2'), ('skill', '2'), ('chosen', '0'), ('order', 'most'),
         ('asks', 'both'), ('days', '7')]


def make_cohort(admin, name):
    admin.post('/cohorts/new', COHORT + [('name', name)])
    cohort = admin.headers['location'].removesuffix('/setup')
    admin.post(f'{cohort}/state', [('to', 'enrolling')], page=cohort)
    return cohort


def question(label, kind, options, matching, role='both', audience='match'):
    return [('label', label), ('hint', ''), ('role', role), ('kind', kind), ('options', options), ('audience', audience), ('matching', matching)]


def try_making(admin, cohort):
    page = f'{cohort}/questions'
    ok(admin.get(page) == 200 and 'How does matching use the answer?' in admin.body, 'it is asked how matching uses a question')
    for label, kind, options, matching, role, why in (
            ('A', 'many', 'C\nGo', '1', 'mentor', 'ask mentees and mentors'), ('B', 'text', '', '1', 'both', 'Only questions with answers to choose from'),
            ('C', 'many', 'C\nGo', '2', 'both', 'can be near each other'), ('D', 'number', '', '3', 'both', 'Only questions with answers to choose from'),
            ('E', 'one', '\n'.join(map(str, range(40))), '4', 'both', 'id="matching-error"')):
        ok(admin.post(page, question(label, kind, options, matching, role)) == 422 and why in admin.body and f'value="{label}"' in admin.body, f'{label}: {why}')
    ok(admin.post(page, question('Which <tools>?', 'many', 'Git\nSQL & more\nC', '1')) == 303, 'what is shared counts')
    ok(admin.post(page, question('Which track?', 'one', 'Data\nWeb', '3', audience='coordinator')) == 303, 'an answer that a pair must share')
    many = '\n'.join(f'City {k}' for k in range(40))
    ok(admin.post(page, question('City?', 'one', many, '3')) == 422 and '64 combinations' in admin.body, 'no more than matching can hold')
    ok(admin.post(page, question('Secret?', 'one', 'Yes\nNo', '1', audience='matching')) == 303, 'one that nobody sees')
    ok(admin.post(f'{page}/style', [('to', 'on')], page=page) == 303 and admin.follow() == 200 and '11 questions' in admin.body, 'and eight about ways of working')
    admin.post(f'{page}/style', [('to', 'on')], page=page)
    ok(admin.get(page) == 200 and '11 questions' in admin.body and 'pairs must have an answer in common' in admin.body, 'once')
    for k in range(2):
        ok(admin.post(page, question(f'Bold {k}?', 'scale', '', '2')) == 303, 'ten such')
    ok(admin.post(page, question('Bold?', 'scale', '', '2')) == 422 and 'there are ten already' in admin.body, 'and no more')
    for label in ('Bold 0?', 'Bold 1?'):
        number = re.search(rf'/questions/(\d+)">{re.escape(label)}', admin.get(page) and admin.body)[1]
        admin.post(f'{page}/end', [('question', number)], page=page)
    ok(admin.get(f'{page}/preview?role=mentee') == 200 and 'I like a plan for each meeting.' in admin.body and 'Part 5' in admin.body, 'the sign-up shows them apart')


def sign_up(server, name, cohort, role, level, said, style):
    """said: answers by question; style: the steps of the eight statements, '' for none."""
    person = register(server, name)
    base = f'{cohort}/join/{role}'
    person.post(f'{base}/aims', [('level', level), ('languages', 'en'), ('goal', ''), ('topics', 'data')])
    person.post(f'{base}/times', EVENINGS + [('formats', 'video'), ('places', '1'), ('hours', '4')])
    person.post(f'{base}/you', [('about', 'I'), ('woman', '1'), ('caregiving_for', 'matching'), ('access_for', 'matching')])
    ok(person.headers['location'] == f'{base}/style', f'{name} comes to ways of working')
    person.get(f'{base}/style')
    names = list(dict.fromkeys(re.findall(r'name="(q\d+)"', person.body)))
    ok(len(names) == 8 and 'nobody sees your answers' in person.body and 'Very much' in person.body, 'eight statements, and what they are for')
    person.post(f'{base}/style', [(one, step) for one, step in zip(names, style) if step])
    ok(person.headers['location'] == f'{base}/questions', 'then to the other questions')
    person.get(f'{base}/questions')
    ok('what two have in common counts for them' in person.body and 'a pair has an answer in common' in person.body and 'Nobody sees the answer.' in person.body,
       'each says what matching makes of it')
    legends = dict((label, one) for one, label in re.findall(r'id="(q\d+)"[^>]*>\s*<legend[^>]*>([^<]+?)\s*(?:<|$)', person.body))
    fields = {}
    for label, value in said:
        one = next((number for text, number in legends.items() if text.startswith(label)), None)
        fields.setdefault(label, one)
    ok(all(fields.values()), f'{name} finds each question {legends if not all(fields.values()) else ""}')
    person.post(f'{base}/questions', [(fields[label], value) for label, value in said])
    ok(person.follow() == 200 and person.post(f'{base}/check', [('agreed', '1')]) == 303, f'{name} has signed up')
    return person


def accept_all(admin, cohort):
    admin.get(f'{cohort}/people')
    ids = dict((name, number) for number, name in re.findall(r'people/(\d+)">(\w+)</a>', admin.body))
    admin.post(f'{cohort}/people/bulk', [('to', 'approved'), ('reason', '')] + [('enrolment', number) for number in ids.values()], page=f'{cohort}/people')
    return ids


def try_matching(server, admin, cohort):
    data = [('Which &lt;tools&gt;?', 'Git'), ('Which &lt;tools&gt;?', 'SQL & more'), ('Which track?', 'Data'), ('Secret?', 'Yes')]
    web = [('Which &lt;tools&gt;?', 'C'), ('Which track?', 'Web')]
    amy = sign_up(server, 'Amy', cohort, 'mentee', '1', data, '55115511')
    bea = sign_up(server, 'Bea', cohort, 'mentee', '1', [('Which &lt;tools&gt;?', 'C')], '33333333')
    mia = sign_up(server, 'Mia', cohort, 'mentor', '2', data, '54115511')
    noa = sign_up(server, 'Noa', cohort, 'mentor', '2', web, '11551155')
    ok(amy.get(f'{cohort}/join/mentee/check') == 200 and 'I like a plan for each meeting.' in amy.body and 'Very much' in amy.body and 'Secret?' in amy.body,
       'she sees all that she said')
    ids = accept_all(admin, cohort)
    ok(admin.post(f'{cohort}/rules', RULES) == 303, 'each counts as the rules say')
    ok(admin.get(f'{cohort}/people/{ids["Amy"]}') == 200 and 'SQL &amp; more' in admin.body and 'I like a plan' not in admin.body and 'Secret?' not in admin.body
       and 'for matching only' in admin.body, 'who decides reads what is for her, and not what is for nobody')
    run = find_pairs(admin, cohort)
    admin.get(run)
    rows = {name: row for name, row in re.findall(r'<th scope="row">(\w+)</th>(.*?)</tr>', admin.body, re.S)}
    ok('Mia' in rows['Amy'] and 'Noa' in rows['Bea'], 'those who fit are found')
    ok('both answered: Git; SQL &amp; more; Data' in rows['Amy'] and 'Yes' not in rows['Amy'], 'and what they share is told')
    one = f'{run}/pair/{ids["Amy"]}/{ids["Mia"]}'
    ok(admin.get(one) == 200 and 'Answers in common' in admin.body and 'Ways of working' in admin.body, 'as parts of the fit')
    ok(admin.get(f'{run}/pair/{ids["Amy"]}/{ids["Noa"]}') == 200 and 'an answer that a pair must have in common' in admin.body, 'what must be in common forbids')
    ok(admin.get(f'{run}/pair/{ids["Bea"]}/{ids["Mia"]}') == 200 and 'The rules forbid' not in admin.body, 'but nobody who has not answered')
    admin.get(f'{cohort}/rules')
    look = f'{cohort}/rules/look?' + '&'.join(f'{name}={value}' for name, value in RULES)
    ok(admin.get(look) == 200 and 'an answer that a pair must have in common' in admin.body, 'the rules tell how many pairs it forbids')
    page = f'{cohort}/questions'
    admin.get(page)
    number = re.search(r'/questions/(\d+)">Which track', admin.body)[1]
    ok(admin.post(f'{page}/{number}', question('Which track?', 'one', 'Data\nWeb', '0')) == 303, 'matching stops using one')
    ok(admin.get(one.replace(ids['Mia'], ids['Noa'])) == 200 and 'have changed since this run' in admin.body and 'must have an answer' not in admin.body,
       'which the run says')
    ok(admin.get(f'{page}/{number}') == 200 and re.search(r'name="matching" value="0" checked', admin.body) is not None, 'and the question')
    admin.post(f'{run}/publish', [], page=f'{run}/publish')
    ok(amy.get(f'{cohort}/match') == 200 and 'You both answered: Git; SQL &amp; more' in amy.body and '; Data' not in amy.body and 'Yes;' not in amy.body
       and 'ways of working much alike' in amy.body, 'Amy is told what is for her match')
    ok(bea.get(f'{cohort}/match') == 200 and 'You both answered: C' in bea.body and 'much alike' not in bea.body, 'Bea too, and no more than is true')
    for person in (amy, noa):
        ok(person.get(page) == 404 and person.post(f'{page}/style', [('to', 'off')], page='/account') == 404, 'questions are for those who run it')
    ok(admin.post(f'{page}/style', [('to', 'off')], page=page) == 303, 'nobody is asked about ways of working any more')
    ok(mia.get(f'{cohort}/join/mentor/check') == 200 and '/join/mentor/style' not in mia.body, 'the step is gone')


def try_levels(server, admin):
    """How often, years and a level in each topic: said, kept, compared, and told on a mentor's card."""
    cohort = make_cohort(admin, 'Levels')
    people = {name: register(server, name) for name in ('Ella', 'Hana', 'Ivy')}
    for name, role in (('Ella', 'mentee'), ('Hana', 'mentor'), ('Ivy', 'mentor')):
        person, base = people[name], f'{cohort}/join/{role}'
        join(person, cohort, role, ['data', 'ux'], '1' if role == 'mentee' else '2')
        for years in ('many', '61', '-1'):
            ok(person.post(f'{base}/aims', [('level', '1' if role == 'mentee' else '2'), ('languages', 'en'), ('goal', ''), ('topics', 'data'), ('topics', 'ux'),
                                            ('years', years)]) == 422 and 'id="years-error"' in person.body, f'{years} are no years')
        person.post(f'{base}/aims', [('level', '1' if role == 'mentee' else '2'), ('languages', 'en'), ('goal', ''), ('topics', 'data'), ('topics', 'ux'), ('years', '7')])
        ok(person.post(f'{base}/times', EVENINGS + [('formats', 'video'), ('places', '1'), ('hours', '4'), ('cadence', '9')]) == 422, 'nobody meets so seldom')
        person.post(f'{base}/times', EVENINGS + [('formats', 'video'), ('places', '1'), ('hours', '4'), ('cadence', {'Ella': '1', 'Hana': '1', 'Ivy': '4'}[name])])
        ok(person.get(f'{base}/check') == 200 and '<dd>7</dd>' in person.body and f'{base}/levels' in person.body and 'How often' in person.body, f'{name} sees it')
    ella, hana, ivy = people.values()
    levels = f'{cohort}/join/mentor/levels'
    ok(hana.get(levels) == 200 and 'Data science' in hana.body and 'as in my career' in hana.body, 'a level in each topic')
    ok(hana.post(levels, [('data', '9')]) == 422, 'one that is offered')
    ok(hana.post(levels, [('data', '4'), ('ux', '')]) == 303 and hana.follow() == 200 and 'Data science (Very experienced, or leading others)' in hana.body, 'is kept')
    ok(ella.get(levels) == 404 and Browser(server).get(levels) == 303, 'and is hers')
    ids = accept_all(admin, cohort)
    ok(ella.get(f'{cohort}/mentors') == 200 and 'Data science (Very experienced' in ella.body and re.search(r'Years in tech</dt><dd>7<', ella.body) is not None,
       'a card tells both')
    admin.post(f'{cohort}/rules', [(name, 'none' if name == 'asks' else value) for name, value in RULES])
    run = find_pairs(admin, cohort)
    ok(admin.get(f'{run}/pair/{ids["Ella"]}/{ids["Hana"]}') == 200 and 'They are a pair of this run' in admin.body and 'How often to meet' in admin.body
       and 'Levels in her topics' in admin.body, 'both count, and who wants to meet as often is found')
    admin.get(f'{cohort}/people.csv')
    ok('"Weeks between"' in admin.body or 'Weeks between' in admin.body and 'data:4' in admin.body, 'and stand in the sheet')
    admin.post(f'{run}/publish', [], page=f'{run}/publish')
    ella.get(f'{cohort}/match')
    pair = re.search(r'/pairs/\d+', ella.body)[0]
    ok(ella.get(f'{pair}/agreement/propose') == 200 and re.search(r'name="cadence"[^>]*value="1"', ella.body) is not None, 'their agreement begins with what both wish')


def try_taking_over(server, admin, cohort):
    ready = '/cohorts/1'
    admin.post(f'{ready}/questions/style', [('to', 'on')], page=f'{ready}/questions')
    admin.post(f'{ready}/questions', question('Tools?', 'many', 'Git\nC', '1'))
    admin.post(f'{ready}/rules', RULES)
    second = make_cohort(admin, 'Second')
    ok(admin.get(f'{second}/questions') == 200 and '9 questions' in admin.body and 'matching: what they share counts' in admin.body, 'a new cohort takes all over')
    ok(admin.get(f'{second}/rules') == 200 and re.search(r'name="style"[^>]*value="6"', admin.body) is not None, 'with what it counts')


def try_asked(server):
    admin = register(server, 'Ada', server.first_link())
    cohort = make_cohort(admin, 'Asked')
    try_making(admin, cohort)
    try_matching(server, admin, cohort)
    try_levels(server, admin)
    try_taking_over(server, admin, cohort)
    ok(Browser(server).get(f'{cohort}/join/mentee/style') == 303, 'a visitor signs in first')
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    sys.exit(main(try_asked))

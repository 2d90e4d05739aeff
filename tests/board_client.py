# SPDX-License-Identifier: Apache-2.0
"""The board of a run through the server: its pairs in any order, and what is decided by hand, on one engine.

  board_client.py TRELLIS sqlite|postgres PLACE     prints TAP

Four mentees and three mentors with four places; each thing that is decided by hand is looked at before it is
kept, taken back, and done again, and a new run makes pairs of it.
"""
import html
import re
import sys

from serve_client import Browser, find_pairs, join, main, ok, register

RULES = [('overlap', '60'), ('gap', '1'), ('language', '1'), ('lowest', '0'), ('topics', '10'), ('level', '2'), ('time', '3'),
         ('languages', '1'), ('formats', '1'), ('choices', '0'), ('answers', '2'), ('style', '3'), ('cadence', '2'), ('skill', '2'), ('chosen', '0'), ('order', 'most'), ('asks', 'both'), ('days', '3')]


def begin(server):
    admin = register(server, 'Ada', server.first_link())
    admin.post('/cohorts/new', [('name', 'Spring'), ('about', 'For all.'), ('starts', '2027-03-01'), ('weeks', '26')])
    cohort = admin.headers['location'].removesuffix('/setup')
    admin.post(f'{cohort}/state', [('to', 'enrolling')], page=cohort)
    people = {name: register(server, name) for name in ('Bea', 'Cleo', 'Dora', 'Eva', 'Mina', 'Nora', 'Olga')}
    join(people['Bea'], cohort, 'mentee', ['data'])
    join(people['Cleo'], cohort, 'mentee', ['security'])
    join(people['Dora'], cohort, 'mentee', ['data', 'security'])
    join(people['Eva'], cohort, 'mentee', ['planning'])
    join(people['Mina'], cohort, 'mentor', ['data'], '3')
    join(people['Nora'], cohort, 'mentor', ['security'], '3', '2')
    join(people['Olga'], cohort, 'mentor', ['planning'], '3')
    admin.get(f'{cohort}/people')
    ids = {name: number for number, name in re.findall(r'people/(\d+)">(\w+)</a>', admin.body)}
    admin.post(f'{cohort}/people/bulk', [('to', 'approved'), ('reason', '')] + [('enrolment', one) for one in ids.values()],
               page=f'{cohort}/people')
    admin.post(f'{cohort}/rules', RULES)
    return cohort, admin, people, ids


def pairs_of(browser, run):
    browser.get(run)
    return dict(re.findall(r'<th scope="row">(\w+)</th><td>(\w+)</td>', browser.body))


def act(ids, do, *names, note=''):
    keys = ('mentee', 'mentor', 'mentee2', 'mentor2')
    return [('do', do), ('note', note)] + [(key, ids[name]) for key, name in zip(keys, names)]


def show(browser, run, values):
    status = browser.get(f'{run}/change?' + '&'.join(f'{k}={v}' for k, v in values if v))
    return status, html.unescape(re.sub(r'\s+', ' ', re.sub(r'<[^>]*>', ' ', browser.body)))


def try_reports(admin, cohort, bea):
    """So few people are here that no number of them may be told, in any form."""
    for by in ('topic-level', 'topic-language', 'topic-band', 'level-band'):
        ok(admin.get(f'{cohort}/pool?by={by}') == 200 and 'wishes not told' in admin.body and 'more than places' not in admin.body.split('<table')[1]
           and '<svg class="chart"' not in admin.body, f'{by}: four mentees are not told')
        ok(admin.get(f'{cohort}/pool.csv?by={by}') == 200 and 'not told' in admin.body and not re.search(r',[1-9]', admin.body),
           f'{by}: nor in the sheet')
    ok(admin.get(f'{cohort}/fairness') == 200 and 'not told' in admin.body, 'whom matching treats how')
    ok(admin.get(f'{cohort}/fairness.csv') == 200 and not re.search(r',[1-9]', admin.body), 'with no number of so few')
    ok(bea.get(f'{cohort}/pool.csv') == 404 and bea.get(f'{cohort}/fairness') == 404 and bea.get(f'{cohort}/fairness.csv') == 404, 'nothing for a mentee')


def try_board(admin, cohort, run, ids):
    ok(pairs_of(admin, run) == {'Bea': 'Mina', 'Cleo': 'Nora', 'Dora': 'Nora', 'Eva': 'Olga'}, 'the best pairs')
    ok('Nothing was decided by hand since this run' in admin.body and '<svg' in admin.body, 'no draft yet, and a plot of the fit')
    for sort, first in (('best', None), ('name', 'Bea'), ('mentor', 'Bea'), ('time', None)):
        admin.get(f'{run}?sort={sort}')
        names = re.findall(r'<th scope="row">(\w+)</th><td>(\w+)</td>', admin.body)
        ok(len(names) == 4 and (first is None or names[0][0] == first), f'in another order: {sort}')
    admin.get(f'{run}?search=nor')
    ok('2 pairs' in admin.body and 'Eva' not in admin.body, 'searched by a name of either side')
    admin.get(f'{run}?only=no_topic')
    ok('No pair is like that' in admin.body, 'what nobody is like says so')
    admin.get(f'{run}?below=30')
    ok('No pair is like that' in admin.body, 'filtered by fit')
    admin.get(f'{run}?page=7')
    ok(admin.status == 200 and 'No pair is like that' in admin.body, 'a page beyond the end')
    admin.get(f'{run}?only=what&sort=ever&below=x&swap=1-1')
    ok(admin.status == 404, 'a swap of nobody is not there')


def try_hand(admin, cohort, run, ids):
    status, text = show(admin, run, act(ids, 'ban', 'Bea', 'Mina'))
    ok(status == 200 and 'Bea and Mina: never together' in text and 'Mentees with a mentor 4' in text, 'apart: it is shown first')
    ok('1 pair' in text or 'pairs would go' in text or 'One pair would go' in text, 'with the pairs that would go')
    ok(pairs_of(admin, run)['Bea'] == 'Mina' and 'Nothing was decided' in admin.body, 'looking at it keeps nothing')
    ok(admin.post(f'{run}/change', act(ids, 'ban', 'Bea', 'Mina', note='They are <cousins>')) == 303 or admin.status, 'it is kept')
    admin.get(run)
    ok('Bea and Mina: never together' in re.sub(r'<[^>]*>', '', admin.body) and '&lt;cousins&gt;' in admin.body,
       'and stands in the draft with its comment')
    ok(pairs_of(admin, run)['Bea'] == 'Mina', 'the run itself stays as it is')
    ok(admin.post(f'{run}/change', act(ids, 'ban', 'Bea', 'Mina', note='They are <cousins>'), page=run) == 409, 'kept twice: it is so already')
    status, text = show(admin, run, act(ids, 'pin', 'Cleo', 'Olga'))
    ok(status == 200 and 'Cleo and Olga: kept together' in text, 'together: shown first')
    ok(admin.post(f'{run}/change', act(ids, 'pin', 'Cleo', 'Olga'), page=run) == 303, 'and kept')
    status, text = show(admin, run, act(ids, 'pin', 'Eva', 'Olga'))
    ok("That can't be" in text, 'what can not be says so')
    status, text = show(admin, run, act(ids, 'pin', 'Cleo', 'Nora'))
    ok('Cleo and Olga: as matching decides' in text and 'Cleo and Nora: kept together' in text, 'another mentor takes the place of the first')
    status, text = show(admin, run, [('do', 'draft')])
    ok('against the pairs of this run' in text, 'what the draft would make of the run')
    ok(admin.get(f'{run}/change?do=what') == 404 and admin.get(f'{run}/change?do=pin&mentee=1&mentor=2') == 404, 'nonsense is not there')
    return find_pairs(admin, cohort)


def try_steps(admin, cohort, run, ids):
    admin.get(run)
    number = re.search(r'do=back&amp;number=(\d+)', admin.body)[1]
    ok(number == '2', 'the last step can be taken back')
    status, text = show(admin, run, [('do', 'back'), ('number', '2')])
    ok('Cleo and Olga: as matching decides' in text, 'it is shown first')
    status, text = show(admin, run, [('do', 'back'), ('number', '1')])
    ok('2 steps are taken back' in text and 'Bea and Mina: as matching decides' in text, 'so are two at once')
    ok(admin.post(f'{run}/change', [('do', 'back'), ('number', '2')], page=run) == 303, 'one is')
    ok(admin.post(f'{run}/change', [('do', 'back'), ('number', '2')], page=run) == 409, 'once')
    ok(admin.post(f'{run}/change', [('do', 'again'), ('number', '1')], page=run) == 409, 'what holds is not done again')
    admin.get(f'{cohort}/changes')
    ok('taken back' in admin.body and 'Ada' in admin.body and admin.body.count('<tr>') == 3, 'both steps stand in the list')
    admin.get(run)
    ok('do=again&amp;number=2' in admin.body, 'it can be done again')
    ok(admin.post(f'{run}/change', [('do', 'again'), ('number', '2')], page=run) == 303, 'and is')
    ok(admin.post(f'{run}/change', [('do', 'back'), ('number', '1')], page=run) == 303, 'all is taken back')
    admin.get(f'{cohort}/matching')
    ok('Decided by hand</caption>' not in admin.body, 'and nothing is decided any more')
    ok(admin.post(f'{run}/change', act(ids, 'ban', 'Eva', 'Olga'), page=run) == 303, 'a new step')
    admin.get(run)
    ok('do=again' not in admin.body and 'do=back&amp;number=3' in admin.body, 'ends what could be done again')
    admin.post(f'{run}/change', [('do', 'back'), ('number', '3')], page=run)


def try_swap(admin, cohort, run, ids):
    admin.get(f'{run}?swap={ids["Bea"]}-{ids["Mina"]}')
    ok('You are swapping the mentor of Bea' in admin.body and 'Swap with these' in admin.body and 'Publish ...' not in admin.body,
       'the board asks for the other pair')
    found = re.search(rf'href="([^"]*do=swap[^"]*mentee2={ids["Cleo"]}[^"]*)"', admin.body)
    ok(found is not None and admin.get(html.unescape(found[1])) == 200, 'a swap is looked at')
    text = html.unescape(re.sub(r'<[^>]*>', '', admin.body))
    ok('Bea and Nora: kept together' in text and 'Cleo and Mina: kept together' in text, 'both pairs are in it')
    values = [(name, re.search(rf'name="{name}" value="([^"]*)"', admin.body)[1]) for name in ('do', 'mentee', 'mentor', 'mentee2', 'mentor2')]
    ok(admin.post(f'{run}/change', values + [('note', '')], page=run) == 303, 'and kept')
    swapped = find_pairs(admin, cohort)
    found = pairs_of(admin, swapped)
    ok(found['Bea'] == 'Nora' and found['Cleo'] == 'Mina', 'a new run has them swapped')
    ok(pairs_of(admin, run)['Bea'] == 'Mina', 'the old one does not')
    admin.post(f'{run}/change', [('do', 'back'), ('number', '4')], page=run)


def try_comments(admin, cohort, run, ids, member):
    pair = f'{run}/pair/{ids["Bea"]}/{ids["Mina"]}'
    ok(admin.post(pair, [('words', '')]) == 422, 'an empty comment is refused')
    ok(admin.post(pair, [('words', 'Both <like> maps')]) == 303, 'a comment')
    admin.get(pair)
    ok('Both &lt;like&gt; maps' in admin.body and 'Keep these two together ...' in admin.body, 'stands with the pair')
    for path in (pair, f'{run}/change?do=draft', f'{cohort}/changes', f'{run}?swap=1-2'):
        ok(member.get(path) == 404, f'which is not for Bea to see: {path.replace(cohort, "")[:20]}')
    ok(member.post(f'{run}/change', act(ids, 'pin', 'Bea', 'Nora'), page='/account') == 404, 'nor to decide')


def try_waiting(admin, cohort):
    """A run that waits looks again by itself, says how to stop that, and can be cancelled."""
    admin.post(f'{cohort}/matching', [])
    run = admin.headers['location']
    admin.get(run)
    if 'being looked for' in admin.body:
        ok(admin.headers.get('refresh') == '3' and 'Stop looking by itself' in admin.body, 'a run at work looks again by itself')
        admin.get(f'{run}?still=1')
        ok('being looked for' not in admin.body or 'refresh' not in admin.headers, 'and stops when asked')
    ok(admin.post(f'{run}/discard', [], page=run) in (303, 409), 'it can be cancelled')
    admin.get(run)
    ok(admin.headers.get('refresh') is None, 'then it looks no more')


def try_rules(admin, cohort, run, member):
    """What rules would do is shown first; versions are listed, compared, and gone back to."""
    query = '&'.join(f'{name}={value}' for name, value in RULES)
    ok(admin.get(f'{cohort}/rules') == 200 and 'never makes a fit better' in admin.body, 'rules say what counts')
    ok(admin.get(f'{cohort}/rules/look?{query}') == 200 and 'Nothing is kept yet' in admin.body, 'what they would do is shown')
    text = re.sub(r'\s+', ' ', re.sub(r'<[^>]*>', ' ', admin.body))
    ok('Of 12 pairs' in text and 'Mentees with a mentor 4 4 no change' in text, 'with the pairs that they allow, and the best ones')
    harder = query.replace('gap=1', 'gap=3')
    admin.get(f'{cohort}/rules/look?{harder}')
    text = html.unescape(re.sub(r'\s+', ' ', re.sub(r'<[^>]*>', ' ', admin.body)))
    ok('a mentor who is far enough 12 12' in text and '4 of 4 mentees would be left with nobody' in text, 'and what each rule forbids')
    admin.get(f'{cohort}/rules/look?{query.replace("overlap=60", "overlap=9999")}')
    ok('id="overlap-error"' in admin.body and 'value="9999"' in admin.body, 'what is wrong comes back as it was typed')
    admin.get(f'{cohort}/rules/look?{query}&must_topics=1&must_level=1&note=Because')
    text = html.unescape(re.sub(r'\s+', ' ', re.sub(r'<[^>]*>', ' ', admin.body)))
    ok('mandatory: something of her topics 7 7' in text and 'mandatory: a mentor who is further' not in text, 'and what a mandatory criterion forbids')
    ok('name="must_topics" value="1"' in admin.body and 'name="note" value="Because"' in admin.body, 'which goes on to be kept')
    ok(admin.post(f'{cohort}/rules', [(k, '2' if k == 'gap' else v) for k, v in RULES] + [('note', 'For <her>')], page=f'{cohort}/rules') == 303, 'another version')
    admin.get(f'{cohort}/rules/versions')
    text = html.unescape(re.sub(r'\s+', ' ', re.sub(r'<[^>]*>', ' ', admin.body)))
    ok('at least: 1 \u2192 2' in text and 'Ada' in text and 'For <her>' in text and 'it holds now' in text, 'versions say who changed what')
    ok(admin.get(f'{cohort}/rules/look?version=1') == 200 and 'name="gap"' in admin.body and 'Keep these rules' in admin.body, 'going back is shown first')
    ok(admin.get(f'{cohort}/rules/look?version=9') == 404, 'to a version that is there')
    ok(admin.post(f'{cohort}/rules', RULES, page=f'{cohort}/rules/look?version=1') == 303, 'and kept as a new one')
    admin.get(f'{cohort}/rules')
    ok('This is version 3' in admin.body, 'which holds')
    for path in ('rules/look', 'rules/versions'):
        ok(member.get(f'{cohort}/{path}') == 404, f'not for Bea: {path}')


def try_guests(server, admin, cohort, bea):
    """Somebody without an account is invited to the committee; its quorum is a number of the cohort."""
    guests = f'{cohort}/guests'
    ok(admin.get(guests) == 200 and 'Nobody is invited yet' in admin.body and 'value="2"' in admin.body, 'no guest yet, and two judgements')
    ok(admin.post(f'{guests}/quorum', [('quorum', '6')], page=guests) == 422 and 'id="quorum-error"' in admin.body, 'six are too many')
    ok(admin.post(f'{guests}/quorum', [('quorum', '3')], page=guests) == 303 and 'value="3"' in (admin.follow() and admin.body), 'three are needed')
    ok(admin.post(guests, [('name', 'Gita'), ('email', 'gita')], page=guests) == 422 and 'value="Gita"' in admin.body, 'an address is needed')
    links = []
    for _ in range(2):
        ok(admin.post(guests, [('name', 'Gita'), ('email', 'gita@example.org')], page=guests) == 303, 'Gita is invited')
        text = server.letter('gita@example.org').get_content()
        links.append(re.search(r'/guest/\w+', text).group(0))
    gita = Browser(server)
    ok(gita.get(links[0]) == 404 and gita.get('/guest/nothing') == 404, 'only the newest link works')
    ok(gita.get(links[1]) == 200 and 'Spring' in gita.body and 'value="Gita"' in gita.body, 'it says for what')
    ok(gita.post(links[1], [('name', '')]) == 422, 'a name is needed')
    ok(gita.post(links[1], [('name', 'Gita G')]) == 303 and gita.headers['location'].startswith('/link/'), 'yes makes an account, and a link to sign in')
    sign_in = gita.headers['location']
    ok(gita.get(links[1]) == 404, 'once')
    gita.get(sign_in)
    gita.post(sign_in, [])
    ok(gita.get(f'{cohort}/committee') == 200 and gita.get(f'{cohort}/people') == 404 and gita.get(guests) == 404, 'she may judge, and nothing else')
    ok(admin.get(guests) == 200 and 'she said yes' in admin.body, 'which is told')
    admin.post(guests, [('name', 'Hana'), ('email', 'hana@example.org')], page=guests)
    admin.get(guests)
    number = re.search(r'name="guest" value="(\d+)"', admin.body).group(1)
    ok(admin.post(f'{guests}/end', [('guest', number)], page=guests) == 303 and 'Hana' not in (admin.get(guests) and admin.body), 'an invitation is taken back')
    ok(bea.get(guests) == 404, 'nothing for a mentee')


def try_compare(admin, cohort, run, second):
    admin.get(f'{run}/compare?with={second.rpartition("/")[2]}')
    ok('<svg' in admin.body and 'How many mentees a mentor has' in admin.body, 'two runs side by side, with a plot and the load of mentors')


def try_recruiting(admin, cohort, ids):
    admin.post(f'{cohort}/rules', [(k, '3' if k == 'gap' else v) for k, v in RULES], page=f'{cohort}/rules')
    run = find_pairs(admin, cohort)
    admin.get(run)
    ok('Mentors to look for' in admin.body and 'Whom to look for' in admin.body, 'a run without pairs says whom to look for')
    text = html.unescape(re.sub(r'\s+', ' ', re.sub(r'<[^>]*>', ' ', admin.body)))
    ok('English any place' in text and 'Data science' in text, 'by topic, language and part of the world')
    admin.post(f'{cohort}/rules', RULES, page=f'{cohort}/rules')


def play(server):
    cohort, admin, people, ids = begin(server)
    try_reports(admin, cohort, people['Bea'])
    run = find_pairs(admin, cohort)
    try_board(admin, cohort, run, ids)
    second = try_hand(admin, cohort, run, ids)
    found = pairs_of(admin, second)
    ok(found['Cleo'] == 'Olga' and found['Bea'] != 'Mina', 'a new run keeps to the draft')
    try_steps(admin, cohort, run, ids)
    try_swap(admin, cohort, run, ids)
    try_comments(admin, cohort, run, ids, people['Bea'])
    try_waiting(admin, cohort)
    try_rules(admin, cohort, run, people['Bea'])
    try_compare(admin, cohort, run, second)
    try_guests(server, admin, cohort, people['Bea'])
    try_recruiting(admin, cohort, ids)


if __name__ == '__main__':
    sys.exit(main(play))

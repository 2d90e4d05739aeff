# SPDX-License-Identifier: Apache-2.0
"""Stories and awards through the server, as browsers see them, on one engine.

  recognition_client.py TRELLIS sqlite|postgres PLACE     prints TAP

A story is written, agreed to by both whom it is about, approved, read by all, and taken back; people of a cohort are
nominated, judged and named. Each step is also tried by those who may not take it.
"""
import re
import sys
import time

from article_client import letter_with
from pair_client import begin, own_pair
from serve_client import Browser, main, ok, register

TEXT = ' '.join(f'word{k} learned' for k in range(30)) + ' <b>my mentor</b> zebrafish'


def story(title='How I began', text=TEXT, role='Tester at <Acme>', match='0'):
    return [('title', title), ('text', text), ('role', role), ('match', match)]


def agree(*items):
    return [(item, '1') for item in items]


def answers(name, web, printed):
    return [('name', name), ('web', web), ('print', printed)]


def letters_of(server, to, words):
    letter = letter_with(server, to, words)
    return letter.get_content() if letter['Subject'] and words in letter['Subject'] else ''


def match_of(browser, name):
    browser.get('/stories/write')
    return re.search(rf'value="(\d+)">yes, of {name}', browser.body)[1]


def number_of(browser):
    return re.search(r'/(\d+)$', browser.headers['location'])[1]


def try_writing(server, bea, mina, cleo, edith, visitor):
    ok(visitor.get('/stories') == 200 and 'No story is told yet' in visitor.body, 'no story yet')
    visitor.get('/')
    ok('href="/stories"' in visitor.body, 'the first page leads there')
    ok(visitor.get('/stories/write') == 303 and visitor.get('/stories/mine') == 303, 'a visitor signs in to write')
    bea.get('/recognition')
    ok('/stories/write' in bea.body, 'the page of what I have reached leads there')
    match = match_of(bea, 'Mina')
    ok('Nora' not in bea.body, 'only one with whom she was matched can be told of')
    ok(bea.post('/stories/write', story(match=match, text='With Mina it was good')) == 422 and 'Leave out her name' in bea.body
       and 'With Mina it was good' in bea.body, 'a name in the text is refused, and nothing is lost')
    ok(bea.post('/stories/write', story(match='77')) == 422 and 'Choose one of those' in bea.body, 'nobody tells of strangers')
    ok(bea.post('/stories/write', story(title='', match=match)) == 422, 'a story has a title')
    ok(bea.post('/stories/write', story(match=match, text='Too short')) == 303, 'a draft may be short')
    number = number_of(bea)
    own, about, page, one = f'/stories/mine/{number}', f'/stories/about/{number}', f'/stories/{number}', f'/stories/review/{number}'
    ok(bea.get(own) == 200 and 'From' not in bea.body and 'Then it can be sent' in bea.body, 'but is not sent so')
    ok(bea.post(own, agree('web'), page=f'{own}/edit') == 422, 'not even by force')
    ok(mina.get(about) == 404 and mina.get(own) == 404 and edith.get(one) == 404 and visitor.get(page) == 404, 'a draft is hers alone')
    ok(bea.post(f'{own}/edit', story(match=match)) == 303, 'she writes more')
    ok(bea.get(own) == 200 and '&lt;b&gt;my mentor' in bea.body, 'and sees all of it before')
    ok(bea.post(own, agree('name')) == 422 and 'Agree to one of both' in bea.body, 'web or print, or there is nothing to send')
    ok(bea.post(own, agree('name', 'employer', 'web')) == 303, 'it is sent')
    ok(bea.post(f'{own}/edit', story(text='Other ' + TEXT)) == 409, 'and not changed behind her back')
    ok(about in letters_of(server, 'mina@example.org', 'tells of you'), 'Mina is asked')
    return number, own, about, page, one


def try_deciding(server, names, bea, mina, cleo, edith, visitor):
    number, own, about, page, one = names
    ok(cleo.get(about) == 404 and cleo.get(own) == 404, 'Cleo has nothing to do with it')
    ok(cleo.get('/stories/review') == 404 and cleo.get(one) == 404, 'and is no editor')
    ok(edith.get('/stories/review') == 200 and number in edith.body, 'an editor sees what waits')
    ok(edith.post(one, [('to', 'rejected'), ('reason', '')]) == 422 and 'Say why' in edith.body, 'a no has a reason')
    ok(edith.post(one, [('to', 'rejected'), ('reason', 'Say <where>')]) == 303, 'she says no')
    ok('Say <where>' in letters_of(server, 'bea@example.org', 'not shown'), 'the reason is in a letter')
    ok(bea.get(own) == 200 and 'Say &lt;where&gt;' in bea.body and mina.get(about) == 404, 'and on her page')
    ok(bea.post(own, agree('web'), page=f'{own}/edit') == 409, 'it is not sent again as it was')
    match = match_of(bea, 'Mina')
    bea.post(f'{own}/edit', story(match=match))
    ok(bea.post(own, agree('name', 'employer', 'web')) == 303, 'she sends it again')
    ok(edith.post(one, [('to', 'approved'), ('reason', '')]) == 303, 'it is approved')
    ok(edith.post(one, [('to', 'approved'), ('reason', '')]) == 409, 'once')
    ok(visitor.get(page) == 404 and visitor.get('/stories') == 200 and number not in visitor.body, 'nobody sees it before Mina agrees')
    ok(mina.post(about, answers('', 'yes', 'no')) == 422, 'she answers for each')
    ok(mina.post(about, answers('no', 'yes', 'no')) == 303, 'Mina agrees, without her name')
    ok(visitor.get(page) == 200 and 'Bea' in visitor.body and 'Tester at &lt;Acme&gt;' in visitor.body and 'Mina' not in visitor.body,
       'it is there, with what each agreed to')
    ok(visitor.get('/stories') == 200 and number in visitor.body, 'and in the list')
    visitor.get('/search?q=zebrafish')
    ok(page in visitor.body, 'and is found')
    mina.post(about, answers('yes', 'yes', 'no'))
    visitor.get(page)
    ok('with Mina' in visitor.body, 'she adds her name')
    mina.post(about, answers('no', 'yes', 'no'))
    visitor.get(page)
    ok('Mina' not in visitor.body, 'and takes it away at once')
    bea.post(own, agree('web'))
    visitor.get(page)
    ok('Bea' not in visitor.body and 'Acme' not in visitor.body and 'A mentee' in visitor.body, 'so does the writer')


def gone(visitor, page):
    status = visitor.get(page)
    visitor.get('/stories')
    listed = page in visitor.body
    visitor.get('/search?q=zebrafish')
    return status == 404 and not listed and page not in visitor.body


def try_taking_back(names, bea, mina, edith, visitor):
    _, own, about, page, one = names
    ok(mina.post(about, answers('no', 'no', 'no')) == 303 and gone(visitor, page), 'a no of Mina takes it away at once')
    match = match_of(bea, 'Mina')
    ok(bea.post(f'{own}/edit', story(match=match)) == 303 and bea.post(own, agree('web')) == 303, 'Bea sends it once more')
    edith.post(one, [('to', 'approved'), ('reason', '')])
    ok(gone(visitor, page), 'and Mina is asked anew')
    mina.post(about, answers('yes', 'yes', 'yes'))
    ok(visitor.get(page) == 200, 'her yes shows it')
    ok(bea.post(f'{own}/back', [], page=own) == 303 and gone(visitor, page), 'Bea takes it back at once')
    ok(bea.post(f'{own}/back', [], page='/stories/write') == 409, 'once')
    bea.post(f'{own}/edit', story(match='0'))
    bea.post(own, agree('name', 'web'))
    ok(edith.post(one, [('to', 'approved'), ('reason', '')]) == 303 and visitor.get(page) == 200, 'one of nobody else is shown at once')
    ok(edith.post(f'{one}/remove', [('reason', '')], page=one) == 422, 'an editor takes it down with a reason')
    ok(edith.post(f'{one}/remove', [('reason', 'It was asked for')], page=one) == 303 and gone(visitor, page), 'at once')
    bea.post(f'{own}/edit', story(match='0'))
    bea.post(own, agree('name', 'web'))
    edith.post(one, [('to', 'approved'), ('reason', '')])
    return page


# ---- awards ----------------------------------------------------------------------------------------

WHY = 'She answers every message on the same day, and she listens <well>.'


def nominate(browser, one, who, why=WHY):
    return browser.post(one, [('who', who), ('text', why)])


def nominee_of(browser, one, name):
    browser.get(f'{one}/judge')
    found = re.search(rf'judge\?nominee=(\d+)">Read and judge: {name}<', browser.body)
    return found[1] if found else ''


def score(browser, one, name, points, words='Told with <care>.', number=None):
    number = number or nominee_of(browser, one, name)
    return browser.post(f'{one}/judge', [('nominee', number), ('score', points), ('words', words)], page=f'{one}/judge?nominee={number}')


def try_nominating(cohort, admin, people, eve, visitor):
    bea, cleo, ida, mina = (people[name] for name in ('Bea', 'Cleo', 'Ida', 'Mina'))
    new = f'{cohort}/honours/new'
    ok(bea.get(cohort) == 200 and '/honours"' in bea.body, "the cohort's page leads to awards")
    ok(bea.get(f'{cohort}/honours') == 200 and 'no award yet' in bea.body, 'there is none yet')
    ok(bea.get(new) == 404 and eve.get(f'{cohort}/honours') == 404 and visitor.get(f'{cohort}/honours') == 303, 'each sees what is hers')
    form = [('title', 'Mentor <of> spring'), ('about', 'For whoever made room.'), ('closes', '2001-01-01')]
    ok(admin.post(new, form) == 422 and 'Mentor &lt;of&gt; spring' in admin.body, 'the last day is to come, and nothing typed is lost')
    ok(admin.post(new, form[:2] + [('closes', '2099-01-01')]) == 303, 'an award is opened')
    one = admin.headers['location'].removesuffix('/run')
    ok(eve.get(one) == 404 and eve.post(one, [('who', 'Mina'), ('text', WHY)], page='/recognition') == 404, 'others do not nominate')
    ok(nominate(bea, one, 'Mina', 'Short') == 422 and '>Short</textarea>' in bea.body, 'a nomination has words')
    ok(nominate(bea, one, 'Bea') == 422 and 'Nobody nominates herself' in bea.body, 'not oneself')
    ok(nominate(bea, one, 'Eve') == 422 and 'Nobody of this cohort' in bea.body, 'and one of the cohort')
    ok(nominate(bea, one, 'Mina') == 303 and nominate(bea, one, 'MINA@example.org') == 422, 'each once, by name or address')
    ok(nominate(cleo, one, 'nora@example.org') == 303 and nominate(ida, one, 'Mina') == 303 and nominate(ida, one, 'Nora') == 303
       and nominate(mina, one, 'Ida') == 303, 'four more nominate')
    return one


def try_judging(server, one, admin, people, eve):
    bea, mina, nora = people['Bea'], people['Mina'], people['Nora']
    run = f'{one}/run'
    ok(admin.post(run, [('email', 'nobody@example.org')]) == 422 and 'Nobody has an account' in admin.body, 'a juror has an account')
    ok(admin.post(run, [('email', 'eve@example.org')]) == 303 and admin.post(run, [('email', 'eve@example.org')]) == 422, 'and is named once')
    ok(one in letters_of(server, 'eve@example.org', 'jury'), 'she gets a letter')
    for email in ('bea@example.org', 'mina@example.org', 'vera@example.org', 'edith@example.org'):
        admin.post(run, [('email', email)])
    ok(eve.get(f'{one}/judge') == 200 and 'still come in' in eve.body, 'the jury waits for the last day')
    ok(nora.get(f'{one}/judge') == 404 and nora.get(run) == 404, 'others are not of the jury')
    ok(admin.post(f'{one}/decide', [('nominee', '1'), ('words', '')], page=run) == 409, 'nothing is decided before')
    ok(admin.post(f'{one}/begin', [], page=run) == 303 and admin.post(f'{one}/begin', [], page=run) == 409, 'nominations close once')
    ok(bea.post(one, [('who', 'Ida'), ('text', WHY)], page='/recognition') == 409, 'and nobody nominates any more')


def try_conflicts(one, admin, people, eve, vera):
    bea, mina = people['Bea'], people['Mina']
    minas = nominee_of(eve, one, 'Mina')
    bea.get(f'{one}/judge')
    ok('Read and judge: Nora' in bea.body and 'Read and judge: Mina' not in bea.body and 'near to her' in bea.body,
       'a juror does not judge her own mentor')
    ok(score(bea, one, 'Mina', '5', number=minas) == 404, 'not even by force')
    mina.get(f'{one}/judge')
    ok('<h2>Mina' not in mina.body and 'Read and judge: Ida' not in mina.body, 'nor herself, nor whom she nominated')
    ok(score(mina, one, 'Mina', '5', number=minas) == 404, 'nor by force')
    ok(score(eve, one, 'Mina', '5', words='') == 422, 'a score has words')
    ok(score(eve, one, 'Mina', '6') == 422, 'and is one of five')
    ok(score(eve, one, 'Mina', '5', words='Splendid zebra') == 303 and score(eve, one, 'Mina', '1', number=minas) == 409, 'it is given once')
    vera.get(f'{one}/judge?nominee={minas}')
    ok('&lt;well&gt;' in vera.body and 'zebra' not in vera.body and 'Bea' not in vera.body,
       'another juror reads nominations without names, and no score before hers')
    ok(score(vera, one, 'Mina', '3') == 303 and (vera.get(f'{one}/judge') and '5: Splendid zebra' in vera.body), 'then she sees those of others')
    ok(score(vera, one, 'Ida', '0', words='') == 303, 'a juror may say that she is too near')
    vera.get(f'{one}/judge')
    ok('Read and judge: Ida' not in vera.body, 'and does not judge her then')


def try_naming(server, cohort, one, admin, people, eve, vera, edith):
    cleo, mina, nora = people['Cleo'], people['Mina'], people['Nora']
    run, decide = f'{one}/run', f'{one}/decide'
    admin.get(run)
    ok('not yet' in admin.body and '4.0' not in admin.body and admin.get(decide) == 200 and 'be decided yet' in admin.body,
       'two scores each, or there is no result')
    score(eve, one, 'Nora', '4')
    score(vera, one, 'Nora', '4')
    score(eve, one, 'Ida', '1')
    score(edith, one, 'Ida', '2')
    admin.get(run)
    ok(admin.body.count('4.0') == 2 and '1.5' in admin.body, 'then means are shown')
    admin.get(decide)
    number = re.search(r'value="(\d+)">Mina', admin.body)[1]
    noras = re.search(r'value="(\d+)">Nora', admin.body)[1]
    ok('Ida' not in re.findall(r'<select id="nominee".*?</select>', admin.body, re.S)[0], 'only the best can be chosen')
    ok(admin.post(decide, [('nominee', '7'), ('words', 'x')]) == 422, 'nobody else')
    ok(admin.post(decide, [('nominee', number), ('words', '')]) == 422 and 'Say why' in admin.body, 'a tie is decided with words')
    ok(admin.post(decide, [('nominee', number), ('words', 'More nominations')]) == 303, 'it is decided')
    answer = re.search(r'(/recognition/honours/\d+)', letters_of(server, 'mina@example.org', 'chosen'))[1]
    cleo.get(one)
    ok('Mina' not in cleo.body and cleo.get(answer) == 404 and nora.get(answer) == 404, 'nobody else learns it')
    ok(mina.get('/recognition') == 200 and answer in mina.body, 'she sees it on her page')
    ok(mina.post(answer, [('answer', '')]) == 422 and mina.post(answer, [('answer', 'no')]) == 303, 'she would rather not')
    ok(mina.get(answer) == 404 and (cleo.get(one) and 'Mina' not in cleo.body), 'and is not named')
    ok('choose again' in letters_of(server, 'ada@example.org', 'does not want'), 'who runs the cohort is told')
    ok(admin.post(decide, [('nominee', noras), ('words', '')]) == 303, 'Nora is next')
    ok(nora.post(answer, [('answer', 'yes')]) == 303 and nora.post(answer, [('answer', 'no')], page='/recognition') == 409, 'she agrees, once')
    cleo.get(f'{cohort}/honours')
    ok('Nora' in cleo.body, 'all of the cohort see it')
    ok(nora.get('/recognition') == 200 and answer in nora.body, 'and it stands on her page')
    ok(admin.post(f'{one}/cancel', [('reason', 'Too late')]) == 409, 'what is given is not cancelled')


def try_cancelling(cohort, admin, bea):
    admin.post(f'{cohort}/honours/new', [('title', 'Second'), ('about', 'For nothing at all'), ('closes', '2099-01-01')])
    one = admin.headers['location'].removesuffix('/run')
    ok(bea.get(f'{one}/cancel') == 404 and admin.post(f'{one}/cancel', [('reason', '')]) == 422, 'cancelling needs a reason, and the right')
    ok(admin.post(f'{one}/cancel', [('reason', 'No <jury>')]) == 303 and admin.post(f'{one}/cancel', [('reason', 'Again')]) == 409, 'it is cancelled once')
    ok(bea.get(one) == 200 and 'No &lt;jury&gt;' in bea.body and 'Nominate her' not in bea.body, 'and all read why')


RULE = [('title', 'A <first> step'), ('about', 'They have met.'), ('counts', 'meetings'), ('least', '1'), ('by_hand', '1'), ('on', '1')]


def with_(values, **new):
    return [(key, new.get(key, value)) for key, value in values]


def hold(browser, pair):
    today = time.strftime('%Y-%m-%d', time.gmtime())
    return browser.post(f'{pair}/meetings/past', [('day', today), ('time', '00:00'), ('minutes', '50'), ('topics', 'Plans')])


def try_rules(admin, bea):
    ok(bea.get('/recognition/rules') == 404 and admin.get('/recognition/rules') == 200, 'managers say what earns a badge')
    ok(admin.post('/recognition/rules', with_(RULE, counts='luck')) == 422 and 'A &lt;first&gt; step' in admin.body, 'of what is counted')
    ok(admin.post('/recognition/rules', RULE) == 303, 'a badge that a person confirms')
    admin.get('/recognition/rules')
    rule = re.search(r'href="(/recognition/rules/\d+)">A &lt;first&gt; step', admin.body)[1]
    ok(admin.post(rule, with_(RULE, about='They have met at last.')) == 303 and admin.get(rule) == 200 and 'This is version 2' in admin.body,
       'a change of it is a new version')


def try_milestones(pair, other, bea, mina, cleo, nora):
    ok(bea.get('/recognition') == 200 and 'Nothing yet. The first meeting' in bea.body, 'nothing is reached yet')
    ok(cleo.post('/recognition', [('celebrate', '')]) == 303 and (cleo.follow() and 'Badges stay quiet' in cleo.body), 'Cleo wants no milestones')
    ok(hold(bea, pair) == 303 and hold(nora, other) == 303, 'two pairs have met')
    for who, sees in ((bea, True), (mina, True), (nora, True), (cleo, False)):
        who.get('/recognition')
        ok(('You have met for the first time' in who.body) == sees, 'which is celebrated with both who want it')


def try_awards(server, cohort, admin, bea, nora):
    awards = f'{cohort}/awards'
    ok(bea.get(awards) == 404 and admin.get(awards) == 200, 'those who run it see what waits')
    one = re.search(rf'href="({awards}/\d+)">Bea: A &lt;first&gt; step', admin.body)[1]
    bea.get('/recognition')
    ok('A &lt;first&gt; step' not in bea.body, 'it is not hers before somebody confirms it')
    ok(admin.get(one) == 200 and 'meetings that were held: 1 (at least 1' in admin.body and 'version 2 of the rule' in admin.body, 'what it rests on is shown')
    ok(admin.post(one, [('to', 'confirmed'), ('reason', '')]) == 303, 'it is confirmed')
    ok(any('They have met at last.' in letters_of(server, 'bea@example.org', 'new badge') for _ in range(2)), 'Bea gets a letter')
    ok(bea.get('/recognition') == 200 and 'They have met at last.' in bea.body and 'meetings that were held: 1' in bea.body, 'and sees what it rests on')
    ok(admin.post(one, [('to', 'confirmed'), ('reason', '')]) == 422 and admin.post(one, [('to', 'revoked'), ('reason', '')]) == 422, 'once; a no has a reason')
    ok(admin.post(one, [('to', 'revoked'), ('reason', 'Another <pair>')]) == 303, 'it is taken back')
    ok(admin.post(one, [('to', 'confirmed'), ('reason', '')], page=awards) == 409 and (admin.get(one) and 'Another &lt;pair&gt;' in admin.body), 'for good, with why')
    bea.get('/recognition')
    ok('They have met at last.' not in bea.body, 'and is hers no more')
    ok(nora.post(one, [('to', 'confirmed'), ('reason', '')], page='/recognition') == 404, 'nobody gives herself one')


def try_prompt(server, pair, bea):
    meeting = re.search(r'/meetings/(\d+)"', bea.get(f'{pair}/meetings') and bea.body)[1]
    page = f'{pair}/feedback/{meeting}'
    ok(bea.post(page, [('useful', '5'), ('line', ''), ('shared', ''), ('private', '')]) == 303, 'a meeting was very useful')
    ok('/stories/write' in letters_of(server, 'bea@example.org', 'Would you tell'), 'Bea is asked whether she would tell of it')


def try_thanks(server, cohort, bea, mina, cleo, eve):
    note = '/recognition/thanks'
    wall = f'{cohort}/thanks'
    bea.get(note)
    match = re.search(r'<option value="(pair-\d+)"[^>]*>Mina', bea.body)[1]
    ok('Nora' not in bea.body and bea.post(note, [('to', 'pair-77'), ('text', 'Thanks')]) == 422, 'one thanks whom one was matched with')
    ok(bea.post(note, [('to', match), ('text', '')]) == 422, 'with words')
    ok(bea.post(note, [('to', match), ('text', 'You <listened> well')]) == 303, 'a note for her alone')
    ok('note of thanks' in letters_of(server, 'mina@example.org', 'Bea thanks you'), 'Mina gets a letter')
    ok(mina.get('/recognition') == 200 and 'You &lt;listened&gt; well' in mina.body and '/thanks/show' not in mina.body, 'and reads it')
    ok(bea.post(note, [('to', match), ('text', 'For <all> to read'), ('shared', '1')]) == 303, 'one that others may read')
    ok(cleo.get(wall) == 200 and 'none yet' in cleo.body, 'if Mina agrees')
    mina.get('/recognition')
    number = re.search(r'name="thanks" value="(\d+)"', mina.body)[1]
    ok(cleo.post(f'{note}/show', [('thanks', number), ('shown', '1')], page='/recognition') == 404, 'nobody else says so')
    ok(mina.post(f'{note}/show', [('thanks', number), ('shown', '1')], page='/recognition') == 303, 'she does')
    ok(cleo.get(wall) == 200 and 'For &lt;all&gt; to read' in cleo.body and 'listened' not in cleo.body, 'and the others read it')
    ok(eve.get(wall) == 200 and 'to read' not in eve.body, 'nobody from elsewhere')
    ok(mina.post(f'{note}/show', [('thanks', number), ('shown', '0')], page='/recognition') == 303 and (cleo.get(wall) and 'to read' not in cleo.body),
       'she may change her mind')


def try_earning(server, cohort, admin, people, eve):
    bea, mina, cleo, nora = (people[name] for name in ('Bea', 'Mina', 'Cleo', 'Nora'))
    pair, other = own_pair(bea, cohort), own_pair(cleo, cohort)
    try_rules(admin, bea)
    try_milestones(pair, other, bea, mina, cleo, nora)
    try_awards(server, cohort, admin, bea, nora)
    try_prompt(server, pair, bea)
    try_thanks(server, cohort, bea, mina, cleo, eve)


def play(server):
    cohort, admin, people = begin(server)
    edith = register(server, 'Edith')
    ok(admin.post(f'{cohort}/team', [('email', 'edith@example.org'), ('role', 'editor')]) == 303, 'Edith becomes an editor')
    eve, vera = register(server, 'Eve'), register(server, 'Vera')
    visitor = Browser(server)
    try_earning(server, cohort, admin, people, eve)
    one = try_nominating(cohort, admin, people, eve, visitor)
    try_judging(server, one, admin, people, eve)
    try_conflicts(one, admin, people, eve, vera)
    try_naming(server, cohort, one, admin, people, eve, vera, edith)
    try_cancelling(cohort, admin, people['Bea'])
    bea, mina, cleo = people['Bea'], people['Mina'], people['Cleo']
    names = try_writing(server, bea, mina, cleo, edith, visitor)
    try_deciding(server, names, bea, mina, cleo, edith, visitor)
    page = try_taking_back(names, bea, mina, edith, visitor)
    ok(visitor.get(page) == 200, 'a story is there')
    bea.post('/account/close', [('sure', '1')])
    ok(gone(visitor, page), 'closing the account takes it away at once')
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    sys.exit(main(play))

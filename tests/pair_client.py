# SPDX-License-Identifier: Apache-2.0
"""The life of a pair through the server, as browsers see it, on one engine.

  pair_client.py TRELLIS sqlite|postgres PLACE     prints TAP

Two pairs are made as people make them; then each page of a pair is used by its mentee and its mentor,
and tried by somebody of another pair, by staff and by a visitor.
"""
import datetime
import html
import re
import sys
import time

from serve_client import Browser, find_pairs, in_words, join, main, ok, register, run_sql

RULES = [('overlap', '60'), ('gap', '1'), ('language', '1'), ('lowest', '0'), ('topics', '10'), ('level', '2'), ('time', '3'),
         ('languages', '1'), ('formats', '1'), ('choices', '0'), ('answers', '2'), ('style', '3'), ('cadence', '2'), ('skill', '2'), ('chosen', '0'), ('order', 'most'), ('asks', 'none'), ('days', '7')]


def begin(server, spare=None):
    """An administrator, a cohort that has begun, and three pairs: Bea with Mina, Cleo with Nora, Ida with Olga; and a mentor without one."""
    admin = register(server, 'Ada', server.first_link())
    admin.post('/cohorts/new', [('name', 'Spring'), ('about', 'For all.'), ('starts', '2026-10-05'), ('weeks', '26')])
    cohort = admin.headers['location'].removesuffix('/setup')
    admin.post(f'{cohort}/state', [('to', 'enrolling')], page=cohort)
    people = {name: register(server, name) for name in ('Bea', 'Cleo', 'Ida', 'Mina', 'Nora', 'Olga')}
    join(people['Bea'], cohort, 'mentee', ['data'])
    join(people['Cleo'], cohort, 'mentee', ['security'])
    join(people['Ida'], cohort, 'mentee', ['product'])
    join(people['Mina'], cohort, 'mentor', ['data'], '3')
    join(people['Nora'], cohort, 'mentor', ['security'], '3')
    join(people['Olga'], cohort, 'mentor', ['product'], '3')
    if spare:
        people[spare] = register(server, spare)
        join(people[spare], cohort, 'mentor', ['ux'], '3')
    admin.get(f'{cohort}/people')
    ids = re.findall(r'people/(\d+)">\w+</a>', admin.body)
    admin.post(f'{cohort}/people/bulk', [('to', 'approved'), ('reason', '')] + [('enrolment', one) for one in ids],
               page=f'{cohort}/people')
    admin.post(f'{cohort}/rules', RULES)
    run = find_pairs(admin, cohort)
    ok(admin.post(f'{run}/publish', [], page=f'{run}/publish') == 303, 'three pairs begin')
    for to in ('reviewing', 'matching', 'running'):
        ok(admin.post(f'{cohort}/state', [('to', to)], page=cohort) == 303, f'the cohort moves on: {to}')
    return cohort, admin, people


def own_pair(person, cohort):
    person.get(f'{cohort}/match')
    found = re.search(r'href="(/pairs/\d+)"', person.body)
    return found[1] if found else '/pairs/0'


AGREEMENT = [('goals', 'Learn <data>'), ('cadence', '2'), ('channel', 'Video'), ('scheduling', 'mentee'), ('notice', '24'),
             ('privacy', 'All of it'), ('ends_on', '2027-03-30'), ('otherwise', 'We talk.')]


def try_agreement_words(admin, cohort, pair, bea):
    """What an agreement begins with, and the name of the cohort, in the language of who reads."""
    words = f'{cohort}/languages'
    number = cohort.rpartition('/')[2]
    admin.get(f'{words}?language=es')
    ok(f'name="w-{number}-agreement_channel"' in admin.body and f'name="w-{number}-name"' in admin.body, 'they are among the texts')
    ok(admin.post(words, [('language', 'es'), (f'w-{number}-agreement_channel', 'Todo <queda> aquí'), (f'w-{number}-name', 'Otoño <2026>')], page=words) == 303, 'they have words')
    bea.post('/language', [('language', 'es'), ('back', '/')], page='/account')
    ok('Todo &lt;queda&gt; aquí' in (bea.get(f'{pair}/agreement/propose') and bea.body), 'a proposal begins with them')
    ok('Otoño &lt;2026&gt;' in (bea.get(cohort) and bea.body) and 'Otoño' in (bea.get('/cohorts') and bea.body), 'and the cohort is called so')
    bea.post('/language', [('language', 'en'), ('back', '/')], page='/account')
    ok('Todo' not in (bea.get(f'{pair}/agreement/propose') and bea.body) and 'Otoño' not in (bea.get(cohort) and bea.body), 'in this language alone')
    ok('Otoño' not in (admin.get(f'{cohort}/edit') and admin.body), 'who changes the cohort changes what was written')
    admin.post(words, [('language', 'es')], page=words)


def try_template(cohort, admin, pair, mina):
    """What an agreement begins with is the cohort's, where it says something."""
    rules = [('goals_first', ''), ('pause_weeks', '12'), ('channel', 'By <phone>'), ('scheduling', 'both'), ('notice', '48'), ('late_hours', '3'), ('privacy', ''), ('otherwise', '')]
    ok(admin.post(f'{cohort}/pair-rules', rules[:4] + [('notice', '0'), ('late_hours', '3'), ('privacy', ''), ('otherwise', '')]) == 422, 'a notice of no hours is none')
    ok(admin.post(f'{cohort}/pair-rules', rules) == 303, 'a cohort says what an agreement begins with')
    mina.get(f'{pair}/agreement/propose')
    ok('By &lt;phone&gt;' in mina.body and 'value="48"' in mina.body and re.search(r'value="both"[^>]* checked', mina.body) and 'stays between us' in mina.body,
       'which the pair finds, and our words for the rest')
    try_agreement_words(admin, cohort, pair, mina)
    admin.post(f'{cohort}/pair-rules', [('goals_first', ''), ('pause_weeks', '12'), ('notice', '24'), ('late_hours', '3')])


def try_shared(cohort, pair, mina, admin):
    """A goal that the two let others see: its title and how far it is, never its steps."""
    mina.post(f'{pair}/goals', [('title', 'A goal for <all>'), ('success', 'Seen'), ('why', 'CANARY-why'), ('due', ''), ('shared', '1')])
    admin.get(f'{cohort}{pair}')
    ok('A goal for &lt;all&gt;' in admin.body and 'CANARY-why' not in admin.body, 'those who run it see a goal that is shared')


def in_days(days):
    """That day in words, also when midnight has just gone by."""
    return {f'{day.day} {day:%B %Y}' for day in (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(k) for k in (days - 1, days))}


def days_in(page):
    return set(re.findall(r'\d{1,2} [A-Z][a-z]+ \d{4}', page))


def by_day(page, step, days):
    found = re.search(re.escape(step) + r'</a>: by (\d+ \w+ \d{4})</li>', page)
    return found is not None and found[1] in in_days(days)


def try_overdue(server, pair, bea):
    """A day that has gone by is said to be over."""
    number = pair.rpartition('/')[2]
    shift = 30 * 86400000000
    run_sql(server, f'UPDATE match SET began_at = began_at - {shift} WHERE id = {number}')
    run_sql(server, f'UPDATE agreement SET made_at = made_at - {shift} WHERE match = {number}')
    ok(len(re.findall('<strong>overdue</strong>', bea.get(pair) and bea.body)) >= 2 and '<strong>overdue</strong>' in (bea.get(f'{pair}/agreement') and bea.body),
       'when it is over, the pages say so')
    run_sql(server, f'UPDATE match SET began_at = began_at + {shift} WHERE id = {number}')
    run_sql(server, f'UPDATE agreement SET made_at = made_at + {shift} WHERE match = {number}')
    ok('overdue' not in (bea.get(pair) and bea.body), 'and not before')


def try_paper(bea):
    """What the agreement is on paper: all its words, both names with their days, the version; no navigation and no buttons."""
    page = re.search(r'<main.*</main>', bea.body, re.S)[0]
    screen = re.sub(r'<nav.*?</nav>|<button.*?</button>|<p class="screen">.*?</p>|<a class="skip".*?</a>', '', page, flags=re.S)
    words = [value.replace('<', '&lt;').replace('>', '&gt;') for name, value in AGREEMENT if name not in ('cadence', 'scheduling', 'notice', 'ends_on')]
    ok(all(one in screen for one in words) and '30 March 2027' in screen and 'Version 1' in screen, f'on paper it has all its words: {[one for one in words if one not in screen]}')
    ok(all(re.search(rf'<dt>Signed by {who}</dt><dd>[^<]*\d{{4}}', screen) for who in ('Bea', 'Mina')), 'and both have signed, with the day')
    ok('Propose a change' in page and 'Propose a change' not in screen and 'href="/pairs' not in screen, 'what is for the screen is marked so')
    bea.get(re.search(r'/assets/[^"]+\.css', bea.get('/') and bea.body)[0])
    ok(re.search(r'@media print ?\{ ?nav, ?footer, ?\.skip, ?button, ?\.screen ?\{ ?display: ?none', bea.body), 'and the style sheet leaves that out of print')


def try_agreement(server, pair, bea, mina):
    ok(bea.get(pair) == 200 and 'Agree how you work together' in bea.body, 'the first page says what comes next')
    ok(by_day(bea.body, 'Agree how you work together', 14) and by_day(bea.body, 'Agree on a goal', 21), 'and by when')
    ok(bea.get(f'{pair}/agreement') == 200 and 'no agreement yet' in bea.body and 'before your third meeting' in bea.body and in_days(14) & days_in(bea.body),
       'there is no agreement yet; by when there should be one')
    bea.get(f'{pair}/agreement/propose')
    ok('value="2027-04-04"' in bea.body and 'stays between us' in bea.body, 'a proposal is ready to be changed')
    ok(bea.post(f'{pair}/agreement/propose', [('goals', 'Mine')]) == 422 and '>Mine</textarea>' in bea.body,
       'what is missing is named, and what was typed stays')
    wrong = [(k, '2031-01-01' if k == 'ends_on' else v) for k, v in AGREEMENT]
    ok(bea.post(f'{pair}/agreement/propose', wrong) == 422 and 'within a year' in bea.body, 'a day too far off is refused')
    ok(bea.post(f'{pair}/agreement/propose', AGREEMENT) == 303, 'Bea proposes, and signs with it')
    letter = server.letter('mina@example.org')
    while letter['Subject'] and 'proposes an agreement' not in letter['Subject']:
        letter = server.letter('mina@example.org')
    ok('Bea proposes an agreement' in letter['Subject'] and f'{pair}/agreement' in letter.get_content(), 'Mina gets a letter')
    mina.get(f'{pair}/agreement')
    ok('signed by the mentee' in mina.body and 'Learn &lt;data&gt;' in mina.body and 'It waits for you' in mina.body, 'Mina reads it')
    ok('It waits for Mina' in (bea.get(f'{pair}/agreement') and bea.body), 'and Bea, for whom it waits')
    ok(all('before your third meeting' in b.body and in_days(14) & days_in(b.body) for b in (bea, mina)), 'and both by when')
    try_overdue(server, pair, bea)
    ok(bea.post(f'{pair}/agreement/sign', [('version', '1')], page=f'{pair}/agreement') == 409, 'nobody signs for the other')
    ok(mina.post(f'{pair}/agreement/sign', [('version', '2')], page=f'{pair}/agreement') == 409, 'nor what is not there')
    ok(mina.post(f'{pair}/agreement/sign', [('version', '1')], page=f'{pair}/agreement') == 303, 'Mina signs')
    bea.get(f'{pair}/agreement')
    ok('signed by both' in bea.body and 'It holds until your last day, 30 March 2027' in bea.body and 'third meeting' not in bea.body, 'both have signed')
    try_paper(bea)
    bea.get(pair)
    ok('Until 30 March 2027' in bea.body and 'Agree how' not in bea.body, 'and the last day is the one agreed')
    longer = [(k, '2027-05-30' if k == 'ends_on' else v) for k, v in AGREEMENT]
    mina.post(f'{pair}/agreement/propose', longer)
    bea.get(pair)
    ok('Until 30 March 2027' in bea.body and by_day(bea.body, 'Read and sign the agreement', 14), 'a longer one waits for the other')
    ok('third meeting' not in (bea.get(f'{pair}/agreement') and bea.body) and in_days(14) & days_in(bea.body), 'until a day, whatever they have met')
    ok(bea.post(f'{pair}/agreement/sign', [('version', '2')], page=f'{pair}/agreement') == 303, 'who signs it')
    bea.get(pair)
    ok('Until 30 May 2027' in bea.body, 'then it is longer')
    bea.get(f'{pair}/agreement')
    ok('Version 1, until 30 March 2027: replaced' in bea.body, 'and the old version is kept')
    ok('You go on longer: say where you stand now' in (bea.get(pair) and bea.body) and 'say where you stand now' not in (mina.get(pair) and mina.body),
       'who goes on longer is asked where she stands')
    ok(bea.post(f'{pair}/skills', [('moment', 'longer'), ('data', '3')]) == 303, 'which she says')
    ok('say where you stand now' not in (bea.get(pair) and bea.body) and '3 of 5' in (bea.get(f'{pair}/goals') and bea.body), 'once')


def try_longer(server, cohort, admin, pair, bea, mina):
    """Where a cohort wants it, those who run it have a say in a later last day."""
    rules = [('pause_weeks', '12'), ('notice', '24'), ('late_hours', '3')]
    page = f'{cohort}{pair}/longer'
    ok(admin.get(page) == 404, 'nothing is asked of those who run it')
    ok(admin.post(f'{cohort}/pair-rules', rules + [('asks_staff', '1')]) == 303, 'they want a say')
    def agree(day):
        bea.post(f'{pair}/agreement/propose', [(k, day if k == 'ends_on' else v) for k, v in AGREEMENT])
        version = re.search(r'Sign version (\d+)', mina.get(f'{pair}/agreement') and mina.body)[1]
        return mina.post(f'{pair}/agreement/sign', [('version', version)], page=f'{pair}/agreement')
    ok(agree('2027-07-04') == 303, 'both sign a later last day')
    ok('not in force yet' in (bea.get(f'{pair}/agreement') and bea.body) and '30 May 2027 as your last day' in bea.body, 'which does not hold yet')
    ok('Until 30 May 2027' in (mina.get(pair) and mina.body), 'the last day stays')
    letter = letter_about(server, 'ada@example.org', 'wants to go on longer')
    ok(page in letter.get_content() and '4 July 2027' in letter.get_content(), 'they get a letter')
    ok('wants to go on longer' in (admin.get('/') and admin.body) and page in (admin.get(f'{cohort}/pairs') and admin.body), 'and find it on their pages')
    ok(bea.get(page) == 404 and Browser(server).get(page) == 303, 'others do not')
    ok(admin.post(page, []) == 422 and admin.post(page, [('how', 'no'), ('reason', '')]) == 422, 'a no says why')
    ok(admin.post(page, [('how', 'no'), ('reason', 'Mina is <needed>')]) == 303, 'which they do')
    ok('Mina is <needed>' in letter_about(server, 'bea@example.org', 'ends as planned').get_content(), 'both learn it')
    ok('Mina is &lt;needed&gt;' in (mina.get(f'{pair}/agreement') and mina.body) and '30 May 2027 stays your last day' in mina.body, 'on the page too')
    ok(admin.post(page, [('how', 'yes'), ('reason', '')], page=cohort) == 404, 'once')
    ok(agree('2027-06-06') == 303 and admin.post(page, [('how', 'yes'), ('reason', '')]) == 303, 'another day they agree to')
    ok('Until 6 June 2027' in (bea.get(pair) and bea.body), 'and it holds')
    ok('6 June 2027' in letter_about(server, 'mina@example.org', 'You go on longer').get_content(), 'which both learn')
    ok(agree('2027-05-30') == 303 and 'Until 30 May 2027' in (bea.get(pair) and bea.body), 'an earlier one asks nobody')
    admin.post(f'{cohort}/pair-rules', rules)


GOAL = [('title', 'Lead a <small> project'), ('why', ''), ('success', 'It is done'), ('due', '2027-02-01'), ('topic', 'data')]


def goal_of(page, title):
    """The path of the goal with this title, on a page that lists goals."""
    return re.search(r'href="(/pairs/\d+/goals/\d+)">' + re.escape(title), page)[1]


def try_drafts(pair, bea, mina):
    """What she picked and wrote at sign-up: a draft of each, which she makes her own or drops."""
    ok(bea.get(f'{pair}/goals') == 200 and 'What I wanted at sign-up' in bea.body and 'What I can do' in bea.body, 'her words are a draft')
    ok(len(re.findall(r'<td>draft<p class="hint">Say yes by ', bea.body)) == 2 and in_days(21) & days_in(bea.body), 'and what she picked is one of its own')
    picked = goal_of(bea.body, 'Data science')
    mina.get(picked)
    ok('says how you will know' in mina.body and 'Yes, this is our goal' not in mina.body and 'wanted at sign-up' in mina.body, 'which says no more than its topic')
    ok(mina.post(f'{picked}/agree', [], page=picked) == 409, 'and nobody can agree on it yet')
    words = goal_of(bea.body, 'What I wanted at sign-up')
    ok('&lt;b&gt;&amp;&quot;' in (mina.get(words) and mina.body) and 'Yes, this is our goal' in mina.body, 'her own words can be agreed on')
    ok(bea.post(f'{picked}/edit', [('title', 'Know data'), ('success', 'A talk about it'), ('why', ''), ('due', ''), ('topic', 'data')]) == 303, 'she says how')
    ok('Yes, this is our goal' in (mina.get(picked) and mina.body) and 'wanted at sign-up' not in mina.body, 'and it is a goal like others')
    ok('Switch to a career in tech' in bea.body or 'Switch to a career in tech' in (bea.get(f'{pair}/goals') and bea.body), 'there are goals to begin with')
    ok(bea.get(f'{pair}/goals?template=senior') == 200 and 'value="Get from mid level to senior"' in bea.body and 'I have led something' in bea.body, 'one fills the form')
    ok(bea.get(f'{pair}/goals?template=nothing') == 200 and 'value="Get from' not in bea.body, 'another that is none does not')


def ticked(page):
    return re.findall(r'name="objectives" value="(\d+)" checked', page)


FIRST, THIRD = 'Mentees reach the goal that they came with', 'Women stay and rise in technology'


def try_objective_words(admin, cohort, pair, bea):
    """Whoever reads Spanish reads the objectives in Spanish, where somebody has written them so."""
    words = f'{cohort}/languages'
    bea.get(f'{pair}/goals')
    objective = re.search(r'name="objectives" value="(\d+)"', bea.body)[1]
    ok(admin.post(words, [('language', 'es'), (f'w-{objective}-title', 'Las <metas> se alcanzan')], page=words) == 303, 'an objective has words in another language')
    bea.post('/language', [('language', 'es'), ('back', '/')], page='/account')
    ok('Las &lt;metas&gt; se alcanzan' in (bea.get(f'{pair}/goals') and bea.body), 'which pairs read in it')
    bea.post('/language', [('language', 'en'), ('back', '/')], page='/account')
    ok('Las &lt;metas&gt;' not in (bea.get(f'{pair}/goals') and bea.body), 'and not in another')


def try_serves(pair, bea, objectives):
    """A goal serves none or more of the programme's objectives; its form shows which."""
    bea.get(f'{pair}/goals')
    goal = goal_of(bea.body, 'Lead a &lt;small&gt; project')
    ok(f'Serves: {FIRST}; {THIRD}' in bea.body, 'the list shows them')
    ok(FIRST in (bea.get(goal) and bea.body) and THIRD in bea.body, 'and its page')
    ok(ticked(bea.get(f'{goal}/edit') and bea.body) == [objectives[0], objectives[2]], 'they are ticked when it is changed')
    ok(bea.post(f'{goal}/edit', GOAL) == 303 and FIRST not in (bea.get(goal) and bea.body), 'it may serve none')
    bea.post(f'{goal}/edit', GOAL + [('objectives', objectives[1]), ('objectives', objectives[0])])
    ok(ticked(bea.get(f'{goal}/edit') and bea.body) == objectives[:2], 'and others')


def try_goals(server, pair, bea, mina):
    try_drafts(pair, bea, mina)
    ok(bea.post(f'{pair}/goals', [('title', 'X')]) == 422, 'a goal says how it is known to be reached')
    bea.get(f'{pair}/goals')
    objectives = re.findall(r'name="objectives" value="(\d+)"', bea.body)
    both = [('objectives', objectives[0]), ('objectives', objectives[2])]
    ok(len(objectives) == 3 and bea.post(f'{pair}/goals', [('title', '')] + GOAL[1:] + both) == 422
       and ticked(bea.body) == [objectives[0], objectives[2]], 'what was ticked is kept after a refusal')
    ok(bea.post(f'{pair}/goals', GOAL + both) == 303, 'Bea proposes a goal that serves two objectives')
    ok(bea.post(f'{pair}/goals', GOAL + both + [('objectives', '77')]) == 422 and 'not there any more' in bea.body, 'an objective that is not there is refused')
    ok(bea.post(f'{pair}/goals', GOAL + [('objectives', '1')]) == 422, 'and one of another cohort')
    try_serves(pair, bea, objectives)
    goal = goal_of(mina.get(f'{pair}/goals') and mina.body, 'Lead a &lt;small')
    mina.get(goal)
    ok('waits for the yes of Mina' in (bea.get(goal) and bea.body) and 'waits for your yes' in mina.body, 'for whom it waits is said to both')
    ok(all('Both of you should have said yes by' in b.body and in_days(21) & days_in(b.body) for b in (bea, mina)), 'and by when')
    ok('draft' in mina.body and 'Yes, this is our goal' in mina.body and 'Lead a &lt;small&gt;' in mina.body, 'Mina is asked')
    ok(mina.post(f'{goal}/end', [('how', 'achieved'), ('words', '')]) == 422, 'a draft is not reached')
    ok(mina.post(f'{goal}/agree', [], page=goal) == 303 and (mina.follow() and 'agreed' in mina.body), 'both have agreed')
    ok(bea.post(f'{goal}/tasks', [('title', '')], page=goal) == 422, 'a step needs words')
    ok(bea.post(f'{goal}/tasks', [('title', 'Find a team')], page=goal) == 303, 'a step')
    task = re.search(r'name="task" value="(\d+)"', bea.get(goal) and bea.body)[1]
    ok(mina.post(f'{goal}/tasks/turn', [('task', task)], page=goal) == 303, 'is done')
    ok(mina.post(f'{goal}/tasks/turn', [('task', '1')], page=goal) == 404, 'another is not there')
    ok(bea.post(goal, [('progress', '140'), ('evidence', '')]) == 422, 'more than all is refused')
    ok(bea.post(goal, [('progress', '40'), ('evidence', 'A plan')]) == 303, 'forty percent')
    ok(bea.post(f'{goal}/tasks', [('title', 'Long ' * 60)], page=goal) == 422 and 'value="Long Long' in bea.body and 'A plan</textarea>' in bea.body
       and 'A new step: Write at most' in bea.body, 'a step that is too long is kept, and so is how it goes')
    bea.get(pair)
    ok('40 %' in bea.body and '1 of 1 steps' in bea.body, 'the first page shows where they are')
    ok(bea.post(f'{goal}/tasks', [('title', 'Ask')], page=goal) == 303 and bea.post(goal, [('progress', '40'), ('by_steps', '1'), ('evidence', 'A plan')]) == 303
       and '50 %' in (mina.get(goal) and mina.body), 'or counted from the steps')
    ok('You two alone' in mina.body and 'Data' in mina.body, 'the page says who sees it, and its topic')
    ok(bea.post(f'{goal}/edit', [('title', 'X'), ('success', 'Y'), ('why', ''), ('due', ''), ('topic', 'nothing')], page=goal) == 422, 'a topic that there is')
    ok(bea.post(f'{goal}/edit', [('title', 'Lead a project'), ('success', 'Done'), ('why', ''), ('due', '')]) == 303,
       'a change')
    mina.get(goal)
    ok('changed, to be agreed on' in mina.body and in_days(14) & days_in(mina.body), 'needs both again, and says by when')
    mina.post(f'{goal}/agree', [], page=goal)
    ok(bea.post(f'{goal}/end', [('how', 'dropped'), ('words', '')]) == 422, 'dropping needs words')
    ok(bea.post(f'{goal}/end', [('how', 'achieved'), ('words', 'We did')]) == 303, 'reached')
    ok(bea.post(f'{goal}/end', [('how', 'dropped'), ('words', 'No')], page=goal) == 409, 'and that stays')
    ok(mina.get(f'{pair}/skills') == 404, 'what she can do is for her alone')
    ok(bea.post(f'{pair}/skills', [('moment', 'start'), ('data', '2'), ('ux', '5')]) == 303, 'Bea says where she stands')
    bea.get(f'{pair}/goals')
    ok('2 of 5' in bea.body and '5 of 5' not in bea.body, 'on what she asked for')
    mina.get(f'{pair}/goals')
    ok('2 of 5' not in mina.body, 'and Mina does not see it')


def calendar_of(letter):
    for part in letter.walk():
        if part.get_content_type() == 'text/calendar':
            return part.get_param('method'), part.get_content()
    return None, ''


def letter_about(server, to, words):
    """The next letter to somebody with these words in its subject."""
    for _ in range(60):
        letter = server.letter(to)
        if letter['Subject'] is None or words in letter['Subject']:
            return letter
    return letter


def try_meetings(server, pair, bea, mina):
    ok(bea.get(f'{pair}/meetings') == 200 and 'no meeting yet' in bea.body, 'no meeting yet')
    days = [time.strftime('%Y-%m-%d', time.gmtime(time.time() + (14 - k) * 86400)) for k in (0, 1)]
    ok('every 2 weeks, whatever the month is like' in bea.body and any(f'due by {in_words(day)}' in bea.body for day in days), 'the rhythm counts weeks, not months')
    bea.get(f'{pair}/meetings/propose')
    slots = re.findall(r'name="slot" value="(\d+)"', bea.body)
    ok(len(slots) == 12 and slots == sorted(slots), 'times that both have free are proposed')
    ok(re.search(r'value="video"[^>]* checked', bea.body) and len(re.findall(r'name="(?:format|minutes)"[^>]* checked', bea.body)) == 2,
       'how both like to meet is chosen already')
    hours = {int(one) // 3600000000 % 24 for one in slots}
    ok(hours <= {18, 19, 20}, f'within the hours that both gave: {hours}')
    form = [('minutes', '45'), ('format', 'video'), ('place', 'https://meet.example/a?b=1&c="2"'), ('agenda', 'Our goals'),
            ('day', ''), ('time', '')]
    ok(bea.post(f'{pair}/meetings/propose', form) == 422 and 'Choose a time' in bea.body, 'a time must be chosen')
    ok(bea.post(f'{pair}/meetings/propose', form + [('slot', one) for one in slots[:4]]) == 422 and bea.body.count(' checked') >= 4,
       'three at most, and what was chosen stays')
    ok(bea.post(f'{pair}/meetings/propose', form + [('slot', '1000000')]) == 422, 'a time that has passed is refused')
    ok(bea.post(f'{pair}/meetings/propose', form[:4] + [('day', '2027-02-30'), ('time', '10:00')]) == 422, 'and a day that is none')
    ok(bea.post(f'{pair}/meetings/propose', form[:4] + [('day', '2027-01-12'), ('time', '19:30')] + [('slot', slots[0])]) == 303,
       'Bea proposes two')
    meeting = bea.headers['location']
    ok('proposes to meet' in letter_about(server, 'mina@example.org', 'to meet')['Subject'], 'Mina gets a letter')
    ok(bea.post(f'{meeting}/accept', [('at', slots[0])], page=meeting) == 409, 'nobody accepts her own')
    ok(mina.post(f'{meeting}/accept', [('at', slots[1])], page=meeting) == 409, 'nor what was not proposed')
    mina.get(pair)
    ok('Choose one of the times that are proposed' in mina.body and f'href="{meeting}"' in mina.body and 'Find a time to meet' not in mina.body,
       'her first page of the pair leads there')
    ok('Bea proposes times to meet' in (mina.get('/') and mina.body) and 'proposes times' not in (bea.get('/') and bea.body), 'and her own first page')
    ok('Find a time to meet' not in (bea.get(pair) and bea.body), 'Bea need not propose again')
    ok('Mina has a letter and is asked to choose before' in (bea.get(meeting) and bea.body), 'Bea sees for whom it waits')
    mina.get(meeting)
    ok(mina.body.count('>Choose ') == 2 and 'Our goals' in mina.body and 'a?b=1&amp;c=&quot;2&quot;' in mina.body, 'Mina chooses of two')
    ok(mina.post(f'{meeting}/accept', [('at', slots[0])], page=meeting) == 303, 'and does')
    method, text = calendar_of(letter_about(server, 'bea@example.org', 'You meet Mina'))
    uid = re.search(r'UID:(\S+)', text)
    ok(method == 'REQUEST' and 'SEQUENCE:0' in text and uid and 'mailto:mina@example.org' in text.replace('\r\n ', ''),
       'Bea gets it for her calendar')
    ok('UTC' in letter_about(server, 'mina@example.org', 'You meet Bea').get_body().get_content(), 'and Mina, with her zone')
    bea.get(f'{pair}/meetings/propose')
    ok(slots[0] not in re.findall(r'name="slot" value="(\d+)"', bea.body), 'a time that is taken is not proposed again')
    night = form[:4] + [('day', '2027-01-12'), ('time', '03:00')]
    ok(bea.post(f'{meeting}/move', night) == 422 and 'between 22:00 and 07:00 for the other' in bea.body and 'name="anyway"' in bea.body,
       'a time in the night of the other is not proposed by mistake')
    ok('name="anyway"' not in (bea.get(f'{meeting}/move') and bea.body) and bea.post(f'{meeting}/move', night + [('anyway', '1')]) == 303, 'only when it is meant')
    mina.post(f'{meeting}/move', form + [('slot', slots[3])])
    bea.get(meeting)
    ok('settled' in bea.body and 'Mina proposes' in bea.body, 'moving it keeps the old time until the new one is chosen')
    ok(bea.post(f'{meeting}/accept', [('at', slots[3])], page=meeting) == 303, 'Bea agrees')
    method, text = calendar_of(letter_about(server, 'bea@example.org', 'You meet Mina'))
    ok(method == 'REQUEST' and 'SEQUENCE:1' in text and uid[1] in text, 'the same meeting, changed')
    ok(bea.post(f'{meeting}/log', [('how', 'held'), ('minutes', '45'), ('topics', '')]) == 422, 'it is still to come')
    ok(bea.post(f'{meeting}/cancel', [('reason', 'A <cold>'), ('excused', '1')]) == 303, 'Bea calls it off')
    method, text = calendar_of(letter_about(server, 'mina@example.org', 'Called off'))
    ok(method == 'CANCEL' and 'SEQUENCE:2' in text and uid[1] in text and 'STATUS:CANCELLED' in text, 'which the calendars learn')
    ok(bea.post(f'{meeting}/cancel', [('reason', '')], page=meeting) == 409, 'once')
    mina.get(meeting)
    ok('called off, excused' in mina.body and 'A &lt;cold&gt;' in mina.body, 'and Mina reads why')
    ok(bea.post(f'{pair}/meetings/past', [('day', '2031-01-01'), ('time', '10:00'), ('minutes', '50'), ('topics', '')]) == 422,
       'what is still to come was not held')
    today = time.strftime('%Y-%m-%d', time.gmtime())
    ok(bea.post(f'{pair}/meetings/past', [('day', today), ('time', '00:00'), ('minutes', '50'), ('topics', 'Plans')]) == 303,
       'a meeting without planning it here')
    held = bea.headers['location']
    bea.post(held, [('text', 'My own <note>'), ('shared', '')])
    ok(bea.post(held, [('text', 'For both')] + [('shared', '1')]) == 303, 'notes')
    mina.get(held)
    ok('For both' in mina.body and 'My own' not in mina.body, 'her own she keeps to herself')
    ok(mina.post(f'{held}/actions', [('title', 'Send the book'), ('owner', 'me')]) == 303, 'something is to be done')
    bea.get(f'{pair}/meetings')
    ok('Mina: Send the book' in bea.body and 'You have met once' in bea.body, 'both see it')
    action = re.search(r'name="action" value="(\d+)"', bea.body)[1]
    ok(mina.post(f'{pair}/meetings/turn', [('action', action)], page=f'{pair}/meetings') == 303, 'it is done')
    ok(mina.post(f'{pair}/meetings/turn', [('action', '5')], page=f'{pair}/meetings') == 404, 'another is not there')
    return held


def try_away(server, pair, bea, mina):
    """Days without time, notice and lengths; and what each sees of the other."""
    mina.get(f'{pair}/meetings/propose')
    slots = re.findall(r'name="slot" value="(\d+)"', mina.body)
    first = time.strftime('%Y-%m-%d', time.gmtime(int(slots[0]) / 1e6))
    last = time.strftime('%Y-%m-%d', time.gmtime(int(slots[0]) / 1e6 + 6 * 86400))
    ok(bea.get('/account/away') == 200 and 'no days without time' in bea.body, 'no days without time yet')
    ok(bea.post('/account/away', [('first', last), ('last', first)]) == 422 and 'comes after the first' in bea.body
       and f'value="{last}"' in bea.body, 'days in their order; what was typed stays')
    ok(bea.post('/account/away', [('first', first), ('last', last)]) == 303, 'Bea has no time for a week')
    mina.get(f'{pair}/meetings/propose')
    left = re.findall(r'name="slot" value="(\d+)"', mina.body)
    held = [time.strftime('%Y-%m-%d', time.gmtime(int(one) / 1e6)) for one in left]
    ok(left and not [day for day in held if first <= day <= last], 'and nothing is suggested on these days')
    ok(mina.get(f'{pair}/other') == 200 and f'From {in_words(first)} to {in_words(last)}' in mina.body, 'which Mina sees')
    away = re.search(r'name="away" value="(\d+)"', bea.get('/account/away') and bea.body)[1]
    mina.post('/account/away/end', [('away', away)], page='/account/away')
    ok(first in (bea.get('/account/away') and bea.body), 'nobody else takes it out')
    ok(bea.post('/account/away/end', [('away', away)], page='/account/away') == 303, 'she does')
    ok(bea.post('/account/meeting', [('notice', '0')], page='/account/away') == 422, 'no notice is too little')
    ok(bea.post('/account/meeting', [('notice', '200'), ('lengths', '30'), ('lengths', '60')], page='/account/away') == 303, 'she wants notice')
    mina.post('/account/meeting', [('notice', '24'), ('lengths', '60')], page='/account/away')
    mina.get(f'{pair}/meetings/propose')
    slots = re.findall(r'name="slot" value="(\d+)"', mina.body)
    ok(slots and int(slots[0]) / 1e6 > time.time() + 200 * 3600 and 'value="60"' in mina.body, 'which is kept, and so is the length that both like')
    bea.post('/account/meeting', [('notice', '24')], page='/account/away')
    mina.post('/account/meeting', [('notice', '24')], page='/account/away')


def try_other(cohort, pair, bea, mina, cleo):
    """Access needs and caregiving go to whom she has said, and to nobody else."""
    page = f'{pair}/other'
    ok(mina.get(page) == 200 and 'Captions' not in mina.body and 'A child under 5' not in mina.body, 'what is for staff or matching alone is not for the match')
    you = [('about', 'About <i>me</i>'), ('woman', '1'), ('caregiving', 'under5'), ('access', 'captions')]
    for audience, seen in (('me', False), ('matching', False), ('coordinator', False), ('match', True), ('cohort', True)):
        bea.post(f'{cohort}/join/mentee/you', you + [('caregiving_for', audience), ('access_for', audience)])
        mina.get(page)
        ok(('Captions' in mina.body) == seen and ('A child under 5' in mina.body) == seen, f'the match, when it is for: {audience}')
    ok('About &lt;i&gt;me' in mina.body and 'Your clocks' in mina.body, 'her words, and the clocks')
    ok(re.search(r'In common each week.{0,60}?\d+ h.{0,80}suit both of you well: (<[^>]*>)?\d+', mina.body, re.S), 'with the time in common, and what of it suits both well')
    bea.post('/account/profile', [('name', 'Bea'), ('said', 'BAY-ah <i>'), ('pronouns', ''), ('zone', 'UTC')])
    ok('BAY-ah &lt;i&gt;' in (mina.get(page) and mina.body), 'and how her name is said')
    ok(cleo.get(page) == 404 and Browser(mina.server).get(page) == 303, 'others have no such page')
    bea.post(f'{cohort}/join/mentee/you', you + [('caregiving_for', 'matching'), ('access_for', 'matching')])


def try_messages(server, pair, bea, mina):
    ok(bea.get(f'{pair}/messages') == 200 and 'Nobody has written yet' in bea.body, 'nobody has written yet')
    ok(bea.post(f'{pair}/messages', [('text', '')]) == 422, 'an empty message is refused')
    ok(bea.post(f'{pair}/messages', [('text', 'Hello <Mina>\nHow are you?')]) == 303, 'Bea writes')
    mina.get(f'{pair}/messages')
    ok('Hello &lt;Mina&gt;' in mina.body and 'I have read the new message' in mina.body, 'Mina reads')
    mina.get(pair)
    ok('Read the new messages' in mina.body, 'and was told on the first page')
    ok(mina.post(f'{pair}/messages/seen', [], page=f'{pair}/messages') == 303, 'she has read it')
    mina.get(f'{pair}/messages')
    ok('I have read' not in mina.body, 'and is not asked again')
    ok(bea.get('/account/letters') == 200 and 'value="21:00"' in bea.body, 'letters rest at night unless she says otherwise')
    letters = [('message', 'daily'), ('reminder', '1'), ('question', '1'), ('nudge', '1')]
    ok(bea.post('/account/letters', letters + [('quiet_from', '25:00'), ('quiet_to', '')]) == 422, 'a time that is none is refused')
    ok(bea.post('/account/letters', letters + [('quiet_from', ''), ('quiet_to', '')]) == 303, 'which letters she wants')
    bea.post('/account/calendar', [])
    bea.follow()
    feed = re.search(r'/calendar/\w+', bea.body.split('<code>')[1])[0]
    visitor = Browser(server)
    ok(visitor.get(feed) == 200 and visitor.headers['content-type'].startswith('text/calendar') and 'METHOD:PUBLISH' in visitor.body
       and visitor.body.count('BEGIN:VEVENT') == 1, 'her calendar follows her meetings, without signing in')
    ok(visitor.get(feed[:-1]) == 404, 'another address has nothing')
    bea.post('/account/calendar/end', [], page='/account/calendar')
    ok(visitor.get(feed) == 404, 'an address that has ended neither')
    ok(visitor.get('/stop/none') == 404 and visitor.send('POST', '/stop/none', 'List-Unsubscribe=One-Click') == 404,
       'no letter is ended without its link')
    ok(visitor.get('/held/none') == 404, 'no meeting is confirmed without one')


def try_feedback(pair, held, bea, mina, admin, cohort):
    number = held.rpartition('/')[2]
    page = f'{pair}/feedback/{number}'
    ok(bea.get(page) == 200 and bea.post(page, []) == 422, 'how useful it was must be said')
    ok(bea.post(page, [('useful', '2'), ('line', 'Clear <plans>'), ('shared', '1'), ('private', 'She is late often')]) == 303,
       'Bea says how it was')
    mina.get(page)
    ok('Clear &lt;plans&gt;' in mina.body and 'late often' not in mina.body and ' checked' not in mina.body,
       'Mina reads the line that is for her, and nothing else')
    ok(bea.get(page) == 200 and 'late often' in bea.body, 'Bea can change it')
    admin.get(f'{cohort}/pairs')
    ok('a note to you' in admin.body and 'needs a word' in admin.body, 'those who run it see that there is a note')
    admin.get(f'{cohort}{pair}')
    ok('3 goals are for the two alone' in admin.body, 'who sees that there is a goal')
    ok('She is late often' in admin.body and 'Clear' not in admin.body and 'Lead a project' not in admin.body
       and 'My own' not in admin.body and 'Hello' not in admin.body, 'they read it, and no goal, note or message')


def link_of(server, to, words):
    """The path of the link of a letter, and the letter."""
    for _ in range(3):  # the clock may have been running just when it was turned
        letter = letter_about(server, to, words)
        found = re.search(r'http://[^/]+(/answer/\w+)', letter.get_content())
        if found:
            break
        run_clock(server)
    return (found[1] if found else '/answer/none'), letter


def run_clock(server):
    run_sql(server, "UPDATE job SET run_at = 1 WHERE kind = 'pair_clock'")


def try_own_questions(admin):
    """A programme asks pairs on their way in its own words."""
    bank = '/programmes/1/question-bank'
    new = lambda text, kind, who, *moments: admin.post(f'{bank}/own', [('text', text), ('kind', kind), ('audience', who)] + [('moments', one) for one in moments], page=bank)
    ok(new('I can say what I think', 'agree', 'staff', 'later') == 422 and 'read by nobody alone' in admin.body, 'what is asked after the end is read by nobody alone')
    ok(new('I can say what I think', 'agree', 'staff') == 422 and 'value="I can say what I think"' in admin.body, 'it says when it is asked')
    ok(new('I can say what I <think>', 'agree', 'staff', 'pulse', 'end') == 303, 'a question that those who run it read')
    ok(new('What is hard?', 'words', 'counted', 'pulse') == 303, 'and one that is read without a name')
    ok(new('Enough time?', 'yes_no', 'counted', 'pulse') == 303 and new('A fourth?', 'yes_no', 'counted', 'pulse') == 422 and 'three at one of these' in admin.body,
       'three at most at a moment')
    admin.get(bank)
    old = re.findall(r'question-bank/own/(\d+)/anew', admin.body)[2]
    ok(admin.post(f'{bank}/own/{old}/anew', [('text', 'No')], page=f'{bank}/own/{old}/anew') == 422, 'other words are words')
    ok(admin.post(f'{bank}/own/{old}/anew', [('text', 'Is there time enough?')]) == 303, 'another asks in other words')
    ok('(version 2)' in (admin.follow() and admin.body) and 'asked in other words' in admin.body, 'which is a new version')
    ok(admin.get(f'{bank}/own/{old}/anew') == 409 and admin.post(f'{bank}/own/{old}', [('off', '0')], page=bank) == 409, 'and the old one is never asked again')


def try_link(server, pair, bea):
    """Who takes part by e-mail alone answers without signing in."""
    run_clock(server)
    link, letter = link_of(server, 'bea@example.org', 'How does it go')
    visitor = Browser(server)
    ok(visitor.get('/answer/none') == 404, 'no other link asks anything')
    ok(letter['List-Unsubscribe-Post'] and visitor.get(link) == 200 and 'Does it fit?' in visitor.body and 'Mina' in visitor.body,
       'the link of a letter asks whether it fits, without signing in')
    ok('Learn' not in visitor.body and 'lead' not in visitor.body.lower(), 'and shows nothing else of the two')
    ok(visitor.post(link, []) == 422 and 'id="fit-error"' in visitor.body, 'it must be said')
    ok('Does it fit?' in (bea.get(pair) and bea.body), 'looking at it has answered nothing')
    ok(visitor.post(link, [('fit', 'not'), ('words', 'We never <talk>')]) == 303 and 'you can end the match without blame' in (visitor.follow() and visitor.body),
       'whoever says that it does not fit learns what she can do')
    ok(visitor.post(link, [('fit', 'good')], page='/sign-in') == 409 and 'questions/fit' not in (bea.get(pair) and bea.body), 'it is answered, once')


def try_pulse(server, pair, bea, mina, admin, cohort):
    match = pair.rpartition('/')[2]
    run_sql(server, f'UPDATE match SET next_pulse = 1 WHERE id = {match}')
    run_clock(server)
    link, _ = link_of(server, 'bea@example.org', 'How does it go')
    visitor = Browser(server)
    ok(visitor.get(link) == 200 and 'I can say what I &lt;think&gt;' in visitor.body and 'with your name' in visitor.body and 'without your name' in visitor.body,
       'the pulse has the questions of the programme, and who reads each')
    own = re.findall(r'name="(own\d+)"', visitor.body)
    own = sorted(set(own), key=own.index)
    ok(len(own) == 3 and 'Enough time' not in visitor.body, 'three of them, in their latest words')
    said = [('satisfied', '4'), ('often', 'yes'), ('words', '')]
    ok(visitor.post(link, said + [(own[0], '7'), (own[1], 'Kept <b>')]) == 422 and 'Kept &lt;b&gt;' in visitor.body and f'id="{own[0]}-error"' in visitor.body,
       'what was not offered is refused, and what was typed stays')
    ok(visitor.post(link, said + [(own[0], '2'), (own[1], 'Her <dog>'), (own[2], '1')]) == 303, 'she answers')
    mina.get(pair)
    page = re.search(r'href="(/pairs/\d+/questions/pulse/\d+)"', mina.body)[1]
    ok(bea.get(page) == 404 and Browser(server).get(page) == 303, 'the questions of the other are hers')
    ok(mina.get(page) == 200 and 'dog' not in mina.body and mina.post(page, [('satisfied', '1'), ('often', 'no'), ('words', '')]) == 303, 'Mina answers on her page, and leaves out what is optional')
    admin.get(f'{cohort}{pair}')
    ok('I can say what I &lt;think&gt;' in admin.body and '<strong>2</strong>' in admin.body, 'those who run it read what they were promised')
    ok('dog' not in admin.body and 'time enough' not in admin.body, 'and not what is counted')
    admin.get(f'{cohort}/words')
    told = admin.body.split('Her &lt;dog&gt;')
    ok(len(told) == 2 and 'What is hard?' in admin.body and f'{pair}"' not in told[0][-900:] + told[1][:900].split('<blockquote')[0], 'words are read, without a way to whose they are')
    admin.get(f'{cohort}/pairs')
    ok('does not fit' in admin.body and 'was 1 or 2 of 5' in admin.body, 'and the pair is one that needs a word, for both reasons')
    ok(admin.get(f'{cohort}/measures') == 200 and 'I can say what I &lt;think&gt;' in admin.body, 'what is chosen is a measure')
    ok(admin.get(f'{cohort}/measures.csv') == 200 and 'I can say what I <think>' in admin.body and 'Is there time enough?' in admin.body, 'in the sheet too')
    run_sql(server, f'UPDATE match SET next_pulse = 1 WHERE id = {match}')
    run_sql(server, f"UPDATE survey SET number = 90 WHERE match = {match} AND kind = 'pulse'")
    run_clock(server)
    link, _ = link_of(server, 'bea@example.org', 'How does it go')
    run_sql(server, f'UPDATE survey SET closed_at = 1 WHERE match = {match} AND answered_at = 0')
    ok('This is closed' in (visitor.get(link) and visitor.body) and visitor.post(link, said, page='/sign-in') == 409, 'what is closed takes no answer')


def paused_until(person):
    """The day on the page of the pair that she looks at."""
    return datetime.datetime.strptime(re.search(r'Paused until (\d+ \w+ \d{4})', person.body)[1], '%d %B %Y')


def try_pause(server, pair, cohort, cleo, nora, admin):
    cleo.post(f'{pair}/meetings/propose', [('minutes', '30'), ('format', 'video'), ('place', ''), ('agenda', ''),
                                           ('day', '2027-01-12'), ('time', '19:30')])
    meeting = cleo.headers['location']
    at = re.search(r'name="at" value="(\d+)"', nora.get(meeting) and nora.body)[1]
    nora.post(f'{meeting}/accept', [('at', at)], page=meeting)
    ok(cleo.post(f'{pair}/pause', [('weeks', '30'), ('keep', 'keep'), ('reason', '')]) == 422, 'half a year at most')
    ok(cleo.post(f'{pair}/pause', [('weeks', '3'), ('keep', 'keep'), ('reason', 'CANARY-pause')]) == 303, 'Cleo takes a pause')
    method, text = calendar_of(letter_about(server, 'nora@example.org', 'Called off'))
    ok(method == 'CANCEL', 'the meeting is called off')
    letter = letter_about(server, 'nora@example.org', 'is paused')
    ok('paused until' in letter.get_content() and 'CANARY' not in letter.get_content(), 'Nora learns until when, not why')
    nora.get(pair)
    ok('Paused until' in nora.body and 'I am back' not in nora.body and 'CANARY' not in nora.body, 'on the page too')
    ok(nora.post(f'{pair}/meetings/propose', [('minutes', '30'), ('format', 'video'), ('place', ''), ('agenda', ''),
                                              ('day', '2027-01-12'), ('time', '19:30')]) == 422, 'no meeting in a pause')
    admin.get(f'{cohort}/pairs?show=all')
    ok('paused' in admin.body, 'those who run it see it')
    ok('Then you are asked whether you are back' in (cleo.get(pair) and cleo.body) and 'Then Cleo is asked' in (nora.get(pair) and nora.body), 'both see what comes next')
    until = paused_until(cleo)
    ok(nora.post(f'{pair}/pause', [('weeks', '9'), ('keep', 'keep'), ('reason', '')]) == 409, 'only she makes it longer')
    ok(cleo.post(f'{pair}/pause', [('weeks', '6'), ('keep', 'keep'), ('reason', '')]) == 303, 'which she does')
    cleo.get(pair)
    ok(paused_until(cleo) > until, 'until later')
    ok(cleo.post(f'{pair}/back', [], page=pair) == 303, 'Cleo comes back')
    ok('goes on' in letter_about(server, 'nora@example.org', 'goes on')['Subject'], 'and Nora gets a letter')


def try_silence(server, pair, cleo, nora):
    match = pair.rpartition('/')[2]
    ok(cleo.post(f'{pair}/on', [], page=pair) == 409, 'nobody has asked whether they go on')
    run_sql(server, f'UPDATE match SET asked_silence = {int(time.time() * 1e6)} WHERE id = {match}')
    ok('Otherwise the match ends on' in (nora.get(pair) and nora.body), 'after a long silence both read until when they say so')
    ok(nora.post(f'{pair}/on', [], page=pair) == 303, 'one does')
    ok('Otherwise the match ends' not in (cleo.get(pair) and cleo.body) and 'Your last three weeks begin on' in cleo.body, 'and they go on')


def try_missed(server, pair, ida, olga, cohort, admin):
    """Two that were missed are said, four are a break; illness and care do not count."""
    match = pair.rpartition('/')[2]
    today = time.strftime('%Y-%m-%d', time.gmtime())
    past = [('day', today), ('time', '00:00'), ('minutes', '30'), ('format', 'audio'), ('topics', '')]
    missed = []
    for _ in range(4):
        olga.post(f'{pair}/meetings/past', past)
        missed.append(olga.headers['location'])
    run_sql(server, f"UPDATE meeting SET state = 'no_show_mentee', held_minutes = 0 WHERE match = {match}")
    ok('until' in (ida.get(f'{pair}/meetings') and ida.body) and 'So you have a break' in ida.body, 'four that she missed are a break')
    ok(f'{pair}/help' in ida.body.split('So you have a break')[1], 'with a way to say that it is not right')
    ida.get(f'{pair}/meetings/propose')
    slot = re.findall(r'name="slot" value="(\d+)"', ida.body)[0]
    form = [('minutes', '45'), ('format', 'video'), ('place', ''), ('agenda', ''), ('day', ''), ('time', ''), ('slot', slot)]
    ok(ida.post(f'{pair}/meetings/propose', form) == 422 and 'break from proposing' in ida.body, 'in which she proposes none')
    ok('So you have a break' not in (olga.get(f'{pair}/meetings') and olga.body), 'the other has none')
    ok('could not come because of illness' in (ida.get(f'{missed[0]}/word') and ida.body) and 'another time' not in ida.body and 'name="minutes" value="0"' in ida.body, 'she can say why')
    ok(olga.post(f'{missed[1]}/word', [('how', 'excused'), ('minutes', '0'), ('words', '')], page=missed[1]) == 409, 'nobody excuses the other')
    ok(ida.post(f'{missed[0]}/word', [('how', 'excused'), ('minutes', '0'), ('words', '')]) == 303 and 'did not come, excused' in (ida.follow() and ida.body), 'and it does not count')
    ok('So you have a break' not in (ida.get(f'{pair}/meetings') and ida.body) and 'missed two meetings' in ida.body, 'three are no break')
    ok(ida.post(f'{pair}/meetings/propose', form) == 303, 'she proposes again')
    meeting = ida.headers['location']
    olga.post(f'{meeting}/accept', [('at', slot)], page=meeting)
    number = meeting.rpartition('/')[2]
    run_sql(server, f'UPDATE meeting SET at = {int(time.time() * 1e6)} WHERE id = {number}')
    ok(olga.post(f'{meeting}/log', [('how', 'other'), ('minutes', '0'), ('topics', '')]) == 422 and 'Wait for ten minutes' in olga.body,
       'nobody has missed a meeting within ten minutes')
    run_sql(server, f'UPDATE meeting SET at = {int((time.time() - 7200) * 1e6)} WHERE id = {number}')
    ok('Say whether you met' in (olga.get(meeting) and olga.body), 'a meeting that is over waits for a word')
    ok(olga.post(f'{meeting}/log', [('how', 'held'), ('minutes', '30'), ('topics', '')]) == 303 and olga.headers['location'] == f'{pair}/feedback/{number}',
       'who says that it took place is asked how useful it was')
    ok(olga.post(f'{pair}/feedback/{number}', [('useful', '4'), ('line', ''), ('shared', ''), ('private', '')]) == 303
       and olga.headers['location'] == f'{pair}/meetings/propose', 'and when they meet next')
    return meeting


def try_late(server, pair, ida, olga):
    """Called off in the last three hours counts; later than agreed is said, and does not."""
    for hours, words, name in ((10, 'It does not count', 'later than agreed does not count'), (2, 'it counts as late', 'so shortly before counts as late')):
        ida.get(f'{pair}/meetings/propose')
        slot = re.findall(r'name="slot" value="(\d+)"', ida.body)[0]
        ida.post(f'{pair}/meetings/propose', [('minutes', '45'), ('format', 'video'), ('place', ''), ('agenda', ''), ('day', ''), ('time', ''), ('slot', slot)])
        meeting = ida.headers['location']
        olga.post(f'{meeting}/accept', [('at', slot)], page=meeting)
        run_sql(server, f"UPDATE meeting SET at = {int((time.time() + hours * 3600) * 1e6)} WHERE id = {meeting.rpartition('/')[2]}")
        ok(olga.post(f'{meeting}/cancel', [('reason', '')]) == 303 and (olga.follow() and words in olga.body), name)


def try_word_after(cohort, meeting, ida, admin):
    """What counts can be put right within a week, also when the pair has ended."""
    ok(ida.post(f'{meeting}/word', [('how', 'not'), ('minutes', '30'), ('words', 'Only five minutes')]) == 303, 'after the end she says that it was not so')
    ok('not clear yet' in (ida.get(meeting) and ida.body), 'and it counts no more')


def try_ending(server, pair, cohort, cleo, nora, admin):
    cleo.post(f'{pair}/goals', GOAL)
    ok(cleo.post(f'{pair}/end', [('reason', 'fit'), ('words', ''), ('again', 'yes')]) == 422, 'an end is confirmed')
    ok(cleo.post(f'{pair}/end', [('reason', 'fit'), ('words', 'CANARY-end'), ('again', 'yes'), ('fit', 'not'), ('sure', '1')]) == 303, 'Cleo ends it')
    letter = letter_about(server, 'nora@example.org', 'has ended')
    ok('not your fault' in letter.get_content() and 'CANARY' not in letter.get_content(), 'Nora is told without a reason')
    nora.get(pair)
    ok('ended' in nora.body and 'CANARY' not in nora.body, 'and sees it')
    asked = re.search(r'/pairs/\d+/questions/early/\d+', nora.body)[0]
    ok(cleo.get(asked) == 404 and 'questions/early' not in (cleo.get(pair) and cleo.body), 'Nora is asked whether they fit, and Cleo has said it')
    ok(nora.post(asked, [('fit', 'good'), ('words', '')]) == 303 and 'questions/early' not in (nora.get(pair) and nora.body), 'once')
    ok(nora.post(f'{pair}/messages', [('text', 'Why?')], page=pair) == 409 and nora.get(f'{pair}/messages') == 200,
       'what was written stays, and nothing is added')
    ok(nora.post(f'{pair}/help', [('kind', 'other'), ('text', 'A word'), ('named', 'yes')]) == 303, 'help stays open')
    ok(nora.post(f'{pair}/farewell', [('thanks', 'Good luck <3'), ('stay', '1')]) == 303, 'Nora says farewell')
    cleo.get(f'{pair}/farewell')
    ok('Good luck &lt;3' in cleo.body and 'nora@example.org' not in cleo.body, 'Cleo reads it')
    cleo.post(f'{pair}/farewell', [('thanks', ''), ('stay', '1')])
    cleo.get(f'{pair}/farewell')
    ok('nora@example.org' in cleo.body, 'and both stay in touch')
    ok(all(f'href="{page}"' in cleo.body and cleo.get(page) == 200 for page in ('/recognition', '/stories/mine', '/cohorts') if cleo.get(f'{pair}/farewell') == 200),
       'what next: a certificate, a story, another time')
    admin.get(f'{cohort}{pair}')
    ok("fit together" in admin.body and 'CANARY-end' in admin.body, 'those who run it see why')
    ok(admin.body.count('Fit, when it ended early') == 2 and 'a good fit' in admin.body and 'not a good fit' in admin.body, 'and what both say of the fit')
    admin.get(f'{cohort}/measures')
    ok('not told' in admin.body and 'Pairs that ended early' in admin.body, 'small groups are kept back')
    ok(admin.get(f'{cohort}/measures.csv') == 200 and admin.body.count('not told') > 60, 'in the sheet too')


OWN = ['', '/agreement', '/agreement/propose', '/goals', '/meetings', '/meetings/propose', '/meetings/past', '/messages', '/help', '/pause', '/end', '/farewell']


def try_weight(pair, bea):
    """Nobody needs a fast connection."""
    heavy = [page for page in OWN if bea.get(pair + page) == 200 and (len(bea.body) > 20000 or '<script' in bea.body or '<img' in bea.body)]
    ok(not heavy, f'no page of a pair is heavy {heavy or ""}')


def try_others(pair, other, admin, visitor):
    for page in OWN:
        ok(other.get(pair + page) == 404, f'somebody else does not see {page or "the first page"}')
        ok(admin.get(pair + page) == 404, f'nor does staff: {page or "the first page"}')
        ok(visitor.get(pair + page) == 303, f'nor a visitor: {page or "the first page"}')


def try_leaving(server, pair, cohort, gone, left, name):
    """Whoever leaves takes with her what hangs on the pair: invariant 4."""
    gone.get(f'{pair}/meetings/propose')
    slot = re.findall(r'name="slot" value="(\d+)"', gone.body)[0]
    form = [('minutes', '45'), ('format', 'video'), ('place', ''), ('agenda', ''), ('day', ''), ('time', ''), ('slot', slot)]
    ok(gone.post(f'{pair}/meetings/propose', form) == 303, 'another pair is to meet')
    meeting = gone.headers['location']
    ok(left.post(f'{meeting}/accept', [('at', slot)], page=meeting) == 303, 'which is settled')
    ok(gone.post(f'{cohort}/join/mentor/withdraw', [], page=cohort) == 303, 'one of them leaves the cohort')
    method, text = calendar_of(letter_about(server, f'{name}@example.org', 'Called off'))
    ok(method == 'CANCEL' and 'STATUS:CANCELLED' in text, 'the meeting is taken out of the calendar of the other')
    ok('has left' in letter_about(server, f'{name}@example.org', 'has ended').get_content(), 'who is told that the match has ended')
    ok(left.get(meeting) == 200 and 'called off' in left.body, 'and sees it')


def try_life(server):
    cohort, admin, people = begin(server)
    bea, mina = people['Bea'], people['Mina']
    ok(bea.get('/') == 200 and 'Your match with Mina' in bea.body and 'Cleo' not in bea.body, 'the first page says what waits for her')
    ok(Browser(server).get('/') == 200, 'and a visitor what it is about')
    pair = own_pair(bea, cohort)
    ok(own_pair(mina, cohort) == pair != own_pair(people['Cleo'], cohort), 'both come to the same pages, others to theirs')
    try_template(cohort, admin, pair, mina)
    try_agreement(server, pair, bea, mina)
    try_longer(server, cohort, admin, pair, bea, mina)
    try_goals(server, pair, bea, mina)
    try_objective_words(admin, cohort, pair, bea)
    try_away(server, pair, bea, mina)
    try_other(cohort, pair, bea, mina, people['Cleo'])
    held = try_meetings(server, pair, bea, mina)
    try_messages(server, pair, bea, mina)
    try_feedback(pair, held, bea, mina, admin, cohort)
    try_own_questions(admin)
    try_link(server, pair, bea)
    try_pulse(server, pair, bea, mina, admin, cohort)
    try_shared(cohort, pair, mina, admin)
    second = own_pair(people['Cleo'], cohort)
    try_pause(server, second, cohort, people['Cleo'], people['Nora'], admin)
    try_silence(server, second, people['Cleo'], people['Nora'])
    try_ending(server, second, cohort, people['Cleo'], people['Nora'], admin)
    third = own_pair(people['Ida'], cohort)
    met = try_missed(server, third, people['Ida'], people['Olga'], cohort, admin)
    try_late(server, third, people['Ida'], people['Olga'])
    try_leaving(server, third, cohort, people['Olga'], people['Ida'], 'ida')
    try_word_after(cohort, met, people['Ida'], admin)
    ok(people['Cleo'].get(held) == 404, 'others see no meeting of theirs')
    try_weight(pair, bea)
    try_others(pair, people['Cleo'], admin, Browser(server))
    bea.get('/account/export')
    ok(r'Learn \u003cdata' in bea.body and 'Lead a project' in bea.body, 'the copy of her data has it')
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    sys.exit(main(try_life))

# SPDX-License-Identifier: Apache-2.0
"""Plans, resources and training through the server, as browsers see them, on one engine.

  support_client.py TRELLIS sqlite|postgres PLACE     prints TAP

A programme adds what is ready, asks its mentors for a training before they are matched, and its mentees for one
before they meet; two pairs begin with a plan; the plan is changed; resources are added, found, and refused.
"""
import html
import re
import struct
import time
import zlib

from pair_client import RULES, own_pair
from serve_client import Browser, find_pairs, join, main, ok, register


def add_steps_of_staff(admin):
    """A step that waits for a coordinator from the first day; the sixteen prompts are there, and given to nobody yet."""
    admin.get('/support/plans')
    row = re.search(r'Sixteen weeks, sixteen questions.*?</tr>', admin.body, re.S)[0]
    ok('not published' in row, 'sixteen weekly questions are there for programmes that want them')
    plan = re.search(r'href="(/support/plans/\d+)">The first month', admin.body)[1]
    admin.post(f'{plan}/draft', [], page=plan)
    ok(admin.post(f'{plan}/items/0', changed(ITEM, title='Welcome <both>', owner='coordinator', days='0')) == 303
       and admin.post(f'{plan}/publish', [('reach', 'future')]) == 303, 'a step of those who run it')


def begin(server):
    admin = register(server, 'Ada', server.first_link())
    ok(admin.get('/learn') == 200 and 'no training here yet' in admin.body, 'nothing to learn yet')
    ok(admin.get('/support') == 200 and 'Add what is ready' in admin.body, 'editors are offered what is ready')
    ok(admin.post('/support/ready', [], page='/support') == 303, 'and add it')
    ok(admin.get('/support') == 200 and 'Add what is ready' not in admin.body, 'once')
    add_steps_of_staff(admin)
    admin.post('/cohorts/new', [('name', 'Spring'), ('about', 'For all.'), ('starts', '2026-10-05'), ('weeks', '26')])
    cohort = admin.headers['location'].removesuffix('/setup')
    admin.post(f'{cohort}/state', [('to', 'enrolling')], page=cohort)
    people = {name: register(server, name) for name in ('Bea', 'Cleo', 'Mina', 'Nora')}
    join(people['Bea'], cohort, 'mentee', ['data'])
    join(people['Cleo'], cohort, 'mentee', ['security'])
    join(people['Mina'], cohort, 'mentor', ['data'], '3')
    join(people['Nora'], cohort, 'mentor', ['security'], '3')
    admin.get(f'{cohort}/people')
    ids = re.findall(r'people/(\d+)">\w+</a>', admin.body)
    admin.post(f'{cohort}/people/bulk', [('to', 'approved'), ('reason', '')] + [('enrolment', one) for one in ids],
               page=f'{cohort}/people')
    admin.post(f'{cohort}/rules', RULES)
    return cohort, admin, people


def trainings_of(browser):
    browser.get('/learn')
    return {title: path for path, title in re.findall(r'href="(/learn/training/\d+)"[^>]*>([^<]+)<', browser.body)}


def answer_page(browser, page):
    browser.get(page)
    groups = re.findall(r'name="(q\d+)" value="(\d+)"', browser.body)
    names = list(dict.fromkeys(name for name, _ in groups))
    right = {name: '1' for name in names}
    for _ in range(5):
        if browser.post(page, list(right.items())) == 303:
            break
        for name in names:
            if re.search(rf'href="#{name}"', browser.body):
                right[name] = str(int(right[name]) + 1)
    ok(browser.status == 303, 'every question of a page can be answered')


def complete(browser, training):
    """Goes through a training as a person who knows it: every question has one answer that is right."""
    browser.get(training)
    pages = re.findall(rf'href="({training}/\d+)"', browser.body)
    for page in dict.fromkeys(pages):
        answer_page(browser, page)
    return browser.status


def try_rules(server, cohort, admin, people):
    page = f'{cohort}/support'
    ok(admin.get(page) == 200 and 'nothing is asked' in admin.body, 'no training is asked for')
    options = dict(re.findall(r'<option value="(\d+)">([^<]+)<', admin.body))
    mentor = next(key for key, title in options.items() if title == 'Being a mentor here')
    mentee = next(key for key, title in options.items() if title != 'Being a mentor here')
    ok(admin.post(page, [('mentee_when', 'meeting'), ('mentor_when', 'pool'), ('mentee_training', mentee), ('mentor_training', '')]) == 422
       and 'Choose which training' in admin.body, 'a rule says which training')
    ok(admin.post(page, [('mentee_when', 'meeting'), ('mentor_when', 'pool'), ('mentee_training', mentor), ('mentor_training', mentor)])
       == 422, 'and one that is for her')
    ok(admin.post(page, [('mentee_when', 'meeting'), ('mentor_when', 'pool'), ('mentee_training', mentee), ('mentor_training', mentor)])
       == 303, 'the rules')
    admin.get(page)
    ok('fewer than five people are asked' in admin.body, 'no share of so few')
    mina = people['Mina']
    mina.get(cohort)
    ok('there is a short training to finish' in mina.body and '/learn/training/' in mina.body, 'Mina sees what to do first')
    people['Bea'].get(cohort)
    ok('training to finish' not in people['Bea'].body, 'Bea need not yet')
    find_pairs(admin, cohort)
    ok('of 2 mentees have a mentor' not in admin.body or '0 of 2' in admin.body, 'nobody is matched with a mentor without it')
    return mentor, mentee


def try_training(server, cohort, admin, people):
    mina = people['Mina']
    training = trainings_of(mina)['Being a mentor here']
    ok(mina.get(training) == 200 and 'not completed yet' in mina.body, 'a training, page by page')
    page = re.search(rf'href="({training}/\d+)"', mina.body)[1]
    mina.get(page)
    ok('Did it come across?' in mina.body and '<h2>What helps</h2>' in mina.body, 'pages with questions')
    ok(mina.post(page, []) == 422 and 'Choose an answer' in mina.body, 'every question wants an answer')
    ok(mina.post(page, [('q1', '1'), ('q2', '1')]) == 422 and 'Your story may help later' in mina.body and mina.body.count(' checked') == 2,
       'a wrong one says why, and stays chosen')
    ok(mina.post(page, [('q1', '9'), ('q2', '-1')]) == 422, 'one that is not there is none')
    ok(mina.get(f'{training}/7') == 404 and mina.post(f'{training}/7', [], page=page) == 404, 'no page is made up')
    ok(complete(mina, training) == 303, 'Mina goes through it')
    mina.get(training)
    ok('completed on' in mina.body and 'version 1' in mina.body, 'and has completed it')
    mina.get(cohort)
    ok('training to finish' not in mina.body, 'nothing holds her any more')
    admin.get(f'{cohort}/support/people?role=mentor')
    ok(re.search(r'Mina</th><td>completed on', admin.body) and re.search(r'Nora</th><td>not begun', admin.body), 'staff see who has')
    find_pairs(admin, cohort)
    ok('1 of 2 mentees' in admin.body, 'Mina can be matched')
    complete(people['Nora'], training)
    run = find_pairs(admin, cohort)
    ok('2 of 2 mentees' in admin.body, 'then Nora too')
    ok(admin.post(f'{run}/publish', [], page=f'{run}/publish') == 303, 'two pairs begin')
    return training


PROPOSE = [('minutes', '45'), ('format', 'video'), ('place', ''), ('agenda', ''), ('day', '2027-01-12'), ('time', '19:30')]


def try_first_meeting(pair, bea, mina):
    ok(mina.get(f'{pair}/meetings/propose') == 200 and 'Bea has a short training to finish' in mina.body, 'the first meeting waits for Bea')
    bea.get(f'{pair}/meetings/propose')
    ok('Before your first meeting, there is a short training' in bea.body and 'Go there' in bea.body, 'who is told, with the way there')
    ok(mina.post(f'{pair}/meetings/propose', PROPOSE) == 422 and bea.post(f'{pair}/meetings/propose', PROPOSE) == 422, 'nobody proposes one')
    complete(bea, trainings_of(bea)['Getting the most out of mentoring'])
    ok(bea.post(f'{pair}/meetings/propose', PROPOSE) == 303, 'once she has done it, they can meet')


def try_plan(pair, bea, mina, cohort, admin):
    ok(bea.get(f'{pair}/plan') == 200 and 'Write the first line' in bea.body and 'Ask how the pair has begun' not in bea.body,
       'the pair has a plan, without what is a coordinator\'s')
    ok('0 of' in bea.body and 'What to write first' in bea.body, 'with what is to be read')
    bea.get(pair)
    ok('Write the first line' in bea.body, 'the first page says what comes next')
    form = re.search(r'name="item" value="(\d+)"><input type="hidden" name="done" value="1"><button[^>]* aria-label="Done: Write the first line',
                     bea.get(f'{pair}/plan') and bea.body)
    item = form[1]
    ok(mina.post(f'{pair}/plan/turn', [('item', item), ('done', '1')], page=f'{pair}/plan') == 303, 'Mina ticks it')
    ok(bea.post(f'{pair}/plan/turn', [('item', item), ('done', '1')], page=f'{pair}/plan') == 409, 'once')
    bea.get(f'{pair}/plan')
    ok('Mina' in bea.body and '1 of' in bea.body, 'Bea sees who has')
    ok(bea.post(f'{pair}/plan/turn', [('item', item), ('done', '0')], page=f'{pair}/plan') == 303, 'and undoes it')
    bea.get(f'{pair}/plan')
    own = re.search(r'value="(\d+)"><input type="hidden" name="done" value="1"><button[^>]* aria-label="Done: Get your goal ready', bea.body)[1]
    mina.get(f'{pair}/plan')
    ok('Get your goal ready' in mina.body and own not in mina.body, 'Mina sees what is Bea\'s, and can\'t tick it')
    ok(mina.post(f'{pair}/plan/turn', [('item', own), ('done', '1')], page=f'{pair}/plan') == 404, 'by no way')
    ok(bea.get(f'{pair}/plan/agendas') == 200 and bea.body.count('with this agenda') == 4, 'four agendas')
    link = html.unescape(re.search(r'href="([^"]+propose\?agenda=[^"]+)"', bea.body)[1])
    ok(bea.get(link) == 200 and 'Who are you, besides your work?' in bea.body, 'one comes into the proposal')
    bea.post(f'{pair}/meetings/past', [('day', time.strftime('%Y-%m-%d', time.gmtime())), ('time', '00:00'), ('minutes', '50'), ('topics', 'Plans')])
    bea.get(f'{pair}/plan')
    ok(re.search(r'First meeting.{0,300}>done<', bea.body, re.S), 'a meeting that was held is a step that is done')
    admin.get(f'{cohort}/support')
    ok('The first month, and the way' in admin.body and admin.body.count('Done: Welcome &lt;both&gt;') == 2, 'staff see which plan it is, and what waits for them')
    todo = dict(zip(('match', 'item'), re.search(r'name="match" value="(\d+)"><input type="hidden" name="item" value="(\d+)"', admin.body).groups()))
    ok(bea.post(f'{cohort}/support/turn', list(todo.items()), page=pair) == 404, 'nobody else ticks it')
    ok(admin.post(f'{cohort}/support/turn', list(todo.items()), page=f'{cohort}/support') == 303
       and admin.post(f'{cohort}/support/turn', list(todo.items()), page=f'{cohort}/support') == 409, 'they tick it, once')
    admin.get(f'{cohort}/support')
    ok(admin.body.count('Done: Welcome &lt;both&gt;') == 1, 'and it waits no more')


ITEM = [('stage', '1'), ('stage_title', 'Before you meet'), ('kind', 'task'), ('title', 'A <new> step'), ('text', 'Do **it**'),
        ('owner', 'both'), ('days', '40'), ('unless', ''), ('survey', ''), ('resource', ''), ('language', 'en')]


def changed(base, **given):
    return [(key, given.get(key, value)) for key, value in base]


def try_versions(admin, pair, bea, other, cleo):
    admin.get('/support/plans')
    plan = re.search(r'href="(/support/plans/\d+)">The first month', admin.body)[1]
    ok(admin.get(f'{plan}/items/0') == 409, 'a published version stays as it is')
    ok(admin.post(f'{plan}/draft', [], page=plan) == 303 and admin.post(f'{plan}/draft', [], page=plan) == 409, 'a new version, once')
    ok(admin.post(f'{plan}/items/0', changed(ITEM, title='')) == 422, 'a step has a title')
    ok(admin.post(f'{plan}/items/0', changed(ITEM, kind='survey')) == 422, 'questions say which')
    ok(admin.post(f'{plan}/items/0', changed(ITEM, kind='resource', resource='5')) == 422, 'a resource is there')
    ok(admin.post(f'{plan}/items/0', changed(ITEM, kind='message', text='')) == 422, 'a message has words')
    ok(admin.post(f'{plan}/items/0', changed(ITEM, text='> ' * 30 + 'a')) == 422, 'nothing is nested too deep')
    ok(admin.post(f'{plan}/items/0', changed(ITEM, days='999')) == 422, 'nor beyond a year')
    ok(admin.post(f'{plan}/items/0', ITEM) == 303, 'a step is added')
    ok(admin.post(f'{plan}/items/9', ITEM, page=plan) == 404, 'none is made up')
    admin.get(plan)
    last = re.search(r'href="(/support/plans/\d+/items/\d+)\?language=en">Say farewell', admin.body)[1]
    ok(admin.post(f'{last}/drop', [], page=plan) == 303, 'one is taken out')
    admin.get(plan)
    first = re.search(r'href="(/support/plans/\d+/items/\d+)\?language=en">Write the first line', admin.body)[1]
    admin.post(first, changed(ITEM, title='Write first', kind='task', days='0'))
    bea.get(f'{pair}/plan')
    ok('A &lt;new&gt; step' not in bea.body, 'pairs see nothing of it yet')
    admin.get(f'{plan}/publish')
    ok('2 pairs are under way' in admin.body and '2 steps are added' in admin.body and '2 steps are taken out' in admin.body
       and '0 of their steps change' in admin.body, 'whom it touches is shown before: what is due stays')
    ok(admin.post(f'{plan}/publish', []) == 422, 'for whom must be said')
    ok(admin.post(f'{plan}/publish', [('reach', 'running')]) == 303, 'for pairs under way too')
    ok(admin.post(f'{plan}/publish', [('reach', 'running')], page=plan) == 409, 'once')
    for who, where in ((bea, pair), (cleo, other)):
        who.get(f'{where}/plan')
        ok('A &lt;new&gt; step' in who.body and 'Say farewell' not in who.body and 'Write the first line' in who.body,
           'what was to come has changed, what was due has not')
    ok('<strong>it</strong>' in bea.body, 'with its words')
    admin.post(f'{plan}/draft', [], page=plan)
    admin.post(f'{plan}/items/0', changed(ITEM, title='Later'))
    admin.get(f'{plan}/publish')
    ok('2 steps are added' in admin.body, 'another version')
    admin.post(f'{plan}/publish', [('reach', 'future')])
    bea.get(f'{pair}/plan')
    ok('Later' not in bea.body, 'which is for pairs to come')
    admin.post(f'{plan}/draft', [], page=plan)
    ok(admin.post(f'{plan}/drop', [], page=plan) == 303 and admin.post(f'{plan}/drop', [], page=plan) == 409, 'one is thrown away')
    ok(admin.post('/support/plans', [('title', 'Own'), ('role', 'pair'), ('language', 'en'), ('cohort', '5')]) == 422, 'of a programme that is there')
    ok(admin.post('/support/plans', [('title', 'Own'), ('role', 'pair'), ('language', 'en'), ('cohort', '')]) == 303, 'a plan from the beginning')
    own = admin.headers['location']
    ok(admin.post(f'{own}/publish', [('reach', 'future')]) == 422, 'needs a step')
    ok(admin.post(f'{own}/end', [], page=own) == 303 and admin.post(f'{own}/end', [], page=own) == 409, 'and ends')
    return plan


def try_pause(pair, cleo, nora):
    cleo.get(f'{pair}/plan')
    before = re.findall(r'by (\d+ \w+ \d{4})', cleo.body)
    cleo.post(f'{pair}/pause', [('weeks', '3'), ('keep', 'keep'), ('reason', '')])
    cleo.get(f'{pair}/plan')
    ok('waits for the end of the pause' in cleo.body and 'and so is your plan' in cleo.body and 'overdue' not in cleo.body.split('</p>', 4)[4],
       'in a pause nothing is overdue')
    cleo.post(f'{pair}/back', [], page=pair)
    nora.get(f'{pair}/plan')
    ok('waits for the end' not in nora.body and re.findall(r'by (\d+ \w+ \d{4})', nora.body) == before, 'and it goes on')


def try_redo(admin, training, mina, cohort):
    edit = training.replace('/learn/training', '/support/trainings')
    admin.post(f'{edit}/draft', [], page=edit)
    ok(admin.post(f'{edit}/pages/0', [('title', ''), ('text', ''), ('place', '7'), ('language', '')]) == 422, 'a page has words')
    ok(admin.post(f'{edit}/pages/0', [('title', 'New'), ('text', '## A\n\n<script>'), ('place', '7'), ('language', '')]) == 303, 'a page is added')
    page = admin.headers['location'].partition('?')[0]
    question = [('text', 'Which?'), ('answer1', 'This'), ('feedback1', 'Why not'), ('answer2', 'That'), ('feedback2', 'Yes'), ('answer3', ''),
                ('feedback3', ''), ('answer4', ''), ('feedback4', ''), ('right', '3'), ('language', '')]
    ok(admin.post(f'{page}/questions/0', question) == 422, 'an empty answer is not right')
    ok(admin.post(f'{page}/questions/0', changed(question, right='2')) == 303, 'a question')
    mina.get(training)
    ok('>New</a>' not in mina.body, 'readers see nothing of it yet')
    ok(admin.post(f'{edit}/publish', [('again', 'no')]) == 303, 'published: what was completed counts')
    mina.get(training)
    ok('completed on' in mina.body and 'version 1' in mina.body and '>New</a>' in mina.body, 'Mina has completed it')
    admin.post(f'{edit}/draft', [], page=edit)
    ok(admin.post(f'{edit}/publish', [('again', 'yes')]) == 303, 'published: it must be done again')
    mina.get(training)
    ok('must be done again' in mina.body, 'Mina is told')
    admin.get(f'{cohort}/support/people?role=mentor')
    ok(re.search(r'Mina</th><td>to be done again', admin.body), 'staff see it')
    mina.get(cohort)
    ok('training to finish' in mina.body, 'and new matches wait for it')
    ok(complete(mina, training) == 303, 'she does')
    ok(mina.get('/search?q=Being+mentor') == 200 and training in mina.body, 'the search of everything finds it')
    ok(admin.post(f'{edit}/end', [], page=edit) == 303 and mina.get(training) == 404, 'a training ends')
    ok(mina.get('/search?q=Being+mentor') == 200 and training not in mina.body, 'and is not found any more')
    mina.get(cohort)
    ok('training to finish' not in mina.body, 'and holds nobody')


RESOURCE = [('kind', 'link'), ('title', 'Data for <all>'), ('about', 'An \u00fcbersicht'), ('url', 'https://x.example/'), ('text', ''), ('language', 'en'),
            ('role', 'both'), ('stage', 'any'), ('topics', 'data'), ('media', 'text'), ('minutes', '5'), ('licence', 'CC0'), ('captions', 'none'),
            ('transcript', 'none'), ('described', 'none'), ('tagged', 'none'), ('plain', 'yes'), ('review_by', '2026-01-01')]


def send(browser, path, values, name=None, content=b''):
    browser.get(path)
    mark = 'trellis-test-boundary'
    body = ''.join(f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
                   for key, value in [('csrf', browser.token())] + values).encode()
    if name:
        body += (f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n').encode() + content + b'\r\n'
    body += f'--{mark}--\r\n'.encode()
    return browser.send('POST', path, body, {'Content-Type': f'multipart/form-data; boundary={mark}', 'Origin': browser.origin()})


def picture():
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 1, 1, 8, 0, 0, 0, 0)) + chunk(b'tEXt', b'GPS\0somewhere')
            + chunk(b'IDAT', zlib.compress(b'\0\0')) + chunk(b'IEND', b''))


class Raw(Browser):
    """Reads any bytes."""

    def bytes(self, path):
        import http.client
        connection = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=30)
        connection.request('GET', path, None, {'Cookie': '; '.join(f'{k}={v}' for k, v in self.cookies.items())})
        answer = connection.getresponse()
        found = answer.read(), answer.getheaders(), answer.status
        connection.close()
        return found


def try_resources(server, admin, bea):
    new = '/support/resources/0'
    ok(send(admin, new, changed(RESOURCE, url='javascript:alert(1)')) == 422, 'an address is http or https')
    ok(send(admin, new, changed(RESOURCE, media='video')) == 422 and 'A video needs them' in admin.body or 'Video and audio need one' in admin.body,
       'a video says whether it has captions')
    ok(send(admin, new, RESOURCE) == 303, 'a link')
    link = admin.headers['location']
    ok(send(admin, new, changed(RESOURCE, title='Film', media='video', captions='no', transcript='no')) == 303, 'a video without captions')
    admin.follow()
    ok('readers see what is missing' in admin.body and 'neither captions nor a transcript' in admin.body, 'warns who adds it')
    bea.get('/resources?q=film')
    ok('neither captions nor' in bea.body, 'and who looks for it')
    bea.get('/resources?q=film&accessible=1')
    ok('Nothing fits' in bea.body, 'unless she wants only what she can hear and see')
    bea.get('/resources?q=UBERSICHT&topic=data&role=mentee&kind=link&language=en&stage=any')
    ok('Data for &lt;all&gt;' in bea.body, 'search knows no case and no accents, and filters')
    bea.get('/resources?topic=security&q=data+for')
    ok('Nothing fits' in bea.body, 'another topic has none')
    ok(bea.get('/resources?q=%27%25_%5c') == 200 and bea.get('/resources?before=x&accessible=9') == 200, 'odd questions have an answer')
    bea.get('/resources')
    ok('lang="es"' not in bea.body.split('class="cards"')[1].split('<footer')[0], 'her own language first')
    bea.get('/resources?language=')
    seen = len(re.findall(r'<h2><a href="/resources/\d+"', bea.body))
    following = html.unescape(re.search(r'href="([^"]+)">Next page', bea.body)[1])
    bea.get(following)
    ok(seen == 20 and len(re.findall(r'<h2><a href="/resources/\d+"', bea.body)) > 0, 'the rest is on the next page')
    bea.get('/search?q=ubersicht')
    ok(link in bea.body, 'the search of everything finds it')
    visitor = Browser(server)
    ok(visitor.get('/search?q=ubersicht') == 200 and link not in visitor.body, 'for who is signed in')
    edit = link.replace('/resources', '/support/resources')
    admin.post(f'{edit}/end', [], page=edit)
    ok(bea.get('/search?q=ubersicht') == 200 and link not in bea.body and bea.get(link) == 404, 'nobody finds what was taken away')
    ok(admin.post(f'{edit}/end', [], page=edit) == 409 and admin.post(f'{edit}/back', [], page=edit) == 303, 'once; it comes back')
    ok(bea.get('/search?q=ubersicht') == 200 and link in bea.body, 'and is found again')
    ok(bea.post(f'{link}/mark', [('saved', '1'), ('done', '0')], page=link) == 303, 'Bea saves it')
    bea.get('/learn')
    ok('Data for &lt;all&gt;' in bea.body, 'and finds it among hers')
    bea.get('/resources?mine=1')
    ok('Data for' in bea.body and 'Film' not in bea.body, 'there too')
    admin.get('/support/resources')
    ok('Data for' in admin.body, 'editors see what is past its day')
    ok(send(admin, link.replace('/resources', '/support/resources'), changed(RESOURCE, review_by='2030-01-01')) == 303, 'and look at it again')
    admin.get('/support/resources')
    ok('Data for' not in admin.body, 'then it is not')
    page = changed(RESOURCE, kind='page', title='Text', text='## Hello\n\n<img src=x onerror=1> [a](javascript:x)')
    send(admin, new, page)
    admin.follow()
    ok('<h2>Hello</h2>' in admin.body and '<img' not in admin.body and 'href="#refused"' in admin.body, 'a text, with nothing dangerous in it')
    return link


def try_files(server, admin, bea):
    new = '/support/resources/0'
    file = changed(RESOURCE, kind='file', media='image', title='Picture')
    ok(send(admin, new, file) == 422 and 'Choose a file' in admin.body, 'a file is sent')
    ok(send(admin, new, file, 'a.exe', b'MZ\x90\0\x03') == 422 and 'not taken' in admin.body and 'Data for' not in admin.body, 'a program is refused')
    ok(send(admin, new, file, 'a.png', b'\x89PNG\r\n\x1a\nbroken') == 422 and 'broken' in admin.body, 'a broken picture')
    ok(send(admin, new, file, 'big.txt', b'a' * (7 * 1024 * 1024 + 1)) == 422 and '7 MB' in admin.body, 'one that is too large')
    ok(send(admin, new, file, '../../My "plan".png', picture()) == 303, 'a picture is taken')
    place = admin.headers['location']
    raw = Raw(server)
    raw.cookies = bea.cookies
    content, headers, status = raw.bytes(f'{place}/file')
    names = [(k.lower(), v) for k, v in headers]
    ok(status == 200 and content.startswith(b'\x89PNG') and b'somewhere' not in content and content.endswith(b'\xaeB`\x82'),
       'and loses what it tells of its place')
    ok(('content-type', 'image/png') in names and ('x-content-type-options', 'nosniff') in names, 'it is sent as what it is')
    ok(any(k == 'content-disposition' and v.startswith('attachment; filename="') and '..' not in v and v.endswith('.png"') for k, v in names)
       and any(k == 'content-security-policy' and 'sandbox' in v for k, v in names), 'to be saved, in a sandbox')
    ok(send(admin, new, changed(file, title='Sheet', media='document'), 'x.pdf', b'%PDF-1.7\n' + b'x' * 200000) == 303, 'a larger file')
    content, _, _ = raw.bytes(f'{admin.headers["location"]}/file')
    ok(content == b'%PDF-1.7\n' + b'x' * 200000, 'comes back byte by byte')
    visitor = Browser(server)
    ok(visitor.get(f'{place}/file') == 303, 'a visitor signs in first')
    ok(bea.get('/resources/5/file') == 404 and bea.get('/resources/5') == 404, 'what is not there is not there')
    edit = place.replace('/resources', '/support/resources')
    ok(send(admin, edit, changed(file, title='Same')) == 303 and raw.bytes(f'{place}/file')[2] == 200, 'a change keeps the file')
    ok(admin.post(f'{edit}/end', [], page=edit) == 303 and bea.get(place) == 404 and bea.get(f'{place}/file') == 404, 'taken away from readers')
    ok(admin.post(f'{edit}/back', [], page=edit) == 303 and bea.get(place) == 200, 'and brought back')
    ok(admin.post(f'{edit}/back', [], page=edit) == 409, 'once')


EDITORS = ['/support', '/support/plans', '/support/trainings', '/support/resources', '/support/resources/0']


def try_others(server, pair, other, plan, cohort, admin, bea, cleo):
    visitor = Browser(server)
    ok(visitor.get(f'{pair}/plan') == 303 and cleo.get(f'{pair}/plan') == 404 and admin.get(f'{pair}/plan') == 404, 'a plan is the pair\'s')
    ok(cleo.post(f'{pair}/plan/turn', [('item', '1'), ('done', '1')], page=f'{other}/plan') == 404, 'and nobody else ticks')
    for page in EDITORS + [plan, f'{plan}/publish', f'{cohort}/support', f'{cohort}/support/people']:
        ok(visitor.get(page) == 303 and bea.get(page) == 404, f'{page.rpartition("/")[2]} is for those who write it')
    ok(bea.post('/support/ready', [], page='/learn') == 404 and visitor.post('/support/ready', [], page='/sign-in') == 401, 'by no way')
    spanish = Browser(server)
    spanish.cookies = dict(bea.cookies)
    spanish.post('/language', [('language', 'es'), ('back', '/learn')], page='/learn')
    spanish.get(f'{pair}/plan')
    ok('Primera reuni\u00f3n' in spanish.body, 'in Spanish it is Spanish')
    spanish.get('/learn')
    ok('Sacar provecho' in spanish.body, 'trainings too')


def try_support(server):
    cohort, admin, people = begin(server)
    bea, cleo, mina, nora = (people[name] for name in ('Bea', 'Cleo', 'Mina', 'Nora'))
    try_rules(server, cohort, admin, people)
    training = try_training(server, cohort, admin, people)
    pair, other = own_pair(bea, cohort), own_pair(cleo, cohort)
    try_first_meeting(pair, bea, mina)
    try_plan(pair, bea, mina, cohort, admin)
    plan = try_versions(admin, pair, bea, other, cleo)
    try_pause(other, cleo, nora)
    try_redo(admin, training, mina, cohort)
    try_resources(server, admin, bea)
    try_files(server, admin, bea)
    try_others(server, pair, other, plan, cohort, admin, bea, cleo)


if __name__ == '__main__':
    main(try_support)

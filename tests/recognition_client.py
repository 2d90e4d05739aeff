# SPDX-License-Identifier: Apache-2.0
"""Stories and awards through the server, as browsers see them, on one engine.

  recognition_client.py TRELLIS sqlite|postgres PLACE     prints TAP

A story is written, agreed to by both whom it is about, approved, read by all, and taken back; people of a cohort are
nominated, judged and named. Each step is also tried by those who may not take it.
"""
import re
import sys

from article_client import letter_with
from pair_client import begin
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


def play(server):
    cohort, admin, people = begin(server)
    edith = register(server, 'Edith')
    ok(admin.post(f'{cohort}/team', [('email', 'edith@example.org'), ('role', 'editor')]) == 303, 'Edith becomes an editor')
    visitor = Browser(server)
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

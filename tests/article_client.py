# SPDX-License-Identifier: Apache-2.0
"""Articles through the server, as browsers see them, on one engine.

  article_client.py TRELLIS sqlite|postgres PLACE     prints TAP
"""
import re
import sys
import urllib.parse

from serve_client import Browser, main, ok, register

WORDS = ('listen mentor question answer meeting learn code review patience courage network promotion school children evening '
         'remote team design failure success story change career return language culture respect boundary goal').split()


def text_of(seed, words=60):
    """Sixty words that share no run of three with those of another seed."""
    return ' '.join(f'{WORDS[(seed * 7 + k * (seed + 3)) % len(WORDS)]}{seed}' for k in range(words))


def fields(body, then='send', kind='story', byline='name', pseudonym=''):
    return [('kind', kind), ('body', body), ('byline', byline), ('pseudonym', pseudonym), ('then', then)]


def sections_of(browser, article):
    browser.get(article)
    return re.findall(r'href="(/articles/\d+/sections/\d+)/write"', browser.body)


def find_articles(browser):
    browser.get('/articles')
    return re.findall(r'<h2><a href="(/articles/\d+)" lang="(\w+)">([^<]+)</a>', browser.body)


def letter_with(server, to, words):
    for _ in range(12):
        letter = server.letter(to)
        if letter['Subject'] is None or words in letter['Subject']:
            return letter
    return letter


def try_reading(visitor):
    found = find_articles(visitor)
    ok(visitor.status == 200 and len(found) == 2 and {f[1] for f in found} == {'en', 'es'}, 'a visitor finds the first articles')
    article = next(path for path, language, _ in found if language == 'en')
    visitor.get(article)
    ok(visitor.body.count('<h2 id="s') == 11 and 'What else to take into account' in visitor.body, 'ten elements and an eleventh')
    ok('How this list is made' in visitor.body, 'the formula of the leaders stands on the page')
    ok('/edit' not in visitor.body and 'helpful' not in visitor.body, 'and a visitor is offered nothing that she may not do')
    ok(visitor.get('/articles?domain=security') == 200 and 'no article here yet' in visitor.body, 'a domain may be empty')
    ok(visitor.get('/articles?domain=nonsense&before=x') == 200, 'nonsense in the address shows all')
    ok(visitor.get('/articles/77') == 404, 'what is not there is not there')
    return article


def send(browser, place, body, **more):
    return browser.post(f'{place}/write', fields(body, **more))


def try_writing(server, article, bea, mina, edith):
    places = sections_of(bea, article)
    ok(len(places) == 11, 'every section has room')
    ok(send(bea, places[0], 'Too short.') == 422 and 'these are 2' in bea.body and '>Too short.</textarea>' in bea.body,
       'fifty words at least, and nothing typed is lost')
    ok(send(bea, places[0], text_of(1, 751)) == 422 and 'these are 751' in bea.body, '750 at most')
    ok(send(bea, places[0], text_of(1), byline='pseudonym') == 422 and 'Write the name' in bea.body, 'another name must be written')
    ok(send(bea, places[0], 'Too short.', then='draft') == 303, 'a draft may be short')
    own = bea.headers['location']
    ok(bea.get(own) == 200 and 'a draft that only you see' in bea.body, 'it is kept')
    ok(mina.get(own) == 404 and edith.get(own) == 404 and Browser(server).get(own) == 303, 'for its writer alone')
    number = own.rpartition('/')[2]
    ok(edith.get(f'/articles/review/{number}') == 404, 'also not for editors')
    ok(bea.post(own, fields(text_of(1) + ' <script>alert(1)</script>')) == 303, 'longer now, it is sent')
    bea.get(own)
    ok('an editor reads it next' in bea.body and 'then" value="send"' not in bea.body, 'and waits; what is sent is not changed')
    ok(bea.post(own, fields(text_of(2)), page='/contributions') == 409, 'not even by an old page')
    bea.get(article)
    ok('<h3>What members say' not in bea.body, 'nobody reads it before an editor')
    ok(bea.post(f'{own}/back', [], page=own) == 303 and bea.get(own) == 200 and 'value="send"' in bea.body, 'it can be taken back')
    ok(bea.post(own, fields(text_of(1) + ' <script>alert(1)</script>')) == 303, 'and sent again')
    bea.get(own)
    ok('2 versions were sent' in bea.body, 'each version is kept')
    return places, own, number


def try_deciding(server, article, places, own, number, bea, mina, edith):
    one = f'/articles/review/{number}'
    for path in ('/articles/review', one, '/articles/new', f'{article}/edit', f'{places[0]}/edit'):
        ok(mina.get(path) == 404, f'a member does not learn of {re.sub("[0-9]+", "n", path)}')
    ok(mina.post(one, [('to', 'approved'), ('note', '')], page='/contributions') == 404, 'nor decides')
    ok(edith.get('/articles/review') == 200 and number in edith.body, 'an editor sees what waits')
    ok(edith.get(one) == 200 and '&lt;script&gt;' in edith.body, 'and reads it')
    ok(edith.post(one, [('to', 'changes_requested'), ('note', '')]) == 422 and 'Say why' in edith.body, 'a no has a why')
    ok(edith.post(one, [('to', 'changes_requested'), ('note', 'Say <where>.')]) == 303, 'she asks for a change')
    letter = letter_with(server, 'bea@example.org', 'question about')
    ok('Say <where>.' in letter.get_content() and own in letter.get_content(), 'the writer gets a letter')
    ok(bea.get(own) == 200 and 'Say &lt;where&gt;.' in bea.body, 'and sees it')
    ok(edith.post(one, [('to', 'approved'), ('note', '')], page='/articles/review') == 409, 'nothing is approved that was not sent again')
    ok(bea.post(own, fields(text_of(1) + ' Here.')) == 303, 'she changes it')
    ok(edith.post(one, [('to', 'changes_requested'), ('note', 'And <when>?')]) == 303, 'another question')
    ok(bea.post(own, fields(text_of(1) + ' Here. Now.')) == 303, 'and another change')
    ok(edith.post(one, [('to', 'approved'), ('note', '')]) == 303, 'now it is approved')
    ok(article in letter_with(server, 'bea@example.org', 'read by all').get_content(), 'she is told')
    bea.get(own)
    history = bea.body.split('What became of it')[1].split('</ol>')[0]
    ok(history.count('sent to the editors') == 4 and history.count('taken back') == 1 and history.count('asked for a change') == 2
       and history.index('Say &lt;where&gt;.') < history.index('And &lt;when&gt;?') < history.index('let everybody read it'), 'all that became of it, with each comment')
    ok('Edith' not in history and edith.get(one) == 200 and '(Edith)' in edith.body and '4 versions were sent' in edith.body, 'an editor sees who decided, and each version')
    visitor = Browser(server)
    visitor.get(article)
    ok('What members say' in visitor.body and 'A story · Bea' in visitor.body, 'everybody reads it, under her name')
    ok(send(mina, places[1], text_of(1) + ' Here.') == 422 and 'Nearly the same text is here' in mina.body, 'a copy is refused')
    ok(send(bea, places[2], text_of(1).replace('listen1', 'hear1')) == 422 and 'you have sent nearly' in bea.body.lower(), 'also of her own')
    ok(send(mina, places[1], text_of(3), byline='pseudonym', pseudonym='A <b> friend') == 303, 'Mina writes under another name')
    second = mina.headers['location'].rpartition('/')[2]
    edith.post(f'/articles/review/{second}', [('to', 'approved'), ('note', '')])
    visitor.get(article)
    ok('A &lt;b&gt; friend' in visitor.body and 'Mina' not in visitor.body, 'which is all that others see')
    ok(send(edith, places[3], text_of(4)) == 303, 'an editor writes, too')
    mine = edith.headers['location'].rpartition('/')[2]
    ok(edith.post(f'/articles/review/{mine}', [('to', 'approved'), ('note', '')], page=f'{places[4]}/write') == 422,
       'but does not decide on her own')
    return second


def try_readers(server, article, number, bea, mina, edith, cleo):
    mark = f'/contributions/{number}/helpful'
    ok(bea.post(mark, [], page=article) == 404, 'nobody finds her own helpful')
    ok(cleo.post(mark, [], page=article) == 303 and mina.post(mark, [], page=article) == 303, 'two others do')
    cleo.get(article)
    ok('It has helped 2 people' in cleo.body and 'Take back' in cleo.body, 'which all see')
    ok(cleo.post(mark, [], page=article) == 303 and (cleo.get(article) and 'It has helped one person' in cleo.body), 'a mark is taken back')
    report = f'/contributions/{number}/report'
    ok(cleo.get(report) == 200 and cleo.post(report, [('reason', '')]) == 422, 'a reader says what is wrong')
    ok(cleo.post(report, [('reason', 'It names my employer')]) == 303, 'in words')
    ok(cleo.post(report, [('reason', 'Again <and> again')]) == 422 and 'already' in cleo.body and 'Again &lt;and&gt; again' in cleo.body, 'once, until an editor has looked')
    edith.get('/articles/review')
    ok('It names my employer' in edith.body and 'Cleo' not in edith.body, 'an editor reads it, without the reader\'s name')
    close = re.search(r'action="(/articles/reports/\d+/close)"', edith.body)[1]
    ok(edith.post(close, [], page='/articles/review') == 303 and edith.post(close, [], page='/articles/review') == 409, 'and settles it once')
    ok(cleo.post(report, [('reason', 'Still')]) == 303, 'then something may be said again')


def try_following(server, article, places, bea, mina, edith):
    visitor = Browser(server)
    ok(visitor.get(article) == 200 and 'Follow this article' not in visitor.body, 'a visitor is not offered to follow')
    ok(bea.post('/articles/77/follow', [], page=article) == 404, 'nobody follows what is not there')
    for who in (bea, mina):
        who.get(article)
        ok('Follow this article' in who.body and who.post(f'{article}/follow', [], page=article) == 303, 'a member follows an article')
    ok(bea.post(f'{article}/follow', [], page=article) == 303 and bea.get(article) == 200 and 'Stop following' in bea.body, 'twice is once')
    for seed in (61, 62):
        ok(send(mina, places[4], text_of(seed)) == 303, 'another adds to it')
        number = mina.headers['location'].rpartition('/')[2]
        ok(edith.post(f'/articles/review/{number}', [('to', 'approved'), ('note', '')], page=f'/articles/review/{number}') == 303, 'and an editor lets all read it')
    letters = [one for one in server.letters('bea@example.org') if one['Subject'].startswith('New in')]
    ok(len(letters) == 1, 'who follows gets one letter a day')
    text = letters[0].get_content() if letters else ''
    ok(f'{article}\n' in text and 'Stop following' in text, 'it leads to it, and says how it ends')
    ok(not any(one['Subject'].startswith('New in') for one in server.letters('mina@example.org')), 'and none for her own words')
    ok(bea.post(f'{article}/unfollow', [], page=article) == 303 and bea.get(article) == 200 and 'Follow this article' in bea.body, 'it ends with one button')


def make_article(edith, title, domain):
    edith.post('/articles/new', [('title', title), ('domain', domain), ('intro', 'For <all>.'), ('language', 'en')])
    return edith.headers['location'].removesuffix('/edit')


def try_editing(server, edith, bea, admin):
    ok(edith.post('/articles/new', [('title', 'X'), ('domain', ''), ('intro', ''), ('language', 'en')]) == 422
       and 'value="X"' in edith.body, 'an article needs its parts')
    article = make_article(edith, 'Coming back after years', 'career')
    ok(bea.get(article) == 404 and edith.get(article) == 200 and 'Only editors see it' in edith.body, 'a draft is for editors')
    ok(edith.post(f'{article}/sections/new', [('title', 'Where to begin'), ('body', 'Small.')]) == 303, 'a section')
    ok(edith.post(f'{article}/sections/new', [('title', 'First weeks'), ('body', '')]) == 303, 'and another')
    places = [p.removesuffix('/edit') for p in re.findall(r'href="(/articles/\d+/sections/\d+/edit)"', edith.get(f'{article}/edit') and edith.body)]
    ok(len(places) == 3, 'the last section is there by itself')
    ok(edith.post(f'{places[1]}/up', [], page=f'{article}/edit') == 303, 'a section moves up')
    edith.get(article)
    ok(edith.body.index('First weeks') < edith.body.index('Where to begin') < edith.body.index('What else'), 'and the last stays last')
    ok(edith.post(f'{places[2]}/up', [], page=f'{article}/edit') == 404, 'always')
    ok(edith.post(f'{places[0]}/edit', [('title', 'Where to start'), ('body', 'Small.')]) == 303, 'a section is changed')
    ok(edith.post(f'{article}/state', [('from', 'draft')], page=f'{article}/edit') == 303 and bea.get(article) == 200, 'published')
    ok(edith.post(f'{article}/state', [('from', 'draft')], page=f'{article}/edit') == 409, 'once')
    other = make_article(admin, 'Your first talk', 'community')
    admin.post(f'{other}/state', [('from', 'draft')], page=f'{other}/edit')
    bea.get('/articles?domain=community')
    ok('Your first talk' in bea.body and 'Coming back' not in bea.body, 'each in its domain')
    return article, other


def approve(edith, writer, place, seed):
    ok(send(writer, place, text_of(seed)) == 303, f'a contribution to {re.sub("[0-9]+", "n", place)}')
    number = writer.headers['location'].rpartition('/')[2]
    ok(edith.post(f'/articles/review/{number}', [('to', 'approved'), ('note', '')]) == 303, 'is approved')
    return number


def try_badge(server, first, articles, bea, edith):
    bea.get('/contributions')
    ok('You have contributed to one article so far' in bea.body, 'one article so far')
    approve(edith, bea, sections_of(bea, articles[0])[0], 11)
    approve(edith, bea, sections_of(bea, articles[0])[1], 12)
    bea.get('/contributions')
    ok('2 articles' in bea.body and 'You have the Contributor' not in bea.body, 'two contributions to one article count once')
    last = approve(edith, bea, sections_of(bea, articles[1])[0], 13)
    bea.get('/contributions')
    ok('You have the Contributor badge' in bea.body, 'the third article brings the badge')
    ok('badge is yours' in letter_with(server, 'bea@example.org', 'Contributor badge').get_content(), 'and a letter')
    ok(edith.post(f'/articles/review/{last}/remove', [('note', '')], page=f'/articles/review/{last}') == 422, 'taking out needs a why')
    ok(edith.post(f'/articles/review/{last}/remove', [('note', 'It names somebody')], page=f'/articles/review/{last}') == 303, 'taken out')
    ok('It names somebody' in letter_with(server, 'bea@example.org', 'taken out').get_content(), 'with a letter')
    bea.get('/contributions')
    ok('You have the Contributor badge' in bea.body and 'with one more until' in bea.body, 'the badge stays for thirty days')
    ok('one more contribution' in letter_with(server, 'bea@example.org', 'needs one more')['Subject'], 'and she is told')
    ok(Browser(server).get(articles[1]) == 200, 'the article is still there')


def try_flood(server, places, cleo):
    for seed in range(21, 26):
        ok(send(cleo, places[5], text_of(seed)) == 303, 'a contribution')
    ok(send(cleo, places[5], text_of(26)) == 422 and 'five today' in cleo.body, 'the sixth of a day waits until tomorrow')
    ok(send(cleo, places[5], text_of(26), then='draft') == 303, 'as a draft')


def try_borrowing(server, article, number, bea, cleo, edith):
    """A resource for pairs, made of what Bea wrote."""
    one = f'/support/contributions/{number}'
    ok(cleo.get(one) == 404 and edith.get('/support/contributions/1') == 404, 'who edits nothing makes none; nor is one made of nothing')
    edith.get(f'/articles/review/{number}')
    ok(one in edith.body and edith.get(one) == 200 and 'Written by: Bea' in edith.body, 'an editor is led to it')
    form = [('title', 'Begin small <b>'), ('about', 'For whoever begins'), ('role', 'both'), ('stage', 'begin'), ('minutes', '2')]
    ok(edith.post(one, [('title', 'Kept'), ('about', ''), ('role', ''), ('stage', 'any'), ('minutes', '0')]) == 422 and 'value="Kept"' in edith.body, 'what was typed stays')
    ok(edith.post(one, form) == 303, 'a resource is made of it')
    resource = edith.headers['location']
    ok(edith.post(one, form, page='/articles/review') == 409 and edith.get(one) == 200 and resource in edith.body, 'once')
    ok(resource in letter_with(server, 'bea@example.org', 'helps pairs now').get_content(), 'she who wrote it gets a letter')
    ok(cleo.get(resource) == 200 and 'Begin small &lt;b&gt;' in cleo.body and 'listen1' in cleo.body and 'Written by: Bea' in cleo.body and article in cleo.body,
       'others read it, with credit')
    ok(cleo.get('/resources?q=begin+small') == 200 and resource in cleo.body, 'and find it')
    edit = resource.replace('/resources', '/support/resources')
    edith.get(edit)
    ok('they change only there' in edith.body and 'listen1' not in edith.body, 'its words change only in the article')
    return resource


def try_withdrawing(server, article, own, bea):
    ok(bea.get(f'{own}/withdraw') == 200 and 'can&#39;t be undone' in bea.body, 'withdrawing is asked once')
    ok(bea.post(f'{own}/withdraw', []) == 303, 'and done')
    ok('A story · Bea' not in (Browser(server).get(article) and bea.get(article) and bea.body), 'it is gone at once')
    ok(bea.post(f'{own}/withdraw', [], page='/contributions') == 409, 'for good')
    ok(bea.post('/contributions', [], page='/contributions') == 303, 'she need not be named')
    bea.get('/account/export')
    ok('Here.' in bea.body and '"contribution"' in bea.body, 'her texts are in the copy of her data')


SCRIPTS = 'دليل الإرشاد للنساء · 导师计划手册 · คู่มือการให้คำปรึกษา · ΜΕΝΤΟΡΑΣ και μέντορες · НАСТАВНИЦА · ストレージ入門 · Straße'


def try_scripts(visitor, edith, article):
    ok(edith.post(f'{article}/sections/new', [('title', 'In many scripts'), ('body', SCRIPTS)]) == 303, 'words in many scripts')
    edith.get(f'{article}/edit')
    place = re.findall(r'href="(/articles/\d+/sections/\d+/edit)"', edith.body)[0]
    edith.post(place, [('title', 'Where to start'), ('body', 'Small.')])  # puts the article into the index anew
    for asked in ('الارشاد', 'الإرشاد', '导师', '师计划', 'ให้คำ', 'μέντορας', 'наставниц', 'ストレ', 'strasse'):
        visitor.get('/search?q=' + urllib.parse.quote(asked))
        ok('Coming back after years' in visitor.body, f'found by {asked}')
    visitor.get('/search?q=' + urllib.parse.quote('导游'))
    ok('Coming back after years' not in visitor.body, 'and not by other letters')


def try_search(visitor, bea):
    ok(visitor.get('/search') == 200 and 'Found' not in visitor.body, 'searching begins empty')
    ok(visitor.get('/search?q=CARE+promis') == 200 and 'Ten elements' in visitor.body, 'words and beginnings, in any case')
    ok(visitor.get('/search?q=formaci%C3%B3n') == 200 and 'Diez elementos' in visitor.body, 'with accents')
    ok(visitor.get('/search?q=formacion') == 200 and 'Diez elementos' in visitor.body, 'and without')
    ok(visitor.get('/search?q=mentor11') == 200 and 'Coming back after years: ' in visitor.body, 'a contribution is found')
    ok(visitor.get('/search?q=mentor13') == 200 and 'Nothing has all' in visitor.body, 'but not one that was taken out')
    ok(bea.get('/search?q=mentor26') == 200 and 'Nothing has all' in bea.body, 'nor a draft')
    ok(visitor.get('/search?q=%3Cb%3E&from=-3') == 200 and visitor.get('/search?q=' + 'a' * 3000) == 200, 'nonsense finds nothing')


def play(server):
    admin = register(server, 'Ada', server.first_link())
    people = {name: register(server, name) for name in ('Bea', 'Cleo', 'Edith', 'Mina')}
    bea, cleo, edith, mina = people['Bea'], people['Cleo'], people['Edith'], people['Mina']
    admin.post('/cohorts/new', [('name', 'Spring'), ('about', 'For all.'), ('starts', '2026-10-05'), ('weeks', '26')])
    cohort = admin.headers['location'].removesuffix('/setup')
    ok(admin.post(f'{cohort}/team', [('email', 'edith@example.org'), ('role', 'editor')]) == 303, 'Edith becomes an editor')
    article = try_reading(Browser(server))
    places, own, number = try_writing(server, article, bea, mina, edith)
    try_deciding(server, article, places, own, number, bea, mina, edith)
    try_readers(server, article, number, bea, mina, edith, cleo)
    articles = try_editing(server, edith, bea, admin)
    try_badge(server, article, articles, bea, edith)
    try_following(server, article, places, bea, mina, edith)
    try_flood(server, places, cleo)
    try_search(Browser(server), bea)
    try_scripts(Browser(server), edith, articles[0])
    resource = try_borrowing(server, article, number, bea, cleo, edith)
    cleo.post(f'{resource}/mark', [('saved', '1'), ('done', '0')], page=resource)
    try_withdrawing(server, article, own, bea)
    ok(edith.get(resource) == 200 and 'has withdrawn it' in edith.body and 'listen1' not in edith.body, 'and of the resource no word is left')
    ok(cleo.get('/resources?q=begin+small') == 200 and resource not in cleo.body and cleo.get(resource) == 200 and 'listen1' not in cleo.body, 'for nobody')
    ok(bea.get(resource) == 404, 'who has not saved it finds nothing')
    ok(bea.get('/search?q=listen1') == 200 and own.rpartition('/')[2] not in bea.body, 'what is withdrawn is not found')


if __name__ == '__main__':
    sys.exit(main(play))

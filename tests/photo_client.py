# SPDX-License-Identifier: Apache-2.0
"""Photos of stories, stories that become part of an article, and leaving a jury, on one engine.

  photo_client.py TRELLIS sqlite|postgres PLACE     prints TAP

What a camera tells is not kept; a photo is seen only by those who may, and a no erases it; a contribution that was made of a
story is withdrawn with the consent of anybody in it; a juror takes her scores with her.
"""
import pathlib
import re
import struct
import sys
import zlib

from pair_client import begin
from recognition_client import WHY, agree, letters_of, match_of, nominate, number_of, score, story
from serve_client import Browser, main, ok, register
from support_client import send

CANARY = b'N52.5200-E13.4050-Canarycam'


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def png(wide=240, high=160):
    rows = b''.join(b'\0' + bytes((x * 255 // wide, y * 255 // high, 120)[c] for x in range(wide) for c in range(3)) for y in range(high))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', wide, high, 8, 2, 0, 0, 0)) + chunk(b'tEXt', b'Comment\0' + CANARY)
            + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))


def with_exif(jpeg, turn):
    exif = b'Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01' + struct.pack('>HH', turn, 0) + b'\0\0\0\0' + CANARY
    return jpeg[:2] + b'\xff\xe1' + struct.pack('>H', len(exif) + 2) + exif + jpeg[2:]


def photo(who='both', text='Two people at a <table>', alone='1'):
    return [('text', text), ('who', who)] + ([('alone', alone)] if alone else [])


def answers(web='yes', photo_too='', article=''):
    return [('name', 'no'), ('web', web), ('print', 'no'), ('photo', photo_too), ('article', article)]


def picture_of(browser, page):
    browser.get(page)
    found = re.search(r'<img src="(/stories/photos/\d+)" alt="([^"]*)" width="(\d+)" height="(\d+)"', browser.body)
    return found.groups() if found else ('', '', '0', '0')


def try_choosing(bea, mina, visitor, about_mina):
    bea.post('/stories/write', story(match=about_mina))
    own = f'/stories/mine/{number_of(bea)}'
    page = f'{own}/photo'
    ok(bea.get(own) == 200 and page in bea.body, 'a draft has room for a photo')
    ok(mina.get(page) == 404 and visitor.get(page) == 303, 'of hers alone')
    ok(send(bea, page, photo()) == 422 and 'Choose a picture' in bea.body and '&lt;table&gt;' in bea.body, 'without a picture nothing typed is lost')
    ok(send(bea, page, photo(text=''), 'a.png', png()) == 422 and send(bea, page, photo(alone=''), 'a.png', png()) == 422,
       'it needs words, and nobody else in it')
    ok(send(bea, page, photo(), 'a.png', b'%PDF-1.7 not a picture') == 422 and 'no picture' in bea.body, 'a file of another kind is refused')
    ok(send(bea, page, photo(), 'a.png', png()[:-200]) == 422, 'and a broken one')
    ok(send(bea, page, photo(), 'a.png', png(60, 60)) == 422 and 'too small' in bea.body, 'or too small a one')
    ok(send(bea, page, photo(), 'a.png', png()) == 303, 'a PNG is taken')
    path, words, wide, high = picture_of(bea, own)
    ok(words == 'Two people at a &lt;table&gt;' and (wide, high) == ('240', '160'), 'with its words and size')
    ok(bea.get(path) == 200 and bea.headers['content-type'] == 'image/jpeg' and bea.raw[:3] == b'\xff\xd8\xff', 'it became a JPEG')
    camera = with_exif(bea.raw, 6)
    ok(send(bea, page, photo(), 'IMG.JPG', camera) == 303, 'one of a camera takes its place')
    ok(bea.get(path) == 404, 'the old one is gone')
    path, _, wide, high = picture_of(bea, own)
    ok((wide, high) == ('160', '240'), 'turned as the camera said')
    ok(bea.get(path) == 200 and CANARY not in bea.raw and b'Exif' not in bea.raw, 'and tells nothing else of what the camera knew')
    ok(mina.get(path) == 404 and visitor.get(path) == 404, 'nobody else sees that of a draft')
    return own, path


def try_agreeing(server, own, path, bea, mina, edith, visitor, cleo):
    number = own.rsplit('/', 1)[1]
    about, page, one = f'/stories/about/{number}', f'/stories/{number}', f'/stories/review/{number}'
    ok(bea.post(own, agree('web')) == 422 and 'Agree to the photo' in bea.body, 'the writer agrees to the photo, or takes it out')
    ok(bea.post(own, agree('web', 'photo')) == 303, 'she does, and sends it')
    ok(mina.get(path) == 200 and edith.get(path) == 200 and visitor.get(path) == 404 and cleo.get(path) == 404, 'Mina and the editors see it now')
    ok(mina.get(about) == 200 and 'that you are in it' in mina.body, 'Mina is asked for it')
    edith.post(one, [('to', 'approved'), ('reason', '')])
    ok(mina.post(about, answers()) == 422 and 'Say yes or no' in mina.body, 'by itself')
    ok(mina.post(about, answers(photo_too='yes')) == 303, 'and agrees')
    ok(picture_of(visitor, page)[0] == path and visitor.get(path) == 200, 'all see it')
    ok(mina.post(about, answers(photo_too='no')) == 303, 'Mina changes her mind')
    ok(visitor.get(path) == 404 and bea.get(path) == 404 and picture_of(visitor, page)[0] == '' and visitor.get(page) == 200,
       'it is gone at once, for its writer too; the story stays')
    ok(send(bea, f'{own}/photo', photo(), 'a.png', png()) in (404, 409), 'and no other comes into a story that is read')
    return about, page, one


def try_article(names, bea, mina, edith, visitor):
    own, about, page, one = names
    offer = f'{own}/article'
    bea.get(own)
    ok('Offer it to an article' not in bea.body and 'agrees to that' in bea.body, 'a story is not for articles before Mina agrees')
    ok(bea.get(offer) == 200 and bea.post(offer, [('section', '1'), ('article', '1')]) in (422, 409), 'not by force')
    ok(mina.post(about, answers(article='yes')) == 303, 'she does')
    bea.get(offer)
    section = re.search(r'<option value="(\d+)"', bea.body)[1]
    ok(bea.post(offer, [('section', section)]) == 422, 'it needs a consent of its own')
    ok(bea.post(offer, [('section', '77'), ('article', '1')]) == 422, 'and a section that is there')
    ok(mina.get(offer) == 404 and visitor.get(offer) == 303, 'of the writer alone')
    ok(bea.post(offer, [('section', section), ('article', '1')]) == 303, 'it becomes a draft')
    mine = bea.headers['location']
    ok(mine.startswith('/contributions/') and bea.get(mine) == 200 and 'zebrafish' in bea.body, 'with its words')
    ok(bea.post(offer, [('section', section), ('article', '1')], page=own) == 409 and bea.get(offer) == 404, 'once')
    text = re.search(r'<textarea[^>]*>(.*?)</textarea>', bea.get(mine) and bea.body, re.S)[1].replace('&lt;', '<').replace('&gt;', '>')
    sent = [('kind', 'story'), ('body', text), ('byline', 'role'), ('pseudonym', ''), ('then', 'send')]
    ok(bea.post(mine, sent) == 303, 'she sends it')
    number = mine.rsplit('/', 1)[1]
    ok(edith.post(f'/articles/review/{number}', [('to', 'approved'), ('note', '')]) == 303, 'an editor takes it')
    visitor.get('/search?q=zebrafish')
    ok(f'#c{number}' in visitor.body, 'it can be found in the article')
    ok(mina.post(about, answers(article='no')) == 303, 'Mina takes her yes back')
    visitor.get('/search?q=zebrafish')
    ok(f'#c{number}' not in visitor.body and bea.get(mine) == 200 and 'withdrawn' in bea.body, 'the contribution is withdrawn at once')
    ok(visitor.get(page) == 200, 'and the story stays')


def try_jury(server, cohort, admin, people, eve, vera):
    admin.post(f'{cohort}/honours/new', [('title', 'Quiet help'), ('about', 'For whoever helps quietly.'), ('closes', '2099-01-01')])
    one = admin.headers['location'].removesuffix('/run')
    run = f'{one}/run'
    nominate(people['Bea'], one, 'Mina', WHY)
    nominate(people['Mina'], one, 'Nora', WHY)
    for email in ('eve@example.org', 'vera@example.org'):
        admin.post(run, [('email', email)])
    admin.post(f'{one}/begin', [], page=run)
    ok(score(eve, one, 'Mina', '5') == 303 and score(vera, one, 'Mina', '2') == 303 and score(eve, one, 'Nora', '4') == 303
       and score(vera, one, 'Nora', '4') == 303, 'two jurors have scored')
    admin.get(run)
    leave = re.search(r'href="([^"]*/jurors/\d+)">Take Eve', admin.body)[1]
    ok('3.5' in admin.body and eve.get(leave) == 404 and people['Bea'].get(leave) == 404, 'who runs it may take one out')
    ok(admin.post(leave, [('reason', '')]) == 422, 'with a reason')
    ok(admin.post(leave, [('reason', 'She is <family>')]) == 303 and admin.post(leave, [('reason', 'Again')], page=run) in (404, 409), 'once')
    admin.get(run)
    ok('3.5' not in admin.body and 'not yet' in admin.body, 'her scores are gone')
    ok('2 scores were taken out' in admin.body and 'She is &lt;family&gt;' in admin.body, 'what was done and why stays to be read')
    ok(eve.get(f'{one}/judge') == 404 and '<family>' in letters_of(server, 'eve@example.org', 'not of the jury'), 'she judges no more, and is told')
    ok(admin.post(run, [('email', 'eve@example.org')]) == 303 and score(eve, one, 'Mina', '4') == 303, 'named again, she scores anew')


def try_erasing(bea, mina, edith, visitor, about_mina):
    bea.post('/stories/write', story(title='Another', match=about_mina))
    own = f'/stories/mine/{number_of(bea)}'
    number = own.rsplit('/', 1)[1]
    send(bea, f'{own}/photo', photo('other'), 'a.png', png())
    bea.post(own, agree('web', 'photo'))
    edith.post(f'/stories/review/{number}', [('to', 'approved'), ('reason', '')])
    mina.post(f'/stories/about/{number}', answers(photo_too='yes'))
    path = picture_of(visitor, f'/stories/{number}')[0]
    ok(visitor.get(path) == 200, 'another is seen by all')
    erased = visitor.raw[-96:-32]
    mina.post('/account/close', [('sure', '1')])
    ok(visitor.get(path) == 404 and bea.get(path) == 404, 'whoever is in it closes her account, and it is erased')
    ok(bea.post(f'{own}/photo/remove', [], page=own) == 409, 'there is nothing left to erase')
    return erased


def play(server):
    cohort, admin, people = begin(server)
    edith = register(server, 'Edith')
    admin.post(f'{cohort}/team', [('email', 'edith@example.org'), ('role', 'editor')])
    eve, vera = register(server, 'Eve'), register(server, 'Vera')
    bea, mina, cleo, visitor = people['Bea'], people['Mina'], people['Cleo'], Browser(server)
    about_mina = match_of(bea, 'Mina')
    try_jury(server, cohort, admin, people, eve, vera)
    own, path = try_choosing(bea, mina, visitor, about_mina)
    names = (own, *try_agreeing(server, own, path, bea, mina, edith, visitor, cleo))
    try_article(names, bea, mina, edith, visitor)
    erased = try_erasing(bea, mina, edith, visitor, about_mina)
    ok(server.stop() == 0, 'it stops well')
    held = b''.join(file.read_bytes() for file in pathlib.Path(sys.argv[3]).rglob('*.db*'))
    ok(CANARY not in held and (held != b'' or sys.argv[2] == 'postgres') and erased not in held, 'what was erased, and what cameras told, is in no file')


if __name__ == '__main__':
    sys.exit(main(play))

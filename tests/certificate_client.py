# SPDX-License-Identifier: Apache-2.0
"""Certificates of the demo through the server and by `trellis verify-certificate`, on one engine.

  certificate_client.py TRELLIS sqlite|postgres PLACE     prints TAP

What holds is told so on its page, as PDF, and offline; what was changed, is by another key, or was taken back is refused.
"""
import json
import os
import re
import subprocess
import sys

from privacy_client import change, run
from serve_client import Browser, main, ok

PROGRAM, ENGINE, PLACE = sys.argv[1:4]
OPTIONS = ['--data', os.path.join(PLACE, 'data')] if ENGINE == 'sqlite' else ['--database', PLACE]


def verify(text, *more):
    made = subprocess.run([PROGRAM, 'verify-certificate', '-', *more], input=text, capture_output=True, text=True, check=False)
    return made.returncode, made.stdout + made.stderr


def try_offline(visitor, page, name):
    ok(visitor.get('/certificates/key') == 200, 'the key is public')
    key = re.search(r'<code class="lines">([^<]+)</code>', visitor.body)[1]
    ok(visitor.get(f'{page}/text') == 200 and name in visitor.body, 'the signed text is there')
    text = visitor.body
    status, said = verify(text, '--key', key)
    ok(status == 0 and name in said and 'as it was signed' in said, 'offline it fits')
    status, said = verify(text)
    ok(status == 0 and 'compare its key' in said, 'without the key it says what that proves')
    for old, new in ((name, 'Somebody Else'), (re.search(r'hours [\d.]+', text)[0], 'hours 999.9'), (page.rsplit('/', 1)[1], 'a' * 26)):
        ok(verify(text.replace(old, new), '--key', key)[0] == 1, f'changed, it is refused: {new}')
    other = key[:-4] + ('AAAA' if not key.endswith('AAAA') else 'BBBB')
    ok(verify(text, '--key', other)[0] == 1, 'by another key, too')
    ok(verify('no certificate')[0] == 2 and verify('')[0] == 2 and verify(text[:80])[0] == 2, 'and what is none is no certificate')
    forged = text.replace(key, other)
    ok(verify(forged)[0] != 0, 'a key of somebody else does not fit the signature')


def try_revoking(admin, visitor, cohort, page):
    code = page.rsplit('/', 1)[1]
    revoke = f'{cohort}/certificates/{code}/revoke'
    ok(visitor.get(revoke) == 303, 'a visitor takes nothing back')
    ok(admin.post(revoke, [('reason', '')]) == 422, 'it needs a reason')
    ok(admin.post(revoke, [('reason', 'Given by <mistake>')]) == 303 and admin.post(revoke, [('reason', 'Again')]) in (404, 409), 'it is taken back once')
    ok(visitor.get(page) == 200 and 'taken back' in visitor.body and 'It holds' not in visitor.body and '&lt;mistake&gt;' in visitor.body,
       'its page says so, and why')
    ok(visitor.get(f'{page}/pdf') == 404 and visitor.get(f'{page}/text') == 404, 'it is handed out no more')
    visitor.get(f'/certificates?code={code}')
    ok('taken back' in visitor.body, 'and the check says so')


def sign_in_as(server, page, email):
    """The holder of a certificate, who gets the password of the demo and an address of her own."""
    holder = f"(SELECT person FROM certificate WHERE code = '{page.rsplit('/', 1)[1]}')"
    change(server, f"UPDATE person SET email = '{email}', password = (SELECT password FROM person WHERE email = 'admin@demo.example') WHERE id = {holder}")
    browser = Browser(server)
    browser.post('/sign-in', [('email', email), ('password', DEMO['sign_ins'][0]['password']), ('next', '')])
    return browser


def is_withdrawn(visitor, page, name):
    ok(visitor.get(page) == 200 and "withdrawn at its holder" in visitor.body and name not in visitor.body and 'It holds' not in visitor.body,
       'its page says that its holder wanted so, and not who she is')
    ok(visitor.get(f'{page}/pdf') == 404 and visitor.get(f'{page}/text') == 404, 'it is handed out no more')


def try_withdrawing(server, visitor, page, name):
    holder = sign_in_as(server, page, 'holder@demo.example')
    ok(visitor.get(f'{page}/withdraw') == 303 and holder.get(page) == 200 and f'{page}/withdraw' in holder.body, 'who holds one may withdraw it')
    ok(holder.post(f'{page}/withdraw', []) == 303 and holder.post(f'{page}/withdraw', [], page='/recognition') in (404, 409), 'once')
    is_withdrawn(visitor, page, name)
    holder.get('/recognition')
    ask = re.search(r'href="(/recognition/certificates/\d+)"', holder.body)[1]
    ok(holder.post(ask, [('name', '')]) == 422 and holder.post(ask, [('name', 'Zoe <Again>')]) == 303, 'she may ask for another')
    return holder, holder.headers['location']


def try_erasing(server, visitor, holder, page):
    ok(visitor.get(page) == 200 and 'Zoe &lt;Again&gt;' in visitor.body and 'It holds' in visitor.body, 'which holds')
    ok(holder.post('/account/erase', [('sure', '1')]) == 303 and visitor.get(page) == 200 and 'It holds' in visitor.body,
       'she asks to be erased; until then it holds')
    ok(server.stop() == 0, 'the server stops')
    change(server, 'UPDATE erasure SET due_at = 1')
    ok(run(server, 'data', 'let-go').returncode == 0, 'she is erased')
    server.start()
    is_withdrawn(visitor, page, 'Zoe')


def play(server):
    admin, visitor = Browser(server), Browser(server)
    who = next(one for one in DEMO['sign_ins'] if one['role'] == 'administrator')
    admin.post('/sign-in', [('email', who['email']), ('password', who['password']), ('next', '')])
    visitor.get('/cohorts')
    cohort = re.search(r'href="(/cohorts/\d+)">Autumn', visitor.body)[1]
    admin.get(f'{cohort}/certificates')
    found = re.findall(r'<th scope="row"><a href="(/certificates/\w+)">([^<]+)</a>', admin.body)
    ok(len(found) >= 2, 'the demo has certificates')
    page, name = found[0]
    ok(visitor.get(page) == 200 and 'It holds' in visitor.body and name in visitor.body, 'whoever has the address sees that it holds')
    ok(visitor.get(f'{page}/pdf') == 200 and visitor.raw[:8] == b'%PDF-1.7' and b'/StructTreeRoot' in visitor.raw and b'/Lang' in visitor.raw,
       'as a tagged PDF, too')
    ok(b'/S /Figure' in visitor.raw and b'/Alt (QR code' in visitor.raw, 'with a square for phones that has a text')
    visitor.get(page)
    ok('<svg role="img" aria-label="QR code: leads to the page' in visitor.body, 'which the page has, too')
    ok(visitor.get('/certificates?code=nothing') == 200 and 'no certificate with this code' in visitor.body, 'a code that is not there is told')
    ok(visitor.get('/certificates/nothing') == 404, 'and has no page')
    try_offline(visitor, page, name)
    try_revoking(admin, visitor, cohort, page)
    ok(visitor.get(found[1][0]) == 200 and 'It holds' in visitor.body, 'others hold on')
    try_erasing(server, visitor, *try_withdrawing(server, visitor, *found[1]))
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    DEMO = json.loads(subprocess.run([PROGRAM, 'demo', *OPTIONS, '--json'], check=True, capture_output=True, text=True).stdout)
    sys.exit(main(play))

# SPDX-License-Identifier: Apache-2.0
"""What was typed before a session ended comes back into its form, on one engine.

  typed_client.py TRELLIS sqlite|postgres PLACE     prints TAP

A form that is sent too late is not acted upon and not lost: through the sign-in with a password, or with a link in another tab.
Nothing is done before she has seen it again; other sites, passwords and files have no part in it.
"""
import html
import re
import sys
import urllib.parse

from serve_client import PASSWORD, Browser, main, ok, register, run_sql


def fields(browser, action):
    """The names and values of what a form of the page would send, as a browser reads them."""
    form = re.search(rf'<form method="post" action="{re.escape(action)}".*?</form>', browser.body, re.S)
    text = form[0] if form else ''
    found = [(html.unescape(name), html.unescape(value)) for name, value in re.findall(r'<input [^>]*?name="([^"]*)"[^>]*? value="([^"]*)"', text)]
    return [(name, value) for name, value in found if name not in ('email', 'password')]


def send(browser, path, values, origin=None):
    """What stands in the page that she has open, as it is."""
    headers = {'Content-Type': 'application/x-www-form-urlencoded', 'Origin': origin or browser.origin()}
    return browser.send('POST', path, urllib.parse.urlencode(values), headers)


def age(server, days):
    run_sql(server, f'UPDATE session SET created_at = created_at - {days * 86400000000}, seen_at = seen_at - {days * 86400000000}')


def shown(browser):
    """What stands in the field of her name."""
    found = re.search(r'id="name"[^>]*value="([^"]*)"', browser.body)
    return html.unescape(found[1]) if found else None


def named(server, browser):
    return browser.get('/account') == 200 and 'Bea the Second' in browser.body


PROFILE = [('name', 'Bea the Second'), ('pronouns', 'she/"her" & co'), ('said', ''), ('zone', 'Europe/Madrid')]


def open_form(browser, path='/account/profile'):
    browser.get(path)
    return [(name, value) for name, value in fields(browser, path) if name in ('csrf', 'stood')]


def try_password(server, bea):
    hidden = open_form(bea)
    age(server, 15)
    ok(send(bea, '/account/profile', PROFILE + hidden) == 401, 'a form that comes after 15 days asks her to sign in')
    ok('What you typed is not lost' in bea.body and 'www-authenticate' in bea.headers, 'and says so')
    ok('Bea the Second' not in re.sub(r'name="typed" value="[^"]*"', '', bea.body), 'what was typed is carried, and not shown to who is not signed in')
    held = fields(bea, '/sign-in')
    ok(dict(held)['next'] == '/account/profile' and 'csrf=' not in dict(held)['typed'], 'no token is in it')
    ok(send(bea, '/sign-in', held + [('email', 'bea@example.org'), ('password', 'wrong')]) == 422 and 'do not belong together' in bea.body, 'a wrong password')
    ok(fields(bea, '/sign-in') == held and 'value="bea@example.org"' in bea.body, 'loses nothing')
    ok(send(bea, '/sign-in', held + [('email', 'bea@example.org'), ('password', PASSWORD)], origin='http://evil.example') == 403 and 'Bea the Second' not in bea.body,
       'another site does not sign anybody in')
    ok(send(bea, '/sign-in', held + [('email', 'bea@example.org'), ('password', PASSWORD)]) == 200, 'the right one')
    ok(shown(bea) == 'Bea the Second' and 'she/&quot;her&quot; &amp; co' in bea.body and 'action="/account/profile"' in bea.body, 'brings the form back as it was typed')
    ok('Not sent yet' in bea.body and 'Nothing has been sent yet' in bea.body and 'You are signed in as Bea.' in bea.body, 'and says that it waits')
    again = fields(bea, '/account/profile')
    ok(dict(again)['csrf'] != dict(hidden)['csrf'] and dict(again)['stood'] == dict(hidden)['stood'], 'with the token of her new session, and what it was held against')
    ok(not named(server, bea), 'nothing has been done by itself')
    ok(send(bea, '/account/profile', PROFILE + [p for p in again if p[0] in ('csrf', 'stood')]) == 303 and named(server, bea), 'she sends it, and it holds')


def try_link(server, bea):
    """In one tab she has the form, in another she signs in by a link: the cookie is that of both."""
    bea.post('/account/profile', [('name', 'Bea'), ('pronouns', ''), ('said', ''), ('zone', 'Europe/Madrid')])
    hidden = open_form(bea)
    age(server, 31)
    del bea.cookies['trellis']  # a browser keeps it for 30 days
    ok(send(bea, '/account/profile', PROFILE + hidden) == 401, 'also when her browser has forgotten her')
    go_on = fields(bea, '/account/profile')
    ok([name for name, _ in go_on] == ['csrf', 'typed'], 'the page has a way on without a password')
    ok(send(bea, '/account/profile', go_on) == 401 and fields(bea, '/account/profile') == go_on, 'which asks again as long as she is not signed in')
    bea.get('/sign-in/link')
    bea.post('/sign-in/link', [('email', 'bea@example.org')])
    bea.post(server.link('bea@example.org', 'Your link'), [])
    ok(send(bea, '/account/profile', go_on) == 403 and shown(bea) == 'Bea the Second', 'then her form is there')
    ok(not named(server, bea), 'and nothing is done')
    hidden = open_form(bea)
    stale = [('csrf', '0' * 64)] + [p for p in hidden if p[0] == 'stood']
    ok(send(bea, '/account/profile', PROFILE + stale) == 403 and shown(bea) == 'Bea the Second', 'a form of the session before: it is shown, not acted upon')
    ok(send(bea, '/account/profile', PROFILE + stale, origin='http://evil.example') == 403 and 'Bea the Second' not in bea.body, 'from another site nothing is shown')
    ok(not named(server, bea), 'and nothing was done')
    send(bea, '/account/profile', [('typed', 'name=Eve')] + hidden)
    ok(bea.status == 403 and shown(bea) == 'Eve' and bea.get('/account') == 200 and 'Eve' not in bea.body, 'what is carried is never acted upon, whatever its token')


def try_edges(server, bea):
    visitor = Browser(server)
    visitor.get('/sign-in?next=/account/profile&typed=name%3DEve')
    ok(dict(fields(visitor, '/sign-in'))['typed'] == '' and 'not lost' not in visitor.body, 'an address carries nothing into a form')
    visitor.post('/sign-in', [('email', 'bea@example.org'), ('password', PASSWORD), ('next', '//evil.example/'), ('typed', 'name=Eve')])
    ok(visitor.status == 303 and visitor.headers['location'] == '/', 'nor anywhere but here')
    hidden = open_form(bea, '/account/password')
    age(server, 15)
    send(bea, '/account/password', [('password', PASSWORD), ('new_password', 'plums hum on Fridays')] + hidden)
    ok(bea.status == 401 and 'plums' not in bea.body and PASSWORD.split()[0] not in bea.body and 'Only a file or a password' in bea.body, 'passwords are not carried')
    held = fields(bea, '/sign-in')
    send(bea, '/sign-in', held + [('email', 'bea@example.org'), ('password', PASSWORD)])
    ok(bea.status == 200 and 'action="/account/password"' in bea.body and 'plums' not in bea.body and PASSWORD.split()[0] not in bea.body, 'nor shown after that')
    bea.get('/account')
    token = bea.token()
    age(server, 15)
    send(bea, '/account/sessions/end', [('csrf', token)])
    ok(bea.status == 401, 'a button alone')
    send(bea, '/sign-in', fields(bea, '/sign-in') + [('email', 'bea@example.org'), ('password', PASSWORD)])
    ok(bea.status == 200 and 'Send it now' in bea.body and 'action="/account/sessions/end"' in bea.body, 'waits on a page of its own')
    ok(send(bea, '/account/sessions/end', fields(bea, '/account/sessions/end')) == 303, 'and is pressed there')
    hidden = open_form(bea)
    age(server, 15)
    send(bea, '/account/profile', [('name', 'é' * 250000)] + hidden)
    ok(bea.status == 403 and 'What you typed is still there' in bea.body, 'what is too long to be carried stays behind Back')
    ok(bea.send('POST', '/account/profile', 'name=Eve', {'Content-Type': 'application/x-www-form-urlencoded', 'Origin': bea.origin(), 'Accept': 'application/json'}) == 403,
       'programs get no page')


def try_file(server, bea):
    bea.post('/sign-in', [('email', 'bea@example.org'), ('password', PASSWORD), ('next', '')])
    bea.get('/account/profile')
    age(server, 15)
    parts = ((b'csrf', b'', bea.token().encode()), (b'name', b'', b'Bea the Second'), (b'photo', b'; filename="me.png"', b'\x89PNG'))
    body = b''.join(b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n' % part for part in parts) + b'--x--\r\n'
    bea.send('POST', '/account/profile', body, {'Content-Type': 'multipart/form-data; boundary=x', 'Origin': bea.origin()})
    ok(bea.status == 401 and 'PNG' not in bea.body, 'a file is not carried')
    send(bea, '/sign-in', fields(bea, '/sign-in') + [('email', 'bea@example.org'), ('password', PASSWORD)])
    ok(bea.status == 200 and shown(bea) == 'Bea the Second' and 'choose the file again' in bea.body, 'and she is told to choose it again')


def play(server):
    bea = register(server, 'Bea')
    try_password(server, bea)
    try_link(server, bea)
    try_edges(server, bea)
    try_file(server, bea)
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    sys.exit(main(play))

# SPDX-License-Identifier: Apache-2.0
"""Signing in as somebody who should, and as somebody who should not, on one engine.

  account_client.py TRELLIS sqlite|postgres PLACE     prints TAP

A new browser is told of by letter, with a link that ends all of it; wrong passwords are counted by
account and by network, as a proxy of ours names it; and what an attacker writes into the headers moves nothing.
"""
import re
import sys

from serve_client import PASSWORD, Browser, main, ok, register


def sign_in(server, email, password=PASSWORD, cookies=None, forwarded=None):
    browser = Browser(server)
    browser.cookies = dict(cookies or {})
    browser.get('/sign-in')
    token = browser.token()
    headers = {'Content-Type': 'application/x-www-form-urlencoded', 'Origin': browser.origin()}
    if forwarded:
        headers['X-Forwarded-For'] = forwarded
    browser.send('POST', '/sign-in', f'email={email.replace("@", "%40")}&password={password.replace(" ", "+")}&next=&csrf={token}', headers)
    return browser


def is_in(browser):
    return browser.get('/account') == 200


def try_devices(server):
    bea = register(server, 'Bea')
    device = {'trellis-device': bea.cookies.get('trellis-device', '')}
    ok(len(device['trellis-device']) == 40, 'a browser is known from its first sign-in on')
    bea.post('/sign-out', [], page='/account')
    ok(bea.cookies.get('trellis-device') == device['trellis-device'], 'also after signing out')
    ok(is_in(sign_in(server, 'bea@example.org', cookies=device)), 'it comes in again')
    other = sign_in(server, 'bea@example.org')
    ok(is_in(other), 'another browser comes in too')
    letter = server.letter('bea@example.org')
    words = letter.get_content()
    ok('Was it you' in letter['Subject'] and len(re.findall(r'127\.0\.0\.1', words)) == 1 and PASSWORD not in words, 'and she is told, of that one alone')
    forged = sign_in(server, 'bea@example.org', cookies={'trellis-device': 'x' * 40})
    letter = server.letter('bea@example.org')
    ok(is_in(forged) and 'Was it you' in letter['Subject'], 'a cookie that somebody made up is no known browser')
    eve = register(server, 'Eve')
    ok(is_in(sign_in(server, 'bea@example.org', cookies={'trellis-device': eve.cookies['trellis-device']})), 'a browser that somebody else is known by')
    letter = server.letter('bea@example.org')
    ok('Was it you' in letter['Subject'], 'is new to her')
    link = re.search(r'http://[^/]+(/link/\w+)', letter.get_content())[1]
    other.post('/account/tokens', [('name', 'A script'), ('scope', 'read'), ('days', '30')])
    token = re.search(r'<code>(trellis_\w+)</code>', other.body)[1]
    looking = Browser(server)
    ok(looking.get(link) == 200 and 'It was not me' in looking.body and is_in(other), 'opening the link ends nothing yet')
    ok(looking.post(link, []) == 303 and looking.headers['location'] == '/sign-in/link', 'its button does')
    looking.follow()
    ok('All sessions have ended' in looking.body, 'and says so')
    ok(not is_in(other) and not is_in(forged), 'nobody is signed in any more')
    ok(Browser(server).send('GET', '/account', None, {'Authorization': f'Bearer {token}'}) == 401, 'no token holds')
    ok(not is_in(sign_in(server, 'bea@example.org', cookies=device)), 'nor the password that somebody knew')
    ok(looking.post(link, []) == 303 and looking.headers['location'] == link, 'the link is used up')
    looking.post('/sign-in/link', [('email', 'bea@example.org')])
    while 'Your link' not in letter['Subject']:
        letter = server.letter('bea@example.org')
    back = Browser(server)
    ok(back.post(re.search(r'http://[^/]+(/link/\w+)', letter.get_content())[1], []) == 303 and is_in(back), 'she comes in by a link')
    ok(back.post('/account/password', [('password', ''), ('new_password', 'plums hum on Fridays')]) == 303, 'and sets a new password')
    ok('password was changed' in server.letter('bea@example.org')['Subject'], 'of which she is told as well')


def try_account_limit(server):
    register(server, 'Cleo')
    for _ in range(10):
        ok(sign_in(server, 'cleo@example.org', 'x', forwarded='198.51.100.7').status == 422, 'a wrong password')
    late = sign_in(server, 'cleo@example.org', forwarded='203.0.113.9')
    ok(late.status == 429 and 0 < int(late.headers['retry-after']) <= 900 and 'Wait 15 minutes' in late.body, 'then the account waits, from anywhere')
    ok('value="cleo@example.org"' in late.body and PASSWORD not in late.body, 'with the address kept and no password')
    ok(sign_in(server, 'bea@example.org', 'plums hum on Fridays', forwarded='198.51.100.7').status == 303, 'others do not')
    late.post('/sign-in/link', [('email', 'cleo@example.org')])
    letter = server.letter('cleo@example.org')
    while 'Your link' not in letter['Subject']:
        letter = server.letter('cleo@example.org')
    ok(late.post(re.search(r'http://[^/]+(/link/\w+)', letter.get_content())[1], []) == 303 and is_in(late), 'and she comes in by a link all the same')


def try_network_limit(server):
    """A hundred an hour from one network, of whatever accounts, however it writes its address."""
    statuses = []
    for k in range(104):
        one = sign_in(server, f'nobody{k}@example.org', 'x', forwarded=f'10.9.{k}.1, 192.0.2.{k % 50}')
        statuses.append(one.status)
    ok(statuses[:100] == [422] * 100 and statuses[100:] == [429] * 4, f'a hundred wrong ones from one network: {statuses.count(422)}')
    late = sign_in(server, 'bea@example.org', 'plums hum on Fridays', forwarded='192.0.2.99')
    ok(late.status == 429 and 900 < int(late.headers['retry-after']) <= 3600, 'then it waits, for up to an hour')
    ok(sign_in(server, 'bea@example.org', 'plums hum on Fridays', forwarded='203.0.113.1').status == 303, 'another network does not')
    ok(sign_in(server, 'bea@example.org', 'plums hum on Fridays', forwarded='192.0.2.5, 203.0.113.1').status == 303,
       'what stands before the last address is not believed')
    ok(sign_in(server, 'bea@example.org', 'plums hum on Fridays', forwarded="192.0.2.5'--").status == 303, 'nor what is no address')


def play(server):
    server.kill()
    server.command += ['--proxy', '127.0.0.1, ::1']
    server.start()
    try_devices(server)
    try_account_limit(server)
    try_network_limit(server)
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    sys.exit(main(play))

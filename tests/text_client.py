# SPDX-License-Identifier: Apache-2.0
"""The core tasks in two text browsers, lynx and w3m, with keys alone: what a person without pictures, colours or scripts does.

  text_client.py TRELLIS PLACE [DUMPS]     prints TAP; DUMPS: a folder for what w3m shows of the main pages

It knows how often to press Tab from the page itself (its links and controls in their order), asked a second time over HTTP
with the same account; whether a task is done is asked there, too. `scripts/check text`; not in CI.
"""
import fcntl
import html.parser
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time

import serve_client
from serve_client import Browser, Server, ok


class Stops(html.parser.HTMLParser):
    """Where Tab stops: [kind, name or address, words]."""

    def __init__(self, text):
        super().__init__()
        self.stops, self.open = [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        own = dict(attributes)
        if tag == 'a' and 'href' in own:
            self.open = ['a', own['href'], '']
        elif tag == 'input' and own.get('type') != 'hidden':
            self.stops.append([own.get('type') or 'text', own.get('name', ''), own.get('value') or '', 'checked' in own])
        elif tag in ('select', 'textarea'):
            self.stops.append([tag, own.get('name', ''), ''])
        elif tag == 'button':
            self.open = ['button', own.get('value') or '', '']
        if self.open is not None and tag in ('a', 'button'):
            self.stops.append(self.open)

    def handle_endtag(self, tag):
        if tag in ('a', 'button'):
            self.open = None

    def handle_data(self, data):
        if self.open is not None:
            self.open[2] += data


class Keys:
    """One text browser in a terminal of its own."""
    ROWS, COLUMNS = 400, 100

    def __init__(self, command):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM='vt100', LC_ALL='C.UTF-8', HOME='/nonexistent')
            os.execvp(command[0], command)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack('HHHH', self.ROWS, self.COLUMNS, 0, 0))
        os.kill(self.pid, signal.SIGWINCH)
        self.screen = self.read()

    def read(self, quiet=0.7, most=20):
        out, end = b'', time.monotonic() + most
        while time.monotonic() < end:
            if not select.select([self.terminal], [], [], quiet)[0]:
                break
            try:
                got = os.read(self.terminal, 65536)
            except OSError:
                break
            out += got
            if not got:
                break
        return re.sub(r'\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|\x1b[=>]|[\x0e\x0f]', '', out.decode(errors='replace'))

    def press(self, keys, quiet=0.15):
        os.write(self.terminal, keys.encode())
        return self.read(quiet)

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


class Hands:
    """A person with one text browser, and a second session that looks over her shoulder."""

    def __init__(self, server, kind, email, password):
        self.server, self.kind, self.at = server, kind, 0
        self.shoulder = Browser(server)
        first = server_url(server, '/sign-in')
        self.keys = Keys({'lynx': ['lynx', '-accept_all_cookies', '-nopause', first], 'w3m': ['w3m', '-cookie', first]}[kind])
        self.path = '/sign-in'
        self.email, self.password = email, password
        self.stops = self.look('/sign-in')

    def look(self, path):
        self.shoulder.get(path)
        self.path, self.at = path, 0
        return Stops(self.shoulder.body).stops

    def go(self, path):
        """By address, as with a bookmark."""
        self.keys.press('g' if self.kind == 'lynx' else 'U\x15', 0.4)
        self.keys.press(('\x15' if self.kind == 'lynx' else '') + server_url(self.server, path) + '\r', 0.9)
        self.stops = self.look(path)

    def to(self, kind, wanted):
        for index, (is_kind, name, words, *_) in enumerate(self.stops):
            if is_kind == kind and (wanted == name or wanted in words):
                break
        else:
            raise LookupError(f'no {kind} {wanted} on {self.path}')
        presses = index - self.at  # both begin on the first
        key = '\t' if presses >= 0 else ('\x1b[Z' if self.kind == 'lynx' else '\x1b\t')
        for _ in range(abs(presses)):
            self.keys.press(key, 0.05)
        self.at = index

    def type(self, name, text, kind='text'):
        self.to(kind, name)
        if self.kind == 'lynx':
            self.keys.press(text, 0.3)
        else:
            self.keys.press('\r', 0.3)
            self.keys.press(text + '\r', 0.4)

    def tick(self, name, value=None, kind='radio'):
        for index, (is_kind, has_name, has_value, *checked) in enumerate(self.stops):
            if is_kind == kind and has_name == name and value in (None, has_value):
                if checked == [True]:
                    return
                wanted = self.stops[index] = [kind, f'{name} {has_value}', has_value]
                self.to(kind, wanted[1])
                self.keys.press('\r', 0.3)
                return
        raise LookupError(f'no {name} {value} on {self.path}')

    def send(self, words):
        self.to('button', words)
        shown = self.keys.press('\r', 1.2)
        self.at = 0
        return shown

    def sign_in(self):
        self.type('email', self.email, 'email')
        self.type('password', self.password, 'password')
        shown = self.send('Sign in')
        self.shoulder.post('/sign-in', [('email', self.email), ('password', self.password), ('next', '')])
        return shown


def server_url(server, path):
    return f'http://127.0.0.1:{server.port}{path}'


def first(browser, path, pattern):
    browser.get(path)
    found = re.search(pattern, browser.body)
    return found[1] if found else ''


def task(name, held, more=''):
    if not ok(held, name):
        print('# ' + re.sub(r'\s+', ' ', str(more))[:700])


def sign_up(server, kind, password):
    hands = Hands(server, kind, 'visitor@demo.example', password)
    shown = hands.sign_in()
    task(f'{kind}: a newcomer signs in', 'Sign out' in shown, shown)
    cohort = first(hands.shoulder, '/cohorts', r'href="(/cohorts/\d+)">Spring')
    hands.go(f'{cohort}/join/mentee/aims')
    hands.tick('level')
    hands.tick('topics', 'data', 'checkbox')
    hands.tick('top', 'data')  # lynx has chosen the first one by itself
    hands.tick('languages', 'en', 'checkbox')
    shown = hands.send('Keep it and go on')
    task(f'{kind}: her aims are kept', '/join/mentee/times' in shown or 'How many hours' in shown or kind == 'w3m' and '422' not in shown, shown)
    hands.go(f'{cohort}/join/mentee/you')
    hands.type('about', 'I come from physics.', 'textarea') if kind == 'lynx' else None
    shown = hands.send('Keep it and go on')
    hands.shoulder.get(f'{cohort}/join/mentee/aims')
    task(f'{kind}: and are there again', re.search(r'value="data" checked', hands.shoulder.body) is not None, shown)
    hands.keys.end()


def answer(server, kind, password):
    hands = Hands(server, kind, 'mentee1@demo.example', password)
    hands.sign_in()
    cohort = first(hands.shoulder, '/cohorts', r'href="(/cohorts/\d+)">Spring')
    offer = first(hands.shoulder, f'{cohort}/match', r'href="(/cohorts/\d+/match/\d+)"')
    hands.go(offer)
    hands.tick('answer' if any(one[1] == 'answer' for one in hands.stops) else next(one[1] for one in hands.stops if one[0] == 'radio'), 'yes')
    shown = hands.send([one[2] for one in hands.stops if one[0] == 'button' and 'Sign out' not in one[2] and 'Change' not in one[2]][0])
    hands.shoulder.get(f'{cohort}/match')
    task(f'{kind}: an offer is answered with yes', hands.shoulder.status == 200 and 'You have said yes' in hands.shoulder.body or 'said yes' in hands.shoulder.body, shown)
    hands.keys.end()


def meet_and_tell(server, kind, password):
    hands = Hands(server, kind, 'pair1@demo.example', password)
    hands.sign_in()
    cohort = first(hands.shoulder, '/cohorts', r'href="(/cohorts/\d+)">Autumn')
    pair = first(hands.shoulder, f'{cohort}/match', r'href="(/pairs/\d+)')
    hands.shoulder.get(f'{pair}/meetings')
    before = hands.shoulder.body.count('to be chosen')
    hands.go(f'{pair}/meetings/propose')
    hands.tick('slot', None, 'checkbox')
    shown = hands.send('Propose these times')
    hands.shoulder.get(f'{pair}/meetings')
    task(f'{kind}: a meeting is proposed', hands.shoulder.body.count('to be chosen') == before + 1, shown)
    told = hands.shoulder.get('/account/answers') and hands.shoulder.body.count('<tr>')
    hands.go(f'{pair}/help')
    kinds = [one for one in hands.stops if one[0] == 'radio' and one[1] == 'kind']
    hands.tick('kind', kinds[0][2])
    if kind == 'lynx':
        hands.type('text', 'It was said again, and I did not like it.', 'textarea')
        hands.tick('named', next((one[2] for one in hands.stops if one[1] == 'named'), None))
        shown = hands.send([one[2] for one in hands.stops if one[0] == 'button' and one[2] not in ('Sign out', 'Change')][0])
        hands.shoulder.get('/account/answers')
        task(f'{kind}: a concern is told', hands.shoulder.body.count('<tr>') == told + 1, shown)
    else:
        shown = hands.send([one[2] for one in hands.stops if one[0] == 'button' and one[2] not in ('Sign out', 'Change')][0])
        task(f'{kind}: a concern without words is refused, with its summary', 'There is something to mend' in shown, shown)
    hands.keys.end()


def publish(server, password):
    """Offers, over HTTP: that is not what is looked at here."""
    admin = Browser(server)
    admin.post('/sign-in', [('email', 'admin@demo.example'), ('password', password), ('next', '')])
    cohort = first(admin, '/cohorts', r'href="(/cohorts/\d+)">Spring')
    admin.post(f'{cohort}/matching', [])
    run = admin.headers['location']
    for _ in range(600):
        admin.get(run)
        if 'It is proved' in admin.body:
            break
        time.sleep(0.1)
    admin.post(f'{run}/publish', [], page=f'{run}/publish')
    return admin


def dump(server, admin, place, password):
    """What w3m shows of the main pages, for a person to read."""
    os.makedirs(place, exist_ok=True)
    pages = {'administrator': (admin, ['/', '/cohorts'])}
    for role, email, paths in (('visitor', None, ['/', '/cohorts', '/register', '/sign-in', '/help', '/articles', '/stories', '/search?q=mentor']),
                               ('mentee', 'pair1@demo.example', ['/', '/account', '/meet', '/learn', '/resources', '/recognition'])):
        browser = Browser(server)
        if email:
            browser.post('/sign-in', [('email', email), ('password', password), ('next', '')])
            cohort = first(browser, '/cohorts', r'href="(/cohorts/\d+)">Autumn')
            pair = first(browser, f'{cohort}/match', r'href="(/pairs/\d+)')
            paths = paths + [pair + end for end in ('', '/goals', '/meetings', '/meetings/propose', '/messages', '/help')]
        pages[role] = browser, paths
    bare = []
    for role, (browser, paths) in pages.items():
        cookies = '; '.join(f'{key}={value}' for key, value in browser.cookies.items())
        for path in paths:
            shown = subprocess.run(['w3m', '-no-cookie', '-dump', '-cols', '80', '-header', f'Cookie: {cookies}', server_url(server, path)],
                                   check=True, capture_output=True, text=True).stdout
            with open(os.path.join(place, f'{role}{re.sub("[^a-z]+", "-", re.sub("[0-9]+", "N", path))}.txt'), 'w', encoding='utf-8') as file:
                file.write(shown)
            if 'Skip to the main part' not in shown or len(shown) < 200:
                bare.append(f'{role} {path}')
    ok(not bare, f'w3m shows the main pages: {", ".join(bare) or sum(len(paths) for _, paths in pages.values())}')


def main():
    trellis, place = sys.argv[1:3]
    folder = os.path.join(place, 'data')
    made = json.loads(subprocess.run([trellis, 'demo', '--data', folder, '--json'], check=True, capture_output=True, text=True).stdout)
    password = made['sign_ins'][0]['password']
    server = Server(trellis, ['--data', folder])
    try:
        admin = publish(server, password)
        if len(sys.argv) > 3:
            dump(server, admin, sys.argv[3], password)
        for act, kinds in ((sign_up, ('lynx', 'w3m')), (answer, ('lynx',)), (meet_and_tell, ('lynx', 'w3m'))):
            for kind in kinds:
                try:
                    act(server, kind, password)
                except (LookupError, StopIteration, IndexError) as error:
                    task(f'{kind}: {act.__name__}', False, error)
    finally:
        server.kill()
    print(f'1..{serve_client.ran}')
    sys.exit(1 if serve_client.failed else 0)


main()

# SPDX-License-Identifier: Apache-2.0
"""Two servers on one PostgreSQL database: what is done at one is known to the other.

  nodes_client.py TRELLIS URL FOLDER     prints TAP
"""
import glob
import http.client
import os
import re
import subprocess
import sys
import threading
import time

from serve_client import PASSWORD, Browser, Server, ok, register, upload
import serve_client

def letters(servers, to):
    """How many letters an address has got, from whichever server."""
    found = 0
    for server in servers:
        for path in glob.glob(os.path.join(server.mail, '*.eml')):
            with open(path, encoding='utf-8') as file:
                found += re.search(rf'^To:.*{re.escape(to)}', file.read(), re.M) is not None
    return found


def moved(browser, server):
    """The same browser at another server: it is one site with two machines behind it."""
    other = Browser(server)
    other.cookies = dict(browser.cookies)
    return other


def try_sessions(admin, a, b):
    ok(moved(admin, b).get('/account') == 200, 'who signs in at one is signed in at the other')
    bea = Browser(a)
    bea.post('/register', [('name', 'Bea'), ('email', 'bea@example.org'), ('new_password', PASSWORD)])
    for _ in range(400):
        if letters((a, b), 'bea@example.org'):
            break
        time.sleep(0.05)
    link = next((s.link('bea@example.org') for s in (a, b) if letters((s,), 'bea@example.org')), '/none')
    other = Browser(b)
    ok(other.post(link, []) == 303, 'a link that one sent works at the other')
    other.post('/sign-out', [], page='/account')
    ok(moved(other, a).get('/account') == 303, 'who signs out at one is out at the other')


def try_limits(a, b):
    for k in range(10):
        wrong = Browser((a, b)[k % 2])
        wrong.post('/sign-in', [('email', 'bea@example.org'), ('password', 'x'), ('next', '')])
    late = Browser(b)
    late.post('/sign-in', [('email', 'bea@example.org'), ('password', PASSWORD), ('next', '')])
    ok(late.status == 429 and 'Wait 15 minutes' in late.body, 'wrong passwords at both are counted together')


def try_tokens(admin, a, b):
    """The requests of one token count at both together."""
    admin.post('/account/tokens', [('name', 'Script'), ('scope', 'read'), ('days', '2')])
    token = re.search(r'<code>(trellis_[a-z0-9]{40})</code>', admin.body)[1]
    left = []
    for k in range(12):
        one = Browser((a, b)[k % 2])
        one.send('GET', '/account', headers={'Authorization': f'Bearer {token}'})
        left.append(int(re.search(r'r=(\d+)', one.headers['ratelimit'])[1]))
    ok(left == list(range(599, 587, -1)), f'what is left of a token goes down at both: {left}')


def try_uploads(admin, a, b):
    admin.post('/cohorts/new', [('name', 'Spring'), ('about', 'For all.'), ('starts', '2027-03-01'), ('weeks', '26')])
    cohort = admin.headers['location'].removesuffix('/setup')
    ok(moved(admin, b).get(f'{cohort}/people') == 200, 'a cohort that is made at one is at the other')
    sheet = os.path.join(os.environ['TRELLIS_SOURCE'], 'demo', 'round5-mentees.csv')
    found = sheet if os.path.exists(sheet) else sorted(glob.glob(os.path.join(os.environ['TRELLIS_SOURCE'], 'demo', '**', '*.csv'), recursive=True))[0]
    upload(admin, cohort, 'mentee', found)
    status = admin.status
    page = admin.headers.get('location', '/none')
    ok(status == 303 and moved(admin, b).get(page) == 200, f'a sheet that is sent to one is looked at in the other ({status})')


def try_jobs(a, b):
    """Each letter is sent once, whichever of the two takes its job."""
    names = [f'jo{k}@example.org' for k in range(24)]

    def ask(k):
        one = Browser((a, b)[k % 2])
        one.post('/register', [('name', f'Jo {k}'), ('email', names[k]), ('new_password', PASSWORD)])
    threads = [threading.Thread(target=ask, args=(k,)) for k in range(len(names))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    for _ in range(600):
        if all(letters((a, b), name) for name in names):
            break
        time.sleep(0.05)
    counts = [letters((a, b), name) for name in names]
    ok(counts == [1] * len(names), f'24 letters, each once: {sorted(set(counts))}')
    ok(all(glob.glob(os.path.join(s.mail, '*.eml')) for s in (a, b)), 'and both servers sent some of them')


def try_slow_database(a, program_url):
    """While the database holds a page up, the server still answers others from memory."""
    lock = subprocess.Popen(['psql', '-q', program_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    lock.stdin.write("BEGIN; LOCK TABLE cohort IN ACCESS EXCLUSIVE MODE; SELECT 'held';\n")
    lock.stdin.flush()
    while 'held' not in lock.stdout.readline():
        pass
    held = []

    def look():
        one = Browser(a)
        held.append(one.get('/cohorts'))
    threads = [threading.Thread(target=look) for _ in range(4)]
    for one in threads:
        one.start()
    probe = http.client.HTTPConnection('127.0.0.1', a.port, timeout=30)
    began = time.monotonic()
    probe.request('GET', '/healthz')
    status = probe.getresponse().status
    quick = time.monotonic() - began
    for one in threads:
        one.join()
    lock.stdin.write('COMMIT;\n')
    lock.stdin.close()
    lock.wait()
    ok(status == 200, f'a locked table holds up its own pages alone ({quick * 1000:.0f} ms)')
    ok(set(held) == {503}, f'those are refused after their time: {sorted(set(held))}')
    ok(Browser(a).get('/cohorts') == 200, 'and come back')


def main():
    program, url = sys.argv[1:3]
    a = Server(program, ['--database', url])
    first = a.first_link()
    b = Server(program, ['--database', url])
    ok('still works' in b.process.stdout.readline() + b.process.stdout.readline(), 'a second server makes no other first link')
    admin = register(b, 'Ada', first)
    admin = moved(admin, a)
    try_sessions(admin, a, b)
    try_limits(a, b)
    try_tokens(admin, a, b)
    try_uploads(admin, a, b)
    try_jobs(a, b)
    try_slow_database(a, url)
    a.kill()
    ok(moved(admin, b).get('/account') == 200, 'when one is killed the other goes on')
    ok(b.stop() == 0, 'and stops well')
    print(f'1..{serve_client.ran}')
    sys.exit(1 if serve_client.failed else 0)


main()

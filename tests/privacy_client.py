# SPDX-License-Identifier: Apache-2.0
"""What people may ask about their data, through the server, on one engine.

  privacy_client.py TRELLIS sqlite|postgres PLACE     prints TAP

A copy, asking to be erased and taking it back, being erased when it is due, ages, what staff see of it, and
on SQLite a backup from before that is restored: it forgets again before anybody can open it.
"""
import json
import os
import re
import sqlite3
import subprocess
import sys
import time

from pair_client import begin, letter_about, own_pair
from serve_client import Browser, main, ok

MARK = 'canary-of-bea'


def change(server, sql):
    """Turns the clock for one row, as no page may."""
    place = server.place
    if '--data' in server.command:
        with sqlite3.connect(os.path.join(place, 'trellis.db')) as base:
            base.execute(sql)
        base.close()
    else:
        subprocess.run(['psql', '-q', '-v', 'ON_ERROR_STOP=1', '-d', place, '-c', sql], check=True)


def run(server, *words):
    """A command on the place of a server that is stopped."""
    return subprocess.run([server.command[0], *words, *server.options], capture_output=True, text=True)


def try_copy(bea, pair):
    bea.post(f'{pair}/messages', [('text', f'{MARK} writes')])
    ok(bea.get('/account') == 200 and 'href="/account/data"' in bea.body and 'href="/account/erase"' in bea.body,
       'her account leads to her data')
    ok(bea.get('/account/data') == 200 and f'{MARK} writes' in bea.body and 'bea@example.org' in bea.body, 'she reads all of it')
    ok('to know who signs in' in bea.body and 'argon2' not in bea.body, 'with the reasons, and without secrets')
    ok(bea.get('/account/export') == 200, 'and saves it')
    mine = json.loads(bea.body)
    ok(any(MARK in row['text'] for row in mine['message']) and mine['match'][0]['mentor'] == 'Mina', 'as a file that says who is who')
    ok('mina@example.org' not in bea.body and 'reason' not in mine['match'][0], 'with no address of the other, and no reason of hers')


def try_ten_years(server, bea, pair):
    """Ten years of a pair: a meeting each week with feedback and a note, and forty messages a week."""
    match = pair.rpartition('/')[2]
    hers = "(SELECT id FROM person WHERE email = 'bea@example.org')"
    many = 'WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < {}) '
    week = '604800000000'
    for count, table, columns, values in (
            (520, 'meeting', 'id, match, state, by_person, at, minutes, format, place, agenda, sequence, reason, excused, held_minutes, topics, made_at, changed_at, reminded',
             f"700000 + k, {match}, 'held', {hers}, k * {week}, 60, 'video', '', '', 0, '', 0, 60, 'Topics', k * {week}, k * {week}, 1"),
            (520, 'report', 'meeting, person, useful, line, shared, private, at', f"700000 + k, {hers}, 4, 'A line of {MARK}', 0, '', k * {week}"),
            (520, 'meeting_note', 'id, meeting, person, shared, text, at', f"700000 + k, 700000 + k, {hers}, 0, 'A note of {MARK}', k * {week}"),
            (20800, 'message', 'id, match, person, text, at, mailed', f"700000 + k, {match}, {hers}, 'Words of {MARK}, about as long as people write to each other', k * {week} / 40, 1")):
        change(server, many.format(count) + f'INSERT INTO {table}({columns}) SELECT {values} FROM n')
    before = time.monotonic()
    ok(bea.get('/account/export') == 200, 'ten years are saved')
    took = time.monotonic() - before
    mine = json.loads(bea.body)
    ok(len(mine['message']) > 20800 and len(mine['report']) >= 520 and len(mine['meeting_note']) >= 520, 'all of them')
    ok(took < 60, f'in less than a minute: {took:.1f} s, {len(bea.body) >> 10} KB')
    ok(bea.get('/account/data') == 200, 'and can be read as a page')


def try_asking(server, bea):
    ok(bea.post('/account/erase', []) == 422, 'erasing must be meant')
    ok('What stays' in bea.body and 'What goes' in bea.body, 'and the page says what goes and what stays')
    ok(bea.post('/account/erase', [('sure', '1')]) == 303 and bea.get('/account') == 303, 'she asks for it, and is signed out')
    letter = letter_about(server, 'bea@example.org', 'will be erased')
    ok('/account/erase' in letter.get_content(), 'a letter says how to take it back')
    mina = letter_about(server, 'mina@example.org', 'has ended')
    ok(mina['Subject'] is not None, 'her match ends')


def come_back(server, bea):
    bea.post('/sign-in/link', [('email', 'bea@example.org')])
    found = re.search(r'http://[^/]+(/link/\w+)', letter_about(server, 'bea@example.org', 'link').get_content())
    bea.post(found[1] if found else '/no-link', [])


def try_undo(server, bea, admin):
    admin.get('/data/due')
    ok('Bea' in admin.body and 'bea@example.org' not in admin.body, 'staff see that it is due')
    come_back(server, bea)
    ok(bea.get('/account/erase') == 200 and 'You asked for it' in bea.body, 'a link lets her in, and says that it waits')
    ok(bea.post('/account/erase', [('sure', '1')]) == 409, 'asking twice changes nothing')
    ok(bea.post('/account/erase/stop', [], page='/account/erase') == 303, 'she takes it back')
    ok(bea.post('/account/erase/stop', [], page='/account/erase') == 409, 'once')
    admin.get('/data/due')
    ok('Nobody has asked' in admin.body, 'and staff see that too')
    ok(bea.post('/account/erase', [('sure', '1')]) == 303, 'then she asks again')


def try_staff(admin, bea):
    ok(admin.get('/data') == 200 and 'caregiving' in admin.body and 'messages, notes and feedback in words' in admin.body,
       'the record says what is kept and why')
    ok(admin.get('/data/ages') == 200 and '2190' in admin.body, 'and how long')
    ok(admin.post('/data/ages', [('keep', 'KEEP_CONCERN'), ('days', '3')]) == 422 and 'fewest days' in admin.body,
       'safety is not forgotten too soon')
    ok(admin.post('/data/ages', [('keep', 'KEEP_PROGRAMME'), ('days', '400')]) == 422, 'what has no age gets none')
    ok(admin.post('/data/ages', [('keep', 'KEEP_CONCERN'), ('days', '2000')]) == 303, 'managers set an age')
    admin.get('/data/ages')
    ok('<td>2000</td>' in admin.body, 'and it holds')
    for path in ('/data', '/data/ages', '/data/due'):
        ok(bea.get(path) == 404, f'{path} is not for participants')


def try_due(server, bea_id, backup):
    server.stop()
    if backup:
        done = subprocess.run([server.command[0], 'backup', *server.options, '--to', backup], capture_output=True, text=True)
        ok(done.returncode == 0, 'a backup is made before she is erased')
    change(server, f'UPDATE erasure SET due_at = 1 WHERE person = {bea_id}')
    old = run(server, 'data', 'old')
    ok(old.returncode == 0 and 'old' in old.stdout, 'what is old is counted from the command line')
    done = run(server, 'data', 'let-go')
    ok(done.returncode == 0, 'it is done')
    listed = run(server, 'data', 'erased')
    ok(listed.stdout.startswith(f'{bea_id} ') and 'ea' not in listed.stdout, 'the list of the erased has her number alone')
    if backup:
        with open(os.path.join(server.place, 'trellis.db'), 'rb') as file:
            base = file.read()
        ok(MARK.encode() not in base and b'bea@example.org' not in base and b'mina@example.org' in base, 'no byte of hers is left')
    return listed.stdout


def try_after(server, mina, admin, cohort, pair):
    server.start()
    browser = Browser(server)
    browser.post('/sign-in/link', [('email', 'bea@example.org')])
    ok(browser.status == 303, 'her address is unknown now, and the page says the same as ever')
    ok(mina.get(pair) == 200 and 'Somebody who has left' in mina.body and 'Bea' not in mina.body, 'the other sees that somebody has left')
    ok(mina.get(f'{pair}/messages') == 200 and MARK not in mina.body, 'without her messages')
    admin.get(f'{cohort}/matches')
    ok('Somebody who has left' in admin.body and 'Mina' in admin.body and 'Bea' not in admin.body, 'nor the list of matches, which has names of its own')
    admin.get('/log?search=')
    ok('bea@example.org' not in admin.body, 'nor does the log name her')


def try_restore(server, backup, listed):
    """An old backup brings her back, and forgets her before anybody can open it."""
    place = os.path.join(os.path.dirname(backup), 'again')
    done = subprocess.run([server.command[0], 'restore', '--from', backup, '--data', place], capture_output=True, text=True)
    ok(done.returncode == 0 and 'no list' in done.stdout, 'without a list, restoring says so')
    with open(os.path.join(place, 'trellis.db'), 'rb') as file:
        ok(MARK.encode() in file.read(), 'and she is there')
    with open(os.path.join(os.path.dirname(backup), 'erased.txt'), 'w', encoding='utf-8') as file:
        file.write(listed)
    place += '2'
    done = subprocess.run([server.command[0], 'restore', '--from', backup, '--data', place], capture_output=True, text=True)
    ok(done.returncode == 0 and 'Erased again' in done.stdout, 'with the list beside the backup, she is erased again')
    with open(os.path.join(place, 'trellis.db'), 'rb') as file:
        base = file.read()
    ok(MARK.encode() not in base and b'bea@example.org' not in base, 'and no byte of hers is there')
    done = subprocess.run([server.command[0], 'restore', '--from', backup, '--data', place + '3', '--erased', '/nowhere'],
                          capture_output=True, text=True)
    ok(done.returncode == 1 and 'do not use' in done.stderr, 'a list that cannot be read stops it')


def try_privacy(server):
    cohort, admin, people = begin(server)
    bea, mina = people['Bea'], people['Mina']
    pair = own_pair(bea, cohort)
    try_copy(bea, pair)
    try_staff(admin, mina)
    admin.get(f'{cohort}/people')
    try_ten_years(server, bea, pair)
    try_asking(server, bea)
    try_undo(server, bea, admin)
    embedded = '--data' in server.command
    backup = os.path.join(os.path.dirname(server.place), 'backup', 'old.db') if embedded else None
    if backup:
        os.makedirs(os.path.dirname(backup), exist_ok=True)
    admin.get('/data/due')
    server.stop()
    if embedded:
        with sqlite3.connect(os.path.join(server.place, 'trellis.db')) as base:
            bea_id = base.execute("SELECT id FROM person WHERE email = 'bea@example.org'").fetchone()[0]
        base.close()
    else:
        bea_id = int(subprocess.run(['psql', '-qtA', '-d', server.place, '-c', "SELECT id FROM person WHERE email = 'bea@example.org'"],
                                    check=True, capture_output=True, text=True).stdout)
    listed = try_due(server, bea_id, backup)
    try_after(server, mina, admin, cohort, pair)
    if backup:
        try_restore(server, backup, listed)
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    sys.exit(main(try_privacy))

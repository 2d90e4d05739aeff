# SPDX-License-Identifier: Apache-2.0
"""Answers by mail to messages of a match, through trellis mail-in beside the running server, on one engine.

  mail_in_client.py TRELLIS sqlite|postgres PLACE     prints TAP
"""
import os
import re
import socket
import stat
import subprocess
import sys
import time

from pair_client import begin, letter_about, own_pair
from serve_client import main, ok, run_sql


def copy_of(server, to):
    run_sql(server, "UPDATE job SET run_at = 1 WHERE kind = 'pair_message'")
    return letter_about(server, f'{to}@example.org', 'has written to you')


def mail_in(server, text, *more):
    """Beside the server that runs: through its door in the data folder, or into PostgreSQL."""
    data = text if isinstance(text, bytes) else text.replace('\n', '\r\n').encode()
    done = subprocess.run([server.command[0], 'mail-in', *server.options, *more], input=data, capture_output=True, check=False)
    return done.returncode, done.stderr.decode()


def answer(to, text, sender='Mina <Mina@Example.org>', more='', number=[0]):
    number[0] += 1
    return f'From: {sender}\nTo: Trellis <{to}>\nSubject: Re: CANARY\nMessage-ID: <{number[0]}@x>\n{more}\n{text}'


def try_answer(server, pair, bea, mina, to):
    quoted = ('Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain; charset=utf-8\n'
              'Content-Transfer-Encoding: quoted-printable\n\nMa=C3=B1ana <b>sure</b>.\n\nOn 2 Mar 2026, Bea <reply@x> wrote:\n> CANARY-quoted\n'
              '-- =20\nMina\n--b\nContent-Type: text/html\n\n<p>CANARY-html</p>\n--b--\n')
    first = answer(to, '', more=quoted)
    ok(mail_in(server, first)[0] == 0, 'an answer is taken')
    bea.get(f'{pair}/messages')
    ok('Mañana &lt;b&gt;sure&lt;/b&gt;.' in bea.body and 'CANARY' not in bea.body, 'as a message, without what was quoted')
    ok(mail_in(server, first)[0] == 0 and (bea.get(f'{pair}/messages') and bea.body.count('Mañana') == 1), 'the same letter again is no other message')
    back = copy_of(server, 'bea')
    ok('Mañana' in back.get_content() and back['Reply-To'] and back['Reply-To'] != to, 'Bea gets it as a letter, with an address of hers')
    ok(mail_in(server, answer(to.upper(), 'In big letters'))[0] == 0, 'an address in big letters')
    token = re.search(r'\+(\w+)@', to)[1]
    latin = answer('friends@example.org', 'Ma\xf1ana otra vez', more='Content-Type: text/plain; charset=iso-8859-1\n').encode('latin-1')
    ok(mail_in(server, latin, token)[0] == 0, 'the address by the mail server, and Latin-1')
    bea.get(f'{pair}/messages')
    ok('In big letters' in bea.body and 'Mañana otra vez' in bea.body, 'both are there')


def try_refusals(server, pair, bea, to):
    def refused(status, name, *given):
        code, said = mail_in(server, *given)
        ok(code == status and 'CANARY' not in said and bool(said) == (status != 0), f'{name}: {code} {said.strip()}')
    refused(77, 'from another address', answer(to, 'CANARY', sender='Cleo <cleo@example.org>'))
    refused(77, 'from the other of the two', answer(to, 'CANARY', sender='bea@example.org'))
    refused(77, 'from two', answer(to, 'CANARY', sender='mina@example.org, bea@example.org'))
    refused(67, 'to no such address', answer('reply+' + 'a' * 40 + '@example.org', 'CANARY'))
    refused(67, 'to none at all', answer('reply@example.org', 'CANARY'))
    refused(65, 'without words', answer(to, '> CANARY\n'))
    refused(65, 'with too many', answer(to, 'CANARY ' * 900))
    refused(65, 'as HTML alone', answer(to, '<p>CANARY</p>', more='Content-Type: text/html\n'))
    refused(65, 'in no alphabet that is known', answer(to, 'CANARY', more='Content-Type: text/plain; charset=koi8-r\n'))
    refused(65, 'too large', answer(to, 'CANARY' * 1500000))
    for head in ('Auto-Submitted: auto-replied', 'Precedence: bulk', 'Return-Path: <>'):
        refused(0, f'a machine is passed over: {head}', answer(to, 'CANARY', more=head + '\n'))
    ok(subprocess.run([server.command[0], 'mail-in'], input=b'', capture_output=True, check=False).returncode == 64, 'wrong use')
    bea.get(f'{pair}/messages')
    ok('CANARY' not in bea.body, 'none of it is a message')


def through_door(door, *pieces):
    """What the door answers to bytes, whoever sends them; None: nothing."""
    with socket.socket(socket.AF_UNIX) as own:
        own.settimeout(15)
        own.connect(door)
        try:
            for piece in pieces:
                own.sendall(piece)
            own.shutdown(socket.SHUT_WR)
            return own.recv(300) or None
        except OSError:
            return None


def try_door(server, pair, bea, to):
    """SQLite: one program has the folder, so the letter goes through a socket in it."""
    def arrives(words, name):
        ok(mail_in(server, answer(to, words))[0] == 0 and (bea.get(f'{pair}/messages') and words in bea.body), name)
    door = os.path.join(server.place, 'mail-in.sock')
    ok(stat.S_IMODE(os.stat(door).st_mode) == 0o600, 'the door is for the owner of the folder alone')
    ok(through_door(door, b'nobody\n', answer(to, 'CANARY').encode()).startswith(b'67 '), 'the recipient that the mail server names is what counts')
    ok(through_door(door, b'no line end') is None and through_door(door) is None, 'nonsense gets no answer')
    ok(through_door(door, b'\n', b'\0\xff' * 1000).startswith(b'6'), 'nor does a letter of any bytes do harm')
    ok(through_door(door, b'\n', *[b'x' * 1000000] * 10) is None, 'nor one that is too long')
    with socket.socket(socket.AF_UNIX) as slow:
        slow.connect(door)
        slow.sendall(b'a')
        began = time.monotonic()
        arrives('After a slow one', 'one that never ends holds up the next')
        ok(8 < time.monotonic() - began < 30, 'for ten seconds')
    several = [subprocess.Popen([server.command[0], 'mail-in', *server.options], stdin=subprocess.PIPE) for _ in range(6)]
    for number, one in enumerate(several):
        one.stdin.write(answer(to, f'Together {number}').encode())
        one.stdin.close()
    ok([one.wait() for one in several] == [0] * 6 and (bea.get(f'{pair}/messages') and bea.body.count('Together') == 6), 'six at once all arrive')
    short, long = server.options[1], server.options[1] + '/.' * 80
    server.options[1] = long
    arrives('By a long way', 'by a path that is longer than an address of a socket')
    server.stop()
    ok(not os.path.exists(door), 'the door goes with the server')
    server.command[server.command.index(short)] = long
    server.start()
    server.options[1] = short
    arrives('To a long way', 'and to a server that has it so')
    os.unlink(door)
    ok(mail_in(server, answer(to, 'CANARY'))[0] == 75, 'without the door (a planted fault) the letter waits')
    server.kill()
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(door)
    ok(mail_in(server, answer(to, 'Without a server'))[0] == 0, 'a door of the dead, and no server: it is written into the folder')
    server.start()
    bea.get(f'{pair}/messages')
    ok('Without a server' in bea.body and 'CANARY' not in bea.body, 'where the next server finds it')
    arrives('Behind the old door', 'which has a door of its own')


def try_closed(server, pair, bea, mina, to):
    run_sql(server, f"UPDATE match SET held_back = 1 WHERE id = {pair.rpartition('/')[2]}")
    ok(mail_in(server, answer(to, 'CANARY'))[0] == 69, 'a pair that is held takes nothing')
    run_sql(server, f"UPDATE match SET held_back = 0 WHERE id = {pair.rpartition('/')[2]}")
    ok(mail_in(server, answer(to, 'Still here'))[0] == 0, 'when it goes on it does')
    run_sql(server, "UPDATE reply_address SET made_at = made_at - 7862400000000")
    ok(mail_in(server, answer(to, 'CANARY'))[0] == 67, 'after 90 days the address is too old')
    run_sql(server, "UPDATE reply_address SET made_at = made_at + 7862400000000")
    ok(bea.post(f'{pair}/end', [('reason', 'time'), ('words', ''), ('again', 'no'), ('sure', '1')]) == 303, 'Bea ends the match')
    ok(mail_in(server, answer(to, 'CANARY'))[0] == 69, 'then it takes nothing')
    bea.get(f'{pair}/messages')
    ok('CANARY' not in bea.body and 'Still here' in bea.body, 'and what was refused is not there')


def try_mail_in(server):
    cohort, _, people = begin(server)
    server.stop()
    server.command += ['--reply-address', 'reply@example.org']
    server.start()
    bea, mina = people['Bea'], people['Mina']
    pair = own_pair(bea, cohort)
    ok(letter_about(server, 'mina@example.org', '')['Reply-To'] is None, 'other letters take no answer')
    bea.post(f'{pair}/messages', [('text', 'Hello Mina')])
    letter = copy_of(server, 'mina')
    to = letter['Reply-To'] or ''
    ok('Hello Mina' in letter.get_content() and re.fullmatch(r'<?reply\+[a-z0-9]{40}@example.org>?', to), f'the copy can be answered: {to[:12]}')
    to = to.strip('<>')
    try_answer(server, pair, bea, mina, to)
    try_refusals(server, pair, bea, to)
    if '--data' in server.options:
        try_door(server, pair, bea, to)
    try_closed(server, pair, bea, mina, to)
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    sys.exit(main(try_mail_in))

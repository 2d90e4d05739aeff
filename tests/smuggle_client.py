# SPDX-License-Identifier: Apache-2.0
"""Requests whose end two readers would see in different places (smuggling).

  smuggle_client.py TRELLIS PLACE     prints TAP

Each case is a change of somebody's name, with another request hidden behind it, on a connection of its own. What RFC 9112
lets nobody read in two ways is answered 303 and changes the name; anything else is refused, changes nothing, and the
connection ends: what was hidden is never answered. The cases are made here: each spelling of a name and a value of
Transfer-Encoding with each spelling of a length, each way to write a chunk, and each end of a line. What RFC 9112 lets a server read though it is badly written is left out where it leaves the end in its
place: two spaces in the first line, a line of the head (or behind the last chunk) that ends with LF alone.
"""
import itertools
import os
import re
import socket
import sys

from crash_client import Peer, Place
from serve_client import ok
import serve_client

HIDDEN = b'GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n'
LAST = b'GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'
STATUS = re.compile(rb'HTTP/1\.1 (\d\d\d) ')


class Desk:
    def __init__(self, server):
        self.server, self.person, self.number = server, server.people[0], 0
        self.peer = Peer(server, 1)

    def body(self):
        self.number += 1
        self.name = f'Name {self.number}'
        return f'csrf={self.person["csrf"]}&name={self.name}&pronouns=&zone=UTC'.replace(' ', '+').encode()

    def head(self, lines):
        start = (f'POST /account/profile HTTP/1.1\r\nHost: a\r\nCookie: trellis={self.person["token"]}\r\nSec-Fetch-Site: same-origin\r\n'
                 'Content-Type: application/x-www-form-urlencoded\r\n').encode()
        return start + b''.join(lines) + b'\r\n'

    def say(self, message, size=1 << 20):
        """Sent in pieces of a size. The statuses of all answers until the end of the connection, and whether the name was changed by it."""
        with socket.create_connection(('127.0.0.1', self.server.port), timeout=60) as one:
            try:
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for k in range(0, len(message), size):
                    one.sendall(message[k:k + size])
                one.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # refused before all of it was sent
            answer = b''
            while True:
                try:
                    piece = one.recv(65536)
                except ConnectionResetError:
                    piece = b''
                if not piece:
                    break
                answer += piece
        return [int(one) for one in STATUS.findall(answer)]

    def is_changed(self):
        status, page = Peer(self.server, 0).ask('GET', '/account')
        return status == 200 and f'<dd>{self.name}<' in page

    def is_taken(self, message, size=1 << 20):
        return self.say(message + LAST, size) == [303, 200] and self.is_changed()

    def is_refused(self, message, size=1 << 20):
        answers = self.say(message + HIDDEN + LAST, size)
        return len(answers) <= 1 and all(400 <= one for one in answers) and not self.is_changed()


def chunked(body, size=None, after=b'\r\n', end=b'0\r\n\r\n', between=b'\r\n'):
    return (size if size is not None else b'%x' % len(body)) + after + body + between + end


def length_lines(count):
    return {
        'no length': [],
        'its length': [b'Content-Length: %d\r\n' % count],
        'length 0': [b'Content-Length: 0\r\n'],
        'a shorter length': [b'Content-Length: 4\r\n'],
        'a longer length': [b'Content-Length: %d\r\n' % (count + len(HIDDEN))],
        'two lengths': [b'Content-Length: %d\r\nContent-Length: 0\r\n' % count],
        'a length with a sign': [b'Content-Length: +%d\r\n' % count],
        'a length with a word': [b'Content-Length: %dx\r\n' % count],
        'a length in two parts': [b'Content-Length: %d, 0\r\n' % count],
        'a length with a space before its colon': [b'Content-Length : %d\r\n' % count],
        'an empty length': [b'Content-Length:\r\n'],
        'a length in base 16': [b'Content-Length: 0x%x\r\n' % count],
        'a length on two lines': [b'Content-Length:\r\n %d\r\n' % count],
        'a length behind a bare CR': [b'X: a\rContent-Length: %d\r\n' % count],
        'a length behind a NUL': [b'X: a\0\r\nContent-Length: %d\r\n' % count],
    }


CODINGS = [b'Transfer-Encoding: ' + value for value in (
    b'chunked', b'CHUNKED', b'chunked ', b'\tchunked', b'\x0bchunked', b'\x0cchunked', b'xchunked', b'chunkedx', b'chunked, identity', b'identity',
    b'identity, chunked', b'gzip, chunked', b'chunked, gzip', b'chunked, chunked', b'chunked;q=1', b'"chunked"', b"'chunked'", b'chunked,', b',chunked', b'cow', b'',
    b'chun\0ked', b'chunked\0', b'chunked\x7f', b'chunked\r', b'chun\r\n ked', b'\r\n chunked', b'\r\n\tchunked', b'chunked\r\nTransfer-Encoding: identity',
    b'identity\r\nTransfer-Encoding: chunked', b'chunked\r\nTransfer-Encoding: chunked', b'\xc2\xa0chunked', b'chunked\xff')] + [
    name + b'chunked' for name in (
        b'transfer-encoding:', b'TRANSFER-ENCODING:\t', b'Transfer-Encoding :', b'Transfer-Encoding\t:', b' Transfer-Encoding:', b'\tTransfer-Encoding:',
        b'\x0bTransfer-Encoding:', b'Transfer-Encoding\0:', b'\0Transfer-Encoding:', b'Transfer\r\n-Encoding:', b'X: a\rTransfer-Encoding:', b'X: a\n Transfer-Encoding:',
        b'Transfer Encoding:', b'"Transfer-Encoding":', b'Transfer-Encoding\x85:', b'Transfer-Encoding;:', b'Transfer-Encoding', b':')]
# By itself each of these is the one spelling of the one coding there is; anything else next to a length, or instead of one, is refused
# (also CHUNKED, which a server may read).
GOOD_CODINGS = {b'Transfer-Encoding: chunked', b'Transfer-Encoding: chunked ', b'Transfer-Encoding: \tchunked',
                b'transfer-encoding:chunked', b'TRANSFER-ENCODING:\tchunked'}


def try_lengths(desk):
    taken = wrong = 0
    for name in length_lines(0):
        body = desk.body()
        message = desk.head(length_lines(len(body))[name]) + (b'' if name == 'length 0' else body)
        if name == 'its length':
            taken += desk.is_taken(message)
        elif name == 'length 0' or name == 'no length':
            # Whole as it is, with nothing in it: the form is refused, and what follows is a request of its own.
            wrong += desk.say(desk.head(length_lines(0)[name]) + LAST) != [403, 200] or desk.is_changed()
        elif name == 'a longer length':
            wrong += desk.say(message + HIDDEN) != [422] or desk.is_changed()  # what was hidden is a part of her zone
        elif name == 'a shorter length':
            wrong += any(one < 400 for one in desk.say(message + LAST)) or desk.is_changed()
        elif not desk.is_refused(message):
            wrong += 1
            print(f'# {name}')
    ok(taken == 1 and wrong == 0, f'{len(length_lines(0))} spellings of a length: one is read')


def try_codings(desk):
    taken = wrong = count = 0
    for coding, length in itertools.product(CODINGS, length_lines(0)):
        good = coding in GOOD_CODINGS and length == 'no length'
        body = desk.body()
        sent = chunked(body)
        lines = [coding + b'\r\n'] + length_lines(len(sent))[length]
        count += 1
        for order in (lines, lines[::-1]):
            message = desk.head(order) + sent
            if good:
                taken += desk.is_taken(message)
                break
            if not desk.is_refused(message):
                wrong += 1
                print(f'# {coding!r} with {length}')
                break
    ok(taken == len(GOOD_CODINGS) and wrong == 0, f'{count} codings with lengths: {taken} can be read in one way, all others are refused')


def try_chunks(desk):
    good = {'plain': {}, 'zeros before': {'size': b'000%x'}, 'capitals': {'size': b'%X'}, 'an extension': {'after': b';a=b\r\n'},
            'a trailer': {'end': b'0\r\nX: a\r\n\r\n'}, 'zeros at the end': {'end': b'000\r\n\r\n'}}
    bad = {'a sign': {'size': b'+%x'}, 'a minus': {'size': b'-%x'}, '0x': {'size': b'0x%x'}, 'a space before': {'size': b' %x'}, 'an underscore': {'size': b'0_%x'},
           'no size': {'size': b''}, 'a word': {'size': b'%xg'}, 'too long': {'size': b'1000000000000000%x'}, 'a NUL': {'size': b'%x\0'}, 'a bare LF': {'after': b'\n'},
           'a bare CR': {'after': b'\r'}, 'LF in an extension': {'after': b';a=\nb\r\n'}, 'no end of its line': {'after': b''}, 'nothing after it': {'between': b''},
           'LF after it': {'between': b'\n'}, 'CR after it': {'between': b'\r'}, 'two bytes more after it': {'between': b'ab\r\n'}, 'LF at the end': {'end': b'0\n\n'}, 'a sign at the end': {'end': b'-0\r\n\r\n'}, 'a head in a trailer': {'end': b'0\r\nX : a\r\n\r\n'}}
    taken = wrong = 0
    for name, parts in itertools.chain(good.items(), bad.items()):
        body = desk.body()
        parts = dict(parts)
        if b'%' in parts.get('size', b''):
            parts['size'] = parts['size'] % len(body)
        message = desk.head([b'Transfer-Encoding: chunked\r\n']) + chunked(body, **parts)
        held = desk.is_taken(message) if name in good else desk.is_refused(message)
        taken += held and name in good
        if not held:
            wrong += 1
            print(f'# {name}')
    ok(taken == len(good) and wrong == 0, f'{len(good)} ways to write chunks are read, {len(bad)} are refused')


def try_lines(desk):
    wrong = 0
    starts = [b'POST /account/profile HTTP/1.1', b' POST /account/profile HTTP/1.1',
              b'POST /account/profile HTTP/1.1 ', b'POST\t/account/profile HTTP/1.1', b'POST /account/profile', b'POST /account/profile HTTP/0.9',
              b'POST /account/profile HTTP/1.1\r', b'POST /account/profile http/1.1', b'POST /account/pro\x00file HTTP/1.1', b'POST /account/profile\r\n HTTP/1.1']
    for start in starts:
        body = desk.body()
        message = desk.head([b'Content-Length: %d\r\n' % len(body)]) + body
        message = start + message[message.index(b'\r\n'):]
        held = desk.is_taken(message) if start == starts[0] else desk.is_refused(message)
        if not held:
            wrong += 1
            print(f'# {start!r}')
    ok(wrong == 0, f'{len(starts)} first lines: one is read')


def try_pieces(desk):
    """A header on two lines is one wherever the pieces end that it comes in."""
    wrong = taken = 0
    folded = [b'Content-Length:\r\n %d\r\n', b'X: a\r\n b\r\nContent-Length: %d\r\n', b'X:\r\n\tb\r\nContent-Length: %d\r\n', b'Content-Length: %d\r\n a\r\n']
    for size in (1, 2, 3, 7):
        for line in folded + [b'X:\r\nContent-Length:  %d \r\n', b'X: a b\r\nContent-Length:\t%d\r\n']:
            body = desk.body()
            message = desk.head([line % len(body)]) + body
            if line in folded:
                wrong += not desk.is_refused(message, size)
            else:
                taken += desk.is_taken(message, size)
    ok(wrong == 0 and taken == 8, 'headers on two lines are refused in whatever pieces they come, others are read')


def try_control(desk):
    """What looks for hidden answers sees them, where two requests are really two."""
    body = desk.body()
    message = desk.head([b'Content-Length: %d\r\n' % len(body)]) + body
    ok(not desk.is_refused(message) and desk.is_changed(), 'a good request is not taken for a refused one')
    ok(desk.say(desk.head([]) + HIDDEN + LAST)[1:] == [404, 200], 'and what follows a whole one is answered')


def main():
    program, place = sys.argv[1:3]
    server = Place(program, os.path.join(place, 'smuggle'), 100)
    server.start()
    desk = Desk(server)
    try:
        try_control(desk)
        try_lengths(desk)
        try_codings(desk)
        try_chunks(desk)
        try_lines(desk)
        try_pieces(desk)
        ok(Peer(server, 0).ask('GET', '/account')[0] == 200, 'and it goes on')
    finally:
        server.kill()
    print(f'1..{serve_client.ran}')
    sys.exit(1 if serve_client.failed else 0)


main()

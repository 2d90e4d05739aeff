# SPDX-License-Identifier: Apache-2.0
"""Peers that are slow on purpose: in their head, in their body, in reading. Others are served meanwhile.

  slow_client.py TRELLIS PLACE     prints TAP

TEST_SLOW says how many connections send their head slowly (2,000). What is held to is that everybody else is
served, that the slow are cut, and what that costs in memory; times are told, since other work may share the machine.
"""
import http.client
import os
import re
import resource
import socket
import sys
import threading
import time

from crash_client import Peer, Place
from serve_client import ok
import serve_client

HEADS = int(os.environ.get('TEST_SLOW', '2000'))
BODIES, READERS, USERS = 100, 20, 10
MEMORY_MAX_MIB = 256
WAIT_S = 120  # for what takes 20 s on a machine of its own
TINY = 4096


def open_socket(server, tiny=False):
    one = socket.socket()
    if tiny:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, TINY)
    one.settimeout(30)
    one.connect(('127.0.0.1', server.port))
    return one


def sockets_of(server):
    folder, count = f'/proc/{server.process.pid}/fd', 0
    for name in os.listdir(folder):
        try:
            count += os.readlink(f'{folder}/{name}').startswith('socket:')
        except OSError:
            pass
    return count


def memory_mib(server):
    with open(f'/proc/{server.process.pid}/status', encoding='ascii') as file:
        return int(re.search(r'^VmRSS:\s+(\d+)', file.read(), re.M)[1]) / 1024


class Users:
    """Ten people who go on with their work."""

    def __init__(self, server):
        self.over, self.refused, self.times = threading.Event(), [], []
        self.threads = [threading.Thread(target=self.work, args=(server, k)) for k in range(USERS)]
        for one in self.threads:
            one.start()

    def work(self, server, number):
        peer = Peer(server, number)
        while not self.over.is_set():
            began = time.monotonic()
            try:
                status = peer.ask('GET', '/account')[0]
            except (OSError, http.client.HTTPException) as error:
                status = repr(error)
                peer = Peer(server, number)
            self.times.append(time.monotonic() - began)
            if status != 200:
                self.refused.append(status)
            self.over.wait(0.05)

    def stop(self):
        self.over.set()
        for one in self.threads:
            one.join()

    def worst_ms(self):
        return max(self.times) * 1000


def drip(sockets):
    """A byte for each; those that are gone are left out."""
    left = []
    for one in sockets:
        try:
            one.sendall(b'a')
            left.append(one)
        except OSError:
            one.close()
    return left


def open_slow(server):
    heads = [open_socket(server) for _ in range(HEADS)]
    for one in heads:
        one.sendall(b'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ')
    bodies = [open_socket(server) for _ in range(BODIES)]
    for one in bodies:
        one.sendall(b'POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n'
                    b'Content-Length: 100000\r\n\r\n')
    readers = [open_socket(server, tiny=True) for _ in range(READERS)]
    for one in readers:
        one.sendall(b'GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n' * 64)
    return heads, bodies, readers


def try_slow(server):
    before = sockets_of(server)
    users = Users(server)
    heads, bodies, readers = open_slow(server)
    began, most, dripping = time.monotonic(), 0, heads + bodies
    print(f'# {sockets_of(server) - before} connections are held at once')  # the first may be cut already, on a busy machine
    ok(len(heads) == HEADS, f'{HEADS} slow heads, {BODIES} slow bodies and {READERS} slow readers are let in')
    while sockets_of(server) - before > USERS and time.monotonic() - began < WAIT_S:
        dripping = drip(dripping)
        most = max(most, memory_mib(server))
        time.sleep(0.5)
    left = sockets_of(server) - before - USERS
    print(f'# cut after {time.monotonic() - began:.1f} s')
    ok(left <= 0, f'all of them are cut, though bytes kept coming: {left} are left')
    users.stop()
    ok(len(users.times) > 10 * USERS, f'{len(users.times)} pages were asked for meanwhile, the slowest took {users.worst_ms():.0f} ms')
    ok(users.refused == [], f'all were served: {users.refused[:3]}')
    print(f'# {most:.0f} MiB at most')
    if os.environ.get('TEST_MEMORY') != 'told':
        ok(most <= MEMORY_MAX_MIB, f'{most:.0f} MiB, {MEMORY_MAX_MIB} are allowed')
    for one in readers + dripping:
        one.close()
    ok(Peer(server, 0).ask('GET', '/account')[0] == 200, 'and it goes on')


def main():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard if hard != resource.RLIM_INFINITY else 65536, hard))
    program, place = sys.argv[1:3]
    server = Place(program, os.path.join(place, 'slow'), 1000)
    server.start()
    try:
        try_slow(server)
    finally:
        server.kill()
    print(f'1..{serve_client.ran}')
    sys.exit(1 if serve_client.failed else 0)


main()

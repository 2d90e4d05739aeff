# SPDX-License-Identifier: Apache-2.0
"""Letters by SMTP: a small server here takes them, refuses one, and is away for a while.

  smtp_client.py TRELLIS PLACE     prints TAP
"""
import email
import email.policy
import os
import re
import socket
import subprocess
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from serve_client import Browser, Server, ok  # noqa: E402
import serve_client  # noqa: E402


class Mailbox:
    """As much of RFC 5321 as a client needs; one connection at a time."""

    def __init__(self):
        self.letters, self.envelopes = [], []
        self.got = threading.Condition()
        self.socket = socket.create_server(('127.0.0.1', 0))
        self.port = self.socket.getsockname()[1]
        self.refuse = False
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection, _ = self.socket.accept()
            with connection, connection.makefile('rwb') as file:
                self.talk(file)

    def say(self, file, line):
        file.write(line.encode() + b'\r\n')
        file.flush()

    def talk(self, file):
        self.say(file, '220 here')
        sender, to = '', []
        for raw in file:
            line = raw.decode().rstrip('\r\n')
            word = line[:4].upper()
            if word == 'EHLO':
                self.say(file, '250 here')
            elif word == 'MAIL':
                sender = line
                self.say(file, '250 ok')
            elif word == 'RCPT':
                to.append(line)
                self.say(file, '550 nobody' if self.refuse else '250 ok')
            elif word == 'DATA':
                self.say(file, '354 go on')
                lines = []
                for text in file:
                    if text == b'.\r\n':
                        break
                    lines.append(text[1:] if text.startswith(b'..') else text)
                with self.got:
                    self.letters.append(email.message_from_bytes(b''.join(lines), policy=email.policy.default))
                    self.envelopes.append((sender, to))
                    self.got.notify_all()
                self.say(file, '250 taken')
            elif word == 'QUIT':
                self.say(file, '221 bye')
                return
            else:
                self.say(file, '250 ok')

    def wait(self, count):
        with self.got:
            return self.got.wait_for(lambda: len(self.letters) >= count, timeout=20)


def main():
    program, place = sys.argv[1:]
    mailbox = Mailbox()
    server = Server(program, ['--data', os.path.join(place, 'data'), '--smtp', f'smtp://127.0.0.1:{mailbox.port}',
                              '--mail-from', 'trellis@example.org', '--site', 'Mentoría'])
    browser = Browser(server)
    browser.post('/register', [('name', 'Zoë'), ('email', 'zoe@example.org'), ('new_password', '')])
    ok(mailbox.wait(1), 'a letter arrives')
    letter = mailbox.letters[0]
    ok(letter['To'].addresses[0].addr_spec == 'zoe@example.org' and letter['From'].addresses[0].display_name == 'Mentoría',
       'to her, from the organisation by its name')
    ok('Zoë' in letter.get_content(), 'with letters beyond ASCII as they are')
    ok(mailbox.envelopes[0][0].upper().startswith('MAIL FROM:<TRELLIS@EXAMPLE.ORG>'), 'the envelope says who sends')
    link = re.search(r'http://[^/]+(/link/\w+)', letter.get_content())[1]
    ok(browser.post(link, []) == 303 and browser.get('/account') == 200, 'its link works')
    mailbox.refuse = True
    browser.post('/sign-in/link', [('email', 'zoe@example.org')])
    browser.get('/healthz')
    ok(len(mailbox.letters) == 1 and server.process.poll() is None, 'a letter that is refused stops nothing')
    ok(server.stop() == 0, 'it stops well')
    print(f'1..{serve_client.ran}')
    return 1 if serve_client.failed else 0


if __name__ == '__main__':
    sys.exit(main())

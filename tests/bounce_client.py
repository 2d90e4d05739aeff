# SPDX-License-Identifier: Apache-2.0
"""Letters that come back, through trellis mail-in beside the running server, on one engine: whose they were, what counts, who sees
it, and how it is mended.

  bounce_client.py TRELLIS sqlite|postgres PLACE     prints TAP
"""
import email
import email.policy
import glob
import os
import re
import sys

from mail_in_client import mail_in
from pair_client import begin, letter_about, own_pair
from serve_client import main, ok, run_sql


def back_of(letter):
    """Where a letter comes back to: its return path, with a secret of its own."""
    return (letter['Return-Path'] or '').strip('<>')


def notification(to, letter, status, action='failed', recipient='rfc822; mina@example.org', report=True):
    """What a mail server writes of a letter; without a report in prose alone."""
    number = letter['Message-ID']
    head = f'Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nTo: <{to}>\nAuto-Submitted: auto-replied\nMessage-ID: <{status}.{to}@mx>\n'
    if not report:
        return head + f'\nIt did not arrive.\n\n<mina@example.org>: 550 {status} nobody\n\nMessage-ID: {number}\n'
    return (head + 'Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nCANARY-prose\n--b\n'
            f'Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\nFinal-Recipient: {recipient}\nAction: {action}\nStatus: {status}\n'
            f'\n--b\nContent-Type: text/rfc822-headers\n\nTo: <mina@example.org>\nMessage-ID: {number}\n\n--b--\n')


def stops(person):
    person.get('/account/email')
    return 'Letters to this address come back' in person.body


def write(server, bea, pair, words):
    """A message of Bea, and the letter of it to Mina; None: there is none."""
    bea.post(f'{pair}/messages', [('text', words)])
    run_sql(server, "UPDATE job SET run_at = 1 WHERE kind = 'pair_message'")
    for _ in range(8):
        letter = server.letter('mina@example.org')
        if letter['Subject'] is None or words in letter.get_content():
            return letter if letter['Subject'] else None
    return None


def has_letter(server, words):
    for path in glob.glob(os.path.join(server.mail, '*.eml')):
        with open(path, 'rb') as file:
            yield words in email.message_from_binary_file(file, policy=email.policy.default).get_body(('plain',)).get_content()


def try_soft(server, mina, letters):
    """One that is full is not given up at once: five days of it are too much."""
    ok(mail_in(server, notification(back_of(letters[0]), letters[0], '4.4.1', action='delayed'))[0] == 0 and not stops(mina), 'one that is late says nothing')
    ok(mail_in(server, notification(back_of(letters[0]), letters[0], '5.7.1'))[0] == 0 and not stops(mina), 'a letter that was not wanted says nothing of the address')
    for number, letter in enumerate(letters[1:6]):
        ok(not stops(mina) and mail_in(server, notification(back_of(letter), letter, '4.2.2'))[0] == 0, f'full, day {number + 1}')
        ok(mail_in(server, notification(back_of(letter), letter, '4.2.2'))[0] == 0, 'the same again counts once')
        if number < 4:
            run_sql(server, 'UPDATE mail_back SET at = at - 86400000000')
    ok(stops(mina), 'on the fifth day it stops')
    run_sql(server, 'DELETE FROM mail_back')


def try_hard(server, cohort, admin, bea, mina, pair, letter):
    to = back_of(letter)
    ok(mail_in(server, notification('reply+' + 'a' * 40 + '@example.org', {'Message-ID': '<77.trellis@example.org>'}, '5.1.1'))[0] == 0 and not stops(mina), 'of a letter that is not ours')
    other = notification('reply@example.org', letter, '5.1.1', recipient='rfc822; cleo@example.org')
    ok(mail_in(server, other)[0] == 0 and not stops(mina), 'by its number alone, for another address')
    ok(mail_in(server, notification(to, letter, '5.1.1'))[0] == 0 and stops(mina), 'an address that is not there')
    ok('Letters to mina@example.org come back: check your address' in (mina.get('/') and mina.body), 'Mina sees it first')
    ok('come back. We send none there' in (mina.get('/account') and mina.body) and 'We send a letter to the new one.' in (mina.get('/account/email') and mina.body), 'and on her account, with what to do')
    ok('Letters to Mina come back: ask for another address' in (admin.get('/') and admin.body), 'those who run her cohort see it')
    found = re.search(rf'href="({cohort}/people/\d+)">Mina</a>(?:(?!</tr>).)*<strong>letters come back', (admin.get(f'{cohort}/people') and admin.body), re.S)
    ok(found and 'Letters come back.' in (admin.get(found[1]) and admin.body), 'beside her name too')
    ok('come back' not in (bea.get('/') and bea.body) and bea.post('/account/email/try', [], page='/account/email') == 409, 'nobody else, and hers do not')
    bea.post(f'{pair}/messages', [('text', 'While it is shut')])
    run_sql(server, "UPDATE job SET run_at = 1 WHERE kind = 'pair_message'")
    mina.post(f'{pair}/messages', [('text', 'Behind it')])
    run_sql(server, "UPDATE job SET run_at = 2 WHERE kind = 'pair_message' AND run_at > 2")
    ok('Behind it' in letter_about(server, 'bea@example.org', 'has written to you').get_content() and not any(has_letter(server, 'While it is shut')), 'she gets no more letters')


def link_in(server, words):
    letter = letter_about(server, 'mina@example.org', words)
    found = re.search(r'/link/\w+', letter.get_content()) if letter['Subject'] else None
    return found[0] if found else '/x'


def try_mending(server, bea, mina, pair, old):
    """A letter that she asks for shows that she is reached; or she changes the address, without the letter to the old one."""
    ok(mina.post('/account/email/try', [], page='/account/email') == 303, 'she says that it is right')
    link = link_in(server, 'Do letters reach you')
    ok(mina.get(link) == 200 and 'Confirm your address' in mina.body and stops(mina), 'opening the letter is not yet a yes')
    ok(mina.post(link, [], page=link) == 303 and not stops(mina), 'the button is: letters go there again')
    ok(mail_in(server, notification(back_of(old), old, '5.1.1'))[0] == 0 and not stops(mina), 'what comes late of letters before says nothing')
    letter = write(server, bea, pair, 'When it is open')
    ok(letter is not None and back_of(letter) != back_of(old), 'she gets them')
    prose = notification('mail@example.org', letter, '5.1.1', report=False)
    ok(mail_in(server, prose)[0] == 0 and stops(mina), 'a server that writes prose, to another address of ours')
    for _ in range(8):
        mina.post('/account/email/try', [], page='/account/email')
    run_sql(server, 'UPDATE account_link SET made_at = made_at - 7200000000')
    ok(mina.post('/account/email', [('email', 'mina.new@example.org')]) == 303, 'another address')
    mina.follow()
    letter = letter_about(server, 'mina.new@example.org', 'Confirm your new')
    found = re.search(r'/link/\w+', letter.get_content() if letter['Subject'] else '')
    ok(found and mina.post(found[0], [], page=found[0]) == 303 and 'mina.new@example.org' in (mina.get('/account') and mina.body), 'holds with the letter to the new one alone')
    ok(not stops(mina), 'and gets letters')


def try_bounces(server):
    cohort, admin, people = begin(server)
    server.stop()
    server.command += ['--reply-address', 'reply@example.org']
    server.start()
    bea, mina = people['Bea'], people['Mina']
    pair = own_pair(bea, cohort)
    letters = [write(server, bea, pair, f'Letter {number}.') for number in range(7)]
    ok(all(one is not None and re.fullmatch(r'reply\+[a-z0-9]{40}@example.org', back_of(one)) for one in letters) and len({back_of(one) for one in letters}) == 7,
       'each letter has a return path of its own')
    try_soft(server, mina, letters)
    last = write(server, bea, pair, 'The last of them')
    try_hard(server, cohort, admin, bea, mina, pair, last)
    try_mending(server, bea, mina, pair, letters[6])
    bea.get(f'{pair}/messages')
    ok('CANARY' not in bea.body, 'nothing of it is a message')
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    sys.exit(main(try_bounces))

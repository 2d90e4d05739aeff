# SPDX-License-Identifier: Apache-2.0
"""Fills a migrated SQLite folder with made-up people for the benchmarks and the tests of plans:

  fill.py FOLDER PEOPLE [MATCHES]

Prints JSON: the cohort whose matches are shown, somebody in a pair, and sessions. Nine tenths of the people have
signed up to cohorts of 1,000, and most of them are in pairs; the cohort that is shown has MATCHES offers (20)
between people from all over the table.
A column that is not named here gets 0 or '' where it must hold something, so that new columns need no edit.
"""
import hashlib
import json
import random
import sqlite3
import sys
import time

GIVEN = ['Ada', 'Amina', 'Ana', 'Beatriz', 'Chiara', "D'Arcy", 'Edsger', 'Fatou', 'Grace', 'Hana', 'Ines', 'Jean', 'Katherine',
         'Lale', 'Mary', 'Nkechi', 'Olga', 'Priya', 'Radia', 'Sofía', 'Thuy', 'Zoë']
FAMILY = ['Almeida', 'Borg', 'Castro', 'Díaz', 'Eze', 'Fischer', 'Goldberg', 'Hopper', 'Ivanova', 'Johnson', 'Kowalska', 'Lovelace',
          'Müller', 'Nguyen', "O'Neill", 'Perlman', 'Qureshi', 'Rossi', 'Saint-Just', 'Tanaka', 'Uzun', 'Vaughan', 'Wu']
WORDS = ('She asks: "Could we meet <before> breakfast & after school?" ' * 3).strip()
TOPICS = ['data', 'interviews', 'leadership', 'python', 'security', 'promotion', 'negotiation', 'frontend']


def hashed(purpose, token):
    return hashlib.blake2b(purpose.encode() + b'\0' + token.encode(), digest_size=32).hexdigest()


class Table:
    """INSERT by the columns that the table really has."""

    def __init__(self, db, name, columns):
        must = [(c[1], 0 if c[2].upper() in ('INTEGER', 'INT') else b'' if c[2].upper() == 'BLOB' else '')
                for c in db.execute(f'PRAGMA table_info({name})') if c[3] and c[4] is None and c[1] not in columns]
        names = [*columns, *(m[0] for m in must)]
        self.db, self.rest = db, tuple(m[1] for m in must)
        self.sql = f'INSERT OR IGNORE INTO {name}({", ".join(names)}) VALUES ({", ".join("?" * len(names))})'

    def add(self, rows):
        rest = self.rest
        self.db.executemany(self.sql, (row + rest for row in rows))


def fill_pairs(db, pairs, base, first, c, now):
    """Of each pair a goal, a meeting that was and one that comes, and two messages."""
    week = 7 * 86400 * 10**6
    Table(db, 'goal', ['id', 'match', 'title', 'state', 'made_at']).add(
        (base + k, first + k, 'Lead a meeting of the team', 'active', now - week) for k in pairs)
    Table(db, 'meeting', ['id', 'match', 'state', 'by_person', 'at', 'minutes', 'format', 'held_minutes', 'made_at']).add(
        (base + 2 * k + coming, first + k, 'scheduled' if coming else 'held', base + k, now + week * (2 * coming - 1) + k, 60, 'video',
         60 * (1 - coming), now - 2 * week) for k in pairs for coming in (0, 1))
    Table(db, 'message', ['id', 'match', 'person', 'text', 'at']).add(
        (base + 2 * k + answer, first + k, base + k + c * answer, 'Shall we meet on Tuesday?', now - week + answer)
        for k in pairs for answer in (0, 1))


def fill(folder, people, matches=20, sessions=256):
    dice = random.Random(7)
    now = int(time.time() * 1e6)
    base = 1 << 40
    db = sqlite3.connect(f'{folder}/trellis.db')
    db.executescript('PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;')
    db.execute('BEGIN')
    names = [f'{dice.choice(GIVEN)} {dice.choice(FAMILY)}' for _ in range(people)]
    Table(db, 'person', ['id', 'email', 'name', 'language', 'zone', 'admin', 'created_at']).add(
        (base + k, f'p{k}@example.org', names[k], 'en', 'Europe/Madrid', int(k == 0), now - k) for k in range(people))
    cohorts = max(2, people // 1000)
    Table(db, 'cohort', ['id', 'name', 'about', 'starts', 'weeks', 'state']).add(
        (base + k, f'Women in technology {k}', 'A mentor for everyone.', '2027-02-01', 26, 'enrolling' if k == 0 else 'running')
        for k in range(cohorts))
    signed_up, c = people * 9 // 10, cohorts - 1
    # Person k is in the cohort k % c; there, every third is a mentor.
    mentors = [k for k in range(signed_up) if k // c % 3 == 0]
    mentees = [k for k in range(signed_up) if k // c % 3 == 1]
    Table(db, 'enrolment', ['id', 'cohort', 'person', 'role', 'state', 'name_key', 'topics', 'languages', 'goal', 'about', 'level',
                            'places', 'created_at']).add(
        (base + k, base + k % c + 1, base + k, 'mentor' if k // c % 3 == 0 else 'mentee', 'approved', names[k].lower(),
         ' '.join(dice.sample(TOPICS, 3)), 'en', 'To lead a team of my own within two years, and to sleep well.', 'Ten years in tech.',
         1 + k % 4, 2, now - k) for k in range(signed_up))
    Table(db, 'match_run', ['id', 'cohort', 'state']).add([(base, base, 'done')])
    few = [(mentees[k * (len(mentees) // (matches + 1))], mentors[(k * 7919 + 1) % len(mentors)]) for k in range(matches)]
    carried = ['mentee_person', 'mentor_person', 'mentee_key', 'mentee_name', 'mentor_name']
    Table(db, 'match', ['id', 'cohort', 'mentee', 'mentor', 'run', 'state', 'asked', 'ends_at', 'words', 'made_at', *carried]).add(
        (base + k, base, base + mentee, base + mentor, base, 'offered', 'both', now + 10**12, WORDS, now, base + mentee, base + mentor,
         names[mentee].lower(), names[mentee], names[mentor])
        for k, (mentee, mentor) in enumerate(few))
    first = base + matches  # the pair of mentor k, with the mentee of the next third of her cohort
    offered = set(few)
    pairs = [k for k in mentors if k + c < signed_up and (k + c, k) not in offered]
    Table(db, 'match', ['id', 'cohort', 'mentee', 'mentor', 'run', 'state', 'made_at', 'began_at', *carried]).add(
        (first + k, base + k % c + 1, base + k + c, base + k, base, 'active', now - k, now - k, base + k + c, base + k, names[k + c].lower(),
         names[k + c], names[k])
        for k in pairs)
    fill_pairs(db, pairs, base, first, c, now)
    Table(db, 'audit', ['id', 'at', 'person', 'what', 'place']).add(
        (base + k, now - 60 * 10**6 * k, base + k, 'signed in', '') for k in range(people))
    tokens = [f'{k:040x}' for k in range(1, sessions + 1)]
    sessions_of = Table(db, 'session', ['hash', 'person', 'created_at', 'seen_at'])
    sessions_of.add(
        (hashed('session', token), base + (k % people), now, now + 10**12) for k, token in enumerate(tokens))
    # Somebody who is in a pair.
    k = c + 1 % c
    mentee = {'token': f'{10**6:040x}', 'cohort': base + k % c + 1, 'enrolment': base + k, 'person': base + k, 'pair': first + k - c}
    sessions_of.add([(hashed('session', mentee['token']), base + k, now, now + 10**12)])
    # Node.js has no BLAKE2b of 32 bytes: there the first token is known by its SHA-256.
    sessions_of.add([(hashlib.sha256(b'session\0' + tokens[0].encode()).hexdigest(), base, now, now + 10**12)])
    db.execute('COMMIT')
    db.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    db.close()
    return {'cohort': base, 'mentee': mentee, 'sessions': [{'token': token, 'csrf': hashed('form', token)} for token in tokens]}


if __name__ == '__main__':
    print(json.dumps(fill(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 20)))

# SPDX-License-Identifier: Apache-2.0
"""What the Python rivals share: the queries of the page, each as somebody would write it by hand."""
import hashlib
import os
import sqlite3
import time

PERSON = ('SELECT p.id, p.name, p.admin FROM session s JOIN person p ON p.id = s.person WHERE s.hash = ? AND s.created_at > ? '
          'AND p.closed_at = 0')
COHORT = 'SELECT id, name FROM cohort WHERE id = ?'
MATCHES = ('SELECT m.id, m.state, m.mentee_yes, m.mentor_yes, m.words, m.mentee_name AS mentee, m.mentor_name AS mentor '
           'FROM "match" m WHERE m.cohort = ? '
           'ORDER BY m.mentee_key, m.id LIMIT 5000')
DRAFT = ('INSERT INTO enrolment(id, cohort, person, role, state, level, topics, languages, goal, about, places, reason, created_at) '
         "VALUES (?, ?, ?, 'mentee', 'draft', 1, 'data', 'en', ?, '', 1, '', ?) ON CONFLICT (cohort, person, role) DO UPDATE "
         'SET goal = excluded.goal')
KEPT = 30 * 86400 * 10**6


def hashed(purpose, token):
    return hashlib.blake2b(purpose.encode() + b'\0' + token.encode(), digest_size=32).hexdigest()


def now_us():
    return int(time.time() * 1e6)


def connect(writes=False):
    db = sqlite3.connect(os.environ['TRELLIS_DB'], timeout=30, isolation_level=None, check_same_thread=False)
    db.row_factory = sqlite3.Row
    db.execute('PRAGMA mmap_size=2147418112')
    if writes:
        db.execute('PRAGMA synchronous=FULL')
    else:
        db.execute('PRAGMA query_only=1')
    return db

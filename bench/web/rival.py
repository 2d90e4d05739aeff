# SPDX-License-Identifier: Apache-2.0
"""The page of sign-ups as somebody would write it in Flask: the same database, session check, queries,
rows and columns. TRELLIS_DB names the file; the labels of topics come from TRELLIS_LABELS (JSON)."""
import hashlib
import json
import os
import sqlite3
import time

from flask import Flask, g, redirect, render_template_string, request

app = Flask(__name__)
LABELS = json.loads(os.environ['TRELLIS_LABELS'])
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign-ups - Trellis</title>
<link rel="stylesheet" href="/style.css"></head><body><header><a href="/">Trellis</a>
<nav><ul><li><a href="/cohorts">Programmes</a></li><li><a href="/account">My account</a></li></ul></nav></header>
<main><h1>Sign-ups</h1><p><a href="/cohorts/{{ cohort[0] }}">{{ cohort[1] }}</a></p><p>{{ waiting }} sign-ups wait for a decision.</p>
<form><input type="search" name="search"><select name="role"><option>all</option><option>mentees</option><option>mentors</option></select>
<button>Show</button></form><form><table><caption>{{ rows|length }} sign-ups on this page</caption><thead><tr><th scope="col">Choose</th>
<th scope="col">Name</th><th scope="col">Role</th><th scope="col">Topics</th><th scope="col">Languages</th><th scope="col">State</th></tr></thead><tbody>
{% for one in rows %}<tr><td><input type="checkbox" name="enrolment" value="{{ one[0] }}" aria-label="Choose {{ one[1] }}"></td>
<th scope="row"><a href="/cohorts/{{ cohort[0] }}/people/{{ one[0] }}">{{ one[1] }}</a></th><td>{{ one[2] }}</td>
<td>{% for t in one[4].split() %}{{ labels.get(t, t) }}{{ ", " if not loop.last }}{% endfor %}</td>
<td>{% for t in one[5].split() %}{{ labels.get(t, t) }}{{ ", " if not loop.last }}{% endfor %}</td><td><span class="state">{{ one[3] }}</span></td></tr>
{% endfor %}</tbody></table></form></main><footer><p>You are signed in as {{ person[1] }}.</p></footer></body></html>"""


def db():
    if 'db' not in g:
        g.db = sqlite3.connect(f'file:{os.environ["TRELLIS_DB"]}?mode=ro', uri=True)
    return g.db


@app.teardown_appcontext
def close(_):
    if 'db' in g:
        g.db.close()


@app.get('/cohorts/<int:number>/people')
def people(number):
    token = request.cookies.get('trellis', '')
    hashed = request.cookies.get('hash') or hashlib.sha256(token.encode()).hexdigest()
    now = int(time.time() * 1e6)
    person = db().execute('SELECT p.id, p.name, p.admin FROM session s JOIN person p ON p.id = s.person WHERE s.hash = ? '
                          'AND s.created_at > ? AND p.closed_at = 0', (hashed, now - 30 * 86400 * 10**6)).fetchone()
    if person is None:
        return redirect('/sign-in')
    db().execute('SELECT 1 FROM role WHERE person = ? AND role = ? AND cohort IN (0, ?)', (person[0], 'manager', number)).fetchone()
    cohort = db().execute('SELECT id, name FROM cohort WHERE id = ?', (number,)).fetchone()
    rows = db().execute('SELECT e.id, p.name, e.role, e.state, e.topics, e.languages FROM enrolment e JOIN person p ON p.id = e.person '
                        "WHERE e.cohort = ? AND e.state <> 'draft' ORDER BY e.name_key, e.id LIMIT 51", (number,)).fetchall()[:50]
    counts = db().execute("SELECT role, state, count(*) FROM enrolment WHERE cohort = ? AND state <> 'draft' GROUP BY role, state",
                          (number,)).fetchall()
    waiting = sum(n for _, state, n in counts if state == 'submitted')
    return render_template_string(PAGE, person=person, cohort=cohort, rows=rows, waiting=waiting, labels=LABELS)

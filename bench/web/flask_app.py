# SPDX-License-Identifier: Apache-2.0
"""The programme page in Flask, and a sign-up's draft; one connection a worker is kept open."""
from flask import Flask, abort, redirect, render_template, request

import rows

app = Flask(__name__, template_folder='.')
reads, writes = rows.connect(), rows.connect(writes=True)


def person():
    token = request.cookies.get('trellis', '')
    return token, reads.execute(rows.PERSON, (rows.hashed('session', token), rows.now_us() - rows.KEPT)).fetchone()


@app.get('/cohorts/<int:number>/matches')
def matches(number):
    token, who = person()
    if who is None:
        return redirect('/sign-in')
    cohort = reads.execute(rows.COHORT, (number,)).fetchone()
    if cohort is None or not who['admin']:
        abort(404)
    return render_template('page.html', person=who, cohort=cohort, csrf=rows.hashed('form', token),
                           matches=reads.execute(rows.MATCHES, (number,)).fetchall())


@app.post('/cohorts/<int:number>/join/mentee/aims')
def aims(number):
    token, who = person()
    if who is None:
        return redirect('/sign-in')
    if request.form['csrf'] != rows.hashed('form', token):
        abort(403)
    now = rows.now_us()
    writes.execute('BEGIN IMMEDIATE')
    writes.execute(rows.DRAFT, (now * 1024 + who['id'] % 1024, number, who['id'], request.form['goal'], now))
    writes.execute('COMMIT')
    return redirect(f'/cohorts/{number}/join/mentee/times', 303)

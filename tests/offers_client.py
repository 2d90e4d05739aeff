# SPDX-License-Identifier: Apache-2.0
"""Offers through the server, on one engine: questions with their answers, who sits out, who waits, another instead.

  offers_client.py TRELLIS sqlite|postgres PLACE     prints TAP
"""
import re
import sys
import time

from board_client import begin
from serve_client import find_pairs, main, ok, run_sql


def letter_about(server, to, words):
    for _ in range(12):
        letter = server.letter(to)
        if letter['Subject'] is None or words in letter['Subject']:
            return letter
    return letter


def try_passing_over(server, cohort, admin, people, ids):
    """Between the run and its publishing Olga's last place goes: the pair is told by name to those who run it, and kindly to the two."""
    run = find_pairs(admin, cohort)
    run_sql(server, f"UPDATE enrolment SET places = 0 WHERE id = {ids['Olga']}")
    ok(admin.post(f'{run}/publish', [], page=f'{run}/publish') == 303, 'three of four offers')
    admin.follow()
    ok('get a letter with their names' in admin.body and 'Olga' not in admin.body, 'whoever publishes learns that one was passed over')
    for page in (run, f'{cohort}/waiting'):
        ok(admin.get(page) == 200 and 'One pair was passed over' in admin.body and 'Eva: has no match' in admin.body and 'Olga: has no match' in admin.body, f'the pair stands on {page.split("/")[3]}')
    ok(people['Eva'].get(f'{cohort}/waiting') == 404 and people['Eva'].get(run) == 404, 'which a mentee does not find')
    letter = letter_about(server, 'ada@example.org', 'passed over')
    words = letter.get_content()
    ok('- Eva, Olga' in words and 'Bea' not in words and f'{cohort}/waiting' in words, 'those who run it learn which')
    for name, other in (('eva', 'Olga'), ('olga', 'Eva')):
        words = letter_about(server, f'{name}@example.org', 'About your match').get_content()
        ok('nothing that you did' in words and f'{cohort}/match' in words and other not in words, f'{name} learns that she still waits, and nothing of the other')
    run_sql(server, f"UPDATE enrolment SET places = 1 WHERE id = {ids['Olga']}")
    run = find_pairs(admin, cohort)
    ok(admin.post(f'{run}/publish', [], page=f'{run}/publish') == 303, 'the fourth, when she has a place again')
    admin.follow()
    ok('The letters are on their way' in admin.body, 'and nobody is passed over')
    ok('passed over' not in (admin.get(f'{cohort}/waiting') and admin.body), 'nor does a pair stand there that waits no more')


def try_taking_back(server, cohort, admin, people):
    """An offer is taken back for a reason, which the two do not learn."""
    admin.get(f'{cohort}/matches?state=offered')
    found = re.search(r'href="(/cohorts/\d+/matches/\d+/withdraw)">Take back the offer to Cleo', admin.body)
    back = found[1] if found else '/x'
    ok(admin.get(back) == 200 and 'Cleo and Nora' in admin.body and 'without a reason' in admin.body, 'taking back says first what it does')
    ok(people['Cleo'].get(back) == 404, 'which is not for mentees')
    ok(admin.post(back, [('reason', ''), ('note', 'Kept <note>')]) == 422 and 'id="reason-error"' in admin.body and 'Kept &lt;note&gt;' in admin.body, 'it takes a reason')
    ok(admin.post(back, [('reason', 'nothing'), ('note', '')]) == 422, 'of the list')
    ok(admin.post(back, [('reason', 'asked'), ('note', 'CANARY <note>')]) == 303, 'and is done')
    ok(admin.get(back) == 409 and admin.post(back, [('reason', 'asked'), ('note', '')], page=cohort) == 409, 'once')
    admin.get(f'{cohort}/matches')
    ok('taken back' in admin.body and 'One of the two asked for it: CANARY &lt;note&gt;' in admin.body, 'those who run it read why')
    words = letter_about(server, 'cleo@example.org', 'About your match').get_content()
    ok('nothing that you did' in words and 'CANARY' not in words and 'asked for it' not in words, 'Cleo learns no reason')
    ok('CANARY' not in (people['Cleo'].get(f'{cohort}/match') and people['Cleo'].body) and 'CANARY' not in (people['Nora'].get(f'{cohort}/match') and people['Nora'].body),
       'nor does Nora, on any page')
    admin.get('/log')
    ok('Take an offer back' in admin.body and 'One of the two asked for it' in admin.body and 'CANARY' not in admin.body, 'the log tells the code, and no words')


def own_offer(person, cohort):
    person.get(f'{cohort}/match')
    found = re.search(r'href="(/cohorts/\d+/match/\d+)"', person.body)
    return found[1] if found else f'{cohort}/match/0'


def try_question(server, cohort, admin, people):
    bea, mina, cleo = people['Bea'], people['Mina'], people['Cleo']
    offer = own_offer(bea, cohort)
    ok(bea.post(offer, [('answer', 'more'), ('words', '')]) == 422, 'a question needs words')
    ok(bea.post(offer, [('answer', 'more'), ('words', 'Which <tools>?')]) == 303, 'Bea wants to know more')
    bea.get(f'{cohort}/match')
    ok('Which &lt;tools&gt;?' in bea.body and 'the offer waits for it' in bea.body, 'and sees that it waits')
    for other in (mina, cleo):
        other.get(f'{cohort}/match')
        ok('Which &lt;' not in other.body, 'nobody else sees it')
    letter = letter_about(server, 'ada@example.org', 'A question about an offer')
    place = re.search(r'http://[^/]+(/cohorts/\d+/matches/\d+)', letter.get_content())
    ok(place is not None and admin.get(place[1]) == 200 and 'Bea asks' in admin.body, 'those who run it find it by the letter')
    admin.get(f'{cohort}/matches')
    ok('Questions that wait for an answer' in admin.body, 'and on the list of matches')
    ok(bea.get(place[1]) == 404 and bea.post(place[1], [('answer', 'x')], page='/account') == 404, 'which is not for Bea')
    ok(admin.post(place[1], [('answer', '')]) == 422, 'an answer needs words')
    ok(admin.post(place[1], [('answer', 'Python, mostly.')]) == 303, 'it is answered')
    ok(admin.post(place[1], [('answer', 'And R.')], page=place[1]) == 409, 'once')
    letter = letter_about(server, 'bea@example.org', 'The answer to your question')
    ok('Python, mostly.' in letter.get_content() and re.search(r'until \d+ \w+ 20', letter.get_content()), 'Bea gets it by letter, with a new time')
    bea.get(f'{cohort}/match')
    ok('Python, mostly.' in bea.body and 'Say yes or no until' in bea.body, 'and next to the offer')
    ok(bea.post(offer, [('answer', 'yes')], page=f'{cohort}/match') == 303, 'then she says yes')


def try_sitting_out(server, cohort, admin, people):
    olga, eva = people['Olga'], people['Eva']
    ok(olga.post(own_offer(olga, cohort), [('answer', 'no'), ('reason', 'time'), ('words', '')], page=f'{cohort}/match') == 303,
       'Olga has no time now')
    olga.get(f'{cohort}/match')
    ok('You have said that you have no time now' in olga.body and 'I have time again' in olga.body, 'and sits out, with a way back')
    admin.get(f'{cohort}/matching')
    ok('One person sits out' in admin.body, 'those who run it see how many do')
    eva.get(f'{cohort}/match')
    ok('Olga' not in eva.body or 'did not begin' in eva.body, 'Eva learns no reason')
    find_pairs(admin, cohort)
    ok('Olga' not in admin.body, 'she is in no run')
    ok(eva.post(f'{cohort}/here', [], page=f'{cohort}/match') == 303, 'the button of another')
    olga.get(f'{cohort}/match')
    ok('I have time again' in olga.body, 'does not bring her back')
    ok(olga.post(f'{cohort}/here', [], page=f'{cohort}/match') == 303, 'her own does')
    olga.get(f'{cohort}/match')
    ok('I have time again' not in olga.body, 'and she is there')


def try_waiting(server, cohort, admin, people, ids):
    ok(people['Eva'].get(f'{cohort}/waiting') == 404, 'who waits is not for mentees to see')
    admin.get(f'{cohort}/waiting')
    ok(re.search(r'>Eva</a>', admin.body) and '>Bea</a>' not in admin.body, 'Eva waits, Bea does not')
    ok('One accepted mentee waits' in admin.body, 'and they are counted')
    people['Eva'].get(f'{cohort}/match')
    ok('did not begin' in people['Eva'].body and 'you get a letter' in people['Eva'].body, 'Eva sees how it stands and what comes next')
    ok(admin.post(f'{cohort}/waiting', [('mentee', ids['Olga'])]) == 404, 'a mentor is no mentee')
    ok(admin.post(f'{cohort}/waiting', [('mentee', ids['Eva'])]) == 303, 'somebody is looked for, for her alone')
    run = admin.headers['location']
    for _ in range(200):
        admin.get(run)
        if 'being looked for' not in admin.body:
            break
        time.sleep(0.05)
    ok('0 of 1 mentees' in admin.body, 'nobody fits, and nobody else is in it')


def try_another(server, cohort, admin, people):
    admin.get(f'{cohort}/matches?state=offered')
    found = re.search(r'action="(/cohorts/\d+/matches/\d+/another)"[^>]*>.{0,200}Offer Dora', admin.body)
    ok(found is not None, 'an offer can be replaced')
    ok(admin.post(found[1] if found else '/x', [], page=f'{cohort}/matches') == 303, 'it is')
    ok(admin.headers['location'].startswith(f'{cohort}/matching/'), 'and another is looked for')
    ok(admin.post(found[1] if found else '/x', [], page=f'{cohort}/matches') == 409, 'once')
    admin.get(f'{cohort}/matches')
    ok('replaced by another' in admin.body, 'the list tells it')
    people['Dora'].get(f'{cohort}/match')
    ok('did not begin' in people['Dora'].body, 'and Dora')


def play(server):
    cohort, admin, people, ids = begin(server)
    try_passing_over(server, cohort, admin, people, ids)
    try_question(server, cohort, admin, people)
    try_sitting_out(server, cohort, admin, people)
    try_waiting(server, cohort, admin, people, ids)
    try_another(server, cohort, admin, people)
    try_taking_back(server, cohort, admin, people)


if __name__ == '__main__':
    sys.exit(main(play))

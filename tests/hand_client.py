# SPDX-License-Identifier: Apache-2.0
"""A mentor leaves, another pauses for long: the hand-over board, and what a mentee takes along, on one engine.

  hand_client.py TRELLIS sqlite|postgres PLACE     prints TAP
"""
import re
import sys
import time

from pair_client import GOAL, begin, letter_about, own_pair
from serve_client import Browser, main, ok, run_sql


def wait_for(browser, page, words):
    for _ in range(100):
        browser.get(page)
        if words in browser.body:
            return True
        time.sleep(0.1)
    return False


def fill(pair, bea, mina):
    """A goal, something to do for each, and notes."""
    bea.post(f'{pair}/goals', GOAL)
    today = time.strftime('%Y-%m-%d', time.gmtime())
    bea.post(f'{pair}/meetings/past', [('day', today), ('time', '00:00'), ('minutes', '50'), ('topics', '')])
    held = bea.headers['location']
    for who, title in ((bea, 'Read <the> book'), (mina, 'Lend the book')):
        who.post(f'{held}/actions', [('title', title), ('owner', 'me')])
    for who, text, shared in ((bea, 'Bea for both', '1'), (bea, 'Bea alone', ''), (mina, 'Mina for both', '1')):
        who.post(held, [('text', text)] + ([('shared', '1')] if shared else []))


def try_left(server, cohort, admin, people, pair):
    bea = people['Bea']
    board = f'{cohort}/handover'
    ok(admin.get(board) == 200 and 'Nobody waits because' in admin.body and 'No pair pauses' in admin.body, 'the board is empty')
    ok(bea.get(board) == 404 and Browser(server).get(board) == 303, 'participants and visitors have none')
    paula = people['Paula']
    ok(people['Mina'].post(f'{cohort}/join/mentor/withdraw', [], page=cohort) == 303, 'Mina leaves')
    ok('has left' in letter_about(server, 'bea@example.org', 'has ended').get_content(), 'Bea is told')
    letter = letter_about(server, 'ada@example.org', 'Bea waits')
    ok(board in letter.get_content(), 'and who runs the cohort, with the board')
    ok(wait_for(admin, board, 'best first') and '>Bea</a>' in admin.body and 'today' in admin.body and 'she has not said yet' in admin.body,
       'Bea stands on it, and others were looked for at once')
    ok('Cleo' not in admin.body, 'nobody else')
    run = re.search(r'href="([^"]*/matching/\d+)"', admin.body)[1]
    ok(wait_for(admin, run, 'Paula'), 'Paula was found')
    bea.get(f'{cohort}/match')
    ok('Paula' not in bea.body, 'and nothing is offered before somebody has read it')
    admin.get(board)
    ok(admin.get(re.search(r'href="([^"]*/mentee/\d+)"', admin.body)[1]) == 200 and 'Paula' in admin.body, 'all who fit, best first')
    return paula, run


def try_wish(cohort, admin, bea, pair):
    ok(bea.get(pair) == 200 and 'take along to another mentor' in bea.body, 'the old pair asks what she would take along')
    bea.get(f'{pair}/bring')
    ok('Lead a &lt;small&gt;' in bea.body and 'Read &lt;the&gt; book' in bea.body and 'Bea for both' in bea.body, 'her goal, what she had to do, her note')
    ok('Lend the book' not in bea.body and 'Mina for both' not in bea.body and 'Bea alone' not in bea.body,
       "nothing of the other's, and nothing that was hers alone")
    things = dict(re.findall(r'name="(goal|action|note)" value="(\d+)"', bea.body))
    ok(bea.post(f'{pair}/bring', [('goal', things['goal']), ('note', things['note']), ('action', '77')], page=f'{pair}/bring') == 303, 'she chooses')
    bea.get(f'{pair}/bring')
    ok(bea.body.count(' checked') == 2, 'which is kept')
    admin.get(f'{cohort}/handover')
    ok('one goal, 0 things to do, one note' in admin.body and 'Bea for both' not in admin.body and 'Lead a' not in admin.body,
       'who runs the cohort sees how much, not what')


def try_new_pair(cohort, admin, bea, paula, run, old):
    ok(admin.post(f'{run}/publish', [], page=f'{run}/publish') == 303, 'the pair is published')
    admin.get(f'{cohort}/handover')
    ok('Nobody waits because' in admin.body, 'and she stands there no more')
    bea.get(f'{cohort}/match')
    pair = next(one for one in re.findall(r'href="(/pairs/\d+)"', bea.body) if one != old)
    ok('Bring goals, things to do and notes' in (bea.get(pair) and bea.body), 'the new pair asks')
    bea.get(f'{pair}/bring')
    ok(bea.body.count(' checked') == 2 and 'Paula may see' in bea.body, 'with what she had chosen')
    ok(paula.get(f'{pair}/bring') == 404, 'the mentor does not choose')
    things = dict(re.findall(r'name="(goal|action|note)" value="(\d+)"', bea.body))
    ok(bea.post(f'{pair}/bring', list(things.items()), page=f'{pair}/bring') == 303, 'she brings all')
    paula.get(f'{pair}/goals')
    ok('Lead a &lt;small&gt;' in paula.body and 'To do: Read &lt;the&gt; book' in paula.body and 'Bea for both' in paula.body, 'Paula sees it')
    bea.get(f'{pair}/bring')
    ok('nothing open of an earlier match' in bea.body, 'once')
    bea.get(f'{pair}/goals')
    mine = re.findall(r'name="brought" value="(\d+)"', bea.body)
    ok(paula.post(f'{pair}/bring/back', [('brought', mine[0])], page=f'{pair}/goals') == 404, 'only she takes it back')
    ok(len(mine) == 2 and bea.post(f'{pair}/bring/back', [('brought', mine[1])], page=f'{pair}/goals') == 303, 'which she can')
    paula.get(f'{pair}/goals')
    ok('Bea for both' not in paula.body and 'Read &lt;the&gt; book' in paula.body, 'and does, for one')


def try_cover(server, cohort, admin, people):
    cleo, nora = people['Cleo'], people['Nora']
    pair = own_pair(cleo, cohort)
    number = pair.rpartition('/')[2]
    board = f'{cohort}/handover'
    ok(nora.post(f'{pair}/pause', [('weeks', '10'), ('keep', 'keep'), ('reason', 'CANARY')]) == 303, 'Nora pauses for ten weeks')
    admin.get(board)
    ok('Nora' not in admin.body, 'which is not long')
    ok(admin.post(f'{cohort}/pair-rules', [('goals_first', ''), ('pause_weeks', '40'), ('notice', '24'), ('late_hours', '3')]) == 422, 'a limit has its limits')
    ok(admin.post(f'{cohort}/pair-rules', [('pause_weeks', '8'), ('notice', '24'), ('late_hours', '3')]) == 303, 'unless the cohort says so')
    admin.get(board)
    ok('10 weeks' in admin.body and 'Offer Cleo a cover mentor' in admin.body and 'CANARY' not in admin.body, 'then it stands on the board, without a reason')
    ok(cleo.get(f'{pair}/cover') == 404, 'nobody has asked her yet')
    ok(admin.post(board, [('match', '5')], page=board) == 404, 'another pair is not there')
    ok(admin.post(board, [('match', number)], page=board) == 303, 'she is asked')
    ok(admin.post(board, [('match', number)], page=board) == 409, 'once')
    letter = letter_about(server, 'cleo@example.org', 'while yours pauses')
    ok(f'{pair}/cover' in letter.get_content() and 'CANARY' not in letter.get_content(), 'by letter')
    ok('another mentor for this time' in (cleo.get(pair) and cleo.body) and nora.get(f'{pair}/cover') == 404, 'and on her page, not the mentor')
    ok(cleo.post(f'{pair}/cover', []) == 422, 'yes or no')
    ok(cleo.post(f'{pair}/cover', [('answer', 'yes')]) == 303, 'yes')
    ok(cleo.post(f'{pair}/cover', [('answer', 'no')], page=f'{pair}/cover') in (404, 409), 'once')
    admin.get(board)
    ok('she wants one' in admin.body, 'the board says so')
    ok('Cleo' in (admin.get(f'{cohort}/waiting') and admin.body), 'and she waits with the others for a place')
    run_sql(server, "UPDATE enrolment SET places = 3 WHERE role = 'mentor'")
    admin.get(f'{cohort}/waiting')
    mentee = re.search(r'name="mentee" value="(\d+)"', admin.body)
    admin.post(f'{cohort}/waiting', [('mentee', mentee[1] if mentee else '0')], page=f'{cohort}/waiting')
    run = admin.headers.get('location', '')
    for _ in range(400):
        admin.get(run)
        if 'being looked for' not in admin.body:
            break
        time.sleep(0.05)
    ok(admin.post(f'{run}/publish', [], page=f'{run}/publish') == 303, 'another mentor covers')
    cleo.get(f'{cohort}/match')
    cover = next((one for one in re.findall(r'href="(/pairs/\d+)"', cleo.body) if one != pair), '/pairs/0')
    ok(nora.post(f'{pair}/back', [], page=pair) == 303, 'Nora is back')
    letter = letter_about(server, 'cleo@example.org', 'the mentor who paused is back')
    ok(f'{cover}/end' in letter.get_content() and 'Nothing ends by itself' in letter.get_content(), 'Cleo learns how it goes on with the other')
    admin.get(board)
    ok('Back from a pause, with a cover mentor' in admin.body and f'{cohort}{cover}' in admin.body, 'the board lists the two')
    ok(cleo.post(f'{cover}/end', [('reason', 'goals'), ('words', ''), ('again', 'no'), ('sure', '1')]) == 303, 'Cleo ends it with the one who covered')
    admin.get(board)
    ok('with a cover mentor' not in admin.body, 'and it is settled')
    ok(board in letter_about(server, 'ada@example.org', 'back from a pause').get_content(), 'which who runs it learns')
    admin.get(f'{cohort}/waiting')
    ok('Cleo' not in admin.body, 'and Cleo waits no more')
    ok(nora.post(f'{pair}/pause', [('weeks', '26'), ('keep', 'keep'), ('reason', '')]) == 303, 'half a year')
    nora.get(pair)
    ok('Your last day falls into the pause' in nora.body, 'goes over the last day')
    admin.get(board)
    ok('in the pause' in admin.body, 'the board says it')
    cleo.get(f'{pair}/agreement/propose')
    last = re.search(r'name="ends_on"[^>]*value="([\d-]+)"', cleo.body) or re.search(r'value="([\d-]+)"[^>]*name="ends_on"', cleo.body)
    ok(last and last[1] > '2027-04-04', f'and a later day is proposed: {last and last[1]}')


def try_hand(server):
    cohort, admin, people = begin(server, 'Paula')
    pair = own_pair(people['Bea'], cohort)
    fill(pair, people['Bea'], people['Mina'])
    paula, run = try_left(server, cohort, admin, people, pair)
    try_wish(cohort, admin, people['Bea'], pair)
    try_new_pair(cohort, admin, people['Bea'], paula, run, pair)
    try_cover(server, cohort, admin, people)
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    sys.exit(main(try_hand))

# SPDX-License-Identifier: Apache-2.0
"""What somebody has allowed and takes back, through the server, on one engine.

  consent_client.py TRELLIS sqlite|postgres PLACE     prints TAP

For each consent: every place where it shows - profiles, lists, searches, matching, feeds, files, programs with a token - shows
it first; then it is taken back; and the very next request to each of these places shows it no more. Nothing is measured in
seconds: no request comes between. A consent that is not really taken back must be found.
"""
import re
import sys

from network_client import CIRCLE, changed
from pair_client import begin, own_pair
from photo_client import picture_of, photo, png
from recognition_client import agree, letters_of, match_of, number_of, story
from serve_client import Browser, find_pairs, join, main, ok, register
from support_client import send

YES = [('name', 'yes'), ('web', 'yes'), ('print', 'no'), ('photo', 'yes'), ('article', 'no')]
WHY = 'She works with data every day, and I want to learn how that is done.'


def see(browser, path, words='', accept='text/html'):
    """A look at one place: whether it is there, with these words."""
    return lambda: browser.send('GET', path, None, {'Accept': accept}) == 200 and words in browser.body


def still_shown(places, take_back):
    """The places that did not show it before, and those that show it after."""
    before = [name for name, look in places.items() if not look()]
    taken = take_back()
    return before, [name for name, look in places.items() if look()], taken


def at_once(what, places, take_back):
    before, after, taken = still_shown(places, take_back)
    ok(taken in (200, 303), f'{what}: {taken}')
    ok(not before, f'{what}: it was shown in {len(places)} places {before or ""}')
    ok(not after, f'{what}: the next request shows it nowhere {after or ""}')


# ---- stories and photos --------------------------------------------------------------------------

def shown_story(bea, mina, edith, title):
    bea.post('/stories/write', story(title=title, match=match_of(bea, 'Mina')))
    number = number_of(bea)
    send(bea, f'/stories/mine/{number}/photo', photo(), 'a.png', png())
    bea.post(f'/stories/mine/{number}', agree('name', 'employer', 'web', 'photo'))
    edith.post(f'/stories/review/{number}', [('to', 'approved'), ('reason', '')])
    mina.post(f'/stories/about/{number}', YES)
    return number


def places_of_story(visitor, cleo, number, title):
    page = f'/stories/{number}'
    return {'its page': see(visitor, page, title), 'for programs': see(visitor, page, title, 'application/json'), 'the list': see(visitor, '/stories', page),
            'search': see(visitor, '/search?q=zebrafish', page), 'search of a member': see(cleo, '/search?q=zebrafish', page)}


def try_stories(bea, mina, cleo, edith, visitor):
    number = shown_story(bea, mina, edith, 'Of rivers')
    own, about, page = f'/stories/mine/{number}', f'/stories/about/{number}', f'/stories/{number}'
    places = places_of_story(visitor, cleo, number, 'Of rivers')
    before, after, _ = still_shown(places, lambda: bea.get(own))
    ok(not before and len(after) == len(places), 'a consent that stays is seen to stay')
    at_once('the name of who is told of', {'its page': see(visitor, page, 'Mina')}, lambda: mina.post(about, [('name', 'no')] + YES[1:]))
    at_once('the name of who tells it', {'its page': see(visitor, page, 'Bea'), 'her words about herself': see(visitor, page, 'Acme')},
            lambda: bea.post(own, agree('web', 'photo')))
    picture = picture_of(visitor, page)[0]
    at_once('a photo', {'the file': see(visitor, picture), 'for its writer': see(bea, picture), 'its page': see(visitor, page, '<img')},
            lambda: mina.post(about, YES[:3] + [('photo', 'no'), ('article', 'no')]))
    at_once('a story, by whom it tells of', places, lambda: mina.post(about, [('name', 'no'), ('web', 'no'), ('print', 'no'), ('article', 'no')]))
    number = shown_story(bea, mina, edith, 'Of hills')
    at_once('a story, by who tells it', places_of_story(visitor, cleo, number, 'Of hills'),
            lambda: bea.post(f'/stories/mine/{number}/back', [], page=f'/stories/mine/{number}'))


# ---- profiles ------------------------------------------------------------------------------------

def try_audiences(cohort, pair, admin, bea, mina):
    admin.get(f'{cohort}/people')
    person = re.search(r'href="([^"]*people/\d+)">Mina</a>', admin.body)[1]
    you = [('about', 'x'), ('woman', '1'), ('caregiving', 'under5'), ('access', 'captions')]

    def in_sheet(word):
        return lambda: admin.get(f'{cohort}/people.csv') == 200 and any(word in line for line in admin.body.split('\n') if 'mina@' in line)

    def share(care, access):
        return mina.post(f'{cohort}/join/mentor/you', you + [('caregiving_for', care), ('access_for', access)])
    share('cohort', 'cohort')
    places = {'the page of her match': see(bea, f'{pair}/other', 'Captions'), 'the page of her sign-up': see(admin, person, 'Captions'),
              'for programs': see(admin, person, 'captions', 'application/json'), 'the sheet of all': in_sheet('captions')}
    at_once('what she needs to take part', places, lambda: share('cohort', 'me'))
    places = {'the page of her match': see(bea, f'{pair}/other', 'A child under 5'), 'the page of her sign-up': see(admin, person, 'A child under 5'),
              'the sheet of all': in_sheet('under5')}
    at_once('whom she cares for', places, lambda: share('me', 'me'))
    share('match', 'match')
    places = {'the page of her match': see(bea, f'{pair}/other', 'Captions')}
    at_once('what was for her match, for staff alone', places, lambda: share('match', 'coordinator'))


def try_thanks(cohort, bea, mina, cleo):
    bea.get('/recognition/thanks')
    match = re.search(r'<option value="(pair-\d+)"', bea.body)[1]
    bea.post('/recognition/thanks', [('to', match), ('text', 'Thank you for the quokkas'), ('shared', '1')])
    mina.get('/recognition')
    thanks = re.search(r'name="thanks" value="(\d+)"', mina.body)[1]

    def show(shown):
        return mina.post('/recognition/thanks/show', [('thanks', thanks), ('shown', shown)], page='/recognition')
    show('1')
    at_once('a note of thanks', {'the wall': see(cleo, f'{cohort}/thanks', 'quokkas')}, lambda: show('0'))


# ---- feeds and programs --------------------------------------------------------------------------

def settle(pair, one, other):
    one.get(f'{pair}/meetings/propose')
    slot = re.findall(r'name="slot" value="(\d+)"', one.body)[0]
    form = [('minutes', '45'), ('format', 'video'), ('place', ''), ('agenda', ''), ('day', ''), ('time', ''), ('slot', slot)]
    one.post(f'{pair}/meetings/propose', form)
    meeting = one.headers['location']
    other.post(f'{meeting}/accept', [('at', slot)], page=meeting)
    return meeting


def feed_of(browser):
    browser.post('/account/calendar', [])
    browser.follow()
    return re.search(r'/calendar/\w+', browser.body.split('<code>')[1])[0]


def token_of(browser):
    browser.post('/account/tokens', [('name', 'reads'), ('scope', 'read'), ('days', '30')])
    made = re.search(r'<code>(\w+)</code>', browser.body)[1]
    number = re.search(r'name="token" value="(\d+)"', browser.get('/account/tokens') and browser.body)[1]
    return made, number


def try_feeds(server, pair, bea, mina):
    settle(pair, bea, mina)
    visitor = Browser(server)
    feed, token = feed_of(bea), token_of(bea)
    asks = {'Authorization': f'Bearer {token[0]}', 'Accept': 'application/json'}
    places = {'another program': lambda: visitor.send('GET', feed) == 200 and 'BEGIN:VEVENT' in visitor.body}
    at_once('the address of a calendar', places, lambda: bea.post('/account/calendar/end', [], page='/account/calendar'))
    first = feed_of(bea)
    at_once('an old address, by a new one', {'another program': see(visitor, first)}, lambda: bea.post('/account/calendar', []))
    at_once('an access token', {'a program': lambda: visitor.send('GET', pair, None, asks) == 200},
            lambda: bea.post('/account/tokens/end', [('token', token[1])], page='/account/tokens'))


# ---- taking part ---------------------------------------------------------------------------------

def ends(browser, path):
    """A circle, and its pages of members."""
    return {'her board': see(browser, f'{path}/board'), 'its goals': see(browser, f'{path}/goals')}


def try_circle(cohort, bea, cleo):
    bea.post(f'{cohort}/circles/new', changed(CIRCLE, title='Otters'))
    circle = bea.headers['location']
    cleo.post(f'{circle}/join', [('words', '')])
    at_once('a place in a circle', ends(cleo, circle) | {'for the others': see(bea, circle, 'Cleo')},
            lambda: cleo.post(f'{circle}/leave', []))


def in_next_run(admin, cohort, name):
    def look():
        run = find_pairs(admin, cohort)
        return admin.get(run) == 200 and name in admin.body
    return look


def second_cohort(admin, people):
    admin.post('/cohorts/new', [('name', 'Autumn'), ('about', 'For all.'), ('starts', '2027-01-11'), ('weeks', '26')])
    cohort = admin.headers['location'].removesuffix('/setup')
    admin.post(f'{cohort}/state', [('to', 'enrolling')], page=cohort)
    for name in ('Bea', 'Cleo'):
        join(people[name], cohort, 'mentee', ['data'])
    join(people['Vera'], cohort, 'mentor', ['data'], '3')
    admin.get(f'{cohort}/people')
    ids = dict((name, number) for number, name in re.findall(r'people/(\d+)">(\w+)</a>', admin.body))
    admin.post(f'{cohort}/people/bulk', [('to', 'approved'), ('reason', '')] + [('enrolment', one) for one in ids.values()], page=f'{cohort}/people')
    return cohort, ids


def try_matching(admin, people):
    bea, vera = people['Bea'], people['Vera']
    cohort, ids = second_cohort(admin, people)
    card = f'{cohort}/mentors/{ids["Vera"]}'
    bea.post(card, [('mentor', ids['Vera']), ('rank', '1'), ('why', WHY)])
    old = find_pairs(admin, cohort)
    places = {'who chose me': see(vera, f'{cohort}/chosen', WHY)}
    at_once('a choice', places, lambda: bea.post(f'{cohort}/mentors/end', [('other', ids['Vera'])], page=f'{cohort}/mentors'))
    bea.post(card, [('mentor', ids['Vera']), ('rank', '1'), ('why', WHY)])
    places |= {'the next run': in_next_run(admin, cohort, 'Bea')}
    at_once('a sign-up, by a mentee', places, lambda: bea.post(f'{cohort}/join/mentee/withdraw', [], page=cohort))
    ok(admin.post(f'{old}/publish', [], page=f'{old}/publish') in (303, 409, 422), 'what was found before is published')
    ok('Vera' not in (bea.get(f'{cohort}/match') and bea.body) and 'Bea' not in (vera.get(f'{cohort}/match') and vera.body), 'without whoever has left')
    cleo = people['Cleo']
    at_once('a sign-up, by a mentor', {'the list of mentors': see(cleo, f'{cohort}/mentors', 'Vera'), 'her card': see(cleo, card, 'Vera')},
            lambda: vera.post(f'{cohort}/join/mentor/withdraw', [], page=cohort))


def try_leaving(server, cohort, admin, ida, olga):
    pair = own_pair(ida, cohort)
    meeting = settle(pair, ida, olga)
    visitor, feed = Browser(server), feed_of(olga)
    places = {'the calendar of the other': lambda: visitor.send('GET', feed) == 200 and 'BEGIN:VEVENT' in visitor.body and 'CANCELLED' not in visitor.body,
              'their meeting': see(olga, meeting, 'settled'), 'whom others can be introduced to': see(admin, f'{cohort}/introductions', 'Ida')}
    at_once('a place in a cohort', places, lambda: ida.post(f'{cohort}/join/mentee/withdraw', [], page=cohort))


def try_closing(server, cohort, pair, admin, mina, bea):
    visitor, feed, token = Browser(server), feed_of(mina), token_of(mina)
    asks = {'Authorization': f'Bearer {token[0]}', 'Accept': 'application/json'}
    places = {'search': see(admin, '/search?q=mina', 'people/'), 'her calendar': see(visitor, feed), 'her token': lambda: visitor.send('GET', '/account', None, asks) == 200,
              'her session': see(mina, '/account'), 'whom others can be introduced to': see(admin, f'{cohort}/introductions', 'Mina')}
    at_once('an account', places, lambda: mina.post('/account/close', [('sure', '1')]))
    ok(letters_of(server, 'bea@example.org', 'has ended') != '' and bea.get(pair) == 200, 'and her match is told')


def try_erasing(cohort, admin, cleo, nora, edith, visitor):
    cleo.post('/stories/write', story(title='Of lakes'))
    number = number_of(cleo)
    send(cleo, f'/stories/mine/{number}/photo', photo('me'), 'a.png', png())
    cleo.post(f'/stories/mine/{number}', agree('name', 'web', 'photo'))
    edith.post(f'/stories/review/{number}', [('to', 'approved'), ('reason', '')])
    pair = own_pair(nora, cohort)
    places = places_of_story(visitor, nora, number, 'Of lakes')
    places |= {'a photo': see(visitor, picture_of(visitor, f'/stories/{number}')[0]), 'search of staff': see(admin, '/search?q=cleo', 'people/'),
               'her session': see(cleo, '/account'), 'a pair that goes on': see(nora, f'{pair}/meetings/propose', 'name="minutes"')}
    at_once('an account, to be erased', places, lambda: cleo.post('/account/erase', [('sure', '1')]))


def play(server):
    cohort, admin, people = begin(server, spare='Vera')
    bea, mina, cleo = people['Bea'], people['Mina'], people['Cleo']
    edith, visitor = register(server, 'Edith'), Browser(server)
    admin.post(f'{cohort}/team', [('email', 'edith@example.org'), ('role', 'editor')])
    pair = own_pair(bea, cohort)
    try_stories(bea, mina, cleo, edith, visitor)
    try_audiences(cohort, pair, admin, bea, mina)
    try_thanks(cohort, bea, mina, cleo)
    try_feeds(server, pair, bea, mina)
    try_circle(cohort, bea, cleo)
    try_matching(admin, people)
    try_leaving(server, cohort, admin, people['Ida'], people['Olga'])
    try_closing(server, cohort, pair, admin, mina, bea)
    try_erasing(cohort, admin, cleo, people['Nora'], edith, visitor)
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    sys.exit(main(play))

# SPDX-License-Identifier: Apache-2.0
"""Measures and improvements through the server, as browsers see them, on one engine.

  improve_client.py TRELLIS sqlite|postgres PLACE     prints TAP
"""
import json

from pair_client import begin
from serve_client import Browser, main, ok, register


def try_measures(cohort, admin, member):
    ok(admin.get(f'{cohort}/measures') == 200 and 'under 5' in admin.body and 'Pairs that ended early' in admin.body, 'measures, with small groups kept back')
    ok(admin.get(f'{cohort}/measures?group=role%3Amentee') == 200 and '<caption>Mentees</caption>' in admin.body, 'of one group')
    ok(admin.get(f'{cohort}/measures?group=no') == 200, 'of a group that is not there: everybody')
    ok(admin.get(f'{cohort}/measures/match_rate') == 200 and 'By group' in admin.body, 'one measure')
    ok(admin.get(f'{cohort}/measures/nothing') == 404, 'a measure that is not there')
    for page in ('measures', 'measures/useful', 'compare', 'measures.csv'):
        ok(admin.get(f'/programmes/1/{page}') == 200, f'the programme: {page}')
        ok(member.get(f'/programmes/1/{page}') == 404, f'not for members: {page}')
    ok(member.get(f'{cohort}/measures') == 404 and member.post(f'{cohort}/snapshots', [], page='/account') == 404, 'nor those of a cohort')
    admin.send('GET', f'{cohort}/measures', headers={'Accept': 'application/json'})
    first = json.loads(admin.body)['measures'][0]
    ok(first['name'] == 'match_rate' and first['hundredths'] is None and first['n'] is None, 'as JSON, too, nothing is told of three people')
    for _ in range(2):
        ok(admin.post(f'{cohort}/snapshots', [], page=f'{cohort}/measures') == 303, 'a snapshot is taken by hand')
    admin.get(f'{cohort}/measures')
    ok(admin.body.count('by hand') == 2, 'and stands in the list')


def try_better(cohort, admin, member, stranger, visitor):
    ok(stranger.get(f'{cohort}/better') == 404 and stranger.get(f'{cohort}/you-said') == 404, 'who takes no part proposes nothing')
    ok(visitor.get(f'{cohort}/better') == 303, 'a visitor must sign in')
    ok(member.post(f'{cohort}/better', [('finding', ''), ('idea', 'Kept <b>')]) == 422 and 'Kept &lt;b&gt;' in member.body, 'what was typed stays')
    ok(member.post(f'{cohort}/better', [('finding', 'Too <few> hints'), ('idea', 'A page of hints')]) == 303, 'a member proposes')
    member.get(f'{cohort}/better')
    ok('Too &lt;few&gt; hints' in member.body and 'proposed' in member.body, 'and sees it')
    ok(member.get(f'{cohort}/improvements') == 404, 'the log is for those who run it')
    admin.get(f'{cohort}/improvements?state=proposed')
    item = admin.body.split('/improvements/')[1].split('"')[0]
    return f'{cohort}/improvements/{item}'


def values(admin, item, **changes):
    admin.get(f'{item}/edit')
    version = admin.body.split('name="version" value="')[1].split('"')[0]
    shots = admin.body.split('id="before"')[1].split('</select>')[0].split('value="')[2:]
    form = {'finding': 'Too <few> hints', 'idea': 'Hints', 'source': 'measure:useful', 'owner': '', 'due': '2027-01-31', 'why': 'Cheap', 'applied': '',
            'expected': 'More', 'measure': 'match_rate', 'before': shots[1].split('"')[0], 'after': shots[0].split('"')[0], 'effect': '', 'said': '', 'did': '',
            'version': version}
    form.update(changes)
    return list(form.items())


def try_item(cohort, item, admin, member):
    ok(member.get(item) == 404 and member.post(item, [('to', 'accepted'), ('reason', '')], page='/account') == 404, 'nor does a member decide')
    ok(admin.post(item, [('to', 'rejected'), ('reason', '')]) == 422, 'a no needs a reason')
    ok(admin.post(item, [('to', 'done'), ('reason', '')], page=item) == 409, 'states are not jumped over')
    ok(admin.post(item, [('to', 'accepted'), ('reason', 'Good & cheap')], page=item) == 303, 'it is taken up')
    ok(admin.post(item, [('to', 'accepted'), ('reason', '')], page=item) == 409, 'once')
    old = values(admin, item)
    ok(admin.post(f'{item}/edit', values(admin, item, is_public='1')) == 422, 'what everybody reads must be written')
    ok(admin.post(f'{item}/edit', values(admin, item, owner='1')) == 422, 'only those of the list look after it')
    ok(admin.post(f'{item}/edit', values(admin, item, is_public='1', said='More <hints>', did='A page')) == 303, 'it is written')
    ok(admin.post(f'{item}/edit', old) == 409, 'an old page does not write over it')
    for state in ('doing', 'done', 'evaluated'):
        ok(admin.post(item, [('to', state), ('reason', '')], page=item) == 303, f'it is {state}')
    admin.get(item)
    ok('before' in admin.body and 'Good &amp; cheap' in admin.body, 'measured before and after, with its history')
    member.get(f'{cohort}/you-said')
    ok('More &lt;hints&gt;' in member.body and 'Too &lt;few&gt;' not in member.body, 'everybody reads what was said and done')
    member.get(f'{cohort}/better')
    ok('done, and looked at again' in member.body, 'and she sees what became of it')


def play(server):
    cohort, admin, people = begin(server)
    stranger = register(server, 'Eve')
    visitor = Browser(server)
    try_measures(cohort, admin, people['Bea'])
    item = try_better(cohort, admin, people['Bea'], stranger, visitor)
    try_item(cohort, item, admin, people['Bea'])
    ok(admin.post(f'{cohort}/state', [('to', 'closing')], page=cohort) == 303, 'the cohort closes')
    admin.get(f'{cohort}/measures')
    ok('when it closed' in admin.body, 'its measures are kept when it closes')


if __name__ == '__main__':
    main(play)

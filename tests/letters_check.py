# SPDX-License-Identifier: Apache-2.0
"""Letters and the calendars in them, read by others than us: Python's email and, where they are installed,
icalendar, libical and Radicale. What is expected was written beside them by main-letters_test.

  letters_check.py FOLDER     prints TAP

Each check is also tried on letters with a planted fault, and must find it.
"""
import collections
import datetime
import email
import email.policy
import glob
import json
import os
import re
import sys
import zoneinfo

import calendar_readers

try:
    import icalendar
except ImportError:
    icalendar = None

KEPT = 240 # calendars that Radicale is given; all of them for a release
ran = failed = 0


def ok(held, name):
    global ran, failed
    ran += 1
    failed += not held
    print(f'{"ok" if held else "not ok"} {ran} - {name}', flush=True)


def values(calendar):
    """Of one VEVENT: unfolded, by name; attendees as a list. Our own reading, for where icalendar is not."""
    lines = calendar.replace('\r\n ', '').replace('\r\n\t', '').split('\r\n')
    found = collections.defaultdict(list)
    for line in lines:
        name, _, value = line.partition(':')
        found[name.partition(';')[0]].append(value)
    return found


def read_plain(calendar):
    v = values(calendar)
    def instant(text):
        return datetime.datetime.strptime(text, '%Y%m%dT%H%M%SZ').replace(tzinfo=datetime.timezone.utc)
    start, end = instant(v['DTSTART'][0]), instant(v['DTEND'][0])
    return [v['METHOD'][0], v['UID'][0], int(v['SEQUENCE'][0]), start.timestamp(), end.timestamp(), v['STATUS'][0], len(v['ATTENDEE'])]


def read_icalendar(calendar):
    whole = icalendar.Calendar.from_ical(calendar)
    event, = whole.walk('VEVENT')
    people = event['ATTENDEE']
    return [str(whole['METHOD']), str(event['UID']), int(event['SEQUENCE']), event['DTSTART'].dt.timestamp(), event['DTEND'].dt.timestamp(),
            str(event['STATUS']), len(people) if isinstance(people, list) else 1]


def check_letter(raw, line):
    """What is wrong with one letter; None: nothing. With a calendar, also what it says."""
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    if any(part.defects for part in letter.walk()) or letter.defects:
        return 'it does not parse clean', None
    if re.search(rb'[^\r]\n|\r[^\n]', raw) or max(map(len, raw.split(b'\r\n'))) > 998:
        return 'lines', None
    for name in ('Date', 'From', 'To', 'Subject', 'Message-ID', 'MIME-Version'):
        if len(letter.get_all(name, [])) != 1 or letter[name].defects:
            return f'the header {name}', None
    body = letter.get_body(('plain',)).get_content()
    ends = 'http://example.org/stop/' in body
    if ends != (letter['List-Unsubscribe-Post'] == 'List-Unsubscribe=One-Click') or ends != (letter['List-Unsubscribe'] is not None):
        return 'RFC 8058', None
    if letter['Auto-Submitted'] != 'auto-generated':
        return 'Auto-Submitted', None
    kind = line.split()
    parts = [part for part in letter.walk() if part.get_content_type() == 'text/calendar']
    if kind[0] == 'LETTER':
        return (None if not parts and ends == (kind[3] == 'stop') else 'parts', None)
    if len(parts) != 1:
        return 'one calendar', None
    text = parts[0].get_content().replace('\r\n', '\n').replace('\n', '\r\n')
    said = read_plain(text)
    if icalendar is not None and read_icalendar(text) != said:
        return 'two readers differ', None
    if parts[0].get_param('method') != said[0] or said[0] != kind[0] or said[1] != kind[1]:
        return 'METHOD and UID', None
    if said[5] != ('CANCELLED' if kind[0] == 'CANCEL' else 'CONFIRMED') or said[6] != 2:
        return 'STATUS and people', None
    local = datetime.datetime.fromtimestamp(said[3], zoneinfo.ZoneInfo(kind[4])).strftime('%Y-%m-%d %H:%M')
    if local != f'{kind[2]} {kind[3]}' or said[4] - said[3] != int(kind[5]) * 60:
        return 'local time', None
    if calendar_readers.LIBICAL is not None and calendar_readers.read_libical(text) != said:
        return 'libical reads it otherwise', None
    return None, said


def check_all(letters, lines):
    """The first thing that is wrong."""
    chains, numbers, told = {}, set(), {}
    if len(letters) != len(lines):
        return f'{len(letters)} letters for {len(lines)} lines', told
    for (name, raw), line in zip(letters, lines):
        wrong, said = check_letter(raw, line)
        if wrong:
            return wrong, told
        letter = email.message_from_bytes(raw, policy=email.policy.default)
        if letter['Message-ID'] in numbers:
            return 'the same Message-ID twice', told
        numbers.add(letter['Message-ID'])
        if said is None:
            continue
        told[name] = said
        at = (said[1], letter['To'].addresses[0].addr_spec)
        before = chains.get(at)
        if before is None and (said[0] != 'REQUEST' or said[2] != 0):
            return 'a chain begins with REQUEST and 0', told
        if before is not None and (before[0] == 'CANCEL' or said[2] <= before[2]):
            return 'SEQUENCE rises, and nothing follows a CANCEL', told
        chains[at] = said
    return None, told


def calendar_in(raw):
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    texts = [part.get_content() for part in letter.walk() if part.get_content_type() == 'text/calendar']
    return texts[0].replace('\r\n', '\n').replace('\n', '\r\n') if texts else ''


def try_readers(letters, told):
    """What libical must refuse by its rules, and a calendar server keeps."""
    texts = [calendar_in(raw) for name, raw in letters if name in told]
    if calendar_readers.LIBICAL is not None:
        bare = re.sub(r'ATTENDEE[^\r]*\r\n( [^\r]*\r\n)*', '', texts[0])
        ok(calendar_readers.read_libical(bare)[0] == 'refused', 'libical refuses an invitation of nobody')
    if calendar_readers.radicale is None:
        return
    if 'TEST_MEETINGS' not in os.environ: # those of the first meetings, as one of the two gets them
        texts = texts[:KEPT:2]
    wrong, kept = calendar_readers.try_radicale(texts, read_plain)
    ok(wrong is None, f'{len(texts)} calendars, {kept} meetings: kept and given back by Radicale {calendar_readers.radicale.VERSION}: {wrong or "as they were"}')
    broken = texts[0].replace('DTSTART', 'DTSTRAT')
    wrong, _ = calendar_readers.try_radicale([broken], lambda calendar: read_plain(texts[0]))
    ok(wrong is not None, f'and a broken one is not: {wrong}')


def planted(letters, lines, at, change, finds):
    """The letters of the same meeting up to this one, with this one changed."""
    name, raw = letters[at]
    other = change(raw)
    first = next(k for k in range(at + 1) if lines[k].split()[1] == lines[at].split()[1])
    whole, _ = check_all(letters[first:at + 1], lines[first:at + 1])
    wrong, _ = check_all(letters[first:at] + [(name, other)], lines[first:at + 1])
    ok(other != raw and whole is None and wrong == finds, f'a planted fault is found: {finds} ({wrong})')


def in_calendar(old, new):
    def change(raw):
        letter = email.message_from_bytes(raw, policy=email.policy.default)
        for part in letter.walk():
            if part.get_content_type() == 'text/calendar':
                text = re.sub(old, new, part.get_content())
                method = part.get_param('method')
                part.set_content(text.encode(), maintype='text', subtype='calendar', params={'charset': 'utf-8', 'method': method})
        return letter.as_bytes(policy=email.policy.SMTP)
    return change


def main(folder):
    with open(os.path.join(folder, 'expected'), encoding='utf-8') as file:
        lines = file.read().splitlines()
    letters = []
    for path in sorted(glob.glob(os.path.join(folder, '*.eml'))):
        with open(path, 'rb') as file:
            letters.append((os.path.basename(path), file.read()))
    wrong, told = check_all(letters, lines)
    with open(os.path.join(folder, 'told.json'), 'w', encoding='utf-8') as file:
        json.dump(told, file)
    readers = ['our own'] + ['icalendar'] * (icalendar is not None) + ['libical'] * (calendar_readers.LIBICAL is not None)
    ok(wrong is None, f'{len(letters)} letters, {len(told)} calendars, read alike by {", ".join(readers)}: {wrong or "as they should be"}')
    moved = next(k for k in range(2, len(lines)) if lines[k].startswith('REQUEST') and lines[k].split()[1] == lines[k - 2].split()[1])
    stop = next(k for k, line in enumerate(lines) if line.endswith(' stop'))
    calendar = [('SEQUENCE:\\d+', 'SEQUENCE:0', 'SEQUENCE rises, and nothing follows a CANCEL'), ('UID:\\d', 'UID:x', 'METHOD and UID'),
                ('METHOD:REQUEST', 'METHOD:CANCEL', 'METHOD and UID'), ('STATUS:CONFIRMED', 'STATUS:CANCELLED', 'STATUS and people')]
    for old, new, finds in calendar:
        planted(letters, lines, moved, in_calendar(old, new), finds)
    shift = in_calendar(r'(DT(?:START|END)[^:]*:\d{8}T)(\d\d)', lambda m: m[1] + f'{(int(m[2]) + 1) % 24:02d}')
    planted(letters, lines, moved, shift, 'local time')
    planted(letters, lines, stop, lambda raw: raw.replace(b'List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n', b''), 'RFC 8058')
    planted(letters, lines, stop, lambda raw: raw.replace(b'\r\nTo: ', b'\nTo: '), 'lines')
    try_readers(letters, told)
    print(f'1..{ran}')
    return failed != 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))

# SPDX-License-Identifier: Apache-2.0
"""Public collections of cases through the parsers that meet what others send: sheets (csv-spectrum), JSON
(JSONTestSuite, JSON_checker), Markdown (CommonMark's examples), letters and pictures (of Python's own tests), and
the big list of naughty strings through all of them. Nothing may crash or take a second; what is read is compared
with what the collection, or Python's own reader, says. The counts are pinned, so that a collection that is not
there, or that a reader has come to refuse, is seen.

  corpora_client.py READER CASES PYTHON_TESTS      READER: corpora/read.c; CASES: from corpora/cases.mjs
"""
import ast
import email
import email.policy
import glob
import html
import json
import os
import re
import subprocess
import sys

READER, CASES, PYTHON_TESTS = sys.argv[1:4]
MOST_US = 1000000  # of CPU, for one case
count = 0


def check(holds, name, why=''):
    global count
    count += 1
    print(f'{"ok" if holds else "not ok"} {count} - {name}')
    if not holds:
        for line in str(why).splitlines()[:20]:
            print(f'# {line}')


def compare(found, wanted, name):
    check(found == wanted, f'{name}: {wanted}', f'found {found}')


def read(kind, cases):
    """(verdict, answer) of each case. What was not answered: the reader ended there."""
    sent = b''.join(b'%d\n%s' % (len(case), case) for case in cases)
    try:
        done = subprocess.run([READER, kind], input=sent, capture_output=True, timeout=300, check=False)
        out, code, said = done.stdout, done.returncode, done.stderr
    except subprocess.TimeoutExpired as error:
        out, code, said = error.stdout or b'', 'too slow', b''
    answers, slow, at = [], [], 0
    while at < len(out):
        end = out.index(b'\n', at)
        verdict, used, length = out[at:end].decode().rsplit(' ', 2)
        answers.append((verdict, out[end + 1:end + 1 + int(length)]))
        if int(used) > MOST_US:
            slow.append(len(answers) - 1)
        at = end + 2 + int(length)
    why = f'it ended with {code} in case {len(answers)}: {said.decode(errors="replace")[-2000:]}'
    check(code == 0 and len(answers) == len(cases), f'{kind}: {len(cases)} cases, and none ends the reader', why)
    check(not slow, f'{kind}: none takes a second', f'cases {slow}')
    return answers + [('not answered', b'')] * (len(cases) - len(answers))


# ---- sheets ----------------------------------------------------------------------------------------

def take_number(text, at):
    end = text.index(b' ', at)
    return int(text[at:end]), end + 1


def table_of(answer):
    rows, at = [], 0
    while at < len(answer):
        cells, at = take_number(answer, at)
        row = []
        for _ in range(cells):
            length, at = take_number(answer, at)
            row.append(answer[at:at + length].decode())
            at += length
        rows.append(row)
    return rows


# Its table of what is wanted has another number than its sheet.
ODD_CELL = {'location_coordinates': 'Contact Phone Number'}


def sheets(cases):
    answers = read('csv', [case['csv'].encode('latin-1') for case in cases])
    for case, (verdict, answer) in zip(cases, answers):
        rows = table_of(answer) if verdict == 'read' else []
        found = [dict(zip(rows[0], row)) for row in rows[1:]]
        wanted = [{name: value.replace('\r\n', '\n') for name, value in row.items()} for row in (case['rows'] if isinstance(case['rows'], list) else [case['rows']])]
        for row in found:
            row.update({name: value.replace('\r\n', '\n') for name, value in row.items()})
        for row in found + wanted:
            row.pop(ODD_CELL.get(case['name']), None)
        check(found == wanted, f'csv-spectrum: {case["name"]}', f'{verdict}\nfound  {found}\nwanted {wanted}')
    compare(len(cases), 12, 'csv-spectrum has sheets')


# ---- JSON ------------------------------------------------------------------------------------------

# What RFC 8259 allows and json_read.h does not.
STRICTER = {'y_object_duplicated_key': 'a member twice', 'y_object_duplicated_key_and_value': 'a member twice',
            'y_object_escaped_null_in_key': 'a NUL', 'y_string_null_escape': 'a NUL'}


def is_json(verdict, answer):
    """Whether the reader took it for JSON; it may still be no form."""
    return verdict == 'read' and not answer.endswith(b'this is no JSON')


def jsons(cases):
    answers = read('json', [case['input'].encode('utf-8', 'surrogatepass') for case in cases])
    wrong, counts = [], {'y': 0, 'n': 0, 'i': 0}
    for case, (verdict, answer) in zip(cases, answers):
        kind, name = case['name'][0], case['name'].removesuffix('.json')
        if '\ufffd' in case['input'] and kind == 'n':
            continue  # bytes that are no UTF-8 were lost in the package
        counts[kind] += 1
        took = is_json(verdict, answer)
        if name in STRICTER:
            took = not took
        if kind != 'i' and took != (kind == 'y'):
            wrong.append(f'{name}: {case["input"][:80]!r} {verdict} {answer[:80]}')
    check(not wrong, 'JSONTestSuite: what must be read is, what must not is not', '\n'.join(wrong))
    compare(counts, {'y': 95, 'n': 176, 'i': 35}, 'JSONTestSuite has cases')


def checkers():
    with open(f'{PYTHON_TESTS}/test_json/test_fail.py', encoding='utf-8') as file:
        tree = ast.parse(file.read())
    lists = {node.targets[0].id: ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign)}
    cases = [text for k, text in enumerate(lists['JSONDOCS'], 1) if k not in lists['SKIPS']]
    answers = read('json', [text.encode() for text in cases])
    wrong = [text for text, answer in zip(cases, answers) if is_json(*answer)]
    check(not wrong, 'JSON_checker: none of its failures is read', '\n'.join(wrong))
    compare(len(cases), 32, 'JSON_checker has failures')
    flat = [b'\xff', b'{"a": "\xff"}', b'{"a": "\xc0\xaf"}', b'{"a": "\xed\xa0\x80"}', b'\xef\xbb\xbf{}', b'{"a": 1}\x00']
    wrong = [text for text, answer in zip(flat, read('json', flat)) if is_json(*answer)]
    check(not wrong, 'JSON: bytes that are no UTF-8, a mark of order and a NUL are refused', wrong)


# ---- Markdown --------------------------------------------------------------------------------------

OURS = 'p h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong a hr br'.split()
TAG = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-z]+="[^"<>]*")*)>')
ATTRIBUTE = re.compile(r' (?:href="(?:https?://|mailto:|/|#)[^"<>]*"|rel="noopener noreferrer"|start="\d+")', re.I)


def fault_of(page):
    """What a page of Markdown must not have; None: nothing."""
    open_tags = []
    for sign in re.finditer('<', page):
        tag = TAG.match(page, sign.start())
        if tag is None or tag[2] not in OURS:
            return f'no tag of ours: {page[sign.start():sign.start() + 40]}'
        if ATTRIBUTE.sub('', tag[3]):
            return f'no attribute of ours: {tag[0]}'
        if tag[1] and (not open_tags or open_tags.pop() != tag[2]):
            return f'closes what is not open: {tag[0]}'
        if not tag[1] and tag[2] not in ('hr', 'br'):
            open_tags.append(tag[2])
    return f'{open_tags} stay open' if open_tags else None


def text_of(page):
    page = re.sub(r'<img src="[^"]*" alt="([^"]*)"[^>]*>', r'\1', page)
    return re.sub(r'\s+', ' ', html.unescape(re.sub(r'</?[a-z][^<>]*>', ' ', page))).strip()


# md4c 0.4.8 is older: signs of currencies are no punctuation yet.
NEWER = ['*$*alpha.\n\n*£*bravo.\n\n*€*charlie.\n']


def is_beyond(case):
    """What our Markdown leaves out: raw HTML, code by its indent, and signs by most names or below the space."""
    typed = case['markdown']
    raw = case['section'] == 'HTML blocks' or any(tag in typed for tag in re.findall(r'<[^>]*>', case['html'], re.S))
    indented = re.search(r'(^|\n)[ >]*(?: {4}|\t)', typed)
    named = re.search(r'&(?:[A-Za-z]+|#9|#10);', typed)
    return bool(raw or indented or named or typed in NEWER)


def markdowns(cases):
    answers = read('markdown', [case['markdown'].encode() for case in cases])
    same, differs, beyond, faults = 0, [], 0, []
    for case, (verdict, answer) in zip(cases, answers):
        page = answer.decode()
        if verdict != 'read' or fault_of(page):
            faults.append(f'{verdict} {fault_of(page)}: {case["markdown"]!r}')
        if text_of(page) == text_of(case['html']):
            same += 1
        elif is_beyond(case):
            beyond += 1
        else:
            differs.append(f'{case["markdown"]!r}: {text_of(page)!r} for {text_of(case["html"])!r}')
    check(not faults, 'CommonMark: each page is whole, of our tags alone, without raw HTML', '\n'.join(faults))
    check(not differs, 'CommonMark: the same text as in the specification, but for what is left out', '\n'.join(differs))
    compare((len(cases), same, beyond), (652, 574, 78), 'CommonMark: examples, those with the same text, those beyond us')


# ---- letters and pictures --------------------------------------------------------------------------

def plain_of(message):
    """The first part of text that is not attached, as Python reads it; None: there is none."""
    for part in message.walk():
        if part.get_content_type() == 'text/plain' and part.get_content_disposition() != 'attachment':
            return part
    return None


# What we leave out, or Python reads otherwise than the standard says.
OTHERWISE = {'msg_11.txt': 'a message in a message', 'msg_46.txt': 'a message in a message',
             'msg_28.txt': 'messages in a message', 'msg_30.txt': 'messages in a message',
             'msg_19.txt': 'no headers', 'msg_35.txt': 'no line between headers and text'}
REFUSED = {'msg_41.txt': 'parts without a boundary'}


def squeeze(text):
    return re.sub(r'\s+', ' ', text).strip()


def letters():
    files = sorted(glob.glob(f'{PYTHON_TESTS}/test_email/data/*.txt'))
    sent = []
    for name in files:
        with open(name, 'rb') as file:
            sent.append(file.read())
    counts, wrong = {'same': 0, 'none': 0, 'of a machine': 0, 'refused': 0, 'otherwise': 0}, []
    for name, message, (verdict, answer) in zip(files, sent, read('mail', sent)):
        name = os.path.basename(name)
        part = plain_of(email.message_from_bytes(message, policy=email.policy.default))
        theirs = '' if part is None else squeeze(part.get_content())
        length, at = take_number(answer, 0) if verdict == 'read' else (0, 0)
        by, ours = answer[at:at + length], squeeze(answer[at + length:].decode())
        if verdict != 'read':
            found = 'refused' if name in REFUSED else None
        elif by == b'machine':
            found = 'of a machine' if ours == '' else None
        elif ours == theirs:
            found = 'same' if ours else 'none'
        else:
            found = 'otherwise' if name in OTHERWISE else None
        if found is None:
            wrong.append(f'{name}: {verdict} {ours[:200]!r} for {theirs[:200]!r}')
        else:
            counts[found] += 1
    check(not wrong, 'letters: the same text as Python finds, but for those of machines', '\n'.join(wrong))
    compare(counts, {'same': 23, 'none': 11, 'of a machine': 6, 'refused': 1, 'otherwise': 6}, 'letters')


def pictures():
    files = sorted(glob.glob(f'{PYTHON_TESTS}/test_email/data/*') + glob.glob(f'{PYTHON_TESTS}/imghdrdata/*'))
    sent = []
    for name in files:
        with open(name, 'rb') as file:
            sent.append(file.read())
    drawn = [name for name, answer in zip(files, read('picture', sent)) if re.match(rb'\d+ x \d+', answer[1])]
    check(not drawn, 'pictures: of every kind, but too small or no photographs: none is drawn', drawn)
    compare(len(files), 78, 'files that are no photographs')


# ---- naughty strings -------------------------------------------------------------------------------

def naughty(texts):
    texts = [text for text in texts if '\0' not in text]
    sent = [text.encode('utf-8', 'surrogatepass') for text in texts]
    back = read('written', sent)
    wrong = [f'{text!r}: {answer}' for text, answer in zip(sent, back) if answer != ('read', text)]
    check(not wrong, 'naughty strings come back from a sheet as they went', '\n'.join(wrong))
    pages = read('markdown', sent)
    wrong = [f'{text!r}: {fault_of(answer[1].decode())}' for text, answer in zip(texts, pages)
             if answer[0] != 'read' or fault_of(answer[1].decode())]
    check(not wrong, 'naughty strings as Markdown: our tags alone', '\n'.join(wrong))
    members = [json.dumps({'a': text}).encode() for text in texts]
    wrong = [text for text, answer in zip(texts, read('json', members)) if answer != ('read', b'1')]
    check(not wrong, 'naughty strings in JSON are read', wrong)
    mails = [b'From: a@b.example\nSubject: ' + text.replace(b'\n', b' ') + b'\n\n' + text for text in sent]
    wrong = [text for text, answer in zip(texts, read('mail', mails)) if answer[0] != 'read']
    check(not wrong, 'naughty strings in letters are read', wrong)
    compare(len(texts), 485, 'naughty strings')


def main():
    with open(CASES, encoding='utf-8') as file:
        cases = json.load(file)
    sheets(cases['csv'])
    jsons(cases['json'])
    checkers()
    markdowns(cases['markdown'])
    letters()
    pictures()
    naughty(cases['naughty'])
    print(f'1..{count}')


main()

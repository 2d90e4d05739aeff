# SPDX-License-Identifier: Apache-2.0
"""Holds a report to what a page must be: well nested, nothing from outside, no script, unique ids,
links that lead somewhere, headings in order, tables with caption and scopes, plots with a name.

    report_check.py REPORT.html
"""

import re
import sys
from html.parser import HTMLParser

VOID = {'meta', 'link', 'br', 'hr', 'img', 'input', 'rect', 'line'}
OUTSIDE = re.compile(r'https?:|url\(|@import|//[a-z]', re.I)


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.labels = [], [], [], []
        self.heading = 0
        self.captions = self.tables = 0

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        assert tag not in ('script', 'iframe', 'object', 'link', 'img'), f'<{tag}> in the report'
        for name, value in attributes:
            assert not name.startswith('on') and name not in ('src', 'style'), f'{tag} {name}'
            assert name in ('content',) or not OUTSIDE.search(value or ''), f'{tag} {name}={value}'
        if 'id' in given:
            self.ids.append(given['id'])
        if given.get('href', '').startswith('#'):
            self.links.append(given['href'][1:])
        self.labels += given.get('aria-labelledby', '').split()
        if re.fullmatch('h[1-6]', tag):
            assert int(tag[1]) <= self.heading + 1, f'{tag} after h{self.heading}'
            self.heading = int(tag[1])
        if tag == 'th':
            assert given.get('scope') in ('col', 'row'), 'th without scope'
        if tag == 'svg':
            named = given.get('role') == 'img' and given.get('aria-labelledby')
            assert named or given.get('aria-hidden') == 'true', 'svg without a name'
        self.tables += tag == 'table'
        self.captions += tag == 'caption'
        if tag == 'html':
            assert given.get('lang'), 'no language'
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.open and self.open[-1] == tag, f'</{tag}> closes {self.open[-3:]}'
        self.open.pop()


def main():
    with open(sys.argv[1], encoding='utf-8') as file:
        text = file.read()
    assert text.startswith('<!DOCTYPE html>')
    style = text[text.index('<style>'):text.index('</style>')]
    assert not OUTSIDE.search(style), 'the style sheet loads something'
    page = Page()
    page.feed(text)
    page.close()
    assert not page.open, f'not closed: {page.open}'
    assert len(page.ids) == len(set(page.ids)), 'an id stands twice'
    missing = set(page.links + page.labels) - set(page.ids)
    assert not missing, f'leads nowhere: {sorted(missing)[:5]}'
    assert page.tables == page.captions, 'a table without caption'


main()

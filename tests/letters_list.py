# SPDX-License-Identifier: Apache-2.0
"""Every letter that stands in the program's text, one a line: its name, subject and lines, divided by tabs.

  letters_list.py SOURCE FOLDER     writes FOLDER/letters
"""
import ast
import glob
import os
import re
import sys

STRING = r'"(?:[^"\\]|\\.)*"'


def words(text):
    """The string literals of a list in C: neighbours are one, as the compiler takes them."""
    for one in re.findall(rf'{STRING}(?:\s*{STRING})*', text):
        yield ''.join(ast.literal_eval(part) for part in re.findall(STRING, one))


def main(source, folder):
    lines = []
    for path in sorted(glob.glob(os.path.join(source, 'src/app/**/*.c'), recursive=True)):
        with open(path, encoding='utf-8') as file:
            text = file.read()
        plain = re.sub(STRING, lambda one: '"' * len(one[0]), text)  # of the same length, without braces in strings
        for found in re.finditer(r'const struct app_letter (\w+) = \{', text):
            name, body = found[1], text[found.end():plain.index('};', found.end())]
            lines.append('\t'.join([f'{os.path.basename(path)}:{name}', *words(body)]))
    with open(os.path.join(folder, 'letters'), 'w', encoding='utf-8') as file:
        file.write('\n'.join(lines) + '\n')


if __name__ == '__main__':
    main(*sys.argv[1:])

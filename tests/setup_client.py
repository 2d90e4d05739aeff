# SPDX-License-Identifier: Apache-2.0
"""Programmes and their setting up through the server, as browsers see it, on one engine.

  setup_client.py TRELLIS sqlite|postgres PLACE     prints TAP

An administrator makes a second programme step by step, with its own questions, topics, rules and
letters; a manager of it works in it and sees nothing of the first; a cohort takes it all over.
"""
import csv
import html
import io
import random
import re
import sys
import tempfile

from serve_client import EVENINGS, Browser, find_pairs, join, main, ok, register, run_sql, upload

RULES = [('overlap', '90'), ('gap', '1'), ('language', '1'), ('lowest', '0'), ('topics', '10'), ('level', '2'), ('time', '3'),
         ('languages', '1'), ('formats', '1'), ('choices', '0'), ('answers', '2'), ('style', '3'), ('cadence', '2'), ('skill', '2'), ('chosen', '0'), ('order', 'most'), ('asks', 'none'), ('days', '7')]
COHORT = [('about', 'For all.'), ('opens', ''), ('closes', ''), ('starts', '2027-03-01'), ('weeks', '20')]
STEPS = ['texts', 'objectives', 'questions', 'topics', 'rules', 'letters', 'team', 'cohort']


def letter_about(server, to, words):
    for _ in range(12):
        letter = server.letter(to)
        if letter['Subject'] is None or words in letter['Subject']:
            return letter
    return letter


def try_programmes(server, admin):
    ok(admin.get('/programmes') == 200 and 'Mentoring for women in technology' in admin.body, 'one programme is there from the beginning')
    ok(admin.post('/programmes/new', [('name', ''), ('about', 'X')]) == 422 and 'id="name-error"' in admin.body, 'a programme needs a name')
    ok(admin.post('/programmes/new', [('name', 'Women in <data>'), ('about', 'For data & more.')]) == 303, 'a second one is made')
    ready = admin.headers['location']
    admin.get(ready)
    ok('0 of 8 steps' in admin.body and 'Women in &lt;data&gt;' in admin.body and 'Begin' in admin.body, 'it is made ready step by step')
    programme = ready.removesuffix('/ready')
    ok(admin.get(f'{ready}/nothing') == 404, 'there is no such step')
    for name in STEPS:
        ok(admin.get(f'{ready}/{name}') == 200 and 'aria-current="step"' in admin.body, f'step {name}')
    ok('Women stay and rise' in (admin.get(f'{ready}/objectives') and admin.body), 'objectives with measures are there')
    ok(admin.post(f'{ready}/texts', []) == 303 and admin.headers['location'] == f'{ready}/objectives', 'a step leads on to the next')
    admin.get(ready)
    ok('1 of 8 steps' in admin.body and 'Go on' in admin.body, 'and where she was is kept')
    for name in STEPS[1:]:
        admin.post(f'{ready}/{name}', [])
    ok(admin.headers['location'] == ready and admin.get(ready) == 200 and 'The programme is ready' in admin.body, 'at the end it is ready')
    edit = [('name', 'Women in data'), ('about', 'For <data>.'), ('cohort_about', 'A cohort for data.'), ('weeks', '12'), ('cadence', '1'), ('hours', '3')]
    ok(admin.post(f'{programme}/edit', edit[:3]) == 422 and '>A cohort for data.</textarea>' in admin.body, 'what was typed stays')
    ok(admin.post(f'{programme}/edit', edit) == 303 and admin.headers['location'] == f'{ready}/texts', 'its texts are changed, and she is back at the step')
    visitor = Browser(admin.server)
    ok(visitor.get('/search?q=women+data') == 200 and f'href="{programme}"' in visitor.body, 'and it is found by them')
    return programme


def try_team(server, admin, programme):
    number = programme.rpartition('/')[2]
    mona = register(server, 'Mona')
    ok(mona.get('/programmes') == 404 and mona.get(f'{programme}/ready') == 404, 'who runs nothing does not learn of it')
    ok(mona.get(programme) == 200 and 'For those who run it' not in mona.body, 'but the programme is for all')
    team = f'/cohorts/{number}/team'
    ok(admin.post(team, [('email', 'mona@example.org'), ('role', 'chair')]) == 422, 'a chair is named for a cohort')
    ok(admin.post(team, [('email', 'nobody@example.org'), ('role', 'manager')]) == 422, 'nobody unknown')
    ok(admin.post(team, [('email', 'mona@example.org'), ('role', 'manager')]) == 303, 'Mona manages the programme')
    ok('programme manager' in (admin.get(team) and admin.body), 'and stands there')
    ok(mona.get('/programmes') == 200 and 'Women in data' in mona.body and 'for women in technology' not in mona.body, 'she sees her own')
    ok(mona.get('/programmes/1/ready') == 404 and mona.get('/programmes/1/letters') == 404 and mona.get('/cohorts/1/team') == 404
       and mona.get('/cohorts/1/questions') == 404 and mona.get('/programmes/1/edit') == 404, 'and nothing of the first')
    ok(mona.get('/programmes/new') == 404 and mona.get('/log') == 404, 'nor what is for the whole organisation')
    ok(mona.post('/cohorts/new', COHORT + [('name', 'Stolen'), ('programme', '1')], page=f'/cohorts/new?programme={number}') == 404,
       'she makes no cohort of the first')
    for role, name in (('editor', 'Edda'), ('reporter', 'Rita')):
        person = register(server, name)
        ok(admin.post(team, [('email', f'{name.lower()}@example.org'), ('role', role)]) == 303, f'{name} is {role}')
        ok(person.get(f'{programme}/letters') == (200 if role == 'editor' else 404), f'{role}: letters')
        ok(person.get(f'{programme}/ready') == 404 and person.get(team) == 404, f'{role}: no more than that')
        ok(person.get('/programmes/1/letters') == 404, f'{role}: nothing of the first')
    return mona, person


def try_reports(rita, cohort):
    """A reporter of the programme reads the reports of its cohorts, and changes nothing."""
    ok(rita.get(cohort) == 200 and 'Reports' in rita.body and 'Read the sign-ups' not in rita.body, 'a reporter is shown the reports')
    ok(rita.get(f'{cohort}/pool') == 200 and rita.get(f'{cohort}/measures') == 200, 'and reads them')
    ok(rita.get(f'{cohort}/people') == 404 and rita.get(f'{cohort}/people.csv') == 404 and rita.get(f'{cohort}/matching') == 404
       and rita.get(f'{cohort}/setup') == 404, 'but nothing else')


def try_questions(mona, place):
    questions = f'{place}/questions'
    ok('no questions of its own' in (mona.get(questions) and mona.body), 'no question yet')
    ok(mona.post(f'{questions}/usual', [], page=questions) == 303 and mona.follow() == 200 and '21 questions' in mona.body, 'the usual ones')
    mona.post(f'{questions}/usual', [], page=questions)
    mona.follow()
    ok('21 questions' in mona.body, 'are added once')
    bad = [('label', 'Which <b>?'), ('hint', ''), ('role', 'both'), ('kind', 'one'), ('options', 'One'), ('audience', 'match')]
    ok(mona.post(questions, bad) == 422 and 'Write 2 to 40' in mona.body and 'Which &lt;b&gt;?' in mona.body, 'one of one answer is none')
    good = [('label', 'Years?'), ('hint', 'Whole ones'), ('role', 'both'), ('kind', 'number'), ('options', ''), ('required', '1'), ('audience', 'match')]
    ok(mona.post(questions, good) == 303, 'a number')
    mona.get(questions)
    ids = dict((label, number) for number, label in re.findall(r'/questions/(\d+)">([^<]+)</a>', mona.body))
    order = re.findall(r'/questions/\d+">([^<]+)</a>', mona.body)
    ok(order[-1] == 'Years?', 'it comes last')
    ok(mona.post(f'{questions}/move', [('question', ids['Years?']), ('by', 'up')], page=questions) == 303, 'it moves up')
    mona.get(questions)
    moved = re.findall(r'/questions/\d+">([^<]+)</a>', mona.body)
    ok(moved[-2:] == [order[-1], order[-2]] and len(moved) == len(order), 'before its neighbour')
    ok(mona.post(f'{questions}/end', [('question', ids['How did you hear about us?'])], page=questions) == 303 and mona.follow() == 200
       and 'not asked' in mona.body, 'one is switched off')
    ok(mona.post(f'{questions}/again', [('question', ids['How did you hear about us?'])], page=questions) == 303, 'and on again')
    mona.post(f'{questions}/end', [('question', ids['How did you hear about us?'])], page=questions)
    ok(mona.get(f'{questions}/preview?role=mentor') == 200 and 'What do you expect from your mentee?' in mona.body
       and 'What do you expect from your mentor?' not in mona.body and 'How did you hear' not in mona.body, 'the sign-up as mentors see it')
    ok(mona.get(f'{questions}/77') == 404, 'no such question')
    return ids


# SPEC appendix C, in the words of the sign-up. Where the list has another word, ours stands behind it.
VALUES = ['Backend', 'Business analysis', 'DevOps and cloud', 'Data science', 'Data engineering', 'Distributed systems', 'Engineering management', 'Frontend',
          'Fullstack', 'Machine learning', 'Mobile development', 'Product management', 'Project management', 'Testing and quality', 'Security',
          'Site reliability', 'Computer networks', 'Anything else, in your own words',
          *'C C++ C# Go Java JavaScript Kotlin PHP Python Ruby Rust TypeScript Scala Swift Dart Rego Bash YAML HCL Terraform OpenTofu Other'.split(),
          'Switching to a career in tech', 'From beginner to mid level', 'From mid level to senior', 'Beyond senior', 'From contributor to management',
          'Changing specialisation', 'Career orientation and planning', 'Coding challenges', 'Interview preparation', 'Looking for a job',
          'Building a professional network', 'Motivation and encouragement', 'UX and UI', 'Freelancing and entrepreneurship', 'I don\'t know yet',
          'Middle school', 'High school', 'Apprenticeship', 'Bachelor', 'Master', 'PhD', 'High-school student', 'Bachelor student', 'Master student', 'PhD student',
          'A project', 'Part-time job', 'Full-time job', 'Volunteer work',
          *'English French German Spanish Italian Dutch Hindi Polish Portuguese Russian Ukrainian'.split(),
          'Software', 'Fintech', 'Health', 'Telecom', 'Public sector', 'Education', 'Retail', 'Consulting', 'Energy', 'Media', 'Manufacturing', 'Non-profit',
          'Student', 'Career changer', 'Junior', 'Mid level', 'Senior', 'Staff or principal', 'Manager', 'Director or above', 'Returner after a break',
          'A child under 5', 'A child of 5 to 17', 'An adult', 'Captions', 'Sign-language interpreter', 'Material that screen readers read', 'Camera off',
          'Text instead of voice', 'Shorter meetings', 'A written agenda before', 'Something else', 'Video call', 'Audio only', 'Text and chat', 'In person',
          'Not at the same time']


def try_values(mona, place):
    """The ready sign-up offers each value of the lists."""
    words = {}
    for role in ('mentee', 'mentor'):
        mona.get(f'{place}/questions/preview?role={role}')
        words[role] = {html.unescape(re.sub(r'\s+', ' ', one)).strip() for one in re.findall(r'>([^<>]+)<', mona.body)}
        lacks = [value for value in VALUES if not any(one == value or one.startswith(value) for one in words[role])]
        ok(not lacks, f'{role}: each value of the lists is offered {lacks}')


def try_topics(mona, programme):
    topics = f'{programme}/topics'
    ok(mona.post(topics, [('label', 'A; b')]) == 422 and 'without a semicolon' in mona.body, 'a topic has no semicolon')
    ok(mona.post(topics, [('label', 'Quantum <computing>')]) == 303, 'a topic of their own')
    ok(mona.post(topics, [('label', 'Quantum <computing>')]) == 422 and 'there already' in mona.body, 'once')
    ok(mona.post(f'{topics}/off', [('topic', 'motivation')], page=topics) == 303, 'one of the list is not offered')
    ok(mona.post(f'{topics}/off', [('topic', 'nothing')], page=topics) == 404, 'what is not there')


def try_order(server, mona, programme, number):
    """The reader's language, then the programme's second, then the original; who reads what it is written in gets that."""
    order = f'/cohorts/{number}/languages/order'
    page = f'/cohorts/{number}/languages'
    about = f'w-{number}-programme'
    spanish = Browser(server)
    spanish.post('/language', [('language', 'es'), ('back', '/')], page='/')
    arabic = Browser(server)
    arabic.post('/language', [('language', 'ar'), ('back', '/')], page='/')
    ok(mona.post(page, [('language', 'ar'), (about, 'AAA <ar>')], page=page) == 303, 'words in one language alone')
    ok('For &lt;data&gt;.' in (spanish.get(programme) and spanish.body), 'which others do not get')
    ok(mona.post(order, [('written', 'xx'), ('second', 'ar')], page=page) == 422 and 'Choose one of the list' in mona.body, 'a language is one of ours')
    ok(mona.post(order, [('written', 'en'), ('second', 'ar')], page=page) == 303, 'the second language is chosen')
    ok('AAA &lt;ar&gt;' in (spanish.get(programme) and spanish.body), 'and read where her own has no words')
    ok('For &lt;data&gt;.' in (Browser(server).get(programme) and mona.get(programme) and mona.body), 'but not by who reads the language of the original')
    ok('AAA' in (arabic.get(programme) and arabic.body), 'and by who reads it')
    mona.post(page, [('language', 'ar'), (about, '')], page=page)
    mona.post(order, [('written', ''), ('second', '')], page=page)
    ok('For &lt;data&gt;.' in (spanish.get(programme) and spanish.body), 'without both, the original stands')


def try_words(server, mona, programme):
    """What a programme says and asks, in another language, with what was not translated as it is."""
    number = programme.rpartition('/')[2]
    words = f'/cohorts/{number}/languages'
    ok(mona.get(words) == 200 and 'lang="es"' in mona.body and 'What the programme is about' in mona.body, 'texts in other languages')
    names = [(html.unescape(label), name) for name, label in re.findall(r'<label for="(w-[^"]+)">([^<]+)</label>', mona.body)]
    one = next(name for label, name in names if label.startswith('Question: Are you happy'))
    answers_ = next(name for label, name in names if name == one.replace('-label', '-options'))
    topic = next(name for label, name in names if 'Quantum' in label)
    about = f'w-{number}-programme'
    aim = next(name for label, name in names if 'Women stay and rise' in label)
    base = [('language', 'es'), (about, 'Para <datos>.'), (one, '¿Te gusta trabajar con principiantes?'), (topic, 'Computación cuántica'),
            (aim, 'Las mujeres se quedan <aquí>')]
    ok(mona.post(words, base + [(answers_, 'Sí')]) == 422 and 'Write 2 lines' in mona.body and 'id="errors"' in mona.body and 'Para &lt;datos&gt;.' in mona.body, 'each answer has its line')
    ok(mona.post(words, base + [(answers_, 'Sí\nMejor no')]) == 303, 'they are kept')
    visitor = Browser(server)
    ok(visitor.get(programme) == 200 and 'For &lt;data&gt;.' in visitor.body, 'who reads English reads the original')
    visitor.post('/language', [('language', 'es'), ('back', '/')], page='/')
    ok(visitor.get(programme) == 200 and 'Para &lt;datos&gt;.' in visitor.body, 'who reads Spanish reads Spanish')
    mona.post('/language', [('language', 'es'), ('back', '/')], page='/account')
    mona.get(f'/cohorts/{number}/questions/preview?role=mentor')
    ok('principiantes?' in mona.body and 'Mejor no' in mona.body and 'value="Rather not"' in mona.body and 'Computación cuántica' in mona.body,
       'questions, answers and topics too; what is kept is the same in each language')
    mona.post('/language', [('language', 'en'), ('back', '/')], page='/account')
    ok(mona.post(words, [('language', 'es'), (about, '')] + base[2:] + [(answers_, 'Sí\nMejor no')]) == 303 and visitor.get(programme) == 200
       and 'For &lt;data&gt;.' in visitor.body, 'without words, the original stands')
    try_order(server, mona, programme, number)
    question = one.split('-')[1]
    change = [('label', 'Do you like beginners?'), ('hint', ''), ('role', 'mentor'), ('kind', 'one'), ('options', 'Yes\nRather not'), ('audience', 'coordinator')]
    mona.post(f'/cohorts/{number}/questions/{question}', change)
    ok('has changed since this was written' in (mona.get(words) and mona.body), 'a changed question says that its words are older')
    change[0] = ('label', 'Are you happy to work with beginners?')
    mona.post(f'/cohorts/{number}/questions/{question}', change)


def try_letters(server, mona, programme):
    letters = f'{programme}/letters'
    ok(mona.get(letters) == 200 and 'A sign-up is accepted' in mona.body and 'Both have said yes' in mona.body, 'the letters')
    one = f'{letters}/sign_up_accepted'
    mona.get(one)
    ok('your sign-up for {cohort} is accepted' in mona.body and '{name}, {cohort}, {words}' in mona.body, 'one, with its values')
    ok(mona.post(one, [('language', 'en'), ('subject', 'Hi'), ('body', 'Hello {nobody}')]) == 422 and 'none of those' in mona.body, 'no other values')
    ok(mona.post(f'{letters}/offer', [('language', 'en'), ('subject', 'Hi'), ('body', 'Hello {name}')]) == 422
       and 'Keep {link}' in mona.body, 'the link stays')
    own = [('language', 'en'), ('subject', 'Welcome, {name}'), ('body', 'Dear {name},\n\n{cohort} <has> a place for you.')]
    ok(mona.post(one, own) == 303 and mona.follow() == 200 and 'Welcome, Mona' in mona.body and 'version 1' in mona.body, 'own words, as they look')
    ok(mona.post(f'{one}/test', [('language', 'en')], page=one) == 303, 'a test letter')
    ok('Women in data <has> a place' in letter_about(server, 'mona@example.org', 'Welcome').get_content(), 'comes')
    mona.post(one, [('language', 'es'), ('subject', 'Hola'), ('body', 'Hola {name}')])
    ok(mona.post(f'{one}/reset', [('language', 'es')], page=f'{one}?language=es') == 303 and mona.follow() == 200
       and 'words that come with the program' in mona.body, 'and back')
    ok(mona.get(f'{letters}/nothing') == 404, 'no such letter')


def answers(person, cohort, role, values):
    """What she is asked, by the words of the question."""
    page = f'{cohort}/join/{role}/questions'
    person.get(page)
    found = {}
    for label, name in [(a, b) for b, a in re.findall(r'<label for="(q\d+)">([^<]+?)(?: <span|</label>)', person.body)] \
            + [(b, a) for a, b in re.findall(r'id="(q\d+)"[^>]*>\s*<legend>([^<]+)</legend>', person.body)]:
        found[label] = name
    return page, found, person.post(page, [(found[label], value) for label, value in values if label in found])


def try_cohort(server, admin, mona, programme):
    number = programme.rpartition('/')[2]
    mona.get(f'/cohorts/new?programme={number}')
    ok('A cohort for data.' in mona.body and 'value="12"' in mona.body, 'a new cohort begins with what the programme has')
    base = [('name', 'Data 1'), ('programme', number)]
    wrong = [(k, {'opens': '2027-02-10', 'closes': '2027-02-01'}.get(k, v)) for k, v in COHORT]
    ok(mona.post('/cohorts/new', base + wrong, page=f'/cohorts/new?programme={number}') == 422 and 'opens before it closes' in mona.body,
       'days follow one another')
    right = [(k, {'opens': '2026-01-10', 'closes': '2027-02-01'}.get(k, v)) for k, v in COHORT]
    ok(mona.post('/cohorts/new', base + right, page=f'/cohorts/new?programme={number}') == 303, 'it is made')
    setup = mona.headers['location']
    cohort = setup.removesuffix('/setup')
    ok(mona.get(setup) == 200 and '3 objectives' in mona.body and 'from 10 January 2026' in mona.body, 'with objectives, and the day it should open')
    ok(mona.get(f'{cohort}/languages?language=es') == 200 and 'Las mujeres se quedan &lt;aquí&gt;</textarea>' in mona.body, 'and their words in other languages')
    ok(mona.get(f'{cohort}/questions') == 200 and '22 questions' in mona.body and 'Years?' in mona.body, 'with the questions')
    mona.get(f'{cohort}/rules')
    ok('This is version 1' in mona.body and 'value="90"' in mona.body, 'and with the rules')
    visitor = Browser(server)
    ok(visitor.get(cohort) == 404 and visitor.get('/cohorts') == 200 and 'Data 1' not in visitor.body, 'nobody sees a draft')
    mona.post(f'{cohort}/state', [('to', 'enrolling')], page=cohort)
    ok(visitor.get(cohort) == 200 and 'Sign-up closes on 1 February 2027' in visitor.body and 'Women in data' in visitor.body, 'then everybody does')
    ok(visitor.get(programme) == 200 and 'Data 1' in visitor.body, 'also on the page of the programme')
    ok(visitor.get(f'/cohorts/{number}') == 404, 'what a programme has by default is no cohort')
    ok(mona.get(f'/cohorts/{number}/edit') == 404 and mona.get(f'/cohorts/{number}/setup') == 404, 'nor is it set up like one')
    return cohort


def try_signing_up(server, mona, cohort):
    lena = register(server, 'Lena')
    base = f'{cohort}/join/mentee'
    lena.get(f'{base}/aims')
    own = re.search(r'name="own" value="(own\d+)"', lena.body)
    ok(own and 'Quantum &lt;computing&gt;' in lena.body and 'value="motivation"' not in lena.body, 'she is offered the topics of the programme')
    lena.post(f'{base}/aims', [('level', '1'), ('languages', 'en'), ('goal', ''), ('other', 'Poetry'), ('own', own[1])])
    ok(lena.headers.get('location') == f'{base}/times', 'one of their own is enough')
    lena.get(f'{base}/aims')
    ok(re.search(rf'value="{own[1]}" checked', lena.body) and 'value="Poetry"' in lena.body, 'it is ticked, and her own words are hers')
    lena.post(f'{base}/times', EVENINGS + [('formats', 'video'), ('places', '1'), ('hours', '4')])
    lena.post(f'{base}/you', [('about', 'I'), ('woman', '1'), ('caregiving_for', 'matching'), ('access_for', 'matching')])
    ok(lena.headers.get('location') == f'{base}/questions', 'then come the questions of the programme')
    page, found, status = answers(lena, cohort, 'mentee', [('Years?', 'many')])
    ok(status == 422 and 'Write a whole number' in lena.body and 'What do you expect from your mentor?' in found
       and 'What do you expect from your mentee?' not in found, 'a number is a number; mentees get their own')
    ok('Matching doesn&#39;t use this' in lena.body and 'your match see the answer' in lena.body, 'each says who sees it, and what uses it')
    _, _, status = answers(lena, cohort, 'mentee', [('Years?', '4'), ('Your page on LinkedIn, GitHub or elsewhere', 'https://example.org/lena')])
    ok(status == 303 and lena.follow() == 200 and 'example.org/lena' in lena.body, 'answers are kept')
    ok(lena.post(f'{base}/check', [('agreed', '1')]) == 303, 'she sends it')
    mona.get(f'{cohort}/questions')
    ids = dict((label, number) for number, label in re.findall(r'/questions/(\d+)">([^<]+)</a>', mona.body))
    change = f'{cohort}/questions/{ids["Years?"]}'
    ok(mona.get(change) == 200 and 'one answer' in mona.body, 'the question has one answer')
    new = [('label', 'Years in tech?'), ('hint', ''), ('role', 'both'), ('kind', 'number'), ('options', ''), ('required', '1'), ('audience', 'coordinator')]
    ok(mona.post(change, new) == 303 and mona.follow() == 200 and 'Years in tech?' in mona.body and 'version 2' in mona.body, 'it becomes a second version')
    ok(mona.get(change) == 200 and 'Years in tech?' in mona.body, 'the address of the first leads to what stands now')
    lena.get(f'{base}/check')
    ok('Years?' in lena.body and 'Years in tech?' not in lena.body, 'her answer keeps its question')
    lena.get(page)
    ok('Years in tech?' in lena.body and 'value="4"' in lena.body, 'and is filled in for the new one')
    answers(lena, cohort, 'mentee', [('Years in tech?', '5')])
    lena.get(f'{base}/check')
    ok('Years in tech?' in lena.body and 'Years?' not in lena.body, 'until she answers again')
    mona.get(f'{cohort}/people')
    one = re.search(r'people/(\d+)">Lena</a>', mona.body)[1]
    ok(mona.get(f'{cohort}/people/{one}') == 200 and 'Quantum &lt;computing&gt;' in mona.body, 'Mona reads her sign-up')
    return lena


def try_cancelling(server, mona, lena, cohort):
    ok(mona.post(f'{cohort}/cancel', [('reason', '')]) == 422, 'cancelling needs a reason')
    ok(lena.get(f'{cohort}/cancel') == 404, 'and somebody who runs it')
    ok(mona.post(f'{cohort}/cancel', [('reason', 'Too <few> mentors.')]) == 303, 'a cohort is cancelled')
    ok('Too <few> mentors.' in letter_about(server, 'lena@example.org', 'is cancelled').get_content(), 'whoever signed up is told why')
    lena.get(cohort)
    ok('Too &lt;few&gt; mentors.' in lena.body and 'cancelled' in lena.body and '/join/mentor/aims' not in lena.body, 'and reads it there')
    ok(mona.post(f'{cohort}/cancel', [('reason', 'Again')], page='/programmes') == 409, 'once')
    ok(mona.post(f'{cohort}/state', [('to', 'reviewing')], page='/programmes') == 409, 'and it moves no more')


def try_late(server, admin):
    admin.post('/cohorts/new', COHORT + [('name', 'Late'), ('programme', '1')])
    cohort = admin.headers['location'].removesuffix('/setup')
    for state in ('enrolling', 'reviewing', 'matching', 'running'):
        admin.post(f'{cohort}/state', [('to', state)], page=cohort)
    nina = register(server, 'Nina')
    ok(nina.get(f'{cohort}/join/mentee/aims') == 404, 'sign-up is over')
    edit = [('name', 'Late'), ('cadence', '2'), ('hours', '2'), ('late', '1')] + COHORT
    ok(admin.post(f'{cohort}/edit', edit) == 303, 'but may be open for those who come late')
    ok(nina.get(cohort) == 200 and 'you can still join' in nina.body, 'which the page says')
    ok(join(nina, cohort, 'mentee', ['data']) == 303, 'and she joins')
    ok(admin.get(f'{cohort}/cancel') == 200 and admin.post(f'{cohort}/cancel', [('reason', 'X')]) == 409, 'what has begun is not cancelled')


def try_clone(admin, mona, programme):
    number = programme.rpartition('/')[2]
    bank = f'{programme}/question-bank'
    ok(mona.post(f'{bank}/own', [('text', 'Is it <fun>?'), ('kind', 'scale'), ('moments', 'pulse'), ('audience', 'counted')], page=bank) == 303, 'a question of its own')
    mona.get(bank)
    own = re.search(r'question-bank/own/(\d+)"', mona.body)[1]
    aims = f'/cohorts/{number}/objectives'
    aim = [('title', 'It is fun'), ('description', ''), ('figure', 'goals_reached'), ('measure', ''), ('baseline', ''), ('target', '4'), ('due', '')]
    ok(mona.post(aims, aim) == 303, 'an objective')
    mona.get(aims)
    edit = re.search(r'href="([^"]+/edit)">Change: It is fun', mona.body)[1]
    mona.get(edit)
    stood = re.search(r'name="stood" value="(\w+)"', mona.body)[1]
    ok(mona.post(edit, [(k, f'own:{own}' if k == 'figure' else v) for k, v in aim] + [('stood', stood)]) == 303, 'is measured by it')
    admin.get('/log')
    ok('How it is measured' in admin.body and 'Is it &lt;fun&gt;?</ins>' in admin.body, 'and the log tells what measured it before and after')
    ok(mona.post(f'{programme}/clone', [('name', 'Women in clouds'), ('about', 'C')]) == 303, 'another one like it')
    ready = mona.headers['location']
    clone = ready.removesuffix('/ready')
    ok(mona.get(ready) == 200 and clone != programme, 'which is hers too')
    ok('22 questions' in (mona.get(f'/cohorts/{clone.rpartition("/")[2]}/questions') and mona.body), 'with the questions')
    ok('Is it &lt;fun&gt;?' in (mona.get(f'{clone}/question-bank') and mona.body), 'its own questions')
    mona.get(f'/cohorts/{clone.rpartition("/")[2]}/objectives')
    edit = re.search(r'href="([^"]+/edit)">Change: It is fun', mona.body)[1]
    chosen = re.search(r'<option value="own:(\d+)" selected>', mona.get(edit) and mona.body)
    ok(chosen and chosen[1] != own, 'and what is measured by one of them is measured by its copy')
    ok('Quantum' in (mona.get(f'{clone}/topics') and mona.body), 'the topics')
    ok('Welcome, {name}' in (mona.get(f'{clone}/letters/sign_up_accepted') and mona.body), 'and the letters')
    ok(mona.post(f'{clone}/end', [('ended', '1')], page=clone) == 303 and Browser(admin.server).get(clone) == 404, 'it ends, and stands nowhere')
    ok(mona.post(f'{clone}/end', [('ended', '0')], page=clone) == 303 and Browser(admin.server).get(clone) == 200, 'and goes on')


NAUGHTY = ['"', "'", "'=1", '=1+1', '+49', '-1', '@me', '\n', '\r\n', ',', ';', '|', ' x ', '007', '<b>&amp;', '{{ 7 }}', '%s', 'é',
           '\u202eright to left', '\u05d0\u05d1', '👩‍💻', 'e\u0301', 'NULL', "'; DROP TABLE person; --", 'x' * 3000]


def naughty(chance):
    return ''.join(chance.choice(NAUGHTY) for _ in range(chance.randrange(4)))


def sheet_of(people):
    """As the server writes one: what a spreadsheet would run gets an apostrophe."""
    out = io.StringIO()
    rows = csv.writer(out, quoting=csv.QUOTE_ALL)  # blanks at the edges stay only in quotes
    for row in people:
        rows.writerow([f"'{cell}" if cell.lstrip("'")[:1] in tuple('=+-@\t\r') else cell for cell in row])
    return out.getvalue()


def put_in(admin, cohort, text, new):
    with tempfile.NamedTemporaryFile(suffix='.csv') as file:
        file.write(text.encode())
        file.flush()
        place = upload(admin, cohort, 'mentor', file.name)
    admin.get(place)
    ok(f'{new} new, 0 changed, 0 the same, 0 left out' in admin.body and 'saved from here' in admin.body, f'our own sheet of {new} is known')
    ok(admin.post(place, [('accept', '1')]) == 303, 'and imported')
    return place


def try_sheets(admin):
    """What is taken out of one cohort and put into another, and taken out of that, is the same."""
    chance = random.Random(20261128)
    cohorts = []
    for name in ('From', 'To'):
        admin.post('/cohorts/new', COHORT + [('name', name), ('programme', '1')])
        cohorts.append(admin.headers['location'].removesuffix('/setup'))
    first, second = cohorts
    admin.get(f'{first}/people.csv')
    people = [next(csv.reader(io.StringIO(admin.body)))]
    for k in range(40):
        people.append([f'P{k} {naughty(chance)}z', f'p{k}@one.example', naughty(chance), 'mentor', 'approved', chance.choice(['UTC', 'Europe/Madrid']),
                       chance.choice(['', 'data ', 'data security ']), naughty(chance), chance.choice(['', 'data']), chance.choice(['', 'en ']),
                       chance.choice(['', '1 18:00 21:00 g;w 07:15 08:00 p;']), chance.choice(['', 'video person ']), naughty(chance),
                       naughty(chance), naughty(chance), '', '', str(chance.randrange(5)), str(chance.randrange(11)), str(chance.randrange(41)),
                       chance.choice(['', '0', '12']), str(chance.randrange(5)), chance.choice(['', 'data:3 security:1 ']), naughty(chance), chance.choice(['', 'p1@boss.example'])])
    put_in(admin, first, sheet_of(people), 40)
    admin.get(f'{first}/people.csv')
    taken = admin.body
    ok(sorted(csv.reader(io.StringIO(taken))) == sorted(csv.reader(io.StringIO(sheet_of(people)))), 'what is taken out is what was put in')
    put_in(admin, second, taken.replace('@one.example', '@two.example'), 40)
    admin.get(f'{second}/people.csv')
    ok(admin.body == taken.replace('@one.example', '@two.example'), 'and from another cohort byte for byte')
    with tempfile.NamedTemporaryFile(suffix='.csv') as file:
        file.write((taken + 'Q,"never closed\r\n').encode())
        file.flush()
        admin.get(upload(admin, first, 'mentor', file.name))
    ok(taken.count('p1@boss.example') > 5, 'line managers too')
    line = taken.replace('\r\n', '\n').replace('\r', '\n').count('\n') + 1
    ok("can&#39;t be used" in admin.body and f'<td>{line}</td>' in admin.body and 'never closed' in admin.body, 'a broken one says its line')


def try_own_columns(admin):
    """Columns of a sheet that answer a programme's own questions: typed, told by row, the same again, and taken back."""
    admin.post('/cohorts/new', COHORT + [('name', 'Columns'), ('programme', '1')])
    cohort = admin.headers['location'].removesuffix('/setup')
    questions = f'{cohort}/questions'
    for label, kind, options in (('Years in tech', 'number', ''), ('Which track?', 'one', 'Data\nWeb & more'), ('Tools', 'many', 'Git\nSQL\nC'),
                                 ('Free from', 'day', ''), ('A page', 'link', ''), ('Agreed', 'tick', '')):
        admin.post(questions, [('label', label), ('hint', ''), ('role', 'both'), ('kind', kind), ('options', options), ('audience', 'coordinator')])
    head = 'Name,E-mail,Years in tech,Track,Tools,Free from,A page,Agreed\r\n'
    good = 'Xena,xena@example.org,12,web & MORE,"git; sql",2027-02-01,https://x.example/,yes\r\n'
    bad = 'Yara,yara@example.org,many,Other,"git; cobol",soon,x.example,perhaps\r\n'

    def look(content, then=()):
        with tempfile.NamedTemporaryFile(suffix='.csv') as file:
            file.write(content.encode())
            file.flush()
            place = upload(admin, cohort, 'mentee', file.name)
        admin.get(place)
        found = dict(re.findall(r'<option value="(q\d+)"(?: selected)?>([^<]+)</option>', admin.body))
        names = {label: value for value, label in found.items()}
        chosen = re.findall(r'<option value="(\w+)" selected>', admin.body)
        if then:
            admin.post(f'{place}/columns', [(f'column-{k}', names.get(one, one)) for k, one in enumerate(then)], page=place)
            admin.get(place)
        return place, names, chosen

    place, names, chosen = look(head + good + bad)
    ok(len(names) == 6 and names['Years in tech'] in chosen and names['Tools'] in chosen and 'Which' not in ''.join(chosen), 'own questions are known by their words')
    ok('2 new' in admin.body and admin.body.count('is no answer to this question') == 5, 'each cell that is none is told')
    columns = ['name', 'email', 'Years in tech', 'Which track?', 'Tools', 'Free from', 'A page', 'Agreed']
    place, names, chosen = look(head + good + bad, columns)
    ok(admin.body.count('is no answer to this question') == 6 and 'write one of the answers' in admin.body, 'a column is taken for one by hand')
    ok(admin.post(place, []) == 303, 'imported')
    admin.get(f'{cohort}/people?search=xena')
    person = re.search(rf'href="({cohort}/people/\d+)"', admin.body)[1]
    admin.get(person)
    ok(all(word in admin.body for word in ('12', 'Web &amp; more', 'Git', 'SQL', '2027-02-01', 'https://x.example/')), 'her answers are there')
    place, *_ = look(head + good + bad, columns)
    ok('0 new, 0 changed, 2 the same' in admin.body, 'the same sheet changes nothing')
    place, *_ = look(head + good.replace(',12,', ',13,'), columns)
    ok('0 new, 1 changed' in admin.body, 'another answer does')
    ok(admin.post(place, []) == 303 and admin.get(person) == 200 and '>13<' in admin.body, 'and is kept')
    ok(admin.post(f'{place}/undo', [], page=place) == 303 and admin.get(person) == 200 and '>12<' in admin.body and '>13<' not in admin.body, 'taken back, the old one stands')
    ok(admin.post(f'{place}/columns', [('column-0', 'q77')], page=place) == 303, 'a question that is not there is none')


def try_invitations(server, admin):
    """By letter, once to each; and by a link for everybody, as often as it says."""
    admin.post('/cohorts/new', COHORT + [('name', 'Invited'), ('programme', '1')])
    cohort = admin.headers['location'].removesuffix('/setup')
    page = f'{cohort}/invitations'
    letter = [('role', 'mentor'), ('words', 'Do <come>!'), ('days', '30')]
    ok(admin.get(page) == 200 and 'Nobody is invited yet' in admin.body and 'takes no sign-ups now' in admin.body, 'nobody is invited')
    ok(admin.post(page, letter + [('addresses', 'a@b.example, nobody')]) == 422 and 'Number 2 of them' in admin.body and '>a@b.example, nobody</textarea>' in admin.body,
       'what is no address is told, and what was typed stays')
    ok(admin.post(page, letter + [('addresses', ' '.join(f'p{k}@many.example' for k in range(201)))]) == 422 and 'at most 200' in admin.body, 'not more than 200 at once')
    two = [('addresses', 'Inva@example.org\ninvb@example.org;inva@example.org')]
    ok(admin.post(f'{page}/look', letter + [('addresses', 'nobody')], page=page) == 422 and '>nobody</textarea>' in admin.body, 'also before the letter is shown')
    ok(admin.post(f'{page}/look', letter + two + [('language', 'es')], page=page) == 200 and 'Do &lt;come&gt;!' in admin.body and 'te invita a' in admin.body
       and 'It goes to' in admin.body and 'Nobody is invited' not in admin.body, 'the letter is shown first, in its language')
    ok('Nobody is invited yet' in (admin.get(page) and admin.body), 'and nobody was written to')
    own = '/programmes/1/letters/invitation'
    admin.post(own, [('language', 'en'), ('subject', '{who} invites you to {cohort}'), ('body', 'Our own <words>. {words}\n\n{link}')])
    ok(admin.post(page, letter + two) == 303, 'two are invited')
    got = server.letter('inva@example.org')
    words = ' '.join(got.get_content().split())
    ok('Ada invites you to Invited' in got['Subject'] and 'Our own <words>. Do <come>!' in words, 'each gets a letter in these words, and those of the programme')
    link = re.search(r'/invited/\w+', words)[0]
    admin.get(page)
    ok(admin.body.count('inva@example.org') > 0 and len(re.findall(r'<th scope="row">', admin.body)) == 2 and 'not followed yet' in admin.body, 'and stands in the list once')
    visitor = Browser(server)
    ok(visitor.get(link) == 200 and 'No sign-ups are taken' in visitor.body and 'Join as' not in visitor.body, 'a cohort that is not open says so')
    admin.post(f'{cohort}/state', [('to', 'enrolling')], page=cohort)
    ok(visitor.get(link) == 200 and 'Join as a mentor' in visitor.body and 'Join as a mentee' not in visitor.body, 'an open one lets her join as what she was asked to be')
    ok(visitor.post(link, [('role', 'mentee')]) == 303 and visitor.headers['location'] == f'{cohort}/join/mentor/aims', 'by one button')
    ok('was followed once' in (admin.get(page) and admin.body), 'which is seen')
    person = register(server, 'Inva')
    join(person, cohort, 'mentor', ['data'])
    ok('has signed up' in (admin.get(page) and admin.body), 'and that she has signed up')
    ok(admin.post(page, letter + [('addresses', 'inva@example.org')]) == 303 and len(re.findall(r'<th scope="row">', admin.get(page) and admin.body)) == 2, 'then she gets no other')
    ok(admin.post(f'{page}/open', [('open_role', 'any'), ('most', '1'), ('open_days', '91')], page=page) == 422 and 'id="open_days-error"' in admin.body, 'a link works 90 days at most')
    ok(admin.post(f'{page}/open', [('open_role', 'any'), ('most', '1'), ('open_days', '7')], page=page) == 303, 'a link for everybody')
    code = re.search(r'everybody with this link: <strong>[^<]*(/invited/\w+)<', admin.get(page) and admin.body)[1]
    ok(visitor.get(code) == 200 and 'Join as a mentee' in visitor.body and 'Join as a mentor' in visitor.body, 'anybody follows it')
    invo = register(server, 'Invo')
    ok(visitor.post(code, [('role', 'mentee')]) == 303 and visitor.get(code) == 200 and 'has ended' not in visitor.body, 'as often as she likes')
    ok(invo.post(code, [('role', 'mentee')]) == 303, 'so does Invo')
    join(invo, cohort, 'mentee', ['data'])
    ok('one has signed up by it; was followed 2 times; the link has ended' in re.sub(r'\s+', ' ', admin.get(page) and admin.body), 'sign-ups count, not clicks')
    ok(visitor.get(code) == 200 and 'has ended' in visitor.body and visitor.post(code, [('role', 'mentee')], page='/sign-in') == 409, 'it lets through as many as it says')
    second = re.search(r'name="invite" value="(\d+)"', admin.get(page) and admin.body)[1]
    ok(admin.post(f'{page}/end', [('invite', second)], page=page) == 303 and admin.post(f'{page}/end', [('invite', second)], page=page) == 404, 'one is ended, once')
    ok(visitor.get('/invited/none') == 404 and person.get(page) == 404 and person.post(page, letter, page='/account') == 404, 'the rest is for others')


def try_replies(server, cohort, dina, pair):
    """How soon a mentor answers: told from five answers on, by half of them, and nothing else of her messages."""
    def write(number, days, hours):
        """The mentee writes, so many days ago, and has an answer after so many hours."""
        for k, (who, at) in enumerate((('mentee_person', 0), ('mentor_person', hours))):
            run_sql(server, f"INSERT INTO message(id, match, person, text, at, mailed) SELECT {1000 + 2 * number + k}, id, {who}, 'CANARY', "
                            f"made_at - {days * 86400000000 - at * 3600000000}, 1 FROM match WHERE id = {pair.rpartition('/')[2]}")
    for number in range(4):
        write(number, 60 - number, 10)
    ok(dina.get(f'{cohort}/mentors') == 200 and 'Mira' in dina.body and 'How soon she answers' not in dina.body, 'four answers say nothing yet')
    write(4, 50, 100)
    ok('How soon she answers</dt><dd>mostly within a day' in (dina.get(f'{cohort}/mentors') and dina.body), 'five do: half of them came within ten hours')
    for number in range(5, 11):
        write(number, 90 - 5 * number, 60)
    ok('<dd>mostly within three days' in (dina.get(f'{cohort}/mentors') and dina.body) and 'CANARY' not in dina.body, 'later slower ones are told as they are')


def try_cards(server, admin):
    """What a mentee reads of mentors before any match."""
    admin.post('/cohorts/new', COHORT + [('name', 'Cards'), ('programme', '1')])
    cohort = admin.headers['location'].removesuffix('/setup')
    admin.post(f'{cohort}/state', [('to', 'enrolling')], page=cohort)
    people = {name: register(server, name) for name in ('Cara', 'Dina', 'Mira', 'Nele')}
    for name in ('Cara', 'Dina'):
        join(people[name], cohort, 'mentee', ['data'])
    join(people['Mira'], cohort, 'mentor', ['data'], '3', '2')
    join(people['Nele'], cohort, 'mentor', ['ux'], '3', '0')
    you = f'{cohort}/join/mentor/you'
    people['Mira'].post(you, [('about', 'A'), ('woman', '1'), ('access', 'captions'), ('access_for', 'cohort')])
    people['Mira'].post(f'{cohort}/join/mentor/check', [('agreed', '1')])
    admin.get(f'{cohort}/people')
    ids = dict((name, number) for number, name in re.findall(r'people/(\d+)">(\w+)</a>', admin.body))
    one = next(number for name, number in ids.items() if name == 'Dina')
    admin.post(f'{cohort}/people/bulk', [('to', 'approved'), ('reason', '')] + [('enrolment', number) for name, number in ids.items() if name != 'Dina'],
               page=f'{cohort}/people')
    admin.post(f'{cohort}/rules', RULES)
    cara, mira = people['Cara'], people['Mira']
    ok(cara.get(f'{cohort}/mentors') == 200 and re.search(r'In common each week</dt><dd>\d+ h', cara.body) is not None, 'cards tell of time in common')
    ok('Captions' in cara.body, 'and of what she needs, where she tells everybody')
    ok('alumna' in cara.body and cara.body.index('Mira') < cara.body.index('Nele') and 'Choose Nele' not in cara.body, 'who takes nobody is an alumna')
    ok(cara.get(f'{cohort}/mentors/{ids["Nele"]}') == 404 and cara.get(f'{cohort}/mentors/{ids["Mira"]}') == 200, 'and is not chosen')
    run = find_pairs(admin, cohort)
    admin.get(f'{run}/publish')
    ok('your match is settled' in admin.body and '(her name)' in admin.body, 'publishing shows the letter that is sent')
    own = '/programmes/1/letters/match_begins'
    ok(admin.post(own, [('language', 'en'), ('subject', 'It begins, {name}'), ('body', 'Our own <start> in {cohort}.\n\n{link}')]) == 303, 'the programme has its own words')
    admin.get(f'{run}/publish?search=cara')
    ok('It begins, (her name)' in admin.body and 'Our own &lt;start&gt; in' in admin.body and 'is settled' not in admin.body, 'which are shown then')
    ok('One pair is published' in admin.body and 'All pairs of this run are published' in admin.body and '<caption>One pair</caption>' in admin.body, 'what is published')
    admin.get(f'{run}/publish?search=nobody')
    ok('One pair is published' in admin.body and 'No pair is like that' in admin.body, 'is not changed by searching')
    admin.post(f'{run}/publish', [], page=f'{run}/publish')
    ok(cara.get(f'{cohort}/match') == 200 and '/pairs/' in cara.body, 'Cara and Mira are a pair')
    pair = re.search(r'/pairs/\d+', cara.body)[0]
    admin.post(f'{cohort}/people/bulk', [('to', 'approved'), ('reason', ''), ('enrolment', one)], page=f'{cohort}/people')
    try_replies(server, cohort, people['Dina'], pair)
    times = f'{cohort}/join/mentor/times'
    ok(mira.post(times, EVENINGS + [('formats', 'video'), ('places', '0'), ('hours', '4')]) == 303, 'Mira lowers her places below what she has')
    mira.post(f'{cohort}/join/mentor/check', [('agreed', '1')])
    ok(cara.get(pair) == 200 and mira.get(pair) == 200, 'her match goes on')
    profile = [('name', 'Cara'), ('pronouns', '')]
    ok('less time in common than' not in (mira.get(pair) and mira.body), 'nothing is said of enough time')
    ok(cara.post('/account/profile', profile + [('zone', 'Pacific/Kiritimati')]) == 303, 'Cara moves to the other side of the world')
    letter = letter_about(server, 'cara@example.org', 'Your time zone')
    ok('Mira' in ' '.join(letter.get_content().split()) and 'before, it was' in ' '.join(letter.get_content().split()), 'she is told what it means for them')
    letter = letter_about(server, 'mira@example.org', 'less time in common')
    ok('Cara' in ' '.join(letter.get_content().split()) and pair in ' '.join(letter.get_content().split()), 'so is Mira')
    letter = letter_about(server, 'ada@example.org', 'too little time')
    ok('Cara' in ' '.join(letter.get_content().split()), 'and who runs the cohort')
    ok(mira.get(pair) == 200 and 'less time in common than' in mira.body, 'and it stands on their page')
    ok(cara.post('/account/profile', profile + [('zone', 'UTC')]) == 303 and 'less than' not in (mira.get(pair) and mira.body), 'until it is enough again')
    run = find_pairs(admin, cohort)
    ok('0 of 1 mentee' in re.sub(r'<[^>]+>', '', admin.body), 'and she gets nobody new')
    return cohort, people, pair


def try_setup(server):
    admin = register(server, 'Ada', server.first_link())
    programme = try_programmes(server, admin)
    number = programme.rpartition('/')[2]
    mona, rita = try_team(server, admin, programme)
    try_questions(mona, f'/cohorts/{number}')
    try_values(mona, f'/cohorts/{number}')
    try_topics(mona, programme)
    ok(mona.post(f'/cohorts/{number}/rules', RULES) == 303, 'rules of their own')
    try_words(server, mona, programme)
    try_letters(server, mona, programme)
    cohort = try_cohort(server, admin, mona, programme)
    try_reports(rita, cohort)
    lena = try_signing_up(server, mona, cohort)
    try_cancelling(server, mona, lena, cohort)
    try_late(server, admin)
    try_clone(admin, mona, programme)
    try_sheets(admin)
    try_own_columns(admin)
    try_invitations(server, admin)
    try_cards(server, admin)
    ok(Browser(server).get(f'{programme}/ready') == 303, 'a visitor signs in first')
    ok(server.stop() == 0, 'it stops well')


if __name__ == '__main__':
    sys.exit(main(try_setup))

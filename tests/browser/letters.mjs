// SPDX-License-Identifier: Apache-2.0
// Letters read by mailparser and their calendars by ical.js, against what letters_check.py has read.
//
//   node tests/browser/letters.mjs FOLDER     prints TAP; FOLDER is of main-letters_test and letters_check.py
import fs from 'node:fs';
import path from 'node:path';
import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';

const folder = process.argv[2];
const told = JSON.parse(fs.readFileSync(path.join(folder, 'told.json'), 'utf8'));
let ran = 0;
let failed = 0;

function ok(held, name) {
    ran++;
    failed += held ? 0 : 1;
    console.log(`${held ? 'ok' : 'not ok'} ${ran} - ${name}`);
}

function readCalendar(text) {
    const whole = new ICAL.Component(ICAL.parse(text));
    const event = whole.getFirstSubcomponent('vevent');
    const time = name => event.getFirstPropertyValue(name).toUnixTime();
    return [whole.getFirstPropertyValue('method'), event.getFirstPropertyValue('uid'), event.getFirstPropertyValue('sequence'), time('dtstart'),
        time('dtend'), event.getFirstPropertyValue('status'), event.getAllProperties('attendee').length];
}

// What is wrong with one letter; '' when nothing is.
async function judge(name, raw) {
    const letter = await simpleParser(raw);
    if (!letter.subject || !letter.text || !letter.messageId || !letter.date || letter.to?.value.length !== 1 || letter.from?.value.length !== 1)
        return 'a header or its words are missing';
    if (/\ufffd|=\?utf-8/i.test(letter.subject + letter.text + letter.from.text))
        return 'letters of an alphabet are lost';
    const stop = letter.headers.get('list');
    if (/\/stop\//.test(letter.text) !== Boolean(stop?.unsubscribe && stop['unsubscribe-post']))
        return 'RFC 8058';
    const calendars = letter.attachments.filter(one => one.contentType === 'text/calendar');
    if (calendars.length !== (name in told ? 1 : 0))
        return 'calendars';
    return calendars.length === 0 || JSON.stringify(readCalendar(calendars[0].content.toString())) === JSON.stringify(told[name]) ? '' : 'ical.js reads another meeting';
}

const wrong = new Map();
const names = fs.readdirSync(folder).filter(name => name.endsWith('.eml')).sort();
for (const name of names) {
    const said = await judge(name, fs.readFileSync(path.join(folder, name)));
    if (said !== '')
        wrong.set(name, said);
}
ok(names.length > 100 && wrong.size === 0, `${names.length} letters by mailparser, ${Object.keys(told).length} calendars by ical.js: ${[...wrong].slice(0, 3).join('; ') || 'as they should be'}`);
const one = names.find(name => name in told);
told[one][2] += 1;
ok(await judge(one, fs.readFileSync(path.join(folder, one))) === 'ical.js reads another meeting', 'a planted SEQUENCE is found');
told[one][2] -= 1;
const stopped = names.find(name => /List-Unsubscribe-Post/.test(fs.readFileSync(path.join(folder, name))));
ok(await judge(stopped, fs.readFileSync(path.join(folder, stopped), 'latin1').replace(/List-Unsubscribe-Post[^\n]*\n/, '')) === 'RFC 8058', 'and so is a missing header');
console.log(`1..${ran}`);
process.exit(failed === 0 ? 0 : 1);

// SPDX-License-Identifier: Apache-2.0
// Every page in a real browser, as each role: no finding of axe (WCAG 2.2 AA), none of the HTML
// checker, no script needed, nothing wider than 320 pixels, every message translatable, and the main
// tasks with the keyboard alone.
//
//   node pages.mjs TRELLIS FOLDER [SCREENSHOTS]      prints TAP
//   PAGES="article pair" node pages.mjs ...          only these files of parts/
//   STATES=1 node pages.mjs ...                      and each new page in the states of variants.mjs, as every.mjs does
//   BROWSER_AT_ONCE=1 node pages.mjs ...             one part at a time, not two
import fs from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { axeFinds, makeDemo, nuSays, serve, signIn } from './common.mjs'
import { build } from './crawl.mjs'
import { findings } from './findings.mjs'
import { VARIANTS, WIDE, turn } from './variants.mjs'

const [trellis, folder, shots] = process.argv.slice(2)
const html = path.join(folder, 'html')
const NARROW = { viewport: { width: 320, height: 640 } }
let ran = 0
let failed = 0

function ok(held, name, more = '') {
    ran++
    failed += held ? 0 : 1
    console.log(`${held ? 'ok' : 'not ok'} ${ran} - ${name}`)
    if (!held && more) console.log(String(more).split('\n').map((line) => `# ${line}`).join('\n'))
}

let saved = 0
let looked = 0
const titles = new Map()

// A page that is built as one before it, words and numbers apart, in a window like that one's, is not given to axe and to the HTML checker again. What
// depends on words, its width, is looked at each time.
const seen = new Set()

async function isNew(page, text) {
    const window = await page.evaluate(() => [innerWidth, innerHeight, devicePixelRatio, document.documentElement.dir,
        ...['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)', '(prefers-reduced-motion: reduce)'].map((one) => matchMedia(one).matches)].join(' '))
    const shape = `${window} ${build(text)}`
    const fresh = !seen.has(shape)
    seen.add(shape)
    return fresh
}

// Light and in a wide window first; then as it was.
async function lookInStates(page, name) {
    const size = page.viewportSize()
    await turn(page, { size: WIDE })
    const found = await findings(page, VARIANTS)
    ok(found.length === 0, `${name}: nothing is found in ${VARIANTS.length + 1} states`, found.map((one) => one.join(': ')).join('\n'))
    await turn(page, { size })
    await page.emulateMedia({ colorScheme: null, forcedColors: null })
}

async function look(page, name) {
    const text = await page.content()
    looked++
    if (await isNew(page, text)) {
        const found = await axeFinds(page)
        ok(found.length === 0, `${name}: axe finds nothing`, found.map((one) => one.join(': ')).join('\n'))
        const file = name.replace(/[^a-z0-9]+/gi, '-').slice(0, 80) // what the checker finds is told with it
        if (process.env.STATES) await lookInStates(page, name)
        fs.writeFileSync(path.join(html, `${String(++saved).padStart(3, '0')}-${file}.html`), text)
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    ok(wide <= 0, `${name}: nothing stands out of the window`, wide)
    titles.set(name, await page.title())
    if (shots) await page.screenshot({ path: path.join(shots, `${name.replace(/[^a-z0-9]+/gi, '-')}.png`), fullPage: true })
}

// Each page by its way there, so that what a person sees is what is looked at.
async function visit(page, base, name, where) {
    const answer = await page.goto(base + where)
    ok(answer.status() === 200, `${name}: is there`, answer.status())
    await look(page, name)
}

async function sendEmpty(page, name) {
    await page.click('main form:has(textarea, input:not([type=hidden])) button[type=submit]')
    const focus = await page.locator('.summary').count()
    ok(focus === 1, `${name}: sent empty, it says what is wrong`)
    await look(page, `${name}, sent empty`)
    const first = page.locator('.summary a').first()
    const target = (await first.getAttribute('href')).slice(1)
    ok(await page.locator(`[id="${target}"]`).count() === 1, `${name}: the summary leads to a field`)
}

// What people of the demo wrote stays as it is: texts, one a line, and last names at the end of a text.
const WRITTEN = new RegExp([
    String.raw`Do you lead other people today\?`,
    String.raw`Spring 2027`,
    String.raw`Autumn circle`,
    String.raw`First circle`,
    String.raw`Introduce ourselves, without|The questions that one does not dare|^Saying no$|A guest: how she got|Our goals at half-time|Looking back, and whether`, // a circle's plan
    String.raw`Mentees reach the goal that|Both sides find a match that|Women stay and rise in|Pairs speak openly|Each pair agrees on one to|I can say what I`, // objectives
    String.raw`Mentoring for women`,
    String.raw`The question that`,
    String.raw`Mina Park`,
    String.raw`Amina Diallo`,
    String.raw`@demo\.example`,
    String.raw`First year in`,
    String.raw`Introduce ourselves, without`,
    String.raw`The questions that one`,
    String.raw`Saying no`,
    String.raw`A guest: how`,
    String.raw`Our goals at half`,
    String.raw`Looking back, and whether`,
    String.raw`Back after`,
    String.raw`Reading about`,
    String.raw`Workshop: a CV`,
    String.raw`Workshop: getting`,
    String.raw`(Torres|Okoro|Levi|Kaya|Moretti|Costa|Duarte|Matos|Brandt|Olsen|Clarke|Zielinska|Diallo|Rahman|Keita|Horvat|Tanaka|Nair|Vogel|Haddad|Soler|Popa),?$`,
    String.raw`(Novak|Aziz|Saleh|Petersen|Lind|Krishnan|Karimi|Mwangi|Fontes|Park|Schmidt|Petrova|Reyes|Murphy|Lima|Cohen|Larsen|Meier|Adams|Ortiz|Sato|Laurent|Berg|Walsh|Neri|Rao),?$`,
].join('|'))

// With the made-up language, every text that can be translated stands in brackets.
async function translated(page, base, places) {
    await page.goto(base)
    await page.evaluate(() => { // the made-up language is not offered to people
        const option = document.querySelector('#page-language option')
        option.value = 'qps'
        option.selected = true
    })
    await page.click('.languages button')
    for (const where of places) {
        await page.goto(base + where)
        const bare = await page.evaluate((written) => {
            const found = []
            const names = new RegExp(written)
            const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
            while (walk.nextNode()) {
                const text = walk.currentNode.textContent.trim()
                const name = names.test(text)
                const own = name || walk.currentNode.parentElement.closest('[lang]:not(html), dd, th[scope=row], td, .brand, option, .lines, textarea')
                if (/[A-Za-z]{3}/.test(text) && !text.includes('[') && !text.includes('~~]') && !own) found.push(text.slice(0, 60))
            }
            return found
        }, WRITTEN.source)
        ok(bare.length === 0, `${where}: every text can be translated`, bare.join('\n'))
    }
    await page.goto(base) // an account keeps its language: back to one that a browser knows
    await page.selectOption('#page-language', 'en')
    await page.click('.languages button')
}

function checkHtml() {
    const count = fs.readdirSync(html).length
    if (count === 0) return // parts that only measure keep none
    const found = nuSays(html)
    ok(found === '', `the HTML checker finds nothing in ${count} pages`, found.split('\n').slice(0, 20).join('\n'))
}

const LONG = ['forms', 'states', 'tour'] // these first, so that none of them runs alone at the end

// The pages of later slices stand in parts/, one file each, so that a slice brings its own: name to function.
async function parts() {
    const names = fs.readdirSync(new URL('parts/', import.meta.url)).filter((name) => name.endsWith('.mjs')).map((name) => name.slice(0, -4))
        .sort((a, b) => LONG.includes(b) - LONG.includes(a) || a.localeCompare(b))
    const wanted = names.filter((name) => !process.env.PAGES || process.env.PAGES.split(' ').includes(name))
    return Promise.all(wanted.map(async (name) => [name, (await import(`./parts/${name}.mjs`)).default]))
}

// A press at a time, as without the page's own refresh, until the run is computed.
async function runIsThere(page) {
    if (await page.locator('text=Stop looking by itself').count()) await page.click('text=Stop looking by itself')
    for (let k = 0; k < 3000 && await page.locator('text=Look again').count(); k++) await page.click('text=Look again')
}

// A part on a demo of its own: what one does is no surprise to another, and one that breaks off ends no other.
async function play(browser, demo, name, part) {
    const data = path.join(folder, name)
    fs.cpSync(path.join(folder, 'demo'), data, { recursive: true })
    const { server, base } = await serve(trellis, data)
    const began = Date.now()
    try {
        await part({ browser, base, demo, data, narrow: NARROW, ok, signIn, look, visit, sendEmpty, translated, runIsThere })
    } catch (error) {
        ok(false, `${name}: comes to its end`, error.stack)
    } finally {
        server.kill()
    }
    console.log(`# ${name}: ${Math.round((Date.now() - began) / 1000)} s`)
}

async function run() {
    fs.mkdirSync(html, { recursive: true })
    const demo = makeDemo(trellis, path.join(folder, 'demo'))
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
    const waiting = [...(process.env.PAGES ? [] : [['data', ({ base, demo }) => pages(browser, base, demo)]]), ...await parts()]
    const work = async () => {
        while (waiting.length) await play(browser, demo, ...waiting.shift())
    }
    try {
        await Promise.all(Array.from({ length: Number(process.env.BROWSER_AT_ONCE || 2) }, work))
    } finally {
        await browser.close()
    }
    const beganHtml = Date.now()
    checkHtml()
    console.log(`# ${looked} pages looked at, ${saved} of different build; the HTML checker: ${Math.round((Date.now() - beganHtml) / 1000)} s`)
    console.log(`1..${ran}`)
    process.exitCode = failed ? 1 : 0
}

async function pages(browser, base, demo) {
    const narrow = NARROW
    const visitor = await signIn(browser, base, demo, 'visitor', narrow)
    for (const where of ['/', '/cohorts', '/help', '/help/tell', '/help/answer', '/register', '/sign-in', '/sign-in/link', '/sent', '/link/none'])
        await visit(visitor, base, `visitor ${where}`, where)
    await visitor.goto(`${base}/register`)
    await sendEmpty(visitor, 'register')
    const missing = await visitor.goto(`${base}/nothing`)
    ok(missing.status() === 404, 'a page that is not there says so')
    await look(visitor, 'not found')
    await visitor.goto(`${base}/cohorts`)
    const cohort = await visitor.locator('main .card a:has-text("Spring")').getAttribute('href')
    await visit(visitor, base, 'visitor cohort', cohort)

    const newcomer = await signIn(browser, base, demo, 'newcomer', narrow)
    for (const where of ['/account', '/account/profile', '/account/email', '/account/password', '/account/close', '/account/data', '/account/erase', '/account/apart',
        `${cohort}/join/mentee/aims`, `${cohort}/join/mentor/times`, `${cohort}/join/mentee/you`, `${cohort}/match`])
        await visit(newcomer, base, `newcomer ${where.replace(/\d+/, 'N')}`, where)
    await newcomer.goto(`${base}${cohort}/join/mentee/aims`)
    await sendEmpty(newcomer, 'aims')

    const admin = await signIn(browser, base, demo, 'administrator')
    for (const where of [cohort, `${cohort}/people`, `${cohort}/people?search=nobody-at-all`, `${cohort}/apart`, `${cohort}/rules`, `${cohort}/pool`, `${cohort}/pool?by=level-band`, `${cohort}/fairness`, `${cohort}/import`, `${cohort}/setup`, `${cohort}/edit`,
        `${cohort}/objectives`, `${cohort}/team`, `${cohort}/questions`,
        `${cohort}/matching`, `${cohort}/matches`, '/cohorts/new', '/log', '/data', '/data/ages', '/data/due'])
        await visit(admin, base, `administrator ${where.replace(/\d+/, 'N')}`, where)
    await admin.goto(`${base}/cohorts/new`)
    await sendEmpty(admin, 'new cohort')
    await admin.goto(`${base}${cohort}/people`)
    await admin.click('main table a')
    await look(admin, 'a sign-up')
    await admin.click('main a[href$="/known"]')
    await look(admin, 'what is known of somebody')
    await admin.goto(`${base}${cohort}/people?state=submitted`)
    await admin.check('main tbody tr:nth-child(1) input')
    await admin.check('main tbody tr:nth-child(2) input')
    await admin.click('button[value=approved]')
    await look(admin, 'a bulk decision')
    await admin.click('text=Yes, do it')
    await look(admin, 'after a bulk decision')
    await admin.goto(`${base}${cohort}/matching`)
    await admin.click('text=Find the best pairs')
    await admin.waitForURL(/matching\/\d+$/)
    await runIsThere(admin)
    await look(admin, 'a run')
    ok(await admin.locator('text=It is proved').count() === 1, 'the run is proved')
    const run = new URL(admin.url()).pathname
    await admin.click('main tbody a:has-text("Details")')
    await look(admin, 'a pair')
    await admin.click('text=Never put these two together')
    await look(admin, 'what a change would do')
    await admin.fill('#note', 'They are cousins')
    await admin.click('text=Yes, keep it')
    await look(admin, 'a run with a draft')
    for (const where of ['/changes', '/waiting', '/rules/versions'])
        await visit(admin, base, `administrator matching ${where}`, cohort + where)
    await visit(admin, base, 'what the draft would do', `${run}/change?do=draft`)
    await admin.goto(`${base}${cohort}/rules`)
    await admin.click('text=See what they would do')
    await look(admin, 'what rules would do')
    await admin.goto(`${base}${run}/publish`)
    await look(admin, 'publishing')
    await admin.click('text=Yes, publish')
    await admin.locator('main a[href$="/withdraw"]').first().click()
    await look(admin, 'taking an offer back')
    await sendEmpty(admin, 'taking an offer back')
    await admin.goto(`${base}${cohort}/matches`)
    await look(admin, 'matches')

    const mentee = await signIn(browser, base, demo, 'mentee', narrow)
    await visit(mentee, base, 'my match, offered', `${cohort}/match`)
    await mentee.click('main .card .button')
    await sendEmpty(mentee, 'answering an offer')
    await mentee.check('input[value=yes]')
    await mentee.click('main form button[type=submit]')
    await look(mentee, 'my match, one yes')
    await visit(mentee, base, 'mentors to choose from', `${cohort}/mentors`)
    const mentor = await signIn(browser, base, demo, 'mentor', narrow)
    await visit(mentor, base, 'who chose me', `${cohort}/chosen`)
    const order = mentor.locator('main .card a[href*="/chosen/"]').first()
    if (await order.count() > 0) {
        await order.click()
        await look(mentor, 'where in my order')
    }
    const member = await signIn(browser, base, demo, 'committee')
    await visit(member, base, 'committee', `${cohort}/committee`)
    await translated(await signIn(browser, base, demo, 'visitor'), base, ['/', '/cohorts', '/register', '/sign-in', '/help', cohort])
    await translated(newcomer, base, ['/account', '/account/profile', '/account/email', '/account/close', `${cohort}/join/mentee/aims`,
        `${cohort}/join/mentor/times`, `${cohort}/match`])
    const plain = await signIn(browser, base, demo, 'visitor', { javaScriptEnabled: false })
    await plain.goto(`${base}/register`)
    await plain.fill('#name', 'Nora')
    await plain.fill('#email', 'nora@demo.example')
    await plain.click('main form button[type=submit]')
    ok(new URL(plain.url()).pathname === '/sent', 'registering needs no script')
    ok(new Set(titles.values()).size > titles.size / 3, 'titles tell pages apart')
}

await run()

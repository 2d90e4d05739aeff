// SPDX-License-Identifier: Apache-2.0
// Main tasks as somebody does them who hears the screen: Firefox, the screen reader Orca and the keyboard alone. What Orca says stands in tests/golden/spoken-*.txt,
// which were read before they were kept; a change of a page that changes what is said changes them.
//
//   node spoken.mjs TRELLIS FOLDER [SAID]     prints TAP; what was said of each task goes to the folder SAID
//   SPOKEN="concern offer" node spoken.mjs ...  only these
//   SPOKEN_KEEP=1 node spoken.mjs ...           writes the golden files anew: read them before you commit them
//
// A page that comes is read by itself: kept is what is said of it up to its first heading, without what stands on each page. Days, times and numbers, which change with the day of the demo,
// stand as # signs; a link is a link whether or not it was visited.
import fs from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { makeDemo, serve, signIn } from './common.mjs'
import { openOrca } from './orca.mjs'
import { Hands } from './tasks.mjs'

const [trellis, folder, place] = process.argv.slice(2)
const golden = new URL('../golden/', import.meta.url).pathname
const SEND = 'main form button[type=submit]'
let ran = 0
let failed = 0

function ok(held, name, more = '') {
    ran++
    failed += held ? 0 : 1
    console.log(`${held ? 'ok' : 'not ok'} ${ran} - ${name}`)
    if (!held && more) console.log(String(more).split('\n').map((line) => `# ${line}`).join('\n'))
}

// What changes with the day, and what a busy machine adds.
function plain(line) {
    return line.replace(/\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b/g, '#day').replace(/\d+/g, '#').replace(/(#\S*#) [A-Z]{2,5}\b/g, '$1').replace(/visited link/g, 'link')
}
const FOOT = ['Language', 'combo box', 'English', 'Change', 'push button']
const NOISE = /^(Loading\. {2}Please wait\.|Finished loading\.$|.* frame\.$|Page has |.* document web\.$|.* page tab\.$|Screen reader on\.|Search or enter address)/

class Ears extends Hands {
    constructor(page, base) {
        super(page, base, ok, [])
        this.lines = []
    }

    async told(what, least = 0) {
        const lines = (await this.page.heard(least)).filter((line) => !NOISE.test(line)).map(plain)
        while (FOOT.includes(lines[0])) lines.shift() // the end of the page before
        const head = lines.indexOf('Skip to the main part')
        const last = Math.max(...['leaving banner.', 'Register', 'Sign out'].map((one) => lines.indexOf(one, head)))
        if (head >= 0 && last > head) lines.splice(head, last - head + (lines[last] === 'leaving banner.' ? 1 : 2))
        const heading = lines.findIndex((line) => /^heading level/.test(line))
        const own = heading < 0 ? lines : lines.slice(0, heading + 1)
        this.lines.push(`[${what}]`, ...own.map((line) => `    ${line}`))
        return own
    }

    async goes(where) { // by address, as with a bookmark; the whole page is read
        await this.page.goto(this.base + where)
        await this.page.whole()
        await this.told(plain(where))
    }

    async to(selector) {
        const before = this.presses
        const there = await super.to(selector)
        if (this.presses > before) await this.told(plain(`Tab to ${selector}`), 1)
        return there
    }

    async type(text) {
        await super.type(text)
        await this.page.heard() // what is typed is not repeated
    }

    async act(key) {
        await super.act(key)
        if (key !== 'Enter') await this.told(key)
    }

    async send() {
        await super.send()
        await this.page.whole()
        return this.told('Enter')
    }
}

const TASKS = {
    async 'sign-in'({ ears, demo }) {
        const h = await ears('visitor')
        await h.goes('/sign-in')
        await h.fill('#email', 'nobody')
        const lines = await h.send()
        ok(lines.some((line) => /something to mend/.test(line)), 'sign-in: what is wrong is said at once')
        const who = demo.sign_ins.find((one) => one.role === 'mentee of a pair')
        await h.to('#email')
        await h.page.press('ctrl+a')
        await h.type(who.email)
        await h.fill('#password', who.password)
        await h.send()
        ok(!await h.at(/^\/sign-in/), 'sign-in: she is in')
        return h
    },
    async 'sign-up'({ ears, cohort }) {
        const h = await ears('newcomer')
        await h.goes(`${cohort}/join/mentee/aims`)
        await h.tick('input[name=topics][value=planning]')
        const lines = await h.send()
        ok(lines.some((line) => /something to mend/.test(line)), 'sign-up: what is wrong is said at once')
        await h.tick('input[name=level]')
        await h.tick('input[name=languages]')
        await h.send()
        ok(await h.at(/times$/), 'sign-up: the next page is there')
        return h
    },
    async profile({ ears }) {
        const h = await ears('newcomer')
        await h.goes('/account/profile')
        await h.fill('#pronouns', 'she/they')
        const lines = await h.send()
        ok(lines.some((line) => /kept|saved/i.test(line)), 'profile: that it is kept is said', lines.slice(0, 8).join('\n'))
        return h
    },
    async concern({ ears, pair }) {
        const h = await ears('mentee of a pair')
        await h.goes(pair)
        await h.follow(`main a[href="${pair}/help"]`)
        await h.tick('input[name=kind]')
        await h.fill('textarea[name=text]', 'He shouted at me.')
        await h.tick('input[name=named]')
        await h.follow(SEND)
        ok(await h.at(/^\/account\/answers$/) && await h.says('Thank you for saying it'), 'concern: it is told', await h.page.url())
        return h
    },
    async meeting({ ears, pair }) {
        const h = await ears('mentee of a pair')
        await h.goes(`${pair}/meetings/propose`)
        await h.tick('main form input[type=checkbox]')
        await h.follow(SEND)
        ok(await h.at(/meetings/) && await h.page.evaluate(() => document.querySelector('#errors') === null), 'meeting: it is proposed', await h.page.url())
        return h
    },
    async offer({ ears, cohort }) {
        const h = await ears('mentee')
        await h.goes(`${cohort}/match`)
        await h.follow('main .card .button')
        await h.tick('input[name=answer], input[value=yes]')
        await h.follow(SEND)
        ok(await h.page.evaluate(() => document.querySelector('#errors') === null), 'offer: it is answered', await h.page.url())
        return h
    },
}

// What an offer needs: people accepted, pairs found and published.
async function prepare(base, demo) {
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
    try {
        const admin = await signIn(browser, base, demo, 'administrator')
        await admin.goto(`${base}/cohorts`)
        const cohort = await admin.locator('main .card a:has-text("Spring")').getAttribute('href')
        await admin.goto(`${base}${cohort}/matching`)
        await admin.click('text=Find the best pairs')
        await admin.waitForURL(/matching\/\d+$/)
        const run = new URL(admin.url()).pathname
        for (let k = 0; k < 3000 && await admin.locator('text=It is proved').count() === 0; k++) await admin.goto(base + run)
        await admin.goto(`${base}${run}/publish`)
        await admin.click('text=Yes, publish')
        const mentee = await signIn(browser, base, demo, 'mentee of a pair')
        await mentee.goto(base)
        const pair = (await mentee.locator('main a[href^="/pairs/"]').first().getAttribute('href')).match(/^\/pairs\/[^/]+/)[0]
        return { cohort, pair }
    } finally {
        await browser.close()
    }
}

function compare(name, lines) {
    const text = `${lines.join('\n')}\n`
    if (place) {
        fs.mkdirSync(place, { recursive: true })
        fs.writeFileSync(path.join(place, `spoken-${name}.txt`), text)
    }
    const file = path.join(golden, `spoken-${name}.txt`)
    if (process.env.SPOKEN_KEEP) fs.writeFileSync(file, text)
    const wanted = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : ''
    const is = text.split('\n')
    const first = wanted.split('\n').findIndex((line, k) => line !== is[k])
    ok(wanted === text, `${name}: Orca says what it should, in this order (${lines.length} lines)`, `line ${first + 1}: ${is.slice(first, first + 4).join('\n')}\nand not: ${wanted.split('\n').slice(first, first + 4).join('\n')}`)
}

const data = path.join(folder, 'data')
const demo = makeDemo(trellis, data)
const { server, base } = await serve(trellis, data)
const home = path.join(folder, 'home')
fs.mkdirSync(home, { recursive: true })
const known = await prepare(base, demo)
const browser = await openOrca(home)
const ears = async (role) => {
    const page = await browser.open()
    const who = demo.sign_ins.find((one) => one.role === role)
    if (role !== 'visitor') {
        await page.goto(`${base}/sign-in`)
        await page.turns(() => page.evaluate(([email, password]) => {
            document.querySelector('#email').value = email
            document.querySelector('#password').value = password
            document.querySelector('main form button[type=submit]').click()
        }, [who.email, who.password]))
        await page.whole()
        await page.heard()
    }
    return new Ears(page, base)
}
try {
    for (const [name, task] of Object.entries(TASKS)) {
        if (process.env.SPOKEN && !process.env.SPOKEN.split(' ').includes(name)) continue
        try {
            const h = await task({ ears, demo, ...known })
            compare(name, h.lines)
            await h.page.close()
        } catch (error) {
            ok(false, `${name}: comes to its end`, error.stack)
        }
    }
    console.log(`# ${browser.version}`)
} finally {
    await browser.close()
    server.kill()
}
console.log(`1..${ran}`)
process.exit(failed ? 1 : 0)

// SPDX-License-Identifier: Apache-2.0
// Lighthouse on the main pages, as a phone on a slow line sees them: accessibility 100, best practices and performance at
// least 95. Prints TAP, and with a file as its third argument keeps the figures there as a table.
//
//   node lighthouse.mjs TRELLIS FOLDER [TABLE]
//
// LIGHTHOUSE_PAGES=REGEXP: only these, as "administrator: sign-ups".
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { longPackage, makeDemo, serve } from './common.mjs'

const { default: lighthouse } = await longPackage('lighthouse')

const [trellis, folder, table] = process.argv.slice(2)
const PORT = 9300 + process.pid % 500
const LEAST = { accessibility: 100, 'best-practices': 95, performance: 95 }
const TRIES = 4
const lines = []
let ran = 0
let failed = 0

// Whatever else the machine does only adds time: the best of a few runs is nearest to what the page costs.
async function run(address) {
    let best = null
    for (let k = 0; k < TRIES; k++) {
        const { lhr } = await lighthouse(address, { port: PORT, output: 'json', logLevel: 'error', onlyCategories: Object.keys(LEAST) })
        if (best === null || lhr.categories.performance.score > best.categories.performance.score) best = lhr
        if (best.categories.performance.score >= 0.95) break
    }
    return best
}

async function judge(name, address) {
    const lhr = await run(address)
    const scores = Object.fromEntries(Object.keys(LEAST).map((key) => [key, Math.round((lhr.categories[key]?.score ?? 0) * 100)]))
    const low = Object.keys(LEAST).filter((key) => scores[key] < LEAST[key])
    if (lhr.finalDisplayedUrl !== address) low.push(`another page came: ${lhr.finalDisplayedUrl}`)
    ran++
    failed += low.length ? 1 : 0
    console.log(`${low.length ? 'not ok' : 'ok'} ${ran} - ${name}: ${Object.entries(scores).map(([key, score]) => `${key} ${score}`).join(', ')}`)
    if (low.length) console.log(`# ${low.join(', ')}`)
    for (const key of Object.keys(LEAST))
        for (const ref of lhr.categories[key].auditRefs) {
            const audit = lhr.audits[ref.id]
            if (ref.weight > 0 && audit.score !== null && audit.score < 0.9) console.log(`# ${key}: ${audit.id}: ${audit.title} ${audit.displayValue ?? ''}`)
        }
    const shown = (id) => lhr.audits[id]?.displayValue?.replace(/\u00a0/g, ' ') ?? '-'
    lines.push(`| ${name} | ${scores.accessibility} | ${scores['best-practices']} | ${scores.performance} | ${shown('first-contentful-paint')} | ${shown('largest-contentful-paint')} | ${lhr.audits['cumulative-layout-shift']?.displayValue ?? '-'} | ${Math.round((lhr.audits['total-byte-weight']?.numericValue ?? 0) / 1024)} |`)
    return lhr.lighthouseVersion
}

async function asRole(base, demo, role, act) {
    const args = ['--no-sandbox', `--remote-debugging-port=${PORT}`]
    const context = await chromium.launchPersistentContext(path.join(folder, `browser-${role.replaceAll(' ', '-')}`), { executablePath: '/usr/bin/chromium', args })
    try {
        const page = context.pages()[0] ?? await context.newPage()
        const who = demo.sign_ins.find((one) => one.role === role)
        if (who) {
            await page.goto(`${base}/sign-in`)
            await page.fill('#email', who.email)
            await page.fill('#password', who.password)
            await page.click('main button[type=submit]')
        }
        const first = async (where, selector) => {
            await page.goto(base + where)
            return page.locator(selector).first().getAttribute('href')
        }
        for (const [name, where] of await act(first)) if (!process.env.LIGHTHOUSE_PAGES || `${role}: ${name}`.match(process.env.LIGHTHOUSE_PAGES)) lines.version = await judge(`${role}: ${name}`, base + where)
    } finally {
        await context.close()
    }
}

const MAIN = {
    visitor: async (first) => {
        const cohort = await first('/cohorts', 'main .card a:has-text("Spring")')
        return [['welcome', '/'], ['programmes', '/cohorts'], ['a cohort', cohort], ['make an account', '/register'], ['sign in', '/sign-in'], ['help', '/help'],
            ['articles', '/articles'], ['an article', await first('/articles', 'main .card a:has-text("Ten elements")')], ['stories', '/stories'], ['a story', await first('/stories', 'main .card a:has-text("Forty lines")')], ['search', '/search?q=mentor'], ['accessibility', '/accessibility']]
    },
    mentee: async (first) => {
        const cohort = await first('/cohorts', 'main .card a:has-text("Spring")')
        return [['mentors to choose from', `${cohort}/mentors`], ['her match', `${cohort}/match`]]
    },
    newcomer: async (first) => {
        const cohort = await first('/cohorts', 'main .card a:has-text("Spring")')
        return [['home', '/'], ['my account', '/account'], ['sign-up: aims', `${cohort}/join/mentee/aims`], ['sign-up: times', `${cohort}/join/mentee/times`]]
    },
    'mentee of a pair': async (first) => {
        const cohort = await first('/cohorts', 'main .card a:has-text("Autumn")')
        const pair = await first(`${cohort}/match`, 'a[href^="/pairs/"]')
        return [['home', '/'], ['her pair', pair], ['goals', `${pair}/goals`], ['meetings', `${pair}/meetings`], ['find a time', `${pair}/meetings/propose`], ['messages', `${pair}/messages`],
            ['learn', '/learn'], ['resources', '/resources'], ['meet others', '/meet'], ['recognition', '/recognition'], ['tell a concern', `${pair}/help`], ['agreement', `${pair}/agreement`], ['plan', `${pair}/plan`],
            ['a circle', await first('/meet', 'main a[href^="/circles/"]')], ['the plan of a circle', `${await first('/meet', 'main a[href^="/circles/"]')}/plan`],
            ['an event', await first(`${cohort}/events`, 'main tbody a')], ['directory', `${cohort}/directory`], ['beyond the programme', `${cohort}/outside`],
            ['you said, we did', `${cohort}/you-said`], ['awards', `${cohort}/honours`], ['what I have written', '/contributions']]
    },
    administrator: async (first) => {
        const spring = await first('/cohorts', 'main .card a:has-text("Spring")')
        const autumn = await first('/cohorts', 'main .card a:has-text("Autumn")')
        return [['home', '/'], ['a cohort', spring], ['sign-ups', `${spring}/people`], ['wished and offered', `${spring}/pool`], ['rules', `${spring}/rules`], ['matching', `${spring}/matching`],
            ['pairs', `${autumn}/pairs`], ['measures', `${autumn}/measures`], ['evidence', `${autumn}/evidence`],
            ['objectives', `${autumn}/objectives`], ['an objective over time', await first(`${autumn}/objectives`, 'main tbody tr:nth-child(2) th a')],
            ['whether matching treats people alike', `${autumn}/fairness`], ['improvements', `${autumn}/improvements`], ['review meetings', `${autumn}/reviews`],
            ['languages of a cohort', `${spring}/languages`], ['who waits', `${spring}/waiting`], ['webhooks', '/webhooks'], ['certificates', `${autumn}/certificates`],
            ['a certificate', await first(`${autumn}/certificates`, 'main tbody th a')], ['the log', '/log']]
    },
}

fs.mkdirSync(folder, { recursive: true })
const data = path.join(folder, 'data')
const demo = makeDemo(trellis, data)
const { server, base } = await serve(trellis, data)
try {
    for (const [role, act] of Object.entries(MAIN)) await asRole(base, demo, role, act)
} finally {
    server.kill()
}
if (table) {
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
    fs.writeFileSync(table, `# Lighthouse on the main pages

Lighthouse ${lines.version}, its phone on a slow line (simulated), Debian's Chromium, the demo of \`trellis demo\`, ${new Date().toISOString().slice(0, 10)}, commit ${commit}.
Made by \`scripts/check lighthouse\`, which fails below accessibility 100, best practices 95, performance 95
(the best of at most ${TRIES} runs: other work on the machine only adds time).

| page | accessibility | best practices | performance | first paint | largest paint | layout shift | KB |
|---|---|---|---|---|---|---|---|
${lines.join('\n')}
`)
}
console.log(`1..${ran}`)
process.exitCode = failed ? 1 : 0

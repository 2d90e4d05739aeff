// SPDX-License-Identifier: Apache-2.0
// Every page of the program that anybody of the demo can come to, in the states in which people read it: as each role, in
// light, dark and forced colours, from left to right and from right to left, wide, at 320 pixels, at 320 x 256 (400 %), with
// text of twice the size and with spaced text. Then every form of it, refused. Nothing may be found: by axe, by the HTML
// checker, by IBM's engine and html-validate where they are there, and by measure.mjs.
//
//   node every.mjs TRELLIS FOLDER [SCREENSHOTS]      prints TAP, a line a row of the program
//   ROLES="visitor mentee" node every.mjs ...        only these
//   ROWS=/pairs node every.mjs ...                   only rows whose path begins so
//   QUICK=1 node every.mjs ...                       narrow and dark alone
//   FORMS=0 or FORMS=only                            without the forms, or only them
import fs from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { makeDemo, nuSays, serve, signIn } from './common.mjs'
import { build, rows, rowOf, walk } from './crawl.mjs'
import { findings } from './findings.mjs'
import { prepare } from './every_states.mjs'
import { counts, tryForms } from './every_forms.mjs'
import { second } from './every_second.mjs'
import { VARIANTS, WIDE, turn } from './variants.mjs'

const [trellis, folder, shots] = process.argv.slice(2)
const ROLES = ['visitor', 'newcomer', 'mentee', 'mentor', 'mentee of a pair', 'mentor of a pair', 'coordinator', 'manager', 'editor', 'committee', 'chair',
    'reads reports', 'named for safety', 'administrator']
const wanted = (role) => !process.env.ROLES || process.env.ROLES.split(',').includes(role)
const wantedRow = (row) => !process.env.ROWS || row.startsWith(process.env.ROWS)
const all = rows(new URL('../policy', import.meta.url).pathname)
const html = path.join(folder, 'html')
const faults = new Map() // row: what: { where, count }
let states = 0
let looked = 0
let measured = 0

function fault(row, what, where) {
    const list = faults.get(row) ?? faults.set(row, new Map()).get(row)
    const one = list.get(what) ?? list.set(what, { where: [], count: 0 }).get(what)
    one.count++
    if (one.where.length < 3 && !one.where.includes(where)) one.where.push(where)
}

// In short: only narrow and dark, for pages that differ by a message from one that was looked at whole.
const SHORT = VARIANTS.filter(([name]) => name === 'dark' || name === 'narrow')
const USUAL = process.env.QUICK ? SHORT : VARIANTS

export async function lookAt(page, row, where, variants = USUAL) {
    for (const [state, what] of await findings(page, variants)) fault(row, what, state === '' ? where : `${where} (${state})`)
    measured += variants.length
    if (shots) await page.screenshot({ path: path.join(shots, `${row.replace(/[^a-z0-9]+/gi, '-')}-${looked}.png`), fullPage: true })
    await turn(page, { size: WIDE })
    looked++
}

// ---- one role: walk, keep what is new, look at it
const builds = new Map()
const reached = new Map()
const kept = [] // [file, row, where]

function keep(row, where, text) {
    const file = path.join(html, `${String(kept.length + 1).padStart(4, '0')}.html`)
    fs.writeFileSync(file, text)
    kept.push([file, row, where])
}

async function asRole(browser, base, demo, role, extra) {
    const page = await signIn(browser, base, demo, role, { viewport: WIDE })
    const mine = []
    await walk(page.context().request, base, all, (row, address, text, status, type) => {
        reached.set(row, (reached.get(row) ?? new Set()).add(role))
        if (status >= 500) fault(row, `status ${status}`, `${role} ${address}`)
        if (status !== 200 || !type.startsWith('text/html')) return
        states++
        const shape = row + build(text)
        if (builds.has(shape) || !wantedRow(row)) return
        builds.set(shape, address)
        mine.push([row, address])
        keep(row, `${role} ${address}`, text)
    }, extra)
    for (const [row, address] of mine) {
        const answer = await page.goto(base + address)
        if (answer.status() === 200) await lookAt(page, row, `${role} ${address}`)
    }
    await page.context().close()
    console.log(`# ${role}: ${mine.length} pages looked at, ${states} states so far, ${Math.round(process.uptime())} s`)
}

// Links that only letters hold.
function inLetters(data) {
    const found = new Set()
    for (const name of fs.readdirSync(data, { recursive: true }).filter((one) => one.endsWith('.eml')))
        for (const [where] of fs.readFileSync(path.join(data, name), 'utf8').replace(/=\r?\n/g, '').matchAll(/\/(?:link|guest|held|later|outside|stop)\/\w+/g)) found.add(where)
    return [...found].slice(0, 60)
}

async function pages(browser) {
    const data = path.join(folder, 'data')
    const demo = makeDemo(trellis, data)
    const { server, base } = await serve(trellis, data)
    try {
        const extra = await prepare({ browser, base, demo, signIn, fault })
        const links = inLetters(data)
        for (const role of ROLES.filter(wanted))
            await asRole(browser, base, demo, role, [...extra, '/nothing-here', ...(role === 'visitor' ? [...links, ...links.map((one) => `${one}/stop`), '/link/none', '/stop/none'] : [])])
    } finally {
        server.kill()
    }
}

async function forms(browser) {
    const data = path.join(folder, 'for-forms')
    const demo = makeDemo(trellis, data)
    for (const role of ROLES.filter(wanted)) {
        const own = path.join(folder, `forms-${role.replaceAll(' ', '-')}`)
        fs.cpSync(data, own, { recursive: true })
        const { server, base } = await serve(trellis, own)
            try {
            await tryForms({ browser, base, demo, role, all, wantedRow, walk, rowOf, signIn, fault, keep, lookAt: (page, row, where) => lookAt(page, row, where, SHORT) })
        } finally {
            server.kill()
            fs.rmSync(own, { recursive: true })
        }
        console.log(`# ${role}: forms, ${Math.round(process.uptime())} s`)
    }
}

function report() {
    const never = all.filter((row) => row.method === 'GET' && !reached.has(row.path)).map((row) => row.path)
    let ran = 0
    let failed = 0
    const names = new Set([...reached.keys(), ...faults.keys()])
    for (const row of [...names].sort()) {
        const list = faults.get(row)
        ran++
        failed += list ? 1 : 0
        console.log(`${list ? 'not ok' : 'ok'} ${ran} - ${row}${reached.has(row) ? ` as ${[...reached.get(row)].join(', ')}` : ''}`)
        for (const [what, one] of list ?? []) console.log(`# ${what} [${one.count} times; ${one.where.join('; ')}]`)
    }
    console.log(`# ${states} page states reached (row x role x object), ${looked} of different build looked at, ${measured + looked} times with their variants`)
    console.log(`# ${counts.forms} forms with fields (and ${counts.buttons} of buttons alone), sent ${counts.sent} times: ${counts.refused} refused, ${counts.accepted} accepted`)
    if (process.env.FORMS !== 'only') console.log(`# rows that no link of the demo leads to: ${never.join(' ')}`)
    console.log(`1..${ran}`)
    process.exitCode = failed ? 1 : 0
}

fs.mkdirSync(html, { recursive: true })
if (shots) fs.mkdirSync(shots, { recursive: true })
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
    if (process.env.FORMS !== 'only') await pages(browser)
    if (process.env.FORMS !== '0') await forms(browser)
} finally {
    await browser.close()
}
const named = new Map(kept.map(([file, row, where]) => [file, [row, where]]))
for (const line of nuSays(html).split('\n').filter(Boolean)) {
    const [, file, , message] = /^"?(?:file:)?([^":]+)"?:([\d.-]+): (.*)$/.exec(line) ?? []
    const [row, where] = named.get(file) ?? ['?', line]
    if (/Bad value .* for attribute .value. on element .input./.test(message) && row.startsWith('POST ')) continue // what was typed is kept, also what is no address
    fault(row, `HTML: ${message}`, where)
}
await second(kept, fault)
report()

// SPDX-License-Identifier: Apache-2.0
// Every form that a person can come to, refused (refuse.mjs), and what it looks like then. A form is known by its page's row and
// its own; it is tried as the first role that comes to it. What takes things away is tried last, on a demo of its own.
import { build, rowOf } from './crawl.mjs'
import { RULES, refuse } from './refuse.mjs'

const tried = new Set()
const built = new Set()
const LAST = /\/(end|close|cancel|leave|drop|erase|withdraw|remove|discard|merge|state|publish|off|undo|stop|move|handover|clone)$/
// These are not sent, and why.
const NOT_SENT = new Map([
    ['/sign-out', 'has no field; everything after it would be a visitor\'s'],
    ['/language', 'stands on each page, and has a choice alone'],
    ['/account/close', 'one tick; a test of its own is in tests/account_test.sh'],
    ['/account/erase', 'one tick; tests/privacy_test.sh'],
    ['/account/sessions/end', 'has no field'],
    ['/account/session/end', 'has no field'],
])

export const counts = { forms: 0, buttons: 0, sent: 0, refused: 0, accepted: 0 }

function formsOf(html) {
    return [...html.matchAll(/<form [^>]*method="post"[^>]*>/g)].map(([tag]) => (/action="([^"]*)"/.exec(tag)?.[1] ?? '').replaceAll('&amp;', '&'))
}

// By its own address and its place among those with the same: what was accepted before may have brought other forms to the page.
async function tryOne({ page, base, fault, lookAt, keep }, { row, action, address, path, number }) {
    const name = `POST ${action}`
    let fields = false
    for (const rule of RULES) {
        const answer = await page.goto(base + address)
        const form = page.locator(`form[method=post][action="${path}"]`).nth(number)
        if (answer.status() !== 200 || await form.count() === 0) return
        const given = await refuse(page, form, rule).catch((error) => ({ refused: false, status: 0, found: [`can't be sent: ${error.message.split('\n')[0]}`] }))
        if (given === null) break
        fields = true
        counts.sent++
        counts[given.refused ? 'refused' : 'accepted']++
        for (const what of given.found) fault(name, `refused: ${what}`.replace(/\d{5,}/g, 'N'), `${rule}, on ${address}`)
        const html = await page.content()
        const shape = row + given.refused + build(html)
        if (given.status === 0 || built.has(shape)) continue
        built.add(shape)
        keep(name, `${rule}, on ${address}`, html)
        await lookAt(page, name, `${rule}, on ${address}`)
    }
    counts[fields ? 'forms' : 'buttons']++
}

export async function tryForms(tools) {
    const { browser, base, demo, role, all, wantedRow, walk, signIn } = tools
    const page = await signIn(browser, base, demo, role, { viewport: { width: 1280, height: 800 } })
    page.setDefaultTimeout(15000)
    const found = []
    await walk(page.context().request, base, all, (row, address, html, status) => {
        if (status !== 200 || !wantedRow(row)) return
        const forms = formsOf(html)
        forms.forEach((path, k) => {
            const action = rowOf(all, 'POST', path.split('?')[0])
            const number = forms.slice(0, k).filter((one) => one === path).length
            const key = `${row} ${action} ${forms.filter((one) => one === path).length}`
            if (action === null || NOT_SENT.has(action) || tried.has(key)) return
            tried.add(key)
            found.push({ row, action, address, path, number })
        })
    })
    found.sort((a, b) => LAST.test(a.action) - LAST.test(b.action))
    for (const one of found) await tryOne({ ...tools, page }, one)
    await page.context().close()
}

// SPDX-License-Identifier: Apache-2.0
// Refused forms, from the forms themselves: each is sent empty, with values that are too long, and with values of the wrong
// kind. Each time: the title says so, the summary has the focus and leads to each field, the field names its error, and all
// that was typed is there again.
const TYPED = 'input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=file]):not([type=password]):not([type=search]):not([type=submit]), textarea'
const VALUES = {
    empty: () => '',
    long: (type) => ({ email: `${'a'.repeat(300)}@example.org`, number: '99999999', date: '9999-12-31', time: '23:59' })[type] ?? 'long '.repeat(1400).trim(),
    wrong: (type) => ({ email: 'nobody', number: '-7', date: '1200-01-01', time: '00:07', url: 'no link' })[type] ?? 'soon',
}

function wrongs() { // runs in the page
    const found = []
    const say = (held, what) => { if (!held) found.push(what) }
    say(/^(Error|\[)/.test(document.title), 'the title says that something is wrong')
    say(document.activeElement?.id === 'errors', `the summary has the focus, not ${document.activeElement?.outerHTML.slice(0, 80)}`)
    for (const link of document.querySelectorAll('#errors a')) {
        const id = decodeURIComponent(link.getAttribute('href').slice(1))
        const field = document.getElementById(id)
        say(field !== null, `#${id} is there`)
        say(!/^\s*:/.test(link.textContent), `#${id}: the summary names the field`)
        if (field === null) continue
        const told = (field.getAttribute('aria-describedby') ?? '').split(' ').map((one) => document.getElementById(one)).filter(Boolean)
        const error = told.find((one) => one.classList.contains('error'))
        say(error !== undefined, `#${id} is described by its error`)
        say(error === undefined || link.textContent.includes(error.textContent.trim()), `#${id}: summary and field say the same`)
        if (/^(INPUT|TEXTAREA|SELECT)$/.test(field.tagName)) say(field.getAttribute('aria-invalid') === 'true', `#${id} is marked as wrong`)
    }
    return found
}

async function tryForm(page, ok, where, number, rule) {
    await page.goto(where)
    const form = page.locator('main form[method=post]').nth(number)
    const fields = await form.locator(TYPED).all()
    const typed = new Map()
    for (const field of fields) {
        if (!await field.isVisible()) continue
        await field.fill(VALUES[rule](await field.getAttribute('type'))).catch(() => {})
        typed.set(await field.getAttribute('name'), await field.inputValue())
    }
    if (typed.size === 0) return 0
    await form.locator('button[type=submit]').last().click()
    if (await page.locator('#errors').count() === 0) return 0
    const name = `${new URL(where).pathname.replace(/\d{5,}/g, 'N')}, form ${number + 1}, ${rule}`
    const found = await page.evaluate(wrongs)
    for (const [field, value] of typed) {
        const now = await page.locator(`main form[method=post] [name="${field}"]`).first().inputValue().catch(() => null)
        if (now?.replace(/\r/g, '').trim() !== value.replace(/\r/g, '').trim()) found.push(`${field} is kept: "${value.slice(0, 20)}" became "${String(now).slice(0, 20)}"`)
    }
    ok(found.length === 0, `refused as it should: ${name}`, found.join('\n'))
    return 1
}

export default async function ({ browser, base, demo, ok, signIn }) {
    const admin = await signIn(browser, base, demo, 'administrator')
    await admin.goto(`${base}/cohorts`)
    const cohort = await admin.locator('main .card a:has-text("Spring")').getAttribute('href')
    await admin.goto(`${base}${cohort}/people?state=submitted`)
    const person = await admin.locator('main tbody th a').first().getAttribute('href')
    const newcomer = await signIn(browser, base, demo, 'newcomer')
    const visitor = await signIn(browser, base, demo, 'visitor')
    const pages = [[visitor, ['/register', '/sign-in/link']],
        [newcomer, ['/account/profile', '/account/email', '/account/away', '/account/apart', `${cohort}/join/mentee/aims`, `${cohort}/join/mentee/times`,
            `${cohort}/join/mentee/you`]],
        [admin, [person, `${cohort}/edit`, `${cohort}/objectives`, `${cohort}/team`, `${cohort}/questions`, `${cohort}/rules`, `${cohort}/apart`,
            `${cohort}/cancel`, '/cohorts/new', '/programmes/new', '/programmes/1/edit', '/programmes/1/clone', '/programmes/1/topics',
            '/programmes/1/letters/offer']]]
    let refused = 0
    for (const [page, paths] of pages)
        for (const path of paths) {
            await page.goto(base + path)
            const count = await page.locator('main form[method=post]').count()
            for (let number = 0; number < Math.min(count, 6); number++)
                for (const rule of Object.keys(VALUES)) refused += await tryForm(page, ok, base + path, number, rule)
        }
    ok(refused >= 40, `${refused} refusals were looked at`)
}

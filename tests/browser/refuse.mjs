// SPDX-License-Identifier: Apache-2.0
// A form sent empty, with values that are too long, and with values of the wrong kind; what the answer must be: the title says
// so, the summary has the focus and leads to each field, the field names its error, and all that was typed is there again.
const FIELDS = 'input:not([type=hidden]):not([type=submit]):not([type=search]), textarea, select'
const UNKEPT = /^(password|file|checkbox|radio)$/ // passwords and files are never sent back
const VALUES = {
    empty: () => '',
    long: (type) => ({ email: `${'a'.repeat(300)}@example.org`, number: '99999999', date: '9999-12-31', time: '23:59', 'datetime-local': '9999-12-31T23:59' })[type] ?? 'long '.repeat(1400).trim(),
    wrong: (type) => ({ email: 'nobody', number: '-7', date: '1200-01-01', time: '00:07', url: 'no link', 'datetime-local': '1200-01-01T00:07' })[type] ?? 'soon',
}
export const RULES = Object.keys(VALUES)

function wrongs(selector) { // runs in the page
    const found = []
    const say = (held, what) => { if (!held) found.push(what) }
    say(/^(Error|\[)/.test(document.title), 'the title says that something is wrong')
    say(document.activeElement?.id === 'errors', `the summary has the focus, not ${document.activeElement?.outerHTML.slice(0, 80)}`)
    say(document.querySelectorAll('#errors a').length > 0, 'the summary has links')
    for (const link of document.querySelectorAll('#errors a')) {
        const id = decodeURIComponent(link.getAttribute('href').slice(1))
        const field = document.getElementById(id)
        say(field !== null, `#${id} is there`)
        say(!/^\s*:/.test(link.textContent), `#${id}: the summary names the field`)
        if (field === null) continue
        say(field.tabIndex >= 0 || field.getAttribute('tabindex') === '-1', `#${id} can have the focus`)
        const told = (field.getAttribute('aria-describedby') ?? '').split(' ').map((one) => document.getElementById(one)).filter(Boolean)
        const error = told.find((one) => one.classList.contains('error'))
        say(error !== undefined, `#${id} is described by its error`)
        say(error === undefined || link.textContent.includes(error.textContent.trim()), `#${id}: summary and field say the same`)
        if (/^(INPUT|TEXTAREA|SELECT)$/.test(field.tagName)) say(field.getAttribute('aria-invalid') === 'true', `#${id} is marked as wrong`)
    }
    if (selector && !document.querySelector(selector)) found.push('the form is there again')
    return found
}

// Runs in the page, all fields at once: [name, type, what stands in it now] of each that is seen. A value that a field does not take leaves it as it was.
function write(form, [fields, rule, values]) {
    const seen = [...form.querySelectorAll(fields)].filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 0)
    return seen.map((one) => {
        if (one.type === 'checkbox' || one.type === 'radio') {
            if (rule === 'empty') one.checked = false
        } else if (one.tagName === 'SELECT') {
            if (rule === 'empty') one.selectedIndex = 0
        } else if (one.type !== 'file') {
            const before = one.value
            const wanted = values[one.getAttribute('type')] ?? values.other
            one.value = wanted
            if (one.value === '' && wanted !== '') one.value = before
        }
        return [one.name, one.tagName === 'SELECT' ? 'select' : one.getAttribute('type') ?? '', one.value]
    })
}

const TYPES = ['email', 'number', 'date', 'time', 'url', 'datetime-local', 'other']

async function fill(form, rule) {
    const values = Object.fromEntries(TYPES.map((type) => [type, VALUES[rule](type)]))
    const fields = await form.evaluate(write, [FIELDS, rule, values])
    if (rule === 'wrong' && fields.some(([, type]) => type === 'file'))
        for (const field of await form.locator('input[type=file]').all())
            await field.setInputFiles({ name: 'notes.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ\0\0 nothing') })
    return { typed: new Map(fields.filter(([, type]) => type !== 'select' && !UNKEPT.test(type)).map(([name, , value]) => [name, value])), count: fields.length }
}

// Fills and sends the form of one page. Gives null when it has no field, else { refused, status, found }: what is wrong with
// the refusal, when it was one.
export async function refuse(page, form, rule) {
    const action = await form.getAttribute('action')
    const { typed, count } = await fill(form, rule)
    if (count === 0) return null
    const button = form.locator('button[type=submit], button:not([type])').last()
    const answered = page.waitForResponse((one) => one.request().method() === 'POST', { timeout: 15000 }).catch(() => null)
    await button.click({ timeout: 10000 })
    const answer = await answered
    if (answer === null) return { refused: true, status: 0, found: ['it is not sent: the browser holds it back'] }
    await page.waitForLoadState()
    const status = answer.status()
    if (await page.locator('#errors').count() === 0)
        return { refused: false, status, found: [400, 422].includes(status) || status >= 500 ? [`${status} without a summary: ${(await page.locator('main').innerText()).slice(0, 120)}`] : [] }
    const again = `main form[action="${action}"]`
    // The focus that a page asks for comes with the first picture of it.
    await page.evaluate(() => new Promise((shown) => { requestAnimationFrame(() => requestAnimationFrame(shown)) }))
    const found = await page.evaluate(wrongs, typed.size ? again : null)
    const stands = await page.evaluate((form) => [...document.querySelectorAll(`${form} [name]`)].map((one) => [one.name, one.value]), again)
    for (const [field, value] of typed) {
        const now = stands.find(([name]) => name === field)?.[1] ?? null
        if (now?.replace(/\r/g, '').trim() !== value.replace(/\r/g, '').trim()) found.push(`${field} is kept: "${value.slice(0, 20)}" became "${String(now).slice(0, 20)}"`)
    }
    return { refused: true, status, found }
}

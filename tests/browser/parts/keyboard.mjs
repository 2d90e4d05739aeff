// SPDX-License-Identifier: Apache-2.0
// The main tasks with the keyboard alone, and how many key presses each takes. Every stop must be visible where it is, and
// nothing may hold the focus.
const LIMIT = 250 // presses of Tab to anything on a page

class Hands {
    constructor(page, base, ok) {
        Object.assign(this, { page, base, ok, presses: 0, total: 0, unseen: 0 })
    }

    async press(key) {
        this.presses++
        await this.page.keyboard.press(key)
    }

    async type(text) {
        this.presses += text.length
        await this.page.keyboard.type(text)
    }

    async to(selector) { // Tab until the focus is there; false: it never comes
        for (let k = 0; k < LIMIT; k++) {
            const state = await this.look(selector)
            if (!state.seen) this.unseen++
            if (state.there) return true
            await this.press('Tab')
        }
        return false
    }

    async look(selector) {
        const looked = () => this.page.evaluate((wanted) => {
            const one = document.activeElement
            const box = one.getBoundingClientRect()
            const style = getComputedStyle(one)
            const seen = one === document.body || one.tabIndex < 0 || (box.width > 0 && box.height > 0 && (style.outlineStyle !== 'none' || style.boxShadow !== 'none' || /^(date|time)$/.test(one.type))) // its own button has a ring of the browser's
            return { there: one !== document.body && one.matches(wanted), seen }
        }, selector)
        return looked().catch(async () => { // the page was on its way to the next one
            await this.page.waitForLoadState()
            return looked()
        })
    }

    // Days and times are typed as this browser wants them.
    async pick(selector, value) {
        const parts = value.split(/[-:]/).map(Number)
        const two = (number) => String(number).padStart(2, '0')
        const sample = await this.page.evaluate((day) => day ? new Date(2027, 2, 1).toLocaleDateString() : new Date(2027, 2, 1, 18).toLocaleTimeString(), parts.length === 3)
        if (parts.length === 3) return this.fill(selector, (/^0?3/.test(sample) ? [parts[1], parts[2], parts[0]] : [parts[2], parts[1], parts[0]]).map(two).join(''))
        return this.fill(selector, /PM/.test(sample) ? `${two(parts[0] > 12 ? parts[0] - 12 : parts[0])}${two(parts[1])}${parts[0] >= 12 ? 'PM' : 'AM'}` : parts.map(two).join(''))
    }

    async follow(selector) { // a link or a button; answers once the next page is there
        if (!await this.to(selector)) throw new Error(`the keyboard does not reach ${selector} on ${this.page.url()}`)
        await Promise.all([this.page.waitForEvent('load'), this.press('Enter')])
        await this.page.waitForLoadState()
    }

    async fill(selector, text) {
        if (!await this.to(selector)) throw new Error(`the keyboard does not reach ${selector} on ${this.page.url()}`)
        await this.type(text)
    }

    async tick(selector) {
        if (!await this.to(selector)) throw new Error(`the keyboard does not reach ${selector} on ${this.page.url()}`)
        await this.press('Space')
    }

    async choose(name, value) { // of a group of radio buttons: Tab comes to the group, arrows move in it
        const group = `input[name=${name}]`
        await this.tick(group)
        const chosen = () => this.page.locator(`${group}:checked`).getAttribute('value')
        for (let k = 0; k < 12 && await chosen() !== value; k++) await this.press('ArrowDown')
        if (await chosen() !== value) throw new Error(`the keyboard does not reach ${value} of ${name}`)
    }

    async task(name, where, steps) {
        if (where !== null) await this.page.goto(this.base + where)
        this.presses = 0
        this.unseen = 0
        let held = false
        let why = ''
        try {
            held = await steps()
        } catch (error) {
            why = error.message.split('\n')[0]
        }
        this.ok(held, `by keyboard: ${name} (${this.presses} presses)`, why || `${this.page.url()} ${await this.page.locator('#errors, .error').allInnerTexts()}`)
        this.ok(this.unseen === 0, `by keyboard: ${name}: the focus is always seen`, this.unseen)
        this.total += this.presses
    }

    at(pattern) { return pattern.test(new URL(this.page.url()).pathname) }
    async says(text) { return await this.page.locator(`main:has-text("${text}")`).count() === 1 }
}

const SEND = 'main form button[type=submit]'

async function asVisitor(h, demo) {
    await h.task('skip to the main part', '/', async () => {
        await h.press('Tab')
        await h.press('Enter')
        return h.page.evaluate(() => document.activeElement.id === 'main')
    })
    await h.task('make an account', '/register', async () => {
        await h.fill('#name', 'Kei Board')
        await h.fill('#email', 'kei@demo.example')
        await h.follow(SEND)
        return h.at(/^\/sent$/)
    })
    await h.task('read a story or the list of them', '/', async () => {
        await h.follow('main a[href="/stories"]')
        return h.at(/^\/stories$/)
    })
    await h.task('change the language', '/help', async () => {
        if (!await h.to('#page-language')) return false
        await h.type('Esp')
        await h.follow('.languages button')
        return await h.page.getAttribute('html', 'lang') === 'es'
    })
    await h.task('and back', '/help', async () => {
        if (!await h.to('#page-language')) return false
        await h.type('Eng')
        await h.follow('.languages button')
        return await h.page.getAttribute('html', 'lang') === 'en'
    })
    const who = demo.sign_ins.find((one) => one.role === 'newcomer')
    await h.task('sign in', '/sign-in', async () => {
        await h.fill('#email', who.email)
        await h.fill('#password', who.password)
        await h.press('Enter')
        await h.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
        return true
    })
}

async function asNewcomer(h, cohort) {
    await h.task('join: aims', cohort, async () => {
        await h.follow('a[href$="/join/mentee/aims"]')
        await h.tick('input[name=level]')
        await h.tick('input[name=topics][value=data]')
        await h.tick('input[name=languages]')
        await h.follow(SEND)
        return h.at(/times$/)
    })
    await h.task('join: times', null, async () => {
        if (!await h.to('select[name=week-day-0]')) return false
        await h.type('Mon')
        await h.pick('input[name=week-from-0]', '18:00')
        await h.pick('input[name=week-to-0]', '20:00')
        await h.tick('input[name=formats]')
        await h.follow(SEND)
        return h.at(/you$/)
    })
    await h.task('join: about me', null, async () => {
        await h.fill('textarea[name=about]', 'I come from physics.')
        await h.follow(SEND)
        return h.at(/(questions|check)$/)
    })
    await h.task('join: look at it again, and stop for now', null, async () => {
        await h.follow('main a[href^="/cohorts/"]')
        return await h.says('Go on with my sign-up') || h.at(/join/)
    })
    await h.task('change my name', '/account/profile', async () => {
        await h.fill('#pronouns', 'she/they')
        await h.follow(SEND)
        return h.at(/^\/account$/)
    })
    await h.task('search', '/search', async () => {
        await h.fill('#q', 'mentor')
        await h.press('Enter')
        await h.page.waitForURL(/q=mentor/)
        return h.says('Found')
    })
    await h.task('days without time', '/account/away', async () => {
        await h.pick('#first', '2027-03-01')
        await h.pick('#last', '2027-03-07')
        await h.follow('main form button[type=submit]')
        return h.says('2027-03-01')
    })
}

async function asAdmin(h, cohort, runIsThere) {
    await h.task('filter sign-ups', `${cohort}/people`, async () => {
        if (!await h.to('select[name=state]')) return false
        await h.type('sent')
        await h.follow('main form.filter button')
        return /state=submitted/.test(h.page.url())
    })
    await h.task('ask about a sign-up', null, async () => {
        await h.follow('main tbody th a')
        await h.fill('#text', 'Which evenings suit you?')
        await h.follow('main form[action$="/ask"] button')
        return h.says('Which evenings suit you?')
    })
    await h.task('accept several sign-ups', `${cohort}/people?state=submitted`, async () => {
        await h.tick('main tbody tr:nth-child(1) input')
        await h.tick('main tbody tr:nth-child(2) input')
        await h.follow('button[value=approved]')
        await h.follow(SEND)
        return h.says('Take it back')
    })
    await h.task('take that back', null, async () => {
        await h.follow('form[action$="/people/undo"] button')
        return !await h.says('Take it back')
    })
    await h.task('find pairs', `${cohort}/matching`, async () => {
        await h.follow('main form[action$="/matching"] button')
        return h.at(/matching\/\d+$/)
    })
    await runIsThere(h.page)
    await h.task('look at a pair, and keep it apart', null, async () => {
        await h.follow('main tbody a')
        await h.follow('main a[href*="do=ban"], main button[value=ban]')
        await h.fill('#note', 'They are cousins')
        await h.follow(SEND)
        return h.at(/matching\/\d+/)
    })
    await h.task('start a new cohort', '/cohorts/new', async () => {
        await h.fill('#name', 'By keyboard')
        await h.pick('#starts', '2027-05-01')
        await h.follow(SEND)
        return h.at(/setup$/)
    })
    await h.task('open it for sign-up', null, async () => {
        await h.follow('main form[action$="/state"] button')
        return h.says('open for sign-up')
    })
}

// To the page, write, send: what has happened can be told in three steps, with the first answer promised.
async function tellFrom(h, pair, name) {
    await h.task(`tell of behaviour: ${name}`, pair, async () => {
        let pages = 0
        const count = () => pages++
        h.page.on('load', count)
        await h.follow(`main a[href="${pair}/help"]`)
        await h.choose('kind', 'conduct')
        await h.fill('textarea[name=text]', 'He shouted at me.')
        await h.choose('named', 'no')
        await h.follow(SEND)
        h.page.off('load', count)
        return h.at(/^\/account\/answers$/) && pages <= 3 && await h.says('Thank you for saying it')
    })
}

async function asMentee(h) {
    await h.page.goto(`${h.base}/`)
    const pair = await h.page.locator('main a[href^="/pairs/"]').first().getAttribute('href')
    const path = pair.match(/^\/pairs\/[^/]+/)[0]
    await h.task('write to my match', `${path}/messages`, async () => {
        await h.fill('main form textarea', 'Shall we talk on Monday?')
        await h.follow('main form:has(textarea) button[type=submit]')
        return h.says('Shall we talk on Monday?')
    })
    await tellFrom(h, path, 'three steps from the pair')
    await h.task('from any page: where to tell it', '/account', async () => {
        await h.follow('footer a[href^="/help"]')
        return h.at(/^\/help$/)
    })
    await h.task('tell that something is wrong', '/help/tell', async () => {
        await h.follow('main a[href$="/help"]')
        return h.says('Who reads it')
    })
    await h.task('end a match', `${path}/end`, async () => {
        await h.choose('reason', 'fit')
        await h.choose('again', 'no')
        await h.tick('input[name=sure]')
        await h.follow(SEND)
        return !h.at(/\/end$/)
    })
    await tellFrom(h, path, 'three steps, also when the match is over')
}

export default async function ({ browser, base, demo, ok, signIn, runIsThere }) {
    const visitor = new Hands(await signIn(browser, base, demo, 'visitor'), base, ok)
    await asVisitor(visitor, demo)
    await visitor.page.goto(`${base}/cohorts`)
    const cohort = await visitor.page.locator('main .card a:has-text("Spring")').getAttribute('href')
    await asNewcomer(visitor, cohort)
    const admin = new Hands(await signIn(browser, base, demo, 'administrator'), base, ok)
    await asAdmin(admin, cohort, runIsThere)
    const mentee = new Hands(await signIn(browser, base, demo, 'mentee of a pair'), base, ok)
    await asMentee(mentee)
    console.log(`# ${visitor.total + admin.total + mentee.total} key presses in all`)
}

// SPDX-License-Identifier: Apache-2.0
// The main tasks with the keyboard alone, in any browser of drivers.mjs, and how many key presses each takes. Every stop must be seen where it is: in
// the window, marked, and not covered. Nothing may hold the focus. The ideal is a page whose main part holds only the form that is sent: the link
// that skips to it (two presses), one Tab to each field, box and control, and what is done there. Links, buttons and other forms on the way are not ideal,
// nor is it that a browser makes several stops of one time. What stands outside of the main part is the same on each page and is taken as it is.
const LIMIT = 250 // presses of Tab to anything on a page
const MOST = 1.5 // times the ideal

// Runs in the page: where the focus is, and whether a person sees that.
function stopAt(wanted) {
    const one = document.activeElement
    const nowhere = one === null || one === document.body || one === document.documentElement
    if (nowhere) return { nowhere, there: false, seen: true, main: document.querySelector(wanted)?.closest('main') != null }
    const style = getComputedStyle(one)
    const boxes = [...one.getClientRects()].filter((box) => box.width > 0 && box.height > 0)
    const inside = boxes.flatMap((box) => [[0.5, 0.5], [0.05, 0.5], [0.95, 0.5], [0.5, 0.1], [0.5, 0.9]].map(([x, y]) => [box.left + x * box.width, box.top + y * box.height]))
        .filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight)
    const free = inside.some(([x, y]) => {
        const top = document.elementFromPoint(x, y)
        return top !== null && (one === top || one.contains(top) || top.contains(one) || one.labels?.[0]?.contains(top))
    })
    const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || /^(date|time)$/.test(one.type) // its own parts are marked by the browser
    const aim = document.querySelector(wanted)
    const asks = /^(INPUT|SELECT|TEXTAREA)$/.test(one.tagName) && one.form !== null && one.form === (aim?.form ?? null) ? one.name + (one.type === 'checkbox' ? one.value : '') : null
    const quick = one.tagName === 'INPUT' && /^(text|email|password|number|search|checkbox|radio|url)$/.test(one.type) && one.form?.querySelector('button[type=submit], button:not([type])') === aim
    const over = one.matches('main a.skip') ? document.getElementById(one.hash.slice(1)) : null
    const skips = over !== null && aim !== null && (over.compareDocumentPosition(aim) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
    return { nowhere, there: one.matches(wanted), skips, question: asks, quick, seen: one.tabIndex < 0 || (marked && free), what: one.outerHTML.slice(0, 100) }
}

export class Hands {
    constructor(page, base, ok, log) {
        Object.assign(this, { page, base, ok, log, presses: 0, ideal: 0, pages: 0, stops: 0, total: 0, unseen: [], way: [] })
    }

    async press(key) {
        this.presses++
        await this.page.press(key)
    }

    async act(key) { // what the task needs whatever the page is like
        this.ideal++
        await this.press(key)
    }

    async type(text) {
        this.presses += text.length
        this.ideal += text.length
        await this.page.type(text)
    }

    async to(selector) { // Tab until the focus is there; false: it never comes
        const first = await this.look(selector)
        if (first.there) return true
        const before = this.presses
        let question = first.question
        if (first.nowhere && first.main) {
            await this.press('Tab')
            await this.press('Enter')
            this.ideal += 2
        }
        this.ideal++
        for (let k = 0; k < LIMIT; k++) {
            await this.press('Tab')
            const stop = await this.look(selector)
            this.stops++
            this.way.push(stop.what.replace(/\d{5,}/g, 'N'))
            if (!stop.seen) this.unseen.push(stop.what)
            if (stop.skips) await this.press('Enter')
            if (!stop.there) {
                if (stop.question !== null && stop.question !== question) this.ideal++
                question = stop.question ?? question
                continue
            }
            if (first.nowhere && !first.main) this.ideal += this.presses - before - 1
            return true
        }
        return false
    }

    look(selector) { return this.page.evaluate(stopAt, selector) }

    async reach(selector) {
        if (!await this.to(selector)) throw new Error(`the keyboard does not reach ${selector} on ${await this.page.url()}`)
    }

    // Days and times are typed as this browser wants them: in the order of its language, and where it does not go on by itself, with Tab between the parts.
    async pick(selector, value) {
        const parts = value.split(/[-:]/).map(Number)
        const two = (number) => String(number).padStart(2, '0')
        const sample = await this.page.evaluate((day) => day ? new Date(2027, 2, 1).toLocaleDateString() : new Date(2027, 2, 1, 18).toLocaleTimeString(), parts.length === 3)
        const day = () => (/^0?3/.test(sample) ? [parts[1], parts[2], parts[0]] : [parts[2], parts[1], parts[0]]).map(two)
        const half = () => [two(parts[0] > 12 ? parts[0] - 12 : parts[0]), two(parts[1]), parts[0] >= 12 ? 'PM' : 'AM']
        const typed = parts.length === 3 ? day() : /PM/.test(sample) && !this.page.wholeDay ? half() : parts.map(two)
        await this.reach(selector)
        for (const [k, text] of typed.entries()) {
            if (k > 0 && this.page.partByPart) await this.act('Tab')
            await this.type(text)
        }
        const now = await this.page.evaluate((wanted) => document.querySelector(wanted).value, selector)
        if (now !== value) throw new Error(`${selector} is ${now}, not ${value}`)
    }

    async follow(selector) { // a link or a button; answers once the next page is there
        if (!(await this.look(selector)).quick) await this.reach(selector) // else Enter sends the form from where she is
        await this.send()
    }

    async send() {
        this.pages++
        await this.page.turns(() => this.act('Enter'))
    }

    async fill(selector, text) {
        await this.reach(selector)
        await this.type(text)
    }

    async tick(selector) {
        await this.reach(selector)
        await this.act('Space')
    }

    async choose(name, value) { // of a group of radio buttons: Tab comes to the group, arrows move in it
        const group = `input[name=${name}]`
        await this.tick(group)
        const chosen = () => this.page.evaluate((wanted) => document.querySelector(`${wanted}:checked`)?.value, group)
        for (let k = 0; k < 12 && await chosen() !== value; k++) await this.act('ArrowDown')
        if (await chosen() !== value) throw new Error(`the keyboard does not reach ${value} of ${name}`)
    }

    async task(name, where, steps) {
        if (where !== null) await this.page.goto(this.base + where)
        Object.assign(this, { presses: 0, ideal: 0, pages: 0, unseen: [], way: [] })
        let held = false
        let why = ''
        try {
            held = await steps()
        } catch (error) {
            why = error.message.split('\n')[0]
        }
        this.ok(held, `by keyboard: ${name} (${this.presses} presses)`, why || `${await this.page.url()} ${await this.page.evaluate(() => [...document.querySelectorAll('#errors, .error')].map((one) => one.innerText).join(' '))}`)
        this.ok(this.unseen.length === 0, `by keyboard: ${name}: the focus is always seen`, this.unseen.join('\n'))
        this.ok(this.presses <= MOST * this.ideal, `by keyboard: ${name}: at most ${MOST} times the ideal number of presses`, `${this.presses} presses, ideally ${this.ideal}; stops:\n${this.way.join('\n')}`)
        this.log.push({ name, held, presses: this.presses, ideal: this.ideal, pages: this.pages })
        this.total += this.presses
    }

    async at(pattern) { return pattern.test(new URL(await this.page.url()).pathname) }

    says(text) {
        return this.page.evaluate((wanted) => document.querySelector('main').textContent.replace(/\s+/g, ' ').toLowerCase().includes(wanted.toLowerCase()), text)
    }

    first(selector) { return this.page.evaluate((wanted) => document.querySelector(wanted)?.getAttribute('href'), selector) }
}

const SEND = 'main form button[type=submit]'

async function asVisitor(h, demo) {
    await h.task('skip to the main part', '/', async () => {
        await h.act('Tab')
        await h.act('Enter')
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
        return await h.page.evaluate(() => document.documentElement.lang) === 'es'
    })
    await h.task('and back', '/help', async () => {
        if (!await h.to('#page-language')) return false
        await h.type('Eng')
        await h.follow('.languages button')
        return await h.page.evaluate(() => document.documentElement.lang) === 'en'
    })
    const who = demo.sign_ins.find((one) => one.role === 'newcomer')
    await h.task('sign in', '/sign-in', async () => {
        await h.fill('#email', who.email)
        await h.fill('#password', who.password)
        await h.send()
        return !await h.at(/^\/sign-in/)
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
        return h.at(/(style|questions|check)$/)
    })
    await h.task('join: look at it again, and stop for now', null, async () => {
        await h.follow('main a[href^="/cohorts/"]')
        return await h.says('Go on with my sign-up') || await h.at(/join/)
    })
    await h.task('change my name', '/account/profile', async () => {
        await h.fill('#pronouns', 'she/they')
        await h.follow(SEND)
        return h.at(/^\/account$/)
    })
    await h.task('search', '/search', async () => {
        await h.fill('#q', 'mentor')
        await h.send()
        return /q=mentor/.test(await h.page.url()) && h.says('Found')
    })
    await h.task('days without time', '/account/away', async () => {
        await h.pick('#first', '2027-03-01')
        await h.pick('#last', '2027-03-07')
        await h.follow('main form button[type=submit]')
        return h.says('1 March 2027')
    })
}

async function asAdmin(h, cohort) {
    await h.task('filter sign-ups', `${cohort}/people`, async () => {
        if (!await h.to('select[name=state]')) return false
        await h.type('sent')
        await h.follow('main form.filter button')
        return /state=submitted/.test(await h.page.url())
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
    for (let k = 0; k < 3000 && await h.says('looks again by itself'); k++) await h.page.goto(await h.page.url()) // until it is computed
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
        await h.follow(`main a[href="${pair}/help"]`)
        await h.choose('kind', 'conduct')
        await h.fill('textarea[name=text]', 'He shouted at me.')
        await h.choose('named', 'no')
        await h.follow(SEND)
        return await h.at(/^\/account\/answers$/) && h.pages <= 3 && await h.says('Thank you for saying it')
    })
}

async function asMentee(h) {
    await h.page.goto(`${h.base}/`)
    const pair = await h.first('main a[href^="/pairs/"]')
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
        return !await h.at(/\/end$/)
    })
    await tellFrom(h, path, 'three steps, also when the match is over')
}

// open(role): a page of a driver, as that person; the visitor becomes the newcomer by signing in. Gives what each task took.
export async function playTasks({ base, demo, ok, open }) {
    const log = []
    const cohortOf = async (h) => {
        await h.page.goto(`${base}/cohorts`)
        return h.page.evaluate(() => [...document.querySelectorAll('main .card a')].find((one) => one.textContent.includes('Spring')).getAttribute('href'))
    }
    let stops = 0
    const as = async (role, play) => {
        const hands = new Hands(await open(role), base, ok, log)
        await play(hands)
        stops += hands.stops
        await hands.page.close()
    }
    let cohort = ''
    await as('visitor', async (h) => {
        await asVisitor(h, demo)
        cohort = await cohortOf(h)
        await asNewcomer(h, cohort)
    })
    await as('administrator', (h) => asAdmin(h, cohort))
    await as('mentee of a pair', asMentee)
    return { log, stops }
}

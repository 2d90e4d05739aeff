// SPDX-License-Identifier: Apache-2.0
// A walk through the eleven elements, as those who take part see them in the demo: each page is there, holds what it should, weighs
// at most 100 KB with all that it loads, and needs no script. With TOUR=docs/screenshots each is kept as a picture for docs/tour.md:
//
//   TOUR=docs/screenshots PAGES=tour node pages.mjs build/check/trellis FOLDER
import fs from 'node:fs'
import path from 'node:path'

const WEIGHT_MOST = 100 * 1024
const SIZE = { width: 1100, height: 780 }

// What a first view of a page costs: every byte that it loads, as it is before compression, with an empty cache.
async function weigh(page, address) {
    const loads = []
    const take = (answer) => loads.push(answer)
    page.on('response', take)
    const answer = await page.goto(address) // no page has a script, so nothing loads after it has loaded
    page.off('response', take)
    let bytes = (await (await page.request.get(new URL('/icon.svg', address).href)).body()).length // the browser asks for it when it likes
    for (const one of loads) bytes += one.status() < 300 && new URL(one.url()).pathname !== '/icon.svg' ? (await one.body()).length : 0
    return { status: answer.status(), bytes }
}

async function picture(page, name, { from, high = SIZE.height }) {
    const shots = process.env.TOUR
    if (!shots) return
    fs.mkdirSync(shots, { recursive: true })
    const session = await page.context().newCDPSession(page)
    const size = page.viewportSize()
    const top = from ? (await page.locator(from).first().boundingBox()).y + await page.evaluate(() => window.scrollY) : 0
    const whole = await page.evaluate(() => document.documentElement.scrollHeight)
    const clip = { x: 0, y: Math.max(0, Math.min(top - 16, whole - 200)), width: size.width, height: 0, scale: 1 }
    clip.height = Math.min(high, whole - clip.y)
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82, clip, captureBeyondViewport: true })
    fs.writeFileSync(path.join(shots, `${name}.webp`), Buffer.from(data, 'base64'))
    await session.detach()
}

export default async function (tools) {
    const { browser, base, demo, ok, signIn } = tools
    const signed = new Map()
    const as = async (role, options = {}) => {
        const key = role + JSON.stringify(options)
        if (!signed.has(key)) signed.set(key, await signIn(browser, base, demo, role, { viewport: SIZE, ...options }))
        return signed.get(key)
    }
    // One stop: whose eyes, which page, and words that must be on it.
    async function stop(name, page, where, words, more = {}) {
        await page.context().clearCookies({ name: 'trellis-said' })
        const { status, bytes } = await weigh(page, base + where)
        ok(status === 200, `${name}: is there`, `${status} ${where}`)
        ok(bytes <= WEIGHT_MOST, `${name}: weighs at most 100 KB`, bytes)
        ok(await page.locator('script').count() === 0, `${name}: has no script`)
        const text = await page.locator('main').innerText()
        ok(text.toLowerCase().includes(words.toLowerCase()), `${name}: says "${words}"`, text.slice(0, 600))
        await picture(page, name, more)
        return bytes
    }
    const first = async (page, where, selector) => {
        await page.goto(base + where)
        return page.locator(selector).first().getAttribute('href')
    }

    const visitor = await as('visitor')
    const mentee = await as('mentee of a pair')
    const mentor = await as('mentor of a pair')
    const admin = await as('administrator')
    await stop('00-welcome', visitor, '/', 'mentor')
    await stop('00-home-of-a-mentee', mentee, '/', 'what')
    const autumn = await first(visitor, '/cohorts', 'main .card a:has-text("Autumn")')
    const spring = await first(visitor, '/cohorts', 'main .card a:has-text("Spring")')
    const pair = await first(mentee, `${autumn}/match`, 'a[href^="/pairs/"]')

    await stop('01-goals-of-a-pair', mentee, `${pair}/goals`, 'goal')
    await stop('01-objectives-of-a-cohort', admin, `${autumn}/objectives`, 'objective')
    await stop('01-an-objective-over-time', admin, await first(admin, `${autumn}/objectives`, 'main tbody tr:nth-child(2) th a'), 'aim', { from: 'main h2:has-text("How it stands")' })
    await stop('02-pool-by-dimensions', admin, `${spring}/pool`, 'mentor')
    await stop('02-mentors-to-choose-from', await as('mentee'), `${spring}/mentors`, 'mentor')
    await stop('03-plan-of-a-pair', mentee, `${pair}/plan`, 'plan')
    await stop('03-resources', mentee, '/resources', 'minutes')
    await stop('03-training-for-mentors', mentor, '/learn', 'training')
    const held = (await mentee.goto(`${base}${pair}/meetings`), await mentee.locator('main tbody th a').last().getAttribute('href'))
    await stop('04-after-a-meeting', mentee, held.replace('/meetings/', '/feedback/'), 'how')
    await stop('04-how-pairs-go', admin, `${autumn}/pairs`, 'pair')
    await stop('05-meet-others', mentee, '/meet', 'circle')
    await stop('05-a-circle', mentee, await first(mentee, '/meet', 'main a[href^="/circles/"]'), 'circle')
    const event = await first(mentee, `${autumn}/events`, 'main tbody a')
    await stop('05-an-event', mentee, event, 'seat')
    await stop('06-when-and-how-to-meet', await as('mentee'), `${spring}/join/mentee/times`, 'time')
    const phone = await as('mentee of a pair', { viewport: { width: 320, height: 720 }, colorScheme: 'dark' })
    await stop('06-on-a-phone-in-the-dark', phone, `${pair}`, 'meeting')
    await admin.goto(`${base}${spring}/matching`)
    await admin.click('text=Find the best pairs')
    await admin.waitForURL(/matching\/\d+$/)
    const run = new URL(admin.url()).pathname
    for (let k = 0; k < 600 && await admin.locator('text=It is proved').count() === 0; k++) await admin.goto(base + run)
    await stop('07-the-best-pairs', admin, run, 'proved')
    await stop('07-why-these-two', admin, await first(admin, run, 'main tbody tr:has-text("in common each week") a:has-text("Details")'), 'adds up')
    await stop('07-does-matching-treat-all-alike', admin, `${autumn}/fairness`, 'alike', { from: 'main h2:has-text("By experience")' })
    await stop('08-what-both-promise', mentee, `${pair}/agreement`, 'signed')
    await stop('08-meetings-held', mentee, `${pair}/meetings`, 'took place')

    await stop('09-what-i-have-reached', mentee, '/recognition', 'milestone')
    const told = await first(visitor, '/stories', 'main .card a:has-text("Forty lines")')
    await stop('09-success-stories', visitor, '/stories', 'stories')
    await stop('09-a-story', visitor, told, 'mentor', { high: 900 })
    await stop('09-awards', mentee, `${autumn}/honours`, 'Mentor of the autumn')
    const certificate = await first(admin, `${autumn}/certificates`, 'main tbody th a')
    await stop('09-a-certificate', visitor, certificate, 'holds', { high: 1000 })
    await stop('10-measures', admin, `${autumn}/measures`, 'measure')
    await stop('10-log-of-improvements', admin, `${autumn}/improvements`, 'improvement')
    await stop('10-you-said-we-did', mentee, `${autumn}/you-said`, 'said')
    const article = await first(visitor, '/articles', 'main .card a:has-text("Ten elements")')
    await stop('11-articles', visitor, '/articles', 'Ten elements')
    await stop('11-an-article', visitor, article, 'added most', { from: 'main h1' })
    await stop('11-leading-contributors', visitor, article, 'added most', { from: 'main h2:has-text("added most")', high: 420 })
    await stop('11-what-i-have-written', mentee, '/contributions', 'badge')
    await stop('12-search', visitor, '/search?q=mentor', 'mentor')
    // Her account keeps the language, so this comes last.
    await phone.goto(base)
    await phone.selectOption('#page-language', 'ar')
    await phone.click('.languages button')
    await phone.waitForLoadState()
    await stop('06-from-right-to-left', phone, `${pair}`, 'ي')
    await phone.selectOption('#page-language', 'en')
    await phone.click('.languages button')
    await phone.waitForLoadState()
    if (process.env.TOUR) {
        const all = fs.readdirSync(process.env.TOUR).filter((name) => name.endsWith('.webp'))
        const bytes = all.reduce((sum, name) => sum + fs.statSync(path.join(process.env.TOUR, name)).size, 0)
        ok(bytes < 2500 * 1024, `the pictures weigh less than 2.5 MB (${all.length}, ${Math.round(bytes / 1024)} KB)`, bytes)
    }
}

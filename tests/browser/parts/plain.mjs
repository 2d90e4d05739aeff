// SPDX-License-Identifier: Apache-2.0
// The first half of a programme without any script: signing up, reading sign-ups, finding pairs, publishing, saying yes.
const PLAIN = { javaScriptEnabled: false }
const SEND = 'main form button[type=submit]'

async function signUp(page, base, cohort, ok) {
    await page.goto(`${base}${cohort}/join/mentee/aims`)
    await page.check('input[name=level] >> nth=0')
    await page.check('input[name=topics][value=data]')
    await page.check('input[name=languages][value=en]')
    await page.click(SEND)
    await page.selectOption('select[name=week-day-0]', { index: 1 })
    await page.fill('input[name=week-from-0]', '18:00')
    await page.fill('input[name=week-to-0]', '21:00')
    await page.check('input[name=formats] >> nth=0')
    await page.click(SEND)
    await page.fill('textarea[name=about]', 'I come from physics.')
    await page.click(SEND)
    if (/style$/.test(page.url())) {
        await page.check('main form fieldset >> nth=0 >> input >> nth=3')
        await page.click(SEND)
    }
    for (const field of await page.locator('main form textarea, main form input[type=text], main form input[type=number]').all())
        if (/questions$/.test(page.url())) await field.fill(await field.getAttribute('type') === 'number' ? '3' : 'An answer')
    if (/questions$/.test(page.url())) await page.click(SEND)
    ok(/check$/.test(page.url()), 'without script: all steps of signing up', `${page.url()} ${await page.locator('#errors').allInnerTexts()}`)
    for (const tick of await page.locator('main form input[type=checkbox]').all()) await tick.check()
    await page.click(SEND)
    ok(await page.locator('text=Your sign-up is sent').count() === 1, 'without script: a sign-up is sent', page.url())
}

async function publish(page, base, cohort, ok, runIsThere) {
    await page.goto(`${base}${cohort}/people?state=submitted`)
    await page.check('main tbody tr:nth-child(1) input')
    await page.click('button[value=approved]')
    await page.click('text=Yes, do it')
    ok(await page.locator('text=Take it back').count() === 1, 'without script: sign-ups are accepted')
    await page.goto(`${base}${cohort}/matching`)
    await page.click('text=Find the best pairs')
    await runIsThere(page)
    ok(await page.locator('text=It is proved').count() === 1, 'without script: pairs are found')
    await page.click('text=Publish ...')
    await page.click('text=Yes, publish')
    ok(/matches$/.test(new URL(page.url()).pathname), 'without script: pairs are published', page.url())
}

// Without a script: what has happened is told from the page of the pair; also after its end.
async function tell(page, pair, base, ok, name) {
    await page.goto(base + pair)
    await page.click(`main a[href="${pair}/help"]`)
    await page.check('input[name=kind][value=conduct]')
    await page.fill('textarea[name=text]', 'He shouted at me.')
    await page.check('input[name=named][value=no]')
    await page.click(SEND)
    ok(/answers$/.test(new URL(page.url()).pathname) && await page.locator('text=Thank you for saying it').count() === 1, `without script: telling of behaviour, ${name}`, page.url())
}

async function tellAndEnd(page, base, ok) {
    await page.goto(`${base}/`)
    const pair = (await page.locator('main a[href^="/pairs/"]').first().getAttribute('href')).match(/^\/pairs\/[^/]+/)[0]
    await tell(page, pair, base, ok, 'in three steps')
    await page.goto(`${base}${pair}/end`)
    await page.check('input[name=reason][value=fit]')
    await page.check('input[name=again][value=no]')
    await page.check('input[name=sure]')
    await page.click(SEND)
    await tell(page, pair, base, ok, 'also when the match is over')
}

export default async function ({ browser, base, demo, ok, signIn, runIsThere }) {
    const admin = await signIn(browser, base, demo, 'administrator', PLAIN)
    await admin.goto(`${base}/cohorts`)
    const cohort = await admin.locator('main .card a:has-text("Spring")').getAttribute('href')
    await signUp(await signIn(browser, base, demo, 'newcomer', PLAIN), base, cohort, ok)
    await publish(admin, base, cohort, ok, runIsThere)
    const mentee = await signIn(browser, base, demo, 'mentee', PLAIN)
    await mentee.goto(`${base}/`)
    await mentee.click('main a:has-text("Say yes or no")')
    await mentee.click('main .card .button')
    await mentee.check('input[value=yes]')
    await mentee.click(SEND)
    ok(await mentee.locator('#errors').count() === 0, 'without script: an offer is answered', mentee.url())
    await tellAndEnd(await signIn(browser, base, demo, 'mentee of a pair', PLAIN), base, ok)
}

// SPDX-License-Identifier: Apache-2.0
// The same pages as people set their machines: dark, with colours of their own, from right to left, narrow, wide, and large.
const STATES = [
    ['dark', { colorScheme: 'dark', viewport: { width: 1280, height: 800 } }],
    ['own colours', { forcedColors: 'active', viewport: { width: 1280, height: 800 } }],
    ['from right to left', { viewport: { width: 320, height: 640 } }],
    ['no motion, more contrast', { reducedMotion: 'reduce', contrast: 'more', viewport: { width: 1280, height: 800 } }],
    ['large', { deviceScaleFactor: 2, viewport: { width: 640, height: 400 } }],
]

export default async function ({ browser, base, demo, ok, signIn, visit, sendEmpty }) {
    for (const [state, options] of STATES) {
        const visitor = await signIn(browser, base, demo, 'visitor', options)
        const newcomer = await signIn(browser, base, demo, 'newcomer', options)
        const admin = await signIn(browser, base, demo, 'administrator', options)
        if (state === 'from right to left')
            for (const page of [visitor, newcomer, admin]) {
                await page.goto(`${base}/help`)
                await page.selectOption('#page-language', 'ar')
                await page.click('.languages button')
                ok(await page.getAttribute('html', 'dir') === 'rtl', 'the page runs from right to left')
            }
        await visitor.goto(`${base}/cohorts`)
        const cohort = await visitor.locator('main .card a[href^="/cohorts/"]').first().getAttribute('href')
        for (const where of ['/', '/cohorts', '/register', cohort]) await visit(visitor, base, `${state}: visitor ${where.replace(/\d{5,}/, 'N')}`, where)
        await visitor.goto(`${base}/register`)
        await sendEmpty(visitor, `${state}: register`)
        for (const where of ['/', '/account', '/account/away']) await visit(newcomer, base, `${state}: newcomer ${where}`, where)
        for (const where of [`${cohort}/people`, `${cohort}/pool`, `${cohort}/rules`, `${cohort}/matching`]) await visit(admin, base, `${state}: administrator ${where.replace(/\d{5,}/, 'N')}`, where)
        for (const page of [visitor, newcomer, admin]) await page.context().close()
    }
}

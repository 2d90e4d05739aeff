// SPDX-License-Identifier: Apache-2.0
// Refused forms (refuse.mjs) of the pages that people meet first; `scripts/check every` does it with every form.
import { RULES, refuse } from '../refuse.mjs'

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
                for (const rule of RULES) {
                    await page.goto(base + path)
                    const form = page.locator('main form[method=post]').nth(number)
                    const given = await form.count() ? await refuse(page, form, rule) : null
                    if (given === null) break
                    if (!given.refused) continue
                    refused++
                    ok(given.found.length === 0, `refused as it should: ${path.replace(/\d{5,}/g, 'N')}, form ${number + 1}, ${rule}`, given.found.join('\n'))
                }
        }
    ok(refused >= 40, `${refused} refusals were looked at`)
}

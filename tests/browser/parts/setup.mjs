// SPDX-License-Identifier: Apache-2.0
// Programmes, making one ready, and what hangs on a cohort's set-up.
export default async function ({ browser, base, demo, narrow, signIn, look, visit, sendEmpty, translated }) {
    const admin = await signIn(browser, base, demo, 'administrator')
    await admin.goto(`${base}/cohorts`)
    const cohort = await admin.locator('main .card a:has-text("Spring")').getAttribute('href')
    for (const where of ['/programmes', '/programmes/new', '/programmes/1', '/programmes/1/edit', '/programmes/1/clone', '/programmes/1/ready',
        '/programmes/1/ready/texts', '/programmes/1/ready/objectives', '/programmes/1/ready/questions', '/programmes/1/ready/team',
        '/programmes/1/ready/cohort', '/programmes/1/topics', '/programmes/1/letters', '/programmes/1/letters/offer', '/cohorts/1/team',
        '/cohorts/1/objectives', '/cohorts/1/objectives/1/end', '/cohorts/1/questions', '/cohorts/1/rules', `${cohort}/questions/preview?role=mentor`, `${cohort}/cancel`, `${cohort}/invitations`, '/cohorts/1/languages',
        `${cohort}/waiting`, `${cohort}/waiting/over`])
        await visit(admin, base, `programmes ${where.replace(/\d{5,}/, 'N')}`, where)
    await admin.goto(`${base}/programmes/new`)
    await sendEmpty(admin, 'a new programme')
    await admin.goto(`${base}/cohorts/1/questions`)
    await admin.click('text=Add the usual questions')
    await look(admin, 'questions of a programme')
    await admin.click('main tbody th a')
    await look(admin, 'a question')
    await admin.goto(`${base}${cohort}/people?state=approved`)
    const person = await admin.locator('main tbody th a').first().getAttribute('href')
    for (const where of [person, `${person}/end`])
        await visit(admin, base, `sign-up ${where.replace(/\d{5,}/g, 'N')}`, where)
    await sendEmpty(admin, 'ending a place')
    await admin.goto(`${base}${cohort}/invitations`)
    await admin.fill('#addresses', 'one@example.org')
    await admin.click('text=Look at the letter')
    await look(admin, 'an invitation, before it goes')
    const mentee = await signIn(browser, base, demo, 'mentee of a pair', narrow)
    await visit(mentee, base, 'days without time', '/account/away')
    await visit(mentee, base, 'become a mentor', '/mentor')
    await visit(mentee, base, 'a mentor\'s sign-up, filled in', `${cohort}/join/mentor/aims`)
    await mentee.goto(`${base}/account/away`)
    await mentee.click('text=Keep these days free')
    await look(mentee, 'days without time, sent empty')
    await mentee.goto(`${base}/cohorts`)
    await mentee.click('main .card a:has-text("Autumn")')
    await mentee.goto(`${base}${new URL(mentee.url()).pathname}/match`)
    const pair = await mentee.locator('a[href^="/pairs/"]').first().getAttribute('href')
    await visit(mentee, base, 'the other of a pair', `${pair}/other`)
    await translated(mentee, base, ['/account/away', '/mentor', `${pair}/other`])
}

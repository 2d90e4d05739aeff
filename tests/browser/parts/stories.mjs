// SPDX-License-Identifier: Apache-2.0
// Stories, and awards with a jury.
async function first(page, base, list, name) {
    await page.goto(base + list)
    return page.locator(`main a:has-text("${name}")`).first().getAttribute('href')
}

async function stories({ browser, base, demo, narrow, ok, signIn, visit, sendEmpty, translated }) {
    const visitor = await signIn(browser, base, demo, 'visitor', narrow)
    await visit(visitor, base, 'stories', '/stories')
    const shown = await first(visitor, base, '/stories', 'Forty lines')
    await visit(visitor, base, 'a story', shown)
    const newcomer = await signIn(browser, base, demo, 'newcomer', narrow)
    await visit(newcomer, base, 'no story of mine', '/stories/mine')
    await visit(newcomer, base, 'writing a story', '/stories/write')
    await sendEmpty(newcomer, 'a story')
    await newcomer.fill('#title', 'A beginning')
    await newcomer.fill('#text', 'Short.')
    await newcomer.click('main form:has(textarea) button[type=submit]')
    await visit(newcomer, base, 'a draft that is too short', new URL(newcomer.url()).pathname)
    const own = new URL(newcomer.url()).pathname
    await newcomer.goto(`${base}${own}/edit`)
    await newcomer.fill('#text', 'We began small and met often. '.repeat(12))
    await newcomer.click('main form:has(textarea) button[type=submit]')
    await visit(newcomer, base, 'a draft that can be sent', own)
    await sendEmpty(newcomer, 'what I agree to')
    await newcomer.check('#web')
    await newcomer.click('main form:has(#web) button[type=submit]')
    await visit(newcomer, base, 'a story that was sent', own)
    const editor = await signIn(browser, base, demo, 'editor')
    await visit(editor, base, 'stories that wait', '/stories/review')
    await visit(editor, base, 'deciding on a story', await first(editor, base, '/stories/review', 'What my mentee'))
    await sendEmpty(editor, 'a decision on a story')
    await visit(editor, base, 'taking a story down', await first(editor, base, '/stories/review', 'Forty lines'))
    await translated(visitor, base, ['/stories', shown])
    await translated(newcomer, base, ['/stories/mine', '/stories/write', own])
    ok(true, 'stories were looked at')
}

async function awards({ browser, base, demo, narrow, ok, signIn, look, visit, sendEmpty, translated }) {
    const mentee = await signIn(browser, base, demo, 'mentee of a pair', narrow)
    await mentee.goto(`${base}/cohorts`)
    await mentee.click('main .card a:has-text("Autumn")')
    const cohort = new URL(mentee.url()).pathname
    const honours = `${cohort}/honours`
    await visit(mentee, base, 'awards of a cohort', honours)
    const given = await first(mentee, base, honours, 'Mentor of the autumn')
    const judged = await first(mentee, base, honours, 'The best question')
    await visit(mentee, base, 'an award that was given', given)
    const admin = await signIn(browser, base, demo, 'administrator')
    await visit(admin, base, 'a new award', `${honours}/new`)
    await sendEmpty(admin, 'an award')
    await admin.goto(`${base}${honours}/new`)
    await admin.fill('#title', 'Quiet help')
    await admin.fill('#about', 'For whoever helps and says nothing of it.')
    await admin.fill('#closes', '2099-01-31')
    await admin.click('main form:has(#about) button[type=submit]')
    await look(admin, 'an award without nominees')
    const open = new URL(admin.url()).pathname.replace('/run', '')
    await visit(admin, base, 'an award that is judged', `${judged}/run`)
    await sendEmpty(admin, 'a juror')
    await visit(admin, base, 'an award that was given, for staff', `${given}/run`)
    await visit(admin, base, 'who gets it', `${judged}/decide`)
    await visit(admin, base, 'cancelling an award', `${judged}/cancel`)
    await visit(mentee, base, 'nominating', open)
    await sendEmpty(mentee, 'a nomination')
    const juror = await signIn(browser, base, demo, 'committee', narrow)
    await visit(juror, base, 'the jury', `${judged}/judge`)
    await juror.click('main a:has-text("Read and judge")')
    await look(juror, 'one nominee')
    await sendEmpty(juror, 'a score')
    await translated(mentee, base, [honours, given, open])
    await translated(juror, base, [`${judged}/judge`])
    ok(true, 'awards were looked at')
}

export default async function (tools) {
    await stories(tools)
    await awards(tools)
}

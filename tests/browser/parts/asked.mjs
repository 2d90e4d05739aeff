// SPDX-License-Identifier: Apache-2.0
// What people are asked beside the usual: ways of working, a programme's own questions, levels in topics.
export default async function ({ browser, base, demo, narrow, signIn, look, visit }) {
    const newcomer = await signIn(browser, base, demo, 'newcomer', narrow)
    await newcomer.goto(`${base}/cohorts`)
    const cohort = await newcomer.locator('main .card a:has-text("Spring")').getAttribute('href')
    await newcomer.goto(`${base}${cohort}/join/mentee/aims`)
    await newcomer.check('input[name=level] >> nth=0')
    await newcomer.check('input[name=topics][value=data]')
    await newcomer.check('input[name=languages][value=en]')
    await newcomer.click('main form button[type=submit]')
    for (const step of ['times', 'style', 'questions', 'levels', 'check'])
        await visit(newcomer, base, `sign-up: ${step}`, `${cohort}/join/mentee/${step}`)
    await newcomer.goto(`${base}${cohort}/join/mentee/style`)
    await newcomer.check('main form fieldset >> nth=1 >> input >> nth=4')
    await newcomer.click('main form button[type=submit]')
    const admin = await signIn(browser, base, demo, 'administrator')
    for (const where of ['questions', 'questions/preview?role=mentee', 'rules'])
        await visit(admin, base, `asked: ${where}`, `${cohort}/${where}`)
    await admin.goto(`${base}${cohort}/questions`)
    await admin.locator('main tbody th a').last().click()
    await look(admin, 'a question that matching uses')
}

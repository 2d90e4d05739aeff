// SPDX-License-Identifier: Apache-2.0
// Measures, improvements, review meetings, what a cohort worked with, the evidence pack, and what is asked after the end.
import fs from 'node:fs'
import path from 'node:path'

// The link of a letter that the demo sends when its server starts.
async function laterLink(data) {
    for (let k = 0; k < 600; k++) {
        const folders = fs.readdirSync(data, { recursive: true }).filter((name) => name.endsWith('.eml'))
        for (const name of folders) {
            const found = fs.readFileSync(path.join(data, name), 'utf8').match(/(\/later\/\w+)\s/)
            if (found) return found[1]
        }
        await new Promise((done) => setTimeout(done, 100))
    }
    return '/later/none'
}

export default async function ({ browser, base, demo, narrow, ok, signIn, look, visit, sendEmpty, translated, data }) {
    const manager = await signIn(browser, base, demo, 'manager')
    await visit(manager, base, 'what waits for a manager', '/')
    ok(await manager.locator('a:has-text("Review meeting of Autumn circle")').count() === 1, 'a review meeting waits for her')
    const cohorts = {}
    for (const name of ['Autumn', 'First']) {
        await manager.goto(`${base}/cohorts`)
        await manager.click(`main .card a:has-text("${name}")`)
        cohorts[name] = new URL(manager.url()).pathname
    }
    const cohort = cohorts.Autumn
    for (const where of ['measures', 'measures/on_cadence', 'improvements', 'improvements?tag=plan', 'reviews', 'used', 'evidence', 'you-said'])
        await visit(manager, base, `how it goes: ${where}`, `${cohort}/${where}`)
    for (const where of ['/programmes/1/compare', '/programmes/1/measures', '/programmes/1/evidence', `${cohorts.First}/evidence`, `${cohorts.First}/used`])
        await visit(manager, base, `staff ${where.replace(/\d+/, 'N')}`, where)
    await manager.goto(`${base}${cohort}/improvements`)
    await manager.locator('main tbody th a').first().click()
    await look(manager, 'an improvement')
    const item = new URL(manager.url()).pathname
    await visit(manager, base, 'writing an improvement', `${item}/edit`)
    const aim = await measureAim(manager)
    const review = await hold(manager)
    const phone = await signIn(browser, base, demo, 'manager', narrow)
    for (const where of ['reviews', 'used', 'evidence', 'measures'])
        await visit(phone, base, `on a phone: ${where}`, `${cohort}/${where}`)
    await visit(phone, base, 'a review meeting on a phone', review)
    await visit(phone, base, 'an objective on a phone', aim)
    await visit(phone, base, 'objectives on a phone', `${cohort}/objectives`)
    await visit(manager, base, 'an objective of the programme', '/programmes/1/objectives/1')
    await visit(phone, base, 'comparing on a phone', '/programmes/1/compare')
    await visit(manager, base, 'what people wrote', `${cohort}/words`)
    await visit(manager, base, 'what people wrote, under a tag', `${cohort}/words?tag=times`)
    await manager.fill('#tags-1', 'a b c d e f g h i')
    await manager.click('#w1 button')
    await look(manager, 'too many tags')
    await visit(manager, base, 'a measure of an own question', `${cohorts.First}/measures`)
    await manager.click('main a:has-text("Do you lead other people today?")')
    await look(manager, 'a question of the programme\'s own')
    await visit(manager, base, 'the question bank', '/programmes/1/question-bank')
    await manager.goto(`${base}/programmes/1/question-bank`)
    await manager.click('main a:has-text("Ask it in other words")')
    await look(manager, 'a question in other words')
    await visit(phone, base, 'what people wrote on a phone', `${cohort}/words`)
    await visit(phone, base, 'the question bank on a phone', '/programmes/1/question-bank')
    const mentee = await signIn(browser, base, demo, 'mentee of a pair', narrow)
    await visit(mentee, base, 'what could be better', `${cohort}/better`)
    await sendEmpty(mentee, 'what could be better')
    await visit(mentee, base, 'you said, we did', `${cohort}/you-said`)
    ok(await mentee.locator('text=We did not know how to begin').count() === 1, 'members read what was changed')
    const link = await laterLink(data)
    const visitor = await signIn(browser, base, demo, 'visitor', narrow)
    await visit(visitor, base, 'asked after the end', link)
    await sendEmpty(visitor, 'asked after the end')
    await visit(visitor, base, 'not to be asked again', `${link}/stop`)
    await visitor.goto(base + link)
    await visitor.locator('#in_tech input').first().check()
    await visitor.click('main form button')
    ok(await visitor.locator('.note').count() === 1, 'she has answered')
    await look(visitor, 'answered after the end')
    await translated(visitor, base, [link, `${link}/stop`])
    await translated(mentee, base, [`${cohort}/better`, `${cohort}/you-said`])
    await translated(manager, base, [review, '/programmes/1/objectives/1', `${cohort}/objectives`, `${cohort}/reviews`, `${cohort}/reviews/new`, `${cohort}/used`, `${cohorts.First}/evidence`, '/programmes/1/compare', '/programmes/1/question-bank'])

    // A new objective with a figure from the list, and how it stands.
    async function measureAim(page) {
        await visit(page, base, 'objectives with figures', `${cohort}/objectives`)
        await page.fill('#title', 'Fewer leave')
        await page.selectOption('#figure', 'ended_early')
        await page.fill('#baseline', '20')
        await page.fill('#target', '101')
        await page.click('button:has-text("Keep the objective")')
        await look(page, 'a target that no share can have')
        ok(await page.locator('#target-error').count() === 1 && await page.locator('#figure').inputValue() === 'ended_early', 'the error stands at the target, and the figure is kept')
        await page.fill('#target', '10')
        await page.click('button:has-text("Keep the objective")')
        await page.click('main a:text-is("Fewer leave")')
        await look(page, 'an objective and how it stands')
        ok(await page.locator('svg.chart').count() === 1 && await page.locator('main table').count() === 1, 'drawn, with its table')
        const path = new URL(page.url()).pathname
        await visit(page, base, 'changing an objective', `${path}/edit`)
        return path
    }

    // From the first date to the last tick, with the keyboard alone where it matters.
    async function hold(page) {
        await visit(page, base, 'planning a review meeting', `${cohort}/reviews/new?moment=other`)
        await sendEmpty(page, 'a review meeting')
        await page.goto(`${base}${cohort}/reviews/new?moment=other`)
        await page.fill('#day', '2026-01-15')
        await page.fill('#who', 'Two of us')
        await page.locator('#agenda').focus()
        await page.keyboard.press('Tab')
        await page.keyboard.press('Enter')
        await page.waitForURL(/reviews\/\d+$/)
        const path = new URL(page.url()).pathname
        await look(page, 'a review meeting that is planned')
        await page.selectOption('#subject', 'measure:answered')
        await page.click('button:has-text("Put it on the table")')
        await page.click('section:has(h3:has-text("Add an action")) button')
        await look(page, 'an action without words')
        await page.fill('#text', 'Call them')
        await page.selectOption('#owner', { index: 1 })
        await page.fill('#due', '2026-12-24')
        await page.click('section:has(h3:has-text("Add an action")) button')
        await page.click('main a:has-text("Write it down")')
        await look(page, 'writing a review meeting down')
        await page.fill('#decisions', 'We go on')
        await page.click('main button:has-text("Keep it")')
        await page.click('button:has-text("It was held")')
        await look(page, 'a review meeting that is over')
        ok(await page.locator('text=We go on').count() === 1 && await page.locator('text=Add an action').count() === 0, 'it is closed')
        await page.click('button[value=done]')
        ok(await page.locator('.state:has-text("done")').count() === 1, 'an action is ticked')
        return path
    }
}

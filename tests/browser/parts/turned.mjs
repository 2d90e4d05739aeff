// SPDX-License-Identifier: Apache-2.0
// Pages that time alone brings, or several people one after the other: the questions at the middle and at the end of a pair, a
// concern that nobody has answered in time, a mentor who pauses for long, a certificate that is taken back. What needs weeks is
// written into the demo's own database.
import { execFileSync } from 'node:child_process'
import path from 'node:path'

const DO = 'import sqlite3, sys; base = sqlite3.connect(sys.argv[1], timeout=60); base.execute(sys.argv[2], sys.argv[3:]); base.commit()'
const HER = "(SELECT id FROM person WHERE email = 'pair1@demo.example')"

function write(data, sql, ...values) {
    execFileSync('python3', ['-c', DO, path.join(data, 'trellis.db'), sql, ...values.map(String)])
}

const autumnOf = async (page, base) => {
    await page.goto(`${base}/cohorts`)
    return page.locator('main .card a:has-text("Autumn")').getAttribute('href')
}
const pairOf = async (page, base, cohort) => {
    await page.goto(`${base}${cohort}/match`)
    return page.locator('a[href^="/pairs/"]').first().getAttribute('href')
}
const press = (page) => page.click('main form button[type=submit]')

// Each kind of question of a pair: as it is asked, sent empty, answered, and closed without an answer.
async function questions({ base, data, pair, mentee, ok, look, visit, sendEmpty, translated }) {
    const kinds = ['fit', 'pulse', 'mid', 'end', 'early']
    for (const [k, kind] of kinds.entries())
        for (const closed of [0, 1])
            write(data, `INSERT INTO survey(id, match, person, kind, number, asked_at, answered_at, closed_at) SELECT ?, ?, ${HER}, ?, ?, 1, 0, ?`,
                1 + 2 * k + closed, pair.split('/').pop(), kind, 90 + closed, closed)
    await visit(mentee, base, 'a pair that is asked much', pair)
    for (const [k, kind] of kinds.entries()) {
        const where = `${pair}/questions/${kind}/${1 + 2 * k}`
        await visit(mentee, base, `questions: ${kind}`, where)
        await translated(mentee, base, [where])
        await mentee.goto(base + where)
        await sendEmpty(mentee, `questions: ${kind}`)
        for (const name of new Set(await mentee.locator('main input[type=radio]').evaluateAll((all) => all.map((one) => one.name))))
            await mentee.check(`main input[name=${name}] >> nth=0`)
        if (kind === 'end') await mentee.fill('#recommend', '9')
        await press(mentee)
        await look(mentee, `questions: ${kind}, sent`)
        await visit(mentee, base, `questions: ${kind}, answered`, where)
        ok(await mentee.locator('text=You have answered').count() === 1, `questions: ${kind}: they are answered`)
        await visit(mentee, base, `questions: ${kind}, closed`, `${pair}/questions/${kind}/${2 + 2 * k}`)
    }
}

// Two who run the programme open together what is late.
async function glass({ browser, base, demo, data, cohort, admin, ok, signIn, look, visit, sendEmpty }) {
    write(data, "UPDATE concern_case SET kind = 'safety', due_at = 1 WHERE cohort = ?", cohort.split('/').pop())
    await visit(admin, base, 'a concern that is late, for others', `${cohort}/concerns`)
    await admin.click('main a[href$="/glass"]')
    await look(admin, 'breaking the glass')
    const place = new URL(admin.url()).pathname
    await sendEmpty(admin, 'breaking the glass')
    await admin.fill('#why', 'She is away, and it can\'t wait until Monday.')
    await press(admin)
    await look(admin, 'breaking the glass, asked')
    await visit(admin, base, 'breaking the glass, as who has asked', place)
    const coordinator = await signIn(browser, base, demo, 'coordinator')
    await visit(coordinator, base, 'a concern that somebody asks to open', `${cohort}/concerns`)
    await visit(coordinator, base, 'breaking the glass, as who may agree', place)
    await press(coordinator)
    await look(coordinator, 'a concern that two have opened')
    ok(coordinator.url().endsWith(place.replace('/glass', '')), 'who has agreed reads it')
    await visit(admin, base, 'a concern that two have opened, as who has asked', place.replace('/glass', ''))
    await visit(admin, base, 'breaking the glass, while it is open', place)
    ok(await admin.locator('text=Two people have opened it').count() === 1 && await admin.locator('#why').count() === 0, 'it says so, and asks nothing')
}

// A mentor pauses for long: the board, and what the mentee is asked.
async function cover({ base, cohort, pair, admin, mentee, mentor, ok, look, visit, sendEmpty, translated }) {
    await mentor.goto(`${base}${pair}/pause`)
    await mentor.fill('#weeks', '12')
    const keep = mentor.locator('main input[type=radio][name=keep]')
    if (await keep.count()) await keep.first().check()
    await press(mentor)
    await look(mentor, 'a mentor who pauses')
    await admin.goto(`${base}${cohort}/pair-rules`)
    await admin.fill('#pause_weeks', '8')
    await press(admin)
    await visit(admin, base, 'hand-over with a long pause', `${cohort}/handover`)
    await admin.locator('form:has(input[name=match]) button').first().click()
    await look(admin, 'hand-over, a cover mentor offered')
    await visit(mentee, base, 'a pair whose mentor pauses', pair)
    ok(await mentee.locator('main a[href$="/cover"]').count() > 0, 'and it leads to the offer of a cover mentor')
    await visit(mentee, base, 'a cover mentor', `${pair}/cover`)
    await translated(mentee, base, [`${pair}/cover`])
    await mentee.goto(`${base}${pair}/cover`)
    await sendEmpty(mentee, 'a cover mentor')
    await mentee.check('input[name=answer][value=yes]')
    await press(mentee)
    await look(mentee, 'a cover mentor, wanted')
    await visit(mentee, base, 'a cover mentor, answered', `${pair}/cover`)
    await visit(admin, base, 'hand-over, a cover mentor wanted', `${cohort}/handover`)
    await visit(admin, base, 'who waits, with a pair that pauses', `${cohort}/waiting`)
    await visit(mentor, base, 'the way back from a pause', pair)
}

// Taken back by those who gave it, and by who holds it.
async function certificates({ browser, base, demo, data, cohort, admin, mentee, narrow, look, visit, ok, signIn, sendEmpty, translated }) {
    await admin.goto(`${base}${cohort}/certificates`)
    const [first, other] = await admin.locator('main tbody th a').evaluateAll((all) => all.map((one) => one.getAttribute('href')))
    write(data, `UPDATE certificate SET person = ${HER} WHERE code = ?`, other.split('/').pop())
    await admin.locator('main tbody td a').first().click()
    await sendEmpty(admin, 'taking a certificate back')
    await admin.fill('#reason', 'Given by mistake: these hours were not held.')
    await press(admin)
    await look(admin, 'certificates, one taken back')
    const visitor = await signIn(browser, base, demo, 'visitor', narrow)
    await visit(visitor, base, 'a certificate that was taken back', first)
    await visit(visitor, base, 'the check of one that was taken back', `/certificates?code=${first.split('/').pop()}`)
    await translated(visitor, base, [first])
    await visit(mentee, base, 'a certificate, as who holds it', other)
    await visit(mentee, base, 'withdrawing a certificate', `${other}/withdraw`)
    await press(mentee)
    await look(mentee, 'a certificate withdrawn, as who held it')
    await visit(mentee, base, 'reached, with one withdrawn', '/recognition')
    await visit(visitor, base, 'a certificate that was withdrawn', other)
    ok(await visitor.locator("text=withdrawn at its holder's request").count() === 1, 'it says so')
    await visit(admin, base, 'certificates, none of them valid', `${cohort}/certificates`)
}

export default async function (tools) {
    const { browser, base, demo, narrow, signIn } = tools
    const mentee = await signIn(browser, base, demo, 'mentee of a pair', narrow)
    const mentor = await signIn(browser, base, demo, 'mentor of a pair', narrow)
    const admin = await signIn(browser, base, demo, 'administrator')
    const cohort = await autumnOf(mentee, base)
    const all = { ...tools, mentee, mentor, admin, cohort, pair: await pairOf(mentee, base, cohort) }
    await questions(all)
    await glass(all)
    await cover(all)
    await certificates(all)
}

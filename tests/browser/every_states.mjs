// SPDX-License-Identifier: Apache-2.0
// What the demo has not by itself, made through the pages: a run with a draft, offers, a sheet, answers. Each step may fail
// alone; then the pages that it would have made are looked at without it, and the step is told.
const SHEET = 'Name,Email,Topics,Languages\nNora New,nora.new@demo.example,Data science,English\n,broken,,\nMilla Member,committee@demo.example,Backend,English\n'

async function runIsThere(page) {
    if (await page.locator('text=Stop looking by itself').count()) await page.click('text=Stop looking by itself')
    for (let k = 0; k < 3000 && await page.locator('text=Look again').count(); k++) await page.click('text=Look again')
}

const steps = {
    async 'a run with a draft'({ admin, base, spring, extra }) {
        await admin.goto(`${base}${spring}/matching`)
        await admin.click('text=Find the best pairs')
        await admin.waitForURL(/matching\/\d+$/)
        await runIsThere(admin)
        const run = new URL(admin.url()).pathname
        await admin.click('main tbody a:has-text("Details")')
        await admin.click('text=Never put these two together')
        await admin.fill('#note', 'They are cousins')
        await admin.click('text=Yes, keep it')
        extra.push(run, `${run}/change?do=draft`, `${run}/minutes`)
    },
    async 'a second run, published'({ admin, base, spring, extra }) {
        await admin.goto(`${base}${spring}/matching`)
        await admin.click('text=Find the best pairs')
        await admin.waitForURL(/matching\/\d+$/)
        await runIsThere(admin)
        const run = new URL(admin.url()).pathname
        await admin.goto(`${base}${run}/publish`)
        await admin.click('text=Yes, publish')
        extra.push(run)
    },
    async 'a third run, given to the committee'({ admin, base, spring, extra }) {
        await admin.goto(`${base}${spring}/matching`)
        await admin.click('text=Find the best pairs')
        await admin.waitForURL(/matching\/\d+$/)
        await runIsThere(admin)
        extra.push(new URL(admin.url()).pathname)
        const ask = admin.locator('form[action$="/committee"] button')
        if (await ask.count()) await ask.first().click()
    },
    async 'a sheet'({ admin, base, spring }) {
        await admin.goto(`${base}${spring}/import`)
        await admin.check('input[name=role] >> nth=0').catch(() => {})
        await admin.setInputFiles('#sheet', { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(SHEET) })
        await admin.click('main form:has(#sheet) button[type=submit]')
        if (!/import\/\d+/.test(admin.url())) throw new Error(await admin.locator('main').innerText())
    },
    async 'two sign-ups accepted at once'({ admin, base, spring, extra }) {
        await admin.goto(`${base}${spring}/people?state=submitted`)
        const chosen = await admin.locator('main tbody input').evaluateAll((all) => all.slice(0, 2).map((one) => `${one.name}=${one.value}`).join('&'))
        extra.push(`${spring}/people/bulk?${chosen}&do=approved`)
        await admin.check('main tbody tr:nth-child(1) input')
        await admin.check('main tbody tr:nth-child(2) input')
        await admin.click('button[value=approved]')
        extra.push(new URL(admin.url()).pathname + new URL(admin.url()).search)
        await admin.click('text=Yes, do it')
    },
    async 'a programme that is empty'({ admin, base }) {
        await admin.goto(`${base}/programmes/new`)
        await admin.fill('#name', 'A programme that has just begun')
        await admin.click('main form button[type=submit]')
    },
    async 'a story'({ newcomer, base }) {
        await newcomer.goto(`${base}/stories/write`)
        await newcomer.fill('#title', 'A beginning')
        await newcomer.fill('#text', 'Short.')
        await newcomer.click('main form:has(textarea) button[type=submit]')
    },
}

export async function prepare({ browser, base, demo, signIn, fault }) {
    const admin = await signIn(browser, base, demo, 'administrator')
    const newcomer = await signIn(browser, base, demo, 'newcomer')
    for (const page of [admin, newcomer]) page.setDefaultTimeout(20000)
    await admin.goto(`${base}/cohorts`)
    const spring = await admin.locator('main .card a:has-text("Spring")').getAttribute('href')
    const extra = [`${spring}/join/mentee/aims`, `${spring}/join/mentee/times`, `${spring}/join/mentor/you`]
    for (const [name, step] of Object.entries(steps))
        await step({ admin, newcomer, base, spring, extra }).catch((error) => fault('(preparation)', `${name}: ${error.message.slice(0, 300)}`, admin.url()))
    await admin.context().close()
    await newcomer.context().close()
    return extra
}

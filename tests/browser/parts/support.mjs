// SPDX-License-Identifier: Apache-2.0
// Plans, resources and trainings: for a pair, for those who run a cohort, for editors.
async function readers({ browser, base, demo, narrow, ok, signIn, look, visit, translated }) {
    const mentor = await signIn(browser, base, demo, 'mentor of a pair', narrow)
    await visit(mentor, base, 'learn', '/learn')
    await mentor.click('main a[href$="/plan"]')
    await look(mentor, 'a plan')
    const plan = new URL(mentor.url()).pathname
    await visit(mentor, base, 'agendas', `${plan}/agendas`)
    await mentor.locator('text=Find a time, with this agenda').first().click()
    await look(mentor, 'proposing with an agenda')
    ok((await mentor.inputValue('#agenda')).includes('min:'), 'the agenda is there')
    await visit(mentor, base, 'resources', '/resources')
    await visit(mentor, base, 'no resources', '/resources?q=zzzz')
    await mentor.goto(`${base}/resources?q=can+see`)
    await mentor.click('main .card a')
    await look(mentor, 'a resource that a member wrote')
    await mentor.goto(`${base}/resources?q=changing`)
    await mentor.click('main .card a')
    await look(mentor, 'a resource without captions')
    const resource = new URL(mentor.url()).pathname
    await mentor.goto(`${base}/learn`)
    await mentor.click('main a:has-text("Being a mentor")')
    await look(mentor, 'a training')
    const training = new URL(mentor.url()).pathname
    await mentor.click('main ol a')
    await look(mentor, 'a page of a training')
    const page = new URL(mentor.url()).pathname
    await mentor.click('main form button[type=submit]')
    await look(mentor, 'a page of a training, not answered')
    await visit(mentor, base, 'no workshop on a training', training.replace('/learn/training', '/workshops'))
    await translated(mentor, base, ['/learn', training.replace('/learn/training', '/workshops'), plan, `${plan}/agendas`, '/resources?q=zzzz', resource, training, page])
}

async function staff({ browser, base, demo, signIn, look, visit }) {
    const admin = await signIn(browser, base, demo, 'administrator')
    await admin.goto(`${base}/cohorts`)
    await admin.click('main .card a:has-text("Autumn")')
    const cohort = new URL(admin.url()).pathname
    await visit(admin, base, 'plans and training of a cohort', `${cohort}/support`)
    await visit(admin, base, 'who has done the training', `${cohort}/support/people?role=mentor`)
}

async function editors({ browser, base, demo, narrow, signIn, look, visit, sendEmpty }) {
    const editor = await signIn(browser, base, demo, 'editor', narrow)
    await visit(editor, base, 'support', '/support')
    await visit(editor, base, 'plans', '/support/plans')
    await editor.click('tbody a:has-text("first month")')
    await look(editor, 'a plan to edit')
    await editor.click('text=Write a new version')
    await look(editor, 'a new version of a plan')
    const plan = new URL(editor.url()).pathname
    await visit(editor, base, 'a new step', `${plan}/items/0`)
    await sendEmpty(editor, 'a new step')
    await visit(editor, base, 'publishing a plan', `${plan}/publish`)
    await visit(editor, base, 'trainings', '/support/trainings')
    await editor.click('tbody a')
    await editor.click('text=Write a new version')
    await look(editor, 'a new version of a training')
    await editor.click('main ol a')
    await look(editor, 'a page of a training to edit')
    await editor.click('main ul a[href*="/questions/"]')
    await look(editor, 'a question to edit')
    await editor.goto(`${base}/articles`)
    await editor.click('main .card a:has-text("Ten elements")')
    const reviews = await editor.locator('main a[href^="/articles/review/"]').evaluateAll((all) => all.map((one) => one.getAttribute('href')))
    const borrow = reviews[reviews.length - 1].replace('/articles/review', '/support/contributions')
    await visit(editor, base, 'making a resource of a contribution', borrow)
    await sendEmpty(editor, 'making a resource of a contribution')
    await visit(editor, base, 'resources to look at again', '/support/resources')
    await visit(editor, base, 'all resources', '/support/resources?show=all')
    await visit(editor, base, 'a new resource', '/support/resources/0')
    await sendEmpty(editor, 'a new resource')
}

export default async function (tools) {
    await readers(tools)
    await staff(tools)
    await editors(tools)
}

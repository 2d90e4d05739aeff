// SPDX-License-Identifier: Apache-2.0
// A form that is sent after its session has ended: signing in with the keyboard brings it back, filled.
const NAME = 'Nadia Written-Late'

export default async function ({ browser, base, demo, narrow, ok, signIn, look }) {
    const newcomer = await signIn(browser, base, demo, 'newcomer', narrow)
    await newcomer.goto(`${base}/account/profile`)
    await newcomer.fill('#name', NAME)
    const kept = await newcomer.context().cookies()
    await newcomer.context().clearCookies()
    const [answer] = await Promise.all([newcomer.waitForNavigation(), newcomer.click('main form:has(#name) button[type=submit]')])
    ok(answer.status() === 401, 'a form that comes too late asks to sign in', answer.status())
    await look(newcomer, 'a form that came too late')
    await newcomer.focus('#email')
    await newcomer.keyboard.press('Control+A')
    await newcomer.keyboard.type(demo.sign_ins.find((one) => one.role === 'newcomer').email)
    await newcomer.keyboard.press('Tab')
    await newcomer.keyboard.type(demo.sign_ins.find((one) => one.role === 'newcomer').password)
    await Promise.all([newcomer.waitForNavigation(), newcomer.keyboard.press('Enter')])
    ok(await newcomer.inputValue('#name') === NAME, 'and stands filled after that', await newcomer.title())
    await look(newcomer, 'a form that is filled again')
    await newcomer.goto(`${base}/account`)
    ok(!(await newcomer.content()).includes(NAME), 'and was not acted upon by itself')
    await newcomer.context().clearCookies()
    await newcomer.context().addCookies(kept)
    await newcomer.context().close()
}

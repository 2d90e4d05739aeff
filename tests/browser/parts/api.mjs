// SPDX-License-Identifier: Apache-2.0
// Access tokens, and the description of what programs may ask.
import { lookAtApi } from '../openapi.mjs'

export default async function ({ browser, base, demo, narrow, ok, signIn, look, visit, sendEmpty, translated }) {
    const mentee = await signIn(browser, base, demo, 'mentee of a pair', narrow)
    await visit(mentee, base, 'no access token', '/account/tokens')
    await mentee.fill('#days', '400')
    await mentee.click('main form:has(#days) button[type=submit]')
    await look(mentee, 'a token refused')
    await mentee.fill('#name', 'My calendar script')
    await mentee.fill('#days', '90')
    await mentee.click('main form:has(#days) button[type=submit]')
    ok(await mentee.locator('main code').count() === 1, 'a new token is shown')
    await look(mentee, 'a new access token')
    const token = await mentee.locator('main code').innerText()
    const answer = await fetch(`${base}/account`, { headers: { Authorization: `Bearer ${token}` } })
    ok((await answer.json()).has_password !== undefined, 'a program asks with it')
    await mentee.goto(`${base}/account/tokens`)
    await mentee.click('main button:has-text("End My calendar script")')
    ok(await mentee.locator('text=The token works no more').count() > 0, 'it is ended')
    ok((await fetch(`${base}/account`, { headers: { Authorization: `Bearer ${token}` } })).status === 401, 'and opens nothing')
    await translated(mentee, base, ['/account/tokens'])
    await lookAtApi(await (await fetch(`${base}/openapi.json`)).json(), ok)
}

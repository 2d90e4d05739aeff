// SPDX-License-Identifier: Apache-2.0
// What was told to another program, checked by the standard's own library as that program would.
//
//   node tests/browser/hooks.mjs FILE     prints TAP; FILE is of tests/webhook_client.py (WEBHOOKS_SEEN)
import fs from 'node:fs'
import { Webhook } from 'standardwebhooks'

const seen = fs.readFileSync(process.argv[2], 'utf8').trim().split('\n').map((line) => JSON.parse(line)).filter((one) => one.id)
const RealDate = Date.now
let ran = 0
let failed = 0

function ok(held, name) {
    ran++
    failed += held ? 0 : 1
    console.log(`${held ? 'ok' : 'not ok'} ${ran} - ${name}`)
}

// Whether a program that has this secret takes the message, at the second in which it was sent.
function takes(secret, one, changes = {}) {
    Date.now = () => Number(one.timestamp) * 1000
    try {
        const told = { ...one, ...changes }
        new Webhook(secret).verify(told.body, { 'webhook-id': told.id, 'webhook-timestamp': told.timestamp, 'webhook-signature': told.signature })
        return true
    } catch {
        return false
    } finally {
        Date.now = RealDate
    }
}

const fits = seen.map((one) => one.secrets.filter((secret) => takes(secret, one)).length)
ok(seen.length > 10, `${seen.length} messages`)
ok(fits.every((count) => count > 0), `each of them is taken: ${fits.filter((count) => count > 0).length}`)
ok(fits.some((count) => count === 2), 'while a secret is changed, with either of the two')
const wrong = (changes) => seen.filter((one) => one.secrets.some((secret) => takes(secret, one, changes(one)))).length
ok(wrong((one) => ({ body: one.body.replace('"state"', '"stale"') })) === 0, 'none that was changed on its way')
ok(wrong((one) => ({ id: `${one.id}1` })) === 0, 'nor under another number')
ok(wrong((one) => ({ timestamp: String(Number(one.timestamp) - 1) })) === 0, 'nor of another second')
ok(seen.every((one) => JSON.parse(one.body).data && one.body.length < 20000), 'each is short JSON')
ok(!takes('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', seen[0]), 'and with the secret of others nothing is')
console.log(`1..${ran}`)
process.exit(failed > 0 ? 1 : 0)

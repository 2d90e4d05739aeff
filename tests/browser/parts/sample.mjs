// SPDX-License-Identifier: Apache-2.0
// A sample of every.mjs: the first page of each row that a mentee of a pair can come to, measured dark, narrow, and with spaced
// text. `scripts/check every` does all rows, roles and states.
import { rows, walk } from '../crawl.mjs'
import { measure } from '../measure.mjs'
import { VARIANTS, WIDE, turn } from '../variants.mjs'

const TAKEN = ['dark', 'narrow', 'narrow, spaced text']

export default async function ({ browser, base, demo, ok, signIn }) {
    const page = await signIn(browser, base, demo, 'mentee of a pair', { viewport: WIDE })
    const first = new Map()
    const broken = []
    await walk(page.context().request, base, rows(new URL('../../policy', import.meta.url).pathname), (row, address, text, status, type) => {
        if (status >= 500) broken.push(`${status} ${address}`)
        if (status === 200 && type.startsWith('text/html') && !first.has(row)) first.set(row, address)
    })
    ok(broken.length === 0, 'no link leads to a page that is broken', broken.join('\n'))
    ok(first.size > 60, `${first.size} rows are reached by links`)
    for (const [row, address] of first) {
        await page.goto(base + address)
        const found = []
        for (const [name, variant] of VARIANTS.filter(([one]) => TAKEN.includes(one))) {
            await turn(page, variant)
            for (const one of await page.evaluate(measure, variant.what)) found.push(`${name}: ${one.join(': ')}`)
        }
        ok(found.length === 0, `measured: ${row}`, found.join('\n'))
    }
}

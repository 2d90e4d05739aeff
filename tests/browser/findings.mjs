// SPDX-License-Identifier: Apache-2.0
// What is found on a page in the states in which people read it: by axe, by IBM's engine where it is there, and by measure.mjs.
import { axeFinds } from './common.mjs'
import { ibmFinds } from './every_second.mjs'
import { measure } from './measure.mjs'
import { turn } from './variants.mjs'

// As [state, what]; state '' is the page as it stands. It is left in the last of the variants.
export async function findings(page, variants) {
    const found = []
    for (const [rule, element] of await axeFinds(page)) found.push(['', `axe: ${rule}: ${element}`])
    for (const [rule, element] of await ibmFinds(page)) found.push(['', `IBM: ${rule}: ${element}`.replace(/\d{5,}/g, 'N')])
    const wide = await page.evaluate(measure, { contrast: true, reflow: true, overlap: true, focus: true })
    for (const [rule, element, more] of wide) found.push(['light', `${rule}: ${element}: ${more}`])
    for (const [name, variant] of variants) {
        await turn(page, variant)
        for (const [rule, element, more] of await page.evaluate(measure, variant.what)) found.push([name, `${rule}: ${element}: ${more}`])
        if (variant.axe) for (const [rule, element] of await axeFinds(page, variant.axe)) found.push([name, `axe: ${rule}: ${element}`])
    }
    return found
}

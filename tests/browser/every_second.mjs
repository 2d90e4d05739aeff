// SPDX-License-Identifier: Apache-2.0
// Second opinions on the pages of every.mjs: html-validate on what was sent, IBM's engine on what stands in the browser; where
// they are installed.
import fs from 'node:fs'
import { longFile, longPackage } from './common.mjs'

const place = longFile('accessibility-checker-engine/ace.js')
const ace = place !== null ? `${fs.readFileSync(place, 'utf8')}; window.ace = typeof ace === 'undefined' ? window.ace : ace` : null

// IBM's engine takes each form for a landmark; HTML's mapping does so only for those that have a name.
const NOT_OURS = ['aria_form_label_unique']

// What IBM's engine is sure of, as [rule, element].
export async function ibmFinds(page) {
    if (ace === null) return []
    await page.evaluate(ace)
    return page.evaluate(async (left) => {
        const folded = [...document.querySelectorAll('details:not([open])')] // it takes the labels in them for missing, and their fields not
        for (const one of folded) one.open = true
        const report = await new window.ace.Checker().check(document, ['WCAG_2_2'])
        for (const one of folded) one.open = false
        return report.results.filter((one) => one.value[0] === 'VIOLATION' && one.value[1] === 'FAIL' && !left.includes(one.ruleId))
            .map((one) => [one.ruleId, `${one.message}: ${one.snippet?.slice(0, 120)}`])
    }, NOT_OURS)
}

// What is a matter of taste, or what browsers and the standard allow: boxes of one question have one name, and a region that
// scrolls is no section.
const RULES = {
    'form-dup-name': 'off', 'prefer-native-element': ['error', { exclude: ['region'] }],
    'no-trailing-whitespace': 'off', 'void-style': 'off', 'long-title': 'off', 'doctype-style': 'off', 'attr-quotes': 'off',
    'no-implicit-button-type': 'off', 'no-raw-characters': 'off', 'require-sri': 'off', 'no-inline-style': 'off', 'attribute-boolean-style': 'off',
}

export async function second(kept, fault) {
    const module = await longPackage('html-validate')
    if (module === null) {
        console.log('# html-validate is not installed: no second opinion')
        return
    }
    const judge = new (module.HtmlValidate ?? module.default.HtmlValidate)({ extends: ['html-validate:recommended', 'html-validate:a11y'], rules: RULES })
    for (const [file, row, where] of kept) {
        const report = await judge.validateString(fs.readFileSync(file, 'utf8'))
        for (const result of report.results)
            for (const one of result.messages) fault(row, `html-validate: ${one.ruleId}: ${one.message}`.replace(/\d{5,}/g, 'N'), where)
    }
}

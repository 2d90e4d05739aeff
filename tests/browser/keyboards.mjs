// SPDX-License-Identifier: Apache-2.0
// The main tasks with the keyboard alone in Chromium, Firefox and WebKit, each on a demo of its own.
//
//   node keyboards.mjs TRELLIS FOLDER [EVIDENCE]      prints TAP; EVIDENCE: a page in Markdown that is written anew
//   BROWSERS="firefox webkit" node keyboards.mjs ...  only these
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { makeDemo, serve } from './common.mjs'
import { BROWSERS, openBrowser } from './drivers.mjs'
import { playTasks } from './tasks.mjs'

const [trellis, folder, evidence] = process.argv.slice(2)
let ran = 0
let failed = 0

async function signIn(page, base, demo, role) {
    if (role === 'visitor') return page
    const who = demo.sign_ins.find((one) => one.role === role)
    await page.goto(`${base}/sign-in`)
    await page.turns(() => page.evaluate(([email, password]) => {
        document.querySelector('#email').value = email
        document.querySelector('#password').value = password
        document.querySelector('main form button[type=submit]').click()
    }, [who.email, who.password]))
    return page
}

async function inBrowser(name) {
    const ok = (held, what, more = '') => {
        ran++
        failed += held ? 0 : 1
        console.log(`${held ? 'ok' : 'not ok'} ${ran} - ${name}, ${what}`)
        if (!held && more) console.log(String(more).split('\n').map((line) => `# ${line}`).join('\n'))
    }
    const data = path.join(folder, `data-${name}`)
    const demo = makeDemo(trellis, data)
    const { server, base } = await serve(trellis, data)
    const browser = await openBrowser(name, path.join(folder, `home-${name}`))
    const began = Date.now()
    try {
        const { log, stops } = await playTasks({ base, demo, ok, open: async (role) => signIn(await browser.open(), base, demo, role) })
        console.log(`# ${browser.version}: ${log.length} tasks, ${stops} stops, ${Math.round((Date.now() - began) / 1000)} s`)
        return { version: browser.version, log, stops }
    } catch (error) {
        ok(false, 'comes to its end', error.stack)
        return { version: browser.version, log: [], stops: 0 }
    } finally {
        await browser.close()
        server.kill()
    }
}

function write(results) {
    const names = results[0].log.map((one) => one.name)
    const cell = (one) => one ? `${one.presses} / ${one.ideal}${one.held ? '' : ' FAILED'}` : '-'
    const rows = names.map((name, k) => `| ${name} | ${results.map(({ log }) => cell(log[k])).join(' | ')} |`)
    const sums = results.map(({ log }) => `${log.reduce((all, one) => all + one.presses, 0)} / ${log.reduce((all, one) => all + one.ideal, 0)}`)
    const commit = execFileSync('git', ['log', '-1', '--format=%h'], { encoding: 'utf8' }).trim()
    fs.writeFileSync(evidence, `# The main tasks by keyboard, in three browsers

\`scripts/check keyboards\`, ${new Date().toISOString().slice(0, 10)}, at the commit ${commit}. Each cell: presses that the task took / the ideal number (\`tests/browser/tasks.mjs\` says what
that is; at most ${MOST_TEXT} times as many are allowed). At each stop of Tab the focus is in the window, marked and not covered: ${results.map(({ version, stops }) => `${stops} stops in ${version}`).join(', ')}.
${failed ? `${failed} of ${ran} checks FAILED.` : `All ${ran} checks held.`}

| task | ${results.map(({ version }) => version).join(' | ')} |
| --- |${results.map(() => ' --- |').join('')}
${rows.join('\n')}
| all | ${sums.join(' | ')} |

WebKit does not go on by itself from day to month: its dates take two presses of Tab more.
`)
}

const MOST_TEXT = '1.5'
const results = []
for (const name of BROWSERS.filter((one) => !process.env.BROWSERS || process.env.BROWSERS.split(' ').includes(one))) results.push(await inBrowser(name))
if (evidence) write(results)
console.log(`1..${ran}`)
process.exit(failed ? 1 : 0)

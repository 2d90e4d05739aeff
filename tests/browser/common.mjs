// SPDX-License-Identifier: Apache-2.0
// What every test in a browser needs: a demo with its server, signing in, axe, and the HTML checker.
import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const axe = fs.readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const TIMEOUT_MS = 120000 // on a busy machine nothing is wrong that is only slow

export function makeDemo(trellis, data) {
    return JSON.parse(execFileSync(trellis, ['demo', '--data', data, '--json'], { encoding: 'utf8' }))
}

// A server on a port that is free; ends with server.kill().
export function serve(trellis, data) {
    const server = spawn(trellis, ['serve', '--data', data, '--listen', '127.0.0.1:0', '--page-limit', '20000'], { stdio: ['ignore', 'pipe', 'inherit'] })
    return new Promise((resolve, reject) => {
        server.on('exit', (code) => reject(new Error(`the server ended with ${code}`)))
        server.stdout.on('data', (chunk) => {
            const found = /Open (http:\S+)\/ in a browser/.exec(String(chunk))
            if (!found) return
            server.removeAllListeners('exit')
            resolve({ server, base: found[1] })
        })
    })
}

// Who has signed in once to a server is signed in in each further window: a password is slow to check, by intent.
const sessions = new Map()

export async function signIn(browser, base, demo, role, options = {}) {
    const key = `${base} ${role}`
    const context = await browser.newContext({ javaScriptEnabled: true, storageState: sessions.get(key), ...options })
    context.setDefaultTimeout(TIMEOUT_MS)
    const page = await context.newPage()
    if (role === 'visitor') return page
    if (sessions.has(key)) {
        await page.goto(`${base}/`)
        return page
    }
    const who = demo.sign_ins.find((one) => one.role === role)
    await page.goto(`${base}/sign-in`)
    await page.fill('#email', who.email)
    await page.fill('#password', who.password)
    await page.click('main button[type=submit]')
    sessions.set(key, await context.storageState())
    return page
}

// What axe finds, as [rule, elements]. target-size (WCAG 2.5.8) is off by default. With rules, only these.
export async function axeFinds(page, rules = null) {
    await page.evaluate(axe)
    const result = await page.evaluate(([tags, only]) => window.axe.run(document, {
        runOnly: only ? { type: 'rule', values: only } : tags,
        resultTypes: ['violations'],
        preload: false,
        rules: only ? {} : { 'target-size': { enabled: true } },
    }), [WCAG, rules])
    return result.violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 140)).slice(0, 3).join(' | ')])
}

// What the HTML checker says of the pages of a folder, a line each; '' when nothing.
export function nuSays(folder) {
    const jar = new URL('node_modules/vnu-jar/build/dist/vnu.jar', import.meta.url).pathname
    const files = fs.readdirSync(folder).filter((name) => name.endsWith('.html')).map((name) => path.join(folder, name))
    if (files.length === 0) return ''
    try {
        execFileSync('java', ['-jar', jar, '--errors-only', '--format', 'gnu', ...files], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 })
    } catch (error) {
        return error.stderr || String(error)
    }
    return ''
}

// A package of the long stages (long/package.json), which scripts/check puts into build/long; null where it is not there.
const long = createRequire(new URL('../../build/long/package.json', import.meta.url))

export function longFile(name) {
    try {
        return long.resolve(name)
    } catch {
        return null
    }
}

export async function longPackage(name) {
    const file = longFile(name)
    return file === null ? null : import(pathToFileURL(file))
}

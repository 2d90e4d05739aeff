// SPDX-License-Identifier: Apache-2.0
// Three browsers by one small interface, for what must hold in each: keys, text, what a page says of itself. Chromium by playwright-core, Firefox by
// puppeteer-core (WebDriver BiDi), WebKit by WebKitWebDriver and its own small browser. A page of a driver:
//
//   goto(address)   url()   press(key)   type(text)   evaluate(function, argument)   turns(act)   close()
//
// turns(act): does act and answers once another page is there.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { longPackage } from './common.mjs'

const PATIENCE_MS = 120000 // on a busy machine nothing is wrong that is only slow
const WINDOW = { width: 1280, height: 800 }

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

export async function until(asked, what, most = PATIENCE_MS) {
    for (const end = Date.now() + most; Date.now() < end; await pause(10))
        if (await asked().catch(() => false)) return
    throw new Error(`it takes too long until ${what}`)
}

export async function turns(page, act) {
    await page.evaluate(() => { window.pageBefore = true })
    await act()
    await until(() => page.evaluate(() => !window.pageBefore && document.readyState === 'complete'), 'the next page is there')
}

// A page of playwright or puppeteer: they name alike what is needed here.
function pageOf(page, leave) {
    const own = {
        goto: (address) => page.goto(address, { waitUntil: 'load' }),
        url: async () => page.evaluate(() => location.href),
        press: (key) => page.keyboard.press(key === 'Space' ? ' ' : key),
        type: (text) => page.keyboard.type(text),
        evaluate: (asked, argument) => page.evaluate(asked, argument),
        turns: (act) => turns(own, act),
        close: leave,
    }
    return own
}

export const pageOfChromium = (page) => pageOf(page, () => page.context().close())

async function openChromium() {
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
    return {
        version: `Chromium ${browser.version()}`,
        open: async () => pageOfChromium(await (await browser.newContext({ viewport: WINDOW })).newPage()),
        close: () => browser.close(),
    }
}

// With `env`, it stands on a screen, and what reads screens can read it.
export async function openFirefox(folder, env = null) {
    const puppeteer = await longPackage('puppeteer-core')
    if (puppeteer === null) throw new Error('puppeteer-core is not in build/long: scripts/check puts it there')
    const browser = await (puppeteer.default ?? puppeteer).launch({
        browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: env === null, defaultViewport: env === null ? WINDOW : null, timeout: PATIENCE_MS, protocolTimeout: PATIENCE_MS,
        env: env ?? { ...process.env, HOME: folder, MOZ_HEADLESS_WIDTH: String(WINDOW.width), MOZ_HEADLESS_HEIGHT: String(WINDOW.height) },
    })
    return {
        version: (await browser.version()).replace('/', ' ').replace(/^firefox/, 'Firefox'),
        open: async () => {
            const context = await browser.createBrowserContext()
            const page = await context.newPage()
            page.setDefaultTimeout(PATIENCE_MS)
            return pageOf(page, () => context.close())
        },
        close: () => browser.close(),
    }
}

// ---- WebKit: a screen that nobody sees, the driver's HTTP, and a browser for each person
export async function openScreen() {
    const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${WINDOW.width}x1000x24`, '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
    const number = await new Promise((resolve, reject) => {
        screen.on('error', reject)
        screen.on('exit', () => reject(new Error('Xvfb has ended')))
        screen.stdio[3].once('data', (chunk) => resolve(String(chunk).trim()))
    })
    return { screen, display: `:${number}` }
}

function freePort() {
    return new Promise((resolve) => {
        const server = net.createServer().listen(0, '127.0.0.1', () => {
            const { port } = server.address()
            server.close(() => resolve(port))
        })
    })
}

function miniBrowser() {
    const places = '/usr/lib'
    for (const arch of fs.readdirSync(places))
        for (const version of ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0']) {
            const file = path.join(places, arch, version, 'MiniBrowser')
            if (fs.existsSync(file)) return file
        }
    throw new Error('WebKit has no MiniBrowser here: the package webkit2gtk-driver')
}

const KEYS = { Tab: '\uE004', Enter: '\uE007', Space: ' ', ArrowDown: '\uE015', ArrowUp: '\uE013', Escape: '\uE00C', Shift: '\uE008' }

function pageOfDriver(ask) {
    const keys = (values) => ask('POST', '/actions', { actions: [{ type: 'key', id: 'keys', actions: values.flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]) }] })
    const evaluate = (asked, argument) => ask('POST', '/execute/sync', { script: `return (${asked})(arguments[0])`, args: [argument ?? null] })
    const page = {
        partByPart: true, // from day to month only with Tab
        wholeDay: true, // times have 24 hours, whatever its scripts say
        goto: (address) => ask('POST', '/url', { url: address }),
        url: () => ask('GET', '/url'),
        press: (key) => keys([KEYS[key] ?? key]),
        type: (text) => keys([...text]),
        evaluate,
        turns: (act) => turns(page, act),
        close: () => ask('DELETE', ''),
    }
    return page
}

async function openWebKit(folder) {
    const { screen, display } = await openScreen()
    const port = await freePort()
    const driver = spawn('WebKitWebDriver', [`--port=${port}`], { stdio: 'ignore', env: { ...process.env, DISPLAY: display, HOME: folder, NO_AT_BRIDGE: '1', GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1' } })
    const base = `http://127.0.0.1:${port}`
    const send = async (method, where, body) => {
        const answer = await fetch(base + where, { method, body: body && JSON.stringify(body), headers: { 'Content-Type': 'application/json' }, signal: AbortSignal.timeout(PATIENCE_MS) })
        const { value } = await answer.json()
        if (!answer.ok) throw new Error(`WebKit, ${where.replace(/^\/session\/[^/]+/, '')}: ${value?.error}: ${value?.message}`)
        return value
    }
    await until(() => send('GET', '/status').then((value) => value.ready !== undefined), 'WebKitWebDriver answers')
    const found = { version: 'WebKit' }
    found.open = async () => {
        const options = { binary: miniBrowser(), args: ['--automation'] }
        const { sessionId, capabilities } = await send('POST', '/session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } } })
        found.version = `WebKitGTK ${capabilities.browserVersion}`
        const ask = (method, where, body) => send(method, `/session/${sessionId}${where}`, body)
        await ask('POST', '/timeouts', { script: PATIENCE_MS, pageLoad: PATIENCE_MS })
        await ask('POST', '/window/rect', WINDOW).catch(() => {})
        return pageOfDriver(ask)
    }
    found.close = () => {
        driver.kill()
        screen.kill()
    }
    return found
}

const DRIVERS = { chromium: openChromium, firefox: openFirefox, webkit: openWebKit }
export const BROWSERS = Object.keys(DRIVERS)

// folder: a home for the browser, so that it neither finds nor leaves anything elsewhere.
export async function openBrowser(name, folder) {
    fs.mkdirSync(folder, { recursive: true })
    return DRIVERS[name](folder)
}

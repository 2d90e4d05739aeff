// SPDX-License-Identifier: Apache-2.0
// A person who hears the screen: Firefox on a screen of its own with the screen reader Orca, which writes down what it would say, and real keys. A page of
// it is one of drivers.mjs that also has heard(): what was said since it was last asked, a line an utterance.
import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { openFirefox, openScreen, pause, turns, until } from './drivers.mjs'

const QUIET_MS = 700 // so long nothing must happen until it has said all
const MOST_MS = 60000
const LAST = 'Change\npush button'
const SYMBOLS = { Space: 'space', Enter: 'Return', ArrowDown: 'Down', ArrowUp: 'Up' }
const LAUNCHERS = ['/usr/libexec/at-spi-bus-launcher', '/usr/lib/at-spi2-core/at-spi-bus-launcher']

// Nothing is spoken aloud, keys are not repeated, and each line is written down at once.
function settle(home) {
    const place = path.join(home, '.local/share/orca')
    fs.mkdirSync(place, { recursive: true })
    fs.mkdirSync(path.join(home, 'run'), { mode: 0o700 })
    fs.writeFileSync(path.join(place, 'orca-customizations.py'), 'import orca.debug\nimport orca.settings\norca.settings.speechFactoryModules = []\norca.debug.debugFile.reconfigure(line_buffering=True)\n')
    const own = { profile: ['Default', 'default'], enableKeyEcho: false, enableEchoByCharacter: false, enableBraille: false }
    fs.writeFileSync(path.join(place, 'user-settings.conf'), JSON.stringify({ general: { startingProfile: ['Default', 'default'], ...own }, profiles: { default: own }, pronunciations: {}, keybindings: {} }))
}

export async function openOrca(folder) {
    settle(folder)
    const { screen, display } = await openScreen()
    const env = { ...process.env, HOME: folder, XDG_RUNTIME_DIR: path.join(folder, 'run'), DISPLAY: display, LANG: 'C.UTF-8', GNOME_ACCESSIBILITY: '1', GSETTINGS_BACKEND: 'memory', NO_AT_BRIDGE: '0' }
    const started = [screen]
    const start = (command, args, stdio = 'ignore') => {
        started.push(spawn(command, args, { env, stdio }))
        return started.at(-1)
    }
    const bus = start('dbus-daemon', ['--session', '--nofork', '--print-address=1'], ['ignore', 'pipe', 'ignore'])
    env.DBUS_SESSION_BUS_ADDRESS = await new Promise((resolve) => bus.stdout.once('data', (chunk) => resolve(String(chunk).trim())))
    start(LAUNCHERS.find((one) => fs.existsSync(one)), ['--launch-immediately'])
    const log = path.join(folder, 'orca.log')
    start('orca', ['--replace', '--disable', 'braille', `--debug-file=${log}`])
    const written = () => fs.existsSync(log) ? fs.readFileSync(log, 'utf8') : ''
    await until(async () => written().includes('SPEECH: Initialized'), 'Orca is there')
    const firefox = await openFirefox(folder, env)
    const xdotool = (...args) => execFileSync('xdotool', args, { env })

    // It has said all when it has taken an event from its queue after the last that it has put there, and nothing has come for a while.
    const count = (word) => written().split(word).length
    async function quiet() {
        const size = () => fs.statSync(log).size
        for (let last = size(), since = Date.now(), end = since + MOST_MS; Date.now() < end; await pause(50)) {
            if (size() !== last) [last, since] = [size(), Date.now()]
            if (Date.now() - since >= QUIET_MS && written().lastIndexOf('EVENT MANAGER: Queueing ') <= written().lastIndexOf('EVENT MANAGER: Dequeued ')) return
        }
    }
    async function keys(...args) { // it hears the keys themselves as well
        const before = count('vvvvv PROCESS ATSPI_KEY_RELEASED_EVENT')
        xdotool(...args)
        await until(async () => count('vvvvv PROCESS ATSPI_KEY_RELEASED_EVENT') > before, 'Orca has the key', MOST_MS).catch(() => {})
        await quiet()
    }
    let told = 0
    const utterances = () => [...written().matchAll(/SPEECH OUTPUT: '(.*?)'(?: ?\{.*\})?$/gm)].map(([, text]) => text.trim()).filter(Boolean)

    // A page that has come is read by itself to its end, which is the button of the language; one with its focus in a field is not.
    const whole = async () => {
        await until(async () => utterances().slice(told).join('\n').includes(LAST), 'the page is read', MOST_MS).catch(() => {})
    }
    // Something is said of each stop of Tab; what comes late would be told of the next.
    const heard = async (least = 0) => {
        await until(async () => utterances().length >= told + least, 'something is said', MOST_MS).catch(() => {})
        await quiet()
        const lines = utterances()
        const fresh = lines.slice(told)
        told = lines.length
        return fresh
    }
    return {
        version: `${firefox.version} with Orca ${execFileSync('orca', ['--version'], { env, encoding: 'utf8' }).trim().split('\n').at(-1)}`,
        open: async () => {
            const page = await firefox.open()
            const own = { ...page, heard, whole, press: (key) => keys('key', SYMBOLS[key] ?? key), type: (text) => keys('type', '--delay', '40', text) }
            own.turns = (act) => turns(own, act)
            return own
        },
        close: async () => {
            await firefox.close()
            for (const one of started.reverse()) one.kill()
        },
    }
}

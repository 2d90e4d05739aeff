// SPDX-License-Identifier: Apache-2.0
// The main tasks with the keyboard alone, in Chromium; `scripts/check keyboards` does them in Firefox and WebKit as well.
import { pageOfChromium } from '../drivers.mjs'
import { playTasks } from '../tasks.mjs'

export default async function ({ browser, base, demo, ok, signIn }) {
    const { log } = await playTasks({ base, demo, ok, open: async (role) => pageOfChromium(await signIn(browser, base, demo, role)) })
    const sum = (name) => log.reduce((all, one) => all + one[name], 0)
    console.log(`# ${sum('presses')} key presses in all, ideally ${sum('ideal')}`)
}

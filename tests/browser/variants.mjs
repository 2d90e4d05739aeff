// SPDX-License-Identifier: Apache-2.0
// The states of a machine in which people read a page: the page stays as it is, and the window around it changes. what: what
// measure.mjs looks for in it; axe: rules that may find something else than in the usual state.
const SPACED = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }'
export const WIDE = { width: 1280, height: 800 }
const NARROW = { width: 320, height: 640 }
export const VARIANTS = [
    ['dark', { media: { colorScheme: 'dark' }, size: WIDE, what: { contrast: true, focus: true } }],
    ['forced colours', { media: { forcedColors: 'active' }, size: WIDE, what: { contrast: true, focus: true } }],
    ['dark forced colours', { media: { forcedColors: 'active', colorScheme: 'dark' }, size: WIDE, what: { contrast: true } }],
    ['from right to left', { size: WIDE, dir: 'rtl', what: { reflow: true, overlap: true } }],
    ['narrow, from right to left', { size: NARROW, dir: 'rtl', what: { reflow: true, overlap: true } }],
    ['narrow', { size: NARROW, what: { reflow: true, overlap: true }, axe: ['target-size', 'scrollable-region-focusable'] }],
    ['400 %', { size: { width: 320, height: 256 }, what: { reflow: true, focus: true } }],
    ['narrow, spaced text', { size: NARROW, style: SPACED, what: { reflow: true, overlap: true } }],
    ['spaced text', { size: WIDE, style: SPACED, what: { reflow: true, overlap: true } }],
    ['text of twice the size', { size: WIDE, style: 'html { font-size: 2.125rem !important }', what: { reflow: true, overlap: true } }],
]
const USUAL = { colorScheme: 'light', forcedColors: 'none' }

export async function turn(page, { media = {}, size, dir, style }) {
    await page.emulateMedia({ ...USUAL, ...media })
    await page.setViewportSize(size)
    await page.evaluate(([direction, text]) => {
        document.documentElement.dataset.dir ??= document.documentElement.dir
        document.documentElement.dir = direction ?? document.documentElement.dataset.dir
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(text ?? '')
        document.adoptedStyleSheets = [sheet]
    }, [dir, style])
}

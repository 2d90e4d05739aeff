// SPDX-License-Identifier: Apache-2.0
// What can be seen of a page by measuring it: runs in the page, in the state in which it stands (window, colours, size of
// text), and gives [rule, element, more] for each fault. It promises nothing about what it can't measure: words and order.
//
//   contrast   each text has 4.5:1 to what lies behind it, each control and bar of a plot 3:1
//   reflow     nothing but the contents of .scroll is wider than the window, and .scroll is reached by keyboard
//   overlap    no two texts lie on each other, and none is cut by its box
//   focus      what has the focus is marked, with 3:1, and not covered
export function measure(what) {
    const found = []
    const name = (one) => `${one.tagName.toLowerCase()}${one.id ? `#${one.id}` : ''}${one.classList.length ? `.${[...one.classList].join('.')}` : ''} in ${[...(one.parentElement?.classList ?? [])].join('.') || one.parentElement?.tagName.toLowerCase()}`
    const say = (rule, one, more = '') => found.push([rule, name(one), String(more)])
    const seen = (one) => {
        const style = getComputedStyle(one)
        const box = one.getBoundingClientRect()
        return style.visibility !== 'hidden' && box.width > 1 && box.height > 1 && box.right > 0 && !one.closest('.skip:not(:focus), details:not([open]) > :not(summary)')
    }

    // ---- colours
    const parse = (text) => {
        const parts = (/rgba?\(([^)]+)\)/.exec(text)?.[1] ?? '0,0,0,0').split(/[,/ ]+/).filter(Boolean).map(Number)
        return [parts[0], parts[1], parts[2], parts[3] ?? 1]
    }
    const over = (top, under) => [0, 1, 2].map((k) => top[k] * top[3] + under[k] * (1 - top[3])).concat(1)
    const behind = (one) => {
        const layers = []
        for (let at = one; at; at = at.parentElement) {
            const colour = parse(getComputedStyle(at).backgroundColor)
            if (colour[3] > 0) layers.push(colour)
            if (colour[3] === 1) break
        }
        let result = matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18, 1] : [255, 255, 255, 1]
        for (const layer of layers.reverse()) result = over(layer, result)
        return result
    }
    const light = (colour) => colour.slice(0, 3).map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0)
    const ratio = (a, b) => {
        const [x, y] = [light(a), light(b)]
        return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
    }

    // ---- texts
    const texts = []
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) {
        const node = walk.currentNode
        const parent = node.parentElement
        if (!node.textContent.trim() || /^(SCRIPT|STYLE|OPTION|TEXTAREA|TITLE|DESC)$/i.test(parent.tagName) || !seen(parent)) continue
        texts.push([node, parent])
    }
    const whole = document.documentElement

    if (what.contrast) {
        for (const [node, parent] of texts) {
            const style = getComputedStyle(parent)
            const ground = behind(parent)
            const given = ratio(over(parse(parent instanceof SVGElement ? style.fill : style.color), ground), ground)
            if (given < 4.5) say('contrast of a text', parent, `${given.toFixed(2)}: ${node.textContent.trim().slice(0, 30)}`)
        }
        for (const one of document.querySelectorAll('input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea, button, .button, .state')) {
            if (!seen(one)) continue
            const style = getComputedStyle(one)
            const ground = behind(one.parentElement)
            const edge = parse(style.borderTopColor)
            const best = Math.max(parseFloat(style.borderTopWidth) > 0 ? ratio(over(edge, ground), ground) : 1, ratio(behind(one), ground))
            if (best < 3) say('contrast of a control', one, best.toFixed(2))
        }
        for (const one of document.querySelectorAll('svg rect, svg path, svg line, .bar')) {
            if (!seen(one) && one.getBoundingClientRect().width < 1) continue
            const style = getComputedStyle(one)
            const ground = behind(one.closest('svg')?.parentElement ?? one.parentElement)
            const drawn = one.classList.contains('bar') ? [style.backgroundColor] : [style.fill, style.stroke]
            const best = Math.max(...drawn.map((text) => text === 'none' ? 1 : ratio(over(parse(text), ground), ground)))
            if (best < 3) say('contrast of a plot', one, best.toFixed(2))
        }
    }

    if (what.reflow) {
        const wide = whole.scrollWidth - whole.clientWidth
        if (wide > 0) {
            const reach = (one) => whole.dir === 'rtl' ? -one.getBoundingClientRect().left : one.getBoundingClientRect().right - whole.clientWidth
            const all = [...document.body.querySelectorAll('*')].filter((one) => reach(one) > 0.5 && !one.parentElement.closest('.scroll') && !one.closest('.skip'))
            say('wider than the window', all[all.length - 1] ?? document.body, `${wide} px`)
        }
        for (const one of document.querySelectorAll('.scroll'))
            if (one.scrollWidth > one.clientWidth + 1) {
                if (one.tabIndex < 0) say('scrolls but is not reached by keyboard', one)
                if (!one.querySelector('table, pre, svg')) say('scrolls two ways and is no table', one)
                if (one.querySelector('textarea, input:not([type=hidden], [type=checkbox], [type=radio])')) say('a form that scrolls two ways', one)
            }
    }

    if (what.overlap) {
        const boxes = []
        for (const [node, parent] of texts) {
            const range = document.createRange()
            range.selectNodeContents(node)
            for (const box of range.getClientRects()) if (box.width > 2 && box.height > 2) boxes.push({ box, node, parent })
            for (let at = parent; at && at !== document.body; at = at.parentElement) {
                const style = getComputedStyle(at)
                const cut = /(hidden|clip)/.test(style.overflowX + style.overflowY) && !(at instanceof SVGElement)
                if (cut && (at.scrollWidth > at.clientWidth + 1 || at.scrollHeight > at.clientHeight + 1)) say('a text is cut', at)
            }
        }
        boxes.sort((a, b) => a.box.top - b.box.top)
        for (let i = 0; i < boxes.length; i++)
            for (let k = i + 1; k < boxes.length && boxes[k].box.top < boxes[i].box.bottom - 3; k++) {
                const [a, b] = [boxes[i].box, boxes[k].box]
                const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
                const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
                const clipped = boxes[i].parent.closest('.scroll') !== boxes[k].parent.closest('.scroll')
                if (boxes[i].node !== boxes[k].node && across > 3 && down > Math.min(a.height, b.height) / 3 && !clipped && !boxes[i].parent.closest('.exit') && !boxes[k].parent.closest('.exit'))
                    say('texts overlap', boxes[k].parent, `${boxes[i].node.textContent.trim().slice(0, 20)} / ${boxes[k].node.textContent.trim().slice(0, 20)}`)
            }
        for (const one of document.querySelectorAll('button, .button, summary'))
            if (seen(one) && one.scrollWidth > one.clientWidth + 2 && getComputedStyle(one).display !== 'inline') say('a text is wider than its button', one, one.textContent.trim().slice(0, 30))
    }

    if (what.focus) {
        const before = document.activeElement
        const stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
        const step = Math.max(1, Math.ceil(stops.length / 60)) // long lists repeat themselves
        stops.forEach((one, k) => {
            if (k % step !== 0 && k > 30) return
            if (!seen(one) && !one.classList.contains('skip')) return
            one.focus()
            if (document.activeElement !== one) return
            const style = getComputedStyle(one)
            const ring = ratio(over(parse(style.outlineColor), behind(one.parentElement)), behind(one.parentElement))
            if (one.matches(':focus-visible') && (style.outlineStyle === 'none' || ring < 3) && !/^(date|time)$/.test(one.type)) say('the focus is hard to see', one, ring.toFixed(2))
            const box = one.getClientRects()[0]
            const points = [[0.5, 0.5], [0.05, 0.5], [0.95, 0.5], [0.5, 0.1], [0.5, 0.9]].map(([x, y]) => [box.left + x * box.width, box.top + y * box.height])
                .filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight)
            const free = points.some(([x, y]) => {
                const top = document.elementFromPoint(x, y)
                return top === null || one === top || one.contains(top) || top.contains(one)
            })
            if (points.length && !free) say('the focus is covered', one, document.elementFromPoint(...points[0])?.outerHTML.slice(0, 60))
        })
        before?.focus?.()
        scrollTo(0, 0)
    }
    return found
}

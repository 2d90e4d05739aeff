// SPDX-License-Identifier: Apache-2.0
// Finds every page of the program that a person can come to by links: walks from her home page, and tells rows of the
// program (tests/policy names them) from the numbers in their paths. Pages of one row differ by the cohort they are about,
// by whether they are empty, and by who looks: a few of each are kept, those of cohorts not seen yet first.
import fs from 'node:fs'

const MOST = 4 // addresses of one row for one person, and as many again with words of a search
const BEGINNINGS = ['/', '/cohorts', '/account', '/help', '/help/tell', '/help/answer', '/search', '/articles', '/stories', '/certificates', '/resources',
    '/register', '/sign-in', '/sign-in/link', '/sent', '/meet', '/learn', '/contributions', '/recognition', '/programmes', '/data', '/log']

// Rows of tests/policy, as expressions; those with fewer names in their path are the nearer ones.
export function rows(folder) {
    const found = []
    for (const name of fs.readdirSync(folder))
        for (const line of fs.readFileSync(`${folder}/${name}`, 'utf8').split('\n')) {
            const [method, path] = line.split('#')[0].trim().split(/\s+/)
            if (path) found.push({ method, path, names: path.split(':').length, is: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}$`) })
        }
    return found.sort((a, b) => a.names - b.names)
}

export function rowOf(all, method, path) {
    return all.find((row) => row.method === method && row.is.test(path))?.path ?? null
}

const plain = (text) => text.replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&quot;', '"')

// Where a page leads: its links, and its searches with nothing chosen and with what nobody finds.
function leadsTo(html, here) {
    const found = []
    for (const [, href] of html.matchAll(/<a [^>]*?href="([^"]*)"/g)) found.push(plain(href))
    for (const [, attributes, inner] of html.matchAll(/<form ([^>]*method="get"[^>]*)>([\s\S]*?)<\/form>/g)) {
        const action = plain(/action="([^"]*)"/.exec(attributes)?.[1] ?? here)
        const hidden = [...inner.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, key, value]) => [key, plain(value)])
        const typed = [...inner.matchAll(/<input type="(?:search|text)"[^>]*name="([^"]*)"/g)].map(([, key]) => key)
        found.push(`${action}?${new URLSearchParams(hidden)}`)
        if (typed.length) found.push(`${action}?${new URLSearchParams([...hidden, ...typed.map((key) => [key, 'zzzz'])])}`)
        for (const [, key, options] of inner.matchAll(/<select[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)) {
            const last = [...options.matchAll(/<option value="([^"]*)"/g)].pop()?.[1]
            if (last) found.push(`${action}?${new URLSearchParams([...hidden, [key, plain(last)]])}`)
        }
    }
    return found
}

// A page's build without its words and numbers, and without repetitions: two with the same one look alike.
export function build(html) {
    const main = html.replace(/<header>[\s\S]*?<\/header>/, '').replace(/<footer>[\s\S]*<\/footer>/, '')
    const tags = main.replace(/>[^<]+</g, '><').replace(/(href|value|action|id|for|src|name|content|aria-label|aria-describedby|max|x|y|width|height)="[^"]*"/g, '$1').replace(/\d+/g, 'N')
    return [...new Set(tags.split(/(?=<(?:tr|li|option|article|label|dt|rect|text|p)\b)/))].join('')
}

// Walks as one person; tells(row, address, html, status, type) for each page. Extra are addresses that no page leads to.
export async function walk(request, base, all, tells, extra = []) {
    const taken = new Map()
    const waiting = []
    const put = (address) => {
        const url = new URL(address, base)
        if (url.origin !== base) return
        const row = rowOf(all, 'GET', url.pathname)
        if (row === null) return
        const key = row + (url.search ? '?' : '')
        const list = taken.get(key) ?? taken.set(key, { seen: new Set(), cohorts: new Set() }).get(key)
        const full = url.pathname + url.search
        if (list.seen.has(full)) return
        const cohort = /^\/cohorts\/(\d+)/.exec(url.pathname)?.[1] ?? ''
        const newcomer = cohort !== '' && !list.cohorts.has(cohort)
        if (list.seen.size >= MOST && !newcomer) return
        list.cohorts.add(cohort)
        list.seen.add(full)
        waiting.push([row, full])
    }
    for (const one of [...BEGINNINGS, ...extra]) put(one)
    while (waiting.length) {
        const [row, address] = waiting.shift()
        const answer = await request.get(base + address, { maxRedirects: 0, failOnStatusCode: false })
        const status = answer.status()
        if (status >= 300 && status < 400) {
            put(answer.headers().location)
            continue
        }
        const type = answer.headers()['content-type'] ?? ''
        const html = type.startsWith('text/html') ? await answer.text() : ''
        await tells(row, address, html, status, type)
        for (const one of leadsTo(html, address)) if (!one.startsWith('#')) put(new URL(one, base + address).href)
    }
}

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { keysNamedTwice, openStage, type Stage, violations } from './stage.ts'

/** Every page that a link leads to, for everybody: no accessibility violation, in Kazakh and in Russian, in light and dark, nothing broken. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => {
  await stage?.close()
})

const everybody = [
  null,
  'almaty.clerk',
  'almaty.operator',
  'almaty.courier',
  'almaty.head',
  'almaty.specialist',
  'almaty.supervisor',
  'almaty.administrator',
  'aktobe.operator',
  'aktobe.clerk',
] as const

/** Pages that no link leads to: a code on paper, a screen on the wall. Whoever keeps accounts searches no cases and has no field for it. */
const beginnings = ['/', '/hall/almaty.bostandyq', '/hall/almaty.bostandyq/board', '/problems/notYours', '/nothing-here']

it.each(everybody.map((login) => [login ?? 'a stranger', login] as const))(
  '%s meets only pages that everyone can use',
  async (_, login) => {
    const page = login === null ? await stage.stranger() : await stage.as(login)
    const wrong: string[] = []
    const known = new Set<string>()
    const ahead = [
      ...beginnings,
      ...(login === null ? [] : ['/work']),
      ...(login === null || login.endsWith('.administrator') ? [] : ['/search']),
    ]
    while (ahead.length > 0) {
      const path = ahead.shift() ?? '/'
      const kind = kindOf(path)
      if (known.has(kind)) continue
      known.add(kind)
      wrong.push(...(await look(page, path, kind)))
      ahead.push(...(await linksOf(page)))
    }
    expect(wrong).toEqual([])
    expect(known.size).toBeGreaterThan(login === null ? 10 : 6)
  },
  600_000,
)

async function look(page: Page, path: string, kind: string): Promise<string[]> {
  const found: string[] = []
  for (const language of ['ru', 'kk'] as const) {
    const url = new URL(path, stage.server.url)
    url.searchParams.set('lang', language)
    const answer = await page.goto(url.href)
    // A stranger is asked to sign in first: what is not there is not told to them.
    const expected = kind === '/nothing-here' && page.url().includes('/nothing-here') ? 404 : 200
    if (answer?.status() !== expected) found.push(`${kind} ${language}: status ${answer?.status()}`)
    if (seenByAll(kind, language)) continue
    for (const key of await keysNamedTwice(page)) found.push(`${kind} ${language}: ${key}`)
    for (const violation of await violations(page)) found.push(`${kind} ${language}: ${violation}`)
    const wide = await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
    if (wide === true) found.push(`${kind} ${language}: scrolls sideways`)
  }
  return found
}

/** A page for everybody looks the same for everybody but for its frame: it is examined once signed out and once signed in. */
const examined = new Map<string, number>()
function seenByAll(kind: string, language: string): boolean {
  const times = examined.get(`${kind} ${language}`) ?? 0
  examined.set(`${kind} ${language}`, times + 1)
  return times >= 2
}

async function linksOf(page: Page): Promise<string[]> {
  const hrefs = await page.locator('a[href]').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
  return hrefs
    .filter((href) => href.startsWith('/') && !href.startsWith('//') && !isFile(href))
    .map((href) => href.replace(/[?&]lang=\w+/, ''))
}

/** Papers, what was signed and texts of the law are files, not pages. */
const isFile = (href: string) =>
  /\/papers\/[^/]+$|\/signed\/[^/]+\/[^/]+$|\/file$|^\/assets\/|^\/api\/|\.(yaml|json|csv|xlsx|pdf|asice|zip)$/.test(
    href.split('?')[0] ?? '',
  )

/** Pages of one kind differ in what they show, not in how they are made. */
const kindOf = (path: string) =>
  (path.split(/[?#]/)[0] ?? '')
    .replace(/\d{3}-\d{6}-\d{5}-\d/, ':case')
    .replace(/\/papers\/[^/]+/, '/papers/:paper')
    .replace(/\/terms\/.+/, '/terms/:due')
    .replace(/^\/problems\/(?!notYours$).+/, '/problems/:code')
    .replace(/^\/exchanges\/\d+\/[^/]+/, '/exchanges/:exchange')
    .replace(/^\/calendar\/\d+/, '/calendar/:year')
    .replace(/^\/staff\/organisations\/(?!new$)[^/]+/, '/staff/organisations/:id')
    .replace(/^\/staff\/(?!new$|work$|organisations)[^/]+/, '/staff/:person')
    .replace(/\/grants\/[^/]+/, '/grants/:grant')
    .replace(/^\/hall\/[^/]+/, '/hall/:branch')
    .replace(/^\/components\/.+/, '/components/:name')

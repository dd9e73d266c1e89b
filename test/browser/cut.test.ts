import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStage, type Stage } from './stage.ts'

/** The longest words of three languages must fit: nothing is cut, nothing makes the page scroll sideways, at a desk and on a phone. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => {
  await stage?.close()
})

const sizes = [
  { width: 1280, height: 720 },
  { width: 360, height: 740 },
] as const

/** FIRST stands for the first case of the reader's list. */
const walks: readonly (readonly [string | null, readonly string[]])[] = [
  [null, ['/', '/sign-in', '/track', '/regulations', '/regulations/almaty-teacher-attestation', '/why', '/law', '/hall/almaty.bostandyq']],
  ['almaty.operator', ['/work', '/cases/new', '/window', 'FIRST', 'CASE']],
  ['almaty.head', ['/work', 'FIRST', 'CASE']],
  ['almaty.specialist', ['/work', 'FIRST']],
  ['almaty.courier', ['/work', 'FIRST']],
  ['aktobe.clerk', ['/work', 'FIRST']],
  ['almaty.supervisor', ['/overview']],
  ['almaty.administrator', ['/staff']],
]

it.each(walks.map(([login, paths]) => [login ?? 'a stranger', login, paths] as const))(
  '%s reads every word',
  async (_, login, paths) => {
    const page = login === null ? await stage.stranger() : await stage.as(login)
    const cut: string[] = []
    for (const named of paths) {
      const path = await pathOf(page, named)
      for (const language of ['kk', 'ru', 'en']) {
        await page.setViewportSize(sizes[0])
        await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`)
        for (const size of sizes) {
          await page.setViewportSize(size)
          for (const found of await cutOn(page)) cut.push(`${named} ${language} ${size.width}: ${found}`)
        }
      }
    }
    expect(cut).toEqual([])
  },
  240_000,
)

async function pathOf(page: Page, named: string): Promise<string> {
  if (named !== 'FIRST' && named !== 'CASE') return named
  await page.setViewportSize(sizes[0])
  await page.goto('/work?lang=kk')
  const href = (await page.locator('main a[href^="/cases/"]:not([href*="/new"])').first().getAttribute('href')) ?? ''
  return named === 'FIRST' ? href : (/^\/cases\/[\d-]+/.exec(href)?.[0] ?? '')
}

/** Texts that their box does not show whole, and boxes that are wider than the page. */
async function cutOn(page: Page): Promise<string[]> {
  const found: unknown = await page.evaluate(look)
  return Array.isArray(found) ? found.map(String) : []
}

const look = `(() => {
  const found = []
  const root = document.documentElement
  if (root.scrollWidth > root.clientWidth) found.push('the page scrolls sideways by ' + (root.scrollWidth - root.clientWidth))
  const name = (one) => one.localName + '.' + one.className + ' «' + (one.textContent ?? '').trim().slice(0, 40) + '»'
  const hiddenForEyes = (one) => one !== null && (one.clientWidth <= 1 && one.clientHeight <= 1 && getComputedStyle(one).position === 'absolute' || hiddenForEyes(one.parentElement))
  for (const one of document.body.querySelectorAll('*')) {
    const style = getComputedStyle(one)
    if (one.closest('.govuk-visually-hidden, .govuk-skip-link, dialog, svg, select, input, textarea, progress') || style.display === 'inline') continue
    if (!(one.textContent ?? '').trim() || one.getClientRects().length === 0) continue
    // Headings of a table whose rows are cards are there for screen readers alone: a box of one pixel.
    if (hiddenForEyes(one)) continue
    const hides = style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll'
    if (hides && one.scrollWidth > one.clientWidth + 1) found.push('cut: ' + name(one))
    // The timeline's line is drawn below its own box.
    const tall = (style.overflowY === 'hidden' || style.overflowY === 'clip') && !one.matches('.moj-timeline')
    if (tall && one.scrollHeight > one.clientHeight + 2) found.push('cut below: ' + name(one))
  }
  return found
})()`

import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStage, type Stage, violations } from './stage.ts'

/** Every component in every state: no accessibility violation, in light and in dark. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => {
  await stage?.close()
})

it('every component is shown in every state, and everyone can use it', async () => {
  const page = await stage.stranger()
  await page.goto('/components?lang=kk')
  expect(await violations(page)).toEqual([])
  const links = await page.locator('main a[href^="/components/"]').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
  expect(links.length).toBeGreaterThan(50)
  const wrong: string[] = []
  for (const [index, link] of links.entries()) {
    // Every second one in Russian: the components' own words are rendered in each language by a unit test.
    await page.goto(`${link}?lang=${index % 2 === 0 ? 'kk' : 'ru'}`)
    if ((await page.locator('.q-example').count()) === 0) wrong.push(`${link}: no example`)
    for (const violation of await violations(page)) wrong.push(`${link}: ${violation}`)
  }
  expect(wrong).toEqual([])
}, 600_000)

it('a page of a component can be fixed in light or dark', async () => {
  const page = await stage.stranger()
  const colour = async (query: string) => {
    await page.goto(`/components/button${query}`)
    return page.evaluate('getComputedStyle(document.body).backgroundColor')
  }
  const [light, dark] = [await colour('?scheme=light'), await colour('?scheme=dark')]
  expect(light).not.toBe(dark)
  expect(await colour('')).toBe(light)
  await page.emulateMedia({ colorScheme: 'dark' })
  expect([await colour(''), await colour('?scheme=light')]).toEqual([dark, light])
})

it('what is wrong is found: without a name, too pale in light, too pale in dark alone', async () => {
  const page = await stage.stranger()
  await page.goto('/components/button?lang=kk')
  // A sheet that script adopts: the page's policy lets no other in.
  await page.evaluate(`{
    document.querySelector('main').insertAdjacentHTML('beforeend', '<img src="/nothing"><p id="pale">бозғылт</p><p id="paleInDark">түнде бозғылт</p>')
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(
      '#pale { color: #999; background: #fff } @media (prefers-color-scheme: dark) { #paleInDark { color: #222; background: #000 } }',
    )
    document.adoptedStyleSheets = [sheet]
  }`)
  const found = await violations(page)
  expect(found.some((line) => line.startsWith('image-alt: img'))).toBe(true)
  expect(found).toContain('color-contrast: #pale')
  expect(found).not.toContain('color-contrast: #paleInDark')
  expect(found).toContain('color-contrast: #paleInDark (dark)')
})

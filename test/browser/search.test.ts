import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStage, type Stage, violations } from './stage.ts'

let stage: Stage
let number: string
let iin: string
beforeAll(async () => {
  stage = await openStage()
  const [item] = await stage.server.house.ledger.work.list({
    places: [{ home: 75, organisation: 'almaty.directorate', role: 'head', unit: 'management' }],
    limit: 1,
  })
  number = item?.case ?? ''
  iin = (await stage.server.house.ledger.cases.byNumber(item?.home ?? 0, number))?.iin ?? ''
})
afterAll(async () => {
  await stage?.close()
})

/** What the places of keys write under other layouts; Latin where nothing else is said. */
const layouts = {
  latin: {},
  kazakh: Object.fromEntries([...'1234567890-'].map((sign, at) => [sign, '"әіңғ,.үұқө'[at] ?? ''])),
  russian: Object.fromEntries([...'qwertyuiopasdfghjklzxcvbnm/:'].map((sign, at) => [sign, 'йцукенгшщзфывапролдячсмить.Ж'[at] ?? ''])),
} as const

const codeOf = (sign: string): string => {
  if (/\d/.test(sign)) return `Digit${sign}`
  if (/[a-z]/i.test(sign)) return `Key${sign.toUpperCase()}`
  return { '-': 'Minus', '/': 'Slash', ':': 'Semicolon', '.': 'Period' }[sign] ?? ''
}

/** A scanner as the system sees it: real key events by place, the signs of the layout that is on, a millisecond apart. */
async function scan(page: Page, text: string, layout: keyof typeof layouts, end: 'Enter' | 'Tab' | 'none'): Promise<void> {
  const session: CDPSession = await page.context().newCDPSession(page)
  const written: Readonly<Record<string, string>> = layouts[layout]
  const sent: Promise<unknown>[] = []
  for (const sign of text) {
    const key = written[sign.toLowerCase()] ?? sign
    const event = { code: codeOf(sign), key, modifiers: /[A-Z:]/.test(sign) ? 8 : 0 }
    sent.push(session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event, text: key }))
    sent.push(session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event }))
  }
  if (end !== 'none') {
    const text = end === 'Enter' ? { text: '\r' } : {}
    sent.push(session.send('Input.dispatchKeyEvent', { type: 'keyDown', code: end, key: end, ...text }))
    sent.push(session.send('Input.dispatchKeyEvent', { type: 'keyUp', code: end, key: end }))
  }
  await Promise.all(sent)
  await session.detach()
}

const searchFor = async (page: Page, text: string): Promise<void> => {
  await page.keyboard.press('Slash')
  await page.locator('.q-search [name="q"]').fill(text)
  await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')])
}

describe('a search', () => {
  it.each([
    ['the number', () => number],
    ['its last digits', () => number.slice(-8)],
    ['the IIN', () => iin],
  ])('by %s leads straight to the case', async (_, text) => {
    const page = await stage.as('almaty.head')
    await page.goto('/work')
    await searchFor(page, text())
    expect(new URL(page.url()).pathname).toBe(`/cases/${number}`)
    expect(page.url()).not.toContain(iin)
  })

  it('by a name shows who it may be, under an address that says nothing and opens to nobody else', async () => {
    const page = await stage.as('almaty.supervisor')
    await page.goto('/search')
    await searchFor(page, 'Aй')
    const address = page.url()
    expect(new URL(address).pathname).toMatch(/^\/search\/[\w-]{40,}$/)
    expect(await page.locator('.q-work__table tbody tr').count()).toBeGreaterThan(1)
    expect(await page.locator('main').innerText()).toMatch(/Ай/u)
    expect(await page.locator('.q-search [name="q"]').inputValue()).toBe('Aй')
    expect(await violations(page)).toEqual([])
    const other = await stage.as('almaty.head')
    await other.goto(address)
    expect(new URL(other.url()).pathname).toBe('/search')
  })

  it('that finds nothing says why and what to try', async () => {
    const page = await stage.as('almaty.head')
    for (const lang of ['ru', 'kk']) {
      await page.goto(`/search?lang=${lang}`)
      await searchFor(page, '730219497388')
      expect(page.url()).not.toContain('7302')
      expect(await page.locator('main li').count()).toBe(3)
      expect(await violations(page)).toEqual([])
    }
  })
})

describe('a scanner', () => {
  it.each([
    ['latin', 'Enter'],
    ['kazakh', 'Enter'],
    ['russian', 'Tab'],
    ['kazakh', 'none'],
  ] as const)('under the %s layout, ending with %s, opens the case from anywhere', async (layout, end) => {
    const page = await stage.as('almaty.head')
    await page.goto('/regulations')
    await scan(page, number, layout, end)
    await page.waitForURL(`**/cases/${number}`)
  })

  it.each(['latin', 'kazakh', 'russian'] as const)('reads the code of a receipt under the %s layout', async (layout) => {
    const page = await stage.as('almaty.head')
    await page.goto('/work')
    await page.locator('.q-search [name="q"]').focus()
    await scan(page, `http://127.0.0.1:8080/t/${number}/0123456789ABCDEFGHJK`, layout, 'Enter')
    await page.waitForURL(`**/cases/${number}`)
  })

  it('leaves a begun form as it was and opens the case beside it', async () => {
    const page = await stage.as('almaty.operator')
    await page.goto('/work')
    await page.locator('main a[href*="/steps/submit"]').first().click()
    const surname = page.locator('[name="application.surname"]')
    await surname.fill('Сынақова')
    const beside = page.context().waitForEvent('page')
    await scan(page, number, 'kazakh', 'Enter')
    await beside.then((tab) => tab.close())
    expect(await surname.inputValue()).toBe('Сынақова')
    expect(new URL(page.url()).pathname).toMatch(/\/intake$/)
  })

  it('writes the digits it read into a field, whatever the layout', async () => {
    const page = await stage.as('almaty.operator')
    await page.goto('/work')
    await page.locator('main a[href*="/steps/submit"]').first().click()
    const field = page.locator('[name="application.iin"]')
    await field.fill('')
    await field.focus()
    await scan(page, iin, 'kazakh', 'Tab')
    expect(await field.inputValue()).toBe(iin)
  })

  it('is told from hands: keys of the page go on working', async () => {
    const page = await stage.as('almaty.head')
    await page.goto('/regulations')
    await page.keyboard.press('KeyW')
    await page.waitForURL('**/work')
  })
})

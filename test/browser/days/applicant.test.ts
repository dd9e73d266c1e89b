import { mkdirSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { homeOf } from '../../../src/desk/numbers.ts'
import { violations } from '../stage.ts'
import { type Day, openDay } from './harness.ts'
import type { Keyboard } from './keyboard.ts'

/** The day of those who wait for an answer: twenty receipts, a keyboard, and at last an old phone without script. */
let day: Day
let hands: Keyboard
const receipts: { number: string; secret: string }[] = []
const pictures = process.env.QYZMET_PICTURES

beforeAll(async () => {
  day = await openDay()
  const almaty = { region: 'almaty', provider: 'almaty.directorate' } as const
  const corporation = { channel: 'corporation', branch: 'almaty.bostandyq' } as const
  const defects = [
    {
      document: 'diploma',
      ground: 'notMeeting',
      fact: 'Диплом көшірмесінде тіркеу нөмірі оқылмайды',
      remedy: 'Дипломның анық көшірмесін түпнұсқасымен бірге тапсыру',
    },
  ]
  const numbers = [
    ...(await day.bring({ ...almaty, channel: 'office', count: 5, waits: 'examine' })),
    ...(await day.bring({ ...almaty, ...corporation, count: 5, waits: 'courierBrings', begins: '2019-10-10T09:10' })),
    ...(await day.bring({ ...almaty, ...corporation, count: 5, waits: 'meetReceiver', begins: '2019-10-03T09:10' })),
    ...(await day.bring({ ...almaty, channel: 'office', count: 3, begins: '2019-10-01T09:10' })),
    ...(await day.bring({ ...almaty, channel: 'office', count: 2, begins: '2019-10-02T09:10', differs: () => ({ defects }) })),
  ]
  for (const number of numbers) receipts.push({ number, secret: await secretOf(number) })
  const page = await day.stage.stranger('kk')
  const { keyboardOf } = await import('./keyboard.ts')
  hands = await keyboardOf(page)
})
afterAll(async () => {
  await day?.close()
})

async function secretOf(number: string): Promise<string> {
  const loaded = await day.stage.server.house.ledger.load(homeOf(number) ?? 0, number)
  const secret = loaded?.events[0]?.personal?.secret
  if (typeof secret !== 'string') throw new Error('the case has no secret')
  return secret
}

const main = (page: Page) => page.locator('main').innerText()
const receiptAt = (index: number) => {
  const found = receipts[index]
  if (found === undefined) throw new Error(`there is no receipt ${index}`)
  return found
}

/** Looks at a page as a picture where somebody wants to: QYZMET_PICTURES=/somewhere. */
async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  const here = page.url()
  for (const [size, viewport] of [
    ['wide', { width: 1280, height: 720 }],
    ['phone', { width: 360, height: 640 }],
  ] as const) {
    await page.setViewportSize(viewport)
    for (const language of ['kk', 'ru']) {
      const url = new URL(here)
      url.searchParams.set('lang', language)
      await page.goto(url.href)
      await page.screenshot({ path: `${pictures}/${name}-${size}-${language}.png`, fullPage: true })
    }
  }
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.goto(`${here.split('?')[0]}?lang=kk`)
}

/** From anywhere to the form, number and secret, Enter. */
async function track({ number, secret }: { number: string; secret: string }): Promise<void> {
  const { page } = hands
  await page.goto('/track')
  // The page begins in its first field: nobody has to look for it.
  await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('number')
  await hands.type(number)
  await hands.press('Tab')
  await hands.type(secret)
  await hands.go('Enter')
}

describe('the applicant', () => {
  it('follows twenty receipts with a keyboard alone: each says where it is, by when, and what to do', async () => {
    const { page } = hands
    const seen: string[] = []
    for (const receipt of receipts) {
      await track(receipt)
      expect(new URL(page.url()).pathname).toBe(`/track/${receipt.number}`)
      for (const id of ['where', 'when', 'todo']) expect(await page.locator(`section[aria-labelledby="${id}"]`).innerText()).not.toBe('')
      seen.push(await page.locator('section[aria-labelledby="where"] .govuk-tag').innerText())
    }
    expect(receipts).toHaveLength(20)
    expect([...new Set(seen)]).toEqual(['Қаралып жатыр', 'Жауап дайын, келіп алыңыз', 'Қызмет көрсетілді', 'Бас тартылды'])
    await hands.noPointer()
    // Number, secret and two keys: nothing else is asked.
    expect(hands.pressed / 20).toBeLessThanOrEqual(18 + 20 + 2)
  })

  it('goes through the page by headings and links, and opens a paper', async () => {
    const { page } = hands
    await track(receiptAt(15))
    const paper = page.locator('main a[href*="/papers/"]').first()
    await hands.tabTo(paper, 40)
    const href = (await paper.getAttribute('href')) ?? ''
    const pdf = await page.request.get(href)
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
    expect(await page.locator('h1').count()).toBe(1)
    const levels = await page.locator('main :is(h1,h2,h3)').evaluateAll((all) => all.map((one) => Number(one.tagName.slice(1))))
    expect(levels.every((level, index) => index === 0 || level - (levels[index - 1] ?? 0) <= 1)).toBe(true)
    await picture(page, 'served')
  })

  it('reads why it is that date, and the words in both languages are free of violations', async () => {
    const { page } = hands
    for (const [index, name] of [
      [0, 'inWork'],
      [10, 'ready'],
      [18, 'refused'],
    ] as const) {
      await track(receiptAt(index))
      for (const [language, colorScheme] of [
        ['ru', 'dark'],
        ['kk', 'light'],
      ] as const) {
        await page.emulateMedia({ colorScheme })
        await page.goto(`${page.url().split('?')[0]}?lang=${language}`)
        expect(await violations(page), `${name} ${language} ${colorScheme}`).toEqual([])
      }
      await picture(page, name)
    }
    await track(receiptAt(0))
    await hands.tabTo(page.locator('main details.q-why summary').first())
    await hands.press('Enter')
    expect(await page.locator('main details.q-why[open]').first().innerText()).toMatch(/жұмыс күні|мерзім/i)
  })

  it('that mistypes is told what is wrong, keeps what was typed, and is slowed only after some tries', async () => {
    const { page } = hands
    const { number, secret } = receiptAt(0)
    await track({ number, secret: `${secret.slice(0, -1)}${secret.endsWith('7') ? '8' : '7'}` })
    expect(await page.locator('.govuk-error-summary').count()).toBe(1)
    expect(await page.locator('[name="number"]').inputValue()).toBe(number)
    expect(await main(page)).not.toContain('Сынақ')
    await track({ number: `${number.slice(0, -1)}${number.endsWith('3') ? '4' : '3'}`, secret })
    expect(await page.locator('#number-error').count()).toBe(1)
    // The error summary has the focus: the next key goes on from there.
    await expect.poll(() => page.evaluate('document.activeElement.closest(".govuk-error-summary") !== null')).toBe(true)
  })

  it('pastes the whole receipt into one field', async () => {
    const { page } = hands
    const { number, secret } = receiptAt(3)
    await page.goto('/track')
    await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('number')
    await page.keyboard.insertText(`${number} ${secret.replace(/(.{5})(?=.)/g, '$1-')}`)
    await hands.go('Enter')
    expect(new URL(page.url()).pathname).toBe(`/track/${number}`)
  })

  it('sees a change within a second of its being made, its notice on the phone, and every look in the list of readers', async () => {
    const { page } = hands
    const receipt = receiptAt(4)
    const { house } = day.stage.server
    const file = await house.reading.track(receipt.number, receipt.secret)
    const { step } = file?.file.state ?? {}
    const specialist = house.people.staffById(step?.assignee ?? '')
    if (!step || !specialist) throw new Error('the case waits for nobody')
    const actor = { kind: 'staff' as const, id: specialist.id, role: step.role, organisation: step.organisation ?? '' }
    const begun = performance.now()
    const outcome = await house.desk.office(
      receipt.number,
      { do: 'withdraw', reason: 'өтініш берушінің қалауы' },
      { actor, region: 'almaty' },
      { key: 'day/withdraw' },
    )
    expect(outcome.kind).toBe('done')
    await page.goto(`/t/${receipt.number}/${receipt.secret}`)
    expect(await page.locator('section[aria-labelledby="where"]').innerText()).toContain('Өтініш қайтарып алынды')
    expect(performance.now() - begun).toBeLessThan(1_000)
    await expect
      .poll(
        async () => {
          await page.reload()
          return page.locator('section[aria-labelledby="notices"]').innerText()
        },
        { timeout: 10_000 },
      )
      .toMatch(/Өтініш қайтарып алынды[\s\S]*жеткізілді/)
    expect(await page.locator('section[aria-labelledby="notices"]').innerText()).toContain('•••')
    expect(await page.locator('section[aria-labelledby="readers"]').innerText()).toContain('қолхатпен ашу')
    await picture(page, 'withdrawn')
    await page.goto('/demo/messages')
    expect(await main(page)).toContain(receipt.number)
    expect(await violations(page)).toEqual([])
    await picture(page, 'phones')
  })

  it('closes the page on somebody else’s computer, and nobody opens it again without the secret', async () => {
    const { page } = hands
    const receipt = receiptAt(1)
    await track(receipt)
    const close = page.locator('form[action$="/close"] button')
    await hands.tabTo(close, 60)
    await hands.go('Enter')
    await page.goto(`/track/${receipt.number}`)
    expect(await page.locator('[name="secret"]').count()).toBe(1)
    expect(await page.locator('[name="number"]').inputValue()).toBe(receipt.number)
    await hands.noPointer()
  })

  it('prints on one sheet', async () => {
    const { page } = hands
    await track(receiptAt(0))
    // Fonts that came too late for a first look are there for the next one: the paper is measured in its own letters.
    await page.reload()
    await page.evaluate('document.fonts.ready.then(() => true)')
    await page.emulateMedia({ media: 'print' })
    const pdf = await page.pdf({ format: 'A4' })
    if (pictures !== undefined) {
      await page.setViewportSize({ width: 680, height: 1000 })
      await page.screenshot({ path: `${pictures}/print.png`, fullPage: true })
    }
    await page.emulateMedia({ media: 'screen' })
    if (pictures !== undefined) (await import('node:fs')).writeFileSync(`${pictures}/print.pdf`, pdf)
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1)
  })
})

describe('an old phone', () => {
  const phone = { viewport: { width: 320, height: 480 }, javaScriptEnabled: false, hasTouch: true } as const

  it('without script follows the receipt’s code, reads the three facts first, opens a paper and closes the page', async () => {
    const page = await day.stage.stranger('kk', phone)
    const receipt = receiptAt(10)
    await page.goto(`/t/${receipt.number}/${receipt.secret}`)
    expect(page.url()).not.toContain(receipt.secret)
    const text = await main(page)
    expect(text).toContain('Жауап дайын, келіп алыңыз')
    expect(text.indexOf('Сіз не істеуіңіз керек')).toBeGreaterThan(0)
    expect(await page.locator('[data-print]').innerText()).toBe('')
    const wide = await page
      .locator('body *')
      .evaluateAll((all) =>
        all
          .filter((one) => one.getBoundingClientRect().right > one.ownerDocument.documentElement.clientWidth + 1)
          .map((one) => `${one.tagName}.${one.className}`),
      )
    expect(wide).toEqual([])
    expect((await page.request.get((await page.locator('main a[href*="/papers/"]').first().getAttribute('href')) ?? '')).status()).toBe(200)
    await page.locator('form[action$="/close"] button').click()
    expect(new URL(page.url()).pathname).toBe('/track')
    await page.context().close()
  })

  it('that has no style sheet reads the same in the same order', async () => {
    const page = await day.stage.stranger('kk', phone)
    await page.route('**/assets/**', (route) => route.abort())
    const receipt = receiptAt(0)
    await page.goto('/track')
    await page.locator('[name="number"]').fill(receipt.number)
    await page.locator('[name="secret"]').fill(receipt.secret)
    await page.locator('main form button').click()
    const text = await main(page)
    const order = ['Қазір қайда', 'Заң бойынша соңғы мерзімі', 'Сіз не істеуіңіз керек', 'Қабылданған құжаттар'].map((words) =>
      text.indexOf(words),
    )
    expect(order.every((at, index) => at >= 0 && (index === 0 || at > (order[index - 1] ?? 0)))).toBe(true)
    await page.context().close()
  })

  it('loads little: the page itself is under 30 KB compressed', async () => {
    const { number, secret } = receiptAt(0)
    const { url } = day.stage.server
    const entered = await fetch(`${url}/t/${number}/${secret}`, { redirect: 'manual' })
    const cookie = entered.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const page = await fetch(`${url}/track/${number}`, { headers: { cookie } })
    const html = Buffer.from(await page.arrayBuffer())
    expect(page.status).toBe(200)
    const { gzipSync } = await import('node:zlib')
    expect(gzipSync(html).length).toBeLessThan(30_000)
  })
})

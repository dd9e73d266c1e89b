import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { homeOf } from '../../../src/desk/numbers.ts'
import { keysNamedTwice, violations } from '../stage.ts'
import { aDay, type Day, openDay, showOnly } from './harness.ts'
import type { Keyboard } from './keyboard.ts'

let day: Day
beforeAll(async () => {
  day = await openDay()
})
afterAll(async () => {
  await day?.close()
})

const corporation = { region: 'almaty', channel: 'corporation', provider: 'almaty.directorate', branch: 'almaty.bostandyq' } as const

async function stepsNow(numbers: readonly string[]): Promise<string[]> {
  const { ledger } = day.stage.server.house
  const items = await Promise.all(numbers.map((number) => ledger.work.ofCase(homeOf(number) ?? 0, number)))
  return [...new Set(items.map(([item]) => item?.step ?? ''))]
}

/** A list of one step by its filter, everything in it chosen, and the page that confirms it. */
async function chooseAll(hands: Keyboard, step: string): Promise<void> {
  await showOnly(hands, step)
  await hands.press('KeyA')
  await hands.go('KeyB')
}

const done = async (page: Page) => Number(/\d+/.exec(await page.locator('h1').innerText())?.[0])

describe('a day by keyboard alone', () => {
  it('of the head: a visa for twenty at once, and a signature under what was read', async () => {
    const numbers = await day.bring({ count: aDay, region: 'almaty', channel: 'office', provider: 'almaty.directorate', waits: 'refer' })
    const hands = await day.sitDown('almaty.head')
    await chooseAll(hands, 'refer')
    await hands.tabTo(hands.page.locator('[name="assignee"]'))
    await hands.press('Digit1')
    await hands.press('KeyT')
    await hands.go('KeyS')
    expect(await hands.page.locator('.govuk-error-summary').count()).toBe(0)
    expect(await done(hands.page)).toBeGreaterThanOrEqual(aDay)
    expect(await stepsNow(numbers)).toEqual(['examine'])
    await hands.go('KeyL')
    await chooseAll(hands, 'signAnswer')
    // What is signed stands on the page: the result, or the refusal with its fact and remedy.
    const answers = await hands.page.locator('main tbody tr').allInnerTexts()
    expect(answers.every((text) => /Нәтиже|Дәлелді бас тарту/.test(text))).toBe(true)
    await hands.press('KeyT')
    await hands.go('KeyS')
    expect(await done(hands.page)).toBe(answers.length)
    expect(hands.pressed).toBeLessThan(120)
    await hands.noPointer()
  })

  it('of the accumulation section: twenty packages on to the courier', async () => {
    const numbers = await day.bring({ count: aDay, ...corporation, waits: 'accumulate' })
    const hands = await day.sitDown('almaty.accumulation')
    await hands.press('KeyA')
    await hands.go('KeyB')
    await hands.press('KeyT')
    await hands.go('KeyS')
    expect(await done(hands.page)).toBeGreaterThanOrEqual(aDay)
    expect(await stepsNow(numbers)).toEqual(['courierTakes'])
    expect(hands.pressed).toBeLessThan(60)
    await hands.noPointer()
  })

  it('of the courier on a phone: scans what is taken, brings it, and sees what the other side has not taken', async () => {
    const numbers = await day.bring({ count: aDay, ...corporation, waits: 'courierTakes' })
    const hands = await day.sitDown('almaty.courier', { viewport: { width: 375, height: 740 } })
    const { page } = hands
    await hands.go('KeyP')
    for (const number of numbers) {
      await hands.press('KeyC')
      await hands.type(number.replaceAll('-', ''))
      await hands.press('Enter')
    }
    expect(await page.locator('input[name="case"]:checked').count()).toBe(aDay)
    expect(await violations(page)).toEqual([])
    // The field keeps the focus for the next code: letters go to it, with Alt to the page.
    await hands.go('Alt+KeyT')
    await hands.press('KeyT')
    await hands.go('KeyS')
    expect(await done(page)).toBe(aDay)
    expect(await stepsNow(numbers)).toEqual(['courierBrings'])
    await hands.go('KeyL')
    for (const number of numbers) await page.locator(`#carry-${number}`).waitFor()
    // What waits to be taken stands first: the list of what is brought is the next one.
    await hands.tabTo(page.locator(numbers.map((number) => `#carry-${number}`).join(', ')).first(), 100)
    await hands.press('KeyA')
    await hands.go('KeyB')
    await hands.go('KeyS')
    expect(await stepsNow(numbers)).toEqual(['receivePackage'])
    await hands.go('KeyL')
    expect(await page.locator('main').innerText()).toContain('әлі алынған жоқ')
    await hands.noPointer()
  })

  it('of the issuing section: twenty results onto the shelf, and each from there to its receiver', async () => {
    const numbers = await day.bring({ count: aDay, ...corporation, begins: '2019-10-07T09:10', waits: 'shelveAnswer' })
    const hands = await day.sitDown('almaty.issueDesk')
    await chooseAll(hands, 'shelveAnswer')
    await hands.press('KeyT')
    await hands.go('KeyS')
    expect(await done(hands.page)).toBeGreaterThanOrEqual(aDay)
    expect(await stepsNow(numbers)).toEqual(['meetReceiver'])
    const before = hands.pressed
    for (const number of numbers) await giveOut(hands, number)
    expect((hands.pressed - before) / aDay).toBeLessThan(40)
    for (const number of numbers) {
      const loaded = await day.stage.server.house.ledger.load(homeOf(number) ?? 0, number)
      expect(loaded?.events.findLast(({ type }) => type === 'StepDone')?.data).toMatchObject({ step: 'issueAnswer' })
      expect(loaded?.events.at(-1)?.type, number).toBe('CaseEnded')
    }
    await hands.noPointer()
  }, 120_000)
})

/** Somebody comes with the receipt: its number finds the case, they are written down as here, their card is looked at, and the answer is theirs. */
async function giveOut(hands: Keyboard, number: string): Promise<void> {
  await hands.press('/')
  await hands.type(number.replaceAll('-', ''))
  await hands.go('Enter')
  await hands.go('n')
  await hands.go('s')
  expect(await keysNamedTwice(hands.page)).toEqual([])
  await hands.press('o')
  await hands.press('Tab')
  await hands.press('1')
  await hands.press('Tab')
  await hands.type('000000001')
  await hands.press('Tab')
  await hands.press('c')
  await hands.go('Control+Enter')
  expect(await hands.page.locator('.govuk-error-summary').allInnerTexts()).toEqual([])
}

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toCaseEvent } from '../../../src/desk/events.ts'
import { homeOf } from '../../../src/desk/numbers.ts'
import { replay } from '../../../src/engine/case/evolve.ts'
import { keysNamedTwice, violations } from '../stage.ts'
import { type Day, openDay } from './harness.ts'
import type { Keyboard } from './keyboard.ts'

let day: Day
beforeAll(async () => {
  day = await openDay()
})
afterAll(async () => {
  await day?.close()
})

const almaty = { region: 'almaty', channel: 'office', provider: 'almaty.directorate', count: 1 } as const

/** The page of signing, come to by the form's own button for one's own key. */
async function toSigning(hands: Keyboard, path: string): Promise<void> {
  await hands.page.goto(path)
  const taken = hands.page.locator('[name="taken"]')
  if ((await taken.count()) > 0) {
    await hands.tabTo(taken)
    await hands.press('Space')
  }
  await hands.go('KeyI')
  await hands.page.locator('[data-island="ncalayer"]').waitFor({ state: 'attached' })
}

/** Presses the page's button and gives the emulator's window. */
async function askKey(hands: Keyboard): Promise<Page> {
  const [window] = await Promise.all([hands.page.waitForEvent('popup'), hands.press('KeyS')])
  await window.locator('input[name="key"]').first().waitFor()
  return window
}

async function answerWith(window: Page, key: string): Promise<void> {
  await window.locator(`input[value="${key}"]`).focus()
  await window.keyboard.press('Space')
  await window.keyboard.press('Enter')
}

async function stateOf(number: string) {
  const loaded = await day.stage.server.house.ledger.load(homeOf(number) ?? 0, number)
  return replay((loaded?.events ?? []).map(toCaseEvent))
}

describe('signing with a key, by keyboard alone', () => {
  it('of the head: what is signed is shown, the emulator asks, and the step is done by a national signature', async () => {
    const [number = ''] = await day.bring({ ...almaty, waits: 'signAnswer' })
    const hands = await day.sitDown('almaty.head')
    const { page } = hands
    await toSigning(hands, `/cases/${number}/steps/signAnswer`)
    expect(await keysNamedTwice(page)).toEqual([])
    expect(await violations(page)).toEqual([])
    const window = await askKey(hands)
    await Promise.all([page.waitForURL((url) => !url.pathname.endsWith('/signAnswer')), answerWith(window, 'almaty.head')])
    expect((await stateOf(number))?.signature).toMatchObject({ algorithm: 'cms' })
  })
})

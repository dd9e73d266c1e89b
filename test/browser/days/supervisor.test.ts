import { afterAll, beforeAll, expect, it } from 'vitest'
import { aDay, type Day, openDay } from './harness.ts'
import type { Keyboard } from './keyboard.ts'

/** A supervisor answers for all: what is late, whose it is, since when, and which entry of the ledger says so; then what callers ask about. */
let day: Day
beforeAll(async () => {
  day = await openDay()
})
afterAll(async () => {
  await day?.close()
})

const focused = async (hands: Keyboard): Promise<string> => String(await hands.page.evaluate('document.activeElement.textContent.trim()'))

it('goes through twenty cases by keyboard alone', async () => {
  const numbers = await day.bring({ count: aDay, region: 'almaty', channel: 'office', provider: 'almaty.directorate', waits: 'refer' })
  const hands = await day.sitDown('almaty.supervisor')
  const { page } = hands
  expect(new URL(page.url()).pathname).toBe('/overview')
  const before = hands.pressed

  // Ten from the list of what is late: to the case of the row, its proof, and back to the list.
  await hands.tabTo(page.locator('.q-three__fact a').first())
  await hands.go('Enter')
  for (let row = 0; row < 10; row++) {
    for (let turn = 0; turn <= row; turn++) await hands.press('KeyJ')
    const number = await focused(hands)
    await hands.go('Enter')
    expect(new URL(page.url()).pathname).toMatch(new RegExp(`^/cases/${number}/terms/`))
    expect(await page.locator('main code').count()).toBeGreaterThan(0)
    await hands.go('Escape')
  }

  const { ledger } = day.stage.server.house
  for (const [index, number] of numbers.slice(0, 10).entries()) {
    await hands.press('Slash')
    // Somebody reads out the end of a number over the telephone, somebody else gives a name.
    if (index % 2 === 0) await hands.type(number.slice(-7))
    else await hands.typeName(String((await ledger.cases.byNumber(Number(number.slice(0, 3)), number))?.doc.name))
    await hands.go('Enter')
    expect(new URL(page.url()).pathname).toBe(`/cases/${number}`)
  }
  await hands.noPointer()
  expect((hands.pressed - before) / aDay).toBeLessThan(12)
})

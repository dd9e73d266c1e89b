import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseIin } from '../../../src/law/identifiers.ts'
import { aDay, type Day, inventedIin, openDay } from './harness.ts'

let day: Day
beforeAll(async () => {
  day = await openDay()
})
afterAll(async () => {
  await day?.close()
})

it('brings a day of cases to a desk, and somebody sits down there with a keyboard alone', async () => {
  const numbers = await day.bring({ count: aDay, region: 'almaty', channel: 'office', provider: 'almaty.directorate', waits: 'refer' })
  expect(new Set(numbers).size).toBe(aDay)
  const hands = await day.sitDown('almaty.head')
  expect(new URL(hands.page.url()).pathname).toBe('/work')
  await hands.noPointer()
  expect(hands.pressed).toBeGreaterThan('almaty.head'.length)
  await hands.page.mouse.click(5, 5)
  await expect(hands.noPointer()).rejects.toThrow('pointer')
})

it('invents people whose numbers are right and their own', () => {
  const all = Array.from({ length: 2000 }, (_, serial) => inventedIin(serial))
  expect(new Set(all).size).toBe(all.length)
  expect(all.filter((iin) => !parseIin(iin).ok)).toEqual([])
})

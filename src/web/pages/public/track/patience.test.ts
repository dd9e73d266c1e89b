import { expect, it } from 'vitest'
import { createPatience } from './patience.ts'

const wrong = async () => null
const setup = () => {
  const waits: number[] = []
  let now = 0
  const patience = createPatience({ now: () => now, wait: async (ms) => void waits.push(ms) })
  const pass = (ms: number) => {
    now += ms
  }
  return { patience, waits, pass }
}

it('lets a few mistakes pass and then waits longer and longer, up to a limit', async () => {
  const { patience, waits } = setup()
  for (let i = 0; i < 12; i++) await patience.try('a', wrong)
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000])
  await patience.try('b', wrong)
  expect(waits).toHaveLength(7)
})

it('never makes somebody wait who knows the secret', async () => {
  const { patience, waits } = setup()
  for (let i = 0; i < 50; i++) expect(await patience.try('a', async () => i)).toBe(i)
  expect(waits).toEqual([])
})

it('forgets after a quarter of an hour', async () => {
  const { patience, waits, pass } = setup()
  for (let i = 0; i < 8; i++) await patience.try('a', wrong)
  pass(16 * 60_000)
  await patience.try('a', wrong)
  expect(waits).toHaveLength(3)
})

it('does not take a hundred tries at once for the first', async () => {
  const { patience, waits } = setup()
  const answers = await Promise.all(Array.from({ length: 100 }, () => patience.try('a', wrong)))
  expect(answers.filter((answer) => answer === 'busy')).toHaveLength(80)
  expect(waits).toHaveLength(15)
})

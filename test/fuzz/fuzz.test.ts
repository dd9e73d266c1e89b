import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chanceOf } from './chance.ts'
import { shrink } from './shrink.ts'
import { faultOf, type Input, type Running, type Target } from './target.ts'
import { targets } from './targets/all.ts'

const regulations = resolve(import.meta.dirname, '../../regulations')
/** The share of the gate; `npm run fuzz` runs a hundred thousand and more. */
const inputs = 2000
const weights = targets.reduce((sum, { weight }) => sum + weight, 0)

async function run({ name, open }: Pick<Target, 'name' | 'open'>, count: number): Promise<string[]> {
  const running = await open({ regulations, brief: true })
  const faults: string[] = []
  for (let at = 0; at < count; at++) {
    const input = running.make(chanceOf(1, name, at))
    const fault = await breakageOf(running, input)
    if (fault !== null) faults.push(`${at}: ${fault} ${JSON.stringify(input.map(String))}`)
  }
  await running.close?.()
  return faults
}

const breakageOf = (running: Running, input: Input): Promise<string | null> =>
  Promise.resolve()
    .then(async () => {
      await running.run(input)
    })
    .then(
      () => null,
      (cause: unknown) => faultOf(cause).signature,
    )

describe('every parser at the edge', () => {
  it.each(targets)('$name neither breaks nor hangs', async (target) => {
    expect(await run(target, Math.max(10, Math.ceil((inputs * target.weight) / weights)))).toEqual([])
  })
})

describe('the search for faults', () => {
  /** A parser as bad as they come: it breaks at one sign in one place. */
  const bad: Pick<Target, 'name' | 'open'> = {
    name: 'bad',
    open: async () => ({
      make: (chance) => [Buffer.from(`length=${chance.below(300)};${'x'.repeat(chance.below(50))}`)],
      run: ([text]) => {
        if (/length=2[5-9]\d/.test(String(text))) throw new RangeError('out of the buffer')
      },
    }),
  }

  it('finds a fault, and finds it again by the same seed', async () => {
    const found = await run(bad, 60)
    expect(found.length).toBeGreaterThan(0)
    expect(await run(bad, 60)).toEqual(found)
  })

  it('makes the input small, and leaves what breaks', async () => {
    const running = await bad.open({ regulations })
    const whole = [Buffer.from('x=1;length=274;xxxxxxxxxxxxxxxxxxxxxxxxxx;y=2')]
    const small = await shrink(whole, async (input) => (await breakageOf(running, input)) !== null)
    expect(String(small[0])).toBe('length=274')
  })
})

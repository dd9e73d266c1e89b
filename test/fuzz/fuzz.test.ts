import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { targets as bad } from './bad.testing.ts'
import { chanceOf } from './chance.ts'
import type { Said } from './link.ts'
import { shrink } from './shrink.ts'
import { faultOf, type Input, type Running, type Target } from './target.ts'
import { targets } from './targets/all.ts'
import { runWorker } from './watch.ts'

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

describe('whoever watches over a process of its own', () => {
  const file = join(import.meta.dirname, 'bad.testing.ts')

  it.each([
    ['good', null, []],
    ['throws', null, [/^RangeError out of the buffer/]],
    ['asks', null, [/^MEMORY/]],
    ['hangs', { at: 2, crashed: false }, []],
    ['dies', { at: 2, crashed: true }, [/^CRASH .*ended with 7/]],
    ['fills', { at: 2, crashed: true }, [/^CRASH/]],
    ['swells', { at: 2, crashed: true }, [/^CRASH .*SIGKILL/]],
  ] as const)('sees one that %s', async (name, ended, signatures) => {
    // Only Linux tells how much memory another process holds.
    if (name === 'swells' && process.platform !== 'linux') return
    const target = bad.find((one) => one.name === name) ?? expect.unreachable()
    const said: Said[] = []
    const watched = runWorker(target, { seed: 1, from: 0, until: 4, file }, (one) => said.push(one))
    expect(await watched).toEqual(ended)
    const faults = said.flatMap((one) => (one.kind === 'fault' ? [one] : []))
    expect(faults.map(({ signature }) => signature)).toEqual(signatures.map((one) => expect.stringMatching(one)))
    const counted = said.reduce((sum, one) => sum + (one.kind === 'tally' ? (one.counts.said ?? 0) : 0), 0)
    if (ended === null) expect(counted).toBe(name === 'throws' ? 3 : 4)
  })
})

import { afterAll, describe, expect, it } from 'vitest'
import type { Where } from '../../src/cli/bench/where.ts'
import { openWorkshop } from '../cli/workshop.ts'

const shop = openWorkshop()
afterAll(() => shop.clear())

interface Told {
  readonly settings: Record<string, string>
  readonly runs: readonly { readonly steps: number; readonly errors: number; readonly where: Where }[]
}

describe('qyzmet bench --where', () => {
  it('tells of a step what the database counted and what Node spent, and the path itself goes on as before', async () => {
    const { code, out, err } = await shop.run(['bench', '--where', '--json', '--callers', '4', '--seconds', '1'], {
      env: { QYZMET_DATA: shop.folder() },
    })
    expect(err).toBe('')
    expect(code).toBe(0)
    const told = JSON.parse(out) as Told // as: what DESIGN calls the output of bench
    expect(told.settings).toMatchObject({ fsync: 'on', synchronous_commit: 'on' })
    const [run] = told.runs
    expect(run).toMatchObject({ errors: 0 })
    const where = run?.where
    // One version of a case and at least one event a step; anything else means that sessions had not handed in what they counted.
    const heads = where?.rows.case_head
    expect((heads?.inserted ?? 0) + (heads?.updated ?? 0)).toBeGreaterThan(0.9)
    expect((heads?.inserted ?? 0) + (heads?.updated ?? 0)).toBeLessThan(1.1)
    expect(where?.rows.event?.inserted).toBeGreaterThanOrEqual(0.9)
    expect(where?.walBytes).toBeGreaterThan(500)
    expect(where?.stepsPerCall).toBeGreaterThanOrEqual(0.9)
    expect(where?.functions.qyzmet_append?.totalUs).toBeGreaterThan(0)
    expect(where?.nodeCpuUs).toBeGreaterThan(0)
    if (process.platform === 'linux') expect(Object.values(where?.postgresCpuUs ?? {}).reduce((sum, us) => sum + us, 0)).toBeGreaterThan(0)
    const parts = Object.values(where?.nodeParts ?? {}).reduce((sum, us) => sum + us, 0)
    expect(Math.abs(parts / (where?.nodeCpuUs ?? 1) - 1)).toBeLessThan(0.02)
    expect(where?.nodeParts).toHaveProperty('decide')
    expect(where?.wallMs.append).toBeGreaterThanOrEqual(where?.wallMs.roundTrip ?? Number.POSITIVE_INFINITY)
    expect(where?.wallMs.step).toBeGreaterThanOrEqual((where?.wallMs.append ?? 0) * 0.9)
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { kinds, planRounds } from '../../survive/plan.ts'
import { survive } from '../../survive/run.ts'

describe('the plan of rounds', () => {
  it('follows from the seed, and every kind comes before any comes twice', () => {
    const plan = planRounds('1', 3 * kinds.length)
    expect(planRounds('1', 3 * kinds.length)).toEqual(plan)
    expect(planRounds('2', 3 * kinds.length)).not.toEqual(plan)
    for (const cycle of [0, 1, 2])
      expect(new Set(plan.slice(cycle * kinds.length, (cycle + 1) * kinds.length).map(({ kind }) => kind)).size).toBe(kinds.length)
    // A round is the same whether it is played after others or alone.
    expect(planRounds('1', 17).at(-1)).toEqual(plan[16])
  })
})

// The rest is `npm run survive`.
describe('an installation', () => {
  it('loses nothing when its server is killed, its database is killed, and connections are cut around commits', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qyzmet-survive-test-'))
    const rounds = planRounds('gate', 3, ['server', 'database', 'cut'])
    try {
      const { played, whole } = await survive({ folder, rounds, callers: 6, told: () => {} })
      expect([...played, ...whole].flatMap(({ violations }) => violations)).toEqual([])
      for (const { counts, notRun } of played) {
        expect(notRun).toBeUndefined()
        expect(counts.acknowledged).toBeGreaterThan(0)
        expect(counts.repeats).toBeGreaterThan(0)
      }
      expect(whole[0]?.counts.acknowledged).toBe(played.reduce((sum, { counts }) => sum + counts.acknowledged, 0))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

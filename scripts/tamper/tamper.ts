// Tampers with a ledger in every way that is listed, each in a transaction of its own, and holds `qyzmet verify` to naming it.
// npm run tamper [-- --only <word of the name>]       the database: a fresh one beside DATABASE_URL, else an embedded one that is gone afterwards
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { withFreshDatabase } from '../../src/cli/freshDatabase.ts'
import { readConfig } from '../../src/config.ts'
import { acts } from './acts.ts'
import { judge } from './judge.ts'
import { openScene } from './scene.ts'

const { only } = parseArgs({ options: { only: { type: 'string' } }, strict: true }).values
const data = mkdtempSync(join(tmpdir(), 'qyzmet-tampered-'))
try {
  process.exitCode = await withFreshDatabase({ ...readConfig(process.env, false), data }, async (url) => {
    const scene = await openScene(url)
    try {
      let missed = 0
      const chosen = acts.filter(({ name }) => only === undefined || name.includes(only))
      for (const act of chosen) {
        const verdict = await judge(scene, act)
        if (verdict.missed.length > 0) missed += 1
        const [first] = verdict.problems
        const told = first === undefined ? 'nothing' : `${first.kind} ${first.case} ${first.seq ?? ''} ${first.text}`
        const more = verdict.problems.length > 1 ? ` (and ${verdict.problems.length - 1} more)` : ''
        console.log(
          `${verdict.missed.length === 0 ? '✓' : '✗'} ${act.name}${act.needsKept ? ' [with a kept seal]' : ''}\n    ${told}${more}`,
        )
        for (const one of verdict.missed) console.log(`    not told: ${one.kind} ${one.case ?? ''} ${one.seq ?? ''} ${one.says ?? ''}`)
      }
      console.log(`${chosen.length} kinds, ${missed} not named`)
      return missed === 0 ? 0 : 1
    } finally {
      await scene.close()
    }
  })
} finally {
  rmSync(data, { recursive: true, force: true })
}

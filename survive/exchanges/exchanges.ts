/**
 * Two nodes as processes with the test contour between them; cases from the first command to the end, while messages are delayed, doubled, cut, forged and
 * lost, whole channels fail, and the nodes are killed:
 *
 *   npm run exchanges -- [--exchanges 10000] [--seed 1] [--callers 8] [--json <file>] [--keep] [--calm]
 *
 * The same seed gives the same cases, faults and moments. Exit 1 when anything does not hold. docs/survival.md says what is checked.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runExchanges } from './run.ts'

const { values } = parseArgs({
  options: {
    exchanges: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    callers: { type: 'string', default: '8' },
    json: { type: 'string' },
    keep: { type: 'boolean', default: false },
    calm: { type: 'boolean', default: false },
  },
})
const tell = (line: string): void => void process.stdout.write(`${line}\n`)

async function main(): Promise<number> {
  const [exchanges, callers] = [Number(values.exchanges), Number(values.callers)]
  if (![exchanges, callers].every((one) => Number.isInteger(one) && one > 0)) {
    process.stderr.write('--exchanges and --callers take whole numbers\n')
    return 2
  }
  const folder = mkdtempSync(join(tmpdir(), 'qyzmet-exchanges-'))
  try {
    const result = await runExchanges({ folder, exchanges, callers, seed: values.seed, calm: values.calm, told: tell })
    for (const [kind, all] of Map.groupBy(result.wrong, ({ kind }) => kind)) {
      tell(`✗ ${kind}: ${all.length}`)
      for (const { text } of all.slice(0, 10)) tell(`    ${text}`)
    }
    tell(JSON.stringify({ seed: values.seed, ...result.counts, wrong: result.wrong.length }))
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ seed: values.seed, ...result }, null, 1)}\n`)
    return result.wrong.length === 0 ? 0 : 1
  } finally {
    if (values.keep) tell(`kept: ${folder}`)
    else rmSync(folder, { recursive: true, force: true })
  }
}

process.exitCode = await main()

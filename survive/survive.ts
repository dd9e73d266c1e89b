/**
 * Kills, cuts, starves and misleads an installation under load, and checks after each round that nothing was lost, doubled or bent:
 *
 *   npm run survive -- [--rounds 200] [--seed 1] [--only cut,database] [--round 17] [--from 45] [--callers 12] [--json <file>] [--keep]
 *
 * The same seed gives the same kinds, moments and commands. Exit 1 when anything does not hold, with what to type to see that round again.
 * docs/survival.md says what each kind does and what is checked.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isKind, kinds, planRounds } from './plan.ts'
import { roundLine, table } from './report.ts'
import type { Played } from './rounds.ts'
import { survive } from './run.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    round: { type: 'string' },
    from: { type: 'string', default: '1' },
    callers: { type: 'string', default: '12' },
    json: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
})

const tell = (line: string): void => void process.stdout.write(`${line}\n`)

async function main(): Promise<number> {
  const only = values.only?.split(',') ?? [...kinds]
  const count = Number(values.round ?? values.rounds)
  if (!only.every(isKind) || ![count, Number(values.from), Number(values.callers)].every((one) => Number.isInteger(one) && one > 0)) {
    process.stderr.write(`--only takes ${kinds.join(', ')}; --rounds, --round, --from and --callers take whole numbers\n`)
    return 2
  }
  const planned = planRounds(values.seed, count, only.filter(isKind))
  const rounds = values.round === undefined ? planned.slice(Number(values.from) - 1) : planned.slice(-1)
  const folder = mkdtempSync(join(tmpdir(), 'qyzmet-survive-'))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const began = performance.now()
  try {
    const result = await survive({ folder, rounds, callers: Number(values.callers), told: (played) => tell(told(played)) })
    const seconds = Math.round((performance.now() - began) / 1000)
    tell(`\n${table(result.played)}`)
    for (const { name, counts, violations } of result.whole) {
      tell(
        `${name}, all at once: ${counts.cases} cases, ${counts.events} events, ${counts.sent} commands, ${counts.effects} effects; ${violations.length} wrong`,
      )
      for (const { kind, text } of violations) tell(`✗ ${kind}: ${text}`)
    }
    tell(`${rounds.length} rounds in ${seconds} s, seed ${values.seed}; ${JSON.stringify(machine())}`)
    if (values.json !== undefined)
      writeFileSync(values.json, `${JSON.stringify({ seed: values.seed, seconds, machine: machine(), ...result }, null, 1)}\n`)
    return result.ok ? 0 : 1
  } finally {
    if (values.keep) tell(`kept: ${folder}`)
    else rmSync(folder, { recursive: true, force: true })
  }
}

function told(played: Played): string {
  const again = `npm run survive -- --seed ${values.seed} --round ${played.round.number}${values.only === undefined ? '' : ` --only ${values.only}`}`
  const wrong = played.violations.map(({ kind, text }) => `     ${kind}: ${text}`)
  return [roundLine(played), ...wrong, ...(wrong.length > 0 ? [`     again: ${again}`] : [])].join('\n')
}

const machine = () => ({
  cpu: cpus()[0]?.model ?? '',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  kernel: release(),
  node: process.version,
  load: loadavg().map((load) => Math.round(load * 100) / 100),
})

process.exitCode = await main()

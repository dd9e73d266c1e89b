import type { Statutes } from '../../src/desk/statutes.ts'
import type { Answer, Sent } from '../load/journal.ts'
import { judgeCommands, ledgerKey, type Verdict } from './commands.ts'
import { type EffectCount, judgeEffects } from './effects.ts'
import type { Head, Seen, Violation } from './seen.ts'
import { byLedgerKey, judgeCase } from './whole.ts'

export interface Judgement {
  readonly verdicts: readonly Verdict[]
  readonly violations: readonly Violation[]
  readonly effects: EffectCount
  /** Cases that were looked at, and commands of any sender in them. */
  readonly cases: number
  readonly commands: number
}

/** What is known of a database from round to round: everything that was ever sent to it, and how each case stood when it was last judged. */
export class Memory {
  readonly known = new Map<string, number>()
  readonly #sent = new Map<string, Sent>()
  readonly #absent = new Set<string>()
  readonly #statutes: Statutes

  constructor(statutes: Statutes) {
    this.#statutes = statutes
  }

  everything(): Sent[] {
    return [...this.#sent.values()]
  }

  /**
   * Judges what was sent lately and every case that moved since the last time. What was absent when all was quiet must stay so; a case that was
   * there must be there.
   */
  judge(sent: readonly Sent[], heads: readonly Head[], seen: Seen, repeats: ReadonlyMap<string, readonly Answer[]>): Judgement {
    for (const [key, one] of byLedgerKey(sent)) this.#sent.set(key, one)
    const { verdicts, violations } = judgeCommands(sent, seen.commands, repeats)
    violations.push(...this.#changes(heads, verdicts))
    const numbers = new Set(heads.map(({ number }) => number))
    for (const row of seen.commands)
      if (!numbers.has(row.case)) violations.push({ kind: 'halfWritten', text: `${row.key} opened ${row.case}, which is not there` })
    for (const { key } of seen.jobs)
      if (!numbers.has(key.split('/')[1] ?? '')) violations.push({ kind: 'effectStrange', text: `the job ${key} is of no case` })
    const effects = { asked: 0, tookHold: 0, waiting: 0 }
    for (const one of seen.cases) {
      const whole = judgeCase(one, this.#sent, this.#statutes)
      const { count, violations: wrong } = judgeEffects(one, whole.written, seen.jobs)
      violations.push(...whole.violations, ...wrong)
      for (const name of ['asked', 'tookHold', 'waiting'] as const) effects[name] += count[name]
    }
    for (const { number, version } of heads) this.known.set(number, version)
    const commands = seen.cases.reduce((sum, one) => sum + one.commands.length, 0)
    return { verdicts, violations, effects, cases: seen.cases.length, commands }
  }

  #changes(heads: readonly Head[], verdicts: readonly Verdict[]): Violation[] {
    const now = new Map(heads.map(({ number, version }) => [number, version]))
    const shrunk = [...this.known].filter(([number, version]) => (now.get(number) ?? 0) < version)
    const late = verdicts.filter(({ sent, row }) => row !== null && this.#absent.has(ledgerKey(sent)))
    for (const { sent, row } of verdicts) if (row === null) this.#absent.add(ledgerKey(sent))
    return [
      ...shrunk.map(([number, version]): Violation => {
        const text = `case ${number} was at ${version} and is ${now.has(number) ? `at ${now.get(number)}` : 'gone'}`
        return { kind: 'changed', text }
      }),
      ...late.map(({ sent }): Violation => ({ kind: 'changed', text: `${sent.key} was absent when all was quiet, and is there now` })),
    ]
  }
}

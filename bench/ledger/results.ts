import type { Where } from '../../src/cli/bench/where.ts'
import type { Answer } from './contender.ts'
import type { Name } from './contenders.ts'
import type { Mean } from './recorded.ts'

/** All of one measurement, as it is kept in bench/results. */
export interface Results {
  readonly at: string
  readonly machine: Readonly<Record<string, string | number>>
  /** The database, and every setting that is not its default. */
  readonly settings: Readonly<Record<string, string>>
  readonly callers: readonly number[]
  readonly seconds: number
  readonly rounds: number
  readonly recorded: { readonly all: Mean; readonly kept: Mean }
  readonly contenders: readonly { readonly name: Name; readonly about: Readonly<Record<string, string>> }[]
  /** Who could not run, and why. */
  readonly absent: readonly { readonly name: Name; readonly callers?: number; readonly why: string }[]
  readonly runs: readonly Run[]
  /** Where our own time goes, by callers. */
  readonly where: readonly { readonly callers: number; readonly where: Where }[]
}

export interface Run extends Answer {
  readonly contender: Name
  readonly callers: number
  readonly round: number
  /** Processor time of the database, or of the contender's own server, µs a step; null where it is not on this machine. */
  readonly serverCpuUs: number | null
  /** Load of the machine just before. */
  readonly load: number
}

export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

export interface Summary {
  readonly contender: Name
  readonly callers: number
  readonly stepsPerSecond: Spread
  readonly p50Ms: Spread
  readonly p95Ms: Spread
  readonly p99Ms: Spread
  readonly errors: number
  readonly ownCpuUs: number | null
  readonly serverCpuUs: number | null
}

export function summaryOf({ runs }: Pick<Results, 'runs'>): Summary[] {
  const groups = Map.groupBy(runs, ({ contender, callers }) => `${contender} ${callers}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const spread = (of: (run: Run) => number) => spreadOf(group.map(of))
    const known = (of: (run: Run) => number | null | undefined) => {
      const values = group.map(of).filter((value) => typeof value === 'number')
      return values.length === 0 ? null : Math.round(spreadOf(values).median)
    }
    return [
      {
        contender: first.contender,
        callers: first.callers,
        stepsPerSecond: spread((run) => run.stepsPerSecond),
        p50Ms: spread((run) => run.p50Ms),
        p95Ms: spread((run) => run.p95Ms),
        p99Ms: spread((run) => run.p99Ms),
        errors: group.reduce((sum, { errors }) => sum + errors, 0),
        ownCpuUs: known((run) => run.ownCpuUs),
        serverCpuUs: known((run) => run.serverCpuUs),
      },
    ]
  })
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0
  const below = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
  return { min: sorted[0] ?? 0, median: (middle + below) / 2, max: sorted.at(-1) ?? 0 }
}

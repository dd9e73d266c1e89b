/** What was measured, by kind of request and by second. */
export type Kind = 'read' | 'write' | 'kept' | 'signIn'

export interface Sample {
  readonly kind: Kind
  /** Of the phase's clock, when it was sent, in ms. */
  readonly at: number
  readonly ms: number
  readonly status: number
}

export interface Told {
  readonly samples: readonly Sample[]
  /** Of broken connections and refused forms, by name. */
  readonly oddities: Readonly<Record<string, number>>
  /** What the server said was done: the keys of the forms. */
  readonly acknowledged: readonly string[]
}

export class Tally {
  readonly samples: Sample[] = []
  readonly oddities: Record<string, number> = {}
  readonly acknowledged: string[] = []
  private readonly began = performance.now()

  now(): number {
    return performance.now() - this.began
  }

  note(kind: Kind, { status, ms }: { status: number; ms: number }): void {
    this.samples.push({ kind, at: this.now() - ms, ms, status })
  }

  odd(name: string): void {
    this.oddities[name] = (this.oddities[name] ?? 0) + 1
  }
}

export interface Line {
  readonly kind: string
  readonly answered: number
  readonly perSecond: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly shed: number
  readonly failed: number
}

const isAnswer = ({ status }: Sample): boolean => status > 0 && status !== 503
const isFailure = ({ status }: Sample): boolean => status === 0 || (status >= 500 && status !== 503)

/** One line for each kind, of what was sent from one moment to another. */
export function linesOf(samples: readonly Sample[], fromMs: number, untilMs: number): Line[] {
  const those = samples.filter(({ at }) => at >= fromMs && at < untilMs)
  return [...Map.groupBy(those, ({ kind }) => kind)].map(([kind, all]) => {
    const times = all.filter(isAnswer).map(({ ms }) => ms)
    return {
      kind,
      answered: times.length,
      perSecond: round(times.length / ((untilMs - fromMs) / 1000)),
      p50Ms: round(quantile(times, 0.5)),
      p95Ms: round(quantile(times, 0.95)),
      p99Ms: round(quantile(times, 0.99)),
      shed: all.filter(({ status }) => status === 503).length,
      failed: all.filter(isFailure).length,
    }
  })
}

export function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** Seconds after a moment until, for three seconds on end, nobody is sent away and p95 of reads is under the limit; null: never. */
export function recoveredAfter(samples: readonly Sample[], momentMs: number, limitMs: number): number | null {
  const bySecond = Map.groupBy(
    samples.filter(({ at, kind }) => at >= momentMs && kind === 'read'),
    ({ at }) => Math.floor((at - momentMs) / 1000),
  )
  const last = Math.max(0, ...bySecond.keys())
  let well = 0
  for (let second = 0; second < last; second++) {
    const those = bySecond.get(second) ?? []
    const isWell =
      those.every(({ status }) => status !== 503) &&
      quantile(
        those.map(({ ms }) => ms),
        0.95,
      ) < limitMs
    well = isWell ? well + 1 : 0
    if (well === 3) return second - 2
  }
  return null
}

export const round = (value: number): number => Math.round(value * 10) / 10

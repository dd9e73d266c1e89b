/** Whether this process should be sent requests, as named conditions: each tells by a code why it does not hold. */

/** null: it holds. Else why not, in one word for programs. */
export type Reason = string | null

export interface Condition {
  readonly name: string
  readonly ok: boolean
  readonly reason: Reason
}

export interface ReadinessAnswer {
  readonly ready: boolean
  readonly conditions: readonly Condition[]
}

export interface Readiness {
  /** A condition that is looked at whenever somebody asks. One that throws, or has not answered within the bound, does not hold. */
  require(name: string, check: () => Reason | Promise<Reason>): void
  /** Says no under this name from now until what is returned is called: what is known, such as draining, needs no look. */
  hold(name: string, reason: string): () => void
  ask(): Promise<ReadinessAnswer>
}

export interface ReadinessOptions {
  /** How long a look may take, in ms: whoever asks has patience of his own. */
  readonly boundMs?: number
  /** For how long what was seen is told again, in ms: anybody may ask, and a look costs the database a query. */
  readonly keepMs?: number
  readonly machine?: () => number
}

export function createReadiness({ boundMs = 1000, keepMs = 500, machine = () => performance.now() }: ReadinessOptions = {}): Readiness {
  const checks = new Map<string, () => Promise<Reason>>()
  const held = new Map<string, string>()
  let seen: { readonly at: number; readonly conditions: Promise<readonly Condition[]> } | undefined

  const look = (): Promise<readonly Condition[]> =>
    Promise.all([...checks].map(async ([name, check]) => conditionOf(name, await within(boundMs, check))))

  return {
    require: (name, check) => {
      checks.set(name, lookingOnce(check))
      seen = undefined
    },
    hold: (name, reason) => {
      held.set(name, reason)
      return () => void held.delete(name)
    },
    ask: async () => {
      const now = machine()
      if (seen === undefined || now - seen.at > keepMs) seen = { at: now, conditions: look() }
      const looked = await seen.conditions
      const conditions = [...looked, ...[...held].map(([name, reason]) => conditionOf(name, reason))]
      return { ready: conditions.every(({ ok }) => ok), conditions }
    },
  }
}

const conditionOf = (name: string, reason: Reason): Condition => ({ name, ok: reason === null, reason })

/** A look that hangs is not begun again: a database that is away would otherwise gather a connection for each question. */
function lookingOnce(check: () => Reason | Promise<Reason>): () => Promise<Reason> {
  let looking: Promise<Reason> | undefined
  return () => {
    looking ??= (async () => check())().finally(() => {
      looking = undefined
    })
    return looking
  }
}

async function within(boundMs: number, check: () => Promise<Reason>): Promise<Reason> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Reason>((resolve) => {
    timer = setTimeout(() => resolve('noAnswer'), boundMs)
  })
  try {
    return await Promise.race([check(), late])
  } catch {
    return 'failed'
  } finally {
    clearTimeout(timer)
  }
}

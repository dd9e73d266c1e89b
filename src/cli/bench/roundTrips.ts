import pg from 'pg'

/** What went over the wire under one statement's name. */
export interface RoundTrip {
  readonly count: number
  /** From the driver's queue to the answer, together, in ms. */
  readonly ms: number
  /** Characters of the parameters. */
  readonly sent: number
}

/** Notes every statement of this process while `work` runs, from outside: nothing in the driver or the ledger knows of it. */
export async function withRoundTrips<T>(work: () => Promise<T>): Promise<{ value: T; trips: Record<string, RoundTrip> }> {
  const trips: Record<string, RoundTrip> = {}
  const { query } = pg.Client.prototype
  const noted = function (this: pg.Client, ...args: unknown[]): unknown {
    const from = performance.now()
    const note = () => {
      const name = nameOf(args[0])
      const { count, ms, sent } = trips[name] ?? { count: 0, ms: 0, sent: 0 }
      trips[name] = { count: count + 1, ms: ms + performance.now() - from, sent: sent + sentBy(args[0]) }
    }
    const callback = args.at(-1)
    if (typeof callback === 'function') {
      const told = (...answer: unknown[]): unknown => {
        note()
        return Reflect.apply(callback, undefined, answer)
      }
      return Reflect.apply(query, this, [...args.slice(0, -1), told])
    }
    const answer: unknown = Reflect.apply(query, this, args)
    if (answer instanceof Promise) answer.then(note, note)
    return answer
  }
  pg.Client.prototype.query = noted as typeof query // as: the same function with all its overloads, passed through
  try {
    return { value: await work(), trips }
  } finally {
    pg.Client.prototype.query = query
  }
}

function nameOf(statement: unknown): string {
  if (typeof statement === 'string') return statement.trim().split(/\s+/).slice(0, 2).join(' ')
  if (typeof statement !== 'object' || statement === null) return 'other'
  if ('name' in statement && typeof statement.name === 'string') return statement.name
  return 'text' in statement && typeof statement.text === 'string' ? statement.text.trim().split(/\s+/).slice(0, 3).join(' ') : 'other'
}

function sentBy(statement: unknown): number {
  if (typeof statement !== 'object' || statement === null || !('values' in statement) || !Array.isArray(statement.values)) return 0
  return statement.values.reduce<number>((sum, value) => sum + (value === null ? 0 : lengthOf(value)), 0)
}

const lengthOf = (value: unknown) =>
  typeof value === 'string' || value instanceof Uint8Array || Array.isArray(value) ? value.length : String(value).length

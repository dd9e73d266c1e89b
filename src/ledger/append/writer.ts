import pg from 'pg'
import { type AppendOutcome, FileMissing, type Json } from '../ledger.ts'
import { type Database, isAway } from '../postgres/database.ts'
import { rowTypes } from '../postgres/rowArrays.ts'
import { type AppendTypes, appendText, appendTypes, appendValues, byHome, inOrder } from './batch.ts'
import type { Prepared } from './prepare.ts'

/** One connection that appends batches. */
export interface Writer {
  /**
   * Commits the commands in one round trip and answers each, in their order. Refused together, they are sent one by one.
   * An answer may be an Error: of that command alone. Throws only when the server is away: then each command may or may not be committed.
   */
  write(prepared: Prepared[]): Promise<(AppendOutcome | Error)[]>
  close(): Promise<void>
}

interface Connection {
  readonly client: pg.Client
  readonly types: AppendTypes
  /** One home a statement. */
  readonly isSpread: boolean
}

interface Refusal {
  home: number
  key: string
  kind: 'repeated' | 'keyReused' | 'conflict' | 'numberTaken'
  version: number
  result: string | null
  case: string | null
}

/** Passing quarrels between servers: unique keys taken meanwhile, deadlocks, serialization. The next attempt sees what the other one did. */
const passing = new Set(['23505', '40P01', '40001'])
const mostAttempts = 3

/**
 * A writer only finds rows by their keys. The planner does not know it: over fresh tables it joins by reading a home's whole index, and
 * it plans anew at each call. Measured at 32 callers: 1,900 steps/s with its own choice, four times that with this.
 */
const sessionSettings = `
  set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set enable_material = off;
  set statement_timeout = 60000;`

/** Where tables are spread over servers (docs/scale.md), a call is delegated to the shard of its home: only alone in its statement, and only from a plan that knows the home. */
const spreadSettings = `
  select set_config('plan_cache_mode', 'auto', false) from setting where name = 'effectsDiverted';`

export function newWriter(database: Database): Writer {
  let connection: Promise<Connection> | undefined

  async function connect(): Promise<Connection> {
    const client = database.newClient()
    // Lost while it rests: the next batch notices, and is sent again over a new one.
    client.on('error', ignore)
    await client.connect()
    const types = await rowTypes(client, appendTypes, sessionSettings + spreadSettings)
    const { rows } = await client.query<{ mode: string }>(`select current_setting('plan_cache_mode') as mode`)
    return { client, types, isSpread: rows[0]?.mode === 'auto' }
  }

  async function send(prepared: Prepared[]): Promise<(AppendOutcome | Error)[]> {
    connection ??= connect()
    const used = connection
    try {
      const refusals = await appendBatch(await used, prepared)
      return prepared.map((one) => outcomeOf(one, refusals.get(nameOf(one.command.home, one.command.idempotencyKey))))
    } catch (cause) {
      if (!isAway(cause)) throw cause
      connection = undefined
      // Not awaited: a connection that is cut off may never say goodbye.
      void used.then(({ client }) => client.end()).catch(ignore)
      throw cause
    }
  }

  async function sendAlone(one: Prepared): Promise<AppendOutcome | Error> {
    for (let attempt = 1; ; attempt++) {
      try {
        const [outcome] = await send([one])
        return outcome ?? new Error('The writer gave no answer.')
      } catch (cause) {
        if (isAway(cause)) throw cause
        if (!(cause instanceof pg.DatabaseError)) return cause instanceof Error ? cause : new Error('The writer failed.', { cause })
        if (cause.code === 'QZ002') return new FileMissing(cause)
        if (attempt === mostAttempts || !passing.has(cause.code ?? '')) return cause
      }
    }
  }

  return {
    write: async (prepared) => {
      if (prepared.length > 1) {
        try {
          return await send(prepared)
        } catch (cause) {
          if (isAway(cause)) throw cause
        }
      }
      const outcomes: (AppendOutcome | Error)[] = []
      for (const one of prepared) outcomes.push(await sendAlone(one))
      return outcomes
    },
    close: async () => {
      const open = await connection?.catch(() => undefined)
      connection = undefined
      await open?.client.end().catch(() => {})
    },
  }
}

/**
 * What was refused, by home and idempotency key. Where tables are spread, each home is a statement and a transaction of its own: after an error the
 * homes before it are committed, and answer `repeated` when the commands are sent one by one.
 */
async function appendBatch(connection: Connection, prepared: Prepared[]): Promise<Map<string, Refusal>> {
  const ordered = inOrder(prepared)
  const refused = new Map<string, Refusal>()
  for (const [home, group] of connection.isSpread ? byHome(ordered) : [[null, ordered] as const])
    await appendRest(connection, home, group, refused)
  return refused
}

/** Where something is refused, nothing is written: the others are sent again without it, until all are written or refused. */
async function appendRest(
  { client, types }: Connection,
  home: number | null,
  group: Prepared[],
  refused: Map<string, Refusal>,
): Promise<void> {
  for (let rest = group; rest.length > 0; ) {
    const { rows } = await client.query<{ refused: Refusal[] | null }>({
      name: 'append',
      text: appendText,
      values: appendValues(types, home, rest),
    })
    const told = rows[0]?.refused ?? []
    if (told.length === 0) return
    for (const one of told) refused.set(nameOf(one.home, one.key), one)
    const others = rest.filter(({ command }) => !refused.has(nameOf(command.home, command.idempotencyKey)))
    if (others.length === rest.length) throw new Error('The ledger refused commands that were not sent.')
    rest = others
  }
}

const nameOf = (home: number, key: string) => `${home}/${key}`

function outcomeOf({ command, version }: Prepared, refusal: Refusal | undefined): AppendOutcome {
  if (refusal === undefined) return { kind: 'appended', version, result: command.result }
  if (refusal.kind === 'repeated')
    return { kind: 'repeated', version: refusal.version, result: JSON.parse(refusal.result ?? 'null') as Json, case: refusal.case ?? '' } // as: written by JSON.stringify
  if (refusal.kind === 'conflict') return { kind: 'conflict', version: refusal.version }
  return { kind: refusal.kind }
}

function ignore(): void {}

import { createHash } from 'node:crypto'
import pg from 'pg'
import { type Contender, serve } from './contender.ts'
import { oneStatement } from './oneStatement.ts'
import { newNumber, type RecordedStep, type Statement, valuesOf } from './recorded.ts'
import { sessionSettings } from './sessionSettings.ts'

/**
 * The ceiling: what the database can take when nothing is asked of it but to keep the rows of one command, in one transaction a step, prepared.
 * Nothing is read, decided, hashed or signed. More callers than connections wait for one at each step, as they would at a pool.
 * `one`: a single statement a step. `pipelined`: begin, a statement a table, commit, sent without waiting.
 */
const mostConnections = 32
const mode = process.argv[2] === 'pipelined' ? 'pipelined' : 'one'

await serve(async (url, recorded): Promise<Contender> => {
  let clients: pg.Client[] = []
  let free: pg.Client[] = []
  let queue: ((client: pg.Client) => void)[] = []
  const take = () => {
    const client = free.pop()
    return client === undefined ? new Promise<pg.Client>((resolve) => queue.push(resolve)) : client
  }
  const giveBack = (client: pg.Client) => {
    const next = queue.shift()
    if (next === undefined) free.push(client)
    else next(client)
  }
  const planned = new WeakMap<RecordedStep, readonly { name: string; statement: Statement }[]>()
  const planOf = (step: RecordedStep) => {
    const known = planned.get(step)
    if (known !== undefined) return known
    const statements = mode === 'one' ? [oneStatement(step)] : step.statements
    const plan = statements.map((statement) => ({ name: createHash('sha1').update(statement.text).digest('hex').slice(0, 16), statement }))
    planned.set(step, plan)
    return plan
  }
  const write = async (client: pg.Client, step: RecordedStep, number: string) => {
    const queries = planOf(step).map(({ name, statement }) => ({ name, text: statement.text, values: valuesOf(statement, number) }))
    if (mode === 'one') await Promise.all(queries.map((query) => client.query(query)))
    else await Promise.all([client.query('begin'), ...queries.map((query) => client.query(query)), client.query('commit')])
  }
  const close = async () => {
    await Promise.all(clients.map((client) => client.end()))
    clients = []
  }
  return {
    about: {
      statements: mode === 'one' ? 'one a step' : 'begin, one a table or row, commit, pipelined',
      connections: `one a caller, at most ${mostConnections}`,
    },
    ready: async (callers) => {
      clients = Array.from(
        { length: Math.min(callers, mostConnections) },
        () => new pg.Client({ connectionString: url, options: sessionSettings, pipeline: mode === 'pipelined' }),
      )
      for (const client of clients) await client.connect()
      free = [...clients]
      queue = []
      // Once through all that is recorded: so each connection has prepared every statement before the time runs.
      await Promise.all(
        clients.map(async (client) => {
          for (const { steps } of recorded.cases) {
            const number = newNumber()
            for (const step of steps) await write(client, step, number)
          }
        }),
      )
    },
    play: async (number, { steps }, timed) => {
      for (const step of steps) {
        const goes = await timed(async () => {
          const client = await take()
          try {
            await write(client, step, number)
          } finally {
            giveBack(client)
          }
        })
        if (!goes) return
      }
    },
    rest: close,
    close,
  }
})

import { createHash } from 'node:crypto'
import pg from 'pg'
import { type Contender, serve } from './contender.ts'
import { oneStatement } from './oneStatement.ts'
import { type RecordedStep, type Statement, valuesOf } from './recorded.ts'
import { sessionSettings } from './sessionSettings.ts'

/**
 * The ceiling: what the database can take when nothing is asked of it but to keep the rows of one command, in one transaction a step, over one
 * connection a caller, prepared. Nothing is read, decided, hashed or signed.
 * `one`: a single statement a step. `pipelined`: begin, a statement a table, commit, sent without waiting.
 */
const mode = process.argv[2] === 'pipelined' ? 'pipelined' : 'one'

await serve(async (url): Promise<Contender> => {
  let clients: pg.Client[] = []
  let free: pg.Client[] = []
  const planned = new WeakMap<RecordedStep, readonly { name: string; statement: Statement }[]>()
  const planOf = (step: RecordedStep) => {
    const known = planned.get(step)
    if (known !== undefined) return known
    const statements = mode === 'one' ? [oneStatement(step)] : step.statements
    const plan = statements.map((statement) => ({ name: createHash('sha1').update(statement.text).digest('hex').slice(0, 16), statement }))
    planned.set(step, plan)
    return plan
  }
  const close = async () => {
    await Promise.all(clients.map((client) => client.end()))
    clients = []
  }
  return {
    about: { statements: mode === 'one' ? 'one a step' : 'begin, one a table or row, commit, pipelined', connections: 'one a caller' },
    ready: async (callers) => {
      clients = Array.from(
        { length: callers },
        () => new pg.Client({ connectionString: url, options: sessionSettings, pipeline: mode === 'pipelined' }),
      )
      for (const client of clients) await client.connect()
      free = [...clients]
    },
    play: async (number, { steps }, timed) => {
      const client = free.pop()
      if (client === undefined) throw new Error('no free connection')
      try {
        for (const step of steps) {
          const goes = await timed(async () => {
            const queries = planOf(step).map(({ name, statement: { text }, statement }) => ({
              name,
              text,
              values: valuesOf(statement, number),
            }))
            if (mode === 'one') await Promise.all(queries.map((query) => client.query(query)))
            else await Promise.all([client.query('begin'), ...queries.map((query) => client.query(query)), client.query('commit')])
          })
          if (!goes) return
        }
      } finally {
        free.push(client)
      }
    },
    rest: close,
    close,
  }
})

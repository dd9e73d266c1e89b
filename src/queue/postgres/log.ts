import { randomUUID } from 'node:crypto'
import type { Database } from '../../ledger/postgres/database.ts'
import type { HallLog } from '../log.ts'
import type { LogLine } from '../queue.ts'

/**
 * The hall's log in PostgreSQL, shared by all server processes, over the table that `migrateQueue` has made.
 * @param homeOf the home of a branch, which never changes
 */
export function logInPostgres(database: Database, homeOf: (branch: string) => number): HallLog {
  return {
    async read(branch, day, seq) {
      const rows = await database.query<{ line: string }>({
        name: 'queue read',
        text: 'select line from queue_line where home = $1 and branch = $2 and day = $3 and seq > $4 order by seq',
        values: [homeOf(branch), branch, day, seq],
      })
      return rows.map(({ line }): LogLine => JSON.parse(line))
    },
    async append(line) {
      const { branch, day, seq } = line
      // The statement is repeated when the connection was lost: `writer` then knows its own line again.
      const [row] = await database.query<{ ours: boolean }>({
        name: 'queue append',
        text: `insert into queue_line (home, branch, day, seq, writer, line) values ($1, $2, $3, $4, $5, $6)
          on conflict (home, branch, day, seq) do update set writer = queue_line.writer
          returning writer = $5 as ours`,
        values: [homeOf(branch), branch, day, seq, randomUUID(), JSON.stringify(line)],
      })
      return row?.ours === true
    },
  }
}

import { enqueueEffect } from '../../ledger/effects/enqueue.ts'
import type { Database } from '../../ledger/postgres/database.ts'
import type { NoticeLine, NoticeLog } from '../log.ts'

type Row = Omit<NoticeLine, 'case' | 'createdAt' | 'changedAt' | 'nextAt'> & {
  case_number: string
  created_at: string
  changed_at: string
  next_at: string | null
}

const columns = `home, case_number, key, channel, kind, language, state, code, tries, asked, segments, encode(said, 'hex') as said,
  created_at, changed_at, next_at`

/** The channel log in PostgreSQL, shared by all server processes, over the table that `migrateNotices` has made. */
export function noticeLogInPostgres(database: Database): NoticeLog {
  return {
    async begin(line) {
      await insertLine(database, line)
      return (await selectLine(database, line)) ?? line
    },
    settle: (line, was, next) =>
      database.transaction(async (client) => {
        const { home, case: number, key, channel, state, code, tries, asked, changedAt, nextAt } = line
        const { rowCount } = await client.query(
          `update notice set state = $5, code = $6, tries = $7, asked = $8, changed_at = $9, next_at = $10
           where home = $1 and case_number = $2 and key = $3 and channel = $4 and state = $11 and tries = $12 and asked = $13`,
          [home, number, key, channel, state, code, tries, asked, changedAt, nextAt, was.state, was.tries, was.asked],
        )
        if (next && rowCount === 1) await enqueueEffect(client, home, number, next)
      }),
    async ofCase(home, number) {
      const rows = await database.query<Row>({
        name: 'notices of case',
        text: `select ${columns} from notice where home = $1 and case_number = $2 order by created_at, key, channel`,
        values: [home, number],
      })
      return rows.map(lineOf)
    },
  }
}

async function insertLine(database: Database, line: NoticeLine): Promise<void> {
  const { home, case: number, key, channel, kind, language, state, code, tries, asked, segments, said, createdAt, changedAt, nextAt } = line
  await database.query({
    name: 'notice begins',
    text: `insert into notice (home, case_number, key, channel, kind, language, state, code, tries, asked, segments, said, created_at, changed_at, next_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, decode($12, 'hex'), $13, $14, $15)
      on conflict (home, case_number, key, channel) do nothing`,
    values: [home, number, key, channel, kind, language, state, code, tries, asked, segments, said, createdAt, changedAt, nextAt],
  })
}

async function selectLine(database: Database, { home, case: number, key, channel }: NoticeLine): Promise<NoticeLine | undefined> {
  const [row] = await database.query<Row>({
    name: 'notice',
    text: `select ${columns} from notice where home = $1 and case_number = $2 and key = $3 and channel = $4`,
    values: [home, number, key, channel],
  })
  return row && lineOf(row)
}

const lineOf = ({ case_number, created_at, changed_at, next_at, ...row }: Row): NoticeLine => ({
  ...row,
  case: case_number,
  createdAt: created_at,
  changedAt: changed_at,
  nextAt: next_at,
})

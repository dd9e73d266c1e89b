import { deleteFile } from '../../../ledger/files/fileStore.ts'
import type { FileStore } from '../../../ledger/ledger.ts'
import type { Database } from '../../../ledger/postgres/database.ts'
import type { ExchangeKeeping } from '../keeping.ts'
import { readRecord, trimmedRecord } from '../record.ts'

interface Old {
  id: string
  case_number: string
  request: string | null
  response: string | null
}

/** The end of what exchanges keep, in PostgreSQL; each statement names its home. */
export function keepingInPostgres(database: Database, files: Pick<FileStore, 'get' | 'put'>): ExchangeKeeping {
  return {
    async trim(home, before, at, limit) {
      const old = await selectOld(database, home, before, limit)
      for (const row of old) await trimOne(database, files, home, row, at)
      return old.length
    },
    async forgetEnded(home, at) {
      await database.query({
        name: 'consent_token_ended',
        text: 'delete from consent_token where home = $1 and until <= $2',
        values: [home, at],
      })
    },
  }
}

/** Of cases that have ended: `open` is what the work lists go by. A destroyed case has no row there, and its words are gone. */
function selectOld(database: Database, home: number, before: string, limit: number): Promise<Old[]> {
  return database.query<Old>({
    name: 'exchange_old',
    text: `
      select e.id, e.case_number, encode(e.request, 'hex') as request, encode(e.response, 'hex') as response
      from exchange as e
      where e.home = $1 and e.sent_at < $2 and e.trimmed_at is null and (e.request is not null or e.response is not null)
        and not exists (select from case_view as c where c.home = $1 and c.case_number = e.case_number and c.key = 'case' and c.open)
      order by e.sent_at, e.id
      limit $3`,
    values: [home, before, limit],
  })
}

/**
 * What is left is put beside first, then row and old pieces change in one transaction: whoever is killed in between leaves the whole record, and the
 * next run puts the same bytes at the same address.
 */
async function trimOne(database: Database, files: Pick<FileStore, 'get' | 'put'>, home: number, row: Old, at: string): Promise<void> {
  const { id, case_number: number } = row
  const shorter = async (sha256: string | null) => {
    const bytes = sha256 === null ? null : await files.get(home, number, sha256)
    return bytes === null || sha256 === null ? null : files.put(home, number, trimmedRecord(readRecord(bytes), sha256))
  }
  const [request, response] = [await shorter(row.request), await shorter(row.response)]
  await database.transaction(async (client) => {
    const { rowCount } = await client.query(
      `update exchange set trimmed_at = $3, request = coalesce(decode($4, 'hex'), request), response = coalesce(decode($5, 'hex'), response)
       where home = $1 and id = $2 and trimmed_at is null`,
      [home, id, at, request, response],
    )
    if (rowCount === 0) return
    if (request !== null && row.request !== null) await deleteFile(client, home, number, row.request)
    if (response !== null && row.response !== null) await deleteFile(client, home, number, row.response)
  })
}

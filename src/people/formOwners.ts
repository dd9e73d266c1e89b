import type { Database } from '../ledger/postgres/database.ts'
import { digestOf, unmasked } from './tokens.ts'

/** A form is looked for so long after its session: somebody who went home in the middle of it finds it in the morning. */
const lookedForAfter = 12 * 3_600_000

/** Remembers whose forms carry this token (`csrfOf`), until half a day after `endsAt`. */
export async function rememberOwner(database: Database, csrf: string, staff: string, endsAt: number, now: number): Promise<void> {
  await database.query({ name: 'people forget owners', text: 'delete from form_owner where until <= $1', values: [now] })
  await database.query({
    name: 'people remember owner',
    text: 'insert into form_owner (digest, staff, until) values ($1, $2, $3) on conflict (digest) do nothing',
    values: [digestOf(csrf), staff, endsAt + lookedForAfter],
  })
}

/** Whose page the form came from, by the token in it as its page carried it; the token stood in that page alone, so whoever sends it had the page. */
export async function ownerOf(database: Database, given: string, now: number): Promise<string | undefined> {
  const csrf = unmasked(given)
  if (csrf === undefined) return undefined
  const [row] = await database.query<{ staff: string }>({
    name: 'people owner',
    text: 'select staff from form_owner where digest = $1 and until > $2',
    values: [digestOf(csrf), now],
  })
  return row?.staff
}

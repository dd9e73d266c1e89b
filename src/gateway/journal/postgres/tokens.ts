import { z } from 'zod'
import type { CaseKeys } from '../../../ledger/keys/caseKeys.ts'
import type { Database } from '../../../ledger/postgres/database.ts'
import type { KeptTokens, TokenPlace } from '../../register/shep/keptTokens.ts'

/** What lies sealed. The person's number is inside: a question that has become one about somebody else finds no token. */
const shape = z.strictObject({ iin: z.string(), kdpToken: z.string(), publicKey: z.string() })

/**
 * Tokens of consent for every server process over one database, each sealed under the key of its case. Whoever has the database has none of them, a
 * destruction of the case takes them along, and no backup holds them.
 *
 * @param homeOf of a case's number; null where it is none: nothing is kept
 */
export function tokensInPostgres(database: Database, keys: CaseKeys, homeOf: (caseNumber: string) => number | null): KeptTokens {
  const at = (place: TokenPlace) => {
    const home = homeOf(place.caseNumber)
    return home === null ? null : { home, number: place.caseNumber, query: place.queryId, context: `consent ${place.queryId}` }
  }
  return {
    async find(place, now) {
      const where = at(place)
      if (where === null) return null
      const sealed = await selectToken(database, where.home, where.number, where.query, now)
      if (sealed === null) return null
      const text = await keys.unseal(where.home, where.number, where.context, sealed)
      const { iin, ...token } = text === null ? { iin: '', kdpToken: '', publicKey: '' } : shape.parse(JSON.parse(text))
      return iin === place.iin ? token : null
    },
    async keep(place, token, until) {
      const where = at(place)
      const sealed = where && (await keys.seal(where.home, where.number, where.context, JSON.stringify({ iin: place.iin, ...token })))
      if (!where || !sealed) return
      await insertToken(database, where, until, sealed)
    },
    async forget(place) {
      const where = at(place)
      if (where !== null) await deleteToken(database, where.home, where.number, where.query)
    },
  }
}

interface Where {
  readonly home: number
  readonly number: string
  readonly query: string
}

async function selectToken(database: Database, home: number, number: string, query: string, now: string): Promise<Buffer | null> {
  const [row] = await database.query<{ sealed: Buffer }>({
    name: 'consent_token',
    text: 'select sealed from consent_token where home = $1 and case_number = $2 and query = $3 and until > $4',
    values: [home, number, query, now],
  })
  return row?.sealed ?? null
}

/** Another process may have destroyed the case after its key was read here: then nothing comes to lie in it. */
async function insertToken(database: Database, { home, number, query }: Where, until: string, sealed: Buffer): Promise<void> {
  await database.query({
    name: 'consent_token_keep',
    text: `
      insert into consent_token (home, case_number, query, until, sealed)
      select k.home, k.case_number, $3, $4, $5
      from case_key as k where k.home = $1 and k.case_number = $2 and k.wrapped is not null for share
      on conflict (home, case_number, query) do update set until = excluded.until, sealed = excluded.sealed`,
    values: [home, number, query, until, sealed],
  })
}

async function deleteToken(database: Database, home: number, number: string, query: string): Promise<void> {
  await database.query({
    name: 'consent_token_forget',
    text: 'delete from consent_token where home = $1 and case_number = $2 and query = $3',
    values: [home, number, query],
  })
}

import { personalContext } from './append/prepare.ts'
import { openChain, type PersonalValues } from './chain.ts'
import type { CaseHeads } from './keys/caseHeads.ts'
import { unseal } from './keys/cipher.ts'
import type { EarlierCommand, Json, LoadedCase, SaltedValue } from './ledger.ts'
import type { Database } from './postgres/database.ts'
import { homeByHome } from './views/homes.ts'

interface EventRow {
  seq: number
  hash: Buffer
  body: string
  sealed: Buffer | null
  wrapped: Buffer | null
}

/** The case's events in order, personal values opened. One round trip. */
export async function loadCase(database: Database, heads: CaseHeads, home: number, caseNumber: string): Promise<LoadedCase | null> {
  const rows = await selectEvents(database, home, caseNumber)
  const last = rows.at(-1)
  if (last === undefined) return null
  const key = last.wrapped && (await heads.unwrap(home, caseNumber, last.wrapped))
  const events = openChain(
    rows.map(({ seq, hash, body, sealed }) => ({
      ...{ hash, body },
      personal: sealed && key ? openPersonal(key, home, caseNumber, seq, sealed) : null,
    })),
  )
  heads.remember(home, caseNumber, { version: last.seq, hash: last.hash, key, newlyWrapped: null })
  return { version: last.seq, events }
}

/** Every personal value of the case with its salt, in the order of its events. */
export async function saltedValues(database: Database, heads: CaseHeads, home: number, caseNumber: string): Promise<SaltedValue[]> {
  const rows = await selectEvents(database, home, caseNumber)
  const wrapped = rows[0]?.wrapped
  if (!wrapped) return []
  const key = await heads.unwrap(home, caseNumber, wrapped)
  return rows.flatMap(({ seq, sealed }) =>
    sealed === null
      ? []
      : Object.entries(openPersonal(key, home, caseNumber, seq, sealed)).map(([name, { salt, value }]) => ({ seq, name, salt, value })),
  )
}

export function openPersonal(key: Buffer, home: number, caseNumber: string, seq: number, sealed: Buffer): PersonalValues {
  const opened = unseal(key, personalContext(home, caseNumber, seq), sealed)
  return JSON.parse(opened.toString()) as PersonalValues // as: sealed by ourselves, and GCM tells when it is not
}

export async function lookUpCommand(database: Database, home: number, key: string): Promise<EarlierCommand | null> {
  const [row] = await database.query<{ case_number: string; version: number; request_hash: string; result: string }>({
    name: 'look_up_command',
    text: 'select case_number, version, request_hash, result from command where home = $1 and key = $2',
    values: [home, key],
  })
  if (row === undefined) return null
  return { case: row.case_number, version: row.version, requestHash: row.request_hash, result: JSON.parse(row.result) as Json } // as: written by JSON.stringify
}

async function selectEvents(database: Database, home: number, caseNumber: string): Promise<EventRow[]> {
  return database.query<EventRow>({
    name: 'select_events',
    text: `
      select e.seq, e.hash, e.body, p.sealed, k.wrapped
      from event as e
      left join personal as p on p.home = e.home and p.case_number = e.case_number and p.seq = e.seq
      left join case_key as k on k.home = e.home and k.case_number = e.case_number
      where e.home = $1 and e.case_number = $2
      order by e.seq`,
    values: [home, caseNumber],
  })
}

/** The heads of the cases that somebody has on the screen: one probe each, home by home. */
export function caseVersions(database: Database, cases: readonly { home: number; case: string }[]) {
  return homeByHome(cases, (home, its) =>
    database.query<{ home: number; case: string; version: number }>({
      name: 'case_versions',
      text: `
        select h.home, h.number as "case", h.version
        from unnest($2::text[]) as a(number)
        cross join lateral (select * from case_head as h where h.home = $1 and h.number = a.number limit 1) as h`,
      values: [home, its.map((one) => one.case)],
    }),
  )
}

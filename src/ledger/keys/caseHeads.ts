import type { Database } from '../postgres/database.ts'
import { newKey } from './cipher.ts'
import type { KeyRing } from './keyRing.ts'

/** What an append must know of its case: where the chain stands, and the key for personal values. */
export interface CaseHead {
  version: number
  hash: Buffer
  /** null: destroyed. */
  key: Buffer | null
  /** The key wrapped for the database, when the database does not have it yet. */
  newlyWrapped: Buffer | null
}

export interface CaseHeads {
  /** The remembered head when it is at `version`, else the database's; a case that is not there gets a new key. */
  at(home: number, caseNumber: string, version: number): Promise<CaseHead>
  /** The case's key, made and kept in the database when it has none. null: destroyed. */
  keyOf(home: number, caseNumber: string): Promise<Buffer | null>
  remember(home: number, caseNumber: string, head: CaseHead): void
  forget(home: number, caseNumber: string): void
  unwrap(home: number, caseNumber: string, wrapped: Buffer): Promise<Buffer>
}

/** About 300 bytes each: some 6 MB. */
const mostRemembered = 20_000

export function caseHeads(database: Database, keyRing: KeyRing): CaseHeads {
  const remembered = new Map<string, CaseHead>()
  const nameOf = (home: number, caseNumber: string) => `${home}/${caseNumber}`
  const unwrap = async (home: number, caseNumber: string, wrapped: Buffer) => keyRing.unwrap(wrapped, nameOf(home, caseNumber))

  function remember(home: number, caseNumber: string, head: CaseHead): void {
    const name = nameOf(home, caseNumber)
    // Deleted first, so that the oldest in the map's order is the one unused for longest.
    remembered.delete(name)
    remembered.set(name, head)
    if (remembered.size <= mostRemembered) return
    const [oldest] = remembered.keys()
    if (oldest !== undefined) remembered.delete(oldest)
  }

  async function fetch(home: number, caseNumber: string): Promise<CaseHead> {
    const row = await selectHead(database, home, caseNumber)
    const head = { version: row?.version ?? 0, hash: row?.head ?? Buffer.alloc(0), newlyWrapped: null }
    if (row?.has_key) return { ...head, key: row.wrapped && (await unwrap(home, caseNumber, row.wrapped)) }
    return { ...head, ...(await makeKey(home, caseNumber)) }
  }

  async function makeKey(home: number, caseNumber: string) {
    const key = newKey()
    return { key, newlyWrapped: await keyRing.wrap(key, nameOf(home, caseNumber)) }
  }

  return {
    unwrap,
    remember,
    forget: (home, caseNumber) => void remembered.delete(nameOf(home, caseNumber)),
    at: async (home, caseNumber, version) => {
      const known = remembered.get(nameOf(home, caseNumber))
      if (known?.version === version) return known
      // The number of a new case is new: that the database has no key for it is checked by the append itself.
      if (version === 0) return { version: 0, hash: Buffer.alloc(0), ...(await makeKey(home, caseNumber)) }
      return fetch(home, caseNumber)
    },
    keyOf: async (home, caseNumber) => {
      const known = remembered.get(nameOf(home, caseNumber))
      if (known && known.newlyWrapped === null) return known.key
      const draft = await makeKey(home, caseNumber)
      await keepKey(database, home, caseNumber, draft.newlyWrapped)
      const head = await fetch(home, caseNumber)
      remember(home, caseNumber, head)
      return head.key
    },
  }
}

interface HeadRow {
  version: number | null
  head: Buffer | null
  wrapped: Buffer | null
  has_key: boolean
}

async function selectHead(database: Database, home: number, caseNumber: string): Promise<HeadRow | undefined> {
  const [row] = await database.query<HeadRow>({
    name: 'select_head',
    text: `
      select h.version, h.head, k.wrapped, k.case_number is not null as has_key
      from (select $1::integer as home, $2::text as number) as asked
      left join case_head as h on h.home = asked.home and h.number = asked.number
      left join case_key as k on k.home = asked.home and k.case_number = asked.number`,
    values: [home, caseNumber],
  })
  return row
}

/** Keeps the key unless there is one already, also a destroyed one. */
async function keepKey(database: Database, home: number, caseNumber: string, wrapped: Buffer): Promise<void> {
  await database.query({
    name: 'keep_key',
    text: 'insert into case_key (home, case_number, wrapped) values ($1, $2, $3) on conflict (home, case_number) do nothing',
    values: [home, caseNumber, wrapped],
  })
}

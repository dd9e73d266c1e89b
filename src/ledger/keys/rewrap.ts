import type { Database } from '../postgres/database.ts'
import { unseal } from './cipher.ts'
import type { KeyFile } from './keyFolder.ts'
import { keyRingOf } from './keyRing.ts'
import { replaceSealed, type SealedColumn, type SealedRow, selectSealed } from './sealedColumns.ts'

const rowsAtOnce = 1_000

/** A key in the database: where it stands, under what name it was wrapped, its bytes. */
interface Wrapped {
  readonly place: readonly (string | number)[]
  readonly context: string
  readonly wrapped: Buffer
}

/** Rows that hold keys of their own: cases, forms that are about no case, and what floors name as sealed. */
interface Shelf {
  page(after: readonly (string | number)[] | null): Promise<Wrapped[]>
  /** Puts the new wrapping where the old one still stands: a key that was destroyed or replaced meanwhile stays so. Tells how many. */
  replace(rows: readonly (Wrapped & { readonly by: Buffer })[]): Promise<number>
}

export interface Rewrapped {
  readonly moved: number
  /** Already under the current key. */
  readonly stood: number
  /** Opened by none of the keys: left as they are; `verify` names their cases. */
  readonly unopened: number
}

/** Wraps every key of the database by the current one of `keys` (the first). Chains and values are not touched. May be broken off and begun again. */
export async function rewrapAll(database: Database, keys: readonly KeyFile[], sealed: readonly SealedColumn[] = []): Promise<Rewrapped> {
  const [current, ...others] = keys.map(({ key }) => key)
  if (current === undefined) throw new RangeError('There is no key to wrap with.')
  const [ring, older] = [keyRingOf(current), others]
  let [moved, stood, unopened] = [0, 0, 0]
  for (const shelf of shelvesOf(database, sealed)) {
    for await (const rows of pagesOf(shelf)) {
      const changed: (Wrapped & { by: Buffer })[] = []
      for (const row of rows) {
        if (opens(current, row) !== null) stood += 1
        else {
          const key = older.map((one) => opens(one, row)).find((one) => one !== null)
          if (key) changed.push({ ...row, by: await ring.wrap(key, row.context) })
          else unopened += 1
        }
      }
      if (changed.length > 0) moved += await shelf.replace(changed)
    }
  }
  return { moved, stood, unopened }
}

/** How many keys of the database each of the installation's keys wraps, by id; `null`: opened by none. */
export async function countByKey(
  database: Database,
  keys: readonly KeyFile[],
  sealed: readonly SealedColumn[] = [],
): Promise<ReadonlyMap<string | null, number>> {
  const counts = new Map<string | null, number>(keys.map(({ id }) => [id, 0]))
  for (const shelf of shelvesOf(database, sealed)) {
    for await (const rows of pagesOf(shelf)) {
      for (const row of rows) {
        const id = keys.find(({ key }) => opens(key, row) !== null)?.id ?? null
        counts.set(id, (counts.get(id) ?? 0) + 1)
      }
    }
  }
  return counts
}

function opens(key: Buffer, { wrapped, context }: Wrapped): Buffer | null {
  try {
    return unseal(key, `key ${context}`, wrapped)
  } catch {
    return null
  }
}

async function* pagesOf(shelf: Shelf): AsyncGenerator<readonly Wrapped[]> {
  let after: Wrapped['place'] | null = null
  for (;;) {
    const rows: Wrapped[] = await shelf.page(after)
    if (rows.length > 0) yield rows
    after = rows.at(-1)?.place ?? null
    if (rows.length < rowsAtOnce) return
  }
}

const shelvesOf = (database: Database, sealed: readonly SealedColumn[]): Shelf[] => [
  caseKeys(database),
  formKeys(database),
  ...sealed.map((column) => columnOf(database, column)),
]

function columnOf(database: Database, column: SealedColumn): Shelf {
  const name = `${column.table}_${column.column}`
  return {
    async page(after) {
      const values = [after?.[0] ?? '', rowsAtOnce]
      const rows = await database.query<SealedRow>({ name: `page_of_${name}`, text: selectSealed(column), values })
      return rows.map(({ key, wrapped }) => ({ place: [key], context: column.contextOf(key), wrapped }))
    },
    async replace(rows) {
      const values = [rows.map(({ place }) => place[0]), rows.map(({ wrapped }) => wrapped), rows.map(({ by }) => by)]
      return (await database.query({ name: `rewrap_${name}`, text: replaceSealed(column), values })).length
    },
  }
}

function caseKeys(database: Database): Shelf {
  return {
    async page(after) {
      const rows = await database.query<{ home: number; case_number: string; wrapped: Buffer }>({
        name: 'page_of_case_keys',
        text: `
          select home, case_number, wrapped from case_key
          where wrapped is not null and (home, case_number) > ($1::integer, $2::text)
          order by home, case_number limit $3`,
        values: [...(after ?? [-1, '']), rowsAtOnce],
      })
      return rows.map(({ home, case_number, wrapped }) => ({ place: [home, case_number], context: `${home}/${case_number}`, wrapped }))
    },
    async replace(rows) {
      const done = await database.query({
        name: 'rewrap_case_keys',
        text: `
          update case_key as k set wrapped = n.by
          from unnest($1::integer[], $2::text[], $3::bytea[], $4::bytea[]) as n(home, number, old, by)
          where k.home = n.home and k.case_number = n.number and k.wrapped = n.old
          returning 1`,
        values: [
          rows.map(({ place }) => place[0]),
          rows.map(({ place }) => place[1]),
          rows.map(({ wrapped }) => wrapped),
          rows.map(({ by }) => by),
        ],
      })
      return done.length
    },
  }
}

function formKeys(database: Database): Shelf {
  return {
    async page(after) {
      const rows = await database.query<{ staff: string; action: string; wrapped: Buffer }>({
        name: 'page_of_form_keys',
        text: `
          select staff, action, wrapped from saved_form
          where wrapped is not null and home = 0 and case_number = '' and (staff, action) > ($1::text, $2::text)
          order by staff, action limit $3`,
        values: [...(after ?? ['', '']), rowsAtOnce],
      })
      return rows.map(({ staff, action, wrapped }) => ({ place: [staff, action], context: `form 0//${staff}${action}`, wrapped }))
    },
    async replace(rows) {
      const done = await database.query({
        name: 'rewrap_form_keys',
        text: `
          update saved_form as f set wrapped = n.by
          from unnest($1::text[], $2::text[], $3::bytea[], $4::bytea[]) as n(staff, action, old, by)
          where f.home = 0 and f.case_number = '' and f.staff = n.staff and f.action = n.action and f.wrapped = n.old
          returning 1`,
        values: [
          rows.map(({ place }) => place[0]),
          rows.map(({ place }) => place[1]),
          rows.map(({ wrapped }) => wrapped),
          rows.map(({ by }) => by),
        ],
      })
      return done.length
    },
  }
}

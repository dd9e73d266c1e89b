import type { CaseHeads } from './keys/caseHeads.ts'
import { newKey, seal, unseal } from './keys/cipher.ts'
import type { KeyRing } from './keys/keyRing.ts'
import type { SavedForm, SavedFormPlace, SavedForms } from './ledger.ts'
import type { Database } from './postgres/database.ts'

/** A person types into a few forms a day; who leaves fifty unsent has their oldest forgotten. */
const mostOfOnePerson = 50

export function savedForms(database: Database, heads: CaseHeads, keyRing: KeyRing): SavedForms {
  const ownKey = async (place: SavedFormPlace) => {
    const key = newKey()
    return { key, wrapped: await keyRing.wrap(key, contextOf(place)) }
  }
  const caseKey = async (of: NonNullable<SavedFormPlace['of']>) => ({ key: await heads.keyOf(of.home, of.case), wrapped: null })
  return {
    keep: async (form) => {
      const { key, wrapped } = form.of === null ? await ownKey(form) : await caseKey(form.of)
      if (key === null) return false
      await insertForm(database, form, wrapped, seal(key, contextOf(form), Buffer.from(form.values, 'utf8')))
      await deleteOld(database, form.staff, form.savedAt)
      return true
    },
    find: async (place, now) => {
      const row = await selectForm(database, place, now)
      if (row === undefined) return null
      const key =
        place.of === null ? row.wrapped && (await keyRing.unwrap(row.wrapped, contextOf(place))) : await keyOfCase(heads, place.of)
      if (key === null) return null
      const values = unseal(key, contextOf(place), row.sealed).toString('utf8')
      return { ...place, values, savedAt: row.saved_at, until: row.until }
    },
    forget: ({ of, action, staff }) => deleteForm(database, of, action, staff),
  }
}

const keyOfCase = (heads: CaseHeads, of: NonNullable<SavedFormPlace['of']>) => heads.keyOf(of.home, of.case)

/** Bound to whose it is and where it belongs: a row moved to somebody else does not open. */
const contextOf = ({ of, staff, action }: SavedFormPlace): string => `form ${of?.home ?? 0}/${of?.case ?? ''}/${staff}${action}`

interface Row {
  wrapped: Buffer | null
  sealed: Buffer
  saved_at: number
  until: number
}

async function insertForm(database: Database, form: SavedForm, wrapped: Buffer | null, sealed: Buffer): Promise<void> {
  const { of, staff, action, savedAt, until } = form
  await database.query({
    name: 'insert_saved_form',
    text: `
      insert into saved_form (home, case_number, staff, action, wrapped, sealed, saved_at, until) values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (home, case_number, staff, action) do update
      set wrapped = excluded.wrapped, sealed = excluded.sealed, saved_at = excluded.saved_at, until = excluded.until`,
    values: [of?.home ?? 0, of?.case ?? '', staff, action, wrapped, sealed, savedAt, until],
  })
}

/** Two statements and no subquery: a person's forms lie in many homes, and a deletion over many shards takes none. */
async function deleteOld(database: Database, staff: string, now: number): Promise<void> {
  const [oldest] = await database.query<{ saved_at: string }>({
    name: 'oldest_saved_form',
    text: 'select saved_at from saved_form where staff = $1 order by saved_at desc offset $2 limit 1',
    values: [staff, mostOfOnePerson - 1],
  })
  await database.query({
    name: 'delete_old_saved_forms',
    text: 'delete from saved_form where until <= $2 or (staff = $1 and saved_at < $3)',
    values: [staff, now, oldest?.saved_at ?? 0],
  })
}

async function selectForm(database: Database, { of, staff, action }: SavedFormPlace, now: number): Promise<Row | undefined> {
  const [row] = await database.query<Row>({
    name: 'select_saved_form',
    text: `
      select wrapped, sealed, saved_at, until
      from saved_form where home = $1 and case_number = $2 and staff = $3 and action = $4 and until > $5`,
    values: [of?.home ?? 0, of?.case ?? '', staff, action, now],
  })
  return row
}

async function deleteForm(database: Database, of: SavedFormPlace['of'], action: string, staff: string | undefined): Promise<void> {
  await database.query({
    name: 'delete_saved_form',
    text: `
      delete from saved_form
      where home = $1 and case_number = $2 and action = $3 and ($4::text is null or staff = $4)`,
    values: [of?.home ?? 0, of?.case ?? '', action, staff ?? null],
  })
}

import type { Json, Settings } from './ledger.ts'
import type { Database } from './postgres/database.ts'

/** A few facts about the installation: the demonstration's mark, the shift of its clock. */
export function ledgerSettings(database: Database): Settings {
  return {
    get: async (name) => {
      const [row] = await database.query<{ value: Json }>({
        name: 'get_setting',
        text: 'select value from setting where name = $1',
        values: [name],
      })
      return row?.value
    },
    set: async (name, value) => {
      await database.query({
        name: 'set_setting',
        text: 'insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value',
        values: [name, JSON.stringify(value)],
      })
    },
  }
}

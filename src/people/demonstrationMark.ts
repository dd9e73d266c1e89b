import type { Database } from '../ledger/postgres/database.ts'

/** Name of the ledger's setting that marks a database as a demonstration; it is set at creation and never taken away. */
export const demonstrationSetting = 'demonstration'

export async function isDemonstration(database: Database): Promise<boolean> {
  const rows = await database.query({
    name: 'people is demonstration',
    text: `select from setting where name = $1 and value = 'true'`,
    values: [demonstrationSetting],
  })
  return rows.length > 0
}

/** Marks an empty database; false: it holds people or cases of somebody and no mark. */
export async function claimDemonstration(database: Database): Promise<boolean> {
  await database.query({
    name: 'people claim demonstration',
    text: `insert into setting (name, value) select $1, 'true'
           where not exists (select from staff) and not exists (select from organisation) and not exists (select from case_head)
           on conflict (name) do nothing`,
    values: [demonstrationSetting],
  })
  return isDemonstration(database)
}

import type { Statement } from './postgres/database.ts'

/** Name of the setting that says when a backup was last made whole. RFC 3339, by the machine's clock. */
export const lastBackupSetting = 'lastBackup'

export interface LastCare {
  /** RFC 3339 by the law's clock; null: there is no seal yet. */
  sealed: string | null
  /** RFC 3339 by the machine's clock; null: no backup was ever made of this database. */
  backed: string | null
}

/** When this ledger was last sealed and last backed up. */
export const lastCare: Statement = {
  name: 'last_care',
  text: `
    select
      (select body::json ->> 'at' from seal order by number desc limit 1) as sealed,
      (select value #>> '{}' from setting where name = '${lastBackupSetting}') as backed`,
}

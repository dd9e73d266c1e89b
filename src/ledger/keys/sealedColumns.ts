/**
 * A column of secrets that lie under the installation's key, beside the keys of cases: a rotation wraps them anew, and a backup has them in its file of keys alone, under
 * the passphrase. Names are those of the code, never of anybody's input.
 */
export interface SealedColumn {
  readonly table: string
  /** The column that names a row: text, and the primary key. */
  readonly key: string
  /** `bytea`, and null where there is no secret: a restore fills it last. */
  readonly column: string
  /** Under which name the ring wrapped it. */
  readonly contextOf: (key: string) => string
}

export interface SealedRow {
  readonly key: string
  readonly wrapped: Buffer
}

/** Rows after a key, in the order of keys. */
export const selectSealed = ({ table, key, column }: SealedColumn): string =>
  `select ${key} as key, ${column} as wrapped from ${table} where ${column} is not null and ${key} > $1 order by ${key} limit $2`

/** Puts `$3` in the place of `$2`, where that still stands. */
export const replaceSealed = ({ table, key, column }: SealedColumn): string =>
  `update ${table} as t set ${column} = n.by from unnest($1::text[], $2::bytea[], $3::bytea[]) as n(key, old, by)
   where t.${key} = n.key and t.${column} = n.old returning 1`

export const fillSealed = ({ table, key, column }: SealedColumn): string => `update ${table} set ${column} = $2 where ${key} = $1`

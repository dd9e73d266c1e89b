import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Correction, LawChange, LawFile, LawLibrary } from './ledger.ts'
import type { Database } from './postgres/database.ts'

/** The text of every law file that this ledger has worked under, and the corrections that replaced one by another. */
export function lawLibrary(database: Database): LawLibrary {
  return {
    remember: (files) =>
      database.transaction(async (client) => {
        for (const file of files) refuseForeignDigest(file)
        const current = await currentVersions(client)
        const changed: LawChange[] = []
        for (const file of files) {
          const was = current.get(file.path)
          if (was === undefined) await addVersion(client, file, null)
          else if (was !== file.sha256) changed.push({ path: file.path, was, is: file.sha256 })
        }
        return changed
      }),
    correct: (correction) =>
      database.transaction(async (client) => {
        refuseForeignDigest(correction)
        const was = (await currentVersions(client)).get(correction.path)
        if (was === correction.sha256) return
        if (was !== correction.was) throw new TypeError(`${correction.path} is recorded as ${was}, not as ${correction.was}`)
        await addVersion(client, correction, correction)
      }),
    text: async (sha256) => {
      const [row] = await database.query<{ path: string; text: string }>({
        name: 'law_text',
        text: `select path, text from law_file where sha256 = decode($1, 'hex')`,
        values: [sha256],
      })
      return row === undefined ? null : { ...row, sha256 }
    },
    corrections: () => selectCorrections(database),
  }
}

/** Serialised: two servers that start together must not both record the first version. */
async function currentVersions(client: pg.ClientBase): Promise<Map<string, string>> {
  await client.query('lock table law_version in share row exclusive mode')
  const { rows } = await client.query<{ path: string; sha256: string }>(
    `select distinct on (path) path, encode(sha256, 'hex') as sha256 from law_version order by path, ordinal desc`,
  )
  return new Map(rows.map(({ path, sha256 }) => [path, sha256]))
}

async function addVersion(client: pg.ClientBase, file: LawFile, correction: Correction | null): Promise<void> {
  await client.query(`insert into law_file (sha256, path, text) values (decode($1, 'hex'), $2, $3) on conflict (sha256) do nothing`, [
    file.sha256,
    file.path,
    file.text,
  ])
  await client.query(
    `insert into law_version (path, ordinal, sha256, reason, actor, at)
     select $1, coalesce(max(ordinal), 0) + 1, decode($2, 'hex'), $3, $4, $5 from law_version where path = $1`,
    [file.path, file.sha256, correction?.reason ?? null, correction && JSON.stringify(correction.by), correction?.at ?? null],
  )
}

async function selectCorrections(database: Database) {
  return database.query<Omit<Correction, 'text'>>({
    name: 'corrections',
    text: `
      select v.path, encode(v.sha256, 'hex') as sha256, encode(b.sha256, 'hex') as was, v.reason, v.actor as by, v.at
      from law_version as v
      join law_version as b on b.path = v.path and b.ordinal = v.ordinal - 1
      order by v.at, v.path, v.ordinal`,
  })
}

function refuseForeignDigest({ path, sha256, text }: LawFile): void {
  const found = createHash('sha256').update(text, 'utf8').digest('hex')
  if (found !== sha256) throw new TypeError(`${path} has SHA-256 ${found}, not ${sha256}`)
}

/** Every text of the law that the ledger keeps, by SHA-256. */
export async function lawTexts(database: Database): Promise<Map<string, string>> {
  const rows = await database.query<{ sha256: string; text: string }>({
    name: 'all_law_texts',
    text: `select encode(sha256, 'hex') as sha256, text from law_file`,
    values: [],
  })
  return new Map(rows.map(({ sha256, text }) => [sha256, text]))
}

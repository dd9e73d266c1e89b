import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { canonical } from '../canonical.ts'

/**
 * What a backup says of itself, in `manifest.json`. Written last, and the folder gets its name after it: where there is no manifest there is no
 * backup. Tables lie as PostgreSQL's COPY in text form, compressed by Zstandard, so that any server and any person with `zstd` and `psql` can read them.
 */

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().nonnegative()
/** As the file lies on the disk: `sha256sum` says the same. */
const file = z.strictObject({ rows: count, bytes: count, sha256 })
const table = file.extend({
  table: z.string().regex(/^[a-z_][a-z0-9_]*$/),
  columns: z.array(z.string().regex(/^[a-z_][a-z0-9_]*$/)).min(1),
})

const contents = z.strictObject({
  format: z.literal('qyzmet-backup'),
  version: z.literal(2),
  /** Of the machine's clock, RFC 3339. */
  madeAt: z.string(),
  /** The server that it was made on, as it names itself. */
  server: z.string(),
  /** The newest migration of each floor of the tables; the ledger's is `''`. */
  migrations: z.record(z.string(), count),
  tables: z.array(table),
  effects: table,
  /** Where every chain ended. `sha256` is that of the lines `home TAB number TAB version TAB \\xhead LF` of all cases, by home and number. */
  heads: z.strictObject({ cases: count, events: count, sha256 }),
  /** The file of keys, which lies apart. `unopened`: those that did not open with the installation's key and are kept as they were. */
  keys: file.extend({ unopened: count }),
  /** Salt (base64) of the keys that are made from the passphrase. */
  salt: z.base64(),
})

const shape = contents.extend({
  /** Of the canonical JSON (RFC 8785) of everything above. */
  sha256,
  /** The same, under a key of the passphrase: who does not know it cannot make another manifest. */
  mac: sha256,
})

export type Manifest = z.infer<typeof shape>
export type ManifestContents = z.infer<typeof contents>
export type BackedUpTable = z.infer<typeof table>
export type BackedUpFile = z.infer<typeof file>

export const manifestName = 'manifest.json'
export const fileOf = (table: string): string => `${table}.copy.zst`

/** @param macKey 32 bytes */
export function sealManifest(said: ManifestContents, macKey: Buffer): Manifest {
  const text = canonical(said)
  return { ...said, sha256: digest(text), mac: mac(text, macKey) }
}

/** A manifest that was read, or why it is none of ours. */
export function parseManifest(text: string): Manifest | { reason: string } {
  const json = parsed(text)
  const read = shape.safeParse(json)
  if (!read.success) {
    const { format, version } = Object(json) as { format?: unknown; version?: unknown } // whatever stood there
    const other =
      format === 'qyzmet-backup' && version !== 2
        ? `is of version ${String(version)}; this release reads version 2`
        : 'is not a manifest of ours'
    return { reason: `${manifestName} ${other}` }
  }
  const { sha256: expected, mac: _mac, ...said } = read.data
  const found = digest(canonical(said))
  return found === expected ? read.data : { reason: `${manifestName} was altered: expected SHA-256 ${expected}, found ${found}` }
}

/** @param macKey 32 bytes */
export function isSealedBy({ sha256: _sha256, mac: expected, ...said }: Manifest, macKey: Buffer): boolean {
  return timingSafeEqual(Buffer.from(mac(canonical(said), macKey), 'hex'), Buffer.from(expected, 'hex'))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
const mac = (text: string, key: Buffer) => createHmac('sha256', key).update(text, 'utf8').digest('hex')

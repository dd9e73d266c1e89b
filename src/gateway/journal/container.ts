import { createHash } from 'node:crypto'
import { strToU8, type Zippable, zipSync } from 'fflate'
import type { ExchangeRow } from './journal.ts'
import type { MessageRecord } from './record.ts'

/** An event of the case's chain that names the exchange: with the case's proof it shows that the case was decided on this exchange and no other. */
export interface NamingEvent {
  readonly seq: number
  readonly type: string
  readonly hash: string
}

export interface Contained {
  readonly row: ExchangeRow
  readonly request: MessageRecord | null
  readonly response: MessageRecord | null
  readonly events: readonly NamingEvent[]
  /** RFC 3339, by the law's clock. */
  readonly madeAt: string
}

export const containerFormat = 'qyzmet-exchange-container/1'

/** What the manifest says of the exchange, and nothing else of its row. */
const told = [
  'id',
  'home',
  'case',
  'key',
  'attempt',
  'service',
  'direction',
  'messageId',
  'answerId',
  'correlationId',
  'sentAt',
  'answeredAt',
  'tookMs',
  'outcome',
] as const

/**
 * One exchange as a file that proves itself: the two messages without their secrets, the digests of the bytes as they were, what was found of their
 * signatures, the signers' certificates, and the digest of each of these. `SHA256SUMS` is checked by `sha256sum -c` alone; docs/verify/README.md
 * tells the rest. The same content gives the same bytes.
 */
export function containerOf({ row, request, response, events, madeAt }: Contained): Uint8Array {
  const files: Record<string, Uint8Array> = {}
  const messages = [request, response].flatMap((record) => (record === null ? [] : [described(record, files)]))
  const manifest = {
    format: containerFormat,
    madeAt,
    exchange: Object.fromEntries(told.map((name) => [name, row[name]])),
    messages,
    events,
    files: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, { sha256: sha256(bytes), size: bytes.length }])),
  }
  files['manifest.json'] = strToU8(`${JSON.stringify(manifest, null, 2)}\n`)
  const sums = Object.entries(files).map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`)
  // A zip has no zone: a fixed moment keeps the bytes the same wherever it is made.
  const entries: Zippable = {}
  for (const [name, bytes] of Object.entries({ ...files, SHA256SUMS: strToU8(sums.join('')) }))
    entries[name] = [bytes, { mtime: '1980-01-02' }]
  return zipSync(entries, { level: 6 })
}

function described(record: MessageRecord, files: Record<string, Uint8Array>) {
  const { part, body, removed, original, signature, trimmed } = record
  const bytes = strToU8(body)
  const name = `${part}.${body.trimStart().startsWith('<') ? 'xml' : body.trimStart().startsWith('{') ? 'json' : 'txt'}`
  files[name] = bytes
  if (signature?.certificate !== undefined) files[`${part}.certificate.der`] = Buffer.from(signature.certificate, 'base64')
  return {
    part,
    file: name,
    removed,
    original,
    ...(trimmed === undefined ? {} : { trimmed }),
    ...(signature === undefined
      ? {}
      : {
          signature: {
            valid: signature.valid,
            reason: signature.reason ?? null,
            algorithm: signature.algorithm ?? null,
            certificate: signature.certificate === undefined ? null : `${part}.certificate.der`,
          },
        }),
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

import { sealEvent } from '../chain.ts'
import { withOrigin } from '../effects/origin.ts'
import { sealFile } from '../files/fileStore.ts'
import type { CaseHead, CaseHeads } from '../keys/caseHeads.ts'
import { newKey, randomPiece, seal } from '../keys/cipher.ts'
import type { Append } from '../ledger.ts'
import { type ViewName, viewNames } from '../views/rows.ts'
import { wholeRow } from '../views/wholeRow.ts'

/** A command as the append function reads it: rows of all tables, ready to be sent. */
export interface Prepared {
  command: Append
  version: number
  /** What the case will be after it. */
  after: CaseHead
  rows: Rows
}

/** Rows of the types that `qyzmet_append` takes; the lists of several commands are simply joined. */
export interface Rows {
  commands: object[]
  events: object[]
  personal: object[]
  files: object[]
  chunks: object[]
  effects: object[]
  gone: object[]
  views: Partial<Record<ViewName, object[]>>
}

/** Hashes, seals and checks what can be checked here; throws TypeError on rows that the tables would lose or refuse. */
export async function prepare(command: Append, heads: CaseHeads): Promise<Prepared> {
  const { home, case: number, expectedVersion } = command
  // Files were put under the case's key, so the database has it even when the case is new.
  if (command.files?.length && expectedVersion === 0) await heads.keyOf(home, number)
  const head = await heads.at(home, number, expectedVersion)
  const rows: Rows = { commands: [], events: [], personal: [], files: [], chunks: [], effects: [], gone: [], views: {} }
  // Destroyed since the decision: the append answers that the case has moved, and what is sealed here is thrown away.
  const key = head.key ?? (head.version === expectedVersion ? null : newKey())
  let hash = head.hash
  command.events.forEach((event, index) => {
    const sealed = sealEvent(home, number, expectedVersion + index + 1, hash, event, () => randomPiece(16), command.events[index - 1])
    hash = sealed.hash
    rows.events.push({ home, case_number: number, seq: sealed.seq, hash, body: sealed.body })
    if (sealed.personal === null) return
    if (key === null) throw new TypeError(`the key of case ${number} was destroyed: it takes no personal values`)
    const kept = seal(key, personalContext(home, number, sealed.seq), Buffer.from(JSON.stringify(sealed.personal)))
    rows.personal.push({ home, case_number: number, seq: sealed.seq, sealed: kept })
  })
  const version = expectedVersion + command.events.length
  rows.commands.push({
    home,
    number,
    expected: expectedVersion,
    version,
    key: command.idempotencyKey,
    request: command.requestHash,
    head: hash,
    wrapped: expectedVersion === 0 ? head.newlyWrapped : null,
    result: JSON.stringify(command.result),
  })
  addFiles(command, key, rows)
  for (const { task, key, payload, runAt } of command.effects)
    rows.effects.push({ home, number, task, key, payload: withOrigin(payload), run_at: runAt })
  addViews(command, rows)
  return { command, version, after: { version, hash, key: head.key, newlyWrapped: null }, rows }
}

function addFiles({ home, case: number, files = [], keeps = [] }: Append, key: Buffer | null, rows: Rows): void {
  const kept = new Map(keeps.map((bytes) => sealFile(key, home, number, bytes)).map((file) => [file.sha256, file]))
  for (const { sha256, size, sealed } of kept.values()) {
    rows.files.push({ home, number, sha256: Buffer.from(sha256, 'hex'), size })
    for (const [position, piece] of sealed.entries())
      rows.chunks.push({ home, case_number: number, sha256: Buffer.from(sha256, 'hex'), position, sealed: piece })
  }
  for (const sha256 of files) if (!kept.has(sha256)) rows.files.push({ home, number, sha256: Buffer.from(sha256, 'hex'), size: null })
}

export function personalContext(home: number, caseNumber: string, seq: number): string {
  return `personal ${home}/${caseNumber}/${seq}`
}

function addViews({ home, case: number, views }: Append, rows: Rows): void {
  for (const view of viewNames) {
    const change = views[view]
    if (change === undefined) continue
    for (const key of change.remove) rows.gone.push({ view, home, number, key })
    if (change.put.length > 0) rows.views[view] = change.put.map((row) => wholeRow(view, home, number, row))
  }
}

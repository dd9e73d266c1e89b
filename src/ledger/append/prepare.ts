import { sealEvent } from '../chain.ts'
import { withOrigin } from '../effects/origin.ts'
import type { CaseHead, CaseHeads } from '../keys/caseHeads.ts'
import { randomPiece, seal } from '../keys/cipher.ts'
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
  effects: object[]
  gone: object[]
  views: Partial<Record<ViewName, object[]>>
}

/** Hashes, seals and checks what can be checked here; throws TypeError on rows that the tables would lose or refuse. */
export async function prepare(command: Append, heads: CaseHeads): Promise<Prepared> {
  const { home, case: number, expectedVersion } = command
  // Files were put under the case's key, so the database has it even when the case is new.
  if (command.files?.length) await heads.keyOf(home, number)
  const head = await heads.at(home, number, expectedVersion)
  const rows: Rows = { commands: [], events: [], personal: [], files: [], effects: [], gone: [], views: {} }
  let hash = head.hash
  command.events.forEach((event, index) => {
    const sealed = sealEvent(home, number, expectedVersion + index + 1, hash, event, () => randomPiece(16))
    hash = sealed.hash
    rows.events.push({ home, case_number: number, seq: sealed.seq, hash, body: sealed.body })
    if (sealed.personal === null) return
    if (head.key === null) throw new TypeError(`the key of case ${number} was destroyed: it takes no personal values`)
    const kept = seal(head.key, personalContext(home, number, sealed.seq), Buffer.from(JSON.stringify(sealed.personal)))
    rows.personal.push({ home, case_number: number, seq: sealed.seq, sealed: kept })
  })
  const version = expectedVersion + command.events.length
  rows.commands.push({
    number,
    expected: expectedVersion,
    version,
    key: command.idempotencyKey,
    request: command.requestHash,
    head: hash,
    wrapped: expectedVersion === 0 ? head.newlyWrapped : null,
    result: JSON.stringify(command.result),
  })
  for (const sha256 of command.files ?? []) rows.files.push({ number, sha256: Buffer.from(sha256, 'hex') })
  for (const { task, key, payload, runAt } of command.effects)
    rows.effects.push({ number, task, key, payload: withOrigin(payload), run_at: runAt })
  addViews(command, rows)
  return { command, version, after: { version, hash, key: head.key, newlyWrapped: null }, rows }
}

export function personalContext(home: number, caseNumber: string, seq: number): string {
  return `personal ${home}/${caseNumber}/${seq}`
}

function addViews({ home, case: number, views }: Append, rows: Rows): void {
  for (const view of viewNames) {
    const change = views[view]
    if (change === undefined) continue
    for (const key of change.remove) rows.gone.push({ view, number, key })
    if (change.put.length > 0) rows.views[view] = change.put.map((row) => wholeRow(view, home, number, row))
  }
}

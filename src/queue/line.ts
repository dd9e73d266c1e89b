import { createHash } from 'node:crypto'
import { canonical } from '../ledger/canonical.ts'
import type { LogLine } from './queue.ts'

export type UnsealedLine = Omit<LogLine, 'hash'>

/** Closes a line under the hash of the one before it; `prev` is empty for the first of a day. */
export function sealLine({ branch, day, seq, at, act, number, details }: UnsealedLine, prev: string): LogLine {
  const body = { branch, day, seq, at, act, number, details: { ...details } }
  return { ...body, hash: createHash('sha256').update(prev).update(canonical(body)).digest('hex') }
}

/** The place (`seq`) of the first line that does not follow from those before it; null: the log is whole from its beginning. */
export function firstBroken(lines: readonly LogLine[]): number | null {
  let prev = ''
  for (const [i, line] of lines.entries()) {
    if (line.seq !== i + 1 || sealLine(line, prev).hash !== line.hash) return i + 1
    prev = line.hash
  }
  return null
}

import type { FileFacts, Ledger, StoredEvent } from '../ledger/ledger.ts'
import type { Reading } from './reading.ts'
import { inspectScan, scanTypeOf } from './scans/inspect.ts'
import type { Flaw } from './scans/verdict.ts'
import type { Who } from './who.ts'

/** A scan that lies in a case. */
export interface Scan extends FileFacts {
  /** Hex. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

export type Attached =
  | { readonly kind: 'kept'; readonly scan: Scan }
  | { readonly kind: 'flawed'; readonly flaw: Flaw }
  /** The case takes nothing any more. */
  | { readonly kind: 'ended'; readonly clause: string | null }
  | { readonly kind: 'notFound' }

/** Scans of a case, for pages and API alike: read through before they are kept, shown to whoever may read the case, gone again until a step names them. */
export interface ScanRoom {
  attach(number: string, who: Who, bytes: Uint8Array): Promise<Attached>
  /** Of a case that the caller was shown already. */
  list(home: number, number: string): Promise<Scan[]>
  /** Leaves its row in the journal. null: there is none, or it is not the reader's to see. */
  open(number: string, sha256: string, who: Who): Promise<{ scan: Scan; bytes: Uint8Array } | null>
  /** Takes back what no step has named yet; anything else stays. */
  remove(number: string, sha256: string, who: Who): Promise<boolean>
}

/** Sixty documents, each laid in five times. */
const mostOfOneCase = 300

export function createScanRoom({ ledger, reading }: { readonly ledger: Ledger; readonly reading: Reading }): ScanRoom {
  const list = async (home: number, number: string): Promise<Scan[]> =>
    (await ledger.files.list(home, number)).flatMap(({ sha256, size, facts }) => (facts === null ? [] : [{ sha256, size, ...facts }]))
  return {
    list,
    attach: async (number, who, bytes) => {
      const found = await reading.case(number, who, 'step')
      if (found === null) return { kind: 'notFound' }
      const { home, state } = found.file
      if (state.ended !== null) return { kind: 'ended', clause: state.ended.clause }
      const verdict = await inspectScan(bytes)
      if (!verdict.ok) return { kind: 'flawed', flaw: verdict.flaw }
      const known = await list(home, number)
      if (known.length >= mostOfOneCase) return { kind: 'flawed', flaw: { code: 'tooMany', params: { most: mostOfOneCase } } }
      const sha256 = await ledger.files.put(home, number, bytes, verdict.facts)
      return { kind: 'kept', scan: { sha256, size: bytes.length, ...verdict.facts } }
    },
    open: async (number, sha256, who) => {
      if (!/^[0-9a-f]{64}$/.test(sha256)) return null
      const found = await reading.case(number, who, 'scan')
      if (found === null) return null
      const { home } = found.file
      const bytes = await ledger.files.get(home, number, sha256)
      const type = bytes === null ? undefined : scanTypeOf(bytes)
      // Signatures lie in the same store and are no scans.
      if (bytes === null || type === undefined) return null
      const kept = (await list(home, number)).find((one) => one.sha256 === sha256)
      return { bytes, scan: { sha256, size: bytes.length, type, pages: kept?.pages ?? 1 } }
    },
    remove: async (number, sha256, who) => {
      const found = await reading.case(number, who, 'step')
      if (found === null || namesFile(found.events, sha256)) return false
      const { home, version } = found.file
      const kept = (await list(home, number)).some((one) => one.sha256 === sha256)
      return kept && ledger.files.remove(home, number, sha256, version)
    },
  }
}

/** In any event, also one that a later one replaced: history keeps what it speaks of. */
const namesFile = (events: readonly StoredEvent[], sha256: string): boolean =>
  events.some(({ data }) => JSON.stringify(data).includes(sha256))

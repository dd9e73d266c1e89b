import type { Destructible } from './destructible.ts'
import type { EvidenceBook } from './evidence/evidence.ts'
import type { Seals } from './seals/seals.ts'
import type { CaseReads } from './views/cases/cases.ts'
import type { CustodyReads } from './views/custody/custody.ts'
import type { DueReads } from './views/due/due.ts'
import type { WatchReads } from './views/due/watch.ts'
import type { ViewChanges } from './views/rows.ts'
import type { LaneReads } from './views/work/lanes.ts'
import type { WorkReads } from './views/work/work.ts'

export type { Destructible } from './destructible.ts'
export type { EvidenceBook, EvidenceLeaf, EvidencePlace, KeptStamp, NewLeaf, NewStamp } from './evidence/evidence.ts'
export type { CaseProof, Seal, Seals } from './seals/seals.ts'
export type { CaseRow } from './views/cases/cases.ts'
export type { CustodyRow } from './views/custody/custody.ts'
export type { DueRow } from './views/due/due.ts'
export type { RunningCount, TermPosition, WatchedTerm } from './views/due/watch.ts'
export type { LaneCount, ListedItem, StillThere } from './views/work/lanes.ts'

export type { WorkItem, WorkPosition } from './views/work/work.ts'

/** The ledger's port. It keeps cases as chains of events and knows nothing of what the events mean. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

export interface Actor {
  kind: 'staff' | 'applicant' | 'system'
  id: string
  role?: string
  organisation?: string
  unit?: string
  /** Present where `id` did another's work in the other's role, and by which order. Old events have none. */
  acting?: { for: string; order: { number: string; date: string }; grant: string }
}

/** The law under which an event was decided; `sha256` (hex) is that of the regulation's file. */
export interface LawRef {
  regulation: string
  edition: string
  sha256: string
}

export interface NewEvent {
  type: string
  /** Version of this event type's shape, from 1. */
  schema: number
  /** RFC 3339 with offset, by the law's clock. */
  at: string
  actor: Actor
  clause: string | null
  law: LawRef
  /** Without a member `personal`: the ledger puts the digests there. */
  data: JsonObject
  /** Values that a lawful order can destroy: kept apart under the case's key, in the chain only as salted digests. */
  personal?: JsonObject
}

export interface StoredEvent extends NewEvent {
  home: number
  case: string
  /** From 1. */
  seq: number
  /**
   * Hex SHA-256 of `prev ‖ JCS{home, case, seq, type, schema, at, actor, clause, law, data}`; `prev` is empty for the first event. Under the hash, `actor`, `at`
   * and `law` stand only in the first event of a command and where they differ from the event before.
   */
  hash: string
  prev: string
}

/** Type of the event by which a destruction is known: the one that the ledger itself looks for. */
export const destruction = 'RecordsDestroyed'

/** Stands for each personal value of a case whose key was destroyed. */
export const erased: JsonObject = Object.freeze({ erased: true })

export interface Effect {
  /** Name of the handler given to `runEffects`. */
  task: string
  /** Unique within the case: the same key never waits twice. */
  key: string
  payload: Json
  /** RFC 3339; absent: at once. */
  runAt?: string
}

export interface Append {
  home: number
  case: string
  /** The version that the decision saw; 0 opens the case. */
  expectedVersion: number
  idempotencyKey: string
  /** Digest of the request, so that a key used again for another request is noticed. */
  requestHash: string
  events: NewEvent[]
  /** Given back to whoever repeats the request. */
  result: Json
  views: ViewChanges
  effects: Effect[]
  /** Hex SHA-256 of files that the events name: the append is refused with `FileMissing` when one was not put before, nor is among `keeps`. */
  files?: string[]
  /** Contents of files that come with the command and are kept if it is: the same as `files.put` before it, in one transaction. */
  keeps?: readonly Uint8Array[]
}

export type AppendOutcome =
  | { kind: 'appended'; version: number; result: Json }
  /** The key was used before by the same request: what it answered then. `case` may be another number than the one asked now. */
  | { kind: 'repeated'; version: number; result: Json; case: string }
  | { kind: 'keyReused' }
  | { kind: 'conflict'; version: number }
  | { kind: 'numberTaken' }

export interface EarlierCommand {
  case: string
  version: number
  requestHash: string
  result: Json
}

/** A personal value: SHA-256(salt's 16 bytes ‖ canonical value) is the digest that event `seq` holds under `name`. */
export interface SaltedValue {
  seq: number
  name: string
  /** Hex. */
  salt: string
  value: Json
}

export interface LoadedCase {
  version: number
  events: StoredEvent[]
}

/** What a scan was found to be. */
export interface FileFacts {
  /** Media type. */
  type: string
  pages: number
}

export interface KeptFile {
  /** Hex. */
  sha256: string
  size: number
  /** null of a file that is no scan, or was put before this was noted. */
  facts: FileFacts | null
}

export interface FileStore {
  /** Keeps the bytes under the case's key; returns their hex SHA-256. At most `longestFile` bytes. Putting the same bytes again changes nothing. */
  put(home: number, caseNumber: string, bytes: Uint8Array | AsyncIterable<Uint8Array>, facts?: FileFacts): Promise<string>
  /** All of a case, without their content. */
  list(home: number, caseNumber: string): Promise<KeptFile[]>
  /** Removes a file that no event names, as the caller saw at this version of the case; false when the case has moved since, or it is not there. */
  remove(home: number, caseNumber: string, sha256: string, version: number): Promise<boolean>
  /** null: never put, or destroyed with the case. */
  get(home: number, caseNumber: string, sha256: string): Promise<Uint8Array | null>
  /** The same in pieces of at most 256 KiB, one in memory at a time. */
  read(home: number, caseNumber: string, sha256: string): Promise<AsyncIterable<Uint8Array> | null>
}

/** A form as it was typed, kept for whoever typed it. */
export interface SavedForm {
  /** null: a form about no case. */
  of: { home: number; case: string } | null
  /** Who typed it: nobody else is given it. */
  staff: string
  /** The address that the form is sent to. */
  action: string
  /** Encoded as forms are. */
  values: string
  /** Milliseconds since 1970, by the machine's clock. */
  savedAt: number
  until: number
}

export type SavedFormPlace = Pick<SavedForm, 'of' | 'staff' | 'action'>

/** Forms not sent yet. Sealed under the key of their case, or one of their own; in no backup and no chain. */
export interface SavedForms {
  /** Replaces what was kept at this place. False: the case's key was destroyed. */
  keep(form: SavedForm): Promise<boolean>
  find(place: SavedFormPlace, now: number): Promise<SavedForm | null>
  /** `staff` absent: everybody's. */
  forget(place: Omit<SavedFormPlace, 'staff'> & { staff?: string }): Promise<void>
}

export interface JournalEntry {
  /** Where the reader sits: the row's shard. */
  home: number
  /** RFC 3339. */
  at: string
  who: string
  role: string
  purpose: string
  cases: { home: number; case: string }[]
  /** What a reading of this journal was about: `who:…`, `case:…`, `day:…`. */
  about?: string | null
}

export interface JournalRow extends JournalEntry {
  id: string
}

export interface JournalQuery {
  /** Where the readers sit. */
  home: number
  /** Only these readers; absent: everybody. */
  who?: readonly string[]
  /** Moments (RFC 3339): from, and before. */
  from: string
  until: string
  /** The last row of the page before. */
  after?: Pick<JournalRow, 'at' | 'id'>
  limit: number
}

export interface Journal {
  /** Resolves when the row is committed: only then may the answer leave. */
  record(entry: JournalEntry): Promise<void>
  /** Newest first. Of the rows of one role at most `few.limit` are given beside `limit` others, so that nobody can drown the others in their own. */
  ofCase(home: number, caseNumber: string, limit?: number, few?: { role: string; limit: number }): Promise<JournalRow[]>
  /** Newest first. */
  list(query: JournalQuery): Promise<JournalRow[]>
  /** When somebody read this case for one of the purposes, newest first; no more than `limit`. */
  readingsBy(who: string, home: number, caseNumber: string, purposes: readonly string[], limit: number): Promise<string[]>
}

export interface LawFile {
  path: string
  /** Hex, of the UTF-8 bytes of `text`. */
  sha256: string
  text: string
}

export interface LawChange {
  path: string
  was: string
  is: string
}

export interface Correction extends LawFile {
  /** Digest of the file that this one replaces. */
  was: string
  reason: string
  by: Actor
  /** RFC 3339. */
  at: string
}

export interface LawLibrary {
  /** Keeps the text of each new file; returns those whose content differs from the one recorded under the same path. Those are not kept: refuse to start, or record a correction. */
  remember(files: LawFile[]): Promise<LawChange[]>
  correct(correction: Correction): Promise<void>
  text(sha256: string): Promise<LawFile | null>
  /** Oldest first. */
  corrections(): Promise<Omit<Correction, 'text'>[]>
}

export interface Settings {
  get(name: string): Promise<Json | undefined>
  set(name: string, value: Json): Promise<void>
}

export interface Ledger {
  append(command: Append): Promise<AppendOutcome>
  load(home: number, caseNumber: string): Promise<LoadedCase | null>
  /** What the digests in the chain stand for, with the salts to compute them again; empty once they were destroyed. */
  values(home: number, caseNumber: string): Promise<SaltedValue[]>
  /** Versions of several cases at once; those that do not exist are left out. */
  versions(cases: readonly { home: number; case: string }[]): Promise<{ home: number; case: string; version: number }[]>
  lookUp(home: number, idempotencyKey: string): Promise<EarlierCommand | null>
  files: FileStore
  savedForms: SavedForms
  journal: Journal
  law: LawLibrary
  settings: Settings
  work: WorkReads
  /** A person's work list, with its filters. */
  lanes: LaneReads
  cases: CaseReads
  due: DueReads
  watch: WatchReads
  custody: CustodyReads
  seals: Seals
  evidence: EvidenceBook
  /**
   * Destroys the case's key, personal values, files, saved forms, waiting effects and view rows, for ever, and appends the event that says by whose order: one
   * transaction. The chain stays and still verifies. False: no such case, or destroyed before; nothing is appended then.
   * @param record of the type `destruction`, without personal values
   */
  destroy(home: number, caseNumber: string, record: NewEvent): Promise<boolean>
  /** What a destruction would take, and what it would leave. */
  destructible(home: number, caseNumber: string): Promise<Destructible>
  /** Runs the work if no other process holds the lock of this name, and tells whether it ran. */
  withAdvisoryLock<T>(name: string, work: () => Promise<T>): Promise<{ ran: true; value: T } | { ran: false }>
  close(): Promise<void>
}

/** The database does not answer. `outcome` unknown: the command may have been committed; repeat it with the same idempotency key. */
export class LedgerAway extends Error {
  readonly outcome: 'notDone' | 'unknown'

  constructor(outcome: 'notDone' | 'unknown', cause: unknown) {
    super('The ledger is away.', { cause })
    this.name = 'LedgerAway'
    this.outcome = outcome
  }
}

/** A command names a file that was not put before it. */
export class FileMissing extends Error {
  constructor(cause?: unknown) {
    super('A command names a file that is not in the ledger.', { cause })
    this.name = 'FileMissing'
  }
}

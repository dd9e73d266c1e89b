import type { StoredEvent } from '../../src/ledger/ledger.ts'

/** What lies in the database of the cases that a check is about, all of one snapshot. */
export interface Seen {
  readonly cases: readonly SeenCase[]
  /** Effects that wait to be run, of any case. */
  readonly jobs: readonly Job[]
  /** Rows of idempotency keys that were asked for by key: also those that name a case which is not there. */
  readonly commands: readonly CommandRow[]
}

export interface SeenCase {
  readonly home: number
  readonly number: string
  readonly version: number
  readonly events: readonly StoredEvent[]
  readonly commands: readonly CommandRow[]
  readonly notices: readonly NoticeRow[]
}

export interface CommandRow {
  readonly home: number
  readonly key: string
  readonly case: string
  readonly version: number
}

export interface NoticeRow {
  readonly key: string
  readonly channel: string
  readonly state: string
  readonly tries: number
}

export interface Job {
  /** `home/case/effect`. */
  readonly key: string
  readonly task: string
  readonly attempts: number
  /** It has failed so often that nobody will run it again. */
  readonly dead: boolean
}

export interface Head {
  readonly home: number
  readonly number: string
  readonly version: number
}

/** What does not hold. */
export interface Violation {
  readonly kind: /** Acknowledged, and not there. */
    | 'lost'
    /** There more than once. */
    | 'twice'
    /** Some of its events, row, case or views, and not all. */
    | 'halfWritten'
    /** Two answers to one idempotency key. */
    | 'twoResults'
    /** Refused, and there. */
    | 'refusedYetThere'
    /** In the ledger, and nobody sent it. */
    | 'strange'
    /** It was absent when everything was quiet, and is there later; or a case that was there is gone. */
    | 'changed'
    | 'effectLost'
    | 'effectTwice'
    /** An effect of a command that is not there. */
    | 'effectStrange'
    /** Said by `qyzmet verify`: chains, values, files, views. */
    | 'verify'
    /** Nothing was acknowledged any more after the fault, or what is to come back did not. */
    | 'notRecovered'
    /** A server's process ended by itself. */
    | 'crashed'
  readonly text: string
}

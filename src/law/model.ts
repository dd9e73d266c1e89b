import type { Examples } from './schema/examples.ts'
import type { GeneralLaw } from './schema/general.ts'
import type { Regulation } from './schema/regulation.ts'
import type { Standard, StandardEdition } from './schema/standard.ts'

/** A text file under `regulations/`; the path is relative to that folder, with `/`. */
export interface LawFile {
  readonly path: string
  readonly text: string
}

export interface FilePrint extends LawFile {
  /** Lower-case hexadecimal SHA-256 of the UTF-8 text. */
  readonly sha256: string
}

/** Digests to which a case is bound. Where a part has several files, the digest of their `<sha256>  <path>` lines in path order. */
export interface LawDigests {
  readonly regulation: string
  readonly standard: string
  readonly general: string
  /** Working calendars and `regions.yaml`: days, zones and opening hours. */
  readonly calendars: string
}

/** Everything by which a case is decided, frozen: the edition of the regulation with what it rests on. */
export interface Law {
  readonly regulation: Regulation
  readonly standard: Standard
  readonly edition: StandardEdition
  readonly general: readonly GeneralLaw[]
  readonly sha256: LawDigests
  /** Texts that the ledger keeps with the cases decided under them; examples are not among them. */
  readonly files: readonly FilePrint[]
  readonly examples?: Examples
}

/** No edition of the service's regulation is in force in the region on that day. Days are `yyyy-mm-dd`. */
export interface NotInForce {
  readonly refused: 'actNotInForce'
  readonly service: string
  readonly region: string
  readonly date: string
  /** The last edition begun before that day; where none has begun yet, the first to come; absent where nothing is known of the service. */
  readonly nearest?: Law
  /** The act that repealed that edition, if it is over. */
  readonly repealedBy?: NonNullable<Regulation['act']['repealed']>
}

export interface Library {
  /** Every edition of every regulation, by id, then by edition. */
  readonly regulations: readonly Law[]
  /** Calendars and regions as text, for the time floor. */
  readonly calendars: readonly FilePrint[]
  readonly regions?: FilePrint
  readonly general: readonly GeneralLaw[]
  readonly inForce: (service: string, region: string, date: string) => Law | NotInForce
  /** By the digest of the regulation's own file. */
  readonly bySha256: (sha256: string) => Law | undefined
  readonly find: (id: string, edition?: string) => Law | undefined
}

export const isInForce = (law: Law | NotInForce): law is Law => !('refused' in law)

import type { Database } from '../postgres/database.ts'
import { keepLeaves, keepRenewal } from './keep.ts'
import { selectAged, selectLeaves, selectOf, selectProofs, selectStamps, selectWithout } from './select.ts'

/** A file of a case by its address. */
export interface EvidencePlace {
  readonly home: number
  readonly case: string
  /** Hex. */
  readonly sha256: string
}

/** A time-stamp over a tree of hashes. What token and evidence say is the seals' matter. */
export interface NewStamp {
  /** Of the tree. */
  readonly digest: string
  readonly root: Uint8Array
  /** RFC 3161. */
  readonly token: Uint8Array
  /** Certificates of the authority, and what was said of their revocation. */
  readonly evidence: Uint8Array
  /** RFC 3339: the authority's word. */
  readonly stampedAt: string
  /** RFC 3339: when the first certificate of the authority's path ends. */
  readonly until: string
}

export interface KeptStamp extends Omit<NewStamp, 'evidence'> {
  /** From 1, in the order of making. */
  readonly number: number
  /** The stamp over this one's token, and the way there. */
  readonly renewed: { readonly by: number; readonly tree: Uint8Array } | null
  /** No record ends here any more. */
  readonly closed: boolean
}

/** One chain of a record: where its first stamp stands, and the way from the file's hash to it. */
export interface EvidenceLeaf extends EvidencePlace {
  /** From 1. */
  readonly chain: number
  readonly stamp: number
  /** See `tree.ts`. */
  readonly tree: Uint8Array
}

export type NewLeaf = EvidencePlace & Pick<EvidenceLeaf, 'chain' | 'tree'>

/** How far one reading goes; the next begins `after` its last. */
export interface EvidencePage {
  readonly after: EvidencePlace | null
  readonly limit: number
}

export interface Renewed {
  readonly number: number
  readonly tree: Uint8Array
  /** What proves that this stamp held when it was renewed. */
  readonly evidence: Uint8Array
}

/** Where evidence records lie: the parts that all of them share, and what each has of its own. */
export interface EvidenceBook {
  /** The database's own time, RFC 3339: by it files were put. */
  moment(): Promise<string>
  /**
   * Files that events of these types name and that have no record, in the order of their places; none of a case whose key was destroyed.
   * @param since RFC 3339: only files put since; null: all
   */
  without(page: EvidencePage, types: readonly string[], since: string | null): Promise<EvidencePlace[]>
  /** All of them, oldest first, or those from these on to the end of their chains. */
  stamps(from?: readonly number[]): Promise<KeptStamp[]>
  /** The `evidence` of these: apart, since a list of revoked certificates in it may have megabytes. */
  proofs(stamps: readonly number[]): Promise<Uint8Array[]>
  /** All chains of one file's record, in order; empty: it has none. */
  of(place: EvidencePlace): Promise<EvidenceLeaf[]>
  /** Every chain of the next so many files, in order. */
  leaves(page: EvidencePage): Promise<EvidenceLeaf[]>
  /** The same, of files whose newest chain begins at one of these stamps. */
  aged(page: EvidencePage, stamps: readonly number[]): Promise<EvidenceLeaf[]>
  /**
   * Keeps a stamp with what is under it, in one transaction; what has got the same chain meanwhile, or whose key was destroyed, is left out. Tells how many
   * leaves were kept; a stamp without one is not.
   */
  keep(stamp: NewStamp, leaves: readonly NewLeaf[]): Promise<number>
  /** Keeps a stamp over the tokens of others; those that were renewed meanwhile are left out. */
  renew(stamp: NewStamp, over: readonly Renewed[]): Promise<number>
  /** No record ends at these any more. */
  close(stamps: readonly number[]): Promise<void>
}

export function evidenceBook(database: Database): EvidenceBook {
  return {
    moment: async () => {
      const [row] = await database.query<{ now: string }>({ name: 'evidence_moment', text: 'select now() as now' })
      return row?.now ?? ''
    },
    without: (page, types, since) => selectWithout(database, page, types, since),
    stamps: (from) => selectStamps(database, from),
    proofs: (stamps) => selectProofs(database, stamps),
    of: (place) => selectOf(database, place),
    leaves: (page) => selectLeaves(database, page),
    aged: (page, stamps) => selectAged(database, page, stamps),
    keep: (stamp, leaves) => keepLeaves(database, stamp, leaves),
    renew: (stamp, over) => keepRenewal(database, stamp, over),
    close: async (stamps) => {
      await database.query({
        name: 'close_stamps',
        text: 'update evidence_stamp set closed = true where number = any ($1)',
        values: [stamps],
      })
    },
  }
}

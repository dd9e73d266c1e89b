import { createHash } from 'node:crypto'
import { canonical } from '../canonical.ts'
import { leafHash } from './merkle.ts'

/** What a seal says: every head that was ever sealed, in one root, and the seal before it. No personal data: it is for others to keep. */
export interface SealFacts {
  format: 'qyzmet-seal-1'
  /** From 1, without a gap. */
  number: number
  /** RFC 3339, by the law's clock. */
  at: string
  /** Hex hash of the seal before; '' of the first. */
  previous: string
  /** Leaves of the tree. */
  size: number
  /** Hex, of the Merkle tree over them. */
  root: string
  /** Cases that the ledger had at this moment. */
  cases: number
}

export interface Seal extends SealFacts {
  /** Hex SHA-256 of the canonical text of the facts. */
  hash: string
}

/** The head of a case at the moment when it was sealed. */
export interface SealedHead {
  home: number
  case: string
  version: number
  /** Hex: hash of the event `version`. */
  head: string
}

/** The canonical text (RFC 8785) that the seal's hash covers. */
export function sealText(facts: SealFacts): string {
  const { format, number, at, previous, size, root, cases } = facts
  return canonical({ format, number, at, previous, size, root, cases })
}

export const sealHash = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest()

/** As the ledger keeps it. `verify` is what doubts it. */
export function readSeal(body: string, hash: Buffer): Seal {
  return { ...(JSON.parse(body) as SealFacts), hash: hash.toString('hex') } // as: written by sealText
}

/** The leaf's data is the canonical text of the head; the keys stand in their order already, and a million of them are hashed at once. */
export function hashOfHead({ home, case: number, version, head }: SealedHead): Buffer {
  return leafHash(`{"case":${JSON.stringify(number)},"head":"${head}","home":${home},"version":${version}}`)
}

import { type DigestName, digestByOid } from '../algorithms/digests.ts'
import { digestIdentifier } from '../algorithms/identifiers.ts'
import { type Der, Fields, membersOf, readDer } from '../der/read.ts'
import { DerRefused } from '../der/refused.ts'
import { explicit, implicit, tags } from '../der/tags.ts'
import { octetsOf, oidOf, smallOf } from '../der/values.ts'
import * as der from '../der/write.ts'
import type { PartialTree } from './hashTree.ts'

/** A time-stamp over the root of a tree, with one group's way to it (RFC 4998, 4.1). */
export interface ArchiveTimestamp {
  /** The digest of its tree where it is written there; null: not written, then it is that of the time-stamp's imprint; `unknown`: one that we do not compute. */
  readonly digest: DigestName | 'unknown' | null
  readonly tree: PartialTree
  /** RFC 3161 token: a ContentInfo in DER. */
  readonly token: Uint8Array
}

/** An evidence record (RFC 4998): chains of archive time-stamps, a new one in the newest chain before the last one ages, a new chain before the digest does. */
export interface EvidenceRecord {
  readonly chains: readonly (readonly ArchiveTimestamp[])[]
  /** DER of each chain's place, for the renewal that covers all of the chains before it. */
  readonly sequences: readonly Uint8Array[]
}

const most = { chains: 64, stamps: 256, lists: 64, hashes: 4096 }

export function writeRecord(chains: readonly (readonly ArchiveTimestamp[])[]): Uint8Array {
  const names = [...new Set(chains.flat().flatMap(({ digest }) => (digest === null || digest === 'unknown' ? [] : digest)))]
  return der.sequence(der.whole(1), der.sequence(...names.map(digestIdentifier)), writeSequence(chains))
}

/** ArchiveTimeStampSequence. */
export function writeSequence(chains: readonly (readonly ArchiveTimestamp[])[]): Buffer {
  return der.sequence(...chains.map((chain) => der.sequence(...chain.map(writeTimestamp))))
}

function writeTimestamp({ digest, tree, token }: ArchiveTimestamp): Buffer {
  // The module is of implicit tags: [0] replaces the SEQUENCE of the identifier, [2] that of the lists.
  const identifier = digest === null || digest === 'unknown' ? [] : [der.element(explicit(0), readDer(digestIdentifier(digest)).content)]
  const lists = tree.map((list) => der.sequence(...list.map(der.octets)))
  return der.sequence(...identifier, ...(tree.length > 0 ? [der.tagged(2, ...lists)] : []), token)
}

/** null: damaged. */
export function readRecord(bytes: Uint8Array): EvidenceRecord | null {
  try {
    return parseRecord(Uint8Array.from(bytes))
  } catch (cause) {
    if (cause instanceof DerRefused) return null
    throw cause
  }
}

function parseRecord(bytes: Uint8Array): EvidenceRecord {
  const fields = new Fields(readDer(bytes, tags.sequence))
  if (smallOf(fields.next()) !== 1) throw new DerRefused('A version that there is not.')
  fields.next(tags.sequence)
  fields.optional(explicit(0))
  // What was enciphered is not ours: there is no key to try it with.
  if (fields.optional(explicit(1)) !== null) throw new DerRefused('A record over something enciphered.')
  const members = membersOf(fields.next(tags.sequence))
  fields.end()
  if (members.length === 0 || members.length > most.chains) throw new DerRefused('No chains, or too many.')
  const chains = members.map((chain) => {
    const stamps = membersOf(chain, tags.sequence)
    if (stamps.length === 0 || stamps.length > most.stamps) throw new DerRefused('No time-stamps, or too many.')
    return stamps.map(readTimestampOf)
  })
  return { chains, sequences: members.map((_, n) => der.sequence(...members.slice(0, n + 1).map((chain) => chain.bytes))) }
}

function readTimestampOf(value: Der): ArchiveTimestamp {
  const fields = new Fields(value)
  const identifier = fields.optional(explicit(0))
  if (fields.optional(explicit(1)) !== null || fields.optional(implicit(1)) !== null)
    throw new DerRefused('Attributes that we do not know.')
  const lists = fields.optional(explicit(2))
  const token = fields.next(tags.sequence).bytes
  fields.end()
  const tree = lists === null ? [] : membersOf(lists).map((list) => membersOf(list, tags.sequence).map(octetsOf))
  if (tree.length > most.lists || tree.some((list) => list.length === 0 || list.length > most.hashes))
    throw new DerRefused('A tree of another size.')
  return { digest: identifier === null ? null : (digestByOid(oidOf(new Fields(identifier, explicit(0)).next())) ?? 'unknown'), tree, token }
}

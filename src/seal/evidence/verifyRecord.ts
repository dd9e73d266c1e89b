import type { DigestName } from '../algorithms/digests.ts'
import { digestOfIdentifier } from '../algorithms/identifiers.ts'
import { digestBytes } from '../algorithms/verify.ts'
import { readTimestamp, type Timestamp } from '../cms/timestamp.ts'
import { readDer } from '../der/read.ts'
import { sameBytes } from '../der/values.ts'
import { type Court, gathering, judgeToken } from '../national/judge.ts'
import type { SealReason } from '../seal.ts'
import { type Evidence, noEvidence } from './evidence.ts'
import { climb } from './hashTree.ts'
import { type ArchiveTimestamp, type EvidenceRecord, readRecord } from './record.ts'
import { type Group, hashesOf, renewedHashes } from './renew.ts'

export interface RecordVerdict {
  /** Empty: the data existed at `since`, and nothing was changed from then on. */
  readonly reasons: readonly SealReason[]
  /** RFC 3339: the first time-stamp's. */
  readonly since: string | null
  /** RFC 3339: when the certificate of the authority that made the last time-stamp ends; before that it must be renewed. */
  readonly until: string | null
}

export interface RecordQuestion {
  readonly court: Court
  /** RFC 3339: now, or the last moment at which the newest time-stamp has to hold. */
  readonly at: string
  /** Certificates and revocations of the authorities that made the time-stamps. */
  readonly evidence?: Evidence
}

/**
 * Verifies an evidence record over data (RFC 4998, 5.3 at its end): every time-stamp holds at the moment when the next one was made, the last one at `at`; in a chain
 * each is over the one before; each chain's first is over the data and all chains before. Never throws for what it is handed.
 */
export async function verifyRecord(
  bytes: Uint8Array,
  group: Group,
  { court, at, evidence = noEvidence }: RecordQuestion,
): Promise<RecordVerdict> {
  const record = readRecord(bytes)
  const stamps = record === null ? [] : placesIn(record)
  if (stamps.length === 0 || group.length === 0) return { reasons: ['damaged'], since: null, until: null }
  const gathered = gathering(court, evidence, evidence.certificates)
  const reasons = new Set<SealReason>()
  let until: string | null = null
  for (const [index, place] of stamps.entries()) {
    const token = place.read
    const digest = digestOf(place)
    if (token === null || digest === null) {
      reasons.add(token === null ? 'damaged' : 'unknownAlgorithm')
      continue
    }
    // Within a chain one digest only (5.2): a weaker one would undo the chain.
    if (digest !== digestOf(place.first)) reasons.add('wrongAlgorithm')
    const root = await climb(digest, await hashesFor(digest, group, place), place.stamp.tree)
    if (root === null || !sameBytes(root, token.digest)) reasons.add('otherContent')
    const holdsAt = stamps[index + 1]?.read?.at ?? at
    const judged = await judgeToken(place.stamp.token, { hash: token.digest }, gathered, { at: holdsAt, holdsAt })
    for (const reason of 'reasons' in judged ? judged.reasons : []) reasons.add(reason)
    until = 'until' in judged ? judged.until : null
  }
  return { reasons: [...reasons], since: stamps[0]?.read?.at ?? null, until }
}

/** Whether the record has to get a new time-stamp by this moment (RFC 3339); one that cannot be believed any more, at once. */
export const mustRenew = ({ until }: RecordVerdict, by: string): boolean => until === null || Date.parse(until) <= Date.parse(by)

interface Place {
  readonly stamp: ArchiveTimestamp
  readonly read: Timestamp | null
  /** The one before it in its chain. */
  readonly before: ArchiveTimestamp | null
  /** All chains before its own, in DER; null: its own is the first. */
  readonly earlier: Uint8Array | null
  /** The first of its chain. */
  readonly first: Pick<Place, 'stamp' | 'read'>
}

function placesIn({ chains, sequences }: EvidenceRecord): Place[] {
  return chains.flatMap((chain, c) => {
    const read = chain.map(({ token }) => readTimestamp(token))
    return chain.map((stamp, n) => ({
      stamp,
      read: read[n] ?? null,
      before: chain[n - 1] ?? null,
      earlier: sequences[c - 1] ?? null,
      first: { stamp: chain[0] ?? stamp, read: read[0] ?? null },
    }))
  })
}

function digestOf({ stamp, read }: Pick<Place, 'stamp' | 'read'>): DigestName | null {
  if (stamp.digest === 'unknown') return null
  return stamp.digest ?? (read && digestOfIdentifier(readDer(read.digestAlgorithm)))
}

async function hashesFor(digest: DigestName, group: Group, { before, earlier }: Place): Promise<Uint8Array[]> {
  if (before !== null) return [await digestBytes(digest, before.token)]
  return earlier === null ? hashesOf(group, digest) : renewedHashes(group, earlier, digest)
}

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
import { chainedHashes, type Group, hashesOf } from './renew.ts'

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
  if (record === null || group.length === 0) return { reasons: ['damaged'], since: null, until: null }
  return verifyChains(record, (digest) => hashesOf(group, digest), tokenJudge(court, evidence), at)
}

/** Judges a token at the moment until which it had to hold; it is over whatever its own imprint says. */
export type TokenJudge = (token: Timestamp, bytes: Uint8Array, holdsAt: string) => ReturnType<typeof judgeToken>

export function tokenJudge(court: Court, evidence: Evidence): TokenJudge {
  const gathered = gathering(court, evidence, evidence.certificates)
  return ({ digest }, bytes, holdsAt) => judgeToken(bytes, { hash: digest }, gathered, { at: holdsAt, holdsAt })
}

/**
 * The same of a record that was read already, by whatever judges its tokens: a million records stand on a few hundred of them.
 * @param data the hashes of what the record is over
 */
export async function verifyChains(
  record: EvidenceRecord,
  data: (digest: DigestName) => Promise<readonly Uint8Array[]>,
  judge: TokenJudge,
  at: string,
  read: (token: Uint8Array) => Timestamp | null = readTimestamp,
): Promise<RecordVerdict> {
  const stamps = placesIn(record, read)
  const reasons = new Set<SealReason>(stamps.length === 0 ? ['damaged'] : [])
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
    const root = await climb(digest, await hashesFor(digest, data, place), place.stamp.tree)
    if (root === null || !sameBytes(root, token.digest)) reasons.add('otherContent')
    const judged = await judge(token, place.stamp.token, stamps[index + 1]?.read?.at ?? at)
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

function placesIn({ chains, sequences }: EvidenceRecord, reads: (token: Uint8Array) => Timestamp | null): Place[] {
  return chains.flatMap((chain, c) => {
    const read = chain.map(({ token }) => reads(token))
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

async function hashesFor(
  digest: DigestName,
  data: (digest: DigestName) => Promise<readonly Uint8Array[]>,
  { before, earlier }: Place,
): Promise<readonly Uint8Array[]> {
  if (before !== null) return [await digestBytes(digest, before.token)]
  const own = await data(digest)
  return earlier === null ? own : chainedHashes(own, earlier, digest)
}

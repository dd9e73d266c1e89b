import type { EvidenceLeaf, EvidencePlace, KeptStamp } from '../../ledger/ledger.ts'
import type { DigestName } from '../../seal/algorithms/digests.ts'
import { digestBytes } from '../../seal/algorithms/verify.ts'
import { readTimestamp, type Timestamp } from '../../seal/cms/timestamp.ts'
import { noEvidence, readEvidence } from '../../seal/evidence/evidence.ts'
import { type RecordVerdict, type TokenJudge, tokenJudge, verifyChains } from '../../seal/evidence/verifyRecord.ts'
import { type EvidenceParts, signedTypes } from './parts.ts'
import { byNumber, chainsOf, recordOf } from './record.ts'
import { agesBefore, dueBy } from './renew.ts'

/** What is to be done about a record: `timestamp` a new time-stamp before its authority's certificate ends; `digest` a new chain; `nothing`. */
export type Due = 'nothing' | 'timestamp' | 'digest'

export interface CheckedRecord extends RecordVerdict {
  readonly place: EvidencePlace
  readonly chains: number
  readonly due: Due
}

export interface Checked {
  readonly records: number
  /** Of these, those that do not hold. */
  readonly broken: number
  readonly due: number
  /** Signatures without a record. */
  readonly missing: number
  /** RFC 3339: the earliest end of all that hold; null: none does. */
  readonly until: string | null
}

type CheckParts = Pick<EvidenceParts, 'court' | 'digest' | 'marginMs' | 'now'> & {
  readonly ledger: Pick<EvidenceParts['ledger'], 'evidence' | 'files'>
}

const atOnce = 1000

/**
 * Judges every record of the ledger, one after the other: time-stamps once each, however many records stand on them. A file's first digest is its address, which `qyzmet
 * verify` holds against its content; for others it is opened. `told` hears of each.
 */
export async function checkRecords(parts: CheckParts, told: (record: CheckedRecord) => void = () => {}): Promise<Checked> {
  const { evidence } = parts.ledger
  const stamps = byNumber(await evidence.stamps())
  const { judge, read } = judgeOfAll(parts, stamps.values())
  let checked: Omit<Checked, 'missing'> = { records: 0, broken: 0, due: 0, until: null }
  let after: EvidencePlace | null = null
  for (;;) {
    const leaves: EvidenceLeaf[] = await evidence.leaves({ after, limit: atOnce })
    const last = leaves.at(-1)
    if (last === undefined) return { ...checked, missing: await countMissing(parts) }
    after = last
    for (const own of Map.groupBy(leaves, nameOf).values()) {
      const [place] = own
      if (place === undefined) continue
      const chains = chainsOf(own, stamps)
      const verdict = await verifyChains(recordOf(chains), hashesOf(parts, place), judge, parts.now(), read)
      const record = { place: placeOf(place), chains: chains.length, ...verdict, due: dueOf(parts, chains.at(-1)?.[0]?.digest, verdict) }
      checked = counted(checked, record)
      told(record)
    }
  }
}

const nameOf = ({ home, case: number, sha256 }: EvidencePlace): string => `${home}/${number}/${sha256}`
const placeOf = ({ home, case: number, sha256 }: EvidencePlace): EvidencePlace => ({ home, case: number, sha256 })

function counted({ records, broken, due, until }: Omit<Checked, 'missing'>, record: CheckedRecord): Omit<Checked, 'missing'> {
  const isBroken = record.reasons.length > 0
  const earlier = until === null || (record.until !== null && record.until < until) ? record.until : until
  return {
    records: records + 1,
    broken: broken + (isBroken ? 1 : 0),
    due: due + (record.due === 'nothing' ? 0 : 1),
    until: isBroken ? until : earlier,
  }
}

function dueOf(parts: CheckParts, digest: DigestName | 'unknown' | null | undefined, { until }: RecordVerdict): Due {
  if (digest !== undefined && digest !== null && digest !== 'unknown' && agesBefore(digest, parts.digest)) return 'digest'
  return until === null || Date.parse(until) <= dueBy(parts) ? 'timestamp' : 'nothing'
}

function hashesOf({ ledger: { files } }: CheckParts, { home, case: number, sha256 }: EvidencePlace) {
  return async (digest: DigestName): Promise<readonly Uint8Array[]> => {
    if (digest === 'sha256') return [Buffer.from(sha256, 'hex')]
    const bytes = await files.get(home, number, sha256)
    return bytes === null ? [] : [await digestBytes(digest, bytes)]
  }
}

/** Each token is read once, and judged once for each moment that is asked about, with the proofs that are kept of it. */
function judgeOfAll({ court, ledger }: CheckParts, stamps: Iterable<KeptStamp>) {
  const numbers = new Map<Uint8Array, number>([...stamps].map(({ number, token }) => [token, number]))
  const reads = new Map<Uint8Array, Timestamp | null>()
  const judged = new Map<Uint8Array, Map<string, ReturnType<TokenJudge>>>()
  const judgeAnew: TokenJudge = async (token, bytes, holdsAt) => {
    const [proof] = await ledger.evidence.proofs([numbers.get(bytes) ?? 0])
    return tokenJudge(court, (proof && readEvidence(proof)) ?? noEvidence)(token, bytes, holdsAt)
  }
  const judge: TokenJudge = (token, bytes, holdsAt) => {
    const own = judged.get(bytes) ?? new Map<string, ReturnType<TokenJudge>>()
    judged.set(bytes, own)
    const known = own.get(holdsAt) ?? judgeAnew(token, bytes, holdsAt)
    own.set(holdsAt, known)
    return known
  }
  const read = (token: Uint8Array): Timestamp | null => {
    const known = reads.get(token)
    if (known !== undefined) return known
    const made = readTimestamp(token)
    reads.set(token, made)
    return made
  }
  return { judge, read }
}

async function countMissing({ ledger: { evidence } }: CheckParts): Promise<number> {
  let missing = 0
  let after: EvidencePlace | null = null
  for (;;) {
    const places: EvidencePlace[] = await evidence.without({ after, limit: atOnce }, signedTypes, null)
    const last = places.at(-1)
    if (last === undefined) return missing
    missing += places.length
    after = last
  }
}

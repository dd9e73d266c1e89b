import type { KeptStamp } from '../../ledger/ledger.ts'
import { type DigestName, digests } from '../../seal/algorithms/digests.ts'
import { digestBytes } from '../../seal/algorithms/verify.ts'
import { noEvidence, readEvidence, writeEvidence } from '../../seal/evidence/evidence.ts'
import { gathering, judgeToken } from '../../seal/national/judge.ts'
import type { SealReason } from '../../seal/seal.ts'
import { type EvidenceFailure, type EvidenceParts, stampOver, usualAtOnce } from './parts.ts'
import { digestOf } from './record.ts'

/** A time-stamp that holds no more, though records end at it: what stands under it is proven no further. */
export interface LostStamp {
  readonly number: number
  readonly reasons: readonly SealReason[]
}

export interface RenewedStamps {
  /** Time-stamps that got another one over them. */
  readonly renewed: number
  readonly lost: readonly LostStamp[]
  readonly failure: EvidenceFailure | null
}

/** Records end at these. */
export const living = (stamps: readonly KeptStamp[]): KeptStamp[] => stamps.filter(({ renewed, closed }) => renewed === null && !closed)

/** By when a time-stamp has to have got another one. */
export const dueBy = ({ now, marginMs }: Pick<EvidenceParts, 'now' | 'marginMs'>): number => Date.parse(now()) + marginMs

/**
 * A new time-stamp over every one that ends soon (RFC 4998, 5.2): all records that stand on them are renewed with them, and none is touched. One that does not hold any more
 * cannot be renewed, and is told.
 */
export async function renewStamps(parts: EvidenceParts): Promise<RenewedStamps> {
  const due = living(await parts.ledger.evidence.stamps()).filter(({ until }) => Date.parse(until) <= dueBy(parts))
  const lost: LostStamp[] = []
  let renewed = 0
  let failure: EvidenceFailure | null = null
  for (const [digest, all] of Map.groupBy(due, digestOf))
    for (let at = 0; at < all.length; at += parts.atOnce ?? usualAtOnce) {
      const done = await renewTogether(parts, digest, all.slice(at, at + (parts.atOnce ?? usualAtOnce)))
      renewed += done.renewed
      lost.push(...done.lost)
      failure ??= done.failure
    }
  return { renewed, lost, failure }
}

async function renewTogether(parts: EvidenceParts, digest: DigestName, stamps: readonly KeptStamp[]): Promise<RenewedStamps> {
  const judged: (Awaited<ReturnType<typeof holdsNow>> & { readonly stamp: KeptStamp })[] = []
  // One after the other: thousands of questions at once would be an outage of our own.
  for (const stamp of stamps) judged.push({ stamp, ...(await holdsNow(parts, stamp)) })
  const lost = judged.flatMap(({ stamp: { number }, reasons }) => (reasons.length > 0 ? [{ number, reasons }] : []))
  const whole = judged.filter(({ reasons }) => reasons.length === 0)
  // Whether an authority was revoked may be told another day; what is certain is not.
  const certain = lost.filter(({ reasons }) => !reasons.includes('statusUnknown'))
  const unknown: EvidenceFailure | null = certain.length < lost.length ? { kind: 'notBelieved', reasons: ['statusUnknown'] } : null
  if (whole.length === 0) return { renewed: 0, lost: certain, failure: unknown }
  const hashes = await Promise.all(whole.map(({ stamp }) => digestBytes(digest, stamp.token)))
  const stamped = await stampOver(parts, digest, hashes)
  if ('kind' in stamped) return { renewed: 0, lost: certain, failure: stamped }
  // An authority that has no newer certificate yet gives nothing by being asked every night.
  const { until } = stamped.stamp
  const longer = whole.flatMap(({ stamp, evidence }, n) =>
    Date.parse(stamp.until) < Date.parse(until) ? [{ number: stamp.number, tree: stamped.trees[n] ?? Buffer.alloc(0), evidence }] : [],
  )
  if (longer.length === 0) return { renewed: 0, lost: certain, failure: unknown ?? { kind: 'notNewer', until } }
  return { renewed: await parts.ledger.evidence.renew(stamped.stamp, longer), lost: certain, failure: unknown }
}

/** Whether a time-stamp still holds, with what proves it at this moment: that is what will be asked of it when the next one is all that is young. */
export async function holdsNow(
  { court, ledger, now }: Pick<EvidenceParts, 'court' | 'ledger' | 'now'>,
  { number, root, token }: KeptStamp,
): Promise<{ readonly reasons: readonly SealReason[]; readonly evidence: Uint8Array }> {
  const [proof] = await ledger.evidence.proofs([number])
  const kept = (proof && readEvidence(proof)) ?? noEvidence
  const gathered = gathering(court, kept, kept.certificates)
  const judged = await judgeToken(token, { hash: root }, gathered, { at: now(), holdsAt: now() })
  const evidence = writeEvidence({ ...gathered.used(), timestamps: [] })
  return { reasons: 'reasons' in judged ? judged.reasons : [], evidence }
}

/** Whether trees of the one give way to trees of the other: a shorter digest ages first, and so does one that nothing new is made with. */
export const agesBefore = (one: DigestName, other: DigestName): boolean =>
  one !== other && (digests[one].size < digests[other].size || (digests[one].legacy && !digests[other].legacy))

import { packTree } from '../../ledger/evidence/tree.ts'
import type { Ledger, NewStamp } from '../../ledger/ledger.ts'
import type { DigestName } from '../../seal/algorithms/digests.ts'
import type { Stamp } from '../../seal/cms/sign.ts'
import { noEvidence, writeEvidence } from '../../seal/evidence/evidence.ts'
import { buildTree } from '../../seal/evidence/hashTree.ts'
import { type Court, gathering, judgeToken } from '../../seal/national/judge.ts'
import type { SealReason } from '../../seal/seal.ts'

/** What evidence records are made and renewed with. */
export interface EvidenceParts {
  readonly ledger: Pick<Ledger, 'evidence' | 'files' | 'settings' | 'withAdvisoryLock'>
  readonly court: Court
  readonly stamp: Stamp
  /** RFC 3339 by the law's clock. */
  readonly now: () => string
  /** Of new trees; records of a shorter one get a new chain. */
  readonly digest: DigestName
  /** So long before the authority's certificate ends a time-stamp is renewed. Milliseconds. */
  readonly marginMs: number
  /** Signatures under one time-stamp: what is in memory at a time. Default 4096. */
  readonly atOnce?: number
}

export const usualAtOnce = 4096

/** Events that name a signed file: what was signed, with its signature. */
export const signedTypes = ['AnswerSigned', 'RequestSealed'] as const

/** Why the authority gave nothing that can be relied on. `away` it does not answer; `notBelieved` what it gave does not hold, and why; `notNewer` its certificate ends no later than what is to be renewed. */
export type EvidenceFailure =
  | { readonly kind: 'away' }
  | { readonly kind: 'notBelieved'; readonly reasons: readonly SealReason[] }
  | { readonly kind: 'notNewer'; readonly until: string }

export interface Stamped {
  readonly stamp: NewStamp
  /** Of each hash the way to the root, as a row keeps it. */
  readonly trees: readonly Uint8Array[]
}

/** A time-stamp over hashes, judged before anything rests on it. */
export async function stampOver(
  { court, stamp, now }: Pick<EvidenceParts, 'court' | 'stamp' | 'now'>,
  digest: DigestName,
  hashes: readonly Uint8Array[],
): Promise<Stamped | EvidenceFailure> {
  const { root, paths } = await buildTree(
    digest,
    hashes.map((hash) => [hash]),
  )
  const token = await stamp({ digest, hash: root })
  if (token === null) return { kind: 'away' }
  const gathered = gathering(court, noEvidence, [])
  const judged = await judgeToken(token, { hash: root }, gathered, { at: now() })
  if ('reasons' in judged) return { kind: 'notBelieved', reasons: judged.reasons }
  const evidence = writeEvidence({ ...gathered.used(), timestamps: [] })
  return { stamp: { digest, root, token, evidence, stampedAt: judged.at, until: judged.until }, trees: paths.map(packTree) }
}

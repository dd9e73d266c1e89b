import type { Ledger } from '../../ledger/ledger.ts'
import { httpAsking } from '../../seal/certificates/asking.ts'
import type { Court } from '../../seal/national/judge.ts'
import type { NationalKeys } from '../../seal/national/open.ts'
import { stampFrom } from '../../seal/national/stamping.ts'
import type { EvidenceParts } from './parts.ts'
import { type EvidenceSettings, usualEvidence } from './settings.ts'

export interface EvidenceOpening {
  readonly ledger: EvidenceParts['ledger'] & Pick<Ledger, 'evidence'>
  readonly court: Court
  readonly seals: NationalKeys & { readonly evidence?: EvidenceSettings }
  /** RFC 3339 by the law's clock. */
  readonly now: () => string
}

/** What records are made, renewed and checked with in this installation. Without an authority of time-stamps none is made. */
export function openEvidence({ ledger, court, seals, now }: EvidenceOpening): EvidenceParts {
  const { marginDays, digest } = seals.evidence ?? usualEvidence
  const stamp = seals.timestamps === undefined ? async () => null : stampFrom(seals.timestamps, httpAsking())
  return { ledger, court, stamp, now, digest, marginMs: marginDays * 24 * 3_600_000 }
}

import { readCms } from '../cms/read.ts'
import { noEvidence } from '../evidence/evidence.ts'
import type { SealReason } from '../seal.ts'
import { type Court, judgeCms } from './judge.ts'

/** Whose key answered, as its certificate says. */
export interface SignInHolder {
  readonly iin: string
  /** Of the organisation whose employee's key it is; null: a person's own. */
  readonly bin: string | null
}

export type SignInVerdict =
  | { readonly kind: 'holder'; readonly holder: SignInHolder }
  /** Every reason why not; `wrongUsage`: a key that only signs documents. */
  | { readonly kind: 'refused'; readonly reasons: readonly SealReason[] }

/** Whether an answer to a challenge shows who somebody is. */
export interface SignInJudge {
  /** @param at RFC 3339 by the law's clock: now. Never throws for what it is handed. */
  judge(challenge: Uint8Array, cms: Uint8Array, at: string): Promise<SignInVerdict>
}

/**
 * Answers by keys of the national certification centre: a CMS over the challenge by one key, which is for signing in and not for documents, its certificate leading
 * to a pinned root, valid and not revoked. The challenge is minutes old, so a time-stamp in the CMS brings no earlier moment than that.
 */
export function signInJudge(court: () => Promise<Court>): SignInJudge {
  return {
    async judge(challenge, given, at) {
      const cms = readCms(given)
      // Of several signers none would be the one who comes in.
      if (cms === null || cms.signers.length !== 1) return { kind: 'refused', reasons: ['damaged'] }
      const { signers } = await judgeCms(cms, challenge, await court(), { at, evidence: noEvidence, use: 'signIn' })
      const [signer] = signers
      if (signer === undefined || signer.certificate === null || signer.reasons.length > 0)
        return { kind: 'refused', reasons: signer?.reasons.length ? signer.reasons : ['damaged'] }
      const { iin, bin } = signer.certificate.holder
      if (iin === null) return { kind: 'refused', reasons: ['wrongPerson'] }
      // One of an organisation that cannot be read is no key of the person alone.
      if (bin === null && signer.certificate.usages.has('legalEntity')) return { kind: 'refused', reasons: ['wrongOrganisation'] }
      return { kind: 'holder', holder: { iin, bin } }
    },
  }
}

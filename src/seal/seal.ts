/** Digital signatures. What is signed are the bytes of canonical JSON (RFC 8785); pages and papers are rendered from it alone. */

export interface Signer {
  readonly staffId: string
  readonly iin: string
  /** Surname, name and patronymic as in the certificate. */
  readonly name: string
  readonly organisationBin: string
  /** Code of the role in which the person signs. */
  readonly role: string
}

/** A detached signature with everything that checking it needs. */
export interface Signature {
  /** `ecdsa-p256-sha256/1` of the simulator; `cms` of national keys (CAdES-BES or -T in DER, detached). An unknown one is a verdict, not a breakage. */
  readonly algorithm: string
  /** The signer's certificate, then its issuers below the root: PEM. */
  readonly certificate: string
  readonly value: Uint8Array
  /** RFC 3339: by the signer's own word. Validity is judged by the time of receipt or a trusted time-stamp, never by this. */
  readonly signedAt: string
  /** Hex SHA-256 of the signed bytes. */
  readonly digest: string
  /** What proves that it was valid when it was received, for whoever checks years later without any network: `qyzmet.evidence/1` in UTF-8. */
  readonly evidence?: Uint8Array
}

/**
 * What the signing side (the browser with its key, or the simulator) is asked to sign. The server keeps it, or makes it again from the same
 * document and the same session: nothing of it is ever taken back from the browser, only the signature is.
 */
export interface ToBeSigned {
  readonly bytes: Uint8Array
  /** Hex SHA-256 of `bytes`. */
  readonly digest: string
  readonly signer: Signer
  /** RFC 3339 by the law's clock. */
  readonly preparedAt: string
}

/**
 * Why a signature is not taken: `cancelled` by the person; `noKey` the person has none; `wrongPerson` the IIN is another's;
 * `wrongOrganisation` the BIN is; `expired`, `notYetValid`, `revoked` at the time that counts; `wrongUsage` a key for sign-in only;
 * `untrusted` no path to a pinned root; `otherContent` the bytes are not those that were signed; `badSignature` the arithmetic says no;
 * `unknownAlgorithm`; `weakAlgorithm` one that can be forged today (SHA-1, RSA under 2048 bits); `wrongAlgorithm` the key is of another kind than the
 * signature says; `statusUnknown` nobody could tell whether the
 * certificate was revoked: an outage, to be tried again; `badTimestamp` the time-stamp is not over this signature, or is itself not to be believed;
 * `damaged` cannot be read. Words: `seal.<code>`.
 */
export const sealReasons = [
  'cancelled',
  'noKey',
  'wrongPerson',
  'wrongOrganisation',
  'expired',
  'notYetValid',
  'revoked',
  'wrongUsage',
  'untrusted',
  'otherContent',
  'badSignature',
  'unknownAlgorithm',
  'weakAlgorithm',
  'wrongAlgorithm',
  'statusUnknown',
  'badTimestamp',
  'damaged',
] as const
export type SealReason = (typeof sealReasons)[number]

export type SealOutcome =
  | { readonly kind: 'signed'; readonly signature: Signature; readonly signer: Signer }
  /** All reasons that were found, the first the one to show. */
  | { readonly kind: 'refused'; readonly reasons: readonly SealReason[] }

export interface Verdict {
  readonly valid: boolean
  /** Empty only if valid. */
  readonly reasons: readonly SealReason[]
  /** From the certificate; null where it cannot be read. */
  readonly signedBy: { readonly iin: string; readonly name: string; readonly organisationBin: string | null } | null
}

export interface Expectation {
  /** RFC 3339, the trusted time at which the certificate had to be valid: receipt, or a time-stamp. */
  readonly at: string
  /** By whose word: default our own, `receipt`; `record`: an evidence record proves that the signature was there at that moment. */
  readonly by?: 'receipt' | 'record'
  /** Whose signature it must be; absent: anybody's under a pinned root. */
  readonly signer?: Pick<Signer, 'iin' | 'organisationBin'>
}

/** Two phases, because the key is elsewhere: in the person's browser, token or telephone. */
export interface Seal {
  /** Fixes what is to be signed and by whom. */
  prepare(request: { readonly bytes: Uint8Array; readonly signer: Signer; readonly at: string }): Promise<ToBeSigned>
  /** Judges what the signing side made against what was prepared, at the time of receipt `at`. That a step is signed once is the case's matter, by its version. */
  accept(prepared: ToBeSigned, signature: Signature, at: string): Promise<SealOutcome>
  /** Judges any bytes and signature, however damaged; never throws for them. */
  verify(bytes: Uint8Array, signature: Signature, expectation: Expectation): Promise<Verdict>
}

/** A seal that holds the keys itself and so does both phases at once: the simulator; an organisation's own key on the server. */
export interface SigningSeal extends Seal {
  sign(request: { readonly bytes: Uint8Array; readonly signer: Signer; readonly at: string }): Promise<SealOutcome>
}

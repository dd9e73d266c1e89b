import type { DigestName } from '../algorithms/digests.ts'
import { digestOfIdentifier } from '../algorithms/identifiers.ts'
import { digestBytes } from '../algorithms/verify.ts'
import { type Certificate, readCertificates } from '../certificates/certificate.ts'
import type { TrustStore } from '../certificates/path.ts'
import { toPem } from '../certificates/pem.ts'
import type { Revocations } from '../certificates/revocation.ts'
import { oids } from '../cms/identifiers.ts'
import { type Cms, readCms } from '../cms/read.ts'
import type { Stamp } from '../cms/sign.ts'
import { type Evidence, noEvidence, readEvidence, writeEvidence } from '../evidence/evidence.ts'
import type { Expectation, Seal, SealReason, Signature, Verdict } from '../seal.ts'
import { digestOf } from '../signed.ts'
import { type Court, type JudgedSigner, judgeCms } from './judge.ts'

export interface NationalSealOptions {
  readonly trust: TrustStore
  /** Asks whether certificates were revoked. A status that nobody tells refuses the signature (`statusUnknown`): an outage is not "not revoked". */
  readonly revocations: Revocations
  /** Adds a time-stamp of its own to signatures that came without; where the authority does not answer they go without. */
  readonly stamp?: Stamp | undefined
}

/** `Signature.algorithm`: a detached CMS in DER, whatever its keys compute. */
export const algorithm = 'cms'

/**
 * Signatures by keys of the national certification centre: a detached CMS over the bytes, by one person or several, its certificates leading to pinned roots, nobody
 * on the path revoked, a signing key, of the person and the organisation that were expected; all at the trusted time (the time-stamp, else the receipt).
 * What proves it is kept in the signature at receipt, and is all that judging it later needs.
 */
export function nationalSeal({ trust, revocations, stamp }: NationalSealOptions): Seal {
  async function judge(bytes: Uint8Array, signature: Signature, court: Court, { at, by, signer }: Expectation): Promise<Judged> {
    if (signature.algorithm !== algorithm) return damagedBy('unknownAlgorithm')
    const evidence = signature.evidence === undefined ? noEvidence : readEvidence(signature.evidence)
    const cms = readCms(signature.value)
    if (cms === null || evidence === null) return damagedBy('badSignature', 'damaged')
    const { signers, evidence: used } = await judgeCms(cms, bytes, court, { at, by, evidence })
    const reasons = new Set(signers.flatMap((one) => one.reasons))
    if (digestOf(bytes) !== signature.digest) reasons.add('otherContent')
    if (!namesSigner(signature.certificate, signers)) reasons.add('damaged')
    const who = whoOf(signers, signer)
    for (const reason of signer === undefined ? [] : flawsOfPerson(who?.certificate ?? null, signer)) reasons.add(reason)
    return { verdict: { valid: reasons.size === 0, reasons: [...reasons], signedBy: signedBy(who) }, signers, evidence: used, cms }
  }

  return {
    async prepare({ bytes, signer, at }) {
      return { bytes, digest: digestOf(bytes), signer, preparedAt: at }
    },
    async accept(prepared, given, at) {
      const stamped = await withStamps(given, stamp)
      const judged = await judge(prepared.bytes, stamped, { trust, revocations }, { at, signer: prepared.signer })
      if (!judged.verdict.valid) return { kind: 'refused', reasons: judged.verdict.reasons }
      const signedAt = judged.signers[0]?.signedAt ?? at
      const signature = { ...stamped, signedAt, evidence: writeEvidence(judged.evidence) }
      return { kind: 'signed', signature, signer: prepared.signer }
    },
    async verify(bytes, signature, expectation) {
      // What was kept stands alone: the same verdict whether or not anybody outside still answers.
      const court = { trust, revocations: signature.evidence === undefined ? revocations : null }
      return (await judge(bytes, signature, court, expectation)).verdict
    },
  }
}

interface Judged {
  readonly verdict: Verdict
  readonly signers: readonly JudgedSigner[]
  readonly evidence: Evidence
  readonly cms: Cms | null
}

const damagedBy = (...reasons: SealReason[]): Judged => ({
  verdict: { valid: false, reasons, signedBy: null },
  signers: [],
  evidence: noEvidence,
  cms: null,
})

/**
 * Signing sides give the CMS alone: its certificate is written beside it; and our own time-stamps, for whoever brought none. Evidence that came along is let go: whoever
 * was revoked a minute ago could bring the answer of an hour ago.
 */
async function withStamps(given: Signature, stamp: Stamp | undefined): Promise<Signature> {
  const cms = readCms(given.value)
  if (cms === null || given.algorithm !== algorithm) return given
  const certificate = given.certificate === '' ? pemOf(cms) : given.certificate
  const timestamps = stamp === undefined ? [] : await Promise.all(cms.signers.map((signer) => stampOf(signer, stamp)))
  return {
    ...given,
    certificate,
    evidence: writeEvidence({ ...noEvidence, timestamps: timestamps.filter((one) => one !== null) }),
  }
}

async function stampOf({ unsigned, signature, digestAlgorithm }: Cms['signers'][number], stamp: Stamp): Promise<Uint8Array | null> {
  if (unsigned.some(({ type }) => type === oids.signatureTimestamp)) return null
  const digest: DigestName = digestOfIdentifier(digestAlgorithm) ?? 'sha256'
  return stamp({ digest, hash: await digestBytes(digest, signature) })
}

const pemOf = (cms: Cms): string => cms.certificates.map((der) => toPem(der, 'CERTIFICATE')).join('')

/** The certificate beside the CMS is for people and programs that do not read CMS: it must be one of those that signed. */
function namesSigner(pem: string, signers: readonly JudgedSigner[]): boolean {
  const beside = readCertificates(pem)
  return beside?.some(({ sha256 }) => signers.some(({ certificate }) => certificate?.sha256 === sha256)) ?? false
}

function whoOf(signers: readonly JudgedSigner[], expected: Expectation['signer']): JudgedSigner | undefined {
  return signers.find(({ certificate }) => expected !== undefined && certificate?.holder.iin === expected.iin) ?? signers[0]
}

function flawsOfPerson(certificate: Certificate | null, expected: NonNullable<Expectation['signer']>): SealReason[] {
  if (certificate === null) return []
  const { iin, bin } = certificate.holder
  return [
    ...(iin === expected.iin ? [] : ['wrongPerson' as const]),
    ...(bin === expected.organisationBin ? [] : ['wrongOrganisation' as const]),
  ]
}

function signedBy(who: JudgedSigner | undefined): Verdict['signedBy'] {
  const holder = who?.certificate?.holder
  if (holder === undefined) return null
  const { commonName, patronymic, iin, bin } = holder
  return { iin: iin ?? '', name: [commonName, patronymic ?? ''].join(' ').trim(), organisationBin: bin }
}

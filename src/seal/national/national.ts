import type { DigestName } from '../algorithms/digests.ts'
import { digestOfIdentifier } from '../algorithms/identifiers.ts'
import { algorithms } from '../algorithms/table.ts'
import { digestBytes } from '../algorithms/verify.ts'
import { type Certificate, readCertificates } from '../certificates/certificate.ts'
import type { TrustStore } from '../certificates/path.ts'
import { toPem } from '../certificates/pem.ts'
import type { Revocations } from '../certificates/revocation.ts'
import { oids } from '../cms/identifiers.ts'
import { readCms } from '../cms/read.ts'
import type { Stamp } from '../cms/sign.ts'
import { type Evidence, noEvidence, readEvidence, writeEvidence } from '../evidence/evidence.ts'
import type { Expectation, Seal, SealReason, Signature, Verdict } from '../seal.ts'
import { digestOf } from '../signed.ts'
import { type Court, type JudgedAs, type JudgedCms, type JudgedSigner, judgeCms, judgeXml } from './judge.ts'
import { readXmlSignature, xmlAlgorithm } from './xml.ts'

export interface NationalSealOptions {
  readonly trust: TrustStore
  /** Asks whether certificates were revoked. A status that nobody tells refuses the signature (`statusUnknown`): an outage is not "not revoked". */
  readonly revocations: Revocations
  /** Adds a time-stamp of its own to signatures that came without; where the authority does not answer they go without. */
  readonly stamp?: Stamp | undefined
}

/** `Signature.algorithm`: a CMS in DER, whatever its keys compute; what it is over may travel inside. */
export const algorithm = 'cms'

/** Whether it is said to be made by a national key. */
export const isNational = (name: string): boolean => name === algorithm || name === xmlAlgorithm

/**
 * Signatures by keys of the national certification centre: a CMS over the bytes, by one person or several, or XML that holds them (`wrappedInXml`) with one enveloped
 * signature; certificates leading to pinned roots, nobody on the path revoked, a signing key, of the person and the organisation that were expected; all at the trusted time (the time-stamp, else the receipt).
 * What proves it is kept in the signature at receipt, and is all that judging it later needs.
 */
export function nationalSeal({ trust, revocations, stamp }: NationalSealOptions): Seal {
  async function judge(bytes: Uint8Array, signature: Signature, court: Court, { at, by, signer }: Expectation): Promise<Judged> {
    if (!isNational(signature.algorithm)) return damagedBy('unknownAlgorithm')
    const evidence = signature.evidence === undefined ? noEvidence : readEvidence(signature.evidence)
    const opened = opening(signature)
    if (opened === null || evidence === null) return damagedBy('badSignature', 'damaged')
    const { signers, evidence: used } = await opened.judge(bytes, court, { at, by, evidence })
    const reasons = new Set(signers.flatMap((one) => one.reasons))
    if (digestOf(bytes) !== signature.digest) reasons.add('otherContent')
    if (!namesSigner(signature.certificate, signers)) reasons.add('damaged')
    const who = whoOf(signers, signer)
    for (const reason of signer === undefined ? [] : flawsOfPerson(who?.certificate ?? null, signer)) reasons.add(reason)
    return { verdict: { valid: reasons.size === 0, reasons: [...reasons], signedBy: signedBy(who) }, signers, evidence: used }
  }

  return {
    async prepare({ bytes, signer, at }) {
      return { bytes, digest: digestOf(bytes), signer, preparedAt: at }
    },
    async accept(prepared, given, at) {
      const stamped = await withStamps(given, stamp)
      const judged = await judge(prepared.bytes, stamped, { trust, revocations }, { at, signer: prepared.signer })
      if (!judged.verdict.valid) return { kind: 'refused', reasons: judged.verdict.reasons }
      const signedAt = whoOf(judged.signers, prepared.signer)?.signedAt ?? at
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
}

const damagedBy = (...reasons: SealReason[]): Judged => ({
  verdict: { valid: false, reasons, signedBy: null },
  signers: [],
  evidence: noEvidence,
})

/** A signature of either kind as judging and time-stamping need it. */
interface Opened {
  readonly judge: (bytes: Uint8Array, court: Court, asked: JudgedAs) => Promise<JudgedCms>
  readonly certificates: readonly Uint8Array[]
  /** Values that have no time-stamp yet. */
  readonly unstamped: readonly { readonly digest: DigestName; readonly value: Uint8Array }[]
}

/** null: it is not what its algorithm says. */
function opening(signature: Pick<Signature, 'algorithm' | 'value'>): Opened | null {
  if (signature.algorithm === algorithm) {
    const cms = readCms(signature.value)
    if (cms === null) return null
    const unstamped = cms.signers
      .filter(({ unsigned }) => !unsigned.some(({ type }) => type === oids.signatureTimestamp))
      .map((one) => ({ digest: digestOfIdentifier(one.digestAlgorithm) ?? 'sha256', value: one.signature }))
    return { judge: (bytes, court, asked) => judgeCms(cms, bytes, court, asked), certificates: cms.certificates, unstamped }
  }
  const xml = signature.algorithm === xmlAlgorithm ? readXmlSignature(signature.value) : null
  if (xml === null) return null
  return {
    judge: (bytes, court, asked) => judgeXml(xml, bytes, court, asked),
    certificates: [xml.certificate, ...xml.offered].map(({ der }) => der),
    unstamped: [{ digest: algorithms[xml.algorithm].digest, value: xml.value }],
  }
}

/**
 * Signing sides give the signature alone: its certificate is written beside it; and our own time-stamps, for whoever brought none. Evidence that came along is let go: whoever
 * was revoked a minute ago could bring the answer of an hour ago.
 */
async function withStamps(given: Signature, stamp: Stamp | undefined): Promise<Signature> {
  const opened = opening(given)
  if (opened === null) return given
  const certificate = given.certificate === '' ? opened.certificates.map((der) => toPem(der, 'CERTIFICATE')).join('') : given.certificate
  const timestamps =
    stamp === undefined
      ? []
      : await Promise.all(opened.unstamped.map(async ({ digest, value }) => stamp({ digest, hash: await digestBytes(digest, value) })))
  return {
    ...given,
    certificate,
    evidence: writeEvidence({ ...noEvidence, timestamps: timestamps.filter((one) => one !== null) }),
  }
}

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

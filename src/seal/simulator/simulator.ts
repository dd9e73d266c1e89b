import { type KeyObject, randomBytes, sign, verify, X509Certificate } from 'node:crypto'
import { canonical } from '../../ledger/canonical.ts'
import type { Expectation, SealReason, Signature, Signer, SigningSeal, ToBeSigned, Verdict } from '../seal.ts'
import { digestOf, signedBytes } from '../signed.ts'
import { type CertificateWish, makeCertificate, type ReadCertificate, readCertificate, type Subject } from './certificate.ts'
import { keyFolder, publicOf } from './keys.ts'

/** What goes wrong the next times a person signs: `cancelled` and `noKey` before there is a signature, the others by the certificate they use. */
export type Provocation = Extract<
  SealReason,
  'cancelled' | 'noKey' | 'wrongPerson' | 'wrongOrganisation' | 'expired' | 'notYetValid' | 'revoked' | 'wrongUsage' | 'untrusted'
>

export interface SealSimulator extends SigningSeal {
  /** By staff id; settable while it runs, `delete` ends it. */
  readonly provoked: Map<string, Provocation>
  /** The part that a browser, a token or a telephone plays elsewhere: a signature of what was prepared, with this wrong about it. */
  personSigns(prepared: ToBeSigned, wrong?: Provocation): Signature
  /** The certificate under which all others of this folder stand, PEM. */
  readonly root: string
}

export const algorithm = 'ecdsa-p256-sha256/1'
const rootName: Subject = { commonName: 'QYZMET SIMULATOR ROOT' }
const somebodyElse = { iin: '770303399917', bin: '200140999992' }

/** Real keys, certificates and signatures of invented people, all made on the spot in `folder`: good for showing and testing, worth nothing outside. */
export function simulateSeal({ folder }: { readonly folder: string }): SealSimulator {
  const keys = keyFolder(folder)
  const provoked = new Map<string, Provocation>()
  const root = rootCertificate(keys.key('root'))
  const rootKey = new X509Certificate(root).publicKey
  const certificates = recent<Known>()
  const cards = recent<{ readonly certificate: string; readonly from: number; readonly until: number }>()

  async function judge(bytes: Uint8Array, signature: Signature, { at, signer }: Expectation): Promise<Verdict> {
    if (signature.algorithm !== algorithm) return refused(['unknownAlgorithm'], null)
    const { read, trusted } = known(signature.certificate)
    if (read === null) return refused(['damaged'], null)
    const reasons = [...ofContent(bytes, signature, read), ...ofCertificate(read, Temporal.Instant.from(at), signer)]
    if (!trusted) reasons.push('untrusted')
    const revokedAt = keys.revoked()[read.certificate.serialNumber]
    if (revokedAt !== undefined && Temporal.Instant.compare(revokedAt, at) <= 0) reasons.push('revoked')
    return { valid: reasons.length === 0, reasons, signedBy: signedBy(read) }
  }

  const seal: SealSimulator = {
    provoked,
    root,
    personSigns,
    verify: judge,
    async prepare({ bytes, signer, at }) {
      return { bytes, digest: digestOf(bytes), signer, preparedAt: at }
    },
    async accept(prepared, signature, at) {
      const verdict = await judge(prepared.bytes, signature, { at, signer: prepared.signer })
      return verdict.valid ? { kind: 'signed', signature, signer: prepared.signer } : { kind: 'refused', reasons: verdict.reasons }
    },
    async sign({ bytes, signer, at }) {
      const fault = provoked.get(signer.staffId)
      if (fault === 'cancelled' || fault === 'noKey') return { kind: 'refused', reasons: [fault] }
      const prepared = await seal.prepare({ bytes, signer, at })
      return seal.accept(prepared, personSigns(prepared, fault), at)
    },
  }

  function personSigns({ digest, signer, preparedAt }: ToBeSigned, fault: Provocation | undefined): Signature {
    const key = keys.key(`staff ${signer.staffId}`)
    const issuerKey = keys.key(fault === 'untrusted' ? 'foreign root' : 'root')
    const certificate =
      fault === undefined ? certificateOf(signer, preparedAt, key) : issue(wishFor(signer, preparedAt, fault), key, issuerKey)
    if (fault === 'revoked') keys.revoke(new X509Certificate(certificate).serialNumber, preparedAt)
    const value = sign('sha256', attributesOf(digest, preparedAt), key)
    return { algorithm, certificate, value, signedAt: preparedAt, digest }
  }

  /** A person signs for a year with the same certificate. */
  function certificateOf(signer: Signer, at: string, key: KeyObject): string {
    const owner = canonical({ ...signer, year: at.slice(0, 4) })
    const carried = cards.get(owner)
    const now = Date.parse(at)
    if (carried !== undefined && carried.from <= now && now < carried.until && !isRevoked(carried.certificate)) return carried.certificate
    const wish = wishFor(signer, at, undefined)
    const certificate = issue(wish, key, keys.key('root'))
    cards.set(owner, { certificate, from: wish.from.epochMilliseconds, until: wish.until.epochMilliseconds })
    return certificate
  }

  const isRevoked = (certificate: string): boolean => (known(certificate).read?.certificate.serialNumber ?? '') in keys.revoked()

  /** What stands in a certificate and whether ours is the authority: read once of each. */
  function known(certificate: string): Known {
    const before = certificates.get(certificate)
    if (before !== undefined) return before
    const read = readCertificate(certificate)
    const now = { read, trusted: read?.certificate.verify(rootKey) ?? false }
    certificates.set(certificate, now)
    return now
  }

  return seal
}

/** What the arithmetic covers: the digest and the signer's own time. */
const attributesOf = (digest: string, signedAt: string): Uint8Array => signedBytes({ digest, signedAt })

function ofContent(bytes: Uint8Array, { digest, signedAt, value }: Signature, { certificate }: ReadCertificate): SealReason[] {
  const reasons: SealReason[] = digestOf(bytes) === digest ? [] : ['otherContent']
  const attributes = attributesOf(digest.toWellFormed(), signedAt.toWellFormed())
  if (certificate.publicKey.asymmetricKeyType !== 'ec' || !verify('sha256', attributes, certificate.publicKey, value))
    reasons.push('badSignature')
  return reasons
}

function ofCertificate(read: ReadCertificate, at: Temporal.Instant, signer: Expectation['signer']): SealReason[] {
  const reasons: SealReason[] = []
  if (Temporal.Instant.compare(at, read.from) < 0) reasons.push('notYetValid')
  if (Temporal.Instant.compare(at, read.until) > 0) reasons.push('expired')
  if (!read.maySign) reasons.push('wrongUsage')
  if (signer !== undefined && signer.iin !== read.iin) reasons.push('wrongPerson')
  if (signer !== undefined && signer.organisationBin !== read.bin) reasons.push('wrongOrganisation')
  return reasons
}

function wishFor(signer: Signer, at: string, fault: Provocation | undefined): Omit<CertificateWish, 'issuer' | 'publicKey' | 'issuerKey'> {
  const shift = fault === 'expired' ? -400 * 24 : fault === 'notYetValid' ? 48 : 0
  // The day before, so that a clock that is set back a little does not meet a certificate of the future.
  const from = Temporal.Instant.from(at).add({ hours: shift - 24 })
  return {
    subject: {
      commonName: signer.name,
      iin: fault === 'wrongPerson' ? somebodyElse.iin : signer.iin,
      organisation: signer.organisationBin,
      bin: fault === 'wrongOrganisation' ? somebodyElse.bin : signer.organisationBin,
    },
    // The first bit unset and the next set: always positive, always eight bytes.
    serial: randomBytes(8).map((byte, i) => (i === 0 ? (byte & 0x3f) | 0x40 : byte)),
    from,
    until: from.add({ hours: 366 * 24 }),
    usage: fault === 'wrongUsage' ? 'authenticate' : 'sign',
  }
}

function rootCertificate(key: ReturnType<ReturnType<typeof keyFolder>['key']>): string {
  const [from, until] = [Temporal.Instant.from('2000-01-01T00:00:00Z'), Temporal.Instant.from('2099-12-31T00:00:00Z')]
  const names = { subject: rootName, issuer: rootName }
  return makeCertificate({ ...names, publicKey: publicOf(key), issuerKey: key, serial: Uint8Array.of(1), from, until, usage: 'authority' })
}

interface Known {
  readonly read: ReadCertificate | null
  readonly trusted: boolean
}

const issue = (wish: ReturnType<typeof wishFor>, key: KeyObject, issuerKey: KeyObject): string =>
  makeCertificate({ ...wish, publicKey: publicOf(key), issuer: rootName, issuerKey })

const mostRemembered = 2000

/** Texts at hand, the one put in first leaving when there is no room. */
function recent<Value>(): Pick<Map<string, Value>, 'get' | 'set'> {
  const kept = new Map<string, Value>()
  return {
    get: (name) => kept.get(name),
    set(name, value) {
      kept.set(name, value)
      const oldest = kept.keys().next()
      if (kept.size > mostRemembered && !oldest.done) kept.delete(oldest.value)
      return kept
    },
  }
}

const signedBy = ({ iin, name, bin }: ReadCertificate): Verdict['signedBy'] => ({ iin, name, organisationBin: bin })
const refused = (reasons: SealReason[], by: Verdict['signedBy']): Verdict => ({ valid: false, reasons, signedBy: by })

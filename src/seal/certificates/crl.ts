import { type Der, Fields, inside, membersOf, readDer } from '../der/read.ts'
import { DerRefused } from '../der/refused.ts'
import { explicit, tags } from '../der/tags.ts'
import { hex, integerBytes, integerOf, sameBytes, smallOf, timeOf, wholeBits } from '../der/values.ts'
import type { Certificate } from './certificate.ts'
import { checkSignature } from './checkSignature.ts'
import { readExtensionList } from './extensions.ts'
import { type Name, readName } from './name.ts'
import { pemBlocks } from './pem.ts'
import { coversMoment, mayHaveForgotten, type RevocationReason, reasonOf, type Status } from './status.ts'

/** A list of revoked certificates (RFC 5280, 5), read strictly. */
export interface Crl {
  readonly der: Uint8Array
  /** The bytes that the issuer signed. */
  readonly signed: Uint8Array
  readonly signature: Uint8Array
  readonly signatureAlgorithm: Uint8Array
  readonly issuer: Name
  /** RFC 3339. */
  readonly thisUpdate: string
  readonly nextUpdate: string | null
  readonly number: bigint | null
  /** By serial number in hex. */
  readonly revoked: ReadonlyMap<string, Revoked>
  /** Why it cannot be judged by: a list of changes only, one in another's name, one of a part of the certificates, or a critical extension that is not known. */
  readonly unusable: 'delta' | 'indirect' | 'partial' | 'unknownCritical' | null
}

export interface Revoked {
  readonly since: string
  readonly reason: RevocationReason
}

/** null: damaged. A list of the national centre has some megabytes: whoever fetches it sets the limit. */
export function readCrl(given: Uint8Array | string): Crl | null {
  try {
    const der = typeof given === 'string' ? pemBlocks(given, 'X509 CRL')[0] : given
    return der === undefined ? null : parseCrl(Uint8Array.from(der))
  } catch (cause) {
    if (cause instanceof DerRefused) return null
    throw cause
  }
}

function parseCrl(der: Uint8Array): Crl {
  const whole = new Fields(readDer(der, tags.sequence))
  const body = whole.next(tags.sequence)
  const algorithm = whole.next(tags.sequence)
  const signature = wholeBits(whole.next())
  whole.end()
  const fields = new Fields(body)
  const version = fields.optional(tags.integer)
  if (version !== null && smallOf(version) !== 1) throw new DerRefused('A version that there is not.')
  if (!sameBytes(fields.next().bytes, algorithm.bytes)) throw new DerRefused('Two different algorithms of one signature.')
  const issuer = readName(fields.next())
  const thisUpdate = timeOf(fields.next())
  const next = fields.optional(tags.utcTime) ?? fields.optional(tags.time)
  const entries = readEntries(fields.optional(tags.sequence))
  const extensions = readListExtensions(fields.optional(explicit(0)))
  fields.end()
  const { revoked, unusable } = entries
  const own = { ...extensions, unusable: extensions.unusable ?? unusable }
  const signedPart = { der, signed: body.bytes, signature, signatureAlgorithm: algorithm.bytes }
  return Object.freeze({ ...signedPart, issuer, thisUpdate, nextUpdate: next && timeOf(next), revoked, ...own })
}

function readEntries(list: Der | null): Pick<Crl, 'revoked' | 'unusable'> {
  const revoked = new Map<string, Revoked>()
  let unusable: Crl['unusable'] = null
  for (const entry of list === null ? [] : membersOf(list)) {
    const fields = new Fields(entry)
    const serial = hex(integerBytes(fields.next()))
    const since = timeOf(fields.next())
    let reason: RevocationReason = 'unspecified'
    const extensions = fields.optional(tags.sequence)
    fields.end()
    for (const { oid, critical, value } of extensions === null ? [] : readExtensionList(extensions)) {
      if (oid === '2.5.29.21') reason = reasonOf(smallOf(readDer(value), tags.enumerated))
      else if (oid === '2.5.29.29') unusable = 'indirect'
      else if (critical) unusable ??= 'unknownCritical'
    }
    revoked.set(serial, { since, reason })
  }
  return { revoked, unusable }
}

function readListExtensions(list: Der | null): Pick<Crl, 'number' | 'unusable'> {
  let number: bigint | null = null
  let unusable: Crl['unusable'] = null
  for (const { oid, critical, value } of list === null ? [] : readExtensionList(inside(list, tags.sequence))) {
    if (oid === '2.5.29.20') number = integerOf(readDer(value))
    else if (oid === '2.5.29.27') unusable = 'delta'
    else if (oid === '2.5.29.28') unusable ??= partOf(readDer(value))
    else if (critical) unusable ??= 'unknownCritical'
  }
  return { number, unusable }
}

/** issuingDistributionPoint (RFC 5280, 5.2.5): only its place may be named; anything else says that the list is not of all certificates, or of others'. */
function partOf(point: Der): Crl['unusable'] {
  for (const part of membersOf(point, tags.sequence)) {
    if (part.tag === 0x84) return 'indirect'
    if (part.tag !== explicit(0)) return 'partial'
  }
  return null
}

/** What a list says of a certificate at a moment. The list must be signed by the certificate's own issuer. Asks no network, never throws. */
export async function judgeByCrl(
  crl: Crl,
  { certificate, issuer, at }: { certificate: Certificate; issuer: Certificate; at: string },
): Promise<Status> {
  const unknown = (why: string): Status => ({ kind: 'unknown', why })
  if (crl.unusable !== null) return unknown(`crl.${crl.unusable}`)
  if (!sameBytes(crl.issuer.der, certificate.issuer.der) || !sameBytes(issuer.subject.der, crl.issuer.der))
    return unknown('crl.otherIssuer')
  if (!(issuer.keyUsage?.has('cRLSign') ?? true)) return unknown('crl.issuerMayNot')
  if ((await checkSignature({ ...crl, data: crl.signed, spki: issuer.spki })) !== 'valid') return unknown('crl.badSignature')
  const entry = crl.revoked.get(certificate.serial)
  const source = { by: 'crl', thisUpdate: crl.thisUpdate, nextUpdate: crl.nextUpdate } as const
  if (entry !== undefined && Date.parse(entry.since) <= Date.parse(at)) return { kind: 'revoked', ...entry, ...source }
  if (!coversMoment(crl, at)) return unknown('crl.stale')
  if (entry === undefined && mayHaveForgotten(crl.thisUpdate, certificate)) return unknown('crl.afterExpiry')
  return { kind: 'good', ...source }
}

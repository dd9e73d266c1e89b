import { type KeyObject, sign, X509Certificate } from 'node:crypto'
import * as der from '../der/write.ts'

/** A certificate in the national style, signed by ECDSA P-256 or RSA (subject, usages: public description of the national certification centre). */
export interface CertificateWish {
  readonly subject: Subject
  readonly issuer: Subject
  readonly publicKey: KeyObject
  readonly issuerKey: KeyObject
  /** 8 bytes, unique under an issuer. */
  readonly serial: Uint8Array
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
  readonly usage: 'authority' | 'sign' | 'authenticate'
}

export interface Subject {
  readonly commonName: string
  readonly iin?: string
  readonly organisation?: string
  readonly bin?: string
}

const ids = {
  commonName: '2.5.4.3',
  serialNumber: '2.5.4.5',
  country: '2.5.4.6',
  organisation: '2.5.4.10',
  unit: '2.5.4.11',
  ecdsaSha256: '1.2.840.10045.4.3.2',
  rsaSha256: '1.2.840.113549.1.1.11',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedUsage: '2.5.29.37',
  signDocuments: '1.3.6.1.5.5.7.3.4',
  signIn: '1.3.6.1.5.5.7.3.2',
  legalEntity: '1.2.398.3.3.4.1.2',
  employee: '1.2.398.3.3.4.1.2.5',
} as const

/** → PEM */
export function makeCertificate(wish: CertificateWish): string {
  const algorithm =
    wish.issuerKey.asymmetricKeyType === 'rsa'
      ? der.sequence(der.oid(ids.rsaSha256), der.nothing())
      : der.sequence(der.oid(ids.ecdsaSha256))
  const body = der.sequence(
    der.tagged(0, der.integer(Uint8Array.of(2))),
    der.integer(wish.serial),
    algorithm,
    nameOf(wish.issuer),
    der.sequence(der.time(wish.from), der.time(wish.until)),
    nameOf(wish.subject),
    wish.publicKey.export({ type: 'spki', format: 'der' }),
    der.tagged(3, der.sequence(...extensions(wish.usage))),
  )
  const whole = der.sequence(body, algorithm, der.bits(sign('sha256', body, wish.issuerKey)))
  return new X509Certificate(whole).toString()
}

/** One attribute to each relative name, as the national certificates have it. */
function nameOf({ commonName, iin, organisation, bin }: Subject): Buffer {
  const attribute = (id: string, value: Buffer): Buffer => der.set(der.sequence(der.oid(id), value))
  const parts = [attribute(ids.commonName, der.utf8(commonName))]
  if (iin !== undefined) parts.push(attribute(ids.serialNumber, der.printable(`IIN${iin}`)))
  parts.push(attribute(ids.country, der.printable('KZ')))
  if (organisation !== undefined) parts.push(attribute(ids.organisation, der.utf8(organisation)))
  if (bin !== undefined) parts.push(attribute(ids.unit, der.utf8(`BIN${bin}`)))
  return der.sequence(...parts)
}

function extensions(usage: CertificateWish['usage']): Buffer[] {
  const extension = (id: string, value: Buffer): Buffer => der.sequence(der.oid(id), der.yes(), der.octets(value))
  if (usage === 'authority') {
    return [
      extension(ids.basicConstraints, der.sequence(der.yes())),
      // keyCertSign, cRLSign
      extension(ids.keyUsage, der.bits(Uint8Array.of(0b0000_0110), 1)),
    ]
  }
  const main = usage === 'sign' ? ids.signDocuments : ids.signIn
  // digitalSignature with nonRepudiation, or with keyEncipherment
  const key = usage === 'sign' ? der.bits(Uint8Array.of(0b1100_0000), 6) : der.bits(Uint8Array.of(0b1010_0000), 5)
  return [
    extension(ids.keyUsage, key),
    extension(ids.extendedUsage, der.sequence(der.oid(main), der.oid(ids.legalEntity), der.oid(ids.employee))),
  ]
}

export interface ReadCertificate {
  readonly certificate: X509Certificate
  readonly iin: string
  readonly name: string
  readonly bin: string | null
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
  readonly maySign: boolean
}

/** The first certificate of a PEM text; null when it cannot be read or names no person. */
export function readCertificate(pem: string): ReadCertificate | null {
  try {
    const certificate = new X509Certificate(pem)
    const field = (name: string): string | null => new RegExp(`^${name}=(.*)$`, 'm').exec(certificate.subject)?.[1] ?? null
    const iin = field('serialNumber')?.replace(/^IIN/, '') ?? ''
    if (!/^\d{12}$/.test(iin)) return null
    return {
      certificate,
      iin,
      name: field('CN') ?? '',
      bin: field('OU')?.replace(/^BIN/, '') ?? null,
      from: Temporal.Instant.fromEpochMilliseconds(certificate.validFromDate.getTime()),
      until: Temporal.Instant.fromEpochMilliseconds(certificate.validToDate.getTime()),
      // The platform lists extended usages under this name.
      maySign: certificate.keyUsage?.includes(ids.signDocuments) ?? false,
    }
  } catch {
    return null
  }
}

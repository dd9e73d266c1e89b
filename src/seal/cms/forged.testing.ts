import { algorithmIdentifier, digestIdentifier } from '../algorithms/identifiers.ts'
import { algorithms } from '../algorithms/table.ts'
import { digestNow, signBytes } from '../algorithms/verify.ts'
import { parseCertificate } from '../certificates/certificate.ts'
import { tags } from '../der/tags.ts'
import { element, octets, oid, sequence, set, tagged, time, whole } from '../der/write.ts'
import { attribute } from './attributes.ts'
import { oids } from './identifiers.ts'
import type { CmsSigner } from './sign.ts'

/** The parts of a signer, each as DER, in the hands of somebody who breaks one rule and signs over the result. */
export interface Forgery {
  version: Uint8Array
  signer: Uint8Array
  digestAlgorithm: Uint8Array
  /** null: none. They are signed and written in this order. */
  attributes: Uint8Array[] | null
  signatureAlgorithm: Uint8Array
  /** What is made of the right signature. */
  signature: (right: Uint8Array) => Uint8Array
  unsigned: Uint8Array[]
}

/** What stands around the signers. */
export interface Frame {
  version: Uint8Array
  contentType: string
  content: Uint8Array[]
  certificates: Uint8Array[]
  signers: Uint8Array[]
}

export type Change<T> = Partial<T> | ((right: T) => Partial<T>)

export const sorted = (values: readonly Uint8Array[]): Uint8Array[] => values.toSorted(Buffer.compare)

/** The attributes that the country's signers write. */
export function attributesOf(content: Uint8Array, { key }: CmsSigner, more: readonly Uint8Array[] = []): Uint8Array[] {
  return sorted([
    attribute(oids.contentType, oid(oids.data)),
    attribute(oids.signingTime, time(Temporal.Instant.from('2019-10-14T04:00:00Z'))),
    attribute(oids.messageDigest, octets(digestNow(algorithms[key.algorithm].digest, content))),
    ...more,
  ])
}

/** A signer's part over the content; right, but for the change. */
export async function forgedSigner(content: Uint8Array, person: CmsSigner, change: Change<Forgery> = {}): Promise<Uint8Array> {
  const { issuer, serial } = parseCertificate(person.certificate)
  const right: Forgery = {
    version: whole(1),
    signer: sequence(issuer.der, element(tags.integer, Buffer.from(serial, 'hex'))),
    digestAlgorithm: digestIdentifier(algorithms[person.key.algorithm].digest),
    attributes: attributesOf(content, person),
    signatureAlgorithm: algorithmIdentifier(person.key.algorithm),
    signature: (value) => value,
    unsigned: [],
  }
  const all = { ...right, ...(typeof change === 'function' ? change(right) : change) }
  const signature = await signBytes(person.key, all.attributes === null ? content : element(tags.set, ...all.attributes))
  return sequence(
    all.version,
    all.signer,
    all.digestAlgorithm,
    ...(all.attributes === null ? [] : [tagged(0, ...all.attributes)]),
    all.signatureAlgorithm,
    octets(all.signature(signature)),
    ...(all.unsigned.length === 0 ? [] : [tagged(1, ...all.unsigned)]),
  )
}

/** A detached CMS with these signers; right, but for the change. */
export function frame(signers: Uint8Array[], people: readonly CmsSigner[], change: Change<Frame> = {}): Uint8Array {
  const right: Frame = {
    version: whole(1),
    contentType: oids.data,
    content: [],
    certificates: people.map(({ certificate }) => certificate),
    signers,
  }
  const all = { ...right, ...(typeof change === 'function' ? change(right) : change) }
  return sequence(
    oid(oids.signedData),
    tagged(
      0,
      sequence(
        all.version,
        set(),
        sequence(oid(all.contentType), ...all.content),
        ...(all.certificates.length === 0 ? [] : [tagged(0, ...sorted(all.certificates))]),
        element(tags.set, ...all.signers),
      ),
    ),
  )
}

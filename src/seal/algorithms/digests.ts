import { createHash } from 'node:crypto'
import { gost94 } from '../gost/gost94.ts'
import { streebog } from '../gost/streebog.ts'

export interface Digest {
  readonly oid: string
  /** DigestMethod of XML-DSig. */
  readonly uri: string
  /** Octets of the result. */
  readonly size: number
  /** Read in old documents only: nothing new is signed with it. */
  readonly legacy: boolean
  /** Computed by the pool where there is much of it: it is slow, and no other thread of the machine does it for us. */
  readonly slow: boolean
  compute(data: Uint8Array): Uint8Array
}

const machine = (name: string) => (data: Uint8Array) => createHash(name).update(data).digest()
const kz = 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:'
const gost94Digest = { legacy: true, slow: true, size: 32, uri: 'http://www.w3.org/2001/04/xmldsig-more#gost34311', compute: gost94 }

/** Every digest that signatures of the country are met with (PROTOCOLS of its PKI; RFC 5754 and RFC 6931 for the rest). */
export const digests = {
  sha1: {
    oid: '1.3.14.3.2.26',
    uri: 'http://www.w3.org/2000/09/xmldsig#sha1',
    size: 20,
    legacy: true,
    slow: false,
    compute: machine('sha1'),
  },
  sha256: {
    oid: '2.16.840.1.101.3.4.2.1',
    uri: 'http://www.w3.org/2001/04/xmlenc#sha256',
    size: 32,
    legacy: false,
    slow: false,
    compute: machine('sha256'),
  },
  sha384: {
    oid: '2.16.840.1.101.3.4.2.2',
    uri: 'http://www.w3.org/2001/04/xmldsig-more#sha384',
    size: 48,
    legacy: false,
    slow: false,
    compute: machine('sha384'),
  },
  sha512: {
    oid: '2.16.840.1.101.3.4.2.3',
    uri: 'http://www.w3.org/2001/04/xmlenc#sha512',
    size: 64,
    legacy: false,
    slow: false,
    compute: machine('sha512'),
  },
  /** GOST 34.311-95. */
  gost94: { oid: '1.2.398.3.10.1.3.1', ...gost94Digest },
  /** GOST 34.11-2015 of 256 bits. */
  streebog256: {
    oid: '1.2.398.3.10.1.3.2',
    uri: `${kz}gostr34112015-256`,
    size: 32,
    legacy: false,
    slow: true,
    compute: (data: Uint8Array) => streebog(data, 256),
  },
  /** GOST 34.11-2015 of 512 bits. */
  streebog512: {
    oid: '1.2.398.3.10.1.3.3',
    uri: `${kz}gostr34112015-512`,
    size: 64,
    legacy: false,
    slow: true,
    compute: (data: Uint8Array) => streebog(data, 512),
  },
} as const satisfies Record<string, Digest>

export type DigestName = keyof typeof digests

export const digestNames = Object.keys(digests).filter((name): name is DigestName => name in digests)

/** The digest of an OID, or null. */
export function digestByOid(oid: string): DigestName | null {
  return digestNames.find((name) => digests[name].oid === oid) ?? null
}

/** The digest of a DigestMethod of XML-DSig, or null. */
export function digestByUri(uri: string): DigestName | null {
  return digestNames.find((name) => digests[name].uri === uri) ?? null
}

import type { CurveName } from '../gost/curves.ts'
import type { DigestName } from './digests.ts'

/** The kinds of public keys, each with what its SubjectPublicKeyInfo says. */
export interface KeyKind {
  readonly oid: string
  /** What the parameters must be: NULL, or the OIDs in their order; of an elliptic curve one OID without a SEQUENCE. */
  readonly parameters: 'null' | { readonly named: string } | { readonly list: readonly [string, string] }
  /** GOST: its curve. */
  readonly curve?: CurveName
  /** ECDSA: octets of an uncompressed point. */
  readonly point?: number
}

const gostKey = '1.2.398.3.10.1.1'

export const keyKinds = {
  rsa: { oid: '1.2.840.113549.1.1.1', parameters: 'null' },
  p256: { oid: '1.2.840.10045.2.1', parameters: { named: '1.2.840.10045.3.1.7' }, point: 65 },
  p384: { oid: '1.2.840.10045.2.1', parameters: { named: '1.3.132.0.34' }, point: 97 },
  'gost2015-512': {
    oid: `${gostKey}.2.2`,
    parameters: { list: [`${gostKey}.2.2.1`, '1.2.398.3.10.1.3.3'] },
    curve: 'a512',
  },
  'gost2015-256': {
    oid: `${gostKey}.2.1`,
    parameters: { list: [`${gostKey}.2.1.1`, '1.2.398.3.10.1.3.2'] },
    curve: 'a256',
  },
  gost2004: {
    oid: `${gostKey}.1.1`,
    parameters: { list: [`${gostKey}.1.1.1`, '1.2.398.3.10.1.3.1.1.0'] },
    curve: 'cryptoProA',
  },
} as const satisfies Record<string, KeyKind>

export type KeyKindName = keyof typeof keyKinds

export interface Algorithm {
  readonly kind: KeyKindName
  readonly digest: DigestName
  /** signatureAlgorithm of certificates and CMS. */
  readonly oid: string
  /** SignatureMethod of XML-DSig; null: has none. */
  readonly uri: string | null
  /** How the AlgorithmIdentifier is written: NULL, nothing, or the parameters of RSASSA-PSS. */
  readonly parameters: 'null' | 'absent' | 'pss'
  /** Verified in old documents with this mark, never signed with. */
  readonly legacy: boolean
}

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const kz = 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:'

const rsa = (digest: DigestName, oid: string, uri: string, legacy = false) =>
  ({ kind: 'rsa', digest, oid: `1.2.840.113549.1.1.${oid}`, uri, parameters: 'null', legacy }) as const // keeps the words as they are
const pss = (digest: DigestName) =>
  ({
    kind: 'rsa',
    digest,
    oid: '1.2.840.113549.1.1.10',
    uri: `http://www.w3.org/2007/05/xmldsig-more#${digest}-rsa-MGF1`,
    parameters: 'pss',
    legacy: false,
  }) as const // keeps the words as they are

/**
 * The one table of signature algorithms: what is not in it is `unknownAlgorithm`. OIDs and URIs of the country's as its certificates and its XML
 * library have them; RSA by RFC 4055 and RFC 8017, ECDSA by RFC 5758, URIs by RFC 6931 and RFC 9231.
 */
export const algorithms = {
  'rsa-sha256': rsa('sha256', '11', `${more}rsa-sha256`),
  'rsa-sha384': rsa('sha384', '12', `${more}rsa-sha384`),
  'rsa-sha512': rsa('sha512', '13', `${more}rsa-sha512`),
  'rsa-sha1': rsa('sha1', '5', 'http://www.w3.org/2000/09/xmldsig#rsa-sha1', true),
  'rsa-pss-sha256': pss('sha256'),
  'rsa-pss-sha384': pss('sha384'),
  'rsa-pss-sha512': pss('sha512'),
  'ecdsa-p256-sha256': {
    kind: 'p256',
    digest: 'sha256',
    oid: '1.2.840.10045.4.3.2',
    uri: `${more}ecdsa-sha256`,
    parameters: 'absent',
    legacy: false,
  },
  'ecdsa-p384-sha384': {
    kind: 'p384',
    digest: 'sha384',
    oid: '1.2.840.10045.4.3.3',
    uri: `${more}ecdsa-sha384`,
    parameters: 'absent',
    legacy: false,
  },
  'gost2015-512': {
    kind: 'gost2015-512',
    digest: 'streebog512',
    oid: `${gostKey}.2.3.2`,
    uri: `${kz}gostr34102015-gostr34112015-512`,
    parameters: 'null',
    legacy: false,
  },
  'gost2015-256': {
    kind: 'gost2015-256',
    digest: 'streebog256',
    oid: `${gostKey}.2.3.1`,
    uri: `${kz}gostr34102015-gostr34112015-256`,
    parameters: 'null',
    legacy: false,
  },
  /** GOST 34.310-2004; legacy, and yet signed with by the test authority, since old documents have to be made to be read. */
  gost2004: {
    kind: 'gost2004',
    digest: 'gost94',
    oid: `${gostKey}.1.2`,
    uri: `${more}gost34310-gost34311`,
    parameters: 'null',
    legacy: true,
  },
} as const satisfies Record<string, Algorithm>

export type AlgorithmName = keyof typeof algorithms

export const algorithmNames = Object.keys(algorithms).filter((name): name is AlgorithmName => name in algorithms)

export const keyKindNames = Object.keys(keyKinds).filter((name): name is KeyKindName => name in keyKinds)

/** The algorithm of a SignatureMethod of XML-DSig, or null. */
export function algorithmByUri(uri: string): AlgorithmName | null {
  return algorithmNames.find((name) => algorithms[name].uri === uri) ?? null
}

/** Old OIDs of GOST 34.310-2004 that certificates of before 2010 have. */
export const olderOids: Readonly<Record<string, AlgorithmName>> = { '1.3.6.1.4.1.6801.1.2.2': 'gost2004' }

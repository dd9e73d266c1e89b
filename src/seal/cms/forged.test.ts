import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { algorithmIdentifier, digestIdentifier } from '../algorithms/identifiers.ts'
import { closeGostPool } from '../algorithms/pool.ts'
import { algorithms } from '../algorithms/table.ts'
import { digestNow } from '../algorithms/verify.ts'
import { parseCertificate } from '../certificates/certificate.ts'
import { toPem } from '../certificates/pem.ts'
import { element, nothing, octets, oid, sequence, set, tagged, taggedBytes, time, whole } from '../der/write.ts'
import { attribute } from './attributes.ts'
import { attributesOf, type Change, type Forgery, type Frame, forgedSigner, frame, sorted } from './forged.testing.ts'
import { oids } from './identifiers.ts'
import { authorityWith, personWith } from './people.testing.ts'
import { readCms } from './read.ts'
import type { CmsSigner } from './sign.ts'
import { signingCertificateAttribute } from './signingCertificate.ts'
import { verifyCms } from './verify.ts'

/** In the manner of Wycheproof: each breaks one rule and is right in everything else, so that no other rule can refuse it in its stead. */

afterAll(closeGostPool)

const content = Buffer.from('{"asks":"екінші санат"}')
const other = Buffer.from('{"asks":"жоғары санат"}')
let gost: CmsSigner
let rsa: CmsSigner
let authority: CmsSigner
beforeAll(async () => {
  authority = await authorityWith('ecdsa-p256-sha256')
  gost = await personWith('gost2015-512', authority)
  rsa = await personWith('rsa-sha256')
})

async function judged(cms: Uint8Array | string, given: Uint8Array = content): Promise<readonly string[]> {
  const read = readCms(cms)
  return read === null ? ['damaged'] : (await verifyCms(read, { content: given })).reasons
}

const signedBy = async (person: CmsSigner, change?: Change<Forgery>, around?: Change<Frame>): Promise<Uint8Array> =>
  frame([await forgedSigner(content, person, change)], [person], around)

const without = (type: string, attributes: Uint8Array[] | null) => (attributes ?? []).filter((one) => !Buffer.from(one).includes(oid(type)))

describe('one signer', () => {
  it('is right where nothing is changed', async () => {
    expect(await judged(await signedBy(gost))).toEqual([])
    expect(await judged(await signedBy(rsa))).toEqual([])
  })

  const parts: [string, Change<Forgery>, string][] = [
    ['another content', () => ({ attributes: attributesOf(other, gost) }), 'otherContent'],
    ['no messageDigest', ({ attributes }) => ({ attributes: without(oids.messageDigest, attributes) }), 'damaged'],
    ['no contentType', ({ attributes }) => ({ attributes: without(oids.contentType, attributes) }), 'damaged'],
    [
      'another contentType',
      ({ attributes }) => ({
        attributes: sorted([...without(oids.contentType, attributes), attribute(oids.contentType, oid(oids.timestampInfo))]),
      }),
      'otherContent',
    ],
    [
      'messageDigest twice, the right one and another',
      ({ attributes }) => ({
        attributes: sorted([...(attributes ?? []), attribute(oids.messageDigest, octets(digestNow('streebog512', other)))]),
      }),
      'damaged',
    ],
    [
      'messageDigest of two values',
      ({ attributes }) => ({
        attributes: sorted([
          ...without(oids.messageDigest, attributes),
          attribute(oids.messageDigest, octets(digestNow('streebog512', content)), octets(digestNow('streebog512', other))),
        ]),
      }),
      'damaged',
    ],
    [
      'messageDigest of no value',
      ({ attributes }) => ({ attributes: sorted([...without(oids.messageDigest, attributes), attribute(oids.messageDigest)]) }),
      'damaged',
    ],
    [
      'signingTime twice',
      ({ attributes }) => ({
        attributes: sorted([...(attributes ?? []), attribute(oids.signingTime, time(Temporal.Instant.from('2020-01-01T00:00:00Z')))]),
      }),
      'damaged',
    ],
    [
      'signingTime that is no time',
      ({ attributes }) => ({
        attributes: sorted([...without(oids.signingTime, attributes), attribute(oids.signingTime, octets(content))]),
      }),
      'damaged',
    ],
    ['attributes in another order', ({ attributes }) => ({ attributes: (attributes ?? []).toReversed() }), 'damaged'],
    ['no signed attributes', { attributes: null }, 'damaged'],
    ['an empty set of them', { attributes: [] }, 'damaged'],
    ['a digest that does not belong to the signature', { digestAlgorithm: digestIdentifier('streebog256') }, 'wrongAlgorithm'],
    ['a digest of another country', { digestAlgorithm: sequence(oid('1.2.643.7.1.1.2.3')) }, 'unknownAlgorithm'],
    ['an unknown signature', { signatureAlgorithm: sequence(oid('1.2.643.7.1.1.3.3')) }, 'unknownAlgorithm'],
    [
      'a signature with parameters that it has not',
      { signatureAlgorithm: sequence(oid(algorithms['gost2015-512'].oid), sequence()) },
      'unknownAlgorithm',
    ],
    ['a NULL with content', { signatureAlgorithm: sequence(oid(algorithms['gost2015-512'].oid), Buffer.from('050100', 'hex')) }, 'damaged'],
    ['the 256-bit algorithm with a 512-bit key', () => ({ ...as('gost2015-256'), attributes: digested('streebog256') }), 'wrongAlgorithm'],
    ['the algorithm of 2004 with a key of 2015', () => ({ ...as('gost2004'), attributes: digested('gost94') }), 'wrongAlgorithm'],
    ['RSA with a key of GOST', () => ({ ...as('rsa-sha256'), attributes: digested('sha256') }), 'wrongAlgorithm'],
    ['ECDSA with a key of GOST', () => ({ ...as('ecdsa-p256-sha256'), attributes: digested('sha256') }), 'wrongAlgorithm'],
    ['version 3 for a signer named by number', { version: whole(3) }, 'damaged'],
    ['a signature of nothing', { signature: () => new Uint8Array(0) }, 'badSignature'],
    ['s, then r', { signature: (right) => Buffer.concat([right.subarray(64), right.subarray(0, 64)]) }, 'badSignature'],
    ['the octets of the whole turned round', { signature: (right) => Buffer.from(right).reverse() }, 'badSignature'],
    [
      'each half turned round',
      { signature: (right) => Buffer.concat([Buffer.from(right.subarray(0, 64)).reverse(), Buffer.from(right.subarray(64)).reverse()]) },
      'badSignature',
    ],
    ['an octet more', { signature: (right) => Buffer.concat([right, Uint8Array.of(0)]) }, 'badSignature'],
    [
      'another number of the certificate',
      ({ signer }) => ({ signer: Buffer.concat([signer.subarray(0, -1), Uint8Array.of(0x7e)]) }),
      'untrusted',
    ],
    ['the key’s number, of another key', { version: whole(3), signer: taggedBytes(0, Uint8Array.of(9, 9, 9)) }, 'untrusted'],
    [
      'an unsigned attribute twice',
      { unsigned: [attribute(oids.signatureTimestamp, sequence()), attribute(oids.signatureTimestamp, sequence(nothing()))] },
      'damaged',
    ],
    [
      'the name of another certificate',
      ({ attributes }) => ({ attributes: sorted([...(attributes ?? []), signingCertificateAttribute(rsa.certificate)]) }),
      'badSignature',
    ],
    [
      'a name of the certificate that cannot be read',
      ({ attributes }) => ({ attributes: sorted([...(attributes ?? []), attribute(oids.signingCertificateV2, nothing())]) }),
      'badSignature',
    ],
    [
      'other algorithms under the signature (RFC 6211)',
      ({ attributes }) => ({ attributes: sorted([...(attributes ?? []), protection('streebog256', 'gost2015-512')]) }),
      'damaged',
    ],
    [
      'another signature algorithm under the signature',
      ({ attributes }) => ({ attributes: sorted([...(attributes ?? []), protection('streebog512', 'gost2015-256')]) }),
      'damaged',
    ],
  ]
  it.each(parts)('%s', async (_, change, reason) => expect(await judged(await signedBy(gost, change))).toContain(reason))

  it('the same algorithms under the signature and outside are right', async () => {
    const change: Change<Forgery> = ({ attributes }) => ({
      attributes: sorted([...(attributes ?? []), protection('streebog512', 'gost2015-512')]),
    })
    expect(await judged(await signedBy(gost, change))).toEqual([])
  })

  it('is found by the number of its key', async () => {
    const id = Buffer.from(parseCertificate(gost.certificate).subjectKeyId ?? '', 'hex')
    expect(await judged(await signedBy(gost, { version: whole(3), signer: taggedBytes(0, id) }, { version: whole(3) }))).toEqual([])
  })

  const around: [string, Change<Frame>, string][] = [
    ['no certificates', { certificates: [] }, 'untrusted'],
    ['another’s certificate', () => ({ certificates: [rsa.certificate] }), 'untrusted'],
    ['a certificate that is none', () => ({ certificates: [sequence(nothing())] }), 'untrusted'],
    ['nobody', { signers: [] }, 'damaged'],
    ['a version that there is not', { version: whole(2) }, 'damaged'],
    ['another type of content', { contentType: oids.timestampInfo }, 'otherContent'],
    ['another content inside', { content: [tagged(0, octets(other))] }, 'otherContent'],
    ['content in pieces (BER)', { content: [tagged(0, element(0x24, octets(content)))] }, 'damaged'],
    ['thirty-three signers', ({ signers: [one = content] }) => ({ signers: Array(33).fill(one) }), 'damaged'],
  ]
  it.each(around)('%s', async (_, change, reason) => expect(await judged(await signedBy(gost, {}, change))).toContain(reason))

  const bytes: [string, (right: Uint8Array) => Uint8Array | string][] = [
    ['an octet after it', (right) => Buffer.concat([right, Uint8Array.of(0)])],
    ['cut by an octet', (right) => right.subarray(0, -1)],
    ['of indefinite length', (right) => Buffer.concat([Buffer.from([0x30, 0x80]), right.subarray(4), Buffer.alloc(2)])],
    ['a length with a zero before it', (right) => Buffer.concat([Buffer.from([0x30, 0x83, 0]), right.subarray(2)])],
    ['nothing', () => new Uint8Array(0)],
    ['no text of base64', () => '-----BEGIN CMS-----\n????\n-----END CMS-----'],
    ['two in one text', (right) => toPem(right, 'CMS').repeat(2)],
    ['with words before it', (right) => `words\n${toPem(right, 'CMS')}`],
    ['another label', (right) => `-----BEGIN CERTIFICATE-----\n${Buffer.from(right).toString('base64')}\n-----END CERTIFICATE-----`],
  ]
  it.each(bytes)('%s is damaged', async (_, change) => expect(await judged(change(await signedBy(gost)))).toEqual(['damaged']))

  it('without its content is over another one', async () => {
    const read = readCms(await signedBy(gost))
    expect((await verifyCms(read ?? expect.unreachable())).reasons).toEqual(['otherContent'])
  })
})

describe('two signers', () => {
  it('of whom one is wrong: the whole is, and it is told which', async () => {
    const signers = [
      await forgedSigner(content, gost),
      await forgedSigner(content, rsa, { signature: (right) => Buffer.from(right).fill(1, 9, 12) }),
    ]
    const read = readCms(frame(signers, [gost, rsa])) ?? expect.unreachable()
    expect(await verifyCms(read, { content })).toMatchObject({
      valid: false,
      reasons: ['badSignature'],
      signers: [{ reasons: [] }, { reasons: ['badSignature'] }],
    })
  })

  it('the same part twice is one person who signed twice, and both are right', async () => {
    const part = await forgedSigner(content, gost)
    expect(await judged(frame([part, part], [gost]))).toEqual([])
  })
})

describe('another certificate of the same key', () => {
  it('cannot stand in the signer’s place where the signature names its own', async () => {
    const change: Change<Forgery> = ({ attributes }) => ({
      attributes: sorted([...(attributes ?? []), signingCertificateAttribute(gost.certificate)]),
    })
    const read = readCms(await signedBy(gost, change, { certificates: [] })) ?? expect.unreachable()
    const own = parseCertificate(gost.certificate)
    expect((await verifyCms(read, { content, known: [own] })).reasons).toEqual([])
    const stranger = { ...parseCertificate(rsa.certificate), serial: own.serial, issuer: own.issuer, spki: own.spki }
    expect((await verifyCms(read, { content, known: [stranger] })).reasons).toEqual(['badSignature'])
  })
})

const as = (name: keyof typeof algorithms) => ({
  digestAlgorithm: digestIdentifier(algorithms[name].digest),
  signatureAlgorithm: algorithmIdentifier(name),
})

function digested(digest: 'streebog256' | 'gost94' | 'sha256'): Uint8Array[] {
  return sorted([
    ...without(oids.messageDigest, attributesOf(content, gost)),
    attribute(oids.messageDigest, octets(digestNow(digest, content))),
  ])
}

function protection(digest: 'streebog256' | 'streebog512', algorithm: 'gost2015-512' | 'gost2015-256'): Uint8Array {
  const inside = algorithmIdentifier(algorithm).subarray(2)
  return attribute(oids.algorithmProtection, sequence(digestIdentifier(digest), tagged(1, inside)))
}

it('a set of nothing is no signature', () => expect(readCms(set())).toBeNull())

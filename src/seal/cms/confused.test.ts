import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { algorithmIdentifier, digestIdentifier } from '../algorithms/identifiers.ts'
import { closeGostPool } from '../algorithms/pool.ts'
import { type AlgorithmName, algorithms } from '../algorithms/table.ts'
import { digestNow } from '../algorithms/verify.ts'
import { readCertificate } from '../certificates/certificate.ts'
import { element, generalTime, integer, nothing, octets, oid, sequence, tagged, whole } from '../der/write.ts'
import { noEvidence } from '../evidence/evidence.ts'
import { judgeCms } from '../national/judge.ts'
import { nationalSeal } from '../national/national.ts'
import { digestOf } from '../signed.ts'
import { attribute } from './attributes.ts'
import { attributesOf, type Change, type Forgery, type Frame, forgedSigner, frame, sorted } from './forged.testing.ts'
import { oids } from './identifiers.ts'
import { authorityWith, personWith } from './people.testing.ts'
import { readCms } from './read.ts'
import { addTimestamps, type CmsSigner, signCms } from './sign.ts'
import { verifyTimestamp } from './timestamp.ts'
import { verifyCms } from './verify.ts'

/** In the manner of Wycheproof, second part: algorithms under each other's names, certificates in each other's places, time-stamps that are none; see also forged.test.ts. */

afterAll(closeGostPool)

const content = Buffer.from('{"asks":"екінші санат"}')
const at = '2019-10-14T10:00:00+06:00'
let authority: CmsSigner
let people: Record<'rsa' | 'pss' | 'p256' | 'gost', CmsSigner>
beforeAll(async () => {
  authority = await authorityWith('ecdsa-p256-sha256')
  const [rsa, pss, p256, gost] = await Promise.all(
    (['rsa-sha256', 'rsa-pss-sha256', 'ecdsa-p256-sha256', 'gost2015-512'] as const).map((name) => personWith(name, authority)),
  )
  if (!rsa || !pss || !p256 || !gost) return expect.unreachable()
  people = { rsa, pss, p256, gost }
})

async function judged(who: keyof typeof people, change: Change<Forgery>, around?: Change<Frame>): Promise<readonly string[]> {
  const cms = readCms(frame([await forgedSigner(content, people[who], change)], [people[who]], around))
  return cms === null ? ['damaged'] : (await verifyCms(cms, { content })).reasons
}

const sha = (digits: '1' | '256' | '512'): Uint8Array => createHash(`sha${digits}`).update(content).digest()
/** The attributes over a digest of this length, so that nothing else can refuse. */
const over = (digest: Uint8Array): Uint8Array[] =>
  sorted([
    ...attributesOf(content, people.rsa).filter((one) => !Buffer.from(one).includes(oid(oids.messageDigest))),
    attribute(oids.messageDigest, octets(digest)),
  ])
const digest = (id: string, ...parameters: Uint8Array[]): Uint8Array => sequence(oid(id), ...parameters)
const sha256 = digest('2.16.840.1.101.3.4.2.1', nothing())
const pssOf = (hash: Uint8Array, mask: Uint8Array, salt: number, ...more: Uint8Array[]): Uint8Array =>
  sequence(
    oid('1.2.840.113549.1.1.10'),
    sequence(tagged(0, hash), tagged(1, sequence(oid('1.2.840.113549.1.1.8'), mask)), tagged(2, whole(salt)), ...more),
  )
const named = (name: AlgorithmName) => ({
  digestAlgorithm: digestIdentifier(algorithms[name].digest),
  signatureAlgorithm: algorithmIdentifier(name),
})

describe('an algorithm under another name', () => {
  const vectors: readonly (readonly [name: string, who: keyof typeof people, change: Change<Forgery>, reason: string])[] = [
    ['SHA-512 beside RSA with SHA-256', 'rsa', { digestAlgorithm: digestIdentifier('sha512') }, 'wrongAlgorithm'],
    ['SHA-1 beside RSA with SHA-256', 'rsa', () => ({ digestAlgorithm: digest('1.3.14.3.2.26', nothing()), attributes: over(sha('1')) }), 'wrongAlgorithm'],
    ['MD5', 'rsa', () => ({ digestAlgorithm: digest('1.2.840.113549.2.5', nothing()), attributes: over(createHash('md5').update(content).digest()) }), 'unknownAlgorithm'],
    ['RSA with MD5', 'rsa', { signatureAlgorithm: sequence(oid('1.2.840.113549.1.1.4'), nothing()) }, 'unknownAlgorithm'],
    ['rsaEncryption beside Streebog', 'rsa', () => ({ digestAlgorithm: digestIdentifier('streebog512'), signatureAlgorithm: digest('1.2.840.113549.1.1.1', nothing()), attributes: over(digestNow('streebog512', content)) }), 'unknownAlgorithm'],
    ['RSA with SHA-512 over what RSA with SHA-256 signed', 'rsa', () => ({ ...named('rsa-sha512'), attributes: over(sha('512')) }), 'badSignature'],
    ['PSS over what PKCS#1 v1.5 signed', 'rsa', named('rsa-pss-sha256'), 'badSignature'],
    ['PKCS#1 v1.5 over what PSS signed', 'pss', named('rsa-sha256'), 'badSignature'],
    ['rsaEncryption over what PSS signed', 'pss', { signatureAlgorithm: digest('1.2.840.113549.1.1.1', nothing()) }, 'badSignature'],
    ['PSS without parameters: SHA-1, by RFC 4055', 'pss', { signatureAlgorithm: digest('1.2.840.113549.1.1.10') }, 'unknownAlgorithm'],
    ['PSS with empty parameters', 'pss', { signatureAlgorithm: sequence(oid('1.2.840.113549.1.1.10'), sequence()) }, 'unknownAlgorithm'],
    ['PSS with a mask of SHA-1', 'pss', { signatureAlgorithm: pssOf(sha256, digest('1.3.14.3.2.26', nothing()), 32) }, 'unknownAlgorithm'],
    ['PSS with a salt of nothing', 'pss', { signatureAlgorithm: pssOf(sha256, sha256, 0) }, 'unknownAlgorithm'],
    ['PSS with a salt of a million', 'pss', { signatureAlgorithm: pssOf(sha256, sha256, 1_000_000) }, 'unknownAlgorithm'],
    ['PSS with another trailer', 'pss', { signatureAlgorithm: pssOf(sha256, sha256, 32, tagged(3, whole(2))) }, 'unknownAlgorithm'],
    ['PSS whose digest is not the one beside it', 'pss', () => ({ digestAlgorithm: digestIdentifier('sha512'), attributes: over(sha('512')) }), 'wrongAlgorithm'],
    ['ECDSA with a NULL', 'p256', { signatureAlgorithm: sequence(oid(algorithms['ecdsa-p256-sha256'].oid), nothing()) }, 'unknownAlgorithm'],
    ['ECDSA with a curve of its own', 'p256', { signatureAlgorithm: sequence(oid(algorithms['ecdsa-p256-sha256'].oid), sequence(whole(1))) }, 'unknownAlgorithm'],
    ['ECDSA of P-384 with a key of P-256', 'p256', () => ({ ...named('ecdsa-p384-sha384'), attributes: over(digestNow('sha384', content)) }), 'wrongAlgorithm'],
    ['ECDSA with SHA-1', 'p256', { signatureAlgorithm: digest('1.2.840.10045.4.1') }, 'unknownAlgorithm'],
    ['ECDSA as the plain pair of XML', 'p256', { signature: (right) => right.subarray(4) }, 'badSignature'],
    ['RSA with a key of ECDSA', 'p256', named('rsa-sha256'), 'wrongAlgorithm'],
    ['ECDSA with a key of RSA', 'rsa', named('ecdsa-p256-sha256'), 'wrongAlgorithm'],
    ['the digest of 34.311-95 beside GOST 34.10-2015', 'gost', () => ({ digestAlgorithm: digestIdentifier('gost94'), attributes: over(digestNow('gost94', content)) }), 'wrongAlgorithm'],
    ['GOST 34.10-2015 beside the digest of 256 bits', 'gost', () => ({ digestAlgorithm: digestIdentifier('streebog256'), attributes: over(digestNow('streebog256', content)) }), 'wrongAlgorithm'],
    ['a digest of half its length', 'gost', () => ({ attributes: over(digestNow('streebog512', content).subarray(0, 32)) }), 'otherContent'],
    ['a digest turned round', 'gost', () => ({ attributes: over(Buffer.from(digestNow('streebog512', content)).reverse()) }), 'otherContent'],
    ['a digest with the key’s parameters', 'gost', { digestAlgorithm: digest('1.2.398.3.10.1.3.3', oid('1.2.398.3.10.1.1.2.2.1')) }, 'unknownAlgorithm'],
    ['a digest whose name is nothing', 'gost', { digestAlgorithm: sequence() }, 'unknownAlgorithm'],
    ['a digest whose name is a number', 'gost', { digestAlgorithm: sequence(whole(1)) }, 'unknownAlgorithm'],
    ['a digest of two names', 'gost', { digestAlgorithm: sequence(oid('1.2.398.3.10.1.3.3'), oid('1.2.398.3.10.1.3.3')) }, 'unknownAlgorithm'],
    ['a signature whose name is nothing', 'gost', { signatureAlgorithm: sequence() }, 'damaged'],
  ] // biome-ignore format: a vector a line
  it.each(vectors)('%s', async (_, who, change, reason) => expect((await judged(who, change))[0]).toBe(reason))

  it('SHA-1 is read, and judged weak, also where a CMS names RSA alone', async () => {
    const change: Change<Forgery> = () => ({
      digestAlgorithm: digest('1.3.14.3.2.26', nothing()),
      signatureAlgorithm: digest('1.2.840.113549.1.1.1', nothing()),
      attributes: over(sha('1')),
    })
    const cms = readCms(frame([await forgedSigner(content, people.rsa, change)], [people.rsa])) ?? expect.unreachable()
    const [root] = [readCertificate(authority.certificate)]
    const trust = { roots: root === null || root === undefined ? [] : [root], authorities: [] }
    const { signers } = await judgeCms(cms, content, { trust, revocations: null }, { at, evidence: noEvidence })
    expect(signers[0]?.reasons).toContain('weakAlgorithm')
  })
})

describe('the name of the certificate under the signature', () => {
  const withName =
    (name: Uint8Array): Change<Forgery> =>
    ({ attributes }) => ({ attributes: sorted([...(attributes ?? []), name]) })
  const v1 = (hash: Uint8Array): Uint8Array => attribute(oids.signingCertificate, sequence(sequence(sequence(octets(hash)))))
  const v2 = (...parts: Uint8Array[]): Uint8Array => attribute(oids.signingCertificateV2, sequence(sequence(sequence(...parts))))
  const hashed = (name: string, certificate: Uint8Array): Uint8Array => createHash(name).update(certificate).digest()

  it.each([
    ['of the old form, of another certificate', () => v1(hashed('sha1', people.p256.certificate))],
    ['of the old form, with the digest of the new', () => v1(hashed('sha256', people.gost.certificate))],
    ['of the new form, with the digest of the old', () => v2(octets(hashed('sha1', people.gost.certificate)))],
    ['by a digest that we do not compute', () => v2(digest('1.2.840.113549.2.5'), octets(createHash('md5').update(people.gost.certificate).digest()))],
    ['by another digest than it says', () => v2(digest('2.16.840.1.101.3.4.2.3'), octets(hashed('sha256', people.gost.certificate)))],
    ['second in its list', () => attribute(oids.signingCertificateV2, sequence(sequence(sequence(octets(hashed('sha256', people.p256.certificate))), sequence(octets(hashed('sha256', people.gost.certificate))))))],
    ['that names nobody', () => attribute(oids.signingCertificateV2, sequence(sequence()))],
    ['that is a text', () => attribute(oids.signingCertificateV2, octets(Buffer.from('x')))],
    ['of two values', () => attribute(oids.signingCertificateV2, sequence(sequence(sequence(octets(hashed('sha256', people.gost.certificate))))), sequence(sequence(sequence(octets(hashed('sha256', people.p256.certificate))))))],
  ] as const)('%s: refused', async (_, name) => expect(await judged('gost', withName(name()))).toEqual(['badSignature'])) // biome-ignore format: a vector a line

  it('in both forms, and by a longer digest, is right', async () => {
    const { certificate } = people.gost
    expect(await judged('gost', withName(v1(hashed('sha1', certificate))))).toEqual([])
    expect(await judged('gost', withName(v2(digest('2.16.840.1.101.3.4.2.3'), octets(hashed('sha512', certificate)))))).toEqual([])
  })
})

describe('a certificate in another’s place', () => {
  it('of the same issuer and number as the signer’s, with another key, signs nothing for anybody', async () => {
    const own = readCertificate(people.gost.certificate) ?? expect.unreachable()
    const double = { ...own, spki: (readCertificate(people.p256.certificate) ?? own).spki, sha256: 'another' }
    const cms = readCms(frame([await forgedSigner(content, people.gost)], [], { certificates: [] })) ?? expect.unreachable()
    expect((await verifyCms(cms, { content, known: [double] })).reasons).toEqual(['wrongAlgorithm'])
    expect((await verifyCms(cms, { content, known: [own] })).reasons).toEqual([])
  })

  it('with the key of the attacker and the name of the signer leads to no root', async () => {
    const stranger = await authorityWith('ecdsa-p256-sha256')
    const attacker = await personWith('gost2015-512', stranger)
    const root = readCertificate(authority.certificate) ?? expect.unreachable()
    const cms = readCms(await signCms(content, [attacker], { at })) ?? expect.unreachable()
    const court = { trust: { roots: [root], authorities: [] }, revocations: null }
    const { signers } = await judgeCms(cms, content, court, { at, evidence: noEvidence })
    expect(signers[0]?.reasons).toContain('untrusted')
  })
})

describe('a time-stamp', () => {
  const infoOf = (imprint: Uint8Array, ...more: Uint8Array[]): Uint8Array =>
    sequence(whole(1), oid('1.2.398.3.3.2.6.4'), imprint, integer(Uint8Array.of(1)), generalTime(Temporal.Instant.from('2019-10-14T04:00:00Z')), ...more)
  const right = () => sequence(digestIdentifier('sha256'), octets(digestNow('sha256', content)))
  const tokenOf = (info: Uint8Array): Promise<Uint8Array> =>
    signCms(info, [people.gost], { at, detached: false, namesCertificate: true, contentType: oids.timestampInfo })

  it.each([
    ['over a digest without a name', () => infoOf(sequence(sequence(), octets(digestNow('sha256', content)))), 'damaged'],
    ['over a digest of two names', () => infoOf(sequence(sequence(oid('2.16.840.1.101.3.4.2.1'), oid('1.2.3')), octets(digestNow('sha256', content)))), 'badTimestamp'],
    ['over a digest with a NULL that holds something', () => infoOf(sequence(sequence(oid('2.16.840.1.101.3.4.2.1'), Buffer.from('050100', 'hex')), octets(digestNow('sha256', content)))), 'badTimestamp'],
    ['over a digest that we do not compute', () => infoOf(sequence(digest('1.2.840.113549.2.5', nothing()), octets(createHash('md5').update(content).digest()))), 'badTimestamp'],
    ['over a digest of another name', () => infoOf(sequence(digestIdentifier('streebog256'), octets(digestNow('sha256', content)))), 'badTimestamp'],
    ['over half a digest', () => infoOf(sequence(digestIdentifier('sha256'), octets(digestNow('sha256', content).subarray(0, 16)))), 'badTimestamp'],
    ['over no digest', () => infoOf(sequence(digestIdentifier('sha256'), octets(Buffer.alloc(0)))), 'badTimestamp'],
    ['with a field that nobody knows', () => infoOf(right(), whole(7), octets(Buffer.from('x'))), 'damaged'],
    ['whose time has no zone', () => sequence(whole(1), oid('1.2.3'), right(), whole(1), element(0x18, Buffer.from('20191014040000'))), 'damaged'],
    ['whose fraction ends in zero', () => sequence(whole(1), oid('1.2.3'), right(), whole(1), element(0x18, Buffer.from('20191014040000.50Z'))), 'damaged'],
  ] as const)('%s is none', async (_, info, reason) => expect((await verifyTimestamp(await tokenOf(info()), content)).reasons[0]).toBe(reason)) // biome-ignore format: a vector a line

  it('over the right digest is one', async () => expect((await verifyTimestamp(await tokenOf(infoOf(right())), content)).reasons).toEqual([]))

  it('is asked for over a signature of no readable digest, which is then refused and breaks nothing', async () => {
    const forged = await forgedSigner(content, people.gost, { digestAlgorithm: sequence() })
    const value = frame([forged], [people.gost])
    const seal = nationalSeal({ trust: { roots: [], authorities: [] }, revocations: { of: () => Promise.reject(new Error('asked')) }, stamp: async () => null })
    const signer = { staffId: 'x', iin: '850315499992', name: 'x', organisationBin: '', role: 'operator' }
    const prepared = await seal.prepare({ bytes: content, signer, at })
    const given = { algorithm: 'cms', certificate: '', value, signedAt: at, digest: digestOf(content) }
    expect(await seal.accept(prepared, given, at)).toMatchObject({ kind: 'refused', reasons: expect.arrayContaining(['unknownAlgorithm']) })
    expect(await addTimestamps(readCms(value) ?? expect.unreachable(), async () => null)).not.toBeNull()
  })
}) // biome-ignore format: a vector a line

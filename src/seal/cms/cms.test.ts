import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { closeGostPool } from '../algorithms/pool.ts'
import { type AlgorithmName, algorithmNames } from '../algorithms/table.ts'
import { digestNow } from '../algorithms/verify.ts'
import { readCertificate } from '../certificates/certificate.ts'
import { issued } from '../certificates/path.ts'
import { toPem } from '../certificates/pem.ts'
import { publicPoint, signWith } from '../gost/signature.ts'
import { authorityWith, personWith } from './people.testing.ts'
import { readCms } from './read.ts'
import { addSigner, type CmsSigner, signCms } from './sign.ts'
import { verifyCms } from './verify.ts'

afterAll(closeGostPool)

const content = Buffer.from('{"asks":"екінші санат","case":"АҚТ-0001"}')
const at = '2019-10-14T10:00:00+06:00'
const samples = resolve(import.meta.dirname, '../../../../shared/egov/samples')

const cmsOf = (given: Uint8Array | string) => readCms(given) ?? expect.unreachable('damaged')

describe.each(algorithmNames.filter((name) => name !== 'rsa-sha1'))('CMS with %s', (algorithm: AlgorithmName) => {
  it('is signed and verified, detached and attached', async () => {
    const person = await personWith(algorithm, await authorityWith(algorithm))
    for (const detached of [true, false]) {
      const cms = cmsOf(await signCms(content, [person], { at, detached, namesCertificate: !detached }))
      expect(cms.certificates).toHaveLength(2)
      const { valid, signers } = await verifyCms(cms, detached ? { content } : {})
      expect(valid).toBe(true)
      expect(signers[0]).toMatchObject({ algorithm, signedAt: '2019-10-14T04:00:00Z', timestamp: null, reasons: [] })
      expect(signers[0]?.certificate?.der).toEqual(Uint8Array.from(person.certificate))
      expect((await verifyCms(cms, { content: Buffer.from('{}') })).reasons).toEqual(['otherContent'])
    }
  })
})

describe('several signers', () => {
  it('GOST and RSA in one, the second added later; the part of the first stays as it was', async () => {
    const [first, second] = [await personWith('gost2015-512'), await personWith('rsa-sha256')]
    const one = cmsOf(await signCms(content, [first], { at }))
    const both = await addSigner(one, content, second, { at })
    const cms = cmsOf(toPem(both as Uint8Array, 'CMS'))
    expect(await verifyCms(cms, { content })).toMatchObject({ valid: true, signers: [{ reasons: [] }, { reasons: [] }] })
    expect(cms.signers.map(({ der }) => Buffer.from(der).toString('hex'))).toContain(Buffer.from(one.signers[0]?.der ?? []).toString('hex'))
  })

  it('nobody signs beside a signature over another content', async () => {
    const people: CmsSigner[] = [await personWith('ecdsa-p256-sha256'), await personWith('rsa-sha256')]
    const [first, second] = people
    if (first === undefined || second === undefined) return expect.unreachable()
    const one = cmsOf(await signCms(content, [first], { at }))
    expect(await addSigner(one, Buffer.from('{}'), second, { at })).toBe('otherContent')
    expect(await addSigner(one, undefined, second, { at })).toBe('otherContent')
  })
})

describe.skipIf(!existsSync(samples))('samples of the national practice (skipped where they are not at hand)', () => {
  it('an application signed with GOST 34.10-2015 verifies, and not for a changed content', async () => {
    const signed = readFileSync(`${samples}/ncalayer/application-to-sign.json`)
    const cms = cmsOf(readFileSync(`${samples}/ncalayer/application-to-sign.p7s.pem`))
    expect(await verifyCms(cms, { content: signed })).toMatchObject({ valid: true, signers: [{ algorithm: 'gost2015-512' }] })
    expect((await verifyCms(cms, { content: Buffer.from(`${signed} `) })).reasons).toEqual(['otherContent'])
  })

  it('the test authority’s certificates are those of their issuers', async () => {
    const [root, authority, operator, system] = ['gost-root', 'gost-nca', 'gost-operator', 'gost-system'].map(
      (name) => readCertificate(readFileSync(`${samples}/pki/${name}.pem`, 'utf8')) ?? expect.unreachable(),
    )
    if (!root || !authority || !operator || !system) return expect.unreachable()
    const pairs = [
      [root, root],
      [authority, root],
      [operator, authority],
      [system, authority],
    ] as const
    for (const [one, issuer] of pairs) expect(await issued(one, issuer)).toBe('valid')
    expect(await issued(operator, root)).toBe('badSignature')
    const rsa = readCertificate(readFileSync(`${samples}/pki/rsa-system.pem`, 'utf8')) ?? expect.unreachable()
    expect(await issued(rsa, rsa)).toBe('valid')
  })

  it('the vectors: a digest, a public key and a signature of given d and k', () => {
    const { gost2015_512: vector } = JSON.parse(readFileSync(`${samples}/crypto/vectors.json`, 'utf8'))
    const digest = digestNow('streebog512', Buffer.from(vector.message_utf8))
    expect(Buffer.from(digest).toString('hex')).toBe(vector.digest_hex)
    const scalar = Buffer.from(vector.d_hex_be, 'hex').reverse()
    expect(Buffer.from(publicPoint('a512', scalar)).toString('hex')).toBe(vector.publicKey_hex)
    const signature = signWith('a512', BigInt(`0x${vector.d_hex_be}`), BigInt(`0x${vector.k_hex_be}`), digest)
    expect(Buffer.from(signature ?? []).toString('hex')).toBe(vector.signature_hex)
  })
})

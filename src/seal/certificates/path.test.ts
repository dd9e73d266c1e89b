import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CertificateWish, certify, extension } from '../../contour/pki/certify.ts'
import { makePki, type Pki } from '../../contour/pki/pki.ts'
import { generateKey, type PrivateKey, spkiOf } from '../algorithms/keys.ts'
import * as der from '../der/write.ts'
import { type Certificate, parseCertificate, readCertificate } from './certificate.ts'
import { findPath, usualPatience } from './path.ts'

const at = '2019-10-14T10:00:00+06:00'
const years = { from: '2018-01-01T00:00:00Z', until: '2021-01-01T00:00:00Z' }

let pki: Pki
let key: PrivateKey
let spki: Uint8Array
beforeAll(async () => {
  pki = await makePki({ algorithm: 'ecdsa', at })
  key = await generateKey('ecdsa-p256-sha256')
  spki = await spkiOf(key)
})

const made = async (wish: Partial<CertificateWish>): Promise<Certificate> =>
  certify({ subject: { commonName: 'SOMEBODY' }, spki, use: 'sign', ...years, issuer: await pki.identity('authority'), ...wish })
const judge = (certificate: Certificate, offered: readonly Certificate[] = [], moment = at) =>
  findPath(certificate, { trust: pki.trust, offered, at: moment })
const reasonsOf = async (certificate: Certificate, offered: readonly Certificate[] = []) => {
  const verdict = await judge(certificate, offered)
  return verdict.trusted ? [] : verdict.reasons
}

describe('a path to a pinned root', () => {
  it('leads from a person over the authority, which need not be offered, or over one that is', async () => {
    const person = await made({})
    expect((await judge(person)).chain.map(({ subject }) => subject.text.split(',')[0])).toEqual([
      'CN=SOMEBODY',
      expect.stringContaining('CN='),
      expect.stringContaining('CN='),
    ])
    const [authority] = pki.trust.authorities
    const bare = { roots: pki.trust.roots, authorities: [] }
    expect((await findPath(person, { trust: bare, at })).trusted).toBe(false)
    expect((await findPath(person, { trust: bare, offered: authority ? [authority] : [], at })).trusted).toBe(true)
  })

  it('is judged at the moment, of every certificate on it', async () => {
    const person = await made({})
    expect((await judge(person, [], '2020-12-31T00:00:00Z')).trusted).toBe(true)
    expect(await judge(person, [], '2021-01-02T00:00:00Z')).toMatchObject({ reasons: ['expired'] })
    expect(await judge(person, [], '2017-12-31T00:00:00Z')).toMatchObject({ reasons: ['notYetValid'] })
    // The authority's own certificate ends in 2026, a person's that outlives it with it.
    expect(await judge(await made({ until: '2040-01-01T00:00:00Z' }), [], '2030-01-01T00:00:00Z')).toMatchObject({ reasons: ['expired'] })
  })

  it('ends at the root that is pinned, not at one of the same name', async () => {
    const root = await pki.identity('root')
    const double = await made({ subject: { commonName: root.certificate.holder.commonName }, use: 'root', issuer: { key } })
    const person = await made({ issuer: { key, certificate: double } })
    expect(double.subject.der).toEqual(root.certificate.subject.der)
    expect(await reasonsOf(person, [double])).toEqual(['untrusted'])
  })

  it('does not lead over somebody who is no authority', async () => {
    const operator = await pki.identity('almaty.operator')
    const person = await made({ issuer: operator })
    expect(await reasonsOf(person, [operator.certificate])).toEqual(['untrusted'])
    // An authority by its constraints, but without keyCertSign.
    const mark = extension('2.5.29.19', der.sequence(der.yes()), true)
    const unable = await made({ subject: { commonName: 'HALF' }, extensions: [mark] })
    expect(unable.isAuthority).toBe(true)
    expect(await reasonsOf(await made({ issuer: { key, certificate: unable } }), [unable])).toEqual(['untrusted'])
  })

  it('is no longer than its authorities allow', async () => {
    // The issuing authority may have nobody below it but people (pathLenConstraint 0).
    const below = await made({ subject: { commonName: 'BELOW' }, use: 'authority' })
    expect(await reasonsOf(below)).toEqual([])
    expect(await reasonsOf(await made({ issuer: { key, certificate: below } }), [below])).toEqual(['untrusted'])
  })

  it('has no certificate with a critical extension that we do not know', async () => {
    expect(await reasonsOf(await made({ extensions: [extension('1.2.3.4', der.nothing(), true)] }))).toEqual(['untrusted'])
    expect(await reasonsOf(await made({ extensions: [extension('1.2.3.4', der.nothing())] }))).toEqual([])
    // Name constraints are not worked out, and so refused where they are critical.
    expect(await reasonsOf(await made({ extensions: [extension('2.5.29.30', der.sequence(), true)] }))).toEqual(['untrusted'])
  })

  it('does not stand with a bit bent, an algorithm in the other place, or another’s signature', async () => {
    const person = await made({})
    const bent = Uint8Array.from(person.der)
    bent[bent.length - 1] = (bent.at(-1) ?? 0) ^ 1
    expect(await reasonsOf(parseCertificate(bent))).toEqual(['untrusted'])
    const other = await made({ subject: { commonName: 'OTHER' } })
    const grafted = der.sequence(person.signed, person.signatureAlgorithm, der.bits(other.signature))
    expect(await reasonsOf(parseCertificate(grafted))).toEqual(['untrusted'])
    const renamed = der.sequence(person.signed, der.sequence(der.oid('1.2.840.10045.4.3.3')), der.bits(person.signature))
    expect(readCertificate(renamed)).toBeNull()
  })

  it('is looked for with patience that ends: hundreds that sign each other, and one that signs itself', async () => {
    const [authority] = pki.trust.authorities
    const name = { commonName: authority?.holder.commonName ?? '' }
    const crowd: Certificate[] = []
    for (let n = 0; n < 120; n++)
      crowd.push(
        await made({
          subject: name,
          use: 'root',
          issuer: { key, certificate: crowd[0] ?? (await made({ subject: name, use: 'root', issuer: { key } })) },
        }),
      )
    const person = await made({ issuer: { key, ...(crowd[0] && { certificate: crowd[0] }) } })
    const begun = performance.now()
    expect((await judge(person, crowd)).trusted).toBe(false)
    expect(performance.now() - begun).toBeLessThan(2000)
  })
})

it('of thirty strangers by thirty issuers of one name costs no thousand signatures', async () => {
  const name = { commonName: pki.trust.authorities[0]?.holder.commonName ?? '' }
  const crowd = await Promise.all(Array.from({ length: 30 }, () => made({ subject: name, use: 'authority' })))
  const [first] = crowd
  const issuer = { key: await generateKey('ecdsa-p256-sha256'), ...(first && { certificate: first }) }
  const strangers = await Promise.all(Array.from({ length: 30 }, () => made({ issuer })))
  const patience = usualPatience()
  const foreign = { roots: [(await pki.identity('foreignRoot')).certificate], authorities: [] }
  for (const one of strangers) expect((await findPath(one, { trust: foreign, offered: crowd, at, patience })).trusted).toBe(false)
  expect(patience.left).toBe(0)
  expect((await findPath(await made({}), { trust: pki.trust, offered: crowd, at, patience: usualPatience() })).trusted).toBe(true)
})

const samples = join(import.meta.dirname, '../../../../shared/egov/samples/pki')

describe.skipIf(!existsSync(samples))('the national layout with GOST (skipped where the samples are not at hand)', () => {
  const read = (name: string): Certificate => {
    const one = readCertificate(readFileSync(join(samples, name), 'utf8'))
    if (one === null) throw new Error(name)
    return one
  }
  const trust = () => ({ roots: [read('gost-root.pem')], authorities: [read('gost-nca.pem')] })

  it('operator and system lead over the authority to the root', async () => {
    for (const name of ['gost-operator.pem', 'gost-system.pem'])
      expect((await findPath(read(name), { trust: trust(), at: '2027-01-01T00:00:00Z' })).chain).toHaveLength(3)
    expect(await findPath(read('gost-operator.pem'), { trust: trust(), at: '2019-08-21T00:00:00Z' })).toMatchObject({
      reasons: ['notYetValid'],
    })
    expect(await findPath(read('rsa-system.pem'), { trust: trust(), at: '2027-01-01T00:00:00Z' })).toMatchObject({ reasons: ['untrusted'] })
    const pinned = { roots: [read('rsa-system.pem')], authorities: [] }
    expect((await findPath(read('rsa-system.pem'), { trust: pinned, at: '2027-01-01T00:00:00Z' })).trusted).toBe(true)
  })
})

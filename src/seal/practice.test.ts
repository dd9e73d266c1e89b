import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readXml } from '../xml/read.ts'
import { closeGostPool } from './algorithms/pool.ts'
import { gostSpki } from './algorithms/spki.ts'
import { digestNow, verifyBytes } from './algorithms/verify.ts'
import { keyIsFor, readCertificate } from './certificates/certificate.ts'
import { findPath } from './certificates/path.ts'
import { readCms } from './cms/read.ts'
import { verifyCms } from './cms/verify.ts'
import { noEvidence } from './evidence/evidence.ts'
import { publicPoint, signWith } from './gost/signature.ts'
import { streebog } from './gost/streebog.ts'
import * as constants from './gost/streebogConstants.ts'
import { judgeCms } from './national/judge.ts'
import { verifyBody } from './xmldsig/body.ts'

/** Samples and vectors of the national practice beside the project: every file of theirs is asked about here, so that none is forgotten when one is added. */
const folder = resolve(import.meta.dirname, '../../../shared/egov/samples')
const isAbsent = !existsSync(folder)
const read = (path: string): Buffer => readFileSync(join(folder, path))
const files = isAbsent ? [] : readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).toSorted() // biome-ignore format: short

afterAll(closeGostPool)

const certificate = (name: string) => readCertificate(String(read(`pki/${name}.pem`))) ?? expect.unreachable(name)
const trust = () => ({ roots: [certificate('gost-root')], authorities: [certificate('gost-nca')] })
/** Inside the validity of their certificates, which were made in November 2026. */
const at = '2027-01-01T00:00:00Z'

const hexOf = (text: unknown): Buffer => Buffer.from(String(text), 'hex')
const application = () => read('ncalayer/application-to-sign.json')

async function judgeApplication(cms: string): Promise<void> {
  const given = readCms(cms) ?? expect.unreachable('damaged')
  expect(await verifyCms(given, { content: application() })).toMatchObject({ valid: true, signers: [{ algorithm: 'gost2015-512' }] })
  expect((await verifyCms(given, { content: Buffer.from(`${application()} `) })).reasons).toEqual(['otherContent'])
  const court = { trust: trust(), revocations: null }
  const { signers } = await judgeCms(given, application(), court, { at, evidence: noEvidence })
  // Its responder is a machine that is gone: nobody tells whether it was revoked, and that alone is missing.
  expect(signers.map(({ reasons }) => reasons)).toEqual([['statusUnknown']])
  const then = await judgeCms(given, application(), court, { at: '2019-08-21T10:15:30+06:00', evidence: noEvidence })
  expect(then.signers[0]?.reasons).toEqual(['notYetValid'])
}

async function judgeRequest(path: string, algorithm: string): Promise<void> {
  const text = String(read(path))
  const said = await verifyBody(readXml(Buffer.from(text)))
  expect(said).toMatchObject({ kind: 'valid', algorithm })
  if (said.kind !== 'valid') return
  const isGost = algorithm.startsWith('gost')
  const pinned = isGost ? trust() : { roots: [certificate('rsa-system')], authorities: [] }
  expect(await findPath(said.certificate, { trust: pinned, at })).toMatchObject({ trusted: true })
  expect(await verifyBody(readXml(Buffer.from(text.replace('850315399990', '850315399991'))))).toMatchObject({ reason: 'otherContent' })
}

/** Signatures and certificates inside of JSON, as the programs of the country send them. */
async function judgeInside(value: unknown): Promise<number> {
  if (typeof value === 'object' && value !== null) {
    const found = await Promise.all(Object.values(value).map(judgeInside))
    return found.reduce((sum, one) => sum + one, 0)
  }
  if (typeof value !== 'string' || !/^(?:-----BEGIN [A-Z ]+-----\s*)?MII/.test(value)) return 0
  const bare = Buffer.from(value.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
  const single = readCertificate(bare)
  if (single === null) await judgeApplication(value)
  else expect(await findPath(single, { trust: trust(), at })).toMatchObject({ trusted: true })
  return 1
}

const vectors: Readonly<Record<string, (given: Readonly<Record<string, unknown>>) => Promise<void> | void>> = {
  streebog: ({ M1_ascii, M1_256, M1_512, M2_hex, M2_256, M2_512 }) => {
    for (const [message, short, long] of [[Buffer.from(String(M1_ascii)), M1_256, M1_512], [hexOf(M2_hex), M2_256, M2_512]] as const) {
      expect(Buffer.from(streebog(message, 256))).toEqual(hexOf(short))
      expect(Buffer.from(digestNow('streebog512', message))).toEqual(hexOf(long))
    }
  },
  gost2015_512: async ({ d_hex_be, k_hex_be, message_utf8, digest_hex, publicKey_hex, signature_hex }) => {
    const data = Buffer.from(String(message_utf8))
    const digest = digestNow('streebog512', data)
    expect(Buffer.from(digest)).toEqual(hexOf(digest_hex))
    const [d, k] = [BigInt(`0x${d_hex_be}`), BigInt(`0x${k_hex_be}`)]
    expect(Buffer.from(publicPoint('a512', hexOf(d_hex_be).reverse()))).toEqual(hexOf(publicKey_hex))
    expect(Buffer.from(signWith('a512', d, k, digest) ?? [])).toEqual(hexOf(signature_hex))
    const spki = gostSpki('gost2015-512', hexOf(publicKey_hex))
    const verdict = (signature: Uint8Array) => verifyBytes({ algorithm: 'gost2015-512', spki, data, signature })
    expect(await verdict(hexOf(signature_hex))).toBe('valid')
    expect(await verdict(hexOf(signature_hex).reverse())).toBe('badSignature')
  },
} // biome-ignore format: short

/** What is done with a file. Whoever adds one says here what it must show. */
const checks: Readonly<Record<string, () => Promise<void> | void>> = {
  'crypto/vectors.json': async () => {
    const all: Record<string, Record<string, unknown>> = JSON.parse(String(read('crypto/vectors.json')))
    expect(Object.keys(all).toSorted()).toEqual(Object.keys(vectors).toSorted())
    for (const [name, given] of Object.entries(all)) await vectors[name]?.(given)
  },
  'crypto/streebog-constants.json': () => {
    const { pi, A, C } = JSON.parse(String(read('crypto/streebog-constants.json')))
    const ours = JSON.stringify(constants).toLowerCase()
    for (const text of [pi, ...A, ...C].map(String)) expect(ours).toContain(text.toLowerCase())
  },
  'ncalayer/application-to-sign.p7s.pem': () => judgeApplication(String(read('ncalayer/application-to-sign.p7s.pem'))),
  'shep/sync-request-gbdfl.signed-gost512.xml': () => judgeRequest('shep/sync-request-gbdfl.signed-gost512.xml', 'gost2015-512'),
  'shep/sync-request-gbdfl.signed-rsa.xml': () => judgeRequest('shep/sync-request-gbdfl.signed-rsa.xml', 'rsa-sha256'),
  'pki/gost-root.pem': () => expect(keyIsFor(certificate('gost-root'))).toBe('neither'),
  'pki/gost-nca.pem': async () => expect(await findPath(certificate('gost-nca'), { trust: { ...trust(), authorities: [] }, at })).toMatchObject({ trusted: true }),
  'pki/gost-operator.pem': async () => {
    expect(keyIsFor(certificate('gost-operator'))).toBe('signing')
    expect((await findPath(certificate('gost-operator'), { trust: trust(), at })).chain).toHaveLength(3)
  },
  'pki/gost-system.pem': async () => expect((await findPath(certificate('gost-system'), { trust: trust(), at })).chain).toHaveLength(3),
  'pki/rsa-system.pem': async () => {
    expect(await findPath(certificate('rsa-system'), { trust: trust(), at })).toMatchObject({ reasons: ['untrusted'] })
    expect(await findPath(certificate('rsa-system'), { trust: { roots: [certificate('rsa-system')], authorities: [] }, at })).toMatchObject({ trusted: true })
  },
} // biome-ignore format: a file a line

describe.skipIf(isAbsent)('the samples of the national practice (skipped where ../shared/egov does not lie beside the project)', () => {
  it.each(files)('%s', async (path) => {
    const check = checks[path]
    if (check !== undefined) return check()
    const text = String(read(path))
    const isSigned = /(?:^|["\s>])(?:-----BEGIN [A-Z ]+-----|MII[A-Za-z0-9+/]{60})|<(?:\w+:)?SignatureValue>/.test(text)
    // What holds no signature is nobody's here; of JSON that holds some, every one is judged.
    if (isSigned) expect(await judgeInside(JSON.parse(text))).toBeGreaterThan(0)
  })
})

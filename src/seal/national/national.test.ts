import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makePki, type PkiAlgorithm } from '../../contour/pki/pki.ts'
import { type RunningPki, servePki } from '../../contour/pki/server.ts'
import { httpAsking } from '../certificates/asking.ts'
import { toPem } from '../certificates/pem.ts'
import { revocations } from '../certificates/revocation.ts'
import { readCms } from '../cms/read.ts'
import { addSigner, signCms } from '../cms/sign.ts'
import { sealContract } from '../contract.ts'
import { readEvidence, writeEvidence } from '../evidence/evidence.ts'
import type { SealReason, Signature, Signer, ToBeSigned } from '../seal.ts'
import { decodeSignature, digestOf, encodeSignature, signedBytes } from '../signed.ts'
import { signEnveloped } from '../xmldsig/sign.ts'
import { nationalSeal } from './national.ts'
import { trustIn } from './open.ts'
import { stampFrom } from './stamping.ts'
import { wrappedInXml } from './wrapped.ts'

const at = '2019-10-14T10:00:00+06:00'
const signer: Signer = { staffId: 'almaty.operator', iin: '940601493277', name: 'Әлия', organisationBin: '060541998705', role: 'operator' }
const bytes = signedBytes({ case: 'ALM-0001' })

async function signAs(
  { pki }: RunningPki,
  name: string,
  content: Uint8Array,
  more: Partial<Parameters<typeof signCms>[2]> = {},
): Promise<Uint8Array> {
  const { key, chain } = await pki.identity(name)
  const [certificate, ...above] = chain.map((one) => one.der)
  if (certificate === undefined) throw new Error('an identity has a certificate')
  return signCms(content, [{ key, certificate, chain: above }], { at, ...more })
}

async function signatureOf(running: RunningPki, name: string, content: Uint8Array): Promise<Signature> {
  const { certificate } = await running.pki.identity(name)
  const value = await signAs(running, name, content)
  return { algorithm: 'cms', certificate: toPem(certificate.der, 'CERTIFICATE'), value, signedAt: at, digest: digestOf(content) }
}

function sealOf({ pki, url }: RunningPki, stamps = false) {
  const asking = httpAsking({ timeoutMs: 500 })
  return nationalSeal({ trust: pki.trust, revocations: revocations({ asking }), ...(stamps && { stamp: stampFrom(`${url}/tsp`, asking) }) })
}

describe.each(['gost', 'ecdsa', 'rsa'] as PkiAlgorithm[])('%s', (algorithm) => {
  sealContract(`national keys, ${algorithm}`, async () => {
    const running = await servePki({ algorithm, at, now: () => at })
    const personSigns = async (prepared: ToBeSigned, wrong?: SealReason): Promise<Signature> => {
      const fault = wrong === undefined ? '' : wrong === 'wrongUsage' ? '.signIn' : `.${wrong}`
      return signatureOf(running, `almaty.operator${fault}`, prepared.bytes)
    }
    return { seal: sealOf(running), signer, personSigns, stop: () => running.close() }
  })
})

/** As a phone or NCALayer signs XML. */
async function xmlOf({ pki }: RunningPki, name: string, content: Uint8Array): Promise<Signature> {
  const { key, certificate } = await pki.identity(name)
  const value = await signEnveloped(wrappedInXml(content, digestOf(content)), { key, certificate })
  return { algorithm: 'xmldsig', certificate: toPem(certificate.der, 'CERTIFICATE'), value, signedAt: at, digest: digestOf(content) }
}

describe.each(['gost', 'ecdsa'] as PkiAlgorithm[])('XML, %s', (algorithm) => {
  sealContract(`national keys in XML, ${algorithm}`, async () => {
    const running = await servePki({ algorithm, at, now: () => at })
    const personSigns = (prepared: ToBeSigned, wrong?: SealReason): Promise<Signature> => {
      const fault = wrong === undefined ? '' : wrong === 'wrongUsage' ? '.signIn' : `.${wrong}`
      return xmlOf(running, `almaty.operator${fault}`, prepared.bytes)
    }
    return { seal: sealOf(running, algorithm === 'gost'), signer, personSigns, stop: () => running.close() }
  })
})

describe('a signature in XML', () => {
  let running: RunningPki
  beforeAll(async () => {
    running = await servePki({ algorithm: 'ecdsa', at, now: () => at })
  })
  afterAll(() => running.close())

  const accepted = async (value: Uint8Array, content = bytes) => {
    const prepared = await sealOf(running, true).prepare({ bytes: content, signer, at })
    return sealOf(running, true).accept(prepared, { ...(await xmlOf(running, 'almaty.operator', content)), certificate: '', value }, at)
  }
  const signs = async (xml: string) => {
    const { key, certificate } = await running.pki.identity('almaty.operator')
    return signEnveloped(Buffer.from(xml), { key, certificate })
  }

  it('is kept with its evidence and a time-stamp, and judged years later from that alone; also written anew by another program', async () => {
    const { value } = await xmlOf(running, 'almaty.operator', bytes)
    const anew = Buffer.from(
      Buffer.from(value)
        .toString()
        .replace(/^<\?xml[^>]*>\n/, '')
        .replaceAll(/="([^"]*)"/g, "='$1'"),
    )
    for (const one of [value, anew]) {
      const outcome = await accepted(one)
      if (outcome.kind !== 'signed') throw new Error(outcome.reasons.join())
      const kept = decodeSignature(encodeSignature(outcome.signature))
      if (kept === null) throw new Error('our own file')
      const alone = nationalSeal({
        trust: running.pki.trust,
        revocations: { of: () => Promise.reject(new Error('the network was asked')) },
      })
      expect(await alone.verify(bytes, kept, { at: '2030-01-01T00:00:00Z', signer })).toMatchObject({ valid: true })
      expect((await alone.verify(Buffer.from('{}'), { ...kept, digest: digestOf(Buffer.from('{}')) }, { at })).reasons).toContain(
        'otherContent',
      )
    }
  })

  it('holds what XML has no letters for as base64', async () => {
    for (const content of [Buffer.from('{"a":"\ufffe"}'), Buffer.from([0xff, 0x00, 0x0d])])
      expect(await accepted((await xmlOf(running, 'almaty.operator', content)).value, content)).toMatchObject({ kind: 'signed' })
  })

  it('over anything but exactly what was asked is refused', async () => {
    const asked = wrappedInXml(bytes, digestOf(bytes)).toString()
    const bent = [
      asked.replace('ALM-0001', 'ALM-0002'),
      asked.replace('</content>', '</content><content encoding="text">{}</content>'),
      asked.replace('<content', '<!-- --><content'),
      asked.replace('encoding="text"', 'encoding="base64"'),
      asked.replace('urn:qyzmet:signed/1', 'urn:qyzmet:signed/2'),
      asked.replace('<signed', '<signed more="1"'),
      '<application><iin>850315399990</iin></application>',
    ]
    for (const xml of bent) expect(await accepted(await signs(xml)), xml).toEqual({ kind: 'refused', reasons: ['otherContent'] })
    const { value } = await xmlOf(running, 'almaty.operator', bytes)
    const text = Buffer.from(value).toString()
    const wrapped = Buffer.from(`<x>${text.replace(/^<\?xml[^>]*>\n/, '')}</x>`)
    expect(await accepted(wrapped)).toMatchObject({ kind: 'refused' })
    expect(await accepted(Buffer.from(text.replace('ALM-0001', 'ALM-0002')))).toMatchObject({ reasons: ['otherContent'] })
    for (const one of [value.subarray(0, 200), Buffer.from(asked), Buffer.from('<!DOCTYPE a><a/>'), new Uint8Array(0)])
      expect(await accepted(one)).toEqual({ kind: 'refused', reasons: ['badSignature', 'damaged'] })
  })
})

describe('a signature by a national key', () => {
  let running: RunningPki
  let now = at
  beforeAll(async () => {
    running = await servePki({ algorithm: 'ecdsa', at, now: () => now })
  })
  afterEach(() => {
    now = at
    for (const fault of ['down', 'garbage', 'cut'] as const) running.faults[fault].clear()
  })
  afterAll(() => running.close())

  const prepare = () => sealOf(running).prepare({ bytes, signer, at })
  async function accepted(stamps: boolean, name = 'almaty.operator'): Promise<Signature> {
    // As a browser gives it: the CMS alone.
    const given: Signature = {
      algorithm: 'cms',
      certificate: '',
      value: await signAs(running, name, bytes),
      signedAt: '',
      digest: digestOf(bytes),
    }
    const outcome = await sealOf(running, stamps).accept(await prepare(), given, at)
    if (outcome.kind !== 'signed') throw new Error(outcome.reasons.join())
    return outcome.signature
  }
  /** A verifier to whom nobody answers. */
  const alone = () =>
    nationalSeal({ trust: running.pki.trust, revocations: { of: () => Promise.reject(new Error('the network was asked')) } })

  it.each([true, false])('is judged years later from what was kept, and nobody is asked (time-stamped: %s)', async (stamps) => {
    const file = encodeSignature(await accepted(stamps))
    const kept = decodeSignature(file)
    if (kept === null) throw new Error('our own file')
    expect(kept.evidence && readEvidence(kept.evidence)?.certificates.length).toBeGreaterThanOrEqual(3)
    expect(await alone().verify(bytes, kept, { at, signer })).toEqual({
      valid: true,
      reasons: [],
      signedBy: { iin: '940601493277', name: 'СМАҒҰЛОВА ӘЛИЯ ҚАНАТҚЫЗЫ', organisationBin: '060541998705' },
    })
    // The time of receipt is by our word; a time-stamp is by the authority's, and holds whatever is said of the receipt.
    const late = await alone().verify(bytes, kept, { at: '2030-01-01T00:00:00Z', signer })
    expect(late.reasons).toEqual(stamps ? [] : ['expired'])
  })

  it('stays valid when its certificate is revoked afterwards, and is not when it was before', async () => {
    const good = await accepted(true, 'almaty.operator')
    const { serial } = (await running.pki.identity('almaty.operator')).certificate
    now = '2019-10-20T10:00:00+06:00'
    running.pki.revoke({ serial, since: '2019-10-15T00:00:00Z', reason: 'keyCompromise' })
    const { evidence: _, ...withoutEvidence } = good
    expect((await sealOf(running).verify(bytes, withoutEvidence, { at, signer })).reasons).toEqual([])
    expect((await sealOf(running).verify(bytes, withoutEvidence, { at: '2019-10-16T10:00:00+06:00', signer })).reasons).toEqual(['revoked'])
    expect((await alone().verify(bytes, good, { at, signer })).valid).toBe(true)
  })

  it('is refused while nobody tells whether it was revoked, and never taken', async () => {
    for (const place of ['ocsp', 'crl'] as const) running.faults.down.add(place)
    const value = await signAs(running, 'almaty.head', bytes)
    const head = { staffId: 'almaty.head', iin: '720611495669', name: '', organisationBin: '011040998864', role: 'head' }
    const given = { algorithm: 'cms', certificate: '', value, signedAt: at, digest: digestOf(bytes) }
    const seal = sealOf(running)
    const prepared = await seal.prepare({ bytes, signer: head, at })
    expect(await seal.accept(prepared, given, at)).toEqual({ kind: 'refused', reasons: ['statusUnknown'] })
    for (const place of ['ocsp', 'crl'] as const) running.faults.down.delete(place)
    expect(await sealOf(running).accept(prepared, given, at)).toMatchObject({ kind: 'signed' })
    // Evidence of another certificate is none.
    const signed = await sealOf(running).accept(prepared, given, at)
    if (signed.kind !== 'signed') throw new Error(signed.reasons.join())
    const { evidence: _, ...bare } = signed.signature
    const empty = writeEvidence({ certificates: [], revocations: [], timestamps: [] })
    expect((await alone().verify(bytes, { ...bare, evidence: empty }, { at })).reasons).toEqual(['statusUnknown'])
    expect((await alone().verify(bytes, { ...bare, evidence: Buffer.from('{}') }, { at })).reasons).toContain('damaged')
  })

  it('goes without a time-stamp where the authority does not answer', async () => {
    for (const fault of ['down', 'garbage', 'cut'] as const) {
      running.faults[fault].add('tsp')
      const signature = await accepted(true, 'almaty.operator')
      expect(signature.evidence && readEvidence(signature.evidence)?.timestamps).toEqual([])
      running.faults[fault].clear()
    }
  })

  it('of several people counts only if each of them is right', async () => {
    const head = await running.pki.identity('almaty.head')
    const first = readCms(await signAs(running, 'almaty.specialist', bytes))
    const headSigns = { key: head.key, certificate: head.certificate.der, chain: head.chain.slice(1).map((one) => one.der) }
    const both = first && (await addSigner(first, bytes, headSigns, { at }))
    if (!(both instanceof Uint8Array)) throw new Error(`${both}`)
    const signature = { ...(await signatureOf(running, 'almaty.head', bytes)), value: both }
    const expected = { iin: '720611495669', organisationBin: '011040998864' }
    expect(await sealOf(running).verify(bytes, signature, { at, signer: expected })).toMatchObject({
      valid: true,
      signedBy: { iin: expected.iin },
    })
    const bad = await running.pki.identity('almaty.head.untrusted')
    const worse = first && (await addSigner(first, bytes, { key: bad.key, certificate: bad.certificate.der }, { at }))
    if (!(worse instanceof Uint8Array)) throw new Error(`${worse}`)
    expect(await sealOf(running).verify(bytes, { ...signature, value: worse }, { at })).toMatchObject({
      valid: false,
      reasons: ['untrusted', 'damaged'],
    })
  })

  it('with a time-stamp over another signature, or from nobody who may, is refused', async () => {
    const { url } = running
    const asking = httpAsking()
    const elsewhere = await stampFrom(`${url}/tsp`, asking)({ digest: 'sha256', hash: Buffer.alloc(32, 1) })
    const value = await signAs(running, 'almaty.head', bytes, { stamp: async () => elsewhere })
    const given = { ...(await signatureOf(running, 'almaty.head', bytes)), value }
    expect((await sealOf(running).verify(bytes, given, { at })).reasons).toEqual(['badTimestamp'])
    const right = await signAs(running, 'almaty.head', bytes, { stamp: stampFrom(`${url}/tsp`, asking) })
    expect((await sealOf(running).verify(bytes, { ...given, value: right }, { at })).reasons).toEqual([])
    // From the future of whoever received it.
    now = '2019-10-14T10:06:00+06:00'
    const future = await signAs(running, 'almaty.head', bytes, { stamp: stampFrom(`${url}/tsp`, asking) })
    expect((await sealOf(running).verify(bytes, { ...given, value: future }, { at })).reasons).toEqual(['badTimestamp'])
  })
})

describe('the folder of trust', () => {
  it('holds roots and authorities, PEM or DER; without a root, or with a file that is none, nothing starts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qyzmet-trust-'))
    const { trust } = await makePki({ algorithm: 'ecdsa', at })
    expect(() => trustIn(folder)).toThrow(/no certificate of a root/)
    const [root, authority] = [trust.roots[0]?.der ?? Buffer.alloc(0), trust.authorities[0]?.der ?? Buffer.alloc(0)]
    writeFileSync(join(folder, 'authority.pem'), toPem(authority, 'CERTIFICATE'))
    expect(() => trustIn(folder)).toThrow(/no certificate of a root/)
    writeFileSync(join(folder, 'root.cer'), root)
    const read = trustIn(folder)
    expect([read.roots.map(({ sha256 }) => sha256), read.authorities.map(({ sha256 }) => sha256)]).toEqual([
      trust.roots.map(({ sha256 }) => sha256),
      trust.authorities.map(({ sha256 }) => sha256),
    ])
    writeFileSync(join(folder, 'other.pem'), 'nothing')
    expect(() => trustIn(folder)).toThrow(/other\.pem is no certificate/)
    rmSync(folder, { recursive: true })
  })
})

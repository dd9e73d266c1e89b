import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askingInside } from '../../contour/pki/asking.ts'
import { makePki, type Pki } from '../../contour/pki/pki.ts'
import { closeGostPool } from '../../seal/algorithms/pool.ts'
import { signBytes } from '../../seal/algorithms/verify.ts'
import { readCertificate } from '../../seal/certificates/certificate.ts'
import { toPem } from '../../seal/certificates/pem.ts'
import { revocations } from '../../seal/certificates/revocation.ts'
import { type CmsSigner, signCms } from '../../seal/cms/sign.ts'
import { stampFrom } from '../../seal/national/stamping.ts'
import { cmsToPem } from '../../seal/ncalayer/cms.ts'
import { digestOf, encodeSigned } from '../../seal/signed.ts'
import { signEnveloped } from '../../seal/xmldsig/sign.ts'
import { canonicalXml } from '../../xml/canonical.ts'
import { readXml } from '../../xml/read.ts'
import { descendants } from '../../xml/tree.ts'
import type { FileVerdict, Given } from './file.ts'
import { judgeFile } from './judgeFile.ts'
import { judgesOf } from './judges.ts'
import { createFileRoom } from './room.ts'

/** Whatever strangers bring, judged offline by the roots of a test PKI: what each kind is told, and what hostile files cost. */
const at = '2019-10-14T10:00:00+06:00'
const document = Buffer.from('{"іс":"075-191014-48213-4"}')
let pki: Pki
let ask: (given: Given, hasRoots?: boolean) => Promise<FileVerdict>
beforeAll(async () => {
  pki = await makePki({ algorithm: 'ecdsa', at })
  const asking = askingInside(
    async () => pki,
    () => at,
  )
  const court = async () => ({ trust: pki.trust, revocations: revocations({ asking }) })
  const seal = { verify: async () => ({ valid: false, reasons: ['unknownAlgorithm' as const], signedBy: null }) } // the word
  const judges = (hasRoots: boolean) => judgesOf({ seal, known: () => [], national: hasRoots ? court : undefined })
  ask = (given, hasRoots = true) => judgeFile({ judges: judges(hasRoots), now: () => at, papers: null, received: null }, given)
})
afterAll(closeGostPool)

async function signer(name: string): Promise<CmsSigner> {
  const { key, chain } = await pki.identity(name)
  const [certificate, ...above] = chain.map(({ der }) => der)
  return certificate === undefined ? expect.fail('no certificate') : { key, certificate, chain: above }
}

async function cms(names: readonly string[], more: Partial<Parameters<typeof signCms>[2]> = {}, content = document): Promise<Uint8Array> {
  return signCms(content, await Promise.all(names.map(signer)), { at, detached: false, ...more })
}

async function xml(text: string, ...names: readonly string[]): Promise<string> {
  let bytes: Buffer = Buffer.from(text)
  for (const name of names) {
    const { key, certificate } = await signer(name)
    bytes = await signEnveloped(bytes, { key, certificate: readCertificate(certificate) ?? expect.fail('no certificate') })
  }
  return String(bytes)
}

const codes = ({ answer, reasons, signatures }: FileVerdict) => [
  answer,
  reasons.map(({ code }) => code),
  signatures.map((one) => one.reasons),
]

describe('a CMS', () => {
  it('with its content is true, and is told no more of a person than the certificate shows in short', async () => {
    const verdict = await ask({ file: await cms(['almaty.head']) })
    expect(codes(verdict)).toEqual(['true', [], [[]]])
    const [one] = verdict.signatures
    expect(one).toMatchObject({ form: 'cms', algorithm: 'ecdsa-p256-sha256', moment: { clock: 'now', at }, part: null })
    expect(one?.signer?.name).toMatch(/^\p{Lu}+ \p{Lu}\.( \p{Lu}\.)?$/u)
    expect(one?.signer?.iinMasked).toMatch(/^\d\d•{8}\d\d$/)
    expect(one?.path.map(({ root }) => root)).toEqual([false, false, true])
    expect(one?.revocation.map(({ status, by }) => [status, by])).toEqual([
      ['good', 'ocsp'],
      ['good', 'crl'],
    ])
    expect(JSON.stringify(verdict)).not.toContain((await pki.identity('almaty.head')).certificate.holder.iin)
  })

  it('apart from its document: either way round, with another document, without any', async () => {
    const file = await cms(['almaty.head'], { detached: true })
    expect(codes(await ask({ file, signed: document }))).toEqual(['true', [], [[]]])
    expect(codes(await ask({ file: document, signed: file }))).toEqual(['true', [], [[]]])
    expect(codes(await ask({ file, signed: Buffer.from('другой') }))).toEqual(['false', [], [['otherContent']]])
    expect(codes(await ask({ file }))).toEqual(['unknown', [], [['noContent']]])
    expect((await ask({ file, signed: document })).digest).toBe(digestOf(document))
  })

  it('in the wrappings of signing sides: PEM, base64', async () => {
    const der = await cms(['almaty.head'])
    for (const text of [cmsToPem(der), Buffer.from(der).toString('base64'), toPem(der, 'PKCS7')])
      expect(codes(await ask({ file: Buffer.from(text) }))).toEqual(['true', [], [[]]])
  })

  it.each([
    ['almaty.head.revoked', 'unknown', ['revoked']],
    ['almaty.head.expired', 'unknown', ['expired']],
    ['almaty.head.notYetValid', 'false', ['notYetValid']],
    ['almaty.head.untrusted', 'unknown', ['untrusted']],
    ['almaty.head.signIn', 'false', ['wrongUsage']],
    ['almaty.head.weakAlgorithm', 'unknown', ['weakAlgorithm']],
  ] as const)('by %s: %s', async (name, answer, reasons) => {
    const verdict = await ask({ file: await cms([name]) })
    expect([verdict.answer, verdict.signatures[0]?.reasons]).toEqual([answer, expect.arrayContaining([...reasons])])
  })

  it('says by whose clock: a time-stamp’s, or a moment that whoever asks gives', async () => {
    const asking = askingInside(
      async () => pki,
      () => at,
    )
    const stamped = await ask({ file: await cms(['almaty.head'], { stamp: stampFrom('http://127.0.0.1/tsp', asking) }) })
    expect(stamped).toMatchObject({ answer: 'true', signatures: [{ moment: { clock: 'timestamp', at: '2019-10-14T04:00:00Z' } }] })
    expect(stamped.signatures[0]?.moment.authority).not.toBe('')
    const later = await ask({ file: await cms(['almaty.head']), at: '2030-01-01T00:00:00Z' })
    expect(codes(later)).toEqual(['false', [], [['expired']]])
  })

  it('of two, one of whom is nobody’s trust, is not true as a whole', async () => {
    const verdict = await ask({ file: await cms(['almaty.head', 'almaty.operator.untrusted']) })
    // A set of DER has an order of its own.
    expect(verdict.signatures.map(({ answer }) => answer).toSorted()).toEqual(['true', 'unknown'])
    expect(verdict.answer).toBe('unknown')
  })

  it('where no roots were given says that', async () => {
    expect(codes(await ask({ file: await cms(['almaty.head']) }, false))).toEqual(['unknown', ['noRoots'], [['untrusted']]])
  })
})

describe('an XML', () => {
  it('of two signers is true, each with its scope', async () => {
    const file = await xml('<request><iin>850315399990</iin></request>', 'almaty.operator', 'almaty.head')
    const verdict = await ask({ file: Buffer.from(file) })
    expect(codes(verdict)).toEqual(['true', [], [[], []]])
    expect(codes(await ask({ file: Buffer.from(file.replace('8503', '8504')) }))).toEqual([
      'false',
      [],
      [['otherContent'], ['otherContent']],
    ])
  })

  it('of which only a part is signed is not told to be true', async () => {
    const part = await xml('<part><iin>850315399990</iin></part>', 'almaty.head')
    const verdict = await ask({ file: Buffer.from(`<request>${part}<sum>1</sum></request>`) })
    expect([...codes(verdict), verdict.signatures[0]?.part]).toEqual(['unknown', ['partOnly'], [[]], '/request/part'])
  })

  it('by a key of today over a digest of yesterday is not told to be true', async () => {
    const { key, certificate } = await signer('almaty.head')
    const own = { key, certificate: readCertificate(certificate) ?? expect.fail('no certificate') }
    const text = String(await signEnveloped(Buffer.from('<a><b>1</b></a>'), own))
    const form = { exclusive: false, comments: false }
    const sha1 = createHash('sha1').update('<a><b>1</b></a>').digest('base64')
    const weak = text
      .replace(/DigestMethod Algorithm="[^"]+"/, 'DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"')
      .replace(/DigestValue>[^<]+/, `DigestValue>${sha1}`)
    const info = [...descendants(readXml(Buffer.from(weak)).root)].find(({ local }) => local === 'SignedInfo') ?? expect.fail('none')
    const value = Buffer.from(await signBytes(key, canonicalXml(info, form), 'pair')).toString('base64')
    const file = Buffer.from(weak.replace(/SignatureValue>[^<]+/, `SignatureValue>${value}`))
    expect(codes(await ask({ file }))).toEqual(['unknown', [], [['weakAlgorithm']]])
  })

  it('without a signature says that', async () =>
    expect(codes(await ask({ file: Buffer.from('<a/>') }))).toEqual(['unknown', ['noSignature'], []]))
})

describe('a kept signature', () => {
  it('is judged with what it signs inside', async () => {
    const value = await cms(['almaty.head'], { detached: true })
    const { certificate } = await pki.identity('almaty.head')
    const signature = {
      algorithm: 'cms',
      certificate: toPem(certificate.der, 'CERTIFICATE'),
      value,
      signedAt: at,
      digest: digestOf(document),
    }
    expect(codes(await ask({ file: encodeSigned(document, signature) }))).toEqual(['true', [], [[]]])
    expect(codes(await ask({ file: encodeSigned(Buffer.from('x'), signature) }))).toEqual(['false', [], [['otherContent']]])
  })
})

describe('hostile files', () => {
  const deep = Buffer.from(`${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`)
  it.each<[string, () => Promise<Uint8Array> | Uint8Array, string, string]>([
    ['nothing', () => new Uint8Array(0), 'other', 'empty'],
    ['noise', () => Buffer.from('ңғүұқөһі'.repeat(100)), 'other', 'other'],
    ['a deep XML', () => deep, 'xml', 'tooDeep'],
    ['an XML of 5 MB', () => Buffer.from(`<a>${'x'.repeat(5 << 20)}</a>`), 'xml', 'tooLarge'],
    ['a document type', () => Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), 'xml', 'damaged'],
    ['a CMS cut off', async () => (await cms(['almaty.head'])).subarray(0, 400), 'cms', 'damaged'],
    ['a zip cut off', () => Buffer.from('PK\x03\x04 and then nothing'), 'container', 'damaged'],
    ['two hundred signers', () => manySigners(), 'cms', 'tooMany'],
    ['a PDF that is none', () => Buffer.from('%PDF-1.7 nothing'), 'paper', 'damaged'],
  ])('%s: a clear answer, fast', async (_, make, kind, code) => {
    const file = await make()
    const before = process.cpuUsage()
    const verdict = await ask({ file })
    expect([verdict.kind, verdict.reasons[0]?.code]).toEqual([kind, code])
    expect(verdict.answer).not.toBe('true')
    expect((process.cpuUsage(before).user + process.cpuUsage(before).system) / 1000).toBeLessThan(1500)
  })

  async function manySigners(): Promise<Uint8Array> {
    const one = await signer('almaty.head')
    return signCms(document, Array(200).fill(one), { at, detached: false })
  }

  it('wait their turn, and are sent away when too many do', async () => {
    let let_: () => void = () => undefined
    const gate = new Promise<void>((go) => {
      let_ = go
    })
    const seal = { verify: async () => ({ valid: false, reasons: [], signedBy: null }) }
    const judges = {
      hasRoots: true,
      judges: () => gate.then(() => ({ seal, court: { trust: { roots: [], authorities: [] }, revocations: null } })),
    }
    const room = createFileRoom({ judges, now: () => at, papers: null, received: null })
    const all = Array.from({ length: 10 }, () => room.judge({ file: new Uint8Array(0) }))
    const sentAway = await Promise.race([Promise.all(all.slice(8)), gate])
    expect(sentAway).toEqual(['busy', 'busy'])
    let_()
    expect((await Promise.all(all)).filter((one) => one !== 'busy')).toHaveLength(8)
    expect(await room.judge({ file: new Uint8Array(0) })).toMatchObject({ kind: 'other' })
  })
})
